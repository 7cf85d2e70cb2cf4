"""Tables become figures: every amount cell with the fact it states, in the words of `corpus.figure`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.accounts import STATEMENTS, Statement, chart
from corpus.disclosure import Cell, Disclosure, Table
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.locator import Locator
from corpus.money import MONEY_UNITS, Absence, Amount, normalise, read_cell
from ingest.page import OVERPRINTED
from ingest.tables import columns as headed
from ingest.tables.columns import CARRY_IN, halves
from ingest.tables.entries import INCOME_THIS_YEAR, Entry
from ingest.tables.headers import Matrix, is_amount
from ingest.tables.institutions import institution_figures
from ingest.tables.repair import UNSETTLED
from ingest.tables.row_words import (
    COUNTED_ITEMS,
    COUNTED_ROW,
    flows_of,
    in_own_unit,
    measured_rows,
    paired_rows,
    reason_columns,
    reason_of,
    row_units,
)
from ingest.tables.sheets import sheet_figures
from ingest.tables.stated import Fact, Stating
from ingest.tables.statements import empty_note, headline_accounts, owner_of
from ingest.tables.sums import SURPLUS, Body, body, is_unreadable
from ingest.tables.yearly import yearly_figures

_ASKED_FOR = ("基本支出", "项目支出", "人员经费", "公用经费")
_SAME_UNIT = {"台/套": "台", "台(套)": "台"}
_VALUED = re.compile(r"金额|价值|原值|净值|均价")


def table_figures(tables: Sequence[Table], disclosure: Disclosure) -> list[Figure]:
    """Every figure that the tables of a document state, in order of appearance.

    A blank cell is a figure (absence BLANK) where its row or column is one that readers ask for: totals, sources,
    三公 items. An empty table's headline accounts are absent with what its note says (NO_DATA) or BLANK. A cell whose
    column or unit could not be settled is UNREADABLE.
    """
    figures: list[Figure] = []
    for index, table in enumerate(tables):
        statement = STATEMENTS[table.kind]
        if statement.rows == "indicators":
            figures += sheet_figures(table, disclosure, tables[:index])
        elif table.kind == "institutions":
            figures += institution_figures(table, disclosure)
        elif table.kind == "yearly":
            figures += yearly_figures(table, disclosure)
        elif table.kind != "unit_list":
            figures += _Reading(table, statement, disclosure).figures()
    return list(_told_apart(figures))


def _told_apart(figures: Sequence[Figure]) -> Iterator[Figure]:
    """Targets of one name that differ belong to different tasks, and are no two readings of one fact."""
    seen: dict[tuple[str, ...], set[Decimal | None]] = {}
    for figure in figures:
        if figure.measure is Measure.TARGET:
            values = seen.setdefault(figure.fact, set())
            values.add(figure.value)
            if len(values) > 1:
                figure = replace(figure, component=f"{figure.component}（{len(values)}）")
        yield figure


class _Reading:
    """One statutory table on its way to figures."""

    def __init__(self, table: Table, statement: Statement, disclosure: Disclosure) -> None:
        self.table = table
        self.statement = statement
        self.disclosure = disclosure
        self.matrix = Matrix(table.n_rows, table.n_columns, table.cells)
        self.note = empty_note(table) if table.empty else ""
        self.owner = owner_of(table, disclosure)
        self.pairs = paired_rows(table, self.matrix) if statement.key == "three_public" else {}
        self.reasons = reason_columns(table)
        self.units: dict[int, str] = {}
        """Units that rows print in their names, which count before the table's."""
        self.stating = Stating(table.title, statement, disclosure)

    def figures(self) -> Iterator[Figure]:
        """Its figures, row by row within each half; for an empty table those of its headline accounts."""
        found: list[Figure] = []
        for half in halves(self.table, self.matrix, self.statement):
            content = self._told_by_headings(body(self.table, self.matrix, half, self.statement, self.disclosure))
            found += self._of_half(content)
        found += self._of_pairs()
        told = {figure.fact for figure in found if figure.amount is not None}
        found = [
            f for f in found if f.absence is not Absence.DASH or f.fact not in told
        ]  # 一、三公经费 — above its sum
        yield from found
        if self.table.empty:
            yield from self._headlines(found)

    def _told_by_headings(self, content: Body) -> Body:
        """A half without the columns that its headings do not tell apart: of one path, with other amounts in a row.

        A heading over several columns whose own headings could not be read says of none of them what it holds.
        """
        groups: dict[str, list[int]] = {}
        for column in content.meanings:
            groups.setdefault(self.table.columns[column], []).append(column)
        alike = [columns for path, columns in groups.items() if path and len(columns) > 1]
        unsure = {column for columns in alike if self._differ(columns, content) for column in columns}
        if not unsure:
            return content
        return replace(content, meanings={c: m for c, m in content.meanings.items() if c not in unsure})

    def _differ(self, columns: Sequence[int], content: Body) -> bool:
        """Whether columns hold several amounts in one row, not all the same."""
        texts = ([self.matrix.text(entry.row, column) for column in columns] for entry in content.entries)
        return any(len({text for text in row if is_amount(text)}) > 1 for row in texts)

    def _of_half(self, content: Body) -> Iterator[Figure]:
        grand = self._counts_carry_over(content)
        labels = [(entry.row, entry.label) for entry in content.entries]
        self.units = row_units(labels) | measured_rows(self.table, self.matrix, content.half)
        flows = flows_of(labels) if self.statement.key == "generic" and not self._headed_by_flow() else {}
        meanings = content.meanings.values()
        self.stating = Stating(self.table.title, self.statement, self.disclosure, meanings, self.units, flows)
        for entry in content.entries:
            yield from self._with_reason(entry, list(self._of_row(entry, content, grand=grand)))

    def _headed_by_flow(self) -> bool:
        """Whether the headings say of which flow the amounts are."""
        heads = "".join(self.table.columns)
        return ("收入" in heads) != ("支出" in heads)

    def _with_reason(self, entry: Entry, found: list[Figure]) -> Iterator[Figure]:
        """The figures of a row with the reason that its own cell gives: those of change where there are any."""
        reason = reason_of(self.matrix, entry.row, self.reasons) if self.reasons else ""
        moved = any(figure.measure in (Measure.CHANGE, Measure.RATE) for figure in found)
        for figure in found:
            ours = figure.measure in (Measure.CHANGE, Measure.RATE) if moved else figure.year == self.disclosure.year
            yield replace(figure, reason=reason) if reason and ours else figure

    def _of_row(self, entry: Entry, content: Body, *, grand: bool) -> Iterator[Figure]:
        if entry.row not in self.pairs:
            for column, meaning in content.meanings.items():
                cell = self.matrix.area.get((entry.row, column))
                if cell is None or (cell.row, cell.column) != (entry.row, column):
                    continue
                fact = self.stating.fact(entry, meaning, grand=grand)
                if not cell.text and self._told_at_right(entry, content):
                    continue
                first = column == content.headed[0]
                figure = self._figure(entry, cell, fact, first=first)
                if figure is not None:
                    yield figure

    def _of_pairs(self) -> Iterator[Figure]:
        """The counts that stand beside their names below the amounts (相关统计数)."""
        for pairs in self.pairs.values():
            for label, cell in pairs:
                item = chart().named(COUNTED_ROW.sub("", normalise(label.text)), Scheme.THREE_PUBLIC)
                if item is None:
                    continue
                entry = Entry(label.row, label.text, Scheme.THREE_PUBLIC, item.name)
                found = headed.meaning("", self.statement, self.disclosure)
                figure = self._figure(entry, cell, self.stating.fact(entry, found, grand=False), first=True)
                if figure is not None:
                    yield figure

    def _told_at_right(self, entry: Entry, content: Body) -> bool:
        """Whether the amount of a label stands in the half at the right (see `ingest.tables.hierarchy`)."""
        rest = range(content.half.columns[-1] + 1, self.table.n_columns)
        first = next((text for column in rest if (text := self.matrix.text(entry.row, column))), "")
        return entry.total and is_amount(first)

    def _counts_carry_over(self, content: Body) -> bool:
        """Whether the total column of an income table takes in what was carried over (总计 beside 上年结转 columns)."""
        words = {value.funding + value.account for value in content.meanings.values()}
        carries = any("结转" in word or "结余" in word for word in words)
        whole = [column for column, value in content.meanings.items() if value.plain and value.funding == "全部"]
        this_year = any("本年" in self.table.columns[column] for column in whole)
        return self.statement.flow == "收入" and carries and not this_year

    def _figure(self, entry: Entry, cell: Cell, fact: Fact, *, first: bool) -> Figure | None:
        meaning = fact.meaning
        counted = COUNTED_ROW.search(entry.label)
        if meaning.unit in MONEY_UNITS and not self._is_count(cell):
            counted = None
        unit = (
            _SAME_UNIT.get(counted.group(1), counted.group(1))
            if counted
            else self.table.unit
            if meaning.unit is None
            else meaning.unit
        )
        measure = Measure.COUNT if counted else meaning.measure
        if fact.scheme is Scheme.THREE_PUBLIC and fact.account in COUNTED_ITEMS and cell.text.isdigit():
            unit, measure = unit if counted else COUNTED_ITEMS[fact.account], Measure.COUNT
        own = self.units.get(entry.row, "")
        ours = self.statement.key == "generic" or (self.statement.key in ("staff", "asset") and own not in MONEY_UNITS)
        if own and ours and (own in MONEY_UNITS or meaning.unit not in MONEY_UNITS or self._is_count(cell)):
            unit, measure = in_own_unit(own, meaning)
        if fact.scheme is Scheme.STAFF:
            unit, measure = "人", Measure.COUNT
        if fact.scheme is Scheme.ASSET and self.statement.scheme is Scheme.THREE_PUBLIC:
            unit, measure = ("辆" if "车" in fact.account else "台(套)"), Measure.COUNT
        read = _read(cell, unit, counted=measure is Measure.COUNT)
        if read is None or (isinstance(read, Absence) and not self._matters(read, entry, fact, first=first)):
            return None
        absence = read if isinstance(read, Absence) else None
        quote = cell.text
        if absence is Absence.BLANK and self.note:
            absence, quote = Absence.NO_DATA, self.note
        return Figure(
            document=self.disclosure.name,
            scheme=fact.scheme,
            account=fact.account,
            name=entry.label or fact.account,
            measure=measure,
            amount=read if isinstance(read, Amount) else None,
            absence=absence,
            year=meaning.year,
            basis=meaning.basis,
            locator=self._locator(entry, cell, quote),
            reader=Reader.TABLE,
            code=fact.code,
            path=entry.path,
            flow=fact.flow,
            funding=fact.funding,
            component=fact.component,
            entity=entry.entity or self.owner,
            compared=meaning.compared,
            ocr=cell.confidence is not None,
        )

    def _is_count(self, cell: Cell) -> bool:
        """Whether a bare number stands under 决算数(万元), which is said of the sums beside it, and not under 金额."""
        return cell.text.isdigit() and not _VALUED.search(self.table.columns[cell.column])

    def _matters(self, absence: Absence, entry: Entry, fact: Fact, *, first: bool) -> bool:
        """Whether the absence of an amount here is worth telling."""
        if absence is Absence.UNREADABLE or absence is Absence.DASH:
            return True
        if self.statement.key == "generic":
            return False
        plain = fact.meaning.plain or fact.component in _ASKED_FOR
        if fact.scheme in (Scheme.THREE_PUBLIC, Scheme.OPERATING, Scheme.BALANCE):
            return plain
        return fact.scheme is Scheme.SOURCE or (entry.total and plain) or (self.statement.rows == "sides" and first)

    def _locator(self, entry: Entry, cell: Cell, quote: str) -> Locator:
        return Locator(
            document=self.disclosure.name,
            page=cell.page if cell.page is not None else next(iter(self.table.pages), None),
            table=self.table.title or self.statement.name,
            row=entry.label or None,
            column=self.table.columns[cell.column],
            quote=quote,
            bbox=cell.bbox,
            table_id=self.table.id,
            row_index=cell.row,
            column_index=cell.column,
        )

    def _headlines(self, found: Sequence[Figure]) -> Iterator[Figure]:
        """Headline accounts of an empty table that none of its cells stands for."""
        told = {figure.account for figure in found}
        for scheme, account in headline_accounts(self.statement):
            if account in told:
                continue
            page = next(iter(self.table.pages), None)
            place = Locator(
                document=self.disclosure.name,
                page=page,
                table=self.table.title or self.statement.name,
                quote=self.note,
                table_id=self.table.id,
            )
            yield Figure(
                document=self.disclosure.name,
                scheme=scheme,
                account=account,
                name=account,
                measure=Measure.AMOUNT,
                amount=None,
                absence=Absence.NO_DATA if self.note else Absence.BLANK,
                year=self.disclosure.year,
                basis=self.disclosure.basis,
                locator=place,
                reader=Reader.TABLE,
                entity=self.owner,
                flow="收入" if account in (CARRY_IN, INCOME_THIS_YEAR) else self.statement.flow,
                funding=self.statement.funding,
                component=self.statement.component,
            )


def _read(cell: Cell, unit: str | None, *, counted: bool) -> Amount | Absence | None:
    """What a cell states; an amount without a known unit, or without a settled column, is unreadable.

    So is one that is printed over another text.
    """
    if cell.repaired and cell.repaired.startswith(SURPLUS):
        return None
    if is_unreadable(cell):
        return Absence.UNREADABLE
    if cell.repaired and cell.repaired.startswith(OVERPRINTED):
        return None
    read = read_cell(cell.text, unit or "")
    if not isinstance(read, Amount):
        return read
    if (not read.unit and not counted) or (cell.repaired and cell.repaired.startswith(UNSETTLED)):
        return Absence.UNREADABLE
    return read
