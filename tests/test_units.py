"""Money units of tables that print none: proven by shared amounts, or said once by the first table for all."""

from statement_fixture import pick, read, values

from corpus.figure import Scheme

WHOLE = (
    "部门收支总表\n{0}\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n"
    "一、一般公共预算拨款收入\t300.00\t一、教育支出\t200.00\n\t\t二、卫生健康支出\t100.00\n"
    "收入总计\t300.00\t支出总计\t300.00\n"
)
SPENT = (
    "部门支出总表\n{0}\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    "205\t教育支出\t200.00\t150.00\t50.00\n210\t卫生健康支出\t100.00\t100.00\t\n合计\t\t300.00\t250.00\t50.00\n"
)
THREE = (
    "“三公”经费预算表\n{0}\n合计\t因公出国（境）费\t公务接待费\t公务用车购置费\t公务用车运行维护费\n{1}\t\t{1}\t\t\n"
)
UNIT = "单位：万元"


def units(*tables: str) -> list[str | None]:
    return [table.unit for table in read("\n".join(tables))[1]]


def test_unit_of_the_first_table_is_that_of_all_that_follow() -> None:
    """支出总表 proves it by its amounts, the 三公 table shares none and is in the document's one unit."""
    given = (WHOLE.format(UNIT), SPENT.format(""), THREE.format("", "3.25"))
    assert units(*given) == ["万元", "万元", "万元"]
    figures = read("\n".join(given))[2]
    assert values(pick(figures, Scheme.THREE_PUBLIC, "公务接待费")) == ["3.25万元"]


def test_unit_printed_in_the_middle_is_no_others() -> None:
    assert units(WHOLE.format(""), SPENT.format(UNIT), THREE.format("", "3.25")) == ["万元", "万元", None]


def test_amount_larger_than_all_others_is_in_another_unit() -> None:
    assert units(WHOLE.format(UNIT), SPENT.format(""), THREE.format("", "32,500.00")) == ["万元", "万元", None]


def test_nothing_proven_nothing_lent() -> None:
    assert units(WHOLE.format(UNIT), THREE.format("", "3.25")) == ["万元", None]


def test_class_codes_are_no_amounts_that_must_recur() -> None:
    """2050201 is larger than any amount of the table."""
    coded = SPENT.format("").replace("205\t教育支出", "2050201\t教育支出")
    assert units(WHOLE.format(UNIT), coded) == ["万元", "万元"]
