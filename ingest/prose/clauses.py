"""Prose without its blanks, cut where a grammar can hold it: amounts, words of sameness, reasons, purposes, stops.

A paragraph is read as a row of events; the text between two events (the lead) says what the second one is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.disclosure import Paragraph
from corpus.money import MONEY_UNITS, Mention, mentions
from ingest.layout.paragraphs import says_it_again
from ingest.prose.numbers import is_amount, stated


class Kind(StrEnum):
    """What an event of running text is."""

    AMOUNT = "amount"
    SAME = "same"
    """持平, 一致, 无变化: a change of nothing, said in words."""
    NOTHING = "nothing"
    """未安排, 没有…支出, 无…: said to be absent."""
    REASON = "reason"
    CAUSE = "cause"
    """A reason put before what it explains: 由于人员增加, …"""
    PURPOSE = "purpose"
    """主要用于 …, 主要包括 … without amounts: says what for, states nothing."""
    BREAK = "break"
    """A semicolon."""
    STOP = "stop"
    """The end of a sentence."""


@dataclass(frozen=True, slots=True)
class Event:
    """Characters `start`..`end` of the compact text. `text` is the reason's own words, or what is said to be absent."""

    kind: Kind
    start: int
    end: int
    text: str = ""
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph as the grammar reads it: `text` without blanks, `offsets` of its characters in the paragraph."""

    paragraph: Paragraph
    text: str
    offsets: tuple[int, ...]

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """Where characters `start`..`end` of the compact text stand in the paragraph's text."""
        return self.offsets[start], self.offsets[end - 1] + 1 if end > start else self.offsets[start]


def compact(paragraph: Paragraph) -> Prose:
    """The paragraph without blanks: justified lines print "319.87 万 元" for 319.87万元."""
    kept = [at for at, letter in enumerate(paragraph.text) if not letter.isspace()]
    text = "".join(paragraph.text[at] for at in kept).translate(_FOLD)
    text = re.sub(r"(?<=[元%人])\.(?=[^\d.]|$)", "。", text)
    return Prose(paragraph, text, (*kept, len(paragraph.text)))


_FOLD = str.maketrans(
    {
        "；": ";",
        "，": ",",
        "：": ":",
        "（": "(",
        "）": ")",
        "[": "(",
        "]": ")",
        "．": ".",
        "﹐": ",",
        "‘": "“",
        "’": "”",
        '"': "“",
    }
)
_ENDED = re.compile(r"[。;:!?][”\"')】》]*$")
_REASON_OPEN = re.compile(r"原因(?:是|为)?[:：]$")
_BEGINS_ANEW = re.compile(
    r"\s*(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、](?!\d)|[①-⑳]|注|备注|说明|[(（]图)"
)


