"""Which of a document's figures states what is asked for.

One account stands in several places and scopes. The rules of choice, in this order:

1. the kind of account: the first target of the wording that the document has (公务接待费: “三公” before 30217; the
   totals of a document are one kind, so that all funds come before the name of the total);
2. an amount before a blank, a dash or an empty table;
3. the component asked for; unsaid: 合计, then 基本支出 (economic classes stand there), then others;
4. the fund asked for; unsaid: 全部, then 财政拨款, then 一般公共预算, then the rest;
5. the basis asked for; unsaid: the disclosure's own;
6. 支出 before 收入 where the flow is unsaid; tables before prose; exact amounts before rounded ones.

Readings of the same amount elsewhere in the document corroborate it; other scopes with another amount are rivals, to be
named
in a warning.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.accounts import chart, clean_name
from corpus.disclosure import Basis, Disclosure, Level
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.money import Absence, Agreement, compare, half_last_digit
from corpus.vocabulary import Target
from rag.levels import LEVELS, at_hand
from rag.plan import Asked

_FUNDS = {"全部": 0, "财政拨款": 1, "一般公共预算": 2}
_COMPONENTS = {"合计": 0, "基本支出": 1, "公用经费": 2, "人员经费": 2, "项目支出": 3}
_WITHIN_BASIC = ("人员经费", "公用经费")
"""A class of basic expenditure may be printed under one of its two halves alone."""
_FLOWS = {"支出": 0, "": 0, "收入": 1, "结余": 2}
_HELD = frozenset({Scheme.ASSET, Scheme.STAFF})
_NEAR_BASES: dict[Basis, tuple[Basis, ...]] = {
    Basis.BUDGET: (Basis.BUDGET, Basis.ADJUSTED, Basis.INITIAL),
    Basis.FINAL: (Basis.FINAL, Basis.EXECUTED),
    Basis.INITIAL: (Basis.INITIAL, Basis.BUDGET),
    Basis.ADJUSTED: (Basis.ADJUSTED,),
    Basis.EXECUTED: (Basis.EXECUTED, Basis.FINAL),
    Basis.HALF: (Basis.HALF,),
    Basis.PART: (Basis.PART,),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen reading of a fact, other readings that agree with it, and amounts of other scopes or readings that do
    not."""

    figure: Figure
    corroborating: tuple[Figure, ...] = ()
    rivals: tuple[Figure, ...] = ()
    disputing: tuple[Figure, ...] = ()

    @property
    def scope(self) -> tuple[str, str, str]:
        """Flow, funding and component of the chosen figure."""
        return self.figure.flow, self.figure.funding, self.figure.component


def accepted_bases(asked: Collection[Basis], disclosure: Disclosure, year: int) -> tuple[Basis, ...]:
    """The bases a figure may have to answer the question, best first."""
    if not asked:
        own = _NEAR_BASES.get(disclosure.basis, (disclosure.basis,))
        others = tuple(
            b for b in (Basis.BUDGET, Basis.EXECUTED, Basis.FINAL, Basis.ADJUSTED, Basis.INITIAL) if b not in own
        )
        if disclosure.basis in (Basis.HALF, Basis.PART) and year != disclosure.year:
            return (Basis.FINAL, Basis.EXECUTED, *own, Basis.BUDGET, Basis.ADJUSTED, Basis.INITIAL)
        if disclosure.level is Level.GOVERNMENT and disclosure.basis is Basis.BUDGET and year < disclosure.year:
            return (Basis.EXECUTED, Basis.FINAL, *own)  # the year before is told by what came of it, its plan beside it
        return own[:1] if year == disclosure.year else (*own, *others)
    found: list[Basis] = []
    for basis in asked:
        found += [near for near in _NEAR_BASES[basis] if near not in found]
    return tuple(found)


def same_account(figure: Figure, target: Target) -> bool:
    """Whether a figure is of the account a target names."""
    if figure.scheme is not target.scheme:
        return False
    if target.code:
        return figure.code == target.code or (
            not figure.code and clean_name(figure.account) == clean_name(target.account)
        )
    wanted = clean_name(target.account)
    printed = _printed_account(figure.scheme, figure.name, figure.account)
    if printed:
        return clean_name(printed) == wanted
    if clean_name(figure.account) == wanted or clean_name(figure.name) == wanted:
        return True
    known = chart().named(figure.account, figure.scheme)
    return known is not None and clean_name(known.name) == wanted


@cache
def _printed_account(scheme: Scheme, name: str, account: str) -> str:
    """The account that the printed name plainly is, where it is another than the one noted; "" otherwise.

    "年末公务用车保有量" is no number of cars bought, whatever it was filed under.
    """
    printed = clean_name(name)
    if not printed or clean_name(account) in printed or scheme in (Scheme.TOTAL, Scheme.PROJECT):
        return ""
    inside = [
        item.name for item in chart().accounts if item.scheme is scheme and not item.code and item.name in printed
    ]
    best = max(inside, key=len, default="")
    return best if len(best) >= 5 and best != account else ""


