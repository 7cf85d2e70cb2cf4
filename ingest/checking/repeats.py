"""The same words printed twice with different numbers, and years that do not belong to the report.

Words count as the same only when nothing but a number differs between them, and enough of them to be a sentence; a form
filled in for several projects repeats its short phrases with different numbers by right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from corpus.accounts import clean_name
from corpus.disclosure import Severity, Side
from corpus.figure import Scheme
from corpus.locator import Locator
from corpus.money import MONEY_UNITS, Amount, Mention, half_last_digit, mentions
from corpus.record import Record
from ingest.checking.outcome import Outcome, Verdict, plain, shown
from ingest.checking.wording import Wording, paragraphs, wordy_cells

_LETTERS = 16
"""Han characters without which two texts are not one sentence repeated."""
_ANCHORS = 2
"""Numbers that must be equal in both for the one that is not to be called a slip."""
_FILLING = re.compile(r"[的了为是,，。;；:：、()（）“”\"\s]")


def repeated_texts(record: Record) -> list[Outcome]:
    """One sentence in two tables: all numbers in it are the same."""
    groups: dict[str, list[Wording]] = defaultdict(list)
    for wording in wordy_cells(record):
        skeleton = _FILLING.sub("", re.sub(r"\d+(?:[.,]\d+)*", "#", wording.text))
        if skeleton.count("#") > _ANCHORS and len(skeleton.replace("#", "")) >= _LETTERS:
            groups[skeleton].append(wording)
    outcomes = []
    for group in groups.values():
        for left, right in combinations(group, 2):
            if left.table is not None and right.table is not None and left.table.id != right.table.id:
                outcomes += _repeated(left, right)
    return outcomes


def _repeated(left: Wording, right: Wording) -> list[Outcome]:
    pairs = list(zip(mentions(left.text), mentions(right.text), strict=False))
    apart = [(a, b) for a, b in pairs if a.value != b.value and a.unit != "年"]
    if not apart:
        return [Outcome(left.document, "同一文字", Verdict.HOLDS)]
    if len(apart) > 1 or len(pairs) - 1 < _ANCHORS:
        return [Outcome(left.document, "同一文字", Verdict.NOT_APPLICABLE)]
    a, b = apart[0]
    return [Outcome(
        left.document, "同一文字", Verdict.FAILS, Severity.CONTRADICTION, (left.side(a), right.side(b)),
        plain(a.value - b.value),
        f"同一句话在{left}写的是“{a.printed}”，在{right}写的是“{b.printed}”。",
        f"One sentence reads “{a.printed}” in {left.english} and “{b.printed}” in {right.english}.",
    )]  # fmt: skip


_NAMED = re.compile(r"(?P<name>[\u4e00-\u9fff()]{4,30}(?:费用?|经费|补贴|补助|项目|资金|工程))$")
_NAME_LENGTH = 6


def named_amounts(record: Record) -> list[Outcome]:
    """A project named with its amount in a performance sheet has the same amount where the text names it."""
    stated: dict[str, list[tuple[Wording, Mention]]] = defaultdict(list)
    for wording in (*paragraphs(record), *wordy_cells(record)):
        for name, mention in _named(wording, record.disclosure.year):
            stated[name].append((wording, mention))
    outcomes = []
    for name, places in stated.items():
        cells = [p for p in places if p[0].table is not None and p[0].table.kind.startswith("performance")]
        texts = [p for p in places if p[0].table is None]
        for cell, text in ((c, t) for c in cells for t in texts):
            outcomes.append(replace(_named_twice(name, cell, text), figures=_readings_of(name, record), identity=True))
    return outcomes


def _readings_of(name: str, record: Record) -> tuple[str, ...]:
    """The figures that state this project's amount."""
    return tuple(f.id for f in record.figures if f.scheme is Scheme.PROJECT and f.account == clean_name(name))


