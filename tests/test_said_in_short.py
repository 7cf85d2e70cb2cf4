"""Parts named like their whole, names cut short or written longer, signs and units forgotten. Sentences of our own."""

from __future__ import annotations

from dataclasses import replace

from test_counts_in_prose import counted
from test_identity import identity
from test_narrative import FINAL, one, read, short
from test_told_in_passing import moved

from corpus.figure import Measure, Scheme


def test_kinds_of_cars_are_parts_of_the_cars_that_are_kept() -> None:
    for text in (
        "年末公务用车保有量21辆,其中:公务用车5辆,执勤执法用车16辆。",
        "2023年公务用车保有量21辆(公务用车5辆、执法执勤用车16辆)。",
        "公务用车保有量为21辆,其中一般公务用车保有量5辆,执法执勤用车保有量16辆。",
    ):
        assert counted(read("三公经费", text, disclosure=FINAL)) == [
            ("公务用车保有量", "21辆"), ("一般公务用车", "5辆"), ("执法执勤用车", "16辆"),
        ]  # fmt: skip
    held = read("国有资产占用情况", "本单位共有车辆9辆,其中:公务用车2辆,领导用车3辆,老干部用车4辆。", disclosure=FINAL)
    assert counted(held) == [
        ("车辆", "9辆"), ("一般公务用车", "2辆"), ("主要领导干部用车", "3辆"), ("离退休干部用车", "4辆"),
    ]  # fmt: skip


def test_a_unit_called_by_a_longer_name_is_no_other_unit() -> None:
    clinic = replace(FINAL, issuer="白水卫生院")
    figures = read("机构设置", "白水镇中心卫生院现有职工31人,其中在编人员22人。", disclosure=clinic)
    assert [(f.account, f.entity) for f in figures] == [("实有人员", ""), ("在编人员", "")]
    other = read("机构设置", "白水镇妇女儿童服务中心现有职工3人。", disclosure=clinic)
    assert [f.entity for f in other] == ["白水镇妇女儿童服务中心"]


def test_what_a_unit_spends_is_the_sum_of_its_year() -> None:
    figures = read(
        "(二)支出决算情况",
        "2023年度,某县统计局单位支出为90.5万元。其中:基本支出60.5万元,项目支出30万元。",
        disclosure=FINAL,
    )
    assert [short(f) for f in figures] == [
        ("本年支出合计", "合计", "金额", "90.5万元"), ("本年支出合计", "基本支出", "金额", "60.5万元"),
        ("本年支出合计", "项目支出", "金额", "30万元"),
    ]  # fmt: skip


def test_totals_of_income_and_expenditure_in_short() -> None:
    figures = read("收支情况", "与2022年相比,收总计增加11.5万元,增加20%;支总计增加14.8万元,增长25%。", disclosure=FINAL)
    assert moved(figures) == [
        ("收入总计", "增减额", "11.5万元"), ("收入总计", "增减率", "20%"),
        ("支出总计", "增减额", "14.8万元"), ("支出总计", "增减率", "25%"),
    ]  # fmt: skip
    assert {f.compared for f in figures} == {2022}


def test_running_costs_called_by_their_definition() -> None:
    figures = read(
        "机关运行经费支出情况",
        "2023年决算为保障机构正常运行而发生的购买货物和服务各项支出合计70.5万元,2022年为60万元,较2022年增加10.5万元。",
        disclosure=FINAL,
    )
    assert [(f.account, f.year, f.measure.value, str(f.amount)) for f in figures] == [
        ("机关运行经费", 2023, "金额", "70.5万元"), ("机关运行经费", 2022, "金额", "60万元"),
        ("机关运行经费", 2023, "增减额", "10.5万元"),
    ]  # fmt: skip


def test_three_expenses_paid_in_and_cars_called_otherwise() -> None:
    figures = read(
        "某局2025年“三公经费”预算对比增减说明",
        "2025年三公经费预算拨入30万元,2024年预算拨入50万元,减少20万元。",
        "2、公务车辆运行费2025年预算20万元,2024年预算40万元,减少20万元,减少率50%,原因是公车改革。",
    )
    assert [(f.account, f.year, str(f.amount)) for f in figures if f.measure is Measure.AMOUNT] == [
        ("三公经费", 2025, "30万元"), ("三公经费", 2024, "50万元"),
        ("公务用车运行维护费", 2025, "20万元"), ("公务用车运行维护费", 2024, "40万元"),
    ]  # fmt: skip
    assert one(figures, "公务用车运行维护费", Measure.RATE).reason == "公车改革"


