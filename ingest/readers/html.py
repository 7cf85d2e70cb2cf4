"""Web pages as content systems save them: tables with spans, tables that only lay out the page, words left out.

A table that holds other tables or whole paragraphs lays out the page; its cells are read one after the other. Scripts,
styles, forms and what is not displayed are dropped. Character sets come from the byte order mark, the page's own
declaration, or the bytes themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from corpus.money import normalise
from ingest.errors import UnreadableFile
from ingest.page import Block, Line, Page
from ingest.readers.assemble import Piece, clean_cell, grid_of
from ingest.readers.text import decode

_DROPPED = {
    "script", "style", "noscript", "template", "head", "title", "iframe", "object", "svg", "select", "button",
    "textarea", "input", "nav",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "b", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "tt", "u", "var", "o:p", "st1:chsdate", "st1:chmetcnv",
}  # fmt: skip
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_CHINESE = {"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONG_CELL = 400
"""Characters from which a lone cell with several paragraphs is taken for page layout."""
MAX_DEPTH = 300


def read_html(data: bytes) -> list[Page]:
    """The one page (number None) of an HTML file. Raises `UnreadableFile` when there is no page in it."""
    text, warnings = _decoded(data)
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        # the declaration of an encoding is of no use once the text is decoded, and lxml refuses it
        root = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(
            "网页文件没有内容或已损坏，请重新保存网页。 The web page is empty or damaged; please save it again."
        ) from error
    blocks = tuple(_Flow().blocks(root))
    if blocks and (title := _title(root)) and not (isinstance(blocks[0], Line) and blocks[0].text.startswith(title)):
        blocks = (Line(title, None, starts_paragraph=True), *blocks)
    return [Page(None, 0.0, 0.0, blocks, source="text" if blocks else "none", warnings=warnings)]


def _title(root: etree._Element) -> str:
    """The page's title without the site's name after it: often the only place where issuer and year stand together."""
    node = root.find(".//title")
    text = clean_cell(node.text or "") if node is not None else ""
    return re.split(r"\s*[-_|—]+\s*", text)[0] if len(text) <= 120 else ""


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The page's text. UTF-8 is told by its bytes, whatever the page declares; then comes what it declares."""
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:4096])
    name = declared.group(1).decode("ascii", "ignore").lower() if declared else ""
    if name and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("gb18030" if name in _CHINESE else name), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


class _Flow:
    """Walks the tree in order; text gathers until a block ends."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._heading: int | None = None

    def blocks(self, node: etree._Element, depth: int = 0) -> Iterator[Block]:
        """The lines and grids of a node and what is in it."""
        tag = _tag(node)
        if tag in _DROPPED or _is_hidden(node) or depth > MAX_DEPTH:
            return
        if tag == "br":
            yield from self._flush()
            return
        if tag == "table" and not _lays_out(node):
            yield from self._flush()
            yield from _grid(node)
            return
        block = tag not in _INLINE
        if block:
            yield from self._flush()
        if re.fullmatch(r"h[1-6]", tag):
            self._heading = int(tag[1])
        self._text.append(node.text or "")
        for child in node:
            yield from self.blocks(child, depth + 1)
            self._text.append(child.tail or "")
        if block:
            yield from self._flush()

    def _flush(self) -> Iterator[Line]:
        text = clean_cell("".join(self._text).replace("\t", " "))
        heading = self._heading
        self._text, self._heading = [], None
        if text:
            yield Line(text, None, starts_paragraph=True, heading=heading)


def _tag(node: etree._Element) -> str:
    return node.tag.lower() if isinstance(node.tag, str) else "script"


def _is_hidden(node: etree._Element) -> bool:
    return bool(_HIDDEN.search(node.get("style") or "")) or node.get("hidden") is not None


def _rows(table: etree._Element) -> list[etree._Element]:
    """The table's own rows, not those of tables inside its cells."""
    found = []
    for child in table:
        if _tag(child) == "tr":
            found.append(child)
        elif _tag(child) in ("thead", "tbody", "tfoot"):
            found.extend(row for row in child if _tag(row) == "tr")
    return found


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if _tag(cell) in ("td", "th")]


def _lays_out(table: etree._Element) -> bool:
    """Whether a table only arranges the page: one cell, tables inside, or whole paragraphs in few cells."""
    cells = [cell for row in _rows(table) for cell in _cells(row)]
    if len(cells) <= 1 or any(_tag(inner) == "table" for cell in cells for inner in cell.iterdescendants()):
        return True
    if len(cells) > 6:
        return False
    return any(
        len("".join(cell.itertext())) > _LONG_CELL
        and sum(_tag(inner) in ("p", "div", "br") for inner in cell.iter()) > 3
        for cell in cells
    )


def _grid(table: etree._Element) -> Iterator[Block]:
    caption = next((child for child in table if _tag(child) == "caption"), None)
    if caption is not None and (text := clean_cell(_cell_text(caption))):
        yield Line(text, None, starts_paragraph=True)
    rows = [row for row in _rows(table) if not _is_hidden(row)]
    pieces = [[_piece(cell) for cell in _cells(row)] for row in rows]
    header = 0
    while header < len(rows) and _cells(rows[header]) and all(_tag(cell) == "th" for cell in _cells(rows[header])):
        header += 1
    grid = grid_of(pieces, header_rows=header if 0 < header < len(rows) else None)
    filled = grid is not None and any(cell.text for cell in grid.cells)
    if grid is not None and filled:
        yield grid


def _piece(cell: etree._Element) -> Piece:
    return Piece(_cell_text(cell), _span(cell, "rowspan"), _span(cell, "colspan"))


def _span(cell: etree._Element, name: str) -> int:
    """A span attribute: 1 where it is missing or no number; rowspan=0 means to the end of the table."""
    found = re.match(r"\s*(\d{1,4})", cell.get(name) or "")
    value = int(found.group(1)) if found else 1
    return 10_000 if value == 0 and name == "rowspan" else max(1, value)


def _cell_text(node: etree._Element) -> str:
    """A cell's text; its paragraphs and breaks become line breaks, which `clean_cell` takes out."""
    if _tag(node) in _DROPPED or _is_hidden(node):
        return ""
    pieces = [re.sub(r"\s+", " ", normalise(node.text or ""))]
    for child in node:
        pieces.append("\n" if _tag(child) in ("br", "p", "div", "li") else "")
        pieces.append(_cell_text(child))
        pieces.append(re.sub(r"\s+", " ", normalise(child.tail or "")))
    return "".join(pieces)
