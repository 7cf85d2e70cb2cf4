"""How well the passages that hold an answer are found, and how many of the gold's numbers were read at all.

Recall@k and mean reciprocal rank (Voorhees 1999) over questions whose gold names a file and a number: a passage is a
hit when it stands in that file and shows that number, as printed or in another money unit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.figures import Book
from corpus.money import mentions, normalise
from corpus.passage import Passage
from eval.gold import Gold
from eval.metrics import same_number

_COMPUTED = {"computed", "sum", "difference", "share", "per_head", "zero", "multi", "follow_up"}
_KS = (1, 3, 5, 10)
Search = Callable[[str, Collection[str] | None, int], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Leg:
    """A way of searching, by name."""

    name: str
    search: Search


def printed(golds: Sequence[Gold]) -> list[Gold]:
    """Questions whose number stands in one file as it is (not worked out from others)."""
    return [
        g for g in golds
        if g.expect.kind == "number" and g.expect.file and g.expect.value and not _COMPUTED & set(g.tags)
    ]  # fmt: skip


def retrieval(golds: Sequence[Gold], legs: Sequence[Leg]) -> dict[str, Any]:
    """recall@1/3/5/10 and MRR@10 of each leg, over all documents and within the right one."""
    asked = printed(golds)
    out: dict[str, Any] = {"questions": len(asked)}
    for leg in legs:
        for scope in ("all", "within"):
            ranks = [_rank(g, leg, [g.expect.file] if scope == "within" and g.expect.file else None) for g in asked]
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
