"""Questions as people without the papers' words put them: per head, by verbs, by half a name, with what a thing is for before its
name. Invented units, invented numbers, answers worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.settings import Settings
from rag.plan import Operation
from rag.said_short import spelt_out
from rag.wording import operations
from ui.service import Service

HALL = "青屏市办事大厅2024年单位预算.txt"
STREET = "青屏市北渡区柳湾街道办事处2024年部门预算.txt"
STREET_23 = "青屏市北渡区柳湾街道办事处2023年部门预算.txt"
COLLEGE = "青屏学院2023年度部门决算.txt"
TEXTS = {
    HALL: """青屏市办事大厅2024年单位预算
一、单位基本情况
本单位内设6个科室,包括综合科、受理科、督办科、信息科、档案科、财务科。现有在职人员20人。
二、预算情况说明
2024年支出预算600.00万元,其中:基本支出400.00万元,项目支出200.00万元。
工资福利支出300.00万元。津贴补贴50.00万元。邮电费2.40万元。
委托业务费预算31.00万元。
三、名词解释
委托业务费:反映委托其他单位代办业务而支付的费用。
2024年度政府性基金预算支出表
单位:万元
科目编码	科目名称	合计	基本支出	项目支出
		0	0	0
注:本单位2024年无政府性基金预算支出,故本表为空表。
""",
    STREET: """青屏市北渡区柳湾街道办事处2024年部门预算
一、“三公”经费说明
2024年“三公”经费预算45.00万元。公务用车购置费18.00万元,购置公务用车1辆。公务接待费2.00万元。
二、预算情况说明
2024年支出预算900.00万元。公益性岗位补贴120.00万元,比2023年减少6.00万元,下降4.76%。
行政单位离退休30.00万元。事业单位离退休12.00万元。
信息网络及软件购置更新8.00万元。维修（护）费1.50万元。
2024年度,本部门编报绩效目标的项目共3个,涉及项目预算资金77.00万元。
2024年度部门项目支出预算表
单位:万元
项目名称	合计	财政拨款
网格信息化系统日常维护费	22.00	22.00
路灯改造	40.00	40.00
合计	62.00	62.00
""",
    STREET_23: """青屏市北渡区柳湾街道办事处2023年部门预算
一、“三公”经费说明
2023年“三公”经费预算27.00万元。公务接待费3.00万元。
""",
    COLLEGE: """青屏学院2023年度部门决算
