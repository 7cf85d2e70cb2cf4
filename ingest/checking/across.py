"""Several disclosures against each other: last year's, the department's and its unit's.

- What a disclosure says it grew or shrank by gives last year's amount; last year's own disclosure prints it.
- What last year's final account carries over is what this year's begins with.
- A department (部门) and a unit (单位) of one issuer for one year: the unit is part of the department; where their
  totals are equal it is the whole of it, and every fact both print is the same.

Only numbers of the same kind are compared: a budget's "比上年预算执行数" says nothing of last year's budget.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from corpus.accounts import clean_name
from corpus.disclosure import Basis, Finding, Level, Severity
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.money import half_last_digit
from corpus.record import Record
from ingest.checking.outcome import Verdict, described, in_unit, place, place_en, plain, printed, side
from ingest.checking.readings import comparable_readings, differ

_CLOSING, _OPENING = "年末结转结余", "上年结转结余"
Facts = dict[tuple[str, ...], Figure]


def across(records: Sequence[Record]) -> list[Finding]:
    """Findings between disclosures, for every pair of them that has something to do with each other."""
    found: list[Finding] = []
    facts = [_facts(record) for record in records]
    for (left, ours), (right, theirs) in combinations(zip(records, facts, strict=True), 2):
        for (one, mine), (other, others) in (((left, ours), (right, theirs)), ((right, theirs), (left, ours))):
            if _follows(one, other):
                found += _implied_last_year(one, mine, others)
                found += _carried_over(mine, others)
            if _contains(one, other):
                found += _part_of(mine, others)
    return found


def _facts(record: Record) -> Facts:
    """One money amount a fact; facts whose readings differ inside the document are left to its own checks."""
    groups: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in record.figures:
        if figure.measure is Measure.AMOUNT:
            groups[figure.fact].append(figure)
    facts: Facts = {}
    for fact, group in groups.items():
        stated = [f for f in comparable_readings(group) if f.amount is not None and f.amount.is_money]
        if stated and all(differ(stated[0], f)[0] is Verdict.HOLDS for f in stated):
            facts[fact] = next((f for f in stated if f.reader is Reader.TABLE), stated[0])
    return facts


def _same_issuer(left: Record, right: Record) -> bool:
    a, b = left.disclosure, right.disclosure
    return bool(a.issuer) and clean_name(a.issuer) == clean_name(b.issuer)


def _follows(later: Record, earlier: Record) -> bool:
    """Whether `later` is of the year after `earlier`, of the same issuer, scope and kind of number."""
    a, b = later.disclosure, earlier.disclosure
    return _same_issuer(later, earlier) and a.year == b.year + 1 and (a.basis, a.level) == (b.basis, b.level)


def _contains(department: Record, unit: Record) -> bool:
    """Whether the second is a unit's disclosure within the first's, for the same year and kind of number."""
    a, b = department.disclosure, unit.disclosure
    if (a.year, a.basis, a.level, b.level) != (b.year, b.basis, Level.DEPARTMENT, Level.UNIT):
        return False
    return _same_issuer(department, unit) or clean_name(b.issuer) in {clean_name(name) for name in a.units}


def _implied_last_year(record: Record, ours: Facts, theirs: Facts) -> list[Finding]:
    basis = record.disclosure.basis
    found = []
    told: set[tuple[str, ...]] = set()
    for change in record.figures:
        year = change.year - 1
        if change.measure is not Measure.CHANGE or change.amount is None or change.compared != year or change.whole:
            continue
        fact = _fact_of(change, change.year, basis)
        this, last = ours.get(fact), theirs.get(_fact_of(change, year, basis))
        if this is None or last is None or this.amount is None or last.amount is None or fact in told:
            continue
        told.add(fact)
        unit = change.amount.unit
        if not change.amount.is_money:
            continue
        implied = in_unit(this.amount, unit) - change.amount.value
        own = in_unit(last.amount, unit)
        slack = sum(map(half_last_digit, (in_unit(this.amount, unit), change.amount.value, own)), Decimal(0))
        if abs(implied - own) > slack:
            found.append(_last_year_differs(change, this, last, implied, own))
    return found


def _fact_of(figure: Figure, year: int, basis: Basis) -> tuple[str, ...]:
    return (*figure.fact[:5], Measure.AMOUNT, str(year), basis, figure.entity)


def _last_year_differs(change: Figure, this: Figure, last: Figure, implied: Decimal, own: Decimal) -> Finding:
    assert change.amount is not None
    unit = change.amount.unit
    return Finding(
        change.document, Severity.CONTRADICTION, "上年数",
        f"{described(this)}{printed(this)}，比上年{'增加' if change.amount.value > 0 else '减少'}"
        f"{plain(abs(change.amount.value))}{unit}，上年应为{plain(implied)}{unit}；上年公开文件《{last.document}》"
        f"{place(last)}印的是{printed(last)}。",
        f"{described(this)}, {printed(this)}, changed by {printed(change)}, so last year was {plain(implied)}{unit}; "
        f"last year's own disclosure prints {printed(last)} ({place_en(last)}).",
        (side(change), side(this), side(last)), plain(implied - own),
    )  # fmt: skip


def _carried_over(ours: Facts, theirs: Facts) -> list[Finding]:
    """What last year's final account closes with, this year's opens with."""
    opening = [f for f in ours.values() if f.account == _OPENING and f.basis is Basis.FINAL and f.amount is not None]
    closing = [f for f in theirs.values() if f.account == _CLOSING and f.basis is Basis.FINAL and f.amount is not None]
    found = []
    for begin in opening:
        for end in closing:
            if begin.funding != end.funding or begin.component != end.component:
                continue
            verdict, severity, difference = differ(begin, end)
            if verdict is Verdict.FAILS:
                found.append(Finding(
                    begin.document, severity, "年初与上年末",
                    f"{described(begin)}为{printed(begin)}（{place(begin)}），上年决算《{end.document}》年末为{printed(end)}。",
                    f"{described(begin)} is {printed(begin)} ({place_en(begin)}), last year's account closed with "
                    f"{printed(end)}.",
                    (side(begin), side(end)), plain(difference),
                ))  # fmt: skip
    return found


def _part_of(department: Facts, unit: Facts) -> list[Finding]:
    """A unit's totals are within its department's; a unit that is all of it prints the same facts."""
    shared = [(department[fact], unit[fact]) for fact in department.keys() & unit.keys()]
    totals = [(d, u) for d, u in shared if d.scheme is Scheme.TOTAL and d.component == "合计" and d.funding == "全部"]
    whole = bool(totals) and all(differ(d, u)[0] is Verdict.HOLDS for d, u in totals)
    found = []
    for ours, theirs in sorted(shared, key=lambda pair: pair[0].fact):
        if ours.amount is None or theirs.amount is None or ours.scheme is Scheme.PERFORMANCE:
            continue
        verdict, severity, difference = differ(theirs, ours)
        more = in_unit(theirs.amount, "元") > in_unit(ours.amount, "元") and ours.scheme is Scheme.TOTAL
        if verdict is not Verdict.FAILS or not (whole or more) or severity is Severity.ROUNDING:
            continue
        found.append(Finding(
            ours.document, severity, "部门与单位",
            f"{described(ours)}：部门公开{printed(ours)}（{place(ours)}），其单位《{theirs.document}》公开{printed(theirs)}"
            f"（{place(theirs)}），{'两份收支总数相同，此数却不同' if whole else '单位多于部门'}。",
            f"{described(ours)}: the department prints {printed(ours)} ({place_en(ours)}), its unit {printed(theirs)} "
            f"({place_en(theirs)}).",
            (side(ours), side(theirs)), plain(difference),
        ))  # fmt: skip
    return found
