"""How far two numbers are apart: budget and final account, two years, two units, two accounts."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.disclosure import Basis
from corpus.money import Amount
from rag import shares
from rag.answer import Result, show
from rag.bases_said import both_levels, of_two_years
from rag.desk import Desk, Draft
from rag.ops_changes import between_years, change
from rag.ops_compare import against_stated, compare
from rag.ops_figures import joined, values_for
from rag.plan import Operation, Problem, Verdict
from rag.refuse import missing, problem
from rag.values import Value


def difference(desk: Desk) -> Draft:
    """Between two bases, two accounts, two units, two levels or two years: first minus second, both told."""
    plan = desk.plan
    if (apart := against_stated(desk)) is not None:
        return apart
    if (unknown := unknown_partner(desk)) is not None:
        return unknown
    if len(plan.bases) == 2 and len(plan.years) == len(plan.against) == 1 and plan.years != plan.against:
        return compare(desk)
    if len(plan.accounts) == 1 and len(plan.units) == 1 and of_two_years(plan.text):
        return compare(desk)
    if both_levels(plan.text) and len(plan.accounts) == 1 and len(plan.units) == 1:
        return compare(desk)
    if len(plan.bases) > 1 or (len(plan.accounts) == 1 and len(plan.units) == 1 and len(plan.years) < 2):
        return _between_bases(desk)
    if len(plan.accounts) == 1 and len(plan.units) == 1:
        return between_years(desk)
    return compare(desk)


def unknown_partner(desk: Desk) -> Draft | None:
    """A refusal where the unit is set beside another one that the book does not know ("马山幼儿园和阳山三幼…相差多少")."""
    plan = desk.plan
    if len(plan.units) != 1 or len(plan.accounts) != 1 or len(plan.years) > 1:
        return None
    beside = [w for w in plan.rest if len(w) >= 3 and re.search(rf"(?:[和与跟同]|以及|比){re.escape(w)}", plan.text)]
    names = [w for w in beside if re.search(r"[局委办院校园所站馆街镇乡村县市区小中幼]$|中心$", w)]
    if not names:
        return None
    known = tuple(unit.issuer for unit in desk.shelf.catalogue.units)
    return problem(desk, Problem(Verdict.NOT_DISCLOSED, "unit", names[0], known))


def _between_bases(desk: Desk) -> Draft:
    lines: list[str] = []
    told: list[Value] = []
    read = shares.rate_of_bases if desk.plan.inner is Operation.RATE else shares.difference_of_bases
    for asked in desk.plan.accounts:
        for value in values_for(desk, asked, lambda s, a, y: read(s, a, y, desk.plan.bases)):
            if value.amount is None:
                continue
            value = _as_asked(desk, value)
            told.append(value)
            lines.append(tell_apart(desk, value))
    if not told:
        return change(desk) if Basis.FINAL not in desk.plan.bases else missing(desk)
    return Draft(Verdict.ANSWERED, joined(lines), _left(desk, told[0]) if len(told) == 1 else None)


_MORE_THAN_SPENT = re.compile(r"预算(?:数|额)?(?:要|还)?比(?:实际)?(?:的)?(?:决算|支出|花)[^,，。]{0,4}多")


def _as_asked(desk: Desk, value: Value) -> Value:
    """A difference worked out the way round that the question puts it ("全年预算比决算多多少": budget less final account)."""
    sides = value.operands
    if (
        value.formula is None
        or value.amount is None
        or len(sides) != _PAIR
        or not _MORE_THAN_SPENT.search(desk.plan.text)
    ):
        return value
    first, second = (side.amount for side in sides)
    if first is None or second is None:
        return value
    turned = Amount(-value.amount.value, value.amount.unit)
    formula = f"{show(second.to(value.amount.unit))} − {show(first.to(value.amount.unit))} = {show(turned)}"
    return replace(value, amount=turned, formula=formula, operands=(sides[1], sides[0]))


_PAIR = 2


def tell_apart(desk: Desk, value: Value) -> str:
    """A difference between final account and budget, worked out or as the document itself states it."""
    assert value.amount is not None, "checked by the callers"
    amount, mark = show(desk.money(value.amount)), desk.marks(value)
    if value.formula is None:
        subject = desk.speech.subject(value, desk.issuer(value.document))
        return desk.speech.pick(
            f"{subject}与预算相差**{amount}**{mark}", f"{subject}, difference from the budget: **{amount}** {mark}"
        )
    desk.evidence.compute(value.amount, value.formula)
    bases = " − ".join(figure.basis.value for figure in value.operands)
    subject = desk.speech.subject(replace(value, basis=Basis.FINAL), desk.issuer(value.document))
    return desk.speech.pick(
        f"{subject}与预算的差额（{bases}）：**{amount}**（计算：{value.formula}）{mark}",
        f"{subject}, difference ({bases}): **{amount}** (computed: {value.formula}) {mark}",
    )


def _left(desk: Desk, value: Value) -> Result | None:
    """The headline of a final account against its budget: what is left, where the question asks for that and something is."""
    result = desk.result(value)
    saved = re.search(r"剩|余|省|节约|没花|没用|(?<!多)少", desk.plan.text) is not None
    if result is None or not saved or result.amount.value >= 0:
        return result
    size = Amount(-result.amount.value, result.amount.unit)
    desk.evidence.compute(size, f"|{show(result.amount)}|")
    return replace(result, amount=size)
