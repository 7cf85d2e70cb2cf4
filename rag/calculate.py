"""Computation on values: exact decimals, the formula kept with its operands.

Every computed `Value` names the figures it was computed from, so that an answer can cite each operand. Computation is
exact; rounding (to two decimals, half up) is for show only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.money import Amount
from rag.answer import rounded, show
from rag.values import Value, figures_of


def difference(one: Value, other: Value) -> Value | None:
    """First minus second, None where a value is missing or the units measure different things."""
    if one.amount is None or other.amount is None:
        return None
    if one.amount.is_money != other.amount.is_money or (
        not one.amount.is_money and not _counted_alike(one.amount, other.amount)
    ):
        return None
    a = one.amount
    b = other.amount.to(a.unit) if a.is_money else other.amount
    value = Amount(a.value - b.value, a.unit)
    formula = f"{show(a)} − {signed(b)} = {show(value)}"
    return Value(
        one.asked, one.document, one.year, one.basis, value, None, formula, (*figures_of(one), *figures_of(other))
    )


def _counted_alike(one: Amount, other: Amount) -> bool:
    """Whether two counts count the same kind of thing: the same word, or two words for people ("编制37名", "在职31人")."""
    return one.unit == other.unit or {one.unit, other.unit} <= {"人", "名", "位"}


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
    formula = " + ".join([show(parts[0]), *map(signed, parts[1:])]) + f" = {show(value)}"
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


def signed(amount: Amount) -> str:
    """An amount within a formula: in brackets where it is below nought."""
    return f"({show(amount)})" if amount.value < 0 else show(amount)
