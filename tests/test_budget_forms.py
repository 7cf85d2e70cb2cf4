"""Budget tables as provinces other than the first ones print them. Amounts are worked out by hand; names are invented."""

from __future__ import annotations

from statement_fixture import pick, read, values

from corpus.figure import Measure, Scheme
from corpus.money import Absence


def test_a_total_beside_other_money_is_one_of_all_money() -> None:
    _, tables, figures = read(
        "部门预算基本支出预算表\n单位：万元\n"
        "支出项目类别\t总计\t财政拨款\t\t\t其他资金\n\t\t合计\t一般公共预算\t政府性基金预算\t\n"
        "合计\t12.00\t10.00\t10.00\t\t2.00\n工资福利支出\t7.00\t7.00\t7.00\t\t\n商品和服务支出\t5.00\t3.00\t3.00\t\t2.00\n"
    )
    assert tables[0].kind == "basic_economic"
    assert values(pick(figures, Scheme.TOTAL, "本年支出合计", funding="全部", component="基本支出")) == ["12.00万元"]
    assert values(pick(figures, Scheme.TOTAL, "本年支出合计", funding="一般公共预算")) == ["10.00万元"]
    assert values(pick(figures, Scheme.ECONOMIC, "302", funding="其他资金", component="基本支出")) == ["2.00万元"]


def test_a_project_called_last_years_is_this_years_money() -> None:
    _, _, figures = read(
        "项目支出表\n单位：万元\n项目名称\t合计\t一般公共预算\n上年农机推广尾款\t3.00\t3.00\n合计\t3.00\t3.00\n"
    )
    assert {figure.year for figure in figures} == {2024}


def test_costs_under_a_column_that_names_all_three_keep_their_names() -> None:
    _, _, figures = read(
        "“三公”经费支出情况表\n单位：万元\n项目\t2023年“三公”经费预算数\t2024年“三公”经费预算数\n"
        "一、因公出国（境）费用\t0.00\t0.00\n二、公务接待费\t1.00\t2.00\n三、公务用车费\t3.00\t4.00\n"
        "其中：（1）公务用车运行维护费\t3.00\t4.00\n（2）公务用车购置\t0.00\t0.00\n合计\t4.00\t6.00\n"
    )
    assert values(pick(figures, Scheme.THREE_PUBLIC, "公务接待费", year=2023)) == ["1.00万元"]
    assert values(pick(figures, Scheme.THREE_PUBLIC, "公务用车购置及运行费", year=2024)) == ["4.00万元"]
    assert values(pick(figures, Scheme.THREE_PUBLIC, "公务用车运行维护费", year=2024)) == ["4.00万元"]
    assert values(pick(figures, Scheme.THREE_PUBLIC, "三公经费", year=2023)) == ["4.00万元"]


def test_basic_expenditure_listed_by_task_is_read_by_its_economic_classes() -> None:
    _, tables, figures = read(
        "部门基本支出预算表（人员类、运转类公用经费项目）\n单位：元\n"
        "单位名称\t项目代码\t项目名称\t功能科目编码\t功能科目名称\t部门经济科目编码\t部门经济科目名称\t资金来源\t\n"
        "\t\t\t\t\t\t\t总计\t一般公共预算资金\n"
        "某局\t530001\t行政人员支出工资\t2010301\t行政运行\t30101\t基本工资\t70.00\t70.00\n"
        "某局\t530002\t社会保障缴费\t2080505\t机关事业单位基本养老保险缴费支出\t30108\t机关事业单位基本养老保险缴费\t20.00\t20.00\n"
        "某局\t530003\t一般公用运转支出\t2010301\t行政运行\t30201\t办公费\t10.00\t10.00\n"
        "合  计\t\t\t\t\t\t\t100.00\t100.00\n"
    )
    assert tables[0].kind == "basic_economic"
    assert values(pick(figures, Scheme.ECONOMIC, "30101", component="基本支出")) == ["70.00元"]
    assert values(pick(figures, Scheme.ECONOMIC, "30201", component="基本支出")) == ["10.00元"]
    assert values(pick(figures, Scheme.TOTAL, "本年支出合计", component="基本支出")) == ["100.00元"]
    assert not pick(figures, Scheme.TOTAL, "本年支出合计", component="合计")


_LIST = (
    "部门预算项目绩效目标表\n单位：元\n"
    "单位名称/项目名称\t项目资金\t年度绩效目标\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t权重\n"
    "1\t2\t3\t4\t5\t6\t7\t8\t9\t10\n"
    "51000024R000000123456-档案数字化\t90,000.00\t完成加工\t产出指标\t数量指标\t加工页数\t≥\t18\t万页\t50\n"
    "\t\t\t效益指标\t社会效益指标\t查档便利度\t定性\t好\t\t20\n"
    "\t\t\t满意度指标\t满意度指标\t群众满意度\t≥\t92\t%\t10\n"
    "馆库维护\t10,000.00\t按期维护\t产出指标\t数量指标\t维护次数\t＝\t4\t次\t90\n"
)


