"""The sentences and long cells of a document as things that can be quoted, each with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.disclosure import Paragraph, Section
from corpus.figure import Scheme
from corpus.locator import Box, Locator
from corpus.vocabulary import fold
from rag.desk import Desk
from rag.retrieve import sentences

_USED_FOR = re.compile(r"\s*(?:主要)?(?:是)?用于")
_AROUND = 25
"""How many sentences before one it goes on from, headings with them."""
_UNDER = 12
"""How many sentences under a heading are told with it at most."""
_HEADING = re.compile(r"\s*[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]")
_LONG_HEADING = 45
_HEAD = 60
"""Characters up to which a sentence at the beginning of a paragraph is its heading."""
_TOLD_CELL = 24
"""Characters from which on a cell says something about what its row or table is about."""


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence of a document and where it stands."""

    document: str
    section: str
    text: str
    page: int | None
    bbox: Box | None = None
    score: float = 0.0
    cell: bool = False
    around: str = ""
    """The folded headings and sentences before it, from which it goes on: what it need not repeat."""
    head: str = ""
    """The few words that the paragraph, or the one before it, begins with ("（九）对口支援科。")."""


def quote_of(desk: Desk, found: Found) -> str:
    """A found sentence as a quote with its marker."""
    mark = mark_of(desk, found)
    return f"{desk.evidence.words(found.text)}{mark}"


def mark_of(desk: Desk, found: Found) -> str:
    """The marker of the place of a found sentence."""
    return desk.evidence.quote(
        Locator(found.document, page=found.page, section=found.section or None, quote=found.text, bbox=found.bbox)
    )


def quotes_of(desk: Desk, found: Found) -> str:
    """A found sentence as a quote; a numbered heading with the sentences under it."""
    heading = _HEADING.match(found.text) is not None and len(found.text) <= _LONG_HEADING
    below = _under(desk, found) if heading or found.text.rstrip().endswith((":", "：")) else _listed_on(desk, found)
    return "\n".join(quote_of(desk, item) for item in (found, *below))


def _under(desk: Desk, heading: Found) -> list[Found]:
    """The sentences between a numbered heading and the next of its kind."""
    wanted = fold(heading.text)
    every = sentences_at_hand(desk, heading.document)
    at = next((i for i, item in enumerate(every) if wanted == fold(item.text)), None)
    if at is None:
        at = next(
            (i for i, item in enumerate(every) if wanted.endswith(fold(item.text)) and len(item.text) >= _TOLD_CELL),
            None,
        )
    if at is None:
        return []
    kind = _heading_kind(heading.text)
    below: list[Found] = []
    for item in every[at + 1 : at + 1 + _UNDER]:
        if item.section != every[at].section or (kind and _heading_kind(item.text) == kind):
            break
        if not kind and not (_heading_kind(item.text) or len(item.text) <= _LONG_HEADING):
            break  # the list that the colon promised is over
        below.append(item)
    return below


_FIRST_OF_SEVERAL = re.compile(r"[:：](?:\s*[(（]?(?:1|一)[)）、.．](?!\d)|\s*①|一是|第一[,，、])[^。]*[;；]$")
_NEXT_OF_THEM = re.compile(
    r"\s*(?:[(（]?(?:[2-9]|1\d|[二三四五六七八九十])[)）、.．](?!\d)|[②-⑳]|[二三四五六七八九]是|第[二三四五六][,，、])"
)


def _listed_on(desk: Desk, first: Found) -> list[Found]:
    """The further points of a list that a sentence opens and of which it has the first alone (三大职权:(1)…;)."""
    if _FIRST_OF_SEVERAL.search(first.text.strip()) is None:
        return []
    every = sentences_at_hand(desk, first.document)
    at = next((i for i, item in enumerate(every) if item.text.strip() == first.text.strip()), None)
    if at is None:
        return []
    below: list[Found] = []
    for item in every[at + 1 : at + 1 + _UNDER]:
        if item.section != every[at].section or _NEXT_OF_THEM.match(item.text) is None:
            break
        below.append(item)
        if item.text.rstrip().endswith("。"):
            break
    return below


def _heading_kind(text: str) -> str:
    """How a heading is numbered: "（一）" and "（二）" alike, "" for no heading."""
    found = _HEADING.match(text)
    return "" if found is None else re.sub(r"[一二三四五六七八九十\d]+", "#", found.group())


def chapter_text(desk: Desk, document: str, top: tuple[str, ...]) -> str:
    """The folded running text of the chapter under a top heading (the first part of a section's path)."""
    sections = [section for section in desk.shelf.sections(document) if section.path[:1] == top]
    return fold("".join(paragraph.text for section in sections for paragraph in section.paragraphs))


def half_said(names: Sequence[str], text: str) -> bool:
    """Whether half of one of these folded names stands in a text in one piece.

    >>> half_said(["新建社区服务中心"], "本社区服务中心位于"), half_said(["新建社区服务中心"], "道路养护")
    (True, False)
    """
    return any(n[at : at + (len(n) + 1) // 2] in text for n in names for at in range(len(n) // 2 + 1))


def paragraph_found(document: str, section: Section, paragraph: Paragraph) -> Found:
    """A whole paragraph as a thing that can be quoted, with its place."""
    text = paragraph.text.strip()
    page, bbox = next(iter(paragraph.places(0, len(paragraph.text))), (None, None))
    return Found(document, section.title, text, page, bbox)


def sentences_at_hand(desk: Desk, document: str) -> tuple[Found, ...]:
    """Every sentence of a document's running text, with its place."""
    return desk.shelf.keep("sentences", document, lambda: _sentences(desk, document))


def _sentences(desk: Desk, document: str) -> list[Found]:
    found: list[Found] = []
    for section in desk.shelf.sections(document):
        head = ""
        for paragraph in section.paragraphs:
            for at, (start, end) in enumerate(sentences(paragraph.text)):
                if text := paragraph.text[start:end].strip():
                    page, bbox = next(iter(paragraph.places(start, end)), (None, None))
                    if _USED_FOR.match(text) and at and found:
                        before = found.pop()  # "X科目21万元。主要用于…": one statement
                        found.append(replace(before, text=before.text + text))
                        continue
                    found.append(Found(document, "·".join(section.path), text, page, bbox, head=head))
                    head = text if at == 0 and len(text) <= _HEAD else head
    texts = [fold(f"{item.section}。{item.text}") for item in found]
    for at, item in enumerate(found):
        found[at] = replace(item, around="".join(texts[max(0, at - _AROUND) : at + 1]))
    return found


def long_cells(desk: Desk, document: str) -> tuple[Found, ...]:
    """Every sentence in a cell that is long enough to be read like running text, under its table's project."""
    return desk.shelf.keep("cells", document, lambda: _cells(desk, document))


def _cells(desk: Desk, document: str) -> list[Found]:
    projects: dict[str | None, set[str]] = {}
    for figure in desk.shelf.figures(document):
        name = figure.entity or (figure.account if figure.scheme is Scheme.PROJECT else "")
        projects.setdefault(figure.locator.table_id, set()).update({name} if name else ())
    found = []
    for table in desk.shelf.tables(document):
        named = projects.get(table.id, set())
        above = next(iter(named)) if len(named) == 1 else table.title
        for cell in table.cells:
            if len(cell.text) >= _TOLD_CELL:
                found += [
                    Found(document, above, text, cell.page, cell.bbox, cell=True)
                    for start, end in sentences(cell.text)
                    if (text := cell.text[start:end].strip())
                ]
    return found