一、收支情况
住房保障支出310.00万元,其中:住房公积金250.00万元,购房补贴60.00万元。专项普查活动7.00万元,比2022年减少3.00万元,下降30.00%。
2023年度本年收入合计5000.00万元,本年支出合计5600.00万元。
来华留学教育210.00万元。
""",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("citizens")
    made = Service(Settings(store=Path(folder / "store")))
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert len(list(made.ingest([folder / name for name in TEXTS]))) == len(TEXTS)
    return made


def ask(service: Service, question: str, document: str | None = None, *history: str) -> dict[str, Any]:
    return service.assistant.ask(question, list(history), document).as_json()


def headline(service: Service, question: str, document: str | None = None) -> str:
    result = ask(service, question, document)["result"]
    return f"{result['value']}{result['unit']} {result['status']}"


def test_per_head_in_everyday_words(service: Service) -> None:
    for question in (
        "在职的平均一个人津贴补贴摊多少万", "津贴补贴摊到每个人头上是多少", "津贴补贴一人平均多少",
        "津贴补贴分摊下来每人多少", "平均下来一个人头津贴补贴多少",
    ):  # fmt: skip
        assert headline(service, question, HALL) == "2.50万元 computed", question  # 50 / 20
    assert ask(service, "接待费平均一个人摊多少", STREET)["result"] is None  # nobody is counted there


def test_income_and_expenditure_by_their_verbs(service: Service) -> None:
    answer = ask(service, "本年收进来的比本年花出去的少多少", COLLEGE)
    assert (answer["result"]["value"].lstrip("-"), answer["result"]["status"]) == ("600.00", "computed")


def test_offices_counted(service: Service) -> None:
    for question in ("大厅里面有几个科", "内部分了几个部门", "单位里头设了几个处"):
        assert headline(service, question, HALL).startswith("6个"), question
    answer = ask(service, "哪个科管档案", HALL)
    assert answer["result"] is None


def test_people_counted_are_no_class_and_no_money(service: Service) -> None:
    for document in (HALL, STREET):
        answer = ask(service, "有多少个公务员", document)
        assert answer["result"] is None
        assert answer["status"] == "not_disclosed"


def test_names_with_characters_left_out(service: Service) -> None:
    assert headline(service, "公益岗补贴比上年少了百分之几", STREET).startswith("-4.76%")
    assert headline(service, "来华留学生那块花多少", COLLEGE).startswith("210.00万元")
    assert headline(service, "更新网络买软件花多少钱", STREET).startswith("8.00万元")


def test_what_a_thing_is_for_before_the_name_it_goes_by(service: Service) -> None:
    assert headline(service, "给人寄东西打电话的钱,邮电费这项是多少", HALL).startswith("2.40万元")
    assert headline(service, "退休工资,行政单位离退休那一项多少", STREET).startswith("30.00万元")


def test_the_retired_of_both_kinds_together(service: Service) -> None:
    assert headline(service, "行政和事业退休的加起来多少", STREET) == "42.00万元 computed"


def test_cars_to_be_bought_by_number_and_cost(service: Service) -> None:
    for question in ("今年要买车吗？几辆，多少钱", "今年准备添几辆车，得花多少钱"):
        told = ask(service, question, STREET)["answer"]
        assert "1辆" in told
        assert "18.00万元" in told


def test_everyday_words_of_a_class_told_beside_the_tables(service: Service) -> None:
    assert headline(service, "委托外面干活的钱总共多少", HALL).startswith("31.00万元")
    assert "代办业务" in ask(service, "啥叫委托业务费", HALL)["answer"]


def test_a_table_with_a_line_for_each_year(service: Service) -> None:
    told = ask(service, "把柳湾街道23年、24年的三公经费和公务接待费列个表")["answer"]
    for amount in ("27.00万元", "45.00万元", "3.00万元", "2.00万元"):
        assert amount in told
    assert len([line for line in told.splitlines() if line.startswith("| 青屏市")]) == 2


def test_whether_a_table_is_empty(service: Service) -> None:
    answer = ask(service, "政府性基金那张表真是空的吗", HALL)
    assert "是空表" in answer["answer"]
    assert "不是空表" not in answer["answer"]
    assert answer["citations"]


def test_a_class_of_the_highest_rank_by_its_matter(service: Service) -> None:
    for question in ("住房那一类花了多少", "住房的大类支出多少", "住房这个大类花了多少"):
        assert headline(service, question, COLLEGE).startswith("310.00万元"), question
    assert headline(service, "购房补贴这类补贴花了多少", COLLEGE).startswith("60.00万元")


def test_names_of_which_the_end_is_said(service: Service) -> None:
    assert headline(service, "普查活动比上年少了百分之几", COLLEGE).startswith("-30.00%")


def test_all_that_a_unit_was_granted(service: Service) -> None:
    assert headline(service, "今年总共批了多少钱", HALL).startswith("600.00万元")


def test_what_systems_cost_is_no_repair(service: Service) -> None:
    assert headline(service, "系统维护要多少", STREET).startswith("22.00万元")
    assert headline(service, "维护费要多少", STREET).startswith("1.50万元")


def test_the_projects_counted_before_by_their_money(service: Service) -> None:
    answer = ask(service, "那几个项目一共多少钱", STREET, "编报绩效目标的项目有几个")
    assert (answer["result"]["value"], answer["result"]["unit"]) == ("77.00", "万元")


def test_fewer_things_known_than_are_to_be_added(service: Service) -> None:
    answer = ask(service, "邮电费、津贴补贴、飞行费三样加起来多少", HALL)
    assert answer["result"] is None
    assert "没有相加" in answer["answer"]


def test_spent_of_the_budget_in_everyday_words() -> None:
    assert Operation.COMPLETION in operations("公积金预算用掉了百分之几")
    assert Operation.REASON in operations(spelt_out("预算咋一下涨这么多"))
    assert Operation.REASON in operations(spelt_out("其他收入咋掉这么多"))
    assert Operation.REASON in operations("2024年收支怎么翻了一倍多")
    assert Operation.LIST not in operations("标准化那个项目有多少尾款不给了")
