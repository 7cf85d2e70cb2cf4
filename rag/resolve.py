"""The catalogue: which unit, which year, which document a question means.

People shorten names ("厦门政务中心", "普陀商务委", "泉州12345热线"): what they write is the full name with characters
left
out. So a mention is a stretch of the question whose characters all stand, in order, in an issuer's name; it must keep
the region or the body of the name recognisable, and it must not skip a level of government that the body belongs to
("上海市政府" is not "上海市普陀区人民政府办公室").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from corpus.disclosure import Disclosure, Level
from corpus.vocabulary import fold, vocabulary
from rag.naming import LEAD, Unit, matches, party_called, regions_of, short, spoken
from rag.residue import masked

PUBLISHED = "published"
_LEVELS = "省市区县州旗盟镇乡"
_LONG_NAME, _ALIKE = 7, 0.6
"""From how many characters on a name is known in spite of a wrong one, and how much of it must stand there."""
_ZONES = (("经开区", "经济技术开发区"), ("高新区", "高新技术产业开发区"), ("cbd", "中央商务区"))
"""What zones are called for short, none of whose characters or not all of them stand in their names."""
_KIND = re.compile(
    r"(?:[几各两二三四五六七八九十]|\d+)(?:个|家|所)?(?P<kind>中心|局|委|街道|大学|学院|学校|医院|办公室|镇|乡|部(?!门))"
)
_KINDS = "小学|中学|学校|幼儿园|大学|医院|卫生院|法院|检察院|街道|镇|乡|局|馆"
_THAT_ONE = re.compile(
    rf"(?P<place>[\u4e00-\u9fff]{{2,4}}?[省市区县旗]?)(?:的?那(?:个|所|家|座)|的)(?P<kind>{_KINDS})(?=20\d\d|今年|去年|[,，的]|预算|决算|收入|支出|三公|公务|一共|总共|花|$)"
)
"""A unit by its place and kind alone ("巴南区那所小学", "天津的医院")."""
_OF_KIND = {"学校": ("学校", "小学", "中学", "学院", "校")}
_ENDING = 6
"""Characters at the end of a name that tell its kind (…中心小学校, …街道办事处)."""
_FOREIGN_ORG = re.compile(
    r"[\u4e00-\u9fff]{2,14}?(?:局|委员会|办公室|府办|人民政府|市政府|区政府|"
    r"县政府|省政府|大学(?!生)|学院|中学(?!生)|小学(?!生)|法院|检察院|街道办事处|街道|"
    r"[\u4e00-\u9fff]{2}中心|镇政府|乡政府|(?<!大)厅)(?!预算|支出)"
    r"|(?:教育|财政|民政|公安|司法|商务|科技|水利|外交|农业农村|文化和旅游|交通运输|自然资源|生态环境)部(?!门)"
    r"|[\u4e00-\u9fff]{0,10}?(?:商务|发改|卫健|住建|经信|国资|教|科|农|编|体改|政法)委(?!员|托|派)"
)
_PLACE_BEFORE = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,3}?[市县区省]?)(?:市|县|区)?[\da-z]*$")
_TOPICAL = re.compile(
    r"人均|绩效|指标|目标|任务|职责|职能|内设|科室|处室|下属|所属|概况|矛盾|问题|错误|明细|构成|来源|完成|趋势|差额|平均|哪|养|买|花|"
    r"市本级|全市|全区|机关|本级|政务|预算|决算|收支|收入|支出|财政|经费|项目|三公|公务|采购|资产|房屋|车|编制|人员|职工|员工"
)
"""Words that speak of a unit's budget, right behind the place that stands for the unit."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch `start`..`end` of the question that speaks of one of `units`."""

    start: int
    end: int
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What units a question speaks of. `units` is who is meant (every one when several were named).

    `candidates` when a mention fits several; `foreign` a unit or place that the book does not have; `spans` the
    stretches of text.
    """

    units: tuple[Unit, ...] = ()
    candidates: tuple[Unit, ...] = ()
    said: str = ""
    foreign: str = ""
    spans: tuple[Span, ...] = ()


_LEAGUE = re.compile(r"共青团(?P<place>[\u4e00-\u9fff]{2,8}?)(?P<level>[省市州县区旗])?(?:委员会|委)")


def _league(text: str, names: Sequence[str]) -> str:
    """A folded question with the Youth League's committees, as people call them (宣城团市委), by their full names."""
    for name in names:
        found = _LEAGUE.search(name)
        if found is None or name in text:
            continue
        level = found["level"] or "[省市州县区旗]"
        above, place = re.fullmatch(r"(.*[省市州])?(.{2,})", found["place"]).groups(default="")  # type: ignore[union-attr]
        text = re.sub(rf"(?:{above})?{place}(?:{level})?(?:团{level}委|团委|共青团(?:委员会|委)?)", name, text)
    return text


