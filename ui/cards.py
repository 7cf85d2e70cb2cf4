"""An answer as the reader sees it: the headline figure large with its status, the text, the warnings."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from ui.evidence import place_of
from ui.words import Language, say


def answer_markdown(answer: Mapping[str, Any], language: Language = "zh") -> str:
    """The answer for the chat: our own HTML for headline and warnings around the answer's markdown."""
    parts = []
    result = answer.get("result")
    if answer["status"] != "answered":
        parts.append(f'<p class="mz-refusal mz-{answer["status"]}">{say(answer["status"], language)}</p>')
    elif result:
        parts.append(headline(result, language))
    parts.append(str(answer["answer"]))
    parts += [f'<p class="mz-warning">{say("warning", language)}：{escape(w)}</p>' for w in answer["warnings"]]
    return "\n\n".join(parts)


def headline(result: Mapping[str, Any], language: Language = "zh") -> str:
    """The one value asked for, large, with what its status means."""
    status = str(result["status"])
    formula = ""
    if result.get("formula"):
        formula = f'<span class="mz-formula">{say("formula", language)}：{escape(str(result["formula"]))}</span>'
    return (
        f'<div class="mz-headline"><span class="mz-value">{escape(_grouped(str(result["value"])))}</span>'
        f'<span class="mz-unit">{escape(str(result["unit"]))}</span>'
        f'<span class="mz-status mz-{status}" title="{escape(say(status + "_hint", language))}">'
        f"{say(status, language)}</span>{formula}</div>"
    )


def citation_choices(answer: Mapping[str, Any], language: Language = "zh") -> list[tuple[str, int]]:
    """Labels and indices of an answer's citations, for the evidence chooser."""
    return [(f"[{c['marker']}] {place_of(c, language)}", i) for i, c in enumerate(answer["citations"])]


def _grouped(value: str) -> str:
    """Thousands separators in a plain decimal text."""
    sign = "-" if value.startswith("-") else ""
    whole, dot, rest = value.lstrip("-").partition(".")
    return f"{sign}{int(whole):,}{dot}{rest}" if whole.isdigit() else value
