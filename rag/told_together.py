"""Things of which one sentence tells all that is asked: several rates of one cell, how many projects and for how much, on what grounds
an expense is planned, how many units it is of, up to which amount somebody is in charge, what a project's sheet says it pays for."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.figure import Measure, Reader, Scheme, Status
from corpus.money import MONEY_UNITS, Amount
from corpus.vocabulary import fold
from rag.answer import Result
from rag.desk import Desk, Draft
from rag.ops_described import field_of
from rag.plan import Operation, Verdict
from rag.quoting import Found, long_cells, quote_of, sentences_at_hand
from rag.statements import Statement, statements
from rag.told_by_use import share_said

_EACH = re.compile(
    r"^(?P<things>[^,，。?？]{4,40}?)(?:的)?(?:目标|指标)?(?:值)?(?:各|分别)?(?:是|为|要?达到?)(?:多少|百分之几|几)[?？]?$"
)
_JOINED = re.compile(r"[、和与及跟]")
_RATE = re.compile(r"[\u4e00-\u9fff]{2}率$")
_LAND = re.compile(r"(?P<word>占地|用地|建筑|绿地|绿化)面积$")
_MANY_AND_MUCH = re.compile(
    r"项目(?:的)?(?:个数|数量?|有几个|有多少个)(?:和|与|及|、|以及)(?:涉及的?)?(?:预算)?(?:的)?(?:金额|资金)"
)
_GROUNDS = re.compile(r"(?:依据|根据)(?:是)?(?:什么|啥|哪)|凭(?:什么|啥)(?:安排|编)")
_GROUNDS_SAID = re.compile(r"根据|按照|依据|需[求要]|标准|规定")
_OF_UNITS = re.compile(r"(?:算|含|包括|包含|涵盖|管)(?:了|的是)?(?:几|多少|哪几?)(?:家|个)(?:单位|机关)(?:的)?[?？]?$")
_UNITS_SAID = re.compile(r"\d+(?:家|个)(?:行政|事业|机关|参公|预算|单位)")
_UP_TO = re.compile(
    r"(?:金额)?标准(?:是|为)?多少|多少(?:万?元)?(?:以上|以下|以内)|多大(?:金额|数额|规模)|多少钱(?:以上|以下|以内)"
)
_LIMIT = re.compile(r"^\s*(?:[(（]?含[)）]?)?(?:及)?(?:以上|以下|以内)")
_PAYS_FOR = re.compile(r"费|用于|支付|采购|购置|保障|开展")
_ASIDE = re.compile(r"金额|标准|[里中]$")
_MARKS = re.compile(r"[,，。;；]")
_NEED = 0.6
_NEAR, _LEAST, _TWO, _MOST = 10, 4, 2, 2


def told_together(desk: Desk) -> Draft | None:
    """The sentence that tells all of what is asked together; None where that is not asked so, or no sentence has it all."""
    if not desk.plan.documents:
        return None
    return next(filter(None, (tells(desk) for tells in _TELL)), None)


def _quoted(desk: Desk, found: Found, result: Result | None = None) -> Draft:
    return Draft(Verdict.ANSWERED, quote_of(desk, found), result)


def _every_sentence(desk: Desk) -> list[Found]:
    document = desk.plan.documents[0]
    return [i for i in (*sentences_at_hand(desk, document), *long_cells(desk, document)) if "名词" not in i.section]


def _numbers_of_each(desk: Desk) -> Draft | None:
    """Several rates, or a rate and an area, that one sentence gives one after another ("办结率99%,满意率95%")."""
    asked = _EACH.search(desk.plan.text)
    things = [thing for thing in _JOINED.split(asked["things"]) if thing] if asked is not None else []
    keys = []
    for thing in things:
        rate, land = _RATE.search(thing), _LAND.search(thing)
        keys.append(rate.group() if rate else land["word"] if land else "")
    if len(keys) < _TWO or not all(keys):
        return None
    says = [re.compile(rf"{key}[^,，。;；\d]{{0,{_NEAR}}}\d") for key in keys]
    found = [item for item in _every_sentence(desk) if all(say.search(fold(item.text)) for say in says)]
    return _quoted(desk, found[0]) if found and len({fold(item.text) for item in found}) == 1 else None


def _how_many_and_much(desk: Desk) -> Draft | None:
    """The sentence that counts projects and states their money."""
    counted = [a for a in desk.plan.accounts if a.name.endswith("项目") and not a.weak]
    if len(counted) != 1 or _MANY_AND_MUCH.search(desk.plan.text) is None:
        return None
    document = desk.plan.documents[0]
    own = [
        f for f in desk.shelf.figures(document)
        if f.account == counted[0].name and f.measure is Measure.COUNT and f.reader is Reader.PROSE
    ]  # fmt: skip
    for item in sentences_at_hand(desk, document) if own else ():
        if own[0].locator.quote and own[0].locator.quote[:_NEAR] in item.text and re.search(r"万元|元", item.text):
            return _quoted(desk, item)
    return None


def _on_what_grounds(desk: Desk) -> Draft | None:
    """The sentence that says by what need or rule an expense is planned."""
    plan = desk.plan
    named = [a for a in plan.accounts if not a.weak]
    if len(named) != 1 or _GROUNDS.search(plan.text) is None or named[0].targets[0].scheme is not Scheme.THREE_PUBLIC:
        return None
    found = [
        i for i in sentences_at_hand(desk, plan.documents[0])
        if "名词" not in i.section and named[0].name in fold(f"{i.around[-80:]}{i.text}") and _GROUNDS_SAID.search(i.text)
        and "公" in i.section
    ]  # fmt: skip
    own = [i for i in found if named[0].name in fold(i.text)] or found
    return Draft(Verdict.ANSWERED, "\n".join(quote_of(desk, i) for i in own[:_MOST])) if own else None


def _of_how_many_units(desk: Desk) -> Draft | None:
    """The sentence that says of how many units an amount is."""
    named = [a for a in desk.plan.accounts if not a.weak]
    if len(named) != 1 or _OF_UNITS.search(desk.plan.text) is None:
        return None
    found = [i for i in _every_sentence(desk) if named[0].name in fold(i.text) and _UNITS_SAID.search(fold(i.text))]
    return _quoted(desk, found[0]) if found else None


def _behind(statement: Statement) -> str:
    """What stands behind a number up to the next mark, with what is joined to it ("及以下的…")."""
    return _MARKS.split(statement.found.text[statement.mention.end :])[0]


def _clause(statement: Statement) -> str:
    """The clause that a number stands in, without the number."""
    return _MARKS.split(statement.found.text[: statement.mention.start])[-1] + _behind(statement)


def _up_to_how_much(desk: Desk) -> Draft | None:
    """The amount "and less" or "and more" of which a sentence says what the question does."""
    plan = desk.plan
    if _UP_TO.search(plan.text) is None or any(not a.weak for a in plan.accounts):
        return None
    document = plan.documents[0]
    found = [
        s for s in statements(desk, document)
        if s.mention.unit in MONEY_UNITS and s.figure is None and _LIMIT.match(_behind(s))
    ]  # fmt: skip
    words = [plain for word in plan.rest if len(plain := _ASIDE.sub("", word)) >= _TWO]
    near = [s for s in found if words and all(share_said(word, fold(_clause(s))) >= _NEED for word in words)]
    if sum(map(len, words)) < _LEAST or len({s.mention.value for s in near}) != 1:
        return None
    amount = Amount(near[0].mention.value, near[0].mention.unit)
    return _quoted(desk, near[0].found, Result(amount, Status.SINGLE.value))


def _what_a_sheet_pays_for(desk: Desk) -> Draft | None:
    """What a project's sheet of targets says its money goes to, where no chapter describes the project."""
    plan = desk.plan
    projects = [a for a in plan.accounts if a.targets[0].scheme is Scheme.PROJECT]
    if plan.topic != "purpose" or len(projects) != 1 or field_of(desk, "overview"):
        return None
    name = fold(projects[0].targets[0].account)
    own = [
        i for i in long_cells(desk, plan.documents[0])
        if fold(i.section) == name and _PAYS_FOR.search(i.text) and re.search(r"[、,，]", i.text)
    ]  # fmt: skip
    return _quoted(desk, own[0]) if own and plan.operation is Operation.PROSE else None


_TELL: tuple[Callable[[Desk], Draft | None], ...] = (
    _numbers_of_each, _how_many_and_much, _on_what_grounds, _of_how_many_units, _up_to_how_much,
    _what_a_sheet_pays_for,
)  # fmt: skip
