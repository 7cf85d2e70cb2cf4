"""Word files: paragraphs and tables in order, merged cells as they are merged, nested tables on their own.

Cells follow ECMA-376 part 1, 17.4: w:gridSpan runs over columns, w:vMerge continues the cell above, w:gridBefore and
w:gridAfter leave columns out. Deleted text (w:del) is not there, inserted text is; hidden text (w:vanish) is not printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from corpus.money import normalise
from ingest.errors import UnreadableFile
from ingest.page import Block, Line, Page
from ingest.readers.assemble import Piece, grid_of
from ingest.readers.package import open_package, parse_xml, part_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "fldChar")}
_BOX = f"{_W}txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN = {*_SKIPPED, _BOX, _FALLBACK}
_DIGITS = "零一二三四五六七八九十"
_DEPTHS = "012345678"  # a list has nine levels (17.9.3); counting to a made-up one would never end


def read_docx(data: bytes) -> list[Page]:
    """The one page (number None) of a .docx file. Raises `UnreadableFile` when it is damaged, encrypted or a bomb."""
    archive = open_package(data, "Word")
    content = part_of(archive, "word/document.xml")
    if content is None:
        raise UnreadableFile(
            "Word 文件缺少正文，请另存为 .docx 后再导入。 The Word file has no body; please save it as .docx again."
        )
    body = parse_xml(content).find(f"{_W}body")
    styles = _Styles(part_of(archive, "word/styles.xml"))
    numbers = _Numbering(part_of(archive, "word/numbering.xml"))
    blocks = tuple(_blocks(body, styles, numbers)) if body is not None else ()
    return [Page(None, 0.0, 0.0, blocks, source="text" if blocks else "none")]


def _blocks(parent: _Element, styles: _Styles, numbers: _Numbering) -> Iterator[Block]:
    for node in parent:
        if node.tag == f"{_W}p":
            yield from _paragraph(node, styles, numbers)
        elif node.tag == f"{_W}tbl":
            yield from _table(node, styles, numbers)
        elif node.tag in (f"{_W}sdt", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            inner = node.find(f"{_W}sdtContent")
            yield from _blocks(node if inner is None else inner, styles, numbers)


def _paragraph(node: _Element, styles: _Styles, numbers: _Numbering) -> Iterator[Block]:
    """The paragraph's line, then what its text boxes hold: a title page is often made of them."""
    text = re.sub(r"[ \t]+", " ", normalise(_text(node, styles))).strip()
    level = styles.levels.get(_value(node, "pPr/pStyle"))
    if text:
        number = numbers.printed(node)
        for piece in (f"{number}{text}").split("\n"):
            if piece.strip():
                yield Line(piece.strip(), None, starts_paragraph=True, heading=level)
    yield from _boxed(node, styles, numbers)


def _boxed(paragraph: _Element, styles: _Styles, numbers: _Numbering) -> Iterator[Block]:
    """What the text boxes of a paragraph hold, tables too; boxes in boxes come with those that they are in."""
    style = _value(paragraph, "pPr/pStyle")
    for box in paragraph.iter(_BOX):
        around = takewhile(lambda node: node is not paragraph, box.iterancestors())
        if not any(node.tag in _UNSEEN or (node.tag == f"{_W}r" and styles.hides(node, style)) for node in around):
            yield from _blocks(box, styles, numbers)


def _text(paragraph: _Element, styles: _Styles) -> str:
    """The text of a paragraph as it is printed after accepting all changes; line breaks stay."""
    return _text_in(paragraph, styles, _value(paragraph, "pPr/pStyle"))


def _text_in(node: _Element, styles: _Styles, style: str) -> str:
    """The text in a part of a paragraph of that style."""
    pieces: list[str] = []
    for child in node:
        if child.tag in _UNSEEN or (child.tag == f"{_W}r" and styles.hides(child, style)):
            continue
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag == f"{_W}tab":
            pieces.append("\t")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif child.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        elif isinstance(child.tag, str):
            pieces.append(_text_in(child, styles, style))
    return "".join(pieces)


def _table(node: _Element, styles: _Styles, numbers: _Numbering) -> Iterator[Block]:
    rows = [
        row
        for row in _children(node, "tr")
        if row.find(f"{_W}trPr/{_W}del") is None and not _is_on(row.find(f"{_W}trPr/{_W}hidden"))
    ]
    laid: list[list[tuple[int, int, _Element]]] = [_places(row) for row in rows]
    starts: list[dict[int, bool]] = [{at: _goes_on(cell) for at, _, cell in row} for row in laid]
    pieces: list[list[Piece]] = []
    inside: list[Block] = []
    for number, row in enumerate(laid):
        line: list[Piece] = []
        end = 0
        for at, span, cell in row:
            if at > end:
                line.append(Piece("", 1, at - end))
            end = at + span
            if _goes_on(cell) and number and at in starts[number - 1]:
                continue
            height = 1
            while number + height < len(rows) and starts[number + height].get(at, False):
                height += 1
            paragraphs = list(_children(cell, "p"))
            line.append(Piece("\n".join(_text(paragraph, styles) for paragraph in paragraphs), height, span))
            for table in _children(cell, "tbl"):
                inside += _table(table, styles, numbers)
            for paragraph in paragraphs:
                inside += _boxed(paragraph, styles, numbers)
        pieces.append(line)
    grid = grid_of(pieces, header_rows=_header_rows(rows) or None)
    filled = grid is not None and any(cell.text for cell in grid.cells)
    if grid is not None and filled:
        yield grid
    yield from inside


def _children(node: _Element, name: str) -> Iterator[_Element]:
    """Children of that name, also inside content controls and tracked insertions."""
    for child in node:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _children(child, name)


