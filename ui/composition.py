"""What a disclosure's expenditure is made of: where the money comes from, what it is for, how it is spent.

Everything drawn is a printed figure that can be opened, or a remainder that is worked out and said to be so. Amounts
are exact and in 元 here; only the drawing turns them into lengths.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from corpus.disclosure import Disclosure
from corpus.figure import Figure, Measure, Reader, Scheme, Status
from corpus.figures import Book
from corpus.money import Amount
from ui.words import Language, say

ALL_FUNDS = ("全部", "财政拨款", "一般公共预算")
"""What a class's own amount may be stated for, the widest first."""
APPROPRIATED = "财政拨款"
BUDGETS = ("一般公共预算", "政府性基金", "国有资本经营预算")
FUNDS = (
    *BUDGETS, "社会保险基金", "财政专户", "单位资金", "事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入",
    "其他收入", "其他资金",
)  # fmt: skip
"""Funds beside each other; what else a table calls a fund (当年预算, 上年结转 …) cuts across them."""
SPENDING = (("人员经费", "公用经费", "项目支出"), ("基本支出", "项目支出"))
"""Ways in which tables split a class's expenditure, the finest first."""
CHARTS = {"function": Scheme.FUNCTION, "economic": Scheme.ECONOMIC}
CLASS_DIGITS = 3
"""Digits of a 类 in the functional chart and in the economic one; 款 has 5, 项 has 7."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole in 元. `figure` is None for a remainder, which is worked out.

    `group` is the part's class and `whole` that class's own amount, which may differ from its parts by rounding.
    """

    name: str
    value: Decimal
    figure: Figure | None = None
    group: str = ""
    whole: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Stream:
    """Money from a part of one column to a part of the next, by their names."""

    source: str
    target: str
    value: Decimal
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """Funds → functional classes → kinds of spending. `left_out` names columns whose amounts exceed their class's."""

    funds: tuple[Part, ...]
    classes: tuple[Part, ...]
    kinds: tuple[Part, ...]
    streams: tuple[Stream, ...]
    left_out: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """The sum of the classes."""
        return sum((part.value for part in self.classes), Decimal(0))


def flow(book: Book, disclosure: Disclosure, rest: str, unsplit: str) -> Flow | None:
    """The disclosure's flow of money, None where no expenditure by class was read.

    `rest` names what comes from funds that no table tells, `unsplit` what no table splits by kind.
    """
    tops = [f for f in _amounts(book, disclosure, Scheme.FUNCTION) if len(f.code) == CLASS_DIGITS and f.flow == "支出"]
    whole = next((fund for fund in ALL_FUNDS if _by_name(tops, fund, "合计")), None)
    if whole is None:
        return None
    classes = _by_name(tops, whole, "合计")
    incoming, excess_in = _funded(tops, classes, rest)
    kinds = next(
        (
            found
            for found in ({k: _kind(tops, whole, k) for k in split} for split in SPENDING)
            if _whole(classes, found)
        ),
        {k: _kind(tops, whole, k) for k in SPENDING[-1]},
    )
    outgoing, excess_out = _split(classes, kinds, unsplit)
    # A column that tells nothing but that it is not told is not drawn.
    incoming, outgoing = ([e for e in split if any(p.figure for _, _, p in split)] for split in (incoming, outgoing))
    streams = [Stream(f, name, part.value, part.figure) for f, name, part in incoming]
    streams += [Stream(name, k, part.value, part.figure) for k, name, part in outgoing]
    left_out = tuple(word for word, excess in (("funds", excess_in), ("kinds", excess_out)) if excess)
    totals = _totals(book, disclosure)
    funds = _sums(incoming, {fund: totals[fund, "合计"] for fund, part in totals if part == "合计"})
    spent = _sums(
        outgoing, {kind: part for fund in _narrower(whole) for (f, kind), part in totals.items() if f == fund}
    )
    return Flow(funds, tuple(classes.values()), spent, tuple(streams), left_out)


