"""The project that a question calls by part of its name, or in another order of its words ("标准化那个", "租场地的项目"), where
exactly one project of the first document goes by that."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.accounts import clean_name
from corpus.figure import Figure, Measure, Scheme
from corpus.vocabulary import Target, fold
from rag.desk import Desk
from rag.naming import in_order
from rag.ops_lists import projects_of
from rag.plan import Asked, Operation, Plan
from rag.values import size

_MONEY = re.compile(r"多少(?!人|个|家|次|台|套|件|场|期)|几[百千万]元?|钱|元")
_ANOTHER = re.compile(
    r"^(?:那么?|还有|再说|其中|这?里面|里头)*(?:的)?(?P<word>[\u4e00-\u9fff]{2,10}?)(?:那|这)(?:一)?(?:个|块|项|笔)(?:项目|经费|钱)?(?:呢|又|是|有|要|花|安排)*(?:了)?(?:多少|几|[?？]?$)"
)
"""A question that goes on to another project ("标准化那个呢")."""
_OUTERMOST = re.compile(
    r"(?:花钱|金额|预算)?最(?P<end>贵|多|大|高|小|少|便宜)的?(?:那|这)?(?:一)?(?:个|笔)?(?:的)?项目"
)
_OF_PROJECTS = ("purpose", "basis", "implementer", "period", "scheme", "overview")
"""Kinds of prose about a project."""
_INDICATOR = re.compile(r"(?<!绩效)目标|绩效目标(?!(?:管理)?的?项目)|指标|满意度|率")
_PROJECTS = re.compile(f"{_MONEY.pattern}|项目|专项")
_ALL_PROJECTS = ("绩效目标项目", "项目支出", "绩效自评项目")
"""What a question may have asked of all projects before it goes on to one of them."""
_LEAST, _BESIDE = 3, 2
_FEWEST, _LONG = 2, 5
"""Characters of a project's name that are enough behind a question about all of them, at its beginning."""


def project_meant(desk: Desk) -> Plan | None:
    """The plan for the money of the project that the words left over, or those of an account the document does not have,
    must mean; None where no project or more than one goes by them."""
    plan = desk.plan
    if plan.operation not in (Operation.LOOK_UP, Operation.PROSE) or plan.topic or not plan.documents:
        return None
    if _MONEY.search(f"{plan.text}{plan.before}") is None:
        return None
    heard = [a for a in plan.accounts if not a.weak]
    everyday = len(heard) == 1 and heard[0].said != heard[0].name and not heard[0].name.startswith(heard[0].said)
    if heard and (
        not ("项目" in plan.text or everyday) or len(heard) > 1 or heard[0].targets[0].scheme is Scheme.PROJECT
    ):
        return None
    words = [a.said for a in heard] or list(plan.rest)
    within = plan.text.startswith(("其中", "里面", "这里面")) and "项目" in plan.before
    found = _of_word(desk, words[0], _FEWEST if within else _LEAST) if len(words) == 1 else None
    return found or (_by_account(desk, heard[0]) if heard else None)


def _by_account(desk: Desk, heard: Asked) -> Plan | None:
    """The plan for the one project in whose name stands the account heard, behind a noun that the question says too ("场地租金" for
    话务场地租赁费用), or behind any where a project is asked for in so many words."""
    stem = re.sub(r"(?<=..)(?:费用?|经费|支出)$", "", fold(heard.name))
    heads = {name: name[: name.find(stem)] for name in _own(desk) if name.find(stem) >= 0}
    meant = [
        name for name, head in heads.items()
        if "项目" in desk.plan.text or (len(head) >= _FEWEST and head[-_FEWEST:] in desk.plan.text)
    ]  # fmt: skip
    return _of_word(desk, meant[0]) if len(meant) == 1 else None


def largest_project(desk: Desk) -> Plan | None:
    """The plan for the project that costs most (or least), where something else is asked of it ("最贵的那个项目期是几年"); None where
    that is not asked."""
    plan = desk.plan
    said = _OUTERMOST.search(plan.text)
    if said is None or plan.topic not in _OF_PROJECTS or not plan.documents or any(not a.weak for a in plan.accounts):
        return None
    known = [(amount, value) for value in projects_of(desk, desk.sources()[0]) if (amount := size(value)) is not None]
    if not known:
        return None
    least = said["end"] in ("小", "少", "便宜")
    amount, value = (min if least else max)(known, key=lambda item: item[0])
    if sum(other == amount for other, _ in known) > 1 or value.figure is None:
        return None
    desk.evidence.cite(value.figure)
    asked = Asked(
        value.figure.account, value.figure.account, (Target(Scheme.PROJECT, value.figure.code, value.figure.account),)
    )
    return replace(plan, operation=Operation.PROSE, accounts=(asked,), rest=(), qualifier="", tail="")


def another_project(desk: Desk) -> Plan | None:
    """The plan for the project that a question about money goes on to; None where it asks for anything else."""
    plan = desk.plan
    said = _ANOTHER.search(plan.text)
    if said is None or _INDICATOR.search(f"{plan.before}{plan.text}") or _PROJECTS.search(plan.before) is None:
        return None
    of_projects = all(a.weak or a.name in _ALL_PROJECTS for a in plan.accounts)
    return _of_word(desk, said["word"], _FEWEST) if of_projects else None


def _own(desk: Desk) -> dict[str, Figure]:
    """The projects of the first document by their folded names."""
    own: dict[str, Figure] = {}
    for figure in desk.shelf.figures(desk.plan.documents[0]):
        if figure.scheme is Scheme.PROJECT and not figure.entity and figure.measure is Measure.AMOUNT:
            own.setdefault(fold(clean_name(figure.account)), figure)
    return own


def _of_word(desk: Desk, word: str, least: int = _LEAST) -> Plan | None:
    meant = [figure for name, figure in _own(desk).items() if goes_by(name, word, least)]
    if len(meant) != 1:
        return None
    target = Target(Scheme.PROJECT, meant[0].code, meant[0].account)
    asked = Asked(meant[0].account, word, (target,))
    return replace(desk.plan, operation=Operation.LOOK_UP, accounts=(asked,), rest=(), qualifier="", tail="")


def goes_by(name: str, word: str, least: int = _LEAST) -> bool:
    """Whether people may call a project so: by a piece of its name, by its beginning with no more than a word before, by its
    characters in another order.

    >>> [goes_by("云桌面服务费", word) for word in ("云桌面", "电脑云桌面", "桌子")], goes_by("话务场地租赁费用", "租场地")
    ([True, True, False], True)
    """
    if len(word) < _LEAST:
        return len(word) >= least and name.startswith(word)
    if word in name or (set(word) <= set(name) and len(set(word)) == len(word) <= _LEAST):
        return True
    if len(word) >= _LONG and word[0] == name[0] and in_order(word, name):
        return True
    return any(len(word) - at >= _LEAST and name.startswith(word[at:]) for at in range(1, _BESIDE + 1))
