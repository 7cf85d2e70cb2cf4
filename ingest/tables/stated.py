"""What a row and a column of a table state together: the words of a figure's fact.

Either may name the account, the money it is of, the part of the expenditure; which of them counts, the kind of the
table and of the row decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.accounts import Statement, chart, clean_name
from corpus.disclosure import Disclosure
from corpus.figure import Scheme
from ingest.tables.columns import CARRY_IN, Meaning, in_measure, in_time, printed
from ingest.tables.entries import EXPENSE_THIS_YEAR, INCOME_THIS_YEAR, Entry
from ingest.tables.named_rows import BESIDE_THREE, THREE_AND_MORE
from ingest.tables.row_words import without_unit

_PARTIAL = re.compile(r"部分|重点|专项|一级|二级|转移|其中")
_PARTS_TITLED = {"人员经费": re.compile("人员(?:经费|支出|类)"), "公用经费": re.compile("公用(?:经费|支出)|运转类")}
_FISCAL = frozenset({"一般公共预算", "政府性基金", "国有资本经营预算"})


@dataclass(frozen=True, slots=True)
class Fact:
    """The words of a figure's fact that row and column together give."""

    scheme: Scheme
    account: str
    code: str
    flow: str
    funding: str
    component: str
    meaning: Meaning


