"""A disclosure being written: numbered tables with a family's unit line, headings, running text."""

from __future__ import annotations

from collections.abc import Sequence

from eval.synthetic.blocks import Heading, Paper, Sheet, Style
from eval.synthetic.prose import PROSE
from eval.synthetic.statutory import Rows
from eval.synthetic.tables import Column, spending
from eval.synthetic.unit import PROJECT, RUNNING, STAFF, Unit

BASIC = (STAFF, RUNNING)


class Draft:
    """A disclosure being written: numbered tables with the family's unit line."""

    def __init__(
        self, family: str, unit: Unit, style: Style, *, numbering: str, issuer: str, basis: str = "预算"
    ) -> None:
        suffix = "年度部门决算" if basis == "决算" else "年部门预算"
        self.paper = Paper(family, f"{unit.name}{unit.year}{suffix}", unit.name, unit.year, basis)
        self.unit = unit
        self.style = style
        self.numbering = numbering
        self.issuer = issuer
        self.count = 0

    def table(self, title: str, head: Rows, rows: Rows, notes: Sequence[str] = (), unit: str = "") -> None:
        """The next table."""
        self.count += 1
        number = self.numbering.format(self.count) if self.numbering else ""
        issuer = self.issuer.format(self.unit.name)
        self.paper.blocks.append(Sheet(title, number, unit or self.style.unit, issuer, head, rows, tuple(notes)))

    def heading(self, text: str, level: int = 1) -> None:
        """A heading."""
        self.paper.blocks.append(Heading(text, level))

    def prose(self, kind: str) -> None:
        """The family's running text."""
        self.paper.blocks += PROSE[kind](self.unit)


def component_columns(
    unit: Unit, over: str, fundings: Sequence[str], funding: str, words: Sequence[str]
) -> list[Column]:
    """合计 | 基本支出 | 项目支出 under one heading ("" for none)."""
    top = (over,) if over else ()
    return [
        spending(unit, (*top, words[0]), fundings=fundings, funding=funding),
        spending(unit, (*top, words[1]), components=BASIC, fundings=fundings, word="基本支出", funding=funding),
        spending(unit, (*top, words[2]), components=(PROJECT,), fundings=fundings, word="项目支出", funding=funding),
    ]
