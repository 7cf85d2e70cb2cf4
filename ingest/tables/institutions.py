"""Tables whose rows are institutions (schools, hospitals, stations, sub-units) with what each of them has.

Such a table stands in the chapter on a department's make-up (部门预算单位构成): posts, staff, retired, pupils, beds, vehicles
and sometimes amounts, one institution a row. Every cell becomes a figure whose `entity` is the institution of its row;
the row that adds them up is the issuer's own ("" as entity).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.accounts import STATEMENTS, chart, clean_name
from corpus.disclosure import Cell, Disclosure, Table
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.locator import Locator
from corpus.money import MONEY_UNITS, Absence, Amount, read_cell
from ingest.page import OVERPRINTED
from ingest.tables import columns as headed
from ingest.tables.columns import Half, halves, parts, printed
from ingest.tables.headers import Matrix, is_amount, is_total
from ingest.tables.hierarchy import EXPENSE_THIS_YEAR, INCOME_THIS_YEAR
from ingest.tables.sums import is_unreadable

_LISTS = re.compile(
    r"(?:预算|基层|所属|下属|二级|填报|编制|用人|核算)?(?:单位|机构|部门|学校|院校|校园|园所|医院|站所|场馆|法庭|院所)(?:全称|名称|名)?|名称|校名|园名|"
    r"(?!.*(?:项目|科目|指标|功能|经济|资金|货物|品目|设备|资产|科室|处室|内设|政策|专项))[一-鿿]{2,6}名称"
)
"""The heading over the institutions' names."""
_BODY = re.compile(
    r".*(?:局|委|办|院|校|所|队|站|厅|会|处|馆|府|学|园|场|台|社|部|关|地|司|中|小|幼|高|初|团|库|室|心|庭|中心|街道|镇|乡|本级|机关|基地|本部|(?:中|小|幼|高)部)(?:[(（][^()（）]{1,12}[)）])?"
)
"""How an institution's name ends, short forms of schools (一小, 四中) among them."""
_FEWEST = 2
_PART = re.compile(r"其中[:：]?")
_COUNTED = (
    (
        re.compile(
            r"学生|在校生|幼儿|儿童|学员|教师|教职工|职工|人数|人员|编制|医生|医师|护士|民警|干警|辅警|户籍|人口"
        ),
        "人",
    ),
    (re.compile(r"班级|教学班|班数|开班"), "个"),
    (re.compile(r"床"), "张"),
    (re.compile(r"车"), "辆"),
    (re.compile(r"面积"), "平方米"),
)
_STAFF_WORDS = re.compile(r"编制|在职|在编|在岗|实有|现有|离休|退休|聘用|编外|遗属|供养|临聘|派遣")
_KIND = re.compile(r"行政|事业|参公|工勤|全额|差额|自收自支|后勤|公益一类|公益二类")
_PUPILS = re.compile(
    r"(?:在校|在籍|在读|在园)?(?P<who>中小学生|小学生|初中生|高中生|学生|幼儿|儿童|学员)(?:总?人?数)?|(?P<at>在校生|在园生)(?:总?人?数)?"
)
_MONEY_WORDS = re.compile(r"金额|收入|支出|经费|预算数|决算数|预算额|拨款|资金|补助")
_TAIL = re.compile(r"(?:总?人数|总数|数量|情况|数)$")
_UNIT_PRINTED = re.compile(
    r"[(（](?:单位[:：]?)?(百万元|千元|万元|亿元|元|%|辆|台|个|所|人|名|张|平方米|㎡|班|间|户)[)）]"
)


@dataclass(frozen=True, slots=True)
class _Column:
    """What an amount column says of the institution of its row. `unit` is None where the table's own counts."""

    scheme: Scheme
    account: str
    measure: Measure
    unit: str | None
    year: int
    flow: str = ""
    funding: str = "全部"
    component: str = "合计"


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
        meanings = {c: m for c in half.amounts if (m := _meaning(table, c, disclosure)) is not None}
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
    table: Table, matrix: Matrix, half: Half, row: int, meanings: dict[int, _Column], disclosure: Disclosure
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
        amount = _read(cell, table.unit if meaning.unit is None else meaning.unit, meaning)
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


