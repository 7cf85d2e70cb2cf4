"""Columns of a sheet whose rows are known: where neighbours of each row part, and in which column each entry begins.

Rows of a sheet are cut into cells differently, so that no gutter runs through it. Between two entries of one row stands
a wall, and one wall parts as many rows as it can.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.grids.gutters import TOUCH, Span
from ingest.grids.pieces import NUMBER, Piece, outline
from ingest.grids.sheet_rows import Entry, Laid

PADDING = 6.0
"""Text stands at most this far (points) from the wall that it is flush to."""
CENTRED = 3.0
"""An entry this near (points) to the middle of columns is centred over them."""


def walls(laid: Laid, known: Sequence[float] = ()) -> list[float] | None:
    """The walls of a sheet's columns, outer ones included, having told every entry its columns.

    `known` are those of the page before, where the sheet goes on from there. None where two entries of a row stand over
    each other, or there is one column alone.
    """
    boxes = {id(entry): outline(entry.lines) for entry in laid.entries}
    rows = [
        sorted((one for one in laid.entries if one.rows[0] <= r < one.rows[1]), key=lambda one: boxes[id(one)].x0)
        for r in range(len(laid.floors) - 1)
    ]
    gaps = [(boxes[id(a)].x1, boxes[id(b)].x0) for row in rows for a, b in pairwise(row)]
    if not gaps or any(end < start - TOUCH for start, end in gaps):
        return None
    pad = max(0.0, min([PADDING, *((end - start) / 2 for start, end in gaps)]))
    left, right = min(box.x0 for box in boxes.values()) - pad, max(box.x1 for box in boxes.values()) + pad
    left, right = min([left, *known[:1]]), max([right, *known[-1:]])
    inner = [wall for wall in known[1:-1] if not any(_cuts(box, wall) for box in boxes.values())]
    free = [gap for gap in gaps if not any(gap[0] - TOUCH <= wall <= gap[1] for wall in inner)]
    moved = _fewest(free, pad)
    inner += moved
    xs = [left, *sorted(inner), right]
    done: list[list[Entry]] = []
    for row in rows:
        _place(row, done, xs, boxes, pad + TOUCH)
        done.append(row)
    if not _all_apart(rows):
        return None
    return _as_known(xs, moved, [wall for wall in known[1:-1] if wall not in inner])


def _as_known(xs: Sequence[float], moved: Sequence[float], lost: Sequence[float]) -> list[float]:
    """The walls, those that stand beside one of the page before that a longer text here runs over named like it.

    The same column must have the same walls on both pages, or they are taken for two.
    """
    named = {wall: wall for wall in xs}
    for wall in lost:
        near = min(moved, key=lambda one: abs(one - wall), default=None)
        if near is not None and not any(min(near, wall) < other < max(near, wall) for other in named.values()):
            named[near] = wall
    return [named[wall] for wall in xs]


def _fewest(gaps: Sequence[Span], pad: float) -> list[float]:
    """The fewest walls that stand in all gaps, each left of the text to its right by the padding if it may be."""
    found: list[Span] = []
    for start, end in sorted(gaps, key=lambda gap: gap[1]):
        if found and start <= found[-1][1]:
            found[-1] = max(start, found[-1][0]), found[-1][1]
        else:
            found.append((start, end))
    return [max((start + end) / 2, end - pad) for start, end in found]


def _cuts(box: Piece, wall: float) -> bool:
    return box.x0 + TOUCH < wall < box.x1 - TOUCH


def _place(
    row: Sequence[Entry], above: Sequence[Sequence[Entry]], xs: Sequence[float], boxes: dict[int, Piece], near: float
) -> None:
    """Tell the entries of a row where they begin and end; those that reach down from above keep theirs.

    What stands at most `near` behind a wall begins there.
    """
    number, last = len(above), len(xs) - 1
    for k, entry in enumerate(row):
        if entry.rows[0] != number:
            continue
        box = boxes[id(entry)]
        after = max(boxes[id(row[k - 1])].x1 - TOUCH, xs[row[k - 1].column + 1]) if k else xs[0]
        free = [c for c in range(last) if after <= xs[c] <= box.x0 + TOUCH]
        entry.column = free[-1] if free else min(range(last), key=lambda c: abs(xs[c] - box.x0))
        if box.x0 - xs[entry.column] > near and len(free) > 1:
            following = boxes[id(row[k + 1])].x0 if k + 1 < len(row) else xs[-1]
            entry.column = _begin(box, free, xs, above, following)
    for k, entry in enumerate(row):
        if entry.rows[0] == number:
            reach = row[k + 1].column if k + 1 < len(row) else last
            over = [c for c in range(entry.column, max(reach, entry.column + 1)) if xs[c] < boxes[id(entry)].x1 - TOUCH]
            entry.end = max([entry.column, *over]) + 1


def _begin(
    box: Piece, free: Sequence[int], xs: Sequence[float], above: Sequence[Sequence[Entry]], following: float
) -> int:
    """In which of several columns an entry begins that stands at no wall: columns left of it are blank or its own.

    A word begins where it would stand in the middle. A number has those left of it, unless an entry of a row above
    begins there, which may be its heading.
    """
    if not NUMBER.fullmatch(box.text):
        off = min(
            (abs((xs[a] + end) / 2 - box.middle), -a)
            for a in free
            for end in xs[a + 1 :]
            if end >= box.x1 - TOUCH and (end <= following + TOUCH or end == xs[-1])
        )
        return -off[1] if off[0] < CENTRED else free[-1]
    for row in reversed(above):
        begun = [entry.column for entry in row if entry.column in free]
        if begun:
            return max(begun)
    return free[0]


def _all_apart(rows: Sequence[Sequence[Entry]]) -> bool:
    """Whether no two entries of a row have one column."""
    return all(a.end <= b.column for row in rows for a, b in pairwise(row))
