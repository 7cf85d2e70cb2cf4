"""What becomes of a figure that a model proposes: the passage's own words decide, nothing is taken on trust.

The model may say which sentence states which account's amount. Number, unit and sign come from the sentence as printed;
year, kind of number, funding and component from its words or its heading; and the account must stand beside the
amount. Whatever is not borne out is rejected, and counted by reason. When in doubt, out: the readers of tables and
prose find most figures without a model, and an invented one costs more than a missed one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from pydantic import BaseModel, Field

from corpus.accounts import Account, chart, clean_name
from corpus.disclosure import Basis, Disclosure
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.locator import Locator
from corpus.money import Amount, Mention, mentions, normalise, parse_number
from corpus.passage import Passage
from ingest.prose.grammar import COMPARISON, Compared, Reading, compared_with, read_lead, signed
from ingest.prose.numbers import is_amount
from ingest.prose.topics import Scope, funding_in, scope_of


class Proposed(BaseModel):
    """One amount that the passage states, as the model read it."""

    quote: str = Field(description="原文中写有该金额的完整句子或分句，逐字抄录")
    account: str = Field(description="科目名称，如 公务接待费、教育支出、办公费")
    code: str = Field(default="", description="科目编码，原文没有则留空")
    amount: str = Field(description="原文所印数字，如 1,234.50，不得换算")
    unit: str = Field(description="原文所印单位，如 万元、元、%、辆")
    year: int = Field(description="金额所属年度")
    measure: Measure = Field(default=Measure.AMOUNT, description="金额、增减额、增减率、占比、完成率或数量")
    basis: Basis = Field(default=Basis.BUDGET, description="预算、决算、年初预算、全年预算或预算执行数")


class Proposal(BaseModel):
    """All amounts that a passage states."""

    figures: list[Proposed] = Field(default_factory=list)


class Rejection(StrEnum):
    """Why a proposed figure is not kept."""

    QUOTE = "引文不在原文中"
    AMOUNT = "金额不在引文中"
    UNIT = "单位与原文不符"
    UNKNOWN = "科目不在科目表中"
    LEFT = "此类数字不由模型读取"
    """Totals, shares, vehicles, staff, procurement …: what they cover stands too far from the amount to be checked."""
    ELSEWHERE = "科目不在金额旁"
    MEASURE = "数字含义与原文不符"
    YEAR = "年度无据"
    BASIS = "预决算口径与原文不符"
    FUND = "资金来源无据"
    """Neither the sentence nor its heading says out of which funds: the figure would be laid beside the wrong ones."""
    UNCLEAR = "一句多解"


@dataclass(frozen=True, slots=True)
class _Place:
    """An amount in the passage without blanks: the sentence before it, and the lead since the last amount."""

    mention: Mention
    before: str
    lead: str


_ENDS = "。;!?"
_RESPECTIVELY = re.compile(r"分别|依次|各")
_READ = (
    Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.GOV_ECONOMIC, Scheme.THREE_PUBLIC, Scheme.OPERATING, Scheme.SOURCE,
)  # fmt: skip
_MEASURES = (Measure.AMOUNT, Measure.COUNT, Measure.CHANGE, Measure.RATE)
_COMPONENTS = ("基本支出", "人员经费", "公用经费", "项目支出")
_FILLER = re.compile(
    r"(?:20\d\d年?|本?年度|当年|本年|上年|去年|年初|全年|预算|决算|执行|完成|支出|收入|经费|资金|安排|合计|总计|总额|实际|"
    r"一般公共|政府性基金|国有资本经营|财政|拨款|基本支出|项目支出|公用经费|人员经费|数|额|为|共|计|是|约|的|达到?|占|"
    r"比重|比例|其中|同比|相比|增加|增长|上升|提高|减少|下降|降低|压减|节约|减|增|了|幅度?|率|单位|我局|我单位|本部门|部门|"
    r"[，,、:（）“”]|（\d{3,9}）|（[类款项]）)*"
)


def dispose(proposed: Proposed, passage: Passage, disclosure: Disclosure) -> Figure | Rejection:
    """The figure that the passage bears out, or why there is none."""
    text, offsets = _flat(passage.text)
    quote, _ = _flat(proposed.quote)
    start = text.find(quote) if quote else -1
    if start < 0:
        return Rejection.QUOTE
    account = _account(proposed, text)
    if account is None:
        return Rejection.UNKNOWN
    if account.scheme not in _READ or proposed.measure not in _MEASURES:
        return Rejection.LEFT
    places = list(_places(text, start, start + len(quote), proposed))
    if not places:
        return Rejection.AMOUNT
    verdicts = [_judge(proposed, place, passage, disclosure, account) for place in places]
    kept = next((verdict for verdict in verdicts if isinstance(verdict, Figure)), None)
    if kept is None:
        return verdicts[0]
    printed = passage.text[offsets[start] : offsets[start + len(quote) - 1] + 1]
    return _quoted(kept, passage, printed)


def _flat(text: str) -> tuple[str, list[int]]:
    """The text normalised and without blanks (paragraph ends as stops), and where each character stood."""
    letters, offsets = [], []
    for at, letter in enumerate(text):
        for part in "。" if letter == "\n" else normalise(letter):
            if not part.isspace():
                letters.append(part)
                offsets.append(at)
    return "".join(letters), offsets


def _account(proposed: Proposed, text: str) -> Account | None:
    """The chart's account: by its code where the passage prints that or the classes above it, else by a name that only
    one account bears."""
    code = proposed.code.strip()
    for scheme in (Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.GOV_ECONOMIC) if code else ():
        found = chart().account(scheme, code)
        if found and clean_name(proposed.account) in _names_of(found):
            printed = re.search(rf"(?<!\d){re.escape(code)}(?!\d)", text)
            above = chart().parents(scheme, code)
            if printed or (above and all(any(name in text for name in _names_of(one)) for one in above)):
                return found
    return chart().named(proposed.account)


def _names_of(account: Account) -> set[str]:
    return {clean_name(name) for name in (account.name, *account.aliases)}


def _places(text: str, start: int, end: int, proposed: Proposed) -> Iterator[_Place]:
    """Where the quote prints the proposed number, with what stands before it in the whole passage."""
    value = parse_number(proposed.amount)
    if value is None:
        return
    stated = _stated(text)
    for mention in stated:
        if start <= mention.start and mention.end <= end and mention.value == value:
            sentence = 1 + max(text.rfind(stop, 0, mention.start) for stop in _ENDS)
            last = max((other.end for other in stated if other.end <= mention.start), default=0)
            yield _Place(mention, text[sentence : mention.start], text[max(sentence, last) : mention.start])


def _stated(text: str) -> list[Mention]:
    """Amounts of a text: numbers with units that are neither dates nor parts of names."""
    return [mention for mention in mentions(text) if mention.unit and is_amount(text, mention)]


def _judge(
    proposed: Proposed, place: _Place, passage: Passage, disclosure: Disclosure, account: Account
) -> Figure | Rejection:
    mention = place.mention
    if proposed.unit.strip() != mention.unit:
        return Rejection.UNIT
    if _RESPECTIVELY.search(place.before):
        return Rejection.UNCLEAR
    reading = read_lead(place.lead, mention.unit, disclosure.year)
    if proposed.measure is not reading.measure or (mention.unit == "%" and not reading.sign):
        return Rejection.MEASURE
    year = _year(place, reading, disclosure)
    if proposed.year != year:
        return Rejection.YEAR
    basis = reading.basis or disclosure.basis
    if proposed.basis is not basis:
        return Rejection.BASIS
    compared = None
    if reading.measure in (Measure.CHANGE, Measure.RATE):
        compared = reading.compared or _last_comparison(place.before, disclosure.year)
        if compared is None:
            return Rejection.YEAR
        whole, _, part = place.before.partition("其中")
        if part and _stated(whole):
            return Rejection.UNCLEAR  # "总计9万元,其中:甲0万元,比上年减少1万元": the whole's change, or the part's
    if not _stands_beside(account, place, reading, passage, disclosure):
        return Rejection.ELSEWHERE
    figure = _figure(account, place, reading, passage, disclosure, proposed)
    if figure is None or compared is None:
        return figure or Rejection.FUND
    usual = compared.year < year and compared.basis in (None, basis)
    against = "" if usual else f"{compared.year}年{(compared.basis or basis).value}"
    return replace(figure, compared=compared.year, whole=against)


def _year(place: _Place, reading: Reading, disclosure: Disclosure) -> int:
    """The year that the amount belongs to by the words before it: the last year named that is not compared with."""
    if reading.year is not None:
        return reading.year
    named = re.findall(r"(20\d\d)年|(上年|去年)(?!结转|结余)", COMPARISON.sub("", place.before))
    if not named:
        return disclosure.year
    return int(named[-1][0]) if named[-1][0] else disclosure.year - 1


def _last_comparison(before: str, year: int) -> Compared | None:
    """What the sentence last compared with: "比上年减少1.20万元,下降8.76%" compares the rate too."""
    clauses = (compared_with(clause, year)[0] for clause in reversed(before.split(",")))
    return next((compared for compared in clauses if compared), None)


def _stands_beside(account: Account, place: _Place, reading: Reading, passage: Passage, disclosure: Disclosure) -> bool:
    """Whether the name nearest before the amount is the account's, with nothing but filler and its own numbers between.

    A sentence without any name speaks of what its heading names.
    """
    # A unit's own name may hold an account's: “某市图书馆” is not 图书馆（项）.
    before = _folded(place.before).replace(_folded(disclosure.issuer), "单位")
    named = list(_all_names(account.scheme is Scheme.SOURCE).finditer(before))
    if not named:
        heading = _folded(passage.section.split("/")[-1])
        title = [match.group() for match in _all_names(False).finditer(heading)]
        return len(set(title)) == 1 and title[0] in _names_of(account) and _only_filler(before, reading)
    nearest = named[-1]
    clause = max(before.rfind(mark, 0, nearest.start()) for mark in ",，:、")
    alone = all(other.start() <= clause or _is_above(other.group(), account) for other in named[:-1])
    return alone and nearest.group() in _names_of(account) and _only_filler(before[nearest.end() :], reading)


def _is_above(name: str, account: Account) -> bool:
    """Whether a name is that of a class above the account: 教育支出(类)普通教育(款)…"""
    above = chart().parents(account.scheme, account.code) if account.code else ()
    return any(name in _names_of(one) for one in above)


def _only_filler(between: str, reading: Reading) -> bool:
    """Whether the words between a name and an amount name nothing else: at most the account's own amount and change."""
    numbers = _stated(between)
    allowed = 0 if reading.measure in (Measure.AMOUNT, Measure.COUNT) and reading.year is None else 2
    if len(numbers) > allowed:
        return False
    rest, last = [], 0
    for number in numbers:
        rest.append(between[last : number.start])
        last = number.end
    words = "".join([*rest, between[last:]])
    return _FILLER.fullmatch(COMPARISON.sub("", words)) is not None


