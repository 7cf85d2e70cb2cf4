"""English questions, put into the Chinese that the rule planner reads: terms by phrase, place names by their sound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus.vocabulary import vocabulary
from rag.naming import Unit, short

_GAP = "·"
"""Stands where a small word was left out, so that what it parted stays parted."""
_WORD = re.compile(r"[a-z0-9][a-z0-9&.\-]*")
_SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "for",
        "in",
        "on",
        "at",
        "to",
        "by",
        "from",
        "with",
        "its",
        "it",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "do",
        "does",
        "did",
        "has",
        "have",
        "had",
        "this",
        "that",
        "these",
        "those",
        "their",
        "there",
        "s",
        "any",
        "some",
        "exactly",
        "actually",
        "given",
        "please",
        "me",
        "us",
        "tell",
        "show",
        "give",
        "say",
        "says",
        "said",
        "stated",
        "state",
        "according",
        "document",
        "documents",
        "disclosure",
        "published",
        "figure",
        "figures",
        "item",
        "items",
        "number",
        "amount",
        "amounts",
        "money",
        "yuan",
        "rmb",
        "planned",
        "plan",
        "plans",
        "so",
        "very",
        "only",
        "just",
        "also",
        "as",
        "or",
        "if",
        "whole",
        "entire",
        "overall",
        "such",
        "into",
        "during",
        "under",
        "out",
        "up",
        "will",
        "would",
        "could",
        "should",
        "can",
        "may",
        "might",
        "currently",
        "present",
    ]
)
_COMPARED = re.compile(
    r"(?:compared (?:with|to)|against|versus|vs\.?|relative to|than(?: in)?|over|from)\s+(?:that of\s+)?((?:19|20)\d\d)\b(?!\s*(?:to|-|and)\b)"
)


def is_english(text: str, names: Sequence[str] = ()) -> bool:
    """Whether a question is to be read, and answered, as English. Chinese names of units among `names` do not count."""
    for name in names:
        text = text.replace(name, " ")
    words = len(re.findall(r"[A-Za-z]{2,}", text))
    chinese = len(re.findall(r"[\u4e00-\u9fff]", text))
    asks = re.search(r"多少|什么|哪|几|吗|呢|是|为何|如何|怎", text) is not None
    return words >= 2 and (chinese < words or (words >= 3 and not asks))


def to_chinese(text: str, units: Sequence[Unit]) -> str:
    """The question with every known phrase and place in Chinese; English words that are not known stay as they are."""
    words = re.sub(r"[’']s\b", "", text.lower()).replace("’", "'")
    words = re.sub(
        r"\bno\.?\s?(\d{1,2})(?=\s+[a-z]*\s?(?:school|hospital|middle|primary|high|people|kindergarten))",
        _numbered,
        words,
    )
    words = _COMPARED.sub(r"比\1年", re.sub(r"(?<=[a-z])-(?=[a-z])", " ", words))
    streets = [
        name for unit in units for name in re.findall(r"(?:政府)?([\u4e00-\u9fff]{2,3}?)(?:街道|[镇乡])", unit.body)
    ]
    regions = [region for unit in units for region in unit.region]
    places = _places(tuple(dict.fromkeys([*vocabulary().places, *regions, *streets])))
    table = _phrases() | places
    tokens = re.findall(r"[a-z0-9][a-z0-9&.\-]*|[\u4e00-\u9fff]+|[^\sa-z0-9]", words)
    out: list[str] = []
    at = 0
    while at < len(tokens):
        for size in range(min(8, len(tokens) - at), 0, -1):
            phrase = " ".join(token for token in tokens[at : at + size] if token != "," or size == 1)
            chinese = table.get(phrase) or (table.get(phrase[:-1]) if phrase.endswith("s") else None)
            if chinese is not None:
                out.append(chinese)
                at += size
                break
        else:
            out.append(tokens[at] if tokens[at] not in _SMALL else _GAP)
            at += 1
    chinese_text = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", " ".join(out))
    return _in_chinese_order(_BUDGET_OF.sub(r"\1预算", chinese_text))


def _numbered(found: re.Match[str]) -> str:
    """A number in a name ("No.5 Middle School") as Chinese names have it."""
    return f" 第{'零一二三四五六七八九十'[int(found.group(1))]} " if int(found.group(1)) <= 10 else found.group()


_BUDGET_OF = re.compile(r"([费金出款](?:\s*\(\s*[\u4e00-\u9fff()（）]+\s*\))?)\s*收支总计")
"""The word budget right behind an account is that account's budget, not the whole of it."""
_BY_HOW_MUCH = re.compile(r"^[\s·]*(?P<asked>多少|百分之几)(?P<what>.+?)(?P<move>增加|减少|增长|下降)(?P<rest>.*)$")


def _in_chinese_order(text: str) -> str:
    """ "By how much did … fall" with its asking behind the verb, where Chinese has it."""
    found = _BY_HOW_MUCH.match(text)
    return f"{found['what']}{found['move']}{found['asked']}{found['rest']}" if found else text


@cache
def _phrases() -> dict[str, str]:
    words = (
        (re.sub(r"(?<=[a-z])-(?=[a-z])", " ", p.lower()), chinese) for p, chinese in vocabulary().phrases().items()
    )
    table = {" ".join(_WORD.findall(phrase)): chinese for phrase, chinese in words}
    for phrase, chinese in list(table.items()):
        kind = _BODY.fullmatch(phrase)
        if kind is not None and chinese.endswith(("局", "委员会", "厅", "办公室", "部")):
            table.setdefault(f"{kind['kind']} of {kind['about']}", chinese)
            if kind["kind"] == "bureau":
                table.setdefault(f"{kind['about']} department", chinese)
    return table


_BODY = re.compile(r"(?P<about>.+) (?P<kind>bureau|commission|department|office)")
"""A body's name, which may also be said the other way round ("bureau of finance")."""


@cache
def _places(regions: tuple[str, ...]) -> dict[str, str]:
    from pypinyin import Style, lazy_pinyin  # only an English question needs it

    found: dict[str, str] = {}
    for region in regions:
        syllables = lazy_pinyin(short(region), style=Style.NORMAL)
        found["".join(syllables)] = short(region)
        found[" ".join(syllables)] = short(region)
    return found
