from dataclasses import replace
from pathlib import Path

import pytest
from statement_fixture import BRANCH, ISSUER, SHARED, disclosure, pick, read, shared, values

from corpus.disclosure import Basis
from corpus.figure import Figure, Measure, Scheme
from corpus.money import Absence, Agreement, compare
from ingest.grids.joining import join
from ingest.layout.identity import identify
from ingest.layout.layout import lay_out
from ingest.page import Grid, overprinted
from ingest.readers.text import read_text
from ingest.tables.facts import table_figures
from ingest.tables.statements import recognise

THREE = Scheme.THREE_PUBLIC


@pytest.mark.parametrize(
    ("name", "scheme", "account", "words", "value"),
    [
        ("厦门市政务", Scheme.ECONOMIC, "30101", {"component": "基本支出"}, "315.31万元"),
        ("厦门市政务", Scheme.ECONOMIC, "奖金", {"component": "人员经费"}, "596.70万元"),
        ("厦门市政务", Scheme.FUNCTION, "2014101", {"funding": "财政拨款", "component": "基本支出"}, "2,692.87万元"),
        (
            "厦门市政务",
            Scheme.TOTAL,
            "本年支出合计",
            {"funding": "一般公共预算", "component": "公用经费"},
            "835.68万元",
        ),
        ("厦门市行政", Scheme.ECONOMIC, "30201", {"component": "公用经费"}, "58.50万元"),
        ("厦门市行政", Scheme.PROJECT, "专项业务费", {"funding": "全部"}, "2,641.93万元"),
        ("泉州", Scheme.PROJECT, "96196电梯应急处置服务平台", {"funding": "全部"}, "57.00万元"),
        ("泉州", Scheme.ECONOMIC, "30228", {}, "1.39万元"),
        ("泉州", Scheme.ECONOMIC, "303", {"component": "合计"}, "0.00万元"),
        ("泉州", THREE, "公务用车购置费", {}, "0.00万元"),
        ("阜康", THREE, "公务用车运行维护费", {"funding": "财政拨款"}, "2.25万元"),
        ("阜康", THREE, "三公经费", {"funding": "财政拨款"}, "3.25万元"),
        ("阜康", Scheme.FUNCTION, "2010350", {"flow": "收入", "funding": "一般公共预算"}, "234.42万元"),
        ("阜康", Scheme.SOURCE, "一般公共预算拨款", {}, "319.87万元"),
        ("晋城", Scheme.ECONOMIC, "30302", {"component": "人员经费"}, "6.91万元"),
        ("晋城", Scheme.ECONOMIC, "30201", {"component": "公用经费"}, "27.25万元"),
        ("晋城", Scheme.OPERATING, "机关运行经费", {"funding": "财政拨款"}, "45.86万元"),
        ("晋城", Scheme.TOTAL, "本年支出合计", {"funding": "全部", "component": "项目支出"}, "180.00万元"),
    ],
)
def test_figures_of_the_shared_texts(
    name: str, scheme: Scheme, account: str, words: dict[str, str], value: str
) -> None:
    _, _, figures, _ = shared(name)
    assert values(pick(figures, scheme, account, **words)) == [value]  # type: ignore[arg-type]


def test_a_project_in_its_table_and_in_its_sheet_is_one_fact() -> None:
    _, _, figures, _ = shared("晋城")
    readings = pick(figures, Scheme.PROJECT, "云桌面服务费", funding="全部", component="项目支出")
    assert values(readings) == ["80.00万元", "800,000元"]
    assert len({figure.fact for figure in readings}) == 1
    assert values(pick(figures, Scheme.PROJECT, "云桌面服务费", component="实施期总额", funding="全部")) == [
        "2,800,000元"
    ]


