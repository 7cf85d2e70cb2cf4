"""Traditional Chinese characters (繁體字) as the simplified ones in which everything here is compared.

Websites of some places serve their disclosures in traditional characters too, and readers of Hong Kong, Macao and Taiwan
ask in them. OpenCC (t2s) tells which character stands for which.
"""

from __future__ import annotations

import re
from functools import cache

import opencc

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_MOSTLY = 0.05
"""The share of a text's characters that only traditional writing has, from which on it is written so. Running traditional
text has a third of them, simplified text none but in names."""


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in simplified characters, each in its place: as many characters as before.

    >>> simplified("國家大劇院2018年預算情況說明"), simplified("国家大剧院2018年预算")
    ('国家大剧院2018年预算情况说明', '国家大剧院2018年预算')
    """
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(_converter().convert(character) for character in text)


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters.

    >>> is_traditional("財政撥款收入預算"), is_traditional("财政拨款收入预算"), is_traditional("朱镕基同志題")
    (True, False, True)
    """
    characters = "".join(_CHINESE.findall(text))
    changed = sum(a != b for a, b in zip(characters, simplified(characters), strict=True))
    return changed > _MOSTLY * len(characters)