def test_percent_signs_forgotten_do_not_keep_amounts_from_being_read() -> None:
    figures = read(
        "三、收支预算总体情况",
        "2025年支出预算80万元,其中:基本支出80万元,占100;项目支出0万元,占0",
        "2025年财政拨款收支预算总计80万元。与2024年相比,财政拨款收、支总计各增加0.2万元,增长0.25。",
    )
    assert [short(f)[1:] for f in figures if f.flow == "支出" and f.component != "合计"] == [
        ("基本支出", "金额", "80万元"), ("基本支出", "占比", "100%"),
        ("项目支出", "金额", "0万元"), ("项目支出", "占比", "0%"),
    ]  # fmt: skip
    assert [str(f.amount) for f in figures if f.measure is Measure.RATE] == ["0.25%", "0.25%"]
    classes = read("支出结构", "主要用于以下方面:教育支出60万元,占75卫生健康支出12万元,占15住房保障支出8万元,占10")
    assert [short(f)[::3] for f in classes if f.measure is Measure.AMOUNT] == [
        ("205", "60万元"), ("210", "12万元"), ("221", "8万元"),
    ]  # fmt: skip


def test_two_totals_share_a_unit_and_what_they_fell_by() -> None:
    figures = read(
        "收支决算总体情况",
        "2023年度收入47.6、支总计46.1万元。与2022年相比,收入减少8.4、支出总计减少9.6万元,分别下降15%、17.2%。",
        disclosure=FINAL,
    )
    assert [(f.account, f.measure.value, str(f.amount)) for f in figures] == [
        ("收入总计", "金额", "47.6万元"), ("支出总计", "金额", "46.1万元"),
        ("收入总计", "增减额", "-8.4万元"), ("支出总计", "增减额", "-9.6万元"),
        ("收入总计", "增减率", "-15%"), ("支出总计", "增减率", "-17.2%"),
    ]  # fmt: skip


def test_funds_behind_income_and_carry_over_are_told_apart() -> None:
    figures = read(
        "(一)收入预算",
        "2025年收入合计50万元,其中:本年收入30万元,主要是一般公共预算拨款28万元,政府性基金预算拨款2万元;"
        "上年结转收入20万元,主要是一般公共预算拨款5万元,政府性基金预算拨款15万元。收入较去年增加4万元。",
    )
    assert [(f.account, f.funding, str(f.amount)) for f in figures if f.scheme is Scheme.SOURCE] == [
        ("一般公共预算拨款", "全部", "28万元"), ("政府性基金预算拨款", "全部", "2万元"),
        ("上年结转结余", "全部", "20万元"), ("上年结转结余", "一般公共预算", "5万元"),
        ("上年结转结余", "政府性基金", "15万元"),
    ]  # fmt: skip
    assert not any(f.reason for f in figures)
    assert one(figures, "收入总计", Measure.CHANGE).compared == 2024


def test_a_fund_that_moved_is_a_reason_still() -> None:
    figures = read("收入", "收入预算9万元,比2024年增加3万元,主要是一般公共预算拨款3万元的项目新增。")
    assert one(figures, "收入总计", Measure.CHANGE).reason == "一般公共预算拨款3万元的项目新增"


def test_last_years_amount_is_of_the_same_total() -> None:
    figures = read(
        "二、收入决算说明", "2023年收入决算110.00元,上年收入决算100.00元,增长10%。增长主要因为教师增加。",
        "一般公共预算收入110.00元,增长10%,原因同上。", disclosure=FINAL,
    )  # fmt: skip
    assert [(f.account, f.year) for f in figures if f.measure is Measure.AMOUNT][:2] == [
        ("收入总计", 2023), ("收入总计", 2022),
    ]  # fmt: skip
    assert [f.reason for f in figures if f.measure is Measure.RATE] == ["教师增加", "教师增加"]


def test_what_is_no_reason() -> None:
    fell = "公务接待费支出30万元, 2023年度预算相比,减少20万元,下降40%,下降的原因是"
    cut = read("三公经费", f"{fell}某县统计局", disclosure=FINAL)
    assert [(f.compared, f.whole, f.reason) for f in cut if f.measure is Measure.CHANGE] == [(2023, "2023年预算", "")]
    dated = read("三公经费", f"{fell}2023", disclosure=FINAL)
    drawn = read("三公经费", f"{fell}:(图1:决算变动情况图)(柱状图)", disclosure=FINAL)
    assert not any(f.reason for f in (*dated, *drawn))
    defined = read("收入", "其他收入0万元,为单位在财政拨款之外取得的收入,主要是房租、利息等。较上年无增加或减少。")
    assert [(f.measure.value, str(f.amount), f.reason) for f in defined] == [
        ("金额", "0万元", ""),
        ("增减额", "0万元", ""),
    ]


