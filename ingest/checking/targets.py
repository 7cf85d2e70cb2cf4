"""绩效目标表 against themselves and the text: a project's money and its parts, its words, and all sheets together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.disclosure import Cell, Severity, Side, Table
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.money import MONEY_UNITS, Amount, Mention, half_last_digit, mentions, parse_number
from corpus.record import Record
from ingest.checking.outcome import (
    Outcome,
    Verdict,
    in_unit,
    place,
    place_en,
    plain,
    printed,
    shown,
    side,
)
from ingest.checking.wording import Wording, cell_locator, wordy_cells

_LEVELS = re.compile(r"中央|省级|市级|市县|区级|县级|本级|上级")
_YEAR_COMPONENT = "项目支出"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One project's money in its sheet, for the year or for its whole term: the total and its parts."""

    table: Table
    project: str
    component: str
    total: Figure
    parts: tuple[Figure, ...]


def sheets(record: Record) -> list[Sheet]:
    """The money of every project sheet, as far as a total is printed."""
    groups: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for figure in record.figures:
        if figure.scheme is Scheme.PROJECT and figure.reader is Reader.TABLE and figure.locator.table_id:
            groups[figure.locator.table_id, figure.account, figure.component].append(figure)
    tables = {t.id: t for t in record.tables if t.kind == "performance_project"}
    found = []
    for (table_id, project, component), figures in groups.items():
        totals = [f for f in figures if f.funding == "全部" and f.amount is not None and f.amount.is_money]
        if table_id in tables and totals:
            parts = tuple(
                f for f in figures
                if f.funding != "全部" and f.amount is not None and f.amount.is_money and f.basis is totals[0].basis
            )  # fmt: skip
            found.append(Sheet(tables[table_id], project, component, totals[0], parts))
    return found


def annual_sheets(record: Record) -> list[Sheet]:
    """The year's money of every project sheet."""
    return [sheet for sheet in sheets(record) if sheet.component == _YEAR_COMPONENT]


def sheet_funds(record: Record) -> list[Outcome]:
    """No part of a project's money exceeds it; parts with a line for 其他资金 add up to it."""
    return [outcome for sheet in sheets(record) for outcome in _funds(sheet)]


def _funds(sheet: Sheet) -> list[Outcome]:
    total, unit = _money(sheet.total), _unit(sheet.total)
    if not total or not sheet.parts:
        return []
    larger = [p for p in sheet.parts if _money(p, unit) > total + half_last_digit(total)]
    levels = any(_LEVELS.search(p.name) for p in sheet.parts) and any("财政" in p.funding for p in sheet.parts)
    summed = sum((_money(p, unit) for p in sheet.parts), Decimal(0))
    slack = half_last_digit(total) * (len(sheet.parts) + 1)
    complete = any("其他" in p.name for p in sheet.parts) and not levels
    document = sheet.total.document
    ids = (sheet.total.id, *(p.id for p in sheet.parts))
    if not larger and (not complete or abs(summed - total) <= slack):
        verdict = Verdict.HOLDS if complete else Verdict.NOT_APPLICABLE
        return [Outcome(document, "项目资金构成", verdict, figures=ids, identity=True)]
    blamed = larger or list(sheet.parts)
    ids = (sheet.total.id, *(p.id for p in blamed))
    named = "、".join(f"{p.name}{printed(p)}" for p in blamed)
    wrong = f"其中{named}大于总额" if larger else f"各项之和为{shown(summed, unit)}"
    return [Outcome(
        document, "项目资金构成", Verdict.FAILS, Severity.CONTRADICTION, tuple(map(side, (sheet.total, *blamed))),
        plain((_money(larger[0], unit) if larger else summed) - total),
        f"{place(sheet.total)}为{printed(sheet.total)}，{wrong}。",
        f"{place_en(sheet.total)}: the total is {printed(sheet.total)}, its parts are {named}.",
        ids, True,
    )]  # fmt: skip


def _money(figure: Figure, unit: str | None = None) -> Decimal:
    assert figure.amount is not None
    return figure.amount.value if unit is None else in_unit(figure.amount, unit)


def _unit(figure: Figure) -> str:
    assert figure.amount is not None
    return figure.amount.unit


