"""Checks on tables and figures built by hand; every expected difference is worked out in the comment beside it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.disclosure import Basis, Disclosure, Level, Severity, Table
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.locator import Locator
from corpus.money import Absence, Amount
from corpus.record import Record
from ingest.checking.balances import balance_sums, sides_balance
from ingest.checking.checks import findings
from ingest.checking.crosstable import grand_totals, same_fact
from ingest.checking.identities import class_sums, header_sums, three_public_sums
from ingest.checking.outcome import Outcome, Verdict
from ingest.checking.rowtotals import row_totals
from ingest.checking.tablechanges import table_changes

DOCUMENT = "某单位2026年单位预算.txt"
DISCLOSURE = Disclosure(DOCUMENT, "0", "某单位预算", "某单位", Level.UNIT, 2026, Basis.BUDGET, "", "txt", None)


def figure(
    account: str,
    amount: str | Absence,
    *,
    scheme: Scheme = Scheme.FUNCTION,
    code: str = "",
    table: str | None = "t1",
    row: int = 0,
    column: int = 1,
    unit: str = "万元",
    quote: str = "",
    **parts: object,
) -> Figure:
    """A figure as a table reader would give it; `table=None` makes it one of the prose reader."""
    place = Locator(DOCUMENT, None, table, account if table else None, str(column) if table else None,
                    None if table else "说明", quote or str(amount), None, table, row if table else None,
                    column if table else None)  # fmt: skip
    value = None if isinstance(amount, Absence) else Amount(Decimal(amount.replace(",", "")), unit)
    values: dict[str, object] = {
        "document": DOCUMENT, "scheme": scheme, "account": account, "name": account, "measure": Measure.AMOUNT,
        "amount": value, "absence": amount if isinstance(amount, Absence) else None, "year": 2026,
        "basis": Basis.BUDGET, "locator": place, "reader": Reader.TABLE if table else Reader.PROSE, "code": code,
        "flow": "支出", **parts,
    }  # fmt: skip
    return Figure(**values)  # type: ignore[arg-type]


def record(*figures: Figure, tables: tuple[Table, ...] = ()) -> Record:
    return Record(DISCLOSURE, (), (), tables, figures=figures)


def table(table_id: str, columns: tuple[str, ...], rows: int) -> Table:
    return Table(table_id, "支出总表", "expenditure", "万元", rows, len(columns), 1, (), columns)


def verdicts(outcomes: list[Outcome]) -> list[str]:
    return [outcome.verdict.value for outcome in outcomes]


def expenditure(total: str = "4218.27", item: str = "2692.87") -> Record:
    """Rows of a published table: 201 = 20141 = 2692.87 + 978.00, and 547.40 for two other classes."""
    return record(
        figure("本年支出合计", total, scheme=Scheme.TOTAL, row=1),
        figure("一般公共服务支出", "3670.87", code="201", row=2),
        figure("数据事务", "3670.87", code="20141", row=3),
        figure("行政运行", item, code="2014101", row=4),
        figure("其他数据事务支出", "978.00", code="2014199", row=5),
        figure("社会保障和就业支出", "430.64", code="208", row=6),
        figure("卫生健康支出", "116.76", code="210", row=7),
    )


def test_classes_and_total_add_up() -> None:
    outcomes = class_sums(expenditure())
    assert verdicts(outcomes) == ["holds", "holds", "holds"]  # 201, 20141, total


def test_a_wrong_item_is_told_with_its_difference() -> None:
    found = findings(class_sums(expenditure(item="2629.87")))  # digits swapped: 3670.87 - 3607.87 = 63.00
    assert [(f.check, f.difference, f.severity) for f in found] == [("类款项合计", "63", Severity.CONTRADICTION)]
    assert "3,607.87万元" in found[0].message
    assert [side.value for side in found[0].sides] == ["3670.87", "2629.87", "978.00"]


def test_rounding_tail_is_no_finding() -> None:
    # 58.02 against 4.70 + 53.31 = 58.01: three rounded cells may be 0.015 apart
    rows = record(
        figure("对个人和家庭的补助", "58.02", scheme=Scheme.ECONOMIC, code="303"),
        figure("生活补助", "4.70", scheme=Scheme.ECONOMIC, code="30305", row=1),
        figure("其他对个人和家庭的补助", "53.31", scheme=Scheme.ECONOMIC, code="30399", row=2),
    )
    assert verdicts(class_sums(rows)) == ["holds"]


def test_only_items_are_listed() -> None:
    """A table without 类 and 款 rows: the items themselves make the total."""
    rows = record(
        figure("本年支出合计", "1142.73", scheme=Scheme.TOTAL),
        figure("事业运行", "130.78", code="2010350", row=1),
        figure("其他支出", "1011.95", code="2010399", row=2),
    )
    assert verdicts(class_sums(rows)) == ["holds"]


def test_a_row_missing_from_the_reading_is_not_the_documents_fault() -> None:
    """The same amount lacks in two columns: a row was not read."""
    columns = (1, 2)
    rows = [figure("本年支出合计", "300.00", scheme=Scheme.TOTAL, column=c) for c in columns]
    rows += [figure("教育支出", "100.00", code="205", row=1, column=c) for c in columns]
    rows += [figure("科学技术支出", "120.00", code="206", row=2, column=c) for c in columns]
    assert verdicts(class_sums(record(*rows))) == ["unreadable", "unreadable"]


def test_blank_total_and_repeated_codes_do_not_apply() -> None:
    blank = record(
        figure("一般公共服务支出", Absence.BLANK, code="201"), figure("数据事务", "3.00", code="20141", row=1)
    )
    assert verdicts(class_sums(blank)) == ["not_applicable"]
    twice = record(
        figure("本年支出合计", "5.00", scheme=Scheme.TOTAL),
        figure("行政运行", "3.00", code="2010301", row=1),
        figure("行政运行", "3.00", code="2010301", row=2),
    )
    assert class_sums(twice) == []


def basic_and_project(project: str) -> Record:
    columns = ("科目", "合计", "支出预算/基本支出", "支出预算/项目支出")
    rows = []
    for row, (total, basic) in enumerate((("553.60", "373.60"), ("446.95", "266.95")), start=1):
        for column, amount in enumerate((total, basic, project if row == 2 else "180.00"), start=1):
            rows.append(figure("政务公开审批", amount, code=f"20103{row:02}", row=row, column=column))
    flat = tuple(path.removeprefix("支出预算/") for path in columns)
    return record(*rows, tables=(table("t1", flat, 3),))


def test_row_is_basic_plus_project() -> None:
    assert verdicts(header_sums(basic_and_project("180.00"))) == ["holds", "holds"]
    found = findings(header_sums(basic_and_project("108.00")))  # 446.95 - (266.95 + 108.00) = 72.00
    assert [(f.check, f.difference) for f in found] == [("行内合计", "72")]


def test_unknown_columns_must_be_borne_out_by_the_other_rows() -> None:
    columns = ("单位", "合计", "甲类", "乙类")
    rows = []
    for row in range(1, 6):
        last = "3.00" if row < 5 else "9.00"
        for column, amount in enumerate(("5.00", "2.00", last), start=1):
            rows.append(figure(f"单位{row}", amount, scheme=Scheme.OTHER, row=row, column=column))
    outcomes = header_sums(record(*rows, tables=(table("t1", columns, 6),)))
    assert verdicts(outcomes) == ["holds"] * 4 + ["fails"]
    assert set(verdicts(header_sums(record(*rows[9:], tables=(table("t1", columns, 6),))))) == {"not_applicable"}


def test_other_money_beside_the_named_share_of_it() -> None:
    """收入决算表: 事业收入 has a column 金额 and one 其中：教育收费, which is no further part of 合计."""
    columns = ("科目", "本年收入合计", "财政拨款收入", "事业收入/金额", "事业收入/其中：教育收费", "其他收入")
    rows = []
    for row in range(1, 5):
        for column, amount in enumerate(("100.00", "60.00", "30.00", "20.00", "10.00"), start=1):
            rows.append(figure("高等教育", amount, code=f"205020{row}", row=row, column=column))
    assert verdicts(header_sums(record(*rows, tables=(table("t1", columns, 5),)))) == ["holds"] * 4


def test_numbering_tells_items_from_parts_of_items() -> None:
    """500.00 of donations are part of 其他收入; 使用非财政拨款结余 and 上年结转 make up the grand total."""
    lines = (
        ("一、财政拨款", "216552.53", Scheme.SOURCE, "财政拨款"),
        ("二、事业收入", "124020.47", Scheme.SOURCE, "事业收入"),
        ("三、事业单位经营收入", Absence.BLANK, Scheme.SOURCE, "事业单位经营收入"),
        ("四、其他收入", "49567.45", Scheme.SOURCE, "其他收入"),
        ("其中：捐赠收入", "500.00", Scheme.SOURCE, "捐赠收入"),
        ("本年收入合计", "390140.45", Scheme.TOTAL, "本年收入合计"),
        ("使用非财政拨款结余", "18953.78", Scheme.SOURCE, "使用非财政拨款结余"),
        ("上年结转", "81714.17", Scheme.SOURCE, "上年结转结余"),
        ("收入总计", "490808.40", Scheme.TOTAL, "收入总计"),
    )
    rows = [labelled(label, amount, scheme, account, row) for row, (label, amount, scheme, account) in enumerate(lines)]
    assert verdicts(balance_sums(record(*rows))) == ["holds", "holds"]


def labelled(label: str, amount: str | Absence, scheme: Scheme, account: str, row: int) -> Figure:
    made = figure(account, amount, scheme=scheme, row=row, flow="收入")
    return Figure(**{**{name: getattr(made, name) for name in made.__slots__}, "locator": relabelled(made, label)})


def relabelled(made: Figure, label: str) -> Locator:
    place = made.locator
    return Locator(place.document, None, place.table, label, place.column, None, place.quote, None, place.table_id,
                   place.row_index, place.column_index)  # fmt: skip


def test_blank_heading_stands_for_the_rows_below_it() -> None:
    lines = (
        ("一、本年收入", Absence.BLANK, Scheme.SOURCE, "本年收入"),
        ("(一)一般公共预算拨款", "8395.94", Scheme.SOURCE, "一般公共预算拨款"),
        ("(二)政府性基金预算拨款", Absence.BLANK, Scheme.SOURCE, "政府性基金预算拨款"),
        ("二、上年结转", Absence.BLANK, Scheme.SOURCE, "上年结转结余"),
        ("(一)一般公共预算拨款", "4.06", Scheme.SOURCE, "一般公共预算拨款"),
        ("收入总计", "8400.00", Scheme.TOTAL, "收入总计"),
    )
    rows = [labelled(label, amount, scheme, account, row) for row, (label, amount, scheme, account) in enumerate(lines)]
    assert verdicts(balance_sums(record(*rows))) == ["holds"]


def test_classes_without_numbers_below_the_years_expenditure_are_its_parts() -> None:
    lines = (
        ("一、本年支出", "90.00", Scheme.TOTAL, "本年支出合计"),
        ("一般公共服务支出", "70.00", Scheme.FUNCTION, "一般公共服务支出"),
        ("社会保障和就业支出", "20.00", Scheme.FUNCTION, "社会保障和就业支出"),
        ("二、结转下年", "10.00", Scheme.BALANCE, "年末结转结余"),
        ("支 出 总 计", "100.00", Scheme.TOTAL, "支出总计"),
    )
    rows = [labelled(label, amount, scheme, account, row) for row, (label, amount, scheme, account) in enumerate(lines)]
    coded = [replace(f, code="201" if i == 1 else "208") if i in (1, 2) else f for i, f in enumerate(rows)]
    assert verdicts(balance_sums(record(*coded))) == ["holds"]


def test_one_table_takes_in_what_another_prints_as_carried_over() -> None:
    """A project table sets 本年拨款 (50) beside 上年结转 (10); the expenditure table prints both together (60)."""

    def total(amount: str, funding: str, table_id: str, column: int) -> Figure:
        made = figure("本年支出合计", amount, scheme=Scheme.TOTAL, table=table_id, column=column, funding=funding)
        return replace(made, component="项目支出")

    def told(amount: str) -> list[str]:
        sides = (total(amount, "一般公共预算", "t1", 1), total("10.00", "上年结转", "t1", 2))
        outcomes = same_fact(record(*sides, total("60.00", "一般公共预算", "t2", 1)))
        return verdicts([o for o in outcomes if o.check == "表间同一数字"])

    assert told("50.00") == []  # no two readings of one fact
    assert told("48.00") == ["fails"]


def test_unnumbered_parts_of_a_balance() -> None:
    """Older final accounts: what was carried over, and below it of what kind, without numbers."""
    lines = (
        ("一、财政拨款收入", "100.00", Scheme.SOURCE, "财政拨款"),
        ("本年收入合计", "100.00", Scheme.TOTAL, "本年收入合计"),
        ("年初结转和结余", "10.00", Scheme.SOURCE, "上年结转结余"),
        ("基本支出结转", "4.00", Scheme.SOURCE, "基本支出结转"),
        ("项目支出结转和结余", "6.00", Scheme.SOURCE, "项目支出结转和结余"),
        ("总计", "110.00", Scheme.TOTAL, "收入总计"),
    )
    rows = [labelled(label, amount, scheme, account, row) for row, (label, amount, scheme, account) in enumerate(lines)]
    assert verdicts(balance_sums(record(*rows))) == ["holds", "holds"]
    blank = replace(rows[2], amount=None, absence=Absence.BLANK)
    assert verdicts(balance_sums(record(*rows[:2], blank, *rows[3:]))) == ["holds", "holds"]


def test_income_is_expenditure() -> None:
    left = figure("收入总计", "553.60", scheme=Scheme.TOTAL, flow="收入")
    assert verdicts(sides_balance(record(left, figure("支出总计", "553.60", scheme=Scheme.TOTAL, column=3)))) == [
        "holds"
    ]
    found = findings(sides_balance(record(left, figure("支出总计", "535.60", scheme=Scheme.TOTAL, column=3))))
    assert found[0].difference == "18"


@pytest.mark.parametrize(("cars", "expected"), [("46.56", ["holds", "holds"]), ("45.56", ["fails", "fails"])])
def test_three_public(cars: str, expected: list[str]) -> None:
    """万里街道 2024: 47.91 = 0 + 1.35 + 46.56, and 46.56 = 25 + 21.56."""
    items = {
        "三公经费": "47.91", "因公出国（境）费": "0", "公务接待费": "1.35", "公务用车购置及运行费": cars,
        "公务用车购置费": "25", "公务用车运行维护费": "21.56",
    }  # fmt: skip
    rows = [
        figure(name, amount, scheme=Scheme.THREE_PUBLIC, column=n) for n, (name, amount) in enumerate(items.items())
    ]
    assert verdicts(three_public_sums(record(*rows))) == expected


def test_three_public_keeps_budget_and_final_accounts_apart() -> None:
    rows = []
    for basis, total in ((Basis.BUDGET, "10.00"), (Basis.FINAL, "4.00")):
        items = {"三公经费": total, "因公出国（境）费": "0", "公务接待费": total, "公务用车购置及运行费": "0"}
        rows += [figure(n, a, scheme=Scheme.THREE_PUBLIC, basis=basis, row=len(rows)) for n, a in items.items()]
    assert verdicts(three_public_sums(record(*rows))) == ["holds", "holds"]


def stated(amount: str, quote: str, unit: str = "万元", **parts: object) -> Figure:
    sentence = f"（{quote}）行政运行（项）{amount}{unit}"
    return figure("行政运行", amount, code="2010301", table=None, quote=sentence, unit=unit, **parts)


def test_text_against_table() -> None:
    cell = figure("行政运行", "12029501.84", code="2010301", unit="元")
    assert verdicts(same_fact(record(cell, stated("1,202.95", "一")))) == ["holds"]  # 1,202.950184 rounds to it
    assert verdicts(same_fact(record(cell, stated("1203", "二")))) == ["holds"]  # rounded to whole 万元
    found = findings(same_fact(record(cell, stated("1,220.95", "三"))))
    assert [(f.check, f.severity) for f in found] == [("说明与表格", Severity.CONTRADICTION)]
    assert found[0].sides[0].unit == "元"


def test_a_sentence_that_names_something_else_is_no_reading() -> None:
    """835.68 is nothing like 4218.27, and the sentence does not name the account beside it."""
    cell = figure("行政运行", "4218.27", code="2010301")
    vague = figure("行政运行", "835.68", code="2010301", table=None, quote="共涉及财政拨款预算835.68万元")
    assert same_fact(record(cell, vague)) == []
    slip = figure("行政运行", "4128.27", code="2010301", table=None, quote="共涉及财政拨款预算4,128.27万元")
    assert verdicts(same_fact(record(cell, slip))) == ["fails"]  # two digits changed places


def test_a_wrong_unit_is_called_one() -> None:
    found = findings(same_fact(record(figure("行政运行", "26.89", code="2010301"), stated("26.89", "元", unit="元"))))
    assert "单位有误" in found[0].message


def test_a_last_digit_apart_is_rounding() -> None:
    found = findings(same_fact(record(figure("行政运行", "95.36", code="2010301"), stated("95.37", "四"))))
    assert [f.severity for f in found] == [Severity.ROUNDING]


def test_parts_of_a_fact_listed_in_rows_are_no_readings_of_it() -> None:
    rows = (
        figure("云桌面", "5.00", scheme=Scheme.PROJECT, row=1),
        figure("云桌面", "7.00", scheme=Scheme.PROJECT, row=2),
    )
    assert same_fact(record(*rows)) == []


def test_absence_and_zero() -> None:
    zero = figure("行政运行", "0.00", code="2010301")
    none = figure("行政运行", Absence.NO_DATA, code="2010301", table="t2")
    some = figure("行政运行", "5.00", code="2010301", table="t3")
    blank = figure("行政运行", Absence.BLANK, code="2010301", table="t4")
    assert verdicts(same_fact(record(zero, none))) == ["holds"]
    assert verdicts(same_fact(record(some, none))) == ["fails"]
    assert verdicts(same_fact(record(some, blank))) == ["holds"]


def test_totals_coincide_only_without_carry_over() -> None:
    total = figure("支出总计", "100.00", scheme=Scheme.TOTAL)
    year = figure("本年支出合计", "90.00", scheme=Scheme.TOTAL, table="t2")
    assert verdicts(grand_totals(record(total, year))) == ["fails"]
    balance = figure("年末结转结余", "10.00", scheme=Scheme.BALANCE)
    assert verdicts(grand_totals(record(total, year, balance))) == ["not_applicable"]


def test_figures_read_from_images_accuse_nobody() -> None:
    cell = figure("行政运行", "12.00", code="2010301", ocr=True)
    assert [o.verdict for o in same_fact(record(cell, stated("13.00", "五")))] == [Verdict.UNREADABLE]


def test_classes_that_go_on_in_the_columns_at_the_right() -> None:
    # 302 = 9.78 + 6.05 at the left and 13.04 at the right: 28.87; without the right half it would be 13.04 short.
    parts = {"scheme": Scheme.ECONOMIC, "component": "公用经费"}
    figures = [
        figure("商品和服务支出", "28.87", code="302", row=1, column=5, **parts),
        figure("办公费", "9.78", code="30201", row=2, column=5, **parts),
        figure("水费", "6.05", code="30205", row=3, column=5, **parts),
        figure("电费", "13.04", code="30206", row=1, column=8, **parts),
        figure("公用经费合计", "28.87", scheme=Scheme.TOTAL, component="公用经费", row=9, column=8),
    ]
    headed = [replace(f, locator=replace(f.locator, column="公用经费/决算数")) for f in figures]
    assert verdicts(class_sums(record(*headed))) == ["holds", "holds"]


def test_funds_under_the_years_income_are_known_parts_of_the_total() -> None:
    """合计 | 本年收入 (一般公共预算, 政府性基金) | 上年结转: 10 = 7 + 2 + 1, with one row there is nothing to learn from."""
    columns = ("单位名称", "合计", "本年收入/一般公共预算", "本年收入/政府性基金预算", "上年结转结余")

    def told(total: str) -> list[str]:
        amounts = (total, "7.00", "2.00", "1.00")
        rows = [figure("收入总计", amount, scheme=Scheme.TOTAL, row=1, column=c) for c, amount in enumerate(amounts, 1)]
        return verdicts(header_sums(record(*rows, tables=(table("t1", columns, 2),))))

    assert told("10.00") == ["holds"]
    assert told("12.50") == ["fails"]


def test_another_years_amount_beside_a_confirmed_one_is_of_the_same_account() -> None:
    """ "2026年预算2.89万元,比2025年预算3.74万元…": this year's is the table's, so last year's speaks of it too."""
    quote = "2026年预算2.89万元,比2025年预算3.74万元减少0.85万元"

    def cost(amount: str, year: int, where: str | None) -> Figure:
        told = figure("公务接待费", amount, scheme=Scheme.THREE_PUBLIC, table=where, row=year, quote=quote)
        return replace(told, year=year, funding="财政拨款")

    sides = [cost("2.89", 2026, None), cost("3.74", 2025, None), cost("2.89", 2026, "t1"), cost("2.89", 2025, "t1")]
    assert sorted(verdicts(same_fact(record(*sides)))) == ["fails", "holds"]


