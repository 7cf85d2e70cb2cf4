"""Self-evaluation sheets and reports: what was reached beside what was planned, the project's money and its score.

Such a paper is about one project, so questions leave its name out ("资金执行率", "何时完工"). An
indicator answers with its 实际完成值, never with its target alone; dates and words as the sheet prints them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.disclosure import Cell, Table
from corpus.figure import Figure, Measure, Scheme
from corpus.indicators import Indicator, indicators, when
from corpus.locator import Locator
from corpus.money import Amount, canonical_unit, mentions, parse_number
from corpus.vocabulary import fold
from rag.answer import Result, show
from rag.desk import Desk, Draft
from rag.naming import in_order
from rag.plan import Verdict
from rag.retrieve import bigrams

_PLANNED = re.compile(r"目标|指标值|计划(?!提前|相比)|预期|应当|要求|打算")
_REACHED = re.compile(r"实际|完成|达到|达成|做到|做了|建成|实现|提前|按时|达标")
_ACTUALLY = re.compile(r"实际(?:完成|达到|达成|做到|实现|值|上?完成)|完成值|完成了多少|达到了多少")
_REASON = re.compile(r"为什么|为何|为啥|原因|怎么(?:没|会|回事)")
_WHEN = re.compile(
    r"什么时候|啥时候|何时|几时|哪一?年|几月|哪个?月|哪天|时间|提前|按时|按期|准时|延期|推迟|超期|工期|时限"
)
_UNMET = re.compile(
    r"(?:哪些|哪个|哪几|有没有|有哪|是否|几个).{0,8}(?:指标|目标).{0,8}(?:没|未|不)(?:有)?(?:完成|达|实现|到)|(?:没|未)(?:有)?(?:完成|达标|达到|达成|实现).{0,8}指标|"
    r"(?:指标|目标).{0,6}(?:都|全部|全)(?:完成|达标|达到|达成|实现)|(?:有|存在).{0,3}偏差"
)
_ALL = re.compile(
    r"(?:各项|哪些|所有|全部|绩效)?(?:指标|目标)(?:的)?(?:都)?(?:完成|达成|实现)(?:情况|得|的)?(?:怎么样|如何|怎样|情况)?"
)
_MARKS = re.compile(r"多少分|几分|得分|评分")
_COUNTER = re.compile(
    r"(?:多少|几)\s*(个|名|位|人次|人|件|次|家|户|台|辆|套|项|条|平方米|公里|千米|米|场次|场|种|份|处|篇|天|年|间|所|亩|吨|座|盏|元|万元)"
)
_SIZE = re.compile(r"多大|面积")
_LENGTH = re.compile(r"多长|长度|多远")
_SIZES = ("平方米", "平米", "㎡", "亩", "公顷", "平方公里", "m2")
_LENGTHS = ("米", "公里", "千米", "km", "m")
_MEASURED = re.compile(rf"{_COUNTER.pattern}|{_SIZE.pattern}|{_LENGTH.pattern}")
_GENERIC = re.compile(
    r"何时|几时|哪一?年|哪个?月|啥|实际|完成|达到|达成|多少|多大|多长|情况|时候|什么|计划|提前|提供|建成|建设|项目|指标|目标|结果|最后|最终|一共|总共|到底|究竟|有没有|是不是|是否|达标|按时|按期|"
    r"自评|绩效|评价|今年|当年|全年|年度|这个|该|了|的|吗|呢|是|为|有|被|几|比|个|并|和|做"
)
_KNOWN = 0.5
"""The share of a word's character pairs that must be known to the sheet for the word not to be a foreign one."""
_ENOUGH = 2
"""Character pairs that a question must share with an indicator's name."""


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator with the table it stands in."""

    table: Table
    indicator: Indicator


def rows(desk: Desk, document: str) -> tuple[Row, ...]:
    """The indicators of a document's self-evaluation sheets, looked for once."""
    return desk.shelf.keep(
        "indicators", document,
        lambda: [Row(table, found) for table in desk.shelf.tables(document) for found in indicators(table)],
    )  # fmt: skip


