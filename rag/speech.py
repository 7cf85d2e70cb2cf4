"""How answers are worded, in Chinese and English: names of facts, absences, statuses. No number is made here."""

from __future__ import annotations

from corpus.disclosure import Basis, Disclosure
from corpus.figure import Figure, Measure, Scheme
from corpus.money import Absence
from corpus.vocabulary import vocabulary
from rag.plan import Asked
from rag.values import Value

_BASIS_EN = {
    Basis.BUDGET: "budget", Basis.FINAL: "final accounts", Basis.INITIAL: "initial budget",
    Basis.ADJUSTED: "adjusted budget", Basis.EXECUTED: "budget execution", Basis.HALF: "first half of the year", Basis.PART: "part of the year",
}  # fmt: skip
_ABSENCE = {
    Absence.BLANK: (
        "表中这一栏是空白，没有填数（不等于写明为0）",
        "the cell is left blank (which is not a printed zero)",
    ),
    Absence.DASH: ("表中这一栏印的是短横，没有数字", "a dash is printed there, no number"),
    Absence.NO_DATA: (
        "文件写明没有这项安排，或该表为空表",
        "the document says there is none, or that the table is empty",
    ),
    Absence.NOT_DISCLOSED: ("文件没有公开这一项", "the document does not disclose it"),
    Absence.UNREADABLE: (
        "这一处印了内容，但未能可靠识别",
        "something is printed there that could not be read reliably",
    ),
}
_PLAIN = frozenset(
    {Scheme.TOTAL, Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.PROJECT, Scheme.GOV_ECONOMIC, Scheme.REVENUE}
)


class Speech:
    """Phrases in one language, "zh" or "en"."""

    def __init__(self, language: str) -> None:
        self.english = language == "en"

    def pick(self, chinese: str, english: str) -> str:
        """The wording for the language at hand."""
        return english if self.english else chinese

    def account(self, asked: Asked) -> str:
        """The name of an account as asked for."""
        if not self.english:
            return asked.name
        term = vocabulary().term(asked.name)
        return f"{term.english[0]} ({asked.name})" if term and term.english else asked.name

    def subject(self, value: Value, issuer: str, *, unit: bool = True) -> str:
        """What a value is of: unit, year, account, scope, basis."""
        basis = value.basis
        name, scope = self.account(value.asked), self.scope(value)
        worth = value.figure is not None and value.figure.scheme is Scheme.ASSET and value.figure.amount is not None
        if worth and value.figure is not None and value.figure.measure is Measure.AMOUNT:
            name = self.pick(f"{name}价值", f"value of {value.asked.name}")
        if self.english:
            who = f"{issuer}, " if unit else ""
            return f"{who}{value.year} {_BASIS_EN[basis]}: {name}{scope}"
        who = issuer if unit else ""
        figure = value.figure or (value.operands[0] if value.operands else None)
        total = value.asked.targets[0].scheme is Scheme.TOTAL
        if figure is not None and (value.asked.weak or (total and figure.scheme is not Scheme.TOTAL)):
            name = figure.account
        if total and figure is not None and figure.account.removesuffix("总计") == name.removesuffix("合计"):
            name = figure.account  # with what is carried over, as the document has it: 支出总计, not 支出合计
        kinds = [target.account for target in value.asked.targets if target.scheme is Scheme.FUNCTION]
        if value.figure is not None and len(kinds) > 1 and value.figure.account in kinds:
            name = value.figure.account  # one of the classes that an everyday word stands for (离退休)
        if value.figure is not None and value.figure.scheme is Scheme.ASSET and "购置" not in name:
            return f"{who}{name}（截至{value.year}年）"
        people = value.asked.targets[0].scheme is Scheme.STAFF
        if people and value.figure is not None and value.figure.account in [t.account for t in value.asked.targets[1:]]:
            name = value.figure.account  # as the document has it: 离退休人员 where only they are counted together
        word = "" if people or _counted(value) or name.endswith(("预算", "决算", basis.value)) else basis.value
        return f"{who}{value.year}年{name}{scope}{word}"

    def scope(self, value: Value) -> str:
        """The fund and component of a figure where they are not the plain ones, in brackets."""
        figure = value.figure or (value.operands[0] if value.operands else None)
        if figure is None or figure.scheme not in _PLAIN:
            return ""
        own = figure.scheme is Scheme.REVENUE and figure.funding == "一般公共预算"  # what a government's revenue is
        parts = [] if figure.funding in ("全部", "") or own else [figure.funding]
        known = figure.component == value.asked.component and (
            figure.scheme is Scheme.TOTAL or figure.component in value.asked.name
        )  # the name asked for says it already
        if figure.component not in ("合计", "") and not known and figure.scheme is not Scheme.PROJECT:
            parts.append(figure.component)
        if figure.scheme is Scheme.PROJECT and figure.component == "实施期总额":
            parts.append(self.pick("实施期总额", "whole term"))
        if not parts:
            return ""
        return f" ({', '.join(parts)})" if self.english else f"（{'，'.join(parts)}）"

    def absence(self, absence: Absence | None) -> str:
        """What kind of nothing it is."""
        return self.pick(*_ABSENCE[absence or Absence.NOT_DISCLOSED])

    def status(self, status: str) -> str:
        """The status of a figure in words."""
        return {
            "confirmed": self.pick("已核对：两处独立读数或勾稽关系一致", "confirmed by two readings or an identity"),
            "single": self.pick("单一来源", "single reading"),
            "disputed": self.pick("文件内有不一致的数字", "disputed within the document"),
            "computed": self.pick("计算得出", "computed"),
        }[status]

    def disclosure(self, disclosure: Disclosure) -> str:
        """A disclosure by issuer, year, level and basis."""
        if self.english:
            return f"{disclosure.issuer} {disclosure.year} {_BASIS_EN[disclosure.basis]}"
        return f"{disclosure.issuer}{kind_of(disclosure)}"

    def move(self, positive: bool | None) -> str:
        """Up, down or unchanged."""
        if positive is None:
            return self.pick("持平", "unchanged")
        return self.pick("增加", "an increase of") if positive else self.pick("减少", "a decrease of")


def kind_of(disclosure: Disclosure) -> str:
    """What a disclosure is, with its year: 2025年部门预算, 2024年上半年预算执行情况."""
    period = {Basis.EXECUTED: "", Basis.HALF: "上半年", Basis.PART: "年内"}.get(disclosure.basis)
    if period is not None:
        return f"{disclosure.year}年{period}预算执行情况"
    return f"{disclosure.year}年{disclosure.level.value}{disclosure.basis.value}"


def _counted(value: Value) -> bool:
    figure = value.figure
    return figure is not None and (figure.measure is Measure.COUNT or figure.scheme in (Scheme.ASSET, Scheme.STAFF))


def fact_name(figure: Figure) -> str:
    """A short name of a figure's fact for lists: account and, where it matters, fund and component."""
    parts = [figure.account]
    extra = [p for p in (figure.funding, figure.component) if p not in ("全部", "合计", "财政拨款")]
    if extra and figure.scheme in _PLAIN:
        parts.append(f"（{'，'.join(extra)}）")
    return "".join(parts)
