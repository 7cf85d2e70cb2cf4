"""The account that a question names in other words than its own, where the open documents have exactly one like it.

"劳务" for 劳务费, "援滇干部那块给了多少工作经费" for 援滇干部工作经费: every unknown word of the question must stand in the
account's name, and nearly all of the name in the question. Two accounts as near as each other are none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.accounts import clean_name
from corpus.figure import Figure, Measure, Scheme
from corpus.money import Amount, mentions
from corpus.vocabulary import Target, fold, vocabulary
from rag.desk import Desk
from rag.likeness import parts
from rag.naming import in_order
from rag.plan import Asked, Operation, Plan
from rag.retrieve import bigrams

_NEED = 0.75
"""The share of the account's name (less its ending) that must stand in the question."""
_SMALL = re.compile(r"用于|安排|[的及和与]|(?<=..)事业(?=.)")
_LONG_WORD = 6
_TERSE = 8
"""Characters up to which a question may be a bare name ("收到的捐赠")."""
_HEAD = 3
_ENDING = re.compile(r"(?:项目)?(?:专项)?(?:经费|费用|支出|收入|资金|补助|费)$|项目$")
_THAT_SUM = re.compile(
    r"(?:元|万|亿)(?:元)?(?:(?:的)?(?:那|这)?(?:笔|项|块|个)|(?:主要|都|具体|大多)?(?:是)?(?:花|用|干|拿)(?:在|到|来|去|于|什么|哪|给))"
)
_SUM_IN_A_SHARE = re.compile(r"\d(?:元|万|亿)(?:元)?占")
"""The share of an amount that is put up ("扶持企业的200万占总支出百分之几")."""
_ASKS = re.compile(r"多少|几|钱|费|花|支出|经费|预算|决算|金额|开支|开销|how much|amount")
_MEASURES = (Measure.AMOUNT, Measure.COUNT)
_NAMED = frozenset({
    Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.PROJECT, Scheme.ASSET, Scheme.STAFF, Scheme.SOURCE, Scheme.THREE_PUBLIC,
    Scheme.PROCUREMENT,
})  # fmt: skip


def renamed(desk: Desk) -> Plan | None:
    """The plan with the one account that the question must mean, None where there is none or more than one."""
    plan = desk.plan
    if plan.operation not in (Operation.LOOK_UP, Operation.PROSE) or plan.topic or not plan.documents:
        return None
    words = [word for word in plan.rest if bigrams(word)]
    counted = any(asked.measure is Measure.COUNT for asked in plan.accounts)
    if counted and re.search(r"多少钱|几块钱|金额|经费|万元", plan.text) is None:
        return None  # a number of people or things is asked for, no amount
    if not words and counted:
        words = [asked.said for asked in plan.accounts]
    if not words or (_ASKS.search(plan.text) is None and len(plan.text) > _TERSE):
        return None
    scored: dict[tuple[Scheme, str], float] = {}
    for name in plan.documents[:2]:
        for figure in desk.shelf.figures(name):
            target = figure.scheme is Scheme.PERFORMANCE and figure.measure is Measure.TARGET
            if not target and (figure.scheme not in _NAMED or figure.entity or figure.measure not in _MEASURES):
                continue
            account = fold(clean_name(figure.account))
            share = _said(account, plan.text)
            if any(account.startswith(word) for word in words if len(word) >= _HEAD):
                share = max(share, _NEED)  # its beginning is said, as people cut long names short
            if any(len(word) >= _LONG_WORD and in_order(word, account) for word in words):
                share = max(share, len("".join(words)) / len(account))
            if share >= _NEED and all(_made_of(word, account) for word in words):
                scored[figure.scheme, figure.account] = share
    best = max(scored.values(), default=0.0)
    names = {account for (_, account), share in scored.items() if share == best}
    if len(names) != 1:
        return None
    account = names.pop()
    targets = tuple(Target(scheme, "", name) for scheme, name in scored if name == account)
    return replace(
        plan, operation=Operation.LOOK_UP, accounts=(Asked(account, account, targets),), rest=(), qualifier="", tail=""
    )  # fmt: skip


