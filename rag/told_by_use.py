"""Classes and projects that a question names by what they are for: "管菜市场的支出" for the class whose sentence says 主要用于标准化
菜场…, "补贴在哪个专项里" for the project whose chapter speaks of it."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.figure import Figure, Measure, Scheme
from corpus.vocabulary import Target, fold
from rag import ops_changes, ops_figures
from rag.desk import Desk, Draft
from rag.likeness import parts
from rag.ops_described import Described, described
from rag.plan import Asked, Operation, Verdict
from rag.quoting import Found, paragraph_found, quote_of, sentences_at_hand

_CLASS_FOR = re.compile(
    r"(?P<name>[\u4e00-\u9fff、]{2,30})\(项\)[”\"》]?[^,，。;；]{0,20}?[,，]\s*主要?(?:是)?用于(?P<use>[^。;；]{4,60})"
)
_MONEY = re.compile(r"多少(?!人|个|家|次)|几[百千万]|钱|预算|经费|支出|资金|金额|决算")
_DOING = re.compile(r"^(?:管理?|搞|做|弄|抓|办|用于|用在|花在)|的$")
_SPELT = (("菜市场", "菜场"), ("农贸市场", "菜场"))
"""Everyday words and what papers print for them."""
_WHICH = re.compile(r"(?:在|归|属于?|算|列|放|出自|走)(?:的)?哪(?:一)?(?:个|笔|项)?(?:专项|项目|资金)")
_ASIDE = re.compile(r"专项|项目|资金|哪")
_LEAST, _CLEARLY, _HALF = 2, 0.8, 0.5


def share_said(word: str, text: str) -> float:
    """The share of a word that a text says in pieces of two and more characters."""
    pieces = [piece for piece in parts(word, text) if len(piece) >= _LEAST and piece in text]
    return sum(map(len, pieces)) / len(word)


def _asked_for(desk: Desk) -> list[str]:
    words = [desk.plan.qualifier] if desk.plan.qualifier else list(desk.plan.rest)
    for everyday, printed in _SPELT:
        words = [word.replace(everyday, printed) for word in words]
    return [plain for word in words if len(plain := _DOING.sub("", word)) >= _LEAST]


def by_use(desk: Desk) -> Draft | None:
    """The amount of the one class whose sentence says that it is for what the question speaks of, with that sentence; None
    where no class, or more than one, is said to be for that."""
    plan = desk.plan
    plain = all(a.weak or a.targets[0].scheme is Scheme.TOTAL for a in plan.accounts)
    if (
        not plain
        or plan.operation not in (Operation.LOOK_UP, Operation.PROSE, Operation.SHARE)
        or plan.topic
        or not plan.documents
    ):
        return None
    words = _asked_for(desk)
    if not words or _MONEY.search(plan.text) is None:
        return None
    document, named = plan.documents[0], dict[str, Found]()
    for item in sentences_at_hand(desk, document):
        said = _CLASS_FOR.search(fold(item.text))
        if said is not None and all(share_said(word, said["use"]) >= _CLEARLY for word in words):
            named.setdefault(said["name"], item)
    figure = _class_of(desk, next(iter(named))) if len(named) == 1 else None
    if figure is None:
        return None
    name, item = next(iter(named.items()))
    asked = Asked(figure.account, name, (Target(Scheme.FUNCTION, figure.code, figure.account),), flow="支出")
    share = plan.operation is Operation.SHARE
    operation = Operation.SHARE if share else Operation.LOOK_UP
    desk.plan = replace(plan, operation=operation, accounts=(asked,), rest=(), qualifier="", tail="")
    told = ops_changes.share(desk) if share else ops_figures.look_up(desk)
    return replace(told, text=f"{told.text}\n{quote_of(desk, item)}") if told.verdict is Verdict.ANSWERED else None


def _class_of(desk: Desk, name: str) -> Figure | None:
    """The figure of the lowest class of that name, None where classes of several codes go by it."""
    own = [
        f for f in desk.shelf.figures(desk.plan.documents[0])
        if f.scheme is Scheme.FUNCTION and fold(f.account) == name and f.measure is Measure.AMOUNT and f.flow != "收入"
    ]  # fmt: skip
    longest = max((len(f.code) for f in own), default=0)
    lowest = [f for f in own if len(f.code) == longest]
    return lowest[0] if len({f.code for f in lowest}) == 1 else None


def in_which_project(desk: Desk) -> Draft | None:
    """The project, of those with a chapter of their own, whose chapter speaks of what the question does, with the sentence;
    None where none or several do."""
    plan = desk.plan
    if _WHICH.search(plan.text) is None or not plan.documents:
        return None
    words = [word for word in _asked_for(desk) if _ASIDE.search(word) is None]
    best: list[tuple[float, Described, Found]] = []
    for chapter in described(desk, plan.documents[0]):
        said = _best_of(plan.documents[0], chapter, words)
        if chapter.name and said is not None:
            best.append((said.score, chapter, said))
    best.sort(key=lambda entry: -entry[0])
    if not best or best[0][0] < _HALF or (len(best) > 1 and best[1][0] == best[0][0]):
        return None
    _, chapter, item = best[0]
    name = desk.speech.pick(f"专项（项目）：{chapter.name}", f"Project: {chapter.name}")
    return Draft(Verdict.ANSWERED, f"{name}\n{quote_of(desk, item)}")


def _best_of(document: str, chapter: Described, words: list[str]) -> Found | None:
    """The paragraph of a chapter that says most of one of the words, scored by the share."""
    scored = [
        replace(paragraph_found(document, section, paragraph), score=max(share_said(word, fold(paragraph.text)) for word in words))
        for section in chapter.sections for paragraph in section.paragraphs if words and paragraph.text.strip()
    ]  # fmt: skip
    return max(scored, key=lambda item: item.score, default=None)
