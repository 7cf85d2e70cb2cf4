"""Chinese numerals as people write them in questions, in digits: 二〇二六年, 一百万, 五十万元."""

from __future__ import annotations

import re

_DIGIT = {
    "〇": 0,
    "零": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_PLACE = {"十": 10, "百": 100, "千": 1000}
_YEAR = re.compile(r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年|财年|$|[^〇零○一二三四五六七八九十百千万])")
_TEN_THOUSAND = re.compile(r"(?:上|过|超过?|到)万元?(?=[?？吗没]|$)")
"""有没有上万元: a limit without a number."""
_BEFORE_UNIT = re.compile(r"[一二两三四五六七八九十百千零〇]+(?=万|亿)")


def arabic(text: str) -> str:
    """The text with Chinese years and counts of 万 and 亿 in digits; everything else as it is.

    >>> arabic("二零二六年超过一百五十万")
    '2026年超过150万'
    """
    text = _YEAR.sub(lambda found: "".join(str(_DIGIT[char]) for char in found.group()), text)
    text = _TEN_THOUSAND.sub("超过1万元", text)
    return _BEFORE_UNIT.sub(lambda found: str(count(found.group())), text)


def count(numeral: str) -> int:
    """The value of a numeral below ten thousand, in digits or Chinese (一百五 is 150, 两 is 2)."""
    if numeral.isdecimal():
        return int(numeral)
    total, digit, place = 0, 0, 1
    for char in numeral:
        if char in _PLACE:
            place = _PLACE[char]
            total += (digit or 1) * place
            digit = 0
        else:
            digit = _DIGIT[char]
            place = 1 if char in "零〇" else place
    return total + digit * (place // 10 if place > 1 and not numeral.endswith(("十", "百", "千")) else 1)