def parts(book: Book, disclosure: Disclosure, scheme: Scheme, other: str) -> tuple[Part, ...]:
    """The finest amounts of a chart, each with its class as `group`, the classes in order of size.

    `other` names what a class has beyond the parts that are printed. A class whose parts exceed it is one part.
    """
    found = [f for f in _amounts(book, disclosure, scheme) if f.flow in ("", "支出")]
    scopes: dict[tuple[str, str], int] = {}
    for f in found:
        if len(f.code) > CLASS_DIGITS:
            scopes[f.funding, f.component] = scopes.get((f.funding, f.component), 0) + 1
    if not scopes:
        return ()
    width = {fund: -at for at, fund in enumerate(ALL_FUNDS)}
    scope = max(scopes, key=lambda s: (s[1] == "合计", s[1] == "基本支出", width.get(s[0], -9), scopes[s]))
    chosen = _first(f for f in found if (f.funding, f.component) == scope)
    classes = sorted((f for f in chosen if len(f.code) == CLASS_DIGITS), key=lambda f: -_yuan(f))
    return tuple(part for top in classes for part in _inside(top, chosen, other))


def _funded(tops: Sequence[Figure], classes: dict[str, Part], rest: str) -> tuple[list[tuple[str, str, Part]], bool]:
    """The classes' money by fund: by every fund that is told, by the three budgets, or as appropriated and the rest.

    Some tables tell a fund (单位资金) and its parts (事业收入 …) beside each other: then they exceed their class.
    """
    stated = {f.funding for f in tops}
    excess = False
    for names in (FUNDS, BUDGETS, (APPROPRIATED,)):
        given = {fund: _by_name(tops, fund, "合计") for fund in names if fund in stated}
        if given:
            found, excess = _split(classes, given, rest)
            if not excess:
                return found, False
    return ([], True) if excess else _split(classes, {}, rest)


def classes_total(parts: Sequence[Part]) -> Decimal:
    """The sum of the parts' classes, each counted once."""
    return sum({part.group: part.whole for part in parts}.values(), Decimal(0))


def _inside(top: Figure, chosen: Sequence[Figure], other: str) -> list[Part]:
    """A class's finest parts, largest first, and what is left of it."""
    below = [f for f in chosen if f.code.startswith(top.code) and len(f.code) > CLASS_DIGITS]
    finest = [f for f in below if not any(o.code.startswith(f.code) and o.code != f.code for o in below)]
    amount = _yuan(top)
    whole = Part(top.account, amount, top, top.account, amount)
    inside = [Part(f.account, _yuan(f), f, top.account, amount) for f in sorted(finest, key=lambda f: -_yuan(f))]
    left = _left(whole, inside)
    if not inside or left < 0:
        return [whole]
    return [*inside, Part(other, left, None, top.account, amount)] if left else inside


def _amounts(book: Book, disclosure: Disclosure, scheme: Scheme) -> list[Figure]:
    """Money above nought that the disclosure states for its own year, the proven readings of tables first."""
    found = book.figures(
        documents=[disclosure.name], schemes=[scheme], measures=[Measure.AMOUNT], years=[disclosure.year]
    )
    own = [
        f for f in found
        if f.basis is disclosure.basis and not f.entity
        and f.amount is not None and f.amount.is_money and f.amount.value > 0
    ]  # fmt: skip
    return sorted(own, key=lambda f: (f.reader is not Reader.TABLE, f.status is not Status.CONFIRMED))


def _yuan(figure: Figure) -> Decimal:
    assert figure.amount is not None, "only amounts are composed"
    return figure.amount.to("元").value


def _first(figures: Iterable[Figure]) -> list[Figure]:
    """One figure a code."""
    kept: dict[str, Figure] = {}
    for figure in figures:
        kept.setdefault(figure.code, figure)
    return list(kept.values())


def _by_name(tops: Sequence[Figure], funding: str, component: str) -> dict[str, Part]:
    chosen = _first(f for f in tops if f.funding == funding and f.component == component)
    return {f.account: Part(f.account, _yuan(f), f, f.account, _yuan(f)) for f in chosen}


def _kind(tops: Sequence[Figure], whole: str, kind: str) -> dict[str, Part]:
    """What the classes spend in one way, of all their money or, where that is all of it, of a narrower fund."""
    found: dict[str, Part] = {}
    for funding in _narrower(whole):
        found |= _by_name(tops, funding, kind)
    return found


def _narrower(fund: str) -> Sequence[str]:
    """A fund and what of it may be stated in its place where it is all of it, the narrowest first."""
    return ALL_FUNDS[: ALL_FUNDS.index(fund) - 1 if fund in ALL_FUNDS[1:] else None : -1]


