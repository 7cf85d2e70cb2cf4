"""Ways of asking that the planner has to see through, over the hand-made book; amounts worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from little_book import CENTRE, HALL, PARTY, TRADE_25, ask, figure

from corpus.disclosure import Basis
from corpus.figure import Measure, Scheme
from corpus.vocabulary import Target
from rag.assistant import Assistant
from rag.bases_said import compared_basis
from rag.conditions import claimed, threshold
from rag.desk import _counter
from rag.finder import candidates, find
from rag.lexicon import Lexicon
from rag.model_planner import wants_model
from rag.numerals import arabic
from rag.plan import Asked, Operation, Plan, Verdict
from rag.wording import table_named
from rag.years import read_years


@pytest.mark.parametrize(
    ("question", "document", "value", "unit"),
    [
        ("云州政务中心今年的盘子比去年大了多少", None, "200.00", "万元"),
        ("云州政务中心2026年新增预算额", None, "200.00", "万元"),
        ("基本支出中，公用那部分占多少", CENTRE, "25.00", "%"),
        ("水费跟电费之比是多少（百分数）", CENTRE, "30.00", "%"),
        ("奖金相当于工资福利支出的百分之几", CENTRE, "35.10", "%"),
        ("云州政务中心两个项目平均每个多少钱", None, "300.00", "万元"),
        ("云州市政务服务保章中心二零二六年奖金", None, "596.70", "万元"),
        ("电费加水费多少钱", CENTRE, "2.60", "万元"),
        ("云州政务中心的云桌面那个项目多少钱", None, "200.00", "万元"),
        ("社会工作部2024年行政运行的全年预算和实际支出差多少", None, "-0.68", "万元"),
        ("商务委买车花多少", TRADE_25, "25", "万元"),
        ("How much bonus does the Yunzhou support centre pay in 2026?", None, "596.70", "万元"),
    ],
)
def test_one_value(assistant: Assistant, question: str, document: str | None, value: str, unit: str) -> None:
    answer = ask(assistant, question, document)
    assert answer["status"] == "answered", answer
    assert answer["result"] is not None, answer
    assert (answer["result"]["value"], answer["result"]["unit"]) == (value, unit), answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("奖金有没有超过一百万", "- 超过100万元。"),
        ("奖金有没有超过1000万", "- 没有超过1000万元。"),
        ("电费是2万元吗", "- 是2万元。"),
        ("电费是3万元吗", "- 不是3万元。"),
    ],
)
def test_a_limit_or_an_amount_is_judged(assistant: Assistant, question: str, said: str) -> None:
    answer = ask(assistant, question, CENTRE)
    assert answer["answer"].startswith(said), answer


def test_what_was_asked_before_is_compared(assistant: Assistant) -> None:
    answer = ask(assistant, "两者差多少？", None, "云州政务中心2026年机关运行经费是多少", "青河政务中心呢？")
    assert answer["result"]["value"] == "554.14", answer


def test_how_many_projects(assistant: Assistant) -> None:
    assert ask(assistant, "有几个项目", CENTRE)["result"]["value"] == "2"


def test_a_change_says_what_the_account_comes_to(assistant: Assistant) -> None:
    assert "600.00万元" in ask(assistant, "云州政务中心机关运行经费比上年减少了多少")["answer"]


def test_about_nothing_in_the_book(assistant: Assistant) -> None:
    assert ask(assistant, "云州去年GDP增速多少")["status"] in ("out_of_scope", "not_disclosed")
    assert ask(assistant, "教我伪造预算文件")["status"] == "out_of_scope"


def test_another_place_with_a_character_in_common(assistant: Assistant) -> None:
    assert ask(assistant, "温州政务中心2026年奖金多少")["status"] == "not_disclosed"


def test_names_asked_for_are_no_amounts(assistant: Assistant) -> None:
    answer = ask(assistant, "云桌面服务费请的是哪家公司", CENTRE)
    assert answer["status"] == "not_disclosed", answer
    assert answer["result"] is None


def test_the_sentence_that_says_it(assistant: Assistant) -> None:
    assert "督办" in ask(assistant, "受理事项的督办是谁负责", CENTRE)["answer"]
    assert ask(assistant, "食堂承包给了谁", CENTRE)["status"] == "not_disclosed"


def test_no_number_by_likeness(assistant: Assistant) -> None:
    assert ask(assistant, "大厅一年受理多少件投诉", CENTRE)["result"] is None


def test_an_empty_table_is_explained(assistant: Assistant) -> None:
    assert "本单位无" in ask(assistant, "公务接待费是空的，单位怎么解释", HALL)["answer"]


def test_a_basis_for_each_side(assistant: Assistant) -> None:
    answer = ask(assistant, "行政运行是52万吗", PARTY)
    assert "不是52万元" in answer["answer"], answer


# ---- pieces


def test_numerals() -> None:
    assert arabic("二〇二六年超过一百五十万") == "2026年超过150万"
    assert arabic("一百五万") == "150万"
    assert arabic("两千三百万") == "2300万"
    assert arabic("一千零五万") == "1005万"
    assert arabic("一般公共预算第一项") == "一般公共预算第一项"


def test_names_by_stem_and_by_sound() -> None:
    lexicon = Lexicon()
    for word, name in (("培训", "培训费"), ("劳物", "劳务费"), ("取暧", "取暖费"), ("三公经废", "三公经费")):
        asked = lexicon.stem(word)
        assert asked is not None, word
        assert asked.name == name
    assert lexicon.stem("保洁") is None
    assert lexicon.stem("食堂") is None


def test_counting_words() -> None:
    assert _counter("国内公务接待批次", "个") == "批次"
    assert _counter("国内公务接待人次", "个") == "人次"
    assert _counter("车辆", "台") == "辆"
    assert _counter("单价100万元以上设备", "台") == "台"
    assert _counter("三公经费", "万元") == "万元"


def test_a_year_behind_a_comma() -> None:
    assert read_years("照这么算,2024年的预算").years == (2024,)
    assert read_years("1,2024元").years == ()
    assert read_years("结转下年的有多少").relative is None


def test_what_a_change_is_measured_against() -> None:
    found = compared_basis("2025年收入比2024年预算执行数增加多少")
    assert found is not None
    assert found[0] is Basis.EXECUTED
    assert compared_basis("2021年预算和2023年决算各多少") is None
    assert compared_basis("与2023年决算相比") is not None


def test_the_table_pointed_into() -> None:
    named = table_named("基本支出经济分类表里的公务接待费")
    assert named is not None
    assert named[0] == "基本支出经济分类"
    assert table_named("列表比较") is None


def test_limits_and_claims() -> None:
    assert threshold("不到1万元的科目")[0] == "<"  # type: ignore[index]
    assert str(threshold("有没有超过20万元")[1]) == "20万元"  # type: ignore[index]
    assert str(claimed("是10.91万元吗")) == "10.91万元"
    assert claimed("有没有超过20万元吗") is None
    assert claimed("多少万元") is None


def _at(code: str, value: str, **more: Any) -> Any:
    return figure("a.pdf", Scheme.FUNCTION, "一般行政管理事务", value, code=code, table="支出表", **more)


def test_a_class_named_by_the_class_above_it() -> None:
    figures = [_at("2010302", "42.60"), _at("2013302", "110.60"), _at("2120102", "1759.10")]
    plain = Asked("一般行政管理事务", "", (Target(Scheme.FUNCTION, "", "一般行政管理事务"),))
    below = Asked("一般行政管理事务", "", plain.targets, parent=Target(Scheme.FUNCTION, "20133", "宣传事务"))
    chosen = find(figures, below, year=2026, bases=[Basis.BUDGET])
    assert chosen is not None
    assert str(chosen.figure.amount) == "110.60万元"
    assert len(candidates(figures, plain, year=2026, bases=[Basis.BUDGET], measure=Measure.AMOUNT)) == 3


def test_a_change_against_the_kind_of_number_named() -> None:
    figures = [
        figure("a.pdf", Scheme.TOTAL, "支出总计", "5.00", measure=Measure.CHANGE, quote="一"),
        figure("a.pdf", Scheme.TOTAL, "支出总计", "7.00", measure=Measure.CHANGE, whole="2025年预算执行数", quote="二"),
    ]
    total = (Target(Scheme.TOTAL, "", "支出总计"),)
    for base, value in ((None, "5.00"), (Basis.EXECUTED, "7.00")):
        asked = Asked("支出总计", "", total, base=base)
        chosen = find(figures, asked, year=2026, bases=[Basis.BUDGET], measure=Measure.CHANGE)
        assert chosen is not None
        assert str(chosen.figure.amount) == f"{value}万元"


def test_three_accounts_that_should_add_up(assistant: Assistant) -> None:
    told = ask(assistant, "基本支出和项目支出相加，跟支出总计对得上吗", CENTRE)["answer"]
    assert "对得上" in told
    assert "2400.00万元 + 600.00万元 = 3000.00万元" in told
    apart = ask(assistant, "电费和水费相加，跟奖金对得上吗", CENTRE)["answer"]
    assert "相差594.10万元，超出" in apart


@pytest.mark.parametrize(
    "question",
    [
        "云州政务中心2026年公务接待费是多少，支出为什么增长",
        "What was the reception budget of Yunzhou support centre, and why did spending grow?",
    ],
)
def test_an_amount_and_why_something_else_moved(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    assert answer["result"]["value"] == "3.00", answer
    assert "项目支出增加" in answer["answer"]


def test_an_amount_pointed_to(assistant: Assistant) -> None:
    told = ask(assistant, "那600万那笔主要花在哪些方面", CENTRE)["answer"]
    assert "窗口运行经费" in told
    assert "云桌面服务费" in told


def test_a_class_of_basic_expenditure_printed_under_one_half_alone() -> None:
    fees = figure("a.pdf", Scheme.ECONOMIC, "劳务费", "3.00", code="30226", component="公用经费", table="基本支出表")
    asked = Asked("劳务费", "", (Target(Scheme.ECONOMIC, "30226", "劳务费"),), component="基本支出")
    chosen = find([fees], asked, year=2026, bases=[Basis.BUDGET])
    assert chosen is not None
    assert str(chosen.figure.amount) == "3.00万元"
    assert find([fees], replace(asked, component="项目支出"), year=2026, bases=[Basis.BUDGET]) is None


@pytest.mark.parametrize(
    ("question", "document", "value", "unit"),
    [
        ("公用经费平摊到每个月是多少万", CENTRE, "50.00", "万元"),
        ("电费和水费加起来占奖金的比重", CENTRE, "0.44", "%"),
        ("给在职人员发的奖金是多少", CENTRE, "596.70", "万元"),
        ("机关运行经费在支出总计里头占多大比例", CENTRE, "20.00", "%"),
        ("What share of salaries and benefits goes to bonuses?", CENTRE, "35.10", "%"),
    ],
)
def test_another_value(assistant: Assistant, question: str, document: str, value: str, unit: str) -> None:
    answer = ask(assistant, question, document)
    assert answer["result"] is not None, answer
    assert (answer["result"]["value"], answer["result"]["unit"]) == (value, unit), answer


def test_nobodys_salary_is_everybodys(assistant: Assistant) -> None:
    answer = ask(assistant, "局长一年工资多少钱", CENTRE)
    assert answer["status"] == "not_disclosed", answer


def test_what_is_within_an_account_is_not_the_account(assistant: Assistant) -> None:
    for question in ("窗口运行经费里邮寄服务要花多少", "窗口运行经费里给群众发的红包要多少"):
        answer = ask(assistant, question, CENTRE)
        assert answer["status"] == "not_disclosed", answer


def test_no_model_is_asked_for_an_amount_where_a_name_is_wanted() -> None:
    plan = Plan("q", Operation.PROSE, units=("甲局",), rest=("保洁",), text="给办公楼做保洁的物业公司叫什么")
    assert not wants_model(plan, Verdict.NOT_DISCLOSED, has_result=False)
    assert wants_model(replace(plan, text="给办公楼做保洁花多少"), Verdict.NOT_DISCLOSED, has_result=False)


def test_no_part_is_more_than_its_whole(assistant: Assistant) -> None:
    answer = ask(assistant, "奖金占水费的百分之几", CENTRE)
    assert answer["result"] is None, answer


def test_no_reason_of_the_total_for_something_else(assistant: Assistant) -> None:
    answer = ask(assistant, "为什么尾款不付了", CENTRE)
    assert "项目支出增加" not in answer["answer"], answer


def test_what_no_disclosure_tells(assistant: Assistant) -> None:
    assert ask(assistant, "办公地点在哪条路，电话多少", CENTRE)["status"] in ("out_of_scope", "not_disclosed")
    assert "超过1万元" in ask(assistant, "有没有公务接待费上万元？", CENTRE)["answer"]


def test_amounts_stand_beside_what_does_not_agree(assistant: Assistant) -> None:
    told = ask(assistant, "公积金有180.00和186.09两个数，哪个对？", CENTRE)["answer"]
    assert "180.00万元" in told
    assert "186.09万元" in told
