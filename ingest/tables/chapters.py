"""Several sets of statutory tables in one file: whose each is, where a paper holds chapters of other units.

A set begins where kinds of tables that a disclosure has once begin anew. Its unit is the one that stands above its
tables, alone on a line before them, or in the heading of its chapter. Where none of these names it and its totals are
not those of the first set, it is nobody's that can be told, and not the issuer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.accounts import clean_name
from corpus.disclosure import Disclosure, Level, Table
from corpus.money import parse_number
from ingest.layout.headings import numbering, squeezed
from ingest.layout.issuers import as_issuer, clean_issuer
from ingest.layout.layout import Placed

CHAPTER = "章节单位"
"""What stands before the unit of a chapter at the end of its tables' section."""
ISSUED = "编制单位"
"""What stands there before the unit that is named above a table."""

_ONCE = frozenset(
    {
        "income_expenditure", "income", "expenditure", "fiscal_income_expenditure", "general_expenditure",
        "general_income_expenditure", "fiscal_expenditure", "basic_economic", "three_public", "fund_expenditure",
        "state_capital",
    }
)  # fmt: skip
"""Kinds of tables that one unit's disclosure has once."""
_FEWEST = 3
"""So many of these kinds make a set, and so many of them must come again."""
_ABOUT = re.compile(r"(?:部门|单位)?(?:概况|基本情况|情况说明|预算情况|决算情况|预算说明|公开说明|有关说明)$")


@dataclass(slots=True)
class _Set:
    """Tables in order (by their index) that belong to one unit."""

    tables: list[int] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    owner: str = ""


def with_chapters(tables: Sequence[Table], placed: Sequence[Placed], disclosure: Disclosure) -> list[Table]:
    """The tables, those of other units' chapters with `CHAPTER` and the unit at the end of their section."""
    sets = _sets(tables)
    if len(sets) < 2:
        return list(tables)
    for k, one in enumerate(sets):
        one.owner = _named(one, tables, placed, sets[k - 1] if k else None)
    issuer = clean_name(disclosure.issuer)
    if any(one.owner and not _same(one.owner, issuer) for one in sets) and not any(
        not one.owner or _same(one.owner, issuer) for one in sets
    ):
        sets[0].owner = ""  # the issuer calls itself otherwise: the first set is its own
    done = list(tables)
    for number, one in enumerate(sets, 1):
        owner = one.owner
        if not owner and number > 1 and _is_anothers(one, sets[0], tables, disclosure):
            owner = f"未写明单位的第{number}套报表"
        if owner and not _same(owner, issuer):
            for index in one.tables:
                section = re.sub(rf"(?: / )?{ISSUED}:[^/]+$", "", done[index].section)
                done[index] = replace(done[index], section=f"{section} / {CHAPTER}:{owner}".removeprefix(" / "))
    return done


def chapter_of(path: Sequence[str], tables: Sequence[Table]) -> str:
    """The unit of whose chapter a section is, "" where it is none whose tables are told to be another's."""
    owners = {owner for table in tables if (owner := owner_told(table))}
    return next((name for title in reversed(path) if (name := _of_heading(title)) in owners), "") if owners else ""


def owner_told(table: Table) -> str:
    """The unit of the chapter in which a table stands, "" for the issuer's own."""
    found = re.search(rf"{CHAPTER}:([^/]+)$", table.section)
    return found.group(1) if found else ""


def unnamed_sets(tables: Sequence[Table]) -> list[str]:
    """A sentence for each set of tables of which nothing says whose it is."""
    pages: dict[str, str] = {}
    for table in tables:
        owner = owner_told(table)
        if owner.startswith("未写明"):
            pages.setdefault(owner, f"（第{table.pages[0]}页起）" if table.pages else f"（自《{table.title}》起）")
    return [f"本文件有几套报表，{owner}{where}不知属于哪个单位，其数字不计入本单位。" for owner, where in pages.items()]


def _sets(tables: Sequence[Table]) -> list[_Set]:
    """The sets of a document in order; tables of other kinds belong to the set that they stand in."""
    sets = [_Set()]
    for index, table in enumerate(tables):
        if table.kind in _ONCE and table.kind in sets[-1].kinds:
            sets.append(_Set())
        sets[-1].tables.append(index)
        if table.kind in _ONCE:
            sets[-1].kinds.setdefault(table.kind, index)
    merged: list[_Set] = []
    for one in sets:
        if merged and (len(one.kinds) < _FEWEST or len(merged[0].kinds.keys() & one.kinds.keys()) < _FEWEST):
            merged[-1].tables += one.tables
            merged[-1].kinds = one.kinds | merged[-1].kinds
        else:
            merged.append(one)
    return merged


def _named(one: _Set, tables: Sequence[Table], placed: Sequence[Placed], before: _Set | None) -> str:
    """The unit that a set says it is of."""
    first = min(one.kinds.values(), default=one.tables[0])
    above = [found.group(1) for index in one.kinds.values() if (found := _ISSUED.search(tables[index].section))]
    alone = [name for line in (*placed[first].before, placed[first].after) if (name := _alone(line))]
    old = placed[min(before.kinds.values(), default=before.tables[0])].section if before else ()
    path = placed[first].section
    headings = [name for title in reversed(path) if title not in old and (name := _of_heading(title))]
    labels = {re.sub(r"^\d+[-—]?", "", clean_name(name)) for name in above}
    return next(iter([*(labels if len(labels) == 1 else ()), *alone, *headings]), "")


_ISSUED = re.compile(rf"{ISSUED}:([^/]+)$")


def _alone(line: str) -> str:
    """The unit whose name is all that a line says."""
    name = clean_issuer(line)
    return name if name and squeezed(line) == name else ""


def _of_heading(title: str) -> str:
    """The unit that the heading of a chapter names."""
    number = numbering(title)
    bare = _ABOUT.sub("", squeezed(number.rest if number and number.rest else title))
    return clean_name(as_issuer(bare)) if bare else ""


def _same(name: str, issuer: str) -> bool:
    return (name in issuer or issuer in name) and not (name != issuer and re.search(r"本级）?$", name))


def _is_anothers(one: _Set, first: _Set, tables: Sequence[Table], disclosure: Disclosure) -> bool:
    """Whether a set without a name is not the first one printed again, nor one of another year or kind of account."""
    titles = "".join(tables[index].title + tables[index].section for index in one.kinds.values())
    years = {int(year) for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", titles)}
    other = "决算" if disclosure.basis.value == "预算" else "年预算"
    if (years and disclosure.year not in years) or other in titles or disclosure.level is Level.GOVERNMENT:
        return False
    pairs = [
        (_largest(tables[first.kinds[kind]]), _largest(tables[index]))
        for kind, index in one.kinds.items()
        if kind in first.kinds
    ]
    told = [(ours, theirs) for ours, theirs in pairs if ours and theirs]
    return len(told) > 1 and all(ours != theirs for ours, theirs in told)


def _largest(table: Table) -> Decimal:
    return max(_amounts(table), default=Decimal(0))


def _amounts(table: Table) -> Iterator[Decimal]:
    """The amounts of a table, codes and counts left out."""
    for cell in table.cells:
        value = parse_number(cell.text) if "." in cell.text else None
        if value is not None:
            yield value
