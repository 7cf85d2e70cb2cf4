"""Formulas of a workbook that were saved without their results: programs that write workbooks do not calculate.

Such a cell looks blank to whoever reads the saved values, and is not: a spreadsheet shows an amount there once it has
calculated. Cells follow ECMA-376 part 1, 18.3.1.4 (c), 18.3.1.40 (f) and 18.3.1.96 (v).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.readers.package import parse_xml, part_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_MOST_FILLED = 100_000
"""Cells that one array formula may fill; a made-up range could name seventeen thousand million."""
_WORKBOOK = "xl/workbook.xml"

Place = tuple[int, int]
"""Row and column, counted from 0."""


def uncalculated(archive: zipfile.ZipFile) -> dict[str, set[Place]]:
    """The cells of each sheet, by its name, that hold a formula and no result; sheets without such are left out.

    Raises `UnreadableFile` when a part is damaged.
    """
    found: dict[str, set[Place]] = {}
    for name, part in _sheets(archive).items():
        content = part_of(archive, part)
        if content is not None and _FORMULA.search(content) and (places := _places(parse_xml(content))):
            found[name] = places
    return found


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet by the sheet's name."""
    main = next((t for t in _targets(archive, "").values() if part_of(archive, t) is not None), _WORKBOOK)
    content = part_of(archive, main)
    if content is None:
        return {}
    targets = _targets(archive, main)
    found: dict[str, str] = {}
    for sheet in parse_xml(content).iter("{*}sheet"):
        link = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        if link in targets:
            found[str(sheet.get("name", ""))] = targets[str(link)]
    return found


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The parts that a part (the package itself for "") refers to, by the reference's id; for the package its document."""
    folder, name = posixpath.split(part)
    content = part_of(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    if content is None:
        return {}
    return {
        str(link.get("Id", "")): posixpath.normpath(posixpath.join("/", folder, str(link.get("Target", "")))).lstrip(
            "/"
        )
        for link in parse_xml(content).iter("{*}Relationship")
        if part or str(link.get("Type", "")).endswith("/officeDocument")
    }


def _places(sheet: _Element) -> set[Place]:
    """Cells with a formula and no result, and the blank ones that an array formula without result would fill."""
    blank: set[Place] = set()
    filled: set[Place] = set()
    ranges: list[str] = []
    for place, cell in _cells(sheet):
        formula, value = cell.find("{*}f"), cell.find("{*}v")
        empty = value is None or (not value.text and cell.get("t") != "str")  # the result of a text may be no letter
        if formula is None or not empty:
            if value is not None or cell.find("{*}is") is not None:
                filled.add(place)
            continue
        blank.add(place)
        if formula.get("ref") and formula.get("t") in ("array", "dataTable"):
            ranges.append(str(formula.get("ref")))
    for area in ranges:
        blank.update(_within(area))
    return blank - filled


def _cells(sheet: _Element) -> Iterator[tuple[Place, _Element]]:
    """The cells with their places; what says no place of its own comes after the one before it."""
    row = -1
    for line in sheet.iter("{*}row"):
        told = str(line.get("r", ""))
        row = int(told) - 1 if told.isdecimal() else row + 1
        column = -1
        for cell in line.iter("{*}c"):
            place = _place(str(cell.get("r", "")))
            column = place[1] if place else column + 1
            yield place or (row, column), cell


def _place(reference: str) -> Place | None:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found.group(2)) - 1, column - 1


def _within(area: str) -> set[Place]:
    ends = [_place(end) for end in area.split(":")]
    first, last = ends[0], ends[-1]
    if first is None or last is None or (last[0] - first[0] + 1) * (last[1] - first[1] + 1) > _MOST_FILLED:
        return set()
    return {(row, column) for row in range(first[0], last[0] + 1) for column in range(first[1], last[1] + 1)}


def warning_of(sheet: str, count: int) -> str:
    """What to tell of a sheet with so many such cells."""
    return (
        f"工作表“{sheet}”有 {count} 个公式没有保存计算结果，这些格读不出数，其余照读；"
        "请用表格软件打开、重新计算并保存后再导入。"
    )
