"""Placed grids become statutory tables: which one, its header paths, its unit, its cells put right by arithmetic."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from corpus.accounts import STATEMENTS, Statement, chart, clean_name, clean_title, statement_titled
from corpus.disclosure import Announced, Disclosure, Level, Table, TableState
from corpus.figure import Scheme
from corpus.money import MONEY_UNITS, read_unit_line
from ingest.columns import printed
from ingest.headers import CODE, Matrix, is_amount, read_head, without_repeats
from ingest.layout import Layout, Placed
from ingest.repair import repaired
from ingest.sheets import continues_sheet
from ingest.units import with_units

_SHEET_WORDS = re.compile(r"三级指标|绩效指标|^(?:年度.{0,6})?指标值|年度总体目标")
_TARGET = re.compile(r"(?:大于|小于|等于|大于等于|小于等于)$|[≥≤>]\d")
_THREE_PUBLIC = ("因公出国（境）费", "公务接待费", "公务用车购置及运行费", "公务用车购置费", "公务用车运行维护费")
_EMPTY_NOTE = re.compile(r"无数据|空表|空白|没有|未安排|不涉及|无此|为零|未发生|无.{0,30}(?:支出|收入|预算|安排|经费)")
_ISSUED_BY = re.compile(r"(?:编制|填报|编报|公开)(?:单位|部门)(?:名称)?\s*[:：]\s*(\S+)")
_FILL_IN_RULE = re.compile(r"仍保留该表格式|作下述说明|^注[:：]本表反映")


def recognise(layout: Layout, disclosure: Disclosure) -> list[Table]:
    """Every table of a document, in order: statutory ones by kind, unknown ones as "generic".

    Cells keep what is printed. A row that a page break shifted is put right where the sums leave exactly one reading;
    `Cell.repaired` says why.
    """
    tables: list[Table] = []
    numbers = count(1)
    for placed in layout.tables:
        table = _table(placed, f"t{next(numbers)}")
        if tables and continues_sheet(table, tables[-1]):
            table = replace(table, kind=tables[-1].kind, unit=table.unit or tables[-1].unit)
        statement = STATEMENTS[table.kind]
        tables.append(table if statement.rows == "indicators" else repaired(table, statement, disclosure))
    return with_units(tables)


def _table(placed: Placed, number: str) -> Table:
    grid = placed.grid
    matrix = Matrix(grid.n_rows, grid.n_columns, grid.cells)
    title = placed.title or _title_inside(matrix)
    sheet = _is_sheet(matrix)
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
    table = replace(table, kind=_kind(table, matrix, sheet=sheet, section=placed.section))
    amounts = any(is_amount(cell.text) for cell in table.cells if cell.row >= table.header_rows)
    return replace(table, empty=not amounts)


def _issued_by(placed: Placed) -> list[str]:
    """The line above a table that names whose table it is (编制单位:…), as the last part of its section."""
    for line in placed.before:
        found = _ISSUED_BY.search(line)
        if found and not re.search(r"单位|[::]", found.group(1)):
            return [f"编制单位:{found.group(1)}"]
    return []


def owner_of(table: Table, disclosure: Disclosure) -> str:
    """The sub-unit whose table it is in a department's disclosure, "" for the issuer's own."""
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


def _is_sheet(matrix: Matrix) -> bool:
    """Whether a grid is a form with labels beside values (绩效目标表) rather than a table with headed columns."""
    texts = [printed(cell.text) for cell in matrix.cells if cell.text]
    targets = sum(bool(_TARGET.match(text)) for text in texts)
    return any(_SHEET_WORDS.search(text) for text in texts) or targets >= 3


def _kind(table: Table, matrix: Matrix, *, sheet: bool, section: Sequence[str]) -> str:
    """The statement's key, by title where the content does not contradict it, else by content."""
    titled = statement_titled(table.title)
    content = _content(table, matrix, sheet=sheet)
    if sheet:
        whole = titled is not None and titled.key == "performance_unit"
        return "performance_unit" if whole or _is_whole_unit(matrix) else "performance_project"
    if titled is not None and titled.rows == "indicators":
        titled = None
    if titled is not None and (content is None or _compatible(titled, content)):
        return titled.key
    return _by_content(content, table, matrix, titled) or _by_words(table, section)


def _is_whole_unit(matrix: Matrix) -> bool:
    texts = {printed(cell.text) for cell in matrix.cells}
    return not any(re.match(r"项目名称|项目资金|专项资金", text) for text in texts) and any(
        re.match(r"部门名称|单位名称|年度预算|预算金额|支出结构", text) for text in texts
    )


def _content(table: Table, matrix: Matrix, *, sheet: bool) -> str | None:
    """What the rows of a table are by its content alone (a value of `Statement.rows`), None where it does not tell."""
    if sheet:
        return "indicators"
    heads = [clean_name(part) for path in table.columns for part in path.split("/")]
    items = {item.name for text in heads if (item := chart().named(text, Scheme.THREE_PUBLIC))}
    body = [cell for cell in table.cells if cell.row >= table.header_rows and cell.text]
    first = {clean_name(cell.text) for cell in body if cell.column <= 1}
    named = {item.name for text in first if (item := chart().named(text, Scheme.THREE_PUBLIC))}
    if len(items & set(_THREE_PUBLIC)) >= 2 or len(named & set(_THREE_PUBLIC)) >= 3:
        return "items"
    joined = " ".join(table.columns)
    names = [i for i, path in enumerate(table.columns) if re.search(r"项目|科目", printed(path.split("/")[-1]))]
    if "收入" in joined and "支出" in joined and len(names) >= 2 and names[-1] - names[0] >= 2:
        return "sides"
    first_digits = _classes(matrix, table.header_rows)
    if not first_digits:
        return None
    digit = max("235", key=first_digits.count)
    return {"2": "function", "3": "economic", "5": "gov_economic"}[digit]


