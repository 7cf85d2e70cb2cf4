"""A language model at hand: asked within a time, rested after an outage, and everything it did noted for the trace.

Whatever the model or its server does (stall, drip, break off, refuse, answer nonsense), the caller gets None and goes
on by rules.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from corpus.settings import ModelSettings
from rag.model_planner import UnusableWishError
from rag.model_wording import UnusableWordingError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

log = logging.getLogger(__name__)
T = TypeVar("T")
_REST = 60.0
"""Seconds a model is left alone after an outage."""


class ModelHelp:
    """The configured model, or the one given. Safe to share among threads."""

    def __init__(self, settings: ModelSettings, model: BaseChatModel | None = None) -> None:
        self.settings = settings
        self._model = model
        self._off_until = 0.0
        self._lock = threading.Lock()

    @property
    def on(self) -> bool:
        """Whether there is a model and it is not resting."""
        return (self._model is not None or self.settings.on) and time.monotonic() >= self._off_until

    def consult(self) -> Consultation:
        """What is asked of the model for one question. All of it together may take `settings.timeout` seconds."""
        return Consultation(self, time.monotonic() + self.settings.timeout)

    @property
    def made(self) -> bool:
        """Whether the model was made already."""
        return self._model is not None

    def model(self) -> BaseChatModel | None:
        """The model, made when first needed."""
        from corpus.models import chat_model

        with self._lock:
            if self._model is None:
                self._model = chat_model(self.settings)
        return self._model

    def rest(self) -> None:
        """Leave the model alone for a while."""
        self._off_until = time.monotonic() + _REST


@dataclass
class Consultation:
    """One question's dealings with the model."""

    help: ModelHelp
    deadline: float
    """On the monotonic clock."""
    asked: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, what: str, work: Callable[[BaseChatModel], T]) -> T | None:
        """What `work` makes of the model; None where it is off, slow, fails, or says what cannot be used."""
        values = list(self.listen(what, lambda model: iter((work(model),))))
        return values[0] if values else None

    def listen(self, what: str, work: Callable[[BaseChatModel], Iterator[T]]) -> Iterator[T]:
        """What `work` makes of the model, one after another as it comes. It ends early where the model is slow, fails,
        or says what cannot be used; then the last of `asked` tells why, under "failed" or "rejected"."""
        if not self.help.on:
            return
        started = time.monotonic()
        call = _Call(self.help, work)
        note: dict[str, Any] = {"what": what}
        self.asked.append(note)
        try:
            for value in call.until(self.deadline):
                note.setdefault("first", round(time.monotonic() - started, 3))
                yield value
        except Exception as error:  # whatever a model or its server does, rules answer
            note |= self._told(error)
            if "failed" in note:
                log.warning("model failed for %s: %s", what, note["failed"])
        finally:
            note |= {"seconds": round(time.monotonic() - started, 3)}
            note |= {"input_tokens": call.tokens[0], "output_tokens": call.tokens[1]}

    def reject(self, reason: str) -> None:
        """Note that what the model gave last was not used after all."""
        self.asked[-1]["rejected"] = reason

    def _told(self, error: BaseException) -> dict[str, str]:
        from corpus.models import failure, is_outage

        if isinstance(error, (UnusableWishError, UnusableWordingError)):
            return {"rejected": str(error)}
        if isinstance(error, TimeoutError):
            if self.help.made:  # else it was our own libraries that took so long to load
                self.help.rest()
            return {"failed": "超时"}
        if is_outage(error):
            self.help.rest()
        return {"failed": failure(error)}

    def as_json(self) -> dict[str, Any]:
        """For the trace: each request with its seconds, tokens, and why it failed or was rejected; and the sums."""
        sums = {key: sum(note[key] for note in self.asked) for key in ("input_tokens", "output_tokens")}
        return {"name": self.help.settings.name, **sums, "asked": self.asked}


class _Call(Generic[T]):
    """Work with the model in a thread of its own: a server that drips bytes would outwait any timeout between bytes."""

    def __init__(self, help: ModelHelp, work: Callable[[BaseChatModel], Iterator[T]]) -> None:
        self._help, self._work = help, work
        self._usage: Any = None
        self._box: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()

    def until(self, deadline: float) -> Iterator[T]:
        """Its values; raises what the work raised, or `TimeoutError` when the time is over."""
        threading.Thread(target=self._run, daemon=True, name="model call").start()
        while True:
            try:
                kind, value = self._box.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise TimeoutError from None
            if kind == "error":
                raise value
            if kind == "end":
                return
            yield value

    def _run(self) -> None:
        from langchain_core.callbacks import get_usage_metadata_callback

        try:
            model = self._help.model()
            with get_usage_metadata_callback() as self._usage:
                for value in self._work(model) if model is not None else ():
                    self._box.put(("value", value))
        except Exception as error:  # handed over to the thread that waits
            self._box.put(("error", error))
        else:
            self._box.put(("end", None))

    @property
    def tokens(self) -> tuple[int, int]:
        """Tokens sent and received so far."""
        from corpus.models import tokens_used

        return (0, 0) if self._usage is None else tokens_used(self._usage)
