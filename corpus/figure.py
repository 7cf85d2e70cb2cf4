"""A figure: one amount a disclosure states, with everything needed to know what it is and where it stands.

Two figures speak of the same fact when their `Figure.fact` keys are equal; reconciliation and the answering of
questions both rest on that key, so every reader must fill its parts with the same words. The words of each part:

scheme      what kind of account it is (`Scheme`)
code        digits of the functional or economic class ("2010301", "30217"); "" where the scheme has no codes
account     canonical name: the chart's name for coded accounts and known items, else the name as printed, cleaned
flow        收入, 支出, 结余 (carry-over and balances) or "" where it makes no sense
funding     全部 (all funds), 财政拨款, 一般公共预算, 政府性基金, 国有资本经营预算, 社会保险基金, 财政专户, 教育收费,
            单位资金, 其他资金, 非财政拨款, 事业收入, 事业单位经营收入, 上级补助收入, 附属单位上缴收入, 其他收入,
            上级转移支付, 上年结转, and 上年结转·X for what was carried over of fund X; 当年预算 for the year's own money
            where a column sets it beside what was carried over; a fund that the chart does not know (省级财政资金)
            keeps its printed name; 全部 unless column, table or sentence says otherwise
component   合计, 本级 (of a government: its own level, beside the whole place), 基本支出, 人员经费, 公用经费, 项目支出, 特定目标类, 其他运转类, 基本建设, 部门专项, 发展经费,
            经营支出, 上缴上级, 对附属单位补助; 实施期总额 (a project's money for its whole term) and 实施期目标 (a
            target for it, beside the year's), 到位资金 (what has arrived of a project's money); a heading that the chart does not know keeps its printed words, and a
            target whose name another one of other value bears is counted (合计（2）); 合计 by default
measure     what is stated about the account (`Measure`), and of what: a share, a completion rate and a change against
            something unusual carry `Figure.whole` (占比/本年支出合计, 增减额/2025年预算执行数)
year, basis the fiscal year the amount belongs to, and 预算/决算/…
entity      "" for the issuer as a whole, else the sub-unit whose row it is; of a performance target, its project

How the commonest facts are written (rows of different tables that mean the same get the same key, so that a
disagreement between two tables of one disclosure comes to light by itself):

=========================================  ====================================================================
收支总表, row 收入总计 / 支出总计          TOTAL, 收入总计 / 支出总计, flow 收入 / 支出, 全部, 合计
row 本年收入合计 / 本年支出合计            TOTAL, 本年收入合计 / 本年支出合计, flow 收入 / 支出, 全部, 合计
财政拨款收支总表, the same rows            the same with funding 财政拨款 (its fund columns: 一般公共预算, …)
支出总表, row 合计, column 项目支出        TOTAL, 本年支出合计, 支出, 全部, 项目支出
一般公共预算支出表, row 合计               TOTAL, 本年支出合计, 支出, 一般公共预算, 合计/基本支出/项目支出/…
基本支出表, row 合计, columns              TOTAL, 本年支出合计, 支出, 一般公共预算, 基本支出/人员经费/公用经费
基本支出表, row 30201, column 合计         ECONOMIC, code 30201, 支出, 一般公共预算, 基本支出
the same, column 公用经费                  ECONOMIC, code 30201, 支出, 一般公共预算, 公用经费
支出总表, row 2010301, column 基本支出     FUNCTION, code 2010301, 支出, 全部, 基本支出
收入总表, row 2010301, column 财政拨款     FUNCTION, code 2010301, 收入, 财政拨款, 合计
收支总表, 一般公共预算拨款收入             SOURCE, 一般公共预算拨款, 收入, 全部, 合计
收支总表, 社会保障和就业支出               FUNCTION, code 208, 支出, 全部, 合计
“三公” table and prose                     THREE_PUBLIC, 三公经费 / 因公出国（境）费 / 公务接待费 /
                                           公务用车购置及运行费 / 公务用车购置费 / 公务用车运行维护费,
                                           支出, 财政拨款, 合计
机关运行经费, table and prose              OPERATING, 机关运行经费, 支出, 财政拨款, 合计
project table and prose                    PROJECT, the project's name, 支出, 全部 or the column's fund, 项目支出
政府采购 prose                             PROCUREMENT, 政府采购 / 货物 / 工程 / 服务 / 面向中小企业预留 / …,
                                           支出, 全部, 合计
车辆, 设备, 房屋                           ASSET, 车辆 / 单价100万元以上设备 / 房屋 …, "", 全部, 合计, COUNT or AMOUNT
=========================================  ====================================================================
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from corpus.disclosure import Basis
from corpus.locator import Locator
from corpus.money import Absence, Amount


class Scheme(StrEnum):
    """What kind of account a figure belongs to."""

    TOTAL = "总额"
    """收入总计, 支出总计, 本年收入合计, 本年支出合计."""
    SOURCE = "收入来源"
    """一般公共预算拨款收入, 事业收入, 其他收入, 上年结转结余 …"""
    FUNCTION = "功能分类"
    ECONOMIC = "经济分类"
    GOV_ECONOMIC = "政府经济分类"
    """政府预算支出经济分类 (501, 502 …), another chart than the department's economic class."""
    THREE_PUBLIC = "三公经费"
    OPERATING = "机关运行经费"
    PROJECT = "项目"
    PROCUREMENT = "政府采购"
    ASSET = "国有资产"
    STAFF = "人员编制"
    PERFORMANCE = "绩效"
    TRANSFER = "转移支付"
    ENTRUSTED = "委托业务费"
    BALANCE = "结转结余"
    REVENUE = "财政收入"
    """What a whole government takes in (政府收支分类 收入科目: taxes, other revenue, transfers from above, debt)."""
    DEBT = "政府债务"
    """Limits and balances of a government's debt."""
    OTHER = "其他"


