"""What a place's final accounts say of the numbers reported before they were closed (决算数 beside 执行数): the sentence that
sets both beside each other, with the one that says why."""

from __future__ import annotations

import re

from corpus.disclosure import Basis, Level
from corpus.vocabulary import fold
from rag.desk import Desk, Draft
from rag.plan import Operation, Verdict
from rag.quoting import Found, quote_of, sentences_at_hand

_BOTH = re.compile(r"决算[^,，。]{0,8}执行数|执行数[^,，。]{0,8}决算")
_SET_BESIDE = re.compile(r"(?:与|和|同|比|较)[^,，;；。]{0,60}执行数")
_WHY = re.compile(r"^(?:(?:变化|变动|增加|减少|差异)的?)?(?:主要)?(?:原因)?(?:是|为|系)|^主要|^原因|^由于")
_CAUSE = re.compile("主要|原因|由于|因为")
_FUNDS = (("基金", "政府性基金"), ("国有资本|国资", "国有资本经营"), ("社保|社会保险", "社会保险基金"))


def against_executed(desk: Desk) -> Draft | None:
    """The sentence of a place's final accounts on how they differ from what was reported as executed; None where that is not
    asked, or no sentence says it."""
    plan = desk.plan
    if _BOTH.search(plan.text) is None or not plan.documents or plan.operation is Operation.DEFINE:
        return None
    disclosure = desk.shelf.disclosure(plan.documents[0])
    if disclosure.level is not Level.GOVERNMENT or disclosure.basis is not Basis.FINAL:
        return None
    every = sentences_at_hand(desk, disclosure.name)
    told = [at for at, item in enumerate(every) if _SET_BESIDE.search(fold(item.text))]
    fund = next((name for said, name in _FUNDS if re.search(said, plan.text)), "一般公共预算")
    of_fund = [at for at in told if fund in every[at].text] or told
    if not of_fund:
        return None
    found = [every[of_fund[0]]]
    found += _reason(every, of_fund[0])
    why = plan.operation is Operation.REASON
    if why and not any(_CAUSE.search(item.text) for item in found):
        return None
    return Draft(Verdict.ANSWERED, "\n".join(quote_of(desk, item) for item in found))


def _reason(every: tuple[Found, ...], at: int) -> list[Found]:
    """The sentence right behind one, where it says why."""
    following = every[at + 1] if at + 1 < len(every) else None
    return [following] if following is not None and _WHY.match(following.text.strip()) else []
