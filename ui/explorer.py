"""The figure explorer: units × years × accounts with filters, charts, and where each figure stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any
from urllib.parse import urlencode

import gradio as gr

from corpus.figure import Figure, Measure, Scheme, Status
from ui.api import FileKind
from ui.cards import bar_chart
from ui.lines import lines
from ui.service import Service
from ui.tables import SORTS, figures_table, find_figures
from ui.words import Language, say

PAGE = 50
"""Rows shown at once; more on demand, all in the download."""
MOST_BARS = 20


def tab(service: Service, language: Language, here: gr.Tab) -> None:
    """Lay out the explorer inside its tab `here`, which is filled when it is opened."""
    with gr.Row(elem_classes="mz-filters"):
        word = gr.Textbox(label=say("word", language), scale=3, min_width=280, max_length=200, elem_id="mz-word")
        issuers = gr.Dropdown([], multiselect=True, label=say("col_unit", language), scale=3, min_width=150)
        years = gr.Dropdown([], multiselect=True, label=say("col_year", language), scale=2, min_width=150)
    with gr.Row(equal_height=True, elem_classes="mz-filters"):
        schemes = gr.Dropdown(
            [s.value for s in Scheme], multiselect=True, label=say("col_scheme", language), scale=2, min_width=150
        )
        statuses = gr.Dropdown(
            [(say(s.value, language), s.value) for s in Status], multiselect=True, label=say("col_status", language),
            scale=2, min_width=150,
        )  # fmt: skip
        sort = gr.Dropdown(
            [(say("sort_" + key, language), key) for key in SORTS], value="order", label=say("sort", language), scale=2,
            min_width=150,
        )  # fmt: skip
        search = gr.Button(say("search", language), variant="primary", scale=1, min_width=110, elem_id="mz-search")
    count = gr.State(PAGE)
    told = gr.HTML(elem_id="mz-found")
    chart = gr.HTML(elem_id="mz-chart")
    grid = gr.HTML(elem_id="mz-figures")
    more = gr.Button(say("more", language), size="sm", visible=False, elem_id="mz-more")

    def look(most: int, *filters: Any) -> tuple[Any, ...]:
        return explore(service, most, filters, language)

    def opened(most: int, *filters: Any) -> tuple[Any, ...]:
        known = service.book.disclosures()
        choices = (
            gr.Dropdown(sorted({d.issuer for d in known})), gr.Dropdown(sorted({d.year for d in known}, reverse=True))
        )  # fmt: skip
        return (*choices, *explore(service, most, filters, language))

    inputs, outputs = [issuers, years, schemes, statuses, word, sort], [told, chart, grid, more]
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
    filters = (search.click, word.submit, sort.change, issuers.input, years.input, schemes.input, statuses.input)
    for trigger in filters:
        trigger(lambda: PAGE, None, count, **quiet).then(look, [count, *inputs], outputs, **quiet)
    more.click(lambda most: most + PAGE, count, count, **quiet).then(look, [count, *inputs], outputs, **quiet)
    here.select(opened, [count, *inputs], [issuers, years, *outputs], **quiet)


def explore(service: Service, most: int, filters: Sequence[Any], language: Language) -> tuple[Any, ...]:
    """What was found: a line on it with downloads, bars and lines, the grid, and whether there is more."""
    issuers, years, schemes, statuses, word, sort = filters
    figures = find_figures(service, issuers or [], years or [], schemes or [], statuses or [], word or "", sort)
    units = {d.name: d.issuer for d in service.book.disclosures()}
    shown = figures[:most]
    if not figures:
        return f'<p class="mz-notice">{say("none_found", language)}</p>', "", "", gr.Button(visible=False)
    note = say("found", language).format(f"{len(figures):,}", f"{len(shown):,}")
    one = one_account(figures)
    return (
        f'<div class="mz-line-up"><p>{note}</p>{downloads(filters[:5], units, language)}</div>',
        compare_html(one, units, language) + lines(_series(one, units), language),
        figures_table(shown, units, language), gr.Button(visible=len(figures) > most),
    )  # fmt: skip


def downloads(filters: Sequence[Any], units: dict[str, str], language: Language) -> str:
    """Links to all the figures found, in every format: the page's twins in the HTTP API."""
    issuers, years, schemes, statuses, word = filters
    documents = [name for name, issuer in units.items() if issuer in (issuers or [])]
    query = [("document", d) for d in documents] + [("year", y) for y in years or []]
    query += [("scheme", s) for s in schemes or []] + [("status", s) for s in statuses or []]
    query += [("word", word.strip())] if word and word.strip() else []
    return download_links("/api/figures", query, language)