def candidates(
    figures: Sequence[Figure], asked: Asked, *, year: int, bases: Sequence[Basis], measure: Measure,
) -> list[tuple[tuple[int, ...], Figure]]:  # fmt: skip
    """Figures that answer, with the rank of each (lower is better), best first."""
    found: list[tuple[tuple[int, ...], Figure]] = []
    if asked.component in LEVELS:
        asked = replace(asked, component=at_hand(asked.component, {figure.component for figure in figures}))
    targets = asked.targets
    final = bool(bases) and bases[0] is Basis.FINAL and not any(f.scheme is Scheme.REVENUE for f in figures)
    if final and asked.name in ("支出合计", "收入合计") and "总计" not in asked.said:
        # what a year's spending came to is 本年支出合计; the grand total of a final account holds carried-over money
        # too
        targets = tuple(sorted(targets, key=lambda target: not target.account.startswith("本年")))
    for order, figure in enumerate(figures):
        if figure.measure is not measure or not _when(figure, year, bases):
            continue
        if figure.entity and figure.scheme is not Scheme.PERFORMANCE:
            continue
        index = next((i for i, target in enumerate(targets) if same_account(figure, target)), None)
        if index is not None and _of_another_fund(figure, asked):
            continue
        if index is None or (asked.parent is not None and not _below(figure, asked.parent)):
            continue
        scope = _scope_rank(figure, asked)
        if scope is None:
            continue
        kind = 0 if figure.scheme is Scheme.TOTAL and targets[0].scheme is Scheme.TOTAL else index
        rank = (
            kind, asked.said.startswith("总") and clean_name(figure.name) != asked.said,  # 总收入 where the text says so
            _said(figure), figure.scheme is Scheme.STAFF and figure.year != year, _other_base(figure, asked.base),
            *scope, index,
            bases.index(figure.basis) if figure.basis in bases else 9, figure.ocr,
            figure.reader is not Reader.TABLE, order,
        )  # fmt: skip
        found.append((rank, figure))
    return sorted(found, key=lambda item: item[0])


def _of_another_fund(figure: Figure, asked: Asked) -> bool:
    """Whether a source of income that stands in for a total is of another fund than the one asked for."""
    if not asked.funding or asked.targets[0].scheme is not Scheme.TOTAL or figure.scheme is not Scheme.SOURCE:
        return False
    own = ("财政拨款", "一般公共预算") if asked.funding == "财政拨款" else (asked.funding,)
    return asked.funding != "全部" and not any(name in figure.account for name in own)


def _said(figure: Figure) -> int:
    """An amount before a note that there is none, such a note before a blank."""
    if figure.amount is not None:
        return 0
    return 1 if figure.absence is Absence.NO_DATA else 2


def _other_base(figure: Figure, wanted: Basis | None) -> bool:
    """Whether a change is measured against something else than what is asked for: the same kind of number of the year
    before, unless the question names another."""
    if figure.measure not in (Measure.CHANGE, Measure.RATE):
        return False
    return not against(figure, wanted) if wanted else bool(figure.whole)


def against(figure: Figure, base: Basis) -> bool:
    """Whether a change is measured against that kind of number ("2023年预算执行数")."""
    words = {Basis.EXECUTED: "执行", Basis.FINAL: "决算", Basis.INITIAL: "年初预算", Basis.ADJUSTED: "全年预算"}
    if base is Basis.BUDGET:
        return not figure.whole or (figure.whole.rstrip("数").endswith("预算") and "执行" not in figure.whole)
    return words[base] in figure.whole


def is_of(figure: Figure, asked: Asked) -> bool:
    """Whether a figure is of the account asked for, within the class named with it ("宣传事务的一般行政管理事务")."""
    if asked.parent is not None and not _below(figure, asked.parent):
        return False
    return any(same_account(figure, target) for target in asked.targets)


def _below(figure: Figure, above: Target) -> bool:
    """Whether a figure's account is within a class."""
    if above.code and figure.code:
        return figure.code.startswith(above.code)
    return clean_name(above.account) in map(clean_name, figure.path)


def _when(figure: Figure, year: int, bases: Sequence[Basis]) -> bool:
    """Whether a figure is of the year and basis; holdings and staff are counted at the end of that year or the one
    before."""
    if figure.scheme in _HELD:
        return figure.year in (year, year - 1)
    if figure.scheme is Scheme.PERFORMANCE:
        return figure.year == year
    return figure.year == year and figure.basis in bases


def fund(name: str) -> str:
    """A fund's name for comparison."""
    return name.removesuffix("预算") if name != "一般公共预算" else name


