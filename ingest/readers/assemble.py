"""Small things that several readers share: clean cell text, and rows of cells become a grid."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.disclosure import Cell
from corpus.money import normalise
from ingest.page import Grid

MAX_CELLS = 400_000
"""Cells one grid may have; a span attribute can otherwise blow up a small file."""
MAX_SPAN = 200
_INVISIBLE = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x200B, 0x2010), 0xFEFF])


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell as a format writes it down: its text and how far it spans."""

    text: str
    rowspan: int = 1
    colspan: int = 1


def clean_cell(text: str) -> str:
    """A cell's text, NFKC-normalised, on one line: breaks between Chinese characters go, others become a blank."""
    parts = [part.strip() for part in re.split(r"[\r\n]+", normalise(text).translate(_INVISIBLE))]
    joined = ""
    for part in parts:
        latin = joined[-1:].isascii() and part[:1].isascii()
        joined += f" {part}" if joined and part and latin else part
    return re.sub(r"\s+", " ", joined).strip()


def grid_of(rows: Sequence[Sequence[Piece]], header_rows: int | None = None) -> Grid | None:
    """The grid of rows whose pieces are laid left to right into the places that spans from above leave free.

    Short rows are filled up with blank cells, since a writer may leave out trailing ones. Columns in which no cell
    begins go: span attributes larger than the table needs make such. None when there is no cell.
    """
    laid = _laid(rows)
    starts = sorted({cell.column for cell in laid})
    if not starts or len(rows) * len(starts) > MAX_CELLS:
        return None
    cells = [
        replace(
            cell,
            column=bisect_left(starts, cell.column),
            colspan=bisect_left(starts, cell.column + cell.colspan) - bisect_left(starts, cell.column),
        )
        for cell in laid
    ]
    taken = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    }
    cells += [
        Cell(row, column, "") for row in range(len(rows)) for column in range(len(starts)) if (row, column) not in taken
    ]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(len(rows), len(starts), tuple(cells), header_rows=header_rows)


def _laid(rows: Sequence[Sequence[Piece]]) -> list[Cell]:
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for row, pieces in enumerate(rows):
        column = 0
        for piece in pieces:
            while (row, column) in taken:
                column += 1
            rowspan = max(1, min(piece.rowspan, len(rows) - row))
            colspan = max(1, min(piece.colspan, MAX_SPAN))
            if len(taken) + rowspan * colspan > MAX_CELLS:
                return cells
            taken.update((y, x) for y in range(row, row + rowspan) for x in range(column, column + colspan))
            cells.append(Cell(row, column, clean_cell(piece.text), rowspan, colspan))
            column += colspan
    return cells
