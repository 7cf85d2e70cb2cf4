"""What a question wants done, decided from its slots: one operation, and what a ranking, table or trend is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.disclosure import Basis
from corpus.figure import Scheme
from rag import bases_said, conditions, wording
from rag.hearing import executed
from rag.lexicon import Heard
from rag.plan import Operation
from rag.residue import content, masked
from rag.slots import Slots
from rag.years import read_years

_MORE_THAN = re.compile(
    r"(?:比|较).{0,12}?(?:多|少)(?:花|用|安排|出|了|支|拨).{0,8}占|(?:增加|减少|增长|增).{0,8}占.{0,8}(?:上年|去年|20\d\d)"
)
"""A change as a share of last year's amount is its rate."""
_IN_MONEY = re.compile(r"[增减多少]收|[增减]支|多少(?:万|亿)?元|多少钱|多少万|几(?:万|亿|块)|多少亿|金额|数额")
_MOVED_AT_ALL = re.compile(r"同比.{0,4}(?:变化|变动|增减)")
"""How something moved, asked without saying in what: its amount, the rate stands beside it."""
_IN_PERCENT = re.compile(r"百分|率|幅度?|%|比例|几成|几个点")
_OF_ITS_BUDGET = re.compile(
    r"决算数?(?:相当于|占|是)(?:了)?(?:全年|年初|调整)?预算数?的?(?:百分之|比例|比重|几成|多少)"
)
"""What was spent of an account's own budget ("决算相当于全年预算的百分之几")."""
_INNER = (Operation.COMPLETION, Operation.SHARE, Operation.RATE, Operation.CHANGE, Operation.PER_HEAD)
_UNUSUAL = re.compile(r"是空|空的|空表|为零|是零|是0|为0|没有(?!解释)|没安排|不变|没变|没涨|没降|一分没")
"""What a unit is asked to explain about an account, rather than its meaning."""
_EXPLAINED = re.compile(
    r"(?:少了|多了|增加|减少|增长|下降|上涨|降了|涨了|掉了|变化).{0,16}(?:怎么|如何|怎样)(?:去)?(?:解释|说明)"
)
"""A change is to be explained, no word."""
_WHO = re.compile(
    r"哪(?:几|一)?家(?:公司|机构|企业|供应商|银行|事务所)|(?:是|请的?是?|找的?是?|选的?是?)哪(?:几|一)?家[?？]?$|供应商|中标(?:单位|方|人|公司)|(?:具体|都)?买了?(?:些)?什么|"
    r"(?<!花)(?<!用)在什么地方|选址|去了?哪(?:些|几|家)(?!科|部门|方面)|(?:发|补|付|拨)给?了?哪(?:些|几)(?!科目|方面|项)|买的(?:都)?(?:是)?什么|谁(?:家)?(?:承接|承包|中标|供货)|给了?谁|(?<!挂)(?<!挂着)(?<!挂的)(?<!挂了)什么(?:牌子|型号|品牌|颜色)|叫(?:什么|啥)(?:名字?|名称)?|名称是(?:什么|啥)|什么名字"
)
"""Names are asked for, no amount."""
_OFFICE = re.compile(r"哪(?:一|几)?(?:个|些)?(?:科室?|处室?|股室?|内设机构|部室)(?!目|研)")
_MORE_BY = re.compile(
    r"(?:谁|哪(?:个|家|一个|一家|边))[^,，]{0,8}(?:多|少|高|低|大|小)[^?？]{0,6}(?:多|少|高|低|差)了?(?:多少|几)"
)
"""Which of two has more and by how much: their difference ("财政局和商务委办公费哪个多，多几元")."""
_COUNTED_PROJECTS = ("绩效目标项目", "绩效自评项目")
GROWN = re.compile(r"增长了?多少(?!人|个|名|辆|亿|万|元|钱)")
"""By how much something grew: a rate, as documents write it ("增加8万元，增长5%"), where no unit is said."""
_EACH_BESIDE = re.compile(
    r"(?:一共|总共|合计|共)[^,，;；。]{0,12}[,，;；。][^,，;；。]{2,24}各(?:有|是|占|自)?(?:多少|几)"
)
"""A whole in one clause, its parts in the next: no sum ("全镇一共多少学生，初中生和小学生各多少")."""
_BESIDE_EACH_OTHER = re.compile(r"[\s·]*(?:请)?(?:帮(?:我|忙))?(?:比一比|对比|比较)(?!.*(?:加起来|之和|总和|相加))")
"""Totals set beside each other are not added up ("比一比两家的支出合计")."""
_MEASURES = (Operation.COMPLETION, Operation.CHANGE, Operation.RATE, Operation.SHARE)
_RANKABLE = re.compile(
    r"金额|[三几各]项|花|钱|支出|收入|项目|科目|预算|决算|经费|费用|开支|开销|资金|专项|采购|工资|指标|拨款"
)


