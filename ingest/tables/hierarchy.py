"""What each row of a statutory table is: its code, its account, the classes above it, and whose row it is."""

from __future__ import annotations

import re

from corpus.accounts import Statement, chart, clean_name
from corpus.disclosure import Disclosure, Table
from ingest.tables.coded_rows import SCHEME_OF_DIGIT, coded_rows
from ingest.tables.columns import Half, printed
from ingest.tables.entries import Entry
from ingest.tables.headers import Matrix, is_amount
from ingest.tables.named_rows import named_rows
from ingest.tables.side_rows import side_rows

_CODE_AND_NAME = re.compile(r"[\[(（【〔]?(\d{3}(?:\d{2}){0,2})[\])）】〕]?[-—:：]?(?=[^\d.,%])(.+)")


def entries(table: Table, matrix: Matrix, half: Half, statement: Statement, disclosure: Disclosure) -> list[Entry]:
    """The body rows of a half that carry a label or an amount."""
    rows = [row for row in range(table.header_rows, table.n_rows) if _filled(matrix, row, half)]
    labels = [(row, *_label(matrix, row, half)) for row in rows]
    if statement.rows == "sides":
        return list(side_rows(labels, half, table))
    if statement.rows in ("function", "economic", "gov_economic"):
        return list(coded_rows(labels, matrix, half, statement, disclosure, table))
    return list(named_rows(labels, matrix, half, statement, disclosure))


def _filled(matrix: Matrix, row: int, half: Half) -> bool:
    return any(matrix.text(row, column) for column in half.columns)


def _label(matrix: Matrix, row: int, half: Half) -> tuple[str, str]:
    """Code and label of a row; a label that stands in a code column (合计 over both) counts as the label."""
    texts = [matrix.area.get((row, column)) for column in half.codes]
    pieces = [printed(cell.text) if cell else "" for cell in dict.fromkeys(texts)]
    name = matrix.text(row, half.name) if half.name is not None else ""
    words = [piece for piece in pieces if piece and not piece.isdigit() and piece not in "类款项"]
    if not name or name.isdigit() or printed(name) in pieces:
        name = words[0] if words else ("" if printed(name) in pieces else name)
    digits = [piece if piece.isdigit() else "" for piece in pieces]
    joined = _CODE_AND_NAME.fullmatch(printed(name))
    if joined and not any(digits) and joined.group(1)[0] in "235" and _known_class(joined.group(1)):
        return joined.group(1), joined.group(2)
    if not name and not any(digits):
        name = _label_at_left(matrix, row, half)
    if not name:
        name = next((t for c in (*half.labels, *half.units) if (t := matrix.text(row, c)) and not is_amount(t)), "")
    return "|".join(digits), name


def _label_at_left(matrix: Matrix, row: int, half: Half) -> str:
    """The label of a total that is printed in the half at the left, its amount alone in this one (公用经费合计)."""
    for column in reversed(range(half.columns[0])):
        text = matrix.text(row, column)
        if text:
            return "" if is_amount(text) or not clean_name(text).endswith("合计") else text
    return ""


def _known_class(code: str) -> bool:
    return chart().account(SCHEME_OF_DIGIT[code[0]], code[:3]) is not None
