"""Bodies that a department's disclosure covers and that a question names while it is open: "政保中心" is no other unit then.

Their own figures stand in it only where it says so (an indicator of one of them); else what it states is the whole
department's, and that has to be said.
"""

from __future__ import annotations

import re

from corpus.disclosure import Disclosure
from corpus.vocabulary import fold
from rag.naming import in_order
from rag.numerals import count

_BODY = re.compile(
    r"[\u4e00-\u9fff]{1,14}?(?:中心|大队|支队|总队|学院|中学|小学|附中|附小|医院|事务所|[局委办处所站馆院校社])"
)
_COUNTED = re.compile(r"(?P<count>[两二三四五六七八九十]|\d{1,2})(?:家|个|所)(?:下属|预算|所属)?(?:单位|部门|机构)")
_SHORTEST = 3


def part_named(disclosure: Disclosure, text: str) -> str:
    """The words of a folded question that name a body which the disclosure covers beside its issuer, or all of them by
    their number ("三家单位各自"); "" for none."""
    counted = _COUNTED.search(text)
    units = len(disclosure.units)
    if counted and units > 1 and count(counted["count"]) == units and re.search(r"各|分别|哪", text):
        return counted.group()
    issuer = fold(disclosure.issuer)
    others = [fold(name) for name in disclosure.units if fold(name) != issuer]
    named: dict[str, None] = {}
    at = 0
    while at < len(text):
        body = _BODY.match(text[at:])
        said = body.group() if body else ""
        at += 1
        if len(said) < _SHORTEST or said in issuer:
            continue
        if sum(in_order(said, other) for other in others) == 1 and not in_order(said, issuer):
            named[said] = None
            at += len(said) - 1
    return "、".join(named)
