"""Names of issuers: recognised in titles, labels, headings and file names, which vote; and the units below them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.disclosure import Section
from ingest.layout.headings import numbering, squeezed
from ingest.layout.layout import Layout
from ingest.layout.regions import region_of

_ENDING = (
    "委员会|管委会|学区|教学点|分院|少年宫|文化宫|苗圃|气象台|(?:开发|集中|高新|度假|风景|保税|试验|示范)区|园区|委|管理局|分局|总局|局|办公厅|办公室|办事处|街道|街道办|政府|厅|中心|总站|站|"
    "研究院|研究所|科学院|检察院|法院|医院|卫生院|保健院|学院|大学|党校|学校|中心校|分校|卫校|技校|职高|职中|中职|职校|小学|中学|高中|初中|幼儿园|实验学校|一中|二中|"
    "联合会|总工会|工会|商会|协会|学会|红十字会|妇联|残联|侨联|团委|文联|科协|工商联|基金会|理事会|"
    "支队|大队|总队|中队|监狱|戒毒所|看守所|派出所|事务所|管理所|服务所|监测所|所|图书馆|博物馆|档案馆|文化馆|纪念馆|美术馆|馆|"
    "公园|植物园|动物园|福利院|敬老院|养老院|干休所|电视台|广播台|报社|出版社|剧院|剧团|艺术团|林场|农场|水库|仓库|供销社|"
    "宣传部|组织部|统战部|社会工作部|工作部|联络部|政法委|编办|网信办|机关工委|工委|纪委|纪检监察组|监委|区委|市委|县委|省委|党组|武装部|"
    "人大常委会|人大|政协|集团|公司|管理处|服务处|处|院|部|会|队|园|办|镇|乡|署|社|室|党委|团"
)
_NAME = re.compile(
    rf"[\u4e00-\u9fff\d()·A-Za-z]{{1,45}}?(?:{_ENDING})(?:\((?!本级|本部|机关|部门|单位|汇总)[^()]{{2,20}}\))?$"
)
_KIND = (
    r"(?:(?:市级|省级|区级|县级|州级|盟级|本级|\(本级\)|\(机关\)|\(本部\)|\(汇总\)|\(部门\)|\(单位\))*(?:部门|单位|本部门|本单位|政府|财政)?"
    r"(?:和)?(?:\"?三公\"?经费)?(?:预|决|预决)算(?:及|和)?(?:\"?三公\"?经费)?(?:预|决)?(?:算)?"
    r"(?:信息)?(?:公开)?(?:情况)?(?:编制)?(?:文本|说明|报告|报表|草案|附表|资料|表|目录)*)"
)
_YEAR = r"(?:(?<!\d)20\d\d(?!\d)(?:年度|年)?|(?<!\d)\d{2}(?:年度|年))"
_CUTS = re.compile(
    rf"附件(?:\d{{1,2}}?(?=20\d\d)|\d{{0,2}})[::]?|{_YEAR}(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?|{_KIND}|部门(?:整体)?支出(?:[及和与、](?:重点|专项)?项目支出)*(?:绩效|情况|自评)|(?:部门|项目)?(?:整体)?支出绩效|作者:[^,:、\[\]【】]{2, 20}|(?:财政拨款)?[\"“]?三公[\"”]?经费|[《》\[\]【】_,、::—\-+]|\(公开\)|公开"
)
_LABELS = (
    (re.compile(r"(?:(?<!主管)预算单位|编制单位|填报单位|编报单位|公开单位)(?:\([^()]*\))?:([^:]{3,45})"), 6.0),
    (re.compile(r"(?:单位名称|部门名称|公开部门|编制部门|填报部门)(?:\([^()]*\))?:([^:]{3,45})"), 5.5),
    (re.compile(r"(?:预算)?主管部门(?:\([^()]*\))?:([^:]{3,45})"), 5.0),
    (
        re.compile(
            r"(?:信息来源|来源|发布机构|发布单位|公开主体):([^:]{3,45}?)(?=发布|时间|日期|作者|浏览|字体|字号|点击|\d|$)"
        ),
        1.5,
    ),
)
_BELONGS = re.compile(
    r"(?:的?(?:主要)?(?:职能|职责)(?:是|为|包括)?|(?:\(部门\)|\(单位\))?(?:主要职能|主要职责|机构设置|概况|基本情况|内设机构)|"
    r"(?:部门|单位)?(?:20\d\d年度?)(?:度)?(?:部门|单位)?(?:收入|支出|预算|决算|收支|政府采购|机关运行|“?三公)|部门预算是|共有车辆)"
)
_TRAIL = re.compile(
    r"(?:\((?:本级|机关|本部|部门|单位|汇总|机关本级|局机关|\d+|[^()]*(?:稿|版|公开|网|修|改|新|备案|上报))\)|本级|本部|机关本级|(?<=[局委办厅院会府处心校学部所站队馆])(?:部门|单位)|\(盖章\))+$"
)
_NO_ISSUER = re.compile(
    r"^(?:本(?!溪)|我|该|各|其他|所属|下属|主管|预算|编制|财政(?![部厅局所])|纳入|按照|根据|关于|目录|第[一二三四五]|部门|单位|政府|机关(?!事务))|收入|支出|经费|预算|决算|情况|"
    r"首页|位置|网站|专栏|栏目|[的是了].{0,3}$|[和与及在对为]$|^\d+$"
)
_UNIT_TITLE = re.compile(r"单位构成|机构设置|部门构成|预算单位|单位基本情况|决算单位|机构情况|部门组成|单位组成")


def as_issuer(text: str) -> str:
    """The issuer's name that `text` is once year, 部门预算 and the like are cut away; "" when none is left.

    >>> as_issuer("附件3:2026年阜康市数据资源和政务服务中心单位预算公开"), as_issuer("2024年8月")
    ('阜康市数据资源和政务服务中心', '')
    """
    pieces = [clean_issuer(piece) for piece in _CUTS.split(squeezed(text)) if piece]
    return max((piece for piece in pieces if piece), key=len, default="")


def clean_issuer(text: str) -> str:
    """The name without 本级, 部门 and brackets that say no more; "" when it does not look like an issuer's name."""
    bare = _TRAIL.sub("", squeezed(text)).strip("()·.0123456789") if text else ""
    bare = re.sub(r"(?<=[\u4e00-\u9fff]{3})关于$", "", bare)  # …中学关于2022年预算公开的说明
    bare = re.sub(r"^(?:关于(?=[\u4e00-\u9fff]{2,5}[省市县区州旗])|现将)", "", bare)
    bare += ")" * (bare.count("(") > bare.count(")"))  # "…集中区(管委会)"
    bare = re.sub(r"(?<=.)(?:单位|金额单位).{0,3}$", "", bare) if bare.endswith(("元", "单位")) else bare
    if not 3 <= len(bare) <= 45 or _NO_ISSUER.search(bare) or not _NAME.fullmatch(bare):
        return ""
    return bare


