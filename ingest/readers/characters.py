"""The visible characters of a page out of pdfium, with their boxes as shown.

Whether text can be seen, and which way it runs, is asked once for each run of characters on one height, not for each
character: hidden text (invisible mode, cut off by its clip, white on white) and slanted text (watermarks) is left out,
upright columns of turned text are put so that they read from top to bottom.
"""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import compress, pairwise, repeat
from typing import Any, NamedTuple, Protocol

import numpy as np
import pypdfium2.raw as raw

from corpus.money import normalise
from ingest.grids.geometry import Glyph, Places
from ingest.grids.slanted import runs_of
from ingest.readers.drawings import bare, plain

_RADICALS = (
    "⻋车⻔门戶户⻓长⻅见⻉贝⻚页⻛风⻜飞⻢马⻤鬼⻥鱼⻦鸟⻩黄⻰龙⻬齐⻮齿⻨麦⻙韦⻝食⻄西⻘青⺠民⺟母⻆角⻁虎⻣骨"
)
"""CJK radical supplement signs that NFKC leaves alone, each before the plain character that it is printed for."""
_RADICAL_TABLE = str.maketrans(_RADICALS[0::2], _RADICALS[1::2])
_INVISIBLE_MODES = (3, 7)

Boxes = np.ndarray[tuple[int, int], np.dtype[np.float64]]

_get_box = bare(raw.FPDFText_GetLooseCharBox, None)
_is_generated = bare(raw.FPDFText_IsGenerated, ctypes.c_int)
_get_item = bare(raw.FPDFText_GetTextObject, ctypes.c_void_p)
_get_mode = plain(raw.FPDFTextObj_GetTextRenderMode, ctypes.c_int, ctypes.c_void_p)
_get_angle = bare(raw.FPDFText_GetCharAngle, ctypes.c_float)
_get_fill = bare(raw.FPDFText_GetFillColor, None)
_get_clip = plain(raw.FPDFPageObj_GetClipPath, ctypes.c_void_p, ctypes.c_void_p)
_count_paths = plain(raw.FPDFClipPath_CountPaths, ctypes.c_int, ctypes.c_void_p)


class Shown(Protocol):
    """How a page is shown: its size, its quarter turns clockwise, and where boxes come to stand."""

    width: float
    height: float
    turns: int

    def sides(self, corners: Boxes) -> Sequence[np.ndarray[Any, np.dtype[np.float64]]]:
        """All x0, top, x1 and bottom of boxes of page space, laid out as 4 × n."""

    def down(self, x: float, y: float) -> float:
        """How far from the top a point of page space stands."""


class Characters(NamedTuple):
    """Glyphs in the order in which they were drawn, and what was left out.

    `places` are those of the glyphs (see `ingest.grids.geometry`), None where some were left out. `hidden` counts
    characters that were made not to be seen; `beyond` is the text that is drawn but lies outside the page or its clip,
    as where a producer draws a whole section on each of its pages. `recognised` is True where all text is invisible
    over a picture: a scan with the text that somebody's OCR found. `turn` says by how many quarters the page must be
    turned clockwise for most of its text to run from left to right.
    """

    glyphs: tuple[Glyph, ...]
    places: Places | None = None
    hidden: int = 0
    beyond: str = ""
    recognised: bool = False
    turn: int = 0
    slanted: tuple[tuple[Glyph, ...], ...] = ()
    """Texts left out since they run neither level nor upright; `hidden` counts them, too."""


def fold(text: str) -> str:
    """NFKC (see `corpus.money.normalise`), and radical code points turned into the characters that they show."""
    return normalise(text).translate(_RADICAL_TABLE)


class _Folded(dict[int, str]):
    """What each code point reads as, "" for what prints nothing; filled as they turn up."""

    def __missing__(self, code: int) -> str:
        silent = code < 0x20 or 0xD800 <= code <= 0xDFFF or code in (0xAD, 0x200B, 0xFEFF, 0xFFFE, 0xFFFF)
        text = self[code] = "" if silent else fold(chr(code)).strip()
        return text


_folded = _Folded()