_YEARLY = re.compile(
    r"(?:全年|年度|本年度?|当年|(?P<year>20\d\d)年度?)(?:项目|总|共|合计|计划|申请|拟|安排|财政)*(?:需要?|预算|经费|资金)"
    r"(?:预算|经费|资金|安排|总额|总计|共计|合计|为|约|共)*$"
)
_CEILING = re.compile(r"[≤<]|不超过|不高于|控制在|以内")


def sheet_words(record: Record) -> list[Outcome]:
    """What a sheet's text gives as the year's budget is the sheet's amount, and no cost ceiling lies above it."""
    outcomes = []
    cells: dict[str, list[Wording]] = defaultdict(list)
    for wording in wordy_cells(record):
        if wording.table is not None:
            cells[wording.table.id].append(wording)
    found: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets(record):
        found[sheet.table.id].append(sheet)
    for table_id, stated in found.items():
        annual = [sheet for sheet in stated if sheet.component == _YEAR_COMPONENT]
        if len(annual) != 1 or not _money(annual[0].total):
            continue  # a grid of several sheets: which words belong to which cannot be told
        for wording in cells[table_id]:
            outcomes += _yearly(record, annual[0], wording)
        outcomes += _ceilings(annual[0], max(_money(sheet.total, "元") for sheet in stated))
    return outcomes


def _yearly(record: Record, sheet: Sheet, wording: Wording) -> list[Outcome]:
    found = []
    for mention in mentions(wording.text):
        said = _YEARLY.search(wording.text[: mention.start]) if mention.unit in MONEY_UNITS else None
        if said is None or (said["year"] and int(said["year"]) != record.disclosure.year):
            continue
        difference = _money(sheet.total, mention.unit) - mention.value
        if abs(difference) <= half_last_digit(mention.value):
            found.append(Outcome(wording.document, "项目文字与金额", Verdict.HOLDS))
            continue
        gap = shown(Decimal(plain(abs(difference))), mention.unit)
        found.append(Outcome(
            wording.document, "项目文字与金额", Verdict.FAILS, Severity.CONTRADICTION,
            (wording.side(mention), side(sheet.total)), plain(difference),
            f"{wording}“{sheet.project}”文字写{said.group()}{mention.printed}，"
            f"{sheet.total.name}却是{printed(sheet.total)}，相差{gap}。",
            f"The sheet of “{sheet.project}” says {said.group()}{mention.printed} in words, but its amount is "
            f"{printed(sheet.total)}.", (sheet.total.id,), True,
        ))  # fmt: skip
    return found


def _ceilings(sheet: Sheet, most: Decimal) -> list[Outcome]:
    """A cost indicator that allows more than the year's and the whole term's money."""
    document = sheet.total.document
    told: set[str] = set()
    outcomes = []
    for label, cell in _labelled(sheet.table):
        allowed = next((m for m in mentions(cell.text) if m.unit in MONEY_UNITS), None)
        if "成本" not in label or allowed is None or not _CEILING.search(cell.text) or cell.text in told:
            continue
        told.add(cell.text)
        ceiling = in_unit(Amount(allowed.value, allowed.unit), "元")
        where = Side(cell_locator(document, sheet.table, cell), str(allowed.value), allowed.unit)
        page = f"第{cell.page}页" if cell.page else ""
        if ceiling and _by_units(most / ceiling):
            outcomes.append(Outcome(
                document, "成本指标与项目金额", Verdict.FAILS, Severity.WORDING, (where, side(sheet.total)), None,
                f"{page}“{sheet.project}”的成本指标“{label}”定为{cell.text}，与项目资金{printed(sheet.total)}相差整数量级，"
                "疑为单位有误。",
                f"The cost indicator of “{sheet.project}” allows {cell.text}, a plain power of ten below its "
                f"{printed(sheet.total)}, as when a unit is wrong.",
            ))  # fmt: skip
            continue
        if ceiling <= most:
            outcomes.append(Outcome(document, "成本指标与项目金额", Verdict.HOLDS))
            continue
        outcomes.append(Outcome(
            document, "成本指标与项目金额", Verdict.FAILS, Severity.WORDING, (where, side(sheet.total)), None,
            f"{page}“{sheet.project}”的成本指标“{label}”定为{cell.text}，高于项目资金{printed(sheet.total)}，约束不起作用。",
            f"The cost indicator of “{sheet.project}” allows {cell.text}, more than its {printed(sheet.total)}.",
        ))  # fmt: skip
    return outcomes


