"""Ruling lines as drawn become lattices: snapped lines, and which stretches between their crossings are walled.

The idea of edges → crossings → cells is pdfplumber's; here a lattice is a raster of elementary boxes with walls, so
that a missing outer border, a broken rule or a missing corner does not lose a cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from corpus.locator import Box
from ingest.grids.geometry import Rule

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


def merge(rules: Sequence[Rule]) -> tuple[list[Stretch], list[Stretch]]:
    """Rules as horizontal and vertical stretches, pieces of one line put together."""
    across: list[Stretch] = []
    down: list[Stretch] = []
    dots: tuple[list[Stretch], list[Stretch]] = ([], [])
    for x0, top, x1, bottom in rules:
        wide, high = x1 - x0, bottom - top
        if wide <= DOT and high <= DOT:
            dots[0].append(Stretch((top + bottom) / 2, x0, x1))
            dots[1].append(Stretch((x0 + x1) / 2, top, bottom))
        elif wide >= high or wide > REACH:
            across.append(Stretch((top + bottom) / 2, x0, x1))
        if not (wide <= DOT and high <= DOT) and (high >= wide or high > REACH):
            down.append(Stretch((x0 + x1) / 2, top, bottom))
    across += _merged(dots[0], 0.2)
    down += _merged(dots[1], 0.2)
    return _longest(_merged(across)), _longest(_merged(down))


def _longest(lines: list[Stretch]) -> list[Stretch]:
    """Lines as they are, or the MOST longest ones, so that a page full of hatching ends."""
    return lines if len(lines) <= MOST else sorted(lines, key=lambda s: s.start - s.end)[:MOST]


def _merged(pieces: list[Stretch], beside: float = 1.0) -> list[Stretch]:
    """Collinear pieces (at most `beside` apart) joined over gaps of at most REACH; what stays too short is dropped."""
    done: list[Stretch] = []
    for group in _clusters(sorted(pieces), beside):
        group.sort(key=lambda piece: piece.start)
        run, end = group[:1], group[0].end
        for piece in group[1:]:
            if piece.start > end + REACH:
                done.append(_one(run))
                run = []
            run.append(piece)
            end = max(end, piece.end) if len(run) > 1 else piece.end
        done.append(_one(run))
    return [s for s in done if s.end - s.start >= SHORTEST]


def _one(pieces: list[Stretch]) -> Stretch:
    """Pieces of one line put together, at their mean position weighted by length."""
    weights = [piece.end - piece.start + 0.01 for piece in pieces]
    at = sum(piece.at * weight for piece, weight in zip(pieces, weights, strict=True)) / sum(weights)
    return Stretch(at, pieces[0].start, max(piece.end for piece in pieces))


def _clusters(ordered: Sequence[Stretch], gap: float) -> list[list[Stretch]]:
    groups: list[list[Stretch]] = []
    for piece in ordered:
        if groups and piece.at - groups[-1][-1].at <= gap:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def lattices(rules: Sequence[Rule]) -> list[Lattice]:
    """Every set of crossing lines on a page as a lattice, from top to bottom and left to right."""
    return lattices_and_loose(rules)[0]


def lattices_and_loose(rules: Sequence[Rule]) -> tuple[list[Lattice], list[Stretch], list[Stretch]]:
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
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, h in enumerate(across):
        for j, v in enumerate(down, len(across)):
            if (
                h.start - REACH <= v.at <= h.end + REACH
                and v.start - REACH <= h.at <= v.end + REACH
                and root(i) != root(j)
            ):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Stretch], list[Stretch]]] = {}
    for i, h in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(down, len(across)):
        groups.setdefault(root(j), ([], []))[1].append(v)
    return [group for group in groups.values() if group[0] and group[1]]


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
    return Lattice(
        tuple(xs),
        tuple(ys),
        tuple(tuple(row) for row in above),
        tuple(tuple(beside[j][i] for j in range(len(xs))) for i in range(len(ys) - 1)),
    )


def _positions(lines: list[Stretch], reach: tuple[float, float]) -> list[float]:
    """Where lines stand, snapped; where crossing lines reach well beyond the outermost, their ends are a border."""
    at = [
        sum(s.at * (s.end - s.start) for s in group) / sum(s.end - s.start for s in group)
        for group in _clusters(sorted(lines), SNAP)
    ]
    if reach[0] < at[0] - 2 * REACH:
        at.insert(0, reach[0])
    if reach[1] > at[-1] + 2 * REACH:
        at.append(reach[1])
    return [round(x, 2) for x in at]


def _walls(lines: list[Stretch], at: list[float], marks: list[float]) -> list[list[bool]]:
    """For each line position whether it is drawn between every two neighbouring marks; the outermost always."""
    drawn = [[0.0] * (len(marks) - 1) for _ in at]
    for line in lines:
        row = drawn[min(range(len(at)), key=lambda i: abs(at[i] - line.at))]
        for j in range(len(marks) - 1):
            row[j] += max(0.0, min(line.end, marks[j + 1]) - max(line.start, marks[j]))
    last = len(at) - 1
    return [
        [i in (0, last) or row[j] >= 0.6 * (marks[j + 1] - marks[j]) for j in range(len(marks) - 1)]
        for i, row in enumerate(drawn)
    ]
