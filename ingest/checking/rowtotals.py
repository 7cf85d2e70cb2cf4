"""Tables whose rows are units or projects: the total row is the sum of the others, where the table bears it out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from corpus.figure import Figure, Reader, Scheme
from corpus.record import Record
from ingest.checking.outcome import Outcome, Verdict, by_table, finest, sum_outcome

_TOTAL_ROW = re.compile(r"合计|总计|小计|共计")


def row_totals(record: Record) -> list[Outcome]:
    """合计 = Σ units or Σ projects, by column; counts too where the rows are institutions.

    Rows of such tables may be subtotals of each other (a department above its units), which no code tells. So a sum
    that fails counts only where the same rows add up in another column of the table, or where there is one row to add.
    """
    outcomes = []
    listed = {table.id for table in record.tables if table.kind == "institutions"}
    counts: dict[str, list[Figure]] = defaultdict(list)
    for figure in record.figures:
        if figure.reader is Reader.TABLE and figure.locator.table_id in listed:
            counts[figure.locator.table_id or ""].append(figure)
    for figures in [*(f for key, f in by_table(record).items() if key not in listed), *counts.values()]:
        found = [o for column in _by_column(figures) for o in _totals_of(column)]
        borne_out = any(o.verdict is Verdict.HOLDS for o in found)
        outcomes += [o if borne_out or len(o.figures) == 2 else _set_aside(o) for o in found]
    return outcomes


def _by_column(figures: Sequence[Figure]) -> list[list[Figure]]:
    columns: dict[int | None, list[Figure]] = defaultdict(list)
    for figure in figures:
        columns[figure.locator.column_index].append(figure)
    return list(columns.values())


def _totals_of(column: Sequence[Figure]) -> list[Outcome]:
    listed = [f for f in column if f.scheme is Scheme.PROJECT]
    projects = [f for f in listed if not _TOTAL_ROW.fullmatch(re.sub(r"\s", "", f.locator.row or ""))]
    totals = [f for f in column if f.scheme is Scheme.TOTAL and f.component == "项目支出"]
    totals = totals or [f for f in listed if f not in projects]  # 专项资金汇总表: the total of these projects alone
    if projects:
        return [_sum(totals[0], projects)] if len(totals) == 1 and totals[0].amount is not None else []
    groups: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in column:
        groups[figure.fact[:-1]].append(figure)
    outcomes = []
    for group in groups.values():
        heads = [f for f in group if _TOTAL_ROW.search(re.sub(r"\s", "", f.locator.row or ""))]
        rest = [f for f in group if f not in heads]
        if any(not f.entity for f in heads):
            heads = [f for f in heads if not f.entity]  # beside the subtotals of kinds of institutions
        if len(heads) == 1 and rest and not any(f.code for f in group):
            outcomes.append(_sum(heads[0], rest))
    return outcomes


def _sum(total: Figure, rows: Sequence[Figure]) -> Outcome:
    amount = total.amount
    if amount is None or amount.unit == "%" or all(f.amount is None for f in rows):
        return Outcome(total.document, "各单位各项目合计", Verdict.NOT_APPLICABLE, figures=(total.id,))
    if not amount.is_money and any(f.amount is not None and f.amount.unit != amount.unit for f in rows):
        return Outcome(total.document, "各单位各项目合计", Verdict.NOT_APPLICABLE, figures=(total.id,))
    digit = finest([f for f in (total, *rows) if f.amount is None or f.amount.is_money == amount.is_money], amount.unit)
    return sum_outcome("各单位各项目合计", total, rows, "各行之和", "the sum of the rows", digit)


def _set_aside(outcome: Outcome) -> Outcome:
    if outcome.verdict is not Verdict.FAILS:
        return outcome
    return replace(outcome, verdict=Verdict.NOT_APPLICABLE, sides=(), difference=None, message="", message_en="")
