"""Short papers: headings run into their text, parts in brackets and under dashes, amounts before their names, staff by kind.

Sentences of our own, numbers made up and worked out by hand."""

from __future__ import annotations

import pytest
from test_narrative import BUDGET, FINAL, one, read, short

from corpus.disclosure import Basis, Disclosure, Level, Paragraph, Span
from corpus.figure import Figure, Measure, Scheme
from corpus.money import Absence
from ingest.layout.layout import lay_out
from ingest.layout.run_in import parted
from ingest.readers.stacked_three import stacked_expenses
from ingest.readers.text import read_text


def counts(figures: list[Figure]) -> list[tuple[str, int, str]]:
    return [(f.account, f.year, f"{f.amount.value}{f.amount.unit}") for f in figures if f.amount is not None]


RUN_IN = (
    "某县剧团是公益性单位。 二、人员情况 我团编制数12人,现有车辆3辆(单位公务用车1辆,道具运输车2辆)。 "
    "三、2016年经费安排情况 1、公用经费20.5万元(办公费8.5万元,差旅费12万元); 2、专项经费6万元; 3、人员经费90万元。 "
    "第二部分 其他说明 一、“三公”经费情况 2016年“三公”经费预算数为5000元,其中:公务接待费5000元。"
)


def test_headings_run_into_their_text_are_headings() -> None:
    layout = lay_out(read_text(f"某县剧团2016年预算公开\n第一部分 概况\n一、单位职能\n{RUN_IN}\n".encode()))
    assert [section.path for section in layout.sections if section.path] == [
        ("第一部分 概况",), ("第一部分 概况", "一、单位职能"), ("第一部分 概况", "二、人员情况"),
        ("第一部分 概况", "三、2016年经费安排情况"),
        ("第二部分 其他说明",), ("第二部分 其他说明", "一、“三公”经费情况"),
    ]  # fmt: skip
    assert layout.sections[3].paragraphs[0].text.startswith("我团编制数12人")


@pytest.mark.parametrize(
    "text",
    [
        "会议决定两件事。 二、关于预算的事项 另行通知。",  # nothing before it that it goes on from
        "工作有一、宣传,二、培训,三、检查三项。",  # an enumeration inside a sentence
        "一、教育支出 100 二、卫生支出 200 三、农业支出 300",  # rows of a table
        "二、人员情况 编制12人。",  # a heading and its text, which the layout leaves together
        "一、单位职能。 三、人员情况 编制12人。 五、资产情况 车辆1辆。",  # the count does not run on
    ],
)
def test_numerals_that_head_nothing_leave_the_paragraph_whole(text: str) -> None:
    whole = Paragraph(text, (Span(0, len(text), None, None),))
    assert parted(whole) == [whole]


def test_a_piece_of_a_paragraph_keeps_its_place_on_the_page() -> None:
    text = "一、职能 甲。 二、人员 乙。"
    xs = tuple(float(10 * at) for at in range(len(text) + 1))
    pieces = parted(Paragraph(text, (Span(0, len(text), 4, (0.0, 5.0, xs[-1], 9.0), xs),)))
    assert [piece.text for piece in pieces] == [text]  # titles of two characters are none
    text = "一、单位职能 甲。 二、人员情况 乙。"
    xs = tuple(float(10 * at) for at in range(len(text) + 1))
    pieces = parted(Paragraph(text, (Span(0, len(text), 4, (0.0, 5.0, xs[-1], 9.0), xs),)))
    assert [piece.text for piece in pieces] == ["一、单位职能", "甲。", "二、人员情况", "乙。"]
    assert pieces[2].spans == (Span(0, 6, 4, (100.0, 5.0, 160.0, 9.0), xs[10:17]),)


def test_a_bracket_behind_a_part_of_expenditure_tells_its_classes() -> None:
    figures = read("经费安排", "1、公用经费20.5万元(办公费8.5万元,差旅费12万元); 2、专项经费6万元; 3、人员经费90万元。")
    assert [(short(f)[0], f.component, short(f)[3]) for f in figures] == [
        ("本年支出合计", "公用经费", "20.5万元"), ("30201", "公用经费", "8.5万元"), ("30211", "公用经费", "12万元"),
        ("专项经费", "项目支出", "6万元"), ("本年支出合计", "人员经费", "90万元"),
    ]  # fmt: skip


def test_kinds_of_cars_in_a_bracket_are_read_by_their_names() -> None:
    figures = read("人员情况", "现有车辆3辆(单位公务用车1辆,道具运输车2辆)。")
    assert [c[0::2] for c in counts(figures)] == [("车辆", "3辆"), ("一般公务用车", "1辆"), ("道具运输车", "2辆")]


