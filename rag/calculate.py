"""Figures for a plan, and what is computed from them: exact decimals, the formula kept with its operands.

Every computed `Value` names the figures it was computed from, so that an answer can cite each operand. Computation is
exact; rounding (to two decimals, half up) is for show only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.disclosure import Basis, Disclosure
from corpus.figure import Figure, Measure, Scheme, Status
from corpus.money import Agreement, Amount, compare, half_last_digit
from corpus.vocabulary import Target
from rag.answer import rounded, show
from rag.finder import Choice, accepted_bases, against, find
from rag.plan import Asked


@dataclass(frozen=True, slots=True)
class Value:
    """An amount in answer to a part of the question: read (`choice`) or computed (`formula` from `operands`)."""

    asked: Asked
    document: str
    year: int
    basis: Basis
    amount: Amount | None
    choice: Choice | None = None
    formula: str | None = None
    operands: tuple[Figure, ...] = ()
    note: str = ""

    @classmethod
    def of(cls, figure: Figure, name: str = "") -> Value:
        """A figure as the value of the account that it is of, called by `name` where given."""
        name = name or figure.account
        asked = Asked(name, name, (Target(figure.scheme, figure.code, figure.account),), component=figure.component)
        return cls(asked, figure.document, figure.year, figure.basis, figure.amount, Choice(figure))

    @property
    def figure(self) -> Figure | None:
        """The figure read, None for a computed value."""
        return self.choice.figure if self.choice else None

    @property
    def status(self) -> str:
        """confirmed, single, disputed or computed."""
        if self.formula is not None or self.choice is None:
            return "computed"
        return Status.DISPUTED.value if self.choice.disputing else self.choice.figure.status.value


Combine = Callable[[Sequence[Value]], "Value | None"]
"""Several values made into one: their sum, their mean."""


@dataclass(frozen=True, slots=True)
class Source:
    """One disclosure with its figures, and how to get at those of other documents of the same issuer and kind."""

    disclosure: Disclosure
    figures: Sequence[Figure]
    siblings: Callable[[int], Source | None]
    """The same issuer's disclosure of that year, same level and basis, or None."""


def amount_of(source: Source, asked: Asked, year: int, bases: Sequence[Basis] = ()) -> Value | None:
    """The amount for a year: read, or derived from next year's disclosure (this year's amount less its change)."""
    read = read_amount(source, asked, year, bases) or _of_the_only_fund(source, asked, year, bases)
    read = read or _of_its_items(source, asked, year, bases)
    if read is not None or year != source.disclosure.year - 1:
        return read
    return _year_before(source, asked, year, bases)


THREE_PUBLIC_ITEMS = {
    "三公经费": ("因公出国（境）费", "公务接待费", "公务用车购置及运行费"),
    "公务用车购置及运行费": ("公务用车购置费", "公务用车运行维护费"),
}
"""The items that a “三公” total is the sum of (财政部, 三公经费公开口径)."""


def _of_its_items(source: Source, asked: Asked, year: int, bases: Sequence[Basis]) -> Value | None:
    """A “三公” total that is nowhere printed, added up from its items, each of which must be there with an amount."""
    names = THREE_PUBLIC_ITEMS.get(asked.name) if asked.targets[0].scheme is Scheme.THREE_PUBLIC else None
    if names is None:
        return None
    targets = (Target(Scheme.THREE_PUBLIC, "", name) for name in names)
    parts = [amount_of(source, replace(asked, name=t.account, targets=(t,)), year, bases) for t in targets]
    if any(part is None or part.choice is None or part.choice.disputing for part in parts):
        return None
    summed = total([part for part in parts if part is not None])
    return None if summed is None else replace(summed, asked=asked)


def _of_the_only_fund(source: Source, asked: Asked, year: int, bases: Sequence[Basis]) -> Value | None:
    """An amount asked for over all funds, read for one fund where that fund's total is the total of all."""
    if asked.funding != "全部":
        return None
    read = read_amount(source, replace(asked, funding=""), year, bases)
    figure = read.figure if read else None
    if figure is None or figure.funding == "全部":
        return None
    totals = (Target(Scheme.TOTAL, "", "本年支出合计"), Target(Scheme.TOTAL, "", "支出总计"))
    everything = Asked("支出合计", "", totals, flow="支出", funding="全部")
    whole = read_amount(source, everything, year, bases)
    fund = read_amount(source, replace(everything, funding=figure.funding), year, bases)
    if whole is None or fund is None or whole.amount is None or fund.amount is None:
        return None
    return read if compare(whole.amount, fund.amount) in (Agreement.EXACT, Agreement.ROUNDED) else None


