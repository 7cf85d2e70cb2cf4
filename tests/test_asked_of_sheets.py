"""What project sheets and notes under tables say, under which class something is budgeted, classes picked within a part of the
spending, a class by its parts, people who have retired, an amount reckoned back. Invented units, numbers worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.settings import Settings
from rag.said_short import spelt_out
from rag.years import read_years
from ui.service import Service

CENTRE = "江湾市政务热线中心2026年单位预算.txt"
TEXT = """江湾市政务热线中心2026年单位预算
一、机构设置
江湾市政务热线中心为正科级事业单位,核定编制35名,实有人员31名,退休人员7名。
二、单位预算表
2026年支出预算总表
单位:万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t\t620.00\t420.00\t200.00
201\t一般公共服务支出\t560.00\t360.00\t200.00
20103\t政府办公厅(室)及相关机构事务\t560.00\t360.00\t200.00
2010350\t事业运行\t360.00\t360.00\t
2010399\t其他政府办公厅(室)及相关机构事务支出\t200.00\t\t200.00
221\t住房保障支出\t60.00\t60.00\t
22102\t住房改革支出\t60.00\t60.00\t
2210201\t住房公积金\t60.00\t60.00\t
2026年一般公共预算基本支出经济分类表
单位:万元
科目编码\t科目名称\t合计\t人员经费\t公用经费
合计\t\t420.00\t380.00\t40.00
301\t工资福利支出\t380.00\t380.00\t
30101\t基本工资\t210.00\t210.00\t
30103\t奖金\t110.00\t110.00\t
30113\t住房公积金\t60.00\t60.00\t
302\t商品和服务支出\t40.00\t\t40.00
30201\t办公费\t24.00\t\t24.00
30206\t电费\t9.00\t\t9.00
30217\t公务接待费\t1.50\t\t1.50
30228\t工会经费\t5.50\t\t5.50
2026年政府性基金预算支出表
单位:万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t\t\t\t
注:江湾热线今年不涉及政府性基金
2026年项目支出预算表
单位:万元
项目名称\t合计\t一般公共预算
江湾市政务热线中心\t200.00\t200.00
坐席外包服务\t150.00\t150.00
热线宣传推广\t50.00\t50.00
三、预算情况说明
2026年支出预算620.00万元,比上年增加35.00万元,增长5.98%。
(一)2010350-事业运行360.00万元。主要用于在职人员工资和日常运转。
(二)2010399-其他政府办公厅(室)及相关机构事务支出200.00万元。主要用于夜间坐席外包费用支出。
(三)2210201-住房公积金60.00万元,比上年预算增加60.00万元。主要原因是:本年起由单位自行缴存。
四、项目绩效目标
江湾市项目支出绩效目标表
项目名称\t坐席外包服务\t\t
主管部门及代码\t012-江湾市数据局\t实施单位\t江湾市政务热线中心
项目属性\t经常性项目\t\t
项目概况\t为保障46个坐席全年运行,聘请外包人员应答来电。\t\t
立项依据\t《江湾市热线归并方案》(江政办〔2021〕7号)\t\t
项目设立必要性\t来电量逐年上升,自有人员不足以轮班。\t\t
项目实施计划\t三月招标,四月签约,按季支付。\t\t
三级指标\t指标值\t\t
应答来电数量\t≥90000件\t\t
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("asked_of_sheets")
    made = Service(Settings(store=Path(folder / "store")))
    (folder / CENTRE).write_text(TEXT, encoding="utf-8")
    assert len(list(made.ingest([folder / CENTRE]))) == 1
    return made


def ask(service: Service, question: str) -> dict[str, Any]:
    return service.assistant.ask(question, [], CENTRE).as_json()


def headline(service: Service, question: str) -> str:
    result = ask(service, question)["result"]
    return f"{result['value']}{result['unit']}" if result else ""


def assert_picked(answer: str, picked: tuple[str, ...], left: tuple[str, ...]) -> None:
    """The names that an answer has to tell, and those that it must not."""
    assert all(name in answer for name in picked), answer
    assert not any(name in answer for name in left), answer


@pytest.mark.parametrize("question", ["坐席外包服务管着多少个坐席", "坐席外包服务要保几个坐席运行？"])
def test_things_counted_behind_a_project_are_no_money(service: Service, question: str) -> None:
    assert headline(service, question) == "46个"


def test_where_a_project_counts_no_such_thing_its_money_is_no_answer(service: Service) -> None:
    for question in ("热线宣传推广印多少份海报", "热线宣传推广管多少部电话"):
        answer = ask(service, question)
        assert answer["status"] == "not_disclosed", answer
        assert answer["result"] is None


def test_people_who_have_retired_are_no_expense(service: Service) -> None:
    answer = ask(service, "编制多少名，实有多少人，退休几个？")["answer"]
    assert all(said in answer for said in ("35名", "31名", "7名"))
    assert headline(service, "退休了多少个") == "7名"
    assert spelt_out("退休多少钱") == "退休多少钱"


@pytest.mark.parametrize(
    ("question", "amount"), [("外包的钱列在哪个科目，有多少？", "200.00万元"), ("在职人员工资从哪个科目列支，多少钱？", "360.00万元")]
)  # fmt: skip
def test_under_which_class_something_is_budgeted(service: Service, question: str, amount: str) -> None:
    answer = ask(service, question)
    assert headline(service, question) == amount, answer
    assert ("其他政府办公厅" if "外包" in question else "事业运行") in answer["answer"]


