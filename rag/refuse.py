"""Saying that the documents do not tell: which unit, year or item is missing, what there is instead, what needs to be
asked back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.disclosure import Basis
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.money import Absence
from rag.amounts import amount_of
from rag.answer import show
from rag.desk import Desk, Draft, of_project
from rag.naming import in_order
from rag.plan import Operation, Problem, Verdict
from rag.retrieve import bigrams
from rag.speech import fact_name, kind_of
from rag.values import Value

_PARTS_OF_YEAR = re.compile(r"(?:[四4]个|每个?|各个?|按)?(?:季度|月份?)的?(?:用款(?:计划)?)?|(?:用款(?:计划)?)$")
"""Months or quarters of the year's whole amount, which are no narrower account."""
_DOING = re.compile(
    r"(?:烧|修|买|租|订|交|缴|付|跑|搞|花|用|[来去](?:帮|做|干|搞).{0,2}|(?:外面|外头|临时)?(?:请|雇|找|聘)(?:外?人|临时工|帮手)?|外面的?人|外人|别人|外头的?人)$"
)
_LISTED = 8
_THINGS = ("案件", "事件", "办件", "件数", "次数", "场次", "份数", "人次")
"""Words for what a target counts, by which it is no other target."""


def problem(desk: Desk, trouble: Problem) -> Draft:
    """The answer to a question that could not be planned for."""
    say = desk.speech.pick
    if trouble.verdict is Verdict.OUT_OF_SCOPE:
        return Draft(trouble.verdict, say(
            "这个问题不在预算、决算公开文件的范围内。可以问某个单位某一年的收入、支出、“三公”经费、项目、政府采购等。",
            (
                "This is outside what budget disclosures tell. Ask about a "
                "unit's revenue, expenditure, overseas trips, receptions, projects "
                "or procurement in a year."
            ),
        ))  # fmt: skip
    names = _listed(trouble.candidates)
    if trouble.verdict is Verdict.AMBIGUOUS:
        said = (
            say(f"“{trouble.said}”可能是", f"“{trouble.said}” may be")
            if trouble.said
            else say("请说明是哪个单位：", "Which unit do you mean:")
        )
        return Draft(trouble.verdict, say(f"{said}{names}。您问的是哪一个？", f"{said} {names}?"))
    return Draft(trouble.verdict, say(
        f"文件集里没有“{trouble.said}”的公开文件。现有：{names}。",
        f"The book has no disclosure of “{trouble.said}”. It has: {names}."
    ))  # fmt: skip


def _listed(names: Sequence[str]) -> str:
    shown = "、".join(names[:_LISTED])
    return f"{shown} …" if len(names) > _LISTED else shown


def missing(desk: Desk) -> Draft:
    """Nothing stands for what was asked: say whether it is the year or the item, and what there is."""
    by_year = _no_such_year(desk)
    if by_year is not None:
        return by_year
    if (beside := _of_another_kind(desk)) is not None:
        return beside
    say = desk.speech.pick
    where = "、".join(desk.speech.disclosure(desk.shelf.disclosure(name)) for name in desk.plan.documents[:3])
    names = "、".join(desk.speech.account(asked) for asked in desk.plan.accounts) or desk.plan.question
    desk.evidence.state(names)  # an account's name may hold a number ("单价100万元以上设备")
    text = say(f"{where}没有公开“{names}”。", f"{where} does not disclose “{names}”.")
    near = _near(desk)
    if near:
        text += say("\n文件里相近的有：", "\nNearby in the document: ") + "；".join(near)
    return Draft(Verdict.NOT_DISCLOSED, text)


_KINDS = {
    Operation.COMPLETION: ("预算执行率", "execution rate"),
    Operation.SHARE: ("占比", "share"),
    Operation.RATE: ("增减率", "rate of change"),
    Operation.CHANGE: ("增减额", "change"),
    Operation.REASON: ("变动原因", "reason for a change"),
}


def _of_another_kind(desk: Desk) -> Draft | None:
    """The account is there, but not the kind of number asked for (its execution, its share): say so with its amount;
    None where not even the account is disclosed."""
    plan = desk.plan
    kind = ("用途", "purpose") if plan.topic == "purpose" else _KINDS.get(plan.operation)
    if kind is None and len(plan.bases) == 1:
        kind = (plan.bases[0].value, plan.bases[0].value)
    if kind is None or plan.qualifier or plan.tail:
        return None
    amounts = [
        value for source in desk.sources()[:2] for asked in plan.accounts if not asked.weak
        if (value := amount_of(source, asked, source.disclosure.year)) is not None and _stated(value)
    ]  # fmt: skip
    if not amounts:
        return None
    where = "、".join(desk.speech.disclosure(desk.shelf.disclosure(name)) for name in plan.documents[:3])
    names = "、".join(dict.fromkeys(desk.speech.account(value.asked) for value in amounts))
    head = desk.speech.pick(
        f"{where}没有写明“{names}”的{kind[0]}。文件里有的是：",
        f"{where} does not state the {kind[1]} of “{names}”. It states:",
    )
    desk.evidence.state(names)
    lines = [desk.tell(value, desk.issuer(value.document)) for value in amounts[:3]]
    return Draft(Verdict.NOT_DISCLOSED, "\n".join([head, *(f"- {line}" for line in lines)]))


def _stated(value: Value) -> bool:
    """Whether the document states an amount, or that there is none."""
    return value.amount is not None or (value.figure is not None and value.figure.absence is Absence.NO_DATA)


