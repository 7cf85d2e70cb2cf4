"""Word, Excel and web pages: merged cells, hidden things, numbers as shown, and files made to harm."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import datetime
from typing import Any

import pytest

from ingest.errors import UnreadableFile
from ingest.page import Grid, Line, Page
from ingest.readers.docx import chinese, read_docx
from ingest.readers.html import read_html
from ingest.readers.number_formats import shown
from ingest.readers.xlsx import read_xls, read_xlsx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, **parts: str) -> bytes:
    """A Word file with that body; further parts by name (styles, numbering)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {W}>{content}</w:{name}>")
    return buffer.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def grids(pages: list[Page]) -> list[Grid]:
    return [block for page in pages for block in page.blocks if isinstance(block, Grid)]


def lines(pages: list[Page]) -> list[str]:
    return [block.text for page in pages for block in page.blocks if isinstance(block, Line)]


def cells(grid: Grid) -> list[tuple[int, int, str, int, int]]:
    return [(cell.row, cell.column, cell.text, cell.rowspan, cell.colspan) for cell in grid.cells]


# Word


def test_merged_cells_of_word() -> None:
    span, start, more = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = (
        f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{tc('科目', start)}{tc('预算数', span)}</w:tr>"
        f"<w:tr>{tc('', more)}{tc('基本支出')}{tc('项目支出')}</w:tr>"
        f"<w:tr>{tc('合计')}{tc('１，０００.00')}{tc('')}</w:tr></w:tbl>"
    )
    (grid,) = grids(read_docx(docx(p("收支总表") + table + p("注：无"))))
    assert cells(grid) == [
        (0, 0, "科目", 2, 1), (0, 1, "预算数", 1, 2),
        (1, 1, "基本支出", 1, 1), (1, 2, "项目支出", 1, 1),
        (2, 0, "合计", 1, 1), (2, 1, "1,000.00", 1, 1), (2, 2, "", 1, 1),
    ]  # fmt: skip
    assert grid.header_rows == 1


def test_order_headings_and_deleted_text_of_word() -> None:
    styles = '<w:style w:styleId="a1"><w:name w:val="heading 2"/></w:style>'
    body = (
        p("第一部分 概况", '<w:pStyle w:val="a1"/>')
        + "<w:p><w:r><w:t>共</w:t></w:r><w:del><w:r><w:delText>五</w:delText></w:r></w:del>"
        + "<w:ins><w:r><w:t>六</w:t></w:r></w:ins><w:r><w:t>项</w:t></w:r></w:p>"
        + f"<w:tbl><w:tr>{tc('甲')}{tc('乙')}</w:tr></w:tbl>"
        + p("完")
    )
    (page,) = read_docx(docx(body, styles=styles))
    assert [block.text if isinstance(block, Line) else "▦" for block in page.blocks] == [
        "第一部分 概况",
        "共六项",
        "▦",
        "完",
    ]
    assert isinstance(page.blocks[0], Line)
    assert page.blocks[0].heading == 2


