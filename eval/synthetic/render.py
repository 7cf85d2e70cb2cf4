"""Drawing a paper as a file: tab-separated text, HTML, DOCX (written by hand), and PDF by three producers."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from eval.synthetic.blocks import Block, Entry, Heading, Paper, Prose, Sheet

FORMATS = ("txt", "garbled.txt", "html", "xlsx", "docx", "weasyprint.pdf", "chromium.pdf", "libreoffice.pdf")
"""The formats a paper can be drawn in; the part before .pdf is the producer."""

_CSS = """
@page { size: A4; margin: 18mm 14mm }
body { font-family: "Noto Serif CJK SC", serif; font-size: 10.5pt; line-height: 1.6 }
p { text-indent: 2em; margin: 0.3em 0 } p.plain { text-indent: 0; margin: 0 }
table { border-collapse: collapse; width: 100%; font-size: 8.5pt; margin-bottom: 1em }
td, th { border: 0.6pt solid #000; padding: 2px 3px; font-weight: normal }
td.n { text-align: right } .title { text-align: center; font-weight: bold; font-size: 13pt }
"""


class DrawingError(Exception):
    """A producer that is not installed or that drew nothing; the sentence names it."""


def draw(paper: Paper, form: str, path: Path) -> None:
    """Write the paper to `path` in one of `FORMATS`. Raises `DrawingError` when the producer fails."""
    _DRAWERS[form](paper, path)


def grid(sheet: Sheet) -> list[list[str]]:
    """The table as rows of equally many texts; a merged cell's text stands at its first position."""
    filled: dict[tuple[int, int], str] = {}
    lines = [*sheet.head, *sheet.rows]
    for r, line in enumerate(lines):
        column = 0
        for entry in line:
            while (r, column) in filled:
                column += 1
            for down in range(entry.down):
                for across in range(entry.across):
                    filled[r + down, column + across] = entry.text if not down and not across else ""
            column += entry.across
    return [[filled.get((r, c), "") for c in range(sheet.width)] for r in range(len(lines))]


def _text(paper: Paper, path: Path) -> None:
    out: list[str] = [paper.name, ""]
    for block in paper.blocks:
        if isinstance(block, Heading):
            out += ["#" * (block.level + 1) + " " + block.text, ""]
        elif isinstance(block, Prose):
            out += [block.text, ""]
        else:
            out += [block.number, f"### {block.title}", "", block.issuer, "", f"单位：{block.unit}", ""]
            out += ["\t".join(line) for line in grid(block)]
            out += ["", *block.notes, ""]
    path.write_text("\n".join(out), encoding="utf-8")


def _garbled(paper: Paper, path: Path) -> None:
    """Text as exporters leave it: page breaks inside tables, trailing blanks lost, everything on plain lines."""
    out: list[str] = [paper.name, ""]
    for block in paper.blocks:
        if isinstance(block, Heading | Prose):
            out += [block.text, ""]
            continue
        out += [block.number, block.title, f"{block.issuer}    单位：{block.unit}", ""]
        lines = grid(block)
        for number, line in enumerate(lines):
            if number > len(block.head) and number % 14 == 0:
                out += ["", f"— {len(out) % 7 + 3} —", ""]
            out.append("\t".join(line))
        out += ["", *block.notes, ""]
    path.write_text("\n".join(out), encoding="utf-8")


def _xlsx(paper: Paper, path: Path) -> None:
    """A workbook: one sheet a table with its title in a merged first row, amounts as numbers; the text on the first."""
    from openpyxl import Workbook

    book = Workbook()
    front = book.active
    front.title = "说明"
    for block in [Heading(paper.name), *(b for b in paper.blocks if not isinstance(b, Sheet))]:
        front.append([block.text])
    for number, sheet in enumerate((b for b in paper.blocks if isinstance(b, Sheet)), 1):
        page_ = book.create_sheet(f"{number}")
        page_.append([sheet.number])
        page_.append([sheet.title])
        page_.merge_cells(start_row=2, start_column=1, end_row=2, end_column=sheet.width)
        page_.append([sheet.issuer, *[None] * (sheet.width - 2), f"单位：{sheet.unit}"])
        taken: set[tuple[int, int]] = set()
        for r, line in enumerate([*sheet.head, *sheet.rows], 4):
            column = 1
            for entry in line:
                while (r, column) in taken:
                    column += 1
                text = entry.text.replace(",", "")
                number_ = entry.fact is not None and text.replace(".", "").replace("-", "").isdigit()
                cell = page_.cell(r, column, float(text) if number_ else entry.text or None)
                cell.number_format = "#,##0.00" if number_ else "General"
                taken |= {(r + i, column + j) for i in range(entry.down) for j in range(entry.across)}
                if entry.down > 1 or entry.across > 1:
                    end = {"end_row": r + entry.down - 1, "end_column": column + entry.across - 1}
                    page_.merge_cells(start_row=r, start_column=column, **end)
                column += entry.across
        for note in sheet.notes:
            page_.append([note])
    book.save(path)


def _cell(entry: Entry, tag: str) -> str:
    spans = (f' colspan="{entry.across}"' if entry.across > 1 else "") + (
        f' rowspan="{entry.down}"' if entry.down > 1 else ""
    )
    plain = entry.text.rstrip("*)")
    number = ' class="n"' if plain[-1:].isdigit() and re.search(r"[.．]", plain) else ""
    text = html.escape(entry.text).replace("\n", "<br>")
    return f"<{tag}{spans}{number}>{text}</{tag}>"


def _html_block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level + 1}>{html.escape(block.text)}</h{block.level + 1}>"
    if isinstance(block, Prose):
        return f"<p>{html.escape(block.text)}</p>"
    head = "".join("<tr>" + "".join(_cell(e, "td") for e in line) + "</tr>" for line in block.head)
    body = "".join("<tr>" + "".join(_cell(e, "td") for e in line) + "</tr>" for line in block.rows)
    notes = "".join(f'<p class="plain">{html.escape(note)}</p>' for note in block.notes)
    above = f'<p class="plain">{html.escape(block.number)}</p>' if block.number else ""
    under = f'<p class="plain">{html.escape(block.issuer)}</p>' if block.issuer else ""
    under += f'<p class="plain">单位：{block.unit}</p>' if block.foot_unit else ""
    return (
        f'{above}<p class="title">{html.escape(block.title)}</p>{under}'
        f"<table><thead>{head}</thead><tbody>{body}</tbody></table>{notes}"
    )


