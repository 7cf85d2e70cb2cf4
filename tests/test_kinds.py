"""Kinds of documents and questions that the sample does not hold: layouts of other provinces, other turns of phrase."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from little_book import little_book
from statement_fixture import pick, read

from corpus.figure import Measure, Scheme
from corpus.figures import Book
from corpus.settings import Settings
from ingest.pipeline import ingest_bytes
from rag import wording
from rag.planner import RulePlanner
from rag.shelf import Shelf


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RulePlanner]:
    book = little_book(Path(tmp_path_factory.mktemp("book")))
    shelf = Shelf(book)
    yield RulePlanner(shelf.catalogue, shelf.lexicon, shelf.projects)
    book.close()


@pytest.mark.parametrize(
    ("question", "name", "component", "funding"),
    [
        ("云州政务中心2026年预算一般公共预算基本支出是多少", "基本支出", "基本支出", "一般公共预算"),
        ("云州政务中心2026年一般公共预算项目支出多少", "项目支出", "项目支出", "一般公共预算"),
        ("云州政务中心2026年预算财政拨款收入总计是多少", "收入总计", "", "财政拨款"),
        ("云州政务中心卫生健康支出（210）的基本支出是多少", "卫生健康支出", "基本支出", ""),
        ("云州政务中心一般公共预算卫生健康支出（210）是多少", "卫生健康支出", "", "一般公共预算"),
        ("云州政务中心住房公积金（功能科目编码2210201）的项目支出", "住房公积金", "项目支出", ""),
        ("云州政务中心行政运行（2010301）的公用经费是多少", "行政运行", "公用经费", ""),
    ],
)
def test_fund_code_and_part_narrow_one_account(
    planner: RulePlanner, question: str, name: str, component: str, funding: str
) -> None:
    (asked,) = planner.plan(question).accounts
    assert (asked.name, asked.component, asked.funding) == (name, component, funding)


def test_a_grand_total_of_final_accounts_is_heard_whole(planner: RulePlanner) -> None:
    (asked,) = planner.plan("云州政务中心2026年决算支出总计是多少").accounts
    assert asked.said == "决算支出总计"


def test_an_income_table_of_sources_keeps_the_grand_total_apart_from_the_year() -> None:
    text = "### 收入总体情况表\n\n单位：万元\n\n项 目\t2024年预算\n一、一般公共预算拨款\t100.00\n本年收入合计\t100.00\n上年结转\t7.00\n收入总计\t107.00\n"
    _, _, figures = read(text)
    assert [str(f.amount) for f in pick(figures, Scheme.TOTAL, "本年收入合计")] == ["100.00万元"]
    assert [str(f.amount) for f in pick(figures, Scheme.TOTAL, "收入总计")] == ["107.00万元"]


def test_bought_goods_named_as_a_class_of_buying() -> None:
    text = "## 四、政府采购情况\n\n本部门政府采购安排178.72万元，其中：货物类采购预算86.00万元，工程类采购预算0.00万元，服务类采购预算92.72万元。\n"
    record = ingest_bytes("某县水利局2024年部门预算.txt", text.encode(), Settings())
    stated = {f.account: str(f.amount) for f in record.figures}
    assert stated == {"政府采购": "178.72万元", "货物": "86.00万元", "工程": "0.00万元", "服务": "92.72万元"}
    assert not record.findings


def test_a_right_income_table_with_blank_sources_is_left_alone() -> None:
    rows = [
        "科目代码\t科目名称\t总计\t上年结转\t一般公共预算\t财政专户管理资金\t单位资金",
        "208\t社会保障和就业支出\t119.10\t\t119.10\t\t",
        "20805\t行政事业单位养老支出\t119.10\t\t119.10\t\t",
        "2080505\t机关事业单位基本养老保险缴费支出\t119.10\t\t119.10\t\t",
        "210\t卫生健康支出\t1944.33\t7.50\t1284.85\t\t651.98",
        "21002\t公立医院\t1944.33\t7.50\t1284.85\t\t651.98",
        "2100202\t中医（民族）医院\t1908.48\t\t1256.50\t\t651.98",
        "2100299\t其他公立医院支出\t35.85\t7.50\t28.35\t\t",
        "合计\t\t2063.43\t7.50\t1403.95\t\t651.98",
    ]
    _, _, figures = read("### 收入预算总表\n\n单位：万元\n\n" + "\n".join(rows) + "\n")
    hospital = pick(figures, Scheme.FUNCTION, "2100299", flow="收入")
    assert [str(f.amount) for f in hospital] == ["35.85万元", "7.50万元", "28.35万元"]
    (general,) = (f for f in hospital if f.funding == "一般公共预算")
    assert str(general.amount) == "28.35万元"


def test_the_name_of_a_sheet_is_no_part_of_the_issuer() -> None:
    text = "说明\n\n鹿泉岭县档案馆2022年部门预算\n\n## 一、收支情况\n\n鹿泉岭县档案馆2022年收入预算100.00万元。\n\n## 表一\n\n### 收支总表\n\n单位名称：鹿泉岭县档案馆\n"
    assert ingest_bytes("附件1.txt", text.encode(), Settings()).disclosure.issuer == "鹿泉岭县档案馆"


def test_economic_classes_printed_as_columns() -> None:
    rows = ["单位编码\t单位名称\t总计\t基本工资\t奖金\t住房公积金", "402001\t某市财政局\t60.00\t30.00\t20.00\t10.00"]
    title = "一般公共预算基本支出表--人员经费（工资福利支出）（按部门预算经济分类）"
    _, (table,), figures = read(f"部门公开表11\n\n{title}\n\n单位：万元\n\n" + "\n".join(rows) + "\n")
    assert table.kind == "basic_economic"
    assert {f.code: str(f.amount) for f in figures} == {
        "301": "60.00万元",
        "30101": "30.00万元", "30103": "20.00万元", "30113": "10.00万元",
    }  # fmt: skip


def test_the_total_of_projects_by_fiscal_fund_is_no_total_of_all_money() -> None:
    head = "项目名称\t合计\t一般公共预算\t政府性基金\t国有资本经营预算"
    text = f"### 项目支出表\n\n单位：万元\n\n{head}\n合计\t30.00\t10.00\t20.00\t\n设备购置\t30.00\t10.00\t20.00\t\n"
    _, _, figures = read(text)
    (total,) = pick(figures, Scheme.TOTAL, "本年支出合计", funding="财政拨款")
    assert (total.component, str(total.amount)) == ("项目支出", "30.00万元")
    assert not pick(figures, Scheme.TOTAL, "本年支出合计", funding="全部")


def test_a_third_side_by_kind_of_expenditure() -> None:
    rows = [
        "收 入\t\t支 出\t\t\t",
        "项目\t本年预算\t项目（按功能分类）\t本年预算\t部门预算支出分类\t本年预算",
        "一、一般公共预算拨款收入\t100.00\t一、教育支出\t70.00\t一、基本支出\t60.00",
        "二、单位资金\t\t二、住房保障支出\t30.00\t工资福利支出\t55.00",
        "\t\t\t\t二、项目支出\t40.00",
        "本年收入合计\t100.00\t本年支出合计\t100.00\t本年支出合计\t100.00",
    ]
    text = "县档案馆2024年部门预算\n\n### 收支总表\n\n单位：万元\n\n" + "\n".join(rows) + "\n"
    record = ingest_bytes("县档案馆2024年部门预算.txt", text.encode(), Settings())
    assert [str(f.amount) for f in pick(list(record.figures), Scheme.FUNCTION, "205")] == ["70.00万元"]
    parts = {f.component: str(f.amount) for f in record.figures if f.account == "本年支出合计"}
    assert parts == {"合计": "100.00万元", "基本支出": "60.00万元", "项目支出": "40.00万元"}
    assert not record.findings


def test_a_change_asked_for_either_way_is_no_question_after_a_fall() -> None:
    assert wording.falling("比上年减少多少")
    assert not wording.falling("比上年增减多少")


def test_the_row_of_a_unit_in_an_unknown_table_names_no_account(tmp_path: Path) -> None:
    table = "### 其他情况表\n\n单位：万元\n\n单位名称\t合计\t绿化面积\n白石县水利局\t12.00\t3.00\n"
    text = f"白石县水利局2023年部门预算\n\n## 一、情况\n\n“三公”经费预算6.83万元。\n\n{table}"
    record = ingest_bytes("白石县水利局2023年部门预算.txt", text.encode(), Settings())
    with Book.open(tmp_path / "book.db", writable=True) as book:
        book.store(record)
        shelf = Shelf(book)
        plan = RulePlanner(shelf.catalogue, shelf.lexicon, shelf.projects).plan("白石县水利局2023年三公经费是多少")
    assert [asked.name for asked in plan.accounts] == ["三公经费"]


def test_a_title_broken_inside_its_brackets() -> None:
    rows = ["单位名称\t总计\t基本工资\t奖金", "某市财政局\t50.00\t30.00\t20.00"]
    title = "一般公共预算基本支出表--人员经费（工资福利支出）（按部门预\n算经济分类）"
    _, (table,), _ = read(f"部门公开表11\n{title}\n单位：万元\n" + "\n".join(rows) + "\n")
    assert table.title == "一般公共预算基本支出表--人员经费(工资福利支出)(按部门预算经济分类)"
    prose = "共安排3项资金)\n"
    _, (table,), _ = read(f"收支总表\n{prose}单位：万元\n" + "\n".join(rows) + "\n")
    assert "3项" not in table.title


@pytest.mark.parametrize("paid", ["财政拨款预算", "财政拨款决算数为", "一般公共预算财政拨款支出决算"])
def test_the_heading_before_a_colon_names_the_account(paid: str) -> None:
    text = f"## 六、其他重要事项\n\n(一)机关运行经费:2024年{paid}835.68万元,比2023年增加8.54万元,主要是人员增加。\n"
    record = ingest_bytes("某县水利局2024年部门决算.txt", text.encode(), Settings())
    assert {(f.scheme, str(f.amount)) for f in record.figures} == {
        (Scheme.OPERATING, "835.68万元"), (Scheme.OPERATING, "8.54万元"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("2021年共接待国内来访团组45个、来宾378人次。", {"国内公务接待批次": "45", "国内公务接待人次": "378"}),
        ("国内公务接待批次为45个，接待人次378人。", {"国内公务接待批次": "45", "国内公务接待人次": "378"}),
        (
            "公务用车运行支出为3.00万元，主要用于日常出行，期末开支财政拨款的公务用车保有量为6辆。",
            {"公务用车保有量": "6"},
        ),
        ("共组织因公出国（境）团组2个，累计5人次。", {"因公出国（境）团组数": "2", "因公出国（境）人次数": "5"}),
    ],
)
def test_visits_and_vehicles_counted_beside_their_cost(text: str, counted: dict[str, str]) -> None:
    whole = f"## 五、“三公”经费情况\n\n3.公务接待费支出决算为8.11万元，主要用于接待来访。{text}\n"
    record = ingest_bytes("某县水利局2021年部门决算.txt", whole.encode(), Settings())
    assert {f.account: str(f.value) for f in record.figures if f.measure is Measure.COUNT} == counted
