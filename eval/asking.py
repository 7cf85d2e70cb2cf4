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
from corpus.settings import Settings
from eval.gold import Gold

_ROOT = Path(__file__).resolve().parents[1]
SCRIPTED = "scripted"
"""The name that puts a scripted model of our own in a language model's place (`eval.scripted`)."""
_PROGRAM = ("corpus", "ingest", "rag", "eval")


class System(Protocol):
    """Anything that answers. `name` stands in the report."""

    name: str

    def ask(self, question: str, history: Sequence[Any], document: str | None) -> dict[str, Any]:
        """The answer as the JSON object of the contract, with "trace" when there is one."""
        ...


class AssistantSystem:
    """The assistant itself, or the assistant over a book with something left out."""

    def __init__(self, assistant: Any, name: str = "assistant") -> None:
        self.name = name
        self._assistant = assistant

    def ask(self, question: str, history: Sequence[Any], document: str | None) -> dict[str, Any]:
        """The assistant's answer; with a model on, the "tokens" it took, and whether it went "without_model" because
        the model's service was down."""
        model = self._assistant.help
        resting = model.settings.on and not model.on
        answer: dict[str, Any] = self._assistant.ask(question, list(history), document).as_json(trace=True)
        if not model.settings.on:
            return answer
        used = (answer.get("trace") or {}).get("model") or {}
        answer["tokens"] = {"input": used.get("input_tokens", 0), "output": used.get("output_tokens", 0)}
        if resting or not model.on:  # it is left alone for a while after an outage or a timeout
            answer["without_model"] = True
        return answer


def tokens(usage: Mapping[str, Any]) -> dict[str, int]:
    """Input and output tokens over all models and calls of one answer."""
    totals = {"input": 0, "output": 0}
    for counted in usage.values():
        totals["input"] += counted.get("input_tokens", 0)
        totals["output"] += counted.get("output_tokens", 0)
    return totals


class Answers:
    """Answers kept in a JSONL file, one a line; a line cut short by a crash is passed over, and the next begins anew."""

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
            if not path.read_bytes().endswith(b"\n"):
                with path.open("a", encoding="utf-8") as file:
                    file.write("\n")

    def get(self, system: System, gold: Gold, state: str) -> dict[str, Any]:
        """The kept answer, or a fresh one. A system that raises gives an answer with status "error".

        What was answered without the model although it is on, or broke, is not kept: the next run asks again.
        """
        key = _key(system.name, gold, state)
        if key in self._kept:
            return self._kept[key]
        answer = ask(system, gold)
        self._kept[key] = answer
        lasting = answer["status"] != "error" and not answer.get("without_model")
        if self._path is not None and lasting:
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


def state_of(book: Book, settings: Settings) -> str:
    """What an answer depends on besides its question: the book as it is now, the program, the models."""
    return "|".join((book.identity, str(book.edition), program(), models_of(settings)))


def models_of(settings: Settings) -> str:
    """The models in use, as far as answers depend on them. The scripted one serves at another port every time."""
    model, embedding = settings.model, settings.embedding
    where = "" if model.name == SCRIPTED else f"@{model.base_url or ''}|{model.temperature}"
    return f"{model.name}{where}|{embedding.name}@{embedding.base_url or ''}"


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
