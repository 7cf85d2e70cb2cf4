"""Whose disclosure it is, of which fiscal year, budget or final accounts: what the document says outvotes its name.

A fiscal year is the year that the amounts belong to. It is not the date of publication: final accounts of 2023 are
published in 2024, and their cover says both.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from corpus.disclosure import Basis, Disclosure, Level
from corpus.money import normalise
from corpus.simplified import simplified
from ingest.layout.governments import Paper, basis_of_paper, paper_of
from ingest.layout.headings import squeezed
from ingest.layout.issuers import as_issuer, comprised_units, is_place, place_or_body, tidied, vote_issuer
from ingest.layout.layout import Layout
from ingest.layout.regions import provinces, region_of
from ingest.page import Line, Page
from ingest.readers.sniffing import sniff

_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"二[〇○零O0][〇○零一二三四五六七八九]{2}(?=年)")
_YEAR_OF = re.compile(r"(?<!\d)(20[0-4]\d)(?:年度|年|-)?(?!\d|年?\d{1,2}月)(?=.{0,45}?[预决]算)")
_SHORT_YEAR_OF = re.compile(r"(?<!\d)(\d{2})年度?(?=.{0,25}?[预决]算)")
_ANY_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)年?(?!\d)")
_YEAR_ALONE = re.compile(r"\((20[0-4]\d)年?度\)")
"""A year in brackets under the title of a form ("(2019年度)")."""
_GOVERNMENT = re.compile(
    r"政府[预决]算|[预决]算草案|财政(?:总)?[预决]算(?!管理|信息)|总[预决]算|本级(?:财政)?[预决]算|预算执行情况|"
    r"[预决]算(?:执行)?.{0,4}报告|三公.{0,4}[预决]算|(?:省|市|区|县|镇|乡|州)(?:本?级)?20\d\d年.{0,4}(?:财政|政府)[预决]算"
)
_EDITION = re.compile(r"明账\(mingzhang\)自行排印")
_CONTENTS = re.compile(r"目[录次]")


def identify(name: str, data: bytes, layout: Layout, pages: Sequence[Page]) -> Disclosure:
    """What the document is. `name` is the file's name; cover, headings and tables are asked before it.

    Never raises: what cannot be told is "" (region), 0 (year) or the file's name (issuer).
    """
    cover = cover_text(pages)
    stem = _years_in_digits(simplified(normalise(PurePath(name).stem)))
    paper = paper_of(stem, cover_lines(pages), _opening(pages))
    if paper is not None:
        told = re.search(
            r"20[0-4]\d(?=年)", paper.title
        )  # the first year that the title names, before dates of publication
        year = int(told.group()) if told else _year(cover, paper.title, layout)
        return _of_a_government(name, data, paper, year, pages)
    year = _year(cover, stem, layout)
    basis = _basis(cover, stem, layout)
    issuer = vote_issuer(cover_lines(pages), stem, layout)
    issuer = _at_home(issuer, stem, layout)
    level = _level(cover, stem, layout, issuer)
    if not issuer:
        place = region_of(stem) or region_of(cover)
        leading = _LEADING_PLACE.match(stem)
        lines = (place_or_body(line) for line in cover_lines(pages))
        bare = place_or_body(stem) or (leading.group(1) if leading else "") or next(filter(None, lines), "")
        if level is Level.GOVERNMENT and bare and not place and is_place(bare):
            place = bare
        governed = place and level is Level.GOVERNMENT
        issuer = (
            f"{place}人民政府"
            if governed and place[-1] in "省市区县州旗盟镇乡"
            else (governed and place) or bare or stem
        )
    called = tidied(issuer, _opening(pages), stem)
    if level is Level.GOVERNMENT and called != issuer and not called.endswith("人民政府"):
        level = Level.DEPARTMENT  # what seemed a place's paper is a body's own
    issuer = called
    numbers = [page.number for page in pages if page.number is not None]
    printed = f"{year}年" if year else ""
    kind = "政府" if level is Level.GOVERNMENT else level.value
    return Disclosure(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        title=f"{issuer}{printed}{'度' if basis is Basis.FINAL and year else ''}{kind}{basis.value}",
        issuer=issuer,
        level=level,
        year=year,
        basis=basis,
        region=region_of(issuer) or region_of(cover),
        format=sniff(data, name),
        pages=max(numbers, default=None),
        edition=_is_edition(pages),
        units=comprised_units(layout) if level is not Level.UNIT else (),
    )


_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,6}(?:厅|局|委|委员会|办|办公室)")


def _at_home(issuer: str, stem: str, layout: Layout) -> str:
    """A body that its own text names without its place (交通运输厅) with the place that the title begins with, else with the one
    that the text prints right before its name (水利局 of a paper that says 东港区水利局), or with the autonomous region that is
    meant by 自治区."""
    title = stem.removeprefix("关于")
    region = region_of(title)
    place = next((region[at:] for at in range(len(region)) if title.startswith(region[at:])), "")
    if place and _OFFICE.fullmatch(issuer) and not region_of(issuer):
        return f"{place}{issuer}"
    if not issuer or region_of(issuer):
        return issuer
    text = "\n".join([stem, *(p.text for section in layout.sections for p in section.paragraphs)])
    if issuer.startswith("自治区"):
        meant = [name for name in provinces() if name.endswith("自治区") and _short(name) in text]
        return f"{meant[0].removesuffix('自治区')}{issuer}" if len(meant) == 1 else issuer
    places = {found["place"] for found in re.finditer(rf"{_BEFORE_A_NAME}(?={re.escape(issuer)})", text)}
    places = {place for place in places if region_of(place).endswith(place) and not _NO_NAME_OF_A_PLACE.search(place)}
    longest = max(places, key=len, default="")
    return f"{longest}{issuer}" if all(longest.endswith(place) for place in places) else issuer


_BEFORE_A_NAME = (
    r"(?:^|(?<=[^\u4e00-\u9fff])|(?<=关于)|(?<=[由为是在对向受和与及、按将]))"
    r"(?P<place>(?:[\u4e00-\u9fff]{1,6}?[市州盟])?[\u4e00-\u9fff]{1,6}?[县区旗市])"
)
_NO_NAME_OF_A_PLACE = re.compile(
    r"^(?:关于|由|为|是|在|对|向|受|和|与|及|按|将|本|我|全|各|该|这|所在|市|区|县)|[的了]"
)


def _short(region: str) -> str:
    """An autonomous region as people call it: 广西, 内蒙古."""
    return re.sub(r"(?:壮族|回族|维吾尔)?自治区$", "", region)


_LEADING_PLACE = re.compile(r"(?:关于)?([\u4e00-\u9fff]{2,10}?[省市区县州旗盟镇乡])(?=的?(?:19|20)\d\d|本级)")
"""The place that a file's name begins with, where it names no body ("…县2017年度专项资金绩效评价报告")."""


