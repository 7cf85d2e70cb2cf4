"""What a government's paper tells place by place, a line for each under a heading that says so (一般公共预算收入分级完成情况): what
one place took in, by how much it moved, which has most, which grew.

    青河市13.2亿元,完成年度预算的112.8%,减收8.4亿元,下降38.9%。

What stands behind 其中 in a line is of the place's own parts and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.money import Amount
from corpus.vocabulary import fold
from rag.answer import Result, show
from rag.desk import Desk, Draft
from rag.plan import Verdict
from rag.quoting import Found, mark_of, paragraph_found, quote_of

_HEADING = re.compile(
    r"(?P<what>[一-鿿]{2,16}?)(?:分级|分县|分市|分区|分地区|分镇|各县|各区|各市|各地)[^,，。\d]{0,12}[:：]?$"
)
_LINE = re.compile(
    r"(?:\d{1,2}[.、]|[(（]\d{1,2}[)）])?(?P<place>[一-鿿（）()]{1,12}?(?:本级|[市县区旗镇乡]|街道|园区))(?:收入|支出|完成|实现|为)*"
    r"(?P<amount>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元)(?P<rest>[,，。;；].*)?"
)
_MOVED = re.compile(
    r"(?P<way>增收|减收|增支|减支|增加|减少|短收|超收)(?:了)?(?P<size>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元)"
)
_RATE = re.compile(r"(?P<way>增长|上升|下降|降低|负增长)(?:了)?(?P<rate>\d+(?:\.\d+)?)%")
_OF_PLAN = re.compile(r"完成[^,，。]{0,10}(?:预算|目标|任务)[^,，。\d]{0,3}(?P<rate>\d+(?:\.\d+)?)%")
_DOWN = re.compile("减|下降|降低|负|短收")
_FEWEST = 3
_WHICH = re.compile(r"(?:哪|什么)(?:一)?(?:个|些|几个)?(?:地方|地区|县|区|市|板块|镇|街道)|分级|各(?:县|区|地)")
_MOST = re.compile(r"(?:最|第一)(?P<end>高|多|大|低|少|小)?")
_GREW = re.compile(r"(?P<way>增长|增收|上升|正增长|下降|减收|负增长)(?:的|了)")


@dataclass(frozen=True, slots=True)
class Place:
    """One line: the place, its amount, by how much and how many percent it moved (signed), the part of the plan reached."""

    name: str
    amount: Amount
    change: Amount | None
    rate: Amount | None
    completion: Amount | None
    found: Found


def of_places(desk: Desk) -> Draft | None:
    """What such a list answers; None where the document has none or the question asks nothing of it."""
    plan = desk.plan
    if not plan.documents or (plan.years and desk.shelf.disclosure(plan.documents[0]).year not in plan.years):
        return None
    what, places = _listed(desk, plan.documents[0])
    flow = next((asked.flow for asked in plan.accounts if asked.flow), "")
    if len(places) < _FEWEST or (flow and flow not in what):
        return None
    named = [place for place in places if fold(place.name) in plan.text]
    named = [p for p in named if not any(p is not q and fold(p.name) in fold(q.name) for q in named)]
    if len(named) == 1 and fold(desk.issuer(plan.documents[0])).find(fold(named[0].name)) < 0:
        return _one(desk, named[0])
    if named or _WHICH.search(plan.text) is None:
        return None
    return _ranked(desk, what, places) or _moved(desk, what, places)


def _listed(desk: Desk, document: str) -> tuple[str, Sequence[Place]]:
    """The account that the first such list of a document is of, with its places."""
    what, found = "", list[Place]()
    for section in desk.shelf.sections(document):
        titled = _HEADING.search(section.title)
        if titled is not None and not found:
            what = titled["what"]
        for paragraph in section.paragraphs:
            text = re.sub(r"\s", "", paragraph.text)
            heading, line = _HEADING.search(text), _LINE.match(text)
            if heading is not None and not found:
                what = heading["what"]
            elif what and line is not None:
                found.append(_place(line, paragraph_found(document, section, paragraph)))
            elif found:
                return what, found
    return what, found


def _place(line: re.Match[str], found: Found) -> Place:
    own = re.split("其中|。", line["rest"] or "")[0]
    moved, rate, plan = _MOVED.search(own), _RATE.search(own), _OF_PLAN.search(own)
    return Place(
        line["place"],
        _amount(line["amount"], line["unit"]),
        _amount(moved["size"], moved["unit"], moved["way"]) if moved else None,
        _amount(rate["rate"], "%", rate["way"]) if rate else None,
        _amount(plan["rate"], "%") if plan else None,
        found,
    )


def _amount(number: str, unit: str, way: str = "") -> Amount:
    value = Decimal(number.replace(",", ""))
    return Amount(-value if _DOWN.search(way) else value, unit)


def _wanted(text: str, place: Place) -> Amount | None:
    """The number of a line that the question asks for."""
    if re.search(r"(?:增收|减收|增支|减支|短收|超收|[增减]加?|[多少])了?(?:多少|几)(?!个?百分)", text) and place.change:
        return place.change
    if re.search(r"完成.{0,6}(?:预算|目标)|进度", text):
        return place.completion
    if re.search(r"增[长幅速]|下降|降幅|百分|%|增减率", text):
        return place.rate
    return place.amount


def _one(desk: Desk, place: Place) -> Draft | None:
    amount = _wanted(desk.plan.text, place)
    return Draft(Verdict.ANSWERED, quote_of(desk, place.found), Result(amount, "single")) if amount else None


def _ranked(desk: Desk, what: str, places: Sequence[Place]) -> Draft | None:
    """The place with most or least of the amount, the change or the rate."""
    text = desk.plan.text
    end = _MOST.search(text)
    if end is None:
        return None
    down = re.search(r"下降|降幅|减收|减少|跌", text) is not None
    rated = re.search(r"[增降]幅|增[长速]|下降|百分", text) is not None
    moved = re.search(r"增收|减收|增加|减少", text) is not None
    keyed = [(p, p.rate if rated else p.change if moved else p.amount) for p in places]
    known = [(p, amount) for p, amount in keyed if amount is not None]
    if len(known) != len(places):
        return None
    least = end["end"] in ("低", "少", "小") if end["end"] else False
    pick = min if least != down else max
    best, amount = pick(known, key=lambda item: item[1].to("元").value if item[1].is_money else item[1].value)
    desk.evidence.compute(amount, "")
    told = desk.speech.pick(f"{what}：**{best.name}**", f"{what}: **{best.name}**")
    shown = f"{show(amount)}{mark_of(desk, best.found)}"
    return Draft(Verdict.ANSWERED, f"{told} {shown}\n{quote_of(desk, best.found)}", Result(amount, "single"))


def _moved(desk: Desk, what: str, places: Sequence[Place]) -> Draft | None:
    """The places that grew, or those that fell."""
    asked = _GREW.search(desk.plan.text)
    if asked is None:
        return None
    down = _DOWN.search(asked["way"]) is not None
    signs = [(p, p.rate or p.change) for p in places]
    own = [p for p, amount in signs if amount is not None and amount.value and (amount.value < 0) == down]
    lines = [f"- {p.name}{desk.speech.pick('：', ': ')}{quote_of(desk, p.found)}" for p in own]
    none = desk.speech.pick(f"{what}：没有这样的地方。", f"{what}: none.")
    return Draft(Verdict.ANSWERED, "\n".join(lines) or none)