def test_blank_zero_and_no_data_are_three_things() -> None:
    blank = pick(shared("阜康")[2], THREE, "公务用车购置费", funding="财政拨款")
    zero = pick(shared("泉州")[2], THREE, "公务用车购置费")
    nothing = pick(shared("晋城")[2], THREE, "公务用车购置费", funding="财政拨款")
    assert [figure.absence for figure in blank] == [Absence.BLANK]
    assert [str(figure.amount) for figure in zero] == ["0.00万元"]
    assert [(figure.absence, figure.locator.quote) for figure in nothing] == [(Absence.NO_DATA, "注:本表无数据")]


def test_headline_accounts_of_empty_tables_are_told() -> None:
    figures = shared("阜康")[2]
    fund = pick(figures, Scheme.TOTAL, "本年支出合计", funding="政府性基金", component="合计")
    assert {figure.absence for figure in fund} == {Absence.NO_DATA}
    assert values(pick(figures, Scheme.ENTRUSTED, "委托业务费", funding="财政拨款")) == ["no_data"]
    assert {f.absence for f in pick(figures, Scheme.SOURCE, "上年结转结余", funding="全部", component="合计")} == {
        Absence.BLANK,
        Absence.NO_DATA,
    }


@pytest.mark.parametrize("name", ["厦门市政务", "厦门市行政", "泉州", "阜康", "晋城"])
def test_readings_of_one_fact_agree(name: str) -> None:
    readings: dict[tuple[str, ...], list[Figure]] = {}
    for figure in shared(name)[2]:
        if figure.amount is not None:
            readings.setdefault(figure.fact, []).append(figure)
    doubled = [group for group in readings.values() if len(group) > 1]
    assert len(doubled) >= 6
    for first, *others in doubled:
        for other in others:
            assert first.amount is not None
            assert other.amount is not None
            assert compare(first.amount, other.amount) in (Agreement.EXACT, Agreement.ROUNDED), first.fact


def test_places_are_complete() -> None:
    figure = pick(shared("厦门市政务")[2], Scheme.ECONOMIC, "30101", component="基本支出")[0]
    place = figure.locator
    assert (place.table, place.row, place.quote) == (
        "一般公共预算基本支出情况表(细化至经济分类款级科目)",
        "基本工资",
        "315.31",
    )
    assert (place.column, place.row_index, place.column_index) == ("本年一般公共预算基本支出/合计", 4, 2)
    assert figure.path == ("工资福利支出",)
    assert place.table_id is not None


def test_targets_of_performance_sheets() -> None:
    figures = shared("泉州")[2]
    target = pick(figures, Scheme.PERFORMANCE, "预算执行率", measure=Measure.TARGET, entity="话务场地租赁费用")
    assert [(str(figure.amount), figure.locator.quote) for figure in target] == [("100%", "≥100%")]
    split = pick(shared("厦门市行政")[2], Scheme.PERFORMANCE, "审批服务办件量", measure=Measure.TARGET)
    assert [str(figure.amount) for figure in split] == ["350万件"]


@pytest.mark.parametrize("lost", ["12 34", "#公式未计算"])
def test_what_a_sheet_does_not_tell_for_certain_is_left_unread(lost: str) -> None:
    """Two numbers in a cell are none together, and the number in the next cell is not the label's."""
    rows = (
        "项目名称\t云平台运维\t\t\n资金情况（万元）\t年度资金总额\t{0}\t56.00\n\t其中：财政拨款\t57.00\t\n"
        "三级指标\t\t指标值\t\n培训\t\t≥{0}\t≥77人次\n会议\t\t≥8次\t\n"
    )
    target = {False: lost, True: "40"}
    for readable, text in target.items():
        figures = read(f"项目支出绩效目标表\n{rows.format(text)}")[2]
        money = {str(f.amount) for f in figures if f.scheme is Scheme.PROJECT}
        assert money == ({"40万元", "57.00万元"} if readable else {"57.00万元"})
        targets = {f.account: str(f.value) for f in figures if f.measure is Measure.TARGET}
        assert targets.get("会议") == "8"
        assert targets.get("培训") == ("40" if readable else None)


