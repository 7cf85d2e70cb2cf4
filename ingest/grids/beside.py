"""Tables too wide for a page, printed on two in columns: the second page has the same rows and further columns.

A workbook printed so has every row on both pages. The second part is told by that: as many rows, headings in its first
one that are not those of the first part, and either the same labels again on the left or none at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.disclosure import Cell
from corpus.money import Absence, Amount, read_cell, read_unit_line
from ingest.grids.cut_rows import row_of
from ingest.page import Block, Grid, Line

_FEWEST = 3
"""A table has at least so many rows, header included."""


Lines = Sequence[Line]


def across_first(pages: Sequence[Sequence[Block]], is_running: Callable[[Line], bool]) -> list[list[Block]]:
    """The blocks of pages on which parts stand from left to right, then the rows below them, one part a page.

    Each group of such pages becomes one wide table on its first page; what is left to be joined stands below it.
    """
    done = [list(blocks) for blocks in pages]
    start = 0
    while start < len(done):
        parts = _first_group(done, start, is_running)
        step = len(parts)
        while step > 1 and start < len(done):
            group = [_alone(blocks) for blocks in done[start : start + step]]
            grids = [grid for grid in group if grid is not None]
            if len(grids) < step or not _fit(grids, parts):
                break
            wide = grids[0]
            for part, (_, again) in zip(grids[1:], parts[1:], strict=True):
                wide = _beside(wide, part, again)
            done[start][done[start].index(grids[0])] = wide
            for number in range(start + 1, start + step):
                move_unit(done[start], wide, done[number])
                done[number] = [block for block in done[number] if isinstance(block, Line) and is_running(block)]
            start += step
        start += step == 1
    return done


def _first_group(
    pages: Sequence[Sequence[Block]], start: int, is_running: Callable[[Line], bool]
) -> list[tuple[Grid, int]]:
    """The parts that stand on the page `start` and those after it, each with how many of its columns are labels again."""
    left = _alone(pages[start])
    if left is None:
        return [(Grid(0, 0, ()), 0)]
    parts = [(left, 0)]
    head = _lines(pages[start], is_running)
    for blocks in pages[start + 1 :]:
        part = _alone(blocks)
        again = _labels_again(left, part) if part is not None else None
        if part is None or again is None or not may_stand_between(_lines(blocks, is_running), head):
            break
        parts.append((part, again))
        left = _beside(left, part, again)
    return parts


def _fit(grids: Sequence[Grid], parts: Sequence[tuple[Grid, int]]) -> bool:
    """Whether grids are the next rows of the parts of a wide table: as many rows each, and the columns of its part."""
    alike = all(grid.n_columns == part.n_columns for grid, (part, _) in zip(grids, parts, strict=True))
    return alike and len({grid.n_rows for grid in grids}) == 1


def _alone(blocks: Sequence[Block]) -> Grid | None:
    """The grid of a page that has one."""
    grids = [block for block in blocks if isinstance(block, Grid)]
    return grids[0] if len(grids) == 1 else None


def _lines(blocks: Sequence[Block], is_running: Callable[[Line], bool]) -> list[Line]:
    return [block for block in blocks if isinstance(block, Line) and not is_running(block)]


def may_stand_between(lines: Lines, head: Lines) -> bool:
    """Whether lines above a part say no more than those above the first one: its title again, and a unit."""
    known = {"".join(line.text.split()) for line in head}
    return all("".join(line.text.split()) in known or read_unit_line(line.text) for line in lines)


def move_unit(upper: list[Block], wide: Grid, lower: Sequence[Block]) -> None:
    """Put the unit that stands above another part above the wide table, where that has none."""
    if not any(isinstance(block, Line) and read_unit_line(block.text) for block in upper):
        told = [block for block in lower if isinstance(block, Line) and read_unit_line(block.text)]
        upper[upper.index(wide) : upper.index(wide)] = told[:1]


def put_beside(left: Grid, right: Grid) -> Grid | None:
    """Both parts as one table, the labels of the right one dropped; None when the right one is no such part."""
    again = _labels_again(left, right)
    return None if again is None else _beside(left, right, again)


def _labels_again(left: Grid, right: Grid) -> int | None:
    """How many columns of the right part are the left one's labels again, None when it is no such part."""
    if left.n_rows != right.n_rows or left.n_rows < _FEWEST or not (left.ruled and right.ruled):
        return None
    if not _is_heading(right) or not _has_labels(left):
        return None
    again = _same_columns(left, right)
    if again == right.n_columns or (not again and _has_labels(right)) or (again and not _has_labels(left, again)):
        return None
    if _headings(right, again) <= _headings(left, again):
        return None  # a table of the same form, of something else
    return again if _is_of_amounts([cell for cell in right.cells if cell.column >= again and cell.row]) else None


