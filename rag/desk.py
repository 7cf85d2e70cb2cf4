"""What every operation works with: plan, shelf, evidence, speech; and the telling of one value with its proof."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from corpus.accounts import clean_name
from corpus.disclosure import Basis, Disclosure, Severity
from corpus.figure import Figure, Measure, Scheme, Status
from corpus.locator import Locator
from corpus.money import Absence, Amount, parse_number
from corpus.vocabulary import fold
from rag.amounts import amount_of
from rag.answer import Evidence, Result, rounded, show
from rag.finder import is_of
from rag.naming import in_order
from rag.plan import Asked, Plan, Verdict
from rag.retrieve import Searcher, coverage
from rag.shelf import Shelf
from rag.speech import Speech
from rag.values import Source, Value

_SHORTENED = 3
"""Characters from which on a word may stand for a project's longer name."""
_MANY_YUAN = 10_000
"""From how many 元 on an amount is told in 万元 too."""
_SAME_TABLE = 0.75
"""The share of a table's words in the question that must stand in its title."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is verified."""

    verdict: Verdict
    text: str
    result: Result | None = None


@dataclass
class Desk:
    """One question's workplace."""

    plan: Plan
    shelf: Shelf
    searcher: Searcher
    evidence: Evidence = field(default_factory=Evidence)

    def __post_init__(self) -> None:
        self.speech = Speech(self.plan.language)

    def source(self, document: str) -> Source:
        """A document's figures, and its siblings by year."""
        disclosure = self.shelf.disclosure(document)

        def sibling(year: int) -> Source | None:
            unit = self.shelf.catalogue.by_issuer[disclosure.issuer]
            same = [d for d in unit.disclosures if d.year == year and d.level is disclosure.level]
            same.sort(key=lambda d: d.basis is not disclosure.basis)
            return self.source(same[0].name) if same else None

        return Source(disclosure, pointed_to(self.shelf.figures(document), self.plan.table), sibling)

    def sources(self) -> list[Source]:
        """The plan's documents."""
        return [self.source(document) for document in self.plan.documents]

    def money(self, amount: Amount) -> Amount:
        """The amount in the money unit asked for."""
        if self.plan.unit and amount.is_money and amount.unit != self.plan.unit:
            exact = amount.to(self.plan.unit)
            converted = Amount(Decimal(f"{exact.value.normalize():f}"), exact.unit)
            return self.evidence.compute(converted, f"{show(amount)} = {show(converted)}")
        return amount

    def result(self, value: Value) -> Result | None:
        """The headline of a value: an empty table or a stated "none" counts as 0, a blank does not."""
        if value.amount is None:
            figure = value.figure
            if figure is not None and figure.absence is Absence.NO_DATA:
                unit = "辆" if figure.measure is Measure.COUNT else "万元"
                return Result(Amount(self.zero, unit), figure.status.value)
            return None
        shown = self.money(value.amount)
        if not (shown.unit == "台" and re.search(r"[几少]台", self.plan.text)):
            shown = Amount(shown.value, _counter(value.asked.name, shown.unit))
        formula = value.formula
        if shown != value.amount and shown.is_money:
            step = f"{show(value.amount)} = {show(shown)}"
            formula = f"{formula}; {step}" if formula else step
        return Result(shown, value.status, formula)

    @property
    def zero(self) -> Decimal:
        """Nought, for what a document says there is none of."""
        return Decimal(0)

    def tell(self, value: Value, issuer: str, *, unit: bool = True) -> str:
        """One sentence for a value, with markers for every place it rests on; adds the warnings it calls for."""
        subject = self.speech.subject(value, issuer, unit=unit)
        figure = value.figure
        if value.amount is None and figure is not None:
            return self._absent(subject, figure)
        assert value.amount is not None, "a computed value has an amount"
        amount = self.shown(value.amount)
        if figure is not None and figure.measure is Measure.TARGET:
            return self._target(value, figure, issuer)
        marks = self.marks(value)
        if value.formula is not None:
            self.evidence.compute(value.amount, value.formula)
            self._doubt(value)
            formula = self.speech.pick(f"（计算：{value.formula}）", f" (computed: {value.formula})")
            return self.speech.pick(
                f"{subject}：**{amount}**{formula}{marks}", f"{subject}: **{amount}**{formula} {marks}"
            )
        self.caution(value)
        return self.speech.pick(f"{subject}：**{amount}**{marks}", f"{subject}: **{amount}** {marks}")

    def _doubt(self, value: Value) -> None:
        """Warn where the document prints a rate that does not fit what was computed from its amounts."""
        if value.doubt is None or value.doubt.amount is None or value.amount is None:
            return
        rate, mark = show(value.doubt.amount), self.evidence.cite(value.doubt)
        self.evidence.warn(self.speech.pick(
            f"文件写的增减率是{rate}{mark}，与按增减额算出的{show(value.amount)}不符，两者有一个印错了。",
            f"The document prints a rate of {rate} {mark}, which does not fit the amount computed from the change.",
        ))  # fmt: skip

    def shown(self, amount: Amount) -> str:
        """An amount as answers print it; many 元 also in 万元, as people compare them, unless the question names a
        unit."""
        printed = show(self.money(amount))
        if self.plan.unit or amount.unit != "元" or abs(amount.value) < _MANY_YUAN:
            return printed
        exact = amount.to("万元").value
        near = Amount(rounded(exact), "万元")
        self.evidence.compute(near, f"{show(amount)} ≈ {show(near)}")
        about = "" if near.value == exact else self.speech.pick("约", "about ")
        return f"{printed}{self.speech.pick('（', ' (')}{about}{show(near)}{self.speech.pick('）', ')')}"

    def _target(self, value: Value, figure: Figure, issuer: str) -> str:
        """A performance target as printed ("≥10 场次"), with the project it belongs to."""
        told: dict[tuple[str, str], str] = {}
        base = _base(figure.account)
        for other in self.shelf.figures(figure.document):
            if other.measure is Measure.TARGET and _base(other.account) == base and other.component == figure.component:
                printed = other.locator.quote.strip()
                part = other.account[len(base) :].strip("()（）")
                of = "".join(f"（{name}）" for name in (other.entity, part) if name)
                bare = parse_number(printed) is not None or not printed  # the unit stands in another cell
                words = show(other.amount) if bare and other.amount else self.evidence.words(printed)
                said = f"{words}{of}{self.evidence.cite(other)}"
                told.setdefault((other.entity + part, printed), said)
        listed = self.speech.pick("；", "; ").join(told.values()) or self.marks(value)
        return self.speech.pick(
            f"{issuer}{figure.year}年绩效目标“{base}”：{listed}",
            f"{issuer}, {figure.year}, performance target “{base}”: {listed}",
        )

    def _absent(self, subject: str, figure: Figure) -> str:
        mark = self.evidence.cite(figure)
        words = self.speech.absence(figure.absence)
        quoted = figure.locator.quote.strip()
        if figure.absence is Absence.NO_DATA:
            said = (
                self.speech.pick(
                    f"，原文：{self.evidence.words(quoted)}", f"; in the original: {self.evidence.words(quoted)}"
                )
                if quoted
                else ""
            )
            zero = self.speech.pick("**0**（", "**0** (")
            close = self.speech.pick("）", ")")
            return f"{subject}{self.speech.pick('：', ': ')}{zero}{words}{said}{close}{mark}"
        return f"{subject}{self.speech.pick('：', ': ')}{words}{mark}"

    def marks(self, value: Value) -> str:
        """Markers for the places of a value: the reading and those that agree with it, or all operands."""
        if value.choice is None:
            return "".join(dict.fromkeys(self.evidence.cite(figure) for figure in value.operands))
        places = (value.choice.figure, *value.choice.corroborating)
        return "".join(dict.fromkeys(self.evidence.cite(figure) for figure in places))

    def caution(self, value: Value) -> None:
        """Add the warnings that a figure calls for: disputed, recognised from a scan, other scopes, contradictions,
        repairs."""
        choice = value.choice
        if choice is None:
            return
        figure = choice.figure
        if value.status == Status.DISPUTED.value:
            self._warn_disputed(value)
        if figure.ocr:
            self.evidence.warn(self.speech.pick(
                "这个数字来自扫描件的文字识别，请对照原页核实。", (
                    "This number was recognised from a scanned page; check "
                    "it against the page."
                )
            ))  # fmt: skip
        for rival in choice.rivals[:2]:
            if rival.amount is None:
                continue
            mark = self.evidence.cite(rival)
            name = f"{rival.account}（{rival.funding}，{rival.component}，{rival.scheme.value}）"
            self.evidence.warn(self.speech.pick(
                f"口径不同、数字不同：{name}为{show(rival.amount)}{mark}。", (
                    f"Another scope has another amount: {name} {show(rival.amount)} "
                    f"{mark}."
                )
            ))  # fmt: skip
        self._warn_findings(figure)
        self._warn_repaired(figure)

    def _warn_disputed(self, value: Value) -> None:
        assert value.choice is not None, "read, not computed"
        figure = value.choice.figure
        others = [f for f in value.choice.disputing if f.amount is not None]
        if others:
            told = "、".join(f"{show(f.amount)}{self.evidence.cite(f)}" for f in others[:3] if f.amount is not None)
            self.evidence.warn(self.speech.pick(
                f"文件内对这一项有不同的数字：另有{told}。",
                f"The document gives differing numbers for this: also {told}."
            ))  # fmt: skip
        elif figure.because:
            self.evidence.warn(self.speech.pick(
                f"这个数字与文件内其他数字对不上：{figure.because}", (
                    "This number does not agree with others in the document: "
                    f"{figure.because}"
                )
            ))  # fmt: skip

    def _warn_findings(self, figure: Figure) -> None:
        """Contradictions of the document of which this very place is one side."""
        if self.evidence.warnings:
            return
        for finding in self.shelf.findings(figure.document):
            if finding.severity is not Severity.CONTRADICTION or not any(
                same_place(s.locator, figure.locator) for s in finding.sides
            ):
                continue
            marks = "".join(dict.fromkeys(self.evidence.quote(side.locator) for side in finding.sides[:3]))
            self.evidence.findings.append(finding)
            message = finding.message_en if self.speech.english and finding.message_en else finding.message
            self.evidence.warn(f"{message}{marks}")
            return

    def _warn_repaired(self, figure: Figure) -> None:
        place = figure.locator
        if place.table_id is None or place.row_index is None or place.column_index is None:
            return
        table = next((t for t in self.shelf.tables(figure.document) if t.id == place.table_id), None)
        cell = table.at(place.row_index, place.column_index) if table else None
        if cell is not None and cell.repaired:
            self.evidence.warn(
                self.speech.pick(
                    f"原表此处有错位，已校正：{cell.repaired}",
                    f"The printed table is shifted here; put right: {cell.repaired}",
                )
            )

    def amount(self, source: Source, asked: Asked, year: int) -> Value | None:
        """The amount asked for, read or derived; the issuer's other disclosure of that year is looked into too."""
        if asked.table:
            source = replace(source, figures=pointed_to(source.figures, asked.table))
        if asked.project:
            source = replace(
                source, figures=[f for f in source.figures if clean_name(f.entity) == clean_name(asked.project)]
            )
        if self.plan.qualifier:
            source = replace(source, figures=said_of(source.figures, self.plan.qualifier, asked))
        return amount_of(source, asked, year, self.plan.bases)

    def of_basis_asked(self) -> bool:
        """Whether the first document is of the kind the question asks for: what a budget's sentences say is no final
        account."""
        asked = self.plan.bases
        own = self.shelf.disclosure(self.plan.documents[0]).basis if self.plan.documents else None
        return not asked or own in asked or own is Basis.FINAL

    def of_basis_said(self, sentence: str) -> bool:
        """Whether a sentence of the first document may be about the kind of number asked for: one that speaks of the budget
        alone states no final account."""
        if self.plan.bases != (Basis.FINAL,):
            return True
        return "预算" not in sentence or re.search(r"决算|实际|支出[为是数]|完成|执行", sentence) is not None

    def own_documents(self) -> list[str]:
        """The first document, then the other papers of its unit, the latest first."""
        first = list(self.plan.documents[:1])
        unit = self.shelf.catalogue.unit_of(first[0]) if first else None
        others = sorted(unit.disclosures, key=lambda d: -d.year) if unit else []
        return list(dict.fromkeys([*first, *(disclosure.name for disclosure in others)]))

    def issuer(self, document: str) -> str:
        """The issuer of a document."""
        return self.shelf.disclosure(document).issuer


