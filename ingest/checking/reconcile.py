"""Readings of one figure laid side by side: confirmed, single or disputed.

- Two independent readings that agree confirm each other: a table and the text, or two different tables. Two sentences
  of the text, or two figures from one cell, are not independent; they can disagree, not confirm.
- An identity that holds confirms every figure in it.
- A reading that differs from another beyond rounding is disputed, and so is the other: both are shown.
- An identity that fails disputes those of its figures that nothing else confirms: a misprinted part leaves its total
  confirmed by the next table, and the parts confirmed by their own rows. When everything in it is confirmed elsewhere,
  the total is disputed, for the parts and it cannot all be right.
- A figure read from an image is never confirmed by another read from an image, nor by an identity: the sums that decide
  whether a recognised amount is kept (`ingest.recognition`) cannot prove it as well. Only a reading of the file's own
  text that agrees confirms it, and it confirms no such reading in turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.disclosure import Severity
from corpus.figure import Figure, Reader, Status
from ingest.checking.outcome import Outcome, Verdict, place, printed
from ingest.checking.readings import comparable_readings, differ, readings_by_fact

MAX_OTHERS = 50
"""Other readings listed of one figure."""
_IDENTITY_FAILS = "按勾稽关系算不平"


@dataclass(slots=True)
class _Proof:
    """What speaks for and against a figure."""

    agrees: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def reconcile(figures: Sequence[Figure], outcomes: Sequence[Outcome]) -> list[Figure]:
    """The figures, in order, with `status`, `because` (in Chinese) and `others` set."""
    proofs: dict[str, _Proof] = defaultdict(_Proof)
    for group in readings_by_fact(figures):
        _lay_side_by_side(group, proofs)
    _apply_identities(figures, outcomes, proofs)
    return [_judged(figure, proofs[figure.id]) for figure in figures]


def _lay_side_by_side(group: Sequence[Figure], proofs: dict[str, _Proof]) -> None:
    ids = list(dict.fromkeys(figure.id for figure in group))
    for own in ids:
        proofs[own].others += [other for other in ids[:MAX_OTHERS] if other != own]
    readings = [(reading, reading.id) for reading in comparable_readings(group)]
    for one, own in readings:
        for other, another in readings:
            if own == another:
                continue
            verdict, severity, _ = differ(one, other)
            if verdict is Verdict.FAILS and severity is Severity.CONTRADICTION:
                proofs[own].differs.append(f"{place(other)}印的是{printed(other)}")
            elif verdict is Verdict.NOT_APPLICABLE:
                continue
            elif _independent(one, other) and not other.ocr and one.amount is not None:
                proofs[own].agrees.append(f"与{place(other)}一致")
    _share_within_place(group, readings, proofs)


def _share_within_place(
    group: Sequence[Figure], readings: Sequence[tuple[Figure, str]], proofs: dict[str, _Proof]
) -> None:
    """Figures of one fact from one place stand or fall together with the reading that was compared for them."""
    compared = {own for _, own in readings}
    for figure in group:
        own = figure.id
        if own in compared:
            continue
        twin = next((other for reading, other in readings if _same_place(reading, figure)), None)
        if twin is not None:
            proofs[own].agrees += proofs[twin].agrees
            proofs[own].differs += proofs[twin].differs


def _same_place(left: Figure, right: Figure) -> bool:
    if left.reader is not right.reader:
        return False
    a, b = left.locator, right.locator
    if left.reader is Reader.TABLE:
        return a.table_id == b.table_id
    return (a.page, a.section, a.quote) == (b.page, b.section, b.quote)


def _independent(left: Figure, right: Figure) -> bool:
    """A table and the text, or two different tables; never twice the same place nor two sentences."""
    if left.reader is Reader.TABLE and right.reader is Reader.TABLE:
        return left.locator.table_id != right.locator.table_id
    return Reader.TABLE in (left.reader, right.reader)


def _apply_identities(figures: Sequence[Figure], outcomes: Sequence[Outcome], proofs: dict[str, _Proof]) -> None:
    ocr = {figure.id for figure in figures if figure.ocr}
    stated = {figure.id for figure in figures if figure.amount is not None}
    for outcome in outcomes:
        if outcome.verdict is Verdict.HOLDS and outcome.identity:
            for member in outcome.figures:
                if member in stated and member not in ocr:
                    proofs[member].agrees.append(f"勾稽关系成立（{outcome.check}）")
    for outcome in outcomes:
        if (
            outcome.verdict is not Verdict.FAILS
            or not outcome.identity
            or outcome.severity is not Severity.CONTRADICTION
        ):
            continue
        members = [m for m in outcome.figures if m in stated]
        doubtful = [m for m in members if not proofs[m].agrees] or members[:1]
        for member in doubtful:
            if not proofs[member].differs:
                proofs[member].differs.append(f"{_IDENTITY_FAILS}（{outcome.check}）：{outcome.message}")


def _judged(figure: Figure, proof: _Proof) -> Figure:
    others = tuple(proof.others)
    if proof.differs:
        return replace(figure, status=Status.DISPUTED, because="；".join(dict.fromkeys(proof.differs)), others=others)
    if proof.agrees:
        reasons = list(dict.fromkeys(proof.agrees))[:3]
        return replace(figure, status=Status.CONFIRMED, because="；".join(reasons), others=others)
    return replace(figure, status=Status.SINGLE, because="只有这一处", others=others)
