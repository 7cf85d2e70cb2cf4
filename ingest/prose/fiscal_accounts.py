"""Phrases of a whole government's papers that name accounts: totals of a fund, classes of revenue and expenditure,
transfers, debt; with the level of government and the fund that the phrase says.

Revenue follows the 收入科目 of the 政府收支分类科目, expenditure its functional classes. A name that the chart does not
know is kept as printed where a list of revenue or expenditure has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.accounts import Account, chart
from corpus.figure import Scheme
from ingest.prose.topics import Topic, funding_in

_UNCODED = 5
GENERAL = "一般公共预算"
OWN_LEVEL, LOWER = "本级", "乡镇级"
_UNIT = "省|市|区|县|旗|州|盟|镇|乡|街道|城区|自治区|自治州|自治县|新区|开发区|园区"
_WHOLE_PLACE = re.compile(rf"(?:全|我)(?:{_UNIT})")
_OF_LEVEL = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<level>[省市区县州镇旗]级)(?!以|领导)"
    r"|(?<![上下各])(?P<direct>[省市区县州旗]直)(?=[\u4e00-\u9fff]?(?:一般|预算|收入|支出|地方))"
)
_OWN = re.compile(rf"(?<![上下各])(?:{_UNIT})?本级")
_LOWER = re.compile(
    r"(?:苏木)?(?:乡镇|镇街|镇乡|镇)(?:级|街道)?(?:及开发区)?(?=一般|公共|财政|本级|支出|收入)|苏木镇(?:及开发区)?"
)
_NOISE = re.compile(
    r"20\d\d(?=全|我)|(?:财政)?体制(?:改革|调整)?(?:前|后)|(?:按)?(?:原|新)体制(?:口径)?|20\d\d年(?:度|末|底|初)?|二[〇○零]..年|(?:前)?[一二三四]季度|上半年|下半年|1(?:-|—|至|到)\d{1,2}月(?:份)?|截[至止]?[^,。]{0,10}(?:底|末|日)|"
    r"(?:本年|当年|今年|全年|年末|年底|年初)(?=[\u4e00-\u9fff])(?!结|滚)|预计|实际|累计|已|大约|约"
)
_LEAD_IN = re.compile(
    r"^(?:其中|加上(?!级|年)|加(?!快|强|大)|减去|减|扣除|扣减|剔除|另外?|此外|以及|及|和|与|并|同时|由于|具体(?:为|是)?|主要(?:是|为|有)|(?:主要|其中|具体)?包括|(?:调整|安排)(?=一般|政府|地方|全|区|市|县|国有|社会)|完成(?=地方财政)|含|即|经[^,]{0,30}?(?:批准|通过|批复)(?:的|,)?|[^,]{0,30}?(?:会议|常委会|人大|大会)[^,]{0,8}?(?:批准|通过|批复|审查)(?:的|了)?|"
    r"(?:审议)?(?:批准|通过|批复)(?:的)?|分?(?:项目|级次|部门|支出|收入|税种|科目|结构|来源|类别)(?:[^,]{0,8}?)(?:上)?看|[①-⑳]|\(?\d{1,2}[.、)](?!\d)|[一二三四五六七八九十]{1,3}、)[:,]?"
)
_TAIL = re.compile(
    r"(?:完成(?:数)?|(?<=收入|支出)完|实现|达到?|执行(?:数)?|入库|收入数|支出数|决算数?|预期数?|预算数|预算(?=$)|任务数?|安排|下达|(?<!收入)(?<!支出)(?:合计|共计|总计)|(?<!收入)(?<!支出)共|为|是|约|"
    r"情况|收缴|征收|收到|争取到?|资金(?=到位)|到位|数(?<!基数)|额(?<!限额)(?<!余额)(?<!总额)|:|,|的|分别|由|从|调整)$"
)
_ASIDE = re.compile(r"（(?:不含|含|包括|按|剔除|详见|见|下同|草案|指|注|简称|以下|同口径|还原|扣除|其中)[^（）]*）")
_FUND_WORDS = re.compile(
    r"(?:地方)?(?:一般公共预算|公共财政预算|公共财政|一般预算|一般公共(?=收入|支出)|政府性基金(?:预算)?|政府基金(?:预算)?|基金预算|基金(?=收入|支出)|国有资本经营(?:预算)?|社会保险基金(?:预算)?|社保基金(?:预算)?)"
)
_GRAND = re.compile(
    r"^(?P<what>.*?)(?P<flow>收入|支出)(?:总计|总量|合计|总额|总规模|方总计|总数)$|^(?P<before>.*?)总(?P<of>收入|支出)$|^(?:收支)(?:总计|总量)$"
)
_PLAIN = re.compile(
    rf"^(?:地方级?|本级|财政|预算|公共|一般|政府|可比|口径|(?:我|全)?(?:{_UNIT})级?|预算内|组织|辖区|实现|完成|{GENERAL})*(?P<flow>收入|支出)(?:总体)?$"
)
_GENERAL_WORDS = re.compile(r"地方级|地方财政|财政预算|公共财政|预算内|财政(?:收入|支出)|地方(?:收入|支出)")
_COLLECTED = re.compile(r"(?:财政总|组织(?:财政)?|全口径财政|财政总收|组织财政总)收入(?:总计|合计)?$")
_ALLOWED = re.compile(
    r"(?:争取|收到|到位|获得|全力|取得|实际|财政|预算内?|安排|用于|其中|另有|以及|各|上级|省|市|区|县|自治区|中央|年初|地方级?|一般公共预算|政府性基金|国有资本经营|"
    r"社会保险基金|当年|的|下达|加|动用|含|通过|完成|实现|组织|主体税种|主要|政府|新增|本级|全|民生|重点|工商|基金|、|预|按|体制|分享)*"
)
_NAMED = re.compile(
    r"[\u4e00-\u9fff（）、“”]{2,24}(?:支出|经费|收入|资金|补助|税|费|款|返还|债券|事务|保障|拨款|运行)$"
)
_CARRIED = re.compile(
    r"^(?:年终|年末|累计|当年|滚存)*(?:结转$|结余$|净结余$|结转下年|结转结余|结余结转|结转到?下年|滚存结转)[\u4e00-\u9fff]{0,8}$|^结转下?年?(?:专项)?(?:支出)?$|^(?:结转|结余)$"
)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a phrase: the fund, flow and level of government spoken of, and whether a list is being told."""

    funding: str = ""
    flow: str = ""
    level: str = "合计"
    listed: bool = False
    places: tuple[str, ...] = ()


