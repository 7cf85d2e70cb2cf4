"""The text reader: tab and pipe tables, marks of converters, encodings. Values worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.page import Grid, Line
from ingest.readers.text import read_text

SHARED = Path(__file__).resolve().parents[2] / "shared" / "disclosures"


def rows(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.n_rows)]


def blocks(text: str, encoding: str = "utf-8") -> list[Line | Grid]:
    (page,) = read_text(text.encode(encoding))
    assert page.number is None
    return list(page.blocks)


def test_blank_cells_are_kept_also_at_the_end_of_a_row() -> None:
    (grid,) = blocks("收入\t\t支出\t\n一、拨款\t１，２３４.50\t二、外交支出\t\n")
    assert isinstance(grid, Grid)
    assert rows(grid) == [["收入", "", "支出", ""], ["一、拨款", "1,234.50", "二、外交支出", ""]]
    assert grid.header_rows is None
    assert grid.ruled


def test_a_blank_line_ends_a_grid_and_a_row_of_blank_cells_does_not() -> None:
    found = blocks("合计\t\t1.00\n\t\t\n201\t甲\t1.00\n\n208\t乙\t2.00\n")
    assert [block.n_rows for block in found if isinstance(block, Grid)] == [3, 1]


def test_rules_between_rows_are_dropped() -> None:
    (grid,) = blocks("2210201\t住房公积金\t31.51\n---------\t-------\t--\n")
    assert isinstance(grid, Grid)
    assert rows(grid) == [["2210201", "住房公积金", "31.51"]]


def test_a_dash_in_every_cell_is_a_row_of_dashes() -> None:
    (grid,) = blocks("项目\t预算数\n-\t-\n")
    assert isinstance(grid, Grid)
    assert rows(grid)[1] == ["-", "-"]


def test_a_cell_broken_over_lines_is_put_together() -> None:
    (grid,) = blocks("名称\t概况\t金额\n项目\t第一项工作；\n第二项工作；\n第三项工作\t5.00\n合计\t\t5.00\n")
    assert isinstance(grid, Grid)
    assert rows(grid)[1] == ["项目", "第一项工作;第二项工作;第三项工作", "5.00"]
    assert rows(grid)[2] == ["合计", "", "5.00"]


def test_a_note_right_under_the_table_is_a_line() -> None:
    found = blocks("单位：万元\n项目\t数\n合计\t\n注：本表无数据\n项目\t数\n合计\t\n")
    assert [type(block).__name__ for block in found] == ["Line", "Grid", "Line", "Grid"]
    assert isinstance(found[2], Line)
    assert found[2].text == "注:本表无数据"


def test_contents_with_tabs_are_lines() -> None:
    found = blocks("目 录\n\n第一部分 概况\t1\n一、职责.....\t2\n二、机构.....\t2\n\n三、预算.....\t3\n")
    assert [block.text for block in found if isinstance(block, Line)] == [
        "目 录", "第一部分 概况 1", "一、职责..... 2", "二、机构..... 2", "三、预算..... 3",
    ]  # fmt: skip


def test_a_two_column_table_of_counts_is_no_contents_page() -> None:
    (grid,) = blocks("人员编制\t21\n实有人员\t18\n")
    assert isinstance(grid, Grid)


def test_marks_of_a_converter_are_taken_off() -> None:
    found = blocks("# 目 录\n\n### <b>第一部分 概况</b>\n\n- 一、职责\n**甲、基本支出：**指支出。\n---\n")
    assert [(block.text, block.heading) for block in found if isinstance(block, Line)] == [
        ("目 录", 1), ("第一部分 概况", 3), ("一、职责", None), ("甲、基本支出:指支出。", None),
    ]  # fmt: skip


def test_pipe_tables() -> None:
    (grid,) = blocks("| 项目 | 预算数 |\n|---|:--:|\n| 合计 | 3.00 |\n| 其中：甲\\|乙 |  |\n")
    assert isinstance(grid, Grid)
    assert rows(grid) == [["项目", "预算数"], ["合计", "3.00"], ["其中:甲|乙", ""]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    (line,) = blocks("某某市财政局２０２６年部门预算", encoding)
    assert isinstance(line, Line)
    assert line.text == "某某市财政局2026年部门预算"


def test_a_broken_byte_is_told_and_the_rest_is_read() -> None:
    (page,) = read_text("某某市财政局部门预算，共".encode() + b"\xff\xfe" + "三项".encode())
    assert page.blocks
    assert page.warnings


def test_circled_numbers_do_not_become_amounts() -> None:
    (grid,) = blocks("①公务用车购置费\t①\n")
    assert isinstance(grid, Grid)
    assert rows(grid) == [["①公务用车购置费", "①"]]


def test_nothing_in_the_file() -> None:
    (page,) = read_text(b"\n \n")
    assert page.blocks == ()
    assert page.source == "none"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared disclosures are not here")
def test_the_disclosures_have_the_tables_that_they_print() -> None:
    counts = {}
    for path in SHARED.glob("*.txt"):
        (page,) = read_text(path.read_bytes())
        counts[path.name[:5]] = sum(isinstance(block, Grid) for block in page.blocks)
    # runs of tabbed lines in the file, less the runs that are contents pages (晋城 5, 泉州 2)
    assert counts == {"厦门市政务": 8, "厦门市行政": 14, "晋城市政务": 28 - 5, "泉州市12": 15 - 2, "阜康市数据": 15}