def _of_a_government(name: str, data: bytes, paper: Paper, year: int, pages: Sequence[Page]) -> Disclosure:
    """A paper of a whole government, called by what its title says it is."""
    basis = basis_of_paper(paper.title)
    named = {
        Basis.HALF: "上半年预算执行情况", Basis.PART: "年内预算执行情况", Basis.EXECUTED: "预算执行情况",
        Basis.FINAL: "财政决算",
    }  # fmt: skip
    printed = f"{year}年" if year else ""
    kind = named.get(basis, "财政预算")
    return Disclosure(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        title=f"{paper.issuer}{printed}{kind}",
        issuer=paper.issuer,
        level=Level.GOVERNMENT,
        year=year,
        basis=basis,
        region=region_of(paper.place),
        format=sniff(data, name),
        pages=max((page.number for page in pages if page.number is not None), default=None),
        edition=_is_edition(pages),
    )


def _opening(pages: Sequence[Page]) -> str:
    """The first lines of running text."""
    lines = [squeezed(line.text) for line, _ in zip(_lines(pages), range(24), strict=False)]
    return "".join(lines)[:1500]


def cover_lines(pages: Sequence[Page]) -> list[str]:
    """The lines before the contents page, or the first dozen of the document, blanks taken out."""
    lines: list[str] = []
    for line in _lines(pages):
        bare = _years_in_digits(squeezed(line.text))
        if _CONTENTS.fullmatch(bare) or len(lines) >= 12 or len(bare) > 80 or re.search(r"[。;]", bare):
            break
        if not re.fullmatch(r"附件[\d一二三四五六七八九十]*:?", bare):
            lines.append(bare)
    return lines


def cover_text(pages: Sequence[Page]) -> str:
    """The cover as one text: titles are broken over its lines anywhere."""
    return "".join(cover_lines(pages))


def _lines(pages: Sequence[Page]) -> Iterator[Line]:
    for page in pages[:3]:
        for block in page.blocks:
            if isinstance(block, Line):
                yield block
            elif sum(bool(cell.text) for cell in block.cells) > 12:
                return
            else:
                yield from (Line(cell.text, cell.page) for cell in block.cells if cell.text)


def _years_in_digits(text: str) -> str:
    return _CHINESE_YEAR.sub(lambda found: found.group().translate(_CHINESE_DIGITS).replace("O", "0"), text)


def _year(cover: str, stem: str, layout: Layout) -> int:
    votes: Counter[int] = Counter()
    called = [found for found in _YEAR_OF.finditer(cover) if cover[found.end(1)] in "年-"]
    for found in (called or list(_YEAR_OF.finditer(cover)))[:1]:  # 公开文件2026 may run above 2025年部门预算
        votes[int(found.group(1))] += 5
    names = [int(year) for year in _YEAR_OF.findall(stem)] or [int(year) for year in _ANY_YEAR.findall(stem)[:1]]
    short = _SHORT_YEAR_OF.search(stem)
    if not names and short and 10 <= int(short.group(1)) <= 49:
        names = [2000 + int(short.group(1))]
    for year in names[:1]:
        votes[year] += 3
    titles = [*layout.contents, *(table.title for table in layout.tables), *(s.title for s in layout.sections)]
    printed = [int(year) for title in titles for year in _YEAR_OF.findall(squeezed(title))[:1]]
    for year, count in Counter(printed).most_common(2):
        votes[year] += min(4, count)
    if not votes and (alone := _YEAR_ALONE.search(cover)):
        votes[int(alone.group(1))] += 1
    if not votes:
        votes.update(_years_of_prose(layout))
    return votes.most_common(1)[0][0] if votes else 0


