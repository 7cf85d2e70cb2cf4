"""Lists in running text against their whole: "X万元，其中：甲A万元、乙B万元" and numbered items of a project's text.

A list is held against its whole only where the text itself says that it is one, and in one direction only unless the
text says that it is complete: parts may never exceed the whole, but "其中" may name some of them. Complete is a list
that closes with 合计, with 其他…, or that names both of two opposites (地上 and 地下, 人员 and 公用).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.disclosure import Severity
from corpus.money import MONEY_UNITS, Amount, Mention, canonical_unit, half_last_digit, mentions
from corpus.record import Record
from ingest.checking.outcome import Outcome, Verdict, plain, shown
from ingest.checking.wording import Wording, paragraphs, wordy_cells

_OPENER = re.compile(
    r"^[^。;,:()\d]{0,12}?[,:(。;]?(?P<word>其中(?:包括|有)?|具体(?:为|包括|是|如下)|分别(?:为|是)|包括|明细如下|构成如下|(?<=用于)[^。;,:()\d]{1,14}(?=:))[,:]?"
)
_SKIPPED = re.compile(
    r"(?:比|较|与|同)(?:上年|去年|上一?年|同期|20\d\d)|(?:^|年|度|期|数|算|额|比|较)(?:增加|增长|减少|下降|提高|降低|增减)(?:了|额|率|为|约)*\d|占[^,]{0,12}\d"
    r"|(?:单价|每[^,]{0,4}|不低于|不超过|不少于|不高于|[≥≤<>])[\d.,]+(?:[万亿]?元|辆|平方米)|\d[万亿]?元(?:以上|以下)"
    r"|上年(?!结[转余])|去年|完成|(?<!上年)(?<!结转)(?<!结转和)(?<!拨款)结余|年初预算|全年预算|剩余|余额|应付|累计|预计|总投资"
)
_CLAUSES = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|、")
_CHANGED = re.compile(r"比|较|增加|增长|减少|下降|占")
_CLOSING = re.compile(r"(?<![收支][入出])(?:合计|共计|总计)[^\d]{0,6}$")
_NEXT_ITEM = re.compile(r"(?:^|[。;,])(?:\d{1,2}[.、](?!\d)|\(\d{1,2}\)|[①-⑳]|[一二三四五六七八九十]+是)")
_COMPLEMENTS = (("地上", "地下"), ("人员", "公用"), ("基本支出", "项目支出"), ("计容", "不计容"), ("男", "女"))
_COUNTED = ("辆", "平方米")
"""Counted things whose parts a disclosure lists as parts; 12 disciplines "其中" 28 doctoral programmes are not."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A whole and the parts a text lists of it."""

    whole: Mention
    parts: tuple[Mention, ...]
    groups: tuple[Decimal, ...]
    complete: bool
    bracketed: bool


def listed_parts(record: Record) -> list[Outcome]:
    """The parts a sentence lists never exceed their whole; a complete list adds up to it."""
    outcomes = []
    for wording in (*paragraphs(record), *wordy_cells(record)):
        for listing in listings(wording.text):
            outcomes.append(_weighed(wording, listing))
    return outcomes


def listings(text: str) -> list[Listing]:
    """Every list of amounts in a compact text, with the whole it belongs to."""
    found = []
    for whole in mentions(text):
        if whole.unit not in MONEY_UNITS and whole.unit not in _COUNTED:
            continue
        opener = _OPENER.match(text[whole.end :])
        clause = text[max(text.rfind(mark, 0, whole.start) for mark in ",;。:") + 1 : whole.start]
        if opener is None or "的" in opener.group() or not whole.value or _CHANGED.search(clause):
            continue
        start = whole.end + opener.end()
        inside = _unclosed(text[whole.end : start])
        listing = _listing(text, whole, start, opener["word"], inside)
        if listing is not None:
            found.append(listing)
    return found


def _unclosed(text: str) -> bool:
    return text.count("(") > text.count(")")


def _listing(text: str, whole: Mention, start: int, word: str, inside: bool) -> Listing | None:
    body = text[start : _end(text, start, inside)]
    body = _blanked(body)
    parts: list[Mention] = []
    groups: list[Decimal] = []
    names = ""
    closed = False
    start_of = start
    for number, segment in enumerate(body.split(";")):
        shift, start_of = start_of, start_of + len(segment) + 1
        amounts = _parts_of(segment, whole.unit)
        if word.endswith("包括") and not parts and number and not amounts:
            return None
        if word == "包括" and not amounts and not number:
            return None  # "主要包括：办公费、印刷费;" names things, the next amount is another whole
        closing = [m for m in amounts if _CLOSING.search(segment[: m.start])]
        closed = closed or bool(closing)
        amounts = [m for m in amounts if m not in closing]
        if amounts:
            groups.append(sum((_in(m, whole.unit) for m in amounts), Decimal(0)))
        parts += [Mention(m.start + shift, m.end + shift, m.value, m.unit, m.printed) for m in amounts]
        names += re.sub(r"\d", "", segment)
    if not parts:
        return None
    complete = closed or any(a in names and b in names for a, b in _COMPLEMENTS if len(parts) > 1)
    if len(parts) > 1 and re.search(r"其他[^\d,;、]{0,12}$", text[start : parts[-1].start]):
        complete = True
    return Listing(whole, tuple(parts), tuple(groups), complete, inside)


