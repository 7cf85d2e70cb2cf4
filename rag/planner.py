"""The rule planner: a question, what was asked before, and the open document become a `Plan`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from corpus.disclosure import Level
from corpus.figure import Scheme
from corpus.vocabulary import fold, mended, vocabulary
from rag import bases_said, conditions, residue, wording
from rag.assembling import accounts_asked
from rag.covered import part_named
from rag.english import is_english, to_chinese
from rag.followup import carry
from rag.funds_said import fund_spans
from rag.hearing import glossed, listed, named, pointed_to, quoted, shared_ending, stems, veil
from rag.intent import operation_of, operations_said, topic_said
from rag.levels import levels_said
from rag.lexicon import Lexicon
from rag.naming import Unit, in_order
from rag.numerals import arabic
from rag.orders import without_orders, without_preamble
from rag.owners import evaluating, project_owners, with_the_project
from rag.placing import choose_documents
from rag.plan import Operation, Plan, Problem, Verdict
from rag.residue import content, foreign_word_before, masked, object_after, qualifier
from rag.resolve import Catalogue
from rag.said_short import spelt_out
from rag.slots import Slots, asked_apart
from rag.years import read_years

_PLAINLY = re.compile(r"(?:是|有|为|相当于|等于|花了?|安排了?)多少|多少(?:钱|万|元|亿)|几何|几多")
"""An amount is asked for outright, whatever the question before asked."""
_OWN = re.compile(
    r"(?:贵|(?<![转交送])(?:你们?|您)|咱们?|我们?|该|(?<![成版])本)"
    r"(?:单位(?!预算|决算|口径|本级)|中心|局|委(?!托)|办(?!公|法|理|事)|部门(?!预算|决算)|街道(?:办事处)?|机关|学校|大学|校)(?:的)?"
    r"|^(?:部|厅|办|处|所|站|队|馆|中心|街道|学校|医院|单位|院|局|委|校)里(?:今年|去年|全年|一年)?(?![面头边])"
)
"""The unit spoken to or of, without its name: that of the open document."""
_MOST_QUESTIONS = 4
_MONTHS = re.compile(r"(?<!\d)1\s*[-—~至到]\s*(?:[2-57-9]|1[01])\s*月(?:份)?")
"""Months from January on, without their number: they are no span of years."""
_BACKWARDS = (
    r"(?:按照?|根据|照|依据|依照?|据|凭|参照|从|由|用|拿|以|通过)[^,，。?？()（）]{2,24}?"
    r"(?:倒推|反推|倒算|反算|推算|推导|推|倒着?[算推]|往[回前][推算])(?:一下|回去|出来|过来|的话|吧)*"
)
_RECKONED_BY = re.compile(rf"^{_BACKWARDS}[,，]|[,，;；]?(?:请|麻烦|如果|可以|能)?{_BACKWARDS}(?=[?？。]?$)")
_RECKONED_ASIDE = re.compile(r"[(（](?:按照?|根据|照)[^()（）]{2,24}(?:倒推|反推|倒算|推算|推|计算)[^()（）]{0,4}[)）]")
"""How the asker would work it out, which is not what is asked for ("按今年预算和增加额倒推，2025年收入预算是多少")."""
_WHICH_ONES = re.compile(r"^(?:那|都|分别|具体)*(?:是|叫|有)?(?:哪(?:几个?|些|[一二两三四五六七八九十\d]+个)|什么名字)")
"""A question that goes on to names where numbers were asked for ("是哪几个？")."""
_HALF = re.compile(r"(?<!\d)1\s*[-—~至到]\s*6\s*月(?:份)?|一[至到]六月(?:份)?|(?:前|头|年初)(?:六|6)个月|半年度")
_BODY = re.compile(r"[厅局]|委(?!托|员|派)")
"""Behind a class that is no class there, but the beginning of a body's name (交通运输|厅)."""
_CENTRE = re.compile(r"(?:服务|管理|发展|促进|保障|事务|指导)中心")
"""Behind any account that is none, but the beginning of a body's name (中小企业|服务中心)."""
_NAMED_BODY = 3
"""Characters from which on a listed institution's name is known in a question."""
_HOW_MANY = re.compile(r"几个|多少个|几项|多少项|几条")
_ASKS = re.compile(r"多少|几|什么|啥|咋|哪|吗|谁|是否|有没有|如何|怎么|how|what|which|who")