def asks_names(text: str) -> bool:
    """Whether a folded question asks who or what something is called, so that no amount can answer it."""
    return _WHO.search(text) is not None


def asks_office(text: str) -> bool:
    """Whether a folded question asks which of a unit's offices does something."""
    return _OFFICE.search(text) is not None


def counts_people(heard: Sequence[Heard]) -> bool:
    """Whether staff or units are among what was heard: words that also ask for prose about an organisation."""
    return any(h.asked.targets[0].scheme is Scheme.STAFF or h.asked.said.endswith(("单位", "机构")) for h in heard)


@dataclass(frozen=True, slots=True)
class _Sense:
    """The slots with what every rule looks at: the operations said, what is to be measured, whether there are several
    accounts or units, whether an account is named in earnest."""

    slots: Slots
    said: tuple[Operation, ...]
    inner: Operation
    several: bool
    strong: bool


Intent = tuple[Operation, Operation]


def operation_of(slots: Slots) -> Intent:
    """What is wanted, and for rankings, tables and trends what is ranked or listed. The first rule that knows decides."""
    sense = _sense(slots)
    two = len(slots.accounts) == 2 and slots.accounts[0].name == slots.accounts[1].name
    apart = {Operation.DIFFERENCE, Operation.SHARE, Operation.CHANGE} & set(sense.said)
    if two and not apart and "全部" in (slots.accounts[0].funding, slots.accounts[1].funding):
        return Operation.LOOK_UP, Operation.LOOK_UP  # of all money and of one fund: no sum
    for rule in (_of_the_book, _in_words, _over_units, _together, _measured):
        intent = rule(sense)
        if intent is not None:
            return intent
    return _plain_operation(slots, sense.several, sense.strong), sense.inner


def _sense(slots: Slots) -> _Sense:
    said = slots.operations
    inner = next((op for op in _INNER if op in said), Operation.LOOK_UP)
    if inner is Operation.SHARE and "占" not in slots.text and re.search(r"[增减降涨]", slots.text):
        inner = Operation.RATE  # "折成百分比是降了多少"
    if inner is Operation.SHARE and len(slots.accounts) == 1 and _OF_ITS_BUDGET.search(slots.text):
        said, inner = (Operation.COMPLETION,), Operation.COMPLETION
    in_money = _IN_MONEY.search(slots.text) or _MOVED_AT_ALL.search(slots.text)
    if inner is Operation.RATE and in_money and not _IN_PERCENT.search(slots.text):
        inner = Operation.CHANGE  # "同比变动多少万元"
    if inner is Operation.CHANGE and GROWN.search(slots.text) and not _IN_MONEY.search(slots.text):
        inner = Operation.RATE  # documents write "增加X万元，增长Y%"
    if (
        inner is Operation.SHARE
        and re.search(r"占了?多少(?:钱|元|万)", slots.text)
        and not _IN_PERCENT.search(slots.text)
    ):
        said, inner = tuple(op for op in said if op is not Operation.SHARE), Operation.LOOK_UP
    if inner is Operation.SHARE and len(slots.accounts) <= 1 and slots.whole is None and _MORE_THAN.search(slots.text):
        said, inner = (Operation.RATE,), Operation.RATE
    several = len(slots.accounts) > 1 or len(slots.mentioned.units) > 1 or slots.everyone
    return _Sense(slots, said, inner, several, any(not asked.weak for asked in slots.accounts))


