"""Prose in the wordings of further provinces, worked out by hand: lists under a year, staff by kind of post, non-tax money."""

from __future__ import annotations

from test_narrative import BUDGET, FINAL, one, read

from corpus.figure import Measure


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