class Stating:
    """The facts of one half of a table.

    `title` is the table's; `meanings` are those of its columns, `units` the units that its rows print in their names,
    `flows` the flows that its rows tell.
    """

    def __init__(
        self,
        title: str,
        statement: Statement,
        disclosure: Disclosure,
        meanings: Iterable[Meaning] = (),
        units: Mapping[int, str] | None = None,
        flows: Mapping[int, str] | None = None,
    ) -> None:
        self.title, self.statement, self.disclosure = title, statement, disclosure
        self.units, self.flows = units or {}, flows or {}
        known = list(meanings)
        named = {meaning.account for meaning in known}
        self.wider = "三公经费" in named and bool(named & set(BESIDE_THREE))
        """Whether its total takes in more than the three public costs (会议费, 培训费)."""
        funds = {meaning.funding for meaning in known} - {"全部", "财政拨款"}
        self.fiscal_only = len(funds) > 1 and funds <= _FISCAL
        """Whether the funds it has columns for are fiscal ones alone, so that its total is no total of all money."""

    def fact(self, entry: Entry, meaning: Meaning, *, grand: bool) -> Fact:
        """What a row and a column state; `grand` as in `ingest.tables.entries.sum_row`, of the column of totals."""
        listed = self.statement.rows == "projects" and not entry.total  # 上年农机推广尾款 names a project, not a year
        listed = listed or self.units.get(entry.row) == "%"  # 床位使用率% is no change in percent
        if (entry.total or not entry.known) and not listed:
            meaning = in_measure(in_time(meaning, printed(entry.label), self.disclosure), printed(entry.label))
        scheme, account, code = entry.scheme, entry.account, entry.code
        flow = entry.flow if entry.flow is not None else meaning.flow
        funding = entry.funding or meaning.funding
        component = meaning.component
        if entry.component is not None:
            component = entry.component if component in ("合计", self.statement.component) else component
        if self.wider and (entry.total or entry.entity) and account == "三公经费" and not meaning.account:
            account = THREE_AND_MORE
        if meaning.account and not self._named_by_both(entry, meaning):
            scheme, account, component = self._account_of_column(entry, meaning, component)
            code = entry.code if scheme is entry.scheme else self._class_of(scheme, account)
        income = self.statement.flow == "收入" and not meaning.account
        if scheme is Scheme.TOTAL and account == INCOME_THIS_YEAR and income:
            scheme, account, funding = self._income_total(funding, grand=grand)
        if scheme is Scheme.TOTAL and account == EXPENSE_THIS_YEAR and flow == "收入":
            account = INCOME_THIS_YEAR  # 本年收入 beside 本年支出 in the table of one fund
        if scheme is Scheme.SOURCE and account != CARRY_IN:
            funding = "全部"
        if account == CARRY_IN:
            scheme, flow = Scheme.SOURCE, "收入"
        if scheme is self.statement.scheme and self._is_whole_project_total(entry):
            scheme, account = Scheme.TOTAL, EXPENSE_THIS_YEAR
            funding = "财政拨款" if funding == "全部" and self.fiscal_only else funding
        if scheme is Scheme.TOTAL and entry.total and self.statement.scheme is Scheme.ECONOMIC:
            scheme, account, code, component = self._of_part(account, component)
        if scheme in (Scheme.ASSET, Scheme.STAFF):
            flow = ""
        if scheme is Scheme.OTHER and entry.row in self.units and not entry.known:
            account = clean_name(without_unit(entry.label))
        flow = self.flows.get(entry.row, flow)
        return Fact(scheme, account, code, flow, funding, component, meaning)

    def _named_by_both(self, entry: Entry, meaning: Meaning) -> bool:
        """Whether the row names a cost of its own under a column of 三公经费 as a whole (2023年“三公”经费预算数)."""
        return entry.scheme is Scheme.THREE_PUBLIC and meaning.account == "三公经费" and not entry.total and entry.known

    def _account_of_column(self, entry: Entry, meaning: Meaning, component: str) -> tuple[Scheme, str, str]:
        """Where the column names the account (三公 items, carry-over columns) and the row only says whose it is."""
        if self.statement.scheme is Scheme.PROCUREMENT and not entry.total:
            return entry.scheme, entry.account, meaning.account
        if self.statement.scheme in (Scheme.STAFF, Scheme.ASSET, Scheme.PROCUREMENT):
            return self.statement.scheme, meaning.account, component
        if self.statement.key == "three_public":
            three = chart().named(meaning.account, Scheme.THREE_PUBLIC)
            return (Scheme.THREE_PUBLIC if three else Scheme.OPERATING), meaning.account, component
        if entry.total and self._class_of(self.statement.scheme, meaning.account):
            return self.statement.scheme, meaning.account, component
        if entry.total:
            item = chart().all_named(meaning.account)
            return (item[0].scheme if item else Scheme.BALANCE), meaning.account, component
        return entry.scheme, entry.account, meaning.account

    def _of_part(self, account: str, component: str) -> tuple[Scheme, str, str, str]:
        """What the total of an economic table is whose title names one class or one part of the basic expenditure."""
        title = self.title
        named = [
            item for item in chart().accounts if item.scheme is Scheme.ECONOMIC and len(item.code) == 3
            and item.name in title
        ]  # fmt: skip
        if len(named) == 1 and component == self.statement.component:
            return Scheme.ECONOMIC, named[0].name, named[0].code, component
        parts = [part for part, words in _PARTS_TITLED.items() if words.search(title)]
        if len(parts) == 1 and component == self.statement.component:
            component = parts[0]
        return Scheme.TOTAL, account, "", component

    def _class_of(self, scheme: Scheme, account: str) -> str:
        """The code of an economic class that a column names, "" for anything else."""
        item = chart().named(account, scheme) if scheme in (Scheme.ECONOMIC, Scheme.GOV_ECONOMIC) else None
        return item.code if item else ""

    def _income_total(self, funding: str, *, grand: bool) -> tuple[Scheme, str, str]:
        """The total row of an income table: below the total column all income, below a source column that source."""
        if funding in ("全部", self.statement.funding):
            return Scheme.TOTAL, "收入总计" if grand else INCOME_THIS_YEAR, funding
        source = chart().named(funding, Scheme.SOURCE)
        return Scheme.SOURCE, source.name if source else funding, "全部"

    def _is_whole_project_total(self, entry: Entry) -> bool:
        whole = self.statement.key == "project" and not _PARTIAL.search(self.title)
        return whole and entry.total and bool(self.title)
