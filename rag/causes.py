"""Why something moved and what was new, as clauses say it without a figure to bind it to: under a heading "…变动原因", behind
"减少…,主要是…", before "…所致"; what projects were added or cut; what was bought; what a body was called before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from corpus.figure import Scheme
from corpus.vocabulary import fold
from rag.desk import Desk, Draft
from rag.plan import Operation, Verdict
from rag.quoting import Found, quote_of, sentences_at_hand

_WHY = re.compile(
    r"为什么|为啥|为何|咋|原因|因为(?:什么|啥)|带来的?|哪来的|怎么(?:会|就|又|一下)?[^,，。?？]{0,8}(?:增|减|翻|少|多|涨|降|升)|what (?:caused|drove)|why"
)
_UP, _DOWN = "[增升涨]|翻|多了|上调|扩大", "[减降缩]|少了|下调|变少"
_MOVED = {_UP: "增加|增长|上升|提高|新增|增大", _DOWN: "减少|下降|降低|压减|调减|缩减"}
_CAUSE = re.compile(r"主要(?:原因)?(?:是|为|系|因)|原因(?:是|为|:)|由于|因为?[^素此公]|[,，]是[^,，]|所致|导致|带来")
_TOTALS = "收、?支|收入|支出"
_LONG_WAY, _SHORT_WAY = 70, 26
_MOST = 2
_NAMING = (Operation.LOOK_UP, Operation.BREAKDOWN, Operation.LIST, Operation.PROSE)
_ADDED_ASKED = re.compile(
    r"(?:新增|增加|新设|新上|新安排)了?(?:的)?(?:是)?(?:哪些|什么|哪几个|啥)(?:新)?(?:的)?项目|哪些(?:项目)?(?:是)?新增|新增项目(?:有|是)(?:哪些|什么)"
)
_ADDED = re.compile(r"新增(?!长)[^,，;；。\d]{0,40}(?:项目|经费|系统|平台|工程|费)")
_CUT_ASKED = re.compile(
    r"哪(?:些|几个|[一两二三四五]?个)?项目(?:的)?(?:支出|资金|经费|钱)?(?:是)?(?P<way>少了|减少|下降|压减|多了|增加|上升)"
)
_BOUGHT_ASKED = re.compile(r"(?:买|购|采购)(?:了|的)?(?:是|些)?(?:啥|什么|哪些(?:东西|货物|设备)?)")
_BOUGHT = re.compile(
    r"采购[^。;；]{0,60}(?:项目是|主要(?:是|项目|用于|采购)|用于|其中[:,]?[^\d]{2,16}\d)|采购(?:内容|项目|品目)(?:为|是|包括|:)"
)
_OLD_NAME_ASKED = re.compile(
    r"(?:以前|原来|过去|之前|原先|从前|改名前|更名前)(?:的)?(?:名字|名称)?(?:叫|是|名)|曾用名|原名|旧称|改名|更名|改(?:成|叫|为)[^,，。?？]{0,6}(?:名|叫)|叫过"
)
_OLD_NAME = re.compile(r"更名|改名|改称|曾用名|原名|\(原[^()]{3,30}\)|前身(?:是|为)")
_SELF_ASKED = re.compile(
    r"自评(?:的|评)?(?:的)?(?:是|有)?(?:哪|什么)|(?:哪|什么)[^,，。?？]{0,4}项目[^,，。?？]{0,6}自评"
)
_SELF = re.compile(
    r"自评(?:的)?项目(?:为|是|有|包括|:)|对[^,，;；。]{4,40}(?:项目|经费)[^,，;；。]{0,8}(?:开展|进行)了?[^,，;；。]{0,6}自评"
)


_GIVEN_AS_CAUSE = re.compile(r"(?:主要(?:原因)?(?:是|为|系)|原因(?:是|为))")
_MOVED_BY = re.compile(r"(?:预算|决算|拨款|支出|收入)?(?:增加|减少|增长|下降)(?:了)?\d")


def only_a_cause(text: str, names: set[str]) -> bool:
    """Whether a folded sentence names what is asked about only as the cause of something else ("总支出增加9万元,主要是教育支出增加
    9万元"), which says nothing of why it moved itself."""
    given = _GIVEN_AS_CAUSE.search(text)
    if given is None or not names or any(name in text[: given.start()] for name in names):
        return False
    behind = text[given.end() :]
    places = [at + len(name) for name in names for at in [behind.find(name)] if at >= 0]
    return bool(places) and any(_MOVED_BY.match(behind, at) for at in places)


def said_in_clauses(desk: Desk) -> Draft | None:
    """The sentences that give the cause, or name what was added, cut or bought; None where that is not asked or not said."""
    if not desk.plan.documents or not _of_year(desk):
        return None
    return _cause(desk)


def outright(desk: Desk) -> Draft | None:
    """The sentences that name what was bought, what a body was called or which project was evaluated; None for none."""
    plan = desk.plan
    if not plan.documents or not _of_year(desk):
        return None
    text = fold(plan.text)
    if _ADDED_ASKED.search(text):
        return _quoted(desk, lambda item: _ADDED.search(fold(item.text)))
    procured = [a for a in plan.accounts if a.targets[0].scheme is Scheme.PROCUREMENT]
    if (moved := _moved_projects(desk)) is not None:
        return moved
    if _BOUGHT_ASKED.search(text) and procured and plan.operation in _NAMING:
        return _quoted(desk, lambda item: _BOUGHT.search(fold(item.text)))
    if _OLD_NAME_ASKED.search(text) and all(asked.weak for asked in plan.accounts):
        return _quoted(desk, lambda item: _OLD_NAME.search(fold(item.text)))
    if _SELF_ASKED.search(text) and re.search("多少|几", text) is None:
        return _quoted(desk, lambda item: _SELF.search(fold(item.text)))
    return None


def _of_year(desk: Desk) -> bool:
    return not desk.plan.years or desk.shelf.disclosure(desk.plan.documents[0]).year in desk.plan.years


def _here(desk: Desk) -> Iterator[Found]:
    return (item for item in sentences_at_hand(desk, desk.plan.documents[0]) if "名词" not in item.section)


def _quoted(desk: Desk, says: Callable[[Found], object]) -> Draft | None:
    every = list(_here(desk))
    at = list({item.text: index for index, item in enumerate(every) if says(item)}.values())[:_MOST]
    if not at:
        return None
    found = [item for index in at for item in (every[index], *_going_on(every, index))]
    return Draft(Verdict.ANSWERED, "\n".join(dict.fromkeys(quote_of(desk, item) for item in found)))


def _going_on(every: Sequence[Found], index: int) -> Iterator[Found]:
    """The further points of a sentence that begins to number them ("一是…;" "二是…")."""
    if "一是" not in every[index].text:
        return
    for item in every[index + 1 :]:
        if not re.match("[二三四五六]是", item.text):
            return
        yield item


def _cause(desk: Desk) -> Draft | None:
    """The sentences with a cause in which what is asked about moves the way the question says."""
    text, plan = fold(desk.plan.text), desk.plan
    if plan.operation is not Operation.REASON and _WHY.search(text) is None:
        return None
    if re.search("哪一?(?:块|项|个|些|部分|几)", text) and "原因" not in text:
        return None  # which part moved, not why
    ways = [way for way in (_UP, _DOWN) if re.search(way, text)]
    if len(ways) != 1:
        return None
    moved = _MOVED[ways[0]]
    for stems, far in ((_stems(desk), _SHORT_WAY), (_totals(desk), _LONG_WAY)):
        if not stems:
            continue
        names = "|".join(sorted(stems, key=len, reverse=True))
        pattern = re.compile(rf"(?:{names})[^;；。]{{0,{far}}}?(?:{moved})")
        found = _quoted(desk, lambda item: _gives_cause(item, pattern))  # noqa: B023
        if found is not None:
            return found
    return None


def _gives_cause(item: Found, pattern: re.Pattern[str]) -> bool:
    text = fold(item.text)
    moved = pattern.search(text)
    if moved is None:
        return False
    if "原因" in item.section:
        return True  # the heading says that causes follow
    given = _GIVEN_AS_CAUSE.search(text)
    if given and given.end() <= moved.start() and re.match(r"了?\d", text[moved.end() :]):
        return (
            re.search("原因|由于|因为|因(?![素此公])", text[moved.end() :]) is not None
        )  # a cause of what stands before it
    return (
        _CAUSE.search(text, moved.end()) is not None or re.search("由于|因[^素此公]", text[: moved.start()]) is not None
    )


def _stems(desk: Desk) -> Sequence[str]:
    """The names of what is asked about, without the word for money at their end."""
    plan = desk.plan
    names = [name for asked in plan.accounts if not asked.weak and asked.targets[0].scheme is not Scheme.TOTAL
             for name in (fold(asked.name), fold(asked.said))]  # fmt: skip
    names += [word for word in plan.rest if re.fullmatch("[\u4e00-\u9fff]{4,}", word) and not re.search("翻|倍", word)]
    stems = {re.sub(r"(?<=..)(?:购置及运行费|运行维护费|支出|经费|费用|费)$", "", name) for name in names}
    return [re.escape(stem) for stem in stems if len(stem) > 1]


def _totals(desk: Desk) -> Sequence[str]:
    """The totals that are asked about, as sentences call them."""
    totals = [asked for asked in desk.plan.accounts if asked.targets[0].scheme is Scheme.TOTAL]
    others = [asked for asked in desk.plan.accounts if asked not in totals and not asked.weak]
    said = re.search(_TOTALS, fold(desk.plan.text))
    return [_TOTALS] if not others and (totals or said) and not _stems(desk) else []


def _moved_projects(desk: Desk) -> Draft | None:
    """The sentence that names the projects whose money grew or fell."""
    asked = _CUT_ASKED.search(fold(desk.plan.text))
    if asked is None:
        return None
    moved = _MOVED[_DOWN if re.search(_DOWN, asked["way"]) else _UP]
    pattern = re.compile(rf"项目(?:支出|资金|经费)?(?:的)?(?:{moved})")
    return _quoted(desk, lambda item: pattern.search(fold(item.text)))
