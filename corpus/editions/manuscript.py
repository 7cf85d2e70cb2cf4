"""Reads the manuscript of an edition: a small text format that a person can edit by hand.

A manuscript opens with ``name: value`` lines up to ``---``; then come blocks::

    # 第二部分 预算说明            heading (``#``, ``##`` or ``###``)
    收入预算为10.00万元。          paragraph, one per line
    = contents numbered            contents, one entry per line up to ``= end``; ``numbered`` prints page numbers
    = table 收入预算总表           table, up to ``= end``
    unit: 单位：万元               line above the grid (``left | right``)
    columns: l40 r30 r30           alignment and relative width of each column
    header: 2                      number of header rows
    --
    科目	预算数	<                   cells separated by tabs
    ^	小计	其中：财政拨款
    合计	10.00	10.00
    = page                         the table goes on over a new page from here
    = end

A cell is merged with its left neighbour by ``<`` and with the cell above by ``^``; ``!`` means that the row has no cell
there; an empty cell is a blank cell in print, and blank cells at the end of a row may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MERGE_LEFT, MERGE_UP, NO_CELL = "<", "^", "!"


class ManuscriptError(ValueError):
    """A manuscript cannot be read; the message names the file and the line."""


@dataclass(frozen=True)
class Heading:
    """A heading of the running text; ``level`` is 1 for a part, 2 and 3 below it."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of prose, or a note under a table."""

    text: str


@dataclass(frozen=True)
class Contents:
    """A list of contents; with ``numbered`` each entry that is found in the text gets its page number."""

    entries: tuple[str, ...]
    numbered: bool


@dataclass(frozen=True)
class Cell:
    """A cell as drawn: its text and how many rows and columns it covers."""

    text: str
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True)
class Table:
    """A ruled table. ``rows`` holds the raw cells with their merge marks, padded to the number of columns."""

    title: str
    columns: tuple[tuple[str, int], ...]
    header: int
    rows: tuple[tuple[str, ...], ...]
    label: str = ""
    unit: tuple[str, str] = ("", "")
    wide: bool = False
    repeat: bool = False
    same_page: bool = False
    page_breaks: frozenset[int] = frozenset()

    def drawn(self) -> list[list[Cell]]:
        """The cells of each row as drawn, merged cells once, at their first position."""
        owner = self._owners()
        extent: dict[tuple[int, int], tuple[int, int]] = {}
        for (row, column), (top, left) in owner.items():
            height, width = extent.get((top, left), (1, 1))
            extent[top, left] = (max(height, row - top + 1), max(width, column - left + 1))
        return [
            [
                Cell(text, column, *extent[number, column])
                for column, text in enumerate(row)
                if owner.get((number, column)) == (number, column)
            ]
            for number, row in enumerate(self.rows)
        ]

    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Position of every cell → position of the cell that is drawn over it."""
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        for number, row in enumerate(self.rows):
            for column, text in enumerate(row):
                if text == MERGE_LEFT:
                    owner[number, column] = owner[number, column - 1]
                elif text == MERGE_UP:
                    owner[number, column] = owner[number - 1, column]
                elif text != NO_CELL:
                    owner[number, column] = (number, column)
        return owner


Block = Heading | Paragraph | Contents | Table


@dataclass(frozen=True)
class Manuscript:
    """An edition before typesetting: its ``name: value`` lines and its blocks in reading order."""

    name: str
    about: dict[str, str]
    blocks: tuple[Block, ...] = field(default=())

    @property
    def tables(self) -> list[Table]:
        """The tables in reading order."""
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def prose(self) -> str:
        """Headings and paragraphs, one a line."""
        return "\n".join(block.text for block in self.blocks if isinstance(block, Heading | Paragraph))


def read_manuscript(path: Path) -> Manuscript:
    """Read one manuscript file; raises ManuscriptError with file and line where it cannot be read."""
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    try:
        about = _attributes(lines, until="---")
        return Manuscript(path.stem, about, tuple(_blocks(lines)))
    except ManuscriptError as error:
        raise ManuscriptError(f"{path.name}: {error}") from error


Lines = Iterator[tuple[int, str]]


def _attributes(lines: Lines, until: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in lines:
        if line.strip() == until:
            return found
        name, colon, value = line.partition(":")
        if not colon:
            raise ManuscriptError(f"line {number}: expected 'name: value' or '{until}', found {line!r}")
        found[name.strip()] = value.strip()
    raise ManuscriptError(f"'{until}' is missing")


def _blocks(lines: Lines) -> Iterator[Block]:
    for number, line in lines:
        if line.startswith("= table "):
            yield _table(line.removeprefix("= table ").strip(), lines, number)
        elif line.startswith("= contents"):
            yield Contents(tuple(entry for _, entry in _until_end(lines) if entry.strip()), line.endswith(" numbered"))
        elif line.startswith("="):
            raise ManuscriptError(f"line {number}: unknown block {line!r}")
        elif match := re.match(r"(#{1,3}) +(.+)", line):
            yield Heading(len(match[1]), match[2].strip())
        elif line.strip():
            yield Paragraph(line.strip())


def _until_end(lines: Lines) -> Lines:
    for number, line in lines:
        if line.strip() == "= end":
            return
        yield number, line
    raise ManuscriptError("'= end' is missing")


def _table(title: str, lines: Lines, start: int) -> Table:
    about = _attributes(lines, until="--")
    columns = tuple((spec[0], int(spec[1:])) for spec in about["columns"].split())
    rows: list[tuple[str, ...]] = []
    breaks: set[int] = set()
    for number, line in _until_end(lines):
        if line.strip() == "= page":
            breaks.add(len(rows))
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > len(columns):
            raise ManuscriptError(f"line {number}: {len(cells)} cells in a table of {len(columns)} columns")
        rows.append(tuple(cells + [""] * (len(columns) - len(cells))))
    if not rows:
        raise ManuscriptError(f"line {start}: table {title!r} has no rows")
    left, bar, right = about.get("unit", "").partition("|")
    return Table(
        title=title,
        columns=columns,
        header=int(about.get("header", "1")),
        rows=tuple(rows),
        label=about.get("label", ""),
        unit=(left.strip(), right.strip()) if bar else ("", left.strip()),
        wide=about.get("page") == "wide",
        repeat=about.get("repeat") == "yes",
        same_page=about.get("start") == "same",
        page_breaks=frozenset(breaks),
    )
