"""Changes and rates against tables that print both years: 增减额 = this year − last year, 增减率 = 增减额 / last year.

A table with columns of both years proves its own 增减 columns, row by row, and what the text says of the same account:
there only where the text states this year's amount as the table does, so that it surely speaks of that account.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.disclosure import Severity
from corpus.figure import Figure, Measure, Reader
from corpus.money import Absence, half_last_digit
from corpus.record import Record
from ingest.checking.outcome import (
    Outcome,
    Verdict,
    described,
    misread_as_unreadable,
    place,
    place_en,
    plain,
    printed,
    side,
    weigh,
)
from ingest.checking.prosechecks import ratio_of, value_of
from ingest.checking.readings import differ


@dataclass(frozen=True, slots=True)
class _Pair:
    """This and last year's amounts of one account, from one row of one table."""

    this: Figure
    last: Figure


def table_changes(record: Record) -> list[Outcome]:
    """Every change and rate, of a table or of the text, that a table with both years tells the truth of."""
    pairs = _pairs(record.figures)
    if not pairs:
        return []
    said: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in record.figures:
        if figure.reader is not Reader.TABLE and figure.measure is Measure.AMOUNT and figure.amount is not None:
            said[(*_key(figure), figure.locator.section or "")].append(figure)
    inside: dict[str, list[Outcome]] = defaultdict(list)
    outcomes = []
    for figure in record.figures:
        if figure.measure not in (Measure.CHANGE, Measure.RATE) or figure.amount is None or figure.compared is None:
            continue
        fitting = [p for p in pairs.get(_key(figure), ()) if _fits(p, figure)]
        if figure.reader is Reader.TABLE:
            own = [p for p in fitting if p.this.locator.table_id == figure.locator.table_id and _in_row(p, figure)]
            for outcome in (_weighed(p, figure) for p in own[:1]):
                inside[figure.locator.table_id or ""] += [outcome] if outcome else []
        elif fitting and any(
            differ(p.this, f)[0] is Verdict.HOLDS
            for p in fitting
            for f in said[(*_key(figure), figure.locator.section or "")]
        ):
            found = [outcome for p in fitting if (outcome := _weighed(p, figure))]
            tables = {p.this.locator.table_id for p in fitting}
            if any(_tells(p, figure) for group in pairs.values() for p in group if p.this.locator.table_id in tables):
                found = [o for o in found if o.verdict is Verdict.HOLDS]  # it may speak of the account that moved so
            if found and all(outcome.verdict is Verdict.FAILS for outcome in found):
                outcomes.append(found[0])
            elif found:
                outcomes.append(next(o for o in found if o.verdict is not Verdict.FAILS))
    for found in inside.values():
        outcomes += misread_as_unreadable(found)
    return outcomes


def _tells(pair: _Pair, figure: Figure) -> bool:
    """Whether a change said in the text is that of this account, whichever it was taken for."""
    outcome = _weighed(pair, figure) if figure.measure is Measure.CHANGE else None
    return outcome is not None and outcome.verdict is Verdict.HOLDS


def _key(figure: Figure) -> tuple[str, ...]:
    return (
        figure.scheme, figure.code or figure.account, figure.flow, figure.funding, figure.component, figure.entity,
    )  # fmt: skip


def _pairs(figures: Iterable[Figure]) -> dict[tuple[str, ...], list[_Pair]]:
    """Accounts that a row of a table states for two years, one amount each."""
    rows: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.reader is not Reader.TABLE or figure.measure is not Measure.AMOUNT or figure.ocr:
            continue
        nothing = figure.absence in (Absence.DASH, Absence.BLANK)
        if nothing or (figure.amount is not None and figure.amount.is_money):
            rows[(figure.locator.table_id, *_key(figure))].append(figure)
    found: dict[tuple[str, ...], list[_Pair]] = defaultdict(list)
    for row in rows.values():
        by_year: dict[int, list[Figure]] = defaultdict(list)
        for figure in row:
            by_year[figure.year].append(figure)
        if len(by_year) != 2 or any(len(same) != 1 for same in by_year.values()) or all(f.amount is None for f in row):
            continue
        early, late = sorted(by_year)
        found[_key(row[0])].append(_Pair(by_year[late][0], by_year[early][0]))
    return found


def _fits(pair: _Pair, figure: Figure) -> bool:
    """Whether a change is measured between just these two numbers: years and kinds (预算数, 执行数) agree."""
    if (figure.year, figure.compared) != (pair.this.year, pair.last.year):
        return False
    if figure.reader is Reader.TABLE:
        return True
    if figure.whole:
        return figure.whole == f"{pair.last.year}年{pair.last.basis.value}"
    return pair.last.basis is figure.basis


def _in_row(pair: _Pair, figure: Figure) -> bool:
    rows = {pair.this.locator.row_index, pair.last.locator.row_index, figure.locator.row_index}
    return len(rows) <= 2  # a table may print its years one above the other


def _weighed(pair: _Pair, figure: Figure) -> Outcome | None:
    if figure.amount is None:
        return None
    stated = pair.this.amount or pair.last.amount
    unit = figure.amount.unit if figure.measure is Measure.CHANGE or stated is None else stated.unit
    this, last = _value(pair.this, unit), _value(pair.last, unit)
    if this is None or last is None:
        return None
    moved = (this[0] - last[0], this[1] + last[1])
    ids = (figure.id, pair.this.id, pair.last.id)
    if figure.measure is Measure.RATE:
        if last[0] - last[1] <= 0 or figure.amount.unit != "%":
            return None
        verdict, severity, exact, difference = ratio_of(moved, last, figure)
        right, gap = f"{exact:.2f}%", plain(difference)
    else:
        value = figure.amount.value
        slack = moved[1] + half_last_digit(value)
        verdict, severity = weigh(value - moved[0], slack, max(half_last_digit(value) * 2, moved[1]))
        right, gap = f"{plain(moved[0])}{unit}", plain(value - moved[0])
    check = "两年增减额" if figure.measure is Measure.CHANGE else "两年增减率"
    if verdict is Verdict.HOLDS:
        return Outcome(figure.document, check, verdict, figures=ids, identity=True)
    return _failed(check, severity, pair, figure, right, gap, ids)


def _value(figure: Figure, unit: str) -> tuple[Decimal, Decimal] | None:
    """Value and slack; a dash or a blank beside the other year's amount is nothing."""
    return (Decimal(0), Decimal(0)) if figure.amount is None else value_of(figure, unit)


def _failed(
    check: str, severity: Severity, pair: _Pair, figure: Figure, right: str, gap: str, ids: Sequence[str]
) -> Outcome:
    amounts = f"{pair.this.year}年{printed(pair.this)}、{pair.last.year}年{printed(pair.last)}"
    return Outcome(
        figure.document, check, Verdict.FAILS, severity, tuple(map(side, (figure, pair.this, pair.last))), gap,
        f"{described(figure)}写的是{printed(figure)}，按表中{amounts}计算应为{right}（{place(figure)}）。",
        f"{described(figure)} is given as {printed(figure)}, but the table's amounts of both years give {right} "
        f"({place_en(figure)}).",
        tuple(ids), True,
    )  # fmt: skip