def of_indicators(desk: Desk) -> Draft | None:
    """What the question asks of the indicators of a self-evaluation sheet; None where it asks for something else."""
    plan = desk.plan
    if not plan.documents or len(plan.units) > 1 or plan.everyone or re.search(r"权重|分值", plan.text):
        return None
    document = plan.documents[0]
    if plan.years and desk.shelf.disclosure(document).year not in (*plan.years, 0):
        return None
    found = rows(desk, document)
    if not found:
        return _only_planned(desk, document) if _ACTUALLY.search(plan.text) else None
    if _UNMET.search(plan.text):
        return _unmet(desk, found)
    chosen = _chosen(desk, found)
    if chosen is not None:
        if _MARKS.search(plan.text):
            return _marked(desk, chosen)
        if _PLANNED.search(plan.text) and not _REACHED.search(plan.text):
            return None
        return _told(desk, chosen)
    if _REACHED.search(plan.text) and (planned := _only_planned(desk, document)) is not None:
        return planned
    about_all = _ALL.search(plan.text) and not _foreign(desk, found, "")
    return _listed(desk, found) if about_all else None


def _only_planned(desk: Desk, document: str) -> Draft | None:
    """A refusal with the targets, where it is asked what was reached of indicators of which only those are told."""
    asked = {asked.name for asked in desk.plan.accounts if asked.targets[0].scheme is Scheme.PERFORMANCE}
    told = [f for f in desk.shelf.figures(document) if f.account in asked]
    planned = [f for f in told if f.measure is Measure.TARGET]
    if not planned or len(planned) != len(told) or {f.account for f in planned} != asked:
        return None
    lines = [
        f"- {f.account}{desk.speech.pick('：', ': ')}{desk.evidence.words(f.locator.quote.strip())}{desk.evidence.cite(f)}"
        for f in planned[:_MOST]
    ]
    head = desk.speech.pick("文件没有写明实际完成值，只有目标值：", "What was reached is not told; the targets are:")
    return Draft(Verdict.NOT_DISCLOSED, "\n".join([head, *lines]))


def _chosen(desk: Desk, found: Sequence[Row]) -> Row | None:
    """The one indicator that the question names, in part at least, and of the kind it asks for."""
    text = desk.plan.text
    dated = _WHEN.search(text) is not None
    fitting = [row for row in found if _of_kind(text, row.indicator, dated=dated)]
    scored: list[tuple[float, Row]] = []
    said = bigrams(text)
    for row in fitting:
        own = bigrams(fold(row.indicator.name))
        shared = own & said
        whole = fold(row.indicator.name) in text
        if whole or len(shared) >= _ENOUGH or (shared and len(shared) >= len(own) / 2):
            scored.append((len(shared) + 10 * whole + len(shared) / (len(own) or 1), row))
        elif dated and row.indicator.is_date and (shared or re.search(r"完工|竣工|完成|建成|工期|时限", text)):
            scored.append((len(shared), row))
    if not scored and _MEASURED.search(text):  # said in short, and the only one that is measured so
        scored = [(1.0, row) for row in fitting if bigrams(fold(row.indicator.name)) & said]
    best = max((score for score, _ in scored), default=0.0)
    chosen = [row for score, row in scored if score == best]
    if len(chosen) != 1 or _foreign(desk, found, chosen[0].indicator.name):
        return None
    return chosen[0]


def _of_kind(text: str, indicator: Indicator, *, dated: bool) -> bool:
    """Whether an indicator is counted in what the question asks in."""
    if dated or indicator.is_date:
        return dated and (
            indicator.is_date or (indicator.target is not None and when(indicator.target.text) is not None)
        )
    unit = _unit(indicator)
    if unit and (counter := _COUNTER.search(text)) is not None:
        people = {"人", "名", "位", "个"}
        asked = counter.group(1)
        return canonical_unit(unit) == canonical_unit(asked) or {unit, asked} <= people or unit.endswith(asked)
    if unit and _SIZE.search(text):
        return unit in _SIZES
    return not (unit and _LENGTH.search(text)) or unit in _LENGTHS


def _unit(indicator: Indicator) -> str:
    for cell in (indicator.actual, indicator.target):
        stated = mentions(cell.text.replace(" ", "")) if cell is not None else []
        if stated and stated[0].unit:
            return stated[0].unit
    return indicator.unit


def _foreign(desk: Desk, found: Sequence[Row], name: str) -> bool:
    """Whether the question has a word that neither the indicator, the sheet's head nor the project knows."""
    document = desk.plan.documents[0]
    about = {fold(figure.entity) for figure in desk.shelf.figures(document) if figure.entity}
    heads = {fold(cell.text) for row in found[:1] for cell in row.table.cells if cell.row < (_first_row(found))}
    known = fold(
        "。".join(
            (name, desk.issuer(document), document, *about, *heads, *(row.indicator.name for row in found if not name))
        )
    )
    pairs = bigrams(known)
    for word in desk.plan.rest:
        bare = _GENERIC.sub("", word)
        own = bigrams(bare)
        if own and len(own & pairs) < _KNOWN * len(own) and not any(in_order(bare, part) for part in (*about, name)):
            return True
    named = [asked for asked in desk.plan.accounts if not asked.weak]
    return any(
        not bigrams(fold(asked.said)) & pairs and asked.targets[0].scheme.value not in ("绩效", "项目", "总额")
        for asked in named
    )


