"""A unit's own paper with chapters of other units, each with its own tables: whose figures are whose."""

import pytest

from corpus.figure import Figure, Reader
from corpus.record import Record
from corpus.settings import Settings
from ingest.pipeline import ingest_bytes

ISSUER = "某市第一人民医院"
OTHER = "某市妇幼保健院"


def tables(total: int, above: str = "") -> str:
    """Four statutory tables of a unit that spends `total` 万元, 20 of them on projects."""
    head = f"{above}\n单位：万元\n" if above else "单位：万元\n"
    sides = "收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n"
    sums = f"收入总计\t{total}.00\t支出总计\t{total}.00\n\n"
    return (
        f"单位收支总表\n{head}{sides}一、一般公共预算拨款收入\t{total}.00\t一、卫生健康支出\t{total}.00\n{sums}"
        f"单位支出总表\n{head}科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        f"210\t卫生健康支出\t{total}.00\t{total - 20}.00\t20.00\n合计\t\t{total}.00\t{total - 20}.00\t20.00\n\n"
        f"财政拨款收支总表\n{head}{sides}一、一般公共预算拨款\t{total}.00\t一、卫生健康支出\t{total}.00\n{sums}"
        f"一般公共预算“三公”经费支出表\n{head}项目\t预算数\n因公出国（境）费\t0.00\n公务接待费\t{total / 100:.2f}\n"
        f"公务用车购置及运行费\t0.00\n合计\t{total / 100:.2f}\n\n"
    )


def ingested(*chapters: str, issuer: str = ISSUER) -> Record:
    text = "\n".join(
        [f"{issuer}2024年单位预算公开\n\n第一部分 {issuer}概况\n一、主要职能\n承担医疗工作。\n", *chapters]
    )
    return ingest_bytes(f"{issuer}2024年单位预算公开.txt", text.encode(), Settings())


def totals(record: Record) -> dict[str, set[str]]:
    """The total expenditure that tables and text state, by unit."""
    found: dict[str, set[str]] = {}
    for figure in record.figures:
        if figure.account == "支出总计" and figure.amount is not None and not _is_change(figure):
            found.setdefault(figure.entity, set()).add(str(figure.amount))
    return found


def _is_change(figure: Figure) -> bool:
    return figure.measure.value != "金额"


@pytest.mark.parametrize(
    ("heading", "above"),
    [
        ("{} {}2024年单位预算报表", ""),
        ("{} {}2024年部门预算公开", ""),
        ("{} {}", ""),
        ("{1}", ""),
        ("{} 预算报表", "编制单位：{}"),
    ],
)
def test_chapter_of_another_unit_is_its_own(heading: str, above: str) -> None:
    """Named by the heading of the chapter, alone on a line before it, or above each table."""
    parts = [
        f"{heading.format(part, unit)}\n\n{tables(total, above.format(unit))}"
        for part, unit, total in (
            ("第二部分", ISSUER, 300),
            ("第三部分", OTHER, 100),
            ("第四部分", "某市中医医院", 200),
        )
    ]
    record = ingested(*parts)
    assert totals(record) == {"": {"300.00万元"}, OTHER: {"100.00万元"}, "某市中医医院": {"200.00万元"}}
    assert record.findings == ()
    assert record.warnings == ()


def test_prose_of_the_chapter_is_the_other_units_too() -> None:
    parts = [
        f"{a} {unit}2024年单位预算表\n\n{tables(total)}{b} {unit}2024年单位预算情况说明\n2024年支出预算{total}.00万元。\n"
        for a, b, unit, total in (("第二部分", "第三部分", ISSUER, 300), ("第四部分", "第五部分", OTHER, 100))
    ]
    record = ingested(*parts)
    assert totals(record) == {"": {"300.00万元"}, OTHER: {"100.00万元"}}
    told = {figure.entity for figure in record.figures if figure.reader is Reader.PROSE}
    assert told == {"", OTHER}
    assert record.findings == ()


def test_chapter_that_names_no_unit_is_not_the_issuers_and_the_record_says_so() -> None:
    record = ingested(f"第二部分 预算报表\n\n{tables(300)}", f"第三部分 预算报表\n\n{tables(100)}")
    assert totals(record) == {"": {"300.00万元"}, "未写明单位的第2套报表": {"100.00万元"}}
    (warning,) = record.warnings
    assert (
        warning
        == "本文件有几套报表，未写明单位的第2套报表（自《单位收支总表》起）不知属于哪个单位，其数字不计入本单位。"
    )


def test_tables_printed_again_in_an_annex_stay_the_issuers() -> None:
    record = ingested(f"第二部分 预算报表\n\n{tables(300)}", f"第三部分 附表\n\n{tables(300)}")
    assert totals(record) == {"": {"300.00万元"}}
    assert record.warnings == ()


def test_tables_of_another_year_are_no_other_units() -> None:
    last = tables(280).replace("单位收支总表", "2023年单位收支总表")
    record = ingested(f"第二部分 预算报表\n\n{tables(300)}", f"第三部分 2023年预算报表\n\n{last}")
    assert set(totals(record)) == {""}


def test_department_that_is_named_above_all_tables_of_a_units_paper_owns_none() -> None:
    record = ingested(f"第二部分 预算报表\n\n{tables(300, '编制单位：某市卫生健康委员会')}")
    assert totals(record) == {"": {"300.00万元"}}
