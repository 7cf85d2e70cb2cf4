"""Where a statement of running text stands: its quote and the box of the printed line on which its number begins."""

from __future__ import annotations

from corpus.disclosure import Disclosure, Section
from corpus.locator import Locator
from ingest.prose.clauses import Prose


def printed(prose: Prose, span: tuple[int, int]) -> str:
    """The characters of a span of the compact text as the document prints them."""
    start, end = prose.printed(*span)
    return prose.paragraph.text[start:end].strip(" ,;:、")


def place(prose: Prose, span: tuple[int, int], at: int, section: Section, disclosure: Disclosure) -> Locator:
    """The locator of a clause, with the box of that printed line of it on which the number begins."""
    start, end = prose.printed(*span)
    number = prose.offsets[min(at, len(prose.offsets) - 1)]
    places = prose.paragraph.places(start, end)
    before = prose.paragraph.places(start, number + 1)
    page, box = places[max(len(before) - 1, 0)] if places else (None, None)
    return Locator(disclosure.name, page=page, section="/".join(section.path), quote=printed(prose, span), bbox=box)
