"""Rows that no rule parts: lines of one cell are chained to a cell, and cells on one height make a row."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.grids.gutters import Columns
from ingest.grids.pieces import AMOUNT, ITEM, NUMBER, TOTAL, Piece, outline


@dataclass(slots=True)
class Cell:
    """Pieces printed under each other that are one cell's text, and which columns they stand over."""

    pieces: list[Piece]
    column: int
    end: int
    rows: tuple[int, int] = field(default=(0, 1))

    @property
    def top(self) -> float:
        """Where the text begins."""
        return self.pieces[0].top

    @property
    def bottom(self) -> float:
        """Where the text ends."""
        return max(piece.bottom for piece in self.pieces)

    @property
    def height(self) -> float:
        """The middle of the text, from the top of the page."""
        return (self.top + self.bottom) / 2

    @property
    def is_number(self) -> bool:
        """Whether it is one number."""
        return len(self.pieces) == 1 and bool(NUMBER.fullmatch(self.pieces[0].text))

    @property
    def has_amount(self) -> bool:
        """Whether it is an amount."""
        return len(self.pieces) == 1 and bool(AMOUNT.fullmatch(self.pieces[0].text))


def row_pitch(found: Sequence[Piece]) -> float:
    """How close the rows of a table stand: the least distance of two numbers on different heights."""
    numbers = sorted(piece.top for piece in found if NUMBER.fullmatch(piece.text))
    return min((b - a for a, b in pairwise(numbers) if b - a > 3.0), default=0.0)


def chained(found: Sequence[Piece], columns: Columns, pitch: float) -> list[Cell]:
    """Pieces as cells: a line that fills its column goes on in the next one right under it.

    The next one is drawn right after it, or stands closer than rows do, which stand at least `pitch` apart.
    """
    lines: dict[tuple[int, int], list[Piece]] = {}
    for piece in sorted(found, key=lambda one: (round(one.top), one.x0)):
        under = lines.setdefault(columns.under(piece), [])
        if under and piece.beside(under[-1]) and 0.0 <= piece.x0 - under[-1].x1 < 1.5 * piece.em:
            under[-1] = outline([under[-1], piece])  # one text with a gap, such as between a number and a word
        else:
            under.append(piece)
    numbers = sorted(piece.height for piece in found if NUMBER.fullmatch(piece.text))
    pitches = [b.top - a.top for one in lines.values() for a, b in pairwise(one) if b.top - a.top > 0.6 * a.em]
    closest = min(pitches, default=0.0)
    cells: list[Cell] = []
    for (column, end), under in lines.items():
        width = columns.xs[end] - columns.xs[column]
        for run in _runs(under):
            groups = in_rows(run, numbers) or _chains(run, width, numbers, closest, pitch)
            cells += [Cell(group, column, end) for group in groups]
    return sorted(cells, key=lambda cell: (cell.height, cell.column))


def _runs(lines: Sequence[Piece]) -> list[list[Piece]]:
    """Lines of a column that stand close over each other."""
    runs: list[list[Piece]] = []
    for line in lines:
        if runs and line.top - runs[-1][-1].top < 1.8 * line.em:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _chains(
    lines: Sequence[Piece], width: float, numbers: Sequence[float], closest: float, pitch: float
) -> list[list[Piece]]:
    """The lines of a column, each put to the one above where that has no room for it."""
    groups: list[list[Piece]] = []
    for k, piece in enumerate(lines):
        above = lines[k - 1] if k else None
        if (
            above is not None
            and _goes_on(above, piece, width, closest)
            and not (_level(above, numbers) and _level(piece, numbers))
            and not (ITEM.match(piece.text) or TOTAL.fullmatch(piece.text) or _SUM.fullmatch(above.text))
            and (piece.first == above.last + 1 or piece.top - above.top < 0.92 * pitch)
        ):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


LONGEST = 6
"""Lines of one label at most."""


