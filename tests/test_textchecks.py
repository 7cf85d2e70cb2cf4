"""Checks on words: arithmetic of sentences, lists, rules of disclosure. The sums are worked out in the comments."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.disclosure import Announced, Basis, Cell, Paragraph, Section, Severity, Span, Table, TableState
from corpus.figure import Figure, Measure, Scheme
from corpus.money import Amount
from corpus.record import Record
from ingest.breakdowns import broken_down, whole_targets
from ingest.checking.checks import findings
from ingest.checking.disclosure_rules import (
    changes_without_reason,
    copied_purposes,
    empty_reasons,
    missing_tables,
    notes_and_tables,
    reasons_and_directions,
)
from ingest.checking.implied import balanced_changes, single_fund, staff_and_running
from ingest.checking.lists import listed_parts, listings, numbered_lists
from ingest.checking.outcome import Outcome
from ingest.checking.procurement import awards, procurement_sums
from ingest.checking.prosechecks import changes, completion
from ingest.checking.repeats import named_amounts, repeated_texts, years
from ingest.checking.shares import shares, shares_add_up
from ingest.checking.targets import coverage, involved_amounts, sheet_funds, sheet_words, sheets_and_text
from tests.test_checks import DISCLOSURE, DOCUMENT, figure, verdicts


def paragraph(text: str) -> Paragraph:
    return Paragraph(text, (Span(0, len(text), None, None),))


def prose(
    *texts: str, heading: str = "说明", figures: tuple[Figure, ...] = (), tables: tuple[Table, ...] = ()
) -> Record:
    section = Section((heading,), tuple(paragraph(text) for text in texts))
    return Record(DISCLOSURE, (), (section,), tables, figures=figures)


def said(measure: Measure, amount: str, unit: str = "万元", account: str = "行政运行", **parts: object) -> Figure:
    """A prose figure of one section; the quote keeps figures of different sentences apart."""
    made = figure(account, amount, table=None, unit=unit, measure=measure, **parts)  # type: ignore[arg-type]
    return replace(made, locator=replace(made.locator, quote=f"{account}{amount}{unit}"))


def this(amount: str, **parts: object) -> Figure:
    return said(Measure.AMOUNT, amount, **parts)


def change(amount: str, **parts: object) -> Figure:
    return said(Measure.CHANGE, amount, compared=2025, **parts)


def rate(amount: str, **parts: object) -> Figure:
    return said(Measure.RATE, amount, unit="%", compared=2025, **parts)


def told(*figures: Figure) -> Record:
    return Record(DISCLOSURE, (), (), (), figures=figures)


def checks(outcomes: list[Outcome]) -> list[tuple[str, str | None]]:
    return [(f.check, f.difference) for f in findings(outcomes)]


# --- changes, rates, shares, completion


def test_rate_is_recomputed_from_the_change() -> None:
    # 282.17 / (4218.27 - 282.17) = 7.1687…%
    assert checks(changes(told(this("4,218.27"), change("282.17"), rate("7.17")))) == []
    # 85.06 / 234.81 = 36.225…%: 36.22 and 36.23 both round from it within the amounts' rounding
    assert checks(changes(told(this("319.87"), change("85.06"), rate("36.23")))) == []
    assert checks(changes(told(this("4,218.27"), change("282.17"), rate("17.17")))) == [("增减率", "10")]


def test_rate_from_a_stated_last_year() -> None:
    last = said(Measure.AMOUNT, "11.67", year=2025, basis=Basis.EXECUTED)
    # 万里街道 2023: (45.41 - 11.67) / 11.67 = 289.12%, printed 314.82%
    assert checks(changes(told(last, this("45.41"), rate("314.82")))) == [("增减率", "25.7")]


def test_change_is_this_year_less_last() -> None:
    last = said(Measure.AMOUNT, "20.00", year=2025)
    assert checks(changes(told(this("25.00"), last, change("5.00")))) == []
    assert checks(changes(told(this("25.00"), last, change("15.00")))) == [("增减额", "10")]


def test_one_direction_for_change_and_rate() -> None:
    assert ("增减方向", None) in checks(changes(told(this("553.60"), change("-0.42"), rate("0.08"))))


def test_nothing_cannot_have_grown() -> None:
    """万里街道 2023: the fund is 0万元 and is said to have grown by 1421.25万元."""
    grown = change("1421.25")
    sentence = replace(grown, locator=replace(grown.locator, quote="基金支出0万元,比上年增加1421.25万元"))
    assert checks(changes(told(this("0"), sentence))) == [("增减额", "-1421.25")]
    assert checks(changes(told(this("0"), grown))) == []  # another sentence: perhaps of another amount
    assert checks(changes(told(this("307.82"), change("307.82"), rate("100.00")))) == []  # founded this year


def test_a_rate_that_fits_another_amount_of_the_section_is_left_alone() -> None:
    total = this("553.60", account="本年收入合计")
    carried = this("0", account="上年结转结余")
    about = {"account": "上年结转结余"}
    figures = (total, carried, change("-0.42", **about), rate("-0.08", **about))
    assert checks(changes(told(*figures))) == []


def test_a_budget_of_nothing_is_never_completed() -> None:
    """社会工作部 2024: 年初预算 0, 全年预算 321.02, 决算 307.82, "完成年初预算的95.89%"."""
    figures = (
        said(Measure.AMOUNT, "0", basis=Basis.INITIAL),
        said(Measure.AMOUNT, "321.02", basis=Basis.ADJUSTED),
        said(Measure.AMOUNT, "307.82", basis=Basis.FINAL),
    )
    initial = said(Measure.COMPLETION, "95.89", unit="%", basis=Basis.FINAL, whole="年初预算")
    found = findings(completion(told(*figures, initial)))
    assert [f.check for f in found] == ["预算完成率"]
    assert "95.89%" in found[0].message
    assert checks(completion(told(*figures, replace(initial, whole="全年预算")))) == []  # 307.82 / 321.02 = 95.888%
    wrong = replace(initial, whole="全年预算", amount=Amount(Decimal("98.59"), "%"))
    assert checks(completion(told(*figures, wrong))) == [("预算完成率", "2.7")]


def shared(*parts: tuple[str, str]) -> Record:
    figures = [this("553.60", account="本年支出合计")]
    for number, (amount, share) in enumerate(parts):
        figures.append(this(amount, account=f"支出{number}"))
        figures.append(said(Measure.SHARE, share, unit="%", account=f"支出{number}", whole="支出"))
    return told(*figures)


def test_shares_of_the_first_amount() -> None:
    # 446.95 / 553.60 = 80.735%, 53.08 = 9.588%, 53.57 = 9.677%
    good = (("446.95", "80.74"), ("53.08", "9.59"), ("53.57", "9.68"))
    assert checks(shares(shared(*good))) == []
    assert checks(shares(shared(*good[:2], ("53.57", "19.68")))) == [("占比", "10")]


def test_the_last_share_may_be_made_to_fit_a_hundred() -> None:
    # 29.42 / 307.82 = 9.5575%, printed 9.55% so that the four add up to 100.00
    good = (("446.95", "80.74"), ("53.08", "9.58"), ("53.57", "9.68"))
    assert checks(shares(shared(*good))) == []


def test_a_named_whole_is_taken_at_its_word() -> None:
    """晋城: 180 of 180 of project expenditure is said to be 32.51% (it is of all expenditure)."""
    total = figure("本年支出合计", "553.60", scheme=Scheme.TOTAL)
    projects = figure("本年支出合计", "180.00", scheme=Scheme.TOTAL, component="项目支出", column=3)
    part = this("180.00", account="公开项目")
    share = said(Measure.SHARE, "32.51", unit="%", account="公开项目", whole="部门（单位）项目支出总额")
    assert checks(shares(told(total, projects, part, share))) == [("占比", "-67.49")]


def test_shares_never_exceed_a_hundred() -> None:
    assert checks(shares_add_up(shared(("446.95", "80.74"), ("53.08", "29.59")))) == [("占比合计", "10.33")]


# --- lists


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "日常办公36万元:包括日常消耗品53万元;印刷约10000份2万元;报刊1万元。2.邮寄10万元",
            ["53万元", "2万元", "1万元"],
        ),
        ("建筑面积13459平方米,其中地上8013平方米(其中计容7998平方米),地下5356平方米", ["8013平方米", "5356平方米"]),
        ("收入16497.86万元,其中:财政拨款16497.86万元,比上年增加1421.25万元;事业收入0万元。", ["16497.86万元", "0万元"]),
        ("总预算30.00万,其中支持商销稳增长30.00万元,合计30.00万。", ["30.00万元"]),
    ],
)
def test_parts_of_a_list(text: str, expected: list[str]) -> None:
    assert [part.printed for part in listings(text)[0].parts] == expected


def test_parts_never_exceed_their_whole() -> None:
    text = "1.日常办公所需36万元:包括消耗品53万元;印刷2万元;报刊1万元;不少于5类。2.邮寄10万元"
    assert checks(listed_parts(prose(text))) == [("分项合计", "-20")]  # 53 + 2 + 1 = 56


def test_a_complete_list_adds_up() -> None:
    text = "面积13459平方米,其中地上8013平方米(其中计容7998平方米,不计容105平方米),地下5356平方米"
    assert checks(listed_parts(prose(text))) == [("分项合计", "90"), ("分项合计", "-90")]
    assert checks(listed_parts(prose("共有车辆7辆,其中:执法执勤用车3辆,其他用车2辆。"))) == [("分项合计", "2")]


@pytest.mark.parametrize(
    "text",
    [
        "总预算490.40万元,其中本年收入390.40万元,上年结转100.00万元;本年支出400.40万元,结转下年90.00万元。",
        "基本支出105.58万元。其中:公用经费10.23万元,主要包括:办公费、邮电费;人员经费95.36万元。",
        "公用经费10.23万元,主要包括:办公费、邮电费;人员经费95.36万元,主要包括:基本工资。",
        "拨款553.60万元,基金0万元。其中:当年拨款553.60万元,上年结转0万元。",
        "预算664.98万元,其中预留给小微企业465.49万元。",
        "现有12个学科门类,其中3个国家重点学科,28个博士点。",
        "收入500.00万元,比上年增加5.00万元。其中:财政拨款400.00万元,事业收入100.00万元。",
    ],
)
def test_lists_that_accuse_nobody(text: str) -> None:
    assert checks(listed_parts(prose(text))) == []


def test_numbered_paragraphs_make_the_amount_before_them() -> None:
    items = ("(1)业务经费971.76万元。", "(2)保障经费356.20万元。", "(3)维护费用229.83万元。")
    whole = "拟安排该项目1557.79万元,同时动用自有资金0万元。其中:"  # 971.76 + 356.20 + 229.83
    assert verdicts(numbered_lists(prose(whole, *items))) == ["holds"]
    wrong = (*items[:2], "(3)维护费用239.83万元。")
    assert checks(numbered_lists(prose(whole, *wrong))) == [("分项合计", "-10")]
    assert numbered_lists(prose(whole, *items[:2], "(3)其他工作。")) == []


def test_numbered_items_within_a_text() -> None:
    text = "2026年共需经费50万元,具体工作:1.办公36万元:包括纸张53万元。2.邮寄10万元;3.差旅2万元。4.维修2万元"
    assert verdicts(numbered_lists(prose(text))) == ["holds"]  # 36 + 10 + 2 + 2


# --- what follows from other facts


def test_both_sides_of_a_balance_change_alike() -> None:
    def both(second: str) -> Record:
        figures = []
        for account, amount in (("收入总计", "51.77"), ("支出总计", second)):
            parts = {"account": account, "scheme": Scheme.TOTAL}
            figures += [this("1182.04", **parts), change(amount, **parts)]
        return told(*figures)

    assert verdicts(balanced_changes(both("51.77"))) == ["holds"]
    assert checks(balanced_changes(both("-51.77"))) == [("收支增减", "103.54")]


def test_one_fund_is_all_of_the_money() -> None:
    source = figure("一般公共预算拨款", "5.00", scheme=Scheme.SOURCE, flow="收入")
    everything = figure("行政运行", "5.00", code="2010301")
    fund = figure("行政运行", "3.00", code="2010301", table="t2", funding="一般公共预算")
    assert checks(single_fund(told(source, everything, fund))) == [("只有一般公共预算", "2")]
    other = figure("事业收入", "2.00", scheme=Scheme.SOURCE, flow="收入", row=1)
    assert single_fund(told(source, other, everything, fund)) == []


def test_staff_is_301_and_303() -> None:
    table = Table("t1", "基本支出表", "basic_economic", "万元", 4, 3, 1, (), ("编码", "名称", "预算数"))
    economic = {"scheme": Scheme.ECONOMIC, "funding": "一般公共预算", "component": "基本支出"}
    rows = tuple(
        figure(code, amount, code=code, row=row, **economic)  # type: ignore[arg-type]
        for row, (code, amount) in enumerate((("301", "150.00"), ("302", "19.59"), ("303", "0.50")))
    )
    total = {"account": "本年支出合计", "scheme": Scheme.TOTAL, "funding": "一般公共预算"}
    staff, running = this("150.50", component="人员经费", **total), this("19.59", component="公用经费", **total)
    assert verdicts(staff_and_running(prose(figures=(*rows, staff, running), tables=(table,)))) == ["holds", "holds"]
    wrong = replace(staff, amount=Amount(Decimal("105.50"), "万元"))
    found = staff_and_running(prose(figures=(*rows, wrong, running), tables=(table,)))
    assert checks(found) == [("人员与公用经费", "-45")]


# --- procurement


def bought(amount: str, account: str) -> Figure:
    return this(amount, account=account, scheme=Scheme.PROCUREMENT)


def test_procurement_is_goods_works_and_services() -> None:
    parts = (bought("98.20", "货物"), bought("90", "工程"), bought("902.78", "服务"))
    assert verdicts(procurement_sums(told(bought("1090.98", "政府采购"), *parts))) == ["holds"]
    assert checks(procurement_sums(told(bought("1190.98", "政府采购"), *parts))) == [("政府采购合计", "100")]


def test_what_is_reserved_is_no_more_than_the_total() -> None:
    total = bought("34", "政府采购")
    assert checks(procurement_sums(told(total, bought("34", "面向中小企业预留")))) == []
    assert checks(procurement_sums(told(total, bought("43", "面向中小企业预留")))) == [("政府采购预留", "9")]


def test_awards_exclude_each_other() -> None:
    """社会工作部 2024: 21.07 in all, and 21.07 each of reserved and of other contracts went to small firms."""
    text = (
        "在面向中小企业预留的项目中,由中小企业中标的采购金额21.07万元,其中由小微企业中标的金额21.07万元;"
        "在其他项目中,由中小企业中标的采购金额{}万元。"
    )
    total = bought("21.07", "政府采购")
    assert checks(awards(prose(text.format("21.07"), figures=(total,)))) == [("中小企业采购", "21.07")]
    assert checks(awards(prose(text.format("0"), figures=(total,)))) == []


# --- words


def fund_table(note: str, *, empty: bool = True) -> Table:
    title = "政府性基金预算支出表"
    return Table(
        "t1",
        title,
        "fund_expenditure",
        "万元",
        2,
        2,
        1,
        (),
        ("科目", "合计"),
        notes=(note,) if note else (),
        empty=empty,
    )


def test_notes_of_empty_tables() -> None:
    filled = figure("住房", "47.91", scheme=Scheme.THREE_PUBLIC)
    said_empty = "注:本部门无预算,故本表为空表。"
    assert checks(notes_and_tables(prose(tables=(fund_table(said_empty),)))) == []
    assert checks(notes_and_tables(prose(tables=(fund_table(said_empty, empty=False),), figures=(filled,)))) == [
        ("空表说明", None)
    ]
    silent = findings(notes_and_tables(prose(tables=(fund_table(""),))))
    assert [(f.check, f.severity) for f in silent] == [("空表说明", Severity.GAP)]
    assert checks(notes_and_tables(prose("没有使用政府性基金预算安排的支出。", tables=(fund_table(""),)))) == []
    other = findings(notes_and_tables(prose(tables=(fund_table("注:无国有资本经营预算,故本表为空表。"),))))
    assert [(f.check, f.severity) for f in other] == [("表下说明", Severity.WORDING)]


def test_missing_tables() -> None:
    listed = Announced("收入预算总表", "income", TableState.MISSING)
    found = findings(missing_tables(replace(prose(), announced=(listed,))))
    assert [(f.check, f.severity) for f in found] == [("目录所列表格", Severity.GAP)]


def test_empty_reason() -> None:
    assert len(findings(empty_reasons(prose("公务接待费比上年增加2.00万元,主要原因是。")))) == 1
    assert findings(empty_reasons(prose("公务接待费比上年增加2.00万元,主要原因是会议增多。"))) == []


def test_change_without_reason() -> None:
    moved = change("8.54", account="机关运行经费", scheme=Scheme.OPERATING)
    text = "机关运行经费835.68万元,比上年增加8.54万元,增长1.03%。"
    assert [f.severity for f in findings(changes_without_reason(prose(text, figures=(moved,))))] == [Severity.GAP]
    assert findings(changes_without_reason(prose(text, "原因是人员增加。", figures=(moved,)))) == []


def test_copied_purpose() -> None:
    copied = "8.住房保障支出(类)住房改革支出(款)住房公积金(项)18.12万元,主要用于事业单位医疗保险支出。"
    own = "9.住房保障支出(类)住房改革支出(款)住房公积金(项)18.12万元,主要用于在职人员住房公积金支出。"
    assert [f.check for f in findings(copied_purposes(prose(copied)))] == ["用途"]
    assert findings(copied_purposes(prose(own))) == []


def test_purpose_of_another_item() -> None:
    """Where every item names itself as its purpose, one that names another was copied."""
    line = "{}.“一般公共服务支出(类)统计信息事务(款){}(项)”{}万元,主要用于{}。"
    names = ("统计管理", "科普活动", "群众体育")
    own = [line.format(n, name, n, name) for n, name in enumerate(names, start=1)]
    copied = line.format(4, "专项普查活动", 4, "统计管理")
    assert [f.check for f in findings(copied_purposes(prose(*own, copied)))] == ["用途"]
    assert findings(copied_purposes(prose(*own, line.format(4, "专项普查活动", 4, "人口调查")))) == []


def test_reason_against_direction() -> None:
    less = rate("-2.98", account="科普活动")
    assert len(findings(reasons_and_directions(told(replace(less, reason="科普活动经费增加"))))) == 1
    assert findings(reasons_and_directions(told(replace(less, reason="科普活动经费减少")))) == []
    assert findings(reasons_and_directions(told(replace(less, reason="退休人员增加")))) == []


# --- performance sheets and repetitions


def sheet(table_id: str, *texts: str, kind: str = "performance_project", title: str = "项目绩效目标表") -> Table:
    cells = tuple(Cell(row, 0, text) for row, text in enumerate(texts))
    return Table(table_id, title, kind, "万元", len(texts), 1, 0, cells, ("",))


def project(amount: str, funding: str = "全部", name: str = "年度资金总额", **parts: object) -> Figure:
    values: dict[str, object] = {"scheme": Scheme.PROJECT, "funding": funding, "component": "项目支出", **parts}
    return replace(figure("云桌面", amount, **values), name=name)  # type: ignore[arg-type]


def test_words_of_a_sheet_against_its_amount() -> None:
    text = "本项目用于支付云桌面合同款全年预算{}万元,用于日常运行维护工作。"
    total = project("800000", unit="元")
    assert checks(sheet_words(prose(figures=(total,), tables=(sheet("t1", text.format(40)),)))) == [
        ("项目文字与金额", "40")
    ]
    assert checks(sheet_words(prose(figures=(total,), tables=(sheet("t1", text.format(80)),)))) == []


def test_parts_of_a_projects_money() -> None:
    """万里街道 2023: 10,903,043.00 in all, of which 11,419,043.00 is this year's appropriation."""
    parts = (
        project("11419043.00", "财政拨款", "当年财政拨款", unit="元"),
        project("0.00", "其他资金", "其他资金", unit="元"),
    )
    total = project("10903043.00", unit="元")
    assert checks(sheet_funds(prose(figures=(total, *parts), tables=(sheet("t1"),)))) == [("项目资金构成", "516000")]
    fits = project("10903043.00", "财政拨款", "当年财政拨款", unit="元")
    assert checks(sheet_funds(prose(figures=(total, fits, parts[1]), tables=(sheet("t1"),)))) == []


