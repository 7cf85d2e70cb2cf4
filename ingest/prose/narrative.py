"""Disclosure prose becomes figures: every amount with its account, what is said of it, its year, basis, reason, place.

The prose of budgets and final accounts follows the disclosure rules of the Ministry of Finance (预决算公开操作规程)
and is read by a deterministic grammar. What it cannot place it leaves alone; `unplaced` lists those amounts.

Rules of reading:

- 增加/减少 X and 增长/下降 Y% give CHANGE and RATE, signed by the direction word (增长-3.5% is -3.5).
- 持平, 无变化, 一致 give a CHANGE of zero in the unit of the amount it speaks of.
- 没有…支出, 未安排, 无… state no number: such a figure has no amount and the absence NO_DATA, with the sentence as
  quote. A printed 0 or 0.00 万元 is an amount.
- A reason (主要原因是 …) is kept without the words that open it, on every change it explains: those of the account
  before it in the same sentence; in a sentence of its own, all changes of the sentence before. An empty reason
  ("主要原因是。") leaves `reason` "" and is listed by `bare_reasons`.
- What a change is measured against is in `compared`; `whole` says so in words where it is not the same kind of number
  of the year before (年初预算, 2024年预算执行数).
- Holdings (车辆, 设备, 房屋) belong to the year of their 截至 date; what is to be bought is kept apart (购置车辆 …).
- Definitions (名词解释), duties and plans of work yield nothing; numbers of staff and offices do, among duties, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.disclosure import Disclosure, Section, Table
from corpus.figure import Figure, Reader, Scheme
from corpus.locator import Locator
from corpus.money import MONEY_UNITS, mentions
from ingest.prose.clauses import Kind, compact, events, mended
from ingest.prose.drafts import Draft
from ingest.prose.fiscal import is_paper, paper_figures
from ingest.prose.introductions import divided, introduced
from ingest.prose.numbers import is_amount
from ingest.prose.places import place, printed
from ingest.prose.reader import SectionReader
from ingest.prose.self_evaluation import evaluated_project, project_figures
from ingest.prose.topics import Lexicon, scope_of
from ingest.tables.chapters import chapter_of

_QUOTE = 140
"""Longest sentence quoted whole, in characters; of a longer one the clause alone is quoted."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An amount of money in prose that no figure covers: characters `start`..`end` of `paragraph`'s text.

    `zone` is "reason" or "purpose" where it stands inside the explanation of another amount, else "".
    """

    section: tuple[str, ...]
    paragraph: str
    start: int
    end: int
    printed: str
    zone: str = ""


def prose_figures(sections: Sequence[Section], disclosure: Disclosure, tables: Sequence[Table]) -> list[Figure]:
    """Every figure that the prose states, in order of appearance. The tables lend names and codes of accounts."""
    if is_paper(disclosure):
        return [*paper_figures(sections, disclosure), *_told_of_bodies(sections, disclosure, tables)]
    told = _of_bodies(sections, disclosure, tables)
    project = evaluated_project(sections, disclosure)
    if not project:
        return told
    own = project_figures(sections, disclosure, project)
    return [*(figure for figure in told if not _told_of_project(figure, own)), *own]


def _told_of_project(figure: Figure, own: Sequence[Figure]) -> bool:
    """Whether a figure is the evaluated project's, read as the unit's: its score as the mean of all that the unit evaluates,
    what it cost as all expenditure."""
    if figure.scheme is Scheme.TOTAL:
        return _WHOLE_UNIT.search(figure.name) is None
    same = any(figure.amount == mine.amount and mine.locator.quote in figure.locator.quote for mine in own)
    return figure.scheme is Scheme.PERFORMANCE and same


_WHOLE_UNIT = re.compile(r"部门|单位|总|合计|收支|收入")
_BESIDE_THE_MONEY = (
    Scheme.THREE_PUBLIC, Scheme.PROCUREMENT, Scheme.ASSET, Scheme.STAFF, Scheme.PERFORMANCE, Scheme.OPERATING,
)  # fmt: skip


def _told_of_bodies(sections: Sequence[Section], disclosure: Disclosure, tables: Sequence[Table]) -> Iterator[Figure]:
    """What a whole government's paper states in the words of departments: three public expenses, procurement, holdings."""
    for figure in _of_bodies(sections, disclosure, tables):
        if figure.scheme in _BESIDE_THE_MONEY:
            yield figure


