"""Numbers that a question narrows and no account is kept for: a part of the posts ("事业编里经费自给的"), what a sentence calls by a longer
name (租车费 beside 车费), growth without something one-off ("剔除…后"), the budget behind "比预算数减少", a named project over two years.

The sentence that says it answers; where none does, the wider number is never told for the narrower one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.disclosure import Basis
from corpus.figure import Scheme
from corpus.money import Amount
from corpus.vocabulary import fold
from rag.answer import Result, rounded, show
from rag.desk import Desk, Draft
from rag.plan import Asked, Operation, Verdict
from rag.quoting import Found, quote_of, sentences_at_hand
from rag.refuse import missing
from rag.retrieve import bigrams

_MONEY = r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|百万元|万元|千元|元)"
_PART = re.compile(
    r"(?:里面?|中|当中|其中)(?:的)?[,，]?(?P<which>[\u4e00-\u9fff]{2,8}?)的?(?:编制)?(?:一共|总共|占)?(?:有|是)?(?:多少|几)(?:个|名|人|位)?(?:人|编制)?[?？]?$"
)
_POSTS = re.compile("(?:编制?|职工|员工|人员|教师|老师|干部|民警)$")
_WITHOUT = re.compile(
    r"(?P<how>剔除|扣除|不含|同口径|可比口径|还原)(?P<what>[\u4e00-\u9fff]{0,16}?)(?:等?因素|等?影响|后|计算|比|[,，增降减]|$)"
)
_GROWN = r"(?:实际|同比|比上年(?:决算数)?|较上年)?(?P<way>增长|下降|增加|减少|上升|降低)了?(?P<number>\d+(?:\.\d+)?)%"
_AGAINST_BUDGET = re.compile(
    rf"[决执]算数?[^,，;；。\d]{{0,6}}{_MONEY}[,，](?:比|较)(?:年初|全年)?预算数?(?P<way>减少|增加|下降|超出|节约)了?(?P<step>\d[\d,]*(?:\.\d+)?)(?P<same>亿元|百万元|万元|千元|元)"
)
_RISING = ("增加", "增长", "上升", "超出")
_MOVING = (Operation.RATE, Operation.CHANGE, Operation.LOOK_UP, Operation.PROSE)
_SHORT_WORDING = 4
_SHORTEST = 3


def qualified(desk: Desk) -> Draft | None:
    """The number that a sentence states for a narrowed question, a refusal where none does; None where nothing is narrowed so."""
    if not desk.plan.documents:
        return None
    return _of_part(desk) or _longer_name(desk) or _without(desk) or _budget_behind(desk) or _of_project(desk)


def _number(match: re.Match[str]) -> Decimal:
    return Decimal(match["number"].replace(",", ""))


def _here(desk: Desk, document: str = "") -> Iterator[tuple[Found, str]]:
    for item in sentences_at_hand(desk, document or desk.plan.documents[0]):
        if "名词" not in item.section:
            yield item, fold(item.text)


def _of_year(desk: Desk) -> bool:
    return not desk.plan.years or desk.shelf.disclosure(desk.plan.documents[0]).year in desk.plan.years


def _one(desk: Desk, found: Sequence[tuple[Found, Amount]]) -> Draft | None:
    """The one amount found, several that are alike; None for none or others."""
    if len({amount for _, amount in found}) != 1:
        return None
    item, amount = found[0]
    return Draft(Verdict.ANSWERED, quote_of(desk, item), Result(desk.money(amount), "single"))


# ---- a part of the posts or the people


def _of_part(desk: Desk) -> Draft | None:
    """How many of the posts or people are of a kind that the question names behind 里 or 中."""
    plan, asked = desk.plan, _PART.search(fold(desk.plan.text))
    if asked is None or plan.operation not in (Operation.LOOK_UP, Operation.PROSE) or not _of_year(desk):
        return None
    of = [account for account in plan.accounts if not account.weak]
    before = fold(plan.text)[: asked.start()]
    people = bool(of) and of[0].targets[0].scheme is Scheme.STAFF and before.endswith((",", "，"))
    if len(of) > 1 or not (people or _POSTS.search(before)):
        return None
    which = asked["which"]
    if of and (which in of[0].said or which in fold(of[0].name) or of[0].said in which):
        return None
    pattern = re.compile(rf"{re.escape(which)}(?:的|编制|人员|人数)*(?:有|为|是)?(?P<number>\d+)(?:人|名|个)")
    found = [(item, Amount(_number(m), "人")) for item, text in _here(desk) for m in pattern.finditer(text)]
    said = any(which in text for _, text in _here(desk))
    return _one(desk, found) or (None if said else missing(desk))


# ---- what sentences call by a longer name


def _longer_name(desk: Desk) -> Draft | None:
    """The amount of what a sentence calls by the question's everyday word with the character before it ("租车费": not 车费)."""
    text = fold(desk.plan.text)
    for asked in desk.plan.accounts:
        said = fold(asked.said)
        at = text.find(said)
        everyday = (
            said != fold(asked.name) and len(said) < _SHORT_WORDING and asked.targets[0].scheme is Scheme.THREE_PUBLIC
        )
        if not everyday or at < 1 or not re.match("[租包派]", text[at - 1]):
            continue
        name = text[at - 1 : at + len(said)]
        pattern = re.compile(rf"{re.escape(name)}(?:用|支出|预算|决算|数|为|安排|共|是)*{_MONEY}")
        found = [(item, Amount(_number(m), m["unit"])) for item, t in _here(desk) for m in pattern.finditer(t)]
        if desk.plan.operation is not Operation.LOOK_UP:
            return None
        return (_one(desk, found) if _of_year(desk) else None) or missing(desk)
    return None


# ---- growth without something one-off


