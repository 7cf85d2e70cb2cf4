"""Tables whose rows are years, projects listed with their words, tables parted by blanks: invented, worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.record import Record
from corpus.settings import Settings
from ingest.pipeline import ingest_bytes
from ingest.readers.blanks import blank_table
from ingest.readers.stacked import stacked_table
from ui.service import Service

HISTORY = "青阳市民政局2020年度部门决算.txt"
HISTORY_TEXT = """青阳市民政局2020年度部门决算
三、“三公”经费历年情况
近三年“三公”经费支出情况表
单位:万元
年度\t合计\t因公出国(境)费\t公务接待费\t公务用车购置及运行维护费
2018年\t30.50\t2.00\t8.50\t20.00
2019年\t26.30\t0.00\t7.30\t19.00
2020年\t21.10\t0.00\t5.10\t16.00
"""
LIBRARY = "岭前区图书馆2021年度部门决算.txt"
LIBRARY_TEXT = """岭前区图书馆2021年度部门决算
三、其他说明
近四年收支情况表
单位:万元
年度\t收入合计\t财政拨款\t支出合计\t其中:项目支出\t在职人数(人)\t馆藏图书(册)\t支出增长率(%)
2018\t310.20\t300.00\t305.10\t120.00\t21\t80500\t
2019\t325.40\t310.00\t324.00\t131.50\t22\t86200\t6.2
2020\t298.70\t290.00\t300.30\t98.00\t22\t90100\t-7.3
2021\t340.00\t330.00\t336.60\t140.20\t24\t97000\t12.1
"""
WATER = "青阳市水利局2022年部门预算.txt"
WATER_TEXT = """青阳市水利局2022年部门预算
四、项目支出情况
2022年重点项目安排情况表
单位:万元
序号\t项目名称\t实施单位\t项目类型\t安排依据\t测算标准\t预算金额\t其中:财政拨款\t其中:自筹
1\t灌区渠道维修\t灌区管理处\t延续\t青水发〔2021〕15号\t每公里8万元\t320.00\t300.00\t20.00
2\t山洪预警设施维护\t防汛抗旱服务中心\t新增\t省水利厅文件\t每站0.6万元\t46.80\t46.80\t
3\t水库安全鉴定\t水库管理所\t新增\t大坝安全鉴定办法\t每座25.1万元\t75.50\t75.50\t
\t合计\t\t\t\t\t442.30\t422.30\t20.00
"""


def read(name: str, text: str) -> Record:
    return ingest_bytes(name, text.encode(), Settings())


def test_a_row_that_is_a_year_gives_its_columns_that_year() -> None:
    record = read(HISTORY, HISTORY_TEXT)
    found = {(f.account, f.year): str(f.amount) for f in record.figures}
    assert found["三公经费", 2018] == "30.50万元"
    assert found["三公经费", 2020] == "21.10万元"
    assert found["公务接待费", 2019] == "7.30万元"
    assert len(found) == 12
    assert not record.findings


def test_what_a_unit_had_in_each_year() -> None:
    record = read(LIBRARY, LIBRARY_TEXT)
    assert [table.kind for table in record.tables] == ["yearly"]
    found = {(f.scheme.value, f.account, f.component, f.year): str(f.amount) for f in record.figures}
    assert found["总额", "本年收入合计", "合计", 2019] == "325.40万元"
    assert found["总额", "本年支出合计", "合计", 2020] == "300.30万元"
    assert found["总额", "本年支出合计", "项目支出", 2018] == "120.00万元"
    assert found["收入来源", "财政拨款", "合计", 2021] == "330.00万元"
    assert found["人员编制", "在职人员", "合计", 2021] == "24人"
    assert found["其他", "馆藏图书", "合计", 2018] == "80,500册"
    assert len(found) == 24  # a rate of change is none of what the unit had


def test_projects_under_a_plain_heading_and_the_unit_that_a_sentence_proves() -> None:
    listed = "项目 金额(万元) 说明\n免费开放 60 公益培训\n非遗保护 25.5 传承人补助\n合计 85.5\n"
    record = read("青阳市文化馆2022年单位预算.txt", f"青阳市文化馆2022年单位预算\n(五)项目支出情况\n{listed}")
    assert [(table.kind, table.n_rows) for table in record.tables] == [("project", 4)]
    assert {(f.account, str(f.amount)) for f in record.figures if f.scheme.value == "项目"} >= {
        ("免费开放", "60万元"), ("非遗保护", "25.5万元")
    }  # fmt: skip
    bare = "项目名称\t金额\t用途\n免费开放\t60\t公益培训\n非遗保护\t25.5\t传承人补助\n合计\t85.5\t\n以上共85.5万元。\n"
    record = read("青阳市文化馆2022年单位预算.txt", f"青阳市文化馆2022年单位预算\n(五)项目支出情况\n{bare}")
    assert record.tables[0].unit == "万元"


ROWS = ["单位名称 单位性质 人员编制 实有人数", "市局机关 行政 32 30", "人民医院 事业 460 512", "合计 492 542", "完。"]


def test_a_table_parted_by_single_blanks() -> None:
    found = blank_table(ROWS, 0)
    assert found is not None
    rows, end = found
    assert end == 4
    assert rows[1] == ["市局机关", "行政", "32", "30"]
    assert rows[3] == ["合计", "", "492", "542"]


def test_a_blank_cell_is_told_by_its_place_below_the_heading() -> None:
    lines = [
        "单位名称      编制    实有    退休",
        "城东卫生院    20      18      3",
        "城西卫生院    15              2",
        "城南卫生院    12      12      1",
    ]
    found = blank_table(lines, 0)
    assert found is not None
    assert found[0][2] == ["城西卫生院", "15", "", "2"]


@pytest.mark.parametrize(
    "lines",
    [
        ["第一部分 部门概况", "一、主要职责 1", "二、机构设置 2"],
        ["单位名称 编制 实有 退休", "城东卫生院 20 18 3", "城西卫生院 15 2", "城南卫生院 12 12 1"],
        ["其中:公务接待 批次 12 人次 150。", "基本支出 120.00 万元,", "项目支出 33.00 万元。"],
        ["项目 金额", "以上情况说明如下", "无"],
    ],
)
def test_what_blanks_do_not_part_surely_stays_text(lines: list[str]) -> None:
    assert all(blank_table(lines, start) is None for start in range(len(lines)))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    place: Path = tmp_path_factory.mktemp("years")
    texts = {HISTORY: HISTORY_TEXT, LIBRARY: LIBRARY_TEXT, WATER: WATER_TEXT}
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8")
    service = Service(Settings(store=place / "store"))
    assert len(list(service.ingest([place / name for name in texts]))) == 3
    return service


def ask(service: Service, question: str, document: str) -> dict[str, Any]:
    return service.assistant.ask(question, (), document).as_json()


@pytest.mark.parametrize(
    ("document", "question", "value"),
    [
        (HISTORY, "2019年三公经费支出是多少", "26.30"),
        (HISTORY, "2018年公务接待费多少", "8.50"),
        (HISTORY, "公务接待费哪一年最高", "8.50"),
        (HISTORY, "三公经费哪年最低", "21.10"),
        (HISTORY, "2018年到2020年三公经费一共多少", "77.90"),
        (HISTORY, "2019年三公经费比2018年少多少", "-4.20"),
        (LIBRARY, "2020年支出合计是多少", "300.30"),
        (LIBRARY, "2018年在职多少人", "21"),
    ],
)
def test_questions_about_years(service: Service, document: str, question: str, value: str) -> None:
    answer = ask(service, question, document)
    assert answer["status"] == "answered", answer
    assert answer["result"]["value"] == value, answer


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("灌区渠道维修的安排依据是什么", "青水发〔2021〕15号", ""),
        ("山洪预警设施维护由哪个单位实施", "防汛抗旱服务中心", ""),
        ("水库安全鉴定的测算标准是什么", "每座25.1万元", ""),
        ("哪些项目是新增的", "水库安全鉴定", "灌区渠道维修"),
    ],
)
def test_what_a_table_says_of_a_project_in_words(service: Service, question: str, said: str, unsaid: str) -> None:
    answer = ask(service, question, WATER)
    assert answer["status"] == "answered", answer
    assert said in answer["answer"]
    assert not unsaid or unsaid not in answer["answer"]


def test_the_trend_takes_in_every_year_of_a_history(service: Service) -> None:
    answer = ask(service, "近三年三公经费怎么变化", HISTORY)
    assert all(amount in answer["answer"] for amount in ("30.50", "26.30", "21.10")), answer


BARRED = """青阳市司法局2015年部门预算
2015年青阳市司法局部门“三公”经费情况统计表 | | |
单位:万元 | | |
项 目 | 本年预算数 | 其中:公共预算财政拨款 |
合 计 | 34.35 | 30.35 |
1.因公出国(境)费用 | 0 | 0 |
2.公务接待费 | 1.70 | 1.70 |
3.公务用车费 | 32.65 | 28.65 |
其中:(1)公务用车运行维护费 | 32.65 | 28.65 |
(2)公务用车购置 | 0 | 0 |
注:本表含所属单位。 |
首页 | 新闻中心 | 政务公开
"""


def test_rows_that_end_in_a_bar_are_a_table_with_its_title_unit_and_note() -> None:
    record = read("青阳市司法局2015年部门预算.txt", BARRED)
    (table,) = record.tables
    assert (table.kind, table.unit, table.n_rows, table.n_columns) == ("three_public", "万元", 7, 3)
    assert table.notes == ("注:本表含所属单位。",)
    found = {(f.account, f.funding): str(f.amount) for f in record.figures}
    assert found["公务接待费", "财政拨款"] == "1.70万元"
    assert found["公务用车运行维护费", "一般公共预算"] == "28.65万元"


def test_the_three_costs_beside_meetings_and_training_under_a_sum_of_all() -> None:
    head = "<tr><td colspan=4>当年</td></tr><tr><td rowspan=2>合计</td><td colspan=2>一般公共预算拨款安排的“三公”经费预算</td><td rowspan=2>会议费</td></tr>"
    rows = "<tr><td>小计</td><td>公务接待费</td></tr><tr><td>10.00</td><td>7.50</td><td>7.50</td><td>2.50</td></tr>"
    page = f"<h1>青阳县统计局2024年部门预算</h1><p>一般公共预算拨款“三公”经费及会议费支出表</p><p>单位:万元</p><table>{head}{rows}</table>"
    record = read("青阳县统计局2024年部门预算.html", page)
    found = {f.account: str(f.amount) for f in record.figures}
    assert found["三公经费"] == "7.50万元"
    assert found["公务接待费"] == "7.50万元"


def test_a_stroke_in_a_heading_is_no_level_of_headings() -> None:
    text = """青阳市档案局2016年度部门决算
