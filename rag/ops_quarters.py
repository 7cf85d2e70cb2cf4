"""What sentences and sheets plan for the quarters of a year: one of them, all four, the mean, the largest, against the money
there is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.accounts import clean_name
from corpus.figure import Scheme
from corpus.money import Amount
from corpus.vocabulary import fold
from rag import calculate
from rag.answer import Result, show
from rag.conditions import lowest
from rag.desk import Desk, Draft
from rag.numerals import count
from rag.ops_lists import projects_of
from rag.plan import Verdict
from rag.quoting import chapter_text, half_said, quote_of
from rag.refuse import missing
from rag.statements import Statement, statements
from rag.weighing import AGREES, slack_of, weighed

_QUARTERS = 4
_ONE_QUARTER = re.compile(r"(?<![到至])第?(?P<quarter>[一二三四1-4])季度(?![到至和与、])")
_IN_ALL = re.compile(
    r"用款计划(?:一共|合计|总共|共)|(?:全年|整年|一年|年度)的?用款计划|[四4]个季度.{0,10}(?:合计|加起来|一共|总共|共)|(?:合计|加起来|一共|总共).{0,8}[四4]个季度"
)
_LATER_IN_ALL = re.compile(r"全年|加起来|合计|一共|总共")
_EACH = re.compile(r"(?:每一?|各|[四4])个?季度|[按分]季度")
_MEAN = re.compile(r"平均|均摊")
_MOST = re.compile(r"哪(?:一?个)?季度[^,，。]{0,8}?(?:最|更|比较)?[多少高低大小]")
_PLANNED = re.compile(r"第(?P<quarter>[一二三四])季度(?:计划)?(?:用款|资金|投入|支出)?(?:计划|安排)?(?:为)?$")
_WORK = re.compile(r"[干做](?:什么|啥|嘛|些)")
_HOW = re.compile(r"怎么|如何|多少|几|投|用款|计划|安排|最|平均|合计|呢")


def by_quarter(desk: Desk) -> Draft | None:
    """What a sentence of the first document plans to spend in the quarter asked about, or in all four; None where no
    quarter is asked for, or sentences plan for several things."""
    plan = desk.plan
    later = "季度" in plan.before and (_LATER_IN_ALL.search(plan.text) is not None or "季度" in plan.text)
    if (
        not ("季度" in plan.text or later or _IN_ALL.search(plan.text))
        or not plan.documents
        or _WORK.search(plan.text)
        or not _HOW.search(plan.text)
    ):
        return None
    asked, several = _ONE_QUARTER.search(plan.text), _MOST.search(plan.text)
    planned, others = _planned(desk, shares=False)
    if asked is not None and several is None:
        if others and not planned:
            return missing(desk)  # only another project's quarters are planned
        return _one(desk, planned.get(count(asked["quarter"])))
    if len(planned) == _QUARTERS and len({part.mention.unit for part in planned.values()}) == 1:
        return _of_all(desk, planned)
    shares, _ = _planned(desk, shares=True)
    if len(shares) == _QUARTERS and (_EACH.search(plan.text) or several):
        return _shares(desk, list(shares.values()))
    in_all = later or _IN_ALL.search(plan.text) is not None
    return missing(desk) if others and not planned and in_all else None


def _planned(desk: Desk, *, shares: bool) -> tuple[dict[int, Statement], bool]:
    """What is planned for each quarter (amounts, or shares of the money), and whether there is a plan of another project;
    nothing where two plans differ."""
    found: dict[int, Statement] = {}
    others = False
    for statement in statements(desk, desk.plan.documents[0]):
        named = _PLANNED.search(statement.before)
        unit = statement.mention.unit
        fitting = unit == "%" if shares else Amount(statement.mention.value, unit).is_money
        if named is None or not fitting:
            continue
        if not _of_the_project(desk, statement):
            others = True
            continue
        first = found.setdefault(count(named["quarter"]), statement)
        if first.mention.value != statement.mention.value:
            return {}, False
    return found, others


def _of_the_project(desk: Desk, statement: Statement) -> bool:
    """Whether the chapter (or the sheet) of a statement speaks of a project asked about."""
    names = [fold(asked.name) for asked in desk.plan.accounts if asked.targets[0].scheme is Scheme.PROJECT]
    if statement.found.cell:
        return not names or half_said(names, fold(statement.found.section))
    document = desk.plan.documents[0]
    sections = desk.shelf.sections(document)
    own = {s.path[:1] for s in sections if any(statement.found.text in p.text for p in s.paragraphs)}
    return not names or any(half_said(names, chapter_text(desk, document, top)) for top in own)


def _one(desk: Desk, only: Statement | None) -> Draft | None:
    if only is None:
        return None
    amount = Amount(only.mention.value, only.mention.unit)
    return Draft(Verdict.ANSWERED, quote_of(desk, only.found), Result(amount, "single"))


def _of_all(desk: Desk, planned: dict[int, Statement]) -> Draft | None:
    """All four: their sum, mean or largest, or the sum against the project's money."""
    text = desk.plan.text
    order = [planned[number] for number in sorted(planned)]
    parts = [Amount(part.mention.value, part.mention.unit) for part in order]
    if _MOST.search(text):
        return _largest(desk, order)
    value = Amount(sum((part.value for part in parts), Decimal(0)), parts[0].unit)
    formula = f"{' + '.join(map(show, parts))} = {show(value)}"
    if AGREES.search(text):
        return _against_money(desk, order, value, formula)
    if _MEAN.search(text):
        mean = Amount(calculate.shared_out(value.value, _QUARTERS), value.unit)
        formula = f"({' + '.join(map(show, parts))}) ÷ {_QUARTERS} = {show(mean)}"
        desk.evidence.count(_QUARTERS)
        told = desk.speech.pick(
            f"平均每个季度**{show(mean)}**（计算：{formula}）",
            f"A quarter on average: **{show(mean)}** (computed: {formula})",
        )
        return _told(desk, told, mean, formula, order)
    summed = _IN_ALL.search(text) or _LATER_IN_ALL.search(text)
    if not summed:
        return None
    told = desk.speech.pick(
        f"四个季度合计**{show(value)}**（计算：{formula}）", f"Four quarters: **{show(value)}** (computed: {formula})"
    )
    return _told(desk, told, value, formula, order)


