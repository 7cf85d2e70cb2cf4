"""Phrases of prose that name what a unit has and buys, whom it receives, and how it is judged."""

from __future__ import annotations

import re

from corpus.accounts import chart
from corpus.figure import Scheme
from corpus.money import MONEY_UNITS
from ingest.prose.topics import Scope, Topic, funding_in, shortened

_DEVICE = re.compile(
    r"(?P<limit>\d+(?:\.\d+)?)万元?(?:（[^（）]*）)?以上(?:（[^（）]*）)?(?:的)?(?:通用|专用|大型)?(?:仪器)?(?:设备)"
)
_VALUE = re.compile(r"(?:账面|总)?(?:价值|原值|净值)(?:为|共|计|约|合计)*$")
_PLANNED = re.compile(r"购置|新增|配置(?!标准)|更新")
_VEHICLE = re.compile(
    r"(?:公务用车|车辆|机动车|公车|公务车辆?)(?P<quota>编制)?(?:总数|数量|总量|数)?(?:为|共|是|有|合计|共计|总计)*$"
)
_OTHER_VEHICLES = re.compile(r"其他[^，、:（）]{0,12}(?:用车|车辆)(?:为|共|有)*$")
_DISPOSED = re.compile(r"报废|处置")
_BODIES = re.compile(
    r"(?P<name>轿车|越野车|旅行车|商务车|面包车|皮卡车?|客车|货车|载[客货]汽车|摩托车|特种车)(?:（[^（）]*）)?(?:为|共|有)*$"
)
"""Bodies of vehicles, by which some provinces count what they have; each is a part of all vehicles, not all of them."""
_ASSETS = re.compile(
    r"(?:流动资产|固定资产|对外投资及有价证券|其他固定资产|长期投资|对外投资|在建工程|无形资产|资产总额|资产总计|负债总额|净资产|通用设备|专用设备|房屋|土地|办公家具|家具"
    r"|办公用房|业务用房|图书|其他资产|构筑物)(?:建筑|使用|占地)?(?:总)?(?:面积|金额)?(?:合计|总额|总计|为|共|约|有)*$"
)
_NAMED_CARS = re.compile(r"(?!其他|另外)[一-鿿]{2,8}(?<![用公机])车")
"""A kind of car by its use (流动演出车) among those that a unit has."""
_WORTH = frozenset({"资产总额", "固定资产", "流动资产", "无形资产", "负债总额", "净资产", "其他资产", "其他固定资产"})
"""Holdings that are worth money and are not counted in square metres or cars."""
_UNITS_HELD = frozenset({"辆", "台", "套", "台(套)", "台/套", "平方米", "项", "个", "处", "件"})


def asset_topic(phrase: str, unit: str, parent: Topic | None, current: Topic | None, *, planned: bool) -> Topic | None:
    """The asset that a cleaned phrase names; a bare 价值 speaks of the asset named before it."""
    if unit not in MONEY_UNITS and unit not in _UNITS_HELD:
        return None
    bare = _VALUE.sub("", phrase)
    if not bare:
        held = current if current and current.scheme is Scheme.ASSET else None
        return None if held and held.account in _WORTH and unit in ("平方米", "辆") else held
    planned = planned or bool(_PLANNED.search(bare))
    device = _DEVICE.search(bare)
    vehicle = _VEHICLE.search(bare)
    kind = re.search(r"(?P<name>(?:副部（省）级)?[^，、:（）]{2,16}(?:用车|车辆))(?:为|共|有)*$", bare)
    if device:
        limit = device["limit"].removesuffix(".00")
        name = f"单价{limit}万元以上设备"
    elif unit == "辆" and (body := _BODIES.search(bare)):
        name = body["name"]
    elif unit == "辆" and _OTHER_VEHICLES.search(bare):
        name = "其他用车"
    elif unit == "辆" and re.fullmatch(r"(?:现有|实有|共有|共计|保有|合计|共)+", bare):
        name = "车辆"
    elif unit == "辆" and parent is not None and parent.account == "车辆" and _PLAIN_CARS.fullmatch(bare):
        name = "一般公务用车"
    elif unit == "辆" and parent is not None and parent.account == "车辆" and _NAMED_CARS.fullmatch(bare):
        name = bare
    elif vehicle:
        name = "车辆编制" if vehicle["quota"] else "车辆"
        if kind and not vehicle["quota"]:
            known = chart().named(kind["name"], Scheme.ASSET)
            name = known.name if known else name
    elif kind:
        known = chart().named(kind["name"], Scheme.ASSET)
        name = known.name if known else kind["name"]
    else:
        found = _ASSETS.search(bare)
        if not found:
            return None
        known = chart().named(re.sub(r"(?:金额|为|共|约|有)+$", "", found.group()), Scheme.ASSET)
        name = known.name if known else re.sub(r"(?:金额|合计|总计|为|共|约|有)+$", "", found.group())
    if name in _WORTH and unit in ("平方米", "辆"):
        return None
    path = (parent.account,) if parent and parent.scheme is Scheme.ASSET and parent.account != name else ()
    if _DISPOSED.search(bare):
        return Topic(Scheme.ASSET, f"处置{name}", bare, path=path)
    return Topic(Scheme.ASSET, f"购置{name}" if planned else name, bare, path=path)


