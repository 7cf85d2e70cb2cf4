"""Amounts that no sentence prints and a document states all the same: from the change, from the parts, from the difference to the
budget; names that the question says at length. Invented units, invented numbers, answers worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.settings import Settings
from ui.service import Service

FINAL = "白岭县溪口镇人民政府2021年度部门决算.txt"
FINAL_TEXT = """白岭县溪口镇人民政府2021年度部门决算
一、“三公”经费支出决算情况说明
1.因公出国(境)费支出0.00万元,与2021年度预算相比,减少0.00万元。
2.公务接待费支出30.00万元,与2021年度预算相比,减少20.50万元,下降40.59%,下降的原因是厉行节约。
3.公务用车购置及运行维护费支出12.00万元,与2021年度预算相比,减少3.00万元,其中:公务用车购置费0.00万元,公务用车运行维护费12.00万元。
二、人员情况
截至年末,本单位在编职工96人(12月退休1人),聘用教师57人,退休人员113人。受理各类案件4232件,结案4229件,结案率为99.93%。
溪口镇文化站不单列预算,并入镇政府本级。
由于本单位无重点支出项目,故无绩效评价情况公开。
"""
BUDGET = "白岭县商务局2024年部门预算.txt"
BUDGET_TEXT = """白岭县商务局2024年部门预算
一、收支总体情况
2024年收入预算1196.30万元,支出预算1196.30万元,比2023年增加23.09万元。其中:项目支出预算比2023年增加9.50万元。
2024年一般公共预算财政拨款支出1196.30万元。其中:项目支出14.50万元,比2023年增加9.50万元,主要原因是新增租赁项目。
财政拨款收入1196.30万元,比2023年预算执行数增加96.30万元。
2024年机关运行经费45.86万元,比2023年预算增加1.02万元。
二、“三公”经费预算情况
2023年因公出国(境)费预算15.00万元,2024年因公出国(境)费预算与上年持平。
三、支出功能分类
“资源勘探工业信息等支出(类)支持中小企业发展和管理支出(款)其他支持中小企业发展和管理支出(项)”293.81万元,主要用于产业扶持。
“商业服务业等支出(类)商业流通事务(款)其他商业流通事务支出(项)”26.00万元,主要用于菜场管理。
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    place: Path = tmp_path_factory.mktemp("derived")
    for name, text in ((FINAL, FINAL_TEXT), (BUDGET, BUDGET_TEXT)):
        (place / name).write_text(text, encoding="utf-8")
    service = Service(Settings(store=place / "store"))
    assert len(list(service.ingest([place / FINAL, place / BUDGET]))) == 2
    return service


def ask(service: Service, question: str, document: str, *history: str) -> dict[str, Any]:
    return service.assistant.ask(question, list(history), document).as_json()


@pytest.mark.parametrize(
    ("document", "question", "value", "unit"),
    [
        (FINAL, "三公经费一共多少？", "42.00", "万元"),  # 0 + 30.00 + 12.00
        (FINAL, "公务接待费预算是多少？", "50.50", "万元"),  # 30.00 + 20.50
        (FINAL, "公务接待费比预算省了多少？", "20.50", "万元"),
        (FINAL, "公务接待费完成预算的百分之几？", "59.41", "%"),  # 30.00 / 50.50
        (FINAL, "三公经费预算是多少？", "65.50", "万元"),  # 0 + 50.50 + 15.00
        (
            FINAL,
            "三公经费完成预算的百分之几？",
            "64.12",
            "%",
        ),  # 42.00 / 65.50: all items over all budgets, not one of them
        (FINAL, "在编、聘用、退休加起来多少人？", "266", "人"),  # 96 + 57 + 113
        (FINAL, "结案率多少？", "99.93", "%"),
        (BUDGET, "2023年项目支出是多少？", "5.00", "万元"),  # 14.50 − 9.50
        (BUDGET, "2024年因公出国（境）费预算是多少？", "15.00", "万元"),
        (BUDGET, "2023年的预算执行数是多少（财政拨款收入）？", "1100.00", "万元"),  # 1196.30 − 96.30
        (BUDGET, "支持中小企业发展的钱占总支出的百分之几？", "24.56", "%"),  # 293.81 / 1196.30
    ],
)
def test_numbers_worked_out(service: Service, document: str, question: str, value: str, unit: str) -> None:
    answer = ask(service, question, document)
    assert answer["result"] is not None, answer
    assert (answer["result"]["value"], answer["result"]["unit"]) == (value, unit), answer


def test_last_years_execution_is_not_called_its_budget(service: Service) -> None:
    answer = ask(service, "2023年财政拨款收入是多少？", BUDGET)
    assert "2023年财政拨款收入预算执行数" in answer["answer"], answer
    assert ask(service, "2023年财政拨款收入预算数是多少？", BUDGET)["result"] is None


@pytest.mark.parametrize(
    ("document", "question", "said"),
    [
        (FINAL, "文化站单列预算吗？", "不单列预算"),
        (FINAL, "为什么没有公开绩效评价？", "无重点支出项目"),
        (BUDGET, "机关运行经费从多少涨到多少？", "44.84万元"),  # 45.86 − 1.02
        (BUDGET, "资源勘探工业信息等支出里有哪几项，各多少？", "其他支持中小企业发展和管理支出"),
    ],
)
def test_what_an_answer_says(service: Service, document: str, question: str, said: str) -> None:
    answer = ask(service, question, document)
    assert answer["status"] == "answered", answer
    assert said in answer["answer"], answer


def test_running_costs_after_a_question_about_cars_are_those_of_the_cars(service: Service) -> None:
    answer = ask(service, "那运行费呢？", FINAL, "公务用车购置费是多少？")
    assert answer["result"]["value"] == "12.00", answer


def test_a_number_of_another_unit_is_no_answer(service: Service) -> None:
    assert ask(service, "修了多少公里农村公路？", FINAL)["status"] == "not_disclosed"
