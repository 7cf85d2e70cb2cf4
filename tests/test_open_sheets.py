"""Performance sheets whose cells no rules part: rows told by rules across, or by the heights of targets and amounts."""

from test_grid import grids, read, typeset

from ingest.grids.geometry import Glyph, Rule, Sheet
from ingest.grids.grid import blocks
from ingest.page import Grid, Line

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
