"""How many rows of a grid are header, and the path of headings above every column.

Formats with merged cells say what stands above what; text tables do not: there a blank heading stands for a merge, and
exporters garble the nesting. Paths are therefore filled and, where the sub-headings repeat (小计 … 小计 …), regrouped.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from corpus.accounts import chart, clean_name
from corpus.disclosure import Cell
from corpus.money import Absence, Amount, parse_number, read_cell

CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
TOTAL_WORDS = frozenset({"合计", "总计", "小计", "共计", "部门合计", "单位合计", "支出合计", "收入合计"})
LABEL_HEADING = re.compile(r"科目|编码|代码|名称|^项目$|^[类款项]$|^内容$|支出内容|^序号$|^行次$|^栏次$|^单位$|^部门$")
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、](?!\d)")
_NUMBER_ROW = re.compile(r"\d{1,2}|[类款项]|栏次|行次|序号|[-—*]+|[A-Z甲乙丙丁]|\d{1,2}=[\d+\-]+|")
_MOST_HEADER_ROWS = 6
_FEWEST_REPEATED = 3


@dataclass(frozen=True, slots=True)
class Head:
    """`rows` leading rows are header; `columns` holds each column's headings from the top down."""

    rows: int
    columns: tuple[tuple[str, ...], ...]


