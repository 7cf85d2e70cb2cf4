"""Tables of a whole government's paper: what the forms of departments read in them, put into the accounts of a government.

The statutory tables of a government (一般公共预算收入表, 支出表, 税收返还和转移支付表, 政府性基金收支表, 债务限额和余额情况表; 《预算法》
第十四条 and the Ministry's rules for publishing budgets) have rows of revenue, expenditure, transfers and debt, and columns of
plan, result and percentages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.accounts import clean_name
from corpus.disclosure import Basis, Disclosure, Table
from corpus.figure import Figure, Measure, Scheme
from corpus.money import Amount
from ingest.layout.governments import period_of
from ingest.prose.fiscal_accounts import Around, account_in, fund_of, level_in
from ingest.prose.fiscal_grammar import plan_named

_TRANSLATED = (
    Scheme.TOTAL, Scheme.SOURCE, Scheme.FUNCTION, Scheme.TRANSFER, Scheme.BALANCE, Scheme.OTHER, Scheme.PROJECT,
)  # fmt: skip
_PERCENT = re.compile(r"[%％]|百分比|完成率|执行率|比率|增幅|增减率|比例|增长率")
_OF_LAST_YEAR = re.compile(r"(?:为|占|是)(?:上一?年|20\d\d年)")
_MOVED = re.compile(r"增减|增长|增幅|比上年|较上年|同比")
_OF_PLAN = re.compile(r"预算|预期|完成|执行|计划|任务")
_DEBT = re.compile(r"债务?(?:限额|余额)|余额|限额")


def as_a_governments(figures: Sequence[Figure], tables: Sequence[Table], disclosure: Disclosure) -> list[Figure]:
    """The figures of a government's tables by its own accounts, levels and funds; percentages as what they say."""
    titles = {table.id: re.sub(r"\s", "", table.title) for table in tables}
    return [
        found for figure in figures for found in _one(figure, titles.get(figure.locator.table_id or "", ""), disclosure)
    ]


def _one(figure: Figure, title: str, disclosure: Disclosure) -> Iterator[Figure]:
    if figure.scheme not in _TRANSLATED:
        yield figure
        return
    translated = _percentage(figure)
    if translated is None:
        return
    flow = _flow(figure, title)
    named = replace(translated, flow=flow, basis=_basis(translated, title, disclosure))
    if figure.scheme is Scheme.TOTAL:
        total = re.sub("收入|支出", flow, figure.account) if flow in ("收入", "支出") else figure.account
        fund = fund_of(title)
        yield replace(named, account=total, component=_level(title), funding=fund or figure.funding)
        return
    name = clean_name(figure.name or figure.account)
    own = re.sub(r"本级(?=收入|支出)", "", re.sub(r"(?:预计)?(?:实际|执行|决算|预算)数$", "", name))
    around = Around(fund_of(title), flow, _level(title), True, ())
    topic = account_in(own, around)
    if topic is None:
        scheme = {"收入": Scheme.REVENUE, "支出": Scheme.FUNCTION}.get(flow, figure.scheme)
        kept = figure.scheme if figure.code or figure.scheme is Scheme.TRANSFER else scheme
        yield replace(named, scheme=kept, component=_level(title), funding=fund_of(title) or figure.funding)
        return
    yield replace(
        named, scheme=topic.scheme, account=topic.account, code=topic.code, path=topic.path, flow=topic.flow,
        funding=topic.funding, component=_level(title),
    )  # fmt: skip


def _percentage(figure: Figure) -> Figure | None:
    """A column of percentages as completion or rate; None for one that says a ratio which nobody asks for."""
    heading = re.sub(r"\s", "", figure.locator.column or "")
    column = heading if _PERCENT.search(heading) else figure.component
    if not _PERCENT.search(column) or figure.amount is None:
        return figure
    amount = Amount(figure.amount.value, "%")
    if _OF_LAST_YEAR.search(column):
        return None
    if _MOVED.search(column):
        return replace(
            figure, measure=Measure.RATE, amount=amount, component="合计", compared=figure.year - 1, whole=""
        )
    if _OF_PLAN.search(column):
        plan = Basis.ADJUSTED if plan_named(column) is Basis.ADJUSTED else None
        whole = plan.value if plan else "预算"
        return replace(figure, measure=Measure.COMPLETION, amount=amount, component="合计", whole=whole)
    return None


def _flow(figure: Figure, title: str) -> str:
    """Income or expenditure: as the row says, else as the title does."""
    name = clean_name(figure.name or figure.account)
    if _DEBT.search(title) and _DEBT.search(name):
        return ""
    for flow in ("收入", "支出"):
        if name.endswith(flow) and figure.scheme is not Scheme.TOTAL:
            return flow
    told = [flow for flow in ("收入", "支出") if flow in title]
    if len(told) == 1:
        return told[0]
    if "返还" in title or (
        figure.scheme is Scheme.TRANSFER and not re.search(r"对下|对区|对县|对乡|对镇|对市县", title)
    ):
        return "收入"
    return figure.flow


def _basis(figure: Figure, title: str, disclosure: Disclosure) -> Basis:
    """The kind of number by the words of governments' papers: a result of the paper's own period, else the opening plan."""
    if figure.measure in (Measure.COMPLETION, Measure.RATE):
        return disclosure.basis if figure.year == disclosure.year else figure.basis
    done = re.search(r"决算|执行|完成|收支情况", title) is not None
    if figure.basis is Basis.BUDGET and done and figure.year <= disclosure.year:
        return Basis.INITIAL
    return period_of(title) or figure.basis if figure.basis is Basis.EXECUTED else figure.basis


def _level(title: str) -> str:
    """The level of government that a table's title says: 合计 for the whole place or where it says none."""
    return level_in(re.sub(r"^.*?20\d\d年(?:度)?", "", title)) or "合计"
