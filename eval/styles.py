"""Known tables typeset in the styles of rules that budgets are printed in: all round, across only, none, painted, hidden.

One layout is typeset with invisible borders (weasyprint) and each style is drawn under its text from the boxes of the
cells, so that all styles have the same text in the same places. Chromium and LibreOffice typeset some of them their own
way.
"""

from __future__ import annotations

import html
import io
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.locator import Box
from ingest.page import Grid, Page

Table = dict[str, Any]
"""A table of a truth file: `rows`, `spans` (row, column, rowspan, colspan), `nhead`, `title`, `perf`."""

_CSS = """
@page { size: A4; margin: 15mm 12mm } @page wide { size: A4 landscape; margin: 15mm 12mm }
body { font-family: "Noto Serif CJK SC", serif; font-size: %(size)spt; line-height: 1.3 }
section { break-before: page } section.wide { page: wide } p { margin: 0.4em 0 } p.unit { text-align: right }
table { border-collapse: collapse; width: 100%%; margin-bottom: 1.5em } tr { break-inside: avoid }
td { padding: 2pt 3pt; font-weight: normal; text-align: %(labels)s; vertical-align: middle }
td.n { text-align: %(numbers)s } td.h { text-align: center }
"""
_NARROW = """
table { table-layout: fixed; width: %spt } td { overflow-wrap: anywhere; word-break: break-all } tr { break-inside: auto }
"""
ALL_ROUND = "td { border: 0.6pt solid %s }"
_LINES = {
    "across": "td { border: solid #000; border-width: 0.6pt 0 }",
    "upright": "td { border: solid #000; border-width: 0 0.6pt }",
    "header": "table { border: solid #000; border-width: 1pt 0 } td.last { border-bottom: 0.6pt solid #000 }",
    "none": "",
    "striped": "tr.even td { background: #dde }",
    "dotted": "td { border: 0.75pt dotted #000 }",
    "dashed": "td { border: 0.75pt dashed #000 }",
    "double": "td { border: 2.25pt double #000 }",
}
"""Style sheets of producers that draw the style themselves."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is set: size of its type in points, alignment of labels and of numbers.

    `widths` are those of its columns in points; then everything wraps that finds no room, and a row may be cut by the
    page break. None leaves both to the producer. `top` sets cells flush to the top instead of the middle.
    """

    size: float = 8.5
    labels: str = "left"
    numbers: str = "right"
    widths: tuple[float, ...] | None = None
    top: bool = False


def page(tables: Sequence[Table], layout: Layout, lines: str) -> str:
    """The tables as one HTML page; wide ones stand on landscape pages."""
    css = _CSS % {"size": layout.size, "labels": layout.labels, "numbers": layout.numbers} + lines
    css += "td { vertical-align: top }" if layout.top else ""
    css += _NARROW % sum(layout.widths) if layout.widths else ""
    parts = []
    for table in tables:
        wide = ' class="wide"' if len(table["rows"][0]) > 7 else ""
        title = html.escape(table["title"])
        parts.append(f"<section{wide}><p>{title}</p><p class='unit'>单位：万元</p>{_table(table, layout)}</section>")
    return f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><style>{css}</style></head><body>{"".join(parts)}</body></html>'


def _table(table: Table, layout: Layout) -> str:
    spans = {(r, c): (down, across) for r, c, down, across in table["spans"]}
    covered = {
        (r + i, c + j) for (r, c), (down, across) in spans.items() for i in range(down) for j in range(across) if i or j
    }
    rows = []
    for r, row in enumerate(table["rows"]):
        cells = []
        for c, text in enumerate(row):
            if (r, c) in covered:
                continue
            down, across = spans.get((r, c), (1, 1))
            kind = "h" if r < table["nhead"] else "n" if is_number(text) else "t"
            kind += " last" if r + down == table["nhead"] else ""
            cells.append(f'<td class="{kind}" rowspan="{down}" colspan="{across}">{html.escape(text)}</td>')
        rows.append(f'<tr class="{"even" if r % 2 else "odd"}">{"".join(cells)}</tr>')
    columns = "".join(f'<col style="width:{width}pt">' for width in layout.widths or ())
    return f"<table><colgroup>{columns}</colgroup>{''.join(rows)}</table>"


