"""One evaluation, from documents and gold questions to metrics: ingest into a scratch book, ask, score, compare."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.figures import Book
from corpus.settings import Settings
from eval.asking import Answers, AssistantSystem, System, program, state_of
from eval.baselines import build
from eval.compare import Comparison, compare
from eval.finding import Leg, coverage, retrieval
from eval.gold import Gold, load
from eval.metrics import SEED, Scored, measure, score

Progress = Callable[[int, int, str], None]
"""Called with how many questions are done, of how many, and what is being done."""

GOLD = Path(__file__).parent / "gold"
BUNDLED_GOLD = GOLD / "editions.jsonl"


class EvaluationError(Exception):
    """An evaluation that cannot be made; the sentence says what is wrong and what to do."""


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
    """The assistant against each baseline (before = the baseline), and against an earlier report."""
    retrieval: dict[str, Any] = field(default_factory=dict)
    coverage: dict[str, Any] = field(default_factory=dict)
    judge: dict[str, Any] = field(default_factory=dict)
    failed_documents: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    model: str = ""


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
    progress: Progress | None = None,
    seed: int = SEED,
) -> Evaluation:
    """Ask every gold question and score the answers.

    `documents` (files or folders) go into a scratch book; `store` names a folder with a book to use as it is instead.
    `split` keeps only "tune" or "held" questions. With `report`, answers are kept there, an interrupted evaluation
    goes on where it stopped, and report.json, report.md, report.html and wrong.jsonl are written. `before` is an
    earlier report.json to compare with. `vectors` opens the passage index as the service does. `judge` has the
    configured model give a second opinion on text answers, which is reported and decides nothing.

    Raises `GoldError` for a bad gold file, `EvaluationError` when nothing can be asked, `ValueError` for an unknown
    baseline, or when `judge` or the baseline "chain" lacks a model.
    """
    golds = [g for g in load(gold) if split is None or g.split == split]
    if not golds:
        raise EvaluationError(f"no question of split {split!r} in {', '.join(map(str, gold))}")
    tell = progress or (lambda done, total, what: None)
    with _folder(report) as folder:
        result = Evaluation([], [path.name for path in gold], model=settings.model.name)
        began = time.perf_counter()
        place = settings.model_copy(update={"store": store or folder / f"book-{program()}"})
        if store is None:
            _ingest(documents, place, result, tell)
        result.seconds["ingest"] = round(time.perf_counter() - began, 1)
        with Book.open(place.book) as book:
            _run(book, golds, place, result, _Choice(tuple(baselines), vectors, seed), folder, tell)
        if judge:
            from eval.judge import second_opinions

            result.judge = second_opinions(result.runs[0].scored, settings)
        if before is not None:
            result.comparisons["earlier report"] = compare(recorded(before), result.runs[0].verdicts)
    if report is not None:
        from eval.report import write

        write(result, report)
    return result


def recorded(path: Path) -> dict[str, bool]:
    """The verdicts by id of a report.json or a recorded score file. Raises `EvaluationError` when it is neither."""
    try:
        verdicts = json.loads(path.read_text(encoding="utf-8"))["verdicts"]
        return {str(id): bool(right) for id, right in verdicts.items()}
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise EvaluationError(f"{path}: not a report.json of an evaluation ({error})") from error


@dataclass(frozen=True, slots=True)
class _Choice:
    baselines: tuple[str, ...]
    vectors: bool
    seed: int


@contextmanager
def _folder(report: Path | None) -> Iterator[Path]:
    if report is not None:
        report.mkdir(parents=True, exist_ok=True)
        yield report
        return
    with tempfile.TemporaryDirectory(prefix="mingzhang-eval-") as folder:
        yield Path(folder)


def _ingest(documents: Sequence[Path], settings: Settings, result: Evaluation, tell: Progress) -> None:
    from ingest.intake import expand, ingest_files

    files = expand(documents)
    if not files:
        raise EvaluationError("no documents to ask about: give files or folders, or a store that has some")
    with Book.open(settings.book, writable=True) as book:
        for done, taken in enumerate(ingest_files(files, book, settings), 1):
            tell(done, len(files), f"ingest {taken.path.name}")
            if taken.failed:
                result.failed_documents.append(taken.sentence)


def _run(
    book: Book,
    golds: Sequence[Gold],
    settings: Settings,
    result: Evaluation,
    choice: _Choice,
    folder: Path,
    tell: Progress,
) -> None:
    result.documents = [d.name for d in book.disclosures()]
    if not result.documents:
        raise EvaluationError("the book is empty: no document could be taken in. " + " ".join(result.failed_documents))
    names = [name for d in book.disclosures() for name in (d.issuer, *d.units)]
    answers = Answers(folder / "answers.jsonl")
    state = state_of(book, settings.model.name)
    index = _index(book, settings) if choice.vectors else None
    systems: list[System] = [_assistant(book, settings, index)]
    systems += [build(name, book, settings, folder / "baselines") for name in choice.baselines]
    for system in systems:
        began = time.perf_counter()
        pairs = []
        for done, gold in enumerate(golds, 1):
            pairs.append((gold, answers.get(system, gold, state)))
            tell(done, len(golds), system.name)
        scored = score(pairs, names)
        result.runs.append(Run(system.name, tuple(scored), measure(scored, choice.seed)))
        result.seconds[system.name] = round(time.perf_counter() - began, 1)
    for run in result.runs[1:]:
        result.comparisons[run.name] = compare(run.verdicts, result.runs[0].verdicts)
    result.retrieval = retrieval(golds, _legs(book, index))
    result.coverage = coverage(book, golds)


def _assistant(book: Book, settings: Settings, index: Any) -> System:
    from rag.assistant import Assistant

    if not settings.model.on:
        return AssistantSystem(Assistant(book, settings, index=index))
    from corpus.models import chat_model

    model = chat_model(settings.model)
    return AssistantSystem(Assistant(book, settings, index=index, model=model), counting=True)


def _index(book: Book, settings: Settings) -> Any:
    from corpus.embeddings import build_embeddings, model_id
    from corpus.passages import PassageIndex

    embeddings = build_embeddings(settings.embedding, book.frequencies)
    index = PassageIndex(settings.index, embeddings, model_id(settings.embedding))
    index.sync(book)
    return index


def _legs(book: Book, index: Any) -> list[Leg]:
    from rag.retrieve import Searcher

    lexical = Searcher(book)
    legs = [Leg("lexical", lambda q, within, k: [hit.passage for hit in lexical.search(q, within, k)])]
    if index is not None:
        fused = Searcher(book, index)
        legs += [
            Leg("vectors", lambda q, within, k: _in_order(book, [id for id, _ in index.search(q, within, k)])),
            Leg("fused", lambda q, within, k: [hit.passage for hit in fused.search(q, within, k)]),
        ]
    return legs


def _in_order(book: Book, ids: Sequence[str]) -> list[Any]:
    found = {passage.id: passage for passage in book.passages(ids=ids)}
    return [found[id] for id in ids if id in found]