def _end(text: str, start: int, inside: bool) -> int:
    """Where a list ends: the closing bracket it was opened in, the sentence, or the next numbered item."""
    depth = 0
    for at in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth < 0 and inside:
            return at
        if depth <= 0 and (text[at] == "。" or (at > start and _NEXT_ITEM.match(text[at : at + 5]))):
            return at
    return len(text)


def _blanked(body: str) -> str:
    """The list with what stands in brackets, and nested 其中 up to the next semicolon, blanked out."""
    before = None
    while body != before:
        before = body
        body = re.sub(r"\([^()]*\)", lambda m: "　" * len(m.group()), body)
    return re.sub(r"[,。]其中[^;]*", lambda m: "　" * len(m.group()), body)


def _parts_of(segment: str, unit: str) -> list[Mention]:
    """One amount a clause, in the whole's kind of unit, that is stated of a part (not a change, a share, a limit)."""
    found = []
    at = 0
    for clause in _CLAUSES.split(segment):
        amounts = [m for m in mentions(clause) if _same_kind(m.unit, unit)]
        if len(amounts) == 1 and not _SKIPPED.search(clause):
            m = amounts[0]
            found.append(Mention(m.start + at, m.end + at, m.value, m.unit, m.printed))
        at += len(clause) + 1
    return found


def _same_kind(left: str, right: str) -> bool:
    if left in MONEY_UNITS and right in MONEY_UNITS:
        return True
    return bool(left) and canonical_unit(left) == canonical_unit(right)


def _in(mention: Mention, unit: str) -> Decimal:
    if mention.unit in MONEY_UNITS and unit in MONEY_UNITS:
        return Amount(mention.value, mention.unit).to(unit).value
    return mention.value  # counts: the same kind was asked for


def _weighed(wording: Wording, listing: Listing) -> Outcome:
    whole, unit = listing.whole, listing.whole.unit
    values = [_in(m, unit) for m in listing.parts]
    total = sum(values, Decimal(0))
    slack = Decimal(0)
    if unit in MONEY_UNITS:
        slack = sum((half_last_digit(v) for v in (whole.value, *values) if v), Decimal(0))
    difference = whole.value - total
    document = wording.document
    exceeds = (
        difference < -slack
        and all(abs(group - whole.value) > slack for group in listing.groups)
        and (listing.bracketed or not _larger_whole(wording.text, whole, total - slack))
    )
    lacks = difference > slack and listing.complete
    if abs(difference) <= slack:
        return Outcome(document, "分项合计", Verdict.HOLDS)
    if not exceeds and not lacks:
        return Outcome(document, "分项合计", Verdict.NOT_APPLICABLE)
    total = Decimal(plain(total))
    gap = shown(Decimal(plain(abs(difference))), unit)
    relation = ("多出", "more than") if exceeds else ("少了", "less than")
    return Outcome(
        document, "分项合计", Verdict.FAILS, Severity.CONTRADICTION,
        sides=(wording.side(whole), *(wording.side(part) for part in listing.parts)),
        difference=plain(difference),
        message=f"{wording}写的总数是{shown(whole.value, unit)}，所列各项之和为{shown(total, unit)}"
        f"{_worked(values, total, unit)}，{relation[0]}{gap}。",
        message_en=f"In {wording.english} the whole is {shown(whole.value, unit)}, but the parts listed make "
        f"{shown(total, unit)}{_worked(values, total, unit)}, {gap} {relation[1]} it.",
    )  # fmt: skip


_WORKED = 10
"""Parts up to which a message writes their sum out."""


def _worked(values: Sequence[Decimal], total: Decimal, unit: str) -> str:
    """A sum written out, "（计算：12.5万元 + 3万元 = 15.5万元）"; "" for one part, or for very many."""
    if not 1 < len(values) <= _WORKED:
        return ""
    return f"（计算：{' + '.join(shown(Decimal(plain(value)), unit) for value in values)} = {shown(total, unit)}）"


def _larger_whole(text: str, whole: Mention, total: Decimal) -> bool:
    """Whether an amount before the last one could be the whole: "收入553.60万元、基金0万元。其中：当年553.60万元"."""
    return any(_same_kind(m.unit, whole.unit) and _in(m, whole.unit) >= total for m in mentions(text[: whole.start]))


