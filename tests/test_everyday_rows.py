"""Expenses named in a row by their matter alone, what a change lies in, a project by the account in its name, who got a contract, a
component that lies in a class, items picked by how they moved. Invented units, invented numbers, answers worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.settings import Settings
from rag.plan import Operation
from rag.said_short import spelt_out
from rag.wording import operations
from ui.service import Service

CENTRE = "雪川市便民中心2025年单位预算.txt"
BUREAU = "雪川市北湾区统计局2025年部门预算.txt"
TEXTS = {
    CENTRE: """雪川市便民中心2025年单位预算
一、预算情况说明
2025年收入预算800.00万元,比2024年预算增加40.00万元,增长5.26%,具体情况如下:
2025年支出预算800.00万元,比2024年预算增加40.00万元,增长5.26%,具体情况如下:
2025年一般公共预算支出800.00万元,比2024年预算增加40.00万元,增长5.26%,主要是由于新设两个窗口。
二、绩效目标设置情况
2025年度,本单位编报绩效目标的项目共3个,涉及项目预算资金95.00万元。
三、项目情况
在大厅各窗口推行双向免费邮寄服务6.00万元。
2025年一般公共预算基本支出情况表
单位:万元
科目编码	科目名称	合计	人员经费	公用经费
302	商品和服务支出	26.00	0.00	26.00
30205	水费	1.20	0.00	1.20
30206	电费	3.30	0.00	3.30
30208	取暖费	7.50	0.00	7.50
30211	差旅费	4.00	0.00	4.00
30215	会议费	2.00	0.00	2.00
30216	培训费	8.00	0.00	8.00
2025年项目支出预算表
单位:万元
项目名称	合计	一般公共预算
话务场地租赁费用	33.00	33.00
云桌面服务费	62.00	62.00
合计	95.00	95.00
""",
    BUREAU: """雪川市北湾区统计局2025年部门预算
一、预算情况说明
2025年支出预算900.00万元。
1.“教育支出(类)进修及培训(款)培训支出(项)”6.00万元,比2024年预算执行数持平。
2.“卫生健康支出(类)行政事业单位医疗(款)行政单位医疗(项)”20.00万元,比2024年预算执行数增加3.00万元。
3.“住房保障支出(类)住房改革支出(款)住房公积金(项)”50.00万元,比2024年预算执行数减少5.00万元。
二、“三公”经费说明
2025年“三公”经费预算12.00万元,比2024年减少2.00万元。因公出国(境)费0万元,与2024年持平。公务接待费3.00万元,比2024年减少2.00万元。公务用车运行费9.00万元,与2024年持平。
2025年收支预算总表
单位:万元
项目	预算数	项目	合计	人员经费	公用经费	项目支出
一、财政拨款收入	900.00	一、一般公共服务支出	824.00	500.00	124.00	200.00
		二、教育支出	6.00	0.00	6.00	0.00
		三、卫生健康支出	20.00	20.00	0.00	0.00
		四、住房保障支出	50.00	50.00	0.00	0.00
