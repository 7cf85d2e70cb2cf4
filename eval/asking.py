"""Systems that answer, and their answers kept on disk, so that an interrupted evaluation goes on where it stopped.

A kept answer is used again only for the same question over the same book by the same program: its key is a hash of the
question, its history and document, the system's name, the book's identity and edition, and the program's own text.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from corpus.figures import Book
from eval.gold import Gold

_ROOT = Path(__file__).resolve().parents[1]
_PROGRAM = ("corpus", "ingest", "rag", "eval")


class System(Protocol):
    """Anything that answers. `name` stands in the report."""

    name: str

    def ask(self, question: str, history: Sequence[Any], document: str | None) -> dict[str, Any]:
        """The answer as the JSON object of the contract, with "trace" when there is one."""
        ...


class AssistantSystem:
    """The assistant itself, or the assistant over a book with something left out."""

    def __init__(self, assistant: Any, name: str = "assistant", *, counting: bool = False) -> None:
        self.name = name
        self._assistant = assistant
        self._counting = counting

    def ask(self, question: str, history: Sequence[Any], document: str | None) -> dict[str, Any]:
        """The assistant's answer, with the model's "tokens" when they are counted."""
        if not self._counting:
            return self._answer(question, history, document)
        from langchain_core.callbacks import get_usage_metadata_callback

        with get_usage_metadata_callback() as usage:
            answer = self._answer(question, history, document)
        return answer | {"tokens": tokens(usage.usage_metadata)}

    def _answer(self, question: str, history: Sequence[Any], document: str | None) -> dict[str, Any]:
        answer: dict[str, Any] = self._assistant.ask(question, list(history), document).as_json(trace=True)
        return answer


def tokens(usage: Mapping[str, Any]) -> dict[str, int]:
    """Input and output tokens over all models and calls of one answer."""
    totals = {"input": 0, "output": 0}
    for counted in usage.values():
        totals["input"] += counted.get("input_tokens", 0)
        totals["output"] += counted.get("output_tokens", 0)
    return totals


class Answers:
    """Answers kept in a JSONL file, one a line; a line cut short by a crash is passed over."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._kept: dict[str, dict[str, Any]] = {}
        if path is not None and path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                try:
                    entry = json.loads(line)
                    self._kept[entry["key"]] = entry["answer"]
                except (ValueError, KeyError, TypeError):
                    continue

    def get(self, system: System, gold: Gold, state: str) -> dict[str, Any]:
        """The kept answer, or a fresh one. A system that raises gives an answer with status "error"."""
        key = _key(system.name, gold, state)
        if key in self._kept:
            return self._kept[key]
        answer = ask(system, gold)
        self._kept[key] = answer
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"key": key, "id": gold.id, "answer": answer}, ensure_ascii=False) + "\n")
        return answer


def ask(system: System, gold: Gold) -> dict[str, Any]:
    """One answer, with "seconds" as measured from outside. An exception is an answer too, and a wrong one."""
    began = time.perf_counter()
    try:
        answer = dict(system.ask(gold.question, gold.history, gold.document))
    except Exception as error:  # what breaks is measured, not hidden: it is reported as a failure of its own kind
        answer = {"status": "error", "answer": f"{type(error).__name__}: {error}", "result": None, "citations": []}
    return answer | {"seconds": round(time.perf_counter() - began, 4)}


def state_of(book: Book, settings_mark: str = "") -> str:
    """What an answer depends on besides its question: the book as it is now, the program, the model's name."""
    return "|".join((book.identity, str(book.edition), program(), settings_mark))


@lru_cache(maxsize=1)
def program() -> str:
    """A hash of the program's own text."""
    digest = hashlib.sha256()
    for package in _PROGRAM:
        for path in sorted((_ROOT / package).rglob("*")):
            if path.suffix in (".py", ".toml"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _key(name: str, gold: Gold, state: str) -> str:
    parts: Mapping[str, Any] = {
        "system": name, "question": gold.question, "history": list(gold.history), "document": gold.document,
        "state": state,
    }  # fmt: skip
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:24]
