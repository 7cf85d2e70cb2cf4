"""English questions, put into the Chinese that the rule planner reads: terms by phrase, place names by their sound."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from corpus.vocabulary import vocabulary
from rag.english_asking import asked_plainly
from rag.english_clauses import in_clauses
from rag.english_forms import in_plain_form
from rag.english_names import as_called, by_sound, larger_first, numbered, places, with_its_level
from rag.english_order import others_by_name, thing_first
from rag.english_shapes import in_chinese_order, in_shape
from rag.english_words import SMALL, forms, spelt, without_stops
from rag.naming import Unit

_GAP = "·"
"""Stands where a small word was left out, so that what it parted stays parted."""
_WORD = re.compile(r"[a-z0-9][a-z0-9&.\-]*")
_ASKS = frozenset(("what", "which", "who", "whose", "how", "where", "when"))
_ASKING = ("多少钱", "列出", "排名", "是什么意思", "什么是", "为什么")
"""What asks: said by the very word only ("costing" asks nothing)."""
_COMPARED = re.compile(
    r"(?:compared (?:with|to)|against|versus|vs\.?|relative to|than(?: in)?|over|from)\s+(?:that of\s+|the\s+)?"
    r"((?:19|20)\d\d)\b(?!\s*(?:to|-|and)\b)"
)


def is_english(text: str, names: Sequence[str] = ()) -> bool:
    """Whether a question is to be read, and answered, as English. Chinese names of units among `names` do not count."""
    for name in names:
        text = text.replace(name, " ")
    if re.fullmatch(r"\W*(?:why|how|when|who|which|what|where)\W*", text.lower()):
        return True
    words = len(re.findall(r"[A-Za-z]{2,}", text))
    chinese = len(re.findall(r"[\u4e00-\u9fff]", text))
    asks = re.search(r"多少|什么|哪|几|吗|呢|是|为何|如何|怎", text) is not None
    return words >= 2 and (chinese < words or (words >= 3 and not asks))


_SQUARE_METRES = re.compile(
    r"\bsquare met(?:re|er)s of (?:its |the )?(?:housing|premises|office space|floor space|buildings|space|property|rooms)"
)
_FIRST_TO_LAST = re.compile(r"\b(?:from|between) (20\d\d) (?:to|and|through|until) (20\d\d)\b")


def to_chinese(text: str, units: Sequence[Unit], bodies: Sequence[str] = ()) -> str:
    """The question with every known phrase and place in Chinese; English words that are not known stay as they are. `bodies` are
    names of further bodies that documents list."""
    words = _SQUARE_METRES.sub("房屋面积", text.lower())
    words = _FIRST_TO_LAST.sub(r"从\1年到\2年", without_stops(spelt(_no_apostrophes(words))))
    words = numbered(thing_first(in_plain_form(asked_plainly(words)), _phrases()))
    streets = [
        name for unit in units for name in re.findall(r"(?:政府)?([\u4e00-\u9fff]{2,3}?)(?:街道|[镇乡])", unit.body)
    ]
    regions = [region for unit in units for region in unit.region]
    spots = places(tuple(dict.fromkeys([*reversed(vocabulary().places), *regions, *streets])))
    words = in_shape(_COMPARED.sub(r"比\1年", in_clauses(larger_first(words, spots))))
    words = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", words)
    tokens = re.findall(r"[a-zü0-9][a-zü0-9&.\-]*|[\u4e00-\u9fff]+|[^\sa-zü0-9]", words)
    table = _phrases() | spots
    unknown = [t for t in dict.fromkeys(tokens) if t.isalpha() and t not in _phrases() and t not in SMALL]
    table |= by_sound(unknown, [*(unit.name for unit in units), *bodies])
    out: list[str] = []
    at = 0
    while at < len(tokens):
        if _explains(tokens[at : at + 4]) and _unknown(out):
            while _unknown(out):
                out.pop()
            out.append(tokens[at + 1])
            at += 3
            continue
        longest = 1 if tokens[at] == "," else min(8, len(tokens) - at)
        for size in range(longest, 0, -1):
            if size > 1 and tokens[at + size - 1] == ",":
                continue  # the comma behind a phrase parts it from the next
            phrase = " ".join(token for token in tokens[at : at + size] if token != "," or size == 1)
            chinese = _looked_up(phrase, table)
            if chinese is not None:
                out.append(chinese)
                at += size
                break
        else:
            out.append(tokens[at] if tokens[at] not in SMALL else _GAP)
            at += 1
    chinese_text = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", " ".join(out))
    names = [*(unit.name for unit in units), *bodies]
    return in_chinese_order(as_called(with_its_level(others_by_name(chinese_text), streets, names), names))


def _looked_up(phrase: str, table: Mapping[str, str]) -> str | None:
    """The Chinese of a phrase, as it stands or with another form of its last word ("subsidy" as "subsidies")."""
    if phrase in table:
        return table[phrase]
    before, _, last = phrase.rpartition(" ")
    if not before and last in SMALL:
        return None
    others = [last[:-1]] if last.endswith("s") else []
    tried = (f"{before} {form}".strip() for form in [*others, *forms(last)])
    return next((table[form] for form in tried if form in table and table[form] not in _ASKING), None)


def _explains(tokens: Sequence[str]) -> bool:
    """Whether a Chinese word in brackets begins here that says what kind of a thing is meant ("temporary (临聘) staff")."""
    bracketed = len(tokens) == 4 and tokens[0] + tokens[2] == "()" and tokens[3].isalpha() and tokens[3] not in SMALL
    return bracketed and re.fullmatch(r"[\u4e00-\u9fff]{2,}", tokens[1]) is not None


def _unknown(said: Sequence[str]) -> bool:
    """Whether the last word is an English one that nothing explains."""
    return bool(said) and said[-1].isascii() and said[-1].isalpha() and said[-1] not in _ASKS


def _no_apostrophes(text: str) -> str:
    """The text without the marks of the genitive ("people's hospital", "artists' associations") and within names ("Qin'an")."""
    text = re.sub(r"(?<=[a-z])'s\b|(?<=s)'(?=\s|$)", "", text.replace("’", "'"))
    return re.sub(r"(?<=[a-z])'(?=[aoe])", "", text)


@cache
def _phrases() -> dict[str, str]:
    words = (
        (re.sub(r"(?<=[a-z])-(?=[a-z])", " ", spelt(_no_apostrophes(p.lower()))), chinese)
        for p, chinese in vocabulary().phrases().items()
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