@dataclass(frozen=True)
class Catalogue:
    """The units of a book."""

    disclosures: tuple[Disclosure, ...]
    units: tuple[Unit, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", _units(self.disclosures))

    @cached_property
    def by_issuer(self) -> dict[str, Unit]:
        """Units by their full name as printed."""
        return {unit.issuer: unit for unit in self.units}

    @cached_property
    def published(self) -> tuple[Unit, ...]:
        """The units of the published collection, with its documents alone; all units where nothing is published.

        What readers added stays out of questions about every unit ("各单位…", "谁最高").
        """
        found = []
        for unit in self.units:
            own = tuple(d for d in unit.disclosures if d.collection == PUBLISHED)
            if own:
                found.append(replace(unit, disclosures=own))
        return tuple(found) or self.units

    def unit_of(self, document: str) -> Unit | None:
        """The unit that published the document of that file name."""
        return next((unit for unit in self.units if any(d.name == document for d in unit.disclosures)), None)

    def respelt(self, text: str) -> str:
        """The folded question with zones called in full, and whole names of units put right in which a character or two are
        wrong."""
        for said, name in _ZONES:
            known = any(name in unit.name for unit in self.units)
            if said in text and known and not any(said in unit.name for unit in self.units):
                text = text.replace(said, name)
        text = _league(party_called(text), [unit.name for unit in self.units])
        pairs = {text[i : i + 2] for i in range(len(text) - 1)}
        for unit in self.units:
            name = unit.name
            own = {name[i : i + 2] for i in range(len(name) - 1)}
            if len(name) < _LONG_NAME or name in text or len(own & pairs) < _ALIKE * len(own):
                continue
            for start in range(len(text) - len(name) + 1):
                piece = text[start : start + len(name)]
                if sum(a != b for a, b in zip(piece, name, strict=True)) <= len(name) // _LONG_NAME:
                    text = text[:start] + name + text[start + len(name) :]
                    break
        return text

    def mentioned(self, text: str, taken: Sequence[tuple[int, int]] = ()) -> Mentioned:
        """Which units a folded question names; stretches in `taken` (accounts, years) are not read as names."""
        if (meant := self._of_a_kind(text)) is not None:
            return meant
        spans, elsewhere = _at_their_level(self._spans(text, taken), text, taken)
        spans = [_with_place_above(_of_the_place_itself(span, text), text) for span in spans]
        spans, other = _in_their_place(spans, text)
        elsewhere = elsewhere or other
        foreign = elsewhere or _foreign(text, taken, [(span.start, span.end) for span in spans])
        units: list[Unit] = []
        kind = _KIND.search(text)
        for span in _combined(spans, text):
            if kind is not None and len(of_kind := [u for u in span.units if u.body.endswith(kind["kind"])]) == 1:
                span = replace(span, units=tuple(of_kind))  # "厦门、泉州两个中心"
            inside = [o for o in spans if o is not span and len(o.units) == 1 and o.units[0] in span.units]
            if len(span.units) > 1 and inside:
                continue  # "普陀区…，商务委、财政局": the place says where they all are
            if len(span.units) > 1 and len(spans) > 2:
                units.extend(unit for unit in span.units if unit not in units)  # "厦门、泉州、晋城": all of a place
                continue
            if len(span.units) > 1:
                return Mentioned((), span.units, text[span.start : span.end], foreign, tuple(spans))
            units.extend(unit for unit in span.units if unit not in units)
        return Mentioned(units=tuple(units), foreign=foreign, spans=tuple(spans))

    def _of_a_kind(self, text: str) -> Mentioned | None:
        """The unit that "巴南区那所小学" means, or those it may mean; None where nothing is spoken of so or no unit is of that kind."""
        said = _THAT_ONE.search(text)
        place = short(said["place"]) if said is not None else ""
        units = tuple(
            unit for unit in self.units
            if said is not None and place in unit.name and any(kind in unit.body[-_ENDING:] for kind in _OF_KIND.get(said["kind"], (said["kind"],)))
        )  # fmt: skip
        if said is None or not units:
            return None
        span = Span(said.start(), said.end(), units)
        return Mentioned(units, spans=(span,)) if len(units) == 1 else Mentioned((), units, said.group(), spans=(span,))

    def _spans(self, text: str, taken: Sequence[tuple[int, int]]) -> list[Span]:
        hits: dict[tuple[int, int], list[tuple[Unit, float]]] = {}
        for unit in self.units:
            for start, end, score in matches(text, unit, taken):
                hits.setdefault((start, end), []).append((unit, score))
            for place in unit.around:
                for match in re.finditer(f"{re.escape(short(place))}[省市]?", text):
                    hits.setdefault(match.span(), []).append((unit, 0.0))
            if unit.region and any(d.level is Level.GOVERNMENT for d in unit.disclosures):
                own = rf"{re.escape(short(unit.region[-1]))}[省市区县州旗]?(?:[省市区县州旗]?(?:本级|级)|全[省市区县州旗]|政府)"
                for match in re.finditer(own, text):
                    hits.setdefault(match.span(), []).append((unit, 2.0))
        chosen: list[Span] = []
        whole_body = {place for place, named in hits.items() if any(score >= 1 for _, score in named)}
        for start, end in sorted(hits, key=lambda place: (place[0] - place[1], place not in whole_body, place[0])):
            if any(start < span.end and end > span.start for span in chosen):
                continue
            best = max(score for _, score in hits[start, end])
            placed = any(short(region) in text[start:end] for unit, _ in hits[start, end] for region in unit.region)
            margin = 0.25 if placed else 0.7  # without a place a shortened name may well be another unit's
            units = tuple(unit for unit, score in hits[start, end] if score >= best - margin)
            whole = tuple(unit for unit in units if unit.body == text[start:end])
            if len(whole) == 1 and re.search("[镇乡村]|街道|第[一二三四五六七八九十]", whole[0].body):
                units = whole  # "胡川镇中学" is not 胡川镇中心小学 with characters left out, 第十小学 not 第十七小学
            if text[start:end].endswith("政府办"):
                units = tuple(unit for unit in units if unit.body.endswith("政府办公室")) or units
            nearest = tuple(unit for unit in units if unit.region and short(unit.region[-1]) in text[start:end])
            if not nearest and text[start] in _LEVELS and len(units) > 1:  # "市检察院": that of the city itself
                nearest = tuple(unit for unit in units if unit.region and unit.region[-1].endswith(text[start]))
                nearest = nearest if len(nearest) == 1 else ()
            chosen.append(Span(start, end, nearest or units))
        return sorted(chosen, key=lambda span: span.start)


def _units(disclosures: Sequence[Disclosure]) -> tuple[Unit, ...]:
    grouped: dict[str, list[Disclosure]] = {}
    for disclosure in disclosures:
        grouped.setdefault(disclosure.issuer, []).append(disclosure)
    found = []
    for issuer, documents in grouped.items():
        name = spoken(fold(issuer))
        regions = regions_of(name)
        around = tuple(dict.fromkeys(r for d in documents for r in regions_of(fold(d.region)) if r not in regions))
        found.append(Unit(issuer, name, regions, tuple(documents), around))
    return tuple(found)


def _of_the_place_itself(span: Span, text: str) -> Span:
    """A place's name alone ("渝中区2020年…") means its own paper where the book has one, and none of its bodies'."""
    ruled = tuple(u for u in span.units if any(d.level is Level.GOVERNMENT for d in u.disclosures))
    itself = tuple(u for u in ruled if u.body in ("人民政府", "政府", ""))
    ruled = itself if len(itself) == 1 else ruled  # a township's paper is not the county's
    alone = len(span.units) > 1 and len(ruled) == 1 and _is_place(text[span.start : span.end], ruled)
    return replace(span, units=ruled) if alone else span


def _with_place_above(span: Span, text: str) -> Span:
    """The stretch with a place before it that its district may lie in ("福州长乐区"), where the book does not know in which
    one it does."""
    unit = span.units[0]
    alike = all(other.region == unit.region and not other.around for other in span.units)
    if not alike or len(unit.region) != 1 or not text.startswith(short(unit.region[0]), span.start):
        return span
    above = _PLACE_BEFORE.search(text[: span.start])
    known = above is not None and short(above["name"]) in vocabulary().places
    return replace(span, start=above.start()) if above is not None and known else span


def _unknown_after(text: str, end: int, taken: Sequence[tuple[int, int]]) -> str:
    """An unknown word right behind a place: some other body of that place ("晋城妇联"), "" for none."""
    stop = min([a for a, _ in taken if a >= end], default=len(text))
    run = re.match(r"[\u4e00-\u9fff]+", text[end:stop])
    if run is None or text[end : end + 1] in vocabulary().everyday or _TOPICAL.match(run.group()):
        return ""
    if re.match(r"[几各两二三四五六七八九十]+[家个所](?:单位|部门|机构|中心|局|委|街道|学校|大学|医院)", run.group()):
        return ""
    if any(run.group().startswith(word) for word in vocabulary().everyday):
        return ""
    if re.search(r"项目|经费|费用|费$|系统|平台|工程", run.group()) and not re.search(
        r"[局委办馆院校社联队所站处]|中心", run.group()
    ):
        return ""  # a project of that place's unit
    word = re.split(r"的|预算|决算", run.group())[0][:6]
    return word if len(word) >= 2 else ""


def _at_their_level(spans: Sequence[Span], text: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[list[Span], str]:
    """Drop stretches in which a place stands before a body that is not at that place's level; say which unit that was.

    "上海市财政局" is not the finance bureau of a district of Shanghai, and "厦门市教育局" is not just any unit of
    Xiamen.
    """
    kept: list[Span] = []
    foreign = ""
    for index, span in enumerate(spans):
        place = span.units[0].region and _is_place(text[span.start : span.end], span.units)
        if not place:
            kept.append(span)
            continue
        end = span.end + (text[span.end : span.end + 1] == "的")
        following = spans[index + 1] if index + 1 < len(spans) and spans[index + 1].start == end else None
        behind = masked(text, [(other.start, other.end) for other in spans])[end:]
        body = None if text[end : end + 1] in "和与跟及或、,比" else _FOREIGN_ORG.match(behind)
        body = body or re.match(r"(?:人民)?政府(?!采购|性基金)", behind)
        said = text[span.start : span.end]
        common = [u for u in following.units if any(short(r) in said for r in u.region)] if following else []
        if following and common and not any(short(unit.region[-1]) in said for unit in common):
            foreign = foreign or text[span.start : following.end]
            return [s for s in spans if s not in (span, following)], foreign
        unknown = body.group() if body else _unknown_after(text, end, taken)
        if unknown and not following:
            foreign = foreign or said + unknown
            continue
        kept.append(span)
    return kept, foreign


def _in_their_place(spans: Sequence[Span], text: str) -> tuple[list[Span], str]:
    """Drop stretches right behind a place that their units do not belong to ("福州市12345热线中心"); say which unit that was."""
    kept: list[Span] = []
    foreign = ""
    for span in spans:
        place = _PLACE_BEFORE.search(text[: span.start])
        said = place["name"] if place else ""
        own = [region for unit in span.units for region in (*unit.region, *unit.around)]
        elsewhere = short(said) in vocabulary().places and not any(short(said) in region for region in own)
        if elsewhere and not any(short(said) in unit.name for unit in span.units):
            foreign = foreign or text[place.start() if place else 0 : span.end]
        else:
            kept.append(span)
    return kept, foreign


def _is_place(said: str, units: Sequence[Unit]) -> bool:
    return any(
        said in ("".join(unit.region), "".join(map(short, unit.region)), *unit.region, *map(short, unit.region))
        for unit in units
    )


def _combined(spans: Sequence[Span], text: str) -> list[Span]:
    """Join stretches that speak of the same unit in pieces ("the … Centre of Jincheng", a typing slip in the
    middle)."""
    groups: list[Span] = []
    for span in spans:
        for index, group in enumerate(groups):
            common = tuple(unit for unit in group.units if unit in span.units)
            gap = text[group.end : span.start]
            if (
                common
                and (len(common) < len(group.units) or len(common) < len(span.units) or common == group.units)
                and not re.search(r"[和与跟、,及]|比", gap)
            ):
                groups[index] = replace(group, end=span.end, units=common)
                break
        else:
            groups.append(span)
    return groups


_WHO_DOES = re.compile(r"^(?:由|归|是)?(?:谁|哪个?(?:科室?|处室?))(?:来)?(?:负责|管|牵头|承担|办|审核?)?")
"""Asking who does something is no part of a body's name ("谁负责区政府规范性文件的…")."""


def _foreign(text: str, taken: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> str:
    """A place or organisation named outside the matched stretches, "" when there is none."""
    masked = list(text)
    for a, b in (*taken, *spans):
        masked[a:b] = " " * (b - a)
    rest = "".join(masked)
    for place in vocabulary().places:
        at = rest.find(place)
        if at >= 0:
            tail = _FOREIGN_ORG.match(rest[at:])
            return tail.group() if tail else place
    found = _FOREIGN_ORG.search(rest)
    if found is None:
        return ""
    name = _WHO_DOES.sub("", found.group())
    said = re.sub(LEAD.pattern.replace(r"\s*$", ""), "", name) if LEAD.match(name) is None else ""
    return (
        said
        if len(said) >= 3
        and "哪" not in said
        and not re.fullmatch(
            r"(?:哪|各|本|该|这|那|其中|每|所有|几|多少|什么)?(?:个|所|家|间)?(?:[省市区县]政府)?(?:单位|部门|机关|学校|小学|中学|幼儿园|大学|学院|医院|卫生院|派出所|办公室|服务中心|委员会|街道|局|委|厅|法院|检察院)?",
            said,
        )
        else ""
    )
