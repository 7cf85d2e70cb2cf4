"""One fact, printed in several places: every reading of it must say the same.

Figures whose fact keys are equal speak of the same thing (`corpus.figure`), so a disagreement between two tables, or
between a table and the text, comes to light by itself. Beyond equal keys: totals that coincide when nothing was carried
over and there is no other money, and empty tables against their notes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.accounts import clean_name
from corpus.disclosure import Severity
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.money import Absence, Amount, format_decimal, mentions
from corpus.record import Record
from ingest.outcome import (
    Outcome,
    Verdict,
    exponent,
    in_unit,
    place,
    place_en,
    plain,
    readable,
    side,
    sum_outcome,
    weigh,
)

_COMPARABLE = (Measure.AMOUNT, Measure.COUNT)
"""Changes, rates and shares are recomputed from amounts instead: one account has several, of several bases."""
_WITHIN_TEXT = "说明前后"
_NEAR = 10
"""Characters that may stand between an account's name and its amount ("预算数为", "2026年预算安排")."""
_UNIT_SLIP = 100
"""From this power of ten upwards a plain factor between two readings is a slip of the unit."""


def same_fact(record: Record) -> list[Outcome]:
    """All readings of one fact say the same: table against table, text against table, text against text."""
    groups = readings_by_fact(record.figures)
    outcomes = [outcome for group in groups for outcome in _readings(group)]
    return _misread_pairs(outcomes)


