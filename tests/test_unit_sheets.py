"""A unit's own performance sheet with its tasks and their money: invented, worked out by hand."""

from __future__ import annotations

import pytest

from corpus.record import Record
from corpus.settings import Settings
from ingest.pipeline import ingest_bytes

HEAD = """<h1>青阳市水利局2024年部门预算</h1><h2>部门整体支出绩效目标表</h2><table>
<tr><td colspan=2>部门（单位）名称</td><td colspan=6>青阳市水利局</td></tr>
<tr><td rowspan=5>年度主要任务</td><td rowspan=2>任务名称</td><td rowspan=2 colspan=2>主要内容</td><td colspan=4>预算金额（万元）</td></tr>
<tr><td>总额</td><td colspan=2>财政拨款</td><td>其他资金</td></tr>
<tr><td>河道治理</td><td colspan=2>清淤护岸</td><td>320.00</td><td colspan=2>300.00</td><td>20.00</td></tr>
<tr><td>水旱防御</td><td colspan=2>预警维护</td><td>80.00</td><td colspan=2>80.00</td><td>0.00</td></tr>
<tr><td colspan=3>金额合计</td><td>400.00</td><td colspan=2>380.00</td><td>20.00</td></tr>
<tr><td>年度总体目标</td><td colspan=7>完成河道治理,安全度汛。</td></tr>
<tr><td rowspan=3>年度绩效指标</td><td>一级指标</td><td>二级指标</td><td colspan=3>{heading}</td><td colspan=2>指标值</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td colspan=3>治理河道条数</td><td colspan=2>≥6条</td></tr>
<tr><td>效益指标</td><td>生态效益指标</td><td colspan=3>水质达标率</td><td colspan=2>≥90%</td></tr></table>"""


def sheet(heading: str) -> Record:
    return ingest_bytes("青阳市水利局2024年部门预算.html", HEAD.format(heading=heading).encode(), Settings())


def test_the_tasks_of_a_year_have_their_money_by_source() -> None:
    found = {
        (f.account, f.funding): str(f.amount)
        for f in sheet("三级指标").figures
        if f.measure.value == "金额" and f.scheme.value == "其他"
    }
    assert found == {
        ("河道治理", "全部"): "320.00万元", ("河道治理", "财政拨款"): "300.00万元", ("河道治理", "其他资金"): "20.00万元",
        ("水旱防御", "全部"): "80.00万元", ("水旱防御", "财政拨款"): "80.00万元", ("水旱防御", "其他资金"): "0.00万元",
    }  # fmt: skip


@pytest.mark.parametrize("heading", ["三级指标", "指标内容", "指标名称", "具体指标"])
def test_targets_under_whatever_heading_their_names_stand(heading: str) -> None:
    found = {f.account: str(f.amount) for f in sheet(heading).figures if f.measure.value == "目标值"}
    assert found == {"治理河道条数": "6条", "水质达标率": "90%"}


def test_a_list_of_targets_under_plain_headings() -> None:
    text = """青阳市林业局2024年部门预算
部门预算项目绩效目标公开表
单位:万元
项目名称\t项目金额\t绩效目标\t指标名称\t目标值\t备注
森林防火\t65.00\t减少火灾\t购置风力灭火机\t30台\t
\t\t\t群众满意度\t90%以上\t
苗木培育\t20.00\t培育苗木\t育苗面积\t120亩\t
"""
    record = ingest_bytes("青阳市林业局2024年部门预算.txt", text.encode(), Settings())
    assert [table.kind for table in record.tables] == ["performance_project"]
    found = {(f.entity, f.account): str(f.amount) for f in record.figures}
    assert found == {
        ("", "森林防火"): "65.00万元", ("", "苗木培育"): "20.00万元", ("森林防火", "购置风力灭火机"): "30台",
        ("森林防火", "群众满意度"): "90%", ("苗木培育", "育苗面积"): "120亩",
    }  # fmt: skip


BASIC = """青阳市机关事务管理局2022年部门预算
二、部门基本情况
部门基本情况表
项目\t数量\t备注
编制人数(人)\t56\t
其中:行政编制\t20\t
事业编制\t36\t
实有人数(人)\t52\t
离退休人数(人)\t31\t
车辆(辆)\t12\t
办公用房面积(平方米)\t5600.5\t
三、国有资产情况
类别\t单位\t数量\t价值(万元)
土地\t平方米\t12000\t350.00
房屋\t平方米\t5600.5\t1200.80
车辆\t辆\t12\t265.30
"""


def test_what_a_unit_is_and_has_row_by_row_and_the_unit_that_a_column_gives() -> None:
    record = ingest_bytes("青阳市机关事务管理局2022年部门预算.txt", BASIC.encode(), Settings())
    assert [(table.kind, table.n_rows) for table in record.tables] == [("staff", 8), ("asset", 4)]
    found = {(f.scheme.value, f.account, f.measure.value): (str(f.amount), f.status.value) for f in record.figures}
    assert found["人员编制", "行政编制", "数量"] == ("20人", "single")
    assert found["人员编制", "离退休人员", "数量"] == ("31人", "single")
    assert found["国有资产", "车辆", "数量"] == ("12辆", "confirmed")
    assert found["国有资产", "房屋", "数量"] == ("5,600.5平方米", "confirmed")
    assert found["国有资产", "车辆", "金额"] == ("265.30万元", "single")
    assert not any(f.entity for f in record.figures)


def test_a_column_of_units_is_nobody() -> None:
    rows = "<tr><td>专任教师</td><td>人</td><td>1250</td></tr><tr><td>占地面积</td><td>亩</td><td>2300</td></tr>"
    head = "<tr><td>项目</td><td>单位</td><td>数量</td></tr>"
    page = f"<h1>青阳大学2023年度部门决算</h1><p>学校基本情况表</p><table>{head}{rows}</table>"
    record = ingest_bytes("青阳大学2023年度部门决算.html", page.encode(), Settings())
    assert {(f.account, f.entity): str(f.amount) for f in record.figures} == {
        ("专任教师", ""): "1,250人", ("占地面积", ""): "2,300亩"
    }  # fmt: skip
