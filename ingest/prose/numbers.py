"""The numbers that running text states: those with a unit that counts, those whose unit is forgotten, those in words."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from corpus.money import MONEY_UNITS, Mention, mentions

_UP_TO = re.compile(r"(?:\([^()]{0,8}\))?(?:以上|及以上|以下|及以下|\(含\)|含以上|起付)")
_LIMIT = re.compile(r"(?:不低于|不超过|不少于|不高于|超过|低于|限额(?:标准)?(?:为)?)$")
_A_YEAR = re.compile(r"20[0-4]\d[项个]")
_UNCOUNTED = frozenset(
    {"", "年", "月", "天", "分钟", "小时", "件", "次", "条", "篇", "万件", "场次", "万个次", "个次", "亩",
     "平方公里", "张", "间", "户", "册", "吨", "栋", "座", "班"}
)  # fmt: skip
_COUNTED = {"次": re.compile(r"(?:批次|团组)(?:为|共|数)*$"), "张": re.compile(r"床位?(?:为|共|数)*$")}
"""Units that count what we read only after these words."""


def is_amount(text: str, mention: Mention) -> bool:
    """Whether a number with its unit is stated, not part of a name (单价100万元以上设备) or of a date."""
    counted = _COUNTED.get(mention.unit)
    if mention.unit in _UNCOUNTED and not (counted and counted.search(text[: mention.start])):
        return False
    if mention.unit == "项" and text[mention.start - 1 : mention.start] == "(" and text[mention.end :].startswith(")"):
        return False  # 群众文化(09项): part of a code
    after = text[mention.end : mention.end + 12]
    if _A_YEAR.fullmatch(mention.printed) and after.startswith("目"):
        return False  # 2022项目绩效自评: the year of a title that leaves 年度 out
    if mention.printed.endswith(("万", "亿")) and not re.match(r"[,。;、)(:左]|$|以|\d", after):
        return False  # 4万人, 199万平方米: 万 belongs to another unit
    if _UP_TO.match(after) and (mention.unit in MONEY_UNITS or mention.unit == "人"):
        return False
    return not _LIMIT.search(text[: mention.start])


_HEADS = re.compile(
    r"(?:编制|在职|退休|离休|实有|遗属)[^,。;、:\d]{0,3}人数(?:为|共|:)*$|(?:行政|事业|工勤|参公)(?:人员)?编制$|工勤技能(?:人员)?$"
)
"""People counted without a unit (行政编制人数19、在职人数49)."""
_CARS = re.compile(r"(?:用车|车辆)$")
_NEXT_CARS = re.compile(r"[,。;、)]|[^,。;、:\d]{2,16}(?:用车|车辆)\d")
_CARS_TOLD = re.compile(r"辆\((?:其中)?[^()。]*(?:\([^()]*\)[^()。]*)*$")
"""An open bracket behind a number of cars, which divides them (车辆8辆(其中:应急保障用车2执法执勤用车6))."""
_RATED = re.compile(r"同比(?:增长|下降|上升)\d+(?:\.\d+)?%")
_UNRATED = re.compile(r"同比(?:增长|下降|上升)$")


_SHARED = re.compile(r"(?:元|^)[,，、]?占$")
_MOVED_BY = re.compile(r"(?:增[加长]|减少|下降)(?:了)?\d[\d,]*(?:\.\d+)?[万亿]?元,(?:增长|下降)(?:了)?$")
_ENDS = re.compile(r"[,。;、)]|$")
_PAIRED = re.compile(r"(?:收入|收|增加|减少)$")
_PAIR = re.compile(r"、支[^,。;:、\d]{0,10}\d[\d,]*(?:\.\d+)?(?P<unit>[万亿]?元)")
_IN_A_ROW = re.compile(r"\d(?P<unit>[万亿]?元)[,、;][^\d,、;。:]{2,24}(?:支出|收入|拨款|经费)(?:预算|决算)?(?:为)?$")
"""An account in a row of them whose number has lost its unit (教育支出7.5万元,卫生健康支出31.42,农林水支出4万元)."""


def _lent_unit(before: str, after: str) -> str:
    """The unit that a number without one has by what stands around it, "" where nothing tells.

    …万元,占73.9教育支出…, 增加2万元,增长0.2; 收入476.17、支出460.06万元; 教育支出7.5万元,卫生健康支出31.42,农林水支出4万元.
    """
    if _SHARED.search(before) and (_ENDS.match(after) or re.match(r"[一-鿿]{2}", after)):
        return "%"
    if _MOVED_BY.search(before) and _ENDS.match(after):
        return "%"
    pair = _PAIR.match(after) if _PAIRED.search(before) else None
    row = _IN_A_ROW.search(before) if pair is None and _ENDS.match(after) else None
    return pair["unit"] if pair else row["unit"] if row else ""


def stated(text: str) -> list[Mention]:
    """The numbers that are stated, with those to which no unit is printed (people, cars, rates) and those in words."""
    found = [m for m in _in_words(text) if is_amount(text, m)]
    for mention in mentions(text):
        bare = not mention.unit and re.match(r"[,。;、)]|$", text[mention.end :])
        before = text[: mention.start]
        if not mention.unit and (lent := _lent_unit(before, text[mention.end :])):
            mention = replace(mention, unit=lent)
        elif bare and _HEADS.search(before):
            mention = replace(mention, unit="人")
        elif bare and _UNRATED.search(before) and len(_RATED.findall(text)) >= 2:
            mention = replace(mention, unit="%")  # the sign forgotten in a row of rates
        elif not mention.unit and _CARS.search(before) and _CARS_TOLD.search(before):
            mention = replace(mention, unit="辆") if _NEXT_CARS.match(text[mention.end :]) else mention
        if is_amount(text, mention):
            found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


_IN_WORDS = re.compile(
    r"(?<![第一二三四五六七八九十])(?P<number>[一二两三四五六七八九十]{1,3})(?P<unit>[个家])"
    r"(?=(?:内设|职能|业务|下属|所属|行政|直属|派出|附属|二级)?(?:机构|科室|股室|处室|委室|部门|单位|行政村|社区)(?![一-鿿]{0,6}(?:之间|联合|联动)))"
)
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}


def _in_words(text: str) -> list[Mention]:
    """Offices and villages counted in words (下设三个职能科室)."""
    found = []
    for match in _IN_WORDS.finditer(text):
        tens, ten, ones = match["number"].rpartition("十")
        if ten and len(tens) < 2 and len(ones) < 2:
            value = 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
        elif len(match["number"]) == 1:
            value = _DIGITS[match["number"]]
        else:
            continue
        found.append(Mention(match.start(), match.end(), Decimal(value), match["unit"], match.group()))
    return found