def _of_the_book(sense: _Sense) -> Intent | None:
    """What the book holds, what contradicts itself, what is left of a whole, how two or more years compare."""
    slots, said, inner = sense.slots, sense.said, sense.inner
    pair = sum(not asked.weak for asked in slots.accounts) == 2
    if (
        Operation.CONSISTENCY in said
        and pair
        and re.search(r"^(?!.*前后).*(?:同一个数|一回事|一样多?|相等|相同)", slots.text)
    ):
        return Operation.DIFFERENCE, Operation.LOOK_UP
    posts = [asked.name for asked in slots.accounts]
    if (
        len(posts) == 2
        and posts[0].endswith("编制")
        and posts[1] in ("实有人员", "车辆")
        and re.search(r"空|缺|超编|差", slots.text)
    ):
        return Operation.DIFFERENCE, Operation.LOOK_UP
    if posts == ["年末结转和结余", "上年结转结余"] and Operation.CHANGE in said:
        return Operation.DIFFERENCE, Operation.LOOK_UP  # "年末比年初增加多少"
    for operation in (Operation.DOCUMENTS, Operation.CONSISTENCY):
        if operation in said and not (operation is Operation.DOCUMENTS and slots.accounts and sense.strong):
            return operation, inner
    if Operation.REMAINDER in said and sense.strong:
        return Operation.REMAINDER, Operation.LOOK_UP
    two = len(slots.years.years) == 2 or (slots.years.last == 2 and not slots.years.years)
    if Operation.DIFFERENCE in said and two and _of_two_years(slots):
        return Operation.DIFFERENCE, Operation.LOOK_UP
    yearly = {Operation.AVERAGE, Operation.SUM} & set(said) and len(slots.years.years) > 1 and len(slots.accounts) == 1
    if yearly and not slots.everyone and not _BESIDE_EACH_OTHER.match(slots.text):
        return (Operation.AVERAGE if Operation.AVERAGE in said else Operation.SUM), Operation.LOOK_UP
    if Operation.TREND in said and (slots.years.last or slots.years.every or len(slots.years.years) > 1):
        return _trend(sense)
    return None


FIRST_TO_LAST = re.compile(r"^(?!.*(?:各|分别|每年|逐年|历年)).*(?:从|由|自|到|至|比)")
"""Of several years, the change from the first to the last is meant, and not that of each."""


def _trend(sense: _Sense) -> Intent:
    """The course over the years; of two that follow one another, the rate where a rate is asked for."""
    inner, years = sense.inner, sense.slots.years.years
    if inner is Operation.RATE and len(years) == 2 and abs(years[1] - years[0]) == 1:
        return Operation.RATE, Operation.RATE
    if inner is Operation.RATE and len(years) > 1 and FIRST_TO_LAST.search(sense.slots.text):
        return Operation.RATE, Operation.RATE
    asked = re.search(r"(?:增|减|涨|降|多|少)[^,，。?？]{0,4}(?:多少|几)", sense.slots.text)
    if inner is Operation.CHANGE and len(years) > 1 and asked and FIRST_TO_LAST.search(sense.slots.text):
        return Operation.CHANGE, Operation.CHANGE
    return Operation.TREND, inner if inner is not Operation.CHANGE else Operation.LOOK_UP


