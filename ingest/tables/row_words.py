"""What a row's own words say of its amounts: the unit that its name prints, names that stand beside counts, reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.disclosure import Cell, Table
from corpus.figure import Measure
from corpus.money import MONEY_UNITS, normalise
from ingest.tables.columns import Half, Meaning, is_measure_column, parts, printed
from ingest.tables.headers import Matrix, is_amount

COUNTED_ROW = re.compile(r"[(（](?:单位[:：])?(辆|个|人|人次|批次|次|批|台|套|台/套|台\(套\)|平方米)[)）]")
"""Counts behind the 三公 expenses and assets, which stand between rows of money."""
COUNTED_ITEMS = {
    "因公出国（境）团组数": "个", "因公出国（境）人次数": "人次", "公务用车购置数": "辆", "公务用车保有量": "辆",
    "国内公务接待批次": "批次", "国内公务接待人次": "人次", "国（境）外公务接待批次": "批次", "国（境）外公务接待人次": "人次",
}  # fmt: skip
"""What the 三公 expenses paid for, which is counted under whatever unit of money the heading prints."""
_ROW_UNIT = re.compile(
    r"\((?:单位[:：])?(?P<unit>百万元|千元|万元|亿元|元|辆|个|人|名|人次|批次|次|批|台|套|台/套|台\(套\)|平方米|张|天|床日|户|家|所|项|件|%)\)\W*$"
)
_RATE_ROW = re.compile(r"率%$")
_DASHED = re.compile(r"[-—–─]{1,4}\s*(?=[^\d\s])")
_REASON = re.compile(r"(?:增减|变动|变化|增加|减少|差异)?(?:的)?(?:主要)?(?:情况)?原因(?:说明|分析)?$")


def unit_of(label: str) -> str:
    """The unit that a row's name prints, "" where it prints none: 开放床位(张) → 张, 床位使用率% → %."""
    text = printed(label)
    found = _ROW_UNIT.search(text)
    return found["unit"] if found else ("%" if _RATE_ROW.search(text) else "")


def without_unit(label: str) -> str:
    """A row's name without the unit that it prints."""
    text = printed(label)
    return _RATE_ROW.sub("率", _ROW_UNIT.sub("", text))


def row_units(labels: Sequence[tuple[int, str]]) -> dict[int, str]:
    """The unit of every row that prints one or hangs on one that does (——药品费 below 医疗支出(万元)).

    `labels` are the rows of a table with their names, from the top down. Only money is handed down: what hangs on a
    count may count something else.
    """
    found: dict[int, str] = {}
    above = ""
    for row, label in labels:
        unit = unit_of(label)
        if not _DASHED.match(normalise(label)):
            above = unit if unit in MONEY_UNITS else ""
        if unit or above:
            found[row] = unit or above
    return found


def measured_rows(table: Table, matrix: Matrix, half: Half) -> dict[int, str]:
    """The unit of every row that a column of units (单位: 人, 亩) gives, in one half of a table."""
    rows = range(table.header_rows, table.n_rows)
    for column in half.labels:
        heading = printed(parts(table.columns[column])[-1]) if parts(table.columns[column]) else ""
        texts = {row: printed(text) for row in rows if (text := matrix.text(row, column))}
        if is_measure_column(heading, list(texts.values())):
            return texts
    return {}


def flows_of(labels: Sequence[tuple[int, str]]) -> dict[int, str]:
    """收入 or 支出 for every row of a table without statutory form, by its name or that of the row it hangs on, else ""."""
    found: dict[int, str] = {}
    above = ""
    for row, label in labels:
        name = without_unit(label)
        ends = re.search(r"(?P<income>收入)$|(?:支出|费用|经费|费)$", name)
        flow = ("收入" if ends["income"] else "支出") if ends and unit_of(label) in ("", *MONEY_UNITS) else ""
        if _DASHED.match(normalise(label)):
            flow = flow or above
        else:
            above = flow
        found[row] = flow
    return found


def reason_columns(table: Table) -> tuple[int, ...]:
    """The columns that say why amounts changed (增减原因)."""
    heads = [parts(path) for path in table.columns]
    return tuple(column for column, head in enumerate(heads) if head and _REASON.fullmatch(printed(head[-1])))


def reason_of(matrix: Matrix, row: int, columns: Sequence[int]) -> str:
    """Why the amounts of a row changed, as its own cell says, without the stop at its end."""
    own = [matrix.area.get((row, column)) for column in columns]
    texts = [cell.text for cell in own if cell and cell.row == row]
    said = next((text for text in texts if re.search(r"[一-鿿]{2}", text)), "")
    return re.sub(r"\s+", "", said).rstrip("。;,")


def paired_rows(table: Table, matrix: Matrix) -> dict[int, list[tuple[Cell, Cell]]]:
    """Rows below the header that print name and count by turns across the amount columns: 团组数(个) | 1 | 人次数(人) | 3."""
    found: dict[int, list[tuple[Cell, Cell]]] = {}
    for row in range(table.header_rows, table.n_rows):
        cells = matrix.own(row)
        pairs = list(zip(cells[::2], cells[1::2], strict=False))
        named = [bool(COUNTED_ROW.search(normalise(label.text))) and is_amount(cell.text) for label, cell in pairs]
        if len(pairs) >= 2 and len(cells) == 2 * len(pairs) and all(named):
            found[row] = pairs
    return found


def in_own_unit(own: str, meaning: Meaning) -> tuple[str, Measure]:
    """Unit and measure of an amount in a row that prints its unit; a rate stays a rate, a change of people a change.

    Below a name in percent only what prints its sign is read: 0.012 may stand for 1.2 %.
    """
    if meaning.measure in (Measure.RATE, Measure.SHARE, Measure.COMPLETION):
        return "%", meaning.measure
    if own in MONEY_UNITS or own == "%":
        return ("" if own == "%" else meaning.unit or own), meaning.measure
    return own, meaning.measure if meaning.measure is Measure.CHANGE else Measure.COUNT