def _by_units(ratio: Decimal) -> bool:
    """Whether an amount in 万元 was written down as 元."""
    return ratio == 10_000


def _labelled(table: Table) -> list[tuple[str, Cell]]:
    """Label and value of a form: in each row, words and what stands in the next printed cell."""
    pairs = []
    for row in range(table.n_rows):
        label = ""
        for cell in sorted((c for c in table.cells if c.row == row and c.text.strip()), key=lambda c: c.column):
            if label:
                pairs.append((label, cell))
            label = cell.text if re.search(r"[\u4e00-\u9fff]", cell.text) else ""
    return pairs


def sheets_and_text(record: Record) -> list[Outcome]:
    """Where the text counts as many projects as there are sheets, their amounts make the amount it states."""
    found = annual_sheets(record)
    stated = _stated(record)
    if not found or stated is None:
        return []
    count, amount = stated
    document, counted = amount.document, _money(count)
    unit = _unit(amount)
    if counted != len(found) or unit not in MONEY_UNITS:
        return [Outcome(document, "绩效目标合计", Verdict.NOT_APPLICABLE, figures=(amount.id, count.id))]
    summed = sum((_money(s.total, unit) for s in found), Decimal(0))
    difference = _money(amount) - summed
    ids = (amount.id, *(s.total.id for s in found))
    if abs(difference) <= half_last_digit(_money(amount)) * (len(found) + 1):
        return [Outcome(document, "绩效目标合计", Verdict.HOLDS, figures=ids, identity=True)]
    together = shown(summed.quantize(Decimal("0.01")), unit)
    return [Outcome(
        document, "绩效目标合计", Verdict.FAILS, Severity.CONTRADICTION,
        (side(amount), *(side(s.total) for s in found)), plain(difference),
        f"{place(amount)}写{plain(counted)}个项目涉及{printed(amount)}，所附{len(found)}张绩效目标表的金额之和为{together}。",
        f"{place_en(amount)} counts {plain(counted)} projects of {printed(amount)}, but the {len(found)} sheets make "
        f"{together}.", ids, True,
    )]  # fmt: skip


def _stated(record: Record) -> tuple[Figure, Figure] | None:
    """Number and amount of the projects with targets, as one section of the text states them."""
    told = [
        f for f in record.figures
        if f.scheme is Scheme.PERFORMANCE and f.reader is not Reader.TABLE and f.amount is not None
    ]  # fmt: skip
    for count in told:
        for amount in told:
            same = amount.locator.section == count.locator.section and amount.account == count.account
            if count.measure is Measure.COUNT and amount.measure is Measure.AMOUNT and same:
                return count, amount
    return None


_LOW_COVERAGE = Decimal("0.5")


def coverage(record: Record) -> list[Outcome]:
    """绩效目标 amounts ↔ 项目支出: every project has targets (中发〔2018〕34号), so the two are near each other.

    More than the project expenditure cannot be; less than half of it contradicts the claim to cover the projects.
    Between the two, small items without a sheet of their own explain the difference. Not applicable to targets of the
    unit as a whole, nor to 绩效自评 and 绩效评价, which final accounts tell of chosen projects.
    """
    projects = [
        f for f in record.figures
        if f.scheme is Scheme.TOTAL and f.component == "项目支出" and f.measure is Measure.AMOUNT and f.flow == "支出"
        and f.amount is not None and f.amount.is_money and f.basis == record.disclosure.basis and not f.entity
        and f.year == record.disclosure.year
    ]  # fmt: skip
    stated = _stated(record)
    if stated is None or not projects or not re.search(r"(?<!整体)绩效目标", stated[1].account):
        return []
    amount = stated[1]
    whole = max(projects, key=lambda f: _money(f, "元"))
    if _unit(amount) not in MONEY_UNITS or not _money(whole) or not _money(amount):
        return []
    share = _money(amount, "元") / _money(whole, "元")
    slack = half_last_digit(_money(amount, "元")) / _money(whole, "元")
    ids = (amount.id, whole.id)
    if _LOW_COVERAGE <= share <= 1 + slack:
        return [Outcome(amount.document, "绩效目标与项目支出", Verdict.HOLDS, figures=ids)]
    percent = plain((share * 100).quantize(Decimal("0.1")))
    return [Outcome(
        amount.document, "绩效目标与项目支出", Verdict.FAILS, Severity.CONTRADICTION, (side(amount), side(whole)),
        plain(_money(amount, _unit(whole)) - _money(whole)),
        f"绩效目标涉及项目资金{printed(amount)}（{place(amount)}），项目支出为{printed(whole)}（{place(whole)}），"
        f"前者相当于后者的{percent}%。",
        f"Targets cover {printed(amount)} ({place_en(amount)}), project expenditure is {printed(whole)} "
        f"({place_en(whole)}): {percent}%.", ids,
    )]  # fmt: skip


