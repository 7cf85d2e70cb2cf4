"""Identities inside one table: what the rows and columns of a statutory table must add up to.

Rules of the field (预算、决算公开报表的勾稽关系): 合计 = Σ类, 类 = Σ款, 款 = Σ项; 合计 = 基本支出 + 项目支出 (+ …);
基本支出 = 人员 + 公用; 合计 = the funding columns there are; “三公” = 出国 + 接待 + 公车, 公车 = 购置 + 运行, for
every basis by itself. Which rows are parts of which total is told by codes and header paths, never by position alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.accounts import chart, clean_name
from corpus.disclosure import Table
from corpus.figure import Figure, Measure, Scheme
from corpus.money import MONEY_UNITS, Absence
from corpus.record import Record
from ingest.checking.outcome import Outcome, Verdict, by_table, finest, misread_as_unreadable, sum_outcome

_CODED = (Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.GOV_ECONOMIC)
_TOTAL_LEAF = re.compile(r"(?:合计|小计|总计|共计)$|^(?:本年)?(?:收入|支出)合计$|^金额$")
_NOT_A_PART = re.compile(r"其中|备注|占|比例|增减|同比|上年(?!结[转余])|数量|单价|去年|执行率|变动")
_TRUSTED_PARTS = (
    frozenset({"基本支出", "项目支出"}),
    frozenset({"人员经费", "公用经费"}),
    frozenset({"一般公共预算", "政府性基金"}),
)
"""Columns that, standing together under one total, are its parts in every province's form."""
_LEARNED_ROWS = 3
"""Rows that must bear out a sum of unknown columns before a row that does not is called wrong."""
_NO_SUMS = ("performance_unit", "performance_project", "unit_list", "staff", "institutions", "yearly")


def class_sums(record: Record) -> list[Outcome]:
    """A class is the sum of the classes below it, and the total row of the rows that no row stands above, by column."""
    outcomes = []
    for figures in by_table(record).values():
        found = []
        for column in _continued(columns_of(figures)):
            found += _class_sums_of(column)
        if any(f.absence is Absence.UNREADABLE for f in figures):
            found = [o for o in found if o.verdict is not Verdict.FAILS]  # a part may be among what was not settled
        outcomes += misread_as_unreadable(_without_missing_rows(found))
    return outcomes


def _unless_unsettled(figures: Sequence[Figure], outcomes: Sequence[Outcome]) -> list[Outcome]:
    """From the first row on whose columns could not be settled, a sum that fails proves nothing."""
    unsettled = [f.locator.row_index or 0 for f in figures if f.absence is Absence.UNREADABLE]
    if not unsettled:
        return list(outcomes)
    first = min(unsettled)
    return [
        replace(o, verdict=Verdict.UNREADABLE)
        if o.verdict is Verdict.FAILS and any((s.locator.row_index or 0) >= first for s in o.sides)
        else o
        for o in outcomes
    ]