def test_square_brackets_hold_parts() -> None:
    figures = read("概况", "现有编制床位70张[其中,本部院区编制床位50张,分院编制床位20张],实际开放床位75张。")
    assert [(f.account, str(f.amount)) for f in figures if f.amount and f.amount.value == 75] == [
        ("实际开放床位", "75张")
    ]
    assert "50张" not in [str(f.amount) for f in figures if f.account == "编制床位"]


def test_a_body_that_writes_about_its_budget_is_the_issuer() -> None:
    title = "青岭特区白水市第二中学关于2022年预算及“三公”经费预算公开的说明"
    assert identity(f"{title}\n一、部门概况\n", f"{title}.txt").issuer == "青岭特区白水市第二中学"
    text = "丰原教育局\n关于“三公”经费2015年决算的\n情况说明\n丰原县教育局2015年决算如下:\n"
    assert identity(text, "丰原县教育局关于“三公”经费2015年决算的情况说明.txt").issuer == "丰原县教育局"


def test_cars_bought_and_run_are_told_in_short() -> None:
    figures = read(
        "三公经费",
        "公务用车购置及运行费20万元。其中购置支出0万元;年末公务用车保有量6辆,包括公务用车2辆、执法执勤用车4辆。"
        "运行支出20万元。决算比预算少5万元,下降20%,主要因为管理从严。",
        disclosure=FINAL,
    )
    assert [(f.account, str(f.amount)) for f in figures if f.measure is Measure.AMOUNT] == [
        ("公务用车购置及运行费", "20万元"), ("公务用车购置费", "0万元"), ("公务用车运行维护费", "20万元"),
    ]  # fmt: skip
    assert counted(figures) == [("公务用车保有量", "6辆"), ("一般公务用车", "2辆"), ("执法执勤用车", "4辆")]
    less = one(figures, "公务用车运行维护费", Measure.CHANGE)
    assert (str(less.amount), less.whole, less.reason) == ("-5万元", "2023年预算", "管理从严")


def test_running_costs_with_their_funding_before_the_name() -> None:
    figures = read("其他说明", "1.机关运行经费情况。2025年一般公共预算财政拨款运行经费62.5万元,比上年增加6.5万元。")
    assert [(f.account, str(f.amount)) for f in figures] == [("机关运行经费", "62.5万元"), ("机关运行经费", "6.5万元")]


def test_names_of_income_in_other_words() -> None:
    figures = read(
        "收入预算情况",
        "2025年收入预算数80万元,其中:年初结余结转3万元,占3.75%;事业单位经营收0万元;专户拨款7万元,比2024年增加(或减少)0万元。",
    )
    assert [(f.account, str(f.amount)) for f in figures if f.measure is Measure.AMOUNT] == [
        ("收入总计", "80万元"), ("上年结转结余", "3万元"), ("事业单位经营收入", "0万元"), ("财政专户管理资金", "7万元"),
    ]  # fmt: skip
    assert moved(figures) == [("财政专户管理资金", "增减额", "0万元")]
    named = read("收支情况", "2025年部门预算收入为一般公共预算收入70万元。部门专项项目预算74000元(明细项目见附表)。")
    assert [short(f) for f in named] == [
        ("一般公共预算拨款", "合计", "金额", "70万元"), ("本年支出合计", "项目支出", "金额", "74000元"),
    ]  # fmt: skip


def test_classes_numbered_level_by_level() -> None:
    figures = read("支出", "1.教育支出(205)普通教育(02)小学教育(02)61.5万元。", "2.教育支出(205)普通教育(02)70万元。")
    assert [(f.code, str(f.amount)) for f in figures] == [("2050202", "61.5万元"), ("20502", "70万元")]


def test_changes_with_their_verb_forgotten_or_said_twice() -> None:
    figures = read(
        "收入", "财政拨款收入90万元,与2022年相比9万元,减少9.1%;事业收入20万元,比2022年增加增加2万元。", disclosure=FINAL
    )
    assert moved(figures) == [
        ("财政拨款", "增减额", "-9万元"), ("财政拨款", "增减率", "-9.1%"), ("事业收入", "增减额", "2万元"),
    ]  # fmt: skip
    both = read("收支", "2023年度收、支总计55万元,与2022年度收、支总计50万元相比各增加5万元。", disclosure=FINAL)
    assert moved(both) == [("收入总计", "增减额", "5万元"), ("支出总计", "增减额", "5万元")]
