"""The performance indicator that a question about a target names in other words or another order ("off-site evaluation projects"
for 远程异地评审项目数), where one indicator alone of the first document says them."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.accounts import clean_name
from corpus.figure import Figure, Measure, Scheme
from corpus.vocabulary import Target, fold
from rag.desk import Desk
from rag.naming import in_order
from rag.plan import Asked, Operation, Plan
from rag.residue import content
from rag.retrieve import bigrams

_TARGET = re.compile(r"目标|指标|要求|达到|计划|不低于|不少于")
_ENGLISH = re.compile(
    r"\b(?:targets?|targeted|goals?|aim(?:s|ed)?|indicators?|planned|plans?|must|should|required?|expected|to be|will)\b"
)
_NUMBER = re.compile(r"多少|几|多大|多高|多快|目标值|指标值")
_NO_WORD = re.compile(
    r"绩效目标|绩效指标|目标值?|指标值?|绩效|要求|达到|计划|预算|多少|几[个件次场份]?|数量|全年|年度|今年|本年|\d+年?|[的是为要]"
)
_TAIL = re.compile(r"(?:达标率?|完成情况|情况|数量|数|量)$")
_ALREADY = ("绩效目标项目", "绩效自评项目")
_MOST, _NAME, _QUESTION, _ENOUGH = 4, 0.6, 0.8, 4
"""Words of a question at most; the share of an indicator's name, and of the question, that must be said; characters that are
enough of a longer name that no other indicator has."""
_OPERATIONS = (Operation.LOOK_UP, Operation.PROSE, Operation.TARGETS, Operation.COMPLETION)


def indicator_meant(desk: Desk, *, outright: bool) -> Plan | None:
    """The plan for the indicator that the words of the question must mean, None where none or more than one does. `outright`: only
    where a target is asked for in so many words, so that no other account answers first."""
    plan = desk.plan
    if plan.problem is not None or not plan.documents or plan.operation not in _OPERATIONS or plan.topic:
        return None
    asks = _TARGET.search(plan.text) or (desk.speech.english and _ENGLISH.search(plan.question.lower()))
    named = [a for a in plan.accounts if a.targets[0].scheme is Scheme.PERFORMANCE and a.name not in _ALREADY]
    number = _NUMBER.search(plan.text) or (desk.speech.english and plan.text.lstrip().startswith("what"))
    if not named and _HOW_LONG.search(plan.text) and (timed := _by_time(desk)) is not None:
        return _asking(plan, timed)
    if not asks or named or not number or (outright and not _said_outright(plan)):
        return None
    pieces = _pieces(desk)
    if not pieces or len(pieces) > _MOST or sum(map(len, pieces)) < _ENOUGH - 1:
        return None
    own = {
        _TAIL.sub("", fold(clean_name(figure.account))): figure for figure in desk.shelf.figures(plan.documents[0])
        if figure.scheme is Scheme.PERFORMANCE and figure.measure is Measure.TARGET
    }  # fmt: skip
    fitting = [figure for name, figure in own.items() if _means(name, pieces, list(own))]
    return _asking(plan, fitting[0]) if len(fitting) == 1 else None


def _by_time(desk: Desk) -> Figure | None:
    """The one target in hours, minutes or days whose name says most of the question ("设备坏了多久要响应" for 设备故障响应时间)."""
    said = bigrams(desk.plan.text)
    scored = [
        (len(said & bigrams(fold(clean_name(figure.account)))), figure) for figure in desk.shelf.figures(desk.plan.documents[0])
        if figure.measure is Measure.TARGET and figure.amount is not None and figure.amount.unit in _TIMES
    ]  # fmt: skip
    best = max((score for score, _ in scored), default=0)
    fitting = {figure.account: figure for score, figure in scored if score == best}
    return next(iter(fitting.values())) if best >= _SHARED and len(fitting) == 1 else None


_HOW_LONG = re.compile(r"多久|多长时间|多少?(?:个)?(?:小时|分钟|天|工作日)|几(?:个)?(?:小时|分钟|天|工作日)")
_TIMES = ("小时", "分钟", "天", "日", "工作日", "个工作日", "秒", "个小时")
_SHARED = 2


def _said_outright(plan: Plan) -> bool:
    return re.search(r"绩效|目标值|指标", plan.text) is not None


def _pieces(desk: Desk) -> list[str]:
    """What the question says in Chinese beside its unit, its year and the asking."""
    said = _NO_WORD.sub(" ", desk.plan.text)
    runs = content(said)
    if desk.speech.english:  # every word stands apart, those that a Chinese question would say in passing too
        runs = [*re.findall(r"[\u4e00-\u9fff]{2,}", said), *(run for run in runs if run.isascii())]
    units = [fold(name) for name in desk.plan.units]
    kept = [run for run in runs if not any(in_order(run, unit) for unit in units)]
    return kept if all(not run.isascii() for run in kept) else []


def _means(name: str, pieces: list[str], names: list[str]) -> bool:
    """Whether the words say most of an indicator's name and little else, or enough that no other name has."""
    covered, said = set[int](), 0
    for piece in pieces:
        there = _common(name, piece)
        covered |= there
        said += len({name[at] for at in there} & set(piece))
    whole = sum(len(set(piece)) for piece in pieces)
    if not whole or said < _QUESTION * whole:
        return False
    if len(covered) >= _NAME * len(name):
        return True
    alone = [other for other in names if all(piece in other for piece in pieces)]
    return alone == [name] and said >= _ENOUGH


def _common(name: str, piece: str) -> set[int]:
    """The places in a name where runs of two or more characters of the words stand."""
    places: set[int] = set()
    for start in range(len(name) - 1):
        for end in range(start + 2, len(name) + 1):
            if name[start:end] not in piece:
                break
            places |= set(range(start, end))
    return places


def _asking(plan: Plan, figure: Figure) -> Plan:
    asked = Asked(figure.account, figure.account, (Target(Scheme.PERFORMANCE, figure.code, figure.account),))
    return replace(plan, operation=Operation.LOOK_UP, accounts=(asked,), rest=(), qualifier="", tail="", topic="")