def _no_such_year(desk: Desk) -> Draft | None:
    plan = desk.plan
    lines = []
    for issuer in plan.units:
        unit = desk.shelf.catalogue.by_issuer[issuer]
        has = sorted({d.year for d in unit.disclosures})
        if not plan.years or any(year in has for year in plan.years):
            continue
        desk.evidence.years.update(has)
        desk.evidence.years.update(plan.years)
        kinds = "、".join(kind_of(d) for d in sorted(unit.disclosures, key=lambda d: d.year))
        asked = "、".join(map(str, plan.years))
        lines.append(desk.speech.pick(
            f"文件集里没有{issuer}{asked}年的文件，现有文件也没有写明这一年的数字。现有：{kinds}。",
            (
                f"The book has no {asked} disclosure of {issuer}, and those "
                f"it has do not state that year's figure. It has: {kinds}."
            ),
        ))  # fmt: skip
    return Draft(Verdict.NOT_DISCLOSED, "\n".join(lines)) if lines else None


def _near(desk: Desk) -> list[str]:
    """Up to three figures whose names share the most with what was asked."""
    wanted = set().union(
        *(bigrams(asked.name) | bigrams(asked.said) for asked in desk.plan.accounts), bigrams("".join(desk.plan.rest))
    )
    scored: dict[str, tuple[float, Figure]] = {}
    for name in desk.plan.documents[:3]:
        for figure in desk.shelf.figures(name):
            if figure.amount is None or figure.measure not in (Measure.AMOUNT, Measure.COUNT) or figure.entity:
                continue
            own = bigrams(figure.account)
            score = len(own & wanted) / (len(own | wanted) or 1)
            key = fact_name(figure)
            if score >= 0.2 and (
                key not in scored or (scored[key][1].reader is not Reader.TABLE and figure.reader is Reader.TABLE)
            ):
                scored[key] = (score, figure)
    best = sorted(scored.values(), key=lambda item: -item[0])[:3]
    return [f"{fact_name(f)} {show(f.amount)}{desk.evidence.cite(f)}" for _, f in best if f.amount is not None]


def unsure(desk: Desk, values: Sequence[Value]) -> Draft | None:
    """What to say when the one account asked for cannot be told for certain; None when it can."""
    narrowed = narrower(desk, values)
    if narrowed is not None:
        return narrowed
    years = {value.year for value in values}
    if len(values) < 2 or len(years) > 1:
        return None
    return _several(desk, values)


def narrower(desk: Desk, values: Sequence[Value], told: Sequence[str] = ()) -> Draft | None:
    """The question narrows the account by a word the figures know nothing of ("话务员的工资"): what is stated instead is told, as
    in `told` where that is given; None where nothing narrows it."""
    word = _PARTS_OF_YEAR.sub("", desk.plan.qualifier or desk.plan.tail)
    counted = all(value.asked.targets[0].scheme is Scheme.STAFF for value in values)
    if _DOING.search(word) or (counted and word.endswith(("下属", "所属", "直属", "下面", "底下"))):
        return None  # "请外面人来帮工的劳务费": what the money is for in other words, no narrower account
    if not word or desk.plan.planner != "rules":
        return None
    for value in values:
        figure = value.figure
        if figure is not None and figure.measure is Measure.TARGET and value.amount is not None and word in _THINGS:
            return None  # "跨区域通办案件": what the target's 件 counts
        names = [value.asked.name, value.asked.said, desk.issuer(value.document)]
        if any(say in word for say in desk.shelf.lexicon.wordings(value.asked.name)):
            return None  # said twice ("外包办事的委托业务费")
        if figure is not None:
            names += [figure.name, figure.account, *figure.path, figure.locator.table or "", figure.locator.quote]
        if any(bigrams(word) <= bigrams(name) or word in name for name in names):
            return None
        bracketed = figure.name.partition("（")[2] if figure is not None else ""
        if figure is not None and any(of_project(figure, w) or in_order(w, bracketed) for w in word.split("、")):
            return None
        if not desk.plan.qualifier and bigrams(word) & bigrams(value.asked.name):
            return None
    told = told or [desk.tell(value, desk.issuer(value.document)) for value in values[:2]]
    text = desk.speech.pick(
        f"文件没有单列“{word}”的“{values[0].asked.name}”。文件里有的是：\n",
        f"The documents do not single out “{word}”. What they state: \n",
    )
    return Draft(Verdict.NOT_DISCLOSED, text + "\n".join(told))


def _several(desk: Desk, values: Sequence[Value]) -> Draft | None:
    """One unit's disclosures of a year give different amounts: by the question's wording, else ask back with both
    told."""
    wanted = Basis.FINAL if re.search(r"花了|花掉|用了|支出了|实际|花多少", desk.plan.text) else None
    if re.search(r"安排|计划|打算", desk.plan.text):
        wanted = Basis.BUDGET
    fitting = [value for value in values if value.basis is wanted]
    if len(fitting) == 1:
        others = [value for value in values if value is not fitting[0]]
        lines = [desk.tell(value, desk.issuer(value.document)) for value in (fitting[0], *others)]
        return Draft(Verdict.ANSWERED, "\n".join(f"- {line}" for line in lines), desk.result(fitting[0]))
    lines = []
    for value in values:
        disclosure = desk.speech.disclosure(desk.shelf.disclosure(value.document))
        lines.append(
            f"- {disclosure}{desk.speech.pick('：', ': ')}{desk.tell(value, desk.issuer(value.document), unit=False)}"
        )
    text = desk.speech.pick(
        "几份文件的数字不同，您问的是哪一份？\n", "Several disclosures give different amounts. Which one do you mean?\n"
    )
    return Draft(Verdict.AMBIGUOUS, text + "\n".join(lines))
