"""Prose in the wordings of further provinces, worked out by hand: lists under a year, staff by kind of post, non-tax money."""

from __future__ import annotations

from test_narrative import BUDGET, FINAL, one, read

from corpus.figure import Measure
from corpus.money import Absence


def test_a_year_before_a_numbered_list_dates_all_its_items() -> None:
    figures = read(
        "一、“三公”经费支出说明",
        "2022年“三公”经费实际支出:1、因公出国(境)经费决算0元;2、公务用车运行维护费实际支出7.3万元;"
        "3、公务接待费实际支出数1.4万元。",
        disclosure=FINAL,
    )
    assert {f.year for f in figures} == {2022}
    assert str(one(figures, "公务用车运行维护费").amount) == "7.3万元"
    assert str(one(figures, "公务接待费").amount) == "1.4万元"


def test_staff_told_by_the_kind_of_their_posts() -> None:
    figures = read(
        "二、机构设置及人员情况",
        "编制人数小计9人,其中:行政编制人数2人,参照公务员法管理的事业编制人数1人,事业编制人数6人。"
        "实有人数8人,其中:在职人数小计8人,行政在职人数2人,参照公务员法管理的事业单位在职人数1人,"
        "事业单位在职人数5人。离休人数小计0人,退休人数小计3人。",
    )
    counted = {f.account: str(f.amount) for f in figures if f.measure is Measure.COUNT}
    assert counted["在职人员"] == "8人"
    assert (counted["行政在职人员"], counted["参公在职人员"], counted["事业在职人员"]) == ("2人", "1人", "5人")
    assert (counted["离休人员"], counted["退休人员"]) == ("0人", "3人")


def test_non_tax_money_among_the_sources_of_income() -> None:
    figures = read("一、收入预算", "收入合计90万元,其中:一般公共预算收入70万元;非税收入20万元,其他收入0万元。")
    assert str(one(figures, "非税收入拨款").amount) == "20万元"
    figures = read("一、收入预算", "收入90万元,其中:经费拨款70万元,纳入公共预算管理的非税拨款20万元。")
    assert str(one(figures, "非税收入拨款").amount) == "20万元"


def test_operating_expenses_paid_from_a_named_fund() -> None:
    figures = read("五、机关运行经费", "2025年机关运行经费一般公共预算拨款11.50万元。", disclosure=BUDGET)
    assert str(one(figures, "机关运行经费").amount) == "11.50万元"


def test_income_by_the_word_for_final_accounts() -> None:
    figures = read(
        "(一)收入决算", "某县统计局2023年决算收入合计373.20万元,较上年减少20万元,主要原因是专款减少。", disclosure=FINAL
    )
    assert str(one(figures, "收入总计").amount) == "373.20万元"
    assert one(figures, "收入总计", Measure.CHANGE).reason == "专款减少"


def test_expenditure_of_one_fund_divided_by_purpose() -> None:
    figures = read(
        "三、支出决算说明",
        "2023年财政拨款支出按用途划分,基本支出88.60万元,占59.07%;项目支出61.40万元,占40.93%。",
        disclosure=FINAL,
    )
    part = one(figures, "本年支出合计", component="项目支出")
    assert (part.funding, str(part.amount)) == ("财政拨款", "61.40万元")


def test_a_class_that_both_classifications_have_is_told_by_the_one_spoken_of() -> None:
    figures = read(
        "二、收支预算",
        "按照支出经济分类科目,主要用于:",
        "工资福利支出16.30万元;商品和服务支出27.50万元;其他支出6.10万元。",
    )
    assert one(figures, "其他支出").scheme.value == "经济分类"
    figures = read("二、收支预算", "按照支出功能分类科目,主要用于:", "教育支出16.30万元;其他支出6.10万元。")
    assert one(figures, "其他支出").scheme.value == "功能分类"


def test_a_change_of_what_was_spent_in_a_paper_on_the_plan_too() -> None:
    figures = read("二、三公经费", "“三公”经费决算支出51万元,与上年相比减少17万元,下降25.00%。", disclosure=BUDGET)
    assert {(f.measure.value, f.basis.value) for f in figures} == {
        ("金额", "决算"), ("增减额", "决算"), ("增减率", "决算"),
    }  # fmt: skip


def test_what_the_main_change_was_is_its_reason() -> None:
    figures = read(
        "一、收入",
        "1.事业收入64.20万元,比上年减少3.50万元,下降5.17%。主要变动情况:是展览门票收入下降。",
        disclosure=FINAL,
    )
    assert one(figures, "事业收入", Measure.CHANGE).reason == "展览门票收入下降"


def test_a_reason_that_points_to_the_one_before() -> None:
    figures = read(
        "(一)总体收支",
        "1.2023年度收入、支出总计各281.20万元,与上年决算数相比多16.40万元,增长6.19%。原因有二:办案成本上升;书记员增加。",
        "2.2023年度收入合计264.70万元,比上年决算数增加14.00万元,增长5.58%,原因与上项相同。",
        disclosure=FINAL,
    )
    assert one(figures, "收入总计", Measure.CHANGE).reason == "办案成本上升;书记员增加"
    assert str(one(figures, "支出总计", Measure.CHANGE).amount) == "16.40万元"
    assert one(figures, "本年收入合计", Measure.CHANGE).reason == "办案成本上升;书记员增加"


def test_the_way_filled_into_brackets() -> None:
    figures = read("一、增减变化", "项目支出预算较上年(减)6万元,(减)幅23%。")
    assert {(f.measure.value, str(f.amount)) for f in figures} == {("增减额", "-6万元"), ("增减率", "-23%")}


