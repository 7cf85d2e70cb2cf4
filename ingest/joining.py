"""Grids that go on over a page break become one grid, whatever the format.

A continuation is told by what is *not* there: no title, no unit line, nothing but running headers, footers and page
numbers stands between the fragments, and their columns fit. Repeated header rows are dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.disclosure import Cell
from corpus.money import parse_number
from ingest.page import Block, Grid, Line, Page

_PAGE_NUMBER = re.compile(r"[-—–·\s第页共/of]*\d{0,4}[-—–·\s第页共/of\d]*", re.IGNORECASE)
FIT = 4.0
"""Column lines of two fragments at most this far apart (points) are the same line."""


def join(pages: Sequence[Page]) -> list[Page]:
    """The same pages with every continued grid whole, at the place of its first fragment."""
    running = _running_lines(pages)
    done: list[list[Block]] = []
    open_at: tuple[int, int] | None = None
    for page in pages:
        kept: list[Block] = []
        done.append(kept)
        blocks = list(page.blocks)
        for block in blocks:
            if isinstance(block, Line):
                kept.append(block)
                if not _ignored(block, running):
                    open_at = None
                continue
            joined = _continue(done, open_at, block)
            if joined is None:
                kept.append(block)
                open_at = (len(done) - 1, len(kept) - 1)
            else:
                assert open_at is not None
                done[open_at[0]][open_at[1]] = joined
    return [replace(page, blocks=tuple(blocks)) for page, blocks in zip(pages, done, strict=True)]


def _running_lines(pages: Sequence[Page]) -> set[str]:
    """Texts that stand at the top or the bottom edge of several pages: running headers and footers."""
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [block for block in page.blocks if isinstance(block, Line)]
        seen.update({_shape(line.text) for line in lines[:2] + lines[-2:]})
    return {text for text, count in seen.items() if count >= max(3, len(pages) // 3)}


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", text))


def _ignored(line: Line, running: set[str]) -> bool:
    return _PAGE_NUMBER.fullmatch(line.text) is not None or _shape(line.text) in running


def _continue(done: list[list[Block]], open_at: tuple[int, int] | None, grid: Grid) -> Grid | None:
    """The open grid with `grid` put under it, None when `grid` is a table of its own."""
    if open_at is None:
        return None
    above = done[open_at[0]][open_at[1]]
    assert isinstance(above, Grid), "only grids are held open"
    if above.pages and above.pages[-1] == (grid.pages[0] if grid.pages else None):
        return None
    repeated = _repeated_header(above, grid)
    if above.bbox is not None and grid.bbox is not None:
        return _put_under(above, grid, repeated) if _same_frame(above, grid) else None
    return _append(above, grid, repeated) if repeated or abs(above.n_columns - grid.n_columns) <= 1 else None


def _same_frame(above: Grid, grid: Grid) -> bool:
    assert above.bbox is not None
    assert grid.bbox is not None
    return abs(above.bbox[0] - grid.bbox[0]) <= FIT and abs(above.bbox[2] - grid.bbox[2]) <= FIT


def _row_texts(grid: Grid, row: int) -> list[tuple[str, int, int]]:
    return [(cell.text, cell.rowspan, cell.colspan) for cell in grid.cells if cell.row == row]


def _repeated_header(above: Grid, grid: Grid) -> int:
    """How many leading rows of `grid` are the leading rows of `above` printed again."""
    count = 0
    while count < min(above.n_rows, grid.n_rows):
        texts = _row_texts(grid, count)
        amounts = any("." in text and parse_number(text) is not None for text, _, _ in texts)
        if amounts or texts != _row_texts(above, count) or not any(text for text, _, _ in texts):
            break
        count += 1
    return count


def column_lines(grid: Grid) -> list[float]:
    """Where the columns of a grid with geometry begin, and where the last ends."""
    lines: list[float | None] = [None] * (grid.n_columns + 1)
    for cell in grid.cells:
        if cell.bbox is not None:
            lines[cell.column], lines[cell.column + cell.colspan] = cell.bbox[0], cell.bbox[2]
    known = [(i, x) for i, x in enumerate(lines) if x is not None]
    return [x if x is not None else known[-1][1] for i, x in enumerate(lines)]


def _put_under(above: Grid, grid: Grid, repeated: int) -> Grid:
    """`grid` under `above`, both cut by the columns of either."""
    lines = _union(column_lines(above), column_lines(grid))
    upper, lower = _recut(above, lines), _recut(grid, lines)
    return _append(upper, lower, repeated)


def _union(first: list[float], second: list[float]) -> list[float]:
    lines = list(first)
    for x in second:
        if all(abs(x - other) > FIT for other in lines):
            lines.append(x)
    return sorted(lines)


def _recut(grid: Grid, lines: list[float]) -> Grid:
    """The grid with its cells' columns counted by `lines`."""
    place = [min(range(len(lines)), key=lambda i: abs(lines[i] - x)) for x in column_lines(grid)]
    cells = tuple(
        replace(cell, column=place[cell.column], colspan=max(1, place[cell.column + cell.colspan] - place[cell.column]))
        for cell in grid.cells
    )
    return replace(grid, n_columns=len(lines) - 1, cells=cells)


def _append(above: Grid, grid: Grid, repeated: int) -> Grid:
    """The rows of `grid` without its `repeated` header rows put under those of `above`."""
    shift = above.n_rows - repeated
    moved: list[Cell] = [replace(cell, row=cell.row + shift) for cell in grid.cells if cell.row >= repeated]
    return replace(
        above,
        n_rows=above.n_rows + grid.n_rows - repeated,
        n_columns=max(above.n_columns, grid.n_columns),
        cells=above.cells + tuple(moved),
        pages=above.pages + grid.pages,
        joined_at=(*above.joined_at, above.n_rows),
    )