def test_a_class_named_with_its_level_and_year_is_named() -> None:
    said = figure("住房公积金", "34.22", code="2210201", table=None, quote="住房公积金(项)2026年预算数为34.22万元")
    assert verdicts(same_fact(record(said, figure("住房公积金", "40.06", code="2210201")))) == ["fails"]


def test_changes_against_a_table_of_both_years() -> None:
    """8.00 - 10.00 = -2.00 and -2/10 = -20%; the text must state this year's amount as the table does."""

    def cost(
        amount: str, year: int, measure: Measure = Measure.AMOUNT, where: str | None = "t1", unit: str = "万元"
    ) -> Figure:
        told = figure(
            "公务接待费", amount, scheme=Scheme.THREE_PUBLIC, table=where, row=2, unit=unit, quote=f"{year}{amount}"
        )
        compared = None if measure is Measure.AMOUNT else 2025
        return replace(told, year=year, measure=measure, compared=compared, funding="财政拨款")

    years_ = (cost("8.00", 2026), cost("10.00", 2025))

    def told(*more: Figure) -> list[str]:
        return verdicts(table_changes(record(*years_, *more)))

    assert told(cost("-2.00", 2026, Measure.CHANGE), cost("-20.00", 2026, Measure.RATE, unit="%")) == ["holds", "holds"]
    assert told(cost("-2.30", 2026, Measure.CHANGE)) == ["fails"]
    assert told(cost("-25.00", 2026, Measure.RATE, unit="%")) == ["fails"]
    said = cost("8.00", 2026, where=None)
    assert told(said, cost("-2.00", 2026, Measure.CHANGE, None)) == ["holds"]
    assert told(said, cost("-3.00", 2026, Measure.CHANGE, None)) == ["fails"]
    absent = replace(years_[1], amount=None, absence=Absence.DASH)
    assert verdicts(table_changes(record(years_[0], absent, cost("8.00", 2026, Measure.CHANGE)))) == ["holds"]
    assert told(cost("-3.00", 2026, Measure.CHANGE, None)) == []  # nothing says that it speaks of this account


def test_the_total_of_some_projects_is_the_sum_of_their_rows() -> None:
    """专项资金汇总表: 3.00 = 1.00 + 2.00 in one column bears out the rows, 3.50 in the other is wrong."""

    def told(total: str) -> list[str]:
        rows = []
        for column, (whole, first, second) in enumerate(((total, "1.00", "2.00"), ("3.00", "1.00", "2.00")), 1):
            for row, (name, amount) in enumerate((("合计", whole), ("治理专项", first), ("监测专项", second))):
                rows.append(figure(name, amount, scheme=Scheme.PROJECT, row=row, column=column, component="项目支出"))
        return verdicts(row_totals(record(*rows)))

    assert told("3.00") == ["holds", "holds"]
    assert told("3.50") == ["fails", "holds"]
