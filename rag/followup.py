"""Follow-ups: what a question leaves unsaid is taken from the one before ("那公务用车呢？", "晋城呢？", "为什么？")."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.figure import Measure, Scheme
from corpus.vocabulary import vocabulary
from rag import wording
from rag.joining import CLASSES
from rag.plan import Asked, Operation
from rag.slots import Slots
from rag.things import VISITS
from rag.years import Years

_TOGETHER = frozenset({
    Operation.SUM, Operation.DIFFERENCE, Operation.AVERAGE, Operation.RANK, Operation.TABLE, Operation.CHANGE,
})  # fmt: skip
_BOTH = re.compile(
    r"两者|二者|前者|两样|两项|它们|他们|两家|两个|这俩|俩|三者|三家|哪个|谁|差多少|差了|相差|加起来|一共|合计|平均|比一比|对比"
)
"""Words by which a question is about what was asked before and before that."""


_MONEY = re.compile(r"多少(?:钱|元|万|亿|经费|资金)|几(?:元|万|亿)|花了?多少|安排了?多少")
_OF_THE_LAST = re.compile(
    r"(?:那么?|它)?(?:(?:这?里[面头边]|这里)|(?:比|较|跟|和|与)(?:上一?|去|前一)年(?:度)?(?:相?比)?(?!.*(?:两|都|各|分别)))"
)
"""A change on the year before, and what is inside, is asked of what was spoken of last ("比上年涨了百分之几？", "里面哪块最大")."""
_TERSE = 8
"""Characters up to which a question about what money went to is about what was asked before."""
_WHO_OF_IT = re.compile(
    r"^(?:那么?|又|这个?|它)?(?:是|由|让|找|请|给)?(?:哪一?家|谁|哪个(?:公司|企业|单位))[^,，。?？]{0,10}[?？]?$"
    r"|^(?:那么?|它)?(?:的)?(?:供应商|承包商|服务商|中标(?:单位|公司|方|人|商))(?:是|叫)[^,，。?？]{0,8}[?？]?$"
)
"""Who did or got it, without a word of what ("是哪家公司中标的")."""
_POINTS_BACK = re.compile(
    r"^(?:那么?)?[这那](?:(?:几|些|[两三四五六七八九十\d])(?:个|笔|项|块|张|处|者)|一?个?(?:项目|活儿?|工程|系统|平台)(?!的?(?:支出|有哪)))"
)
"""Several things that the question before was about, or its answer listed ("这四笔加起来…")."""
_THOSE_PROJECTS = re.compile(r"^(?:那么?)?[这那](?:几|些|[两二三四五六七八九十\d]+)个?项目")
"""The projects with targets that the question before counted ("那几个项目一共多少钱")."""
_THESE_UNITS = re.compile(r"[这那上][两三四五六几\d]?(?:家|个单位|个部门|个中心|个局)")


_NARROWS = re.compile(
    r"^(?:那么?|再)?其中|列在|列入|归在|放在|口径|(?:只|仅|光|单|单独)(?:是)?(?:看|算|说|论|按|计|统计|要|讲|限)|(?:只|仅|光)(?=基本|项目|人员|公用)"
    r"|(?:人员|公用|项目|基本)(?:经费|支出)[那这]?(?:部分|一?块)"
)
"""What limits the class asked for before to one component of it ("只看基本支出口径呢")."""


def _like(asked: Asked, before: Asked, text: str) -> Asked:
    """A class asked for after another, narrowed like that one ("一般公共服务支出的公用经费", then "教育支出呢"); a component asked for
    after a class, or another component of one ("其中基本支出是多少")."""
    classed = any(target.scheme in CLASSES for target in before.targets)
    of_class = classed and asked.targets[0].scheme is Scheme.TOTAL and asked.component
    if of_class and (before.component or _NARROWS.search(text)):
        return replace(before, component=asked.component)
    if asked.targets[0].scheme is before.targets[0].scheme is Scheme.ASSET and before.name.endswith("资产"):
        return replace(asked, measure=asked.measure or Measure.AMOUNT)  # "流动资产有多少？", then "在建工程呢"
    if asked.targets[0].scheme is not before.targets[0].scheme or asked.targets[0].scheme not in CLASSES:
        return asked
    return replace(
        asked, component=asked.component or before.component, funding=asked.funding or before.funding,
        base=asked.base or before.base,
    )  # fmt: skip


_OF_AN_ACCOUNT = ("", "purpose", "basis", "implementer", "period", "scheme", "overview")
"""Kinds of prose that are about an account or project, so that the one asked about before is meant."""


def _of_other_project(before: Asked, now: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """The indicator asked for before, of another project ("电梯平台项目呢？"); the accounts as they are otherwise."""
    target = before.targets[0].scheme is Scheme.PERFORMANCE
    return (replace(before, project=now[0].name),) if target and now[0].targets[0].scheme is Scheme.PROJECT else now


def _by_fund(before: Slots, now: Slots) -> tuple[Asked, ...]:
    """What was asked before, of one fund ("财政拨款的呢？") or among the retired ("退休的呢？"), () where it is not that."""
    if len(now.accounts) != 1 or not before.accounts or not wording.follow_up(now.text):
        return ()
    asked, earlier = now.accounts[0], before.accounts[0]
    fund = asked.funding or asked.fallback_funding
    items = all(each.targets[0].scheme in (*CLASSES, Scheme.PROJECT) for each in before.accounts)
    if fund and asked.name == fund and items:
        return tuple(replace(each, funding=fund) for each in before.accounts)
    if len(before.accounts) != 1:
        return ()
    retired = vocabulary().term("退休人员")
    if retired and "退休" in now.text and earlier.targets[0].scheme is Scheme.STAFF:
        return (Asked(retired.name, retired.name, retired.targets, measure=retired.measure),)
    return ()


def _of_cars(before: Slots, now: Slots) -> tuple[Asked, ...]:
    """What running or buying cars costs, by 运行费 or 购置费 alone after a question about cars ("购置费是多少", then "那运行费呢")."""
    cars = any("用车" in asked.name for asked in before.accounts)
    said = re.sub(r"[呢?？那么多少是又,，。\s]", "", now.text)
    name = "公务用车运行维护费" if re.fullmatch(r"运[行维]护?费用?", said) else ""
    name = "公务用车购置费" if re.fullmatch(r"购置费用?|买车的?钱?", said) else name
    counted = re.search(r"(?:几|多少)[辆台]", now.text) and re.search(r"买|购|更新|添置", now.text)
    cars = cars or any(asked.name == "车辆" for asked in before.accounts)
    name = "公务用车购置数" if counted else name
    term = vocabulary().term(name) if cars and name else None
    return () if term is None else (Asked(term.name, term.name, term.targets),)


def _kinds(before: Slots, now: Slots) -> tuple[Asked, ...]:
    """货物, 工程 or 服务 alone, after a question about procurement ("那服务呢")."""
    bought = any(asked.targets[0].scheme is Scheme.PROCUREMENT for asked in before.accounts)
    said = re.sub(r"[呢?？那多少的了是,，。\s]", "", now.text).removeprefix("其中")
    kind = re.fullmatch(r"(货物|工程|服务)(?:采购)?(?:占(?:比|百分之[几多]|比例|几成)?)?", said)
    term = vocabulary().term(f"政府采购{kind.group(1)}") if bought and kind else None
    return () if term is None else (Asked(term.name, term.name, term.targets),)


def _visits(before: Slots, now: Slots) -> tuple[Asked, ...]:
    """The people, or the groups, of the receptions or trips asked about before ("那人次呢", "批次呢")."""
    names = [asked.name for asked in before.accounts]
    kinds = next((kinds for base, kinds in VISITS.items() if len(names) == 1 and names[0] in (base, *kinds)), None)
    said = re.fullmatch(
        r"(?:那么?|又|还有|其中)*(?P<people>人次|人数)?(?P<groups>批次|团组)?数?(?:是|有)?(?:多少|几个?)?呢?[?？]?",
        now.text,
    )
    if kinds is None or said is None or bool(said["people"]) is bool(said["groups"]):
        return ()
    term = vocabulary().term(kinds[1] if said["people"] else kinds[0])
    return () if term is None else (Asked(term.name, term.name, term.targets, measure=term.measure),)


def _only_how_much(now: Slots) -> bool:
    """Whether a question names a unit and asks how much, and neither an account nor spending."""
    unsaid = now.has_unit and not (now.heard or now.rest or now.topic)
    return unsaid and re.search(r"花|用|支出|开[支销]|一共|总共|合计", now.text) is None


_SHARE_OF_NOTHING = re.compile(r"占(?:了|到)?(?:多[大少]|几成|百分之|比|%)|(?:比例|比重|占比)(?:是|有)?(?:多少|多大)")
"""A share is asked for without what it is a share of."""


def carry(before: Slots, now: Slots) -> tuple[Slots, bool]:
    """The question with what it leaves unsaid taken from the one before, and whether the account or operation was."""
    if before.accounts and _only_how_much(now):
        now = replace(now, accounts=())  # "财政局的是多少元": of what was asked before, not all that it spends
    leaning = not now.rest and (wording.follow_up(now.text) or not now.accounts or not now.has_unit)
    mentioned = now.mentioned
    if before.mentioned.units and not now.has_unit and _THESE_UNITS.search(now.text):
        now = replace(now, everyone=False)  # "这三家的…合计": those spoken of before
    if not now.has_unit and not now.everyone:
        mentioned = before.mentioned
    carried = (
        leaning and now.topic in _OF_AN_ACCOUNT and (not now.accounts or all(asked.weak for asked in now.accounts))
    )
    if (another := _of_another_body(before, now)) is not None:
        return another, True
    accounts, whole = _accounts(before, now, leaning=leaning, carried=carried)
    taken = accounts != now.accounts and not now.has_unit  # what is asked for, and so its year, comes from before
    years, soft = _years(before, now, leaning=leaning or taken)
    everyone = now.everyone or (before.everyone and not now.has_unit and leaning)
    together = bool(_TOGETHER & set(now.operations)) and not now.has_year and not now.has_unit and carried
    together = together and _OF_THE_LAST.match(now.text) is None
    if together and _BOTH.search(now.text) and before.earlier_units:
        both = dict.fromkeys((*before.earlier_units, *before.mentioned.units))
        mentioned, everyone = replace(mentioned, units=tuple(both), candidates=()), False
    if together:
        accounts = tuple(dict.fromkeys((*before.earlier_accounts, *accounts)))
        years = replace(years, years=tuple(dict.fromkeys((*before.earlier_years, *years.years))))
    bare = carried and not (now.rest or accounts or now.topic)
    rest = before.rest if bare and not before.accounts else now.rest
    short = len(now.text) <= _TERSE and not (now.accounts or now.has_unit)
    leans = (
        leaning
        or short
        or "呢," in now.text
        or (_WHO_OF_IT.search(now.text) is not None and not (now.accounts or now.has_unit))
        or wording.follow_up(now.text)
        or _POINTS_BACK.search(now.text) is not None
    )
    merged = replace(
        now, before=before.text if leans else "", rest=rest, earlier_accounts=before.accounts,
        earlier_units=before.mentioned.units, earlier_years=before.years.years, mentioned=mentioned,
        accounts=accounts, whole=whole, years=years, everyone=everyone,
        bases=now.bases or (before.bases if carried and not now.has_year else ()), level=now.level or before.level, soft_years=soft,
        topic=now.topic or (before.topic if leaning and not accounts and not _MONEY.search(now.text) else ""),
    )  # fmt: skip
    return merged, leaning


def _of_another_body(before: Slots, now: Slots) -> Slots | None:
    """What was counted before, of a body that the book does not know by itself ("第二保育院呢？"); None where it is not that."""
    other = re.fullmatch(r"(?:那么?|和|还有)?[\u4e00-\u9fff]{3,10}呢[?？]?", now.text)
    counted = before.accounts and all(a.targets[0].scheme is Scheme.STAFF for a in before.accounts)
    if other is None or not counted or now.accounts or now.has_unit or not now.rest:
        return None
    return replace(now, accounts=before.accounts, qualifier=now.rest[0], mentioned=before.mentioned, before=before.text)


def _years(before: Slots, now: Slots, *, leaning: bool) -> tuple[Years, bool]:
    """The years asked for with those carried over, and whether another year will do."""
    years, soft = now.years, False
    if not now.has_year and leaning:
        moved = Operation.CHANGE in now.operations or Operation.RATE in now.operations
        own = replace(now.years, years=before.years.years, relative=before.years.relative, last=before.years.last)
        kept = own if now.years.compared else replace(before.years, rest=now.years.rest)
        years, soft = kept, (now.has_unit or moved) and not now.years.compared
    if now.years.last and not now.years.years and now.years.last == len(before.years.years):
        years, soft = replace(before.years, rest=now.years.rest), False  # "两年平均呢？": those spoken of
    back = re.search(r"(?<![比较跟和与同])(?:再|更)?往?(?:前|上)(?:面)?一年", now.text)
    if before.years.years and back and not now.years.years:
        years, soft = replace(years, years=(min(before.years.years) - 1,), relative=None), False
    return years, soft


def _accounts(before: Slots, now: Slots, *, leaning: bool, carried: bool) -> tuple[tuple[Asked, ...], Asked | None]:
    """The accounts asked for, and what a share is a share of, with what was asked before where the question leans on it."""
    accounts, whole = now.accounts, now.whole
    of_it = (
        Operation.SHARE in now.operations
        and re.match(r"(?:那么?|它|这|又)*(?:个|一?项|一?块|一?笔|部分)?(?:钱)?占", now.text) is not None
    )
    if of_it and len(accounts) == 1 and before.accounts and before.accounts != accounts:
        accounts, whole = before.accounts, accounts[0]  # "占支出总计的多少": what was asked before is the part
    within = Operation.SHARE in now.operations and whole is None and re.match(r"其中|这?里面|这里头", now.text)
    if within and len(accounts) == len(before.accounts) == 1 and accounts != before.accounts:
        whole = before.accounts[0]  # "其中建筑安装工程费占多大比例": of what was asked before
        accounts = (replace(accounts[0], funding=accounts[0].funding or whole.funding),)
    part = leaning and not now.has_unit and Operation.SHARE in now.operations and whole is None
    if part and _SHARE_OF_NOTHING.search(now.text) and len(accounts) == len(before.accounts) == 1:
        totals = [asked.targets[0].scheme is Scheme.TOTAL for asked in (*before.accounts, *accounts)]
        whole = before.accounts[0] if totals == [True, False] else None  # "收入合计多少", then "上年结转占了多少比例"
    heads = all(asked.targets[0].scheme is Scheme.STAFF for asked in accounts)
    if Operation.PER_HEAD in now.operations and heads and before.accounts:
        accounts, whole = before.accounts, before.whole  # "人均呢？按实有人员算"
    elif carried and before.accounts:
        accounts, whole = before.accounts, before.whole
    elif leaning and _leans(now.text) and len(accounts) == len(before.accounts) == 1:
        accounts = (_like(accounts[0], before.accounts[0], now.text),)
    if carried and not before.accounts and before.rest:
        accounts = ()  # "2023年决算里是多少？" after a question that a sentence answered
    if re.match(r"(?:那|又)?(?:年初|上年|去年)(?:的|结转)", now.text) and any(
        a.name == "年末结转和结余" for a in before.accounts
    ):
        term = vocabulary().term("上年结转结余")
        accounts = () if term is None else (Asked(term.name, term.name, term.targets, flow=term.flow),)
    if re.match(r"(?:那|又)?年末(?:的|结转)", now.text) and any(a.name == "上年结转结余" for a in before.accounts):
        term = vocabulary().term("年末结转和结余")
        accounts = () if term is None else (Asked(term.name, term.name, term.targets, flow=term.flow),)
    if compared := _beside_it(before, now):
        accounts, whole = compared, None
    leans = wording.follow_up(now.text) or re.search("又(?:是|有|要)?(?:多少|几)", now.text) is not None
    if len(now.accounts) == len(before.accounts) == 1 and leans and not compared:
        accounts = _of_other_project(before.accounts[0], accounts)
    targets = len(before.accounts) == 1 and before.accounts[0].name in ("绩效目标项目", "绩效自评项目")
    shared = Operation.SHARE in now.operations
    if (
        targets
        and not shared
        and now.accounts
        and now.accounts[0].name == "项目支出"
        and _THOSE_PROJECTS.search(now.text)
    ):
        accounts, whole = (replace(before.accounts[0], measure=Measure.AMOUNT),), None
    verbs = now.accounts and all(a.said in ("支出", "实际支出", "决算支出") for a in now.accounts)
    income = any(asked.flow == "收入" for asked in before.accounts)
    if verbs and before.accounts and not income and wording.follow_up(now.text) and not now.has_unit:
        accounts, whole = before.accounts, before.whole  # "那最后实际支出呢？"
    spent = Operation.BREAKDOWN in now.operations and not now.heard and not now.has_unit and len(now.text) <= _TERSE
    if spent and before.accounts and not before.earlier_accounts:
        accounts, whole = before.accounts, before.whole  # "花在哪了？" after what was spent on one thing
    if narrowed := _by_fund(before, now):
        accounts, whole = narrowed, None
    if (
        not any(not h.asked.weak for h in now.heard)
        and before.accounts
        and re.search(r"[这那]笔|[这那]个钱|[这那]些钱", now.text)
    ):
        accounts, whole = before.accounts, before.whole  # "这笔钱怎么分的"
    projects = before.accounts and all(asked.targets[0].scheme is Scheme.PROJECT for asked in before.accounts)
    if Operation.TARGETS in now.operations and not now.accounts and not now.has_unit and projects:
        accounts, whole = before.accounts, None  # "满意度指标定的多少": of the project asked about before
    if cars := _of_cars(before, now):
        accounts, whole = cars, None
    if kinds := _kinds(before, now) or _visits(before, now):
        accounts, whole = kinds, None
    return accounts, whole


def _leans(text: str) -> bool:
    """Whether a question says of itself that it goes on from the one before, or narrows it."""
    return wording.follow_up(text) or _NARROWS.search(text) is not None


def _beside_it(before: Slots, now: Slots) -> tuple[Asked, ...]:
    """The account named and the one asked before, to be compared ("奖金比它少多少", "比购房补贴多多少"), () where that is not
    asked."""
    if not any(not h.asked.weak for h in now.heard) or len(before.accounts) != 1:
        return ()
    added = re.match(r"(?:那么?|如果|要是|再|把)*(?:加上|算上|连同|连上)", now.text) is not None
    several = len(now.accounts) > 1 and before.accounts[0] not in now.accounts
    if added and (Operation.SUM in now.operations or several) and now.accounts != before.accounts:
        return (*before.accounts, *now.accounts)  # "水费多少", then "加上电费一共多少"
    if len(now.accounts) != 1:
        return ()
    if re.match(r"(?:那|它|这)?比", now.text) and not now.has_year:
        return (*before.accounts, *now.accounts)
    return (*now.accounts, *before.accounts) if re.search(r"比(?:它|这个|前面的?|上面的?)", now.text) else ()
