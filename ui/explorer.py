"""The figure explorer: units × years × accounts with filters, charts, and where each figure stands."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any
from urllib.parse import urlencode

import gradio as gr

from corpus.figure import Figure, Measure, Scheme, Status
from ui.api import FileKind
from ui.cards import bar_chart
from ui.service import Service
from ui.tables import SORTS, figures_table, find_figures
from ui.words import Language, say

PAGE = 100
"""Rows shown at once; more on demand, all in the download."""
MOST_BARS = 20


def tab(service: Service, language: Language, page: gr.Blocks) -> None:
    """Lay out the explorer inside the current tab."""
    with gr.Row():
        issuers = gr.Dropdown([], multiselect=True, label=say("col_unit", language))
        years = gr.Dropdown([], multiselect=True, label=say("col_year", language))
        schemes = gr.Dropdown([s.value for s in Scheme], multiselect=True, label=say("col_scheme", language))
        statuses = gr.Dropdown(
            [(say(s.value, language), s.value) for s in Status], multiselect=True, label=say("col_status", language)
        )
    with gr.Row(equal_height=True):
        word = gr.Textbox(label=say("word", language), scale=4, max_length=200, elem_id="mz-word")
        sort = gr.Dropdown(
            [(say("sort_" + key, language), key) for key in SORTS], value="order", label=say("sort", language), scale=2
        )
        search = gr.Button(say("search", language), variant="primary", scale=1, min_width=80, elem_id="mz-search")
    count = gr.State(PAGE)
    told = gr.HTML(elem_id="mz-found")
    chart = gr.HTML()
    trend = gr.LinePlot(
        x="year", y="amount", color="unit", visible=False, label=say("trend", language), height=260, buttons=[],
        x_title=say("col_year", language), y_title="万元", color_title=say("col_unit", language),
    )  # fmt: skip
    grid = gr.HTML(elem_id="mz-figures")
    more = gr.Button(say("more", language), size="sm", visible=False)
    with gr.Accordion(say("composition", language), open=False):
        whole = gr.Dropdown([], label=say("composition_of", language), value=None)
        parts = gr.HTML()

    def look(most: int, *filters: Any) -> tuple[Any, ...]:
        return explore(service, most, filters, language)

    def choices() -> tuple[Any, ...]:
        known = service.book.disclosures()
        names = [d.name for d in known]
        return (
            gr.Dropdown(sorted({d.issuer for d in known})), gr.Dropdown(sorted({d.year for d in known}, reverse=True)),
            gr.Dropdown(names, value=None),
        )  # fmt: skip

    inputs, outputs = [issuers, years, schemes, statuses, word, sort], [told, chart, trend, grid, more]
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    for trigger in (search.click, word.submit, sort.change):
        trigger(lambda: PAGE, None, count, **quiet, queue=False).then(look, [count, *inputs], outputs, **quiet)
    more.click(lambda most: most + PAGE, count, count, **quiet, queue=False).then(
        look, [count, *inputs], outputs, **quiet
    )
    whole.change(lambda name: composition_html(service, name, language), whole, parts, **quiet)
    page.load(choices, None, [issuers, years, whole], **quiet)


def explore(service: Service, most: int, filters: Sequence[Any], language: Language) -> tuple[Any, ...]:
    """What was found: a line on it with downloads, bars, trend, the grid, and whether there is more."""
    issuers, years, schemes, statuses, word, sort = filters
    figures = find_figures(service, issuers or [], years or [], schemes or [], statuses or [], word or "", sort)
    units = {d.name: d.issuer for d in service.book.disclosures()}
    shown = figures[:most]
    if not figures:
        return f"<p>{say('none_found', language)}</p>", "", gr.LinePlot(visible=False), "", gr.Button(visible=False)
    note = say("found", language).format(len(figures), len(shown)) + downloads(filters[:5], units, language)
    one = one_account(figures)
    return (
        f"<p>{note}</p>", compare_html(one, units, language), _trend(one, units),
        figures_table(shown, units, language), gr.Button(visible=len(figures) > most),
    )  # fmt: skip


def downloads(filters: Sequence[Any], units: dict[str, str], language: Language) -> str:
    """Links to all the figures found, in every format: the page's twins in the HTTP API."""
    issuers, years, schemes, statuses, word = filters
    documents = [name for name, issuer in units.items() if issuer in (issuers or [])]
    query = [("document", d) for d in documents] + [("year", y) for y in years or []]
    query += [("scheme", s) for s in schemes or []] + [("status", s) for s in statuses or []]
    query += [("word", word.strip())] if word and word.strip() else []
    links = " ".join(
        f'<a href="/api/figures.{kind.value}?{escape(urlencode(query))}" download>{kind.value.upper()}</a>'
        for kind in FileKind
    )
    return f" · {say('download', language)} {links}"


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
    bars = [
        {
            "label": f"{units.get(f.document, f.document)} {f.year}{f.basis.value}",
            "amount": f"{f.amount.value:f}{f.amount.unit}" if f.amount else "",
            "percent": f"{max(value, Decimal(0)) / largest * 100:.1f}",
        }
        for f, value in sorted(pairs, key=lambda pair: -pair[1])[:MOST_BARS]
    ]
    scope = " · ".join((figures[0].account, figures[0].funding, figures[0].component))
    return f"<h2>{say('compare', language)}：{escape(scope)}</h2>{bar_chart(bars, language)}"


