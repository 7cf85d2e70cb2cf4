"""Any file becomes pages or a sentence: told by content, within time and memory, hostile files included."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from ingest.errors import UnreadableFile
from ingest.isolation import Worker
from ingest.layout.identity import identify
from ingest.layout.layout import lay_out
from ingest.page import Grid, Line
from ingest.readers.reader import read
from ingest.readers.sniffing import sniff

TEXT = "某市财政局2026年部门预算\n\n收入\t3.00\n支出\t3.00\n"
HTML = "<html><body><p>某局</p><table><tr><td>收入</td><td>3.00</td></tr></table></body></html>"


@dataclass(frozen=True)
class Limits:
    pages: int = 100
    bytes: int = 50_000_000
    recognise: bool = False


def pdf(content: bytes = b"BT /F1 12 Tf 72 720 Td (3.00) Tj ET", pages: int = 1, stream: bytes = b"") -> bytes:
    """A PDF by hand: catalogue, page tree, pages sharing one content stream, a standard font."""
    kids = " ".join(f"{4 + number} 0 R" for number in range(pages))
    stream = stream or b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}/MediaBox[0 0 595 842]>>".encode(),
        stream,
        *(b"<</Type/Page/Parent 2 0 R/Contents 3 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1"
          b"/BaseFont/Helvetica>>>>>>>>" for _ in range(pages)),
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def squeezed_zeros(megabytes: int, rounds: int = 1) -> bytes:
    """A content stream that unpacks to so many megabytes of blanks, packed `rounds` times over."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()
    for _ in range(rounds - 1):
        data = zlib.compress(data, 9)
    filters = b"/FlateDecode " * rounds
    return b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(data), filters, data)


def archive(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (TEXT.encode(), "a.txt", "txt"),
        (TEXT.encode("gb18030"), "a.pdf", "txt"),
        (TEXT.encode(), "a.md", "md"),
        (HTML.encode(), "a.xls", "html"),
        (HTML.encode("utf-16"), "a.html", "html"),
        (b"\xef\xbb\xbf" + HTML.encode(), "a.txt", "html"),
        ("正文里写着<table>二字。".encode(), "a.txt", "txt"),
        (pdf(), "a.docx", "pdf"),
        (b"\n\n" + pdf(), "a", "pdf"),
        (archive(word__document_xml="<a/>"), "a.pdf", "docx"),
        (archive(xl__workbook_xml="<a/>"), "a.xls", "xlsx"),
        (archive(OFD_xml="<a/>"), "a.ofd", "ofd"),
        (archive(readme="x"), "a.docx", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "a.doc", "xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "a.docx", "ole"),
        (b"\x89PNG\r\n\x1a\n", "a.pdf", "image"),
        (bytes(range(256)) * 40, "a.pdf", "binary"),
        (b"", "a.pdf", "empty"),
        (b"\0\0 \n", "a.txt", "empty"),
    ],
)
def test_sniffing(data: bytes, name: str, kind: str) -> None:
    assert sniff(data, name) == kind


def test_a_wrong_extension_is_read_by_content_and_told() -> None:
    (page,) = read("预算.pdf", TEXT.encode(), Limits())
    assert [type(block) for block in page.blocks] == [Line, Grid]
    assert page.warnings == ("文件扩展名为 .pdf，内容是 文本，已按内容读取。",)
    assert read("预算.txt", TEXT.encode(), Limits())[0].warnings == ()


def test_titles_inside_a_frame_become_lines() -> None:
    (page,) = read(
        "a.txt", "2026年收支总表\t\n单位：万元\t\n项目\t预算数\n合计\t3.00\n注：本表四舍五入\t\n".encode(), Limits()
    )
    assert [block.text if isinstance(block, Line) else block.n_rows for block in page.blocks] == [
        "2026年收支总表", "单位:万元", 2, "注:本表四舍五入",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.pdf", "文件是空的"),
        (b" \n", "a.txt", "文件是空的"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "图片"),
        (archive(readme="x"), "a.zip", "压缩包"),
        (archive(OFD_xml="x"), "a.ofd", "OFD"),
        (b"Rar!\x1a\x07\x00", "a.rar", "压缩包"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc", "另存为 .docx"),
        (bytes(range(256)) * 40, "a.pdf", "无法识别"),
        (b"<html><body></body></html>", "a.html", "没有文字"),
        (archive(word__other_xml="<a/>"), "a.docx", "缺少正文"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, name: str, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        read(name, data, Limits())


def test_too_many_bytes() -> None:
    with pytest.raises(UnreadableFile, match="超过上限"):
        read("a.txt", b"x" * 2_000_001, Limits(bytes=2_000_000))


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(seconds=20, memory_mb=1024) as child:
        yield child


def outcome(name: str, data: bytes, limits: Limits) -> str:
    """What the child does: the file read, laid out and identified."""
    pages = read(name, data, limits)
    return identify(name, data, lay_out(pages), pages).title


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "ten thousand pages": ("a.pdf", lambda: pdf(pages=10_000)),
    "a stream of 400 MB": ("a.pdf", lambda: pdf(stream=squeezed_zeros(400))),
    "a stream packed twice": ("a.pdf", lambda: pdf(stream=squeezed_zeros(300, rounds=2))),
    "half a PDF": ("a.pdf", lambda: pdf(pages=50)[:2000]),
    "a PDF of nonsense": ("a.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 500 + b"\n%%EOF"),
    "a page tree that bites its tail": ("a.pdf", lambda: pdf().replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]")),
    "nested tables": ("a.html", lambda: b"<table><tr><td>" * 5000 + b"3.00"),
    "nested elements": ("a.html", lambda: b"<div>" * 100_000 + "正文".encode()),
    "a table of huge spans": ("a.html", lambda: b"<table>" + b"<tr><td colspan=999 rowspan=999>1</td></tr>" * 5000),
    "one endless line": ("a.txt", lambda: ("预算" * 2_000_000).encode()),
    "many tabs": ("a.txt", lambda: b"1\t" * 300_000),
    "many numbered lines": ("a.txt", lambda: "一、收入\n".encode() * 100_000),
    "blanks": ("a.html", lambda: b"<table><tr><td>1" + b" " * 3_000_000 + b"2</td><td>3</td></tr></table>"),
    "dots": ("a.txt", lambda: b"1" + b"." * 3_000_000 + b"x"),
    "a docx of 100 MB": ("a.docx", lambda: archive(word__document_xml="<a>" + " " * 100_000_000)),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_read_or_refused_in_time(worker: Worker, case: str) -> None:
    name, build = HOSTILE[case]
    data = build()
    began = time.monotonic()
    try:
        found = worker.run(outcome, name, data, Limits())
    except UnreadableFile as error:
        found = str(error)
        assert "程序出错" not in found
    assert found, "neither a title nor a sentence"
    assert time.monotonic() - began < 25
