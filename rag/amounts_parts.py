"""Amounts that no place prints but the document's others give exactly: items and kinds added up, posts summed, the other half
of what a fund pays, one fund that is all there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.disclosure import Basis
from corpus.figure import Measure, Scheme
from corpus.money import Absence, Agreement, Amount, compare
from corpus.vocabulary import Target
from rag.calculate import difference, total
from rag.plan import Asked
from rag.values import Source, Value, figures_of, read_amount

Read = Callable[[Source, Asked, int, Sequence[Basis]], Value | None]
"""Reads the amount of an account for a year, of these kinds of numbers."""


def of_its_parts(source: Source, asked: Asked, year: int, bases: Sequence[Basis], read: Read) -> Value | None:
    """An amount nowhere printed that its items, its kinds of posts or the other half of its fund give; None where none does.
    `read` reads an item, which may be made up of others itself."""
    return (
        _of_its_items(source, asked, year, bases, read)
        or _of_its_posts(source, asked, year)
        or _of_its_people(source, asked, year)
        or _left_of_the_fund(source, asked, year, bases)
    )


THREE_PUBLIC_ITEMS = {
    "三公经费": ("因公出国（境）费", "公务接待费", "公务用车购置及运行费"),
    "公务用车购置及运行费": ("公务用车购置费", "公务用车运行维护费"),
}
"""The items that a “三公” total is the sum of (财政部, 三公经费公开口径)."""


def _of_its_items(source: Source, asked: Asked, year: int, bases: Sequence[Basis], read: Read) -> Value | None:
    """A “三公” total that is nowhere printed, added up from its items: each an amount, or said not to be there (0)."""
    names = THREE_PUBLIC_ITEMS.get(asked.name) if asked.targets[0].scheme is Scheme.THREE_PUBLIC else None
    if names is None or asked.measure not in (None, Measure.AMOUNT):
        return None
    targets = (Target(Scheme.THREE_PUBLIC, "", name) for name in names)
    parts = [read(source, replace(asked, name=t.account, targets=(t,)), year, bases) for t in targets]
    told = [_none_as_nought(part) for part in parts if part is not None]
    if len(told) < len(names) or all(part is None or part.amount is None for part in parts):
        return None
    if any(part.amount is None or (part.choice is not None and part.choice.disputing) for part in told):
        return None
    summed = total(sorted(told, key=lambda part: part not in parts))  # in the unit of an amount that is printed
    return None if summed is None else replace(summed, asked=asked)


_HALVES = {"基本支出": "项目支出", "项目支出": "基本支出"}
_FISCAL = ("一般公共预算", "财政拨款")
"""Funds whose expenditure is basic or for projects and nothing else (部门预算管理规定: 经营支出 and the like are paid from others)."""


def _left_of_the_fund(source: Source, asked: Asked, year: int, bases: Sequence[Basis]) -> Value | None:
    """Expenditure for projects (or basic expenditure) that is nowhere printed: what a fiscal fund pays less the other half."""
    other = _HALVES.get(asked.component)
    if other is None or asked.targets[0].scheme is not Scheme.TOTAL or asked.measure not in (None, Measure.AMOUNT):
        return None
    for fund in [fund for fund in _FISCAL if asked.funding in ("", fund)]:
        halves = [replace(asked, component=component, funding=fund) for component in ("", other)]
        whole, half = (read_amount(source, each, year, bases) for each in halves)
        if whole is None or half is None or whole.amount is None or half.amount is None:
            continue
        scopes = [(f.funding, f.component) for value in (whole, half) for f in figures_of(value)]
        if scopes != [(fund, "合计"), (fund, other)] or any(v.choice and v.choice.disputing for v in (whole, half)):
            continue
        left = difference(whole, half)
        if left is not None and left.amount is not None and left.amount.value >= 0:
            return replace(left, asked=replace(asked, funding=fund))
    return None


_POSTS = ("行政编制", "政法编制", "参公编制", "事业编制", "工勤编制")


def _of_its_posts(source: Source, asked: Asked, year: int) -> Value | None:
    """The approved posts in all, added up from their kinds where the document prints no sum of them."""
    if asked.name != "编制" or asked.targets[0].scheme is not Scheme.STAFF:
        return None
    kinds = [replace(asked, name=kind, targets=(Target(Scheme.STAFF, "", kind),)) for kind in _POSTS]
    told = [value for kind in kinds if (value := read_amount(source, kind, year, (), Measure.COUNT)) is not None]
    if not told or any(value.choice is None or value.choice.disputing for value in told):
        return None
    if len(told) < _SEVERAL:
        return told[0]  # posts of one kind alone, told as such
    summed = total(told)
    return None if summed is None else replace(summed, asked=asked)


_PEOPLE = ("行政人员", "参公人员", "事业人员", "工勤人员")
_UNDER_A_CAPTION = re.compile(r"(?:实有|现有|在[职编岗])[^,，;；。:：\d]{0,4}人[数员][:：](?P<kinds>[^;；。]+)")


def _of_its_people(source: Source, asked: Asked, year: int) -> Value | None:
    """Those on duty in all, added up from their kinds under a caption without a sum (实有在职人数:行政9人,事业12人)."""
    if asked.name not in ("在职人员", "实有人员") or asked.targets[0].scheme is not Scheme.STAFF:
        return None
    kinds = [replace(asked, name=kind, targets=(Target(Scheme.STAFF, "", kind),)) for kind in _PEOPLE]
    told = [value for kind in kinds if (value := read_amount(source, kind, year, (), Measure.COUNT)) is not None]
    figures = [figure for value in told for figure in figures_of(value)]
    if len(told) < _SEVERAL or any(figure.path[-1:] not in (("在职人员",), ("实有人员",)) for figure in figures):
        return None
    captions = {found["kinds"] for f in figures if (found := _UNDER_A_CAPTION.search(f.locator.quote)) is not None}
    if len(captions) != 1 or len(re.findall(r"\d+[人名]", captions.pop())) != len(told):
        return None  # kinds that are not known stand among them
    summed = total(told)
    return None if summed is None else replace(summed, asked=asked)


def of_its_kinds(source: Source, asked: Asked, year: int, bases: Sequence[Basis]) -> Value | None:
    """What an everyday word covers that no one class does (离退休: 行政单位离退休 and 事业单位离退休), added up where the document
    has more than one of its classes; None where it has one or none, or the word stands for one class."""
    kinds = [t for t in asked.targets if t.scheme is Scheme.FUNCTION and t.code]
    if len(kinds) < _SEVERAL or len({target.code[:-2] for target in kinds}) > 1 or asked.measure is not None:
        return None
    if any(target.account in asked.said for target in kinds):
        return None  # one of them is called by its own name
    told = [
        value for target in kinds
        if (value := read_amount(source, replace(asked, name=target.account, targets=(target,)), year, bases))
        and value.amount is not None
    ]  # fmt: skip
    if len(told) < _SEVERAL or any(value.choice is None or value.choice.disputing for value in told):
        return None
    summed = total(told)
    return None if summed is None else replace(summed, asked=asked)


_SEVERAL = 2


def _none_as_nought(part: Value) -> Value:
    """An item that the document says there is none of ("无因公出国（境）费预算"), as 0."""
    none = part.figure is not None and part.figure.absence is Absence.NO_DATA
    return replace(part, amount=Amount(Decimal(0), "万元")) if none else part


def of_the_only_fund(source: Source, asked: Asked, year: int, bases: Sequence[Basis]) -> Value | None:
    """An amount asked for over all funds, read for one fund where that fund's total is the total of all."""
    if asked.funding != "全部":
        return None
    read = read_amount(source, replace(asked, funding=""), year, bases)
    figure = read.figure if read else None
    if figure is None or figure.funding == "全部":
        return None
    totals = (Target(Scheme.TOTAL, "", "本年支出合计"), Target(Scheme.TOTAL, "", "支出总计"))
    everything = Asked("支出合计", "", totals, flow="支出", funding="全部")
    whole = read_amount(source, everything, year, bases)
    fund = read_amount(source, replace(everything, funding=figure.funding), year, bases)
    if whole is None or fund is None or whole.amount is None or fund.amount is None:
        return None
    return read if compare(whole.amount, fund.amount) in (Agreement.EXACT, Agreement.ROUNDED) else None
