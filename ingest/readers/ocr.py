"""Pages that are pictures: straightened, their ruling lines found in the image, their text recognised by RapidOCR.

RapidOCR and OpenCV belong to the optional extra `ocr` and are imported only when such a page is met. What comes out
goes the same way as characters and rules out of a file: to a `Sheet`, then to grids. Every cell keeps its confidence.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import pypdfium2 as pdfium

from corpus.disclosure import Cell
from corpus.locator import Box
from corpus.money import Absence, Amount, read_cell
from ingest.grids.edges import Lattice, lattices
from ingest.grids.geometry import Glyph, Rule, Sheet
from ingest.grids.grid import blocks
from ingest.page import Block, Grid, Line, Page
from ingest.readers.characters import fold

DPI = 200
SCALE = DPI / 72
MAX_SIDE = 4000
"""Longest side of the image in pixels: larger pages are rendered coarser."""
DOUBTFUL = 0.5
"""Confidence given to what is no amount in a column of amounts."""
STEEPEST = 8.0
"""A page is tilted by at most so many degrees."""
MOST_INK = 60_000
"""Pixels of ink looked at for the tilt."""
FEW = 30
"""A page with fewer characters than this whose area is mostly picture is a scan."""

RECOGNISED = "本页是扫描图像，文字和数字由 OCR 识别，可能有误。"
NOT_INSTALLED = '本页是扫描图像，没有文字层，未能读取；安装识别组件后可以读取：pip install "mingzhang[ocr]"。'

Image = np.ndarray[Any, np.dtype[np.uint8]]


@dataclass(frozen=True, slots=True)
class Sign:
    """A recognised character: its glyph in points and how sure the recogniser was (0 to 1)."""

    glyph: Glyph
    confidence: float


def is_scan(sheet: Sheet) -> bool:
    """Whether a page shows its text as a picture, or as drawn outlines, or in a font nobody can name the signs of."""
    named = [glyph for glyph in sheet.glyphs if not ("\ue000" <= glyph[0][0] <= "\uf8ff" or glyph[0] == "\ufffd")]
    if len(named) >= FEW and len(named) >= 0.5 * len(sheet.glyphs):
        return False
    covered = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in sheet.images)
    outlines = len(sheet.fills) > 200
    return covered > 0.5 * sheet.width * sheet.height or outlines or len(sheet.glyphs) >= FEW


def unread_scan(sheet: Sheet) -> Page:
    """A scanned page left unread, with a warning that says what would read it."""
    return Page(sheet.number, sheet.width, sheet.height, (), source="none", warnings=(NOT_INSTALLED,))


def read_scan(document: pdfium.PdfDocument, sheet: Sheet) -> Page:
    """A scanned page recognised; without the extra `ocr` a page without blocks that says how to install it."""
    try:
        engine, cv2 = _engine(), importlib.import_module("cv2")
    except ImportError:
        return unread_scan(sheet)
    scale = min(SCALE, MAX_SIDE / max(sheet.width, sheet.height))
    image, angle = _straight(_render(document, sheet, scale), cv2)
    across, down = _lines(image, cv2)
    rules = tuple(Rule(x / scale, y / scale, (x + w) / scale, (y + h) / scale) for x, y, w, h in across + down)
    clean = _without(image, across + down, lattices(rules), scale)
    signs = _signs(
        engine(cv2.cvtColor(clean, cv2.COLOR_GRAY2BGR), return_word_box=True, return_single_char_box=True), scale
    )
    drawn = Sheet(sheet.number, sheet.width, sheet.height, tuple(sign.glyph for sign in signs), rules)
    found = [_finish(block, signs, angle, sheet) for block in blocks(drawn)]
    text = "\n".join(block.text if isinstance(block, Line) else _plain(block) for block in found)
    return Page(sheet.number, sheet.width, sheet.height, tuple(found), text, "ocr", (RECOGNISED,))


@lru_cache(maxsize=1)
def _engine() -> Any:
    rapidocr = importlib.import_module("rapidocr")
    # One line at a time and no wider than it is: most lines are short, and what fills up a batch takes as long as text.
    lines = {"Rec.rec_batch_num": 1, "Rec.rec_img_shape": [3, 48, 160]}
    return rapidocr.RapidOCR(params={"Global.log_level": "error", **lines})


def _render(document: pdfium.PdfDocument, sheet: Sheet, scale: float) -> Image:
    """The page as a grey image."""
    page = document[sheet.number - 1]
    try:
        pixels = page.render(scale=scale, rotation=90 * sheet.turn, grayscale=True).to_numpy()
        return np.ascontiguousarray(pixels.reshape(pixels.shape[0], pixels.shape[1], -1)[:, :, 0])
    finally:
        page.close()


def _straight(image: Image, cv2: Any) -> tuple[Image, float]:
    """The image turned so that its lines are level, and by how many degrees it was turned."""
    angle = _tilt(image, cv2)
    if abs(angle) < 0.05:
        return image, 0.0
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return turned, angle


def _tilt(image: Image, cv2: Any) -> float:
    """By how many degrees the lines of text and rules of an image run down to the right.

    Along the right angle ink falls into rows that part most sharply from each other. Half the size will do, and is
    looked at for tenths of degrees, then for hundredths; of angles that do nearly as well the mean is taken.
    """
    small = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    ys, xs = np.nonzero(ink)
    step = 1 + len(ys) // MOST_INK
    height, width = ink.shape
    ys, xs = ys[::step], xs[::step] - width / 2
    reach = math.ceil(width / 2 * math.tan(math.radians(STEEPEST))) + 1

    def sharpness(angle: float) -> float:
        rows = np.rint(ys - xs * math.tan(math.radians(angle))).astype(np.intp) + reach
        return float((np.diff(np.bincount(rows, minlength=height + 2 * reach)).astype(np.float64) ** 2).sum())

    tenths = round(10 * STEEPEST) - 2
    coarse = max(range(-tenths, tenths + 1), key=lambda k: (sharpness(k / 10), -abs(k))) / 10
    fine = {coarse + k / 100: sharpness(coarse + k / 100) for k in range(-15, 16)}
    best = max(fine.values())
    if best <= 1.02 * sharpness(0.0):
        return 0.0
    alike = [angle for angle, value in fine.items() if value >= 0.97 * best]
    return sum(alike) / len(alike)


Pixels = tuple[int, int, int, int]
"""Left, top, width, height in pixels."""


def _lines(image: Image, cv2: Any) -> tuple[list[Pixels], list[Pixels]]:
    """Level and upright ruling lines.

    Short upright ones count only between two level lines: the strokes of characters are as long.
    """
    ink = cv2.adaptiveThreshold(image, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    across = [box for box in _runs(ink, (30, 1), cv2) if box[2] >= 80]
    upright = _runs(ink, (1, 24), cv2)

    def meets(x: int, y: int) -> bool:
        return any(left - 8 <= x <= left + wide + 8 and abs(top - y) <= 8 for left, top, wide, _ in across)

    down = [(x, y, w, h) for x, y, w, h in upright if h >= 80 or (meets(x, y) and meets(x, y + h))]
    return across, down


def _runs(ink: Image, size: tuple[int, int], cv2: Any) -> list[Pixels]:
    """Thin straight runs of ink at least `size` long, put together over small gaps."""
    kept = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
    gap = (max(1, size[0] // 2), max(1, size[1] // 2))
    kept = cv2.morphologyEx(kept, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, gap))
    boxes = cv2.connectedComponentsWithStats(kept, connectivity=8)[2][1:, :4].tolist()
    return [(x, y, w, h) for x, y, w, h in boxes if min(w, h) <= 12 and max(w, h) >= 3 * min(w, h)]


def _without(image: Image, lines: Sequence[Pixels], tables: Sequence[Lattice], scale: float) -> Image:
    """The image with the ruling lines of its tables wiped out, so that no text is read together with them."""
    clean = image.copy()
    for table in tables:
        x0, x1, y0, y1 = (scale * edge for edge in (table.xs[0], table.xs[-1], table.ys[0], table.ys[-1]))
        for x, y, width, height in lines:
            if x0 - 8 <= x + width / 2 <= x1 + 8 and y0 - 8 <= y + height / 2 <= y1 + 8:
                clean[max(0, y - 1) : y + height + 1, max(0, x - 1) : x + width + 1] = 255
    return clean


def _signs(result: Any, scale: float) -> list[Sign]:
    """The recognised characters. A character's box is as wide as it is printed: the height of its line is its size."""
    signs: list[Sign] = []
    for line in result.word_results or ():
        for entry in line:
            if not isinstance(entry, tuple) or len(entry) != 3:
                continue  # a page without text gives one empty line of another shape
            text, confidence, corners = entry
            folded = fold(text).strip()
            if not folded:
                continue
            xs, ys = [x / scale for x, _ in corners], [y / scale for _, y in corners]
            glyph = (folded, round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2), False)
            signs.append(Sign(glyph, float(confidence)))
    return signs


