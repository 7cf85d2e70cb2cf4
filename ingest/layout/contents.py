"""The contents page: found, cut out of the running text, its entries cleaned of leaders and page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.layout.headings import numbering, squeezed
from ingest.page import Block, Line

_TITLE = re.compile(r"(?:目录|目次|contents)", re.IGNORECASE)
_LEADER = re.compile(r"\s*+(?:[.…·‧・]{2,}+[\s.…·‧・]*+[-—\s]*+\d{0,4}+[-—\s]*+|…++\s*+\d{0,4}+\s*+)$")
_NUMBER_AFTER_BLANK = re.compile(r"(?<=\D)\s++[-—]?\s*+\d{1,3}+\s*+[-—]?$")
_PAGE_NUMBER = re.compile(r"(?:[.…·‧・]{2,}+|\s)[\s.…·‧・]*+[-—]?\s*+\d{1,4}+\s*+[-—]?\s*+$")
LONGEST = 400
"""Lines a contents page may have; no more are looked at."""
LONGEST_ENTRY = 400
"""Characters an entry with its leaders may have."""


def cut_contents(blocks: Sequence[Block]) -> tuple[list[Block], tuple[str, ...]]:
    """The blocks without contents pages, and the entries of the first one.

    A later contents page belongs to something the disclosure attaches: it is cut out, its entries are not kept.
    """
    rest: list[Block] = []
    entries: tuple[str, ...] = ()
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, Line) and _TITLE.fullmatch(squeezed(block.text)):
            end = _end(blocks, at + 1)
            found = _entries([b for b in blocks[at + 1 : end] if isinstance(b, Line)])
            if len(found) >= 2:
                entries = entries or found
                at = end
                continue
        rest.append(block)
        at += 1
    return rest, entries


def _end(blocks: Sequence[Block], start: int) -> int:
    """Where the contents page that begins at `start` ends: its first entry comes again, or running text begins."""
    first = ""
    first_number = None
    end = start
    for at in range(start, min(len(blocks), start + LONGEST)):
        block = blocks[at]
        if not isinstance(block, Line):
            break
        text = _cleaned(block.text)
        bare = squeezed(text)
        if first and (bare == first or (len(bare) >= 4 and first.startswith(bare) and numbering(text) is not None)):
            return at
        number = numbering(text)
        if first_number is not None and number is not None and number.printed == first_number:
            return at
        if _is_running_text(text):
            break
        if not first and bare and not _TITLE.fullmatch(bare):
            first = bare
            first_number = number.printed if number else None
        if _is_entry(block) or _continues(blocks, at, start):
            end = at + 1
    return end


def _is_running_text(text: str) -> bool:
    return bool(re.search(r"[。;]", text)) or len(text) > 70


def _is_entry(line: Line) -> bool:
    return numbering(line.text) is not None or _has_page(line.text)


def _has_page(text: str) -> bool:
    return len(text) <= LONGEST_ENTRY and bool(_LEADER.search(text) or _PAGE_NUMBER.search(text))


def _continues(blocks: Sequence[Block], at: int, start: int) -> bool:
    """Whether the line is the rest of a wrapped entry: no number of its own, and entries go on right after it."""
    if at == start:
        return False
    line, before = blocks[at], blocks[at - 1]
    if not isinstance(line, Line) or not isinstance(before, Line) or before.page != line.page:
        return False
    after = [block for block in blocks[at + 1 : at + 3] if isinstance(block, Line) and block.page == line.page]
    return any(_is_entry(block) for block in after) and not any(
        _is_running_text(_cleaned(block.text)) for block in after
    )


def _cleaned(text: str) -> str:
    if len(text) > LONGEST_ENTRY:
        return text
    text = _LEADER.sub("", text)
    return _NUMBER_AFTER_BLANK.sub("", text).strip()


def _entries(lines: Sequence[Line]) -> tuple[str, ...]:
    """One text an entry: a line without number is the rest of the entry before it, unless that one was complete."""
    entries: list[str] = []
    complete = True
    for line in lines:
        text = _cleaned(line.text)
        has_page = _has_page(line.text)
        if not text or re.fullmatch(r"[-—\s]*\d{1,3}[-—\s]*", text):
            continue
        if entries and not complete and numbering(text) is None:
            entries[-1] += text
        else:
            entries.append(text)
        complete = has_page or text.endswith("表")
    return tuple(entries)
