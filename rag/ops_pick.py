"""Picking by a condition: units that have or lack something, classes and projects of one document that fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.disclosure import Basis
from corpus.figure import Figure, Measure, Scheme
from corpus.money import Amount
from corpus.vocabulary import Target
from rag import amounts, shares
from rag.closest import closest
from rag.conditions import items_that, threshold
from rag.desk import Desk, Draft
from rag.ops_changes import moved_by
from rag.ops_lists import parts_of, projects_of
from rag.ops_prose import prose
from rag.ops_units import choose
from rag.plan import Asked, Operation, Verdict
from rag.rates_told import tell_completed, tell_share
from rag.values import Source, Value, read_amount, size

_CLASSES = (Scheme.FUNCTION, Scheme.ECONOMIC)
_CLASS = 3
"""Digits of the code of a class (类)."""
_PARTS = ("基本支出", "项目支出", "人员经费", "公用经费")
_OF_BASIC = ("基本支出", "人员经费", "公用经费")
"""Parts of the spending whose own table lists economic classes (按经济分类款级科目)."""
_FUNCTIONAL = re.compile(r"功能|[类项]级|大类")
_ONLY = re.compile(r"(?:只有|纯粹|纯|清一色|全部?都?(?=是))(?:是|都是)?(基本支出|项目支出|人员经费|公用经费)")
_WITHOUT = re.compile(r"没有(?:安排)?(基本支出|项目支出|人员经费|公用经费)")
_FINAL_AGAINST = re.compile(
    r"决算.{0,6}?(小于|低于|少于|不到|大于|超过|超出|高于|多于).{0,4}?(年初预算|全年预算|调整预算|预算)|(没花完|没用完|剩)"
)
_FINAL_LEVEL = re.compile(
    r"决算(?:数)?(?:跟|和|与|同|等于).{0,2}?(年初预算|全年预算|调整预算|预算)(?:数)?.{0,2}(?:持平|相同|一样|相等|一致|没差)?"
)
_NOTHING_LEFT = re.compile(
    r"预算(?:是)?多少(?:钱)?就?花了?多少|一分(?:钱)?(?:都|也)?[没不]剩|(?:刚好|正好|全部?|都)花(?:完|光)|花得?精光"
)
_MOVED = re.compile(r"(下降|减少|缩水|压减|[少降减]了)|(增长|增加|上涨|[多涨增]了)|没动|没变|不变|持平|一样|相同")
_BELOW = ("小于", "低于", "少于", "不到")
_Read = Callable[[Source, Asked, int], Value | None]
Test = Callable[[Source, Asked], list[Value] | None]
"""The values that show a class fits the condition, None where it does not."""


def pick(desk: Desk) -> Draft:
    """Items of the one document asked about, or units of the book, that meet the condition of the question."""
    plan = desk.plan
    if items_that(plan.text) and not plan.everyone and len(plan.units) == 1:
        found = _items(desk)
        if found is not None:
            return found
    if not plan.accounts:
        return prose(desk)
    return choose(desk)


def _items(desk: Desk) -> Draft | None:
    text, source = desk.plan.text, desk.sources()[0]
    if (limit := threshold(text)) is not None and (relative := _measured(desk, source, limit)) is not None:
        return relative
    if "科目" not in text and re.search(r"项目(?!支出)", text) and limit is not None:
        sign, bound = limit
        edge = bound.to("元").value if bound.is_money else bound.value
        fitting = [
            [value] for value in projects_of(desk, source)
            if (amount := size(value)) is not None and (amount > edge if sign == ">" else amount < edge)
        ]  # fmt: skip
        return _told(desk, source, fitting)
    test = _test(desk)
    if test is None:
        return None
    leaves = _leaves(desk, source)
    fitting = [values for asked in leaves if (values := test(source, asked)) is not None]
    if not fitting and desk.plan.rest and (said := closest(desk)) is not None:
        return said
    year = desk.plan.years[-1] if desk.plan.years else source.disclosure.year
    by_move = _MOVED.search(text) is not None and _FINAL_AGAINST.search(text) is None
    if not fitting and by_move and not any(_moved(source, asked, way, year) for asked in leaves for way in (-1, 0, 1)):
        return Draft(Verdict.NOT_DISCLOSED, desk.speech.pick(  # so that none fitting says nothing
            f"{desk.speech.disclosure(source.disclosure)}没有逐项写明与上年相比的增减。",
            f"{desk.speech.disclosure(source.disclosure)} does not state the changes of single items.",
        ))  # fmt: skip
    moves = all(v.figure is None or v.figure.measure in (Measure.CHANGE, Measure.RATE) for vs in fitting for v in vs)
    return _told(desk, source, fitting, moves=moves and _MOVED.search(desk.plan.text) is not None)


_RATED = re.compile(r"增幅|降幅|增速|幅度|增长率|变动率|涨幅|跌幅")
_FALLEN = re.compile(r"下降|减少|缩水|压减|降幅|跌幅|[少降减跌]了")


def _measured(desk: Desk, source: Source, limit: tuple[str, Amount]) -> Draft | None:
    """The items whose share, rate of change or completion passes a limit in percent, or whose change passes one in money; None
    where the limit is one for amounts themselves."""
    plan, (sign, bound) = desk.plan, limit
    moved = _MOVED.search(plan.text) is not None or _RATED.search(plan.text) is not None
    if bound.unit != "%" and not (bound.is_money and moved):
        return None
    read, tell = _read_and_told(desk, bound.unit == "%", moved)
    year = plan.years[-1] if plan.years else source.disclosure.year
    below = moved and _FALLEN.search(plan.text) is not None and "占" not in plan.text
    edge = bound.to("元").value if bound.is_money else bound.value
    found = []
    for asked in _things(desk, source):
        value = read(source, asked, year)
        amount = size(value)
        if value is None or value.amount is None or amount is None:
            continue
        amount = -amount if below else amount
        if amount > edge if sign == ">" else (amount < edge and (not moved or amount > 0)):
            found.append([value])
    return _told(desk, source, found, tell=lambda value: tell(desk, value, unit=False))


def _read_and_told(desk: Desk, percent: bool, moved: bool) -> tuple[_Read, Callable[..., str]]:
    """How the share, the rate, the completion or the change of an item is read, and how it is told."""
    plan = desk.plan
    if percent and plan.inner is Operation.COMPLETION:
        return (lambda source, asked, year: shares.completion_of(source, asked, year, plan.bases)), tell_completed
    if percent and (plan.inner is Operation.SHARE or "占" in plan.text or not moved):
        whole = plan.whole or next(iter(plan.accounts), None)
        return (lambda source, asked, year: shares.share_of(source, asked, whole, year)), tell_share
    return (amounts.rate_of if percent else amounts.change_of), moved_by


def _things(desk: Desk, source: Source) -> list[Asked]:
    """The projects of a document where those are asked for, else its classes."""
    if "科目" not in desk.plan.text and re.search(r"项目(?!支出)", desk.plan.text):
        return [value.asked for value in projects_of(desk, source)]
    return _leaves(desk, source)


def _test(desk: Desk) -> Test | None:
    text, year = desk.plan.text, desk.plan.years[-1] if desk.plan.years else None
    only, without = _ONLY.search(text), _WITHOUT.search(text)
    if only or without:
        wanted = (
            only.group(1) if only else next((part for part in _PARTS if part != (without and without.group(1))), "")
        )
        barred = without.group(1) if without else ("基本支出" if wanted == "项目支出" else "项目支出")
        return lambda source, asked: _one_part(source, asked, wanted, barred, year or source.disclosure.year)
    if _NOTHING_LEFT.search(text):
        return lambda source, asked: (
            _final_beside(source, asked, Basis.ADJUSTED, None, year or source.disclosure.year)
            or _final_beside(source, asked, Basis.INITIAL, None, year or source.disclosure.year)
        )
    if level := _FINAL_LEVEL.search(text):
        basis = Basis.INITIAL if level.group(1) == "年初预算" else Basis.ADJUSTED
        return lambda source, asked: _final_beside(source, asked, basis, None, year or source.disclosure.year)
    if compared := _FINAL_AGAINST.search(text):
        below = compared.group(1) is None or compared.group(1) in _BELOW
        basis = Basis.INITIAL if compared.group(2) == "年初预算" else Basis.ADJUSTED
        return lambda source, asked: _final_beside(source, asked, basis, below, year or source.disclosure.year)
    if moved := _MOVED.search(text):
        way = -1 if moved.group(1) else 1 if moved.group(2) else 0
        return lambda source, asked: _moved(source, asked, way, year or source.disclosure.year)
    if (limit := threshold(text)) is not None:
        sign, bound = limit
        edge = bound.to("元").value if bound.is_money else bound.value

        def passes(source: Source, asked: Asked) -> list[Value] | None:
            value = read_amount(source, asked, year or source.disclosure.year)
            amount = size(value)
            if value is None or amount is None or (asked.component and not amount):
                return None  # a class that has nothing of that part is none of its classes
            return [value] if (amount > edge if sign == ">" else amount < edge) else None

        return passes
    return None


def _one_part(source: Source, asked: Asked, wanted: str, barred: str, year: int) -> list[Value] | None:
    """The part that a class has, where it has none of the other."""
    has = read_amount(source, replace(asked, component=wanted), year)
    other = read_amount(source, replace(asked, component=barred), year)
    if has is None or not size(has) or (other is not None and size(other)):
        return None
    return [has]


def _final_beside(source: Source, asked: Asked, basis: Basis, below: bool | None, year: int) -> list[Value] | None:
    """Budget and final amount of a class, where the final one is below the budget (above it; None: the same)."""
    budget = read_amount(source, asked, year, [basis])
    final = read_amount(source, asked, year, [Basis.FINAL])
    a, b = size(budget), size(final)
    if budget is None or final is None or a is None or b is None:
        return None
    fits = a == b if below is None else b < a if below else b > a
    return [budget, final] if fits and (a or b) else None


def _moved(source: Source, asked: Asked, sign: int, year: int) -> list[Value] | None:
    """The change of a class that fell (-1), rose (1) or stayed (0)."""
    change = amounts.change_of(source, asked, year) or amounts.rate_of(source, asked, year)
    if change is None or change.amount is None:
        return None
    return [change] if change.amount.value.compare(Decimal(0)) == sign else None


def _leaves(desk: Desk, source: Source) -> list[Asked]:
    """The classes of the lowest level that the document has, of the kind the question speaks of; the parts of an account that
    has its own ("哪几项三公经费持平")."""
    own = next(
        (a for a in desk.plan.accounts if a.targets[0].scheme in (Scheme.THREE_PUBLIC, Scheme.PROCUREMENT)), None
    )
    if own is not None and (below := parts_of(source, own)):
        return below
    part = _part_asked(desk)
    economic = re.search(r"经济分类|经济科目|费用", desk.plan.text) or (part and not _FUNCTIONAL.search(desk.plan.text))
    scheme = Scheme.ECONOMIC if economic else Scheme.FUNCTION
    within = next((a.targets[0] for a in desk.plan.accounts if a.targets[0].scheme in _CLASSES), None)
    scheme, above = (within.scheme, within.code) if within else (scheme, "")
    above = above or next((f.code for f in source.figures if _headed(f, scheme, desk.plan.rest)), "")
    names = {f.code: f.account for f in source.figures if f.scheme is scheme and f.code and f.code.startswith(above)}
    leaves = [code for code in sorted(names) if not any(o != code and o.startswith(code) for o in names)]
    if scheme is Scheme.FUNCTION and not above and re.search(r"类级|大类|[几些]个?类", desk.plan.text):
        leaves = [code for code in sorted(names) if len(code) == _CLASS]
    fund = next((asked.funding for asked in desk.plan.accounts if asked.funding), "")
    base = desk.plan.base or (Basis.EXECUTED if Basis.EXECUTED in desk.plan.bases else None)
    return [
        Asked(names[c], names[c], (Target(scheme, c, names[c]),), flow="支出", funding=fund, component=part, base=base)
        for c in leaves
    ]


def _headed(figure: Figure, scheme: Scheme, words: Sequence[str]) -> bool:
    """Whether a figure is of a class that goes by one of the words left over ("哪些教育科目": 教育支出)."""
    return figure.scheme is scheme and len(figure.code) == _CLASS and figure.account.removesuffix("支出") in words


def _part_asked(desk: Desk) -> str:
    """The part of the spending within which classes of some size are asked for ("公用经费里哪些科目不到2万元"), "" for none."""
    text = desk.plan.text
    if threshold(text) is None or any(said.search(text) for said in (_ONLY, _WITHOUT, _FINAL_LEVEL, _FINAL_AGAINST)):
        return ""
    parts = {asked.component for asked in desk.plan.accounts if asked.targets[0].scheme is Scheme.TOTAL}
    return next(iter(parts)) if len(parts) == 1 and parts & set(_OF_BASIC) else ""


def _told(
    desk: Desk, source: Source, fitting: Sequence[Sequence[Value]], *, moves: bool = False,
    tell: Callable[[Value], str] | None = None,
) -> Draft:  # fmt: skip
    """The items that fit, each with what shows it; `moves` where that is a change, `tell` where it is something else."""
    count = desk.evidence.count(len(fitting))
    where = desk.speech.disclosure(source.disclosure)
    if not fitting:
        return Draft(Verdict.ANSWERED, desk.speech.pick(f"{where}里没有符合条件的。", f"None in {where}."))
    head = desk.speech.pick(f"{where}里符合条件的有{count}项：", f"{count} in {where}:")
    tell = tell or (
        (lambda v: moved_by(desk, v, unit=False))
        if moves
        else (lambda v: desk.tell(v, source.disclosure.issuer, unit=False))
    )
    lines = ["- " + desk.speech.pick("；", "; ").join(map(tell, values)) for values in fitting]
    return Draft(Verdict.ANSWERED, "\n".join([head, *lines]))
