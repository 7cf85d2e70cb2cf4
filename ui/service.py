"""What every page and command needs, opened once: settings, the book, the passage index, the assistant."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.disclosure import Finding
from corpus.engine import BookMissingError
from corpus.figures import Book
from corpus.settings import Settings

if TYPE_CHECKING:
    from corpus.passages import PassageIndex
    from ingest.intake import Taken
    from rag.assistant import Assistant


def bundled() -> list[Path]:
    """The bundled editions, as files. They ship inside the package."""
    folder = resources.files("corpus") / "editions"
    return sorted(Path(str(entry)) for entry in folder.iterdir() if entry.name.endswith(".pdf"))


class Service:
    """The book open for reading and an assistant over it. Heavy parts are made when first needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._book: Book | None = None
        self._assistant: Assistant | None = None

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

    def ingest(self, paths: Iterable[Path], collection: str = "published") -> Iterator[Taken]:
        """Take files in under the writer's lock, then bring the passage index up to date."""
        from ingest.intake import ingest_files

        with Book.open(self.settings.book, writable=True) as book:
            yield from ingest_files(paths, book, self.settings, collection=collection)

    def findings(self, documents: list[str] | None = None) -> list[Finding]:
        """Findings inside documents and, for the whole collection, between them."""
        from ingest.checks import across

        inside = self.book.findings(documents=documents)
        between = [f for f in across(self.book) if documents is None or f.document in documents]
        return [*inside, *between]


class LazyIndex:
    """The passage index, opened and synchronised with the book at the first search (Chroma takes seconds to import)."""

    def __init__(self, settings: Settings, book: Book) -> None:
        self._settings = settings
        self._book = book
        self._lock = threading.Lock()
        self._index: PassageIndex | None = None

    def search(self, query: str, documents: Iterable[str] | None, limit: int = 10) -> list[tuple[str, float]]:
        """Passage ids nearest to the query with their similarity."""
        return self._open().search(query, documents, limit)

    def _open(self) -> PassageIndex:
        from corpus.passages import PassageIndex

        with self._lock:
            if self._index is None:
                index = PassageIndex.open(self._settings)
                index.sync(self._book)
                self._index = index
            return self._index
