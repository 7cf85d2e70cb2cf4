"""Glyphs and ruling lines of a page become its blocks: grids of cells, and the lines of text around them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from corpus.disclosure import Cell
from ingest.grids import borderless, regions, rows
from ingest.grids.edges import Area, Lattice, Stretch, lattices, lattices_and_loose, outlines
from ingest.grids.geometry import Glyph, Rule, Sheet, cell_text, set_text, split_lines
from ingest.grids.joining import column_lines
from ingest.grids.pieces import AMOUNT, pieces
from ingest.page import Block, Grid, Line


def blocks(sheet: Sheet, before: Sequence[Block] = ()) -> list[Block]:
    """The page's grids and lines in reading order. `before` are those of the page before, whose table may go on."""
    last = next((block for block in reversed(before) if isinstance(block, Grid)), None)
    walls = tuple(column_lines(last)) if last is not None and not last.ruled else ()
    frames, outside, across, down = _fill(sheet, sheet.rules)
    missing = [rule for frame in frames for rule in rows.parting(frame.lattice, frame.areas, frame.content)]
    if missing:
        frames, outside, across, down = _fill(sheet, [*sheet.rules, *missing])
    found: list[Block] = [frame.grid(sheet.number) for frame in frames if any(frame.content)]
    if len(across) > 1 or len(down) > 1:
        free = {id(glyph) for glyph in outside}
        drawn = [one for one in enumerate(sheet.glyphs) if id(one[1]) in free]
        half_ruled, numbered = regions.find(drawn, across, down, sheet.number, walls)
        found.extend(half_ruled)
        outside = [glyph for _, glyph in numbered]
    loose, lines = borderless.find(split_lines(outside), sheet.glyphs, sheet.number, walls)
    found.extend(loose)
    found.extend(_lines(lines, sheet.number))
    return sorted(found, key=reading_order)


def _fill(
    sheet: Sheet, rules: Sequence[Rule]
) -> tuple[list[Frame], Sequence[Glyph], Sequence[Stretch], Sequence[Stretch]]:
    """The page's frames with the glyphs that stand in them, the glyphs that stand in none, and lines that cross none."""
    crossing, across, down = lattices_and_loose(rules)
    frames = [frame for lattice in crossing if len((frame := Frame(lattice)).areas) > 1]
    frames.extend(_painted(sheet, frames))
    outside: Sequence[Glyph] = sheet.glyphs
    for frame in frames:
        outside = frame.take(outside)
    return frames, outside, across, down


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


OVER = 1.0
"""A sign that reaches further than this (points) over a wall stands on it."""
FLUSH = 8.0
"""Text that begins within this from the left wall is set flush left."""


