"""Scanned pages: what counts as one, what happens without the extra, and one page recognised for real."""

import importlib
import importlib.util
import io
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader, PdfWriter

from corpus.disclosure import Cell
from ingest.grids.geometry import Glyph, Sheet
from ingest.page import Grid
from ingest.readers import ocr
from ingest.readers.pdf import read_pdf

SCAN = Path(__file__).resolve().parents[2] / "shared" / "typeset" / "000_lorep_scan.pdf"
WORD: Glyph = ("预", 50.0, 50.0, 60.0, 60.0, False)
PICTURE = ((0.0, 0.0, 590.0, 800.0),)


def sheet(glyphs: int, images: tuple[tuple[float, float, float, float], ...] = (), sign: str = "预") -> Sheet:
    return Sheet(1, 600, 800, ((sign, *WORD[1:]),) * glyphs, (), images=images)


def test_a_page_is_a_scan_when_a_picture_covers_it_and_it_has_hardly_any_text() -> None:
    assert ocr.is_scan(sheet(0, PICTURE))
    assert ocr.is_scan(sheet(3, PICTURE))  # a page number was stamped on
    assert not ocr.is_scan(sheet(400, PICTURE))  # a background picture
    assert not ocr.is_scan(sheet(0))  # an empty page
    assert not ocr.is_scan(sheet(12, ((0, 0, 100, 100),)))  # a cover with a coat of arms


def test_text_in_a_font_without_names_counts_as_picture() -> None:
    assert ocr.is_scan(sheet(400, sign="\ue123"))


def one_page(number: int) -> bytes:
    if not SCAN.exists():
        pytest.skip("the shared scan is not here")
    writer = PdfWriter()
    writer.add_page(PdfReader(SCAN).pages[number - 1])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_without_the_extra_the_page_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    ocr._engine.cache_clear()
    monkeypatch.setattr(importlib, "import_module", missing)
    (page,) = read_pdf(one_page(8))
    assert (page.source, page.blocks) == ("none", ())
    assert 'pip install "mingzhang[ocr]"' in page.warnings[0]


def test_what_is_no_amount_among_amounts_is_doubtful() -> None:
    texts = ["合计", "12.00", "3O.5", "7.25", "其他", "1.00"]
    grid = Grid(6, 1, tuple(Cell(row, 0, text) for row, text in enumerate(texts)))
    assert ocr._columns_of_amounts(grid) == set()
    grid = Grid(5, 1, tuple(Cell(row, 0, text) for row, text in enumerate(["12.00", "3O.5", "7.25", "-", "1.00"])))
    assert ocr._columns_of_amounts(grid) == {0}


@pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="the extra ocr is not installed")
def test_scanned_page_comes_out_as_tables_with_confidence() -> None:
    (page,) = read_pdf(one_page(11))
    assert page.source == "ocr"
    assert page.warnings == (ocr.RECOGNISED,)
    (grid,) = [block for block in page.blocks if isinstance(block, Grid)]
    assert (grid.n_rows, grid.n_columns) == (2, 8)
    assert all(cell.confidence is None or cell.confidence > 0.4 for cell in grid.cells)
    assert next(cell.text for cell in grid.cells if cell.column == 7) == "预算数"
    assert grid.bbox is not None


@pytest.mark.parametrize("degrees", [-5.0, -1.2, -0.3, 0.0, 0.45, 3.0])
def test_tilt_of_a_page_is_told_to_a_fiftieth_of_a_degree(degrees: float) -> None:
    """Forty lines of words, turned by a known angle: downwards to the right where it is positive."""
    cv2 = pytest.importorskip("cv2")
    page = np.full((1400, 1000), 255, dtype=np.uint8)
    for row in range(40):
        for word in range(18 - row % 5):
            page[100 + 30 * row : 116 + 30 * row, 100 + 45 * word : 135 + 45 * word] = 0
    matrix = cv2.getRotationMatrix2D((500, 700), -degrees, 1.0)
    turned = cv2.warpAffine(page, matrix, (1000, 1400), flags=cv2.INTER_CUBIC, borderValue=255)
    assert ocr._tilt(turned, cv2) == pytest.approx(degrees, abs=0.02)
    level, angle = ocr._straight(turned, cv2)
    assert angle == pytest.approx(degrees, abs=0.02)
    assert abs(ocr._tilt(level, cv2)) < 0.05


def test_a_page_with_hardly_any_ink_is_left_as_it_is() -> None:
    cv2 = pytest.importorskip("cv2")
    page = np.full((1400, 1000), 255, dtype=np.uint8)
    assert ocr._tilt(page, cv2) == 0.0
    page[700:716, 480:520] = 0
    assert ocr._tilt(page, cv2) == 0.0
