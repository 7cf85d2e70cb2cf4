"""Which class or item rose or fell most within one document ("哪个科目降得最多", "三公经费里哪项增加最多")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.figure import Scheme
from corpus.vocabulary import Target
from rag import amounts
from rag.conditions import both_ends
from rag.desk import Desk, Draft
from rag.ops_lists import items_of
from rag.plan import Asked, Operation, Verdict
from rag.rates_told import tell_move
from rag.values import Value, size

_BY_CLASS = (Scheme.TOTAL, Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.SOURCE)
_SHOWN, _FEWEST = 5, 2


def most_moved(desk: Desk) -> Draft | None:
    """The item that rose (or fell) most, those after it, each with its change; None where no movement is ranked."""
    plan = desk.plan
    if plan.inner not in (Operation.CHANGE, Operation.RATE) or len(plan.accounts) > 1 or not plan.documents:
        return None
    itemised = bool(plan.accounts) and plan.accounts[0].targets[0].scheme not in _BY_CLASS
    moves = (not itemised and _classes_moved(desk)) or _items_moved(desk)
    if len(moves) < _FEWEST:
        return _too_few(desk, moves)
    ordered = sorted(moves, key=lambda value: size(value) or 0, reverse=plan.highest)
    place = plan.nth or 1
    if place > len(ordered) or not any((size(value) or 0) * (1 if plan.highest else -1) > 0 for value in moves):
        return _none_that_way(desk, ordered)
    chosen = ordered[place - 1]
    shown = ordered[: plan.top or max(_SHOWN, place)]
    lines = [f"{desk.evidence.count(at)}. {tell_move(desk, value)}" for at, value in enumerate(shown, 1)]
    if both_ends(plan.text):
        last = ordered[-1]
        lines.append(
            desk.speech.pick(
                f"最低的是**{last.asked.name}**：{tell_move(desk, last)}", f"Lowest: {tell_move(desk, last)}"
            )
        )
    lines += _in_percent_alone(desk, moves)
    nth = "" if place == 1 else f"起第{desk.evidence.count(place)}位"
    way = ("增加" if plan.highest else "减少") + "最多" + nth
    head = desk.speech.pick(
        f"{way}的是**{chosen.asked.name}**：",
        f"{'Rose' if plan.highest else 'Fell'} most{'' if place == 1 else f' (no. {place})'}: **{chosen.asked.name}**",
    )
    return Draft(Verdict.ANSWERED, "\n".join([head, *lines]), desk.result(chosen) if (plan.top or 1) == 1 else None)


def _classes_moved(desk: Desk) -> list[Value]:
    """The change (or rate) of every class that has one: of the kind the question speaks of, the lowest level only."""
    plan = desk.plan
    scheme = Scheme.ECONOMIC if re.search(r"经济分类|经济科目", plan.text) else Scheme.FUNCTION
    source = desk.sources()[0]
    within = plan.accounts[0].targets[0].code if plan.accounts and plan.accounts[0].targets[0].scheme is scheme else ""
    names = {f.code: f.account for f in source.figures if f.scheme is scheme and f.code.startswith(within) and f.code}
    leaves = [code for code in names if not any(o != code and o.startswith(code) for o in names)]
    fund = plan.accounts[0].funding if plan.accounts else ""
    return _moved(desk, [
        Asked(names[code], names[code], (Target(scheme, code, names[code]),), flow="支出", funding=fund)
        for code in leaves
    ])  # fmt: skip


def _items_moved(desk: Desk) -> list[Value]:
    """The change (or rate) of every item of the one account asked about."""
    if not desk.plan.accounts:
        return []
    return _moved(desk, [item.asked for item in items_of(desk, desk.sources()[0], desk.plan.accounts[0])])


def _moved(desk: Desk, items: Sequence[Asked]) -> list[Value]:
    """What is stated or works out of each: amounts where those are asked for and known of two or more, else percentages."""
    plan, source = desk.plan, desk.sources()[0]
    year = plan.years[0] if plan.years else source.disclosure.year
    moved: list[Value] = []
    for read in (amounts.rate_of,) if plan.inner is Operation.RATE else (amounts.change_of, amounts.rate_of):
        found = [read(source, each, year, plan.bases) for each in items]
        moved = [value for value in found if value is not None and value.amount is not None]
        if len(moved) >= _FEWEST:
            break
    return moved


def _in_percent_alone(desk: Desk, moves: Sequence[Value]) -> list[str]:
    rates = any(value.amount is not None and not value.amount.is_money for value in moves)
    if not rates or desk.plan.inner is not Operation.CHANGE:
        return []
    return [desk.speech.pick(
        "文件只写明了各项增减的百分比，没有写明增减的金额，以上按百分比排。",
        "The document states the changes in percent alone; they are ranked by that.",
    )]  # fmt: skip


def _none_that_way(desk: Desk, moves: Sequence[Value]) -> Draft:
    """No item rose (or fell): say so, with how each moved."""
    way = desk.speech.pick("增加" if desk.plan.highest else "减少", "rose" if desk.plan.highest else "fell")
    head = desk.speech.pick(f"没有一项{way}：", f"None of them {way}:")
    return Draft(Verdict.ANSWERED, "\n".join([head, *(f"- {tell_move(desk, value)}" for value in moves[:_SHOWN])]))


def _too_few(desk: Desk, moves: Sequence[Value]) -> Draft:
    """How large the items are says nothing of how they moved."""
    where = desk.speech.disclosure(desk.sources()[0].disclosure)
    head = desk.speech.pick(
        f"{where}没有写明各项与上年相比的增减，比不出哪一项增减最多。",
        f"{where} does not state how its items changed, so none can be said to have moved most.",
    )
    return Draft(Verdict.NOT_DISCLOSED, "\n".join([head, *(f"- {tell_move(desk, value)}" for value in moves)]))