def _places(row: _Element) -> list[tuple[int, int, _Element]]:
    """Each cell of a row with the grid column it begins at and how many it spans."""
    at = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
    found = []
    for cell in _children(row, "tc"):
        span = max(1, min(_number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1), 200))
        found.append((at, span, cell))
        at += span
    return found


def _number(node: _Element | None, default: int) -> int:
    value = node.get(f"{_W}val", "") if node is not None else ""
    return int(value) if value.isdecimal() else default


def _value(node: _Element, path: str) -> str:
    """The w:val of an element somewhere below, "" where there is none."""
    found = node.find("/".join(f"{_W}{name}" for name in path.split("/")))
    return found.get(f"{_W}val", "") if found is not None else ""


def _is_on(mark: _Element | None) -> bool:
    """Whether a property that is on or off is there and on (17.17.4)."""
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off")


def _goes_on(cell: _Element) -> bool:
    """Whether the cell is the continuation of the one above it (w:vMerge without w:val="restart")."""
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") != "restart"


def _header_rows(rows: list[_Element]) -> int:
    """Rows that Word repeats on every page (w:tblHeader): the header as its author marked it."""
    count = 0
    for row in rows:
        if not _is_on(row.find(f"{_W}trPr/{_W}tblHeader")):
            break
        count += 1
    return count


class _Styles:
    """What is needed of the styles: which are headings, and which hide their text."""

    def __init__(self, content: bytes | None) -> None:
        self.levels: dict[str, int] = {}
        """Ids of the paragraph styles with an outline level, and that level from 1."""
        self._hiding: dict[str, bool] = {}
        self._based: dict[str, str] = {}
        for style in parse_xml(content).iter(f"{_W}style") if content is not None else ():
            identity = style.get(f"{_W}styleId", "")
            level = style.find(f"{_W}pPr/{_W}outlineLvl")
            named = re.fullmatch(r"(?:heading|标题)\s*(\d)", _value(style, "name"), re.I)
            if level is not None and _number(level, 9) < 9:
                self.levels[identity] = _number(level, 9) + 1
            elif named:
                self.levels[identity] = int(named.group(1))
            self._based[identity] = _value(style, "basedOn")
            mark = style.find(f"{_W}rPr/{_W}vanish")
            if mark is not None:
                self._hiding[identity] = _is_on(mark)

    def hides(self, run: _Element, style: str) -> bool:
        """Whether a run in a paragraph of that style is hidden text (w:vanish), which is not printed.

        What the run says itself counts; else one of its two styles must hide it, and not both (17.7.3).
        """
        own = run.find(f"{_W}rPr/{_W}vanish")
        return _is_on(own) if own is not None else self._hides(_value(run, "rPr/rStyle")) != self._hides(style)

    def _hides(self, style: str) -> bool:
        """Whether a style, or the nearest that it is based on and that says so, hides text."""
        seen = set()
        while style and style not in self._hiding and style not in seen:
            seen.add(style)
            style = self._based.get(style, "")
        return self._hiding.get(style, False)


class _Numbering:
    """Numbers that Word counts itself (一、 二、 …): they are part of what is printed but stand in no text."""

    def __init__(self, content: bytes | None) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counts: dict[str, list[int]] = {}
        if content is None:
            return
        root = parse_xml(content)
        abstract = {node.get(f"{_W}abstractNumId", ""): node for node in root.iter(f"{_W}abstractNum")}
        for number in root.iter(f"{_W}num"):
            link = number.find(f"{_W}abstractNumId")
            levels = abstract.get(link.get(f"{_W}val", "")) if link is not None else None
            for level in levels.iter(f"{_W}lvl") if levels is not None else ():
                style, text = level.find(f"{_W}numFmt"), level.find(f"{_W}lvlText")
                start = _number(level.find(f"{_W}start"), 1)
                depth = level.get(f"{_W}ilvl", "0")
                if len(depth) != 1 or depth not in _DEPTHS:
                    continue
                self._levels[number.get(f"{_W}numId", ""), int(depth)] = (
                    style.get(f"{_W}val", "") if style is not None else "",
                    text.get(f"{_W}val", "") if text is not None else "",
                    start,
                )

    def printed(self, paragraph: _Element) -> str:
        """The number printed before a paragraph, "" where it has none or a bullet; counts on."""
        node = paragraph.find(f"{_W}pPr/{_W}numPr")
        if node is None:
            return ""
        identity = node.find(f"{_W}numId")
        number = identity.get(f"{_W}val", "") if identity is not None else ""
        depth = _number(node.find(f"{_W}ilvl"), 0)
        style, text, start = self._levels.get((number, depth), ("", "", 1))
        if not text or style in ("bullet", "none", ""):
            return ""
        counts = self._counts.setdefault(number, [])
        del counts[depth + 1 :]
        while len(counts) <= depth:
            counts.append(self._levels.get((number, len(counts)), ("", "", 1))[2] - 1)
        counts[depth] = max(counts[depth] + 1, start)
        shown = [self._shown(number, level, count) for level, count in enumerate(counts)]
        return normalise(re.sub(r"%(\d)", lambda m: shown[int(m[1]) - 1] if int(m[1]) <= len(shown) else "", text))

    def _shown(self, number: str, level: int, count: int) -> str:
        style = self._levels.get((number, level), ("", "", 1))[0]
        return (
            chinese(count) if "hinese" in style or "ideograph" in style or style == "japaneseCounting" else str(count)
        )


def chinese(count: int) -> str:
    """A count up to 99 in Chinese numerals: 12 is 十二, 21 is 二十一."""
    tens, ones = divmod(count, 10)
    if not 0 < count < 100:
        return str(count)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
