"""Straight strokes, filled boxes and pictures of a page out of pdfium, in page space."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterator
from itertools import compress, pairwise, repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as raw

THIN = 3.0
"""A drawn box at most this thick (points) is a rule."""
MAX_OBJECTS = 200_000
"""Drawn objects looked at on one page, and segments in one path, so that a hostile page ends."""
MAX_COVERS = 3000
"""White boxes looked at for what they hide."""
INSIDE = 1.0
"""What reaches less far into a white box (points) runs along its edge."""
MAX_DEPTH = 12
"""Form objects within form objects followed this deep."""

Corners = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
Boxes = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A C function that takes plain addresses: called for each character or object, it costs a third of a typed one.

    It keeps the interpreter's lock, since each call takes less time than letting go of it.
    """
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def bare(function: Any, result: Any) -> Callable[..., Any]:
    """The same without a look at its arguments, which halves the cost again: `c_void_p` for addresses, int for C ints."""
    return plain(function, result)


_get_object = bare(raw.FPDFPage_GetObject, ctypes.c_void_p)
_get_type = plain(raw.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)
_get_bounds = plain(raw.FPDFPageObj_GetBounds, None, ctypes.c_void_p, *[ctypes.c_void_p] * 4)


class Drawings(NamedTuple):
    """Boxes (n × 4): thin ones and strokes, areas painted in white and in other colours, and pictures."""

    rules: Boxes
    white: Boxes
    painted: Boxes
    images: Boxes


def read_drawings(page: Any) -> Drawings:
    """What is drawn on a page besides text."""
    rules: list[Corners] = []
    white: list[Corners] = []
    painted: list[Corners] = []
    images: list[Corners] = []
    covers: list[tuple[int, Corners]] = []
    drawn = _objects(page)
    if all(kind == raw.FPDF_PAGEOBJ_PATH for _, kind in drawn):
        boxes = _all_bounds([item for item, _ in drawn])
        if (np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) <= THIN).all():
            nothing = np.empty((0, 4))  # besides rules, as on most pages
            return Drawings(boxes, nothing, nothing, nothing)
    for item, bounds, matrix, kind in _with_bounds(drawn):
        left, bottom, right, top = bounds
        if right - left <= THIN or top - bottom <= THIN:
            rules.append(bounds)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            images.append(bounds)
        else:
            handle = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
            for box, colour in _take_apart(handle, matrix, rules):
                if colour[3] > 0 and min(colour[:3]) >= 250:
                    white.append(box)
                    if rules and colour[3] == 255:
                        covers.append((len(rules), box))
                elif colour[3] > 0:
                    painted.append(box)
    if covers:
        rules = _uncovered(rules, covers)
    found = (rules, white, painted, images)
    return Drawings(*(np.array(boxes, dtype=np.float64).reshape(-1, 4) for boxes in found))


def _uncovered(rules: list[Corners], covers: list[tuple[int, Corners]]) -> list[Corners]:
    """The rules without what a white box, painted after the first so many of them, hides of them.

    A box hides what runs through its inside, not a rule along its edge.
    """
    found = np.array(rules, dtype=np.float64)
    order = np.arange(len(found))
    for count, (left, bottom, right, top) in covers[:MAX_COVERS]:
        x0, y0, x1, y1 = found.T
        through = (x1 > left + INSIDE) & (x0 < right - INSIDE) & (y1 > bottom + INSIDE) & (y0 < top - INSIDE)
        hit = np.nonzero(through & (order < count))[0]
        if not len(hit):
            continue
        rest: list[Corners] = []
        origin: list[int] = []
        for k in hit.tolist():
            a, b, c, d = found[k].tolist()
            across = c - a >= d - b
            low, high = (left, right) if across else (bottom, top)
            for start, end in ((a if across else b, low), (high, c if across else d)):
                if end - start > 0.1:
                    rest.append((start, b, end, d) if across else (a, start, c, end))
                    origin.append(int(order[k]))
        found = np.concatenate([np.delete(found, hit, axis=0), np.array(rest, dtype=np.float64).reshape(-1, 4)])
        order = np.concatenate([np.delete(order, hit), np.array(origin, dtype=order.dtype)])
    return [(a, b, c, d) for a, b, c, d in found.tolist()]


def _objects(page: Any) -> list[tuple[int, int]]:
    """Address and kind of everything on a page that is not text."""
    address = ctypes.cast(page, ctypes.c_void_p)
    items = list(map(_get_object, repeat(address), range(min(raw.FPDFPage_CountObjects(page), MAX_OBJECTS))))
    kinds = list(map(_get_type, items))
    others = map(raw.FPDF_PAGEOBJ_TEXT.__ne__, kinds)
    return list(compress(zip(items, kinds, strict=True), others))


