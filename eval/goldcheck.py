"""A second look at gold by a program: what a file's schema allows and a careful reader would still ask about.

With documents, every number is looked for in the text of the page that it names, as the page prints it (not among the
figures that were read from tables, which are what is to be measured). A number that is printed nowhere must be worked
out in `checked` from numbers that are ("3240.27-2404.59").
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from corpus.figures import Book
from corpus.money import COUNT_UNITS, MONEY_UNITS, canonical_unit, half_last_digit, mentions, normalise, parse_number
from corpus.settings import ModelSettings, Settings
from eval.gold import EvaluationError, Gold, load
from eval.metrics import same_number
from eval.support import arithmetic

Pages = Mapping[int | None, str]
"""The text of a document by page; under None where a format has no pages."""
_UNITS = frozenset({*MONEY_UNITS, *map(canonical_unit, COUNT_UNITS), "%", "百分点", "‰", "倍", ""})
_CALCULATION = re.compile(r"[(\d][\d.,()\s]*(?:[-+*/×÷−–][\d.,()\s]+)+")
_SIGNS = str.maketrans("×÷−–", "*/--")


def remarks(items: Sequence[Gold], documents: Mapping[str, Pages] | None = None) -> list[str]:
    """One sentence for everything that should be looked at, with the ids it holds for; none makes a file unusable."""
    found: dict[str, list[str]] = {}
    for id, sentence in _all(items, documents):
        found.setdefault(sentence, []).append(id)
    return [f"{', '.join(ids)}: {sentence}" for sentence, ids in found.items()]


def _all(items: Sequence[Gold], documents: Mapping[str, Pages] | None) -> Iterator[tuple[str, str]]:
    yield from _across(items)
    for item in items:
        yield from ((item.id, told) for told in _alone(item))
        if documents is not None:
            yield from ((item.id, told) for told in _against(item, documents))


def check(
    paths: Sequence[Path],
    settings: Settings,
    *,
    documents: Sequence[Path] = (),
    store: Path | None = None,
    require_checked: bool = False,
    progress: Callable[[int, int, str], None] = lambda done, total, what: None,
) -> tuple[list[Gold], list[str]]:
    """The questions of gold files and what should be looked at in them, nothing asked of any system.

    With `documents` or a `store` the numbers are looked for in them. Raises `GoldError` for files that cannot be used,
    `EvaluationError` when a document cannot be taken in.
    """
    items = load(paths, require_checked=require_checked)
    if store is None and not documents:
        return items, remarks(items)
    with tempfile.TemporaryDirectory(prefix="mingzhang-check-") as folder:
        place = settings.model_copy(update={"store": store or Path(folder), "model": ModelSettings()})
        if store is None:
            _take_in(documents, place, progress)
        with Book.open(place.book) as book:
            return items, remarks(items, texts(book))


def told(
    paths: Sequence[Path],
    settings: Settings,
    documents: Sequence[Path],
    store: Path | None,
    require_checked: bool,
    progress: Callable[[int, int, str], None],
) -> str:
    """What `check` finds, as lines for a terminal."""
    items, found = check(
        paths, settings, documents=documents, store=store, require_checked=require_checked, progress=progress
    )
    number = "no remarks" if not found else "one remark" if len(found) == 1 else f"{len(found)} remarks"
    return "\n".join([*found, f"{len(items)} questions can be used; {number}."])


def _take_in(documents: Sequence[Path], settings: Settings, progress: Callable[[int, int, str], None]) -> None:
    from ingest.intake import expand, ingest_files

    files, failed = expand(documents), []
    with Book.open(settings.book, writable=True) as book:
        for done, taken in enumerate(ingest_files(files, book, settings), 1):
            progress(done, len(files), taken.path.name)
            failed += [taken.sentence] if taken.failed else []
    if failed:
        raise EvaluationError("not taken in: " + " ".join(failed))


def texts(book: Book) -> dict[str, Pages]:
    """The text of every document by page."""
    found: dict[str, Pages] = {}
    for disclosure in book.disclosures():
        name = disclosure.name
        pages: dict[int | None, str] = {page.number: page.text for page in book.pages(name)}
        if not any(text.strip() for text in pages.values()):
            prose = [p.text for section in book.sections(name) for p in section.paragraphs]
            pages = {None: "\n".join([*prose, *(cell.text for table in book.tables(name) for cell in table.cells)])}
        found[name] = pages
    return found


def _across(items: Sequence[Gold]) -> Iterator[tuple[str, str]]:
    """Questions asked twice, and groups whose wordings do not share their answer or lie on both sides of a split."""
    asked: dict[tuple[str, str, str | None], Gold] = {}
    groups: dict[str, Gold] = {}
    for item in items:
        first = asked.setdefault((item.question, repr(item.history), item.document), item)
        if first is not item:
            other = "" if first.expect == item.expect else ", and another answer is expected there"
            yield item.id, f"the same is asked by {first.id}{other}"
        if not item.group:
            continue
        member = groups.setdefault(item.group, item)
        if (member.expect.kind, member.expect.value) != (item.expect.kind, item.expect.value):
            yield item.id, f"{member.id} of the same group {item.group!r} expects something else"
        if member.split != item.split:
            yield item.id, f"{member.id} of its group is in split {member.split!r}: one wording gives the other away"


def _alone(item: Gold) -> Iterator[str]:
    expect = item.expect
    if not item.checked.strip():
        yield "no second look is recorded (checked)"
    if expect.kind != "number":
        return
    assert expect.value is not None
    if canonical_unit(expect.unit) not in _UNITS:
        yield f"the unit {expect.unit!r} is none that is known"
    if not expect.has_place and item.document is None:
        yield "no place is named (in, page, row): a right number from a wrong cell will not be told"


def _against(item: Gold, documents: Mapping[str, Pages]) -> Iterator[str]:
    expect, file = item.expect, item.expect.file or item.document
    if file is None:
        return
    if file not in documents:
        yield f"{file!r} is not among the documents"
        return
    pages = documents[file]
    unknown = [page for page in expect.pages if None not in pages and page not in pages]
    if unknown:
        yield f"{file} has no page {unknown[0]}"
    if expect.kind != "number" or expect.value is None:
        return
    wanted = [pages[page] for page in expect.pages if page in pages] or list(pages.values())
    if any(_printed(expect.value, expect.unit, text) for text in wanted):
        if expect.value.as_tuple().exponent == 0 and not any(_exactly(expect.value, text) for text in wanted):
            yield f"{expect.value}{expect.unit} is printed with more digits; type them: the last one sets the tolerance"
        return
    if _worked_out(item, documents):
        return
    elsewhere = [str(page) for page, text in pages.items() if page and _printed(expect.value, expect.unit, text)]
    if elsewhere:
        yield f"{expect.value}{expect.unit} is printed on page {', '.join(elsewhere)} of {file}, not on the page named"
    elif expect.value != 0:
        yield (
            f"{expect.value}{expect.unit} is printed nowhere in {file}; where it is worked out, write the calculation "
            "under checked or note"
        )


def _printed(value: Decimal, unit: str, text: str) -> bool:
    return any(same_number(abs(m.value), abs(value), unit) for m in mentions(normalise(text)))


def _exactly(value: Decimal, text: str) -> bool:
    """Whether a whole number is printed, in any money unit, with no other digits than noughts behind it."""
    shifts = (0, 4, -4, 8, -8)
    return any(abs(m.value) == abs(value).scaleb(shift) for m in mentions(normalise(text)) for shift in shifts)


def _worked_out(item: Gold, documents: Mapping[str, Pages]) -> bool:
    """Whether `checked` or `note` has a calculation over printed numbers that comes to the value."""
    value = item.expect.value
    assert value is not None
    file = item.expect.file or item.document
    texts_of = [text for name, pages in documents.items() if name == file or file is None for text in pages.values()]
    for match in _CALCULATION.finditer(normalise(f"{item.checked} ; {item.note}")):
        written = match[0].replace(",", "").translate(_SIGNS).strip()
        result = arithmetic(written)
        if result is None or not _comes_to(result, value):
            continue
        operands = [
            number for part in re.findall(r"\d+(?:\.\d+)?", written) if (number := parse_number(part)) is not None
        ]
        if all(_shown(number, texts_of) for number in operands):
            return True
    return False


def _comes_to(result: Decimal, value: Decimal) -> bool:
    """Whether a calculation's result is the value: as it is, in percent, or in another money unit."""
    scales = (Decimal(1), Decimal(100), Decimal(10_000), Decimal("0.0001"))
    return any(abs(abs(result * scale) - abs(value)) <= half_last_digit(value) for scale in scales)


def _shown(number: Decimal, texts_of: Collection[str]) -> bool:
    return number in (1, 100) or any(_printed(number, "万元", text) for text in texts_of)
