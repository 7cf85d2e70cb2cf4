"""Years as people say them: 2026年, 26年, 二〇二六年, 今年, 去年, 近三年, 2023到2025年, FY2026."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.numerals import count

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_RANGE = re.compile(
    r"(?<!\d)(?<!\d[.,])((?:19|20)\d{2}|\d{2}(?=年?[到至]))年?度?\s*[到至\-—~～]\s*((?:19|20)\d{2}|\d{2}(?=年))年?度?"
)
_FULL = re.compile(
    r"(?<!\d)(?<!\d[.,])((?:19[89]|20[0-4])\d)(?:\s*(?:年度|财年|年)(?!期)|(?![\d,"
    r"]|\.\d|\s*[万亿元%人户辆台套个项件家名次多余]))"
)
_SHORT = re.compile(r"(?<!\d)(?<!\d[.,])([12]\d)年(?:度)?(?![期级限以内])")
_HAN = re.compile(r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年|$|\D)")
_LAST = re.compile(r"(?:最?近|过去|这|前|(?=两年))([两二三四五六七八九十]|\d)年(?:来|间)?")
_RELATIVE = (
    (re.compile(r"大前年"), -3),
    (re.compile(r"(?<!往)前年"), -2),
    (re.compile(r"去年度?(?!结转|结余)|上一?年度?(?!结转|结余|末|财政拨款结转)"), -1),
    (re.compile(r"今年|本年度|当前年度"), 0),
    (re.compile(r"明年|(?<!结转)(?<!结转至)(?<!结转到)下一?年度?(?!支出)"), 1),
)
_YEAR_BEFORE = re.compile(r"((?:19|20)\d{2})年度?的?(?:上一?年|前一年)度?(?!结转|结余|末)")
"""2024年的上一年 is 2023."""
_EVERY = re.compile(
    r"历年|逐年|每年(?!度?(?:要|至少|需|得|应|计划|打算|必须|能|可以|给|发|多少|几))|各年|这几年|近几年|近年来?|几年来|多年来?"
)


_UNKNOWN = (
    (re.compile(r"(?<![\d.,-])-1年度?"), "上年"),
    (re.compile(r"(?<![\d.,-])0年度?(?=[\u4e00-\u9fff，：:]|$)"), "（年度不明）"),
    (re.compile(r"(?<=, )0(?= (?:(?:initial |adjusted )?budget|final))"), "year unknown,"),
)


def without_unknown_years(text: str) -> str:
    """An answer's text with words where a document does not tell its year, which is kept as 0.

    >>> without_unknown_years("某局0年收入总计比-1年减少5万元")
    '某局（年度不明）收入总计比上年减少5万元'
    """
    for pattern, words in _UNKNOWN:
        text = pattern.sub(words, text)
    return text


_NONE_THEN = re.compile(
    r"(?:的时候|时|那会儿?)?(?:还|都|一分|根本)*(?:没有?|是0|是零|为零|为0)[^,，。;；?？]{0,8}[,，;；][^。?？]{0,8}"
    r"(?:(?:怎么|为什么|为何|为啥|咋)[^。?？]{0,4}(?:今年|本年|20\d\d)|(?:今年|本年|20\d\d年)[^。?？]{0,4}(?:怎么|为什么|为何|为啥|咋))"
)
"""Behind a year in which there was none of what another year has ("去年没有，怎么今年有了"): it is the base."""


@dataclass(frozen=True, slots=True)
class Years:
    """The years a question speaks of.

    `years` as said; `compared` those after 比/较 ("比2024年增加"), which name a base and not the year asked for; `last`
    for
    近N年; `relative` for 今年/去年; `against_last` where 上年 is only the base; `every` for 历年. `rest` is the text
    without them.
    """

    years: tuple[int, ...]
    compared: tuple[int, ...]
    last: int | None
    relative: int | None
    against_last: bool
    every: bool
    rest: str


def read_years(text: str) -> Years:
    """The years a folded question speaks of."""
    years: list[int] = []
    compared: list[int] = []

    def take(match: re.Match[str]) -> str:
        (compared if _is_base(match) else years).append(_year(match.group(1)))
        return " "

    def take_range(match: re.Match[str]) -> str:
        first, last = _year(match.group(1)), _year(match.group(2))
        years.extend(range(first, last + 1) if 0 < last - first <= 20 else (first, last))
        return " "

    text = _YEAR_BEFORE.sub(lambda found: f"{_year(found.group(1)) - 1}年", text)
    rest = _HAN.sub(lambda match: match.group().translate(_DIGITS), text)
    rest = _SHORT.sub(take, _FULL.sub(take, _RANGE.sub(take_range, rest)))
    if years and compared and max(compared) > max(years) and re.search(r"(?:与|同|和|跟)\s*(?:相?比|比较)", rest):
        years, compared = compared, years  # "2024年和2025年比": the later year is measured against the earlier
    latest = None
    if last := _LAST.search(rest):
        latest = count(last.group(1))
        rest = rest.replace(last.group(), " ")
    relative, against_last, rest = _relative(rest)
    every = _EVERY.search(rest) is not None
    return Years(_unique(years), _unique(compared), latest, relative, against_last, every, rest)


def _relative(rest: str) -> tuple[int | None, bool, str]:
    relative, against_last = None, False
    for pattern, offset in _RELATIVE:
        for found in pattern.finditer(rest):
            if offset < 0 and _is_base(found):
                against_last = True
                rest = rest[: found.start()] + " " * len(found.group()) + rest[found.end() :]
            elif relative is None:
                relative = offset
                rest = rest[: found.start()] + " " * len(found.group()) + rest[found.end() :]
    return relative, against_last, rest


def _is_base(match: re.Match[str]) -> bool:
    before, after = match.string[: match.start()], match.string[match.end() :]
    beside = re.match(r"\s*(?:预算|决算)?[和与跟、,]\s*(?:19|20)\d\d", after) is not None
    if beside and re.search(r"(?:比一比|比比|^\s*比较|^\s*对比)(?:一下)?\s*$", before):
        return False  # "比一比2022年和2023年的收入": both are asked for
    if re.search(r"(?:(?<!占)比|较|相较于|相比于?|对比)\s*$", before):
        return True
    if _NONE_THEN.match(after):
        return True
    return bool(
        re.search(r"(?:与|同|和|跟)\s*$", before)
        and re.match(r"(?:预算|决算|执行)?数?\s*(?:相?比|比较|一样|持平|相同|没变)", after)
    )


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _unique(years: list[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(years))
