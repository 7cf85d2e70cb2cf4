"""Simpler ways to answer, to compare with in the same run.

rules      with a model configured, always: the assistant with the model off, over a book that no model has read
plain      the documents cut into chunks of 400 characters, the nearest by vectors, its first number
lexical    full-text search over the passages, the first number of the best one
tables     the assistant over the figures of tables alone
prose      the assistant over the figures of sentences alone
unchecked  the assistant over a book whose readings were never laid side by side: every figure single, no findings
           (these three without a model, whether one is configured or not)
chain      with a model configured: the usual retrieval chain (split, embed, retrieve, generate) on the same model
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.disclosure import Disclosure
from corpus.figure import Figure, Reader, Status
from corpus.figures import Book
from corpus.hashing import passage_vector, question_vector
from corpus.money import MONEY_UNITS, mentions, normalise
from corpus.record import Record
from corpus.settings import ModelSettings, Settings
from eval.asking import AssistantSystem, System

NAMES = ("plain", "lexical", "tables", "prose", "unchecked", "chain")
ABLATIONS = ("tables", "prose", "unchecked")
"""The assistant by rules with something left out: to be compared with the rules, not with a model."""
_CHUNK, _OVERLAP = 400, 80


def build(name: str, book: Book, settings: Settings, folder: Path) -> System:
    """The baseline of that name over `book`; what it needs on disk goes into `folder`. Unknown names: ValueError."""
    if name == "plain":
        return PlainRetrieval(book)
    if name == "lexical":
        return Lexical(book)
    if name == "chain":
        from eval.chain import RetrievalChain

        return RetrievalChain(chunks(book), settings)
    if name not in _KEPT:
        raise ValueError(f"unknown baseline {name!r}; known are {', '.join(NAMES)}")
    from rag.assistant import Assistant

    part = derive(book, folder / f"{name}.sqlite", _KEPT[name])
    return AssistantSystem(Assistant(part, without_model(settings)), name)


def without_model(settings: Settings) -> Settings:
    """The settings with no chat model."""
    return settings.model_copy(update={"model": ModelSettings()})


def _tables(figure: Figure) -> Figure | None:
    return figure if figure.reader is Reader.TABLE else None


def _prose(figure: Figure) -> Figure | None:
    return figure if figure.reader is Reader.PROSE else None


def _unchecked(figure: Figure) -> Figure | None:
    return replace(figure, status=Status.SINGLE)


_KEPT: dict[str, Callable[[Figure], Figure | None]] = {"tables": _tables, "prose": _prose, "unchecked": _unchecked}


def derive(book: Book, path: Path, keep: Callable[[Figure], Figure | None]) -> Book:
    """A copy of the book in `path` with only the figures that `keep` gives, and without findings."""
    return _copy(book, path, lambda record: _kept(record, keep))


def _kept(record: Record, keep: Callable[[Figure], Figure | None]) -> Record:
    figures = tuple(kept for figure in record.figures if (kept := keep(figure)) is not None)
    return replace(record, figures=figures, findings=())


def unread(book: Book, path: Path) -> Book:
    """A copy of the book as it is when no model has read the documents: every figure is judged again without it."""
    from ingest.pipeline import judged

    return _copy(book, path, lambda record: judged(_kept(record, lambda f: None if f.reader is Reader.MODEL else f)))


def _copy(book: Book, path: Path, change: Callable[[Record], Record]) -> Book:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with Book.open(path, writable=True) as copy:
        for disclosure in book.disclosures():
            copy.store(change(_record(book, disclosure)))
    return Book.open(path)


def _record(book: Book, disclosure: Disclosure) -> Record:
    name = disclosure.name
    return Record(
        disclosure=disclosure, pages=tuple(book.pages(name)), sections=tuple(book.sections(name)),
        tables=tuple(book.tables(name)), announced=tuple(book.announced(name)),
        figures=tuple(book.figures(documents=[name])), passages=tuple(book.passages(documents=[name])),
        findings=tuple(book.findings(documents=[name])), warnings=tuple(book.warnings(name)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chunk:
    """A window of a document's text, as plain retrieval cuts it."""

    document: str
    page: int | None
    text: str


def chunks(book: Book) -> list[Chunk]:
    """Every document cut into overlapping windows of characters; nothing is known of tables or sections."""
    found = []
    for disclosure in book.disclosures():
        pages: list[tuple[int | None, str]] = [(p.number, p.text) for p in book.pages(disclosure.name)]
        if not pages:
            pages = [(None, "\n".join(p.text for p in book.passages(documents=[disclosure.name])))]
        for number, text in pages:
            for start in range(0, max(1, len(text) - _OVERLAP), _CHUNK - _OVERLAP):
                found.append(Chunk(disclosure.name, number, text[start : start + _CHUNK]))
    return found


class PlainRetrieval:
    """The nearest chunk by cosine of hashed vectors, and the first number in it."""

    name = "plain"

    def __init__(self, book: Book) -> None:
        self._chunks = chunks(book)
        self._matrix: NDArray[np.float64] = np.array([passage_vector(c.text) for c in self._chunks])

    def ask(self, question: str, history: Sequence[Any], document: str | None) -> dict[str, Any]:
        """Answers from the best chunk; declines only when no chunk has anything in common with the question."""
        scores = self._matrix @ np.array(question_vector(_said(question, history), None))
        if document is not None:
            scores = np.where([c.document == document for c in self._chunks], scores, -1.0)
        best = int(scores.argmax()) if len(scores) else 0
        if not len(scores) or scores[best] <= 0:
            return _declined()
        chunk = self._chunks[best]
        return extract(chunk.text, chunk.document, chunk.page)


class Lexical:
    """The best passage by full-text search, and the first number in it."""

    name = "lexical"

    def __init__(self, book: Book) -> None:
        self._book = book

    def ask(self, question: str, history: Sequence[Any], document: str | None) -> dict[str, Any]:
        """Answers from the best passage; declines when none is found."""
        within = None if document is None else [document]
        found = self._book.search(_said(question, history), documents=within, limit=1)
        if not found:
            return _declined()
        passage, _ = found[0]
        return extract(passage.text, passage.document, passage.page)


def extract(text: str, document: str, page: int | None) -> dict[str, Any]:
    """An answer made of a text's first amount (a year or a page number is none), quoted with its place."""
    flat = normalise(text)
    found = [m for m in mentions(flat) if m.unit in MONEY_UNITS or m.unit == "%" or "." in m.printed]
    result = None
    if found:
        first = found[0]
        result = {"value": f"{first.value:f}", "unit": first.unit or "万元", "status": "single", "formula": None}
    citation = {
        "marker": 1, "document": document, "page": page, "table": None, "row": None, "column": None, "quote": flat,
        "bbox": None,
    }  # fmt: skip
    return {"status": "answered", "answer": f"{flat}[1]", "result": result, "citations": [citation], "warnings": []}


def _declined() -> dict[str, Any]:
    return {"status": "not_disclosed", "answer": "", "result": None, "citations": [], "warnings": []}


def _said(question: str, history: Sequence[Any]) -> str:
    """The question with what was asked just before it, the usual way of plain retrieval."""
    return f"{history[-1]} {question}" if history else question
