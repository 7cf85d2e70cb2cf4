"""Shares within what is not a table's total: a part of a project, a project within the one above it, several projects within all, the
largest of several, several accounts by the shares that a document states of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.accounts import clean_name
from corpus.figure import Scheme
from corpus.money import Amount
from corpus.vocabulary import Target
from rag import calculate, shares
from rag.answer import rounded, show
from rag.desk import Desk, Draft
from rag.naming import in_order
from rag.numerals import count
from rag.ops_figures import joined
from rag.ops_items import with_targets
from rag.ops_lists import PROJECT_SPENDING, parts_of, projects_of
from rag.plan import Asked, Operation, Verdict
from rag.residue import content
from rag.values import Value, figures_of
from rag.weighing import TOGETHER

_PART_OF = re.compile(
    r"(?:里面?|中|当中|之中|里头)(?:的)?[^,，。?？]{2,16}?占|(?:里面?|中|当中)[^,，。?？]{2,16}?的?(?:占比|比例|比重)"
)
_OF_THE_WHOLE = re.compile(
    r"占(?:了)?(?:整个|该|这个|全部|上级|总的?)?(?:的)?(?:一级|大)?(?:专项|项目)(?!支出)(?:经费|资金|预算)?"
)
_THESE = re.compile(
    r"(?:[这那]|其中|上述|公开|披露|编报)[^,，。]{0,12}?(?P<many>[两二三四五六七八九十]|\d{1,2})个?(?:[^,，。]{0,8})?项目"
)
_LARGEST = re.compile(r"最[大多高](?:的)?(?:那)?(?:一?[个项块笔]|项目)?[^,，。]{0,4}占")
_PAIR = 2


def share_within(desk: Desk) -> Draft | None:
    """The share asked for, where part or whole are projects or stated shares; None where it is of another kind."""
    plan = desk.plan
    if not plan.documents or Operation.SHARE not in (plan.operation, plan.inner):
        return None
    for ask in (
        _largest_of_several,
        _several_of_all,
        _named_part,
        _small_of_reserved,
        _within_its_own,
        _of_shares_stated,
    ):
        if (draft := ask(desk)) is not None:
            return draft
    return None


def _told(desk: Desk, parts: Sequence[Value], whole: Value, names: tuple[str, str]) -> Draft | None:
    """Parts, added up where they are several, in percent of a whole, with both told."""
    summed = parts[0] if len(parts) == 1 else calculate.total(parts)
    if summed is None or summed.amount is None or whole.amount is None or not whole.amount.value:
        return None
    if not (summed.amount.is_money and whole.amount.is_money):
        return None
    base = whole.amount.to(summed.amount.unit)
    value = Amount(rounded(summed.amount.value / base.value * 100), "%")
    said = show(summed.amount) if len(parts) == 1 else f"({(summed.formula or '').rpartition(' = ')[0]})"
    under = f"({whole.formula.rpartition(' = ')[0]})" if whole.formula else show(base)
    formula = f"{said} ÷ {under} = {show(value)}"
    operands = tuple({f.id: f for v in (*parts, whole) for f in figures_of(v)}.values())
    marks = "".join(dict.fromkeys(desk.evidence.cite(f) for f in operands))
    desk.evidence.compute(value, formula)
    head = desk.speech.pick(
        f"{names[0]}占{names[1]}的**{show(value)}**（计算：{formula}）{marks}",
        f"{names[0]}: **{show(value)}** of {names[1]} (computed: {formula}) {marks}",
    )
    told = [*parts, *([] if whole.formula else [whole])]
    lines = [desk.tell(v, desk.issuer(v.document), unit=False) for v in told]
    result = replace(whole, amount=value, choice=None, formula=formula, operands=operands)
    return Draft(Verdict.ANSWERED, joined([head, *lines]), desk.result(result))


def _projects(desk: Desk, many: int) -> list[Value]:
    """The projects of the first document, those with published targets where that many have them; [] for another number."""
    source = desk.sources()[0]
    every = [v for v in projects_of(desk, source) if v.amount is not None]
    listed = with_targets(source)
    with_own = [v for v in every if clean_name(v.asked.name) in listed]
    for values in (with_own, every):
        if len(values) == many:
            return values
    return []


def _largest_of_several(desk: Desk) -> Draft | None:
    """The largest of several projects in percent of them together ("其中最大的一个占这四个项目资金的多少")."""
    said = _THESE.search(desk.plan.text)
    if said is None or _LARGEST.search(desk.plan.text) is None:
        return None
    values = _projects(desk, count(said["many"]))
    whole = calculate.total(values) if len(values) >= _PAIR else None
    if whole is None:
        return None
    largest = max(values, key=lambda v: v.amount.to("元").value if v.amount else 0)
    desk.evidence.count(len(values))
    return _told(
        desk, [largest], whole, (largest.asked.name, desk.speech.pick(f"这{said['many']}个项目", "these projects"))
    )


def _several_of_all(desk: Desk) -> Draft | None:
    """Several projects in percent of all project expenditure ("这两个项目的钱占全部项目支出的百分之多少")."""
    plan = desk.plan
    said = _THESE.search(plan.text)
    alone = len(plan.accounts) == 1 and plan.accounts[0].component == "项目支出"
    if said is None or not alone or not re.search(r"项目[^,，。]{0,8}占[^,，。]{0,4}项目支出", plan.text):
        return None
    values = _projects(desk, count(said["many"]))
    source = desk.sources()[0]
    whole = desk.amount(source, PROJECT_SPENDING, source.disclosure.year)
    if len(values) < _PAIR or whole is None:
        return None
    name = desk.speech.pick("、".join(v.asked.name for v in values), "these projects")
    return _told(desk, values, whole, (name, desk.speech.pick("项目支出", "project expenditure")))


def _named_part(desk: Desk) -> Draft | None:
    """A part of a project named in short, in percent of it ("商贸专项里夜市占多大比例")."""
    plan = desk.plan
    if (
        len(plan.accounts) != 1
        or plan.accounts[0].targets[0].scheme is not Scheme.PROJECT
        or not _PART_OF.search(plan.text)
    ):
        return None
    source, whole_asked = desk.sources()[0], plan.accounts[0]
    if plan.text.find(whole_asked.said) > (at.start() if (at := re.search("里|中", plan.text)) else 0):
        return None
    words = [word.lstrip("里中内的给") for word in (*plan.rest, *content(plan.tail))]
    parts = [
        part for part in parts_of(source, whole_asked)
        if any(len(word) >= _PAIR and (word in part.name or in_order(word, part.name)) for word in words)
    ]  # fmt: skip
    whole = desk.amount(source, whole_asked, source.disclosure.year)
    part = desk.amount(source, parts[0], source.disclosure.year) if len(parts) == 1 else None
    return None if part is None or whole is None else _told(desk, [part], whole, (part.asked.name, whole.asked.name))


_SMALLER = re.compile(r"小微|小型|微型")
_RESERVED, _FOR_SMALL = "面向中小企业预留", "面向小微企业预留"


def _small_of_reserved(desk: Desk) -> Draft | None:
    """What is reserved for small and micro businesses, in percent of what is for those of middle size too ("其中给小微的比例")."""
    plan = desk.plan
    names = {asked.name for asked in plan.accounts}
    if (
        not names
        or not names <= {_RESERVED, _FOR_SMALL}
        or not _SMALLER.search(plan.text)
        or not re.search("中小", plan.text)
    ):
        return None
    source = desk.sources()[0]
    kinds = [Asked(name, name, (Target(Scheme.PROCUREMENT, "", name),)) for name in (_FOR_SMALL, _RESERVED)]
    part, whole = (desk.amount(source, kind, source.disclosure.year) for kind in kinds)
    return None if part is None or whole is None else _told(desk, [part], whole, (_FOR_SMALL, _RESERVED))


def _within_its_own(desk: Desk) -> Draft | None:
    """A project in percent of the one that lists it ("这个子项占整个专项的比例")."""
    plan = desk.plan
    if len(plan.accounts) != 1 or plan.whole is not None or _OF_THE_WHOLE.search(plan.text) is None:
        return None
    asked, source = plan.accounts[0], desk.sources()[0]
    part = desk.amount(source, asked, source.disclosure.year) if asked.targets[0].scheme is Scheme.PROJECT else None
    above = part.figure.path if part is not None and part.figure is not None else ()
    if not above or part is None:
        return None
    whole = desk.amount(source, Asked(above[-1], above[-1], (Target(Scheme.PROJECT, "", above[-1]),)), part.year)
    return None if whole is None else _told(desk, [part], whole, (part.asked.name, above[-1]))


def _of_shares_stated(desk: Desk) -> Draft | None:
    """Several accounts together, by the shares that the document states of each in one and the same total."""
    plan = desk.plan
    whole, accounts = plan.whole, plan.accounts
    total = whole is None or (whole.targets[0].scheme is Scheme.TOTAL and not whole.component and not whole.funding)
    if (
        len(accounts) < _PAIR
        or not total
        or TOGETHER.search(plan.text) is None
        or not re.search("占|比例|比重", plan.text)
    ):
        return None
    source = desk.sources()[0]
    year = plan.years[0] if plan.years else source.disclosure.year
    values = [shares.share_of(source, asked, whole, year, plan.bases) for asked in accounts]
    stated = [v for v in values if v is not None and v.amount is not None and v.figure is not None]
    scopes = {(v.figure.flow, v.figure.funding, v.figure.scheme) for v in stated if v.figure is not None}
    if len(stated) != len(accounts) or len(scopes) != 1:
        return None
    summed = calculate.total(stated)
    if summed is None or summed.amount is None:
        return None
    desk.evidence.compute(summed.amount, summed.formula or "")
    marks = "".join(dict.fromkeys(desk.evidence.cite(f) for f in summed.operands))
    of = next((v.figure.whole for v in stated if v.figure is not None and v.figure.whole), "")
    names = "、".join(desk.speech.account(v.asked) for v in stated)
    head = desk.speech.pick(
        f"{names}合起来占{of or '合计'}的**{show(summed.amount)}**（按文件写的占比相加：{summed.formula}）{marks}",
        f"{names} together: **{show(summed.amount)}** (stated shares added: {summed.formula}) {marks}",
    )
    return Draft(Verdict.ANSWERED, head, desk.result(summed))