def named_outright(desk: Desk) -> Plan | None:
    """The plan with the class or project whose whole printed name stands in the question, where the words heard in it are
    too plain to name anything else ("大气这项决算比年初预算少多少"); None where a figure's account is named in earnest."""
    plan = desk.plan
    if not plan.documents or not plan.rest or plan.topic == "contact" or plan.everyone:
        return None
    funds = [a.funding for a in plan.accounts if a.funding and a.funding == a.name]
    plain = all(
        a.weak or a.funding in funds or (a.targets[0].scheme is Scheme.TOTAL and not a.component) for a in plan.accounts
    )
    if not plain or (plan.whole is not None):
        return None
    text = _MARKS.sub("", plan.text)
    rest = {_MARKS.sub("", word) for word in plan.rest}
    found: dict[str, list[Target]] = {}
    for figure in desk.shelf.figures(plan.documents[0]):
        if figure.scheme not in (Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.PROJECT) or figure.entity:
            continue
        name = _MARKS.sub("", fold(clean_name(figure.account)))
        whole = name in rest or (len(name) >= _NAME and name in text) or _cut_short(figure, name, rest, text)
        amount = figure.measure is Measure.AMOUNT and figure.scheme is not Scheme.PROJECT
        whole = whole or (amount and _abbreviated(name, rest, text))
        if whole and len(name) >= 2:
            target = Target(figure.scheme, figure.code, figure.account)
            found.setdefault(name, []).append(target)
    longest = max(found, key=len, default="")
    cut = [name for name in found if name not in text]
    if len(cut) > 1 or (cut and len(found) > 1):
        return None  # two projects begin like that
    if not longest or longest in vocabulary().plain:
        return None
    if any(longest in _MARKS.sub("", fold(desk.issuer(name))) for name in plan.documents):
        return None
    targets = tuple(dict.fromkeys(found[longest]))
    asked = Asked(targets[0].account, longest, targets, funding=funds[0] if funds else "")
    operation = Operation.LOOK_UP if plan.operation is Operation.PROSE and not plan.topic else plan.operation
    rest_now = tuple(word for word in plan.rest if _MARKS.sub("", word) not in longest)
    return replace(plan, accounts=(asked,), rest=rest_now, operation=operation, qualifier="", tail="")


def _cut_short(figure: Figure, name: str, rest: set[str], text: str) -> bool:
    """Whether the question calls a project by the beginning of its name alone ("云桌面项目" for 云桌面服务费)."""
    if figure.scheme is not Scheme.PROJECT or len(name) <= _HEAD:
        return False
    begun = [word for word in rest if len(word) >= _HEAD and name.startswith(word) and word != name]
    return any(re.search(rf"{re.escape(word)}(?:项目|工程|专项)", text) for word in begun)


_OF_A_CLASS = re.compile(r"(?:教育|事务|支出|费用|经费|费|补助|补贴|资金)$")
_ASIDE = re.compile(r"^[那这的项块笔]+|[那这的项块笔]+$")
_MOSTLY = 0.6


def _abbreviated(name: str, rest: set[str], text: str) -> bool:
    """Whether all that is unknown in a question is a name with characters left out ("公益岗补贴" for 公益性岗位补贴), or a name less its
    ending with no more than a character beside it ("来华留学生" for 来华留学教育)."""
    words = [plain for word in rest if not word.isascii() and len(plain := _ASIDE.sub("", word)) > 1]
    if len(words) != 1:
        return False
    word, stem = words[0], _OF_A_CLASS.sub("", name)
    at, start = text.find(word), text.find(stem)
    if len(stem) >= _NAME and start >= 0 and at >= 0:
        shared = min(at + len(word), start + len(stem)) - max(at, start)
        if shared >= len(word) - 1 > 1:
            return True
    if len(word) >= _NAME and name.endswith(word) and not name.startswith("其他"):
        return True  # its end is said ("普查活动" for 专项普查活动)
    return (
        len(word) >= _NAME
        and word[:2] == name[:2]
        and len(word) >= _MOSTLY * len(name)
        and word[-1] == name[-1]
        and in_order(word, name)
    )


def at_length(desk: Desk) -> Plan | None:
    """The plan with the printed class or project of which the question says more than the words heard in it ("支持中小企业发展"
    of 支持中小企业发展和管理支出, where 中小企业 alone was heard); None where the document has no such name."""
    plan = desk.plan
    heard = [asked for asked in plan.accounts if not asked.weak and len(asked.said) >= _HEAD]
    if len(heard) != 1 or not plan.documents or heard[0].targets[0].scheme in _CLASSED or not plan.rest:
        return None
    said, found = heard[0].said, dict[str, Target]()
    for figure in desk.shelf.figures(plan.documents[0]):
        if figure.scheme not in _CLASSED or figure.entity or figure.measure is not Measure.AMOUNT:
            continue
        name = fold(clean_name(figure.account))
        if said in name and name not in found:
            run = _run_around(plan.text, said, name)
            if len(run) >= len(said) + _MORE and any(word in run for word in plan.rest):
                found[name] = Target(figure.scheme, figure.code, figure.account)
    shortest = min(found, key=len, default="")
    if not found or any(shortest not in name for name in found):
        return None
    target = found[shortest]
    asked = replace(heard[0], name=target.account, said=target.account, targets=(target,), measure=None, flow="")
    accounts = tuple(asked if one is heard[0] else one for one in plan.accounts)
    rest = tuple(word for word in plan.rest if word not in target.account)
    return replace(plan, accounts=accounts, rest=rest, qualifier="", tail="")


