"""Printed lines become paragraphs whose every character keeps its place on the page.

Where lines have geometry, a paragraph is told by indentation, by how far the line before it reaches, by the gap above
and by type size. Where they have none, it is told by how the line before it ends: text that lost its page breaks has
lines that stop in mid-sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from corpus.disclosure import Paragraph, Span
from ingest.headings import ends_sentence, names_a_section, numbered_rank, numbering
from ingest.page import Block, Line, Page

_PAGE_NUMBER = re.compile(
    r"[-—–~·.\s]*\d{1,4}[-—–~·.\s]*|第\s*\d{1,4}\s*页(?:\s*[,,/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|[-—–]\s*[ivxIVX]+\s*[-—–]"
)
_DASHED_NUMBER = re.compile(r"[-—–]+\s*\d{1,4}\s*[-—–]+")
_AROUND_TABLE = re.compile(r"单位\s*:|编制(?:单位|部门)|单位名称|表\s*\d*$|^表\s*[\d一二三四五六七八九十]")
_OPENS = re.compile(r"(?:备?注|说明|附注|附件\s*\d*|表\s*\d+)\s*[::]")
_DOCUMENT_TITLE = re.compile(r"(?:预算|决算|公开|说明|报告|目录|表|情况|\d日|\d月)\)?$")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where running text stands on pages of one size: left and right edge, and the pitch of its lines, in points."""

    left: float
    right: float
    pitch: float
    width: float


def without_furniture(pages: Sequence[Page]) -> list[Block]:
    """All blocks in order, without page numbers and without headers and footers that come again page after page."""
    running = _running_lines(pages)
    kept: list[Block] = []
    for page in pages:
        edge = {id(line) for line in _edge_lines(page)}
        for block in page.blocks:
            if isinstance(block, Line):
                at_edge = id(block) in edge
                if at_edge and (_PAGE_NUMBER.fullmatch(block.text.strip()) or _key(block) in running):
                    continue
                if page.number is None and _DASHED_NUMBER.fullmatch(block.text.strip()):
                    continue
            kept.append(block)
    return kept


def _edge_lines(page: Page) -> list[Line]:
    """The lines in the top and bottom margin: there alone a page number or a running header can stand."""
    if page.number is None or not page.height:
        return []
    lines = [block for block in page.blocks if isinstance(block, Line) and block.bbox is not None]
    margin = 0.1 * page.height
    return [
        line
        for line in lines
        if line.bbox is not None and (line.bbox[3] < margin or line.bbox[1] > page.height - margin)
    ]


def _key(line: Line) -> tuple[str, int]:
    assert line.bbox is not None
    return re.sub(r"\d+", "0", line.text.replace(" ", "")), round(line.bbox[1] / 6)


def _running_lines(pages: Sequence[Page]) -> set[tuple[str, int]]:
    seen: dict[tuple[str, int], set[int | None]] = defaultdict(set)
    for page in pages:
        for line in _edge_lines(page):
            if not _AROUND_TABLE.search(line.text):
                seen[_key(line)].add(page.number)
    return {key for key, numbers in seen.items() if len(numbers) >= 3}


def frames(pages: Sequence[Page]) -> dict[int, Frame]:
    """The frame of running text for each page number, shared by pages of one size."""
    groups: dict[tuple[int, int], list[Page]] = defaultdict(list)
    for page in pages:
        if page.number is not None and page.width:
            groups[round(page.width / 10), round(page.height / 10)].append(page)
    found = {}
    for group in groups.values():
        frame = _frame(group)
        for page in group:
            assert page.number is not None
            found[page.number] = frame
    return found


