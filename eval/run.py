"""One evaluation, from documents and gold questions to metrics: ingest into a scratch book, ask, score, compare."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.figures import Book
from corpus.settings import ModelSettings, Settings
from eval import typed
from eval.asking import Answers, AssistantSystem, System, models_of, program, state_of
from eval.baselines import ABLATIONS, NAMES, build, unread, without_model
from eval.compare import Comparison, compare, earlier
from eval.cost import Reading, cost
from eval.finding import coverage, legs, reach, retrieval
from eval.gold import EvaluationError, Gold, load
from eval.metrics import SEED, Scored, measure, score

Progress = Callable[[int, int, str], None]
"""Called with how many questions are done, of how many, and what is being done."""

GOLD = Path(__file__).parent / "gold"
BUNDLED_GOLD = GOLD / "editions.jsonl"


@dataclass(frozen=True, slots=True)
class Run:
    """What one system did."""

    name: str
    scored: tuple[Scored, ...]
    metrics: dict[str, Any]

    @property
    def verdicts(self) -> dict[str, bool]:
        """Whether each question was answered right, by id."""
        return {s.gold.id: s.verdict.right for s in self.scored}


@dataclass(slots=True)
class Evaluation:
    """Everything a report tells. `runs` has the assistant first."""

    documents: list[str]
    gold: list[str]
    runs: list[Run] = field(default_factory=list)
    comparisons: dict[str, Comparison] = field(default_factory=dict)
    """The assistant against each baseline (before = the baseline), and against an earlier report. Baselines that are
    the rules with something left out are compared with the rules, where a model is on."""
    earlier: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What an earlier report says of each question, by id."""
    retrieval: dict[str, Any] = field(default_factory=dict)
    coverage: dict[str, Any] = field(default_factory=dict)
    judge: dict[str, Any] = field(default_factory=dict)
    failed_documents: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)
    """The figures read from tables against typed pages (`eval.typed.measure`); {} where none are typed."""
    reading: dict[str, Any] = field(default_factory=dict)
    """What a model's reading of the documents gave and took (`eval.cost.Reading.total`); {} without a model."""
    model: ModelSettings = field(default_factory=ModelSettings)


def evaluate(
    gold: Sequence[Path],
    settings: Settings,
    *,
    documents: Sequence[Path] = (),
    store: Path | None = None,
    baselines: Sequence[str] = (),
    split: str | None = None,
    report: Path | None = None,
    before: Path | None = None,
    vectors: bool = True,
    judge: bool = False,
    require_checked: bool = False,
    figures: Path | None = None,
    progress: Progress | None = None,
    seed: int = SEED,
) -> Evaluation:
    """Ask every gold question and score the answers.

    `documents` (files or folders) go into a scratch book; `store` names a folder with a book to use as it is instead.
    `split` keeps only "tune" or "held" questions. With `report`, answers are kept there, an interrupted evaluation
    goes on where it stopped, and report.json, report.md, report.html and wrong.jsonl are written. `before` is an
    earlier report.json to compare with. `vectors` opens the passage index as the service does. With a model on, the
    assistant is also asked without it ("rules"); the model "scripted" without an endpoint is our own (`eval.scripted`).
    `judge` has the model give a second opinion on text answers, which is reported and decides nothing.
    `figures` names a CSV file of typed pages that the figures read from tables are compared with (`eval.typed`).
    `require_checked` refuses gold without a second look recorded for each question.

    Raises `GoldError` for a bad gold file, `EvaluationError` when nothing can be asked, `ValueError` for an unknown
    baseline, or when `judge` or the baseline "chain" lacks a model.
    """
    from eval.scripted import standing_in

    golds = [g for g in load(gold, require_checked=require_checked) if split is None or g.split == split]
    if not golds:
        raise EvaluationError(f"no question of split {split!r} in {', '.join(map(str, gold))}")
    if store is not None and documents:
        raise EvaluationError("documents and a store exclude each other: a store is asked as it is")
    _wanted(baselines, settings, judge)
    known = earlier(before) if before is not None else {}
    pages = typed.load(figures) if figures is not None else []
    began = time.perf_counter()
    with _folder(report) as folder, standing_in(settings) as settings:
        result = Evaluation([], [path.name for path in gold], earlier=known, model=settings.model)
        choice = _Choice(tuple(baselines), vectors, judge, pages, seed, progress or (lambda done, total, what: None))
        place = settings.model_copy(update={"store": store or folder / _book_name(settings)})
        if store is None:
            with _timed(result, "ingest"):
                _ingest(documents, place, result, choice.tell)
        with Book.open(place.book) as book:
            _Evaluating(book, golds, place, result, choice, folder).run()
    if known:
        before_now = {id: bool(row["right"]) for id, row in known.items()}
        result.comparisons[EARLIER] = compare(before_now, result.runs[0].verdicts)
    result.seconds["all"] = round(time.perf_counter() - began, 1)
    if report is not None:
        from eval.report import write

        write(result, report)
    return result


def _wanted(baselines: Sequence[str], settings: Settings, judge: bool) -> None:
    """Complain before anything is read about what cannot be done afterwards."""
    for name in baselines:
        if name not in NAMES:
            raise ValueError(f"unknown baseline {name!r}; known are {', '.join(NAMES)}")
    if not settings.model.on and (judge or "chain" in baselines):
        what = "a judge" if judge else "the baseline 'chain'"
        raise ValueError(f"{what} needs a model: give --model or set MINGZHANG_MODEL__NAME")