def mended(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Paragraphs with those put together again that a page break cut in mid-sentence."""
    whole: list[Paragraph] = []
    for paragraph in paragraphs:
        if whole and _goes_on(whole[-1].text, paragraph.text):
            before = whole[-1]
            shift = len(before.text)
            spans = tuple(replace(s, start=s.start + shift, end=s.end + shift) for s in paragraph.spans)
            whole[-1] = Paragraph(before.text + paragraph.text, (*before.spans, *spans))
        else:
            whole.append(paragraph)
    return whole


def _goes_on(before: str, after: str) -> bool:
    return (
        len(before.strip()) >= 20
        and (not _ENDED.search(before.strip()) or bool(_REASON_OPEN.search(before.strip())))
        and not _BEGINS_ANEW.match(after)
        and bool(re.search(r"[,。;、\d]", before))
        and not says_it_again(before.strip(), after.strip())
    )


_SAME = re.compile(
    r"(?:基本|大致|总体)?(?:持平|一致|无变化|未变化|没有变化|无增减变化?|未发生(?:增减)?变化|[无没]有?(?:增加(?:或|、|和)减少|增减)|保持不变|不变|相同|相等)"
)


LISTED = re.compile(
    r"主要(?:是|有|为)(?:[^,。;:\d增减降升]{2,24}(?:支出|费|经费|收入|补助|补贴))(?:预算)?(?:为|:)?\d[\d,.]*(?:万|亿)?元"
)
"""What looks like a reason and lists the parts of the amount before (基本支出80万元,主要是工资福利支出60万元、…)."""
_DEFINED = re.compile(r"[,](?:为|是|指)[^,。;\d]{4,60}的[^,。;\d]{0,6}(?:收入|支出|资金|经费),$")
"""What an income is by its definition goes on with what it consists of (为…之外取得的收入,主要是…): no reason."""
_LISTS_FUNDS = re.compile(r"(?:收入|结转|结余)(?:为|共|合计)*\d[\d,.]*(?:万|亿)?元,$")
_FUND_LISTED = re.compile(
    r"主要(?:是|有|为)[^,。;:\d增减降升]{0,12}(?:预算|财政)(?:财政)?拨款(?:为|:)?\d[\d,.]*(?:万|亿)?元"
)
"""So do funds behind an income or a carry-over (上年结转收入9万元,主要是一般公共预算拨款5万元,…), if no change is told."""
_COMPARED = r"(?:比|较|与|同|和)(?:上年|去年|上一?年度?|前一年|同期|20\d\d年)"
REASON = re.compile(
    r"(?:(?:增减|变动|变化|差异|增加|减少|增长|下降|持平|不变|降低|提高|压减)(?:较大|情况)?)?(?:的)?(?:主要|具体|变动|增减|增加|减少|变化|其)*"
    r"(?<!等)(?:原因(?:说明|分析)?|(?<=[加少长降动])因素)(?:主要)?都?(?:是因为|是由于|是|为|在于|如下|包括|有[两二三四五六几](?:点|个|条|方面)?|有|系)?[:,]?(?:是|因为|由于)?"
    r"|(?<=[,。;元%])(?:主要|具体)(?:是|系|为)(?:因为|由于|因)?(?!用于|指)(?<!具体是(?=:))|主要(?:是|系)(?:因为|由于|因)|(?<=[,。;])主要因(?:为)?|主要由于"
    r"|(?<=[,。;])(?:是|系)(?:因为|由于|因)|(?<=[,。;])(?:由于|因为|一是(?:因为|由于))|(?<=[,。;])系(?=[^,。;]{2,60}(?:所致|导致|引起))"
    r"|(?<=[,。;])(?:增加|减少|增长|下降)(?:的)?主要(?:是因为|是由于|因为|由于|是|为|系)(?!用于)|(?<=[费支出入算额])(?:增加|减少|增长|下降)(?:的)?主要(?:是|为|系)(?!用于)|(?<=数的)主要情况:"
    r"|(?<=[,。;%元])主要(?:变动|变化|增减|差异)(?:情况)?:?(?:是|为)(?:由于|因为)?:?"
    r"|(?<=[,;])因(?![公此故素而为])(?=[^,。;\d]{2,40}[。;])"
)
_PURPOSE = re.compile(
    r"(?:主要|具体|专项)(?:是)?(?:安排)?用于(?!以下|:以下|如下|[^,;。\d]{0,8}接待[^,;。\d]{0,4}\d+(?:个?批|人次))|(?<=[,;。])用于|主要反映|主要包括:?(?=[^\d。;]*[。;])|主要包括:?(?=[^\d。;]*$)"
    r"|主要安排(?!以下|如下)|主要开支内容|主要支出内容"
)
_PURPOSE_ENDS = re.compile(
    rf"[。;]|,(?={_COMPARED}|(?:20\d\d|上)年|完成|年初预算|全年预算|调整预算|支出决算|决算数|预算数|其中|增加|减少|增长|下降|占)|,?(?=主要原因)"
    r"|,(?=[^,。;\d]{0,20}(?:保有量|批次|人次|团组|来宾)[^,。;\d]{0,6}\d)"
)
_ONWARD = re.compile(r"(?:二|三|四|五|六)是|\(?[2-9][)、.)]|同时|另外|此外|并|[②-⑨]")


_CAUSE = re.compile(r"(?<![^,。;:])(?:由于|因为|因(?!公|此|故)|受)(?P<what>[^,。;\d]{2,40}),(?=[^。;]*\d)")


_COUNTS = re.compile(r"(?:[^,。;\d]{0,24},){0,3}(?:年末|目前|现有|实有|共有|在校)[^,。;\d]{0,8}\d[\d,]*(?:人|名|个)")
"""What stands behind a cause may count people or things, which are no part of it (由于人口上升,年末学生人数520人)."""


def reasons(text: str) -> list[Event]:
    """The parts that explain a change, from the words that open them to where the explanation ends."""
    found = [
        Event(Kind.CAUSE, m.start(), m.end() - 1, m["what"])
        for m in _CAUSE.finditer(text)
        if _states(text[m.end() :]) or _COUNTS.match(text, m.end())
    ]
    causes = [(event.start, event.end) for event in found]
    at = 0
    while match := REASON.search(text, at):
        cause = next((end for start, end in causes if start <= match.start() < end), None)
        if cause is not None:
            at = cause
            continue
        if _DEFINED.search(text[: match.start()]) and re.match("主要(?:是|为|有)", match.group()):
            at = match.end()
            continue
        funds = _FUND_LISTED.match(text, match.start()) and _LISTS_FUNDS.search(text[: match.start()])
        if funds or LISTED.match(text, match.start()):
            at = match.end()
            continue
        end = _reason_end(text, match.end())
        given = _CAPTION.sub("", text[match.end() : end]).strip(",;:。、 ")
        found.append(Event(Kind.REASON, match.start(), end, given if _SAYS.search(given) else ""))
        at = max(end, match.end())
    return found


_CAPTION = re.compile(r"\([^()]{0,4}图\d*[:：]?[^()]*\)|\([^()]{1,4}图\)")
_SAYS = re.compile(r"[一-鿿]{2}")
"""What a reason must hold at least; 主要原因是2019 is cut off by the end of the paper."""


def inner_amounts(text: str, event: Event) -> list[tuple[str, Event]]:
    """The amounts inside a reason, each with its lead (主要是基本支出增加20.00万元,项目支出增加30.00万元)."""
    opened = REASON.match(text, event.start)
    at = opened.end() if opened else event.start
    found = []
    for mention in mentions(text):
        if at <= mention.start < event.end and is_amount(text, mention):
            lead = re.split(r"[,;。:]", text[at : mention.start])[-1]
            found.append((lead, Event(Kind.AMOUNT, mention.start, mention.end, mention.printed, mention)))
            at = mention.end
    return found


_SO = re.compile(r"(?P<cause>[^,。;:]{4,40}),(?:故|因此|因而|所以|从而|致使|导致)$")


def cause_before(text: str, event: Event, lead: str) -> tuple[str, str]:
    """What an amount inside a reason is said to follow from (标准提高,故接待费增加2万元), and the lead without its 故; "" for
    nothing."""
    bare = re.sub(r"^(?:故|因此|因而|所以|从而|致使|导致)", "", lead)
    found = _SO.search(text[: event.start - len(bare)]) if bare != lead else None
    said = re.sub(r"^.*(?:原因(?:是|为)?|因为|由于)|^因", "", found["cause"]) if found else ""
    return re.sub(r"^(?:[一二三四五六]是|20\d\d年(?=[\u4e00-\u9fff]))", "", said), bare


_WHY = re.compile(
    r"\((?!(?:不?含|其中|下同|单位|详见|见|主要用于|用于|即|以下|人员|公用|[^()]{0,6}图))(?P<why>[^()\d:]{6,60})\)"
)


def why_in_brackets(text: str, at: int) -> str:
    """What a bracket right behind a change says of it (增加9万元(本年将培训费列入本项)), "" for none and for mere asides."""
    found = _WHY.match(text, at)
    return found["why"] if found else ""


_NEXT_ITEM = re.compile(
    r"(?:[一二三四五六七]、)?(?:20\d\d年度?)?(?:因公出国(?:\(境\))?|公务接待|公务用车(?:购置|运行)[^,。;\d]{0,8}?)(?:经?费用?)?(?:支出)?(?:预算|决算)?(?:数|为|是|安排)*\d[\d.,]*(?:万|亿)?元"
)
"""Another item of the “三公” expenses with its amount: it ends the reason of the one before, be it after a comma."""
_HELD = re.compile(r"截[至止](?:到)?20\d\d年|(?:20\d\d年)?[^,。;\d]{0,24}保有量(?:分别)?(?:为|共|是)?\d")
"""What a unit has at the end of the year is told after a reason, never as one."""


def _reason_end(text: str, start: int) -> int:
    """Where a reason ends: the sentence, or the semicolon or 其中 after which another amount is stated."""
    numbered = bool(re.match(r"[^。]{0,4}(?:一是|1[.、)]|\(1\)|①)", text[start:]))
    at = start
    while at < len(text):
        if text[at] == "。" or text[at] in "!?":
            if numbered and re.match(r"(?:[二三四五六七八]是|\(?[2-9][)、.]|[②-⑨])", text[at + 1 :]):
                at += 1
                continue
            return at
        if text[at] == ";" and _states(text[at + 1 :]):
            return at
        if text[at] == "," and (_HELD.match(text, at + 1) or _NEXT_ITEM.match(text, at + 1)):
            return at
        if text.startswith("其中:", at) and _states(text[at + 3 :]):
            return at
        if (
            text[at] == ","
            and re.match(rf"其中[:,]?|完成|占(?!增|减|下降)|加上|{_COMPARED}|20\d\d年", text[at + 1 :])
            and _states(text[at + 1 :])
        ):
            return at
        at += 1
    return len(text)


def _states(rest: str) -> bool:
    """Whether the part up to the next semicolon or stop states an amount of its own (and is no second reason)."""
    part = re.split(r"[。;]", rest, maxsplit=1)[0]
    if _ONWARD.match(part):
        return False
    opening = REASON.search(part)
    head = part[: opening.start()] if opening else part
    return any(is_amount(head, m) and (m.unit in MONEY_UNITS or m.unit == "%") for m in mentions(head)) or bool(
        re.search(rf"{_COMPARED}[^,]*$", _SAME.split(head)[0]) if _SAME.search(head) else False
    )


_ABSENT = re.compile(
    r"(?<=[,。;:\d度年位门院校局心算])(?:也|均|都|暂)?(?P<no>未(?:安排|使用|发生|编报|设置|涉及|编制|列支|产生|购置)|没有(?:使用|安排|发生|涉及)?|无|不涉及|不存在)"
    r"(?P<what>[^,。;]{0,60})"
)
_PLAN_AND_OUTCOME = re.compile(r"(?:的)?(?:预算|决算|支出)(?:安排)?[与和及、或](?:预算|决算|支出)$")
"""What there is none of, planned or spent (无“三公”经费的预算与支出)."""
_UNPLANNED = re.compile(
    r"(?<![^,。;:])(?P<what>[^,。;:]{2,60}?)(?:为?(?:均|暂|也)?(?:未(?:安排|编制|发生|涉及)|没有(?:安排)?|无安排|为空))(?=[,。;]|$)"
)


def _bought(no: str) -> str:
    """The word of what was not done, where it belongs to the name of what there is none of (未购置公务用车)."""
    return "购置" if no == "未购置" else ""


def absences(text: str) -> list[Event]:
    """Statements that something is not there, with the words for what is not there."""
    found = [
        Event(Kind.NOTHING, m.start("no"), m.end(), _bought(m["no"]) + _PLAN_AND_OUTCOME.sub("支出", m["what"]))
        for m in _ABSENT.finditer("," + text)
        if not re.match(r"(?:其他(?:需要|重要|说明)|需要说明|变化|增减|法|需|关|论|须|锡|线|障碍|形资产)", m["what"])
        and not mentions(m["what"])
    ]
    found = [replace(e, start=e.start - 1, end=e.end - 1) for e in found]
    found += [
        Event(Kind.NOTHING, m.start(), m.end(), m["what"])
        for m in _UNPLANNED.finditer(text)
        if not any(a.start < m.end() and m.start() < a.end and a.text for a in found)
    ]
    return [e for e in found if e.text]


def events(text: str) -> list[Event]:
    """All events of a compact text in order; nothing inside a reason or a purpose counts."""
    zones = reasons(text)
    for match in _PURPOSE.finditer(text):
        if any(z.start <= match.start() < z.end for z in zones):
            continue
        ended = _PURPOSE_ENDS.search(text, match.end())
        zones.append(Event(Kind.PURPOSE, match.start(), ended.start() if ended else len(text)))
    found = list(zones)

    def free(start: int) -> bool:
        return not any(zone.start <= start < zone.end for zone in zones)

    amounts = [Event(Kind.AMOUNT, m.start, m.end, m.printed, m) for m in stated(text)]
    found += [e for e in amounts if free(e.start)]
    found += [Event(Kind.SAME, m.start(), m.end()) for m in _SAME.finditer(text) if free(m.start())]
    found += [e for e in absences(text) if free(e.start)]
    stops = [m for m in re.finditer("[;。!?]", text) if free(m.start())]
    found += [Event(Kind.BREAK if m.group() == ";" else Kind.STOP, m.start(), m.end()) for m in stops]
    found.sort(key=lambda event: (event.start, event.end))
    return found


_MOVED = re.compile(r"(?P<name>[^,。;:、\d]{2,20}?)(?:各|均)?(?:增加|减少|增长|下降)(?:了)?$")


def _moved_before(text: str, before: Sequence[Event]) -> list[str]:
    """What the two amounts just before are changes of (收入减少9万元、支出减少8万元,分别下降…)."""
    names = []
    for event in before[-2:]:
        found = _MOVED.search(text[: event.start]) if event.kind is Kind.AMOUNT else None
        names += [found["name"]] if found else []
    return names if len(names) == 2 else []


_FIRST_OF = re.compile(r"(?P<names>[^,;。:]*?)(?P<verb>(?:分别|各)(?:为|是|占[^,;。]{0,20}|增加|减少|增长|下降)?)$")
_BOTH_FLOWS = re.compile(r"(?P<of>.*)收(?:入)?、支(?:出)?(?P<total>总计|合计|决算|预算|总额)$")
_SAID_OF_BOTH = re.compile(r".*收入(?:总计|合计|决算|预算|总额).*支出(?:总计|合计|决算|预算|总额)")
_ENDS_IN_PLAN = re.compile(r"完成(?:了)?(?P<plan>(?:年初|全年|调整|年度)?预算)数?$")


def respective(text: str, found: Sequence[Event]) -> dict[int, str]:
    """Leads for lists told apart by 分别: "A、B分别为1万元、2万元" gives each number the lead of its own."""
    leads: dict[int, str] = {}
    names: list[str] = []
    end = 0
    for index, event in enumerate(found):
        lead = text[end : event.start]
        end = max(end, event.end)
        match = _FIRST_OF.search(lead) if event.kind is Kind.AMOUNT else None
        if lead == "的" and index and event.mention and event.mention.unit == "%":
            before = found[index - 1]
            planned = _ENDS_IN_PLAN.search(text[: before.start])
            if planned and before.kind is Kind.AMOUNT and before.end == event.start - 1:
                leads[index] = f"完成{planned['plan']}的"  # 完成预算27万元的63.2%
        if not match:
            continue
        flows = _BOTH_FLOWS.search(match["names"])
        if flows:
            names = [f"{flows['of']}{flow}{flows['total']}" for flow in ("收入", "支出")]
        else:
            named = [name for name in re.split(r"[、和及与]", match["names"]) if name.strip()]
            names = named or names or _moved_before(text, found[:index])
        if match["verb"].startswith("各") and not _SAID_OF_BOTH.fullmatch("".join(names)):
            continue
        run = [index]
        while (
            run[-1] + 1 < len(found)
            and found[run[-1] + 1].kind is Kind.AMOUNT
            and re.fullmatch(r"[、,和及与]?", text[found[run[-1]].end : found[run[-1] + 1].start])
        ):
            run.append(run[-1] + 1)
        if len(names) == len(run) > 1:
            verb = match["verb"].removeprefix("分别").removeprefix("各") or "为"
            for name, at in zip(names, run, strict=True):
                leads[at] = (lead[: match.start()] if at == index else "") + name + verb
    return leads
