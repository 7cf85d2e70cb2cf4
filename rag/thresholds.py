"""Limits that sentences set ("3000万元及以下的竣工决算由…批复"), asked for by what lies on one side of them ("多少万元以下的…归财政局管")."""

from __future__ import annotations

import re

from corpus.money import Amount, mentions
from corpus.vocabulary import fold
from rag.answer import Result
from rag.desk import Desk, Draft
from rag.plan import Verdict
from rag.quoting import quote_of, sentences_at_hand
from rag.retrieve import bigrams

_ASKED = re.compile(
    r"(?:多少|几)(?:百|千)?(?:万|亿)?(?:元|人|个|平方米|岁|年)?(?:及|或|\(含\))?(?P<side>以上|以下|以内|之内|之上|之下)"
)
_SIDE = {
    "上": re.compile(r"(?:\(含\))?(?:及|或|\(含\)|含)*以上"),
    "下": re.compile(r"(?:\(含\))?(?:及|或|\(含\)|含)*以[下内]"),
}
_COMMON = 4
"""Character pairs that question and sentence must share."""


def limit_set(desk: Desk) -> Draft | None:
    """The sentence that sets the limit asked for, with its number; None where that is not asked, or no or several sentences do."""
    plan = desk.plan
    asked = _ASKED.search(plan.text)
    if asked is None or not plan.documents:
        return None
    side = _SIDE["上" if "上" in asked["side"] else "下"]
    wanted = bigrams(_ASKED.sub("", plan.text))
    scored = []
    for item in sentences_at_hand(desk, plan.documents[0]):
        text = fold(item.text)
        limits = [m for m in mentions(text) if m.unit and side.match(text, m.end)]
        if len(limits) == 1 and "名词" not in item.section:
            clause = re.split("[;；。]", text[limits[0].start :])[0]
            scored.append((len(wanted & bigrams(clause)), item, limits[0]))
    scored.sort(key=lambda entry: -entry[0])
    if not scored or scored[0][0] < _COMMON or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return None
    _, item, limit = scored[0]
    return Draft(Verdict.ANSWERED, quote_of(desk, item), Result(Amount(limit.value, limit.unit), "single"))
