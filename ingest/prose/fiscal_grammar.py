"""What stands before an amount in a whole government's paper: a plan, a change, last year's amount, a share, an account.

"完成年初预算245800万元的59.74%", "由83亿元调整为143亿元,调增60亿元", "比上年同期133191万元减收20745万元,下降15.58%".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.disclosure import Basis
from corpus.money import MONEY_UNITS

_UP = "增收|增支|增长|增加|增幅|上升|提高|调增|超收|多收|增"
_DOWN = "减收|减支|下降|减少|降低|减幅|降幅|下滑|回落|调减|短收|少收|负增长|减|降"
_MOVED = re.compile(rf"(?P<word>{_UP}|{_DOWN})(?:了|率|幅度?|为|达到?|约|额|数|比例|支出|收入|:|\([-+]\))*$")
_COMPARES = re.compile(
    r"(?:相?比|较|与|同|和|跟)?(?P<year>上一?年|去年|上期|20\d\d年)(?:度)?(?:同期?|上半年|1-\d{1,2}月(?:份)?|决算|执行|完成|实际|同口径|可比口径|收入|支出|数|的|相比|比|,)*$|同比$|环比$"
)
_BESIDE = re.compile(
    r"(?:比|较|与|同|和)?(?P<year>上一?年|去年|20\d\d年)(?:度)?(?:同期?|上半年|决算|执行|完成|实际|同口径|数|的)+$|(?:比|较)(?P<bare>上一?年|去年|20\d\d年)(?:度)?$"
)
_BESIDE_NAMED = re.compile(r"(?:比|较)(?P<year>上一?年|去年|20\d\d年)(?:度|同期?)?(?P<what>[^,;。增减]{2,20})$")
_MEASURED = re.compile(r"(?:\([^()]*\))?,?(?:相比)?,?(?:同比)?(?:增|减|下降|上升|多|少)")
_PLAN = r"(?P<plan>[^,;。:]{0,14}?(?:预算(?!收入|支出)|预期(?!收)|目标(?:任务)?|计划|任务)(?:数|安排|总额|目标|计划|任务|指标|收入|支出|值)*)"
_OF_PLAN = re.compile(
    rf"(?:完成|占|为|达到?|是)(?:了)?{_PLAN}(?:的)?(?:约)?$|^(?P<alone>(?:年初|年度|全年|调整后?|变动)?(?:预算|预期|计划|任务|目标)(?:数|任务|目标)?)的(?:约)?$"
)
_PROGRESS = re.compile(r"(?:预算)?(?:完成率|执行率|完成比例|(?:预算|支出|收入|执行|完成|序时)?进度)(?:为|达到?|是|:)*$")
_SHARE = re.compile(r"占(?:比|比重)?(?P<whole>[^,;。]{0,30}?)(?:的)?(?:比重|比例|比|份额)?(?:为|达到?|约|是|:)*$")
_APPROVED = re.compile(r"批准|审议通过|审查通过|批复|通过(?=的|后|,|$)|年初(?:预算|计划|安排)|预算安排")
_PLANNED = re.compile(r"(?:收入|支出)(?:预算|预期)(?:为|数|$)")
_ADJUSTED = re.compile(r"调整(?:后|预算|预期|方案|为|到|至|数)|批准调整|调整[^,;。]{0,12}(?:预算|预期)数|变动预算")
_DONE = re.compile(
    r"完成(?!.{0,6}(?:预算|预期|目标|任务|计划)的?$)|实际|累计|执行数|决算(?!草案)|实现(?!收支)|支出完|入库"
)
_FROM = re.compile(r"(?:由|从)(?:年初|原来|原|批准)?(?:预算)?(?:数|安排)?的?$")
_BECOMES = re.compile(r"(?:调整|变更|调增|调减|增加|减少|提高|追加|变动)(?:为|到|至)$")


class Said(StrEnum):
    """What the number after a lead is."""

    AMOUNT = "amount"
    CHANGE = "change"
    RATE = "rate"
    SHARE = "share"
    COMPLETION = "completion"
    PLAN = "plan"
    """The plan that something is measured on (完成年初预算245800万元的59.74%)."""
    BEFORE = "before"
    """The amount of the year before that something is measured against."""
    FROM = "from"
    """The plan before it was adjusted."""
    TO = "to"
    WHOLE = "whole"
    """What a share is a share of, with its amount (占全市收入2723亿元的35.5%)."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Lead:
    """How a lead is to be read: what the number is, the words that name its account, its sign, what it is part of or
    measured against, and the year that a comparison names (None for the one before)."""

    said: Said
    subject: str
    sign: int = 1
    whole: str = ""
    year: int | None = None


