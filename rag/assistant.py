"""The chain, end to end: condense → plan → fetch → compute → compose → verify."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from corpus.figures import Book
from corpus.settings import Settings
from corpus.simplified import simplified
from rag.answer import Answer, show
from rag.desk import Desk, Draft
from rag.model_help import Consultation, ModelHelp
from rag.model_planner import plan_with_model, wants_model
from rag.model_wording import facts_of, word, word_streaming
from rag.plan import Operation, Plan, Verdict
from rag.planner import RulePlanner
from rag.retrieve import Index, Searcher
from rag.shelf import Shelf
from rag.verify import unplaced
from rag.work import run
from rag.years import without_unknown_years

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

log = logging.getLogger(__name__)
_BROKEN = "这个问题没能处理，请换一种问法。"
_SENTENCE_END = re.compile(r"(?<=[。；\n])|(?<=; )")
Turn = str | Mapping[str, Any]


class Assistant:
    """Answers questions over a book. Safe to share among threads; what it works out is kept until the book changes."""

    def __init__(
        self, book: Book, settings: Settings, index: Index | None = None, model: BaseChatModel | None = None
    ) -> None:
        self.book = book
        self.settings = settings
        self.searcher = Searcher(book, index)
        self.help = ModelHelp(settings.model, model)
        self._shelf: Shelf | None = None
        self._lock = threading.Lock()

    def ask(self, question: str, history: Sequence[Turn] = (), document: str | None = None) -> Answer:
        """One answer. `history` holds earlier turns (questions, or messages with a role), `document` the open file's
        name. A question that breaks something is logged and refused: a service must not fall silent over one question.
        """
        try:
            ready = self._ready(question, history, document)
            return self._told(ready, self._worded(ready))
        except Exception:
            log.exception("question not answered: %r", question)
            return Answer(Verdict.NOT_DISCLOSED, _BROKEN)

    def stream(
        self, question: str, history: Sequence[Turn] = (), document: str | None = None
    ) -> Iterator[str | Answer]:
        """Pieces of the answer's text as they become safe to show, then the `Answer`.

        What the rules say is verified before the first piece. What a model says around it is verified piece by piece
        as it comes; where it goes wrong, what is left of the answer follows in plain words.
        """
        started = time.perf_counter()
        try:
            ready = self._ready(question, history, document)
            text, first = "", 0.0
            for piece in self._pieces(ready):
                first = first or time.perf_counter() - started
                text += piece
                yield piece
            answer = self._told(ready, text)
            answer.trace["seconds"]["first_piece"] = round(first, 4)
        except Exception:
            log.exception("question not answered: %r", question)
            answer = Answer(Verdict.NOT_DISCLOSED, _BROKEN)
        yield answer

    def _ready(self, question: str, history: Sequence[Turn], document: str | None) -> _Ready:
        """Everything but the wording."""
        started = time.perf_counter()
        shelf = self._current()
        question, earlier = simplified(question), [simplified(turn) for turn in _questions(history)]
        document = _at_hand(shelf, document)
        planner = RulePlanner(shelf.catalogue, shelf.lexicon, shelf.projects, shelf.says, shelf.bodies, shelf.reached)
        pieces = planner.questions(question)
        plans = [planner.plan(piece, [*earlier, *pieces[:at]], document) for at, piece in enumerate(pieces)]
        planned = time.perf_counter()
        consultation = self.help.consult()
        if len(plans) > 1:
            desk, draft = self._each(question, plans, shelf)
        else:
            desk, draft = self._work(plans[0], shelf)
            desk, draft = self._replanned(desk, draft, planner, consultation, earlier, document)
            desk, draft = self._in_parts(desk, draft, planner, earlier, document)
        worked = time.perf_counter()
        draft, placed = self._verified(desk, draft)
        timing = {"plan": planned - started, "work": worked - planned, "verify": time.perf_counter() - worked}
        return _Ready(desk, draft, placed, consultation, started, timing)

    def _current(self) -> Shelf:
        with self._lock:
            if self._shelf is None or self._shelf.edition != self.book.edition:
                self._shelf = Shelf(self.book)
            return self._shelf

    def _work(self, plan: Plan, shelf: Shelf) -> tuple[Desk, Draft]:
        desk = Desk(plan, shelf, self.searcher)
        return desk, run(desk)

    def _each(self, question: str, plans: Sequence[Plan], shelf: Shelf) -> tuple[Desk, Draft]:
        """Several questions in one, answered one after another with one list of places; no headline."""
        first = plans[0]
        whole = replace(
            first,
            question=question,
            documents=tuple(dict.fromkeys(name for plan in plans for name in plan.documents)),
            years=tuple(sorted({year for plan in plans for year in plan.years})),
            against=tuple(dict.fromkeys(year for plan in plans for year in plan.against)),
        )
        desk = Desk(whole, shelf, self.searcher)
        drafts = [run(Desk(plan, shelf, self.searcher, desk.evidence)) for plan in plans]
        verdicts = [draft.verdict for draft in drafts]
        verdict = Verdict.ANSWERED if Verdict.ANSWERED in verdicts else verdicts[0]
        asked = [
            draft.result
            for plan, draft in zip(plans, drafts, strict=True)
            if plan.operation is not Operation.REASON and draft.verdict is verdict
        ]
        result = asked[0] if len(asked) == 1 else None  # how much of one thing, and why another moved
        return desk, Draft(verdict, "\n\n".join(draft.text for draft in drafts), result)

    def _in_parts(
        self, desk: Desk, draft: Draft, planner: RulePlanner, history: Sequence[str], document: str | None
    ) -> tuple[Desk, Draft]:
        """The clauses of a question one after another, where each has an answer and nothing answers the whole, or its answer
        leaves out what one of them asks for ("安排了多少，满意度要到多少")."""
        if draft.verdict not in (Verdict.NOT_DISCLOSED, Verdict.ANSWERED):
            return desk, draft
        answered = draft.verdict is Verdict.ANSWERED
        pieces = planner.clauses(desk.plan.question) if not answered or desk.plan.operation in _BY_PARTS else ()
        if len(pieces) < 2 or (answered and not all(map(planner.names_a_thing, pieces))):
            return desk, draft
        plans = [planner.plan(piece, [*history, *pieces[:at]], document) for at, piece in enumerate(pieces)]
        works = [self._work(plan, desk.shelf) for plan in plans]
        if any(part.verdict is not Verdict.ANSWERED for _, part in works):
            return desk, draft
        if answered and not _tell_more([part for _, part in works], draft):
            return desk, draft
        return self._each(desk.plan.question, plans, desk.shelf)

    def _replanned(
        self,
        desk: Desk,
        draft: Draft,
        planner: RulePlanner,
        consultation: Consultation,
        history: Sequence[str],
        document: str | None,
    ) -> tuple[Desk, Draft]:
        """Where the rules know the unit and not what is asked for, the draft by a model's plan if that leads to an
        answer; else what the rules made."""
        if not self.help.on or not wants_model(desk.plan, draft.verdict, draft.result is not None):
            return desk, draft
        plan = consultation.ask("plan", lambda model: plan_with_model(model, planner, desk.plan, history, document))
        if plan is None:
            return desk, draft
        other, found = self._work(plan, desk.shelf)
        if found.verdict is Verdict.ANSWERED and not self._loose(other, found):
            return other, found
        consultation.reject("the plan leads to no answer")
        return desk, draft

    def _worded(self, ready: _Ready) -> str:
        """The draft's text, worded by the model where one is on and its wording holds."""
        draft, facts = ready.draft, self._facts(ready)
        if not facts:
            return draft.text
        text = ready.consultation.ask("wording", lambda model: word(model, ready.desk.plan.question, facts))
        if text is None:
            return draft.text
        loose = self._loose(ready.desk, replace(draft, text=text))
        if loose:
            ready.consultation.reject(f"numbers without a place: {loose}")
            return draft.text
        return text

    def _pieces(self, ready: _Ready) -> Iterator[str]:
        """The text of `_worded`, as it comes."""
        facts = self._facts(ready)
        given = 0
        for piece in (
            ready.consultation.listen("wording", lambda model: word_streaming(model, ready.desk.plan.question, facts))
            if facts
            else ()
        ):
            given += 1
            yield piece
        if given == 0:
            yield from (piece for piece in _SENTENCE_END.split(ready.draft.text) if piece)
        for fact in facts[given:] if given else ():
            yield f"\n{fact}"

    def _facts(self, ready: _Ready) -> list[str]:
        """What a model may word, [] where none is on or there is nothing to word."""
        wordable = self.help.on and ready.draft.verdict is Verdict.ANSWERED and ready.placed
        return facts_of(ready.draft.text) if wordable else []

    def _loose(self, desk: Desk, draft: Draft) -> list[str]:
        """The numbers of a draft and its warnings that nothing supports."""
        names = [unit.issuer for unit in desk.shelf.catalogue.units]
        evidence = desk.evidence
        evidence.years.update(desk.shelf.disclosure(name).year for name in desk.plan.documents)
        return unplaced("\n".join([draft.text, *evidence.warnings]), evidence, desk.plan, names)

    def _verified(self, desk: Desk, draft: Draft) -> tuple[Draft, bool]:
        """The draft when all of its numbers have a place, and whether they have; else a refusal."""
        draft = replace(draft, text=without_unknown_years(draft.text))
        if any(desk.shelf.disclosure(name).year == 0 for name in desk.plan.documents):
            desk.evidence.warn(desk.speech.pick(
                "文件没有写明是哪一年度的。", "The document does not say which year it is of."
            ))  # fmt: skip
        loose = self._loose(desk, draft)
        if not loose:
            return replace(draft, text=desk.evidence.tidy(draft.text)), True
        log.warning("answer withheld, numbers without a place: %s in %r", loose, draft.text)
        return Draft(Verdict.NOT_DISCLOSED, desk.speech.pick(
            "没有找到能逐字核对的依据，因此不作答。",
            "No answer is given: nothing was found that can be checked word for word.",
        )), False  # fmt: skip

    def _told(self, ready: _Ready, text: str) -> Answer:
        desk, draft, evidence = ready.desk, ready.draft, ready.desk.evidence
        notes = tuple(dict.fromkeys((*desk.plan.notes, *evidence.warnings))) if ready.placed else ()
        citations = tuple(evidence.citations) if ready.placed else ()
        seconds = time.perf_counter() - ready.started
        return Answer(draft.verdict, text, draft.result, citations, notes, seconds, _trace(ready, seconds))


