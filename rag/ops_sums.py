"""Several figures made into one: sums, means, amounts per member of staff, each with its operands told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.figure import Scheme
from corpus.money import Absence, Amount, half_last_digit
from corpus.vocabulary import Target
from rag import calculate, numerals
from rag.answer import show
from rag.counted import HEADS_ASKED, kinds_named
from rag.desk import Desk, Draft
from rag.nesting import without_parts
from rag.ops_figures import joined, values_for
from rag.plan import Asked, Verdict
from rag.refuse import missing
from rag.values import Combine, Value


def total(desk: Desk) -> Draft:
    """Accounts, units or years added up, with each operand told."""
    return _combined(desk, calculate.total, desk.speech.pick("合计", "Total"))


def average(desk: Desk) -> Draft:
    """The mean over accounts, units or years."""
    return _combined(desk, calculate.average, desk.speech.pick("平均", "Average"))


_SO_MANY = re.compile(r"(?P<many>[两二三四五六七八九十])(?:个|项|块|笔|类|种|样)(?:专项|项目|科目|经费|费用|支出)?")
_SO_MANY_ADDED = re.compile(
    r"[三四五六七八九十](?:个|项|块|笔|样)(?:经费|费用|支出|钱)?(?:加|一共|合计|总共|总和|合起来)"
)
"""So many things named are to be added, however few words are left over."""


def _fewer_than_said(desk: Desk) -> str | None:
    """That not all of the items to be added up were understood ("科创、生命健康…四个专项", one of them unknown), None where all were."""
    plan = desk.plan
    said = _SO_MANY.search(plan.text)
    named = bool(plan.rest) or (len(plan.accounts) > 1 and _SO_MANY_ADDED.search(plan.text) is not None)
    if not named or not plan.accounts or len(plan.units) > 1 or len(plan.years) > 1:
        return None
    people = HEADS_ASKED.search(plan.text) is not None
    wanted = numerals.count(said["many"]) if said else kinds_named(plan.text) if people and plan.rest else 0
    if len(plan.accounts) >= wanted:
        return None
    number, known = desk.evidence.count(wanted), desk.evidence.count(len(plan.accounts))
    return desk.speech.pick(
        f"问的是{number}项的合计，只认出了{known}项，没有相加。",
        f"The sum of {number} items is asked for; {known} were recognised, so nothing was added up.",
    )


def _lacking(desk: Desk, stated: Sequence[Value]) -> str | None:
    """That one account alone of those to be added up is disclosed, so that there is nothing to add; None otherwise."""
    accounts = desk.plan.accounts
    lacking = [asked.name for asked in accounts if not any(value.asked.name == asked.name for value in stated)]
    alone = len(stated) == 1 and stated[0].formula is None
    if not alone or len(accounts) < _PAIR or not lacking:
        return None
    names = "、".join(lacking)
    return desk.speech.pick(
        f"文件没有公开“{names}”，没有相加。", f"“{names}” is not disclosed, so nothing was added up."
    )


_PAIR = 2


def _combined(desk: Desk, combine: Combine, word: str) -> Draft:
    values = [value for asked in desk.plan.accounts for value in values_for(desk, asked)]
    stated = [value for value in values if value.amount is not None or _none_at_all(value)]
    if not stated:
        return missing(desk)
    numbers = [
        value if value.amount is not None else replace(value, amount=Amount(desk.zero, "万元")) for value in stated
    ]
    lines = [desk.tell(value, desk.issuer(value.document)) for value in stated]
    if (short := _fewer_than_said(desk) or _lacking(desk, stated)) is not None:
        return Draft(Verdict.ANSWERED, joined([short, *lines]))
    at_hand = [desk.shelf.disclosure(name) for name in desk.plan.documents]
    issuers = {d.issuer for d in at_hand if not desk.plan.years or d.year in desk.plan.years}
    expected = len(desk.plan.accounts) * max(1, len(desk.plan.years)) * max(1, len(issuers))
    if len(stated) < expected:
        desk.evidence.warn(
            desk.speech.pick(
                "有的项目、单位或年份文件没有公开，未计入。",
                "Some items, units or years are not disclosed and not counted.",
            )
        )
    outer = without_parts(numbers)
    if len(outer) < len(numbers):
        inside = "、".join(v.asked.name for v in numbers if v not in outer)
        desk.evidence.warn(desk.speech.pick(
            f"{inside}已包含在所列的另一项里，没有重复计算。", f"{inside}: part of another item listed, not counted twice."
        ))  # fmt: skip
        # the whole is named with several of its parts: its own figure is their sum
        alone = outer[0] if len(outer) == 1 and len(numbers) > 2 else None
        return Draft(
            Verdict.ANSWERED, joined(lines), desk.result(alone) if alone and combine is calculate.total else None
        )
    combined = combine(numbers)
    if combined is None or combined.amount is None or len(stated) < 2:
        return Draft(Verdict.ANSWERED, joined(lines), desk.result(stated[0]) if len(stated) == 1 else None)
    desk.evidence.compute(combined.amount, combined.formula or "")
    shown = show(desk.money(combined.amount))
    marks = "".join(dict.fromkeys(desk.evidence.cite(f) for f in combined.operands))
    lines.insert(
        0,
        desk.speech.pick(
            f"{word}：**{shown}**（计算：{combined.formula}）{marks}",
            f"{word}: **{shown}** (computed: {combined.formula}) {marks}",
        ),
    )
    return Draft(Verdict.ANSWERED, joined(lines), desk.result(combined))


def _none_at_all(value: Value) -> bool:
    return value.figure is not None and value.figure.absence is Absence.NO_DATA


def sums_agree(desk: Desk) -> Draft | None:
    """Whether the accounts named first add up to the last one ("A与B相加，跟C对得上吗"); None where that is not asked."""
    accounts = [asked for asked in desk.plan.accounts if not asked.weak]
    if len(accounts) < 3 or not re.search(
        r"相加|加起来|之和|合计|加总|加在一起|加一起|加上?.{2,30}(?:等于|对得上|相等|吻合|一致)", desk.plan.text
    ):
        return None
    values = [value for asked in accounts for value in values_for(desk, asked)[:1]]
    if len(values) < len(accounts) or any(value.amount is None or not value.amount.is_money for value in values):
        return None
    parts, whole = values[:-1], values[-1]
    summed = calculate.total(parts)
    if summed is None or summed.amount is None or whole.amount is None:
        return None
    own = _years_own(desk, summed.amount, whole)
    told = [*parts, whole]
    if own is not None:
        told, whole = [*parts, own, whole], own
    gap = calculate.difference(summed, whole)
    if gap is None or gap.amount is None or whole.amount is None:
        return None
    desk.evidence.compute(summed.amount, summed.formula or "")
    apart = desk.evidence.compute(Amount(abs(gap.amount.value), gap.amount.unit), gap.formula or "")
    marks = "".join(dict.fromkeys(desk.evidence.cite(figure) for figure in gap.operands))
    if not gap.amount.value:
        head = desk.speech.pick(f"对得上：{summed.formula}{marks}", f"They add up: {summed.formula} {marks}")
    else:
        within = apart.value <= _rounding(values)
        why = desk.speech.pick(
            "，在四舍五入的尾差之内" if within else "，超出四舍五入的尾差",
            ", within rounding" if within else ", beyond rounding",
        )
        name, printed = whole.asked.name, show(whole.amount)
        head = desk.speech.pick(
            f"相差{show(apart)}{why}：{summed.formula}，{name}印的是{printed}（计算：{gap.formula}）{marks}",
            f"{show(apart)} apart{why}: {summed.formula}, {name} printed {printed} (computed: {gap.formula}) {marks}",
        )
    return Draft(Verdict.ANSWERED, joined([head, *(desk.tell(v, desk.issuer(v.document)) for v in told)]))


def _rounding(values: Sequence[Value]) -> Decimal:
    """What rounding of parts and whole may make, in the last digit of the whole."""
    amount = values[-1].amount
    return len(values) * half_last_digit(amount.value) if amount is not None else Decimal(0)


def _years_own(desk: Desk, summed: Amount, whole: Value) -> Value | None:
    """The year's own spending or income that parts make within rounding, where they miss the total asked for, which also
    holds what is carried over; None where they meet that total, or no such figure."""
    figure = whole.figure
    if (
        figure is None
        or whole.amount is None
        or figure.scheme is not Scheme.TOTAL
        or figure.flow not in ("收入", "支出")
    ):
        return None
    name = f"本年{figure.flow}合计"
    if figure.account == name or abs(summed.to(whole.amount.unit).value - whole.amount.value) <= _rounding([whole] * 3):
        return None
    target = Target(Scheme.TOTAL, "", name)
    asked = Asked(name, name, (target,), flow=figure.flow, funding=figure.funding, component=figure.component)
    own = next(iter(values_for(desk, asked)), None)
    if own is None or own.amount is None or own.figure is None:
        return None
    near = abs(summed.to(own.amount.unit).value - own.amount.value) <= _rounding([own] * 3)
    return own if near else None
