"""Sheets of entries of many kinds (绩效目标表) whose cells rules do not part: labels beside values, targets beside names.

Their columns differ from row to row, so that no gutter runs through. What can be told is which entries stand in one row:
by the rules across where they are drawn, else by the height on which a row's amount or target stands, since what is
folded in such a sheet is set in the middle of its row. What keeps to no row stays text of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from corpus.disclosure import Cell as Printed
from corpus.locator import Box
from corpus.money import read_unit_line
from ingest.grids.drawn_rows import by_order
from ingest.grids.edges import Stretch
from ingest.grids.geometry import Glyph, cell_text, line_text
from ingest.grids.joining import column_lines
from ingest.grids.pieces import AMOUNT, NUMBER, Piece, cut, outline, pieces, rows_of, run_on
from ingest.grids.sheet_columns import walls
from ingest.grids.sheet_rows import Entry, Laid, by_heights, by_rules
from ingest.page import Block, Grid, overprinted

Numbered = tuple[int, Glyph]

_STRONG = re.compile(
    r"[一二三]级指标|(?:绩效|目标|预期|年度|实际)?指标值|目标值|绩效指标|绩效(?:总体)?目标|(?:年度|实施期|总体)(?:总体|绩效)?目标"
    r"|指标(?:名称|方向|性质|设定依据)|支出结构|投入计划|(?:实施期|年度)资金总额[:：]?|项目(?:属性|概况)|立项依据|项目设立必要性"
)
"""Labels that stand in such sheets alone."""
_LONGEST = 8
"""Signs of the longest of them."""
_NAME = re.compile(r"(?:项目|单位|部门)名称(?:[(（]盖章[)）])?[:：]?")
"""The label of whose sheet it is."""
_TITLE = re.compile(r"\w{2,}表\s*(?:[(（].*[)）])?$")
_ENDS = re.compile(
    r"表\s*(?:[(（].*[)）])?$|^[(（]\s*(?:20\d\d)?\s*年度?\s*[)）]$|^第[一二三四五六七八九十]{1,3}部分|^[一二三四五六七八九十]{1,3}、"
)
"""A line by itself that heads something else."""

Rows = list[list[Piece]]


def find(
    glyphs: Sequence[Numbered], across: Sequence[Stretch], page: int, before: Sequence[Block]
) -> tuple[list[Grid], list[list[Glyph]], list[Numbered]]:
    """The sheets among the glyphs that stand in no ruled table, lines of sheets that found no row, and all other glyphs.

    `before` are the blocks of the page before, whose sheet may go on here.
    """
    goes_on = _open_at_foot(before)
    found: list[Grid] = []
    taken: set[int] = set()
    kept: list[list[Glyph]] = []
    last = next((block for block in reversed(before) if isinstance(block, Grid)), None)
    named = goes_on and last is not None and not last.ruled
    known = column_lines(last) if named and last is not None else ()
    for zone, titled in _zones(rows_of(_with_units(_at_edges(pieces(glyphs)))), goes_on, named):
        words = [piece for row in zone for piece in row]
        laid = by_rules(words, across) or by_order(words) or by_heights(words)
        owned = laid and (titled or any(_NAME.fullmatch(entry.text) for entry in laid.entries))
        grid = _made(laid, page, known if not found else ()) if laid and owned else None
        placed = (
            {id(glyph) for entry in laid.entries for line in entry.lines for glyph in line.glyphs} if laid else set()
        )
        if grid is not None:
            found.append(grid)
        taken |= {id(glyph) for piece in words for glyph in piece.glyphs}
        for row in zone:
            left = [glyph for piece in row for glyph in piece.glyphs if grid is None or id(glyph) not in placed]
            if left:
                kept.append(left)
    return found, kept, [one for one in glyphs if id(one[1]) not in taken]


def _at_edges(found: Sequence[Piece]) -> list[Piece]:
    """Pieces, a number parted from the word behind it where that stands a little off and begins as other entries do.

    In small type the end of one column comes as near the next as signs of one word do. A typed blank parts nothing.
    """
    begun = sorted(piece.x0 for piece in found)
    done: list[Piece] = []
    for piece in found:
        glyphs = piece.glyphs
        k = next((k for k, glyph in enumerate(glyphs) if not glyph[0][-1:].isdigit() and glyph[0] not in ",."), 0)
        if k and piece.last - piece.first == len(glyphs) - 1 and glyphs[k][0].isalpha() and not glyphs[k][5]:
            x, size = glyphs[k][1], piece.size
            near = bisect_right(begun, x + 0.1 * size) - bisect_left(begun, x - 0.1 * size)
            if near > 1 and x - glyphs[k - 1][3] >= 0.1 * size and NUMBER.fullmatch(line_text(glyphs[:k])):
                done += cut(piece, k)
                continue
        done.append(piece)
    return done


def _with_units(found: Sequence[Piece]) -> list[Piece]:
    """Pieces, an amount and the unit drawn right behind it put together: no column begins with the unit of an amount."""
    done: list[Piece] = []
    for piece in found:
        last = done[-1] if done else None
        if (
            last is not None
            and _MONEY_UNIT.match(piece.text)
            and AMOUNT.fullmatch(last.text)
            and piece.first == last.last + 1
            and piece.beside(last)
            and 0.0 <= piece.x0 - last.x1 < 0.5 * piece.em
        ):
            done[-1] = outline([last, piece])
        else:
            done.append(piece)
    return done


_MONEY_UNIT = re.compile("(?:百万|千|万|亿)?元")
_WORDS = ["目标", "指标", "支出结构", "投入计划", "资金总额", "项目属性", "项目概况", "立项依据", "项目设立必要性"]
"""One of them is in every label of `_STRONG`, at most five signs (实施期总体…) behind its beginning."""


def may_hold(glyphs: Sequence[Glyph], before: Sequence[Block]) -> bool:
    """Whether a sheet may stand among glyphs in the order of drawing.

    One may go on from the page before, or a label of its kind begins and ends where the drawing jumps or leaves a gap,
    and not within running text.
    """
    if _open_at_foot(before):
        return True
    text = "".join([glyph[0] for glyph in glyphs])
    if not any(word in text for word in _WORDS):
        return False
    signs = "".join([glyph[0][0] for glyph in glyphs])
    starts = {
        k for found in re.finditer("|".join(_WORDS), signs) for k in range(max(0, found.start() - 5), found.start() + 1)
    }
    return any((not k or _jumps(glyphs[k - 1], glyphs[k])) and _label_at(k, signs, glyphs) for k in starts)


def _label_at(start: int, signs: str, glyphs: Sequence[Glyph]) -> bool:
    """Whether a label begins at a glyph and ends where the drawing does or the next glyph does not run on from it."""
    return any(
        _STRONG.fullmatch(signs, start, end) and (end == len(glyphs) or not run_on(glyphs[end - 1], glyphs[end]))
        for end in range(start + 3, min(start + _LONGEST, len(glyphs)) + 1)
    )


def _jumps(before: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph does not stand right behind the one drawn before it."""
    _, _, top, end, bottom, _ = before
    _, start, high, _, low, _ = glyph
    return abs(start - end) >= 0.1 * (low - high) or abs(high + low - top - bottom) >= low - high


