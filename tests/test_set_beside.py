"""Amounts that sentences set beside others, parts of what nobody knows, and the total of the three public expenses.

Sentences of our own, numbers made up and worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_narrative import BUDGET, FINAL, one, read, short

from corpus.disclosure import Basis
from corpus.figure import Measure
from corpus.money import Absence


def test_last_years_amount_and_the_budget_are_told_beside_the_final_one() -> None:
    figures = read(
        "“三公”经费决算说明",
        "公务接待费为50万元,较上年64万元减少14万元,下降22%,较预算数90万元减少40万元,下降44%。",
        disclosure=FINAL,
    )
    assert [(f.year, f.basis, short(f)[2:], f.compared, f.whole) for f in figures] == [
        (2023, Basis.FINAL, ("金额", "50万元"), None, ""),
        (2022, Basis.FINAL, ("金额", "64万元"), None, ""),
        (2023, Basis.FINAL, ("增减额", "-14万元"), 2022, ""),
        (2023, Basis.FINAL, ("增减率", "-22%"), 2022, ""),
        (2023, Basis.BUDGET, ("金额", "90万元"), None, ""),
        (2023, Basis.FINAL, ("增减额", "-40万元"), 2023, "2023年预算"),
        (2023, Basis.FINAL, ("增减率", "-44%"), 2023, "2023年预算"),
    ]


def test_parts_are_of_the_kind_their_whole_was_not_of_what_it_was_set_beside() -> None:
    figures = read(
        "“三公”经费决算说明",
        "公务用车购置及运行维护费为80万元,较预算数75万元增加5万元(其中:公务用车购置费30万元,公务用车运行维护费50万元)。",
        disclosure=FINAL,
    )
    assert one(figures, "公务用车购置费").basis is Basis.FINAL
    assert one(figures, "公务用车运行维护费").basis is Basis.FINAL


def test_an_amount_of_another_year_in_a_budget() -> None:
    figures = read("“三公”经费预算", "“三公”经费预算数为410万元,较2024年455万元减少45万元,下降9.89%。")
    assert [(f.year, short(f)[2:]) for f in figures] == [
        (2025, ("金额", "410万元")), (2024, ("金额", "455万元")), (2025, ("增减额", "-45万元")), (2025, ("增减率", "-9.89%")),
    ]  # fmt: skip


def test_what_an_amount_grew_from() -> None:
    figures = read("“三公”经费预算", "公务接待费由上年的6万元增加到8万元。")
    assert [(f.year, short(f)[2:]) for f in figures] == [(2024, ("金额", "6万元")), (2025, ("金额", "8万元"))]


def test_an_amount_set_beside_nothing_is_not_read() -> None:
    assert [short(f)[3] for f in read("“三公”经费预算", "公务接待费3万元,较上年2万元,用于公务往来。")] == ["3万元"]


def test_a_forgotten_comparison_is_no_change_of_last_year() -> None:
    figures = read("“三公”经费预算", "公务接待费支出7万元,2024年预算增加2万元,增加40%。")
    change = one(figures, "公务接待费", Measure.CHANGE)
    assert (change.year, change.compared, str(change.amount)) == (2025, 2024, "2万元")


def test_completion_of_a_budget_that_is_named() -> None:
    figures = read("“三公”经费决算说明", "“三公”经费支出决算为9.00万元,完成预算12万元的75%。", disclosure=FINAL)
    completion = one(figures, "三公经费", Measure.COMPLETION)
    assert (str(completion.amount), completion.whole) == ("75%", "预算")
    assert one(figures, "三公经费", basis=Basis.BUDGET).year == 2023


@pytest.mark.parametrize(
    "before",
    [
        "2023年全市一般公共预算财政拨款开支“三公”经费",
        "2023年某市(管委会)一般公共预算“三公”经费支出预算为",
        "甲省某县文化和旅游局2023年度一般公共预算财政拨款“三公”经费支出决算为",
        "2023年区级“三公”经费公共财政拨款支出",
        "2023年州本级“三公”经费支出决算汇总数为",
        "2023某单位“三公”经费财政拨款预算数",
    ],
)
def test_the_total_of_the_three_by_many_names(before: str) -> None:
    figures = read("情况说明", f"{before}63.5万元,其中:公务接待费63.5万元。", disclosure=replace(FINAL, issuer=""))
    assert str(one(figures, "三公经费").amount) == "63.5万元"


def test_three_and_more_is_not_the_three() -> None:
    figures = read("情况说明", "会议费和“三公”经费共计12万元,不含“三公”经费的公用经费30万元。")
    assert not [f for f in figures if f.account == "三公经费"]


def test_what_is_said_of_all_three_is_not_said_of_the_guests_named_before() -> None:
    figures = read(
        "决算汇总情况",
        "2023年国内公务接待21批次,无国(境)外公务接待情况。",
        "经比较,2023年全市财政拨款开支“三公”经费较上年决算减少8.5万元,下降17%;较年初预算数减少2.5万元,下降5.7%。",
        disclosure=FINAL,
    )
    assert {f.account for f in figures if f.measure in (Measure.CHANGE, Measure.RATE)} == {"三公经费"}
    assert [str(f.amount) for f in figures if f.measure is Measure.CHANGE] == ["-8.5万元", "-2.5万元"]


def test_parts_of_what_is_not_known_are_no_parts_of_all() -> None:
    text = "某站专项业务款安排90万元,其中:基本支出20万元,项目支出70万元,同比增加7万元,增长8.43%。"
    assert read("其他情况", text) == []


def test_a_final_amount_after_an_unknown_name_is_nobodys() -> None:
    text = "某某特别款年初预算为27万元,支出决算为26万元,完成年初预算的96.3%。"
    assert [f for f in read("一般公共预算情况", text, disclosure=FINAL) if f.account == "本年支出合计"] == []


def test_a_heading_with_a_stop_names_what_the_budget_spends() -> None:
    figures = read(
        "情况说明",
        "(一)公务接待费。2025年预算支出4.5万元,比2024年预算减少0.5万元,下降10%。",
        "(二)公务用车购置及运行费。2025年预算未安排此项支出,原因主要是本单位无公务用车。",
    )
    assert {f.account for f in figures} == {"公务接待费", "公务用车购置及运行费"}
    none = one(figures, "公务用车购置及运行费")
    assert (none.absence, none.reason) == (Absence.NO_DATA, "本单位无公务用车")
    assert one(figures, "公务接待费").reason == ""


def test_a_reason_after_last_years_absence_explains_this_year() -> None:
    figures = read("(一)因公出国(境)经费", "2025年预算安排0.00万元。2024年预算也未安排支出。主要原因是:没有出访任务。")
    assert one(figures, "因公出国（境）费", year=2025).reason == "没有出访任务"


def test_the_change_that_ends_a_second_list_is_its_wholes() -> None:
    figures = read(
        "收支预算说明",
        "收入包括:一般公共预算拨款收入90万元,比2024年预算数增加9万元,主要是人员增加;"
        "支出包括:一般公共服务支出60万元,卫生健康支出20万元,住房保障支出10万元,比2024年预算数增加9万元。",
    )
    changes = [f.account for f in figures if f.measure is Measure.CHANGE]
    assert changes == ["一般公共预算拨款", "支出总计"]


def test_each_grew_says_it_of_both() -> None:
    figures = read(
        "总体情况", "2023年度收入总计120万元,支出总计120万元,与2022年度相比,各增加20万元,增长20%。", disclosure=FINAL
    )
    assert [(f.account, short(f)[3]) for f in figures if f.measure is not Measure.AMOUNT] == [
        ("收入总计", "20万元"), ("支出总计", "20万元"), ("收入总计", "20%"), ("支出总计", "20%"),
    ]  # fmt: skip


def test_rates_of_income_and_expenditure_one_after_the_other() -> None:
    figures = read("总体情况", "与2022年相比,收、支总计各减少3万元、4万元,各下降6%、8%。", disclosure=FINAL)
    assert [(f.account, short(f)[2:]) for f in figures] == [
        ("收入总计", ("增减额", "-3万元")), ("支出总计", ("增减额", "-4万元")),
        ("收入总计", ("增减率", "-6%")), ("支出总计", ("增减率", "-8%")),
    ]  # fmt: skip


def test_ways_of_procurement_are_no_rivals_of_all_procurement() -> None:
    figures = read("政府采购情况", "政府采购预算50元,其中:政府集中采购预算30元,占政府采购预算的60%。分散采购20元。")
    assert [f.account for f in figures if f.measure is Measure.AMOUNT] == ["政府采购", "集中采购", "分散采购"]


def test_why_nothing_changed_is_told_of_the_change() -> None:
    figures = read(
        "决算说明",
        "与2022年相比,其中:因公出国(境)费支出决算减少0万元,降低0%。因公出国(境)费支出持平的主要原因是没有出访。",
        disclosure=FINAL,
    )
    assert [(f.measure, f.reason) for f in figures] == [(Measure.CHANGE, "没有出访"), (Measure.RATE, "没有出访")]


def test_a_units_part_of_a_list_is_not_the_issuers() -> None:
    """A unit nobody announced has its own sum: what the list below it names is that unit's, too."""
    figures = read(
        "预算安排情况",
        "预算总收入900元,其中:经费拨款600元;其他收入300元。",
        "1、水利站机关预算总收入500元,其中:经费拨款300元,其他收入200元。",
        "1、水利站机关预算总支出500元,其中:基本支出400元(工资福利支出350元);项目支出100元。",
    )
    assert [(f.account, short(f)[3]) for f in figures] == [
        ("收入总计", "900元"), ("一般公共预算拨款", "600元"), ("其他收入", "300元"),
    ]  # fmt: skip


