"""The book's tables, as SQLAlchemy sees them, and the two dialects of full-text search. For `corpus.figures`.

A row keeps as columns what is filtered by, and as JSON in `body` what is only read back (see `corpus.codec`). Decimals
are exact text. Every part of a disclosure goes when its row in `documents` goes.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import (
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    insert,
    select,
    text,
)
from sqlalchemy.engine import Engine

VERSION = "1"
"""Changes whenever a book written before can no longer be read."""

metadata = MetaData()


def _part(name: str, *columns: Column[str] | Column[int] | Column[bytes] | Column[str | None] | Index) -> Table:
    """A table of parts of a disclosure, in order of appearance."""
    return Table(
        name,
        metadata,
        Column("seq", Integer, primary_key=True, autoincrement=True),
        Column("document", String(255), ForeignKey("documents.name", ondelete="CASCADE"), nullable=False),
        *columns,
        Column("body", Text, nullable=False),
    )


meta = Table("meta", metadata, Column("key", String(64), primary_key=True), Column("value", Text, nullable=False))

documents = Table(
    "documents",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("name", String(255), nullable=False, unique=True),
    Column("sha256", String(64), nullable=False),
    Column("body", Text, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("document", String(255), ForeignKey("documents.name", ondelete="CASCADE"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

FIGURE_COLUMNS = (
    "document", "scheme", "code", "account", "measure", "year", "basis", "flow", "funding", "component", "entity",
    "status", "reader",
)  # fmt: skip
"""Fields of a figure that are columns under their own name; `value`, `unit` and `absence` are columns besides."""

figures = _part(
    "figures",
    Column("id", String(20), nullable=False, index=True),
    *(Column(name, Text, nullable=False) for name in FIGURE_COLUMNS if name not in ("document", "year")),
    Column("year", Integer, nullable=False),
    Column("value", Text),
    Column("unit", Text),
    Column("absence", Text),
    Index("figures_by_document", "document", "scheme", "code"),
    Index("figures_by_account", "account", "year"),
    Index("figures_by_code", "scheme", "code", "year"),
)

tables = _part("tables", Column("id", Text, nullable=False), Index("tables_by_document", "document", "id"))
announced = _part("announced", Index("announced_by_document", "document"))
sections = _part("sections", Index("sections_by_document", "document"))
pages = _part("pages", Index("pages_by_document", "document"))
warnings = _part("warnings", Index("warnings_by_document", "document"))
findings = _part("findings", Column("severity", Text, nullable=False), Index("findings_by_document", "document"))
passages = _part(
    "passages", Column("id", String(20), nullable=False, index=True), Index("passages_by_document", "document")
)

vectors = Table(
    "vectors",
    metadata,
    Column("passage", String(20), primary_key=True),
    Column("model", String(120), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)
"""Embeddings as float32 little-endian. Keyed by content hash: a passage read again needs no second embedding."""

cache = Table(
    "cache",
    metadata,
    Column("kind", String(40), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("at", Float, nullable=False),
    Column("body", Text, nullable=False),
)

_CREATE_TEXT_INDEX = {
    "sqlite": (
        "CREATE VIRTUAL TABLE IF NOT EXISTS passage_tokens USING fts5("
        "scope, tokens, tokenize=\"unicode61 tokenchars '.'\")",
        "CREATE VIRTUAL TABLE IF NOT EXISTS passage_vocabulary USING fts5vocab(passage_tokens, 'col')",
    ),
    "postgresql": (
        "CREATE TABLE IF NOT EXISTS passage_tokens (seq BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL)",
        "CREATE INDEX IF NOT EXISTS passage_tokens_words ON passage_tokens USING gin (tokens)",
    ),
}
_INDEX_TEXT = {
    "sqlite": "INSERT INTO passage_tokens (rowid, scope, tokens) VALUES (:seq, :scope, :tokens)",
    "postgresql": "INSERT INTO passage_tokens (seq, tokens) VALUES (:seq, CAST(:tokens AS tsvector))",
}
_FORGET_TEXT = {
    "sqlite": "DELETE FROM passage_tokens WHERE rowid IN (SELECT seq FROM passages WHERE document = :document)",
    "postgresql": "DELETE FROM passage_tokens WHERE seq IN (SELECT seq FROM passages WHERE document = :document)",
}
_SEARCH = {
    "sqlite": (
        "SELECT p.body, -bm25(passage_tokens, 0.0, 1.0) AS score FROM passage_tokens "
        "JOIN passages p ON p.seq = passage_tokens.rowid WHERE passage_tokens MATCH :query {within}"
        "ORDER BY score DESC, p.seq LIMIT :limit"
    ),
    "postgresql": (
        "SELECT p.body, ts_rank(t.tokens, CAST(:query AS tsquery), 1) AS score FROM passage_tokens t "
        "JOIN passages p ON p.seq = t.seq WHERE t.tokens @@ CAST(:query AS tsquery) {within}"
        "ORDER BY score DESC, p.seq LIMIT :limit"
    ),
}
DIALECTS = tuple(_CREATE_TEXT_INDEX)
_COUNT = {
    "sqlite": "SELECT doc FROM passage_vocabulary WHERE term = :term AND col = 'tokens'",
    "postgresql": "SELECT count(*) FROM passage_tokens WHERE tokens @@ CAST(:term AS tsquery)",
}
_FEW = 40  # documents that a full-text query names itself; beyond, naming them costs more than it saves
_MOST_POSITIONS = 16_383  # what a PostgreSQL tsvector can count to


def create(engine: Engine) -> None:
    """Create whatever is missing; safe to repeat after a creation that was cut short."""
    metadata.create_all(engine)
    with engine.begin() as connection:
        for statement in _CREATE_TEXT_INDEX[engine.dialect.name]:
            connection.execute(text(statement))
        noted = set(connection.scalars(select(meta.c.key)))
        start = {"version": VERSION, "edition": "0", "identity": uuid.uuid4().hex}
        missing = [{"key": key, "value": value} for key, value in start.items() if key not in noted]
        if missing:
            connection.execute(insert(meta), missing)


def index_text(connection: Connection, scope: int, rows: Sequence[tuple[int, list[str]]]) -> None:
    """Put passages (number, tokens) into full-text search. `scope` is their document's number, to search within it."""
    if not rows:
        return
    dialect = connection.dialect.name
    values = [
        {"seq": seq, "scope": f"d{scope}", "tokens": " ".join(tokens)}
        if dialect == "sqlite"
        else {"seq": seq, "tokens": _tsvector([f"d{scope}", *tokens])}
        for seq, tokens in rows
    ]
    connection.execute(text(_INDEX_TEXT[dialect]), values)


