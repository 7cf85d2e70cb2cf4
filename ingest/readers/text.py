"""Plain text and Markdown become one page: tab-separated and pipe tables as grids, the rest as lines.

Disclosures circulate as text in which each table row is a line with tabs between its cells, blank cells kept. Marks
that a converter left behind (`#`, `- `, `<b>`, rules of hyphens) are taken off; a `#` says that its line is a heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from corpus.money import normalise
from ingest.page import Block, Line, Page
from ingest.readers.assemble import Piece, grid_of
from ingest.readers.blanks import blank_table
from ingest.readers.stacked import stacked_table
from ingest.readers.stacked_three import stacked_expenses

_TAG = re.compile(r"</?(?:b|i|u|p|br|em|strong|sup|sub|span|font|center|div|a|img)\b[^<>]*/?>", re.IGNORECASE)
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"[-*+•]\s+(?=\S)")
_RULE = re.compile(r"\s*([-*_=])(?:\s*\1){2,}\s*")
_RULE_CELL = re.compile(r":?-{2,}:?")
_PIPE_ROW = re.compile(r"\s*\|.*\|\s*")
_PIPE_RULE = re.compile(r"\s*+\|?(?:\s*+:?-++:?\s*+\|)++\s*+(?::?-++:?\s*+)?")
_HEADING_LINE = re.compile(r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]")
_HAS_NUMBER = re.compile(r"(?:^|\t)[-—]?\d[\d,.]*%?(?:\t|$)")
_BARRED_NUMBER = re.compile(r"\|\s*[-—]?\d[\d,]*(?:\.\d+)?%?\s*(?:\||$)")
_FEWEST_BARRED = 2
_LEADER = re.compile(r"[.…·．]{3,}|…")
_PAGE_NUMBER = re.compile(r"\s*[-—]?\s*\d{1,4}\s*[-—]?\s*")
_CONTENTS = re.compile(r"目\s*录|contents", re.IGNORECASE)
_OWN_LINE = re.compile(r"(?:备?注|说明|附注|(?:金额|编制)?单位(?:名称)?|编制部门)\s*:|表\s*\d|第.{1,3}部分|#")


def read_text(data: bytes) -> list[Page]:
    """The one page (number None) of a text or Markdown file in UTF-8, UTF-16 with a byte order mark, or GB18030."""
    text, warnings = decode(data)
    blocks = tuple(_blocks(text))
    source = "text" if blocks else "none"
    return [Page(None, 0.0, 0.0, blocks, text=normalise(text), source=source, warnings=warnings)]


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text in the encoding that fits it, and a warning where some bytes fit none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), ()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding), ()
        except UnicodeDecodeError:
            continue
    readings = [data.decode(encoding, errors="replace") for encoding in ("utf-8-sig", "gb18030")]
    best = min(readings, key=lambda reading: reading.count("\ufffd"))
    return best, (f"文件中有{best.count(chr(0xFFFD))}处字节无法按任何编码读出，已用“\ufffd”代替。",)


def _blocks(text: str) -> Iterator[Block]:
    lines = [line.rstrip("\r ") for line in re.split(r"[\n\f\v\u2028\u2029]|\r(?!\n)", text)]
    in_contents = False
    after_blank = True
    for kind, run in _runs(lines):
        if kind == "blanks":
            grid = grid_of([[Piece(_unmarked(cell)) for cell in line.split("\t")] for line in run])
            if grid is not None:
                yield grid
            in_contents, after_blank = False, True
            continue
        if kind == "text":
            for line in run:
                block = _line(line, after_blank)
                after_blank = block is None
                if block is not None:
                    in_contents = bool(_CONTENTS.fullmatch(block.text)) or (in_contents and len(block.text) < 60)
                    yield block
            continue
        if kind == "tabs" and _is_contents(run, in_contents):
            for line in run:
                yield Line(_plain(" ".join(line.split("\t"))), None, starts_paragraph=True)
            continue
        in_contents = False
        rows = _tab_rows(run) if kind == "tabs" else _pipe_rows(run)
        grid = grid_of([[Piece(_unmarked(cell)) for cell in row] for row in rows])
        if grid is not None:
            yield grid
        after_blank = True


def _runs(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Lines grouped into runs of "tabs", "pipes", "blanks" and "text"; a stray line inside a tab table belongs to the table."""
    kinds = ["tabs" if "\t" in line and line.strip() else _other_kind(line) for line in lines]
    for i in range(1, len(lines) - 1):
        if kinds[i - 1] == kinds[i + 1] == "tabs" and kinds[i] == "text":
            blank_row = "\t" in lines[i]
            heads = _HEADING_LINE.match(normalise(lines[i]).strip()) and not _HAS_NUMBER.search(lines[i + 1])
            if blank_row or (lines[i].strip() and not _stands_alone(lines[i]) and not heads):
                kinds[i] = "tabs"
    _barred(kinds, lines)
    for kind, group in groupby(zip(kinds, lines, strict=True), key=lambda pair: pair[0]):
        run = [line for _, line in group]
        yield from _parted_by_blanks(run) if kind == "text" else [(kind, run)]


