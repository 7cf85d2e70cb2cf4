"""Reads the paragraphs of one section, event by event, keeping what is spoken of: the grammar's state."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from corpus.disclosure import Basis
from corpus.figure import Measure, Scheme
from corpus.money import MONEY_UNITS, Absence, Amount, Mention
from ingest.prose.accounts import ITEMS
from ingest.prose.bodies import shares_behind
from ingest.prose.clauses import (
    Event,
    Kind,
    Prose,
    cause_before,
    events,
    inner_amounts,
    respective,
    why_in_brackets,
)
from ingest.prose.dated import Dated
from ingest.prose.drafts import (
    as_printed,
    both_flows,
    counted_before,
    explain,
    explain_each,
    explain_wholes,
    last_comparison,
    measure_against,
    projects_alike,
    reason_of_each,
    spent_told,
    unit_of,
    without_divided,
    without_overtaken,
    year_sum,
)
from ingest.prose.grammar import FALLEN_TO, Compared, Reading, compared_with, pieces, read_lead, signed, verb_lent
from ingest.prose.holdings import COUNTED_VISITS
from ingest.prose.introductions import another_unit, unit_of_posts
from ingest.prose.spoken import DASHED
from ingest.prose.staff import names_the_one_before
from ingest.prose.subjects import (
    Around,
    alike,
    each_named,
    is_bare_spending,
    is_generic,
    names_funding_only,
    project_within,
    speaks_on,
    subject_topics,
    together,
)
from ingest.prose.topics import Topic, cleaned
from ingest.prose.unsaid import says_nothing

_TO_BUY = re.compile(r"(?:安排|计划|拟|预计)(?:用于)?(?:购置|购买|采购|更新|新增|配置)|安排购[置车]")
_NO_CAR = re.compile(r"购置(?:新的?)?(?:公务用车|公务车辆?|公车|机动车辆?|车辆|新车)")
"""What was not bought (当年未购置车辆): their number, not what cars cost."""
_SUM = re.compile(r"(?:合计|共计|总计|累计)(?:为|是)?")
_TOLD_INSIDE = (Scheme.TOTAL, Scheme.SOURCE, Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.THREE_PUBLIC, Scheme.OPERATING)
_SHARED = (Scheme.TOTAL, Scheme.THREE_PUBLIC, Scheme.OPERATING, Scheme.PROCUREMENT)
_BUDGETED = (Scheme.TOTAL, Scheme.SOURCE, Scheme.FUNCTION, Scheme.ECONOMIC)
_EACH = re.compile(r"各(?:自)?(?:增[加长]|减少|下降|上升)|均(?:增[加长]|减少|下降)|分别(?:增[加长]|减少|下降)")
_LEFT = re.compile(r"(?:只是|仅)?(?P<what>[^由从]{0,30}?)(?:一项|已)?[由从](?:原来的?)?")
_NO_NAME = re.compile(r"(?:(?:为|是|属于?|用于)[^,。;:\d]{2,30})?[,。;、]?(?:其中)?[:,]?")
_NAMED_BEHIND = re.compile(r"(?:(?:为|是|属于?)(?P<name>[一-鿿]{2,20}?)(?=[,。;(]|$)|用于)")
"""What an amount is where no words stand before it (总支出9万元。5万元为基本支出); 用于 tells its use, and no account."""
_OPENS_NEXT = re.compile(
    r"(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．])?(20\d\d)年(?=[^。]*(?:预算|安排|拟|计划|预计))"
)
_THIS_YEARS = re.compile(r"(?:本年|当年)预算(?:安排)?")


class SectionReader(Dated):
    """The state of reading one section. Feed it compact paragraphs with `read`; `drafts` holds what they state."""

    def read(self, prose: Prose) -> None:
        """Read one paragraph. One that opens with the next year in a final account (the papers on “三公” of 2011 to 2014 set the
        budget of the year after beside it) tells of that year's budget."""
        own, opens = (self.year, self.basis), _OPENS_NEXT.match(prose.text)
        if opens and self.basis is Basis.FINAL and int(opens[1]) == self.year + 1:
            self.year, self.basis = self.year + 1, Basis.BUDGET
        self._paragraph(prose)
        self.year, self.basis = own

    def _paragraph(self, prose: Prose) -> None:
        text = prose.text
        self.proses.append(prose)
        self._prose = prose
        self._open_paragraph(text)
        found = events(text)
        leads = respective(text, found)
        end = 0
        for index, event in enumerate(found):
            lead = leads.get(index, text[end : event.start])
            self._brackets(lead)
            self._take(event, lead, end)
            end = max(end, event.end)
        self._announce(text[end:])
        self._announces = text.endswith((":", "其中"))
        if self._headed and not any(d.prose is prose for d in self.drafts):
            self._carried = self.current  # the whole paragraph was a heading
        stated = any(d.prose is prose and d.at >= self._sentence for d in self.drafts)
        opened = self._listed_under(text[self._sentence :]) if self._announces else ()
        self._announced = self.current if stated else opened or self.head
        if not DASHED.match(text):
            self._dashed_whole = self._whole_of_dashes()
        self.part += 1
        self.drafts = without_divided(without_overtaken(self.drafts, prose), prose)
        projects_alike(self.drafts, prose)
        explain_wholes(self.drafts, prose)

    def _take(self, event: Event, lead: str, since: int) -> None:
        if event.kind is not Kind.AMOUNT:
            self._explained = event.kind is Kind.REASON
        if event.kind is Kind.AMOUNT:
            outer = self._cause
            self._cause = cause_before(self._prose.text, event, re.split("[,;。:]", lead)[-1])[0] or outer
            self._amount(event, lead, since)
            self._cause = outer
        elif event.kind is Kind.SAME:
            self._same(event, lead, since)
        elif event.kind is Kind.NOTHING:
            self._nothing(event, lead)
        elif event.kind is Kind.REASON:
            topics = self._subject_of_reason(lead)
            each = reason_of_each(event.text)
            for said, why in each:
                explain_each(self.drafts, self._subject_of_reason(said), said, why)
            if not each and (topics or self._known):
                opening = re.split("原因|因素", self._prose.text[event.start : event.end], maxsplit=1)[0]
                explain(self.drafts, self._given(event), lead + opening[:6], self.part, topics)
            outer = self._cause
            for inner, amount in inner_amounts(self._prose.text, event):
                self._cause, inner = cause_before(self._prose.text, amount, inner)
                self._inside(inner, amount)
            self._cause = outer
        elif event.kind is Kind.CAUSE:
            self._announce(lead)
            self._cause = event.text
        else:
            self._announce(lead)
            if event.kind in (Kind.BREAK, Kind.STOP):
                self.part += 1
                self._known = True
            if event.kind is Kind.STOP:
                self._told_of = self._year_gone_into(self._sentence, event)
                self._sentence = event.end
                self._cause = ""
                self._lost = False
                if self._of_each:
                    self.current, self._of_each = (), False  # the next sentence does not speak of each of them
                if self.parent != self.listing:
                    self.parent, self.current = self.listing, self.head or self.heading or self.current

    def _inside(self, lead: str, event: Event) -> None:
        """A change told inside a reason (主要是基本支出增加2万元): stated where it names its account itself."""
        mention = event.mention
        assert mention is not None
        reading = read_lead(lead, mention.unit, self.year)
        phrase = cleaned(reading.subject, self.lexicon)
        counted = mention.unit not in MONEY_UNITS and mention.unit != "%"
        if reading.measure not in (Measure.CHANGE, Measure.RATE) or counted or is_generic(phrase):
            return
        if project := project_within(phrase):
            self._state(project, reading, event, event.start - len(lead))
            return
        for topic in subject_topics(phrase, lead, mention.unit, Around(self.scope, self.lexicon, self._above())):
            if topic.scheme in _TOLD_INSIDE:
                self._state(topic, reading, event, event.start - len(lead))

    def _amount(self, event: Event, lead: str, since: int) -> None:
        mention = event.mention
        assert mention is not None
        if event.start < self._shared_out:
            return  # read with the amount that it is a share of
        last = self.drafts[-1] if self.drafts else None
        if not lead and last and last.measure is Measure.CHANGE and last.prose is self._prose and not last.covers:
            last.covers.append(mention.start)  # 与上年一致0万元: the change said in words is printed as well
            return
        if self._dashed_whole and not since:
            lead = DASHED.sub("", lead, count=1)
        self._open_list(lead, since)
        if mention.unit in MONEY_UNITS:
            lead = verb_lent(lead, self._prose.text[event.end :], before=self._prose.text[: event.start])
        reading = self._of_opened_year(read_lead(lead, mention.unit, self.year), lead, event)
        if (left := _LEFT.fullmatch(reading.subject)) and FALLEN_TO.match(self._prose.text[event.end :]):
            before = Compared(self.year - 1, None)
            reading = replace(reading, subject=left["what"], compared=before, year=before.year, beside=True)
        if reading.measure is Measure.RATE and not reading.sign:
            return
        if says_nothing(self._prose.text, event, reading, self._sentence, self.year, left=bool(left)):
            return
        if self.scope.scheme is Scheme.PROJECT and reading.measure is Measure.CHANGE and reading.compared is None:
            reading = Reading(Measure.AMOUNT, pieces(lead)[-1], reading.earlier)  # 稳增长 in the name of a project
        if reading.measure is Measure.SHARE and not reading.subject and self._explained:
            return  # what has this share is named in the reason before it
        self._explained = False
        if reading.beside and is_generic(cleaned(reading.subject, self.lexicon)):
            self._proved(mention, event)
        behind = _NAMED_BEHIND.match(self._prose.text, event.end) if _NO_NAME.fullmatch(lead) else None
        if behind and reading.measure is Measure.AMOUNT:
            reading = replace(reading, subject=behind["name"] or "", earlier=())
        named = not behind or not is_generic(cleaned(reading.subject, self.lexicon))
        topics = self._topics(reading, lead, mention.unit, event.start) if named else ()
        joined = together(cleaned(reading.subject, self.lexicon), self._around())
        if joined is not None:
            topics = joined if not mention.value else ()  # a sum of several says something of each only when it is zero
        each = alike(cleaned(reading.subject, self.lexicon), self._around())
        self._of_each = each is not None and len({topic.flow for topic in each}) == 1
        topics = each or topics
        if not topics:
            topics = self._whole_by_rate(reading, event) or self._posts_summed(reading, mention)
        if self._lost and topics and topics != self.current and topics[0].scheme in _BUDGETED:
            topics = ()  # 基本支出 after 其中 is a part of what came before, and that is not known
        if self._part_of_itself(topics, reading, event):
            topics = ()
        topics = self._of_its_fund(topics, reading, lead)
        self._known = bool(topics)
        if not topics and self._cause and reading.measure is Measure.CHANGE:
            self._cause_of_the_one_before(reading, mention)
        if not topics:
            if reading.measure in (Measure.AMOUNT, Measure.COUNT) or not is_generic(
                cleaned(reading.subject, self.lexicon)
            ):
                self.current = ()  # what follows speaks of something unknown
            return
        if reading.measure in (Measure.CHANGE, Measure.RATE):
            topics = self._changed(reading, topics, mention.value, mention.unit, event)
        topics = tuple(self._state(topic, reading, event, since) for topic in topics)
        if reading.measure is Measure.AMOUNT and len(topics) == 1 and topics[0].scheme in _SHARED:
            self._share_out(topics[0], reading, mention)
            self._all_of_it(topics[0], reading, event, since)
        if reading.measure not in (Measure.SHARE, Measure.COMPLETION):
            self.current = topics
            if self.parent == self.listing and not self._of_each:
                self.head = topics
                if topics[0].scheme is Scheme.TOTAL and topics[0].component == "合计":
                    self.listing = self.parent = ()

    def _topics(self, reading: Reading, lead: str, unit: str, at: int) -> tuple[Topic, ...]:
        """The topics that the lead names, else those spoken of; () where it names something unknown."""
        around = self._around(planned=bool(_TO_BUY.search(self._prose.text[self._sentence : at])))
        parent, current = around.parent, around.current
        after = self._prose.text[at:]
        if reading.measure in (Measure.CHANGE, Measure.RATE) and _EACH.search(pieces(lead)[-1]):
            both = both_flows(self.drafts, self._sentence, self._prose)
            if both and is_generic(cleaned(reading.subject, self.lexicon)):
                return both
        counted = unit not in MONEY_UNITS and unit != "%"
        if not counted and (last_years := self._last_years(reading.subject)):
            return last_years
        if counted and names_the_one_before(self._prose.text[: at - len(lead)], lead, after):
            return subject_topics("", "", unit, around, after)
        for index, raw in enumerate((reading.subject, *(() if counted else reading.earlier))):
            phrase = cleaned(raw, self.lexicon)
            if _SUM.fullmatch(phrase) and (summed := self._summed()) is not None:
                return summed
            if (
                is_generic(phrase)
                and not (counted and phrase.startswith("实际"))
                and not (parent and parent.flow == "支出" and _THIS_YEARS.fullmatch(phrase))
            ):
                continue
            if index == 0 and not self._known and is_bare_spending(phrase):
                return ()  # 支出决算为, of what the sentence named and nobody knows
            paid = index == 0 and self.scope.scheme is Scheme.OPERATING and names_funding_only(f"{phrase}为")
            if index == 0 and (
                names_funding_only(phrase)
                or (paid and reading.earlier)
                or (is_bare_spending(phrase) and reading.earlier)
            ):
                item = self._item_before(reading.earlier, lead, unit, around)
                if item:
                    return item
            if index == 0 and self._ends_list(phrase, reading):
                return self.parent
            if index == 0 and (total := self._total_told(phrase, reading)):
                return total
            if index == 0 and speaks_on(phrase, current, self._stated(current)):
                return self.current
            found = subject_topics(phrase, lead, unit, around, after)
            if found or index == 0:
                return found  # what stands nearest counts, be it unknown
        if not self._known and reading.measure is not Measure.AMOUNT:
            return ()
        if counted:
            more = counted_before(self.drafts, self._prose, unit) if reading.measure is Measure.CHANGE else ()
            return more or subject_topics("", lead, unit, around, after)
        return self._paid_for(cleaned(reading.subject, self.lexicon)) if unit in MONEY_UNITS else self.current

    def _share_out(self, topic: Topic, reading: Reading, mention: Mention) -> None:
        """Write down what the bodies that the issuer accounts for have of the amount just stated."""
        for share in shares_behind(self._prose.text, mention):
            part = share.mention
            event = Event(Kind.AMOUNT, part.start, part.end, part.printed, part)
            draft = self._draft(topic, Measure.AMOUNT, *self._dated(topic, reading), event, part.start)
            draft.amount = Amount(part.value, part.unit)
            draft.entity = share.body
            draft.covers.append(part.start)
            self.drafts.append(draft)
            self._shared_out = part.end

    def _state(self, topic: Topic, reading: Reading, event: Event, since: int) -> Topic:
        """Write down what is stated; the topic that it is stated of, as the tables print it."""
        mention = event.mention
        assert mention is not None
        if reading.measure is Measure.AMOUNT:
            topic = as_printed(topic, Amount(mention.value, mention.unit), self.lexicon)
            told = (*self.before, *self.drafts)
            topic = year_sum(topic, Amount(mention.value, mention.unit), told, self.basis)
        moved = reading.measure in (Measure.CHANGE, Measure.RATE)
        value = signed(mention.value, reading) if moved else mention.value
        year, basis = self._dated(topic, reading)
        if year < 0:
            return topic  # the year before one that the document does not tell
        if moved and not reading.basis and (just := spent_told(self.drafts, self._prose, self._sentence, topic, year)):
            basis = just.basis  # 决算支出51万元,比上年减少17万元: a change of what was spent
        draft = self._draft(topic, reading.measure, year, basis, event, since)
        draft.amount = Amount(value, mention.unit)
        draft.beside = reading.compared if reading.beside else None
        draft.covers.append(mention.start)
        draft.listed = bool(self.parent)
        if topic.scheme is Scheme.STAFF and self.parent and not draft.entity:
            draft.entity = unit_of_posts(cleaned(reading.subject, self.lexicon))
        if topic.scheme is Scheme.STAFF and not draft.entity:
            draft.entity = another_unit(
                self._prose.text[self._sentence : event.start],
                self.lexicon.issuers,
                self._prose.text[: self._sentence],
            )
        if moved:
            draft.reason = self._cause or why_in_brackets(self._prose.text, event.end)
            measure_against(draft, reading.compared or last_comparison(self.drafts, draft), self.year)
        elif reading.measure in (Measure.SHARE, Measure.COMPLETION):
            parent = self.parent[-1].account if self.parent else ""
            draft.whole = reading.whole or parent
        self.drafts.append(draft)
        return topic

    def _same(self, event: Event, lead: str, since: int) -> None:
        compared, rest = None, lead
        for piece in reversed(pieces(lead)):
            compared, rest = compared_with(piece, self.year)
            if compared:
                break
        if compared is None and re.fullmatch(r"(?:.*[,元])?[上去]年", lead):
            compared, rest = Compared(self.year - 1, None), ""  # 0万元,上年持平
        if compared is not None and compared.year == self.year:
            self._measured_on_plan(rest, lead, event)
        if compared is None or compared.year == self.year:
            return
        self._open_list(lead, since)
        reading = Reading(Measure.CHANGE, rest, (), compared=compared)
        visits = self.current and COUNTED_VISITS.search(self.current[0].account)
        goes_on = self.current if visits and is_generic(cleaned(pieces(rest)[-1], self.lexicon)) else ()
        around = Around(self.scope, self.lexicon, self._above())
        topics = goes_on or each_named(rest, lead, around) or self._topics(reading, lead, "万元", event.start)
        for topic in topics:
            done = [d for d in self.drafts if d.part == self.part and d.topic == topic and d.measure is Measure.CHANGE]
            if done and done[-1].prose is self._prose:
                continue
            unit = unit_of(self.drafts, topic)
            draft = self._draft(topic, Measure.CHANGE, *self._dated(topic, reading), event, since)
            draft.amount = Amount(Decimal(0), unit)
            draft.listed = bool(self.parent)
            measure_against(draft, compared, self.year)
            self.drafts.append(draft)
        self.current = topics or self.current

    def _measured_on_plan(self, subject: str, lead: str, event: Event) -> None:
        """公务接待费支出决算与预算持平 states nothing of another year; what follows (比上年增加…) speaks of it."""
        self._open_list(lead, event.start - len(lead))
        phrase = cleaned(pieces(subject)[-1], self.lexicon)
        if is_generic(phrase) or is_bare_spending(phrase):
            return
        topics = self._topics(Reading(Measure.CHANGE, subject), lead, "万元", event.start)
        self._known = bool(topics)
        self.current = topics

    def _nothing(self, event: Event, lead: str) -> None:
        self._open_list(lead, self._sentence)
        reading = read_lead(lead or "本年", "万元", self.year)
        phrase = cleaned(event.text, self.lexicon)
        unit = "个" if self.scope.scheme is Scheme.STAFF else "万元"
        measure = Measure.COUNT if unit == "个" else Measure.AMOUNT
        spoken = self.current if is_bare_spending(phrase) and self.current and self.current[0].scheme in ITEMS else ()
        bought = _NO_CAR.fullmatch(phrase) is not None
        cars = (
            (Topic(Scheme.THREE_PUBLIC, "公务用车购置数", phrase, flow="支出", funding="财政拨款"),) if bought else ()
        )
        around = Around(self.scope, self.lexicon, self._above())
        topics = spoken or cars or subject_topics(phrase, event.text, unit, around)
        for topic in topics:
            kind = Measure.COUNT if COUNTED_VISITS.search(topic.account) else measure
            draft = self._draft(topic, kind, *self._dated(topic, replace(reading, basis=None)), event, event.start)
            draft.absence = Absence.NO_DATA
            draft.clause = draft.sentence
            self.drafts.append(draft)
        self.current = topics or self.current
