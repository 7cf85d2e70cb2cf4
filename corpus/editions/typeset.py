"""Typesets the bundled editions: ``python -m corpus.editions.typeset [NAME…]`` writes one PDF per manuscript.

Nothing imports this at run time; it needs the ``editions`` dependency group, Pango and the Noto CJK fonts.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from corpus.editions.manuscript import Block, Cell, Contents, Heading, Manuscript, Paragraph, Table, read_manuscript

HERE = Path(__file__).parent
KEYWORD = "mingzhang-edition"
# The same manuscript must give the same bytes, so every date in the file is this one.
EDITION_DATE = "2026-11-20T00:00:00Z"
EDITION_EPOCH = "1795132800"
_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?%?")
_TOTAL = re.compile("(部门)?(合|总) *计：?")
_LONG = 24  # characters; longer cells hold sentences


def main(arguments: list[str] | None = None) -> None:
    """Typeset the named editions, or all of them, into the folder of the bundled PDFs."""
    parser = argparse.ArgumentParser(description="Typeset the bundled editions as PDF.")
    parser.add_argument("names", nargs="*", help="part of an edition's file name; default: all")
    parser.add_argument("--into", type=Path, default=HERE, help="folder for the PDFs")
    options = parser.parse_args(arguments)
    for path in sorted((HERE / "source").glob("*.txt")):
        if not options.names or any(name in path.stem for name in options.names):
            target = options.into / f"{path.stem}.pdf"
            target.write_bytes(pdf(read_manuscript(path)))
            print(f"{target.name}: {target.stat().st_size // 1024} KB")


def pdf(manuscript: Manuscript) -> bytes:
    """The typeset edition; the same manuscript gives the same bytes."""
    os.environ["SOURCE_DATE_EPOCH"] = EDITION_EPOCH  # fontTools stamps the subset fonts with it
    from weasyprint import CSS, HTML  # imported here: the manuscripts can be read without Pango

    text = html(manuscript)
    written = HTML(string=text, base_url=str(HERE)).write_pdf(
        stylesheets=[CSS(filename=str(HERE / "edition.css"))],
        pdf_identifier=identifier(manuscript),
    )
    if not isinstance(written, bytes):
        raise TypeError("WeasyPrint gave no PDF")
    return written


def identifier(manuscript: Manuscript) -> bytes:
    """The PDF's /ID: it changes with every word and every style, so a PDF that is out of date can be told."""
    style = (HERE / "edition.css").read_text(encoding="utf-8")
    return hashlib.sha256(f"{html(manuscript)}{style}".encode()).digest()[:16]


def html(manuscript: Manuscript) -> str:
    """The edition as one HTML page: title page, then every block in order."""
    about = manuscript.about
    targets = {block: f"block-{number}" for number, block in enumerate(manuscript.blocks)}
    body = "\n".join(_block(block, targets, manuscript.blocks) for block in manuscript.blocks)
    subject = f"{about['issuer']}{about['year']}年{about['kind']}；{_edition_line(about)}"
    meta = {
        "author": "mingzhang editions",
        "description": subject,
        "keywords": f"{KEYWORD}, {about['issuer']}, {about['year']}, {about['kind']}",
        "generator": "mingzhang corpus.editions.typeset",
        "dcterms.created": EDITION_DATE,
        "dcterms.modified": EDITION_DATE,
    }
    tags = "".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in meta.items())
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(about["title"])}</title>{tags}'
        f'</head><body class="{about["look"]}">{_title_page(about)}{body}</body></html>'
    )


def _edition_line(about: dict[str, str]) -> str:
    return (
        "本件是明账（mingzhang）自行排印的版本：表格与金额照公布的原样，文字由我们用自己的话写成；"
        f"具有效力的原件由{about['issuer']}发布，见{about['site']}。"
    )


def _title_page(about: dict[str, str]) -> str:
    return (
        f'<section class="cover"><p class="year">{about["year"]}年度</p>'
        f'<h1 class="title">{escape(about["issuer"])}</h1>'
        f'<p class="kind">{about["kind"]}</p><div class="edition"><p>{escape(_edition_line(about))}</p>'
        '<p lang="en">This is mingzhang\'s own edition: tables and amounts as published, prose in our own words. The '
        "authoritative original is the one on the issuing unit's own budget disclosure page.</p></div></section>"
    )


