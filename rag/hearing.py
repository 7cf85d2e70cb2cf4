"""What a question names: accounts by their wordings, by stems, in lists, beside their English names; the table it points into."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.figure import Scheme
from rag import wording
from rag.funds_said import fund_spans
from rag.lexicon import Heard, Lexicon
from rag.residue import content, masked
from rag.years import read_years

_MONEY_ASKED = re.compile(r"多少|钱|花|费用|几(?:万|亿|块)|开支|开销|支出|预算|决算|金额")
_IN_LIST = re.compile(
    r"(?<![^\s,，、:：(（\d])[\u4e00-\u9fff]{2,10}(?=[、,，和与及])|(?<=[、,，和与及])[\u4e00-\u9fff]{2,10}?(?=[两二三四五六七八九十\d]个|这|等|专项|项目|合计|一共|加|各|分别|的)"
)
"""One of several things named in a row."""
_QUOTED = re.compile(r"[“\"「『]([\u4e00-\u9fff]{4,20})[”\"」』]")
_GLOSS = 16
"""How far an English name may stand before its Chinese one in brackets."""


def named(lexicon: Lexicon, text: str) -> list[Heard]:
    """The accounts named. The words of a fund are its own: no account begins or ends within "一般公共预算"."""
    heard = lexicon.hear(text)
    cut = [
        (start, end)
        for start, end in fund_spans(text)
        if any(h.start < end and start < h.end and not (h.start <= start and end <= h.end) for h in heard)
    ]
    return _with_the_rest(lexicon, text, lexicon.hear(masked(text, cut)) if cut else heard)


_THE_REST = re.compile(
    r"(?:^|(?<=[的、,，和与及加:：年]))其他支出(?=占|是|为|有|多少|预算|决算|比|增|减|呢|一共|总共|合计|[、,，?？和与及加])"
)
"""The class 其他支出 (229, 399) by its whole name, as other expenditure is not spoken of."""


def _with_the_rest(lexicon: Lexicon, text: str, heard: list[Heard]) -> list[Heard]:
    """With the class 其他支出, whose name is too plain to be heard anywhere else than where a class can stand."""
    found = _THE_REST.search(text)
    classes = [asked for scheme in (Scheme.FUNCTION, Scheme.ECONOMIC) if (asked := lexicon.listed("其他支出", scheme))]
    if found is None or not classes or any(h.start < found.start() < h.end for h in heard):
        return heard
    asked = replace(classes[0], targets=tuple(target for each in classes for target in each.targets))
    kept = [h for h in heard if not (found.start() <= h.start < found.end())]
    return sorted([*kept, Heard(found.start(), found.end(), asked)], key=lambda h: h.start)


_OF_SYSTEMS = re.compile(r"(?:信息)?(?:系统|网络|平台|软件|信息化)(?:的)?(?:日常|运行)?$")


def stems(lexicon: Lexicon, text: str, heard: list[Heard], units: Sequence[tuple[int, int]]) -> list[Heard]:
    """Classes said by the stem of their name ("培训" for 培训费), where nothing else is left of the question and money
    is asked for."""
    spans = [*((h.start, h.end) for h in heard if not h.asked.weak), *units]
    left = content(read_years(masked(text, spans)).rest)
    words = [part for word in left for part in re.split(r"[加和与及]", word) if len(part) >= 2]
    found = []
    for word in words if len(words) <= 3 else ():
        follows = text.rstrip("?？").endswith("呢")
        if len(word) < 3 and f"{word}费" not in text and not follows and _MONEY_ASKED.search(text) is None:
            continue
        if re.search(rf"(?:多少|几)(?:个|名|位){word}|{word}[^,，。多几钱]{{0,3}}(?:多少|几)(?:名|位|个?人)", text):
            continue  # "多少个公务员": people are counted, no class is meant
        at = text.find(word)
        of_what = _OF_SYSTEMS.search(text[:at]) if at >= 0 and word == "维护" else None
        if of_what is not None:
            word, at = f"{of_what.group()}{word}", of_what.start()  # what a system costs is no repair of the house
        asked = lexicon.shortened(word) or (None if of_what else lexicon.stem(word))
        asked = asked if of_what else lexicon.stem(word) or asked
        if asked is not None and at >= 0:
            found.append(Heard(at, at + len(word), asked, sure=False))
    return found


def listed(lexicon: Lexicon, text: str, heard: list[Heard]) -> list[Heard]:
    """With what a list names by words too plain to be heard alone: holdings ("房屋、车辆、家具和其他资产"), projects
    ("科技创新、生命健康、贸易高质量发展专项")."""
    assets = sum(h.asked.targets[0].scheme is Scheme.ASSET for h in heard) >= 2
    project = next((h for h in heard if h.asked.targets[0].scheme is Scheme.PROJECT), None)
    found = list(heard)
    for match in _IN_LIST.finditer(text) if project else ():
        span, beside = match.span(), project.asked.name if project else ""
        asked = lexicon.beside(match.group(), beside)
        if asked is not None and not any(h.start < span[1] and span[0] < h.end for h in heard):
            found.append(Heard(*span, asked))
    if not assets:
        return sorted(found, key=lambda h: h.start)
    for match in re.finditer(r"(?<=[、,，和与及])([\u4e00-\u9fff]{2,4})(?=[、,，和与及])", text):
        span = match.span()
        if any(h.start < span[1] and span[0] < h.end for h in heard):
            continue
        asked = lexicon.listed(match.group(), Scheme.ASSET)
        found += [Heard(*span, asked)] if asked is not None else []
    return sorted(found, key=lambda h: h.start)


_TWO_KINDS = re.compile(r"(?P<one>[\u4e00-\u9fff]{2,4})(?:和|与|及|、|以及)$")


def shared_ending(lexicon: Lexicon, text: str, heard: Sequence[Heard]) -> list[Heard]:
    """With the account that shares its ending with the one heard behind it ("行政单位和事业单位离退休": 行政单位离退休, too)."""
    found = list(heard)
    for item in heard:
        before, said = _TWO_KINDS.search(text[: item.start]), re.sub(r"(?<=..)支出$", "", item.asked.said)
        for at in range(2, len(said) - 1) if before is not None else ():
            assert before is not None, "looped over only then"
            start, end = before.span("one")
            ways = [lexicon.called(f"{text[cut:end]}{said[at:]}") for cut in range(start, end - 1)]
            other = next((asked for asked in ways if asked is not None and asked.name != item.asked.name), None)
            across = [h for h in found if h.start < end and start < h.end]
            if other is not None and all(start <= h.start and h.end <= end for h in across):
                found = [*(h for h in found if h not in across), Heard(start, end, other)]
                break
    found.sort(key=lambda h: h.start)
    return shared_ending(lexicon, text, found) if len(found) > len(heard) else found  # "流动、固定、无形资产"


def executed(text: str, heard: Sequence[Heard]) -> bool:
    """Whether the rate of execution of an account is asked for ("事业运行的预算执行率"), not that indicator alone."""
    strong = [h.asked for h in heard if not h.asked.weak]
    rate = any(asked.name == "预算执行率" and asked.said.endswith("率") for asked in strong)
    others = [asked.targets[0].scheme for asked in strong if asked.targets[0].scheme is not Scheme.PERFORMANCE]
    target = re.search(r"目标|指标", text) is not None and all(scheme is Scheme.PROJECT for scheme in others)
    return rate and bool(others) and not target


def glossed(text: str, heard: list[Heard]) -> list[Heard]:
    """Without the accounts that an English name was taken for where its Chinese one stands in brackets right behind
    ("education fees (教育收费)")."""
    kept = list(heard)
    for named in heard:
        if text[named.start - 1 : named.start] not in ("(", "（") or named.asked.weak or named.asked.said.isdigit():
            continue
        edge = named.start - 1
        for other in reversed([h for h in heard if h.end <= edge]):
            gap = text[other.end : edge]
            if len(gap) > _GLOSS or re.search(r"taken|spent|went|goes|used|allocat|account|than|[占比和归,，]", gap):
                break
            kept, edge = [h for h in kept if h is not other], other.start
    return kept


def pointed_to(
    text: str, heard: list[Heard], units: Sequence[tuple[int, int]]
) -> tuple[tuple[str, tuple[int, int]] | None, list[Heard]]:
    """The table that the question points into ("基本支出经济分类表里的公务接待费"), and the accounts named outside it."""
    blank = re.sub(r"(?:20\d\d|\d\d)年度?|[预决]算(?!表)", lambda m: " " * len(m.group()), masked(text, units))
    pair = wording.two_tables(blank)
    outside = [h for h in heard if not h.asked.weak and pair and not (pair[2][0] <= h.start < pair[2][1])]
    if pair and len(outside) == 1:
        return ("", pair[2]), [replace(outside[0], asked=replace(outside[0].asked, table=name)) for name in pair[:2]]
    table = wording.table_named(blank)
    if table is None:
        return None, heard
    placed = [replace(h, asked=replace(h.asked, table=wording.table_before(text[: h.start]))) for h in heard]
    if len(several := [h for h in placed if h.asked.table]) > 1:
        return None, several  # "三公表里的接待费和基本支出表里的公务接待费"
    start, end = table[1]
    outside = [h for h in heard if h.end <= start or h.start >= end]
    inside = [h for h in heard if h not in outside and not h.asked.weak]
    if inside and not any(not h.asked.weak for h in outside):
        return (table[0], (end, end)), heard
    return table, outside


def veil(text: str, heard: Sequence[Heard], units: Sequence[tuple[int, int]]) -> str:
    """The question with accounts as □ and units as ■, so that names do not look like question words."""
    marks = [(h.start, h.end, "□") for h in heard if not h.asked.weak] + [(a, b, "■") for a, b in units]
    for start, end, mark in sorted(marks, reverse=True):
        text = text[:start] + mark + text[end:]
    return text


def quoted(question: str, text: str, heard: Sequence[Heard]) -> list[str]:
    """Words that a question puts in quotation marks and that no account stands for."""
    words = [word for word in _QUOTED.findall(question) if word in text]
    return [w for w in words if not any(text.find(w) < h.end and h.start < text.find(w) + len(w) for h in heard)]
