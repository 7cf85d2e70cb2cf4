"""What answering needs from the book, read once for each edition of it and kept: catalogue, names, figures by
document."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import TypeVar

from corpus.disclosure import Disclosure, Finding, Section, Table
from corpus.figure import Figure, Measure, Scheme
from corpus.figures import Book
from corpus.vocabulary import fold
from rag.lexicon import Lexicon
from rag.resolve import Catalogue

T = TypeVar("T")
_KEPT = 256
"""Documents whose parts are kept in memory at a time."""
_NAMED = (
    Scheme.PROJECT,
    Scheme.ASSET,
    Scheme.STAFF,
    Scheme.PERFORMANCE,
    Scheme.PROCUREMENT,
    Scheme.TRANSFER,
    Scheme.OTHER,
)


class Shelf:
    """A book's parts at hand. Build a new one when `Book.edition` has changed; safe to share among threads."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.edition = book.edition
        self.catalogue = Catalogue(tuple(book.disclosures()))
        self._kept: OrderedDict[tuple[str, str], object] = OrderedDict()
        self._lock = threading.Lock()
        names: dict[tuple[Scheme, str], None] = {}
        owners: dict[str, set[str]] = {}
        bodies: dict[str, set[str]] = {}
        reached: dict[str, set[str]] = {}
        units = {fold(name) for d in self.catalogue.disclosures for name in (d.issuer, *d.units)}
        for figure in book.figures(schemes=(*_NAMED, Scheme.THREE_PUBLIC)):
            if figure.entity and figure.scheme is not Scheme.PERFORMANCE:
                bodies.setdefault(fold(figure.entity), set()).add(figure.document)
                continue
            if figure.scheme is Scheme.THREE_PUBLIC:
                continue
            if fold(figure.account) in units:
                continue  # the row of a unit in a table of no known kind names no account
            names[figure.scheme, figure.account] = None
            if figure.measure is Measure.ACHIEVED:
                reached.setdefault(fold(figure.account), set()).add(figure.document)
            if figure.scheme is Scheme.PROJECT:
                owners.setdefault(fold(figure.account), set()).add(figure.document)
        self.lexicon = Lexicon(names)
        self.projects = {name: frozenset(documents) for name, documents in owners.items()}
        self.reached = {name: frozenset(documents) for name, documents in reached.items()}
        """Indicators of self-evaluations, by folded name, with the documents that say what was reached of them."""
        self.bodies = {name: frozenset(documents) for name, documents in bodies.items()}
        """Institutions listed in tables, by folded name, with the documents that list them."""

    def disclosure(self, document: str) -> Disclosure:
        """The disclosure of that file name, which is in the book."""
        return next(d for d in self.catalogue.disclosures if d.name == document)

    def figures(self, document: str) -> tuple[Figure, ...]:
        """All figures of a document in order of appearance."""
        return self.keep("figures", document, lambda: self.book.figures(documents=[document]))

    def sections(self, document: str) -> tuple[Section, ...]:
        """A document's sections of prose."""
        return self.keep("sections", document, lambda: self.book.sections(document))

    def says(self, document: str, words: str) -> bool:
        """Whether a document's running text has just these words."""
        wanted = fold(words)
        return any(wanted in fold(part.text) for section in self.sections(document) for part in section.paragraphs)

    def tables(self, document: str) -> tuple[Table, ...]:
        """A document's tables."""
        return self.keep("tables", document, lambda: self.book.tables(document))

    def findings(self, document: str) -> tuple[Finding, ...]:
        """What does not add up in a document."""
        return self.keep("findings", document, lambda: self.book.findings(documents=[document]))

    def keep(self, kind: str, document: str, load: Callable[[], Iterable[T]]) -> tuple[T, ...]:
        """What `load` makes of a document, made once while it is among those lately used."""
        key = (kind, document)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[return-value]
        parts = tuple(load())
        with self._lock:
            self._kept[key] = parts
            while len(self._kept) > 4 * _KEPT:
                self._kept.popitem(last=False)
        return parts
