"""The rule planner: a question, what was asked before, and the open document become a `Plan`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.disclosure import Basis, Disclosure
from corpus.figure import Scheme
from corpus.vocabulary import fold, mended, vocabulary
from rag import wording
from rag.english import is_english, to_chinese
from rag.lexicon import Heard, Lexicon
from rag.numerals import arabic
from rag.plan import Operation, Plan, Problem, Verdict
from rag.residue import content, foreign_word_before, masked, object_after, qualifier
from rag.resolve import Catalogue, Unit
from rag.slots import Slots, accounts_asked, carry, fund_spans
from rag.years import read_years

_OWN = re.compile(
    r"(?:贵|(?<![转交送])(?:你们?|您)|咱们?|我们?|该|(?<![成版])本)"
    r"(?:单位(?!预算|决算|口径|本级)|中心|局|委(?!托)|办(?!公|法|理|事)|部门(?!预算|决算)|街道(?:办事处)?|机关|学校|大学|校)(?:的)?"
)
"""The unit spoken to or of, without its name: that of the open document."""
_MOST_QUESTIONS = 4
_ASKS = re.compile(r"多少|几|什么|哪|吗|谁|是否|有没有|如何|怎么|how|what|which|who")
_MORE_THAN = re.compile(
    r"(?:比|较).{0,12}?(?:多|少)(?:花|用|安排|出|了|支|拨).{0,8}占|(?:增加|减少|增长|增).{0,8}占.{0,8}(?:上年|去年|20\d\d)"
)
"""A change as a share of last year's amount is its rate."""
_UNUSUAL = re.compile(r"是空|空的|空表|为零|是零|是0|为0|没有(?!解释)|没安排|不变|没变|没涨|没降|一分没")
"""What a unit is asked to explain about an account, rather than its meaning."""
_WHO = re.compile(
    r"哪(?:几|一)?家(?:公司|机构|企业|供应商|银行|事务所)|(?:是|请的?是?|找的?是?|选的?是?)哪(?:几|一)?家[?？]?$|供应商|中标(?:单位|方|人|公司)|(?:具体|都)?买了?(?:些)?什么|"
    r"买的(?:都)?(?:是)?什么|谁(?:家)?(?:承接|承包|中标|供货)|给了?谁"
)
"""Names are asked for, no amount."""
_RANKABLE = re.compile(r"花|钱|支出|收入|项目|科目|预算|决算|经费|费用|开支|开销|资金|专项|采购|工资|指标|拨款")
_MONEY_ASKED = re.compile(r"多少|钱|花|费用|几(?:万|亿|块)|开支|开销|支出|预算|决算|金额")
_IN_MONEY = re.compile(r"多少(?:万|亿)?元|多少钱|多少万|几(?:万|亿|块)|多少亿|金额|数额")
_IN_PERCENT = re.compile(r"百分|率|幅度?|%|比例|几成|几个点")
_INNER = (Operation.COMPLETION, Operation.SHARE, Operation.RATE, Operation.CHANGE, Operation.PER_HEAD)


