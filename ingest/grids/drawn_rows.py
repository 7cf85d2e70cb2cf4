"""Rows of a sheet told by the order of drawing: producers draw cell after cell and row after row.

What is drawn next right below is a cell's next line, what is drawn next further right is the row's next cell, and what
is drawn next further left begins a row. Heights must bear it out: cells of one row stand in its middle (or all begin at
its top), labels over several rows further down, and no row reaches into the one above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from ingest.grids.gutters import TOUCH
from ingest.grids.pieces import Piece
from ingest.grids.sheet_rows import Entry, Laid, begins_late

NEAR = 0.25
"""Cells of a row stand within this share of their type's height on one height."""


@dataclass(slots=True)
class _Cell:
    """The lines of one cell from top to bottom."""

    lines: list[Piece]

    @property
    def x0(self) -> float:
        return min(line.x0 for line in self.lines)

    @property
    def x1(self) -> float:
        return max(line.x1 for line in self.lines)

    @property
    def top(self) -> float:
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        return self.lines[-1].bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def slack(self) -> float:
        return NEAR * min(line.size for line in self.lines)


@dataclass(slots=True)
class _Row:
    """The cells that begin in a row: its own ones, and those that reach down into rows below."""

    own: list[_Cell]
    over: list[_Cell]

    @property
    def top(self) -> float:
        return min(cell.top for cell in self.own)

    @property
    def bottom(self) -> float:
        return max(cell.bottom for cell in self.own)


def by_order(words: Sequence[Piece]) -> Laid | None:
    """Entries in the rows in which they were drawn, None where their heights do not bear that out."""
    drawn = sorted(words, key=attrgetter("first"))
    cells = _cells(drawn)
    return (
        _in_runs(_runs(cells, lower=False))
        or _in_runs(_runs(cells, lower=True))
        or _in_runs(_runs_of_two_passes([_Cell([word]) for word in drawn]))  # rows may follow as closely as lines
        or _in_runs(_runs_of_two_passes(cells))
    )


def _in_runs(runs: Sequence[Sequence[_Cell]]) -> Laid | None:
    """The entries where each run is a row."""
    if len(runs) < 3:
        return None
    flush = _flush(runs)
    if flush is not None:
        return _laid(flush, [*(row.top for row in flush), flush[-1].bottom], centred=False)
    rows = _centred(runs)
    if rows is None:
        return None
    between = ((above.bottom + below.top) / 2 for above, below in pairwise(rows))
    return _laid(rows, [rows[0].top, *between, rows[-1].bottom], centred=True)


def _laid(rows: Sequence[_Row], floors: list[float], *, centred: bool) -> Laid | None:
    """The entries of rows that begin at `floors`; None where labels do not fit, or a unit may be that of rows above."""
    laid = Laid(floors)
    for k, row in enumerate(rows):
        laid.entries += [Entry(cell.lines, (k, k + 1)) for cell in row.own]
        for cell in row.over:
            end = _end(cell, k, rows, floors, centred)
            if end is None and k + 1 < len(rows) and (k or cell.bottom > rows[1].top + cell.slack):
                return None
            end = end or k + 1  # what the edge of the page may cut need not stand in the middle of its row
            laid.entries.append(Entry(cell.lines, (k, end)))
    return None if any(begins_late(entry, laid.entries) for entry in laid.entries) else laid


def _cells(words: Sequence[Piece]) -> list[_Cell]:
    """Words in the order of drawing as cells: the next line is drawn right after the one above, as close as lines stand."""
    pitches = [b.top - a.top for a, b in pairwise(words) if _follows(a, b)]
    closest = min(pitches, default=0.0)
    cells: list[_Cell] = []
    for word in words:
        above = cells[-1].lines[-1] if cells else None
        if above is not None and _follows(above, word) and word.top - above.top < closest + 0.15 * word.size:
            cells[-1].lines.append(word)
        else:
            cells.append(_Cell([word]))
    return cells


def _follows(above: Piece, below: Piece) -> bool:
    """Whether a line drawn next may be the cell's next one: right below, and over or under it."""
    over = min(above.x1, below.x1) - max(above.x0, below.x0) > TOUCH
    return below.first == above.last + 1 and over and 0.5 * above.em < below.top - above.top < 1.9 * above.em