def _finish(block: Block, signs: Sequence[Sign], angle: float, sheet: Sheet) -> Block:
    """A block where the page shows it, its cells with their confidence."""
    assert block.bbox is not None, "blocks of a page have a place"
    if isinstance(block, Line):
        return replace(block, bbox=_turned(block.bbox, angle, sheet))
    doubtful = _columns_of_amounts(block)
    cells = []
    for cell in block.cells:
        sure = _confidence(cell, signs)
        if (
            sure is not None
            and cell.column in doubtful
            and not _is_amount(cell.text)
            and any(map(str.isdigit, cell.text))
        ):
            sure = min(sure, DOUBTFUL)
        box = _turned(cell.bbox, angle, sheet) if cell.bbox else None
        cells.append(replace(cell, confidence=sure, bbox=box))
    return replace(block, cells=tuple(cells), bbox=_turned(block.bbox, angle, sheet))


def _confidence(cell: Cell, signs: Sequence[Sign]) -> float | None:
    """That of the cell's most doubtful character, None for a blank cell."""
    assert cell.bbox is not None, "cells of a page have a place"
    x0, top, x1, bottom = cell.bbox
    inside = [
        sign.confidence
        for sign in signs
        if x0 <= (sign.glyph[1] + sign.glyph[3]) / 2 < x1 and top <= (sign.glyph[2] + sign.glyph[4]) / 2 < bottom
    ]
    return round(min(inside), 4) if inside and cell.text else None


def _columns_of_amounts(grid: Grid) -> set[int]:
    """Columns in which most cells with text are amounts."""
    found = set()
    for column in range(grid.n_columns):
        texts = [cell.text for cell in grid.cells if cell.column == column and cell.colspan == 1 and cell.text]
        if sum(map(_is_amount, texts)) > 0.6 * len(texts) > 1:
            found.add(column)
    return found


def _is_amount(text: str) -> bool:
    return isinstance(read_cell(text, "元"), Amount | Absence)


def _turned(box: Box, angle: float, sheet: Sheet) -> Box:
    """A box of the straightened page, moved to where the page as scanned shows its middle."""
    if not angle:
        return box
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x, y = (box[0] + box[2] - sheet.width) / 2, (box[1] + box[3] - sheet.height) / 2
    dx, dy = x * cos - y * sin - x, x * sin + y * cos - y
    return round(box[0] + dx, 2), round(box[1] + dy, 2), round(box[2] + dx, 2), round(box[3] + dy, 2)


def _plain(grid: Grid) -> str:
    """A grid's text, a line for each row."""
    return "\n".join("\t".join(c.text for c in grid.cells if c.row == row) for row in range(grid.n_rows))