def _frame(pages: Sequence[Page]) -> Frame:
    width = pages[0].width
    by_page = [[block for block in page.blocks if isinstance(block, Line) and block.bbox] for page in pages]
    boxes = [line.bbox for lines in by_page for line in lines if line.bbox and len(line.text) >= 15]
    if not boxes:
        return Frame(0.1 * width, 0.9 * width, 24.0, width)
    gaps = [
        lower.bbox[1] - upper.bbox[1]
        for lines in by_page
        for upper, lower in zip(lines, lines[1:], strict=False)
        if upper.bbox and lower.bbox and 0 < lower.bbox[1] - upper.bbox[1] < 60
    ]
    lefts, rights = sorted(box[0] for box in boxes), sorted(box[2] for box in boxes)
    return Frame(lefts[len(lefts) // 20], rights[-1 - len(rights) // 20], median(gaps) if gaps else 24.0, width)


def is_centred(line: Line, frame: Frame | None) -> bool:
    """Whether the line stands in the middle of the page, clear of both edges of the running text."""
    if frame is None or line.bbox is None:
        return False
    size = line.size or 12.0
    x0, _, x1, _ = line.bbox
    off = abs((x0 + x1) / 2 - frame.width / 2)
    return off < 0.03 * frame.width and x0 > frame.left + 2.5 * size and x1 < frame.right - 2 * size


def continues(line: Line, before: Line, frame: Frame | None) -> bool:
    """Whether `line` goes on with the paragraph whose last line is `before`."""
    if line.heading is not None or before.heading is not None:
        return False
    if frame is None or line.bbox is None or before.bbox is None:
        return _continues_in_words(line, before)
    size = line.size or 12.0
    if abs(size - (before.size or size)) > 0.15 * size or is_centred(before, frame):
        return False
    number = numbering(line.text)
    indented = line.bbox[0] > frame.left + 1.2 * size
    same_indent = abs(line.bbox[0] - before.bbox[0]) < 0.6 * size
    if number is not None and (indented or ends_sentence(before.text)):
        return False
    full = before.bbox[2] + _first_token_width(line, size) > frame.right - 0.7 * size
    if before.page == line.page and line.bbox[1] - before.bbox[1] > 1.9 * frame.pitch:
        return False
    if is_centred(line, frame) and not full:
        return False
    if indented and not (same_indent and full and not ends_sentence(before.text)):
        return False
    if full:
        return number is None or not ends_sentence(before.text)
    return not ends_sentence(before.text) and number is None and numbered_rank(before.text) is None and not indented


def _first_token_width(line: Line, size: float) -> float:
    """How wide the first piece of the line is that cannot be broken: a number, a word, or one character."""
    found = re.match(r"[\dA-Za-z.,%+-]+|.[,。;:、!?)》”]*", line.text)
    length = found.end() if found else 1
    return line.xs[length] - line.xs[0] if len(line.xs) > length else size * length


def _continues_in_words(line: Line, before: Line) -> bool:
    text = before.text.rstrip()
    if ends_sentence(text) or numbered_rank(text) is not None or names_a_section(text) or _OPENS.match(line.text):
        return False
    if numbering(line.text) is not None:
        return False
    if re.search(r"[,、(]$", text) or re.match(r"[,。;、)]|\([类款项]\)", line.text):
        return True
    if _DOCUMENT_TITLE.search(text) and not re.search(r"[,。:;]", text):
        return False
    wanted = 12 if line.starts_paragraph is None else 18
    return (len(text) >= wanted and bool(re.search(r"[,。:;\d]", text))) or len(text) >= 30


def paragraph_of(lines: Sequence[Line]) -> Paragraph:
    """The lines as one paragraph, joined without a blank except between Latin words; spans cover the text exactly."""
    text = ""
    spans = []
    for at, line in enumerate(lines):
        stripped = line.text.strip()
        lead = len(line.text) - len(line.text.lstrip())
        xs = line.xs[lead : lead + len(stripped) + 1] if line.xs else ()
        following = lines[at + 1].text.lstrip() if at + 1 < len(lines) else ""
        if re.search(r"[A-Za-z]$", stripped) and re.match(r"[A-Za-z]", following):
            stripped += " "
            xs = (*xs, xs[-1]) if xs else xs
        spans.append(Span(len(text), len(text) + len(stripped), line.page, line.bbox, xs))
        text += stripped
    return Paragraph(text, tuple(spans))
