"""Operations over many units or years: ranking, filtering, tables, trends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.figure import Figure, Measure, Reader
from corpus.money import Absence, Amount
from rag import amounts, calculate, shares
from rag.answer import show
from rag.conditions import both_ends
from rag.counted_further import THING_RANKED
from rag.desk import Desk, Draft
from rag.finder import same_account
from rag.ops_figures import values_for
from rag.ops_items import SPENDING, rank_items
from rag.plan import Asked, Operation, Verdict
from rag.rates_told import tell_move, tell_share
from rag.refuse import missing
from rag.values import Source, Value, size


@dataclass(frozen=True, slots=True)
class Row:
    """A unit's value in a ranking or table; `value` None where its documents do not state one."""

    issuer: str
    value: Value | None


def rows(desk: Desk, asked: Asked) -> list[Row]:
    """The value asked for, of every unit of the plan, in the year asked for (or each unit's latest)."""
    plan = desk.plan
    found: list[Row] = []
    for issuer in plan.units:
        unit = desk.shelf.catalogue.by_issuer[issuer]
        own = tuple(name for name in plan.documents if any(d.name == name for d in unit.disclosures))
        if plan.years:
            own = tuple(
                n
                for n in own
                if desk.shelf.disclosure(n).year in plan.years or desk.shelf.disclosure(n).year - 1 in plan.years
            )
        if not own:
            continue
        alone = Desk(replace(plan, documents=own, units=(issuer,)), desk.shelf, desk.searcher, desk.evidence)
        values = _inner(alone, asked)
        if not values and plan.years and not any(desk.shelf.disclosure(n).year in plan.years for n in own):
            continue
        found.append(Row(issuer, values[0] if values else None))
    return found


def _inner(desk: Desk, asked: Asked) -> list[Value]:
    """The values of one unit: amount, share, change, rate or completion, as the plan wants."""
    bases, whole = desk.plan.bases, desk.plan.whole
    if desk.plan.inner is Operation.SHARE:
        return values_for(desk, asked, lambda s, a, y: shares.share_of(s, a, whole, y, bases))
    if desk.plan.inner is Operation.CHANGE:
        return values_for(desk, asked, lambda s, a, y: amounts.change_of(s, a, y, bases))
    if desk.plan.inner is Operation.RATE:
        return values_for(desk, asked, lambda s, a, y: amounts.rate_of(s, a, y, bases))
    if desk.plan.inner is Operation.COMPLETION:
        return values_for(desk, asked, lambda s, a, y: shares.completion_of(s, a, y, bases))
    return values_for(desk, asked)


_MONEY = re.compile(r"钱|花|支|收|费|预算|决算|款|资金|规模|盘子|用|拿|增|降|涨|变|高|差|占")


def rank(desk: Desk) -> Draft:
    """Units in order of what is asked; within one unit, its projects or the items of an account."""
    if len(desk.plan.units) == 1 and not desk.plan.everyone:
        return rank_items(desk)
    if not desk.plan.accounts and ("项目" in desk.plan.text or len(desk.plan.units) < 2):
        return rank_items(desk)
    if not desk.plan.accounts and (thing := THING_RANKED.search(desk.plan.text)) and not _MONEY.search(thing["noun"]):
        return missing(desk)  # who has more of something that no figure counts is not who spends more
    asked = desk.plan.accounts[0] if desk.plan.accounts else SPENDING
    if len(desk.plan.accounts) > 1 and len(desk.plan.units) == 1:
        return rank_items(desk)
    every = rows(desk, asked)
    known = [(row, amount) for row in every if (amount := size(row.value)) is not None]
    if not known:
        return missing(desk)
    if len(known) == 1 and len(every) > 2:
        line = _line(desk, known[0][0])
        _gaps(desk, every)
        text = desk.speech.pick("只有一个单位有可比的数字，排不出高低：\n", "Only one unit has a figure to compare:\n")
        return Draft(Verdict.NOT_DISCLOSED, text + line)
    known.sort(key=lambda item: item[1], reverse=desk.plan.highest)
    if len({amount for _, amount in known}) == 1 and len(known) > 1:
        lines = [_line(desk, row) for row, _ in known]
        text = desk.speech.pick("各单位相同：\n", "All the same:\n")
        return Draft(Verdict.ANSWERED, text + "\n".join(f"- {line}" for line in lines))
    shown = known[: max(desk.plan.top or 0, 12)]
    if desk.plan.top:
        shown = known[: desk.plan.top]
    place = desk.plan.nth or 1
    if place > len(known):
        return missing(desk)
    first = [row for row, amount in known if amount == known[place - 1][1]]
    names = "、".join(row.issuer for row in first)
    word = desk.speech.pick("最高" if desk.plan.highest else "最低", "highest" if desk.plan.highest else "lowest")
    if place > 1:
        word = desk.speech.pick(
            f"{word}起第{desk.evidence.count(place)}位", f"{word} (no. {desk.evidence.count(place)})"
        )
    value = first[0].value
    assert value is not None, "known rows have values"
    told = show(desk.money(value.amount)) if value.amount is not None else "0"
    head = desk.speech.pick(
        f"{word}的是**{names}**（{told}）{desk.marks(value)}。",
        f"The {word} is **{names}** ({told}) {desk.marks(value)}.",
    )
    lines = [f"{desk.evidence.count(index)}. {_line(desk, row)}" for index, (row, _) in enumerate(shown, 1)]
    _gaps(desk, every)
    if both_ends(desk.plan.text):
        last = [row.issuer for row, amount in known if amount == known[-1][1]]
        lines.append(desk.speech.pick(f"最低的是**{'、'.join(last)}**。", f"The lowest is **{'、'.join(last)}**."))
    return Draft(Verdict.ANSWERED, "\n".join([head, *lines]), desk.result(value) if len(first) == 1 else None)