_SMALL = re.compile(r"小(?:型(?:企业)?(?:和|、|及|与)?)?微(?:型)?企业")
_MEDIUM = re.compile(r"中(?:型、)?小(?:微)?(?:型)?企业")


def procurement_topic(phrase: str, clause: str, *, inside: bool) -> Topic | None:
    """The part of procurement that a phrase names; `clause` holds the words since the last amount (who won, set aside).

    `inside` says that the section or the sentence is about procurement.
    """
    name = ""
    if re.search(r"（[类款项]）", phrase) or not (inside or re.search(r"采购|预留|授予", clause)):
        return None
    held = re.search(r"(货物|工程|服务)(?:采购|支出|项目)?授予中小(?:微)?企业", clause)
    if "其他政府采购项目" in clause and _MEDIUM.search(clause):
        name = "其他项目中小企业成交"
    elif re.search(r"中标|成交", clause) and "预留" in clause:
        name = "面向小微企业预留项目成交" if _SMALL.search(clause) else "面向中小企业预留项目成交"
    elif held:
        name = f"{held[1]}授予中小企业合同"
    elif re.search(r"授予|合同", phrase) and _SMALL.search(phrase):
        name = "授予小微企业合同"
    elif re.search(r"授予|合同", phrase) and _MEDIUM.search(phrase):
        name = "授予中小企业合同"
    elif _SMALL.search(phrase):
        name = "面向小微企业预留"
    elif _MEDIUM.search(phrase):
        name = "面向中小企业预留"
    elif inside or "采购" in phrase:
        name = _purchased(phrase)
    printed = phrase if name in ("政府采购", "货物", "工程", "服务") else name
    return Topic(Scheme.PROCUREMENT, name, printed, flow="支出") if name else None


def _purchased(phrase: str) -> str:
    way = re.search(r"(?:政府)?(集中|分散)采购(?!目录|限额|标准|机构|中心)", phrase)
    if way:
        return f"{way[1]}采购"
    for form in shortened(re.sub(r"（[^（）]*）", "", phrase)):
        kind = re.search(r"(货物|工程|服务)(?:类)?(?:政府)?(?:采购)?(?:项目|预算|支出|金额|资金)*$", form)
        if kind and not re.search(r"购买服务$", form):
            return kind[1]
        if re.search(r"采购(?:项目|合同|计划|预算|支出)*$", form):
            return "政府采购"
    return ""


