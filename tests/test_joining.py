"""Continued grids become one; different tables stay apart."""

from dataclasses import replace

import pytest

from corpus.disclosure import Cell
from ingest.grids.joining import join
from ingest.page import Block, Grid, Line, Page

XS = [50.0, 150.0, 250.0, 350.0]


def grid(rows: list[list[str]], page: int | None = None, top: float = 100.0, xs: list[float] = XS) -> Grid:
    """A plain grid; with a page it has geometry: rows of 20 points from `top` down."""
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            box = (xs[c], top + 20 * r, xs[c + 1], top + 20 * r + 20) if page else None
            cells.append(Cell(r, c, text, page=page, bbox=box))
    width = max(map(len, rows))
    around = (xs[0], top, xs[width], top + 20 * len(rows)) if page else None
    return Grid(len(rows), width, tuple(cells), (page,) if page else (), around)


def line(text: str, page: int | None, top: float = 50.0) -> Line:
    return Line(text, page, (50, top, 200, top + 10) if page else None)


def book(*pages: list[Block]) -> list[Page]:
    return [Page(number, 600, 800, tuple(blocks)) for number, blocks in enumerate(pages, 1)]


def grids(pages: list[Page]) -> list[Grid]:
    return [block for page in join(pages) for block in page.blocks if isinstance(block, Grid)]


def texts(one: Grid) -> list[list[str]]:
    return [[cell.text for cell in one.cells if cell.row == row] for row in range(one.n_rows)]


HEAD = ["科目", "名称", "合计"]
FIRST = [HEAD, ["201", "一般公共服务支出", "3.00"]]
FULL = 740.0
"""Where a grid of two rows must begin to reach the foot of its page."""


def test_repeated_header_is_dropped() -> None:
    (one,) = grids(book([grid(FIRST, 1, FULL)], [grid([HEAD, ["208", "社会保障", "1.00"]], 2)]))
    assert texts(one) == [*FIRST, ["208", "社会保障", "1.00"]]
    assert (one.pages, one.joined_at) == ((1, 2), (2,))
    assert [cell.page for cell in one.cells if cell.row == 2] == [2, 2, 2]


def test_continuation_without_header_and_total_alone_on_the_last_page() -> None:
    pages = book(
        [line("支出表", 1), grid(FIRST, 1, FULL), line("— 1 —", 1, 790)],
        [grid([["208", "社会保障", "1.00"], ["210", "卫生健康", "2.00"]], 2, FULL), line("— 2 —", 2, 790)],
        [grid([["", "合计", "6.00"]], 3), line("注:本表反映支出。", 3, 140), line("— 3 —", 3, 790)],
    )
    (one,) = grids(pages)
    assert [row[2] for row in texts(one)] == ["合计", "3.00", "1.00", "2.00", "6.00"]
    assert one.joined_at == (2, 4)
    kept = join(pages)
    assert isinstance(kept[0].blocks[1], Grid)
    assert [block.text for block in kept[2].blocks if isinstance(block, Line)] == ["注:本表反映支出。", "— 3 —"]


@pytest.mark.parametrize("between", ["收入预算表", "单位:万元", "二、支出"])
def test_a_title_or_a_unit_line_between_keeps_tables_apart(between: str) -> None:
    assert len(grids(book([grid(FIRST, 1, FULL)], [line(between, 2), grid(FIRST, 2)]))) == 2


def test_running_headers_do_not_keep_fragments_apart() -> None:
    pages = book(
        *[[line("某局2026年部门预算", n, 30), grid([[f"20{n}", "支出", f"{n}.00"]], n, 760)] for n in (1, 2, 3, 4)]
    )
    assert len(grids(pages)) == 1


def test_a_line_at_the_very_foot_of_two_pages_keeps_no_fragments_apart() -> None:
    rest = grid([HEAD, ["208", "社会保障", "1.00"]], 2)
    foot = "某市财政局2026年部门预算公开"
    (one,) = grids(book([grid(FIRST, 1, FULL), line(foot, 1, 785)], [rest, line(foot, 2, 785)]))
    assert texts(one) == [*FIRST, ["208", "社会保障", "1.00"]]
    assert len(grids(book([grid(FIRST, 1, FULL), line(foot, 1, 785)], [rest, line("说明", 2, 785)]))) == 2


def test_unit_line_at_the_head_of_every_page_is_no_running_header() -> None:
    pages = book(*[[line("单位:万元", n, 30), grid([HEAD, ["201", "支出", f"{n}.00"]], n, FULL)] for n in (1, 2, 3, 4)])
    assert len(grids(pages)) == 4


