"""Years against each other: in which of them an account was highest ("公务接待费哪年最高")."""

from __future__ import annotations

import re

from rag.answer import show
from rag.desk import Desk, Draft
from rag.ops_units import series
from rag.plan import Verdict
from rag.values import size

_WHICH_YEAR = re.compile(r"哪(?:一|个|几)?个?年(?:份|度)?|哪年")


def best_year(desk: Desk) -> Draft | None:
    """The year in which the account asked for was highest or lowest, with every year; None where that is not asked, or one
    year alone is told."""
    plan = desk.plan
    strong = [asked for asked in plan.accounts if not asked.weak] or list(plan.accounts)
    if _WHICH_YEAR.search(plan.text) is None or len(strong) != 1 or len(plan.units) != 1:
        return None
    values = series(desk, plan.units[0], strong[0])
    known = [(amount, value) for value in values if (amount := size(value)) is not None]
    if len(known) < 2 or len({value.basis for _, value in known}) > 1:
        return None
    edge = (max if plan.highest else min)(amount for amount, _ in known)
    first = [value for amount, value in known if amount == edge]
    when = "、".join(f"{value.year}年" for value in first)
    told = show(desk.money(first[0].amount)) if first[0].amount is not None else "0"
    head = desk.speech.pick(
        f"{'最高' if plan.highest else '最低'}的是**{when}**（{told}）{desk.marks(first[0])}。",
        f"{'Highest' if plan.highest else 'Lowest'} in **{when.replace('年', '')}** ({told}) {desk.marks(first[0])}.",
    )
    lines = [f"- {desk.tell(value, plan.units[0])}" for _, value in known]
    return Draft(Verdict.ANSWERED, "\n".join([head, *lines]), desk.result(first[0]) if len(first) == 1 else None)
