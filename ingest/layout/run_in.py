"""Headings that a page saved as text runs into one paragraph with what they head (…的机构。 二、人员情况 我馆属…).

A numeral is a heading's only where it goes on the count of those before it, stands behind a blank after a finished
sentence (or after another heading), and its few words end at a blank: an enumeration inside a sentence has no such gap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.disclosure import Paragraph, Span
from ingest.layout.headings import CHAPTER, PART, numbered_rank, numbering

_DIGITS = "零一二三四五六七八九"
_GAP = r"(?:(?<=[。;!?:]\s)|(?<=[。;!?])|(?<=\S\s)|^)"
_FOUND = re.compile(
    rf"{_GAP}(?:第(?P<part>[一二三四五六七八九十]{{1,3}})部分\s?|(?P<number>[一二三四五六七八九十]{{1,3}})、)"
    r"(?P<title>[^\s。;!?,]{3,32})(?=\s(?:[^\s\d.,%()-]|\(|\d{1,2}[、.](?!\d)|20\d\d年))"
)
_FEWEST = 2


def numeral(printed: str) -> int:
    """The value of a Chinese numeral up to 99 as headings have it, 0 for anything else.

    >>> [numeral(word) for word in ("一", "十", "十二", "二十", "二十三", "百")]
    [1, 10, 12, 20, 23, 0]
    """
    tens, ten, ones = printed.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or any(sign not in _DIGITS for sign in tens + ones):
        return 0
    return (_DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (_DIGITS.index(ones) if ones else 0)


def counted(text: str, rank: int) -> int:
    """The count of a heading of this rank (3 for 三、…), 0 for any other text."""
    own = numbering(text)
    return numeral(re.sub(r"[第部分、:\s]", "", own.printed)) if own is not None and own.rank == rank else 0


def parted(paragraph: Paragraph, chapter: int = 0, part: int = 0) -> list[Paragraph]:
    """The paragraph cut at the headings inside it, each heading by itself.

    At least two headings must run on in order, those printed last before the paragraph (the counts of `chapter` and
    `part`, 0 where there is none) among them; under a new part the chapters begin anew.
    """
    cuts: list[tuple[int, int]] = []
    chapter = counted(paragraph.text, CHAPTER) or chapter
    known = bool(chapter or part)
    for found in _FOUND.finditer(paragraph.text):
        heading = paragraph.text[found.start() : found.end()]
        if found["part"] and numeral(found["part"]) == part + 1 and numbered_rank(heading) == PART:
            part, chapter = part + 1, 0
        elif not found.start() and found["number"] and numbered_rank(heading) == CHAPTER:
            pass  # the paragraph begins with its own heading
        elif found["number"] and numeral(found["number"]) == chapter + 1 and numbered_rank(heading) == CHAPTER:
            chapter += 1
        else:
            continue
        cuts.append((found.start(), found.end()))
    inner = [cut for cut in cuts if cut[0]]
    if not inner or len(inner) + known < _FEWEST:
        return [paragraph]
    edges = [0, *(at for cut in cuts for at in cut), len(paragraph.text)]
    return [piece for start, end in pairwise(edges) if (piece := cut_out(paragraph, start, end)).text]


def cut_out(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Characters `start`..`end` of a paragraph without the blanks around them, with their places on the page."""
    text = paragraph.text[start:end]
    start += len(text) - len(text.lstrip())
    end = start + len(text.strip())
    return Paragraph(paragraph.text[start:end], tuple(_clipped(paragraph.spans, start, end)))


def _clipped(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    found = []
    for span in spans:
        first, last = max(span.start, start), min(span.end, end)
        if first >= last:
            continue
        xs = span.xs[first - span.start : last - span.start + 1] if span.xs else ()
        bbox = (xs[0], span.bbox[1], xs[-1], span.bbox[3]) if xs and span.bbox else span.bbox
        found.append(replace(span, start=first - start, end=last - start, xs=xs, bbox=bbox))
    return found
