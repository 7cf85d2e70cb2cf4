"""The chat page: question, streamed answer with its headline figure, citations lit up on the page."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from ui import explorer, library
from ui.cards import answer_markdown, citation_choices
from ui.evidence import evidence_html
from ui.service import Service
from ui.words import Language, say

log = logging.getLogger(__name__)
CSS = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
CONCURRENCY = 20
"""Questions answered at once; Gradio's default of one lets fifty readers wait in line."""

Messages = list[dict[str, Any]]
State = dict[str, Any]


def build(service: Service, language: Language = "zh") -> gr.Blocks:
    """The page over one service."""
    page = gr.Blocks(title=f"{say('title', language)} mingzhang", analytics_enabled=False)
    with page:
        gr.Markdown(f"# {say('title', language)}\n{say('subtitle', language)}")
        gr.Markdown(say("editions", language), elem_classes="mz-edition-note")
        with gr.Tab(say("chat", language)):
            _chat_tab(service, language)
        with gr.Tab(say("figures", language)):
            explorer.tab(service, language)
        with gr.Tab(say("documents", language)):
            library.documents_tab(service, language)
        with gr.Tab(say("findings", language)):
            library.findings_tab(service, language)
    return page


def _chat_tab(service: Service, language: Language) -> None:
    state = gr.State({"questions": [], "citations": []})
    with gr.Row():
        with gr.Column(scale=3, min_width=320):
            chat = gr.Chatbot(label=say("chat", language), height=560, buttons=["copy"], feedback_options=None)
            document = gr.Dropdown(
                choices=_document_choices(service, language), value="", label=say("open_document", language)
            )
            with gr.Row():
                question = gr.Textbox(
                    label=say("question", language), placeholder=say("placeholder", language), scale=5, autofocus=True,
                    lines=1, max_length=2000,
                )  # fmt: skip
                send = gr.Button(say("send", language), variant="primary", scale=1, min_width=80)
            clear = gr.Button(say("clear", language), size="sm")
            gr.Examples(examples_of(service), inputs=question, label=say("examples", language))
        with gr.Column(scale=2, min_width=320):
            chosen = gr.Radio(choices=[], label=say("evidence", language), info=say("choose", language), visible=False)
            evidence = gr.HTML()

    def answer(text: str, name: str, messages: Messages, known: State) -> Iterator[tuple[Any, ...]]:
        yield from _answer(service, language, text, name or None, messages, known)

    def show(index: int | None, known: State) -> str:
        return _evidence(service, known["citations"], index, language)

    outputs = [chat, question, state, chosen, evidence]
    for trigger in (send.click, question.submit):
        trigger(
            answer, [question, document, chat, state], outputs, concurrency_limit=CONCURRENCY, api_visibility="private"
        )
    chosen.change(show, [chosen, state], evidence, api_visibility="private", show_progress="hidden")
    clear.click(
        lambda: ([], "", {"questions": [], "citations": []}, gr.Radio(choices=[], visible=False), ""),
        None, outputs, api_visibility="private",
    )  # fmt: skip


def _answer(
    service: Service, language: Language, text: str, document: str | None, messages: Messages, known: State
) -> Iterator[tuple[Any, ...]]:
    """Stream one answer into the chat, then offer its citations and light up the first."""
    if not text.strip():
        yield messages, text, known, gr.skip(), gr.skip()
        return
    messages = [*messages, {"role": "user", "content": text}]
    yield [*messages, {"role": "assistant", "content": say("working", language)}], "", known, gr.skip(), gr.skip()
    try:
        told = service.assistant.ask(text, known["questions"], document).as_json()
    except Exception:
        log.exception("a question failed")
        yield [*messages, {"role": "assistant", "content": say("failed", language)}], text, known, gr.skip(), gr.skip()
        return
    known = {"questions": [*known["questions"], text], "citations": told["citations"]}
    messages = [*messages, {"role": "assistant", "content": answer_markdown(told, language)}]
    choices = citation_choices(told, language)
    chooser = gr.Radio(choices=choices, value=0 if choices else None, visible=bool(choices))
    yield messages, "", known, chooser, _evidence(service, told["citations"], 0 if choices else None, language)


def _evidence(service: Service, citations: Sequence[dict[str, Any]], index: int | None, language: Language) -> str:
    if index is None or index >= len(citations):
        return ""
    citation = citations[index]
    pages = service.book.pages(citation["document"]) if citation["page"] is not None else []
    page = next((p for p in pages if p.number == citation["page"]), None)
    disclosure = service.book.disclosure(citation["document"])
    if disclosure is None or disclosure.format != "pdf":
        page = None
    return evidence_html(citation, page, language)


def _document_choices(service: Service, language: Language) -> list[tuple[str, str]]:
    return [(say("all_documents", language), ""), *((d.name, d.name) for d in service.book.disclosures())]


def examples_of(service: Service) -> list[list[str]]:
    """Questions to click, about units that are really in the book."""
    forms = (
        "{unit}{year}年公务接待费是多少？",
        "{unit}{year}年支出为什么变化？",
        "{unit}{year}年有哪些项目，各多少钱？",
    )
    disclosures = service.book.disclosures()
    return [[form.format(unit=d.issuer, year=d.year)] for form, d in zip(forms, disclosures, strict=False)]
