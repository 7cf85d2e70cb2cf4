"""Whole governments' papers as questions look into them: which documents they are, and which of their figures a word such as
税种, 非税 or 支出 gathers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.disclosure import Basis, Level
from corpus.figure import Figure, Measure, Scheme
from rag.desk import Desk
from rag.finder import accepted_bases
from rag.levels import LEVELS, at_hand, levels_said
from rag.values import Source

_CLASS = 5
"""Digits of a class of revenue (款)."""
_BELOW_TRANSFERS = ("11001", "11002", "11003", "11004", "11005")
Pool = Callable[[Figure], bool]


def paper(desk: Desk) -> Source | None:
    """The first document at hand where it is a whole government's paper about its money; None elsewhere."""
    if not desk.plan.documents:
        return None
    source = desk.sources()[0]
    if source.disclosure.level is not Level.GOVERNMENT:
        return None
    return source if any(_of_a_budget(figure) for figure in source.figures) else None


def _of_a_budget(figure: Figure) -> bool:
    """Whether a figure is of what a government takes in or spends by fund."""
    return figure.scheme is Scheme.REVENUE or (figure.scheme is Scheme.TOTAL and figure.funding == "一般公共预算")


def when(desk: Desk, source: Source) -> tuple[int, Sequence[Basis]]:
    """The year a question asks about, and the kinds of number that answer it."""
    year = desk.plan.years[-1] if desk.plan.years else source.disclosure.year
    return year, accepted_bases(desk.plan.bases, source.disclosure, year)


def pool_of(text: str) -> Pool | None:
    """The figures that a question's word gathers: taxes, other revenue, the parts of all income, classes of expenditure."""
    if re.search(r"非税", text):
        return lambda f: _revenue(f, "103")
    if re.search(r"税种|[哪几各]个?税|哪些税|什么税|种税|税收|主体税|税.{0,6}(?:最|哪)", text):
        return lambda f: _revenue(f, "101") or (f.scheme is Scheme.REVENUE and not f.code and f.account.endswith("税"))
    if re.search(r"收入(?:总计|总量|合计)|总收入|收入来源|可用财力|收入.{0,6}(?:来源|构成|组成)", text):
        return _of_all_income
    if re.search(r"支出总计|总支出", text):
        return _of_all_spending
    if re.search(r"支出|花|领域|科目|民生", text):
        return lambda f: (
            f.scheme is Scheme.FUNCTION and f.flow == "支出" and (not f.code or (len(f.code) == 3 and f.code < "230"))
        )
    if re.search(r"收入", text):
        return lambda f: _revenue(f, "101") or _revenue(f, "103")
    return None


def _revenue(figure: Figure, kind: str) -> bool:
    return figure.scheme is Scheme.REVENUE and figure.code.startswith(kind) and len(figure.code) == _CLASS


def _of_all_income(figure: Figure) -> bool:
    """What all income of the general budget is made up of: the year's own, transfers, debt, what was carried over."""
    if figure.scheme is Scheme.TOTAL:
        return figure.account == "本年收入合计" and figure.funding == "一般公共预算"
    if figure.scheme is not Scheme.REVENUE or figure.funding not in ("一般公共预算", "全部"):
        return False
    if figure.code:
        return figure.code[:3] in ("105", "110")
    return not figure.account.endswith("部门组织收入") and figure.account not in ("财政总收入", "可用财力")


def of_all_funds(figure: Figure) -> bool:
    """What the income of all funds together is made up of."""
    own = figure.scheme is Scheme.TOTAL and figure.account == "本年收入合计" and bool(figure.funding)
    return own or _of_all_income(replace(figure, funding="全部"))


def _of_all_spending(figure: Figure) -> bool:
    if figure.scheme is Scheme.TOTAL:
        return figure.account == "本年支出合计" and figure.funding == "一般公共预算"
    if figure.scheme is Scheme.BALANCE:
        return True
    return figure.scheme is Scheme.FUNCTION and figure.code[:3] in ("230", "231")


def gathered(desk: Desk, source: Source, pool: Pool, measure: Measure, level: str = "") -> list[Figure]:
    """One figure for each account of a pool that states the measure, of the level asked for or given (else of the whole
    place)."""
    year, bases = when(desk, source)
    said = next((said for said, _ in levels_said(desk.plan.text)), level if level in LEVELS else "")
    said = at_hand(said, {figure.component for figure in source.figures}) if said else ""
    found: dict[str, Figure] = {}
    for figure in source.figures:
        if figure.measure is not measure or figure.amount is None or figure.year != year or figure.basis not in bases:
            continue
        if figure.entity or not pool(figure) or (said and figure.component in LEVELS and figure.component != said):
            continue
        if measure in (Measure.CHANGE, Measure.RATE) and figure.whole:
            continue
        name = figure.account if figure.scheme is not Scheme.TOTAL else f"{figure.account}{figure.funding}"
        known = found.get(name)
        better = known is None or (bases.index(figure.basis), _order(figure, said)) < (
            bases.index(known.basis), _order(known, said)
        )  # fmt: skip
        if better:
            found[name] = figure
    return _outermost(list(found.values()))


def _outermost(figures: list[Figure]) -> list[Figure]:
    """Without classes of which the pool has the whole: kinds of transfers beside all of them, general debt beside all debt."""
    codes = {figure.code for figure in figures if figure.code}
    whole = any(figure.account == "上级补助收入" for figure in figures)
    return [
        f for f in figures
        if not (whole and f.code in _BELOW_TRANSFERS) and not any(f.code != code and f.code.startswith(code) for code in codes)
    ]  # fmt: skip


def _order(figure: Figure, said: str) -> int:
    if said:
        return int(figure.component != said)
    return int(figure.component in LEVELS)
