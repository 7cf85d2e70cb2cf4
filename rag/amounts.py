"""The amount, the change and the rate of an account in a year: as a document states them, else derived from what it does
state, exactly and only where every operand is there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.disclosure import Basis
from corpus.figure import Figure, Measure, Scheme
from corpus.money import Amount, canonical_unit, half_last_digit
from corpus.vocabulary import Target
from rag.amounts_parts import of_its_kinds, of_its_parts, of_the_only_fund
from rag.answer import rounded, show
from rag.calculate import difference, signed
from rag.finder import Choice, accepted_bases, against, candidates
from rag.plan import Asked
from rag.values import Source, Value, figures_of, read_amount


def amount_of(source: Source, asked: Asked, year: int, bases: Sequence[Basis] = ()) -> Value | None:
    """The amount for a year: read, added up from its items, derived from the change that the document states, else from the
    rate."""
    told = _told(source, asked, year, bases)
    if told is None and year == source.disclosure.year - 1:
        return _by_rate(source, asked, year, bases)
    return told


def _told(source: Source, asked: Asked, year: int, bases: Sequence[Basis]) -> Value | None:
    """The amount that the document states or that its amounts give exactly."""
    read = of_its_kinds(source, asked, year, bases)
    read = read or read_amount(source, asked, year, bases) or of_the_only_fund(source, asked, year, bases)
    own = year == source.disclosure.year
    before = year == source.disclosure.year - 1
    read = read or (_budget_behind(source, asked, year, bases) if own else None)
    of_other_kind = before and not bases and read is not None and read.basis in _PLANS
    if of_other_kind and source.disclosure.basis is Basis.FINAL:
        read = _year_before(source, asked, year, bases) or read  # last year's final account, not what was planned then
    read = read or (_year_before(source, asked, year, bases) or _count_before(source, asked, year) if before else None)
    read = read or of_its_parts(source, asked, year, bases, amount_of)
    return read or (_year_after(source, asked, year, bases) if own else None)


_PLANS = (Basis.BUDGET, Basis.INITIAL, Basis.ADJUSTED)


def _year_after(source: Source, asked: Asked, year: int, bases: Sequence[Basis]) -> Value | None:
    """This year's amount = last year's, which the same document prints, + the change it states ("与去年持平")."""
    change = read_amount(source, asked, year, bases, Measure.CHANGE)
    stated = change.figure if change else None
    if stated is None or stated.amount is None or not stated.amount.is_money or stated.compared not in (None, year - 1):
        return None
    if change is not None and change.choice is not None and change.choice.disputing:
        return None
    like = replace(
        asked, targets=(Target(stated.scheme, stated.code, stated.account),), flow=stated.flow, funding=stated.funding,
        component=stated.component, fallback_funding="", measure=None,
    )  # fmt: skip
    before = read_amount(source, like, year - 1, [stated.basis], Measure.AMOUNT)
    if before is None or before.amount is None or before.figure is None or (before.choice and before.choice.disputing):
        return None
    amount = Amount(before.amount.value + stated.amount.to(before.amount.unit).value, before.amount.unit)
    formula = f"{show(before.amount)} + {signed(stated.amount.to(before.amount.unit))} = {show(amount)}"
    operands = (before.figure, stated)
    return Value(asked, source.disclosure.name, year, stated.basis, amount, None, formula, operands)


def _budget_behind(source: Source, asked: Asked, year: int, bases: Sequence[Basis]) -> Value | None:
    """The budget that a final account does not print: what was spent − what it states that this was above the budget."""
    if source.disclosure.basis is not Basis.FINAL or not bases or Basis.FINAL in bases:
        return None
    for kind in (Basis.ADJUSTED, Basis.INITIAL, Basis.BUDGET):
        change = read_amount(source, replace(asked, base=kind), year, [Basis.FINAL], Measure.CHANGE)
        stated = change.figure if change else None
        if stated is None or not stated.whole or not against(stated, kind) or not _of_own_year(stated):
            continue
        spent = _same_scope(source, asked, stated, [Basis.FINAL])
        if spent is None or spent.amount is None or spent.figure is None or stated.amount is None:
            continue
        over = stated.amount.to(spent.amount.unit)
        amount = Amount(spent.amount.value - over.value, spent.amount.unit)
        formula = f"{show(spent.amount)} − {signed(over)} = {show(amount)}"
        return Value(asked, source.disclosure.name, year, kind, amount, None, formula, (spent.figure, stated))
    return None


def _of_own_year(stated: Figure) -> bool:
    """Whether what a change is measured against is of the year itself ("年初预算", "2021年度预算" of 2021)."""
    named = re.search(r"20\d\d", stated.whole)
    return named is None or int(named.group()) == stated.year


def _year_before(source: Source, asked: Asked, year: int, bases: Sequence[Basis]) -> Value | None:
    """Last year's amount = this year's − the stated change. Needs both of the same account, flow, fund and
    component."""
    for stated in _changes(source, asked, bases):
        kind = _kind_before(stated, source.disclosure.basis)
        if stated.compared not in (None, year) or (
            bases and kind not in accepted_bases(bases, source.disclosure, year)
        ):
            continue
        now = _same_scope(source, asked, stated, bases)
        reading = _beside(now.choice, stated) if now is not None and now.choice is not None else None
        if reading is None or reading.amount is None or not reading.amount.is_money or stated.amount is None:
            continue
        delta = stated.amount.to(reading.amount.unit)
        amount = Amount(reading.amount.value - delta.value, reading.amount.unit)
        doubt = _other_rate(source, stated, amount, delta)
        formula = f"{show(reading.amount)} − {signed(delta)} = {show(amount)}"
        operands = (reading, stated)
        return Value(asked, source.disclosure.name, year, kind, amount, None, formula, operands, doubt=doubt)
    return None


def _count_before(source: Source, asked: Asked, year: int) -> Value | None:
    """How many there were last year = how many there are − the change that the document states (18人,比上年减少2人)."""
    for target in asked.targets:
        named = replace(source, figures=[figure for figure in source.figures if figure.account == target.account])
        if (value := _before_its_change(named, asked, year)) is not None:
            return value
    return None


def _before_its_change(source: Source, asked: Asked, year: int) -> Value | None:
    own, told = source.disclosure.year, source.disclosure.basis
    moved = read_amount(source, asked, own, (told,), Measure.CHANGE)
    stated = moved.figure if moved is not None else None
    if moved is None or stated is None or stated.amount is None or stated.amount.is_money or stated.amount.unit == "%":
        return None
    like = replace(asked, targets=(Target(stated.scheme, stated.code, stated.account),), measure=Measure.COUNT)
    now = read_amount(source, like, own, (told,), Measure.COUNT)
    disputed = (moved.choice and moved.choice.disputing) or (now is not None and now.choice and now.choice.disputing)
    if now is None or now.figure is None or now.amount is None or disputed or stated.compared not in (None, year):
        return None
    if canonical_unit(now.amount.unit) != canonical_unit(stated.amount.unit) or now.figure.year != own:
        return None
    amount = Amount(now.amount.value - stated.amount.value, now.amount.unit)
    formula = f"{show(now.amount)} − {signed(stated.amount)} = {show(amount)}"
    return Value(asked, source.disclosure.name, year, stated.basis, amount, None, formula, (now.figure, stated))


def _changes(source: Source, asked: Asked, bases: Sequence[Basis]) -> list[Figure]:
    """The changes that a document states for its year, best first: that of another scope serves where the amount stands in
    that scope alone."""
    year, own = source.disclosure.year, source.disclosure.basis
    accepted = accepted_bases((own,) if bases else (), source.disclosure, year)
    ranked = candidates(source.figures, asked, year=year, bases=accepted, measure=Measure.CHANGE)
    return [figure for _, figure in ranked if figure.amount is not None and figure.amount.is_money]


def _kind_before(stated: Figure, own: Basis) -> Basis:
    """What kind of number of the year before a change is measured against: of the document's own kind unless it says so."""
    if "执行" in stated.whole:
        return Basis.EXECUTED
    return Basis.FINAL if "决算" in stated.whole else own


