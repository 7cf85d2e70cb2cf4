"""Rows of a header without upright rules: which columns each of its cells spans, and how many rows it takes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.grids.edges import REACH, Stretch
from ingest.grids.gutters import TOUCH, Columns, Span, gather, overlap
from ingest.grids.open_rows import Cell
from ingest.grids.pieces import AMOUNT, Piece, cut, folded, outline

WORD_GAP = 0.3
"""Two headings set close beside each other may be this share of their type's height apart."""


def parted_words(header: Sequence[Piece], body: Sequence[Piece]) -> list[Piece]:
    """Header words, those of two columns parted where they stand so close that they read as one.

    They are two where one gap is wider than all others of the word, no blank was typed there, and what stands before
    it and what stands behind it each stand over a column of numbers of their own.
    """
    spans = gather([piece for piece in body if AMOUNT.fullmatch(piece.text)])
    return [part for piece in header for part in _parted(piece, spans)]


def _parted(piece: Piece, spans: Sequence[Span]) -> list[Piece]:
    gaps = [after[1] - before[3] for before, after in pairwise(piece.glyphs)]
    if not gaps or max(gaps) < WORD_GAP * piece.size or piece.last - piece.first != len(gaps):
        return [piece]
    k = gaps.index(max(gaps)) + 1
    if piece.glyphs[k][5] or sum(gap > 0.5 * gaps[k - 1] for gap in gaps) > 1:
        return [piece]
    parts = cut(piece, k)
    over = [[span for span in spans if overlap(part, span) > TOUCH] for part in parts]
    if len(over[0]) == len(over[1]) == 1 and over[0] != over[1]:
        return [*_parted(parts[0], spans), *_parted(parts[1], spans)]
    return [piece]


def by_partial_rules(
    inside: Sequence[Piece], partial: Sequence[Stretch], columns: Columns, above: float, below: float
) -> tuple[list[float], list[Cell]]:
    """Rows of a band that rules over a part of its columns cut: where none is drawn, cells reach down.

    The band reaches from `above` to `below`; back come the heights where it is cut, and its cells.
    """
    cuts: list[float] = []
    drawn: list[list[bool]] = []
    for rule in sorted(partial):
        if not cuts or rule.at - cuts[-1] > REACH:
            cuts.append(rule.at)
            drawn.append([False] * columns.count)
        for k, (a, b) in enumerate(pairwise(columns.xs)):
            if min(rule.end, b) - max(rule.start, a) > 0.5 * (b - a):
                drawn[-1][k] = True
    ys = [above, *cuts, below]
    areas = _undivided(drawn, columns.count, len(ys) - 1)
    found: dict[tuple[int, int], list[Piece]] = {}
    for piece in inside:
        rows = {
            (a, b)
            for k, a, b in areas
            if ys[a] <= piece.height <= ys[b] and columns.xs[k] <= piece.middle <= columns.xs[k + 1]
        }
        found.setdefault(min(rows, default=(0, 1)), []).append(piece)
    cells: list[Cell] = []
    for (a, b), words in found.items():
        cells += _across(words, columns, [(k, a, b) in areas for k in range(columns.count)], (a, b))
    return cuts, cells


def _undivided(drawn: Sequence[Sequence[bool]], columns: int, rows: int) -> list[tuple[int, int, int]]:
    """Column, first row and row after the last of each stretch of a column that no rule crosses."""
    areas: list[tuple[int, int, int]] = []
    for k in range(columns):
        start = 0
        for row in range(1, rows + 1):
            if row == rows or drawn[row - 1][k]:
                areas.append((k, start, row))
                start = row
    return areas


def _across(words: Sequence[Piece], columns: Columns, free: Sequence[bool], rows: tuple[int, int]) -> list[Cell]:
    """The cells of one header row: lines under each other put together, each over the columns in whose middle it is."""
    cells: list[Cell] = []
    for piece in sorted(words, key=lambda one: one.height):
        for cell in cells:
            around = outline(cell.pieces)
            if overlap(piece, (around.x0, around.x1)) > TOUCH:
                cell.pieces.append(piece)
                break
        else:
            cells.append(Cell([piece], 0, 1, rows))
    _spread(cells, columns, free)
    return cells


def _spread(cells: list[Cell], columns: Columns, free: Sequence[bool]) -> None:
    """Each cell of one row over the columns that it spans."""
    cells.sort(key=lambda cell: outline(cell.pieces).x0)
    for cell, (start, end) in zip(cells, columns.across([outline(cell.pieces) for cell in cells], free), strict=True):
        cell.column, cell.end = start, end


def levels(inside: Sequence[Piece], columns: Columns) -> tuple[list[float], list[Cell]]:
    """Rows of a header that no rule parts: the lowest word over each column is its own, those above span several.

    Back come the heights between the rows, and the cells.
    """
    cells = [Cell(words, *columns.under(outline(words))) for words in folded(inside)]
    if max(cell.top for cell in cells) < min(cell.bottom for cell in cells):
        return [], _across(inside, columns, [True] * columns.count, (0, 1))
    leaves, parents = _told_apart(cells, columns)
    rows = _by_height(parents)
    heights = [*(cell[0].height for cell in rows), max((leaf.height for leaf in leaves.values()), default=0.0)]
    for row, level in enumerate(rows):
        # a header cell of one column that stands between two levels takes both
        low = heights[row] + 0.65 * (heights[row + 1] - heights[row])
        middles = _by_height(list(leaves.values()))
        if row == len(rows) - 1 and len(middles) == 2:
            low = (middles[0][0].height + middles[1][0].height) / 2  # cells of both rows, and those of the lower one
        _spread(level, columns, [k in leaves and leaves[k].height > low for k in range(columns.count)])
        for cell in level:
            cell.rows = row, row + 1
    for column, cell in leaves.items():
        over = [one.rows[1] for one in parents if one.column <= column < one.end]
        wide = cell.end - cell.column > 1
        cell.column, cell.end = columns.centred_under(outline(cell.pieces)) if wide else (column, column + 1)
        cell.rows = max(over, default=0), len(rows) + 1
    return _cuts([*rows, list(leaves.values())]), cells


def _told_apart(cells: Sequence[Cell], columns: Columns) -> tuple[dict[int, Cell], list[Cell]]:
    """The lowest cell over each column, and the others, which span several."""
    leaves: dict[int, Cell] = {}
    for cell in sorted(cells, key=lambda one: one.height):
        middle = outline(cell.pieces).middle
        leaves[next((k for k, (a, b) in enumerate(pairwise(columns.xs)) if a <= middle <= b), cell.column)] = cell
    for column, cell in list(leaves.items()):
        lower = any(one.top >= cell.bottom - 0.3 * cell.pieces[0].size for one in cells if one is not cell)
        if lower and cell.end - cell.column > 1:
            del leaves[column]  # over a wall, with others below
    lowest = {id(cell) for cell in leaves.values()}
    return leaves, [cell for cell in cells if id(cell) not in lowest]


def _cuts(rows: Sequence[Sequence[Cell]]) -> list[float]:
    cuts: list[float] = []
    for above, below in pairwise(rows):
        foot = max(cell.bottom for cell in above)
        heads = [cell.top for cell in below if cell.top > min(one.height for one in above)]
        cuts.append((foot + max(min(heads, default=foot), foot)) / 2)
    return cuts


def _by_height(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Cells grouped by the height of their middle."""
    rows: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda one: one.height):
        if rows and cell.height - rows[-1][0].height <= 0.5 * cell.pieces[0].size:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return rows
