"""What a file is, told by its first bytes and not by its name."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

READABLE = ("pdf", "docx", "xlsx", "xls", "html", "txt", "md")
SUFFIXES = {
    ".pdf": "pdf", ".docx": "docx", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls",
    ".html": "html", ".htm": "html", ".txt": "txt", ".md": "md",
}  # fmt: skip
_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"II*\x00", "image"), (b"MM\x00*", "image"),
    (b"BM", "image"), (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"), (b"\x1f\x8b", "archive"), (b"{\\rtf", "rtf"),
    (b"\x7fELF", "program"), (b"MZ", "program"), (b"SQLite format 3", "database"),
    (b"\x09\x08", "xls"), (b"\x09\x04", "xls"), (b"\x09\x02", "xls"), (b"\x09\x00\x04\x00", "xls"),
)  # fmt: skip
_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<table[\s>]|<div[\s>]|<meta\s|<p[\s>]", re.IGNORECASE
)


def sniff(data: bytes, name: str = "") -> str:
    """The kind of file: one of `READABLE`, or a word for what cannot be read.

    Those words: empty, ole (old Office file that is no workbook), ofd, zip, archive, image, rtf, program, database,
    spreadsheetml, binary.
    """
    if not data.strip(b"\x00\r\n\t "):
        return "empty"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip_kind(data)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return ("xls" if _has_workbook(data) else "ole") if kind == "ole" else kind
    return _text_kind(data, name)


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        # cut off: the directory stands at the end; the names of the parts stand before each part as well
        return "docx" if b"word/" in data[:65536] else "xlsx" if b"xl/" in data[:65536] else "zip"
    if "word/document.xml" in names or any(name.startswith("word/") for name in names):
        return "docx"
    if "xl/workbook.xml" in names or any(name.startswith("xl/") for name in names):
        return "xlsx"
    return "ofd" if "OFD.xml" in names else "zip"


def _has_workbook(data: bytes) -> bool:
    """Whether the directory of an OLE file names a workbook stream (names are UTF-16 there)."""
    return any(name.encode("utf-16-le") in data for name in ("Workbook", "Book\x00"))


def _text_kind(data: bytes, name: str) -> str:
    head = data[:65536]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        wide = head.decode("utf-16", errors="ignore").encode()
        return "html" if _HTML.search(wide[:4096]) else _plain(name)
    if b"<Workbook" in head[:2048] and b"schemas-microsoft-com:office:spreadsheet" in head[:4096]:
        return "spreadsheetml"
    if head.count(b"\x00") > len(head) // 50 or _control_share(head) > 0.05:
        return "binary"
    is_page = bool(_HTML.search(head)) and head.count(b"<") > 3 and head.count(b"</") > 1
    if is_page and (SUFFIXES.get(PurePath(name).suffix.lower()) not in ("txt", "md") or _starts_as_page(head)):
        return "html"
    return _plain(name)


def _starts_as_page(head: bytes) -> bool:
    return bool(re.match(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype|html|head)", head, re.IGNORECASE))


def _control_share(head: bytes) -> float:
    return sum(byte < 9 or 13 < byte < 32 for byte in head) / max(1, len(head))


def _plain(name: str) -> str:
    return "md" if PurePath(name).suffix.lower() in (".md", ".markdown") else "txt"
