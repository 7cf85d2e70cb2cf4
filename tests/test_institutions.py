"""Tables whose rows are institutions, read and asked: invented schools, hospitals and stations, answers worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.figure import Figure
from corpus.record import Record
from corpus.settings import Settings
from ingest.pipeline import ingest_bytes
from ui.service import Service

SCHOOLS = "云泽县教育体育局2022年部门预算.txt"
SCHOOLS_TEXT = """云泽县教育体育局2022年部门预算
第一部分 部门概况
一、部门主要职责
负责全县学校的管理。
二、部门预算单位构成
云泽县教育体育局的预算由局机关和8个下属单位组成,人员如下:
单位名称\t单位性质\t编制数\t在职人数\t离退休人数\t在校学生数
局机关\t行政单位\t21\t19\t14\t
青溪中学\t全额事业单位\t142\t128\t37\t2145
北桥中学\t全额事业单位\t96\t101\t22\t1480
石湾小学\t全额事业单位\t58\t55\t18\t980
东岭小学\t全额事业单位\t47\t39\t25\t612
南圃小学\t全额事业单位\t47\t47\t9\t705
云泽县第一幼儿园\t差额事业单位\t30\t26\t3\t340
县教师进修学校\t全额事业单位\t15\t12\t6\t
县招生考试中心\t参公单位\t8\t7\t1\t
合计\t\t464\t434\t135\t6262
三、部门主要工作任务
办好学校。
"""
HOSPITALS = "云泽县卫生健康局2023年部门预算.html"
HOSPITALS_TEXT = """<html><body><h1>云泽县卫生健康局2023年部门预算</h1><h2>第一部分 部门概况</h2><h3>二、部门预算单位构成</h3>
<table><tr><td rowspan="2">类别</td><td rowspan="2">单位名称</td><td rowspan="2">供给方式</td><td colspan="3">人员编制</td>
<td colspan="2">实有人数</td><td rowspan="2">开放床位（张）</td><td rowspan="2">公务用车（辆）</td><td rowspan="2">2023年预算（万元）</td></tr>
<tr><td>小计</td><td>行政</td><td>事业</td><td>在职</td><td>离退休</td></tr>
<tr><td rowspan="2">机关</td><td>卫生健康局机关</td><td>全额</td><td>26</td><td>26</td><td></td><td>24</td><td>11</td><td></td><td>2</td><td>512.40</td></tr>
<tr><td>县疾病预防控制中心</td><td>全额</td><td>40</td><td></td><td>40</td><td>36</td><td>13</td><td></td><td>3</td><td>680.00</td></tr>
<tr><td rowspan="3">医疗机构</td><td>云泽县人民医院</td><td>差额</td><td>420</td><td></td><td>420</td><td>455</td><td>98</td><td>500</td><td>6</td><td>3200.50</td></tr>
<tr><td>县中医院</td><td>差额</td><td>180</td><td></td><td>180</td><td>166</td><td>40</td><td>200</td><td>3</td><td>1500.00</td></tr>
<tr><td>柳桥镇卫生院</td><td>全额</td><td>34</td><td></td><td>34</td><td>31</td><td>8</td><td>40</td><td>1</td><td>310.10</td></tr>
<tr><td colspan="2">合计</td><td></td><td>700</td><td>26</td><td>674</td><td>712</td><td>170</td><td>740</td><td>15</td><td>6203.00</td></tr>
</table></body></html>"""
CITY = "青阳市2021年三公经费预算.txt"
CITY_TEXT = """青阳市2021年“三公”经费预算公开
2021年市直各部门“三公”经费预算表
单位:万元
单位名称\t合计\t因公出国(境)费用\t公务接待费\t公务用车购置及运行费\t\t
\t\t\t\t小计\t购置费\t运行费
市财政局\t18.60\t0.00\t6.60\t12.00\t0.00\t12.00
市教育局\t9.45\t0.00\t4.45\t5.00\t\t5.00
市水利局\t43.20\t3.20\t8.00\t32.00\t18.00\t14.00
合计\t71.25\t3.20\t19.05\t49.00\t18.00\t31.00
"""
COURT = "白石县人民法院2020年部门预算.txt"
COURT_TEXT = """白石县人民法院2020年部门预算
二、机构设置
白石县人民法院下设3个派出法庭:
法庭名称\t地址\t编制\t干警人数
城关法庭\t城关镇\t6\t5
东河法庭\t东河镇\t5\t5
西岭法庭\t西岭乡\t4\t3
"""
OFFICES = "白石县卫生健康局2021年度部门决算.txt"
OFFICES_TEXT = """白石县卫生健康局2021年度部门决算
一、部门基本情况
(二)人员情况
序号\t单位\t性质\t编制数\t\t\t年末实有人数\t\t\t遗属\t车辆
\t\t\t小计\t行政\t事业\t小计\t在职\t退休\t\t
1\t局机关\t行政\t20\t20\t\t31\t19\t12\t1\t2
2\t县医院\t差额\t300\t\t300\t395\t310\t85\t4\t6
3\t双河镇卫生院\t全额\t28\t\t28\t35\t25\t10\t2\t1
\t合计\t\t348\t20\t328\t461\t354\t107\t7\t9
"""
TOWNS = "白石县2022年乡镇财政预算汇总.txt"
TOWNS_TEXT = """白石县2022年乡镇财政预算汇总
2022年各乡镇一般公共预算支出表
单位:万元
乡镇名称\t合计\t基本支出\t项目支出
城关镇\t1200.00\t900.00\t300.00
东河镇\t860.00\t700.00\t160.00
西岭乡\t540.00\t480.00\t60.00
合计\t2600.00\t2080.00\t520.00
"""
KINDS = "青阳县教育局2021年部门预算.txt"
KINDS_TEXT = """青阳县教育局2021年部门预算
一、部门基本情况
全县各级各类学校基本情况表
类别\t学校数(所)\t班级数(个)\t在校学生数(人)\t教职工数(人)
幼儿园\t32\t160\t4800\t420
小学\t45\t510\t20400\t1210
初中\t12\t190\t9500\t760
普通高中\t3\t96\t4900\t410
合计\t92\t956\t39600\t2800
"""
STATIONS = """岭前区公安分局2019年部门预算
一、部门基本情况
(二)机构设置
序号\t派出所名称\t民警编制\t实有民警\t序号\t派出所名称\t民警编制\t实有民警
1\t城东派出所\t42\t40\t4\t西桥派出所\t30\t31
2\t城西派出所\t38\t36\t5\t北湖派出所\t25\t22
3\t南门派出所\t33\t33\t6\t港口派出所\t20\t19
"""


def read(name: str, text: str) -> Record:
    return ingest_bytes(name, text.encode(), Settings())


def told(record: Record) -> dict[tuple[str, str, str], str]:
    """Amounts by institution, scheme and account."""

    def key(figure: Figure) -> tuple[str, str, str]:
        return figure.entity, figure.scheme.value, figure.account

    return {key(figure): str(figure.amount) for figure in record.figures if figure.locator.table_id}


def test_every_cell_keeps_the_institution_of_its_row() -> None:
    record = read(SCHOOLS, SCHOOLS_TEXT)
    assert [table.kind for table in record.tables] == ["institutions"]
    found = told(record)
    assert found["青溪中学", "人员编制", "编制人数"] == "142人"
    assert found["北桥中学", "人员编制", "在职人员"] == "101人"
    assert found["东岭小学", "人员编制", "离退休人员"] == "25人"
    assert found["石湾小学", "其他", "学生"] == "980人"
    assert found["局机关", "人员编制", "在职人员"] == "19人"
    assert found["", "人员编制", "编制人数"] == "464人"
    assert ("县教师进修学校", "其他", "学生") not in found
    assert len(found) == 37


def test_printed_sums_confirm_counts_and_a_wrong_one_is_found() -> None:
    record = read(SCHOOLS, SCHOOLS_TEXT)
    assert {f.status.value for f in record.figures if f.locator.table_id} == {"confirmed"}
    assert not record.findings
    wrong = read(SCHOOLS, SCHOOLS_TEXT.replace("合计\t\t464", "合计\t\t474"))
    assert [(finding.check, finding.difference) for finding in wrong.findings] == [("各单位各项目合计", "10")]


def test_merged_headings_groups_and_money_are_read_per_institution() -> None:
    record = read(HOSPITALS, HOSPITALS_TEXT)
    found = told(record)
    assert found["云泽县人民医院", "人员编制", "事业编制"] == "420人"
    assert found["卫生健康局机关", "人员编制", "行政编制"] == "26人"
    assert found["县中医院", "其他", "开放床位"] == "200张"
    assert found["县疾病预防控制中心", "国有资产", "车辆"] == "3辆"
    assert found["柳桥镇卫生院", "总额", "本年支出合计"] == "310.10万元"
    assert found["", "人员编制", "离退休人员"] == "170人"
    paths = {figure.entity: figure.path for figure in record.figures if figure.entity}
    assert paths["柳桥镇卫生院"] == ("医疗机构",)
    assert paths["县疾病预防控制中心"] == ("机关",)


def test_amounts_of_five_digits_are_no_class_codes() -> None:
    record = read(KINDS, KINDS_TEXT)
    assert [table.kind for table in record.tables] == ["institutions"]
    assert told(record)["小学", "其他", "学生"] == "20,400人"


def test_two_lists_side_by_side_are_one() -> None:
    found = told(read("岭前区公安分局2019年部门预算.txt", STATIONS))
    assert found["港口派出所", "人员编制", "民警编制"] == "20人"
    assert found["西桥派出所", "人员编制", "实有民警"] == "31人"
    assert len(found) == 12


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    place: Path = tmp_path_factory.mktemp("institutions")
    texts = {
        SCHOOLS: SCHOOLS_TEXT,
        HOSPITALS: HOSPITALS_TEXT,
        CITY: CITY_TEXT,
        COURT: COURT_TEXT,
        OFFICES: OFFICES_TEXT,
    }
    texts |= {TOWNS: TOWNS_TEXT, KINDS: KINDS_TEXT}
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8")
    service = Service(Settings(store=place / "store"))
    assert len(list(service.ingest([place / name for name in texts]))) == len(texts)
    return service


def ask(service: Service, question: str, document: str | None, history: tuple[str, ...] = ()) -> dict[str, Any]:
    return service.assistant.ask(question, history, document).as_json()


@pytest.mark.parametrize(
    ("document", "question", "value", "unit"),
    [
        (SCHOOLS, "石湾小学有多少学生", "980", "人"),
        (SCHOOLS, "北桥中学超编了多少人", "5", "人"),
        (SCHOOLS, "东岭小学还空着多少个编制", "8", "人"),
        (SCHOOLS, "青溪中学在职比北桥中学多多少人", "27", "人"),
        (SCHOOLS, "有几所学校", "6", "所"),
        (SCHOOLS, "一共有几所中学", "2", "所"),
        (SCHOOLS, "小学一共有多少学生", "2297", "人"),
        (SCHOOLS, "小学平均有多少学生", "765.67", "人"),
        (SCHOOLS, "全县一共多少编制", "464", "人"),
        (SCHOOLS, "局机关有多少人在职", "19", "人"),
        (SCHOOLS, "下属单位有几个", "8", "个"),
        (HOSPITALS, "人民医院有多少张床位", "500", "张"),
        (HOSPITALS, "一共有多少张床", "740", "张"),
        (HOSPITALS, "疾控中心的预算是多少", "680.00", "万元"),
        (HOSPITALS, "县中医院离退休多少人", "40", "人"),
        (HOSPITALS, "公务用车共多少辆", "15", "辆"),
        (CITY, "市水利局公务接待费多少", "8.00", "万元"),
        (CITY, "市教育局公车运行费多少钱", "5.00", "万元"),
        (CITY, "市财政局三公经费和市水利局比差多少", "24.60", "万元"),
        (CITY, "2021年三公经费一共多少", "71.25", "万元"),
        (None, "石湾小学在职多少人", "55", "人"),
        (COURT, "东河法庭有几个干警", "5", "人"),
        (COURT, "干警最少的法庭是哪个", "3", "人"),
        (OFFICES, "县医院在职多少人", "310", "人"),
        (OFFICES, "县医院实有多少人", "395", "人"),
        (OFFICES, "遗属人员一共多少", "7", "人"),
        (OFFICES, "哪个单位人最多", "395", "人"),
        (KINDS, "全县有多少所小学", "45", "所"),
        (KINDS, "哪类学校学生最多", "20400", "人"),
        (KINDS, "高中教职工多少人", "410", "人"),
        (KINDS, "小学平均每个班多少学生", "40.00", "人"),
        (TOWNS, "东河镇基本支出多少", "700.00", "万元"),
        (TOWNS, "哪个乡镇支出最多", "1200.00", "万元"),
        (TOWNS, "项目支出最少的乡镇", "60.00", "万元"),
    ],
)
def test_questions_of_one_number(service: Service, document: str | None, question: str, value: str, unit: str) -> None:
    answer = ask(service, question, document)
    assert answer["status"] == "answered", answer
    assert answer["result"] is not None, answer
    assert (answer["result"]["value"], answer["result"]["unit"]) == (value, unit), answer


@pytest.mark.parametrize(
    ("document", "question", "said", "unsaid"),
    [
        (SCHOOLS, "青溪中学编制多少人，实际在职多少人", ("142人", "128人"), ()),
        (SCHOOLS, "哪所学校在职人数最多", ("**青溪中学**",), ("局机关",)),
        (SCHOOLS, "编制最少的是哪所小学", ("**东岭小学、南圃小学**",), ()),
        (SCHOOLS, "哪些单位超编了", ("北桥中学",), ("青溪中学",)),
        (SCHOOLS, "满编的学校有哪些", ("南圃小学",), ("石湾小学",)),
        (SCHOOLS, "编制超过50人的学校有哪些", ("青溪中学", "北桥中学", "石湾小学"), ("东岭小学",)),
        (SCHOOLS, "差额事业单位有哪些", ("云泽县第一幼儿园",), ("青溪中学",)),
        (SCHOOLS, "县招生考试中心是什么性质的单位", ("参公单位",), ()),
        (SCHOOLS, "有哪些下属学校", ("青溪中学", "县教师进修学校"), ("幼儿园", "局机关")),
        (SCHOOLS, "学生第二多的是哪所学校", ("**北桥中学**",), ()),
        (HOSPITALS, "哪几家单位有3辆以上公务用车", ("县疾病预防控制中心", "云泽县人民医院", "县中医院"), ("柳桥",)),
        (CITY, "哪个部门三公经费最多", ("**市水利局**",), ()),
        (COURT, "西岭法庭在哪里", ("西岭乡",), ("东河镇",)),
        (CITY, "没有买车的部门有哪些", ("市财政局", "市教育局"), ("市水利局",)),
    ],
)  # fmt: skip
def test_questions_about_which(
    service: Service, document: str, question: str, said: tuple[str, ...], unsaid: tuple[str, ...]
) -> None:
    answer = ask(service, question, document)
    assert answer["status"] == "answered", answer
    assert all(word in answer["answer"] for word in said), answer
    assert not any(word in answer["answer"] for word in unsaid), answer


def test_a_follow_up_asks_the_same_of_another_institution(service: Service) -> None:
    answer = ask(service, "那东岭小学呢？", SCHOOLS, ("青溪中学在职人数是多少？",))
    assert answer["result"]["value"] == "39"


@pytest.mark.parametrize("question", ["石湾小学三公经费多少", "西坡小学有多少学生", "2022年学前教育支出预算是多少"])
def test_what_the_table_does_not_tell_is_refused(service: Service, question: str) -> None:
    assert ask(service, question, SCHOOLS)["status"] == "not_disclosed"
