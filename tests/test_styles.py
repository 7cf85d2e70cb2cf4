"""Typesetting of known tables in styles of rules: what is drawn is what was meant, and reads back."""

import random
from decimal import Decimal

import pytest

pytest.importorskip("weasyprint", reason="weasyprint is in the group `editions`")

from corpus.disclosure import Cell
from eval.narrow_benchmark import invented
from eval.styles import ALL_ROUND, Layout, Table, drawn, in_forms, page, turned, weasyprint
from eval.styles_benchmark import filled
from eval.tables_benchmark import Truth
from ingest.page import Grid
from ingest.readers.pdf import read_geometry

TABLE: Table = {
    "title": "支出表",
    "perf": False,
    "nhead": 2,
    "spans": [[0, 0, 2, 1], [0, 1, 1, 2]],
    "rows": [
        ["科目名称", "本年支出", ""],
        ["", "合计", "其中"],
        ["教育支出", "1,200.00", "1,000.00"],
        ["卫生支出", "34.50", ""],
        ["住房支出", "5.25", "5.25"],
    ],
}


def texts(data: bytes) -> list[list[tuple[int, str]]]:
    (grid,) = [block for one in read_geometry(data) for block in one.blocks if isinstance(block, Grid)]
    return [[(c.column, c.text) for c in grid.cells if c.row == row and c.text] for row in range(grid.n_rows)]


@pytest.mark.parametrize("pen", ["ruled", "thin boxes", "dashed", "pictures", "covered", "across", "upright", "header",
                                 "none"])  # fmt: skip
def test_every_style_reads_back(pen: str) -> None:
    pages = read_geometry(weasyprint(page([TABLE], Layout(), ALL_ROUND % "#000")))
    data = drawn(weasyprint(page([TABLE], Layout(), ALL_ROUND % "transparent")), pages, [2], pen)
    for one in (data, turned(data), in_forms(data)):
        assert texts(one) == [
            [(0, "科目名称"), (1, "本年支出")],
            [(1, "合计"), (2, "其中")],
            [(0, "教育支出"), (1, "1,200.00"), (2, "1,000.00")],
            [(0, "卫生支出"), (1, "34.50")],
            [(0, "住房支出"), (1, "5.25"), (2, "5.25")],
        ]


def test_narrow_columns_wrap_and_read_back() -> None:
    layout = Layout(widths=(40.0, 24.0, 24.0), top=True)
    data = weasyprint(page([TABLE], layout, ALL_ROUND % "#000"))
    assert texts(data)[2:] == [
        [(0, "教育支出"), (1, "1,200.00"), (2, "1,000.00")],
        [(0, "卫生支出"), (1, "34.50")],
        [(0, "住房支出"), (1, "5.25"), (2, "5.25")],
    ]
    (grid,) = [block for one in read_geometry(data) for block in one.blocks if isinstance(block, Grid)]
    assert {(2, 1), (2, 2)} <= set(grid.folded), "the amounts of a thousand did not wrap"


def test_invented_tables_add_up() -> None:
    rows = invented(random.Random(1), 8, 20)["rows"][1:]
    values = [[Decimal(text.replace(",", "")) for text in row[2:5] if text] for row in rows]
    assert values[0] == [sum(row[0] for row in values[1:])]
    assert all(row[0] == row[1] + row[2] for row in values[1:])


def test_numbers_in_blank_places_are_counted() -> None:
    truth = [Truth("表", False, frozenset({(0, 0, "甲"), (0, 2, "1.00")}))]
    cells = (Cell(0, 0, "甲"), Cell(0, 1, "1.00"), Cell(0, 2, ""))
    assert filled(truth, [Grid(1, 3, cells)]) == 1
