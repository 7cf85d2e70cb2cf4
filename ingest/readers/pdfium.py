"""pdfium gives every page's characters and ruling lines: positions only, nothing understood.

The raw C interface is used in bulk, a page at a time. Page and text page are held for as long as their raw handles
are in use: pdfium frees them with the Python object and would crash the process.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.locator import Box
from corpus.money import normalise
from ingest.geometry import Glyph, Rule, Sheet

THIN = 3.0
"""A drawn box at most this thick (points) is a rule."""
MAX_OBJECTS = 200_000
"""Drawn objects looked at on one page, so that a hostile page ends."""

_RADICALS = (
    "⻋车⻔门戶户⻓长⻅见⻉贝⻚页⻛风⻜飞⻢马⻤鬼⻥鱼⻦鸟⻩黄⻰龙⻬齐⻮齿⻨麦⻙韦⻝食⻄西⻘青⺠民⺟母⻆角⻁虎⻣骨"
)
"""CJK radical supplement signs that NFKC leaves alone, each before the plain character that it is printed for."""


def fold(text: str) -> str:
    """NFKC, and radical code points turned into the characters they show."""
    return normalise(text).translate(_RADICAL_TABLE)


_RADICAL_TABLE = str.maketrans(_RADICALS[0::2], _RADICALS[1::2])
_folded: dict[int, str] = {}


class Projection:
    """Page space (origin bottom left, before rotation) to the page as shown (origin top left)."""

    def __init__(self, page: Any) -> None:
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
        width, height = box.right - box.left, box.top - box.bottom
        self.rotation = raw.FPDFPage_GetRotation(page) % 4
        left, top, right, bottom = box.left, box.top, box.right, box.bottom
        self.matrix = {
            0: (1, 0, 0, -1, -left, top),
            1: (0, 1, 1, 0, -bottom, -left),
            2: (-1, 0, 0, 1, right, -bottom),
            3: (0, -1, -1, 0, top, right),
        }[self.rotation]
        self.width, self.height = (width, height) if self.rotation % 2 == 0 else (height, width)

    def boxes(self, corners: np.ndarray) -> np.ndarray:
        """Boxes (n × x0, y0, x1, y1 in page space, in any order) as x0, top, x1, bottom."""
        a, b, c, d, e, f = self.matrix
        x, y = corners[:, 0::2], corners[:, 1::2]
        across, down = a * x + c * y + e, b * x + d * y + f
        return np.stack([across.min(1), down.min(1), across.max(1), down.max(1)], axis=1)


def sheet(document: pdfium.PdfDocument, index: int) -> Sheet:
    """Everything drawn on page `index` (from 0)."""
    page = document[index]
    try:
        projection = Projection(page.raw)
        textpage = page.get_textpage()
        try:
            glyphs = _glyphs(textpage.raw, projection)
        finally:
            textpage.close()
        boxes, images = _drawn(page.raw)
    finally:
        page.close()
    rules, fills = _sort_out(projection.boxes(boxes), projection)
    pictures = [tuple(b) for b in projection.boxes(images).tolist()]
    return Sheet(index + 1, projection.width, projection.height, tuple(glyphs), tuple(rules), tuple(fills),
                 tuple(pictures))  # fmt: skip


def _glyphs(textpage: Any, projection: Projection) -> list[Glyph]:
    """The page's visible characters with their boxes."""
    count = raw.FPDFText_CountChars(textpage)
    if count <= 0:
        return []
    boxes = (raw.FS_RECTF * count)()
    unicode_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    kept: list[int] = []
    texts: list[str] = []
    spaced: list[bool] = []
    space = False
    for index in range(count):
        code = unicode_of(textpage, index)
        text = _folded.get(code)
        if text is None:
            text = _folded[code] = _fold_code(code)
        if not text:
            space = space or (code in (32, 160, 0x3000) and not raw.FPDFText_IsGenerated(textpage, index))
            continue
        box_of(textpage, index, boxes[index])
        kept.append(index)
        texts.append(text)
        spaced.append(space)
        space = False
    corners = np.frombuffer(boxes, dtype=np.float32).reshape(count, 4)[kept].astype(np.float64)
    shown = projection.boxes(corners)
    seen = (shown[:, 2] > 0) & (shown[:, 0] < projection.width) & (shown[:, 3] > 0) & (shown[:, 1] < projection.height)
    rows = zip(texts, shown.tolist(), spaced, seen.tolist(), strict=True)
    return [Glyph(t, b[0], b[1], b[2], b[3], s) for t, b, s, visible in rows if visible]


