"""What only sentences state: shares and differences of people (teachers, students, callers)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.figure import Scheme
from corpus.money import Amount
from rag.answer import Result, rounded, show
from rag.desk import Desk, Draft
from rag.plan import Verdict
from rag.quoting import quote_of
from rag.statements import Statement, statements, the_one_counted

_SHARE = re.compile(
    r"(?P<parts>[\u4e00-\u9fff、]{2,20}?)(?:加起来|合起来|一共|合计|总共|共)?占(?:了|全部|所有)?(?P<whole>[\u4e00-\u9fff]{2,10}?)的?(?:百分之|比例|比重|几成|多少|%|$)"
)
_WHO_TOO = re.compile(r"(?:那么?|和|还有)?(?P<who>[\u4e00-\u9fff、]{2,12}?)呢[?？]?")
_MOVED = re.compile(r"(?:增加|减少|增|减|新增|调入|调出|退休)了?$")
_NEAR = 8
_WITHIN = re.compile(
    r"(?P<whole>[\u4e00-\u9fff]{2,10}?)(?:里面?|中|当中|之中)(?:的)?(?P<parts>[\u4e00-\u9fff、]{2,20}?)占"
)
_GROUP = "(?:在编|在职|在岗|聘用|编外|临聘|临时|合同制|离退休|退休|离休|劳务派遣|专任|兼职)(?:教师|教职工|职工|人员|老师|的)?"
SUMMED = re.compile(
    rf"(?P<parts>{_GROUP}(?:(?:[、和与跟及,]|加上?){_GROUP})+)[^,，。、和与跟及]{{0,4}}?(?:加起来|加在一起|一共|合计|总共|共|相加)[^,，。]{{0,4}}(?:多少|几)"
)
"""Groups of people to be counted together."""
_JOINED = re.compile(r"[和与及、跟]")
_TRIMMED = re.compile(r"^(?:的|有)|(?:的老师|的教师|的人|人数|总数|数量)$")


def share_of_people(desk: Desk) -> Draft | None:
    """What share of one group another one is ("教授占专任教师的百分之几"), where sentences of the document count both."""
    found = _WITHIN.search(desk.plan.text) or _SHARE.search(desk.plan.text)
    other, before = _WHO_TOO.fullmatch(desk.plan.text), _SHARE.search(desk.plan.before)
    if found is None and other is not None and before is not None:
        found = _SHARE.search(f"{other['who']}占{before['whole']}的百分之几")  # "副教授呢？"
    if found is None or not desk.plan.documents:
        return None
    parts = [_counted(desk, word) for word in _JOINED.split(found["parts"])]
    whole = _counted(desk, found["whole"]) or _all_staff(desk, found["whole"])
    if whole is None or any(part is None for part in parts) or not whole.people:
        return None
    numbers = [part.people for part in parts if part is not None]
    value = Amount(rounded(sum(numbers, Decimal(0)) / whole.people * 100), "%")
    said = " + ".join(f"{number}人" for number in numbers)
    formula = f"{f'({said})' if len(numbers) > 1 else said} ÷ {whole.people}人 = {show(value)}"
    told = desk.speech.pick(
        f"{found['parts']}占{found['whole']}的**{show(value)}**（计算：{formula}）",
        f"{found['parts']}: **{show(value)}** of {found['whole']} (computed: {formula})",
    )
    return _draft(desk, told, value, formula, [*(part for part in parts if part is not None), whole])


_STAFF = re.compile(
    r"(?:全[院校园局站馆所体部]|所有|全部|总)(?:的)?(?:教?职工|员工|人员)(?:总数|人数)?|教?职工(?:总数|总人数)"
)
_ALL_STAFF = ("在职职工", "现有职工", "实有职工", "职工总数", "总职工", "在职教职工", "教职工", "在职人员")


def _all_staff(desk: Desk, word: str) -> Statement | None:
    """The number of all staff, however the document calls them, where the question means all of them ("全院职工")."""
    if _STAFF.fullmatch(word) is None:
        return None
    return next((said for name in _ALL_STAFF if (said := _counted(desk, name)) is not None), None)


def sum_of_people(desk: Desk) -> Draft | None:
    """Several groups of people together ("在编、聘用、退休加起来多少人"); None where that is not asked, or a sentence counts
    not each of them once."""
    asked = SUMMED.search(desk.plan.text)
    if asked is None or not desk.plan.documents:
        return None
    names = [_TRIMMED.sub("", word) for word in re.split("[和与及、跟,]|加上?", asked["parts"])]
    groups = [(name, side) for name in names if (side := the_one_counted(desk, name)) is not None]
    if len(groups) != len(names) or len({id(side) for _, side in groups}) != len(names):
        return None
    value = Amount(sum((side.people for _, side in groups), Decimal(0)), "人")
    formula = f"{' + '.join(f'{side.people}人' for _, side in groups)} = {show(value)}"
    parts = "、".join(f"{name}{side.people}人" for name, side in groups)
    told = desk.speech.pick(
        f"合计**{show(value)}**（{parts}；计算：{formula}）", f"Total: **{show(value)}** (computed: {formula})"
    )
    return _draft(desk, told, value, formula, [side for _, side in groups])


def difference_of_people(desk: Desk) -> Draft | None:
    """By how much the number of a group differs between the documents of two years; None where that is not asked or
    either does not count it."""
    plan = desk.plan
    said = sorted({*plan.years, *plan.against})
    years = [said[0], said[-1]] if len(said) > 1 else said
    words = [word for word in plan.rest if len(word) >= 2 and re.search(r"[多少几]", word) is None]
    groups = [asked.said for asked in plan.accounts if asked.targets[0].scheme is Scheme.STAFF]
    words = words or groups if len(groups) == 1 else words
    if len(years) != 2 or len(words) != 1 or not re.search(r"多少[名个位人]|几[名个位]|人", plan.text):
        return None
    sides = []
    for year in reversed(years):
        names = [d.name for d in desk.shelf.catalogue.disclosures if d.issuer in plan.units and d.year == year]
        counted = next((c for name in names if (c := _counted(desk, words[0], name)) is not None), None)
        if counted is None:
            return None
        sides.append(counted)
    later, earlier = (side.people for side in sides)
    size = Amount(abs(later - earlier), "人")
    formula = f"{max(later, earlier)}人 − {min(later, earlier)}人 = {show(size)}"
    more = later >= earlier
    told = desk.speech.pick(
        f"{words[0]}{years[1]}年比{years[0]}年{'多' if more else '少'}**{show(size)}**（计算：{formula}）",
        f"{words[0]}, {years[1]} against {years[0]}: {'up' if more else 'down'} **{show(size)}** (computed: {formula})",
    )
    desk.evidence.years.update(years)
    return _draft(desk, told, Amount(later - earlier, "人"), formula, sides)


def people_moved(desk: Desk) -> Draft | None:
    """By how many people the staff grew or shrank, where a sentence says so ("增加2名在职人员"); None where none does."""
    wanted = [asked for asked in desk.plan.accounts if asked.targets[0].scheme is Scheme.STAFF]
    if not wanted or len(wanted) != len(desk.plan.accounts) or not desk.plan.documents:
        return None
    names = {say for asked in wanted for say in (*desk.shelf.lexicon.wordings(asked.name), asked.said)}
    found = [
        s for s in statements(desk, desk.plan.documents[0])
        if s.mention.unit in ("人", "名", "位") and _MOVED.search(s.before)
        and any(name in s.behind[:_NEAR] or name in s.before for name in names)
    ]  # fmt: skip
    if len({s.mention.value for s in found}) != 1:
        return None
    amount = Amount(found[0].mention.value, found[0].mention.unit)
    return Draft(Verdict.ANSWERED, quote_of(desk, found[0].found), Result(amount, "single"))


def _draft(desk: Desk, told: str, value: Amount, formula: str, sides: Sequence[Statement]) -> Draft:
    desk.evidence.compute(value, formula)
    quotes = dict.fromkeys(quote_of(desk, side.found) for side in sides)
    text = "\n".join([told, *(f"- {quote}" for quote in quotes)])
    return Draft(Verdict.ANSWERED, text, Result(value, "computed", formula))


def _counted(desk: Desk, word: str, document: str = "") -> Statement | None:
    """The one number that a document gives for a group of people, None for none or several."""
    return the_one_counted(desk, _TRIMMED.sub("", word), document)
