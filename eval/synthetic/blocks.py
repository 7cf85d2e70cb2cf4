"""What a synthetic disclosure is made of: headings, paragraphs and tables whose cells know the fact they state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.money import MONEY_UNITS


@dataclass(frozen=True, slots=True)
class Key:
    """A fact's words as `corpus.figure` defines them; `account` is the code where the scheme has codes."""

    scheme: str
    account: str
    flow: str
    funding: str
    component: str
    year: int
    basis: str
    measure: str = "金额"


@dataclass(frozen=True, slots=True)
class Fact:
    """A key with its value and unit, where it stands, and the account's name for asking after it."""

    key: Key
    value: Decimal
    unit: str
    name: str
    table: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: its text, how far it reaches, and the fact it states, if any."""

    text: str = ""
    across: int = 1
    down: int = 1
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: `head` and `rows` hold entries in print order; merged positions are left out, as in HTML."""

    title: str
    number: str
    unit: str
    issuer: str
    head: tuple[tuple[Entry, ...], ...]
    rows: tuple[tuple[Entry, ...], ...]
    notes: tuple[str, ...] = ()
    foot_unit: bool = True
    """Whether 单位：… is printed above the table (always, unless the document says it once for all)."""

    @property
    def width(self) -> int:
        """How many columns the grid has."""
        return sum(entry.across for entry in self.head[0])


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the running text; `level` counts from 1."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph and the facts it states."""

    text: str
    facts: tuple[Fact, ...] = ()


Block = Heading | Prose | Sheet


@dataclass(slots=True)
class Paper:
    """One disclosure, ready to be drawn."""

    family: str
    name: str
    issuer: str
    year: int
    basis: str
    blocks: list[Block] = field(default_factory=list)
    planted: str = ""
    """The printed amount that was changed, "" for a clean document."""
    where: str = ""

    def facts(self) -> list[Fact]:
        """Every fact that its tables and paragraphs state, in order."""
        found: list[Fact] = []
        for block in self.blocks:
            if isinstance(block, Prose):
                found += block.facts
            elif isinstance(block, Sheet):
                found += [replace(e.fact, table=block.title) for row in block.rows for e in row if e.fact]
        return found


@dataclass(frozen=True, slots=True)
class Style:
    """How a family prints amounts: the tables' unit, thousands commas, and what stands for nothing."""

    unit: str = "万元"
    commas: bool = False
    nothing: str = ""

    def text(self, yuan: Decimal) -> str:
        """An amount given in 元 as a table of this style prints it."""
        if not yuan:
            return self.nothing
        value = in_unit(yuan, self.unit)
        return f"{value:,.2f}" if self.commas else f"{value:.2f}"


def in_unit(yuan: Decimal, unit: str) -> Decimal:
    """An amount in 元 as a two-digit decimal of another money unit."""
    return (yuan / MONEY_UNITS[unit]).quantize(Decimal("0.01"))


def amount(style: Style, yuan: Decimal, key: Key | None, name: str, *, across: int = 1, down: int = 1) -> Entry:
    """A cell with an amount given in 元. A cell without an amount states no fact that is scored."""
    fact = Fact(key, in_unit(yuan, style.unit), style.unit, name) if key is not None and yuan else None
    return Entry(style.text(yuan), across, down, fact)


def heads(*rows: Sequence[str | tuple[str, int, int]]) -> tuple[tuple[Entry, ...], ...]:
    """Header rows from texts, or (text, columns across, rows down)."""
    return tuple(tuple(Entry(c) if isinstance(c, str) else Entry(*c) for c in row) for row in rows)


def row(*texts: str | Entry) -> tuple[Entry, ...]:
    """A body row; plain texts become cells."""
    return tuple(Entry(text) if isinstance(text, str) else text for text in texts)
