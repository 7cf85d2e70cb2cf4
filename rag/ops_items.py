"""Items within one unit's documents: which is the largest, which moved most, projects added up."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import partial

from corpus.accounts import clean_name
from corpus.disclosure import Basis
from corpus.figure import Measure, Scheme
from corpus.money import Amount
from corpus.vocabulary import Target
from rag import calculate, shares
from rag.answer import show
from rag.conditions import both_ends
from rag.desk import Desk, Draft, is_asset, replace_plan, with_measure
from rag.numerals import count
from rag.ops_difference import tell_apart
from rag.ops_figures import Reading, joined, values_for
from rag.ops_lists import items_of, projects_of
from rag.ops_movers import most_moved
from rag.ops_prose import prose
from rag.ops_sums import average, total
from rag.plan import Asked, Operation, Plan, Verdict
from rag.rates_told import tell_completed, tell_share
from rag.refuse import missing
from rag.values import Combine, Source, Value, figures_of, size
from rag.wording import SEVERAL_PROJECTS

COUNTED_PROJECTS = ("绩效目标项目", "公开绩效目标项目", "绩效自评项目", "绩效评价项目")
_WHICH_COSTS = re.compile(
    r"哪(?:一)?(?:个|张|项|份)(?:表|项目|专项)?[^,，。?？]{0,10}?(?:资金|钱|金额|预算|经费|花|费|规模|数额|投入|支出)"
    r"|按[^,，。]{0,4}(?:金额|资金|预算|大小|多少)[^,，。]{0,8}排|(?:资金|钱|金额|预算|经费|花得?|规模|数额|投入)最?(?:多|少|大|小|高|低)的?是?哪"
)
"""Which of the projects with targets has most money."""
SPENDING = Asked(
    "支出", "", (Target(Scheme.TOTAL, "", "本年支出合计"), Target(Scheme.TOTAL, "", "支出总计")), flow="支出"
)
EARNING = Asked(
    "收入", "", (Target(Scheme.TOTAL, "", "本年收入合计"), Target(Scheme.TOTAL, "", "收入总计")), flow="收入"
)


def rank_items(desk: Desk) -> Draft:
    """The largest (or smallest) project, or item of an account, within the plan's documents."""
    if any(asked.name in COUNTED_PROJECTS for asked in desk.plan.accounts) and _WHICH_COSTS.search(desk.plan.text):
        # which of them, not how many; where their own sheets print no money, other tables do
        sheets = [value for source in desk.sources() for value in projects_of(desk, source)]
        table = desk.plan.table if len(sheets) > 1 else ""
        desk.plan = replace(desk.plan, accounts=(), rest=(), qualifier="", tail="", table=table)
    plan = desk.plan
    if (apart := _furthest_from_budget(desk)) is not None:
        return apart
    achieved = _completions(desk)
    if plan.inner is Operation.COMPLETION and plan.documents and len(achieved) < _BOTH and "项目" not in plan.text:
        return missing(desk)
    if (moved := most_moved(desk)) is not None:
        return moved
    if len(achieved) > 1:
        values = achieved
    elif len(plan.accounts) > 1:
        values = [value for asked in plan.accounts for value in values_for(desk, asked)]
    elif len(parts := _parts_of_projects(desk) or _counted_projects(desk)) > 1:
        values = parts
    elif re.search(r"项目|专项", plan.text if plan.accounts else f"{plan.text}{plan.before}") and (
        not plan.accounts or plan.accounts[0].component == "项目支出"
    ):
        values = _called_so(plan, [value for source in desk.sources() for value in projects_of(desk, source)])
    elif re.search("科目|经济分类", plan.text) and plan.accounts and plan.accounts[0].targets[0].scheme is Scheme.TOTAL:
        values = _classes(desk, plan.accounts[0])
    elif _level(plan.text) and (not plan.accounts or plan.accounts[0].targets[0].scheme in _LEVELLED):
        values = _classes(desk, plan.accounts[0] if plan.accounts else SPENDING)
    else:
        earned = re.search(r"收入|来源|进账", plan.text) is not None
        asked = plan.accounts[0] if plan.accounts else EARNING if earned else SPENDING
        values = [value for source in desk.sources()[:1] for value in items_of(desk, source, asked)]
        seen: set[tuple[Scheme, str, str]] = set()
        while len(values) == 1 and (alone := _what(values[0])) not in seen:
            seen.add(alone)  # one class alone below it: what that one is made of, as long as that is something else
            values = items_of(desk, desk.sources()[0], values[0].asked) or values
        if not values and plan.accounts:
            values = values_for(desk, plan.accounts[0])
    known = [(value, amount) for value in values if (amount := size(value)) is not None]
    if not known:
        return missing(desk)
    if len(plan.accounts) > 1 and len({value.asked.name for value, _ in known}) < 2:
        gap = desk.speech.pick("只有一项有数字，比不出高低：", "Only one of them has a figure:")
        told = [desk.tell(value, desk.issuer(value.document)) for value, _ in known]
        return Draft(Verdict.NOT_DISCLOSED, "\n".join([gap, *told]))
    by_class = (
        []
        if achieved
        else [item for item in known if item[0].figure is not None and item[0].figure.scheme is Scheme.FUNCTION]
    )
    if by_class and len(plan.accounts) <= 1:
        known = by_class  # 基本支出 and 项目支出 cut the same money another way
    known.sort(key=lambda item: item[1], reverse=plan.highest)
    place = plan.nth or 1
    if place > len(known):
        return missing(desk)
    tell = tell_completed if achieved else _tell
    lines = [
        f"{desk.evidence.count(index)}. {tell(desk, value, unit=False)}"
        for index, (value, _) in enumerate(known[: _shown(plan, place, len(known))], 1)
    ]
    if both_ends(plan.text):
        value = known[-1][0]
        lowest = desk.tell(value, desk.issuer(value.document), unit=False)
        lines.append(desk.speech.pick(f"最低的是**{value.asked.name}**：{lowest}", f"Lowest: {lowest}"))
    chosen = known[place - 1][0]
    nth = "" if place == 1 else f"起第{desk.evidence.count(place)}位"
    head = desk.speech.pick(
        f"{'最高' if plan.highest else '最低'}{nth}的是**{chosen.asked.name}**：",
        f"The {'highest' if plan.highest else 'lowest'}{'' if place == 1 else f' (no. {place})'}: **{chosen.asked.name}**",
    )
    lines += _share_of(desk, chosen)
    if _HOW_MANY_PARTS.search(plan.text):
        number = desk.evidence.count(len(known))
        head = f"{desk.speech.pick(f'共{number}项。', f'{number} in all. ')}{head}"
    return Draft(Verdict.ANSWERED, "\n".join([head, *lines]), desk.result(chosen) if (plan.top or 1) == 1 else None)


