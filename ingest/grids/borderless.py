"""Tables without upright rules: words that stand in columns. Precision first, prose must never become a table.

A table is taken for one only where amounts (with decimals or thousands separators) stand right under each other, edge
under edge, in neighbouring lines, beside a column of labels. Page numbers of a contents page are no amounts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import sub

from corpus.disclosure import Cell
from corpus.locator import Box
from corpus.money import read_unit_line
from ingest.grids.geometry import Glyph, TextLine, set_text
from ingest.page import Grid

_AMOUNT = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+\.\d{1,6}")
_LEADER = re.compile(r"\.{4,}|…{2,}|·{4,}")
EDGE = 3.0
"""Amounts of one column end (or begin) at most this far apart (points)."""


Reach = tuple[float, float]
"""From where to where a column reaches."""


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
    if sum(map(_has_gap, lines)) < 3:
        return [], list(lines)
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


def _has_gap(line: Sequence[Glyph]) -> bool:
    """Whether some two neighbours stand as far apart as columns do, or as amounts do."""
    _, lefts, tops, rights, bottoms, _ = zip(*line, strict=True)
    return len(lefts) > 1 and max(map(sub, lefts[1:], rights)) > 0.35 * (bottoms[0] - tops[0])


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
        if not row.amounts and not (end > start and any(near.amounts for near in rows[end + 1 : end + 3])):
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
    for above in range(start - 1, max(start - 5, -1), -1):
        if not _heads(rows[above], rows[above + 1], body):
            break
        if len(rows[above].words) > 1 or rows[above].box[3] > rows[above + 1].box[1]:
            heads = start - above  # a single word is part of a header only with other words above or beside it
    spans = _columns(body)
    if len(spans) < 2:
        return None
    for row in reversed(rows[start - heads : start]):
        spans = _with_header(spans, row)
    return _grid([*rows[start - heads : start], *_unfolded(body, spans)], spans, page), heads


def _with_header(spans: list[Reach], row: Row) -> list[Reach]:
    """The columns widened by header words beside them; a word with no column to itself heads one without amounts."""
    taken = {k for k, span in enumerate(spans) for word in row.words if _overlap(word, span) > 0}
    widened, more = list(spans), []
    for word in row.words:
        if any(_overlap(word, span) > 0 for span in spans):
            continue
        free = [k for k in range(len(spans)) if k not in taken and abs(_overlap(word, spans[k])) < 60]
        nearest = max(free, key=lambda k: _overlap(word, spans[k]), default=None)
        if nearest is None:
            more.append((word.box[0], word.box[2]))
        else:
            taken.add(nearest)
            widened[nearest] = (min(spans[nearest][0], word.box[0]), max(spans[nearest][1], word.box[2]))
    return sorted([*widened, *more])


def _overlap(word: TextLine, span: Reach) -> float:
    """By how much a word stands over a column, negative: how far beside it."""
    return min(word.box[2], span[1]) - max(word.box[0], span[0])


def _unfolded(body: Sequence[Row], spans: list[Reach]) -> list[Row]:
    """The rows with labels on two lines put together: one line above, one below the line of their amounts."""

    def column(word: TextLine) -> int:
        return max(range(len(spans)), key=lambda c: _overlap(word, spans[c]))

    def label(row: Row) -> TextLine | None:
        return row.words[0] if len(row.words) == 1 and not row.amounts else None

    done: list[Row] = []
    index = 0
    while index < len(body):
        first, last = label(body[index]), label(body[index + 2]) if index + 2 < len(body) else None
        if first and last and column(first) == column(last):
            middle = body[index + 1]
            if middle.amounts and all(column(word) != column(first) for word in middle.words):
                both = TextLine(first.text + last.text, (), first.box, first.size)
                glyphs = [*body[index].glyphs, *middle.glyphs, *body[index + 2].glyphs]
                done.append(Row(glyphs, sorted([both, *middle.words], key=lambda word: word.box[0])))
                index += 3
                continue
        done.append(body[index])
        index += 1
    return done


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
    """Whether a line may be a header of the rows under it: short words, near, none an amount or a unit line."""
    if row.amounts or below.box[1] - row.box[3] > 2.5 * row.words[0].size:
        return False
    inside = min(r.box[0] for r in body) - 60 <= row.box[0]
    return inside and all(len(word.text) <= 20 and not read_unit_line(word.text) for word in row.words)


def _columns(body: Sequence[Row]) -> list[Reach]:
    """From where to where each column reaches: words that overlap sideways share one."""
    spans: list[Reach] = []
    for x0, x1 in sorted((word.box[0], word.box[2]) for row in body if len(row.words) > 1 for word in row.words):
        if spans and x0 < spans[-1][1] - 1.0:
            spans[-1] = (spans[-1][0], max(spans[-1][1], x1))
        else:
            spans.append((x0, x1))
    return spans


def _grid(rows: Sequence[Row], spans: list[Reach], page: int) -> Grid:
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