def test_items_under_dashes_are_parts_of_what_stands_above_them() -> None:
    figures = read(
        "支出", "A、人员经费50万元。", "——其他人员经费8万元。", "B、公用经费9万元。", "——水费2万元。", "——设备购置7万元。",
        "三公经费1万元。",
    )  # fmt: skip
    assert [(f.account, f.component) for f in figures] == [
        ("本年支出合计", "人员经费"), ("本年支出合计", "公用经费"), ("水费", "公用经费"), ("设备购置", "公用经费"),
        ("三公经费", "合计"),
    ]  # fmt: skip


def test_an_amount_before_its_name() -> None:
    figures = read("支出", "2025年本单位总预算支出是90万元。50万元为基本支出,其中:3万元用于购书,40万元为项目支出。")
    assert [(f.account, f.component, short(f)[3]) for f in figures] == [
        ("支出总计", "合计", "90万元"), ("本年支出合计", "基本支出", "50万元"), ("本年支出合计", "项目支出", "40万元"),
    ]  # fmt: skip
    figures = read("收入", "2025年本单位总预算收入是90万元。50万元为日常收入,40万元为活动收入。")
    assert [short(f)[3] for f in figures] == ["90万元"]  # names that nobody knows: not the total's


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "行政编制12人,实际10人;事业编制7人,实际6人。",
            [("行政编制", "12人"), ("行政编制实有人员", "10人"), ("事业编制", "7人"), ("事业编制实有人员", "6人")],
        ),
        ("编制9人,实际8人。", [("编制人数", "9人"), ("实有人员", "8人")]),
        (
            "行政编制数20名,事业编制3名。目前实有行政编制18人,事业编制2人,退休人员5人。",
            [("行政编制", "20名"), ("事业编制", "3名"), ("行政编制实有人员", "18人"), ("事业编制实有人员", "2人"), ("退休人员", "5人")],
        ),
        ("政法编制30名,工勤编制4人,共计34人。", [("政法专项编制", "30名"), ("工勤编制", "4人"), ("编制人数", "34人")]),
        ("政法编制30名,工勤编制4人,共计36人。", [("政法专项编制", "30名"), ("工勤编制", "4人")]),  # no sum of these
        ("现有在编在岗7人,编外长期聘用人员12人。", [("在职人员", "7人"), ("编外人员", "12人")]),
        ("事业编制核定数15名。正高职称2名,副高级职称5名。", [("事业编制", "15名"), ("正高职称", "2名"), ("副高职称", "5名")]),
    ],
)  # fmt: skip
def test_posts_and_people_by_kind(text: str, expected: list[tuple[str, str]]) -> None:
    assert [c[0::2] for c in counts(read("人员构成情况", text, disclosure=FINAL))] == expected


def test_posts_at_the_beginning_of_the_year_are_those_of_the_year_before() -> None:
    figures = read("二、人员构成情况", "2023年初编制25个,年末编制28个,新增3个编制,实有31人。", disclosure=FINAL)
    assert counts(figures) == [("编制人数", 2022, "25个"), ("编制人数", 2023, "28个"), ("实有人员", 2023, "31人")]


def test_people_by_kind_under_a_caption_without_their_sum() -> None:
    figures = read(
        "二、人员构成情况", "编制人数为90人,其中行政编制40人,事业50人。实有在职人数:行政参公36人,事业47人;退休12人。"
    )
    assert [(f.account, str(f.amount), f.path) for f in figures[3:]] == [
        ("行政人员", "36人", ("在职人员",)), ("事业人员", "47人", ("在职人员",)), ("退休人员", "12人", ()),
    ]  # fmt: skip


def test_units_divided_by_the_kind_of_their_posts_are_no_posts() -> None:
    figures = read("一、部门概况", "预算单位独立核算机构数3个,其中:行政编制1个,事业编制2个。", disclosure=FINAL)
    assert [f.account for f in figures] == ["预算单位", "行政单位", "事业单位"]


def test_an_account_in_a_row_of_them_may_have_lost_its_unit() -> None:
    text = "支出包括:一般公共服务支出60.2万元,教育支出7.5万元,卫生健康支出31.42,农林水支出4万元,住房保障支出12.58。"
    told = {f.account: str(f.amount) for f in read("二、支出情况", text)}
    assert told["卫生健康支出"] == "31.42万元"
    assert told["住房保障支出"] == "12.58万元"