class RulePlanner:
    """Plans questions over a catalogue by rules alone."""

    def __init__(self, catalogue: Catalogue, lexicon: Lexicon, projects: dict[str, frozenset[str]]) -> None:
        self.catalogue = catalogue
        self.lexicon = lexicon
        self.projects = projects
        self.names = tuple(unit.issuer for unit in catalogue.units)
        """Folded project names with the documents that have them: a project's name may stand for its unit."""

    def plan(self, question: str, history: Sequence[str] = (), document: str | None = None) -> Plan:
        """The plan for a question. `history` holds the user's earlier questions, oldest first."""
        slots: Slots | None = None
        operation = inner = Operation.LOOK_UP
        for earlier in (*history[-6:], question):
            current, carried = self.read(earlier), False
            if slots is not None:
                current, carried = carry(slots, current)
            if not (carried and not current.operations):
                operation, inner = _operation(current)
            slots = current
        assert slots is not None
        plan = self._draft(question, slots, operation, inner)
        return self._place(plan, slots, document)

    def questions(self, question: str) -> tuple[str, ...]:
        """The question, or the questions it is made of where each of them names what it asks for ("…多少？其中…多少？");
        at a comma only where each names its own unit too."""
        for mark, unit in ((r"[?？;；。!！\n]+", False), (r"[,，?？;；。!！\n]+", True)):
            pieces = [piece.strip() for piece in re.split(mark, question) if piece.strip()]
            if 1 < len(pieces) <= _MOST_QUESTIONS and all(self._asks(piece, unit) for piece in pieces):
                return tuple(pieces)
        return (question,)

    def _asks(self, piece: str, with_unit: bool) -> bool:
        if _ASKS.search(piece.lower()) is None:
            return False
        slots = self.read(piece)
        if with_unit:
            return bool(slots.mentioned.units) and any(not asked.weak for asked in slots.accounts)
        return bool(slots.accounts or slots.topic)

    def read(self, question: str) -> Slots:
        """What one question says by itself."""
        text = question
        if is_english(text, self.names):
            text = to_chinese(text, self.catalogue.units)
        text = self.catalogue.respelt(_OWN.sub("", mended(arabic(fold(text)))))
        years = read_years(text)
        heard = self._heard(text)
        spans = [(h.start, h.end) for h in heard if not h.asked.weak]
        heard = [
            h for h in heard
            if h.end - h.start > 2 or h.asked.weak or h.asked.said == h.asked.name
            or not object_after(text, h.end, spans)
        ]  # fmt: skip
        spans = [(h.start, h.end) for h in heard if not h.asked.weak]
        mentioned = self.catalogue.mentioned(text, spans)
        unit_spans = [(span.start, span.end) for span in mentioned.spans]
        heard = [h for h in heard if not any(a <= h.start and h.end <= b for a, b in unit_spans)]
        heard = sorted([*heard, *self._stems(text, heard, unit_spans)], key=lambda h: h.start)
        table, heard = _pointed_to(text, heard, unit_spans)
        base = wording.compared_basis(text)
        aside = [*unit_spans, *([base[1]] if base else []), *([table[1]] if table else [])]
        taken = tuple([(h.start, h.end) for h in heard] + aside)
        funds = fund_spans(masked(text, taken))
        veiled = _veiled(text, heard, unit_spans)
        topic = wording.topic(veiled) or (wording.topic(text) if _counts(heard) else "")
        if topic == "duties" and re.search(r"□.{0,4}(?:干|做)(?:什么|啥|嘛)", veiled):
            topic = "purpose"  # what money is for, not what the unit does
        slots = Slots(
            text=text,
            years=years,
            mentioned=mentioned,
            heard=tuple(heard),
            operations=tuple(
                dict.fromkeys(
                    [
                        *([Operation.REMAINDER] if wording.excepted(veiled) else []),
                        *wording.operations(veiled),
                        *wording.operations(read_years(veiled).rest),
                    ]
                )
            ),
            topic=topic,
            bases=wording.bases(masked(text, aside)),
            level=wording.level(masked(text, unit_spans)),
            everyone=(wording.everyone(veiled) and wording.topic(veiled) != "units") or wording.those_with(veiled),
            rest=tuple(content(read_years(masked(text, [*taken, *funds])).rest)),
            taken=taken,
            base=base[0] if base else None,
            table=table[0] if table else "",
        )
        return self._narrowed(slots, [*taken, *funds])

    def _stems(self, text: str, heard: list[Heard], units: Sequence[tuple[int, int]]) -> list[Heard]:
        """Classes said by the stem of their name ("培训" for 培训费), where nothing else is left of the question and money
        is asked for."""
        spans = [*((h.start, h.end) for h in heard if not h.asked.weak), *units]
        words = content(read_years(masked(text, spans)).rest)
        found = []
        for word in words if len(words) <= 2 else ():
            if len(word) < 3 and f"{word}费" not in text and _MONEY_ASKED.search(text) is None:
                continue
            asked, at = self.lexicon.stem(word), text.find(word)
            if asked is not None and at >= 0:
                found.append(Heard(at, at + len(word), asked, sure=False))
        return found

    def _heard(self, text: str) -> list[Heard]:
        """The accounts named. The words of a fund are its own: no account begins or ends within "一般公共预算"."""
        heard = self.lexicon.hear(text)
        cut = [
            (start, end)
            for start, end in fund_spans(text)
            if any(h.start < end and start < h.end and not (h.start <= start and end <= h.end) for h in heard)
        ]
        return self.lexicon.hear(masked(text, cut)) if cut else heard

    def _narrowed(self, slots: Slots, taken: Sequence[tuple[int, int]]) -> Slots:
        """The slots with their accounts put together, and the unknown words before and behind a single account."""
        text = slots.text
        accounts, whole = accounts_asked(slots)
        strong = [h for h in slots.heard if not h.asked.weak]
        alone = strong[0] if len(strong) == 1 else None
        narrowed = qualifier(text, alone.start, taken) if alone else ""
        if alone and not narrowed and alone.asked.targets[0].scheme is Scheme.TOTAL:
            narrowed = foreign_word_before(text, alone.start)
        if alone and narrowed and self.lexicon.misspelt(f"{narrowed}{alone.asked.said}", alone.asked.name):
            narrowed = ""
        tail = object_after(text, strong[-1].end, taken) if strong else ""
        if alone and not tail and not alone.sure and slots.rest and slots.rest[0] in text[alone.end :]:
            tail = slots.rest[0]  # only part of a name was said, and more behind it
        return replace(slots, accounts=accounts, whole=whole, qualifier=narrowed, tail=tail)

    def _draft(self, question: str, slots: Slots, operation: Operation, inner: Operation) -> Plan:
        text = slots.text
        return Plan(
            question=question,
            operation=operation,
            inner=inner,
            language="en" if is_english(question, self.names) else "zh",
            years=slots.years.years,
            bases=slots.bases,
            level=slots.level,
            accounts=slots.accounts,
            whole=slots.whole,
            unit=wording.money_unit(text),
            highest=not wording.lowest(text)
            and not (inner in (Operation.CHANGE, Operation.RATE) and wording.falls(text)),
            top=wording.top(text),
            nth=wording.nth(text),
            absent=wording.absent(text),
            threshold=wording.threshold(text),
            topic=slots.topic,
            everyone=slots.everyone,
            last_years=slots.years.last or (99 if slots.years.every else None),
            relative=slots.years.relative,
            against=slots.years.compared,
            soft_years=slots.soft_years,
            text=text,
            rest=slots.rest,
            qualifier=slots.qualifier,
            tail=slots.tail,
            table=slots.table,
        )

    # ---- which documents

    def _place(self, plan: Plan, slots: Slots, document: str | None) -> Plan:
        """Fill in units and documents, or say why that cannot be done."""
        if plan.operation is Operation.DEFINE and not slots.mentioned.units:
            return replace(plan, documents=(document,) if document else ())
        if self._beside_the_point(plan, slots, document):
            return replace(plan, problem=Problem(Verdict.OUT_OF_SCOPE, "off_domain"))
        units, problem = self._units(plan, slots, document)
        if problem is not None:
            return replace(plan, problem=problem)
        return choose_documents(replace(plan, units=tuple(unit.issuer for unit in units)), units, document)

    def _beside_the_point(self, plan: Plan, slots: Slots, document: str | None) -> bool:
        if slots.accounts and not all(asked.weak for asked in slots.accounts):
            return False
        if wording.off_domain(slots.text):
            return True
        asks = slots.operations and not slots.rest
        about = slots.accounts or asks or slots.topic or slots.has_unit or document
        return not about

    def _units(self, plan: Plan, slots: Slots, document: str | None) -> tuple[tuple[Unit, ...], Problem | None]:
        mentioned, opened = slots.mentioned, self.catalogue.unit_of(document) if document else None
        if mentioned.units:
            return mentioned.units, None
        if mentioned.candidates:
            if opened in mentioned.candidates and opened is not None:
                return (opened,), None
            if plan.everyone or plan.operation in (Operation.RANK, Operation.TABLE, Operation.FILTER):
                return mentioned.candidates, None
            names = tuple(unit.issuer for unit in mentioned.candidates)
            if slots.rest and not slots.topic and not slots.accounts:
                return (), Problem(Verdict.OUT_OF_SCOPE, "off_domain")
            return (), Problem(Verdict.AMBIGUOUS, "unit", mentioned.said, names)
        if mentioned.foreign in vocabulary().places and opened is not None and not slots.accounts:
            return (opened,), None  # a place that the open document is asked about, no unit
        if mentioned.foreign:
            known = tuple(unit.issuer for unit in self.catalogue.units)
            return (), Problem(Verdict.NOT_DISCLOSED, "unit", mentioned.foreign, known)
        if plan.everyone or (opened is None and plan.operation in (Operation.RANK, Operation.TABLE, Operation.FILTER)):
            return self.catalogue.units, None
        if opened is not None:
            return (opened,), None
        if plan.operation is Operation.DOCUMENTS:
            return self.catalogue.units, None
        owners = self._project_owners(plan)
        if len(owners) == 1:
            return owners, None
        if len(self.catalogue.units) == 1:
            return self.catalogue.units, None
        if slots.rest and not slots.topic and all(asked.weak for asked in slots.accounts):
            return (), Problem(Verdict.OUT_OF_SCOPE, "off_domain")  # about no unit, and about nothing we know
        names = tuple(unit.issuer for unit in owners or self.catalogue.units)
        return (), Problem(Verdict.AMBIGUOUS, "unit", "", names)

    def _project_owners(self, plan: Plan) -> tuple[Unit, ...]:
        found: list[Unit] = []
        for asked in plan.accounts:
            if asked.targets[0].scheme is Scheme.PROJECT:
                for document in self.projects.get(fold(asked.name), ()):
                    unit = self.catalogue.unit_of(document)
                    if unit is not None and unit not in found:
                        found.append(unit)
        return tuple(found)


