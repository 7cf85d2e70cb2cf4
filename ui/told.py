"""An answer with what the page needs beside its contract: links to evidence, units to ask back about, bars to draw.

All of it is plain JSON, so that a conversation can be kept in the reader's browser and shown again after a reload.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from corpus.figure import Measure
from rag.answer import Answer, Citation
from rag.english import is_english
from rag.plan import Verdict
from ui.markup import bold, items, markers, plain
from ui.places import link
from ui.service import Service
from ui.words import Language

Told = dict[str, Any]
MOST_CANDIDATES = 24
MOST_FOLLOW_UPS = 3
MOST_TRIED = 2_000
_TOTAL = "支出合计"
_NEXT = (
    "{unit}{year}年{account}比上一年增减多少？", "{unit}{year}年支出为什么变化？",
    "{unit}{year}年{account}占支出合计的比重是多少？", "{unit}{year}年有哪些项目，各多少钱？",
    "各单位{year}年{account}排名",
)  # fmt: skip
_NEXT_ENGLISH = (
    "Why did expenditure of {unit} change in {year}?",
    "What projects does {unit} have in {year}, and how much is each?", "Rank all units by {account} in {year}",
)  # fmt: skip
_KEPT_TRACE = ("planner", "plan", "seconds")


def told(service: Service, answer: Answer, question: str, document: str | None, language: Language) -> Told:
    """The answer's JSON with its question, evidence links, candidates and bars."""
    out = answer.as_json(trace=True)
    out["trace"] = {key: out["trace"][key] for key in _KEPT_TRACE if key in out["trace"]}
    kinds: dict[str, str] = service.remembered("kinds", lambda: _kinds(service))
    for shown, citation in zip(out["citations"], answer.citations, strict=True):
        shown["link"] = _link(citation, language)
        shown["kind"] = kinds.get(citation.locator.document, "")
    issuers: list[str] = []
    if answer.verdict is Verdict.AMBIGUOUS:
        issuers = list(dict.fromkeys(d.issuer for d in service.book.disclosures()))
    return out | {
        "question": question,
        "document": document,
        "candidates": candidates(answer, question, issuers),
        "bars": bars(answer),
        "follow_ups": [],
    }


def _kinds(service: Service) -> dict[str, str]:
    """Whose files are not simply published: our editions and readers' uploads."""
    known = service.book.disclosures()
    return {d.name: "uploaded" if d.collection == "uploaded" else "edition" if d.edition else "" for d in known}


def _link(citation: Citation, language: Language) -> str:
    return link(citation.locator, citation.figure.id if citation.figure else None, language)


def candidates(answer: Answer, question: str, issuers: Sequence[str]) -> list[dict[str, str]]:
    """For a question that could mean several units: each unit with the question asked about it.

    Where the answer lists only the first few, all units of the book are offered.
    """
    if answer.verdict is not Verdict.AMBIGUOUS:
        return []
    named = [name for name in issuers if name in answer.text]
    if "…" in answer.text and len(named) < len(issuers) and "“" not in answer.text:
        named = list(issuers)
    # A name inside a longer name of another candidate is told by that one unless it stands alone too.
    alone = [name for name in named if not any(name in o and name != o for o in named) or answer.text.count(name) > 1]
    return [{"label": name, "question": f"{name}{question}"} for name in alone[:MOST_CANDIDATES]]


def bars(answer: Answer) -> list[dict[str, str]]:
    """What a list of money amounts looks like as bars: the item's number, label, amount, percent of the largest.

    Empty unless at least two items of the list each rest on a money amount.
    """
    figures = {c.marker: c.figure for c in answer.citations if c.figure is not None}
    found: list[tuple[int, str, str, Decimal]] = []
    for number, item in enumerate(items(answer.text)):
        figure = next((figures[m] for m in markers(item) if m in figures), None)
        amount = figure.amount if figure is not None and figure.measure is Measure.AMOUNT else None
        # The item's own amount, not one of those it was computed from.
        if amount is not None and amount.is_money and bold(item) == f"{amount.value:f}{amount.unit}":
            label = plain(item).split("：", 1)[0].split(": ", 1)[0]
            found.append((number, label, f"{amount.value:f}{amount.unit}", amount.to("元").value))
    largest = max((value for *_, value in found), default=Decimal(0))
    if len(found) < 2 or largest <= 0:
        return []
    return [
        {"item": str(at), "label": label, "amount": amount, "percent": f"{max(value, Decimal(0)) / largest * 100:.1f}"}
        for at, label, amount, value in found
    ]


def follow_ups(service: Service, answer: Told, asked: Sequence[str]) -> list[str]:
    """Questions that come next and that the book does answer: each is tried before it is offered."""
    plan = answer.get("trace", {}).get("plan", {})
    if answer["status"] != "answered" or len(plan.get("units", [])) != 1:
        return []
    unit, years = plan["units"][0], plan.get("years") or _years_of(service, plan["units"][0])
    account = plan["accounts"][0]["name"] if plan.get("accounts") else _TOTAL
    forms = _NEXT_ENGLISH if is_english(answer["question"], plan["units"]) else _NEXT
    wanted = []
    for form in forms:
        question = form.format(unit=unit, year=max(years) if years else "", account=account)
        if question != answer["question"] and question not in asked:
            wanted.append(question)
    if service.settings.model.on:  # trying them out would spend the model's tokens
        return wanted[:MOST_FOLLOW_UPS]
    kept: list[str] = []
    edition = service.book.edition
    for question in wanted:
        text = _answered(service, edition, question)
        if text and text != answer["answer"]:
            kept.append(question)
        if len(kept) == MOST_FOLLOW_UPS:
            break
    return kept


_tried: OrderedDict[tuple[int, int, str], str] = OrderedDict()
_under_way: dict[tuple[int, int, str], threading.Lock] = {}
_trying = threading.Lock()


def _answered(service: Service, edition: int, question: str) -> str:
    """The answer's text, "" for a refusal; remembered as long as the book stays as it is, since readers ask alike.

    Of readers who need it at the same time one works it out.
    """
    key = (id(service), edition, question)
    with _trying:
        if key in _tried:
            return _tried[key]
        turn = _under_way.setdefault(key, threading.Lock())
    with turn:
        if key not in _tried:
            answer = service.assistant.ask(question)
            text = answer.text if answer.verdict is Verdict.ANSWERED else ""
            with _trying:
                _tried[key] = text
                _under_way.pop(key, None)
                while len(_tried) > MOST_TRIED:
                    _tried.popitem(last=False)
        return _tried.get(key, "")


def _years_of(service: Service, issuer: str) -> list[int]:
    return sorted({d.year for d in service.book.disclosures() if d.issuer == issuer})
