"""What every page and command needs, opened once: settings, the book, the passage index, the assistant."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from corpus.disclosure import Finding
from corpus.engine import BookLockedError, BookMissingError
from corpus.figures import Book
from corpus.record import Record
from corpus.settings import Settings

if TYPE_CHECKING:
    from corpus.passages import PassageIndex
    from ingest.intake import Taken
    from rag.assistant import Assistant


T = TypeVar("T")

log = logging.getLogger(__name__)
MOST_KEPT = 500
"""Things remembered of one state of the book; beyond that everything is forgotten."""
WARMING = ("各单位支出合计排名", "支出为什么变化？")
"""Questions that need the catalogue, every document's figures, and passages."""
PATIENCE = 10.0
"""Seconds that a vote or a removal waits for files that are being taken in."""


def bundled() -> list[Path]:
    """The bundled editions, as files. They ship inside the package."""
    folder = resources.files("corpus") / "editions"
    return sorted(Path(str(entry)) for entry in folder.iterdir() if entry.name.endswith(".pdf"))


class Service:
    """The book open for reading and an assistant over it. Heavy parts are made when first needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._book: Book | None = None
        self._assistant: Assistant | None = None
        self._compared: tuple[int, list[Finding]] | None = None
        self._kept: dict[object, tuple[int, Any]] = {}

    @property
    def book(self) -> Book:
        """The book, open for reading."""
        with self._lock:
            if self._book is None:
                self._book = self._open()
            return self._book

    def _open(self) -> Book:
        try:
            return Book.open(self.settings.book)
        except BookMissingError:
            Book.open(self.settings.book, writable=True).close()  # an empty book is a book
            return Book.open(self.settings.book)

    @property
    def assistant(self) -> Assistant:
        """The assistant over the book. Its passage index opens when a question first needs passages."""
        from rag.assistant import Assistant

        book = self.book
        with self._lock:
            if self._assistant is None:
                self._assistant = Assistant(book, self.settings, index=LazyIndex(self.settings, book))
            return self._assistant

    def warm(self) -> None:
        """Make what the first question would wait for: the catalogue of the book, the passage index, the findings."""
        try:
            for question in WARMING:
                self.assistant.ask(question)
            self.findings()
        except Exception:  # a reader who asks is told; nobody asked here
            log.warning("the service is not warm yet", exc_info=True)

    def ingest(
        self, paths: Iterable[Path], collection: str = "published", progress: Callable[[Path, str], None] | None = None
    ) -> Iterator[Taken]:
        """Take files in under the writer's lock, then bring the passage index up to date.

        `progress` is told each file's stages (`ingest.pipeline.STAGES`) as they begin, from another thread.
        """
        from corpus.passages import IndexUnavailableError
        from ingest.intake import ingest_files

        with self._turn(), Book.open(self.settings.book, writable=True) as book:
            yield from ingest_files(paths, book, self.settings, collection=collection, progress=progress)
            try:
                LazyIndex(self.settings, book).level(book)
            except IndexUnavailableError as error:
                log.warning("the passage index is brought level later: %s", error)

    def remove(self, name: str) -> None:
        """Take a disclosure out of the book."""
        with self._turn(), Book.open(self.settings.book, writable=True) as book:
            book.remove(name)

    def add_feedback(self, body: str) -> None:
        """Keep a reader's word on an answer (JSON text). Raises `BookError` while another program writes the book."""
        with self._turn(), Book.open(self.settings.book, writable=True) as book:
            book.add_feedback(body)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One writer at a time inside this process too: wait a little for the other. Raises `BookLockedError`."""
        if not self._writing.acquire(timeout=PATIENCE):
            raise BookLockedError("another reader's files are being taken in")
        try:
            yield
        finally:
            self._writing.release()

    def findings(self, documents: list[str] | None = None) -> list[Finding]:
        """Findings inside documents and, for the whole collection, between them."""
        inside = self.book.findings(documents=documents)
        return [*inside, *(f for f in self._between() if documents is None or f.document in documents)]

    def remembered(self, key: object, make: Callable[[], T]) -> T:
        """What `make` gives, worked out once for each state of the book; `key` names it."""
        edition = self.book.edition
        kept = self._kept.get(key)
        if kept is None or kept[0] != edition:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            kept = self._kept[key] = (edition, make())
        value: T = kept[1]
        return value

    def _between(self) -> list[Finding]:
        """Findings between disclosures, worked out once for each state of the book."""
        from ingest.checking.checks import across

        edition = self.book.edition
        with self._lock:
            if self._compared is None or self._compared[0] != edition:
                book = self._book
                assert book is not None
                records = [
                    Record(disclosure, (), (), (), figures=tuple(book.figures(documents=[disclosure.name])))
                    for disclosure in book.disclosures()
                ]
                self._compared = (edition, across(records))
            return self._compared[1]


class LazyIndex:
    """The passage index, opened at the first search (Chroma takes seconds to import), brought level with the book."""

    def __init__(self, settings: Settings, book: Book) -> None:
        self._settings = settings
        self._book = book
        self._lock = threading.Lock()
        self._index: PassageIndex | None = None
        self._level: int | None = None

    def search(self, query: str, documents: Iterable[str] | None, limit: int = 10) -> list[tuple[str, float]]:
        """Passage ids nearest to the query with their similarity; none while another process builds the index."""
        from corpus.passages import IndexUnavailableError

        named = None if documents is None else list(documents)
        try:
            return self._levelled().search(query, named, limit)
        except IndexUnavailableError as error:
            log.warning("passages are searched in the book alone: %s", error)
            return []

    def level(self, book: Book) -> None:
        """Bring the index level with `book`; a writable one keeps the new vectors."""
        with self._lock:
            if self._index is None:
                self._index = open_index(self._settings, book)
            self._index.sync(book)
            self._level = book.edition

    def _levelled(self) -> PassageIndex:
        if self._index is None or self._level != self._book.edition:
            self.level(self._book)
        assert self._index is not None
        return self._index


def open_index(settings: Settings, book: Book) -> PassageIndex:
    """The passage index that the settings ask for, with the embeddings they ask for."""
    from corpus.embeddings import build_embeddings, model_id
    from corpus.passages import PassageIndex

    embeddings = build_embeddings(settings.embedding, book.frequencies)
    return PassageIndex(settings.index, embeddings, model_id(settings.embedding))