def choose_documents(plan: Plan, units: Sequence[Unit], document: str | None) -> Plan:
    """The documents of the plan's units that bear on its years, basis and level; the open one first."""
    chosen: list[Disclosure] = []
    years = plan.years
    for unit in units:
        own = _of_kind(unit.disclosures, plan, document)
        latest = next((d.year for d in own if d.name == document), max(d.year for d in own))
        if plan.relative is not None and not plan.years:
            years = (latest + plan.relative,)
        elif plan.last_years and not plan.years:
            years = tuple(sorted({d.year for d in own})[-plan.last_years :])
        wanted = years or (latest,)
        exact = [d for d in own if d.year in wanted]
        if exact and not years and document in [d.name for d in exact]:
            exact = [d for d in exact if d.name == document]
        near = [d for d in own if d.year - 1 in wanted and d not in exact]
        if plan.soft_years and not exact:
            exact, near, years = [d for d in own if d.year == latest], [], (latest,)
        chosen += [*exact, *near] or own
    chosen.sort(key=lambda d: d.name != document)
    return replace(plan, documents=tuple(d.name for d in chosen), years=tuple(sorted(years)))


def _of_kind(disclosures: Sequence[Disclosure], plan: Plan, document: str | None) -> list[Disclosure]:
    """Those of the level and basis asked for, or of the open document's, where there are any."""
    own = list(disclosures)
    opened = next((d for d in own if d.name == document), None)
    level = plan.level or (opened.level if opened else None)
    same = [d for d in own if d.level is level]
    own = same if level and same else own
    basis: Basis | None = None
    if len(plan.bases) == 1 and plan.bases[0] in (Basis.BUDGET, Basis.FINAL):
        basis = plan.bases[0]
    elif opened is not None and not plan.bases:
        basis = opened.basis
    same = [d for d in own if d.basis is basis]
    return same if basis and same else own


