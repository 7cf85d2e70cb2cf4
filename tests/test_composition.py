"""What expenditure is made of: parts that add up, remainders that are said to be such, drawings true to scale."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.disclosure import Basis, Disclosure, Level
from corpus.figure import Figure, Measure, Reader, Scheme, Status
from corpus.figures import Book
from corpus.locator import Locator
from corpus.money import Amount
from corpus.settings import Settings
from ui.composition import Part, composition_row, flow, money_flow, parts
from ui.diagrams import BARS, SLOT, amount_words, parts_table, sankey, share, squarify, treemap
from ui.lines import lines

DISCLOSURE = Disclosure("甲.pdf", "0", "", "甲局", Level.UNIT, 2026, Basis.BUDGET, "", "pdf", 3)
HOSTILE = "<img src=x onerror=alert(1)>\"'"


class Shelf:
    """As much of a book as a composition reads: the figures of one disclosure."""

    def __init__(self, figures: list[Figure]) -> None:
        self._figures = figures

    def figures(self, *, schemes: list[Scheme], **_: object) -> list[Figure]:
        return [f for f in self._figures if f.scheme in schemes]


def figure(
    account: str,
    code: str,
    value: str,
    *,
    funding: str = "全部",
    component: str = "合计",
    scheme: Scheme = Scheme.FUNCTION,
) -> Figure:
    place = Locator("甲.pdf", 2, "支出总表", account, component, quote=value, table_id="t", row_index=1, column_index=1)
    return Figure(
        "甲.pdf", scheme, account, account, Measure.AMOUNT, Amount(Decimal(value), "万元"), None, 2026, Basis.BUDGET,
        place, Reader.TABLE, code=code, flow="支出", funding=funding, component=component, status=Status.CONFIRMED,
    )  # fmt: skip


def shelf(*figures: Figure) -> Book:
    return Shelf(list(figures))  # type: ignore[return-value]


SERVICES, HOUSING = ("一般公共服务支出", "201"), ("住房保障支出", "221")


def values(of: tuple[Part, ...]) -> list[tuple[str, str]]:
    return [(part.name, f"{part.value:f}") for part in of]


def test_money_flows_from_funds_through_classes_to_kinds() -> None:
    found = flow(
        shelf(
            figure(*SERVICES, "100.00"), figure(*HOUSING, "20.00"),
            figure(*SERVICES, "70.00", funding="一般公共预算"), figure(*HOUSING, "20.00", funding="一般公共预算"),
            figure(*SERVICES, "10.00", funding="政府性基金"),
            figure(*SERVICES, "60.00", component="基本支出"), figure(*HOUSING, "20.00", component="基本支出"),
            figure(*SERVICES, "40.00", component="项目支出"),
        ),
        DISCLOSURE, "其他", "未分",
    )  # fmt: skip
    assert found is not None
    assert values(found.funds) == [("一般公共预算", "900000"), ("政府性基金", "100000"), ("其他", "200000")]
    assert values(found.classes) == [("一般公共服务支出", "1000000"), ("住房保障支出", "200000")]
    assert values(found.kinds) == [("基本支出", "800000"), ("项目支出", "400000")]
    assert [part.figure is None for part in found.funds] == [True, True, True]  # no total of them is printed
    streams = {(s.source, s.target): f"{s.value:f}" for s in found.streams}
    assert streams["其他", "一般公共服务支出"] == "200000"
    assert streams["一般公共服务支出", "项目支出"] == "400000"
    assert sum(s.value for s in found.streams if s.target in ("基本支出", "项目支出")) == found.total


def test_a_side_is_told_by_its_printed_total_where_the_parts_agree_but_for_rounding() -> None:
    total = figure("本年支出合计", "", "120.01", funding="一般公共预算", scheme=Scheme.TOTAL)
    funded = [figure(*SERVICES, "100.00", funding="一般公共预算"), figure(*HOUSING, "20.00", funding="一般公共预算")]
    whole = [figure(*SERVICES, "100.00"), figure(*HOUSING, "20.00")]
    found = flow(shelf(*whole, *funded, total), DISCLOSURE, "其他", "未分")
    assert found is not None
    assert [(part.value, part.figure) for part in found.funds] == [(Decimal("1200100"), total)]
    other = replace(total, amount=Amount(Decimal("125.00"), "万元"))
    found = flow(shelf(*whole, *funded, other), DISCLOSURE, "其他", "未分")
    assert found is not None
    assert [(part.value, part.figure) for part in found.funds] == [(Decimal("1200000"), None)]


def test_funds_that_exceed_their_class_are_not_drawn_and_that_is_said() -> None:
    book = shelf(figure(*SERVICES, "100.00"), figure(*SERVICES, "130.00", funding="一般公共预算"))
    found = flow(book, DISCLOSURE, "其他", "未分")
    assert found is not None
    assert found.funds == ()
    assert found.left_out == ("funds",)
    assert "没有画出" in sankey(found, "zh")


def test_a_column_of_nothing_but_differences_is_not_drawn() -> None:
    found = flow(shelf(figure(*SERVICES, "100.00")), DISCLOSURE, "其他", "未分")
    assert found is not None
    assert (found.funds, found.kinds, found.streams) == ((), (), ())


def test_no_expenditure_by_class_no_flow() -> None:
    assert (
        flow(shelf(figure("工资福利支出", "301", "5.00", scheme=Scheme.ECONOMIC)), DISCLOSURE, "其他", "未分") is None
    )


def test_the_finest_parts_and_what_is_left_of_their_class() -> None:
    book = shelf(
        figure(*SERVICES, "100.00"), figure("政府办公厅（室）及相关机构事务", "20103", "90.00"),
        figure("行政运行", "2010301", "70.00"), figure("机关服务", "2010303", "20.00"), figure(*HOUSING, "20.00"),
    )  # fmt: skip
    found = parts(book, DISCLOSURE, Scheme.FUNCTION, "其余")
    assert values(found) == [
        ("行政运行", "700000"),
        ("机关服务", "200000"),
        ("其余", "100000"),
        ("住房保障支出", "200000"),
    ]
    assert [part.figure is None for part in found] == [False, False, True, False]
    assert {part.group for part in found} == {"一般公共服务支出", "住房保障支出"}


def test_rectangles_fill_the_box_in_proportion() -> None:
    """Sizes 6, 6, 4, 3, 2, 2, 1 in a box of 6 × 4: the example of the paper, whose first two stand in a column of 3."""
    found = squarify([6, 6, 4, 3, 2, 2, 1], (0, 0, 6, 4))
    assert [round(w * h, 6) for _, _, w, h in found] == [6, 6, 4, 3, 2, 2, 1]
    assert found[0] == (0, 0, 3, 2)
    assert found[1] == (0, 2, 3, 2)
    assert all(x >= 0 and y >= 0 and x + w <= 6.000001 and y + h <= 4.000001 for x, y, w, h in found)
    assert squarify([], (0, 0, 6, 4)) == []


def test_bars_of_the_flow_are_as_high_as_their_amounts() -> None:
    found = flow(shelf(figure(*SERVICES, "75.00"), figure(*HOUSING, "25.00")), DISCLOSURE, "其他", "未分")
    assert found is not None
    html = sankey(found, "zh")
    heights = [float(h) for h in re.findall(r'mz-node-bar" style="height:([\d.]+)px', html)]
    assert heights == [BARS * 0.75, BARS * 0.25]
    tops = [float(t) for t in re.findall(r"top:([\d.]+)px", html)]
    assert tops[1] - tops[0] >= SLOT
    assert html.count("/evidence?figure=") == 2


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("42182700", "4,218.27万元"),
        ("9500.00", "9,500元"),
        ("4.21827E+7", "4,218.27万元"),
        ("164978641", "16,497.8641万元"),
    ],
)
def test_amounts_keep_every_digit(yuan: str, words: str) -> None:
    assert amount_words(Decimal(yuan)) == words


def test_shares_of_next_to_nothing_are_not_nought() -> None:
    assert share(Decimal(1), Decimal(3)) == "33.3%"
    assert share(Decimal(1), Decimal(100_000)) == "<0.1%"


def test_hostile_names_stay_text() -> None:
    found = flow(
        shelf(figure(HOSTILE, "201", "75.00"), figure(HOSTILE, "201", "75.00", funding="一般公共预算")),
        DISCLOSURE,
        HOSTILE,
        HOSTILE,
    )
    assert found is not None
    some = parts(
        shelf(figure(*SERVICES, "9.00"), figure(HOSTILE, "2010301", "9.00")), DISCLOSURE, Scheme.FUNCTION, HOSTILE
    )
    series = {HOSTILE: {2025: Decimal(1), 2026: Decimal(2)}}
    for html in (
        sankey(found, "zh"), treemap(some, "zh", HOSTILE), parts_table(some, Decimal(90000), "en"), lines(series, "zh"),
    ):  # fmt: skip
        assert "<img" not in html
        assert "onerror=alert(1)>" not in html


def test_lines_start_at_nought_and_need_two_years() -> None:
    assert lines({"甲": {2026: Decimal(5)}}, "zh") == ""
    html = lines({"甲": {2025: Decimal(50), 2026: Decimal(100)}, "乙": {2026: Decimal(7)}}, "zh")
    assert html.count("<polyline") == 1
    first, second = re.search(r'points="([\d.]+),([\d.]+) ([\d.]+),([\d.]+)"', html).group(2, 4)  # type: ignore[union-attr]
    nought = float(re.search(r'y1="([\d.]+)"', html).group(1))  # type: ignore[union-attr]
    assert nought - float(first) == pytest.approx((nought - float(second)) / 2, abs=0.1)


def test_every_edition_adds_up(editions_settings: Settings) -> None:
    with Book.open(editions_settings.book) as book:
        drawn = 0
        for disclosure in book.disclosures():
            found = money_flow(book, disclosure)
            assert found is not None
            for name in (part.name for part in found.classes):
                whole = next(part.value for part in found.classes if part.name == name)
                spent = [s.value for s in found.streams if s.source == name]
                funded = [s.value for s in found.streams if s.target == name]
                tail = Decimal(50) * (
                    1 + max(len(spent), len(funded))
                )  # 万元 with two decimals, each rounded by itself
                assert not spent or abs(sum(spent) - whole) <= tail
                assert not funded or abs(sum(funded) - whole) <= tail
                drawn += bool(funded)
            row = composition_row(book, disclosure)
            ids = [p["figure"] for p in row["function"] + row["economic"] if p["figure"]]
            assert all(book.figure(some) is not None for some in ids)
        assert drawn > 10
