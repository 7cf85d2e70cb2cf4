"""Glyphs and ruling lines of a page become its blocks: grids of cells, and the lines of text around them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter
from typing import Any

import numpy as np

from corpus.disclosure import Cell
from ingest.grids import borderless, open_sheets, regions, rows
from ingest.grids.abreast import part_lines
from ingest.grids.edges import Area, Lattice, Stretch, lattices, lattices_and_loose, outlines
from ingest.grids.geometry import (
    GAP,
    WITH_CENTS,
    Boxes,
    Glyph,
    Places,
    Rule,
    Sheet,
    cell_text,
    is_full,
    line_text,
    places_of,
    set_text,
)
from ingest.grids.joining import column_lines
from ingest.grids.lines import printed_lines
from ingest.grids.page_numbers import page_numbers, without
from ingest.grids.pieces import AMOUNT, Piece, pieces
from ingest.grids.slanted import headings
from ingest.page import Block, Grid, Line, overprinted


def blocks(sheet: Sheet, before: Sequence[Block] = ()) -> list[Block]:
    """The page's grids and lines in reading order. `before` are those of the page before, whose table may go on."""
    frames, (outside, places), across, down = _fill(sheet, sheet.rules)
    numbers = page_numbers(sheet, [frame.lattice for frame in frames])
    if numbers:
        sheet = replace(sheet, glyphs=without(sheet, numbers), places=None)
        frames, (outside, places), across, down = _fill(sheet, sheet.rules)
    missing = [
        rule for frame in frames for rule in rows.parting(frame.lattice, frame.areas, frame.content, frame.plain)
    ]
    if missing:
        frames, (outside, places), across, down = _fill(sheet, [*map(Rule._make, sheet.rules), *missing])
    if sheet.slanted:
        for frame in frames:
            frame.head(sheet.slanted)
    found: list[Block] = [frame.grid(sheet.number) for frame in frames if any(frame.content)]
    half_ruled, kept, rest = _half_ruled(sheet, outside, across, down, before)
    found.extend(half_ruled)
    printed = printed_lines(rest, places if rest is outside else places_of(rest))
    texts = printed.texts
    if printed.has_gap:
        loose, lines = borderless.find(printed.lines, sheet.glyphs, sheet.number, _walls(before))
        if loose:
            found.extend(loose)
            texts = list(map(set_text, lines))
    found.extend(
        Line(one.text, sheet.number, one.box, one.xs, one.size)
        for one in [*texts, *map(set_text, kept), *(set_text(piece.glyphs) for piece in numbers)]
    )
    return part_lines(sorted(found, key=reading_order))


def _walls(before: Sequence[Block]) -> tuple[float, ...]:
    """The walls of the last table of the page before, none where rules draw them."""
    last = next((block for block in reversed(before) if isinstance(block, Grid)), None)
    return tuple(column_lines(last)) if last is not None and not last.ruled else ()


def _half_ruled(
    sheet: Sheet,
    outside: Sequence[Glyph],
    across: Sequence[Stretch],
    down: Sequence[Stretch],
    before: Sequence[Block],
) -> tuple[list[Grid], list[list[Glyph]], Sequence[Glyph]]:
    """Sheets, and tables between rules that cross none, among the glyphs outside of frames.

    With them come lines of sheets that found no row, and the glyphs that stand in none of all these.
    """
    has_rules = len(across) > 1 or len(down) > 1
    has_sheet = open_sheets.may_hold(outside, before)
    if not has_rules and not has_sheet:
        return [], [], outside
    found: list[Grid] = []
    kept: list[list[Glyph]] = []
    free = {id(glyph) for glyph in outside}
    drawn = [one for one in enumerate(sheet.glyphs) if id(one[1]) in free]
    if has_sheet:
        found, kept, drawn = open_sheets.find(drawn, across, sheet.number, before)
    if has_rules:
        tables, drawn = regions.find(drawn, across, down, sheet.number, _walls(before))
        found.extend(tables)
    return found, kept, [glyph for _, glyph in drawn]