def place_or_body(text: str) -> str:
    """What a title is about where no kind of body ends its name: a place ("奉新县2023年三公经费预算"), a body called otherwise;
    "" when nothing is left of it.

    >>> place_or_body("重庆市市级2024年三公经费预算"), place_or_body("2024年度部门决算")
    ('重庆市', '')
    """
    text = re.sub(r"(?<=[局委办厅院会心校所站])关于.*", "", squeezed(text))
    pieces = [piece for piece in _CUTS.split(text) if piece and re.search(r"[\u4e00-\u9fff]{2}", piece)]
    best = max(pieces, key=len, default="")
    if len(best) > 30 or _NO_ISSUER.search(best) or re.search(r"[。;,]", best):
        return ""
    return re.sub(r"(?<=[省市区县州旗盟岛镇乡])(?:[省市区县州镇乡]?(?:本级|级)|全[省市区县州镇乡])(?:汇总)?$", "", best)


def is_place(name: str) -> bool:
    """Whether a name is that of a place itself, down to townships and islands, and of no body in it."""
    return name == region_of(name)[-len(name) :] or re.search(r"[省市区县州旗盟岛镇乡]$", name) is not None


_NO_BODY = re.compile(r"\d{2}|公开|公布|说明|情况|[预决]算|报告|绩效|通知|下达|事项|余?万$|〔")
"""What no body's name has in it: the words of a title that named none."""
_PLACEHOLDER = re.compile(r"^[XxＸ×]{1,4}(?:部门|单位|局|委)?(?=[\u4e00-\u9fff]{4})")
_SPEAKS_ON = re.compile(
    r"(?<=[局委办厅院校府处心站所馆队会学社园])(?:公布|通报|发布|晒出|公示|关于|部门(?=绩效)|(?:部门)?(?:整体支出|专项资金|项目支出|项目)?绩效|财政拨款).*"
)
_LEADING_PLACE = re.compile(r"(?!关于|20)[\u4e00-\u9fff]{2,6}?[省市区县州旗](?=20\d\d|关于)")
_OWN_PAPER = re.compile(
    rf"(?:^|[\s,。:;、)]|20\d\d年(?:度)?)(?P<name>[\u4e00-\u9fff]{{2,24}}?(?:{_ENDING}))(?:20\d\d年(?:度)?)?(?:部门|单位)?(?:[\"“]?三公|收?支?[预决]算)"
)


