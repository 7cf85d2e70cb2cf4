"""Passages for a question: full-text search leads, vectors add to it, fused by reciprocal rank; documents are filtered
first."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.figures import Book
from corpus.passage import Passage

log = logging.getLogger(__name__)
_SMOOTHING = 60
"""The usual constant of reciprocal rank fusion: how slowly a rank's weight falls."""
_VECTOR_WEIGHT = 0.35
"""Measured on five disclosures: vectors fused with equal weight lower recall, so the lexical leg leads."""


class Index(Protocol):
    """The passage index, as far as retrieval needs it."""

    def search(self, query: str, documents: Iterable[str] | None, limit: int = 10) -> list[tuple[str, float]]:
        """Passage ids nearest to the query with their similarity."""
        ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its fused score (higher is better)."""

    passage: Passage
    score: float


class Searcher:
    """Search over a book and, when there is one, its passage index."""

    def __init__(self, book: Book, index: Index | None = None) -> None:
        self.book = book
        self.index = index

    def search(self, query: str, documents: Collection[str] | None, limit: int = 12) -> list[Hit]:
        """The passages nearest to `query`, within `documents` when given, best first."""
        lexical = self.book.search(query, documents=documents, limit=3 * limit)
        found = {passage.id: passage for passage, _ in lexical}
        scores = {passage.id: 1 / (_SMOOTHING + rank) for rank, (passage, _) in enumerate(lexical)}
        near = self._near(query, documents, limit)
        missing = [id for id in near if id not in found]
        if missing:
            found |= {passage.id: passage for passage in self.book.passages(ids=missing)}
        for rank, id in enumerate(near):
            if id in found:
                scores[id] = scores.get(id, 0.0) + _VECTOR_WEIGHT / (_SMOOTHING + rank)
        ranked = sorted(scores, key=lambda id: -scores[id])[:limit]
        return [Hit(found[id], scores[id]) for id in ranked]

    def _near(self, query: str, documents: Collection[str] | None, limit: int) -> Sequence[str]:
        if self.index is None:
            return ()
        try:
            return [id for id, _ in self.index.search(query, documents, limit)]
        except Exception:  # the index is a cache: whatever is wrong with it, the book alone answers
            log.warning("passage index not usable, searching the book alone", exc_info=True)
            self.index = None
            return ()


_SENTENCE = re.compile(r"[^。;；!！?？\n]+[。;；!！?？]?")


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence of a text stands (start, end); long ones are kept whole."""
    return [match.span() for match in _SENTENCE.finditer(text) if match.group().strip()]


def bigrams(text: str) -> set[str]:
    """Pairs of neighbouring Chinese characters, and Latin words and numbers whole."""
    pairs = {
        run[i : i + 2] for run in re.findall(r"[\u4e00-\u9fff]+", text) for i in range(len(run) - 1)
    }  # fmt: skip
    return pairs | set(re.findall(r"[a-z]+|\d+(?:\.\d+)?", text.lower()))


def coverage(words: Sequence[str], text: str) -> float:
    """The share of the words' bigrams that stand in a text; 0 for no words."""
    wanted = set().union(*(bigrams(word) for word in words)) if words else set()
    if not wanted:
        return 0.0
    return len(wanted & bigrams(text)) / len(wanted)
