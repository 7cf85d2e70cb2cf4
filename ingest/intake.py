"""Files and folders come in: each is read in a killable child process and stored in one transaction.

A bad file is reported and passed over; what is stored already is never lost by it.
"""

from __future__ import annotations

import hashlib
import queue
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.figures import Book
from corpus.record import Record
from corpus.settings import Settings
from ingest.errors import UnreadableFile
from ingest.isolation import Worker, report
from ingest.readers import can_recognise

if TYPE_CHECKING:
    from ingest.extraction import ExtractionReport

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
    note: str = ""
    """What a language model's reading did and cost, when one is on."""
    extraction: ExtractionReport | None = None
    """The same as numbers."""

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
    progress: Callable[[Path, str], None] | None = None,
) -> Iterator[Taken]:
    """Take in every file, yielding in order what became of each. `book` must be writable.

    `settings.limits.processes` files are read at the same time, each in a child process of its own; storing is done
    here, one record after another. `progress` is told each file's stages as they begin, from the reading threads.
    """
    with _Readers(settings, collection, progress) as readers:
        for reading in readers.read(paths, book):
            yield _shelve(reading, book, settings)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What reading a file gave: a record to store with the file's bytes, or what became of it already."""

    path: Path
    what: Record | Taken
    began: float
    data: bytes = b""


class _Readers:
    """Child processes that read files, a thread waiting on each."""

    def __init__(
        self, settings: Settings, collection: str, progress: Callable[[Path, str], None] | None = None
    ) -> None:
        self._settings, self._collection, self._progress = settings, collection, progress
        limits = settings.limits
        self._free: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._workers = [Worker(seconds=limits.seconds, memory_mb=limits.memory_mb) for _ in range(limits.processes)]
        for worker in self._workers:
            self._free.put(worker)
        self._threads = ThreadPoolExecutor(limits.processes, thread_name_prefix="mingzhang-read")

    def __enter__(self) -> _Readers:
        return self

    def __exit__(self, *error: object) -> None:
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.close()

    def read(self, paths: Iterable[Path], book: Book) -> Iterator[_Reading]:
        """What reading each file gave, in the order of `paths`."""
        waiting: deque[Future[_Reading]] = deque()
        names: dict[str, Path] = {}
        for path in paths:
            namesake = names.setdefault(path.name, path)
            waiting.append(self._threads.submit(self._one, path, namesake, book))
            # Only a few files are held in memory at once, however large the folder.
            while len(waiting) > 2 * len(self._workers):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _one(self, path: Path, namesake: Path, book: Book) -> _Reading:
        began = time.perf_counter()
        try:
            record, data = self._record(path, namesake, book)
        except UnreadableFile as error:
            return _Reading(path, Taken(path, "failed", time.perf_counter() - began, f"{path.name}：{error}"), began)
        return _Reading(path, record, began, data)

    def _record(self, path: Path, namesake: Path, book: Book) -> tuple[Record | Taken, bytes]:
        """The file's record and bytes, or that it is stored already. Raises `UnreadableFile`."""
        if namesake != path:
            raise UnreadableFile(f"与本批的 {namesake} 同名，书册按文件名区分文件；请改名后再导入。")
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise UnreadableFile(f"没有这个文件（{path}）；请检查路径。") from error
        except OSError as error:
            raise UnreadableFile(f"读不到文件（{error.strerror}）；请检查权限。") from error
        stored = book.disclosure(path.name)
        if stored is not None and stored.sha256 == hashlib.sha256(data).hexdigest():
            return Taken(path, "unchanged", 0.0, pages=stored.pages), data
        if stored is not None and stored.collection != self._collection:
            raise UnreadableFile("书册里已有一份同名的公开文件，内容不同；请改名后再导入，以免互相替换。")
        worker = self._free.get()
        progress = self._progress
        worker.hear = None if progress is None else lambda stage: progress(path, stage)
        try:
            return self._parsed(worker, path.name, data), data
        finally:
            self._free.put(worker)

    def _parsed(self, worker: Worker, name: str, data: bytes) -> Record:
        """The record, within the limits of a file with text; scanned pages, once seen, are granted theirs."""
        limits = self._settings.limits
        textual = self._settings.model_copy(update={"limits": limits.model_copy(update={"recognise": False})})
        record = worker.run(parse, name, data, textual, self._collection)
        scans = sum(page.source != "text" for page in record.pages)
        if not scans or not limits.recognise or not can_recognise():
            return record
        seconds = limits.seconds + scans * limits.scan_seconds
        with Worker(seconds=seconds, memory_mb=max(limits.memory_mb, limits.scan_memory_mb)) as patient:
            return patient.run(parse, name, data, self._settings, self._collection)


def _shelve(reading: _Reading, book: Book, settings: Settings) -> Taken:
    """Store a record in one transaction; what was not read to a record is passed on."""
    record = reading.what
    if isinstance(record, Taken):
        return record
    note, extraction = "", None
    if settings.model.on:
        record, extraction = with_model(record, book, settings)
        note = extraction.sentence()
    book.store(record, reading.data)
    return Taken(
        reading.path, "stored", time.perf_counter() - reading.began, pages=record.disclosure.pages,
        figures=len(record.figures), findings=len(record.findings), warnings=record.warnings, note=note,
        extraction=extraction,
    )  # fmt: skip


def with_model(record: Record, book: Book, settings: Settings) -> tuple[Record, ExtractionReport]:
    """The record with a language model's reading of its prose beside ours, and what that reading did and cost.

    Answers are kept in the book, so that a run broken off goes on where it stopped. Whatever the model does, the record
    keeps everything it had.
    """
    from corpus.models import chat_model
    from ingest.extraction import extract
    from ingest.pipeline import judged

    model = chat_model(settings.model)
    assert model is not None, "the caller asks only when a model is on"
    found, extraction = extract(
        record.passages, record.disclosure, model, name=settings.model.name, cache=book,
        concurrency=settings.model.concurrency,
    )  # fmt: skip
    return judged(replace(record, figures=(*record.figures, *found))), extraction


def parse(name: str, data: bytes, settings: Settings, collection: str = "published") -> Record:
    """What the child process runs: the pipeline, with the collection the document belongs to."""
    from ingest.pipeline import ingest_bytes

    record = ingest_bytes(name, data, settings, report)
    if record.disclosure.collection == collection:
        return record
    return replace(record, disclosure=replace(record.disclosure, collection=collection))
