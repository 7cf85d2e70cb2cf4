"""Running text as the word checks see it: without blanks, with a way back to the place where it is printed.

Paragraphs and cells full of words are alike here: both state amounts in sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.disclosure import Cell, Paragraph, Side, Span, Table
from corpus.locator import Locator
from corpus.money import MONEY_UNITS, Mention, mentions
from corpus.record import Record
from ingest.prose.clauses import Prose, compact, mended

_WORDS = re.compile(r"[\u4e00-\u9fff]")
_WORDY = 8
"""Han characters that make a cell one of words."""
_GLOSSARY = re.compile(r"名词解释|目录|主要职[责能]|工作任务")


@dataclass(frozen=True, slots=True)
class Wording:
    """A paragraph or a cell. `text` has no blanks; `section` is the heading path, `table` the table it stands in."""

    document: str
    prose: Prose
    section: tuple[str, ...] = ()
    table: Table | None = None
    cell: Cell | None = None

    @property
    def text(self) -> str:
        """The words without blanks, brackets and commas half-width."""
        return self.prose.text

    def locator(self, start: int, end: int) -> Locator:
        """The place of characters `start`..`end` of `text`."""
        first, last = self.prose.printed(start, end)
        quote = self.prose.paragraph.text[first:last].strip()
        places = self.prose.paragraph.places(first, last)
        page, box = places[0] if places else (None, None)
        if self.table is None or self.cell is None:
            return Locator(self.document, page, section="/".join(self.section), quote=quote, bbox=box)
        return cell_locator(self.document, self.table, self.cell, quote)

    def side(self, mention: Mention) -> Side:
        """The number as one side of a finding, quoted with the words of its clause."""
        start = max(self.text.rfind(mark, 0, mention.start) for mark in ",;。:") + 1
        return Side(self.locator(start, mention.end), str(mention.value), mention.unit or None)

    @property
    def english(self) -> str:
        """The place in English words around the printed names."""
        page = self.cell.page if self.cell is not None else self._page()
        where = f" on page {page}" if page else ""
        if self.table is not None:
            return f"table “{self.table.title}”{where}"
        return f"“{self.section[-1] if self.section else ''}”{where}"

    def _page(self) -> int | None:
        return next((span.page for span in self.prose.paragraph.spans if span.page), None)

    def __str__(self) -> str:
        if self.table is not None and self.cell is not None:
            page = f"第{self.cell.page}页" if self.cell.page else ""
            return f"{page}《{self.table.title or '表格'}》"
        number = self._page()
        return (f"第{number}页" if number else "") + f"“{self.section[-1] if self.section else '说明'}”"


def cell_locator(document: str, table: Table, cell: Cell, quote: str | None = None) -> Locator:
    """The place of a cell: its row's first words and its column's heading as labels."""
    label = next((c.text for c in table.cells if c.row <= cell.row < c.row + c.rowspan and _WORDS.search(c.text)), "")
    column = table.columns[cell.column] if cell.column < len(table.columns) else ""
    return Locator(
        document, cell.page, table.title, label, column, None, cell.text if quote is None else quote, cell.bbox,
        table.id, cell.row, cell.column,
    )  # fmt: skip


def paragraphs(record: Record) -> list[Wording]:
    """The document's prose, without definitions and duties."""
    name = record.disclosure.name
    return [
        Wording(name, compact(paragraph), section.path)
        for section in record.sections
        if not any(_GLOSSARY.search(title) for title in section.path)
        for paragraph in mended(section.paragraphs)
    ]


def wordy_cells(record: Record) -> list[Wording]:
    """Cells that hold sentences, of every table."""
    found = []
    for table in record.tables:
        for cell in table.cells:
            if len(_WORDS.findall(cell.text)) >= _WORDY:
                found.append(Wording(record.disclosure.name, compact(paragraph_of(cell)), table=table, cell=cell))
    return found


def paragraph_of(cell: Cell) -> Paragraph:
    """The cell's text as a paragraph."""
    return Paragraph(cell.text, (Span(0, len(cell.text), cell.page, cell.bbox),))


def money(text: str) -> list[Mention]:
    """The amounts of money in a text."""
    return [m for m in mentions(text) if m.unit in MONEY_UNITS]