def _first_row(found: Sequence[Row]) -> int:
    return min(
        (cell.row for row in found[:1] for cell in (row.indicator.actual, row.indicator.target) if cell), default=0
    )


def _told(desk: Desk, row: Row) -> Draft | None:
    """What was reached of an indicator with its target beside it, a refusal where the sheet leaves that blank; why it was
    missed where that is asked, None where the sheet does not say."""
    indicator, speech = row.indicator, desk.speech
    if indicator.actual is None:
        target = _words(desk, row, indicator.target)
        said = speech.pick(
            f"自评表没有填“{indicator.name}”的实际完成值" + (f"，只有目标值{target}。" if target else "。"),
            f"The sheet leaves blank what was reached of “{indicator.name}”"
            + (f"; the target is {target}." if target else "."),
        )
        return Draft(Verdict.NOT_DISCLOSED, said)
    planned = _words(desk, row, indicator.target)
    reached = _words(desk, row, indicator.actual)
    judged = _judged(desk, indicator)
    told = speech.pick(
        f"“{indicator.name}”实际完成：{reached}" + (f"；目标值：{planned}" if planned else "") + judged,
        f"“{indicator.name}”, reached: {reached}" + (f"; target: {planned}" if planned else "") + judged,
    )
    if _REASON.search(desk.plan.text):
        return Draft(Verdict.ANSWERED, told + _why(desk, row)) if _why(desk, row) else None
    figure = _figure(desk, row, Measure.ACHIEVED)
    result = None
    if figure is not None and figure.amount is not None:
        desk.evidence.cite(figure)
        counter = _COUNTER.search(desk.plan.text)
        unit = figure.amount.unit or (counter.group(1) if counter else "")
        result = Result(Amount(figure.amount.value, unit), figure.status.value)
    return Draft(Verdict.ANSWERED, told, result)


def _words(desk: Desk, row: Row, cell: Cell | None) -> str:
    """A cell as printed, with its mark; with the sheet's unit where the cell is a bare number."""
    if cell is None:
        return ""
    measure = Measure.ACHIEVED if cell is row.indicator.actual else Measure.TARGET
    figure = _figure(desk, row, measure)
    if figure is not None and figure.amount is not None and parse_number(cell.text) is not None:
        return f"**{show(figure.amount)}**{desk.evidence.cite(figure)}"
    column = "实际完成值" if measure is Measure.ACHIEVED else "指标值"
    mark = desk.evidence.cite(figure) if figure is not None else desk.evidence.quote(_place(desk, row, cell, column))
    return f"{desk.evidence.words(cell.text.strip())}{mark}"


def _figure(desk: Desk, row: Row, measure: Measure) -> Figure | None:
    """The figure that was read from the indicator's cell."""
    cell = row.indicator.actual if measure is Measure.ACHIEVED else row.indicator.target
    if cell is None:
        return None
    for figure in desk.shelf.figures(desk.plan.documents[0]):
        place = figure.locator
        at = (place.table_id, place.row_index, place.column_index)
        if figure.measure is measure and at == (row.table.id, cell.row, cell.column):
            return figure
    return None


def met(indicator: Indicator) -> bool | None:
    """Whether a target was met: by numbers, by dates (not later), or by words that say so; None where nothing tells."""
    if indicator.actual is None or indicator.target is None:
        return None
    planned, reached = when(indicator.target.text), when(indicator.actual.text)
    if planned and reached:
        return reached <= (planned[0], planned[1], planned[2] or 32)
    bound, value = _number(indicator.target.text), _number(indicator.actual.text)
    if bound is not None and value is not None:
        target = fold(indicator.target.text)
        if re.match(r"[≤<]|小于|不超过|不高于|低于", target) or target.endswith(("以内", "以下", "之内")):
            return value <= bound
        cost = any("成本" in grade for grade in indicator.grades)
        return value <= bound if cost and not re.match(r"[≥>]|大于|不低于|不少于", target) else value >= bound
    text = fold(indicator.actual.text)
    if re.search(r"未(?:完成|达|实现)|没有?(?:完成|达)|部分(?:完成|达成)", text):
        return False
    if re.search(r"完成|达成|达到|已|实现|达标|合格", text) or text == fold(indicator.target.text):
        return True
    return None