def _counts(heard: Sequence[Heard]) -> bool:
    return any(h.asked.targets[0].scheme is Scheme.STAFF or h.asked.said.endswith("单位") for h in heard)


def _pointed_to(
    text: str, heard: list[Heard], units: Sequence[tuple[int, int]]
) -> tuple[tuple[str, tuple[int, int]] | None, list[Heard]]:
    """The table that the question points into ("基本支出经济分类表里的公务接待费"), and the accounts named outside it."""
    blank = re.sub(r"(?:20\d\d|\d\d)年度?|[预决]算(?!表)", lambda m: " " * len(m.group()), masked(text, units))
    table = wording.table_named(blank)
    if table is None:
        return None, heard
    start, end = table[1]
    outside = [h for h in heard if h.end <= start or h.start >= end]
    inside = [h for h in heard if h not in outside and not h.asked.weak]
    if inside and not any(not h.asked.weak for h in outside):
        return (table[0], (end, end)), heard
    return table, outside


def _veiled(text: str, heard: Sequence[Heard], units: Sequence[tuple[int, int]]) -> str:
    """The question with accounts as □ and units as ■, so that names do not look like question words."""
    marks = [(h.start, h.end, "□") for h in heard if not h.asked.weak] + [(a, b, "■") for a, b in units]
    for start, end, mark in sorted(marks, reverse=True):
        text = text[:start] + mark + text[end:]
    return text


