"""Where a unit introduces itself: duties, and among them how many people, posts and offices it has.

Headings that lost their numeral or end in a stop are no headings to the layout; under duties they end them all the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.disclosure import Section
from corpus.figure import Measure, Scheme
from ingest.prose.drafts import Draft
from ingest.prose.topics import scope_of

_HEADING = re.compile(r"\s*[一二三四五六七八九十]{0,3}、\s*(?P<title>[^\d。;；,，]{3,28})[。:：]?\s*")
_LABEL = re.compile(
    r"\s*[(（]?[一二三四五六七八九十]{1,3}[)）、]\s*(?P<title>[^\d。;:：]{0,10}(?:机构|人员|编制|预算单位|资产|收支)[^\d。;:：]{0,10})[:：].+"
)
"""A heading that its text follows on the same line (（三）部门预算单位名称：某县政协，无下属单位)."""
_DUTY = re.compile(
    r"^[^,。;]{0,8}?(?:负责|承担|指导|协助|组织|管理|监督|拟订|拟定|贯彻|执行|制定|统筹|推动|推进|完成|开展|加强|建立|建设|新建|计划|力争|确保)"
)
"""What opens a duty or a plan; numbers in it are of what is to be done."""

_UNIT_OF_POSTS = re.compile(
    r"(?P<unit>(?:机关|[院局厅委部])本级|[一-鿿]{2,20}(?:学院|分院|中心|大队|支队|总队|法院|检察院|研究[院所]|管理[站所]|服务站|图书馆|档案馆|学校|医院))"
    r"(?=(?:政法专项|全额|差额|财政补助)?(?:行政|事业|参公|工勤|后勤|机关|在职|在编|实有|离?退休|离休|编制))"
)


def unit_of_posts(phrase: str) -> str:
    """The sub-unit whose posts or people a cleaned phrase counts among those of the whole, "" for the issuer's own.

    >>> unit_of_posts("国家干部学院事业编制"), unit_of_posts("机关本级政法专项编制"), unit_of_posts("局机关行政编制")
    ('国家干部学院', '机关本级', '')
    """
    found = _UNIT_OF_POSTS.match(phrase)
    return found["unit"] if found else ""


_SUBJECT = re.compile(
    r"(?:\(?[\d一二三四五六七八九十]{1,2}[).、])?(?P<unit>[一-鿿]{3,20}?(?:中心|站|所|馆|队|院|校|园))(?=成立于|为|是|系|属|隶属|现有|共有|核定|编制|内设)"
)


_LISTED_UNIT = re.compile(
    r"(?:^|[:。])(?:\(?[\d一二三四五六七八九十]{1,2}[).、])?(?P<unit>[一-鿿]{3,20}?(?:中心|站|所|馆|队|院|校|园))[:,](?=(?:核定)?(?:编制|实有|现有|在职|在编))"
)
"""A sub-unit in a list of them, each set off by a semicolon (下设2个单位:(1)妇女干校:编制9名;(2)幼儿园,编制7名)."""


_NAMED_BEFORE = re.compile(r"(?:单位|机构)\d{0,2}[一二三]?[个家][,:](?P<unit>[一-鿿]{4,24})。$")
_TELLS_ON = re.compile(r"(?:核定|人员|事业|行政|现有|实有)*(?:编制|在编|在职|实有|现有)")


def another_unit(sentence: str, issuers: Sequence[str], before: str = "") -> str:
    """The unit other than the issuer that a sentence opens with, and of whose people it tells; "" elsewhere.

    `before` is the text before it: a unit that it names at its end (参公单位1个,妇女培训中心。编制4名) is told of on.
    The issuer's short name (市一院 of 某市第一人民医院) is made of its signs in order; a longer one adds its place.

    >>> another_unit("妇女儿童服务中心成立于2001年,编制5人", ["某市妇女联合会"]), another_unit("市一院编制9人", ["某市第一人民医院"])
    ('妇女儿童服务中心', '')
    >>> another_unit("白水镇中心卫生院现有职工9人", ["白水卫生院"]), another_unit("白水县中医医院现有职工9人", ["白水县医院"])
    ('', '白水县中医医院')
    >>> another_unit("下设2个单位:(1)妇女干部学校:编制9名;(2)实验幼儿园,编制7名,实有5人", ["某市妇女联合会"])
    '实验幼儿园'
    """
    found = _SUBJECT.match(sentence) or _LISTED_UNIT.search(re.split(";", sentence)[-1])
    if found is None and _TELLS_ON.match(sentence):
        found = _NAMED_BEFORE.search(before)
    if found is None or not issuers:
        return ""
    for issuer in issuers:
        signs = iter(issuer)
        if all(sign in signs for sign in found["unit"]) or issuer in found["unit"]:
            return ""
        if _PLACE_SAID.sub("", found["unit"]) == _PLACE_SAID.sub("", issuer):
            return ""
    return found["unit"]


_PLACE_SAID = re.compile(r"(?<=[一-鿿]{2})[省市县区镇乡]|(?<=[一-鿿]{2})街道|中心(?=卫生院|小学|学校|校|幼儿园)")
"""Words of a name that may be left out of it (某镇中心卫生院 called 某卫生院)."""


def divided(section: Section) -> list[Section]:
    """A section of duties cut at paragraphs that are headings of what follows (二、机构设置、人员构成情况。)."""
    if not scope_of(section.path).skipped:
        return [section]
    parts = [replace(section, paragraphs=())]
    for paragraph in section.paragraphs:
        heading = _HEADING.fullmatch(paragraph.text)
        if heading:
            parts.append(replace(section, path=(*section.path[:-1], heading["title"].strip()), paragraphs=()))
            continue
        if label := _LABEL.fullmatch(paragraph.text):
            parts.append(replace(section, path=(*section.path[:-1], label["title"].strip()), paragraphs=(paragraph,)))
        else:
            parts[-1] = replace(parts[-1], paragraphs=(*parts[-1].paragraphs, paragraph))
    return [part for part in parts if part.paragraphs]


def introduced(draft: Draft) -> bool:
    """Whether a draft out of a section of duties counts what the unit has, and not what it is to do."""
    counted = draft.measure is Measure.COUNT and draft.topic.scheme in (Scheme.STAFF, Scheme.OTHER)
    stop = max(draft.prose.text.rfind(mark, 0, draft.at) for mark in "。;") + 1
    return counted and draft.absence is None and not _DUTY.search(draft.prose.text[stop : draft.at])
