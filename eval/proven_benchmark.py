"""How far documents prove their own reading: sums inside their tables, and totals between them, against what is printed.

    python -m eval.proven_benchmark ../shared/real

For every statutory table with amounts, the checks that apply to it (a class and the classes below it, parts of a
heading, rows and columns with their totals, both sides of a balance, the same total in another table). A table is proven
where at least one applies and all hold. What fails is printed with its message: each is the document's own error or one of
reading, and a person has to look.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.figure import Reader
from corpus.record import Record
from corpus.settings import Settings, load_settings
from ingest.checking.checks import run_checks
from ingest.checking.outcome import Outcome, Verdict
from ingest.pipeline import ingest_bytes

_READ = (".pdf", ".docx", ".xlsx", ".xls", ".html", ".htm", ".txt", ".md")


@dataclass(slots=True)
class Proof:
    """Counts over one or several documents: tables with amounts, those that a check touches, those in which all hold, and the
    checks themselves."""

    tables: int = 0
    tested: int = 0
    proven: int = 0
    checks: int = 0
    holding: int = 0
    failing: list[str] = field(default_factory=list)

    def __iadd__(self, other: Proof) -> Proof:
        """Add the counts of another document."""
        self.tables += other.tables
        self.tested += other.tested
        self.proven += other.proven
        self.checks += other.checks
        self.holding += other.holding
        self.failing += other.failing
        return self


def proof_of(record: Record, outcomes: Iterable[Outcome]) -> Proof:
    """The outcomes of a document's checks that hold or fail, by the tables whose figures take part."""
    table_of = {f.id: f.locator.table_id for f in record.figures if f.reader is Reader.TABLE and f.locator.table_id}
    amounts = set(table_of.values())
    verdicts: dict[str, list[bool]] = defaultdict(list)
    proof = Proof(tables=len(amounts))
    for outcome in outcomes:
        if outcome.verdict not in (Verdict.HOLDS, Verdict.FAILS):
            continue
        touched = {table_of[figure] for figure in outcome.figures if figure in table_of}
        if not touched:
            continue
        holds = outcome.verdict is Verdict.HOLDS
        proof.checks += 1
        proof.holding += holds
        if not holds:
            proof.failing.append(outcome.message)
        for table in touched:
            verdicts[table].append(holds)
    proof.tested = len(verdicts)
    proof.proven = sum(map(all, verdicts.values()))
    return proof


def prove(path: Path, settings: Settings) -> Proof:
    """The proof of one file. Raises `UnreadableFile` for one that cannot be read."""
    record = ingest_bytes(path.name, path.read_bytes(), settings)
    return proof_of(record, run_checks(record))


def main() -> None:
    """Print a line for each document and one for all, then what fails."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in _READ and path.stem != "README")
    settings, whole = load_settings(), Proof()
    print(f"{'tables':>7}{'tested':>8}{'proven':>8}{'checks':>12}{'hold':>7}")
    for path in files:
        proof = prove(path, settings)
        whole += proof
        print(_line(path.name, proof))
    print(_line("all", whole))
    print(*(f"- {message}" for message in dict.fromkeys(whole.failing)), sep="\n")


def _line(name: str, proof: Proof) -> str:
    return f"{proof.tables:>7}{proof.tested:>8}{proof.proven:>8}{proof.checks:>12}{proof.holding:>7}  {name}"


if __name__ == "__main__":
    main()
