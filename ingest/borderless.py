"""Tables without upright rules: words that stand in columns. Precision first, prose must never become a table.

A table is taken for one only where amounts (with decimals or thousands separators) stand right under each other, edge
under edge, in neighbouring lines, beside a column of labels. Page numbers of a contents page are no amounts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.disclosure import Cell
from corpus.locator import Box
from ingest.geometry import Glyph, TextLine, set_text
from ingest.page import Grid

_AMOUNT = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+\.\d{1,6}")
_LEADER = re.compile(r"\.{4,}|…{2,}|·{4,}")
EDGE = 3.0
"""Amounts of one column end (or begin) at most this far apart (points)."""


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line cut to words at its wide gaps."""

    glyphs: Sequence[Glyph]
    words: list[TextLine]

    @property
    def box(self) -> Box:
        """What the words cover."""
        boxes = [word.box for word in self.words]
        return (boxes[0][0], min(b[1] for b in boxes), boxes[-1][2], max(b[3] for b in boxes))

    @property
    def amounts(self) -> list[TextLine]:
        """The words that are amounts."""
        return [word for word in self.words if _AMOUNT.fullmatch(word.text)]


def find(lines: Sequence[Sequence[Glyph]], page: int) -> tuple[list[Grid], list[Sequence[Glyph]]]:
    """The borderless tables among printed lines, and the lines that belong to none."""
    rows = [_cut(line) for line in lines]
    grids: list[Grid] = []
    left: list[Sequence[Glyph]] = []
    start = 0
    while start < len(rows):
        end = _run(rows, start)
        found = _table(rows, start, end, page) if end - start >= 3 else None
        if found is None:
            left.append(rows[start].glyphs)
            start += 1
            continue
        grid, heads = found
        del left[len(left) - heads :]
        grids.append(grid)
        start = end
    return grids, left


def _cut(line: Sequence[Glyph]) -> Row:
    """Words of a line: what stands apart by more than a character, numbers by less."""
    words: list[list[Glyph]] = [[line[0]]]
    for before, glyph in pairwise(line):
        gap = (glyph[1] - before[3]) / (glyph[4] - glyph[2])
        if gap > 1.1 or (gap > 0.35 and before[0].isdigit() and glyph[0].isdigit()):
            words.append([])
        words[-1].append(glyph)
    return Row(line, [set_text(word) for word in words])


def _run(rows: Sequence[Row], start: int) -> int:
    """Where the lines that could be a table's body, beginning at `start`, end."""
    end = start
    while end < len(rows):
        row = rows[end]
        if not row.amounts and not (end > start and end + 1 < len(rows) and rows[end + 1].amounts):
            break
        if len(row.words) < 2 and not (end > start and row.words[0].box[2] - row.words[0].box[0] < 150):
            break
        if _LEADER.search("".join(word.text for word in row.words)):
            break
        if end > start and row.box[1] - rows[end - 1].box[3] > 2.5 * row.words[0].size:
            break
        end += 1
    return end


def _table(rows: Sequence[Row], start: int, end: int, page: int) -> tuple[Grid, int] | None:
    """The grid of rows `start` to `end` with the headers above them, and how many rows those are."""
    body = rows[start:end]
    if not _columns_of_amounts(body):
        return None
    heads = 0
    while heads < 3 and start - heads > 0 and _heads(rows[start - heads - 1], rows[start - heads], body):
        heads += 1
    spans = _columns(body)
    if len(spans) < 2:
        return None
    every = rows[start - heads : end]
    return _grid(every, spans, page), heads


def _columns_of_amounts(body: Sequence[Row]) -> bool:
    """Whether amounts stand edge under edge: two such columns, or one in four rows, and a label beside most of them."""
    edges: list[list[float]] = []
    for row in body:
        for word in row.amounts:
            for column in edges:
                if abs(column[-1] - word.box[2]) <= EDGE:
                    column.append(word.box[2])
                    break
            else:
                edges.append([word.box[2]])
    firm = sorted((len(column) for column in edges if len(column) >= 3), reverse=True)
    loose = sum(len(column) for column in edges if len(column) < 3)
    labelled = sum(1 for row in body if any(re.search(r"[^\W\d]", word.text) for word in row.words))
    enough = len(firm) >= 2 or (firm[:1] > [3])
    return enough and loose <= sum(firm) / 4 and labelled >= 0.6 * len(body)


def _heads(row: Row, below: Row, body: Sequence[Row]) -> bool:
    """Whether a line is a header of the rows under it: several short words, near, none of them an amount."""
    if len(row.words) < 2 or row.amounts or below.box[1] - row.box[3] > 2.5 * row.words[0].size:
        return False
    left, right = min(r.box[0] for r in body), max(r.box[2] for r in body)
    return all(len(word.text) <= 20 and left - 60 <= word.box[0] and word.box[2] <= right + 60 for word in row.words)


def _columns(body: Sequence[Row]) -> list[tuple[float, float]]:
    """From where to where each column reaches: words that overlap sideways share one."""
    spans: list[tuple[float, float]] = []
    for x0, x1 in sorted((word.box[0], word.box[2]) for row in body if len(row.words) > 1 for word in row.words):
        if spans and x0 < spans[-1][1] - 1.0:
            spans[-1] = (spans[-1][0], max(spans[-1][1], x1))
        else:
            spans.append((x0, x1))
    return spans


def _grid(rows: Sequence[Row], spans: list[tuple[float, float]], page: int) -> Grid:
    """Rows of words as a grid; a header word over several columns spans them."""
    left = min(rows[0].box[0], spans[0][0], *(row.box[0] for row in rows))
    right = max(spans[-1][1], *(row.box[2] for row in rows))
    walls = [left, *((a[1] + b[0]) / 2 for a, b in pairwise(spans)), right]
    floors = [
        rows[0].box[1],
        *((a.box[3] + b.box[1]) / 2 for a, b in pairwise(rows)),
        rows[-1].box[3],
    ]
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        place: dict[int, tuple[str, int]] = {}
        for word in row.words:
            over = [c for c, (x0, x1) in enumerate(spans) if word.box[0] < x1 and x0 < word.box[2]]
            middle = (word.box[0] + word.box[2]) / 2
            first = over[0] if over else min(range(len(spans)), key=lambda c: abs(sum(spans[c]) / 2 - middle))
            text = place[first][0] + " " + word.text if first in place else word.text
            place[first] = (text, max(1, len(over)))
        taken = 0
        for c in range(len(spans)):
            if c < taken:
                continue
            text, width = place.get(c, ("", 1))
            taken = c + width
            box = (round(walls[c], 2), round(floors[r], 2), round(walls[taken], 2), round(floors[r + 1], 2))
            cells.append(Cell(r, c, text, 1, width, page, box))
    around = (round(walls[0], 2), round(floors[0], 2), round(walls[-1], 2), round(floors[-1], 2))
    return Grid(len(rows), len(spans), tuple(cells), (page,), around, ruled=False)