def _fold_code(code: int) -> str:
    if code < 32 or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF, 0x00AD, 0x200B, 0xFEFF):
        return ""
    return fold(chr(code)).strip()


def _drawn(page: Any) -> tuple[np.ndarray, np.ndarray]:
    """Corners of every straight stroke or filled box on the page, and of every picture, in page space."""
    boxes: list[tuple[float, float, float, float]] = []
    images: list[tuple[float, float, float, float]] = []
    for item, matrix in _objects(page):
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            continue
        bounds = _bounds(item, matrix)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            images.append(bounds)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= THIN:
                boxes.append(bounds)
            else:
                boxes.extend(_strokes(item, matrix, bounds))
    shape = (-1, 4)
    return np.array(boxes, dtype=np.float64).reshape(shape), np.array(images, dtype=np.float64).reshape(shape)


Matrix = tuple[float, float, float, float, float, float]


def _objects(page: Any) -> Iterator[tuple[Any, Matrix | None]]:
    """Every object on the page, those inside form objects with the matrix that places them."""
    budget = MAX_OBJECTS
    stack: list[tuple[Any, Matrix | None, bool]] = [(page, None, True)]
    while stack:
        holder, matrix, is_page = stack.pop()
        count = raw.FPDFPage_CountObjects(holder) if is_page else raw.FPDFFormObj_CountObjects(holder)
        get = raw.FPDFPage_GetObject if is_page else raw.FPDFFormObj_GetObject
        for index in range(min(count, budget)):
            item = get(holder, index)
            if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_FORM:
                if len(stack) < 1000:
                    stack.append((item, _times(_matrix(item), matrix), False))
            else:
                yield item, matrix
        budget -= min(count, budget)


def _matrix(item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(found))
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(inner: Matrix, outer: Matrix | None) -> Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _apply(matrix: Matrix | None, x: float, y: float) -> tuple[float, float]:
    if matrix is None:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


_edges = tuple(ctypes.c_float() for _ in range(4))
_edge_refs = tuple(ctypes.byref(edge) for edge in _edges)


def _bounds(item: Any, matrix: Matrix | None) -> tuple[float, float, float, float]:
    raw.FPDFPageObj_GetBounds(item, *_edge_refs)
    left, bottom, right, top = (edge.value for edge in _edges)
    if matrix is None:
        return left, bottom, right, top
    corners = [_apply(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    return (min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners),
            max(y for _, y in corners))  # fmt: skip


def _strokes(
    item: Any, matrix: Matrix | None, bounds: tuple[float, float, float, float]
) -> Iterator[tuple[float, float, float, float]]:
    """Straight upright parts of a path that is more than one rule: its stroked sides, its filled boxes."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    outer = _times(_matrix(item), matrix)
    for points in _subpaths(item, outer):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        around = (min(xs), min(ys), max(xs), max(ys))
        thin = min(around[2] - around[0], around[3] - around[1]) <= THIN
        if thin or (fill.value and not stroke.value and _is_box(points)):
            yield around
        elif stroke.value:
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(x0 - x1) <= 0.5 or abs(y0 - y1) <= 0.5:
                    yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _is_box(points: list[tuple[float, float]]) -> bool:
    return 4 <= len(points) <= 6 and all(
        abs(x0 - x1) <= 0.5 or abs(y0 - y1) <= 0.5 for (x0, y0), (x1, y1) in pairwise(points)
    )


def _subpaths(item: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The points of each straight-lined subpath (curves end at their last point), closed ones closed."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(min(raw.FPDFPath_CountSegments(item), MAX_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(_apply(matrix, x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


def _sort_out(boxes: np.ndarray, projection: Projection) -> tuple[list[Rule], list[Box]]:
    """Drawn boxes as rules and fills, cut to the page."""
    rules: list[Rule] = []
    fills: list[Box] = []
    width, height = projection.width, projection.height
    for x0, top, x1, bottom in boxes.tolist():
        if x1 < 0 or bottom < 0 or x0 > width or top > height:
            continue
        x0, top, x1, bottom = max(x0, 0.0), max(top, 0.0), min(x1, width), min(bottom, height)
        if min(x1 - x0, bottom - top) <= THIN:
            rules.append(Rule(x0, top, x1, bottom))
        else:
            fills.append((x0, top, x1, bottom))
    return rules, fills