def performance(amount: str, count: str) -> tuple[Figure, Figure]:
    about = {"account": "绩效目标项目", "scheme": Scheme.PERFORMANCE}
    return said(Measure.COUNT, count, unit="个", **about), this(amount, **about)


def test_all_sheets_make_the_stated_amount() -> None:
    sheets = (sheet("t1"), sheet("t2"))
    money = (project("60.00"), project("40.00", table="t2"))
    assert checks(sheets_and_text(prose(figures=(*money, *performance("100.00", "2")), tables=sheets))) == []
    assert checks(sheets_and_text(prose(figures=(*money, *performance("90.00", "2")), tables=sheets))) == [
        ("绩效目标合计", "-10")
    ]
    assert checks(sheets_and_text(prose(figures=(*money, *performance("90.00", "5")), tables=sheets))) == []


@pytest.mark.parametrize(("amount", "found"), [("11381.60", 1), ("35000.00", 0), ("36000.00", 1)])
def test_targets_against_project_expenditure(amount: str, found: int) -> None:
    """商务委 2025: targets of 11,381.60 for project expenditure of 35,168.40."""
    spent = figure("本年支出合计", "35168.40", scheme=Scheme.TOTAL, component="项目支出")
    assert len(findings(coverage(told(spent, *performance(amount, "25"))))) == found


