"""What one sentence shares out among bodies: money and projects of a fund, cars bought ("其中水利局3个项目1.2亿元,卫健委…"). One body's
part, its share of the whole, who has most, and all parts together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from corpus.money import MONEY_UNITS, Amount
from corpus.vocabulary import fold
from rag.answer import Result, rounded, show
from rag.desk import Desk, Draft
from rag.naming import in_order
from rag.plan import Operation, Plan, Verdict
from rag.quoting import Found, quote_of, sentences_at_hand
from rag.refuse import missing

_ENDS = "局|委|办|院|处|站|所|中心|镇|乡|街道|开发区|新区|学校|大学|中学|小学|学院|公司|执法|集团|厅|部|大?队|委员会|办公室|政府"
_PART = re.compile(
    rf"^(?:其中[:,]?)?(?P<body>[\u4e00-\u9fff]{{1,14}}?(?:{_ENDS}))"
    r"(?:分配|下达|安排|分到|涉及|购置|配备|更新|新增|拨付|获得|[共为:])*"
    r"(?P<many>\d+个(?:项目|子项目))?[,(]?(?:资金|金额|共|计)?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|元|台|辆|套|个|人|名)\)?$"
)
_CUT = re.compile(r"[,，、;；。:：](?!\d{3})")
_MONEY_ASKED = re.compile(r"钱|资金|经费|金额|多少(?:万|亿)?元?[?？]?$|分[到了得配]|拿[到了]")
_PROJECTS_ASKED = re.compile(r"(?:多少|几)个?(?:子)?项目")
_SHARE_ASKED = re.compile(r"百分之|占比|比例|比重|占[^,，。?？]{0,10}(?:多少|几成)|%")
_MOST_ASKED = re.compile(r"(?:哪|谁)[^,，。?？]{0,10}(?:最?多|最大|最高)|最多的(?:是|部门|单位)?(?:哪|谁)")
_TOGETHER = re.compile(r"一共|总共|合计|总计|全部|共(?:购|买|更|有|计)|加起来")
_COUNTED = re.compile(r"(?:多少|几)(?P<unit>台|辆|套|名|人)")
_THINGS = {"台": "车", "辆": "车", "套": "车"}
_SHORTEST, _FEWEST = 2, 2
_FIELD = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:局|委(?!员)|办(?!公|理|法)|医院|街道|委员会|开发区)")
"""A body as questions name it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a sentence gives one body."""

    body: str
    amount: Amount
    projects: int | None


@dataclass(frozen=True, slots=True)
class SharedOut:
    """A sentence that shares something out, and the amount right before it that is shared out, None where none stands there."""

    found: Found
    parts: tuple[Part, ...]
    whole: Amount | None
    above: Found | None


def shared_out(desk: Desk) -> Draft | None:
    """What a sentence gives the body named in the question, or all bodies; None where that is not asked or no sentence shares
    it out; a refusal where bodies are given shares and the one asked about is none of them."""
    plan = desk.plan
    if not plan.documents or (plan.years and desk.shelf.disclosure(plan.documents[0]).year not in plan.years):
        return None
    document = plan.documents[0]
    lists = desk.shelf.keep("shared out", document, lambda: _lists(desk, document))
    if not lists:
        return None
    for item in lists:
        if (told := _of_list(desk, item)) is not None:
            return told
    return _not_among_them(desk, lists)


def _lists(desk: Desk, document: str) -> Iterator[SharedOut]:
    items = sentences_at_hand(desk, document)
    for before, item in pairwise((None, *items)):
        assert item is not None, "only the first is none"
        text = fold(item.text)
        found = [_PART.match(piece.strip()) for piece in _CUT.split(text)]
        units = [match["unit"] for match in found if match]
        unit = max(set(units), key=units.count, default="")
        kind = set(MONEY_UNITS) if unit in MONEY_UNITS else {unit}
        parts = tuple(
            Part(
                match["body"],
                Amount(Decimal(match["number"].replace(",", "")), match["unit"]),
                int(match["many"].split("个")[0]) if match["many"] else None,
            )
            for match in found
            if match and match["unit"] in kind
        )
        if len(parts) < _FEWEST or len({part.body for part in parts}) != len(parts):
            continue
        head = text[: text.find(parts[0].body)]
        own, above = _amount_in(head, kind), None
        if own is None and before is not None and before.section == item.section:
            own, above = _amount_in(fold(before.text), kind), before
        yield SharedOut(item, parts, own, above if own is not None else None)


def _amount_in(text: str, units: set[str]) -> Amount | None:
    """The one number with one of these units in a text."""
    found = re.findall(rf"(\d[\d,]*(?:\.\d+)?)({'|'.join(sorted(units, key=len, reverse=True))})", text)
    return Amount(Decimal(found[0][0].replace(",", "")), found[0][1]) if len(found) == 1 else None


def _of_list(desk: Desk, item: SharedOut) -> Draft | None:
    text, plan = fold(desk.plan.text), desk.plan
    money = item.parts[0].amount.is_money
    counted = _COUNTED.search(text)
    alike = counted is not None and _THINGS.get(counted["unit"], "人") == _THINGS.get(item.parts[0].amount.unit, "人")
    asked = (_MONEY_ASKED.search(text) is not None and counted is None) if money else alike
    named = [part for part in item.parts if _named(part.body, text)]
    if len(named) == 1 and _SHARE_ASKED.search(text) and money:
        return _share(desk, item, named[0])
    if len(named) == 1 and named[0].projects is not None and _PROJECTS_ASKED.search(text):
        return _told(desk, item, named[0].body, Amount(Decimal(named[0].projects), "个"))
    if len(named) == 1 and asked:
        return _told(desk, item, named[0].body, named[0].amount)
    if named or plan.operation not in (Operation.LOOK_UP, Operation.PROSE, Operation.RANK, Operation.SUM):
        return None
    if _MOST_ASKED.search(text) and re.search("局|委|部门|单位|地方|乡镇", text) and (asked or money):
        largest = max(item.parts, key=lambda part: _size(part.amount))
        return _told(desk, item, largest.body, largest.amount)
    if alike and _TOGETHER.search(text) and _said_there(plan, item):
        return _all(desk, item)
    return None


def _named(body: str, text: str) -> bool:
    """Whether a body, or its name without the place before it, stands in a folded text ("住建局" of 市住建局)."""
    bare = re.sub("^[省市区县州]", "", body)
    return any(len(name) > _SHORTEST - 1 and name in text for name in (body, bare) if name)


def _size(amount: Amount) -> Decimal:
    return amount.to("元").value if amount.is_money else amount.value


def _said_there(plan: Plan, item: SharedOut) -> bool:
    """Whether the sentence says what the question says was bought or given."""
    verb = re.search("购置|购买|更新|更换|配备|新增|报废|处置|调入|新招|招录", plan.text)
    return verb is not None and (verb.group()[:1] in fold(item.found.text) or "购" in fold(item.found.text))


def _marked(desk: Desk, item: SharedOut, told: str, *, above: bool = False) -> str:
    quotes = [quote_of(desk, item.found)]
    if above and item.above is not None:
        quotes.insert(0, quote_of(desk, item.above))
    return "\n".join([told, *quotes])


def _told(desk: Desk, item: SharedOut, body: str, amount: Amount) -> Draft:
    shown = show(desk.evidence.compute(amount, ""))
    told = desk.speech.pick(f"{body}：**{shown}**", f"{body}: **{shown}**")
    return Draft(Verdict.ANSWERED, _marked(desk, item, told), Result(amount, "single"))


def _share(desk: Desk, item: SharedOut, part: Part) -> Draft | None:
    whole = item.whole
    if whole is None or not whole.is_money or not whole.value:
        return None
    value = Amount(rounded(_size(part.amount) / _size(whole) * 100), "%")
    formula = f"{show(part.amount)} ÷ {show(whole)} = {show(value)}"
    desk.evidence.compute(value, formula)
    told = desk.speech.pick(
        f"{part.body}占总额的**{show(value)}**（计算：{formula}）",
        f"{part.body}: **{show(value)}** of the whole (computed: {formula})",
    )
    return Draft(Verdict.ANSWERED, _marked(desk, item, told, above=True), Result(value, "computed", formula))


def _all(desk: Desk, item: SharedOut) -> Draft:
    amounts = [part.amount for part in item.parts]
    value = Amount(sum((amount.value for amount in amounts), Decimal(0)), amounts[0].unit)
    formula = f"{' + '.join(map(show, amounts))} = {show(value)}"
    desk.evidence.compute(value, formula)
    told = desk.speech.pick(
        f"合计：**{show(value)}**（计算：{formula}）", f"Total: **{show(value)}** (computed: {formula})"
    )
    return Draft(Verdict.ANSWERED, _marked(desk, item, told), Result(value, "computed", formula))


def _not_among_them(desk: Desk, lists: Sequence[SharedOut]) -> Draft | None:
    """A refusal where money given to bodies is asked of another body than those it is given to, which no sentence names."""
    text = fold(desk.plan.text)
    if desk.plan.accounts or not re.search(r"分(?:到|得|了|配)|拿到", text) or not lists[0].parts[0].amount.is_money:
        return None
    body = next((match.group() for match in _FIELD.finditer(text)), "")
    issuer = fold(desk.issuer(desk.plan.documents[0]))
    if not body or in_order(body, issuer) or _spoken_of(desk, body):
        return None
    return missing(desk)


def _spoken_of(desk: Desk, body: str) -> bool:
    bare = re.sub("^[省市区县州]", "", body)
    return any(bare in fold(item.text) for item in sentences_at_hand(desk, desk.plan.documents[0]))
