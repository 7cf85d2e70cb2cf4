"""The findings page: contradictions, rounding, wording and gaps across the book, each side a link to its place."""

from __future__ import annotations

from collections import Counter
from typing import Any

import gradio as gr

from corpus.disclosure import Severity
from ui.explorer import download_links
from ui.service import Service
from ui.tables import finding_cards
from ui.words import Language, say

MOST_CARDS = 100
"""Cards shown at once; the download has all."""
FIRST = ["contradiction"]


def tab(service: Service, language: Language, here: gr.Tab) -> None:
    """Lay out the findings page inside its tab `here`, which is filled when it is opened."""
    with gr.Row(elem_classes="mz-filters"):
        severity = gr.CheckboxGroup(
            [(say(s.value, language), s.value) for s in Severity],
            value=FIRST,
            label=say("severity", language),
            scale=3,
            min_width=280,
        )
        unit = gr.Dropdown([], multiselect=True, label=say("col_unit", language), scale=3, min_width=280)
    cards = gr.HTML(elem_id="mz-findings")

    def show(severities: list[str], units: list[str] | None) -> str:
        return findings_html(service, severities, units or [], language)

    def opened(severities: list[str], units: list[str] | None) -> tuple[Any, Any, str]:
        found = Counter(f.severity for f in service.findings())
        kinds = [(f"{say(s.value, language)} {found[s]}", s.value) for s in Severity]
        issuers = sorted({d.issuer for d in service.book.disclosures()})
        return gr.CheckboxGroup(kinds), gr.Dropdown(issuers), show(severities, units)

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
    for control in (severity, unit):
        control.input(show, [severity, unit], cards, **quiet)
    here.select(opened, [severity, unit], [severity, unit, cards], **quiet)


def findings_html(service: Service, severities: list[str], units: list[str], language: Language) -> str:
    """Findings by severity and unit as cards, with links to the same as files."""
    names = [d.name for d in service.book.disclosures() if not units or d.issuer in units]
    found = [
        f for f in service.findings() if f.document in names and (not severities or f.severity.value in severities)
    ]
    query = [("severity", s) for s in severities] + [("document", n) for n in (names if units else [])]
    told = say("found_findings", language).format(len(found))
    if len(found) > MOST_CARDS:
        told += say("cards_cut", language).format(MOST_CARDS)
    links = download_links("/api/findings", query, language)
    return f'<div class="mz-line-up"><p>{told}</p>{links}</div>' + finding_cards(found[:MOST_CARDS], language)