def _with_bounds(drawn: list[tuple[int, int]]) -> Iterator[tuple[int, Corners, Matrix | None, int]]:
    """Address, bounds and kind of every path and picture; those in form objects with the matrix that places them."""
    for item, kind in drawn:
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield item, _bounds(item, None), None, kind
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _inside(ctypes.cast(item, raw.FPDF_PAGEOBJECT), None, 1)


_room = np.zeros((256, 4), dtype=np.float32)
_room_at = [[ctypes.c_void_p(_room.ctypes.data + 16 * k + 4 * side) for k in range(len(_room))] for side in range(4)]


def _all_bounds(items: list[int]) -> Boxes:
    """The bounds of objects of the page itself."""
    boxes = np.empty((len(items), 4))
    for start in range(0, len(items), len(_room)):
        part = items[start : start + len(_room)]
        deque(map(_get_bounds, part, *_room_at), maxlen=0)
        boxes[start : start + len(part)] = _room[: len(part)]
    return boxes


def _inside(form: Any, outer: Matrix | None, depth: int) -> Iterator[tuple[int, Corners, Matrix | None, int]]:
    matrix = _times(_matrix(form), outer)
    for index in range(min(raw.FPDFFormObj_CountObjects(form), MAX_OBJECTS)):
        item = raw.FPDFFormObj_GetObject(form, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            yield from _inside(item, matrix, depth + 1)
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            address = ctypes.cast(item, ctypes.c_void_p).value or 0
            yield address, _bounds(address, matrix), matrix, kind


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


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


_edges = (ctypes.c_float * 4)()
_edges_at = [ctypes.c_void_p(ctypes.addressof(_edges) + 4 * k) for k in range(4)]


def _bounds(item: int, matrix: Matrix | None) -> Corners:
    _get_bounds(item, *_edges_at)
    left, bottom, right, top = _edges
    if matrix is None:
        return left, bottom, right, top
    return _around([_apply(matrix, x, y) for x in (left, right) for y in (bottom, top)])


def _around(points: list[tuple[float, float]]) -> Corners:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


Colour = tuple[int, int, int, int]
"""Red, green, blue and opacity, 0 to 255."""


def _take_apart(item: Any, matrix: Matrix | None, rules: list[Corners]) -> Iterator[tuple[Corners, Colour]]:
    """A path that is more than one rule: its straight strokes and thin boxes to `rules`; the boxes that it paints."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    paths = list(_subpaths(item, _times(_matrix(item), matrix)))
    round_ = any(curved for path in paths for _, curved in path)
    boxes = [_around([point for point, _ in path]) for path in paths]
    sides = _ring(boxes[0], boxes[1]) if fill.value and len(paths) == 2 and not round_ else []
    if sides:
        rules.extend(sides)
        return
    for path, box in zip(paths, boxes, strict=True):
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            rules.append(box)
            continue
        if stroke.value:
            rules.extend(_straight(path))
        if fill.value:
            yield box, _colour(item)


def _straight(path: Path) -> Iterator[Corners]:
    for ((x0, y0), _), ((x1, y1), curved) in pairwise(path):
        if not curved and (abs(x0 - x1) <= 0.5 or abs(y0 - y1) <= 0.5):
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _ring(outer: Corners, inner: Corners) -> list[Corners]:
    """The sides of a border painted as the area between two boxes, none when that is not what they are."""
    if inner[2] - inner[0] > outer[2] - outer[0]:
        outer, inner = inner, outer
    widths = [inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]]
    if min(widths) < -0.1 or max(widths) > THIN:
        return []
    sides = [
        (outer[0], outer[1], inner[0], outer[3]),
        (outer[0], outer[1], outer[2], inner[1]),
        (inner[2], outer[1], outer[2], outer[3]),
        (outer[0], inner[3], outer[2], outer[3]),
    ]
    return [side for side, width in zip(sides, widths, strict=True) if width > 0.05]


def _colour(item: Any) -> Colour:
    parts = tuple(ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(item, *parts)
    return parts[0].value, parts[1].value, parts[2].value, parts[3].value


Path = list[tuple[tuple[float, float], bool]]
"""Points, each with whether a curve leads to it (a curve's control points are among them)."""


def _subpaths(item: Any, matrix: Matrix) -> Iterator[Path]:
    """Each subpath, closed ones closed."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: Path = []
    for index in range(min(raw.FPDFPath_CountSegments(item), MAX_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append((_apply(matrix, x.value, y.value), kind == raw.FPDF_SEGMENT_BEZIERTO))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append((points[0][0], False))
    if len(points) > 1:
        yield points