def _headings(grid: Grid, first: int) -> set[str]:
    """What stands over the columns from `first` on, above the first number."""
    body = min((cell.row for cell in grid.cells if _is_number(cell.text)), default=grid.n_rows)
    return {cell.text for cell in grid.cells if cell.column >= first and cell.row < body and cell.text}


def _beside(left: Grid, right: Grid, again: int) -> Grid:
    """The right part without its leading columns put beside the left one; as a whole it has no place on one page."""
    shift = left.n_columns - again
    moved = tuple(replace(cell, column=cell.column + shift) for cell in right.cells if cell.column >= again)
    cells = sorted((*left.cells, *moved), key=lambda cell: (cell.row, cell.column))
    return replace(
        left,
        n_columns=shift + right.n_columns,
        cells=tuple(cells),
        pages=tuple(dict.fromkeys(left.pages + right.pages)),
        bbox=None,
        running=(),
        folded=left.folded + tuple((row, column + shift) for row, column in right.folded if column >= again),
    )


def begins_beside(above: Grid, below: Grid) -> bool:
    """Whether a grid has other headings over the rows that the one above it begins with, and is no continuation of it."""
    if not (above.ruled and below.ruled and _is_heading(below) and _has_labels(above)) or below.n_rows < _FEWEST:
        return False
    ours, theirs = _labels(above), _labels(below)
    if not any(theirs):
        return below.n_rows == above.n_rows and any(_is_number(cell.text) for cell in below.cells if cell.text)
    return len(theirs) > 1 and ours[:2] == theirs[:2]


def _labels(grid: Grid) -> list[str]:
    """The labels of the rows below the first one, in order, "" for a row without."""
    return [
        next((cell.text for cell in row_of(grid, row) if cell.text and _is_word(cell)), "")
        for row in range(1, grid.n_rows)
    ]


def _same_columns(left: Grid, right: Grid) -> int:
    """How many leading columns of both parts are the same in every row."""
    ours, theirs = _columns(left), _columns(right)
    count = 0
    while count < min(len(ours), len(theirs)) and ours[count] == theirs[count]:
        count += 1
    return count


def _columns(grid: Grid) -> list[list[str]]:
    texts = [[""] * grid.n_rows for _ in range(grid.n_columns)]
    for cell in grid.cells:
        texts[cell.column][cell.row] = "".join(cell.text.split())
    return texts


def _is_heading(grid: Grid) -> bool:
    """Whether the first row names columns: words, and no number."""
    texts = [cell.text for cell in row_of(grid, 0) if cell.text]
    return len(texts) > 1 and not any(_is_number(text) for text in texts)


def _has_labels(grid: Grid, columns: int | None = None) -> bool:
    """Whether the rows have labels: words in most of them, in the leading `columns` if given."""
    rows = {
        cell.row
        for cell in grid.cells
        if cell.row and cell.text and (columns is None or cell.column < columns) and _is_word(cell)
    }
    return len(rows) > 0.5 * (grid.n_rows - 1)


def _is_of_amounts(cells: Sequence[Cell]) -> bool:
    """Whether cells below headings hold amounts, and hardly anything else: a form has words beside them."""
    numbers = sum(_is_number(cell.text) for cell in cells)
    words = sum(bool(cell.text) and _is_word(cell) for cell in cells)
    return numbers > 0 and words < 0.5 * numbers


def _is_word(cell: Cell) -> bool:
    return read_cell(cell.text, "") is None


def _is_number(text: str) -> bool:
    return bool(text) and isinstance(read_cell(text, ""), Amount | Absence)
