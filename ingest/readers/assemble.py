"""Small things that several readers share: clean cell text, and rows of cells become a grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.disclosure import Cell
from corpus.money import normalise
from ingest.page import Grid

MAX_CELLS = 400_000
"""Cells one grid may have; a span attribute can otherwise blow up a small file."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell as a format writes it down: its text and how far it spans."""

    text: str
    rowspan: int = 1
    colspan: int = 1


def clean_cell(text: str) -> str:
    """A cell's text, NFKC-normalised, on one line: breaks between Chinese characters go, others become a blank."""
    text = re.sub(r"[\u200b-\u200f\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]", "", normalise(text))
    text = re.sub(r"(?<=[^\x00-\x7f])\s*[\r\n]+\s*|\s*[\r\n]+\s*(?=[^\x00-\x7f])", "", text)
    return re.sub(r"\s+", " ", text).strip()


def grid_of(rows: Sequence[Sequence[Piece]], header_rows: int | None = None) -> Grid | None:
    """The grid of rows whose pieces are laid left to right into the places that spans from above leave free.

    Short rows are filled up with blank cells, since a writer may leave out trailing ones. None when there is no cell.
    """
    taken: dict[tuple[int, int], bool] = {}
    cells: list[Cell] = []
    width = 0
    for row, pieces in enumerate(rows):
        column = 0
        for piece in pieces:
            while (row, column) in taken:
                column += 1
            rowspan = max(1, min(piece.rowspan, len(rows) - row))
            colspan = max(1, min(piece.colspan, 200))
            if len(taken) + rowspan * colspan > MAX_CELLS:
                break
            for y in range(row, row + rowspan):
                for x in range(column, column + colspan):
                    taken[y, x] = True
            cells.append(Cell(row, column, clean_cell(piece.text), rowspan, colspan))
            column += colspan
            width = max(width, column)
    if not cells or not width or len(rows) * width > MAX_CELLS:
        return None
    cells.extend(
        Cell(row, column, "") for row in range(len(rows)) for column in range(width) if (row, column) not in taken
    )
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return _squeezed(Grid(len(rows), width, tuple(cells), header_rows=header_rows))


def _squeezed(grid: Grid) -> Grid:
    """The grid without columns in which no cell begins: span attributes larger than the table needs make such."""
    starts = sorted({cell.column for cell in grid.cells})
    if len(starts) == grid.n_columns:
        return grid
    index = {column: new for new, column in enumerate(starts)}
    cells = tuple(
        Cell(
            cell.row,
            index[cell.column],
            cell.text,
            cell.rowspan,
            sum(1 for start in starts if cell.column <= start < cell.column + cell.colspan),
        )
        for cell in grid.cells
    )
    return Grid(grid.n_rows, len(starts), cells, header_rows=grid.header_rows)
