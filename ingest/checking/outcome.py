"""What a check says: one outcome for each place it looked at, and the arithmetic every check shares.

A check has four verdicts. `HOLDS` proves figures, `FAILS` becomes a finding, `NOT_APPLICABLE` means the rule has
nothing to say here (a table that is not there is never a pass), `UNREADABLE` that what it needs could not be read.

Rounding: every printed amount was rounded on its own, so each takes half of its last digit as slack. A column's last
digit is the finest one printed in it, because spreadsheets drop trailing zeros ("553.6" among "373.60").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from corpus.disclosure import Severity, Side
from corpus.figure import Figure, Measure, Reader
from corpus.locator import Locator
from corpus.money import MONEY_UNITS, Absence, Amount, canonical_unit, format_decimal
from corpus.record import Record


class Verdict(StrEnum):
    """What became of a rule at one place."""

    HOLDS = "holds"
    FAILS = "fails"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A rule applied at one place. `figures` are the ids of the figures that took part, the total first.

    `identity`: the rule is arithmetic between different figures, so that holding it proves them; otherwise it only lays
    readings of one fact, or words, side by side.
    """

    document: str
    check: str
    verdict: Verdict
    severity: Severity = Severity.CONTRADICTION
    sides: tuple[Side, ...] = ()
    difference: str | None = None
    message: str = ""
    message_en: str = ""
    figures: tuple[str, ...] = ()
    identity: bool = False


Check = Callable[[Record], list[Outcome]]
"""A rule of the field as a pure function of what was read of a document."""

MAX_SIDES = 40
"""Sides shown of one finding; a sum of hundreds of rows names its total and the first rows."""


@dataclass(frozen=True, slots=True)
class Term:
    """A figure as a term of a sum: its value in the sum's unit and how far rounding can have moved it."""

    figure: Figure
    value: Decimal
    slack: Decimal


def side(figure: Figure) -> Side:
    """The figure's place and amount, for a finding."""
    amount = figure.amount
    return Side(figure.locator, None if amount is None else str(amount.value), None if amount is None else amount.unit)


def plain(value: Decimal) -> str:
    """Decimal text without exponent or trailing zeros beyond two places, for differences."""
    normal = value.normalize()
    exponent = normal.as_tuple().exponent
    assert isinstance(exponent, int)
    return format(value.quantize(Decimal(1).scaleb(min(exponent, 0))), "f")


def shown(value: Decimal, unit: str) -> str:
    """An amount as a message prints it: 4,218.27万元."""
    return f"{format_decimal(value)}{unit}"


def place(figure: Figure) -> str:
    """Where a figure stands, in words for a message."""
    locator = figure.locator
    page = f"第{locator.page}页" if locator.page else ""
    if locator.table is not None:
        row = f"“{locator.row}”" if locator.row else ""
        column = f"“{locator.column}”" if locator.column else ""
        return f"{page}《{locator.table}》{row}{column}"
    return f"{page}“{_heading(locator)}”" if locator.section else f"{page}文字说明"


def _heading(locator: Locator) -> str:
    """The nearest heading above a sentence."""
    return (locator.section or "").rsplit("/", 1)[-1]


def place_en(figure: Figure) -> str:
    """Where a figure stands, in English words around the printed names."""
    locator = figure.locator
    page = f" on page {locator.page}" if locator.page else ""
    if locator.table is not None:
        return f"table “{locator.table}”, row “{locator.row or ''}”, column “{locator.column or ''}”{page}"
    return f"the text under “{_heading(locator)}”{page}"


def described(figure: Figure) -> str:
    """The fact in words: year, basis, account, and its parts where they are not the ordinary ones."""
    extra = [part for part, usual in ((figure.funding, "全部"), (figure.component, "合计")) if part != usual]
    of = f"（{'、'.join(extra)}）" if extra else ""
    measure = "" if figure.measure is Measure.AMOUNT else figure.measure.value
    return f"{figure.year}年{figure.basis}{figure.entity}“{figure.account}”{of}{measure}"


def printed(figure: Figure, nothing: str = "无数据") -> str:
    """The amount as a message shows it."""
    return nothing if figure.amount is None else f"{format_decimal(figure.amount.value)}{figure.amount.unit}"


def exponent(value: Decimal) -> int:
    """The power of ten of the last printed digit."""
    found = value.as_tuple().exponent
    assert isinstance(found, int), "amounts are finite"
    return found


def readable(figures: Iterable[Figure]) -> bool:
    """Whether none of the figures stands where something is printed that could not be read."""
    return all(figure.absence is not Absence.UNREADABLE for figure in figures)


