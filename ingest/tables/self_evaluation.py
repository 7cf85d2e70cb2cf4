"""What a self-evaluation sheet says of the money and of what was reached, column by column.

The money stands under 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分. Exporters drop blank cells, and the label's
cell may stand in a row of its own, so that amounts are no longer under their headings. A row with as many values as
headings is read in their order; a shorter one by the columns where its label stands in the same row and the printed rate
does not speak against it, else only where 执行数 ÷ 全年预算数 gives the printed rate; otherwise it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.disclosure import Basis, Cell, Table
from corpus.figure import Measure
from corpus.indicators import Indicator, indicators
from corpus.money import Amount, half_last_digit, normalise, parse_number, parts_numbers
from ingest.tables.columns import printed
from ingest.tables.target_lists import BOUND

RATE = "执行率"
_OTHER = "其他"
_FEWEST_BASES = 2
_LONGEST_HEADING = 16
_BASES = {
    Basis.INITIAL: re.compile(r"年初预算"),
    Basis.ADJUSTED: re.compile(r"全年预算|调整.*预算"),
    Basis.BUDGET: re.compile(r"^预算(?:数|金额|资金|安排数?)"),
    Basis.EXECUTED: re.compile(r"执行(?:数|金额)|决算数|实际支出"),
}

_NUMBER = re.compile(
    r"(?:[≥≤=><〉〈＝]|达到?|完成|约|共|已|为)*(?P<number>-?\d[\d,]*(?:\.\d+)?)(?P<unit>[(（]?[^\d.,\s()（）年月日]{1,6}[)）]?|年)?(?:以上|左右)?"
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings of the amounts from the first basis on: what each is (a basis, RATE or another) and its column."""

    kinds: tuple[Basis | str, ...]
    at: tuple[int, ...]

    def under(self, column: int) -> Basis | str:
        """What stands in a column, "" for none of the headings."""
        return next((kind for kind, at in zip(self.kinds, self.at, strict=True) if at == column), "")


def amount_columns(cells: Sequence[Cell]) -> Columns | None:
    """The columns that a row of headings announces, None for a row that is none."""
    kinds = [(_kind(printed(cell.text)), cell.column) for cell in cells]
    bases = [index for index, (kind, _) in enumerate(kinds) if isinstance(kind, Basis)]
    if len(bases) < _FEWEST_BASES:
        return None
    kinds = kinds[bases[0] :]
    return Columns(tuple(kind for kind, _ in kinds), tuple(column for _, column in kinds))


def _kind(text: str) -> Basis | str:
    if len(text) > _LONGEST_HEADING:
        return _OTHER
    if "率" in text:
        return RATE if re.search(r"执行率|完成率|支出率", text) else _OTHER
    return next((basis for basis, pattern in _BASES.items() if pattern.search(text)), _OTHER)


def row_amounts(cells: Sequence[Cell], columns: Columns, *, labelled: bool) -> list[tuple[Basis | str, Cell, Decimal]]:
    """The amounts and the rate of spending of a row, [] where nothing tells which is which.

    `cells` are the row's values without its label, `labelled` whether the label stands in the same row.
    """
    read = [(cell, value_of(cell)) for cell in cells]
    values = [(cell, value) for cell, value in read if value is not None]
    if len(values) != len(read) or not values:
        return _by_column(values, columns) if labelled else []
    if len(values) == len(columns.kinds):
        in_order = [(kind, cell, value) for kind, (cell, value) in zip(columns.kinds, values, strict=True)]
        return _kept(in_order)
    placed = _by_column(values, columns) if labelled else []
    if placed and not _contradicted(placed):
        return placed
    return _by_rate(values, columns)


def value_of(cell: Cell) -> Decimal | None:
    """A cell's number, a rate's without its sign; None for words and for marks such as /."""
    return parse_number(cell.text.strip().removesuffix("%").removesuffix("％"))


def _is_rate(cell: Cell) -> bool:
    return normalise(cell.text).strip().endswith("%")


def _kept(placed: Sequence[tuple[Basis | str, Cell, Decimal]]) -> list[tuple[Basis | str, Cell, Decimal]]:
    """Amounts under a basis and a rate that is printed with its sign."""
    return [
        (kind, cell, value) for kind, cell, value in placed
        if (isinstance(kind, Basis) and not _is_rate(cell)) or (kind == RATE and _is_rate(cell))
    ]  # fmt: skip


