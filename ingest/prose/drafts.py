"""A figure in the making: its reason may come sentences later, an absence may be overtaken by a printed zero."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.disclosure import Basis
from corpus.figure import Measure, Scheme
from corpus.money import Absence, Amount, canonical_unit, half_last_digit
from ingest.prose.clauses import Event, Prose
from ingest.prose.grammar import Compared
from ingest.prose.topics import Lexicon, Topic


@dataclass(slots=True)
class Draft:
    """One statement. `at` is where its number (or word) begins, `clause` its words, `sentence` the whole statement
    around it, all in the compact text of `prose`; `covers` lists the starts of the printed numbers it accounts for."""

    topic: Topic
    measure: Measure
    amount: Amount | None
    absence: Absence | None
    year: int
    basis: Basis
    prose: Prose
    at: int
    clause: tuple[int, int]
    sentence: tuple[int, int]
    part: int
    """Counts the parts (between semicolons and stops) of the section."""
    compared: int | None = None
    whole: str = ""
    reason: str = ""
    listed: bool = False
    """Named after 其中."""
    entity: str = ""
    """The sub-unit whose amount it is, "" for the issuer."""
    beside: Compared | None = None
    """What it is where it is only set beside the amount spoken of (较上年6万元减少6万元)."""
    covers: list[int] = field(default_factory=list)

    @property
    def moves(self) -> bool:
        """Whether it is a change, a rate or a completion: something that wants a reason."""
        return self.measure in (Measure.CHANGE, Measure.RATE, Measure.COMPLETION)


def same_account(one: Topic, other: Topic) -> bool:
    """Whether two topics are one account, whatever is said of funding and part."""
    return one.scheme is other.scheme and (one.code or one.account) == (other.code or other.account)


def consistent(amount: Amount, change: Amount, rate: Decimal) -> bool:
    """Whether change / (amount - change) gives the rate (percent) as far as the printed digits allow."""
    if not amount.is_money or not change.is_money:
        return False
    before = amount.to("元").value - change.to("元").value
    if before == 0:
        return rate in (0, 100)  # nothing last year: printed as 0% where nothing came, else as 100%
    slack = half_last_digit(rate) + half_last_digit(change.to("元").value) / abs(before) * 100
    return abs(change.to("元").value / before * 100 - rate) <= slack * 2


AGAINST_PLAN = re.compile(
    r"(?:支出)?(?:(?:决算|执行)(?:执行)?数?(?:与(?:年初|全年|调整)?预算数?)?(?:小于|大于|等于|低于|高于|超过?|多于|少于|持平|一致|不一致|存在差异|差异)(?![上去]年|20\d\d年)"
    r"|支出(?:数?与(?:年初|全年|调整)?预算数?(?:持平|一致|不一致|存在差异|差异)|数?(?:小于|大于|等于|低于|高于|超过?|多于|少于)(?![上去]年|20\d\d年))).*"
)
"""The words that set the final account against the budget: 决算数小于全年预算数."""


_COMPLETED = re.compile(r"完成(?:了)?[^,;。]{0,8}预算[^,;。]{0,4}$")


def amount_of(drafts: Sequence[Draft], topics: Sequence[Topic]) -> Amount | None:
    """The amount stated last of one of the topics, those set beside others left out."""
    for draft in reversed(drafts):
        if draft.measure is Measure.AMOUNT and draft.topic in topics and not draft.beside:
            return draft.amount
    return None


def unit_of(drafts: Sequence[Draft], topic: Topic) -> str:
    """The unit that a topic is told in, money or what it is counted by; 万元 where nothing has been told of it."""
    last = next((d for d in reversed(drafts) if d.topic == topic and d.amount and d.amount.unit != "%"), None)
    return last.amount.unit if last and last.amount else "万元"


def counted_before(drafts: Sequence[Draft], prose: Prose, unit: str) -> tuple[Topic, ...]:
    """What 比上年增加5人 speaks of: the thing counted last in the paragraph, where it is counted by the same unit."""
    last = drafts[-1] if drafts else None
    told = last is not None and last.prose is prose and last.measure in (Measure.COUNT, Measure.RATE, Measure.CHANGE)
    counts = [d for d in drafts if told and last is not None and d.topic == last.topic and d.measure is Measure.COUNT]
    same = counts and counts[-1].amount and canonical_unit(counts[-1].amount.unit) == canonical_unit(unit)
    return (counts[-1].topic,) if same else ()


def rate_after(text: str, end: int) -> Decimal | None:
    """The signed rate in percent that a change ending at `end` goes on with (…万元,增长5%)."""
    match = re.match(r",(?P<words>[^,;。\d]{0,16}?)(?P<rate>-?\d+(?:\.\d+)?)%", text[end:])
    if not match:
        return None
    down = re.search(r"下降|减少|降低|降", match["words"]) and not re.search(r"增[加长减]", match["words"])
    return -Decimal(match["rate"]) if down else Decimal(match["rate"])


def basis_of_whole(drafts: Sequence[Draft], whole: Sequence[Topic], prose: Prose, year: int) -> Basis | None:
    """The kind of number that the whole before 其中 was (支出预算5万元,其中:…), None where the paragraph states none."""
    for draft in reversed(drafts):
        if draft.prose is not prose:
            return None
        stated = draft.measure is Measure.AMOUNT and draft.year == year and not draft.beside
        planned = _COMPLETED.search(prose.text, draft.clause[0], draft.at)  # set beside what was spent, no more
        if draft.topic in whole and stated and not planned:
            return draft.basis
    return None


def both_flows(drafts: Sequence[Draft], since: int, prose: Prose) -> tuple[Topic, ...]:
    """Income and expenditure where the sentence from `since` on has just stated one total of each, () elsewhere."""
    told = [d for d in drafts if d.prose is prose and d.at >= since and d.measure is Measure.AMOUNT][-2:]
    topics = tuple(d.topic for d in told)
    flows = {topic.flow for topic in topics}
    totals = all(topic.scheme is Scheme.TOTAL and topic.component == "合计" for topic in topics)
    return topics if flows == {"收入", "支出"} and totals else ()


def explain(drafts: Sequence[Draft], reason: str, lead: str, part: int, topics: Sequence[Topic]) -> None:
    """Bind a reason to the drafts it explains (rules: see `ingest.prose.narrative`). `lead` is what stands before it."""
    if _AS_ABOVE.fullmatch(reason):
        reason = next((d.reason for d in reversed(drafts) if d.reason), "")
    if not reason:
        return
    for draft in _explained(drafts, lead, part, topics):
        draft.reason = reason


_AS_ABOVE = re.compile(
    r"(?:与|同|和|如)?(?:上|前)(?:一)?(?:述|项|条|文|面|款|列)?(?:所述)?(?:的)?(?:原因)?(?:相同|一致|一样)?"
)
"""A reason that only points to the one before it."""


_ITS_REASON = re.compile(
    r"(?P<name>[^,;。:]{2,20}?)(?P<way>增加|减少|增长|下降|降低)(?:的)?(?:主要)?(?:原因)?(?:主要)?(?:是|为|系)(?:因为|由于|因)?(?P<why>[^;。]{3,})"
)


def reason_of_each(reason: str) -> list[tuple[str, str]]:
    """The items that a reason explains one by one, each with what is said of its change, and the words why; [] for any other.

    >>> reason_of_each("接待费增加是来访增多;车辆费减少是公车改革;总体下降")
    [('接待费增加', '来访增多'), ('车辆费减少', '公车改革')]
    >>> reason_of_each("接待费增加是来访增多")
    []
    """
    parts = [found for part in reason.split(";") if (found := _ITS_REASON.fullmatch(part))]
    return [(found["name"] + found["way"], found["why"]) for found in parts] if len(parts) > 1 else []


def explain_each(drafts: Sequence[Draft], topics: Sequence[Topic], lead: str, why: str) -> None:
    """Give a reason to the changes of one item that wait for one and go the way it says."""
    for draft in drafts:
        if draft.moves and not draft.reason and any(same_account(draft.topic, topic) for topic in topics):
            draft.reason = why if _agrees(draft, lead) else ""


def explain_wholes(drafts: Sequence[Draft], prose: Prose) -> None:
    """A total that moved by what its one source moved by, in one paragraph, did so for the same reason."""
    here = [d for d in drafts if d.prose is prose and d.moves and d.amount and d.amount.value]
    for whole in here:
        if whole.reason or whole.topic.scheme is not Scheme.TOTAL or whole.topic.component != "合计":
            continue
        why = {
            d.reason
            for d in here
            if d.reason and d.topic.scheme is Scheme.SOURCE and d.topic.flow == whole.topic.flow
            and (d.amount, d.year, d.compared) == (whole.amount, whole.year, whole.compared)
        }  # fmt: skip
        whole.reason = why.pop() if len(why) == 1 else ""


def spent_told(drafts: Sequence[Draft], prose: Prose, since: int, topic: Topic, year: int) -> Draft | None:
    """What the sentence from `since` on has just said was spent on an account in a year; None where it has not."""
    last = next((d for d in reversed(drafts) if d.measure not in (Measure.CHANGE, Measure.RATE)), None)
    if last is None or last.prose is not prose or last.at < since or last.beside or last.measure is not Measure.AMOUNT:
        return None
    return last if (last.topic, last.year, last.basis) == (topic, year, Basis.FINAL) else None


def amount_reached(drafts: Sequence[Draft], prose: Prose, year: int, value: Amount) -> Topic | None:
    """The one account of the paragraph whose amount of the year is `value`, None where there is none or more than one."""
    told = [d for d in drafts if d.prose is prose and d.measure is Measure.AMOUNT and d.year == year and not d.beside]
    found = {d.topic: d for d in told if d.amount == value}
    return next(iter(found)) if len(found) == 1 else None


def _explained(drafts: Sequence[Draft], lead: str, part: int, topics: Sequence[Topic]) -> list[Draft]:
    if AGAINST_PLAN.search(lead) and drafts:
        ours = [d for d in drafts if d.topic in topics and not d.reason] if topics else _of_last(drafts)
        spent = [d for d in ours if d.measure is Measure.AMOUNT and d.basis is Basis.FINAL]
        return [*spent[-1:], *(d for d in ours if d.measure is Measure.COMPLETION)]
    waiting = [d for d in drafts if d.moves and not d.reason]
    if topics:
        if (whole := _told_whole(drafts, waiting, topics)) is not None:
            return whole
        ours = [d for d in waiting if any(same_account(d.topic, t) or _wider(d.topic, t) for t in topics)]
        if re.search(r"增加|减少|增长|下降|变动|差异", lead):
            ours = [d for d in ours if d.measure is not Measure.COMPLETION]
        return (
            [d for d in ours if _agrees(d, lead)] or ours or ([] if _of_another(drafts, topics) else _of_last(drafts))
        )
    here = [d for d in waiting if d.part == part]
    if here:
        last = [d.topic for d in here if d.at == here[-1].at]
        return [d for d in here if any(same_account(d.topic, t) and d.topic.component == t.component for t in last)]
    if drafts and drafts[-1].absence is not None and drafts[-1].part == part:
        return [drafts[-1]]  # 未安排此项支出,原因是…: why there is nothing
    previous = [d for d in waiting if d.part == max((x.part for x in drafts if x.part < part), default=-1)]
    if previous:
        sentence = previous[-1].sentence
        around = [
            d for d in waiting if d.prose is previous[-1].prose and d.part >= part - 12 and _one_sentence(d, sentence)
        ]
        return around or previous
    return _moved_that_way(drafts, waiting, lead) or _of_last(drafts)


def _told_whole(drafts: Sequence[Draft], waiting: Sequence[Draft], topics: Sequence[Topic]) -> list[Draft] | None:
    """The amount of the total that a reason names (支出减少的主要原因是) where only its parts were told since, no change at all.

    None where a change waits for the reason, or where what was told last is a total itself.
    """
    total = topics[0].scheme is Scheme.TOTAL and topics[0].component == "合计"
    last = drafts[-1] if drafts else None
    parts = (Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.PROJECT)
    if not total or last is None or last.topic.scheme not in parts or any(d.prose is last.prose for d in waiting):
        return None
    wholes = [
        d for d in drafts
        if d.prose is last.prose and d.measure is Measure.AMOUNT and d.topic.scheme is Scheme.TOTAL
        and (d.topic.flow, d.topic.component, d.year) == (topics[0].flow, "合计", last.year)
    ]  # fmt: skip
    return wholes[-1:]


def _moved_that_way(drafts: Sequence[Draft], waiting: Sequence[Draft], lead: str) -> list[Draft]:
    """The last change that goes the way the reason says (增加原因:), where what it is spent on was listed in between."""
    ours = [d for d in waiting if _agrees(d, lead) and drafts and d.prose is drafts[-1].prose]
    if not ours or not _WAY.search(lead):
        return []
    return [d for d in ours if same_account(d.topic, ours[-1].topic) and d.part == ours[-1].part]


_WAY = re.compile(r"增加|增长|上升|减少|下降|降低")


def _of_another(drafts: Sequence[Draft], topics: Sequence[Topic]) -> bool:
    """Whether what was told last is another item of the kind that a reason names (公务接待费 where it names 三公经费)."""
    last = drafts[-1].topic if drafts else None
    return (
        last is not None
        and last.scheme in _ITEMISED
        and all(topic.scheme is last.scheme and not same_account(topic, last) for topic in topics)
    )


_ITEMISED = (Scheme.THREE_PUBLIC, Scheme.FUNCTION, Scheme.ECONOMIC)


def _one_sentence(draft: Draft, sentence: tuple[int, int]) -> bool:
    """Whether no full stop stands between the draft and the end of the sentence."""
    return "。" not in draft.prose.text[draft.at : sentence[1]].rstrip("。")


def _wider(topic: Topic, subject: Topic) -> bool:
    """Whether a reason given for totals of a funding also speaks of this topic (财政拨款收入支出增加的原因)."""
    if subject.scheme is not Scheme.TOTAL or topic.scheme not in (Scheme.TOTAL, Scheme.SOURCE):
        return False
    return topic.flow == subject.flow and (
        topic.funding == subject.funding or topic.account.startswith(subject.funding)
    )


def _agrees(draft: Draft, lead: str) -> bool:
    value = draft.amount.value if draft.amount else Decimal(0)
    if re.search(r"增加|增长|上升|提高|[大高多]于[上去]年", lead):
        return value > 0
    return value < 0 if re.search(r"减少|下降|降低|[小低少]于[上去]年", lead) else True


def _of_last(drafts: Sequence[Draft]) -> list[Draft]:
    """What was said last of the last account, its completion and its amount: no change is waiting for a reason."""
    if not drafts:
        return []
    last = drafts[-1]
    if last.absence is not None:  # 2025年安排0万元。2024年也未安排: the reason after it explains this year's, too
        later = [d for d in drafts if d.topic == last.topic and d.prose is last.prose and d.year > last.year]
        last = later[-1] if later else last
    ours = [
        d for d in drafts if d.topic == last.topic and d.prose is last.prose and d.year == last.year and not d.reason
    ]
    return [d for d in ours if d.basis == last.basis or d.measure is Measure.COMPLETION]


def as_printed(topic: Topic, amount: Amount, lexicon: Lexicon) -> Topic:
    """Total or sum of the year: where the tables print the amount only under the other one, that is the one meant.

    Prose says 收入总计 and 支出预算 of either; the two differ by what is carried over.
    """
    if topic.scheme is not Scheme.TOTAL or not amount.is_money or topic.component != "合计" or topic.name == "收支总计":
        return topic
    total, year_sum = f"{topic.flow}总计", f"本年{topic.flow}合计"
    if topic.account not in (total, year_sum):
        return topic
    other = total if topic.account == year_sum else year_sum
    if lexicon.prints(topic.funding, other, amount) and not lexicon.prints(topic.funding, topic.account, amount):
        return replace(topic, account=other)
    return topic


def year_sum(topic: Topic, amount: Amount, drafts: Sequence[Draft], basis: Basis) -> Topic:
    """收入合计 after a 收入总计 of another amount is the sum of the year, without what was carried over.

    In a final account it is that sum be it as large as the total: the rules ask for both, and for a change of each.
    """
    if topic.scheme is not Scheme.TOTAL or topic.account != f"{topic.flow}总计" or topic.name != f"{topic.flow}合计":
        return topic
    before = next((d for d in reversed(drafts) if d.topic == topic and d.measure is Measure.AMOUNT), None)
    if before is None or before.topic.name == topic.name or before.amount is None:
        return topic
    if before.amount == amount and basis is not Basis.FINAL:
        return topic
    return replace(topic, account=f"本年{topic.flow}合计")


def framed(text: str, since: int, event: Event) -> tuple[tuple[int, int], tuple[int, int]]:
    """The clause of an event, from where its lead begins, and the statement around it (to semicolon or stop)."""
    start = since
    while start < event.start and text[start] in ",;:。、)":
        start += 1
    first = max(text.rfind(mark, 0, start + 1) for mark in "。;") + 1
    stops = [at for at in (text.find(mark, event.end) for mark in "。;") if at >= 0]
    return (start, event.end), (first, min(stops, default=len(text)))


def measure_against(draft: Draft, compared: Compared | None, year: int) -> None:
    """Write down what a change is measured against; last year's number of the same kind where the text does not say.

    Of a document that does not tell its year (0) the year before is not known either.
    """
    if not year and (compared is None or compared.year < 0):
        return
    if compared is None:
        draft.compared = year - 1
        return
    draft.compared = compared.year
    usual = compared.year < draft.year and compared.basis in (None, draft.basis)
    draft.whole = "" if usual else f"{compared.year}年{(compared.basis or draft.basis).value}"


def last_comparison(drafts: Sequence[Draft], draft: Draft) -> Compared | None:
    """What the change before it in the same part was measured against (比上年增加2万元,增长5%; 较上年6万元减少2万元)."""
    for before in reversed(drafts):
        if before.part != draft.part or before.prose is not draft.prose:
            return None
        if before.beside:
            return before.beside
        if before.measure is Measure.CHANGE and before.compared:
            basis = next((b for b in Basis if before.whole == f"{before.compared}年{b.value}"), None)
            return Compared(before.compared, basis)
    return None


def without_overtaken(drafts: Sequence[Draft], prose: Prose) -> list[Draft]:
    """The drafts without absences said in words where the same paragraph prints the amount of the same thing."""
    here = [d for d in drafts if d.prose is prose and d.measure is Measure.AMOUNT]
    printed = {(d.topic, d.year, d.entity) for d in here if d.absence is None}
    return [d for d in drafts if d.absence is None or (d.topic, d.year, d.entity) not in printed]


def projects_alike(drafts: Sequence[Draft], prose: Prose) -> None:
    """A list of project expenditure that names two projects is one of projects: 案件审判 in it is one, no class of the budget."""
    listed = [d for d in drafts if d.prose is prose and d.listed and d.measure is Measure.AMOUNT and d.absence is None]
    for draft in listed:
        topic = draft.topic
        named = topic.scheme is Scheme.FUNCTION and len(topic.code) == 7 and topic.component == "项目支出"
        if not named or topic.name.endswith("支出") or topic.code in prose.text:
            continue
        beside = [
            d
            for d in listed
            if d.topic.scheme is Scheme.PROJECT and d.sentence == draft.sentence and d.year == draft.year
        ]
        if len(beside) >= 2:
            draft.topic = Topic(Scheme.PROJECT, topic.name, topic.name, flow="支出", component="项目支出")


def without_divided(drafts: Sequence[Draft], prose: Prose) -> list[Draft]:
    """The drafts without what a paragraph counts twice, part by part (初中部…工勤人员1人;高中部…工勤人员2人): of neither is it all."""
    counted: dict[tuple[str, int, str], list[Draft]] = {}
    for draft in drafts:
        if draft.prose is prose and draft.measure is Measure.COUNT:
            counted.setdefault((draft.topic.account, draft.year, draft.entity), []).append(draft)
    divided = [d for found in counted.values() if _divided(found) for d in found]
    return [d for d in drafts if not any(d is other for other in divided)]


def _divided(found: Sequence[Draft]) -> bool:
    if found[0].topic.scheme in (Scheme.STAFF, Scheme.OTHER):
        return len({d.part for d in found}) == len(found) > 1 and len({str(d.amount) for d in found}) == len(found)
    return (
        found[0].topic.account.startswith("购置") and len({str(d.amount) for d in found}) > 1
    )  # bought by one unit after another