def test_page_broken_on_purpose_before_another_header_keeps_tables_apart() -> None:
    other = [["收入项目", "预算数", "备注"], ["财政拨款", "9.00", ""]]
    pages = book([grid(FIRST, 1, 100)], [grid(other, 2, FULL)])
    assert len(grids(pages)) == 2


def test_sheets_with_the_same_title_inside_stay_apart() -> None:
    def sheet(name: str, page: int) -> Grid:
        body = grid([["项目名称", name, "1.00"], ["金额", "2.00", "元"]], page, 700)
        title = Cell(0, 0, "项目支出绩效目标表", 1, 3, page, (50, 680, 350, 700))
        lower = tuple(replace(cell, row=cell.row + 1) for cell in body.cells)
        return replace(body, n_rows=3, cells=(title, *lower), bbox=(50, 680, 350, 740))

    assert len(grids(book([sheet("甲", 1)], [sheet("乙", 2)]))) == 2


def test_tables_of_other_width_stay_apart() -> None:
    assert len(grids(book([grid(FIRST, 1, FULL)], [grid(FIRST, 2, xs=[50.0, 200.0, 300.0, 500.0])]))) == 2


def test_fragments_with_different_columns_are_cut_by_the_columns_of_both() -> None:
    below = grid([["绩效指标", "数量", "办件量", "350"]], 2, xs=[50.0, 100.0, 150.0, 250.0, 350.0])
    (one,) = grids(book([grid([["年度目标", "全年办件", "元"], ["资金", "5.00", "元"]], 1, FULL)], [below]))
    assert one.n_columns == 4
    assert [(c.column, c.colspan, c.text) for c in one.cells if c.row == 0] == [
        (0, 2, "年度目标"),
        (2, 1, "全年办件"),
        (3, 1, "元"),
    ]
    assert [(c.column, c.text) for c in one.cells if c.row == 2] == [
        (0, "绩效指标"),
        (1, "数量"),
        (2, "办件量"),
        (3, "350"),
    ]


def test_row_cut_by_the_page_break_is_put_together() -> None:
    upper = replace(grid([HEAD, ["207", "文化旅游体育与传媒支", ""]], 1, FULL), running=((1, 1),))
    (one,) = grids(book([upper], [grid([["", "出", ""], ["208", "社会保障", "1.00"]], 2)]))
    assert texts(one) == [HEAD, ["207", "文化旅游体育与传媒支出", ""], ["208", "社会保障", "1.00"]]
    assert one.joined_at == (2,)


@pytest.mark.parametrize("text", ["二十二、预备费", "229", "(一)其他", "12.00"])
def test_what_begins_an_item_is_a_row_of_its_own(text: str) -> None:
    upper = replace(grid([HEAD, ["", "二十一、粮油物资储备支出", ""]], 1, FULL), running=((1, 1),))
    (one,) = grids(book([upper], [grid([["", text, ""]], 2)]))
    assert one.n_rows == 3


def test_text_that_found_no_room_above_goes_to_its_amounts() -> None:
    rows = [HEAD, ["201", "一般公共服务支出", "3.00"], ["20805", "", "9.00"]]
    lower = replace(grid([["", "机关事业单位基本养老保险缴费支出", ""], ["210", "卫生", "1.00"]], 2), folded=((0, 1),))
    (one,) = grids(book([grid(rows, 1, 720)], [lower]))
    assert texts(one)[2] == ["20805", "机关事业单位基本养老保险缴费支出", "9.00"]


def test_merged_label_goes_on_below_the_page_break() -> None:
    upper = grid([["效益指标", "a", "1.00"], ["x", "b", "2.00"]], 1, FULL)
    label = replace(upper.cells[0], rowspan=2)
    upper = replace(upper, cells=(label, *(c for c in upper.cells[1:] if c.text != "x")))
    (one,) = grids(book([upper], [grid([["", "c", "3.00"]], 2)]))
    assert next(cell for cell in one.cells if cell.text == "效益指标").rowspan == 3


def test_grids_without_geometry_join_inside_a_text_file() -> None:
    above, below = grid(FIRST), grid([["30299", "其他商品和服务支出", "13.54"]])
    (one,) = grids([Page(None, 0, 0, (line("支出表", None), above, below))])
    assert texts(one)[-1] == ["30299", "其他商品和服务支出", "13.54"]
    assert one.joined_at == (2,)