EARLIER = "earlier report"


@dataclass(frozen=True, slots=True)
class _Choice:
    baselines: tuple[str, ...]
    vectors: bool
    judge: bool
    pages: Sequence[typed.Typed]
    seed: int
    tell: Progress


@contextmanager
def _folder(report: Path | None) -> Iterator[Path]:
    if report is not None:
        report.mkdir(parents=True, exist_ok=True)
        yield report
        return
    with tempfile.TemporaryDirectory(prefix="mingzhang-eval-") as folder:
        yield Path(folder)


@contextmanager
def _timed(result: Evaluation, what: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    result.seconds[what] = round(time.perf_counter() - began, 1)


def _book_name(settings: Settings) -> str:
    """Another program or another model reads documents otherwise, so its book is another one."""
    return "book-" + hashlib.sha256(f"{program()}|{models_of(settings)}".encode()).hexdigest()[:16]


def _ingest(documents: Sequence[Path], settings: Settings, result: Evaluation, tell: Progress) -> None:
    """Take the documents in. What an earlier run took in and is not asked about now goes out again."""
    from ingest.intake import expand, ingest_files

    files = expand(documents)
    if not files:
        raise EvaluationError("no documents to ask about: give files or folders, or a store that has some")
    reading = Reading(settings.store / "reading.json")
    with Book.open(settings.book, writable=True) as book:
        for name in {d.name for d in book.disclosures()} - {path.name for path in files}:
            book.remove(name)
        for done, taken in enumerate(ingest_files(files, book, settings), 1):
            tell(done, len(files), f"ingest {taken.path.name}")
            if taken.failed:
                result.failed_documents.append(taken.sentence)
            if taken.extraction is not None:
                reading.add(taken.path.name, taken.extraction)
        if settings.model.on:
            result.reading = reading.total([d.name for d in book.disclosures()], settings.model)


@dataclass(slots=True)
class _Evaluating:
    """The part of an evaluation that has a book."""

    book: Book
    golds: Sequence[Gold]
    settings: Settings
    result: Evaluation
    choice: _Choice
    folder: Path

    def run(self) -> None:
        """Ask every system, compare, and measure how passages are found and figures were read."""
        result, choice = self.result, self.choice
        result.documents = [d.name for d in self.book.disclosures()]
        if not result.documents:
            told = " ".join(result.failed_documents)
            raise EvaluationError(f"the book is empty: no document could be taken in. {told}")
        if choice.pages:
            result.figures = typed.measure(self.book, choice.pages)
        with _timed(result, "index"):
            index = _index(self.book, self.settings) if choice.vectors else None
        names = [name for d in self.book.disclosures() for name in (d.issuer, *d.units)]
        answers, state = Answers(self.folder / "answers.jsonl"), state_of(self.book, self.settings)
        for system in self._systems(index):
            with _timed(result, system.name):
                pairs = [(gold, answers.get(system, gold, state)) for gold in self._each(system.name)]
            result.runs.append(self._measured(system.name, score(pairs, names)))
        self._compare()
        if choice.judge:
            from eval.judge import second_opinions

            with _timed(result, "judge"):
                kept = self.folder / "opinions.jsonl"
                result.judge = second_opinions(result.runs[0].scored, self.settings, kept)
        with _timed(result, "retrieval"):
            result.retrieval = retrieval(self.golds, legs(self.book, index), choice.tell)
        result.coverage = coverage(self.book, self.golds)

    def _each(self, name: str) -> Iterator[Gold]:
        for done, gold in enumerate(self.golds, 1):
            yield gold
            self.choice.tell(done, len(self.golds), name)

    def _systems(self, index: Any) -> Iterator[System]:
        """The assistant, the rules beside it where a model is on, the baselines: each made when its turn comes."""
        from rag.assistant import Assistant

        yield AssistantSystem(Assistant(self.book, self.settings, index=index))
        plain, folder = self.book, self.folder / "baselines"
        if self.settings.model.on:
            plain = unread(self.book, folder / "rules.sqlite")
            yield AssistantSystem(Assistant(plain, without_model(self.settings), index=index), "rules")
        for name in dict.fromkeys(self.choice.baselines):
            yield build(name, plain if name in ABLATIONS else self.book, self.settings, folder)

    def _measured(self, name: str, scored: Sequence[Scored]) -> Run:
        metrics = measure(scored, self.choice.seed)
        metrics["cost"] = cost(metrics["tokens"], len(scored), self.settings.model) if metrics["tokens"] else None
        metrics["reach"] = reach(scored)
        return Run(name, tuple(scored), metrics)

    def _compare(self) -> None:
        """Each system against the first; what is the rules with something left out against the rules."""
        first, *others = self.result.runs
        rules = next((run for run in others if run.name == "rules"), first)
        for run in others:
            whole = rules if run.name in ABLATIONS else first
            self.result.comparisons[run.name] = compare(run.verdicts, whole.verdicts)


def _index(book: Book, settings: Settings) -> Any:
    from corpus.embeddings import build_embeddings, model_id
    from corpus.passages import PassageIndex

    embeddings = build_embeddings(settings.embedding, book.frequencies)
    index = PassageIndex(settings.index, embeddings, model_id(settings.embedding))
    index.sync(book)
    return index
