"""The indicators of a self-evaluation sheet (自评表): what was planned, what was reached, and the marks given for it.

财政部《项目支出绩效评价管理办法》(财预〔2020〕10号) has a sheet with a head 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
偏差原因分析 over one row an indicator. Provinces print the columns in other orders and with others between (指标性质,
度量单位, 调整后指标值), and exporters drop blank cells, so that a row's cells stand left of their headings. A row is read
by position where it stands under its head, by order where its cells are as many as the headings, and not at all
otherwise: a target taken for what was reached would be a wrong answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.accounts import clean_name
from corpus.disclosure import Cell, Table
from corpus.money import normalise, parse_number

PROJECT_BUDGET = "项目预算"
"""`Figure.whole` of the rate at which an evaluated project's money was spent (执行率)."""
SCORE = "自评得分"
"""Account of the score that a self-evaluation comes to."""


class Part(StrEnum):
    """What a column of the sheet holds."""

    GRADE = "一、二级指标"
    NAME = "三级指标"
    SIGN = "指标性质"
    TARGET = "指标值"
    UNIT = "度量单位"
    ACTUAL = "实际完成值"
    WEIGHT = "分值"
    SCORE = "得分"
    REMARK = "偏差原因"
    OTHER = "其他"


_HEADINGS = (
    (Part.REMARK, re.compile(r"原因|措施|备注|说明")),
    (Part.ACTUAL, re.compile(r"完成值|实际值|实际完成|完成情况|完成数|实现值|达到值|^实际$")),
    (Part.TARGET, re.compile(r"指标值|目标值|计划值|预期值|^目标$")),
    (Part.NAME, re.compile(r"三级指标|^(?:具体|绩效|考核)?指标(?:名称|内容)$")),
    (Part.GRADE, re.compile(r"^(?:[一二]级|类级|项级)(?:指标)?$|^指标类[别型]$")),
    (Part.SIGN, re.compile(r"指标性质|指标方向|计算符号|比较符|^符号$|运算符")),
    (Part.UNIT, re.compile(r"[计度]量单位|^单位$|指标单位")),
    (Part.SCORE, re.compile(r"得分(?!系数)")),
    (Part.WEIGHT, re.compile(r"分值|权重|满分")),
)
_GRADED = re.compile(
    r".*指标(?:[(（]\d+分?[)）])?|(?:经济|社会|生态)效益|可持续影响|(?:服务对象)?满意度|产出|效益|数量|质量|时效|成本"
)
_ENDS = re.compile(
    r"总分|合计|总计|总得分|自评|备注|注|说明|评价结论|存在问题|改进措施|填报|填表|联系|项目负责人|其他需要"
)
_UNIT_IN_NAME = re.compile(
    r"[(（](?:单位[:：])?(?P<unit>[万亿]?(?:元|人次|人|名|户|个|家|次|公里|千米|米|平方米|亩|公顷|吨|项|件|台|辆|套|座|条|场|天|份|%))[)）]$"
)
_STAGE = re.compile(r"绩效指标|年度?绩效指标|")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the sheet. `target`, `actual`, `weight`, `score` and `remark` are None where the row prints none."""

    name: str
    target: Cell | None
    actual: Cell | None
    weight: Cell | None
    score: Cell | None
    remark: Cell | None
    unit: str
    grades: tuple[str, ...]

    @property
    def is_date(self) -> bool:
        """Whether what was reached is told as a date (2023年10月)."""
        return self.actual is not None and when(self.actual.text) is not None


_WHEN = re.compile(
    r"(?P<year>(?:19|20)\d\d)[年.\-/](?P<month>\d{1,2})(?:[月.\-/](?P<day>\d{1,2})?日?)?(?:[底前末]|之前|以前)*"
)


def when(text: str) -> tuple[int, int, int] | None:
    """Year, month and day (0 where none is printed) of a cell that is a date, None where it is none.

    >>> when("2023年10月"), when("2023.12.31前"), when("100%")
    ((2023, 10, 0), (2023, 12, 31), None)
    """
    found = _WHEN.fullmatch(re.sub(r"[\s≤<＜＝=]", "", normalise(text)))
    if found is None or not 1 <= int(found["month"]) <= 12:
        return None
    return int(found["year"]), int(found["month"]), int(found["day"] or 0)


def indicators(table: Table) -> Iterator[Indicator]:
    """Every indicator of which a sheet says what was reached, in order. A table without such a head has none."""
    heads: list[tuple[Part, Cell]] = []
    grades: list[str] = []
    for row in _rows(table):
        found = _head(row)
        if found:
            heads, grades = found, []
            continue
        if not heads:
            continue
        texts = [_text(cell) for cell in row]
        if row and _ENDS.match(texts[0]):
            heads = []
            continue
        placed = _placed(row, heads)
        if placed is None:
            continue
        own = [_text(cell) for part, cell in placed if part is Part.GRADE]
        grades = own if len(own) > 1 or not grades else [*grades[:1], *own] if own else grades
        indicator = _indicator(placed, tuple(grades))
        if indicator is not None:
            yield indicator


def _rows(table: Table) -> list[list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    return [sorted(rows[at], key=lambda cell: cell.column) for at in sorted(rows)]


def _text(cell: Cell) -> str:
    return re.sub(r"\s+", "", normalise(cell.text))


def _head(row: Sequence[Cell]) -> list[tuple[Part, Cell]]:
    """The headings of a row, [] where it is no head with name, target and what was reached, each once."""
    heads = []
    for cell in row:
        text = _text(cell)
        part = next((part for part, pattern in _HEADINGS if len(text) <= 20 and pattern.search(text)), Part.OTHER)
        heads.append((part, cell))
    parts = [part for part, _ in heads]
    if parts.count(Part.NAME) != 1 or parts.count(Part.ACTUAL) != 1 or Part.TARGET not in parts:
        return []
    while heads and heads[0][0] is Part.OTHER:  # 绩效指标, printed beside all rows
        heads = heads[1:]
    return heads if parts.index(Part.NAME) < parts.index(Part.ACTUAL) else []


def _placed(row: Sequence[Cell], heads: Sequence[tuple[Part, Cell]]) -> list[tuple[Part, Cell]] | None:
    """The cells of a row with what each of them is, None where position and order do not tell."""
    return _by_position(row, heads) or _by_order(row, heads)


def _by_position(row: Sequence[Cell], heads: Sequence[tuple[Part, Cell]]) -> list[tuple[Part, Cell]] | None:
    """The cells under their headings, where each begins under one, the first that is no grade under the name's."""
    placed = []
    for cell in row:
        under = next((h for h in heads if h[1].column <= cell.column < h[1].column + h[1].colspan), None)
        if under is None:
            if cell.column < heads[0][1].column and _STAGE.fullmatch(_text(cell)):
                continue
            return None
        placed.append((under[0], cell))
    graded = [cell for part, cell in placed if part is Part.GRADE]
    names = [cell for part, cell in placed if part is Part.NAME]
    if len(names) != 1 or any(not _GRADED.fullmatch(_text(cell)) for cell in graded) or not _is_name(names[0]):
        return None
    numbered = [cell for part, cell in placed if part in (Part.WEIGHT, Part.SCORE)]
    return placed if all(parse_number(_text(cell)) is not None for cell in numbered) else None


