"""The units of a book and the stretches of a question that may name one: what is written is the full name with characters left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from corpus.disclosure import Disclosure
from corpus.vocabulary import vocabulary

_REGION = re.compile(
    r"^(?P<party>中共|中国共产党|中国人民政治协商会议|政协|共青团|国家税务总局|民革|民盟|民建|民进|农工党|致公党|台盟|九三学社)?"
    r"(?P<province>[\u4e00-\u9fff]{2,7}?(?:省|自治区|特别行政区))?"
    r"(?P<city>[\u4e00-\u9fff]{2,7}?(?:自治州|地区|州(?=[\u4e00-\u9fff]{2,"
    r"}(?:市|县)|人民政府|政协|人大|委)|盟|市(?!场|政[园工公设建]|容|级|民|辖|属|直)))?"
    r"(?P<county>[\u4e00-\u9fff]{2,9}?(?:经济技术开发区|高新技术产业开发区|开发区|高新区|新区)"
    r"|[\u4e00-\u9fff]{2,12}?自治[县旗]"
    r"|[\u4e00-\u9fff]{1,6}?(?<![社园校小景林灾库厂矿地片])(?:区|县|旗)"
    r"|[\u4e00-\u9fff]{2,4}?市(?!场|政[园工公设建]|容|级|民|辖|属|直))?"
)
_LEVEL_MARK = "省市区县州旗盟"
_ENDINGS = (
    "局", "委", "委员会", "办", "办公室", "中心", "部", "大学", "学院", "学校", "中学", "小学", "街道", "街道办",
    "镇", "乡", "院", "街", "馆", "站", "所", "队", "热线", "厅", "会", "社", "政府", "公司", "处", "署",
    "残联", "妇联", "文联", "侨联", "科协", "工商联", "政协", "人大", "政法", "宣传", "组织", "统战", "园",
    "完小", "职中", "中职", "职高", "职校", "技校", "卫校", "体校", "党校", *(f"{n}{kind}" for n in "一二三四五六七八九十" for kind in "小中幼高"),
)  # fmt: skip
_GENERIC = re.compile(
    r"^政务服务$|^(?:人民|政府|服务|管理|委员会|中心|办公室|单位|部门|机关|事业|公共|"
    r"资源|数据|事务|综合|行政|保障|预算|上海|委|市|区|县|省|局|部|处|办|"
    r"会|院|所|站|社会|工作|大学|业务)+$"
)
LEAD = re.compile(
    r".*(?:请问|请教|问一?下|查一?下|查询|查|看一?下|看看|告诉我|想知道|"
    r"想了解|帮我|帮忙|关于|对于|根据|按照|我们|咱们|你们|他们|那么|那个|"
    r"那|这个|"
    r"和|与|跟|同|比|较|及|以及|还是|或者|或|的|在|是|为|为什么|为何|怎么|"
    r"如何|有|对|从|给|到|由|说说|聊聊|介绍|一下|下|了|把|将|全国|我|本|"
    r"该|年度|年|度|列出|列一?下|列|写出|给出|比较|对比|统计|另外|还有|[几各两二三四五六七八九十\d]+[家个所]|所有|全部|全体|多少[家个]|然后|呢|吗|啊|多少|几|什么|增加|减少|解释|占)\s*$"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """An issuer with its disclosures. `name` is folded; `region` its place names with level ("上海市", "普陀区")."""

    issuer: str
    name: str
    region: tuple[str, ...]
    disclosures: tuple[Disclosure, ...]
    around: tuple[str, ...] = ()
    """Places it lies in that its name does not say (福建省 for 厦门市…)."""

    @property
    def body_start(self) -> int:
        """Where in `name` the region ends."""
        return _region_end(self.name)

    @property
    def body(self) -> str:
        """The name without its region."""
        return self.name[self.body_start :]


_KIND_OF = re.compile("单位|机构|部门")


def regions_of(name: str) -> tuple[str, ...]:
    """The places a folded name begins with, each with its level: province, city, county."""
    match = _REGION.match(name)
    assert match is not None, "every part is optional"
    return tuple(part for key in ("province", "city", "county") if (part := match.group(key)))


def _region_end(name: str) -> int:
    match = _REGION.match(name)
    return match.end() if match else 0


def _party(name: str) -> str:
    """The party or league that a folded name begins with; what no question begins with where there is none."""
    match = _REGION.match(name)
    return (match["party"] if match else None) or "\0"


def short(region: str) -> str:
    """A place name without its level: 普陀 for 普陀区 (one-character names keep it: 沛县)."""
    for suffix in (
        "特别行政区",
        "维吾尔自治区",
        "壮族自治区",
        "回族自治区",
        "自治区",
        "自治州",
        "地区",
        "高新技术产业开发区",
        "经济技术开发区",
        "新区",
        "省",
        "市",
        "区",
        "县",
        "州",
        "盟",
        "旗",
    ):
        if region.endswith(suffix) and len(region) - len(suffix) >= 2:
            return _PEOPLES.sub("", region[: -len(suffix)])
    return region


_PEOPLE = (
    "回|苗|侗|彝|藏|羌|壮|瑶|黎|白|傣|满|畲|怒|佤|水|土家|布依|哈尼|傈僳|景颇|拉祜|布朗|纳西|朝鲜|仡佬|仫佬|毛南|东乡|保安|"
    "撒拉|裕固|达斡尔|鄂温克|鄂伦春|锡伯|独龙|普米|哈萨克|柯尔克孜|蒙古|各"
)
_PEOPLES = re.compile(
    rf"(?<=[\u4e00-\u9fff]{{2}})(?:(?:{_PEOPLE})族)*(?:(?:{_PEOPLE})族|哈萨克|柯尔克孜|蒙古)(?:自治)?$"
)
"""The peoples in the name of an autonomous place: 寻甸回族彝族自治县 is called 寻甸县."""


_PARTIES = {
    "中国国民党革命委员会": "民革", "中国民主同盟": "民盟", "中国民主建国会": "民建", "中国民主促进会": "民进",
    "中国农工民主党": "农工党", "中国致公党": "致公党", "台湾民主自治同盟": "台盟", "中国共产主义青年团": "共青团",
}  # fmt: skip
"""Parties and leagues by their full names, and what everyone calls them."""


def party_called(text: str) -> str:
    """A folded text with parties and leagues called as everyone calls them.

    >>> party_called("中国民主建国会武汉市委员会")
    '民建武汉市委员会'
    """
    for full, called in _PARTIES.items():
        text = text.replace(full, called)
    return text


_COMMITTEE = re.compile(
    r"^(?:中共|中国共产党)[\u4e00-\u9fff]{2,16}?(?:[省市县州旗盟]|(?<=自治)区|(?<=[\u4e00-\u9fff]{2})区)(?=委员会[\u4e00-\u9fff]{2})"
)
"""A committee of the party before the office or house that is its own, which people call 党委 (省党委机关幼儿园)."""
_OF_ITS_KIND = re.compile(r"(?P<region>.*(?P<level>[省市区县州]|自治区))(?P<body>[\u4e00-\u9fff]{2,8})部门")


def spoken(issuer: str) -> str:
    """A folded issuer's name with its body called as people call it: the standing committee of a people's congress 人大, the
    consultative conference 政协, parties by their short names, a 部门 of a province 厅 and of a lower level 局.

    >>> spoken("中国人民政治协商会议云南省寻甸回族彝族自治县委员会"), spoken("湘阴县人民代表大会常务委员会")
    ('云南省寻甸回族彝族自治县政协委员会', '湘阴县人大常务委员会')
    >>> spoken("中共白水省委员会机关幼儿园")
    '中共白水省党委员会机关幼儿园'
    >>> spoken("中国民主促进会丽水市委员会"), spoken("海南省交通运输部门")
    ('民进丽水市委员会', '海南省交通运输厅')
    """
    issuer = _COMMITTEE.sub(r"\g<0>党", party_called(issuer))
    if (kind := _OF_ITS_KIND.fullmatch(issuer)) is not None:
        return f"{kind['region']}{kind['body']}{'厅' if kind['level'] in ('省', '自治区') else '局'}"
    conference = re.fullmatch(
        r"(?:中国人民政治协商会议|政协)(?P<place>.{2,20}?[省市区县州旗盟])委员会(?P<office>.*)", issuer
    )
    if conference:
        return f"{conference['place']}政协委员会{conference['office']}"
    return issuer.replace("人民代表大会", "人大")


def matches(text: str, unit: Unit, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int, float]]:
    """Stretches of `text` that name `unit`, with how much of the name they keep (0..1, plus 1 for a full stretch)."""
    found = []
    start = 0
    while start < len(text):
        limit = min([a for a, b in taken if a > start] or [len(text)])
        positions = _subsequence(text, start, unit.name)
        if start + len(positions) > limit and _inside(start, start + len(positions), taken):
            positions = positions[: limit - start]
        while positions and not _names(text, start, positions, unit):
            positions.pop()
        end = start + len(positions)
        if not positions or _inside(start, end, taken) or _foreign_before(text, start, positions, unit, taken):
            start += 1
            continue
        found.append((start, end, _closeness(positions, unit)))
        start = end
    return found


def _subsequence(text: str, start: int, name: str) -> list[int]:
    """Positions in `name` of the longest stretch of `text` from `start` on whose characters stand in `name` in
    order."""
    positions: list[int] = []
    at = 0
    for index in range(start, len(text)):
        char = text[index]
        if char.isspace():
            break
        found = name.find(text[index : index + 2], at) if index + 1 < len(text) else -1
        if found < 0 or (positions and name.find(char, at) == at):
            found = name.find(char, at)
        if found < 0:
            break
        positions.append(found)
        at = found + 1
    return positions


def _names(text: str, start: int, positions: list[int], unit: Unit) -> bool:
    """Whether the stretch is enough of the name: a region, or a recognisable body at the right level of government."""
    said = text[start : start + len(positions)]
    if len(said) < 2:
        return False
    edge = unit.body_start
    in_body = [p for p in positions if p >= edge]
    levels = [region for region in unit.region if short(region) in said]
    body = said[len(said) - len(in_body) :]
    if in_body and not levels and said != unit.body and _KIND_OF.match(text, start + len(said)):
        return False  # "四家政务服务单位": a kind of unit, none of them
    if not in_body:
        return bool(levels) and said.rstrip(_LEVEL_MARK) in {short(r).rstrip(_LEVEL_MARK) for r in unit.region} | {
            "".join(map(short, levels))
        } | {"".join(unit.region).rstrip(_LEVEL_MARK)}
    if levels and unit.region and levels[-1] != unit.region[-1] and not re.search(r"街道|[镇乡]", body):
        return False
    if levels and unit.body in ("委员会", "委") and said.startswith(_party(unit.name)):
        return True  # 共青团长寿区委
    runs = any(b - a == 1 for a, b in pairwise(in_body))
    ending = any(body.endswith(e) for e in _ENDINGS)
    if levels:
        return (len(body) >= 2 and (runs or ending)) or len(in_body) == len(unit.body)
    if said[0] in _LEVEL_MARK and body == "府办" and unit.body.endswith("政府办公室"):
        return not unit.region or unit.region[-1].endswith(said[0])
    if said == "府办" and unit.body.endswith("政府办公室") and text[start - 1 : start] not in tuple("政省市区县州旗"):
        return True  # "财政局、商务委、府办"
    if body == "政府办" and unit.body.endswith("政府办公室"):
        return True
    if len(said) == 2 and said == f"{unit.body[0]}大" and unit.body.endswith("大学"):
        return True  # 西大
    if len(body) < 3 and body != unit.body:
        return False
    if said[0] in _LEVEL_MARK and positions[0] == edge - 1 and ending and runs:
        return True  # "区政府办": the level alone, and the body right behind it
    return (
        not _GENERIC.match(body)
        and ((ending and (runs or body[0] in unit.body[:2])) or len(in_body) >= 0.6 * len(unit.body))
    ) or (ending and runs and len(body) >= 4)


def _closeness(positions: list[int], unit: Unit) -> float:
    """How closely the stretch follows the name: kept share of the body, a little for characters that stand together."""
    in_body = [p for p in positions if p >= unit.body_start]
    if not in_body:
        return 0.0
    together = sum(b - a == 1 for a, b in pairwise(in_body)) / max(1, len(in_body) - 1)
    return len(in_body) / max(1, len(unit.body)) + 0.2 * together


def _inside(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether the stretch overlaps an account's name that it does not wholly contain."""
    return any(a < end and b > start and not (start <= a and b <= end and end - start > b - a) for a, b in taken)


