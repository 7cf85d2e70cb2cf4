"""What a sentence breaks down by kind: targets by kind of project, vehicles by use, and targets of the unit as a whole.

Parts never exceed their whole. They make it where the text shows that it names all of them: the numbers counted of the
parts make the number counted of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.disclosure import Severity
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.record import Record
from ingest.checking.outcome import (
    Outcome,
    Verdict,
    finest,
    in_unit,
    place,
    place_en,
    plain,
    printed,
    side,
    sum_outcome,
)
from ingest.checking.readings import alike, differ

_CHECK = "分类合计"
_VEHICLES = "车辆"
_EXACT = -4
"""Power of ten of a last digit that leaves no slack: numbers of things are not rounded."""


def broken_down(record: Record) -> list[Outcome]:
    """绩效目标 = Σ kinds of project, 车辆 = Σ uses: number by number, and amount by amount where the numbers add up."""
    groups: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in record.figures:
        if figure.reader is not Reader.TABLE and figure.scheme in (Scheme.PERFORMANCE, Scheme.ASSET):
            groups[figure.locator.section or "", figure.scheme, str(figure.year), figure.entity].append(figure)
    outcomes = []
    for figures in groups.values():
        for whole in dict.fromkeys(f.path[-1] for f in figures if f.path):
            counts = _broken(figures, whole, Measure.COUNT)
            complete = counts is not None and counts.verdict is Verdict.HOLDS
            amounts = _broken(figures, whole, Measure.AMOUNT)
            outcomes += [_unless_open(counts)] if counts is not None else []
            outcomes += [amounts if complete else _unless_open(amounts)] if amounts is not None else []
    return outcomes


def _broken(figures: Sequence[Figure], whole: str, measure: Measure) -> Outcome | None:
    """The sum of one measure; None unless whole and parts are stated once each and are known to be whole and parts."""
    stated = [f for f in figures if f.measure is measure and f.amount is not None and f.funding == "全部"]
    total = [f for f in stated if f.account == whole]
    parts = [f for f in stated if f.path[-1:] == (whole,) and _is_part(f, whole)]
    if len(total) != 1 or not parts or len({f.account for f in parts}) < len(parts) or total[0].amount is None:
        return None
    digit = finest((total[0], *parts), total[0].amount.unit) if measure is Measure.AMOUNT else _EXACT
    return sum_outcome(_CHECK, total[0], parts, "各类之和", "the sum of its kinds", digit)


def _is_part(figure: Figure, whole: str) -> bool:
    if figure.scheme is Scheme.PERFORMANCE:
        return figure.account.startswith(f"{whole}:")
    return whole == _VEHICLES and figure.account.endswith(("用车", "车辆"))


def _unless_open(outcome: Outcome) -> Outcome:
    """A list that may be open proves nothing by what it lacks, only by what exceeds its whole."""
    if outcome.verdict is not Verdict.FAILS or (outcome.difference or "").startswith("-"):
        return outcome
    return replace(outcome, verdict=Verdict.NOT_APPLICABLE, sides=(), difference=None, message="", message_en="")


_WHOLE = "整体绩效目标"
_TOTALS = ("收入总计", "支出总计", "本年收入合计", "本年支出合计")


def whole_targets(record: Record) -> list[Outcome]:
    """整体绩效目标 cover what the unit has: one of its totals, never more, and no total with a digit or unit changed."""
    totals = [
        f for f in record.figures
        if f.scheme is Scheme.TOTAL and f.account in _TOTALS and f.component == "合计" and f.measure is Measure.AMOUNT
        and f.reader is Reader.TABLE and f.year == record.disclosure.year and f.basis == record.disclosure.basis
        and f.amount is not None and f.amount.value and f.amount.is_money and not f.entity
    ]  # fmt: skip
    told = [
        f for f in record.figures
        if f.scheme is Scheme.PERFORMANCE and f.account == _WHOLE and f.measure is Measure.AMOUNT
        and f.reader is not Reader.TABLE and f.amount is not None and f.amount.value and f.amount.is_money
    ]  # fmt: skip
    return [_held(figure, totals) for figure in told if totals]


def _held(figure: Figure, totals: Sequence[Figure]) -> Outcome:
    assert figure.amount is not None
    if any(differ(figure, total)[0] is Verdict.HOLDS for total in totals):
        return Outcome(figure.document, _WHOLE, Verdict.HOLDS, figures=(figure.id,))
    near = next((total for total in totals if alike(figure, total)), None)
    most = max(totals, key=_yuan)
    against = near or (most if _yuan(figure) > _yuan(most) else None)
    if against is None or against.ocr:
        return Outcome(figure.document, _WHOLE, Verdict.NOT_APPLICABLE, figures=(figure.id,))
    assert against.amount is not None
    return Outcome(
        figure.document, _WHOLE, Verdict.FAILS, Severity.CONTRADICTION, (side(figure), side(against)),
        plain(figure.amount.value - in_unit(against.amount, figure.amount.unit)),
        f"整体绩效目标涉及{printed(figure)}（{place(figure)}），{place(against)}印的是{printed(against)}，两者不符。",
        f"The targets of the unit as a whole cover {printed(figure)} ({place_en(figure)}), but {place_en(against)} prints "
        f"{printed(against)}.", (figure.id, against.id),
    )  # fmt: skip


def _yuan(figure: Figure) -> Decimal:
    assert figure.amount is not None
    return in_unit(figure.amount, "元")