def _read(cell: Cell, unit: str | None, meaning: _Column) -> Amount | Absence | None:
    """The amount of a cell, UNREADABLE for one that is no number for sure, None where nothing is stated."""
    if is_unreadable(cell):
        return Absence.UNREADABLE
    if cell.repaired and cell.repaired.startswith(OVERPRINTED):
        return None
    read = read_cell(cell.text, unit or "")
    if isinstance(read, Amount):
        return Absence.UNREADABLE if meaning.measure is Measure.AMOUNT and not read.unit else read
    return read if read is Absence.UNREADABLE else None


def _place(table: Table, cell: Cell, name: str, disclosure: Disclosure) -> Locator:
    return Locator(
        document=disclosure.name, page=cell.page if cell.page is not None else next(iter(table.pages), None),
        table=table.title or STATEMENTS[table.kind].name, row=name, column=table.columns[cell.column], quote=cell.text,
        bbox=cell.bbox, table_id=table.id, row_index=cell.row, column_index=cell.column,
    )  # fmt: skip


def _meaning(table: Table, column: int, disclosure: Disclosure) -> _Column | None:
    """What the headings over a column say; None for a column that numbers rows or gives a year or telephone number."""
    heads = [printed(part) for part in parts(table.columns[column])]
    if not heads or re.search(r"序号|编号|代码|电话|邮编|年份|日期|时间$", heads[-1]):
        return None
    told = next((found.group(1) for head in reversed(heads) if (found := _UNIT_PRINTED.search(head))), None)
    year = _year(heads, disclosure)
    words = [_worded(head) for head in heads]
    words = [word for word in words if word and not is_total(word)]
    whole = "".join(dict.fromkeys(words))
    if told in MONEY_UNITS or (told is None and _pays(whole, table)):
        return _paid(table.columns[column], words, told, year, disclosure)
    unit = told or next((unit for pattern, unit in _COUNTED if pattern.search(whole)), "")
    unit = {"名": "人", "㎡": "平方米", "班": "个"}.get(unit, unit)
    if _STAFF_WORDS.search(whole) and unit == "人":
        return _Column(Scheme.STAFF, _staff(words, whole), Measure.COUNT, "人", year)
    if "车" in whole and re.search(r"辆", unit) and not re.search(r"司机|驾驶", whole):
        return _Column(Scheme.ASSET, _holding(whole), Measure.COUNT, "辆", year)
    share = unit == "%" or re.search(r"率$|占比|比例", whole)
    name = _counted(whole) or heads[-1]
    return _Column(Scheme.OTHER, name, Measure.SHARE if share else Measure.COUNT, "%" if share else unit, year)


def _year(heads: Sequence[str], disclosure: Disclosure) -> int:
    found = headed.meaning("", STATEMENTS["generic"], disclosure)
    for head in heads:
        found = headed.in_time(found, head, disclosure)
    return found.year


def _worded(head: str) -> str:
    """A heading without unit and year."""
    bare = re.sub(
        r"(?:截至)?(?<!\d)20\d\d(?!\d)年?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:度|末|底)?", "", _UNIT_PRINTED.sub("", head)
    )
    return _PART.sub("", clean_name(re.sub(r"^(?:年末|年底|年初)", "", bare)))


def _pays(words: str, table: Table) -> bool:
    return table.unit in MONEY_UNITS and _MONEY_WORDS.search(words) is not None


