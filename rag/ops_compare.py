"""Two of a kind beside each other: two units, two accounts, or a unit's department and unit disclosures; who has more,
by how much, whether they are the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.disclosure import Basis, Level
from corpus.figure import Measure, Scheme
from corpus.money import Amount
from corpus.vocabulary import vocabulary
from rag import amounts, calculate
from rag.answer import Result, show
from rag.bases_said import both_levels
from rag.conditions import put_up
from rag.desk import Desk, Draft, replace_plan
from rag.ops_figures import joined, values_for
from rag.plan import Asked, Verdict
from rag.refuse import missing
from rag.values import Value

_WHO = re.compile(r"谁|哪(?:个|家|一个|一家|边|项|年)|孰|多还是少|高还是低")
_TAKEN_OUT = re.compile(r"除(?:了|去|开|掉)?|扣(?:除|掉|去)|减(?:去|掉)|刨去|去掉")
TIMES = re.compile(r"几倍|多少倍")


def compare(desk: Desk) -> Draft:
    """Two values and the difference between them; the headline is the difference (or how many times)."""
    if (moved := _moves(desk)) is not None:
        return moved
    values = _sides(desk)
    stated = [value for value in values if value.amount is not None]
    if len(stated) < 2:
        if not values:
            return missing(desk)
        lines = [_told(desk, value) for value in values]
        gap = desk.speech.pick("能比较的数字不到两个，算不出差额。", "There are not two figures to compare.")
        return Draft(Verdict.NOT_DISCLOSED, joined([gap, *lines]))
    if TIMES.search(desk.plan.text):
        return times(desk, stated)
    if _WHO.search(desk.plan.text):
        stated.sort(key=_size, reverse=True)
    result = calculate.difference(stated[0], stated[1])
    lines = [_told(desk, value) for value in stated]
    if result is None or result.amount is None or len(stated) > 2:
        return Draft(Verdict.ANSWERED, joined(lines))
    desk.evidence.compute(result.amount, result.formula or "")
    size = Amount(abs(result.amount.value), result.amount.unit)
    desk.evidence.compute(size, f"|{show(result.amount)}|")
    marks = "".join(dict.fromkeys(desk.evidence.cite(figure) for figure in result.operands))
    lines = [*_over_its_posts(desk, stated), *lines]
    return Draft(
        Verdict.ANSWERED,
        joined([_verdict(desk, stated, result.amount, size, result.formula or "") + marks, *lines]),
        _headline(desk, result, size),
    )


def _over_its_posts(desk: Desk, values: Sequence[Value]) -> list[str]:
    """Whether there are more people than posts, where that is asked for ("有没有超编")."""
    names = [value.asked.name for value in values]
    if "超编" not in desk.plan.text or names != ["编制", "实有人员"]:
        return []
    over = _size(values[1]) > _size(values[0])
    return [desk.speech.pick("超编。" if over else "没有超编。", "Over its posts." if over else "Not over its posts.")]


_MOVES = re.compile(r"(?:增加|减少|增减|增长|变动)(?:额|的?数额|的?金额|的?数)")


def _moves(desk: Desk) -> Draft | None:
    """The changes of two accounts beside each other ("收入和支出的增加额一样吗"), and how far they are apart; None where that is
    not asked or not both are stated."""
    if _MOVES.search(desk.plan.text) is None or len(desk.plan.accounts) != 2:
        return None
    sides = [
        next(iter(values_for(desk, asked, lambda s, a, y: amounts.change_of(s, a, y, desk.plan.bases))), None)
        for asked in desk.plan.accounts
    ]
    told = [value for value in sides if value is not None and value.amount is not None]
    apart = calculate.difference(told[0], told[1]) if len(told) == 2 else None
    if apart is None or apart.amount is None:
        return None
    desk.evidence.compute(apart.amount, apart.formula or "")
    lines = []
    for value in told:
        assert value.amount is not None, "chosen so"
        subject = desk.speech.subject(value, desk.issuer(value.document))
        change = desk.speech.pick("增减", "change")
        lines.append(f"{subject}{change}**{show(value.amount)}**{desk.marks(value)}")
    same = apart.amount.value == 0
    head = desk.speech.pick(
        f"{'一样' if same else '不一样'}：相差{show(apart.amount)}（计算：{apart.formula}）",
        f"{'The same' if same else 'Not the same'}: {show(apart.amount)} apart (computed: {apart.formula})",
    )
    return Draft(Verdict.ANSWERED, joined([head, *lines]))


def against_stated(desk: Desk) -> Draft | None:
    """How far an account is from an amount that the question puts up; None where it puts up none."""
    bound = put_up(desk.plan.text)
    if bound is None or len(desk.plan.accounts) != 1:
        return None
    value = next(
        (v for v in values_for(desk, desk.plan.accounts[0]) if v.amount is not None and v.amount.is_money), None
    )
    if value is None or value.amount is None or value.figure is None:
        return None
    stated = bound.to(value.amount.unit)
    gap = Amount(abs(value.amount.value - stated.value), value.amount.unit)
    larger, smaller = sorted((value.amount, stated), key=lambda amount: amount.value, reverse=True)
    formula = f"{show(larger)} − {show(smaller)} = {show(gap)}"
    desk.evidence.state(str(bound.value))
    desk.evidence.compute(stated, f"{show(bound)} = {show(stated)}")
    desk.evidence.compute(gap, formula)
    shown = show(desk.money(gap))
    told = desk.speech.pick(f"相差**{shown}**（计算：{formula}）", f"**{shown}** apart (computed: {formula})")
    result = replace(value, amount=gap, choice=None, formula=formula, operands=(value.figure,))
    return Draft(Verdict.ANSWERED, joined([told, desk.tell(value, desk.issuer(value.document))]), desk.result(result))


def remainder(desk: Desk) -> Draft:
    """What is left of the total (or of the account named as the whole) when the accounts named are taken out."""
    term = vocabulary().term("支出合计")
    assert term is not None, "the vocabulary has it"
    totals = [asked for asked in desk.plan.accounts if asked.targets[0].scheme is Scheme.TOTAL and not asked.component]
    whole = totals[0] if totals else Asked(term.name, term.name, term.targets, flow=term.flow)
    out = [asked for asked in desk.plan.accounts if asked not in totals]
    taking = _TAKEN_OUT.search(desk.plan.text)
    if not totals and len(out) > 1 and taking and 0 <= desk.plan.text.find(out[0].said) < taking.start():
        whole, out = out[0], out[1:]  # "事业收入扣掉教育收费还有多少"
    if out and out[0].targets[0].scheme is Scheme.THREE_PUBLIC and out[0].name == "三公经费" and len(out) > 1:
        whole, out = out[0], out[1:]
    all_of = values_for(desk, whole)[:1]
    taken = [value for asked in out for value in values_for(desk, asked)[:1]]
    if not all_of or len(taken) < len(out) or not out or any(value.amount is None for value in (*all_of, *taken)):
        return missing(desk)
    left = all_of[0]
    for value in taken:
        less = calculate.difference(left, value)
        if less is None or less.amount is None:
            return missing(desk)
        desk.evidence.compute(less.amount, less.formula or "")
        steps = "; ".join(filter(None, (left.formula, less.formula)))
        left = replace(less, formula=steps)
    assert left.amount is not None, "computed above"
    names = "、".join(desk.speech.account(asked) for asked in out)
    marks = "".join(dict.fromkeys(desk.evidence.cite(figure) for figure in left.operands))
    head = desk.speech.pick(
        f"除{names}外：**{show(desk.money(left.amount))}**（计算：{left.formula}）{marks}",
        f"Without {names}: **{show(desk.money(left.amount))}** (computed: {left.formula}) {marks}",
    )
    return Draft(
        Verdict.ANSWERED, joined([head, *(_told(desk, value) for value in (*all_of, *taken))]), desk.result(left)
    )


def _sides(desk: Desk) -> list[Value]:
    """The values to be compared, in the order of the question."""
    plan = desk.plan
    if both_levels(plan.text) and len(plan.accounts) == 1:
        return [value for level in (Level.DEPARTMENT, Level.UNIT) for value in _of_level(desk, level)]
    if len(plan.bases) == 2 and len(plan.years) == len(plan.against) == 1 and plan.years != plan.against:
        sides = zip((*plan.years, *plan.against), plan.bases, strict=True)  # "2023年决算比2021年预算多多少"
        return [v for year, basis in sides for v in values_for(_of(desk, year, basis), plan.accounts[0])[:1]]
    values = [value for asked in map(in_money, plan.accounts) for value in values_for(desk, asked)]
    order = {issuer: index for index, issuer in enumerate(plan.units)}
    return sorted(values, key=lambda value: order.get(desk.issuer(value.document), 0))


def in_money(asked: Asked) -> Asked:
    """Projects with targets are compared by their money, not by their number."""
    return replace(asked, measure=Measure.AMOUNT) if asked.name == "绩效目标项目" else asked


def _of(desk: Desk, year: int, basis: Basis) -> Desk:
    """The same question of one year and basis, in whichever of the units' documents state it."""
    names = tuple(d.name for d in desk.shelf.catalogue.disclosures if d.issuer in desk.plan.units and d.year == year)
    return replace_plan(desk, documents=names or desk.plan.documents, years=(year,), bases=(basis,))


