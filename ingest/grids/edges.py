"""Ruling lines as drawn become lattices: snapped lines, and which stretches between their crossings are walled.

The idea of edges → crossings → cells is pdfplumber's; here a lattice is a raster of elementary boxes with walls, so
that a missing outer border, a broken rule or a missing corner does not lose a cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from corpus.locator import Box
from ingest.grids.geometry import Boxes, Rule

SNAP = 2.5
"""Parallel lines at most this far apart (points) are one line: double rules, borders drawn cell by cell."""
REACH = 3.0
"""How far a line may end from the line that it should meet; also the widest gap in a dashed rule."""
DOT = 1.2
"""What is no longer and no higher than this (points) is a dot, part of a rule in either direction.

The dots of one rule stand exactly in line; those of different rules must not be taken for one where they nearly do.
"""
MOST = 1500
"""Lines looked at in each direction on one page."""
WHOLE = 0.6
"""A wall counts as drawn where this share of it is."""
SHORTEST = 6.0
"""What is shorter than this after merging is no rule but a dot, a dash or part of a drawing."""


Area = tuple[int, int, int, int]
"""A cell of a lattice: first row, first column, row after the last, column after the last."""


class Stretch(NamedTuple):
    """A merged line: at `at` across its direction, from `start` to `end` along it."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Lattice:
    """Column lines `xs`, row lines `ys` and the walls between elementary boxes.

    `above[i][j]` tells whether row line `ys[i]` is drawn between `xs[j]` and `xs[j + 1]`; `beside[i][j]` whether
    column line `xs[j]` is drawn between `ys[i]` and `ys[i + 1]`. The outer border always counts as drawn.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    above: tuple[tuple[bool, ...], ...]
    beside: tuple[tuple[bool, ...], ...]


def merge(rules: Sequence[Rule] | Boxes) -> tuple[list[Stretch], list[Stretch]]:
    """Rules (or n × their four sides) as horizontal and vertical stretches, pieces of one line put together."""
    if not len(rules):
        return [], []
    x0, top, x1, bottom = np.asarray(rules, dtype=np.float64).T
    wide, high = x1 - x0, bottom - top
    dot = (wide <= DOT) & (high <= DOT)
    lying = ~dot & ((wide >= high) | (wide > REACH))
    upright = ~dot & ((high >= wide) | (high > REACH))
    across = np.array(((top + bottom) / 2, x0, x1))
    down = np.array(((x0 + x1) / 2, top, bottom))
    pieces = across[:, lying], down[:, upright]
    if dot.any():
        dotted = _merged(across[:, dot], down[:, dot], 0.2)
        pieces = np.concatenate([pieces[0], dotted[0]], axis=1), np.concatenate([pieces[1], dotted[1]], axis=1)
    found = _merged(*pieces, 1.0)
    return _longest(found[0]), _longest(found[1])


def _longest(lines: Pieces) -> list[Stretch]:
    """Lines as they are, or the MOST longest ones, so that a page full of hatching ends."""
    found = list(map(Stretch._make, lines.T.tolist()))
    return found if len(found) <= MOST else sorted(found, key=lambda s: s.start - s.end)[:MOST]


Pieces = np.ndarray[tuple[int, int], np.dtype[np.float64]]
"""Stretches as columns of an array: at, start, end."""


def _merged(across: Pieces, down: Pieces, beside: float) -> tuple[Pieces, Pieces]:
    """Collinear pieces (at most `beside` apart) joined over gaps of at most REACH; what stays too short is dropped.

    A joined line stands at the mean position of its pieces weighted by length. Both directions are joined in one go,
    the lines of the second counted after those of the first.
    """
    pieces = np.concatenate([across, down], axis=1)
    count, split = pieces.shape[1], across.shape[1]
    if not count:
        return across, down
    side = np.zeros(count)
    side[split:] = 1.0
    pieces = pieces[:, np.lexsort((pieces[0], side))]
    apart = pieces[0, 1:] - pieces[0, :-1] > beside
    if 0 < split < count:
        apart[split - 1] = True
    line = np.zeros(count)
    np.cumsum(apart, out=line[1:])
    order = np.lexsort((pieces[1], line))
    at, start, end = pieces[:, order]
    shift = line * (2 * (end.max() - start.min() + REACH))  # no line's pieces reach those of the next
    begins = np.ones(count, dtype=np.bool_)
    np.greater((start + shift)[1:], np.maximum.accumulate(end + shift)[:-1] + REACH, out=begins[1:])
    first = begins.nonzero()[0]
    weight = end - start + 0.01
    mean = np.add.reduceat(at * weight, first) / np.add.reduceat(weight, first)
    joined = np.array((mean, start[first], np.maximum.reduceat(end, first)))
    long = joined[2] - joined[1] >= SHORTEST
    kept, of_first = joined[:, long], int((long & (first < split)).sum())
    return kept[:, :of_first], kept[:, of_first:]


def _clusters(ordered: Sequence[Stretch], gap: float) -> list[list[Stretch]]:
    groups: list[list[Stretch]] = []
    for piece in ordered:
        if groups and piece.at - groups[-1][-1].at <= gap:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def lattices(rules: Sequence[Rule] | Boxes) -> list[Lattice]:
    """Every set of crossing lines on a page as a lattice, from top to bottom and left to right."""
    return lattices_and_loose(rules)[0]


def lattices_and_loose(rules: Sequence[Rule] | Boxes) -> tuple[list[Lattice], list[Stretch], list[Stretch]]:
    """The lattices of a page, and its lines across and upright ones that cross no other."""
    across, down = merge(rules)
    groups = _connected(across, down)
    met = {id(line) for group in groups for lines in group for line in lines}
    found = [_lattice(h, v) for h, v in _stacked(groups)]
    return (
        sorted((one for one in found if one is not None), key=lambda one: (one.ys[0], one.xs[0])),
        [line for line in across if id(line) not in met],
        [line for line in down if id(line) not in met],
    )


Group = tuple[list[Stretch], list[Stretch]]
"""Horizontal and vertical stretches that belong together."""


def _connected(across: list[Stretch], down: list[Stretch]) -> list[Group]:
    """Lines that meet, directly or by way of others, belong together; a line that meets none belongs nowhere."""
    if not across or not down:
        return []
    top, bottom = min(line.at for line in across), max(line.at for line in across)
    left, right = max(line.start for line in across), min(line.end for line in across)
    if any(
        left - REACH <= x <= right + REACH and start - REACH <= top and bottom <= end + REACH for x, start, end in down
    ):  # one upright line meets all lines across
        return [(across, [line for line in down if any(_meet(other, line) for other in across)])]
    met = [
        sum(
            1 << k
            for k, (x, top, bottom) in enumerate(down)
            if left <= x <= right and top - REACH <= at <= bottom + REACH
        )
        for at, left, right in ((line.at, line.start - REACH, line.end + REACH) for line in across)
    ]
    """Which upright lines each one across meets, as the bits of a number."""
    groups: list[Group] = []
    free = [k for k, uprights in enumerate(met) if uprights]
    while free:
        uprights = 0
        grown = met[free[0]]
        while grown != uprights:
            uprights = grown
            for k in free:
                if met[k] & uprights:
                    grown |= met[k]
        lying = [k for k in free if met[k] & uprights]
        free = [k for k in free if not met[k] & uprights]
        groups.append(([across[k] for k in lying], [line for k, line in enumerate(down) if uprights >> k & 1]))
    return groups


def _meet(across: Stretch, down: Stretch) -> bool:
    return across.start - REACH <= down.at <= across.end + REACH and down.start - REACH <= across.at <= down.end + REACH


def _stacked(groups: list[Group]) -> list[Group]:
    """Groups with open sides put together where only a row without upright lines lies between them.

    In a table without left and right border a cell over the full width cuts the lines above from those below.
    """
    done: list[Group] = []
    for group in sorted(groups, key=lambda one: min(h.at for h in one[0])):
        for index, (across, down) in enumerate(done):
            gap = min(h.at for h in group[0]) - max(h.at for h in across)
            heights = [below.at - above.at for above, below in pairwise(sorted(across + group[0]))]
            row = 2.5 * min((height for height in heights if height > SNAP), default=0.0)
            if 0 < gap <= row and _open_sides(across, down) == _open_sides(*group) is not None:
                done[index] = (across + group[0], down + group[1])
                break
        else:
            done.append(group)
    return done


def _open_sides(across: list[Stretch], down: list[Stretch]) -> tuple[int, int] | None:
    """From where to where a group reaches (in steps of REACH) when it has no upright line at either end."""
    start, end = min(h.start for h in across), max(h.end for h in across)
    if min(v.at for v in down) - start <= 2 * REACH or end - max(v.at for v in down) <= 2 * REACH:
        return None
    return round(start / REACH), round(end / REACH)


def outlines(boxes: Sequence[Box]) -> list[Rule]:
    """The four sides of every box, as rules."""
    return [
        side
        for x0, top, x1, bottom in boxes
        for side in (
            Rule(x0, top, x1, top),
            Rule(x0, bottom, x1, bottom),
            Rule(x0, top, x0, bottom),
            Rule(x1, top, x1, bottom),
        )
    ]


def _lattice(across: list[Stretch], down: list[Stretch]) -> Lattice | None:
    """The lattice of one set of connected lines, None when it encloses nothing."""
    reach_x = (min(h.start for h in across), max(h.end for h in across))
    reach_y = (min(v.start for v in down), max(v.end for v in down))
    xs = _positions(down, reach_x)
    ys = _positions(across, reach_y)
    if len(xs) < 2 or len(ys) < 2:
        return None
    above = _walls(across, ys, xs)
    beside = _walls(down, xs, ys)
    return Lattice(tuple(xs), tuple(ys), tuple(map(tuple, above)), tuple(zip(*beside, strict=True)))


def _positions(lines: list[Stretch], reach: tuple[float, float]) -> list[float]:
    """Where lines stand, snapped; where crossing lines reach well beyond the outermost, their ends are a border."""
    at = [
        sum(s.at * (s.end - s.start) for s in group) / sum(s.end - s.start for s in group) if group[1:] else group[0].at
        for group in _clusters(sorted(lines), SNAP)
    ]
    if reach[0] < at[0] - 2 * REACH:
        at.insert(0, reach[0])
    if reach[1] > at[-1] + 2 * REACH:
        at.append(reach[1])
    return [round(x, 2) for x in at]


def _walls(lines: list[Stretch], at: list[float], marks: list[float]) -> list[list[bool]]:
    """For each line position whether it is drawn between every two neighbouring marks; the outermost always."""
    last = len(marks) - 1
    walls = [[False] * last for _ in at]
    shares: dict[tuple[int, int], float] = {}
    for where, start, end in lines:
        nearest = bisect_left(at, where)
        if nearest == len(at) or (nearest and where - at[nearest - 1] <= at[nearest] - where):
            nearest -= 1
        first, stop = bisect_left(marks, start), bisect_right(marks, end) - 1
        if first < stop:  # what lies between is drawn whole
            walls[nearest][first:stop] = [True] * (stop - first)
        for k in {first - 1, stop}:
            if 0 <= k < last and not walls[nearest][k]:
                left, right = marks[k], marks[k + 1]
                share = shares.get((nearest, k), 0.0) + min(end, right) - max(start, left)
                if share >= WHOLE * (right - left):
                    walls[nearest][k] = True
                shares[nearest, k] = share
    walls[0] = walls[-1] = [True] * last
    return walls