# ---- operation


def _same_clause(slots: Slots) -> list[str]:
    """The unknown words of the clause in which the first account stands."""
    at = slots.heard[0].start if slots.heard else 0
    starts = [m.end() for m in re.finditer(r"[,，;；。!！?？]", slots.text) if m.end() <= at]
    clause = re.split(r"[,，;；。!！?？]", slots.text[starts[-1] if starts else 0 :])[0]
    return [word for word in slots.rest if word in clause]


def _operation(slots: Slots) -> tuple[Operation, Operation]:
    """What is wanted, and for rankings, tables and trends what is ranked or listed."""
    said = slots.operations
    inner = next((op for op in _INNER if op in said), Operation.LOOK_UP)
    if inner is Operation.RATE and _IN_MONEY.search(slots.text) and not _IN_PERCENT.search(slots.text):
        inner = Operation.CHANGE  # "同比变动多少万元"
    if inner is Operation.SHARE and len(slots.accounts) <= 1 and slots.whole is None and _MORE_THAN.search(slots.text):
        said, inner = (Operation.RATE,), Operation.RATE
    several = len(slots.accounts) > 1 or len(slots.mentioned.units) > 1 or slots.everyone
    strong = any(not asked.weak for asked in slots.accounts)
    for operation in (Operation.DOCUMENTS, Operation.CONSISTENCY):
        if operation in said and not (operation is Operation.DOCUMENTS and slots.accounts and strong):
            return operation, inner
    if Operation.REMAINDER in said and strong:
        return Operation.REMAINDER, Operation.LOOK_UP
    if Operation.DIFFERENCE in said and len(slots.years.years) == 2 and strong_or_total(slots):
        return Operation.DIFFERENCE, Operation.LOOK_UP
    if Operation.TREND in said and (slots.years.last or slots.years.every or len(slots.years.years) > 1):
        return (Operation.TREND, inner) if inner is not Operation.CHANGE else (Operation.TREND, Operation.LOOK_UP)
    if Operation.REASON in said:
        return Operation.REASON, inner
    if _WHO.search(slots.text) and not slots.everyone and Operation.RANK not in said and Operation.FILTER not in said:
        parts = slots.accounts and slots.accounts[0].targets[0].scheme in (Scheme.ECONOMIC, Scheme.FUNCTION)
        return (Operation.BREAKDOWN if parts and "买" in slots.text else Operation.PROSE), inner
    meaning = wording.meaning(slots.text)
    if Operation.DEFINE in said and strong and _UNUSUAL.search(slots.text):
        return Operation.REASON, inner
    if Operation.DEFINE in said and (meaning or not (slots.has_year or slots.topic or slots.has_unit)):
        return Operation.DEFINE, inner
    counted = slots.accounts and _counts([h for h in slots.heard if not h.asked.weak])
    if slots.topic == "units" and (not strong or (counted and re.search(r"哪些|名单|分别", slots.text))):
        return Operation.PROSE, inner
    if strong and (Operation.FILTER in said or (slots.everyone and wording.threshold(slots.text) is not None)):
        return Operation.FILTER, inner
    pair = len(slots.mentioned.units) == 2 or len(slots.accounts) == 2
    if pair and Operation.DIFFERENCE in said and inner in (Operation.LOOK_UP, Operation.CHANGE):
        return Operation.DIFFERENCE, Operation.LOOK_UP
    if Operation.RANK in said:
        beside = not slots.accounts and slots.rest and _RANKABLE.search(slots.text) is None
        return (Operation.PROSE if beside else Operation.RANK), inner
    if Operation.TREND in said or slots.years.last or slots.years.every:
        return (Operation.TREND, inner) if inner is not Operation.CHANGE else (Operation.TREND, Operation.LOOK_UP)
    if Operation.AVERAGE in said and not several and re.search(r"员工|职工|人员|干部|每人", slots.text):
        return Operation.PER_HEAD, Operation.PER_HEAD
    for operation in (Operation.SUM, Operation.AVERAGE):
        together = several or len(slots.years.years) > 1 or wording.SEVERAL_PROJECTS.search(slots.text)
        if operation in said and inner is Operation.LOOK_UP and together:
            return operation, inner
    if (len(slots.mentioned.units) > 1 or slots.everyone) and any(
        a.said.endswith(("合计", "总和")) for a in slots.accounts
    ):
        return Operation.SUM, inner
    if Operation.DIFFERENCE in said and wording.both_levels(slots.text):
        return Operation.DIFFERENCE, Operation.LOOK_UP
    if len(slots.bases) > 1 and (Operation.DIFFERENCE in said or Operation.CHANGE in said):
        return Operation.DIFFERENCE, inner
    if Operation.TABLE in said and (several or not slots.has_unit):
        return Operation.TABLE, inner
    if Operation.DIFFERENCE in said and (len(slots.accounts) > 1 or len(slots.mentioned.units) > 1):
        return Operation.DIFFERENCE, inner
    if inner is Operation.COMPLETION and any(a.targets[0].scheme is Scheme.PERFORMANCE for a in slots.accounts):
        return Operation.LOOK_UP, Operation.LOOK_UP
    if inner is not Operation.LOOK_UP:
        return inner, inner
    return _plain_operation(slots, several, strong), inner