收入总计	900.00	支出总计	900.00	570.00	130.00	200.00
""",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("rows")
    made = Service(Settings(store=Path(folder / "store")))
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert len(list(made.ingest([folder / name for name in TEXTS]))) == len(TEXTS)
    return made


def ask(service: Service, question: str, document: str, *history: str) -> dict[str, Any]:
    return service.assistant.ask(question, list(history), document).as_json(trace=True)


def value(answer: dict[str, Any]) -> tuple[str, str] | None:
    return (answer["result"]["value"], answer["result"]["unit"]) if answer["result"] else None


@pytest.mark.parametrize(
    ("question", "before", "amount"),
    [
        ("水、电、暖三样加起来呢?", ("取暖费多少?",), "12.00"),
        ("水电暖一共多少", (), "12.00"),
        ("水和电加起来多少", (), "4.50"),
        ("差旅、会议、培训三项合计", (), "14.00"),
        ("再加上水费和电费一共多少", ("取暖费多少?",), "12.00"),
    ],
)
def test_expenses_in_a_row_are_added_by_their_matter(
    service: Service, question: str, before: tuple[str, ...], amount: str
) -> None:
    assert value(ask(service, question, CENTRE, *before)) == (amount, "万元")


def test_what_is_no_row_of_expenses() -> None:
    for text in ("供水、电力改造多少", "网上办公、会议系统多少", "水利和电信项目", "水电站多少"):
        assert spelt_out(text) == text


@pytest.mark.parametrize(
    "question",
    ["支出增加主要增加在哪?", "比上年多的钱主要多在哪?", "今年比去年多的钱多在哪里?", "支出预算比上年增加多少"],
)
def test_a_change_has_the_reason_of_the_same_change(service: Service, question: str) -> None:
    answer = ask(service, question, CENTRE)["answer"]
    assert "新设两个窗口" in answer
    assert "没有写明变动原因" not in answer
    assert "情况如下" not in answer


def test_where_most_is_spent_is_no_reason() -> None:
    assert Operation.REASON in operations("预算主要涨在哪")
    assert Operation.REASON not in operations("钱花得最多在哪")


@pytest.mark.parametrize("question", ["场地租金那个项目多少", "话务场地的租金是多少", "租金项目多少钱"])
def test_a_project_by_the_account_in_its_name(service: Service, question: str) -> None:
    assert value(ask(service, question, CENTRE)) == ("33.00", "万元")


def test_an_account_that_is_not_there_is_no_project(service: Service) -> None:
    assert value(ask(service, "租赁费多少", CENTRE)) is None
    assert value(ask(service, "车位租金多少", CENTRE)) is None


@pytest.mark.parametrize("question", ["绩效目标涉及多少项目资金?", "设了绩效目标的项目经费有多少"])
def test_the_money_of_projects_with_targets_is_asked_alone(service: Service, question: str) -> None:
    assert value(ask(service, question, CENTRE)) == ("95.00", "万元")


def test_projects_with_targets_are_counted_still(service: Service) -> None:
    assert value(ask(service, "编了绩效目标的项目有多少个", CENTRE)) == ("3", "个")


def test_what_is_sent_free_of_charge_in_other_words(service: Service) -> None:
    assert value(ask(service, "给老百姓免费寄件要花多少钱?", CENTRE)) == ("6.00", "万元")


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("公用经费在一般公共服务支出里是多少", ("124.00", "万元")),
        ("人员经费有多少列在住房保障支出里", ("50.00", "万元")),
        ("公用经费在一般公共服务支出里占多少", ("15.05", "%")),
    ],
)
def test_a_component_that_lies_in_a_class(service: Service, question: str, amount: tuple[str, str]) -> None:
    assert value(ask(service, question, BUREAU)) == amount


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("哪些支出跟2024年执行数持平?", ("培训支出",), ("公积金", "医疗")),
        ("哪些支出比2024年执行数减少了?", ("公积金", "5.00万元"), ("培训", "医疗")),
        ("三公经费里哪几项比上年减少了?", ("公务接待费", "2.00万元"), ("出国", "运行")),
        ("哪些三公经费持平?", ("因公出国（境）费", "运行维护费"), ("接待",)),
    ],
)
def test_items_picked_by_how_they_moved(
    service: Service, question: str, said: tuple[str, ...], unsaid: tuple[str, ...]
) -> None:
    answer = ask(service, question, BUREAU)["answer"]
    assert all(word in answer for word in said), answer
    assert not any(word in answer for word in unsaid), answer


def test_no_item_fits_only_where_changes_are_told(service: Service) -> None:
    answer = ask(service, "哪些科目比上年增加了?", CENTRE)
    assert answer["status"] == "not_disclosed"
    assert "没有符合条件" not in answer["answer"]