def tidied(issuer: str, told: str, stem: str = "") -> str:
    """An issuer's name without what a title says behind it or a form left before it; for a title that names no body, the one
    whose budget or final accounts the text `told` speaks of most, else the place that the file's name begins with.

    >>> tidied("XX部门云州市青禾小学", ""), tidied("云州市林业局公布全市林业部门", ""), tidied("减9余万", "据消息,云州市档案局2013年度部门决算公开")
    ('云州市青禾小学', '云州市林业局', '云州市档案局')
    """
    bare = _SPEAKS_ON.sub(
        "", _PLACEHOLDER.sub("", re.sub(r"^关于(?:20\d\d年(?:度)?)?(?=[\u4e00-\u9fff]{4})", "", issuer))
    )
    bare = bare if clean_issuer(bare) else _PLACEHOLDER.sub("", issuer)
    if not _NO_BODY.search(bare):
        return bare
    inside = next((name for part in re.findall(r"\(([^()]{6,40})\)", bare) if (name := _leading_body(part))), "")
    names = Counter(name for found in _OWN_PAPER.finditer(told) if (name := clean_issuer(found["name"])))
    return inside or (names.most_common(1)[0][0] if names else _place_at_length(stem, told) or bare)


def _place_at_length(stem: str, told: str) -> str:
    """The place that a file's name begins with, by the longer name that the text gives it (某市台商投资区 of 某市台商区); "" for none."""
    place = _LEADING_PLACE.match(stem)
    if place is None:
        return ""
    longer = re.findall(rf"{re.escape(place[0][:-1])}[\u4e00-\u9fff]{{1,4}}?{place[0][-1]}", told)
    return Counter(longer).most_common(1)[0][0] if longer else place[0]


def _leading_body(text: str) -> str:
    """The body of a known place that a text begins with, with all that its name goes on to; "" for none."""
    if not region_of(text):
        return ""
    ends = (clean_issuer(text[:at]) for at in range(len(text), 5, -1))
    return next((name for name in ends if name), "")


def vote_issuer(cover: Sequence[str], stem: str, layout: Layout) -> str:
    """The name that most of cover, labels, headings, prose and file name agree on, "" when there is none."""
    votes: Counter[str] = Counter()
    for name, weight in _candidates(cover, stem, layout):
        votes[name] += weight  # type: ignore[assignment]  # weights are halves
    if not votes:
        return _implementer(layout)
    names = sorted(votes, key=len, reverse=True)
    merged: Counter[str] = Counter()
    for name in names:
        # a short form (财政局) speaks for the full name that ends with it
        longer = next((longer for longer in merged if _speaks_for(name, longer) and _is_full(longer)), name)
        if _has_foreign_head(longer, name):
            merged[name] += merged.pop(longer)  # a sheet's name (说明, 封面) that was printed before it
            longer = name
        merged[longer] += votes[name]
    return max(merged, key=lambda name: (merged[name], len(name)))


