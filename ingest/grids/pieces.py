"""Pieces: what is printed on one line of one cell, told by gaps and by the order in which it was drawn.

In a table without upright rules the glyphs of one printed line belong to several cells, and the lines of neighbouring
cells need not stand on one height. Producers draw cell after cell, so that a piece ends where the drawing jumps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ingest.grids.geometry import WITH_CENTS, Glyph, line_text

NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|-?\d+(?:\.\d+)?%?|[-–—]+")
AMOUNT = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+\.\d{1,6}")
ITEM = re.compile(
    r"[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．]|[①-⑳]|其中[::]|[A-Z]?\d{3,}(?!\d*\.)|(?:合|总|小)\s*计\s*:?$"
)
"""How a row's label begins; no such text is the second line of another."""
ENTRY = re.compile(r"[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．]|[A-Z]?\d{3,7}$|其中[::]\w")
"""How a row of a body begins, and no header: a numbered label or a code."""
TOTAL = re.compile(r"(?:[本上]年)?(?:收入|支出)?(?:预算)?(?:合|总|小)\s*计\s*:?")
"""The label of a row that is a total."""


@dataclass(slots=True)
class Piece:
    """Glyphs of one line of one cell from left to right, their box, and which of the page's glyphs they were."""

    glyphs: list[Glyph]
    x0: float
    top: float
    x1: float
    bottom: float
    first: int
    last: int

    @property
    def text(self) -> str:
        """What it reads as."""
        return line_text(self.glyphs)

    @property
    def middle(self) -> float:
        """Its middle, from the left of the page."""
        return (self.x0 + self.x1) / 2

    @property
    def height(self) -> float:
        """Its middle, from the top of the page."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """How high its type is."""
        return self.bottom - self.top

    @property
    def em(self) -> float:
        """The size of its type where that is wider than high, as fonts with low boxes have it."""
        return max([self.size, *(glyph[3] - glyph[1] for glyph in self.glyphs if len(glyph[0]) == 1)])

    def beside(self, other: Piece) -> bool:
        """Whether both stand on one height: half of the lower stands beside the higher."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared >= 0.5 * min(self.size, other.size)


def pieces(glyphs: Iterable[tuple[int, Glyph]]) -> list[Piece]:
    """Numbered glyphs in the order of drawing as pieces; what was drawn apart but stands in one word is put together."""
    runs: list[Piece] = []
    for index, glyph in glyphs:
        run = runs[-1] if runs else None
        if run is not None and _touches(run.glyphs[-1], glyph):
            run.glyphs.append(glyph)
            run.x1, run.last = max(run.x1, glyph[3]), index
        elif (
            run is not None
            and _same_height(run.glyphs[-1], glyph)
            and _goes_on(run.glyphs[-1], glyph)
            and not _after_amount(run, glyph)
        ):
            run.glyphs.append(glyph)
            run.x1, run.last = max(run.x1, glyph[3]), index
            run.top, run.bottom = min(run.top, glyph[2]), max(run.bottom, glyph[4])
        else:
            runs.append(Piece([glyph], glyph[1], glyph[2], glyph[3], glyph[4], index, index))
    return _mended(runs)


def _touches(last: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph as high as the last stands right behind it: most do, and need no closer look."""
    _, _, top, end, bottom, _ = last
    return (
        top == glyph[2]
        and bottom == glyph[4]
        and -0.1 * (bottom - top) <= glyph[1] - end < 0.1 * (bottom - top)
        and not glyph[5]
    )


def _after_amount(run: Piece, glyph: Glyph) -> bool:
    """Whether a sign stands a little behind a whole amount or code: flush right in its cell, the next begins there.

    So it does where a digit stands before the end of a whole amount.
    """
    last = run.glyphs[-1]
    if glyph[0][:1].isdigit() and glyph[1] - last[3] < -0.1 * (glyph[4] - glyph[2]):
        return bool(WITH_CENTS.search(run.text))  # the amount before it runs on over the wall of its cell
    if glyph[0][:1].isdigit() or not last[0][-1:].isdigit() or glyph[1] - last[3] < 0.1 * (glyph[4] - glyph[2]):
        return False
    return bool(AMOUNT.fullmatch(run.text) or (_CODE.fullmatch(run.text) and glyph[0] != "年"))


_CODE = re.compile(r"\d\d")


def run_on(word: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph drawn right after one that is no digit makes one piece with it."""
    return _touches(word, glyph) or (_same_height(word, glyph) and _goes_on(word, glyph))


def _same_height(last: Glyph, glyph: Glyph) -> bool:
    return min(last[4], glyph[4]) - max(last[2], glyph[2]) >= 0.5 * min(last[4] - last[2], glyph[4] - glyph[2])


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph belongs to the word before it: it touches it, or a typed blank stands between that fits there."""
    gap, size = glyph[1] - before[3], max(glyph[4] - glyph[2], before[4] - before[2])
    if gap < -0.5 * size:
        return False
    numbers = before[0][-1:].isdigit() and glyph[0][:1].isdigit()
    if glyph[5] and not numbers:
        return gap <= 2.0 * size
    return gap <= (0.22 if numbers else 0.5) * size


def _mended(runs: list[Piece]) -> list[Piece]:
    """Runs that touch on one height put together, as digits of another font drawn before or after their text."""
    done: list[Piece] = []
    for run in sorted(runs, key=attrgetter("x0")):
        for piece in reversed(done):
            last = piece.glyphs[-1]
            if (
                _same_height(last, run.glyphs[0])
                and _goes_on(last, run.glyphs[0])
                and run.x0 > piece.x0
                and not _after_amount(piece, run.glyphs[0])
            ):
                numbered = last[0][-1:].isdigit() and run.glyphs[0][0][:1].isdigit()
                if run.x0 - last[3] <= (0.1 if numbered else 0.2) * run.size:
                    piece.glyphs += run.glyphs
                    piece.x1, piece.top, piece.bottom = run.x1, min(piece.top, run.top), max(piece.bottom, run.bottom)
                    piece.first, piece.last = min(piece.first, run.first), max(piece.last, run.last)
                    break
        else:
            done.append(run)
    return sorted(done, key=attrgetter("first"))


def rows_of(found: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces on one height, from top to bottom, each from left to right."""
    lines: list[list[Piece]] = []
    for piece in sorted(found, key=attrgetter("height")):
        if lines and abs(piece.height - lines[-1][0].height) <= 0.3 * max(piece.size, lines[-1][0].size):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=attrgetter("x0")) for line in lines]


