"""What each column of a statutory table is: code, name, other label or amount, and what an amount in it means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.accounts import Statement, chart, clean_name
from corpus.disclosure import Basis, Cell, Disclosure, Table
from corpus.figure import Measure, Scheme
from corpus.money import COUNT_UNITS, MONEY_UNITS, normalise
from ingest.tables.headers import Matrix, is_amount, is_total


class Role(StrEnum):
    """What a column holds."""

    CODE = "code"
    NAME = "name"
    UNIT = "unit"
    """The sub-unit whose row it is."""
    LABEL = "label"
    """Other text: project type, government economic class, notes."""
    AMOUNT = "amount"
    SKIP = "skip"
    """Running numbers."""


@dataclass(frozen=True, slots=True)
class Half:
    """A logical table within a grid: its label columns and, right of them, its amount columns.

    Two statements printed side by side (收入 | 支出, 301 | 302) are two halves of one grid.
    """

    codes: tuple[int, ...]
    name: int | None
    units: tuple[int, ...]
    labels: tuple[int, ...]
    amounts: tuple[int, ...]

    @property
    def columns(self) -> tuple[int, ...]:
        """All its columns, from left to right."""
        names = () if self.name is None else (self.name,)
        return tuple(sorted({*self.codes, *names, *self.units, *self.labels, *self.amounts}))


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an amount in a column says, apart from its row. `account` is set where the column itself names the account.

    `unit` is set where the heading prints one. `plain` is True for the column that adds up the others (合计).
    """

    flow: str
    funding: str
    component: str
    measure: Measure
    year: int
    basis: Basis
    compared: int | None = None
    account: str = ""
    unit: str | None = None
    plain: bool = False


_CODE = re.compile(r"(?:编码|代码|编号|科目号)$|^[类款项]$")
_NAME = re.compile(
    r"名称(?:$|\()|^(?:项目|预算|实施|所属|用款|申报)单位$|^项目$|^科目$|项目\(|支出内容|^内容$|^单位$|^部门$|^科目\(|支出项目$|收入项目$|^(?:支出|经济|功能)分类(?:科目)?$"
)
_UNIT = re.compile(r"单位|部门(?!预算)|机构")
_SKIP = re.compile(r"^(?:序号|行次|栏次)$")
_NOTE = re.compile(r"计量单位|规格|备注|说明|依据|用途|性质|类型|类别|绩效|政府(?:预算)?(?:支出)?经济")
_UNIT_PRINTED = re.compile(r"\((?:单位:?)?(百万元|千元|万元|亿元|元|%|辆|个|人|人次|批次|台|套|平方米|批|次)\)")
_DASH = re.compile(r"\s*[-—－–]+\s*")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)(?:年度?)?")
_COUNTED = re.compile(r"^(?:采购|实物|资产)?(?:数量|台数|辆数|件数|面积)$")
_GOV_ECONOMIC = re.compile(r"政府(?:预算)?(?:支出)?经济")


def printed(text: str) -> str:
    """A heading or label without blanks, full-width forms folded."""
    return re.sub(r"\s+", "", normalise(text))


def parts(path: str) -> tuple[str, ...]:
    """The headings of a column path from the top down."""
    return tuple(part for part in path.split("/") if part)


def roles(table: Table, matrix: Matrix) -> list[Role]:
    """The role of every column, by its lowest heading and by what stands below it."""
    found = []
    for column, path in enumerate(table.columns):
        heads = [printed(part) for part in parts(path)]
        cells = [cell for row in range(table.header_rows, table.n_rows) if (cell := _own(matrix, row, column))]
        filled = [cell.text for cell in cells if cell.text]
        amounts = sum(map(is_amount, filled))
        if filled and all(_DASH.fullmatch(text) for text in filled) and heads and not _NOTE.search(heads[-1]):
            amounts = len(filled)  # nothing but dashes: an amount of nothing in every row
        measures = bool(heads) and is_measure_column(heads[-1], filled)
        found.append(Role.LABEL if measures else _role(heads, amounts, len(filled)))
    return found


def is_measure_column(heading: str, texts: Sequence[str]) -> bool:
    """Whether a column headed 单位 says in what each row is counted (人, 亩, 万元) and not whose row it is."""
    known = (*MONEY_UNITS, *COUNT_UNITS, "平方公里", "%", "年", "吨", "㎡")
    return heading in ("单位", "计量单位", "度量单位") and bool(texts) and all(printed(text) in known for text in texts)


def _own(matrix: Matrix, row: int, column: int) -> Cell | None:
    cell = matrix.area.get((row, column))
    return cell if cell and cell.row == row and cell.column == column else None


