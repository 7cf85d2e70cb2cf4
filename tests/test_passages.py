"""Passages: whole sentences with their context and their boxes; table rows with their columns' names."""

from __future__ import annotations

from corpus.disclosure import Basis, Cell, Disclosure, Level, Paragraph, Section, Span, Table
from ingest.passages import LONGEST, passages

ABOUT = Disclosure("甲.pdf", "0" * 64, "甲局2025年部门预算", "甲局", Level.DEPARTMENT, 2025, Basis.BUDGET, "", "pdf", 9)


def a_paragraph(text: str, page: int | None = 1) -> Paragraph:
    return Paragraph(text, (Span(0, len(text), page, (0.0, 0.0, 100.0, 10.0)),))


def a_table(**changes: object) -> Table:
    cells = (
        Cell(0, 0, "科目编码"), Cell(0, 1, "科目名称"), Cell(0, 2, "合计"),
        Cell(1, 0, "205", page=3, bbox=(10.0, 50.0, 30.0, 60.0)),
        Cell(1, 1, "教育支出", page=3, bbox=(30.0, 50.0, 90.0, 60.0)),
        Cell(1, 2, "18.20", page=3, bbox=(90.0, 48.0, 120.0, 60.0)),
        Cell(2, 0, ""), Cell(2, 1, " "), Cell(2, 2, ""),
        Cell(3, 0, "", page=4), Cell(3, 1, "合计", page=4), Cell(3, 2, "18.20", page=4),
    )  # fmt: skip
    values: dict[str, object] = {
        "id": "t1", "title": "支出总表", "kind": "expenditure", "unit": "万元", "n_rows": 4,
        "n_columns": 3, "header_rows": 1,
        "cells": cells, "columns": ("科目编码", "科目名称", "合计"),
        "section": "二、报表", "notes": ("注:无其他支出",), "pages": (3, 4),
    }  # fmt: skip
    return Table(**(values | changes))  # type: ignore[arg-type]


def test_a_paragraph_is_a_passage_with_context_and_boxes() -> None:
    text = "2025年公务接待费预算3.00万元,比上年减少0.50万元。"
    section = Section(("第三部分 说明", "“三公”经费"), (a_paragraph(text, 7), a_paragraph("")))
    (found,) = passages([section], [], ABOUT)
    assert (found.text, found.page, found.kind) == (text, 7, "prose")
    assert found.context == "甲局 2025 预算 · 第三部分 说明 / “三公”经费"
    assert found.boxes == ((7, (0.0, 0.0, 100.0, 10.0)),)


def test_a_long_paragraph_is_cut_between_sentences_and_nothing_is_lost() -> None:
    sentences = [f"第{i}项工作的预算为{i}.00万元,主要用于日常办公和设备维护等方面的支出。" for i in range(30)]
    text = "".join(sentences)
    paragraph = Paragraph(
        text, tuple(Span(i, min(i + 40, len(text)), 1 + i // 400, None) for i in range(0, len(text), 40))
    )
    found = passages([Section((), (paragraph,))], [], ABOUT)
    assert "".join(p.text for p in found) == text
    assert all(p.text.endswith("。") and len(p.text) <= LONGEST for p in found)
    assert [p.page for p in found] == sorted(p.page or 0 for p in found)
    assert found[-1].page == 1 + text.rindex("第29项") // 400
    assert found[0].context == "甲局 2025 预算"


def test_text_without_any_stop_is_still_cut() -> None:
    found = passages([Section((), (a_paragraph("预" * 1000),))], [], ABOUT)
    assert "".join(p.text for p in found) == "预" * 1000
    assert max(len(p.text) for p in found) <= LONGEST


def test_short_paragraphs_join_the_next() -> None:
    lines = ["主要职责:", "(一)贯彻执行有关法律法规,起草本市有关规定并组织实施。", "完"]
    found = passages([Section((), tuple(map(a_paragraph, lines)))], [], ABOUT)
    assert [p.text for p in found] == ["\n".join(lines[:2]), "完"]
    assert len(found[0].boxes) == 2


def test_rows_name_their_columns() -> None:
    summary, education, total = passages([], [a_table()], ABOUT)
    assert summary.text == "支出总表(单位:万元) · 科目编码、科目名称、合计 · 注:无其他支出"
    assert education.text == "支出总表(单位:万元) · 教育支出 · 科目编码: 205; 合计: 18.20"
    assert education.boxes == ((3, (10.0, 48.0, 120.0, 60.0)),)
    assert (education.table_id, education.row_index, education.page) == ("t1", 1, 3)
    assert (total.text, total.row_index) == ("支出总表(单位:万元) · 合计 · 合计: 18.20", 3)
    assert education.context == "甲局 2025 预算 · 二、报表"


def test_a_label_over_several_rows_is_in_each() -> None:
    cells = (
        Cell(0, 0, "类别"),
        Cell(0, 1, "金额"),
        Cell(1, 0, "人员", rowspan=2),
        Cell(1, 1, "1.00"),
        Cell(2, 1, "2.00"),
    )
    found = passages([], [a_table(cells=cells, columns=("类别", "金额"), n_rows=3, unit=None, notes=())], ABOUT)
    assert [p.text for p in found[1:]] == ["支出总表 · 人员 · 金额: 1.00", "支出总表 · 人员 · 金额: 2.00"]


def test_an_empty_table_says_so() -> None:
    (found,) = passages([], [a_table(cells=(), empty=True, columns=(), notes=("此表无数据",), pages=())], ABOUT)
    assert found.text == "支出总表(单位:万元) · 此表无数据 · 表中无数据"
    assert found.page is None
