"""The tasks of a unit's performance sheet (任务名称 | 主要内容 | 预算金额: 总额, 财政拨款, 其他资金) with their money."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.accounts import chart, clean_name
from corpus.disclosure import Cell
from corpus.money import parse_number
from ingest.tables.columns import printed
from ingest.tables.headers import Matrix

_NAME = re.compile(r"(?:主要|重点|工作|年度)*任务(?:名称|事项)?|履职任务|工作活动")
_MONEY = re.compile(r"(?:预算)?(?:总额|金额|资金)(?:[(（].*)?|.*(?:拨款|资金|收入)(?:[(（].*)?|其他|合计")
_SUM = re.compile(r"(?:金额|预算)?(?:合计|总计|小计)")
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Task:
    """A task's money of one source; `name` is "" for the sum of all tasks."""

    name: str
    funding: str
    value: Decimal
    cell: Cell


def tasks(matrix: Matrix) -> list[Task]:
    """The tasks that a unit's sheet lists with amounts, [] where it lists none."""
    heads = [cell for cell in matrix.cells if _NAME.fullmatch(printed(cell.text)) and cell.rowspan <= _DEEPEST]
    heads = [cell for cell in heads if _beside(matrix, cell)]
    head = next(iter(sorted(heads, key=lambda cell: "名称" not in cell.text)), None)
    if head is None:
        return []
    sources = _beside(matrix, head)
    found: list[Task] = []
    for row in range(max(cell.row + cell.rowspan for _, cell in sources.values()), matrix.n_rows):
        name = _name(matrix, row, head)
        values = [
            (funding, value, cell)
            for column, (funding, _) in sources.items()
            if (cell := matrix.area.get((row, column))) is not None
            and cell.row == row
            and (value := parse_number(cell.text)) is not None
        ]
        if not values or not name:
            break  # the overall target or the indicators come
        called = "" if _SUM.fullmatch(name) else name
        found += [Task(called, funding, value, cell) for funding, value, cell in values]
    return found


def _name(matrix: Matrix, row: int, head: Cell) -> str:
    text = clean_name(matrix.text(row, head.column))
    left = clean_name(matrix.text(row, 0))
    return left if not text and _SUM.fullmatch(left) else text


def _beside(matrix: Matrix, head: Cell) -> dict[int, tuple[str, Cell]]:
    """The columns of money right of the heading over the tasks, each with its source and heading."""
    found: dict[int, tuple[str, Cell]] = {}
    for column in range(head.column + head.colspan, matrix.n_columns):
        over = [matrix.area.get((row, column)) for row in range(head.row, min(head.row + _DEEPEST, matrix.n_rows))]
        cells = [
            cell for cell in dict.fromkeys(over) if cell is not None and cell.text and parse_number(cell.text) is None
        ]
        heads = [cell for cell in cells if _MONEY.fullmatch(printed(cell.text))]
        if heads and heads[-1].column == column:
            word = clean_name(re.sub(r"[(（].*?[)）]", "", printed(heads[-1].text)))
            whole = re.fullmatch(r"(?:预算)?(?:总额|金额|资金|合计)", word) is not None
            found[column] = ("全部" if whole else chart().funding(word) or word, heads[-1])
    return found
