"""Figures of a whole government's paper as lines of an answer."""

from __future__ import annotations

from decimal import Decimal

from corpus.figure import Figure, Measure
from corpus.money import Amount
from corpus.vocabulary import fold
from rag.answer import show
from rag.desk import Desk
from rag.levels import LEVELS
from rag.plan import Asked


def strong(desk: Desk) -> list[Asked]:
    """The accounts that a question names in earnest."""
    return [asked for asked in desk.plan.accounts if not asked.weak]


def size_of(figure: Figure) -> Decimal:
    """The amount of a gathered figure for comparison, money in 元."""
    assert figure.amount is not None, "gathered figures have amounts"
    return figure.amount.to("元").value if figure.amount.is_money else figure.amount.value


def line_of(desk: Desk, figure: Figure) -> str:
    """One figure of a list: an amount, how it moved, or how much of the plan it is."""
    amount = figure.amount
    assert amount is not None, "gathered figures have amounts"
    mark = desk.evidence.cite(figure)
    level = f"（{figure.component}）" if figure.component in LEVELS else ""
    own = (
        figure.name
        if fold(figure.name) not in fold(figure.account) and fold(figure.account) not in fold(figure.name)
        else ""
    )
    name = f"{figure.account}{f'（文中称“{own}”）' if own else ''}{level}"
    if figure.measure is Measure.COMPLETION:
        return desk.speech.pick(
            f"{name}完成{figure.whole}的**{show(amount)}**{mark}",
            f"{name}: **{show(amount)}** of {figure.whole} {mark}",
        )
    if figure.measure in (Measure.CHANGE, Measure.RATE):
        size = desk.money(Amount(abs(amount.value), amount.unit))
        desk.evidence.compute(size, f"|{show(amount)}|")
        rate = figure.measure is Measure.RATE
        up, down = ("增长", "下降") if rate else ("增加", "减少")
        way = desk.speech.pick(up if amount.value >= 0 else down, "up" if amount.value >= 0 else "down")
        return desk.speech.pick(f"{name}{way}**{show(size)}**{mark}", f"{name}: {way} **{show(size)}** {mark}")
    return desk.speech.pick(f"{name}：**{desk.shown(amount)}**{mark}", f"{name}: **{desk.shown(amount)}** {mark}")
