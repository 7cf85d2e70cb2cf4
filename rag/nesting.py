"""Which of several values is part of another among them, so that nothing is added up twice."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.figure import Scheme
from rag.values import Value


def without_parts(values: Sequence[Value]) -> list[Value]:
    """The values that are not part of another one among them (奖金 is part of 工资福利支出): parts must not be counted
    twice."""
    return [value for value in values if not any(o is not value and _inside(value, o) for o in values)]


_ABOVE = {"人员经费": "基本支出", "公用经费": "基本支出"}


def _inside(part: Value, whole: Value) -> bool:
    one, other = part.figure, whole.figure
    if one is None or other is None or (one.document, one.year, one.basis) != (other.document, other.year, other.basis):
        return False
    if one.scheme is not other.scheme:
        return other.scheme is Scheme.TOTAL and other.component == "合计" and one.flow == other.flow == "支出"
    if one.scheme is Scheme.TOTAL:
        return one.flow == other.flow and (
            (other.component == "合计") > (one.component == "合计") or _ABOVE.get(one.component) == other.component
        )
    if one.scheme is Scheme.PROJECT:
        return one.account != other.account and other.account in one.path
    if one.scheme is Scheme.THREE_PUBLIC:
        whole_car = other.account == "公务用车购置及运行费" and one.account in ("公务用车购置费", "公务用车运行维护费")
        return one.account != other.account and (other.account == "三公经费" or whole_car)
    return bool(other.code) and one.code.startswith(other.code) and len(one.code) > len(other.code)