def forget_text(connection: Connection, document: str) -> None:
    """Take a document's passages out of full-text search; to be called while they still stand in `passages`."""
    connection.execute(text(_FORGET_TEXT[connection.dialect.name]), {"document": document})


def search_text(
    connection: Connection, tokens: Collection[str], scopes: Mapping[str, int] | None, limit: int
) -> list[tuple[str, float]]:
    """Bodies of the passages that hold any of `tokens`, best first, with their score (higher is better).

    `scopes` are the documents to search in, with their numbers; None for all.
    """
    dialect = connection.dialect.name
    either = _either(tokens, dialect)
    query = f"tokens : {either}" if dialect == "sqlite" else either
    if scopes is None:
        statement = text(_SEARCH[dialect].format(within=""))
    elif len(scopes) <= _FEW:  # the index itself knows the document: nothing outside it is looked at
        within = _either([f"d{scope}" for scope in scopes.values()], dialect)
        query += f" AND scope : {within}" if dialect == "sqlite" else f" & {within}"
        statement = text(_SEARCH[dialect].format(within=""))
    else:
        statement = text(_SEARCH[dialect].format(within="AND p.document IN :documents "))
        statement = statement.bindparams(bindparam("documents", list(scopes), expanding=True))
    rows = connection.execute(statement, {"query": query, "limit": limit})
    return [(str(body), float(score)) for body, score in rows]


def count_text(connection: Connection, tokens: Collection[str]) -> dict[str, int]:
    """In how many passages each token stands; tokens that stand in none are left out."""
    dialect = connection.dialect.name
    query = text(_COUNT[dialect])
    counts = {}
    for token in tokens:
        found = connection.scalar(query, {"term": token if dialect == "sqlite" else _quoted(token, dialect)})
        if found:
            counts[token] = int(found)
    return counts


def _either(tokens: Collection[str], dialect: str) -> str:
    quoted = [_quoted(token, dialect) for token in dict.fromkeys(tokens)]
    return f"({(' OR ' if dialect == 'sqlite' else ' | ').join(quoted)})"


def _quoted(token: str, dialect: str) -> str:
    return f'"{token}"' if dialect == "sqlite" else f"'{token}'"  # a token holds letters, digits and dots only


def _tsvector(tokens: Sequence[str]) -> str:
    places: dict[str, list[str]] = {}
    for position, token in enumerate(tokens, start=1):
        places.setdefault(token, []).append(str(min(position, _MOST_POSITIONS)))
    return " ".join(f"'{token}':{','.join(found[:255])}" for token, found in places.items())
