"""Tables ruled one way only, under the header only, or not at all; rules that are hidden; text over a cell's edge."""

from itertools import pairwise

import pytest
from test_grid import XS, YS, frame, grids, read, table, texts, typeset

from ingest.grids.geometry import Glyph, Rule, Sheet
from ingest.grids.grid import blocks
from ingest.grids.open_rows import in_rows
from ingest.grids.pieces import pieces
from ingest.page import Grid, Line

WALLS = [50.0, 110.0, 230.0, 300.0, 370.0, 440.0]
"""Columns of code, name, total, basic and project expenditure."""
HEADER = [("科目编码", 50, 110, 108), ("科目名称", 110, 230, 108), ("本年支出", 230, 440, 100), ("合计", 230, 300, 116),
          ("基本支出", 300, 370, 116), ("项目支出", 370, 440, 116)]  # fmt: skip
"""Texts centred from wall to wall, and their top: the first two stand between the rows of the others."""
BODY = [
    ["", "合计", "3,670.87", "2,692.87", "978.00"],
    ["201", "一般公共服务支出", "3,240.23", "2,692.87", ""],
    ["208", "社会保障支出", "430.64", "", "430.64"],
]
BANDS = [96.0, 132.0, 152.0, 172.0, 192.0]
READ = [
    ["科目编码", "科目名称", "本年支出"],
    ["合计", "基本支出", "项目支出"],
    *BODY,
]


def statement(bold: float = 10.0) -> list[Glyph]:
    """Headers centred, labels flush left, amounts flush right, 4 points from the walls."""
    glyphs: list[Glyph] = []
    for text, left, right, top in HEADER:
        glyphs += typeset(text, (left + right) / 2 - bold * len(text) / 2, top)
    for row, band in zip(BODY, BANDS[1:], strict=False):
        for k, text in enumerate(row):
            width = 5.0 * len(text) if text.isascii() else 10.0 * len(text)
            x = WALLS[k] + 4 if k < 2 else WALLS[k + 1] - 4 - width
            glyphs += typeset(text, x, band + 5)
    return glyphs


def across(partial: bool = True, rows: bool = True) -> list[Rule]:
    """Rules over the whole width, and one under the cell over three columns."""
    ys = BANDS if rows else [BANDS[0], BANDS[1], BANDS[-1]]
    return [*(Rule(50, y, 440, y) for y in ys), *([Rule(230, 113, 440, 113)] if partial else [])]


