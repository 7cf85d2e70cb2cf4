"""Word, Excel and web pages: merged cells, hidden things, numbers as shown, and files made to harm."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import datetime
from typing import Any

import pytest

from corpus.figure import Measure
from corpus.money import UNCALCULATED, Absence
from corpus.settings import Settings
from ingest.checking.checks import run_checks
from ingest.checking.outcome import Verdict
from ingest.errors import UnreadableFile
from ingest.page import Grid, Line, Page
from ingest.pipeline import ingest_bytes
from ingest.readers.docx import chinese, read_docx
from ingest.readers.html import read_html
from ingest.readers.number_formats import shown
from ingest.readers.xlsx import read_xls, read_xlsx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


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


def box(content: str, properties: str = "") -> str:
    """A run with a text box as Word saves it: once as a drawing, once more for older programs."""
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        f'<w:r><w:rPr>{properties}</w:rPr><mc:AlternateContent {MC}><mc:Choice Requires="wps">'
        f"<w:drawing>{inside}</w:drawing></mc:Choice><mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_with_its_tables() -> None:
    table = f"<w:tbl><w:tr>{tc('项目')}{tc('预算数')}</w:tr><w:tr>{tc('合计')}{tc('3.00')}</w:tr></w:tbl>"
    inner = f"<w:p>{box(p('内框'))}</w:p>"
    body = f"<w:p><w:r><w:t>框外</w:t></w:r>{box(p('三公经费表') + table + inner)}</w:p>" + p("框后")
    (page,) = read_docx(docx(body))
    assert [b.text if isinstance(b, Line) else [c.text for c in b.cells] for b in page.blocks] == [
        "框外", "三公经费表", ["项目", "预算数", "合计", "3.00"], "内框", "框后",
    ]  # fmt: skip


def test_text_boxes_in_cells_and_deleted_ones() -> None:
    cell = f"<w:tc><w:p><w:r><w:t>合计</w:t></w:r>{box(p('注：含上年结转'))}</w:p></w:tc>"
    gone = f"<w:p><w:del>{box(p('已删'))}</w:del></w:p>"
    pages = read_docx(docx(f"<w:tbl><w:tr>{cell}{tc('3.00')}</w:tr></w:tbl>{gone}"))
    assert [c.text for grid in grids(pages) for c in grid.cells] == ["合计", "3.00"]
    assert lines(pages) == ["注:含上年结转"]


def test_hidden_text_of_word_is_not_printed() -> None:
    """Direct formatting counts before styles; hidden in both styles is shown (ECMA-376 part 1, 17.7.3)."""

    def run(text: str, properties: str) -> str:
        return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"

    def of(style: str) -> str:
        return f'<w:rStyle w:val="{style}"/>'

    hidden, shown_here = "<w:vanish/>", '<w:vanish w:val="0"/>'
    styles = (
        '<w:style w:type="character" w:styleId="ghost"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="child"><w:basedOn w:val="ghost"/></w:style>'
        '<w:style w:type="character" w:styleId="seen"><w:basedOn w:val="ghost"/>'
        '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="memo"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    memo = '<w:pPr><w:pStyle w:val="memo"/></w:pPr>'
    body = (
        f"<w:p>{run('一', hidden)}{run('二', of('child'))}{run('三', shown_here)}{run('四', '<w:webHidden/>')}"
        f"{run('五', of('seen'))}{run('六', of('child') + shown_here)}{run('七', of('loop'))}{box(p('框'), hidden)}</w:p>"
        f"<w:p>{memo}{run('甲', '')}{run('乙', of('child'))}</w:p><w:p>{memo}{run('丙', '')}</w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{run('12', hidden)}{run('34.00', '')}</w:p></w:tc>{tc('丁')}</w:tr>"
        f"<w:tr><w:trPr><w:hidden/></w:trPr>{tc('底稿')}{tc('9.00')}</w:tr></w:tbl>"
    )
    pages = read_docx(docx(body, styles=styles))
    assert lines(pages) == ["三四五六七", "乙"]
    assert [c.text for grid in grids(pages) for c in grid.cells] == ["34.00", "丁"]


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


def edited(data: bytes, part: str, *changes: tuple[str, str]) -> bytes:
    """The package with something exchanged in one part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                text = content.decode()
                for before, after in changes:
                    assert before in text
                    text = text.replace(before, after)
                content = text.encode()
            new.writestr(name, content)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_formula_without_its_result_is_unreadable_and_no_blank() -> None:
    """openpyxl writes formulas and calculates none; 1.5 and the empty text are put in as a spreadsheet saves them."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.title = "收支总表"
        for row in (
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            ["合计", None, "=SUM(D2:E2)", 1.5, None],
            [201, "一般公共服务支出", "=D3+E3", "=1+0.5", '=IF(1,"","x")'],
        ):
            sheet.append(row)

    data = edited(
        workbook(fill), SHEET,
        ("<f>1+0.5</f><v></v>", "<f>1+0.5</f><v>1.5</v>"),
        ('<c r="E3"><f>', '<c r="E3" t="str"><f>'),
    )  # fmt: skip
    (page,) = read_xlsx(data)
    (grid,) = grids([page])
    assert [cell.text for cell in grid.cells if cell.row == 1] == ["合计", "", UNCALCULATED, "1.5", ""]
    assert [cell.text for cell in grid.cells if cell.row == 2] == ["201", "一般公共服务支出", UNCALCULATED, "1.5", ""]
    (warning,) = page.warnings
    assert warning.startswith("工作表“收支总表”有 2 个公式没有保存计算结果")


def test_cells_that_an_array_formula_would_fill() -> None:
    """Cells without a place of their own come after the one before; what has a value keeps it; a huge range is none."""

    def fill(book: Any, sheet: Any) -> None:
        for row in (["甲", "=1", 5], ["乙", None, 6], ["丙", 7, 8]):
            sheet.append(row)

    data = edited(workbook(fill), SHEET, ('<c r="B1"><f>1</f>', '<c><f t="array" ref="B1:B3">1</f>'))
    (grid,) = grids(read_xlsx(data))
    assert [cell.text for cell in grid.cells if cell.column == 1] == [UNCALCULATED, UNCALCULATED, "7"]
    huge = edited(workbook(fill), SHEET, ('<c r="B1"><f>1</f>', '<c r="B1"><f t="array" ref="B1:XFD1048576">1</f>'))
    (grid,) = grids(read_xlsx(huge))
    assert [cell.text for cell in grid.cells if cell.column == 1] == [UNCALCULATED, "", "7"]


def test_hidden_formulas_without_results_are_no_matter() -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row in (["项目", "内部", "预算数"], ["合计", "=1", 3]):
            sheet.append(row)
        sheet.column_dimensions["B"].hidden = True

    (page,) = read_xlsx(workbook(fill))
    assert page.warnings == ()
    assert [cell.text for cell in grids([page])[0].cells] == ["项目", "预算数", "合计", "3"]


def test_no_sum_is_proven_by_a_formula_without_its_result() -> None:
    """The parts make 30; the total is not calculated, so that nothing is said to hold or to fail, and the parts stay."""

    def fill(book: Any, sheet: Any) -> None:
        for row in (
            ["2026年部门支出总表"], ["编制单位：某市财政局", "单位：万元"],
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            [None, "合计", "=SUM(C5:C6)", "=SUM(D5:D6)", "=SUM(E5:E6)"],
            [201, "一般公共服务支出", 10, 4, 6],
            [208, "社会保障和就业支出", 20, "=C6-E6", 15],
        ):  # fmt: skip
            sheet.append(row)

    record = ingest_bytes("某市财政局2026年部门预算.xlsx", workbook(fill), Settings())
    told = {
        (f.code or f.account, f.component): str(f.amount) if f.amount else f.absence
        for f in record.figures
        if f.measure is Measure.AMOUNT
    }
    lost = Absence.UNREADABLE
    assert told == {
        ("本年支出合计", "合计"): lost, ("本年支出合计", "基本支出"): lost, ("本年支出合计", "项目支出"): lost,
        ("201", "合计"): "10万元", ("201", "基本支出"): "4万元", ("201", "项目支出"): "6万元",
        ("208", "合计"): "20万元", ("208", "基本支出"): lost, ("208", "项目支出"): "15万元",
    }  # fmt: skip
    assert record.findings == ()
    about = [o for o in run_checks(record) if any(f.absence is lost and f.id in o.figures for f in record.figures)]
    assert about
    assert {o.verdict for o in about} <= {Verdict.UNREADABLE, Verdict.NOT_APPLICABLE}
    assert any("没有保存计算结果" in warning for warning in record.warnings)


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
