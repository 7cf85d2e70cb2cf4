"""Tables whose rows are years: what a unit took in, spent, or had, one year a row (近三年收支情况).

The account of every cell is its column's, the year is its row's. Histories of the three public costs are read with their
own statement (`ingest.tables.hierarchy`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.accounts import STATEMENTS
from corpus.disclosure import Disclosure, Table
from corpus.figure import Figure, Reader
from corpus.locator import Locator
from corpus.money import Absence, Amount
from ingest.tables import columns as headed
from ingest.tables.columns import parts, printed
from ingest.tables.free_columns import FreeColumn, column_meaning, read_amount
from ingest.tables.headers import Matrix

YEAR_ROW = re.compile(
    r"(?P<year>20\d\d)(?:年度?)?(?:末|底)?(?:全年|年初|调整)?(?:预算|决算|执行|完成|实际|支出|安排)*(?:数|情况|金额)?(?:[(（][^()（）]{1,8}[)）])?"
)
"""A row's name that is a year, with or without the kind of number."""
_HEADS_YEARS = re.compile(r"年度?|年份|会计年度|项目年度|时间|时期|期间")
_FEWEST = 2


def lists_years(table: Table) -> bool:
    """Whether the first column of a table gives years and nothing else, each once, under a heading that says so or none."""
    if not table.header_rows or not table.columns:
        return False
    heads = parts(table.columns[0])
    if heads and not _HEADS_YEARS.fullmatch(printed(heads[-1])):
        return False
    cells = [cell for cell in table.cells if cell.column == 0 and cell.row >= table.header_rows and cell.text]
    years = [found["year"] for cell in cells if (found := YEAR_ROW.fullmatch(printed(cell.text)))]
    return len(years) == len(cells) >= _FEWEST and len(set(years)) == len(years) and table.n_columns > 1


def yearly_figures(table: Table, disclosure: Disclosure) -> Iterator[Figure]:
    """What a table of years states, each figure with the year and kind of number of its row."""
    matrix = Matrix(table.n_rows, table.n_columns, table.cells)
    plain = headed.meaning("", STATEMENTS["generic"], disclosure)
    meanings = {c: m for c in range(1, table.n_columns) if (m := column_meaning(table, c, disclosure)) is not None}
    for row in range(table.header_rows, table.n_rows):
        label = printed(matrix.text(row, 0))
        if not YEAR_ROW.fullmatch(label):
            continue
        when = headed.in_time(plain, label if "年" in label else f"{label}年", disclosure)
        for column, meaning in meanings.items():
            cell = matrix.area.get((row, column))
            if cell is None or (cell.row, cell.column) != (row, column):
                continue
            amount = read_amount(cell, table.unit if meaning.unit is None else meaning.unit, meaning)
            if amount is not None:
                place = Locator(
                    document=disclosure.name, page=cell.page if cell.page is not None else next(iter(table.pages), None),
                    table=table.title or STATEMENTS[table.kind].name, row=label, column=table.columns[column],
                    quote=cell.text, bbox=cell.bbox, table_id=table.id, row_index=row, column_index=column,
                )  # fmt: skip
                yield replace(
                    _figure(table, column, meaning, amount, place, disclosure), year=when.year, basis=when.basis,
                    ocr=cell.confidence is not None,
                )  # fmt: skip


def _figure(
    table: Table, column: int, meaning: FreeColumn, amount: Amount | Absence, place: Locator, disclosure: Disclosure
) -> Figure:
    return Figure(
        document=disclosure.name, scheme=meaning.scheme, account=meaning.account,
        name=printed(parts(table.columns[column])[-1]), measure=meaning.measure,
        amount=amount if isinstance(amount, Amount) else None, absence=amount if isinstance(amount, Absence) else None,
        year=disclosure.year, basis=disclosure.basis, locator=place, reader=Reader.TABLE, flow=meaning.flow,
        funding=meaning.funding, component=meaning.component,
    )  # fmt: skip
