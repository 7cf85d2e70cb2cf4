"""Tables too wide for one page, printed on two in columns."""

from ingest.grids.beside import begins_beside, put_beside
from ingest.grids.joining import join
from ingest.page import Grid, Line, Page
from ingest.readers.assemble import Piece, grid_of

LEFT = [
    ["科目编码", "科目名称", "合计", "一般公共预算"],
    ["213", "农林水支出", "134.56", "100.00"],
    ["2130301", "行政运行", "134.56", "100.00"],
    ["", "合计", "134.56", "100.00"],
]
RIGHT = [["政府性基金", "单位资金"], ["34.56", ""], ["34.56", ""], ["34.56", ""]]


def grid(rows: list[list[str]]) -> Grid:
    made = grid_of([[Piece(text) for text in row] for row in rows])
    assert made is not None
    return made


def rows(found: Grid) -> list[list[str]]:
    return [[cell.text for cell in found.cells if cell.row == row] for row in range(found.n_rows)]


WHOLE = [[*left, *right] for left, right in zip(LEFT, RIGHT, strict=True)]


def test_columns_without_labels_go_on_to_the_right() -> None:
    wide = put_beside(grid(LEFT), grid(RIGHT))
    assert wide is not None
    assert rows(wide) == WHOLE


def test_labels_printed_again_are_dropped() -> None:
    again = [[*left[:2], *right] for left, right in zip(LEFT, RIGHT, strict=True)]
    wide = put_beside(grid(LEFT), grid(again))
    assert wide is not None
    assert rows(wide) == WHOLE


def test_pages_are_joined_only_with_nothing_between() -> None:
    pages = [Page(n, 600, 800, (grid(part),)) for n, part in ((1, LEFT), (2, RIGHT))]
    (whole,) = [block for page in join(pages) for block in page.blocks]
    assert isinstance(whole, Grid)
    assert rows(whole) == WHOLE
    titled = [pages[0], Page(2, 600, 800, (Line("三公经费表", 2), grid(RIGHT)))]
    assert sum(isinstance(block, Grid) for page in join(titled) for block in page.blocks) == 2


def test_other_rows_or_words_are_another_table() -> None:
    assert put_beside(grid(LEFT), grid(RIGHT[:3])) is None
    assert put_beside(grid(LEFT), grid([["单位资金", "备注"], *[["1.00", "待批"]] * 3])) is None
    assert put_beside(grid(LEFT), grid(LEFT)) is None
    other = [["收入", "金额"], ["财政拨款", "1.00"], ["其他", "2.00"], ["合计", "3.00"]]
    assert put_beside(grid(LEFT), grid(other)) is None
    assert not begins_beside(grid(LEFT), grid(other))


def test_the_same_labels_under_other_headings_are_no_continuation_below() -> None:
    again = [["科目编码", "科目名称", "单位资金", "上年结转"], *LEFT[1:]]
    assert begins_beside(grid(LEFT), grid(again))
    assert not begins_beside(grid(LEFT), grid([["2130302", "一般事务", "1.00", "1.00"], *LEFT[1:]]))


MORE = [["2130302", "一般行政管理事务", "9.00", "9.00"], ["2130303", "机关服务", "8.00", "8.00"]]
MORE_RIGHT = [["1.00", ""], ["2.00", ""]]


def test_parts_from_left_to_right_and_then_the_rows_below_them() -> None:
    parts = [LEFT, RIGHT, MORE, MORE_RIGHT]
    pages = [Page(n, 600, 800, (grid(part), Line(f"第{n}页", n))) for n, part in enumerate(parts, 1)]
    joined = join(pages)
    (whole,) = [block for page in joined for block in page.blocks if isinstance(block, Grid)]
    below = [[*left, *right] for left, right in zip(MORE, MORE_RIGHT, strict=True)]
    assert rows(whole) == [*WHOLE, *below]


def test_all_rows_of_the_first_columns_and_then_those_of_the_next() -> None:
    parts = [LEFT, MORE, RIGHT, MORE_RIGHT]
    joined = join([Page(n, 600, 800, (grid(part),)) for n, part in enumerate(parts, 1)])
    (whole,) = [block for page in joined for block in page.blocks if isinstance(block, Grid)]
    assert rows(whole)[-1] == [*MORE[-1], *MORE_RIGHT[-1]]
    assert len(rows(whole)) == 6


def test_unit_that_stands_over_the_last_column_is_that_of_the_whole() -> None:
    first = Page(1, 600, 800, (Line("部门收入总表", 1), grid(LEFT)))
    second = Page(2, 600, 800, (Line("单位:万元", 2), grid(RIGHT)))
    blocks = [block for page in join([first, second]) for block in page.blocks]
    assert [block.text for block in blocks if isinstance(block, Line)] == ["部门收入总表", "单位:万元"]
    assert isinstance(blocks[-1], Grid)
    assert rows(blocks[-1]) == WHOLE


def test_a_table_of_the_same_form_and_rows_is_no_part_of_the_one_before() -> None:
    # Of another unit, or year: the same headings and classes with other amounts.
    other = [LEFT[0], *[[*row[:2], "9.00", "5.00"] for row in LEFT[1:]]]
    assert put_beside(grid(LEFT), grid(other)) is None
