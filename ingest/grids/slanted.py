"""Headings set aslant in the cells of a ruled header, as sheets with many narrow columns have them.

Text that is neither level nor upright is otherwise a watermark. What tells a heading from it: the rules of one blank cell
hold all of it, others beside it in the same row do likewise and read otherwise, and no amount stands above.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.grids.edges import Area
from ingest.grids.geometry import Glyph
from ingest.grids.pieces import AMOUNT

Run = Sequence[Glyph]
"""Glyphs of one slanted text, in the order in which it reads."""
FEWEST = 2
"""So many slanted headings stand side by side."""


def runs_of(glyphs: Sequence[tuple[int, Glyph]]) -> tuple[tuple[Glyph, ...], ...]:
    """Numbered slanted glyphs as texts: what is drawn right after each other and stands close together."""
    found: list[list[Glyph]] = []
    last = -2
    for number, glyph in glyphs:
        if found and number == last + 1 and _is_next(found[-1][-1], glyph):
            found[-1].append(glyph)
        else:
            found.append([glyph])
        last = number
    return tuple(map(tuple, found))


def _is_next(before: Glyph, glyph: Glyph) -> bool:
    across = (glyph[1] + glyph[3] - before[1] - before[3]) / 2
    down = (glyph[2] + glyph[4] - before[2] - before[4]) / 2
    size = max(glyph[3] - glyph[1], glyph[4] - glyph[2], before[3] - before[1], before[4] - before[2])
    return across * across + down * down < (1.6 * size) ** 2


def headings(
    runs: Sequence[Run], areas: Sequence[Area], texts: Sequence[str | None], at: Callable[[float, float], int]
) -> dict[int, Run]:
    """Which cells of a lattice have which slanted headings.

    `texts` are what its cells read as on one line, None where they have several; `at` tells the cell at a point, -1
    outside.
    """
    told = ["".join(glyph[0] for glyph in run) for run in runs]
    held: dict[int, Run] = {}
    for run, text in zip(runs, told, strict=True):
        cells = {at((x0 + x1) / 2, (top + bottom) / 2) for _, x0, top, x1, bottom, _ in run}
        (cell, *others) = cells
        if cell < 0 or others or len(run) < FEWEST or told.count(text) > 1 or cell in held or texts[cell] != "":
            return {}  # one that crosses rules, or says the same again, makes the others doubtful too
        held[cell] = run
    rows = {areas[cell][2] for cell in held}
    if len(held) < FEWEST or len(rows) > 1:
        return {}
    foot = rows.pop()
    above = [text for area, text in zip(areas, texts, strict=True) if area[2] <= foot]
    return {} if any(text and AMOUNT.fullmatch(text) for text in above) else held
