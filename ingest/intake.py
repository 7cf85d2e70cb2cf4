"""Files and folders come in: each is read in a killable child process and stored in one transaction.

A bad file is reported and passed over; what is stored already is never lost by it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.figures import Book
from corpus.record import Record
from corpus.settings import Settings
from ingest.errors import UnreadableFile
from ingest.isolation import Worker

SUFFIXES = (".pdf", ".docx", ".xlsx", ".xls", ".html", ".htm", ".txt", ".md")
"""Formats that a folder is searched for. A file named outright is tried whatever its name."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file. `state` is stored, unchanged or failed; `sentence` says why it failed (Chinese)."""

    path: Path
    state: str
    seconds: float
    sentence: str = ""
    pages: int | None = None
    figures: int = 0
    findings: int = 0
    warnings: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the file could not be taken in."""
        return self.state == "failed"


def expand(paths: Iterable[Path]) -> list[Path]:
    """Files named and files found in folders, each once, in a stable order. Missing paths stay in to be reported."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            # A folder's own README is about the disclosures, not one of them.
            found += sorted(p for p in inside if p.stem.upper() != "README" and not p.name.startswith((".", "~$")))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def ingest_files(
    paths: Iterable[Path],
    book: Book,
    settings: Settings,
    *,
    collection: str = "published",
    on_start: Callable[[Path], None] = lambda path: None,
) -> Iterator[Taken]:
    """Take in every file, yielding what became of each. `book` must be writable."""
    seen: dict[str, Path] = {}
    with Worker(seconds=settings.ingest_seconds, memory_mb=settings.ingest_memory_mb) as worker:
        for path in paths:
            on_start(path)
            began = time.perf_counter()
            other = seen.setdefault(path.name, path)
            if other != path:
                sentence = f"{path}：与本批的 {other} 同名，书册按文件名区分文件；请改名后再导入。"
                yield Taken(path, "failed", 0.0, sentence)
                continue
            yield _take(path, began, worker, book, settings, collection)


def _take(path: Path, began: float, worker: Worker, book: Book, settings: Settings, collection: str) -> Taken:
    try:
        data = path.read_bytes()
    except OSError as error:
        why = "文件不存在" if isinstance(error, FileNotFoundError) else f"读不到文件（{error.strerror}）"
        return Taken(path, "failed", time.perf_counter() - began, f"{path}：{why}；请检查路径和权限。")
    stored = book.disclosure(path.name)
    if stored is not None and stored.sha256 == hashlib.sha256(data).hexdigest():
        return Taken(path, "unchanged", time.perf_counter() - began, pages=stored.pages)
    try:
        record = worker.run(parse, path.name, data, settings, collection)
    except UnreadableFile as error:
        return Taken(path, "failed", time.perf_counter() - began, f"{path.name}：{error}")
    book.store(record, data)
    return Taken(
        path, "stored", time.perf_counter() - began, pages=record.disclosure.pages, figures=len(record.figures),
        findings=len(record.findings), warnings=record.warnings,
    )  # fmt: skip


def parse(name: str, data: bytes, settings: Settings, collection: str = "published") -> Record:
    """What the child process runs: the pipeline, with the collection the document belongs to."""
    from dataclasses import replace

    from ingest.pipeline import ingest_bytes

    record = ingest_bytes(name, data, settings)
    if record.disclosure.collection == collection:
        return record
    return replace(record, disclosure=replace(record.disclosure, collection=collection))
