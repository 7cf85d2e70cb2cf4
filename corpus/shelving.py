"""How a record becomes rows of the book, and how they go again. For `corpus.figures`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy import insert as rows_into
from sqlalchemy.sql.schema import Table as SqlTable

from corpus import codec, schema
from corpus.figure import Figure
from corpus.ngrams import ngrams
from corpus.record import Record

_AS_COLUMNS = frozenset(schema.FIGURE_COLUMNS)


def remove(connection: Connection, name: str) -> None:
    """Remove a disclosure with all its parts; harmless when it is not there."""
    schema.forget_text(connection, name)
    connection.execute(delete(schema.documents).where(schema.documents.c.name == name))


def insert(connection: Connection, record: Record, source: bytes | None) -> None:
    """Insert a record whose disclosure is not there yet, with the file it was read from."""
    disclosure = record.disclosure
    name = disclosure.name
    row = {"name": name, "sha256": disclosure.sha256, "body": codec.dumps(disclosure)}
    connection.execute(rows_into(schema.documents), row)
    if source is not None:
        connection.execute(rows_into(schema.sources), {"document": name, "data": source})
    parts: dict[SqlTable, Iterable[dict[str, Any]]] = {
        schema.pages: map(_body, record.pages),
        schema.sections: map(_body, record.sections),
        schema.tables: ({"id": table.id, **_body(table)} for table in record.tables),
        schema.announced: map(_body, record.announced),
        schema.figures: map(_figure_row, record.figures),
        schema.passages: ({"id": passage.id, **_body(passage)} for passage in record.passages),
        schema.findings: ({"severity": finding.severity, **_body(finding)} for finding in record.findings),
        schema.warnings: map(_body, record.warnings),
    }
    for table, rows in parts.items():
        values = [{"document": name, **row} for row in rows]
        if values:
            connection.execute(rows_into(table), values)
    _index_passages(connection, record)


def _body(value: object) -> dict[str, Any]:
    return {"body": codec.dumps(value)}


def _figure_row(figure: Figure) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(figure, name) for name in schema.FIGURE_COLUMNS}
    amount = figure.amount
    row["id"] = figure.id
    row["value"] = None if amount is None else str(amount.value)
    row["unit"] = None if amount is None else amount.unit
    row["absence"] = figure.absence
    row["body"] = codec.dumps(figure, skip=_AS_COLUMNS)
    return row


def _index_passages(connection: Connection, record: Record) -> None:
    name = record.disclosure.name
    scope = connection.scalar(select(schema.documents.c.seq).where(schema.documents.c.name == name))
    stored = select(schema.passages.c.seq).where(schema.passages.c.document == name).order_by(schema.passages.c.seq)
    numbers = connection.scalars(stored).all()
    tokens = (ngrams(passage.indexed_text) for passage in record.passages)
    schema.index_text(connection, int(scope or 0), list(zip(numbers, tokens, strict=True)))
