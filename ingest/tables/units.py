"""The money unit of a table that prints none: judged from the amounts it shares with tables that do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.disclosure import Table
from corpus.money import MONEY_UNITS, Amount, parse_number
from ingest.tables.headers import is_amount

_FEWEST_SHARED = 2
"""Distinct amounts that two tables must share before one lends the other its unit."""


def with_units(tables: Sequence[Table]) -> list[Table]:
    """The tables, each with a unit where one is printed or can be proven.

    A table without a unit gets the one in which its largest amounts recur in tables whose unit is known. When several
    units fit, or none does, it stays without: an amount whose unit is not known is not an amount.
    """
    statutory = [table for table in tables if table.header_rows and table.kind not in ("unit_list", "generic")]
    known = {amount for table in statutory if table.unit is not None for amount in _in_yuan(table, table.unit)}
    wanting = {table.id for table in statutory if table.unit is None}
    return [replace(table, unit=_proven(table, known)) if table.id in wanting else table for table in tables]


def _numbers(table: Table) -> list[Decimal]:
    cells = [cell for cell in table.cells if cell.row >= table.header_rows and is_amount(cell.text)]
    return [value for cell in cells if (value := parse_number(cell.text)) is not None and value]


def _in_yuan(table: Table, unit: str) -> set[Decimal]:
    return {Amount(value, unit).to("元").value.normalize() for value in _numbers(table)}


def _proven(table: Table, known: set[Decimal]) -> str | None:
    """The one unit in which the table's amounts recur elsewhere; its largest amount must be among them."""
    numbers = set(_numbers(table))
    if not numbers:
        return None
    shared = Counter({unit: len(_in_yuan(table, unit) & known) for unit in MONEY_UNITS})
    fitting = [unit for unit, count in shared.items() if count >= min(_FEWEST_SHARED, len(numbers))]
    largest = [unit for unit in fitting if Amount(max(numbers), unit).to("元").value.normalize() in known]
    return largest[0] if len(largest) == 1 else None
