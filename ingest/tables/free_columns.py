"""What the columns of a table without statutory form say of the thing in their row: people, pupils, vehicles, money.

Rows of such tables are institutions (`ingest.tables.institutions`) or years (`ingest.tables.yearly`); their headings are as
free as their rows are plain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.accounts import STATEMENTS, chart, clean_name
from corpus.disclosure import Cell, Disclosure, Table
from corpus.figure import Measure, Scheme
from corpus.money import COUNT_UNITS, MONEY_UNITS, Absence, Amount, read_cell
from ingest.page import OVERPRINTED
from ingest.tables import columns as headed
from ingest.tables.columns import parts, printed
from ingest.tables.entries import EXPENSE_THIS_YEAR, INCOME_THIS_YEAR
from ingest.tables.sums import is_unreadable

_PART = re.compile(r"其中[:：]?")
_COUNTED = (
    (re.compile(r"床"), "张"),
    (re.compile(r"车(?!.*(?:人|员))"), "辆"),
    (re.compile(r"班级|教学班|班数|开班"), "个"),
    (re.compile(r"面积"), "平方米"),
    (
        re.compile(
            r"学生|在校生|幼儿|儿童|学员|教师|教职工|职工|人数|人员|编制|医生|医师|护士|民警|干警|辅警|户籍|人口|"
            r"离休|退休|在职|在编|在岗|实有|现有|遗属|聘用|编外|派遣"
        ),
        "人",
    ),
)
_PLAIN_SUMS = frozenset({"合计", "总计", "小计", "共计"})
_STAFF_WORDS = re.compile(r"编制|在职|在编|在岗|实有|现有|离休|退休|聘用|编外|遗属|供养|临聘|派遣")
_KIND = re.compile(r"行政|事业|参公|工勤|全额|差额|自收自支|后勤|公益一类|公益二类")
_PUPILS = re.compile(
    r"(?:在校|在籍|在读|在园)?(?P<who>中小学生|小学生|初中生|高中生|学生|幼儿|儿童|学员)(?:总?人?数)?|(?P<at>在校生|在园生)(?:总?人?数)?"
)
_MONEY_WORDS = re.compile(r"金额|收入|支出|经费|预算数|决算数|预算额|拨款|资金|补助")
_TAIL = re.compile(r"(?:总?人数|总数|数量|情况|数)$")
_COUNTS = "|".join(map(re.escape, sorted(COUNT_UNITS, key=len, reverse=True)))
_UNIT_PRINTED = re.compile(rf"[(（](?:单位[:：]?)?(百万元|千元|万元|亿元|元|%|㎡|{_COUNTS})[)）]")


@dataclass(frozen=True, slots=True)
class FreeColumn:
    """What an amount column says of the institution of its row. `unit` is None where the table's own counts."""

    scheme: Scheme
    account: str
    measure: Measure
    unit: str | None
    year: int
    flow: str = ""
    funding: str = "全部"
    component: str = "合计"


def column_meaning(table: Table, column: int, disclosure: Disclosure) -> FreeColumn | None:
    """What the headings over a column say; None for a column that numbers rows or gives a year or telephone number."""
    heads = [printed(part) for part in parts(table.columns[column])]
    if not heads or re.search(r"序号|编号|代码|电话|邮编|年份|日期|时间$|增减|增长|比上年|同比|变动|幅度", heads[-1]):
        return None
    told = next((found.group(1) for head in reversed(heads) if (found := _UNIT_PRINTED.search(head))), None)
    year = _year(heads, disclosure)
    words = [_worded(head) for head in heads]
    words = [word for word in words if word and word not in _PLAIN_SUMS]
    whole = "".join(dict.fromkeys(words))
    counted = next((unit for pattern, unit in _COUNTED if pattern.search(whole)), "")
    if told in MONEY_UNITS or (told is None and _pays(whole, counted)):
        return _paid(table.columns[column], words, told, year, disclosure)
    unit = told or counted
    unit = {"名": "人", "㎡": "平方米", "班": "个"}.get(unit, unit)
    if _STAFF_WORDS.search(whole) and unit == "人":
        return FreeColumn(Scheme.STAFF, _staff(words, whole), Measure.COUNT, "人", year)
    if "车" in whole and re.search(r"辆", unit) and not re.search(r"司机|驾驶", whole):
        return FreeColumn(Scheme.ASSET, _holding(whole), Measure.COUNT, "辆", year)
    share = unit == "%" or re.search(r"率$|占比|比例", whole)
    name = _counted(whole) or heads[-1]
    return FreeColumn(Scheme.OTHER, name, Measure.SHARE if share else Measure.COUNT, "%" if share else unit, year)


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


def _pays(words: str, counted: str) -> bool:
    """Whether headings that print no unit speak of money: by their words, where they count nothing."""
    return bool(re.search(r"费$|经费|支出|收入", words)) or (not counted and _MONEY_WORDS.search(words) is not None)


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


def _paid(path: str, words: Sequence[str], unit: str | None, year: int, disclosure: Disclosure) -> FreeColumn:
    """An amount of money: income, expenditure or a part of it, a known cost, else what the heading calls it."""
    whole = "".join(dict.fromkeys(words))
    known = headed.meaning(path, replace(STATEMENTS["generic"], flow="支出"), disclosure)
    item = next((i for word in (*reversed(words), whole) for i in chart().all_named(word)), None)
    if item is not None and item.scheme in (Scheme.THREE_PUBLIC, Scheme.OPERATING, Scheme.PROCUREMENT):
        funding = "全部" if item.scheme is Scheme.PROCUREMENT else "财政拨款"
        return FreeColumn(item.scheme, item.name, Measure.AMOUNT, unit, year, "支出", funding)
    source = next((i for word in reversed(words) for i in chart().all_named(word, Scheme.SOURCE)), None)
    if source is not None and "支出" not in whole and words[-1] != "收入":
        return FreeColumn(Scheme.SOURCE, source.name, Measure.AMOUNT, unit, year, "收入")
    if "收入" in whole:
        return FreeColumn(Scheme.TOTAL, INCOME_THIS_YEAR, Measure.AMOUNT, unit, year, "收入", known.funding)
    plain = chart().component(words[-1]) if words else None
    if plain is not None or "支出" in whole or re.fullmatch(r"(?:预算|决算|安排)?(?:金额|总额|数|资金)?", whole):
        return FreeColumn(
            Scheme.TOTAL, EXPENSE_THIS_YEAR, Measure.AMOUNT, unit, year, "支出", known.funding, plain or "合计"
        )
    return FreeColumn(Scheme.OTHER, _TAIL.sub("", whole) or path, Measure.AMOUNT, unit, year, "支出")


def read_amount(cell: Cell, unit: str | None, meaning: FreeColumn) -> Amount | Absence | None:
    """The amount of a cell, UNREADABLE for one that is no number for sure, None where nothing is stated."""
    if is_unreadable(cell):
        return Absence.UNREADABLE
    if cell.repaired and cell.repaired.startswith(OVERPRINTED):
        return None
    read = read_cell(cell.text, unit or "")
    if isinstance(read, Amount):
        return Absence.UNREADABLE if meaning.measure is Measure.AMOUNT and not read.unit else read
    return read if read is Absence.UNREADABLE else None