def _scope_rank(figure: Figure, asked: Asked) -> tuple[int, int, int] | None:
    """How well component, fund and flow fit (component, fund, flow), None when they contradict the question."""
    if asked.component:
        part = figure.scheme is Scheme.ECONOMIC and asked.component == "基本支出" and figure.component in _WITHIN_BASIC
        if figure.component != asked.component and not part:
            return None
        component = int(part)
    elif figure.scheme is Scheme.TOTAL and figure.component not in ("合计", *LEVELS):
        return None  # a part of the total is not the total
    else:
        component = _COMPONENTS.get(figure.component, 4)
        if figure.scheme is Scheme.PROJECT and figure.component == "项目支出":
            component = 0
    if asked.funding and figure.scheme is not Scheme.SOURCE:
        if fund(figure.funding) != asked.funding and not (
            asked.funding == "财政拨款" and figure.funding == "一般公共预算"
        ):
            return None
        funding = int(fund(figure.funding) != asked.funding)
    elif asked.fallback_funding and figure.scheme is Scheme.TOTAL:
        if fund(figure.funding) != asked.fallback_funding:
            return None
        funding = 0
    elif figure.scheme is Scheme.TOTAL and figure.funding not in _FUNDS:
        return None  # what one special fund brings or costs is not the total
    else:
        funding = _FUNDS.get(figure.funding, 3)
    if asked.flow and figure.flow not in (asked.flow, "") and figure.account != "收支总计":
        return None
    return component, funding, 0 if asked.flow else _FLOWS.get(figure.flow, 1)


def find(
    figures: Sequence[Figure], asked: Asked, *, year: int, bases: Sequence[Basis], measure: Measure = Measure.AMOUNT,
) -> Choice | None:  # fmt: skip
    """The figure that answers best, with what agrees and what differs, or None when the document states none."""
    ranked = candidates(figures, asked, year=year, bases=bases, measure=measure)
    if not ranked:
        return None
    best = ranked[0][1]
    agreeing: list[Figure] = []
    disputing: list[Figure] = []
    rivals: dict[tuple[str, ...], Figure] = {}
    for _, figure in ranked[1:]:
        if figure.basis is not best.basis or figure.id == best.id:
            continue
        same_fact = figure.fact == best.fact
        if _agree(best, figure):
            if same_fact or figure.scheme is best.scheme:
                agreeing.append(figure)
        elif same_fact and figure.amount is not None:
            disputing.append(figure)
        elif figure.amount is not None and not _cut_off(best, figure) and _comparable_scope(best, figure, asked):
            rivals.setdefault(figure.fact, figure)
    upheld = {figure.fact for figure in agreeing}
    disputing += [rival for fact, rival in rivals.items() if fact in upheld]
    kept = tuple(rival for fact, rival in rivals.items() if fact not in upheld)
    return Choice(best, _distinct(best, agreeing), kept, tuple(disputing))


def _agree(one: Figure, other: Figure) -> bool:
    if one.amount is None or other.amount is None:
        return one.amount is None and other.amount is None
    return compare(one.amount, other.amount) in (Agreement.EXACT, Agreement.ROUNDED)


def _cut_off(one: Figure, other: Figure) -> bool:
    """Whether two money amounts differ by less than one unit of the coarser one's last digit: digits cut off, not
    rounded."""
    if one.amount is None or other.amount is None or not (one.amount.is_money and other.amount.is_money):
        return False
    a, b = one.amount.to("元").value, other.amount.to("元").value
    return abs(a - b) < 2 * max(half_last_digit(a), half_last_digit(b))


def _comparable_scope(best: Figure, figure: Figure, asked: Asked) -> bool:
    """Whether a figure of another scope could have been meant: a wider or narrower fund, or another class of that
    name."""
    kinds = {figure.scheme, best.scheme}
    if len(kinds) > 1 and Scheme.ECONOMIC not in kinds:
        return False
    if figure.flow != best.flow:
        return False
    if figure.component != best.component:
        economic = figure.scheme is Scheme.ECONOMIC and best.scheme is Scheme.ECONOMIC
        if asked.component or not (economic or figure.scheme is not best.scheme):
            return False
        if not {figure.component, best.component} <= {"合计", "基本支出"}:
            return False
    return asked.funding == figure.funding or (not asked.funding and figure.funding in _FUNDS)


def _distinct(best: Figure, agreeing: Sequence[Figure]) -> tuple[Figure, ...]:
    """At most two corroborating readings: one from prose, one from another table."""
    kept: list[Figure] = []
    prose = next((f for f in agreeing if f.reader is not Reader.TABLE and f.locator.quote != best.locator.quote), None)
    table = next(
        (f for f in agreeing if f.reader is Reader.TABLE and f.locator.table_id != best.locator.table_id), None
    )
    for figure in (prose, table):
        if figure is not None:
            kept.append(figure)
    return tuple(kept)