def _runs(cells: Sequence[_Cell], *, lower: bool) -> list[list[_Cell]]:
    """Cells in the order of drawing, a new run where one stands left of the one before.

    So it is where one stands wholly `lower` than those before, unless that is allowed: the label over several rows of
    one that the page break cuts.
    """
    runs: list[list[_Cell]] = []
    for cell in cells:
        if runs and cell.x0 >= runs[-1][-1].x1 - TOUCH and (lower or cell.top < max(one.bottom for one in runs[-1])):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return runs


def _runs_of_two_passes(cells: Sequence[_Cell]) -> list[list[_Cell]]:
    """Runs of cells that were drawn in two passes over the page, put together; none where there were not two.

    So LibreOffice Calc draws: all cells of one script row by row, then those that mix scripts or are folded.
    """
    for start in range(3, len(cells)):
        above, cell = cells[start - 1], cells[start]
        if cell.middle < above.middle - above.slack and _is_second_pass(cells[:start], cells[start:]):
            rows = _runs(cells[:start], lower=False)
            for run in _runs(cells[start:], lower=False):
                height = _own(run)[0].middle
                row = next((row for row in rows if abs(_own(row)[0].middle - height) < run[0].slack), None)
                if row is None:
                    rows.append(run)
                else:
                    row.extend(run)
            rows = [sorted(row, key=attrgetter("x0")) for row in rows]
            return sorted(rows, key=lambda row: _own(row)[0].middle)
    return []


def _is_second_pass(first: Sequence[_Cell], second: Sequence[_Cell]) -> bool:
    """Whether cells stand among those drawn before them, none lower, most of them beside one."""
    foot = max(cell.bottom for cell in first)
    if any(cell.middle > foot for cell in second):
        return False
    beside = sum(any(abs(one.middle - cell.middle) < cell.slack for one in first) for cell in second)
    return beside > 0.5 * len(second)


def _own(run: Sequence[_Cell]) -> list[_Cell]:
    """The cells of a run in whose middle most others stand, the higher ones of two such sets."""
    alike = [[one for one in run if abs(one.middle - cell.middle) < cell.slack] for cell in run]
    return max(alike, key=lambda cells: (len(cells), -cells[0].middle))


def _centred(runs: Sequence[Sequence[_Cell]]) -> list[_Row] | None:
    """Each run as a row of cells in one middle, lower ones as labels over several rows; None where rows overlap."""
    rows: list[_Row] = []
    for run in runs:
        own = _own(run)
        row = _Row(own, [cell for cell in run if all(cell is not one for one in own)])
        if any(cell.middle < own[0].middle for cell in row.over):
            return None
        if rows and row.top < rows[-1].bottom - 0.1 * own[0].lines[0].size:
            return None
        rows.append(row)
    return rows


def _flush(runs: Sequence[Sequence[_Cell]]) -> list[_Row] | None:
    """Each run as a row of cells that begin at one height, None where some do not or rows overlap.

    A label that reaches below the head of the next row takes that row too.
    """
    for run, under in pairwise([*runs, []]):
        top = min(cell.top for cell in run)
        if any(cell.top - top > cell.slack for cell in run):
            return None
        if under and min(cell.top for cell in under) < top + 0.5 * run[0].lines[0].size:
            return None
    rows = [_Row(list(run), []) for run in runs]
    for row, below in pairwise(rows):
        row.over = [cell for cell in row.own if cell.bottom > below.top + cell.slack]
        row.own = [cell for cell in row.own if cell.bottom <= below.top + cell.slack]
        if not row.own:
            return None
    return rows


def _end(cell: _Cell, start: int, rows: Sequence[_Row], floors: Sequence[float], centred: bool) -> int | None:
    """The row before which a label over several rows ends, None where that is not to be told.

    It does not reach over anything else of its column. A centred one stands in the middle of its rows.
    """
    under = [
        k
        for k, row in enumerate(rows)
        if k > start and any(min(cell.x1, one.x1) - max(cell.x0, one.x0) > TOUCH for one in [*row.own, *row.over])
    ]
    last = min(under, default=len(rows))
    if last < start + 2:
        return None
    if not centred:
        reached = [k for k in range(start + 1, last) if rows[k].top < cell.bottom - cell.slack]
        return reached[-1] + 1 if last == len(rows) or floors[last] >= cell.bottom - cell.slack else None
    ends = range(start + 2, last + 1)

    def off(end: int) -> float:
        middles = (rows[start].own[0].middle + rows[end - 1].own[0].middle) / 2
        return min(abs((floors[start] + floors[end]) / 2 - cell.middle), abs(middles - cell.middle))

    best = min(ends, key=lambda end: (round(off(end), 1), -end))
    return best if off(best) < 0.6 * cell.lines[0].em else None
