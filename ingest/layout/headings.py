"""Which lines are headings, and how headings nest: 第一部分, 一、, (一), 1., (1), and headings without a number.

Texts are NFKC-normalised, so brackets, colons and full stops of lists are half-width here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_NUMERAL = "一二三四五六七八九十百零〇"
PART, UNNUMBERED, CHAPTER, PARAGRAPH, ITEM, SUBITEM = 10, 15, 20, 30, 40, 50
"""Ranks of the ways to number a heading; a smaller rank stands above a larger one."""

_STYLES = (
    (PART, re.compile(rf"第\s*[{_NUMERAL}\d]{{1,3}}\s*(?:部分|章|篇|编)[\s::、.]*"), 70),
    (
        PART,
        re.compile(
            rf"附(?:件|录)\s*(?:\d{{1,2}}?(?=20\d\d)|[{_NUMERAL}\d]{{1,2}})[\s::、.]*(?=.*(?:报告|安排|情况|说明)$)"
        ),
        70,
    ),
    (CHAPTER, re.compile(rf"[{_NUMERAL}]{{1,4}}\s*[、.．]\s*"), 75),
    (PARAGRAPH, re.compile(rf"\(\s*[{_NUMERAL}]{{1,4}}\s*\)\s*[、.]?\s*"), 60),
    (ITEM, re.compile(r"\d{1,2}\s*(?:、|\.(?!\d)|\.(?=20\d\d\s*年))\s*"), 35),
    (SUBITEM, re.compile(r"(?:\(\s*\d{1,2}\s*\)|\d{1,2}\)|[①-⑳])\s*[、.]?\s*"), 30),
)
_ANNOUNCES = re.compile(r"(?:情况|说明),?(?:其中|如下|具体如下)?:$")
_SENTENCE = re.compile(r"[。;!?]|[,、(]$|:.|\([类款项]\)")
_AMOUNT = re.compile(r"\d\s*(?:万元|亿元|元|%|辆|台|平方米|人|个|万)")
_END = re.compile(r"[。!?;:…][”’\"')》】]*$")
_WORDS = re.compile(
    r"(?:职能|职责|机构设置|机构情况|基本情况|单位构成|名词解释|编制说明|情况说明|情况的?总体说明|概况|预算报表|决算报表|"
    r"预算公开表|附表|附件|工作任务|绩效目标|有关情况|事项说明|预算说明|决算说明|报表说明)(?:\([^()]{1,12}\))?$"
)


@dataclass(frozen=True, slots=True)
class Number:
    """How a line is numbered: its rank (see `PART` …), the number as printed, and the text after it."""

    rank: int
    printed: str
    rest: str


def numbering(text: str) -> Number | None:
    """The number that `text` begins with, None where it begins with none."""
    for rank, pattern, _ in _STYLES:
        found = pattern.match(text)
        if found:
            return Number(rank, found.group().strip(), text[found.end() :].strip())
    return None


def ends_sentence(text: str) -> bool:
    """Whether the line ends where a sentence, a clause of a list, or an announcement (":") ends."""
    return bool(_END.search(text.rstrip()))


def squeezed(text: str) -> str:
    """The text without blanks and quotation marks, for comparing headings with entries of the contents page."""
    return re.sub(r"[\s“”\"'‘’·]", "", text)


@lru_cache(4096)
def core(text: str) -> str:
    """What is left of a heading when its number, year and the words for the issuer are taken off."""
    found = numbering(text)
    bare = squeezed(found.rest if found else text)
    bare = re.sub(r"^(?:表[\d一二三四五六七八九十]+)?(?:20\d\d年度?)?", "", bare)
    return re.sub(r"^(?:本|预算|学校|部门|单位){1,2}(?=.{4})", "", bare)


def numbered_rank(text: str) -> int | None:
    """The rank of a numbered heading; None where the line is unnumbered or reads like a sentence or a list item."""
    found = numbering(text)
    if found is None:
        return None
    limit = next(limit for rank, _, limit in _STYLES if rank == found.rank)
    rest = found.rest
    if not rest:
        return found.rank if found.rank == PART else None
    if len(rest) > limit or _SENTENCE.search(rest) or _AMOUNT.search(rest):
        return None
    if rest.endswith(":") and not _ANNOUNCES.search(rest) and (len(rest) > 20 or found.rank < ITEM):
        return None
    return None if "," in rest and len(rest) > 30 else found.rank


def could_be_heading(text: str) -> bool:
    """Whether an unnumbered line is short and reads like no sentence."""
    bare = text.strip()
    return 2 <= len(bare) <= 60 and not _SENTENCE.search(bare) and not bare.endswith(":") and not _AMOUNT.search(bare)


def names_a_section(text: str) -> bool:
    """Whether an unnumbered line ends in a word that the sections of disclosures are called by."""
    bare = squeezed(text)
    return len(bare) <= 45 and could_be_heading(text) and bool(_WORDS.search(bare))


def announced_rank(text: str, contents: Sequence[str]) -> int | None:
    """The rank of an unnumbered heading that the contents page announces (with the issuer's name before it, perhaps).

    A part keeps its rank; every other entry stands above the numbered headings, whose numbers begin anew under it.
    """
    bare = squeezed(text)
    if len(bare) > 60 or not could_be_heading(text):
        return None
    for entry in contents:
        wanted = core(entry)
        if len(wanted) >= 4 and (bare.endswith(wanted) or squeezed(entry) == bare):
            number = numbering(entry)
            return PART if number and number.rank == PART else UNNUMBERED
    return None