def test_amounts_named_in_a_cell_make_the_sum_behind_them() -> None:
    good = "信息网络系统维护费用597.38万元,公共资源交易服务业务费用229.83万元827.21"
    assert checks(involved_amounts(prose(tables=(sheet("t1", good),)))) == []
    wrong = good.replace("229.83", "239.83")
    assert checks(involved_amounts(prose(tables=(sheet("t1", wrong),)))) == [("涉及项目资金", "10")]


def test_a_project_named_twice() -> None:
    text = "(5)公共资源交易服务业务费用229.83万元。"
    table = sheet("t1", "公共资源交易服务业务费用239.83万元")
    assert checks(named_amounts(prose(text, tables=(table,)))) == [("同名项目金额", "10")]


def test_a_sentence_printed_twice() -> None:
    text = "整合29个审批部门的{}项审批事项设置无差别综合窗口,窗口数由原来{}21个压缩为6个。"
    tables = (sheet("t1", text.format(84, "")), sheet("t2", text.format(844, "的")))
    assert checks(repeated_texts(prose(tables=tables))) == [("同一文字", "-760")]
    other = sheet("t2", "保障150个窗口正常运行并完成全年各项日常工作的任务")
    assert repeated_texts(prose(tables=(tables[0], other))) == []


def test_years() -> None:
    wrong = replace(fund_table("注:本表无数据"), title="2025年政府性基金预算支出表")
    found = findings(years(prose("2005年7-11月未付合同款49.75万元", tables=(wrong,))))
    assert [(f.check, f.severity) for f in found] == [("年份", Severity.WORDING)] * 2
    assert findings(years(prose("截至2025年12月31日,2025年1-6月未付合同款2000元"))) == []
    assert found[0].document == DOCUMENT