_BY_PARTS = frozenset((Operation.LOOK_UP, Operation.PROSE, Operation.BREAKDOWN, Operation.TARGETS))
_NUMBER = re.compile(r"(?<!\[)(?<![\d.,])\d[\d,]*(?:\.\d+)?(?![\d\]])")
"""A number of an answer, not the marker of a place."""


def _tell_more(parts: Sequence[Draft], whole: Draft) -> bool:
    """Whether the answers to the parts of a question hold all numbers that the answer to the whole holds, and others."""
    told, each = set(_NUMBER.findall(whole.text)), {number for part in parts for number in _NUMBER.findall(part.text)}
    return told < each


@dataclass(frozen=True, slots=True)
class _Ready:
    """An answer whose facts are settled and verified (`placed`), before it is worded."""

    desk: Desk
    draft: Draft
    placed: bool
    consultation: Consultation
    started: float
    timing: dict[str, float]


def _questions(history: Sequence[Turn]) -> list[str]:
    """The user's own earlier questions, whatever shape the history has."""
    found: list[str] = []
    for turn in history:
        if isinstance(turn, str):
            found.append(turn)
        elif turn.get("role", "user") == "user":
            said = turn.get("content", turn.get("question"))
            if isinstance(said, str):
                found.append(said)
    return found


