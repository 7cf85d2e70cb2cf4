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
