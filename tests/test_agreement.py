"""Whether two places agree, parts make their whole, and what the quarters of a year come to. One invented bureau with a budget of
two years; every number was made up and worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from little_book import ask, disclosure, figure, section

from corpus.disclosure import Basis, Cell, Level, Table
from corpus.figure import Figure, Measure, Scheme
from corpus.figures import Book
from corpus.money import COUNT_UNITS
from corpus.record import Record
from corpus.settings import Settings
from eval.support import unsupported
from ingest.checking.lists import listed_parts
from rag.assistant import Assistant
from rag.verify import holds

OLD = "青林区水务局2021年部门预算.txt"
NEW = "青林区水务局2022年部门预算.txt"
UNIT = "青林区水务局"
PUMP, PIPE = "新建城东泵站", "管网巡查经费"


def _line(project: str, label: str, value: str, component: str, funding: str = "全部") -> Figure:
    """A line of a project's sheet."""
    found = figure(
        NEW,
        Scheme.PROJECT,
        project,
        value,
        unit="元",
        year=2022,
        component=component,
        funding=funding,
        table="绩效目标表",
        row=label,
    )
    return replace(found, name=label)


def _target(project: str, account: str, value: str, unit: str, quote: str) -> Figure:
    more: dict[str, Any] = {
        "year": 2022,
        "flow": "",
        "table": "绩效目标表",
        "entity": project,
        "measure": Measure.TARGET,
    }
    return figure(NEW, Scheme.PERFORMANCE, account, value, unit=unit, quote=quote, **more)


def _figures() -> tuple[Figure, ...]:
    at: dict[str, Any] = {"year": 2022}
    moved: dict[str, Any] = {"year": 2022, "measure": Measure.CHANGE, "compared": 2021}
    share: dict[str, Any] = {"year": 2022, "measure": Measure.SHARE, "unit": "%"}

    def f(scheme: Scheme, account: str, value: str, **more: Any) -> Figure:
        return figure(NEW, scheme, account, value, **more)

    return (
        f(Scheme.TOTAL, "支出总计", "900.00", table="收支总表", **at),
        f(Scheme.TOTAL, "本年支出合计", "800.00", table="收支总表", **at),
        f(Scheme.TOTAL, "本年支出合计", "500.01", component="基本支出", table="支出总表", **at),
        f(Scheme.TOTAL, "本年支出合计", "300.00", component="项目支出", table="支出总表", **at),
        f(Scheme.TOTAL, "支出总计", "-100.00", quote="支出总计比2021年减少100.00万元", **moved),
        f(Scheme.TOTAL, "本年支出合计", "-30.00", quote="本年支出减少30.00万元", **moved),
        f(Scheme.FUNCTION, "农林水支出", "-50.00", code="213", quote="农林水支出减少50.00万元", **moved),
        f(Scheme.FUNCTION, "住房保障支出", "20.00", code="221", quote="住房保障支出增加20.00万元", **moved),
        f(Scheme.FUNCTION, "卫生健康支出", "12.30", code="210", table="支出总表", **at),
        f(Scheme.FUNCTION, "行政单位医疗", "8.11", code="2101101", table="支出总表", **at),
        f(Scheme.FUNCTION, "公务员医疗补助", "4.20", code="2101103", table="支出总表", **at),
        f(Scheme.FUNCTION, "科学技术支出", "0.4", code="206", quote="科学技术支出占0.4%", whole="总支出", **share),
        f(Scheme.FUNCTION, "住房保障支出", "3.1", code="221", quote="住房保障支出占3.1%", whole="总支出", **share),
        f(Scheme.PERFORMANCE, "绩效目标项目", "2", unit="个", measure=Measure.COUNT, quote="绩效目标项目2个", **at),
        f(Scheme.PERFORMANCE, "绩效目标项目", "250.00", quote="涉及资金250.00万元", **at),
        f(Scheme.FUNCTION, "水土保持", "90.00", code="2130310", table="支出总表", **at),
        f(Scheme.FUNCTION, "水土保持", "-25.00", code="2130310", quote="比2021年预算执行数减少25.00%", whole="2021年预算执行数",
          **moved | {"measure": Measure.RATE, "unit": "%"}),
        f(Scheme.FUNCTION, "财政委托业务支出", "21.00", code="2010608", table="支出总表", **at),
        f(Scheme.ECONOMIC, "委托业务费", "1.00", code="30227", component="基本支出", table="基本支出表", **at),
        f(Scheme.PROJECT, "中介机构服务费", "13.00", component="专项", quote="中介机构服务费13.00万元", **at),
        f(Scheme.TOTAL, "本年支出合计", "80.00", component="公用经费", table="基本支出表", **at),
        f(Scheme.ECONOMIC, "邮电费", "6.00", code="30207", component="基本支出", table="基本支出表", **at),
        f(Scheme.ECONOMIC, "公务接待费", "2.50", code="30217", component="基本支出", table="基本支出表", **at),
        f(Scheme.THREE_PUBLIC, "公务接待费", "4.00", funding="财政拨款", table="“三公”经费表", **at),
        *(f(Scheme.ASSET, name, value, flow="", quote=f"{name}{value}万元", **at)
          for name, value in (("流动资产", "120.00"), ("固定资产", "340.00"), ("无形资产", "56.00"))),
        f(Scheme.PROCUREMENT, "面向中小企业预留", "40.00", quote="面向中小企业预留40.00万元", **at),
        f(Scheme.PROCUREMENT, "面向小微企业预留", "30.00", quote="预留给小微企业30.00万元", **at),
        replace(f(Scheme.PROJECT, "支持夜间巡查", "45.00", component="项目支出", quote="支持夜间巡查45.00万元", **at), path=(PIPE,)),
        replace(f(Scheme.PROJECT, "支持设备更新", "15.00", component="项目支出", quote="支持设备更新15.00万元", **at), path=(PIPE,)),
        f(Scheme.PROJECT, PUMP, "200.00", component="项目支出", table="项目支出表", **at),
        f(Scheme.PROJECT, PIPE, "60.00", component="项目支出", table="项目支出表", **at),
        _line(PIPE, "项目资金总额", "600000", "实施期总额"),
        _line(PIPE, "当年财政拨款", "650000", "项目支出", "财政拨款"),
        _target(PIPE, "巡查总成本", "75", "万元", "≤75万元"),
        _target(PIPE, "预算执行率", "95", "%", "≥95%"),
        _target(PUMP, "预算执行率", "100", "%", "100%"),
    )  # fmt: skip