def test_self_evaluation_of_a_project() -> None:
    text = (
        "项目支出绩效自评表\n项目名称\t网络运维项目\t\t\t\t\t\t\n"
        "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
        "\t年度资金总额\t120.00\t118.00\t110.00\t10\t93.22%\t9.32\n"
        "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
        "\t产出指标\t数量指标\t运维设备数量\t≥300台\t310台\t20\t20\n总分\t\t\t\t\t\t100\t98.5\n"
    )
    figures = read(text, Basis.FINAL)[2]
    assert values(pick(figures, Scheme.PROJECT, "网络运维项目", basis=Basis.INITIAL)) == ["120.00万元"]
    assert values(pick(figures, Scheme.PROJECT, "网络运维项目", basis=Basis.EXECUTED)) == ["110.00万元"]
    assert values(pick(figures, Scheme.PERFORMANCE, "运维设备数量", measure=Measure.TARGET)) == ["300台"]
    assert values(pick(figures, Scheme.PERFORMANCE, "自评得分", measure=Measure.COUNT)) == ["98.5分"]


def test_budget_and_final_columns_of_the_three_public_table() -> None:
    text = (
        "财政拨款“三公”经费支出决算表\n单位：万元\n预算数\t\t\t\t\t\t决算数\t\t\t\t\t\n"
        "合计\t因公出国（境）费\t公务用车购置及运行维护费\t\t\t公务接待费\t合计\t因公出国（境）费\t公务用车购置及运行维护费\t\t\t公务接待费\n"
        "\t\t小计\t公务用车购置费\t公务用车运行维护费\t\t\t\t小计\t公务用车购置费\t公务用车运行维护费\t\n"
        "1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\n30.00\t5.00\t20.00\t\t20.00\t5.00\t25.50\t4.00\t18.50\t\t18.50\t3.00\n"
        "注：其中，预算数为“三公”经费全年预算数。\n"
    )
    figures = read(text, Basis.FINAL)[2]
    assert values(pick(figures, THREE, "公务用车运行维护费", basis=Basis.ADJUSTED)) == ["20.00万元"]
    assert values(pick(figures, THREE, "公务用车运行维护费", basis=Basis.FINAL)) == ["18.50万元"]
    assert values(pick(figures, THREE, "公务用车购置费", basis=Basis.FINAL)) == ["blank"]
    assert values(pick(figures, THREE, "三公经费", basis=Basis.FINAL)) == ["25.50万元"]


def test_last_year_change_and_rate_columns() -> None:
    rows = "2010601\t行政运行\t60.00\t66.00\t66.00\t\t6.00\t10.00\n合计\t\t60.00\t66.00\t66.00\t\t6.00\t10.00\n"
    text = (
        "一般公共预算支出表\n单位：万元\n功能分类科目\t\t2023年执行数\t2024年预算数\t\t\t2024年预算数比2023年执行数\t\n"
        f"科目编码\t科目名称\t\t小计\t基本支出\t项目支出\t增减额\t增减%\n{rows}"
    )
    figures = read(text)[2]
    assert values(pick(figures, Scheme.FUNCTION, "2010601", year=2023, basis=Basis.EXECUTED)) == ["60.00万元"]
    change = pick(figures, Scheme.FUNCTION, "2010601", measure=Measure.CHANGE)
    assert [(str(f.amount), f.year, f.compared, f.basis) for f in change] == [("6.00万元", 2024, 2023, Basis.BUDGET)]
    assert values(pick(figures, Scheme.FUNCTION, "2010601", measure=Measure.RATE)) == ["10.00%"]


