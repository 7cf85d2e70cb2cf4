"""Lists of classes, holdings with what they are worth, items compared one by one, amounts of the year before.

Sentences of our own, numbers made up and worked out by hand."""

from __future__ import annotations

import pytest
from test_narrative import BUDGET, FINAL, one, paragraph, read, short

from corpus.disclosure import Basis, Section
from corpus.figure import Figure, Measure, Scheme
from corpus.money import Amount
from ingest.prose.narrative import prose_figures


def told(figures: list[Figure]) -> list[tuple[str, int, str, str]]:
    return [
        (f.account, f.year, f.measure.value, str(f.amount) if isinstance(f.amount, Amount) else "") for f in figures
    ]


def test_a_holding_before_a_bracket_has_its_size_and_its_worth() -> None:
    figures = read(
        "四、资产情况",
        "2023年底,资产总额900.50元,其中:流动资产100.50元、固定资产800.00元。"
        "固定资产主要为房屋(25平方米,600.00元)、一般公务用车(1辆,150.00元)。",
        disclosure=FINAL,
    )
    assert [t[0::2] + t[3:] for t in told(figures)] == [
        ("资产总额", "金额", "900.50元"), ("流动资产", "金额", "100.50元"), ("固定资产", "金额", "800.00元"),
        ("房屋", "数量", "25平方米"), ("房屋", "金额", "600.00元"),
        ("一般公务用车", "数量", "1辆"), ("一般公务用车", "金额", "150.00元"),
    ]  # fmt: skip


def test_a_total_of_assets_is_never_an_area() -> None:
    assert not read("国有资产情况", "资产总额25平方米。", disclosure=FINAL)


def test_items_compared_with_plan_and_year_before_keep_their_changes() -> None:
    figures = read(
        "“三公”经费决算说明",
        "“三公”经费支出决算6万元,比预算增加0万元,比去年增加3万元,增长100%。"
        "其中,因公出国支出决算比预算无增减变化,比去年无增减变化;公务用车运行维护费支出决算与预算持平,比去年增加2万元,"
        "增长200%;公务接待费支出决算与预算持平,比去年增加1万元,增长50%。",
        disclosure=FINAL,
    )
    assert [t for t in told(figures) if t[2] != "金额" and t[0] != "三公经费"] == [
        ("因公出国（境）费", 2023, "增减额", "0万元"),
        ("公务用车运行维护费", 2023, "增减额", "2万元"), ("公务用车运行维护费", 2023, "增减率", "200%"),
        ("公务接待费", 2023, "增减额", "1万元"), ("公务接待费", 2023, "增减率", "50%"),
    ]  # fmt: skip


def test_the_plan_that_was_completed_is_no_kind_of_the_parts() -> None:
    figures = read(
        "“三公”经费决算说明",
        "“三公”经费支出决算为6万元,完成全年预算8万元的75%,比上年决算数增加2万元。"
        "其中:公务接待费支出决算为1万元,完成预算0万元的--%,比上年决算数增加1万元。",
        disclosure=FINAL,
    )
    changes = [f for f in figures if f.measure is Measure.CHANGE]
    assert [(f.account, f.basis, f.compared, f.whole) for f in changes] == [
        ("三公经费", Basis.FINAL, 2022, ""), ("公务接待费", Basis.FINAL, 2022, ""),
    ]  # fmt: skip


def test_why_it_is_more_than_last_year_and_less_than_planned() -> None:
    figures = read(
        "“三公”经费决算说明",
        "“三公”经费支出决算为6万元,完成预算8万元的75%,比上年增加2万元。",
        "“三公”经费支出决算小于预算数的主要情况:少买了一辆车。",
        "“三公”经费支出决算大于上年决算数的主要情况:来访恢复正常。",
        disclosure=FINAL,
    )
    assert one(figures, "三公经费", Measure.CHANGE).reason == "来访恢复正常"
    assert one(figures, "三公经费", Measure.COMPLETION).reason == "少买了一辆车"


def test_total_and_sum_of_the_year_stated_under_two_headings() -> None:
    sections = [
        Section(("1.总体情况",), (paragraph("2023年度收入总计90万元。收入较上年决算数减少5万元。"),)),
        Section(("2.收入情况",), (paragraph("2023年度收入合计80万元,较上年决算数增加10万元。"),)),
    ]
    figures = prose_figures(sections, FINAL, [])
    assert [t for t in told(figures) if t[0] in ("收入总计", "本年收入合计")] == [
        ("收入总计", 2023, "金额", "90万元"), ("收入总计", 2023, "增减额", "-5万元"),
        ("本年收入合计", 2023, "金额", "80万元"), ("本年收入合计", 2023, "增减额", "10万元"),
    ]  # fmt: skip


