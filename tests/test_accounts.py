import pytest

from corpus.accounts import STATEMENTS, chart, clean_name, clean_title, statement_titled
from corpus.figure import Scheme


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("一、一般公共服务支出", "一般公共服务支出"),
        ("（一） 一般公共服务支出（类）", "一般公共服务支出"),
        ("二十六、抗疫特别国债安排的支出", "抗疫特别国债安排的支出"),
        ("其中：（1）公务用车购置费", "公务用车购置费"),
        ("①公务用车运行维护费", "公务用车运行维护费"),
        ("维修(护)费", "维修（护）费"),
        ("“三公”经费合计", "三公经费合计"),
        ("资金总额（万元）", "资金总额"),
        ("收 入 总 计", "收入总计"),
        ("96196 电梯应急处置服务平台项目", "96196电梯应急处置服务平台项目"),
        ("三公经费", "三公经费"),
        ("其中:", ""),
        ("3.5", "3.5"),
    ],
)
def test_names_are_cleaned(printed: str, name: str) -> None:
    assert clean_name(printed) == name


def test_codes_and_names() -> None:
    account = chart().account(Scheme.FUNCTION, "2010306")
    assert account is not None
    assert account.name == "政务公开审批"
    assert [item.name for item in chart().parents(Scheme.FUNCTION, "2010306")] == [
        "一般公共服务支出",
        "政府办公厅（室）及相关机构事务",
    ]
    assert chart().account(Scheme.ECONOMIC, "30299").name == "其他商品和服务支出"  # type: ignore[union-attr]
    assert chart().account(Scheme.GOV_ECONOMIC, "50101").name == "工资奖金津补贴"  # type: ignore[union-attr]


def test_a_name_is_found_below_its_class() -> None:
    names = chart()
    assert names.named("行政运行", Scheme.FUNCTION) is None  # thirty classes have one
    assert names.named("行政运行", Scheme.FUNCTION, parent="20103").code == "2010301"  # type: ignore[union-attr]
    assert names.named("退休费", Scheme.ECONOMIC, parent="303").code == "30302"  # type: ignore[union-attr]
    assert names.named("其他支出", Scheme.FUNCTION).code == "229"  # type: ignore[union-attr]
    assert names.named("公务用车运行费", Scheme.THREE_PUBLIC).name == "公务用车运行维护费"  # type: ignore[union-attr]
    assert names.named("年初结转和结余", Scheme.SOURCE).name == "上年结转结余"  # type: ignore[union-attr]


def test_words_of_columns() -> None:
    assert chart().funding("财政拨款(补助)小计") == "财政拨款"
    assert chart().funding("政府性基金预算财政拨款") == "政府性基金"
    assert chart().component("日常公用经费") == "公用经费"
    assert chart().component("对附属单位补助支出") == "对附属单位补助"


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("部门收支预算总体情况表", "income_expenditure"),
        ("2025年部门财务收支预算总表", "income_expenditure"),
        ("收入支出决算总表", "income_expenditure"),
        ("部门收入预算总体情况表", "income"),
        ("表3:高等学校支出决算表", "expenditure"),
        ("财政拨款收入支出决算总表", "fiscal_income_expenditure"),
        ("高等学校财政拨款支出决算表", "fiscal_expenditure"),
        ("表五2026年一般公共预算支出预算表(不含上年结转)", "general_expenditure"),
        ("2025年部门一般公共预算支出功能分类预算表", "general_expenditure"),
        ("一般公共预算支出经济分类情况表", "general_economic"),
        ("2026年一般公共预算安排基本支出分经济科目表(不含上年结转)", "basic_economic"),
        ("一般公共预算财政拨款基本支出决算表", "basic_economic"),
        ("一般公共预算财政拨款“三公”经费支出决算表", "three_public"),
        ("2025年部门“三公”经费和机关运行经费预算表", "three_public"),
        ("财政拨款安排机关运行经费预算表", "operating"),
        ("政府性基金预算收入表", "fund_income"),
        ("政府性基金预算财政拨款收入支出决算表", "fund_expenditure"),
        ("国有资本经营预算收支预算表", "state_capital"),
        ("项目支出预算表(上年结转)", "project_carryover"),
        ("一般公共预算项目支出情况表", "general_project"),
        ("市对区转移支付支出预算表", "transfer"),
        ("财政拨款委托业务费支出情况表", "entrusted"),
        ("上年结转结余情况表", "carryover"),
        ("部门(单位)整体支出绩效目标表", "performance_unit"),
        ("一级项目绩效目标表", "performance_project"),
    ],
)
def test_titles_name_statements(title: str, key: str) -> None:
    statement = statement_titled(title)
    assert statement is not None
    assert statement.key == key


def test_titles_lose_labels_and_years() -> None:
    assert clean_title("预算公开表10 2026年财政拨款安排“三公”经费支出预算表") == "财政拨款安排三公经费支出预算表"
    assert statement_titled("工作人员花名册") is None
    assert next(reversed(STATEMENTS)) == "generic"


def test_every_code_stands_below_a_class_of_the_chart() -> None:
    classes = {(item.scheme, item.code) for item in chart().accounts if len(item.code) == 3}
    assert {code for scheme, code in classes if scheme is Scheme.ECONOMIC} == {
        "301", "302", "303", "307", "309", "310", "311", "312", "313", "399",
    }  # fmt: skip
    assert all((item.scheme, item.code[:3]) in classes for item in chart().accounts if item.code)


@pytest.mark.parametrize(
    ("printed", "account"),
    [
        ("（二）公务用车购置及运行维护支出", "公务用车购置及运行费"),
        ("公务用车运行维护费预算数", "公务用车运行维护费"),
        ("3.公务用车购置及运行维护费用合计", "公务用车购置及运行费"),
        ("因公出国（境）费用支出", "因公出国（境）费"),
    ],
)
def test_endings_of_other_provinces(printed: str, account: str) -> None:
    item = chart().named(printed, Scheme.THREE_PUBLIC)
    assert item is not None
    assert item.name == account


@pytest.mark.parametrize("printed", ["运行经费", "服务费", "工程费用", "接待", "培训费支出预算"])
def test_short_stems_prove_nothing(printed: str) -> None:
    item = chart().named(printed, Scheme.OPERATING)
    assert item is None