def test_rows_and_columns_of_several_units() -> None:
    text = (
        "部门收入总表\n单位：万元\n部门（单位）代码\t部门（单位）名称\t合计\t本年收入\t\t\t上年结转结余\t\n"
        "\t\t\t小计\t一般公共预算\t单位资金\t小计\t一般公共预算\n"
        "\t合计\t1200.00\t1100.00\t1060.00\t40.00\t100.00\t100.00\n"
        f"301002\t{BRANCH}\t300.00\t250.00\t210.00\t40.00\t50.00\t50.00\n"
    )
    figures = read(text)[2]
    assert values(pick(figures, Scheme.TOTAL, "收入总计", entity="")) == ["1,200.00万元"]
    assert values(pick(figures, Scheme.TOTAL, "本年收入合计", entity="")) == ["1,100.00万元"]
    assert values(pick(figures, Scheme.SOURCE, "上年结转结余", entity=BRANCH, funding="一般公共预算")) == ["50.00万元"]
    assert values(pick(figures, Scheme.SOURCE, "一般公共预算拨款", entity=BRANCH)) == ["210.00万元"]


def test_carry_over_lines_below_their_heading_are_no_sources() -> None:
    rows = (
        "一、本年收入\t100.00\t一、本年支出\t110.00\n（一）一般公共预算拨款\t100.00\t（一）教育支出\t110.00\n"
        "二、上年结转\t10.00\t\t\n（一）一般公共预算拨款\t10.00\t二、结转下年\t\n收入总计\t110.00\t支出总计\t110.00\n"
    )
    figures = read(f"财政拨款收支总表\n单位：万元\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n{rows}")[2]
    assert values(pick(figures, Scheme.SOURCE, "一般公共预算拨款")) == ["100.00万元"]
    assert values(pick(figures, Scheme.SOURCE, "上年结转结余", funding="一般公共预算")) == ["10.00万元"]
    assert values(pick(figures, Scheme.BALANCE, "年末结转结余")) == ["blank"]
    assert values(pick(figures, Scheme.TOTAL, "支出总计", funding="财政拨款")) == ["110.00万元"]


def test_a_total_right_of_its_label_in_three_halves() -> None:
    text = (
        "一般公共预算财政拨款基本支出决算明细表\n单位：万元\n人员经费\t\t\t公用经费\t\t\t\t\t\n"
        "科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数\n"
        "301\t工资福利支出\t100.00\t302\t商品和服务支出\t30.00\t310\t资本性支出\t5.00\n"
        "30101\t基本工资\t100.00\t30201\t办公费\t30.00\t31002\t办公设备购置\t5.00\n"
        "人员经费合计\t\t100.00\t公用经费合计\t\t\t\t\t35.00\n"
    )
    figures = read(text, Basis.FINAL)[2]
    assert values(pick(figures, Scheme.TOTAL, "本年支出合计", component="公用经费")) == ["35.00万元"]
    assert values(pick(figures, Scheme.ECONOMIC, "31002")) == ["5.00万元"]


REAL = [
    ("西南大学2023年度部门决算.pdf", Scheme.TOTAL, "收入总计", {}, "569,496.54万元", 9),
    ("西南大学2023年度部门决算.pdf", Scheme.FUNCTION, "2050205", {"component": "基本建设"}, "5,536.97万元", 14),
    ("西南大学2023年度部门决算.pdf", Scheme.SOURCE, "使用非财政拨款结余", {}, "45,110.97万元", 9),
    ("西南大学2021年度部门预算.pdf", Scheme.SOURCE, "教育收费", {}, "75,020.47万元", 7),
    ("中共上海市普陀区委社会工作部2024年度部门决算.pdf", Scheme.ECONOMIC, "30201", {}, "3.78万元", 13),
    ("中共上海市普陀区委社会工作部2024年度部门决算.pdf", THREE, "三公经费", {}, "no_data", 14),
    ("上海市普陀区商务委员会25年预算.pdf", Scheme.OPERATING, "机关运行经费", {}, "171.01万元", None),
]


