"""Reckonings for which one side stands in a sentence alone: running costs by the cars that a sentence counts, people less posts, the
people of the year's two ends, the length of all roads; the three public expenses of a paper that states each and not their sum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.figure import Scheme
from corpus.money import Amount
from corpus.vocabulary import Target, fold
from rag.answer import Result, rounded, show
from rag.desk import Desk, Draft
from rag.ops_figures import values_for
from rag.plan import Asked, Operation, Verdict
from rag.quoting import Found, quote_of, sentences_at_hand
from rag.values import Value

_BY_CAR = re.compile(r"每(?:一)?[辆台]|平均一[辆台]|一[辆台](?:公?务?用?车)?(?:平均|一年|每年|全年)")
_CARS = re.compile(
    r"(?P<many>\d+)(?:辆|台)(?:公务(?:用)?车|车辆|一般公务)|(?:公务(?:用)?车|车辆)(?:保有量)?(?:共计?|有|为|是|保有)*(?P<few>\d+)(?:辆|台)"
)
_RUNNING = Asked("公务用车运行维护费", "运行费", (Target(Scheme.THREE_PUBLIC, "", "公务用车运行维护费"),))
_APART = re.compile(r"比[^,，。?？]{1,12}?(?P<way>多|少|超)(?:出|了)?(?:多少|几)")
_ENDS_ASKED = re.compile(r"年末[^,，。?？]{0,6}(?:比|较)[^,，。?？]{0,4}年初|年初到年末|年初[^,，。?？]{0,4}年末")
_ENDS = re.compile(
    r"年初(?:人数)?(?:为|有|是)?(?P<first>\d+)(?:人|名)[,，、;](?:到)?年[末未终底](?:人数)?(?:为|有|是)?(?P<last>\d+)(?:人|名)"
)
_LENGTH_ASKED = re.compile(r"(?:总共|一共|合计|总)[^,，。?？]{0,4}(?:多少|几)公里|多少公里|总(?:里程|长)(?:是|有)?多少")
_LENGTH = re.compile(
    r"(?:总里程|总长度?|里程(?:共计|合计|总计)|道路(?:共计|合计))(?:为|有|达|约|共)?(?P<number>\d[\d,]*(?:\.\d+)?)公里"
)
_ROADS = re.compile("路|里程|道")
_TOGETHER = re.compile("加起来|加在一起|合起来|三项|一共|总共|合计|相加|之和")
_THREE = "三公经费"
_TWO = 2


def reckoned_further(desk: Desk) -> Draft | None:
    """What can be reckoned with the one number that a sentence has; None where nothing of that kind is asked, or not counted once."""
    plan = desk.plan
    if not plan.documents or (plan.years and desk.shelf.disclosure(plan.documents[0]).year not in plan.years):
        return None
    return _by_car(desk) or people_apart(desk) or _ends_of_year(desk) or _length(desk) or _three(desk)


def _here(desk: Desk) -> Iterator[tuple[Found, str]]:
    for item in sentences_at_hand(desk, desk.plan.documents[0]):
        if "名词" not in item.section:
            yield item, fold(item.text)


def _computed(desk: Desk, told: str, english: str, value: Amount, formula: str, tail: Sequence[str]) -> Draft:
    desk.evidence.compute(value, formula)
    line = desk.speech.pick(
        f"{told}**{show(value)}**（计算：{formula}）", f"{english}: **{show(value)}** (computed: {formula})"
    )
    return Draft(Verdict.ANSWERED, "\n".join([line, *tail]), Result(value, "computed", formula))


def _by_car(desk: Desk) -> Draft | None:
    """What running one car costs, where only a sentence says for how many cars the money is."""
    plan = desk.plan
    if plan.operation is not Operation.PER_HEAD or _BY_CAR.search(plan.text) is None:
        return None
    if re.search("买|购", plan.text):
        return None
    money = values_for(desk, _RUNNING)
    cars = [
        (item, int(m["many"] or m["few"])) for item, text in _here(desk) if re.search("燃|维修|运行|保有", text)
        for m in _CARS.finditer(text)
    ]  # fmt: skip
    if len(money) != 1 or money[0].amount is None or len({many for _, many in cars}) != 1 or not cars[0][1]:
        return None
    item, many = cars[0]
    amount = money[0].amount
    value = Amount(rounded(amount.value / many), amount.unit)
    formula = f"{show(amount)} ÷ {many}辆 = {show(value)}"
    tail = [desk.tell(money[0], desk.issuer(money[0].document)), quote_of(desk, item)]
    return _computed(desk, "平均每辆", "per vehicle", value, formula, tail)


def people_apart(desk: Desk) -> Draft | None:
    """How many people one group has more than another, or than there are posts, as the document counts both."""
    plan, asked = desk.plan, _APART.search(fold(desk.plan.text))
    staff = len(plan.accounts) == _TWO and all(a.targets[0].scheme is Scheme.STAFF for a in plan.accounts)
    if asked is None or not staff or plan.operation not in (Operation.CHANGE, Operation.DIFFERENCE):
        return None
    sides: list[Value] = []
    for account in plan.accounts:
        found = values_for(desk, account)
        if len(found) != 1 or found[0].amount is None:
            return None
        sides.append(found[0])
    one, two = (side.amount for side in sides)
    assert one is not None, "checked above"
    assert two is not None, "checked above"
    larger, smaller = sorted((one, two), key=lambda amount: amount.value, reverse=True)
    value = Amount(larger.value - smaller.value, larger.unit)
    formula = f"{show(larger)} − {show(smaller)} = {show(value)}"
    way = "多" if one.value >= two.value else "少"
    tail = [desk.tell(side, desk.issuer(side.document)) for side in sides]
    first, second = (account.name for account in plan.accounts)
    return _computed(desk, f"{first}比{second}{way}", "apart", value, formula, tail)


def _ends_of_year(desk: Desk) -> Draft | None:
    """By how many people the year's end differs from its beginning, where one sentence counts both."""
    if _ENDS_ASKED.search(fold(desk.plan.text)) is None:
        return None
    if any(not a.weak and a.targets[0].scheme is not Scheme.STAFF for a in desk.plan.accounts):
        return None
    found = [(item, m) for item, text in _here(desk) for m in _ENDS.finditer(text)]
    if len(found) != 1:
        return None
    item, match = found[0]
    first, last = int(match["first"]), int(match["last"])
    value = Amount(Decimal(abs(last - first)), "人")
    formula = f"{max(first, last)}人 − {min(first, last)}人 = {show(value)}"
    way = "多" if last >= first else "少"
    return _computed(desk, f"年末比年初{way}", "over the year", value, formula, [quote_of(desk, item)])