def _weights() -> Table:
    rows = (("三级指标", "权重"), ("巡查里程", "40"), ("抢修及时率", "35"), ("群众满意度", "15"))
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Table("t1", "整体绩效目标表", "performance", None, 4, 2, 1, cells, ("三级指标", "权重"))


def _records() -> tuple[Record, Record]:
    units = (UNIT,)
    pump = section(
        "城东泵站项目说明",
        f"{PUMP}位于城东。本工程建筑面积约为3000平方米,其中地上建筑面积为1800平方米(其中机房700平方米),地下建筑面积为1150平方米。",
        "第一季度用款计划30.00万元,第二季度用款计划70.00万元,第三季度用款计划60.00万元,第四季度用款计划40.00万元。",
    )
    names = section("绩效说明", "安排管线信息化保障费33.50万元。", "其中管线信息化建设费33.50万元。")
    old = (
        figure(OLD, Scheme.TOTAL, "支出总计", "1000.00", table="收支总表", year=2021),
        figure(OLD, Scheme.FUNCTION, "水土保持", "80.00", code="2130310", table="支出总表", year=2021),
    )
    first = Record(disclosure(OLD, UNIT, 2021, Basis.BUDGET, Level.DEPARTMENT, units), (), (), (), figures=old)
    head = disclosure(NEW, UNIT, 2022, Basis.BUDGET, Level.DEPARTMENT, units)
    return first, Record(head, (), (pump, names), (_weights(),), figures=_figures())


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    place: Path = tmp_path_factory.mktemp("agreement") / "book.sqlite"
    with Book.open(place, writable=True) as book:
        for record in _records():
            book.store(record)
    with Book.open(place) as book:
        yield Assistant(book, Settings())


