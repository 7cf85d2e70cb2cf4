"""Works and things that sentences count one after another in the same words ("甲村路灯安装30盏;乙村路灯安装45盏"): how much
that is together, where most of it is, how much it is in the places named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.money import Amount
from corpus.vocabulary import fold
from rag.answer import Result, show
from rag.desk import Desk, Draft
from rag.naming import in_order
from rag.plan import Operation, Verdict
from rag.quoting import Found, quote_of, sentences_at_hand
from rag.retrieve import bigrams

_UNIT = r"平方公里|平方米|立方米|公里|千米|米|km|m|亩|公顷|户|盏|座|口|处|株|吨|套|台|间|所"
_COUNTED = re.compile(
    rf"(?P<told>[\u4e00-\u9fff()“”]{{4,60}}?)(?:约|共|共计|为|达)?(?P<number>\d[\d,]*(?:\.\d+)?)余?(?P<unit>{_UNIT})(?![\u4e00-\u9fff]|\d)"
)
_CUT = re.compile(r"[;；。、:：]|[,，](?!\d{3})")
_UNIT_ASKED = re.compile(rf"(?:多少|几)(?P<unit>{_UNIT})")
_TOGETHER = re.compile(r"一共|总共|合计|总计|加起来|加在一起|合起来|全部|总的|共(?:有|计|建|修|完成|硬化|新建)")
_MOST = re.compile(r"(?:哪|谁)[^,，。?？]{0,12}最(?:大|多|长|高)|最(?:大|多|长|高)的(?:是)?(?:哪|谁)")
_LEAST = re.compile(r"(?:哪|谁)[^,，。?？]{0,12}最(?:小|少|短|低)|最(?:小|少|短|低)的(?:是)?(?:哪|谁)")
_FEWEST, _SHORTEST, _NAMED, _BEHIND = 2, 3, 3, 2
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:村委会|社区|村|组|寨|屯|街道|街)")
_ANY_PLACE = re.compile(r"几|哪|各|每|多少|全|所有|这|一共|总共|合计|^(?:的|和|与)")
_SAID = 0.75
"""The share of the common words' characters that the question must have."""
_NO_PLACE = re.compile(r"^(?:其中|包括|已完成|完成|已|建设|新建|项目建设内容)+")


@dataclass(frozen=True, slots=True)
class Item:
    """A clause that counts something: the words before the number, the number, its sentence."""

    told: str
    amount: Amount
    found: Found


@dataclass(frozen=True, slots=True)
class Alike:
    """Clauses that end in the same words before numbers of the same unit."""

    what: str
    items: tuple[Item, ...]


def counted_alike(desk: Desk) -> Draft | None:
    """The answer of a list whose clauses count the same thing in several places; None where none of that is asked."""
    plan = desk.plan
    if not plan.documents or plan.operation is Operation.REASON or any(not asked.weak for asked in plan.accounts):
        return None
    document = plan.documents[0]
    if plan.years and desk.shelf.disclosure(document).year not in plan.years:
        return None
    lists = desk.shelf.keep("counted alike", document, lambda: _lists(desk, document))
    text = fold(plan.text)
    unit = _UNIT_ASKED.search(text)
    asked = [
        item for item in lists if _asked_for(item, text) and (unit is None or item.items[0].amount.unit == unit["unit"])
    ]
    if len(asked) != 1:
        return None
    return _of_list(desk, asked[0], text, counted=unit is not None)


def _lists(desk: Desk, document: str) -> Iterator[Alike]:
    items = [
        item for found in sentences_at_hand(desk, document) if "名词" not in found.section for item in _items(found)
    ]
    for unit in dict.fromkeys(item.amount.unit for item in items):
        own = sorted((item for item in items if item.amount.unit == unit), key=lambda item: item.told[::-1])
        group: list[Item] = []
        for item in own:
            if group and len(_ending(group[-1].told, item.told)) < _SHORTEST:
                yield from _alike(sorted(group, key=items.index))
                group = []
            group.append(item)
        yield from _alike(sorted(group, key=items.index))


def _items(found: Found) -> Iterator[Item]:
    for clause in _CUT.split(fold(found.text)):
        counted = _COUNTED.fullmatch(clause.strip())
        if counted is not None:
            value = Decimal(counted["number"].replace(",", ""))
            yield Item(counted["told"], Amount(value, counted["unit"]), found)


