"""Facts that follow from others: the two sides of a balance move alike, one fund alone is all of the money, 301 + 303.

Each rule says first what must be so for it to apply; where that cannot be told, it does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.disclosure import Severity
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.record import Record
from ingest.checking.outcome import (
    Outcome,
    Verdict,
    described,
    finest,
    place,
    place_en,
    plain,
    printed,
    side,
    sum_outcome,
)
from ingest.checking.prosechecks import statements
from ingest.checking.readings import comparable_readings, differ

_SIDES = ("收入总计", "支出总计")
_ALONE = ("全部", "财政拨款", "一般公共预算")
_FISCAL = ("财政拨款", "一般公共预算拨款")


def balanced_changes(record: Record) -> list[Outcome]:
    """Income and expenditure balance every year; where the text gives both as equal, they changed alike."""
    stated: dict[tuple[str, ...], dict[str, tuple[Figure, Figure]]] = defaultdict(dict)
    for statement in statements(record):
        for change in statement.derived:
            this = statement.amount(change.year, (change.basis,))
            balance = change.scheme is Scheme.TOTAL and change.account in _SIDES and change.component == "合计"
            if change.measure is Measure.CHANGE and change.amount is not None and this is not None and balance:
                key = (change.funding, str(change.year), change.basis, str(change.compared), change.whole)
                stated[key].setdefault(change.account, (this, change))
    outcomes = []
    for pair in stated.values():
        if len(pair) == len(_SIDES):
            (income, up), (expenditure, down) = (pair[name] for name in _SIDES)
            if differ(income, expenditure)[0] is Verdict.HOLDS:
                outcomes.append(_same_change(up, down))
    return outcomes


def _same_change(income: Figure, expenditure: Figure) -> Outcome:
    verdict, severity, difference = differ(income, expenditure)
    ids = (income.id, expenditure.id)
    if verdict is not Verdict.FAILS:
        return Outcome(income.document, "收支增减", verdict, figures=ids, identity=verdict is Verdict.HOLDS)
    return Outcome(
        income.document, "收支增减", verdict, severity, (side(income), side(expenditure)), plain(difference),
        f"收支总数相等，增减额却不同：{described(income)}{printed(income)}（{place(income)}），"
        f"{described(expenditure)}{printed(expenditure)}（{place(expenditure)}）。",
        f"Income and expenditure are equal but changed differently: {printed(income)} ({place_en(income)}) and "
        f"{printed(expenditure)} ({place_en(expenditure)}).", ids, True,
    )  # fmt: skip


def single_fund(record: Record) -> list[Outcome]:
    """Where all the money is 一般公共预算拨款 of the year, every fact is the same for 全部, 财政拨款 and 一般公共预算.

    Applies when a table of sources prints no other source, no other fund and no balance, each of them zero or blank.
    """
    if not _one_fund_only(record):
        return []
    groups: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in record.figures:
        coded = figure.scheme in (Scheme.FUNCTION, Scheme.TOTAL)
        if coded and figure.measure is Measure.AMOUNT and figure.funding in _ALONE and figure.flow == "支出":
            groups[replace(figure, funding="").fact].append(figure)
    outcomes = []
    for group in groups.values():
        by_fund = [r for fund in _ALONE if (r := _one_reading([f for f in group if f.funding == fund])) is not None]
        for left, right in pairwise(by_fund):
            outcomes.append(_same_money(left, right))
    return outcomes


def _one_fund_only(record: Record) -> bool:
    year = record.disclosure.year
    sources = [
        f for f in record.figures
        if f.scheme in (Scheme.SOURCE, Scheme.BALANCE) and f.measure is Measure.AMOUNT and f.year == year
        and "其中" not in (f.locator.row or "")
    ]  # fmt: skip
    others = [f for f in record.figures if f.funding not in _ALONE and f.measure is Measure.AMOUNT]
    if any(f.amount is not None and f.amount.value and f.account not in _FISCAL for f in sources):
        return False
    if any(f.amount is not None and f.amount.value and f.scheme in (Scheme.TOTAL, Scheme.FUNCTION) for f in others):
        return False
    return any(f.reader is Reader.TABLE and f.amount is not None and f.account in _FISCAL for f in sources)


def _one_reading(figures: Sequence[Figure]) -> Figure | None:
    """The reading of a fact whose readings all agree: those that do not are a finding of their own."""
    readings = [f for f in comparable_readings(figures) if f.amount is not None]
    if not readings or any(differ(readings[0], other)[0] is not Verdict.HOLDS for other in readings):
        return None
    return readings[0]


def _same_money(left: Figure, right: Figure) -> Outcome:
    verdict, severity, difference = differ(left, right)
    ids = (left.id, right.id)
    if verdict is not Verdict.FAILS or severity is Severity.ROUNDING:
        return Outcome(left.document, "只有一般公共预算", Verdict.HOLDS, figures=ids)
    if left.ocr or right.ocr:
        return Outcome(left.document, "只有一般公共预算", Verdict.UNREADABLE, figures=ids)
    return Outcome(
        left.document, "只有一般公共预算", verdict, severity, (side(left), side(right)), plain(difference),
        f"全部资金都是一般公共预算拨款，{described(left)}{printed(left)}（{place(left)}）与"
        f"{described(right)}{printed(right)}（{place(right)}）却不同。",
        f"All money is general public budget, yet {described(left)} is {printed(left)} ({place_en(left)}) and "
        f"{described(right)} {printed(right)} ({place_en(right)}).", ids, True,
    )  # fmt: skip


_STAFF = ("301", "303")


def staff_and_running(record: Record) -> list[Outcome]:
    """人员经费 = 301 + 303, 公用经费 = the other classes, where a 基本支出表 has no columns for them but the text does.

    Applies where the classes of the table add up to the text's two amounts together, so that they are of one scope.
    """
    outcomes = []
    for table in record.tables:
        if table.kind != "basic_economic":
            continue
        rows = [f for f in record.figures if f.locator.table_id == table.id and f.component == "基本支出"]
        classes = [f for f in rows if f.scheme is Scheme.ECONOMIC and len(f.code) == 3]
        told = {
            f.component: f for f in record.figures
            if f.reader is not Reader.TABLE and f.scheme is Scheme.TOTAL and f.component in ("人员经费", "公用经费")
            and f.funding == "一般公共预算" and f.measure is Measure.AMOUNT and f.amount is not None
        }  # fmt: skip
        printed_there = any(f.locator.table_id == table.id and f.component in told for f in record.figures)
        if not classes or len({f.code for f in classes}) < len(classes) or len(told) < 2 or printed_there:
            continue
        staff = [f for f in classes if f.code in _STAFF]
        running = [f for f in classes if f.code not in _STAFF]
        outcomes += _of_classes((told["人员经费"], staff), (told["公用经费"], running))
    return outcomes


def _of_classes(*sums: tuple[Figure, list[Figure]]) -> list[Outcome]:
    found = []
    for total, classes in sums:
        if total.amount is None or not classes:
            return []
        digit = finest((total, *classes), total.amount.unit)
        what = "、".join(f.code for f in classes) + "之和"
        found.append(
            sum_outcome(
                "人员与公用经费", total, classes, what, "the sum of " + ", ".join(f.code for f in classes), digit
            )
        )
    return found if any(o.verdict is Verdict.HOLDS for o in found) else []
