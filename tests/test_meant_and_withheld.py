"""Accounts and projects called by part of their name or by what they are for, words that mean one account together, and answers
that are withheld because they tell something else. Invented units, invented numbers, answers worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from little_book import CENTRE, HALL, disclosure, figure, little_book

from corpus.disclosure import Basis, Level
from corpus.figure import Measure, Scheme
from corpus.figures import Book
from corpus.record import Record
from corpus.settings import Settings
from rag.assistant import Assistant
from ui.service import Service

OFFICE = "白岭市溪东区商贸局2023年部门预算.txt"
TEXT = """白岭市溪东区商贸局2023年部门预算
一、主要职责
(一)负责受理群众投诉和市场纠纷。
二、部门预算情况说明
2023年支出预算500.00万元,其中:基本支出320.00万元。
1.“商业服务业等支出(类)商业流通事务(款)其他商业流通事务支出(项)”62.00万元,主要用于标准化菜场改造。
2.“商业服务业等支出(类)商业流通事务(款)行政运行(项)”320.00万元,主要用于人员工资。
三、政府采购
2023年采购预算40.00万元,分为货物采购10.00万元、工程采购0万元、服务采购30.00万元。
四、绩效目标
2023年实行绩效目标管理的项目2个,涉及一般公共预算拨款90.00万元。
五、国有资产占用情况
截至2022年12月31日,流动资产30.00万元。
"""
SCHOOL = "云州师范大学2023年部门预算.txt"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("meant")
    made = Service(Settings(store=Path(folder / "store")))
    (folder / OFFICE).write_text(TEXT, encoding="utf-8")
    assert len(list(made.ingest([folder / OFFICE]))) == 1
    return made


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    def f(*args: object, **more: object) -> Any:
        return figure(SCHOOL, *args, year=2023, **more)  # type: ignore[arg-type]

    income, spent = {"flow": "收入", "table": "收入预算表"}, {"table": "支出预算表"}
    figures = (
        f(Scheme.SOURCE, "教育收费", "900.00", row="合计", **income),
        f(Scheme.FUNCTION, "高中教育", "75.00", code="2050204", **income),
        f(Scheme.FUNCTION, "高中教育", "12.00", code="2050204", funding="教育收费", column="教育收费", **income),
        f(Scheme.FUNCTION, "高中教育", "83.00", code="2050204", **spent),
        f(Scheme.FUNCTION, "事业运行", "41.00", code="2010450", **spent),
        f(Scheme.PROJECT, "实验室改造", "70.00", component="项目支出", table="项目支出表"),
        f(Scheme.PROJECT, "实验室改造", "20.00", component="项目支出", funding="单位资金", table="项目支出表", column="单位资金"),
        f(Scheme.PROJECT, "实验室改造", "210.00", component="实施期总额", table="绩效目标表"),
        f(Scheme.ASSET, "房屋", "50.00", flow="", quote="房屋价值50.00万元"),
        f(Scheme.ASSET, "车辆", "6.00", flow="", quote="车辆价值6.00万元"),
        f(Scheme.ASSET, "其他资产", "4.00", flow="", quote="其他资产价值4.00万元"),
        f(Scheme.STAFF, "在职人员", "8", unit="名", measure=Measure.COUNT, flow="", quote="实有人员8名"),
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("school")
    little_book(folder).close()
    head = disclosure(SCHOOL, "云州师范大学", 2023, Basis.BUDGET, Level.DEPARTMENT)
    with Book.open(folder / "book.sqlite", writable=True) as opened:
        opened.store(Record(head, (), (), (), figures=figures))
    return Assistant(Book.open(folder / "book.sqlite"), Settings())


def value(answer: dict[str, Any]) -> tuple[str, str] | None:
    return (answer["result"]["value"], answer["result"]["unit"]) if answer["result"] else None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("附中收的教育收费是多少", "12.00"),
        ("云州师范大学的教育收费是多少", "900.00"),
        ("高中教育支出预算比收入预算多多少", "8.00"),
        ("下属事业单位的运行和人员经费是多少", "41.00"),
        ("实验室改造动用单位资金多少", "20.00"),
        ("实验室改造整个实施期的资金总额是多少", "210.00"),
        ("房屋、车辆、其他加起来总价值多少万元", "60.00"),
        ("房屋、车辆加起来总价值多少万元", "56.00"),
    ],
)
def test_words_that_mean_one_account_together(book: Assistant, question: str, expected: str) -> None:
    assert value(book.ask(question, [], SCHOOL).as_json()) == (expected, "万元")


def test_projects_by_part_of_their_name(book: Assistant) -> None:
    asked = book.ask("电脑云桌面呢,多少元?", ["窗口运行经费多少钱?"], CENTRE).as_json()
    assert value(asked) == ("2000000", "元")
    assert value(book.ask("云桌面那个呢?", ["窗口运行经费多少钱?"], CENTRE).as_json()) == ("200.00", "万元")
    assert book.ask("云桌面培训多少人?", [], CENTRE).result is None


def test_a_body_whose_name_holds_an_account(book: Assistant) -> None:
    assert book.ask("中小企业服务中心自己的预算是多少?", [], HALL).as_json()["status"] == "not_disclosed"


def test_what_a_class_is_for_names_it(office: Service) -> None:
    answer = office.assistant.ask("管菜市场的支出安排了多少?", [], OFFICE).as_json()
    assert value(answer) == ("62.00", "万元")
    assert "标准化菜场改造" in answer["answer"]
    assert office.assistant.ask("管体育场的支出安排了多少?", [], OFFICE).result is None


@pytest.mark.parametrize(
    "question",
    [
        "那个实行绩效目标管理的项目叫什么名字?",
        "采购的那30万服务具体买了些什么",
        "2023年群众投诉最多的是哪类问题?",
        "2023年上半年实际支出了多少",
        "2023年底流动资产有多少?",
    ],
)
def test_what_tells_something_else_is_withheld(office: Service, question: str) -> None:
    answer = office.assistant.ask(question, [], OFFICE).as_json()
    assert (answer["status"], answer["result"]) == ("not_disclosed", None)


def test_the_same_at_the_date_the_paper_tells_of(office: Service) -> None:
    assert value(office.assistant.ask("2022年底流动资产有多少?", [], OFFICE).as_json()) == ("30.00", "万元")


def test_where_to_eat_is_no_business_of_budgets(office: Service) -> None:
    assert office.assistant.ask("溪东区哪家饭店适合公务接待?", []).as_json()["status"] == "out_of_scope"


SHEETS = "白岭市溪东区信息中心2023年部门预算.txt"
SHEETS_TEXT = """白岭市溪东区信息中心2023年部门预算
一、机构情况
本中心溯源于1998年成立的溪东区计算站,现有38个公共机房。占地30亩,绿化率45%。
二、部门预算情况说明
2023年支出预算800.00万元,其中:基本支出500.00万元。
“一般公共服务支出(类)统计信息事务(款)信息系统运维(项)”120.00万元,主要用于政务云平台和门户网站的运维。
三、绩效目标设置情况
本部门编报绩效目标的项目7个,涉及项目预算资金210.00万元。
全年做到签收率100%,办结率不低于98%,回访满意率不低于92%。
四、机关运行经费
2023年本部门下属1家机关和2家事业单位的机关运行经费预算为66.00万元。
五、制度
建安费用500.00万元及以下的竣工验收审计由区审计局负责,800.00万元以上的评审由市发改委负责。
六、合同
门户网站改版合同金额为56.00万元,已支付40.00万元,剩余16.00万元2024年支付。
机房搬迁项目因合同终止,不再支付6.50万元的余款。
"""


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("sheets")
    made = Service(Settings(store=Path(folder / "store")))
    later = SHEETS_TEXT.replace("2023", "2024").replace("38个公共机房", "41个公共机房")
    for name, text in ((SHEETS, SHEETS_TEXT), (SHEETS.replace("2023", "2024"), later)):
        (folder / name).write_text(text, encoding="utf-8")
    assert len(list(made.ingest(sorted(folder.glob("*.txt"))))) == 2
    return made


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("签收率、办结率和满意率目标各是多少", ("100%", "98%", "92%")),
        ("绿化率和占地面积是多少?", ("45%", "30亩")),
        ("编报绩效目标的项目数和金额各是?", ("7个", "210.00万元")),
        ("机关运行经费算了几家单位的?", ("1家机关和2家事业单位",)),
        ("信息系统运维那笔主要维护哪些东西?", ("政务云平台", "门户网站")),
        ("中心最早追溯到哪一年?", ("1998年",)),
    ],
)
def test_one_sentence_tells_what_is_asked_together(sheets: Service, question: str, expected: tuple[str, ...]) -> None:
    answer = sheets.assistant.ask(question, [], SHEETS).as_json()
    assert answer["status"] == "answered"
    assert all(word in answer["answer"].replace(" ", "") for word in expected)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("竣工验收审计由区审计局负责的是多大金额的项目?", "500.00"),
        ("门户网站改版的合同总价是多少", "56.00"),
        ("门户网站改版合同款留到2024年再付的是多少?", "16.00"),
        ("门户网站改版合同已经付了多少?", "40.00"),
        ("门户网站改版合同多少钱?", "56.00"),
        ("机房搬迁项目有多少钱不用付了?", "6.50"),
        ("机房搬迁有多少余款不给了?", "6.50"),
    ],
)
def test_limits_and_contracts(sheets: Service, question: str, expected: str) -> None:
    assert value(sheets.assistant.ask(question, [], SHEETS).as_json()) == (expected, "万元")


def test_no_contract_is_paid_in_a_year_that_is_not_told(sheets: Service) -> None:
    assert sheets.assistant.ask("门户网站改版合同款留到2026年再付的是多少?", [], SHEETS).result is None


def test_two_years_by_what_sentences_count(sheets: Service) -> None:
    unit = "白岭市溪东区信息中心"
    both = sheets.assistant.ask(f"{unit}2023年和2024年的公共机房各是多少个", []).as_json()
    assert "38个" in both["answer"]
    assert "41个" in both["answer"]
    more = sheets.assistant.ask("公共机房呢,多了几个?", [f"{unit}2024年比2023年多了多少支出?"]).as_json()
    assert value(more) == ("3", "个")


def test_classes_one_year_has_and_the_other_has_not(tmp_path: Path) -> None:
    old, new = "云州市水务局2023年部门预算.txt", "云州市水务局2024年部门预算.txt"
    kept = [("农林水支出", "213", "90.00")]
    little_book(tmp_path).close()
    with Book.open(tmp_path / "book.sqlite", writable=True) as opened:
        for name, year, classes in ((old, 2023, kept), (new, 2024, [*kept, ("科学技术支出", "206", "5.00")])):
            figures = tuple(
                figure(name, Scheme.FUNCTION, account, amount, code=code, year=year, table="支出预算表")
                for account, code, amount in classes
            )
            head = disclosure(name, "云州市水务局", year, Basis.BUDGET, Level.DEPARTMENT)
            opened.store(Record(head, (), (), (), figures=figures))
    book = Assistant(Book.open(tmp_path / "book.sqlite"), Settings())
    answer = book.ask("跟2023年相比,云州市水务局2024年多了哪个类级支出科目", []).as_json()
    assert "科学技术支出" in answer["answer"]
    assert "农林水支出" not in answer["answer"]


def test_an_office_asked_for_behind_what_it_does(tmp_path: Path) -> None:
    made = Service(Settings(store=tmp_path / "store"))
    name = "白岭市溪东区水务局2023年部门预算.txt"
    text = "白岭市溪东区水务局2023年部门预算\n二、内设机构\n(一)综合科。负责文电和会务。\n(二)河湖科。负责河道保洁和防汛物资储备。\n三、部门预算情况说明\n2023年支出预算80.00万元。\n"
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert len(list(made.ingest([tmp_path / name]))) == 1
    assert "河湖科" in made.assistant.ask("溪东区防汛物资储备归水务局哪个科管?", []).text
