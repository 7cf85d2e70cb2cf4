"""Rows of targets in a performance sheet: names with their target values, the grades of indicators that they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from corpus.accounts import clean_name
from corpus.disclosure import Cell
from corpus.money import Absence, parse_number, parts_numbers, read_cell
from ingest.tables.columns import printed
from ingest.tables.target_lists import BOUND

_DIRECTION = re.compile(r"大于等于|小于等于|大于|小于|等于|不低于|不少于|不高于|不超过|定性")
_TARGET = re.compile(
    r"(?:[≥≤=><〉〈＝]|大于|小于|等于|不低于|不少于|不高于|不超过|至少)*(-?\d[\d,]*(?:\.\d+)?)(?:[(（]?([^\d.,\s()（）年月日]{1,6}|年)[)）]?)?"
)
_SCORE = re.compile(r"总分|总得分|自评得分|自评总分|得分合计")
_GRADE = re.compile(r"(?:一|二|三)级指标|指标值|指标类|绩效指标|绩效目标")


class RowTarget(NamedTuple):
    """A target value: what it is of, its cell, value and unit, and the one or two grades of indicators above it.

    `group` counts those before it in its row, where targets of two terms stand side by side.
    """

    name: str
    cell: Cell
    value: Decimal
    unit: str
    grades: tuple[str, ...]
    group: int


def score_of(cells: Sequence[Cell]) -> tuple[str, Decimal] | None:
    """The label and the value of a row that gives a self-evaluation's score."""
    label = printed(cells[0].text) if cells else ""
    value = parse_number(cells[-1].text) if cells else None
    return (label, value) if value is not None and _SCORE.fullmatch(label) else None


def row_targets(cells: Sequence[Cell], *, with_units: bool) -> Iterator[RowTarget]:
    """Names with their target values; `with_units` tells that units stand in a column of their own.

    Positions tell little here, since exporters drop blank cells: order does. A head of columns has no targets.
    """
    texts = [printed(cell.text) for cell in cells]
    if _is_head(texts):
        return
    name = ""
    directed = False
    group = 0
    grades: list[str] = []
    for index, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        following = texts[index + 1] if index + 1 < len(texts) else ""
        target = _TARGET.fullmatch(BOUND.sub("", text))
        if (target and parts_numbers(cell.text)) or read_cell(cell.text, "") is Absence.UNREADABLE:
            group, name, directed = group + bool(name), "", False
            continue
        if _DIRECTION.fullmatch(text):
            directed = True
        elif target and name and (directed or text[0] in "≥≤=><〉〈＝大小等不至" or target.group(2)):
            beside = directed or with_units
            unit = target.group(2) or (following if beside and re.fullmatch(r"[^\d]{1,5}", following) else "")
            number = parse_number(target.group(1))
            if number is not None:
                yield RowTarget(name, cell, number, unit, tuple(grades[-2:]), group)
            group, name, directed = group + 1, "", False
        elif text.endswith("指标") or text in _GRADES:
            grades.append(text)
        else:
            name = clean_name(cell.text)


_GRADES = ("经济效益", "社会效益", "生态效益", "可持续影响", "服务对象满意度")
"""Grades of indicators that may be printed without 指标."""


def _is_head(texts: Sequence[str]) -> bool:
    graded = any(_GRADE.search(text) for text in texts if len(text) <= 8)
    return graded and any("指标值" in text or "目标值" in text for text in texts)
