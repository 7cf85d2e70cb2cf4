"""Placed grids become statutory tables: which one, its header paths, its unit, its cells put right by arithmetic."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.accounts import STATEMENTS, Statement, clean_name, clean_title, statement_titled
from corpus.disclosure import Announced, Disclosure, Level, Table, TableState
from corpus.figure import Scheme
from corpus.money import read_unit_line
from ingest.layout.headings import squeezed
from ingest.layout.issuers import as_issuer, clean_issuer
from ingest.layout.layout import Layout, Placed
from ingest.tables.chapters import owner_told, with_chapters
from ingest.tables.columns import CARRY_IN, printed
from ingest.tables.entries import EXPENSE_THIS_YEAR, INCOME_THIS_YEAR
from ingest.tables.headers import Matrix, is_amount, read_head, without_repeats
from ingest.tables.kinds import is_sheet, kind_of
from ingest.tables.repair import repaired
from ingest.tables.sheets import continues_sheet
from ingest.tables.units import told_in, with_units

_EMPTY_NOTE = re.compile(r"无数据|空表|空白|没有|未安排|不涉及|无此|为零|未发生|无.{0,30}(?:支出|收入|预算|安排|经费)")
_FEWEST_SHARED = 5
_ISSUED_BY = re.compile(r"(?:编制|填报|编报|公开)(?:单位|部门)(?:名称)?\s*[:：]\s*(\S+)")
_NAMED_ABOVE = re.compile(
    r"(?:^|\s)(?:预算)?(?:单位|部门)(?:名称)?(?:[(（]盖章[)）])?\s*[:：]\s*([^\s:：]+?)(?=\s|$|金额单位|单位[:：])"
)
_CHAPTER = re.compile(
    r"^(?:第?[一二三四五六七八九十\d]{1,3}[部篇章、.．](?:分|篇)?)?(.{4,40}?)(?:20\d\d年?度?)?单位(?:预算|决算)(?:公开)?(?:报?表|情况)?$"
)
"""The heading of a chapter that is one unit's own budget or final account."""
_FILL_IN_RULE = re.compile(r"仍保留该表格式|作下述说明|^注[:：]本表反映")


def recognise(layout: Layout, disclosure: Disclosure) -> list[Table]:
    """Every table of a document, in order: statutory ones by kind, unknown ones as "generic".

    Cells keep what is printed. A row that a page break shifted is put right where the sums leave exactly one reading;
    `Cell.repaired` says why.
    """
    tables: list[Table] = []
    for number, placed in enumerate(layout.tables, start=1):
        table = _table(placed, f"t{number}")
        if tables and continues_sheet(table, tables[-1]):
            table = replace(table, kind=tables[-1].kind, unit=table.unit or tables[-1].unit)
        statement = STATEMENTS[table.kind]
        tables.append(table if statement.rows == "indicators" else repaired(table, statement, disclosure))
    return with_units(with_chapters(tables, layout.tables, disclosure), told_in(layout.sections))


def _table(placed: Placed, number: str) -> Table:
    grid = placed.grid
    matrix = Matrix(grid.n_rows, grid.n_columns, grid.cells)
    title = placed.title or _title_inside(matrix)
    sheet = is_sheet(matrix)
    head = read_head(matrix)
    if not sheet:
        matrix = without_repeats(matrix, head)
    columns = tuple("" for _ in range(grid.n_columns)) if sheet else tuple("/".join(path) for path in head.columns)
    table = Table(
        id=_identity(placed, number),
        title=title,
        kind="generic",
        unit=placed.unit or read_unit_line(title) or _unit_inside(matrix),
        n_rows=matrix.n_rows,
        n_columns=matrix.n_columns,
        header_rows=0 if sheet else head.rows,
        cells=tuple(matrix.cells),
        columns=columns,
        section=" / ".join([*placed.section, *_issued_by(placed)]),
        notes=placed.notes,
        pages=grid.pages,
    )
    kind = kind_of(table, matrix, sheet=sheet, section=placed.section, before=placed.before)
    table = replace(table, kind=kind)
    amounts = any(is_amount(cell.text) for cell in table.cells if cell.row >= table.header_rows)
    return replace(table, empty=not amounts)


def _issued_by(placed: Placed) -> list[str]:
    """The line above a table that names whose table it is (编制单位:…), or its chapter, as the last part of its section."""
    for line in placed.before:
        found = _ISSUED_BY.search(line)
        if found and not re.search(r"单位|[::]", found.group(1)):
            return [f"编制单位:{found.group(1)}"]
    for line in placed.before:
        found = _NAMED_ABOVE.search(line)
        name = clean_issuer(found.group(1)) if found else ""
        if name:
            return [f"编制单位:{name}"]
    chapters = [found.group(1) for title in placed.section if (found := _CHAPTER.search(squeezed(title)))]
    names = [name for title in chapters if (name := as_issuer(title))]
    return [f"编制单位:{name}" for name in names[-1:]]