def test_income_goes_on_about_the_total_not_about_the_last_fund_listed() -> None:
    figures = read(
        "收入预算",
        "2025年收入预算数50万元,其中:一般公共预算拨款50万元,国有资本经营预算收入0万元。收入较上年减少5万元。",
    )
    assert short(one(figures, "收入总计", Measure.CHANGE))[3] == "-5万元"


def test_shares_after_a_bracket_are_of_what_stood_before_it() -> None:
    figures = read(
        "收入决算",
        "本年收入合计50万元,包括财政拨款收入40万元(其中,一般公共预算40万元,政府性基金预算0万元),占80%;其他收入10万元,占20%。",
        disclosure=FINAL,
    )
    assert {(f.account, f.whole) for f in figures if f.measure is Measure.SHARE} == {
        ("财政拨款", "本年收入合计"), ("其他收入", "本年收入合计"),
    }  # fmt: skip


@pytest.mark.parametrize("printed", ["收入、支总计", "收、支出总计", "收、支总计"])
def test_both_totals_with_a_sign_left_out(printed: str) -> None:
    figures = read("收支情况", f"2023年度{printed}30万元。", disclosure=FINAL)
    assert {f.account for f in figures} == {"收入总计", "支出总计"}


def test_the_year_glued_to_the_amount_of_a_comparison_is_not_read() -> None:
    figures = read(
        "收支情况", "2023年度收、支总计400万元。与2022480.50万元相比,收、支总计各减少80.50万元。", disclosure=FINAL
    )
    assert [t[2:] for t in told(figures)] == [("金额", "400万元")] * 2 + [("增减额", "-80.50万元")] * 2


def test_classes_of_two_letters_in_a_list_of_running_costs() -> None:
    figures = read(
        "财政拨款支出预算安排情况",
        "2025年机关运行经费预算总额60万元,其中:办公费30万元,水费5万元,电费15万元,其他商品与服务支出10万元;"
        "项目支出预算总额9万元,其中:案件执行4万元,司法救助金5万元。",
    )
    assert [(t[0], t[3]) for t in told(figures)] == [
        ("机关运行经费", "60万元"), ("办公费", "30万元"), ("水费", "5万元"), ("电费", "15万元"),
        ("其他商品和服务支出", "10万元"), ("本年支出合计", "9万元"), ("案件执行", "4万元"), ("司法救助金", "5万元"),
    ]  # fmt: skip
    assert {f.basis for f in figures} == {Basis.BUDGET}


def test_totals_by_the_word_zongshu_beside_those_of_the_year_before() -> None:
    figures = read("预算收支总体情况", "部门预算收入总数70万元,较2024年部门预算收入总数50万元,增加20万元,增长40%。")
    assert told(figures) == [
        ("收入总计", 2025, "金额", "70万元"), ("收入总计", 2024, "金额", "50万元"),
        ("收入总计", 2025, "增减额", "20万元"), ("收入总计", 2025, "增减率", "40%"),
    ]  # fmt: skip


def test_a_sentence_about_last_year_is_about_last_year_to_its_end() -> None:
    figures = read(
        "2025年预算收支增减情况",
        "2025年预算内收入安排90万元,支出90万元(其中用于工资福利支出为80万元,商品和服务支出10万元)。",
        "2024年预算内收入安排85万元,支出85万元(其中用于工资福利支出为77万元,商品和服务支出8万元)。",
        "商品和服务支出主要用于办公。本年公务接待费1万元。",
    )
    assert [(t[0], t[1], t[3]) for t in told(figures)] == [
        ("收入总计", 2025, "90万元"), ("支出总计", 2025, "90万元"),
        ("工资福利支出", 2025, "80万元"), ("商品和服务支出", 2025, "10万元"),
        ("收入总计", 2024, "85万元"), ("支出总计", 2024, "85万元"),
        ("工资福利支出", 2024, "77万元"), ("商品和服务支出", 2024, "8万元"), ("公务接待费", 2025, "1万元"),
    ]  # fmt: skip


def test_income_of_this_year_and_last_and_a_western_stop() -> None:
    figures = read(
        "收入决算",
        "本年收入总计30万元,上年收入32万元.与去年相比收入减少了2万元。收入减少原因是人数减少了。",
        disclosure=FINAL,
    )
    assert told(figures) == [
        ("本年收入合计", 2023, "金额", "30万元"), ("本年收入合计", 2022, "金额", "32万元"),
        ("本年收入合计", 2023, "增减额", "-2万元"),
    ]  # fmt: skip
    assert one(figures, "本年收入合计", Measure.CHANGE).reason == "人数减少了"


def test_what_was_carried_over_from_a_year_that_is_named() -> None:
    figures = read("收支决算", "2023年收入决算总额为90万元,其中预算财政拨款80万元,2022年结转10万元。", disclosure=FINAL)
    assert [(f.account, f.year, f.basis) for f in figures] == [
        ("收入总计", 2023, Basis.FINAL), ("财政拨款", 2023, Basis.FINAL), ("上年结转结余", 2023, Basis.FINAL),
    ]  # fmt: skip


