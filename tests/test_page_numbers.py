"""Page numbers printed into the last rows of a table that reaches into the foot of its page."""

import pytest
from test_grid import frame, texts, typeset

from ingest.grids.geometry import Glyph, Sheet
from ingest.grids.grid import blocks
from ingest.page import Grid, Line

XS = [50.0, 250.0, 400.0, 550.0]
YS = [720.0, 740.0, 760.0, 780.0]
"""The last row is 760 to 780 of a page 800 points high; the page is 600 wide, so that 300 is its middle."""


def page(number: list[Glyph], second: str = "3.00") -> list[Grid | Line]:
    rows = [["科目名称", "合计", "基本支出"], ["教育支出", "9.00", "4.00"], ["卫生健康支出", second, "2.00"]]
    glyphs = [
        glyph
        for row, y in zip(rows, YS, strict=False)
        for text, x in zip(row, (54.0, 290.0, 420.0), strict=True)
        for glyph in typeset(text, x, y + 4)
    ]
    return blocks(Sheet(3, 600, 800, (*glyphs, *number), frame(XS, YS)))


def last_row(found: list[Grid | Line]) -> list[str]:
    (grid,) = [block for block in found if isinstance(block, Grid)]
    return texts(grid)[-1]


def lines(found: list[Grid | Line]) -> list[str]:
    return [block.text for block in found if isinstance(block, Line)]


@pytest.mark.parametrize(
    ("said", "x"), [("第3页共9页", 275.0), ("第 3 页", 280.0), ("—3—", 290.0), ("共9页,第3页", 275.0)]
)
def test_what_says_that_it_is_a_page_number_is_no_text_of_a_cell(said: str, x: float) -> None:
    found = page(typeset(said, x, 768), second="")
    assert last_row(found) == ["卫生健康支出", "", "2.00"]
    assert lines(found) == [said]


def test_amount_under_a_page_number_is_read() -> None:
    found = page(typeset("第3页", 285, 768))
    assert last_row(found) == ["卫生健康支出", "3.00", "2.00"]


def test_number_alone_in_the_middle_of_the_page_and_off_the_row_is_no_amount() -> None:
    found = page(typeset("3", 297.5, 769), second="")  # the row stands at 764
    assert last_row(found) == ["卫生健康支出", "", "2.00"]
    assert lines(found) == ["3"]


@pytest.mark.parametrize(("x", "y"), [(297.5, 764.0), (320.0, 769.0)], ids=["on the row", "beside the middle"])
def test_number_that_may_be_a_cell_of_its_row_stays_in_it(x: float, y: float) -> None:
    found = page(typeset("3", x, y), second="")
    assert last_row(found) == ["卫生健康支出", "3", "2.00"]
    assert lines(found) == []


def test_number_far_above_the_foot_is_no_page_number() -> None:
    rows = [["科目名称", "合计", "人数"], ["教育支出", "9.00", "4"]]
    glyphs = [
        glyph
        for row, y in zip(rows, (100.0, 120.0), strict=True)
        for text, x in zip(row, (54.0, 270.0, 420.0), strict=True)
        for glyph in typeset(text, x, y + 4)
    ]
    found = blocks(Sheet(3, 600, 800, (*glyphs, *typeset("—3—", 425, 129)), frame(XS, [100.0, 120.0, 140.0])))
    assert lines(found) == []
