"""Grids out of hand-made glyphs and rules: no file is needed to know what must come out."""

from itertools import pairwise

import pytest

from ingest.grids.edges import Stretch, lattices, lattices_and_loose
from ingest.grids.geometry import Glyph, Rule, Sheet, as_drawn, set_text, split_lines
from ingest.grids.grid import blocks
from ingest.page import OVERPRINTED, Grid, Line

SIZE = 10.0


def typeset(text: str, x: float, y: float, size: float = SIZE) -> list[Glyph]:
    """Glyphs of `text` from x on, top at y: Latin signs half as wide as Chinese ones."""
    made: list[Glyph] = []
    blank = False
    for sign in text:
        width = size * (0.5 if sign.isascii() else 1.0)
        if sign != " ":
            made.append((sign, x, y, x + width, y + size, blank))
        blank = sign == " "
        x += width
    return made


def frame(xs: list[float], ys: list[float]) -> list[Rule]:
    """All the rules of a plain table."""
    across = [Rule(xs[0], y, xs[-1], y) for y in ys]
    return across + [Rule(x, ys[0], x, ys[-1]) for x in xs]


def table(rows: list[list[str]], xs: list[float], ys: list[float]) -> list[Glyph]:
    """Texts in the cells of a plain table."""
    return [
        glyph
        for row, y in zip(rows, ys, strict=False)
        for text, x in zip(row, xs, strict=False)
        for glyph in typeset(text, x + 4, y + 4)
    ]


def read(glyphs: list[Glyph], rules: list[Rule], **more: object) -> list[Grid | Line]:
    return blocks(Sheet(1, 600, 800, tuple(glyphs), tuple(rules), **more))  # type: ignore[arg-type]


def grids(found: list[Grid | Line]) -> list[Grid]:
    return [block for block in found if isinstance(block, Grid)]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.n_rows)]


XS = [50.0, 150.0, 250.0, 350.0]
YS = [100.0, 120.0, 140.0, 160.0]
ROWS = [["项目", "预算数", "决算数"], ["合计", "1,234.50", ""], ["其他", "-", "0.00"]]


def test_plain_table_keeps_blank_dash_and_zero_apart() -> None:
    (grid,) = grids(read(table(ROWS, XS, YS), frame(XS, YS)))
    assert texts(grid) == ROWS
    assert (grid.n_rows, grid.n_columns, grid.pages) == (3, 3, (1,))
    cell = next(cell for cell in grid.cells if cell.text == "1,234.50")
    assert cell.bbox == (150, 120, 250, 140)
    assert cell.page == 1


