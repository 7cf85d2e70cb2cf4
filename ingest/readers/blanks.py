"""Tables whose cells are parted by blanks alone, as text copied from a page keeps them.

A heading line without numbers, then lines that begin with a name and have as many cells. Blanks say less than tabs: a cell
that is empty leaves no trace. So a line with fewer cells is placed only where it can stand in one way, by its columns where
several blanks keep them in line, or because it gives exactly the numbers (合计 833 858); a table with a line that cannot be
placed stays text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from corpus.money import parse_number

_WIDE_GAP = re.compile(r" {2,}|　+|\t+")
_GAP = re.compile(r"[ 　\t]+")
_PUNCTUATION = re.compile(r"[。;；，,!！?？]|[:：].")
_NO_HEADING = re.compile(
    r"^第.{1,3}[部章节]分?|^目录?$|^附件?$|[:：]$|^[一二三四五六七八九十]+、|^[(（][一二三四五六七八九十]+[)）]"
)
_COUNTS = re.compile(
    r"金额|预算|决算|人数|编制|数量|合计|小计|总计|收入|支出|万元|执行|在职|实有|退休|经费|费用|接待|出国|购置|运行|学生|班|床|面积|辆"
)
_EMPTY = re.compile(r"[-—–－/]+")
_LONGEST_HEADING = 20
_FEWEST_ROWS = 2


def blank_table(lines: Sequence[str], start: int) -> tuple[list[list[str]], int] | None:
    """The rows of a table whose heading is line `start`, and the line after it; None where no table begins there."""
    heading = lines[start]
    wide = _WIDE_GAP.search(heading.strip()) is not None
    heads = _cells(heading, wide=wide)
    if not _are_headings(heads):
        return None
    rows: list[tuple[str, list[str]]] = []
    end = at = start + 1
    while at < len(lines):
        cells = _cells(lines[at], wide=wide) or _cells(lines[at], wide=False)
        if not lines[at].strip():
            at += 1
            if at >= len(lines) or not lines[at].strip():
                break
            continue
        if not _is_row(cells, len(heads)):
            break
        rows.append((lines[at], cells))
        at += 1
        end = at
    whole = [cells for _, cells in rows if len(cells) == len(heads)]
    if len(whole) < _FEWEST_ROWS or len(whole) * 2 < len(rows):
        return None
    numeric = _numeric_columns(whole)
    if not numeric:
        return None
    placed = [_placed(line, cells, heading, heads, numeric) for line, cells in rows]
    if any(row is None for row in placed):
        return None
    return [heads, *(row for row in placed if row is not None)], end


def _cells(line: str, *, wide: bool) -> list[str]:
    return [cell for cell in (_WIDE_GAP if wide else _GAP).split(line.strip()) if cell]


def _are_headings(cells: Sequence[str]) -> bool:
    if len(cells) < 2 or any(_is_number(cell) or len(cell) > _LONGEST_HEADING for cell in cells):
        return False
    if any(_PUNCTUATION.search(cell) or _NO_HEADING.search(cell) for cell in cells):
        return False
    return sum(_COUNTS.search(cell) is not None for cell in cells[1:]) * 2 >= len(cells) - 1


def _is_row(cells: Sequence[str], width: int) -> bool:
    """Whether a line begins with a name (or its running number and a name) and has numbers behind it."""
    if not 2 <= len(cells) <= width or any("。" in cell for cell in cells):
        return False
    names = [cell for cell in cells if re.search(r"[一-鿿A-Za-z]", cell)]
    return bool(names) and (cells[0] in names or cells[1] in names) and any(map(_is_number, cells[1:]))


def _is_number(cell: str) -> bool:
    return parse_number(cell) is not None or _EMPTY.fullmatch(cell) is not None


def _numeric_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns that hold numbers in every full row; [] where they lie between columns of words in another order."""
    width = len(rows[0])
    numeric = [column for column in range(1, width) if all(_is_number(row[column]) for row in rows)]
    words = [column for column in range(1, width) if not any(_is_number(row[column]) for row in rows)]
    return numeric if len(numeric) + len(words) == width - 1 else []


def _placed(
    line: str, cells: list[str], heading: str, heads: Sequence[str], numeric: Sequence[int]
) -> list[str] | None:
    """The cells of a line in their columns, None where they could stand in more ways than one."""
    if len(cells) == len(heads):
        fits = all(_is_number(cells[column]) for column in numeric)
        return cells if fits else None
    numbers = [cell for cell in cells if _is_number(cell) and cell is not cells[0]]
    if len(numbers) == len(numeric) and len(cells) == len(numbers) + 1:
        row = [""] * len(heads)
        row[0] = cells[0]
        for column, number in zip(numeric, numbers, strict=True):
            row[column] = number
        return row
    return _by_position(line, cells, heading, heads)


def _by_position(line: str, cells: Sequence[str], heading: str, heads: Sequence[str]) -> list[str] | None:
    """The cells below the headings that they overlap, where each overlaps exactly one."""
    spans, at = [], 0
    for head in heads:
        begin = heading.index(head, at)
        spans.append((_width(heading[:begin]), _width(heading[: begin + len(head)])))
        at = begin + len(head)
    row = [""] * len(heads)
    at = 0
    for cell in cells:
        begin = line.index(cell, at)
        at = begin + len(cell)
        left, right = _width(line[:begin]), _width(line[:at])
        under = [column for column, (a, b) in enumerate(spans) if left < b and right > a]
        if len(under) != 1 or row[under[0]]:
            return None
        row[under[0]] = cell
    return row


def _width(text: str) -> int:
    """How many columns a text takes on a screen: Chinese characters two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
