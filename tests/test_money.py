"""Numbers as they are printed, worked out by hand."""

from decimal import Decimal

import pytest

from corpus.money import (
    UNCALCULATED,
    Absence,
    Agreement,
    Amount,
    compare,
    format_decimal,
    mentions,
    parse_number,
    parts_numbers,
    read_cell,
    read_unit_line,
)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("4,218.27", "4218.27"),
        ("４，２１８．２７", "4218.27"),
        ("371,514,655.00", "371514655.00"),
        ("1182.04", "1182.04"),
        ("0.00", "0.00"),
        ("-0.42", "-0.42"),
        ("−12.89", "-12.89"),
        ("(12.89)", "-12.89"),
        ("3 240.27", "3240.27"),
        ("1 234 567.89", "1234567.89"),
        ("1\u3000234\xa0567", "1234567"),
        ("1, 537.4", "1537.4"),
        ("1 ,537. 40", "1537.40"),
        ("12 .50", "12.50"),
        ("- 0.42", "-0.42"),
        (" ( 12.89 ) ", "-12.89"),
        ("¥ 1,234.50 *", "1234.50"),
        ("1,234.50*", "1234.50"),
        ("12.00[1]", "12.00"),
        ("3.00①", "3.00"),
        ("7.10（注2）", "7.10"),
        ("(12.89)*", "-12.89"),
    ],
)
def test_a_printed_number_is_read_exactly(printed: str, value: str) -> None:
    assert parse_number(printed) == Decimal(value)
    assert str(parse_number(printed)) == value  # the printed digits are kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "合计",
        "1,23.4",
        "12.",
        "1.2.3",
        "2024年",
        "30201-",
        "12(3)",
        "①",
        "*",
        "１２万元",
        "12 345,6",
        "--5",
        "- -5",
    ],
)
def test_what_is_not_a_number_is_not_read_as_one(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "12 34",
        "1 23",
        "12 3456",
        "0 537",
        "1234 567",
        "1 234 56",
        "1  234",
        "1\n234",
        "12.5 0",
        "1.2 3.4",
        "1,2 34.5",
        "1 2 3",
    ],
)
def test_two_numbers_in_one_cell_are_not_one(text: str) -> None:
    """A blank in a number parts its thousands or stands beside a sign; elsewhere it parts two numbers."""
    assert parse_number(text) is None
    assert not isinstance(read_cell(text, "万元"), Amount)
    assert not isinstance(read_cell(f"{text} 万 元", "元"), Amount)
    assert not isinstance(read_cell(f"{text}%", "元"), Amount)


def test_what_is_printed_for_an_amount_and_is_none_is_unreadable() -> None:
    for text in ("12 34", "12 34万元", "1.2 3%", "#REF!", "#DIV/0!", "########", UNCALCULATED):
        assert read_cell(text, "万元") is Absence.UNREADABLE
    assert read_cell("#", "万元") is None  # a note's mark
    assert read_cell("12 345,6", "万元") is None


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("≥12 34人", True), ("资金总额:1.5 2.5", True), ("≥ 1 234 人", False), ("1, 537.4", False), ("2024年 12月", False),
        ("100 ,", False), ("", False),
    ],
)  # fmt: skip
def test_a_blank_that_parts_two_numbers(text: str, parted: bool) -> None:
    assert parts_numbers(text) is parted


def test_a_unit_may_be_spaced_out() -> None:
    assert read_cell("2,641.93 万 元", "元") == Amount(Decimal("2641.93"), "万元")
    assert read_cell("( 5.03 % )", "万元") == Amount(Decimal("-5.03"), "%")


def test_blank_dash_zero_and_text_are_four_different_things() -> None:
    assert read_cell(" \n", "万元") is Absence.BLANK
    assert read_cell("——", "万元") is Absence.DASH
    assert read_cell("0.00", "万元") == Amount(Decimal("0.00"), "万元")
    assert read_cell("工资福利支出", "万元") is None


def test_a_unit_printed_in_the_cell_wins() -> None:
    assert read_cell("32.51%", "万元") == Amount(Decimal("32.51"), "%")
    assert read_cell("2,641.93万元", "元") == Amount(Decimal("2641.93"), "万元")
    assert read_cell("（5.03%）", "万元") == read_cell("(5.03)%", "万元") == Amount(Decimal("-5.03"), "%")
    assert read_cell("￥1,234.50", "元") == Amount(Decimal("1234.50"), "元")


def test_conversion_is_exact_and_keeps_the_printed_precision() -> None:
    assert Amount(Decimal("371514655.00"), "元").to("万元").value == Decimal("37151.465500")
    assert str(Amount(Decimal("3.00"), "万元").to("元").value) in {"3.00E+4", "30000"}
    assert format_decimal(Amount(Decimal("3.00"), "万元").to("元").value) == "30,000"
    with pytest.raises(ValueError, match="cannot convert"):
        Amount(Decimal(1), "辆").to("元")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("3.00", "万元"), ("30000", "元"), Agreement.EXACT),
        (("17192", "万元"), ("17191.5169", "万元"), Agreement.ROUNDED),
        (("37151.47", "万元"), ("371514655.00", "元"), Agreement.ROUNDED),
        (("229.83", "万元"), ("239.83", "万元"), Agreement.DIFFERENT),
        (("18953.73", "万元"), ("18953.78", "万元"), Agreement.DIFFERENT),
        (("1", "辆"), ("1", "万元"), Agreement.INCOMPARABLE),
        (("18", "名"), ("18", "人"), Agreement.EXACT),
    ],
)
def test_amounts_compare_with_their_units_and_printed_digits(
    left: tuple[str, str], right: tuple[str, str], expected: Agreement
) -> None:
    assert compare(Amount(Decimal(left[0]), left[1]), Amount(Decimal(right[0]), right[1])) is expected


def test_mentions_in_prose_carry_their_unit_and_place() -> None:
    text = "比2025年预算数增加282.17万元,增长7.17%,车辆0辆,总预算1720.00万,设备7台(套)"
    found = [(m.printed, str(m.value), m.unit) for m in mentions(text)]
    assert found == [
        ("2025年", "2025", "年"),
        ("282.17万元", "282.17", "万元"),
        ("7.17%", "7.17", "%"),
        ("0辆", "0", "辆"),
        ("1720.00万", "1720.00", "万元"),
        ("7台(套)", "7", "台(套)"),
    ]
    assert all(text[m.start : m.end] == m.printed for m in mentions(text))


def test_a_number_inside_a_longer_one_is_never_read() -> None:
    assert [str(m.value) for m in mentions("112.3万元")] == ["112.3"]
    assert [str(m.value) for m in mentions("1,182.04万元")] == ["1182.04"]


def test_unit_lines() -> None:
    assert read_unit_line("编制部门:某局   单位：元") == "元"
    assert read_unit_line("金额单位: 万 元") == "万元"
    assert read_unit_line("单位:亿元") == "亿元"
    assert read_unit_line("编制单位:某中心") is None
