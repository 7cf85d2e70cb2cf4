"""A disclosure and its parts: sections of prose, tables of cells, and what its contents page announces."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from corpus.locator import Box, Locator


class Basis(StrEnum):
    """What kind of number a year's figure is."""

    BUDGET = "预算"
    FINAL = "决算"
    INITIAL = "年初预算"
    """The opening budget as a final account quotes it."""
    ADJUSTED = "全年预算"
    """The budget after adjustments during the year (调整预算数, 全年预算数)."""
    EXECUTED = "预算执行数"
    HALF = "上半年执行数"
    """What was taken in and spent from January to June, as reports on half a year's execution print it."""
    PART = "年内执行数"
    """What was taken in and spent in other months of a year than half of it or all (1-5月, 前三季度)."""


class Level(StrEnum):
    """Whether the disclosure covers a department with its units (部门) or one unit alone (单位)."""

    DEPARTMENT = "部门"
    UNIT = "单位"
    GOVERNMENT = "政府"
    """A whole government's budget (预算草案, 本级)."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One published document: who, which year, budget or final accounts. `name` is its file name, unique in a book."""

    name: str
    sha256: str
    title: str
    issuer: str
    level: Level
    year: int
    basis: Basis
    region: str
    """Province/city/district as the issuer's name tells it, e.g. 福建省厦门市; "" when it does not."""
    format: str
    """pdf, docx, xlsx, xls, html, txt or md."""
    pages: int | None
    collection: str = "published"
    """"published" or "uploaded": a reader's own uploads stay apart."""
    edition: bool = False
    """True for mingzhang's own editions (tables as published, prose our own)."""
    units: tuple[str, ...] = ()
    """Units whose budgets the disclosure says it comprises (部门预算单位构成)."""


@dataclass(frozen=True, slots=True)
class Span:
    """One printed line's share of a paragraph: characters `start`..`end` of the paragraph stand on `page` in `bbox`.

    `xs` holds the left edge of every character and the right edge of the last (length end - start + 1), so that a
    sentence can be lit exactly; empty for formats without geometry.
    """

    start: int
    end: int
    page: int | None
    bbox: Box | None
    xs: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, NFKC-normalised, line breaks of the page removed; `spans` cover it without gaps, in order."""

    text: str
    spans: tuple[Span, ...]

    def places(self, start: int, end: int) -> list[tuple[int | None, Box | None]]:
        """Page and box of characters `start`..`end`, one entry a printed line."""
        found = []
        for span in self.spans:
            first, last = max(start, span.start), min(end, span.end)
            if first >= last:
                continue
            box = span.bbox
            if box is not None and span.xs:
                box = (span.xs[first - span.start], box[1], span.xs[last - span.start], box[3])
            found.append((span.page, box))
        return found


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the paragraphs under it. `path` names the headings from the top down, this one last."""

    path: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]

    @property
    def title(self) -> str:
        """The section's own heading, "" for text before the first heading."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid as printed (line breaks inside the cell removed), at its top left position."""

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    page: int | None = None
    bbox: Box | None = None
    confidence: float | None = None
    """OCR confidence 0..1; None where the text was not recognised from an image."""
    repaired: str | None = None
    """Why this cell was moved or put right (in Chinese), None as printed."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, whole: continuation pages joined, repeated headers dropped.

    `kind` is a key of `corpus.accounts.STATEMENTS` or "generic". `header_rows` says how many leading rows are header.
    `columns` gives each grid column's header path, "/"-joined; all are "" in a form without a header row.
    """

    id: str
    title: str
    kind: str
    unit: str | None
    n_rows: int
    n_columns: int
    header_rows: int
    cells: tuple[Cell, ...]
    columns: tuple[str, ...]
    section: str = ""
    notes: tuple[str, ...] = ()
    """Lines printed under the table (注：…, 备注：…, 说明：…)."""
    pages: tuple[int, ...] = ()
    empty: bool = False
    """No amount in the body (with or without a note that says why)."""

    def at(self, row: int, column: int) -> Cell | None:
        """The cell whose area covers (row, column), or None."""
        for cell in self.cells:
            if cell.row <= row < cell.row + cell.rowspan and cell.column <= column < cell.column + cell.colspan:
                return cell
        return None


class TableState(StrEnum):
    """What became of a statutory table."""

    FILLED = "filled"
    EMPTY = "empty"
    MISSING = "missing"
    """Named in the contents, not found in the document."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A table that the contents page names, and what was found of it."""

    title: str
    kind: str
    state: TableState
    table_id: str | None = None
    note: str = ""


class Severity(StrEnum):
    """How much a finding weighs."""

    CONTRADICTION = "contradiction"
    ROUNDING = "rounding"
    WORDING = "wording"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a finding: where it stands, what is printed, and the amount in decimal text with its unit."""

    locator: Locator
    value: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect of the document, as a value: which check, one sentence, the places on both sides, the difference."""

    document: str
    severity: Severity
    check: str
    message: str
    """One sentence in Chinese."""
    message_en: str
    sides: tuple[Side, ...]
    difference: str | None = None


@dataclass(frozen=True, slots=True)
class PageInfo:
    """One page as stored: its size in points, its plain text, how it was read, and what to beware of."""

    number: int
    width: float
    height: float
    text: str
    source: str = "text"
    """text, ocr or none (nothing readable on it)."""
    warnings: tuple[str, ...] = field(default=())
