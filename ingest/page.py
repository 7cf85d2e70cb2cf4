"""What every reader yields: pages of blocks in reading order, whatever the file format.

A PDF page's blocks come out of its geometry; a text, DOCX, XLSX or HTML file knows its lines and tables itself. From
here on nothing depends on the format.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.disclosure import Cell
from corpus.locator import Box

OVERPRINTED = "两段文字印在同一处"
"""How `Cell.repaired` begins for a cell in which a number is printed over another text: it states nothing."""


def overprinted(over: bool) -> str | None:
    """What is noted in a cell whose texts stand `over` each other."""
    return f"{OVERPRINTED},分不清哪一段有效,不采用" if over else None


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of prose (NFKC-normalised). Geometry is None/empty in formats that have none.

    `xs`: left edge of each character and right edge of the last (len(text) + 1 values). `size`: font size in points.
    `starts_paragraph` is True where the format itself says so (DOCX, HTML, TXT); None where it must be told from
    indentation.
    """

    text: str
    page: int | None
    bbox: Box | None = None
    xs: tuple[float, ...] = ()
    size: float | None = None
    starts_paragraph: bool | None = None
    heading: int | None = None
    """Heading level where the format itself says that the line is a heading (DOCX style, HTML h1-h6, Markdown #)."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table or a page's share of one: cells with positions and spans, as printed.

    `header_rows` is None unless the format itself says how many rows are header (HTML th, the typeset header of DOCX).
    `pages` lists the pages that it stands on, more than one once joined. `ruled` is False for a table found by the
    alignment of its words alone. `joined_at` lists the row indices at which a continuation page begins.
    """

    n_rows: int
    n_columns: int
    cells: tuple[Cell, ...]
    pages: tuple[int, ...] = ()
    bbox: Box | None = None
    header_rows: int | None = None
    ruled: bool = True
    joined_at: tuple[int, ...] = ()
    running: tuple[tuple[int, int], ...] = ()
    """Row and column of cells at the grid's foot whose last line runs up to their right edge: it may go on overleaf."""
    folded: tuple[tuple[int, int], ...] = ()
    """Row and column of cells whose text is printed on several lines; known for PDF only."""


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class Page:
    """One page (or the whole of a format without pages, number None): blocks in reading order.

    `text` is the page's plain text by the second reading (pypdf for PDF), used to check the first. `source` is "text",
    "ocr" or "none". `warnings` are sentences in Chinese: what a reader of this page should beware of.
    """

    number: int | None
    width: float
    height: float
    blocks: tuple[Block, ...]
    text: str = ""
    source: str = "text"
    warnings: tuple[str, ...] = ()
