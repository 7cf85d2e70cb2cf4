"""Answers that stand in the cells of tables as they are printed: what a code stands for, a column of a performance sheet
that is ranked, tables without data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.disclosure import Cell, Table
from corpus.locator import Locator
from corpus.money import Amount, parse_number
from corpus.vocabulary import fold
from rag.answer import Result
from rag.desk import Desk, Draft
from rag.plan import Operation, Verdict

_CODE = re.compile(r"(?<![A-Za-z\d])[A-Za-z]\d{3,8}(?!\d)")
_CODE_ASKED = re.compile(r"(?:代码|编码|编号)(?:是|为)?(?:什么|多少|几|哪)")
_COLUMN = re.compile(r"分值权重|权重分值|权重|分值")
_EMPTY = re.compile(
    r"(?:哪|几|多少)[^,，。]{0,8}表[^,，。]{0,8}(?:没有?数|空|没填|无数据)|(?:空表|没有?数据的表|空白的?表)[^,，。]{0,6}(?:哪|几|多少|有)"
)
_NAME_COLUMN = re.compile(r"三级指标|指标名称|指标内容|绩效指标")
_LONGEST_NAME = 40


def from_cells(desk: Desk) -> Draft | None:
    """The answer that printed cells give; None where none of these is asked."""
    if not desk.plan.documents:
        return None
    if _EMPTY.search(desk.plan.text):
        return _empty(desk)
    if _COLUMN.search(desk.plan.text):
        return _ranked(desk) if desk.plan.operation is Operation.RANK else _weight(desk)
    return _coded(desk)


def printed_rows(table: Table) -> list[list[Cell]]:
    """The rows of a table, cells from left to right."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return [sorted(row, key=lambda cell: cell.column) for row in rows.values()]


def _coded(desk: Desk) -> Draft | None:
    """The name that stands in the row of a code ("A180701是什么"), or the code in the row of a name."""
    text = desk.plan.text.upper()
    code = _CODE.search(text)
    if code is None and not _CODE_ASKED.search(desk.plan.text):
        return None
    every = [(t, row) for t in desk.shelf.tables(desk.plan.documents[0]) for row in printed_rows(t)]
    for table, row in every:
        said = [cell for cell in row if cell.text.strip()]
        codes = [cell for cell in said if _CODE.fullmatch(cell.text.strip())]
        names = [cell for cell in said if cell not in codes and re.search(r"[\u4e00-\u9fff]{2}", cell.text)]
        if not codes or not names:
            continue
        name, own = names[-1], codes[-1]
        asked = code.group() == own.text.strip().upper() if code else fold(name.text) in desk.plan.text
        if asked and len(name.text) <= _LONGEST_NAME:
            return Draft(Verdict.ANSWERED, f"{quoted_cell(desk, table, own)}：{quoted_cell(desk, table, name)}")
    return None


def weighted(desk: Desk) -> Iterator[tuple[Table, Cell, Cell]]:
    """The indicators of the first document's sheets with the cell of their weight."""
    for table in desk.shelf.tables(desk.plan.documents[0]):
        head = next((c for c in table.cells if re.search(r"权重|分值", c.text)), None)
        label = next((c for c in table.cells if head and c.row == head.row and _NAME_COLUMN.search(c.text)), None)
        if head is None or label is None:
            continue
        names = {c.row: c for c in table.cells if c.column == label.column and c.row > head.row and c.text.strip()}
        for cell in table.cells:
            if cell.column == head.column and cell.row in names and parse_number(cell.text) is not None:
                yield table, names[cell.row], cell


def _weight(desk: Desk) -> Draft | None:
    """The weight of the one indicator that the question names."""
    found = [(t, name, cell) for t, name, cell in weighted(desk) if fold(name.text.strip()) in desk.plan.text]
    if not found:
        return None
    table, name, cell = max(found, key=lambda item: len(item[1].text))
    number = parse_number(cell.text)
    assert number is not None, "only cells that hold a number are listed"
    told = f"{quoted_cell(desk, table, name)}：{quoted_cell(desk, table, cell)}"
    return Draft(Verdict.ANSWERED, told, Result(Amount(number, "分"), "single"))


def _ranked(desk: Desk) -> Draft | None:
    """Rows of a sheet in the order of the column asked for ("分值权重最高的是哪两项")."""
    wanted = _COLUMN.search(desk.plan.text)
    assert wanted is not None, "checked by the caller"
    for table in desk.shelf.tables(desk.plan.documents[0]):
        head = next((c for c in table.cells if wanted.group()[:2] in c.text or re.search(r"权重|分值", c.text)), None)
        label = next((c for c in table.cells if head and c.row == head.row and _NAME_COLUMN.search(c.text)), None)
        if head is None or label is None:
            continue
        names = {c.row: c for c in table.cells if c.column == label.column and c.row > head.row and c.text.strip()}
        values = [
            (number, cell) for cell in table.cells
            if cell.column == head.column and cell.row in names and (number := parse_number(cell.text)) is not None
        ]  # fmt: skip
        if len(values) < 2:
            continue
        values.sort(key=lambda item: item[0], reverse=desk.plan.highest)
        most = desk.plan.top or 5
        edge = values[min(most, len(values)) - 1][0]
        shown = [item for item in values if item[0] == edge or values.index(item) < most]
        lines = [
            f"{desk.evidence.count(at)}. {quoted_cell(desk, table, names[cell.row])}：{quoted_cell(desk, table, cell)}"
            for at, (_, cell) in enumerate(shown, 1)
        ]
        return Draft(
            Verdict.ANSWERED, "\n".join([desk.speech.pick(f"按{head.text}排列：", f"By {head.text}:"), *lines])
        )
    return None


def _empty(desk: Desk) -> Draft | None:
    """The tables that state no amount but nought."""
    listed = []
    for table in desk.shelf.tables(desk.plan.documents[0]):
        numbers = [number for cell in table.cells if (number := parse_number(cell.text)) is not None]
        if table.kind != "generic" and not any(numbers):
            listed.append(
                f"- {desk.evidence.words(table.title)}{desk.evidence.quote(_place(desk, table, table.title))}"
            )
    if not listed:
        return None
    count = desk.evidence.count(len(listed))
    return Draft(Verdict.ANSWERED, "\n".join([
        desk.speech.pick(f"没有数据的表有{count}张：", f"{count} tables have no data:"), *listed
    ]))  # fmt: skip


def quoted_cell(desk: Desk, table: Table, cell: Cell) -> str:
    """A cell's text with a marker for its place."""
    text = cell.text.strip()
    return f"{desk.evidence.words(text)}{desk.evidence.quote(_place(desk, table, text, cell))}"


def _place(desk: Desk, table: Table, text: str, cell: Cell | None = None) -> Locator:
    page = cell.page if cell else next((c.page for c in table.cells if c.page), None)
    return Locator(desk.plan.documents[0], page=page, table=table.title, quote=text, bbox=cell.bbox if cell else None)
