"""The figure explorer: units × years × accounts with filters, a chart, and where each figure stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import gradio as gr
import pandas

from corpus.figure import Figure, Measure, Scheme, Status
from ui.api import FileKind
from ui.evidence import evidence_html
from ui.service import Service
from ui.tables import MOST_ROWS, figure_cells, find_figures
from ui.words import Language, say

HEADINGS = (
    "col_unit", "col_year", "col_basis", "col_account", "col_code", "col_funding", "col_component", "col_measure",
    "col_value", "col_money", "col_status", "col_page", "col_table", "col_printed",
)  # fmt: skip


def tab(service: Service, language: Language) -> None:
    """Lay out the explorer inside the current tab."""
    disclosures = service.book.disclosures()
    with gr.Row():
        issuers = gr.Dropdown(
            sorted({d.issuer for d in disclosures}), multiselect=True, label=say("col_unit", language)
        )
        years = gr.Dropdown(sorted({d.year for d in disclosures}), multiselect=True, label=say("col_year", language))
        schemes = gr.Dropdown([s.value for s in Scheme], multiselect=True, label=say("col_scheme", language))
        statuses = gr.Dropdown(
            [(say(s.value, language), s.value) for s in Status], multiselect=True, label=say("col_status", language)
        )
    with gr.Row():
        word = gr.Textbox(label=say("word", language), scale=4)
        search = gr.Button(say("search", language), variant="primary", scale=1)
    told = gr.HTML()
    shown = gr.State([])
    grid = gr.Dataframe(
        headers=[say(h, language) for h in HEADINGS], interactive=False, wrap=True, label=say("figures", language),
        show_search="none", max_height=520,
    )  # fmt: skip
    chart = gr.BarPlot(
        x="label", y="amount", color="series", title=say("chart", language), visible=False, label=say("chart", language)
    )
    evidence = gr.HTML()

    def look(*filters: Any) -> tuple[Any, ...]:
        figures = find_figures(service, *filters)
        names = {d.name: d for d in service.book.disclosures()}
        rows = [figure_cells(f, names.get(f.document), language) for f in figures[:MOST_ROWS]]
        note = say("found", language).format(len(figures), len(rows)) + downloads(filters, names, language)
        plot = _chart(figures, {name: d.issuer for name, d in names.items()})
        return note, rows, [f.id for f in figures[:MOST_ROWS]], plot, ""

    def open_row(ids: Sequence[str], event: gr.SelectData) -> str:
        figure = service.book.figure(ids[event.index[0]]) if event.index[0] < len(ids) else None
        return "" if figure is None else figure_evidence(service, figure, language)

    inputs, outputs = [issuers, years, schemes, statuses, word], [told, grid, shown, chart, evidence]
    for trigger in (search.click, word.submit):
        trigger(look, inputs, outputs, api_visibility="private")
    grid.select(open_row, shown, evidence, api_visibility="private", show_progress="hidden")


def downloads(filters: Sequence[Any], names: dict[str, Any], language: Language) -> str:
    """Links to all the figures found, in every format: the page's twins in the HTTP API."""
    issuers, years, schemes, statuses, word = filters
    documents = [name for name, d in names.items() if d.issuer in (issuers or [])]
    query = [("document", d) for d in documents] + [("year", y) for y in years or []]
    query += [("scheme", s) for s in schemes or []] + [("status", s) for s in statuses or []]
    query += [("word", word.strip())] if word.strip() else []
    links = " ".join(
        f'<a href="/api/figures.{kind.value}?{urlencode(query)}" download>{kind.value.upper()}</a>' for kind in FileKind
    )
    return f" · {say('download', language)} {links}"


def figure_evidence(service: Service, figure: Figure, language: Language) -> str:
    """Where one figure stands, lit up."""
    place = figure.locator
    citation = {
        "document": figure.document, "page": place.page, "table": place.table, "row": place.row,
        "column": place.column, "quote": place.quote, "bbox": place.bbox,
    }  # fmt: skip
    page = next((p for p in service.book.pages(figure.document) if p.number == place.page), None)
    disclosure = service.book.disclosure(figure.document)
    shown = page if disclosure is not None and disclosure.format == "pdf" else None
    because = f'<p class="mz-because">{figure.because}</p>' if figure.because else ""
    return because + evidence_html(citation, shown, language)


def _chart(figures: Sequence[Figure], issuers: dict[str, str]) -> Any:
    """Money amounts of one account over units and years, when what was found is one account."""
    money = [f for f in figures if f.measure is Measure.AMOUNT and f.amount is not None and f.amount.is_money]
    latest = {(f.document, f.year, f.account, f.funding, f.component): f for f in money}
    accounts = {(f.account, f.funding, f.component) for f in latest.values()}
    if len(accounts) != 1 or len(latest) < 2:
        return gr.BarPlot(visible=False)
    rows = [
        # The chart alone is drawn with binary numbers: heights of bars, never printed amounts.
        {"label": f"{issuers.get(f.document, f.document)} {f.year}", "series": str(f.year),
         "amount": float(f.amount.to("万元").value)}
        for f in latest.values() if f.amount is not None
    ]  # fmt: skip
    return gr.BarPlot(value=pandas.DataFrame(rows), visible=True)
