"""What people say in short, spelt out as the papers print it before a question is read: a plan after it was adjusted, the
grand total of a paper, several kinds of money that share one ending."""

from __future__ import annotations

import re

_ADJUSTED = re.compile(r"(?:调整|追加|变动)(?:过?后|以后|之后)的?(?=预算)")
_BOTH_SIDES = re.compile(r"收[、,，/和](?=支(?:总计|总额|合计|预算|决算|总预算|总决算))")
_POSTS = re.compile(r"(?P<kind>行政|事业|工勤|参公|政法)编(?![制外办译码列报委入])")
_GRAND = re.compile(r"(?<=收入|支出)总(?:量|盘子)")
_KINDS = "人员|公用|专项|项目|基本|日常公用|业务|运转"
_SHARED_ENDING = re.compile(
    rf"(?P<names>(?:{_KINDS})(?:[、,和与跟及](?:{_KINDS}))+)(?:这)?(?:[两二三四]|\d)?(?:大)?(?:块|项|类|部分|种)?(?:的)?(?P<ending>经费|支出)"
)


def spelt_out(text: str) -> str:
    """The folded question with such words in full.

    >>> spelt_out("比调整后的预算多多少"), spelt_out("公用、专项、人员三块经费加起来多少")
    ('比调整预算多多少', '公用经费、专项经费、人员经费加起来多少')
    >>> spelt_out("事业编有几个")
    '事业编制有几个'
    >>> spelt_out("收入总量是多少"), spelt_out("财政拨款收、支总计是多少")
    ('收入总计是多少', '财政拨款收支总计是多少')
    """
    text = _POSTS.sub(r"\g<kind>编制", _BOTH_SIDES.sub("收", text))
    text = _GRAND.sub("总计", _ADJUSTED.sub("调整", text))
    return _SHARED_ENDING.sub(_each_named, text)


def _each_named(found: re.Match[str]) -> str:
    parts = re.split(r"([、,和与跟及])", found["names"])
    return "".join(part if at % 2 else f"{part}{found['ending']}" for at, part in enumerate(parts))
