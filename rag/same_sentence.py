"""Two amounts that sentences state of things no account is kept for, reckoned with each other ("库存现金和银行存款加起来", "固定资产占总资产的
百分之几"); and by what standard a head is paid for a year."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from corpus.money import Amount
from corpus.vocabulary import fold
from rag.answer import Result, rounded, show
from rag.desk import Desk, Draft
from rag.naming import in_order
from rag.ops_figures import values_for
from rag.plan import Operation, Verdict
from rag.quoting import Found, quote_of, sentences_at_hand

_NAME = r"[\u4e00-\u9fff]{2,12}?"
_SUM = re.compile(
    rf"(?P<one>{_NAME})(?:[和与及、跟]|加上?)(?P<two>{_NAME})(?:两项|二者|一起)?(?:加起来|加在一起|合起来|一共|总共|合计|之和|共)"
)
_SHARE = re.compile(rf"(?P<one>{_NAME})占(?:了|整个|全部)?(?P<two>{_NAME})的?(?:百分之|百分比|比例|比重|几成|多少|%|$)")
_GAP = re.compile(rf"(?P<one>{_NAME})比(?P<two>{_NAME})(?:多|少|高|低|大|小|长|短)(?:出|了)?(?:多少|几)")
_TAIL = "(?:总值|总额|合计|总计|余额|净值|原值|总数|数|额)?(?:共计|共有|一共|为|有|共|是|达到?|计|:)*"
_NUMBER = (
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|百万元|万元|千元|元|公里|平方米|亩|吨|人|名|个|辆|台|件|起|张|册)"
)
_OTHER_NAME = r"(?<![他非次未无])"
_WHOLES = {
    "总资产": ("资产总额", "资产合计", "资产总计", "总资产", "资产总值"),
    "总负债": ("负债总额", "负债合计", "负债总计", "总负债"),
    "总人数": ("人员总数", "总人数", "共计"),
}
"""What people call a whole, and how sentences do."""
_LEAD = re.compile(r"^(?:请问|那么?|本单位|单位|大队|学校|医院|我们|的|年底|年末|\d{2,4}年(?:底|末|度)?)+")


@dataclass(frozen=True, slots=True)
class Valued:
    """A thing with the amount that a sentence states of it."""

    name: str
    amount: Amount
    found: Found


def reckoned_together(desk: Desk) -> Draft | None:
    """The sum, the share or the gap of two things that sentences give an amount of; None where that is not asked, an account is
    asked for, or not each of the two has one amount."""
    plan = desk.plan
    if not plan.documents or plan.operation is Operation.REASON:
        return None
    if any(not asked.weak and values_for(desk, asked) for asked in plan.accounts):
        return None
    if plan.years and desk.shelf.disclosure(plan.documents[0]).year not in plan.years:
        return None
    text = fold(plan.text)
    for pattern, reckon in _WAYS:
        if asked := pattern.search(text):
            names = (_LEAD.sub("", asked[key]) for key in ("one", "two"))
            sides = [_valued(desk, _without_unit(desk, name)) for name in names]
            if sides[0] is None or sides[1] is None or sides[0].amount == sides[1].amount:
                return None
            return reckon(desk, sides[0], sides[1])
    return None


def _without_unit(desk: Desk, name: str) -> str:
    """A name without the unit's own right before it ("第三中学图书馆")."""
    issuer = fold(desk.issuer(desk.plan.documents[0]))
    at = max((at for at in range(2, len(name) - 1) if in_order(name[:at], issuer)), default=0)
    return name[at:]


def _valued(desk: Desk, name: str) -> Valued | None:
    """The one amount that the first document's sentences state right behind a name."""
    for said in _WHOLES.get(name, (name,)):
        if len(said) < 2:
            return None
        pattern = re.compile(rf"{_OTHER_NAME}{re.escape(said)}{_TAIL}{_NUMBER}")
        found = [
            Valued(said, Amount(Decimal(match["number"].replace(",", "")), match["unit"]), item)
            for item in sentences_at_hand(desk, desk.plan.documents[0])
            if "名词" not in item.section
            for match in pattern.finditer(fold(item.text))
        ]
        if found:
            return found[0] if len({valued.amount for valued in found}) == 1 else None
    return None


def _like(one: Valued, two: Valued) -> tuple[Amount, Amount] | None:
    """Both amounts in the unit of the first, None where they measure different things."""
    if one.amount.is_money and two.amount.is_money:
        return one.amount, two.amount.to(one.amount.unit)
    return (one.amount, two.amount) if one.amount.unit == two.amount.unit else None


def _added(desk: Desk, one: Valued, two: Valued) -> Draft | None:
    if (both := _like(one, two)) is None:
        return None
    value = Amount(both[0].value + both[1].value, both[0].unit)
    formula = f"{show(both[0])} + {show(both[1])} = {show(value)}"
    return _draft(desk, f"{one.name}、{two.name}合计", "together", value, formula, (one, two))