def _ending(one: str, two: str) -> str:
    """The longest common ending of two texts."""
    at = 0
    while at < min(len(one), len(two)) and one[-at - 1] == two[-at - 1]:
        at += 1
    return one[len(one) - at :]


def _alike(group: Sequence[Item]) -> Iterator[Alike]:
    if len(group) >= _FEWEST:
        what = group[0].told
        for item in group[1:]:
            what = _ending(what, item.told)
        if any(item.told != what for item in group):
            yield Alike(what, tuple(group))


def _asked_for(item: Alike, text: str) -> bool:
    said = sum(sign in text for sign in item.what) / len(item.what)
    return said >= _SAID and len(bigrams(item.what) & bigrams(text)) >= _FEWEST


def _of_list(desk: Desk, alike: Alike, text: str, *, counted: bool) -> Draft | None:
    total = _total(alike.items)
    parts = [item for item in alike.items if item is not total]
    named = _in_the_places_named(alike, parts, text)
    if _MOST.search(text) or _LEAST.search(text):
        pick = min if _LEAST.search(text) else max
        best = pick(named or parts, key=lambda item: item.amount.value)
        place = _NO_PLACE.sub("", best.told.removesuffix(alike.what))
        shown = show(desk.evidence.compute(best.amount, ""))
        told = desk.speech.pick(f"**{place}**：{shown}", f"**{place}**: {shown}")
        return Draft(Verdict.ANSWERED, f"{told}\n{quote_of(desk, best.found)}", Result(best.amount, "single"))
    if not counted:
        return None
    if len(named) == 1 and not _TOGETHER.search(text):
        return Draft(Verdict.ANSWERED, quote_of(desk, named[0].found), Result(named[0].amount, "single"))
    if not named and _another_place(alike, text, fold(desk.issuer(desk.plan.documents[0]))):
        return None
    if total is not None and not named:
        return Draft(Verdict.ANSWERED, quote_of(desk, total.found), Result(total.amount, "single"))
    return _added(desk, named or parts) if _TOGETHER.search(text) and len(named or parts) >= _FEWEST else None


def _total(items: Sequence[Item]) -> Item | None:
    """The one of them that is the sum of all others, where there are three or more."""
    whole = sum((item.amount.value for item in items), Decimal(0))
    sums = [item for item in items if item.amount.value * 2 == whole]
    return sums[0] if len(sums) == 1 and len(items) > _FEWEST else None


def _in_the_places_named(alike: Alike, parts: Sequence[Item], text: str) -> list[Item]:
    """The parts whose own words before the common ones the question has, [] where it has none of them or of all."""
    runs = {id(item): _own_run(item.told.removesuffix(alike.what), alike.what, text) for item in parts}
    longest = max(runs.values(), default=0)
    named = [item for item in parts if runs[id(item)] == longest > 0]
    return named if len(named) < len(parts) else []


def _own_run(head: str, what: str, text: str) -> int:
    """How many characters of a part's own words stand in the question in one piece: three, or two right before the common ones."""
    behind = max((n for n in range(len(head) + 1) if head[len(head) - n :] + what[:1] in text), default=0)
    anywhere = max(
        (b - a for a in range(len(head)) for b in range(a + 1, len(head) + 1) if head[a:b] in text), default=0
    )
    return max(behind if behind >= _BEHIND else 0, anywhere if anywhere >= _NAMED else 0)


def _another_place(alike: Alike, text: str, issuer: str) -> bool:
    """Whether the question names a village or street of which nothing is counted."""
    places = [found.group() for found in _PLACE.finditer(text)]
    return any(
        not _ANY_PLACE.search(place) and place not in alike.what and not in_order(place, issuer) for place in places
    )


def _added(desk: Desk, parts: Sequence[Item]) -> Draft:
    value = Amount(sum((item.amount.value for item in parts), Decimal(0)), parts[0].amount.unit)
    formula = f"{' + '.join(show(item.amount) for item in parts)} = {show(value)}"
    desk.evidence.compute(value, formula)
    told = desk.speech.pick(
        f"合计：**{show(value)}**（计算：{formula}）", f"Together: **{show(value)}** (computed: {formula})"
    )
    quotes = dict.fromkeys(quote_of(desk, item.found) for item in parts)
    return Draft(Verdict.ANSWERED, "\n".join([told, *quotes]), Result(value, "computed", formula))
