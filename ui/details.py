"""One document's detail: coverage, warnings, findings, as HTML. All text of documents is escaped."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from corpus.disclosure import Announced
from corpus.locator import Locator
from ui.evidence import original_link
from ui.places import link
from ui.service import Service
from ui.tables import finding_cards
from ui.words import Language, say

MOST_WARNINGS = 20


def document_detail(service: Service, name: str, language: Language) -> str:
    """Coverage and findings of one document; "" when it is not in the book."""
    disclosure = service.book.disclosure(name)
    if disclosure is None:
        return ""
    announced = "".join(_announced(name, a, language) for a in service.book.announced(name))
    warnings = "".join(f"<li>{escape(w)}</li>" for w in service.book.warnings(name)[:MOST_WARNINGS])
    cards = finding_cards(service.findings([name]), language)
    twin, original = f"/api/documents/{quote(name, safe='')}", escape(original_link(name, None))
    return (
        f'<div class="mz-detail"><h2>{escape(disclosure.title or name)}</h2><p>{escape(disclosure.issuer)} · '
        f"{disclosure.year} · {disclosure.level}{disclosure.basis} · {escape(disclosure.region)}</p>"
        f'<p><a class="mz-tool" href="{original}" target="_blank" rel="noopener">{say("original", language)}</a> '
        f'<a class="mz-tool" href="{escape(twin)}" target="_blank">{say("json_twin", language)}</a></p>'
        f"<h3>{say('findings', language)}</h3>{cards}"
        + (f'<h3>{say("announced", language)}</h3><ul class="mz-states">{announced}</ul>' if announced else "")
        + (f"<h3>{say('page_warnings', language)}</h3><ul>{warnings}</ul>" if warnings else "")
        + "</div>"
    )


def _announced(document: str, announced: Announced, language: Language) -> str:
    title = escape(announced.title)
    if announced.table_id is not None:
        address = escape(link(Locator(document, table_id=announced.table_id), None, language))
        title = f'<a class="mz-open" href="{address}">{title}</a>'
    state = announced.state.value
    return f'<li><span class="mz-state mz-state-{state}">{say("state_" + state, language)}</span> {title} ' + (
        f"{escape(announced.note)}</li>"
    )