def spans(grid: Grid) -> dict[str, tuple[int, int, int, int]]:
    return {cell.text: (cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells if cell.row < 2}


@pytest.mark.parametrize(
    "rules",
    [across(), across(rows=False), across(partial=False, rows=False)],
    ids=["across", "under the header, partial", "under the header"],
)
def test_rules_across_alone(rules: list[Rule]) -> None:
    (grid,) = grids(read(statement(), rules))
    assert texts(grid) == READ
    assert not grid.ruled
    assert spans(grid)["本年支出"] == (0, 2, 1, 3)
    assert spans(grid)["科目编码"] == (0, 0, 2, 1)
    assert spans(grid)["合计"] == (1, 2, 1, 1)


def test_no_rules_under_a_line_that_tells_the_unit() -> None:
    found = read([*typeset("支出决算表", 200, 50), *typeset("单位: 万元", 390, 70), *statement()], [])
    (grid,) = grids(found)
    assert texts(grid) == READ
    assert [block.text for block in found if isinstance(block, Line)] == ["支出决算表", "单位: 万元"]


def test_upright_rules_alone_tell_what_a_header_cell_spans() -> None:
    rules = [Rule(x, 113 if x in (300, 370) else 96, x, 192) for x in WALLS]
    (grid,) = grids(read(statement(), rules))
    assert texts(grid) == READ
    assert spans(grid)["本年支出"] == (0, 2, 1, 3)


def test_folded_label_is_one_row_with_its_amounts_in_the_middle() -> None:
    glyphs = [g for g in statement() if g[2] < 173]
    glyphs += [*typeset("208", 54, 183), *typeset("机关事业单位养老保险", 114, 177), *typeset("缴费支出", 114, 188)]
    glyphs += [*typeset("430.64", 266, 183), *typeset("210", 54, 206), *typeset("其他", 114, 206)]
    (grid,) = grids(read([*typeset("单位: 万元", 390, 70), *glyphs], []))
    assert texts(grid)[4:] == [["208", "机关事业单位养老保险缴费支出", "430.64", "", ""], ["210", "其他", "", "", ""]]


def test_table_goes_on_overleaf_without_its_header() -> None:
    first = Sheet(1, 600, 800, (*typeset("单位: 万元", 390, 70), *statement()), ())
    rest = [*typeset("210", 54, 60), *typeset("卫生", 114, 60), *typeset("9.00", 416, 60)]
    rest += [*typeset("221", 54, 80), *typeset("住房", 114, 80), *typeset("1.00", 276, 80)]
    (grid,) = grids(blocks(Sheet(2, 600, 800, tuple(rest), ()), blocks(first)))
    assert texts(grid) == [["210", "卫生", "", "", "9.00"], ["221", "住房", "1.00", "", ""]]


def test_sheet_of_mixed_entries_is_not_guessed_at() -> None:
    rows = [["一级指标", "二级指标", "指标值"], ["产出", "数量", "12.00"], ["效益", "质量", "35.00"]]
    found = read([*typeset("单位: 万元", 300, 80), *table(rows, XS, YS)], [Rule(50, y, 350, y) for y in YS])
    assert not grids(found)


def test_running_rules_of_a_page_bound_no_table() -> None:
    lines = [
        "2026年收入预算为4,218.27万元,比上年增加12.30万元,增长0.29%",
        "公共预算拨款4,218.27万元,主要原因是人员经费增加",
    ]
    glyphs = [glyph for k, line in enumerate(lines) for glyph in typeset(line, 60, 100 + 18 * k)]
    assert not grids(read(glyphs, [Rule(50, 60, 550, 60), Rule(50, 760, 550, 760)]))


def test_text_over_the_edge_of_its_cell_comes_back() -> None:
    glyphs = [
        *typeset("社会保障和就业支出合计", 54, 124),
        *typeset("9.00", 326, 124),
    ]  # the wall at 150 runs through 出
    glyphs = [(t, x + 1, top, x1 + 1, bottom, s) for t, x, top, x1, bottom, s in glyphs]
    (grid,) = grids(read(glyphs, frame(XS, YS)))
    assert texts(grid)[1] == ["社会保障和就业支出合计", "", "9.00"]


def test_bracket_whose_blank_half_lies_over_the_wall_stands_in_its_cell() -> None:
    """Brackets as wide as characters fill their cells; the headings beside them begin right behind the wall."""
    glyphs = [*typeset("某某某某某某某", 74, 104), (")", 144, 104, 154, 114, False)]
    glyphs += [*typeset("国家", 155, 104), *typeset("费用", 155, 115), *typeset("1.00", 100, 124)]
    (grid,) = grids(read(glyphs, frame(XS, [100.0, 127.0, 140.0])))
    assert texts(grid)[0] == ["某某某某某某某)", "国家费用", ""]


def test_text_cut_off_by_its_cell_does_not_get_into_the_amount_beside_it() -> None:
    glyphs = [*typeset("社会保障和就业支出合计", 55, 124), *typeset("1,234.50", 206, 124)]
    (grid,) = grids(read(glyphs, frame(XS, YS)))
    assert texts(grid)[1] == ["社会保障和就业支出合计", "1,234.50", ""]


@pytest.mark.parametrize("x", [120.0, 118.0, 116.0], ids=["on a sign", "on another", "between two"])
def test_amount_over_the_edge_of_its_cell_comes_back(x: float) -> None:
    narrow = [50.0, 114.0, 150.0, 250.0]
    glyphs = [*typeset("合计", 54, 124), *typeset("3,257,238.99", x, 124)]
    (grid,) = grids(read(glyphs, frame(narrow, YS)))
    assert texts(grid)[1] == ["合计", "3,257,238.99", ""]


def test_amounts_printed_over_each_other_are_not_made_whole_ones() -> None:
    narrow = [50.0, 114.0, 150.0, 186.0]
    glyphs = [*typeset("13,028,424.6", 116, 124), *typeset("5", 173, 124), *typeset("7", 176, 124)]
    (grid,) = grids(read(glyphs, frame(narrow, YS)))
    assert "13,028,424.65" not in texts(grid)[1]


def test_amount_flush_right_and_the_label_of_the_next_column_stay_apart() -> None:
    glyphs = [*typeset("单位: 万元", 300, 60)]
    rows = [
        ("收入", "预算数", "支出", "决算数"),
        ("拨款", "4,218.27", "教育", "70.87"),
        ("其他", "1.00", "卫生", "9.00"),
    ]
    walls = [50.0, 120.0, 180.0, 260.0, 330.0]
    for y, row in zip((80, 96, 112), rows, strict=True):
        for k, text in enumerate(row):
            width = sum(5.0 if sign.isascii() else 10.0 for sign in text)
            left, right = walls[k], walls[k + 1]
            x = (left + right - width) / 2 if y == 80 else right - 1 - width if k % 2 else left + 1
            glyphs += typeset(text, x, y)
    (grid,) = grids(read(glyphs, []))
    assert [tuple(row) for row in texts(grid)] == rows


def test_pairs_of_walls_are_in_order() -> None:
    (grid,) = grids(read(statement(), across()))
    lefts = sorted({cell.bbox[0] for cell in grid.cells if cell.bbox})
    assert all(a < b for a, b in pairwise(lefts))
    assert lefts == pytest.approx(WALLS[:-1], abs=4.0)


def test_columns_numbered_above_the_rule_are_no_part_of_the_headings() -> None:
    numbers = [g for k, x in enumerate((80, 170, 265, 335, 405), 1) for g in typeset(str(k), x, 127)]
    moved = [(t, x, y + 12 if y > 130 else y, x1, y1 + 12 if y > 130 else y1, s) for t, x, y, x1, y1, s in statement()]
    rules = [Rule(50, y, 440, y) for y in (96, 140, 204)]
    (grid,) = grids(read([*moved, *numbers], rules))
    assert texts(grid) == [*READ[:2], ["1", "2", "3", "4", "5"], *READ[2:]]


def test_labels_folded_as_close_as_rows_stand_are_parted_by_their_amounts() -> None:
    """Word sets no space between rows: 11 points from line to line, within a label and between labels."""
    glyphs = [g for g in statement() if g[2] < 120]
    labels = ["一般公共", "服务支出", "行政运行", "社会保障", "和就业", "支出"]
    for k, label in enumerate(labels):
        glyphs += typeset(label, 114, 136 + 11 * k)
    for text, y in (("9.00", 141.5), ("4.00", 158), ("5.00", 180)):
        glyphs += [*typeset(text, 276, y), *typeset(text, 346, y)]
    (grid,) = grids(read([*typeset("单位: 万元", 390, 70), *glyphs], []))
    assert texts(grid)[2:] == [
        ["", "一般公共服务支出", "9.00", "9.00", ""],
        ["", "行政运行", "4.00", "4.00", ""],
        ["", "社会保障和就业支出", "5.00", "5.00", ""],
    ]


def test_heading_over_nothing_beside_amounts_under_no_heading_of_their_own() -> None:
    """基本支出 stands over nothing, the amounts beside it under 其中 alone: they may be its amounts."""
    glyphs = [*typeset("科目", 50, 100), *typeset("合计", 180, 112), *typeset("其中", 330, 94)]
    glyphs += [*typeset("基本支出", 260, 112), *typeset("项目支出", 420, 112)]
    for k, row in enumerate((("教育", "3.00", "1.00", "2.00"), ("卫生", "9.00", "4.00", "5.00"))):
        for text, x in zip(row, (50, 180, 330, 430), strict=True):
            glyphs += typeset(text, x, 140 + 20 * k)
    assert not grids(read([*typeset("单位: 万元", 390, 70), *glyphs], []))


def test_columns_numbered_by_name_are_no_headings() -> None:
    """栏次 stands among the numbers of a final account's columns; 行次 has a column of its own."""
    walls = [50.0, 200.0, 240.0, 330.0]
    rows = [
        ("项目", "行次", "金额"),
        ("栏次", "", "1"),
        ("一、财政拨款收入", "1", "1,336.80"),
        ("本年收入合计", "2", "1,336.80"),
    ]
    glyphs = [*typeset("单位: 万元", 260, 80)]
    for y, row in zip((100, 118, 136, 154), rows, strict=True):
        for k, text in enumerate(row):
            width = sum(5.0 if sign.isascii() else 10.0 for sign in text)
            left, right = walls[k], walls[k + 1]
            x = (left + right - width) / 2 if y < 130 else right - 4 - width if k == 2 else left + 4
            glyphs += typeset(text, x, y)
    (grid,) = grids(read(glyphs, [Rule(50, y, 330, y) for y in (96, 114, 132, 150, 168)]))
    assert [tuple(row) for row in texts(grid)] == rows


def test_last_sign_of_a_folded_heading_is_not_a_heading_of_its_own() -> None:
    """Drawn line by line as browsers do: 费 comes after the second lines of other headings."""
    glyphs = [g for g in statement() if g[0] not in "合计" or g[2] > 130 or g[2] < 105]
    first, rest = glyphs[:12], glyphs[12:]
    folded = [*first, *typeset("公务接", 250, 110), *rest, *typeset("费", 260, 121)]
    (grid,) = grids(read([*typeset("单位: 万元", 390, 70), *folded], [Rule(50, y, 440, y) for y in (96, 132)]))
    assert [row for row in texts(grid) if "基本支出" in row] == [["公务接费", "基本支出", "项目支出"]]


def test_headings_set_without_a_gap_head_no_amounts() -> None:
    """合计, 基本支出 and 项目支出 read as one word over three columns of amounts: none of them is told."""
    glyphs = [*typeset("科目", 60, 100), *typeset("本年支出合计基本支出项目支出", 150, 100)]
    for k, row in enumerate((("教育", "3.00", "1.00", "2.00"), ("卫生", "9.00", "4.00", "5.00"))):
        for text, x in zip(row, (60, 160, 220, 270), strict=True):
            glyphs += typeset(text, x, 120 + 20 * k)
    assert not grids(read(glyphs, [Rule(50, y, 300, y) for y in (96, 116, 136, 156)]))


def test_heading_below_a_table_without_rules_is_no_row_of_it() -> None:
    """A numbered heading in larger type, right below the last row."""
    below = [*typeset("第二部分 预算说明", 50, 196), *typeset("一、收支总体情况", 50, 216, 14.0)]
    found = read([*typeset("单位: 万元", 390, 70), *statement(), *below], [])
    (grid,) = grids(found)
    assert texts(grid) == READ
    assert [block.text for block in found if isinstance(block, Line)][1:] == ["第二部分 预算说明", "一、收支总体情况"]


def test_total_is_no_part_of_a_label_of_several_lines() -> None:
    """合计 with two lines below stands in the middle of the second row, as a folded label would."""
    glyphs = [*typeset("合计", 50, 120), *typeset("某市政务服务", 50, 136), *typeset("中心本级", 50, 147)]
    lines = pieces(enumerate(glyphs))
    assert in_rows(lines, [138.5]) is None
    assert in_rows(lines[1:], [146.5]) == [lines[1:]]


def close_headings(gap: float, *, blank: bool = False) -> Grid | None:
    """A table ruled across whose headings 基本支出 and 项目支出, 4 signs of 10 points each, stand `gap` points apart."""
    first, second = 300.0, 340.0 + gap
    amounts = [("3670.87", "2692.87", "978.00"), ("3240.23", "2692.87", "547.36"), ("430.64", "0.00", "430.64")]
    glyphs = [
        *typeset("科目名称", 100, 100), *typeset("合计", 240, 100), *typeset("基本支出", first, 100),
        *(typeset("项目支出", second, 100) if not blank else typeset(" 项目支出", second - 5, 100)),
    ]  # fmt: skip
    for k, (row, label) in enumerate(zip(amounts, ["合计", "一般公共服务支出", "社会保障支出"], strict=True)):
        y = 120.0 + 20 * k
        glyphs += typeset(label, 54, y)
        for text, end in zip(row, (280, first + 38, second + 38), strict=True):
            glyphs += typeset(text, end - 5.0 * len(text), y)
    rules = [Rule(50, y, second + 42, y) for y in (96.0, 116.0, 136.0, 156.0, 176.0)]
    found = blocks(Sheet(1, 600, 800, tuple(glyphs), rules))
    return next((block for block in found if isinstance(block, Grid)), None)


def test_headings_close_beside_each_other_head_a_column_each() -> None:
    grid = close_headings(4.0)
    assert grid is not None
    assert texts(grid) == [
        ["科目名称", "合计", "基本支出", "项目支出"],
        ["合计", "3670.87", "2692.87", "978.00"],
        ["一般公共服务支出", "3240.23", "2692.87", "547.36"],
        ["社会保障支出", "430.64", "0.00", "430.64"],
    ]


def test_heading_with_a_blank_typed_in_it_is_not_parted() -> None:
    assert close_headings(4.0, blank=True) is None  # one heading over two columns of amounts: nothing is sure


def test_lone_heading_of_several_columns_goes_on_overleaf_with_its_table() -> None:
    """The headings are printed again; 项目 over code and name, in the middle of the walls 50 and 230, heads them."""
    head = [*typeset("项目", 130, 90), *typeset("科目编码", 60, 112), *typeset("科目名称", 150, 112)]
    for text, left in (("合计", 255), ("基本支出", 315), ("项目支出", 385)):
        head += typeset(text, left, 101)
    rows = [
        ("201", "一般公共服务支出", "3240.23", "2692.87", "547.36"),
        ("208", "社会保障支出", "430.64", "", "430.64"),
    ]

    def page(number: int, codes: list[tuple[str, ...]], lead: list[Glyph]) -> Sheet:
        body: list[Glyph] = []
        for k, row in enumerate(codes):
            for text, start, end in zip(row, WALLS, WALLS[1:], strict=False):
                x = start + 4 if start < 230 else end - 4 - 5.0 * len(text)
                body += typeset(text, x, 130 + 20 * k)
        return Sheet(number, 600, 800, (*lead, *head, *body), ())

    first = blocks(page(1, [("", "合计", "3670.87", "2692.87", "978.00"), *rows], typeset("单位: 万元", 390, 70)))
    second = blocks(page(2, [("210", "卫生健康支出", "9.00", "9.00", ""), ("221", "住房保障支出", "1.00", "", "1.00"),
                             ("229", "其他支出", "2.00", "2.00", "")], []), first)  # fmt: skip
    assert [block.text for block in second if isinstance(block, Line)] == []
    (above,), (below,) = grids(first), grids(second)
    assert texts(below)[:2] == texts(above)[:2] == [["项目", "合计", "基本支出", "项目支出"], ["科目编码", "科目名称"]]
    assert texts(below)[2] == ["210", "卫生健康支出", "9.00", "9.00", ""]


def test_body_begins_with_a_row_that_numbers_itself() -> None:
    """16 十六、金融支出 without an amount is a row of the body, not one of the headings."""
    glyphs = [*typeset("行次", 54, 100), *typeset("项目", 130, 100), *typeset("金额", 240, 100)]
    for k, (number, label, amount) in enumerate(
        [("16", "十六、金融支出", ""), ("17", "十七、住房保障支出", "60.26"), ("18", "十八、其他支出", "9.00")]
    ):
        y = 120 + 20 * k
        glyphs += [*typeset(number, 54, y), *typeset(label, 90, y), *typeset(amount, 265 - 5.0 * len(amount), y)]
    (grid,) = grids(read([*typeset("单位: 万元", 210, 70), *glyphs], []))
    assert texts(grid)[:2] == [["行次", "项目", "金额"], ["16", "十六、金融支出", ""]]
