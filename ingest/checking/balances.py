"""收支总表: the two sides of a balance, whose rows are told apart by their printed numbering.

本年合计 = Σ items; 总计 = 本年合计 + what was carried over; 收入总计 = 支出总计.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from corpus.figure import Figure, Scheme
from corpus.money import MONEY_UNITS
from corpus.record import Record
from ingest.checking.identities import columns_of
from ingest.checking.outcome import Outcome, by_table, finest, sum_outcome

_CODED = (Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.GOV_ECONOMIC)
_MARKS = (
    re.compile(r"^[一二三四五六七八九十]+[、.．]"),
    re.compile(r"^[(（][一二三四五六七八九十]+[)）]"),
    re.compile(r"^\d{1,2}[.、．](?!\d)"),
    re.compile(r"^[(（]\d{1,2}[)）]"),
    re.compile(r"^[①-⑳]"),
)
_CARRIED = re.compile(r"结[转余]|弥补")
_GRAND = ("收入总计", "支出总计", "收支总计")
_YEAR = ("本年收入合计", "本年支出合计")


def balance_sums(record: Record) -> list[Outcome]:
    """收支总表, each side: the year's total is the sum of its items; the grand total adds what was carried over.

    Which rows are items and which only "其中" of one is told by their printed numbering.
    """
    outcomes = []
    for figures in by_table(record).values():
        for column in columns_of(figures):
            if any(f.scheme is Scheme.TOTAL for f in column) and any(_is_item(f) for f in column):
                outcomes += _balance_of(column)
    return outcomes


def _is_item(figure: Figure) -> bool:
    return figure.scheme is Scheme.SOURCE or (figure.scheme is Scheme.FUNCTION and len(figure.code) == 3)


def _balance_of(column: Sequence[Figure]) -> list[Outcome]:
    if any(f.scheme in _CODED and len(f.code) > 3 for f in column):
        return []
    year = [f for f in column if f.account in _YEAR and f.scheme is Scheme.TOTAL]
    grand = [f for f in column if f.account in _GRAND and f.scheme is Scheme.TOTAL]
    unit = next((f.amount.unit for f in column if f.amount is not None), None)
    if unit is None or len(year) > 1 or len(grand) > 1:
        return []
    digit = finest(column, unit)
    if year and not any(_before(f, year[0]) for f in column):  # "一、本年收入" above its items is a row like others
        year = []
    top = _top_rows([f for f in column if f not in year and f not in grand])
    outcomes = []
    if year and year[0].amount is not None:
        items = [f for f in top if _before(f, year[0])]
        carried = _carried([f for f in top if not _before(f, year[0])])
        outcomes.append(sum_outcome("本年合计", year[0], items, "各项之和", "the sum of its items", digit))
        if grand:
            members = [year[0], *carried]
            outcomes.append(
                sum_outcome(
                    "收支总计", grand[0], members, "本年合计加结转结余", "the year's total plus balances", digit
                )
            )
    elif grand:
        outcomes.append(sum_outcome("收支总计", grand[0], top, "各项之和", "the sum of its items", digit))
    return outcomes


_PART_OF_CARRIED = re.compile(
    r"其中|基本支出|项目支出|经营|提取|转入|[交缴]纳|一般公共预算|政府性基金|国有资本|财政专户|单位资金"
)


def _carried(rows: Sequence[Figure]) -> list[Figure]:
    """Balances after the year's total. Older forms list what a balance consists of below it without any numbering."""
    kept: list[Figure] = []
    whole: Figure | None = None
    for row in rows:
        part = whole is not None and bool(_PART_OF_CARRIED.search(re.sub(r"\s+", "", row.locator.row or row.name)))
        if not part:
            whole = row
        elif whole is not None and whole.amount is not None:
            continue
        kept.append(row)
    return kept


def _before(figure: Figure, other: Figure) -> bool:
    return (figure.locator.row_index or 0) < (other.locator.row_index or 0)


def _top_rows(column: Sequence[Figure]) -> list[Figure]:
    """Rows of the outline's first level; a blank one stands for the rows below it."""
    levels = _levels(column)
    top: list[Figure] = []
    for index, (figure, level) in enumerate(zip(column, levels, strict=True)):
        if level:
            continue
        if figure.amount is not None:
            top.append(figure)
            continue
        children = []
        for child, depth in zip(column[index + 1 :], levels[index + 1 :], strict=True):
            if not depth:
                break
            if depth == 1:
                children.append(child)
        top += children or [figure]
    return top


def _levels(column: Sequence[Figure]) -> list[int]:
    """Depth of each row by its numbering: 0 for the first style met, deeper for styles met below it."""
    styles: list[int] = []
    levels: list[int] = []
    base = within = 0
    marked: int | None = None
    below_year = False  # whether the classes that follow "一、本年支出" stand without numbers of their own
    for figure in column:
        label = re.sub(r"\s+", "", figure.locator.row or figure.name)
        style = next((i for i, mark in enumerate(_MARKS) if mark.match(label)), None)
        if "其中" in label[:4]:
            within = (levels[-1] if levels else 0) + 1
            levels.append(within)
            continue
        if style is None:
            base = 0
            carried = bool(_CARRIED.search(label))
            is_top = carried or (figure.scheme is Scheme.FUNCTION and not below_year) or marked is None
            levels.append(0 if is_top else within or (marked or 0) + 1)
            if is_top:
                within, marked = 0, None
            if carried:
                styles, base = [], 1  # numbering starts again under an unnumbered carry-over row
            continue
        if style in styles:
            styles = styles[: styles.index(style) + 1]
        else:
            styles.append(style)
        within = 0
        marked = len(styles) - 1 + base
        below_year = figure.scheme is Scheme.TOTAL and figure.account in _YEAR
        levels.append(marked)
    return levels


def sides_balance(record: Record) -> list[Outcome]:
    """收入总计 = 支出总计 in one table, for the same year, basis and fund."""
    outcomes = []
    for figures in by_table(record).values():
        totals = [f for f in figures if f.scheme is Scheme.TOTAL and f.account in _GRAND and f.component == "合计"]
        grouped: dict[tuple[str, ...], dict[str, Figure]] = defaultdict(dict)
        for figure in totals:
            grouped[str(figure.year), figure.basis, figure.funding, figure.entity].setdefault(figure.account, figure)
        for group in grouped.values():
            for left, right in pairwise([group[name] for name in _GRAND[:2] if name in group]):
                unit = left.amount.unit if left.amount is not None else ""
                digit = finest([left, right], unit) if unit in MONEY_UNITS else 0
                outcomes.append(sum_outcome("收支平衡", left, [right], "支出总计", "the total of expenditure", digit))
    return outcomes
