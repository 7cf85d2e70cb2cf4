"""A unit's offices (内设机构) and what each is there for: which of them does something, what one of them does.

Disclosures list them under headings of their own, "（八）外事科。负责…" in one paragraph or a heading and paragraphs below it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.vocabulary import fold
from rag.desk import Desk, Draft
from rag.likeness import likeness
from rag.naming import in_order
from rag.plan import Verdict
from rag.quoting import Found, quote_of, sentences_at_hand
from rag.refuse import missing

_WHICH = re.compile(r"(?:哪|什么)(?:一|几)?(?:个|些)?(?:科室?|处室?|股室?|内设机构|部室)(?!目|研|普|技)")
_WHO = re.compile(r"谁(?:来)?(?:负责|管|牵头|承担|组织|办|写|起草|批)|归谁|由谁|谁的(?:活|职责|事)")
_NAME = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,6}?(?:[科处室股]|部(?!门)))(?:是|主要|具体)*(?:负责|管|干|做|职责|的职责)"
)
_HEADING = re.compile(r"[\u4e00-\u9fff]{2,12}[科处室股部](?:[(（][\u4e00-\u9fff]{2,12}[)）])?[。:：]?$")
"""The heading of a paragraph that names an office ("（九）对口支援科。", "（一）秘书科（联络科）。")."""
_ASKING = re.compile(
    r"(?:归|由|是|找)?(?:哪|什么)(?:一|几)?(?:个|些)?(?:科室?|处室?|股室?|内设机构|部室)(?:来|去)?(?:负责|牵头|承担|管|办|写|做|的)*|谁(?:来)?(?:负责|管|办|写)?|应该|事情|的事|[?？。,，在向里的是]"
)
_ONE_BY_ONE = re.compile(
    r"(?:^|[,，;；。:：])(?P<office>[\u4e00-\u9fff]{2,8}[科处室股部办])(?:主要)?(?:负责|承担)[^;；。]{3,}"
)
"""What a sentence says of several offices one by one ("教务处负责教学;总务处负责后勤")."""
_NEED = 0.5
"""The share of the question's weight that the sentence under an office's heading must say."""
_FEW_UNITS = 3
_SHORTEST = 3
"""The fewest characters of an office's name."""
_MANY = 12


def which_office(desk: Desk) -> Draft | None:
    """The office whose duties say what the question asks after, with the sentence; None where no paragraph headed by an
    office says it."""
    text = f"{desk.plan.text}{desk.plan.before}"
    if _WHICH.search(text) is None and _WHO.search(text) is None:
        return None
    alone = replace(desk.plan, rest=())  # its words stand among those said, less the unit's
    best: tuple[float, Found] | None = None
    for document in desk.plan.documents:
        under = _under_offices(desk, document)
        asked = likeness(alone, [fold(item.text) for item in under], _said(desk)) if under else None
        for item in under if asked is not None else ():
            share = asked.share(fold(item.text)) if asked is not None else 0.0
            if share >= _NEED and (best is None or share > best[0]):
                best = share, item
    if best is None:
        return None
    found = best[1]
    whole = found if found.head in found.text else replace(found, text=found.head + found.text)
    return Draft(Verdict.ANSWERED, quote_of(desk, whole))


_WHICH_UNIT = re.compile(
    r"(?:哪|什么)(?:一|几)?(?:个|家|些)?(?:部门|单位|局|委办局|机关)(?!预算|决算)[^,，。]{0,8}?(?:管|负责|主管|牵头|承担|办理|职责)"
    r"|(?:归|由)(?:哪|什么)(?:一|几)?(?:个|家)?(?:部门|单位|局)"
)
_ITS_DUTIES = re.compile(r"职责|职能|机构设置|内设|概况|基本情况")
_CLEARLY = 0.6
"""The share of the question that a unit's duties must say, for that unit to be the one asked for."""


