"""Shares and completions put into words: what the percentage is of, and how it is reckoned."""

from __future__ import annotations

from corpus.figure import Figure
from corpus.money import Amount
from rag.answer import show
from rag.desk import Desk
from rag.values import Value


def tell_share(desk: Desk, value: Value, *, unit: bool = True) -> str:
    """A share with what it is a share of; `unit` False leaves the issuer out."""
    figure = value.figure
    of = (figure.whole if figure else value.note) or _whole_of(desk, figure)
    return _in_percent(desk, value, f"占{of}", of, unit=unit)


def _whole_of(desk: Desk, figure: Figure | None) -> str:
    """What a share is of where the document leaves it unsaid: the total of its fund and flow."""
    if figure is None or figure.funding in ("全部", ""):
        return desk.speech.pick("合计", "the total")
    return desk.speech.pick(f"{figure.funding}{figure.flow}合计", f"all {figure.funding} {figure.flow}")


def tell_completed(desk: Desk, value: Value, *, unit: bool = True) -> str:
    """What was spent in percent of the budget, with the budget it is measured on; `unit` False leaves the issuer out."""
    of = (value.figure.whole if value.figure else value.note) or desk.speech.pick("预算", "the budget")
    return _in_percent(desk, value, f"完成{of}", of, unit=unit)


def _in_percent(desk: Desk, value: Value, said: str, of: str, *, unit: bool) -> str:
    """A percentage with its subject, what it is of ("占支出合计", "完成全年预算") and its places."""
    assert value.amount is not None, "checked by the caller"
    subject = desk.speech.subject(value, desk.issuer(value.document), unit=unit)
    marks = desk.marks(value)
    desk.caution(value)
    tail = _reckoned(desk, value)
    return desk.speech.pick(
        f"{subject}{said}的**{show(value.amount)}**{tail}{marks}",
        f"{subject}: **{show(value.amount)}** of {of}{tail} {marks}",
    )


def _reckoned(desk: Desk, value: Value) -> str:
    """The formula of a computed percentage, "" for one that is printed."""
    if value.formula is None or value.amount is None:
        return ""
    desk.evidence.compute(value.amount, value.formula)
    return desk.speech.pick(f"（计算：{value.formula}）", f" (computed: {value.formula})")


def tell_move(desk: Desk, value: Value, issuer: str = "") -> str:
    """By how much something rose or fell, with its formula where it is computed; `issuer` "" leaves the unit out."""
    assert value.amount is not None, "checked by the caller"
    tail = _reckoned(desk, value)
    way = desk.speech.move(None if value.amount.value == 0 else value.amount.value > 0)
    moved = desk.money(Amount(abs(value.amount.value), value.amount.unit))
    desk.evidence.compute(moved, f"|{show(value.amount)}|")
    return (
        f"{desk.speech.subject(value, issuer, unit=bool(issuer))}{way} **{desk.shown(moved)}**{tail}{desk.marks(value)}"
    )