_NEAR_ENOUGH = Decimal("0.01")
"""By how much of itself an amount may be out that is reckoned back from a printed rate."""


def _by_rate(source: Source, asked: Asked, year: int, bases: Sequence[Basis]) -> Value | None:
    """Last year's amount = this year's ÷ (1 + the stated rate), where the document states no amount of change; None where
    the rate's printed digits leave it out by more than a hundredth of itself."""
    rate = read_amount(source, asked, source.disclosure.year, bases, Measure.RATE)
    if rate is None or rate.figure is None or rate.amount is None or rate.amount.unit != "%":
        return None
    stated = rate.figure
    now = _same_scope(source, asked, stated, bases)
    kind = _kind_before(stated, source.disclosure.basis)
    if stated.compared not in (None, year) or (rate.choice and rate.choice.disputing) or stated.absence:
        return None
    if stated.whole and (str(year) not in stated.whole or kind not in (accepted_bases(bases, source.disclosure, year))):
        return None
    if now is None or now.amount is None or now.figure is None or not now.amount.is_money:
        return None
    if now.choice and now.choice.disputing:
        return None
    operands = (now.figure, stated)
    if rate.amount.value == 0:
        formula = f"{show(now.amount)} − {show(Amount(Decimal(0), now.amount.unit))} = {show(now.amount)}"
        return Value(asked, source.disclosure.name, year, kind, now.amount, None, formula, operands)
    times = 1 + rate.amount.value / 100
    if times <= 0 or half_last_digit(rate.amount.value) / 100 / times > _NEAR_ENOUGH:
        return None
    amount = Amount(rounded(now.amount.value / times), now.amount.unit)
    sign, size = "−" if rate.amount.value < 0 else "+", show(Amount(abs(rate.amount.value), "%"))
    formula = f"{show(now.amount)} ÷ (100% {sign} {size}) = {show(amount)}"
    return Value(asked, source.disclosure.name, year, kind, amount, None, formula, operands)


