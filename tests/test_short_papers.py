"""Short papers as townships, schools and courts put them on their pages, read and asked in one go: invented units, invented
numbers, answers worked out by hand."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path
from typing import Any

import pytest

from corpus.settings import Settings
from ui.service import Service

TOWN = "白岭县溪口镇2021年度“三公”经费决算.txt"
TOWN_TEXT = """白岭县溪口镇2021年度“三公”经费决算情况说明
2021年因公出国(境)费0万元,公务接待费8.40万元,公务用车购置及运行维护费30.60万元。
2021年公务接待费支出决算为8.40万元,年初预算为8.00万元。
2021年公务接待费主要用于接待上级检查和外地考察。国内公务接待120批次,1400人次。
2021年末公务用车保有量9辆。
本次公布的数据为汇总数,包含镇机关和所属单位。
"""
SCHOOL = "青禾市第三小学2024年单位预算.txt"
SCHOOL_TEXT = """青禾市第三小学2024年单位预算
一、单位概况
青禾市第三小学是青禾市教育局直属的公益一类事业单位。学校占地面积15200.50平方米。
现有24个教学班,在校学生1032人。附设幼儿园5个班。
核定编制60名,在职人员54人。
二、收支说明
2024年收入总计1200.00万元,支出总计1200.00万元。
"""
OFFICE = "岚山县教育局2023年部门预算.txt"
OFFICE_TEXT = """岚山县教育局2023年部门预算
2023年支出总计500.00万元,比2022年增加62.00万元,增长14%。
2023年“教育支出(类)普通教育(款)小学教育(项)”预算安排200.00万元。
"""
LATER = "岚山县教育局2024年部门预算.txt"
LATER_TEXT = """岚山县教育局2024年部门预算
2024年支出总计520.00万元。
1.“教育支出(类)普通教育(款)小学教育(项)”250.00万元,主要用于小学教育。2023年当年预算执行数为190.00万元,2024年预算安排250.00万元,比2023年预算执行数增加31.58%,主要原因是:学生增加。
"""
COUNTY = "白岭县2024年三公经费预算.txt"
COUNTY_TEXT = """白岭县2024年“三公”经费预算情况说明
经汇总,2024年白岭县本级“三公”经费预算900.00万元,其中:因公出国(境)费100.00万元,公务接待费300.00万元,公务用车购置及运行维护费500.00万元。
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    place: Path = tmp_path_factory.mktemp("short")
    texts = {TOWN: TOWN_TEXT, SCHOOL: SCHOOL_TEXT, OFFICE: OFFICE_TEXT, LATER: LATER_TEXT, COUNTY: COUNTY_TEXT}
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8")
    service = Service(Settings(store=place / "store"))
    taken = list(service.ingest([place / name for name in texts]))
    assert len(taken) == len(texts)
    return service


def ask(service: Service, question: str, document: str | None = None) -> dict[str, Any]:
    return dict(service.assistant.ask(question, [], document).as_json())


