"""By which standard an amount is worked out ("按什么标准", "怎么测算"): the sentence about the account that has a rate in it, or
the one right behind it that opens with 测算标准."""

from __future__ import annotations

import re

from corpus.vocabulary import fold
from rag.desk import Desk, Draft
from rag.plan import Verdict
from rag.quoting import quote_of, sentences_at_hand

_ASKED = re.compile(
    r"(?:按|照|依)(?:照)?(?:什么|多少|啥|何种)(?:的)?标准|(?:什么|啥|多少|哪个)标准|标准(?:是|为)?(?:多少|什么|怎么|如何)|(?:怎么|如何)(?:测算|核定|算(?:的|出来))|测算(?:标准|依据)"
)
_RATED = re.compile(
    r"(?:每(?:人|名|个|月|年|家|户|亩|生|次|村|校|位)|年?人均|生均|户均)[^,，。;；\d]{0,8}\d|\d[\d,.]*元?/(?:人|月|年|户|亩|生|次|家)|按[^,，。;；]{2,30}(?:测算|计算|核定)|测算标准|\d元每(?:人|月|年)"
)
_GOES_ON = re.compile(r"\s*(?:测算|计算|补助|发放|执行)?(?:标准|依据|办法)(?:为|是)?[:：]|\s*按")
_ENDING = re.compile(r"(?<=..)(?:项目)?(?:专项)?(?:经费|资金|费用|支出|费)$")
_MOST = 2


def reckoned(desk: Desk) -> Draft | None:
    """The sentences that say by which standard the money asked about is worked out; None where that is not asked or not said."""
    plan = desk.plan
    if _ASKED.search(plan.text) is None or not plan.documents:
        return None
    names = [fold(name) for asked in plan.accounts if not asked.weak for name in (asked.said, asked.name)]
    names = names or [word for word in plan.rest if len(word) >= 3 and word in plan.text]
    stems = {_ENDING.sub("", name) for name in names} - {"标准"}
    if not stems:
        return None
    found, before = [], False
    for item in sentences_at_hand(desk, plan.documents[0]):
        text = fold(item.text)
        named = any(stem in text for stem in stems) and "名词" not in item.section
        if _RATED.search(text) and (named or (before and _GOES_ON.match(text))):
            found.append(item)
        before = named
    distinct = list({item.text: item for item in found}.values())
    if not distinct or len(distinct) > _MOST:
        return None
    return Draft(Verdict.ANSWERED, "\n".join(quote_of(desk, item) for item in distinct))
