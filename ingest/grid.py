"""Glyphs and ruling lines of a page become its blocks: grids of cells, and the lines of text around them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from corpus.disclosure import Cell
from corpus.locator import Box
from ingest.edges import Lattice, lattices
from ingest.geometry import Glyph, Sheet, cell_text, set_text, split_lines
from ingest.page import Block, Grid, Line

Area = tuple[int, int, int, int]
"""First row, first column, row after the last, column after the last of a cell."""


def blocks(sheet: Sheet) -> list[Block]:
    """The page's grids and lines in reading order."""
    frames = [(lattice, areas(lattice)) for lattice in lattices(sheet.rules)]
    frames = [frame for frame in frames if len(frame[1]) > 1]
    inside: list[list[Glyph]] = [[] for _ in frames]
    outside: list[Glyph] = []
    for glyph in sheet.glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        for index, (lattice, _) in enumerate(frames):
            if lattice.xs[0] <= x <= lattice.xs[-1] and lattice.ys[0] <= y <= lattice.ys[-1]:
                inside[index].append(glyph)
                break
        else:
            outside.append(glyph)
    found: list[Block] = []
    for (lattice, cells), glyphs in zip(frames, inside, strict=True):
        if glyphs:
            found.append(_grid(lattice, cells, glyphs, sheet.number))
    found.extend(_lines(outside, sheet.number))
    return sorted(found, key=reading_order)


def reading_order(block: Block) -> tuple[float, float]:
    """Sort key of the blocks of one page: from top to bottom, then from left to right."""
    assert block.bbox is not None, "blocks of a page have a place"
    return block.bbox[1], block.bbox[0]


def _lines(glyphs: Sequence[Glyph], page: int) -> list[Line]:
    made = (set_text(line) for line in split_lines(glyphs))
    return [Line(line.text, page, _rounded(line.box), line.xs, line.size) for line in made]


def areas(lattice: Lattice) -> list[Area]:
    """The cells of a lattice: elementary boxes put together where no wall stands between them, as rectangles."""
    n_rows, n_columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    taken = [[False] * n_columns for _ in range(n_rows)]
    found: list[Area] = []
    for row in range(n_rows):
        for column in range(n_columns):
            if not taken[row][column]:
                area = _grow(lattice, taken, row, column)
                for r in range(area[0], area[2]):
                    for c in range(area[1], area[3]):
                        taken[r][c] = True
                found.append(area)
    return found


def _grow(lattice: Lattice, taken: list[list[bool]], row: int, column: int) -> Area:
    """The largest open rectangle whose top left box is (row, column)."""
    right = column + 1
    while right < len(lattice.xs) - 1 and not lattice.beside[row][right] and not taken[row][right]:
        right += 1
    bottom = row + 1
    while (
        bottom < len(lattice.ys) - 1
        and all(not lattice.above[bottom][c] and not taken[bottom][c] for c in range(column, right))
        and all(not lattice.beside[bottom][c] for c in range(column + 1, right))
    ):
        bottom += 1
    return row, column, bottom, right


def _grid(lattice: Lattice, cells: list[Area], glyphs: list[Glyph], page: int) -> Grid:
    """The grid with its text: every glyph goes to the cell that its middle stands in."""
    xs, ys = lattice.xs, lattice.ys
    owner = {
        (r, c): index
        for index, area in enumerate(cells)
        for r in range(area[0], area[2])
        for c in range(area[1], area[3])
    }
    content: list[list[Glyph]] = [[] for _ in cells]
    for glyph in glyphs:
        row = min(bisect_right(ys, (glyph.top + glyph.bottom) / 2), len(ys) - 1) - 1
        column = min(bisect_right(xs, (glyph.x0 + glyph.x1) / 2), len(xs) - 1) - 1
        content[owner[row, column]].append(glyph)
    made: list[Cell] = []
    running: list[tuple[int, int]] = []
    for (r0, c0, r1, c1), inside in zip(cells, content, strict=True):
        box = _rounded((xs[c0], ys[r0], xs[c1], ys[r1]))
        text, full = cell_text(inside, box) if inside else ("", False)
        made.append(Cell(r0, c0, text, r1 - r0, c1 - c0, page, box))
        if full and r1 == len(ys) - 1:
            running.append((r0, c0))
    around = _rounded((xs[0], ys[0], xs[-1], ys[-1]))
    return Grid(len(ys) - 1, len(xs) - 1, tuple(made), (page,), around, running=tuple(running))


def _rounded(box: Box) -> Box:
    return round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2)
