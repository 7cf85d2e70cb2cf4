"""Headings set aslant in their cells are read; watermarks are not."""

import pytest
from test_grid import frame, texts, typeset

from ingest.grids.geometry import Glyph, Sheet
from ingest.grids.grid import blocks
from ingest.grids.slanted import runs_of
from ingest.page import Grid

XS = [50.0, 150.0, 220.0, 290.0, 360.0]
YS = [100.0, 160.0, 180.0, 200.0]
"""A header 60 points high over two rows of 20; the columns of amounts are 70 wide."""
Run = tuple[Glyph, ...]


def rising(text: str, x: float, y: float) -> Run:
    """Glyphs of 10 points set upwards to the right at 45°, the first with its top left corner at (x, y)."""
    return tuple((sign, x + 7 * k, y - 7 * k, x + 7 * k + 10, y - 7 * k + 10, False) for k, sign in enumerate(text))


def read(slanted: tuple[Run, ...], head: tuple[str, ...] = ("科目名称", "", "", "")) -> list[list[str]]:
    rows = [head, ("合计", "30.00", "20.00", "10.00"), ("教育支出", "25.00", "17.00", "8.00")]
    glyphs = [
        glyph
        for row, y in zip(rows, (125.0, 165.0, 185.0), strict=True)
        for text, x in zip(row, XS, strict=False)
        for glyph in typeset(text, x + 10, y)
    ]
    hidden = sum(map(len, slanted))
    sheet = Sheet(1, 600, 800, tuple(glyphs), frame(XS, YS), hidden=hidden, slanted=slanted)
    (grid,) = [block for block in blocks(sheet) if isinstance(block, Grid)]
    return texts(grid)


HEADINGS = (rising("合计", 180, 140), rising("基本支出", 235, 140), rising("项目支出", 305, 140))


def test_headings_set_aslant_each_in_its_cell_are_read() -> None:
    assert read(HEADINGS)[0] == ["科目名称", "合计", "基本支出", "项目支出"]


@pytest.mark.parametrize(
    "slanted",
    [
        (
            rising("合计", 180, 140),
            rising("基本支出", 205, 140),
            rising("项目支出", 305, 140),
        ),  # one begins a column before
        (*HEADINGS, rising("仅供公开使用", 100, 190)),  # and a watermark over rules
        (rising("公开", 180, 140), rising("公开", 245, 140), rising("公开", 315, 140)),  # the same again and again
        (rising("合计", 180, 140),),  # one alone
    ],
)
def test_what_may_be_no_heading_stays_out(slanted: tuple[Run, ...]) -> None:
    assert read(slanted)[0] == ["科目名称", "", "", ""]


def test_slanted_text_in_a_cell_that_has_its_own_is_no_heading() -> None:
    assert read(HEADINGS[1:], ("科目名称", "合计", "基本", ""))[0] == ["科目名称", "合计", "基本", ""]


def test_slanted_text_below_amounts_is_no_heading() -> None:
    low = (rising("甲级", 165, 187), rising("乙级", 235, 187))
    assert read(low)[2] == ["教育支出", "25.00", "17.00", "8.00"]


def test_slanted_glyphs_make_one_text_where_they_are_drawn_one_after_the_other() -> None:
    first, second = rising("合计", 180, 140), rising("支出", 235, 140)
    numbered = [*enumerate(first, 4), *enumerate(second, 6)]
    assert runs_of(numbered) == (first, second)  # the second begins far from the end of the first
    assert runs_of([(4, first[0]), (6, first[1])]) == ((first[0],), (first[1],))  # others were drawn between
