"""Performance targets listed under headed columns, one row a target, the projects one below another.

项目名称 | 项目资金 | 年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位: unlike a sheet, which prints its
labels beside its values, such a list says in its head what stands in each column. Most provinces on the integrated
budget system (预算管理一体化) print their targets so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.accounts import chart, clean_name
from corpus.disclosure import Cell
from corpus.money import parse_number, parts_numbers
from ingest.tables.columns import printed
from ingest.tables.headers import Matrix

_PROJECT = re.compile(r"(?:^|/|[(（])项目(?:\(?政策\)?|\(资金\))?名称|^(?:预算)?项目$|^项目\(单位\)名称")
_NAME = re.compile(r"三级指标|^(?:绩效)?指标名称$|^(?:具体|绩效)指标(?:内容)?$|^三级")
_VALUE = re.compile(r"指标值|目标值")
_DIRECTION = re.compile(r"指标性质|计算符号|指标方向|比较符|^符号$|运算符")
_UNIT = re.compile(r"计量单位|度量单位|^单位$|指标单位")
_GRADE = re.compile(r"[一二]级指标")
_MONEY = re.compile(r"资金|金额|预算数|拨款|^预算$|^合计$")
_UNIT_PRINTED = re.compile(r"[(（](?:单位[:：])?(百万元|千元|万元|亿元|元)[)）]")
BOUND = re.compile(r"(?:及|\(含\)|（含）)?(?:以上|以下|以内|左右|之内)$")
"""Behind a target that is a bound (90%以上)."""
_AMOUNT = re.compile(
    r"(?:[≥≤=><〉〈＝]|大于|小于|等于|不低于|不少于|不高于|不超过|至少)*(-?\d[\d,]*(?:\.\d+)?)(?:[(（]?([^\d.,\s()（）年月日]{1,6}|年)[)）]?)?"
)
_LEADING_CODE = re.compile(r"^[\dA-Z]{8,}[-—_]?")
_HEAD_ROWS = 5


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a list prints what; `head` is the last row of its head, -1 for a continuation without one."""

    head: int
    project: int
    name: int
    value: int
    direction: int | None
    unit: int | None
    grades: tuple[int, ...]
    money: tuple[tuple[int, str, str | None], ...]
    """Columns of money: the column, its heading, the unit it prints."""

    def continued(self) -> Columns:
        """The same columns of a part that prints no head."""
        return replace(self, head=-1)


@dataclass(frozen=True, slots=True)
class Listed:
    """One amount of money of a project, or (with `target`) one target: `name` under the grades of `path`."""

    project: str
    name: str
    cell: Cell
    value: Decimal
    unit: str | None
    target: bool
    funding: str = "全部"
    path: tuple[str, ...] = ()


def list_columns(matrix: Matrix) -> Columns | None:
    """The columns of a list of targets, None where the grid is no such list."""
    for row in range(min(_HEAD_ROWS, matrix.n_rows)):
        heads = [printed(_head(matrix, row, column)) for column in range(matrix.n_columns)]
        project = _first(heads, _PROJECT)
        name, value = _first(heads, _NAME), _first(heads, _VALUE)
        if project is None or name is None or value is None or project >= name:
            continue
        money = [
            (
                column,
                re.sub(r"[(（].*?[)）]", "", head),
                unit.group(1) if (unit := _UNIT_PRINTED.search(head)) else None,
            )
            for column, head in enumerate(heads)
            if _MONEY.search(head) and column != project and not re.search(r"指标|目标", head)
        ]
        return Columns(
            row, project, name, value, _first(heads, _DIRECTION), _first(heads, _UNIT),
            tuple(column for column, head in enumerate(heads) if _GRADE.search(head)), tuple(money),
        )  # fmt: skip
    return None


def _head(matrix: Matrix, row: int, column: int) -> str:
    """The heading of a column in the last row of the head, or the one above it where text formats leave a blank."""
    return matrix.text(row, column) or (matrix.text(row - 1, column) if row else "")


def _first(heads: list[str], pattern: re.Pattern[str]) -> int | None:
    return next((column for column, head in enumerate(heads) if pattern.search(head)), None)


def listed(matrix: Matrix, columns: Columns, issuer: str, project: str = "") -> Iterator[Listed]:
    """Every amount and every numeric target of a list. `project` is whose rows the first ones are."""
    paid: set[tuple[str, int]] = set()
    for row in range(columns.head + 1, matrix.n_rows):
        name = clean_name(matrix.text(row, columns.name))
        if name.isdigit():
            continue  # a row of column numbers
        project = project_name(matrix.text(row, columns.project), issuer) or project
        for column, heading, unit in columns.money:
            cell = _own(matrix, row, column)
            value = parse_number(cell.text) if cell else None
            if cell is not None and value is not None and project and (project, column) not in paid:
                paid.add((project, column))
                yield Listed(
                    project, heading, cell, value, unit, target=False, funding=chart().funding(heading) or "全部"
                )
        cell = _own(matrix, row, columns.value)
        if cell is None or not name or not project:
            continue
        direction = printed(matrix.text(row, columns.direction)) if columns.direction is not None else ""
        stated = None if parts_numbers(cell.text) else _AMOUNT.fullmatch(BOUND.sub("", printed(cell.text)))
        value = parse_number(stated.group(1)) if stated else None
        if stated is None or value is None or direction == "定性":
            continue
        unit = clean_name(matrix.text(row, columns.unit)) if columns.unit is not None else ""
        path = tuple(text for column in columns.grades if (text := clean_name(matrix.text(row, column))))
        yield Listed(project, name, cell, value, unit or stated.group(2) or "", target=True, path=path)


def _own(matrix: Matrix, row: int, column: int) -> Cell | None:
    cell = matrix.area.get((row, column))
    return cell if cell and cell.text and (cell.row, cell.column) == (row, column) else None


def project_name(text: str, issuer: str) -> str:
    """A project's name without the code and the unit that some lists print before it."""
    name = _LEADING_CODE.sub("", clean_name(text))
    for unit in (issuer, f"{issuer}（本级）", f"{issuer}本级"):
        name = re.sub(rf"^{re.escape(clean_name(unit))}[-—_]", "", name)
    return name if not name.isdigit() else ""
