"""Prose of disclosures, worked out by hand: sentences of our own in the phrasing of several provinces."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.disclosure import Basis, Disclosure, Level, Paragraph, Section, Span
from corpus.figure import Figure, Measure, Scheme
from corpus.money import Absence, mentions, normalise
from ingest.prose.clauses import Kind, compact, events, mended
from ingest.prose.grammar import read_lead
from ingest.prose.narrative import bare_reasons, prose_figures, unplaced

SHARED = Path(__file__).resolve().parents[2] / "shared"
BUDGET = Disclosure("甲.pdf", "", "", "某市统计局", Level.UNIT, 2025, Basis.BUDGET, "", "pdf", 9)
FINAL = Disclosure("乙.pdf", "", "", "某县统计局", Level.DEPARTMENT, 2023, Basis.FINAL, "", "pdf", 9)


def paragraph(text: str) -> Paragraph:
    text = normalise(text)
    return Paragraph(text, (Span(0, len(text), 3, None),))


def read(title: str | tuple[str, ...], *texts: str, disclosure: Disclosure = BUDGET) -> list[Figure]:
    path = (title,) if isinstance(title, str) else title
    return prose_figures([Section(path, tuple(map(paragraph, texts)))], disclosure, [])


def short(figure: Figure) -> tuple[str, str, str, str]:
    """Account (its code where it has one), component, measure, amount."""
    amount = f"{figure.amount.value}{figure.amount.unit}" if figure.amount else str(figure.absence)
    return figure.code or figure.account, figure.component, figure.measure, amount


def one(figures: list[Figure], account: str, measure: Measure = Measure.AMOUNT, **parts: object) -> Figure:
    found = [
        f
        for f in figures
        if account in (f.account, f.code) and f.measure is measure and all(getattr(f, k) == v for k, v in parts.items())
    ]
    assert len(found) == 1, [short(f) for f in figures]
    return found[0]


def test_income_with_change_and_rate() -> None:
    figures = read("一、收支总体情况", "某市统计局2025年收入预算为1,250.40万元,比2024年预算数增加30.20万元,增长2.48%。")
    assert [short(f) for f in figures] == [
        ("收入总计", "合计", "金额", "1250.40万元"),
        ("收入总计", "合计", "增减额", "30.20万元"),
        ("收入总计", "合计", "增减率", "2.48%"),
    ]
    assert all(f.flow == "收入" and f.funding == "全部" and f.year == 2025 for f in figures)
    assert figures[1].compared == 2024
    assert figures[1].whole == ""


def test_list_of_sources_under_an_announcement() -> None:
    figures = read(
        "收支情况",
        "(一)收入预算为60.00万元,具体情况如下:",
        "1.财政拨款收入60.00万元,其中一般公共预算拨款收入58.00万元,政府性基金拨款收入2.00万元;",
        "2.事业收入0.00万元;",
        "3.上年结转结余0万元。",
    )
    assert [short(f)[0] for f in figures] == [
        "收入总计", "财政拨款", "一般公共预算拨款", "政府性基金预算拨款", "事业收入", "上年结转结余",
    ]  # fmt: skip
    assert {f.scheme for f in figures[1:]} == {Scheme.SOURCE}


def test_parts_inherit_the_funding_of_their_whole() -> None:
    figures = read("支出", "1.财政拨款基本支出90.00万元,其中,人员支出70.00万元,公用支出20.00万元;")
    assert [(f.component, f.funding) for f in figures] == [
        ("基本支出", "财政拨款"), ("人员经费", "财政拨款"), ("公用经费", "财政拨款"),
    ]  # fmt: skip
    figures = read(
        "五、一般公共预算基本支出情况说明",
        "一般公共预算基本支出90.00万元,其中:",
        "人员经费70.00万元,主要包括:基本工资。",
    )
    assert one(figures, "本年支出合计", component="人员经费").funding == "一般公共预算"


@pytest.mark.parametrize(
    "text",
    [
        "一般公共服务支出(类)统计信息事务(款)专项普查活动(项)25.00万元,主要用于普查。",
        "“一般公共服务支出-统计信息事务-专项普查活动”科目25.00万元。",
        "2010507-专项普查活动25.00万元。",
        "专项普查活动(2010507),2025年度预算数为25.00万元。",
        "1、一般公共服务(类)统计信息事务(款)专项普查活动(项)。主要用于普查。2025年预算安排25.00万元。",
    ],
)
def test_functional_items_find_their_code(text: str) -> None:
    figure = one(read("二、一般公共预算财政拨款支出情况", text), "2010507")
    assert short(figure) == ("2010507", "合计", "金额", "25.00万元")
    assert (figure.flow, figure.funding, figure.account) == ("支出", "一般公共预算", "专项普查活动")
    assert figure.path == ("一般公共服务支出", "统计信息事务")


def test_final_accounts_tell_opening_adjusted_and_final_apart() -> None:
    figures = read(
        "(三)一般公共预算财政拨款支出决算具体情况",
        "财政拨款支出年初预算为0万元,全年预算为52.00万元,支出决算为51.32万元,完成全年预算的98.69%。"
        "决算数小于全年预算数的主要原因:人员变动。",
        disclosure=FINAL,
    )
    assert [(f.basis, short(f)[3]) for f in figures] == [
        (Basis.INITIAL, "0万元"), (Basis.ADJUSTED, "52.00万元"), (Basis.FINAL, "51.32万元"), (Basis.FINAL, "98.69%"),
    ]  # fmt: skip
    assert figures[3].measure is Measure.COMPLETION
    assert figures[3].whole == "全年预算"
    assert [f.reason for f in figures] == ["", "", "人员变动", "人员变动"]
    assert {f.funding for f in figures} == {"一般公共预算"}


def test_item_named_in_one_paragraph_and_told_in_the_next() -> None:
    figures = read(
        "(三)一般公共预算财政拨款支出决算具体情况",
        "1、一般公共服务支出(类)统计信息事务(款)行政运行(项)。",
        "年初预算为200.00万元,支出决算为210.00万元,完成年初预算的105.00%。",
        disclosure=FINAL,
    )
    assert {f.code for f in figures} == {"2010501"}
    assert one(figures, "2010501", Measure.COMPLETION).amount.value == Decimal("105.00")  # type: ignore[union-attr]


def test_signs_follow_the_direction_words() -> None:
    figures = read("收入", "2025年收入预算96.50万元,比上年减少3.50万元,下降3.5%。支出预算96.50万元,增长-3.5%。")
    assert [f.value for f in figures if f.measure is not Measure.AMOUNT] == [
        Decimal("-3.50"), Decimal("-3.5"), Decimal("-3.5"),
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["与上年持平", "较2024年预算无变化", "与2024年预算数相同", "比上年预算保持不变"])
def test_sameness_is_a_change_of_zero(words: str) -> None:
    figures = read("三公", f"公务接待费1.50万元,{words},主要原因是控制接待。")
    change = one(figures, "公务接待费", Measure.CHANGE)
    assert (change.value, change.compared, change.reason) == (Decimal(0), 2024, "控制接待")


def test_sameness_beside_a_printed_zero_is_not_stated_twice() -> None:
    figures = read("三公", "公务接待费1.50万元,比上年增加0.00万元,增长0.00%,与上年持平。")
    assert [short(f)[2:] for f in figures] == [("金额", "1.50万元"), ("增减额", "0.00万元"), ("增减率", "0.00%")]


def test_what_is_not_there_has_no_amount() -> None:
    figures = read("三、政府性基金", "本单位2025年没有使用政府性基金预算拨款安排的支出。")
    assert short(figures[0]) == ("本年支出合计", "合计", "金额", "no_data")
    assert (figures[0].funding, figures[0].absence, figures[0].amount) == ("政府性基金", Absence.NO_DATA, None)
    assert "没有使用" in figures[0].locator.quote
    figures = read("三公", "本单位无“三公”经费预算。")
    assert short(figures[0]) == ("三公经费", "合计", "金额", "no_data")


def test_a_printed_zero_overtakes_the_absence() -> None:
    figures = read("三、政府性基金", "2025年没有使用政府性基金预算拨款安排支出,预算数为0万元。")
    assert [short(f)[3] for f in figures] == ["0万元"]


def test_reason_of_its_own_sentence_explains_the_sentence_before() -> None:
    figures = read(
        "三公",
        "其中:公务用车运行费2.00万元,比上年减少1.00万元;公务用车购置费0万元,与上年持平。主要原因是:车辆报废。",
    )
    assert [f.reason for f in figures if f.measure is Measure.CHANGE] == ["车辆报废", "车辆报废"]


def test_reason_inside_the_sentence_explains_its_own_account_only() -> None:
    figures = read(
        "支出",
        "其中:教育支出比上年减少6.50万元,主要原因是压减经费;科学技术支出比上年增加1.20万元,主要是新增课题。",
    )
    assert [(f.code, f.reason) for f in figures] == [("205", "压减经费"), ("206", "新增课题")]


def test_reason_goes_on_over_semicolons_until_the_next_amount() -> None:
    text = "本年支出预算50.00万元,比上年减少2.00万元,主要原因一是压减公用经费;二是项目减少。其中:教育支出减少1.00万元。"
    figures = read("支出", text)
    assert one(figures, "本年支出合计", Measure.CHANGE).reason == "一是压减公用经费;二是项目减少"
    assert one(figures, "205", Measure.CHANGE).reason == ""


def test_cause_put_before_the_change() -> None:
    figures = read("支出", "由于人员增加,基本支出比上年增加20.00万元。项目支出比上年增加5.00万元。")
    assert [(f.component, f.reason) for f in figures] == [("基本支出", "人员增加"), ("项目支出", "")]


def test_changes_told_inside_a_reason() -> None:
    figures = read(
        "支出", "支出预算50.00万元。支出较去年增加5.00万元,主要是基本支出预算增加2.00万元,项目支出预算增加3.00万元。"
    )
    assert one(figures, "支出总计", Measure.CHANGE).reason == "基本支出预算增加2.00万元,项目支出预算增加3.00万元"
    assert one(figures, "本年支出合计", Measure.CHANGE, component="基本支出").value == Decimal("2.00")
    assert one(figures, "本年支出合计", Measure.CHANGE, component="项目支出").value == Decimal("3.00")


def test_reason_for_totals_finds_the_changes_it_speaks_of() -> None:
    figures = read(
        "编制说明",
        "收入预算80.00万元,其中:财政拨款收入80.00万元,比2024年预算增加8.00万元;事业收入0万元。",
        "支出预算80.00万元,其中:财政拨款支出预算80.00万元,比2024年预算增加8.00万元。政府性基金拨款支出预算0万元,与2024年预算持平。",
        "财政拨款收入支出增加的主要原因是新增项目。",
    )
    assert [f.reason for f in figures if f.measure is Measure.CHANGE] == ["新增项目", "新增项目", ""]


def test_sum_of_several_accounts_is_nobodys_unless_zero() -> None:
    figures = read("支出", "上缴上级支出、经营支出、对附属单位补助支出共0.00万元。", "基本支出、项目支出共5.00万元。")
    assert [(f.component, str(f.value)) for f in figures] == [
        ("上缴上级", "0.00"), ("经营支出", "0.00"), ("对附属单位补助", "0.00"),
    ]  # fmt: skip


def test_opening_budget_of_a_budget_is_the_budget() -> None:
    assert read("收入", "2025年初预算收入34.56万元。")[0].basis is Basis.BUDGET


def test_empty_reason_is_listed() -> None:
    section = Section(("收入",), (paragraph("收入预算9.00万元,比上年增加1.00万元。主要原因是。"),))
    assert [f.reason for f in prose_figures([section], BUDGET, [])] == ["", ""]
    assert [place.quote for place in bare_reasons([section], BUDGET)] == ["主要原因是"]


def test_change_after_a_list_belongs_to_the_whole_that_its_rate_fits() -> None:
    # 500 - (-10) = 510 last year, -10 / 510 = -1.96 %; of the carry-over (0) it could not be
    figures = read("一", "预算收入总计500.00万元,其中:本年收入500.00万元,上年结转0万元,比上年减少10.00万元,下降1.96%。")
    assert one(figures, "收入总计", Measure.CHANGE).value == Decimal("-10.00")
    assert one(figures, "收入总计", Measure.RATE).value == Decimal("-1.96")


def test_change_of_the_last_in_a_list_stays_with_it() -> None:
    figures = read("一", "收入预算100.00万元,其中:财政拨款收入80.00万元,比上年增加5.00万元;事业收入20.00万元。")
    assert one(figures, "财政拨款", Measure.CHANGE).value == Decimal("5.00")


def test_change_of_nothing_stays_with_its_own_account() -> None:
    figures = read(
        "支出",
        "支出预算30.00万元,其中:",
        "基本支出30.00万元,占100.00%。",
        "项目支出0万元,比上年预算增加0万元,增长0.00%。",
    )
    assert one(figures, "本年支出合计", Measure.CHANGE).component == "项目支出"
    figures = read("支出", "支出预算30.00万元,其中:基本支出30.00万元,项目支出0万元,比上年预算增加0万元,增长0.00%。")
    assert one(figures, "本年支出合计", Measure.CHANGE).component == "项目支出"


def test_last_year_printed_in_the_comparison() -> None:
    figures = read("三公", "“三公”经费预算为19.69万元,较2024年的21.90万元减少2.21万元,下降10.1%。")
    assert [(f.year, short(f)[2:]) for f in figures] == [
        (2025, ("金额", "19.69万元")), (2024, ("金额", "21.90万元")),
        (2025, ("增减额", "-2.21万元")), (2025, ("增减率", "-10.1%")),
    ]  # fmt: skip


def test_executed_budget_of_last_year() -> None:
    figures = read(
        "二",
        "2.“教育支出(类)普通教育(款)小学教育(项)”5.00万元。2024年当年预算执行数为4.00万元,2025年预算安排5.00万元,比2024年预算执行数增加25.00%。",
    )
    executed = one(figures, "2050202", basis=Basis.EXECUTED)
    assert (executed.year, executed.value) == (2024, Decimal("4.00"))
    assert one(figures, "2050202", Measure.RATE).whole == "2024年预算执行数"


def test_against_the_opening_budget_is_another_fact_than_against_last_year() -> None:
    figures = read("运行", "机关运行经费支出45.10万元,比年初预算数减少4.90万元,比上年增加1.00万元。", disclosure=FINAL)
    against_plan, against_year = [f for f in figures if f.measure is Measure.CHANGE]
    assert (against_plan.compared, against_plan.whole) == (2023, "2023年年初预算")
    assert (against_year.compared, against_year.whole) == (2022, "")
    assert against_plan.fact != against_year.fact


def test_shares_keep_their_whole() -> None:
    figures = read(
        "三、支出", "支出预算50.00万元,其中:基本支出30.00万元,占总支出预算60.00%;项目支出20.00万元,占40.00%。"
    )
    shares = [f for f in figures if f.measure is Measure.SHARE]
    assert [(f.component, f.value, f.whole) for f in shares] == [
        ("基本支出", Decimal("60.00"), "总支出预算"), ("项目支出", Decimal("40.00"), "支出总计"),
    ]  # fmt: skip


def test_one_number_for_income_and_expenditure() -> None:
    figures = read(
        "一", "2023年度收、支总计均为868.55万元。与2022年度相比,收、支总计各增加68.55万元。", disclosure=FINAL
    )
    assert [short(f)[0] for f in figures] == ["收入总计", "支出总计"] * 2
    assert [f.measure for f in figures][2:] == [Measure.CHANGE, Measure.CHANGE]


def test_respectively() -> None:
    figures = read("支出", "2025年基本支出、项目支出分别为30.00万元、20.00万元,分别占60.00%、40.00%。")
    assert [(f.component, str(f.value)) for f in figures] == [
        ("基本支出", "30.00"), ("项目支出", "20.00"), ("基本支出", "60.00"), ("项目支出", "40.00"),
    ]  # fmt: skip


def test_three_public_expenses_and_what_they_paid_for() -> None:
    figures = read(
        "七、财政拨款“三公”经费支出决算情况说明",
        "“三公”经费财政拨款支出预算为4.50万元,支出决算为3.20万元,完成预算的71.11%,其中:公务用车购置及运行维护费支出决算为2.70万元,占84.38%。",
        "公务用车运行维护费支出2.70万元,公务用车保有量为1辆。国内公务接待共12批次,96人次,共计支出0.50万元。",
        disclosure=FINAL,
    )
    assert one(figures, "三公经费", basis=Basis.BUDGET).value == Decimal("4.50")
    assert one(figures, "三公经费", basis=Basis.FINAL).value == Decimal("3.20")
    assert one(figures, "公务用车购置及运行费", Measure.SHARE).value == Decimal("84.38")
    assert one(figures, "公务用车保有量", Measure.COUNT).value == Decimal(1)
    assert one(figures, "国内公务接待批次", Measure.COUNT).value == Decimal(12)
    assert one(figures, "国内公务接待人次", Measure.COUNT).value == Decimal(96)
    assert one(figures, "国内公务接待费").value == Decimal("0.50")
    assert {(f.flow, f.funding) for f in figures} == {("支出", "财政拨款")}


def test_aside_in_brackets_does_not_take_over() -> None:
    text = "公务用车购置及运行费8.00万元(其中:公务用车购置费0万元,公务用车运行费8.00万元),比上年减少2.00万元。"
    assert one(read("三公", text), "公务用车购置及运行费", Measure.CHANGE).value == Decimal("-2.00")


def test_what_an_item_is_paid_from_is_no_total() -> None:
    text = "因公出国(境)费支出预算0.50万元(其中:一般公共预算支出0.50万元;政府性基金预算支出0万元),支出决算0.40万元。"
    figures = read("三公", text, disclosure=FINAL)
    assert {f.account for f in figures} == {"因公出国（境）费"}
    assert [(f.funding, f.basis, str(f.value)) for f in figures] == [
        ("财政拨款", Basis.BUDGET, "0.50"),
        ("一般公共预算", Basis.BUDGET, "0.50"),
        ("政府性基金", Basis.BUDGET, "0"),
        ("财政拨款", Basis.FINAL, "0.40"),
    ]


def test_bare_funding_speaks_of_the_item_before_it() -> None:
    figures = read("其他", "(一)单位运行经费:2025年财政拨款预算16.00万元,比上年增加1.00万元。")
    assert {f.account for f in figures} == {"机关运行经费"}
    assert read("(二)公务接待费", "2025年财政拨款预算3.00万元。")[0].account == "公务接待费"


def test_a_sum_speaks_of_the_whole_not_of_the_last_part() -> None:
    figures = read("五、一般公共预算支出", "教育支出4.00万元,占40.00%;卫生健康支出6.00万元,占60.00%。合计10.00万元。")
    assert one(figures, "本年支出合计").value == Decimal("10.00")
    assert one(figures, "210").value == Decimal("6.00")


def test_classes_named_without_the_word_for_expenditure() -> None:
    figures = read(
        "四、财政拨款收支预算", "财政拨款收支总预算10.00万元。按支出:一般公共服务4.00万元,卫生健康6.00万元。"
    )
    assert [(f.code, f.funding) for f in figures if f.code] == [("201", "财政拨款"), ("210", "财政拨款")]


def test_procurement() -> None:
    figures = read(
        "(二)政府采购支出情况",
        "政府采购支出总额80.00万元,其中:政府采购货物支出30.00万元、政府采购工程支出0万元、政府采购服务支出50.00万元。"
        "授予中小企业合同金额80.00万元,占政府采购支出总额的100.00%,其中:授予小微企业合同金额60.00万元。",
        disclosure=FINAL,
    )
    assert [short(f)[0] for f in figures if f.measure is Measure.AMOUNT] == [
        "政府采购", "货物", "工程", "服务", "授予中小企业合同", "授予小微企业合同",
    ]  # fmt: skip


def test_holdings_and_purchases_are_kept_apart() -> None:
    figures = read(
        "(三)国有资产占有使用情况",
        "截至2024年12月31日,某市统计局共有车辆2辆,其中:机要通信用车1辆、其他用车1辆;单价100万元(含)以上设备(不含车辆)3台(套)。",
        "2025年预算安排购置车辆1辆,单价100万元以上设备0台(套)。",
    )
    assert [(f.account, str(f.value), f.year) for f in figures] == [
        ("车辆", "2", 2024), ("机要通信用车", "1", 2024), ("其他用车", "1", 2024), ("单价100万元以上设备", "3", 2024),
        ("购置车辆", "1", 2025), ("购置单价100万元以上设备", "0", 2025),
    ]  # fmt: skip


def test_values_of_holdings() -> None:
    figures = read("国有资产占用使用情况", "1.房屋29.00平方米,价值27.76万元。", "2.无形资产471项234.37万元。")
    assert [(f.account, f.measure, f.amount.unit) for f in figures if f.amount] == [
        ("房屋", Measure.COUNT, "平方米"), ("房屋", Measure.AMOUNT, "万元"),
        ("无形资产", Measure.COUNT, "项"), ("无形资产", Measure.AMOUNT, "万元"),
    ]  # fmt: skip


def test_staff_and_offices() -> None:
    figures = read("二、机构设置情况", "某市统计局内设9个科室,核定编制21名,实有人员18名,退休人员3名。")
    assert [(f.account, str(f.value)) for f in figures] == [
        ("内设机构", "9"), ("编制人数", "21"), ("实有人员", "18"), ("退休人员", "3"),
    ]  # fmt: skip


def test_those_in_post_and_the_retired_among_all() -> None:
    figures = read("二、机构设置情况", "编制人数共计83人,实有人数共计105人,其中:在职人数76人,退休人数29人。")
    assert [(f.account, str(f.value)) for f in figures] == [
        ("编制人数", "83"), ("实有人员", "105"), ("在职人员", "76"), ("退休人员", "29"),
    ]  # fmt: skip


def test_performance() -> None:
    figures = read(
        "(四)绩效目标设置情况", "纳入绩效目标管理的项目3个,涉及一般公共预算拨款18.00万元、政府性基金预算拨款0万元。"
    )
    assert [(f.account, f.measure, f.funding, str(f.value)) for f in figures] == [
        ("绩效目标项目", Measure.COUNT, "全部", "3"),
        ("绩效目标项目", Measure.AMOUNT, "一般公共预算", "18.00"),
        ("绩效目标项目", Measure.AMOUNT, "政府性基金", "0"),
    ]


def test_project_and_its_parts() -> None:
    path = ("数据治理专项(政策资金)经费情况说明", "六、年度预算安排")
    figures = read(path, "2025年度项目总预算17.00万,其中支持企业上云10.00万,支持稳增长7.00万,合计17.00万。")
    assert [(f.account, str(f.value), f.path) for f in figures] == [
        ("数据治理专项", "17.00", ()),
        ("支持企业上云", "10.00", ("数据治理专项",)),
        ("支持稳增长", "7.00", ("数据治理专项",)),
    ]  # fmt: skip
    assert {f.component for f in figures} == {"项目支出"}


def test_definitions_duties_and_thresholds_yield_nothing() -> None:
    assert read("第三部分 名词解释", "一、基本支出:指5.00万元以内的支出。") == []
    assert read("一、主要职责", "负责10.00万元以上项目的审批。") == []
    assert read("支出", "对单项400.00万元以上的基本建设项目进行评审。") == []


def test_unknown_accounts_are_left_alone_and_listed() -> None:
    section = Section(("其他说明",), (paragraph("十三五期间科研经费总量达到36.9亿元,比上年增加2.00亿元。"),))
    assert prose_figures([section], BUDGET, []) == []
    assert [u.printed for u in unplaced([section], BUDGET, [])] == ["36.9亿元", "2.00亿元"]


def test_broken_paragraphs_are_mended() -> None:
    halves = [
        paragraph("2025年度一般公共预算支出18.27万元(不含市对区转"),
        paragraph("移支付项目),比2024年预算数增加2.17万元,增长13.48%。"),
    ]
    whole = mended(halves)
    assert len(whole) == 1
    assert whole[0].spans[1].start == len(halves[0].text)
    figures = prose_figures([Section(("二、一般公共预算",), tuple(halves))], BUDGET, [])
    assert one(figures, "本年支出合计", Measure.CHANGE).value == Decimal("2.17")


def test_blanks_of_justified_lines_do_not_matter_and_places_stay_exact() -> None:
    text = "机 关 运 行 经 费 10.00 万 元 。"
    xs = tuple(float(10 * at) for at in range(len(text) + 1))
    held = Paragraph(text, (Span(0, len(text), 7, (0.0, 50.0, xs[-1], 62.0), xs),))
    figure = prose_figures([Section(("(一)机关运行经费",), (held,))], BUDGET, [])[0]
    assert figure.value == Decimal("10.00")
    assert figure.locator.page == 7
    # "机" begins at 0, "元" is character 20: its right edge stands at 10 * 21
    assert figure.locator.bbox == (0.0, 50.0, 210.0, 62.0)


def test_numbers_against_each_other_keep_their_units() -> None:
    assert [(m.printed, m.unit) for m in mentions("471项234.37万元,96人次")] == [
        ("471项", "项"), ("234.37万元", "万元"), ("96人次", "人次"),
    ]  # fmt: skip


def test_leads() -> None:
    assert read_lead("比2024年预算数增加", "万元", 2025).sign == 1
    assert read_lead("较上年执行数下降", "%", 2025).compared is not None
    assert read_lead("完成年初预算的", "%", 2025).measure is Measure.COMPLETION
    assert read_lead("占总支出预算", "%", 2025).measure is Measure.SHARE
    assert [e.kind for e in events(compact(paragraph("比上年增加1.00万元,主要原因是人员增加。")).text)] == [
        Kind.AMOUNT, Kind.REASON, Kind.STOP,
    ]  # fmt: skip


TEXTS = {
    "厦门市政务服务保障中心2026年单位预算.txt": 55,
    "厦门市行政审批管理局2024年部门预算.txt": 60,
    "晋城市政务服务中心2026年单位预算.txt": 80,
    "泉州市12345政务服务便民热线中心2026年单位预算.txt": 60,
    "阜康市数据资源和政务服务中心2026年单位预算.txt": 100,
}


@pytest.mark.parametrize(("name", "least"), TEXTS.items())
def test_shared_texts_are_placed_whole(name: str, least: int) -> None:
    path = SHARED / "disclosures" / name
    if not path.exists():
        pytest.skip("the shared disclosures are not here")
    from ingest.grids.joining import join
    from ingest.layout.identity import identify
    from ingest.layout.layout import lay_out
    from ingest.readers.text import read_text

    pages = join(read_text(path.read_bytes()))
    layout = lay_out(pages)
    disclosure = identify(name, path.read_bytes(), layout, pages)
    figures = prose_figures(layout.sections, disclosure, [])
    assert len(figures) >= least
    assert len({f.id for f in figures}) == len(figures)
    assert [u.printed for u in unplaced(layout.sections, disclosure, []) if not u.zone] == []


def test_vehicles_bought_and_held_are_told_apart() -> None:
    for text in (
        "公务用车购置100辆,保有量345辆。",
        "公务用车购置及运行费支出900.00万元。其中:公务用车购置支出500.00万元,公务用车购置100辆,保有量345辆。",
        "2025年使用一般公共预算财政拨款购置公务用车100辆,开支财政拨款的公务用车保有量为345辆。",
    ):
        figures = read(("三公经费情况说明",), text)
        assert one(figures, "公务用车购置数", Measure.COUNT).value == 100
        assert one(figures, "公务用车保有量", Measure.COUNT).value == 345


def test_money_of_performance_targets_is_no_source_of_income() -> None:
    path = ("五、其他重要事项的情况说明", "(四)绩效目标设置情况")
    for text in (
        "对全部项目开展绩效管理。涉及一般公共预算拨款978.00万元,政府性基金预算拨款12.00万元,国有资本经营预算拨款0万元。",
        "所有项目均编制绩效目标,涉及一般公共预算拨款978.00万元、政府性基金预算拨款12.00万元。",
        "实行绩效目标管理的二级项目1个,涉及一般公共预算拨款978.00万元、政府性基金预算拨款12.00万元。",
        "预算安排项目共2个,其中:财政拨款项目涉及预算金额978.00万元;非财政拨款项目涉及预算金额12.00万元。",
    ):
        figures = read(path, text)
        assert {f.scheme for f in figures} == {Scheme.PERFORMANCE}, text
        assert [f.value for f in figures if f.measure is Measure.AMOUNT][:2] == [978, 12]


DEPARTMENT = replace(BUDGET, level=Level.DEPARTMENT, units=("某市统计局", "某市普查中心", "某市统计调查队"))


def owned(title: str, *texts: str) -> list[tuple[str, str, str]]:
    figures = read(title, *texts, disclosure=DEPARTMENT)
    return [(f.entity, f.measure.value, f"{f.value}") for f in figures]


def test_amounts_of_units_below_the_issuer_are_theirs() -> None:
    assert owned(
        "部门支出预算说明", "2025年支出预算100.00万元。其中:局本级支出预算70.00万元,某市普查中心支出预算30.00万元。"
    ) == [("", "金额", "100.00"), ("局本级", "金额", "70.00"), ("某市普查中心", "金额", "30.00")]
    assert owned("政府采购情况", "2025年政府采购预算5.00万元,其中:某市统计调查队3.00万元、某市普查中心2.00万元。") == [
        ("", "金额", "5.00"),
        ("某市统计调查队", "金额", "3.00"),
        ("某市普查中心", "金额", "2.00"),
    ]


def test_a_change_belongs_to_the_unit_its_amount_belongs_to() -> None:
    assert owned(
        "部门支出预算说明",
        "某市普查中心2025年支出预算30.00万元。比上年增加2.00万元。某市统计局2025年支出预算100.00万元,比上年增加5.00万元。",
    ) == [
        ("某市普查中心", "金额", "30.00"), ("某市普查中心", "增减额", "2.00"), ("", "金额", "100.00"), ("", "增减额", "5.00"),
    ]  # fmt: skip


def test_a_unit_named_elsewhere_owns_nothing() -> None:
    text = "局本级、某市普查中心支出预算合计100.00万元,比上年增加5.00万元,主要原因是某市普查中心人员增加。"
    assert owned("部门支出预算说明", text) == [("", "金额", "100.00"), ("", "增减额", "5.00")]


def test_numbers_in_characters_are_left_alone() -> None:
    assert read("三公经费情况说明", "因公出国(境)费零万元。") == []


def test_total_in_yuan_and_a_change_told_in_the_next_paragraph() -> None:
    figures = read(
        "（一）部门财务收入情况",
        "2025年部门财务总收入1000元,其中:一般公共预算900元,国有资本经营收益0元,其他收入100元。",
        "与上年对比减少250元,下降20%,主要原因分析:任务减少。",
    )
    assert str(one(figures, "收入总计").amount) == "1,000元"
    change = one(figures, "收入总计", Measure.CHANGE)
    assert (str(change.amount), change.reason) == ("-250元", "任务减少")
    assert not [f for f in figures if f.account == "其他收入" and f.measure is Measure.CHANGE]
    assert one(figures, "国有资本经营预算拨款").value == 0


def test_bodies_of_vehicles_are_parts_of_all_vehicles() -> None:
    figures = read("“三公”经费", "现有公务用车3辆,其中:轿车2辆,旅行车(含商务车)0辆,越野车1辆。")
    assert [(f.account, str(f.amount)) for f in figures] == [
        ("公务用车保有量", "3辆"), ("轿车", "2辆"), ("旅行车", "0辆"), ("越野车", "1辆"),
    ]  # fmt: skip
    held = read(
        "国有资产占用情况",
        "截至2024年12月底,共有公务用车3辆,其中,机要通信用车1辆,其他按照规定配备的公务用车2辆。2025年拟报废处置公务用车1辆。",
    )
    assert [(f.account, str(f.amount), f.year) for f in held] == [
        ("车辆", "3辆", 2024), ("机要通信用车", "1辆", 2024), ("其他用车", "2辆", 2024), ("处置车辆", "1辆", 2025),
    ]  # fmt: skip


def test_expenditure_by_economic_class_is_of_all_after_the_split_by_component() -> None:
    figures = read(
        "支出预算情况说明",
        "按支出项目类别划分:基本支出70.00万元,其中:工资福利支出50.00万元。项目支出30.00万元。",
        "按支出经济分类划分:工资福利支出50.00万元,较上年增加1.00万元;商品和服务支出50.00万元。",
    )
    assert one(figures, "301", component="合计").value == 50
    assert one(figures, "302").component == "合计"


def test_the_rate_tells_whose_change_it_is() -> None:
    # 45 = 50 - 5 and -5/50 = -10%; the whole's would be -5/65 = -7.69%
    text = "收入预算60.00万元,其中:上年结转15.00万元,一般公共预算拨款收入45.00万元,较上年增加(减少)-5.00万元,增长(下降)-10.00%。"
    change = one(read("收入预算", text), "一般公共预算拨款", Measure.CHANGE)
    assert str(change.amount) == "-5.00万元"
    # 7.11 - 0.92 = 6.19 and 0.92/6.19 = 14.86%: the parts before it are none the chart knows
    cars = "公务用车运行维护费7.11万元,其中:加油3.55万元,维修3.56万元,比上年增加0.92万元,增长14.86%。"
    assert str(one(read("三公经费", cars), "公务用车运行维护费", Measure.CHANGE).amount) == "0.92万元"


def test_projects_listed_after_project_expenditure() -> None:
    figures = read(
        "一般公共预算支出", "项目支出30.00万元。其中:统计普查支出20.00万元,主要用于普查;信息化支出10.00万元。"
    )
    assert [(f.scheme, f.account, str(f.amount)) for f in figures[1:]] == [
        (Scheme.PROJECT, "统计普查支出", "20.00万元"), (Scheme.PROJECT, "信息化支出", "10.00万元"),
    ]  # fmt: skip


def test_small_words_of_other_provinces() -> None:
    figures = read("机关运行经费", "机关运行经费88.00万元,较2024年预算减少(-)2.00万元,减少2.22%。")
    assert str(one(figures, "机关运行经费", Measure.CHANGE).amount) == "-2.00万元"
    income = read("收入预算", "一般公共预算财政拨款收入60.00万元(含上年结转5.00万元)。")
    assert str(one(income, "上年结转结余").amount) == "5.00万元"
    assets = read("国有资产占有使用情况", "截至2024年12月31日,固定资产金额38.55万元。")
    assert str(one(assets, "固定资产").amount) == "38.55万元"
    guests = read("（二）公务接待费", "公务接待费3.10万元,国内公务接待批次为12次,共计接待96人次。")
    assert str(one(guests, "国内公务接待批次", Measure.COUNT).amount) == "12次"


def test_all_staff_are_not_those_in_service() -> None:
    figures = read("机构设置及人员情况", "编制人数共计80人,实有人数共计105人,其中:在职人数76人,退休人数29人。")
    assert [(f.account, str(f.amount)) for f in figures] == [
        ("编制人数", "80人"), ("实有人员", "105人"), ("在职人员", "76人"), ("退休人员", "29人"),
    ]  # fmt: skip


def test_parts_between_semicolons_tell_their_own_changes() -> None:
    text = "“三公”经费28.88万元。其中:因公出国(境)费0万元;公务用车购置费21.08万元,增加21.08万元,主要原因是更新车辆。"
    assert str(one(read("三公经费", text), "公务用车购置费", Measure.CHANGE).amount) == "21.08万元"


def test_a_unit_by_its_name_without_the_region_names_no_account() -> None:
    unit = replace(BUDGET, issuer="云岭州南江县科学技术局")
    text = "南江县科学技术局2025年一般公共预算财政拨款“三公”经费预算合计9.30万元,较上年增加1.32万元,增长16.54%。"
    figures = read("七、“三公”经费", text, disclosure=unit)
    assert [short(f) for f in figures] == [
        ("三公经费", "合计", "金额", "9.30万元"),
        ("三公经费", "合计", "增减额", "1.32万元"),
        ("三公经费", "合计", "增减率", "16.54%"),
    ]
    other = replace(BUDGET, issuer="平州市东城区交通运输局")
    figures = read("机关运行经费", "2025年,区交通运输局机关运行经费预算101.40万元,增加16.22万元。", disclosure=other)
    assert short(figures[0]) == ("机关运行经费", "合计", "金额", "101.40万元")
