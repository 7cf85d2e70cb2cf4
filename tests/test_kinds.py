"""Kinds of documents and questions that the sample does not hold: layouts of other provinces, other turns of phrase."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from little_book import little_book

from rag.planner import RulePlanner
from rag.shelf import Shelf


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RulePlanner]:
    book = little_book(Path(tmp_path_factory.mktemp("book")))
    shelf = Shelf(book)
    yield RulePlanner(shelf.catalogue, shelf.lexicon, shelf.projects)
    book.close()


@pytest.mark.parametrize(
    ("question", "name", "component", "funding"),
    [
        ("云州政务中心2026年预算一般公共预算基本支出是多少", "基本支出", "基本支出", "一般公共预算"),
        ("云州政务中心2026年一般公共预算项目支出多少", "项目支出", "项目支出", "一般公共预算"),
        ("云州政务中心2026年预算财政拨款收入总计是多少", "收入总计", "", "财政拨款"),
        ("云州政务中心卫生健康支出（210）的基本支出是多少", "卫生健康支出", "基本支出", ""),
        ("云州政务中心一般公共预算卫生健康支出（210）是多少", "卫生健康支出", "", "一般公共预算"),
        ("云州政务中心住房公积金（功能科目编码2210201）的项目支出", "住房公积金", "项目支出", ""),
        ("云州政务中心行政运行（2010301）的公用经费是多少", "行政运行", "公用经费", ""),
    ],
)
def test_fund_code_and_part_narrow_one_account(
    planner: RulePlanner, question: str, name: str, component: str, funding: str
) -> None:
    (asked,) = planner.plan(question).accounts
    assert (asked.name, asked.component, asked.funding) == (name, component, funding)


def test_a_grand_total_of_final_accounts_is_heard_whole(planner: RulePlanner) -> None:
    (asked,) = planner.plan("云州政务中心2026年决算支出总计是多少").accounts
    assert asked.said == "决算支出总计"