def test_no_car_was_bought() -> None:
    text = "公务用车购置及运行维护费20万元。2023年未购置公务用车。年末共有公务用车9辆。"
    other = read("2.公务用车购置及运行维护费", "当年未购置车辆,购置支出0元。", disclosure=FINAL)
    assert one(other, "公务用车购置数", Measure.COUNT).absence is Absence.NO_DATA
    assert str(one(other, "公务用车购置费").amount) == "0元"
    figures = read("三、公务用车购置及运行维护费支出决算情况", text, disclosure=FINAL)
    none = one(figures, "公务用车购置数", Measure.COUNT)
    assert (none.amount, none.absence) == (None, Absence.NO_DATA)
    assert str(one(figures, "公务用车购置及运行费").amount) == "20万元"
    assert str(one(figures, "公务用车保有量", Measure.COUNT).amount) == "9辆"


def test_people_at_the_end_of_the_year_before_are_that_years() -> None:
    figures = read("人员情况", "上年末在职教师80人。本年末在职教师76人,减少原因:退休4人。", disclosure=FINAL)
    assert counts(figures) == [("在职教师", 2022, "80人"), ("在职教师", 2023, "76人")]


def test_kinds_of_project_are_parts_of_expenditure() -> None:
    figures = read(
        "支出", "2025年支出预算100万元,其中:人员类项目支出60万元,运转类项目支出10万元,特定目标类项目支出30万元。"
    )
    assert [f.component for f in figures] == ["合计", "人员经费", "运转类", "特定目标类"]
    figures = read("支出", "项目支出40万元,其中:其他运转类项目15万元,比上年增加2万元;特定目标类项目25万元。")
    assert [(f.component, f.measure) for f in figures] == [
        ("项目支出", Measure.AMOUNT), ("其他运转类", Measure.AMOUNT), ("其他运转类", Measure.CHANGE), ("特定目标类", Measure.AMOUNT),
    ]  # fmt: skip


def test_carry_over_behind_each_funds_income_is_that_funds() -> None:
    text = "一般公共预算本年收入50万元、上年结转2万元;政府性基金预算本年收入8万元、上年结转3万元。"
    assert [(f.account, f.funding) for f in read("收支", text) if f.scheme is Scheme.SOURCE] == [
        ("上年结转结余", "一般公共预算"), ("上年结转结余", "政府性基金"),
    ]  # fmt: skip
    alone = read("收支", "一般公共预算本年收入50万元、上年结转2万元。")
    assert one(alone, "上年结转结余").funding == "全部"  # told of one fund only, it may be all there is


def test_what_is_left_of_basic_and_project_money() -> None:
    figures = read("收支", "年末结转和结余9万元,其中:基本支出结转2万元,项目支出结转和结余7万元。", disclosure=FINAL)
    assert [(f.account, f.component) for f in figures] == [
        ("年末结转结余", "合计"), ("年末结转结余", "基本支出"), ("年末结转结余", "项目支出"),
    ]  # fmt: skip


def test_a_comparison_is_of_the_account_that_its_numbers_make_up() -> None:
    figures = read("支出", "2025年支出预算80万元,基金预算支出0万元。与2024年预算75万元相比增加5万元,增长6.67%。")
    assert one(figures, "支出总计", Measure.CHANGE).compared == 2024
    assert one(figures, "本年支出合计").funding == "政府性基金"
    assert not [f for f in figures if f.funding == "政府性基金" and f.measure is not Measure.AMOUNT]


def test_reasons_told_item_by_item_go_to_their_items() -> None:
    figures = read(
        "三公经费",
        "因公出国(境)费0万元,与2024年持平;公务接待费5万元,比2024年增加1万元;公务用车运行维护费7万元,比2024年减少2万元。"
        "主要原因是:公务接待费增加是来访增多;公务用车运行维护费减少是车辆报废。",
    )
    assert one(figures, "公务接待费", Measure.CHANGE).reason == "来访增多"
    assert one(figures, "公务用车运行维护费", Measure.CHANGE).reason == "车辆报废"
    assert one(figures, "因公出国（境）费", Measure.CHANGE).reason == ""


def test_a_change_told_again_under_another_name_gives_its_reason() -> None:
    figures = read("三公经费", "公务用车购置及运行费28万元,比上年增加2万元。因新增一个车辆编制,故今年车编费增加2万元。")
    assert one(figures, "公务用车购置及运行费", Measure.CHANGE).reason == "新增一个车辆编制"