def _other_rate(source: Source, stated: Figure, before: Amount, delta: Amount) -> Figure | None:
    """The rate that the document gives for the same change, where it does not fit last year's amount to half of its last
    printed digit."""
    for figure in source.figures:
        if figure.measure is not Measure.RATE or figure.amount is None or figure.amount.unit != "%":
            continue
        if replace(figure, measure=stated.measure).fact == stated.fact and before.value:
            printed = (
                half_last_digit(delta.value) * 2 * (1 / abs(before.value) + abs(delta.value) / before.value**2) * 100
            )
            apart = abs(delta.value / before.value * 100 - figure.amount.value)
            return figure if apart > max(Decimal("0.05"), half_last_digit(figure.amount.value)) + printed else None
    return None


def _beside(choice: Choice, stated: Figure) -> Figure | None:
    """The reading of a disputed amount that stands with its change; the only reading where none is disputed."""
    if not choice.disputing:
        return choice.figure
    near = [
        f
        for f in (choice.figure, *choice.disputing)
        if f.locator.table_id is None and f.locator.section == stated.locator.section
    ]
    same = [f for f in near if f.locator.page == stated.locator.page]
    return same[0] if same and len({f.value for f in same}) == 1 else None


def _in_sentence(figure: Figure, like: Figure) -> bool:
    """Whether an amount stands in the sentence of a change and is of the same scope (totals are named loosely)."""
    same = figure.scheme is like.scheme and (figure.account == like.account or like.scheme is Scheme.TOTAL)
    scope = (figure.flow, figure.funding, figure.component, figure.year, figure.basis)
    return (
        same and figure.measure is Measure.AMOUNT and figure.amount is not None and bool(like.locator.quote)
        and scope == (like.flow, like.funding, like.component, like.year, like.basis)
        and figure.locator.quote == like.locator.quote and figure.locator.page == like.locator.page
    )  # fmt: skip


