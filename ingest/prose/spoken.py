"""What a section speaks of while it is read: headings, lists and their wholes, the account named last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.disclosure import Disclosure
from corpus.figure import Measure, Scheme
from corpus.money import Amount, Mention
from ingest.prose.accounts import ITEMS, as_expenditure
from ingest.prose.clauses import Event, Prose
from ingest.prose.drafts import AGAINST_PLAN, Draft, amount_of, amount_reached, consistent, rate_after
from ingest.prose.grammar import Reading, compared_with, pieces, signed
from ingest.prose.holdings import COUNTED_VISITS
from ingest.prose.subjects import (
    Around,
    announced,
    is_bare_spending,
    is_generic,
    spent_on,
    subject_topics,
)
from ingest.prose.topics import Lexicon, Scope, Topic, cleaned, dated_by, funding_in
from ingest.prose_units import SubUnits

_AS_OF = re.compile(r"截[至止]?(?:到)?(20\d\d)年")
_OPENER = re.compile(
    r"其中|(?<=,)由|按(?!照|规定|要求)[^,;。:\d]{1,14}[:,]|(?:主要)?包括|(?:用于)?以下(?:几个)?方面"
    r"|(?<=[,。;])主要(?:是|有|为)(?=[^,。;:\d]{2,24}$)|(?<=支出)(?:主要)?有(?=[^,。;:\d]{2,24}$)"
)
_PEOPLE_BY_KIND = re.compile(
    r"(?P<who>(?:实有|现有|在职|在编|在岗)[^,;。:\d]{0,4}(?:人数|人员)):(?=(?:行政|事业|参公|工勤)[^,;。:\d]{0,4}$)"
)
"""A caption that people are told under by kind, without their sum (实有在职人数:行政9人,事业12人)."""
_BY_KIND = re.compile(r"按[^,;。:\d]{0,10}(?:分类|类别|科目|性质|用途|划分|来源|构成)")
_OPENS_LIST = re.compile(r"(?:主要|具体|内容|情况|安排|明细|包括|用于|以下|方面|如下|其中|说明|的|是|为)+$")
_ITS_WHOLE = re.compile(r"(?:收入|支出)(?:预算|决算)?")

_MOVED_ON = re.compile(
    r"(?:相比(?:较)?|比较|对比)?,?(?P<way>增加|增长|减少|下降)(?:了)?(?P<value>\d[\d,]*(?:\.\d+)?)(?P<unit>[万亿]?元)"
)
DASHED = re.compile(r"[—–]{1,3}|-{2,6}")
"""The mark of an item in a list under the paragraph before it (公用经费9万元。 ——水费2万元。 ——电费3万元。)."""
_SUMMED = re.compile(r"(?:共计|合计|总计|共)(?:编制)?(?:为|有)?")
_OPENS_WITH_YEAR = re.compile(r"[^\d,。;]{0,30}(20\d\d)年[^\d,。;]*(?::[(（]?1[、.)）][^\d,。;]*)?")
_OF_ONE_FUND = re.compile(
    r"(?P<fund>财政拨款|一般公共预算(?:财政拨款)?|政府性基金(?:预算)?)支出按[^,;。]{2,6}(?:划分|分类|分|来看),"
)
"""What is paid from one fund, divided in the rest of the sentence (财政拨款支出按用途划分,基本支出…)."""
_BY_ECONOMIC = re.compile(r"按照?(?:部门预算)?(?:支出)?经济(?:分类|科目|性质)")
_BY_FUNCTION = re.compile(r"功能(?:分类|科目)|^[（(]?[一二三四五六七八九十]{1,2}[)）、]")
_GOES_INTO = re.compile(r"(?:具体(?:来看|而言|来说|为|是|情况)?|其中)[,:](?![^。]*20\d\d年)")


def _divides(topic: Topic) -> bool:
    """Whether a bracket right behind an account tells its parts: kinds of cars, classes of a part of expenditure."""
    spent = topic.scheme is Scheme.TOTAL and topic.component in ("人员经费", "公用经费", "基本支出", "项目支出")
    return spent or topic.account in ("公务用车保有量", "车辆")


class Spoken:
    """What is spoken of at a place of a section; `drafts` holds what it has stated so far."""

    def __init__(
        self,
        scope: Scope,
        disclosure: Disclosure,
        lexicon: Lexicon,
        path: Sequence[str],
        before: Sequence[Draft] = (),
    ) -> None:
        self.before = before
        self.scope = scope
        self.economic = False
        """Whether what is told is divided by economic class (按照支出经济分类科目,主要用于:…)."""
        self.disclosure = disclosure
        self.lexicon = lexicon
        self.drafts: list[Draft] = []
        self.proses: list[Prose] = []
        self.heading: tuple[Topic, ...] = announced(path[-1], scope, lexicon) if path else ()
        self.current: tuple[Topic, ...] = self.heading
        self.parent: tuple[Topic, ...] = ()
        self.head: tuple[Topic, ...] = ()
        self.listing: tuple[Topic, ...] = ()
        self.as_of: int | None = None
        self.part = 0
        self._announces = False
        self._carried: tuple[Topic, ...] = ()
        self._dashed_whole: tuple[Topic, ...] = ()
        self._announced: tuple[Topic, ...] = ()
        self._outside: tuple[tuple[Topic, ...], tuple[Topic, ...]] | None = None
        self._prose = Prose.__new__(Prose)
        self._sentence = 0
        self._known = True
        self._headed = False
        self._cause = ""
        self._lost = False
        self._of_each = False
        self._explained = False
        self._opened = 0
        self._shared_out = 0
        self._told_of: int | None = None
        self._units = SubUnits(disclosure, path)
        self.year, self.basis = dated_by(path, disclosure)

    def _listed_under(self, text: str) -> tuple[Topic, ...]:
        """The topics of a clause that opens a list (财政拨款支出主要内容如下)."""
        phrase = _OPENS_LIST.sub("", cleaned(pieces(text.rstrip(":"))[-1], self.lexicon))
        if is_generic(phrase):
            return ()
        return subject_topics(phrase, "", "万元", Around(self.scope, self.lexicon))

    def _open_paragraph(self, text: str) -> None:
        self._sentence = 0
        self._known = True
        self._headed = False
        self._cause = ""
        self._lost = self._of_each = False
        self._opened = 0
        self._shared_out = 0
        self._told_of = None
        by_function = _BY_FUNCTION.search(text) is not None
        if by_function or _BY_ECONOMIC.search(text):
            self.economic = not by_function
        dated = _AS_OF.search(text)
        if dated:
            self.as_of = int(dated[1])
        if self._announces:
            self.listing = self._announced or self.listing
        self.parent = self.listing
        if not DASHED.match(text):
            self._dashed_whole = ()
        elif self._dashed_whole:
            self.parent = self._dashed_whole
        if self._carried:
            self.current, self._carried = self._carried, ()
        elif self.heading:
            self.current = self.heading

    def _announce(self, lead: str) -> None:
        """Words without an amount may name the account that the next sentences speak of."""
        for piece in pieces(lead):
            topics = announced(piece, self.scope, self.lexicon)
            if topics:
                self.current = self.head = topics
                self._headed = True

    def _open_list(self, lead: str, since: int) -> None:
        """After 其中, or after a clause such as 支出包括, come the parts of what was spoken of or what it names."""
        opener = _OPENER.search(lead)
        if opener is None:
            if people := _PEOPLE_BY_KIND.search(lead):
                name = "在职人员" if "在职" in people["who"] else "实有人员"
                self.parent = (Topic(Scheme.STAFF, name, name),)
            return
        self._opened = since
        opening = since <= self._sentence or not self._prose.text[self._sentence : since].strip(",;:。")
        if opening and (fund := _OF_ONE_FUND.search(lead)):
            self.parent = (as_expenditure(funding_in(fund["fund"]), name=f"{fund['fund']}支出"),)
            return
        if opening and _BY_KIND.match(opener.group()):
            # 按支出经济分类划分: parts of all there is, not of what was said last
            spent = "支出" in opener.group() and "经济" not in opener.group()
            told = len(self.heading) == 1 or not spent
            self.parent = self.heading if told else (as_expenditure("", name="支出"),)
            return
        named = () if opener.group() == "其中" else self._listed_under(lead[: opener.start()])
        self._lost = not named and not opening and not self.current and not self._known
        self.parent = named or ((self.head or self.current) if opening else self.current)

    def _brackets(self, lead: str) -> None:
        """What stands in brackets is an aside: after it the account before it is spoken of again; cars in it are parts."""
        if lead.startswith(")") and self._outside is not None:
            (self.current, self.parent), self._outside = self._outside, None
        if lead.rfind("(") > lead.rfind(")"):
            self._outside = self.current, self.parent
            if lead.startswith("(") and len(self.current) == 1 and _divides(self.current[0]):
                self.parent = self.current

    def _item_before(self, earlier: Sequence[str], lead: str, unit: str, around: Around) -> tuple[Topic, ...]:
        """The item that bare words for its funding speak of (单位运行经费:2025年财政拨款预算…), () without one."""
        for raw in earlier:
            found = subject_topics(cleaned(raw, self.lexicon), lead, unit, around)
            if found and found[0].scheme in ITEMS:
                return found
        if is_bare_spending(cleaned(pieces(lead)[-1], self.lexicon)):
            return ()
        held = self.current if self.current and self.current[0].scheme in ITEMS and not self.parent else ()
        return held if held and held[0].scheme is not Scheme.PROJECT else ()

    def _ends_list(self, phrase: str, reading: Reading) -> bool:
        """Whether 支出较去年增加 after the list of what is spent goes on about the whole of it, not about its last part."""
        if reading.measure not in (Measure.CHANGE, Measure.RATE) or not _ITS_WHOLE.fullmatch(phrase):
            return False
        whole = self.parent[-1] if self.parent and self.parent != self.listing else None
        return whole is not None and whole.scheme is Scheme.TOTAL and whole.flow == phrase[:2]

    def _total_told(self, phrase: str, reading: Reading) -> tuple[Topic, ...]:
        """The total of income that 收入减少了 goes on about: the one whose amount the paragraph has told last."""
        if reading.measure not in (Measure.CHANGE, Measure.RATE) or phrase not in ("收入", "支出"):
            return ()
        told = [d for d in self.drafts if d.prose is self._prose and d.measure is Measure.AMOUNT]
        told.sort(key=lambda d: not d.listed)  # 收入合计9万元,其中:本年收入8万元…。收入增加: of all of it
        whole = (Scheme.TOTAL, phrase, "合计", self.scope.funding or "全部")
        totals = [d.topic for d in told if (d.topic.scheme, d.topic.flow, d.topic.component, d.topic.funding) == whole]
        return (totals[-1],) if totals else ()

    def _part_of_itself(self, topics: tuple[Topic, ...], reading: Reading, event: Event) -> bool:
        """Whether a number is called by the name of what it is a part of: then it is not the whole's, nor known.

        财政拨款收入9万元,包括财政补助收入5万元; 车辆4辆(下属单位实有车辆3辆); 日常支出 beside the 基本支出 of the year.
        """
        mention = event.mention
        phrase = cleaned(reading.subject, self.lexicon)
        if len(topics) != 1 or mention is None or is_generic(phrase):
            return False
        topic = topics[0]
        if reading.measure is Measure.COUNT:
            whole = self._outside[0] if self._outside is not None else ()
            return topics == whole and topic.scheme in (Scheme.ASSET, Scheme.STAFF)
        if reading.measure is not Measure.AMOUNT or reading.year not in (None, self.year):
            return False
        named = topic.scheme is Scheme.SOURCE and topics == self.parent
        if not named and not phrase.endswith("日常支出"):
            return False
        before = amount_of(self.drafts, topics)
        return before is not None and before.is_money and before != Amount(mention.value, mention.unit)

    def _last_years(self, subject: str) -> tuple[Topic, ...]:
        """The total that 上年收入决算 is last year's amount of: the one of this flow that the sentence has just told."""
        found = re.fullmatch(r"[上去]年度?(?P<flow>收入|支出)(?:决算|预算|总额|总数|数|额|为)*", subject)
        if found is None or len(self.current) != 1 or not self._stated(self.current[0]):
            return ()
        topic = self.current[0]
        total = topic.scheme is Scheme.TOTAL and topic.component == "合计" and topic.flow == found["flow"]
        return self.current if total else ()

    def _summed(self) -> tuple[Topic, ...] | None:
        """What 合计 sums up: the whole of the list before it, else what the section is about; None after a count."""
        last = self.drafts[-1] if self.drafts else None
        if last is None or (last.measure is Measure.COUNT and last.part == self.part):
            return None
        if self.parent and last.listed and last.measure is not Measure.COUNT:
            return self.parent
        return self.heading if self.heading and self.heading[0].scheme is Scheme.TOTAL else ()

    def _of_its_fund(self, topics: tuple[Topic, ...], reading: Reading, lead: str) -> tuple[Topic, ...]:
        """Carry-over told right behind what a fund earns in the year (政府性基金预算本年收入8万元、上年结转3万元) is that fund's."""
        before = self.current[0] if len(self.current) == 1 else None
        if len(topics) != 1 or before is None or not re.match("[,、和及]", lead) or not self._stated(before):
            return topics
        topic = topics[0]
        bare = re.fullmatch(
            r"上年(?:度)?结转(?:结余)?(?:收入)?(?:资金)?(?:为|共)?", cleaned(reading.subject, self.lexicon)
        )
        carried = bare and topic.scheme is Scheme.SOURCE and topic.account == "上年结转结余" and topic.funding == "全部"
        year_sum = before.scheme is Scheme.TOTAL and before.account == "本年收入合计" and before.component == "合计"
        own = before.funding in ("一般公共预算", "政府性基金", "国有资本经营预算") and "本年" in before.name
        by_fund = len(re.findall(r"元[,、和及]上年(?:度)?结转", self._prose.text)) >= 2
        return (replace(topic, funding=before.funding),) if carried and year_sum and own and by_fund else topics

    def _whole_of_dashes(self) -> tuple[Topic, ...]:
        """What the items of a dashed list divide: the part of expenditure that the paragraph above them has stated last."""
        told = [d for d in self.drafts if d.prose is self._prose and d.measure is Measure.AMOUNT]
        last = told[-1].topic if told else None
        divides = last is not None and last.scheme is Scheme.TOTAL and _divides(last)
        return (last,) if last is not None and divides else ()

    def _posts_summed(self, reading: Reading, mention: Mention) -> tuple[Topic, ...]:
        """All posts, where 共计 sums up the kinds of posts that the sentence has just counted; () where it does not."""
        if reading.measure is not Measure.COUNT or not _SUMMED.fullmatch(cleaned(reading.subject, self.lexicon)):
            return ()
        told = [d for d in self.drafts if d.prose is self._prose and d.at >= self._sentence and d.amount]
        posts = [d for d in told if d.topic.scheme is Scheme.STAFF and d.topic.account.endswith("编制")]
        total = sum(d.amount.value for d in posts if d.amount)
        alone = len(posts) == len(told) >= 2 and total == mention.value
        return (Topic(Scheme.STAFF, "编制人数", "编制人数"),) if alone else ()

    def _around(self, *, planned: bool = False) -> Around:
        current = self.current[-1] if self.current else None
        scope = replace(self.scope, scheme=Scheme.ECONOMIC) if self.economic else self.scope
        return Around(scope, self.lexicon, self._above(), current, planned, self._prose.text)

    def _above(self) -> Topic | None:
        """The topic before 其中; a total of income and expenditure alike has no flow."""
        if len(self.parent) == 2 and self.parent[0].flow != self.parent[1].flow:
            return replace(self.parent[-1], flow="")
        return self.parent[-1] if self.parent else None

    def _stated(self, topic: Topic | None) -> bool:
        """Whether the sentence has stated something of the topic already."""
        return any(d.topic == topic and d.prose is self._prose and d.at >= self._sentence for d in self.drafts)

    def _given(self, event: Event) -> str:
        """The words of a reason: 同上 is the one before it, the issuer's name alone the beginning of one that is cut off."""
        if re.fullmatch(r"同[上前]", event.text):
            return next((d.reason for d in reversed(self.drafts) if d.reason), event.text)
        cut = event.end == len(self._prose.text) and any(name.endswith(event.text) for name in self.lexicon.issuers)
        return "" if cut else event.text

    def _subject_of_reason(self, lead: str) -> tuple[Topic, ...]:
        phrase = cleaned(pieces(lead)[-1], self.lexicon)
        phrase = re.sub(r"(?:支出)?(?:决算|执行)?数?[大小高低多少]于[上去]年.*", "", AGAINST_PLAN.sub("", phrase))
        _, phrase = compared_with(phrase, self.year)
        phrase = re.sub(
            r"(?:支出)?(?:预算|决算)?(?:增加|减少|增长|下降|变动|变化|发生|较大|差异|预算|总体|的)+$", "", phrase
        )
        if is_generic(phrase):
            return ()
        if "收入支出" in phrase or "收支" in phrase:
            phrase += "总计"
        return subject_topics(phrase, "", "万元", Around(self.scope, self.lexicon))

    def _changed(
        self, reading: Reading, topics: tuple[Topic, ...], value: Decimal, unit: str, event: Event
    ) -> tuple[Topic, ...]:
        """A change that ends a list after 其中 may be the whole's: the printed rate decides, else the list's form."""
        inherited = topics == self.current
        if not inherited or reading.subject or self.parent in ((), self.listing, topics):
            return topics  # named, or not in a list of its own sentence
        if unit == "%":
            return topics
        rate = rate_after(self._prose.text, event.end)
        change = Amount(signed(value, reading), unit)
        for candidate in (topics, self.parent):
            amount = amount_of(self.drafts, candidate)
            if amount and rate is not None and consistent(amount, change, rate):
                return candidate
        since = max(self._sentence, self._opened)
        listed = [d for d in self.drafts if d.prose is self._prose and d.listed and d.at >= since]
        if any(d.part != self.part for d in listed):
            return topics  # parts set apart by semicolons: each tells its own change
        lone = len({d.topic for d in listed if d.measure is Measure.AMOUNT}) < 2
        return topics if lone or any(d.moves for d in listed) else self.parent

    def _whole_by_rate(self, reading: Reading, event: Event) -> tuple[Topic, ...]:
        """What a change without a subject speaks of after parts of it that are not known: the rate must fit its amount."""
        mention = event.mention
        if mention is None or reading.subject or not self.parent or self.parent == self.listing:
            return ()
        change = mention.value if reading.measure is Measure.RATE else signed(mention.value, reading)
        amount = amount_of(self.drafts, self.parent)
        if reading.measure is Measure.RATE:
            last = self.drafts[-1] if self.drafts else None
            goes_on = (
                last and last.topic in self.parent and last.measure is Measure.CHANGE and last.prose is self._prose
            )
            return self.parent if goes_on else ()
        rate = rate_after(self._prose.text, event.end)
        if reading.measure is not Measure.CHANGE or amount is None or rate is None:
            return ()
        return self.parent if consistent(amount, Amount(change, mention.unit), rate) else ()

    def _year_gone_into(self, since: int, stop: Event) -> int | None:
        """The earlier year that a sentence from `since` on was about, where the next one goes into it (具体来看,预算为…)."""
        if not _GOES_INTO.match(self._prose.text, stop.end):
            return None
        years = set(re.findall(r"(?<![与和同比较])20\d\d(?=年)", self._prose.text[since : stop.start]))
        return self.year - 1 if years == {str(self.year - 1)} else None

    def _of_opened_year(self, reading: Reading, lead: str, event: Event) -> Reading:
        """A sentence that opens with an amount of last year (2019年预算收入5万元,支出5万元) tells of last year to its end."""
        if reading.measure is not Measure.AMOUNT or reading.beside:
            return reading
        opening = _OPENS_WITH_YEAR.fullmatch(self._prose.text, self._sentence, event.start)
        if self._told_of and _GOES_INTO.match(self._prose.text, self._sentence):
            return reading if reading.year is not None else replace(reading, year=self._told_of)
        if opening:
            self._told_of = self.year - 1 if int(opening[1]) == self.year - 1 else None
        elif reading.year is not None or re.search(r"[本当今]年", lead):
            self._told_of = None
        if self._told_of is None or reading.year is not None or is_generic(cleaned(reading.subject, self.lexicon)):
            return reading
        return replace(reading, year=self._told_of)

    def _paid_for(self, phrase: str) -> tuple[Topic, ...]:
        """What money without a name is spoken of: the item told last, behind guests and cars that it paid for.

        国内公务接待67批次,660人次,共12.8万元 is what these guests cost; (…,813人,)比上年增加3万元 what all of them did.
        """
        if not self.current or not COUNTED_VISITS.search(self.current[0].account):
            return self.current
        if re.fullmatch(r"(?:共计?|合计|花费|费用)(?:为|约)*", phrase) and (spent := spent_on(self.current[0])):
            return (spent,)
        told = [d for d in self.drafts if d.prose is self._prose and d.amount and d.amount.is_money]
        return (told[-1].topic,) if told and told[-1].topic.scheme is Scheme.THREE_PUBLIC else ()

    def _proved(self, mention: Mention, event: Event) -> None:
        """Speak of what 与上年6万元相比增加2万元 is about: the account of the paragraph that has 8万元 where the last one has not."""
        moved = _MOVED_ON.match(self._prose.text, event.end)
        if moved is None or moved["unit"] != mention.unit:
            return
        change = Decimal(moved["value"].replace(",", ""))
        now = mention.value + (change if moved["way"] in ("增加", "增长") else -change)
        reached = amount_reached(self.drafts, self._prose, self.year, Amount(now, mention.unit))
        if reached is not None and reached not in self.current:
            self.current = (reached,)

    def _cause_of_the_one_before(self, reading: Reading, mention: Mention) -> None:
        """A sentence with a cause that tells a change once more under an unknown name gives the reason of that change."""
        change = Amount(signed(mention.value, reading), mention.unit)
        told = [d for d in self.drafts if d.measure is Measure.CHANGE and d.amount == change]
        if len(told) == 1 and not told[0].reason and mention.value:
            told[0].reason = self._cause