def _of_level(desk: Desk, level: Level) -> list[Value]:
    documents = tuple(name for name in desk.plan.documents if desk.shelf.disclosure(name).level is level)
    return values_for(replace_plan(desk, documents=documents), desk.plan.accounts[0])[:1] if documents else []


def _size(value: Value) -> Decimal:
    assert value.amount is not None, "filtered by the caller"
    return value.amount.to("元").value if value.amount.is_money else value.amount.value


def _told(desk: Desk, value: Value) -> str:
    issuer = desk.issuer(value.document)
    if both_levels(desk.plan.text):
        kind = desk.speech.disclosure(desk.shelf.disclosure(value.document))
        return f"{kind}{desk.speech.pick('：', ': ')}{desk.tell(value, issuer, unit=False)}"
    return desk.tell(value, issuer)


def _names(desk: Desk, values: Sequence[Value]) -> list[str]:
    """What tells the two apart: units, levels, accounts, or years."""
    if both_levels(desk.plan.text):
        return [desk.speech.disclosure(desk.shelf.disclosure(value.document)) for value in values]
    issuers = [desk.issuer(value.document) for value in values]
    if len(set(issuers)) > 1:
        return issuers
    names = [desk.speech.account(value.asked) for value in values]
    if len(set(names)) == 1 and any(value.asked.table for value in values):
        return [
            desk.speech.pick(f"“{v.asked.table}”表的{n}", f"{n} in “{v.asked.table}”")
            for v, n in zip(values, names, strict=True)
        ]
    return names if len(set(names)) > 1 else [f"{value.year}{desk.speech.pick('年', '')}" for value in values]


