"""Several years of one unit side by side: what sentences count in the paper of each, and the classes of expenditure that one year has
and the other has not."""

from __future__ import annotations

import re

from corpus.disclosure import Disclosure
from corpus.figure import Figure, Measure, Scheme
from corpus.money import MONEY_UNITS, Amount
from rag.answer import Result, show
from rag.desk import Desk, Draft
from rag.plan import Operation, Verdict
from rag.quoting import quote_of
from rag.statements import Statement, statements
from rag.years import read_years

_HOW_MANY = re.compile(r"(?:多少|几)(?:个|名|位|人|所|家|门|项|种|台|辆|套)|各(?:是|有|为)多少")
_APART = re.compile(r"(?:多|少|增加|减少|增|减|差)了?(?:多少|几)")
_FEWER = re.compile(r"(?:少|减少|减)了?(?:多少|几)")
_NEW_CLASSES = re.compile(
    r"(?P<way>多|新增|增加|少|减少)(?:了|出来?|出了)?(?:哪|什么)(?:一|几)?(?:个|些|类)?(?P<level>类级?|款级?|项级?)?(?:的)?(?:支出)?(?:功能)?(?:科目|类别)"
)
_LENGTHS = {"类": 3, "款": 5, "项": 7}
"""How many digits a class of each level has (政府收支分类科目)."""
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_TWO, _MOST = 2, 12


def _papers(desk: Desk) -> list[Disclosure]:
    """One paper of the plan's only unit for each of the years spoken of, oldest first; [] where a year has none."""
    plan = desk.plan
    said = read_years(plan.text)
    years = {*plan.years, *plan.against, *said.years, *said.compared}
    if len(years) < _TWO and plan.before:
        before = read_years(plan.before)
        years |= {*before.years, *before.compared}
    unit = desk.shelf.catalogue.by_issuer.get(plan.units[0]) if len(plan.units) == 1 else None
    if unit is None or len(years) < _TWO:
        return []
    own = {year: [d for d in unit.disclosures if d.year == year] for year in sorted(years)}
    return [found[0] for found in own.values() if found] if all(own.values()) else []


def counted_in_each_year(desk: Desk) -> Draft | None:
    """What the paper of each year counts of the one thing asked about, and by how much they differ where that is asked; None
    where no figures of accounts are left to do it and a paper counts it not at all, or twice."""
    plan = desk.plan
    named = any(not asked.weak for asked in plan.accounts)
    if named or len(plan.rest) != 1 or plan.operation is Operation.REASON:
        return None
    apart = _APART.search(plan.text) is not None
    papers = _papers(desk) if apart or _HOW_MANY.search(plan.text) else []
    told = [(paper, _counted(desk, paper.name, plan.rest[0])) for paper in papers]
    each = [(paper, found) for paper, found in told if found is not None]
    if len(each) < _TWO or len(each) < len(told) or len({found.mention.unit for _, found in each}) > 1:
        return None
    desk.evidence.years.update(paper.year for paper, _ in each)
    for _, found in each:
        desk.evidence.state(f"{found.mention.value:f}")
    lines = [
        f"- {desk.speech.disclosure(paper)}{desk.speech.pick('：', ': ')}"
        f"**{show(Amount(found.mention.value, found.mention.unit))}**，{quote_of(desk, found.found)}"
        for paper, found in each
    ]  # fmt: skip
    if not apart or len(each) != _TWO:
        return Draft(Verdict.ANSWERED, "\n".join(lines))
    return _difference(desk, lines, each[0][1], each[1][1])


def _difference(desk: Desk, lines: list[str], old: Statement, new: Statement) -> Draft:
    """The lines under how much more (or fewer, as asked) the later number is."""
    one, other = (old, new) if _FEWER.search(desk.plan.text) else (new, old)
    unit = new.mention.unit
    amount = Amount(one.mention.value - other.mention.value, unit)
    first, second = (show(Amount(each.mention.value, unit)) for each in (one, other))
    formula = f"{first} − {second} = {show(amount)}"
    desk.evidence.compute(amount, formula)
    head = desk.speech.pick(f"相差**{show(amount)}**（计算：{formula}）", f"Difference: **{show(amount)}** ({formula})")
    return Draft(Verdict.ANSWERED, "\n".join([head, *lines]), Result(amount, "computed", formula))


def _counted(desk: Desk, document: str, thing: str) -> Statement | None:
    """The one number that a document gives right before or right behind the thing."""
    found = []
    for s in statements(desk, document):
        if s.figure is None and s.mention.unit not in MONEY_UNITS and s.mention.unit != "%":
            behind = _RUN.match(s.behind)
            named = behind is not None and behind.group().endswith(thing) and behind.group() in desk.plan.text
            if named or s.before.endswith(thing):
                found.append(s)
    return found[0] if len({s.mention.value for s in found}) == 1 else None


def classes_that_came(desk: Desk) -> Draft | None:
    """The classes of expenditure, of the level asked for, that the later year's paper has and the earlier one has not (or the
    other way round); None where that is not asked, or there are not the papers of two years."""
    asked = _NEW_CLASSES.search(desk.plan.text)
    papers = _papers(desk) if asked is not None else []
    if asked is None or len(papers) != _TWO:
        return None
    length = _LENGTHS[(asked["level"] or "类")[0]]
    old, new = (_classes(desk, paper.name, length) for paper in papers)
    gone = asked["way"] in ("少", "减少")
    came = {name: figure for name, figure in (old if gone else new).items() if name not in (new if gone else old)}
    if not old or not new or not 0 < len(came) <= _MOST:
        return None
    lines = [f"- {name}：{desk.shown(f.amount)}{desk.evidence.cite(f)}" for name, f in came.items() if f.amount]
    years = [str(paper.year) for paper in (papers if gone else papers[::-1])]
    head = desk.speech.pick(
        f"{years[0]}年有、{years[1]}年没有的支出科目：", f"Classes of {years[0]} that {years[1]} has not:"
    )
    return Draft(Verdict.ANSWERED, "\n".join([head, *lines]))


def _classes(desk: Desk, document: str, length: int) -> dict[str, Figure]:
    """The classes of one level with an amount in a document's year, by name."""
    year, found = desk.shelf.disclosure(document).year, dict[str, Figure]()
    for f in desk.shelf.figures(document):
        own = f.scheme is Scheme.FUNCTION and f.flow == "支出" and f.measure is Measure.AMOUNT and not f.entity
        told = own and len(f.code) == length and f.year == year and f.component == "合计"
        if told and f.amount is not None and f.amount.value > 0:
            found.setdefault(f.account, f)
    return found
