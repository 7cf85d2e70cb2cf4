"""Parts of a whole, and the final account beside its budget: shares, completion, the difference of the two; the formula kept with its operands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.disclosure import Basis
from corpus.figure import Figure, Measure, Scheme
from corpus.money import Amount, canonical_unit
from corpus.vocabulary import Target
from rag.amounts import amount_of
from rag.answer import rounded, show
from rag.calculate import difference
from rag.finder import against
from rag.plan import Asked
from rag.values import Source, Value, figures_of, read_amount


def share_of(source: Source, asked: Asked, whole: Asked | None, year: int, bases: Sequence[Basis] = ()) -> Value | None:
    """Part ÷ whole in percent; as stated where no whole was named and the document states a share."""
    stated = read_amount(source, asked, year, bases, Measure.SHARE)
    of_total = whole is None or (whole.targets[0].scheme is Scheme.TOTAL and not whole.component and not whole.funding)
    if of_total and stated is not None and stated.amount is not None and _of_all(stated):
        return stated
    if whole is not None and whole.name == _THREE and stated is not None and _of_three_public(stated):
        return stated  # printed from unrounded amounts, which those of a small total do not give back
    if whole is not None and _all_of(asked) and not _all_of(whole):
        asked, whole = whole, asked  # the total is no part of its own part, whatever order they are named in
    part = amount_of(source, asked, year, bases)
    if part is None or part.amount is None:
        return None
    total = _whole(source, part, whole, year, bases)
    if total is None or total.amount is None or not total.amount.value or _whole_itself(part, total):
        return None
    if (b := _alike(total.amount, part.amount)) is None:
        return None
    a = part.amount
    value = Amount(rounded(a.value / b.value * 100), "%")
    formula = f"{show(a)} ÷ {show(b)} = {show(value)}"
    return Value(
        asked, part.document, year, part.basis, value, None, formula, (*figures_of(part), *figures_of(total)),
        note=total.asked.name,
    )  # fmt: skip


_THREE = "三公经费"


def _of_three_public(stated: Value) -> bool:
    """Whether a share is stated of one of the “三公” expenses in all of them."""
    figure = stated.figure
    part = figure is not None and figure.scheme is Scheme.THREE_PUBLIC and figure.account != _THREE
    return part and figure is not None and (not figure.whole or "三公" in figure.whole)


def _alike(amount: Amount, other: Amount) -> Amount | None:
    """An amount in the unit of another, money or a number of the same things (人 and 名); None where they cannot be compared."""
    if amount.is_money and other.is_money:
        return amount.to(other.unit)
    return amount if canonical_unit(amount.unit) == canonical_unit(other.unit) and other.unit != "%" else None


def _all_of(asked: Asked) -> bool:
    return asked.targets[0].scheme is Scheme.TOTAL and not asked.component and not asked.funding


def _whole_itself(part: Value, whole: Value) -> bool:
    """Whether part and whole are one thing: the same figures, or two names of the same total."""
    one, other = figures_of(part), figures_of(whole)
    if {f.id for f in one} == {f.id for f in other}:
        return True

    def scope(figure: Figure) -> tuple[str, ...]:
        return figure.scheme, figure.flow, figure.funding, figure.component

    totals = all(figure.scheme is Scheme.TOTAL for figure in (*one, *other))
    return totals and len(one) == len(other) == 1 and scope(one[0]) == scope(other[0])


def _of_all(stated: Value) -> bool:
    """Whether a stated share is one of the total ("收入总额", "本年支出合计") or leaves its whole unsaid."""
    whole = stated.figure.whole if stated.figure else ""
    return not whole or any(
        word in whole for word in ("总", "合计", "本年收入", "本年支出", "全部", "公共预算收入", "公共预算支出")
    )


def _whole(source: Source, part: Value, whole: Asked | None, year: int, bases: Sequence[Basis]) -> Value | None:
    """What the share is of: as named, else the three-public or procurement total, else the total of the same flow and
    fund."""
    figure = part.figure
    if whole is None:
        scheme = figure.scheme if figure else part.asked.targets[0].scheme
        if scheme is Scheme.THREE_PUBLIC and part.asked.name != "三公经费":
            whole = _total(Target(scheme, "", "三公经费"))
        elif scheme is Scheme.PROCUREMENT and part.asked.name != "政府采购":
            whole = _total(Target(scheme, "", "政府采购"))
        else:
            flow = figure.flow if figure and figure.flow in ("收入", "支出") else "支出"
            moved = figure is not None and figure.scheme is Scheme.REVENUE and figure.code[:3] not in ("101", "103")
            moved = moved or (
                figure is not None and figure.scheme is Scheme.SOURCE and figure.account in _BROUGHT_ALONG
            )
            whole = replace(_total(*_totals_of(flow, with_transfers=moved)), flow=flow)
    if figure is not None and not whole.funding and figure.scheme is not Scheme.THREE_PUBLIC:
        same = amount_of(source, replace(whole, funding=figure.funding), year, bases)
        if same is not None and same.amount is not None:
            return replace(same, asked=whole)
    return amount_of(source, whole, year, bases) or _balanced(source, whole, year, bases)


_BROUGHT_ALONG = ("上年结转结余", "使用非财政拨款结余")
"""Sources that are no income of the year: they are a share of all there is."""


def _balanced(source: Source, whole: Asked, year: int, bases: Sequence[Basis]) -> Value | None:
    """A budget's income in all for its spending in all, where it prints the one only: a unit's budget balances (预算法)."""
    spending = whole.targets[0].account in ("本年支出合计", "支出总计", "收支总计")
    if source.disclosure.basis is not Basis.BUDGET or not spending or whole.component or whole.funding:
        return None
    return amount_of(source, replace(_total(*_totals_of("收入", with_transfers=True)), flow="收入"), year, bases)


def _totals_of(flow: str, *, with_transfers: bool) -> tuple[Target, Target]:
    """The totals of a flow, that of the year's own first; of all there is first for a transfer or debt, which the year's own
    income does not hold."""
    own, everything = Target(Scheme.TOTAL, "", f"本年{flow}合计"), Target(Scheme.TOTAL, "", f"{flow}总计")
    return (everything, own) if with_transfers else (own, everything)


def _total(*targets: Target) -> Asked:
    return Asked(targets[0].account, targets[0].account, targets)


def completion_of(source: Source, asked: Asked, year: int, bases: Sequence[Basis] = ()) -> Value | None:
    """决算 as percent of the budget: as stated, else from both amounts (全年预算 before 年初预算 unless said)."""
    stated = read_amount(source, asked, year, (), Measure.COMPLETION)
    if stated is not None and stated.amount is not None:
        return stated
    wanted = [b for b in bases if b is not Basis.FINAL] or [Basis.ADJUSTED, Basis.INITIAL, Basis.BUDGET]
    for basis in wanted:
        budget = read_amount(source, asked, year, [basis])
        final = _final_like(source, asked, year, budget) if budget else None
        if final is None or budget is None or final.amount is None or budget.amount is None or not budget.amount.value:
            continue
        return _completed(replace(final, asked=asked, document=source.disclosure.name, year=year), budget)
    if (behind := _of_a_worked_out_budget(source, asked, year, wanted)) is not None:
        return behind
    return _completion_told_later(source, asked, year)


def _of_a_worked_out_budget(source: Source, asked: Asked, year: int, wanted: Sequence[Basis]) -> Value | None:
    """What was spent as percent of a budget that is nowhere printed and worked out (from the difference to it, from its
    parts)."""
    spent = amount_of(source, asked, year, [Basis.FINAL])
    for basis in wanted if spent is not None and spent.amount is not None else ():
        budget = amount_of(source, asked, year, [basis])
        if budget is None or budget.formula is None or budget.amount is None or not budget.amount.value:
            continue
        assert spent is not None, "checked above"
        assert spent.amount is not None, "checked above"
        value = Amount(rounded(spent.amount.to(budget.amount.unit).value / budget.amount.value * 100), "%")
        formula = f"{_worked(spent)} ÷ {_worked(budget)} = {show(value)}"
        operands = tuple({figure.id: figure for figure in (*figures_of(spent), *figures_of(budget))}.values())
        return replace(budget, basis=Basis.FINAL, amount=value, formula=formula, operands=operands, note=basis.value)
    return None


def _worked(value: Value) -> str:
    """An amount within a formula: as printed, or in brackets how it was worked out."""
    assert value.amount is not None, "checked by the caller"
    return show(value.amount) if value.formula is None else f"({value.formula.rpartition(' = ')[0]})"


def _completion_told_later(source: Source, asked: Asked, year: int) -> Value | None:
    """What the next year's budget says was spent ("2023年当年预算执行数"), as percent of that year's own budget."""
    own = source if source.disclosure.year == year else source.siblings(year)
    later = source if source.disclosure.year == year + 1 else source.siblings(year + 1)
    spent = read_amount(later, asked, year, [Basis.EXECUTED]) if own and later else None
    if own is None or spent is None or spent.figure is None or spent.amount is None or not spent.amount.is_money:
        return None
    like = replace(asked, funding=asked.funding or spent.figure.funding, flow=spent.figure.flow)
    budget = read_amount(own, like, year, [Basis.BUDGET]) or read_amount(own, asked, year, [Basis.BUDGET])
    if budget is None or budget.amount is None or not budget.amount.value or not budget.amount.is_money:
        return None
    return _completed(replace(spent, asked=asked, document=own.disclosure.name, year=year), budget)


def _completed(final: Value, budget: Value) -> Value:
    """What was spent as percent of its budget; both are amounts of money, the budget not nought."""
    assert final.amount is not None, "checked by the callers"
    assert budget.amount is not None, "checked by the callers"
    a, b = final.amount, budget.amount.to(final.amount.unit)
    value = Amount(rounded(a.value / b.value * 100), "%")
    formula = f"{show(a)} ÷ {show(b)} = {show(value)}"
    operands = (*figures_of(final), *figures_of(budget))
    return replace(
        final, basis=Basis.FINAL, amount=value, choice=None, formula=formula, operands=operands, note=budget.basis.value
    )


def difference_of_bases(source: Source, asked: Asked, year: int, bases: Sequence[Basis]) -> Value | None:
    """决算 − 预算 of one account and year, whatever order the question names them in (negative: less was spent)."""
    other = next((b for b in bases if b is not Basis.FINAL), Basis.ADJUSTED)
    if Basis.FINAL not in bases and len(bases) > 1:
        first, second = (read_amount(source, asked, year, [basis]) for basis in bases[:2])
        one = first is not None and second is not None and first.figure is second.figure
        if bases[0] is Basis.EXECUTED:
            first, second = second, first  # what was done less what was planned, whichever is named first
        return difference(second, first) if first and second and not one else None
    budget = _same_basis(source, asked, year, other)
    final = _final_like(source, asked, year, budget) if budget else None
    if final is None or budget is None:
        return _stated_against(source, asked, year, Measure.CHANGE)
    apart = difference(final, budget)
    return apart if apart is None or len({figure.id for figure in apart.operands}) > 1 else None


def _stated_against(source: Source, asked: Asked, year: int, measure: Measure) -> Value | None:
    """The change or rate against the year's own budget, as a final account states it without printing the budget."""
    for base in (Basis.ADJUSTED, Basis.INITIAL, Basis.BUDGET):
        stated = read_amount(source, replace(asked, base=base), year, [Basis.FINAL], measure)
        if stated is not None and stated.figure is not None and stated.figure.whole and against(stated.figure, base):
            return stated
    return None


