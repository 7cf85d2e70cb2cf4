"""What a question puts up as a condition: limits, amounts to be confirmed, items that fit, places of a ranking."""

from __future__ import annotations

import re

from corpus.money import Amount, mentions

_COUNT = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def threshold(text: str) -> tuple[str, Amount] | None:
    """ ">" or "<" with the amount that a filter names ("超过1万元", "10万元以上", "不到5%"), None for none."""
    for mention in mentions(text):
        before, after = text[: mention.start], text[mention.end :]
        if not mention.unit:
            continue
        if re.search(
            r"(?:超过|大于|高于|多于|不低于|超出|突破|破|(?<!以)上|(?<!不)过|够不够|够|到没到|(?<!不)到|达到)了?\s*$",
            before,
        ) or re.match(r"\s*(?:以上|及以上)", after):
            return ">", Amount(mention.value, mention.unit)
        if re.search(r"(?:不到|低于|少于|小于|不超过|不足)\s*$", before) or re.match(r"\s*(?:以下|以内)", after):
            return "<", Amount(mention.value, mention.unit)
    return None


_ITEMS = re.compile(
    r"有哪几项|哪几项|项目(?!支出)[^,，。]{0,6}[,，]哪(?:些|几)个?|(?:哪些|哪几个?|有几个|多少个|列一?下|列出).{0,8}?(?:项目(?!支出)|科目|款项|费用|开支|经费)|(?:哪些|哪几[个项类块])(?:支出|花销)(?!最|项目)|哪(?:些|几个?)(?:大)?类级?(?:科目|支出|的)|(?:科目|项目(?!支出)).{0,10}?(?:列一?下|有哪些|是哪些|哪些)"
)
_FIT = re.compile(
    r"只有|全部?都?是(?=基本|项目|人员|公用)|(?:变少|变多|少|多|降|涨|减)了|纯粹|纯(?=项目)|清一色|下降|增长|增加|减少|缩水|压减|没动|没变|不变|持平|一样|相同|相等|没有(?=基本|项目|人员|公用)|小于|低于|少于|大于|超过|超出|高于|多于|以上|以下|不到|没花完|没用完|结余|剩"
)


def items_that(text: str) -> bool:
    """Whether items of one document are picked by a condition ("哪些科目只有项目支出", "哪些项目超过100万元")."""
    return _ITEMS.search(text) is not None and _FIT.search(text) is not None


def put_up(text: str) -> Amount | None:
    """The one amount that an account is to be measured against ("6626万跟项目支出还差几万元"), None for none."""
    if re.search(r"(?:跟|与|和|比|离|减去?).{0,24}(?:差|多|少)", text) is None or threshold(text) is not None:
        return None
    amounts = [m for m in mentions(text) if m.unit in ("元", "万元", "亿元")]
    return Amount(amounts[0].value, amounts[0].unit) if len(amounts) == 1 else None


def claimed(text: str) -> Amount | None:
    """The amount that a question puts up to be confirmed or denied ("是10.91万元吗"), None for none."""
    if (
        re.search(r"吗|么[?？]?$|对不对|是不是|是否|真的|属实|没错|对吧|是吧", text) is None
        or threshold(text) is not None
    ):
        return None
    amounts = [m for m in mentions(text) if m.unit in ("元", "万元", "万", "亿元", "亿", "%")]
    return Amount(amounts[0].value, amounts[0].unit) if len(amounts) == 1 else None


def both_ends(text: str) -> bool:
    """Whether a ranking asks for the high end and the low end."""
    return re.search(r"最高|最多|最大", text) is not None and re.search(r"最低|最少|最小", text) is not None


def lowest(text: str) -> bool:
    """Whether a ranking asks for the low end (alone)."""
    if both_ends(text):
        return False
    return (
        re.search(r"最低|最少|最小|从低到高|从少到多|(?:更|比较)?(?:(?<!多)少|低)(?!于)(?:\?|？|$)|垫底|倒数", text)
        is not None
    )


def top(text: str) -> int | None:
    """How many of a ranking are asked for (前三), None when not said."""
    found = re.search(r"(?:前|最[大高多少低小贵]的)([一二两三四五六七八九十]|\d{1,2})(?!年)", text)
    return None if found is None else _COUNT.get(found.group(1)) or int(found.group(1))


def nth(text: str) -> int | None:
    """Which place of a ranking is asked for (排第三, 第二大), None when not said or the first."""
    found = re.search(
        r"(?:排(?:名|在|行)?第?|第)([一二两三四五六七八九十]|\d{1,2})(?:名|大|高|多|少|位|低|小|的|是|$|[?？])", text
    )
    place = None if found is None else _COUNT.get(found.group(1)) or int(found.group(1))
    return place if place and place > 1 else None


def those_with(text: str) -> bool:
    """Whether units are picked by a condition ("超过40万元的单位有哪些")."""
    return (
        threshold(text) is not None
        and re.search(r"(?:单位|部门|机构|中心)(?:有|是|都有|为)?哪|谁|几[个家](?:单位|部门)", text) is not None
    )
