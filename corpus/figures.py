"""The book: every disclosure read, with its tables, figures, passages and findings, in SQL. The truth of the house.

SQLite in one file by default, PostgreSQL by URL. A record is stored whole in one transaction or not at all, so a killed
process loses nothing that was stored before and leaves no half of a document. One process writes at a time; readers
need no lock. What is loaded equals what was stored.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, delete, func, insert, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.schema import Table as SqlTable

from corpus import codec, schema, shelving
from corpus.disclosure import Announced, Disclosure, Finding, PageInfo, Section, Severity, Table
from corpus.engine import BookError, BookLockedError, BookMissingError, BookVersionError, open_engine, release
from corpus.figure import Figure, Measure, Reader, Scheme, Status
from corpus.lock import WriterLock
from corpus.ngrams import ngrams
from corpus.passage import Passage
from corpus.record import Record

__all__ = ["Book", "BookError", "BookLockedError", "BookMissingError", "BookVersionError"]

T = TypeVar("T")


class Book:
    """The store of disclosures. Open it with `Book.open`; use it as a context manager. Safe to share among threads."""

    def __init__(self, engine: Engine, lock: WriterLock | Connection | None) -> None:
        self._engine = engine
        self._lock = lock
        self._writing = threading.RLock()

    @classmethod
    def open(cls, place: str | Path, *, writable: bool = False) -> Book:
        """Open the book at an SQLAlchemy URL, a SQLite file or a folder (then `book.sqlite` in it).

        Raises `BookMissingError` when there is none and `writable` is False, `BookLockedError` when another process
        writes, and `BookVersionError` when its tables are of another version.
        """
        engine, lock = open_engine(place, writable=writable)
        return cls(engine, lock)

    @property
    def writable(self) -> bool:
        """Whether this book was opened for writing."""
        return self._lock is not None

    def close(self) -> None:
        """Close all connections and give the right to write back."""
        self._engine.dispose()
        release(self._lock)
        self._lock = None

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ---- writing

    def store(self, record: Record, source: bytes | None = None, *, again: bool = False) -> bool:
        """Store a record whole; one of the same name is replaced whole. `source` is the file as it was given.

        Returns False, changing nothing, when the same bytes are stored under that name already, unless `again`.
        """
        name = record.disclosure.name
        with self._write() as connection:
            stored = connection.scalar(select(schema.documents.c.sha256).where(schema.documents.c.name == name))
            if stored == record.disclosure.sha256 and not again:
                return False
            shelving.remove(connection, name)
            shelving.insert(connection, record, source)
            _count_edition(connection)
        return True

    def remove(self, name: str) -> None:
        """Remove a disclosure with everything that belongs to it; harmless when it is not there."""
        with self._write() as connection:
            shelving.remove(connection, name)
            _count_edition(connection)

    # ---- disclosures and their parts

    @property
    def edition(self) -> int:
        """A number that grows with every change to the stored disclosures: what was worked out before is stale then."""
        with self._engine.connect() as connection:
            return _edition(connection)

    @property
    def identity(self) -> str:
        """This book's own name (32 hex digits), given when it was created."""
        with self._engine.connect() as connection:
            return str(connection.scalar(select(schema.meta.c.value).where(schema.meta.c.key == "identity")) or "")

    def disclosures(self) -> list[Disclosure]:
        """All disclosures, in the order of their names."""
        return self._bodies(Disclosure, select(schema.documents.c.body).order_by(schema.documents.c.name))

    def disclosure(self, name: str) -> Disclosure | None:
        """The disclosure of that file name, or None."""
        return _first(self._bodies(Disclosure, select(schema.documents.c.body).where(schema.documents.c.name == name)))

    def counts(self) -> dict[str, tuple[int, int]]:
        """How many figures and findings each disclosure has, by its name; (0, 0) where nothing was found in it."""
        with self._engine.connect() as connection:
            names = connection.scalars(select(schema.documents.c.name)).all()
            figures = {row[0]: row[1] for row in connection.execute(_counted(schema.figures))}
            found = {row[0]: row[1] for row in connection.execute(_counted(schema.findings))}
        return {name: (figures.get(name, 0), found.get(name, 0)) for name in names}

    def source(self, name: str) -> bytes | None:
        """The original file of a disclosure, None where it was not kept."""
        with self._engine.connect() as connection:
            data = connection.scalar(select(schema.sources.c.data).where(schema.sources.c.document == name))
        return None if data is None else bytes(data)

    def tables(self, document: str) -> list[Table]:
        """The disclosure's tables in order of appearance."""
        return self._parts(Table, schema.tables, document)

    def table(self, document: str, table_id: str) -> Table | None:
        """One table of a disclosure, or None."""
        query = _parts_query(schema.tables, document).where(schema.tables.c.id == table_id)
        return _first(self._bodies(Table, query))

    def announced(self, document: str) -> list[Announced]:
        """What the disclosure's contents page names."""
        return self._parts(Announced, schema.announced, document)

    def sections(self, document: str) -> list[Section]:
        """The disclosure's sections of prose."""
        return self._parts(Section, schema.sections, document)

    def pages(self, document: str) -> list[PageInfo]:
        """The disclosure's pages."""
        return self._parts(PageInfo, schema.pages, document)

    def warnings(self, document: str) -> list[str]:
        """What to beware of in this disclosure, sentences in Chinese."""
        return self._parts(str, schema.warnings, document)

    def findings(
        self, *, documents: Collection[str] | None = None, severities: Collection[Severity] | None = None
    ) -> list[Finding]:
        """Findings in order of disclosure and appearance; every filter is a collection, None means all."""
        query = _filtered(schema.findings, {"document": documents, "severity": severities})
        return self._bodies(Finding, query)

    # ---- figures

    def figures(
        self, *, documents: Collection[str] | None = None, schemes: Collection[Scheme] | None = None,
        codes: Collection[str] | None = None, accounts: Collection[str] | None = None,
        measures: Collection[Measure] | None = None, years: Collection[int] | None = None,
        flows: Collection[str] | None = None, fundings: Collection[str] | None = None,
        components: Collection[str] | None = None, entities: Collection[str] | None = None,
        statuses: Collection[Status] | None = None, readers: Collection[Reader] | None = None, limit: int | None = None,
    ) -> list[Figure]:  # fmt: skip
        """Figures in order of disclosure and appearance; every filter is a collection, None means all."""
        filters: dict[str, Collection[Any] | None] = {
            "document": documents, "scheme": schemes, "code": codes, "account": accounts, "measure": measures,
            "year": years, "flow": flows, "funding": fundings, "component": components, "entity": entities,
            "status": statuses, "reader": readers,
        }  # fmt: skip
        query = _filtered(schema.figures, filters)
        return self._figures(query if limit is None else query.limit(limit))

    def figure(self, id: str) -> Figure | None:
        """The figure of that id, or None."""
        return _first(self._figures(_filtered(schema.figures, {"id": [id]}).limit(1)))

    def accounts(self, schemes: Collection[Scheme]) -> list[tuple[Scheme, str, str, str]]:
        """Which accounts the figures of these schemes name: (scheme, account, document, entity), each once.

        Far cheaper than the figures themselves where a whole book is looked through for names.
        """
        table = schema.figures.c
        columns = (table.scheme, table.account, table.document, table.entity)
        query = select(*columns).where(table.scheme.in_(list(schemes))).group_by(*columns).order_by(func.min(table.seq))
        with self._engine.connect() as connection:
            return [(Scheme(row[0]), row[1], row[2], row[3]) for row in connection.execute(query)]

    def _figures(self, query: Select[Any]) -> list[Figure]:
        columns = [schema.figures.c[name] for name in schema.FIGURE_COLUMNS]
        build = codec.decoder(Figure)
        with self._engine.connect() as connection:
            rows = connection.execute(query.with_only_columns(schema.figures.c.body, *columns)).all()
        plain = json.loads(f"[{','.join(row[0] for row in rows)}]")
        for fields, row in zip(plain, rows, strict=True):
            fields.update(zip(schema.FIGURE_COLUMNS, row[1:], strict=True))
        return [build(fields) for fields in plain]

    # ---- passages

    def passages(
        self, *, documents: Collection[str] | None = None, ids: Collection[str] | None = None
    ) -> list[Passage]:
        """Passages in order of disclosure and appearance."""
        return self._bodies(Passage, _filtered(schema.passages, {"document": documents, "id": ids}))

    def passage_ids(self) -> dict[str, str]:
        """The id of every passage stored, with its document."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(schema.passages.c.id, schema.passages.c.document)).all()
        return {row.id: row.document for row in rows}

    def search(
        self, query: str, *, documents: Collection[str] | None = None, limit: int = 10
    ) -> list[tuple[Passage, float]]:
        """Passages by full-text search over single characters and pairs, best first, with a score (higher is better).

        Scores of different queries do not compare. `documents` limits the search to those; none found is no result.
        """
        tokens = ngrams(query)
        if not tokens:
            return []
        with self._engine.connect() as connection:
            scopes = None
            if documents is not None:
                columns = (schema.documents.c.name, schema.documents.c.seq)
                within = select(*columns).where(schema.documents.c.name.in_(list(documents)))
                scopes = {row.name: row.seq for row in connection.execute(within)}
                if not scopes:
                    return []
            rows = schema.search_text(connection, tokens, scopes, limit)
        return [(codec.loads(Passage, body), score) for body, score in rows]

    def frequencies(self, tokens: Collection[str]) -> tuple[int, dict[str, int]]:
        """How many passages are stored, and in how many of them each token of `corpus.ngrams` stands (if in any)."""
        with self._engine.connect() as connection:
            total = connection.scalar(select(func.count()).select_from(schema.passages)) or 0
            return total, schema.count_text(connection, tokens)

    # ---- embeddings, cached answers of models, feedback

    def vectors(self, model: str, ids: Collection[str]) -> dict[str, bytes]:
        """Stored embeddings of passages under `model`: little-endian float32, by passage id; missing ones left out."""
        found: dict[str, bytes] = {}
        with self._engine.connect() as connection:
            for some in _batches(list(ids), 5_000):
                chosen = (schema.vectors.c.model == model, schema.vectors.c.passage.in_(some))
                found.update(
                    (id, bytes(vector))
                    for id, vector in connection.execute(
                        select(schema.vectors.c.passage, schema.vectors.c.vector).where(*chosen)
                    )
                )
        return found

    def store_vectors(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Keep embeddings by passage id; those of passages that are no longer stored are dropped on the way."""
        with self._write() as connection:
            gone = schema.vectors.c.passage.not_in(select(schema.passages.c.id))
            connection.execute(delete(schema.vectors).where(gone))
            for some in _batches(list(vectors), 5_000):
                same = (schema.vectors.c.model == model, schema.vectors.c.passage.in_(some))
                connection.execute(delete(schema.vectors).where(*same))
                rows = [{"passage": id, "model": model, "vector": vectors[id]} for id in some]
                connection.execute(insert(schema.vectors), rows)

    def cached(self, kind: str, keys: Collection[str]) -> dict[str, str]:
        """What `remember` kept under these keys; missing ones left out."""
        found: dict[str, str] = {}
        with self._engine.connect() as connection:
            for some in _batches(list(keys), 5_000):
                chosen = (schema.cache.c.kind == kind, schema.cache.c.key.in_(some))
                found.update(
                    (key, value)
                    for key, value in connection.execute(
                        select(schema.cache.c.key, schema.cache.c.value).where(*chosen)
                    )
                )
        return found

    def remember(self, kind: str, entries: Mapping[str, str]) -> None:
        """Keep texts by key (up to 64 characters, a content hash) for `cached`; an older one of a key is replaced."""
        if not entries:
            return
        with self._write() as connection:
            same = (schema.cache.c.kind == kind, schema.cache.c.key.in_(list(entries)))
            connection.execute(delete(schema.cache).where(*same))
            rows = [{"kind": kind, "key": key, "value": value} for key, value in entries.items()]
            connection.execute(insert(schema.cache), rows)

    def add_feedback(self, body: str) -> None:
        """Keep a reader's word on an answer (JSON text) with the time."""
        with self._write() as connection:
            connection.execute(insert(schema.feedback), {"at": time.time(), "body": body})

    def feedback(self) -> list[tuple[float, str]]:
        """What readers said: seconds since 1970 and JSON text, oldest first."""
        query = select(schema.feedback.c.at, schema.feedback.c.body).order_by(schema.feedback.c.seq)
        with self._engine.connect() as connection:
            return [(at, body) for at, body in connection.execute(query)]

    # ---- inside

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        if not self.writable:
            raise BookError("this book was opened for reading only")
        try:
            with self._writing, self._engine.begin() as connection:
                yield connection
        except UnicodeEncodeError as error:
            raise BookError(f"The text holds characters that are none ({error.reason}): nothing was stored.") from error
        except DBAPIError as error:
            raise BookError(f"The book could not be written, nothing was changed: {error.orig}") from error

    def _parts(self, kind: type[T], table: SqlTable, document: str) -> list[T]:
        return self._bodies(kind, _parts_query(table, document))

    def _bodies(self, kind: type[T], query: Select[Any]) -> list[T]:
        with self._engine.connect() as connection:
            bodies = connection.scalars(query).all()
        return codec.loads_all(kind, bodies)


def _parts_query(table: SqlTable, document: str) -> Select[Any]:
    return select(table.c.body).where(table.c.document == document).order_by(table.c.seq)


def _counted(table: SqlTable) -> Select[Any]:
    return select(table.c.document, func.count()).group_by(table.c.document)


def _filtered(table: SqlTable, filters: Mapping[str, Collection[Any] | None]) -> Select[Any]:
    query = select(table.c.body).order_by(table.c.document, table.c.seq)
    for column, allowed in filters.items():
        if allowed is not None:
            query = query.where(table.c[column].in_(list(allowed)))
    return query


def _edition(connection: Connection) -> int:
    return int(connection.scalar(select(schema.meta.c.value).where(schema.meta.c.key == "edition")) or 0)


def _count_edition(connection: Connection) -> None:
    after = str(_edition(connection) + 1)
    connection.execute(update(schema.meta).where(schema.meta.c.key == "edition").values(value=after))


def _first(found: Sequence[T]) -> T | None:
    return found[0] if found else None


def _batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