def rate_of_bases(source: Source, asked: Asked, year: int, bases: Sequence[Basis]) -> Value | None:
    """By how many percent of the budget the final account is above or below it."""
    apart = difference_of_bases(source, asked, year, bases)
    if apart is None or apart.amount is None or not apart.amount.is_money or len(apart.operands) != 2:
        return _stated_against(source, asked, year, Measure.RATE)
    final, budget = (figure.amount for figure in apart.operands)
    if final is None or budget is None or not budget.value:
        return None
    base = budget.to(apart.amount.unit)
    value = Amount(rounded(apart.amount.value / base.value * 100), "%")
    formula = f"({show(final)} − {show(budget)}) ÷ {show(budget)} = {show(value)}"
    return replace(apart, amount=value, formula=formula)


def _final_like(source: Source, asked: Asked, year: int, budget: Value) -> Value | None:
    """The final amount in the scope of a budget figure (the two may stand in different tables)."""
    figure = budget.figure
    if figure is not None:
        like = replace(asked, flow=figure.flow, funding=figure.funding, component=asked.component, fallback_funding="")
        same = next((v for basis in _SPENT if (v := read_amount(source, like, year, [basis])) and v.amount), None)
        if same is not None:
            return same
    return next((v for basis in _SPENT if (v := read_amount(source, asked, year, [basis]))), None)


_SPENT = (Basis.FINAL, Basis.HALF, Basis.PART)
"""What was spent: of a whole year, or of the half of it that a paper reports on."""


def _same_basis(source: Source, asked: Asked, year: int, basis: Basis) -> Value | None:
    found = read_amount(source, asked, year, [basis])
    if found is None and basis is Basis.BUDGET:
        found = read_amount(source, asked, year, [Basis.ADJUSTED]) or read_amount(source, asked, year, [Basis.INITIAL])
    if found is None:
        budget = source.siblings(year)
        found = read_amount(budget, asked, year, [basis]) if budget else None
    return found
