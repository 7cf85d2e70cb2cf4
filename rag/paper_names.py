"""Papers of whole governments: the account that a paper prints under the very words of the question, and the year before, which such
a paper reports on ahead of the year that it plans."""

from __future__ import annotations

from dataclasses import replace

from corpus.accounts import clean_name
from corpus.disclosure import Level
from corpus.figure import Scheme
from corpus.vocabulary import Target, fold
from rag.desk import Desk
from rag.plan import Asked, Plan

_NAMED = (Scheme.REVENUE, Scheme.TOTAL)


def as_printed(desk: Desk) -> Plan:
    """The plan with the accounts that the paper prints by the words of the question (地方一般公共预算收入, a part of what it calls
    一般公共预算收入), where those words commonly mean another account."""
    plan = desk.plan
    if not _of_a_government(desk) or not plan.accounts:
        return plan
    return replace(
        plan,
        accounts=tuple(_printed(desk, asked) for asked in plan.accounts),
        whole=_printed(desk, plan.whole) if plan.whole is not None else None,
    )


def _printed(desk: Desk, asked: Asked) -> Asked:
    if asked.flow not in ("收入", "") or asked.targets[0].scheme not in (Scheme.SOURCE, *_NAMED):
        return asked
    said = fold(clean_name(asked.said))
    named = [
        figure
        for figure in desk.shelf.figures(desk.plan.documents[0])
        if figure.scheme in _NAMED and fold(clean_name(figure.name)) == said
    ]
    common = {(target.scheme, target.account) for target in asked.targets}
    if not named or any((figure.scheme, figure.account) in common for figure in named):
        return asked
    target = Target(named[0].scheme, named[0].code, named[0].account)
    return replace(asked, name=named[0].name, targets=(target,), fallback_funding="")


def reported_before(desk: Desk) -> Plan | None:
    """The plan for the year before the one that a paper plans for, where the question names no year; None for other documents."""
    plan = desk.plan
    if plan.years or plan.relative is not None or not plan.accounts or not _of_a_government(desk):
        return None
    paper = desk.shelf.disclosure(plan.documents[0])
    stated = {figure.year for figure in desk.shelf.figures(paper.name)}
    return replace(plan, years=(paper.year - 1,)) if paper.year - 1 in stated else None


def _of_a_government(desk: Desk) -> bool:
    documents = desk.plan.documents
    return bool(documents) and desk.shelf.disclosure(documents[0]).level is Level.GOVERNMENT
