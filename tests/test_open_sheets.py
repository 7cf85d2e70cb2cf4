"""Performance sheets whose cells no rules part: rows told by rules across, or by the heights of targets and amounts."""

from test_grid import grids, read, typeset

from ingest.grids.geometry import Glyph, Rule, Sheet
from ingest.grids.grid import blocks
from ingest.grids.joining import join
from ingest.page import Grid, Line, Page

COLUMNS = [50.0, 150.0, 250.0, 400.0]


def own(grid: Grid) -> list[list[str]]:
    """Texts of the cells that begin in each row."""
    return [[cell.text for cell in grid.cells if cell.row == row and cell.text] for row in range(grid.n_rows)]


def sheet(rows: list[tuple[float, list[str]]]) -> list[Glyph]:
    """Rows of entries, each in the middle of its row: `A/B` is folded to two lines 11 points apart."""
    glyphs: list[Glyph] = []
    for middle, row in rows:
        for text, x in zip(row, COLUMNS, strict=False):
            lines = text.split("/") if text else []
            for k, line in enumerate(lines):
                glyphs += typeset(line, x, middle - 5 + 11 * (k - (len(lines) - 1) / 2))
    return glyphs


TITLE = typeset("热线项目绩效目标表", 200, 40)
ROWS: list[tuple[float, list[str]]] = [
    (70, ["项目名称", "热线话务服务", "主管部门", "某市政务服务局"]),
    (100, ["", "年度资金总额", "57.00"]),
    (125, ["", "财政拨款", "57.00"]),
    (150, ["一级指标", "二级指标", "三级指标", "指标值"]),
    (172, ["", "数量指标", "坐席设置及/配套设施完成率", "≥100%"]),
    (198, ["产出指标", "质量指标", "热线接通率达标", "≥95%"]),
    (224, ["", "时效指标", "重复来电核实后/按期办结比例", "≥90%"]),
]
READ = [
    ["项目名称", "热线话务服务", "主管部门", "某市政务服务局"],
    ["年度资金总额", "57.00"],
    ["财政拨款", "57.00"],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["数量指标", "坐席设置及配套设施完成率", "≥100%"],
    ["产出指标", "质量指标", "热线接通率达标", "≥95%"],
    ["时效指标", "重复来电核实后按期办结比例", "≥90%"],
]


def test_rows_are_told_by_the_heights_of_targets_and_amounts() -> None:
    (grid,) = grids(read([*TITLE, *sheet(ROWS)], []))
    assert own(grid) == READ
    assert not grid.ruled


def test_rules_across_tell_rows_and_labels_over_several() -> None:
    ys = [58, 85, 112, 138, 160, 185, 211, 237]
    rules = [Rule(50, y, 500, y) for y in (ys[0], ys[1], ys[3], ys[4], ys[-1])]
    rules += [Rule(150, y, 500, y) for y in (ys[2], ys[5], ys[6])]
    (grid,) = grids(read([*TITLE, *sheet(ROWS)], rules))
    assert own(grid)[4:] == [
        ["产出指标", "数量指标", "坐席设置及配套设施完成率", "≥100%"],
        ["质量指标", "热线接通率达标", "≥95%"],
        ["时效指标", "重复来电核实后按期办结比例", "≥90%"],
    ]
    assert [cell.rowspan for cell in grid.cells if cell.text == "产出指标"] == [3]


def test_name_that_may_be_cut_is_left_out_with_its_target() -> None:
    """The second line of the name stands lower than a name in the middle of its row would."""
    glyphs = [*sheet(ROWS[:6]), *typeset("重复来电核实后", 250, 219), *typeset("按期办结比例", 250, 230)]
    glyphs += [*typeset("时效指标", 150, 219), *typeset("≥90%", 400, 219)]
    found = read([*TITLE, *glyphs], [])
    (grid,) = grids(found)
    assert own(grid) == READ[:6]
    assert any("≥90%" in block.text for block in found if isinstance(block, Line))


def test_sheet_that_does_not_say_whose_it_is_stays_text() -> None:
    assert not grids(read(sheet(ROWS[3:]), []))


