"""What headings and clauses of a whole government's paper have said at a place: year, kind of number, fund, flow, level, and the
account spoken of last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.disclosure import Basis, Disclosure
from corpus.figure import Figure, Measure, Scheme
from ingest.layout.governments import period_of
from ingest.prose.fiscal_accounts import Around, account_in, fund_of, level_in
from ingest.prose.fiscal_grammar import Lead, basis_said, is_done
from ingest.prose.grammar import pieces
from ingest.prose.topics import Topic

_BECAUSE = re.compile(r"(?:增长|增加|下降|减少|增收|减收|增支|减支)(?:的)?主要(?:是|因为|由于|系)(?P<why>[^,;。]{4,})")
_SYSTEM = re.compile(
    r"(?:财政)?体制(?:改革|调整)?(?P<when>前|后)|(?P<old>原体制)|(?P<new>新体制)|(?:改革|调整)(?P<alone>前|后)(?=\)|）|口径|一般|收入|支出|税收|非税)"
)
FLOWS = ("收入", "支出")


@dataclass(frozen=True, slots=True)
class Told:
    """The account spoken of, with the year and kind of its number, and the unit that its amount was printed in."""

    topic: Topic
    year: int
    basis: Basis
    unit: str = "万元"


@dataclass(slots=True)
class State:
    """What headings and clauses have said so far."""

    year: int
    basis: Basis
    funding: str = ""
    flow: str = ""
    level: str = "合计"
    said: Basis | None = None
    """The kind of number that a heading without a year names for all under it ((一)年初预算安排情况)."""
    depth: int = 0
    """How deep that heading stands: one as deep ends what it says."""


_DEPTHS = tuple(
    map(
        re.compile,
        (
            r"第[一二三四五六七八九十]+部分", r"[一二三四五六七八九十]+、", r"[(（][一二三四五六七八九十]+[)）]",
            r"\d+[.、．]", r"[(（]\d+[)）]",
        ),
    )
)  # fmt: skip
"""How headings are numbered, from the outermost in."""


def _depth(heading: str) -> int:
    return next((depth for depth, numbered in enumerate(_DEPTHS) if numbered.match(heading)), len(_DEPTHS))


_PLAN_HEADED = re.compile(r"年初预算|预算安排")
_NOT_THE_PLAN_ALONE = re.compile(r"执行|完成|调整|变动|决算|20\d\d年")


class PaperState:
    """The state of reading a paper; `figures` holds what has been stated so far."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.figures: dict[str, Figure] = {}
        self._places = tuple(_names_of(disclosure.issuer))
        self._state = State(disclosure.year, disclosure.basis)
        self._path: tuple[str, ...] = ()
        self._told: Told | None = None
        self._outside: list[Told | None] = []
        self._plan = ""
        self._grand = ""
        self._whole = ""
        self._row: list[Told] = []
        """Accounts whose amounts the sentence has told, in order."""
        self._queue: list[tuple[Lead, Told]] = []
        """Whose each of the percentages to come is (分别占…的62.5%、37.5%)."""
        self._outer: str | None = None
        self._said: Basis | None = None
        self._planned: Basis | None = None
        self._year: int | None = None
        self._level = ""
        self._aside = False
        self._any = False
        self._skipped = False
        self._following = ""
        """The text of the paragraphs after the one that is read."""

    def _headed(self, title: str) -> None:
        """Take in what a heading says: year, kind of number, fund, flow, level of government."""
        state, text = self._state, re.sub(r"\s", "", title)
        years = list(dict.fromkeys(int(year) for year in re.findall(r"20\d\d(?=年)", text)))
        top = re.match(r"第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、", text) is not None
        if len(years) == 1 or (years and not self._any):
            state.year = years[0]
        if (years or period_of(text)) and (kind := self._kind(text, state.year)):
            state.basis = kind
        if top or years:
            state.funding, state.level = "", "合计"
        state.funding = fund_of(text) or ("一般公共预算" if "公共预算" in text else state.funding)
        flows = [flow for flow in FLOWS if flow in text]
        state.flow = flows[0] if len(flows) == 1 else ""
        state.level = fiscal_system(text) or level_in(bare_title(text)) or state.level
        if _PLAN_HEADED.search(text) and not _NOT_THE_PLAN_ALONE.search(text):
            executed = state.basis in (Basis.EXECUTED, Basis.FINAL)
            state.said, state.depth = (Basis.INITIAL, _depth(text)) if executed else (None, 0)
        elif _depth(text) <= state.depth:
            state.said = None
        self._told, self._outside, self._any = None, [], False

    def _kind(self, text: str, year: int) -> Basis | None:
        """What a heading with a year says its numbers are."""
        ours = self.disclosure
        if re.search(r"执行|完成情况|收支情况", text):
            part = ours.basis in (Basis.HALF, Basis.PART) and year == ours.year and "全年" not in text
            return period_of(text) or (ours.basis if part else Basis.EXECUTED)
        if "决算" in text:
            return Basis.FINAL
        if re.search(r"草案|预算|计划|安排", text):
            return Basis.BUDGET
        return period_of(text)

    # ---- clauses

    def _within(self, lead: str) -> None:
        """A level named after 其中 is that of the list alone: the next sentence goes on about what was spoken of before."""
        if "其中" in lead and self._outer is None:
            self._outer = self._level

    def _sentence_over(self) -> None:
        income = self._told is not None and self._told.topic.flow == "收入"
        self._planned = self._said if income and self._said is Basis.INITIAL else None
        self._said = self._year = None
        self._plan, self._whole, self._aside, self._outside = "", "", False, []
        self._row, self._queue = [], []
        if self._outer is not None:
            self._level, self._outer = self._outer, None

    def _brackets(self, lead: str) -> str:
        """The lead inside the innermost open bracket; the account spoken of before a bracket is spoken of after it."""
        while ")" in lead and self._outside and lead.find(")") < (lead.find("(") if "(" in lead else len(lead)):
            self._told = self._outside.pop()
            self._aside = False
            lead = lead[lead.find(")") + 1 :]
        opened = lead.rfind("(")
        if opened >= 0 and lead.count("(") > lead.count(")"):
            inside = lead[opened + 1 :]
            before = [piece for piece in pieces(lead[:opened]) if piece]
            for piece in before:
                self._note(piece)
            self._outside.append(self._told)
            self._aside = re.match(r"不含|剔除|扣除|包括|包含|含|占|其中.{0,4}开发区", inside) is not None
            return inside
        return lead

    def _note(self, piece: str) -> None:
        """Take in what a clause without an amount of its own says."""
        if not piece:
            return
        because = _BECAUSE.search(piece)
        if because and self._told is not None:
            self._give_reason(self._told.topic, because["why"])
            return
        self._level = fiscal_system(piece) or level_in(piece) or self._level
        said = basis_said(piece)
        if said is not None:
            self._said = said
        elif is_done(piece):
            self._said = None
        years = re.findall(r"(?<![比较与同和])(20\d\d)年(?!\d{1,2}月\d)", piece)
        if years:
            self._year = int(years[-1])
        if found := fund_of(piece):
            self._state.funding = found
        flows = [flow for flow in FLOWS if flow in piece]
        if len(flows) == 1 and len(piece) <= 24:
            self._state.flow = flows[0]
        topic = account_in(piece, self._around()) if len(piece) <= 40 else None
        if topic is not None and (topic.code or topic.scheme is Scheme.TOTAL):
            self._told = self._as_told(topic)

    def _around(self, *, listed: bool = False) -> Around:
        state = self._state
        return Around(state.funding, state.flow, self._level or state.level, listed, self._places)

    def _as_told(self, topic: Topic, unit: str = "万元", said: Basis | None = None) -> Told:
        state = self._state
        year = self._year or state.year
        basis = said or self._said or state.said or self._basis_of(year)
        return Told(topic, year, basis, unit)

    def _basis_of(self, year: int) -> Basis:
        """The kind of number that an amount of a year is where nothing else is said."""
        state = self._state
        if year > state.year and state.basis is not Basis.BUDGET:
            return Basis.BUDGET
        return state.basis

    def _give_reason(self, topic: Topic, why: str) -> None:
        """Bind a reason to what has been stated of how an account moved."""
        for key, figure in list(self.figures.items()):
            ours = (figure.scheme, figure.account, figure.component) == (topic.scheme, topic.account, topic.component)
            if ours and figure.measure in (Measure.CHANGE, Measure.RATE) and not figure.reason:
                self.figures[key] = replace(figure, reason=why)


def fiscal_system(text: str) -> str:
    """The fiscal system that a clause says its numbers are of: before or after it was reformed; "" where it says none."""
    found = _SYSTEM.search(text)
    if found is None:
        return ""
    before = found["old"] or (found["when"] or found["alone"]) == "前"
    return "体制改革前" if before else "体制改革后"


def bare_title(text: str) -> str:
    """A heading without what a level of government is not meant by (本级决算报告)."""
    return re.sub(r"^.*?[、.)）]", "", text, count=1)


def _names_of(issuer: str) -> Iterator[str]:
    """The place as its paper calls it, longest first."""
    place_name = re.sub(r"人民政府$|办事处$", "", issuer)
    yield place_name
    for at, char in enumerate(place_name[:-1], 1):
        if char in "省市州县区旗盟":
            yield place_name[at:]
