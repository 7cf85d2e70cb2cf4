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
from rag.values import Value

_CLASS_FOR = re.compile(
    r"(?P<name>[\u4e00-\u9fff、]{2,30})\(项\)[”\"》]?[^,，。;；]{0,20}?[,，]\s*主要?(?:是)?用于(?P<use>[^。;；]{4,60})"
)
_STATED_FOR = re.compile(
    r"(?P<name>[\u4e00-\u9fff、]{2,30})\(项\)[”\"》]?[^,，。;；]{0,20}?[,，。]\s*(?:主要?(?:是)?用于:?)+(?P<use>[^。;；]{4,60})"
)
"""The same where what it is for stands in a sentence of its own."""
_CODED_FOR = re.compile(
    r"2\d{6}\s*[-—:]?\s*(?P<name>[^\d\s]{2,40}?)\s*\d[\d,.]*\s*万?元[,，。]\s*主要?(?:是)?用于(?P<use>[^。;；]{2,60})"
)
_LISTED = re.compile(
    r"(?P<use>[\u4e00-\u9fff、()（）]{2,24}?)(?:的|这|那)?(?:笔|块|项|些)?(?:钱|资金|费用|经费|支出|开支)?(?:都|是|被|要|应该?|一般|主要)*"
    r"(?:列(?:支|示)?[在入到于]?|归[在入到属]?|放[在到]?|算[在到进作]?|走|记[在入到]?|安排在|反映在|体现在|(?<![花用])在|从|属于?|用|由|通过)的?是?"
    r"(?:哪(?:一|几)?(?:个|些|项)?|什么|啥)(?:支出|功能|预算|分类|[类款项]级)*科目(?!研)"
)
"""It is asked under which class something is budgeted ("话务外包的钱列在哪个科目")."""
_MONEY = re.compile(r"多少(?!人|个|家|次)|几[百千万]|钱|预算|经费|支出|资金|金额|决算")
_DOING = re.compile(r"^(?:管理?|搞|做|弄|抓|办|用于|用在|花在)|的$")
_SPELT = (("菜市场", "菜场"), ("农贸市场", "菜场"))
"""Everyday words and what papers print for them."""
_WHICH = re.compile(r"(?:在|归|属于?|算|列|放|出自|走)(?:的)?哪(?:一)?(?:个|笔|项)?(?:专项|项目|资金)")
_ASIDE = re.compile(r"专项|项目|资金|哪")
_LEAST, _CLEARLY, _HALF, _FEW = 2, 0.8, 0.5, 3


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


def in_which_class(desk: Desk) -> Draft | None:
    """The classes whose sentences say that they are for what the question asks the class of, with those sentences, and the
    amount of the only one; None where that is not asked, or no sentence says so."""
    plan = desk.plan
    asked = _LISTED.search(plan.text)
    if asked is None or not plan.documents or plan.topic:
        return None
    said = [*(a.said for a in plan.accounts if not a.weak), *plan.rest]
    words = [plain for word in said if word in asked["use"] and len(plain := _DOING.sub("", word)) >= _LEAST]
    named: dict[str, Found] = {}
    for item in sentences_at_hand(desk, plan.documents[0]):
        of_class = _STATED_FOR.search(fold(item.text)) or _CODED_FOR.search(fold(item.text))
        if words and of_class is not None and all(share_said(word, of_class["use"]) >= _CLEARLY for word in words):
            named.setdefault(of_class["name"], item)
    if not named or len(named) > _FEW:
        return None
    figure = _class_of(desk, next(iter(named))) if len(named) == 1 else None
    quotes = "\n".join(quote_of(desk, item) for item in named.values())
    if figure is None or _MONEY.search(plan.text[asked.end() :]) is None:
        return Draft(Verdict.ANSWERED, quotes)
    target = Asked(figure.account, figure.account, (Target(Scheme.FUNCTION, figure.code, figure.account),), flow="支出")
    desk.plan = replace(plan, operation=Operation.LOOK_UP, accounts=(target,), rest=(), qualifier="", tail="")
    told = ops_figures.look_up(desk)
    return replace(told, text=f"{told.text}\n{quotes}") if told.verdict is Verdict.ANSWERED else None


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
    if (above := _project_above(desk)) is not None:
        return above
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


def _project_above(desk: Desk) -> Draft | None:
    """The project that lists the one asked about among its parts ("进博会推进专项属于哪个专项"); None where none does."""
    names = {fold(a.name) for a in desk.plan.accounts if a.targets[0].scheme is Scheme.PROJECT}
    parts = [
        f for f in desk.shelf.figures(desk.plan.documents[0])
        if f.scheme is Scheme.PROJECT and f.path and fold(f.account) in names and f.measure is Measure.AMOUNT
    ]  # fmt: skip
    if len(names) != 1 or len({f.path[-1] for f in parts}) != 1:
        return None
    part, above = parts[0], desk.evidence.words(parts[0].path[-1])
    told = desk.tell(Value.of(part), desk.issuer(part.document))
    return Draft(Verdict.ANSWERED, f"{desk.speech.pick('专项（项目）：', 'Project: ')}{above}\n{told}")


def _best_of(document: str, chapter: Described, words: list[str]) -> Found | None:
    """The paragraph of a chapter that says most of one of the words, scored by the share."""
    scored = [
        replace(paragraph_found(document, section, paragraph), score=max(share_said(word, fold(paragraph.text)) for word in words))
        for section in chapter.sections for paragraph in section.paragraphs if words and paragraph.text.strip()
    ]  # fmt: skip
    return max(scored, key=lambda item: item.score, default=None)