def _years_of_prose(layout: Layout) -> Counter[int]:
    text = " ".join(squeezed(p.text) for section in layout.sections for p in section.paragraphs)
    told = Counter(
        int(year)
        for year in re.findall(r"(?<!\d)(20[0-4]\d)年度?.{0,25}?(?:收入|支出|预算|决算)(?:总)?(?:为|安排|\d)", text)
    )
    told = told or Counter(int(year) for year in _YEAR_OF.findall(text) if f"{year}年" in text)
    return told or Counter(int(year) for year in _ANY_YEAR.findall(text))


def _basis(cover: str, stem: str, layout: Layout) -> Basis:
    """A final account names the budget too, so the words of cover and name weigh more than those of the tables."""
    if re.search(r"绩效自评|自评(?:报告|结果|表)|绩效评价(?:报告|结果)", stem):
        return Basis.FINAL  # it tells what was done with the money, whatever budget its name speaks of
    final = budget = 0.0
    for text, weight in ((cover, 5.0), (stem, 3.0)):
        words = re.findall(
            r"(决算|(?<!一般公共)预算)(?!执行|绩效|管理|主管|单位|部门[:])", re.sub(r"预决算|预算、决算", "", text)
        )
        final += weight * ("决算" in words)
        budget += weight * ("预算" in words and "决算" not in words)
    titles = [*layout.contents, *(table.title for table in layout.tables)]
    final += min(4.0, sum("决算" in title for title in titles))
    budget += min(4.0, sum("预算" in title and "决算" not in title and "财政拨款" not in title for title in titles))
    told = final or budget or not re.search(r"三公", stem + cover)
    return Basis.FINAL if final > budget or (not told and _published_later(cover, stem)) else Basis.BUDGET


def _published_later(cover: str, stem: str) -> bool:
    """Whether a cover is dated in the second half of the year after the one its title names, or later: money was spent by then."""
    named = _ANY_YEAR.search(stem)
    dates = re.findall(r"(?<!\d)(20[0-4]\d)[-年./](\d{1,2})[-月./]", cover)
    after = [int(year) > int(named[1]) for year, month in dates if int(month) > 6] if named else []
    return bool(after) and all(after)


def _level(cover: str, stem: str, layout: Layout, issuer: str) -> Level:
    printed = re.sub(r"预算(?:主管)?(?:部门|单位):\S{0,40}", "", cover)
    for text in (printed, stem):
        told = _told_level(text, issuer)
        if told is not None:
            return told
    labels = " ".join(before for table in layout.tables for before in table.before) + cover
    department = 2 * len(re.findall(r"预算主管部门:", cover)) + len(re.findall(r"编制部门:", labels))
    unit = 3 * len(re.findall(r"(?<!主管)预算单位:", cover)) + len(re.findall(r"编制单位:", labels)) * 0.3
    titles = squeezed(" ".join([*layout.contents, *(section.title for section in layout.sections)]))
    department += titles.count("部门概况") + titles.count("部门预算") + titles.count("部门决算")
    unit += titles.count("单位概况") + titles.count("单位预算") + titles.count("单位决算")
    if unit > department:
        return Level.UNIT
    if department or not re.search(r"(?:中心|学校|小学|中学|幼儿园|医院|站|所|馆|队|院)$", issuer):
        return Level.DEPARTMENT
    return Level.UNIT


def _told_level(text: str, issuer: str) -> Level | None:
    """What a title or a file name says outright; the twin of a department's disclosure has 单位 or 本级 in its name."""
    words = re.findall(
        r"(部门|单位|本级|本部)\)?(?:20\d\d年度?|\d\d年度?)?(?:区级|市级|省级|县级)?(?:财政)?(?:部门|单位)?[预决]算",
        text.replace(issuer, ""),
    )
    plain = re.findall(r"(部门|单位)[预决]算", text)
    if "单位" in words or "单位" in plain:
        return Level.UNIT
    if re.search(
        r"\(?(?:本级|本部|机关)\)?(?:20\d\d年度?|\d\d年度?)?(?:部门|单位)[预决]算|\((?:本级|本部|机关)\)", text
    ):
        return Level.UNIT
    if "部门" in words or "部门" in plain:
        return Level.DEPARTMENT
    return Level.GOVERNMENT if _GOVERNMENT.search(text) and as_issuer(text) == "" else None


def _is_edition(pages: Sequence[Page]) -> bool:
    first = "".join(squeezed(line.text) for line in _lines(pages[:1]))
    return bool(_EDITION.search(first))