def _tell(desk: Desk, value: Value, *, unit: bool) -> str:
    return desk.tell(value, desk.issuer(value.document), unit=unit)


_BELOW = re.compile(r"(?:项目|专项)(?:下面|下|底下|里面|里|内|中)[^,，。]{0,6}(?:块|项|子项|部分|分成|分为|细分)|子项")
_SPECIAL = re.compile(r"(?:哪个|哪些|各|各个|这些|几个|[两二三四五六七八九十\d]个)专项")
_IN_ORDER = re.compile(r"从[高多大低少小]到[低少小高多大]|[降升]序|排个?(?:一下)?(?:序|队|名)|排一[下排]|依次")
_HOW_MANY_PARTS = re.compile(r"(?:分成?|分为|有)了?(?:几|多少)(?:个)?(?:块|项|部分|子项)")


def _called_so(plan: Plan, values: list[Value]) -> list[Value]:
    """Of projects those that are called 专项, where those are compared ("哪个专项钱最多")."""
    special = [value for value in values if clean_name(value.asked.name).endswith("专项")]
    names = {clean_name(value.asked.name) for value in special}
    special = [v for v in special if v.figure is None or not names & set(map(clean_name, v.figure.path))]
    return special if _SPECIAL.search(plan.text) and len(special) > 1 else values