def _number(text: str) -> Decimal | None:
    found = mentions(text.replace(" ", ""))
    return found[0].value if len(found) == 1 else None


def _judged(desk: Desk, indicator: Indicator) -> str:
    """Whether the target was met, in words; for dates whether early, in time or late."""
    target, actual = indicator.target, indicator.actual
    if target is None or actual is None:
        return ""
    planned, reached = when(target.text), when(actual.text)
    if planned and reached:
        if reached[:2] < planned[:2]:
            return desk.speech.pick("，比计划提前", ", earlier than planned")
        late = not met(indicator)
        return (
            desk.speech.pick("，比计划晚", ", later than planned")
            if late
            else desk.speech.pick("，按计划完成", ", as planned")
        )
    verdict = met(indicator)
    if verdict is None:
        return ""
    return (
        desk.speech.pick("，达到目标", "; target met")
        if verdict
        else desk.speech.pick("，没有达到目标", "; target not met")
    )


def _line(desk: Desk, row: Row) -> str:
    planned, reached = _words(desk, row, row.indicator.target), _words(desk, row, row.indicator.actual)
    blank = desk.speech.pick("未填", "blank")
    return desk.speech.pick(
        f"- {row.indicator.name}：目标{planned or blank}，实际{reached or blank}",
        f"- {row.indicator.name}: target {planned or blank}, reached {reached or blank}",
    )


_MOST = 24


def _listed(desk: Desk, found: Sequence[Row]) -> Draft:
    """Every indicator with its target and what was reached."""
    head = desk.speech.pick("自评表各项指标的完成情况：", "What was reached of the indicators:")
    return Draft(Verdict.ANSWERED, "\n".join([head, *(_line(desk, row) for row in found[:_MOST])]))


def _unmet(desk: Desk, found: Sequence[Row]) -> Draft:
    """The indicators that were not met, or that all were, as far as numbers, dates and words tell."""
    judged = [(row, met(row.indicator)) for row in found]
    missed = [row for row, verdict in judged if verdict is False]
    unknown = [row for row, verdict in judged if verdict is None]
    count = desk.evidence.count(len(found))
    lines: list[str] = []
    if missed:
        lines.append(desk.speech.pick("没有达到目标的指标：", "Indicators whose target was not met:"))
        for row in missed[:_MOST]:
            why = _why(desk, row)
            lines.append(_line(desk, row) + why)
    elif not unknown:
        lines.append(desk.speech.pick(
            f"自评表的{count}项指标都达到了目标：", f"All {count} indicators of the sheet met their targets:"
        ))  # fmt: skip
        lines += [_line(desk, row) for row in found[:_MOST]]
    else:
        lines.append(
            desk.speech.pick(
                "按自评表填写的数字，没有未达到目标的指标。", "By the numbers of the sheet no target was missed."
            )
        )
    if unknown:
        lines.append(desk.speech.pick("这些指标看不出是否达到：", "Not told for these:"))
        lines += [_line(desk, row) for row in unknown[:_MOST]]
    return Draft(Verdict.ANSWERED, "\n".join(lines))


def _why(desk: Desk, row: Row) -> str:
    """What the sheet says about a missed target, "" where it says nothing."""
    remark = row.indicator.remark
    text = remark.text.strip() if remark is not None else ""
    if remark is None or len(text) <= 1:
        return ""
    return f"；{desk.evidence.words(text)}{desk.evidence.quote(_place(desk, row, remark, '偏差原因'))}"


def _place(desk: Desk, row: Row, cell: Cell, column: str) -> Locator:
    page = cell.page if cell.page is not None else next(iter(row.table.pages), None)
    return Locator(
        desk.plan.documents[0], page=page, table=row.table.title or None, row=row.indicator.name, column=column,
        quote=cell.text, bbox=cell.bbox, table_id=row.table.id, row_index=cell.row, column_index=cell.column,
    )  # fmt: skip


def _marked(desk: Desk, row: Row) -> Draft | None:
    """The marks that an indicator got."""
    cell = row.indicator.score
    value = parse_number(cell.text) if cell is not None else None
    if cell is None or value is None:
        return None
    amount = Amount(value, "分")
    mark = desk.evidence.quote(_place(desk, row, cell, "得分"))
    desk.evidence.state(str(value))
    told = desk.speech.pick(
        f"“{row.indicator.name}”得分：**{show(amount)}**{mark}",
        f"“{row.indicator.name}”, score: **{show(amount)}** {mark}",
    )
    return Draft(Verdict.ANSWERED, told, Result(amount, "single"))
