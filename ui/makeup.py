"""The page on what a disclosure's expenditure is made of: a flow of money, and treemaps by function or economic class."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

import gradio as gr

from corpus.disclosure import Disclosure
from corpus.figure import Scheme
from ui.composition import CHARTS, classes_total, money_flow, parts
from ui.diagrams import amount_words, parts_table, sankey, treemap
from ui.service import Service
from ui.words import Language, say

VIEWS = ("flow", "function", "economic")


def tab(service: Service, language: Language, here: gr.Tab) -> None:
    """Lay out the page inside its tab `here`, which is filled when it is opened."""
    with gr.Row(elem_classes="mz-filters"):
        document = gr.Dropdown(
            [], label=say("composition_of", language), scale=3, min_width=280, elem_id="mz-makeup-of"
        )
        view = gr.Radio(
            [(say("view_" + v, language), v) for v in VIEWS], value=VIEWS[0], label=say("view", language), scale=2,
            min_width=280, elem_id="mz-makeup-view",
        )  # fmt: skip
    drawn = gr.HTML(elem_id="mz-makeup")

    def show(name: str | None, chosen: str) -> str:
        return makeup_html(service, name, chosen, language)

    def opened(name: str | None, chosen: str) -> tuple[Any, str]:
        names = [d.name for d in sorted(service.book.disclosures(), key=lambda d: (-d.year, d.name))]
        name = name if name in names else next(iter(names), None)
        return gr.Dropdown(names, value=name), show(name, chosen)

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
    for control in (document, view):
        control.input(show, [document, view], drawn, **quiet)
    here.select(opened, [document, view], [document, drawn], **quiet)


def makeup_html(service: Service, name: str | None, view: str, language: Language) -> str:
    """One document's expenditure in one view; "" for no document."""
    disclosure = service.book.disclosure(name) if name else None
    if disclosure is None:
        return ""
    made: str = service.remembered(
        ("makeup", disclosure.name, view, language), lambda: _drawn(service, disclosure, view, language)
    )
    return made


def _drawn(service: Service, disclosure: Disclosure, view: str, language: Language) -> str:
    if view == "flow":
        found = money_flow(service.book, disclosure, language)
        if found is None:
            return _nothing(language)
        listed, total = found.classes, found.total
        picture = sankey(found, language)
    else:
        listed = parts(service.book, disclosure, CHARTS.get(view, Scheme.FUNCTION), say("rest_of_class", language))
        total = classes_total(listed)
        if not total:
            return _nothing(language)
        picture = treemap(listed, language, disclosure.name)
    twin = f"/api/documents/{quote(disclosure.name, safe='')}/composition"
    return (
        f'<div class="mz-line-up"><p><span class="mz-total">{escape(amount_words(total))}</span> '
        f'<span class="mz-small">{escape(_about(disclosure, view, language))}</span></p>'
        f'<a class="mz-tool" href="{escape(twin)}" target="_blank">{say("json_twin", language)}</a></div>'
        f'{picture}<p class="mz-hint">{escape(say("composition_hint", language))}</p>'
        f"{parts_table(listed, total, language)}"
    )


def _about(disclosure: Disclosure, view: str, language: Language) -> str:
    return f"{disclosure.issuer} · {disclosure.year}{disclosure.basis} · {say('view_' + view, language)}"


def _nothing(language: Language) -> str:
    return f'<p class="mz-notice">{escape(say("composition_none", language))}</p>'