@pytest.mark.parametrize(
    ("question", "said", "apart"),
    [
        ("管网巡查经费的资金总额跟当年财政拨款一样吗？", "不一致", "50000"),  # 650000 − 600000
        ("两个编报绩效目标的项目加起来，跟文字里的250.00万元一样吗？", "不一致", "10.00"),  # 200 + 60 − 250
        ("2022年支出总计说比2021年减少100.00万元，和2021年那份预算对得上吗？", "一致", "900.00万元 − 1000.00万元"),
        ("各类支出的增减合起来是不是刚好减少30.00万元？", "一致", "-50.00万元 + 20.00万元"),
        ("卫生健康支出的两个项级科目相加，等于类级合计吗？", "一致", "0.01"),  # 8.11 + 4.20 = 12.31, printed 12.30
        ("基本支出加项目支出等于支出总计吗？", "本年支出合计印的是800.00万元", "0.01"),
        ("图里科技和住房合起来占3.5%，和文字说明一致吗？", "一致", "0.4% + 3.1% = 3.5%"),
        ("图里科技和住房合起来占4%，和文字说明一致吗？", "不一致", "0.5%"),
        ("城东泵站地上和地下面积相加，等于总面积3000平方米吗？", "不一致", "50平方米"),  # 1800 + 1150 = 2950
        ("城东泵站地上、地下面积加起来等于总建筑面积吗？", "不一致", "50平方米"),
        ("管网巡查经费的成本指标比年度资金高吗？各是多少", "指标高于资金", "15.00万元"),  # 75 − 60
        ("两个项目的预算执行率目标一样吗？", "不一样", "≥95%"),
        ("整体绩效目标表的权重加起来到100了吗？", "90分", "40分 + 35分 + 15分"),
        ("那笔33.50万元，前后叫法一样吗？", "叫法不一样", "管线信息化建设费"),
    ],
)
def test_what_is_set_side_by_side_is_weighed(bureau: Assistant, question: str, said: str, apart: str) -> None:
    answer = ask(bureau, question, NEW)
    assert answer["status"] == "answered", answer
    assert said in answer["answer"], answer
    assert said.startswith("不") or f"不{said}" not in answer["answer"], answer
    assert apart in answer["answer"], answer
    assert unsupported(answer, question, names=[UNIT, OLD, NEW]) == (), answer


def test_the_gap_of_two_lines_is_a_result_when_asked_after(bureau: Assistant) -> None:
    answer = ask(bureau, "相差多少元", NEW, "管网巡查经费绩效表里资金总额和当年财政拨款一致吗")
    assert (answer["result"]["value"], answer["result"]["unit"]) == ("50000", "元"), answer


@pytest.mark.parametrize(
    ("question", "history", "value", "said"),
    [
        (
            "新建城东泵站每季度用款计划是多少，全年合计呢？",
            (),
            "200.00",
            "30.00万元 + 70.00万元 + 60.00万元 + 40.00万元",
        ),
        ("平均一个季度是多少？", ("新建城东泵站四个季度的用款计划合计多少？",), "50.00", "÷ 4"),
        ("新建城东泵站哪个季度用款最多", (), "70.00", "**第二季度**最多"),
        ("新建城东泵站哪个季度用款最少", (), "30.00", "**第一季度**最少"),
    ],
)
def test_quarters(bureau: Assistant, question: str, history: tuple[str, ...], value: str, said: str) -> None:
    answer = ask(bureau, question, NEW, *history)
    assert answer["result"]["value"] == value, answer
    assert said in answer["answer"], answer


def test_quarters_against_the_money_of_the_project(bureau: Assistant) -> None:
    answer = ask(bureau, "新建城东泵站四个季度的用款计划加起来，跟项目资金一样吗", NEW)
    assert answer["answer"].startswith("- 一致。四个季度合计"), answer  # 30 + 70 + 60 + 40 = 200


def test_percentages_are_added_as_percentages() -> None:
    assert holds("0.4% + 3.1% = 3.5%")
    assert not holds("0.4% + 3.1% = 3.6%")
    assert holds("1.00万元 ÷ 4.00万元 = 25.00%")


def test_a_list_that_does_not_make_its_whole_is_written_out() -> None:
    text = "办公所需20万元(包括纸张12万元、印刷5万元、报刊6万元)。"  # 12 + 5 + 6 = 23
    head = disclosure(NEW, UNIT, 2022, Basis.BUDGET, Level.DEPARTMENT)
    found = listed_parts(Record(head, (), (section("说明", text),), ()))
    assert "所列各项之和为23万元（计算：12万元 + 5万元 + 6万元 = 23万元），多出3万元" in found[0].message


