"""Where a printed thing stands: document, page, table cell or sentence, and the box to light up."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in PDF points from the page's top left corner, as the page is shown (rotation applied)."""


@dataclass(frozen=True, slots=True)
class Locator:
    """A place in a disclosure, down to the cell or the sentence.

    A cell has `table`, `row` and `column` (labels as printed; `column` is the header path joined by "/") and
    `table_id`, `row_index`, `column_index` into that table's grid. A sentence has `section` and `quote`.
    `page` counts from 1 and is None where the format has no pages. `quote` is what is printed there.
    """

    document: str
    page: int | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    section: str | None = None
    quote: str = ""
    bbox: Box | None = None
    table_id: str | None = None
    row_index: int | None = None
    column_index: int | None = None
