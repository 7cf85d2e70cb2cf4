"""PDF files written by hand, byte by byte, and three real ones whose cells were read off their page images by eye."""

import io
import struct
from pathlib import Path

import pytest
from pypdf import PdfWriter

from ingest.errors import UnreadableFile
from ingest.grids.joining import join
from ingest.page import Grid, Line, Page
from ingest.readers.characters import fold
from ingest.readers.page_image import page_png
from ingest.readers.pdf import disagreement, read_pdf

SHARED = Path(__file__).resolve().parents[2] / "shared"
REAL = SHARED / "real"
TYPESET = SHARED / "typeset"


def pdf(*contents: str, page: str = "", form: str = "", size: str = "0 0 400 300") -> bytes:
    """A PDF file with one page for each content stream, in Helvetica; `form` is drawn by "/X Do" half as large."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    count = len(contents)
    kids = " ".join(f"{5 + 2 * k} 0 R" for k in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        font,
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 1000 1000] /Matrix [0.5 0 0 0.5 10 20] /Length {len(form)} "
        f"/Resources << /Font << /F 3 0 R >> >> >>\nstream\n{form}\nendstream",
    ]
    for k, content in enumerate(contents):
        resources = f"/Resources << /Font << /F 3 0 R >> /XObject << /X 4 0 R >> >> {page}"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [{size}] /Contents {6 + 2 * k} 0 R {resources} >>")
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return data + f"trailer << /Root 1 0 R /Size {len(objects) + 1} >>\nstartxref\n{start}\n%%EOF\n".encode()


def text(words: str, x: float, y: float, size: float = 10, before: str = "") -> str:
    return f"BT {before} /F {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n"


CELLS = text("2026", 60, 205) + text("1,234.50", 160, 205) + text("2025", 60, 185) + text("0.00", 160, 185)
STROKED = "".join(f"50 {y} m 250 {y} l S\n" for y in (180, 200, 220)) + "".join(
    f"{x} 180 m {x} 220 l S\n" for x in (50, 150, 250)
)
FILLED = "".join(f"50 {y} 200 0.5 re f\n" for y in (180, 200, 220)) + "".join(
    f"{x} 180 0.5 40.5 re f\n" for x in (50, 150, 250)
)
BOXES = "".join(f"{x} {y} 100 20 re S\n" for x in (50, 150) for y in (180, 200))
RINGS = "".join(f"{x} {y} 100 20 re {x + 1} {y + 1} 98 18 re f*\n" for x in (50, 150) for y in (180, 200))


def only(data: bytes) -> Page:
    (page,) = read_pdf(data)
    return page


def grid_of(page: Page) -> Grid:
    (grid,) = [block for block in page.blocks if isinstance(block, Grid)]
    return grid


def lines_of(page: Page) -> list[str]:
    return [block.text for block in page.blocks if isinstance(block, Line)]


def rows(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.n_rows)]


@pytest.mark.parametrize("rules", [STROKED, FILLED, BOXES, RINGS], ids=["strokes", "thin boxes", "cells", "rings"])
def test_table_whichever_way_it_is_drawn(rules: str) -> None:
    page = only(pdf(rules + CELLS + text("Note 12.", 50, 160)))
    assert rows(grid_of(page)) == [["2026", "1,234.50"], ["2025", "0.00"]]
    assert lines_of(page) == ["Note 12."]
    assert (page.number, page.width, page.height, page.source, page.warnings) == (1, 400, 300, "text", ())
    assert page.text.split() == ["2026", "1,234.50", "2025", "0.00", "Note", "12."]


def test_rule_under_a_white_box_is_not_seen() -> None:
    white = "1 g 51 181 198 18 re f 0 g\n"  # over the rule between the two columns of the lower row
    page = only(pdf(STROKED + white + text("2026", 60, 205) + text("1,234.50", 160, 205) + text("2025", 60, 185)))
    cells = {cell.text: (cell.row, cell.column, cell.colspan) for cell in grid_of(page).cells}
    assert cells == {"2026": (0, 0, 1), "1,234.50": (0, 1, 1), "2025": (1, 0, 2)}
    before = only(pdf(white + STROKED + CELLS))  # painted first, it hides nothing
    assert rows(grid_of(before)) == [["2026", "1,234.50"], ["2025", "0.00"]]


def test_seal_stamped_over_a_table_is_no_rule() -> None:
    """A round stroke: the handles of its curves are level and upright, the curves are not."""
    seal = "q 1 0 0 RG 2 w 200 230 m 222 230 230 222 230 200 c 230 178 222 170 200 170 c 178 170 170 178 170 200 c 170 222 178 230 200 230 c h S Q\n"
    ring = "q 1 0 0 rg 195 195 m 195 200 200 205 205 205 c 205 200 200 195 195 195 c h 196 196 m 196 200 200 204 204 204 c 204 200 200 196 196 196 c h f* Q\n"
    assert rows(grid_of(only(pdf(STROKED + CELLS + seal + ring)))) == [["2026", "1,234.50"], ["2025", "0.00"]]


def test_table_told_by_alignment_says_so() -> None:
    drawn = "".join(f"50 {y} m 350 {y} l S\n" for y in (160, 180, 200, 220))
    for y, row in ((205, ("Item", "Plan", "Done")), (185, ("A", "12.00", "3.50")), (165, ("B", "8.00", ""))):
        drawn += "".join(text(word, x, y) for word, x in zip(row, (60, 170, 270), strict=True))
    page = only(pdf(drawn))
    assert rows(grid_of(page)) == [["Item", "Plan", "Done"], ["A", "12.00", "3.50"], ["B", "8.00", ""]]
    assert page.warnings == ("本页有表格没有完整的框线，行列按文字的对齐推定，请对照原页。",)


def test_boxes_count_from_the_top_left_of_the_page_as_shown() -> None:
    grid = grid_of(only(pdf(STROKED + CELLS)))
    assert grid.bbox == pytest.approx((50, 80, 250, 120), abs=0.6)


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [(0, "1 0 0 1 50 200"), (90, "0 1 -1 0 100 50"), (180, "-1 0 0 -1 350 100"), (270, "0 -1 1 0 300 250")],
)
def test_turned_page_is_read_as_it_is_shown(turn: int, matrix: str) -> None:
    # Written so that on the page as shown the baseline begins 50 points from the left and 100 from the top.
    page = only(pdf(f"BT /F 10 Tf {matrix} Tm (2026 12.50) Tj ET\n", page=f"/Rotate {turn}"))
    assert (page.width, page.height) == ((300, 400) if turn in (90, 270) else (400, 300))
    assert lines_of(page) == ["2026 12.50"]
    (line,) = [block for block in page.blocks if isinstance(block, Line)]
    assert line.bbox is not None
    assert line.bbox[0] == pytest.approx(50, abs=0.5)
    assert line.bbox[1] < 100 < line.bbox[3]
    assert line.bbox[3] - line.bbox[1] == pytest.approx(10, abs=2)


@pytest.mark.parametrize(
    ("matrix", "size"),
    [("0 1 -1 0 300 0", "0 0 300 400"), ("0 -1 1 0 0 400", "0 0 300 400"), ("-1 0 0 -1 400 300", "0 0 400 300")],
    ids=["upwards", "downwards", "upside down"],
)
def test_page_whose_text_is_turned_is_read_and_shown_upright(matrix: str, size: str) -> None:
    """As where a wide table is printed on an upright sheet, with a number set level at its foot."""
    data = pdf(f"q {matrix} cm {STROKED + CELLS} Q {text('7', 150, 12)}", size=size)
    page = only(data)
    grid = grid_of(page)
    assert rows(grid) == [["2026", "1,234.50"], ["2025", "0.00"]]
    assert (page.width, page.height) == (400, 300)
    assert grid.bbox == pytest.approx((50, 80, 250, 120), abs=0.6)
    width, height = struct.unpack(">II", page_png(data, 1, 1.0)[16:24])
    assert (width, height) == (400, 300)


def test_a_word_set_upwards_turns_no_page() -> None:
    words = "BT /F 8 Tf 0 1 -1 0 75 182 Tm (Projects of 2026) Tj ET\n"
    page = only(pdf(STROKED + CELLS + words))
    assert (page.width, page.height) == (400, 300)
    assert "1,234.50" in rows(grid_of(page))[0]


def test_crop_box_moves_the_origin() -> None:
    page = only(pdf(STROKED + CELLS, page="/CropBox [40 100 300 240]"))
    assert (page.width, page.height) == (260, 140)
    assert grid_of(page).bbox == pytest.approx((10, 20, 210, 60), abs=0.6)


def test_form_objects_are_drawn_where_their_matrix_puts_them() -> None:
    page = only(pdf("/X Do", form=STROKED + CELLS))
    assert grid_of(page).bbox == pytest.approx((35, 170, 135, 190), abs=0.6)
    assert rows(grid_of(page)) == [["2026", "1,234.50"], ["2025", "0.00"]]


def test_hidden_text_is_left_out_and_told() -> None:
    page = only(
        pdf(text("12.00", 50, 250) + text("99.00", 50, 200, before="3 Tr") + text("88.00", 50, 150, before="0 Tr 1 g"))
    )
    assert lines_of(page) == ["12.00"]
    assert page.warnings[0].startswith("本页有 10 个看不见的字符")
    assert "99" in page.warnings[1]


def test_white_text_on_a_dark_ground_is_read() -> None:
    page = only(pdf("0.1 g 40 140 100 40 re f\n" + text("88.00", 50, 150, before="1 g")))
    assert lines_of(page) == ["88.00"]
    assert page.warnings == ()


def test_text_cut_off_by_its_clip_is_left_out_without_alarm() -> None:
    page = only(pdf("q 0 0 400 100 re W n\n" + text("77.00", 50, 200) + text("66.00", 50, 50) + "Q\n"))
    assert lines_of(page) == ["66.00"]
    assert page.warnings == ()


def test_slanted_watermark_is_left_out() -> None:
    slanted = "BT /F 30 Tf 0.7 0.7 -0.7 0.7 100 80 Tm (DRAFT) Tj ET\n"
    assert rows(grid_of(only(pdf(slanted + STROKED + CELLS)))) == [["2026", "1,234.50"], ["2025", "0.00"]]


@pytest.mark.parametrize("matrix", ["0 1 -1 0 75 190", "0 -1 1 0 65 215"], ids=["upwards", "downwards"])
def test_upright_words_in_a_cell_read_in_order(matrix: str) -> None:
    words = f"BT /F 8 Tf {matrix} Tm (1234) Tj ET\n"
    assert rows(grid_of(only(pdf("50 180 200 40 re S 150 180 m 150 220 l S\n" + words)))) == [["1234", ""]]


def test_characters_drawn_twice_are_read_once() -> None:
    assert lines_of(only(pdf(text("1100.00", 50, 200) + text("1100.00", 50.3, 200)))) == ["1100.00"]


def test_page_without_anything_has_no_blocks() -> None:
    assert only(pdf("")).blocks == ()


def test_pages_are_numbered_from_one() -> None:
    assert [page.number for page in read_pdf(pdf(CELLS, CELLS, CELLS))] == [1, 2, 3]


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="超过上限 2 页"):
        read_pdf(pdf(CELLS, CELLS, CELLS), max_pages=2)


def test_what_is_no_pdf_is_refused_with_a_sentence() -> None:
    with pytest.raises(UnreadableFile, match="不是 PDF"):
        read_pdf(b"PK\x03\x04 not a pdf")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_truncated_file_is_refused(share: float) -> None:
    whole = pdf(CELLS, STROKED)
    with pytest.raises(UnreadableFile, match="不完整"):
        read_pdf(whole[: int(share * len(whole))])


def test_damaged_file_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="损坏"):
        read_pdf(b"%PDF-1.7\n garbage \n%%EOF\n")


def encrypted(user: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(STROKED + CELLS)))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_file_with_a_password_is_refused_and_one_only_locked_against_changes_is_read() -> None:
    with pytest.raises(UnreadableFile, match="密码"):
        read_pdf(encrypted("secret"))
    page = only(encrypted(""))
    assert rows(grid_of(page))[0] == ["2026", "1,234.50"]
    assert page.warnings == ()


def test_radical_signs_become_characters() -> None:
    assert fold("⽀出⻋辆⻔户戶（①）") == "支出车辆门户户(①)"


def test_two_readings_agree_over_line_breaks() -> None:
    assert disagreement(["合计 1,234.50", "2026年"], "合计 1,23\n4.50 20 26年") == []
    assert disagreement(["12.00", "34.00"], "12.0034.00") == disagreement(["12.00 34.00"], "12.0034.00")


def test_two_readings_that_differ_are_named() -> None:
    (warning,) = disagreement(["754.75"], "754.15")
    assert warning == "本页数字两次读取不一致：仅按位置读出 754.75；仅按文字流读出 754.15。"
    assert disagreement(["12.00"], "12.00 99.00", beyond="99.00") == []


def real(name: str) -> list[Grid]:
    if not REAL.is_dir():
        pytest.skip("the shared real disclosures are not here")
    return [b for page in join(read_pdf((REAL / name).read_bytes())) for b in page.blocks if isinstance(b, Grid)]


def table(grids: list[Grid], page: int, number: int = 0) -> Grid:
    return [grid for grid in grids if grid.pages[0] == page][number]


def row_of(grid: Grid, label: str) -> list[str]:
    (row,) = [cell.row for cell in grid.cells if cell.text == label]
    return [cell.text for cell in grid.cells if cell.row == row]


def test_word_budget_by_eye() -> None:
    grids = real("西南大学2021年度部门预算.pdf")
    income = table(grids, 7)
    assert row_of(income, "205") == [
        "205",
        "教育支出",
        "380,357.51",
        "207,796.18",
        "124,020.47",
        "75,020.47",
        "48,540.86",
    ]
    assert row_of(income, "2050204") == [
        "2050204",
        "高中教育",
        "17,575.10",
        "12,622.65",
        "1,200.00",
        "1,200.00",
        "3,752.45",
    ]
    assert row_of(income, "20506") == ["20506", "留学教育", "1,683.92", "1,683.92", "", "", ""]
    assert row_of(income, "2210203") == ["2210203", "购房补贴", "108.92", "107.40", "", "", "1.52"]
    assert row_of(income, "合计") == ["", "合计", "390,140.45", "216,552.53", "124,020.47", "75,020.47", "49,567.45"]
    both = table(grids, 6)
    assert both.pages == (6, 7)
    assert row_of(both, "收入总计") == ["收入总计", "490,808.40", "支出总计", "490,808.40"]


def test_university_final_account_by_eye() -> None:
    both = table(real("西南大学2023年度部门决算.pdf"), 8)
    assert both.pages == (8, 9)
    assert row_of(both, "十九、住房保障支出") == ["", "", "十九、住房保障支出", "16,278.27"]
    assert row_of(both, "二十三、其他支出") == ["", "", "二十三、其他支出", "109.50"]
    assert row_of(both, "本年收入合计") == ["本年收入合计", "430,725.03", "本年支出合计", "457,676.75"]
    assert row_of(both, "结余分配") == ["使用非财政拨款结余(含专用结余)", "45,110.97", "结余分配", "4,970.88"]
    assert row_of(both, "年末结转和结余") == ["上年结转和结余", "93,660.54", "年末结转和结余", "106,848.91"]


def test_wps_final_account_by_eye() -> None:
    grids = real("中共上海市普陀区委社会工作部2024年度部门决算.pdf")
    spent = table(grids, 8)
    assert row_of(spent, "合计") == ["合计", "307.82", "105.58", "202.24", "", "", ""]
    assert row_of(spent, "2013999") == ["2013999", "其他社会工作事务支出", "202.24", "", "202.24", "", "", ""]
    assert row_of(spent, "2080505") == ["2080505", "机关事业单位基本养老保险缴费支出", "6.18", "6.18", "", "", "", ""]
    assert row_of(spent, "21011") == ["21011", "行政事业单位医疗", "2.71", "2.71", "", "", "", ""]
    three = table(grids, 14)
    spans = {c.text: (c.row, c.column, c.rowspan, c.colspan) for c in three.cells if c.row < 3}
    assert spans == {
        "财政拨款“三公”经费": (0, 0, 1, 12),
        "合计": (1, 0, 2, 2),
        "因公出国(境)费": (1, 2, 2, 2),
        "公务用车购置及运行维护费": (1, 4, 1, 6),
        "公务接待费": (1, 10, 2, 2),
        "小计": (2, 4, 1, 2),
        "公务用车购置费": (2, 6, 1, 2),
        "公务用车运行维护费": (2, 8, 1, 2),
    }
    assert [c.text for c in three.cells if c.row == 3] == ["预算数", "决算数"] * 6
    assert [c.text for c in three.cells if c.row == 4] == [""] * 12


@pytest.mark.parametrize("name", ["000_chrome", "001_lonorep", "003_lorep"])
def test_typeset_tables_are_exact(name: str) -> None:
    if not TYPESET.is_dir():
        pytest.skip("the shared typeset files are not here")
    from eval.tables_benchmark import load_truth, score

    pages = read_pdf((TYPESET / f"{name}.pdf").read_bytes())
    grids = [block for page in join(pages) for block in page.blocks if isinstance(block, Grid)]
    result = score(load_truth(TYPESET / "truth" / f"{name[:3]}.json", browser=name.endswith("chrome")), grids, name)
    assert result.missed == []
    assert result.right == result.cells == result.read
    assert not [warning for page in pages for warning in page.warnings]
