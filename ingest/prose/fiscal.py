"""Reads the papers of a whole government: revenue, expenditure, balance and debt of a place, by fund and level.

Their prose is a run of short statements (account, amount, part of the plan completed, change and rate) that carries fund,
flow, level and year from headings and from the clauses before. What cannot be placed is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.disclosure import Basis, Disclosure, Level, Section
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.money import MONEY_UNITS, Amount
from ingest.prose.clauses import Event, Kind, Prose, compact, events, mended
from ingest.prose.drafts import framed
from ingest.prose.fiscal_accounts import account_in, bare, fund_of, level_in
from ingest.prose.fiscal_grammar import Lead, Said, basis_said, is_done, is_planned, plan_named, read_lead
from ingest.prose.fiscal_state import FLOWS, PaperState, Told, fiscal_system
from ingest.prose.grammar import pieces
from ingest.prose.places import place, printed
from ingest.prose.topics import Topic

_QUOTE = 140
_LONGEST_HEADING = 48
_OPENING = 12
_PAPER = re.compile(r"(?:财政决算|预算执行情况|财政预算)$")
_REMARK = re.compile(
    r"\((?:[^()]{0,12}口径|[^()]*下同|不?含[^()\d]*|不?包括[^()\d]*|详见[^()]*|按[^()\d]*|以下[^()]*|自然[^()]*)\)"
)
"""A remark in brackets that says nothing of another amount."""
_LIKE_FOR_LIKE = re.compile(r"\((?:按)?(?:同|可比)口径[^()]*\)")
_ELSEWHERE = re.compile(r"三公|政府采购|绩效|国有资产(?!经营)|下半年(?:工作|重点)|工作(?:措施|安排|打算)|建议")
"""Headings of what is told in the words of departments, or is no budget at all."""


def is_paper(disclosure: Disclosure) -> bool:
    """Whether a disclosure is the paper of a whole government about its money (its three public expenses apart)."""
    return disclosure.level is Level.GOVERNMENT and _PAPER.search(disclosure.title) is not None


class PaperReader(PaperState):
    """Reads sections in order; `figures` holds what they state."""

    def read(self, section: Section) -> None:
        """Read one section."""
        for depth, title in enumerate(section.path):
            if section.path[: depth + 1] != self._path[: depth + 1]:
                self._headed(title)
        self._path = section.path
        self._skipped = any(_ELSEWHERE.search(title) for title in section.path)
        proses = [compact(paragraph) for paragraph in mended(section.paragraphs)]
        for at, prose in enumerate(proses):
            self._following = "".join(following.text for following in proses[at + 1 : at + _AHEAD])
            self._paragraph(prose, section)

    def _paragraph(self, prose: Prose, section: Section) -> None:
        text = prose.text
        found = events(text)
        stated = [event for event in found if event.kind is Kind.AMOUNT]
        if not stated and len(text) <= _LONGEST_HEADING:
            if re.match(
                r"(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、])",
                text,
            ):
                self._skipped = _ELSEWHERE.search(text) is not None
                self._headed(text)
            return
        if self._skipped or re.search(r"三公”?经费", text[:60]):
            return
        self._said = self._year = self._planned = None
        self._level, self._outside, self._aside, self._plan, self._whole, self._outer = "", [], False, "", "", None
        end = 0
        for event in found:
            lead = text[end : event.start]
            if event.kind is Kind.AMOUNT:
                self._amount(event, lead, end, prose, section)
            elif event.kind in (Kind.REASON, Kind.CAUSE):
                self._explain(event, lead, prose)
            elif event.kind is Kind.SAME:
                self._same(event, lead, end, prose, section)
            else:
                self._brackets(lead)
                for piece in pieces(lead):
                    self._note(piece)
            end = max(end, event.end)
            if event.kind is Kind.STOP:
                self._sentence_over()
        for piece in pieces(text[end:]):
            self._note(piece)

    def _amount(self, event: Event, lead: str, since: int, prose: Prose, section: Section) -> None:
        mention = event.mention
        assert mention is not None, "an amount has a number"
        comparable = _LIKE_FOR_LIKE.search(lead) is not None
        lead = self._brackets(_REMARK.sub("", lead))
        self._within(lead)
        if self._aside or (mention.unit not in MONEY_UNITS and mention.unit != "%"):
            return
        if self._queue and mention.unit == "%" and re.fullmatch("[、,和与及]", lead):
            for figure in self._figures(*self._queue.pop(0), event, since, prose, section):
                self._keep(figure, prose, event, since)
            return
        parts = pieces(lead)
        for piece in parts[:-1]:
            self._note(piece)
        last = parts[-1]
        reading = read_lead(last, mention.unit, prose.text[event.end : event.end + 24])
        if "分别" in last and mention.unit == "%" and reading.said in (Said.SHARE, Said.RATE, Said.COMPLETION):
            self._queue = self._each_told(reading, prose.text[event.end :])
            for figure in self._figures(*self._queue.pop(0), event, since, prose, section) if self._queue else ():
                self._keep(figure, prose, event, since)
            return
        self._queue = []
        if lead == "的" and self._plan and mention.unit == "%":
            reading = Lead(Said.COMPLETION, "", whole=self._plan)
        elif lead == "的" and self._whole and mention.unit == "%":
            reading = Lead(Said.SHARE, "", whole=self._whole)
        if reading.said is Said.RATE and len(parts) > 1 and _LEFT_OUT.match(parts[-2]) and self._rate_told():
            return  # the growth without something one-off is another than the one told before it
        self._whole = reading.whole if reading.said is Said.WHOLE else ""
        if reading.said is Said.OTHER:
            return
        if mention.unit == "%" and prose.text[event.end :].startswith(("以上", "以内", "左右的目标")):
            return
        self._plan_goes_on(reading, last, prose.text[event.end : event.end + 12])
        if both := self._both_flows(reading, last):
            for each in both:
                for figure in self._figures(reading, each, event, since, prose, section):
                    self._keep(figure, prose, event, since)
            return
        told = self._spoken_of(reading, last)
        if told is not None and comparable and reading.said is Said.AMOUNT:
            told = replace(told, topic=replace(told.topic, component="同口径"))
        if told is None:
            if reading.said is Said.AMOUNT:
                self._told = None
            return
        if reading.said is Said.AMOUNT:
            told = self._of_all_funds(told, reading, prose.text[event.end :]) or self._within_itself(told, prose, event)
        for figure in self._figures(reading, told, event, since, prose, section):
            self._keep(figure, prose, event, since)
        self._any = True
        if reading.said in (Said.AMOUNT, Said.TO, Said.FROM):
            self._told = replace(told, unit=mention.unit)
            self._row.append(told)
            if told.topic.flow in FLOWS and told.topic.scheme is Scheme.TOTAL:
                self._grand = told.topic.account if told.topic.account.endswith("总计") else self._grand
                self._state.flow, self._state.funding = told.topic.flow, told.topic.funding
        self._plan = reading.whole if reading.said is Said.PLAN else ""

    def _of_all_funds(self, told: Told, reading: Lead, after: str) -> Told | None:
        """Income or expenditure of no fund that what follows divides into funds (地方财政收入8亿元,其中:一般公共预算收入5亿元,政府性基金收入…)
        is that of all of them; None for any other."""
        topic = told.topic
        if topic.scheme is not Scheme.TOTAL or topic.flow not in FLOWS or fund_of(bare(reading.subject, self._places)):
            return None
        opened = re.match("[,(:;。]?其中[:,]?$", after) is not None
        if not _FUNDS_FOLLOW.match(after + self._following if opened else after):
            return None
        if topic.flow == "收入":
            return replace(told, topic=replace(topic, scheme=Scheme.REVENUE, account="财政总收入", funding="全部"))
        return replace(told, topic=replace(topic, account="支出总计", funding="全部"))

    def _within_itself(self, told: Told, prose: Prose, event: Event) -> Told:
        """What a sentence calls by the name of the whole that it has just divided (一般公共预算收入8亿元,其中:地方一般公共预算收入4亿元,
        上级补助收入3亿元) is a part of it, under its printed name."""
        topic, mention = told.topic, event.mention
        since = max(prose.text.rfind(mark, 0, event.start) for mark in "。;") + 1
        divided = "其中" in prose.text[since : event.start]
        if topic.scheme is not Scheme.TOTAL or not divided or mention is None:
            return told
        key = (topic.scheme, topic.account, topic.flow, topic.funding, topic.component)
        for row in self._row:
            whole = row.topic
            if (whole.scheme, whole.account, whole.flow, whole.funding, whole.component) == key and (
                (row.year, row.basis) == (told.year, told.basis) and whole.name != topic.name
            ):
                scheme = Scheme.REVENUE if topic.flow == "收入" else Scheme.FUNCTION
                return replace(told, topic=replace(topic, scheme=scheme, account=topic.name, code="", path=()))
        return told

    def _rate_told(self) -> bool:
        """Whether the growth of the account spoken of has been stated already."""
        told = self._told
        return told is not None and any(
            (f.scheme, f.account, f.funding, f.component, f.year)
            == (told.topic.scheme, told.topic.account, told.topic.funding, told.topic.component, told.year)
            for f in self.figures.values()
            if f.measure is Measure.RATE
        )

    def _each_told(self, reading: Lead, after: str) -> list[tuple[Lead, Told]]:
        """Whose each of several percentages is that are told one after the other of the amounts before (税收5亿元、非税3亿元,分别占
        总收入的62.5%、37.5%); [] where fewer amounts than percentages were told in the sentence."""
        more = re.match(r"(?:[、,和与及]-?\d[\d.]*%)+", after)
        many = 1 + (more.group().count("%") if more else 0)
        row = self._row[-many:]
        return [(reading, told) for told in row] if len(row) == many > 1 else []

    def _spoken_of(self, reading: Lead, last: str) -> Told | None:
        """The account that a reading is of, with year and kind of number: what its words name, else what was named last."""
        if reading.said is Said.WHOLE:
            whole = account_in(reading.subject, self._around())
            return self._as_told(whole) if whole is not None else None
        self._level = fiscal_system(last) or level_in(last) or self._level
        years = re.findall(r"(?<![比较与同和])(20\d\d)年(?!\d{1,2}月\d)", reading.subject)
        if years:
            self._year = int(years[-1])
        said = basis_said(last) if reading.said is Said.AMOUNT else None
        if reading.said is Said.AMOUNT:
            if is_done(last) and said is not Basis.ADJUSTED:
                self._said = self._state.said = None
            elif said is not None:
                self._said = said
            elif is_planned(last) and self._said is None:
                self._said = Basis.INITIAL
        topic = account_in(reading.subject, self._around(listed=self._any and reading.said is Said.AMOUNT))
        if topic is not None:
            return self._at_its_level(self._as_told(topic), last)
        if bare(reading.subject, self._places) and reading.said in (Said.AMOUNT, Said.CHANGE, Said.RATE, Said.SHARE):
            return None
        if self._told is None:
            return None
        if reading.said is Said.AMOUNT:
            level = level_in(last)
            return self._as_told(replace(self._told.topic, component=level) if level else self._told.topic)
        return self._told

    def _plan_goes_on(self, reading: Lead, last: str, after: str) -> None:
        """What was approved of the income goes on in the next sentence with the expenditure, where nothing says that it was spent
        (批准收入8亿元,其中…。支出8亿元,其中…)."""
        if reading.said is Said.AMOUNT and self._said is Basis.INITIAL and basis_said(last) is None:
            self._said = None if _OF_ITS_PLAN.match(after) else self._said
        if self._planned is None or reading.said is not Said.AMOUNT or self._said is not None:
            return
        topic = account_in(reading.subject, self._around())
        plain = topic is not None and topic.scheme is Scheme.TOTAL and topic.flow == "支出"
        if plain and not is_done(last) and basis_said(last) is None and not _MEASURED_ON.match(after):
            self._said = self._planned

    def _both_flows(self, reading: Lead, last: str) -> list[Told]:
        """The totals approved before, where both are said to be adjusted by or to the same (收支各调增2亿元,收支为10亿元)."""
        if reading.said not in (Said.AMOUNT, Said.TO, Said.CHANGE) or not _ALIKE.fullmatch(bare(last, self._places)):
            return []
        said = self._said or (Basis.ADJUSTED if re.search("调[增减整]", last) else None)
        if said is not Basis.ADJUSTED:
            return []
        approved: dict[str, Told] = {}
        for figure in self.figures.values():
            ours = (figure.funding, figure.year) == (self._state.funding, self._year or self._state.year)
            if ours and figure.scheme is Scheme.TOTAL and figure.basis is Basis.INITIAL and figure.flow in FLOWS:
                topic = Topic(
                    figure.scheme, figure.account, figure.name, figure.code, figure.path, figure.flow, figure.funding,
                    figure.component,
                )  # fmt: skip
                approved.setdefault(figure.flow, Told(topic, figure.year, said))
        return list(approved.values()) if len(approved) == len(FLOWS) else []

    def _at_its_level(self, told: Told, last: str) -> Told:
        """Transfers and debt are told of the whole place behind what its own level took in, unless they have been already."""
        topic = told.topic
        moved = (
            topic.code.startswith(("105", "110", "230", "231")) or topic.scheme is Scheme.BALANCE or topic.code == ""
        )
        if topic.scheme is Scheme.TOTAL or not moved or topic.component not in ("本级", "乡镇级") or level_in(last):
            return told
        if topic.component == self._state.level or topic.account.endswith("部门组织收入"):
            return told
        whole = replace(topic, component=self._state.level)
        before = any(
            (f.scheme, f.account, f.funding, f.component, f.year, f.basis)
            == (whole.scheme, whole.account, whole.funding, whole.component, told.year, told.basis)
            for f in self.figures.values()
        )
        return told if before else replace(told, topic=whole)

    # ---- figures

    def _figures(
        self, reading: Lead, told: Told, event: Event, since: int, prose: Prose, section: Section
    ) -> Iterator[Figure]:
        mention = event.mention
        assert mention is not None, "an amount has a number"
        amount = Amount(mention.value * reading.sign if reading.sign < 0 else mention.value, mention.unit)
        clause, _ = framed(prose.text, since, event)
        where = place(prose, clause, event.start, section, self.disclosure)
        topic = told.topic

        def of(measure: Measure, year: int, basis: Basis, compared: int | None = None, whole: str = "") -> Figure:
            return Figure(
                document=self.disclosure.name, scheme=topic.scheme, account=topic.account, name=topic.name,
                measure=measure, amount=amount, absence=None, year=year, basis=basis, locator=where,
                reader=Reader.PROSE, code=topic.code, path=topic.path, flow=topic.flow, funding=topic.funding,
                component=topic.component, compared=compared, whole=whole,
            )  # fmt: skip

        if reading.said in (Said.AMOUNT, Said.WHOLE):
            yield of(Measure.AMOUNT, told.year, told.basis)
        elif reading.said is Said.BEFORE:
            yield of(Measure.AMOUNT, reading.year or told.year - 1, told.basis)
        elif reading.said in (Said.PLAN, Said.FROM):
            plan = plan_named(reading.whole) if reading.said is Said.PLAN else Basis.INITIAL
            yield of(Measure.AMOUNT, told.year, plan)
        elif reading.said is Said.TO:
            yield of(Measure.AMOUNT, told.year, Basis.ADJUSTED)
        elif reading.said is Said.CHANGE:
            adjusted = re.search(r"调增|调减|追加", prose.text[since : event.start]) is not None
            if adjusted:
                yield of(Measure.CHANGE, told.year, Basis.ADJUSTED, told.year, f"{told.year}年{Basis.INITIAL.value}")
            else:
                yield of(Measure.CHANGE, told.year, told.basis, reading.year or told.year - 1)
        elif reading.said is Said.RATE:
            yield of(Measure.RATE, told.year, told.basis, reading.year or told.year - 1)
        elif reading.said is Said.SHARE:
            yield of(Measure.SHARE, told.year, told.basis, whole=bare(reading.whole) or self._grand or "合计")
        elif reading.said is Said.COMPLETION:
            yield of(Measure.COMPLETION, told.year, told.basis, whole=_plan_name(reading.whole))

    def _keep(self, figure: Figure, prose: Prose, event: Event, since: int) -> None:
        _, sentence = framed(prose.text, since, event)
        if sentence[1] - sentence[0] <= _QUOTE:
            whole = replace(figure, locator=replace(figure.locator, quote=printed(prose, sentence)))
            twin = self.figures.get(whole.id)
            figure = whole if twin is None or twin.amount == whole.amount else figure
        self.figures.setdefault(figure.id, figure)

    def _same(self, event: Event, lead: str, since: int, prose: Prose, section: Section) -> None:
        lead = self._brackets(lead)
        told = self._told
        if told is None or not re.search(r"[上去]年|同期|20\d\d年|同比", lead):
            return
        if re.search(r"[上去]年|同期|同比", lead) is None and f"{told.year}年" in lead:
            return  # set beside what was reported of the same year
        clause, _ = framed(prose.text, since, event)
        where = place(prose, clause, event.start, section, self.disclosure)
        figure = Figure(
            document=self.disclosure.name, scheme=told.topic.scheme, account=told.topic.account, name=told.topic.name,
            measure=Measure.CHANGE, amount=Amount(_ZERO, told.unit), absence=None, year=told.year, basis=told.basis,
            locator=where, reader=Reader.PROSE, code=told.topic.code, path=told.topic.path, flow=told.topic.flow,
            funding=told.topic.funding, component=told.topic.component, compared=told.year - 1,
        )  # fmt: skip
        self.figures.setdefault(figure.id, figure)

    def _explain(self, event: Event, lead: str, prose: Prose) -> None:
        """Bind a reason to the changes of the account that it names, or of the one spoken of."""
        self._brackets(lead)
        opening, because, _ = prose.text[event.start : event.end].partition("原因")
        named = pieces(f"{lead}{opening}" if because and len(opening) <= _OPENING else lead)[-1]
        named = re.sub(r"(?:大幅|较大|明显)?(?:增长|增加|下降|减少|减收|增收|上升|变动|的|较大|主要|幅度)+$", "", named)
        topic = account_in(named, self._around()) or (self._told.topic if self._told else None)
        if topic is not None and event.text:
            self._give_reason(topic, event.text)


_ZERO = Decimal(0)
_AHEAD = 5
"""How many paragraphs from one on are looked at for the funds that an amount is divided into."""
_FUNDS_FOLLOW = re.compile(
    r"[,(:;。]?其中[:,]?(?:[(（]?[1一][)）]?[.、．]?)?(?:地方|全[省市州县区旗镇乡])?(?:一般)?公共(?:财政)?预算(?:收入|支出)"
    r"(?=.{0,400}?(?:政府性基金|国有资本经营|社会保险基金))",
    re.S,
)
"""What divides an amount into funds."""
_MEASURED_ON = re.compile(r",?(?:为|占|完成|增|减|下降|上升|比|较|同比|与)")
"""Behind an amount that is measured on a plan or on the year before: it was spent."""
_LEFT_OUT = re.compile("剔除|扣除|不考虑")
_OF_ITS_PLAN = re.compile(r",?(?:为|占|完成|达到?)(?:了)?(?:年初|全年|调整|变动)?(?:后)?预算")
"""Behind an amount that is told as a part of the budget: what the clauses before say was approved is not it."""
_ALIKE = re.compile(
    r"(?:一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?)?收支(?:总[量额计])?(?:规模)?(?:各|均|同时)?(?:相应)?(?:调[增减])?"
)


def _plan_name(words: str) -> str:
    """The plan as the completion of a figure names it: 年初预算, 全年预算 (adjusted), 预算."""
    if plan_named(words) is Basis.ADJUSTED:
        return Basis.ADJUSTED.value
    return Basis.INITIAL.value if re.search(r"年初|年度|全年|目标|任务|计划|预期", words) else "预算"


def paper_figures(sections: Sequence[Section], disclosure: Disclosure) -> list[Figure]:
    """Every figure that the prose of a government's paper states, in order of appearance."""
    reader = PaperReader(disclosure)
    for section in sections:
        reader.read(section)
    return _levels_told_apart(list(reader.figures.values()))


def _levels_told_apart(figures: list[Figure]) -> list[Figure]:
    """The level of government by one word: 市级 beside 市本级 keeps its own, alone it is the government's own level; the only
    level of a paper is no level at all."""
    levels = {figure.component for figure in figures}
    printed = {level for level in levels if re.fullmatch("[省市区县州镇旗]级", level)}
    names = dict.fromkeys(printed, "本级") if "本级" not in levels else {}
    whole = "合计" not in levels
    if whole:
        names = dict.fromkeys((*printed, "本级"), "合计") if "本级" not in levels or not printed else {"本级": "合计"}
    return [replace(f, component=names.get(f.component, f.component)) for f in figures]
