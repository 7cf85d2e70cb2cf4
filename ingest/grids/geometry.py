"""What a page is made of before it is understood: glyphs and rules, and glyphs put together to lines of text.

Coordinates are PDF points from the top left corner of the page as shown, `top` < `bottom`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter, sub
from typing import NamedTuple

import numpy as np

from corpus.locator import Box

Glyph = tuple[str, float, float, float, float, bool]
"""One printed character: text, x0, top, x1, bottom, spaced. A bare tuple, since a page has a thousand of them.

The box is the advance box: from the left edge to where the next one starts, as high as the font. The text is what it
reads as after NFKC (may be several characters, "㎡" is "m2"); `spaced` is True when a blank was typed in front of it.
"""


Places = np.ndarray[tuple[int, int], np.dtype[np.float64]]
"""What glyphs hold besides their text, as columns of an array: x0, top, x1, bottom, spaced (0 or 1)."""


def places_of(glyphs: Sequence[Glyph]) -> Places:
    """The places of glyphs."""
    return np.array(list(zip(*glyphs, strict=True))[1:] or np.empty((5, 0)), dtype=np.float64)


Boxes = np.ndarray[tuple[int, int], np.dtype[np.float64]]
"""Boxes as rows of an array: x0, top, x1, bottom."""


class Rule(NamedTuple):
    """A ruling line or a thin filled box, as drawn: `x0` <= `x1`, `top` <= `bottom`, one side near zero."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is drawn on one page.

    `rules` are tuples, or rows of an array where the reader has them so.
    `fills` are areas painted in another colour than white, `blanks` those painted white, `images` boxes of pictures.
    `hidden` counts characters left out since they cannot be seen, `beyond` is the text drawn outside the page or its
    clip, `recognised` is True where the text is the invisible layer of a scan.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: Sequence[Rule] | Boxes
    fills: tuple[Box, ...] = ()
    blanks: tuple[Box, ...] = ()
    images: tuple[Box, ...] = ()
    hidden: int = 0
    beyond: str = ""
    recognised: bool = False
    places: Places | None = field(default=None, compare=False)
    """Those of the glyphs, where the reader has them at hand."""
    turn: int = 0
    """By how many quarters the page is shown here turned clockwise, since most of its text was turned."""
    slanted: tuple[tuple[Glyph, ...], ...] = ()
    """Texts that are neither level nor upright, counted among `hidden`: watermarks, and headings set aslant."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """Glyphs of one printed line, left to right, with the text they make and where each character of it begins."""

    text: str
    xs: tuple[float, ...]
    box: Box
    size: float


def split_lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs grouped to printed lines from top to bottom, each from left to right.

    Glyphs share a line when half the height of the smaller stands beside the taller, so that digits set in another
    font, or drawn in another order than they are read, find their text.
    """
    glyphs = list(glyphs)
    if len(glyphs) < 2:
        return [glyphs] if glyphs else []
    middle = (glyphs[0][2] + glyphs[0][4]) / 2
    if max(map(_top, glyphs)) < middle < min(map(_bottom, glyphs)):
        return [sorted(glyphs, key=_left)]
    lines: list[list[Glyph]] = []
    top = bottom = middle = -1e9
    for glyph in sorted(glyphs, key=_height_on_page):
        high, low = glyph[2], glyph[4]
        if high < middle or min(bottom, low) - max(top, high) >= 0.5 * min(bottom - top, low - high) > 0:
            lines[-1].append(glyph)
            if high < top or low > bottom:
                top, bottom = min(top, high), max(bottom, low)
        else:
            lines.append([glyph])
            top, bottom, middle = high, low, (high + low) / 2
    return [sorted(line, key=_left) for line in lines]


def as_drawn(glyphs: Sequence[Glyph]) -> tuple[list[list[Glyph]], list[str]]:
    """The lines of glyphs drawn line by line, each from left to right and below the one before, and their texts.

    They are those that `split_lines` and `line_text` make, told in one go. Nothing where glyphs were drawn otherwise,
    stand over each other, or may be set from top to bottom: that needs a closer look.
    """
    lines: list[list[Glyph]] = []
    texts: list[str] = []
    line: list[Glyph] = []
    floor = top = left = right = -1e9
    middle = bottom = -1e9
    text = ""
    for glyph in glyphs:
        sign, x0, high, x1, low, spaced = glyph
        half = (high + low) / 2
        if high < middle and top < half:
            gap = x0 - right
            if x0 < left or gap <= -GAP or high < floor:
                return [], []
            text += " " + sign if (gap > GAP or spaced) and is_apart(glyph, right, line[-1][0]) else sign
            line.append(glyph)
            if high > top:
                top = high
            if half < middle:
                middle = half
            if low > bottom:
                bottom = low
        elif high >= bottom:
            texts.append(text)
            line, text = [glyph], sign
            lines.append(line)
            floor, top, middle, bottom = bottom, high, half, low
        else:
            return [], []
        left, right = x0, x1
    if len(lines) == len(glyphs) or 2 * len(lines) > len(glyphs) + 2:
        return [], []
    return lines, [*texts[1:], text]