def _role(heads: Sequence[str], amounts: int, filled: int) -> Role:
    leaf = heads[-1] if heads else ""
    if _SKIP.search(leaf) or _SKIP.search("".join(heads[-2:])):  # 行 over 次
        return Role.SKIP
    mostly = amounts * 2 > filled
    if _CODE.search(leaf) and not (mostly and amounts and not re.search(r"码|类|款|项", leaf)):
        return Role.UNIT if _UNIT.search(leaf) and "科目" not in leaf else Role.CODE
    if mostly and amounts:
        return Role.AMOUNT
    if _NAME.search(leaf) and not _GOV_ECONOMIC.search(leaf):
        return Role.UNIT if _UNIT.search(leaf) and "科目" not in leaf else Role.NAME
    if _NOTE.search(leaf) and not (chart().funding(leaf) or chart().component(leaf)):
        return Role.LABEL
    if filled and not amounts:
        return Role.LABEL
    return Role.AMOUNT if heads else Role.LABEL


def halves(table: Table, matrix: Matrix, statement: Statement) -> list[Half]:
    """The logical tables of a grid: a new one begins with the label column that follows an amount column."""
    blocks: list[list[tuple[int, Role]]] = [[]]
    kinds = roles(table, matrix)
    labels = {Role.CODE, Role.NAME, Role.UNIT}
    if statement.rows == "sides":
        labels.add(Role.LABEL)  # a third side by kind of expenditure, whatever its heading is called
    for column, kind in enumerate(kinds):
        begun = any(k is Role.AMOUNT for _, k in blocks[-1])
        if begun and kind in labels and Role.AMOUNT in kinds[column:]:
            blocks.append([])
        blocks[-1].append((column, kind))
    found = [_half(block, table, statement) for block in blocks]
    return [half for half in found if half.amounts] or found[:1]


def _half(block: Sequence[tuple[int, Role]], table: Table, statement: Statement) -> Half:
    of = {role: [column for column, kind in block if kind is role] for role in Role}
    names, labels = of[Role.NAME], of[Role.LABEL]
    name: int | None = None
    if names:
        projects = [column for column in names if "项目" in parts(table.columns[column])[-1]]
        name = projects[-1] if projects and statement.rows == "projects" else names[0]
    elif of[Role.UNIT]:
        name = of[Role.UNIT].pop()
    elif labels:
        name = labels[0]
    word = _CLASS_WORD.get(statement.rows)
    classed = {column for column, _ in block if word and word.search(printed(table.columns[column]))}
    if of_class := [column for column in names if column in classed and column != name]:
        name = of_class[0]  # 项目名称 | 功能科目名称 | 部门经济科目名称: rows are what the statement lists
        of[Role.CODE] = [column for column in of[Role.CODE] if column in classed] or of[Role.CODE]
    first = [column for column in of[Role.CODE] if name is None or column < name] or of[Role.CODE]
    rest = {*names, *labels, *of[Role.CODE]} - {name, *first}
    return Half(tuple(first), name, tuple(of[Role.UNIT]), tuple(sorted(rest)), tuple(of[Role.AMOUNT]))


def meanings(table: Table, half: Half, statement: Statement, disclosure: Disclosure, flow: str) -> dict[int, Meaning]:
    """The meaning of every amount column of a half; columns that would mean the same keep their headings."""
    note = " ".join((table.title, *table.notes))
    found = {column: meaning(table.columns[column], statement, disclosure, flow, note) for column in half.amounts}
    if statement.funding != "全部" and any(value.funding in _NOT_FISCAL for value in found.values()):
        for column, value in found.items():
            if value.funding == statement.funding and not _names_fund(table.columns[column]):
                found[column] = replace(value, funding="全部")  # a total beside 其他资金 is one of all money
    groups: dict[Meaning, list[int]] = {}
    for column, value in found.items():
        groups.setdefault(replace(value, plain=False), []).append(column)
    for value, columns in groups.items():
        this_year = [column for column in columns if printed(table.columns[column]).startswith("本年收入/")]
        if len(columns) == 2 and len(this_year) == 1 and statement.flow == "收入" and not value.account:
            found[this_year[0]] = replace(value, account=THIS_YEAR_INCOME, plain=False)
            continue
        plain = [column for column in columns if found[column].plain]
        for column in columns[1:] if not plain else [c for c in columns if c != plain[0]]:
            word = "·".join(clean_name(part) for part in parts(table.columns[column])) or f"第{column + 1}列"
            found[column] = replace(value, component=word)
    return found