def _open_at_foot(blocks: Iterable[Block]) -> bool:
    """Whether a page ends within a sheet that no rules part."""
    inside = False
    for block in blocks:
        if isinstance(block, Grid):
            inside = not block.ruled and _holds_entries(block)
            continue
        if inside or (" " in block.text and any(map(_STRONG.fullmatch, block.text.split()))):
            inside = not _heads(block.text)
    return inside


def _holds_entries(grid: Grid) -> bool:
    """Whether a table is a sheet of targets or has a label of one."""
    texts = [cell.text for cell in grid.cells if cell.text]
    return sum(text[0] in "≥≤=" for text in texts) > 2 or any(_STRONG.fullmatch(text) for text in texts)


def _heads(text: str) -> bool:
    return bool(_ENDS.search(text)) or _is_unit(text)


def _is_unit(text: str) -> bool:
    return bool(re.match(r"[(（]?(?:金额)?单位", text) and read_unit_line(text))


def _zones(rows: Rows, goes_on: bool, named: bool) -> list[tuple[Rows, bool]]:
    """Runs of printed lines between headings that hold a sheet, and whether something before tells whose it is.

    That is a title, or the page before (`named`) where the first run goes on from there.
    """
    runs: list[tuple[Rows, bool, bool]] = [([], goes_on, named)]
    for row in rows:
        alone = len(row) == 1 and bool(_ENDS.search(row[0].text))
        if alone or any(_is_unit(piece.text) for piece in row):
            title = alone and bool(_TITLE.search(row[0].text))
            runs.append(([], False, title or (not runs[-1][0] and runs[-1][2] and not runs[-1][1])))
        else:
            runs[-1][0].append(row)
    zones: list[tuple[Rows, bool]] = []
    for run, sure, told in runs:
        if sure or any(len(row) > 1 and any(_STRONG.fullmatch(piece.text) for piece in row) for row in run):
            several = [k for k, row in enumerate(run) if len(row) > 1]
            if several:
                zones.append((run[: _foot(run, several[-1])] if sure else run, told))
    return zones


def _foot(run: Rows, last: int) -> int:
    """How many lines of a run belong to its sheet: up to its `last` line of several words.

    Lines below that were drawn before these words, or right under the first of them, are the ends of folded entries.
    """
    drawn = max(piece.last for piece in run[last])
    end = last + 1
    while end < len(run) and len(run[end]) == 1 and run[end][0].first < drawn:
        end += 1
    return end


def _made(laid: Laid, page: int, known: Sequence[float]) -> Grid | None:
    """The grid, blank cells where nothing is printed. `known` are the walls of the sheet that goes on here."""
    if len(laid.floors) < 3 or (xs := walls(laid, known)) is None:
        return None
    owner: dict[tuple[int, int], Entry] = {}
    cells: list[Printed] = []
    folded: list[tuple[int, int]] = []
    running: list[tuple[int, int]] = []
    for entry in laid.entries:
        rows = range(*entry.rows)
        owner |= {(r, c): entry for r in rows for c in range(entry.column, entry.end)}
        box: Box = (xs[entry.column], laid.floors[rows[0]], xs[entry.end], laid.floors[rows[-1] + 1])
        text, lines, full, over = cell_text([glyph for line in entry.lines for glyph in line.glyphs], box)
        note = overprinted(over)
        cells.append(
            Printed(rows[0], entry.column, text, len(rows), entry.end - entry.column, page, box, repaired=note)
        )
        if lines > 1:
            folded.append((rows[0], entry.column))
        if full and rows[-1] + 2 == len(laid.floors):
            running.append((rows[0], entry.column))
    n_rows, n_columns = len(laid.floors) - 1, len(xs) - 1
    cells += [
        Printed(r, c, "", 1, 1, page, (xs[c], laid.floors[r], xs[c + 1], laid.floors[r + 1]))
        for r in range(n_rows)
        for c in range(n_columns)
        if (r, c) not in owner
    ]
    cells.sort(key=lambda one: (one.row, one.column))
    around = (xs[0], laid.floors[0], xs[-1], laid.floors[-1])
    return Grid(
        n_rows, n_columns, tuple(cells), (page,), around, ruled=False, running=tuple(running), folded=tuple(folded)
    )