_left, _top, _bottom = itemgetter(1), itemgetter(2), itemgetter(4)


def _height_on_page(glyph: Glyph) -> float:
    return glyph[2] + glyph[4]


GAP = 1.0
"""Glyphs no further apart than this (points) have no blank between them unless one was typed."""


def line_text(line: Sequence[Glyph]) -> str:
    """The text of one line's glyphs, with one blank where one was typed or where a gap shows."""
    texts, lefts, _, rights, _, spaced = zip(*line, strict=True)
    blanks = _blanks(line, lefts, rights, spaced)
    return _spelt(texts, blanks) if blanks else "".join(texts)


def set_text(line: Sequence[Glyph]) -> TextLine:
    """The text of one line's glyphs as `line_text` makes it, and where each character of it begins."""
    texts, lefts, tops, rights, bottoms, spaced = zip(*line, strict=True)
    blanks = _blanks(line, lefts, rights, spaced)
    text = _spelt(texts, blanks)
    xs: list[float] = []
    if len(text) == len(line) + len(blanks):
        xs.extend(lefts)
        for k in reversed(blanks):
            xs.insert(k, min(rights[k - 1], lefts[k]))
    else:  # some glyphs read as several characters
        for k, (sign, x0, x1) in enumerate(zip(texts, lefts, rights, strict=True)):
            if k in blanks:
                xs.append(min(rights[k - 1], x0))
            width = (x1 - x0) / len(sign)
            xs.extend([x0, *(round(x0 + n * width, 2) for n in range(1, len(sign)))])
    size = round(max(map(sub, bottoms, tops)), 2)
    return TextLine(text, (*xs, rights[-1]), (lefts[0], min(tops), max(rights), max(bottoms)), size)


def _blanks(
    line: Sequence[Glyph], lefts: Sequence[float], rights: Sequence[float], spaced: Sequence[bool]
) -> list[int]:
    """Which glyphs of a line have a blank in front of them."""
    return [
        k
        for k, gap in enumerate(map(sub, lefts[1:], rights), 1)
        if (gap > GAP or spaced[k]) and is_apart(line[k], rights[k - 1], line[k - 1][0])
    ]


def _spelt(texts: Sequence[str], blanks: Sequence[int]) -> str:
    parts = list(texts)
    for k in blanks:
        parts[k] = " " + parts[k]
    return "".join(parts)


def is_apart(glyph: Glyph, end: float, before: str) -> bool:
    """Whether a blank belongs in front of a glyph: one was typed, or there is the gap of one."""
    text, x0, top, _, bottom, spaced = glyph
    gap, size = x0 - end, bottom - top
    if spaced:
        return gap > -0.5 * size
    return gap > (0.25 if before.isascii() and text.isascii() else 0.6) * size


class CellText(NamedTuple):
    """What a cell reads as, on how many lines, and whether the last of them has no room for another character.

    `over` tells that two texts, of which one holds a number, are printed in one place: `text` then has both, parted by /.
    """

    text: str
    lines: int
    full: bool
    over: bool = False


def cell_text(glyphs: Iterable[Glyph], box: Box) -> CellText:
    """The lines of a cell put together, line breaks removed.

    A blank stands at a line break only between two words of Latin letters, and between two numbers where the first
    was not broken for want of room: two amounts must never become one.
    """
    glyphs = list(glyphs)
    lines, texts = as_drawn(glyphs)
    if not lines:
        if (columns := _columns_set_downwards(glyphs)) > 1:
            return CellText("".join(glyph[0] for glyph in glyphs), columns, False)
        lines = split_lines(glyphs)
        if any(map(_overlaps, lines)) and (layers := _layers(glyphs)):
            told = [cell_text(layer, box) for layer in layers]
            once = list({"".join(one.text.split()): one for one in told}.values())
            return CellText(" / ".join(one.text for one in once), once[0].lines, once[0].full, len(once) > 1)
        texts = list(map(line_text, lines))
    upright = stacked(lines)
    text = more = texts[0]
    for k, (above, line) in enumerate(pairwise(lines), 1):
        before, more = more, texts[k]
        apart = (_letter(text[-1]) and _letter(more[0])) or (
            _NUMBER.fullmatch(before)
            and _NUMBER.fullmatch(more)
            and not (upright or is_full(above, box) or _lies(line[0]))
        )
        text += " " + more if apart else more
    # A sign that may not begin a line takes the one before it along, so that a folded text may leave two places free.
    return CellText(text, len(lines), is_full(lines[-1], box, 2.2 if len(lines) > 1 else 1.0))


