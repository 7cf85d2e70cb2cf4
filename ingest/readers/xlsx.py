"""Workbooks, new (.xlsx) and old (.xls): each visible sheet becomes one page with its name as first line, then grids.

Numbers are given as the sheet shows them, since only what is shown is published. Hidden sheets, rows and columns are
left out for the same reason. Formulas give the value that was saved with them; one without a saved value is unreadable.
"""

from __future__ import annotations

import io
import re
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from typing import Any

from corpus.money import UNCALCULATED, normalise, read_unit_line
from ingest.errors import UnreadableFile
from ingest.layout.surroundings import is_caption, is_title
from ingest.page import Block, Line, Page
from ingest.readers.assemble import MAX_CELLS, Piece, clean_cell, grid_of
from ingest.readers.formulas import Place, uncalculated, warning_of
from ingest.readers.number_formats import shown
from ingest.readers.package import open_package

DAMAGED = (
    "Excel 文件已损坏，无法读取，请重新下载，或用表格软件另存为 .xlsx。"
    " The Excel file is damaged; please download it again or save it as .xlsx."
)
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)
_Area = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged range, counted from 0, ends included."""


def read_xlsx(data: bytes) -> list[Page]:
    """The visible sheets of an .xlsx workbook. Raises `UnreadableFile` when it is damaged, encrypted or a bomb."""
    with open_package(data, "Excel") as archive:
        pending = uncalculated(archive)
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that do not matter here
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, rich_text=False)
    except MemoryError:
        raise
    except Exception as error:  # a hostile workbook breaks openpyxl in many ways
        raise UnreadableFile(DAMAGED) from error
    return [
        _page(sheet.title, *_new_sheet(sheet, pending.get(sheet.title, set())))
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
    ]


def _new_sheet(sheet: Any, pending: Set[Place]) -> tuple[list[list[str]], list[_Area]]:
    """The texts and merged ranges of a sheet; `pending` are its formulas without a result."""
    rows: dict[int, list[str]] = {}
    width = min(sheet.max_column or 0, 300)
    for number, row in enumerate(sheet.iter_rows(max_col=width)):
        if number * max(1, width) > MAX_CELLS:
            break
        texts = [
            UNCALCULATED if (number, at) in pending else shown(cell.value, cell.number_format or "General")
            for at, cell in enumerate(row)
        ]
        if any(texts):
            rows[number] = texts
    areas = [
        (area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
        for area in sheet.merged_cells.ranges
    ]  # fmt: skip
    letters = [openpyxl_letter(column) for column in range(width)]
    hidden_rows = {number - 1 for number, size in sheet.row_dimensions.items() if size.hidden}
    hidden_columns = {at for at, letter in enumerate(letters) if _is_hidden(sheet, letter, at)}
    height = max(rows, default=-1) + 1
    full = [rows.get(number, [""] * width) for number in range(height)]
    return _visible(full, areas, hidden_rows, hidden_columns)


def openpyxl_letter(column: int) -> str:
    """The letter of a column counted from 0."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column + 1))


def _is_hidden(sheet: Any, letter: str, column: int) -> bool:
    """Whether a column is hidden; one entry may stand for a run of columns (min..max)."""
    own = sheet.column_dimensions.get(letter)
    if own is not None:
        return bool(own.hidden)
    return any(
        size.hidden and (size.min or 0) <= column + 1 <= (size.max or 0) for size in sheet.column_dimensions.values()
    )


