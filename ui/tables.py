"""Rows for the pages: documents with their coverage, figures found by filters, findings as cards. HTML, all escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from urllib.parse import urlencode

from corpus.disclosure import Disclosure, Finding, Side, TableState
from corpus.figure import Figure, Measure, Scheme, Status
from corpus.money import format_decimal
from ui.cards import status_chip
from ui.evidence import place_line
from ui.places import link
from ui.service import Service
from ui.words import Language, say

DOCUMENT_HEADINGS = (
    "col_file", "col_unit", "col_year", "col_kind", "col_pages", "col_filled", "col_empty", "col_missing", "coverage",
    "col_findings", "col_collection",
)  # fmt: skip
FIGURE_HEADINGS = (
    "col_unit", "col_year", "col_basis", "col_account", "col_code", "col_funding", "col_component", "col_measure",
    "col_value", "col_status", "col_page", "col_table", "col_printed",
)  # fmt: skip
SORTS = ("order", "most", "least", "year", "unit")


def documents_table(service: Service, language: Language) -> str:
    """One row a disclosure: who, when, how much of it was found and how far it is proven; its name opens the detail."""
    statuses: dict[str, Counter[Status]] = {}
    for figure in service.book.figures():
        statuses.setdefault(figure.document, Counter())[figure.status] += 1
    found = Counter(finding.document for finding in service.findings())
    rows = [
        _document(service, d, statuses.get(d.name, Counter()), found[d.name], language)
        for d in service.book.disclosures()
    ]
    return _table(say("documents", language), [say(h, language) for h in DOCUMENT_HEADINGS], rows)


def _document(service: Service, d: Disclosure, status: Counter[Status], findings: int, language: Language) -> str:
    states = Counter(a.state for a in service.book.announced(d.name))
    kind = "uploaded" if d.collection == "uploaded" else "edition" if d.edition else "published"
    address = "/document?" + urlencode({"name": d.name} | ({"lang": "en"} if language == "en" else {}))
    name = f'<a class="mz-open" href="{escape(address)}">{escape(d.name)}</a>'
    plain = (d.issuer, d.year, f"{d.level}{d.basis}", "" if d.pages is None else d.pages)
    tables = (states[TableState.FILLED], states[TableState.EMPTY], states[TableState.MISSING])
    cells = [f'<th scope="row">{name}</th>', *(f"<td>{escape(str(cell))}</td>" for cell in plain)]
    cells += [f'<td class="mz-number">{count}</td>' for count in tables]
    cells.append(f"<td>{coverage(status, language)}</td>")
    cells.append(f'<td class="mz-number">{findings}</td><td><span class="mz-tag">{say(kind, language)}</span></td>')
    return f"<tr>{''.join(cells)}</tr>"


def coverage(status: Counter[Status], language: Language) -> str:
    """How many figures are confirmed, single and disputed, in words and as a bar."""
    total = sum(status.values()) or 1
    told = " · ".join(f"{say(s.value, language)} {status[s]}" for s in Status)
    parts = "".join(
        f'<span class="mz-part mz-fill-{s.value}" style="width:{status[s] / total * 100:.1f}%"></span>' for s in Status
    )
    return f'<span class="mz-coverage" aria-hidden="true">{parts}</span><span class="mz-small">{told}</span>'


def find_figures(
    service: Service,
    issuers: Sequence[str],
    years: Sequence[int],
    schemes: Sequence[str],
    statuses: Sequence[str],
    word: str,
    sort: str = "order",
) -> list[Figure]:
    """Figures by unit, year, kind, status and a word or code in their name, sorted as `SORTS` names it."""
    units = {d.name: d.issuer for d in service.book.disclosures()}
    found = service.book.figures(
        documents=[name for name, issuer in units.items() if not issuers or issuer in issuers],
        years=list(years) or None,
        schemes=[Scheme(s) for s in schemes] or None,
        statuses=[Status(s) for s in statuses] or None,
    )
    return sorted_figures(with_word(found, word), sort, units)


def sorted_figures(figures: list[Figure], sort: str, units: dict[str, str]) -> list[Figure]:
    """The figures in another order; amounts compare in 元, what is no money stands behind it, absences last."""
    if sort in ("most", "least"):
        sign = -1 if sort == "most" else 1
        return sorted(figures, key=lambda f: _rank(f, sign))
    if sort == "year":
        return sorted(figures, key=lambda f: -f.year)
    if sort == "unit":
        return sorted(figures, key=lambda f: units.get(f.document, ""))
    return figures


def _rank(figure: Figure, sign: int) -> tuple[int, Decimal]:
    if figure.amount is None:
        return (2, Decimal(0))
    if figure.amount.is_money and figure.measure is Measure.AMOUNT:
        return (0, sign * figure.amount.to("元").value)
    return (1, sign * figure.amount.value)


def with_word(figures: list[Figure], word: str) -> list[Figure]:
    """The figures whose account, printed name or code a word speaks of; all for no word."""
    needle = word.strip()
    if not needle:
        return figures
    return [f for f in figures if needle in f.account or needle in f.name or (f.code and f.code.startswith(needle))]


def figures_table(figures: Sequence[Figure], units: dict[str, str], language: Language) -> str:
    """Figures as an HTML grid; the value of each opens its place."""
    rows = [_figure(figure, units.get(figure.document, figure.document), language) for figure in figures]
    return _table(say("figures", language), [say(h, language) for h in FIGURE_HEADINGS], rows)


def _figure(figure: Figure, unit: str, language: Language) -> str:
    place = figure.locator
    amount = "" if figure.amount is None else f"{format_decimal(figure.amount.value)} {figure.amount.unit}"
    if figure.absence is not None:
        amount = say("absence_" + figure.absence.value, language)
    address = escape(link(place, figure.id, language))
    before = (unit, figure.year, figure.basis.value, figure.account, figure.code, figure.funding, figure.component)
    cells = [f"<td>{escape(str(cell))}</td>" for cell in (*before, figure.measure.value)]
    cells.append(f'<td class="mz-number"><a class="mz-open" href="{address}">{escape(amount) or "–"}</a></td>')
    cells.append(f"<td>{status_chip(figure.status.value, language)}</td>")
    after = ("" if place.page is None else place.page, place.table or place.section or "", _short(place.quote))
    cells += [f"<td>{escape(str(cell))}</td>" for cell in after]
    return f"<tr>{''.join(cells)}</tr>"


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _table(label: str, headings: Sequence[str], rows: Sequence[str]) -> str:
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    return (
        f'<div class="mz-scroll" tabindex="0" role="region" aria-label="{escape(label)}"><table class="mz-list">'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def finding_cards(findings: Sequence[Finding], language: Language) -> str:
    """Findings as HTML cards with their sides beside each other, each side a link to its place."""
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
    severity = finding.severity.value
    return (
        f'<article class="mz-finding mz-{severity}"><header><span class="mz-tag mz-tag-{severity}">'
        f"{say(severity, language)}</span> <b>{escape(finding.check)}</b> · {escape(finding.document)}</header>"
        f'<p>{escape(message)}</p><ul class="mz-sides">{sides}</ul>{apart}</article>'
    )


def _side(side: Side, language: Language) -> str:
    place = side.locator
    value = "" if side.value is None else f"<strong>{escape(side.value)}{escape(side.unit or '')}</strong> "
    address = escape(link(place, None, language))
    where = f'<a class="mz-open mz-place" href="{address}">{escape(place_line(place, language))}</a>'
    return f"{value}<q>{escape(_short(place.quote, 160))}</q><br>{where}"