def test_both_sides_of_a_balance_are_no_parts_of_it() -> None:
    whole = "收入、支出预算总计2386.02万元。其中:"
    items = (
        "(一)收入预算总计2386.02万元。",
        "(二)支出预算总计2386.02万元。包括:",
        "1.教育支出2000.00万元。",
        "2.住房保障支出386.02万元。",
    )
    assert verdicts(numbered_lists(prose(whole, *items))) == ["holds", "holds"]  # and (二) of its own items
    parts = ("(一)基本支出2000.00万元。包括:", "1.人员经费1500.00万元。", "(二)项目支出386.02万元。")
    assert verdicts(numbered_lists(prose(whole, *parts))) == ["holds"]  # 2000.00 + 386.02, without what is below (一)


def test_a_table_of_changes_has_no_room_for_reasons() -> None:
    text = "“三公”经费预算10.00万元，比上年增加2.00万元，主要原因是公务活动增加。"
    about = {"scheme": Scheme.THREE_PUBLIC, "measure": Measure.CHANGE}
    column = figure("三公经费", "2.00", **about)
    assert findings(changes_without_reason(prose(text, figures=(column,)))) == []


# --- broken down by kind


def target(account: str, amount: str, unit: str = "万元", **parts: object) -> Figure:
    measure = Measure.COUNT if unit == "个" else Measure.AMOUNT
    path = (account.split(":")[0],) if ":" in account else ()
    return said(measure, amount, unit, account, scheme=Scheme.PERFORMANCE, path=path, **parts)


