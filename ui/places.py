"""Links to evidence, and what such a link leads to: page, lit boxes, table cell, other readings.

A link only points; what it shows is looked up in the book, so that a forged link cannot put words on our page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from corpus.disclosure import Cell, Disclosure, PageInfo, Paragraph, Table
from corpus.figure import Figure
from corpus.figures import Book
from corpus.locator import Box, Locator
from ui.export import figure_row
from ui.words import Language

LONGEST_QUOTE = 600
"""Characters of a quote that a link carries; more would not fit every server's address line."""


@dataclass(frozen=True, slots=True)
class Light:
    """A box to light on a page. `exact` is the cell or number itself, else the sentence around it."""

    page: int
    box: Box
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the evidence view shows of one place. `lost`: the link names words that the document does not hold."""

    disclosure: Disclosure
    place: Locator
    pages: tuple[PageInfo, ...] = ()
    lights: tuple[Light, ...] = ()
    figure: Figure | None = None
    others: tuple[Figure, ...] = ()
    table: Table | None = None
    paragraph: Paragraph | None = None
    lost: bool = False

    @property
    def paged(self) -> bool:
        """Whether the document has page pictures."""
        return self.disclosure.format == "pdf" and bool(self.pages)


def link(place: Locator, figure: str | None = None, language: Language = "zh") -> str:
    """The address of the evidence view of a place, or of a figure by its id."""
    if figure is not None:
        query: dict[str, Any] = {"figure": figure}
    else:
        query = {
            "document": place.document, "page": place.page, "table": place.table_id, "row": place.row_index,
            "column": place.column_index, "quote": place.quote[:LONGEST_QUOTE] or None,
        }  # fmt: skip
    if language == "en":
        query["lang"] = "en"
    return "/evidence?" + urlencode({key: value for key, value in query.items() if value is not None})


def page_link(shown: Shown, number: int, language: Language) -> str:
    """The same evidence, opened at another page."""
    return f"{link(shown.place, shown.figure.id if shown.figure else None, language)}&at={number}"


def find(book: Book, query: Mapping[str, Any]) -> Shown | None:
    """What an evidence link leads to; None when its figure, document or page is not in the book."""
    figure = book.figure(str(query["figure"])) if query.get("figure") else None
    if query.get("figure") and figure is None:
        return None
    place = figure.locator if figure else _place(query)
    disclosure = book.disclosure(place.document)
    if disclosure is None:
        return None
    pages = tuple(book.pages(place.document))
    if place.page is not None and pages and place.page not in {page.number for page in pages}:
        return None
    others = tuple(f for f in map(book.figure, figure.others) if f is not None) if figure else ()
    shown = Shown(disclosure, place, pages, figure=figure, others=others)
    return _cell_shown(book, shown) if place.table_id else _sentence_shown(book, shown)


def evidence_row(shown: Shown) -> dict[str, Any]:
    """The evidence view's JSON twin. `lights` are boxes in points from the top left corner of their page."""
    place = shown.place
    return {
        "document": place.document, "page": place.page, "table": place.table, "table_id": place.table_id,
        "row": place.row, "column": place.column, "section": place.section, "quote": place.quote,
        "lost": shown.lost, "figure": None if shown.figure is None else figure_row(shown.figure),
        "lights": [{"page": at.page, "bbox": list(at.box), "exact": at.exact} for at in shown.lights],
        "others": [figure_row(other) for other in shown.others],
        "paragraph": None if shown.paragraph is None else shown.paragraph.text,
    }  # fmt: skip


def _place(query: Mapping[str, Any]) -> Locator:
    return Locator(
        document=str(query.get("document") or ""), page=query.get("page"), quote=str(query.get("quote") or ""),
        table_id=query.get("table"), row_index=query.get("row"), column_index=query.get("column"),
    )  # fmt: skip


def _cell_shown(book: Book, shown: Shown) -> Shown:
    place = shown.place
    table = book.table(place.document, str(place.table_id))
    if table is None:
        return replace(shown, lost=True)
    cell = _cell(table, place)
    box = place.bbox or (cell.bbox if cell else None)
    page = place.page if place.page is not None else (cell.page if cell else None)
    lights = (Light(page, box),) if box is not None and page is not None else ()
    if shown.figure is None:  # the words come from the book, not from the link
        columns = table.columns
        column = columns[place.column_index] if cell and place.column_index is not None else None
        place = replace(place, page=page, table=table.title, column=column, quote=cell.text if cell else "")
    return replace(shown, place=place, table=table, lights=lights)


def _cell(table: Table, place: Locator) -> Cell | None:
    if place.row_index is None or place.column_index is None:
        return None
    if not 0 <= place.column_index < len(table.columns):
        return None
    return table.at(place.row_index, place.column_index)


def _sentence_shown(book: Book, shown: Shown) -> Shown:
    place = shown.place
    exact = [Light(place.page, place.bbox)] if place.bbox is not None and place.page is not None else []
    if not place.quote:
        return replace(shown, lights=tuple(exact))
    found = _paragraph(book, place)
    if found is None:
        lost = shown.figure is None and not _printed(shown)
        kept = replace(place, quote="") if lost else place
        return replace(shown, place=kept, lights=tuple(exact), lost=lost)
    paragraph, section, start = found
    lines = paragraph.places(start, start + len(place.quote))
    around = [Light(page, box, exact=not exact) for page, box in lines if page is not None and box is not None]
    page = place.page if place.page is not None else next((page for page, _ in lines if page is not None), None)
    place = replace(place, page=page, section=place.section or section)
    return replace(shown, place=place, lights=(*around, *exact), paragraph=paragraph)


def _paragraph(book: Book, place: Locator) -> tuple[Paragraph, str, int] | None:
    """The paragraph in which the quote stands, by preference on the place's page."""
    found = list(_holding(book, place))
    here = [f for f in found if place.page is None or place.page in {page for page, _ in f[0].places(f[2], f[2] + 1)}]
    return next(iter(here or found), None)


def _holding(book: Book, place: Locator) -> Iterator[tuple[Paragraph, str, int]]:
    for section in book.sections(place.document):
        for paragraph in section.paragraphs:
            start = paragraph.text.find(place.quote)
            while start >= 0:
                yield paragraph, section.title, start
                start = paragraph.text.find(place.quote, start + 1)


def _printed(shown: Shown) -> bool:
    """Whether the quote stands on its page's plain text, line breaks and blanks aside."""
    quote = "".join(shown.place.quote.split())
    pages = (p for p in shown.pages if shown.place.page in (None, p.number))
    return any(quote in "".join(page.text.split()) for page in pages)
