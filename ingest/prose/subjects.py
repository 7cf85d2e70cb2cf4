"""From a cleaned phrase to topics: which of the grammar's dictionaries answers, by section and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.accounts import clean_name
from corpus.figure import Scheme
from corpus.money import MONEY_UNITS
from ingest.prose.accounts import account_topics
from ingest.prose.grammar import pieces
from ingest.prose.holdings import (
    asset_topic,
    performance_topic,
    procurement_topic,
    speaks_of_visits,
    visit_topic,
)
from ingest.prose.staff import inhabited_topic, of_its_posts, staff_topic
from ingest.prose.topics import Lexicon, Scope, Topic, cleaned, funding_in, shortened
from ingest.tables.named_rows import THREE_AND_MORE

_GENERIC = re.compile(
    r"(?:预算|决算|安排|拨入|金额|资金|经费|费用|合计|累计|共|计|总|为|是|达到?|数|额|约|的|实际|当年|本年|本年度|上年|去年|年初|全年|调整后?|"
    r"执行|涉及|净|均|也|即|拟|与|比|较|年度|各项|主要|有|用|中|全部|相应|同比|情况|变动|变化|规模|水平|发生|预计|期末|完成|方面|"
    r"按照?|同口径|可比口径|(?:增加|减少|下降|上升|提高|降低|增长|增|减|降)[到至]|其|此|项|、|，|:|（|）)*"
)
_TOGETHER = re.compile(
    r"(?P<names>[^，]+(?:支出|收入|费|经费)、[^，]+?(?:支出|收入|费|经费))(?:等)?(?:共计|共|合计|总计|之和)(?:为|是)?"
)
_PAID_FROM = re.compile(
    r"(?:当年|本年)?(?:使用|通过)?(?:一般公共预算)?(?:财政)?拨款(?:支出)?(?:预算|决算|安排|数|为|是)+|一般公共预算(?:财政拨款|拨款)?(?:支出)?(?:决算|安排|数|为)+"
)
_BARE = re.compile(
    r"(?:[此该]项|预算|决算)?支出(?:[数额](?=[为是共约达])|(?:年初|全年|调整后?|当年)?(?:预算|决算|执行)(?:执行)?(?:数|额)?)?(?:安排)?(?:为|是|共|约|达)*"
)


def is_generic(phrase: str) -> bool:
    """Whether a phrase names no account of its own (预算安排, 金额为, 与上年相比)."""
    return bool(_GENERIC.fullmatch(phrase))


def names_funding_only(phrase: str) -> bool:
    """Whether a phrase says from what an amount is paid and nothing else (财政拨款预算, 一般公共预算安排)."""
    return bool(_PAID_FROM.fullmatch(phrase))


def is_bare_spending(phrase: str) -> bool:
    """Whether a phrase says that something was spent and not for what (支出决算为, 支出)."""
    return bool(_BARE.fullmatch(phrase))


def speaks_on(phrase: str, current: Topic | None, stated: bool) -> bool:
    """Whether 支出决算为 goes on about the account spoken of, instead of naming total expenditure.

    It does for every account but a total, and for a total of expenditure already `stated` in the same sentence.
    """
    if current is None or not _BARE.fullmatch(phrase):
        return False
    if current.scheme in (Scheme.TOTAL, Scheme.SOURCE):
        return stated and current.flow == "支出"
    return True


@dataclass(frozen=True, slots=True)
class Around:
    """What a phrase stands among: section, the topic before 其中, the topic spoken of, the document's names.

    `planned` says that the sentence speaks of buying, `told` is the paragraph.
    """

    scope: Scope
    lexicon: Lexicon
    parent: Topic | None = None
    current: Topic | None = None
    planned: bool = False
    told: str = ""

    def speaks_of(self, scheme: Scheme) -> bool:
        """Whether section, list or topic are of this scheme."""
        return any(held is not None and held.scheme is scheme for held in (self.scope, self.parent, self.current))


def subject_topics(phrase: str, lead: str, unit: str, around: Around, after: str = "") -> tuple[Topic, ...]:
    """The topics of a cleaned phrase before an amount in `unit`, () where it names none that is known.

    `lead` is all that stands between the amount before and this one, `after` the text from this one on.
    """
    scope, parent, current = around.scope, around.parent, around.current
    clause = cleaned(lead, around.lexicon)
    if unit not in MONEY_UNITS and unit != "%":
        return _counted(phrase, clause, unit, around, after, lead)
    found: Topic | None = None
    if unit != "%" and (
        around.speaks_of(Scheme.ASSET)
        or re.search(r"[价原净]值(?:为)?$|固定资产|流动资产|无形资产|资产总[额计]", phrase)
    ):
        found = asset_topic(phrase, unit, parent, current, planned=around.planned)
    if found is None:
        bought = scope.scheme is Scheme.PROCUREMENT or bool(parent and parent.scheme is Scheme.PROCUREMENT)
        found = procurement_topic(phrase, clause, inside=bought)
    if found is None and ("绩效" in clause or around.speaks_of(Scheme.PERFORMANCE)):
        found = performance_topic(phrase, clause, unit, parent, current, scope)
    if found is not None:
        return (found,)
    if scope.scheme is Scheme.PROJECT and not re.search(r"(?:项目|基本)支出", phrase):
        project = _project(phrase, scope)
        return (project,) if project else ()
    if current and re.fullmatch(r"(?:共计|共|合计|实际)*支出", phrase) and (spent := spent_on(current)):
        return (replace(spent, name=phrase),)
    if unit != "%" and _JOINED.fullmatch(phrase) and phrase not in around.lexicon.projects:
        return _listed_project(phrase, parent)  # 会议费、培训费8万元: of neither is it all
    return (
        _special(phrase, scope)
        or _apart(phrase, around)
        or account_topics(phrase, scope, parent, around.lexicon)
        or _listed_project(phrase, parent)
        or _equipment(phrase, parent)
        or _bought(phrase, parent)
    )


def each_named(subject: str, lead: str, around: Around) -> tuple[Topic, ...]:
    """The two or more items of which the same is said (因公出国(境)费和公务接待费与去年持平), () where one is unknown."""
    phrase = cleaned(pieces(subject)[-1], around.lexicon)
    names = re.split(
        r"(?<=费)(?:预算|支出|决算)?[、和及与]", re.sub(r"(?:预算|支出|决算|数|均|都|也|分别)+$", "", phrase)
    )
    if len(names) < _SEVERAL:
        return ()
    found = [subject_topics(name, lead, "万元", around) for name in names]
    return tuple(topics[0] for topics in found) if all(len(topics) == 1 for topics in found) else ()


_SEVERAL = 2
_ALIKE = re.compile(r"(?P<names>[^，；:]+(?:[、和及与][^，；:]+?|收支[总合]?计?))(?:预算|决算)?(?:均|都|各)(?:为|是)")
_BOTH_FLOWS = re.compile(r"(?P<fund>.+?)(?:收支|收入(?:总计|合计)?[、和及与]?支出)(?P<total>总计|合计)?")
"""Income and expenditure of one money (一般公共预算财政拨款收入和支出均为9万元)."""
_JOINED = re.compile(
    r"(?!.*(?:三公|出国|接待|收支|收入)).*?[一-鿿）](?:费|经费|支出|补助|补贴)[、和及与][^、和及与，]{2,14}(?:费|经费|支出|补助|补贴)(?:共?[为是]?)"
)


def spent_on(visits: Topic) -> Topic | None:
    """The item that visits counted are paid from, None for other counts."""
    account = _VISITED.get(visits.account)
    return replace(visits, account=account, name=account) if account else None


def alike(phrase: str, around: Around) -> tuple[Topic, ...] | None:
    """The topics of which one amount is told each (甲收入、乙收入和丙收入均为0万元), None where one of them is unknown."""
    joined = _ALIKE.fullmatch(phrase)
    both = _BOTH_FLOWS.fullmatch(joined["names"]) if joined else None
    if both and funding_in(both["fund"]):
        names = [both["fund"] + flow + (both["total"] or "") for flow in ("收入", "支出")]
    else:
        names = re.split(r"(?<=[入出款费余])[、和及与]", joined["names"]) if joined else []
    if len(names) < _SEVERAL or any(name.startswith(("收入", "支出")) for name in names):
        return None
    found = [account_topics(name, around.scope, around.parent, around.lexicon) for name in names]
    return tuple(topics[-1] for topics in found) if all(len(topics) == 1 for topics in found) else None


def together(phrase: str, around: Around) -> tuple[Topic, ...] | None:
    """The topics of a sum told of several accounts at once (上缴上级支出、经营支出共), None where it is none."""
    joined = _TOGETHER.fullmatch(phrase)
    if joined is None:
        return None
    found = [account_topics(name, around.scope, around.parent, around.lexicon) for name in joined["names"].split("、")]
    return tuple(topics[-1] for topics in found) if all(found) else ()


_VISITED = {
    "国内公务接待批次": "国内公务接待费",
    "国内公务接待人次": "国内公务接待费",
    "国（境）外公务接待批次": "外事接待费",
    "国（境）外公务接待人次": "外事接待费",
}


_CAME_OR_WENT = re.compile(r"(?:增加|减少|调[入出]|招[聘录])了?(?:行政|事业|工勤|在职|在编|聘用|参公)人员$")
"""Before how many more or fewer there are than last year, which is not how many there are."""
_STAFF_BY_KIND = re.compile(r"[\d,]+(?:人|名)[,:。;(]?(?:其中)[^。;]{0,40}(?:在职|退休)")


_DIVIDED_ON = re.compile(r"(?:行政|事业|工勤|参公)(?:人员|编制)|(?:在职|在编|实有)人员|编制人数|财政供养人员")
"""What the kinds named by their first word alone right behind it divide (在职职工23人,参公9人,事业14人)."""
_ACTUALLY = re.compile(r"(?:实际(?:在[编岗职])?|在编)(?:人数|人员)?(?:为|有|是)?")


def _divided_visits(found: Topic, phrase: str, parent: Topic | None, current: Topic | None) -> bool:
    """Whether delegations or guests are some of those just counted (出国团组6个、36人次,其中:培训团组4个): of neither is it all."""
    if parent is None or not _CAME_AND_WENT.search(parent.account) or not _CAME_AND_WENT.search(found.account):
        return False
    if not phrase and current is not None and current.account[:_FAMILY] == found.account[:_FAMILY]:
        return False  # 国内公务接待5批次、60人次: named with the number before
    return found.account[:_FAMILY] == parent.account[:_FAMILY] and not phrase.startswith(("国内", "因公出国", "出国"))


_CAME_AND_WENT = re.compile(r"(?:团组数|人次数?|批次)$")
_FAMILY = 4
"""Characters by which counts of journeys and of receptions, here and abroad, are told apart."""


def _counted(phrase: str, clause: str, unit: str, around: Around, after: str, lead: str = "") -> tuple[Topic, ...]:
    scope, parent, current = around.scope, around.parent, around.current
    found: Topic | None = None
    if speaks_of_visits(phrase, clause, scope, current):
        found = visit_topic(phrase, clause, unit, current, after, parent)
        if found is not None and _divided_visits(found, phrase, parent, current):
            return ()
    cars = unit == "辆" and parent is not None and parent.account == "车辆"
    if found is None and (
        scope.scheme is Scheme.ASSET
        or cars
        or re.search(r"车辆|用车|轿车|越野车|[客货]车|皮卡|设备|房屋|面积|资产", clause)
    ):
        found = asset_topic(phrase, unit, parent, current, planned=around.planned)
    if found is None and ("绩效" in clause or around.speaks_of(Scheme.PERFORMANCE)):
        found = performance_topic(phrase, clause, unit, parent, current, scope, after)
    people = scope.scheme is Scheme.ASSET and unit in ("人", "名")  # 人员和车辆情况
    if found is None and (scope.scheme in (Scheme.STAFF, None) or people):
        if _CAME_OR_WENT.search(phrase):
            return ()
        beside = current is not None and parent is None and re.match("[,、:;]", lead)
        listed = current if beside and current is not None and _DIVIDED_ON.fullmatch(current.account) else parent
        found = staff_topic(phrase, unit, after, listed) or inhabited_topic(phrase, unit, after, clause)
        if found is None and unit in ("人", "名") and _ACTUALLY.fullmatch(phrase) and current is not None:
            posts = current.scheme is Scheme.STAFF and current.account.endswith(("编制", "编制人数"))
            name = "在编人员" if "在编" in phrase else "实有人员"
            found = Topic(Scheme.STAFF, name, name) if posts else None  # 编制9人,实际8人
        if found is not None:
            found = of_its_posts(found, current, around.told, lead, around.told.removesuffix(after) if after else "")
        if found is not None and found.name == "实有人员" and _STAFF_BY_KIND.match(after):
            found = replace(found, account=found.name)  # the retired are among them
    return (found,) if found else ()


def _special(phrase: str, scope: Scope) -> tuple[Topic, ...]:
    """三公经费 together with meetings and training; 委托业务费 told apart from the economic class of the same name, and transfers to lower governments."""
    if re.search(r"三公经费(?:支出)?(?:、|和|及|以及)会议费(?:、|和|及|以及)培训费", phrase):
        return (Topic(Scheme.THREE_PUBLIC, THREE_AND_MORE, phrase, flow="支出", funding="财政拨款"),)
    for form in shortened(phrase):
        if re.search(r"委托业务(?:费|经费)$", form) and scope.component != "基本支出":
            funding = funding_in(phrase) or scope.funding or "财政拨款"
            return (Topic(Scheme.ENTRUSTED, "委托业务费", form, flow="支出", funding=funding),)
        if _SPECIAL.fullmatch(form) and form.startswith("其他"):
            return (Topic(Scheme.PROJECT, "其他专项", form, flow="支出", component="项目支出"),)
        if re.search(r"(?:对(?:区|县|市|下|地方|镇|乡|市县)|上级对下级|专项).{0,4}转移支付(?:项目)?$", form):
            return (Topic(Scheme.TRANSFER, "转移支付", form, flow="支出", funding=funding_in(phrase) or "全部"),)
    return ()


_BESIDE_WAGES = re.compile(r"(?:人员|公用|基本)(?:经费|支出)")


def _apart(phrase: str, around: Around) -> tuple[Topic, ...]:
    """专项经费 told beside 人员经费 and 公用经费: what is spent for tasks of its own."""
    form = re.sub(r"(?:预算|安排|为|共|是|:)+$", "", phrase)
    if re.fullmatch(r"专项(?:经费|资金|支出)", form) and _BESIDE_WAGES.search(around.told):
        return (Topic(Scheme.PROJECT, form, form, flow="支出", component="项目支出"),)
    return ()


def _equipment(phrase: str, parent: Topic | None) -> tuple[Topic, ...]:
    """设备购置 among the parts of running costs: a class that the chart knows only by its kinds, under its printed name."""
    running = parent is not None and parent.scheme is Scheme.TOTAL and parent.component == "公用经费"
    if not running or parent is None or not re.fullmatch(r"(?:设备|图书|家具|教学设备)购置费?(?:为|共)?", phrase):
        return ()
    name = re.sub(r"(?:为|共)$", "", phrase)
    return (Topic(Scheme.ECONOMIC, name, name, "", (), "支出", parent.funding, parent.component),)


_WARES = re.compile(
    r"(?!.*(?:资金|预算|拨款|企业|采购|财政|自有|上年|结转|合计|其他))(?:主要(?:是|有|为)|包括|用于|项目是)*(?P<name>[一-鿿（）、]{3,20}?)(?:项目)?(?:为|共|是)?"
)


def _bought(phrase: str, parent: Topic | None) -> tuple[Topic, ...]:
    """What is bought, by its name in the list of what procurement consists of (采购预算9万元,其中:检测试剂9万元)."""
    named = _WARES.fullmatch(phrase) if parent is not None and parent.account == "政府采购" else None
    if named is None or is_generic(named["name"]):
        return ()
    return (Topic(Scheme.PROCUREMENT, named["name"], phrase, path=("政府采购",), flow="支出"),)


_ITSELF = re.compile(
    r"(?:安排)?(?:该|本|此)?项目(?:年度)?(?:总)?(?:预算|资金|经费|投资|金额|支出)*|(?:同时)?(?:安排|动用|使用|申请|其中)*(?:该|本)?项?目?"
)
_NOUN = re.compile(
    r"(?:费|费用|经费|项目|资金|工程|专项|补助|补贴|奖励|建设|维护|采购|业务|服务|系统|活动|工作|救助金|补助金)$"
)


def _project(phrase: str, scope: Scope) -> Topic | None:
    """In a section about projects: the project itself (该项目, 项目总预算), its funds, or a part of it by name."""
    bare = re.sub(r"^(?:拟|已|共|同时|计划)+(?:安排|动用|使用|申请)?|(?:为|共|计|约|安排)+$", "", phrase)
    funding = funding_in(bare)
    rest = re.sub(
        r"(?:一般公共预算|政府性基金|国有资本经营|预算|财政|拨款|资金|单位自有|自有|自筹|专户|管理|其他|拟)", "", bare
    )
    if (funding and _ITSELF.fullmatch(rest)) or re.fullmatch(
        r"(?:该|本|此)?项目(?:年度)?(?:总)?(?:预算|资金|经费|投资|金额|支出)*", bare
    ):
        if not scope.project:
            return None
        return Topic(
            Scheme.PROJECT, scope.project, phrase, flow="支出", funding=funding or "全部", component="项目支出"
        )
    quarter = re.fullmatch(r"(第[一二三四]季度)(?:用款计划|资金计划|计划)?", bare)
    if quarter:
        if not scope.project:
            return None
        return Topic(Scheme.PROJECT, scope.project, phrase, flow="支出", component=f"{quarter[1]}用款计划")
    name = clean_name(bare)
    if not 2 <= len(name) <= 40 or re.search(
        r"\d{3,}|，|。|季度|面积|合计$|[人户生]均$|每[人家户名个月年所村校次亩]$", name
    ):
        return None
    path = (scope.project,) if scope.project and scope.project != name else ()
    return Topic(Scheme.PROJECT, name, phrase, path=path, flow="支出", component="项目支出")


def project_within(phrase: str) -> Topic | None:
    """The project whose money is said to have moved (项目经费中客运补贴减少9万元), None where none is named."""
    found = re.fullmatch(r".*?项目(?:经费|支出|资金)(?:收入|支出)?中的?(?P<name>[^，。、：:]{3,20})", phrase)
    if found is None or not _NOUN.search(found["name"]) or re.search(r"^(?:人员|公用|基本|其他|项目)", found["name"]):
        return None
    return Topic(Scheme.PROJECT, found["name"], found["name"], flow="支出", component="项目支出")


_OF_PROJECTS = re.compile(r"(?:支出|利息|本息|租金|改造|修缮|购置|培训|宣传|治理|整治)$")
"""What a name may end in among project expenditure, where nothing else can be meant."""
_SPECIAL = re.compile(r"(?:其他)?专项(?:支出|经费|资金)?")
"""What is spent for tasks of its own beside wages and running costs; its parts are projects."""


def _listed_project(phrase: str, parent: Topic | None) -> tuple[Topic, ...]:
    """A name in the list after 其中 of project expenditure, or of the money that performance goals cover: a project's."""
    if parent is None:
        return ()
    projects = parent.scheme is Scheme.TOTAL and parent.component == "项目支出" and parent.flow == "支出"
    special = parent.scheme is Scheme.PROJECT and bool(_SPECIAL.fullmatch(parent.account))
    covered = special or parent.scheme is Scheme.PERFORMANCE or (projects and funding_in(phrase) == "")
    noun = _NOUN.search(phrase) or (projects and _OF_PROJECTS.search(phrase))
    if covered and 3 <= len(phrase) <= 30 and noun and "，" not in phrase:
        name = re.sub(r"^(?:(?:年初|[本当]年)预算|(?:项目支出)?(?:主要)?包括)(?=.{4})", "", phrase)
        path = (parent.account,) if special else ()
        return (Topic(Scheme.PROJECT, name, phrase, path=path, flow="支出", component="项目支出"),)
    return ()


def announced(piece: str, scope: Scope, lexicon: Lexicon) -> tuple[Topic, ...]:
    """The topics that a heading, or a clause without an amount, announces for what follows; only sure ones."""
    phrase = cleaned(piece, lexicon)
    phrase = re.sub(r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、])", "", phrase)
    phrase = re.sub(r"(?:情况|变动原因|的?说明|总体|增减|变动|具体|变化|规模|结构)+$", "", phrase)
    if not 3 <= len(phrase) <= 70:
        return ()
    topics = account_topics(phrase, scope, None, lexicon)
    if not topics:
        bought = procurement_topic(phrase, phrase, inside=False) if len(phrase) <= 12 else None
        return (bought,) if bought else _special(phrase, scope)
    first = topics[0]
    if first.path or re.search(r"（[类款项]）", phrase):
        return topics
    whole = {clean_name(first.name), clean_name(first.account)}
    if first.scheme in (Scheme.THREE_PUBLIC, Scheme.OPERATING, Scheme.TOTAL) and (
        len(phrase) <= 24 or whole & {clean_name(form) for form in shortened(phrase)}
    ):
        return topics
    return ()