_CLASS_WORD = {
    "function": re.compile(r"功能"),
    "economic": re.compile(r"(?<!政府)(?<!政府预算)(?<!政府预算支出)(?<!政府支出)经济"),
    "gov_economic": re.compile(r"政府(?:预算)?(?:支出)?经济"),
}
_NOT_FISCAL = frozenset({"财政专户", "单位资金", "其他资金", "非财政拨款", "事业收入", "其他收入"})


def _names_fund(path: str) -> bool:
    return any(chart().funding(clean_name(part)) not in (None, "全部") for part in parts(path))


def meaning(path: str, statement: Statement, disclosure: Disclosure, flow: str = "", note: str = "") -> Meaning:
    """What amounts below the headings of `path` mean in a statement; `note` is what is printed under the table."""
    found = Meaning(
        flow=statement.flow or flow,
        funding=statement.funding,
        component=statement.component,
        measure=Measure.AMOUNT,
        year=disclosure.year,
        basis=disclosure.basis,
        plain=True,
    )
    headings = [printed(part) for part in parts(path)]
    for depth, text in enumerate(headings):
        unit = _UNIT_PRINTED.search(text)
        if unit:
            found = replace(found, unit=unit.group(1))
            text = text.replace(unit.group(), "")
        found = in_measure(in_time(found, text, disclosure, note), text)
        word = _TIME_WORD.sub("", clean_name(_YEAR.sub("", text)))
        moved = found.measure not in (Measure.AMOUNT, Measure.COUNT)
        if word and not is_total(word) and not _COUNTED.search(text) and (not moved or _names_cost(word)):
            plain = found.plain
            if word == "其他" and depth and (upper := _economic_class(headings[depth - 1])):
                found = replace(found, component=f"{upper}·其他", plain=False)
                continue  # what is left of the class, no money from other sources
            found = _in_word(found, word, statement, leaf=depth == len(headings) - 1)
            found = replace(found, plain=plain) if moved else found
    return found


def _economic_class(heading: str) -> str:
    """The class of expenditure by its use (工资福利支出) that a heading names, "" where it names none."""
    word = clean_name(heading)
    named = any(chart().named(word, scheme) is not None for scheme in _BY_CLASS)
    return word if named or _OF_USE.search(word) else ""


_OF_USE = re.compile(r"工资福利|商品和服务|个人和家庭|资本性支出")


def _names_cost(word: str) -> bool:
    """Whether a heading below 增减变化 says which of the three public costs changed."""
    return chart().named(word, Scheme.THREE_PUBLIC) is not None


def _in_word(found: Meaning, word: str, statement: Statement, *, leaf: bool) -> Meaning:
    known = chart()
    if statement.scheme in (Scheme.THREE_PUBLIC, Scheme.STAFF, Scheme.ASSET, Scheme.PROCUREMENT):
        whole = known.named("三公经费", Scheme.THREE_PUBLIC) if _THREE_PUBLIC.search(word) else None
        named = known.named(word, statement.scheme) or known.named(word, Scheme.OPERATING) or whole
        if named:
            return replace(found, account=named.name, plain=True)
    if statement.scheme is Scheme.ASSET and re.fullmatch(r"(?:资产)?(?:账面)?(?:价值|原值)", word):
        return found  # what a holding is worth, beside its number
    if word in _THIS_YEAR:
        return replace(found, funding="当年预算", plain=False)
    if statement.flow == "支出" and statement.rows == "function" and _FLOW.fullmatch(word):
        return _in_flow(found, word)
    funding, component = known.funding(word), known.component(word)
    if _CARRIED.search(word) and "非" not in word:
        account = CARRY_IN if statement.flow == "收入" else ""
        return replace(found, account=account, funding=found.funding if account else "上年结转", plain=False)
    if component == "合计" or funding == "全部" or (_GROUP.fullmatch(word) and component is funding is None):
        return found
    if component is not None and statement.flow != "收入":
        return replace(found, component=component, plain=False)
    if funding is not None:
        inside = f"上年结转·{funding}" if found.funding.startswith("上年结转") else funding
        return replace(found, funding=inside, plain=funding == statement.funding and inside == funding)
    item = known.named(word, statement.scheme) if statement.scheme in _BY_CLASS else None
    if item is not None and item.code:
        return replace(found, account=item.name, plain=True)
    if not leaf:
        return found
    if statement.flow == "收入":
        return replace(found, funding=word, plain=False)
    return replace(found, component=word, plain=False)