class RulePlanner:
    """Plans questions over a catalogue by rules alone."""

    def __init__(
        self, catalogue: Catalogue, lexicon: Lexicon, projects: dict[str, frozenset[str]],
        says: Callable[[str, str], bool] | None = None, bodies: Mapping[str, frozenset[str]] | None = None,
        reached: Mapping[str, frozenset[str]] | None = None,
    ) -> None:  # fmt: skip
        self.catalogue = catalogue
        self.lexicon = lexicon
        self.says = says or (lambda _document, _words: False)
        """Whether a document speaks of something in just these words."""
        self.bodies = bodies or {}
        """Institutions that tables of documents list, by folded name, with those documents."""
        self.reached = reached or {}
        """Indicators of self-evaluations, by folded name, with those documents."""
        self.projects = projects
        self.names = tuple(unit.issuer for unit in catalogue.units)
        """Folded project names with the documents that have them: a project's name may stand for its unit."""

    def plan(self, question: str, history: Sequence[str] = (), document: str | None = None) -> Plan:
        """The plan for a question. `history` holds the user's earlier questions, oldest first."""
        slots: Slots | None = None
        operation = inner = Operation.LOOK_UP
        for earlier in (*history[-6:], question):
            current, carried = self.read(earlier), False
            before = operation
            if slots is not None:
                current, carried = carry(slots, current)
            plain = current.accounts and _PLAINLY.search(current.text) is not None
            told = operation is Operation.PROSE and any(not asked.weak for asked in current.accounts)
            told = told or _WHICH_ONES.search(current.text) is not None
            told = told or bool(current.topic) or bases_said.OVERSPENT.search(current.text) is not None
            if not (carried and not current.operations) or plain or told:
                operation, inner = operation_of(current)
            if before is Operation.LIST and carried and not current.accounts and _HOW_MANY.search(current.text):
                operation = Operation.LIST
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
        for mark in (r"[,，]\s*(?:and\s+)?(?:又|再|另外)?", r"\s+and\s+(?=why|how\b|what\b)"):
            pieces = [piece.strip() for piece in re.split(mark, question) if piece.strip()]
            if len(pieces) == 2 and (self._amount_and_reason(pieces) or asked_apart(*map(self.read, pieces))):
                return tuple(pieces)
        return (question,)

    def clauses(self, question: str) -> tuple[str, ...]:
        """The clauses of a question when each of them asks something ("共租了多少套，由哪家公司维护"), () otherwise."""
        pieces = tuple(piece.strip() for piece in re.split(r"[,，?？;；。!！\n]+", question) if piece.strip())
        asking = all(_ASKS.search(piece.lower()) for piece in pieces)
        return pieces if 1 < len(pieces) <= _MOST_QUESTIONS and asking else ()

    def names_a_thing(self, piece: str) -> bool:
        """Whether a clause says of itself what it asks for: "满意度要到多少" does, "多少钱" and "占几成" lean on what stands before."""
        slots = self.read(piece)
        named = bool(slots.rest or slots.topic) or any(not asked.weak for asked in slots.accounts)
        return named or wording.PAID.search(piece) is not None

    def _amount_and_reason(self, pieces: Sequence[str]) -> bool:
        """Whether one piece asks how much of a thing and the other why another thing moved."""
        read = [self.read(piece) for piece in pieces]
        if not all(any(not heard.asked.weak for heard in slots.heard) for slots in read):
            return False
        why = [Operation.REASON in slots.operations for slots in read]
        if why.count(True) != 1 or not all(slots.accounts for slots in read):
            return False
        asked, moved = (read[0], read[1]) if why[1] else (read[1], read[0])
        named = any(not account.weak for account in asked.accounts)
        return named and not {a.name for a in asked.accounts} & {a.name for a in moved.accounts}

    def _asks(self, piece: str, with_unit: bool) -> bool:
        if _ASKS.search(piece.lower()) is None:
            return False
        slots = self.read(piece)
        if with_unit:
            return bool(slots.mentioned.units) and any(not asked.weak for asked in slots.accounts)
        return bool(slots.accounts or slots.topic or slots.rest)

    def read(self, question: str) -> Slots:
        """What one question says by itself."""
        text = without_preamble(without_orders(question))
        if is_english(text, self.names):
            text = to_chinese(text, self.catalogue.units, tuple(self.bodies))
        text = re.sub(r"(?<=\d年)底(?![还剩结余有共])", "末,", text)
        text = _RECKONED_ASIDE.sub("", _RECKONED_BY.sub("", text))
        text = _MONTHS.sub("年内数月", _HALF.sub("上半年", text))
        text = self.catalogue.respelt(_OWN.sub("", mended(arabic(fold(spelt_out(text))))))
        years = read_years(text)
        heard = [
            h
            for h in named(self.lexicon, text)
            if not (h.asked.said.endswith("人") and text.startswith("口", h.end))
            and not (h.asked.said.endswith("分") and text.startswith("钟", h.end))
        ]
        heard = [h for h in heard if h.asked.targets[0].scheme is not Scheme.FUNCTION or not _BODY.match(text, h.end)]
        heard = [h for h in heard if not _CENTRE.match(text, h.end) or h.asked.said in self.projects]
        heard = [h for h in heard if not (h.asked.weak and re.search("(?:竣工|竣工财务|工程)$", text[: h.start]))]
        spans = [(h.start, h.end) for h in heard if not h.asked.weak]
        heard = [
            h for h in heard
            if h.end - h.start > 2 or h.asked.weak or h.asked.said == h.asked.name
            or text[h.end : h.end + 1] in ("里", "中", "内") or not object_after(text, h.end, spans)
        ]  # fmt: skip
        spans = [(h.start, h.end) for h in heard if not h.asked.weak]
        mentioned = self.catalogue.mentioned(text, spans)
        unit_spans = [(span.start, span.end) for span in mentioned.spans]
        heard = [h for h in heard if not any(a <= h.start and h.end <= b for a, b in unit_spans)]
        heard = sorted([*heard, *stems(self.lexicon, text, heard, unit_spans)], key=lambda h: h.start)
        heard = shared_ending(self.lexicon, text, listed(self.lexicon, text, heard))
        heard = glossed(text, heard) if text != question and is_english(question, self.names) else heard
        table, heard = pointed_to(text, heard, unit_spans)
        base = bases_said.compared_basis(text)
        aside = [*unit_spans, *([base[1]] if base else []), *([table[1]] if table else [])]
        taken = tuple([(h.start, h.end) for h in heard] + aside)
        funds = [*fund_spans(masked(text, taken)), *(span for _, span in levels_said(text))]
        veiled = veil(text, heard, unit_spans)
        topic = topic_said(text, veiled, heard, unit_spans)
        slots = Slots(
            text=text,
            years=years,
            mentioned=mentioned,
            heard=tuple(heard),
            operations=operations_said(text, heard, veiled),
            topic=topic,
            bases=tuple(basis for _, basis in bases_said.of_two_years(text))
            or bases_said.against_budget(text, bases_said.bases(masked(text, aside))),
            level=bases_said.level(masked(text, unit_spans)),
            everyone=(wording.everyone(veiled) and wording.topic(veiled) != "units") or conditions.those_with(veiled),
            rest=tuple(
                dict.fromkeys(
                    [*quoted(question, text, heard), *content(read_years(masked(text, [*taken, *funds])).rest)]
                )
            ),
            taken=taken,
            base=base[0] if base else None,
            table=table[0] if table else "",
        )
        return self._narrowed(slots, [*taken, *funds])

    def _narrowed(self, slots: Slots, taken: Sequence[tuple[int, int]]) -> Slots:
        """The slots with their accounts put together, and the unknown words before and behind a single account."""
        text = slots.text
        accounts, whole = accounts_asked(slots)
        strong = [h for h in slots.heard if not h.asked.weak]
        alone = strong[0] if len(strong) == 1 else None
        narrowed = qualifier(text, alone.start, taken) if alone else ""
        if alone and not narrowed and alone.asked.targets[0].scheme is Scheme.TOTAL:
            narrowed = foreign_word_before(text, alone.start)
        if alone and not narrowed and alone.asked.targets[0].scheme is Scheme.TOTAL:
            narrowed = residue.unknown_behind(text, alone.end, slots.rest)
        if not strong and accounts and accounts[0].weak and not narrowed:
            narrowed = residue.unknown_english(slots.rest)
        if alone and narrowed and self.lexicon.misspelt(f"{narrowed}{alone.asked.said}", alone.asked.name):
            narrowed = ""
        classed = alone is not None and alone.asked.targets[0].scheme in (Scheme.ECONOMIC, Scheme.FUNCTION)
        if alone and narrowed and classed and residue.made_of(narrowed, alone.asked.name):
            narrowed = ""
        tail = object_after(text, strong[-1].end, taken) if strong else ""
        if alone and not tail and not alone.sure and slots.rest and slots.rest[0] in text[alone.end :]:
            tail = slots.rest[0]  # only part of a name was said, and more behind it
        if alone and not tail and text[alone.end : alone.end + 1] in ("里", "中", "内"):
            # "窗口运行经费里给群众发的…": something within the account, and nothing we know
            tail = next((word for word in slots.rest if text.startswith(word, alone.end)), "")
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
            highest=not conditions.lowest(text)
            and not (inner in (Operation.CHANGE, Operation.RATE) and wording.falls(text)),
            top=conditions.top(text),
            nth=conditions.nth(text),
            absent=wording.absent(text),
            threshold=conditions.threshold(text),
            topic=slots.topic,
            everyone=slots.everyone,
            last_years=slots.years.last or (99 if slots.years.every else None),
            relative=slots.years.relative,
            against=slots.years.compared,
            soft_years=slots.soft_years,
            text=text,
            rest=slots.rest,
            before=slots.before,
            qualifier=slots.qualifier,
            tail=slots.tail,
            table=slots.table,
            base=slots.base,
        )

    # ---- which documents

    def _place(self, plan: Plan, slots: Slots, document: str | None) -> Plan:
        """Fill in units and documents, or say why that cannot be done."""
        if plan.operation is Operation.DEFINE and not slots.mentioned.units:
            return replace(plan, documents=(document,) if document else ())
        if wording.contact(slots.text):
            plan = replace(plan, operation=Operation.PROSE, topic="contact")
            units, _ = self._units(plan, slots, document)
            plan = (
                choose_documents(replace(plan, units=tuple(u.issuer for u in units)), units, document)
                if units
                else plan
            )
            return replace(plan, problem=Problem(Verdict.OUT_OF_SCOPE, "off_domain"))
        if self._beside_the_point(plan, slots, document):
            return replace(plan, problem=Problem(Verdict.OUT_OF_SCOPE, "off_domain"))
        part = self._part_of(plan, slots, document)
        if part:
            return replace(plan, units=(part[1],), documents=(document or "",), qualifier=part[0])
        units, problem = self._units(plan, slots, document)
        if document and units and all(d.name != document for unit in units for d in unit.disclosures):
            plan = replace(plan, opened=document)
        if problem is not None:
            return replace(plan, problem=problem)
        plan = choose_documents(replace(plan, units=tuple(unit.issuer for unit in units)), units, document)
        return plan if document or plan.years else with_the_project(plan, units, self.projects)

    def _part_of(self, plan: Plan, slots: Slots, document: str | None) -> tuple[str, str] | None:
        """The body covered by the open department's disclosure that the question names, and that department; None for
        none, or where the book has that body's own disclosure of the year."""
        opened = next((d for d in self.catalogue.disclosures if d.name == document), None)
        if opened is None or opened.level is not Level.DEPARTMENT or not plan.accounts:
            return None
        own = [d for unit in slots.mentioned.units for d in unit.disclosures if unit.issuer != opened.issuer]
        wanted = plan.years or (opened.year,)
        if any(d.year in wanted for d in own):
            return None
        named = part_named(opened, slots.text)
        return (named, opened.issuer) if named else None

    def _beside_the_point(self, plan: Plan, slots: Slots, document: str | None) -> bool:
        if wording.no_disclosure_says(slots.text):
            return True
        if slots.accounts and not all(asked.weak for asked in slots.accounts):
            return False
        if wording.off_domain(slots.text):
            return True
        asks = slots.operations and not slots.rest
        about = (
            slots.accounts or asks or wording.counted_in_a_body(slots.text) or slots.topic or slots.has_unit or document
        )
        return not about

    def _units(self, plan: Plan, slots: Slots, document: str | None) -> tuple[tuple[Unit, ...], Problem | None]:
        mentioned, opened = slots.mentioned, self.catalogue.unit_of(document) if document else None
        if mentioned.units:
            return mentioned.units, None
        if mentioned.candidates and opened is not None and self.says(document or "", mentioned.said):
            return (opened,), None
        if mentioned.candidates:
            if opened in mentioned.candidates and opened is not None:
                return (opened,), None
            if plan.everyone or plan.operation in (Operation.RANK, Operation.TABLE, Operation.FILTER):
                return mentioned.candidates, None
            names = tuple(unit.issuer for unit in mentioned.candidates)
            if not (slots.accounts or slots.topic or wording.counted_in_a_body(slots.text)) and slots.rest:
                return (), Problem(Verdict.OUT_OF_SCOPE, "off_domain")
            return (), Problem(Verdict.AMBIGUOUS, "unit", mentioned.said, names)
        if mentioned.foreign in vocabulary().places and opened is not None and not slots.accounts:
            return (opened,), None  # a place that the open document is asked about, no unit
        if opened is not None and mentioned.foreign and self._within(opened, mentioned.foreign, document or ""):
            return (opened,), None  # a body that the open document speaks of, or its own unit by a short name
        owners = self._listing(slots.text, document)
        if owners and (opened is None or opened in owners or mentioned.foreign):
            return owners, None
        if mentioned.foreign and opened is None:
            own = evaluating(plan, self.catalogue, self.reached, mentioned.foreign)
            if own:
                return own, None
        if mentioned.foreign:
            known = tuple(unit.issuer for unit in self.catalogue.units)
            return (), Problem(Verdict.NOT_DISCLOSED, "unit", mentioned.foreign, known)
        ruled = opened is not None and any(
            d.name == document and d.level is Level.GOVERNMENT for d in opened.disclosures
        )
        if ruled and opened is not None and wording.which_body(slots.text):
            return (opened,), None  # a place's own paper, asked about the bodies of that place
        if plan.everyone or (opened is None and plan.operation in (Operation.RANK, Operation.TABLE, Operation.FILTER)):
            return self.catalogue.published, None
        if opened is not None:
            return (opened,), None
        if plan.operation is Operation.DOCUMENTS:
            return self.catalogue.units, None
        owners = project_owners(plan, self.catalogue, self.projects, self.reached)
        if len(owners) == 1:
            return owners, None
        if len(self.catalogue.units) == 1:
            return self.catalogue.units, None
        unsaid = slots.rest and not slots.topic and all(asked.weak for asked in slots.accounts)
        if unsaid and not wording.counted_in_a_body(slots.text):
            return (), Problem(Verdict.OUT_OF_SCOPE, "off_domain")  # about no unit, and about nothing we know
        names = tuple(unit.issuer for unit in owners or self.catalogue.units)
        return (), Problem(Verdict.AMBIGUOUS, "unit", "", names)

    def _listing(self, text: str, document: str | None) -> tuple[Unit, ...]:
        """The one unit in a table of whose documents an institution stands that the question names, the open one first."""
        named = [name for name in self.bodies if len(name) >= _NAMED_BODY and name in text]
        documents = {owner for name in named for owner in self.bodies[name]}
        if document in documents:
            documents = {document}
        units = {unit for owner in documents if owner and (unit := self.catalogue.unit_of(owner)) is not None}
        return tuple(units) if len(units) == 1 else ()

    def _within(self, opened: Unit, said: str, document: str) -> bool:
        """Whether words taken for another unit's name are the open document's own: it says them, or they end in a short
        name of its unit."""
        own = re.split(r"[归由让找请向给要需]", said)[-1]
        short_name = own != said and len(own) >= 2 and in_order(own, opened.name)
        return short_name or self.says(document, said)
