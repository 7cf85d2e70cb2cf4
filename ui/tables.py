"""Rows for the pages' grids: documents with their coverage, figures found by filters, findings as cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

from corpus.disclosure import Disclosure, Finding, Side, TableState
from corpus.figure import Figure, Scheme, Status
from corpus.money import format_decimal
from ui.service import Service
from ui.words import Language, say

MOST_ROWS = 500
"""Rows shown at once in the browser; the download has all."""


def document_rows(service: Service, language: Language) -> list[list[Any]]:
    """One row a disclosure: who, when, how much of it was found and how far it is proven."""
    statuses: dict[str, Counter[Status]] = {}
    for figure in service.book.figures():
        statuses.setdefault(figure.document, Counter())[figure.status] += 1
    rows = []
    for d in service.book.disclosures():
        states = Counter(a.state for a in service.book.announced(d.name))
        status = statuses.get(d.name, Counter())
        kind = say("uploaded" if d.collection == "uploaded" else "edition" if d.edition else "published", language)
        rows.append([
            d.name, d.issuer, d.year, f"{d.level}{d.basis}", d.pages, states[TableState.FILLED],
            states[TableState.EMPTY], states[TableState.MISSING], status[Status.CONFIRMED], status[Status.SINGLE],
            status[Status.DISPUTED], kind,
        ])  # fmt: skip
    return rows


def find_figures(
    service: Service,
    issuers: Sequence[str],
    years: Sequence[int],
    schemes: Sequence[str],
    statuses: Sequence[str],
    word: str,
) -> list[Figure]:
    """Figures by unit, year, kind, status and a word or code in their name, in order of appearance."""
    documents = [d.name for d in service.book.disclosures() if not issuers or d.issuer in issuers]
    found = service.book.figures(
        documents=documents,
        years=list(years) or None,
        schemes=[Scheme(s) for s in schemes] or None,
        statuses=[Status(s) for s in statuses] or None,
    )
    return with_word(found, word)


def with_word(figures: list[Figure], word: str) -> list[Figure]:
    """The figures whose account, printed name or code a word speaks of; all for no word."""
    needle = word.strip()
    if not needle:
        return figures
    return [f for f in figures if needle in f.account or needle in f.name or (f.code and f.code.startswith(needle))]


def figure_cells(figure: Figure, disclosure: Disclosure | None, language: Language) -> list[Any]:
    """One figure as a row of the explorer's grid."""
    place = figure.locator
    amount = "" if figure.amount is None else format_decimal(figure.amount.value)
    if figure.absence is not None:
        amount = say("absence_" + figure.absence.value, language)
    return [
        disclosure.issuer if disclosure else figure.document, figure.year, figure.basis.value, figure.account,
        figure.code, figure.funding, figure.component, figure.measure.value, amount,
        figure.amount.unit if figure.amount else "", say(figure.status.value, language), place.page,
        place.table or place.section or "", place.quote,
    ]  # fmt: skip


def finding_cards(findings: Sequence[Finding], language: Language) -> str:
    """Findings as HTML cards with their sides beside each other. All text of documents is escaped."""
    if not findings:
        return f"<p>{escape(say('no_findings', language))}</p>"
    return "\n".join(_card(finding, language) for finding in findings)


def _card(finding: Finding, language: Language) -> str:
    message = finding.message_en if language == "en" else finding.message
    sides = "".join(f"<li>{_side(side, language)}</li>" for side in finding.sides)
    apart = ""
    if finding.difference:
        unit = next((side.unit for side in finding.sides if side.unit), "")
        shown = finding.difference.removeprefix("-") + unit
        apart = f'<p class="mz-apart">{say("apart", language)} {escape(shown)}</p>'
    return (
        f'<article class="mz-finding mz-{finding.severity.value}"><header><span class="mz-tag">'
        f"{say(finding.severity.value, language)}</span> {escape(finding.check)} · {escape(finding.document)}</header>"
        f'<p>{escape(message)}</p><ul class="mz-sides">{sides}</ul>{apart}</article>'
    )


def _side(side: Side, language: Language) -> str:
    place = side.locator
    parts = [place.document]
    if place.page is not None:
        parts.append(say("page", language).format(place.page))
    parts += [part for part in (place.table or place.section, place.row, place.column) if part]
    value = "" if side.value is None else f"<strong>{escape(side.value)}{escape(side.unit or '')}</strong> "
    return f'{value}<q>{escape(place.quote)}</q><br><span class="mz-place">{escape(" · ".join(parts))}</span>'
