"""Tables without rules: words that stand in columns. Precision first, prose must never become a table.

A table is taken for one only where amounts (with decimals or thousands separators) stand right under each other, edge
under edge, beside a column of labels; or where a line above says in which unit it is. Page numbers of a contents page
are no amounts.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from corpus.money import read_unit_line
from ingest.grids.geometry import Glyph, split_lines
from ingest.grids.pieces import AMOUNT, ITEM, Piece, pieces, rows_of
from ingest.grids.unruled import Region, grid
from ingest.page import Grid

_LEADER = re.compile(r"\.{4,}|…{2,}|·{4,}")
_TITLE = re.compile(r"表\s*(?:[(（].*[)）])?$")
_PART = re.compile(r"第[一二三四五六七八九十]{1,3}(?:部分|章)")
_SENTENCE = re.compile(r"[,，。;；]")
FEWEST = 3
"""A column of amounts has at least so many, where no unit is named above."""
EDGE = 3.0
"""Amounts of one column end (or begin) at most this far apart (points)."""

Lines = list[list[Piece]]


def find(
    lines: Sequence[Sequence[Glyph]], drawn: Sequence[Glyph], page: int, before: tuple[float, ...] = ()
) -> tuple[list[Grid], list[Sequence[Glyph]]]:
    """The borderless tables among printed lines, somewhere in which neighbours stand apart, and the lines in none.

    `drawn` are the page's glyphs in the order of drawing, `before` the walls of a table at the foot of the page before.
    """
    if not (before or _may_hold(lines)):
        return [], list(lines)
    outside = {id(glyph) for line in lines for glyph in line}
    found = rows_of(pieces(one for one in enumerate(drawn) if id(one[1]) in outside))
    right = max(piece.x1 for line in found for piece in line)
    left = min(piece.x0 for line in found for piece in line)
    grids: list[Grid] = []
    taken: set[int] = set()
    blocks = _blocks(found, right - left, before)
    for block, has_unit in blocks:
        held = [piece for line in block for piece in line]
        going_on = before if not grids and block is blocks[0][0] else ()
        made = grid(Region(held, before=going_on), page) if going_on or _is_table(block, has_unit) else None
        if made is not None:
            grids.append(made)
            taken |= {id(glyph) for piece in held for glyph in piece.glyphs}
    if not taken:
        return [], list(lines)
    rest: list[Sequence[Glyph]] = []
    rest.extend(split_lines(glyph for line in lines for glyph in line if id(glyph) not in taken))
    return grids, rest


def _may_hold(lines: Sequence[Sequence[Glyph]]) -> bool:
    """Whether there is a line that names a unit, or more amounts by themselves than a column without one needs."""
    texts = ["".join([glyph[0] for glyph in line]) for line in lines]
    if any(map(read_unit_line, texts)):
        return True
    told = [k for k, text in enumerate(texts) if AMOUNT.search(text)]
    return len(told) >= FEWEST and sum(_amounts_alone(lines[k], texts[k]) for k in told) > FEWEST


def _amounts_alone(line: Sequence[Glyph], text: str) -> int:
    """How many amounts of a line may be pieces by themselves (see `ingest.grids.pieces`): nothing touches them in front.

    In a sentence signs follow each other too closely for that.
    """
    if len(text) > len(line):
        return FEWEST  # some glyphs read as several characters
    count = int(AMOUNT.match(text) is not None)
    for k in range(1, len(line)):
        if text[k] in "-0123456789":
            (before, _, top, end, bottom, _), (_, start, high, _, low, _) = line[k - 1], line[k]
            size = min(bottom - top, low - high)
            near = 0.1 if before.isdigit() else 0.2
            level = min(bottom, low) - max(top, high) >= 0.5 * size
            if not (level and -0.1 * size <= start - end <= near * size) and AMOUNT.match(text, k):
                count += 1
    return count


def _blocks(lines: Lines, width: float, before: tuple[float, ...]) -> list[tuple[Lines, bool]]:
    """Lines that follow each other closely without prose, titles and units between, and whether a unit stands above.

    `before` are the walls of the table that may go on in the first block.
    """
    found: list[tuple[Lines, bool]] = []
    held: Lines = []
    unit = has_unit = False
    foot = -1e9
    for line in lines:
        text = " ".join(piece.text for piece in line)
        told = any(read_unit_line(piece.text) for piece in line) and not any(map(_is_amount, line))
        ends = told or _LEADER.search(text) or _is_prose(line, width) or (len(line) == 1 and _TITLE.search(text))
        larger = held and len(line) == 1 and line[0].size > 1.2 * max(piece.size for piece in held[-1])
        ends = ends or larger or (len(line) == 1 and _PART.match(text))
        if ends or (held and min(piece.top for piece in line) - foot > 2.5 * line[0].em):
            found.append((held, has_unit))
            held = []
            has_unit = False
        if ends:
            unit = bool(told) or (unit and len(line) == 1 and not _SENTENCE.search(text))
        else:
            if not held:
                has_unit, unit = unit, False
            held.append(line)
        foot = max([piece.bottom for piece in line] + ([foot] if held else []))
    found.append((held, has_unit))
    keeps = [told or (not k and _heads_columns(block, before)) for k, (block, told) in enumerate(found)]
    return [
        (trimmed, told) for (block, told), keep in zip(found, keeps, strict=True) if (trimmed := _trimmed(block, keep))
    ]


def _heads_columns(block: Lines, walls: tuple[float, ...]) -> bool:
    """Whether a lone word at the head of a block is the heading of several columns, but not of all, between `walls`.

    It is where it stands in their middle, as no title does, right above other headings.
    """
    if len(block) < 2 or len(block[0]) > 1 or len(block[1]) < 2:
        return False
    word, last = block[0][0], len(walls) - 1
    close = min(piece.top for piece in block[1]) - word.top < 1.8 * word.em
    spans = [(a, b) for a in range(last + 1) for b in range(a + 2, last + 1) if (a, b) != (0, last)]
    return close and any(abs((walls[a] + walls[b]) / 2 - word.middle) < EDGE for a, b in spans)


def _is_prose(line: Sequence[Piece], width: float) -> bool:
    """Whether a line is one run of words over most of the width, or a sentence."""
    gaps = [b.x0 - a.x1 for a, b in itertools.pairwise(line)]
    if any(gap > 1.1 * line[0].em for gap in gaps):
        return False
    text = "".join(piece.text for piece in line)
    wide = line[-1].x1 - line[0].x0 > 0.55 * width
    return (wide and (len(line) == 1 or bool(_SENTENCE.search(text)))) or text.endswith(("。", ";", "；"))


def _trimmed(block: Lines, has_unit: bool) -> Lines:
    """A block without lone words at its head and foot, which are titles and notes; under a unit stands the table."""
    start, end = 0, len(block)
    while not has_unit and start < end and len(block[start]) == 1:
        alone = block[start][0]
        if start + 1 < end and alone.bottom > block[start + 1][0].top + 0.1 * alone.size:
            break
        start += 1
    while end > start and len(block[end - 1]) == 1 and not _is_amount(block[end - 1][0]):
        alone = block[end - 1][0]
        if ITEM.match(alone.text) or alone.top < max(piece.bottom for piece in block[end - 2]) - 0.1 * alone.size:
            break
        if _ends_label(alone, block[start : end - 1]):
            break
        end -= 1
    return block[start:end]


def _ends_label(line: Piece, above: Lines) -> bool:
    """Whether a line is the last one of a label folded around the amounts of its row."""
    rows = [row for row in above if any(map(_is_amount, row))]
    height = max((piece.height for piece in rows[-1] if _is_amount(piece)), default=0.0) if rows else 0.0
    first = line
    for row in reversed(above):
        over = [one for one in row if abs(one.x0 - first.x0) < 1.0 and 0.0 < first.top - one.top < 1.8 * first.em]
        first = over[0] if over else first
        if over and abs((first.top + line.bottom) / 2 - height) < 0.2 * line.size:
            return bool(rows)
    return False


def _is_amount(piece: Piece) -> bool:
    return bool(AMOUNT.fullmatch(piece.text))


def _is_table(block: Lines, has_unit: bool) -> bool:
    """Whether amounts stand edge under edge: two such columns, or one in four rows, and a label beside most of them.

    Under a line that names a unit, one amount will do.
    """
    edges: list[list[float]] = []
    rows = [line for line in block if any(map(_is_amount, line))]
    for row in rows:
        for piece in row:
            if not _is_amount(piece):
                continue
            for column in edges:
                if abs(column[-1] - piece.x1) <= EDGE:
                    column.append(piece.x1)
                    break
            else:
                edges.append([piece.x1])
    firm = sorted((len(column) for column in edges if len(column) >= FEWEST), reverse=True)
    loose = sum(len(column) for column in edges if len(column) < FEWEST)
    labelled = sum(1 for row in rows if any(re.search(r"[^\W\d]", piece.text) for piece in row))
    if has_unit:
        several = sum(len(line) > 1 for line in block)
        total = any(len(line) == 1 and ITEM.match(line[0].text) for line in block)
        alike = len({len(line) for line in block}) == 1
        return (several > 1 and (bool(rows) or alike)) or (several > 0 and total and len(block) > 1)
    enough = len(firm) >= 2 or (firm[:1] > [3])
    return enough and loose <= sum(firm) / 4 and labelled >= 0.6 * len(rows)
