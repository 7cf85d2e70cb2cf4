"""Counts that change, lists in apposition, numbers without their unit, reasons in other words. Sentences of our own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_counts_in_prose import counted
from test_narrative import BUDGET, FINAL, one, read, short

from corpus.figure import Figure, Measure, Scheme
from corpus.settings import Settings
from ingest.pipeline import ingest_bytes


def moved(figures: list[Figure]) -> list[tuple[str, str, str]]:
    """Account, measure and amount of every change and rate, in order."""
    kinds = (Measure.CHANGE, Measure.RATE)
    return [(f.account, f.measure.value, str(f.amount)) for f in figures if f.measure in kinds]


def test_counts_that_change_are_no_counts_of_what_there_is() -> None:
    figures = read(
        "“三公”经费使用情况",
        "国内公务接待512批次,较上年增加44批次;国内公务接待6156人次,较上年减少133人次。"
        "公务用车购置数8辆,较上年增加3辆;公务用车保有量68辆,较上年减少2辆。因公出国(境)团组0个,与上年持平。",
        disclosure=FINAL,
    )
    assert counted(figures) == [
        ("国内公务接待批次", "512批次"), ("国内公务接待人次", "6,156人次"), ("公务用车购置数", "8辆"),
        ("公务用车保有量", "68辆"), ("因公出国（境）团组数", "0个"),
    ]  # fmt: skip
    assert moved(figures) == [
        ("国内公务接待批次", "增减额", "44批次"), ("国内公务接待人次", "增减额", "-133人次"),
        ("公务用车购置数", "增减额", "3辆"), ("公务用车保有量", "增减额", "-2辆"),
        ("因公出国（境）团组数", "增减额", "0个"),
    ]  # fmt: skip


def test_staff_that_changes() -> None:
    figures = read("人员构成情况", "单位实有人数47人,比上年增加5人,增加11.9%。")
    assert counted(figures) == [("实有人员", "47人")]
    assert moved(figures) == [("实有人员", "增减额", "5人"), ("实有人员", "增减率", "11.9%")]


def test_what_is_bought_anew_is_no_change() -> None:
    assert not moved(read("车辆情况", "现有车辆6辆,新增2辆。"))


def test_parts_in_apposition_are_no_reason() -> None:
    figures = read(
        "(二)支出预算",
        "2025年支出预算95万元,比2024年支出预算增加12.8%。",
        "1.基本支出80万元,主要是工资福利支出60.5万元、商品和服务支出14.5万元、对个人和家庭补助支出5万元,按现有人员核定。",
    )
    assert [short(f) for f in figures if f.component == "基本支出"] == [
        ("本年支出合计", "基本支出", "金额", "80万元"), ("301", "基本支出", "金额", "60.5万元"),
        ("302", "基本支出", "金额", "14.5万元"), ("303", "基本支出", "金额", "5万元"),
    ]  # fmt: skip
    assert one(figures, "支出总计", Measure.RATE).reason == ""


def test_projects_in_apposition_and_why_their_sum_rose() -> None:
    figures = read(
        "三、部门预算情况说明:",
        "2.基本支出编制情况:2025年基本支出300万元,比2024年增加10.2万元。增加因素有工资标准提高,参保人数增多。",
        "3.一般公共预算项目支出编制情况:2025年一般公共预算项目支出93万元,比2024年增加11万元。我单位2025年主要项目支出有"
        "调研经费30万元,网站运行经费28万元,会议费、培训费35万元。增加原因:根据文件规定新增网站运行费用。",
    )
    projects = [f for f in figures if f.scheme is Scheme.PROJECT]
    assert [short(f)[0::3] for f in projects] == [
        ("调研经费", "30万元"), ("网站运行经费", "28万元"), ("会议费、培训费", "35万元"),
    ]  # fmt: skip
    assert not any(f.reason for f in projects)
    basic = one(figures, "本年支出合计", Measure.CHANGE, component="基本支出")
    assert basic.reason == "工资标准提高,参保人数增多"
    assert one(figures, "本年支出合计", Measure.CHANGE, component="项目支出").reason == "根据文件规定新增网站运行费用"


def test_two_expenses_in_one_amount_are_neither() -> None:
    figures = read("四、支出", "2025年基本支出80万元,其中:差旅费、培训费5万元,办公费3万元。")
    assert [short(f)[0::3] for f in figures] == [("本年支出合计", "80万元"), ("30201", "3万元")]


def test_cars_by_kind_in_a_bracket_without_a_unit() -> None:
    figures = read(
        "车辆基本情况",
        "车辆共63辆(其中:机要通信用车10执法执勤用车32主要领导干部用车3副部(省)级及以上领导用车0,其他用车18辆)。",
        disclosure=FINAL,
    )
    assert counted(figures) == [
        ("车辆", "63辆"), ("机要通信用车", "10辆"), ("执法执勤用车", "32辆"), ("主要领导干部用车", "3辆"),
        ("省部级领导干部用车", "0辆"), ("其他用车", "18辆"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "行政编制7人,事业编制11,实有在职人数16人。",
            [("行政编制", "7人"), ("事业编制", "11人"), ("在职人员", "16人")],
        ),
        ("局机关下设十二个职能科室。", [("内设机构", "12个")]),
        ("部门共有八个内设机构,即办公室等。", [("内设机构", "8个")]),
        ("推动三个部门之间联动。", []),
    ],
)
def test_counts_without_unit_or_in_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert counted(read("人员构成情况", text)) == expected


def test_a_percent_sign_forgotten_in_a_row_of_rates() -> None:
    text = "因公出国(境)费21万元,同比下降12.5;公务接待费66万元,同比下降8.33%;公务用车运行维护费118万元,同比增长0.8%。"
    assert moved(read("“三公”经费预算情况", text)) == [
        ("因公出国（境）费", "增减率", "-12.5%"), ("公务接待费", "增减率", "-8.33%"),
        ("公务用车运行维护费", "增减率", "0.8%"),
    ]  # fmt: skip
    alone = "因公出国(境)费21万元,同比下降12.5;公务接待费66万元,同比下降8.33%。"
    assert len(moved(read("“三公”经费预算情况", alone))) == 1


def test_changes_left_open_and_numbers_called_figures() -> None:
    figures = read(
        "“三公”经费",
        "因公出国(境)费预算为0元,较2024年增(减)0元,同比增长(下降)0%。主要是没有出访任务。"
        "公务接待费6万元,比上年预算数字下降25%,比上年决算数字下降20%;下降的主要原因都是厉行节约。",
    )
    assert [(f.account, str(f.amount), f.reason) for f in figures if f.measure in (Measure.CHANGE, Measure.RATE)] == [
        ("因公出国（境）费", "0元", "没有出访任务"), ("因公出国（境）费", "0%", "没有出访任务"),
        ("公务接待费", "-25%", "厉行节约"), ("公务接待费", "-20%", "厉行节约"),
    ]  # fmt: skip


def test_the_year_before_told_at_length_and_what_an_item_fell_to() -> None:
    figures = read(
        "“三公”经费预算",
        "今年“三公”经费预算数为80万元,比去年预算数减少6万元,其中因公出国(境)费和公务用车费预算与去年持平。",
        "2024年“三公”经费的预算数和执行数一致。具体来看,预算总数为86万元,其中因公出国(境)费50万元;公务接待费36万元。",
        "2025年预算数与上述数字相比,只是公务接待费一项由36万元减至30万元。",
    )
    assert [(f.account, f.year, f.measure.value, str(f.amount)) for f in figures] == [
        ("三公经费", 2025, "金额", "80万元"), ("三公经费", 2025, "增减额", "-6万元"),
        ("因公出国（境）费", 2025, "增减额", "0万元"), ("公务用车购置及运行费", 2025, "增减额", "0万元"),
        ("三公经费", 2024, "金额", "86万元"), ("因公出国（境）费", 2024, "金额", "50万元"),
        ("公务接待费", 2024, "金额", "36万元"), ("公务接待费", 2024, "金额", "36万元"),
        ("公务接待费", 2025, "金额", "30万元"),
    ]  # fmt: skip


def test_a_year_only_compared_with_is_not_gone_into() -> None:
    figures = read(
        "“三公”经费决算",
        "公务用车购置及运行费42万元,与2022年度决算相比减少2万元。其中:公务用车运行维护费42万元。",
        disclosure=FINAL,
    )
    assert one(figures, "公务用车运行维护费").year == 2023


def test_running_costs_of_a_unit_and_a_year_glued_to_an_amount() -> None:
    figures = read(
        "情况说明",
        "3、2023年本单位运行经费支出6.4万元,较20225.9万元增加了0.5万元,增加率为8%,主要是物价上涨。",
        disclosure=FINAL,
    )
    assert [(f.account, str(f.amount), f.reason) for f in figures] == [
        ("机关运行经费", "6.4万元", ""), ("机关运行经费", "0.5万元", "物价上涨"), ("机关运行经费", "8%", "物价上涨"),
    ]  # fmt: skip
    assert not read("情况说明", "网站平台运行经费支出6万元。")


def test_income_under_other_names() -> None:
    figures = read(
        "收支说明",
        "(一)收入情况。本年度预算总收入为376.5万元,比上年减少4.5万元,减少的原因是项目经费减少。",
        "2025年一般收入预算总额较2024年增加收入16万元。按功能分类科目:一般公共服务支出361万元,保障住房支出15.5万元。",
    )
    assert [short(f) for f in figures] == [
        ("收入总计", "合计", "金额", "376.5万元"), ("收入总计", "合计", "增减额", "-4.5万元"),
        ("收入总计", "合计", "增减额", "16万元"), ("201", "合计", "金额", "361万元"), ("221", "合计", "金额", "15.5万元"),
    ]  # fmt: skip
    assert figures[1].reason == "项目经费减少"


def test_the_same_as_last_year_without_a_word_of_comparison() -> None:
    assert moved(read("三公", "因公出国(境)费为0万元,上年持平。")) == [("因公出国（境）费", "增减额", "0万元")]


def test_a_reason_names_another_item_than_the_one_told_last() -> None:
    figures = read("三公", "公务用车运行维护费18万元,同比下降0.8%。“三公”经费预算增长的主要原因:安排了购车。")
    assert not any(f.reason for f in figures)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全区共27个一级预算部门,财政供养人员44人,其中:行政编制财政供养人员15人,事业编制财政供养人员29人。",
         [("一级预算部门", "27个"), ("财政供养人员", "44人"), ("行政编制财政供养人员", "15人"), ("事业编制财政供养人员", "29人")]),
        ("在岗职工34人,其中:在编人员21人,聘用人员13人。", [("在职人员", "34人"), ("在编人员", "21人"), ("聘用人员", "13人")]),
        ("在编职工47人,非在编职工7人。", [("在职人员", "47人")]),
        ("在编教职工61人(其中:专任教师60人,工勤技能1),高级教师8人;退休教职工52人。",
         [("在职人员", "61人"), ("专任教师", "60人"), ("工勤人员", "1人"), ("高级教师", "8人"), ("退休人员", "52人")]),
        ("医院设临床科室34个、医技(辅)科室9个,高级职称45人。",
         [("临床科室", "34个"), ("医技科室", "9个"), ("高级职称", "45人")]),
        ("辖6个行政村3个社区,有43个小学教学班,8个幼儿教学班。",
         [("行政村", "6个"), ("社区", "3个"), ("小学教学班", "43个"), ("幼儿教学班", "8个")]),
        ("一所在东街,现有班级15个;一所在西街,现有班级10个。", []),
        ("下设三个事业编制机构。", []),
        ("入编2025年部门预算共5个单位。", [("预算单位", "5个")]),
    ],
)  # fmt: skip
def test_people_offices_and_classes(text: str, expected: list[tuple[str, str]]) -> None:
    assert counted(read("概况", text)) == expected


def test_posts_of_a_part_of_the_whole_are_that_parts() -> None:
    figures = read(
        "人员编制情况", "年末有人员编制61名,其中:机关本级政法专项编制45名,国家干部学院某省分院事业编制16名。"
    )
    assert [(f.account, str(f.amount), f.entity) for f in figures] == [
        ("编制人数", "61名", ""), ("政法专项编制", "45名", "机关本级"), ("事业编制", "16名", "国家干部学院某省分院"),
    ]  # fmt: skip


def test_staff_among_duties_is_counted_and_nothing_else() -> None:
    figures = read(
        ("第一部分 概况", "一、主要职责"),
        "1、负责全县3个社区的服务,管理资金50万元。",
        "2、完成招商引资8,000万元,指导12个行政村。",
        "内设机构11个。行政编制20人,事业编制30人。",
    )
    assert [short(f)[0::3] for f in figures] == [("内设机构", "11个"), ("行政编制", "20人"), ("事业编制", "30人")]


@pytest.mark.parametrize("heading", ["、部门收支情况", "二、部门收支情况。", "二、部门收支情况:"])
def test_a_heading_ends_duties_though_it_is_printed_badly(heading: str) -> None:
    figures = read(("第一部分 概况", "一、主要职责"), "1、负责统计工作。", heading, "2025年收入预算80万元。")
    assert [short(f)[0::3] for f in figures] == [("收入总计", "80万元")]


def test_a_paper_that_does_not_tell_its_year_has_no_year_before() -> None:
    undated = replace(BUDGET, year=0)
    figures = read("收支", "收入预算8万元,比上年9万元减少1万元。", disclosure=undated)
    assert [(short(f)[3], f.year, f.compared) for f in figures] == [("8万元", 0, None), ("-1万元", 0, None)]


def test_a_paper_that_does_not_tell_its_year_says_so() -> None:
    text = "某县档案馆部门预算\n一、收支情况\n本年度收入预算8万元,比上年减少1万元。\n"
    record = ingest_bytes("某县档案馆部门预算.txt", text.encode(), Settings())
    assert record.warnings == ("文件没有写明是哪一年度的，其中金额的年度不明。",)
    assert {(str(f.amount), f.year, f.compared) for f in record.figures} == {("8万元", 0, None), ("-1万元", 0, None)}
    dated = ingest_bytes("某县档案馆部门预算.txt", text.replace("本年度", "2024年").encode(), Settings())
    assert dated.disclosure.year == 2024
    assert not dated.warnings


def test_like_for_like_and_sums_up_to_the_day() -> None:
    figures = read(
        "“三公”经费预算",
        "其中:因公出国(境)费同口径比2024年减少9万元,下降15.3%。公务接待费支出20万元,比上年累计支出25万元减少5万元,下降20%。",
    )
    assert [(f.account, f.year, f.measure.value, str(f.amount)) for f in figures] == [
        ("因公出国（境）费", 2025, "增减额", "-9万元"), ("因公出国（境）费", 2025, "增减率", "-15.3%"),
        ("公务接待费", 2025, "金额", "20万元"), ("公务接待费", 2024, "金额", "25万元"),
        ("公务接待费", 2025, "增减额", "-5万元"), ("公务接待费", 2025, "增减率", "-20%"),
    ]  # fmt: skip


def test_what_a_change_were_without_a_part_of_it_is_none() -> None:
    assert not moved(read("三公", "“三公”经费预算80万元。剔除公务用车购置经费,“三公”经费预算同比下降3.7%。"))


def test_the_three_named_one_by_one_and_together() -> None:
    text = "公务接待费、因公出国(境)费、公车运行费(“三公”经费)决算总额271万元,比上年下降1.8%。"
    figures = read("决算汇总", text, disclosure=FINAL)
    assert [(f.account, str(f.amount)) for f in figures] == [("三公经费", "271万元"), ("三公经费", "-1.8%")]


def test_a_reason_ends_where_the_next_item_has_its_amount() -> None:
    figures = read(
        "“三公”经费预算",
        "公务用车运行费15万元,比2024年预算减少17万元,主要原因是严控用车,公务用车购置费0万元,三、2025年公务接待费预算20万元,与2024年预算持平。",
    )
    assert one(figures, "公务用车运行维护费", Measure.CHANGE).reason == "严控用车"
    assert str(one(figures, "公务用车购置费").amount) == "0万元"
    assert str(one(figures, "公务接待费").amount) == "20万元"


def test_cars_told_behind_their_number_and_nobody_going_abroad() -> None:
    figures = read(
        "“三公”经费",
        "公务用车保有量2辆,购置及运行维护费5万元。无因公出国(境)人数。因公出国(境)费用没有,原因是压缩开支。",
    )
    assert [(f.account, f.measure.value, str(f.amount) if f.amount else "") for f in figures] == [
        ("公务用车保有量", "数量", "2辆"), ("公务用车购置及运行费", "金额", "5万元"),
        ("因公出国（境）人次数", "数量", ""), ("因公出国（境）费", "金额", ""),
    ]  # fmt: skip


def test_offices_of_courts_and_police_and_of_another_unit() -> None:
    figures = read(
        "机构设置",
        "全院设有5个内设庭室、基层设有3个人民法庭、独立核算机构为1个。",
        "执法勤务机构10个,内设股级机构23个。妇女儿童服务中心成立于1986年,科级建制,编制5人。",
    )
    assert [(f.account, str(f.amount), f.entity) for f in figures] == [
        ("内设机构", "5个", ""), ("派出法庭", "3个", ""), ("预算单位", "1个", ""), ("执法勤务机构", "10个", ""),
        ("内设机构", "23个", ""), ("编制人数", "5人", "妇女儿童服务中心"),
    ]  # fmt: skip


def test_guests_and_what_they_cost() -> None:
    figures = read(
        "“三公”经费决算情况",
        "国内公务接待67批次,660人次,共12.8万元。",
        "公务接待费4万元,接待74批(次)813人,同比去年1.5万元增加2.5万元。车辆购置支出0万元,车辆运行维护费支出3万元,比去年4万元少1万元。",
        disclosure=FINAL,
    )
    assert [(f.account, f.year, f.measure.value, str(f.amount)) for f in figures] == [
        ("国内公务接待批次", 2023, "数量", "67批次"), ("国内公务接待人次", 2023, "数量", "660人次"),
        ("国内公务接待费", 2023, "金额", "12.8万元"), ("公务接待费", 2023, "金额", "4万元"),
        ("国内公务接待批次", 2023, "数量", "74批"), ("国内公务接待人次", 2023, "数量", "813人"),
        ("公务接待费", 2022, "金额", "1.5万元"), ("公务接待费", 2023, "增减额", "2.5万元"),
        ("公务用车购置费", 2023, "金额", "0万元"), ("公务用车运行维护费", 2023, "金额", "3万元"),
        ("公务用车运行维护费", 2022, "金额", "4万元"), ("公务用车运行维护费", 2023, "增减额", "-1万元"),
    ]  # fmt: skip


def test_the_three_against_the_three_of_the_year_before() -> None:
    figures = read(
        "决算情况",
        "我局“三公”经费公共预算财政拨款支出74.6万元。2023年“三公”经费决算数据比2022年“三公”经费决算数据减少16.5万元,下降18%。",
        "公车购置及运行费99万元,比上年下降2.4%,主要是车辆减少,2023年公务用车购置数及保有量分别为1辆和13辆。"
        "因公出国(境)费增加2万元。因公出国(境)费增加主要是受任务增加影响。",
        disclosure=FINAL,
    )
    assert [(f.account, str(f.amount), f.reason) for f in figures] == [
        ("三公经费", "74.6万元", ""), ("三公经费", "-16.5万元", ""), ("三公经费", "-18%", ""),
        ("公务用车购置及运行费", "99万元", ""), ("公务用车购置及运行费", "-2.4%", "车辆减少"),
        ("公务用车购置数", "1辆", ""), ("公务用车保有量", "13辆", ""),
        ("因公出国（境）费", "2万元", "受任务增加影响"),
    ]  # fmt: skip


def test_holdings_told_behind_a_label_among_tasks() -> None:
    figures = read(
        ("一、部门概况", "(二)主要工作任务及目标"),
        "推进民主监督,走访委员120人。",
        "(三)部门预算单位名称:某县政协机关,无下属单位。",
        "编制9人,现有在职人员8人。固定资产有房屋310平方米,价值26元;轿车2辆,价值68元。",
    )
    assert [(f.account, str(f.amount)) for f in figures if f.amount] == [
        ("编制人数", "9人"), ("在职人员", "8人"), ("房屋", "310平方米"), ("房屋", "26元"), ("轿车", "2辆"), ("轿车", "68元"),
    ]  # fmt: skip