@pytest.mark.parametrize(("name", "scheme", "account", "words", "value", "page"), REAL)
def test_figures_of_real_documents(
    name: str, scheme: Scheme, account: str, words: dict[str, str], value: str, page: int | None
) -> None:
    found = pick(figures_of(SHARED / "real" / name), scheme, account, **words)  # type: ignore[arg-type]
    assert value in values(found)
    assert page is None or page in {figure.locator.page for figure in found}


def figures_of(path: Path) -> list[Figure]:
    if not path.exists():
        pytest.skip("the shared disclosures are not here")
    if path not in _READ:
        from ingest.readers.pdf import read_pdf

        data = path.read_bytes()
        pages = join(read_pdf(data))
        layout = lay_out(pages)
        who = identify(path.name, data, layout, pages)
        _READ[path] = table_figures(recognise(layout, who), who)
    return _READ[path]


_READ: dict[Path, list[Figure]] = {}


@pytest.mark.parametrize("label", ["[2010601]行政运行", "2010601-行政运行", "2010601 行政运行", "【2010601】行政运行"])
def test_code_and_name_in_one_cell(label: str) -> None:
    rows = f"[201]一般公共服务支出\t9.00\t9.00\t\n[20106]财政事务\t9.00\t9.00\t\n{label}\t9.00\t9.00\t\n"
    figures = read(f"部门支出总表\n单位：万元\n功能科目\t合计\t基本支出\t项目支出\n{rows}")[2]
    found = pick(figures, Scheme.FUNCTION, "2010601", component="合计")
    assert [(str(figure.amount), figure.account, figure.path, figure.year) for figure in found] == [
        ("9.00万元", "行政运行", ("一般公共服务支出", "财政事务"), 2024)
    ]


def test_classes_known_by_name_alone() -> None:
    rows = (
        "合计\t12.00\n一般公共服务支出\t9.00\n财政事务\t9.00\n行政运行\t6.00\n事业运行\t3.00\n"
        "住房保障支出\t3.00\n住房改革支出\t3.00\n住房公积金\t3.00\n"
    )
    figures = read(f"一般公共预算支出表\n单位：万元\n科目名称\t预算数\n{rows}")[2]
    codes = [figure.code for figure in figures if figure.scheme is Scheme.FUNCTION]
    assert codes == ["201", "20106", "2010601", "2010650", "221", "22102", "2210201"]


def test_a_table_of_a_sub_unit_is_not_the_issuers() -> None:
    head = "收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n"
    body = head + "一、一般公共预算拨款收入\t{0}\t一、教育支出\t{0}\n收入总计\t{0}\t支出总计\t{0}\n"
    own = "部门收支总表\n编制单位：某市财政局\n单位：万元\n" + body.format("300.00")
    branch = f"单位收支总表\n编制单位：{BRANCH}\n单位：万元\n" + body.format("100.00")
    figures = read(f"{own}\n{branch}")[2]
    assert values(pick(figures, Scheme.TOTAL, "支出总计", entity="")) == ["300.00万元"]
    assert values(pick(figures, Scheme.TOTAL, "支出总计", entity=BRANCH)) == ["100.00万元"]


def test_things_are_counted_and_valued() -> None:
    rows = "车辆（辆）\t5\t100.00\n房屋（平方米）\t1200.50\t800.00\n"
    figures = read(f"国有资产占有使用情况表\n项目\t数量\t金额（万元）\n{rows}")[2]
    assert values(pick(figures, Scheme.ASSET, "车辆", measure=Measure.COUNT)) == ["5辆"]
    assert values(pick(figures, Scheme.ASSET, "车辆")) == ["100.00万元"]
    assert values(pick(figures, Scheme.ASSET, "房屋", measure=Measure.COUNT)) == ["1,200.50平方米"]