def _in_words(sense: _Sense) -> Intent | None:
    """Reasons, names, meanings: what a sentence answers."""
    slots, said, inner = sense.slots, sense.said, sense.inner
    if Operation.REASON in said:
        return Operation.REASON, inner
    if _OFFICE.search(slots.text) and re.search(r"归|管|负责|办|找|牵头|承担|是哪|谁", slots.text):
        return Operation.PROSE, inner
    counted_projects = bool(slots.accounts) and slots.accounts[0].name in _COUNTED_PROJECTS
    if (
        counted_projects
        and re.search(r"叫什么|名称|名字|分别(?:是|叫)(?:什么|啥|哪)", slots.text)
        and re.search(r"[两二三四五六七八九十\d几]个", slots.text)
    ):
        return Operation.LIST, inner
    if _WHO.search(slots.text) and not slots.everyone and Operation.RANK not in said and Operation.FILTER not in said:
        parts = slots.accounts and slots.accounts[0].targets[0].scheme in (Scheme.ECONOMIC, Scheme.FUNCTION)
        return (Operation.BREAKDOWN if parts and "买" in slots.text else Operation.PROSE), inner
    if Operation.DEFINE in said and _EXPLAINED.search(slots.text):
        return Operation.REASON, inner
    if Operation.DEFINE in said and sense.strong and _UNUSUAL.search(slots.text):
        return Operation.REASON, inner
    if (
        Operation.DEFINE in said
        and Operation.RANK not in said
        and not re.search(r"(?:项目|单位|部门|专项)的?(?:总体|年度|绩效)+目标是什么", slots.text)
        and (wording.meaning(slots.text) or not (slots.has_year or slots.topic or slots.has_unit))
    ):
        return Operation.DEFINE, inner
    counted = slots.accounts and counts_people([h for h in slots.heard if not h.asked.weak])
    if slots.topic == "units" and (
        not sense.strong
        or (
            counted
            and re.search(r"哪些|哪[几两三四五六]|名单|分别|列[出举]|哪一?[个家](?![^,，]*[多少高低大小])", slots.text)
        )
    ):
        return Operation.PROSE, inner
    return None


def _over_units(sense: _Sense) -> Intent | None:
    """Those that fit, two beside each other, the highest, the course over the years."""
    slots, said, inner = sense.slots, sense.said, sense.inner
    if conditions.items_that(slots.text) and not slots.everyone and len(slots.mentioned.units) < 2:
        return Operation.FILTER, inner
    if sense.strong and (Operation.FILTER in said or (slots.everyone and conditions.threshold(slots.text) is not None)):
        return Operation.FILTER, inner
    pair = len(slots.mentioned.units) == 2 or len(slots.accounts) == 2
    if pair and Operation.DIFFERENCE in said and inner in (Operation.LOOK_UP, Operation.CHANGE):
        return Operation.DIFFERENCE, Operation.LOOK_UP
    if len(slots.mentioned.units) == 2 and len(slots.accounts) == 1 and _MORE_BY.search(slots.text):
        return Operation.DIFFERENCE, Operation.LOOK_UP
    if Operation.RANK in said:
        beside = not slots.accounts and slots.rest and _RANKABLE.search(slots.text) is None
        return (Operation.PROSE if beside else Operation.RANK), inner
    if Operation.TREND in said or slots.years.last or slots.years.every:
        return _trend(sense)
    return None


def _together(sense: _Sense) -> Intent | None:
    """Several made into one: per head, sums, means."""
    slots, said, inner = sense.slots, sense.said, sense.inner
    if Operation.PER_HEAD in said and re.search(r"(?:每一?|平均一)[辆台]", slots.text):
        return Operation.PER_HEAD, Operation.PER_HEAD
    if Operation.AVERAGE in said and not sense.several and re.search(r"员工|职工|人员|干部|每人", slots.text):
        return Operation.PER_HEAD, Operation.PER_HEAD
    parts = re.search(r"[两二三四五六七八九十\d][块项个笔类].{0,6}平均每", slots.text) is not None
    if Operation.AVERAGE in said and (parts or any(asked.name == "绩效目标项目" for asked in slots.accounts)):
        return Operation.AVERAGE, Operation.LOOK_UP
    if Operation.SUM in said and (_EACH_BESIDE.search(slots.text) or _BESIDE_EACH_OTHER.match(slots.text)):
        said = tuple(op for op in said if op is not Operation.SUM)
    together = sense.several or len(slots.years.years) > 1 or wording.SEVERAL_PROJECTS.search(slots.text)
    for operation in (Operation.SUM, Operation.AVERAGE):
        if operation in said and inner is Operation.LOOK_UP and together:
            return operation, inner
    names = [asked.name for asked in slots.accounts]
    if len(names) == 2 and names[0] == names[1] and re.search(r"差(?:了|多少|几)|相差|[多少]多少", slots.text):
        return Operation.DIFFERENCE, Operation.LOOK_UP  # one account in two tables
    units = len(slots.mentioned.units) > 1 or slots.everyone
    beside = _BESIDE_EACH_OTHER.match(slots.text) is not None
    if units and not beside and any(asked.said.endswith(("合计", "总和")) for asked in slots.accounts):
        return Operation.SUM, inner
    return None


