"""The chat page: question, streamed answer with its headline figure, places that open, what to ask next."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from rag.answer import Answer
from ui import explorer, findings, library, makeup
from ui.cards import answer_card, notice, partial_card, question_card
from ui.service import Service
from ui.told import Told, follow_ups, told
from ui.words import Language, say

log = logging.getLogger(__name__)
CONCURRENCY, BY_RULES = 20, 4
"""Questions answered at once, with a model and without: a model is waited for, rules only share the processor.

Gradio's default of one lets fifty readers wait in line for a model; twenty threads that all compute keep the thread
that talks to the readers from its turn.
"""
KEPT_TURNS = 20
"""Turns of a conversation kept in the reader's browser."""
LONGEST_QUESTION = 2_000
FRAME = 0.1
"""Seconds between two pieces of a streamed answer: faster than that nobody reads."""

_working = threading.BoundedSemaphore(BY_RULES)
Messages = list[dict[str, Any]]
Turns = list[Told]
Step = tuple[Any, Any, Any]
"""Messages, text of the question box, turns kept in the browser."""
PENDING = '<div id="mz-pending" role="status" aria-live="polite" hidden></div>'
"""Filled by page.js the moment a question is sent, emptied when its answer stands there."""


def theme() -> Any:
    """Colours and the system's own fonts: nothing is fetched from outside."""
    fonts = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
    return gr.themes.Base(
        primary_hue="teal", neutral_hue="slate", font=fonts, font_mono=["ui-monospace", "monospace"], radius_size="md"
    ).set(
        body_background_fill="#faf8f4", body_background_fill_dark="#14181c",
        button_primary_background_fill="*primary_700", button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700", button_primary_background_fill_hover_dark="*primary_600",
        button_primary_text_color="white", block_label_text_color="*neutral_700", body_text_color="#1b2430",
        body_text_color_subdued="#4a5563", body_text_color_subdued_dark="#b4bdc9", input_placeholder_color="#5d6875",
        input_placeholder_color_dark="#9aa5b3", block_info_text_color="#4a5563", block_info_text_color_dark="#b4bdc9",
    )  # fmt: skip


def build(service: Service, language: Language = "zh") -> gr.Blocks:
    """The page over one service."""
    page = gr.Blocks(title=f"{say('title', language)} mingzhang", analytics_enabled=False)
    with page:
        gr.HTML(_header(language), padding=False)
        with gr.Tabs(elem_id="mz-tabs"):
            with gr.Tab(say("chat", language), id="chat"):
                _chat_tab(service, language, page)
            with gr.Tab(say("figures", language), id="figures") as here:
                explorer.tab(service, language, here)
            with gr.Tab(say("composition_tab", language), id="makeup") as here:
                makeup.tab(service, language, here)
            with gr.Tab(say("documents", language), id="documents") as here:
                library.documents_tab(service, language, here)
            with gr.Tab(say("findings", language), id="findings") as here:
                findings.tab(service, language, here)
        gr.HTML(f'<p class="mz-edition-note">{say("editions", language)}</p>', padding=False)
    return page


def _header(language: Language) -> str:
    other = "/" if language == "en" else "/en/"
    tag = "zh-CN" if language == "en" else "en"
    theme_word = say("theme", language)
    return (
        f'<header class="mz-header"><h1>{say("title", language)}</h1><p class="mz-subtitle">{say("subtitle", language)}'
        f'</p><nav><a class="mz-tool" href="/docs">{say("api", language)}</a>'
        f'<a class="mz-tool" href="{other}" lang="{tag}" hreflang="{tag}">{say("other_language", language)}</a>'
        f'<button type="button" class="mz-tool" data-mz-theme aria-label="{theme_word}" title="{theme_word}">◐</button>'
        "</nav></header>"
    )


