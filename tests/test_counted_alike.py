"""Works told one after another in the same words, projects with their money in a report, things of a school, lists opened by a
colon. Invented places and numbers, answers worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.settings import Settings
from ui.service import Service

REPORT = "青禾县长滩乡人民政府2022年度项目支出绩效单位自评报告.txt"
SCHOOL = "青禾县第三中学2022年度部门决算情况说明.txt"
OFFICE = "青禾县林木种苗站2022年部门预算说明.txt"
TEXTS = {
    REPORT: """青禾县长滩乡人民政府2022年度项目支出绩效单位自评报告
一、基本情况
(一)项目概况
1.2022年第二批财政衔接资金蓝莓种植基地建设项目,项目的实施壮大村集体经济。项目建设内容:新建水池50立方米。统筹整合使用财政资金240万元,其中项目管理费2万元,目前项目资金已拨付200万元。
2.2022年第二批财政衔接资金人居环境提升项目,通过实施改善出行条件。项目建设内容:青石村委会上寨村内道路硬化300平方米;青石村委会下寨村内道路硬化500平方米;红岩村委会大坪村内道路硬化800平方米。统筹整合使用财政资金90万元,目前项目资金已拨付85万元。已完成长滩乡村内道路硬化1600平方米。
""",
    SCHOOL: """青禾县第三中学2022年度部门决算情况说明
一、单位概况
学校总占地面积152.6余亩,教学用房为30300平方米,生均15.15平方米。一幢图书馆1200平方米;一幢科技楼900平方米。由于周边人口上升,在校学生逐年增加,年末学生人数2000人。校园绿化面积为6000平方米,校舍面积40000平方米,生均校舍面积20.05平方米。
""",
    OFFICE: """青禾县林木种苗站2022年部门预算说明
一、主要职能
本站主要有三项职能:(1)管理县属苗圃;(2)推广良种;(3)检验种子质量。
二、收支情况
2022年收入总预算80万元。
""",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder: Path = tmp_path_factory.mktemp("alike")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    service = Service(Settings(store=folder / "store"))
    assert len(list(service.ingest([folder / name for name in TEXTS]))) == len(TEXTS)
    return service


def ask(service: Service, text: str, document: str) -> dict[str, Any]:
    return service.assistant.ask(text, [], document).as_json()


@pytest.mark.parametrize(
    ("question", "document", "value", "unit"),
    [
        ("村内道路一共硬化了多少平方米", REPORT, "1600", "平方米"),  # as the text sums it up
        ("村内道路硬化了多少平方米", REPORT, "1600", "平方米"),
        ("青石村委会几个村的道路硬化加起来多少平方米", REPORT, "800", "平方米"),
        ("大坪村内道路硬化了多少平方米", REPORT, "800", "平方米"),
        ("蓝莓种植基地项目整合了多少资金", REPORT, "240", "万元"),
        ("蓝莓种植项目还有多少钱没拨下去", REPORT, "40", "万元"),
        ("蓝莓基地和人居环境两个项目合计整合多少资金", REPORT, "330", "万元"),
        ("人居环境提升项目已拨付多少", REPORT, "85", "万元"),
        ("学校占地多少亩", SCHOOL, "152.6", "亩"),
        ("图书馆和科技楼加起来多大", SCHOOL, "2100", "平方米"),
        ("第三中学图书馆和科技楼加起来多大", SCHOOL, "2100", "平方米"),
        ("图书馆比科技楼大多少", SCHOOL, "300", "平方米"),
        ("2022年末学生数", SCHOOL, "2000", "人"),
        ("生均教学用房多少平方米", SCHOOL, "15.15", "平方米"),  # as the text says, not all of it
        ("生均校舍面积是多少平方米", SCHOOL, "20.05", "平方米"),
        ("生均绿化面积多少平方米", SCHOOL, "3", "平方米"),
    ],
)
def test_amounts(service: Service, question: str, document: str, value: str, unit: str) -> None:
    told = ask(service, question, document)
    assert told["result"] is not None, told["answer"]
    assert (told["result"]["value"].removesuffix(".00"), told["result"]["unit"]) == (value, unit)


@pytest.mark.parametrize(
    ("question", "words"),
    [("哪个村硬化道路面积最大", ("大坪", "800")), ("村内道路硬化面积最小的是哪个村", ("上寨", "300"))],
)
def test_where_most_and_least_of_it_is(service: Service, question: str, words: tuple[str, ...]) -> None:
    answer = ask(service, question, REPORT)["answer"].splitlines()[0]
    assert all(word in answer for word in words), answer


def test_a_village_that_nothing_is_told_of_has_no_part_of_it(service: Service) -> None:
    assert ask(service, "柳树村内道路硬化了多少平方米", REPORT)["result"] is None


def test_a_list_is_quoted_to_its_end(service: Service) -> None:
    answer = ask(service, "种苗站有哪三项职能", OFFICE)["answer"]
    assert all(word in answer for word in ("苗圃", "良种", "检验")), answer