_VISITS = (
    ("因公出国（境）团组数", ("团组", "个团组", "个", "批", "批次", "次"), r"出国(?:（境）)?.*团组?|团组"),
    ("因公出国（境）团组数", ("团组", "个团组"), r"出国"),
    ("因公出国（境）人次数", ("人次", "人"), r"出国|团组|出访"),
    ("国（境）外公务接待批次", ("批次", "批", "个"), r"(?:国（境）外|外事|外宾).*接待"),
    ("国（境）外公务接待人次", ("人次", "人"), r"(?:国（境）外|外事|外宾).*接待"),
    ("国内公务接待批次", ("批次", "批", "次"), r"接待"),
    ("国内公务接待批次", ("个", "团组", "个团组"), r"接待.*(?:批次|批|团组)"),
    ("国内公务接待人次", ("人次", "人"), r"接待"),
    ("公务用车购置数", ("辆",), r"购置|更新|新购|购入"),
    ("公务用车保有量", ("辆",), r"保有|公务用车|车辆"),
)
_VISITING = re.compile(
    r"因公出国|出国(?:（境）)?团组|公务接待|接待(?:批次|人次)|公务用车(?:购置|保有|更新)|(?:购置|更新|购入)公务用车"
)
"""Words that only the counts behind the 三公 expenses are told in, whatever the heading says."""
_VISITED_SECTIONS = (None, Scheme.THREE_PUBLIC, Scheme.OPERATING)
_KINDS_OF_CARS = re.compile(
    r"(?P<name>一般公务用车|执法(?:执勤)?用车|执勤执法用车|特种(?:专业|作业)?(?:技术)?(?:用车|车辆?)|(?:主要|副部（省）级(?:及以上)?|厅级|地厅级)?领导(?:干部)?(?:用车|专车)"
    r"|机要(?:通信)?(?:应急)?用车|应急(?:保障)?用车|定向(?:化)?保障用车|(?:离退休|老)干部(?:服务)?用车|其他(?:公务)?用车)"
    r"(?:（[^（）]*）)?(?:保有(?:数?量|数))?(?:为|共|有)*$"
)
"""Kinds of vehicles that those a unit keeps are divided into; each is a part of them, not all of them."""
_PLAIN_CARS = re.compile(r"(?:其中|包括|含)*(?:公务用车|公务车辆?)(?:保有(?:数?量|数))?(?:为|共|有)*")
"""The name of all vehicles; where they are divided it is what the parts that are no special kind are called."""


def _kind_of_car(name: str) -> str:
    known = chart().named(name, Scheme.ASSET)
    return known.name if known and known.name != "车辆" else name


def speaks_of_visits(phrase: str, clause: str, scope: Scope, current: Topic | None) -> bool:
    """Whether a count may be one of those behind the 三公 expenses: by heading, by its own words, by what was counted."""
    if scope.scheme is Scheme.THREE_PUBLIC:
        return True
    counted = current is not None and any(current.account == name for name, _, _ in _VISITS)
    hosted = current is not None and current.account == "公务接待费" and phrase.startswith("接待")
    return scope.scheme in _VISITED_SECTIONS and (counted or hosted or bool(_VISITING.search(phrase + clause)))


COUNTED_VISITS = re.compile(r"(?:团组数|人次数?|批次|购置数|保有量)$")
"""Names of the counts behind the 三公 expenses."""
_FOREIGN = re.compile(r"国（境）外|外事|外宾")
_GUESTS = re.compile(r"接待|来访|来宾")
"""Words of those who come; delegations that go abroad are counted in the same units."""


def visit_topic(
    phrase: str, clause: str, unit: str, current: Topic | None, after: str = "", parent: Topic | None = None
) -> Topic | None:
    """Delegations, receptions and vehicles counted in the explanation of the 三公 expenses.

    `after` is the text from the number on (因公出国1个团组), `parent` what 其中 divides.
    """
    body = (_KINDS_OF_CARS.search(phrase) or _BODIES.search(phrase)) if unit == "辆" else None
    if unit == "个" and re.match(r"[\d,]+个(?:团组|批次)", after):
        unit = "个团组" if "出国" in phrase or not phrase else "批次"
    kept = ("公务用车保有量",)
    if body:
        kind = _kind_of_car(body["name"])
        return Topic(Scheme.THREE_PUBLIC, kind, phrase, path=kept, flow="支出", funding="财政拨款")
    if unit == "辆" and parent is not None and parent.account in kept and _PLAIN_CARS.fullmatch(phrase):
        return Topic(Scheme.THREE_PUBLIC, "一般公务用车", phrase, path=kept, flow="支出", funding="财政拨款")
    if unit == "辆" and re.search(r"固定资产|国有资产|资产占用", phrase):
        return None  # all vehicles a unit has, among them those the 三公 expenses do not pay for
    foreign = current is not None and current.account.startswith(("国（境）外", "外事接待费"))
    if foreign and re.fullmatch(r"(?:公务)?接待(?:人次|人数|批次)?(?:为|共|计)*", phrase):
        phrase = f"国（境）外公务{phrase}"  # 国（境）外公务接待0批次,接待人次0人
    around = (clause or phrase) + (current.account if current else "")
    for words in (phrase, around):  # the nearest words decide: 公务用车购置2辆,保有量5辆
        for name, units, pattern in _VISITS:
            if name.startswith("因公出国") and _GUESTS.search(words):
                continue
            if name.startswith("国内") and _FOREIGN.search(words):
                continue
            if unit == "个" and name.startswith("国（境）外") and "批" not in words:
                continue
            if unit in units and re.search(pattern, words):
                return Topic(Scheme.THREE_PUBLIC, name, phrase, flow="支出", funding="财政拨款")
    return None