def read_xls(data: bytes) -> list[Page]:
    """The visible sheets of an .xls workbook (BIFF 2 to 8). Raises `UnreadableFile` when it is damaged or encrypted."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=_has_formats(data), logfile=io.StringIO())
    except MemoryError:
        raise
    except Exception as error:  # xlrd lets everything through: struct, assertion, index and key errors
        if "ncrypted" in str(error):
            raise UnreadableFile(
                "Excel 文件已加密，请先取消密码再导入。 The Excel file is encrypted; please remove its password first."
            ) from error
        raise UnreadableFile(DAMAGED) from error
    return [_page(sheet.name, *_old_sheet(sheet, book)) for sheet in book.sheets() if sheet.visibility == 0]


def _has_formats(data: bytes) -> bool:
    return data[:4] == b"\xd0\xcf\x11\xe0"


def _old_sheet(sheet: Any, book: Any) -> tuple[list[list[str]], list[_Area]]:
    width = min(sheet.ncols, 300)
    height = min(sheet.nrows, MAX_CELLS // max(1, width))
    rows = [[_old_cell(sheet.cell(row, at), book) for at in range(width)] for row in range(height)]
    areas = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    hidden_rows = {number for number, info in sheet.rowinfo_map.items() if info.hidden}
    hidden_columns = {number for number, info in sheet.colinfo_map.items() if info.hidden}
    while rows and not any(rows[-1]):
        rows.pop()
    return _visible(rows, areas, hidden_rows, hidden_columns)


def _old_cell(cell: Any, book: Any) -> str:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    code = "General"
    if cell.xf_index is not None and cell.xf_index < len(book.xf_list):
        form = book.format_map.get(book.xf_list[cell.xf_index].format_key)
        code = form.format_str if form is not None else code
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return shown(xlrd.xldate.xldate_as_datetime(cell.value, book.datemode), code)
        except (ValueError, OverflowError):
            return shown(cell.value)
    return shown(cell.value, code)


def _visible(
    rows: Sequence[Sequence[str]], areas: Sequence[_Area], hidden_rows: set[int], hidden_columns: set[int]
) -> tuple[list[list[str]], list[_Area]]:
    """Rows and merged ranges without what is hidden and without blank columns at the right."""
    width = max((len(row) for row in rows), default=0)
    kept_rows = [number for number in range(len(rows)) if number not in hidden_rows]
    kept_columns = [at for at in range(width) if at not in hidden_columns]
    while kept_columns and not any(rows[number][kept_columns[-1]] for number in kept_rows):
        kept_columns.pop()
    texts = [[rows[number][at] for at in kept_columns] for number in kept_rows]
    moved = []
    for top, left, bottom, right in areas:
        first_row, rows_end = bisect_left(kept_rows, top), bisect_right(kept_rows, bottom)
        first_column, columns_end = bisect_left(kept_columns, left), bisect_right(kept_columns, right)
        if first_row < rows_end and first_column < columns_end:
            moved.append((first_row, first_column, rows_end - 1, columns_end - 1))
    return texts, moved


def _page(name: str, rows: Sequence[Sequence[str]], areas: Sequence[_Area]) -> Page:
    """The sheet as a page: its name, then tables, with the lines that stand between them."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in areas}
    covered = {
        (row, column)
        for top, left, bottom, right in areas
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    blocks: list[Block] = []
    if not _DEFAULT_NAME.fullmatch(name.strip()):
        blocks.append(Line(normalise(name).strip(), None, starts_paragraph=True))
    parts = _parts(rows, areas)
    for is_table, first, last in parts:
        if is_table:
            pieces = [
                [
                    Piece(text, *spans.get((row, at), (1, 1)))
                    for at, text in enumerate(rows[row])
                    if (row, at) not in covered
                ]
                for row in range(first, last)
            ]
            grid = grid_of(pieces)
            blocks += [grid] if grid is not None else []
        else:
            texts = (clean_cell(text) for row in rows[first:last] for text in row)
            blocks += [Line(text, None, starts_paragraph=True) for text in texts if text]
    count = sum(text == UNCALCULATED for row in rows for text in row)
    warnings = (warning_of(name, count),) if count else ()
    return Page(None, 0.0, 0.0, tuple(blocks), source="text" if parts else "none", warnings=warnings)


def _parts(rows: Sequence[Sequence[str]], areas: Sequence[_Area]) -> list[tuple[bool, int, int]]:
    """Runs of rows: (is a table, first row, row after the last).

    Tables that stand one below the other are told apart by two blank rows, or by a title, unit line or sentence that
    stands alone in its row; a row alone with a label stays in its table, since its amounts may be blank.
    """
    parts: list[tuple[bool, int, int]] = []
    inside = {number for top, _, bottom, _ in areas for number in range(top + 1, bottom + 1)}
    for number, row in enumerate(rows):
        if not any(row):
            continue
        merged = number in inside
        is_table = merged or not _stands_between([clean_cell(text) for text in row if text.strip()])
        if parts and parts[-1][0] == is_table and (merged or number - parts[-1][2] < 2):
            parts[-1] = (is_table, parts[-1][1], number + 1)
        else:
            parts.append((is_table, number, number + 1))
    return parts


def _stands_between(filled: Sequence[str]) -> bool:
    """Whether a row belongs between two tables: a title or sentence alone in it, or captions with the money unit."""
    if len(filled) == 1:
        text = filled[0]
        if is_title(text) or (len(text) >= 40 and "。" in text):
            return True
    return all(is_caption(text) for text in filled) and any(read_unit_line(text) for text in filled)
