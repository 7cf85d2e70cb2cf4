"""Page numbers printed into a table: where a table reaches down into the foot of its page, they stand in its last rows.

They are no text of a cell: taken for one, 3 in a blank cell would be an amount, and over an amount neither could be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.grids.edges import Lattice
from ingest.grids.geometry import Glyph, Sheet
from ingest.grids.pieces import Piece, pieces

FOOT = 0.9
"""What stands below this share of a page's height stands in its foot."""
ASIDE = 3.0
"""A number further than this (points) from the middle of the page is no page number unless it says so."""
OFF = 0.2
"""Text of one row stands on one height: within this share of its own height."""

_SAID = re.compile(r"第\d{1,4}页(?:[,/]?共\d{1,4}页)?|共\d{1,4}页[,/]?第\d{1,4}页|[-—–]\d{1,4}[-—–]")
_SIGNS = frozenset("页-—–")
"""One of them is in whatever says that it is a page number."""
_BARE = re.compile(r"\d{1,3}")


def page_numbers(sheet: Sheet, lattices: Sequence[Lattice]) -> list[Piece]:
    """The page numbers that stand within a lattice at the foot of a page.

    One says that it is one (第 3 页, — 3 —). A number alone is one in the middle of the page, on a height on which
    nothing else of its rows stands.
    """
    foot = FOOT * sheet.height
    reaching = [one for one in lattices if one.ys[-1] > foot]
    if not reaching:
        return []
    low = _below(sheet, foot)
    signs = {glyph[0] for _, glyph in low}
    middle = sheet.width / 2
    if signs.isdisjoint(_SIGNS) and not any(
        abs(x0 + x1 - 2 * middle) < 40.0 and sign.isdigit() for _, (sign, x0, _, x1, _, _) in low
    ):
        return []  # as on most pages
    inside = [piece for piece in pieces(low) if any(_holds(one, piece) for one in reaching)]
    return [piece for piece in inside if _is_page_number(piece, inside, sheet)]


def _below(sheet: Sheet, foot: float) -> list[tuple[int, Glyph]]:
    """The numbered glyphs that begin below a height."""
    if sheet.places is None:
        return [(k, glyph) for k, glyph in enumerate(sheet.glyphs) if glyph[2] > foot]
    return [(k, sheet.glyphs[k]) for k in (sheet.places[1] > foot).nonzero()[0].tolist()]


def _holds(lattice: Lattice, piece: Piece) -> bool:
    return lattice.xs[0] < piece.middle < lattice.xs[-1] and lattice.ys[0] < piece.height < lattice.ys[-1]


def _is_page_number(piece: Piece, inside: Sequence[Piece], sheet: Sheet) -> bool:
    text = "".join(piece.text.split())
    if _SAID.fullmatch(text):
        return True
    if not _BARE.fullmatch(text) or abs(piece.middle - sheet.width / 2) > ASIDE:
        return False
    near = [
        one for one in inside if one is not piece and abs(one.height - piece.height) < 1.5 * max(one.size, piece.size)
    ]
    return bool(near) and all(abs(one.height - piece.height) > OFF * one.size for one in near)


def without(sheet: Sheet, numbers: Sequence[Piece]) -> tuple[Glyph, ...]:
    """The glyphs of a sheet that are no part of its page numbers."""
    taken = {id(glyph) for piece in numbers for glyph in piece.glyphs}
    return tuple(glyph for glyph in sheet.glyphs if id(glyph) not in taken)