def test_three_level_header_keeps_its_spans() -> None:
    xs, ys = [50.0, 100.0, 150.0, 200.0, 250.0], [100.0, 120.0, 140.0, 160.0, 180.0]
    rules = [
        *[Rule(50, y, 250, y) for y in (100, 120, 160, 180)],
        Rule(100, 140, 200, 140),
        Rule(50, 100, 50, 180),
        Rule(250, 100, 250, 180),
        Rule(100, 120, 100, 180),
        Rule(200, 120, 200, 180),
        Rule(150, 140, 150, 180),
    ]
    glyphs = [
        *typeset("三公经费", 120, 104),
        *typeset("合计", 60, 134),
        *typeset("公务用车", 120, 124),
        *typeset("购置", 110, 144),
        *typeset("运行", 160, 144),
        *typeset("接待", 210, 134),
        *table([["3.00", "", "2.00", "1.00"]], xs, ys[3:]),
    ]
    (grid,) = grids(read(glyphs, rules))
    spans = {cell.text: (cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells if cell.row < 3}
    assert spans == {
        "三公经费": (0, 0, 1, 4),
        "合计": (1, 0, 2, 1),
        "公务用车": (1, 1, 1, 2),
        "接待": (1, 3, 2, 1),
        "购置": (2, 1, 1, 1),
        "运行": (2, 2, 1, 1),
    }
    assert texts(grid)[3] == ["3.00", "", "2.00", "1.00"]


def dashed(rule: Rule) -> list[Rule]:
    """The rule as dashes of 2 points with gaps of 2."""
    x0, top, x1, bottom = rule
    if x1 - x0 > bottom - top:
        return [Rule(x, top, min(x + 2, x1), bottom) for x in range(int(x0), int(x1), 4)]
    return [Rule(x0, y, x1, min(y + 2, bottom)) for y in range(int(top), int(bottom), 4)]


@pytest.mark.parametrize(
    "rules",
    [
        [piece for rule in frame(XS, YS) for piece in dashed(rule)],
        [Rule(r.x0 + d, r.top + d, r.x1 + d, r.bottom + d) for r in frame(XS, YS) for d in (0.0, 1.6)],
        [rule for rule in frame(XS, YS) if rule.x0 != 50 or rule.x1 != 50],
        [rule for rule in frame(XS, YS) if rule.top != 100 or rule.bottom != 100],
        [Rule(r.x0 - 0.3, r.top - 0.3, r.x1 + 0.3, r.bottom + 0.3) for r in frame(XS, YS)],
        [Rule(a, y, b, y) for y in YS for a, b in pairwise(XS)]
        + [Rule(x, a, x, b) for x in XS for a, b in pairwise(YS)],
        [Rule(r.x0 + 2 * (r.x1 > r.x0), r.top, r.x1 - 2 * (r.x1 > r.x0), r.bottom) for r in frame(XS, YS)],
    ],
    ids=["dashed", "double", "no left border", "no top border", "thin boxes", "cell by cell", "corners missing"],
)
def test_however_the_rules_are_drawn(rules: list[Rule]) -> None:
    (grid,) = grids(read(table(ROWS, XS, YS), rules))
    assert texts(grid) == ROWS


def test_open_sides_keep_the_outer_columns() -> None:
    rules = [rule for rule in frame(XS, YS) if rule.x0 != rule.x1 or rule.x0 in (150, 250)]
    (grid,) = grids(read(table(ROWS, XS, YS), rules))
    assert texts(grid) == ROWS


def test_full_width_row_does_not_cut_a_table_with_open_sides() -> None:
    upright = [Rule(x, top, x, bottom) for x in (150, 250) for top, bottom in ((100, 120), (140, 160))]
    rules = [Rule(50, y, 350, y) for y in YS] + upright
    glyphs = table([ROWS[0], ["全宽说明"], ROWS[2]], XS, YS)
    (grid,) = grids(read(glyphs, rules))
    assert texts(grid) == [ROWS[0], ["全宽说明"], ROWS[2]]


def test_cells_painted_white_on_black() -> None:
    blanks = tuple((a + 0.5, t + 0.5, b - 0.5, u - 0.5) for a, b in pairwise(XS) for t, u in pairwise(YS))
    (grid,) = grids(read(table(ROWS, XS, YS), [], blanks=blanks, fills=((50, 100, 350, 160),)))
    assert texts(grid) == ROWS


def test_shaded_header_and_stripes_change_nothing() -> None:
    fills = ((50.0, 100.0, 350.0, 120.0), (50.0, 140.0, 350.0, 160.0), (154.0, 122.0, 190.0, 136.0))
    (grid,) = grids(read(table(ROWS, XS, YS), frame(XS, YS), fills=fills))
    assert texts(grid) == ROWS


def test_two_tables_side_by_side_and_lines_around_in_reading_order() -> None:
    right = [x + 320 for x in XS[:3]]
    glyphs = [
        *typeset("尾注", 50, 170),
        *table([r[:2] for r in ROWS], XS, YS),
        *table([["支出", "数"], ["甲", "9.00"], ["乙", "8.00"]], right, YS),
        *typeset("收支总表", 200, 60),
        *typeset("单位: 万元", 300, 80),
    ]
    found = read(glyphs, frame(XS[:3], YS) + frame(right, YS))
    assert [block.text if isinstance(block, Line) else texts(block)[1] for block in found] == [
        "收支总表",
        "单位: 万元",
        ["合计", "1,234.50"],
        ["甲", "9.00"],
        "尾注",
    ]


def test_text_is_put_in_order_by_place_not_by_drawing() -> None:
    digits = typeset("2026", 100, 50, size=9)
    words = [*typeset("年", 120, 50), *typeset("预算", 80, 50)]
    (line,) = read([*words, *digits], [])
    assert isinstance(line, Line)
    assert line.text == "预算2026年"
    assert line.xs == (80, 90, 100, 104.5, 109, 113.5, 120, 130)
    assert line.size == 10


def test_xs_follow_characters_that_unfold() -> None:
    (line,) = map(set_text, split_lines([("m2", 10.0, 0.0, 20.0, 10.0, False), ("元", 20.0, 0.0, 30.0, 10.0, False)]))
    assert (line.text, line.xs) == ("m2元", (10.0, 15.0, 20.0, 30.0))


def test_run_of_text_over_a_rule_is_cut_at_the_rule() -> None:
    glyphs = typeset("1,000.002,000.00", 110, 124)  # the rule at 150 stands after "1,000.00"
    (grid,) = grids(read(glyphs, frame(XS, YS)))
    assert texts(grid)[1] == ["1,000.00", "2,000.00", ""]


def test_neighbouring_amounts_in_one_cell_are_not_glued() -> None:
    (grid,) = grids(read([*typeset("12.00", 54, 124), *typeset("34.00", 85, 124)], frame(XS, YS)))
    assert texts(grid)[1][0] == "12.00 34.00"


def test_amounts_under_each_other_in_one_cell_are_not_glued() -> None:
    ys = [100.0, 140.0, 160.0]
    glyphs = [*typeset("甲", 54, 104), *typeset("3.00", 326, 104), *typeset("4.00", 326, 116)]
    (grid,) = grids(read(glyphs, frame(XS, ys)))
    assert texts(grid)[0] == ["甲", "", "3.00 4.00"]


def test_number_broken_for_want_of_room_stays_one() -> None:
    glyphs = [*typeset("1,234,567,890,123,4", 151, 104), *typeset("56.00", 154, 116)]
    (grid,) = grids(read(glyphs, frame(XS, [100.0, 140.0, 160.0])))
    assert texts(grid)[0] == ["", "1,234,567,890,123,456.00", ""]


def test_numbers_broken_for_want_of_room_in_several_columns_are_one_row() -> None:
    xs, ys = [50.0, 110.0, 155.0, 200.0], [100.0, 140.0, 160.0]
    words = [("合计", 54), ("3,466.1", 114), ("2,740.2", 159)]
    glyphs = [g for text, x in words for g in typeset(text, x, 104)]
    glyphs += [*typeset("5", 114, 116), *typeset("1", 159, 116)]
    (grid,) = grids(read(glyphs, frame(xs, ys)))
    assert texts(grid)[0] == ["合计", "3,466.15", "2,740.21"]


def test_cell_of_several_lines_loses_its_line_breaks() -> None:
    ys = [100.0, 140.0, 160.0]
    glyphs = [
        *typeset("机关事业单位", 54, 104),
        *typeset("养老保险", 54, 116),
        *typeset("Word", 154, 104),
        *typeset("Excel", 154, 116),
    ]
    (grid,) = grids(read(glyphs, frame(XS, ys)))
    assert texts(grid)[0] == ["机关事业单位养老保险", "Word Excel", ""]
    assert (0, 0) in grid.folded


def test_underlines_and_lonely_rules_make_no_table() -> None:
    found = read(
        [*typeset("部门预算说明", 50, 100), *typeset("第一部分", 50, 140)],
        [Rule(50, 112, 110, 112), Rule(50, 60, 500, 60)],
    )
    assert [type(block) for block in found] == [Line, Line]


BARE = [
    ("科目编码", "科目名称", "合计", "基本支出"),
    ("201", "一般公共服务支出", "3,670.87", "2,692.87"),
    ("20141", "数据事务", "3,670.87", "2,692.87"),
    ("208", "社会保障和就业支出", "430.64", ""),
    ("", "合计", "4,101.51", "5,385.74"),
]


def borderless(rows: list[tuple[str, ...]], y: float = 100) -> list[Glyph]:
    """Labels flush left, amounts flush right, no rules."""
    glyphs: list[Glyph] = []
    for row in rows:
        for place, (text, x) in enumerate(zip(row, (50, 120, 330, 450), strict=True)):
            amount = place > 1 and text[:1].isdigit()
            glyphs += typeset(text, x - 5 * len(text) if amount else x - (40 if place > 1 else 0), y)
        y += 16
    return glyphs


def test_amounts_edge_under_edge_make_a_borderless_table() -> None:
    found = read([*typeset("支出预算表", 200, 60), *borderless(BARE), *typeset("说明文字。", 50, 220)], [])
    (grid,) = grids(found)
    assert not grid.ruled
    assert [tuple(row) for row in texts(grid)] == BARE
    assert [block.text for block in found if isinstance(block, Line)] == ["支出预算表", "说明文字。"]


def test_prose_full_of_amounts_is_no_table() -> None:
    lines = [
        "2026年收入预算为4,218.27万元,比上年增加12.30万元,增长0.29%;其中一般",
        "公共预算拨款4,218.27万元,政府性基金0.00万元,主要原因是人员经费增加,",
        "支出预算4,218.27万元,比上年增加12.30万元,其中基本支出3,240.27万元、",
        "项目支出978.00万元,主要原因是压减开支12.30万元,三公经费3.00万元。",
    ]
    glyphs = [glyph for k, line in enumerate(lines) for glyph in typeset(line, 70, 100 + 18 * k)]
    assert not grids(read(glyphs, []))


def test_contents_page_is_no_table() -> None:
    lines = [("一、收支预算总表", "5"), ("二、收入预算总表", "6"), ("三、支出预算总表", "17"), ("四、三公经费表", "18")]
    glyphs: list[Glyph] = []
    for y, (title, number) in zip(range(100, 200, 18), lines, strict=False):
        glyphs += [*typeset(title, 70, y), *typeset(number, 500 - 5 * len(number), y)]
    assert not grids(read(glyphs, []))


def test_rows_without_rules_between_them_are_parted_where_amounts_stand_line_under_line() -> None:
    ys = [100.0, 120.0, 180.0]
    glyphs = table([ROWS[0]], XS, ys)
    for y, row in zip(
        (124, 142, 160), (("合计", "6.00", "4.00"), ("甲", "5.00", ""), ("乙", "1.00", "4.00")), strict=True
    ):
        glyphs += [glyph for text, x in zip(row, XS, strict=False) for glyph in typeset(text, x + 4, y)]
    (grid,) = grids(read(glyphs, frame(XS, ys)))
    assert texts(grid) == [ROWS[0], ["合计", "6.00", "4.00"], ["甲", "5.00", ""], ["乙", "1.00", "4.00"]]


def test_folded_text_beside_a_number_stays_one_row() -> None:
    ys = [100.0, 120.0, 180.0]
    glyphs = [*table([ROWS[0]], XS, ys), *typeset("12.00", 154, 142)]
    for y, text in zip((124, 142, 160), ("机关事业", "单位基本", "养老保险"), strict=True):
        glyphs += typeset(text, 54, y)
    (grid,) = grids(read(glyphs, frame(XS, ys)))
    assert texts(grid)[1] == ["机关事业单位基本养老保险", "12.00", ""]


def test_a_raised_sign_in_text_over_a_wall_stays_with_its_text() -> None:
    """The middle of the text and that of its raised sign lie on two sides of a rule."""
    name = typeset("一般公共服务支出项目经费", 55, 116)
    raised: Glyph = ("2", 175.0, 115.0, 178.0, 121.0, False)
    (grid,) = grids(read([*table(ROWS, XS, YS)[:8], *name, raised], frame(XS, YS)))
    assert texts(grid)[:2] == [["项目", "预算数", "决算数"], ["一般公共服务支出项目经费2", "", ""]]


def test_headings_set_from_top_to_bottom_are_no_rows_of_amounts() -> None:
    """2, 0, 2, 6 and 年 under each other, twice beside each other, in the one header row of a table."""
    ys = [100.0, 160.0, 180.0, 200.0]
    glyphs = table([["", "", ""], ["教育", "1.00", "2.00"], ["卫生", "3.00", "4.00"]], XS, ys)
    for x in (160, 260):
        for k, sign in enumerate("2026年"):
            glyphs += typeset(sign, x, 102 + 11 * k)
    (grid,) = grids(read(glyphs, frame(XS, ys)))
    assert texts(grid) == [["", "2026年", "2026年"], ["教育", "1.00", "2.00"], ["卫生", "3.00", "4.00"]]


def test_amount_drawn_twice_for_a_bold_look_is_one() -> None:
    """The second print stands two points aside, too far for a twin of single signs."""
    glyphs = [*table(ROWS, XS, YS), *typeset("1,234.50", 156, 124.5)]
    (grid,) = grids(read(glyphs, frame(XS, YS)))
    cell = next(cell for cell in grid.cells if (cell.row, cell.column) == (1, 1))
    assert (cell.text, cell.repaired) == ("1,234.50", None)


def test_amount_printed_over_another_says_so_and_reads_as_neither() -> None:
    glyphs = [*table(ROWS, XS, YS), *typeset("987.00", 156, 124)]
    (grid,) = grids(read(glyphs, frame(XS, YS)))
    cell = next(cell for cell in grid.cells if (cell.row, cell.column) == (1, 1))
    assert cell.text == "1,234.50 / 987.00"
    assert (cell.repaired or "").startswith(OVERPRINTED)


def test_line_drawn_under_an_amount_and_a_box_under_a_tick_are_no_other_text() -> None:
    glyphs = [*table(ROWS, XS, YS), *typeset("________", 154, 124), *typeset("√", 262, 124), *typeset("□", 262, 124)]
    (grid,) = grids(read(glyphs, frame(XS, YS)))
    assert not any(cell.repaired for cell in grid.cells)
    assert texts(grid)[1][1] == "1,234.50"


def test_unruled_table_with_amounts_over_each_other_is_left_as_text() -> None:
    rows = [["项目", "预算数"], *[[f"支出{k}", f"{k},234.50"] for k in range(1, 6)]]
    glyphs = table(rows, [50, 250], [100 + 20 * k for k in range(6)])
    assert grids(read(glyphs, []))
    assert not grids(read([*glyphs, *typeset("7,777.77", 256, 144)], []))
    assert texts(grids(read([*glyphs, *typeset("2,234.50", 256, 144)], []))[0])[2] == ["支出2", "2,234.50"]


@pytest.mark.parametrize("aside", [-15.0, 15.0], ids=["set downwards", "set upwards"])
def test_heading_set_from_top_to_bottom_in_two_columns_reads_as_drawn(aside: float) -> None:
    """As Word sets it where the direction of text of a cell is turned: the second column stands left of the first."""
    glyphs = [("一", 90.0, 104.0, 100.0, 106.0, False)]  # its font tells a low box for it
    glyphs += [(sign, 90.0, 110.0 + 10 * k, 100.0, 120.0 + 10 * k, False) for k, sign in enumerate("般公共预算")]
    x = 90.0 + aside
    glyphs += [(sign, x, 100.0 + 10 * k, x + 10, 110.0 + 10 * k, False) for k, sign in enumerate("拨款收入")]
    (grid,) = read([*glyphs, *typeset("12.00", 80, 180)], frame([70, 120], [95, 170, 200]))
    assert [cell.text for cell in grid.cells] == ["一般公共预算拨款收入", "12.00"]


def abreast(*above: list[Glyph]) -> list[tuple[str, object]]:
    """Two tables of one row side by side under some lines, as blocks by kind and text."""
    rules = [*frame([50, 150, 200], [100, 120]), *frame([300, 400, 450], [100, 120])]
    cells = [
        *typeset("收入", 55, 105),
        *typeset("5.00", 160, 105),
        *typeset("支出", 305, 105),
        *typeset("7.00", 410, 105),
    ]
    found = read([glyph for line in above for glyph in line] + cells, rules)
    return [("line", one.text) if isinstance(one, Line) else ("grid", one.cells[1].text) for one in found]


def test_titles_of_two_tables_side_by_side_are_their_own() -> None:
    title = typeset("某市二〇二六年部门预算", 200, 40)
    titles = [*typeset("收入表", 110, 60), *typeset("支出表", 360, 60)]
    units = [*typeset("单位:万元", 150, 80), *typeset("单位:元", 400, 80)]
    assert abreast(title, titles, units) == [
        ("line", "某市二〇二六年部门预算"),
        ("line", "收入表"),
        ("line", "单位:万元"),
        ("grid", "5.00"),
        ("line", "支出表"),
        ("line", "单位:元"),
        ("grid", "7.00"),
    ]


def test_one_title_over_two_tables_stays_above_both() -> None:
    found = abreast(typeset("收支预算总表", 220, 60), typeset("单位:万元", 400, 80))
    assert [kind for kind, _ in found] == ["line", "line", "grid", "grid"]


def test_lines_drawn_one_below_the_other_are_told_as_drawn() -> None:
    glyphs = [*typeset("工资 福利", 10, 0), *typeset("支出", 10, 12)]
    lines, texts = as_drawn(glyphs)
    assert texts == ["工资 福利", "支出"]  # the blank was typed
    assert lines == [glyphs[:4], glyphs[4:]]


@pytest.mark.parametrize(
    "glyphs",
    [
        [*typeset("支出", 10, 12), *typeset("工资", 10, 0)],  # the second line first
        [*typeset("福利", 30, 0), *typeset("工资", 10, 0)],  # from right to left
        [*typeset("工资", 10, 0), *typeset("12", 12, 0)],  # over each other
        [*typeset("工资", 10, 0), *typeset("福利", 10, 4)],  # lines of which each reaches into the other
        [glyph for k, sign in enumerate("工资福利") for glyph in typeset(sign, 10, 12 * k)],  # from top to bottom
    ],
)
def test_what_is_drawn_otherwise_needs_a_closer_look(glyphs: list[Glyph]) -> None:
    assert as_drawn(glyphs) == ([], [])


def test_a_wall_is_drawn_where_most_of_it_is() -> None:
    # The rule between the rows ends 1 point short on the left, covers 12 of the 20 points of the second column in two
    # pieces, and 11 of the 20 points of the third: there the cell reaches over both rows.
    rules = [rule for rule in frame([0, 20, 40, 60], [0, 20, 40]) if rule.top != 20 or rule.bottom != 20]
    rules += [Rule(1, 20, 26, 20), Rule(34, 20, 40, 20), Rule(49, 20, 60, 20)]
    [lattice] = lattices(rules)
    assert lattice.above == ((True,) * 3, (True, True, False), (True,) * 3)
    assert lattice.beside == ((True,) * 4, (True,) * 4)


def test_an_upright_rule_that_meets_no_other_is_loose() -> None:
    loose = Rule(200, 5, 200, 35)
    found, across, down = lattices_and_loose([*frame([0, 50, 100], [0, 20, 40]), loose])
    assert [(one.xs, one.ys) for one in found] == [((0, 50, 100), (0, 20, 40))]
    assert across == []
    assert down == [Stretch(200, 5, 35)]