def _whole(classes: dict[str, Part], split: dict[str, dict[str, Part]]) -> bool:
    """Whether a split tells all of every class."""
    told = {name: [kind[name] for kind in split.values() if name in kind] for name in classes}
    return all(_left(part, told[name]) == 0 for name, part in classes.items())


def _left(whole: Part, told: Sequence[Part]) -> Decimal:
    """What is left of an amount beyond its parts; a rounding tail of either sign counts as nothing.

    Every printed amount is rounded on its own, so n of them may be apart by n times half their last digit.
    """
    left = whole.value - sum((part.value for part in told), Decimal(0))
    halves = [_half(part) for part in (whole, *told)]
    return Decimal(0) if told and abs(left) <= sum(halves, Decimal(0)) else left


def _half(part: Part) -> Decimal:
    """Half of the last printed digit, in 元."""
    if part.figure is None or part.figure.amount is None:
        return Decimal(0)
    amount = part.figure.amount
    exponent = amount.value.as_tuple().exponent
    return Amount(Decimal(5).scaleb(int(exponent) - 1), amount.unit).to("元").value


def _split(
    classes: dict[str, Part], given: dict[str, dict[str, Part]], rest: str
) -> tuple[list[tuple[str, str, Part]], bool]:
    """(side, class, amount) with what is left of each class under `rest`; nothing where amounts exceed their class."""
    found: list[tuple[str, str, Part]] = []
    for name, whole in classes.items():
        told = [(side, name, amounts[name]) for side, amounts in given.items() if name in amounts]
        left = _left(whole, [part for _, _, part in told])
        if left < 0:
            return [], True
        found += told
        if left:
            found.append((rest, name, Part(rest, left)))
    order = [*given, rest]
    return sorted(found, key=lambda entry: order.index(entry[0])), False


def _totals(book: Book, disclosure: Disclosure) -> dict[tuple[str, str], Part]:
    """Printed totals of expenditure by fund and kind of spending."""
    found: dict[tuple[str, str], Part] = {}
    for f in _amounts(book, disclosure, Scheme.TOTAL):
        if f.flow == "支出":
            found.setdefault((f.funding, f.component), Part(f.account, _yuan(f), f))
    return found


def _sums(split: Sequence[tuple[str, str, Part]], totals: dict[str, Part]) -> tuple[Part, ...]:
    """The sum of each side, as the total that the document prints for it where the two agree but for rounding."""
    sides: dict[str, list[Part]] = {}
    for side, _, part in split:
        sides.setdefault(side, []).append(part)
    found = []
    for side, told in sides.items():
        total = totals.get(side)
        if total is not None and all(part.figure for part in told) and _left(total, told) == 0:
            found.append(Part(side, total.value, total.figure))
        else:
            found.append(Part(side, sum((part.value for part in told), Decimal(0))))
    return tuple(found)


def money_flow(book: Book, disclosure: Disclosure, language: Language = "zh") -> Flow | None:
    """The disclosure's flow of money with the remainders named in the reader's language."""
    return flow(book, disclosure, say("rest_of_funds", language), say("unsplit", language))


def composition_row(book: Book, disclosure: Disclosure) -> dict[str, Any]:
    """The page's JSON twin: the flow and both charts, amounts in 元 as exact text, each with its figure's id."""
    found = money_flow(book, disclosure)
    charts = {
        view: [_part(p) for p in parts(book, disclosure, scheme, say("rest_of_class"))]
        for view, scheme in CHARTS.items()
    }
    told: dict[str, Any] | None = None
    if found is not None:
        told = {
            "funds": [_part(p) for p in found.funds], "classes": [_part(p) for p in found.classes],
            "kinds": [_part(p) for p in found.kinds], "left_out": list(found.left_out),
            "streams": [
                {"from": s.source, "to": s.target, "value": f"{s.value:f}", "figure": s.figure.id if s.figure else None}
                for s in found.streams
            ],
        }  # fmt: skip
    return {"document": disclosure.name, "unit": "元", "flow": told} | charts


def _part(part: Part) -> dict[str, Any]:
    return {
        "name": part.name, "class": part.group or None, "value": f"{part.value:f}",
        "figure": part.figure.id if part.figure else None,
    }  # fmt: skip