def owner_of(table: Table, disclosure: Disclosure) -> str:
    """The unit whose table it is, another one's chapter or a sub-unit's of a department; "" for the issuer's own."""
    if chapter := owner_told(table):
        return chapter
    named = re.search(r"编制单位:([^/]+)$", table.section)
    if named is None or disclosure.level is not Level.DEPARTMENT:
        return ""
    name = re.sub(r"^\d+[-—]?", "", clean_name(named.group(1)))
    issuer = clean_name(disclosure.issuer)
    same = name in issuer or issuer in name
    return name if name and (not same or (name != issuer and re.search(r"本级）?$", name))) else ""


def _identity(placed: Placed, number: str) -> str:
    """A table's id within its document: its place in order and a hash of what it prints."""
    text = "\x1f".join([placed.title, *(cell.text for cell in placed.grid.cells)])
    return f"{number}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _title_inside(matrix: Matrix) -> str:
    first = matrix.own(0)
    if len(first) == 1 and first[0].colspan == matrix.n_columns and printed(first[0].text).endswith("表"):
        return printed(first[0].text)
    return ""


def _unit_inside(matrix: Matrix) -> str | None:
    """The unit that the head of a grid prints for all of its amounts."""
    for row in range(min(3, matrix.n_rows)):
        for cell in matrix.own(row):
            unit = read_unit_line(cell.text)
            if unit:
                return unit
    return None


def announced(layout: Layout, tables: Sequence[Table]) -> list[Announced]:
    """The tables that the contents page names, in order, and what was found of each.

    A table counts as found when its title or its kind agrees; EMPTY carries the note under it that explains.
    """
    found: list[Announced] = []
    taken: set[str] = set()
    for entry in layout.contents:
        title = _entry_title(entry)
        if title is None or any(clean_title(title) == clean_title(other.title) for other in found):
            continue
        statement = statement_titled(title)
        table = _match(title, statement, [table for table in tables if table.id not in taken])
        if table is None:
            found.append(Announced(title, statement.key if statement else "generic", TableState.MISSING))
            continue
        taken.add(table.id)
        state = TableState.EMPTY if table.empty else TableState.FILLED
        found.append(Announced(title, table.kind, state, table.id, empty_note(table) if table.empty else ""))
    return found


def _entry_title(entry: str) -> str | None:
    """The title that an entry of the contents page announces, None when it is not a table's."""
    bare = re.sub(r"[.…·\s]*\d*$", "", entry.strip())
    plain = re.sub(r"\([^()]*\)$", "", re.sub(r"\s+", "", bare)).rstrip("》")
    if not plain.endswith("表") or re.search(r"说明$|报表$|附表$", plain):
        return None
    if re.search(r"第.{1,2}部分|(?:^|年度?|、)(?:单位|部门)(?:预算|决算)(?:公开)?(?:报|附)?表$", plain):
        return None
    return clean_display(bare)


def clean_display(text: str) -> str:
    """An entry's title without its number (一、 / 表五)."""
    return re.sub(
        r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?|(?:附?表|附件)(?:[一二三四五六七八九十]{1,3}|\d{1,2}(?!\d))[:：、.]?|\d{1,2}[、.．])\s*",
        "",
        text,
    ).strip()


def _match(title: str, statement: Statement | None, tables: Sequence[Table]) -> Table | None:
    """The table that an announced title means: the one so titled, else of that kind, else with the longer title."""
    wanted = _core(title)
    exact = [table for table in tables if _core(table.title) == wanted]
    same = [table for table in tables if statement is not None and table.kind == statement.key]
    sheets = [
        table
        for table in tables
        if statement is not None and statement.rows == STATEMENTS[table.kind].rows == "indicators"
    ]
    near = [table for table in tables if len(wanted) >= _FEWEST_SHARED and wanted in _core(table.title)]
    return next(iter([*exact, *same, *sheets, *near]), None)


def _core(title: str) -> str:
    return re.sub(r"（[^（）]*）$|预算|决算|部门|单位|情况|总体", "", clean_title(title))


def empty_note(table: Table) -> str:
    """The note under an empty table that says why it is empty, "" where none does."""
    notes = [note for note in table.notes if _EMPTY_NOTE.search(note) and not _FILL_IN_RULE.search(note)]
    return notes[-1] if notes else ""


_THREE_PUBLIC = (
    "三公经费", "因公出国（境）费", "公务接待费", "公务用车购置及运行费", "公务用车购置费", "公务用车运行维护费",
)  # fmt: skip


def headline_accounts(statement: Statement) -> list[tuple[Scheme, str]]:
    """The accounts a reader would look for in a statement, most important first."""
    if statement.key == "three_public":
        return [(Scheme.THREE_PUBLIC, name) for name in _THREE_PUBLIC]
    if statement.rows in ("function", "economic", "gov_economic"):
        return [(Scheme.TOTAL, INCOME_THIS_YEAR if statement.flow == "收入" else EXPENSE_THIS_YEAR)]
    plain = {
        "operating": "机关运行经费",
        "entrusted": "委托业务费",
        "transfer": "转移支付",
        "carryover": CARRY_IN,
        "procurement": "政府采购",
        "purchased_services": "政府购买服务",
        "project": "项目支出合计",
        "general_project": "项目支出合计",
        "project_carryover": "项目支出合计",
    }
    account = plain.get(statement.key)
    return [(Scheme.SOURCE if account == CARRY_IN else statement.scheme, account)] if account else []