def is_number(text: str) -> bool:
    """Whether a cell is set as a number."""
    plain = text.replace(",", "").replace(".", "").lstrip("-").rstrip("%")
    return plain.isdigit() and ("." in text or len(plain) < 3)


def weasyprint(source: str) -> bytes:
    """The page printed by weasyprint."""
    from weasyprint import HTML

    return bytes(HTML(string=source).write_pdf())


def chromium(source: str) -> bytes:
    """The page printed by Chromium."""
    return _printed(source, "html", lambda path, folder: [
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        f"--user-data-dir={folder}/profile", f"--print-to-pdf={folder}/page.pdf", path.as_uri(),
    ])  # fmt: skip


_SIDES = {
    "across": ("top", "bottom", "insideH"),
    "upright": ("left", "right", "insideV"),
    "header": ("top", "bottom"),
    "none": (),
    "striped": (),
}
"""The sides of a Word table that a style draws; all six in any other style."""


_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
}
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def writer(tables: Sequence[Table], layout: Layout, style: str) -> bytes:
    """The tables as a Word file, printed by LibreOffice Writer."""
    parts = []
    for table in tables:
        parts.append(_paragraph(table["title"], layout, "left", "<w:pageBreakBefore/>"))
        parts += [_paragraph("单位：万元", layout, "right"), _word_table(table, layout, style)]
    size = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:left="720" w:right="720" w:top="720" w:bottom="720"/></w:sectPr>'
    text = f'<w:document xmlns:w="{_WORD}"><w:body>{"".join(parts)}{size}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in {**_PARTS, "word/document.xml": text}.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + part)
    return _printed(out.getvalue(), "docx", _soffice)


def _paragraph(text: str, layout: Layout, place: str, more: str = "") -> str:
    face = '<w:rFonts w:eastAsia="Noto Serif CJK SC" w:ascii="Noto Serif CJK SC" w:hAnsi="Noto Serif CJK SC"/>'
    run = f'<w:r><w:rPr>{face}<w:sz w:val="{2 * layout.size:.0f}"/></w:rPr><w:t>{html.escape(text)}</w:t></w:r>'
    return f'<w:p><w:pPr>{more}<w:jc w:val="{place}"/></w:pPr>{run}</w:p>'


_FIXED = (
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/>'
    "</w:tblCellMar>"
)