def test_continuation_with_a_cell_too_many_keeps_it_in_an_extra_column() -> None:
    below = grid([["302", "商品和服务", "4.00", "13.54"]])
    (one,) = grids([Page(None, 0, 0, (grid(FIRST), below))])
    assert one.n_columns == 4
    assert texts(one)[-1] == ["302", "商品和服务", "4.00", "13.54"]


def test_another_header_starts_another_table_without_geometry() -> None:
    other = grid([["项目", "预算数", "备注"], ["合计", "1.00", ""]])
    assert len(grids([Page(None, 0, 0, (grid(FIRST), other))])) == 2


def test_repeated_header_in_a_text_file_is_dropped() -> None:
    (one,) = grids([Page(None, 0, 0, (grid(FIRST), grid([HEAD, ["208", "社会保障", "1.00"]])))])
    assert one.n_rows == 3


WIDER = [*XS, 450.0]


def test_shifted_rows_one_column_wider_go_on_though_the_page_had_room() -> None:
    below = grid([["30216", "培训费", "0.70", "0.70"], ["30217", "公务接待费", "1.00", "1.00"]], 2, xs=WIDER)
    (one,) = grids(book([grid(FIRST, 1)], [below]))
    assert (one.n_rows, one.n_columns) == (4, 4)
    assert texts(one)[-1] == ["30217", "公务接待费", "1.00", "1.00"]
    headed = grid([["类", "名称", "合计", "备注"], ["30217", "公务接待费", "1.00", ""]], 2, xs=WIDER)
    assert len(grids(book([grid(FIRST, 1)], [headed]))) == 2


def test_a_form_goes_on_with_the_label_along_its_side() -> None:
    form = grid([["项目名称", "", "甲"], ["目标", "", "乙"]], 2)
    lower = grid(
        [["绩效指标", "一级", "二级", "值"], ["", "产出", "数量", "3"], ["", "效益", "社会", "4"]],
        3,
        xs=[50, 120, 200, 280, 350],
    )
    label = replace(lower.cells[0], rowspan=3)
    lower = replace(lower, cells=(label, *(c for c in lower.cells[1:] if not (c.column == 0 and c.row))))
    full = [line("支出表", 1), grid(FIRST, 1, FULL)]  # pages can be filled, so the form's page had room
    title = line("绩效目标表", 2)
    assert len(grids(book(full, [title, form], [lower]))) == 2
    header = replace(lower, cells=(replace(label, rowspan=1), *lower.cells[1:]))
    assert len(grids(book(full, [title, form], [header]))) == 3


def test_a_sheet_with_print_titles_goes_on_below_its_title() -> None:
    """Workbooks print 打印标题行 on every page: title, unit and header again, then the next class."""

    def above(page: int) -> list[Line]:
        return [line("收入决算表", page, 20), line("单位:万元", page, 35)]

    first = [*above(1), grid(FIRST, 1, FULL)]
    pages = book(first, [*above(2), grid([HEAD, ["208", "社会保障", "1.00"]], 2)])
    (one,) = grids(pages)
    assert [row[0] for row in texts(one)][-1] == "208"
    assert [block for block in join(pages)[1].blocks if isinstance(block, Line)] == []
    anew = book(first, [*above(2), grid([HEAD, ["", "合计", "4.00"]], 2)])
    assert len(grids(anew)) == 2
    other = book(first, [line("支出决算表", 2, 20), line("单位:万元", 2, 35), grid([HEAD, ["208", "社会", "1.00"]], 2)])
    assert len(grids(other)) == 2


def cut(last: list[str], first: list[str], running: tuple[int, ...]) -> list[list[str]]:
    """What becomes of a table of codes, names and amounts whose row may be cut in two by the page break."""
    rows = [HEAD, ["2010301", "行政运行", "25,115.20"], ["2010302", "一般行政管理事务", "3,300.00"], last]
    upper = replace(grid(rows, 1, FULL - 40), running=tuple((3, column) for column in running))
    (one,) = grids(book([upper], [grid([first, ["2080505", "养老保险", "1,234.56"]], 2)]))
    return texts(one)[3:-1]


def test_an_amount_cut_by_the_page_break_is_put_together() -> None:
    assert cut(["2080501", "单位离退休", "20,32"], ["", "", "5.84"], (2,)) == [["2080501", "单位离退休", "20,325.84"]]
    assert cut(["208050", "机关事业单位基本", "1,626,"], ["1", "养老保险缴费", "622.95"], (0, 2)) == [
        ["2080501", "机关事业单位基本养老保险缴费", "1,626,622.95"]
    ]
    assert cut(["2080501", "离退休", "71,987."], ["", "", "39"], ()) == [["2080501", "离退休", "71,987.39"]]
    assert cut(["2080501", "离退休", "12"], ["", "", "3.45"], (2,)) == [["2080501", "离退休", "123.45"]]


