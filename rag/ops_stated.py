"""What only sentences state: shares and differences of people (teachers, students, callers), money planned by quarter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.figure import Scheme
from corpus.money import Amount
from corpus.vocabulary import fold
from rag.answer import Result, rounded, show
from rag.desk import Desk, Draft
from rag.numerals import count
from rag.plan import Verdict
from rag.quoting import chapter_text, half_said, quote_of
from rag.refuse import missing
from rag.statements import Statement, statements, the_one_counted

_SHARE = re.compile(
    r"(?P<parts>[\u4e00-\u9fff、]{2,20}?)(?:加起来|合起来|一共|合计|总共|共)?占(?:了|全部|所有)?(?P<whole>[\u4e00-\u9fff]{2,10}?)的?(?:百分之|比例|比重|几成|多少|%|$)"
)
_MOVED = re.compile(r"(?:增加|减少|增|减|新增|调入|调出|退休)了?$")
_NEAR = 8
_WITHIN = re.compile(
    r"(?P<whole>[\u4e00-\u9fff]{2,10}?)(?:里面?|中|当中|之中)(?:的)?(?P<parts>[\u4e00-\u9fff、]{2,20}?)占"
)
_GROUP = "(?:在编|在职|在岗|聘用|编外|临聘|临时|合同制|离退休|退休|离休|劳务派遣|专任|兼职)(?:教师|教职工|职工|人员|老师|的)?"
SUMMED = re.compile(
    rf"(?P<parts>{_GROUP}(?:(?:[、和与跟及,]|加上?){_GROUP})+)[^,，。]{{0,4}}?(?:加起来|加在一起|一共|合计|总共|共|相加)[^,，。]{{0,4}}(?:多少|几)"
)
"""Groups of people to be counted together."""
_QUARTERS = 4
_ONE_QUARTER = re.compile(r"(?<![到至])第?(?P<quarter>[一二三四1-4])季度(?![到至和与、])")
_FOUR_QUARTERS = re.compile(
    r"用款计划(?:一共|合计|总共|共)|[四4]个季度.{0,10}(?:合计|加起来|一共|总共|共)|(?:合计|加起来|一共|总共).{0,8}[四4]个季度"
)
_PLANNED = re.compile(r"第(?P<quarter>[一二三四])季度(?:计划)?(?:用款|资金|投入|支出)?(?:计划|安排)?(?:为)?$")
_JOINED = re.compile(r"[和与及、跟]")
_TRIMMED = re.compile(r"^(?:的|有)|(?:的老师|的教师|的人|人数|总数|数量)$")


def share_of_people(desk: Desk) -> Draft | None:
    """What share of one group another one is ("教授占专任教师的百分之几"), where sentences of the document count both."""
    found = _WITHIN.search(desk.plan.text) or _SHARE.search(desk.plan.text)
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


def by_quarter(desk: Desk) -> Draft | None:
    """What a sentence of the first document plans to spend in the quarter asked about, or all four added up; None where
    no quarter is asked for, or sentences plan for several things."""
    asked = _ONE_QUARTER.search(desk.plan.text)
    later = "季度" in desk.plan.before and re.search(r"全年|加起来|合计|一共|总共", desk.plan.text) is not None
    summed = asked is None and (later or _FOUR_QUARTERS.search(desk.plan.text) is not None)
    if not (asked or summed) or not desk.plan.documents or re.search(r"[干做](?:什么|啥|嘛|些)", desk.plan.text):
        return None
    planned: dict[int, Statement] = {}
    others = False
    for statement in statements(desk, desk.plan.documents[0]):
        named = _PLANNED.search(statement.before)
        if named is None or not Amount(statement.mention.value, statement.mention.unit).is_money:
            continue
        if not _of_the_project(desk, statement):
            others = True
            continue
        first = planned.setdefault(count(named["quarter"]), statement)
        if first.mention.value != statement.mention.value:
            return None
    if others and not planned:
        return missing(desk)  # only another project's quarters are planned
    if asked is not None:
        only = planned.get(count(asked["quarter"]))
        amount = only and Amount(only.mention.value, only.mention.unit)
        return (
            Draft(Verdict.ANSWERED, quote_of(desk, only.found), Result(amount, "single")) if only and amount else None
        )
    parts = list(planned.values())
    if len(parts) != _QUARTERS or len({part.mention.unit for part in parts}) != 1:
        return None
    value = Amount(sum((part.mention.value for part in parts), Decimal(0)), parts[0].mention.unit)
    formula = " + ".join(show(Amount(part.mention.value, part.mention.unit)) for part in parts) + f" = {show(value)}"
    told = desk.speech.pick(
        f"四个季度合计**{show(value)}**（计算：{formula}）", f"Four quarters: **{show(value)}** (computed: {formula})"
    )
    return _draft(desk, told, value, formula, parts)


def _of_the_project(desk: Desk, statement: Statement) -> bool:
    """Whether the chapter of a statement speaks of a project asked about."""
    names = [fold(asked.name) for asked in desk.plan.accounts if asked.targets[0].scheme is Scheme.PROJECT]
    document = desk.plan.documents[0]
    sections = desk.shelf.sections(document)
    own = {s.path[:1] for s in sections if any(statement.found.text in p.text for p in s.paragraphs)}
    return not names or any(half_said(names, chapter_text(desk, document, top)) for top in own)


def _draft(desk: Desk, told: str, value: Amount, formula: str, sides: Sequence[Statement]) -> Draft:
    desk.evidence.compute(value, formula)
    quotes = dict.fromkeys(quote_of(desk, side.found) for side in sides)
    text = "\n".join([told, *(f"- {quote}" for quote in quotes)])
    return Draft(Verdict.ANSWERED, text, Result(value, "computed", formula))


def _counted(desk: Desk, word: str, document: str = "") -> Statement | None:
    """The one number that a document gives for a group of people, None for none or several."""
    return the_one_counted(desk, _TRIMMED.sub("", word), document)
