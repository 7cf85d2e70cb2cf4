"""Any file becomes pages: what it is, is told by its content; its name is only a hint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Protocol

from ingest.errors import UnreadableFile
from ingest.layout.surroundings import unwrapped
from ingest.page import Block, Grid, Page
from ingest.readers.sniffing import SUFFIXES, sniff

_UNPACK = ("这是压缩包，请解压后导入其中的文件。", "This is an archive; please unpack it and take the files inside.")
_ADVICE = {
    "empty": ("文件是空的，请重新下载。", "The file is empty; please download it again."),
    "ole": (
        "这是旧版 Office 文件（.doc/.wps 等）或加密的 Office 文件，请取消密码并另存为 .docx、.xlsx 或 PDF。",
        "This is an old or encrypted Office file; please remove the password and save it as .docx, .xlsx or PDF.",
    ),
    "ofd": ("这是 OFD 版式文件，请转换为 PDF 后再导入。", "This is an OFD file; please convert it to PDF."),
    "zip": _UNPACK,
    "archive": _UNPACK,
    "image": ("这是图片，请先合并为 PDF 再导入。", "This is an image; please put it into a PDF first."),
    "rtf": ("这是 RTF 文件，请另存为 .docx。", "This is an RTF file; please save it as .docx."),
    "spreadsheetml": (
        "这是 XML 电子表格，请用表格软件另存为 .xlsx。",
        "This is an XML spreadsheet; please save it as .xlsx.",
    ),
    "program": ("这是程序文件，不是公开文件。", "This is a program, not a disclosure."),
    "database": ("这是数据库文件，不是公开文件。", "This is a database, not a disclosure."),
    "binary": (
        "无法识别的文件格式；可读取 PDF、Word(.docx)、Excel(.xlsx/.xls)、网页和文本。",
        "Unknown file format; PDF, Word (.docx), Excel (.xlsx/.xls), web pages and text can be read.",
    ),
}
_NAMES = {
    "pdf": "PDF", "docx": "Word", "xlsx": "Excel", "xls": "Excel", "html": "网页", "txt": "文本", "md": "Markdown",
}  # fmt: skip


class Limits(Protocol):
    """What a file may measure: pages of a PDF, bytes of any file; whether scanned pages are recognised."""

    @property
    def pages(self) -> int: ...  # noqa: D102
    @property
    def bytes(self) -> int: ...  # noqa: D102
    @property
    def recognise(self) -> bool: ...  # noqa: D102


def read(name: str, data: bytes, limits: Limits) -> list[Page]:
    """The pages of a file, whatever its name says that it is; a name that is wrong is told in a warning.

    In formats without pages, titles, units and notes inside a table's frame have become lines, so that tables which
    only touch are not taken for one. Raises `UnreadableFile` with a sentence that says what is wrong and what to do.
    """
    if len(data) > limits.bytes:
        size, most = len(data) / 1e6, limits.bytes / 1e6
        raise UnreadableFile(
            f"文件有 {size:.0f} MB，超过上限 {most:.0f} MB，请拆分后再导入。"
            f" The file has {size:.0f} MB, the limit is {most:.0f} MB; please split it."
        )
    kind = sniff(data, name)
    if kind in _ADVICE:
        raise UnreadableFile(" ".join(_ADVICE[kind]))
    try:
        pages = list(_reader(kind, limits)(data))
    except RuntimeError as error:  # native libraries and endless nesting: the file is to blame
        raise UnreadableFile(
            "文件内部已损坏，请重新下载，或另存一份再导入。"
            " The file is damaged inside; please download it again or save a copy."
        ) from error
    if kind != "pdf":  # on pages, a title inside the frame may be a header printed again: joining tells
        pages = [replace(page, blocks=_opened(page.blocks)) for page in pages]
        if not any(page.blocks for page in pages):
            raise UnreadableFile("文件里没有文字和表格。 There is neither text nor a table in the file.")
    return _warned(pages, name, kind)


def _reader(kind: str, limits: Limits) -> Callable[[bytes], Sequence[Page]]:
    """The reader of a kind of file; each brings heavy libraries, so only the one needed is imported."""
    if kind == "pdf":
        from ingest.readers.pdf import read_pdf

        return lambda data: read_pdf(data, max_pages=limits.pages, recognise=limits.recognise)
    if kind == "docx":
        from ingest.readers.docx import read_docx

        return read_docx
    if kind in ("xlsx", "xls"):
        from ingest.readers.xlsx import read_xls, read_xlsx

        return read_xlsx if kind == "xlsx" else read_xls
    if kind == "html":
        from ingest.readers.html import read_html

        return read_html
    from ingest.readers.text import read_text

    return read_text


def _opened(blocks: Sequence[Block]) -> tuple[Block, ...]:
    return tuple(part for block in blocks for part in (unwrapped(block) if isinstance(block, Grid) else [block]))


def _warned(pages: list[Page], name: str, kind: str) -> list[Page]:
    suffix = PurePath(name).suffix.lower()
    expected = SUFFIXES.get(suffix, "")
    same = expected == kind or {expected, kind} <= {"txt", "md"}
    if not pages or same:
        return pages
    told = f"扩展名为 {suffix}" if suffix else "没有扩展名"
    warning = f"文件{told}，内容是 {_NAMES[kind]}，已按内容读取。"
    return [replace(pages[0], warnings=(*pages[0].warnings, warning)), *pages[1:]]
