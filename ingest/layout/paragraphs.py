"""Printed lines become paragraphs whose every character keeps its place on the page.

Where lines have geometry, a paragraph is told by indentation, by how far the line before it reaches, by the gap above
and by type size. Where they have none, it is told by how the line before it ends: text that lost its page breaks has
lines that stop in mid-sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from statistics import median

from corpus.disclosure import Paragraph, Span
from ingest.layout.headings import ends_sentence, names_a_section, numbered_rank, numbering
from ingest.page import Block, Line, Page

_PAGE_NUMBER = re.compile(
    r"[-—–~·.\s]*\d{1,4}[-—–~·.\s]*|第\s*\d{1,4}\s*页(?:\s*[,,/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|[-—–]\s*[ivxIVX]+\s*[-—–]"
)
_DASHED_NUMBER = re.compile(r"[-—–]+\s*\d{1,4}\s*[-—–]+")
_AROUND_TABLE = re.compile(r"^\(?20\d\d年|单位\s*:|编制(?:单位|部门)|单位名称|表\s*\d*$|^表\s*[\d一二三四五六七八九十]")
_BULLET = re.compile(
    r"[•●■◆▪◦❖➢\uf0b7\uf06c\uf0d8]\s*|[-–—]\s*(?=[一二三四五六七八九十]{1,3}、|[(]?\d{1,2}[.、)]|\([一二三四五六七八九十])"
)
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
    before: list[Block] = []
    for page in pages:
        dropped = {id(line) for line in _edge_lines(page, 0.1) if _key(line) in running}
        dropped |= {id(line) for line in _edge_lines(page, 0.15) if _PAGE_NUMBER.fullmatch(line.text.strip())}
        kept_here = [block for block in page.blocks if id(block) not in dropped and not _is_bare_number(block, page)]
        blocks = [_without_bullet(block) if isinstance(block, Line) else block for block in kept_here]
        kept += blocks[_printed_again(before, blocks) :]
        before = blocks
    return kept


def _without_bullet(line: Line) -> Line:
    """The line without the mark of a list item: "• 一、收支总表" is numbered like any other."""
    mark = _BULLET.match(line.text)
    if mark is None or mark.end() == len(line.text):
        return line
    xs = line.xs[mark.end() :] if line.xs else ()
    bbox = (xs[0], *line.bbox[1:]) if xs and line.bbox else line.bbox
    return replace(line, text=line.text[mark.end() :], xs=xs, bbox=bbox)


def _is_bare_number(block: Block, page: Page) -> bool:
    return page.number is None and isinstance(block, Line) and bool(_DASHED_NUMBER.fullmatch(block.text.strip()))


def _printed_again(before: Sequence[Block], blocks: Sequence[Block]) -> int:
    """How many lines at the top of a page repeat the end of the page before it.

    A spreadsheet prints a cell that is higher than the page on both pages, each time whole and clipped.
    """
    last = [block.text for block in before if isinstance(block, Line)]
    lines = list(takewhile(lambda block: isinstance(block, Line), blocks))
    head = [block.text for block in lines if isinstance(block, Line)]
    for count in range(min(len(last), len(head)), 2, -1):
        same = last[1 - count] == head[1] and last[-count].endswith(head[0])
        if same and last[1 - count :] == head[1:count]:
            return count
    return 0


def _edge_lines(page: Page, share: float) -> list[Line]:
    """The lines in the top and bottom margin (a share of the height): only there a page number or header can stand."""
    if page.number is None or not page.height:
        return []
    margin = share * page.height
    return [
        block
        for block in page.blocks
        if isinstance(block, Line)
        and block.bbox is not None
        and (block.bbox[3] < margin or block.bbox[1] > page.height - margin)
    ]


def _key(line: Line) -> tuple[str, int]:
    assert line.bbox is not None
    return re.sub(r"\d+", "0", line.text.replace(" ", "")), round(line.bbox[1] / 6)


def _running_lines(pages: Sequence[Page]) -> set[tuple[str, int]]:
    seen: dict[tuple[str, int], set[int | None]] = defaultdict(set)
    for page in pages:
        for line in _edge_lines(page, 0.1):
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
        for upper, lower in pairwise(lines)
        if upper.bbox and lower.bbox and 0 < lower.bbox[1] - upper.bbox[1] < 60
    ]
    lefts = sorted(box[0] for box in boxes)
    left = lefts[len(lefts) // 20]
    widest = max(box[2] for box in boxes)
    # lines that are nearly full: punctuation may hang over the edge, so the edge is where most of them end
    right = median(box[2] for box in boxes if box[2] - left > 0.85 * (widest - left))
    return Frame(left, right, median(gaps) if gaps else 24.0, width)


def type_size(line: Line) -> float:
    """The width of a Chinese character in the line, in points: glyph boxes differ between fonts, advances do not."""
    wide = [b - a for a, b, char in zip(line.xs, line.xs[1:], line.text, strict=False) if char > "\u2e80"]
    return median(wide) if wide else line.size or 12.0


def is_centred(line: Line, frame: Frame | None) -> bool:
    """Whether the line stands in the middle of the page, clear of both edges of the running text."""
    if frame is None or line.bbox is None:
        return False
    size = type_size(line)
    x0, _, x1, _ = line.bbox
    off = abs((x0 + x1) / 2 - frame.width / 2)
    return off < 0.03 * frame.width and x0 > frame.left + 2.5 * size and x1 < frame.right - 2 * size


def continues(line: Line, before: Line, frame: Frame | None) -> bool:
    """Whether `line` goes on with the paragraph whose last line is `before`."""
    if line.heading is not None or before.heading is not None:
        return False
    if frame is None or line.bbox is None or before.bbox is None:
        return _continues_in_words(line, before)
    size = type_size(line)
    number = numbering(line.text)
    told = 0.15 if min(len(line.text), len(before.text)) >= 12 else 0.35  # few characters tell little
    if abs(size - type_size(before)) > told * size:
        return False
    if is_centred(before, frame):
        return number is None and _is_wrapped_heading(line, before, frame)
    indented = line.bbox[0] > frame.left + 1.2 * size
    same_indent = abs(line.bbox[0] - before.bbox[0]) < 0.6 * size
    if number is not None and (indented or ends_sentence(before.text)):
        return False
    full = before.bbox[2] + _first_token_width(line, size) > frame.right - 0.7 * size
    if before.page == line.page and line.bbox[1] - before.bbox[1] > 1.9 * frame.pitch:
        return False
    if is_centred(line, frame) and not full:
        return False
    broken = not ends_sentence(before.text) and number is None and numbered_rank(before.text) is None
    if indented and not (same_indent and broken and (full or len(before.text) > 20)):
        return False
    return broken or (full and (number is None or not ends_sentence(before.text)))


def _is_wrapped_heading(line: Line, before: Line, frame: Frame) -> bool:
    """Whether a centred, numbered heading goes on in a centred line right under it."""
    above = numbering(before.text)
    if above is None or not above.rest or line.bbox is None or before.bbox is None or before.page != line.page:
        return False
    wide = before.bbox[2] - before.bbox[0] > 0.6 * (frame.right - frame.left)
    close = line.bbox[1] - before.bbox[1] < 1.5 * max(frame.pitch, line.bbox[3] - line.bbox[1])
    return wide and close and is_centred(line, frame)


def _first_token_width(line: Line, size: float) -> float:
    """How wide the first piece of the line is that cannot be broken: a number, a word, or one character."""
    found = re.match(r"[\dA-Za-z.,%+-]+|.[,。;:、!?)》”]*", line.text)
    length = found.end() if found else 1
    return line.xs[length] - line.xs[0] if len(line.xs) > length else size * length


def says_it_again(before: str, after: str) -> bool:
    """Whether a line opens as only new paragraphs do: a year behind a bare number, or with the same body and year as before.

    >>> says_it_again("基本支出9万元,占100", "2021年支出9万元"), says_it_again("某县某局2021年收入9万元,增加", "某县某局2021年支出")
    (True, True)
    """
    if before[-1:].isdigit() and re.match(r"20\d\d年", after):
        return True
    opened = re.match(r"[一-鿿]{4,30}20\d\d年", after)
    return opened is not None and before.startswith(opened.group())


def _continues_in_words(line: Line, before: Line) -> bool:
    text = before.text.rstrip()
    if says_it_again(text.lstrip(), line.text.lstrip()):
        return False
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