def read_amount(
    source: Source, asked: Asked, year: int, bases: Sequence[Basis] = (), measure: Measure | None = None
) -> Value | None:
    """The figure as the document states it, or None."""
    accepted = accepted_bases(bases, source.disclosure, year)
    for kind in [measure] if measure else _measures(asked):
        choice = find(source.figures, asked, year=year, bases=accepted, measure=kind)
        if choice is not None:
            best = choice.figure
            return Value(asked, source.disclosure.name, best.year, best.basis, best.amount, choice)
    return None


def _measures(asked: Asked) -> list[Measure]:
    if asked.measure is not None:
        return [asked.measure]
    if asked.targets[0].scheme is Scheme.PERFORMANCE:
        return [Measure.COUNT, Measure.TARGET, Measure.AMOUNT]
    counted = {target.scheme for target in asked.targets} & {Scheme.ASSET, Scheme.STAFF}
    return [Measure.COUNT, Measure.AMOUNT] if counted else [Measure.AMOUNT, Measure.COUNT]


def _year_before(source: Source, asked: Asked, year: int, bases: Sequence[Basis]) -> Value | None:
    """Last year's amount = this year's − the stated change. Needs both of the same account, flow, fund and
    component."""
    change = read_amount(source, asked, source.disclosure.year, bases, Measure.CHANGE)
    if change is None:
        return _unmoved(source, asked, year, bases)
    if change.amount is None or change.figure is None:
        return None
    stated = change.figure
    if stated.compared not in (None, year):
        return None
    now = _same_scope(source, asked, stated, bases)
    if now is not None and now.choice is not None:
        reading = _beside(now.choice, stated)
        now = (
            None if reading is None else replace(now, amount=reading.amount, choice=replace(now.choice, figure=reading))
        )
    if now is None or now.amount is None or not now.amount.is_money or not change.amount.is_money:
        return None
    delta = change.amount.to(now.amount.unit)
    amount = Amount(now.amount.value - delta.value, now.amount.unit)
    figure = now.figure
    assert figure is not None, "read, not computed"
    if not _rate_agrees(source, stated, amount, delta):
        return None
    formula = f"{show(now.amount)} − {_signed(delta)} = {show(amount)}"
    return Value(asked, source.disclosure.name, year, source.disclosure.basis, amount, None, formula, (figure, stated))


def _unmoved(source: Source, asked: Asked, year: int, bases: Sequence[Basis]) -> Value | None:
    """Last year's amount where the document states a change of exactly nought percent and no amount of change."""
    rate = read_amount(source, asked, source.disclosure.year, bases, Measure.RATE)
    if rate is None or rate.figure is None or rate.amount is None or rate.amount.value != 0:
        return None
    stated = rate.figure
    now = _same_scope(source, asked, stated, bases)
    if stated.compared not in (None, year) or stated.whole or now is None or now.figure is None:
        return None
    if now.amount is None or not now.amount.is_money or (now.choice and now.choice.disputing):
        return None
    formula = f"{show(now.amount)} − {show(Amount(Decimal(0), now.amount.unit))} = {show(now.amount)}"
    return Value(
        asked, source.disclosure.name, year, source.disclosure.basis, now.amount, None, formula, (now.figure, stated)
    )


def _rate_agrees(source: Source, stated: Figure, before: Amount, delta: Amount) -> bool:
    """Whether the rate that the document gives for the same change fits last year's amount, to half of its last printed
    digit."""
    for figure in source.figures:
        if figure.measure is not Measure.RATE or figure.amount is None or figure.amount.unit != "%":
            continue
        if replace(figure, measure=stated.measure).fact == stated.fact and before.value:
            printed = (
                half_last_digit(delta.value) * 2 * (1 / abs(before.value) + abs(delta.value) / before.value**2) * 100
            )
            return (
                abs(delta.value / before.value * 100 - figure.amount.value)
                <= max(Decimal("0.05"), half_last_digit(figure.amount.value)) + printed
            )
    return True


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
    return _minus(now, then)


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
    derived = amount_of(following, asked, year, bases) if following else None
    return derived or found or here


def rate_of(source: Source, asked: Asked, year: int, bases: Sequence[Basis] = ()) -> Value | None:
    """The change in percent: as stated, else change ÷ last year's amount."""
    stated = read_amount(source, asked, year, bases, Measure.RATE)
    if stated is not None and stated.amount is not None and _fits_base(stated, asked):
        return stated
    now = across_years(source, asked, year, bases)
    then = _before(source, asked, year - 1, bases)
    if now is None or then is None or now.amount is None or then.amount is None or not then.amount.value:
        return None
    if not (now.amount.is_money and then.amount.is_money):
        return None
    a, b = now.amount, then.amount.to(now.amount.unit)
    value = Amount(rounded((a.value - b.value) / b.value * 100), "%")
    formula = f"({show(a)} − {show(b)}) ÷ {show(b)} = {show(value)}"
    return Value(asked, now.document, year, now.basis, value, None, formula, (*figures_of(now), *figures_of(then)))


