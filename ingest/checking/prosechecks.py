"""Arithmetic that the text does itself: changes, rates and completion rates against the amounts beside them.

change = this year − last year; rate = change / last year; completion = final / budget. Each is
recomputed from the printed amounts, whose rounding is carried through: a rate is wrong only where no amounts that
round to the printed ones could give it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from corpus.disclosure import Basis, Severity
from corpus.figure import Figure, Measure, Reader
from corpus.money import half_last_digit, mentions
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
    side,
    weigh,
)

HUNDRED = Decimal(100)


@dataclass(slots=True)
class Statement:
    """What one stretch of text says of one account: its amounts, then what is derived from them."""

    amounts: list[Figure] = field(default_factory=list)
    derived: list[Figure] = field(default_factory=list)

    def amount(self, year: int, bases: Iterable[Basis] = ()) -> Figure | None:
        """The last amount stated for a year, of one of the bases where any are given."""
        wanted = set(bases)
        fitting = [f for f in self.amounts if f.year == year and (not wanted or f.basis in wanted)]
        return fitting[-1] if fitting else None


def statements(record: Record) -> list[Statement]:
    """The prose figures of each account as stretches: an amount after a derived number begins the next stretch."""
    found: list[Statement] = []
    current: dict[tuple[str, ...], Statement] = {}
    for figure in record.figures:
        if figure.reader is Reader.TABLE or figure.measure not in _TOLD:
            continue
        key = (
            figure.scheme, figure.code or figure.account, figure.flow, figure.funding, figure.component, figure.entity,
            figure.locator.section or "",
        )  # fmt: skip
        statement = current.get(key)
        if statement is None or (figure.measure is Measure.AMOUNT and statement.derived):
            statement = current[key] = Statement()
            found.append(statement)
        (statement.amounts if figure.measure is Measure.AMOUNT else statement.derived).append(figure)
    return found


_TOLD = (Measure.AMOUNT, Measure.CHANGE, Measure.RATE, Measure.COMPLETION)


def changes(record: Record) -> list[Outcome]:
    """change = this − last, rate = change / last, one direction for both, and no last year below zero."""
    outcomes = []
    beside: dict[str, list[Figure]] = defaultdict(list)
    for figure in record.figures:
        if figure.reader is not Reader.TABLE and figure.measure is Measure.AMOUNT:
            beside[figure.locator.section or ""].append(figure)
    for statement in statements(record):
        by_base: dict[tuple[int | None, str], dict[Measure, Figure]] = defaultdict(dict)
        for figure in statement.derived:
            if figure.measure is not Measure.COMPLETION and figure.amount is not None and figure.compared is not None:
                by_base[figure.compared, figure.whole].setdefault(figure.measure, figure)
        for (compared, whole), group in by_base.items():
            found = _change_of(statement, compared, whole, group)
            around = beside[next(iter(group.values())).locator.section or ""]
            outcomes += [_unless_of_another(o, group, around) for o in found]
    return outcomes


def _unless_of_another(outcome: Outcome, group: dict[Measure, Figure], around: Iterable[Figure]) -> Outcome:
    """A rate that does not fit the amount before it but fits another one of the section speaks of that one.

    "本年收入553.60万元，上年结转0万元，比上年减少0.42万元，下降0.08%" is about the income, not the balance.
    """
    change, rate = group.get(Measure.CHANGE), group.get(Measure.RATE)
    if outcome.verdict is not Verdict.FAILS or outcome.check == "增减方向" or change is None or rate is None:
        return outcome
    for other in around:
        if other.id in outcome.figures or other.year != rate.year:
            continue
        found = _rate(other, None, change, rate)
        if found is not None and found.verdict is Verdict.HOLDS:
            return Outcome(outcome.document, outcome.check, Verdict.NOT_APPLICABLE, figures=outcome.figures)
    return outcome


_LIKE_FOR_LIKE = re.compile(r"同口径|可比口径|剔除|还原")


def _change_of(statement: Statement, compared: int | None, whole: str, group: dict[Measure, Figure]) -> list[Outcome]:
    change, rate = group.get(Measure.CHANGE), group.get(Measure.RATE)
    sample = change or rate
    assert sample is not None
    this = statement.amount(sample.year, (sample.basis,)) or statement.amount(sample.year)
    last = _base(statement, sample, compared, whole)
    outcomes: list[Outcome | None] = []
    if change is not None and rate is not None:
        outcomes.append(_one_direction(change, rate))
    if this is not None and last is not None and change is not None:
        outcomes.append(_difference(this, last, change))
    if rate is not None and _LIKE_FOR_LIKE.search(rate.locator.quote):
        rate = None  # reckoned on another basis than the amounts that are printed
    if rate is not None and this is not None and (last is not None or change is not None):
        outcomes.append(_rate(this, last, change, rate))
    if change is not None and this is not None and last is None:
        outcomes.append(_not_below_zero(this, change))
    return [o for o in outcomes if o is not None]


def _base(statement: Statement, sample: Figure, compared: int | None, whole: str) -> Figure | None:
    """The amount a change is measured against, where the same stretch states it."""
    if compared is None:
        return None
    if compared == sample.year:
        bases = [b for b in (Basis.INITIAL, Basis.ADJUSTED, Basis.BUDGET) if b.value in whole]
        return statement.amount(compared, bases) if bases else None
    found = [f for f in statement.amounts if f.year == compared and f.amount is not None]
    return found[-1] if found else None


def value_of(figure: Figure, unit: str) -> tuple[Decimal, Decimal] | None:
    """Value and slack in `unit`; None where there is no amount or it measures something else."""
    if figure.amount is None:
        return None
    try:
        value = in_unit(figure.amount, unit)
    except ValueError:
        return None
    return value, half_last_digit(value) if value else Decimal(0)


def _difference(this: Figure, last: Figure, change: Figure) -> Outcome | None:
    assert change.amount is not None
    unit = change.amount.unit
    a, b = value_of(this, unit), value_of(last, unit)
    if a is None or b is None:
        return None
    slack = a[1] + b[1] + half_last_digit(change.amount.value)
    difference = change.amount.value - (a[0] - b[0])
    digit = Decimal(1).scaleb(exponent(change.amount.value))
    verdict, severity = weigh(difference, slack, digit)
    ids = (change.id, this.id, last.id)
    if verdict is Verdict.HOLDS:
        return Outcome(this.document, "增减额", verdict, figures=ids, identity=True)
    right = f"{plain(a[0] - b[0])}{unit}"
    return Outcome(
        this.document, "增减额", verdict, severity, tuple(map(side, (change, this, last))), plain(difference),
        f"{described(change)}写的是{printed(change)}，按{printed(this)}减{printed(last)}应为{right}（{place(change)}）。",
        f"{described(change)} is given as {printed(change)}, but {printed(this)} less {printed(last)} is {right} "
        f"({place_en(change)}).",
        ids, True,
    )  # fmt: skip


def _one_direction(change: Figure, rate: Figure) -> Outcome:
    assert change.amount is not None
    assert rate.amount is not None
    ids = (change.id, rate.id)
    if change.amount.value * rate.amount.value >= 0:
        return Outcome(change.document, "增减方向", Verdict.HOLDS, figures=ids)
    return Outcome(
        change.document, "增减方向", Verdict.FAILS, Severity.CONTRADICTION, (side(change), side(rate)), None,
        f"{described(change)}一处是增一处是减：增减额{printed(change)}，增减率{printed(rate)}（{place(change)}）。",
        f"{described(change)} goes both ways: change {printed(change)}, rate {printed(rate)} ({place_en(change)}).",
        ids, True,
    )  # fmt: skip


def _not_below_zero(this: Figure, change: Figure) -> Outcome | None:
    """An increase larger than what it led to would mean a last year below zero."""
    assert change.amount is not None
    a = value_of(this, change.amount.unit)
    if a is None or this.flow == "结余" or not _in_one_sentence(this, change):
        return None
    before = a[0] - change.amount.value
    ids = (change.id, this.id)
    if before >= -(a[1] + half_last_digit(change.amount.value)):
        return Outcome(this.document, "增减额", Verdict.HOLDS, figures=ids)
    return Outcome(
        this.document, "增减额", Verdict.FAILS, Severity.CONTRADICTION, (side(this), side(change)), plain(before),
        f"{described(this)}为{printed(this)}，却说比上年增加{printed(change)}，上年数不可能为负（{place(change)}）。",
        f"{described(this)} is {printed(this)}, yet said to have grown by {printed(change)}: last year cannot "
        f"have been below zero ({place_en(change)}).",
        ids, True,
    )  # fmt: skip


def _in_one_sentence(this: Figure, change: Figure) -> bool:
    """Whether the sentence of a change states the amount too, so that it is this one that changed."""
    said = mentions(re.sub(r"\s+", "", change.locator.quote))
    return this.amount is not None and any(m.value == abs(this.amount.value) for m in said)


def _rate(this: Figure, last: Figure | None, change: Figure | None, rate: Figure) -> Outcome | None:
    assert rate.amount is not None
    unit = this.amount.unit if this.amount is not None else ""
    a = value_of(this, unit)
    if a is None or rate.amount.unit != "%":
        return None
    before = value_of(last, unit) if last is not None else None
    by = value_of(change, unit) if change is not None else None
    if before is None and by is not None:
        before = (a[0] - by[0], a[1] + by[1])
    if before is None or before[0] < 0:
        return None
    moved = by if by is not None else (a[0] - before[0], a[1] + before[1])
    members = tuple(f for f in (rate, this, last, change) if f is not None)
    ids = tuple(f.id for f in members)
    if before[0] - before[1] <= 0:  # from nothing: 100% and 0% are both usage
        return Outcome(this.document, "增减率", Verdict.NOT_APPLICABLE, figures=ids)
    verdict, severity, exact, difference = ratio_of(moved, before, rate)
    if verdict is Verdict.HOLDS:
        return Outcome(this.document, "增减率", verdict, figures=ids, identity=True)
    right = f"{exact.quantize(Decimal('0.01'))}%"
    told = [f"{f.year}年{printed(f)}" if f is not change else f"增减{printed(f)}" for f in members[1:]]
    amounts = "、".join(told)
    return Outcome(
        this.document, "增减率", verdict, severity, tuple(map(side, members)), plain(difference),
        f"{described(rate)}写的是{printed(rate)}，按{amounts}计算应为{right}（{place(rate)}）。",
        f"{described(rate)} is given as {printed(rate)}, but {amounts} give {right} ({place_en(rate)}).",
        ids, True,
    )  # fmt: skip


def ratio_of(
    part: tuple[Decimal, Decimal], whole: tuple[Decimal, Decimal], stated: Figure
) -> tuple[Verdict, Severity, Decimal, Decimal]:
    """A stated percentage against part / whole, each within its slack: verdict, weight, exact value, difference."""
    assert stated.amount is not None
    ends = [
        (part[0] + one * part[1]) / (whole[0] + other * whole[1]) * HUNDRED
        for one in (-1, 0, 1)
        for other in (-1, 0, 1)
        if whole[0] + other * whole[1] > 0
    ]
    exact = part[0] / whole[0] * HUNDRED
    value = stated.amount.value
    beyond = max(min(ends) - value, value - max(ends), Decimal(0))
    verdict, severity = weigh(beyond, half_last_digit(value), Decimal(1).scaleb(exponent(value)))
    return verdict, severity, exact, (value - exact).quantize(Decimal("0.01"))


def completion(record: Record) -> list[Outcome]:
    """完成率 = 支出决算 / the budget named. A budget of nothing cannot have been completed by any percentage."""
    outcomes = []
    for statement in statements(record):
        for figure in statement.derived:
            if figure.measure is Measure.COMPLETION and figure.amount is not None:
                outcome = _completed(statement, figure)
                if outcome is not None:
                    outcomes.append(outcome)
    return outcomes


def _completed(statement: Statement, rate: Figure) -> Outcome | None:
    assert rate.amount is not None
    final = statement.amount(rate.year, (Basis.FINAL,))
    named = [b for b in (Basis.INITIAL, Basis.ADJUSTED) if b.value in rate.whole]
    bases = {b: statement.amount(rate.year, (b,)) for b in (Basis.INITIAL, Basis.ADJUSTED, Basis.BUDGET)}
    base = bases[named[0]] if named else next((f for f in bases.values() if f is not None), None)
    if final is None or base is None or final.amount is None or base.amount is None:
        return None
    unit = final.amount.unit
    spent, planned = value_of(final, unit), value_of(base, unit)
    if spent is None or planned is None:
        return None
    ids = (rate.id, final.id, base.id)
    others = "；".join(
        f"按{b.value}{printed(f)}计算为{(spent[0] / f.amount.value * HUNDRED).quantize(Decimal('0.01'))}%"
        for b, f in bases.items()
        if f is not None and f is not base and f.amount is not None and f.amount.value and f.amount.unit == unit
    )
    if planned[0] <= 0:
        if not rate.amount.value:
            return None
        return Outcome(
            rate.document, "预算完成率", Verdict.FAILS, Severity.CONTRADICTION,
            (side(rate), side(base), side(final)), None,
            f"{described(base)}为{printed(base)}，不可能有完成率，文中却写完成{rate.whole}的{printed(rate)}"
            f"{'（' + others + '）' if others else ''}（{place(rate)}）。",
            f"{described(base)} is {printed(base)}, yet {printed(rate)} of it is said to be completed "
            f"({place_en(rate)}).",
            ids, True,
        )  # fmt: skip
    verdict, severity, exact, difference = ratio_of(spent, planned, rate)
    if verdict is Verdict.HOLDS:
        return Outcome(rate.document, "预算完成率", verdict, figures=ids, identity=True)
    return Outcome(
        rate.document, "预算完成率", verdict, severity, (side(rate), side(base), side(final)), plain(difference),
        f"{described(final)}完成{rate.whole}的{printed(rate)}，按{printed(final)}除以{printed(base)}应为"
        f"{exact.quantize(Decimal('0.01'))}%（{place(rate)}）。",
        f"{described(final)}: {printed(rate)} of the budget, but {printed(final)} of {printed(base)} is "
        f"{exact.quantize(Decimal('0.01'))}% ({place_en(rate)}).",
        ids, True,
    )  # fmt: skip