def terms(figures: Sequence[Figure], unit: str, digit: int | None = None) -> list[Term]:
    """Figures as terms in `unit`. `digit` is the power of ten of the column's last digit, each figure's own if None.

    An absence counts as zero; a printed zero and an absence have no slack. Raises `ValueError` for a unit that measures
    something else.
    """
    found = []
    for figure in figures:
        if figure.amount is None:
            found.append(Term(figure, Decimal(0), Decimal(0)))
            continue
        value = in_unit(figure.amount, unit)
        last = exponent(value) if digit is None else min(digit, exponent(value))
        found.append(Term(figure, value, Decimal(5).scaleb(last - 1) if value else Decimal(0)))
    return found


def in_unit(amount: Amount, unit: str) -> Decimal:
    """The amount's value in `unit`. Raises `ValueError` when the units measure different things."""
    if amount.unit == unit or canonical_unit(amount.unit) == canonical_unit(unit):
        return amount.value
    return amount.to(unit).value


def finest(figures: Iterable[Figure], unit: str) -> int:
    """The power of ten of the finest digit printed among the figures, in `unit`; other units are left out."""
    digits = []
    for figure in figures:
        if figure.amount is not None and figure.amount.value and convertible(figure.amount, unit):
            digits.append(exponent(in_unit(figure.amount, unit)))
    return min(digits, default=0)


def convertible(amount: Amount, unit: str) -> bool:
    """Whether the amount can be said in `unit`."""
    return canonical_unit(amount.unit) == canonical_unit(unit) or (amount.is_money and unit in MONEY_UNITS)


def weigh(difference: Decimal, slack: Decimal, digit: Decimal) -> tuple[Verdict, Severity]:
    """Verdict and weight of a difference: within the slack it holds, one last digit beyond it is a rounding slip."""
    if abs(difference) <= slack:
        return Verdict.HOLDS, Severity.ROUNDING
    return Verdict.FAILS, Severity.ROUNDING if abs(difference) <= slack + digit else Severity.CONTRADICTION


def sum_outcome(check: str, total: Figure, parts: Sequence[Figure], what: str, what_en: str, digit: int) -> Outcome:
    """The total against the sum of its parts. `what` names the parts in the message ("各类之和").

    Not applicable where the total is blank or nothing at all is printed; unreadable where a cell could not be read.
    """
    document = total.document
    members = (total, *parts)
    ids = tuple(figure.id for figure in members)
    if total.amount is None or not parts:
        return Outcome(document, check, Verdict.NOT_APPLICABLE, figures=ids)
    if not readable(members):
        return Outcome(document, check, Verdict.UNREADABLE, figures=ids)
    unit = total.amount.unit
    try:
        head, *tail = terms(members, unit, digit)
    except ValueError:
        return Outcome(document, check, Verdict.NOT_APPLICABLE, figures=ids)
    summed = sum((term.value for term in tail), Decimal(0))
    if not summed and not head.value:
        return Outcome(document, check, Verdict.NOT_APPLICABLE, figures=ids)
    slack = head.slack + sum((term.slack for term in tail), Decimal(0))
    difference = head.value - summed
    verdict, severity = weigh(difference, slack, Decimal(1).scaleb(digit))
    if verdict is Verdict.HOLDS:
        return Outcome(document, check, verdict, severity, figures=ids, identity=True)
    if any(figure.ocr for figure in members):  # a digit misrecognised is likelier than a sum misprinted
        return Outcome(document, check, Verdict.UNREADABLE, figures=ids)
    gap = shown(abs(difference), unit)
    return Outcome(
        document, check, verdict, severity,
        sides=tuple(side(f) for f in (total, *(p for p in parts if p.amount is not None and p.value)))[:MAX_SIDES],
        difference=plain(difference),
        message=f"{place(total)}印的是{shown(head.value, unit)}，{what}为{shown(summed, unit)}，相差{gap}。",
        message_en=f"{place_en(total)} prints {shown(head.value, unit)}, but {what_en} is {shown(summed, unit)}.",
        figures=ids,
        identity=True,
    )  # fmt: skip


def table_amounts(record: Record) -> list[Figure]:
    """Amounts (and absences) read from table cells, in order of appearance."""
    return [f for f in record.figures if f.reader is Reader.TABLE and f.measure is Measure.AMOUNT]


def by_table(record: Record) -> dict[str, list[Figure]]:
    """Amounts by the id of their table."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for figure in table_amounts(record):
        if figure.locator.table_id is not None:
            found[figure.locator.table_id].append(figure)
    return dict(found)


def misread_as_unreadable(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Outcomes of one rule on one table: where it fails more than it holds, the table was misread, not misprinted.

    A printed table errs in a cell or two; twenty failures at once come from a shifted column.
    """
    fails = sum(outcome.verdict is Verdict.FAILS for outcome in outcomes)
    holds = sum(outcome.verdict is Verdict.HOLDS for outcome in outcomes)
    if fails <= 2 or fails <= holds:
        return list(outcomes)
    return [
        replace(o, verdict=Verdict.UNREADABLE, sides=(), difference=None, message="", message_en="")
        if o.verdict is Verdict.FAILS
        else o
        for o in outcomes
    ]