def test_income_and_carry_over_of_a_fund() -> None:
    text = (
        "政府性基金预算财政拨款收入支出决算表\n单位：万元\n项目\t\t年初结转和结余\t本年收入\t本年支出\t\t\t年末结转和结余\n"
        "科目编码\t科目名称\t\t\t小计\t基本支出\t项目支出\t\n合计\t\t10.00\t100.00\t90.00\t\t90.00\t20.00\n"
        "2120803\t城市建设支出\t10.00\t100.00\t90.00\t\t90.00\t20.00\n"
    )
    figures = read(text, Basis.FINAL)[2]
    assert values(pick(figures, Scheme.SOURCE, "上年结转结余", funding="政府性基金")) == ["10.00万元"]
    assert values(pick(figures, Scheme.TOTAL, "本年收入合计", funding="政府性基金")) == ["100.00万元"]
    assert values(pick(figures, Scheme.TOTAL, "本年支出合计", component="合计")) == ["90.00万元"]
    assert values(pick(figures, Scheme.BALANCE, "年末结转结余")) == ["20.00万元"]


def test_a_total_over_more_than_three_public_costs_is_told_apart() -> None:
    rows = "合计\t20.00\n一、“三公”经费\t15.00\n1.公务接待费\t15.00\n二、会议费\t5.00\n"
    figures = read(f"一般公共预算“三公”经费及会议费支出表\n单位：万元\n项目\t预算数\n{rows}")[2]
    assert values(pick(figures, THREE, "三公经费")) == ["15.00万元"]
    assert values(pick(figures, THREE, "三公经费及会议费、培训费")) == ["20.00万元"]


def test_amount_with_a_mark_and_amount_that_is_none() -> None:
    """A note's mark is no part of an amount; what cannot be one is unreadable, and no blank for the sums."""
    rows = "201\t一般公共服务支出\t9.00*\t3.00\t6.00\n208\t社会保障和就业支出\t1.2.3\t1.00\t2.00\n"
    figures = read(f"部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n{rows}")[2]
    assert values(pick(figures, Scheme.FUNCTION, "201", component="合计")) == ["9.00万元"]
    (garbled,) = pick(figures, Scheme.FUNCTION, "208", component="合计")
    assert (garbled.amount, garbled.absence, garbled.locator.quote) == (None, Absence.UNREADABLE, "1.2.3")


def test_two_numbers_in_one_cell_are_unreadable_and_settle_nothing() -> None:
    """As are the signs a spreadsheet shows for want of an amount; the amounts beside them stay where they are."""
    rows = (
        "合计\t#REF!\t7.00\t12 34\n201\t9.00\t3.00\t6.00\n20101\t4.00\t####\t1.00\n"
        "20103\t5.00\t1.00\t4.00\n208\t2.00\t1.00\t1.00\n"
    )
    figures = read(f"部门支出总表\n单位：万元\n科目编码\t合计\t基本支出\t项目支出\n{rows}")[2]
    total = {
        c: values(pick(figures, Scheme.TOTAL, "本年支出合计", component=c)) for c in ("合计", "基本支出", "项目支出")
    }
    assert total == {"合计": ["unreadable"], "基本支出": ["7.00万元"], "项目支出": ["unreadable"]}
    item = {c: values(pick(figures, Scheme.FUNCTION, "20101", component=c)) for c in ("合计", "基本支出", "项目支出")}
    assert item == {"合计": ["4.00万元"], "基本支出": ["unreadable"], "项目支出": ["1.00万元"]}


def test_count_under_a_heading_that_says_the_unit_of_the_sums_beside_it() -> None:
    rows = "一、“三公”经费支出\t1.20\n公务接待费\t1.20\n国内公务接待批次（批次）\t10\n"
    figures = read(f"“三公”经费支出决算表\n项目\t决算数（万元）\n{rows}", Basis.FINAL)[2]
    assert values(pick(figures, THREE, "国内公务接待批次", measure=Measure.COUNT)) == ["10批次"]
    assert values(pick(figures, THREE, "公务接待费")) == ["1.20万元"]


