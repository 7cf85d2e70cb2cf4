"""The findings page: contradictions, rounding, wording and gaps across the book, each side a link to its place."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import gradio as gr

from corpus.disclosure import Severity
from ui.api import FileKind
from ui.service import Service
from ui.tables import finding_cards
from ui.words import Language, say

MOST_CARDS = 100
"""Cards shown at once; the download has all."""
FIRST = ["contradiction"]


def tab(service: Service, language: Language, page: gr.Blocks) -> None:
    """Lay out the findings page inside the current tab."""
    with gr.Row():
        severity = gr.CheckboxGroup(
            [(say(s.value, language), s.value) for s in Severity], value=FIRST, label=say("severity", language)
        )
        unit = gr.Dropdown([], multiselect=True, label=say("col_unit", language))
    cards = gr.HTML(elem_id="mz-findings")

    def show(severities: list[str], units: list[str] | None) -> str:
        return findings_html(service, severities, units or [], language)

    def refresh(severities: list[str]) -> tuple[Any, str]:
        issuers = sorted({d.issuer for d in service.book.disclosures()})
        return gr.Dropdown(issuers), findings_html(service, severities, [], language)

    for control in (severity, unit):
        control.change(show, [severity, unit], cards, api_visibility="private", show_progress="hidden")
    page.load(refresh, severity, [unit, cards], api_visibility="private", show_progress="hidden")


def findings_html(service: Service, severities: list[str], units: list[str], language: Language) -> str:
    """Findings by severity and unit as cards, with links to the same as files."""
    names = [d.name for d in service.book.disclosures() if not units or d.issuer in units]
    found = [
        f for f in service.findings() if f.document in names and (not severities or f.severity.value in severities)
    ]
    query = urlencode([("severity", s) for s in severities] + [("document", n) for n in (names if units else [])])
    links = " ".join(f'<a href="/api/findings.{k.value}?{query}" download>{k.value.upper()}</a>' for k in FileKind)
    told = say("found_findings", language).format(len(found))
    return f"<p>{told} · {say('download', language)} {links}</p>" + finding_cards(found[:MOST_CARDS], language)
