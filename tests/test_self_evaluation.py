"""Self-evaluation sheets and reports (自评表, 自评报告): invented projects, figures worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from little_book import ask

from corpus.figure import Measure, Scheme
from corpus.figures import Book
from corpus.indicators import indicators, when
from corpus.record import Record
from corpus.settings import Settings
from ingest.pipeline import ingest_bytes
from ingest.tables.self_evaluation import number_of
from rag.assistant import Assistant

SHEET = "2023年南坡渠道整治项目支出绩效自评表.txt"
REPORT = "青禾县教育局2022年度项目绩效自评报告(山村教师慰问经费项目).txt"
ROAD_21 = "青禾县交通运输局2021年度北岭公路前期工作经费项目绩效自评报告.txt"
ROAD_22 = "青禾县交通运输局2022年度候车亭建设经费项目绩效自评报告.txt"
TEXTS = {
    SHEET: """项目支出绩效自评表 |
| (2023年度) |
项目名称 | 2023年南坡渠道整治项目 |
主管部门 | 云州市青禾县水利局 | 实施单位 | 云州市青禾县水利局 |
项目资金 (万元) |
| 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
年度资金总额 |
| 80 | 76.4 | 10 | 95.50% | 9.55 |
其中:当年财政拨款 |
| 50 | 50 | 10 | 100% | 10 |
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
产出指标 | 数量指标 | 渠道清淤长度 | ≥30公里 | 32.5公里 | 20 | 20 | 无 |
数量指标 | 新建分水闸 | ≥6座 | 5座 | 10 | 8 | 一座因征地推迟 |
时效指标 | 整治完工时间 | 2023年11月 | 2023年9月 | 10 | 10 | 无 |
质量指标 | 验收合格率 | 全部合格 | 100% | 10 | 10 | 无 |
成本指标 | 每公里清淤成本 | ≤2万元 | 1.8万元 | 10 | 10 | 无 |
满意度指标 | 服务对象满意度指标 | 灌区农户满意度 | ≥90% | 10 | 10 |
总分 | 100 | 97.55 |
""",
    REPORT: """青禾县教育局2022年度项目绩效自评报告(山村教师慰问经费项目)
青禾县教育局2022项目绩效自评报告
(山村教师慰问经费项目)
一、自评结论
(一)自评得分
对照评分标准,绩效评分96分,自评为优。
(二)目标完成情况
1.产出指标完成,慰问对象45人,慰问标准600元/人。
二、项目基本情况
本项目向坚守在边远教学点的教师表达节日关怀,项目经费预算3.5万元,全年实际支出数为2.7万元。
三、资金情况
1.资金到位情况:该经费为州拨经费,于2022年8月到账。
""",
    ROAD_21: """青禾县交通运输局2021年度北岭公路前期工作经费项目绩效自评报告
一、项目基本情况
北岭公路起于北岭村,路线全长12.5公里,设计速度60公里/小时,估算投资25,000.00万元。
二、项目资金情况
2021年5月12日县财政局下达我局项目前期工作经费150.00万元。实际支出项目资金120.00万元,资金执行率80.00%。
2021年6月3日拨云州勘察公司70万元,9月5日拨50万元。
""",
    ROAD_22: """青禾县交通运输局2022年度候车亭建设经费项目绩效自评报告
