"""Whether figures agree that belong together: the lines of a project's sheet, projects and the sum stated of them, a stated
change and the two budgets it lies between, a cost indicator and the money there is, classes and their total.

Each answer says yes or no, with both figures cited and how far they are apart worked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.accounts import clean_name
from corpus.figure import Figure, Measure, Scheme
from corpus.money import Agreement, Amount, compare
from corpus.vocabulary import Target, fold
from rag import calculate
from rag.answer import Result, show
from rag.desk import Desk, Draft
from rag.numerals import count
from rag.ops_figures import joined, values_for
from rag.ops_items import with_targets
from rag.ops_lists import projects_of
from rag.plan import Asked, Verdict
from rag.values import Value
from rag.weighing import AGREES, TOGETHER, claims, slack_of, weighed

_APART = re.compile(r"^(?:那|两者|两处|这两个|它们)?(?:相差|差|差额|差了?)(?:是|了)?(?:多少|几)")
_LABEL = re.compile(r"^(?:其中:?|项目|年度|本年度?|当年)")
_LABEL_LEAST = 4
_OTHERS_SIDE = 2


def agreed(desk: Desk) -> Draft | None:
    """Whether the figures that a question sets beside each other agree; None where it asks no such thing or not both are
    there."""
    if not desk.plan.documents:
        return None
    if _APART.search(desk.plan.text) and AGREES.search(desk.plan.before):
        return _sheet_lines(desk)
    if (cost := _cost_and_money(desk)) is not None:
        return cost
    if AGREES.search(desk.plan.text) is None:
        return None
    for ask in (
        _sheet_lines,
        _projects_and_sum,
        _change_and_budgets,
        _classes_and_total,
        _changes_and_total,
        _parts_and_claim,
    ):
        if (draft := ask(desk)) is not None:
            return draft
    return None


# ---- the lines of one project's sheet


def _sheet_lines(desk: Desk) -> Draft | None:
    """Two lines of a project's sheet ("资金总额跟当年财政拨款一样吗"), named with the labels that it prints."""
    plan = desk.plan
    names = {clean_name(a.name) for a in plan.accounts if a.targets[0].scheme is Scheme.PROJECT}
    follows = _APART.search(plan.text) is not None
    said = _labels_said(desk, names, f"{plan.before}{plan.text}" if follows else plan.text) if len(names) == 1 else []
    if len(said) != _OTHERS_SIDE:
        return None
    one, other = said
    assert one.amount is not None, "chosen by their amounts"
    assert other.amount is not None, "chosen by their amounts"
    verdict, gap = weighed(desk, one.amount, other.amount, Decimal(0))
    lines = [
        desk.speech.pick(
            f"{figure.account}的“{figure.name}”：**{desk.shown(figure.amount)}**{desk.evidence.cite(figure)}",
            f"{figure.account}, “{figure.name}”: **{desk.shown(figure.amount)}** {desk.evidence.cite(figure)}",
        )
        for figure in said
        if figure.amount is not None
    ]
    result = Result(gap, "computed", f"{show(one.amount)} − {show(other.amount)}") if follows else None
    return Draft(Verdict.ANSWERED, joined([verdict, *lines]), result)


def _labels_said(desk: Desk, names: set[str], text: str) -> list[Figure]:
    """The figures of the sheet's lines that a text names, in its order; one for each label."""
    found: dict[str, Figure] = {}
    for figure in desk.shelf.figures(desk.plan.documents[0]):
        amount = figure.amount
        if figure.scheme is not Scheme.PROJECT or amount is None or not amount.is_money or not figure.locator.table:
            continue
        if clean_name(figure.account) not in names or figure.name == figure.account:
            continue
        label = fold(figure.name)
        short = _LABEL.sub("", label)
        key = label if label in text else short if len(short) >= _LABEL_LEAST and short in text else ""
        if key and not any(key in other for other in found):
            found[key] = figure
    keys = [key for key in found if not any(key != other and key in other for other in found)]
    return [found[key] for key in sorted(keys, key=text.find)]


# ---- projects and the sum stated of them

_THESE = re.compile(r"(?P<many>[两二三四五六七八九十]|\d{1,2})(?:张|个|笔|项|份)")