def _word_table(table: Table, layout: Layout, style: str) -> str:
    kind = style if style in ("dotted", "dashed", "double") else "single"
    sides = _SIDES.get(style, ("top", "left", "bottom", "right", "insideH", "insideV"))
    lines = "".join(f'<w:{side} w:val="{kind}" w:sz="6"/>' for side in sides)
    spans = {(r, c): (down, across) for r, c, down, across in table["spans"]}
    below = {(r + i, c): across for (r, c), (down, across) in spans.items() for i in range(1, down)}
    rows = []
    for r, row in enumerate(table["rows"]):
        cells, c = [], 0
        while c < len(row):
            down, across = spans.get((r, c), (1, below.get((r, c), 1)))
            own = f'<w:gridSpan w:val="{across}"/>'
            own += '<w:vMerge w:val="restart"/>' if down > 1 else "<w:vMerge/>" if (r, c) in below else ""
            if style == "header" and r + down == table["nhead"]:
                own += '<w:tcBorders><w:bottom w:val="single" w:sz="6"/></w:tcBorders>'
            if style == "striped" and r % 2:
                own += '<w:shd w:val="clear" w:fill="DDDDEE"/>'
            place = "center" if r < table["nhead"] else layout.numbers if is_number(row[c]) else layout.labels
            cells.append(
                f'<w:tc><w:tcPr>{own}<w:vAlign w:val="{"top" if layout.top else "center"}"/></w:tcPr>'
                f"{_paragraph(row[c], layout, place)}</w:tc>"
            )
            c += across
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    count = len(table["rows"][0])
    widths = [20 * width for width in layout.widths or ()] or [15000 // count] * count
    grid = "".join(f'<w:gridCol w:w="{width:.0f}"/>' for width in widths)
    size = f'<w:tblW w:w="{sum(widths):.0f}" w:type="dxa"/>' if layout.widths else '<w:tblW w:w="5000" w:type="pct"/>'
    fixed = _FIXED if layout.widths else ""
    return (
        f"<w:tbl><w:tblPr>{size}<w:tblBorders>{lines}</w:tblBorders>{fixed}</w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _printed(source: str | bytes, suffix: str, command: Callable[[Path, Path], list[str]]) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / f"page.{suffix}"
        path.write_bytes(source if isinstance(source, bytes) else source.encode())
        subprocess.run(command(path, folder), check=True, capture_output=True, timeout=300)
        return (folder / "page.pdf").read_bytes()


def calc(tables: Sequence[Table], layout: Layout) -> bytes:
    """The tables printed by LibreOffice Calc without rules, a sheet each, columns as wide as a clerk leaves them.

    Labels run over their cell's edge where the next one is blank; else they are folded.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    for number, table in enumerate(tables, 1):
        sheet = book.create_sheet(f"表{number}")
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.append([table["title"]])
        sheet.append([*[None] * (len(table["rows"][0]) - 1), "单位：万元"])
        for r, row in enumerate(table["rows"], 3):
            for c, text in enumerate(row, 1):
                value = float(text.replace(",", "")) if is_number(text) and "." in text else text or None
                cell = sheet.cell(r, c, value)
                header, follows = r < 3 + table["nhead"], c < len(row) and row[c] != ""
                cell.number_format = "#,##0.00" if "," in text else "0.00" if isinstance(value, float) else "General"
                cell.font = Font(size=layout.size)
                place = "center" if header else "right" if is_number(text) else "left"
                cell.alignment = Alignment(horizontal=place, vertical="center", wrap_text=header or follows)
        for r, c, down, across in table["spans"]:
            sheet.merge_cells(start_row=r + 3, start_column=c + 1, end_row=r + 2 + down, end_column=c + across)
        for c in range(len(table["rows"][0])):
            width = max(len(row[c]) for row in table["rows"][table["nhead"] :])
            sheet.column_dimensions[get_column_letter(c + 1)].width = max(10, min(34, 1.8 * width))
    out = io.BytesIO()
    book.save(out)
    return _printed(out.getvalue(), "xlsx", _soffice)


def _soffice(path: Path, folder: Path) -> list[str]:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    return ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]


def _rectangle(box: Box) -> str:
    return f"{box[0]:.2f} {box[1]:.2f} {box[2] - box[0]:.2f} {box[3] - box[1]:.2f} re f\n"


def _stroke(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S\n"


Side = tuple[float, float, float, float]


def _sides(grid: Grid, *, across: bool = True, upright: bool = True) -> list[Side]:
    """Every side of every cell, once."""
    found: dict[Side, None] = {}
    for cell in grid.cells:
        assert cell.bbox
        x0, y0, x1, y1 = cell.bbox
        if across:
            found |= dict.fromkeys([(x0, y0, x1, y0), (x0, y1, x1, y1)])
        if upright:
            found |= dict.fromkeys([(x0, y0, x0, y1), (x1, y0, x1, y1)])
    return list(found)


def _strokes(sides: Sequence[Side], width: float = 0.6, dash: str = "[] 0 d") -> str:
    return f"{width} w {dash}\n" + "".join(_stroke(*side) for side in sides)


def _thin_boxes(sides: Sequence[Side]) -> str:
    return "".join(_rectangle((x0 - 0.25, y0 - 0.25, x1 + 0.25, y1 + 0.25)) for x0, y0, x1, y1 in sides)


def _pictures(sides: Sequence[Side]) -> str:
    """Each rule as a picture of one black dot drawn long and thin."""
    return "".join(
        f"q {x1 - x0 + 0.5:.2f} 0 0 {y1 - y0 + 0.5:.2f} {x0 - 0.25:.2f} {y0 - 0.25:.2f} cm "
        "BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q\n"
        for x0, y0, x1, y1 in sides
    )


def _double(sides: Sequence[Side]) -> str:
    parts = []
    for x0, y0, x1, y1 in sides:
        dx, dy = (0.0, 0.8) if x1 > x0 else (0.8, 0.0)
        parts += [(x0 - dx, y0 - dy, x1 - dx, y1 - dy), (x0 + dx, y0 + dy, x1 + dx, y1 + dy)]
    return _strokes(parts, 0.4)


def _covered(grid: Grid) -> str:
    """All rules of a plain table drawn, then a white box over the inside of each merged cell."""
    boxes = [cell.bbox for cell in grid.cells if cell.bbox]
    assert grid.bbox
    left, top, right, bottom = grid.bbox
    rows, columns = {b[1] for b in boxes} | {b[3] for b in boxes}, {b[0] for b in boxes} | {b[2] for b in boxes}
    lines = [(left, y, right, y) for y in sorted(rows)] + [(x, top, x, bottom) for x in sorted(columns)]
    merged = [cell.bbox for cell in grid.cells if cell.bbox and (cell.rowspan > 1 or cell.colspan > 1)]
    whites = "".join(_rectangle((b[0] + 0.5, b[1] + 0.5, b[2] - 0.5, b[3] - 0.5)) for b in merged)
    return _strokes(lines) + "1 g\n" + whites + "0 g\n"


def _header(grid: Grid, heads: int, *, partial: bool) -> str:
    """A rule at the top, one under the header, one at the foot; `partial` ones under the header's merged cells."""
    assert grid.bbox
    left, top, right, bottom = grid.bbox
    lines = [(left, top, right, top), (left, bottom, right, bottom)]
    under = [cell.bbox[3] for cell in grid.cells if cell.bbox and cell.row + cell.rowspan == heads]
    if under:
        lines.append((left, under[0], right, under[0]))
    for cell in grid.cells:
        if partial and cell.bbox and cell.colspan > 1 and cell.row + cell.rowspan < heads:
            lines.append((cell.bbox[0] + 3, cell.bbox[3], cell.bbox[2] - 3, cell.bbox[3]))
    return _strokes(lines, 0.8)


def _stripes(grid: Grid) -> str:
    assert grid.bbox
    left, _, right, _ = grid.bbox
    rows = {cell.row: cell for cell in grid.cells if cell.rowspan == 1 and cell.row % 2}
    boxes = (cell.bbox for cell in rows.values() if cell.bbox)
    return "0.85 0.88 0.95 rg\n" + "".join(_rectangle((left, b[1], right, b[3])) for b in boxes) + "0 g\n"


PENS: dict[str, Callable[[Grid, int], str]] = {
    "ruled": lambda grid, heads: _strokes(_sides(grid)),
    "thin boxes": lambda grid, heads: _thin_boxes(_sides(grid)),
    "hairlines": lambda grid, heads: _strokes(_sides(grid), 0.0),
    "dashed": lambda grid, heads: _strokes(_sides(grid), 0.6, "[2 2] 0 d"),
    "dotted": lambda grid, heads: _strokes(_sides(grid), 0.6, "[0.6 1.2] 0 d"),
    "dots drawn singly": lambda grid, heads: _thin_boxes(list(_dots(_sides(grid)))),
    "double": lambda grid, heads: _double(_sides(grid)),
    "pictures": lambda grid, heads: _pictures(_sides(grid)),
    "covered": lambda grid, heads: _covered(grid),
    "across": lambda grid, heads: _strokes(_sides(grid, upright=False)),
    "upright": lambda grid, heads: _strokes(_sides(grid, across=False)),
    "header": lambda grid, heads: _header(grid, heads, partial=False),
    "header, partial": lambda grid, heads: _header(grid, heads, partial=True),
    "striped": lambda grid, heads: _stripes(grid),
    "none": lambda grid, heads: "",
}
"""How each style is drawn over a grid with so many header rows."""


def _dots(sides: Sequence[Side]) -> Iterator[Side]:
    for x0, y0, x1, y1 in sides:
        length = max(x1 - x0, y1 - y0)
        for k in range(int(length / 2) + 1):
            part = min(1.0, 2 * k / length) if length else 0.0
            x, y = x0 + part * (x1 - x0), y0 + part * (y1 - y0)
            yield x, y, x, y


def drawn(blank: bytes, pages: Sequence[Page], heads: Sequence[int], pen: str) -> bytes:
    """`blank` with a style under its text.

    `pages` are those of the same layout with all rules, as read; `heads` the header rows of each grid on them, in order.
    """
    from pypdf import PdfWriter
    from pypdf.generic import ArrayObject, NameObject, StreamObject

    out = PdfWriter(clone_from=io.BytesIO(blank))
    left = list(heads)
    for sheet, read in zip(out.pages, pages, strict=True):
        operators = f"q 1 0 0 -1 0 {float(read.height):.2f} cm\n"
        for grid in (block for block in read.blocks if isinstance(block, Grid)):
            operators += PENS[pen](grid, left.pop(0))
        stream = StreamObject()
        stream.set_data((operators + "Q\n").encode("latin-1"))
        old = sheet[NameObject("/Contents")]
        rest = list(old) if isinstance(old, ArrayObject) else [sheet.raw_get("/Contents")]
        sheet[NameObject("/Contents")] = ArrayObject([out._add_object(stream), *rest])
    return _written(out)


def _written(out: Any) -> bytes:
    data = io.BytesIO()
    out.write(data)
    return data.getvalue()


def turned(data: bytes) -> bytes:
    """The same pages drawn on their side, with /Rotate to put them upright."""
    from pypdf import PdfWriter

    out = PdfWriter(clone_from=io.BytesIO(data))
    for sheet in out.pages:
        sheet.rotate(270)
        sheet.transfer_rotation_to_content()
        sheet.rotate(90)
    return _written(out)


def in_forms(data: bytes) -> bytes:
    """The same pages with all that is on them inside a form within a form, each with a matrix."""
    from pypdf import PdfWriter
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

    out = PdfWriter(clone_from=io.BytesIO(data))

    def form(content: bytes, resources: Any, scale: float) -> Any:
        stream = StreamObject()
        stream.set_data(content)
        stream.update({
            NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(map(FloatObject, (-5000, -5000, 5000, 5000))),
            NameObject("/Matrix"): ArrayObject(map(FloatObject, (scale, 0, 0, scale, 0, 0))),
            NameObject("/Resources"): resources,
        })  # fmt: skip
        return out._add_object(stream)

    def naming(one: Any) -> DictionaryObject:
        return DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/Inside"): one})})

    for sheet in out.pages:
        drawing = sheet["/Contents"]
        parts = drawing if isinstance(drawing, ArrayObject) else [drawing]
        content = b"\n".join(_data(part.get_object()) for part in parts)
        inner = form(content, sheet["/Resources"], 2.0)
        outer = form(b"q 0.5 0 0 0.5 0 0 cm /Inside Do Q", naming(inner), 1.0)
        stream = StreamObject()
        stream.set_data(b"q /Inside Do Q")
        sheet[NameObject("/Contents")] = out._add_object(stream)
        sheet[NameObject("/Resources")] = naming(outer)
    return _written(out)


def _data(stream: Any) -> bytes:
    return bytes(stream.get_data())


def line_sheet(style: str) -> str:
    """The style sheet of a style that a producer draws itself."""
    return _LINES[style]