def test_a_part_that_bears_the_name_of_its_whole_is_not_the_whole() -> None:
    figures = read(
        "收入预算",
        "收入预算总额90万元。其中:财政拨款收入80万元,包括财政补助收入50万元、专项收入30万元;上年结余10万元。",
    )
    assert [(t[0], t[3]) for t in told(figures)] == [
        ("收入总计", "90万元"), ("财政拨款", "80万元"), ("上年结转结余", "10万元"),
    ]  # fmt: skip
    cars = read("车辆情况", "共有车辆4辆(改革后保留车辆1辆、下属单位实有车辆3辆)。")
    assert [str(f.amount) for f in cars] == ["4辆"]


def test_running_costs_paid_from_the_general_budget_after_their_heading() -> None:
    figures = read("1、机关运行经费", "2025年的机关运行经费,当年一般公共预算拨款6万元,比2024年预算减少2万元。")
    assert [(t[0], t[3]) for t in told(figures)] == [("机关运行经费", "6万元"), ("机关运行经费", "-2万元")]


def test_projects_of_other_special_expenditure() -> None:
    figures = read(
        "(四)其他专项支出预算情况说明",
        "其他专项支出预算为30万元,主要项目是:",
        "1、图书购置经费20万元",
        "2、设备维护费用10万元",
    )
    assert [(f.scheme, f.account, f.path) for f in figures] == [
        (Scheme.PROJECT, "其他专项", ()), (Scheme.PROJECT, "图书购置经费", ("其他专项",)),
        (Scheme.PROJECT, "设备维护费用", ("其他专项",)),
    ]  # fmt: skip


def test_a_project_whose_money_moved_is_told_inside_a_reason() -> None:
    figures = read(
        "收入情况", "2023年度收入合计90万元,较上年减少5万元,主要原因是项目经费收入中客运补贴较上年减少9万元,基本支出较上年增加4万元。",
        disclosure=FINAL,
    )  # fmt: skip
    assert short(one(figures, "客运补贴", Measure.CHANGE))[3] == "-9万元"


def test_the_reason_of_an_increase_that_leaves_out_the_word() -> None:
    figures = read("预算指标", "2025年基本支出50万元,较2024年45万元增加5万元,增加主要是落实工资政策。")
    assert one(figures, "本年支出合计", Measure.CHANGE).reason == "落实工资政策"


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("内设9个科室,3个乡镇法庭,派驻检察室1个。", [("内设机构", "9个"), ("派出法庭", "3个"), ("派驻检察室", "1个")]),
        ("领导职数3名,人事派遣人员5名,外聘人员8名。", [("领导职数", "3名"), ("劳务派遣人员", "5名"), ("聘用人员", "8名")]),
        (
            "在职实有人数9人,行政实有人数5人;事业实有人数4人;退休3人,行政退休2人,事业退休1人。",
            [("实有人员", "9人"), ("行政人员", "5人"), ("事业人员", "4人"),
             ("退休人员", "3人"), ("行政退休人员", "2人"), ("事业退休人员", "1人")],
        ),
        ("总编制数9人,其中参公管理事业编制数9人。", [("编制人数", "9人"), ("参公编制", "9人")]),
    ],
)  # fmt: skip
def test_posts_and_offices_by_more_words(text: str, counts: list[tuple[str, str]]) -> None:
    figures = read("二、机构设置和人员情况", text, disclosure=BUDGET)
    assert [(f.account, str(f.amount)) for f in figures] == counts


def test_what_stands_among_projects_is_a_project() -> None:
    text = "项目支出预算总额20万元,其中:陪审员经费1万元,司法救助金2万元,案件审判17万元。"
    figures = read("财政拨款支出预算安排情况", text)
    assert [f.account for f in figures if f.scheme is Scheme.PROJECT] == ["陪审员经费", "司法救助金", "案件审判"]
    classes = read("财政拨款支出预算安排情况", "项目支出20万元,其中:案件审判17万元,案件执行3万元。")
    assert [f.scheme for f in classes[1:]] == [Scheme.FUNCTION, Scheme.FUNCTION]


def test_staff_counted_part_by_part_are_of_neither_part_all() -> None:
    text = "学校分两部,初中部学生30人,其中工勤人员1人;高中部学生20人,其中工勤人员2人。"
    assert "工勤人员" not in {f.account for f in read("二、人员情况", text)}
    once = read("二、人员情况", "行政人员3人,工勤人员1人;退休人员2人。")
    assert [(f.account, str(f.amount)) for f in once] == [("行政人员", "3人"), ("工勤人员", "1人"), ("退休人员", "2人")]
