"""Readings of one figure laid side by side; each case says in its name what should come of it."""

from __future__ import annotations

from dataclasses import replace

from corpus.figure import Figure, Scheme, Status
from corpus.money import Absence
from ingest.checking.crosstable import same_fact
from ingest.checking.identities import class_sums
from ingest.checking.reconcile import reconcile
from tests.test_checks import expenditure, figure, record, stated


def statuses(*figures: Figure) -> list[str]:
    return [f.status.value for f in reconcile(figures, [])]


def cell(amount: str | Absence, table: str = "t1", **parts: object) -> Figure:
    return figure("行政运行", amount, code="2010301", table=table, **parts)  # type: ignore[arg-type]


def test_table_and_text_confirm_each_other() -> None:
    found = reconcile((cell("12029501.84", unit="元"), stated("1,202.95", "一")), [])
    assert [f.status for f in found] == [Status.CONFIRMED, Status.CONFIRMED]  # 1,202.950184 rounds to 1,202.95
    assert found[0].others == (found[1].id,)
    assert "一致" in found[0].because


def test_two_tables_confirm_each_other() -> None:
    assert statuses(cell("5.00"), cell("5.00", "t2")) == ["confirmed", "confirmed"]


def test_two_sentences_do_not() -> None:
    assert statuses(stated("5.00", "一"), stated("5.00", "二")) == ["single", "single"]


def test_two_cells_of_one_table_do_not() -> None:
    assert statuses(cell("5.00"), cell("5.00", row=9)) == ["single", "single"]


def test_one_reading_stays_single() -> None:
    assert statuses(cell("5.00")) == ["single"]


def test_readings_that_differ_are_both_disputed() -> None:
    found = reconcile((cell("229.83"), stated("239.83", "一")), [])
    assert [f.status for f in found] == [Status.DISPUTED, Status.DISPUTED]
    assert "239.83万元" in found[0].because
    assert "229.83万元" in found[1].because


def test_a_third_reading_does_not_settle_a_dispute() -> None:
    assert statuses(cell("5.00"), cell("5.00", "t2"), stated("7.00", "一")) == ["disputed"] * 3


def test_zero_agrees_with_no_data_and_with_a_blank() -> None:
    assert statuses(cell("0.00"), cell(Absence.NO_DATA, "t2")) == ["confirmed", "single"]
    assert statuses(cell("5.00"), cell(Absence.NO_DATA, "t2"))[0] == "disputed"
    assert statuses(cell("5.00"), cell(Absence.BLANK, "t2"))[0] != "disputed"


def test_images_do_not_confirm_each_other() -> None:
    assert statuses(cell("5.00", ocr=True), cell("5.00", "t2", ocr=True)) == ["single", "single"]
    assert statuses(cell("5.00", ocr=True), stated("5.00", "一")) == ["confirmed", "single"]


def test_an_identity_among_images_confirms_nothing() -> None:
    rows = expenditure()
    images = tuple(replace(f, ocr=True) for f in rows.figures)
    assert {f.status for f in reconcile(images, class_sums(rows))} == {Status.SINGLE}


def test_an_identity_that_holds_confirms_all_in_it() -> None:
    rows = expenditure()
    assert {f.status for f in reconcile(rows.figures, class_sums(rows))} == {Status.CONFIRMED}


def test_an_identity_that_fails_disputes_what_nothing_else_confirms() -> None:
    """2014101 is wrong: its sum under 20141 fails. 20141 is confirmed by 201 above it, the other item by nothing."""
    rows = expenditure(item="2629.87")
    found = {f.code or f.account: f.status for f in reconcile(rows.figures, class_sums(rows))}
    assert found["2014101"] is Status.DISPUTED
    assert found["2014199"] is Status.DISPUTED
    assert found["20141"] is Status.CONFIRMED
    assert found["201"] is Status.CONFIRMED
    assert found["本年支出合计"] is Status.CONFIRMED


def test_loose_words_for_a_total_are_no_dispute() -> None:
    """西南大学 2023: the text calls the year's 430,725.03 收入总计, the table prints 569,496.54 there."""
    grand = figure("收入总计", "569496.54", scheme=Scheme.TOTAL, flow="收入")
    year = figure("本年收入合计", "430725.03", scheme=Scheme.TOTAL, flow="收入", row=1)
    said = figure("收入总计", "430725.03", scheme=Scheme.TOTAL, flow="收入", table=None)
    assert [f.status for f in reconcile((grand, year, said), [])] == [Status.SINGLE] * 3
    assert [o.verdict.value for o in same_fact(record(grand, year, said))] == []


def test_figures_keep_their_order_and_everything_else() -> None:
    given = (stated("5.00", "一"), cell("5.00"), cell("6.00", "t2", year=2025))
    found = reconcile(given, [])
    plain = [replace(f, status=Status.SINGLE, because="", others=()) for f in found]
    assert plain == list(given)


def test_one_form_for_each_of_many_units_is_not_one_fact() -> None:
    """A collection of a hundred units' sheets, each with another amount for one account: none disputes another."""
    sheets = [cell(f"{number}.00", f"t{number}") for number in range(100)]
    assert set(statuses(*sheets)) == {"single"}
    assert same_fact(record(*sheets)) == []
