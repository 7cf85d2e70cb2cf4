"""Documents and findings: what is in the book, what was found wrong in it, and taking in a reader's own files."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.disclosure import Severity
from ui.service import Service
from ui.tables import document_rows, finding_cards
from ui.words import Language, say

HEADINGS = (
    "col_file", "col_unit", "col_year", "col_kind", "col_pages", "col_filled", "col_empty", "col_missing", "confirmed",
    "single", "disputed", "col_collection",
)  # fmt: skip
ACCEPTED = [".pdf", ".docx", ".xlsx", ".xls", ".html", ".htm", ".txt", ".md"]


def documents_tab(service: Service, language: Language) -> None:
    """Lay out the documents page inside the current tab."""
    grid = gr.Dataframe(
        value=document_rows(service, language), headers=[say(h, language) for h in HEADINGS], interactive=False,
        wrap=True, label=say("documents", language), max_height=420,
    )  # fmt: skip
    detail = gr.HTML(f"<p>{say('choose_document', language)}</p>")
    gr.Markdown(f"### {say('upload', language)}\n{say('upload_hint', language)}")
    files = gr.File(file_count="multiple", file_types=ACCEPTED, label=say("upload", language), height=120)
    report = gr.HTML()
    mine = gr.Dropdown(_uploads(service), label=say("remove_which", language), interactive=True)
    remove = gr.Button(say("remove", language), size="sm")

    def show(event: gr.SelectData) -> str:
        name = str(event.row_value[0])
        return document_detail(service, name, language)

    def take(paths: list[str] | None, progress: gr.Progress = gr.Progress()) -> Iterator[tuple[Any, ...]]:  # noqa: B008
        lines: list[str] = []
        for taken in progress.tqdm(take_in(service, paths), total=len(paths or []), desc=say("reading", language)):
            said = taken.sentence or say("taken", language).format(taken.figures, taken.findings)
            lines.append(f"<li>{escape(taken.path.name)}：{escape(said)}</li>")
            yield f"<ul>{''.join(lines)}</ul>", gr.skip(), gr.skip()
        yield f"<ul>{''.join(lines)}</ul>", document_rows(service, language), gr.Dropdown(_uploads(service))

    def drop(name: str | None) -> tuple[Any, ...]:
        if name and name in _uploads(service):
            service.remove(name)
        return document_rows(service, language), gr.Dropdown(_uploads(service), value=None)

    grid.select(show, None, detail, api_visibility="private", show_progress="hidden")
    files.upload(take, files, [report, grid, mine], api_visibility="private", concurrency_limit=1)
    remove.click(drop, mine, [grid, mine], api_visibility="private")


def take_in(service: Service, paths: list[str] | None) -> Iterator[Any]:
    """Take uploaded files in, one after another, as the reader's own."""
    return service.ingest([Path(p) for p in paths or []], collection="uploaded")


def document_detail(service: Service, name: str, language: Language) -> str:
    """Coverage and findings of one document."""
    disclosure = service.book.disclosure(name)
    if disclosure is None:
        return ""
    announced = "".join(
        f"<li>{escape(a.title)}：{say('state_' + a.state.value, language)} {escape(a.note)}</li>"
        for a in service.book.announced(name)
    )
    warnings = "".join(f"<li>{escape(w)}</li>" for w in service.book.warnings(name)[:20])
    cards = finding_cards(service.findings([name]), language)
    return (
        f"<h3>{escape(disclosure.title or name)}</h3><p>{escape(disclosure.issuer)} · {disclosure.year} · "
        f"{disclosure.level}{disclosure.basis} · {escape(disclosure.region)}</p>"
        + (f"<h4>{say('announced', language)}</h4><ul>{announced}</ul>" if announced else "")
        + (f"<h4>{say('page_warnings', language)}</h4><ul>{warnings}</ul>" if warnings else "")
        + f"<h4>{say('findings', language)}</h4>{cards}"
    )


def findings_tab(service: Service, language: Language) -> None:
    """Lay out the findings page inside the current tab."""
    issuers = sorted({d.issuer for d in service.book.disclosures()})
    with gr.Row():
        severity = gr.CheckboxGroup(
            [(say(s.value, language), s.value) for s in Severity], value=["contradiction"],
            label=say("severity", language),
        )  # fmt: skip
        unit = gr.Dropdown(issuers, multiselect=True, label=say("col_unit", language))
    cards = gr.HTML(_findings(service, ["contradiction"], [], language))

    def show(severities: list[str], units: list[str]) -> str:
        return _findings(service, severities, units, language)

    for control in (severity, unit):
        control.change(show, [severity, unit], cards, api_visibility="private", show_progress="hidden")


def _findings(service: Service, severities: list[str], units: list[str], language: Language) -> str:
    names = {d.name for d in service.book.disclosures() if not units or d.issuer in units}
    found = [
        f for f in service.findings() if f.document in names and (not severities or f.severity.value in severities)
    ]
    links = (
        f"<p>{say('found_findings', language).format(len(found))} · {say('download', language)} "
        '<a href="/api/findings.csv" download>CSV</a> <a href="/api/findings">JSON</a></p>'
    )
    return links + finding_cards(found, language)


def _uploads(service: Service) -> list[str]:
    return [d.name for d in service.book.disclosures() if d.collection == "uploaded"]