def pointed_to(figures: Sequence[Figure], table: str) -> Sequence[Figure]:
    """The figures of the table that a question points into, all of them where it points into none that is here."""
    if not table:
        return figures
    inside = {title for f in figures if (title := f.locator.table) and coverage([table], fold(title)) >= _SAME_TABLE}
    return [f for f in figures if f.locator.table in inside] or figures


def said_of(figures: Sequence[Figure], word: str, asked: Asked) -> Sequence[Figure]:
    """The figures of the project, or with the bracketed addition, that a word right before the account names ("96196电梯平台
    的支出进度"); all of them where there are none."""
    own = [
        f for f in figures
        if any(of_project(f, part) or in_order(part, f.name.partition("（")[2]) for part in word.split("、"))
        and is_of(f, asked)
    ]  # fmt: skip
    return own or figures


def _base(account: str) -> str:
    """An indicator's name without the addition in brackets that says whose it is."""
    return re.split(r"[(（]", account)[0] or account


def of_project(figure: Figure, word: str) -> bool:
    """Whether a figure belongs to the project that a word shortens."""
    return len(word) >= _SHORTENED and in_order(word, fold(figure.entity))


def same_place(one: Locator, other: Locator) -> bool:
    """Whether two locators name the same cell, or the same sentence."""
    if one.table_id is not None or other.table_id is not None:
        return (one.table_id, one.row_index, one.column_index) == (other.table_id, other.row_index, other.column_index)
    return one.page == other.page and bool(one.quote) and (one.quote in other.quote or other.quote in one.quote)


def replace_plan(desk: Desk, **changes: Any) -> Desk:
    """The same workplace with a plan changed in some fields; the evidence is shared."""
    return Desk(replace(desk.plan, **changes), desk.shelf, desk.searcher, desk.evidence)


def disclosures(desk: Desk, names: Sequence[str]) -> list[Disclosure]:
    """Disclosures by file name."""
    return [desk.shelf.disclosure(name) for name in names]


def is_asset(asked: Asked) -> bool:
    """Whether a holding is asked for (which has a count and perhaps a value)."""
    return asked.targets[0].scheme is Scheme.ASSET


def with_measure(asked: Asked, measure: Measure) -> Asked:
    """The same account, another measure."""
    return replace(asked, measure=measure)


def _counter(account: str, unit: str) -> str:
    """The counting word of what is counted, where the document prints a plainer one ("批次24个", "车辆8台")."""
    if unit == "个" and account.endswith(("批次", "人次")):
        return account[-2:]
    return "辆" if unit in ("台", "个") and account in ("车辆", "公务用车保有量", "公务用车购置数") else unit
