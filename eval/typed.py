"""Figure extraction against pages that a person typed: which printed amounts the book has, and which of its are printed.

A CSV file with the headings document, page, row, value, unit and, where one likes, column. Every page that the file names
is typed whole: each amount in a table of it has its line, with the row's label and the digits as printed. So an amount
that is typed and not in the book is missing, and a figure of the book on such a page that is not typed is not real.
Empty cells are not typed. A document without pages has an empty `page` and is typed whole.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.accounts import clean_name
from corpus.figure import Figure, Measure, Reader
from corpus.figures import Book
from corpus.money import MONEY_UNITS, Amount, canonical_unit, parse_number
from eval.gold import EvaluationError

_NEEDED = ("document", "page", "row", "value", "unit")
_MEASURES = (Measure.AMOUNT, Measure.COUNT)


@dataclass(frozen=True, slots=True)
class Typed:
    """One amount as a person typed it."""

    document: str
    page: int | None
    row: str
    amount: Amount
    column: str = ""

    def is_at(self, figure: Figure) -> bool:
        """Whether a figure of the same page is this amount: same row, same value, and the column where one is named."""
        if figure.amount is None or clean_name(figure.locator.row or "") != clean_name(self.row):
            return False
        column = clean_name(self.column)
        return _base(figure.amount) == _base(self.amount) and column in clean_name(figure.locator.column or "")

    def __str__(self) -> str:
        page = "" if self.page is None else f" p.{self.page}"
        return f"{self.document}{page} {self.row} {self.column} {self.amount}".replace("  ", " ")


def load(path: Path) -> list[Typed]:
    """The typed amounts of a file. Raises `EvaluationError` with a sentence for every bad line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
            if missing:
                raise EvaluationError(f"{path}: the heading {missing[0]} is missing; needed are {', '.join(_NEEDED)}")
            rows = list(enumerate(reader, 2))
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}: cannot be read ({error}); give a UTF-8 CSV file") from error
    found, faults = [], []
    for number, row in rows:
        try:
            found.append(_typed({key: (value or "").strip() for key, value in row.items() if key}))
        except ValueError as error:
            faults.append(f"{path}:{number}: {error}")
    if faults or not found:
        raise EvaluationError("\n".join(faults) or f"{path}: no amount is typed")
    return found


def _typed(row: dict[str, str]) -> Typed:
    value = parse_number(row["value"])
    if value is None:
        raise ValueError(f"value {row['value']!r} is no number as it is printed, such as 1,234.50")
    if row["page"] and not (row["page"].isdecimal() and int(row["page"]) > 0):
        raise ValueError(f"page {row['page']!r} is no number from 1")
    if not row["document"] or not row["row"]:
        raise ValueError("document and row must be filled in")
    page = int(row["page"]) if row["page"] else None
    return Typed(row["document"], page, row["row"], Amount(value, row["unit"]), row.get("column", ""))


def measure(book: Book, typed: Sequence[Typed]) -> dict[str, Any]:
    """Recall and precision over the typed pages, and what is missing or not real, for a person to look at.

    Raises `EvaluationError` when a document is not in the book.
    """
    names = {disclosure.name for disclosure in book.disclosures()}
    unknown = sorted({one.document for one in typed} - names)
    if unknown:
        raise EvaluationError(f"{unknown[0]} is typed and not among the documents: {', '.join(sorted(names))}")
    figures = list(_figures(book, {(one.document, one.page) for one in typed}))
    at: dict[tuple[str, int | None], list[Typed]] = {}
    for one in typed:
        at.setdefault((one.document, one.page), []).append(one)
    places = [((f.document, f.locator.page), (f.document, None)) for f in figures]
    real = [
        any(one.is_at(f) for place in near for one in at.get(place, ()))
        for f, near in zip(figures, places, strict=True)
    ]
    missing = [
        one for one in typed
        if not any(one.is_at(f) for f in figures if f.document == one.document and one.page in (None, f.locator.page))
    ]  # fmt: skip
    return {
        "typed": len(typed), "read": len(typed) - len(missing),
        "recall": round(1 - len(missing) / len(typed), 4),
        "figures": len(figures), "real": sum(real),
        "precision": round(sum(real) / len(figures), 4) if figures else None,
        "missing": [str(one) for one in missing],
        "unreal": [_told(figure) for figure, is_real in zip(figures, real, strict=True) if not is_real],
    }  # fmt: skip


def _figures(book: Book, pages: Collection[tuple[str, int | None]]) -> Iterable[Figure]:
    """What the book read from tables on these pages."""
    for figure in book.figures(documents=sorted({document for document, _ in pages}), readers=[Reader.TABLE]):
        on = (figure.document, figure.locator.page) in pages or (figure.document, None) in pages
        if on and figure.amount is not None and figure.measure in _MEASURES:
            yield figure


def _base(amount: Amount) -> tuple[Any, str]:
    if amount.unit in MONEY_UNITS:
        return amount.to("元").value, "元"
    return amount.value, canonical_unit(amount.unit)


def _told(figure: Figure) -> str:
    place = figure.locator
    page = "" if place.page is None else f" p.{place.page}"
    return f"{figure.document}{page} {place.row} {place.column} {figure.amount}"