def _named(wording: Wording, year: int) -> Iterable[tuple[str, Mention]]:
    for mention in mentions(wording.text):
        before = wording.text[: mention.start]
        clause = re.split(r"[,;。:、\d\s]|^\(\d+\)|\)", before)[-1]
        match = _NAMED.search(clause)
        if mention.unit not in MONEY_UNITS or match is None or len(match["name"]) < _NAME_LENGTH:
            continue
        sentence = re.split(r"[。;]", before)[-1]
        if re.search(r"比|较|增加|减少|上年|累计|预计", clause) or any(
            int(y) != year for y in re.findall(r"(20\d\d)年", sentence)
        ):
            continue
        yield match["name"], mention


def _named_twice(name: str, cell: tuple[Wording, Mention], text: tuple[Wording, Mention]) -> Outcome:
    (left, a), (right, b) = cell, text
    other = Amount(b.value, b.unit).to(a.unit).value
    slack = Decimal(0) if a.unit == b.unit else max(half_last_digit(a.value), half_last_digit(other))
    if abs(a.value - other) <= slack:
        return Outcome(left.document, "同名项目金额", Verdict.HOLDS)
    return Outcome(
        left.document, "同名项目金额", Verdict.FAILS, Severity.CONTRADICTION, (left.side(a), right.side(b)),
        plain(a.value - other),
        f"“{name}”在{left}写的是{shown(a.value, a.unit)}，在{right}写的是{shown(b.value, b.unit)}。",
        f"“{name}” is {shown(a.value, a.unit)} in {left.english} and {shown(b.value, b.unit)} in {right.english}.",
    )  # fmt: skip


_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_PERIOD = re.compile(r"(?<!\d)(20\d\d)年\d{1,2}月?[-—至~]\d{1,2}月")
_FORM_YEAR = re.compile(r"\(?(20\d\d)年度?\)?")
_LONG_AGO = 8
"""Years before the report after which a period of payment is taken for a slip of the pen."""


def years(record: Record) -> list[Outcome]:
    """Titles of tables and forms name the report's year; a period that is paid for does not lie many years back."""
    year, document = record.disclosure.year, record.disclosure.name
    outcomes = []
    for table in record.tables:
        places = [
            (table.title, Locator(document, table.pages[0] if table.pages else None, table.title, quote=table.title))
        ]
        for cell in table.cells:
            match = _FORM_YEAR.fullmatch(re.sub(r"\s+", "", cell.text)) if cell.row < 3 else None
            if match and table.kind.startswith("performance"):
                places.append((cell.text, Locator(document, cell.page, table.title, quote=cell.text, bbox=cell.bbox)))
        for text, locator in places:
            outcomes += _year_of(text, locator, year)
    for wording in (*paragraphs(record), *wordy_cells(record)):
        outcomes += _periods(wording, year)
    return outcomes


def _year_of(text: str, locator: Locator, year: int) -> list[Outcome]:
    named = {int(y) for y in _YEAR.findall(text)}
    if not named:
        return []
    if year in named:
        return [Outcome(locator.document, "年份", Verdict.HOLDS)]
    other = min(named)
    return [Outcome(
        locator.document, "年份", Verdict.FAILS, Severity.WORDING, (Side(locator, str(other), "年"),), None,
        f"“{text}”写的年份是{other}年，本文件是{year}年的。",
        f"“{text}” names the year {other}; the document is of {year}.",
    )]  # fmt: skip


def _periods(wording: Wording, year: int) -> list[Outcome]:
    found = []
    for match in _PERIOD.finditer(wording.text):
        if year - int(match[1]) > _LONG_AGO:
            locator = wording.locator(match.start(), match.end())
            found.append(Outcome(
                wording.document, "年份", Verdict.FAILS, Severity.WORDING, (Side(locator, match[1], "年"),), None,
                f"{wording}写的期间“{match.group()}”与报告年份{year}年相隔太久，疑为笔误。",
                f"{wording.english} names the period {match.group()}, long before the year of the report.",
            ))  # fmt: skip
    return found