def test_the_reason_for_a_total_is_no_reason_for_its_last_part() -> None:
    figures = read(
        "支出情况", "2023年支出总计90万元。按功能分类:一般公共服务支出70万元,其他事务20万元。支出减少的主要原因是学校合并。",
        disclosure=FINAL,
    )  # fmt: skip
    assert one(figures, "支出总计").reason == "学校合并"
    assert one(figures, "201").reason == ""


def test_what_was_really_earned_and_spent() -> None:
    figures = read(
        "年度收支",
        "全年实际收入90万元,其中财政拨款收入80万元;全年实际支出85万元,其中基本支出60万元。",
        disclosure=FINAL,
    )
    assert [(f.account, f.component) for f in figures] == [
        ("收入总计", "合计"), ("财政拨款", "合计"), ("支出总计", "合计"), ("本年支出合计", "基本支出"),
    ]  # fmt: skip
    assert BUDGET.year == 2025


# ---- the “三公” expenses, a line for each cell


def three(*lines: str) -> list[list[str]] | None:
    found = next((f for at in range(len(lines)) if (f := stacked_expenses(lines, at)) is not None), None)
    return found[0] if found else None


def test_rows_of_the_three_expenses_lose_their_blank_cells() -> None:
    assert three(
        "单位:万元", "项 目", "预 算 数", "决 算 数", "合 计", "9.50", "7.00", "因公出国(境)费", "公务接待费", "1.50", "1.00",
        "公务用车购置及运行维护费", "8.00", "6.00", "其中:公务用车运行维护费", "8.00", "6.00", "公务用车购置费", "二、情况说明",
    ) == [
        ["项目", "预算数", "决算数"], ["合计", "9.50", "7.00"], ["因公出国(境)费", "", ""], ["公务接待费", "1.50", "1.00"],
        ["公务用车购置及运行维护费", "8.00", "6.00"], ["其中:公务用车运行维护费", "8.00", "6.00"], ["公务用车购置费", "", ""],
    ]  # fmt: skip


def test_bars_say_which_cells_are_blank() -> None:
    rows = (
        "合计 |",
        "4 |",
        "3 |",
        "因公出国(境)费 |",
        "|",
        "|",
        "公务接待费 |",
        "|",
        "3 |",
        "公务用车购置及运行费 |",
        "4 |",
        "|",
    )
    assert three("项目 |", "上年预算数 |", "本年预算数 |", *rows) == [
        ["项目", "上年预算数", "本年预算数"], ["合计", "4", "3"], ["因公出国(境)费", "", ""], ["公务接待费", "", "3"],
        ["公务用车购置及运行费", "4", ""],
    ]  # fmt: skip
    lone = ("项目", "|", "预算数", "|", "合计", "|", "4", "|", "因公出国(境)费", "|", "|", "公务接待费", "|", "4", "|")
    assert three(*lone, "公务用车购置及运行费", "|", "|") == [
        ["项目", "预算数"], ["合计", "4"], ["因公出国(境)费", ""], ["公务接待费", "4"], ["公务用车购置及运行费", ""],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        ("项目", "预算数", "合计", "9", "因公出国(境)费", "0", "公务接待费", "2", "公务用车购置及运行费", "6"),  # 0 + 2 + 6 is not 9
        ("项目", "预算数", "合计", "8", "因公出国(境)费", "0", "公务接待费", "2", "公务用车购置及运行费", "6",
         "其中:公务用车运行费", "5", "公务用车购置费", "0"),  # 5 + 0 is not 6
        ("项目", "预算数", "决算数", "合计", "8", "7", "因公出国(境)费", "公务接待费", "2", "公务用车购置及运行费", "6", "7"),  # which one is 2?
        ("项目", "预算数", "合计", "0", "因公出国(境)费", "0", "公务接待费", "0", "公务用车购置及运行费", "0"),  # proves nothing
        ("项目", "预算数", "合计", "2", "公务接待费", "2"),  # half of a table
    ],
)  # fmt: skip
def test_what_the_sums_do_not_prove_stays_text(lines: tuple[str, ...]) -> None:
    assert three(*lines) is None


ABREAST = (
    "合计",
    "因公出国",
    "(境)费",
    "公务用车购置及运行维护费",
    "公务接待费",
    "小计",
    "公务用车",
    "购置费",
    "公务用车",
    "运行维护费",
)