def _columns_set_downwards(glyphs: Sequence[Glyph]) -> int:
    """In how many columns glyphs are set from top to bottom; 0 where they are not so set.

    They must have been drawn so: each right below the one before, or further up in the next column, which is always to
    the left, or to the right where words set upwards were put so that they read downwards.
    """
    if len(glyphs) < 4:
        return 0
    columns, side = 1, 0.0
    for (_, a0, above, a1, under, _), (_, b0, top, b1, bottom, _) in pairwise(glyphs):
        size = max(a1 - a0, b1 - b0)
        aside, down = (b0 + b1 - a0 - a1) / 2, (top + bottom - above - under) / 2
        if down < 0.0 and abs(aside) > 0.8 * size and aside * side >= 0.0:
            columns, side = columns + 1, aside
        elif not (abs(aside) < 0.3 * size and 0.5 * size < down < 2.0 * size):
            return 0
    return columns if 2 * columns < len(glyphs) else 0


def _overlaps(line: Sequence[Glyph]) -> bool:
    """Whether two signs of a line stand in one place."""
    _, lefts, _, rights, _, _ = zip(*line, strict=True)
    if len(line) < 2 or max(map(sub, rights, lefts[1:])) < GAP:
        return False
    return any(b[1] < a[3] - 0.5 * min(a[3] - a[1], b[3] - b[1]) for a, b in pairwise(line))


def _layers(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The texts of a cell that are printed over each other, in the order of drawing; none where they are one text.

    A text ends where the drawing goes back over what it has drawn. Signs in which nothing is to be read (a line, a box
    to be ticked) are no text, and neither is one without a number over another without.
    """
    layers: list[list[Glyph]] = [[]]
    for glyph in glyphs:
        if any(_is_over(glyph, other) for other in layers[-1]):
            layers.append([])
        layers[-1].append(glyph)
    told = [layer for layer in layers if not _STROKES.issuperset(glyph[0] for glyph in layer)]
    read = [layer for layer in told if any(glyph[0].isalnum() for glyph in layer)]
    numbers = any(glyph[0].isdigit() for layer in read for glyph in layer)
    return read if numbers and (len(read) > 1 or read == told) else []


_STROKES = frozenset("_-—–―─━=~")
"""Signs that a line over or under a text is drawn with."""


def _is_over(glyph: Glyph, other: Glyph) -> bool:
    """Whether a sign stands over most of another."""
    across = min(glyph[3], other[3]) - max(glyph[1], other[1])
    down = min(glyph[4], other[4]) - max(glyph[2], other[2])
    narrow, low = min(glyph[3] - glyph[1], other[3] - other[1]), min(glyph[4] - glyph[2], other[4] - other[2])
    return across > 0.5 * narrow and down > 0.5 * low


def stacked(lines: Sequence[Sequence[Glyph]]) -> bool:
    """Whether a text is set from top to bottom, a sign a line: 2, 0, 2, 6 and 年 under each other are one text."""
    return len(lines) > 2 and all(len(line) == 1 for line in lines) and not all(line[0][0].isdigit() for line in lines)


_NUMBER = re.compile(r"[-+]?[\d,]+(?:\.\d+)?%?")


def goes_on(above: Sequence[Glyph], below: Sequence[Glyph], box: Box) -> bool:
    """Whether a number that found no room in its cell goes on in the line below: 3,466.1 over 5."""
    text = line_text(above)
    whole = _WHOLE.fullmatch(text + line_text(below))
    return bool(whole and _NUMBER.fullmatch(text)) and not WITH_CENTS.search(text) and is_full(above, box)


_WHOLE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?")
WITH_CENTS = re.compile(r"\.\d{2}$")


def _lies(digit: Glyph) -> bool:
    """Whether a digit is wider than high: it lies on its side, in a number set from top to bottom."""
    return digit[3] - digit[1] > digit[4] - digit[2]


def is_full(line: Sequence[Glyph], box: Box, room: float = 1.0) -> bool:
    """Whether a line leaves less than `room` characters free in the width of its cell, padding aside."""
    sign, start, top, end, bottom, _ = line[-1]
    size, left, right = bottom - top, line[0][1] - box[0], box[2] - end
    if len(sign) == 1 and not sign.isascii():
        size = max(size, end - start)  # some fonts' boxes are lower than their characters are wide
    return left + right < room * size + 2 * min(6.0, left, max(right, 0.0))


def _letter(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()