def _projects_and_sum(desk: Desk) -> Draft | None:
    """The projects with targets added up, against the sum that the question or the document states of them."""
    plan = desk.plan
    about = f"{plan.before}{plan.text}"
    if (
        TOGETHER.search(plan.text) is None
        or not re.search(r"项目|绩效目标", about)
        or not re.search("目标|编报|绩效", about)
    ):
        return None
    if any(not a.weak and a.name != "绩效目标项目" for a in plan.accounts):
        return None
    source = desk.sources()[0]
    listed, every = with_targets(source), [v for v in projects_of(desk, source) if v.amount is not None]
    values = [v for v in every if clean_name(v.asked.name) in listed] if listed else every
    said = _THESE.search(plan.text)
    number = count(said["many"]) if said else _counted(desk) if not listed else len(values)
    if len(values) < _OTHERS_SIDE or number != len(values):
        return None
    return _against_claim(desk, values, next(iter(claims(plan.text)), None), "绩效目标项目")


def _counted(desk: Desk) -> int | None:
    """How many projects with targets the first document counts."""
    counts = [
        f
        for f in desk.shelf.figures(desk.plan.documents[0])
        if f.account == "绩效目标项目" and f.measure is Measure.COUNT
    ]
    return int(counts[0].amount.value) if counts and counts[0].amount is not None else None


def _against_claim(desk: Desk, values: Sequence[Value], claim: Amount | None, name: str = "") -> Draft | None:
    """Values added up, against an amount that the question puts up, or what the document states under that name."""
    summed = calculate.total(values)
    stated = _stating(desk, claim, name)
    against = stated.amount if stated is not None and stated.amount is not None else claim
    if summed is None or summed.amount is None or against is None or not summed.amount.is_money:
        return None
    desk.evidence.compute(summed.amount, summed.formula or "")
    slack = slack_of([*(v.amount for v in values if v.amount is not None), against], summed.amount.unit)
    verdict, _ = weighed(desk, summed.amount, against, slack)
    marks = "".join(dict.fromkeys(desk.evidence.cite(f) for f in summed.operands))
    beside = f"{show(against)}{desk.evidence.cite(stated) if stated is not None else ''}"
    head = desk.speech.pick(
        f"{verdict}。各项之和：{summed.formula}{marks}；与之比较的是{beside}",
        f"{verdict}. The parts: {summed.formula} {marks}; set against {beside}",
    )
    return Draft(Verdict.ANSWERED, joined([head, *(desk.tell(v, desk.issuer(v.document)) for v in values)]))


def _stating(desk: Desk, claim: Amount | None, name: str) -> Figure | None:
    """The figure that states the amount put up, or where none is put up, the amount of that name; a total before others."""
    own = [
        f for f in desk.shelf.figures(desk.plan.documents[0])
        if f.measure is Measure.AMOUNT and f.amount is not None and f.amount.is_money
        and ((claim is not None and compare(f.amount, claim) is Agreement.EXACT) or (claim is None and name and f.account == name))
    ]  # fmt: skip
    own.sort(key=lambda f: (f.account != name, f.scheme is not Scheme.TOTAL))
    return own[0] if own else None


# ---- a stated change and the two budgets


def _change_and_budgets(desk: Desk) -> Draft | None:
    """A change that the later document states, against the amounts of both years' own documents."""
    plan = desk.plan
    years = sorted({*plan.years, *plan.against})
    claim = next(iter(claims(plan.text)), None)
    if len(years) != _OTHERS_SIDE or len(plan.units) != 1 or claim is None:
        return None
    unit = desk.shelf.catalogue.by_issuer[plan.units[0]]
    later = next((d for d in unit.disclosures if d.year == years[1]), None)
    if later is None or not re.search(r"[增减]|多|少|涨|降", plan.text):
        return None
    source = desk.source(later.name)
    before = source.siblings(years[0])
    for stated in sorted(source.figures, key=lambda f: f.scheme is not Scheme.TOTAL):
        amount = stated.amount
        if stated.measure is not Measure.CHANGE or amount is None or not amount.is_money or stated.compared != years[0]:
            continue
        if compare(Amount(abs(amount.value), amount.unit), claim) is not Agreement.EXACT or before is None:
            continue
        target = Target(stated.scheme, stated.code, stated.account)
        asked = Asked(
            stated.account, "", (target,), flow=stated.flow, funding=stated.funding, component=stated.component
        )
        sides = desk.amount(source, asked, years[1]), desk.amount(before, asked, years[0])
        draft = _told_change(desk, stated, *sides)
        if draft is not None:
            return draft
    return None


