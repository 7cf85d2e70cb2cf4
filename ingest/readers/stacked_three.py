"""The small tables of the “三公” expenses that a page saved as text keeps one cell a line, blank cells lost or as bars.

Such a table has a line for each label, and behind it as many numbers as the label has cells with one. Which number stands
where is told by the labels, which the rules prescribe, and is believed only where the sums prove it: in every column of
money all expenses are travel abroad, guests and cars together, and cars are what was bought and what they cost to run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.money import normalise, parse_number

_FIRST = re.compile(r"项目|支出项目|“?三公”?经费(?:项目|类别)")
_HEAD = re.compile(
    r"(?:20\d\d年度?|上年|本年|年初|全年|调整)*(?:[预决]算数?|支出数?|执行数|金额)(?:\(万?元\))?|增减?幅度?.*|增减.*|比上年.*"
)
_SHARE = re.compile(r"幅|率|%|比例")
_LABELS = (
    ("total", re.compile(r"合计|总计|“?三公”?经费(?:合计|总计|支出合计)?")),
    ("abroad", re.compile(r"因公出国(?:\(境\))?(?:经费|费用?)?")),
    ("guests", re.compile(r"公务接待(?:费用?)?")),
    ("cars", re.compile(r"公务用车(?:购置[及和、](?:运行(?:维护)?|维护)费?用?|费用?)")),
    ("running", re.compile(r"公务用车运行(?:维护)?费用?|公务用车维护费")),
    ("bought", re.compile(r"公务用车购置(?:费用?)?")),
)
_NUMBERED = re.compile(r"^(?:其中[::]?)?(?:[(（]?[一二三四五六\d]{1,2}[)）、.])?(?:其中[::]?)?")
_NOTHING = re.compile(r"[-—–－]+")
_ABREAST = re.compile(
    r"(?:[^合]*“?三公”?经费[^合]*)?合计因公出国(?:\(境\))?费用?公务用车购置[及和]运行(?:维护)?费用?公务接待费用?小计"
    r"公务用车购置费用?公务用车运行(?:维护)?费用?(?P<kinds>(?:预算数决算数){6})?"
)
_IN_TURN = ("total", "abroad", "cars", "bought", "running", "guests")
_NAMES = {"total": "合计", "abroad": "因公出国(境)费", "guests": "公务接待费", "cars": "公务用车购置及运行费",
          "running": "其中:公务用车运行费", "bought": "公务用车购置费"}  # fmt: skip
_CENTS = -2
_MOST_COLUMNS = 5
_LONGEST = 40
_MOST_LINES = 90
_NEARBY = 4


def stacked_expenses(lines: Sequence[str], start: int) -> tuple[list[list[str]], int] | None:
    """Head and rows of a table of the “三公” expenses that begins at line `start`, and the line after its last; None elsewhere."""
    first = _bare(lines[start])
    if _FIRST.fullmatch(first):
        return _by_rows(lines, start)
    if parse_number(first) is not None:
        return _without_head(lines, start)
    if first.startswith(("合计", "一般公共预算财政拨款“三公”经费", "“三公”经费")):
        return _abreast(lines, start)
    return None


def _bare(line: str) -> str:
    return re.sub(r"\s+", "", normalise(line)).rstrip("|")


def _is_bar(line: str) -> bool:
    return line.strip() == "|"


def _label(cell: str) -> str:
    """Which of the expenses a cell names, "" for none."""
    text = _NUMBERED.sub("", cell)
    return next((name for name, pattern in _LABELS if pattern.fullmatch(text)), "")


def _by_rows(lines: Sequence[str], start: int) -> tuple[list[list[str]], int] | None:
    barred = start + 1 < len(lines) and _is_bar(lines[start + 1])  # a bar in a line of its own ends each cell
    head, at = ["项目"], start + 1
    while at < len(lines) and len(head) <= _MOST_COLUMNS:
        cell = _bare(lines[at])
        if _label(cell):
            break
        if cell and not _HEAD.fullmatch(cell):
            return None
        head += [cell] if cell else []
        at += 1
    return _rows(lines, at, head, barred=barred) if len(head) > 1 else None


def _without_head(lines: Sequence[str], start: int) -> tuple[list[list[str]], int] | None:
    """A table of final accounts that lost its head and the word 合计: two numbers, then the first expense."""
    title = "".join(_bare(line) for line in lines[max(0, start - _NEARBY) : start])
    cells = [_bare(line) for line in lines[start : start + 3]]
    if "三公" not in title or not re.search(r"决算表", title) or len(cells) < 3 or _label(cells[2]) != "abroad":
        return None
    if parse_number(cells[1]) is None:
        return None
    return _rows(lines, start + 2, ["项目", "预算数", "决算数"], [["合计", *cells[:2]]])


def _rows(
    lines: Sequence[str], at: int, head: list[str], given: Sequence[list[str]] = (), *, barred: bool = False
) -> tuple[list[list[str]], int] | None:
    """The rows from line `at` on, each a label with its numbers; None where a number has no certain place."""
    rows: list[list[str]] = [list(row) for row in given]
    blanks: list[int] = []
    end = at
    for index in range(at, min(len(lines), at + _MOST_LINES)):
        cell = _bare(lines[index])
        if _label(cell):
            rows.append([cell])
            blanks.append(0)
        elif blanks and (parse_number(cell) is not None or _NOTHING.fullmatch(cell)):
            rows[-1] += [""] * blanks[-1] + [cell]
            blanks[-1] = 0
        elif blanks and _is_bar(lines[index]):
            blanks[-1] += not (barred and index and _bare(lines[index - 1]))  # an empty cell that left its bar
            continue
        elif not cell:
            continue
        else:
            break
        end = index + 1
    width = len(head)
    for row, blank in zip(rows[len(given) :], blanks, strict=True):
        row += [""] * min(blank, width - len(row))
    if any(len(row) not in (1, width) for row in rows):
        return None
    rows = [row + [""] * (width - len(row)) for row in rows]
    return ([head, *rows], end) if _proved(head, rows) else None


def _abreast(lines: Sequence[str], start: int) -> tuple[list[list[str]], int] | None:
    """A table whose expenses stand side by side: all its headings, then six numbers, or six pairs of budget and result."""
    heads: list[str] = []
    numbers: list[str] = []
    end = start
    for index in range(start, min(len(lines), start + _MOST_LINES)):
        cell = _bare(lines[index])
        if not cell:
            continue
        if len(cell) > _LONGEST:
            break
        if parse_number(cell) is not None:
            numbers.append(cell)
        elif numbers:
            break
        else:
            heads.append(cell)
        end = index + 1
    found = _ABREAST.fullmatch("".join(heads))
    columns = 2 if found and found["kinds"] else 1
    if found is None or len(numbers) != columns * len(_IN_TURN):
        return None
    title = "".join(_bare(line) for line in lines[max(0, start - _NEARBY) : start])
    alone = "决算数" if "决算" in title else "预算数"
    head = ["项目", *(("预算数", "决算数") if columns == 2 else (alone,))]
    by_name = {name: numbers[i * columns : (i + 1) * columns] for i, name in enumerate(_IN_TURN)}
    rows = [[shown, *by_name[name]] for name, shown in _NAMES.items()]
    return ([head, *rows], end) if _proved(head, rows) else None


def _proved(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether every expense stands in one row, and the sums hold in every column of money, one number of which is not zero."""
    by_name = {_label(re.sub(r"\s", "", row[0])): row for row in rows}
    if len(by_name) != len(rows) or not {"total", "abroad", "guests", "cars"} <= by_name.keys():
        return False
    money = [column for column in range(1, len(head)) if not _SHARE.search(head[column])]
    value = {name: [_amount(row[column]) for column in money] for name, row in by_name.items()}
    for at in range(len(money)):
        if not _agree(value["total"][at], [value[name][at] for name in ("abroad", "guests", "cars")]):
            return False
        parts = [value[name][at] for name in ("running", "bought") if name in value]
        if any(parts) and not _agree(value["cars"][at], parts):
            return False
    return any(value["total"])


def _agree(total: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether the parts make up the total, but for the last of two decimals where all are rounded to them."""
    rounded = any(part.as_tuple().exponent == _CENTS for part in (total, *parts))
    return abs(total - sum(parts)) <= (Decimal("0.01") if rounded else 0)


def _amount(cell: str) -> Decimal:
    return parse_number(cell) or Decimal(0)
