"""Rows of 收入 | 支出 tables: sources and balances left, functional classes right, totals on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.accounts import chart, clean_name
from corpus.disclosure import Table
from corpus.figure import Scheme
from ingest.tables.columns import CARRY_IN, CARRY_OUT, Half, printed
from ingest.tables.entries import EXPENSE_THIS_YEAR, INCOME_THIS_YEAR, Entry, balance
from ingest.tables.headers import CODE, is_total

_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d{1,2}[.、]|[(（]\d{1,2}[)）]")


def side_rows(labels: list[tuple[int, str, str]], half: Half, table: Table) -> Iterator[Entry]:
    """Rows of 收入 | 支出 tables: sources and balances left, functional classes right, totals on both sides."""
    income = side_flow(half, table) == "收入"
    seen: set[str] = set()
    carried = False
    major: tuple[str, ...] = ()
    names = [clean_name(label) for _, _, label in labels]
    grand = "收入总计" if income else "支出总计"
    last_total = max(
        (i for i, name in enumerate(names) if is_total(name) or name.endswith(("总计", "合计"))), default=-1
    )
    for index, ((row, cells, label), name) in enumerate(zip(labels, names, strict=True)):
        if not name:
            continue
        code = cells if CODE.fullmatch(cells) else ""
        entry = _side_entry(row, label, name, code, income=income)
        if entry.scheme is Scheme.TOTAL:
            carried = False
            if is_total(name) or entry.account == grand:
                later = index < last_total and name.endswith("合计")
                account = (INCOME_THIS_YEAR if income else EXPENSE_THIS_YEAR) if later else grand
                entry = replace(entry, account=account)
        elif entry.account in (CARRY_IN, CARRY_OUT):
            carried = True
            if not income and entry.account == CARRY_IN:
                # the right half can only carry out, whatever word is printed
                entry = replace(entry, scheme=Scheme.BALANCE, account=CARRY_OUT, flow="结余")
        elif entry.scheme is Scheme.SOURCE and carried and (entry.account in seen or chart().funding(name)):
            fund = chart().funding(name) or name
            whole = CARRY_IN if income else CARRY_OUT
            entry = replace(entry, account=whole, funding=fund, path=(whole,), flow=None if income else "结余")
        else:
            carried = carried and not re.match(r"[一二三四五六七八九十]+、", printed(label))
        numbered = bool(_NUMBERED.match(printed(label)))
        if not numbered and major and entry.scheme is Scheme.SOURCE and not entry.path:
            same = entry.account == major[-1]
            entry = replace(entry, account=name if same else entry.account, path=major)
        seen.add(entry.account)
        if entry.scheme is Scheme.TOTAL:
            major = ()
        elif numbered:
            major = (entry.account,)
        yield entry


def side_flow(half: Half, table: Table) -> str:
    """收入 or 支出, by the headings over a half."""
    text = "".join(table.columns[column] for column in half.columns)
    if ("收入" in text) != ("支出" in text):
        return "收入" if "收入" in text else "支出"
    return "收入" if half.columns and half.columns[0] == 0 else "支出"


def _side_entry(row: int, label: str, name: str, code: str, *, income: bool) -> Entry:
    known = chart()
    total = known.named(name, Scheme.TOTAL)
    if total is not None or is_total(name):
        account = total.name if total else ("收入总计" if income else "支出总计")
        return Entry(row, label, Scheme.TOTAL, account, total=True)
    item = known.named(name, Scheme.SOURCE) or known.named(name, Scheme.BALANCE)
    if item is not None and (income or item.scheme is Scheme.BALANCE or item.name in (CARRY_IN, "使用非财政拨款结余")):
        return balance(row, label, item) if item.scheme is Scheme.BALANCE else Entry(row, label, item.scheme, item.name)
    if income:
        return Entry(row, label, Scheme.SOURCE, name, known=False)
    component = known.component(name)
    if component is not None and component != "合计":
        return Entry(row, label, Scheme.TOTAL, EXPENSE_THIS_YEAR, component=component)
    for scheme in (Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.GOV_ECONOMIC):
        found = known.account(scheme, code) if code else known.named(name, scheme)
        if found is not None and (code or len(found.code) == 3):
            return Entry(row, label, scheme, found.name, found.code)
    fund = item or known.named(name, Scheme.SOURCE)
    if fund is not None:
        return Entry(row, label, fund.scheme, fund.name)
    return Entry(row, label, Scheme.FUNCTION, name, known=False)
