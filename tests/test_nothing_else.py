"""None of a thing said in words, reasons of their own sentences, units set beside each other, people over their posts. Invented
units, invented numbers, answers worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.settings import Settings
from ui.service import Service

TOWN = "白岭县溪口镇人民政府2021年度部门决算.txt"
TOWN_TEXT = """白岭县溪口镇人民政府2021年度部门决算
一、单位概况
溪口镇人民政府属白岭县人民政府下设的行政单位。编制20人,实有人员23人,退休人员9人。
镇里扶持25名自主创业青年,给予每名青年4000元的创业补贴。共有在职教师40人,学生480人,有两名教师通过遴选调入县城。
二、收支情况
2021年本年收入合计500.00万元,本年支出合计480.00万元。支出减少的主要原因是退休人员划归社保。
本年没有安排政府性基金预算。其他固定资产524.00万元。
三、“三公”经费
“三公”经费支出决算38.25万元,比预算数减少11.88万元。其中:因公出国(境)费0.99万元,比预算数减少0.31万元;公务接待费10.14万元,比预算数减少8.50万元;公务用车购置及运行维护费27.12万元,比预算数减少1.07万元。
今年因经费不足,“三公”经费比去年大幅减少。公务接待费10.14万元,主要用于接待上级检查组和兄弟乡镇。
"""
SCHOOL = "白岭县石桥第三小学2022年单位预算.txt"
SCHOOL_TEXT = """白岭县石桥第三小学2022年单位预算
一、单位概况
白岭县石桥第三小学是白岭县教育局主办的全额拨款事业单位。退休人员11人。
二、收支情况
2022年收入预算800.00万元。项目支出120.00万元。本单位2022年无项目绩效预算。
2022年教育支出600.00万元,比2021年增加100.00万元,增长30.00%。
收入包括:一般公共预算拨款收入800.00万元,政府性基金预算拨款收入0.00万元。行政编制2名,事业编制31名。
门窗更新专项57.00万元,其中操场经费38.00万元,图书专项19.00万。本单位增加2名在职教师。
"""
DISTRICT = "白岭县柳河学区2020年度部门决算情况说明.txt"
DISTRICT_TEXT = """白岭县柳河学区2020年度部门决算情况说明
索引号:20210818 时间:2021-08-18 来源:白岭县教育局
一、收支情况
2020年度收入总计467.00万元,支出总计466.00万元。
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    place: Path = tmp_path_factory.mktemp("nothing")
    papers = {TOWN: TOWN_TEXT, SCHOOL: SCHOOL_TEXT, DISTRICT: DISTRICT_TEXT}
    for name, text in papers.items():
        (place / name).write_text(text, encoding="utf-8")
    service = Service(Settings(store=place / "store"))
    assert len(list(service.ingest([place / name for name in papers]))) == len(papers)
    return service


def ask(service: Service, question: str, document: str | None = TOWN, *history: str) -> dict[str, Any]:
    return service.assistant.ask(question, list(history), document).as_json()


@pytest.mark.parametrize(
    ("document", "question", "said"),
    [
        (TOWN, "支出为什么减少？", "退休人员划归社保"),
        (TOWN, "三公经费为啥降这么多？", "经费不足"),
        (TOWN, "有没有政府性基金预算？", "没有安排政府性基金预算"),
        (TOWN, "公务接待费主要接待谁？", "上级检查组"),
        (TOWN, "这个镇政府是谁下面的单位？", "下设的行政单位"),
        (SCHOOL, "学校归谁管？", "白岭县教育局"),
        (SCHOOL, "有项目绩效预算吗？", "无项目绩效预算"),
    ],
)
def test_told_in_words(service: Service, document: str, question: str, said: str) -> None:
    answer = ask(service, question, document)
    assert answer["status"] == "answered", answer
    assert said in answer["answer"], answer


@pytest.mark.parametrize(
    ("document", "question", "value", "unit"),
    [
        (TOWN, "超编几个人？", "3", "人"),  # 23 − 20
        (TOWN, "三公经费预算是多少？", "50.13", "万元"),  # 38.25 + 11.88; its items' budgets come to 48.13
        (TOWN, "平均一名在职教师带几个学生？", "12.00", "人"),  # 480 ÷ 40, the two who left are not counted
        (SCHOOL, "项目支出占总预算的百分之多少？", "15.00", "%"),  # 120 of the income of 800: a budget balances
        (SCHOOL, "How much government fund revenue is there?", "0.00", "万元"),  # not the general budget's 800
        (SCHOOL, "编制多少人？", "33", "名"),  # 2 + 31
        (None, "溪口镇政府和石桥三小的退休人员合计多少人？", "20", "人"),  # 9 + 11
        (None, "柳河学区2020年收入总计多少？", "467.00", "万元"),  # the paper is the district's, not its publisher's
    ],
)
def test_numbers(service: Service, document: str | None, question: str, value: str, unit: str) -> None:
    answer = ask(service, question, document)
    assert answer["result"] is not None, answer
    assert (answer["result"]["value"], answer["result"]["unit"]) == (value, unit), answer


@pytest.mark.parametrize(
    ("document", "question"),
    [
        (TOWN, "创业补贴总共发了多少元？"),  # 4000元 are for each
        (SCHOOL, "门窗更新专项已经付了多少？"),  # a budget tells what is planned
        (TOWN, "固定资产一共多少钱？"),  # 其他固定资产 are a part
        (None, "石桥三小和天河五小2022年收入预算相差多少？"),  # the other school is not in the book
    ],
)
def test_what_is_near_is_no_answer(service: Service, document: str | None, question: str) -> None:
    answer = ask(service, question, document)
    assert (answer["status"], answer["result"]) == ("not_disclosed", None), answer


def test_a_change_or_an_amount_counts_nothing(service: Service) -> None:
    for question in ("一共有多少名在职教师？", "文件里说了哪几个专项？"):
        assert ask(service, question, SCHOOL)["result"] is None, question


def test_last_years_amount_beside_a_rate_that_does_not_fit_is_in_doubt(service: Service) -> None:
    answer = ask(service, "2021年教育支出是多少？", SCHOOL)  # 600 − 100 = 500, on which 100 are 20 %
    assert (answer["result"]["value"], answer["result"]["status"]) == ("500.00", "disputed"), answer
    assert any("30.00%" in warning for warning in answer["warnings"]), answer
