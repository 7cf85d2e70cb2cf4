"""Rows for the pages: documents with their coverage, figures found by filters, findings as cards. HTML, all escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from urllib.parse import urlencode

from corpus.disclosure import Disclosure, Finding, Severity, Side, TableState
from corpus.figure import Figure, Measure, Scheme, Status
from corpus.money import format_decimal
from ui.cards import grouped, status_chip
from ui.evidence import place_line
from ui.places import link
from ui.service import Service
from ui.words import Language, say

DOCUMENT_HEADINGS = ("col_file", "col_tables", "coverage", "col_findings")
FIGURE_HEADINGS = ("col_unit", "col_year", "col_account", "col_value", "col_status", "col_place", "col_printed")
SORTS = ("order", "most", "least", "year", "unit")


def documents_table(service: Service, language: Language) -> str:
    """One row a disclosure: who, when, how much of it was found and how far it is proven; its name opens the detail.

    Readers' uploads stand in a table of their own below.
    """
    made: str = service.remembered(("documents", language), lambda: _documents(service, language))
    return made


def _documents(service: Service, language: Language) -> str:
    statuses: dict[str, Counter[Status]] = {}
    for figure in service.book.figures():
        statuses.setdefault(figure.document, Counter())[figure.status] += 1
    found = Counter((finding.document, finding.severity) for finding in service.findings())
    known = service.book.disclosures()
    headings = [say(h, language) for h in DOCUMENT_HEADINGS]
    parts = []
    for title, some in (
        ("published", [d for d in known if d.collection != "uploaded"]),
        ("uploads", [d for d in known if d.collection == "uploaded"]),
    ):
        if some:
            rows = [_document(service, d, statuses.get(d.name, Counter()), found, language) for d in some]
            label = (
                f"{say(title, language)}（{len(some)}）"
                if language == "zh"
                else f"{say(title, language)} ({len(some)})"
            )
            parts.append(f'<h2 class="mz-heading">{escape(label)}</h2>{_table(label, headings, rows)}')
    return "".join(parts) or f"<p>{escape(say('no_documents', language))}</p>"


def kind_tag(disclosure: Disclosure, language: Language) -> str:
    """Whose file it is, in a word: our edition, a reader's upload; "" for what was published."""
    kind = "uploaded" if disclosure.collection == "uploaded" else "edition" if disclosure.edition else ""
    return f'<span class="mz-tag mz-tag-{kind}">{say(kind, language)}</span>' if kind else ""


def _document(
    service: Service,
    d: Disclosure,
    status: Counter[Status],
    findings: Counter[tuple[str, Severity]],
    language: Language,
) -> str:
    states = Counter(a.state for a in service.book.announced(d.name))
    address = "/document?" + urlencode({"name": d.name} | ({"lang": "en"} if language == "en" else {}))
    about = [d.issuer, str(d.year), f"{d.level}{d.basis}"]
    about += [say("pages_count", language).format(d.pages)] if d.pages else []
    name = (
        f'<th scope="row"><a class="mz-open" href="{escape(address)}">{escape(d.name)}</a> {kind_tag(d, language)}'
        f'<span class="mz-sub">{escape(" · ".join(about))}</span></th>'
    )
    tables = "".join(
        f'<span class="mz-count mz-state-{state.value}{"" if states[state] else " mz-nil"}">'
        f"{say('state_' + state.value, language)} <b>{states[state]}</b></span>"
        for state in TableState
    )
    weighed = "".join(
        f'<span class="mz-count mz-sev-{s.value}">{say(s.value, language)} <b>{findings[d.name, s]}</b></span>'
        for s in Severity
        if findings[d.name, s]
    )
    nothing = f'<span class="mz-small">{escape(say("nothing_found", language))}</span>'
    headings = [say(h, language) for h in DOCUMENT_HEADINGS]
    return (
        f'<tr>{name}<td data-label="{escape(headings[1])}"><span class="mz-counts">{tables}</span></td>'
        f'<td data-label="{escape(headings[2])}">{coverage(status, language)}</td>'
        f'<td data-label="{escape(headings[3])}"><span class="mz-counts">{weighed or nothing}</span></td></tr>'
    )