def level_in(phrase: str) -> str:
    """The level of government that a phrase says: 合计 for the whole place, 本级, 乡镇级; "" where it says none."""
    if _WHOLE_PLACE.search(phrase):
        return "合计"
    if _LOWER.search(phrase):
        return LOWER
    if _OWN.search(phrase):
        return OWN_LEVEL
    found = _OF_LEVEL.search(phrase)
    return (found["level"] or f"{found['direct'][0]}级") if found else ""


def bare(phrase: str, places: tuple[str, ...] = ()) -> str:
    """A phrase without lead-in, place, level, period and verbs: what is left names an account."""
    text = re.sub(r"[“”\"'《》\s]", "", phrase).translate(str.maketrans("()", "（）"))
    text = _ASIDE.sub("", text)
    before = None
    while text != before:
        before = text
        text = _LEAD_IN.sub("", text)
        text = _NOISE.sub("", text)
        for place in places:
            text = text.removeprefix(place)
        text = re.sub(
            r"^(?:我|全)(?:省|市|区|县|旗|州|盟|镇|乡|街道|城区)(?:级|本级)?|^(?:省|市|区|县|旗|州|镇|乡|城区)(?:本级|级|直|金库)|^本级|^(?:苏木)?(?:乡镇|镇)级",
            "",
            text,
        )
        text = re.sub(r"^苏木镇(?:及开发区)?", "", text)
        text = (
            _TAIL.sub("", text).strip("，,:：、（）")
            if not text.endswith("）")
            else _TAIL.sub("", text).strip("，,:：、")
        )
    return text


def fund_of(text: str) -> str:
    """The fund that a phrase names, by its full name or as reports of earlier years call it; "" for none."""
    if found := funding_in(text):
        return found
    if re.search(r"一般预算|公共财政|一般公共(?=收入|支出)", text):
        return GENERAL
    if re.search(r"社保基金", text):
        return "社会保险基金"
    return "政府性基金" if re.search(r"政府基金|基金预算|(?<!调节)(?<!保险)(?<!住房)基金(?=收入|支出)", text) else ""


def account_in(phrase: str, around: Around) -> Topic | None:
    """The account that a phrase names, with its fund, flow and level; None where it names none."""
    text = bare(phrase, around.places)
    level = level_in(phrase) or around.level
    funding = fund_of(text)
    if not text:
        return None
    if moved := _MOVED_IN.fullmatch(text):
        return _moved_in(moved["fund"], text, around.funding or GENERAL, level)
    if found := _total(text, funding, around, level):
        return found
    rest = _FUND_WORDS.sub("", text) if funding else text
    funding = funding or around.funding or GENERAL
    if _CARRIED.fullmatch(rest):
        return Topic(Scheme.BALANCE, "年末结转结余", rest, flow="结余", funding=funding, component=level)
    account = _known(rest, around.flow)
    if account is not None:
        return _topic(account, rest, funding, level)
    if around.listed and around.flow and _NAMED.fullmatch(rest) and not re.search(r"^(?:收入|支出)|占|增|减", rest):
        scheme = Scheme.REVENUE if around.flow == "收入" else Scheme.FUNCTION
        return Topic(scheme, rest, rest, flow=around.flow, funding=funding, component=level)
    return None


