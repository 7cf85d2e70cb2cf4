"""What only the sentences of a self-evaluation say: whom it paid, when the money came and from which level, how many people
got how much each, sizes, and what one kilometre or square metre cost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.figure import Scheme
from corpus.money import MONEY_UNITS, Amount, Mention, mentions
from corpus.vocabulary import fold
from rag.answer import Result, rounded, show
from rag.desk import Desk, Draft
from rag.plan import Operation, Verdict
from rag.quoting import Found, quote_of, sentences_at_hand
from rag.retrieve import bigrams
from rag.statements import stated

_WHOM = re.compile(
    r"怎么(?:拨|付|发|支付)|(?:拨|付|发|支|给|打|转)(?:给|到|付给|往)?了?(?:谁|哪|什么(?:人|单位|公司))|给谁|给什么人|收款|拨出去|付出去|谁(?:拿|收|领)"
)
_PAID = re.compile(
    r"(?<!下)拨(?!款|经费)(?:付|给|入|转)?|付给|支付(?:给)?|转(?:给|付)|发放(?:给)?|兑付|补助给|汇(?:给|入)"
)
_FOR = re.compile(
    r"(?:[向对给为]|用于|发放(?:给|到)?|受益(?:对象|群体)(?:为|是)?)[^,，。;；]{0,24}?(?:者|人员|职工|干部|群众|户|学生|教师|老师|居民|企业|公司|对象|家庭|党员|老人|儿童|农民|村民)"
)
ARRIVAL = re.compile(
    r"(?:什么时候|啥时候|何时|几时|哪天|哪个?月|几月).{0,8}(?:到账|到位|下达|拨|来|给)|(?:到账|到位|下达|拨下?来?)的?(?:时间|日期|是?什么时候|是?啥时候)"
)
"""It is asked when money came."""
_WHOSE = re.compile(
    r"哪(?:一)?(?:级|层)|谁(?:给|拨|出|下达)|哪里(?:来|拨|给)|(?:资金|钱|经费).{0,3}(?:来源|哪来|从哪)|哪个部门(?:拨|给|下达)"
)
_CAME = re.compile(r"到账|到位|下达|拨付|拨入|(?:省|市|中央|县|区|州|镇|上级)(?:级)?拨")
_LEVEL = re.compile(r"中央|省|市(?!场)|州|镇|县|区(?!域)|上级|财政")
_DATE = re.compile(r"(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日)?")
_EACH = re.compile(r"每(?:个)?(?:人|户|名|位|家)|人均|户均|标准")
_MANY = re.compile(r"(?:多少|几)(?:个)?(?:人|名|位|户|家)|人数|户数")
_RATED = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?:元)?/(?:人|户|名)|(?:每(?:个)?(?:人|户|名|位)|人均|标准)[^,，。;；\d]{0,8}\d"
)
_PER = re.compile(
    r"(?:平均)?每(?:一)?(?P<unit>公里|千米|平方米|米|亩|公顷|户|座|间|套)[^,，。]{0,6}(?:多少|几)(?:万元|元|钱|万|费用)?"
)
_SIZED = re.compile(r"(?:多少|几)(?:个)?(?:公里|千米|平方米|米|亩|公顷|吨|座|处|间|套|条|层|盏|车道)")
_MOST = 3


def in_sentences(desk: Desk, document: str) -> Draft | None:
    """The sentences that say whom, when, from which level, or how many with how much each; None where that is not asked."""
    text = desk.plan.text
    every = sentences_at_hand(desk, document)
    if _MANY.search(text) and _EACH.search(text):
        found = [s for s in every if _RATED.search(fold(s.text)) and _heads(s.text)]
        return _quoted(desk, found)
    if ARRIVAL.search(text) or _WHOSE.search(text):
        return _came(desk, every)
    if not _WHOM.search(text):
        return None
    paid = [s for s in every if _PAID.search(s.text) and _money(s.text)]
    asked = [m for m in mentions(text) if m.unit in MONEY_UNITS]
    if asked:
        paid = [s for s in paid if _comes_to(s.text, asked[0])] or paid
    if paid:
        return _quoted(desk, paid)
    given = [s for s in every if _FOR.search(s.text) and re.search(r"基本情况|概况|概述|立项|项目", s.section)]
    return _quoted(desk, given[:1])


def _came(desk: Desk, every: Sequence[Found]) -> Draft | None:
    """The sentences that say when the money came, and from which level."""
    found = [s for s in every if _CAME.search(s.text) and (_DATE.search(s.text) or _LEVEL.search(s.text))]
    if ARRIVAL.search(desk.plan.text):
        found = [s for s in found if _DATE.search(s.text)]
    if _WHOSE.search(desk.plan.text):
        found = [s for s in found if _LEVEL.search(s.text)]
    nearest = [s for s in found if re.search(r"到位|到账", f"{s.section}{s.text}")] or found
    return _quoted(desk, nearest)


def _quoted(desk: Desk, found: Sequence[Found]) -> Draft | None:
    if not found:
        return None
    return Draft(Verdict.ANSWERED, "\n".join(f"- {quote_of(desk, item)}" for item in found[:_MOST]))


def _heads(text: str) -> bool:
    return any(m.unit in ("人", "名", "户", "家", "位", "人次") for m in mentions(text.replace(" ", "")))


def _money(text: str) -> list[Mention]:
    return [m for m in mentions(text) if m.unit in MONEY_UNITS]


def _comes_to(text: str, asked: Mention) -> bool:
    """Whether the amounts of a sentence add up to the one asked about, or are that one."""
    wanted = Amount(asked.value, asked.unit).to("元").value
    amounts = [Amount(m.value, m.unit).to("元").value for m in _money(text)]
    return wanted in amounts or sum(amounts, Decimal(0)) == wanted


def per_unit(desk: Desk, document: str) -> Draft | None:
    """What one kilometre, square metre … costs: the one amount that the question names, by the one size stated for it."""
    asked = _PER.search(desk.plan.text)
    if asked is None:
        return None
    name = re.sub(r"(?:总共|一共|平均|的)+$", "", desk.plan.text[: asked.start()])
    name = name[-6:]
    every = sentences_at_hand(desk, document)
    sizes = [
        (s, m) for s in every for m in mentions(s.text) if m.unit == asked["unit"] and not s.text.startswith("/", m.end)
    ]
    costs = [
        (s, m) for s in every for m in _money(s.text)
        if len(name) >= 2 and bigrams(name) & bigrams(fold(re.split(r"[,，。;；]", s.text[: m.start])[-1]))
    ]  # fmt: skip
    whole = [
        (s, m) for s, m in sizes if re.search(r"全长|总长|总面积|共|面积", s.text[max(0, m.start - 6) : m.start])
    ] or sizes
    if (
        len({m.value for _, m in whole}) != 1
        or len({(m.value, m.unit) for _, m in costs}) != 1
        or not whole[0][1].value
    ):
        return None
    (cost_said, cost), (size_said, size) = costs[0], whole[0]
    value = Amount(rounded(cost.value / size.value), cost.unit)
    formula = f"{show(Amount(cost.value, cost.unit))} ÷ {size.value:f} = {show(value)}"
    desk.evidence.compute(value, formula)
    quotes = dict.fromkeys((quote_of(desk, cost_said), quote_of(desk, size_said)))
    told = desk.speech.pick(
        f"平均每{asked['unit']}**{show(value)}**（计算：{formula}）",
        f"Per {asked['unit']}: **{show(value)}** (computed: {formula})",
    )
    return Draft(
        Verdict.ANSWERED, "\n".join([told, *(f"- {quote}" for quote in quotes)]), Result(value, "computed", formula)
    )


def sized(desk: Desk) -> Draft | None:
    """A size or a number of things that a sentence states ("路线全长多少公里"), the project's name left aside."""
    if _SIZED.search(desk.plan.text) is None:
        return None
    others = tuple(a for a in desk.plan.accounts if a.targets[0].scheme is not Scheme.PROJECT)
    apart = Desk(replace(desk.plan, accounts=others, operation=Operation.PROSE), desk.shelf, desk.searcher)
    found = stated(apart)
    if found is None or found.result is None:
        return None
    desk.evidence = apart.evidence
    return found