def _trend(figures: Sequence[Figure], units: dict[str, str]) -> Any:
    years: dict[str, set[int]] = {}
    for figure in figures:
        years.setdefault(units.get(figure.document, figure.document), set()).add(figure.year)
    if all(len(told) < 2 for told in years.values()):
        return gr.LinePlot(visible=False)
    import pandas

    # The chart alone is drawn with binary numbers: places on an axis, never printed amounts.
    rows = [
        {"unit": units.get(f.document, f.document), "year": str(f.year), "amount": float(f.amount.to("万元").value)}
        for f in sorted(figures, key=lambda f: f.year)
        if f.amount is not None
    ]
    amounts = [float(str(row["amount"])) for row in rows]
    # From zero: a small change must not look like a landslide.
    limits: list[float | None] = [min(0.0, *amounts), max(amounts) * 1.1]
    return gr.LinePlot(value=pandas.DataFrame(rows), y_lim=limits, visible=True)


def composition_html(service: Service, document: str | None, language: Language) -> str:
    """A document's expenditure by functional class (类) as bars with each one's share of their sum."""
    if not document:
        return ""
    found = service.book.figures(
        documents=[document], schemes=[Scheme.FUNCTION], measures=[Measure.AMOUNT], flows=["支出"], components=["合计"]
    )
    classes = _classes(found)
    total = sum(classes.values(), Decimal(0))
    if total <= 0:
        return f"<p>{say('composition_none', language)}</p>"
    bars = [
        {
            "label": name, "percent": f"{value / total * 100:.1f}",
            "amount": f"{value:,f}元 · " + say("share_of", language).format(f"{value / total * 100:.1f}"),
        }
        for name, value in sorted(classes.items(), key=lambda item: -item[1])
    ]  # fmt: skip
    return bar_chart(bars, language)


def _classes(figures: Sequence[Figure]) -> dict[str, Decimal]:
    """Amounts in 元 by class, for all funds where they are stated for all funds, else for the general budget."""
    top = [f for f in figures if len(f.code) == 3 and f.amount is not None and f.amount.value > 0 and not f.entity]
    latest = max((f.year for f in top), default=0)
    for funding in ("全部", "财政拨款", "一般公共预算"):
        classes: dict[str, Decimal] = {}
        for f in top:
            if f.funding == funding and f.year == latest and f.amount is not None:
                classes.setdefault(f.account, f.amount.to("元").value)
        if classes:
            return classes
    return {}
