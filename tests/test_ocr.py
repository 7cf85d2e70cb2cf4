"""Scanned pages: what counts as one, what happens without the extra, and one page recognised for real."""

import importlib
import importlib.util
import io
from pathlib import Path

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
