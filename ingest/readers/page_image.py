"""A PDF page as a PNG, for showing where a number stands. pdfium is not thread-safe: one page at a time.

A page whose text is turned is shown upright, as it was read.
"""

from __future__ import annotations

import io
import threading
from functools import lru_cache

import pypdfium2

from ingest.readers.pdfium import sheet

_PDFIUM = threading.Lock()
MAX_SCALE = 4.0
"""At most 288 dpi: a page image is for eyes, and its memory grows with the square."""


def page_png(data: bytes, number: int, scale: float = 2.0) -> bytes:
    """Page `number` (from 1) as PNG at 72 × `scale` dpi. Raises `IndexError` when there is no such page."""
    return _render(data, number, min(max(scale, 0.2), MAX_SCALE))


@lru_cache(maxsize=64)
def _render(data: bytes, number: int, scale: float) -> bytes:
    with _PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            if not 1 <= number <= len(document):
                raise IndexError(f"page {number} of {len(document)}")
            turn = sheet(document, number - 1).turn  # as its tables were read
            image = document[number - 1].render(scale=scale, rotation=90 * turn).to_pil()
        finally:
            document.close()
    out = io.BytesIO()
    image.save(out, format="PNG")
    return out.getvalue()