def test_kinds_of_projects_make_the_whole_where_all_are_counted() -> None:
    counted = target("绩效目标项目", "3", "个"), target("绩效目标项目:其他运转类项目", "3", "个")
    whole, kind = target("绩效目标项目", "180.00"), target("绩效目标项目:其他运转类项目", "180.00")
    assert checks(broken_down(told(*counted, whole, kind))) == []
    # 180.80 > 180.00; 108.00 < 180.00 though all three projects are of this kind
    assert checks(broken_down(told(*counted, whole, target("绩效目标项目:其他运转类项目", "180.80")))) == [
        ("分类合计", "-0.8")
    ]
    lacking = target("绩效目标项目:其他运转类项目", "108.00")
    assert checks(broken_down(told(*counted, whole, lacking))) == [("分类合计", "72")]
    some = target("绩效目标项目", "3", "个"), target("绩效目标项目:其他运转类项目", "2", "个")
    assert checks(broken_down(told(*some, whole, lacking))) == []  # one project is of another kind


def test_vehicles_by_use_make_their_value() -> None:
    def vehicle(account: str, amount: str, unit: str) -> Figure:
        path = () if account == "车辆" else ("车辆",)
        measure = Measure.COUNT if unit == "辆" else Measure.AMOUNT
        return said(measure, amount, unit, account, scheme=Scheme.ASSET, path=path)

    counted = vehicle("车辆", "1", "辆"), vehicle("一般公务用车", "1", "辆"), vehicle("其他用车", "0", "辆")
    whole, used = vehicle("车辆", "6.99", "万元"), vehicle("一般公务用车", "6.99", "万元")
    assert checks(broken_down(told(*counted, whole, used))) == []
    assert checks(broken_down(told(*counted, whole, vehicle("一般公务用车", "6.99", "元")))) == [
        ("分类合计", "6.989301")
    ]
    assert checks(broken_down(told(*counted, whole, vehicle("一般公务用车", "8.99", "万元")))) == [("分类合计", "-2")]


