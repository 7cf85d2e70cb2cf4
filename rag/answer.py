"""An answer with its proof: text with markers, one headline result, citations, warnings; JSON as DESIGN.md fixes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from corpus.disclosure import Finding
from corpus.figure import Figure
from corpus.locator import Locator
from corpus.money import Amount, mentions
from rag.plan import Verdict


@dataclass(frozen=True, slots=True)
class Result:
    """The headline value. `status` is confirmed, single, disputed or computed; `formula` where it was computed."""

    amount: Amount
    status: str
    formula: str | None = None

    def as_json(self) -> dict[str, Any]:
        """As in the answer contract."""
        return {
            "value": f"{self.amount.value:f}", "unit": self.amount.unit, "status": self.status, "formula": self.formula,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered place in a disclosure, and the figure that stands there when there is one."""

    marker: int
    locator: Locator
    figure: Figure | None = None

    def as_json(self) -> dict[str, Any]:
        """As in the answer contract."""
        place = self.locator
        return {
            "marker": self.marker, "document": place.document, "page": place.page, "table": place.table,
            "row": place.row, "column": place.column, "quote": place.quote,
            "bbox": None if place.bbox is None else list(place.bbox),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What is given back for a question."""

    verdict: Verdict
    text: str
    result: Result | None = None
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0
    trace: dict[str, Any] = field(default_factory=dict)

    def as_json(self, trace: bool = False) -> dict[str, Any]:
        """The answer contract of DESIGN.md; `trace` adds plan, figures, passages and timing under "trace"."""
        out: dict[str, Any] = {
            "status": self.verdict.value,
            "answer": self.text,
            "result": None if self.result is None else self.result.as_json(),
            "citations": [citation.as_json() for citation in self.citations],
            "warnings": list(self.warnings),
            "seconds": round(self.seconds, 4),
        }
        return out | {"trace": self.trace} if trace else out


_MARKER = re.compile(r"\[(\d+)\]")


class Evidence:
    """Collects what an answer rests on: numbers every place cited, and remembers which numbers may be said."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []
        self.figures: list[Figure] = []
        self.computed: list[tuple[Amount, str]] = []
        self.counts: set[int] = set()
        self.years: set[int] = set()
        self.warnings: list[str] = []
        self.findings: list[Finding] = []
        self.stated: set[Decimal] = set()
        self.quoted: list[str] = []

    def cite(self, figure: Figure) -> str:
        """The marker of a figure's place, "[1]"."""
        self.figures.append(figure)
        self.years.update(year for year in (figure.year, figure.compared) if year)
        return self._mark(figure.locator, figure)

    def quote(self, locator: Locator) -> str:
        """The marker of a place that is quoted."""
        return self._mark(locator, None)

    def words(self, text: str) -> str:
        """Remember words that are quoted from a document; gives them in quotation marks."""
        self.quoted.append(text)
        return f"“{text}”"

    def compute(self, amount: Amount, formula: str) -> Amount:
        """Remember a computed value with its formula; gives the amount back."""
        self.computed.append((amount, formula))
        return amount

    def count(self, number: int) -> int:
        """Remember a count of listed things; gives the number back."""
        self.counts.add(number)
        return number

    def state(self, decimal: str | None) -> None:
        """Remember an amount of a finding (decimal text)."""
        if decimal:
            self.stated.update(numbers_in([decimal]))

    def warn(self, sentence: str) -> None:
        """Add a warning, once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def tidy(self, text: str) -> str:
        """The text and the warnings with their markers numbered as they come, the places that neither refers to dropped (what
        was looked at on the way and left again)."""
        used = dict.fromkeys(int(number) for part in (text, *self.warnings) for number in _MARKER.findall(part))
        number = {old: new for new, old in enumerate(used, 1)}
        if not number or max(number) > len(self.citations):
            return text
        self.citations = [replace(self.citations[old - 1], marker=new) for old, new in number.items()]
        self.warnings = [_MARKER.sub(lambda m: f"[{number[int(m[1])]}]", part) for part in self.warnings]
        return _MARKER.sub(lambda m: f"[{number[int(m[1])]}]", text)

    def _mark(self, locator: Locator, figure: Figure | None) -> str:
        for citation in self.citations:
            if citation.locator == locator:
                return f"[{citation.marker}]"
        self.citations.append(Citation(len(self.citations) + 1, locator, figure))
        return f"[{len(self.citations)}]"


def show(amount: Amount) -> str:
    """An amount as answers print it: digits as they are, no separators (documents print 4,218.27 and 4218.27 alike);
    noughts that only a conversion brought (37151.465500) are left out."""
    digits = f"{amount.value:f}"
    whole, point, decimals = digits.partition(".")
    kept = decimals[:2] + decimals[2:].rstrip("0")
    return f"{whole}{point}{kept}{amount.unit}"


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """Rounded half up for show."""
    return value.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")


def numbers_in(texts: Sequence[str]) -> set[Decimal]:
    """All bare values of numbers in some texts."""
    return {mention.value for text in texts for mention in mentions(text)}
