"""What a lead says: the words between two amounts tell whether the next one is an amount, a change, a rate, a share.

"比2025年预算数增加" makes the next number a change against 2025, "占" a share, "完成年初预算的" a completion; what is
left after such words names the account. Wording differs by province (较上年执行数减少, 同比下降,
增幅为, 与上年相比降低).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.disclosure import Basis
from corpus.figure import Measure
from corpus.money import MONEY_UNITS

_UP = ("增加", "增长", "上升", "提高", "上涨", "增多", "上浮", "调增", "多支出", "超出", "增")
_DOWN = (
    "减少",
    "下降",
    "降低",
    "压减",
    "缩减",
    "核减",
    "削减",
    "下滑",
    "下浮",
    "调减",
    "节约",
    "压缩",
    "回落",
    "减",
    "降",
)
_BOTH = (
    "增减变动",
    "增减变化",
    "增减",
    "增(减)",
    "增/减",
    "增加(减少)",
    "增加(或减少)",
    "减少(或增加)",
    "增长(或下降)",
    "下降(或增长)",
    "增长(下降)",
    "增加(下降)",
    "增加/减少",
    "增长/下降",
    "上升(下降)",
    "变动",
)
_WORDS = "|".join(map(re.escape, (*_BOTH, *_UP, *_DOWN)))
_DIRECTION = re.compile(
    rf"(?P<word>{_WORDS}|(?<=[数年])加)(?:了|额|率|幅度|幅|比例|比率|金额|数|支出|收入|预算|开支|\([-+]\))*(?:分别)?(?:为|达到?|约|是|:|共|共计)*$"
)
_MOVED = frozenset({"增加", "增长", "减少", "下降", "降低", "增", "减", *_BOTH})
_NEWLY = re.compile(r"[新添]$")
"""新增2辆 counts what came, 比上年增加2辆 what there is more of."""
_SHARE = re.compile(
    r"(?P<of>占(?P<whole>[^,;。]{0,40}?))(?:的)?(?:比重|比例|百分比|比率|比|份额)?(?:分别)?(?:为|约|达到?|是|:)*$"
)
_COMPLETION = re.compile(
    r"(?:(?:完成(?:了)?(?=[^,;。]{0,12}预算)|(?:占|为|达到?|是)(?=(?:年初|全年|调整后?|年度)?预算))(?P<plan>[^,;。]{0,12}?预算)(?:安排)?(?:总额|数|额|任务)?(?:的)?|(?P<rate>[^,;。]{0,8}预算(?:完成|执行)(?:率|进度)|执行率|完成率)(?:为|达到?|是)?)(?:约)?$"
)
COMPARISON = re.compile(
    r"(?:相较于?|相比于?|对比|比较|同比(?=[上去前]一?年|20\d\d年)|[比较与同和]|(?:^|(?<=[,、]))(?=[^,]{4,14}相比))(?P<with>(?:上|去|前)一?年(?:度)?(?:同期)?|同期|20\d\d年(?:度)?(?:\([^()]*\))?|20\d\d(?=[增减上下]|$)|(?=年初|全年|调整|预算))"
    r"(?P<basis>(?:“?三公[“”]?经费(?=决算|预算|执行|支出|总|数)|年初|初|全年|累计|调整后?|当年|财政|部门|单位|年度|预算|决算|执行|总?支出|总?收入|安排|完成|实际|总(?=[数额])|数[字据年]?|额|的)*)"
    r"(?:相比(?:较)?|比较|对比|相较|相对)?(?:,)?"
)
_BARE_COMPARISON = re.compile(r"同比|环比")
_YEAR = re.compile(r"(20\d\d)年(?!\d{1,2}月)")
_BASIS_NOISE = re.compile(
    r"(?:一般公共|政府性基金|国有资本经营|社会保险基金)预算|预算(?:单位|项目|资金|金额|管理|绩效|编制|内|财政拨款|安排的?项目)|项目预算|单位预算|部门预算|总预算"
)


@dataclass(frozen=True, slots=True)
class Compared:
    """What a change is measured against: `year`, and the kind of number named (None where none is named)."""

    year: int
    basis: Basis | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a lead says of the amount after it.

    `sign` is +1 or -1 for changes and rates, 0 for a percentage of which no word says what it is. `subject` is the part
    of the lead that names the account, "" where the lead names none; `earlier` are the clauses before it, nearest
    first. `whole` is what a share or a completion is a share of, as printed. `year` and `basis` are None where the lead
    does not say.
    """

    measure: Measure
    subject: str
    earlier: tuple[str, ...] = ()
    sign: int = 1
    compared: Compared | None = None
    whole: str = ""
    year: int | None = None
    basis: Basis | None = None
    beside: bool = False
    """Whether an amount is only set beside the one spoken of (较上年6万元减少6万元): `compared` says which it is."""