def test_amounts_below_each_other_on_two_pages_stay_apart() -> None:
    whole = [["2080501", "离退休", "20,325.84"], ["2080502", "离退休", "5.84"]]
    assert cut(*whole, (2,)) == whole
    roomy = [["2080501", "离退休", "20,32"], ["2080502", "离退休", "5.84"]]  # misprinted, in a cell with room for more
    assert cut(*roomy, ()) == roomy
    beside_blank = [["", "离退休", "20,32"], ["2080502", "离退休", "5.84"]]  # the lower row has a code of its own
    assert cut(*beside_blank, (2,)) == beside_blank
    coded = [["2080501", "离退休", "20,32"], ["2080502", "离退休", "5.84"]]
    assert cut(*coded, (0, 2)) == coded  # a whole code is no end of another


@pytest.mark.parametrize("said", ["续表", "支出表(续)", "续表二", "(续表)"])
def test_table_that_says_it_goes_on_is_one_wherever_it_breaks(said: str) -> None:
    """On one page, drawn anew with other widths, with its number and its unit printed again."""
    above = [line("表二", 1, 40), line("支出表", 1), line("单位:万元", 1, 60), grid(FIRST, 1)]
    between = [line(said, 1, 160), line("单位:万元", 1, 180)]
    rest = grid([HEAD, ["208", "社会保障", "1.00"], ["", "合计", "4.00"]], 1, 200, [50.0, 120.0, 260.0, 350.0])
    after = [line("三公经费表", 1, 300), grid(FIRST, 1, 320)]
    whole, other = grids(book([*above, *between, rest, *after]))
    assert texts(whole) == [*FIRST, ["208", "社会保障", "1.00"], ["", "合计", "4.00"]]
    assert texts(other) == FIRST


def test_continuation_of_another_table_is_not_of_this() -> None:
    pages = book([line("支出表", 1), grid(FIRST, 1, FULL)], [line("收入表(续)", 2), grid(FIRST, 2)])
    assert len(grids(pages)) == 2


def test_amounts_cut_off_from_their_label_come_back() -> None:
    upper = [*FIRST, ["208", "社会保障", "1.00"], ["210", "卫生健康", ""]]
    lower = [HEAD, ["", "", "2.00"], ["221", "住房保障", "5.00"]]
    (one,) = grids(book([grid(upper, 1, FULL)], [grid(lower, 2)]))
    assert texts(one) == [*upper[:3], ["210", "卫生健康", "2.00"], ["221", "住房保障", "5.00"]]


def test_total_without_a_label_is_no_rest_of_the_last_row() -> None:
    upper = [*FIRST, ["208", "社会保障", "1.00"]]
    (one,) = grids(book([grid(upper, 1, FULL)], [grid([["", "", "4.00"]], 2)]))
    assert texts(one) == [*upper, ["", "", "4.00"]]


WIDE = [50.0, 150.0, 250.0, 350.0, 450.0]


@pytest.mark.parametrize(
    ("above", "below"), [("项目支出结转和结余", "项目支出结转和结"), ("项目支出结转和结", "项目支出结转和结余")]
)
def test_header_of_which_a_sign_found_no_room_on_one_page_is_the_same(above: str, below: str) -> None:
    # The last sign of a heading set one sign a line is cut off at the floor of its row on one of the pages.
    first = [["科目", "名称", "合计", above], ["204", "公共安全支出", "825.91", "34.64"]]
    rest = [["科目", "名称", "合计", below], ["208", "社会保障和就业支出", "217.54", "1.50"]]
    (one,) = grids(book([grid(first, 1, FULL, WIDE)], [grid(rest, 2, xs=WIDE)]))
    assert texts(one) == [["科目", "名称", "合计", "项目支出结转和结余"], first[1], rest[1]]


def test_headers_that_differ_in_more_than_a_lost_end_are_not_the_same() -> None:
    # 2024年 and 2024年预算数 head other columns: a year, or half of all headings, is not lost for want of room.
    first = [["科目", "名称", "2024年预算数", "增减"], ["204", "公共安全支出", "825.91", "34.64"]]
    rest = [["科目", "名称", "2024年", "增减"], ["208", "社会保障和就业支出", "217.54", "1.50"]]
    (one,) = grids(book([grid(first, 1, FULL, WIDE)], [grid(rest, 2, xs=WIDE)]))
    assert one.n_rows == 4
