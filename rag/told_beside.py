"""What belongs beside a value that was looked up: yes or no, its place, a month of it, why it is nought, the names of what it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.figure import Figure, Measure, Scheme
from corpus.money import Agreement, compare, half_last_digit
from corpus.vocabulary import fold
from rag import calculate
from rag.answer import show
from rag.conditions import claimed, threshold
from rag.desk import Desk, Draft
from rag.plan import Verdict
from rag.quoting import quote_of, sentences_at_hand
from rag.values import Source, Value, figures_of


def a_month(desk: Desk, told: Sequence[Value]) -> Draft | None:
    """A twelfth or a quarter of the one amount told, where the question asks by the month or by the quarter."""
    monthly = re.search(r"每个?月|月均|按月|一个月", desk.plan.text) is not None
    if len(told) != 1 or not (monthly or re.search(r"(?:平均)?每个?季度?|季均", desk.plan.text)):
        return None
    share = (
        calculate.average([told[0]], 12 if monthly else 4)
        if told[0].amount is not None and told[0].amount.is_money
        else None
    )
    if share is None or share.amount is None:
        return None
    share = replace(share, operands=figures_of(told[0]), choice=None)
    return Draft(Verdict.ANSWERED, desk.tell(share, desk.issuer(share.document)), desk.result(share))


def judged(desk: Desk, told: Sequence[Value]) -> list[str]:
    """Yes or no, where the question puts up a limit ("有没有超过20万") or an amount ("是10.91万元吗") for one value."""
    value = told[0].amount if len(told) == 1 else None
    limit, claim = threshold(desk.plan.text), claimed(desk.plan.text)
    if value is None or (limit is None and claim is None):
        return []
    bound = limit[1] if limit is not None else claim
    assert bound is not None, "one of the two is there"
    try:
        same = bound.to(value.unit) if value.is_money and bound.is_money else bound
    except ValueError:
        return []
    if same.unit != value.unit:
        return []
    desk.evidence.state(str(bound.value))
    if limit is None:
        agrees = abs(value.value - same.value) <= half_last_digit(same.value)
        return [desk.speech.pick(f"{'是' if agrees else '不是'}{show(bound)}。", f"{'Yes' if agrees else 'No'}.")]
    above = value.value > same.value
    if value.value == same.value:
        return [desk.speech.pick(f"正好{show(bound)}。", f"Exactly {show(bound)}.")]
    return [
        desk.speech.pick(
            f"{'超过' if above else '没有超过'}{show(bound)}。", f"{'Above' if above else 'Not above'} {show(bound)}."
        )
    ]


def place_of(desk: Desk, value: Value) -> str:
    """Where a value stands: page, table, row and column, or the section of its sentence."""
    line = desk.tell(value, desk.issuer(value.document))
    figures = [value.figure] if value.figure is not None else list(value.operands)
    places = []
    for figure in figures:
        place = figure.locator
        page = (
            desk.speech.pick(f"第{desk.evidence.count(place.page)}页", f"page {desk.evidence.count(place.page)}")
            if place.page
            else desk.speech.pick("（这种格式没有页码）", "(no pages in this format)")
        )
        names = [place.table, place.row, place.column] if place.table else [place.section]
        inside = " · ".join(f"“{name}”" for name in names if name)
        places.append(f"{page}{inside}{desk.evidence.cite(figure)}")
    return f"{line}{desk.speech.pick('，在', ', at ')}{desk.speech.pick('；', '; ').join(places)}"


def beside(desk: Desk, told: Sequence[Value]) -> list[str]:
    """What belongs beside a single figure: why it is nought, or this year's change where the document states one."""
    if len(told) != 1 or told[0].choice is None or told[0].amount is None:
        return []
    figure = told[0].choice.figure
    if figure.amount is not None and figure.amount.value == 0:
        source = desk.source(figure.document)
        reasons = [f for f in _same_account(source, figure) if f.reason]
        if reasons:
            mark = desk.evidence.cite(reasons[0])
            quoted = desk.evidence.words(reasons[0].reason)
            return [
                desk.speech.pick(f"文件给出的原因：{quoted}{mark}", f"The document gives as reason: {quoted} {mark}")
            ]
    return []


def called_alike(desk: Desk, told: Sequence[Value]) -> Value | None:
    """What the document calls by the very name asked for, where the one total found goes by another one in its table: the year's
    own spending, say, as 支出总计 in a sentence, beside the 合计 with what is carried over; None where nothing else is."""
    figure = told[0].figure if len(told) == 1 else None
    said = fold(told[0].asked.said) if figure is not None else ""
    if figure is None or figure.amount is None or figure.scheme is not Scheme.TOTAL or _ends(said, figure):
        return None
    for other in desk.source(figure.document).figures:
        like = (other.scheme, other.measure, other.year, other.basis, other.flow, other.funding, other.component)
        own = (figure.scheme, figure.measure, figure.year, figure.basis, figure.flow, figure.funding, figure.component)
        if like != own or other.entity or other.amount is None or not _ends(said, other):
            continue
        if compare(other.amount, figure.amount) is Agreement.DIFFERENT:
            return replace(Value.of(other), asked=replace(told[0].asked, name=other.name or told[0].asked.name))
    return None


def _ends(said: str, figure: Figure) -> bool:
    """Whether a wording ends with the name that the document prints for a figure ("2023年决算支出总计")."""
    name = fold(figure.name or figure.account)
    return len(name) >= _TERM and said.endswith(name)


_TERM = 4


def by_name(desk: Desk, told: Sequence[Value]) -> list[str]:
    """The sentence that counts them, where their names are asked for too ("几个科室，都叫什么")."""
    named = told and told[0].asked.name == "内设机构"
    if (
        not (named or re.search(r"叫|名[字称]|哪些|哪几|都有|什么车|哪种车|车型|截[止至]|哪一?天", desk.plan.text))
        or len(told) != 1
        or told[0].choice is None
    ):
        return []
    place = told[0].choice.figure.locator
    if told[0].asked.targets[0].scheme not in (Scheme.STAFF, Scheme.ASSET) or not place.quote:
        return []
    one = re.search(r"有没有(?:设)?(?P<office>[\u4e00-\u9fff]{2,8}[科处室股])", desk.plan.text)
    said = [place.quote, *([one["office"]] if one else [])]
    every = sentences_at_hand(desk, told[0].document)
    found = [next((item for item in every if fold(words) in fold(item.text)), None) for words in said]
    return [quote_of(desk, item) for item in found if item is not None]


def _same_account(source: Source, figure: Figure) -> list[Figure]:
    return [
        f for f in source.figures
        if f.scheme is figure.scheme and (f.code or f.account) == (figure.code or figure.account)
        and f.year == figure.year
        and f.funding == figure.funding and f.component == figure.component
        and not f.entity and f.basis is figure.basis and f.measure is not Measure.COMPLETION
    ]  # fmt: skip
