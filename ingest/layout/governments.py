"""Papers of a whole government: reports on the budget and its execution, final accounts of a place, states of revenue.

They are put before a people's congress by a government or its finance bureau, and speak of the place, not of a body in it:
their titles name a place and what was done with its money (某县2024年财政预算执行情况和2025年预算草案的报告).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.disclosure import Basis
from ingest.layout.headings import squeezed
from ingest.layout.regions import MUNICIPALITIES, region_of

_PERIOD = r"(?:20\d\d年?(?:年?度)?(?:上半年|前?[一二三四]季度|(?:1-)?\d{1,2}月(?:份)?)?)"
_ENDS = r"(?:省|自治区|特别行政区|市|自治州|州|盟|地区|自治县|县|自治旗|旗|区|镇|乡|街道|群岛)"
_PLACE = rf"[\u4e00-\u9fff]{{1,24}}?{_ENDS}"
_MONEY = (
    r"(?:地方|镇|乡|区|县|市|省|旗|州)?(?:级|本级)?(?:政府)?(?:财政|全口径|预算|决算|一般公共预算|公共财政|收支|总预算|总决算|政府(?:预|决)算|政府债务|"
    r"四本预算|国有资本经营|社会保险基金|政府性基金)(?!局|厅|部门|所|干部|分局|中心|支付中心|办公室|部)"
)
_NAMED = re.compile(
    rf"(?:关于|《|^|\s|:)(?:{_PERIOD})?(?P<place>{_PLACE})(?:人民)?(?:政府|街道办事处|办事处)?(?:\([^()]*\))?"
    rf"(?:关于)?(?:{_PERIOD}|[省市区县旗州盟镇乡]?本级|[省市区县旗州镇乡]级|全[省市区县旗州镇乡]|及|和|与|、|总|上半年|的)*{_MONEY}"
)
_SPEAKS = re.compile(
    r"(?:财政|全口径|公共|预算|收支)[^,。;]{0,8}执行(?:情况|结果)?|预算[^,。;]{0,6}草案|预算\(草案\)|财政(?:收支)?(?:总)?决算|(?:本级|总)(?:财政)?(?:收支)?决算|"
    r"决算(?:\(草案\)|草案|情况)?的?报告|财政收支|(?:政府|本级)(?:预|决)算(?!公开目录)|政府债务|预算调整方案|税收返还|债务(?:限额|余额)|"
    r"(?:一般公共预算|政府性基金|国有资本经营|社会保险基金)(?:预算)?(?:收入|支出|收支|本级支出|平衡)[^,。;]{0,6}(?:预|决)算"
)
_OTHER = re.compile(r"部门(?:整体)?(?:预|决|支出|财政)|单位(?:预|决)算|三公|绩效|审计|部门所属|预算单位|部门预")
_AT_CONGRESS = re.compile(
    rf"(?P<place>{_PLACE})(?:第?[一二三四五六七八九十百零〇\d]+届)(?:人民代表大会|人大)|受(?P<by>{_PLACE})(?:人民)?政府(?:的)?委托"
)
HALF_YEAR = re.compile(r"上半年|1(?:-|—|至|到)6月")
PART_YEAR = re.compile(
    r"(?<!\d)1(?:-|—|至|到)(?:[2-57-9]|1[01])月|前?三季度|一季度|前\d个月|(?<![\d\-—至到])(?:[1-9]|1[01])月(?:份)?(?=[^,。;\d]{0,6}财政|$)"
)
_DATED = re.compile(r"^.*?日在|^日?在")
_NO_PLACE = re.compile(r"^(?:全|本|各|我|该|财政|上半)|[局厅委院校年月第]|预算|决算|关于|财政|执行|上半")
_LINES = 14


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a whole government: the place ("南宁市邕宁区", as far up as the paper says), and whether its title speaks of
    half a year, of execution, of final accounts, of a budget; `title` as printed."""

    place: str
    title: str
    half: bool

    @property
    def issuer(self) -> str:
        """The government of the place."""
        if self.place.endswith("街道"):
            return f"{self.place}办事处"
        return f"{self.place}人民政府"


