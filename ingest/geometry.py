"""What a page is made of before it is understood: glyphs and rules, and glyphs put together to lines of text.

Coordinates are PDF points from the top left corner of the page as shown, `top` < `bottom`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from corpus.locator import Box


class Glyph(NamedTuple):
    """One printed character: its advance box (left edge to where the next one starts, font height).

    `text` is what it reads as after NFKC (may be several characters, "㎡" is "m2"). `spaced` is True when a blank was
    typed in front of it.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    spaced: bool = False


class Rule(NamedTuple):
    """A ruling line or a thin filled box, as drawn: `x0` <= `x1`, `top` <= `bottom`, one side near zero."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is drawn on one page.

    `fills` are areas painted in another colour than white, `images` the boxes of pictures. `hidden` counts characters
    left out since they cannot be seen, `beyond` is the text drawn outside the page or its clip, `recognised` is True
    where the text is the invisible layer of a scan.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    fills: tuple[Box, ...] = ()
    images: tuple[Box, ...] = ()
    hidden: int = 0
    beyond: str = ""
    recognised: bool = False


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
    lines: list[list[Glyph]] = []
    top = bottom = -1e9
    for glyph in sorted(glyphs, key=_height_on_page):
        _, _, high, _, low, _ = glyph
        shared = (bottom if bottom < low else low) - (top if top > high else high)
        if shared > 0 and shared >= 0.5 * min(bottom - top, low - high):
            lines[-1].append(glyph)
            top, bottom = min(top, high), max(bottom, low)
        else:
            lines.append([glyph])
            top, bottom = high, low
    return [_drawn_once(sorted(line, key=_left_edge)) for line in lines]


def _height_on_page(glyph: Glyph) -> float:
    return glyph[2] + glyph[4]


_left_edge = itemgetter(1)


def _drawn_once(line: list[Glyph]) -> list[Glyph]:
    """Without the second print of characters drawn twice for a bold look."""
    kept: list[Glyph] = []
    nearly = -1e9
    for glyph in line:
        if glyph[1] < nearly and any(glyph[0] == other[0] and _overlay(other, glyph) for other in kept[-2:]):
            continue
        kept.append(glyph)
        nearly = glyph[1] + 0.3 * (glyph[3] - glyph[1])
    return kept


def _overlay(first: Glyph, second: Glyph) -> bool:
    return second.x0 - first.x0 < 0.3 * (first.x1 - first.x0)


def line_text(line: Sequence[Glyph]) -> str:
    """The text of one line's glyphs, with one blank where one was typed or where a gap shows."""
    parts: list[str] = []
    end = line[0].x0
    for glyph in line:
        text, x0, _, x1, _, spaced = glyph
        if (spaced or x0 - end > 1.0) and parts and _apart(glyph, end, parts[-1]):
            parts.append(" ")
        parts.append(text)
        end = x1
    return "".join(parts)


def set_text(line: Sequence[Glyph]) -> TextLine:
    """The text of one line's glyphs as `line_text` makes it, and where each character of it begins."""
    text = line_text(line)
    xs: list[float] = []
    end = line[0].x0
    for glyph in line:
        if text[len(xs)] == " ":
            xs.append(min(end, glyph.x0))
        if len(glyph.text) == 1:
            xs.append(glyph.x0)
        else:
            width = (glyph.x1 - glyph.x0) / len(glyph.text)
            xs.extend(round(glyph.x0 + k * width, 2) for k in range(len(glyph.text)))
        end = glyph.x1
    xs.append(end)
    box = (line[0].x0, min(g.top for g in line), max(g.x1 for g in line), max(g.bottom for g in line))
    return TextLine(text, tuple(xs), box, round(max(g.bottom - g.top for g in line), 2))


def _apart(glyph: Glyph, end: float, before: str) -> bool:
    """Whether a blank belongs in front of a glyph: one was typed, or there is the gap of one."""
    gap, size = glyph.x0 - end, glyph.bottom - glyph.top
    if glyph.spaced:
        return gap > -0.5 * size
    return gap > (0.25 if before.isascii() and glyph.text.isascii() else 0.6) * size


class CellText(NamedTuple):
    """What a cell reads as, and whether its last line has no room for another character."""

    text: str
    full: bool


def cell_text(glyphs: Iterable[Glyph], box: Box) -> CellText:
    """The lines of a cell put together, line breaks removed.

    A blank stands at a line break only between two words of Latin letters.
    """
    lines = split_lines(glyphs)
    text = line_text(lines[0])
    for line in lines[1:]:
        more = line_text(line)
        text += " " + more if _letter(text[-1]) and _letter(more[0]) else more
    last = lines[-1]
    size = last[-1].bottom - last[-1].top
    room = 2.2 if len(lines) > 1 else 1.0  # a sign that may not begin a line takes the one before it along
    return CellText(text, box[2] - last[-1].x1 < room * size + min(6.0, last[0].x0 - box[0]))


def _letter(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()
