"""Rows that no rule parts: where amounts stand line under line in one tall cell, each line is a row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from corpus.locator import Box
from ingest.grids.edges import Area, Lattice
from ingest.grids.geometry import Glyph, Rule, goes_on, line_text, split_lines, stacked

_AMOUNT = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?|[-–—]+")
TALL = 3.0
"""Only a cell at least this many lines high can hold several rows."""
ONE_ROW = 0.85
"""Lines closer than this many line heights belong to one row: a folded label around the line of its amounts."""


def parting(
    lattice: Lattice, areas: Sequence[Area], content: Sequence[Sequence[Glyph]], plain: Sequence[str | None]
) -> list[Rule]:
    """The rules that are missing between the rows of a lattice's tall cells, none when it has no such cells.

    `content` are the glyphs of each area; where they are known to stand on one line, `plain` has their text.
    """
    missing: list[Rule] = []
    unsure = Counter(
        area[0] for area, text in zip(areas, plain, strict=True) if text is None and area[2] == area[0] + 1
    )
    low: dict[int, list[tuple[Area, Sequence[Glyph], str | None]]] = {row: [] for row in unsure if unsure[row] > 1}
    for area, glyphs, text in zip(areas, content, plain, strict=True) if low else ():
        if area[2] == area[0] + 1 and area[0] in low:
            low[area[0]].append((area, glyphs, text))
    for row, inside in sorted(low.items()):
        top, bottom = lattice.ys[row], lattice.ys[row + 1]
        sizes = [glyphs[0][4] - glyphs[0][2] for _, glyphs, _ in inside if glyphs]
        if sizes and bottom - top > TALL * min(sizes):
            cells = [
                [glyphs] if text else _whole_numbers(split_lines(glyphs), (lattice.xs[c0], top, lattice.xs[c1], bottom))
                for (_, c0, _, c1), glyphs, text in inside
                if glyphs
            ]
            for y in _cuts(cells):
                missing += [Rule(lattice.xs[c0], y, lattice.xs[c1], y) for (_, c0, _, c1), _, _ in inside]
    return missing


def _whole_numbers(lines: list[list[Glyph]], box: Box) -> list[list[Glyph]]:
    """The lines of a cell, a number that goes on in the next line for want of room taken for one line."""
    whole = lines[:1]
    for line in lines[1:]:
        if goes_on(whole[-1], line, box):
            whole[-1] = [*whole[-1], *line]
        else:
            whole.append(line)
    return whole


def _cuts(cells: Sequence[Sequence[Sequence[Glyph]]]) -> list[float]:
    """Where the rows of a tall row part, none unless it has columns of amounts.

    Three amounts beside another column of as many lines are enough, or two amounts in two columns.
    """
    amounts = [[bool(_AMOUNT.fullmatch(line_text(line))) for line in lines] for lines in cells if not stacked(lines)]
    counts = sorted((sum(column) for column in amounts if sum(column) >= 0.6 * len(column)), reverse=True)
    deep = counts[0] if counts else 0
    beside = sum(len(column) >= deep for column in amounts) > 1
    if not (deep > 2 and beside) and not (deep == 2 and len(counts) > 1 and counts[1] == 2 and beside):
        return []
    spans = sorted(
        (min(glyph[2] for glyph in line), max(glyph[4] for glyph in line)) for lines in cells for line in lines
    )
    groups: list[tuple[float, float]] = []
    last = -1e9
    for top, bottom in spans:
        middle = (top + bottom) / 2
        if groups and middle - last < ONE_ROW * (bottom - top):
            groups[-1] = (groups[-1][0], max(groups[-1][1], bottom))
        else:
            groups.append((top, bottom))
        last = middle
    if len(groups) < deep:
        return []  # lines too close to tell apart
    return [(above[1] + below[0]) / 2 for above, below in pairwise(groups)]
