"""Rows of tables by classes (功能分类, 经济分类): known by their codes, or by their names and the class above them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.accounts import Account, Chart, Statement, chart, clean_name
from corpus.disclosure import Disclosure, Table
from corpus.figure import Scheme
from ingest.tables.columns import CARRY_IN, CARRY_OUT, Half, printed
from ingest.tables.entries import UNIT_NAME, Entry, as_entity, balance, entity_of, sum_row
from ingest.tables.headers import CODE, Matrix, is_total

SCHEME_OF_DIGIT = {"2": Scheme.FUNCTION, "3": Scheme.ECONOMIC, "5": Scheme.GOV_ECONOMIC, "1": Scheme.SOURCE}
"""Whose code a class has, by its first digit (财政部《政府收支分类科目》)."""
_OF_THE_YEAR = ("本年收入合计", "本年支出合计", "本年收入", "本年支出", "本年收入小计", "本年支出小计")
_UNIT_CODE = re.compile(r"[469]\d+|\d{4}|\d{6}|\d{8,}")


class _Codes:
    """Full class codes from code cells: one cell with the whole code, or 类|款|项 cells (repeats may be blank)."""

    def __init__(self) -> None:
        self._last: list[str] = []

    def read(self, cells: str) -> str:
        """The code of a row, "" where there is none. `cells` are the digits of its code cells joined by "|"."""
        pieces = cells.split("|")
        whole = max(pieces, key=len)
        if not whole:
            return ""
        if len(pieces) == 1 or len(whole) >= 5:
            return whole
        known = [piece for piece in pieces if piece]
        depth = max(index for index, piece in enumerate(pieces) if piece)
        levels = [piece or (self._last[index] if index < len(self._last) else "") for index, piece in enumerate(pieces)]
        self._last = levels[: depth + 1]
        if not known or not self._last[0]:
            return ""
        return self._last[0] + "".join(piece.zfill(2) for piece in self._last[1:])


def coded_rows(
    labels: list[tuple[int, str, str]],
    matrix: Matrix,
    half: Half,
    statement: Statement,
    disclosure: Disclosure,
    table: Table,
) -> Iterator[Entry]:
    """The rows of a half as entries. `labels` are row, digits of its code cells joined by "|", and printed name."""
    codes = _Codes()
    scheme = {"economic": Scheme.ECONOMIC, "gov_economic": Scheme.GOV_ECONOMIC}.get(statement.rows, Scheme.FUNCTION)
    context = _Context(scheme)
    owner = ""
    for row, cells, label in labels:
        name = clean_name(label)
        code = codes.read(cells) or _class_among_units(matrix, row, half, scheme, name)
        entity = entity_of(matrix, row, half, disclosure) or owner
        if CODE.fullmatch(code) and code[0] in SCHEME_OF_DIGIT and not _UNIT_CODE.fullmatch(code):
            kind = SCHEME_OF_DIGIT[code[0]]
            yield replace(context.coded(row, label, name, code, kind), entity=entity)
        elif _is_sum(name, label, table, row):
            owner = ""
            grand = name.endswith("总计") and any(clean_name(other) in _OF_THE_YEAR for _, _, other in labels)
            yield sum_row(row, label, statement, grand=grand)
        elif any(c.isdigit() for c in cells) or (UNIT_NAME.fullmatch(name) and context.resolve(name) is None):
            owner = as_entity(name, disclosure)
            yield replace(sum_row(row, label, statement), entity=owner)
        else:
            entry = _special(row, label, name, statement) or context.named(row, label, name)
            if not entry.known and statement.flow == "收入":
                entry = replace(entry, scheme=Scheme.SOURCE)  # tax and fee lines of a government's income table
            yield replace(entry, entity=entity)


def _class_among_units(matrix: Matrix, row: int, half: Half, scheme: Scheme, name: str) -> str:
    """The class whose code stands under 单位代码, where a column lists units and, below each, its classes by name."""
    for column in half.units:
        code = printed(matrix.text(row, column))
        account = chart().account(scheme, code) if CODE.fullmatch(code) else None
        if account is not None and name in map(clean_name, (account.name, *account.aliases)):
            return code
    return ""


def _is_sum(name: str, label: str, table: Table, row: int) -> bool:
    if is_total(name) or name in ("本年支出合计", "本年收入合计", "支出总计", "收入总计", "本年支出", "本年收入"):
        return True
    return not label and row == table.header_rows and any(is_total(path.split("/")[-1]) for path in table.columns)


class _Context:
    """The classes above the current row, for rows known by code and for rows known by name alone."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.chart: Chart = chart()
        self.names: dict[str, str] = {}
        self.parent = ""

    def coded(self, row: int, label: str, name: str, code: str, scheme: Scheme) -> Entry:
        """A row with a code. The chart's name is taken where the printed one agrees with it, else the printed one."""
        account = self.chart.account(scheme, code)
        agreed = account is not None and (not name or name in map(clean_name, (account.name, *account.aliases)))
        shown = account.name if account is not None and agreed else (name or code)
        self.names[code] = shown
        above = [code[:length] for length in (3, 5) if length < len(code)]
        path = [self.names.get(c) or (found.name if (found := self.chart.account(scheme, c)) else "") for c in above]
        return Entry(row, label, scheme, shown, code, tuple(p for p in path if p))

    def resolve(self, name: str) -> Account | None:
        """The account that a bare name means below the class last seen."""
        above = [self.parent[:length] for length in (5, 3) if length <= len(self.parent)]
        below = next((found for code in above if (found := self.chart.named(name, self.scheme, code))), None)
        whole = [item for item in self.chart.all_named(name, self.scheme) if len(item.code) == 3]
        return below or (whole[0] if whole else self.chart.named(name, self.scheme))

    def named(self, row: int, label: str, name: str) -> Entry:
        """A row without a code, resolved by its name and by the class above it."""
        account = self.resolve(name)
        if account is None:
            return Entry(row, label, self.scheme, name, known=False)
        if len(account.code) <= 5:
            self.parent = account.code
        entry = self.coded(row, label, name, account.code, self.scheme)
        return replace(entry, account=account.name)


def _special(row: int, label: str, name: str, statement: Statement) -> Entry | None:
    """Rows below the classes: 人员经费合计, 上年结转, 年终结转结余."""
    component = chart().component(name)
    if component is not None and component != "合计" and statement.rows in ("economic", "gov_economic"):
        return replace(sum_row(row, label, statement), component=component)
    item = chart().named(name, Scheme.SOURCE) or chart().named(name, Scheme.BALANCE)
    if item is not None and item.name in (CARRY_IN, CARRY_OUT, "结余分配", "使用非财政拨款结余"):
        return balance(row, label, item)
    return None
