"""Self-evaluation sheets against themselves: 执行率 = 全年执行数 / 全年预算数 (财政部 财预〔2020〕10号, 项目支出绩效自评表)."""

from __future__ import annotations

from decimal import Decimal

from corpus.disclosure import Basis, Severity
from corpus.figure import Figure, Measure, Reader
from corpus.indicators import PROJECT_BUDGET
from corpus.money import half_last_digit
from corpus.record import Record
from ingest.checking.outcome import Outcome, Verdict, place, place_en, plain, printed, side

_CHECK = "项目预算执行率"
_BUDGETS = (Basis.ADJUSTED, Basis.BUDGET, Basis.INITIAL)


def sheet_rates(record: Record) -> list[Outcome]:
    """The printed rate of a sheet's row is what was spent of the year's budget, else of the opening one.

    Not applicable to rows without both amounts or with a budget of nothing. Rates are rounded or cut off to the digits
    printed, so one unit of the last digit is no contradiction.
    """
    rows: dict[tuple[str, int], list[Figure]] = {}
    for figure in record.figures:
        at = figure.locator
        if figure.reader is Reader.TABLE and at.table_id is not None and at.row_index is not None:
            rows.setdefault((at.table_id, at.row_index), []).append(figure)
    rates = [f for f in record.figures if f.measure is Measure.COMPLETION and f.whole == PROJECT_BUDGET]
    outcomes = []
    for rate in rates:
        at = rate.locator
        if at.table_id is None or at.row_index is None:
            continue
        outcome = _checked(rate, rows.get((at.table_id, at.row_index), []))
        if outcome is not None:
            outcomes.append(outcome)
    return outcomes


def _checked(rate: Figure, row: list[Figure]) -> Outcome | None:
    own = {f.basis: f for f in row if f.measure is Measure.AMOUNT and f.account == rate.account and f.value is not None}
    spent = own.get(Basis.EXECUTED)
    budgets = [own[basis] for basis in _BUDGETS if basis in own and own[basis].value]
    if spent is None or spent.value is None or not budgets or rate.value is None:
        return None
    stated = rate.value
    worked = [(f, _rate(spent.value, f.value)) for f in budgets if f.value]
    ids = (rate.id, spent.id, budgets[0].id)
    if any(abs(exact - stated) <= 2 * half_last_digit(stated) + slack for _, (exact, slack) in worked):
        return Outcome(rate.document, _CHECK, Verdict.HOLDS, figures=ids, identity=True)
    budget, (exact, _) = worked[0]
    computed = plain(exact.quantize(Decimal("0.01")))
    return Outcome(
        rate.document, _CHECK, Verdict.FAILS, Severity.CONTRADICTION, (side(rate), side(spent), side(budget)),
        plain((stated - exact).quantize(Decimal("0.01"))),
        f"项目“{rate.account}”自评表写执行率{printed(rate)}，按{budget.basis.value}{printed(budget)}和执行数{printed(spent)}"
        f"计算为{computed}%（{place(rate)}）。",
        f"The sheet of “{rate.account}” prints a rate of {printed(rate)}; {printed(spent)} of {printed(budget)} make "
        f"{computed}% ({place_en(rate)}).",
        ids, True,
    )  # fmt: skip


def _rate(spent: Decimal, budget: Decimal) -> tuple[Decimal, Decimal]:
    """Percent of the budget that was spent, and how far the rounding of both amounts can have moved it."""
    return spent / budget * 100, (half_last_digit(spent) + half_last_digit(budget)) / budget * 100
