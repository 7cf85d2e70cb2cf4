"""Tables whose rows are institutions (schools, hospitals, stations, sub-units) with what each of them has.

Such a table stands in the chapter on a department's make-up (部门预算单位构成): posts, staff, retired, pupils, beds, vehicles
and sometimes amounts, one institution a row. Every cell becomes a figure whose `entity` is the institution of its row;
the row that adds them up is the issuer's own ("" as entity).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.accounts import STATEMENTS, chart, clean_name
from corpus.disclosure import Cell, Disclosure, Table
from corpus.figure import Figure, Reader
from corpus.locator import Locator
from corpus.money import Absence, Amount
from ingest.tables.columns import Half, halves, parts, printed
from ingest.tables.free_columns import FreeColumn, column_meaning, read_amount
from ingest.tables.headers import Matrix, is_amount, is_total

_LISTS = re.compile(
    r"(?:预算|基层|所属|下属|二级|填报|编制|用人|核算)?(?:单位|机构|部门|学校|院校|校园|园所|医院|站所|场馆|法庭|院所)(?:全称|名称|名)?|名称|校名|园名|学段|"
    r"(?:学校|机构|单位|医疗机构|办学)?(?:类别|类型|级别)|"
    r"(?!.*(?:项目|科目|指标|功能|经济|资金|货物|品目|设备|资产|科室|处室|内设|政策|专项))[一-鿿]{2,6}名称"
)
"""The heading over the institutions' names."""
_BODY = re.compile(
    r".*(?:局|委|办|院|校|所|队|站|厅|会|处|馆|府|学|园|场|台|社|部|关|地|司|中|小|幼|高|初|团|库|室|心|庭|中心|街道|镇|乡|本级|机关|基地|本部|(?:中|小|幼|高)部)(?:[(（][^()（）]{1,12}[)）])?"
)
"""How an institution's name ends, short forms of schools (一小, 四中) among them."""
_FEWEST = 2
_PART = re.compile(r"其中[:：]?")


def lists_institutions(table: Table, matrix: Matrix) -> bool:
    """Whether the rows of a table without a statutory form are institutions with something counted or paid for each."""
    if not table.header_rows:
        return False
    half = next(iter(halves(table, matrix, STATEMENTS["generic"])), None)
    if half is None or not half.amounts or half.name is None or not _heads_names(table, half.name):
        return False
    names = [name for row in _rows(table) if (name := _name(matrix, row, half)) and not _sums_up(name)]
    bodies = [name for name in names if _BODY.fullmatch(name) and not chart().all_named(name)]
    return len(set(bodies)) >= _FEWEST and len(bodies) * 3 >= len(names) * 2


def institution_figures(table: Table, disclosure: Disclosure) -> list[Figure]:
    """What a table of institutions states, row by row, each figure with its institution as `entity`."""
    matrix = Matrix(table.n_rows, table.n_columns, table.cells)
    found: list[Figure] = []
    for half in halves(table, matrix, STATEMENTS["generic"]):
        if half.name is None:
            continue
        meanings = {c: m for c in half.amounts if (m := column_meaning(table, c, disclosure)) is not None}
        for row in _rows(table):
            found += _of_row(table, matrix, half, row, meanings, disclosure)
    return found


def _heads_names(table: Table, column: int) -> bool:
    heads = parts(table.columns[column])
    return bool(heads) and _LISTS.fullmatch(printed(heads[-1])) is not None


def _rows(table: Table) -> range:
    return range(table.header_rows, table.n_rows)


def _name(matrix: Matrix, row: int, half: Half) -> str:
    assert half.name is not None, "checked by the callers"
    cell = matrix.area.get((row, half.name))
    if cell is not None and cell.row != row:
        return ""  # merged from above: another line of the same institution
    text = clean_name(cell.text) if cell else ""
    return text or next((t for c in (*half.labels, *half.codes) if is_total(t := clean_name(matrix.text(row, c)))), "")


def _sums_up(name: str) -> bool:
    return is_total(name) or name.endswith(("合计", "小计", "总计"))


def _of_row(
    table: Table, matrix: Matrix, half: Half, row: int, meanings: dict[int, FreeColumn], disclosure: Disclosure
) -> Iterator[Figure]:
    name = _name(matrix, row, half)
    if not name or is_amount(name):
        return
    group = tuple(text for c in half.labels if half.name and c < half.name and (text := _group(matrix, row, c)))
    entity = "" if is_total(name) else _PART.sub("", name)
    if entity and name.endswith("小计") and len(name) == len("小计") and group:
        entity = f"{group[-1]}{name}"
    for column, meaning in meanings.items():
        cell = matrix.area.get((row, column))
        if cell is None or (cell.row, cell.column) != (row, column):
            continue
        amount = read_amount(cell, table.unit if meaning.unit is None else meaning.unit, meaning)
        if amount is None:
            continue
        yield Figure(
            document=disclosure.name, scheme=meaning.scheme, account=meaning.account,
            name=printed(parts(table.columns[column])[-1]), measure=meaning.measure,
            amount=amount if isinstance(amount, Amount) else None,
            absence=amount if isinstance(amount, Absence) else None,
            year=meaning.year, basis=disclosure.basis, locator=_place(table, cell, name, disclosure), reader=Reader.TABLE,
            path=group, flow=meaning.flow, funding=meaning.funding, component=meaning.component, entity=entity,
            ocr=cell.confidence is not None,
        )  # fmt: skip


def _group(matrix: Matrix, row: int, column: int) -> str:
    """The kind of institution that a cell left of the name gives (小学 over the rows of the primary schools)."""
    text = clean_name(matrix.text(row, column))
    return text if re.search(r"[一-鿿]", text) and not is_total(text) else ""


def _place(table: Table, cell: Cell, name: str, disclosure: Disclosure) -> Locator:
    return Locator(
        document=disclosure.name, page=cell.page if cell.page is not None else next(iter(table.pages), None),
        table=table.title or STATEMENTS[table.kind].name, row=name, column=table.columns[cell.column], quote=cell.text,
        bbox=cell.bbox, table_id=table.id, row_index=cell.row, column_index=cell.column,
    )  # fmt: skip
