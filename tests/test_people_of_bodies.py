"""People and posts by kind and by body, free posts, reasons in brackets and those of another total. Invented units, invented
numbers, answers worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_narrative import FINAL, read

from corpus.settings import Settings
from ui.service import Service


def counts(*sentences: str) -> list[tuple[str, str, int, str]]:
    figures = read("基本情况", *sentences, disclosure=FINAL)
    return [(f.account, f.entity, f.year, str(f.amount)) for f in figures if f.amount is not None]


def test_kinds_right_behind_those_on_duty_divide_them() -> None:
    assert counts("2023年在职职工61人,参公21人,事业40人。") == [
        ("在职人员", "", 2023, "61人"), ("参公人员", "", 2023, "21人"), ("事业人员", "", 2023, "40人"),
    ]  # fmt: skip
    assert counts("我局核定编制31名:行政编制18名,事业13名。")[1:] == [
        ("行政编制", "", 2023, "18名"), ("事业编制", "", 2023, "13名"),
    ]  # fmt: skip


def test_posts_sat_on_are_people() -> None:
    assert counts("现有人数29人,其中在职编制18人、离退休11人。") == [
        ("实有人员", "", 2023, "29人"), ("在职人员", "", 2023, "18人"), ("离退休人员", "", 2023, "11人"),
    ]  # fmt: skip


def test_those_at_the_end_of_last_year_and_their_parts_are_last_years() -> None:
    told = counts("上年度年末实有19人,其中行政11人、事业8人;今年减少事业1人,现实有18人,其中行政工勤2人、事业编7人。")
    assert [item for item in told if item[0] == "实有人员"] == [
        ("实有人员", "", 2022, "19人"), ("实有人员", "", 2023, "18人"),
    ]  # fmt: skip
    assert ("行政人员", "", 2022, "11人") in told
    assert ("事业人员", "", 2023, "7人") in told


def test_people_on_each_kind_of_posts_are_told_apart_and_the_retired_are_none_of_them() -> None:
    told = counts("机关行政编制50名,调出2人,实有45人;工勤事业编制4名,实有3人。退休人员原有42人,新增1人,现有43人。")
    assert ("行政编制实有人员", "", 2023, "45人") in told
    assert ("退休人员", "", 2023, "43人") in told
    assert not [item for item in told if item[0] == "实有人员"]


def test_bodies_in_a_list_have_their_own_posts() -> None:
    told = counts(
        "直属2个单位:(1)妇女干部学校:编制9名,实有7人(全额拨款在职5人),退休3人;(2)实验幼儿园,编制6名。",
        "参公事业单位1个,儿童工作办公室。编制4名,实有2人。",
    )
    assert told == [
        ("编制人数", "妇女干部学校", 2023, "9名"), ("实有人员", "妇女干部学校", 2023, "7人"),
        ("全额拨款在职人员", "妇女干部学校", 2023, "5人"), ("退休人员", "妇女干部学校", 2023, "3人"),
        ("编制人数", "实验幼儿园", 2023, "6名"), ("参公单位", "", 2023, "1个"),
        ("编制人数", "儿童工作办公室", 2023, "4名"), ("实有人员", "儿童工作办公室", 2023, "2人"),
    ]  # fmt: skip


def test_a_bracket_right_behind_a_change_says_why() -> None:
    moved = read("收入", "收入较2022年增加9万元,主要是财政拨款减少1万元,事业收入增加10万元(本年将门诊补助列入本项)。")
    assert [f.reason for f in moved if f.account == "事业收入"] == ["本年将门诊补助列入本项"]
    aside = read("收入", "事业收入比2022年增加10万元(不含附属单位的收入)。")
    assert [f.reason for f in aside] == [""]


TEXTS = {
    "青云县妇女联合会2023年度部门决算.txt": """青云县妇女联合会2023年度部门决算
一、机构和人员
机关行政编制50名,调出2人,实有45人;工勤事业编制4名,实有3人。
直属2个公益二类单位:(1)县妇联保育院:编制41名,实有30人;(2)县妇联第二保育院:编制20名,实有17人,退休3人。
二、收支情况
2023年度收入总计为300.00万元,较上年增加20.00万元,主要是一般公共预算拨款增加20.00万元。
2023年一般公共预算财政拨款支出300.00万元,比2022年增加20.00万元。其中:基本支出300.00万元,比2022年增加20.00万元,主要原因是机构合并。
""",
    "青云县河湖管理站2023年度单位决算.txt": """青云县河湖管理站2023年度单位决算
一、机构和人员
核定参公管理事业编制8名,实有在职在编人员7名;核定全额事业编制5名,实有在编人数2名,空编3名。
公务用车3台。水务站并入我站管理导致事业人员较上年增加9人。
因下属林场增加一个车辆编制,故2023年车编费增加3万元。2023年公务用车费为21万元,比2022年18万元增加。
""",
    "青云县长桥卫生院2024年度单位决算.txt": """青云县长桥卫生院2024年度单位决算