def _implementer(layout: Layout) -> str:
    """The unit that a performance sheet says carries its project out (实施单位), else the department above it; "" for none."""
    for label in (r"(?:项目)?(?:实施|执行|承担)单位(?:\(盖章\))?:?", r"(?:项目)?主管(?:部门|单位)(?:及代码)?:?"):
        for table in layout.tables:
            cells = [cell for cell in table.grid.cells if cell.text.strip()]
            for cell, following in pairwise(sorted(cells, key=lambda c: (c.row, c.column))):
                name = clean_issuer(re.sub(r"^\d+-", "", squeezed(following.text)))
                if following.row == cell.row and name and re.fullmatch(label, squeezed(cell.text)):
                    return name
    return ""


def _speaks_for(name: str, longer: str) -> bool:
    """Whether a name is a longer one's ending, or that name with the sign of its place forgotten (丰原教育局: 丰原县教育局)."""
    return longer.endswith(name) or re.sub(r"(?<=.)[省市区县州旗]", "", longer, count=1) == name


def _has_foreign_head(longer: str, name: str) -> bool:
    """Whether a name that is full by itself has words before it in the longer one that are no place or party."""
    head = longer.removesuffix(name)
    if not longer.endswith(name):
        return False
    again = region_of(name)  # "甘谷县教育局甘谷县…学区": who published it, run together with its name
    if again and head.startswith(again) and len(head) > len(again):
        return True
    place = re.search(r"(?:省|市|区|县|州|盟|旗|镇|乡|街道|新区|兵团)$", head) or region_of(head)
    return bool(head) and _is_full(name) and not place and not head.startswith(("中共", "中国", "国家", "中央"))


def _is_full(name: str) -> bool:
    """Whether a longer name is longer by its place and not by menu words that a web page put before it."""
    return bool(region_of(name)) or name.startswith(("中共", "中国", "国家"))


def _candidates(cover: Sequence[str], stem: str, layout: Layout) -> Iterator[tuple[str, float]]:
    labelled = False
    for line in cover:
        for pattern, weight in _LABELS:
            for found in pattern.findall(line):
                name = clean_issuer(found)
                labelled = labelled or (bool(name) and weight > 2)
                yield from _one(name, weight)
    if not labelled:
        own = [line for line in cover if _LABELS[-1][0].search(line) is None]  # without who published it
        if len(cover) <= 8:  # longer ones are menus or running text
            yield from _one(as_issuer(re.sub(r"(?:预算)?主管部门:.*", "", "".join(own))), 4.0)
        yield from ((name, 2.0) for line in own if (name := as_issuer(line)))
    yield from _one(as_issuer(stem), 3.0)
    if not as_issuer(stem):
        yield from _one(_with_its_place(place_or_body(stem)), 4.0)
    yield from _from_tables(layout)
    yield from _from_headings(layout)


def _with_its_place(name: str) -> str:
    """A body of no known kind, where its place stands before it ("…县某某联校"), "" otherwise."""
    place = region_of(name)
    return name if place and name.startswith(place) and len(name) >= len(place) + _OF_A_BODY else ""


_OF_A_BODY = 3
"""Characters behind the place from which on a name is one of a body in it."""


def _one(name: str, weight: float) -> Iterator[tuple[str, float]]:
    if name:
        yield name, weight


def _from_tables(layout: Layout) -> Iterator[tuple[str, float]]:
    heads = [squeezed(line) for table in layout.tables for line in table.before]
    found: Counter[str] = Counter()
    for line in heads:
        for pattern, _ in _LABELS[:2]:  # the issuer's own name, not that of its superior
            for name in pattern.findall(re.sub(r"(?:金额)?单位:(?:万|千|亿)?元", "", line)):
                found[clean_issuer(name)] += 1
    for name, count in found.items():
        yield from _one(name, min(4.0, 1.5 * count))