@pytest.mark.parametrize(
    ("above", "heading"),
    [
        (f"单位名称：{BRANCH}", ""),
        (f"部门：{BRANCH}", ""),
        (f"预算单位：{BRANCH}    单位：万元", ""),
        ("", f"第二部分 {BRANCH}2024年单位预算"),
    ],
)
def test_chapter_of_a_sub_unit_is_its_own(above: str, heading: str) -> None:
    """Named above each table, in whatever words, or by the heading of its chapter."""
    body = "收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n一、一般公共预算拨款收入\t{0}\t一、教育支出\t{0}\n收入总计\t{0}\t支出总计\t{0}\n"
    own = f"第一部分 {ISSUER}2024年部门预算\n\n部门收支总表\n部门：{ISSUER}\n单位：万元\n" + body.format("300.00")
    branch = f"{heading}\n\n单位收支总表\n{above}\n单位：万元\n" + body.format("100.00")
    figures = read(f"{own}\n{branch}")[2]
    assert values(pick(figures, Scheme.TOTAL, "支出总计", entity="")) == ["300.00万元"]
    assert values(pick(figures, Scheme.TOTAL, "支出总计", entity=BRANCH)) == ["100.00万元"]


def test_department_in_charge_above_a_table_is_not_whose_table_it_is() -> None:
    body = "收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n收入总计\t3.00\t支出总计\t3.00\n"
    figures = read(f"部门收支总表\n主管部门：某市人民政府办公室\n单位：万元\n{body}")[2]
    assert values(pick(figures, Scheme.TOTAL, "支出总计", entity="")) == ["3.00万元"]


def test_amount_printed_over_another_is_unreadable() -> None:
    text = "收入支出预算总表\n单位：万元\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n一、财政拨款收入\t90.00\t一、教育支出\t120.00\n二、事业收入\t30.00\t\t\n"
    pages = join(read_text(f"{text}本年收入合计\t120.00\t本年支出合计\t120.00\n".encode()))
    (grid,) = [block for page in pages for block in page.blocks if isinstance(block, Grid)]
    cells = tuple(
        replace(cell, text="30.00 / 41.00", repaired=overprinted(True)) if cell.text == "30.00" else cell
        for cell in grid.cells
    )
    marked = [replace(pages[0], blocks=tuple(replace(b, cells=cells) if b is grid else b for b in pages[0].blocks))]
    figures = table_figures(recognise(lay_out(marked), disclosure()), disclosure())
    assert values(pick(figures, Scheme.SOURCE, "事业收入")) == ["unreadable"]
    assert values(pick(figures, Scheme.FUNCTION, "205")) == ["120.00万元"]


def test_total_of_a_unit_beside_meetings_and_training_is_not_that_of_the_three_costs() -> None:
    _, _, figures = read(
        "一般公共预算“三公”经费及会议费、培训费支出预算表\n单位：万元\n"
        "单位名称\t合计\t“三公”经费小计\t会议费\t培训费\n"
        f"{BRANCH}\t21.68\t17.43\t1.20\t3.05\n"
    )
    found = {(figure.account, figure.entity, str(figure.value)) for figure in figures if figure.value is not None}
    assert ("三公经费及会议费、培训费", BRANCH, "21.68") in found
    assert ("三公经费", BRANCH, "17.43") in found
    assert ("三公经费", BRANCH, "21.68") not in found


def test_columns_that_one_heading_does_not_tell_apart_state_nothing() -> None:
    text = f"“三公”经费支出预算表\n单位：万元\n单位名称\t上年\t上年\t当年\t当年\n{BRANCH}\t22.87\t2.03\t17.43\t%s\n"
    _, _, figures = read(text % "4.32")
    assert [figure for figure in figures if figure.value is not None] == []
    _, _, figures = read(text % "")  # one amount under 当年: a heading over two columns of which one is blank
    assert values([figure for figure in figures if figure.value is not None]) == ["17.43万元"]