“三公”经费、行政参公单位机关运行经费情况表
金额单位:万元
项目\t行次\t预算数\t决算数/统计数
栏次\t\t1\t2
一、“三公”经费支出\t1\t—\t—
(一)支出合计\t2\t9.00\t8.20
1.公务接待费\t3\t9.00\t8.20
(二)相关统计数\t4\t—\t—
1.国内公务接待批次(个)\t5\t—\t31
"""
    record = read("青阳市档案局2016年度部门决算.txt", text)
    found = {(f.account, f.basis.value, f.component): str(f.amount) for f in record.figures if f.amount}
    assert found["三公经费", "决算", "合计"] == "8.20万元"
    assert found["公务接待费", "预算", "合计"] == "9.00万元"
    assert found["国内公务接待批次", "决算", "合计"] == "31个"


STACKED = """收入

支出

项目

行次

金额

项目

行次

金额

栏次

1

栏次

2

一、财政拨款收入

1

440.55

一、一般公共服务支出

4

423.20

二、上级补助收入

2

10.00

二、社会保障和就业支出

5

27.35

总计

3

450.55

总计

6

450.55
"""


def test_a_table_with_a_line_for_each_cell() -> None:
    found = stacked_table(STACKED.split("\n"), 0)
    assert found is not None
    rows, _ = found
    assert rows[0] == ["收入", "", "", "支出", "", ""]
    assert rows[2] == ["一、财政拨款收入", "1", "440.55", "一、一般公共服务支出", "4", "423.20"]
    assert len(rows) == 5
    text = f"青阳区招商中心2019年部门决算\n收入支出决算总表\n公开01表\n金额单位:万元\n{STACKED}"
    record = read("青阳区招商中心2019年部门决算.txt", text)
    told = {(f.account, f.flow): str(f.amount) for f in record.figures}
    assert told["收入总计", "收入"] == told["支出总计", "支出"] == "450.55万元"
    assert told["社会保障和就业支出", "支出"] == "27.35万元"


@pytest.mark.parametrize(
    "text",
    [
        STACKED.replace("10.00\n\n", ""),  # a blank cell left no line: which one it is nobody can tell
        STACKED.replace("总计\n\n3", "说明\n\n合计\n\n3"),
        "项目\n概况\n一、主要职责\n1\n二、机构设置\n2\n三、人员情况\n3\n四、预算安排\n4",
        "项目\n预算数\n公务接待费\n3.00\n",
    ],
)
def test_lines_without_a_sure_period_stay_text(text: str) -> None:
    assert stacked_table(text.split("\n"), 0) is None
