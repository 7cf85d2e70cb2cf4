"""PDF files become pages: pdfium's geometry is the first reading, pypdf's text the second that checks the first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import pypdfium2 as pdfium

from ingest.errors import UnreadableFile
from ingest.grids.geometry import Sheet
from ingest.grids.grid import blocks
from ingest.page import Block, Grid, Page
from ingest.readers.ocr import is_scan, read_scan, unread_scan
from ingest.readers.pdfium import sheet
from ingest.readers.second_reading import second_reading

_NUMBER = re.compile(r"\d[\d,.]*")

NOT_A_PDF = "这不是 PDF 文件。 This is not a PDF file."
ENCRYPTED = "PDF 文件已加密，需要密码才能打开。 The PDF file is encrypted and needs a password."
TRUNCATED = "PDF 文件不完整（可能下载中断），请重新下载。 The PDF file is truncated; please download it again."
DAMAGED = "PDF 文件已损坏，无法读取。 The PDF file is damaged and cannot be read."
EMPTY = "PDF 文件没有任何页面。 The PDF file has no pages."


def read_pdf(data: bytes, *, max_pages: int = 2000, recognise: bool = True) -> list[Page]:
    """The pages of a PDF file: grids and lines in reading order, checked against a second reading.

    Scanned pages are recognised when `recognise` is True and the extra `ocr` is installed; else they come back empty
    with source "none". Raises `UnreadableFile` for what is not a PDF, encrypted, truncated, damaged, empty or longer
    than `max_pages`.
    """
    document = _open(data)
    try:
        count = len(document)
        if count == 0:
            raise UnreadableFile(EMPTY)
        if count > max_pages:
            raise UnreadableFile(
                f"PDF 文件有 {count} 页，超过上限 {max_pages} 页。"
                f" The PDF file has {count} pages, the limit is {max_pages}."
            )
        second = second_reading(data)
        pages: list[Page] = []
        for index in range(count):
            pages.append(_page(document, index, next(second, None), recognise, pages[-1].blocks if pages else ()))
        return pages
    finally:
        document.close()


def read_geometry(data: bytes) -> list[Page]:
    """The pages by the first reading alone, unchecked: for measuring. Raises as `read_pdf` does."""
    document = _open(data)
    try:
        pages: list[Page] = []
        for index in range(len(document)):
            one = sheet(document, index)
            found = blocks(one, pages[-1].blocks if pages else ())
            pages.append(Page(one.number, one.width, one.height, tuple(found)))
        return pages
    finally:
        document.close()


def _open(data: bytes) -> pdfium.PdfDocument:
    if b"%PDF-" not in data[:1024]:
        raise UnreadableFile(NOT_A_PDF)
    tail = data[data.rfind(b"%%EOF") :] if b"%%EOF" in data else data
    if b"%%EOF" not in data or re.search(rb"\d\s+obj\b", tail):
        raise UnreadableFile(TRUNCATED)
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise UnreadableFile(ENCRYPTED if "password" in str(error).lower() else DAMAGED) from error


def _page(
    document: pdfium.PdfDocument, index: int, second: str | None, recognise: bool, before: Sequence[Block]
) -> Page:
    drawn = sheet(document, index)
    if drawn.recognised or is_scan(drawn):
        page = read_scan(document, drawn) if recognise else unread_scan(drawn)
        if page.source == "ocr" or not drawn.recognised:
            return page
    found = blocks(drawn, before)
    warnings: list[str] = []
    hidden = drawn.hidden - _headings(drawn, found)
    if hidden:
        warnings.append(f"本页有 {hidden} 个看不见的字符（隐藏或白色文字），未予采用。")
    if any(isinstance(block, Grid) and not block.ruled for block in found):
        warnings.append("本页有表格没有完整的框线，行列按文字的对齐推定，请对照原页。")
    if drawn.recognised:
        warnings.append("本页是扫描件，文字取自文件自带的识别层，可能有误。")
    if second is None:
        warnings.append("本页未能作第二次读取，数字未经复核。")
    else:
        warnings.extend(disagreement(_texts(found), second, drawn.beyond))
    source = "ocr" if drawn.recognised else "text"
    return Page(index + 1, drawn.width, drawn.height, tuple(found), second or "", source, tuple(warnings))


def _headings(drawn: Sheet, found: list[Block]) -> int:
    """How many characters of slanted text were read as headings."""
    texts = (
        {cell.text for block in found if isinstance(block, Grid) for cell in block.cells} if drawn.slanted else set()
    )
    runs = ("".join(glyph[0] for glyph in run) for run in drawn.slanted)
    return sum(len(run) for run in runs if run in texts)


def _texts(found: list[Block]) -> list[str]:
    texts: list[str] = []
    for block in found:
        if isinstance(block, Grid):
            texts.extend(cell.text for cell in block.cells if cell.text)
        else:
            texts.append(block.text)
    return texts


def disagreement(first: list[str], second: str, beyond: str = "") -> list[str]:
    """A sentence naming the numbers in which two readings of a page differ, none when they agree.

    Where a number is broken over lines or two numbers stand close together the readings may cut differently; that
    is no difference as long as the same digits follow each other. Nor is what the first reading saw `beyond` the
    visible page.
    """
    ours = Counter(token for text in first for token in _numbers(text))
    theirs = Counter(_numbers(second))
    missing, extra = theirs - ours - Counter(_numbers(beyond)), ours - theirs
    _strike_broken(extra, missing, second)
    _strike_broken(missing, extra, "\n".join(first))
    if not missing and not extra:
        return []
    parts = []
    if extra:
        parts.append("仅按位置读出 " + "、".join(sorted(extra.elements())[:10]))
    if missing:
        parts.append("仅按文字流读出 " + "、".join(sorted(missing.elements())[:10]))
    return ["本页数字两次读取不一致：" + "；".join(parts) + "。"]


def _numbers(text: str) -> list[str]:
    return [token.rstrip(".,") for token in _NUMBER.findall(text)]


def _strike_broken(wholes: Counter[str], pieces: Counter[str], text: str) -> None:
    """Strike out wholes that stand in the other reading's `text` broken by white space, and their pieces there."""
    for whole in list(wholes.elements()):
        for broken in re.finditer(r"(?<![\d,.])" + r"\s*".join(map(re.escape, whole)) + r"(?!\d)", text):
            parts = Counter(_numbers(broken.group()))
            if parts <= pieces:
                wholes.subtract([whole])
                pieces.subtract(parts)
                break
    for tokens in (wholes, pieces):
        for token in [token for token, count in tokens.items() if count <= 0]:
            del tokens[token]