def _by_column(values: Sequence[tuple[Cell, Decimal]], columns: Columns) -> list[tuple[Basis | str, Cell, Decimal]]:
    return _kept([(columns.under(cell.column), cell, value) for cell, value in values])


def _contradicted(placed: Sequence[tuple[Basis | str, Cell, Decimal]]) -> bool:
    """Whether the printed rate is not that of the amounts as they were placed, or stands where no rate belongs."""
    found = {kind: (cell, value) for kind, cell, value in placed}
    budget = found.get(Basis.ADJUSTED) or found.get(Basis.BUDGET) or found.get(Basis.INITIAL)
    spent, rate = found.get(Basis.EXECUTED), found.get(RATE)
    if rate is None or budget is None or spent is None:
        return rate is None and len(found) < _FEWEST_BASES
    return not is_rate_of(rate[0], spent[1], budget[1])


def is_rate_of(cell: Cell, spent: Decimal, budget: Decimal) -> bool:
    """Whether a printed rate is spent ÷ budget, to the digits that are printed (rounded or cut off)."""
    rate = value_of(cell)
    if rate is None or not budget:
        return False
    return abs(spent / budget * 100 - rate) <= 2 * half_last_digit(rate)


def _by_rate(values: Sequence[tuple[Cell, Decimal]], columns: Columns) -> list[tuple[Basis | str, Cell, Decimal]]:
    """Two amounts of which the second is the printed rate of the first: the year's budget and what was spent of it."""
    at = next((index for index, (cell, _) in enumerate(values) if _is_rate(cell)), None)
    if at is None or RATE not in columns.kinds:
        return []
    marked = columns.kinds.index(RATE) - max(i for i, kind in enumerate(columns.kinds) if isinstance(kind, Basis)) - 1
    amounts = values[: at - marked] if marked > 0 else values[:at]
    if len(amounts) != 2 or Basis.EXECUTED not in columns.kinds:
        return []
    (budget, planned), (paid, spent) = amounts
    if planned == spent or not is_rate_of(values[at][0], spent, planned):
        return []  # of three equal amounts, any one may be the missing one
    kind = next(basis for basis in (Basis.ADJUSTED, Basis.BUDGET, Basis.INITIAL) if basis in columns.kinds)
    return [(kind, budget, planned), (Basis.EXECUTED, paid, spent), (RATE, *values[at])]


def number_of(text: str) -> tuple[Decimal, str] | None:
    """The one number of a cell with its unit, None where it holds none, several, or words.

    >>> number_of("≥120米"), number_of("50"), number_of("达成预期指标")
    ((Decimal('120'), '米'), (Decimal('50'), ''), None)
    """
    bare = BOUND.sub("", re.sub(r"\s+", "", normalise(text)))
    found = _NUMBER.fullmatch(bare)
    value = parse_number(found["number"]) if found is not None and not parts_numbers(text) else None
    if found is None or value is None:
        return None
    return value, (found["unit"] or "").strip("()（）").replace("百分比", "%")


def reached_values(indicator: Indicator) -> Iterator[tuple[Cell, Amount, Measure]]:
    """The target of an indicator and what was reached of it, where the cells hold numbers; a bare one in the sheet's unit
    or, of what was reached, in that of the target."""
    planned = number_of(indicator.target.text) if indicator.target is not None else None
    for cell, measure in ((indicator.target, Measure.TARGET), (indicator.actual, Measure.ACHIEVED)):
        stated = number_of(cell.text) if cell is not None else None
        if cell is not None and stated is not None:
            unit = stated[1] or indicator.unit or (planned[1] if planned else "") or _percent(indicator, stated[0])
            yield cell, Amount(stated[0], unit), measure


def _percent(indicator: Indicator, value: Decimal) -> str:
    """The unit of a rate that the sheet prints without its sign (验收合格率 100)."""
    return "%" if indicator.name.endswith(("率", "满意度")) and 1 < value <= 100 else ""


def by_row(table: Table) -> dict[int, Indicator]:
    """The indicators of a self-evaluation by the row of what was reached (or planned)."""
    found = {}
    for indicator in indicators(table):
        cell = indicator.actual or indicator.target
        if cell is not None:
            found[cell.row] = indicator
    return found
