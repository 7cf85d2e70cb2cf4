"""One fact, printed in several places: every reading of it must say the same.

Figures whose fact keys are equal speak of the same thing (`corpus.figure`), so a disagreement between two tables, or
between a table and the text, comes to light by itself. Beyond equal keys: totals that coincide when nothing was carried
over and there is no other money, and empty tables against their notes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.disclosure import Severity
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.money import format_decimal
from corpus.record import Record
from ingest.checking.outcome import (
    Outcome,
    Verdict,
    described,
    exponent,
    in_unit,
    place,
    place_en,
    plain,
    printed,
    readable,
    side,
    sum_outcome,
)
from ingest.checking.readings import comparable_readings, differ, names_it, readings_by_fact
from ingest.prose.fiscal import is_paper

_WITHIN_TEXT = "说明前后"
_UNIT_SLIP = 100
"""From this power of ten upwards a plain factor between two readings is a slip of the unit."""


def same_fact(record: Record) -> list[Outcome]:
    """All readings of one fact say the same: table against table, text against table, text against text."""
    groups = readings_by_fact(record.figures)
    outcomes = [outcome for group in groups for outcome in _readings(group)]
    if is_paper(record.disclosure):
        # one paragraph tells of the whole place and of its own level in the same words: two amounts accuse nobody
        outcomes = [o for o in outcomes if o.check != _WITHIN_TEXT or o.verdict is not Verdict.FAILS]
    return _misread_pairs(outcomes)


def _readings(group: Sequence[Figure]) -> list[Outcome]:
    comparable = comparable_readings(group)
    if len(comparable) < 2:
        return []
    document = comparable[0].document
    check = _name(comparable)
    if check == _WITHIN_TEXT:
        comparable = [f for f in comparable if f.measure is Measure.AMOUNT and names_it(f)]
        if len(comparable) < 2:
            return []
    ids = tuple(f.id for f in comparable)
    if not readable(comparable):
        return [Outcome(document, check, Verdict.UNREADABLE, figures=ids)]
    stated = [f for f in comparable if f.amount is not None]
    if not stated:
        return []
    first = stated[0]
    worst: tuple[Figure, Figure, Decimal, Severity] | None = None
    for other in comparable:
        for one in stated:
            verdict, severity, difference = differ(one, other)
            if verdict is Verdict.FAILS and (worst is None or abs(difference) > abs(worst[2])):
                worst = (one, other, difference, severity)
    if worst is None:
        return [Outcome(document, check, Verdict.HOLDS, figures=ids)]
    if any(f.ocr for f in comparable):
        return [Outcome(document, check, Verdict.UNREADABLE, figures=ids)]
    return [_disagreement(check, worst, [f for f in comparable if f is not first] + [first], ids)]


def _name(figures: Sequence[Figure]) -> str:
    readers = {f.reader for f in figures}
    if readers == {Reader.TABLE}:
        return "表间同一数字"
    return "说明与表格" if Reader.TABLE in readers else _WITHIN_TEXT


def _disagreement(
    check: str, worst: tuple[Figure, Figure, Decimal, Severity], figures: Sequence[Figure], ids: tuple[str, ...]
) -> Outcome:
    left, right, difference, severity = worst
    rest = [f for f in figures if f is not left and f is not right]
    what = described(left)
    slip = "，两处相差整数量级，疑为单位有误" if unit_slip(left, right) else ""
    slip_en = "; they differ by a plain power of ten, as when a unit is wrong" if slip else ""
    gap = format_decimal(Decimal(plain(abs(difference))))
    unit = left.amount.unit if left.amount is not None else right.amount.unit if right.amount is not None else ""
    return Outcome(
        left.document, check, Verdict.FAILS, severity,
        sides=tuple(side(f) for f in (left, right, *rest)),
        difference=plain(difference),
        message=f"{what}前后不一：{place(left)}印的是{printed(left)}，{place(right)}印的是{printed(right)}，相差{gap}{unit}{slip}。",
        message_en=f"{what} differs: {place_en(left)} prints {printed(left, 'nothing')}, {place_en(right)} prints "
        f"{printed(right, 'nothing')}, {gap}{unit} apart{slip_en}.",
        figures=ids,
    )  # fmt: skip


def unit_slip(left: Figure, right: Figure) -> bool:
    """Whether one reading is exactly a large power of ten times the other."""
    if left.amount is None or right.amount is None or not left.amount.value or not right.amount.value:
        return False
    try:
        ratio = abs(left.amount.value / in_unit(right.amount, left.amount.unit))
    except ValueError:
        return False
    ratio = max(ratio, 1 / ratio)
    return ratio >= _UNIT_SLIP and Decimal(10) ** ratio.adjusted() == ratio


def _misread_pairs(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Two tables that disagree more often than they agree are of different scope, or one was misread; unless all of one
    differs by the same power of ten, then its unit is wrong, which is one finding."""
    by_pair: dict[frozenset[str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        tables = {s.locator.table_id for s in outcome.sides if s.locator.table_id}
        if outcome.verdict is Verdict.FAILS and len(tables) > 1:
            by_pair[frozenset(t for t in tables if t)].append(outcome)
    held: dict[str, int] = defaultdict(int)
    for outcome in outcomes:
        if outcome.verdict is Verdict.HOLDS:
            held[outcome.check] += 1
    dropped: set[int] = set()
    for fails in by_pair.values():
        if len(fails) > 3:
            slips = [o for o in fails if "单位有误" in o.message]
            keep = slips[:1] if len(slips) == len(fails) else []
            dropped |= {id(o) for o in fails if o not in keep}
    return [
        replace(o, verdict=Verdict.UNREADABLE, sides=(), difference=None, message="", message_en="")
        if id(o) in dropped
        else o
        for o in outcomes
    ]


_CARRIED = ("上年结转结余", "使用非财政拨款结余", "年末结转结余", "结余分配")
_YEAR_OF = {"收入总计": "本年收入合计", "支出总计": "本年支出合计"}


def grand_totals(record: Record) -> list[Outcome]:
    """Where nothing is carried over, 收入总计 of one table is 本年收入合计 of another; the same for expenditure.

    Not applicable as soon as any table or sentence states a balance other than zero, or the money is not the same.
    """
    if is_paper(record.disclosure):
        return []  # what a government takes in itself is never all it has to spend
    carried = any(
        f.account in _CARRIED
        and f.scheme in (Scheme.SOURCE, Scheme.BALANCE)
        and f.amount is not None
        and f.amount.value
        for f in record.figures
    ) or any(f.funding == "上年结转" and f.amount is not None and f.amount.value for f in record.figures)
    totals: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in record.figures:
        if figure.scheme is Scheme.TOTAL and figure.measure is Measure.AMOUNT and figure.component == "合计":
            key = (figure.account, figure.funding, str(figure.year), figure.basis, figure.entity)
            totals[key].append(figure)
    outcomes = []
    for (account, *rest), figures in totals.items():
        year = totals.get((_YEAR_OF.get(account, ""), *rest), [])
        pairs = [(a, b) for a in figures for b in year if a.locator.table_id != b.locator.table_id]
        if not pairs:
            continue
        left, right = pairs[0]
        if carried:
            outcomes.append(
                Outcome(left.document, "总计与本年合计", Verdict.NOT_APPLICABLE, figures=(left.id, right.id))
            )
            continue
        digit = _coarser(left, right)
        outcomes.append(
            sum_outcome("总计与本年合计", left, [right], "没有结转时应等于的本年合计", "the year's total", digit)
        )
    return outcomes


def _coarser(left: Figure, right: Figure) -> int:
    if left.amount is None or right.amount is None:
        return 0
    try:
        return max(exponent(left.amount.value), exponent(in_unit(right.amount, left.amount.unit)))
    except ValueError:
        return 0
