"""What sentences count, asked further: of several units beside each other ("哪个学校学生多"), with something else added to
what was asked before ("加上幼儿园呢"), of another group than before ("村医呢")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.figure import Scheme
from corpus.money import Amount, canonical_unit
from rag.answer import Result, show
from rag.counted import Count, one_count, thing_asked
from rag.desk import Desk, Draft, of_project, replace_plan
from rag.naming import in_order
from rag.plan import Operation, Verdict
from rag.quoting import quote_of
from rag.refuse import missing
from rag.statements import stated, the_one_counted

_BESIDE = re.compile(
    r"(?:哪|谁)[^,，。?？]{0,10}?(?:多|少|大|小)|比[^,，。]{2,16}?(?:多|少|大|小)|相差|差(?:了)?(?:多少|几)|各(?:有|是|为)?(?:多少|几)|(?:多|大)还是(?:少|小)"
)
_LESS = re.compile(r"(?:哪|谁)[^,，。?？]{0,10}?(?:少|小)")
_APART = re.compile(r"比[^,，。]{2,16}?(?:多|少|大|小)|相差|差(?:了)?(?:多少|几)")
_AREA = re.compile(r"[建筑校舍绿化]{0,4}面积|占地(?:面积)?")
_ADDED = re.compile(
    r"(?:那么?|如果|要是|再|把)*(?:加上|算上|连上|连同|算进去)(?P<what>[\u4e00-\u9fff]{2,10}?)(?:的)?(?:一起|一共|总共|合计)*"
    r"(?:呢|的话|(?:是|有)?(?:多少|几)[个人名位]*)?[呢?？]*"
)
_ANOTHER = re.compile(r"(?:那么?|和|还有)?(?P<who>[\u4e00-\u9fff]{2,10}?)(?:有(?:多少|几)[个人名位]*)?呢?[?？]?")
_SAID = re.compile(r"(?:多少|几)[个名位]?(?P<noun>[\u4e00-\u9fff]{2,6})[?？]?$")
THING_RANKED = re.compile(
    r"(?:哪(?:个|家|一家|一个|边)?|谁)(?:的)?(?P<noun>(?!花|用|预算|支出|收入|钱|经费|规模|盘子|比|最)[\u4e00-\u9fff]{2,6}?)(?:更|比较|最)?(?:多|少)(?!.{0,3}(?:钱|元|万))"
)
"""A thing of which the question asks who has more ("哪个派出所多")."""
_COUNTED_BY = re.compile(r"(?:多少|几)[张所间亩台套个](?=[\u4e00-\u9fff]{2})")
_PEOPLE = ("人", "名", "位", "个")
_FEWEST = 2


def counted_apart(desk: Desk) -> Draft | None:
    """A counted thing in the documents of several units, and how far the first two are apart; None where that is not asked, or
    not each of them counts it once."""
    plan = desk.plan
    if len(plan.units) < _FEWEST or _BESIDE.search(plan.text) is None:
        return None
    if any(not asked.weak and asked.targets[0].scheme is not Scheme.STAFF for asked in plan.accounts):
        return None
    sides: list[tuple[str, Count]] = []
    for unit in plan.units:
        names = [name for name in plan.documents if desk.issuer(name) == unit][:1]
        alone = replace_plan(desk, documents=tuple(names), units=(unit,), rest=())
        found = next((c for noun, by in _nouns(desk) if names and (c := one_count(alone, noun, by)) is not None), None)
        if found is None:
            return None
        sides.append((unit, found))
    if len({_kind(count.amount) for _, count in sides}) > 1:
        return None
    return _compared(desk, sides)


def _nouns(desk: Desk) -> Sequence[tuple[str, str]]:
    """What is to be counted, as the question calls it, and the word that it counts by ("" unsaid)."""
    area = _AREA.search(desk.plan.text)
    if area is not None:
        return ((area.group(), ""),)
    behind = thing_asked(desk.plan.text) if _COUNTED_BY.search(desk.plan.text) else None
    said = [asked.said for asked in desk.plan.accounts if not asked.weak]
    said += [found["noun"]] if (found := THING_RANKED.search(desk.plan.text)) else []
    words = dict.fromkeys([*said, *(word for word in desk.plan.rest if len(word) >= _FEWEST)])
    return (*((behind,) if behind else ()), *((word, "") for word in words))


def _kind(amount: Amount) -> str:
    return "人" if amount.unit in _PEOPLE else canonical_unit(amount.unit)


def _compared(desk: Desk, sides: Sequence[tuple[str, Count]]) -> Draft:
    first, second = sides[0][1].amount, sides[1][1].amount
    lines = [f"- {unit}{desk.speech.pick('：', ': ')}{quote_of(desk, count.found)}" for unit, count in sides]
    if re.search(r"哪|谁", desk.plan.text):
        pick = min if _LESS.search(desk.plan.text) else max
        best = pick(sides, key=lambda side: side[1].amount.value)
        words = ("最少", "the fewest") if pick is min else ("最多", "the most")
        if _AREA.search(desk.plan.text):
            words = ("最小", "the smallest") if pick is min else ("最大", "the largest")
        lines.insert(0, desk.speech.pick(f"{words[0]}的是**{best[0]}**", f"{best[0]} has {words[1]}"))
    if len(sides) > _FEWEST or not _APART.search(desk.plan.text):
        return Draft(Verdict.ANSWERED, "\n".join(lines))
    gap = Amount(abs(first.value - second.value), first.unit)
    larger, smaller = sorted((first, second), key=lambda amount: amount.value, reverse=True)
    formula = f"{show(larger)} − {show(smaller)} = {show(gap)}"
    desk.evidence.compute(gap, formula)
    lines.insert(0, desk.speech.pick(f"相差**{show(gap)}**（计算：{formula}）", f"**{show(gap)}** apart ({formula})"))
    return Draft(Verdict.ANSWERED, "\n".join(lines), Result(gap, "computed", formula))


def counted_with(desk: Desk) -> Draft | None:
    """What was counted before and something else together ("加上幼儿园呢"); None where that is not asked, or not both are
    counted once."""
    plan = desk.plan
    asked, before = _ADDED.fullmatch(plan.text), thing_asked(plan.before) if plan.before else None
    if asked is None or before is None or not plan.documents:
        return None
    alone = replace_plan(desk, rest=(), text=plan.before)
    said = _SAID.search(plan.before)
    first = (one_count(alone, said["noun"]) if said else None) or one_count(alone, *before)
    if first is None or first.amount.unit not in _PEOPLE:
        return None
    second = the_one_counted(desk, asked["what"])
    if second is None or second.people == first.amount.value:
        return None
    total = Amount(first.amount.value + second.people, first.amount.unit)
    formula = f"{show(first.amount)} + {show(Amount(second.people, first.amount.unit))} = {show(total)}"
    desk.evidence.compute(total, formula)
    quotes = dict.fromkeys([quote_of(desk, first.found), quote_of(desk, second.found)])
    told = desk.speech.pick(
        f"合计**{show(total)}**（计算：{formula}）", f"Total: **{show(total)}** (computed: {formula})"
    )
    return Draft(Verdict.ANSWERED, "\n".join([told, *quotes]), Result(total, "computed", formula))


def counted_of_others(desk: Desk) -> Draft | None:
    """How many of another group there are than of the one asked about before ("村医呢" after the staff on duty): as a sentence
    counts them, a refusal where none does; None where no other group is asked about."""
    plan = desk.plan
    who = _ANOTHER.fullmatch(plan.text) if plan.before and plan.qualifier else None
    staff = bool(plan.accounts) and all(asked.targets[0].scheme is Scheme.STAFF for asked in plan.accounts)
    if who is None or not staff or not plan.documents or who["who"] != plan.qualifier:
        return None
    if plan.operation is not Operation.LOOK_UP:
        return None  # a share of it, a change in it
    for figure in desk.shelf.figures(plan.documents[0]):
        if of_project(figure, plan.qualifier) or in_order(plan.qualifier, figure.entity):
            return None  # a body whose own staff the document counts
    found = the_one_counted(desk, plan.qualifier)
    things = one_count(replace_plan(desk, rest=()), plan.qualifier) if found is None else None
    if things is not None:
        return Draft(Verdict.ANSWERED, quote_of(desk, things.found), Result(things.amount, "single"))
    if found is None:
        others = replace_plan(desk, accounts=(), operation=Operation.PROSE)
        return stated(others) or missing(others)
    amount = Amount(Decimal(found.people), found.mention.unit.removeprefix("万"))
    return Draft(Verdict.ANSWERED, quote_of(desk, found.found), Result(amount, "single"))
