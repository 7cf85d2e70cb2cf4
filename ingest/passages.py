"""Sections and tables → passages: pieces of text small enough to be found and quoted, each with its context.

A paragraph is one passage; a long one is cut between sentences. A table's row is one passage, its cells named by their
columns, and every table has one more for what it is: title, columns, notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus.disclosure import Cell, Disclosure, Paragraph, Section, Table
from corpus.locator import Box
from corpus.money import parse_number
from corpus.passage import Passage

LONGEST = 300
"""Characters of a prose passage, unless one clause alone is longer."""
_SHORT = 24  # a paragraph below this many characters says little alone and joins the next
_SEPARATORS = ["。", "！", "!", "？", "?", "；", ";", "，", ",", "、", ""]
_BETWEEN = " / "

Boxes = tuple[tuple[int | None, Box | None], ...]


def passages(sections: Sequence[Section], tables: Sequence[Table], disclosure: Disclosure) -> list[Passage]:
    """All passages of a disclosure: its prose in order, then its tables in order."""
    about = f"{disclosure.issuer} {disclosure.year} {disclosure.basis}"
    found = [passage for section in sections for passage in _prose(section, disclosure.name, about)]
    found.extend(passage for table in tables for passage in _rows(table, disclosure.name, about))
    return found


def _prose(section: Section, document: str, about: str) -> Iterator[Passage]:
    path = _BETWEEN.join(part for part in section.path if part)
    context = f"{about} · {path}" if path else about
    for text, boxes in _pieces(section.paragraphs):
        page = next((page for page, _ in boxes if page is not None), None)
        yield Passage(document, path, text, "prose", page, context, boxes)


def _pieces(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, Boxes]]:
    """Texts of at most about `LONGEST` characters with the boxes that they stand in."""
    texts: list[str] = []
    boxes: Boxes = ()
    for paragraph in paragraphs:
        if not paragraph.text.strip():
            continue
        for start, end in _cuts(paragraph.text):
            texts.append(paragraph.text[start:end].strip())
            boxes += tuple(paragraph.places(start, end))
            if sum(map(len, texts)) >= _SHORT:
                yield "\n".join(texts), boxes
                texts, boxes = [], ()
    if texts:
        yield "\n".join(texts), boxes


def _cuts(text: str) -> list[tuple[int, int]]:
    """Where to cut a paragraph: (start, end) of each piece, ends at sentences where it can."""
    if len(text) <= LONGEST:
        return [(0, len(text))]
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # slow to import, and few files need it

    splitter = RecursiveCharacterTextSplitter(
        separators=_SEPARATORS, keep_separator="end", chunk_size=LONGEST, chunk_overlap=0, strip_whitespace=False
    )
    cuts, start = [], 0
    for piece in splitter.split_text(text):
        cuts.append((start, start + len(piece)))
        start += len(piece)
    return cuts


def _rows(table: Table, document: str, about: str) -> Iterator[Passage]:
    context = f"{about} · {table.section}" if table.section else about
    title = f"{table.title}(单位:{table.unit})" if table.unit else table.title
    page = table.pages[0] if table.pages else None
    yield Passage(document, table.section, _summary(table, title), "table", page, context, (), table.id)
    for row, cells in _body(table):
        text = f"{title} · {_row_text(table, cells)}"
        boxes = _union(cells)
        where = next((page for page, _ in boxes if page is not None), page)
        yield Passage(document, table.section, text, "table", where, context, boxes, table.id, row)


def _summary(table: Table, title: str) -> str:
    """What the table is about: title, columns, notes, and that it is empty when it is."""
    columns = "、".join(dict.fromkeys(column for column in table.columns if column))
    parts = [title, columns, *table.notes]
    if table.empty:
        parts.append("表中无数据")
    return " · ".join(part for part in parts if part)


def _body(table: Table) -> Iterator[tuple[int, list[Cell]]]:
    """Body rows that say anything, each with the cells that cover it, from left to right."""
    covering: dict[int, list[Cell]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.column, cell.row)):
        if cell.text.strip():
            for row in range(max(cell.row, table.header_rows), min(cell.row + cell.rowspan, table.n_rows)):
                covering.setdefault(row, []).append(cell)
    for row in sorted(covering):
        if any(cell.row == row for cell in covering[row]):
            yield row, covering[row]


def _row_text(table: Table, cells: Sequence[Cell]) -> str:
    """The row's label, then every other cell with its column: "教育支出 · 科目编码: 205; 合计: 1.00"."""
    label = next((cell for cell in cells if parse_number(cell.text) is None), None)
    named = []
    for cell in cells:
        if cell is not label:
            column = table.columns[cell.column] if cell.column < len(table.columns) else ""
            named.append(f"{column}: {cell.text}" if column else cell.text)
    return " · ".join(part for part in (label.text if label else "", "; ".join(named)) if part)


def _union(cells: Iterable[Cell]) -> Boxes:
    """One box a page around the cells; none for a format without geometry."""
    around: dict[int | None, Box] = {}
    for cell in cells:
        if cell.bbox is None:
            continue
        old = around.get(cell.page, cell.bbox)
        new = cell.bbox
        around[cell.page] = (min(old[0], new[0]), min(old[1], new[1]), max(old[2], new[2]), max(old[3], new[3]))
    return tuple(around.items())