@pytest.mark.parametrize(
    ("question", "document", "value", "unit"),
    [
        ("三公经费合计多少？", TOWN, "39.00", "万元"),  # 0 + 8.40 + 30.60, nowhere printed
        ("公务接待费超预算多少？", TOWN, "0.40", "万元"),  # 8.40 − 8.00
        ("公务接待费比年初预算超了百分之几？", TOWN, "5.00", "%"),  # 0.40 ÷ 8.00
        ("平均每批接待花多少元？", TOWN, "700.00", "元"),  # 84000 ÷ 120
        ("接待一位客人平均花多少元", TOWN, "60.00", "元"),  # 84000 ÷ 1400
        ("镇上有几辆公车", TOWN, "9", "辆"),
        ("学校占地面积多大", SCHOOL, "15200.50", "平方米"),
        ("在校学生有多少人", SCHOOL, "1032", "人"),
        ("平均每个班多少名学生？", SCHOOL, None, ""),  # 24 classes or 5: not one number
        ("附设幼儿园有几个班", SCHOOL, "5", "个"),
        ("编制还空缺几个？", SCHOOL, "6", "名"),  # 60 − 54
        ("每个学生平均摊到支出多少元？", SCHOOL, "11627.91", "元"),  # 12,000,000 ÷ 1032
        ("岚山县教育局2023年小学教育的预算执行率是多少？", None, "95.00", "%"),  # 190 ÷ 200
        ("岚山县教育局2022年支出总计是多少", None, "438.00", "万元"),  # 500 − 62; 14.2 % of 438, printed as 14
        ("小学教育比2023年执行数增长多少？", LATER, "31.58", "%"),
        ("白岭县本级2024年三公经费预算多少", None, "900.00", "万元"),
        ("How much was spent on buying official vehicles?", TOWN, None, ""),  # 30.60 is for running them too
    ],
)
def test_number(service: Service, question: str, document: str | None, value: str | None, unit: str) -> None:
    result = ask(service, question, document)["result"]
    if value is None:
        assert result is None
        return
    assert result is not None, question
    assert float(result["value"]) == float(value), (question, result)
    assert result["unit"] in (unit, {"名": "人"}.get(unit, unit)), (question, result)


@pytest.mark.parametrize(
    ("question", "document", "said"),
    [
        ("接待费都花在哪些方面？", TOWN, "外地考察"),
        ("公布的数包含下属单位吗？", TOWN, "所属单位"),
        ("这个学校归哪个部门管？", SCHOOL, "青禾市教育局"),
    ],
)
def test_words(service: Service, question: str, document: str, said: str) -> None:
    answer = ask(service, question, document)
    assert answer["status"] == "answered", answer
    assert said in answer["answer"], answer


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("外聘教师有多少人", SCHOOL),
        ("有几个食堂", SCHOOL),
        ("2019年三公经费是多少", TOWN),
        ("哪个部门的三公经费最多？", COUNTY),
    ],
)
def test_what_is_not_there_is_refused(service: Service, question: str, document: str) -> None:
    answer = ask(service, question, document)
    assert answer["status"] == "not_disclosed", answer
    assert answer["result"] is None


def test_a_place_speaks_of_its_own_paper_not_of_its_townships(service: Service) -> None:
    answer = ask(service, "白岭县2024年公务接待费预算是多少")
    assert answer["result"]["value"] == "300.00", answer
    assert answer["citations"][0]["document"] == COUNTY


UNIVERSITY = "青禾大学2022年部门预算.txt"


def test_kinds_counted_apart_are_added(tmp_path: Path) -> None:
    path = tmp_path / UNIVERSITY
    path.write_text("青禾大学2022年部门预算\n学校有在校学生9050人,其中博士生50人,硕士生700人,本科生8300人。\n", "utf-8")
    service = Service(Settings(store=tmp_path / "store"))
    list(service.ingest([path]))
    result = ask(service, "硕士生和博士生一共多少人", UNIVERSITY)["result"]
    assert result == {"value": "750", "unit": "人", "status": "computed", "formula": "700人 + 50人 = 750人"}


def test_a_year_that_is_silent_is_said_to_be(service: Service) -> None:
    answer = ask(service, "溪口镇2020年和2021年公务接待费决算分别是多少？")
    assert "8.40" in answer["answer"], answer
    assert "没有写明2020年" in answer["answer"], answer
    assert answer["result"] is None or answer["result"]["status"] != "confirmed"


def test_where_something_changed_is_not_what_it_was_spent_on(service: Service) -> None:
    answer = ask(service, "公务接待费在哪些方面减少了？", TOWN)
    assert "外地考察" not in answer["answer"], answer


@pytest.mark.parametrize(
    "name",
    [
        "rag.counted",
        "rag.naming",
        "rag.years",
        "ingest.layout.issuers",
        "ingest.layout.regions",
        "ingest.prose.introductions",
    ],
)
def test_examples_in_docstrings_hold(name: str) -> None:
    outcome = doctest.testmod(importlib.import_module(name))
    assert outcome.attempted
    assert not outcome.failed