def _without(desk: Desk) -> Draft | None:
    """The growth that a sentence states without what the question leaves out, a refusal where none does."""
    plan, asked = desk.plan, _WITHOUT.search(fold(desk.plan.text))
    grown = re.search(r"增长|下降|增幅|增速|增加|减少|多少|百分", plan.text) is not None
    if asked is None or not grown or plan.operation not in _MOVING or plan.accounts == ():
        return None
    if asked["how"] == "不含" and not asked["what"]:
        return None
    if asked["how"] == "不含" and plan.operation not in (Operation.RATE, Operation.CHANGE):
        return None
    how = f"(?:{asked['how']}|剔除|扣除)" if asked["how"] in ("剔除", "扣除") else re.escape(asked["how"])
    pattern = re.compile(rf"{how}[^,，;；。\d]{{0,30}}[,，]?{_GROWN}")
    names = {name for account in plan.accounts for name in (fold(account.said), fold(account.name))}
    what = bigrams(asked["what"])
    found: list[tuple[Found, Amount]] = []
    for item, text in _here(desk):
        for match in pattern.finditer(text):
            if what and not what & bigrams(match.group()):
                continue  # without something else
            found.append((item, Amount((1 if match["way"] in _RISING else -1) * _number(match), "%")))
    named = [entry for entry in found if any(name in fold(entry[0].text) for name in names)] or found
    return (_one(desk, named) if _of_year(desk) else None) or missing(desk)


# ---- the budget that a final amount is said to be above or below of


def _budget_behind(desk: Desk) -> Draft | None:
    """The budget of what only "决算数…,比预算数减少…" is stated of: worked out from both."""
    plan = desk.plan
    if plan.bases != (Basis.BUDGET,) or plan.operation is not Operation.LOOK_UP or not plan.rest or not _of_year(desk):
        return None
    if len(plan.accounts) != 1 or plan.accounts[0].weak:
        return None
    names = (fold(plan.accounts[0].said), fold(plan.accounts[0].name))
    found = [
        (item, match) for item, text in _here(desk) for match in _AGAINST_BUDGET.finditer(text)
        if all(word in text for word in plan.rest) and any(name in text for name in names)
    ]  # fmt: skip
    if len(found) != 1:
        return None
    item, match = found[0]
    final = Amount(_number(match), match["unit"])
    step = Amount(Decimal(match["step"].replace(",", "")), match["same"]).to(final.unit)
    rising = match["way"] in _RISING
    value = Amount(final.value - step.value if rising else final.value + step.value, final.unit)
    formula = f"{show(final)} {'−' if rising else '+'} {show(step)} = {show(value)}"
    desk.evidence.compute(value, formula)
    told = desk.speech.pick(
        f"{plan.rest[0]}{plan.accounts[0].name}预算数：**{show(value)}**（计算：{formula}）",
        f"Budget: **{show(value)}** (computed: {formula})",
    )
    return Draft(Verdict.ANSWERED, f"{told}\n{quote_of(desk, item)}", Result(value, "computed", formula))


# ---- a project named in sentences, in two years


def _of_project(desk: Desk) -> Draft | None:
    """By how much what sentences of two years' documents state of a named project differs; a refusal where only the totals could
    be compared."""
    plan = desk.plan
    moving = plan.operation in (Operation.CHANGE, Operation.DIFFERENCE, Operation.RATE)
    years = sorted({*plan.years, *plan.against})
    words = [word for word in plan.rest if len(word) >= _SHORTEST and re.fullmatch("[\u4e00-\u9fff]+", word)]
    if not moving or len(words) != 1 or len(years) != 2 or len(plan.units) != 1:
        return None
    if any(_definite(asked) for asked in plan.accounts):
        return None
    older, newer = (_of_that_year(desk, words[0], year) for year in years)
    if older is None or newer is None:
        known = any(words[0] in text for name in plan.documents for _, text in _here(desk, name))
        return missing(desk) if known else None
    (old_item, old), (new_item, new) = older, newer
    before = old.to(new.unit)
    desk.evidence.years.update(years)
    if plan.operation is Operation.RATE:
        if not before.value:
            return None
        value = Amount(rounded((new.value - before.value) / before.value * 100), "%")
        formula = f"({show(new)} − {show(before)}) ÷ {show(before)} = {show(value)}"
    else:
        value = Amount(new.value - before.value, new.unit)
        formula = f"{show(new)} − {show(before)} = {show(value)}"
    desk.evidence.compute(value, formula)
    told = desk.speech.pick(
        f"{words[0]}{years[1]}年与{years[0]}年相差**{show(value)}**（计算：{formula}）",
        f"{words[0]}, {years[1]} less {years[0]}: **{show(value)}** (computed: {formula})",
    )
    quotes = dict.fromkeys((quote_of(desk, new_item), quote_of(desk, old_item)))
    return Draft(Verdict.ANSWERED, "\n".join([told, *quotes]), Result(value, "computed", formula))


def _definite(asked: Asked) -> bool:
    """Whether an account is more than the word budget or a total."""
    return not asked.weak and asked.targets[0].scheme is not Scheme.TOTAL


def _of_that_year(desk: Desk, word: str, year: int) -> tuple[Found, Amount] | None:
    """The one amount that the unit's documents of a year state right behind a word."""
    pattern = re.compile(rf"{re.escape(word)}(?:项目|专项|经费|资金|预算|支出|安排|为|共)*{_MONEY}")
    names = [d.name for d in desk.shelf.catalogue.disclosures if d.issuer in desk.plan.units and d.year == year]
    found = [
        (item, Amount(_number(match), match["unit"]))
        for name in names for item, text in _here(desk, name) for match in pattern.finditer(text)
    ]  # fmt: skip
    return found[0] if len({amount for _, amount in found}) == 1 else None
