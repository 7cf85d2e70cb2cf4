"""Figures against pages typed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.figures import Book
from corpus.settings import Settings
from eval.gold import EvaluationError
from eval.typed import load, measure

EDITION = "阜康市数据资源和政务服务中心2026年单位预算.pdf"
HEAD = "document,page,row,column,value,unit\n"
PAGES = HEAD + "".join(
    f"{EDITION},{page},{row},{column},{value},万元\n"
    for page, row, value, columns in [
        (13, "职业年金缴费", "13.45", ("合计", "人员经费")),
        (13, "职工基本医疗保险缴费", "15.97", ("合计", "人员经费")),
        (13, "公务员医疗补助缴费", "6.72", ("合计", "人员经费")),
        (13, "其他社会保障缴费", "2.19", ("合计", "人员经费")),
        (13, "住房公积金", "22.42", ("合计", "人员经费")),
        (18, "公务接待费", "1.00", ("合计", "一般公共预算")),
        (18, "公务用车购置及运行维护费（小计）", "2.25", ("合计", "一般公共预算")),
        (18, "公务用车运行维护费", "2.25", ("合计", "一般公共预算")),
        (18, "总计", "3.25", ("合计", "一般公共预算")),
    ]
    for column in columns
)
"""Two pages of the edition, typed from their image."""


def typed(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "typed.csv"
    path.write_text(text, "utf-8-sig")
    return path


def test_two_pages_are_read_whole(editions_settings: Settings, tmp_path: Path) -> None:
    with Book.open(editions_settings.book) as book:
        found = measure(book, load(typed(tmp_path, PAGES)))
    assert (found["typed"], found["read"], found["figures"], found["real"]) == (18, 18, 18, 18)
    assert (found["recall"], found["precision"]) == (1.0, 1.0)
    assert found["missing"] == found["unreal"] == []


def test_what_is_missing_and_what_is_not_typed_is_told(editions_settings: Settings, tmp_path: Path) -> None:
    text = PAGES.replace("职业年金缴费,合计,13.45", "职业年金缴费,公用经费,13.45").replace(
        "总计,合计,3.25", "总计,合计,3.26"
    )
    with Book.open(editions_settings.book) as book:
        found = measure(book, load(typed(tmp_path, text)))
    assert (found["read"], found["real"]) == (16, 16)
    assert found["missing"] == [f"{EDITION} p.13 职业年金缴费 公用经费 13.45万元", f"{EDITION} p.18 总计 合计 3.26万元"]
    assert [told.split()[1:3] for told in found["unreal"]] == [["p.13", "职业年金缴费"], ["p.18", "总计"]]


def test_another_unit_is_the_same_amount(editions_settings: Settings, tmp_path: Path) -> None:
    text = HEAD + f'{EDITION},18,公务接待费,,"10,000",元\n'
    with Book.open(editions_settings.book) as book:
        found = measure(book, load(typed(tmp_path, text)))
    assert (found["recall"], found["real"], found["figures"]) == (1.0, 2, 8)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("document,page,row,value\n", r"typed\.csv: the heading unit is missing"),
        (HEAD, r"typed\.csv: no amount is typed"),
        (HEAD + "甲.pdf,1,合计,,三,万元\n", r"typed\.csv:2: value '三' is no number"),
        (HEAD + "甲.pdf,一,合计,,3.00,万元\n", r"typed\.csv:2: page '一' is no number from 1"),
        (HEAD + "甲.pdf,1,,,3.00,万元\n", r"typed\.csv:2: document and row must be filled in"),
        (HEAD + "甲.pdf,1,合计,,3.00,万元\n", r"甲\.pdf is typed and not among the documents"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(editions_settings: Settings, tmp_path: Path, text: str, says: str) -> None:
    with Book.open(editions_settings.book) as book, pytest.raises(EvaluationError, match=says):
        measure(book, load(typed(tmp_path, text)))