def _staff(words: Sequence[str], whole: str) -> str:
    """The kind of posts or people that headings name, as running text calls them: 行政编制, 在职人员, 事业在职人员."""
    leaf = _TAIL.sub("", words[-1]) if words else ""
    for said in (leaf, words[-1] if words else "", whole):
        known = chart().named(said, Scheme.STAFF)
        if known is not None:
            return known.name
    if re.search(r"民警|干警|辅警|教师|教职工|医师|护士|法官|检察官", whole):
        return whole  # the posts or the number of one profession
    kinds = "".join(dict.fromkeys(_KIND.findall(whole)))
    state = next((name for pattern, name in _STATES if pattern.search(whole)), "")
    if state == "编制人数":
        return f"{kinds}编制" if kinds else _named_posts(whole)
    if not state:
        return _counted(whole) or whole
    if kinds:
        return f"{kinds}{'' if state == '实有人员' else state.removesuffix('人员')}人员"
    return state


_STATES = (
    (re.compile(r"离退休|离休.*退休|退休.*离休"), "离退休人员"),
    (re.compile(r"离休"), "离休人员"),
    (re.compile(r"退休"), "退休人员"),
    (re.compile(r"编外|临聘|聘用"), "聘用人员"),
    (re.compile(r"派遣"), "劳务派遣人员"),
    (re.compile(r"遗属"), "遗属人员"),
    (re.compile(r"供养"), "财政供养人员"),
    (re.compile(r"在职|在编|在岗"), "在职人员"),
    (re.compile(r"编制"), "编制人数"),
    (re.compile(r"实有|现有"), "实有人员"),
)
"""Kinds of people by their heading, the narrower before the wider."""


def _named_posts(whole: str) -> str:
    return (
        "编制人数"
        if re.fullmatch(r"(?:人员|核定|批准|定员|总)*编制(?:人员|核定|总)*(?:人数|数|人)?(?:数)?", whole)
        else whole
    )


def _holding(whole: str) -> str:
    known = chart().named(_TAIL.sub("", whole), Scheme.ASSET)
    return (
        known.name
        if known is not None
        else (
            "车辆"
            if re.fullmatch(r"(?:公务|实有|现有|保有)*(?:用车|车辆|汽车)(?:编制|保有量|实有|数量|台数|辆数|数)*", whole)
            else whole
        )
    )


def _counted(whole: str) -> str:
    """What is counted: 在校学生数 and 学生人数 are 学生."""
    pupils = _PUPILS.fullmatch(whole)
    if pupils:
        return pupils["who"] or "学生"
    return _TAIL.sub("", whole) if not re.fullmatch(r"总?人数|总数|数量|人数", whole) else whole


def _paid(path: str, words: Sequence[str], unit: str | None, year: int, disclosure: Disclosure) -> _Column:
    """An amount of money: income, expenditure or a part of it, a known cost, else what the heading calls it."""
    whole = "".join(dict.fromkeys(words))
    known = headed.meaning(path, replace(STATEMENTS["generic"], flow="支出"), disclosure)
    item = next((i for word in (*reversed(words), whole) for i in chart().all_named(word)), None)
    if item is not None and item.scheme in (Scheme.THREE_PUBLIC, Scheme.OPERATING, Scheme.PROCUREMENT):
        funding = "全部" if item.scheme is Scheme.PROCUREMENT else "财政拨款"
        return _Column(item.scheme, item.name, Measure.AMOUNT, unit, year, "支出", funding)
    if "收入" in whole:
        return _Column(Scheme.TOTAL, INCOME_THIS_YEAR, Measure.AMOUNT, unit, year, "收入", known.funding)
    plain = chart().component(words[-1]) if words else None
    if plain is not None or "支出" in whole or re.fullmatch(r"(?:预算|决算|安排)?(?:金额|总额|数|资金)?", whole):
        return _Column(
            Scheme.TOTAL, EXPENSE_THIS_YEAR, Measure.AMOUNT, unit, year, "支出", known.funding, plain or "合计"
        )
    return _Column(Scheme.OTHER, _TAIL.sub("", whole) or path, Measure.AMOUNT, unit, year, "支出")