def strong_or_total(slots: Slots) -> bool:
    """Whether one account of one unit is asked for, of two years: their difference, no course over the years."""
    return (
        len(slots.accounts) == 1
        and slots.years.last in (None, 2)
        and re.search(r"趋势|走势|历年|逐年", slots.text) is None
    )


def _plain_operation(slots: Slots, several: bool, strong: bool) -> Operation:
    said = slots.operations
    if Operation.DIFFERENCE in said and not several:
        return Operation.DIFFERENCE if len(slots.years.years) > 1 or slots.bases else Operation.CHANGE
    projects = any(a.component == "项目支出" or a.name == "绩效目标项目" for a in slots.accounts)
    counted = strong and slots.accounts[0].targets[0].scheme is Scheme.PERFORMANCE and "几" in slots.text
    if Operation.LIST in said and (not strong or projects) and not counted:
        return Operation.LIST
    if Operation.TARGETS in said and not any(a.targets[0].scheme is Scheme.PERFORMANCE for a in slots.accounts):
        return Operation.TARGETS
    if (len(slots.bases) > 1 and strong) or (len(slots.years.years) > 1 and slots.accounts):
        return Operation.LOOK_UP  # "全年预算和决算分别是多少": the account in both
    if Operation.BREAKDOWN in said and len(slots.accounts) <= 1 and (not slots.topic or slots.topic == "purpose"):
        if projects:
            return Operation.LIST
        if slots.accounts:
            return Operation.BREAKDOWN
    if slots.topic == "organisation" and re.search(r"哪些|什么|名单|分别", slots.text):
        return Operation.PROSE
    if slots.topic and not (strong and slots.topic in ("units", "organisation", "duties", "tasks")):
        return Operation.PROSE
    passing = slots.accounts and not strong and not slots.accounts[0].funding
    if passing and any(not word.isascii() for word in _same_clause(slots)):
        return Operation.PROSE  # "预算" said in passing, of something else
    return Operation.LOOK_UP if slots.accounts else Operation.PROSE