def _told_change(desk: Desk, stated: Figure, now: Value | None, then: Value | None) -> Draft | None:
    if now is None or then is None or now.figure is None or then.figure is None or stated.amount is None:
        return None
    apart = calculate.difference(now, then)
    if apart is None or apart.amount is None or now.amount is None or then.amount is None:
        return None
    desk.evidence.compute(apart.amount, apart.formula or "")
    slack = slack_of([now.amount, then.amount, stated.amount], apart.amount.unit)
    verdict, _ = weighed(desk, *_sizes(apart.amount, stated.amount), slack)
    marks = "".join(dict.fromkeys(desk.evidence.cite(f) for f in apart.operands))
    head = desk.speech.pick(
        f"{verdict}。文中写的是{_moved(desk, stated.amount)}{desk.evidence.cite(stated)}，两年的数相减：{apart.formula}{marks}",
        f"{verdict}. Stated: {_moved(desk, stated.amount)} {desk.evidence.cite(stated)}; of both years: {apart.formula} {marks}",
    )
    return Draft(Verdict.ANSWERED, joined([head, *(desk.tell(v, desk.issuer(v.document)) for v in (now, then))]))


def _sizes(one: Amount, other: Amount) -> tuple[Amount, Amount]:
    """Two changes without their signs, where both go the same way."""
    if (one.value < 0) is not (other.value < 0):
        return one, other
    return Amount(abs(one.value), one.unit), Amount(abs(other.value), other.unit)


def _moved(desk: Desk, amount: Amount) -> str:
    """A change in words, its size without a sign."""
    size = show(Amount(abs(amount.value), amount.unit))
    down = amount.value < 0
    return desk.speech.pick(f"{'减少' if down else '增加'}{size}", f"{size} {'less' if down else 'more'}")


# ---- classes and changes against their total

_LEAVES = re.compile(r"项级|(?:下面|下级|底下|各|几|所有|[两二三四五六七八九十\d])个?(?:科目|项|款级|小项|明细)")


def _classes_and_total(desk: Desk) -> Draft | None:
    """The lowest classes under a functional or economic class, added up against it ("两个项级科目相加，等于类级合计吗")."""
    plan = desk.plan
    strong = [a for a in plan.accounts if not a.weak]
    if len(strong) != 1 or TOGETHER.search(plan.text) is None or _LEAVES.search(plan.text) is None:
        return None
    target = strong[0].targets[0]
    if target.scheme not in (Scheme.FUNCTION, Scheme.ECONOMIC) or not target.code:
        return None
    source = desk.sources()[0]
    names = {f.code: f.account for f in source.figures if f.scheme is target.scheme and f.code.startswith(target.code)}
    leaves = [c for c in names if c != target.code and not any(o != c and o.startswith(c) for o in names)]
    year = plan.years[0] if plan.years else source.disclosure.year
    parts = [replace(strong[0], name=names[c], targets=(Target(target.scheme, c, names[c]),)) for c in sorted(leaves)]
    values = [v for part in parts if (v := desk.amount(source, part, year)) is not None and v.amount is not None]
    whole = desk.amount(source, strong[0], year)
    if len(values) < _OTHERS_SIDE or whole is None or whole.figure is None or whole.amount is None:
        return None
    return _against_whole(desk, values, whole.figure)


def _against_whole(desk: Desk, values: Sequence[Value], whole: Figure) -> Draft | None:
    """Values added up, against the figure of their whole."""
    summed = calculate.total(values)
    if summed is None or summed.amount is None or whole.amount is None or not summed.amount.is_money:
        return None
    desk.evidence.compute(summed.amount, summed.formula or "")
    slack = slack_of([*(v.amount for v in values if v.amount is not None), whole.amount], summed.amount.unit)
    verdict, _ = weighed(desk, *_sizes(summed.amount, whole.amount), slack)
    marks = "".join(dict.fromkeys(desk.evidence.cite(f) for f in summed.operands))
    change = whole.measure is Measure.CHANGE
    printed = _moved(desk, whole.amount) if change else show(whole.amount)
    named = f"{whole.account}{printed}{desk.evidence.cite(whole)}"
    head = desk.speech.pick(
        f"{verdict}。各项之和：{summed.formula}{marks}；印的是{named}",
        f"{verdict}. The parts: {summed.formula} {marks}; printed: {named}",
    )
    lines = [
        f"{v.asked.name}{desk.speech.pick('：', ': ')}{_moved(desk, v.amount) if change else show(v.amount)}{desk.marks(v)}"
        for v in values
        if v.amount is not None
    ]
    return Draft(Verdict.ANSWERED, joined([head, *lines]))