def columns_of(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Money amounts of one table, by column, in row order."""
    columns: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.locator.column_index is not None and (figure.amount is None or figure.amount.unit in MONEY_UNITS):
            columns[figure.locator.column_index].append(figure)
    return [sorted(column, key=lambda f: f.locator.row_index or 0) for column in columns.values()]


def _continued(columns: Sequence[list[Figure]]) -> list[list[Figure]]:
    """Columns that go on at their right: 公用经费 in two columns of codes under one heading, as final accounts print it.

    They have the same heading and measure and not one class in common.
    """
    groups: list[list[Figure]] = []
    heads: list[tuple[object, ...]] = []
    for column in columns:
        first = column[0]
        head = (first.locator.column, first.measure, first.component, first.funding, first.year, first.basis)
        codes = {f.code for f in column if f.code}
        same = next((n for n, h in enumerate(heads) if h == head), None)
        if same is not None and first.locator.column and codes and not codes & {f.code for f in groups[same]}:
            groups[same] = groups[same] + column
        else:
            groups.append(column)
            heads.append(head)
    return groups


def _class_sums_of(column: Sequence[Figure]) -> list[Outcome]:
    rows = [f for f in column if f.scheme in _CODED and f.code and not f.entity]
    codes = {f.code: f for f in rows}
    if not rows or len(codes) < len(rows):  # a code printed twice: rows of several units or projects, no plain sum
        return []
    unit = next((f.amount.unit for f in column if f.amount is not None), None)
    if unit is None:
        return []
    digit = finest(column, unit)
    above = {code: next((code[:n] for n in range(len(code) - 1, 0, -1) if code[:n] in codes), "") for code in codes}
    below: dict[str, list[Figure]] = defaultdict(list)
    for code, figure in codes.items():
        below[above[code]].append(figure)
    outcomes = []
    for code, figure in codes.items():
        children = below.get(code)
        if children:
            outcomes.append(
                sum_outcome("类款项合计", figure, children, "下级科目之和", "the sum of the rows below it", digit)
            )
    totals = [f for f in column if f.scheme is Scheme.TOTAL]
    if len(totals) == 1 and not any(f.scheme in (Scheme.SOURCE, Scheme.BALANCE) for f in column):
        outcomes.append(sum_outcome("表内合计", totals[0], below[""], "各行之和", "the sum of the rows", digit))
    return outcomes


def _without_missing_rows(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """A sum that misses the same amount in two columns misses a row that was not read or not printed, not a cell."""
    residuals: dict[tuple[int | None, str], int] = defaultdict(int)
    for outcome in outcomes:
        if outcome.verdict is Verdict.FAILS:
            residuals[_row_of(outcome), outcome.difference or ""] += 1
    return [
        replace(o, verdict=Verdict.UNREADABLE)
        if o.verdict is Verdict.FAILS and residuals[_row_of(o), o.difference or ""] > 1
        else o
        for o in outcomes
    ]


def _row_of(outcome: Outcome) -> int | None:
    return outcome.sides[0].locator.row_index if outcome.sides else None


def header_sums(record: Record) -> list[Outcome]:
    """A total column is the sum of the columns beside it under the same heading, row by row.

    Known parts (基本 | 项目, 人员 | 公用, the funds) always are; other columns only where most rows bear it out.
    """
    tables = {table.id: table for table in record.tables}
    outcomes = []
    for table_id, figures in by_table(record).items():
        table = tables.get(table_id)
        if table is None or table.kind in _NO_SUMS:
            continue
        for total, parts, known in _column_sums(table, figures):
            outcomes += _unless_unsettled(figures, _rows_of(figures, total, parts, known))
    return outcomes


def _column_sums(table: Table, figures: Sequence[Figure]) -> list[tuple[int, list[int], bool]]:
    """Total column, its part columns, and whether these are known parts, for every heading of the table."""
    used = {f.locator.column_index for f in figures if f.locator.column_index is not None}
    paths = {
        c: names
        for c, path in enumerate(table.columns)
        if (names := tuple(_names(path))) and (c in used or _is_part(names[-1]))
    }
    found = []
    for prefix in sorted({path[:n] for path in paths.values() for n in range(len(path))}, key=len):
        below = {c: path for c, path in paths.items() if path[: len(prefix)] == prefix}
        leaves = {c: path[len(prefix)] for c, path in below.items() if len(path) == len(prefix) + 1}
        totals = [c for c, name in leaves.items() if _TOTAL_LEAF.search(name)]
        if len(totals) != 1 or totals[0] not in used:
            continue
        parts = [c for c in _parts(below, prefix, totals[0]) if c != totals[0]]
        if parts:
            found.append((totals[0], parts, _known([paths[c] for c in parts], len(prefix))))
    return found


def _is_part(name: str) -> bool:
    """Whether a heading over cells that are all blank is a fund or a component, and so a part of the total still."""
    return chart().component(name) is not None or chart().funding(name) is not None


def _names(path: str) -> list[str]:
    names = [re.sub(r"\s+", "", name) for name in path.split("/")]
    return [name for name, before in zip(names, ["", *names], strict=False) if name and name != before]


def _parts(below: dict[int, tuple[str, ...]], prefix: tuple[str, ...], total: int) -> list[int]:
    """Columns that together make the total: leaves, and of each group its own total or else its leaves."""
    parts = []
    groups: dict[str, dict[int, tuple[str, ...]]] = defaultdict(dict)
    for column, path in below.items():
        name = path[len(prefix)]
        if column == total or (len(path) == len(prefix) + 1 and _NOT_A_PART.search(name)):
            continue
        if len(path) == len(prefix) + 1:
            parts.append(column)
        else:
            groups[name][column] = path
    for name, members in groups.items():
        totals = [c for c, p in members.items() if len(p) == len(prefix) + 2 and _TOTAL_LEAF.search(p[-1])]
        if totals:
            parts.append(totals[0])
        elif clean_name(name) in ("", "其中") or not _NOT_A_PART.search(name):
            parts += [c for c, p in members.items() if not _NOT_A_PART.search(p[-1])]
    return sorted(parts)


def _known(paths: Sequence[tuple[str, ...]], depth: int) -> bool:
    words = set()
    for path in paths:
        name = path[depth] if not _NOT_A_PART.search(path[depth]) else path[-1]
        words |= {chart().component(word) or chart().funding(word) or word for word in (name, path[-1])}
    return any(known <= words for known in _TRUSTED_PARTS)


def _rows_of(figures: Sequence[Figure], total: int, parts: Sequence[int], known: bool) -> list[Outcome]:
    rows: dict[int, dict[int, Figure]] = defaultdict(dict)
    for figure in figures:
        place = figure.locator
        if place.row_index is not None and place.column_index is not None:
            rows[place.row_index][place.column_index] = figure
    unit = next((f.amount.unit for f in figures if f.amount is not None and f.amount.is_money), None)
    if unit is None:
        return []
    digit = finest((f for f in figures if f.amount is None or f.amount.is_money), unit)
    outcomes = []
    parts = _real_parts(rows, total, parts, digit)
    for _, row in sorted(rows.items()):
        members = [row[c] for c in parts if c in row]
        if total in row and any(f.amount is not None for f in members):
            outcome = sum_outcome("行内合计", row[total], members, "各列之和", "the sum of the columns", digit)
            outcomes.append(outcome)
    outcomes = misread_as_unreadable(outcomes)
    holds = sum(o.verdict is Verdict.HOLDS for o in outcomes)
    if known or (
        holds >= _LEARNED_ROWS and 4 * holds >= 3 * sum(o.verdict is not Verdict.NOT_APPLICABLE for o in outcomes)
    ):
        return outcomes
    return [
        replace(o, verdict=Verdict.NOT_APPLICABLE, sides=(), difference=None, message="", message_en="")
        for o in outcomes
    ]


def _real_parts(rows: dict[int, dict[int, Figure]], total: int, parts: Sequence[int], digit: int) -> list[int]:
    """The part columns without those that make every row they stand in wrong by exactly what they say.

    Such a column is a part of another part (公用支出 beside 基本支出 under a heading that was read too high).
    """
    kept = list(parts)
    for column in parts:
        others = [c for c in kept if c != column]
        filled = [row for row in rows.values() if total in row and column in row and _stated(row[column])]
        if not filled or not others:
            continue
        without = [sum_outcome("", row[total], [row[c] for c in others if c in row], "", "", digit) for row in filled]
        if all(o.verdict is Verdict.HOLDS for o in without) and any(
            _stated(row[c]) for row in filled for c in others if c in row
        ):
            kept = others
    return kept


def _stated(figure: Figure) -> bool:
    return figure.amount is not None and bool(figure.amount.value)


_THREE = ("因公出国（境）费", "公务接待费", "公务用车购置及运行费")
_CARS = ("公务用车购置费", "公务用车运行维护费")


def three_public_sums(record: Record) -> list[Outcome]:
    """“三公” = 出国 + 接待 + 公车; 公车 = 购置 + 运行. Once for every basis and year a table or section states."""
    groups: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in record.figures:
        if figure.scheme is Scheme.THREE_PUBLIC and figure.measure is Measure.AMOUNT:
            where = figure.locator.table_id or f"§{figure.locator.section}"
            key = (where, str(figure.year), figure.basis, figure.funding, figure.component, figure.entity)
            groups[key].append(figure)
    stated: dict[str, set[str]] = defaultdict(set)
    for (where, *_), group in groups.items():
        stated[where] |= {f.account for f in group}
    outcomes = []
    for (where, *_), group in groups.items():
        blank = stated[where] if group[0].locator.table_id else set()  # named in the table, blank in this column
        named: dict[str, list[Figure]] = defaultdict(list)
        for figure in group:
            named[figure.account].append(figure)
        single = {
            name: found[0]
            for name, found in named.items()
            if len(found) == 1 or (not found[0].locator.table_id and len({f.value for f in found}) == 1)
        }
        for total, parts in (("三公经费", _THREE), ("公务用车购置及运行费", _CARS)):
            members = [single[name] for name in parts if name in single]
            told = any(member.amount is not None for member in members)  # a total whose parts are left blank
            if total in single and told and all(name in single or name in blank for name in parts):
                outcomes.append(_three_public_sum(single[total], members))
    return outcomes


def _three_public_sum(total: Figure, parts: Sequence[Figure]) -> Outcome:
    unit = total.amount.unit if total.amount is not None else "万元"
    digit = (
        finest([f for f in (total, *parts) if f.amount is None or f.amount.is_money], unit)
        if unit in MONEY_UNITS
        else 0
    )
    return sum_outcome("三公经费合计", total, parts, "各项之和", "the sum of its items", digit)