一、机构和人员
核定人员编制46人,实有职工60人,比上年同期减少4人,其中在编41人,与上年同期无变化。另有临聘人员15人,遗属补助6人。
二、三公经费支出决算情况
公务用车保有量5辆,较上年减少2辆。
""",
    "青云县水政大队2026年单位预算.txt": """青云县水政大队2026年单位预算
一、机构和人员
核定事业编制12名,2026年初实有事业人员10名。
二、收支情况
2026年支出预算250.00万元。因公出国(境)费预算6.00万元,出国(境)团组1个,出国(境)2人次。
""",
    "青云县河道管理处2023年度单位决算.txt": """青云县河道管理处2023年度单位决算
一、机构和人员
2023年初编制25个,年末编制28个,新增3个编制,实有33人。车辆编制5辆,在编实有车辆3辆。
""",
    "青云县堤防管理局2025年部门预算.txt": """青云县堤防管理局2025年部门预算
一、机构和人员
编制人数为90人,其中行政编制40人,事业50人。实有在职人数:行政参公36人,事业47人;退休12人,遗属人员2人。
""",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("bodies")
    paths = []
    for name, text in TEXTS.items():
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    service = Service(Settings(store=folder / "store"))
    assert len(list(service.ingest(paths))) == len(TEXTS)
    return service


def ask(service: Service, text: str, document: str, *history: str) -> dict[str, Any]:
    name = next(name for name in TEXTS if document in name)
    return service.assistant.ask(text, list(history), name).as_json()


@pytest.mark.parametrize(
    ("text", "document", "history", "value"),
    [
        ("县妇联第二保育院实有多少人", "妇女", (), "17"),
        ("第二保育院呢", "妇女", ("县妇联保育院实有多少人",), "17"),
        ("县妇联保育院编制几名", "妇女", (), "41"),
        ("机关行政编制还空几个", "妇女", (), "5"),
        ("空编几个", "河湖", (), "3"),
        ("临聘人员占全院职工的百分之几", "卫生院", (), "25.00"),
        ("吃遗属补助的有几个", "卫生院", (), "6"),
        ("年初编制几个", "河道", (), "25"),
        ("年末编制几个", "河道", (), "28"),
        ("实有人数比年末编制多几个人", "河道", (), "5"),
        ("编制比年初多了几个", "河道", (), "3"),
        ("车编和实有差几辆", "河道", (), "2"),
        ("车辆编制还空着几辆", "河道", (), "2"),
        ("在职的有几个人", "堤防", (), "83"),
        ("空编多少", "堤防", ("编制多少人", "在职的有几个人"), "7"),
    ],
)
def test_each_body_answers_for_itself(
    service: Service, text: str, document: str, history: tuple[str, ...], value: str
) -> None:
    result = ask(service, text, document, *history)["result"]
    assert result is not None
    assert result["value"] == value


def test_the_reason_behind_a_part_that_moved_alone(service: Service) -> None:
    assert "机构合并" in ask(service, "收入为什么增加", "妇女")["answer"]


def test_a_sentence_with_the_amount_of_the_question_says_why(service: Service) -> None:
    assert "林场增加一个车辆编制" in ask(service, "公务用车费为什么多了3万", "河湖")["answer"]


def test_cars_are_counted_by_the_word_of_the_question(service: Service) -> None:
    assert ask(service, "有几台车", "河湖")["result"]["unit"] == "台"
    assert ask(service, "有几辆车", "河湖")["result"]["unit"] == "辆"


def test_what_led_to_more_people_is_why_there_are_more(service: Service) -> None:
    assert "水务站并入" in ask(service, "事业人员为什么多了9个", "河湖")["answer"]


@pytest.mark.parametrize(("text", "value"), [("按实有人数算人均预算多少万元", "25.00"), ("出国每人平均多少钱", "3.00")])
def test_heads_of_an_institution_and_of_trips(service: Service, text: str, value: str) -> None:
    result = ask(service, text, "水政")["result"]
    assert result is not None
    assert result["value"] == value


@pytest.mark.parametrize("text", ["明年公务员会不会涨工资", "青云县老百姓的人均收入是多少"])
def test_pay_to_come_and_earnings_of_the_people_are_no_business_of_budgets(service: Service, text: str) -> None:
    assert service.assistant.ask(text, [], None).as_json()["status"] == "out_of_scope"


def test_how_many_there_were_before_the_change_that_is_stated(service: Service) -> None:
    last = ask(service, "上年同期职工多少人", "卫生院")["result"]
    assert last is not None
    assert (last["value"], last["formula"]) == ("64", "60人 − (-4人) = 64人")
    cars = ask(service, "2023年公务用车保有量多少辆", "卫生院")["result"]
    assert cars is not None
    assert cars["value"] == "7"


def test_what_a_unit_moved_by_is_no_answer_for_how_far_it_is_from_one_that_the_book_has_not(service: Service) -> None:
    told = ask(service, "妇女联合会和县民政局2023年总收入差多少", "妇女")
    assert (told["status"], told["result"]) == ("not_disclosed", None)