def _same_scope(source: Source, asked: Asked, like: Figure, bases: Sequence[Basis]) -> Value | None:
    """The amount of exactly the account, flow, fund and component of another figure, in its own sentence if it stands
    there."""
    sentence = [f for f in source.figures if _in_sentence(f, like)]
    if sentence and len({f.value for f in sentence}) == 1:
        best = sentence[0]
        return Value(asked, source.disclosure.name, best.year, best.basis, best.amount, Choice(best))
    exact = replace(
        asked, targets=(Target(like.scheme, like.code, like.account),), flow=like.flow, funding=like.funding,
        component=like.component, fallback_funding="", measure=None,
    )  # fmt: skip
    found = read_amount(source, exact, like.year, [like.basis], Measure.AMOUNT)
    if found is not None or like.scheme is not Scheme.TOTAL:
        return found
    return read_amount(source, replace(exact, targets=asked.targets), like.year, [like.basis], Measure.AMOUNT)


def change_of(source: Source, asked: Asked, year: int, bases: Sequence[Basis] = ()) -> Value | None:
    """The change against the year before: as stated, else from both years' amounts."""
    stated = read_amount(source, asked, year, bases, Measure.CHANGE)
    if stated is not None and stated.amount is not None and _fits_base(stated, asked):
        return stated
    return difference_of_years(source, asked, year, year - 1, bases)


def _fits_base(stated: Value, asked: Asked) -> bool:
    return asked.base is None or stated.figure is None or against(stated.figure, asked.base)


def difference_of_years(
    source: Source, asked: Asked, year: int, before: int, bases: Sequence[Basis] = ()
) -> Value | None:
    """Amount of `year` − amount of `before`, each read from whichever disclosure states it."""
    now, then = across_years(source, asked, year, bases), _before(source, asked, before, bases)
    if now is None or then is None:
        return None
    return difference(now, then)


def _before(source: Source, asked: Asked, year: int, bases: Sequence[Basis]) -> Value | None:
    """The amount of an earlier year that a change is measured against: of the kind the question names, if it does."""
    if asked.base is None:
        return across_years(source, asked, year, bases)
    return across_years(source, replace(asked, base=None), year, (asked.base,))


def across_years(source: Source, asked: Asked, year: int, bases: Sequence[Basis] = ()) -> Value | None:
    """The amount for a year from that year's own disclosure when the book has it, else from the given one."""
    own = source if source.disclosure.year == year else source.siblings(year)
    found = read_amount(own, asked, year, bases) if own else None
    if found is not None and found.amount is not None:
        return found
    here = read_amount(source, asked, year, bases)
    if here is not None and here.amount is not None:
        return here
    following = source if source.disclosure.year == year + 1 else source.siblings(year + 1)
    derived = _told(following, asked, year, bases) if following else None
    return derived or found or here


def rate_of(
    source: Source, asked: Asked, year: int, bases: Sequence[Basis] = (), before: int | None = None
) -> Value | None:
    """The change in percent: against last year as stated, else change ÷ the amount of last year or of the year `before`."""
    then_year = year - 1 if before is None else before
    stated = read_amount(source, asked, year, bases, Measure.RATE) if then_year == year - 1 else None
    if stated is not None and stated.amount is not None and _fits_base(stated, asked):
        return stated
    now = across_years(source, asked, year, bases)
    then = _before(source, asked, then_year, bases)
    if now is None or then is None or now.amount is None or then.amount is None or not then.amount.value:
        return None
    if not (now.amount.is_money and then.amount.is_money):
        return None
    a, b = now.amount, then.amount.to(now.amount.unit)
    value = Amount(rounded((a.value - b.value) / b.value * 100), "%")
    formula = f"({show(a)} − {show(b)}) ÷ {show(b)} = {show(value)}"
    return Value(asked, now.document, year, now.basis, value, None, formula, (*figures_of(now), *figures_of(then)))
