"""Government economic classes (政府预算支出经济分类) of a table that prints them beside the departments' own: what each
comes to, and which of them an account belongs to."""

from __future__ import annotations

import re

from corpus.disclosure import Table
from corpus.figure import Figure, Measure, Scheme
from corpus.money import Amount
from corpus.vocabulary import fold
from rag.answer import Result, show
from rag.desk import Desk, Draft
from rag.plan import Verdict

_ASKED = re.compile(r"政府(?:预算)?(?:支出)?的?经济(?:分类)?(?:科目)?")
_HEADER = re.compile(r"政府(?:预算)?(?:支出)?经济")
_BELONGS = re.compile(r"归到|归在|归入|归于|归哪|对应(?:的|到|哪|什么)|属于|列在|列入|划到")


def by_government_class(desk: Desk) -> Draft | None:
    """The sum of the rows of one government economic class, or the class that accounts belong to; None where neither is
    asked, or the first document has no table that prints them beside each other."""
    if not desk.plan.documents or _ASKED.search(desk.plan.text) is None:
        return None
    for table in desk.shelf.tables(desk.plan.documents[0]):
        column = next((at for at, header in enumerate(table.columns) if _HEADER.search(fold(header))), None)
        if column is None:
            continue
        classes = {
            cell.row: cell.text.strip() for cell in table.cells if cell.column == column and cell.text.strip()
            and cell.row >= table.header_rows
        }  # fmt: skip
        rows = _amounts(desk, table)
        found = _belongs(desk, classes, rows) if _BELONGS.search(desk.plan.text) else _sum(desk, classes, rows)
        if found is not None:
            return found
    return None


def _amounts(desk: Desk, table: Table) -> dict[int, Figure]:
    """The figure of each row of the table, its leftmost amount (the total)."""
    found: dict[int, Figure] = {}
    for figure in desk.shelf.figures(desk.plan.documents[0]):
        place = figure.locator
        if place.table_id != table.id or place.row_index is None or figure.measure is not Measure.AMOUNT:
            continue
        known = found.get(place.row_index)
        if figure.amount is not None and (
            known is None or (place.column_index or 0) < (known.locator.column_index or 0)
        ):
            found[place.row_index] = figure
    return found


def _sum(desk: Desk, classes: dict[int, str], rows: dict[int, Figure]) -> Draft | None:
    """All rows of the class that the question names, added up."""
    wanted = max((name for name in set(classes.values()) if fold(name) in desk.plan.text), key=len, default="")
    parts = [rows[row] for row, name in classes.items() if name == wanted and row in rows] if wanted else []
    amounts = [figure.amount for figure in parts if figure.amount is not None]
    if not amounts or len({amount.unit for amount in amounts}) != 1:
        return None
    whole = Amount(sum((amount.value for amount in amounts[1:]), amounts[0].value), amounts[0].unit)
    formula = f"{' + '.join(map(show, amounts))} = {show(whole)}" if len(amounts) > 1 else None
    if formula:
        desk.evidence.compute(whole, formula)
    marks = "".join(desk.evidence.cite(figure) for figure in parts)
    told = desk.speech.pick(f"（计算：{formula}）" if formula else "", f" (computed: {formula})" if formula else "")
    issuer = desk.issuer(desk.plan.documents[0])
    text = desk.speech.pick(
        f"{issuer}政府预算支出经济分类“{wanted}”：**{show(desk.money(whole))}**{told}{marks}",
        f"{issuer}, government economic class “{wanted}”: **{show(desk.money(whole))}**{told} {marks}",
    )
    return Draft(
        Verdict.ANSWERED, text, Result(desk.money(whole), "computed" if formula else parts[0].status.value, formula)
    )


def _belongs(desk: Desk, classes: dict[int, str], rows: dict[int, Figure]) -> Draft | None:
    """The class beside each account that the question names."""
    names = {asked.name for asked in desk.plan.accounts if not asked.weak}
    lines = [
        desk.speech.pick(
            f"- {figure.account}：“{classes[row]}”{desk.evidence.cite(figure)}",
            f"- {figure.account}: “{classes[row]}” {desk.evidence.cite(figure)}",
        )
        for row, figure in rows.items()
        if figure.scheme is Scheme.ECONOMIC and figure.account in names and row in classes
    ]
    return Draft(Verdict.ANSWERED, "\n".join(lines)) if lines else None
