"""Two amounts weighed against each other: whether they agree, within what rounding may make, and how far they are apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.money import MONEY_UNITS, Amount, half_last_digit, mentions
from rag.answer import show
from rag.desk import Desk

AGREES = re.compile(
    r"(?:一样|相同|相等|一致|相符|吻合|相合|同一个数)(?:吗|么|不|[?？]|$)|[对合]得(?:上|拢)|对不上|等于[^,，。]{0,24}(?:吗|么|[?？]|$)"
    r"|(?:刚好|正好|真的)[^,，。]{0,12}(?:吗|么|[?？]|$)|是(?:不是|否)(?:刚好|正好|等于|一致|一样|相[同等符])|矛盾|对不对|对[吗么]|差在哪"
)
"""It is asked whether two places say the same, or parts make their whole."""
TOGETHER = re.compile(r"相加|加起来|加总|加在一起|加一起|合起来|合在一起|之和|总和|合计|加上?.{2,30}等于")
"""Parts are to be added up."""


def weighed(desk: Desk, one: Amount, other: Amount, slack: Decimal) -> tuple[str, Amount]:
    """Yes or no for two amounts of one kind, in the first's unit: with how far they are apart, and that amount. `slack` is
    what rounding may account for."""
    second = other.to(one.unit) if one.is_money else other
    gap = desk.money(Amount(abs(one.value - second.value), one.unit))
    larger, smaller = sorted((one, second), key=lambda amount: amount.value, reverse=True)
    apart = Amount(larger.value - smaller.value, one.unit)
    formula = f"{show(larger)} − {show(smaller)} = {show(apart)}"
    desk.evidence.compute(apart, formula)
    if not apart.value:
        return desk.speech.pick("一致", "They agree"), gap
    if apart.value <= slack:
        return desk.speech.pick(
            f"一致：相差{show(gap)}，在四舍五入的尾差之内（计算：{formula}）",
            f"They agree: {show(gap)} apart, within rounding (computed: {formula})",
        ), gap
    return desk.speech.pick(
        f"不一致：相差**{show(gap)}**（计算：{formula}）",
        f"They do not agree: **{show(gap)}** apart (computed: {formula})",
    ), gap


def claims(text: str) -> list[Amount]:
    """The amounts of money that a question puts up; a bare number with decimals is one in 万元, as such questions have it.

    >>> [str(a) for a in claims("两项加起来等于12.5吗")], [str(a) for a in claims("占3.51%")]
    (['12.5万元'], [])
    """
    found = []
    for mention in mentions(text):
        fraction = mention.value.as_tuple().exponent
        if mention.unit in MONEY_UNITS:
            found.append(Amount(mention.value, mention.unit))
        elif mention.unit == "万" or (not mention.unit and isinstance(fraction, int) and fraction < 0):
            found.append(Amount(mention.value, "万元"))
    return found


def slack_of(amounts: Sequence[Amount], unit: str) -> Decimal:
    """What rounding of the last printed digit of each amount of money may make together, in that unit."""
    return sum((half_last_digit(a.value) * MONEY_UNITS[a.unit] / MONEY_UNITS[unit] for a in amounts), Decimal(0))