class Measure(StrEnum):
    """What is stated about the account."""

    AMOUNT = "金额"
    CHANGE = "增减额"
    """Signed difference to the comparison year; negative for 减少."""
    RATE = "增减率"
    """Signed change in percent."""
    SHARE = "占比"
    """Percent of a stated whole."""
    COMPLETION = "完成率"
    """决算 as percent of the budget."""
    COUNT = "数量"
    """Vehicles, devices, staff, square metres, projects, points …"""
    TARGET = "目标值"
    """A performance indicator's target (绩效指标值)."""
    ACHIEVED = "完成值"
    """What was reached of a performance indicator (实际完成值), in a self-evaluation."""


class Reader(StrEnum):
    """Which reading a figure comes from."""

    TABLE = "table"
    PROSE = "prose"
    MODEL = "model"


class Status(StrEnum):
    """How far a figure is proven."""

    CONFIRMED = "confirmed"
    SINGLE = "single"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Figure:
    """One stated amount. `amount` is None when `absence` says why there is none.

    `name` is the account as printed. `path` holds the names of the classes above it (类, 款), when known.
    `reason` is the sentence part that explains a change ("主要原因是 …"), "" where none is stated.
    `compared` is the comparison year of a CHANGE or RATE. `whole` is what a SHARE or COMPLETION is a part of, and for a
    CHANGE or RATE what it is measured against where that is not the same kind of number of the year before
    ("2024年预算执行数"), "" otherwise.
    `others` lists the ids of the other readings of the same fact; `because` says in Chinese why the status is so.
    """

    document: str
    scheme: Scheme
    account: str
    name: str
    measure: Measure
    amount: Amount | None
    absence: Absence | None
    year: int
    basis: Basis
    locator: Locator
    reader: Reader
    code: str = ""
    path: tuple[str, ...] = ()
    flow: str = ""
    funding: str = "全部"
    component: str = "合计"
    entity: str = ""
    reason: str = ""
    compared: int | None = None
    whole: str = ""
    ocr: bool = False
    status: Status = Status.SINGLE
    because: str = ""
    others: tuple[str, ...] = ()

    @property
    def fact(self) -> tuple[str, ...]:
        """The key of the fact within its document: equal keys speak of the same thing.

        A change against the opening budget is another fact than one against last year, a share of 财政拨款 another than
        one of all expenditure: `whole` is part of what is measured.
        """
        measure = f"{self.measure}/{self.whole}" if self.whole else self.measure
        return (
            self.scheme, self.code or self.account, self.flow, self.funding, self.component,
            measure, str(self.year), self.basis, self.entity,
        )  # fmt: skip

    @property
    def id(self) -> str:
        """A content hash of document, fact and place (20 hex digits)."""
        place = self.locator
        parts = (
            self.document, *self.fact, self.reader, place.page, place.table_id, place.row_index, place.column_index,
            place.section, place.quote,
        )  # fmt: skip
        return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:20]

    @property
    def value(self) -> Decimal | None:
        """The amount's bare decimal, None where absent."""
        return None if self.amount is None else self.amount.value
