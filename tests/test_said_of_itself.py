"""What papers say of themselves: what kind of unit, by which standard money is worked out, what a term means there, what a
project in a bracket is called, what each county took in. Invented units and numbers, worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_narrative import FINAL, read

from corpus.settings import Settings
from ui.service import Service

TEXTS = {
    "北岭市2023年财政收支完成情况.txt": """北岭市2023年财政收支完成情况
2023年北岭市一般公共预算收入98.5亿元,增长2.0%。调入资金9亿元(其中从专户调入5亿元、从国有资本经营预算调入3亿元、其他调入1亿元)。
一般公共预算收入分级完成情况:
北岭市本级25.5亿元,完成年度预算的112.3%,增收8.5亿元,增长50.0%。
青河市13.0亿元,完成年度预算的98.0%,减收2.0亿元,下降13.3%。
石滩区40.0亿元,完成年度预算的90.0%,减收6.0亿元,下降13.0%。其中石滩区本级11.4亿元,增收0.9亿元,增长7.3%。
临港开发区20.0亿元,完成年度预算的101.0%,增收1.0亿元,增长5.3%。
""",
    "北岭市中医医院2018年部门决算.txt": """北岭市中医医院2018年部门决算
一、基本情况
北岭市中医医院是市级财政差额拨款事业单位,我院于2009年晋升为二级甲等中医医院。
二、收支情况
财政拨款收入2600.00万元,其中:财政基本补助收入1800.00万元。
财政拨款收入是指市财政当年划拨给医院的基本补助和项目补助。
注:行政经费包括两部分。(1)基本支出:工资、津贴等。(2)一般行政管理项目支出:出国费、招待费等。
""",
    "北岭市总工会2018年部门预算.txt": """北岭市总工会2018年部门预算
一、收支情况
2018年支出预算99.00万元,其中:基本支出64.00万元,项目支出35.00万元(职工文体活动)。
""",
    "北岭市代表联络办公室2018年部门预算.txt": """北岭市代表联络办公室2018年部门预算
一、项目情况
1、代表活动补贴120000元;
测算标准:50名代表,年人均2400元计120000元。
2、街道联络经费60000元,按6家街道每家10000元测算。
""",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    place: Path = tmp_path_factory.mktemp("itself")
    for name, text in TEXTS.items():
        (place / name).write_text(text, encoding="utf-8")
    service = Service(Settings(store=place / "store"))
    assert len(list(service.ingest([place / name for name in TEXTS]))) == len(TEXTS)
    return service


def ask(service: Service, text: str, named: str, *history: str) -> dict[str, Any]:
    document = next(name for name in TEXTS if named in name)
    return dict(service.assistant.ask(text, list(history), document).as_json())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("青河市减收多少亿", "-2.0"),
        ("石滩区收入下降百分之几", "-13.0"),
        ("临港开发区一般公共预算收入多少", "20.0"),
        ("分级看哪个地方一般公共预算收入最高", "40.0"),
        ("哪个地方减收最多", "-6.0"),
    ],
)
def test_each_county_answers_for_itself(service: Service, text: str, value: str) -> None:
    result = ask(service, text, "财政收支")["result"]
    assert result is not None
    assert result["value"] == value


def test_the_counties_that_grew(service: Service) -> None:
    told = ask(service, "哪些地方收入是增长的", "财政收支")["answer"]
    assert "北岭市本级" in told
    assert "临港开发区" in told
    assert "青河市" not in told


@pytest.mark.parametrize(
    ("text", "named", "words"),
    [
        ("这家医院是全额拨款还是差额拨款?", "医院", ("差额拨款",)),
        ("这家医院是几级的,哪年评上的", "医院", ("二级甲等", "2009")),
        ("“财政拨款收入”在这份报告里是怎么解释的", "医院", ("基本补助和项目补助",)),
        ("行政经费包括哪两块", "医院", ("基本支出", "一般行政管理项目支出")),
        ("项目支出多少钱,是什么项目", "总工会", ("35.00", "职工文体活动")),
        ("代表活动补贴是按什么标准算的", "联络", ("50名代表", "2400")),
        ("街道联络经费怎么测算的", "联络", ("6家", "10000")),
        ("调入资金从哪来的,各多少", "财政收支", ("专户调入5", "其他调入1")),
    ],
)
def test_what_the_paper_says_of_itself(service: Service, text: str, named: str, words: tuple[str, ...]) -> None:
    told = ask(service, text, named)["answer"]
    assert all(word in told for word in words), told


def test_cars_there_were_before_a_reform_and_in_the_books_alone_are_not_those_there_are() -> None:
    figures = read(
        "三公经费决算情况", "公务用车改革前车辆保有量为36辆,车辆保有量账面数为36辆,实际保有量为9辆。", disclosure=FINAL
    )
    assert [(f.account, str(f.amount)) for f in figures] == [("公务用车保有量", "9辆")]


def test_guests_are_counted_behind_what_the_money_was_for() -> None:
    figures = read("三公经费", "公务接待费7万元,主要用于国内公务接待27批,310人次。", disclosure=FINAL)
    assert [str(f.amount) for f in figures] == ["7万元", "27批", "310人次"]


def test_a_rate_in_a_list_of_projects_is_no_project(service: Service) -> None:
    told = ask(service, "项目支出有哪些", "联络")["answer"]
    assert "共2个" in told
    assert "人均" not in told
