"""Rows that a page break cut in two: which first row of a continuation is the rest of the last row above it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.disclosure import Cell
from ingest.page import Grid

ITEM_START = re.compile(
    r"[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．]|[①-⑳]|其中|[A-Z]?\d{3,}|[-—]?\d[\d,]*\.\d"
)
"""How a row's label, a code or an amount begins."""
_STOPS = ("。", "；", ";", "！", "!", "?", ":")


def split_row(above: Grid, below: Grid, first: int) -> bool:
    """Whether row `first` of `below` is the rest of the last row of `above`.

    It is when nothing printed in it can be a row of its own: what is printed goes on from a cell whose last line runs
    up to its right edge, or is a text of several lines that found no room in a cell now blank; no part of it is a
    number or begins an item; and where nothing goes on, the pieces lack what the other has. Amounts without a label
    are the rest of a label without amounts.
    """
    if _cut_amount(above, below, first) or _label_alone(above, below, first):
        return True
    going_on = filling = amounts = 0
    for cell in below.cells:
        if cell.row != first or not cell.text:
            continue
        over = cell_over(above.cells, above.n_rows, cell)
        if over is not None and not over.text and _DECIMAL.fullmatch(cell.text):
            amounts += 1
            continue
        if over is None or ITEM_START.match(cell.text):
            return False
        if not over.text:
            if (cell.row, cell.column) not in below.folded:
                return False
            filling += 1
        elif (over.row, over.column) in above.running and not over.text.endswith(_STOPS):
            going_on += 1
        else:
            return False
    if amounts:
        upper = [cell.text for cell in row_of(above, above.n_rows - 1) if cell.text]
        labelled = bool(upper) and not any(re.search(r"\d[.,]\d", text) for text in upper)
        return labelled and _rows_have_both(above, below, first)
    return going_on > 0 or (filling > 0 and _gap_in_column(above, below, first))


_DECIMAL = re.compile(r"-?\d[\d,]*\.\d{1,6}")
_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_PIECE = re.compile(r"[-\d,.%]+")
_WITH_CENTS = re.compile(r"\.\d{2}%?$")
LONGEST_CODE = 7
"""Digits of a functional class (类款项); other codes are shorter (财政部《政府收支分类科目》)."""


def _cut_amount(above: Grid, below: Grid, first: int) -> bool:
    """Whether the page break cut a row in two within an amount, which tells more than any text of the row.

    In every column that has digits in both rows they make one number, and at least once they make an amount of which
    one half is none (20,32 over 5.84) or which has the cents that its column always has (12 over 3.45).
    """
    amounts = 0
    for cell in below.cells:
        if cell.row != first or not cell.text:
            continue
        over = cell_over(above.cells, above.n_rows, cell)
        if over is None or (not over.text and _PIECE.fullmatch(cell.text)):
            return False
        if not (_PIECE.fullmatch(cell.text) and _PIECE.fullmatch(over.text)):
            continue
        whole = over.text + cell.text
        full = (over.row, over.column) in above.running or over.text[-1] in ",."
        if not full or not _AMOUNT.fullmatch(whole):
            return False
        if _WITH_CENTS.search(over.text) or (whole.isdigit() and len(whole) > LONGEST_CODE):
            return False
        halved = not (_AMOUNT.fullmatch(over.text) and _AMOUNT.fullmatch(cell.text))
        amounts += halved or (bool(_WITH_CENTS.search(whole)) and _always_cents(above, over))
    return amounts > 0


def _always_cents(grid: Grid, own: Cell) -> bool:
    """Whether all other numbers of a cell's column have cents."""
    others = [one.text for one in grid.cells if one.column == own.column and one is not own]
    numbers = [text for text in others if _PIECE.fullmatch(text) and any(map(str.isdigit, text))]
    return len(numbers) > 1 and all(map(_WITH_CENTS.search, numbers))


def _label_alone(above: Grid, below: Grid, first: int) -> bool:
    """Whether one text alone fills the gap that the last row above, which has amounts, leaves in a column of labels."""
    lower = [cell for cell in row_of(below, first) if cell.text]
    upper = [cell for cell in row_of(above, above.n_rows - 1) if cell.text]
    if len(lower) != 1 or not any(_DECIMAL.fullmatch(cell.text) for cell in upper):
        return False
    column = lower[0].column
    others = [column in row for row in _filled(above, 0)[:-1] + _filled(below, first)[1:]]
    return (
        all(cell.column != column for cell in upper)
        and sum(others) >= 0.9 * len(others) > 1.8
        and re.search(r"\d", lower[0].text) is None
    )


def _rows_have_both(above: Grid, below: Grid, first: int) -> bool:
    """Whether nearly every other row has a label and an amount."""
    rows = [row_of(above, r) for r in range(above.n_rows - 1)] + [
        row_of(below, r) for r in range(first + 1, below.n_rows)
    ]
    both = [
        any(_DECIMAL.fullmatch(cell.text) for cell in row) and any(re.search(r"[^\W\d]", cell.text) for cell in row)
        for row in rows
        if any(_DECIMAL.fullmatch(cell.text) for cell in row)
    ]
    return len(both) > 1 and all(both)


def _gap_in_column(above: Grid, below: Grid, first: int) -> bool:
    """Whether the last row of `above` and row `first` of `below` lack what rows have.

    Either a column with text in nearly every row is blank in one of them, or the lower one has none of the numbers.
    """
    upper, lower = _filled(above, 0), _filled(below, first)
    for column in range(min(above.n_columns, below.n_columns)):
        rows = [column in row for row in upper[:-1] + lower[1:]]
        if len(rows) > 2 and sum(rows) >= 0.9 * len(rows) and (column in upper[-1]) != (column in lower[0]):
            return True
    numbers, rest = (
        any(re.search(r"\d", cell.text) for cell in grid.cells if cell.row == row)
        for grid, row in ((above, above.n_rows - 1), (below, first))
    )
    return numbers and not rest


def _filled(grid: Grid, first: int) -> list[set[int]]:
    """For each row from `first` on, the columns that a cell with text covers in it."""
    rows: list[set[int]] = [set() for _ in range(grid.n_rows)]
    for cell in grid.cells:
        if cell.text:
            for row in range(cell.row, min(cell.row + cell.rowspan, grid.n_rows)):
                rows[row].update(range(cell.column, cell.column + cell.colspan))
    return rows[first:]


def cell_over(cells: Iterable[Cell], n_rows: int, cell: Cell) -> Cell | None:
    """The cell at the foot of the upper fragment that stands over `cell`, best one that ends where it ends."""
    end = cell.column + cell.colspan
    candidates = [
        one
        for one in cells
        if one.row + one.rowspan >= n_rows and one.column < end and cell.column < one.column + one.colspan
    ]
    return min(candidates, key=lambda one: (abs(one.column + one.colspan - end), one.column), default=None)


def row_of(grid: Grid, row: int) -> list[Cell]:
    """The cells that begin in a row."""
    return [cell for cell in grid.cells if cell.row == row]
