"""Amounts of a scan: which doubtful ones are kept."""

from __future__ import annotations

from dataclasses import replace

from corpus.disclosure import Cell
from corpus.figure import Figure, Status
from corpus.money import Absence
from corpus.record import Record
from ingest.checking.checks import run_checks
from ingest.pipeline import judged
from ingest.recognition import without_doubtful
from tests.test_checks import expenditure, table


def scanned(item: str, confidence: float) -> Record:
    """The rows of `expenditure`, recognised from an image; 2014101 stands in row 4, column 1."""
    rows = expenditure(item=item)
    cells = (Cell(4, 1, item, confidence=confidence), Cell(5, 1, "978.00", confidence=0.99))
    figures = tuple(replace(f, ocr=True) for f in rows.figures)
    return replace(rows, tables=(replace(table("t1", ("科目", "合计"), 8), cells=cells),), figures=figures)


def item(figures: tuple[Figure, ...]) -> Figure:
    return next(f for f in figures if f.code == "2014101")


def test_a_doubtful_amount_that_adds_up_is_kept() -> None:
    record = scanned("2692.87", 0.52)
    assert without_doubtful(record, run_checks(record)) == record.figures


def test_a_doubtful_amount_that_no_sum_bears_out_is_not_read() -> None:
    record = scanned("2629.87", 0.52)
    read = item(judged(record).figures)
    assert (read.amount, read.absence) == (None, Absence.UNREADABLE)
    assert judged(record).findings == ()


def test_a_sure_amount_stays_what_it_is() -> None:
    record = scanned("2629.87", 0.95)
    assert str(item(judged(record).figures).value) == "2629.87"


def test_sums_among_recognised_amounts_confirm_none_of_them() -> None:
    record = scanned("2692.87", 0.99)
    assert {f.status for f in judged(record).figures} == {Status.SINGLE}