def _fill(
    sheet: Sheet, rules: Sequence[Rule] | Boxes
) -> tuple[list[Frame], tuple[Sequence[Glyph], Places], Sequence[Stretch], Sequence[Stretch]]:
    """The page's frames with the glyphs that stand in them, the other glyphs (and places), and lines that cross none."""
    crossing, across, down = lattices_and_loose(rules)
    frames = [frame for lattice in crossing if len((frame := Frame(lattice)).areas) > 1]
    frames.extend(_painted(sheet, frames))
    outside: Sequence[Glyph] = sheet.glyphs
    places = sheet.places if sheet.places is not None else places_of(outside)
    for frame in frames:
        outside, places = frame.take(outside, places)
    return frames, (outside, places), across, down


def _painted(sheet: Sheet, ruled: Sequence[Frame]) -> list[Frame]:
    """Tables without rules whose cells are painted boxes, such as white ones on a black ground.

    Most of the cells must be painted boxes, in two rows and two columns at least: stripes and shades make no table.
    """
    boxes = [
        box
        for box in sheet.fills + sheet.blanks
        if (box[2] - box[0]) * (box[3] - box[1]) < 0.5 * sheet.width * sheet.height
        and not any(frame.holds((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for frame in ruled)
    ]
    if len(boxes) < 4:
        return []
    found = [Frame(lattice) for lattice in lattices(outlines(boxes))]
    corners = {(round(box[0] / 4), round(box[1] / 4)) for box in boxes}
    near = {(x + i, y + j) for x, y in corners for i in (-1, 0, 1) for j in (-1, 0, 1)}
    return [
        frame
        for frame in found
        if len(frame.xs) > 2
        and len(frame.ys) > 2
        and len(frame.areas) > 3
        and sum((round(frame.xs[c] / 4), round(frame.ys[r] / 4)) in near for r, c, _, _ in frame.areas)
        >= 0.9 * len(frame.areas)
    ]


Numbers = np.ndarray[Any, np.dtype[Any]]

OVER = 1.0
"""A sign that reaches further than this (points) over a wall stands on it."""
NEAR = 0.1
"""Signs no further apart than this share of their height stand right beside each other."""
_OPENING, _CLOSING = frozenset("([{《〈「『【〔“‘"), frozenset(")]}》〉」』】〕”’,.;:、。")
_text_of = itemgetter(0)
FLUSH = 8.0
"""Text that begins within this from the left wall is set flush left."""


class Frame:
    """A lattice with its cells, collecting the glyphs that stand in them."""

    def __init__(self, lattice: Lattice) -> None:
        self.lattice = lattice
        self.xs, self.ys = lattice.xs, lattice.ys
        self.areas, owner = areas(lattice)
        self.content: list[list[Glyph]] = [[] for _ in self.areas]
        # What a cell reads as where it holds one line without a gap, None where it must be looked at more closely.
        self.plain: list[str | None] = [None] * len(self.areas)
        # The cell over each elementary box, -1 in the margin around the lattice.
        self._owner = np.full((len(self.ys) + 1, len(self.xs) + 1), -1)
        self._owner[1:-1, 1:-1] = owner

    def take(self, glyphs: Sequence[Glyph], places: Places) -> tuple[Sequence[Glyph], Places]:
        """Put every glyph into the cell that its middle stands in, and give back those that stand in none.

        `places` are those of the glyphs; what is given back has its own.
        """
        x0, top, x1, bottom, _ = places
        xs = np.array(self.xs)
        column = xs.searchsorted((x0 + x1) / 2, "right")
        row = np.array(self.ys).searchsorted((top + bottom) / 2, "right")
        owner, width = self._owner.ravel(), len(xs) + 1
        cell = owner.take(row * width + column)
        order = cell.argsort(kind="stable")
        ordered = places.take(order, axis=1)
        cells = cell[order]
        first = cells.searchsorted(np.arange(len(self.areas) + 1))
        others = int(first[0])
        picked = list(map(glyphs.__getitem__, order.tolist()))
        bounds = list(pairwise(first.tolist()))
        self.content = [picked[a:b] for a, b in bounds]
        told = zip(bounds, _tell_plain(cells[others:], first - others, ordered[:, others:]).tolist(), strict=True)
        signs = list(map(_text_of, picked))
        self.plain = ["".join(signs[a:b]) if plain else None for (a, b), plain in told]
        over: set[int] = set()
        before = x0 + OVER < xs.take(column - 1, mode="wrap")
        on_wall = (before | (x1 - OVER > xs.take(column, mode="clip"))) & (cell >= 0)
        if on_wall.any():
            at = on_wall.nonzero()[0]
            aside = np.where(before[at], column[at] - 1, np.minimum(column[at] + 1, len(xs)))
            beside = owner.take(row[at] * width + aside)
            over.update(at[(beside >= 0) & (beside != cell[at])].tolist())
        at = (cell[1:] != cell[:-1]).nonzero()[0]
        touch = np.abs(x0[at + 1] - x1[at]) < NEAR * (bottom[at + 1] - top[at + 1])
        at = at[touch & (cell[at] >= 0) & (cell[at + 1] >= 0) & (row[at] == row[at + 1])]
        over.update((at + 1).tolist())
        if over:
            self._bring_home([glyphs[k] for k in sorted(over)], glyphs)
        return picked[:others], ordered[:, :others]

    def _walls_under(self, glyph: Glyph) -> list[float]:
        """The walls that a sign stands on: of a bracket as wide as a character, half is blank."""
        text, x0, top, x1, bottom, _ = glyph
        if x1 - x0 > 0.7 * (bottom - top):
            x0 = (x0 + x1) / 2 if text in _OPENING else x0
            x1 = (x0 + x1) / 2 if text in _CLOSING else x1
        return [x for x in self.xs if x0 + OVER < x < x1 - OVER]

    def _bring_home(self, over: Sequence[Glyph], glyphs: Sequence[Glyph]) -> None:
        """Text that runs on over a wall of its cell back into it: signs on the wall or touching over it, `over`, tell.

        It is the cell in which the text begins, or that of its middle where it was centred and runs over both sides.
        """
        heights = {round((glyph[2] + glyph[4]) / 2) + k for glyph in over for k in range(-4, 5)}
        near = [one for one in enumerate(glyphs) if round((one[1][2] + one[1][4]) / 2) in heights]
        found = pieces(near)
        for piece in found:
            middles = [(g[1] + g[3]) / 2 for g in piece.glyphs]
            cells = [self._at(x, (g[2] + g[4]) / 2) for x, g in zip(middles, piece.glyphs, strict=True)]
            if min(cells) < 0 or min(cells) == max(cells):
                continue
            walls = {x for g in piece.glyphs for x in self._walls_under(g)}
            columns = [bisect_right(self.xs, x) for x in middles]  # a raised sign may be in the row above
            crossed = [k for k in range(1, len(cells)) if cells[k] != cells[k - 1] and columns[k] != columns[k - 1]]
            amount = AMOUNT.fullmatch(piece.text)
            if not (_is_one_amount(piece, crossed, found) if amount else len(walls) >= len(crossed)):
                continue  # two texts that touch at a rule
            start = self.xs[bisect_right(self.xs, piece.glyphs[0][1] + 0.1) - 1]
            first = piece.x0 - start <= FLUSH
            home = cells[0] if first else self._at(piece.middle, piece.height)
            if home < 0:
                continue
            for glyph, cell in zip(piece.glyphs, cells, strict=True):
                if cell != home:
                    inside = self.content[cell]
                    del inside[next(k for k, one in enumerate(inside) if one is glyph)]
                    self.content[home].append(glyph)
                    self.plain[cell] = self.plain[home] = None

    def _at(self, x: float, y: float) -> int:
        """The cell at a point, -1 outside."""
        return int(self._owner[bisect_right(self.ys, y), bisect_right(self.xs, x)])

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the lattice."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def head(self, slanted: Sequence[Sequence[Glyph]]) -> None:
        """Take in the headings that are set aslant."""
        inside = [run for run in slanted if any(self._at((g[1] + g[3]) / 2, (g[2] + g[4]) / 2) >= 0 for g in run)]
        texts = [text if content else "" for text, content in zip(self.plain, self.content, strict=True)]
        for cell, run in headings(inside, self.areas, texts, self._at).items():
            self.content[cell] = list(run)
            self.plain[cell] = "".join(glyph[0] for glyph in run)

    def grid(self, page: int) -> Grid:
        """The grid with its text."""
        xs, ys = self.xs, self.ys
        made: list[Cell] = []
        running: list[tuple[int, int]] = []
        folded: list[tuple[int, int]] = []
        last = len(ys) - 1
        for (r0, c0, r1, c1), inside, text in zip(self.areas, self.content, self.plain, strict=True):
            box = (xs[c0], ys[r0], xs[c1], ys[r1])
            full, note = False, None
            if not inside:
                text = ""
            elif text is None:
                text, lines, full, over = cell_text(inside, box)
                note = overprinted(over)
                if lines > 1:
                    folded.append((r0, c0))
            elif r1 == last:
                full = is_full(inside, box)
            made.append(Cell(r0, c0, text, r1 - r0, c1 - c0, page, box, None, note))
            if full and r1 == last:
                running.append((r0, c0))
        around = (xs[0], ys[0], xs[-1], ys[-1])
        return Grid(
            len(ys) - 1, len(xs) - 1, tuple(made), (page,), around, running=tuple(running), folded=tuple(folded)
        )


def _is_one_amount(piece: Piece, crossed: Sequence[int], found: Sequence[Piece]) -> bool:
    """Whether what reads as an amount over walls, crossed before those signs, is one.

    It is when it has no gap there, nor cents before, and nothing else is printed over it.
    """
    glyphs, near = piece.glyphs, NEAR * piece.size
    if any(glyphs[k][1] - glyphs[k - 1][3] > near or WITH_CENTS.search(line_text(glyphs[:k])) for k in crossed):
        return False
    beside = (other for other in found if other is not piece and other.beside(piece))
    return all(min(piece.x1, other.x1) - max(piece.x0, other.x0) <= near for other in beside)


def reading_order(block: Block) -> tuple[float, float]:
    """Sort key of the blocks of one page: from top to bottom, then from left to right."""
    assert block.bbox is not None, "blocks of a page have a place"
    return block.bbox[1], block.bbox[0]


def _tell_plain(cell: Numbers, first: Numbers, places: Places) -> Numbers:
    """Which cells hold one line of glyphs, drawn from left to right, with no gap: most do, and need no closer look.

    Glyphs stand in the order of their `cell`, `first` is where those of each cell begin.
    """
    x0, top, x1, bottom, spaced = places
    middle = ((top + bottom) / 2)[first[cell]]  # that of the first glyph of each one's cell
    aside = (top >= middle) | (bottom <= middle)
    apart = (x0[1:] < x0[:-1]) | (x0[1:] - x1[:-1] > GAP) | (spaced[1:] > 0)
    plain = np.ones(len(first) - 1, dtype=np.bool_)
    plain[cell[aside]] = False
    plain[cell[1:][apart & (cell[1:] == cell[:-1])]] = False
    return plain


def areas(lattice: Lattice) -> tuple[list[Area], list[list[int]]]:
    """The cells of a lattice, and which of them each elementary box belongs to.

    Elementary boxes are put together where no wall stands between them, as rectangles.
    """
    n_rows, n_columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    owner = [[-1] * n_columns for _ in range(n_rows)]
    found: list[Area] = []
    for row in range(n_rows):
        line, walls, floor = owner[row], lattice.beside[row], lattice.above[row + 1]
        for column in range(n_columns):
            if line[column] >= 0:
                continue
            if walls[column + 1] and floor[column]:
                line[column] = len(found)
                found.append((row, column, row + 1, column + 1))
                continue
            area = _grow(lattice, owner, row, column)
            for r in range(area[0], area[2]):
                owner[r][area[1] : area[3]] = [len(found)] * (area[3] - area[1])
            found.append(area)
    return found, owner


def _grow(lattice: Lattice, owner: list[list[int]], row: int, column: int) -> Area:
    """The largest open rectangle whose top left box is (row, column)."""
    right = column + 1
    while right < len(lattice.xs) - 1 and not lattice.beside[row][right] and owner[row][right] < 0:
        right += 1
    bottom = row + 1
    while (
        bottom < len(lattice.ys) - 1
        and all(not lattice.above[bottom][c] and owner[bottom][c] < 0 for c in range(column, right))
        and all(not lattice.beside[bottom][c] for c in range(column + 1, right))
    ):
        bottom += 1
    return row, column, bottom, right