def test_sheet_goes_on_overleaf() -> None:
    first = blocks(Sheet(1, 600, 800, (*TITLE, *sheet(ROWS)), ()))
    rest = sheet(
        [
            (60, ["", "满意度指标", "群众回访满意率", "≥90%"]),
            (82, ["", "", "企业回访满意率", "≥85%"]),
            (104, ["", "成本指标", "项目总成本", "≤57万元"]),
        ]
    )
    (grid,) = grids(blocks(Sheet(2, 600, 800, tuple(rest), ()), first))
    assert own(grid) == [
        ["满意度指标", "群众回访满意率", "≥90%"],
        ["企业回访满意率", "≥85%"],
        ["成本指标", "项目总成本", "≤57万元"],
    ]


def test_unit_of_amounts_that_begin_above_its_label_is_not_told() -> None:
    """(元) beside the second of two amounts of one column may or may not be the first one's unit too."""
    rows: list[tuple[float, list[str]]] = [
        ROWS[0],
        (100, ["", "年度资金总额", "570,000"]),
        (125, ["项目资金(元)", "财政拨款", "570,000"]),
        (150, ["", "其他资金", "0"]),
        (180, ["", "单位自筹", "0"]),
        (214, ["一级指标", "二级指标", "三级指标", "指标值"]),
    ]
    (grid,) = grids(read([*TITLE, *sheet(rows)], []))
    label = next(cell for cell in grid.cells if cell.text == "项目资金(元)")
    assert (label.row, label.rowspan) == (1, 3)


def test_statement_under_its_own_title_is_no_part_of_the_sheet_above() -> None:
    table = [*typeset("单位: 万元", 400, 270)]
    for y, row in zip((290, 310, 330), (("收入", "预算数"), ("拨款", "57.00"), ("合计", "57.00")), strict=True):
        table += [*typeset(row[0], 50, y), *typeset(row[1], 400, y)]
    found = grids(read([*TITLE, *sheet(ROWS), *typeset("收支总表", 220, 250), *table], []))
    assert [own(grid)[-1] for grid in found] == [READ[-1], ["合计", "57.00"]]


def drawn(rows: list[tuple[float, list[tuple[float, str]]]], *, top: bool = False) -> list[Glyph]:
    """Cells in the order of drawing: each row's height, and where each of its texts begins; `/` folds to 11 points."""
    glyphs: list[Glyph] = []
    for height, cells in rows:
        for x, text in cells:
            lines = text.split("/")
            first = height if top else height - 5 - 11 * (len(lines) - 1) / 2
            for k, line in enumerate(lines):
                glyphs += typeset(line, x, first + 11 * k)
    return glyphs


NARROW: list[tuple[float, list[tuple[float, str]]]] = [
    (90, [(50, "项/目/名/称"), (150, "热线话务服务"), (250, "主管部门"), (400, "某市政务/服务局")]),
    (128, [(50, "资金(元)"), (150, "年度资金总额"), (460, "570,000")]),
    (150, [(50, "一级指标"), (150, "二级指标"), (250, "三级指标"), (400, "指标值")]),
    (180, [(150, "数量指标"), (250, "坐席设置/及配套设/施完成率"), (400, "≥100%")]),
    (216, [(150, "质量指标"), (250, "热线/接通率"), (400, "全部接通")]),
]


