"""Counts that change, lists in apposition, numbers without their unit, reasons in other words. Sentences of our own."""

from __future__ import annotations

import pytest
from test_counts_in_prose import counted
from test_narrative import FINAL, one, read, short

from corpus.figure import Figure, Measure, Scheme


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
        "公务用车总数63辆(其中:副部(省)级及以上领导用车0主要领导干部用车3机要通信用车10执法执勤用车32,其他用车18辆)。",
        disclosure=FINAL,
    )
    assert counted(figures) == [
        ("车辆", "63辆"), ("省部级领导干部用车", "0辆"), ("主要领导干部用车", "3辆"), ("机要通信用车", "10辆"),
        ("执法执勤用车", "32辆"), ("其他用车", "18辆"),
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
    text = "因公出国(境)费43万元,同比下降18.87;公务接待费393万元,同比下降9.24%;公务用车运行维护费118万元,同比增长0.8%。"
    assert moved(read("“三公”经费预算情况", text)) == [
        ("因公出国（境）费", "增减率", "-18.87%"), ("公务接待费", "增减率", "-9.24%"),
        ("公务用车运行维护费", "增减率", "0.8%"),
    ]  # fmt: skip
    alone = "因公出国(境)费43万元,同比下降18.87;公务接待费393万元,同比下降9.24%。"
    assert len(moved(read("“三公”经费预算情况", alone))) == 1


def test_changes_left_open_and_numbers_called_figures() -> None:
    figures = read(
        "“三公”经费",
        "因公出国(境)费0元,比上年预算增(减)0元,同比增长(下降)0%。主要是两年来未申报出国。"
        "公务接待费6万元,比上年预算数字下降25%,比上年决算数字下降20%;下降的主要原因都是厉行节约。",
    )
    assert [(f.account, str(f.amount), f.reason) for f in figures if f.measure in (Measure.CHANGE, Measure.RATE)] == [
        ("因公出国（境）费", "0元", "两年来未申报出国"), ("因公出国（境）费", "0%", "两年来未申报出国"),
        ("公务接待费", "-25%", "厉行节约"), ("公务接待费", "-20%", "厉行节约"),
    ]  # fmt: skip