def _foreign_before(text: str, start: int, positions: list[int], unit: Unit, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a place name stands right before a body that was matched without its region ("静安区商务委")."""
    if (
        positions[0] < unit.body_start
        and text[start] not in _LEVEL_MARK
        and any(text.startswith(short(r), start) for r in unit.region)
    ):
        return False
    if any(text.startswith(place, start - 1) for place in _places_with(text[start])):
        return True  # "福州12345热线" is no 泉州 hotline for the 州 they share
    floor = max([b for _, b in taken if b <= start], default=0)
    if text[start].isdigit() and text[start - 1 : start].isdigit():
        return True  # in the middle of a number
    before = re.split(r"[^\u4e00-\u9fff]", text[floor:start])[-1]
    if not before and floor == start > 0 and positions[0] >= unit.body_start and text[start - 1] not in ",，、":
        return True  # "中小企业服务中心": what stands right before belongs to the name
    if not before or LEAD.match(before):
        return False
    if len(before) == 1 and 0 < floor == start - 1 and positions[0] >= unit.body_start:
        return True  # "中小企业|服|务中心": the same, with its first character left over
    own = "".join(unit.region)
    if before[-1] in _LEVEL_MARK or text[start] in _LEVEL_MARK or len(before) >= 2:
        tail = before[-4:]
        return not any(short(r) in tail for r in unit.region) and tail not in own
    return False


@cache
def _places_with(second: str) -> tuple[str, ...]:
    """Known places whose second character is that one."""
    return tuple(place for place in vocabulary().places if place[1:2] == second)


def in_order(word: str, name: str) -> bool:
    """Whether a name has all characters of a word in that order, as shortened names have ("政保中心")."""
    rest = iter(name)
    return bool(name) and all(char in rest for char in word)
