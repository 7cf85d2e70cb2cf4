"""How the book is opened: SQLite in write-ahead mode or PostgreSQL, the right to write, the version of its tables."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, inspect, select, text
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import DBAPIError

from corpus import schema
from corpus.lock import LockedError, WriterLock
from corpus.settings import BOOK_FILE

_ADVISORY_LOCK = 6_158_037_120  # any number that every mingzhang uses and nobody else is likely to
_BUSY_SECONDS = 30.0


class BookError(Exception):
    """The book cannot be used as asked; the message says why and what to do.

    BookError
    ├── BookMissingError  nothing stored there yet
    ├── BookLockedError   another process is writing
    └── BookVersionError  written by another version of mingzhang
    """


class BookMissingError(BookError):
    """There is no book at the given place."""


class BookLockedError(BookError):
    """Another process holds the right to write."""


class BookVersionError(BookError):
    """The book was written by a version of mingzhang whose tables look different."""


def open_engine(place: str | Path, *, writable: bool) -> tuple[Engine, WriterLock | Connection | None]:
    """An engine on the book and, when `writable`, the right to write it. Raises `BookError`."""
    path = _path(place)
    if path is not None and not writable and not path.is_file():
        raise BookMissingError(f"There is no book at {path}. Run `mingzhang ingest` first.")
    engine = _sqlite(path, writable) if path else create_engine(str(place), pool_pre_ping=True)
    lock: WriterLock | Connection | None = None
    try:
        if writable:
            lock = _file_lock(path) if path else _server_lock(engine)
            _check_version(engine, place, fresh=True)
            schema.create(engine)
        else:
            if path:
                _finish_rollback(engine, path)
            _check_version(engine, place, fresh=False)
    except BaseException as error:
        release(lock)
        engine.dispose()
        if isinstance(error, DBAPIError):
            raise BookError(f"The book at {_shown(place)} cannot be opened: {error.orig}") from error
        raise
    return engine, lock


def release(lock: WriterLock | Connection | None) -> None:
    """Give the right to write back; harmless when there is none."""
    if isinstance(lock, WriterLock):
        lock.release()
    elif lock is not None:
        lock.close()  # the server drops the lock with the connection that holds it
        lock.engine.dispose()


def _path(place: str | Path) -> Path | None:
    """The SQLite file that `place` means, or None for a database server."""
    if isinstance(place, str) and "://" in place:
        url = make_url(place)
        if url.get_backend_name() == "sqlite":
            if not url.database:
                raise BookError("A book in memory would be lost at once: give a file.")
            return Path(url.database)
        if url.get_backend_name() not in schema.DIALECTS:
            raise BookError(f"The book can be on {' or '.join(schema.DIALECTS)}, not on {url.get_backend_name()}.")
        return None
    path = Path(place)
    return path / BOOK_FILE if path.is_dir() or not path.suffix else path


def _sqlite(path: Path, writable: bool) -> Engine:
    if writable:
        path.parent.mkdir(parents=True, exist_ok=True)
        url = URL.create("sqlite", database=str(path))
    else:
        query = {"mode": "ro", "uri": "true"}
        if not os.access(path.parent, os.W_OK):
            query["immutable"] = "1"  # SQLite's own side files cannot be made there
        url = URL.create("sqlite", database=path.absolute().as_uri(), query=query)
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        if writable:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=NORMAL")  # with WAL: consistent after every kill
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    return engine


def _finish_rollback(engine: Engine, path: Path) -> None:
    """Let SQLite undo what a process left that was killed before the write-ahead log was there; a reader may not."""
    try:
        inspect(engine).get_table_names()
    except DBAPIError as error:
        if not getattr(error.orig, "sqlite_errorname", "").startswith("SQLITE_READONLY"):
            raise
        with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _file_lock(path: Path) -> WriterLock:
    lock = WriterLock(path)
    try:
        lock.acquire()
    except LockedError as error:
        raise BookLockedError(str(error)) from None
    return lock


def _server_lock(engine: Engine) -> Connection:
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _ADVISORY_LOCK}):
        connection.detach()  # stays ours until closed; the pool must not hand it to anybody
        return connection
    connection.close()
    raise BookLockedError("The book is being written by another mingzhang on the same database. Wait until it is done.")


def _check_version(engine: Engine, place: str | Path, *, fresh: bool) -> None:
    found = None
    if inspect(engine).has_table("meta"):
        with engine.connect() as connection:
            found = connection.scalar(select(schema.meta.c.value).where(schema.meta.c.key == "version"))
    if found is None and not fresh:
        raise BookMissingError(f"There is no book at {_shown(place)}. Run `mingzhang ingest` first.")
    if found not in (None, schema.VERSION):
        raise BookVersionError(
            f"The book at {_shown(place)} has format {found}, this mingzhang reads format {schema.VERSION}. "
            "Move it away and ingest the files again, or use the version that wrote it."
        )


def _shown(place: str | Path) -> str:
    return make_url(place).render_as_string() if isinstance(place, str) and "://" in place else str(place)
