"""The printed lines of a page, all put together at once: what `split_lines` and `set_text` do for a few glyphs.

Hundreds of glyphs stand outside of a page's grids. What can be told of all of them in arrays (which follow each other
on one height, where gaps are, how high a line is) is told so, and only the rest is looked at one by one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from ingest.grids.geometry import GAP, Glyph, Places, TextLine, is_apart, set_text, split_lines

COLUMN_GAP = 0.35
"""Neighbours further apart than this share of the type's height may stand in two columns."""
FEW = 100
"""So many glyphs are looked at one by one in less time than arrays take to set up."""

Numbers = np.ndarray[Any, np.dtype[Any]]


class PrintedLines(NamedTuple):
    """Lines from top to bottom, what each reads as, and whether neighbours stand far apart in one of them."""

    lines: list[list[Glyph]]
    texts: list[TextLine]
    has_gap: bool


def printed_lines(glyphs: Sequence[Glyph], places: Places) -> PrintedLines:
    """The lines that glyphs make, as `split_lines` and `set_text` make them. `places` are those of the glyphs."""
    grouped = _grouped(places) if len(glyphs) > FEW else None
    if grouped is None:
        lines = split_lines(glyphs)
        return PrintedLines(lines, list(map(set_text, lines)), any(map(_has_gap, lines)))
    order, first = grouped
    told = [glyphs[k] for k in order.tolist()]
    lines = [told[a:b] for a, b in pairwise([*first.tolist(), len(told)])]
    return PrintedLines(lines, *_told(lines, told, places[:, order], first))


def _told(lines: list[list[Glyph]], glyphs: list[Glyph], places: Places, first: Numbers) -> tuple[list[TextLine], bool]:
    """What lines read as, and whether in one of them neighbours stand far apart.

    `glyphs` and `places` are those of the lines one after the other, `first` is where each begins.
    """
    x0, top, x1, bottom, spaced = places
    size = bottom - top
    gap = np.zeros(len(glyphs))  # before each glyph, none before the first of a line
    gap[1:] = x0[1:] - x1[:-1]
    gap[first] = 0.0
    lengths = np.append(first[1:], len(glyphs)) - first
    far = bool((gap > COLUMN_GAP * size[first].repeat(lengths)).any())
    may_part = (gap > GAP) | (spaced > 0)
    may_part[first] = False
    lefts, rights = x0.tolist(), x1.tolist()
    blanks = [k for k in may_part.nonzero()[0].tolist() if is_apart(glyphs[k], rights[k - 1], glyphs[k - 1][0])]
    found: list[TextLine] = []
    start = 0
    for line, high, end, low, tall in zip(
        lines,
        np.minimum.reduceat(top, first).tolist(),
        np.maximum.reduceat(x1, first).tolist(),
        np.maximum.reduceat(bottom, first).tolist(),
        np.maximum.reduceat(size, first).tolist(),
        strict=True,
    ):
        text = "".join([glyph[0] for glyph in line])
        stop = start + len(line)
        if len(text) > len(line):  # some glyphs read as several characters
            found.append(set_text(line))
        else:
            xs = lefts[start:stop]
            for k in reversed(blanks[bisect_left(blanks, start) : bisect_left(blanks, stop)]):
                text = f"{text[: k - start]} {text[k - start :]}"
                xs.insert(k - start, min(rights[k - 1], lefts[k]))
            xs.append(rights[stop - 1])
            found.append(TextLine(text, tuple(xs), (lefts[start], high, end, low), round(tall, 2)))
        start = stop
    return found, far


def _has_gap(line: Sequence[Glyph]) -> bool:
    size = line[0][4] - line[0][2]
    return any(after[1] - before[3] > COLUMN_GAP * size for before, after in pairwise(line))


def _grouped(places: Places) -> tuple[Numbers, Numbers] | None:
    """The order of glyphs line by line, each from left to right, and where each line begins in it.

    None where the glyphs of what may be several lines stand beside each other, which needs a closer look.
    """
    x0, top, _, bottom, _ = places
    middle = top + bottom
    if 2 * top.max() < middle[0] < 2 * bottom.min():
        return x0.argsort(kind="stable"), np.zeros(1, dtype=np.intp)
    order = middle.argsort(kind="stable")
    high, low = top[order], bottom[order]
    begins = np.ones(len(order), dtype=np.bool_)
    np.greater_equal(high[1:], np.maximum.accumulate(low)[:-1], out=begins[1:])
    first = begins.nonzero()[0]
    if (2 * np.maximum.reduceat(high, first) >= middle[order[first]]).any():
        return None
    return order[np.lexsort((x0[order], begins.cumsum()))], first
