"""Of several accounts named, those that are asked for: without one that only says what another is for or where it stands; and one
account at two places that go by its name (what 基本支出 holds of 公务接待费, and what the “三公” table says)."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.figure import Scheme
from rag.plan import Asked, Operation, Plan

_PLACE = r"(?:预算|决算)?(?:总)?(?:表|说明|明细)(?:里面?|中|上|内|是|来看|写|列|印|提到|,|的)"
"""Behind a name: the table or the passage of that name is meant."""
_THAT_ONE = r"(?:费用?|支出|经费)?(?:这|那)(?:一)?(?:项|块|笔|栏|行|个科目|科目)"
"""Behind the name that the amount goes by, after what it is for in everyday words."""
_INSIDE = r"[^,，。]{0,6}?(?:里面?|中|内)(?:的)?[^,，。]{0,6}?"
_SHORT_WORD, _VERB = 4, 2
_TWO_OF_IT = re.compile(
    r"(?:[两2]|这[两几])(?:个|处|者|边)[^,，。]{0,12}(?:差|多|少)|(?:差|多|少)[^,，。]{0,4}(?:多少|几)"
)
_BASIC, _THREE = "基本支出", "三公经费"


def of_those_asked(plan: Plan) -> Plan:
    """The plan without the accounts that are named only for what another one is for, or at which place it stands."""
    if plan.operation in (Operation.CHANGE, Operation.DIFFERENCE, Operation.LOOK_UP) and (two := _at_two_places(plan)):
        return two
    if plan.operation is not Operation.LOOK_UP or len(plan.accounts) < 2:
        return plan
    kept = tuple(a for a in plan.accounts if not any(_aside(a, b, plan.text) for b in plan.accounts if b is not a))
    inside = next(((a, b) for a in kept for b in kept if a is not b and _holds(a, b, plan.text)), None)
    if inside is not None:
        within, part = inside
        economic = tuple(target for target in part.targets if target.scheme is Scheme.ECONOMIC)
        narrowed = replace(part, targets=economic, component=within.component)
        kept = tuple(narrowed if a is part else a for a in kept if a is not within)
    return replace(plan, accounts=kept) if kept and kept != plan.accounts else plan


def _aside(asked: Asked, other: Asked, text: str) -> bool:
    """Whether of two accounts named the first only says what the other is for, how it is paraphrased or where it stands."""
    said = re.escape(asked.said)
    if not asked.said or asked.said == other.said:
        return False
    if re.search(f"{said}{_PLACE}", text) and not re.search(f"{re.escape(other.said)}{_PLACE}", text):
        return True
    glossed = re.search(rf"\((?:即|指|也就是|就是)?{re.escape(other.said)}\)", text)
    if glossed and asked.said in text[: glossed.start()] and other.said not in text[: glossed.start()]:
        return True
    if re.search(
        rf"{said}[^,，;；。多几各和与]{{0,6}}[,，](?:就是|也就是|即|具体)?[^,，多几各和与]{{0,6}}{re.escape(other.said)}{_THAT_ONE}",
        text,
    ):
        return True  # "机关的医保，行政单位医疗这项是多少"
    if re.search(rf"{said}[^,，。]{{0,6}}(?:之类|这类|一类|等)的?{re.escape(other.said)}", text):
        return True  # "请中介机构审计之类的财政委托业务支出"
    everyday = asked.said != asked.name
    within = rf"{re.escape(other.said)}[^()]{{0,4}}\([^()]{{0,8}}{re.escape(asked.said)}[^()]{{0,6}}\)"
    if everyday and len(other.said) > len(asked.said) and re.search(within, text):
        return True  # "其他政府办公厅及相关机构事务支出（话务外包）": what the class is for
    if (
        everyday
        and len(asked.said) <= _SHORT_WORD
        and asked.said in other.name
        and asked.said not in ("支出", "收入", "预算")
    ):
        return True
    asking = re.match("多少|几", other.said) is not None  # "培训多少人" asks for people trained
    return everyday and not asking and len(asked.said) <= _VERB and f"{asked.said}{other.said}" in text


def _holds(within: Asked, part: Asked, text: str) -> bool:
    """Whether an item of economic class is asked for inside a component ("基本支出经济分类里的公务接待费")."""
    economic = any(target.scheme is Scheme.ECONOMIC for target in part.targets)
    if not economic or not within.component or within.targets[0].scheme is not Scheme.TOTAL:
        return False
    names = "|".join(map(re.escape, dict.fromkeys((part.name, part.said))))
    return re.search(rf"{re.escape(within.said)}{_INSIDE}(?:{names})", text) is not None


def _at_two_places(plan: Plan) -> Plan | None:
    """One account as the basic expenditure and as the “三公” table have it, where both are spoken of; None otherwise."""
    both = [
        a for a in plan.accounts if {Scheme.THREE_PUBLIC, Scheme.ECONOMIC} <= {target.scheme for target in a.targets}
    ]
    about = f"{plan.before}{plan.text}"
    basic = re.search(r"基本支出(?:经济分类)?(?:表)?(?:里|中|内)", about)
    others = {a.name for a in plan.accounts} - {a.name for a in both} - {_BASIC, _THREE}
    if len(both) != 1 or basic is None or others or any(a.table for a in both):
        return None
    apart = _TWO_OF_IT.search(plan.text) is not None
    if not apart and re.search(r"三公[^,，。]{0,6}(?:多少|几|呢)", plan.text) is None:
        return None
    asked = both[0]
    three = replace(
        asked,
        table=_THREE,
        targets=tuple(t for t in asked.targets if t.scheme is Scheme.THREE_PUBLIC),
        component="",
        funding="",
    )
    economic = replace(
        asked,
        table=_BASIC,
        targets=tuple(t for t in asked.targets if t.scheme is Scheme.ECONOMIC),
        component=_BASIC,
        funding="",
    )
    operation = Operation.DIFFERENCE if apart else Operation.LOOK_UP
    return replace(
        plan, accounts=(three, economic) if apart else (economic, three), operation=operation, inner=Operation.LOOK_UP,
        rest=(), qualifier="", tail="", table="",
    )  # fmt: skip