def test_expenses_side_by_side_become_rows() -> None:
    pairs = ("预算数", "决算数") * 6
    numbers = ("20.00", "12.01", "5.00", "0.00", "13.00", "11.51", "8.00", "7.00", "5.00", "4.50", "2.00", "0.50")
    assert three("“三公”经费支出决算表", *ABREAST, *pairs, *numbers, "注:本表反映情况。") == [
        ["项目", "预算数", "决算数"], ["合计", "20.00", "12.01"], ["因公出国(境)费", "5.00", "0.00"], ["公务接待费", "2.00", "0.50"],
        ["公务用车购置及运行费", "13.00", "11.51"], ["其中:公务用车运行费", "5.00", "4.50"], ["公务用车购置费", "8.00", "7.00"],
    ]  # fmt: skip
    moved = (*numbers[:10], numbers[11], numbers[10])
    assert three("“三公”经费支出决算表", *ABREAST, *pairs, *moved) is None


def test_a_table_without_its_head_is_that_of_final_accounts() -> None:
    rows = (
        "7.50",
        "6.00",
        "因公出国(境)费",
        "0",
        "0",
        "公务接待费",
        "1.50",
        "1.00",
        "公务用车购置及运行维护费",
        "6.00",
        "5.00",
    )
    found = three("一、2021年度“三公”经费支出决算表", "单位:万元", *rows)
    assert found is not None
    assert found[:2] == [["项目", "预算数", "决算数"], ["合计", "7.50", "6.00"]]
    assert three("一、2021年度“三公”经费支出情况", *rows) is None


def test_a_table_with_a_line_for_each_cell_gives_figures_a_place() -> None:
    text = (
        "某镇2021年度“三公”经费决算公开\n一、2021年度“三公”经费支出决算表\n单位:万元\n项目\n预算数\n决算数\n合计\n7.50\n6.00\n"
        "因公出国(境)费\n公务接待费\n1.50\n1.00\n公务用车购置及运行维护费\n6.00\n5.00\n二、情况说明\n本镇厉行节约。\n"
    )
    (table,) = lay_out(read_text(text.encode())).tables
    assert (table.title, table.unit) == ("2021年度“三公”经费支出决算表", "万元")
    assert table.grid.n_rows == 5


# ---- shares of bodies, sources one by one, codes before paths


def test_an_amount_shared_out_among_bodies_is_theirs_where_it_adds_up() -> None:
    text = "本年度支出预算90万元,其中:局本级60万元,某区航道管理站30万元。比上年增加5万元。"
    figures = read("支出情况", text)
    assert [(f.entity, f.measure, short(f)[3]) for f in figures] == [
        ("", Measure.AMOUNT, "90万元"), ("局本级", Measure.AMOUNT, "60万元"), ("某区航道管理站", Measure.AMOUNT, "30万元"),
        ("", Measure.CHANGE, "5万元"),
    ]  # fmt: skip
    assert [f.entity for f in read("支出情况", text.replace("30万元", "20万元"))] == ["", ""]
    figures = read("三公经费", "2025年“三公”经费预算9万元,其中:公务接待费4万元,公务用车运行费5万元。")
    assert {f.entity for f in figures} == {""}  # expenses are no bodies


def test_sources_told_one_by_one() -> None:
    figures = read("收入情况", "资金来源:一是一般预算财政拨款收入80万元,二是其他收入5万元。")
    assert [(f.account, short(f)[3]) for f in figures] == [("一般公共预算拨款", "80万元"), ("其他收入", "5万元")]


def test_a_code_before_the_whole_path_of_a_class() -> None:
    figures = read("支出情况", "按支出功能分类:20404公共安全\\检察60万元;22102住房保障支出\\住房改革支出30万元。")
    assert [(f.code, short(f)[3]) for f in figures] == [("20404", "60万元"), ("22102", "30万元")]


def test_what_is_left_of_a_fund() -> None:
    left = one(read("收支", "2023年年末政府性基金结转结余6万元。", disclosure=FINAL), "年末结转结余")
    assert left.funding == "政府性基金"


PLACE = Disclosure("丙.txt", "", "财政决算", "白石县人民政府", Level.GOVERNMENT, 2024, Basis.FINAL, "", "txt", 1)


def test_money_moved_in_is_told_by_source() -> None:
    text = "全县一般公共预算收入20亿元,调入资金5.2亿元(其中从政府性基金调入4亿元、从国有资本经营预算调入0.2亿元、其他调入1亿元)。"
    figures = read("一、2024年财政决算情况", text, disclosure=PLACE)
    assert [(f.account, short(f)[3]) for f in figures] == [
        ("本年收入合计", "20亿元"), ("调入资金", "5.2亿元"), ("从政府性基金预算调入", "4亿元"), ("从国有资本经营预算调入", "0.2亿元"),
        ("从其他资金调入", "1亿元"),
    ]  # fmt: skip