def test_numbers_that_word_counts_are_printed() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    first, second = (f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>' for level in (0, 1))
    body = p("职责", first) + p("甲", second) + p("乙", second) + p("机构", first) + p("丙", second)
    assert lines(read_docx(docx(body, numbering=numbering))) == ["一、职责", "1.甲", "2.乙", "二、机构", "1.丙"]
    assert [chinese(count) for count in (1, 10, 12, 20, 21, 99)] == ["一", "十", "十二", "二十", "二十一", "九十九"]


def test_a_list_level_that_cannot_be_is_not_counted_to() -> None:
    """Nine levels are all that a list has: a file that names the thousand-millionth is read without its numbers."""
    depth = 10**9
    numbering = (
        f'<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="{depth}"><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="x"/></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    body = p("职责", f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="3"/></w:numPr>')
    assert lines(read_docx(docx(body, numbering=numbering))) == ["职责"]


def test_a_table_inside_a_cell_stands_on_its_own() -> None:
    inner = f"<w:tbl><w:tr>{tc('项目')}{tc('3.00')}</w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{p('见下')}{inner}</w:tc>{tc('右')}</w:tr></w:tbl>"
    assert [[cell.text for cell in grid.cells] for grid in grids(read_docx(docx(outer)))] == [
        ["见下", "右"],
        ["项目", "3.00"],
    ]


# Excel


def workbook(fill: Any) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    fill(book, book.active)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_sheet_as_it_is_shown() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.title = "收支总表"
        sheet.append(["2026年收支总表"])
        sheet.append(["单位：万元"])
        sheet.append(["项目", "预算数", "备注"])
        sheet.append(["合计", 1234.5, None])
        sheet.append(["上年结转", 0, None])
        sheet.merge_cells("A1:C1")
        sheet["B4"].number_format = "#,##0.00"
        sheet["B5"].number_format = '#,##0.00;-#,##0.00;""'
        book.create_sheet("草稿").sheet_state = "hidden"

    pages = read_xlsx(workbook(fill))
    assert len(pages) == 1
    assert pages[0].number is None
    assert lines(pages) == ["收支总表", "2026年收支总表", "单位:万元"]
    (grid,) = grids(pages)
    assert [cell.text for cell in grid.cells if cell.row == 1] == ["合计", "1,234.50", ""]
    assert [cell.text for cell in grid.cells if cell.row == 2] == ["上年结转", "", ""]


def test_hidden_rows_and_columns_are_left_out_and_merges_shrink() -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row in (["收入", None, None], ["项目", "内部", "预算数"], ["删", "x", 9], ["合计", "y", 3]):
            sheet.append(row)
        sheet.merge_cells("A1:C1")
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[3].hidden = True

    (grid,) = grids(read_xlsx(workbook(fill)))
    assert cells(grid) == [
        (0, 0, "收入", 1, 2), (1, 0, "项目", 1, 1), (1, 1, "预算数", 1, 1), (2, 0, "合计", 1, 1), (2, 1, "3", 1, 1),
    ]  # fmt: skip


def test_tables_on_one_sheet_are_told_apart_by_what_stands_between() -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row in (
            ["收入预算表"], ["编制单位：某局", "单位：万元"], ["项目", "数"], ["合计", 1], ["二、外交支出", None],
            ["支出预算表"], ["项目", "数"], ["合计", 2], ["注：无"],
        ):  # fmt: skip
            sheet.append(row)

    (page,) = read_xlsx(workbook(fill))
    assert [block.text if isinstance(block, Line) else block.n_rows for block in page.blocks] == [
        "收入预算表", "编制单位:某局", "单位:万元", 3, "支出预算表", 3,
    ]  # fmt: skip


def test_tables_on_one_sheet_are_told_apart_by_two_blank_rows() -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row in (["甲", 1], [None, None], ["乙", 2], [None], [None], ["丙", 3]):
            sheet.append(row)

    assert [grid.n_rows for grid in grids(read_xlsx(workbook(fill)))] == [3, 1]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (-1234.5, "#,##0.00_);[Red]\\(#,##0.00\\)", "(1,234.50)"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (0, "0.00;-0.00;", ""),
        (0.0717, "0.00%", "7.17%"),
        (4218.2700000000004, "General", "4218.27"),
        (12.5, '0.00"万元"', "12.50万元"),
        (1234567, "#,##0,", "1,235"),
        (7, "0000", "0007"),
        (2, "0.##", "2"),
        (2.675, "0.00", "2.68"),
        (2010301, "@", "2010301"),
        (None, "0.00", ""),
        ("文字", "0.00", "文字"),
        (datetime(2026, 2, 14), 'yyyy"年"m"月"d"日"', "2026年2月14日"),
    ],
)
def test_numbers_as_shown(value: object, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_an_old_workbook() -> None:
    """BIFF 2 records by hand: BOF, DIMENSIONS, LABEL, NUMBER, EOF."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    data = (
        record(0x0009, struct.pack("<HH", 2, 0x10))
        + record(0x0000, struct.pack("<HHHH", 0, 1, 0, 2))
        + record(0x0004, struct.pack("<HH3sB", 0, 0, b"\0\0\0", 5) + b"total")
        + record(0x0003, struct.pack("<HH3sd", 0, 1, b"\0\0\0", 3.25))
        + record(0x000A, b"")
    )
    (grid,) = grids(read_xls(data))
    assert [cell.text for cell in grid.cells] == ["total", "3.25"]


# web pages


def test_spans_of_a_web_table() -> None:
    page = (
        '<html><head><meta charset="gbk"><title>某局2025年部门预算-某市人民政府</title>'
        '<script>var a="预算";</script></head><body>'
        "<h1>部门预算</h1><p>单位：&nbsp;万元</p><table><tr><td rowspan=2>科目</td><td colspan='2'>预算数</td></tr>"
        "<tr><td>基本<br>支出</td><td>项目支出</td></tr><tr><td>合计</td><td>&yen;1.00</td></tr></table>"
        "<p style='display:none'>隐藏</p></body></html>"
    )
    pages = read_html(page.encode("gbk"))
    assert lines(pages) == ["某局2025年部门预算", "部门预算", "单位: 万元"]
    (grid,) = grids(pages)
    assert cells(grid) == [
        (0, 0, "科目", 2, 1), (0, 1, "预算数", 1, 2), (1, 1, "基本支出", 1, 1), (1, 2, "项目支出", 1, 1),
        (2, 0, "合计", 1, 1), (2, 1, "¥1.00", 1, 1), (2, 2, "", 1, 1),
    ]  # fmt: skip


def test_tables_that_lay_out_the_page_are_read_through() -> None:
    page = (
        "<table><tr><td>导航</td><td><form><p>正文一</p><table><tr><td>项目</td><td>3.00</td></tr></table>"
        "<p>正文二</p></form></td></tr></table>"
    )
    pages = read_html(page.encode())
    assert lines(pages) == ["导航", "正文一", "正文二"]
    assert [cell.text for cell in grids(pages)[0].cells] == ["项目", "3.00"]


def test_a_wrong_declaration_is_not_believed() -> None:
    page = '<html><head><meta content="text/html; charset=gb2312"></head><body><p>收入预算</p></body></html>'
    assert lines(read_html(page.encode("utf-8"))) == ["收入预算"]


def test_headers_that_the_page_marks() -> None:
    page = "<table><tr><th>项目</th><th>数</th></tr><tr><td>合计</td><td>1</td></tr></table><p>x</p>"
    assert grids(read_html(page.encode()))[0].header_rows == 1


def test_a_huge_span_makes_no_huge_grid() -> None:
    page = "<table>" + "<tr><td colspan=9999 rowspan=9999>甲</td></tr>" * 3 + "<tr><td>乙</td><td>丙</td></tr></table>"
    (grid,) = grids(read_html(page.encode()))
    assert (grid.n_rows, grid.n_columns) == (4, 5)


# files made to harm


def zipped(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    bomb = zipped("word/document.xml", b"<a>" + b" " * 50_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(UnreadableFile, match="压缩炸弹"):
        read_docx(bomb)
    with pytest.raises(UnreadableFile, match="压缩炸弹"):
        read_xlsx(zipped("xl/workbook.xml", b" " * 50_000_000))


def test_entities_are_refused() -> None:
    laughs = '<!DOCTYPE d [<!ENTITY a "哈哈">]>'
    content = f'<?xml version="1.0"?>{laughs}<w:document {W}><w:body>{p("&a;")}</w:body></w:document>'
    with pytest.raises(UnreadableFile, match="实体"):
        read_docx(zipped("word/document.xml", content.encode()))


def test_a_directory_that_lies_about_sizes_is_noticed() -> None:
    honest = zipped("word/document.xml", b"x" * 5000)
    lying = honest.replace(struct.pack("<L", 5000), struct.pack("<L", 50))
    with pytest.raises(UnreadableFile):
        read_docx(lying)


@pytest.mark.parametrize("reader", [read_docx, read_xlsx])
def test_cut_off_files(reader: Any) -> None:
    whole = docx(p("正文" * 500)) if reader is read_docx else workbook(lambda book, sheet: sheet.append(["甲", 1]))
    for share in (0.3, 0.7, 0.97):
        with pytest.raises(UnreadableFile):
            reader(whole[: int(len(whole) * share)])


@pytest.mark.parametrize("reader", [read_docx, read_xlsx])
def test_a_piece_missing_from_the_middle(reader: Any) -> None:
    whole = docx(p("正文" * 500)) if reader is read_docx else workbook(lambda book, sheet: sheet.append(["甲", 1]))
    directory = whole.index(b"PK\x01\x02")
    with pytest.raises(UnreadableFile):
        reader(whole[:20] + whole[directory:])  # the directory is whole and points in front of the file


def test_broken_workbooks_and_words() -> None:
    with pytest.raises(UnreadableFile):
        read_xlsx(zipped("xl/workbook.xml", b"<broken"))
    with pytest.raises(UnreadableFile):
        read_docx(zipped("word/document.xml", b"<broken"))
    with pytest.raises(UnreadableFile):
        read_xls(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(UnreadableFile):
        read_html(b"")