def which_unit(desk: Desk) -> Draft | None:
    """The units, of several in question, whose duties say what the question asks after, each with its sentence; None where
    no unit's duties do."""
    plan = desk.plan
    if _WHICH_UNIT.search(plan.text) is None or len(plan.units) < 2:
        return None
    best: dict[str, tuple[float, Found]] = {}
    every = [
        (desk.issuer(document), item) for document in plan.documents for item in sentences_at_hand(desk, document)
        if _ITS_DUTIES.search(item.section)
    ]  # fmt: skip
    asked = likeness(plan, [fold(item.text) for _, item in every]) if every else None
    for unit, item in every if asked is not None else ():
        share = asked.share(fold(item.text)) if asked is not None else 0.0
        if share >= _CLEARLY and share > best.get(unit, (0.0, item))[0]:
            best[unit] = share, item
    most = max((share for share, _ in best.values()), default=0.0)
    named = {unit: item for unit, (share, item) in best.items() if share == most}
    lines = [f"{unit}{desk.speech.pick('：', ': ')}{quote_of(desk, item)}" for unit, item in named.items()]
    return Draft(Verdict.ANSWERED, "\n".join(lines)) if 0 < len(lines) <= _FEW_UNITS else None


def _under_offices(desk: Desk, document: str) -> list[Found]:
    """The sentences that stand under the heading of an office, without the headings."""
    said = sentences_at_hand(desk, document)
    headed = [item for item in said if _HEADING.search(item.head) and not _HEADING.search(item.text)]
    one_by_one = [
        replace(item, head=found["office"], text=found.group().lstrip(",，、;；。:：")) for item in said
        for found in _ONE_BY_ONE.finditer(item.text)
    ]  # fmt: skip
    return [*headed, *one_by_one]


def _said(desk: Desk) -> list[str]:
    """What the question says beside its unit, however shortened, the asking and the office, in runs of Chinese."""
    runs = re.findall(r"[\u4e00-\u9fff]{2,}", _ASKING.sub(" ", desk.plan.text))
    units = [fold(name) for name in desk.plan.units]
    return [run for run in runs if not any(in_order(run, unit) for unit in units)]


def duties_of_office(desk: Desk) -> Draft | None:
    """What the paragraph headed by the office named in the question says that it does; None where none is named or headed
    so."""
    found = _NAME.search(desk.plan.text)
    whole = found["name"] if found is not None else ""
    for document in desk.own_documents() if whole else ():
        under = _under_offices(desk, document)
        for name in (
            whole[start:] for start in range(len(whole) - _SHORTEST + 1)
        ):  # "区政府办外事科": the unit goes before
            own = [
                item for item in under
                if name in item.head and (name not in item.text or item.text.startswith(item.head))
            ]  # fmt: skip
            if own:
                return Draft(Verdict.ANSWERED, "\n".join(f"- {quote_of(desk, item)}" for item in own[:_MANY]))
    return None


_TWO_NAMES = re.compile(r"合署|加挂|挂(?:着|了|的|有)*(?:哪|什么|几)|挂[^,，。?？]{0,12}的牌子|[两二]块牌子")
_TWIN = re.compile(r"(?P<one>[\u4e00-\u9fff]{2,12}[科处室股部])[(（](?P<other>[\u4e00-\u9fff]{2,14}[科处室股部])[)）]")
"""An office with another name in brackets ("秘书科（联络科）")."""
_SAYS_SO = re.compile(r"合署|加挂|挂[^,，;；。]{2,40}牌子|牌子")
_JOINS = re.compile(r"[和与及跟、]")


def under_two_names(desk: Desk) -> Draft | None:
    """The sentence that gives an office or body its second name or the one it shares its staff with; a refusal where that is asked
    and no sentence says so; None where it is not asked."""
    if _TWO_NAMES.search(desk.plan.text) is None or not desk.plan.documents:
        return None
    asked = _JOINS.sub("", desk.plan.text)
    said = sentences_at_hand(desk, desk.plan.documents[0])
    for item in said:
        for pair in _TWIN.finditer(fold(item.text)):
            if any(_JOINS.sub("", name) in asked for name in pair.groups()):
                return Draft(Verdict.ANSWERED, quote_of(desk, item))
    told = [item for item in said if _SAYS_SO.search(item.text)]
    shared = [item for item in told if "合署" in item.text] if "合署" in asked else []
    told = shared or told
    return (
        Draft(Verdict.ANSWERED, "\n".join(f"- {quote_of(desk, item)}" for item in told[:2])) if told else missing(desk)
    )