def folded(header: Sequence[Piece]) -> list[list[Piece]]:
    """Header words put together line by line: what is drawn next, right below and in the same middle, goes on."""
    cells: list[list[Piece]] = []
    for piece in sorted(header, key=attrgetter("top", "x0")):
        for cell in cells:
            above = cell[-1]
            down = piece.top - above.top
            if not 0.6 * above.em < down < 1.7 * above.em or min(piece.x1, above.x1) - max(piece.x0, above.x0) <= 1.0:
                continue
            aligned = abs(piece.middle - above.middle) < 0.6 * above.em or abs(piece.x0 - above.x0) < 1.0
            close = down < 0.95 * above.size or (down < 1.25 * above.em and _row_by_row(above, piece, header))
            if aligned and (piece.first == above.last + 1 or close):
                cell.append(piece)
                break
        else:
            cells.append([piece])
    return _with_remainders(cells)


_WHOLE_HEADINGS = frozenset(
    [
        "合计",
        "小计",
        "总计",
        "金额",
        "数量",
        "人数",
        "类",
        "款",
        "项",
        "收入",
        "支出",
        "其他",
        "项目",
        "科目",
        "预算",
        "决算",
        "单位",
        "名称",
        "编码",
        "代码",
        "备注",
        "序号",
    ]
)


def _with_remainders(cells: list[list[Piece]]) -> list[list[Piece]]:
    """Header cells, a sign or two in the middle right below another's text put to it: what was left of a folded one."""
    done: list[list[Piece]] = []
    several = sum("".join(piece.text for piece in cell) in "类款项" for cell in cells) > 1
    for cell in cells:
        text = "".join(piece.text for piece in cell)
        above = None
        if len(text) < 3 and (text not in _WHOLE_HEADINGS or (text in "类款项" and not several)):
            near = [one for one in done if _stands_under(cell[0], one[-1])]
            above = near[0] if len(near) == 1 else None
        if above is not None:
            above += cell
        else:
            done.append(cell)
    return done


def _stands_under(piece: Piece, above: Piece) -> bool:
    close = 0.6 * above.em < piece.top - above.top < 1.7 * above.em
    return close and abs(piece.middle - above.middle) < 0.6 * above.em and above.x1 - above.x0 > piece.x1 - piece.x0


def _row_by_row(above: Piece, below: Piece, header: Sequence[Piece]) -> bool:
    """Whether what was drawn between two lines stands between them: some producers draw by height, not by cell."""
    between = [piece for piece in header if above.last < piece.first < below.first]
    return all(above.top - 1.0 < piece.top < below.bottom for piece in between)


def printed_once(found: Sequence[Piece]) -> list[Piece] | None:
    """Pieces without those that are drawn twice; None where a number is printed over another text."""
    kept: list[Piece] = []
    for line in rows_of(found):
        for piece in line:
            last = kept[-1] if kept and kept[-1].beside(piece) else None
            shared = min(last.x1, piece.x1) - max(last.x0, piece.x0) if last is not None else 0.0
            if last is None or shared <= 0.5 * min(last.x1 - last.x0, piece.x1 - piece.x0):
                kept.append(piece)
            elif last.text != piece.text and any(map(str.isdigit, last.text + piece.text)):
                return None
            elif last.text != piece.text:
                kept.append(piece)
    return kept


def outline(cell: Sequence[Piece]) -> Piece:
    """The lines of one cell as one piece around them all."""
    glyphs = [glyph for piece in cell for glyph in piece.glyphs]
    return Piece(
        glyphs, min(p.x0 for p in cell), min(p.top for p in cell), max(p.x1 for p in cell),
        max(p.bottom for p in cell), cell[0].first, cell[-1].last,
    )  # fmt: skip


def cut(piece: Piece, k: int) -> list[Piece]:
    """A piece of glyphs drawn one after the other as two, the second beginning with its glyph `k`."""
    return [
        outline([Piece([glyph], glyph[1], glyph[2], glyph[3], glyph[4], n, n) for n, glyph in part])
        for part in (
            list(enumerate(piece.glyphs[:k], piece.first)),
            list(enumerate(piece.glyphs[k:], piece.first + k)),
        )
    ]