def readings_by_fact(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Amounts and counts that speak of the same fact, in order of appearance.

    Prose calls things loosely: "收入总计" for the year's income, the total for its 财政拨款 share. Where a sentence
    disagrees with the table of its fact but gives exactly what a table prints for the same account under another
    fund or component, or as one of its totals, it speaks of that one and is no reading of the fact it was taken for.
    Neither is a source of income named where the text is about something else ("涉及一般公共预算拨款978万元").
    """
    groups: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    printed_as: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.measure in _COMPARABLE:
            groups[figure.fact].append(figure)
            if figure.reader is Reader.TABLE and figure.amount is not None and figure.amount.value:
                printed_as[_loosely(figure)].append(figure)
                if figure.scheme is Scheme.TOTAL:
                    printed_as[_TOTALS].append(figure)
    kept = []
    for group in groups.values():
        tables = [f for f in group if f.reader is Reader.TABLE]
        others = [f for f in group if f.reader is not Reader.TABLE]
        strays = [f for f in others if _aside(f) or (tables and _strays(f, tables, printed_as))]
        kept.append([f for f in group if f not in strays])
        kept += [[f] for f in strays]
    return kept


_LOOSE = {"收入总计": "收入", "本年收入合计": "收入", "支出总计": "支出", "本年支出合计": "支出"}


def _loosely(figure: Figure) -> tuple[str, ...]:
    account = figure.code or figure.account
    if figure.scheme is Scheme.TOTAL:
        account = _LOOSE.get(figure.account, figure.account)
    return (figure.scheme, account, figure.measure, str(figure.year), figure.basis, figure.entity)


_TOTALS = ("",)
_ASIDE = re.compile(r"其他|绩效|采购|资产|机关运行|购买服务|项目(?:情况|概况|经费)")


def _aside(figure: Figure) -> bool:
    """A source or total named in a section about other matters: what part of it is meant, only the reader can tell."""
    return figure.scheme in (Scheme.SOURCE, Scheme.TOTAL) and bool(_ASIDE.search(figure.locator.section or ""))


def _strays(figure: Figure, tables: Sequence[Figure], printed_as: dict[tuple[str, ...], list[Figure]]) -> bool:
    if figure.amount is None or not figure.amount.value or any(_agrees(figure, t) for t in tables):
        return False
    return any(_agrees(figure, t) for t in (*printed_as[_loosely(figure)], *printed_as[_TOTALS]))


def _agrees(left: Figure, right: Figure) -> bool:
    return differ(left, right)[0] is Verdict.HOLDS


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
    for other in comparable[:]:
        for one in stated:
            verdict, severity, difference = differ(one, other)
            if verdict is Verdict.FAILS and (worst is None or abs(difference) > abs(worst[2])):
                worst = (one, other, difference, severity)
    if worst is None:
        return [Outcome(document, check, Verdict.HOLDS, figures=ids)]
    if any(f.ocr for f in comparable):
        return [Outcome(document, check, Verdict.UNREADABLE, figures=ids)]
    return [_disagreement(check, worst, [f for f in comparable if f is not first] + [first], ids)]


def comparable_readings(group: Sequence[Figure]) -> list[Figure]:
    """One reading a place. A fact that one table states in several rows is listed there in parts: no reading of it."""
    by_place: dict[object, list[Figure]] = defaultdict(list)
    for figure in group:
        where = figure.locator
        key = where.table_id if figure.reader is Reader.TABLE else (where.page, where.section, where.quote)
        by_place[key].append(figure)
    found = []
    for figures in by_place.values():
        if figures[0].reader is Reader.TABLE and len(figures) > 1 and not _all_agree(figures):
            continue
        found += figures[:1] if _all_agree(figures) else figures
    return found


def _all_agree(figures: Sequence[Figure]) -> bool:
    return all(differ(figures[0], other)[0] is Verdict.HOLDS for other in figures[1:])


def differ(left: Figure, right: Figure) -> tuple[Verdict, Severity, Decimal]:
    """Whether two readings agree, and by how much they differ in the left one's unit.

    A printed zero agrees with a blank, a dash and a table without data; a blank cell contradicts nothing, but a table
    that says it has no data contradicts an amount.
    """
    agree = (Verdict.HOLDS, Severity.ROUNDING, Decimal(0))
    if left.amount is None and right.amount is None:
        return agree
    if left.amount is None or right.amount is None:
        amount, absent = (left.amount or right.amount), (left.absence if left.amount is None else right.absence)
        assert amount is not None
        if not amount.value or absent is not Absence.NO_DATA:
            return agree
        return Verdict.FAILS, Severity.CONTRADICTION, amount.value if left.amount else -amount.value
    return _distance(left.amount, right.amount)


def _distance(left: Amount, right: Amount) -> tuple[Verdict, Severity, Decimal]:
    try:
        other = in_unit(right, left.unit)
    except ValueError:
        return Verdict.NOT_APPLICABLE, Severity.ROUNDING, Decimal(0)
    difference = left.value - other
    digit = Decimal(1).scaleb(max(exponent(left.value), exponent(other)))
    if exponent(left.value) != exponent(other) and abs(difference) < digit:
        return Verdict.HOLDS, Severity.ROUNDING, difference  # the coarser one cut its digits off instead of rounding
    verdict, severity = weigh(difference, digit / 2, digit / 2)
    return verdict, severity, difference


def _name(figures: Sequence[Figure]) -> str:
    readers = {f.reader for f in figures}
    if readers == {Reader.TABLE}:
        return "表间同一数字"
    return "说明与表格" if Reader.TABLE in readers else _WITHIN_TEXT


def names_it(figure: Figure) -> bool:
    """Whether a sentence names the account right before the amount, so that nothing else can be meant by it."""
    quote = re.sub(r"\s+", "", figure.locator.quote)
    number = next(
        (m for m in mentions(quote) if figure.amount is not None and m.value == abs(figure.amount.value)), None
    )
    if number is None:
        return False
    names = {clean_name(figure.name), clean_name(figure.account), figure.name}
    head = clean_name(quote[: number.start]) if number.start else ""
    ends = [head.rfind(name) + len(name) for name in names if name and name in head]
    return bool(ends) and len(head) - max(ends) <= _NEAR and not re.search("[;。]", head[max(ends) :])


def _disagreement(
    check: str, worst: tuple[Figure, Figure, Decimal, Severity], figures: Sequence[Figure], ids: tuple[str, ...]
) -> Outcome:
    left, right, difference, severity = worst
    rest = [f for f in figures if f is not left and f is not right]
    what = described(left)
    slip = "，两处相差整数量级，疑为单位有误" if unit_slip(left, right) else ""
    slip_en = "; they differ by a plain power of ten, as when a unit is wrong" if slip else ""
    gap = plain(abs(difference))
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


def described(figure: Figure) -> str:
    """The fact in words: year, basis, account, and its parts where they are not the ordinary ones."""
    extra = [part for part, usual in ((figure.funding, "全部"), (figure.component, "合计")) if part != usual]
    of = f"（{'、'.join(extra)}）" if extra else ""
    measure = "" if figure.measure is Measure.AMOUNT else figure.measure.value
    return f"{figure.year}年{figure.basis}{figure.entity}“{figure.account}”{of}{measure}"


def printed(figure: Figure, nothing: str = "无数据") -> str:
    """The amount as a message shows it."""
    return nothing if figure.amount is None else f"{format_decimal(figure.amount.value)}{figure.amount.unit}"


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
