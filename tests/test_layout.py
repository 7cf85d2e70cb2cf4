"""Sections, paragraphs and what stands around tables: by hand, then on the real disclosures."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.disclosure import Cell
from ingest.layout.contents import cut_contents
from ingest.layout.headings import (
    CHAPTER,
    ITEM,
    PARAGRAPH,
    PART,
    announced_rank,
    core,
    names_a_section,
    numbered_rank,
    numbering,
)
from ingest.layout.layout import Layout, lay_out
from ingest.layout.surroundings import clean_title, is_caption, is_note, is_title, unwrapped
from ingest.page import Grid, Line, Page
from ingest.readers.text import read_text

SHARED = Path(__file__).resolve().parents[2] / "shared"


def of_text(text: str) -> Layout:
    return lay_out(read_text(text.encode()))


def sections(layout: Layout) -> dict[str, list[str]]:
    return {" > ".join(section.path): [p.text for p in section.paragraphs] for section in layout.sections}


def printed(text: str, x0: float, top: float, page: int = 1, size: float = 10.0) -> Line:
    """A line of full-width characters, each `size` wide."""
    xs = tuple(x0 + size * at for at in range(len(text) + 1))
    return Line(text, page, (x0, top, xs[-1], top + size), xs, size)


def pages(*lines: Line | Grid, width: float = 400.0) -> list[Page]:
    numbers = sorted({block.page for block in lines if isinstance(block, Line) and block.page})
    return [
        Page(number, width, 600.0, tuple(b for b in lines if isinstance(b, Line) and b.page == number))
        for number in numbers
    ]


# headings


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("第二部分 2026年单位预算说明", PART),
        ("第四部分", PART),
        ("三、“三公”经费财政拨款预算情况", CHAPTER),
        ("(一)因公出国(境)经费", PARAGRAPH),
        ("1. 项目概述", ITEM),
        ("1、车辆情况:", ITEM),
        ("(二)一般公共预算当年拨款结构情况,其中:", PARAGRAPH),
        ("1.财政拨款收入4,218.27万元,其中一般公共预算拨款收入4,218.27万元;", None),
        ("一、基本支出:指为保障机构正常运转而发生的支出。", None),
        ("(四) 社会保障和就业支出(类)行政事业单位养老支出", None),
        ("一、加强党的建设。落实责任制。", None),
        ("六、财政专户管理资金:", None),
        ("2026年单位预算", None),
        ("1.5万元", None),
    ],
)
def test_numbered_headings(text: str, rank: int | None) -> None:
    assert numbered_rank(text) == rank


def test_unnumbered_headings_are_known_by_their_words_or_the_contents_page() -> None:
    contents = ("一、部门主要职能", "二、名词解释", "第二部分 某局2024年度部门决算表")
    assert core("5.2025年部门“三公”经费预算表") == "三公经费预算表"
    assert announced_rank("上海市普陀区某局主要职能", contents) is not None
    assert announced_rank("某局2024年度部门决算表", contents) == PART
    assert announced_rank("主要职能包括:", contents) is None
    assert names_a_section("科技创新专项经费情况说明")
    assert not names_a_section("财政拨款收入支出增加的主要原因是项目调整情况说明如下。")


# text without geometry


def test_a_sentence_broken_by_a_lost_page_break_is_joined() -> None:
    layout = of_text(
        "一、支出情况\n\n2026年度一般公共预算支出4,218.27万元(不含市对区转\n\n移支付项目），比上年增加282.17万元。\n\n"
        "(四) 社会保障和就业支出(类)行政事业单位养老支出\n\n（款）行政单位离退休（项）53.82万元。\n"
    )
    assert sections(layout) == {
        "一、支出情况": [
            "2026年度一般公共预算支出4,218.27万元(不含市对区转移支付项目),比上年增加282.17万元。",
            "(四) 社会保障和就业支出(类)行政事业单位养老支出(款)行政单位离退休(项)53.82万元。",
        ]
    }


def test_names_on_lines_of_their_own_are_not_joined() -> None:
    layout = of_text("二、单位构成\n\n某市财政局\n\n某市财政监督检查中心\n\n某市公共资源交易服务中心\n")
    assert sections(layout)["二、单位构成"] == ["某市财政局", "某市财政监督检查中心", "某市公共资源交易服务中心"]


def test_contents_are_cut_out_and_cleaned() -> None:
    layout = of_text(
        "某中心\n\n目 录\n\n第一部分 概况\t1\n一、职责.....\t2\n二、关于某中心2026年收入\n预算情况说明……3\n"
        "第二部分 报表 4\n\n第一部分 概况\n\n一、职责\n\n负责审批。\n"
    )
    assert layout.contents == ("第一部分 概况", "一、职责", "二、关于某中心2026年收入预算情况说明", "第二部分 报表")
    assert sections(layout) == {"": ["某中心"], "第一部分 概况": [], "第一部分 概况 > 一、职责": ["负责审批。"]}


def test_contents_end_where_unnumbered_headings_begin() -> None:
    lines = [
        Line(text, None)
        for text in ("目 录", "一、部门主要职能", "二、名词解释", "某区某局主要职能", "某局是政府部门。")
    ]
    rest, entries = cut_contents(lines)
    assert entries == ("一、部门主要职能", "二、名词解释")
    assert [line.text for line in rest if isinstance(line, Line)] == ["某区某局主要职能", "某局是政府部门。"]


def test_a_list_of_tables_is_no_row_of_headings() -> None:
    layout = of_text(
        "第四部分 附表\n\n一、部门收支预算总体情况表\n\n二、部门收入预算总体情况表\n\n三、部门支出预算总体情况表\n\n"
        "部门收支预算总体情况表\n\n单位：万元\n\n收入\t3.00\n"
    )
    assert list(sections(layout)) == ["第四部分 附表"]
    (table,) = layout.tables
    assert (table.title, table.unit, table.section) == ("部门收支预算总体情况表", "万元", ("第四部分 附表",))


def test_a_part_and_its_title_on_the_next_line() -> None:
    layout = of_text("第四部分\n\n名词解释\n\n名词解释\n\n一、财政拨款收入：指财政当年拨付的资金。\n")
    assert sections(layout) == {"第四部分 名词解释": ["一、财政拨款收入:指财政当年拨付的资金。"]}


# lines with geometry


def test_paragraphs_by_indentation_and_fullness() -> None:
    full = "预" * 30
    layout = lay_out(
        pages(
            printed("一、概况", 70, 50),
            printed(full[:28], 70, 70),
            printed(full, 50, 90),
            printed("算增加。", 50, 110),
            printed(full[:26] + "算为", 70, 130),
            printed(full, 50, 50, page=2),
            printed("第二段的尾。", 50, 70, page=2),
            printed("12", 195, 580, page=2),
        )
    )
    first, second = layout.sections[0].paragraphs
    assert first.text == full[:28] + full + "算增加。"
    assert second.text == full[:26] + "算为" + full + "第二段的尾。"
    assert [(span.start, span.end, span.page) for span in second.spans] == [(0, 28, 1), (28, 58, 2), (58, 64, 2)]
    # the first two characters of the second page's first line
    assert second.places(28, 30) == [(2, (50.0, 50, 70.0, 60.0))]
    assert second.places(27, 29) == [(1, (340.0, 130, 350.0, 140.0)), (2, (50.0, 50, 60.0, 60.0))]


def test_a_line_may_be_short_because_a_number_would_not_break() -> None:
    full = "预" * 30
    layout = lay_out(
        pages(
            printed(full, 50, 50),
            printed(full[:22], 50, 70),
            printed("4,218.27万元。", 50, 90),
            printed(full, 50, 110),
            printed(full, 50, 130),
        )
    )
    assert len(layout.sections[0].paragraphs[0].text) == 30 + 22 + 11


def test_what_a_page_repeats_of_the_page_before_is_read_once() -> None:
    text = ["甲" * 30, "乙" * 30, "丙" * 30, "丁" * 20 + "。"]
    layout = lay_out(
        pages(
            *(printed(line, 50, 300 + 20 * at) for at, line in enumerate(text)),
            *(printed(line, 50, -10 + 20 * at, page=2) for at, line in enumerate(text)),
            printed("戊。", 50, 200, page=2),
        )
    )
    assert [p.text for p in layout.sections[0].paragraphs] == ["".join(text), "戊。"]


# around tables


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("表1 收支总表", "收支总表"),
        ("表一2026年预算收支总表", "2026年预算收支总表"),
        ("预算公开表12026年收支总表", "2026年收支总表"),
        ("一、收 支 预 算 总 表", "收支预算总表"),
        ("表2:高等学校收入决算表", "高等学校收入决算表"),
        ("附表3-1:项目支出表(续)", "项目支出表"),
        ("2025年部门“三公”经费和机关运行经费预算表", "2025年部门“三公”经费和机关运行经费预算表"),
    ],
)
def test_titles_are_cleaned(text: str, title: str) -> None:
    assert is_title(text)
    assert clean_title(text) == title


@pytest.mark.parametrize(
    "text", ["具体情况见下表:", "详见附表", "项目支出情况见表", "第二部分 2026年单位预算表", "合计", "3.00"]
)
def test_what_is_no_title(text: str) -> None:
    assert not is_title(text)


@pytest.mark.parametrize(
    "text",
    [
        "单位:万元",
        "编制部门:某局 单位:元",
        "预算公开表1",
        "表 12",
        "(2026年度)",
        "单位名称:某中心",
        "附件3:",
        "公开01表",
    ],
)
def test_captions(text: str) -> None:
    assert is_caption(text)


def test_notes() -> None:
    assert is_note("备注:此表无数据")
    assert is_note("本部门2025年无政府性基金预算财政拨款安排的预算,故本表为空表。")
    assert not is_note("2025年收入预算9,101.68万元。")


def test_title_unit_and_notes_of_a_table() -> None:
    layout = of_text(
        "第二部分 公开表\n\n表 8\n\n政府性基金预算支出情况表\n\n编制单位：某中心\n\n单位：万元\n\n科目\t合计\n总计\t\n"
        "\n备注：某中心2026年无政府性基金支出，本表为空表。\n\n第三部分 情况说明\n\n收支平衡。\n"
    )
    (table,) = layout.tables
    assert (table.title, table.unit) == ("政府性基金预算支出情况表", "万元")
    assert table.before == ("表 8", "政府性基金预算支出情况表", "编制单位:某中心", "单位:万元")
    assert table.notes == ("备注:某中心2026年无政府性基金支出,本表为空表。",)
    assert table.section == ("第二部分 公开表",)
    assert sections(layout)["第三部分 情况说明"] == ["收支平衡。"]


@pytest.mark.parametrize(
    ("head", "title", "unit", "heading"),
    [
        ("收支总表 单位：万元", "收支总表", "万元", ""),
        ("2025年收支预算总体情况\n\n单位：元", "2025年收支预算总体情况", "元", ""),
        ("收入支出决算总表\n\n公开01表\n\n部门：某局 2023年度 金额单位：万元", "收入支出决算总表", "万元", ""),
        ("一、收支预算总体情况\n\n单位：千元", "收支预算总体情况", "千元", "一、收支预算总体情况"),
        ("具体情况如下表：", "", None, ""),
        ("收支总表\n\n部门：某局  金额单位：万元  公开01表", "收支总表", "万元", ""),
        ("收支总表\n\n单位名称：某局  单位：元（保留两位小数）", "收支总表", "元", ""),
        ("收支总表\n\n公开01表 部门：某局 单位：万元", "收支总表", "万元", ""),
        ("收支总表\n\n335-某局 单位：万元", "收支总表", "万元", ""),
        ("收支总表\n\n币种：人民币 单位：元/人民币", "收支总表", "元", ""),
        ("收支总表\n\n（万元）", "收支总表", "万元", ""),
        ("收支总表\n\n单位：万 元", "收支总表", "万元", ""),
        ("收支总表\n\n编制单位：元氏县水务局", "收支总表", None, ""),
    ],
)
def test_heads_of_tables(head: str, title: str, unit: str | None, heading: str) -> None:
    layout = of_text(f"{head}\n\n项目\t数\n合计\t3.00\n")
    (table,) = layout.tables
    assert (table.title, table.unit) == (title, unit)
    assert "".join(table.section) == heading


def test_number_of_an_annex_ends_before_the_year() -> None:
    number = numbering("附件22025年度部门预算安排情况")
    assert number is not None
    assert (number.printed, number.rest) == ("附件2", "2025年度部门预算安排情况")


def test_unit_printed_below_its_table() -> None:
    layout = of_text("收支总表\n项目\t数\n合计\t3.00\n\n单位：元\n\n本表无其他事项。\n")
    assert [(table.title, table.unit) for table in layout.tables] == [("收支总表", "元")]
    assert "单位" not in str(sections(layout))


def test_a_title_broken_over_two_lines() -> None:
    layout = of_text("2025年部门一般公共预算基本支出部门预算\n经济分类预算表\n单位：元\n项目\t数\n合计\t3.00\n")
    assert layout.tables[0].title == "2025年部门一般公共预算基本支出部门预算经济分类预算表"


def grid(*rows: tuple[str, ...]) -> Grid:
    cells = tuple(Cell(y, x, text) for y, row in enumerate(rows) for x, text in enumerate(row))
    return Grid(len(rows), len(rows[0]), cells, joined_at=(3,))


def test_a_grid_that_holds_its_own_title_and_notes() -> None:
    found = unwrapped(
        grid(
            ("2026年收支总表", "", ""), ("部门:某局", "", "单位:万元"), ("项目", "本年", "上年"), ("合计", "3.00", ""),
            ("注:本表四舍五入", "", ""),
        )
    )  # fmt: skip
    assert [block.text if isinstance(block, Line) else (block.n_rows, block.joined_at) for block in found] == [
        "2026年收支总表", "部门:某局", "单位:万元", (2, (1,)), "注:本表四舍五入",
    ]  # fmt: skip


def test_a_blank_row_in_front_of_the_body_stays() -> None:
    found = unwrapped(grid(("", ""), ("合计", "3.00")))
    assert [block.n_rows for block in found if isinstance(block, Grid)] == [2]


def test_a_table_without_a_printed_section_gets_the_announced_one() -> None:
    layout = of_text(
        "目 录\n\n一、名词解释\n\n二、部门预算表\n\n1. 2025年部门收支预算总表\n\n名词解释\n\n基本支出是支出的一种。\n\n"
        "2025年部门收支预算总表\n\n单位：元\n\n项目\t数\n合计\t3.00\n"
    )
    assert layout.tables[0].section == ("二、部门预算表",)


# real disclosures


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared disclosures are not here")
def test_the_texts() -> None:
    found = {
        path.name[:5]: of_text(path.read_text(encoding="utf-8")) for path in (SHARED / "disclosures").glob("*.txt")
    }
    assert len(found["阜康市数据"].contents) == 31
    assert [table.title for table in found["阜康市数据"].tables if table.title][:3] == [
        "单位收支总体情况表", "单位收入总体情况表", "单位支出总体情况表",
    ]  # fmt: skip
    # every statutory table of 泉州 has its title and unit: ten of them (counted by eye)
    assert sum(table.unit == "万元" and table.title.startswith("2026年度") for table in found["泉州市12"].tables) == 10
    headings = {section.path[-1] for section in found["厦门市政务"].sections if section.path}
    assert {"(三)公务用车购置及运行费", "第三部分 名词解释"} <= headings


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared disclosures are not here")
def test_a_real_pdf() -> None:
    from ingest.grids.joining import join
    from ingest.readers.pdf import read_geometry

    data = (SHARED / "real" / "中共上海市普陀区委社会工作部2024年度部门决算.pdf").read_bytes()
    layout = lay_out(join(read_geometry(data)))
    assert len(layout.contents) == 26
    assert [table.title for table in layout.tables[1:]] == [
        "收入支出决算总表", "收入决算表", "支出决算表", "财政拨款收入支出决算总表", "一般公共预算财政拨款支出决算表",
        "一般公共预算财政拨款基本支出决算表", "财政拨款“三公”经费支出决算表", "政府性基金预算财政拨款收入支出决算表",
        "国有资本经营预算财政拨款收入支出决算表",
    ]  # fmt: skip
    assert all(table.unit == "万元" and table.notes for table in layout.tables[1:])
    for section in layout.sections:
        for paragraph in section.paragraphs:
            assert [span.start for span in paragraph.spans] == [0, *(span.end for span in paragraph.spans[:-1])]
            assert paragraph.spans[-1].end == len(paragraph.text)
            assert all(len(span.xs) == span.end - span.start + 1 for span in paragraph.spans)
