"""Where tables stand that rules part one way only: stacks of rules across of one width, or upright ones of one height."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.money import read_unit_line
from ingest.grids.edges import REACH, Stretch
from ingest.grids.geometry import Glyph
from ingest.grids.pieces import AMOUNT, Piece, pieces, rows_of
from ingest.grids.unruled import Region, grid
from ingest.page import Grid

NARROWEST = 100.0
"""Rules across shorter than this (points) bound no table of their own."""
LOWEST = 12.0
"""Nor do upright ones shorter than this."""

Numbered = tuple[int, Glyph]


def find(
    glyphs: Sequence[Numbered],
    across: Sequence[Stretch],
    down: Sequence[Stretch],
    page: int,
    before: tuple[float, ...] = (),
) -> tuple[list[Grid], list[Numbered]]:
    """The tables between rules that meet no others, and the glyphs that stand in none of them.

    `before` are the walls of a table at the foot of the page before, which the first may go on.
    """
    found: list[Grid] = []
    for top, bottom, left, right, lines, uprights in [*_between_uprights(down), *_stacks(across)]:
        inside = [
            one
            for one in glyphs
            if top < (one[1][2] + one[1][4]) / 2 < bottom and left < (one[1][1] + one[1][3]) / 2 < right
        ]
        if not inside:
            continue
        words = pieces(inside)
        regions = (
            [Region(words, (), None, uprights)]
            if uprights
            else _tabular(words, lines, (left + REACH, right - REACH), across)
        )
        for region in regions:
            made = grid(replace(region, before=before) if not found else region, page)
            if made is not None:
                found.append(made)
                taken = {id(glyph) for piece in region.pieces for glyph in piece.glyphs}
                glyphs = [one for one in glyphs if id(one[1]) not in taken]
    return found, list(glyphs)


Bounds = tuple[float, float, float, float, list[Stretch], tuple[Stretch, ...]]


def _between_uprights(down: Sequence[Stretch]) -> Iterable[Bounds]:
    """Upright rules that begin and end on one height."""
    for group in _alike(down, LOWEST):
        top, bottom = min(rule.start for rule in group), max(rule.end for rule in group)
        left, right = min(rule.at for rule in group), max(rule.at for rule in group)
        inner = [
            r for r in down if top - REACH < r.start and r.end < bottom + REACH and left - 300 < r.at < right + 300
        ]
        yield top - REACH, bottom + REACH, left - 300, right + 300, [], tuple(inner)


def _stacks(across: Sequence[Stretch]) -> Iterable[Bounds]:
    """Rules across that begin and end at one place."""
    for group in _alike(across, NARROWEST):
        group.sort()
        yield (
            group[0].at,
            group[-1].at,
            min(r.start for r in group) - REACH,
            max(r.end for r in group) + REACH,
            group,
            (),
        )


def _alike(rules: Sequence[Stretch], shortest: float) -> list[list[Stretch]]:
    """Rules of one extent, two at least."""
    groups: list[list[Stretch]] = []
    for rule in sorted(rules, key=lambda one: (one.start, one.end)):
        if rule.end - rule.start < shortest:
            continue
        for group in groups:
            if abs(group[0].start - rule.start) <= REACH and abs(group[0].end - rule.end) <= REACH:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) > 1]


def _tabular(
    words: Sequence[Piece], lines: Sequence[Stretch], sides: tuple[float, float], across: Sequence[Stretch]
) -> list[Region]:
    """Runs of bands between rules that look like a table's; titles and units stand in none."""
    regions: list[Region] = []
    held: list[Piece] = []
    start = lines[0].at
    for above, below in pairwise(lines):
        inside = [one for one in words if above.at < one.height < below.at]
        if inside and not _band(inside, sides):
            regions += _region(held, start, above.at, across, sides)
            held, start = [], below.at
        else:
            held += inside
    regions += _region(held, start, lines[-1].at, across, sides)
    return regions


def _band(inside: Sequence[Piece], sides: tuple[float, float]) -> bool:
    """Whether what stands between two rules may be a part of a table."""
    rows = rows_of(inside)
    if any(read_unit_line(piece.text) for piece in inside):
        return False
    wide = sum(len(row) == 1 and row[0].x1 - row[0].x0 > 0.8 * (sides[1] - sides[0]) for row in rows)
    if wide > 1:
        return False
    return len(rows) == 1 or any(len(row) > 1 for row in rows)


def _region(
    held: list[Piece], top: float, bottom: float, across: Sequence[Stretch], sides: tuple[float, float]
) -> list[Region]:
    lines = [
        r
        for r in across
        if top - REACH <= r.at <= bottom + REACH and r.start > sides[0] - 2 * REACH and r.end < sides[1] + 2 * REACH
    ]
    rows = rows_of(held)
    amounts = sum(bool(AMOUNT.fullmatch(piece.text)) for piece in held)
    several = sum(len(row) > 1 for row in rows)
    if not several or (not amounts and len(lines) < 3) or (several < 2 and max(map(len, rows)) < 3):
        return []
    return [Region(held, lines, sides)]