def _chat_tab(service: Service, language: Language, page: gr.Blocks) -> None:
    # The secret only keeps what is stored readable after a restart of the server; nothing secret is in it.
    kept = gr.BrowserState([], storage_key=f"mingzhang-{language}", secret="mingzhang")
    chat = gr.Chatbot(
        label=say("chat", language), show_label=False, elem_id="mz-chat", buttons=[], feedback_options=None,
        # Our cards hold nothing but escaped text; Gradio's sanitizer would take their buttons away.
        sanitize_html=False, latex_delimiters=[], layout="panel",
        placeholder=(
            f'<div class="mz-welcome"><b>{say("empty_chat", language)}</b><span>{say("promise", language)}</span></div>'
        ),
        examples=[{"text": text} for text in examples_of(service, language)],
    )  # fmt: skip
    gr.HTML(PENDING, padding=False)
    with gr.Row(elem_id="mz-ask", equal_height=True):
        question = gr.Textbox(
            label=say("question", language), placeholder=say("placeholder", language), scale=6, autofocus=True,
            show_label=False, lines=1, max_length=LONGEST_QUESTION, container=False, elem_id="mz-question",
        )  # fmt: skip
        send = gr.Button(say("send", language), variant="primary", scale=1, min_width=80, elem_id="mz-send")
    with gr.Row(elem_id="mz-scope"):
        first = _document_choices(service, language)
        document = gr.Dropdown(
            choices=first, value="", label=say("open_document", language), scale=6,
            container=False, elem_id="mz-document",
        )  # fmt: skip
        clear = gr.Button(say("clear", language), size="sm", scale=1, min_width=80)

    answer, chosen = _answerers(service, language)
    opened = _opener(service, language, first)
    outputs = [chat, question, kept]
    queued: dict[str, Any] = {"concurrency_limit": CONCURRENCY, "concurrency_id": "ask"}
    queued |= {"api_visibility": "private", "show_progress": "hidden"}
    options = queued if service.settings.model.on else queued | {"queue": False}
    for trigger in (send.click, question.submit):
        trigger(answer, [question, document, kept], outputs, **options)

    for offered in (chat.example_select, chat.option_select):
        offered(chosen, [document, kept], outputs, **options)
    clear.click(
        lambda: ([], "", []), None, outputs, api_visibility="private", show_progress="hidden", queue=False
    )  # fmt: skip
    page.load(opened, kept, [*outputs, document], **options)


def _answerers(service: Service, language: Language) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """What answers a question that is typed, and one that is chosen from those offered.

    Rules have the whole answer within milliseconds, and a queue with a stream of events costs Gradio more than that:
    with fifty readers at once it is what they wait for. So only a model's words, which come slowly, are streamed.
    """

    def streamed(text: str, name: str | None, turns: Turns) -> Iterator[Step]:
        yield from answer_turn(service, language, text, name or None, turns)

    def streamed_choice(name: str | None, turns: Turns, event: gr.SelectData) -> Iterator[Step]:
        yield from answer_turn(service, language, _chosen(event), name or None, turns)

    def at_once(text: str, name: str | None, turns: Turns) -> Step:
        with _working:
            return list(answer_turn(service, language, text, name or None, turns))[-1]

    def choice_at_once(name: str | None, turns: Turns, event: gr.SelectData) -> Step:
        return at_once(_chosen(event), name, turns)

    return (streamed, streamed_choice) if service.settings.model.on else (at_once, choice_at_once)


