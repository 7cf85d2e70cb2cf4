"""The money unit of a table that prints none: judged from the amounts it shares with tables that do, or with the prose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.disclosure import Section, Table
from corpus.money import MONEY_UNITS, Amount, mentions, parse_number
from ingest.tables.headers import is_amount

_FEWEST_SHARED = 2
"""Distinct amounts that two tables must share before one lends the other its unit."""

_ENOUGH = 4
"""Distinct amounts that need not have the largest one among them, which may be last year's."""
_SAME_SIZE = 3
"""Last year's amounts may be larger than any of this year's, but no more than so many times."""


def told_in(sections: Sequence[Section]) -> set[Decimal]:
    """The amounts of money that sentences tell with their unit, in 元."""
    return {
        Amount(mention.value, mention.unit).to("元").value.normalize()
        for section in sections
        for paragraph in section.paragraphs
        for mention in mentions(paragraph.text)
        if mention.unit in MONEY_UNITS and mention.value
    }


def with_units(tables: Sequence[Table], told: Collection[Decimal] = ()) -> list[Table]:
    """The tables, each with a unit where one is printed or can be proven.

    A table without a unit gets the one in which its largest amounts recur in tables whose unit is known. When several
    units fit, or none does, it stays without: an amount whose unit is not known is not an amount. Only where the first
    table prints the one unit of the document, and all that can be proven is in that unit, the others are in it too. What no
    table proves the sentences may: `told` are their amounts in 元.
    """
    printed = {table.id: table.unit for table in tables if table.unit is not None}
    found = dict(printed)
    while True:
        statutory = [table for table in tables if table.header_rows and table.kind not in ("unit_list", "generic")]
        known = {amount for table in statutory if table.id in found for amount in _in_yuan(table, found[table.id])}
        proven = {t.id: unit for t in statutory if t.id not in found and (unit := _proven(t, known))}
        if not proven:
            break
        found |= proven
    whole = _said_once(statutory, printed, found)
    if whole is not None:
        most = _SAME_SIZE * max(known, default=Decimal(0))
        for table in statutory:
            if table.id not in found and max(_in_yuan(table, whole), default=Decimal(0)) <= most:
                found[table.id] = whole
    found |= {t.id: unit for t in statutory if t.id not in found and (unit := _proven(t, set(told)))}
    return [replace(table, unit=found.get(table.id)) for table in tables]


def _said_once(tables: Sequence[Table], printed: Mapping[str, str], found: Mapping[str, str]) -> str | None:
    """The unit that the first table prints for all, None where other tables print theirs or prove another."""
    told = [table.id for table in tables if table.id in printed]
    once = len(told) == 1 and told[0] == tables[0].id and len(tables) > 1
    alike = len(set(printed.values())) == 1 and set(found.values()) == set(printed.values())
    return printed[told[0]] if once and alike and len(found) > len(printed) else None


def _numbers(table: Table) -> list[Decimal]:
    """The amounts of a table, class codes left out: where amounts have decimals or commas, a bare number is none."""
    texts = [cell.text for cell in table.cells if cell.row >= table.header_rows and is_amount(cell.text)]
    marked = [text for text in texts if "." in text or "," in text]
    return [value for text in marked or texts if (value := parse_number(text)) is not None and value]


def _in_yuan(table: Table, unit: str) -> set[Decimal]:
    return {Amount(value, unit).to("元").value.normalize() for value in _numbers(table)}


def _adds_up(table: Table, largest: Decimal) -> bool:
    """Whether a table's largest amount is the sum of the others in its column: then it alone may prove the unit."""
    columns: dict[int, list[Decimal]] = {}
    for cell in table.cells:
        value = parse_number(cell.text) if cell.row >= table.header_rows and is_amount(cell.text) else None
        if value is not None:
            columns.setdefault(cell.column, []).append(value)
    return any(
        max(values) == largest and len(values) > _FEWEST_SHARED and sum(values) == 2 * largest
        for values in columns.values()
    )


def _proven(table: Table, known: set[Decimal]) -> str | None:
    """The one unit in which the table's amounts recur elsewhere: its largest among them, or many of them."""
    numbers = set(_numbers(table))
    if not numbers:
        return None
    shared = Counter({unit: len(_in_yuan(table, unit) & known) for unit in MONEY_UNITS})
    fitting = [unit for unit, count in shared.items() if count >= min(_FEWEST_SHARED, len(numbers))]
    largest = [unit for unit in fitting if Amount(max(numbers), unit).to("元").value.normalize() in known]
    if not fitting and _adds_up(table, max(numbers)):
        whole = [unit for unit in MONEY_UNITS if Amount(max(numbers), unit).to("元").value.normalize() in known]
        return whole[0] if len(whole) == 1 else None
    if not largest and len(fitting) == 1 and shared[fitting[0]] >= _ENOUGH:
        return fitting[0]
    return largest[0] if len(largest) == 1 else None