def _folded(text: str) -> str:
    return text.translate(_FOLD)


_FOLD = str.maketrans({"(": "（", ")": "）", **dict.fromkeys("“”\"'‘’", None)})


@cache
def _all_names(with_sources: bool) -> re.Pattern[str]:
    """Every name of the chart, longest first; fund names (财政拨款) only where a source of income is looked for."""
    accounts = [item for item in chart().accounts if with_sources or item.scheme is not Scheme.SOURCE]
    names = {name for item in accounts for name in _names_of(item) if len(name) > 1}
    return re.compile("|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name)))))


def _figure(
    account: Account, place: _Place, reading: Reading, passage: Passage, disclosure: Disclosure, proposed: Proposed
) -> Figure | None:
    """The figure, None where its funds are not named."""
    scope = scope_of(passage.section.split(" / ") if passage.section else [])
    income = account.scheme is Scheme.SOURCE or (account.scheme is Scheme.FUNCTION and "收入" in place.lead)
    own = place.before[place.before.rfind(",") + 1 :]
    fixed = account.scheme in (Scheme.THREE_PUBLIC, Scheme.OPERATING)
    funding = _funding(account, place, scope)
    if not funding:
        return None
    found = [word for word in _COMPONENTS if word in own]
    parents = chart().parents(account.scheme, account.code) if account.code else ()
    return Figure(
        document=disclosure.name,
        scheme=account.scheme,
        account=account.name,
        name=proposed.account.strip(),
        measure=reading.measure,
        amount=Amount(signed(place.mention.value, reading), place.mention.unit),
        absence=None,
        year=proposed.year,
        basis=proposed.basis,
        locator=Locator(disclosure.name),
        reader=Reader.MODEL,
        code=account.code,
        path=tuple(parent.name for parent in parents),
        flow="收入" if income else "支出",
        funding=funding,
        component="合计" if fixed else (found[-1] if found else scope.component or "合计"),
    )


def _funding(account: Account, place: _Place, scope: Scope) -> str:
    """Fixed by convention for some schemes (see `corpus.figure`), else as the sentence or the heading says, or ""."""
    if account.scheme in (Scheme.THREE_PUBLIC, Scheme.OPERATING):
        return "财政拨款"
    if account.scheme is Scheme.SOURCE:
        return "" if scope.funding and "结转" in account.name else "全部"
    return funding_in(place.before) or scope.funding


def _quoted(figure: Figure, passage: Passage, printed: str) -> Figure:
    box = next((box for page, box in passage.boxes if page == passage.page), None)
    place = Locator(passage.document, passage.page, section=passage.section, quote=printed, bbox=box)
    return replace(figure, locator=place)
