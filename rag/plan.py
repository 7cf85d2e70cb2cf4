"""What a question asks for, as a value. The rule planner and the model planner both make a `Plan`; all after it is
shared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.disclosure import Basis, Level
from corpus.figure import Measure
from corpus.money import Amount
from corpus.vocabulary import Target


class Operation(StrEnum):
    """What is to be done with the figures."""

    LOOK_UP = "look_up"
    CHANGE = "change"
    RATE = "rate"
    REASON = "reason"
    SHARE = "share"
    SUM = "sum"
    DIFFERENCE = "difference"
    REMAINDER = "remainder"
    AVERAGE = "average"
    RANK = "rank"
    FILTER = "filter"
    LIST = "list"
    BREAKDOWN = "breakdown"
    TREND = "trend"
    TABLE = "table"
    PER_HEAD = "per_head"
    COMPLETION = "completion"
    DEFINE = "define"
    TARGETS = "targets"
    CONSISTENCY = "consistency"
    PROSE = "prose"
    DOCUMENTS = "documents"


class Verdict(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    NOT_DISCLOSED = "not_disclosed"
    AMBIGUOUS = "ambiguous"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Asked:
    """An account that is asked for. `targets` are the facts it may stand for, best first.

    `flow`, `funding`, `component` and `measure` are "" or None where the question leaves them open. `said` is the
    question's own wording, `name` the canonical one. `weak`: said only in passing ("预算"), gives way to anything
    definite.
    """

    name: str
    said: str
    targets: tuple[Target, ...]
    flow: str = ""
    funding: str = ""
    component: str = ""
    measure: Measure | None = None
    weak: bool = False
    fallback_funding: str = ""
    base: Basis | None = None
    """What its change is measured against ("比2024年预算执行数"), None for the like number of the year before."""
    table: str = ""
    """Words of the table it is said to stand in, where the question names several."""
    project: str = ""
    """The project whose indicator it is, where the question names both."""
    parent: Target | None = None
    """The class above it that was named with it ("宣传事务的一般行政管理事务")."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a question cannot be planned for: a verdict, and what is needed to say so (units, years, the word in
    doubt)."""

    verdict: Verdict
    kind: str
    said: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A question, understood.

    `units` are issuers by their full names, `documents` the file names to look in (best first). `years` are the fiscal
    years asked for, () when none is said. `bases` likewise. `unit` is the money unit asked for ("" for as printed).
    `highest` and `top` belong to RANK, `absent` to FILTER ("没有" rather than "有"). `whole` is what a SHARE is of.
    `topic` names a kind of prose (duties, organisation …). `everyone`: all units of the book are meant.
    """

    question: str
    operation: Operation
    inner: Operation = Operation.LOOK_UP
    """What a RANK, FILTER, TABLE or TREND is about: look-up, share, rate, change, per head, completion."""
    language: str = "zh"
    units: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    bases: tuple[Basis, ...] = ()
    level: Level | None = None
    accounts: tuple[Asked, ...] = ()
    whole: Asked | None = None
    unit: str = ""
    highest: bool = True
    top: int | None = None
    nth: int | None = None
    """For RANK: the place asked for ("排第三"), None for the first."""
    absent: bool = False
    threshold: tuple[str, Amount] | None = None
    """For FILTER: ">" or "<" and the amount that is to be passed ("超过1万元")."""
    topic: str = ""
    everyone: bool = False
    last_years: int | None = None
    """"近三年": how many of the latest years."""
    relative: int | None = None
    """"今年" 0, "去年" -1, "前年" -2, "明年" 1: relative to the latest fiscal year at hand."""
    against: tuple[int, ...] = ()
    """Years named only as the base of a comparison ("比2023年")."""
    soft_years: bool = False
    """The years were carried over from an earlier question and give way when the unit has others."""
    text: str = ""
    """The folded question in Chinese, as the planner read it."""
    before: str = ""
    """The folded question before, where this one leans on it."""
    opened: str = ""
    """The document that the reader has open, where it is not among `documents` though the unit asked about is one of
    those it covers."""
    rest: tuple[str, ...] = ()
    """Words of the question that are neither unit, year, account nor question words."""
    qualifier: str = ""
    """An unknown word that narrows the account ("话务员" in "话务员的工资")."""
    tail: str = ""
    """An unknown word right behind the account ("实施期资金总额" in "云桌面服务费实施期资金总额")."""
    base: Basis | None = None
    """The kind of number of an earlier year that changes are measured against, where the question names one."""
    table: str = ""
    """Words of the table that the question points to ("基本支出经济分类" in "基本支出经济分类表里的公务接待费")."""
    problem: Problem | None = None
    notes: tuple[str, ...] = ()
    """What was taken for granted and should be said (a year not asked for, another document than the open one)."""
    planner: str = "rules"