def _from_headings(layout: Layout) -> Iterator[tuple[str, float]]:
    found: Counter[str] = Counter()
    texts = [*layout.contents, *(section.title for section in layout.sections)]
    texts += [paragraph.text[:80] for section in layout.sections for paragraph in section.paragraphs]
    for text in texts:
        number = numbering(text)
        bare = squeezed(number.rest if number else text)
        bare = re.sub(rf"^(?:关于|纳入|截至{_YEAR}\d+月\d+日,|{_YEAR}(?:度)?,?)", "", bare)
        belongs = _BELONGS.search(bare)
        if belongs:
            found[clean_issuer(bare[: belongs.start()])] += 1
    for name, count in found.items():
        yield from _one(name, min(4.0, 0.7 * count))


def comprised_units(layout: Layout) -> tuple[str, ...]:
    """The units whose budgets the disclosure comprises, from the section that lists them; table first, then text."""
    sections = [section for section in layout.sections if _UNIT_TITLE.search(squeezed(section.title))]
    paths = {section.path for section in sections}
    found: list[str] = []
    for table in layout.tables:
        header = [squeezed(cell.text) for cell in table.grid.cells if cell.row == 0]
        column = next(
            (at for at, text in enumerate(header) if re.search(r"(?:单位|部门|机构)名称|预算单位|^单位$", text)), None
        )
        if (
            column is not None
            and (table.section in paths or table.grid.n_columns <= 4)
            and not re.search("支出|收入", "".join(header))
        ):
            cells = (cell.text for cell in table.grid.cells if cell.column == column and cell.row > 0)
            found += [name for text in cells if (name := clean_issuer(text))]
    if not found:
        found = [name for section in sections for name in _listed(section)]
    return tuple(dict.fromkeys(found))


def _listed(section: Section) -> Iterator[str]:
    """Units named in the items of a list, or in a sentence that says what is comprised."""
    for paragraph in section.paragraphs:
        text = squeezed(paragraph.text)
        if re.search(r"内设|科室|下设.{0,6}(?:科|处|股)室?", text):
            continue
        number = numbering(text)
        if number is not None:
            name = re.split(r"[,。;::]|不单列|\(", number.rest)[0]
            name = clean_issuer(re.sub(r"^(?:下属|所属|直属)?(?:行政|事业|参公|全额|差额)*(?:单位)?[::]?", "", name))
            if name:
                yield name
                continue
        told = re.search(
            r"(?:包括|反映|构成为|单位为|分别(?:为|是)):?(.+?)(?:的(?:综合)?(?:收支|经费|预算|决算)|[。;]|$)", text
        )
        if told and not re.search(r"[职责能]", told.group(1)):
            for part in re.split(r"[、,]", told.group(1)):
                itself = re.fullmatch(r"([\u4e00-\u9fff]{1,5}本级)(?:的)?(?:预算|决算)?", part.strip())
                if itself is not None and not clean_issuer(itself.group(1)):
                    yield itself.group(1)  # 局本级: the body itself, named in short
                    continue
                part = (
                    re.sub(r"(?:本级)?(?:的)?(?:预算|决算)$", "", part.strip()) if not part.startswith("本级") else part
                )
                part = re.sub(r"^(?:局|委|办|厅|部|院|校)属", "", part)
                part = re.sub(
                    r"^(?:以及)?(?:下属|所属|直属)?(?:的)?[\d一二三四五六七八九十两]+(?:个|家)[^()、]{0,14}单位[(:]",
                    "",
                    part,
                )
                # "甲和乙" are two units, "数据资源和政务服务中心" is one
                pieces = [clean_issuer(piece) for piece in re.split("[和及]", part)]
                yield from pieces if all(pieces) else (found for found in [clean_issuer(part)] if found)
