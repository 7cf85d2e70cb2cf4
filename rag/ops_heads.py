"""Amounts per head: of the staff that the document counts, of other people it counts (students, teachers), or of the
number that the question itself puts up."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from corpus.figure import Measure, Scheme
from corpus.money import Amount
from corpus.vocabulary import Target, vocabulary
from rag import calculate
from rag.answer import show
from rag.desk import Desk, Draft
from rag.ops_figures import joined, values_for
from rag.plan import Asked, Verdict
from rag.quoting import quote_of
from rag.refuse import missing
from rag.statements import Statement, the_one_counted
from rag.things import VISITS
from rag.values import Value, figures_of, read_amount

_STAFF = Asked(
    "在职人员",
    "在职人员",
    (Target(Scheme.STAFF, "", "在职人员"), Target(Scheme.STAFF, "", "实有人员")),
    measure=Measure.COUNT,
)
_OF_INSTITUTIONS = Asked("事业人员", "事业人员", (Target(Scheme.STAFF, "", "事业人员"),), measure=Measure.COUNT)
_ALL_PAID = ("财政供养人员",)
_OTHERS_PAID = frozenset({"行政人员", "参公人员", "工勤人员", "行政编制", "参公编制"})
_CAR_MONEY, _RUN = "公务用车购置及运行费", "运行"
_BY_CAR = re.compile(r"每(?:一)?[辆台]|平均一[辆台]|一[辆台]平均")
_BOUGHT = re.compile(r"购置|购买|买|新车")
_CARS = Asked(
    "车辆",
    "车辆",
    (Target(Scheme.ASSET, "", "车辆"), Target(Scheme.THREE_PUBLIC, "", "公务用车保有量")),
    measure=Measure.COUNT,
)
_BY_GROUP = re.compile(r"批均|接待一批|每(?:一)?(?:批|个?团组?)")
_BY_VISITOR = re.compile(
    r"(?:接待|出国|出境|客人|来宾).{0,10}(?:人均|每(?:个)?人(?!次))|人均.{0,8}(?:接待|出国|出境|吃|招待)|每(?:一)?(?:人次|位?客人|名?客人|位?来宾)|接待一(?:位|个|名|人次)"
)
_GIVEN = re.compile(
    r"按(?:照)?[^,，。;；\d]{0,6}(?P<count>\d+(?:\.\d+)?)(?P<many>万)?[多余来]?(?:名|个|位|人|[辆台]车?)?[^,，。;；\d]{0,10}?(?:来?算|计|平均|摊|分)"
)
_OTHERS = re.compile(
    r"每(?:一)?(?:个|名|位)?(?P<who>[\u4e00-\u9fff]{2,6}?)(?=平均|能?摊|能?分|要|的|花|用|享|获|多少|可|对应|[,，?？]|$)|除以(?P<divisor>[\u4e00-\u9fff]{2,8}?)(?:总?人数|总数|数)|(?P<kind>[生师])均"
)
_KINDS = {"生": "学生", "师": "教师"}
_STAFF_OF_OLD = ("退休人员", "离休人员", "离退休人员", "编外人员")
_SPENDING = re.compile(r"支出|开支|花费|花了|预算(?!单位)|经费")
_OWN = re.compile(
    r"员工|职工|干部|在职|在编|工作人员|在岗|个?人|月|季|年|天|日|项目|编报|科目|单位|部门|平方|次|辆|台|批"
)


_OF_A_GROUP = re.compile(r"窗口|人员|年龄|[月年]薪|(?:员工|职员)$")
"""Words left over that name a group of people or what it earns."""


def per_head(desk: Desk) -> Draft:
    """An amount per head, with both operands told; refused where the document does not count the people meant."""
    if not desk.plan.accounts and any(_OF_A_GROUP.search(word) for word in desk.plan.rest):
        return missing(
            desk
        )  # what a group of people earns or is like ("窗口人员的平均年龄") is no unit's money per head
    lines: list[str] = []
    told: list[Value] = []
    visits = _visits(desk)
    for asked in visits[:1] or _asked_for(desk):
        for money in values_for(desk, asked):
            value = _by_visits(desk, money, visits[1]) if visits else _of(desk, money)
            if value is None or value.amount is None:
                lines.append(desk.tell(money, desk.issuer(money.document)))
                continue
            told.append(value)
            desk.evidence.compute(value.amount, value.formula or "")
            subject = desk.speech.subject(money, desk.issuer(money.document))
            each = _each(desk, visits)
            lines.append(desk.speech.pick(
                f"{subject}{each}**{show(value.amount)}**（计算：{value.formula}）{desk.marks(value)}",
                f"{subject}, {each} **{show(value.amount)}** (computed: {value.formula}) {desk.marks(value)}",
            ))  # fmt: skip
    if told:
        if (counted := _others(desk)) is not None:
            lines.append(quote_of(desk, counted.found))
        return Draft(Verdict.ANSWERED, joined(lines), desk.result(told[0]) if len(told) == 1 else None)
    who = visits[1].name if visits else _who(desk.plan.text)
    lines.insert(0, desk.speech.pick(
        f"文件没有公开“{who}”有多少，不能算人均。" if who else "文件没有公开在职人数，不能算人均。",
        "The number of people is not disclosed, so no figure per head can be computed.",
    ))  # fmt: skip
    return Draft(Verdict.NOT_DISCLOSED, joined(lines))


def _visits(desk: Desk) -> tuple[Asked, ...]:
    """The cost of receptions or trips and the number of groups or people it is shared out among, where that is asked
    ("平均每批接待", "出国人均"); () otherwise."""
    text = desk.plan.text
    groups = _BY_GROUP.search(text) is not None
    if not groups and _BY_VISITOR.search(text) is None:
        return ()
    named = next((asked.name for asked in desk.plan.accounts if asked.name in VISITS), None)
    name = named or ("因公出国（境）费" if re.search(r"出国|出境|团", text) else "公务接待费")
    return _asked(name), replace(_asked(VISITS[name][0 if groups else 1]), measure=Measure.COUNT)


def _by_visits(desk: Desk, money: Value, counted: Asked) -> Value | None:
    """An amount by the receptions or trips of the same document, in 元 where a 万元 would be cut to nothing."""
    heads = desk.amount(desk.source(money.document), counted, money.year)
    if heads is None or money.amount is None or not money.amount.is_money:
        return None
    unit = desk.plan.unit or ("元" if heads.amount and money.amount.value < heads.amount.value else money.amount.unit)
    return calculate.per_head(replace(money, amount=money.amount.to(unit)), heads)


def _each(desk: Desk, visits: tuple[Asked, ...]) -> str:
    """What an amount is told by: a head, a car, a group received or sent, a person received or sent."""
    if visits and visits[1].name.endswith(("批次", "团组数")):
        return desk.speech.pick("平均每批" if visits[1].name.endswith("批次") else "平均每个团组", "per group")
    if not visits and _BY_CAR.search(desk.plan.text):
        return desk.speech.pick("平均每辆", "per vehicle")
    return desk.speech.pick("人均", "per head")


def _asked_for(desk: Desk) -> list[Asked]:
    """The amounts to be shared out: what is named; else by the car what running cars costs, by the head what is spent on
    staff, else all that is spent."""
    text, accounts = desk.plan.text, desk.plan.accounts
    named = [asked for asked in accounts if asked.targets[0].scheme is not Scheme.STAFF]
    if _BY_CAR.search(text) and _BOUGHT.search(text):
        return [_asked("公务用车购置费")]
    if _BY_CAR.search(text):
        running = _RUN in text
        money = [
            asked for asked in named
            if asked.targets[0].scheme is not Scheme.ASSET and not (running and asked.name == _CAR_MONEY)
        ]  # fmt: skip
        return money or [_asked("公务用车运行维护费")]
    part = any(asked.component == "人员经费" for asked in accounts)
    if named or (accounts and not part and _SPENDING.search(text) is None):
        return named
    for asked in accounts:
        text = text.replace(asked.said, "")  # "按在职人员算": by whom, not on what
    return [_asked("人员经费" if part or re.search(r"人员|薪|工资|待遇", text) else "支出合计")]


def _asked(name: str) -> Asked:
    term = vocabulary().term(name)
    assert term is not None, "the vocabulary has it"
    return Asked(term.name, term.name, term.targets, flow=term.flow, component=term.component)


def _of(desk: Desk, money: Value) -> Value | None:
    """One amount by the people meant, None where they are not counted."""
    if desk.plan.unit and money.amount is not None and money.amount.is_money:
        money = replace(money, amount=money.amount.to(desk.plan.unit))  # before it is cut to two decimals, not after
    given = _GIVEN.search(desk.plan.text)
    if given is not None:
        return _shared(money, Decimal(given["count"]) * (10_000 if given["many"] else 1))
    if _who(desk.plan.text):
        others = _others(desk)
        counted = None if others else _listed(desk, money, _who(desk.plan.text))
        return counted if others is None else _shared(money, others.people)
    cars = _BY_CAR.search(desk.plan.text) is not None
    kind = _STAFF if not cars else _asked("公务用车购置数") if _BOUGHT.search(desk.plan.text) else _CARS
    named = [a for a in desk.plan.accounts if a.targets[0].scheme is Scheme.STAFF or a.name in _ALL_PAID]
    kinds = [kind] if cars else [*named, kind, _OF_INSTITUTIONS]
    mine = next((head for each in kinds if (head := _heads(desk, money, each)) is not None), None)
    return None if mine is None else calculate.per_head(money, mine)


def _heads(desk: Desk, money: Value, kind: Asked) -> Value | None:
    """How many of a kind the unit whose money it is has; those on posts of institutions only where no others are told."""
    heads = values_for(desk, replace(kind, measure=Measure.COUNT), lambda s, a, y: read_amount(s, a, s.disclosure.year))
    mine = next((h for h in heads if desk.issuer(h.document) == desk.issuer(money.document)), None)
    if kind is not _OF_INSTITUTIONS or mine is None:
        return mine
    told = {f.account for f in desk.shelf.figures(mine.document) if f.scheme is Scheme.STAFF and not f.entity}
    return None if told & _OTHERS_PAID else mine


def _listed(desk: Desk, money: Value, who: str) -> Value | None:
    """By the number of a group that the document's figures count (retired staff)."""
    asked = Asked(who, who, (Target(Scheme.STAFF, "", who),), measure=Measure.COUNT)
    heads = values_for(desk, asked, lambda s, a, y: read_amount(s, a, s.disclosure.year))
    return calculate.per_head(money, heads[0]) if heads else None


def _shared(money: Value, count: Decimal) -> Value | None:
    if money.amount is None or not money.amount.is_money or not count:
        return None
    whole = calculate.fine_enough(money.amount, count)
    value = Amount(calculate.shared_out(whole.value, count), whole.unit)
    formula = f"{show(whole)} ÷ {show(Amount(count.normalize() + 0, '人'))} = {show(value)}/人"
    return replace(money, amount=value, choice=None, formula=formula, operands=figures_of(money))


def _who(text: str) -> str:
    """People other than the staff whom an amount is shared out among ("每名专任教师", "生均"), "" for none."""
    for found in _OTHERS.finditer(text):
        who = found["divisor"] or found["who"] or _KINDS[found["kind"]]
        if _OWN.search(who) is None or who in _STAFF_OF_OLD:
            return who
    return ""


def _others(desk: Desk) -> Statement | None:
    """The sentence that counts the other people meant."""
    who = _who(desk.plan.text)
    return the_one_counted(desk, who) if who and _GIVEN.search(desk.plan.text) is None else None