def _by_order(row: Sequence[Cell], heads: Sequence[tuple[Part, Cell]]) -> list[tuple[Part, Cell]] | None:
    """The cells in the order of the headings from the name on, where none of them is missing but the remark at the end."""
    cells = [cell for cell in row if not _STAGE.fullmatch(_text(cell))]
    parts = [part for part, _ in heads]
    at = parts.index(Part.NAME)
    if any(part is not Part.GRADE for part in parts[:at]):
        return None
    first = 0
    while first < min(at, len(cells)) and _GRADED.fullmatch(_text(cells[first])):
        first += 1
    after = parts[at:]
    rest = list(cells[first:])
    if after[-1] is Part.REMARK and len(rest) == len(after) - 1:
        after = after[:-1]
    if len(rest) != len(after) or not rest or not _is_name(rest[0]):
        return None
    placed = [(Part.GRADE, cell) for cell in cells[:first]] + list(zip(after, rest, strict=True))
    marks = [cell for part, cell in placed if part in (Part.WEIGHT, Part.SCORE)]
    return placed if all(parse_number(_text(cell)) is not None for cell in marks) else None


def _is_name(cell: Cell) -> bool:
    text = _text(cell)
    return (
        parse_number(text) is None
        and len(text) <= _LONGEST_NAME
        and bool(re.search(r"[\u4e00-\u9fff]{2}", text))
        and text[0] not in "≥≤=><"
    )


def _indicator(placed: Sequence[tuple[Part, Cell]], grades: tuple[str, ...]) -> Indicator | None:
    cells = dict(placed)
    name = re.sub(r"^指标\d+[:：.、]?(?=[\u4e00-\u9fff]{2})", "", clean_name(cells[Part.NAME].text))
    if Part.ACTUAL not in cells and Part.TARGET not in cells:
        return None
    named = _UNIT_IN_NAME.search(_text(cells[Part.NAME]))
    unit = _text(cells[Part.UNIT]) if Part.UNIT in cells else named["unit"] if named else ""
    return Indicator(
        name, cells.get(Part.TARGET), cells.get(Part.ACTUAL), cells.get(Part.WEIGHT), cells.get(Part.SCORE),
        cells.get(Part.REMARK), unit, grades,
    )  # fmt: skip