def _block(block: Block, targets: dict[Block, str], blocks: Iterable[Block]) -> str:
    if isinstance(block, Heading):
        return f'<h{block.level} id="{targets[block]}">{escape(block.text)}</h{block.level}>'
    if isinstance(block, Paragraph):
        note = ' class="note"' if re.match("(备)?注：", block.text) else ""
        return f"<p{note}>{escape(block.text)}</p>"
    if isinstance(block, Contents):
        return _contents(block, targets, blocks)
    return _table(block, targets[block])


def _contents(contents: Contents, targets: dict[Block, str], blocks: Iterable[Block]) -> str:
    """The entries; where pages are numbered an entry leads to the last heading or table whose words it ends with."""
    places = {
        (block.text if isinstance(block, Heading) else block.title): targets[block]
        for block in blocks
        if isinstance(block, Heading | Table)
    }
    lines = []
    for entry in contents.entries:
        target = next((places[words] for words in places if contents.numbered and entry.endswith(words)), None)
        level = "part" if entry.startswith("第") else "entry"
        number = f'<a href="#{target}"></a>' if target else ""
        lines.append(f'<p class="{level}">{escape(entry)}{number}</p>')
    return f'<nav><p class="nav-title">目　录</p>{"".join(lines)}</nav>'


def _table(table: Table, identity: str) -> str:
    classes = " ".join(["sheet", "wide" if table.wide else "tall", "same" if table.same_page else "fresh"])
    label = f'<p class="label">{escape(table.label)}</p>' if table.label else ""
    unit = f'<p class="unit"><span>{escape(table.unit[1])}</span>{escape(table.unit[0])}</p>' if any(table.unit) else ""
    caption = f'<div class="caption">{label}<p class="name">{escape(table.title)}</p>{unit}</div>'
    return f'<section class="{classes}" id="{identity}">{caption}{"".join(_grids(table))}</section>'


def _grids(table: Table) -> Iterator[str]:
    """The ruled grid, in as many pieces as the manuscript asks for, each further piece on a new page."""
    widths = "".join(f'<col style="width:{width / _total(table):.2%}">' for _, width in table.columns)
    rows = list(_rows(table))
    head = "".join(rows[: table.header])
    starts = [table.header, *sorted(table.page_breaks)]
    for start, stop in zip(starts, [*starts[1:], len(rows)], strict=True):
        body = "".join(rows[start:stop])
        # A <thead> is repeated on every page by its nature; a header that is printed once goes with the body.
        if table.repeat:
            body = f"<thead>{head}</thead><tbody>{body}</tbody>"
        else:
            body = f"<tbody>{head if start == table.header else ''}{body}</tbody>"
        kind = ' class="goes-on"' if start > table.header else ""
        yield f"<table{kind}><colgroup>{widths}</colgroup>{body}</table>"


def _total(table: Table) -> int:
    return sum(width for _, width in table.columns)


def _rows(table: Table) -> Iterator[str]:
    for number, cells in enumerate(table.drawn()):
        is_header = number < table.header
        drawn = "".join(_cell(cell, is_header, table.columns[cell.column][0]) for cell in cells)
        yield f"<tr>{drawn}</tr>"


def _cell(cell: Cell, is_header: bool, alignment: str) -> str:
    spans = "".join(
        f' {name}="{count}"' for name, count in (("rowspan", cell.rowspan), ("colspan", cell.colspan)) if count > 1
    )
    if is_header:
        return f"<th{spans}>{escape(cell.text)}</th>"
    return f'<td class="{_alignment(cell, alignment)}"{spans}>{escape(cell.text)}</td>'


def _alignment(cell: Cell, column: str) -> str:
    """Amounts stand right and sentences left, whatever the column; words in a column of amounts are centred."""
    is_number = bool(_NUMBER.fullmatch(cell.text))
    if is_number and (column == "l" or re.search(r",|\.\d\d", cell.text)):
        return "r"
    if len(cell.text) > _LONG:
        return "l"
    if (column == "r" and cell.text and not is_number) or (cell.colspan > 1 and _TOTAL.fullmatch(cell.text)):
        return "c"
    return column


if __name__ == "__main__":
    main()