_MOVED_IN = re.compile(
    r"(?:从|由)?(?P<fund>政府性基金|国有资本经营|其他)(?:预算)?(?:资金|收入)?中?调入(?:一般公共预算)?(?:的?资金|收入)?"
)
"""A source of 调入资金: what one fund gave to another (其中从政府性基金调入2亿元、其他调入1亿元)."""


def _moved_in(source: str, printed: str, funding: str, level: str) -> Topic | None:
    """What `source` gave to the fund spoken of, as the rules of the field name it; None where it is that fund itself."""
    if funding.startswith(source):
        return None
    name = "从其他资金调入" if source == "其他" else f"从{source}预算调入"
    path = tuple(account.name for account in (chart().account(Scheme.REVENUE, "11009"),) if account is not None)
    return Topic(Scheme.REVENUE, name, printed, "", path, "收入", funding, level)


def _topic(account: Account, printed: str, funding: str, level: str) -> Topic:
    path = tuple(item.name for item in chart().parents(account.scheme, account.code))
    flow = {Scheme.REVENUE: "收入", Scheme.FUNCTION: "支出"}.get(account.scheme, "")
    if account.code.startswith("10301") and account.scheme is Scheme.REVENUE:
        funding = "政府性基金"
    if account.scheme is Scheme.DEBT:
        funding = "全部"
    return Topic(account.scheme, account.name, printed, account.code, path, flow, funding, level)


def _total(text: str, funding: str, around: Around, level: str) -> Topic | None:
    """Income or expenditure as a whole, of one fund: the year's own, or with all that is carried and transferred in."""
    collected = chart().named(text, Scheme.REVENUE)
    if collected is not None and not collected.code and collected.name.endswith("部门组织收入"):
        return Topic(Scheme.REVENUE, collected.name, text, flow="收入", funding="全部", component=level)
    if _COLLECTED.search(text) and not funding:
        return Topic(Scheme.REVENUE, "财政总收入", text, flow="收入", funding="全部", component=level)
    rest = _FUND_WORDS.sub("", text)
    grand = _GRAND.match(rest)
    if grand:
        flow = grand["flow"] or grand["of"] or around.flow
        head = grand["what"] or grand["before"] or ""
        if flow and _PLAIN.match(head + flow):
            name = f"{flow}总计"
            return Topic(
                Scheme.TOTAL, name, text, flow=flow, funding=funding or around.funding or GENERAL, component=level
            )
    plain = _PLAIN.match(rest)
    if plain is None and funding and not rest:
        flow = around.flow
    elif plain is not None:
        flow = plain["flow"]
    else:
        return None
    if not flow:
        return None
    own = funding or (GENERAL if _GENERAL_WORDS.search(text) else "") or around.funding or GENERAL
    return Topic(Scheme.TOTAL, f"本年{flow}合计", text, flow=flow, funding=own, component=level)


def _forms(text: str) -> Iterator[str]:
    """Ways in which an account may be printed: as it stands, without 事务 and 事业, with or without its ending."""
    yield text
    for pattern, instead in (
        (r"(?:事业|事务)+费?支出$", "支出"), (r"(?:类)?支出$", ""), (r"收入$", ""), (r"$", "支出"), (r"$", "收入"),
        (r"(?:补助)?资金$", ""), (r"^其它", "其他"), (r"与", "和"), (r"科目$", ""),
    ):  # fmt: skip
        form = re.sub(pattern, instead, text)
        if form != text and len(form) >= 2:
            yield form


def _known(text: str, flow: str) -> Account | None:
    """The account of the chart that a phrase is, or ends in behind words that say nothing of it."""
    schemes = [Scheme.DEBT, Scheme.REVENUE, Scheme.FUNCTION]
    if flow == "支出":
        schemes = [Scheme.DEBT, Scheme.FUNCTION, Scheme.REVENUE]
    for start in range(len(text) - 1):
        head, tail = text[:start], text[start:]
        if start and (len(tail) < 3 or not _ALLOWED.fullmatch(head)):
            continue
        for scheme in schemes:
            named = [
                account
                for form in _forms(tail)
                if (account := chart().named(form, scheme)) is not None and _may_be(text, form, account)
            ]
            if named:  # 教育 is the class before the item of aid that bears its name
                return min(named, key=lambda account: len(account.code) or _UNCODED)
    return None


def _may_be(text: str, form: str, account: Account) -> bool:
    """Whether the flow that a phrase prints is that of the account."""
    if account.scheme is Scheme.FUNCTION:
        return not text.endswith("收入") and len(account.code) <= 5
    return not (account.scheme is Scheme.REVENUE and text.endswith("支出") and not form.endswith("支出"))
