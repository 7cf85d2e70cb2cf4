"""What a page is made of before it is understood: glyphs and rules, and glyphs put together to lines of text.

Coordinates are PDF points from the top left corner of the page as shown, `top` < `bottom`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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

    @property
    def size(self) -> float:
        """Height of the font box in points, about the font size."""
        return self.bottom - self.top


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
    for glyph in sorted(glyphs, key=lambda g: g.top + g.bottom):
        shared = min(bottom, glyph.bottom) - max(top, glyph.top)
        if shared >= 0.5 * min(bottom - top, glyph.bottom - glyph.top) and lines:
            lines[-1].append(glyph)
            top, bottom = min(top, glyph.top), max(bottom, glyph.bottom)
        else:
            lines.append([glyph])
            top, bottom = glyph.top, glyph.bottom
    return [_drawn_once(sorted(line, key=lambda g: g.x0)) for line in lines]


def _drawn_once(line: list[Glyph]) -> list[Glyph]:
    """Without the second print of characters drawn twice for a bold look."""
    if len(line) < 2:
        return line
    kept = line[:1]
    for glyph in line[1:]:
        twin = any(
            glyph.text == other.text and glyph.x0 - other.x0 < 0.3 * (other.x1 - other.x0) for other in kept[-2:]
        )
        if not twin:
            kept.append(glyph)
    return kept


def set_text(line: Sequence[Glyph]) -> TextLine:
    """The text of one line's glyphs, with one blank where one was typed or where a gap of half a character shows."""
    parts: list[str] = []
    xs: list[float] = []
    end = 0.0
    for glyph in line:
        if parts and _apart(glyph, end, parts[-1]):
            parts.append(" ")
            xs.append(min(end, glyph.x0))
        width = (glyph.x1 - glyph.x0) / len(glyph.text)
        parts.append(glyph.text)
        xs.extend(round(glyph.x0 + k * width, 2) for k in range(len(glyph.text)))
        end = glyph.x1
    xs.append(round(end, 2))
    box = (line[0].x0, min(g.top for g in line), max(g.x1 for g in line), max(g.bottom for g in line))
    return TextLine("".join(parts), tuple(xs), box, round(max(g.size for g in line), 2))


def _apart(glyph: Glyph, end: float, before: str) -> bool:
    gap = glyph.x0 - end
    if glyph.spaced:
        return gap > -0.5 * glyph.size
    return gap > (0.25 if before.isascii() and glyph.text.isascii() else 0.6) * glyph.size


class CellText(NamedTuple):
    """What a cell reads as, and whether its last line has no room for another character."""

    text: str
    full: bool


def cell_text(glyphs: Iterable[Glyph], box: Box) -> CellText:
    """The lines of a cell put together, line breaks removed.

    A blank stands at a line break only between two words of Latin letters.
    """
    text, full = "", False
    lines = split_lines(glyphs)
    for line in lines:
        piece = set_text(line)
        words = (
            text and text[-1].isascii() and text[-1].isalpha() and piece.text[0].isascii() and piece.text[0].isalpha()
        )
        text += " " + piece.text if words else piece.text
        room = 2.2 if len(lines) > 1 else 1.0  # a sign that may not begin a line takes the one before it along
        full = box[2] - piece.box[2] < room * piece.size + min(6.0, piece.box[0] - box[0])
    return CellText(text, full)
