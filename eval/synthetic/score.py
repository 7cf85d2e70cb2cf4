"""What the system makes of synthetic disclosures: figures, answers, false alarms, contradictions found.

`python -m eval.synthetic.score DIR [--list]` reads every document in DIR that has a truth file.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from corpus.disclosure import Severity
from corpus.figure import Figure, Reader
from corpus.figures import Book
from corpus.money import Amount
from corpus.record import Record
from corpus.settings import Settings
from eval.gold import load
from eval.score import judge
from ingest.pipeline import ingest_bytes

_PARTS = ("scheme", "account", "flow", "funding", "component", "measure", "year", "basis")


@dataclass(slots=True)
class Tally:
    """Counts over documents, and lines for a person to look at."""

    facts: int = 0
    found: int = 0
    """Truth facts for which the book has the same fact with the same value (or within printed rounding)."""
    read: int = 0
    """Table amounts that the book has."""
    real: int = 0
    """… whose value the truth has under the same class (whatever the column)."""
    asked: int = 0
    right: int = 0
    alarms: int = 0
    planted: int = 0
    caught: int = 0
    lines: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add another's counts and lines."""
        for name in ("facts", "found", "read", "real", "asked", "right", "alarms", "planted", "caught"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.lines += other.lines

    def __str__(self) -> str:
        recall = self.found / self.facts if self.facts else 1
        precision = self.real / self.read if self.read else 1
        return (
            f"facts {self.found}/{self.facts} ({recall:.1%})  precision {self.real}/{self.read} ({precision:.1%})  "
            f"answers {self.right}/{self.asked}  false alarms {self.alarms}  planted {self.caught}/{self.planted}"
        )


def _key(figure: Figure) -> tuple[str, ...]:
    return (
        figure.scheme, figure.code or figure.account, figure.flow, figure.funding, figure.component, figure.measure,
        str(figure.year), figure.basis,
    )  # fmt: skip


def _holding(key: tuple[str, ...]) -> tuple[str, ...]:
    """What a unit has on the last day of a year may be told under that year or the next."""
    return (*key[:6], "", "") if key[0] in ("国有资产", "人员编制") else key


def _same(amount: Amount | None, value: str, unit: str) -> bool:
    if amount is None:
        return False
    if amount.unit == unit or unit not in ("万元", "元"):
        return amount.value == Decimal(value)
    try:
        return amount.to(unit).value.quantize(Decimal("0.01")) == Decimal(value)
    except ValueError:
        return False


def figures(record: Record, truth: dict[str, Any]) -> Tally:
    """How the record's figures stand to the truth's facts."""
    tally = Tally()
    book: dict[tuple[str, ...], list[Figure]] = {}
    for figure in record.figures:
        book.setdefault(_holding(_key(figure)), []).append(figure)
    by_account: dict[str, set[Decimal]] = {}
    for fact in truth["facts"]:
        tally.facts += 1
        key = tuple(str(fact[part]) for part in _PARTS)
        if any(_same(figure.amount, fact["value"], fact["unit"]) for figure in book.get(_holding(key), [])):
            tally.found += 1
        else:
            near = [
                f"{' '.join(_key(f))}"
                for f in record.figures
                if _same(f.amount, fact["value"], fact["unit"]) and f.reader is Reader.TABLE
            ]
            tally.lines.append(
                f"missing {fact['table'] or 'text'}: {' '.join(key)} {fact['name']} = {fact['value']}{fact['unit']}; as {near[:2]}"
            )
        by_account.setdefault(fact["table"], set()).add(Decimal(fact["value"]))
    for figure in record.figures:
        if figure.reader is Reader.TABLE and figure.amount is not None and figure.amount.value:
            tally.read += 1
            key = _key(figure)
            truths = [f for f in truth["facts"] if tuple(str(f[part]) for part in _PARTS) == key]
            if not truths or any(_same(figure.amount, f["value"], f["unit"]) for f in truths):
                tally.real += 1
            else:
                tally.lines.append(
                    f"wrong {figure.locator.table} {figure.locator.column}: {' '.join(key)} {figure.name} = {figure.amount}; truth {truths[0]['value']}"
                )
    return tally


def findings(record: Record, truth: dict[str, Any]) -> Tally:
    """False alarms on a clean document, the planted contradiction on another."""
    tally = Tally()
    planted = truth["planted"]
    told = [f for f in record.findings if f.severity is Severity.CONTRADICTION]
    if planted:
        tally.planted = 1
        bare = [
            f
            for f in told
            if any(planted in (s.value or "") or planted in s.locator.quote.replace(",", "") for s in f.sides)
        ]
        tally.caught = int(bool(bare))
        if not bare:
            tally.lines.append(f"not caught: {truth['where']}")
    else:
        tally.alarms = len(record.findings)
        tally.lines += [f"alarm {f.severity} {f.check}: {f.message}" for f in record.findings]
    return tally


def answers(book: Book, gold: Path, settings: Settings) -> Tally:
    """How many gold questions are answered right."""
    from rag.assistant import Assistant

    tally = Tally()
    assistant = Assistant(book, settings)
    for item in load([gold]):
        tally.asked += 1
        answer = assistant.ask(item.question, document=item.document).as_json()
        verdict = judge(item, answer)
        tally.right += verdict.right
        if not verdict.right:
            tally.lines.append(
                f"answer {item.question} wanted {item.expect.kind} {item.expect.value} {item.expect.unit}: {verdict.failure} {verdict.detail}"
            )
    return tally


def main() -> None:
    """Read, compare, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true", help="list what is missing, wrong, or falsely found")
    given = parser.parse_args()
    whole = Tally()
    missing: Counter[str] = Counter()
    settings = Settings()
    for path in sorted(given.folder.glob("*.truth.json")):
        document = path.with_name(path.name.removesuffix(".truth.json"))
        truth = json.loads(path.read_text(encoding="utf-8"))
        record = ingest_bytes(document.name, document.read_bytes(), settings)
        tally = figures(record, truth)
        tally.add(findings(record, truth))
        if (record.disclosure.year, record.disclosure.basis) != (truth["year"], truth["basis"]):
            tally.lines.append(
                f"identity: {record.disclosure.issuer} {record.disclosure.year} {record.disclosure.basis}"
            )
        if record.disclosure.issuer != truth["issuer"]:
            tally.lines.append(f"issuer: {record.disclosure.issuer}, wanted {truth['issuer']}")
        with tempfile.TemporaryDirectory() as folder:
            gold = Path(folder) / "gold.jsonl"
            gold.write_text("\n".join(json.dumps(q, ensure_ascii=False) for q in truth["questions"]), encoding="utf-8")
            with Book.open(Path(folder) / "book.db", writable=True) as book:
                book.store(record)
                tally.add(answers(book, gold, settings))
        print(f"{document.name}: {tally}")
        if given.list:
            print(*(f"    {line}" for line in tally.lines), sep="\n")
        missing.update(line.split(":")[0] for line in tally.lines)
        whole.add(tally)
    print(f"all: {whole}")


if __name__ == "__main__":
    main()