def _shared(desk: Desk, one: Valued, two: Valued) -> Draft | None:
    both = _like(one, two)
    if both is None or not both[1].value or both[0].value > both[1].value:
        return None
    value = Amount(rounded(both[0].value / both[1].value * 100), "%")
    formula = f"{show(both[0])} ÷ {show(both[1])} = {show(value)}"
    return _draft(desk, f"{one.name}占{two.name}的比例", "share", value, formula, (one, two))


def _apart(desk: Desk, one: Valued, two: Valued) -> Draft | None:
    if (both := _like(one, two)) is None:
        return None
    larger, smaller = sorted(both, key=lambda amount: amount.value, reverse=True)
    value = Amount(larger.value - smaller.value, larger.unit)
    formula = f"{show(larger)} − {show(smaller)} = {show(value)}"
    more = "多" if both[0] == larger else "少"
    return _draft(desk, f"{one.name}比{two.name}{more}", "apart", value, formula, (one, two))


def _draft(desk: Desk, said: str, english: str, value: Amount, formula: str, sides: tuple[Valued, Valued]) -> Draft:
    desk.evidence.compute(value, formula)
    quotes = dict.fromkeys(quote_of(desk, side.found) for side in sides)
    told = desk.speech.pick(
        f"{said}：**{show(value)}**（计算：{formula}）", f"{english}: **{show(value)}** (computed: {formula})"
    )
    return Draft(Verdict.ANSWERED, "\n".join([told, *quotes]), Result(value, "computed", formula))


_WAYS: tuple[tuple[re.Pattern[str], Callable[[Desk, Valued, Valued], Draft | None]], ...] = (
    (_SUM, _added), (_SHARE, _shared), (_GAP, _apart),
)  # fmt: skip


# ---- by what standard a head is paid for

_STANDARD_ASKED = re.compile(
    r"标准[^,，。?？]{0,6}(?:每人|人均|一个人|每年|多少|呢)|(?:每人|人均|一个人|每个人)[^,，。?？]{0,4}(?:标准|定额)|按(?:多少|几)[^,，。?？]{0,4}(?:每人|一个?人)"
)
_EVERY = r"(?:(?:人[·./]?年|人每年|年[·./]?人|人|生|年))"
_STANDARD = re.compile(
    rf"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|元)/{_EVERY}|每(?:人|生)每?年?(?P<each>\d[\d,]*(?:\.\d+)?)(?P<money>万元|元)"
)
_RAISED = re.compile(
    rf"(?P<way>提高|增加|降低|减少|下调|上调)了?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|元)/{_EVERY}"
)
_WORDS = ("公用经费", "机关运转", "运转经费", "生均", "伙食", "补助", "取暖", "培训", "住宿")
_DOWN = ("降低", "减少", "下调")


def standard_a_head(desk: Desk) -> Draft | None:
    """The money that a sentence sets for each head and year; of the year before, by how much it was raised since. None where that
    is not asked or not said once."""
    plan = desk.plan
    about = f"{plan.before}{plan.text}"
    if _STANDARD_ASKED.search(plan.text) is None or not plan.documents:
        return None
    own = desk.shelf.disclosure(plan.documents[0]).year
    words = [word for word in _WORDS if word in about]
    found = []
    for item in sentences_at_hand(desk, plan.documents[0]):
        text = fold(item.text)
        here = [m for m in _STANDARD.finditer(text) if not _RAISED.search(text[max(0, m.start() - 4) : m.end()])]
        if here and words and any(word in text for word in words):
            found += [(item, match) for match in here]
    if len({match.group() for _, match in found}) != 1:
        return None
    item, match = found[0]
    amount = Amount(Decimal((match["number"] or match["each"]).replace(",", "")), match["unit"] or match["money"])
    before = plan.years == (own - 1,) or (not plan.years and re.search("上年|去年|原来|以前", plan.text) is not None)
    if not before:
        shown = show(desk.evidence.compute(amount, ""))
        told = desk.speech.pick(f"标准：每人每年**{shown}**", f"Standard: **{shown}** a head and year")
        if plan.years and own not in plan.years:
            return None
        return Draft(Verdict.ANSWERED, f"{told}\n{quote_of(desk, item)}", Result(amount, "single"))
    return _year_before(desk, item, amount)


def _year_before(desk: Desk, item: Found, amount: Amount) -> Draft | None:
    moved = _RAISED.search(fold(item.text))
    if moved is None or moved["unit"] != amount.unit:
        return None
    step = Decimal(moved["number"].replace(",", ""))
    down = moved["way"] in _DOWN
    value = Amount(amount.value + step if down else amount.value - step, amount.unit)
    formula = f"{show(amount)} {'+' if down else '−'} {show(Amount(step, amount.unit))} = {show(value)}"
    desk.evidence.compute(value, formula)
    told = desk.speech.pick(
        f"上年标准：每人每年**{show(value)}**（计算：{formula}）",
        f"The year before: **{show(value)}** a head and year (computed: {formula})",
    )
    return Draft(Verdict.ANSWERED, f"{told}\n{quote_of(desk, item)}", Result(value, "computed", formula))