def test_neither_planned_nor_spent() -> None:
    figures = read("四、三公经费", "2023年度,我单位无“三公”经费的预算与支出。", disclosure=FINAL)
    assert one(figures, "三公经费").absence is Absence.NO_DATA


def test_what_was_spent_of_the_item_spoken_of() -> None:
    """决算支出数 goes on about “三公”, and the change behind last year's number stands there without its verb."""
    figures = read(
        "“三公”经费",
        "某县2023年“三公”经费预算数为80.00万元,决算支出数为66.00万元,较2022年决算数60.00万元6.00万元,增长10%。",
        disclosure=FINAL,
    )
    assert {f.account for f in figures} == {"三公经费"}
    assert str(one(figures, "三公经费", Measure.CHANGE).amount) == "6.00万元"
    assert {str(f.amount) for f in figures if f.measure is Measure.AMOUNT} == {"80.00万元", "66.00万元"}


def test_why_it_equals_the_plan_is_not_why_it_fell() -> None:
    figures = read(
        "“三公”经费",
        "2023年“三公”经费支出预算为1.60万元,支出决算为1.60万元,完成预算的100%,较上年减少0.40万元,下降20%。"
        "决算数等于预算数的主要原因是年中调整了预算。决算数较上年减少的主要原因是车辆移交。",
        disclosure=FINAL,
    )
    assert one(figures, "三公经费", Measure.COMPLETION).reason == "年中调整了预算"
    assert one(figures, "三公经费", Measure.CHANGE).reason == "车辆移交"


def test_what_is_said_of_each_of_several() -> None:
    figures = read(
        "收入预算",
        "2025年初预算数80万元,一般公共预算拨款80万元,政府性基金预算拨款、事业收入和其他收入均为0万元。比2024年增加9万元。",
    )
    assert [(f.account, str(f.amount)) for f in figures if f.measure is Measure.AMOUNT] == [
        ("收入总计", "80万元"), ("一般公共预算拨款", "80万元"), ("政府性基金预算拨款", "0万元"), ("事业收入", "0万元"), ("其他收入", "0万元"),
    ]  # fmt: skip
    assert not any(f.measure is Measure.CHANGE for f in figures)  # the next sentence speaks of none of them


def test_income_and_expenditure_of_one_money_alike() -> None:
    figures = read("单位预算", "2025年一般公共预算财政拨款收入和支出均为70万元,比2024年减少6万元。")
    assert [(f.account, f.flow, f.funding, f.measure.value) for f in figures] == [
        ("一般公共预算拨款", "收入", "全部", "金额"), ("本年支出合计", "支出", "一般公共预算", "金额"),
        ("一般公共预算拨款", "收入", "全部", "增减额"), ("本年支出合计", "支出", "一般公共预算", "增减额"),
    ]  # fmt: skip


def test_an_account_named_again_behind_the_year_before() -> None:
    figures = read("支出", "2025年基本支出预算比2024年基本支出预算35万元增加4万元。")
    assert [(f.year, f.component, f.measure.value, str(f.amount)) for f in figures] == [
        (2024, "基本支出", "金额", "35万元"), (2025, "基本支出", "增减额", "4万元"),
    ]  # fmt: skip


def test_level_with_the_year_before_in_other_words() -> None:
    figures = read("支出", "基本支出48万元,比2024年增加4万元;项目支出18万元,和2024年持平。")
    assert str(one(figures, "本年支出合计", Measure.CHANGE, component="项目支出").amount) == "0万元"


def test_carried_over_besides() -> None:
    figures = read(
        "收入情况", "财政拨款收入29万元,占96%;其他收入1万元,占4%。另有年初结转和结余7万元。", disclosure=FINAL
    )
    assert str(one(figures, "上年结转结余").amount) == "7万元"


def test_classes_with_another_word_for_and() -> None:
    figures = read(
        "支出", "支出预算90万元,其中:医疗卫生和计划生育支出3万元;社会保障与就业支出2万元;对个人及家庭的补助1万元。"
    )
    assert [f.code for f in figures[1:]] == ["210", "208", "303"]


def test_a_reason_with_shares_of_the_change() -> None:
    figures = read(
        "总体情况",
        "收支较上年减少50万元,主要原因是节能环保支出减少40万元,占减少的80%,农林水支出减少10万元,占减少的20%。",
        disclosure=FINAL,
    )
    assert one(figures, "收入总计", Measure.CHANGE).reason.endswith("农林水支出减少10万元,占减少的20%")


def test_the_total_moved_for_the_reason_its_one_source_did() -> None:
    figures = read(
        "收入",
        "2025年收入总预算35万元,同比增加4万元。一般公共财政预算拨款35万元,同比增加4万元。增加的主要原因:新招教师。",
    )
    assert one(figures, "一般公共预算拨款", Measure.CHANGE).reason == "新招教师"
    assert one(figures, "收入总计", Measure.CHANGE).reason == "新招教师"


def test_wares_that_procurement_consists_of() -> None:
    figures = read("政府采购", "2025年政府采购预算30万元,其中:办公设备购置款10万元,公用取暖费20万元。")
    assert [(f.account, str(f.amount), f.path) for f in figures] == [
        ("政府采购", "30万元", ()), ("办公设备购置款", "10万元", ("政府采购",)), ("公用取暖费", "20万元", ("政府采购",)),
    ]  # fmt: skip


def test_an_item_wholly_made_of_one_part() -> None:
    figures = read("三公经费", "公务用车购置及运行费2023年决算数8万元,全部为公务用车运行费。", disclosure=FINAL)
    assert [(f.account, str(f.amount)) for f in figures] == [
        ("公务用车购置及运行费", "8万元"), ("公务用车运行维护费", "8万元"),
    ]  # fmt: skip
