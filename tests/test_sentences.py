"""What sentences alone state: counts of people, parts of a count, offices, headings with what stands under them. All over
two invented units whose numbers were made up and worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from little_book import ask, disclosure, figure, section

from corpus.disclosure import Basis, Level
from corpus.figure import Measure, Scheme
from corpus.figures import Book
from corpus.money import Amount
from corpus.record import Record
from corpus.settings import Settings
from rag.answer import Evidence
from rag.assistant import Assistant
from rag.covered import part_named
from rag.likeness import likeness
from rag.plan import Asked, Operation, Plan
from rag.verify import holds, unplaced

SCHOOL_21 = "云州大学2021年部门预算.pdf"
SCHOOL_23 = "云州大学2023年部门决算.pdf"
BUREAU = "云州市行政服务局2024年部门预算.txt"


def _school(name: str, year: int, basis: Basis, teachers: int, masters: int) -> Record:
    about = section(
        "学校概况",
        "学校占地1200亩。",
        f"现有专任教师{teachers}人,其中教授60人、副教授90人,博士生导师40人、硕士生导师{masters}人。",
    )
    general: dict[str, Any] = {"year": year, "basis": basis, "table": "支出表"}
    figures = (
        figure(name, Scheme.FUNCTION, "高等教育", "9000.00", code="2050205", **general),
        figure(name, Scheme.FUNCTION, "小学教育", "800.00", code="2050202", **general),
        figure(name, Scheme.FUNCTION, "小学教育", "12.50", code="2050202", flow="收入", funding="其他收入", **general),
        figure(name, Scheme.SOURCE, "其他收入", "500.00", flow="收入", **general),
        figure(name, Scheme.TOTAL, "本年支出合计", "98765432.00", unit="元", **general),
    )
    head = disclosure(name, "云州大学", year, basis, Level.DEPARTMENT)
    words = section("名词解释", "使用非财政拨款结余:指用以前年度积累弥补收支差额的资金。")
    return Record(head, (), (about, words) if year == 2021 else (about,), (), figures=figures)


def _bureau() -> Record:
    units = ("云州市行政服务局", "云州市政务服务保障中心", "云州市公共资源交易中心")
    offices = section("内设机构", "(一)秘书科。负责文件流转。", "(二)协作科。负责对口协作和区域合作。")
    plans = section(
        "重点工作",
        "(一)深化窗外机制改革。",
        "一是优化协调流程。",
        "二是拓展服务广度。",
        "(二)加强队伍管理。",
        "一是开展轮训。",
    )
    other = section(
        "其他说明",
        "共有车辆3辆(一般公务用车1辆,执法执勤用车2辆)。",
        "综合窗口整合84项审批事项。",
        "本年增加2名在职人员。",
        "大楼地上9层,地下2层。",
        "话务场地租赁费用按合同分两次付给出租方。",
        "因合同终止,不再支付19.8万元的尾款。",
    )
    quarters = section(
        "热线电梯平台说明",
        "热线96196电梯应急处置平台按季付款。",
        "第一季度用款计划10.50万元,第二季度用款计划16.50万元,第三季度用款计划20.00万元,第四季度用款计划10.00万元。",
    )
    again = section("绩效说明", "综合窗口整合844项审批事项。")
    target = {"measure": Measure.TARGET, "unit": "%", "year": 2024, "table": "绩效目标表", "entity": "专项业务费"}
    at = {"year": 2024}
    figures = (
        figure(BUREAU, Scheme.TOTAL, "支出总计", "8395.94", table="收支总表", **at),  # type: ignore[arg-type]
        figure(BUREAU, Scheme.ASSET, "车辆", "3", unit="辆", measure=Measure.COUNT, flow="", year=2023,
               quote="共有车辆3辆"),
        figure(BUREAU, Scheme.PERFORMANCE, "使用人员满意度（保障中心）", "85", **target),  # type: ignore[arg-type]
        figure(BUREAU, Scheme.PERFORMANCE, "使用人员满意度（交易中心）", "90", **target),  # type: ignore[arg-type]
        figure(BUREAU, Scheme.PROJECT, "热线96196电梯应急处置平台", "57.00", component="项目支出", table="项目表", **at),  # type: ignore[arg-type]
        figure(BUREAU, Scheme.PROJECT, "话务场地租赁费用", "175.09", component="项目支出", table="项目表", **at),  # type: ignore[arg-type]
        figure(BUREAU, Scheme.PROJECT, "科技创新专项", "100.00", component="项目支出", table="项目表", **at),  # type: ignore[arg-type]
        figure(BUREAU, Scheme.PROJECT, "贸易发展专项", "200.00", component="项目支出", table="项目表", **at),  # type: ignore[arg-type]
        figure(BUREAU, Scheme.ECONOMIC, "公务接待费", "1.85", code="30217", funding="一般公共预算",
               component="基本支出", table="基本支出表", **at),  # type: ignore[arg-type]
        figure(BUREAU, Scheme.THREE_PUBLIC, "公务接待费", "2.85", funding="财政拨款", table="“三公”经费表", **at),  # type: ignore[arg-type]
    )  # fmt: skip
    head = disclosure(BUREAU, units[0], 2024, Basis.BUDGET, Level.DEPARTMENT, units)
    return Record(head, (), (offices, plans, other, again, quarters), (), figures=figures)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    place: Path = tmp_path_factory.mktemp("sentences") / "book.sqlite"
    with Book.open(place, writable=True) as book:
        book.store(_school(SCHOOL_21, 2021, Basis.BUDGET, 280, 70))
        book.store(_school(SCHOOL_23, 2023, Basis.FINAL, 300, 80))
        book.store(_bureau())
    with Book.open(place) as book:
        yield Assistant(book, Settings())


def test_who_was_paid_is_refused_where_no_sentence_names_them(told: Assistant) -> None:
    answer = ask(told, "话务场地租赁费用都付给了哪几家公司", BUREAU)
    assert answer["status"] == "not_disclosed", answer


def test_a_term_is_explained_by_another_document_of_the_unit(told: Assistant) -> None:
    answer = ask(told, "云州大学文件里的“使用非财政拨款结余”是什么意思")
    assert "以前年度积累" in answer["answer"], answer
    assert answer["citations"][0]["document"] == SCHOOL_21


def test_another_projects_quarter_is_not_told(told: Assistant) -> None:
    answer = ask(told, "话务场地租赁费用第二季度用款多少", BUREAU)
    assert "16.50" not in answer["answer"], answer


def test_words_that_no_figure_reckoned_with_speaks_of_are_warned_of(told: Assistant) -> None:
    asked = "话务场地租赁费用和科技创新专项的执法部分一共多少钱"
    answer = ask(told, asked, BUREAU)
    assert any("执法" in warning for warning in answer["warnings"]), answer


@pytest.mark.parametrize(
    ("question", "document", "value", "unit"),
    [
        ("专任教师有多少人", SCHOOL_23, "300", "人"),
        ("有多少硕导", SCHOOL_23, "80", "人"),
        ("占地多少亩", SCHOOL_23, "1200", "亩"),
        ("教授占专任教师的百分之几", SCHOOL_23, "20.00", "%"),
        ("教授和副教授合起来占专任教师的比例", SCHOOL_23, "50.00", "%"),
        ("云州大学2023年比2021年多了多少名专任教师", None, "20", "人"),
        ("平均每名专任教师摊到多少万元高等教育支出", SCHOOL_23, "30.00", "万元"),
        ("按2万名学生算，生均高等教育支出是多少", SCHOOL_23, "0.45", "万元"),
        ("附小的其他收入有多少", SCHOOL_23, "12.50", "万元"),
        ("3辆车里执法执勤的有几辆", BUREAU, "2", "辆"),
        ("大楼地下有几层", BUREAU, "2", "层"),
        ("预算里说增加了几名在职人员", BUREAU, "2", "名"),
        ("不再支付的尾款有多少", BUREAU, "19.8", "万元"),
        ("话务场地租赁项目比电梯应急平台多多少", BUREAU, "118.09", "万元"),
        ("电梯应急处置平台二季度准备付多少钱", BUREAU, "16.50", "万元"),
        ("第3季度计划用款多少", BUREAU, "20.00", "万元"),
        ("电梯应急处置平台四个季度的用款计划合计多少", BUREAU, "57.00", "万元"),
        ("科技创新、贸易发展两个专项合计多少", BUREAU, "300.00", "万元"),
        ("保障中心的使用人员满意度要达到多少", BUREAU, "85", "%"),
    ],
)
def test_a_number_that_a_sentence_states(
    told: Assistant, question: str, document: str | None, value: str, unit: str
) -> None:
    answer = ask(told, question, document)
    assert answer["status"] == "answered", answer
    assert answer["result"] is not None, answer
    assert (answer["result"]["value"], answer["result"]["unit"]) == (value, unit), answer


@pytest.mark.parametrize(
    ("question", "document", "said"),
    [
        ("哪个科负责对口协作", BUREAU, "协作科"),
        ("谁负责文件流转", BUREAU, "秘书科"),
        ("窗外机制改革要做哪几件事", BUREAU, "拓展服务广度"),
        ("尾款为什么不付了", BUREAU, "因合同终止"),
        ("文件流转归不归它管", BUREAU, "负责文件流转"),
    ],
)
def test_a_sentence_that_says_it(told: Assistant, question: str, document: str, said: str) -> None:
    answer = ask(told, question, document)
    assert answer["status"] == "answered", answer
    assert said in answer["answer"], answer


def test_what_stands_under_the_next_heading_is_left_out(told: Assistant) -> None:
    assert "轮训" not in ask(told, "窗外机制改革要做哪几件事", BUREAU)["answer"]


def test_two_sentences_that_differ_are_both_shown_and_no_number_is_picked(told: Assistant) -> None:
    answer = ask(told, "综合窗口整合了多少项审批事项", BUREAU)
    assert "84项" in answer["answer"]
    assert "844项" in answer["answer"]
    assert answer["result"] is None


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("外聘教师有多少人", SCHOOL_23),
        ("平均每名外籍学生摊到多少高等教育支出", SCHOOL_23),
        ("交易中心的预算是多少", BUREAU),
        ("三家单位各自的预算是多少", BUREAU),
        ("您觉得这个预算合理吗", BUREAU),
        ("机要通信车有几层", BUREAU),
    ],
)
def test_what_no_sentence_states_is_refused(told: Assistant, question: str, document: str) -> None:
    answer = ask(told, question, document)
    assert answer["status"] in ("not_disclosed", "out_of_scope"), answer
    assert answer["result"] is None


def test_follow_ups_on_sentences(told: Assistant) -> None:
    answer = ask(told, "硕导呢？", SCHOOL_23, "博士生导师有多少人？")
    assert answer["result"] is not None, answer
    assert answer["result"]["value"] == "80"


def test_clauses_that_each_ask(told: Assistant) -> None:
    answer = ask(told, "执法执勤车有几辆，哪个科负责对口协作？", BUREAU)
    assert "执法执勤用车2辆" in answer["answer"]
    assert "协作科" in answer["answer"]


def test_two_tables_named_beside_each_other(told: Assistant) -> None:
    answer = ask(told, "三公表里的接待费和基本支出表里的公务接待费一样吗？", BUREAU)
    assert "2.85" in answer["answer"]
    assert "1.85" in answer["answer"]
    assert "1.00万元" in answer["answer"]


def test_many_yuan_are_told_in_ten_thousands_too(told: Assistant) -> None:
    answer = ask(told, "支出合计是多少", SCHOOL_23)
    assert "98765432.00元（约9876.54万元）" in answer["answer"]
    assert answer["result"]["value"] == "98765432.00"


def test_rounding_that_does_not_hold_is_no_formula() -> None:
    assert holds("98765432.00元 ≈ 9876.54万元")
    assert not holds("98765432.00元 ≈ 9876.55万元")
    evidence = Evidence()
    evidence.compute(Amount(Decimal("9876.55"), "万元"), "98765432.00元 ≈ 9876.55万元")
    assert unplaced("约9876.55万元", evidence, Plan("", Operation.LOOK_UP), []) == ["9876.55万元"]


def test_bodies_covered_by_a_department() -> None:
    bureau = _bureau().disclosure
    assert part_named(bureau, "交易中心的办公费是多少") == "交易中心"
    assert part_named(bureau, "政保中心和交易中心各是多少") == "政保中心、交易中心"
    assert part_named(bureau, "三家单位各自的预算") == "三家单位"
    assert part_named(bureau, "四家单位各自的预算") == ""
    assert part_named(bureau, "行政服务局的预算") == ""


def test_words_are_cut_where_the_document_has_words() -> None:
    plan = Plan("", Operation.PROSE, rest=("响应修复",))
    asked = likeness(plan, ["设备故障修复响应时间", "电梯运行"])
    assert asked is not None
    assert [piece.ways for piece in asked.pieces] == [("响应",), ("修复",)]
    assert asked.share("设备故障修复响应时间") == 1.0
    assert asked.share("电梯运行") == 0.0


def test_an_unknown_word_weighs_against() -> None:
    plan = Plan("", Operation.PROSE, rest=("电梯", "无人机"))
    asked = likeness(plan, ["电梯运行", "设备故障"])
    assert asked is not None
    assert asked.share("电梯运行") < 0.5


def test_an_account_weighs_less_than_what_narrows_it() -> None:
    plan = Plan("", Operation.LOOK_UP, accounts=(Asked("车辆", "辆车", ()),), rest=("执勤",))
    asked = likeness(plan, ["车辆3辆", "执勤用车2辆"])
    assert asked is not None
    assert asked.share("执勤用车2辆") > asked.share("车辆3辆")
