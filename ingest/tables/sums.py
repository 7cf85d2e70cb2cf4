"""The sums that hold inside a statutory table: a total column over its parts, a class row over the rows below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.accounts import Statement
from corpus.disclosure import Cell, Disclosure, Table
from corpus.figure import Measure, Scheme
from corpus.money import Absence, half_last_digit, parse_number, read_cell
from ingest.page import OVERPRINTED
from ingest.tables.columns import CARRY_IN, Half, Meaning, meanings, parts, printed
from ingest.tables.entries import Entry
from ingest.tables.headers import Matrix
from ingest.tables.hierarchy import entries
from ingest.tables.side_rows import side_flow

SURPLUS = "重复印出的数"
"""How `Cell.repaired` begins for an amount printed once too often: it is no figure and enters no sum."""

_GARBLED = re.compile(r"[^\w]*\d[\d,.]*[.,]\d[^A-Za-z一-鿿]*")
"""An amount with something printed in it that no amount has: no sum must take it for a blank."""
_FISCAL = ("一般公共预算", "政府性基金", "国有资本经营预算", "社会保险基金")
_CARRIED = (CARRY_IN, "使用非财政拨款结余")
_OF_BASIC = ("人员经费", "公用经费")
_THREE = (
    ("三公经费", ("因公出国（境）费", "公务接待费", "公务用车购置及运行费")),
    ("公务用车购置及运行费", ("公务用车购置费", "公务用车运行维护费")),
)


@dataclass(frozen=True, slots=True)
class Sum:
    """`total` equals the sum of `parts`: columns of a row, or rows of a column."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A half of a table with its rows and what its columns mean.

    `values` are its amounts by row and column; one that cannot be read is not a number (NaN), and settles no sum.
    """

    half: Half
    meanings: dict[int, Meaning]
    entries: tuple[Entry, ...]
    values: dict[int, dict[int, Decimal]]

    @property
    def headed(self) -> tuple[int, ...]:
        """The amount columns with a heading."""
        return tuple(self.meanings)


def body(table: Table, matrix: Matrix, half: Half, statement: Statement, disclosure: Disclosure) -> Body:
    """A half with its meanings, entries and numbers. Amount columns without a heading have no meaning."""
    if statement.rows == "function" and statement.flow == "支出" and _is_income(table, half):
        statement = replace(statement, flow="收入", scheme=Scheme.SOURCE)
    flow = side_flow(half, table) if statement.rows == "sides" or statement.flow == "" else ""
    found = meanings(table, half, statement, disclosure, flow)
    rows = entries(table, matrix, half, statement, disclosure)
    values = {
        entry.row: {
            column: value for column in half.amounts if (value := _number(matrix, entry.row, column)) is not None
        }
        for entry in rows
    }
    headed = {column: value for column, value in found.items() if table.columns[column]}
    return Body(half, headed, tuple(rows), values)


def _is_income(table: Table, half: Half) -> bool:
    """Whether the half of an expenditure statement that is printed beside another lists income."""
    leaves = [parts(table.columns[column])[-1] for column in half.amounts if table.columns[column]]
    return len(half.columns) < table.n_columns and bool(leaves) and all("收入" in leaf for leaf in leaves)


def _number(matrix: Matrix, row: int, column: int) -> Decimal | None:
    cell = matrix.area.get((row, column))
    if cell is None or (cell.row, cell.column) != (row, column) or (cell.repaired or "").startswith(SURPLUS):
        return None
    return Decimal("NaN") if is_unreadable(cell) else parse_number(cell.text)


def is_unreadable(cell: Cell) -> bool:
    """Whether an amount stands in a cell that cannot be read: printed over another text, garbled, not calculated."""
    if cell.repaired and cell.repaired.startswith(OVERPRINTED):
        return any(map(str.isdigit, cell.text))
    read = read_cell(cell.text, "")
    return read is Absence.UNREADABLE or (read is None and _GARBLED.fullmatch(cell.text) is not None)


def column_sums(table: Table, found: Mapping[int, Meaning]) -> list[Sum]:
    """The sums that the headings promise within each row, whether or not the numbers keep them.

    A total beside columns of carried-over money may take it in or not: both sums are given (see `likelier`).
    """
    sums: list[Sum] = []
    groups: dict[tuple[object, ...], dict[int, Meaning]] = {}
    for column, value in found.items():
        if value.measure is Measure.AMOUNT and not printed(parts(table.columns[column])[-1]).startswith("其中"):
            groups.setdefault((value.year, value.basis, value.flow), {})[column] = value
    for group in groups.values():
        for funding in dict.fromkeys(value.funding for value in group.values()):
            sums += _components({c: v for c, v in group.items() if v.funding == funding and not v.account})
        for component in dict.fromkeys(value.component for value in group.values()):
            across = list(_fundings({c: v for c, v in group.items() if v.component == component and not v.account}))
            carried = tuple(c for c, v in group.items() if v.component == component and v.account in _CARRIED)
            sums += across
            sums += [Sum(s.total, (*s.parts, *carried)) for s in across if carried and group[s.total].funding == "全部"]
        sums += _three({c: v for c, v in group.items() if v.account})
    return sums


def likelier(sums: Sequence[Sum], wrong: Callable[[Sum], int]) -> list[Sum]:
    """The sums without those of whose total a longer or shorter list of parts is broken by fewer rows."""
    kept_sums = []
    for item in sums:
        rivals = [
            other
            for other in sums
            if other.total == item.total and (set(other.parts) < set(item.parts) or set(item.parts) < set(other.parts))
        ]
        best = min((wrong(other) for other in rivals), default=None)
        longest = all(len(item.parts) > len(other.parts) for other in rivals)
        if best is None or wrong(item) < best or (wrong(item) == best and longest):
            kept_sums.append(item)
    return kept_sums


def _components(columns: Mapping[int, Meaning]) -> Iterable[Sum]:
    by_name = {value.component: column for column, value in columns.items()}
    whole = next((column for column, value in columns.items() if value.plain or value.component == "合计"), None)
    basic = by_name.get("基本支出")
    inner = [by_name[name] for name in _OF_BASIC if name in by_name]
    if basic is not None and len(inner) == 2:
        yield Sum(basic, tuple(inner))
    outer = [c for name, c in by_name.items() if c != whole and not (name in _OF_BASIC and basic is not None)]
    if whole is not None and whole != basic and len(outer) >= 2:
        yield Sum(whole, tuple(outer))


def _fundings(columns: Mapping[int, Meaning]) -> Iterable[Sum]:
    by_name = {value.funding: column for column, value in columns.items()}
    fiscal = by_name.get("财政拨款")
    whole = by_name.get("全部")
    inner = [c for name, c in by_name.items() if name in _FISCAL or name.startswith("上级")]
    if fiscal is not None and len(inner) >= 2:
        yield Sum(fiscal, tuple(inner))
    outer = [c for name, c in by_name.items() if c != whole and not (fiscal is not None and c in inner)]
    if whole is not None and len(outer) >= 2:
        yield Sum(whole, tuple(outer))


def _three(columns: Mapping[int, Meaning]) -> Iterable[Sum]:
    by_name = {value.account: column for column, value in columns.items()}
    for whole, names in _THREE:
        if whole in by_name and all(name in by_name for name in names):
            yield Sum(by_name[whole], tuple(by_name[name] for name in names))


def row_sums(rows: Sequence[Entry]) -> list[Sum]:
    """The sums between coded rows: a class over those directly below it, the total row over the topmost.

    Empty where rows belong to several sub-units, since then the same code stands in several places.
    """
    coded = [entry for entry in rows if entry.code]
    if len({(entry.scheme, entry.code) for entry in coded}) < len(coded) or any(entry.entity for entry in rows):
        return []
    below: dict[str, list[int]] = {}
    codes = {entry.code for entry in coded}
    for entry in coded:
        above = [entry.code[:length] for length in (5, 3) if length < len(entry.code) and entry.code[:length] in codes]
        below.setdefault(above[0] if above else "", []).append(entry.row)
    sums = [Sum(entry.row, tuple(below[entry.code])) for entry in coded if entry.code in below]
    totals = [entry for entry in rows if entry.total and entry.scheme is Scheme.TOTAL and entry.component is None]
    flat = not any(entry.known is False and not entry.total and not entry.code for entry in rows)
    if "" in below and len(totals) == 1 and flat:
        sums.append(Sum(totals[0].row, tuple(below[""])))
    return sums


def holds(total: Decimal | None, addends: Sequence[Decimal | None]) -> bool:
    """Whether printed amounts add up within what the rounding of each of them explains; a blank adds nothing."""
    numbers = [value for value in addends if value is not None]
    whole = total if total is not None else Decimal(0)
    slack = sum((half_last_digit(value) for value in [whole, *numbers]), Decimal(0))
    return abs(whole - sum(numbers, Decimal(0))) <= (slack if numbers else Decimal(0))


def kept(sum_: Sum, value: Callable[[int], Decimal | None]) -> bool | None:
    """Whether a sum holds for the amounts that `value` gives; None where none has one, or one cannot be read."""
    total = value(sum_.total)
    addends = [value(part) for part in sum_.parts]
    told = [amount for amount in (total, *addends) if amount is not None]
    if not told or any(amount.is_nan() for amount in told):
        return None
    return holds(total, addends)
