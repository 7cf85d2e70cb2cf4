"""Amounts recognised from an image whose characters were doubtful: kept where a sum bears them out, else not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.figure import Figure, Reader
from corpus.money import Absence
from corpus.record import Record
from ingest.checking.outcome import Outcome, Verdict

DOUBTFUL = 0.8
"""Confidence below which an amount needs a sum or another reading to bear it out.

Of 263 amounts of two scanned disclosures all but one had 0.9 or more; the one had 0.52, was right, and its row adds up.
"""


def without_doubtful(record: Record, outcomes: Sequence[Outcome]) -> tuple[Figure, ...]:
    """The figures, those of doubtful cells unreadable unless a rule that they take part in holds."""
    doubtful = {
        (table.id, cell.row, cell.column)
        for table in record.tables
        for cell in table.cells
        if cell.confidence is not None and cell.confidence < DOUBTFUL
    }
    if not doubtful:
        return record.figures
    borne_out = {id for outcome in outcomes if outcome.verdict is Verdict.HOLDS for id in outcome.figures}
    return tuple(
        replace(figure, amount=None, absence=Absence.UNREADABLE)
        if figure.reader is Reader.TABLE
        and figure.amount is not None
        and figure.id not in borne_out
        and (figure.locator.table_id, figure.locator.row_index, figure.locator.column_index) in doubtful
        else figure
        for figure in record.figures
    )
