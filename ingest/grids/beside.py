"""Tables too wide for a page, printed on two in columns: the second page has the same rows and further columns.

A workbook printed so has every row on both pages. The second part is told by that: as many rows, headings in its first
one that are not those of the first part, and either the same labels again on the left or none at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.disclosure import Cell
from corpus.money import Absence, Amount, read_cell
from ingest.grids.cut_rows import row_of
from ingest.page import Grid

_FEWEST = 3
"""A table has at least so many rows, header included."""


def put_beside(left: Grid, right: Grid) -> Grid | None:
    """Both parts as one table, the labels of the right one dropped; None when the right one is no such part."""
    if left.n_rows != right.n_rows or left.n_rows < _FEWEST or not (left.ruled and right.ruled):
        return None
    if not _is_heading(right) or not _has_labels(left):
        return None
    again = _same_columns(left, right)
    if again == right.n_columns or (not again and _has_labels(right)) or (again and not _has_labels(left, again)):
        return None
    if not _is_of_amounts([cell for cell in right.cells if cell.column >= again and cell.row]):
        return None
    shift = left.n_columns - again
    moved = tuple(replace(cell, column=cell.column + shift) for cell in right.cells if cell.column >= again)
    cells = sorted((*left.cells, *moved), key=lambda cell: (cell.row, cell.column))
    return replace(
        left,
        n_columns=shift + right.n_columns,
        cells=tuple(cells),
        pages=tuple(dict.fromkeys(left.pages + right.pages)),
        joined_at=left.joined_at,
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
