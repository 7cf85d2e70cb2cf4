"""Tables that several families print alike but for headings and order: two-sided totals, 三公, projects, procurement."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from eval.synthetic.blocks import Entry, Key, Style, amount, heads, row
from eval.synthetic.tables import (
    EVERY,
    SOURCES,
    beside,
    class_key,
    class_lines,
    fiscal_totals,
    side,
    source_key,
    three_key,
    total_key,
)
from eval.synthetic.unit import FISCAL, FUND, GENERAL, OWN, SPECIAL, STATE, Unit

Rows = tuple[tuple[Entry, ...], ...]
Line = tuple[str, Sequence[tuple[Decimal, Key | None]]]
ZERO = Decimal(0)


def whole_sides(
    unit: Unit,
    style: Style,
    labels: Sequence[str],
    *,
    carry: str,
    end: str,
    totals: tuple[str, str, str, str],
    every: bool = True,
) -> tuple[list[list[Entry]], list[list[Entry]]]:
    """收支总表: incomes by source against expenditure by 类. `labels` name the five fundings in order as printed."""
    year, basis = unit.year, "预算"
    fundings = (GENERAL, FUND, STATE, SPECIAL, OWN)
    left: list[Line] = [
        (label, [(unit.total(fundings=(f,), carried=False), source_key(SOURCES[f], year, basis))])
        for label, f in zip(labels, fundings, strict=True)
    ]
    now, before = unit.total(carried=False), unit.total(carried=True)
    left += [
        (totals[0], [(now, total_key("本年收入合计", "收入", year, basis))]),
        (carry, [(before, source_key("上年结转结余", year, basis))]),
        (totals[2], [(now + before, total_key("收入总计", "收入", year, basis))]),
    ]
    right = class_lines(unit, lambda c: [(unit.total(c), class_key(c, year, basis))], EVERY if every else ())
    right += [
        (totals[1], [(now + before, total_key("本年支出合计", "支出", year, basis))]),
        (end, [(ZERO, None)]),
        (totals[3], [(now + before, total_key("支出总计", "支出", year, basis))]),
    ]
    return side(style, left, 1), side(style, right, 1)


def fiscal_sides(unit: Unit, style: Style, labels: Sequence[str], *, every: bool = True) -> Rows:
    """财政拨款收支总表: this year and carry-over by funding against 类 in columns 合计 and the three fundings."""
    year, basis = unit.year, "预算"
    now, before = fiscal_totals(unit, "")
    left: list[Line] = [(labels[0], [(now, total_key("本年收入合计", "收入", year, basis, "财政拨款"))])]
    left += [(label, [(fiscal_totals(unit, f)[0], None)]) for label, f in zip(labels[1:4], FISCAL, strict=True)]
    left += [(labels[4], [(before, None)])]
    left += [(label, [(fiscal_totals(unit, f)[1], None)]) for label, f in zip(labels[1:4], FISCAL, strict=True)]
    left += [
        ("", []), ("", []), ("收入总计", [(now + before, total_key("收入总计", "收入", year, basis, "财政拨款"))])
    ]  # fmt: skip

    def by_funding(code: str) -> list[tuple[Decimal, Key | None]]:
        columns: list[tuple[Decimal, Key | None]] = [
            (unit.total(code, (), FISCAL), class_key(code, year, basis, "财政拨款"))
        ]
        return columns + [(unit.total(code, (), (f,)), class_key(code, year, basis, f)) for f in FISCAL]

    def sums(account: str) -> list[tuple[Decimal, Key | None]]:
        columns: list[tuple[Decimal, Key | None]] = [
            (unit.total(fundings=FISCAL), total_key(account, "支出", year, basis, "财政拨款"))
        ]
        return columns + [(unit.total(fundings=(f,)), total_key(account, "支出", year, basis, f)) for f in FISCAL]

    right = class_lines(unit, by_funding, EVERY if every else ())
    right += [("一、本年支出合计", sums("本年支出合计")), ("二、年终结转结余", []), ("支出总计", sums("支出总计"))]
    return beside(side(style, left, 1), side(style, right, 4))


def three_values(unit: Unit, which: int) -> dict[str, Decimal]:
    """The six 三公 amounts of this year (0) or of the other column (1)."""
    each = {item: pair[which] for item, pair in unit.three.items()}
    cars = each["公务用车购置费"] + each["公务用车运行维护费"]
    return {**each, "公务用车购置及运行费": cars, "三公经费": unit.three_public[which]}


def three_cells(unit: Unit, style: Style, items: Sequence[str], which: int, year: int, basis: str) -> list[Entry]:
    """三公 amounts in a row, in the order of `items`."""
    values = three_values(unit, which)
    return [amount(style, values[item], three_key(item, year, basis), item) for item in items]


THREE = ("三公经费", "因公出国（境）费", "公务用车购置及运行费", "公务用车购置费", "公务用车运行维护费", "公务接待费")
"""The order in which most tables print them."""


def three_rows(unit: Unit, style: Style, labels: Sequence[str]) -> Rows:
    """三公 down the page, this year against last year with the change."""
    now, before = three_values(unit, 0), three_values(unit, 1)
    rows = []
    for label, item in zip(labels, THREE, strict=True):
        change = now[item] - before[item]
        key = three_key(item, unit.year, "预算")
        then = three_key(item, unit.year - 1, "预算")
        changed = Key(key.scheme, item, "支出", "财政拨款", "合计", unit.year, "预算", "增减额")
        rows.append(
            row(
                label,
                amount(style, before[item], then, item),
                amount(style, now[item], key, item),
                amount(style, change, changed, item),
            )
        )
    return tuple(rows)


def project_rows(unit: Unit, style: Style, fundings: Sequence[str], *, with_code: bool) -> Rows:
    """Projects with their money by funding, the total first; a task's name may stand twice with different classes."""
    tasks = [s for s in unit.spends if s.component == "项目支出" and s.funding in fundings]
    rows = []
    whole = sum((s.yuan for s in tasks), ZERO)
    lead = ["", ""] if with_code else [""]
    rows.append((*map(Entry, ["合计", *lead[1:]]), amount(style, whole, None, "合计"),
                 *(amount(style, sum((s.yuan for s in tasks if s.funding == f), ZERO), None, "合计") for f in fundings)))  # fmt: skip
    once = {s.task for s in tasks if sum(t.task == s.task for t in tasks) == 1}
    for spend in tasks:
        key = Key("项目", spend.task, "支出", "全部", "项目支出", unit.year, "预算") if spend.task in once else None
        labels = [spend.code, spend.task] if with_code else [spend.task]
        cells = [amount(style, spend.yuan if f == spend.funding else ZERO, None, spend.task) for f in fundings]
        rows.append((*map(Entry, labels), amount(style, spend.yuan, key, spend.task), *cells))
    return tuple(rows)


def procurement(unit: Unit, style: Style) -> tuple[Rows, Rows]:
    """政府采购: goods, works, services and their sum across."""

    def key(name: str) -> Key:
        return Key("政府采购", name, "支出", "全部", "合计", unit.year, "预算")

    goods, works, services = unit.bought
    head = heads(("采购单位", "合计", "货物", "工程", "服务"))
    cells = [
        amount(style, value, key(name), name)
        for name, value in (
            ("政府采购", goods + works + services),
            ("货物", goods),
            ("工程", works),
            ("服务", services),
        )
    ]
    return head, (row(unit.name, *cells),)


def empty_rows(width: int, *, label: str = "合计") -> Rows:
    """The body of a table without any money."""
    return (row(label, *[""] * (width - 1)), row(*[""] * width))
