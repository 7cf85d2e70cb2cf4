"""The documents page: what is in the book, and taking in a reader's own files with progress stage by stage."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from corpus.figures import BookError
from ui.service import Service
from ui.tables import documents_table
from ui.words import Language, say

if TYPE_CHECKING:
    from ingest.intake import Taken

ACCEPTED = [".pdf", ".docx", ".xlsx", ".xls", ".html", ".htm", ".txt", ".md"]
TICK = 0.5
"""Seconds between two looks at a reading that says nothing: the clock beside it goes on."""


def documents_tab(service: Service, language: Language, here: gr.Tab) -> None:
    """Lay out the documents page inside its tab `here`, which is filled when it is opened."""
    gr.HTML(
        f'<div class="mz-line-up"><p>{say("choose_document", language)}</p>'
        f'<span class="mz-downloads"><a class="mz-tool" href="#mz-upload">{say("upload", language)} ↓</a>'
        f'<a class="mz-tool" href="/api/documents" target="_blank">{say("json_twin", language)}</a></span></div>'
    )
    table = gr.HTML(elem_id="mz-documents")
    limits = service.settings.limits
    told = say("limits", language).format(
        megabytes=limits.bytes // 1_000_000, pages=limits.pages, seconds=f"{limits.seconds:g}"
    )
    gr.HTML(
        f'<h2 class="mz-heading">{say("upload", language)}</h2><p>{say("upload_hint", language)}</p>'
        f'<p class="mz-small">{told}</p>'
    )
    own = gr.BrowserState([], storage_key=f"mingzhang-own-{language}", secret="mingzhang")
    files = gr.File(
        file_count="multiple", file_types=ACCEPTED, label=say("upload", language), height=140, elem_id="mz-upload"
    )
    report = gr.HTML(elem_id="mz-report")
    with gr.Row(equal_height=True, elem_classes="mz-filters"):
        mine = gr.Dropdown([], label=say("remove_which", language), interactive=True, scale=4)
        remove = gr.Button(say("remove", language), size="sm", scale=1)

    def refresh(names: list[str]) -> tuple[Any, ...]:
        return documents_table(service, language), gr.Dropdown(_own(service, names), value=None)

    def take(paths: list[str] | None, names: list[str]) -> Iterator[tuple[Any, ...]]:
        readings = [Reading(Path(path)) for path in paths or []]
        for shown in take_in(service, readings, language):
            yield shown, gr.skip(), gr.skip(), gr.skip()
        taken = [r.path.name for r in readings if r.taken is not None and not r.taken.failed]
        names = list(dict.fromkeys([*names, *taken]))
        yield report_html(readings, language), *refresh(names), names

    def drop(name: str | None, names: list[str]) -> tuple[Any, ...]:
        return _drop(service, name, names, language), *refresh(names)

    here.select(refresh, own, [table, mine], api_visibility="private", show_progress="hidden", queue=False)
    files.upload(
        take, [files, own], [report, table, mine, own], api_visibility="private", concurrency_limit=1,
        concurrency_id="take", show_progress="hidden",
    )  # fmt: skip
    remove.click(drop, [mine, own], [report, table, mine], api_visibility="private", show_progress="hidden")


@dataclass
class Reading:
    """One file on its way in: the stage it is in, when it began, and at last what became of it."""

    path: Path
    stage: str = ""
    began: float = field(default_factory=time.monotonic)
    taken: Taken | None = None


def take_in(service: Service, readings: list[Reading], language: Language) -> Iterator[str]:
    """Take files in, one after another, as the reader's own; yields the report whenever something changed."""
    news: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
    worker = threading.Thread(target=_work, args=(service, [r.path for r in readings], news), daemon=True)
    worker.start()
    yield report_html(readings, language)
    by_path = {reading.path: reading for reading in readings}
    while True:
        try:
            kind, what = news.get(timeout=TICK)
        except queue.Empty:
            yield report_html(readings, language)
            continue
        if kind == "end":
            break
        if kind == "failed":
            yield f'<p class="mz-warning">{escape(str(what))}</p>{report_html(readings, language)}'
            return
        if kind == "stage":
            by_path[what[0]].stage = what[1]
        else:
            by_path[what.path].taken = what
        yield report_html(readings, language)
    worker.join()


def _work(service: Service, paths: list[Path], news: queue.SimpleQueue[tuple[str, Any]]) -> None:
    try:
        for taken in service.ingest(
            paths, collection="uploaded", progress=lambda path, stage: news.put(("stage", (path, stage)))
        ):
            news.put(("taken", taken))
    except BookError as error:
        news.put(("failed", f"{say('busy')} {say('busy', 'en')} ({error})"))
    else:
        news.put(("end", None))


def report_html(readings: list[Reading], language: Language) -> str:
    """What became of each file, or how far it is: a bar over the stages of the pipeline."""
    return f'<ul class="mz-report" aria-live="polite">{"".join(_line(r, language) for r in readings)}</ul>'


def _line(reading: Reading, language: Language) -> str:
    from ingest.pipeline import STAGES

    name, taken = escape(reading.path.name), reading.taken
    if taken is not None and taken.failed:
        sentence = taken.sentence.removeprefix(f"{reading.path.name}：")
        return f'<li class="mz-failed"><b>{name}</b> {escape(sentence)}</li>'
    if taken is not None:
        said = say("taken", language).format(taken.figures, taken.findings)
        if taken.state == "unchanged":
            said = say("unchanged", language)
        return f'<li class="mz-done"><b>{name}</b> ✓ {said}（{taken.seconds:.1f} s）</li>'
    step = STAGES.index(reading.stage) + 1 if reading.stage in STAGES else 0
    stage = f"{step}/{len(STAGES)} {reading.stage}" if step else say("stage_waiting", language)
    seconds = f"{time.monotonic() - reading.began:.1f} s"
    return (
        f'<li><b>{name}</b> <progress max="{len(STAGES)}" value="{step}" aria-label="{name}"></progress> '
        f"{escape(stage)} · {seconds}</li>"
    )


def _own(service: Service, names: list[str]) -> list[str]:
    """Uploads that came from this browser and are still there."""
    return [d.name for d in service.book.disclosures() if d.collection == "uploaded" and d.name in names]


def _drop(service: Service, name: str | None, names: list[str], language: Language) -> str:
    if not name or name not in _own(service, names):
        return f"<p>{say('only_own', language)}</p>"
    try:
        service.remove(name)
    except BookError:
        return f'<p class="mz-warning">{say("busy", language)}</p>'
    return f"<p>{escape(name)}：{say('removed', language)}</p>"
