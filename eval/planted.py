"""Planted errors: change one thing in a disclosure's text and see whether the checks find it.

`python -m eval.planted [FOLDER] [--plants N] [--seed S] [--list]` takes the text disclosures (.txt, .md) of a folder
(the manuscripts of the bundled editions when none is given), plants one error at a time in a copy, reads the copy from
its first byte, and counts an error as found when a finding appears that the unmodified text does not have and that
shows the planted words as one of its sides. Findings on the unmodified texts are printed too: the check for false
alarms is done by eye on that list.

Not every error can be found: an amount that is stated once and is part of no sum has nothing to contradict it.
`eval.detectable` tells from the text alone which can; the share found is given of those and of all. The last decimal is
never changed, since rounding tails excuse it.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.disclosure import Finding
from corpus.editions.manuscript import Heading, Paragraph, Table, read_manuscript
from corpus.record import Record
from corpus.settings import Settings
from eval.detectable import detectable
from ingest.pipeline import ingest_bytes

EDITIONS = Path(__file__).resolve().parents[1] / "corpus" / "editions" / "source"
KINDS = ("number in a table", "total in a table", "number in the text", "sign", "direction word", "unit")

_CELL = re.compile(r"(?<=[\t|])\s*(?P<number>\d[\d,]*\.\d{2})\s*(?=[\t|]|$)", re.MULTILINE)
_AMOUNT = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元)")
_DIRECTION = re.compile(r"(?P<word>增加|增长|减少|下降)(?=\s*(?=[\d.,]*[1-9])\d)")
_OPPOSITE = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
_TOTAL_ROW = re.compile(r"合\s*计|总\s*计")


@dataclass(frozen=True, slots=True)
class Plant:
    """One error: what kind, where in the text (characters `start`..`end`), and what stands there instead."""

    kind: str
    start: int
    end: int
    planted: str

    def into(self, text: str) -> str:
        """The text with the error in it."""
        return text[: self.start] + self.planted + text[self.end :]

    def words(self, text: str) -> str:
        """What was changed, in its line, for the reader of the report."""
        line = text[text.rfind("\n", 0, self.start) + 1 : self.start][-24:]
        return f"{line}【{text[self.start : self.end]}→{self.planted}】".replace("\t", " | ")


def plain_text(path: Path) -> str:
    """A disclosure's text; of an edition's manuscript, what it prints: paragraphs by line, cells by tab."""
    text = path.read_text(encoding="utf-8")
    if not text.startswith("title:"):
        return text
    manuscript = read_manuscript(path)
    lines = [manuscript.about.get("title", path.stem)]
    for block in manuscript.blocks:
        if isinstance(block, Heading | Paragraph):
            lines += ["", block.text]
        elif isinstance(block, Table):
            lines += ["", block.title, *filter(None, block.unit)]
            for number, row in enumerate(block.drawn()):
                cells = {cell.column: cell.text for cell in row}
                lines.append("\t".join(cells.get(column, "") for column in range(len(block.rows[number]))))
    return "\n".join(lines) + "\n"


def plants(text: str, kind: str, rng: random.Random) -> Iterator[Plant]:
    """Errors of one kind that can be planted in a text, in random order, without end while there is a place for one."""
    places = list(_places(text, kind))
    rng.shuffle(places)
    for start, end in places:
        planted = _changed(text[start:end], kind, rng)
        if planted is not None:
            yield Plant(kind, start, end, planted)


def _places(text: str, kind: str) -> Iterator[tuple[int, int]]:
    if kind in ("number in a table", "total in a table", "sign"):
        for match in _CELL.finditer(text):
            line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
            if _nonzero(match["number"]) and (kind == "sign" or bool(_TOTAL_ROW.search(line)) == (kind != KINDS[0])):
                yield match.span("number")
    elif kind == "direction word":
        for match in _DIRECTION.finditer(text):
            yield match.span("word")
    else:
        group = "unit" if kind == "unit" else "number"
        for match in _AMOUNT.finditer(text):
            if _nonzero(match["number"]):
                yield match.span(group)


def _nonzero(number: str) -> bool:
    return bool(re.search(r"[1-9]", number))


def _changed(printed: str, kind: str, rng: random.Random) -> str | None:
    if kind == "sign":
        return f"-{printed}"
    if kind == "direction word":
        return _OPPOSITE[printed]
    if kind == "unit":
        return "元"
    digits = [at for at, letter in enumerate(printed) if letter.isdigit()]
    free = digits[:-1] if "." in printed else digits
    at = rng.choice(free)
    first = at == digits[0]
    others = [d for d in "0123456789" if d != printed[at] and not (first and d == "0")]
    return printed[:at] + rng.choice(others) + printed[at + 1 :]


def found_by(before: Sequence[Finding], after: Sequence[Finding], plant: Plant) -> list[Finding]:
    """The findings that the planted error brought and that show it."""
    known = {(f.check, f.message) for f in before}
    bare = plant.planted.replace(",", "")
    fresh = [f for f in after if (f.check, f.message) not in known]
    return [f for f in fresh if any(bare in s.locator.quote.replace(",", "") or bare == s.value for s in f.sides)]


def _read(name: str, text: str) -> Record:
    return ingest_bytes(name, text.encode(), Settings())


@dataclass(slots=True)
class Result:
    """What a run planted and found, by kind. `clean` has the findings on the unmodified texts by file name."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    detectable: Counter[str] = field(default_factory=Counter)
    detected: Counter[str] = field(default_factory=Counter)
    """Those of the detectable that were found."""
    missed: list[str] = field(default_factory=list)
    clean: dict[str, list[Finding]] = field(default_factory=dict)