def read_characters(textpage: Any, shown: Shown, painted: Boxes) -> Characters:
    """The characters of a page. `painted` are the boxes (as shown) of what is painted under them."""
    address = ctypes.cast(textpage, ctypes.c_void_p)
    indices, texts, spaced = _texts(textpage, address)
    if not indices:
        return Characters(())
    places = np.empty((5, len(indices)))
    places[:4] = shown.sides(_corners(address, indices))
    np.round(places[:4], 2, out=places[:4])
    places[4] = spaced
    glyphs = list(zip(texts, *places[:4].tolist(), spaced.tolist(), strict=True))
    starts = _starts(places)
    twins = _twins(places, texts)
    looks = _looks(address, [indices[start] for start in starts], places[:, starts], shown, painted)
    if not any(looks) and not twins:
        return Characters(tuple(glyphs), places)
    recognised = bool(len(painted)) and all(look in (UNSEEN, BEYOND) for look in looks) and UNSEEN in looks
    lengths = [end - start for start, end in pairwise([*starts, len(glyphs)])]
    kept: list[Glyph] = []
    upwards: list[Glyph] = []
    beyond: list[str] = []
    slanted: list[tuple[int, Glyph]] = []
    hidden = 0
    for look, start, end in zip(looks, starts, [*starts[1:], len(glyphs)], strict=True):
        run = [glyphs[k] for k in range(start, end) if k not in twins]
        if look in (SHOWN, UPSIDE_DOWN, DOWNWARDS) or (recognised and look == UNSEEN):
            kept.extend(run)
        elif look == UPWARDS:
            upwards.extend(run)
        elif look == BEYOND:
            beyond.append("".join(" " + glyph[0] if glyph[5] else glyph[0] for glyph in run))
        else:
            hidden += len(run)
            if look == SLANTED:
                slanted.extend(zip(range(start, end), run, strict=False))
    text = (*kept, *_downwards(upwards))
    return Characters(text, None, hidden, "\n".join(beyond), recognised, _turn(looks, lengths), runs_of(slanted))


