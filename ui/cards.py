"""An answer as the reader sees it: the headline figure large with its status, the text, its places, the warnings.

Everything is our own HTML around escaped text, on one line, so that the chat's markdown has nothing to interpret.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

from ui.evidence import place_of
from ui.markup import plain, to_html
from ui.words import Language, say

Told = Mapping[str, Any]
_REFUSALS = {"not_disclosed": "∅", "ambiguous": "?", "out_of_scope": "↩"}


def answer_card(told: Told, language: Language = "zh") -> str:
    """The whole card of one answer."""
    parts = [f'<div class="mz-answer mz-is-{escape(str(told["status"]))}">']
    if told["status"] != "answered":
        parts.append(_refusal(str(told["status"]), language))
    elif told.get("result"):
        parts.append(headline(told["result"], language))
    places = [c for c in told["citations"] if str(c.get("link", "")).startswith("/evidence?")]
    links = {int(c["marker"]): c for c in places}
    bars = {int(bar["item"]): float(bar["percent"]) for bar in told.get("bars", []) if "item" in bar}
    heads = (say("col_unit", language), say("col_value", language), say("evidence", language))
    text = to_html(str(told["answer"]), lambda n: _marker(n, links, language), bars, heads)
    parts.append(f'<div class="mz-text">{text}</div>')
    parts += [_warning(str(w), language) for w in told["warnings"]]
    parts.append(_places(places, language))
    parts.append(_tools(told, language))
    parts.append("</div>")
    return "".join(parts)


def question_card(question: str) -> str:
    """The reader's own words, escaped."""
    return f'<div class="mz-question">{escape(question)}</div>'


def partial_card(text: str) -> str:
    """An answer on its way: its text so far, markers not yet linked."""
    return f'<div class="mz-answer"><div class="mz-text">{to_html(text, lambda n: f"[{n}]")}</div></div>'


def notice(sentence: str) -> str:
    """A sentence of ours in place of an answer."""
    return f'<div class="mz-answer"><p class="mz-working">{escape(sentence)}</p></div>'


def headline(result: Mapping[str, Any], language: Language = "zh") -> str:
    """The one value asked for, large, with what its status means."""
    status = str(result["status"])
    formula = ""
    if result.get("formula"):
        formula = f'<span class="mz-formula">{say("formula", language)}：{escape(str(result["formula"]))}</span>'
    hint = say(status + "_hint", language)
    return (
        f'<div class="mz-headline"><span class="mz-value">{escape(grouped(str(result["value"])))}</span>'
        f'<span class="mz-unit">{escape(str(result["unit"]))}</span>{status_chip(status, language)}'
        f'<span class="mz-hint">{escape(hint)}</span>{formula}</div>'
    )


def status_chip(status: str, language: Language) -> str:
    """confirmed, single, disputed or computed, with a sign besides the colour."""
    sign = {"confirmed": "✓", "single": "1", "disputed": "≠", "computed": "="}.get(status, "")
    hint = escape(say(status + "_hint", language))
    words = escape(say(status, language))
    return f'<span class="mz-status mz-{status}" title="{hint}"><i aria-hidden="true">{sign}</i> {words}</span>'


def bar_chart(bars: Sequence[Mapping[str, str]], language: Language = "zh") -> str:
    """Amounts beside each other as horizontal bars, each with its printed amount in words."""
    if not bars:
        return ""
    rows = "".join(
        f'<li><span class="mz-bar-label">{escape(bar["label"])}</span>'
        f'<span class="mz-bar-track"><span class="mz-bar" style="width:{float(bar["percent"]):.1f}%"></span></span>'
        f'<span class="mz-bar-amount">{escape(bar["amount"])}</span></li>'
        for bar in bars
    )
    return f'<ul class="mz-bars" aria-label="{escape(say("chart_of", language))}">{rows}</ul>'


def share_link(told: Told, language: Language) -> str:
    """The address that asks this question again."""
    query = {"q": told["question"]} | ({"document": told["document"]} if told.get("document") else {})
    return ("/en/" if language == "en" else "/") + "?" + urlencode(query)


def copy_text(told: Told, language: Language) -> str:
    """The answer with its sources, as plain text for pasting."""
    lines = [plain(str(told["answer"]))]
    lines += [f"[{c['marker']}] {place_of(c, language)}：“{c['quote']}”" for c in told["citations"]]
    return "\n".join(lines)


