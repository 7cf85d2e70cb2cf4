"""Disclosures against each other: last year's, the department's and its unit's."""

from __future__ import annotations

from dataclasses import replace

from corpus.disclosure import Basis, Disclosure, Level
from corpus.figure import Figure, Measure, Scheme
from corpus.record import Record
from ingest.checking.across import across
from tests.test_checks import figure

TOTAL = {"scheme": Scheme.TOTAL, "flow": "支出"}


def disclosure(
    year: int, *, level: Level = Level.DEPARTMENT, basis: Basis = Basis.BUDGET, issuer: str = "某局"
) -> Disclosure:
    name = f"{issuer}{year}{level}{basis}.pdf"
    return Disclosure(name, "0", name, issuer, level, year, basis, "", "pdf", None)


def record(of: Disclosure, *figures: Figure) -> Record:
    placed = tuple(
        replace(f, document=of.name, basis=of.basis, locator=replace(f.locator, document=of.name)) for f in figures
    )
    return Record(of, (), (), (), figures=placed)


def spent(amount: str, year: int, **parts: object) -> Figure:
    return figure("支出总计", amount, year=year, **{**TOTAL, **parts})  # type: ignore[arg-type]


def grew(amount: str, year: int, **parts: object) -> Figure:
    return spent(amount, year, table=None, measure=Measure.CHANGE, compared=year - 1, **parts)


def test_last_year_implied_by_a_change() -> None:
    """万里街道: 15621.11 in 2024, 876.75 less than 2023; the 2023 budget printed 16497.86."""
    last = record(disclosure(2023), spent("16497.86", 2023))
    assert across([record(disclosure(2024), spent("15621.11", 2024), grew("-876.75", 2024)), last]) == []
    found = across([last, record(disclosure(2024), spent("15621.11", 2024), grew("-867.75", 2024))])
    assert [(f.check, f.difference) for f in found] == [("上年数", "-9")]
    assert len({side.locator.document for side in found[0].sides}) == 2


def test_only_numbers_of_one_kind_are_compared() -> None:
    last = record(disclosure(2023), spent("16497.86", 2023))
    executed = grew("-1.00", 2024, whole="2023年预算执行数")
    assert across([record(disclosure(2024), spent("15621.11", 2024), executed), last]) == []
    accounts = record(disclosure(2023, basis=Basis.FINAL), spent("17000.00", 2023))
    assert across([record(disclosure(2024), spent("15621.11", 2024), grew("-876.75", 2024)), accounts]) == []
    stranger = record(disclosure(2023, issuer="他局"), spent("1.00", 2023))
    assert across([record(disclosure(2024), spent("15621.11", 2024), grew("-876.75", 2024)), stranger]) == []


def test_opening_is_last_years_closing() -> None:
    def final(year: int, account: str, amount: str, flow: str, scheme: Scheme) -> Record:
        of = disclosure(year, basis=Basis.FINAL)
        return record(of, figure(account, amount, year=year, scheme=scheme, flow=flow))

    closing = final(2022, "年末结转结余", "106848.91", "支出", Scheme.BALANCE)
    assert across([final(2023, "上年结转结余", "106848.91", "收入", Scheme.SOURCE), closing]) == []
    found = across([final(2023, "上年结转结余", "93660.54", "收入", Scheme.SOURCE), closing])
    assert [(f.check, f.difference) for f in found] == [("年初与上年末", "-13188.37")]


def test_a_unit_is_part_of_its_department() -> None:
    unit = disclosure(2025, level=Level.UNIT)
    ours = record(disclosure(2025), spent("100.00", 2025))
    assert across([ours, record(unit, spent("60.00", 2025))]) == []
    assert [f.check for f in across([ours, record(unit, spent("160.00", 2025))])] == ["部门与单位"]


def test_a_unit_that_is_all_of_its_department_prints_the_same() -> None:
    unit = disclosure(2025, level=Level.UNIT)
    hosted = {"scheme": Scheme.THREE_PUBLIC, "row": 1}
    ours = (spent("100.00", 2025), figure("公务接待费", "28.50", year=2025, **hosted))  # type: ignore[arg-type]
    same = (spent("100.00", 2025), figure("公务接待费", "28.50", year=2025, **hosted))  # type: ignore[arg-type]
    other = (spent("100.00", 2025), figure("公务接待费", "25.80", year=2025, **hosted))  # type: ignore[arg-type]
    assert across([record(disclosure(2025), *ours), record(unit, *same)]) == []
    found = across([record(disclosure(2025), *ours), record(unit, *other)])
    assert [(f.check, f.difference) for f in found] == [("部门与单位", "-2.7")]