def _shown(plan: Plan, place: int, number: int) -> int:
    """How many of a ranking are told: as many as asked for, all where their number or their order is asked for."""
    if _HOW_MANY_PARTS.search(plan.text):
        return number
    return plan.top or max(_ORDERED if _IN_ORDER.search(plan.text) else _SHOWN, place)


def _parts_of_projects(desk: Desk) -> list[Value]:
    """The parts that one project lists, where the question is about what stands below it ("一级项目下面分成几块，最大的…")."""
    if _BELOW.search(desk.plan.text) is None or not desk.plan.documents:
        return []
    every = [value for value in projects_of(desk, desk.sources()[0]) if value.amount is not None]
    above = {clean_name(a.name) for a in desk.plan.accounts if a.targets[0].scheme is Scheme.PROJECT}
    parts = [v for v in every if v.figure is not None and v.figure.path]
    owners = {clean_name(v.figure.path[-1]) for v in parts if v.figure is not None}
    wanted = above & owners or (owners if len(owners) == 1 else set())
    return [v for v in parts if v.figure is not None and clean_name(v.figure.path[-1]) in wanted]


def _counted_projects(desk: Desk) -> list[Value]:
    """The projects of the first document where the question speaks of just as many items of spending ("五项业务经费中最大的")."""
    said = _SO_MANY.search(desk.plan.text)
    if said is None or desk.plan.accounts or not desk.plan.documents:
        return []
    every = [value for value in projects_of(desk, desk.sources()[0]) if value.amount is not None]
    sizes = [size(value) or Decimal(0) for value in every]
    every = [value for value, amount in zip(every, sizes, strict=True) if amount * 2 != sum(sizes)]  # not their whole
    return every if len(every) == count(said["count"]) else []


_SO_MANY = re.compile(
    r"(?P<count>[两二三四五六七八九十]|\d{1,2})[项笔个块](?:业务|专项|工作|项目|专门)?(?:经费|费用|资金|支出)"
)


def _what(value: Value) -> tuple[Scheme, str, str]:
    """What a value is of: kind, account and component."""
    target = value.asked.targets[0]
    return target.scheme, target.code or target.account, value.asked.component


def _furthest_from_budget(desk: Desk) -> Draft | None:
    """The class whose final amount is furthest below (or above) its budget ("哪个科目决算比全年预算少得最多"); None where that is not
    asked, or fewer than two classes print both."""
    plan = desk.plan
    if len(plan.bases) != _BOTH or Basis.FINAL not in plan.bases or "科目" not in plan.text or not plan.documents:
        return None
    read = partial(shares.difference_of_bases, bases=plan.bases)
    known = [(value, amount) for value in _classes(desk, SPENDING, read) if (amount := size(value)) is not None]
    if len(known) < _BOTH:
        return None
    below = re.search(r"少|省|低|剩|没花|没用|结余", plan.text) is not None
    known.sort(key=lambda item: item[0].asked.name)
    known.sort(key=lambda item: item[1], reverse=not below)
    lines = [
        f"{desk.evidence.count(index)}. {tell_apart(desk, value)}" for index, (value, _) in enumerate(known[:_SHOWN], 1)
    ]
    first, apart = known[0][0].asked.name, known[0][0].amount
    assert apart is not None, "chosen by its size"
    size_of_it = show(desk.evidence.compute(Amount(abs(apart.value), apart.unit), f"|{show(apart)}|"))
    head = desk.speech.pick(
        f"决算比预算{'少' if below else '多'}得最多的是**{first}**，相差{size_of_it}：",
        f"Furthest {'below' if below else 'above'} its budget: **{first}**, by {size_of_it}",
    )
    return Draft(Verdict.ANSWERED, "\n".join([head, *lines]), desk.result(known[0][0]))