def paper_of(stem: str, cover: Sequence[str], opening: str) -> Paper | None:
    """The paper of a whole government that file name and cover say it is, None for any other document.

    `opening` is the text of the first paragraphs, which name the place in full ("受南宁市邕宁区人民政府委托").
    """
    heads = [_bare(stem), *(_bare(line) for line in cover[:_LINES]), _bare("".join(cover[:4]))]
    for head in heads:
        if _OTHER.search(re.sub(r"\([^()]*\)", "", head)) or not _SPEAKS.search(head):
            continue
        place = _place(head) or _place_said(cover, opening) or (_place_of_its_office(cover) if "我" in head else "")
        if place:
            return Paper(_in_full(place, [*heads, *cover, opening]), head, HALF_YEAR.search(head) is not None)
    return None


def basis_of_paper(title: str) -> Basis:
    """The kind of number that the figures of the paper's first year are: what was executed, what it came to, what is planned.

    >>> basis_of_paper("某县2024年预算执行情况和2025年预算草案的报告"), basis_of_paper("某区2023年财政决算情况")
    (<Basis.EXECUTED: '预算执行数'>, <Basis.FINAL: '决算'>)
    """
    for found in re.finditer(r"执行|决算|财政收支|草案|(?<!公共)(?<!基金)(?<!经营)预算(?![^,。;]{0,6}执行)", title):
        spoken = title[: found.start()]
        if found.group() in ("执行", "财政收支"):
            return period_of(spoken) or Basis.EXECUTED
        if found.group() == "决算":
            return Basis.FINAL
        return Basis.BUDGET
    return Basis.BUDGET


def period_of(text: str) -> Basis | None:
    """The kind of number that months named in a text make of what was executed in them; None for a whole year.

    >>> period_of("某县2024年1-6月财政"), period_of("某县2024年1-5月财政"), period_of("某县2024年财政")
    (<Basis.HALF: '上半年执行数'>, <Basis.PART: '年内执行数'>, None)
    """
    if HALF_YEAR.search(text):
        return Basis.HALF
    return Basis.PART if PART_YEAR.search(text) else None


def _bare(text: str) -> str:
    bare = squeezed(text)
    bare = re.sub(r"^\((?P<above>[\u4e00-\u9fff]{2,8}?[省市区州])\)", r"\g<above>", bare)
    return re.sub(r"^附件\d*[::]?", "", bare)


def _place(head: str) -> str:
    found = _NAMED.search(head)
    if found is None:
        return ""
    place = re.sub(r"^.*关于|^我", "", found["place"])
    return "" if _not_a_place(place) else place


def _place_said(cover: Sequence[str], opening: str) -> str:
    """The place of the congress the paper was put before, or of the government it was written for."""
    for text in (*cover[:_LINES], opening):
        for found in _AT_CONGRESS.finditer(squeezed(text)):
            place = re.sub(r"^[与和同向由经在]", "", _DATED.sub("", found["place"] or found["by"]))
            if not _not_a_place(place):
                return place
    return ""


_OFFICE = re.compile(rf"(?:^|[:,\s])(?P<place>{_PLACE})财政[局厅]")


def _place_of_its_office(cover: Sequence[str]) -> str:
    """The place of the finance bureau that a paper about 我市 says it comes from; "" for none."""
    places = [found["place"] for line in cover[:_LINES] for found in _OFFICE.finditer(squeezed(line))]
    return next((place for place in places if not _not_a_place(place)), "")


def _not_a_place(place: str) -> bool:
    return len(place) < 2 or _NO_PLACE.search(place) is not None


def _in_full(place: str, texts: Sequence[str]) -> str:
    """The place with those above it, as far as the paper's first lines print them right before its name."""
    known = region_of(place)
    if known.endswith(place) and known != place:
        return known
    for text in texts:
        for found in re.finditer(rf"[\u4e00-\u9fff]{{2,16}}{re.escape(place)}", squeezed(text)):
            head = found.group()[: -len(place)]
            for start in range(len(head) - 2, -1, -1):
                above = head[start:]
                whole = region_of(above)
                if whole.endswith(above) and (whole != above or above.startswith(MUNICIPALITIES)):
                    full = region_of(above + place)
                    return full if full.endswith(place) else whole + place
    return place
