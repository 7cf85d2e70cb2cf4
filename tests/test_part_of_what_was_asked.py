"""A part of what was asked before or of what is named: a component of a class, a kind of procurement, one project of several;
accounts by their code, offices of two names, terms and their scope."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from little_book import ask, disclosure, figure, section

from corpus.disclosure import Basis, Level
from corpus.figure import Figure, Measure, Scheme
from corpus.figures import Book
from corpus.record import Record
from corpus.settings import load_settings
from rag.assistant import Assistant

BUREAU = "岚州市水务局2026年部门预算.txt"
ACCOUNTS = "岚州市林业局2025年部门决算.txt"
EARLIER = "岚州市林业局2024年部门决算.txt"


def _bureau() -> Record:
    def f(scheme: Scheme, account: str, value: str, **more: object) -> Figure:
        return figure(BUREAU, scheme, account, value, **more)  # type: ignore[arg-type]

    out = {"table": "支出总表"}
    figures = (
        f(Scheme.TOTAL, "本年支出合计", "900.00", **out),
        f(Scheme.TOTAL, "本年支出合计", "700.00", component="基本支出", **out),
        f(Scheme.TOTAL, "本年支出合计", "200.00", component="项目支出", **out),
        f(Scheme.FUNCTION, "农林水支出", "640.00", code="213", **out),
        f(Scheme.FUNCTION, "农林水支出", "460.00", code="213", component="基本支出", **out),
        f(Scheme.FUNCTION, "农林水支出", "180.00", code="213", component="项目支出", **out),
        f(Scheme.PROCUREMENT, "政府采购", "54.00", quote="政府采购预算54.00万元"),
        f(Scheme.PROCUREMENT, "货物", "9.00", quote="政府采购货物预算9.00万元"),
        f(Scheme.PROCUREMENT, "服务", "45.00", quote="政府采购服务预算45.00万元"),
        f(Scheme.OPERATING, "机关运行经费", "61.00", quote="机关运行经费预算61.00万元"),
        f(Scheme.PERFORMANCE, "绩效目标项目", "2", unit="个", measure=Measure.COUNT, quote="编报绩效目标的项目共2个"),
        f(Scheme.PERFORMANCE, "水库大坝远程监测点位数", "42", unit="个", measure=Measure.TARGET, quote="42个"),
        f(Scheme.PERFORMANCE, "水质抽检覆盖率", "96", unit="%", measure=Measure.TARGET, quote="96%"),
        f(Scheme.PERFORMANCE, "河道巡查件数", "310", unit="件", measure=Measure.TARGET, quote="310件"),
        f(Scheme.PROJECT, "堤防巡查工作经费", "70.00", component="项目支出", quote="堤防巡查工作经费70.00万元"),
        f(Scheme.PROJECT, "水情监测系统维护费", "130.00", component="项目支出", quote="水情监测系统维护费130.00万元"),
    )
    sections = (
        section("内设机构", "岚州市水务局设3个内设机构：办公室、河湖科（水政监察科）、财务科。"),
        section("名词解释", "机关运行经费：指为保障行政单位运行，用于购买货物和服务的各项资金。"),
    )
    head = disclosure(BUREAU, "岚州市水务局", 2026, Basis.BUDGET, Level.DEPARTMENT)
    return Record(head, (), sections, (), figures=figures)


def _accounts(name: str, year: int, budget: str, spent: str) -> Record:
    def f(account: str, value: str, basis: Basis = Basis.FINAL, **more: object) -> Figure:
        return figure(name, Scheme.TOTAL, account, value, basis=basis, year=year, **more)  # type: ignore[arg-type]

    figures = (
        f("本年支出合计", budget, Basis.BUDGET, quote=f"年初预算{budget}万元"),
        f("本年支出合计", spent, table="支出决算表"),
        f("本年支出合计", "12.50", measure=Measure.RATE, unit="%", compared=year - 1, quote="增长12.50%"),
    )
    return Record(disclosure(name, "岚州市林业局", year, Basis.FINAL, Level.DEPARTMENT), (), (), (), figures=figures)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = Path(tmp_path_factory.mktemp("part"))
    place = folder / "book.sqlite"
    with Book.open(place, writable=True) as book:
        book.store(_bureau())
        book.store(_accounts(ACCOUNTS, 2025, "500.00", "450.00"))
        book.store(_accounts(EARLIER, 2024, "480.00", "400.00"))
    book = Book.open(place)
    yield Assistant(book, load_settings(store=folder))
    book.close()


CLASS = "岚州市水务局2026年农林水支出预算是多少？"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("只看基本支出口径呢？", "460.00"),
        ("光算项目支出是多少？", "180.00"),
        ("仅项目支出部分呢", "180.00"),
        ("How much of it is basic expenditure?", "460.00"),
        ("And counting project expenditure only?", "180.00"),
    ],
)
def test_a_class_is_narrowed_to_one_component(assistant: Assistant, question: str, value: str) -> None:
    assert ask(assistant, question, None, CLASS)["result"]["value"] == value


def test_another_account_is_no_component_of_the_one_before(assistant: Assistant) -> None:
    assert ask(assistant, "那基本支出呢", None, "岚州市水务局2026年支出合计是多少")["result"]["value"] == "700.00"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("货物部分的政府采购预算呢？", "9.00"),
        ("What is the goods component of the 2026 government procurement budget?", "9.00"),
        ("How much is the services part of the procurement budget?", "45.00"),
        ("What is the project-expenditure part of agriculture, forestry and water expenditure (农林水支出)?", "180.00"),
        ("How much basic expenditure is budgeted for agriculture, forestry and water (农林水支出)?", "460.00"),
        ("科目编码213的预算数是多少？", "640.00"),
        ("How much was budgeted under code 213?", "640.00"),
    ],
)
def test_a_part_and_never_the_whole_is_told(assistant: Assistant, question: str, value: str) -> None:
    answer = ask(assistant, question, BUREAU)
    assert answer["result"]["value"] == value, answer["answer"]


@pytest.mark.parametrize(
    ("question", "before", "value"),
    [
        ("其中水情监测那项多少？", "编报绩效目标的项目一共几个，涉及多少资金？", "130.00"),
        ("堤防那块呢", "有哪些项目，各多少钱", "70.00"),
        ("堤防巡查打算花多少钱", "", "70.00"),
    ],
)
def test_one_project_of_those_asked_before(assistant: Assistant, question: str, before: str, value: str) -> None:
    answer = ask(assistant, question, BUREAU, *([before] if before else []))
    assert answer["result"]["value"] == value, answer["answer"]


@pytest.mark.parametrize("question", ["水政监察科和哪个科是一套牌子？", "河湖科跟哪个科合署？"])
def test_an_office_of_two_names(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question, BUREAU)
    assert "河湖科（水政监察科）" in answer["answer"]


def test_what_shares_no_staff_is_not_told(assistant: Assistant) -> None:
    assert ask(assistant, "财务科和哪个科合署办公？", BUREAU)["status"] == "not_disclosed"


@pytest.mark.parametrize(
    "question",
    ["机关运行经费的口径怎么界定？", "机关运行经费按什么口径统计", "How are agency operating expenses defined?"],
)
def test_the_scope_of_a_term_is_its_meaning(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question, BUREAU)
    assert "保障行政单位运行" in answer["answer"]
    assert answer["result"] is None


@pytest.mark.parametrize("question", ["Which vendor maintains the levees?", "水情监测系统的供应商是谁？"])
def test_a_company_that_no_sentence_names(assistant: Assistant, question: str) -> None:
    assert ask(assistant, question, BUREAU)["status"] == "not_disclosed"


def test_a_telephone_number_is_no_telephone_bill(assistant: Assistant) -> None:
    assert ask(assistant, "What is the bureau's telephone number?", BUREAU)["status"] == "out_of_scope"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What is the performance target for the number of remote dam (水库大坝) monitoring (监测) points?", "42"),
        ("What coverage rate is targeted for water quality spot checks (水质抽检)?", "96"),
        ("河道巡查案件目标多少件", "310"),
        ("大坝远程监测点位的目标值是多少", "42"),
    ],
)
def test_a_target_in_other_words(assistant: Assistant, question: str, value: str) -> None:
    answer = ask(assistant, question, BUREAU)
    assert answer["result"]["value"] == value, answer["answer"]


@pytest.mark.parametrize(
    "question", ["桥梁检测点位的目标值是多少", "What is the target for the number of lighthouse keepers?"]
)
def test_a_target_that_no_indicator_has(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question, BUREAU)
    assert answer["status"] == "not_disclosed"
    assert answer["result"] is None


@pytest.mark.parametrize(
    "question",
    [
        "实验林支出增长了百分之几",
        "植物园支出比上年增长多少？",
        "植物园支出完成预算的百分之几",
        "By what percentage did laboratory spending rise?",
    ],
)
def test_a_narrower_account_has_not_the_change_of_all(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question, ACCOUNTS)
    assert answer["status"] == "not_disclosed", answer["answer"]
    assert answer["result"] is None


@pytest.mark.parametrize(
    "question",
    [
        "支出预算执行了百分之几",
        "预算执行了百分之几",
        "预算执行率是多少",
        "What percentage of the budget was actually spent?",
    ],
)
def test_how_much_of_the_budget_was_spent(assistant: Assistant, question: str) -> None:
    assert ask(assistant, question, ACCOUNTS)["result"]["value"] == "90.00"  # 450.00 ÷ 500.00


@pytest.mark.parametrize(
    "question",
    [
        "比一比林业局2024年和2025年的支出合计",
        "Compare the 2024 and 2025 expenditure of the Lanzhou forestry bureau (岚州市林业局).",
    ],
)
def test_what_is_compared_is_not_added_up(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    assert "400.00" in answer["answer"]
    assert "450.00" in answer["answer"]
    assert "850.00" not in answer["answer"]


def test_more_spent_than_budgeted(assistant: Assistant) -> None:
    answer = ask(assistant, "How much more did the department spend than budgeted?", ACCOUNTS)
    assert answer["result"]["value"] == "-50.00"
