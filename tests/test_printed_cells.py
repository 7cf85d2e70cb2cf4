"""Answers from cells as printed, and from pairs of figures that belong together: codes, weights, empty tables, government
economic classes, posts, budgets and what was spent of them. Two invented documents, numbers worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from little_book import ask, disclosure, figure, section

from corpus.disclosure import Basis, Cell, Level, Table
from corpus.figure import Figure, Measure, Scheme, Status
from corpus.figures import Book
from corpus.record import Record
from corpus.settings import Settings
from rag.assistant import Assistant
from rag.conditions import claimed, threshold
from rag.wording import two_tables

CENTRE = "平川市政务服务中心2026年单位预算.txt"
WORKS = "平川市东岭区社会工作部2024年部门决算.pdf"
ECONOMIC = "基本支出分经济科目表"


def _table(name: str, rows: Sequence[Sequence[str]], *, columns: Sequence[str] = (), kind: str = "generic") -> Table:
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    width = max(map(len, rows))
    return Table(name, name, kind, "万元", len(rows), width, 1, cells, tuple(columns) or ("",) * width)


def _row(figure: Figure, row: int) -> Figure:
    return replace(figure, locator=replace(figure.locator, row_index=row, column_index=2))


def _centre() -> Record:
    economic = {"funding": "一般公共预算", "component": "基本支出", "table": ECONOMIC}
    tables = (
        _table("政府购买服务目录", [["代码", "名称"], ["A180701", "热线便民服务"], ["A160505", "办件免费邮寄服务"]]),
        _table("整体绩效目标表", [["三级指标", "指标值", "分值权重"], ["专题培训", "≥5场次", "10"], ["办件量", "≥4800件", "25"]]),
        _table("项目支出绩效目标表", [
            ["项目名称", "", "导服项目"], ["主管部门及代码", "012-平川市行政审批局", "实施单位", "平川市政务服务中心"],
            ["项目属性", "一次性项目", "项目日期", "2年"],
        ]),
        _table("政府性基金预算支出表", [["科目", "合计"], ["合计", "0.00"]], kind="fund_expenditure"),
        _table(
            ECONOMIC,
            [["部门预算支出经济科目", "政府预算支出经济科目", "合计"], ["基本工资", "工资奖金津补贴", "97.71"],
             ["奖金", "工资奖金津补贴", "49.10"], ["退休费", "离退休费", "6.91"]],
            columns=["部门预算支出经济科目", "政府预算支出经济科目", "合计"],
        ),
    )  # fmt: skip
    count: dict[str, Any] = {"unit": "名", "measure": Measure.COUNT, "flow": ""}
    figures = (
        _row(figure(CENTRE, Scheme.ECONOMIC, "基本工资", "97.71", code="30101", **economic), 1),
        _row(figure(CENTRE, Scheme.ECONOMIC, "奖金", "49.10", code="30103", **economic), 2),
        _row(figure(CENTRE, Scheme.ECONOMIC, "退休费", "6.91", code="30302", **economic), 3),
        figure(CENTRE, Scheme.ECONOMIC, "委托业务费", "10.00", code="30227", status=Status.CONFIRMED, **economic),
        figure(CENTRE, Scheme.PROJECT, "导服项目", "31.00", component="项目支出", table="项目表"),
        figure(CENTRE, Scheme.TOTAL, "支出总计", "373.60", table="收支总表"),
        figure(CENTRE, Scheme.TOTAL, "本年支出合计", "373.60", table="支出总表"),
        figure(CENTRE, Scheme.TOTAL, "本年支出合计", "373.60", component="基本支出", table="支出总表"),
        figure(CENTRE, Scheme.STAFF, "编制人数", "21", **count),
        figure(CENTRE, Scheme.STAFF, "实有人员", "18", **count),
        figure(CENTRE, Scheme.STAFF, "退休人员", "3", **count),
        figure(CENTRE, Scheme.ASSET, "车辆", "2", unit="辆", measure=Measure.COUNT, flow="", year=2025, quote="车辆2辆"),
        figure(CENTRE, Scheme.THREE_PUBLIC, "公务用车运行维护费", "6.00", funding="财政拨款", table="“三公”经费表"),
    )  # fmt: skip
    notes = section(
        "说明",
        "其他数据事务支出978万元。主要用于信息化保障。",
        "菜场管理工作3136.40万元,主要用于标准化菜场和副食品行业管理。",
    )
    head = disclosure(CENTRE, "平川市政务服务中心", 2026, Basis.BUDGET, Level.UNIT)
    return Record(head, (), (notes,), tables, figures=figures)


def _works() -> Record:
    at: dict[str, Any] = {"year": 2024, "funding": "一般公共预算", "code": "2013950", "page": 18}
    higher: dict[str, Any] = {"year": 2024, "code": "2050205", "table": "支出决算表", "basis": Basis.FINAL}
    figures = (
        figure(WORKS, Scheme.FUNCTION, "事业运行", "20.00", basis=Basis.ADJUSTED, **at),
        figure(WORKS, Scheme.FUNCTION, "事业运行", "15.00", basis=Basis.FINAL, **at),
        figure(WORKS, Scheme.FUNCTION, "高等教育", "400.00", **higher),
        figure(WORKS, Scheme.FUNCTION, "高等教育", "100.00", component="项目支出", **higher),
        figure(WORKS, Scheme.SOURCE, "事业收入", "136.00", flow="收入", year=2024, basis=Basis.FINAL, table="收入决算表"),
        figure(WORKS, Scheme.SOURCE, "教育收费", "73.00", flow="收入", year=2024, basis=Basis.FINAL, table="收入决算表"),
    )  # fmt: skip
    head = disclosure(WORKS, "平川市东岭区社会工作部", 2024, Basis.FINAL, Level.DEPARTMENT)
    return Record(head, (), (), (), figures=figures)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    place: Path = tmp_path_factory.mktemp("printed") / "book.sqlite"
    with Book.open(place, writable=True) as book:
        book.store(_centre())
        book.store(_works())
    with Book.open(place) as book:
        yield Assistant(book, Settings())


@pytest.mark.parametrize(
    ("question", "document", "value", "unit"),
    [
        ("政府预算经济分类工资奖金津补贴合计多少", CENTRE, "146.81", "万元"),
        ("编制21个，现在还空着几个", CENTRE, "3", "名"),
        ("平均每个退休人员的退休费", CENTRE, "2.30", "万元"),
        ("公务用车运行维护费摊到每辆车是多少", CENTRE, "3.00", "万元"),
        ("平均每辆公车一年的运行费是多少", CENTRE, "3.00", "万元"),
        ("委托业务费在基本支出里列了多少", CENTRE, "10.00", "万元"),
        ("管菜场和副食品行业的那笔钱是多少", CENTRE, "3136.40", "万元"),
        ("冬天烧的委托业务费多少", CENTRE, "10.00", "万元"),
        ("事业运行的预算执行率是多少", WORKS, "75.00", "%"),
        ("事业运行的决算相当于全年预算的百分之几", WORKS, "75.00", "%"),
        ("高等教育支出里项目支出的比例是多少", WORKS, "25.00", "%"),
        ("事业收入扣掉教育收费还有多少", WORKS, "63.00", "万元"),
    ],
)
def test_one_value(printed: Assistant, question: str, document: str, value: str, unit: str) -> None:
    answer = ask(printed, question, document)
    assert answer["status"] == "answered", answer
    assert answer["result"] is not None, answer
    assert (answer["result"]["value"], answer["result"]["unit"]) == (value, unit), answer


def test_beside_a_part_that_is_not_disclosed_no_amount_is_confirmed(printed: Assistant) -> None:
    assert ask(printed, "委托业务费有多少", CENTRE)["result"]["status"] == "confirmed"
    answer = ask(printed, "委托业务费和工会经费各有多少", CENTRE)
    assert (answer["result"]["value"], answer["result"]["status"]) == ("10.00", "single"), answer
    assert "没有公开“工会经费”" in answer["answer"], answer


def test_beside_a_reckoning_not_understood_no_amount_is_confirmed(printed: Assistant) -> None:
    answer = ask(printed, "委托业务费减去第一笔剩下多少", CENTRE)
    assert (answer["result"]["value"], answer["result"]["status"]) == ("10.00", "single"), answer
    assert any("剩下" in warning for warning in answer["warnings"]), answer


def test_where_a_thing_stands_is_no_amount(printed: Assistant) -> None:
    answer = ask(printed, "导服项目在什么位置", CENTRE)
    assert answer["result"] is None, answer
    assert answer["status"] == "not_disclosed", answer


def test_what_was_left_of_the_years_budget(printed: Assistant) -> None:
    answer = ask(printed, "事业运行比全年预算少花了多少", WORKS)
    assert answer["result"] is not None, answer
    assert answer["result"]["value"].lstrip("-") == "5.00"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("政府购买服务目录里A180701是什么", "热线便民服务"),
        ("办件免费邮寄服务的代码是什么", "A160505"),
        ("绩效指标里分值权重最高的是哪两项", "“办件量”"),
        ("哪几张表是没有数据的", "政府性基金预算支出表"),
        ("退休费归到哪个政府预算支出经济科目", "离退休费"),
        ("其他数据事务支出拿来干什么", "信息化保障"),
        ("导服项目的主管部门是哪个", "平川市行政审批局"),
        ("导服项目由谁实施，实施单位是谁", "平川市政务服务中心"),
        ("导服项目的项目属性是什么", "一次性项目"),
        ("导服项目的起止日期是什么时候", "“2年”"),
    ],
)
def test_cells_as_printed(printed: Assistant, question: str, said: str) -> None:
    answer = ask(printed, question, CENTRE)
    assert answer["status"] == "answered", answer
    assert said in answer["answer"], answer
    assert answer["citations"], answer


def test_the_heavier_weight_comes_first(printed: Assistant) -> None:
    text = ask(printed, "绩效指标里分值权重最高的是哪两项", CENTRE)["answer"]
    assert text.index("办件量") < text.index("专题培训")


def test_a_number_whose_place_leaves_a_word_out_is_not_called_confirmed(printed: Assistant) -> None:
    answer = ask(printed, "菜场管理的委托业务费多少", CENTRE)
    assert answer["result"] is None or answer["result"]["status"] != "confirmed", answer


def test_two_tables_of_one_account() -> None:
    found = two_tables("公务接待费在三公经费表和基本支出表里一样吗")
    assert found is not None
    assert found[:2] == ("三公经费", "基本支出")
    assert two_tables("公务接待费在三公经费表里是多少") is None


def test_conditions_of_a_question() -> None:
    limit = threshold("有没有超过20万元")
    assert limit is not None
    assert (limit[0], str(limit[1].value)) == (">", "20")
    assert claimed("办公费是10.91万元吗") is not None
    assert claimed("办公费是多少") is None
