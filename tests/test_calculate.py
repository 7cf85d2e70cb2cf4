"""Computed values: exact, with formula and operands. Numbers worked by hand."""

from __future__ import annotations

from decimal import Decimal

from little_book import CENTRE, TRADE_24, TRADE_25, _centre, _party, _trade, figure

from corpus.disclosure import Basis
from corpus.figure import Measure, Scheme
from corpus.money import Amount
from corpus.vocabulary import Target, vocabulary
from rag import amounts, calculate, shares
from rag.finder import find
from rag.plan import Asked
from rag.values import Source, read_amount
from rag.verify import holds


def asked(name: str, **more: str) -> Asked:
    term = vocabulary().term(name)
    assert term is not None
    return Asked(term.name, name, term.targets, flow=term.flow, component=term.component, **more)


def centre() -> Source:
    record = _centre()
    return Source(record.disclosure, record.figures, lambda year: None)


def test_three_public_before_economic_class_and_agreement_corroborates() -> None:
    record = _centre()
    choice = find(record.figures, asked("公务接待费"), year=2026, bases=[Basis.BUDGET])
    assert choice is not None
    assert choice.figure.scheme is Scheme.THREE_PUBLIC
    assert not choice.rivals


def test_other_scope_with_other_amount_is_a_rival() -> None:
    choice = find(_centre().figures, asked("住房公积金"), year=2026, bases=[Basis.BUDGET])
    assert choice is not None
    assert choice.figure.value == Decimal("180.00")
    assert [rival.value for rival in choice.rivals] == [Decimal("186.09")]


def test_a_part_of_the_total_is_not_the_total() -> None:
    choice = find(_centre().figures, asked("支出合计"), year=2026, bases=[Basis.BUDGET])
    assert choice is not None
    assert choice.figure.value == Decimal("3000.00")


def test_last_year_is_this_year_less_the_change() -> None:
    value = amounts.amount_of(centre(), asked("机关运行经费"), 2025)
    assert value is not None
    assert value.amount == Amount(Decimal("608.54"), "万元")
    assert value.formula == "600.00万元 − (-8.54万元) = 608.54万元"
    assert len(value.operands) == 2
    assert amounts.amount_of(centre(), asked("机关运行经费"), 2024) is None


def test_share_of_a_named_whole() -> None:
    value = shares.share_of(centre(), asked("公用经费"), asked("基本支出"), 2026)
    assert value is not None
    assert value.amount == Amount(Decimal("25.00"), "%")
    assert value.formula == "600.00万元 ÷ 2400.00万元 = 25.00%"


def test_sum_average_and_per_head() -> None:
    parts = [amounts.amount_of(centre(), asked(name), 2026) for name in ("电费", "水费")]
    values = [part for part in parts if part is not None]
    total, mean = calculate.total(values), calculate.average(values)
    assert total is not None
    assert mean is not None
    assert total.amount == Amount(Decimal("2.60"), "万元")
    assert mean.amount == Amount(Decimal("1.30"), "万元")
    wages = amounts.amount_of(centre(), asked("工资福利支出"), 2026)
    staff = Asked("在职人员", "", (Target(Scheme.STAFF, "", "在职人员"),), measure=Measure.COUNT)
    heads = read_amount(centre(), staff, 2026)
    assert wages is not None
    assert heads is not None
    each = calculate.per_head(wages, heads)
    assert each is not None
    assert each.amount == Amount(Decimal("28.33"), "万元")  # 1700.00 / 60 = 28.333…


def test_final_less_budget_is_negative_when_less_was_spent() -> None:
    record = _party()
    source = Source(record.disclosure, record.figures, lambda year: None)
    value = shares.difference_of_bases(source, asked("行政运行"), 2024, [Basis.ADJUSTED, Basis.FINAL])
    assert value is not None
    assert value.amount == Amount(Decimal("-0.68"), "万元")


def test_years_are_read_from_their_own_disclosures() -> None:
    old, new = _trade(TRADE_24, 2024, "126597600.00", "0"), _trade(TRADE_25, 2025, "371514655.00", "25")
    earlier = Source(old.disclosure, old.figures, lambda year: None)
    source = Source(new.disclosure, new.figures, lambda year: earlier if year == 2024 else None)
    value = amounts.difference_of_years(source, asked("支出合计"), 2025, 2024)
    assert value is not None
    assert value.amount == Amount(Decimal("244917055.00"), "元")
    assert value.formula is not None
    assert holds(value.formula)


def test_money_and_counts_do_not_add_up() -> None:
    wages = amounts.amount_of(centre(), asked("工资福利支出"), 2026)
    cars = amounts.amount_of(centre(), asked("车辆"), 2026)
    assert wages is not None
    assert cars is not None
    assert cars.document == CENTRE
    assert calculate.total([wages, cars]) is None


def test_the_total_of_all_funds_comes_before_any_fund() -> None:
    head = _centre().disclosure.name
    figures = [
        figure(
            head, Scheme.TOTAL, "收支总计", "900.00", funding="财政拨款", flow="", quote="财政拨款收支总预算900.00万元"
        ),
        figure(head, Scheme.TOTAL, "本年支出合计", "50.00", funding="政府性基金", quote="政府性基金支出50.00万元"),
        figure(head, Scheme.TOTAL, "支出总计", "1000.00", table="收支总表"),
    ]
    choice = find(figures, asked("收支总计"), year=2026, bases=[Basis.BUDGET])
    assert choice is not None
    assert choice.figure.value == Decimal("1000.00")
    assert find(figures[1:2], asked("支出合计"), year=2026, bases=[Basis.BUDGET]) is None


def test_a_change_that_does_not_fit_its_rate_derives_an_amount_in_doubt() -> None:
    head = _centre().disclosure
    figures = (
        figure(head.name, Scheme.OPERATING, "机关运行经费", "100.00", quote="机关运行经费100.00万元"),
        figure(
            head.name,
            Scheme.OPERATING,
            "机关运行经费",
            "20.00",
            measure=Measure.CHANGE,
            compared=2025,
            quote="增加20.00万元",
        ),
        figure(
            head.name,
            Scheme.OPERATING,
            "机关运行经费",
            "50.00",
            unit="%",
            measure=Measure.RATE,
            compared=2025,
            quote="增长50%",
        ),
    )  # 20 on 80 is 25 %, not 50 %
    doubtful = amounts.amount_of(Source(head, figures, lambda year: None), asked("机关运行经费"), 2025)
    assert doubtful is not None
    assert (doubtful.amount, doubtful.status, doubtful.doubt) == (
        Amount(Decimal("80.00"), "万元"), "disputed", figures[2],
    )  # fmt: skip
    fitting = Source(head, figures[:2], lambda year: None)
    value = amounts.amount_of(fitting, asked("机关运行经费"), 2025)
    assert value is not None
    assert value.amount == Amount(Decimal("80.00"), "万元")