def coverage(status: Counter[Status], language: Language) -> str:
    """How many figures are confirmed, single and disputed, in words and as a bar."""
    total = sum(status.values()) or 1
    told = " · ".join(f"{say(s.value, language)} {status[s]:,}" for s in Status)
    parts = "".join(
        f'<span class="mz-part mz-fill-{s.value}" style="width:{status[s] / total * 100:.1f}%"></span>' for s in Status
    )
    return f'<div><span class="mz-coverage" aria-hidden="true">{parts}</span><span class="mz-small">{told}</span></div>'


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
    return _table(say("figures", language), [say(h, language) for h in FIGURE_HEADINGS], rows, "mz-figs")


def _figure(figure: Figure, unit: str, language: Language) -> str:
    place = figure.locator
    heads = [escape(say(h, language)) for h in FIGURE_HEADINGS]
    amount = "" if figure.amount is None else f"{format_decimal(figure.amount.value)} {figure.amount.unit}"
    if figure.absence is not None:
        amount = say("absence_" + figure.absence.value, language)
    address = escape(link(place, figure.id, language))
    code = f' <span class="mz-code">{escape(figure.code)}</span>' if figure.code else ""
    scope = " · ".join(filter(None, (figure.flow, figure.funding, figure.component, figure.measure.value)))
    entity = f'<span class="mz-sub">{escape(figure.entity)}</span>' if figure.entity else ""
    page = "" if place.page is None else say("page", language).format(place.page)
    where = " · ".join(filter(None, (page, place.table or place.section)))
    return (
        f'<tr><td data-label="{heads[0]}"><div>{escape(unit)}{entity}</div></td>'
        f'<td data-label="{heads[1]}">{figure.year}{escape(figure.basis.value)}</td>'
        f'<td data-label="{heads[2]}"><div>{escape(figure.account)}{code}<span class="mz-sub">{escape(scope)}</span></div></td>'
        f'<td data-label="{heads[3]}" class="mz-number"><a class="mz-open" href="{address}">{escape(amount) or "–"}</a></td>'
        f'<td data-label="{heads[4]}">{status_chip(figure.status.value, language)}</td>'
        f'<td data-label="{heads[5]}">{escape(where)}</td>'
        f'<td data-label="{heads[6]}"><q>{escape(_short(place.quote))}</q></td></tr>'
    )


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _table(label: str, headings: Sequence[str], rows: Sequence[str], kind: str = "mz-docs") -> str:
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    return (
        f'<div class="mz-scroll" tabindex="0" role="region" aria-label="{escape(label)}"><table class="mz-list {kind}">'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def finding_cards(findings: Sequence[Finding], language: Language) -> str:
    """Findings as HTML cards with their sides beside each other, each side a link to its place."""
    if not findings:
        return f"<p>{escape(say('no_findings', language))}</p>"
    return "\n".join(_card(finding, language) for finding in findings)


def _card(finding: Finding, language: Language) -> str:
    message = finding.message_en if language == "en" else finding.message
    sides = "".join(f"<li>{_side(side, finding.document, language)}</li>" for side in finding.sides)
    apart = ""
    if finding.difference:
        unit = next((side.unit for side in finding.sides if side.unit), "")
        shown = grouped(finding.difference.removeprefix("-")) + unit
        apart = f'<p class="mz-apart">{say("apart", language)} <b>{escape(shown)}</b></p>'
    severity = finding.severity.value
    return (
        f'<article class="mz-finding mz-sev-{severity}"><header><span class="mz-tag mz-tag-{severity}">'
        f"{say(severity, language)}</span> <b>{escape(finding.check)}</b>"
        f'<span class="mz-sub">{escape(finding.document)}</span></header>'
        f'<p>{escape(message)}</p><ul class="mz-sides">{sides}</ul>{apart}</article>'
    )


def _side(side: Side, document: str, language: Language) -> str:
    """One side: its amount, its words, and a link to its place, which names the document only where it is another."""
    place = side.locator
    value = "" if side.value is None else f"<strong>{escape(grouped(side.value))}{escape(side.unit or '')}</strong>"
    address = escape(link(place, None, language))
    line = place_line(place, language)
    line = line.removeprefix(f"{document} · ") if place.document == document else line
    where = f'<a class="mz-open mz-place" href="{address}">{escape(line)}</a>'
    return f"{value}<q>{escape(_short(place.quote, 160))}</q>{where}"