_JUDGED = (
    ("整体绩效目标", r"整体"),
    ("绩效自评平均得分", r"(?:平均)?得分|评分|分数"),
    ("绩效自评发现问题", r"发现问题"),
    ("绩效自评项目", r"自评"),
    ("绩效跟踪项目", r"跟踪|监控"),
    ("公开绩效目标项目", r"公开.*(?:项目|绩效目标)"),
    ("事前绩效评估项目", r"事前.*评估"),
    ("绩效评价项目", r"绩效评价|重点评价"),
    ("预算安排项目", r"安排(?:的)?项目|^(?:当年|本年)?预算项目"),
    (
        "绩效目标项目",
        r"(?:编报|编制了?|纳入|实行|设置|申报|填报|设定|批复)[^，]*(?:绩效|目标)|绩效目标|绩效管理|目标管理",
    ),
)
_COVERED = re.compile(
    r"(?:涉及|共计|合计|资金)(?:项目)?(?:预算|财政)?(?:支出)?(?:资金|金额|总额)?(?:共计|合计|为|共|约)*$"
)


def performance_topic(
    phrase: str, clause: str, unit: str, parent: Topic | None, current: Topic | None, scope: Scope, after: str = ""
) -> Topic | None:
    """What performance management covers: how many projects, how much money, which score.

    `clause` holds the words since the last amount, `after` the text from the number on (对5个项目编制了绩效目标).
    """
    held = current if current and current.scheme is Scheme.PERFORMANCE else None
    if held is None and scope.scheme is Scheme.PERFORMANCE and (_only_funding(phrase) or phrase.startswith("涉及")):
        held = Topic(Scheme.PERFORMANCE, "绩效目标项目", phrase)
    part = re.search(r"(?P<name>(?:非?财政拨款|其他)(?:资金)?项目)", phrase)
    if part and parent and parent.scheme is Scheme.PERFORMANCE:
        return Topic(Scheme.PERFORMANCE, f"{parent.account}:{part['name']}", phrase, path=(parent.account,))
    if unit in MONEY_UNITS and held and (_COVERED.search(phrase) or _only_funding(phrase)):
        funding = funding_in(phrase) or "全部"
        return Topic(Scheme.PERFORMANCE, held.account, phrase, path=held.path, funding=funding)
    rating = re.search(r"评[级价](?:结果)?为[“”]?(优秀?|良好?|中|合格|不合格|差|较差)[“”]?的?项目", phrase)
    if rating and unit == "个":
        return Topic(Scheme.PERFORMANCE, f"绩效评级为{rating[1]}的项目", phrase)
    kind = re.search(r"(?P<name>[^，、:（）]{2,14}类)(?:项目)?(?:共|有|共计)*$", phrase)
    if kind and parent and parent.scheme is Scheme.PERFORMANCE:
        return Topic(Scheme.PERFORMANCE, f"{parent.account}:{kind['name']}项目", phrase, path=(parent.account,))
    if unit in MONEY_UNITS and not re.search(r"绩效|目标", phrase):
        return None
    counted = re.match(r"[\d,]+个(?P<what>(?:一级|二级)?项目[^,。;]{0,24})", after)
    if counted:
        phrase = counted["what"]
    elif unit == "个" and re.fullmatch(r"(?:共|涉及|项目)+", phrase):
        phrase = clause
    for name, pattern in _JUDGED:
        if re.search(pattern, phrase) and (scope.scheme is Scheme.PERFORMANCE or "绩效" in phrase or held):
            return Topic(Scheme.PERFORMANCE, name, phrase, funding="全部")
    return None


def _only_funding(phrase: str) -> bool:
    return bool(funding_in(phrase)) and bool(
        re.fullmatch(
            r"(?:涉及|其中|安排|投入|拨付)*(?:一般公共预算|政府性基金|国有资本经营|财政|预算|拨款|资金|单位自有|专户|管理|金额)+",
            phrase,
        )
    )