_BOTH, _SHOWN, _ORDERED = 2, 5, 20
_HOW_FAR_SPENT = re.compile(r"(?:执行|完成)(?:率|进度|比例|度)")


def _completions(desk: Desk) -> list[Value]:
    """What each class of one final account spent in percent of its budget ("哪个科目的预算执行率最低"), [] where that is not asked."""
    plan = desk.plan
    classes = re.search(r"科目|[类款项](?!目)|支出(?!.{0,4}项目)", plan.text)
    if (
        not classes
        or not plan.documents
        or not (plan.inner is Operation.COMPLETION or _HOW_FAR_SPENT.search(plan.text))
    ):
        return []
    named = plan.accounts and plan.accounts[0].targets[0].scheme in (Scheme.TOTAL, *_LEVELLED)
    return _classes(desk, plan.accounts[0] if named else SPENDING, partial(shares.completion_of, bases=plan.bases))


def _classes(desk: Desk, within: Asked, read: Reading | None = None) -> list[Value]:
    """The classes of the lowest level with what they come to within a component ("基本支出里哪个经济科目")."""
    source = desk.sources()[0]
    scheme = Scheme.ECONOMIC if re.search(r"经济", desk.plan.text) or within.component else Scheme.FUNCTION
    names = {f.code: f.account for f in source.figures if f.scheme is scheme and f.code and f.flow != "收入"}
    target = within.targets[0]
    if target.scheme in _LEVELLED:
        scheme, above = target.scheme, target.code
        names = {
            f.code: f.account for f in source.figures if f.scheme is scheme and f.code.startswith(above) and f.code
        }
    leaves = [code for code in names if not any(o != code and o.startswith(code) for o in names)]
    of_level = [code for code in names if len(code) == _level(desk.plan.text)]
    leaves = of_level if of_level and scheme is Scheme.FUNCTION else leaves
    asked = [
        Asked(names[c], names[c], (Target(scheme, c, names[c]),), flow="支出", component=within.component)
        for c in leaves
    ]
    year = desk.plan.years[0] if desk.plan.years else source.disclosure.year
    found = [(read or desk.amount)(source, each, year) for each in asked]
    return [value for value in found if value is not None and value.amount is not None]


_LEVELLED = (Scheme.FUNCTION, Scheme.ECONOMIC)


def _level(text: str) -> int:
    """The digits of the codes of the level that a question names (类级 3, 款级 5, 项级 7), 0 for none."""
    said = re.search(r"(?P<level>[类款项])级|(?P<kind>[类款项])(?=科目)", text)
    return 0 if said is None else {"类": 3, "款": 5, "项": 7}[said["level"] or said["kind"]]


def _share_of(desk: Desk, chosen: Value) -> list[str]:
    """What share of the whole the chosen item is, where the ranking is by shares."""
    if desk.plan.inner is not Operation.SHARE or chosen.amount is None or not chosen.amount.is_money:
        return []
    found = shares.share_of(desk.source(chosen.document), chosen.asked, None, chosen.year, desk.plan.bases)
    return [tell_share(desk, found)] if found is not None and found.amount is not None else []


def added(desk: Desk) -> Draft:
    """Projects, or the accounts, units and years asked for, added up."""
    together = projects_together(desk, calculate.total, desk.speech.pick("合计", "total"))
    if desk.plan.accounts and all(map(is_asset, desk.plan.accounts)) and re.search(r"值|价|钱|元", desk.plan.text):
        worth = tuple(with_measure(asked, Measure.AMOUNT) for asked in desk.plan.accounts)
        desk = replace_plan(desk, accounts=worth)
    return together or (total(desk) if desk.plan.accounts else prose(desk))


def averaged(desk: Desk) -> Draft:
    """The mean over projects, or over the accounts, units and years asked for."""
    together = projects_together(desk, calculate.average, desk.speech.pick("平均", "average"))
    together = together or _each_with_targets(desk) or _each_part(desk)
    return together or (average(desk) if desk.plan.accounts else prose(desk))


