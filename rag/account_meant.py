"""The account that several words of a question mean together, where the first document prints it: a source of income by the kind
of school it is taken by (附中收的教育收费), a project's money of one kind, both sides of one class, the running costs of the
institutions below, the last of a list of holdings (其他)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from corpus.disclosure import Basis
from corpus.figure import Figure, Measure, Scheme
from corpus.vocabulary import Target
from rag.desk import Desk
from rag.plan import Asked, Operation, Plan

_SCHOOLS = (
    (re.compile(r"附(?:属)?(?:中学?|高中)|中学(?:部|那)"), ("高中教育", "初中教育", "中等教育")),
    (re.compile(r"附(?:属)?小学?|小学(?:部|那)"), ("小学教育",)),
    (re.compile(r"幼儿园|附幼"), ("学前教育",)),
    (re.compile(r"(?:大学|高校|学校)(?:本部|本身|自己|本级|那?[一]?(?:部分|块|边))|校本部"), ("高等教育", "高等职业教育")),
)  # fmt: skip
"""Parts of a university, and the classes by which its income is printed."""
_RUNNING = re.compile(
    r"(?:下属|所属|下面|底下|直属)?(?:的)?事业单位(?:的)?(?:(?:日常)?运[行转](?:费用?|经费|支出)?[和与及、跟]人员(?:经费|支出)?|人员(?:经费|支出)?[和与及、跟](?:日常)?运[行转](?:费用?|经费|支出)?)"
)
_RUNS = "事业运行"
_BOTH_SIDES = re.compile(
    r"(?P<out>支出)(?:预算|决算)?(?:数)?(?:比|与|和|跟|较)(?:它的|其)?(?P<income>收入)|收入(?:预算|决算)?(?:数)?(?:比|与|和|跟|较)(?:它的|其)?支出"
)
_OTHERS = re.compile(r"[、,和及与]其[他它](?:资产)?(?=[)）、,，。;；?？的]|加|合|一共|总)")
_IN_A_ROW = re.compile(r"[、,和与及跟比]|分别|各")
_INSIDE = re.compile(
    r"(?:里面?|中|内|当中)(?:的)?(?:各|分别)?[^,，。多几]{0,4}(?:多少|几)[^,，。]{0,3}(?P<part>项目支出|基本支出)"
)
_BUILDING, _PART_OF_IT = "基本建设", re.compile(r"占(?:了)?多少(?:钱|万元|元)?[?？]?$")
_KEEPS = re.compile(
    r"(?:主要|具体)(?:是)?(?:用来|用于|拿来)?(?:维护|运维|保障|支付|做|干|买|办)(?:的是)?(?:哪些|什么|啥)"
)
_KINDS_OF_UNIT = ("行政单位", "事业单位")
_TERM = re.compile(
    r"实施期(?:间|限)?(?:内)?的?(?:资金|经费|预算)?(?:总额|总量|总共|一共)|(?:整个|全)(?:实施期|周期|项目期)"
)
_WHOLE_TERM = "实施期总额"
_OF_TERM = (Operation.LOOK_UP, Operation.PROSE, Operation.BREAKDOWN)
_LEAST = 3
_OTHER_ASSETS = "其他资产"


def account_meant(desk: Desk) -> Plan | None:
    """The plan with the account that the words of the question mean together; None where there is none."""
    if not desk.plan.documents or desk.plan.problem is not None:
        return None
    return next(filter(None, (meant(desk) for meant in _MEANT)), None)


def _figures(desk: Desk) -> list[Figure]:
    return [f for f in desk.shelf.figures(desk.plan.documents[0]) if not f.entity and f.measure is Measure.AMOUNT]


def _one(plan: Plan, figure: Figure, said: str, flow: str = "", funding: str = "", component: str = "") -> Plan:
    target = Target(figure.scheme, figure.code, figure.account)
    asked = Asked(figure.account, said, (target,), flow=flow, funding=funding, component=component)
    return replace(plan, operation=Operation.LOOK_UP, accounts=(asked,), topic="", rest=(), qualifier="", tail="")


def _by_school(desk: Desk) -> Plan | None:
    """A source of income as the class of the school named has it."""
    plan = desk.plan
    sources = [a for a in plan.accounts if a.targets[0].scheme is Scheme.SOURCE]
    classes = [a for a in plan.accounts if a.targets[0].scheme is Scheme.FUNCTION]
    if len(sources) != 1 or classes or plan.operation is not Operation.LOOK_UP:
        return None
    named = next((names for says, names in _SCHOOLS if says.search(plan.text)), ())
    own = [f for f in _figures(desk) if f.flow == "收入" and f.funding == sources[0].name and f.account in named]
    if len({f.account for f in own}) != 1:
        return None
    return _one(plan, own[0], sources[0].said, flow="收入", funding=own[0].funding)


def _of_that_money(desk: Desk) -> Plan | None:
    """A project, or a class, as far as money of one kind pays for it ("专项业务费动用单位资金多少")."""
    plan = desk.plan
    things = [a for a in plan.accounts if a.targets[0].scheme in (Scheme.PROJECT, Scheme.FUNCTION) and not a.weak]
    money = [a for a in plan.accounts if a.targets[0].scheme is Scheme.SOURCE and not a.weak]
    if plan.operation is not Operation.LOOK_UP or not len(things) == len(money) == 1 or len(plan.accounts) != 2:
        return None
    start, end = plan.text.find(things[0].said), plan.text.find(money[0].said)
    if start < 0 or end < start or _IN_A_ROW.search(plan.text[start + len(things[0].said) : end]):
        return None
    names = {target.account for target in things[0].targets}
    own = [f for f in _figures(desk) if f.account in names and f.funding == money[0].name and f.flow != "收入"]
    return _one(plan, own[0], things[0].said, funding=own[0].funding, component=own[0].component) if own else None


def _over_its_term(desk: Desk) -> Plan | None:
    """All money of a project over the years it runs ("整个实施期的资金总额")."""
    plan = desk.plan
    if _TERM.search(plan.text) is None or plan.operation not in _OF_TERM:
        return None
    words = [a.name for a in plan.accounts if a.targets[0].scheme is Scheme.PROJECT] or list(plan.rest)
    own = [f for f in _figures(desk) if f.component == _WHOLE_TERM and f.funding == "全部"]
    meant = [f for f in own if any(len(w) >= _LEAST and w in f.account for w in words)]
    if len({f.account for f in meant}) != 1:
        return None
    term = _one(plan, meant[0], meant[0].account, component=_WHOLE_TERM)
    if not _AND_THIS_YEAR.search(plan.text):
        return term
    return replace(term, accounts=(*term.accounts, replace(term.accounts[0], component="")))


_AND_THIS_YEAR = re.compile(
    r"[和与跟、及](?:今年|本年|当年|20\d\d年|年度)[^,，。]{0,12}(?:各|分别)|(?:各|分别)(?:是|为)?多少"
)


def _both_sides(desk: Desk) -> Plan | None:
    """The expenditure and the revenue of one class, set against each other."""
    plan = desk.plan
    classes = [a for a in plan.accounts if a.targets[0].scheme is Scheme.FUNCTION]
    sides = _BOTH_SIDES.search(plan.text)
    if sides is None or len(classes) != 1 or len(plan.accounts) > 2:
        return None
    if plan.operation not in (Operation.DIFFERENCE, Operation.CHANGE):
        return None
    if not plan.text.startswith(classes[0].said, max(sides.start() - len(classes[0].said), 0)):
        return None  # the class is said of one side alone, or further off
    flows = {f.flow for f in _figures(desk) if f.account == classes[0].name and f.funding == "全部"}
    if not {"收入", "支出"} <= flows:
        return None
    order = ("支出", "收入") if sides["out"] else ("收入", "支出")
    accounts = tuple(
        replace(classes[0], name=f"{classes[0].name}{flow}", flow=flow, measure=None, funding="", component="")
        for flow in order
    )
    return replace(plan, operation=Operation.DIFFERENCE, accounts=accounts, rest=(), qualifier="", tail="")


def _within_each(desk: Desk) -> Plan | None:
    """The projects, or the basic expenditure, within each of the classes named ("行政运行、事业运行里各有多少项目支出")."""
    plan = desk.plan
    classes = [a for a in plan.accounts if a.targets[0].scheme is Scheme.FUNCTION]
    parts = [a for a in plan.accounts if a.targets[0].scheme is Scheme.TOTAL and a.component]
    said = _INSIDE.search(plan.text)
    if said is None or not classes or len(parts) != 1 or len(plan.accounts) != len(classes) + 1:
        return None
    if plan.operation not in (Operation.LOOK_UP, Operation.BREAKDOWN) or said["part"] != parts[0].component:
        return None
    accounts = tuple(
        replace(a, name=f"{a.name}（{parts[0].component}）", component=parts[0].component, flow="支出", measure=None)
        for a in classes
    )
    return replace(plan, operation=Operation.LOOK_UP, accounts=accounts, rest=(), qualifier="", tail="")


def _by_kind_of_unit(desk: Desk) -> Plan | None:
    """The classes that part one expense by kind of unit, where it and the kinds are named apart ("医疗那部分，行政单位和事业单位各多少")."""
    plan = desk.plan
    kinds = [kind for kind in _KINDS_OF_UNIT if kind in plan.text]
    if not kinds or plan.operation not in (Operation.LOOK_UP, Operation.BREAKDOWN, Operation.SHARE):
        return None
    found: dict[str, Figure] = {}
    for figure in _figures(desk):
        kind = next((k for k in kinds if figure.account.startswith(k)), "")
        what = figure.account.removeprefix(kind)
        apart = (
            kind and len(what) >= 2 and re.search(rf"{what}[^,，。]{{0,4}}(?:部分|里面?|中|方面|支出|块|费)", plan.text)
        )
        if figure.scheme is Scheme.FUNCTION and apart and figure.account not in plan.text:
            found.setdefault(figure.account, figure)
    if len(found) != len(kinds):
        return None
    figures = sorted(found.values(), key=lambda f: plan.text.find(f.account[:4]))
    accounts = tuple(Asked(f.account, f.account, (Target(f.scheme, f.code, f.account),)) for f in figures)
    kept = plan.operation if plan.operation is Operation.SHARE else Operation.LOOK_UP
    return replace(plan, operation=kept, accounts=accounts, topic="", rest=(), qualifier="", tail="")


def _of_that_building(desk: Desk) -> Plan | None:
    """What a class has of the money for construction that the question before was about ("其中高等教育占了多少")."""
    plan = desk.plan
    classes = [a for a in plan.accounts if a.targets[0].scheme is Scheme.FUNCTION]
    if _BUILDING not in plan.before or len(classes) != 1 or _PART_OF_IT.search(plan.text) is None:
        return None
    own = [f for f in _figures(desk) if f.account == classes[0].name and f.component == _BUILDING and f.code]
    if len({f.code for f in own}) != 1:
        return None
    return _one(plan, own[0], classes[0].said, flow="支出", funding=own[0].funding, component=_BUILDING)


def _indicator_of(desk: Desk) -> Plan | None:
    """The indicator alone, where an English question says of which project ("satisfaction among users of …") and asks no money."""
    plan = desk.plan
    aims = [a for a in plan.accounts if a.targets[0].scheme is Scheme.PERFORMANCE]
    projects = [a for a in plan.accounts if a.targets[0].scheme is Scheme.PROJECT]
    money = re.search(r"多少钱|多少元|预算|how much|budget|cost", f"{plan.text}{plan.question.lower()}") is not None
    if plan.language != "en" or money or not len(aims) == len(projects) == 1 or len(plan.accounts) != 2:
        return None
    return replace(plan, accounts=(replace(aims[0], project=projects[0].name),))


def _what_for(desk: Desk) -> Plan | None:
    """What an amount is spent on, asked as what it keeps going ("信息化建设那笔主要维护哪些系统")."""
    plan = desk.plan
    classes = [a for a in plan.accounts if a.targets[0].scheme is Scheme.FUNCTION]
    if plan.topic or plan.operation is not Operation.LOOK_UP or not len(classes) == len(plan.accounts) == 1:
        return None
    return replace(plan, operation=Operation.PROSE, topic="purpose", rest=()) if _KEEPS.search(plan.text) else None


def _running_costs(desk: Desk) -> Plan | None:
    """What institutions below cost to run with their people: the class 事业运行."""
    said = _RUNNING.search(desk.plan.text)
    if said is None or desk.plan.operation not in (Operation.LOOK_UP, Operation.SUM, Operation.PROSE):
        return None
    own = [f for f in _figures(desk) if f.scheme is Scheme.FUNCTION and f.account == _RUNS and f.flow != "收入"]
    return _one(desk.plan, own[0], said.group()) if len({f.code for f in own}) == 1 else None


def _other_holdings(desk: Desk) -> Plan | None:
    """The holdings named, with those that the list calls 其他."""
    plan = desk.plan
    assets = [a for a in plan.accounts if a.targets[0].scheme is Scheme.ASSET]
    if plan.operation is not Operation.SUM or len(assets) < 2 or len(assets) != len(plan.accounts):
        return None
    if _OTHERS.search(plan.text) is None or any(a.name == _OTHER_ASSETS for a in assets):
        return None
    if not any(f.scheme is Scheme.ASSET and f.account == _OTHER_ASSETS for f in _figures(desk)):
        return None
    other = replace(assets[-1], name=_OTHER_ASSETS, said="其他", targets=(Target(Scheme.ASSET, "", _OTHER_ASSETS),))
    return replace(plan, accounts=(*plan.accounts, other))


def _of_the_years_budget(desk: Desk) -> Plan | None:
    """All that a budget plans, where a share of 全年预算 is asked of one: no budget has an adjusted one beside it."""
    plan = desk.plan
    if plan.operation is not Operation.SHARE or plan.whole is not None or Basis.ADJUSTED not in plan.bases:
        return None
    if "全年预算" not in plan.text or desk.shelf.disclosure(plan.documents[0]).basis is not Basis.BUDGET:
        return None
    return replace(plan, bases=(), whole=_ALL_SPENDING)


_ALL_SPENDING = Asked(
    "支出合计",
    "全年预算",
    (Target(Scheme.TOTAL, "", "支出总计"), Target(Scheme.TOTAL, "", "本年支出合计")),
    flow="支出",
)


def _by_its_beginning(desk: Desk) -> Plan | None:
    """The class that begins with the unknown word before "支出" ("彩票公益金安排了多少支出"), where the document has just one such."""
    plan = desk.plan
    word, total = plan.qualifier, plan.accounts[0] if len(plan.accounts) == 1 else None
    spending = total is not None and total.targets[0].scheme is Scheme.TOTAL and total.said.endswith("支出")
    if not spending or len(word) < _RARE or plan.operation is not Operation.LOOK_UP:
        return None
    own = [
        f for f in _figures(desk) if f.scheme is Scheme.FUNCTION and f.flow != "收入" and f.account.startswith(word)
    ]  # fmt: skip
    top = [f for f in own if len(f.code) == min(len(g.code) for g in own)]
    return _one(plan, top[0], word) if len({f.account for f in top}) == 1 else None


_RARE = 4
"""Characters from which on a word is likely to be the beginning of one class alone."""


def _of_one_word(desk: Desk) -> Plan | None:
    """The class or project that begins with the one word that is all the question says ("彩票公益金"): the topmost of that name."""
    plan = desk.plan
    word = plan.rest[0] if len(plan.rest) == 1 else ""
    if plan.accounts or plan.topic or plan.operation is not Operation.PROSE or len(word) < _LEAST:
        return None
    if _NOTHING_ELSE.fullmatch(plan.text.replace(word, "", 1)) is None:
        return None
    own = [
        f for f in _figures(desk)
        if f.scheme in (Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.PROJECT) and f.flow != "收入" and f.account.startswith(word)
    ]  # fmt: skip
    top = [f for f in own if len(f.code) == min(len(g.code) for g in own)]
    return _one(plan, top[0], word) if len({f.account for f in top}) == 1 else None


_NOTHING_ELSE = re.compile(r"(?:有|是|花|预算|决算|安排|了|的|钱|多少|呢|[?？\s])*")
_MEANT: tuple[Callable[[Desk], Plan | None], ...] = (
    _by_school, _of_that_money, _over_its_term, _both_sides, _within_each, _by_kind_of_unit, _of_that_building, _indicator_of, _what_for,
    _running_costs, _other_holdings, _of_the_years_budget, _by_its_beginning, _of_one_word,
)  # fmt: skip
