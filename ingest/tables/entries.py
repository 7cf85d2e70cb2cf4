"""One row of a statutory table as an entry, and what rows of all kinds of tables share: totals, balances, whose row it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.accounts import Account, Statement, clean_name
from corpus.disclosure import Disclosure
from corpus.figure import Scheme
from ingest.tables.columns import THIS_YEAR_INCOME, Half, printed
from ingest.tables.headers import Matrix, is_total

INCOME_THIS_YEAR, EXPENSE_THIS_YEAR = THIS_YEAR_INCOME, "本年支出合计"
UNIT_NAME = re.compile(
    r".{2,}(?:局|中心|办公室|办|院|校|所|队|站|厅|委|会|处|馆|政府|大学|中学|小学|幼儿园|公司|本级|\(本级\)|（本级）|机关|基地|园|场|台|社|部|镇|乡|街道)$"
)
"""A name of a unit."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One body row of a half. `path` names the classes above it; "" or None where the row says nothing of the kind.

    `total` marks rows that add up others. `flow`, `funding`, `component` override what the column says.
    """

    row: int
    label: str
    scheme: Scheme
    account: str
    code: str = ""
    path: tuple[str, ...] = ()
    total: bool = False
    entity: str = ""
    flow: str | None = None
    funding: str | None = None
    component: str | None = None
    known: bool = True
    """False where the account is only the name as printed."""


def entity_of(matrix: Matrix, row: int, half: Half, disclosure: Disclosure) -> str:
    """The unit that a row names in a column of units, "" for the issuer itself and where it names none."""
    names = [matrix.text(row, column) for column in half.units]
    words = [name for name in names if name and not printed(name).isdigit() and not is_total(name)]
    return as_entity(clean_name(words[-1]), disclosure) if words else ""


def as_entity(name: str, disclosure: Disclosure) -> str:
    """A sub-unit's name, "" for the issuer itself."""
    bare = re.sub(r"^\d+[-—]?(?=[^\d])|（本级）$|本级$", "", name)
    return "" if bare == clean_name(disclosure.issuer) and bare == name else name


def sum_row(row: int, label: str, statement: Statement, *, grand: bool = False) -> Entry:
    """The total row; `grand` where another row is the year's own total, so that this one holds carried-over money."""
    account = INCOME_THIS_YEAR if statement.flow == "收入" else EXPENSE_THIS_YEAR
    if grand:
        account = "收入总计" if statement.flow == "收入" else "支出总计"
    return Entry(row, label, Scheme.TOTAL, account, total=True)


def balance(row: int, label: str, item: Account, funding: str | None = None) -> Entry:
    """A row of money carried in or out, or given to others."""
    flow = "结余" if item.scheme is Scheme.BALANCE else "收入"
    return Entry(row, label, item.scheme, item.name, flow=flow, funding=funding)
