"""Rows that a page break shifted, and headings that an exporter garbled, are put right by arithmetic.

Only a reading that keeps every sum of the table, and is the only one to do so, is accepted. What sums cannot settle is
marked unreadable; what merely does not add up is the document's own error and stays as printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, pairwise, product
from math import comb

from corpus.accounts import Statement
from corpus.disclosure import Cell, Disclosure, Table
from ingest.tables.columns import halves, parts
from ingest.tables.headers import Matrix
from ingest.tables.sums import SURPLUS, Body, Sum, body, column_sums, kept, likelier, row_sums

UNSETTLED = "列位无法确定"
"""How `Cell.repaired` begins for an amount whose column the sums cannot settle: its figure is unreadable."""

_NESTED = frozenset({"基本支出", "人员经费", "公用经费", "项目支出"})
"""Components whose headings exporters are seen to garble: 基本支出 over 人员 and 公用, 项目支出 beside it."""
_MOST_READINGS = 4_000
_Reading = dict[int, int | None]
"""Printed column → true column, None for a repetition."""


def repaired(table: Table, statement: Statement, disclosure: Disclosure) -> Table:
    """The table with garbled headings exchanged and shifted rows moved, each moved cell saying why."""
    matrix = Matrix(table.n_rows, table.n_columns, table.cells)
    for half in halves(table, matrix, statement):
        found = body(table, matrix, half, statement, disclosure)
        if len(found.headed) < 2:
            continue
        exchanged = _exchanged(table, found, statement, disclosure, matrix)
        if exchanged is not None:
            table = exchanged
            found = body(table, matrix, half, statement, disclosure)
        table = _moved(table, found)
    return table


def _exchanged(table: Table, found: Body, statement: Statement, disclosure: Disclosure, matrix: Matrix) -> Table | None:
    """The table with two neighbouring headings exchanged where rows break the sums as headed and all keep them so."""
    _, wrong = _score(_promised(table, found), found)
    if wrong < 3:
        return None
    fitting = []
    for one, other in pairwise(found.headed):
        if not {found.meanings[one].component, found.meanings[other].component} <= _NESTED:
            continue
        columns = list(table.columns)
        columns[one], columns[other] = columns[other], columns[one]
        trial = replace(table, columns=tuple(columns))
        read = body(trial, matrix, found.half, statement, disclosure)
        kept_now, broken = _score(_promised(trial, read), read)
        if not broken and kept_now >= wrong:
            fitting.append(trial)
    return _tidied(fitting[0]) if len(fitting) == 1 else None


def _promised(table: Table, found: Body) -> list[Sum]:
    return likelier(column_sums(table, found.meanings), lambda item: _score([item], found)[1])


def _tidied(table: Table) -> Table:
    """人员/公用 belong to 基本支出: a heading 项目支出 over them came from the garbled nesting."""
    group = next((path.split("/")[0] for path in table.columns if path.startswith("基本支出/")), None)
    if group is None:
        return table
    columns = [
        "/".join((group, *parts(path)[1:]))
        if path.startswith("项目支出/") and path.endswith(("人员支出", "公用支出", "经费"))
        else path
        for path in table.columns
    ]
    return replace(table, columns=tuple(columns))


def _score(sums: Sequence[Sum], found: Body) -> tuple[int, int]:
    results = [kept(s, found.values[entry.row].get) for entry in found.entries for s in sums]
    return results.count(True), results.count(False)


def _moved(table: Table, found: Body) -> Table:
    across = _supported(_promised(table, found), found)
    stray = [column for column in found.half.amounts if column not in found.meanings]
    doubtful = [
        row for row, values in found.values.items() if any(c in values for c in stray) or _breaks(across, values)
    ]
    groups: dict[tuple[int, ...], list[int]] = {}
    for row in doubtful:
        groups.setdefault(tuple(sorted(found.values[row])), []).append(row)
    shifts = [_shift(pattern, rows, found, across) for pattern, rows in groups.items()]
    open_shifts = [shift for shift in shifts if shift.readings]
    fitting = _fitting(open_shifts, found)
    for index, shift in enumerate(open_shifts):
        choices = {tuple(sorted((c, t or -1) for c, t in choice[index].items())) for choice in fitting}
        settled = fitting[0][index] if len(choices) == 1 else None
        if not choices and len(shift.rows) == 1 and all(c in found.meanings for c in found.values[shift.rows[0]]):
            continue  # a misprint rather than a shift
        table = _written(table, shift.rows, settled, found)
        for row in shift.beside:
            used = [column for column, target in (settled or {}).items() if target is not None]
            fits = settled is not None and _repeats(found.values[row], tuple(found.values[row]), used)
            table = _written(table, [row], settled if fits else None, found)
    closed = [row for shift in shifts for row in ([] if shift.readings else shift.rows) + shift.alone]
    return _written(table, [row for row in closed if any(c in found.values[row] for c in stray)], None, found)


@dataclass(frozen=True, slots=True)
class _Shift:
    """Rows with amounts in the same columns, and every way to lay them that makes each of them add up.

    `beside` are misprinted rows, which no reading makes add up, next to rows of their kind: they are shifted alike.
    `alone` are those by themselves: the document's own errors, which stay as printed.
    """

    rows: list[int]
    beside: list[int]
    alone: list[int]
    readings: list[_Reading]


def _shift(pattern: tuple[int, ...], rows: list[int], found: Body, across: Sequence[Sum]) -> _Shift:
    common = _readings(pattern, rows, found, across)
    sound = rows if common or len(rows) < 2 else [row for row in rows if _readings(pattern, [row], found, across)]
    odd = [row for row in rows if row not in sound]
    beside = [row for row in odd if row - 1 in sound or row + 1 in sound]
    readings = _readings(pattern, sound, found, across) if odd and sound else common
    return _Shift(sound, beside, [row for row in odd if row not in beside], readings)


def _supported(sums: Sequence[Sum], found: Body) -> list[Sum]:
    """The sums that the table keeps in most of its rows, and in at least two."""
    good = []
    for item in sums:
        right, wrong = _score([item], found)
        if right >= 2 and right > wrong:
            good.append(item)
    return good


def _breaks(sums: Sequence[Sum], values: Mapping[int, Decimal]) -> bool:
    return any(kept(item, values.get) is False for item in sums)


def _readings(pattern: tuple[int, ...], rows: Sequence[int], found: Body, across: Sequence[Sum]) -> list[_Reading]:
    """Every way to lay the printed amounts of like rows into the headed columns, in order, that keeps the row sums.

    An amount may be left out only where it repeats another of its row. Of readings that come to the same amounts in
    the same columns, the one that moves the fewest cells is given. [] where there are too many to try.
    """
    best: dict[tuple[tuple[tuple[int, Decimal], ...], ...], tuple[int, _Reading]] = {}
    if not across:
        return []
    tried = 0
    for size in range(min(len(pattern), len(found.headed)), 0, -1):
        for used in combinations(pattern, size):
            if not all(_repeats(found.values[row], pattern, used) for row in rows):
                continue
            tried += comb(len(found.headed), size)
            if tried > _MOST_READINGS:
                return []
            for targets in combinations(found.headed, size):
                reading: _Reading = dict.fromkeys(pattern, None) | dict(zip(used, targets, strict=True))
                laid = [_laid(found.values[row], reading) for row in rows]
                if any(_breaks(across, values) or across[0].total not in values for values in laid):
                    continue
                moves = sum(2 for one, other in zip(used, targets, strict=True) if one != other)
                moves += sum(1 for column in pattern if column not in used and column in found.meanings)
                key = tuple(tuple(sorted(values.items())) for values in laid)
                if key not in best or moves < best[key][0]:
                    best[key] = (moves, reading)
    return [reading for _, reading in best.values()]


def _repeats(values: Mapping[int, Decimal], pattern: Sequence[int], used: Sequence[int]) -> bool:
    left = {values[column] for column in used}
    return all(values[column] in left for column in pattern if column not in used)


def _laid(values: Mapping[int, Decimal], reading: _Reading) -> dict[int, Decimal]:
    return {target: values[column] for column, target in reading.items() if target is not None}


def _fitting(shifts: Sequence[_Shift], found: Body) -> list[tuple[_Reading, ...]]:
    """The combinations of readings, one a shift, that keep every sum between rows that they touch.

    A sum that every combination breaks, and the rows as printed too, is the document's own error and tells nothing.
    Where no combination keeps all the others, the document misprints a cell that takes part in two of them: a combination fits that breaks only sums of
    one column with a row in common, as one cell does.
    """
    total = 1
    for shift in shifts:
        total *= len(shift.readings)
    if not shifts or total > _MOST_READINGS:
        return []
    touched = {row for shift in shifts for row in (*shift.rows, *shift.beside)}
    relevant = [item for item in row_sums(found.entries) if touched & {item.total, *item.parts}]
    choices = list(product(*(shift.readings for shift in shifts)))
    broken = [_broken(shifts, choice, relevant, found) for choice in choices]
    always = set.intersection(_broken([], [], relevant, found), *broken)
    kept_all = [choice for choice, wrong in zip(choices, broken, strict=True) if wrong == always]
    of_one = [choice for choice, wrong in zip(choices, broken, strict=True) if _of_one_cell(wrong)]
    return kept_all or of_one or [c for c, wrong in zip(choices, broken, strict=True) if _of_one_cell(wrong - always)]


def _broken(
    shifts: Sequence[_Shift], choice: Sequence[_Reading], relevant: Sequence[Sum], found: Body
) -> set[tuple[int, Sum]]:
    """Column and sum of each sum between rows that does not hold once rows are laid as chosen."""
    values = dict(found.values)
    for shift, reading in zip(shifts, choice, strict=True):
        values.update({row: _laid(found.values[row], reading) for row in (*shift.rows, *shift.beside)})
    return {(c, item) for c in found.headed for item in relevant if kept(item, _in(values, c)) is False}


def _of_one_cell(wrong: set[tuple[int, Sum]]) -> bool:
    rows = [{item.total, *item.parts} for _, item in wrong]
    return len({column for column, _ in wrong}) == 1 and bool(set.intersection(*rows))


def _in(values: Mapping[int, Mapping[int, Decimal]], column: int) -> Callable[[int], Decimal | None]:
    return lambda row: values[row].get(column)


def _written(table: Table, rows: Sequence[int], reading: _Reading | None, found: Body) -> Table:
    """The table with the cells of `rows` moved by a reading, or marked as unsettled where there is none."""
    if not rows or (reading is not None and all(column == target for column, target in reading.items())):
        return table
    columns = set(found.half.amounts)
    cells: list[Cell] = []
    for cell in table.cells:
        if cell.row not in rows or cell.column not in columns:
            cells.append(cell)
        elif reading is None:
            note = (
                f"{UNSETTLED}:本行数字与表头列数不符,合计关系不能唯一确定各数所属的列" if cell.text else cell.repaired
            )
            cells.append(replace(cell, repaired=note))
    if reading is not None:
        for row in rows:
            own = [cell for cell in table.cells if cell.row == row and cell.column in columns]
            cells.extend(_rearranged(own, reading, table))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return replace(table, cells=tuple(cells))


def _rearranged(own: Sequence[Cell], reading: _Reading, table: Table) -> list[Cell]:
    taken = {target for target in reading.values() if target is not None}
    free = [cell.column for cell in own if cell.column not in taken]
    placed: list[Cell] = []
    for cell in own:
        target = reading.get(cell.column)
        if target is not None:
            why = cell.repaired
            if target != cell.column and not why:
                why = f"续页错列:按各栏合计及上级科目合计唯一确定,此数属于“{table.columns[target]}”列"
            placed.append(replace(cell, column=target, repaired=why))
    rest = [cell for cell in own if reading.get(cell.column) is None]
    for cell in sorted(rest, key=lambda cell: cell.column not in free):
        column = cell.column if cell.column in free else free[0]
        free.remove(column)
        why = f"{SURPLUS}:与本行另一数相同,计入则各栏合计不符" if cell.text else cell.repaired
        placed.append(replace(cell, column=column, repaired=why))
    return placed