def test_targets_listed_under_headed_columns() -> None:
    _, tables, figures = read(_LIST)
    assert tables[0].kind == "performance_project"
    assert values(pick(figures, Scheme.PROJECT, "档案数字化", component="项目支出")) == ["90,000.00元"]
    assert values(pick(figures, Scheme.PROJECT, "馆库维护")) == ["10,000.00元"]
    targets = [f for f in figures if f.scheme is Scheme.PERFORMANCE]
    assert [(f.entity, f.account, str(f.amount)) for f in targets] == [
        ("档案数字化", "加工页数", "18万页"), ("档案数字化", "群众满意度", "92%"), ("馆库维护", "维护次数", "4次"),
    ]  # fmt: skip
    assert targets[0].path == ("产出指标", "数量指标")


def test_kinds_of_procurement_with_the_letter_of_the_catalogue() -> None:
    _, tables, figures = read(
        "政府采购预算明细表\n单位：万元\n采购类别\t金额\n合    计\t6.00\nA-货物\t1.00\nB-工程\t2.00\nC-服务\t3.00\n"
    )
    assert tables[0].kind == "procurement"
    assert [(f.account, str(f.amount)) for f in figures] == [
        ("政府采购", "6.00万元"), ("货物", "1.00万元"), ("工程", "2.00万元"), ("服务", "3.00万元"),
    ]  # fmt: skip


def test_a_funds_income_beside_its_expenditure() -> None:
    _, tables, figures = read(
        "部门综合预算政府性基金收支表\n单位：万元\n收入\t\t支出\t\n项目\t预算数\t支出功能分科目（按大类）\t预算数\n"
        "一、政府性基金拨款\t7.95\t一、科学技术支出\t\n\t\t二、其他支出\t7.95\n收入合计\t7.95\t支出合计\t7.95\n"
    )
    assert tables[0].kind == "fund_income_expenditure"
    assert values(pick(figures, Scheme.SOURCE, "政府性基金预算拨款")) == ["7.95万元"]
    assert values(pick(figures, Scheme.FUNCTION, "229", funding="政府性基金")) == ["7.95万元"]
    assert values(pick(figures, Scheme.TOTAL, "收入总计", funding="政府性基金")) == ["7.95万元"]


def test_costs_named_below_a_heading_of_change() -> None:
    _, _, figures = read(
        "“三公”经费预算表\n单位：万元\n单位名称\t2023年\t\t\t2024年\t\t\t增减变化情况\t\t\n"
        "\t小计\t公务接待费\t公务用车运行维护费\t小计\t公务接待费\t公务用车运行维护费\t小计\t公务接待费\t公务用车运行维护费\n"
        "某市财政局\t5.00\t2.00\t3.00\t4.00\t1.50\t2.50\t-1.00\t-0.50\t-0.50\n"
    )
    changed = pick(figures, Scheme.THREE_PUBLIC, "公务接待费", measure=Measure.CHANGE)
    assert values(changed) == ["-0.50万元"]
    assert values(pick(figures, Scheme.THREE_PUBLIC, "公务接待费", year=2023)) == ["2.00万元"]


def test_special_business_money_is_project_expenditure() -> None:
    _, _, figures = read(
        "一般公共预算支出明细表（按功能科目分）\n单位：万元\n功能科目编码\t功能科目名称\t合计\t人员经费支出\t公用经费支出\t专项业务经费支出\n"
        "207\t文化旅游体育与传媒支出\t9.00\t5.00\t1.00\t3.00\n"
    )
    assert values(pick(figures, Scheme.FUNCTION, "207", component="项目支出")) == ["3.00万元"]


def test_a_column_of_dashes_is_of_amounts() -> None:
    _, _, figures = read(
        "一般公共预算“三公”经费支出表\n单位：万元\n2023年预算数\t\t\t2024年预算数\t\t\n"
        "合计\t因公出国（境）费\t公务接待费\t合计\t因公出国（境）费\t公务接待费\n2.00\t-\t2.00\t3.00\t-\t3.00\n"
    )
    abroad = pick(figures, Scheme.THREE_PUBLIC, "因公出国（境）费")
    assert [(f.year, f.absence) for f in abroad] == [(2023, Absence.DASH), (2024, Absence.DASH)]


def test_rest_of_an_economic_class_is_no_money_from_other_sources() -> None:
    text = (
        "一般公共预算基本支出表\n单位：万元\n科目编码\t科目名称\t总计\t工资福利支出\t\t\n\t\t\t小计\t基本工资\t其他\n"
        "2130301\t行政运行\t160.00\t160.00\t100.00\t60.00\n\t合计\t160.00\t160.00\t100.00\t60.00\n"
    )
    figures = read(text)[2]
    assert not [figure for figure in figures if "其他" in figure.funding]
    assert values(pick(figures, Scheme.FUNCTION, "2130301", component="工资福利支出·其他")) == ["60.00万元"]


def test_codes_of_classes_under_the_heading_of_units_codes() -> None:
    text = (
        "部门支出总表\n单位：万元\n单位代码\t单位名称（科目）\t合计\t基本支出\t项目支出\n\t合计\t50.00\t40.00\t10.00\n"
        "335001\t某市水利工程服务中心\t50.00\t40.00\t10.00\n2130301\t行政运行\t50.00\t40.00\t10.00\n"
    )
    figures = read(text)[2]
    (figure,) = pick(figures, Scheme.FUNCTION, "2130301", component="基本支出")
    assert (str(figure.amount), figure.entity) == ("40.00万元", "某市水利工程服务中心")