_NUMBERED = re.compile(r"(?:^|[。;:,.])(?:\d{1,2}[.、](?!\d)|\(\d{1,2}\)|\([一二三四五六七八九十]+\))")
_LEADS_IN = re.compile(r"(?:具体(?:内容|工作|安排|为|包括|如下)|其中|包括|明细|分别)[^。;\d]{0,12}$")


def numbered_lists(record: Record) -> list[Outcome]:
    """ "2641.93万元。其中：(1)…971.76万元。(2)…": numbered items that each state an amount make the amount before them.

    The items may stand in one text or be the paragraphs that follow it. A list one of whose items states no amount, or
    that is not announced, numbers other things.
    """
    outcomes = []
    texts = paragraphs(record)
    for at, wording in enumerate(texts):
        following: list[Wording] = []
        for item in texts[at + 1 :]:
            if item.section != wording.section or not _NUMBERED.match(item.text):
                break
            if not following or _numbering(item.text) == _numbering(following[0].text):
                following.append(item)
            elif _numbering(item.text) < _numbering(following[0].text):
                break
        above = not _NUMBERED.match(wording.text) or (following and _deeper(following[0].text, wording.text))
        if following and above and _LEADS_IN.search(wording.text.rstrip(":,")):
            outcomes += _numbered(wording, len(wording.text), [(w, w.text) for w in following])
    for wording in (*texts, *wordy_cells(record)):
        marks = list(_NUMBERED.finditer(wording.text))
        marks = [m for m in marks if _numbering(m.group()) == _numbering(marks[0].group())]
        if len(marks) > 1 and _LEADS_IN.search(wording.text[: marks[0].start()].rstrip(":,")):
            ends = [m.start() for m in marks[1:]] + [len(wording.text)]
            items = [(wording, wording.text[a.start() : b]) for a, b in zip(marks, ends, strict=True)]
            outcomes += _numbered(wording, marks[0].start(), items)
    return outcomes


def _numbering(text: str) -> int:
    """How deep a numbering stands as disclosures nest them: (一), then 1., then (1)."""
    bare = text.lstrip("。;:,.")
    return 0 if re.match(r"\([一二三四五六七八九十]", bare) else 2 if bare.startswith("(") else 1


def _deeper(item: str, above: str) -> bool:
    return _numbering(item) > _numbering(above)


def _numbered(wording: Wording, start: int, items: list[tuple[Wording, str]]) -> list[Outcome]:
    wholes = [m for m in mentions(wording.text[:start]) if m.unit in MONEY_UNITS]
    parts = [(place, _first_amount(place, text)) for place, text in items]
    stated = [(place, m) for place, m in parts if m is not None]
    if not wholes or len(stated) < len(items) or len(items) < 2:
        return []
    unit = wholes[-1].unit
    total = sum((_in(m, unit) for _, m in stated), Decimal(0))
    slack = sum((half_last_digit(_in(m, unit)) for _, m in stated if m.value), half_last_digit(wholes[-1].value))
    balanced = (
        len({_in(m, unit) for _, m in stated} | {_in(wholes[-1], unit)}) == 1
    )  # 收入总计 and 支出总计 of 收支总计
    if balanced or any(abs(_in(w, unit) - total) <= slack for w in wholes):
        return [Outcome(wording.document, "分项合计", Verdict.HOLDS)]
    sentence = re.split(r"[。;]", wording.text[:start].rstrip("。;:,"))
    near = [m for m in mentions("。".join(sentence[-2:])) if m.unit in MONEY_UNITS and m.value]
    if not near or _CHANGED.search(re.split(r"[,]", wording.text[: wholes[-1].start])[-1]):
        return []
    whole = next(w for w in reversed(wholes) if w.value == near[0].value)
    total = Decimal(plain(total))
    gap = Decimal(plain(abs(_in(whole, unit) - total)))
    return [Outcome(
        wording.document, "分项合计", Verdict.FAILS, Severity.CONTRADICTION,
        (wording.side(whole), *(place.side(m) for place, m in stated)), plain(_in(whole, unit) - total),
        f"{wording}写的总数是{shown(whole.value, whole.unit)}，所列各项之和为{shown(total, unit)}"
        f"{_worked([_in(m, unit) for _, m in stated], total, unit)}，相差{shown(gap, unit)}。",
        f"In {wording.english} the whole is {shown(whole.value, whole.unit)}, but its items make "
        f"{shown(total, unit)}{_worked([_in(m, unit) for _, m in stated], total, unit)}.",
    )]  # fmt: skip


def _first_amount(wording: Wording, text: str) -> Mention | None:
    """The first amount of money an item states, with its place in the whole text."""
    shift = wording.text.find(text)
    for m in mentions(text):
        if m.unit in MONEY_UNITS:
            return Mention(m.start + shift, m.end + shift, m.value, m.unit, m.printed)
    return None
