"""Documents, figures and findings as rows for JSON, CSV and XLSX: the contract other programs rely on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from corpus.disclosure import Cell, Disclosure, Finding, Side, Table
from corpus.figure import Figure

Row = dict[str, Any]

FIGURE_COLUMNS = {
    "document": "文件", "year": "年度", "basis": "口径", "scheme": "类别", "code": "编码", "account": "科目",
    "flow": "收支", "funding": "资金", "component": "构成", "measure": "指标", "value": "数值", "unit": "单位",
    "absence": "空缺", "status": "状态", "because": "依据", "page": "页", "table": "表", "row": "行",
    "column": "列", "printed": "原文",
    "reason": "原因", "entity": "所属", "reader": "读取方式", "id": "编号",
}  # fmt: skip
"""Column keys of exported figures and their Chinese headings, in order."""

FINDING_COLUMNS = {
    "document": "文件", "severity": "程度", "check": "检查", "message": "说明", "message_en": "English",
    "difference": "相差", "places": "出处",
}  # fmt: skip
"""Column keys of exported findings and their Chinese headings, in order."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def document_row(disclosure: Disclosure, figures: int, findings: int) -> Row:
    """One disclosure as a JSON object with how many figures and findings it has."""
    return {
        "document": disclosure.name, "title": disclosure.title, "issuer": disclosure.issuer,
        "level": disclosure.level.value, "year": disclosure.year, "basis": disclosure.basis.value,
        "region": disclosure.region, "format": disclosure.format, "pages": disclosure.pages,
        "collection": disclosure.collection, "edition": disclosure.edition, "units": list(disclosure.units),
        "figures": figures, "findings": findings, "sha256": disclosure.sha256,
    }  # fmt: skip


def figure_row(figure: Figure) -> Row:
    """One figure as a JSON object: exact value as text, what it is, where it stands, how far it is proven."""
    place = figure.locator
    return {
        "document": figure.document, "year": figure.year, "basis": figure.basis.value, "scheme": figure.scheme.value,
        "code": figure.code, "account": figure.account, "flow": figure.flow, "funding": figure.funding,
        "component": figure.component, "measure": figure.measure.value,
        "value": None if figure.amount is None else f"{figure.amount.value:f}",
        "unit": None if figure.amount is None else figure.amount.unit,
        "absence": None if figure.absence is None else figure.absence.value,
        "status": figure.status.value, "because": figure.because, "page": place.page, "table": place.table,
        "row": place.row, "column": place.column, "printed": place.quote, "reason": figure.reason,
        "entity": figure.entity, "reader": figure.reader.value, "id": figure.id,
        "bbox": None if place.bbox is None else list(place.bbox), "others": list(figure.others),
    }  # fmt: skip


def _side_row(side: Side) -> Row:
    place = side.locator
    return {
        "document": place.document, "page": place.page, "table": place.table, "row": place.row,
        "column": place.column, "section": place.section, "quote": place.quote, "value": side.value,
        "unit": side.unit, "bbox": None if place.bbox is None else list(place.bbox),
    }  # fmt: skip


def finding_row(finding: Finding) -> Row:
    """One finding as a JSON object with both sides. The difference is how far they are apart, without a sign."""
    return {
        "document": finding.document, "severity": finding.severity.value, "check": finding.check,
        "message": finding.message, "message_en": finding.message_en,
        "sides": [_side_row(side) for side in finding.sides],
        "difference": None if finding.difference is None else finding.difference.removeprefix("-"),
    }  # fmt: skip


def finding_sheet_row(finding: Finding) -> Row:
    """One finding as a row of a sheet: both sides' words and places in one column."""
    sides = (side.locator for side in finding.sides)
    places = (
        " · ".join(str(p) for p in (f"第{s.page}页" if s.page else None, s.table or s.section, s.row, s.column) if p)
        + f"“{s.quote}”"
        for s in sides
    )
    return finding_row(finding) | {"places": "；".join(places)}


def table_row(table: Table) -> Row:
    """One table as a JSON object, without its cells."""
    return {
        "id": table.id, "title": table.title, "kind": table.kind, "unit": table.unit, "rows": table.n_rows,
        "columns": list(table.columns), "header_rows": table.header_rows, "pages": list(table.pages),
        "section": table.section, "notes": list(table.notes), "empty": table.empty,
    }  # fmt: skip


def cell_row(cell: Cell) -> Row:
    """One cell as a JSON object: its place in the grid, its text as printed, its page and box."""
    return {
        "row": cell.row, "column": cell.column, "text": cell.text, "rowspan": cell.rowspan, "colspan": cell.colspan,
        "page": cell.page, "bbox": None if cell.bbox is None else list(cell.bbox), "repaired": cell.repaired,
    }  # fmt: skip


def as_csv(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> str:
    """CSV text with a byte order mark (spreadsheets then read Chinese), Chinese headings, formulas defused."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(columns.values())
    for row in rows:
        writer.writerow([_harmless(row.get(key)) for key in columns])
    return out.getvalue()


def as_xlsx(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> bytes:
    """An XLSX workbook: amounts are text so that no digit is lost to binary floating point; formulas defused."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("明账")
    sheet.append(list(columns.values()))
    for row in rows:
        sheet.append([_harmless(row.get(key)) for key in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _harmless(value: Any) -> str:
    """Cell text that no spreadsheet will run as a formula. A plain negative number stays as it is."""
    text = "" if value is None else str(value)
    if text.startswith(_FORMULA_STARTS) and not _is_number(text):
        return "'" + text
    return text


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()