def grouped(value: str) -> str:
    """Thousands separators in a plain decimal text."""
    sign = "-" if value.startswith("-") else ""
    whole, dot, rest = value.lstrip("-").partition(".")
    return f"{sign}{int(whole):,}{dot}{rest}" if whole.isdigit() else value


def _refusal(status: str, language: Language) -> str:
    sign = _REFUSALS.get(status, "")
    hint = escape(say(status + "_hint", language))
    return (
        f'<div class="mz-refusal"><i aria-hidden="true">{sign}</i><div><strong>{say(status, language)}</strong>'
        f'<span class="mz-hint">{hint}</span></div></div>'
    )


def _marker(number: int, citations: Mapping[int, Mapping[str, Any]], language: Language) -> str:
    citation = citations.get(number)
    if citation is None:
        return f"[{number}]"
    label = escape(f"{say('evidence', language)} {number}：{place_of(citation, language)}")
    address = escape(str(citation["link"]))
    return f'<a class="mz-mark mz-open" href="{address}" title="{label}" aria-label="{label}">{number}</a>'


def _places(citations: Sequence[Mapping[str, Any]], language: Language) -> str:
    """The places cited, one line each: folded away when they are many."""
    if not citations:
        return ""
    rows = "".join(
        f'<li><a class="mz-open" href="{escape(str(c["link"]))}"><b>{c["marker"]}</b><span>'
        f"{escape(place_of(c, language))}{_whose(c, language)}<q>{escape(_shortened(str(c['quote'])))}</q></span></a></li>"
        for c in citations
    )
    summary = escape(say("places", language).format(len(citations)))
    opened = " open" if len(citations) <= 3 else ""
    return f'<details class="mz-places"{opened}><summary>{summary}</summary><ol>{rows}</ol></details>'


def _whose(citation: Mapping[str, Any], language: Language) -> str:
    """A reader's upload is named as one wherever it is cited."""
    if citation.get("kind") != "uploaded":
        return ""
    return f' <span class="mz-tag mz-tag-uploaded">{escape(say("uploaded", language))}</span>'


def _shortened(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _warning(sentence: str, language: Language) -> str:
    return f'<p class="mz-warning"><b>{say("warning", language)}</b> {escape(sentence)}</p>'


def _tools(told: Told, language: Language) -> str:
    """Copy, share, vote and trace under an answer."""
    question, answer = escape(str(told["question"])), escape(copy_text(told, language))
    address = escape(share_link(told, language))
    votes = "".join(
        f'<button type="button" class="mz-tool" data-mz-vote="{vote}" aria-pressed="false" '
        f'title="{say("vote_" + vote, language)}">{sign} {say("vote_" + vote, language)}</button>'
        for vote, sign in (("up", "✓"), ("down", "✕"))
    )
    reason = escape(say("vote_reason", language))
    form = (
        f'<form class="mz-vote" hidden><input name="reason" maxlength="500" placeholder="{reason}" '
        f'aria-label="{reason}"><button type="submit" class="mz-tool">{say("vote_send", language)}</button></form>'
    )
    return (
        f'<div class="mz-tools" data-question="{question}" data-status="{escape(str(told["status"]))}">'
        f'<button type="button" class="mz-tool" data-mz-copy="{answer}" data-done="{say("copied", language)}">'
        f"{say('copy', language)}</button>"
        f'<a class="mz-tool" data-mz-share data-done="{say("copied_link", language)}" href="{address}">'
        f"{say('share', language)}</a>{votes}{_trace(told, language)}{form}</div>"
    )


def _trace(told: Told, language: Language) -> str:
    """How the question was understood and how long it took, on demand."""
    trace = told.get("trace") or {}
    plan = trace.get("plan") or {}
    accounts = "、".join(str(a.get("name", "")) for a in plan.get("accounts", []))
    shown = {
        "trace_operation": plan.get("operation"), "col_unit": "、".join(plan.get("units", [])),
        "col_year": "、".join(map(str, plan.get("years", []))), "col_account": accounts,
        "trace_documents": "、".join(plan.get("documents", [])[:5]), "trace_planner": trace.get("planner"),
        "trace_seconds": f"{told.get('seconds', 0):.3f}",
    }  # fmt: skip
    rows = "".join(
        f"<dt>{say(key, language)}</dt><dd>{escape(str(value))}</dd>" for key, value in shown.items() if value
    )
    return f'<details class="mz-trace"><summary>{say("trace", language)}</summary><dl>{rows}</dl></details>'
