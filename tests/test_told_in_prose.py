"""What sentences answer by themselves. Invented papers of an invented county; all numbers made up and worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from little_book import ask, disclosure, figure, section

from corpus.disclosure import Basis, Level
from corpus.figure import Figure, Measure, Scheme
from corpus.figures import Book
from corpus.record import Record
from corpus.settings import Settings
from rag.assistant import Assistant

FUND = "青禾县水利救灾资金绩效自评报告.txt"
ROADS = "云溪县财政局2022年重点项目绩效评价报告.txt"
POLICE = "石桥市交警大队2021年部门预算.txt"
SCHOOL = "白鹭区教育局2022年部门决算.txt"
MUSEUM = "青山县博物馆2023年部门预算.txt"
STATION = "绿洲县公路站2024年部门预算.txt"
CARS = "松江湾区2022年“三公”经费决算说明.txt"


def _fund() -> Record:
    text = section(
        "一、资金下达",
        "2021年,省里下达青禾县救灾资金2亿元,涉及3个部门、6个项目。",
        "其中县水利局4个项目1.2亿元,县农业农村局1个项目0.3亿元,县应急局1个项目0.5亿元。",
    )
    targets = section(
        "二、绩效目标",
        "(一)东门排涝站工程:安排6000万元,新建泵站一座。",
        "(二)北山水库加固项目:安排3000万元,加固大坝400米。",
        "(三)河道清淤工程:安排4500万元,清淤12公里。",
    )
    return Record(
        disclosure(FUND, "青禾县水利局", 2021, Basis.FINAL, Level.DEPARTMENT), (), (text, targets), (), figures=()
    )


def _roads() -> Record:
    text = section(
        "评价结果",
        "1、柳河乡东柳村灌溉渠项目。修渠7公里。2022年下达衔接资金150万元,到年底实际支付120.50万元,支付完成率80.33%。第三方评价总得分88分。",
        "2、柳河乡西柳村文化广场项目。硬化1200平方米。2022年下达衔接资金90万元,到年底实际支付90万元,支付完成率100%。第三方评价总得分93.5分。",
    )
    return Record(disclosure(ROADS, "云溪县财政局", 2022, Basis.FINAL, Level.DEPARTMENT), (), (text,), (), figures=())


def _police() -> Record:
    text = section(
        "一、基本情况",
        "大队年底资产合计5000000.00元,其中固定资产总值4000000.00元,库存现金120.50元,银行存款30000.00元。",
        "机关运转一般公用经费按24000元/人年测算,提高4000元/人。",
    )
    return Record(
        disclosure(POLICE, "石桥市交警大队", 2021, Basis.BUDGET, Level.DEPARTMENT), (), (text,), (), figures=()
    )


def _cars() -> Record:
    text = section(
        "二、增减原因",
        "公务用车购置增加90.00万元,更换车辆:城管局购置3台,民政局1台,教育局2台,东湖街道1台。",
    )
    spent = figure(CARS, Scheme.THREE_PUBLIC, "公务用车购置费", "190.00", year=2022, basis=Basis.FINAL)
    return Record(
        disclosure(CARS, "松江湾区人民政府", 2022, Basis.FINAL, Level.DEPARTMENT), (), (text,), (), figures=(spent,)
    )


def _school() -> Record:
    text = section(
        "二、人员",
        "学校事业编制60人(其中自筹经费编制25人),工勤编制3人。",
        "2022年区属部门“三公”经费决算数50.00万元,比预算数减少4.50万元。另外,长期租车费12.30万元,比上年增加1.00万元。",
        "全年收入90.00亿元,比上年下降2.0%,剔除土地收入因素,增长3.5%。",
    )
    figures = (
        figure(SCHOOL, Scheme.STAFF, "事业编制", "60", unit="人", measure=Measure.COUNT, flow="", year=2022),
        figure(SCHOOL, Scheme.THREE_PUBLIC, "公务用车购置及运行费", "80.00", year=2022, quote="车费80.00万元"),
        figure(SCHOOL, Scheme.THREE_PUBLIC, "三公经费", "120.00", year=2022, quote="三公经费120.00万元"),
        figure(SCHOOL, Scheme.TOTAL, "本年收入合计", "-2.0", unit="%", year=2022, flow="收入", measure=Measure.RATE),
    )
    return Record(
        disclosure(SCHOOL, "白鹭区教育局", 2022, Basis.FINAL, Level.DEPARTMENT), (), (text,), (), figures=figures
    )


def _museum() -> Record:
    reasons = section(
        "三、“三公”经费变动原因",
        "一是馆里完成了车辆处置,公务用车运行维护费减少。",
    )
    rest = section(
        "四、其他说明",
        "2023年收支总计800.00万元,比上年增加450.00万元,增长128.57%,主要原因是新馆布展项目启动。",
        "商品服务减少3.20万元,主要是讲座场次减少。",
        "2023年项目中新增库房恒温系统、临展运输经费等项目。",
        "旧楼修缮项目支出减少,志愿者培训项目支出减少。",
        "政府采购预算60万元,主要项目是:展柜玻璃60万元。",
        "2019年5月,青山县文物陈列室更名为青山县博物馆。",
        "自评项目为馆藏保护经费。",
    )
    figures = (
        figure(MUSEUM, Scheme.TOTAL, "支出总计", "800.00", year=2023, table="收支总表"),
        figure(MUSEUM, Scheme.THREE_PUBLIC, "公务用车运行维护费", "2.00", year=2023, table="三公表"),
        figure(MUSEUM, Scheme.PROCUREMENT, "政府采购", "60", year=2023, quote="政府采购预算60万元"),
    )
    return Record(
        disclosure(MUSEUM, "青山县博物馆", 2023, Basis.BUDGET, Level.DEPARTMENT),
        (),
        (reasons, rest),
        (),
        figures=figures,
    )


def _station() -> Record:
    text = section(
        "基本情况",
        "辖区道路总里程640公里,其中县道90公里。",
        "2024年在职人员年初48人,年末45人。",
        "运行经费主要用于4辆公务用车的燃料费、维修费。",
    )

    def f(scheme: Scheme, account: str, value: str, **more: Any) -> Figure:
        return figure(STATION, scheme, account, value, year=2024, **more)

    people: dict[str, Any] = {"unit": "人", "measure": Measure.COUNT, "flow": ""}
    figures = (
        f(Scheme.STAFF, "在职人员", "52", quote="在职52人", **people),
        f(Scheme.STAFF, "编制", "40", quote="编制40人", **people),
        f(Scheme.THREE_PUBLIC, "因公出国（境）费", "1.50", quote="出国1.50万元"),
        f(Scheme.THREE_PUBLIC, "公务用车运行维护费", "10.00", quote="运行10.00万元"),
        f(Scheme.THREE_PUBLIC, "公务接待费", "0.75", quote="接待0.75万元"),
    )
    return Record(
        disclosure(STATION, "绿洲县公路站", 2024, Basis.BUDGET, Level.DEPARTMENT), (), (text,), (), figures=figures
    )


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    place: Path = tmp_path_factory.mktemp("prose") / "book.sqlite"
    with Book.open(place, writable=True) as book:
        for record in (_fund(), _roads(), _police(), _cars(), _school(), _museum(), _station()):
            book.store(record)
    with Book.open(place) as book:
        yield Assistant(book, Settings())


@pytest.mark.parametrize(
    ("document", "question", "value", "unit"),
    [
        (FUND, "县农业农村局分到多少救灾资金", "0.3", "亿元"),
        (FUND, "水利局有几个项目", "4", "个"),
        (FUND, "县应急局的资金占总额百分之几", "25.00", "%"),  # 0.5 / 2
        (FUND, "哪个部门分到的救灾资金最多", "1.2", "亿元"),
        (CARS, "2022年一共购置了多少台公务车", "7", "台"),  # 3 + 1 + 2 + 1
        (CARS, "民政局买了几台车", "1", "台"),
        (ROADS, "得分最高的是哪个项目，多少分", "93.5", "分"),
        (ROADS, "这两个项目平均得分", "90.75", "分"),  # (88 + 93.5) / 2
        (ROADS, "东柳村灌溉渠项目还剩多少钱没付", "29.50", "万元"),  # 150 − 120.50
        (ROADS, "西柳村文化广场项目下达了多少资金", "90", "万元"),
        (POLICE, "银行存款和库存现金加起来多少", "30120.50", "元"),
        (POLICE, "固定资产占总资产的百分之几", "80.00", "%"),
        (POLICE, "公用经费标准每人每年多少钱", "24000", "元"),
        (SCHOOL, "事业编里自筹经费的有几个", "25", "人"),
        (SCHOOL, "区属部门三公经费的预算数是多少", "54.50", "万元"),  # 50.00 + 4.50
        (SCHOOL, "租车费2022年安排了多少", "12.30", "万元"),
        (SCHOOL, "剔除土地收入因素后收入增长多少", "3.5", "%"),
        (STATION, "管的路总共多少公里", "640", "公里"),
        (STATION, "在职人员年末比年初少几个", "3", "人"),  # 48 − 45
        (STATION, "平均一辆车一年运行费多少", "2.50", "万元"),  # 10.00 ÷ 4
        (STATION, "在职比编制多多少人", "12", "人"),  # 52 − 40
        (STATION, "三项加起来三公经费预算一共多少", "12.25", "万元"),  # 1.50 + 10.00 + 0.75
        (POLICE, "上年公用经费的标准每人每年多少", "20000", "元"),  # 24000 − 4000
    ],
)
def test_numbers_of_sentences(shelf: Assistant, document: str, question: str, value: str, unit: str) -> None:
    answer = ask(shelf, question, document)
    assert answer["result"] is not None, answer
    assert (answer["result"]["value"], answer["result"]["unit"]) == (value, unit), answer


def test_a_body_that_gets_nothing_gets_no_number(shelf: Assistant) -> None:
    answer = ask(shelf, "县教育局分到多少救灾资金", FUND)
    assert answer["status"] == "not_disclosed", answer
    assert answer["result"] is None


def test_listed_projects_above_a_limit(shelf: Assistant) -> None:
    answer = ask(shelf, "绩效目标里列出的三个项目，哪些安排了4500万元以上", FUND)
    assert "东门排涝站" in answer["answer"], answer
    assert "河道清淤" in answer["answer"]
    assert "北山水库" not in answer["answer"]


@pytest.mark.parametrize("question", ["事业编里外籍的有几个", "扣除退税因素后收入增长多少"])
def test_a_wider_number_is_not_told_for_a_narrower_one(shelf: Assistant, question: str) -> None:
    answer = ask(shelf, question, SCHOOL)
    assert answer["result"] is None, answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("车辆运行维护费为啥少了", "车辆处置"),
        ("收支怎么翻了一倍多", "新馆布展"),
        ("商品服务怎么减少了", "讲座场次"),
        ("2023年新增了哪些项目？", "库房恒温系统"),
        ("哪两个项目的支出少了", "志愿者培训"),
        ("2023年采购买了什么", "展柜玻璃"),
        ("青山县博物馆以前叫什么", "文物陈列室"),
        ("绩效自评评的是哪个项目", "馆藏保护"),
    ],
)
def test_causes_and_names_in_clauses(shelf: Assistant, question: str, said: str) -> None:
    answer = ask(shelf, question, MUSEUM)
    assert said in answer["answer"], answer


def test_no_cause_is_given_for_what_has_none(shelf: Assistant) -> None:
    assert ask(shelf, "会议费为什么增加", MUSEUM)["status"] == "not_disclosed"
