"""Evaluation reports that list projects one after another, each with its money, its payments and its score, or with what was set
aside for it: the best and worst, the average score, who got as much as …, one project's money and what is left to pay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from corpus.figure import Scheme
from corpus.money import Amount
from corpus.vocabulary import fold
from rag.answer import Result, rounded, show
from rag.desk import Desk, Draft
from rag.naming import in_order
from rag.plan import Verdict
from rag.quoting import Found, quote_of, sentences_at_hand
from rag.retrieve import bigrams

_HEAD = re.compile(
    r"^(?:\(?[一二三四五六七八九十\d]{1,3}[)、.．]|[①-⑳])\s*(?P<name>[^。;；:：,，]{4,40}?(?:[、,，][^。;；:：,，]{2,30}?)?)(?P<end>[。:：;；]|$|(?<=项目)[,，]|(?<=工程)[,，])"
)
_MONEY = r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|元)"
_KINDS = {
    "allotted": re.compile(rf"(?:下达|安排|预算|投入|总投资|到位|整合)[^,，。;；\d]{{0,24}}(?:\([^)]*\))?{_MONEY}"),
    "paid": re.compile(rf"(?:实际)?(?:支付|支出|(?<!统筹)(?<!整合)使用|拨付)[^,，。;；\d率]{{0,10}}{_MONEY}"),
    "rate": re.compile(
        r"(?:支付|支出|执行|使用|资金)[^,，。;；\d]{0,4}率[^,，。;；\d]{0,4}(?P<number>\d[\d.]*)(?P<unit>%)"
    ),
    "score": re.compile(r"(?:得分|评分|总分|分数|评价)[^,，。;；\d]{0,6}(?P<number>\d[\d.]*)(?P<unit>分)"),
}
_SCORE_ASKED = re.compile("得分|评分|多少分|几分|分数|平均分|总分|打分")
_LEFT_ASKED = re.compile(
    r"(?:还)?(?:剩|差|欠|没有?|未)[^,，。?？]{0,8}(?:付|支|拨|没付|花)|(?:还)?剩(?:下)?(?:多少|几)|结余|没付|未付|未支付"
)
_PAID_ASKED = re.compile(r"(?:实际|已经?|一共|总共)?(?:支付|付|花|支出|用)(?:出去)?了?(?:多少|几)")
_RATE_ASKED = re.compile(r"(?:支付|支出|执行|完成|使用)(?:完成)?(?:率|进度)|付了百分之")
_ALLOTTED_ASKED = re.compile(r"下达|安排|批|拨|预算|投资|资金|多少钱|经费")
_BEST, _WORST = re.compile("最高|最好|最大|最多|第一"), re.compile("最低|最差|最小|最少|垫底|末位")
_AVERAGE = re.compile("平均")
_TOGETHER = re.compile("合计|一共|总共|加起来|加在一起|合起来|之和|两个项目|两项")
_LIMIT = re.compile(
    rf"(?P<above>超过|大于|高于|不低于|至少|达到|上)?{_MONEY.replace('元', '元?')}(?P<behind>以上|以下|及以上|及以下|以内)?"
)
_WHICH = re.compile("哪些|哪几|哪个|哪一|几个|多少个|有没有")
_PROJECT = re.compile("项目|工程|改造|建设|购置|维修|补助|活动|费用|经费|专项|系统|平台|服务")
_NO_PROJECT = re.compile("预算|决算|情况|说明|收入|支出")
_FEWEST = 2
_LONGEST_HEAD = 60


@dataclass
class Entry:
    """A listed project: its name, the sentences about it, and the amounts they state of it by kind."""

    name: str
    found: list[Found] = field(default_factory=list)
    amounts: dict[str, tuple[Amount, Found]] = field(default_factory=dict)


def of_entries(desk: Desk) -> Draft | None:
    """The answer of a paper that lists projects with money or scores; None where none are listed, or something else is asked."""
    plan = desk.plan
    if not plan.documents or len(plan.units) > 1:
        return None
    disclosure = desk.shelf.disclosure(plan.documents[0])
    if plan.years and disclosure.year not in plan.years:
        return None
    if desk.shelf.figures(plan.documents[0]) and any(not a.weak and "自评" not in a.name for a in plan.accounts):
        return None
    if any(figure.scheme is Scheme.TOTAL for figure in desk.shelf.figures(plan.documents[0])):
        return None  # a whole budget, of which its projects are only a part
    entries = desk.shelf.keep("entries", plan.documents[0], lambda: _entries(desk, plan.documents[0]))
    if len(entries) < _FEWEST:
        return None
    kind = _kind_asked(fold(plan.text))
    if not kind:
        return None
    if (
        _TOGETHER.search(plan.text)
        and (summed := _of_several(desk, entries, kind, fold(disclosure.issuer))) is not None
    ):
        return summed
    named = _named(entries, fold(plan.text), fold(disclosure.issuer))
    named = named or (_named(entries, fold(plan.before), fold(disclosure.issuer)) if plan.before else None)
    if named is not None:
        return _of_one(desk, named, kind)
    return _of_all(desk, entries, kind)


def _entries(desk: Desk, document: str) -> Iterator[Entry]:
    """The listed projects of which at least one amount is stated; amounts are those right behind the name, up to the next one."""
    entry, section = None, ""
    for item in sentences_at_hand(desk, document):
        text = fold(item.text)
        head = _HEAD.match(text)
        listed = head is not None and _PROJECT.search(head["name"]) and not _NO_PROJECT.search(head["name"])
        if head is not None and listed and len(head["name"]) <= _LONGEST_HEAD:
            if entry is not None and entry.amounts:
                yield entry
            entry, section = Entry(head["name"]), item.section
        elif head is not None or entry is None or item.section != section:
            if entry is not None and entry.amounts:
                yield entry
            entry = None
            continue
        assert entry is not None, "just begun or going on"
        entry.found.append(item)
        for kind, pattern in _KINDS.items():
            match = pattern.search(text)
            if match is not None:
                amount = Amount(Decimal(match["number"].replace(",", "").rstrip(".")), match["unit"])
                entry.amounts.setdefault(kind, (amount, item))
    if entry is not None and entry.amounts:
        yield entry


def _kind_asked(text: str) -> str:
    for pattern, kind in (
        (_SCORE_ASKED, "score"), (_RATE_ASKED, "rate"), (_LEFT_ASKED, "left"), (_PAID_ASKED, "paid"),
        (_ALLOTTED_ASKED, "allotted"),
    ):  # fmt: skip
        if pattern.search(text):
            return kind
    return ""


def _named(entries: Sequence[Entry], text: str, issuer: str) -> Entry | None:
    """The one project that a text names: by more of its own words than any other; None for none or several alike."""
    common = bigrams(issuer)
    for entry in entries[1:]:
        common |= bigrams(entry.name) & bigrams(entries[0].name)
    scored = []
    for entry in entries:
        own = bigrams(fold(entry.name)) - common
        said = own & bigrams(text)
        others = set[str]().union(*(bigrams(fold(other.name)) for other in entries if other is not entry))
        scored.append((len(said - others), len(said), entry))
    scored.sort(key=lambda item: (-item[0], -item[1]))
    best = scored[0]
    clear = best[0] >= _FEWEST and (len(scored) == 1 or best[0] > scored[1][0])
    return best[2] if clear or in_order(best[2].name, text) else None


def _of_several(desk: Desk, entries: Sequence[Entry], kind: str, issuer: str) -> Draft | None:
    """The amounts of two or more projects that the question names, added up; None where it does not name several."""
    text, common = fold(desk.plan.text), bigrams(issuer)
    having = []
    for entry in entries:
        others = set[str]().union(*(bigrams(fold(other.name)) for other in entries if other is not entry))
        own = bigrams(fold(entry.name)) - others - common
        if len(own & bigrams(text)) >= _FEWEST and kind in entry.amounts:
            having.append((entry, *entry.amounts[kind]))
    if len(having) < _FEWEST or len({amount.is_money for _, amount, _ in having}) > 1:
        return None
    unit = having[0][1].unit
    amounts = [amount.to(unit) if amount.is_money else amount for _, amount, _ in having]
    value = Amount(sum((amount.value for amount in amounts), Decimal(0)), unit)
    formula = f"{' + '.join(map(show, amounts))} = {show(value)}"
    desk.evidence.compute(value, formula)
    told = desk.speech.pick(
        f"合计：**{show(value)}**（计算：{formula}）", f"Together: **{show(value)}** (computed: {formula})"
    )
    lines = [line for entry, amount, found in having for line in _lines(desk, entry, amount, found)]
    return Draft(Verdict.ANSWERED, "\n".join([told, *lines]), Result(value, "computed", formula))


def _of_one(desk: Desk, entry: Entry, kind: str) -> Draft | None:
    if kind == "left":
        return _left(desk, entry)
    if kind not in entry.amounts:
        return None
    amount, found = entry.amounts[kind]
    return Draft(Verdict.ANSWERED, "\n".join(_lines(desk, entry, amount, found)), Result(desk.money(amount), "single"))


def _lines(desk: Desk, entry: Entry, amount: Amount, found: Found) -> list[str]:
    head = quote_of(desk, entry.found[0])
    shown = show(desk.evidence.compute(desk.money(amount), ""))
    told = [head] if found is entry.found[0] else [head, quote_of(desk, found)]
    return [f"**{shown}**：{''.join(told)}" if not desk.speech.english else f"**{shown}**: {' '.join(told)}"]


def _left(desk: Desk, entry: Entry) -> Draft | None:
    """What was set aside for a project less what was paid."""
    if "allotted" not in entry.amounts or "paid" not in entry.amounts:
        return None
    (whole, first), (paid, second) = entry.amounts["allotted"], entry.amounts["paid"]
    value = Amount(whole.value - paid.to(whole.unit).value, whole.unit)
    if value.value < 0:
        return None
    formula = f"{show(whole)} − {show(paid.to(whole.unit))} = {show(value)}"
    desk.evidence.compute(value, formula)
    told = desk.speech.pick(
        f"还剩**{show(value)}**没有支付（计算：{formula}）", f"Not paid: **{show(value)}** (computed: {formula})"
    )
    quotes = dict.fromkeys(quote_of(desk, item) for item in (entry.found[0], first, second))
    return Draft(Verdict.ANSWERED, "\n".join([told, *quotes]), Result(value, "computed", formula))


def _of_all(desk: Desk, entries: Sequence[Entry], kind: str) -> Draft | None:
    text = fold(desk.plan.text)
    having = [(entry, *entry.amounts[kind]) for entry in entries if kind in entry.amounts]
    if len(having) < _FEWEST:
        return None
    size: Callable[[Amount], Decimal] = lambda amount: amount.to("元").value if amount.is_money else amount.value  # noqa: E731
    if _BEST.search(text) or _WORST.search(text):
        pick = min if _WORST.search(text) else max
        best = pick(having, key=lambda item: size(item[1]))
        told = desk.speech.pick(
            f"{'最低' if pick is min else '最高'}的是**{best[0].name}**", f"{best[0].name} comes first"
        )
        return Draft(Verdict.ANSWERED, "\n".join([told, *_lines(desk, *best)]), Result(desk.money(best[1]), "single"))
    if _AVERAGE.search(text) and kind == "score" and len({amount.unit for _, amount, _ in having}) == 1:
        return _averaged(desk, having)
    limit = _LIMIT.search(text)
    if limit is not None and _WHICH.search(text) and (limit["above"] or limit["behind"]) and having[0][1].is_money:
        return _passing(desk, having, limit)
    return None


def _averaged(desk: Desk, having: Sequence[tuple[Entry, Amount, Found]]) -> Draft:
    amounts = [amount for _, amount, _ in having]
    total = sum((amount.value for amount in amounts), Decimal(0))
    value = Amount(rounded(total / len(amounts)), amounts[0].unit)
    formula = f"({' + '.join(map(show, amounts))}) ÷ {desk.evidence.count(len(amounts))} = {show(value)}"
    desk.evidence.compute(value, formula)
    told = desk.speech.pick(
        f"平均：**{show(value)}**（计算：{formula}）", f"On average: **{show(value)}** (computed: {formula})"
    )
    lines = [line for entry, amount, found in having for line in _lines(desk, entry, amount, found)]
    return Draft(Verdict.ANSWERED, "\n".join([told, *lines]), Result(value, "computed", formula))


def _passing(desk: Desk, having: Sequence[tuple[Entry, Amount, Found]], limit: re.Match[str]) -> Draft:
    """The projects whose amount passes the limit of the question; "以上" with the limit itself, "超过" without."""
    bound = Amount(Decimal(limit["number"].replace(",", "")), limit["unit"].rstrip("元") + "元").to("元").value
    below = "下" in (limit["behind"] or "") or "内" in (limit["behind"] or "")
    strict = limit["above"] in ("超过", "大于", "高于")
    passing = [
        item for item in having
        if (item[1].to("元").value <= bound if below else item[1].to("元").value > bound if strict
            else item[1].to("元").value >= bound)
    ]  # fmt: skip
    count = desk.evidence.count(len(passing))
    told = desk.speech.pick(f"符合的有{count}个：", f"{count} of them:")
    lines = [f"- {line}" for entry, amount, found in passing for line in _lines(desk, entry, amount, found)]
    return Draft(Verdict.ANSWERED, "\n".join([told, *lines]))