def test_nothing_is_said_to_be_for_it(service: Service) -> None:
    assert ask(service, "食堂补贴的钱列在哪个科目？")["status"] == "not_disclosed"


@pytest.mark.parametrize(
    "question", ["公积金怎么今年才有？", "公积金去年没有，今年怎么有了？", "公积金怎么到2026年才开始安排？"]
)
def test_why_something_is_new_this_year(service: Service, question: str) -> None:
    assert "由单位自行缴存" in ask(service, question)["answer"]


def test_a_year_that_had_none_is_only_the_base() -> None:
    assert read_years("去年没有,怎么今年有了").relative == 0
    assert read_years("去年没有安排公务接待费吗").relative == -1


@pytest.mark.parametrize(
    "question",
    [
        "2025年支出预算是多少，从2026年的增减倒推", "2025年支出预算是多少，照今年的增加额往回推算",
        "用2026年的增减反推，2025年支出预算是多少？",
    ],
)  # fmt: skip
def test_how_it_is_to_be_reckoned_is_not_what_is_asked(service: Service, question: str) -> None:
    assert headline(service, question) == "585.00万元"  # 620 - 35


def test_a_class_by_its_parts_says_which_part_each_amount_is(service: Service) -> None:
    answer = ask(service, "一般公共服务支出里基本支出、项目支出各多少？")["answer"]
    assert "（基本支出）" in answer
    assert "360.00万元" in answer
    assert "（项目支出）" in answer
    assert "200.00万元" in answer
    told = ask(service, "住房公积金里基本支出、项目支出各多少？")["answer"]
    assert "没有公开“住房公积金的项目支出”" in told


@pytest.mark.parametrize(
    ("question", "picked", "left"),
    [
        ("公用经费里哪些款级科目不到6万元？", ("公务接待费", "工会经费"), ("电费", "奖金", "住房公积金")),
        ("基本支出里哪些科目超过100万元？", ("基本工资", "奖金"), ("住房公积金", "事业运行")),
        ("人员经费里哪些科目超过50万元？", ("基本工资", "奖金", "住房公积金"), ("办公费",)),
        ("基本支出里哪些项级科目超过100万元？", ("事业运行",), ("基本工资",)),
    ],
)
def test_classes_picked_within_a_part_of_the_spending(
    service: Service, question: str, picked: tuple[str, ...], left: tuple[str, ...]
) -> None:
    assert_picked(ask(service, question)["answer"], picked, left)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("坐席外包服务依据的是哪些文件？", "江湾市热线归并方案"),
        ("坐席外包服务凭什么文件立的项", "江湾市热线归并方案"),
        ("坐席外包服务的设立必要性是什么", "不足以轮班"),
        ("坐席外包服务为什么要立项", "不足以轮班"),
        ("坐席外包服务的实施计划", "按季支付"),
        ("政府性基金表下面的注写的是什么？", "不涉及政府性基金"),
    ],
)
def test_texts_of_sheets_and_notes_under_tables(service: Service, question: str, said: str) -> None:
    answer = ask(service, question)
    assert answer["status"] == "answered", answer
    assert said in answer["answer"]


def test_a_table_without_a_note_has_none(service: Service) -> None:
    answer = ask(service, "支出预算总表的注是什么？")
    assert answer["status"] == "not_disclosed"
    assert "没有印注" in answer["answer"]


@pytest.mark.parametrize(
    ("question", "picked", "left"),
    [
        ("哪些科目占支出的比重超过50%？", ("事业运行", "58.06%"), ("住房公积金", "相关机构事务支出")),  # 360 / 620
        ("哪些项目占项目支出不到30%？", ("热线宣传推广", "25.00%"), ("坐席外包服务",)),  # 50 / 200
        ("哪些科目比上年增加超过50万元？", ("住房公积金", "60.00万元"), ("事业运行",)),
        ("哪些科目比上年增加超过70万元？", ("没有符合条件的",), ("住房公积金",)),
        ("公用经费里哪些科目占公用经费超过20%？", ("办公费", "60.00%", "电费", "22.50%"), ("工会经费",)),
    ],
)
def test_limits_in_percent_and_of_changes_are_not_measured_against_amounts(
    service: Service, question: str, picked: tuple[str, ...], left: tuple[str, ...]
) -> None:
    assert_picked(ask(service, question)["answer"], picked, left)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("哪个项级科目支出最多？", "事业运行"),
        ("哪个款级科目支出最少？", "住房改革支出"),
        ("一般公共服务支出里最小的项级科目是哪个？", "其他政府办公厅"),
        ("基本支出里哪个款级科目最多？", "基本工资"),
    ],
)
def test_classes_ranked_at_the_level_named(service: Service, question: str, first: str) -> None:
    assert f"的是**{first}" in ask(service, question)["answer"].split("\n")[0]


@pytest.mark.parametrize("question", ["绩效目标表里哪个项目钱最多？", "两个绩效目标项目，哪个金额大？"])
def test_which_of_the_projects_with_targets_costs_most(service: Service, question: str) -> None:
    assert headline(service, question) == "150.00万元"