def read_lead(last: str, unit: str, after: str) -> Lead:
    """The last clause before an amount in `unit`; `after` is the text behind the amount."""
    if unit == "%":
        return _percent(last)
    if unit not in MONEY_UNITS:
        return Lead(Said.OTHER, last)
    moved_from = _FROM.search(last)
    if moved_from and re.match(r"(?:\([^()]*\))?,?(?:调整|变更|增加|调增|调减|提高|减少)", after):
        return Lead(Said.FROM, last[: moved_from.start()])
    becomes = _BECOMES.search(last)
    if becomes:
        return Lead(Said.TO, last[: becomes.start()])
    beside = _BESIDE.search(last)
    if beside and _MEASURED.match(after):
        return Lead(Said.BEFORE, last[: beside.start()], year=_year(beside["year"] or beside["bare"]))
    named = _BESIDE_NAMED.search(last)
    if named and _MEASURED.match(after):
        return Lead(Said.BEFORE, named["what"], year=_year(named["year"]))
    whole = re.search(r"占(?P<whole>[^,;。占]{2,20})$", last)
    if whole and re.match(r"的\d", after) and not _OF_PLAN.search(last):
        return Lead(Said.WHOLE, whole["whole"], whole=whole["whole"])
    planned = _OF_PLAN.search(last)
    if planned and re.match(r"(?:\([^()]*\))?的?\d", after):
        return Lead(Said.PLAN, last[: planned.start()], whole=planned["plan"] or planned["alone"])
    moved = _MOVED.search(last)
    if moved and not re.search(r"新增$|(?:追加|调增)(?:为|到|至)$", last):
        subject, year = _against(last[: moved.start()])
        return Lead(Said.CHANGE, subject, _sign(moved["word"]), year=year)
    return Lead(Said.AMOUNT, last)


def _percent(last: str) -> Lead:
    planned = _OF_PLAN.search(last)
    if planned:
        return Lead(Said.COMPLETION, last[: planned.start()], whole=planned["plan"] or planned["alone"])
    progress = _PROGRESS.search(last)
    if progress:
        return Lead(Said.COMPLETION, last[: progress.start()], whole="预算")
    moved = _MOVED.search(last)
    if moved:
        subject, year = _against(last[: moved.start()])
        return Lead(Said.RATE, subject, _sign(moved["word"]), year=year)
    share = _SHARE.search(last)
    if share:
        return Lead(Said.SHARE, last[: share.start()], whole=share["whole"])
    return Lead(Said.OTHER, last)


def _against(head: str) -> tuple[str, int | None]:
    """The subject of a change without what it is measured against, and the year named there."""
    bare = re.sub(r"(?:按?(?:同口径|可比口径)|剔除[^,]{0,30}因素(?:后)?|,)+$", "", head)
    found = _COMPARES.search(bare)
    if found is None:
        return bare, None
    return re.sub(r"(?:按?(?:同口径|可比口径))+$", "", bare[: found.start()]), _year(found["year"])


def _year(said: str | None) -> int | None:
    return int(said[:4]) if said and said[:4].isdigit() else None


def _sign(word: str) -> int:
    return -1 if re.fullmatch(_DOWN, word) else 1


def basis_said(text: str) -> Basis | None:
    """The kind of number that words of a clause name: approved at the beginning of the year, adjusted; None elsewhere."""
    if _ADJUSTED.search(text):
        return Basis.ADJUSTED
    return Basis.INITIAL if _APPROVED.search(text) else None


def is_planned(text: str) -> bool:
    """Whether a clause speaks of a plan without saying of which (支出预算数)."""
    return _PLANNED.search(text) is not None


def is_done(text: str) -> bool:
    """Whether a clause says that the money has come in or been spent."""
    return _DONE.search(text) is not None


def plan_named(words: str) -> Basis:
    """Which plan "年初预算", "调整预算", "调整预期", "年初目标任务" is."""
    return Basis.ADJUSTED if re.search(r"调整|变动", words) else Basis.INITIAL