def _texts(
    textpage: Any, address: ctypes.c_void_p
) -> tuple[list[int], list[str], np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Index, folded text and whether a blank was typed before it, of each character that prints something."""
    codes = _codes(textpage)
    blank = (codes == 0x20) | (codes == 0xA0) | (codes == 0x3000)
    every = list(map(_folded.__getitem__, codes.tolist()))
    places = list(compress(range(len(every)), every))
    spaced = np.zeros(len(places) + 1, dtype=np.bool_)
    for index in blank.nonzero()[0].tolist():
        if not _is_generated(address, index):
            spaced[bisect_left(places, index)] = True
    return places, list(filter(None, every)), spaced[:-1]


def _codes(textpage: Any) -> np.ndarray[tuple[int], np.dtype[Any]]:
    """The code point of every character; in one call where text and characters run one to one."""
    count = raw.FPDFText_CountChars(textpage)
    buffer = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(textpage, 0, count, buffer) == count + 1 and (
        raw.FPDFText_GetTextIndexFromCharIndex(textpage, count - 1) == count - 1
    ):
        return np.frombuffer(buffer, dtype=np.uint16, count=count)
    return np.array([raw.FPDFText_GetUnicode(textpage, index) for index in range(count)], dtype=np.uint32)


_room = np.zeros((2048, 4), dtype=np.float32)
_room_at = [ctypes.c_void_p(_room.ctypes.data + 16 * k) for k in range(len(_room))]
"""Where pdfium writes boxes, and the addresses: kept, since making them costs as much as the boxes do."""


def _corners(address: ctypes.c_void_p, indices: Sequence[int]) -> Boxes:
    """The advance boxes of characters in page space: their left, top, right and bottom, as 4 × n."""
    boxes = np.empty((4, len(indices)))
    for start in range(0, len(indices), len(_room)):
        part = indices[start : start + len(_room)]
        _room[: len(part)] = 0  # pdfium writes nothing for a character without a box
        deque(map(_get_box, repeat(address), part, _room_at), maxlen=0)
        boxes[:, start : start + len(part)] = _room[: len(part)].T
    return boxes


def _starts(places: Places) -> list[int]:
    """Where a run of characters on one height begins."""
    middle = places[1] + places[3]
    moved = np.abs(middle[1:] - middle[:-1]) > 4.0
    return [0, *(np.nonzero(moved)[0] + 1).tolist()]


def _twins(places: Places, texts: list[str]) -> set[int]:
    """Characters that are the second print of one drawn twice, a hair apart, for a bold look."""
    left, middle, width = places[0], places[1] + places[3], places[2] - places[0]
    found: set[int] = set()
    for offset in (0.0, 0.5):  # twice, since twins may stand on two sides of a step
        row = np.floor(middle / 4 + offset)
        order = (row * 1e5 + left).argsort(kind="stable")
        first, second = order[:-1], order[1:]
        near = (row[first] == row[second]) & (left[second] - left[first] < 0.3 * width[first])
        for a, b in zip(first[near].tolist(), second[near].tolist(), strict=True):
            if texts[a] == texts[b] and a not in found:
                found.add(b)
    return found


SHOWN, UPWARDS, UPSIDE_DOWN, DOWNWARDS, UNSEEN, BEYOND, SLANTED, WHITE = range(8)
"""How text is seen: the first four by how many quarters anticlockwise it is turned."""
MOST = 0.6
"""A page on which more than this share of the text is turned one way is turned itself."""
FEWEST = 8
"""A page with less turned text than so many characters is left as it is: a mark on a picture."""


def _turn(looks: Sequence[int], lengths: Sequence[int]) -> int:
    """By how many quarters a page is to be turned clockwise, given its runs of text and how long each is."""
    turned = [0, 0, 0, 0]
    for look, length in zip(looks, lengths, strict=True):
        if look < len(turned):
            turned[look] += length
    most = max(turned)
    return turned.index(most) if most >= FEWEST and most > MOST * sum(turned) else 0


def _looks(address: ctypes.c_void_p, indices: list[int], places: Places, shown: Shown, painted: Boxes) -> list[int]:
    """How the characters of some indices, which stand in these places, are seen."""
    items = list(map(_get_item, repeat(address), indices))
    angles = map(_get_angle, repeat(address), indices)
    styles = list(zip(_fills(address, indices), map(_get_mode, items), angles, strict=True))
    told = {style: _look(*style, shown.turns) for style in set(styles)}
    looks = [told[style] for style in styles]
    clips = list(map(_get_clip, items))
    counts = list(map(_count_paths, clips))
    x, y = (places[0] + places[2]) / 2, (places[1] + places[3]) / 2
    outside = (x < 0) | (x > shown.width) | (y < 0) | (y > shown.height)
    if WHITE not in told.values() and max(counts) <= 0 and not outside.any():
        return looks  # as on most pages
    for k, (across, down, beyond) in enumerate(zip(x.tolist(), y.tolist(), outside.tolist(), strict=True)):
        if beyond or (counts[k] > 0 and _clipped_away(clips[k], counts[k], down, shown)):
            looks[k] = BEYOND
        elif looks[k] == WHITE:
            on_paint = _any_under(painted, across, down)
            looks[k] = _look((0, 0, 0, 255), *styles[k][1:], shown.turns) if on_paint else UNSEEN
    return looks


Colour = tuple[int, ...]
"""Red, green, blue and opacity, 0 to 255."""


def _look(fill: Colour, mode: int, angle: float, turns: int) -> int:
    """How what is painted so, on a page turned so often, is seen; WHITE where its ground decides."""
    if fill[3] == 0 or mode in _INVISIBLE_MODES:
        return UNSEEN
    if min(fill[:3]) >= 250:
        return WHITE
    turned = (-math.degrees(angle) - 90 * turns) % 360  # anticlockwise
    quarters = round(turned / 90)
    return quarters % 4 if abs(turned - 90 * quarters) <= 10 else SLANTED


_colours = np.zeros((256, 4), dtype=np.uint32)
_colours_at = [[ctypes.c_void_p(_colours.ctypes.data + 16 * k + 4 * part) for k in range(256)] for part in range(4)]


def _fills(address: ctypes.c_void_p, indices: list[int]) -> Iterator[Colour]:
    """The colours that characters are painted in."""
    for start in range(0, len(indices), len(_colours)):
        part = indices[start : start + len(_colours)]
        _colours[: len(part)] = (0, 0, 0, 255)  # pdfium writes nothing for a character of no text object
        deque(map(_get_fill, repeat(address), part, *_colours_at), maxlen=0)
        yield from map(tuple, _colours[: len(part)].tolist())


def _any_under(painted: Boxes, x: float, y: float) -> bool:
    under = (painted[:, 0] <= x) & (x <= painted[:, 2]) & (painted[:, 1] <= y) & (y <= painted[:, 3])
    return bool(under.any())


def _clipped_away(address: int, count: int, y: float, shown: Shown) -> bool:
    """Whether the height `y` lies outside one of the `count` clips that an object is drawn through."""
    clip = ctypes.cast(address, raw.FPDF_CLIPPATH)
    for path in range(min(count, 50)):
        segments = raw.FPDFClipPath_CountPathSegments(clip, path)
        # Nearly every clip is a box: its first and third corner tell all.
        points = [_corner(clip, path, index) for index in ((0, 2) if segments in (4, 5) else range(min(segments, 50)))]
        if len(points) > 1:
            heights = [shown.down(*point) for point in points]
            if not min(heights) <= y <= max(heights):
                return True
    return False


_x, _y = ctypes.c_float(), ctypes.c_float()


def _corner(clip: Any, path: int, index: int) -> tuple[float, float]:
    raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, index), _x, _y)
    return _x.value, _y.value


def _downwards(glyphs: list[Glyph]) -> Iterator[Glyph]:
    """Columns of text that reads upwards, put so that it reads from top to bottom in the same place."""
    columns: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        columns.setdefault(round((glyph[1] + glyph[3]) / 4), []).append(glyph)
    for column in columns.values():
        over = min(glyph[2] for glyph in column) + max(glyph[4] for glyph in column)
        for text, x0, top, x1, bottom, spaced in column:
            yield text, x0, over - bottom, x1, over - top, spaced
