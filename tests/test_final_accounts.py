"""Final accounts as other provinces lay them out and word them: tables as text, sentences of our own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from statement_fixture import disclosure, pick, read, values

from corpus.disclosure import Basis, Disclosure, Level, Paragraph, Section, Span
from corpus.figure import Figure, Measure, Scheme
from corpus.money import normalise
from corpus.record import Record
from ingest.checking.balances import balance_sums
from ingest.checking.lists import listings
from ingest.checking.outcome import Outcome, Verdict
from ingest.checking.rowtotals import row_totals
from ingest.checking.shares import shares, shares_add_up
from ingest.checking.targets import coverage
from ingest.layout.headings import PART, numbered_rank
from ingest.prose.clauses import compact
from ingest.prose.narrative import bare_reasons, prose_figures

WHO = Disclosure("某.txt", "0", "某", "某县农业农村局", Level.DEPARTMENT, 2022, Basis.FINAL, "", "txt", None)
SPLIT = (
    "项目\t\t\t\t本年收入合计\t财政拨款收入\t事业收入\t附属单位上缴收入\n支出功能分类科目编码\t\t\t科目名称\t\t\t\t\n"
)
INCOME = (
    "收入决算表\n单位：万元\n" + SPLIT + "类\t款\t项\t栏次\t1\t2\t3\t4\n合计\t\t\t\t30.00\t28.00\t2.00\t\n"
    "205\t\t\t教育支出\t30.00\t28.00\t2.00\t\n205\t02\t\t普通教育\t30.00\t28.00\t2.00\t\n"
    "205\t02\t03\t初中教育\t30.00\t28.00\t2.00\t\n"
)


def failing(outcomes: list[Outcome]) -> list[tuple[str, str | None]]:
    return [(o.check, o.difference) for o in outcomes if o.verdict is Verdict.FAILS]


def section(title: str, *texts: str) -> Section:
    folded = [normalise(text) for text in texts]
    return Section((title,), tuple(Paragraph(text, (Span(0, len(text), 1, None),)) for text in folded))


def told(title: str, *texts: str) -> list[Figure]:
    return prose_figures([section(title, *texts)], WHO, [])


def record(figures: list[Figure]) -> Record:
    return Record(disclosure(Basis.FINAL), (), (), (), figures=tuple(figures))


def test_income_with_split_codes_is_no_table_of_two_sides() -> None:
    _, (table,), figures = read(INCOME, Basis.FINAL)
    assert table.kind == "income"
    assert values(pick(figures, Scheme.TOTAL, "本年收入合计", funding="全部")) == ["30.00万元"]
    assert failing(balance_sums(record(figures))) == []


def test_a_blank_level_of_merged_headings_stands_above_the_column_numbers() -> None:
    text = (
        "一般公共预算财政拨款支出决算表\n单位：万元\n项目\t\t本年支出\t\t\n科目编码\t科目名称\t小计\t基本支出\t项目支出\n"
        "\t\t\t\t\n栏次\t\t1\t2\t3\n合计\t\t5.00\t4.00\t1.00\n205\t教育支出\t5.00\t4.00\t1.00\n"
    )
    _, (table,), figures = read(text, Basis.FINAL)
    assert table.header_rows == 4
    assert not [f for f in figures if f.locator.row == "栏次"]


def test_economic_classes_that_name_receptions_are_no_table_of_the_three_costs() -> None:
    rows = (("301", "工资福利支出", "9.00"), ("302", "商品和服务支出", "6.00"), ("30212", "因公出国（境）费用", "1.00"),
            ("30217", "公务接待费", "2.00"), ("30231", "公务用车运行维护费", "3.00"))  # fmt: skip
    body = "".join(f"{code}\t{name}\t{amount}\n" for code, name, amount in rows)
    text = f"财政拨款基本支出决算表（经济科目）\n单位：万元\n科目编码\t科目名称\t合计\n合计\t\t15.00\n{body}"
    _, (table,), _ = read(text, Basis.FINAL)
    assert table.kind == "basic_economic"


def test_a_subtotal_under_the_three_costs_is_their_total() -> None:
    text = (
        "“三公”经费及会议费、培训费支出决算表\n单位：万元\n"
        "项目\t财政拨款安排的“三公”经费\t\t\t会议费\t培训费\n\t小计\t公务接待费\t公务用车运行维护费\t\t\n"
        "预算数\t8.00\t3.00\t5.00\t1.00\t2.00\n决算数\t6.00\t2.00\t4.00\t1.00\t1.50\n"
    )
    _, _, figures = read(text, Basis.FINAL)
    assert values(pick(figures, Scheme.THREE_PUBLIC, "三公经费")) == ["8.00万元", "6.00万元"]


def test_counted_column_of_the_three_costs_is_the_final_account() -> None:
    text = (
        "财政拨款“三公”经费情况表\n单位：元\n项目\t行次\t预算数\t决算统计数\n一、“三公”经费支出\t1\t—\t—\n"
        "（一）支出合计\t2\t900.00\t500.00\n1．公务用车运行维护费\t3\t600.00\t300.00\n2．公务接待费\t4\t300.00\t200.00\n"
    )
    _, _, figures = read(text, Basis.FINAL)
    assert values(pick(figures, Scheme.THREE_PUBLIC, "公务接待费", component="合计", basis=Basis.FINAL)) == ["200.00元"]
    assert failing(row_totals(record(figures))) == []


def test_what_the_distributed_balance_went_to_is_no_further_balance() -> None:
    """Forms until 2018 list 提取职工福利基金 and 转入事业基金 under 结余分配."""
    text = (
        "收入支出决算总表\n单位：万元\n收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n一、财政拨款收入\t20.00\t一、教育支出\t17.00\n"
        "本年收入合计\t20.00\t本年支出合计\t17.00\n年初结转和结余\t\t结余分配\t2.00\n\t\t其中：提取职工福利基金\t0.50\n"
        "\t\t转入事业基金\t1.50\n\t\t年末结转和结余\t1.00\n总计\t20.00\t总计\t20.00\n"
    )
    _, _, figures = read(text, Basis.FINAL)
    assert failing(balance_sums(record(figures))) == []


@pytest.mark.parametrize(
    "lead",
    ["1.文化旅游体育与传媒支出（207类）文化和旅游（01款）群众文化（09项）：年初预算数为9.00万元，决算数为",
     "1.文化旅游体育与传媒（类）文化和旅游（款）群众文化（项）：支出决算为"],
)  # fmt: skip
def test_an_item_before_a_colon_is_what_was_spent_on(lead: str) -> None:
    figures = told("一般公共预算财政拨款支出决算具体情况", f"{lead}8.50万元，完成预算的94.44%，主要是活动减少。")
    spent = [f for f in figures if f.measure is Measure.AMOUNT and f.basis is Basis.FINAL]
    assert [(f.code, f.account) for f in spent] == [("2070109", "群众文化")]
    assert {f.reason for f in figures if f.measure is Measure.COMPLETION} == {"活动减少"}


def test_cars_bought_and_cars_held() -> None:
    figures = told(
        "“三公”经费支出决算情况说明",
        "公务用车购置费0万元，更新公务用车0辆。公务用车运行维护费6万元，主要是燃油支出，截至2022年12月31日，公务用车保有量为3辆。",
    )
    counts = {f.account: f.amount.value for f in figures if f.measure is Measure.COUNT and f.amount}
    assert counts == {"公务用车购置数": Decimal(0), "公务用车保有量": Decimal(3)}


def test_no_spending_after_an_item_is_that_items() -> None:
    figures = told("“三公”经费支出决算情况说明", "2022年度无因公出国（境）支出预算，也无支出决算。")
    assert {f.account for f in figures} == {"因公出国（境）费"}


def test_a_reason_over_a_page_break_is_not_bare() -> None:
    before = "固定资产车辆5辆，与公务用车保有量3辆存在差异，差异原因是："
    assert bare_reasons([section("国有资产占用情况", before, "其中2辆为特种专业技术用车。")], WHO) == []
    assert len(bare_reasons([section("国有资产占用情况", before)], WHO)) == 1


def stated(text: str, title: str = "一般公共预算财政拨款支出决算情况说明") -> list[Figure]:
    _, tables, figures = read(
        "支出决算表\n单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n合计\t\t50.00\t30.00\t20.00\n"
        "205\t教育支出\t50.00\t30.00\t20.00\n",
        Basis.FINAL,
    )
    year = replace(WHO, year=disclosure(Basis.FINAL).year)
    return [*figures, *prose_figures([section(title, text)], year, tables)]


@pytest.mark.parametrize(("share", "found"), [("80.00", []), ("90.00", [("占比", "10")])])
def test_a_share_of_all_expenditure_is_held_against_all_expenditure(share: str, found: list[object]) -> None:
    text = (
        f"2024年度一般公共预算财政拨款支出40.00万元，占本年支出合计的{share}%。主要用于以下方面：教育支出（类）30.00万元，"
        "占75.00%；住房保障支出（类）10.00万元，占25.00%。"
    )
    assert failing(shares(record(stated(text)))) == found


def test_a_share_of_something_else_is_not_held_against_procurement() -> None:
    text = (
        "政府采购支出总额10.00万元，授予中小企业合同金额8.00万元，占政府采购支出总额的80.00%，其中：授予小微企业合同金额"
        "6.00万元，占政府采购支出总额的60.00%。对3个项目开展了绩效自评，共涉及资金12.00万元，占一般公共预算项目支出总额的75.00%。"
    )
    figures = stated(text, "其他重要事项的情况说明")
    assert failing(shares(record(figures))) == []
    assert failing(shares_add_up(record(figures))) == []
    assert failing(coverage(record(figures))) == []


def test_chapters_about_another_year() -> None:
    def stated(title: str) -> set[tuple[int, Basis]]:
        return {(f.year, f.basis) for f in told(title, "公务接待费支出3.30万元。")}

    assert stated("附件1 2021年度项目支出绩效评价报告") == {(2021, Basis.FINAL)}
    assert stated("附件2 2023年度部门预算安排") == {(2023, Basis.BUDGET)}
    assert stated("三、2021年度支出决算情况说明") == {(2022, Basis.FINAL)}  # left over from last year's text


def test_income_and_expenditure_change_alike() -> None:
    figures = told(
        "一、收入支出决算总体情况", "2022年度收、支总计30.00万元。与2021年度相比，收支各减少2.00万元，下降6.25%。"
    )
    changes = {(f.account, str(f.amount.value)) for f in figures if f.measure is Measure.CHANGE and f.amount}
    assert changes == {("收入总计", "-2.00"), ("支出总计", "-2.00")}


def test_a_change_is_of_the_total_that_the_tables_print() -> None:
    _, tables, _ = read(
        "收入支出决算总表\n单位：万元\n收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n一、财政拨款收入\t20.00\t一、教育支出\t17.00\n"
        "本年收入合计\t20.00\t本年支出合计\t17.00\n\t\t年末结转和结余\t3.00\n总计\t20.00\t总计\t20.00\n",
        Basis.FINAL,
    )
    text = "3.支出情况。2022年度支出合计17.00万元，较上年决算数减少1.00万元，下降5.56%。"
    figures = prose_figures([section("一、收入支出决算总体情况", text)], WHO, tables)
    assert {f.account for f in figures} == {"本年支出合计"}


def test_guests_from_abroad_and_cars_disposed_of() -> None:
    figures = told(
        "“三公”经费支出决算具体情况",
        "共安排国内公务接待9批次，接待人次80人。共安排国（境）外公务接待0批次，接待人次0人。",
    )
    assert {f.account: str(f.amount.value) for f in figures if f.amount and f.measure is Measure.COUNT} == {
        "国内公务接待批次": "9", "国内公务接待人次": "80", "国（境）外公务接待批次": "0", "国（境）外公务接待人次": "0",
    }  # fmt: skip
    gone = told("国有资产占用情况", "处置车辆0辆，账面原值0.00元。")
    assert {f.account for f in gone} == {"处置车辆"}


def test_a_heading_row_without_amounts_says_nothing_of_its_sum() -> None:
    text = (
        "机构运行信息表\n单位：万元\n项目\t预算数\t决算数\n一、“三公”经费支出\t—\t—\n（一）支出合计\t8.00\t6.00\n"
        "1．因公出国（境）费\t\t\n2．公务用车运行维护费\t5.00\t4.00\n3．公务接待费\t3.00\t2.00\n"
    )
    _, _, figures = read(text, Basis.FINAL)
    assert values(pick(figures, Scheme.THREE_PUBLIC, "三公经费", component="合计")) == ["8.00万元", "6.00万元"]


def test_information_on_how_a_unit_runs() -> None:
    """机构运行信息表 lists the three costs, counts, running costs, vehicles and procurement, each on a line of its own."""
    left = (
        "一、“三公”经费支出\t—\t—", "（一）支出合计\t8.00\t6.00", "1．公务接待费\t8.00\t6.00", "（二）相关统计数\t—\t—",
        "1．国内公务接待批次（个）\t—\t9", "二、会议费\t—\t1.20",
    )  # fmt: skip
    right = (
        "四、机关运行经费\t50.00", "五、资产信息\t—", "（一）车辆数合计（辆）\t3", "1．主要负责人用车\t1",
        "六、政府采购支出信息\t—", "（二）政府采购授予中小企业合同金额\t7.00",
    )  # fmt: skip
    body = "".join(f"{one}\t{other}\n" for one, other in zip(left, right, strict=True))
    text = f"“三公”经费机构运行信息表\n单位：万元\n项目\t预算数\t决算数\t项目\t决算数\n{body}"
    _, (table,), figures = read(text, Basis.FINAL)
    assert table.kind == "three_public"
    final = {(f.scheme, f.account): str(f.amount) for f in figures if f.amount and f.basis is Basis.FINAL}
    assert final == {
        (Scheme.THREE_PUBLIC, "三公经费"): "6.00万元", (Scheme.THREE_PUBLIC, "公务接待费"): "6.00万元",
        (Scheme.THREE_PUBLIC, "国内公务接待批次"): "9个", (Scheme.THREE_PUBLIC, "会议费"): "1.20万元",
        (Scheme.OPERATING, "机关运行经费"): "50.00万元", (Scheme.ASSET, "车辆"): "3辆",
        (Scheme.ASSET, "主要领导干部用车"): "1辆", (Scheme.PROCUREMENT, "授予中小企业合同"): "7.00万元",
    }  # fmt: skip


def test_counts_beside_their_names_below_the_amounts() -> None:
    text = (
        "“三公”经费、会议费支出决算表\n单位：万元\n公务接待费\t公务用车运行维护费\t会议费\t培训费\n3.00\t5.00\t1.00\t2.00\n"
        "相关统计数\t\t\t\n国内公务接待批次(个)\t9\t国内公务接待人次(人)\t80\n"
    )
    _, _, figures = read(text, Basis.FINAL)
    assert {f.account: str(f.amount) for f in figures if f.amount} == {
        "公务接待费": "3.00万元", "公务用车运行维护费": "5.00万元", "会议费": "1.00万元", "培训费": "2.00万元",
        "国内公务接待批次": "9个", "国内公务接待人次": "80人",
    }  # fmt: skip


def test_guests_from_abroad_after_their_cost() -> None:
    figures = told(
        "“三公”经费支出决算具体情况",
        "国内公务接待支出3.53万元，接待50批次，179人次；国（境）外公务接待支出0万元，接待0批次，0人次。",
    )
    assert {f.account: str(f.amount.value) for f in figures if f.amount and f.measure is Measure.COUNT} == {
        "国内公务接待批次": "50", "国内公务接待人次": "179", "国（境）外公务接待批次": "0", "国（境）外公务接待人次": "0",
    }  # fmt: skip


def test_all_vehicles_beside_those_of_the_three_costs() -> None:
    figures = told(
        "“三公”经费支出决算情况说明", "公务用车保有量5辆。国有资产占用情况中固定资产车辆7辆，与公务用车保有量存在差异。"
    )
    assert [(f.account, str(f.amount)) for f in figures] == [("公务用车保有量", "5辆"), ("车辆", "7辆")]


def test_what_the_year_began_with_is_no_expenditure() -> None:
    figures = told(
        "三、一般公共预算财政拨款支出决算情况说明",
        "1.收入情况。2022年度一般公共预算财政拨款收入40.00万元。此外，年初财政拨款结转和结余6.05万元。",
    )
    assert [(f.account, f.flow) for f in figures if f.value == Decimal("6.05")] == [("上年结转结余", "收入")]


def test_income_of_the_year_is_the_first_part_of_a_list_and_no_sum_of_it() -> None:
    text = normalise(
        "2022年度收入总计30.00万元，其中：本年收入合计26.00万元，使用非财政拨款结余0.00万元，年初结转和结余4.00万元。"
    )
    (listing,) = listings(compact(section("一", text).paragraphs[0]).text)
    assert [str(part.value) for part in listing.parts] == ["26.00", "0.00", "4.00"]


def test_appended_reports_are_chapters_and_appended_tables_are_not() -> None:
    assert numbered_rank("附件1 2023年度项目支出绩效评价报告") == PART
    assert numbered_rank("附件2:2025年度部门预算安排") == PART
    assert numbered_rank("附件3 部门整体支出绩效自评表") is None


def test_numbers_of_rows_under_a_heading_on_two_lines_are_no_amounts() -> None:
    _, _, figures = read(
        "财政拨款收入支出决算总表\n单位：万元\n收入\t收入\t收入\t支出\t支出\t支出\n项目\t行\t金额\t项目\t行\t金额\n"
        "项目\t次\t金额\t项目\t次\t金额\n"
        "一、一般公共预算财政拨款\t1\t12.00\t一、教育支出\t3\t12.00\n总计\t2\t12.00\t总计\t4\t12.00\n",
        Basis.FINAL,
    )
    assert {str(figure.value) for figure in figures if figure.value is not None} == {"12.00"}