def test_expenditure_that_grew_after_the_list_of_it_is_all_expenditure() -> None:
    figures = read(
        "总体情况",
        "支出预算:2025年年初预算数90万元,其中:教育60万元,住房保障支出30万元;支出较去年增加7万元,主要是基本支出增加7万元。",
    )
    assert [(f.account, f.component, short(f)[2:]) for f in figures] == [
        ("支出总计", "合计", ("金额", "90万元")), ("教育支出", "合计", ("金额", "60万元")),
        ("住房保障支出", "合计", ("金额", "30万元")), ("支出总计", "合计", ("增减额", "7万元")),
        ("本年支出合计", "基本支出", ("增减额", "7万元")),
    ]  # fmt: skip


def test_the_sum_of_the_year_beside_a_total_of_another_amount() -> None:
    figures = read(
        "收支情况",
        "2023年度收入总计110万元,支出总计110万元。",
        "收入情况。2023年度收入合计104万元,较上年增加4万元,增长4%。其中:财政拨款收入104万元,占100%。",
        disclosure=FINAL,
    )
    assert [(f.account, short(f)[3]) for f in figures][2:] == [
        ("本年收入合计", "104万元"), ("本年收入合计", "4万元"), ("本年收入合计", "4%"),
        ("财政拨款", "104万元"), ("财政拨款", "100%"),
    ]  # fmt: skip