一、项目基本情况
年初预算40万元,资金到位率100%。截至2022年12月31日,项目实际使用资金38.2万元。
二、结果
上年实际支出12万元,本年实际支出38.2万元。
""",
}  # fmt: skip


def read(name: str) -> Record:
    return ingest_bytes(name, TEXTS[name].encode(), Settings())


def stated(record: Record, scheme: Scheme) -> set[tuple[str, str, str, str, str]]:
    return {
        (f.account, f.basis.value, f.measure.value, f.funding, f"{f.value}{f.amount.unit}")
        for f in record.figures
        if f.scheme is scheme and f.amount is not None
    }


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    place: Path = tmp_path_factory.mktemp("evaluated") / "book.sqlite"
    with Book.open(place, writable=True) as book:
        for name in TEXTS:
            book.store(read(name))
    with Book.open(place) as book:
        yield Assistant(book, Settings())


def test_the_year_of_a_title_counts_no_projects() -> None:
    found = {f.account: str(f.amount) for f in read(REPORT).figures if f.scheme is Scheme.PERFORMANCE}
    assert found == {"自评得分": "96分"}


def test_a_report_is_about_the_project_of_its_title() -> None:
    name = "山村教师慰问经费"
    assert stated(read(REPORT), Scheme.PROJECT) == {
        (name, "预算", "金额", "全部", "3.5万元"),
        (name, "决算", "金额", "全部", "2.7万元"),
    }
    name = "北岭公路前期工作经费"
    assert stated(read(ROAD_21), Scheme.PROJECT) == {
        (name, "预算", "金额", "全部", "150.00万元"),
        (name, "决算", "金额", "全部", "120.00万元"),
        (name, "决算", "完成率", "全部", "80.00%"),
    }


def test_last_years_spending_is_none_of_the_projects_of_this_year() -> None:
    found = stated(read(ROAD_22), Scheme.PROJECT)
    assert ("候车亭建设经费", "决算", "金额", "全部", "38.2万元") in found
    assert not any("12万元" in part for part in found)


def test_a_report_on_the_whole_unit_has_no_project_of_its_own() -> None:
    text = (
        "青禾县水利局2022年部门整体支出绩效自评报告\n一、概况\n全年实际支出数为310万元,预算执行率98%。自评得分95分。\n"
    )
    record = ingest_bytes("青禾县水利局2022年部门整体支出绩效自评报告.txt", text.encode(), Settings())
    assert not stated(record, Scheme.PROJECT)


def test_amounts_get_their_columns_only_where_the_rate_proves_them() -> None:
    project = "2023年南坡渠道整治项目"
    assert stated(read(SHEET), Scheme.PROJECT) == {
        (project, "全年预算", "金额", "全部", "80万元"),
        (project, "预算执行数", "金额", "全部", "76.4万元"),
        (project, "决算", "完成率", "全部", "95.50%"),
    }  # of two equal amounts of three, any one may be the missing one


def test_what_was_reached_stands_beside_what_was_planned() -> None:
    record = read(SHEET)
    found = {(f.account, f.measure): str(f.amount) for f in record.figures if f.scheme is Scheme.PERFORMANCE}
    assert found == {
        ("渠道清淤长度", Measure.TARGET): "30公里", ("渠道清淤长度", Measure.ACHIEVED): "32.5公里",
        ("新建分水闸", Measure.TARGET): "6座", ("新建分水闸", Measure.ACHIEVED): "5座",
        ("验收合格率", Measure.ACHIEVED): "100%",
        ("每公里清淤成本", Measure.TARGET): "2万元", ("每公里清淤成本", Measure.ACHIEVED): "1.8万元",
        ("灌区农户满意度", Measure.TARGET): "90%",
        ("自评得分", Measure.COUNT): "97.55分",
    }  # fmt: skip
    assert {f.entity for f in record.figures if f.measure is Measure.ACHIEVED} == {"2023年南坡渠道整治项目"}


def test_a_sheet_says_who_carried_its_project_out_and_of_which_year() -> None:
    head = read(SHEET).disclosure
    assert (head.issuer, head.year, head.basis.value) == ("云州市青禾县水利局", 2023, "决算")


def test_columns_in_another_order_are_read_by_their_headings() -> None:
    text = (
        "项目支出绩效自评表\n项目名称\t桥梁养护\n"
        "一级指标\t二级指标\t三级指标\t指标性质\t分值\t指标值\t度量单位\t全年完成值\t得分\n"
        "产出指标\t数量指标\t养护桥梁\t≥\t20\t14\t座\t15\t20\n"
        "产出指标\t质量指标\t优良率\t=\t20\t95\t%\t\t\n"
    )
    table = ingest_bytes("云州市公路局2023年桥梁养护自评表.txt", text.encode(), Settings()).tables[0]
    found = [(i.name, i.target and i.target.text, i.actual and i.actual.text, i.unit) for i in indicators(table)]
    assert found == [("养护桥梁", "14", "15", "座"), ("优良率", "95", None, "%")]


def test_dates_and_numbers_of_cells() -> None:
    assert when("2023年12月底前") == (2023, 12, 0)
    assert when("12月底") is None
    assert number_of("已完成12.5公里") is not None
    assert number_of("12至15公里") is None


@pytest.mark.parametrize(
    ("question", "document", "value", "unit"),
    [
        ("项目的资金执行率是多少", SHEET, "95.50", "%"),
        ("资金还剩下多少没有用完", SHEET, "3.6", "万元"),
        ("清淤长度实际完成多少", SHEET, "32.5", "公里"),
        ("渠道清淤达到了多少公里", SHEET, "32.5", "公里"),
        ("分水闸建了几座", SHEET, "5", "座"),
        ("清淤长度的目标是多少", SHEET, "30", "公里"),
        ("验收合格率是多少", SHEET, "100", "%"),
        ("自评总分多少", SHEET, "97.55", "分"),
        ("分水闸得了多少分", SHEET, "8", "分"),
        ("自评得了几分", REPORT, "96", "分"),
        ("经费预算是多少", REPORT, "3.5", "万元"),
        ("慰问经费支出占预算的百分之几", REPORT, "77.14", "%"),
        ("青禾县教育局山村教师慰问经费2022年实际支出", None, "2.7", "万元"),
        ("还剩多少钱没用", REPORT, "0.8", "万元"),
        ("青禾县交通运输局北岭公路路线全长多少公里", None, "12.5", "公里"),
        ("估算投资每公里多少万元", ROAD_21, "2000.00", "万元"),
        ("资金执行率是多少", ROAD_21, "80.00", "%"),
        ("年初预算多少", ROAD_22, "40", "万元"),
        ("结余多少", ROAD_22, "1.8", "万元"),
    ],
)
def test_questions_with_one_number(told: Assistant, question: str, document: str | None, value: str, unit: str) -> None:
    answer = ask(told, question, document)
    assert answer["result"] is not None, answer
    assert (answer["result"]["value"], answer["result"]["unit"]) == (value, unit), answer


@pytest.mark.parametrize(
    ("question", "document", "words"),
    [
        ("整治是何时完工的，有没有比计划提前", SHEET, ("2023年9月", "2023年11月", "提前")),
        ("为什么分水闸没有完成", SHEET, ("5座", "征地")),
        ("清淤长度有没有达标", SHEET, ("32.5公里", "≥30公里", "达到目标")),
        ("哪些指标没有完成", SHEET, ("新建分水闸", "5座", "≥6座", "征地")),
        ("慰问的教师有多少人，标准是每人多少", REPORT, ("45人", "600元")),
        ("慰问经费发给谁", REPORT, ("教师",)),
        ("经费由哪一级拨付，什么时候到账", REPORT, ("州拨", "2022年8月")),
        ("120万元拨给了谁", ROAD_21, ("云州勘察公司", "70万元", "50万元")),
    ],
)
def test_questions_told_in_words(told: Assistant, question: str, document: str, words: tuple[str, ...]) -> None:
    answer: dict[str, Any] = ask(told, question, document)
    assert answer["status"] == "answered", answer
    assert all(word in answer["answer"] for word in words), answer["answer"]


def test_a_missed_target_is_the_only_one_told(told: Assistant) -> None:
    answer = ask(told, "哪些指标没有完成", SHEET)
    head = answer["answer"].split("看不出")[0]
    assert not any(name in head for name in ("渠道清淤长度", "每公里清淤成本")), answer["answer"]


@pytest.mark.parametrize("question", ["灌区农户满意度实际达到多少", "水库坝高实际完成多少", "接待费花了多少"])
def test_what_the_sheet_leaves_blank_is_refused(told: Assistant, question: str) -> None:
    answer = ask(told, question, SHEET)
    assert (answer["status"], answer["result"]) == ("not_disclosed", None), answer


def _row(rate: str) -> Record:
    text = (
        "项目支出绩效自评表\n项目名称\t河堤加固\n项目资金(万元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
        f"\t年度资金总额\t60\t64\t48\t10\t{rate}\t7.5\n\t其中:其他资金\t0\t0\t0\t-\t-\t-\n"
        "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
        "产出指标\t数量指标\t加固河堤\t≥8公里\t8公里\t20\t20\n"
    )
    return ingest_bytes("云州市水利局2023年河堤加固项目支出绩效自评表.txt", text.encode(), Settings())


def test_a_printed_rate_that_is_not_that_of_the_amounts_is_found() -> None:
    assert [f for f in _row("75.00%").findings if f.check == "项目预算执行率"] == []
    assert [f for f in _row("80%").findings if f.check == "项目预算执行率"] == []  # of the opening budget
    found = [f for f in _row("95%").findings if f.check == "项目预算执行率"]
    assert [f.difference for f in found] == ["20"]


def test_a_full_row_of_amounts_is_read_by_its_headings() -> None:
    found = {(f.basis.value, f.measure.value): str(f.amount) for f in _row("75.00%").figures if f.funding == "全部"}
    assert found["年初预算", "金额"] == "60万元"
    assert found["全年预算", "金额"] == "64万元"
    assert found["预算执行数", "金额"] == "48万元"
    assert found["决算", "完成率"] == "75.00%"


def test_units_stand_in_names_and_rates_without_their_sign_are_percents() -> None:
    text = (
        "项目支出绩效自评表\n项目名称\t果园喷灌\n预算执行情况(万元)\t\t预算数(A)\t执行数(B)\t执行率(B/A)\t得分\n"
        "\t年度财政资金总额\t25\t20\t80%\t8\n"
        "一级指标\t二级指标\t三级指标\t年初目标值(A)\t实际完成值(B)\t得分\n"
        "产出指标\t数量指标\t铺设管道(公里)\t14\t15.5\t20\n产出指标\t质量指标\t设备完好率\t95\t96\t20\n"
        "产出指标\t时效指标\t按时完成率\t90%以上\t100%\t20\n"
    )
    record = ingest_bytes("云州市农业局2023年果园喷灌项目支出绩效自评表.txt", text.encode(), Settings())
    reached = {f.account: str(f.amount) for f in record.figures if f.measure is Measure.ACHIEVED}
    assert reached == {"铺设管道（公里）": "15.5公里", "设备完好率": "96%", "按时完成率": "100%"}
    assert stated(record, Scheme.PROJECT) == {
        ("果园喷灌", "预算", "金额", "财政拨款", "25万元"), ("果园喷灌", "预算执行数", "金额", "财政拨款", "20万元"),
        ("果园喷灌", "决算", "完成率", "财政拨款", "80%"),
    }  # fmt: skip