def _largest(desk: Desk, order: Sequence[Statement]) -> Draft:
    """The quarter with the most (or the least) planned."""
    least = lowest(desk.plan.text)
    values = [part.mention.value for part in order]
    edge = min(values) if least else max(values)
    named = [f"第{_NUMERALS[at]}季度" for at, value in enumerate(values) if value == edge]
    amount = Amount(edge, order[0].mention.unit)
    desk.evidence.state(str(edge))
    if len(named) == _QUARTERS:
        told = desk.speech.pick(f"四个季度一样，都是**{show(amount)}**", f"All four alike: **{show(amount)}**")
    else:
        told = desk.speech.pick(
            f"**{'、'.join(named)}**最{'少' if least else '多'}：{show(amount)}",
            f"{'Least' if least else 'Most'}: **{'、'.join(named)}**, {show(amount)}",
        )
    quotes = dict.fromkeys(quote_of(desk, part.found) for part in order)
    return Draft(Verdict.ANSWERED, "\n".join([told, *(f"- {quote}" for quote in quotes)]), Result(amount, "single"))


_NUMERALS = "一二三四"


def _against_money(desk: Desk, order: Sequence[Statement], value: Amount, formula: str) -> Draft | None:
    """Whether the quarters make the project's money for the year."""
    names = {clean_name(a.name) for a in desk.plan.accounts if a.targets[0].scheme is Scheme.PROJECT}
    source = desk.sources()[0]
    money = next((v for v in projects_of(desk, source) if v.amount and clean_name(v.asked.name) in names), None)
    if money is None or money.amount is None:
        return None
    desk.evidence.compute(value, formula)
    verdict, _ = weighed(desk, value, money.amount, slack_of([value] * _QUARTERS, value.unit))
    head = desk.speech.pick(f"{verdict}。四个季度合计：{formula}", f"{verdict}. Four quarters: {formula}")
    quotes = dict.fromkeys(quote_of(desk, part.found) for part in order)
    lines = [head, desk.tell(money, source.disclosure.issuer), *quotes]
    return Draft(Verdict.ANSWERED, "\n".join(f"- {line}" for line in lines))


def _shares(desk: Desk, parts: Sequence[Statement]) -> Draft:
    """The share of the money planned for each quarter, as a sheet prints it; a headline where all four are alike."""
    quotes = dict.fromkeys(quote_of(desk, part.found) for part in parts)
    alike = len({part.mention.value for part in parts}) == 1
    result = Result(Amount(parts[0].mention.value, "%"), "single") if alike else None
    return Draft(Verdict.ANSWERED, "\n".join(quotes), result)


def _told(desk: Desk, told: str, value: Amount, formula: str, parts: Sequence[Statement]) -> Draft:
    desk.evidence.compute(value, formula)
    quotes = dict.fromkeys(quote_of(desk, part.found) for part in parts)
    text = "\n".join([told, *(f"- {quote}" for quote in quotes)])
    return Draft(Verdict.ANSWERED, text, Result(value, "computed", formula))