def _line(desk: Desk, row: Row) -> str:
    if row.value is None:
        return f"{row.issuer}{desk.speech.pick('：文件没有公开', ': not disclosed')}"
    value = row.value
    if desk.plan.inner is Operation.SHARE and value.amount is not None:
        return tell_share(desk, value)
    if desk.plan.inner in (Operation.CHANGE, Operation.RATE) and value.amount is not None:
        return tell_move(desk, value, row.issuer)
    return desk.tell(value, row.issuer)


def _gaps(desk: Desk, every: Sequence[Row]) -> None:
    unknown = [row.issuer for row in every if size(row.value) is None]
    if unknown:
        names = "、".join(unknown)
        desk.evidence.warn(
            desk.speech.pick(f"没有可比的数字，未列入：{names}。", f"Not compared for want of a figure: {names}.")
        )
    bases = {row.value.basis for row in every if row.value is not None}
    years = {row.value.year for row in every if row.value is not None}
    if len(bases) > 1 or len(years) > 1:
        desk.evidence.warn(
            desk.speech.pick(
                "所列数字的年度或预算、决算口径不完全相同，比较时请留意。",
                "The figures listed differ in year or in budget/final basis; compare with care.",
            )
        )


def choose(desk: Desk) -> Draft:
    """Which units have (or have not) what is asked for."""
    asked = desk.plan.accounts[0]
    every = rows(desk, asked)
    fitting: list[Row] = []
    rest: list[Row] = []
    for row in every:
        amount = size(row.value)
        blank = row.value is not None and row.value.amount is None and amount is None
        without = amount == 0 or blank
        if row.value is None:
            continue
        passes = without == desk.plan.absent
        if desk.plan.threshold is not None:
            sign, limit = desk.plan.threshold
            bound = limit.to("元").value if limit.is_money else limit.value
            passes = amount is not None and (amount > bound if sign == ">" else amount < bound)
        (fitting if passes else rest).append(row)
    if not fitting and not rest:
        return missing(desk)
    name = desk.speech.account(asked)
    has = desk.speech.pick("没有" if desk.plan.absent else "有", "without" if desk.plan.absent else "with")
    count = desk.evidence.count(len(fitting))
    if desk.plan.threshold is not None:
        word = desk.speech.pick("符合条件", "meeting the condition")
        has, name = word, ""
    head = desk.speech.pick(f"{has}{name}的单位{count}个：", f"Units {has} {name}: {count}")
    lines = [f"- {_line(desk, row)}" for row in fitting]
    if rest:
        lines.append(desk.speech.pick("其余单位：", "The others:"))
        lines += [f"- {_line(desk, row)}" for row in rest]
    silent = [row.issuer for row in every if row.value is None]
    if silent:
        desk.evidence.warn(
            desk.speech.pick(f"文件没有公开这一项：{'、'.join(silent)}。", f"Not disclosed by: {'、'.join(silent)}.")
        )
    return Draft(Verdict.ANSWERED, "\n".join([head, *lines]))


def table(desk: Desk) -> Draft:
    """Accounts × units as a table, a line for each year where several are named."""
    accounts, years = desk.plan.accounts, desk.plan.years
    if not accounts:
        return missing(desk)
    head = desk.speech.pick("单位", "Unit")
    lines = [f"| {head} | {' | '.join(asked.name for asked in accounts)} |", "|" + "---|" * (len(accounts) + 1)]
    told = False
    for year in years if len(years) > 1 else (None,):
        plan = desk.plan if year is None else replace(desk.plan, years=(year,))
        alone = Desk(plan, desk.shelf, desk.searcher, desk.evidence)
        columns = [rows(alone, asked) for asked in accounts]
        told = told or any(row.value is not None for every in columns for row in every)
        for issuer in dict.fromkeys(row.issuer for every in columns for row in every):
            cells = [_cell(desk, next((row for row in every if row.issuer == issuer), None)) for every in columns]
            lines.append(f"| {issuer} | {' | '.join(cells)} |")
        for every in columns:
            _gaps(alone, every)
    return Draft(Verdict.ANSWERED, "\n".join(lines)) if told or (len(years) < 2 and len(lines) > 2) else missing(desk)


