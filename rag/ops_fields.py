"""What a sheet's head says beside its labels: who a project's competent authority is, who carries it out, its kind, its
dates ("主管部门", "实施单位", "项目属性", "起止日期")."""

from __future__ import annotations

import re

from corpus.disclosure import Cell
from corpus.figure import Scheme
from corpus.vocabulary import fold
from rag.desk import Desk, Draft
from rag.ops_cells import printed_rows, quoted_cell
from rag.plan import Operation, Verdict

_LABELS = {
    "主管部门": r"(?:上级)?主管(?:部门|单位)|归哪个(?:部门|单位)主管",
    "实施单位": r"实施(?:部门|单位)|项目单位",
    "项目属性": r"项目(?:的)?属性",
    "项目类型": r"项目(?:的)?(?:类型|类别)",
    "起止日期": r"起止(?:日期|时间|年限)|项目(?:的)?(?:日期|期限)",
}
"""How a question asks for a label of a sheet's head."""
_PRINTED = {
    "主管部门": r"(?:项目)?(?:主管|预算)(?:部门|单位)(?:名称)?(?:及代码)?",
    "实施单位": r"(?:项目)?实施(?:部门|单位)(?:名称)?|项目单位",
    "项目属性": r"项目属性",
    "项目类型": r"项目(?:类型|类别)",
    "起止日期": r"(?:项目)?起止(?:日期|时间|年限)|项目(?:日期|期限)|实施期限",
}
_NAMED = r"项目名称"
_ASKED = re.compile(r"谁|哪|什么|啥|何时|多久|多长")
_LONGEST = 60


def from_fields(desk: Desk) -> Draft | None:
    """What stands beside the label that the question asks for, sheet by sheet; None where no label is asked for, or no
    sheet of the first document has it."""
    plan = desk.plan
    kind = next((name for name, said in _LABELS.items() if re.search(said, plan.text)), None)
    if kind is None or not plan.documents or plan.operation is Operation.RANK or not _ASKED.search(plan.text):
        return None
    projects = [fold(asked.name) for asked in plan.accounts if asked.targets[0].scheme is Scheme.PROJECT]
    lines: dict[str, str] = {}
    for table in desk.shelf.tables(plan.documents[0]):
        rows = printed_rows(table)
        value = _beside(rows, _PRINTED[kind])
        if value is None:
            continue
        name = _beside(rows, _NAMED)
        if projects and (name is None or fold(name.text) not in projects):
            continue
        shown = quoted_cell(desk, table, value)
        subject = desk.evidence.words(name.text.strip()) if name and projects else ""
        lines.setdefault(fold(f"{subject}{value.text}"), f"{subject + ' · ' if subject else ''}{kind}：{shown}")
    return Draft(Verdict.ANSWERED, "\n".join(lines.values())) if lines else None


def _beside(rows: list[list[Cell]], label: str) -> Cell | None:
    """The first cell with text to the right of the label's."""
    for row in rows:
        for at, cell in enumerate(row):
            if re.fullmatch(rf"(?:{label})(?:\(盖章\))?:?", fold(cell.text)):
                right = next((other for other in row[at + 1 :] if other.text.strip()), None)
                return right if right is not None and len(right.text) <= _LONGEST else None
    return None