def _at_hand(shelf: Shelf, document: str | None) -> str | None:
    """The open document as the book knows it: by its name, else by its name but for the format; None for none."""
    if document is None or shelf.catalogue.unit_of(document) is not None:
        return document
    stem = PurePath(document).stem
    return next((d.name for d in shelf.catalogue.disclosures if PurePath(d.name).stem == stem), None)


def _trace(ready: _Ready, seconds: float) -> dict[str, Any]:
    desk, plan = ready.desk, ready.desk.plan
    timing = ready.timing | {"all": seconds}
    model = {"model": ready.consultation.as_json()} if ready.consultation.asked else {}
    return {
        "planner": plan.planner,
        "plan": {
            "operation": plan.operation.value, "inner": plan.inner.value, "units": list(plan.units),
            "documents": list(plan.documents), "years": list(plan.years), "bases": [b.value for b in plan.bases],
            "accounts": [
                {"name": a.name, "said": a.said, "flow": a.flow, "funding": a.funding, "component": a.component}
                for a in plan.accounts
            ],
            "whole": plan.whole.name if plan.whole else None, "unit": plan.unit, "topic": plan.topic,
            "rest": list(plan.rest), "qualifier": plan.qualifier,
        },
        "figures": [
            {
                "id": f.id, "account": f.account, "amount": None if f.amount is None else show(f.amount),
                "year": f.year, "status": f.status.value, "document": f.document, "page": f.locator.page,
            }
            for f in desk.evidence.figures
        ],
        "passages": [c.locator.quote for c in desk.evidence.citations if c.figure is None],
        "seconds": {name: round(value, 4) for name, value in timing.items()},
        **model,
    }  # fmt: skip