def _verdict(desk: Desk, values: Sequence[Value], amount: Amount, size: Amount, formula: str) -> str:
    first, second = _names(desk, values[:2])
    if amount.value == 0:
        return desk.speech.pick(f"**相同**：相差0（计算：{formula}）", f"**The same** (computed: {formula})")
    more = amount.value > 0
    shown = show(desk.money(size))
    return desk.speech.pick(
        f"{first}比{second}{'多' if more else '少'}**{shown}**（计算：{formula}）",
        f"{first} is **{shown}** {'above' if more else 'below'} {second} (computed: {formula})",
    )


def _headline(desk: Desk, result: Value, size: Amount) -> Result | None:
    """The difference, first minus second; its size alone where the question asks by how much less it is, and it is."""
    if re.search(r"一样|相同|相等|同不同|同一个数", desk.plan.text) and not re.search(r"多少|差几", desk.plan.text):
        return None  # yes or no is asked for, not an amount
    head = desk.result(result)
    if head is not None and re.search(r"超编|超出|超过", desk.plan.text) and head.amount.value < 0:
        return replace(head, amount=Amount(abs(head.amount.value), head.amount.unit))
    falls = re.search(r"少(?:多少|几|了?多少)|低(?:多少|几)|省", desk.plan.text) is not None
    apart = len(desk.plan.units) > 1 and re.search(r"差多少|相差|差几|差距|差额|差了", desk.plan.text) is not None
    if head is None or not (falls or apart) or head.amount.value >= 0:
        return head
    return replace(head, amount=Amount(abs(head.amount.value), head.amount.unit))


def times(desk: Desk, values: Sequence[Value]) -> Draft:
    """How many times the second of two values the first is, with both told."""
    result = calculate.ratio(values[0], values[1])
    lines = [_told(desk, value) for value in values[:2]]
    if result is None or result.amount is None:
        return Draft(Verdict.ANSWERED, joined(lines))
    desk.evidence.compute(result.amount, result.formula or "")
    marks = "".join(dict.fromkeys(desk.evidence.cite(figure) for figure in result.operands))
    told = desk.speech.pick(
        f"前者是后者的**{show(result.amount)}**（计算：{result.formula}）{marks}",
        f"First over second: **{show(result.amount)}** (computed: {result.formula}) {marks}",
    )
    return Draft(Verdict.ANSWERED, joined([told, *lines]), desk.result(result))
