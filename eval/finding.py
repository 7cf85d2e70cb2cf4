"""How well the passages that hold an answer are found, and how many of the gold's numbers were read at all.

Recall@k and mean reciprocal rank (Voorhees 1999) over questions whose gold names a file and a number: a passage is a
hit when it stands in that file and shows that number, as printed or in another money unit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from corpus.figures import Book
from corpus.money import mentions, normalise
from corpus.passage import Passage
from eval.gold import Gold
from eval.metrics import Scored, same_number

_COMPUTED = {"computed", "sum", "difference", "share", "per_head", "zero", "multi", "follow_up"}
_KS = (1, 3, 5, 10)
Search = Callable[[str, Collection[str] | None, int], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Leg:
    """A way of searching, by name."""

    name: str
    search: Search


def legs(book: Book, index: Any) -> list[Leg]:
    """Full-text search alone, and where there is a passage index, vectors alone and both fused as the service does."""
    from rag.retrieve import Searcher

    known_book = cast(Book, _Remembering(book))
    lexical = Searcher(known_book)
    found = [Leg("lexical", lambda q, within, k: [hit.passage for hit in lexical.search(q, within, k)])]
    if index is None:
        return found
    known = _Remembering(index)
    fused = Searcher(known_book, known)

    def by_vectors(question: str, within: Collection[str] | None, k: int) -> list[Passage]:
        near = [id for id, _ in known.search(question, within, k)]
        passages = {passage.id: passage for passage in book.passages(ids=near)}
        return [passages[id] for id in near if id in passages]

    return [
        *found, Leg("vectors", by_vectors),
        Leg("fused", lambda q, within, k: [hit.passage for hit in fused.search(q, within, k)]),
    ]  # fmt: skip


class _Remembering:
    """A book or a passage index that is searched once for what two legs look for."""

    def __init__(self, searched: Any) -> None:
        self._searched = searched
        self._found: dict[tuple[str, tuple[str, ...] | None, int], Any] = {}

    def search(self, query: str, documents: Iterable[str] | None, limit: int = 10) -> Any:
        key = (query, None if documents is None else tuple(documents), limit)
        if key not in self._found:
            self._found[key] = self._searched.search(query, documents=documents, limit=limit)
        return self._found[key]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._searched, name)


def printed(golds: Sequence[Gold]) -> list[Gold]:
    """Questions whose number stands in one file as it is (not worked out from others)."""
    return [
        g for g in golds
        if g.expect.kind == "number" and g.expect.file and g.expect.value and not _COMPUTED & set(g.tags)
    ]  # fmt: skip


def retrieval(
    golds: Sequence[Gold], legs: Sequence[Leg], tell: Callable[[int, int, str], None] = lambda done, total, what: None
) -> dict[str, Any]:
    """recall@1/3/5/10 and MRR@10 of each leg, over all documents and within the right one."""
    asked = printed(golds)
    out: dict[str, Any] = {"questions": len(asked)}
    for leg in legs:
        for scope in ("all", "within"):
            ranks = []
            for done, gold in enumerate(asked, 1):
                ranks.append(_rank(gold, leg, [gold.expect.file or ""] if scope == "within" else None))
                tell(done, len(asked), f"search: {leg.name}")
            out[f"{leg.name}, {'all documents' if scope == 'all' else 'within the right one'}"] = _summary(ranks)
    return out


def _rank(gold: Gold, leg: Leg, documents: Collection[str] | None) -> int | None:
    for rank, passage in enumerate(leg.search(gold.question, documents, max(_KS)), 1):
        if passage.document == gold.expect.file and shows(passage.text, gold):
            return rank
    return None


def _summary(ranks: Sequence[int | None]) -> dict[str, float]:
    if not ranks:
        return {}
    summary = {f"recall@{k}": sum(r is not None and r <= k for r in ranks) / len(ranks) for k in _KS}
    summary["mrr"] = sum(1 / r for r in ranks if r is not None) / len(ranks)
    return {name: round(value, 4) for name, value in summary.items()}


def shows(text: str, gold: Gold) -> bool:
    """Whether a text shows the gold's number."""
    value = gold.expect.value
    assert value is not None
    return any(same_number(abs(m.value), abs(value), gold.expect.unit) for m in mentions(normalise(text)))


def reach(scored: Sequence[Scored]) -> dict[str, Any]:
    """For answers that a model made from excerpts: how often the excerpts show the number. No model could do better."""
    asked = {g.id for g in printed([s.gold for s in scored])}
    shown = []
    for item in scored:
        trace = item.answer.get("trace") or {}
        if item.gold.id in asked and "excerpts" in trace:
            shown.append(any(e["document"] == item.gold.expect.file and shows(e["text"], item.gold)
                             for e in trace["excerpts"]))  # fmt: skip
    return {"questions": len(shown), "share": round(sum(shown) / len(shown), 4)} if shown else {}


def coverage(book: Book, golds: Sequence[Gold]) -> dict[str, Any]:
    """The share of the gold's printed numbers that some figure of the right document holds; lists those missing."""
    held: dict[str, list[Any]] = {}
    missing = []
    asked = printed(golds)
    for gold in asked:
        file = gold.expect.file or ""
        if file not in held:
            held[file] = [f.amount for f in book.figures(documents=[file]) if f.amount is not None]
        value, unit = gold.expect.value, gold.expect.unit
        assert value is not None
        if not any(same_number(abs(amount.value), abs(value), unit) for amount in held[file]):
            missing.append(gold.id)
    share = round(1 - len(missing) / len(asked), 4) if asked else None
    return {"questions": len(asked), "recall": share, "missing": missing}