def _measured(sense: _Sense) -> Intent | None:
    """Differences, tables, and what the wording names outright."""
    slots, said, inner = sense.slots, sense.said, sense.inner
    if Operation.DIFFERENCE in said and bases_said.both_levels(slots.text):
        return Operation.DIFFERENCE, Operation.LOOK_UP
    if (
        Basis.FINAL in slots.bases
        and len(slots.bases) == 2
        and (
            re.search(r"少花|多花|少用|多用|省|超支|节约|没花|没用|未用|(?:剩|余)下?了?(?:多少|几)", slots.text)
            or bases_said.OVERSPENT.search(slots.text)
        )
    ):
        return Operation.DIFFERENCE, inner
    if len(slots.bases) > 1 and (Operation.DIFFERENCE in said or Operation.CHANGE in said):
        return Operation.DIFFERENCE, inner
    if Operation.TABLE in said and (sense.several or not slots.has_unit or len(slots.years.years) > 1):
        return Operation.TABLE, inner
    if Operation.DIFFERENCE in said and (len(slots.accounts) > 1 or len(slots.mentioned.units) > 1):
        return Operation.DIFFERENCE, inner
    targets = bool(slots.accounts) and all(a.targets[0].scheme is Scheme.PERFORMANCE for a in slots.accounts)
    counted = inner is not Operation.COMPLETION and slots.accounts and slots.accounts[0].name in _COUNTED_PROJECTS
    if targets and not counted and inner in _MEASURES:
        return Operation.LOOK_UP, Operation.LOOK_UP  # "满意度的目标是不低于百分之几"
    return None if inner is Operation.LOOK_UP else (inner, inner)


def _of_two_years(slots: Slots) -> bool:
    """Whether one account of one unit is asked for, of two years: their difference, no course over the years."""
    return (
        len(slots.accounts) == 1
        and slots.years.last in (None, 2)
        and re.search(r"趋势|走势|历年|逐年", slots.text) is None
    )


def _plain_operation(slots: Slots, several: bool, strong: bool) -> Operation:
    said = slots.operations
    if Operation.DIFFERENCE in said and not several:
        return Operation.DIFFERENCE if len(slots.years.years) > 1 or slots.bases else Operation.CHANGE
    projects = any(
        (a.component == "项目支出" and a.targets[0].scheme is Scheme.TOTAL) or a.name == "绩效目标项目"
        for a in slots.accounts
    )
    if projects and re.search(r"有(?:哪些|什么)项目支出", slots.text):
        return Operation.LIST
    if projects and slots.topic == "purpose":
        return Operation.LIST  # what project expenditure is for: the projects, or the sentence that says it
    performance = strong and slots.accounts[0].targets[0].scheme is Scheme.PERFORMANCE
    if performance and slots.accounts[0].name == "绩效目标项目" and re.search(r"哪些|名称|叫什么|哪[几\d]", slots.text):
        return Operation.LIST
    counted = performance and re.search(r"(?<!哪)几|数|多少|金额", slots.text) is not None
    if Operation.LIST in said and (not strong or projects) and not counted:
        return Operation.LIST
    if Operation.TARGETS in said and not any(a.targets[0].scheme is Scheme.PERFORMANCE for a in slots.accounts):
        return Operation.TARGETS
    if (len(slots.bases) > 1 and strong) or (len(slots.years.years) > 1 and slots.accounts):
        return Operation.LOOK_UP  # "全年预算和决算分别是多少": the account in both
    if Operation.BREAKDOWN in said and len(slots.accounts) <= 1 and (not slots.topic or slots.topic == "purpose"):
        if projects:
            return Operation.LIST
        if slots.accounts:
            return Operation.BREAKDOWN
    if slots.topic == "organisation" and re.search(r"哪些|什么|名单|分别|列(?:几个|出|举|一下)", slots.text):
        return Operation.PROSE
    if slots.topic and not (strong and slots.topic in ("units", "organisation", "duties", "tasks")):
        return Operation.PROSE
    passing = slots.accounts and not strong and not slots.accounts[0].funding
    if passing and any(not word.isascii() for word in _same_clause(slots)):
        return Operation.PROSE  # "预算" said in passing, of something else
    return Operation.LOOK_UP if slots.accounts else Operation.PROSE