_JOINTS = re.compile(
    r"^[,、:;。)\]》”]+|^由(?=本年|当年|上年|基本|项目|一般|财政)"
    r"|^主要(?:是|有|为)(?=[^,;。]{2,24}$)|^[^,;。:]{0,20}?项目支出有(?=.{2,24}$)|^(?:故|因此|因而|所以)(?=[^,;。]{4})|^(?:以及|及|[和与](?!上|去|20)|同时|另外|此外|相应地?|并|其中|另有?)(?=.)[:,]?"
)


def pieces(lead: str) -> list[str]:
    """The clauses of a lead without leading punctuation, enumerators and 其中."""
    parts = re.split(r"[,:]", re.sub(r"\((?:即|指)?上一?年度?[^()]*\)", "", lead))
    return [_bare(part) for part in parts]


def _bare(part: str) -> str:
    before = None
    while part != before:
        before = part
        part = _JOINTS.sub("", part)
        part = re.sub(
            r"^(?:[一二三四五六七八九十]{1,3}、|[一二三四五六]是(?=[^,;。]{2,20}(?:收入|支出|拨款|经费|资金|费)(?:为|共)?$)|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、)](?!\d(?!\d{3}年))|[①-⑳])",
            "",
            part,
        )
        part = part.rstrip("(")  # 房屋(20平方米: what stands before the bracket is counted in it
        if part.count("(") > part.count(")"):
            part = re.sub(r"^([^()]*)\(", r"\1,", part).split(",")[-1]
    return "" if part in ("其中", "其中包括") else part


_WAY_IN_BRACKETS = re.compile(r"(?<![增加少减长降升])\((?P<way>增加|减少|增长|下降|增|减|降)\)(?=(?:幅|额|率)?$)")
"""The way a form had to be filled in with (较上年(减少)6万元,(减)幅23%)."""


_AGAINST_ITSELF = re.compile(
    r"(?P<name>[一-鿿]{3,14}?)(?P<against>(?:较|比|与|同|和|相[比较]于?)(?:20\d\d|上|去)年(?:度)?)(?P=name)"
)
"""An account named again behind the year it is measured on (基本支出预算比2024年基本支出预算5万元增加1万元)."""


def _moved(found: re.Match[str]) -> str:
    return {"少": "减少", "多": "增加"}[found["way"]]


def read_lead(lead: str, unit: str, year: int) -> Reading:
    """Read the lead of an amount in `unit`; `year` is the disclosure's fiscal year."""
    parts = pieces(_WAY_IN_BRACKETS.sub(r"\g<way>", lead))
    parts[-1] = _AGAINST_ITSELF.sub(r"\g<name>\g<against>", parts[-1])
    parts[-1] = re.sub(rf"^{year - 1}年(?:度|底|末)?(?=结[转余])", "上年", parts[-1])
    parts[-1] = re.sub(r"^(?:包?含|包括)?(?:上|去)年(?:度)?(?=结[转余](?!下))", "上年", parts[-1])
    parts[-1] = re.sub(r"(增加|减少|增长|下降)\1$", r"\1", parts[-1])
    parts[-1] = re.sub(r"(?<=预算|去年|上年|相比|决算|对比|相较)(?:数)?(?P<way>[少多])(?:了)?$", _moved, parts[-1])
    parts[-1] = {"少": "减少", "多": "增加"}.get(parts[-1], parts[-1])  # 比去年3万元少0.5万元
    last, before = parts[-1], [p for p in parts[-2::-1] if p]
    direction = _DIRECTION.search(last)
    measured = unit in MONEY_UNITS or unit == "%"
    if direction and (measured or (direction["word"] in _MOVED and not _NEWLY.search(last[: direction.start()]))):
        return _change(last, direction, before, unit, year)
    if unit == "%":
        completion = _COMPLETION.search(last)
        if completion:
            whole = completion["plan"] or "预算"
            return Reading(Measure.COMPLETION, last[: completion.start()], tuple(before), whole=whole)
        share = _SHARE.search(last)
        if share:
            return Reading(Measure.SHARE, last[: share.start()], tuple(before), whole=share["whole"].rstrip("的"))
        return Reading(Measure.RATE, last, tuple(before), sign=0)
    measure = Measure.AMOUNT if unit in MONEY_UNITS else Measure.COUNT
    beside = _set_beside(last, year) if measure is Measure.AMOUNT else None
    if beside is not None:
        other, subject = beside
        return Reading(measure, subject, tuple(before), compared=other, year=other.year, basis=other.basis, beside=True)
    stated = [_YEAR.findall(p) for p in (last, *before)]
    years = next((found for found in stated if found), [])
    own = int(years[-1]) if years else (year - 1 if re.match(r"(?:上|去)年(?!结转|结余)", last) else None)
    return Reading(measure, last, tuple(before), year=own, basis=basis_of(last))


_MOVED_FROM = re.compile(r"^(?P<subject>.*?)(?:由|从)(?=(?:上|去|前)一?年|20\d\d年)(?P<with>[^由从]*?)的?$")


_WAY_AFTER = re.compile(r",?(?P<way>增加|增长|减少|下降|降低)(?:了)?\d[\d.]*%")