def test_the_sum_of_the_year_that_is_the_total() -> None:
    figures = read("收支情况", "2023年度收入总计110万元。2023年度收入合计110万元。", disclosure=FINAL)
    assert {f.account for f in figures} == {"收入总计", "本年收入合计"}


def test_what_a_part_is_paid_from_stays_that_part() -> None:
    figures = read("(一)基本支出", "2025年基本支出50万元,包括:一般公共预算拨款50万元。具体是:教育支出50万元。")
    assert [(f.account, f.component, f.funding, f.reason) for f in figures] == [
        ("本年支出合计", "基本支出", "全部", ""), ("本年支出合计", "基本支出", "一般公共预算", ""),
        ("教育支出", "合计", "全部", ""),
    ]  # fmt: skip


def test_names_with_an_aside() -> None:
    figures = read("基本支出", "基本支出30万元,其中工资福利支出(人员支出)20万元,商品和服务支出(公用支出)10万元。")
    assert [f.code for f in figures] == ["", "301", "302"]


@pytest.mark.parametrize(
    "text", ["收入较2024减少5万元。", "2025年决算总收入15万元,比2024年决算总收入20万元减少5万元。"]
)
def test_years_and_totals_by_other_words(text: str) -> None:
    change = one(read("收入预算", text), "收入总计", Measure.CHANGE)
    assert (str(change.amount), change.compared) == ("-5万元", 2024)


def test_the_short_name_that_the_headings_give() -> None:
    school = replace(BUDGET, issuer="云州市苏城镇第三小学")
    figures = read(("二、关于苏城三小2025年收入预算的说明",), "苏城三小2025年收入预算70万元。", disclosure=school)
    assert short(one(figures, "收入总计"))[3] == "70万元"


def test_kinds_of_expenditure_below_a_heading_for_both_flows() -> None:
    figures = read(
        "单位预算收支情况", "单位预算支出80万元。按支出功能分类:教育50万元,占总支出62.5%;社会保障和就业30万元。"
    )
    assert [(f.account, short(f)[3]) for f in figures] == [
        ("支出总计", "80万元"), ("教育支出", "50万元"), ("教育支出", "62.5%"), ("社会保障和就业支出", "30万元"),
    ]  # fmt: skip


def test_fiscal_grant_of_the_year_is_one_source_among_others() -> None:
    figures = read("收支情况", "预算收入总额为90万元,其中:当年财政拨款85万元,上级补助5万元。")
    assert [f.account for f in figures] == ["收入总计", "财政拨款", "上级补助收入"]


def test_a_share_after_a_reason_is_of_what_the_reason_names() -> None:
    figures = read(
        "收支情况",
        "2023年度收入合计90万元,较上年减少5万元,主要原因是人数减少其中:财政拨款收入80万元,占88.9%;事业收入10万元,占11.1%。",
        "支出情况2023年度支出合计70万元。",
        disclosure=FINAL,
    )
    assert [(f.account, short(f)[3]) for f in figures if f.measure is Measure.SHARE] == [
        ("财政拨款", "88.9%"), ("事业收入", "11.1%"),
    ]  # fmt: skip
    assert one(figures, "收入总计", Measure.CHANGE).reason == "人数减少"
    assert short(one(figures, "支出总计"))[3] == "70万元"
    doubtful = read("收支情况", "2023年度收入合计90万元,主要原因是拨款80万元等,占88.9%。", disclosure=FINAL)
    assert not [f for f in doubtful if f.measure is Measure.SHARE]


def test_economic_classes_are_spent_whatever_the_heading() -> None:
    figures = read("2025年部门收入预算总体情况", "基本支出30万元,其中工资福利支出(人员支出)20万元。")
    assert one(figures, "301").flow == "支出"