class Frame:
    """A lattice with its cells, collecting the glyphs that stand in them."""

    def __init__(self, lattice: Lattice) -> None:
        self.lattice = lattice
        self.xs, self.ys = lattice.xs, lattice.ys
        self._last = len(lattice.xs) - 1
        self.areas = areas(lattice)
        self.content: list[list[Glyph]] = [[] for _ in self.areas]
        self._owner = {
            (r, c): content
            for (r0, c0, r1, c1), content in zip(self.areas, self.content, strict=True)
            for r in range(r0, r1)
            for c in range(c0, c1)
        }

    def take(self, glyphs: Sequence[Glyph]) -> list[Glyph]:
        """Put every glyph into the cell that its middle stands in, and give back those that stand in none."""
        xs, ys, owner = self.xs, self.ys, self._owner
        left: list[Glyph] = []
        over: list[Glyph] = []
        for glyph in glyphs:
            _, x0, top, x1, bottom, _ = glyph
            column = bisect_right(xs, (x0 + x1) / 2) - 1
            row = bisect_right(ys, (top + bottom) / 2) - 1
            inside = owner.get((row, column), left)
            inside.append(glyph)
            if (x0 + OVER < xs[column] or x1 - OVER > xs[min(column + 1, self._last)]) and inside is not left:
                beside = owner.get((row, column - 1 if x0 + OVER < xs[column] else column + 1))
                if beside is not None and beside is not inside:
                    over.append(glyph)
        if over:
            self._bring_home(over, glyphs)
        return left

    def _bring_home(self, over: Sequence[Glyph], glyphs: Sequence[Glyph]) -> None:
        """Text that runs on over a wall of its cell back into it: a sign on the wall, one of `over`, tells.

        It is the cell in which the text begins, or that of its middle where it was centred and runs over both sides.
        """
        heights = {round((glyph[2] + glyph[4]) / 2) + k for glyph in over for k in range(-4, 5)}
        near = [one for one in enumerate(glyphs) if round((one[1][2] + one[1][4]) / 2) in heights]
        for piece in pieces(near):
            height = bisect_right(self.ys, piece.height) - 1
            cells = [self._owner.get((height, bisect_right(self.xs, (g[1] + g[3]) / 2) - 1)) for g in piece.glyphs]
            if any(cell is None for cell in cells) or all(cell is cells[0] for cell in cells):
                continue
            walls = [x for x in self.xs if any(g[1] + OVER < x < g[3] - OVER for g in piece.glyphs)]
            crossed = [k for k in range(1, len(cells)) if cells[k] is not cells[k - 1]]
            if len(walls) < len(crossed) or AMOUNT.fullmatch(piece.text):
                continue  # two texts that touch at a rule
            start = self.xs[bisect_right(self.xs, piece.glyphs[0][1] + 0.1) - 1]
            first = piece.x0 - start <= FLUSH
            home = cells[0] if first else self._owner.get((height, bisect_right(self.xs, piece.middle) - 1))
            if home is None:
                continue
            for glyph, cell in zip(piece.glyphs, cells, strict=True):
                if cell is not home and cell is not None:
                    del cell[next(k for k, one in enumerate(cell) if one is glyph)]
                    home.append(glyph)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the lattice."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def grid(self, page: int) -> Grid:
        """The grid with its text."""
        xs, ys = self.xs, self.ys
        made: list[Cell] = []
        running: list[tuple[int, int]] = []
        folded: list[tuple[int, int]] = []
        for (r0, c0, r1, c1), inside in zip(self.areas, self.content, strict=True):
            box = (xs[c0], ys[r0], xs[c1], ys[r1])
            text, lines, full = cell_text(inside, box) if inside else ("", 0, False)
            made.append(Cell(r0, c0, text, r1 - r0, c1 - c0, page, box))
            if lines > 1:
                folded.append((r0, c0))
            if full and r1 == len(ys) - 1:
                running.append((r0, c0))
        around = (xs[0], ys[0], xs[-1], ys[-1])
        return Grid(
            len(ys) - 1, len(xs) - 1, tuple(made), (page,), around, running=tuple(running), folded=tuple(folded)
        )


def reading_order(block: Block) -> tuple[float, float]:
    """Sort key of the blocks of one page: from top to bottom, then from left to right."""
    assert block.bbox is not None, "blocks of a page have a place"
    return block.bbox[1], block.bbox[0]


def _lines(lines: Sequence[Sequence[Glyph]], page: int) -> list[Line]:
    made = map(set_text, lines)
    return [Line(line.text, page, line.box, line.xs, line.size) for line in made]


def areas(lattice: Lattice) -> list[Area]:
    """The cells of a lattice: elementary boxes put together where no wall stands between them, as rectangles."""
    n_rows, n_columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    taken = [[False] * n_columns for _ in range(n_rows)]
    found: list[Area] = []
    for row in range(n_rows):
        for column in range(n_columns):
            if not taken[row][column]:
                area = _grow(lattice, taken, row, column)
                for r in range(area[0], area[2]):
                    for c in range(area[1], area[3]):
                        taken[r][c] = True
                found.append(area)
    return found


def _grow(lattice: Lattice, taken: list[list[bool]], row: int, column: int) -> Area:
    """The largest open rectangle whose top left box is (row, column)."""
    right = column + 1
    while right < len(lattice.xs) - 1 and not lattice.beside[row][right] and not taken[row][right]:
        right += 1
    bottom = row + 1
    while (
        bottom < len(lattice.ys) - 1
        and all(not lattice.above[bottom][c] and not taken[bottom][c] for c in range(column, right))
        and all(not lattice.beside[bottom][c] for c in range(column + 1, right))
    ):
        bottom += 1
    return row, column, bottom, right