def _opener(service: Service, language: Language, first: list[tuple[str, str]]) -> Callable[..., Any]:
    """What the page does when it is opened. `first` are the files it offers as it was built."""

    def streamed(turns: Turns, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """What was said before; then the question of a shared link, if there is one."""
        asked, name = request.query_params.get("q", ""), request.query_params.get("document") or None
        known = _document_choices(service, language)
        # Each change of a component costs the session a copy of it: with the files as they were, nothing is changed.
        choices = gr.skip() if known == first and not name else gr.Dropdown(known, value=name or "")
        turns = _sound(turns)
        # What the reader typed or asked while the page was still loading is left alone.
        shown = (messages_of(turns, language), gr.skip(), turns) if turns else (gr.skip(), gr.skip(), gr.skip())
        yield *shown, choices
        if asked and not (turns and turns[-1]["question"] == asked):
            for step in answer_turn(service, language, asked, name, turns):
                yield *step, gr.skip()

    def at_once(turns: Turns, request: gr.Request) -> tuple[Any, ...]:
        steps = list(streamed(turns, request))
        return (*steps[-1][:3], steps[0][3])

    return streamed if service.settings.model.on else at_once


def _chosen(event: gr.SelectData) -> str:
    """The question behind an example or an offer."""
    return str(event.value.get("text", event.value.get("value", "")) if isinstance(event.value, dict) else event.value)


def answer_turn(service: Service, language: Language, text: str, document: str | None, turns: Turns) -> Iterator[Step]:
    """Stream one answer, then the whole card with what could be asked next."""
    turns, text = _sound(turns), text.strip()[:LONGEST_QUESTION]
    if not text:
        yield gr.skip(), "", gr.skip()
        return
    before = [*messages_of(turns, language), _said("user", question_card(text))]
    try:
        asked = [turn["question"] for turn in turns]
        answer: Answer | None = None
        for piece in _paced(service.assistant.stream(text, asked, document)):
            if isinstance(piece, Answer):
                answer = piece
            else:
                yield [*before, _said("assistant", partial_card(piece))], "", gr.skip()
        assert answer is not None, "a stream ends with the answer"
        turn = told(service, answer, text, document, language)
        turn["follow_ups"] = follow_ups(service, turn, [*asked, text])
        yield messages_of([*turns, turn], language), "", [*turns, turn][-KEPT_TURNS:]
    except Exception:
        log.exception("a question failed")
        yield [*before, _said("assistant", notice(say("failed", language)))], text, gr.skip()


def _paced(pieces: Iterator[str | Answer]) -> Iterator[str | Answer]:
    """The text so far, at most every `FRAME` seconds, and the answer at the end."""
    text, last = "", time.monotonic()
    for piece in pieces:
        if isinstance(piece, Answer):
            yield piece
            return
        text += piece
        if time.monotonic() - last >= FRAME:
            last = time.monotonic()
            yield text


def messages_of(turns: Turns, language: Language) -> Messages:
    """The conversation for the chat; the last answer carries what can be asked next as buttons."""
    messages: Messages = []
    for turn in turns:
        messages += [_said("user", question_card(turn["question"])), _said("assistant", answer_card(turn, language))]
    if turns:
        last = turns[-1]
        offers = [{"value": c["question"], "label": c["label"]} for c in last.get("candidates", [])]
        offers += [{"value": question, "label": question} for question in last.get("follow_ups", [])]
        if offers:
            messages[-1]["options"] = offers
    return messages


def _said(role: str, html: str) -> dict[str, Any]:
    return {"role": role, "content": html}


def _sound(turns: Any) -> Turns:
    """Turns from the browser that are whole; an older release or a stranger may have written something else."""
    needed = {"question", "answer", "status", "citations", "warnings"}
    return [turn for turn in turns or [] if isinstance(turn, dict) and needed <= turn.keys()][-KEPT_TURNS:]


def _document_choices(service: Service, language: Language) -> list[tuple[str, str]]:
    return [(say("all_documents", language), ""), *((d.name, d.name) for d in service.book.disclosures())]


def examples_of(service: Service, language: Language = "zh") -> list[str]:
    """Questions to click, about units that are really in the book."""
    forms = (
        "{unit}{year}年公务接待费是多少？", "{unit}{year}年支出为什么变化？", "{unit}{year}年有哪些项目，各多少钱？",
        "各单位{year}年支出合计排名",
    )  # fmt: skip
    if language == "en":
        forms = (
            "How much is {unit}'s official reception budget in {year}?", "Why did {unit}'s expenditure change in {year}?",
            "What projects does {unit} have in {year}, and how much is each?", "Rank all units by total expenditure in {year}",
        )  # fmt: skip
    own = [d for d in service.book.disclosures() if d.collection != "uploaded"] or service.book.disclosures()
    newest = sorted(own, key=lambda d: (-d.year, d.name))[: len(forms)]
    return [form.format(unit=d.issuer, year=d.year) for form, d in zip(forms, newest, strict=False)]