def _changes_and_total(desk: Desk) -> Draft | None:
    """The changes of the parts that a document states, added up against the change of the whole."""
    plan = desk.plan
    if TOGETHER.search(plan.text) is None or not re.search(
        r"增减|变动|变化|[增减]的?额|各[项类].{0,6}[增减]", plan.text
    ):
        return None
    figures = [f for f in desk.shelf.figures(plan.documents[0]) if f.measure is Measure.CHANGE and f.amount is not None]
    claim = next(iter(claims(plan.text)), None)
    for whole in figures:
        assert whole.amount is not None, "filtered above"
        size = Amount(abs(whole.amount.value), whole.amount.unit)
        if whole.scheme is not Scheme.TOTAL or not size.is_money:
            continue
        if claim is not None and compare(size, claim) is not Agreement.EXACT:
            continue
        parts = list(_changed_parts(whole, figures))
        if len(parts) >= _OTHERS_SIDE:
            return _against_whole(desk, [Value.of(f) for f in parts], whole)
    return None


def _changed_parts(whole: Figure, figures: Sequence[Figure]) -> Iterator[Figure]:
    """The changes of classes or sources that the same passage states, in the scope of the whole's change."""
    at = figures.index(whole)
    scope = (whole.year, whole.basis, whole.flow, whole.funding, whole.component, whole.locator.section)
    for figure in figures[at + 1 :]:
        own = (figure.year, figure.basis, figure.flow, figure.funding, figure.component, figure.locator.section)
        if own != scope or figure.scheme is Scheme.TOTAL:
            return
        yield figure


def _parts_and_claim(desk: Desk) -> Draft | None:
    """Accounts added up, against the amount that the question puts up ("两个加起来跟…对得上吗")."""
    plan = desk.plan
    parts, claim = [a for a in plan.accounts if not a.weak], claims(plan.text)
    if len(parts) < _OTHERS_SIDE or len(claim) != 1 or TOGETHER.search(plan.text) is None or len(plan.units) != 1:
        return None
    values = [v for asked in parts for v in values_for(desk, asked)[:1]]
    if len(values) < len(parts) or any(v.amount is None or not v.amount.is_money for v in values):
        return None
    kept = [v for v in values if v.amount is not None and compare(v.amount, claim[0]) is Agreement.DIFFERENT]
    return _against_claim(desk, kept, claim[0]) if len(kept) >= _OTHERS_SIDE else None


# ---- a cost indicator and the money

_COST = re.compile(r"成本")
_BESIDE_MONEY = re.compile(r"预算|资金|经费|金额|拨款")
_HIGHER = re.compile(r"(?:高|大|多|低|小|少)(?:吗|么|于|过)|超(?:过|出)?")


def _cost_and_money(desk: Desk) -> Draft | None:
    """A project's cost indicator against the money it has ("成本指标和项目资金一样吗", "上限比年度资金高吗")."""
    plan = desk.plan
    if not (AGREES.search(plan.text) or _HIGHER.search(plan.text)) or not _COST.search(plan.text):
        return None
    if _BESIDE_MONEY.search(plan.text.replace("经费的", "")) is None:
        return None
    figures = desk.shelf.figures(plan.documents[0])
    costs = [
        f for f in figures
        if f.scheme is Scheme.PERFORMANCE and f.measure is Measure.TARGET and f.amount is not None
        and f.amount.is_money and f.entity and _COST.search(f.account)
    ]  # fmt: skip
    named = {clean_name(a.name) for a in plan.accounts if a.targets[0].scheme is Scheme.PROJECT}
    indicators = {a.name for a in plan.accounts if a.targets[0].scheme is Scheme.PERFORMANCE}
    costs = [f for f in costs if clean_name(f.entity) in named or (f.account in indicators and not named)]
    if len({(f.entity, f.account) for f in costs}) != 1:
        return None
    project = clean_name(costs[0].entity)
    source = desk.sources()[0]
    money = next((v for v in projects_of(desk, source) if clean_name(v.asked.name) == project and v.amount), None)
    if money is None or money.amount is None or costs[0].amount is None:
        return None
    verdict, _ = weighed(desk, costs[0].amount, money.amount, Decimal(0))
    above = costs[0].amount.to("元").value - money.amount.to("元").value
    side = desk.speech.pick(
        "指标高于资金" if above > 0 else "指标低于资金" if above < 0 else "指标与资金相同",
        "indicator above the money" if above > 0 else "indicator below the money" if above < 0 else "both the same",
    )
    printed = desk.evidence.words(costs[0].locator.quote.strip())
    lines = [
        f"{verdict}{desk.speech.pick('，', ', ')}{side}",
        f"“{costs[0].account}”{desk.speech.pick('：', ': ')}{printed}{desk.evidence.cite(costs[0])}",
        desk.tell(money, source.disclosure.issuer),
    ]
    return Draft(Verdict.ANSWERED, joined(lines))