def _same_clause(slots: Slots) -> list[str]:
    """The unknown words of the clause in which the first account stands."""
    at = slots.heard[0].start if slots.heard else 0
    starts = [m.end() for m in re.finditer(r"[,，;；。!！?？]", slots.text) if m.end() <= at]
    clause = re.split(r"[,，;；。!！?？]", slots.text[starts[-1] if starts else 0 :])[0]
    return [word for word in slots.rest if word in clause]


_BOTH_TOGETHER = re.compile(
    r"[和与跟、].{0,12}(?:合计|一共|总共|总计|加起来|合起来)(?:价值|金额|安排|预算|支出|花|要|是|有)*了?(?:多少|几)?(?:个)?(?:万|亿)?(?:元|块|钱)?[?？]?$"
)
_THESE_TOGETHER = re.compile(r"[这那][两三四五六几\d]?(?:家|个单位|个部门).{0,14}(?:合计|一共|总共|加起来|总和)")
_MORE_PEOPLE = re.compile(r"(?:多|少|增加|减少)了?(?:多少|几)[名个位]?人?")
_DOES_WHAT = re.compile(r"(?P<who>[\u4e00-\u9fff]{4,})(?:是|主要)?(?:做什么|干什么|干嘛|负责什么)")


def operations_said(text: str, heard: Sequence[Heard], veiled: str) -> tuple[Operation, ...]:
    """What is wanted, by the wording with the accounts veiled, in order of the rules."""
    return tuple(
        dict.fromkeys(
            [
                *([Operation.REMAINDER] if wording.excepted(veiled) else []),
                *([Operation.COMPLETION] if executed(text, heard) else []),
                *([Operation.SUM] if re.search(r"[两三四五六七八九十\d]个?项目(?:总共|一共|合计|共)", text) else []),
                *([Operation.SUM] if _BOTH_TOGETHER.search(text) or _THESE_TOGETHER.search(text) else []),
                *([Operation.CHANGE] if _MORE_PEOPLE.search(text) else []),
                *([Operation.PER_HEAD] if re.search(r"(?:每|平均一)[辆台]", text) else []),
                *wording.operations(veiled),
                *wording.operations(read_years(veiled).rest),
            ]
        )
    )


def topic_said(text: str, veiled: str, heard: Sequence[Heard], units: Sequence[tuple[int, int]]) -> str:
    """The kind of prose asked for; what something else than the unit is for is no question about the unit's duties."""
    topic = wording.topic(veiled) or (wording.topic(text) if counts_people(heard) else "")
    if not topic and re.search(r"□都?[\u4e00-\u9fff]{1,3}些(?:啥|什么)", veiled):
        return "purpose"
    if topic != "duties":
        return topic
    if re.search(r"(?:用来|拿去|拿来|用去)(?:干|做)|□.{0,4}(?:干|做)(?:什么|啥|嘛)", veiled):
        return "purpose"
    about = _DOES_WHAT.search(masked(veiled, units))
    who = about["who"].rstrip("是") if about else ""
    other = bool(content(who)) and re.search(r"[科处室股]$|单位|部门|中心", who) is None
    return "" if other else topic