def test_sums_of_counted_things_and_what_follows_from_them_are_supported() -> None:
    assert "平方米" in COUNT_UNITS
    answer = {
        "answer": "各部分之和：1800平方米 + 1150平方米 = 2950平方米；相差50平方米（计算：3000平方米 − 2950平方米 = 50平方米）",
        "citations": [{"quote": "约3000平方米,地上1800平方米,地下1150平方米"}],
    }
    assert unsupported(answer, "对得上吗") == ()
    wrong = answer | {"answer": "各部分之和：1800平方米 + 1150平方米 = 2960平方米"}
    assert unsupported(wrong, "对得上吗") == ("2960平方米",)


@pytest.mark.parametrize("question", ["2022年三公经费预算总共合计多少？", "2022年预算总支出合计是多少"])
def test_a_sum_that_is_no_sum_of_quarters(bureau: Assistant, question: str) -> None:
    assert "季度" not in ask(bureau, question, NEW)["answer"]


@pytest.mark.parametrize(
    ("question", "history", "value"),
    [
        ("管网巡查经费里夜间巡查占多大比例？", (), "75.00"),  # 45 / 60
        ("支持设备更新这个子项，金额占整个专项的比例？", (), "25.00"),  # 15 / 60
        ("这两个项目的钱占全部项目支出的百分之多少？", ("公开了哪两个项目的绩效目标？",), "86.67"),  # 260 / 300
        ("其中最大的一个占这两个项目资金的多少？", ("编报绩效目标的是哪几个项目，各多少",), "76.92"),  # 200 / 260
        ("科学技术和住房保障两项合起来占支出的百分之几？", (), "3.5"),  # 0.4 + 3.1 as stated
        ("中小企业预留额里给小微的比例", (), "75.00"),  # 30 / 40
    ],
)
def test_shares_within_projects_and_of_stated_shares(
    bureau: Assistant, question: str, history: tuple[str, ...], value: str
) -> None:
    answer = ask(bureau, question, NEW, *history)
    assert answer["result"] is not None, answer
    assert (answer["result"]["value"], answer["result"]["unit"]) == (value, "%"), answer


def test_the_parts_below_a_project_are_counted_and_ranked(bureau: Assistant) -> None:
    answer = ask(bureau, "管网巡查经费项目下面分成了几块，其中最大的一块多少钱", NEW)
    assert answer["answer"].startswith("共2项"), answer
    assert answer["result"]["value"] == "45.00"


@pytest.mark.parametrize(
    ("question", "history", "value"),
    [
        ("委托审计这块（财政委托业务支出）多少钱？", (), "21.00"),
        ("委托中介机构的钱安排了多少？", (), "13.00"),
        ("公用经费说明里提到邮电费，表里邮电费实际是多少？", (), "6.00"),
        ("三公表写的接待费是4万，那基本支出经济分类里的公务接待费是多少", (), "2.50"),
        ("这两处接待费相差几万？", ("基本支出经济分类里的公务接待费是多少",), "1.50"),  # 4.00 − 2.50
        ("泵站工程地下建筑面积多少？", (), "1150"),
    ],
)
def test_of_two_accounts_named_the_one_asked_for_is_the_headline(
    bureau: Assistant, question: str, history: tuple[str, ...], value: str
) -> None:
    answer = ask(bureau, question, NEW, *history)
    assert answer["result"] is not None, answer
    assert float(answer["result"]["value"]) == float(value), answer


def test_three_kinds_share_one_ending(bureau: Assistant) -> None:
    answer = ask(bureau, "流动、固定、无形资产各值多少？", NEW)["answer"]
    assert all(number in answer for number in ("120.00", "340.00", "56.00")), answer


def test_a_change_of_two_budgets_is_told_beside_that_against_what_was_spent(bureau: Assistant) -> None:
    answer = ask(bureau, "水土保持支出增加还是减少，变了多少？", NEW)
    assert answer["result"]["value"] == "10.00", answer  # 90 − 80
    assert "比2021年预算执行数减少**25.00%**" in answer["answer"], answer