def involved_amounts(record: Record) -> list[Outcome]:
    """涉及项目 | 涉及资金: the amounts named make the number behind them, in their cell or in the one beside it."""
    outcomes = []
    for wording in wordy_cells(record):
        if wording.table is None or not wording.table.kind.startswith(("performance", "generic")):
            continue
        named = _named(wording.text)
        number = _printed_after(wording.text, named) or _printed_beside(wording, named) if named else None
        if number is None:
            continue
        summed = sum((m.value for m in named), Decimal(0))
        difference = summed - number.value
        if abs(difference) <= half_last_digit(number.value) * (len(named) + 1):
            outcomes.append(Outcome(wording.document, "涉及项目资金", Verdict.HOLDS))
            continue
        unit = named[0].unit
        outcomes.append(Outcome(
            wording.document, "涉及项目资金", Verdict.FAILS, Severity.CONTRADICTION,
            (*(wording.side(m) for m in named), _printed_side(wording, number)), plain(difference),
            f"{wording}所列项目金额之和为{shown(summed, unit)}，其后印的合计是{shown(number.value, unit)}。",
            f"In {wording.english} the projects named make {shown(summed, unit)}; the sum printed after them is "
            f"{shown(number.value, unit)}.",
        ))  # fmt: skip
    return outcomes


def _named(text: str) -> list[Mention]:
    """Amounts that follow a project's name directly, when the whole cell is such a list."""
    amounts = [m for m in mentions(text) if m.unit in MONEY_UNITS]
    if not amounts or len({m.unit for m in amounts}) > 1:
        return []
    starts = [0, *(m.end for m in amounts)]
    gaps = [text[a:b] for a, b in zip(starts, (m.start for m in amounts), strict=False)]
    return amounts if all(re.fullmatch(r"[,、;。]?[\u4e00-\u9fff()“”]{4,30}", gap) for gap in gaps) else []


def _printed_after(text: str, named: Sequence[Mention]) -> Mention | None:
    """The number with as many decimals that closes the cell's text."""
    shift = named[-1].end
    tail = text[shift:]
    found = [m for m in mentions(tail) if not m.unit]
    if len(found) != 1 or found[0].value.as_tuple().exponent != named[-1].value.as_tuple().exponent:
        return None
    if tail.replace(found[0].printed, "").strip(",;。"):
        return None
    m = found[0]
    return Mention(m.start + shift, m.end + shift, m.value, m.unit, m.printed)


def _printed_side(wording: Wording, number: Mention) -> Side:
    """The place of the sum printed: in the text itself, else in the cell beside it."""
    if wording.text[number.start : number.end] == number.printed:
        return wording.side(number)
    table, cell = wording.table, wording.cell
    assert table is not None
    assert cell is not None
    beside = table.at(cell.row, cell.column + cell.colspan)
    assert beside is not None, "the number was read there"
    return Side(cell_locator(wording.document, table, beside), str(number.value), None)


def _printed_beside(wording: Wording, named: Sequence[Mention]) -> Mention | None:
    """The number in the cell to the right, under a heading of money, with as many decimals."""
    table, cell = wording.table, wording.cell
    assert table is not None
    assert cell is not None
    beside = table.at(cell.row, cell.column + cell.colspan)
    value = parse_number(beside.text) if beside is not None and beside.text.strip() else None
    if beside is None or value is None or value.as_tuple().exponent != named[-1].value.as_tuple().exponent:
        return None
    above = [c.text for c in table.cells if c.row < beside.row and c.column <= beside.column < c.column + c.colspan]
    if not any(re.search(r"资金|金额", text) for text in above):
        return None
    return Mention(0, len(beside.text), value, "", beside.text)