def _classes(matrix: Matrix, start: int) -> list[str]:
    """First digits of the class codes in the body. A bare 类 counts only with its name: 301 may number a unit."""
    schemes = {"2": Scheme.FUNCTION, "3": Scheme.ECONOMIC, "5": Scheme.GOV_ECONOMIC}
    found = []
    for row in range(start, matrix.n_rows):
        cells = matrix.own(row)[:5]
        for index, cell in enumerate(cells):
            following = cells[index + 1] if index + 1 < len(cells) else None
            code = printed(cell.text)
            split = re.match(r"(\d{3}(?:\d{2}){0,2})(?=\D)", code)
            name = clean_name(code[split.end() :]) if split else clean_name(following.text) if following else ""
            code = split.group(1) if split else code
            if code[:1] not in schemes or not CODE.fullmatch(code):
                continue
            account = chart().account(schemes[code[0]], code[:3])
            named = account is not None and name in map(clean_name, (account.name, *account.aliases))
            if account is not None and (named or len(code) > 3):
                found.append(code[0])
                break
    return found


def _compatible(statement: Statement, content: str) -> bool:
    if statement.rows == content or statement.rows in ("projects", "units"):
        return statement.rows == content or content not in ("sides", "items")
    if statement.key == "state_capital" or statement.key == "fund_expenditure":
        return content in ("function", "sides")
    return statement.key == "generic"


def _by_content(content: str | None, table: Table, matrix: Matrix, titled: Statement | None) -> str | None:
    """The statement that a table's content shows where title and content disagree or there is no title."""
    words = "".join(table.columns)
    if content == "items":
        return "three_public"
    if content == "sides":
        return "fiscal_income_expenditure" if _only_fiscal(table, words) else "income_expenditure"
    if content in ("economic", "gov_economic"):
        basic = any(word in words for word in ("人员经费", "公用经费", "人员支出", "公用支出", "基本支出"))
        name = "economic" if content == "economic" else "gov_economic"
        if basic or (titled is not None and titled.component == "基本支出"):
            return f"basic_{name}"
        return f"general_{name}" if "一般公共预算" in words + table.title else "expenditure_economic"
    if content == "function":
        if "政府性基金预算支出" in words:
            return "fund_expenditure"
        if re.search(r"一般公共预算(?:财政拨款)?支出", words):
            return "general_expenditure"
        if "基本支出" in words or "项目支出" in words:
            fiscal = titled is not None and titled.funding == "财政拨款"
            return "fiscal_expenditure" if fiscal else "expenditure"
        return "income" if "收入" in words else (titled.key if titled and titled.rows == "function" else "expenditure")
    return None


def _only_fiscal(table: Table, words: str) -> bool:
    labels = {clean_name(cell.text) for cell in table.cells if cell.row >= table.header_rows}
    others = {"事业收入", "其他收入", "事业单位经营收入", "经营收入", "单位资金", "财政专户管理资金", "上级补助收入"}
    return "财政拨款" in words + clean_title(table.title) or not labels & others


def _by_words(table: Table, section: Sequence[str]) -> str:
    """Tables without statutory title or codes: unit lists and projects by their headings, the rest generic."""
    leaves = [printed(path.split("/")[-1]) for path in table.columns]
    amounts = [cell for cell in table.cells if cell.row >= table.header_rows and is_amount(cell.text)]
    if any(re.search(r"单位名称|预算单位", leaf) for leaf in leaves):
        here = "".join(section[-1:])
        if not any(re.search(r"[.,]", cell.text) for cell in amounts) and (
            len(leaves) <= 4 or re.search(r"单位.*(?:构成|基本情况|名单)", here)
        ):
            return "unit_list"
    if amounts and any(leaf == "项目名称" for leaf in leaves):
        return "project"
    return "generic"


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
    wanted = _core(title)
    for table in tables:
        if _core(table.title) == wanted:
            return table
    if statement is None or statement.rows == "indicators":
        sheets = [t for t in tables if statement is not None and t.kind == statement.key]
        return sheets[0] if sheets else None
    same = [table for table in tables if table.kind == statement.key]
    return same[0] if same else None


def _core(title: str) -> str:
    return re.sub(r"（[^（）]*）$|预算|决算|部门|单位|情况|总体", "", clean_title(title))


def empty_note(table: Table) -> str:
    """The note under an empty table that says why it is empty, "" where none does."""
    notes = [note for note in table.notes if _EMPTY_NOTE.search(note) and not _FILL_IN_RULE.search(note)]
    return notes[-1] if notes else ""


def money_unit(unit: str | None) -> bool:
    """Whether a unit is a money unit."""
    return unit in MONEY_UNITS
