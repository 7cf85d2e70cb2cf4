"""pdfium gives every page's characters, ruling lines and pictures: positions only, nothing understood.

Page and text page are held for as long as their raw handles are in use: pdfium frees them with the Python object and
would crash the process.
"""

from __future__ import annotations

import ctypes
from dataclasses import replace
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.locator import Box
from ingest.grids.geometry import Boxes, Sheet
from ingest.readers.characters import read_characters
from ingest.readers.drawings import THIN, Drawings, read_drawings

Row = np.ndarray[Any, np.dtype[np.float64]]


class Projection:
    """From page space (origin at the bottom left, before rotation) to the page as shown (origin at the top left).

    The page may be shown turned clockwise by further quarters than it says itself.
    """

    def __init__(self, page: Any, turn: int = 0) -> None:
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
        left, top, right, bottom = box.left, box.top, box.right, box.bottom
        self.turns: int = (raw.FPDFPage_GetRotation(page) + turn) % 4
        self.matrix: tuple[float, float, float, float, float, float] = {
            0: (1, 0, 0, -1, -left, top),
            1: (0, 1, 1, 0, -bottom, -left),
            2: (-1, 0, 0, 1, right, -bottom),
            3: (0, -1, -1, 0, top, right),
        }[self.turns]
        self.width, self.height = right - left, top - bottom
        if self.turns % 2:
            self.width, self.height = self.height, self.width

    def boxes(self, corners: Boxes) -> Boxes:
        """Boxes (n × x0, y0, x1, y1 in page space, in any order) as x0, top, x1, bottom."""
        return np.column_stack(self.sides(corners.T)) if len(corners) else corners

    def sides(self, corners: Boxes) -> tuple[Row, Row, Row, Row]:
        """The same of boxes laid out as 4 × n: all x0, all top, all x1, all bottom."""
        a, b, c, d, e, f = self.matrix
        x0, y0, x1, y1 = corners
        # A page is turned by quarters, so that each side as shown comes from one side as drawn.
        left, right = (c * y0 + e, c * y1 + e) if c else (a * x0 + e, a * x1 + e)
        top, bottom = (b * x0 + f, b * x1 + f) if b else (d * y0 + f, d * y1 + f)
        return np.minimum(left, right), np.minimum(top, bottom), np.maximum(left, right), np.maximum(top, bottom)

    def down(self, x: float, y: float) -> float:
        """How far from the top a point of page space stands."""
        return self.matrix[1] * x + self.matrix[3] * y + self.matrix[5]


def sheet(document: pdfium.PdfDocument, index: int) -> Sheet:
    """Everything drawn on page `index` (from 0), the page turned so that most of its text runs from left to right."""
    page = document[index]
    try:
        drawings = read_drawings(page.raw)
        textpage = page.get_textpage()
        try:
            made = _shown(page.raw, textpage.raw, index + 1, drawings, 0)
            if made.turn:
                made = replace(_shown(page.raw, textpage.raw, index + 1, drawings, made.turn), turn=made.turn)
            return made
        finally:
            textpage.close()
    finally:
        page.close()


def _shown(page: Any, textpage: Any, number: int, drawings: Drawings, turn: int) -> Sheet:
    """What is drawn, on the page turned by so many quarters; `turn` of it says by how many more it should be."""
    projection = Projection(page, turn)
    painted = projection.boxes(drawings.painted)
    images = projection.boxes(drawings.images)
    characters = read_characters(textpage, projection, np.concatenate([painted, images]))
    return Sheet(
        number,
        projection.width,
        projection.height,
        characters.glyphs,
        _rules(projection.boxes(drawings.rules), projection),
        _cut(painted, projection),
        _cut(projection.boxes(drawings.white), projection),
        _cut(images, projection),
        characters.hidden,
        characters.beyond,
        characters.recognised,
        characters.places,
        characters.turn,
        characters.slanted,
    )


def _rules(boxes: Boxes, projection: Projection) -> Boxes:
    """The boxes within the page that are thin."""
    cut = _within(boxes, projection)
    return cut[np.minimum(cut[:, 2] - cut[:, 0], cut[:, 3] - cut[:, 1]) <= THIN]


def _cut(boxes: Boxes, projection: Projection) -> tuple[Box, ...]:
    return tuple((x0, top, x1, bottom) for x0, top, x1, bottom in _within(boxes, projection).tolist())


def _within(boxes: Boxes, projection: Projection) -> Boxes:
    """Boxes without what lies beyond the page."""
    if not len(boxes):
        return boxes
    width, height = projection.width, projection.height
    x0, top, x1, bottom = boxes.T
    within: Boxes = boxes[(x1 >= 0) & (bottom >= 0) & (x0 <= width) & (top <= height)]
    np.maximum(within, 0.0, out=within)
    np.minimum(within[:, 0::2], width, out=within[:, 0::2])
    np.minimum(within[:, 1::2], height, out=within[:, 1::2])
    return within