def test_targets_of_the_whole_unit_cover_a_total() -> None:
    total = figure("支出总计", "319.87", scheme=Scheme.TOTAL)
    assert checks(whole_targets(told(total, target("整体绩效目标", "319.87")))) == []
    assert checks(whole_targets(told(total, target("整体绩效目标", "312.87")))) == [("整体绩效目标", "-7")]
    assert checks(whole_targets(told(total, target("整体绩效目标", "319.87", "元")))) != []
    assert checks(whole_targets(told(total, target("整体绩效目标", "1,450.00")))) == [("整体绩效目标", "1130.13")]
    assert checks(whole_targets(told(total, target("整体绩效目标", "84.50")))) == []  # may be of the projects alone


def test_numbered_items_under_a_numbered_line() -> None:
    lines = "6.年度预算:2026年安排一般公共预算26.40万元。其中:", "(1)业务经费20.00万元。", "(2)维护费用6.40万元。"
    assert checks(numbered_lists(prose(*lines))) == []
    assert checks(numbered_lists(prose(lines[0].replace("26.40", "28.40"), *lines[1:]))) == [("分项合计", "2")]
    assert checks(numbered_lists(prose(lines[0], lines[1], "(2)维护费用6.40元。"))) != []


def test_one_project_named_in_another_unit() -> None:
    cell = Cell(1, 0, "信息网络系统维护费用5973800元")
    table = Table("t1", "绩效表", "performance_project", "万元", 2, 1, 1, (cell,), ("内容",))
    text = "(2)信息网络系统维护费用597.38{}。"
    assert checks(named_amounts(prose(text.format("万元"), tables=(table,)))) == []
    assert len(checks(named_amounts(prose(text.format("元"), tables=(table,))))) == 1


def test_what_was_carried_over_is_a_part_of_the_years_money() -> None:
    """30 + 50 + 20 = 100: 上年结转 is a part like others, not a comparison with last year."""
    text = "收入总预算100.00万元,其中:上年结转30.00万元,占30%;事业收入50.00万元,占50%;其他收入20.00万元,占20%。"
    assert verdicts(listed_parts(prose(text))) == ["holds"]
    assert verdicts(listed_parts(prose(text.replace("30.00万元", "31.50万元")))) == ["fails"]
