"""What the measurement of the whole ingest measures: every invented figure comes in, every page counts once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from eval.ingest_benchmark import MAKERS, grown, rows, whole
from ingest.readers.pdf import read_geometry

EDITION = next((Path(__file__).resolve().parents[1] / "corpus" / "editions").glob("厦门市政务服务保障中心*.pdf"))


def test_invented_rows_add_up() -> None:
    total, *body = [[Decimal(text) for text in row[2:]] for row in rows(30, 7)[1:]]
    assert all(row[0] == row[1] + row[2] for row in body)
    assert total == [sum(column) for column in zip(*body, strict=True)]


@pytest.mark.parametrize("form", MAKERS)
def test_every_amount_of_an_invented_file_comes_in(form: str) -> None:
    seconds, megabytes, figures = grown(form, 2, 10)
    assert figures == 2 * 11 * 3  # two tables of ten rows and a total, three amounts each
    assert seconds > 0
    assert megabytes > 0


def test_pages_are_counted_and_the_second_reading_is_part_of_the_time() -> None:
    pages, seconds, second = whole([EDITION])
    assert pages == len(read_geometry(EDITION.read_bytes()))
    assert 0 < second < seconds
