"""Tables that text copied from a web page keeps one cell a line, from left to right and row by row.

The first heading says where such a table begins (项目, 单位名称, 收入); how many columns it has is told by the period in which
names and numbers come again. Blank cells leave no line, so that a row with one breaks the period: only a table that keeps it
from its first row to the end of the run of short lines is read, any other stays text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.money import normalise, parse_number

_FIRST = re.compile(
    r"项目(?:名称)?|收入(?:项目)?|(?:预算|所属)?单位(?:名称)?|学校名称|部门(?:名称)?|(?:支出)?(?:功能分类)?科目(?:编码|名称)|年度|年份|支出项目|指标名称"
)
_AMOUNTS = re.compile(
    r"金额|[预决]算数?|[预决]算|人数|编制|在职|实有|合计|小计|数量|收入|支出|经费|费$|费用|执行数|行次|学生|20\d\d年"
)
_ENDS = re.compile(
    r"[。；;]|^(?:备?注|说明)[:：]|(?:金额)?单位[:：]|^(?:编制|填报)?(?:单位|部门)[:：]|^第.{1,3}部分|.{4}表$|^附[件表]|^表\s*\d"
)
_COLUMN_NUMBERS = re.compile(r"栏次|行次")
_NOTHING = re.compile(r"[-—–－]+")
_LONGEST = 40
_FEWEST_ROWS = 3
_MOST_COLUMNS = 12
_MOST_CELLS = 3000
_SIDES = ("收入", "支出")


def stacked_table(lines: Sequence[str], start: int) -> tuple[list[list[str]], int] | None:
    """The rows of a table whose first heading is line `start`, and the line after its last; None where none begins there."""
    if not _FIRST.fullmatch(_bare(lines[start])):
        return None
    cells, ends = _run(lines, start)
    first = next((i for i, cell in enumerate(cells) if _is_number(cell)), None)
    if first is None or first < 3:
        return None
    for width in range(min(_MOST_COLUMNS, first), 1, -1):
        found = _periodic(cells, width)
        if found is not None:
            return found, ends[-1]
    return None


def _bare(line: str) -> str:
    return re.sub(r"\s+", "", normalise(line)).rstrip("|")


def _run(lines: Sequence[str], start: int) -> tuple[list[str], list[int]]:
    """The short lines from `start` on, blank ones left out, with the number of the line after each."""
    cells, ends = [], []
    for at in range(start, min(len(lines), start + _MOST_CELLS)):
        cell = normalise(lines[at]).strip().rstrip("|").strip()
        if not cell:
            continue
        if len(cell) > _LONGEST or "|" in cell or _ENDS.search(cell):
            break
        cells.append(cell)
        ends.append(at + 1)
    return cells, ends


def _periodic(cells: Sequence[str], width: int) -> list[list[str]] | None:
    """Head and rows of `width` cells that the whole run is made of."""
    two_sided = tuple(_bare(cell) for cell in cells[:2]) == _SIDES and width % 2 == 0
    begin = 2 if two_sided else 0
    head = list(cells[begin : begin + width])
    if len(head) < width or any(_is_number(cell) for cell in head):
        return None
    at = begin + width
    while at < len(cells) and (
        _COLUMN_NUMBERS.fullmatch(_bare(cells[at])) or (at > begin + width and _is_numbering(cells, at))
    ):
        at += 1
    body = cells[at:]
    if len(body) % width or len(body) < _FEWEST_ROWS * width:
        return None
    rows = [list(body[i : i + width]) for i in range(0, len(body), width)]
    kinds = [[_is_number(cell) for cell in row] for row in rows]
    numeric = [column for column in range(width) if kinds[0][column]]
    if not numeric or kinds[0][0] or any(kind != kinds[0] for kind in kinds):
        return None
    if not all(_AMOUNTS.search(_bare(head[column])) for column in numeric):
        return None
    over = [_SIDES[0], *[""] * (width // 2 - 1), _SIDES[1], *[""] * (width // 2 - 1)]
    return [*([over] if two_sided else []), head, *rows]


def _is_numbering(cells: Sequence[str], at: int) -> bool:
    """Whether a cell numbers a column (1, 2) in the row that 栏次 begins."""
    return re.fullmatch(r"\d{1,2}", cells[at]) is not None and (
        _COLUMN_NUMBERS.fullmatch(_bare(cells[at - 1])) is not None
        or re.fullmatch(r"\d{1,2}", cells[at - 1]) is not None
    )


def _is_number(cell: str) -> bool:
    return parse_number(cell) is not None or _NOTHING.fullmatch(cell) is not None