_THREE_PUBLIC = re.compile(r"三公经费(?:支出|预算|决算)?(?:合计|小计)?$")
"""财政拨款安排的三公经费 over its items; 三公经费及会议费 is more."""
_BY_CLASS = (Scheme.ECONOMIC, Scheme.GOV_ECONOMIC)
"""Schemes whose classes some provinces print as columns, with the units or functional classes as rows."""
CARRY_IN = "上年结转结余"
CARRY_OUT = "年末结转结余"
THIS_YEAR_INCOME = "本年收入合计"
_CARRIED = re.compile(
    r"上年.*(?:结转|结余)|年初.*(?:结转|结余)|^(?:财政拨款)?结转(?:结余|和结余)?(?:资金)?$|结转.*安排"
)
_TIME_WORD = re.compile(
    r"^(?:本年|当年|上年|年初|全年|今年|去年)?(?:调整)?(?:后)?(?:预算|决算|执行)(?:统计)?数?(?:/统计数?)?$"
)
_THIS_YEAR = ("当年预算安排", "本年预算安排", "当年安排", "本年安排")
_FLOW = re.compile(
    r"(?:本年|当年)?(?:支出|收入)|年[初末终](?:结转|结余)(?:和)?(?:结余)?|上年(?:结转|结余)(?:和)?(?:结余)?"
)
_GROUP = re.compile(
    r"(?:本年|当年|预算|财政|一般公共预算|政府性基金|国有资本经营|公共财政|部门|单位|合计|拨款|基本|收入|支出|安排|的|总|合)*"
)


def _in_flow(found: Meaning, word: str) -> Meaning:
    if "初" in word or "上年" in word:
        return replace(found, flow="收入", account=CARRY_IN, plain=True)
    if "末" in word or "终" in word:
        return replace(found, flow="结余", account=CARRY_OUT, plain=True)
    return replace(found, flow="收入" if "收入" in word else "支出", plain=True)


def in_time(found: Meaning, text: str, disclosure: Disclosure, note: str = "") -> Meaning:
    """The meaning with the year and basis that a heading or a row label names (上年预算数, 2024年执行数)."""
    text, _, other = text.partition("比")
    year = _YEAR.search(text)
    if other and (against := _YEAR.search(other)):
        found = replace(found, compared=int(against.group(1)))
    if year:
        found = replace(found, year=int(year.group(1)))
    elif re.match(r"上年(?!.*结转)|去年|上一年", text):
        found = replace(found, year=disclosure.year - 1)
    final = disclosure.basis is Basis.FINAL
    if "年初预算" in text:
        return replace(found, basis=Basis.INITIAL)
    if re.search(r"全年预算|调整(?:后)?预算|预算调整", text):
        return replace(found, basis=Basis.ADJUSTED)
    if re.search(r"执行数|预算执行", text) and "率" not in text:
        return replace(found, basis=Basis.EXECUTED)
    if re.search(r"决算", text):
        return replace(found, basis=Basis.FINAL)
    planned = re.search(r"预算数$|^预算$|20\d\d年度?预算(?:安排)?数?(?:[(（][^()（）]*[)）])?$", text)
    if planned and final:
        adjusted = re.search(r"全年预算|调整(?:后)?预算", note)
        return replace(found, basis=Basis.ADJUSTED if adjusted else Basis.BUDGET)
    return found


def in_measure(found: Meaning, text: str) -> Meaning:
    """The meaning with the measure that a heading or a row label names (增减额, 增长率, 占比, 完成率)."""
    if re.search(r"完成.*%|完成率|执行率|决算数?占.*预算", text):
        return replace(found, measure=Measure.COMPLETION, unit="%", plain=False)
    if re.search(r"增减|增长|变动|增加额|减少额|比上年|较上年|^(?:预算|决算|收入|支出)?增加数?$", text):
        rate = "%" in text or "率" in text or "幅" in text or found.unit == "%"
        measure = Measure.RATE if rate else Measure.CHANGE
        return replace(
            found,
            measure=measure,
            unit="%" if rate else found.unit,
            compared=found.compared or found.year - 1,
            plain=False,
        )
    if found.measure is Measure.CHANGE and re.search(r"%|率|比例|幅度", text):
        return replace(found, measure=Measure.RATE, unit="%")
    if re.search(r"占比|比重|所占比例|占.{0,8}%", text):
        return replace(found, measure=Measure.SHARE, unit="%", plain=False)
    if _COUNTED.search(text):
        return replace(found, measure=Measure.COUNT, unit="", plain=False)
    if found.unit is not None and found.unit not in MONEY_UNITS and found.unit != "%":
        return replace(found, measure=Measure.COUNT)
    return found
