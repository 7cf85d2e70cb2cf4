"""Readings of one fact: which figures speak of the same thing, and whether two of them agree.

Both the checks and the status of figures rest on this: a reading that is not one of the fact accuses nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from corpus.accounts import clean_name
from corpus.disclosure import Severity
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.money import MONEY_UNITS, Absence, Amount, mentions
from ingest.checking.outcome import Verdict, exponent, in_unit, weigh

_COMPARABLE = (Measure.AMOUNT, Measure.COUNT)
"""Changes, rates and shares are recomputed from amounts instead: one account has several, of several bases."""
_NEAR = 10
"""Characters that may stand between an account's name and its amount ("预算数为", "2026年预算安排")."""
_BESIDE_NAME = re.compile(r"（[类款项]）|20\d\d年(?:度)?")
MOST_TABLES = 50
"""A fact that more tables than this state is not one fact: a collection prints one form for each of many units."""
_SLIPS = 2
"""Digits by which two amounts may differ and still be one amount misprinted."""


def readings_by_fact(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Amounts and counts that speak of the same fact, in order of appearance.

    Prose calls things loosely: "收入总计" for the year's income, the total for its 财政拨款 share. Where a sentence
    disagrees with the table of its fact but gives exactly what a table prints for the same account under another
    fund or component, or as one of its totals, it speaks of that one and is no reading of the fact it was taken for.
    Neither is a source of income named where the text is about something else ("涉及一般公共预算拨款978万元").
    Tables that differ by just what was carried over speak of the year's own money and of all there is to spend.
    """
    groups: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    printed_as: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.measure in _COMPARABLE:
            groups[figure.fact].append(figure)
            if figure.reader is Reader.TABLE and figure.amount is not None and figure.amount.value:
                printed_as[_loosely(figure)].append(figure)
                if figure.scheme is Scheme.TOTAL:
                    printed_as[_TOTALS].append(figure)
    found = [part for group in groups.values() for part in _by_unit(group)]
    told = {_told(f) for group in found for f in group if _as_in_a_table(f, group)}
    kept = []
    carried = _carried_over(figures)
    for group in found:
        tables = [f for f in group if f.reader is Reader.TABLE]
        others = [f for f in group if f.reader is not Reader.TABLE]
        strays = [
            f
            for f in others
            if _aside(f) or (tables and _strays(f, group, tables, printed_as) and _told(f) not in told)
        ]
        years_own = _without_carried_over([f for f in tables if f not in strays], carried)
        kept.append([f for f in group if f not in strays and f not in years_own])
        kept += [[f] for f in strays]
        kept += [years_own] if years_own else []
    return kept


def _by_unit(group: list[Figure]) -> list[list[Figure]]:
    """The group, or its figures table by table where it has too many tables to be about one unit."""
    by_table: dict[object, list[Figure]] = defaultdict(list)
    for figure in group:
        by_table[figure.locator.table_id if figure.reader is Reader.TABLE else None].append(figure)
    return [group] if len(by_table) <= MOST_TABLES else list(by_table.values())


def _told(figure: Figure) -> tuple[str, ...]:
    """Account and sentence: an amount beside one that its table confirms is of that account, be it of another year."""
    place = figure.locator
    return (
        figure.scheme,
        figure.code or figure.account,
        figure.funding,
        figure.component,
        str(place.section),
        place.quote,
    )


def _as_in_a_table(figure: Figure, group: Sequence[Figure]) -> bool:
    """Whether a sentence states an amount, not nothing, just as a table of its fact does."""
    if figure.reader is Reader.TABLE or figure.amount is None or not figure.amount.value:
        return False
    return any(_agrees(figure, other) for other in group if other.reader is Reader.TABLE)


def _without_carried_over(tables: Sequence[Figure], carried: Sequence[Amount]) -> list[Figure]:
    """The readings that leave out just what another table takes in: 本年拨款 beside 结转 in one, both in the other."""
    if not carried:
        return []
    return [f for f in tables if any(_lacks_carried_over(f, other, carried) for other in tables)]


def _lacks_carried_over(own: Figure, other: Figure, carried: Sequence[Amount]) -> bool:
    if own.amount is None or other.amount is None or own.locator.table_id == other.locator.table_id:
        return False
    verdict, _, difference = differ(own, other)
    if verdict is not Verdict.FAILS or difference > 0:
        return False
    slack = Decimal(1).scaleb(max(exponent(own.amount.value), exponent(other.amount.value)))
    return any(abs(in_unit(c, own.amount.unit) + difference) <= slack for c in carried if c.unit in MONEY_UNITS)


def _carried_over(figures: Sequence[Figure]) -> list[Amount]:
    """Every amount that tables state as carried over from the year before, for a fund, a class or in all."""
    return [
        f.amount for f in figures
        if f.reader is Reader.TABLE and f.measure is Measure.AMOUNT and f.amount is not None and f.amount.value
        and (f.account == "上年结转结余" or f.funding.startswith("上年结转"))
    ]  # fmt: skip


_LOOSE = {"收入总计": "收入", "本年收入合计": "收入", "支出总计": "支出", "本年支出合计": "支出"}


def _loosely(figure: Figure) -> tuple[str, ...]:
    account = figure.code or figure.account
    if figure.scheme is Scheme.TOTAL:
        account = _LOOSE.get(figure.account, figure.account)
    return (figure.scheme, account, figure.measure, str(figure.year), figure.basis, figure.entity)


_TOTALS = ("",)
_ASIDE = re.compile(r"其他|绩效|采购|资产|机关运行|购买服务|项目(?:情况|概况|经费)")


def _aside(figure: Figure) -> bool:
    """A source or total named in a section about other matters: what part of it is meant, only the reader can tell."""
    return figure.scheme in (Scheme.SOURCE, Scheme.TOTAL) and bool(_ASIDE.search(figure.locator.section or ""))


def _strays(
    figure: Figure,
    group: Sequence[Figure],
    tables: Sequence[Figure],
    printed_as: dict[tuple[str, ...], list[Figure]],
) -> bool:
    """Whether a sentence that disagrees with the table more likely speaks of something else.

    It is taken at its word where it names the account beside the amount, where another amount of the same section
    agrees with the table, where the two amounts are alike but for a digit or two, and where its heading names the
    account.
    """
    if figure.amount is None or any(_agrees(figure, t) for t in tables):
        return False
    if figure.amount.value and any(_agrees(figure, t) for t in (*printed_as[_loosely(figure)], *printed_as[_TOTALS])):
        return True
    beside = [f for f in group if f is not figure and f.locator.section == figure.locator.section]
    if any(_agrees(f, t) for f in beside if f.reader is not Reader.TABLE for t in tables):
        return False
    return not (names_it(figure) or _titled(figure) or any(alike(figure, t) for t in tables))


def _titled(figure: Figure) -> bool:
    """Whether the nearest heading names the account and the sentence states no other amount before this one."""
    heading = clean_name((figure.locator.section or "").rsplit("/", 1)[-1])
    named = any(name and clean_name(name) in heading for name in (figure.account, figure.name))
    money = [m for m in mentions(re.sub(r"\s+", "", figure.locator.quote)) if m.unit in MONEY_UNITS]
    return named and bool(money) and figure.amount is not None and money[0].value == abs(figure.amount.value)


def alike(left: Figure, right: Figure) -> bool:
    """Whether two amounts are printed with the same digits but for two, or the same ones in another unit."""
    if left.amount is None or right.amount is None:
        return False
    try:
        values = left.amount.value, in_unit(right.amount, left.amount.unit)
    except ValueError:
        return False
    a, b = (format(abs(value), "f").replace(".", "").strip("0") for value in values)
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    same = sum(block.size for block in blocks)
    return max(len(a), len(b)) - same <= _SLIPS <= same


def _agrees(left: Figure, right: Figure) -> bool:
    return differ(left, right)[0] is Verdict.HOLDS


def comparable_readings(group: Sequence[Figure]) -> list[Figure]:
    """One reading a place. A fact that one table states in several rows is listed there in parts: no reading of it."""
    by_place: dict[object, list[Figure]] = defaultdict(list)
    for figure in group:
        where = figure.locator
        key = where.table_id if figure.reader is Reader.TABLE else (where.page, where.section, where.quote)
        by_place[key].append(figure)
    found = []
    for figures in by_place.values():
        if figures[0].reader is Reader.TABLE and len(figures) > 1 and not _all_agree(figures):
            continue
        found += figures[:1] if _all_agree(figures) else figures
    return found


def _all_agree(figures: Sequence[Figure]) -> bool:
    return all(differ(figures[0], other)[0] is Verdict.HOLDS for other in figures[1:])


def differ(left: Figure, right: Figure) -> tuple[Verdict, Severity, Decimal]:
    """Whether two readings agree, and by how much they differ in the left one's unit.

    A printed zero agrees with a blank, a dash and a table without data; a blank cell contradicts nothing, but a table
    that says it has no data contradicts an amount.
    """
    agree = (Verdict.HOLDS, Severity.ROUNDING, Decimal(0))
    if left.amount is None and right.amount is None:
        return agree
    if left.amount is None or right.amount is None:
        amount, absent = (left.amount or right.amount), (left.absence if left.amount is None else right.absence)
        assert amount is not None
        if not amount.value or absent is not Absence.NO_DATA:
            return agree
        return Verdict.FAILS, Severity.CONTRADICTION, amount.value if left.amount else -amount.value
    return _distance(left.amount, right.amount)


def _distance(left: Amount, right: Amount) -> tuple[Verdict, Severity, Decimal]:
    try:
        other = in_unit(right, left.unit)
    except ValueError:
        return Verdict.NOT_APPLICABLE, Severity.ROUNDING, Decimal(0)
    difference = left.value - other
    digit = Decimal(1).scaleb(max(exponent(left.value), exponent(other)))
    if exponent(left.value) != exponent(other) and abs(difference) < digit:
        return Verdict.HOLDS, Severity.ROUNDING, difference  # the coarser one cut its digits off instead of rounding
    verdict, severity = weigh(difference, digit / 2, digit / 2)
    return verdict, severity, difference


def names_it(figure: Figure) -> bool:
    """Whether a sentence names the account right before the amount, so that nothing else can be meant by it."""
    quote = re.sub(r"\s+", "", figure.locator.quote)
    number = next(
        (m for m in mentions(quote) if figure.amount is not None and m.value == abs(figure.amount.value)), None
    )
    if number is None:
        return False
    names = {clean_name(figure.name), clean_name(figure.account), figure.name}
    head = clean_name(quote[: number.start]) if number.start else ""
    ends = [head.rfind(name) + len(name) for name in names if name and name in head]
    between = _BESIDE_NAME.sub("", head[max(ends) :]) if ends else ""
    return bool(ends) and len(between) <= _NEAR and not re.search("[;。]", between)