def page(paper: Paper, css: str = "", marks: str = "") -> str:
    """The paper as one HTML page, with a layout's style sheet and marks (see `eval.synthetic.layouts`)."""
    body = "\n".join(_html_block(block) for block in paper.blocks)
    name = html.escape(paper.name)
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{name}</title><style>{_CSS}{css}</style></head>'
        f"<body>{marks}<h1>{name}</h1>\n{body}</body></html>"
    )


def _html(paper: Paper, path: Path) -> None:
    path.write_text(page(paper), encoding="utf-8")


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def _run(text: str, *, size: int = 21, bold: bool = False) -> str:
    face = '<w:rFonts w:eastAsia="Noto Serif CJK SC" w:ascii="Noto Serif CJK SC" w:hAnsi="Noto Serif CJK SC"/>'
    weight = "<w:b/>" if bold else ""
    return (
        f'<w:r><w:rPr>{face}{weight}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def _paragraph(text: str, *, indent: bool = True, size: int = 21, bold: bool = False, centre: bool = False) -> str:
    inside = '<w:ind w:firstLine="420"/>' if indent else ""
    place = '<w:jc w:val="center"/>' if centre else ""
    return f"<w:p><w:pPr>{inside}{place}</w:pPr>{_run(text, size=size, bold=bold)}</w:p>"


def _docx_table(sheet: Sheet) -> str:
    lines = [*sheet.head, *sheet.rows]
    width = 9600 // sheet.width
    going: dict[int, tuple[int, int]] = {}
    rows = []
    for r, line in enumerate(lines):
        cells: list[str] = []
        column = 0
        queue = list(line)
        while column < sheet.width:
            if column in going:
                left, across = going[column]
                cells.append(_docx_cell(Entry("", across), width, merge="continue"))
                going[column] = (left - 1, across)
                if left == 1:
                    del going[column]
                column += across
                continue
            entry = queue.pop(0)
            cells.append(_docx_cell(entry, width, merge="restart" if entry.down > 1 else ""))
            if entry.down > 1:
                going[column] = (entry.down - 1, entry.across)
            column += entry.across
        repeat = "<w:trPr><w:tblHeader/></w:trPr>" if r < len(sheet.head) else ""
        rows.append(f"<w:tr>{repeat}{''.join(cells)}</w:tr>")
    borders = "".join(
        f'<w:{s} w:val="single" w:sz="4"/>' for s in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = f'<w:gridCol w:w="{width}"/>' * sheet.width
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="9600" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _docx_cell(entry: Entry, width: int, *, merge: str) -> str:
    span = f'<w:gridSpan w:val="{entry.across}"/>' if entry.across > 1 else ""
    down = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    text = _paragraph(entry.text, indent=False, size=15)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width * entry.across}" w:type="dxa"/>{span}{down}</w:tcPr>{text}</w:tc>'


def _docx(paper: Paper, path: Path) -> None:
    parts = [_paragraph(paper.name, indent=False, size=36, bold=True, centre=True)]
    for block in paper.blocks:
        if isinstance(block, Heading):
            parts.append(_paragraph(block.text, indent=False, size=32 - 3 * block.level, bold=True))
        elif isinstance(block, Prose):
            parts.append(_paragraph(block.text))
        else:
            parts += [_paragraph(block.number, indent=False), _paragraph(block.title, indent=False, size=28, centre=True),
                      _paragraph(f"{block.issuer}        单位：{block.unit}", indent=False),
                      _docx_table(block), *(_paragraph(note, indent=False) for note in block.notes), "<w:p/>"]  # fmt: skip
    section = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:bottom="1134" w:left="1134" w:right="1134"/></w:sectPr>'
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>{"".join(parts)}{section}</w:body></w:document>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS)
        archive.writestr("word/document.xml", document)