def _each_with_targets(desk: Desk) -> Draft | None:
    """The mean over projects with targets from their number and their money, where the document states both."""
    asked = next((a for a in desk.plan.accounts if a.name == "绩效目标项目"), None)
    money = values_for(desk, with_measure(asked, Measure.AMOUNT))[:1] if asked else []
    number = values_for(desk, with_measure(asked, Measure.COUNT))[:1] if asked else []
    if not money or not number or money[0].amount is None or not number[0].amount or not money[0].amount.is_money:
        return None
    mean = calculate.average(money, int(number[0].amount.value))
    if mean is None or mean.amount is None:
        return None
    operands = (*figures_of(money[0]), *figures_of(number[0]))
    mean = replace(mean, choice=None, operands=operands)
    lines = [desk.tell(value, desk.issuer(value.document)) for value in (mean, money[0], number[0])]
    return Draft(Verdict.ANSWERED, joined(lines), desk.result(mean))


def _each_part(desk: Desk) -> Draft | None:
    """The mean over the parts of one account ("专项业务费这五块平均每块"), where the number put up is that of its parts."""
    said = re.search(r"(?P<count>[两二三四五六七八九十]|\d{1,2})[块项个笔类]", desk.plan.text)
    if said is None or len(desk.plan.accounts) != 1 or not desk.plan.documents:
        return None
    source = desk.sources()[0]
    parts = [value for value in items_of(desk, source, desk.plan.accounts[0]) if value.amount is not None]
    wanted = count(said["count"])
    mean = calculate.average(parts) if len(parts) == wanted > 1 else None
    if mean is None or mean.amount is None:
        return None
    lines = [desk.tell(value, source.disclosure.issuer) for value in (mean, *parts)]
    return Draft(Verdict.ANSWERED, joined(lines), desk.result(mean))


def projects_together(desk: Desk, combine: Combine, word: str) -> Draft | None:
    """All projects (or those with published targets) added up or averaged ("三个项目平均每个多少钱"); None where the
    question is not about several projects, or counts another number of them than there are."""
    said = SEVERAL_PROJECTS.search(desk.plan.text)
    named = [
        a
        for a in desk.plan.accounts
        if not a.weak and a.component != "项目支出" and not a.name.endswith("绩效目标项目")
    ]
    if said is None or named or not desk.plan.documents:
        return None
    source = desk.sources()[0]
    values = [value for value in projects_of(desk, source) if value.amount is not None]
    if re.search(r"目标|绩效", desk.plan.text):
        listed = with_targets(source)
        values = [value for value in values if clean_name(value.asked.name) in listed] or values
    if said.group().endswith("专项"):
        own = [value for value in values if value.asked.name.endswith("专项")]
        names = {clean_name(value.asked.name) for value in own}
        values = [v for v in own if v.figure is None or not names & {clean_name(part) for part in v.figure.path}]
    if len(values) < 2 or (said["count"] and count(said["count"]) != len(values)):
        return None
    combined = combine(values)
    if combined is None or combined.amount is None:
        return None
    desk.evidence.compute(combined.amount, combined.formula or "")
    marks = "".join(dict.fromkeys(desk.evidence.cite(figure) for figure in combined.operands))
    told = desk.speech.pick(
        f"{desk.evidence.count(len(values))}个项目{word}：**{show(desk.money(combined.amount))}**（计算：{combined.formula}）{marks}",
        f"{len(values)} projects, {word}: **{show(desk.money(combined.amount))}** (computed: {combined.formula}) {marks}",
    )
    lines = [desk.tell(value, source.disclosure.issuer, unit=False) for value in values]
    return Draft(Verdict.ANSWERED, joined([told, *lines]), desk.result(combined))


def with_targets(source: Source) -> set[str]:
    """The projects whose performance targets the disclosure publishes."""
    return {
        clean_name(figure.entity) for figure in source.figures if figure.scheme is Scheme.PERFORMANCE and figure.entity
    }