class Matrix:
    """Cells by position: what is printed at, or merged over, a row and a column."""

    def __init__(self, n_rows: int, n_columns: int, cells: Sequence[Cell]) -> None:
        self.n_rows = n_rows
        self.n_columns = n_columns
        self.cells = cells

    @cached_property
    def area(self) -> dict[tuple[int, int], Cell]:
        """The cell that covers each position; positions without a cell are left out."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for column in range(cell.column, cell.column + cell.colspan)
        }

    def text(self, row: int, column: int) -> str:
        """The text that covers a position, "" where there is none."""
        cell = self.area.get((row, column))
        return cell.text if cell else ""

    def own(self, row: int) -> list[Cell]:
        """The cells that begin in a row and hold text, from left to right."""
        return sorted((c for c in self._by_row.get(row, ()) if c.text), key=lambda c: c.column)

    @cached_property
    def _by_row(self) -> dict[int, list[Cell]]:
        rows: dict[int, list[Cell]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell)
        return rows


def is_amount(text: str) -> bool:
    """Whether a cell holds an amount, be it one that cannot be read: no year and no bare class code."""
    if not text or re.fullmatch(r"(?:19|20)\d\d", text):
        return False
    read = read_cell(text, "元")
    return isinstance(read, Amount) or read is Absence.UNREADABLE


def is_total(text: str) -> bool:
    """Whether a row or column label says that it adds up the others (合计, 总计, 部门合计 …)."""
    return clean_name(text) in TOTAL_WORDS


def read_head(matrix: Matrix) -> Head:
    """The header of a statutory table. A table without any recognisable body has one header row."""
    rows = _header_rows(matrix)
    used = [row for row in range(rows) if not _is_number_row(matrix, row)]
    return Head(rows, tuple(_paths(matrix, used)))


def without_repeats(matrix: Matrix, head: Head) -> Matrix:
    """The cells without rows that print the header again (on a continuation page, perhaps broken differently)."""
    words = {squeezed(matrix.text(row, c)) for row in range(head.rows) for c in range(matrix.n_columns)} - {""}
    repeats = []
    for row in range(head.rows, matrix.n_rows):
        texts = [squeezed(cell.text) for cell in matrix.own(row)]
        if len(texts) >= _FEWEST_REPEATED and all(text in words for text in texts):
            repeats.append(row)
    if not repeats:
        return matrix
    cells = []
    for cell in matrix.cells:
        above = bisect_left(repeats, cell.row)
        if bisect_left(repeats, cell.row + cell.rowspan) == above:  # no repeat in the rows that it covers
            cells.append(replace(cell, row=cell.row - above))
    return Matrix(matrix.n_rows - len(repeats), matrix.n_columns, cells)


def squeezed(text: str) -> str:
    """A text without blanks."""
    return re.sub(r"\s+", "", text)


def _header_rows(matrix: Matrix) -> int:
    for row in range(min(matrix.n_rows, _MOST_HEADER_ROWS + 1)):
        if _is_body(matrix, row) and not _numbers_follow(matrix, row):
            return row
    if matrix.n_rows <= _MOST_HEADER_ROWS and _names_amounts(matrix):
        return matrix.n_rows
    return 1


def _numbers_follow(matrix: Matrix, row: int) -> bool:
    """Whether a blank row is what text leaves of a level of merged headings: the row of column numbers comes after it."""
    following = (r for r in range(row, min(matrix.n_rows, _MOST_HEADER_ROWS + 1)) if matrix.own(r))
    first = next(following, row)
    return first != row and _is_number_row(matrix, first)


def _names_amounts(matrix: Matrix) -> bool:
    """Whether the last row of a grid without amounts still reads like headings (an empty table, head only)."""
    rows = [row for row in range(matrix.n_rows) if matrix.own(row) and not _is_number_row(matrix, row)]
    words = [clean_name(cell.text) for cell in matrix.own(rows[-1])] if rows else []
    known = [w for w in words if chart().component(w) or chart().funding(w) or chart().all_named(w)]
    return bool(known) and len(known) * 2 >= len(words)


def _is_body(matrix: Matrix, row: int) -> bool:
    cells = matrix.own(row)
    if not cells:
        return row > 0 and not any(matrix.text(row, column) for column in range(matrix.n_columns))
    if _is_number_row(matrix, row):
        return False
    first = cells[0]
    if row > 0 and CODE.fullmatch(first.text.replace(" ", "")):
        return True
    if any(is_amount(cell.text) for cell in cells):
        return True
    if row == 0:
        return False
    others = [cell for cell in cells[1:] if cell.column >= first.column + first.colspan]
    if first.column == 0 and _NUMBERED.match(first.text):
        return True
    label = clean_name(first.text)
    if first.rowspan == 1 and not others and (is_total(label) or first.column == 0):
        return is_total(label) or bool(chart().all_named(label)) or _headed(matrix, row)
    if is_total(label) and first.rowspan == 1:
        return all(is_total(cell.text) for cell in others)
    return False


def _headed(matrix: Matrix, row: int) -> bool:
    """Whether every column has a heading above this row already."""
    return all(any(matrix.text(r, column) for r in range(row)) for column in range(matrix.n_columns))


def _is_number_row(matrix: Matrix, row: int) -> bool:
    """A row that only numbers the columns: 1 2 3 …, 栏次 1 2 …, perhaps restarting for a second half."""
    texts = [cell.text.replace(" ", "") for cell in matrix.own(row)]
    if not texts or not all(_NUMBER_ROW.fullmatch(text) for text in texts):
        return False
    numbers = [parse_number(text) for text in texts if text.isdigit()]
    if len(numbers) < 2:
        return bool(numbers) and any(text in ("栏次", "行次") for text in texts)
    return all(
        earlier is not None and later is not None and later - earlier in (1, 1 - earlier)
        for earlier, later in pairwise(numbers)
    )


def _paths(matrix: Matrix, rows: Sequence[int]) -> list[tuple[str, ...]]:
    spans = any(cell.colspan > 1 or cell.rowspan > 1 for row in rows for cell in matrix.own(row))
    texts = [[matrix.text(row, column) for column in range(matrix.n_columns)] for row in rows]
    if spans:
        for above, row in pairwise(texts):
            below = ["" if text == upper else text for upper, text in zip(above, row, strict=True)]
            if _doubled(above, below):
                _regroup(above, _runs(above), below)
    else:
        texts = _filled(texts)
    paths = []
    for column in range(matrix.n_columns):
        path: list[str] = []
        for row in texts:
            text = _STROKE.sub("／", _without_english(re.sub(r"\s+", "", row[column])))
            if text and (not path or path[-1] != text) and not (path and _ENGLISH.fullmatch(text)):
                path.append(text)
        paths.append(tuple(path))
    return paths


_STROKE = re.compile(r"(?<=[预决]算数)/(?=统计数)|(?<=台)/(?=套)")
"""A stroke inside one heading; any other stands between two, as texts print merged headings on one line (财政拨款/小计)."""
_ENGLISH = re.compile(r"[A-Z][A-Za-z.,'&/()-]*[a-z)]")
"""A heading printed again in English, blanks left out."""


def _without_english(heading: str) -> str:
    """A heading without its English: 合计Total is 合计."""
    return re.sub(rf"(?<=[一-鿿)]){_ENGLISH.pattern}$", "", heading)


def _filled(texts: list[list[str]]) -> list[list[str]]:
    """Headings of a table without merges: a blank one with a heading below it belongs to the one at its left."""
    filled = [_rejoined(row) for row in texts]
    printed = [list(row) for row in filled]
    for index in reversed(range(len(texts) - 1)):
        last = ""
        for column, text in enumerate(printed[index]):
            if not text and any(row[column] for row in printed[:index]):
                last = ""  # a heading above begins here, with nothing between it and its sub-headings
            below = next((row[column] for row in filled[index + 1 :] if row[column]), "")
            if text:
                last = text
            elif below and last and bool(LABEL_HEADING.search(last)) <= bool(LABEL_HEADING.search(below)):
                filled[index][column] = last
        _regroup(filled[index], printed[index], printed[index + 1])
    return filled


def _rejoined(row: list[str]) -> list[str]:
    """A heading that a missing merge cut in two (事业 | 收入) is put together over both of its columns."""
    joined = list(row)
    for column in range(len(row) - 1):
        whole = re.sub(r"\s+", "", row[column] + row[column + 1])
        halves = (row[column], row[column + 1])
        if all(half and not _known(half) for half in halves) and _known(whole):
            joined[column] = joined[column + 1] = whole
    return joined


def _known(heading: str) -> bool:
    return bool(chart().funding(heading) or chart().component(heading) or chart().all_named(heading))


def _doubled(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether one heading stands twice over the same sub-heading: its merge was drawn over its neighbour's columns."""
    pairs = [(one, other) for one, other in zip(above, below, strict=True) if one and other and one != other]
    return len(set(pairs)) < len(pairs) and not any(
        LABEL_HEADING.search(other) for _, other in pairs if other in "类款项"
    )


def _runs(row: Sequence[str]) -> list[str]:
    """The headings with merged repetitions blanked: each stands at its first column only."""
    return [text if index == 0 or text != row[index - 1] else "" for index, text in enumerate(row)]


def _regroup(filled: list[str], printed: list[str], below: list[str]) -> None:
    """Give each repetition of sub-headings (小计 基本 项目 | 小计 基本 项目) one parent, in order, where they match."""
    columns = [column for column, text in enumerate(below) if text and not LABEL_HEADING.search(text)]
    if len(columns) < 2 or columns != list(range(columns[0], columns[-1] + 1)):
        return
    starts = [column for column in columns if below[column] == below[columns[0]]]
    parents = [printed[column] for column in columns if printed[column]]
    if len(starts) < 2 or len(parents) != len(starts):
        return
    for parent, start, end in zip(parents, starts, [*starts[1:], columns[-1] + 1], strict=True):
        for column in range(start, end):
            filled[column] = parent
