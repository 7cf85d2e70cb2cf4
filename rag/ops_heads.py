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
from rag.calculate import Value
from rag.desk import Desk, Draft
from rag.ops_figures import joined, values_for
from rag.plan import Asked, Verdict
from rag.quoting import quote_of
from rag.statements import Statement, the_one_counted

_STAFF = Asked(
    "在职人员",
    "在职人员",
    (Target(Scheme.STAFF, "", "在职人员"), Target(Scheme.STAFF, "", "实有人员")),
    measure=Measure.COUNT,
)
_CAR_MONEY, _RUN = "公务用车购置及运行费", "运行"
_BY_CAR = re.compile(r"每(?:一)?[辆台]")
_CARS = Asked("车辆", "车辆", (Target(Scheme.ASSET, "", "车辆"),), measure=Measure.COUNT)
_GIVEN = re.compile(
    r"按(?:照)?[^,，。;；\d]{0,6}(?P<count>\d+(?:\.\d+)?)(?P<many>万)?[多余来]?(?:名|个|位|人|[辆台]车?)?[^,，。;；\d]{0,10}?(?:来?算|计|平均|摊|分)"
)
_OTHERS = re.compile(
    r"每(?:一)?(?:个|名|位)?(?P<who>[\u4e00-\u9fff]{2,6}?)(?=平均|能?摊|能?分|要|的|花|用|享|获|多少|可|对应|[,，?？]|$)|除以(?P<divisor>[\u4e00-\u9fff]{2,8}?)(?:总?人数|总数|数)|(?P<kind>[生师])均"
)
_KINDS = {"生": "学生", "师": "教师"}
_STAFF_OF_OLD = ("退休人员", "离休人员", "离退休人员", "编外人员")
_OWN = re.compile(
    r"员工|职工|干部|在职|在编|工作人员|在岗|个?人|月|季|年|天|日|项目|编报|科目|单位|部门|平方|次|辆|台|批"
)


def per_head(desk: Desk) -> Draft:
    """An amount per head, with both operands told; refused where the document does not count the people meant."""
    lines: list[str] = []
    told: list[Value] = []
    for asked in _asked_for(desk):
        for money in values_for(desk, asked):
            value = _of(desk, money)
            if value is None or value.amount is None:
                lines.append(desk.tell(money, desk.issuer(money.document)))
                continue
            told.append(value)
            desk.evidence.compute(value.amount, value.formula or "")
            subject = desk.speech.subject(money, desk.issuer(money.document))
            lines.append(desk.speech.pick(
                f"{subject}人均**{show(value.amount)}**（计算：{value.formula}）{desk.marks(value)}",
                f"{subject}, per head **{show(value.amount)}** (computed: {value.formula}) {desk.marks(value)}",
            ))  # fmt: skip
    if told:
        if (counted := _others(desk)) is not None:
            lines.append(quote_of(desk, counted.found))
        return Draft(Verdict.ANSWERED, joined(lines), desk.result(told[0]) if len(told) == 1 else None)
    who = _who(desk.plan.text)
    lines.insert(0, desk.speech.pick(
        f"文件没有公开“{who}”有多少，不能算人均。" if who else "文件没有公开在职人数，不能算人均。",
        "The number of people is not disclosed, so no figure per head can be computed.",
    ))  # fmt: skip
    return Draft(Verdict.NOT_DISCLOSED, joined(lines))


def _asked_for(desk: Desk) -> list[Asked]:
    """The amounts to be shared out: what is named; else by the car what running cars costs, by the head what is spent on
    staff, else all that is spent."""
    text, accounts = desk.plan.text, desk.plan.accounts
    named = [asked for asked in accounts if asked.targets[0].scheme is not Scheme.STAFF]
    if _BY_CAR.search(text):
        running = _RUN in text
        money = [
            asked for asked in named
            if asked.targets[0].scheme is not Scheme.ASSET and not (running and asked.name == _CAR_MONEY)
        ]  # fmt: skip
        return money or [_asked("公务用车运行维护费")]
    part = any(asked.component == "人员经费" for asked in accounts)
    if named or (accounts and not part):
        return named
    return [_asked("人员经费" if part or re.search(r"人员|薪|工资|待遇", text) else "支出合计")]


def _asked(name: str) -> Asked:
    term = vocabulary().term(name)
    assert term is not None, "the vocabulary has it"
    return Asked(term.name, term.name, term.targets, flow=term.flow, component=term.component)


def _of(desk: Desk, money: Value) -> Value | None:
    """One amount by the people meant, None where they are not counted."""
    given = _GIVEN.search(desk.plan.text)
    if given is not None:
        return _shared(money, Decimal(given["count"]) * (10_000 if given["many"] else 1))
    if _who(desk.plan.text):
        others = _others(desk)
        counted = None if others else _listed(desk, money, _who(desk.plan.text))
        return counted if others is None else _shared(money, others.people)
    cars = _BY_CAR.search(desk.plan.text) is not None
    heads = values_for(desk, _CARS if cars else _STAFF, lambda s, a, y: calculate.read_amount(s, a, s.disclosure.year))
    mine = next((h for h in heads if desk.issuer(h.document) == desk.issuer(money.document)), None)
    return None if mine is None else calculate.per_head(money, mine)


def _listed(desk: Desk, money: Value, who: str) -> Value | None:
    """By the number of a group that the document's figures count (retired staff)."""
    asked = Asked(who, who, (Target(Scheme.STAFF, "", who),), measure=Measure.COUNT)
    heads = values_for(desk, asked, lambda s, a, y: calculate.read_amount(s, a, s.disclosure.year))
    return calculate.per_head(money, heads[0]) if heads else None


def _shared(money: Value, count: Decimal) -> Value | None:
    if money.amount is None or not money.amount.is_money or not count:
        return None
    value = Amount(calculate.shared_out(money.amount.value, count), money.amount.unit)
    formula = f"{show(money.amount)} ÷ {show(Amount(count.normalize() + 0, '人'))} = {show(value)}/人"
    return replace(money, amount=value, choice=None, formula=formula, operands=calculate.figures_of(money))


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