def print_page(source: str, producer: str, path: Path) -> None:
    """Print a page of HTML by `weasyprint` or `chromium`. Raises `DrawingError` when the producer fails."""
    if producer == "weasyprint":
        from weasyprint import HTML

        HTML(string=source).write_pdf(str(path))
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(source, encoding="utf-8")
        _call(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/profile",
               f"--print-to-pdf={path.absolute()}", file.as_uri()], path)  # fmt: skip


def _weasyprint(paper: Paper, path: Path) -> None:
    print_page(page(paper), "weasyprint", path)


def _chromium(paper: Paper, path: Path) -> None:
    print_page(page(paper), "chromium", path)


def _libreoffice(paper: Paper, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "paper.docx"
        _docx(paper, source)
        drawn = source.with_suffix(".pdf")
        _call(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
               "--outdir", folder, str(source)], drawn)  # fmt: skip
        shutil.move(drawn, path)


def _call(command: Sequence[str], drawn: Path) -> None:
    if shutil.which(command[0]) is None:
        raise DrawingError(f"{command[0]} is not installed")
    subprocess.run(command, check=False, capture_output=True, timeout=180)
    if not drawn.exists():
        raise DrawingError(f"{command[0]} drew nothing for {drawn.name}")


_DRAWERS: dict[str, Callable[[Paper, Path], None]] = {
    "txt": _text, "garbled.txt": _garbled, "html": _html, "xlsx": _xlsx, "docx": _docx, "weasyprint.pdf": _weasyprint, "chromium.pdf": _chromium,
    "libreoffice.pdf": _libreoffice,
}  # fmt: skip
