"""Figure extraction against drawn truth: which amounts of which rows the book has, and which of its amounts are real.

    python -m eval.figures_benchmark --set ../shared/typeset

The set is the one of `eval.tables_benchmark`: `NNN_producer.pdf` files and `truth/NNN.json`. Truth and book are
compared as sets of (row label, amount): an amount printed thrice in a shifted row counts once, and a figure in a wrong
row is an error twice over (one pair missing, one that is not real). Performance sheets are left out: their rows are no
accounts.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from corpus.accounts import clean_name
from corpus.figure import Figure, Measure, Reader
from corpus.money import parse_number
from corpus.settings import Settings, load_settings
from eval.gold import GoldError
from ingest.pipeline import ingest_bytes

Pair = tuple[str, Decimal]
Drawn = tuple[frozenset[str], Decimal]
"""An amount with the texts to its left: a row may name a department's and a government's class side by side."""
_CODE = re.compile(r"\d{1,7}")
_LEADING_CODE = re.compile(r"^\d{3,7}(?=\D)")


@dataclass(slots=True)
class Extraction:
    """Counts of pairs over one or several files; what is missing and what is not real, for a person to look at."""

    truth: int = 0
    found: int = 0
    read: int = 0
    real: int = 0
    missing: list[str] = field(default_factory=list)
    unreal: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the truth's pairs that the book has."""
        return self.read / self.truth if self.truth else 1.0

    @property
    def precision(self) -> float:
        """Share of the book's pairs that are in the truth."""
        return self.real / self.found if self.found else 1.0

    def add(self, truth: set[Drawn], found: set[Pair], name: str) -> None:
        """Count one file."""
        missing = {pair for pair in truth if not any((label, pair[1]) in found for label in pair[0])}
        possible = {(label, value) for labels, value in truth for label in labels}
        self.truth += len(truth)
        self.read += len(truth) - len(missing)
        self.found += len(found)
        self.real += len(found & possible)
        self.missing += [f"{name} {'/'.join(sorted(labels))} {value}" for labels, value in missing]
        self.unreal += [f"{name} {label} {value}" for label, value in sorted(found - possible)]


def drawn(path: Path) -> set[Drawn]:
    """The amounts of a truth file, each with the texts that stand between it and the amount before it."""
    pairs: set[Drawn] = set()
    for table in json.loads(path.read_text(encoding="utf-8")):
        if not table.get("perf"):
            for row in table["rows"][table["nhead"] :]:
                pairs |= _row(row)
    return pairs


def _row(cells: Sequence[str]) -> set[Drawn]:
    pairs: set[Drawn] = set()
    labels: list[str] = []
    after_amount = False
    for text in (cell.strip() for cell in cells):
        value = parse_number(text)
        if value is None and text:
            labels = [_label(text)] if after_amount else [*labels, _label(text)]
            after_amount = False
        elif value is not None and not _CODE.fullmatch(text):
            pairs.add((frozenset(labels or [""]), value.normalize()))
            after_amount = True
    return pairs


def read(figures: Iterable[Figure]) -> set[Pair]:
    """The pairs that the book's table figures stand for, as their places name the rows."""
    return {
        (_label(f.locator.row or ""), f.amount.value.normalize())
        for f in figures
        if f.reader is Reader.TABLE and f.measure is Measure.AMOUNT and f.amount is not None
        and "绩效" not in (f.locator.table or "") and "." in (f.locator.quote or "")
    }  # fmt: skip


def _label(text: str) -> str:
    return clean_name(_LEADING_CODE.sub("", text.strip())).rstrip(":：")


def run(folder: Path, settings: Settings, producers: Sequence[str] = ()) -> dict[str, Extraction]:
    """Extraction by producer over a set of files. Raises `GoldError` when the folder holds none with truth."""
    scores: dict[str, Extraction] = {}
    for path in sorted(folder.glob("*.pdf")):
        document, _, producer = path.stem.partition("_")
        truth = folder / "truth" / f"{document}.json"
        if not truth.exists() or "scan" in producer or (producers and producer not in producers):
            continue
        record = ingest_bytes(path.name, path.read_bytes(), settings)
        scores.setdefault(producer, Extraction()).add(drawn(truth), read(record.figures), path.stem)
    if not scores:
        raise GoldError(f"{folder}: no NNN_producer.pdf with truth/NNN.json")
    return scores


def main() -> None:
    """Print recall and precision by producer, and what differs."""
    parser = argparse.ArgumentParser(description="figure extraction against drawn truth")
    parser.add_argument("--set", type=Path, required=True, help="folder with NNN_producer.pdf and truth/")
    parser.add_argument("--producer", action="append", default=[])
    options = parser.parse_args()
    for producer, score in run(options.set, load_settings(), options.producer).items():
        recall = f"recall {score.recall:.4f} of {score.truth}"
        print(f"{producer}: {recall}, precision {score.precision:.4f} of {score.found}")
        print(*(f"  missing {line}" for line in score.missing), sep="\n")
        print(*(f"  unreal  {line}" for line in score.unreal), sep="\n")


if __name__ == "__main__":
    main()