def download_links(path: str, query: Sequence[tuple[str, Any]], language: Language) -> str:
    """The same rows as CSV, XLSX and JSON, as links that look like buttons."""
    links = "".join(
        f'<a class="mz-tool" href="{path}.{kind.value}?{escape(urlencode(query))}" download>{kind.value.upper()}</a>'
        for kind in FileKind
    )
    return f'<span class="mz-downloads"><span class="mz-small">{say("download", language)}</span>{links}</span>'


def one_account(figures: Sequence[Figure]) -> list[Figure]:
    """Money amounts of the issuers themselves, one for each document and year, when all are of one account; else none.

    Only like is compared with like: of several fundings and components the one that most documents state. Of the
    readings of a fact the first is taken, by preference a confirmed one.
    """
    money = [
        f for f in figures
        if f.measure is Measure.AMOUNT and f.amount is not None and f.amount.is_money and not f.entity
    ]  # fmt: skip
    if len({(f.scheme, f.code or f.account, f.flow) for f in money}) != 1:
        return []
    scopes: dict[tuple[str, str], set[str]] = {}
    for figure in money:
        scopes.setdefault((figure.funding, figure.component), set()).add(figure.document)
    funding, component = max(scopes, key=lambda scope: (len(scopes[scope]), scope[1] == "合计"))
    alike = [f for f in money if f.funding == funding and f.component == component]
    kept: dict[tuple[Any, ...], Figure] = {}
    for figure in sorted(alike, key=lambda f: f.status is not Status.CONFIRMED):
        kept.setdefault((figure.document, figure.year, figure.basis), figure)
    return list(kept.values()) if len(kept) > 1 else []


def compare_html(figures: Sequence[Figure], units: dict[str, str], language: Language) -> str:
    """One account's amounts beside each other, largest first."""
    pairs = [(f, f.amount.to("元").value) for f in figures if f.amount is not None]
    largest = max((value for _, value in pairs), default=Decimal(0))
    if largest <= 0:
        return ""
    labels = {f.id: f"{units.get(f.document, f.document)} {f.year}{f.basis.value}" for f in figures}
    twice = {label for label, times in Counter(labels.values()).items() if times > 1}
    bars = [
        {
            "label": f"{labels[f.id]}（{f.document}）" if labels[f.id] in twice else labels[f.id],
            "amount": f"{f.amount.value:,f} {f.amount.unit}" if f.amount else "",
            "percent": f"{max(value, Decimal(0)) / largest * 100:.1f}",
        }
        for f, value in sorted(pairs, key=lambda pair: -pair[1])[:MOST_BARS]
    ]
    scope = " · ".join((figures[0].account, figures[0].funding, figures[0].component))
    return f"<h3>{say('compare', language)}：{escape(scope)}</h3>{bar_chart(bars, language)}"


def _series(figures: Sequence[Figure], units: dict[str, str]) -> dict[str, dict[int, Decimal]]:
    """Amounts in 元 by unit and year; of a unit's two disclosures of one year the first."""
    series: dict[str, dict[int, Decimal]] = {}
    for f in figures:
        if f.amount is not None:
            series.setdefault(units.get(f.document, f.document), {}).setdefault(f.year, f.amount.to("元").value)
    return series