def run(folder: Path, count: int, seed: int) -> Result:
    """Plant `count` errors in the texts of a folder, every kind in every file in turn, and look for each."""
    rng = random.Random(seed)
    files = [p for p in sorted(folder.glob("*")) if p.suffix in (".txt", ".md") and "README" not in p.name]
    texts = {p.name: plain_text(p) for p in files}
    result = Result(clean={name: list(_read(name, text).findings) for name, text in texts.items()})
    queues = {(name, kind): plants(text, kind, rng) for name, text in texts.items() for kind in KINDS}
    while queues and sum(result.planted.values()) < count:
        for (name, kind), queue in list(queues.items()):
            plant = next(queue, None)
            if plant is None or sum(result.planted.values()) >= count:
                del queues[name, kind]
                continue
            _count(result, name, texts[name], plant)
    return result


def _count(result: Result, name: str, text: str, plant: Plant) -> None:
    can = detectable(text, plant.start, plant.end, plant.kind)
    was = bool(found_by(result.clean[name], _read(name, plant.into(text)).findings, plant))
    result.planted[plant.kind] += 1
    result.detectable[plant.kind] += can
    result.found[plant.kind] += was
    result.detected[plant.kind] += can and was
    if not was:
        result.missed.append(f"{plant.kind}{'' if can else ' (not detectable)'}: {name}: {plant.words(text)}")


def main() -> None:
    """Plant, read, report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", nargs="?", type=Path, default=EDITIONS)
    parser.add_argument("--plants", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--list", action="store_true", help="list the plants that were not found")
    given = parser.parse_args()
    result = run(given.folder, given.plants, given.seed)
    for kind in (*KINDS, "all"):
        planted, found, can, was = (
            counts[kind] if kind != "all" else sum(counts.values())
            for counts in (result.planted, result.found, result.detectable, result.detected)
        )
        if planted:
            print(f"{kind:20} {_share(was, can)} of the detectable found, {_share(found, planted)} of all")
    for name, findings in result.clean.items():
        print(f"\nunmodified {name}: {len(findings)} findings")
        for finding in findings:
            print(f"  {finding.severity} {finding.check}: {finding.message}")
    if given.list:
        print("\nnot found:", *result.missed, sep="\n  ")


def _share(part: int, whole: int) -> str:
    return f"{part:4} of {whole:4} ({part / max(whole, 1):.1%})"


if __name__ == "__main__":
    main()