def _of_bodies(sections: Sequence[Section], disclosure: Disclosure, tables: Sequence[Table]) -> list[Figure]:
    lexicon = Lexicon(tables, disclosure, (title for section in sections for title in section.path))
    found: dict[str, Figure] = {}
    told: list[Draft] = []
    for section in sections:
        chapter = chapter_of(section.path, tables)
        drafts = [d for part in divided(section) for d in _read(part, disclosure, lexicon, told).drafts]
        told += [] if chapter else drafts
        for draft in drafts:
            draft.entity = draft.entity or chapter
            figure = _figure(draft, section, disclosure)
            twin = found.get(figure.id)
            if twin is not None and (twin.amount, twin.reason) != (figure.amount, figure.reason):
                figure = _figure(draft, section, disclosure, narrow=True)
            found.setdefault(figure.id, figure)
    return list(found.values())


def unplaced(sections: Sequence[Section], disclosure: Disclosure, tables: Sequence[Table]) -> list[Unplaced]:
    """The amounts of money in prose (definitions and duties apart) that `prose_figures` does not place."""
    lexicon = Lexicon(tables, disclosure, (title for section in sections for title in section.path))
    found = []
    for section in sections:
        if scope_of(section.path).skipped:
            continue
        reader = _read(section, disclosure, lexicon)
        placed = {(id(draft.prose.paragraph), at) for draft in reader.drafts for at in draft.covers}
        for prose in reader.proses:
            zones = [e for e in events(prose.text) if e.kind in (Kind.REASON, Kind.PURPOSE)]
            for mention in mentions(prose.text):
                if mention.unit not in MONEY_UNITS or not is_amount(prose.text, mention):
                    continue
                if (id(prose.paragraph), mention.start) in placed:
                    continue
                zone = next((z.kind.value for z in zones if z.start <= mention.start < z.end), "")
                start, end = prose.printed(mention.start, mention.end)
                found.append(Unplaced(section.path, prose.paragraph.text, start, end, mention.printed, zone))
    return found


def bare_reasons(sections: Sequence[Section], disclosure: Disclosure) -> list[Locator]:
    """Where a reason is announced and none is given ("主要原因是。")."""
    found = []
    for section in sections:
        for paragraph in mended(section.paragraphs):
            prose = compact(paragraph)
            for event in events(prose.text):
                if event.kind is Kind.REASON and not event.text:
                    start = max(prose.text.rfind("。", 0, event.start), prose.text.rfind(";", 0, event.start)) + 1
                    found.append(place(prose, (start, event.end), event.start, section, disclosure))
    return found


def _read(section: Section, disclosure: Disclosure, lexicon: Lexicon, before: Sequence[Draft] = ()) -> SectionReader:
    """The section, read after the sections that stated `before`."""
    reader = SectionReader(scope_of(section.path), disclosure, lexicon, section.path, tuple(before))
    if not reader.scope.skipped or reader.scope.duties:
        for paragraph in mended(section.paragraphs):
            reader.read(compact(paragraph))
    if reader.scope.duties:
        reader.drafts = [draft for draft in reader.drafts if introduced(draft)]
    return reader


def _figure(draft: Draft, section: Section, disclosure: Disclosure, *, narrow: bool = False) -> Figure:
    topic = draft.topic
    locator = place(draft.prose, draft.clause, draft.at, section, disclosure)
    if not narrow and draft.sentence[1] - draft.sentence[0] <= _QUOTE:
        locator = replace(locator, quote=printed(draft.prose, draft.sentence))
    return Figure(
        document=disclosure.name,
        scheme=topic.scheme,
        account=topic.account,
        name=topic.name,
        measure=draft.measure,
        amount=draft.amount,
        absence=draft.absence,
        year=draft.year,
        basis=draft.basis,
        locator=locator,
        reader=Reader.PROSE,
        code=topic.code,
        path=topic.path,
        flow=topic.flow,
        funding=topic.funding,
        component=topic.component,
        entity=draft.entity,
        reason=draft.reason,
        compared=draft.compared,
        whole=draft.whole,
    )