_LEVEL = re.compile(r"^(?P<level>中央|省级|市级|区级|县级|镇级)(?P<what>.{2,})")
_LEVELS = re.compile(r"(?:中央|省级?|市级?|区级?|县级?|镇级?)")


def of_each_level(desk: Desk) -> Plan | None:
    """The plan with one project by each level of government that the question names ("市级区级合计", "市级…比区级多多少"), where the
    document prints the project of each by itself; None otherwise."""
    plan = desk.plan
    named = [asked for asked in plan.accounts if asked.targets[0].scheme is Scheme.PROJECT]
    own = _LEVEL.match(named[0].name) if len(named) == len(plan.accounts) == 1 and plan.documents else None
    said = {level[:1] for level in _LEVELS.findall(plan.text)}
    summed = plan.operation is Operation.SUM or re.search(r"合计|一共|总共|加起来", plan.text) is not None
    if own is None or len(said) < 2 or not (summed or plan.operation in (Operation.CHANGE, Operation.DIFFERENCE)):
        return None
    found: dict[str, Target] = {}
    for figure in desk.shelf.figures(plan.documents[0]):
        other = _LEVEL.match(figure.account) if figure.scheme is Scheme.PROJECT and not figure.entity else None
        if other is not None and other["what"] == own["what"] and other["level"][:1] in said:
            found.setdefault(other["level"], Target(Scheme.PROJECT, "", figure.account))
    if len(found) != len(said):
        return None
    order = sorted(found.items(), key=lambda item: plan.text.find(item[0][:1]))
    accounts = tuple(replace(named[0], name=t.account, said=t.account, targets=(t,)) for _, t in order)
    operation = Operation.SUM if summed else Operation.DIFFERENCE
    return replace(plan, accounts=accounts, operation=operation, rest=(), qualifier="", tail="")


def _run_around(text: str, said: str, name: str) -> str:
    """The longest stretch of the question around some words of it that a name has in one piece."""
    at = text.find(said)
    start, end = at, at + len(said)
    while start > 0 and text[start - 1 : end] in name:
        start -= 1
    while end < len(text) and text[start : end + 1] in name:
        end += 1
    return text[start:end] if at >= 0 else ""


_CLASSED = (Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.PROJECT)
_MORE = 3
"""Characters that must be said of a name beside the words that were heard in it."""
_MARKS = re.compile(r"[、,，。()（）\s“”\"]")
_NAME = 4
"""Characters from which on a name is found inside a longer run of words."""


def _said(account: str, text: str) -> float:
    """The share of an account's name, less its ending and small words, that stands in a question in pieces of two and
    more characters."""
    stem = _SMALL.sub(" ", _ENDING.sub("", account)) if len(account) > _HEAD else account
    runs = [run for run in stem.split() if run]
    whole = sum(map(len, runs))
    said = sum(len(part) for run in runs for part in parts(run, text) if part in text and len(part) >= 2)
    return said / whole if whole else 0.0


def _made_of(word: str, account: str) -> bool:
    """Whether all that a word says is in the account's name, in pieces of two and more characters ("彩票公益金|给|教育")."""
    pieces = parts(word, account)
    whole = bool(pieces) and all(piece in account for piece in pieces)
    return whole or (len(word) >= _LONG_WORD and in_order(word, account))  # 村委会 for 村民委员会


def by_amount(desk: Desk) -> Plan | None:
    """The plan for the account that has just the amount the question points to ("978万那笔花在哪些方面"); None where the
    question names an account in earnest, or no figure of its year has that amount."""
    plan = desk.plan
    share = plan.operation is Operation.SHARE and _SUM_IN_A_SHARE.search(plan.text) is not None
    if not (share or _THAT_SUM.search(plan.text)) or not plan.documents:
        return None
    amounts = [m for m in mentions(plan.text) if m.unit in ("元", "万元", "亿元", "万", "亿")]
    named = any(not asked.weak and asked.said for asked in plan.accounts if asked.said in plan.text)
    if len(amounts) != 1 or (named and not share):
        return None
    wanted = Amount(amounts[0].value, f"{amounts[0].unit.removesuffix('元')}元").to("元").value
    year = plan.years[0] if plan.years else desk.shelf.disclosure(plan.documents[0]).year
    for figure in desk.shelf.figures(plan.documents[0]):
        amount = figure.amount
        if figure.measure is not Measure.AMOUNT or figure.year != year or figure.entity or amount is None:
            continue
        if amount.is_money and amount.to("元").value == wanted:
            target = Target(figure.scheme, figure.code, figure.account)
            asked = Asked(
                figure.account, figure.account, (target,), flow=figure.flow, component=_narrow(figure.component)
            )
            projects = figure.component == "项目支出" and plan.operation in (Operation.BREAKDOWN, Operation.PROSE)
            return replace(plan, accounts=(asked,), operation=Operation.LIST if projects else plan.operation)
    return None


def _narrow(component: str) -> str:
    return "" if component == "合计" else component