_COMPARED_WITH = re.compile(r"[与和同较](?:上|去|20\d\d)年[^,;。]{0,8}(?:相比|对比)$")
_PAST_AMOUNT = re.compile(r"[较比](?:上|去|20\d\d)年[^,;。\d]{0,12}\d[\d,]*(?:\.\d+)?[万亿]?元$")


def verb_lent(lead: str, after: str, before: str = "") -> str:
    """A lead without its verb with the one that the rate behind the amount has; `before` is all the text before the amount.

    与上年相比9万元,增加5%; 较上年180万元9万元,增加5%.

    >>> verb_lent("与2023年相比", ",减少5%。"), verb_lent("2024年收入为", ",增长5%。")
    ('与2023年相比减少', '2024年收入为')
    >>> verb_lent("", ",减少5%。", "较上年决算数180万元")
    '减少'
    """
    compared = _COMPARED_WITH.search(lead) if lead else _PAST_AMOUNT.search(before[-40:])
    way = _WAY_AFTER.match(after) if compared else None
    return lead + way["way"] if way else lead


def _set_beside(last: str, year: int) -> tuple[Compared, str] | None:
    """What the amount after "较上年", "比2023年预算数" or "由上年的" is, with the account named before; None elsewhere."""
    moved = _MOVED_FROM.match(last)
    text = f"{moved['subject']}比{moved['with']}" if moved else re.sub(r"(?:为|的|是)+$", "", last)
    text = re.sub(r"^(?=(?:上|去)年(?:度)?$)", "比", text)  # 由 is cut off a clause that begins with it
    found = next((m for m in COMPARISON.finditer(text) if m.end() == len(text)), None)
    if found is None or not (found["with"] or re.search(r"年初|全年|调整|预算", found["basis"])):
        return None
    if re.search(r"比较?$|对比$|相[比较对]", text[found.start() + 1 :]):
        return None
    compared, subject = compared_with(text, year)
    return (compared, subject) if compared else None


FALLEN_TO = re.compile(r"(?:减|降|增|升)(?:少|低|加|长|高)?(?:至|到|为)\d")
"""What follows an amount that another one replaces (由5万元减至3万元)."""
_COMPARED_LEFT = re.compile(r"(?P<year>20\d\d)年(?:度)?(?P<basis>(?:年初)?(?:预算|决算|执行)?数?)")
"""What is left of 比2015年预算数 where 比 was forgotten."""


def _change(last: str, direction: re.Match[str], before: list[str], unit: str, year: int) -> Reading:
    word = direction["word"]
    sign = -1 if word in _DOWN or word.startswith(("减少(", "下降(")) else 1
    head = last[: direction.start()]
    compared, subject = compared_with(head, year)
    earlier = []
    for part in before:
        if compared is None:
            compared, part = compared_with(part, year)
        if part:
            earlier.append(part)
    subject = re.sub(r"(?:各|均|都|分别)+$", "", subject)
    subject = "" if subject in ("相比", "相较", "对比", "比较") else subject
    if compared is None and (left := _COMPARED_LEFT.fullmatch(subject)) and int(left["year"]) < year:
        compared, subject = Compared(int(left["year"]), basis_of(left["basis"], compared=True)), ""
    measure = Measure.RATE if unit == "%" else Measure.CHANGE
    stated = _YEAR.search(subject)
    return Reading(measure, subject, tuple(earlier), sign, compared, year=int(stated[1]) if stated else None)


def compared_with(text: str, year: int) -> tuple[Compared | None, str]:
    """What `text` compares with, and what is left of it without the comparison."""
    for found in COMPARISON.finditer(text):
        words = found["with"]
        if not words and not re.search(r"年初|全年|调整|预算", found["basis"]):
            continue
        stated = re.search(r"(20\d\d)", words)
        other = int(stated[1]) if stated else (year if not words else year - 1)
        rest = text[: found.start()] or text[found.end() :]
        return Compared(other, basis_of(found["basis"], compared=True)), rest
    bare = _BARE_COMPARISON.search(text)
    if bare:
        return Compared(year - 1, None), text[: bare.start()]
    return None, text


def basis_of(text: str, *, compared: bool = False) -> Basis | None:
    """The kind of number that words such as 年初预算, 全年预算数, 预算执行数, 支出决算 name, or None."""
    bare = text if compared else _BASIS_NOISE.sub("", text)
    if re.search(r"初预算", bare):
        return Basis.INITIAL
    if re.search(r"(?:全年|调整后?|变动)(?:的)?预算|预算(?:调整|变动)", bare):
        return Basis.ADJUSTED
    if re.search(r"(?<!案件)执行(?![局庭难]|公务)", bare):
        return Basis.EXECUTED
    if re.search(r"决算", bare):
        return Basis.FINAL
    return Basis.BUDGET if re.search(r"预算", bare) else None


def signed(value: Decimal, reading: Reading) -> Decimal:
    """The value with the direction word's sign: 减少5 is -5, 增长-3.5% is -3.5."""
    return value if reading.sign > 0 else -value