def _barred(kinds: list[str], lines: list[str]) -> None:
    """Mark as "pipes" runs of lines with bars between cells though none before the first, as pages saved as text have them.

    A run has numbers behind a bar in two lines at least; a menu (首页 | 新闻) has none.
    """
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and kinds[end] in ("text", "pipes") and "|" in lines[end]:
            end += 1
        numbered = [index for index in range(at, end) if _BARRED_NUMBER.search(lines[index])]
        if len(numbered) >= _FEWEST_BARRED:
            last = numbered[-1] + 1
            while last < end and sum(bool(cell.strip()) for cell in lines[last].split("|")) <= 1:
                last += 1  # a note below the table
            kinds[at:last] = ["pipes"] * (last - at)
        at = max(end, at + 1)


def _parted_by_blanks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Lines of text with the tables among them whose cells blanks part, or that have a line for each cell: runs of "blanks" have
    tabs between their cells."""
    rest: list[str] = []
    at = 0
    while at < len(lines):
        found = blank_table(lines, at) or stacked_table(lines, at) or stacked_expenses(lines, at)
        if found is None:
            rest.append(lines[at])
            at += 1
            continue
        if rest:
            yield "text", rest
            rest = []
        rows, at = found
        yield "blanks", ["\t".join(row) for row in rows]
    if rest:
        yield "text", rest


def _other_kind(line: str) -> str:
    return "pipes" if line.count("|") >= 3 and _PIPE_ROW.fullmatch(line) else "text"


def _stands_alone(line: str) -> bool:
    return bool(_OWN_LINE.match(normalise(line).strip())) or bool(_RULE.fullmatch(line)) or line.strip().endswith("表")


def _is_contents(run: list[str], in_contents: bool) -> bool:
    """Whether tabbed lines are entries of a contents page: a title, dotted leaders perhaps, and a page number."""
    rows = [[cell for cell in line.split("\t") if cell.strip()] for line in run]
    if not all(len(row) <= 2 and (len(row) < 2 or _page_number(row[1])) for row in rows):
        return False
    leaders = sum(bool(_LEADER.search(line)) for line in run)
    return leaders * 2 >= len(run) or (in_contents and all(len(row) == 2 for row in rows))


def _page_number(cell: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(_unmarked(cell)))


def _tab_rows(run: list[str]) -> list[list[str]]:
    rows = [line.split("\t") for line in run]
    width = Counter(len(row) for row in rows if len(row) > 1).most_common(1)[0][0] if run else 0
    mended: list[list[str]] = []
    broken = False
    for row in rows:
        if all(_RULE_CELL.fullmatch(cell.strip()) for cell in row):
            continue  # a Markdown rule that a converter left between the rows
        if len(row) == 1 and mended and 1 < len(mended[-1]) < width:
            mended[-1][-1] += row[0]
            broken = True
        elif broken and len(mended[-1]) + len(row) - 1 == width:
            mended[-1][-1] += row[0]
            mended[-1].extend(row[1:])
            broken = False
        else:
            mended.append(list(row))
            broken = False
    return mended


def _pipe_rows(run: list[str]) -> list[list[str]]:
    rows = []
    for line in run:
        if _PIPE_RULE.fullmatch(line):
            continue
        cells = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
        rows.append([re.sub(r"<br\s*/?>", "", cell.replace("\\|", "|")).strip() for cell in cells])
    return rows


def _unmarked(text: str) -> str:
    return _BOLD.sub(r"\2", _TAG.sub("", text)).strip()


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", normalise(_unmarked(text))).strip()


def _line(line: str, after_blank: bool) -> Line | None:
    """The line without its marks, None when it is blank or a mere rule."""
    if not line.strip() or _RULE.fullmatch(line):
        return None
    bare = line.strip()
    heading = _HEADING.match(bare)
    level = len(heading.group(1)) if heading else None
    item = _ITEM.match(bare)
    text = _plain(heading.group(2) if heading else bare[item.end() :] if item else bare)
    if not text:
        return None
    starts = True if heading or item or after_blank else None
    return Line(text, None, starts_paragraph=starts, heading=level)
