"""A place and its bodies: the budget of a district is no department's, and a department's is not the district's."""

from __future__ import annotations

import re

from corpus.disclosure import Level
from corpus.figure import Scheme
from corpus.vocabulary import fold
from rag.desk import Desk, Draft
from rag.plan import Verdict
from rag.quoting import sentences_at_hand
from rag.statements import stated

_WHOLE = re.compile(
    r"全(?:区|市|县|省|州|旗|国|自治区)(?!域|覆盖|面)(?=[^在]*?(?:收入|支出|财政|税收|财力|债务|三公|预算|决算))"
)
"""All of a place is asked about ("全区2025年一般公共预算收入"), not its rank in it ("在全省排第几")."""
_GOVERNMENTS = re.compile(r"财政总收入|(?<!国家)税收收入|地方(?:一般公共预算|财政)收入|财政自给率")
"""What only a government takes in."""
_OF_THE_PLACE = frozenset(
    {Scheme.TOTAL, Scheme.SOURCE, Scheme.REVENUE, Scheme.BALANCE, Scheme.DEBT, Scheme.THREE_PUBLIC}
)


def of_a_place_alone(desk: Desk) -> bool:
    """Whether the documents at hand are one place's own, with no figures of the bodies in it."""
    names = desk.plan.documents
    if len(desk.plan.units) != 1 or not names:
        return False
    whole = all(desk.shelf.disclosure(name).level is Level.GOVERNMENT for name in names)
    return whole and not any(figure.entity for name in names for figure in desk.shelf.figures(name))


def of_whole_place(desk: Desk) -> Draft | None:
    """What a body's paper says of the whole place in a sentence, else that the book has no such paper, where totals of all
    of a district, county or province are asked for; None where none are, or a government's own paper is at hand."""
    plan = desk.plan
    said = _WHOLE.search(plan.text) or _GOVERNMENTS.search(plan.text)
    if said is None or not plan.documents or plan.everyone or all(asked.weak for asked in plan.accounts):
        return None
    if any(desk.shelf.disclosure(name).level is Level.GOVERNMENT for name in plan.documents):
        return None
    if not all(asked.targets[0].scheme in _OF_THE_PLACE for asked in plan.accounts):
        return None
    words, accounts = said.group(), [asked.said for asked in plan.accounts]
    texts = [fold(item.text) for name in plan.documents for item in sentences_at_hand(desk, name)]
    if any(words in text and any(account in text for account in accounts) for text in texts):
        return stated(desk)
    if any(words in fold(f"{f.account}{f.name}") for name in plan.documents for f in desk.shelf.figures(name)):
        return None  # the paper prints a figure of that name
    where = desk.speech.disclosure(desk.shelf.disclosure(plan.documents[0]))
    names = "、".join(desk.speech.account(asked) for asked in plan.accounts)
    return Draft(Verdict.NOT_DISCLOSED, desk.speech.pick(
        f"{where}只公开本部门（单位）自己的收支，没有整个地区的“{names}”；那要看当地政府的预算、决算报告。",
        f"{where} tells of this body's own money alone, not of “{names}” of the whole place; see the government's budget report.",
    ))  # fmt: skip