def _length(desk: Desk) -> Draft | None:
    """The length of all roads together, as a sentence sums it up."""
    text = fold(desk.plan.text)
    if _LENGTH_ASKED.search(text) is None or _ROADS.search(text) is None or desk.plan.accounts:
        return None
    found = [(item, m["number"]) for item, said in _here(desk) for m in _LENGTH.finditer(said)]
    if len({number for _, number in found}) != 1:
        return None
    item, number = found[0]
    return Draft(
        Verdict.ANSWERED, quote_of(desk, item), Result(Amount(Decimal(number.replace(",", "")), "公里"), "single")
    )


def _three(desk: Desk) -> Draft | None:
    """The three public expenses together, where the document states each of them and not their sum."""
    plan = desk.plan
    only = len(plan.accounts) == 1 and plan.accounts[0].name == _THREE
    if not only or plan.operation not in (Operation.LOOK_UP, Operation.SUM) or _TOGETHER.search(plan.text) is None:
        return None
    cars = _part(desk, "公务用车购置及运行费")
    sides = [_part(desk, "因公出国（境）费"), cars or _part(desk, "公务用车运行维护费"), _part(desk, "公务接待费")]
    if cars is None and (bought := _part(desk, "公务用车购置费")) is not None:
        sides.append(bought)
    told = [side for side in sides if side is not None]
    amounts = [side.amount for side in told if side.amount is not None and side.amount.is_money]
    if len(told) != len(sides) or len(amounts) != len(sides):
        return None
    unit = amounts[0].unit
    value = Amount(sum((amount.to(unit).value for amount in amounts), Decimal(0)), unit)
    formula = f"{' + '.join(show(amount.to(unit)) for amount in amounts)} = {show(value)}"
    tail = [desk.tell(side, desk.issuer(side.document)) for side in told]
    return _computed(desk, "三项合计：", "The three together", value, formula, tail)


def _part(desk: Desk, name: str) -> Value | None:
    """What is stated of one of the three, None for nothing or several amounts."""
    found = values_for(desk, Asked(name, name, (Target(Scheme.THREE_PUBLIC, "", name),)))
    return found[0] if len(found) == 1 and found[0].amount is not None else None