def test_order_of_drawing_tells_rows_of_labels_set_upright_and_of_targets_in_words() -> None:
    (grid,) = grids(read([*TITLE, *drawn(NARROW)], []))
    assert own(grid) == [
        ["项目名称", "热线话务服务", "主管部门", "某市政务服务局"],
        ["资金(元)", "年度资金总额", "570,000"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["数量指标", "坐席设置及配套设施完成率", "≥100%"],
        ["质量指标", "热线接通率", "全部接通"],
    ]


def test_label_over_several_rows_is_drawn_in_the_first_of_them() -> None:
    rows = [*NARROW[:3], (180, [*NARROW[3][1]]), NARROW[4]]
    rows[3] = (180, [(50, "产/出/指/标"), *NARROW[3][1]])
    glyphs = drawn(rows)
    for k, (text, _, _, _, _, _) in enumerate(glyphs):
        if text in "产出" or (text in "指标" and glyphs[k][1] < 60 and glyphs[k][2] > 160):
            glyphs[k] = (text, *(v + dy for v, dy in zip(glyphs[k][1:5], (0, 18, 0, 18), strict=True)), glyphs[k][5])
    (grid,) = grids(read([*TITLE, *glyphs], []))
    label = next(cell for cell in grid.cells if cell.text == "产出指标")
    assert (label.row, label.rowspan) == (3, 2)


def test_rows_whose_entries_all_begin_at_the_top() -> None:
    tops = [60, 110, 130, 150, 190]
    rows = [(top, cells) for top, (_, cells) in zip(tops, NARROW, strict=True)]
    (grid,) = grids(read([*TITLE, *drawn(rows, top=True)], []))
    assert own(grid)[3:] == [
        ["数量指标", "坐席设置及配套设施完成率", "≥100%"],
        ["质量指标", "热线接通率", "全部接通"],
    ]


def test_amount_flush_right_begins_its_wide_cell_but_stays_under_its_heading() -> None:
    """A wide cell's amount has the columns left of it; one beside a blank cell has the heading's column alone."""
    rows = [
        (70, [(50, "项目名称"), (150, "热线话务服务")]),
        (90, [(50, "项目资金"), (150, "总额(元)"), (440, "570,000")]),
        (110, [(50, "来源"), (150, "年初预算数"), (250, "全年预算数"), (400, "全年执行数")]),
        (130, [(50, "财政拨款"), (270, "570,000"), (420, "560,000")]),
        (150, [(50, "一级指标"), (150, "二级指标"), (250, "三级指标"), (400, "指标值")]),
    ]
    (grid,) = grids(read([*TITLE, *drawn(rows)], []))
    places = {(cell.row, cell.column): cell.text for cell in grid.cells if cell.text}
    assert places[1, 2] == "570,000"
    assert (places[3, 2], places[3, 3]) == ("570,000", "560,000")


def test_name_cut_by_the_page_break_is_whole_though_the_rest_has_other_columns() -> None:
    first = [
        (70, [(50, "项目名称"), (150, "热线话务服务"), (260, "主管部门"), (400, "某局")]),
        (90, [(50, "一级指标"), (150, "二级指标"), (260, "三级指标"), (400, "指标值")]),
        (110, [(50, "产出指标"), (150, "数量指标"), (260, "坐席数"), (400, "≥20个")]),
        (130, [(150, "质量指标"), (260, "市民重复来电核实后按期办结"), (400, "≥90%")]),
    ]
    rest = [
        (60, [(260, "比例")]),
        (80, [(150, "时效指标"), (260, "派单及时率"), (400, "≥95%")]),
        (100, [(50, "满意度指标"), (150, "群众满意"), (400, "≥85%")]),
        (120, [(50, "填报人"), (400, "某某")]),
    ]
    upper = blocks(Sheet(1, 600, 800, (*TITLE, *drawn(first)), ()))
    lower = blocks(Sheet(2, 600, 800, tuple(drawn(rest)), ()), upper)
    pages = join([Page(1, 600, 800, tuple(upper)), Page(2, 600, 800, tuple(lower))])
    (grid,) = [block for page in pages for block in page.blocks if isinstance(block, Grid)]
    assert own(grid)[3:5] == [
        ["质量指标", "市民重复来电核实后按期办结比例", "≥90%"],
        ["时效指标", "派单及时率", "≥95%"],
    ]


def test_amount_and_its_unit_are_one_entry() -> None:
    rows = [*NARROW[:1], (128, [(50, "年度目标"), (150, "预算资金"), (250, "57.00"), (279, "万元")]), *NARROW[2:]]
    (grid,) = grids(read([*TITLE, *drawn(rows)], []))
    assert own(grid)[1] == ["年度目标", "预算资金", "57.00万元"]


def test_label_that_the_page_break_cuts_stands_at_the_top_of_the_rest_of_its_rows() -> None:
    """绩效指标 goes on overleaf and stands beside the first row here; 产出指标 stands in the middle of its three."""
    rows = [
        (70, [(50, "项目名称"), (250, "热线话务服务"), (400, "某局")]),
        (90, [(50, "绩效指标"), (110, "一级指标"), (250, "三级指标"), (400, "指标值")]),
        (110, [(50, "绩效指标"), (110, "产出指标"), (250, "坐席数"), (400, "≥20个")]),
        (130, [(250, "接通率"), (400, "≥95%")]),
        (150, [(250, "办结率"), (400, "≥90%")]),
    ]
    glyphs = drawn(rows)
    lower = [k for k in range(len(glyphs)) if 105 < glyphs[k][1] < 160 and 100 < glyphs[k][2] < 110]
    for k in lower:
        text, x0, top, x1, bottom, blank = glyphs[k]
        glyphs[k] = text, x0, top + 20, x1, bottom + 20, blank
    (grid,) = grids(read([*TITLE, *glyphs], []))
    assert own(grid)[2:] == [["绩效指标", "产出指标", "坐席数", "≥20个"], ["接通率", "≥95%"], ["办结率", "≥90%"]]
    assert [cell.rowspan for cell in grid.cells if cell.text == "产出指标"] == [3]


def in_two_passes(rows: list[tuple[float, list[tuple[float, str]]]]) -> list[Glyph]:
    """Rows as LibreOffice Calc draws them: all texts of one script first, then those that mix scripts."""

    def mixed(text: str) -> bool:
        return not text.isascii() and any(sign.isascii() for sign in text)

    passes = [[(height, [(x, t) for x, t in cells if mixed(t) == last]) for height, cells in rows] for last in (0, 1)]
    return [*drawn(passes[0]), *drawn(passes[1])]


def test_rows_drawn_in_two_passes_are_put_together() -> None:
    """Rows stand nearly as close as lines, an amount further right in the row below is no part of its row.

    The label over three rows mixes scripts, so that it is drawn late, before the first of them goes on.
    """
    rows: list[tuple[float, list[tuple[float, str]]]] = [
        (84, [(150, "资金总额12:"), (400, "175.09")]),
        (98, [(150, "财政拨款:"), (460, "175.09")]),
        (112, [(150, "其他资金:"), (472, "0.00")]),
        (126, [(50, "项目目标"), (150, "保障12345热线话务场地使用与电梯维护与场地装修等各项费用支出")]),
        (140, [(50, "一级指标"), (150, "二级指标"), (250, "三级指标"), (400, "指标值")]),
        (154, [(50, "产出指标"), (150, "数量指标"), (250, "坐席数"), (400, "≥20个")]),
        (168, [(150, "质量指标"), (250, "接通率"), (400, "≥95%")]),
    ]
    glyphs = in_two_passes(rows)
    late = next(k for k, glyph in enumerate(glyphs) if glyph[0] == "资" and glyph[2] < 84)
    (grid,) = grids(read([*TITLE, *glyphs[:late], *drawn([(98, [(50, "资金(万元)")])]), *glyphs[late:]], []))
    assert own(grid) == [
        ["资金(万元)", "资金总额12:", "175.09"],
        ["财政拨款:", "175.09"],
        ["其他资金:", "0.00"],
        ["项目目标", "保障12345热线话务场地使用与电梯维护与场地装修等各项费用支出"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "坐席数", "≥20个"],
        ["质量指标", "接通率", "≥95%"],
    ]
    assert [cell.rowspan for cell in grid.cells if cell.text == "资金(万元)"] == [3]


def test_number_flush_right_is_no_part_of_the_next_entry() -> None:
    """The zeros end two points before the next column begins, as near as signs of one word may stand."""
    rows: list[tuple[float, list[tuple[float, str]]]] = [
        (70, [(50, "项目名称"), (250, "热线话务服务")]),
        (90, [(50, "实施期资金总额:"), (210, "570,000"), (300, "年度资金总额:"), (410, "570,000")]),
        (110, [(50, "省级财政资金"), (293, "0"), (300, "省级财政资金"), (450, "0")]),
        (130, [(50, "单位自筹"), (293, "0"), (300, "单位自筹"), (450, "0")]),
        (150, [(50, "一级指标"), (150, "二级指标"), (300, "三级指标"), (400, "指标值")]),
        (170, [(50, "产出指标"), (150, "数量指标"), (300, "坐席数"), (400, "≥20个")]),
    ]
    (grid,) = grids(read([*TITLE, *drawn(rows)], []))
    assert own(grid)[2:4] == [["省级财政资金", "0", "省级财政资金", "0"], ["单位自筹", "0", "单位自筹", "0"]]