def _minus(one: Value, other: Value) -> Value | None:
    if one.amount is None or other.amount is None:
        return None
    if one.amount.is_money != other.amount.is_money or (
        not one.amount.is_money and not _counted_alike(one.amount, other.amount)
    ):
        return None
    a = one.amount
    b = other.amount.to(a.unit) if a.is_money else other.amount
    value = Amount(a.value - b.value, a.unit)
    formula = f"{show(a)} − {_signed(b)} = {show(value)}"
    return Value(
        one.asked, one.document, one.year, one.basis, value, None, formula, (*figures_of(one), *figures_of(other))
    )


def _counted_alike(one: Amount, other: Amount) -> bool:
    """Whether two counts count the same kind of thing: the same word, or two words for people ("编制37名", "在职31人")."""
    return one.unit == other.unit or {one.unit, other.unit} <= {"人", "名", "位"}


def difference(one: Value, other: Value) -> Value | None:
    """First minus second, None where a value is missing or the units measure different things."""
    return _minus(one, other)


def ratio(one: Value, other: Value) -> Value | None:
    """How many times the second the first is, two decimals; None where a value is missing or not money."""
    if one.amount is None or other.amount is None or not (one.amount.is_money and other.amount.is_money):
        return None
    a, b = one.amount, other.amount.to(one.amount.unit)
    if not b.value:
        return None
    value = Amount(rounded(a.value / b.value), "倍")
    formula = f"{show(a)} ÷ {show(b)} = {show(value)}"
    return Value(
        one.asked, one.document, one.year, one.basis, value, None, formula, (*figures_of(one), *figures_of(other))
    )


def total(values: Sequence[Value]) -> Value | None:
    """The sum of values in the unit of the first; None where one is missing or units measure different things."""
    amounts = [value.amount for value in values]
    first = amounts[0] if amounts else None
    if first is None or any(
        a is None or (a.unit != first.unit and not (a.is_money and first.is_money)) for a in amounts
    ):
        return None
    parts = [a.to(first.unit) for a in amounts if a is not None]
    value = Amount(sum((a.value for a in parts), Decimal(0)), first.unit)
    formula = " + ".join(show(a) for a in parts) + f" = {show(value)}"
    operands = tuple(figure for v in values for figure in figures_of(v))
    return replace(values[0], amount=value, choice=None, formula=formula, operands=operands)


def shared_out(value: Decimal, number: Decimal | int) -> Decimal:
    """A quotient for show: exact where three decimals hold it, else rounded to two."""
    quotient = value / number
    exact = quotient.quantize(Decimal("0.001"))
    return exact if exact == quotient and exact != rounded(quotient) else rounded(quotient)


def fine_enough(amount: Amount, number: Decimal) -> Amount:
    """An amount of money as it is to be shared out: in 元 where a share of less than one would be cut to two decimals."""
    share = amount.value / number
    small = amount.is_money and amount.unit != "元" and abs(share) < 1 and shared_out(amount.value, number) != share
    return amount.to("元") if small else amount


def average(values: Sequence[Value], count: int | None = None) -> Value | None:
    """The mean of values, two decimals for show."""
    summed = total(values)
    if summed is None or summed.amount is None:
        return None
    number = count or len(values)
    mean = Amount(shared_out(summed.amount.value, number), summed.amount.unit)
    formula = f"{show(summed.amount)} ÷ {number} = {show(mean)}"
    if len(values) > 1:
        formula = (summed.formula or "").rsplit(" = ", 1)[0].join("()") + f" ÷ {number} = {show(mean)}"
    return replace(summed, amount=mean, formula=formula)


def per_head(money: Value, heads: Value) -> Value | None:
    """An amount divided by a number of people, in the amount's unit (in 元 where that would be less than one), two decimals
    for show."""
    if money.amount is None or heads.amount is None or not heads.amount.value:
        return None
    whole = fine_enough(money.amount, heads.amount.value)
    value = Amount(shared_out(whole.value, heads.amount.value), whole.unit)
    each = heads.amount.unit if heads.amount.unit in ("辆", "台", "批次", "批", "个") else "人"
    formula = f"{show(whole)} ÷ {show(heads.amount)} = {show(value)}/{each}"
    return replace(money, amount=value, choice=None, formula=formula, operands=(*figures_of(money), *figures_of(heads)))


def figures_of(value: Value) -> tuple[Figure, ...]:
    """The figures a value was read from or computed from."""
    return (value.figure,) if value.figure is not None else value.operands


def _signed(amount: Amount) -> str:
    return f"({show(amount)})" if amount.value < 0 else show(amount)


def disputed(figures: Sequence[Figure]) -> bool:
    """Whether any of the figures is disputed."""
    return any(figure.status is Status.DISPUTED for figure in figures)
