"""Every check there is, as one readable list, and what becomes of its outcomes.

A check is a pure function from what was read of a document to outcomes; it never raises for a defect of the document.
Adding a rule of the field means writing such a function and naming it here.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus.disclosure import Finding
from corpus.record import Record
from ingest.breakdowns import broken_down, whole_targets
from ingest.checking.across import across
from ingest.checking.balances import balance_sums, sides_balance
from ingest.checking.crosstable import grand_totals, same_fact
from ingest.checking.disclosure_rules import (
    changes_without_reason,
    copied_purposes,
    empty_reasons,
    missing_tables,
    notes_and_tables,
    reasons_and_directions,
)
from ingest.checking.evaluated import sheet_rates
from ingest.checking.identities import class_sums, header_sums, three_public_sums
from ingest.checking.implied import balanced_changes, single_fund, staff_and_running
from ingest.checking.lists import listed_parts, numbered_lists
from ingest.checking.outcome import Check, Outcome, Verdict
from ingest.checking.procurement import awards, procurement_sums
from ingest.checking.prosechecks import changes, completion
from ingest.checking.repeats import named_amounts, repeated_texts, years
from ingest.checking.rowtotals import row_totals
from ingest.checking.shares import shares, shares_add_up
from ingest.checking.tablechanges import table_changes
from ingest.checking.targets import coverage, involved_amounts, sheet_funds, sheet_words, sheets_and_text

__all__ = ["CHECKS", "across", "findings", "run_checks"]

CHECKS: list[Check] = [
    # inside a table
    class_sums,
    header_sums,
    row_totals,
    balance_sums,
    sides_balance,
    three_public_sums,
    # the same thing said in several places
    same_fact,
    grand_totals,
    single_fund,
    staff_and_running,
    balanced_changes,
    # arithmetic the text does itself
    changes,
    table_changes,
    completion,
    shares,
    shares_add_up,
    listed_parts,
    numbered_lists,
    broken_down,
    # rules of disclosure
    procurement_sums,
    awards,
    notes_and_tables,
    missing_tables,
    empty_reasons,
    changes_without_reason,
    copied_purposes,
    reasons_and_directions,
    years,
    # performance targets and self-evaluations
    sheet_rates,
    sheet_funds,
    sheet_words,
    sheets_and_text,
    coverage,
    whole_targets,
    involved_amounts,
    named_amounts,
    repeated_texts,
]


def run_checks(record: Record) -> list[Outcome]:
    """The outcomes of every check on one document, in the order of `CHECKS`."""
    return [outcome for check in CHECKS for outcome in check(record)]


def findings(outcomes: Iterable[Outcome]) -> list[Finding]:
    """The failures among the outcomes, each told once, as findings."""
    found: dict[tuple[object, ...], Finding] = {}
    for outcome in outcomes:
        if outcome.verdict is not Verdict.FAILS:
            continue
        finding = Finding(
            outcome.document, outcome.severity, outcome.check, outcome.message, outcome.message_en, outcome.sides,
            outcome.difference,
        )  # fmt: skip
        found.setdefault((finding.check, finding.message), finding)
    return list(found.values())