def _cell(desk: Desk, row: Row | None) -> str:
    if row is None or row.value is None:
        return desk.speech.pick("未公开", "not disclosed")
    value = row.value
    marks = desk.marks(value)
    when = f"{value.year}{desk.speech.pick('年', ' ')}{value.basis.value}"
    if value.amount is None:
        figure = value.figure
        zero = figure is not None and figure.absence is Absence.NO_DATA
        return (
            f"{desk.speech.pick('无（写明没有安排）' if zero else '空白', 'none (as stated)' if zero else 'blank')}"
            f"（{when}）{marks}"
        )
    if value.formula is not None:
        desk.evidence.compute(value.amount, value.formula)
    return f"{desk.shown(value.amount)}（{when}）{marks}"


def trend(desk: Desk) -> Draft:
    """An account over the years, with the change from the first to the last."""
    lines: list[str] = []
    operands: list[Figure] = []
    for asked in desk.plan.accounts:
        for issuer in desk.plan.units:
            values = series(desk, issuer, asked)
            lines += [desk.tell(value, issuer) for value in values]
            stated = [value for value in values if value.amount is not None]
            if len(stated) > 1 and stated[0].basis is stated[-1].basis:
                moved = calculate.difference(stated[-1], stated[0])
                if moved is not None and moved.amount is not None:
                    lines.append(_moved(desk, stated, moved))
                    operands += moved.operands
            lines += _reasons(desk, stated)
    if not lines:
        return missing(desk)
    if len(desk.plan.accounts) == 1 and len(lines) == 1:
        desk.evidence.warn(
            desk.speech.pick("文件集里只有这一年的数字，看不出变化。", "The book has this one year only.")
        )
    return Draft(Verdict.ANSWERED, "\n".join(f"- {line}" for line in lines))


def series(desk: Desk, issuer: str, asked: Asked) -> list[Value]:
    """The account in every year that the unit's documents tell, earliest first."""
    unit = desk.shelf.catalogue.by_issuer[issuer]
    own = [desk.source(d.name) for d in sorted(unit.disclosures, key=lambda d: d.year)]
    if desk.plan.documents:
        first = desk.shelf.disclosure(desk.plan.documents[0])
        same = [s for s in own if s.disclosure.level is first.level and s.disclosure.basis is first.basis]
        own = same or own
    told = {year for s in own for year in _years_in_tables(s, asked)}
    years = sorted({s.disclosure.year for s in own} | {s.disclosure.year - 1 for s in own} | told)
    if desk.plan.years and not desk.plan.last_years:
        years = [year for year in years if year in desk.plan.years]
    elif desk.plan.last_years:
        years = years[-desk.plan.last_years :]
    found = []
    for year in years:
        source = next((s for s in own if s.disclosure.year == year), None) or own[0]
        value = amounts.across_years(source, asked, year, desk.plan.bases)
        if value is not None:
            found.append(value)
    return found


def _years_in_tables(source: Source, asked: Asked) -> set[int]:
    """The years for which a document's tables state an account (a history over several years)."""
    kinds = (Measure.AMOUNT, Measure.COUNT)
    return {
        f.year for f in source.figures
        if f.reader is Reader.TABLE and f.amount is not None and f.measure in kinds and not f.entity
        and any(same_account(f, target) for target in asked.targets[:1])
    }  # fmt: skip


def _moved(desk: Desk, stated: Sequence[Value], moved: Value) -> str:
    amount = moved.amount
    assert amount is not None, "checked by the caller"
    desk.evidence.compute(amount, moved.formula or "")
    way = desk.speech.move(None if amount.value == 0 else amount.value > 0)
    absolute = desk.evidence.compute(Amount(abs(amount.value), amount.unit), moved.formula or "")
    return desk.speech.pick(
        f"{stated[-1].year}年比{stated[0].year}年{way}{show(absolute)}（计算：{moved.formula}）",
        f"{stated[-1].year} against {stated[0].year}: {way} {show(absolute)} (computed: {moved.formula})",
    )


def _reasons(desk: Desk, series: Sequence[Value]) -> list[str]:
    from rag.ops_reason import reason_figures, reasons_of_parts

    found = []
    for value in series:
        stated = reason_figures(desk, value.document, value.asked, value.year)[:1]
        if not stated:
            found += reasons_of_parts(desk, desk.source(value.document), value.asked)
        for figure in stated:
            mark = desk.evidence.cite(figure)
            found.append(
                desk.speech.pick(
                    f"{value.year}年文件给出的原因：{desk.evidence.words(figure.reason)}{mark}",
                    f"Reason given for {value.year}: {desk.evidence.words(figure.reason)} {mark}",
                )
            )
    return found
