"""How the scripted model reads: excerpts for an answer, a passage for the amounts it states. Rules of thumb, no more."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from corpus.accounts import chart, clean_name
from corpus.figure import Scheme
from corpus.money import MONEY_UNITS, Mention, mentions, normalise, read_unit_line
from rag.retrieve import bigrams

_ASKING = re.compile(
    r"20\d\d|年度?|是多少|多少|请问|您好|想?了解|一下|什么|怎么|为什么|原因|哪些|哪个|有没有|是否|安排了?|预算|决算|万?元|[吗呢的了?？。,，]"
)
_REASON = re.compile(r"为什么|原因|why", re.I)
_STATED_REASON = re.compile(r"(?:主要)?(?:原因|由于|因为)[是为:：]?[^。;；]{4,60}")
_ENOUGH = 0.45
"""The share of a question's words that must stand around a number before it is taken for the answer."""
_BEFORE, _AFTER = 36, 4
_KNOWN = (
    Scheme.THREE_PUBLIC, Scheme.OPERATING, Scheme.ECONOMIC, Scheme.SOURCE, Scheme.FUNCTION,
)  # fmt: skip
_SLIPS = 20
"""Of so many proposals one misreads a digit."""


def answered(sent: str) -> Mapping[str, Any]:
    """An answer out of numbered excerpts: the number whose surroundings share most words with the question."""
    body, _, question = sent.rpartition("\n\nQuestion: ")
    excerpts = [(int(n), head, text) for n, head, text in _EXCERPT.findall(body)]
    wanted = bigrams(_ASKING.sub(" ", normalise(question)))
    if not wanted:
        return _none("out_of_scope")
    if _REASON.search(question):
        return _reason(excerpts, wanted)
    best = max((found for excerpt in excerpts for found in _numbers(excerpt, wanted)), default=None, key=lambda f: f[0])
    if best is None or best[0] < _ENOUGH:
        return _none("not_disclosed")
    _, number, mention, unit, line = best
    value = f"{mention.value:f}"
    return {"status": "answered", "answer": f"{line}", "value": value, "unit": unit, "excerpts": [number]}


_EXCERPT = re.compile(r"(?ms)^\[(\d+)\] \((.*?)\)\n(.*?)(?=\n\n\[\d+\] \(|\Z)")
_Excerpt = tuple[int, str, str]


def _numbers(excerpt: _Excerpt, wanted: set[str]) -> Iterator[tuple[float, int, Mention, str, str]]:
    number, head, text = excerpt
    text = normalise(text)
    unit = read_unit_line(text) or "万元"
    for mention in mentions(text):
        if mention.unit not in (*MONEY_UNITS, "%", "") or (not mention.unit and "." not in mention.printed):
            continue
        around = text[max(0, mention.start - _BEFORE) : mention.end + _AFTER]
        share = len(wanted & bigrams(f"{head} {around}")) / len(wanted)
        yield share, number, mention, mention.unit or unit, around.strip()


def _reason(excerpts: Sequence[_Excerpt], wanted: set[str]) -> Mapping[str, Any]:
    ranked = sorted(excerpts, key=lambda e: -len(wanted & bigrams(f"{e[1]} {normalise(e[2])}")))
    for number, _, text in ranked:
        stated = _STATED_REASON.search(normalise(text))
        if stated:
            return {"status": "answered", "answer": stated[0], "value": None, "unit": None, "excerpts": [number]}
    return _none("not_disclosed")


def _none(status: str) -> Mapping[str, Any]:
    return {"status": status, "answer": "资料中没有找到。", "value": None, "unit": None, "excerpts": []}


def proposed(sent: str) -> Mapping[str, Any]:
    """The amounts that a passage states, each with the account named nearest before it and its sentence as quote."""
    asked = re.search(r"文件年度：(\d{4})，口径：(.+?)。", sent)
    fenced = re.search(r"([0-9a-f]{16})\n.*?\n(.*)\n\1", sent, re.S)
    if asked is None or fenced is None:
        return {"figures": []}
    year, basis, passage = int(asked[1]), asked[2], fenced[2]
    return {"figures": [item for s in re.findall(r"[^。；;\n]+", passage) for item in _stated(s, year, basis)]}


def _stated(sentence: str, year: int, basis: str) -> Iterator[dict[str, Any]]:
    folded, last = normalise(sentence), 0
    for mention in mentions(folded):
        before, lead, last = folded[: mention.start], folded[last : mention.start], mention.end
        name = _nearest_name(before) if mention.unit in (*MONEY_UNITS, "%") else ""
        if not name:
            continue
        measure = _measure(lead, mention.unit)
        printed = re.sub(r"[^\d.,]", "", mention.printed)
        yield {
            "quote": sentence, "account": name, "amount": _misread(printed, sentence), "unit": mention.unit,
            "year": _year(lead, year), "measure": measure, "basis": _basis(lead, basis),
        }  # fmt: skip


def _nearest_name(before: str) -> str:
    """The known account whose name ends last before a number; the longest of those that end there."""
    flat = re.sub(r"[“”\"\s]", "", before).replace("(", "（").replace(")", "）")
    found = [(flat.rfind(name) + len(name), len(name), name) for name in _names() if name in flat]
    return max(found)[2] if found else ""


@cache
def _names() -> tuple[str, ...]:
    """Names of accounts that whoever knows public budgets knows."""
    known = (clean_name(name) for a in chart().accounts if a.scheme in _KNOWN for name in (a.name, *a.aliases))
    return tuple(sorted({name for name in known if len(name) >= 3}))


def _measure(lead: str, unit: str) -> str:
    if re.search(r"占|比重", lead):
        return "占比"
    if re.search(r"增|减|下降|上升|提高|降低", lead):
        return "增减率" if unit == "%" else "增减额"
    return "占比" if unit == "%" else "金额"


def _year(lead: str, year: int) -> int:
    if re.search(r"(?:比|较|与)(?:上年|去年)", lead):
        return year
    named = re.findall(r"(20\d\d)年", lead)
    return int(named[-1]) if named else year - 1 if re.search(r"上年|去年", lead) else year


def _basis(lead: str, basis: str) -> str:
    said = re.findall(r"年初预算|全年预算|预算执行数|决算|预算", lead)
    return said[-1] if said else basis


def _misread(printed: str, sentence: str) -> str:
    """The number as printed, now and then with its last digit taken for another."""
    chance = int(hashlib.sha256(f"{sentence}\x1f{printed}".encode()).hexdigest()[:8], 16)
    if chance % _SLIPS:
        return printed
    return printed[:-1] + str((int(printed[-1]) + 1) % 10)