def in_rows(lines: Sequence[Piece], heights: Sequence[float]) -> list[list[Piece]] | None:
    """The lines of a column as labels each in the middle of one row, None where not every line finds one.

    `heights` are those of the numbers, in order, which stand in the middle of their rows.
    """
    best: list[list[list[Piece]] | None] = [[]]
    for end in range(1, len(lines) + 1):
        found: list[list[Piece]] | None = None
        for start in range(end - 1, max(-1, end - 1 - LONGEST), -1):
            group, before = list(lines[start:end]), best[start]
            if len(group) > 1 and not _may_follow(group[0], group[1]):
                break
            middle, size = (group[0].top + group[-1].bottom) / 2, group[0].size
            if before is None or not _stands_at(middle, heights, size):
                continue
            if found is None or len(before) + 1 > len(found):
                found = [*before, group]
        best.append(found)
    return best[-1]


def _may_follow(above: Piece, below: Piece) -> bool:
    """Whether a line may be a label's next one: close below it, and neither a number nor the begin of another label."""
    if NUMBER.fullmatch(above.text) or NUMBER.fullmatch(below.text):
        return False
    begins = ITEM.match(below.text) or TOTAL.fullmatch(below.text) or _SUM.fullmatch(above.text)
    return not begins and 0.6 * above.em < below.top - above.top < 1.8 * above.em


_SUM = re.compile(r"[合总]\s*计\s*:?")
"""A label that is whole: nothing of it stands on a second line."""


def _stands_at(height: float, heights: Sequence[float], size: float) -> bool:
    k = bisect_left(heights, height - 0.2 * size)
    return k < len(heights) and heights[k] <= height + 0.2 * size


def _goes_on(above: Piece, below: Piece, width: float, closest: float) -> bool:
    """Whether a line may go on in the one below it: it has no room for the next sign, and lines stand close.

    `closest` is the least distance of two lines in one column of the table: no two lines of a cell stand further apart.
    """
    if not 0.6 * above.em < below.top - above.top < min(1.8 * above.em, closest + 0.2 * above.em):
        return False
    if NUMBER.fullmatch(above.text):
        return False
    if NUMBER.fullmatch(below.text):
        return False
    room = width - (above.x1 - above.x0)
    following = [glyph[3] - glyph[1] for glyph in below.glyphs[:2]]
    closing = len(following) > 1 and below.glyphs[1][0] in _CLOSING
    return room <= (sum(following) if closing else following[0]) + PADDING


PADDING = 12.0
"""The padding of a cell on both sides together is at most so wide (points); Word's is 10.8."""
_CLOSING = frozenset(",.:;!?)]}、。」』】》〉”’%")


def _level(piece: Piece, numbers: Sequence[float]) -> bool:
    """Whether a number stands on the height of a piece."""
    k = bisect_left(numbers, piece.height - 0.3 * piece.size)
    return k < len(numbers) and numbers[k] <= piece.height + 0.3 * piece.size


def row_groups(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Cells that share a row, rows from top to bottom.

    Cells of one line set the rows: those on one height share one. Folded ones join the row that they stand beside.
    """
    rows: list[list[Cell]] = []
    for cell in sorted((one for one in cells if len(one.pieces) == 1), key=lambda one: one.height):
        size = cell.bottom - cell.top
        if rows and cell.height - rows[-1][0].height <= 0.45 * size and not _shares_column(rows[-1], cell):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    for cell in sorted((one for one in cells if len(one.pieces) > 1), key=lambda one: one.height):
        beside = [row for row in rows if _beside(row, cell) and not _shares_column(row, cell)]
        if beside:
            min(beside, key=lambda row: abs(row[0].height - cell.height)).append(cell)
        else:
            rows.append([cell])
            rows.sort(key=lambda row: row[0].height)
    return rows


def _beside(row: Sequence[Cell], cell: Cell) -> bool:
    return any(min(one.bottom, cell.bottom) - max(one.top, cell.top) > 0.3 * (one.bottom - one.top) for one in row)


def _shares_column(row: Sequence[Cell], cell: Cell) -> bool:
    return any(one.column < cell.end and cell.column < one.end for one in row)
