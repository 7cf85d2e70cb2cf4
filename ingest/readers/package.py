"""Office files are zip archives of XML. They are opened here, after a look at how much would come out of them.

A zip of 300 KB can hold gigabytes; XML can name entities that multiply. Totals and ratios are checked against the
archive's directory before anything is unpacked, each part is read no further than the directory says, and XML is parsed
without entities, network and huge trees.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from lxml import etree

from ingest.errors import UnreadableFile

MOST_BYTES = 300_000_000
"""Uncompressed bytes of a whole file; the largest real disclosures stay below 50 MB."""
MOST_RATIO = 250
"""Uncompressed to compressed, for parts above a megabyte; sheets of repeated cells reach about 60."""
MOST_PARTS = 20_000
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, ValueError, RuntimeError, NotImplementedError,
    EOFError, OSError,
)  # fmt: skip
"""What `zipfile` raises over a part; a directory that points in front of the file is a ValueError."""
_OLE = b"\xd0\xcf\x11\xe0"


def open_package(data: bytes, kind: str) -> zipfile.ZipFile:
    """The archive of an office file, `kind` being its name for the reader (Word, Excel).

    Raises `UnreadableFile` for what is cut off, encrypted or a bomb.
    """
    if data[:4] == _OLE:
        raise UnreadableFile(
            f"{kind} 文件已加密，请先取消密码再导入。 The {kind} file is encrypted; please remove its password first."
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableFile(
            f"{kind} 文件不完整或已损坏（可能下载中断），请重新下载。"
            f" The {kind} file is truncated or damaged; please download it again."
        ) from error
    total = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > 1_000_000 and part.file_size > MOST_RATIO * max(1, part.compress_size) for part in parts
    )
    if total > MOST_BYTES or swollen or len(parts) > MOST_PARTS:
        raise UnreadableFile(
            f"{kind} 文件解压后有 {total // 1_000_000} MB，压缩比异常，疑为压缩炸弹，已拒绝读取。"
            f" The {kind} file would unpack to {total // 1_000_000} MB; it looks like a zip bomb and was refused."
        )
    return archive


def part_of(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """One part's bytes, None when the archive has no such part. Raises `UnreadableFile` when it is damaged."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    try:
        with archive.open(info) as stream:
            content = stream.read(info.file_size + 1)
    except _DAMAGE as error:
        raise UnreadableFile(
            "文件内部已损坏或加密，请重新下载，或另存一份再导入。"
            " The file is damaged or encrypted inside; please download it again or save a copy."
        ) from error
    if len(content) > info.file_size:
        raise UnreadableFile("文件目录与内容不符，已拒绝读取。 The archive's directory is wrong; the file was refused.")
    return content


def parse_xml(content: bytes) -> etree._Element:
    """The root of a part. Raises `UnreadableFile` for broken XML and for documents that declare entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(
            "文件内部的 XML 已损坏，请重新下载，或另存一份再导入。"
            " The XML inside the file is damaged; please download it again or save a copy."
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile("文件内部声明了实体，已拒绝读取。 The file declares XML entities and was refused.")
    return root
