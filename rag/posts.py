"""How many approved posts are free, or how many people there are too many, of a unit that counts both in its own text.

What is set beside the posts is whoever sits on one (在编, 在职); all who are there (实有) may count the retired and the
hired too, and serve only where nobody else is counted. Posts of one kind alone are all the posts there are where the
document prints no other.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.figure import Measure, Scheme
from corpus.money import Amount
from corpus.vocabulary import Target
from rag import calculate
from rag.answer import Result, show
from rag.desk import Desk, Draft
from rag.ops_figures import joined, values_for
from rag.plan import Asked, Operation, Plan, Verdict
from rag.quoting import quote_of, sentences_at_hand
from rag.values import Value

_FREE = r"空编|缺编|空(?:着|缺|了|出)?(?:多少|几)|(?:没|未)(?:有)?(?:招满|用满|用完|满编|配满)|(?:到|差|离)(?:编制|满编)|差(?:多少|几)(?:个|名|人)*(?:才|到)?满编|剩(?:余|下)?(?:多少|几)"
_OVER = r"超编|超(?:出|过|了)?(?:编制|多少|几)"
_ASKED = re.compile(rf"{_FREE}|{_OVER}")
_NUMBER = re.compile(r"多少|几")
_OTHER_THINGS = re.compile(r"车|辆|平方|经费|预算|万元|哪(?:个|些|家)|什么|啥|平均|占")
_KIND = re.compile(r"(?P<kind>行政|事业|参公|工勤|政法)(?:专项)?(?:人员)?编制?")
_KINDS = ("行政编制", "政法专项编制", "参公编制", "事业编制", "工勤编制")
_ON_POSTS = ("在编人员", "在职人员", "实有人员")


def posts_left(desk: Desk) -> Draft | None:
    """Posts less people; None where that is not asked of one unit, or the document counts not both."""
    plan, text = desk.plan, desk.plan.text
    said = re.split(r"[?？,，;；。]", text)
    if _ASKED.search(text) is None or "编" not in f"{text}{plan.before}" or _NUMBER.search(text) is None:
        return None
    if (
        len(plan.units) != 1
        or not plan.documents
        or any(_OTHER_THINGS.search(part) for part in said if _ASKED.search(part))
    ):
        return None
    told_free = _one(desk, "空编") if _KIND.search(text) is None and re.search(_FREE, text) else None
    if told_free is not None:
        line = desk.tell(told_free, desk.issuer(told_free.document))
        return Draft(Verdict.ANSWERED, line, desk.result(told_free))
    posts = _posts(desk, _KIND.search(text))
    people = _people(desk, posts) if posts is not None else None
    if posts is not None and people is not None and _of_other_posts(desk, posts, people):
        return Draft(Verdict.NOT_DISCLOSED, joined([desk.tell(posts, desk.issuer(posts.document))]))
    gap = calculate.difference(posts, people) if posts is not None and people is not None else None
    if posts is None or people is None or gap is None or gap.amount is None:
        return None
    free, over = gap.amount.value >= 0, re.search(_OVER, text) is not None
    size = Amount(abs(gap.amount.value), gap.amount.unit)
    desk.evidence.compute(gap.amount, gap.formula or "")
    desk.evidence.compute(size, gap.formula or "")
    told = desk.speech.pick(
        f"{'空编' if free else '超编'}**{show(size)}**（计算：{gap.formula}）{desk.marks(gap)}",
        f"{'Posts free' if free else 'Over its posts by'}: **{show(size)}** (computed: {gap.formula}) {desk.marks(gap)}",
    )
    lines = [desk.tell(value, desk.issuer(value.document)) for value in (posts, people)]
    if re.search(r"什么|啥|哪", text):
        vacant = [item for item in sentences_at_hand(desk, posts.document) if "空缺" in item.text]
        lines += [quote_of(desk, item) for item in vacant[:1]]
    as_asked = size if free != over else Amount(-size.value, size.unit)
    result = Result(as_asked if size.value else size, "computed", gap.formula)
    return Draft(Verdict.ANSWERED, joined([told, *lines]), result)


def of_their_posts(plan: Plan) -> Plan:
    """The plan with those who are there meant on the posts named right before them ("事业编制多少，实际多少人")."""
    if (
        len(plan.accounts) == 1
        and plan.accounts[0].targets[0].scheme is Scheme.ECONOMIC
        and _SURVIVORS.search(plan.text)
    ):
        survivors = Asked("遗属人员", "遗属", (Target(Scheme.STAFF, "", "遗属人员"),), measure=Measure.COUNT)
        return replace(plan, accounts=(survivors,))  # those who get it are counted, no money is asked for
    if len(plan.accounts) != _PAIR or plan.accounts[1].name not in ("实有人员", "在职人员"):
        return plan
    posts, people = plan.accounts
    if _KIND.fullmatch(posts.name) is None:
        return plan
    own = Target(Scheme.STAFF, "", f"{posts.name}实有人员")
    return replace(plan, accounts=(posts, replace(people, targets=(own, *people.targets))))


def at_the_beginning(desk: Desk) -> Plan:
    """The plan with the year before, at whose end there were the people and posts that the year began with ("年初编制多少"), where
    the document tells of both ends."""
    plan = desk.plan
    staff = bool(plan.accounts) and all(asked.targets[0].scheme is Scheme.STAFF for asked in plan.accounts)
    if not staff or len(plan.documents) != 1 or _BEGINNING.search(plan.text) is None or "年末" in plan.text:
        return plan
    year = desk.shelf.disclosure(plan.documents[0]).year
    names = {target.account for asked in plan.accounts for target in asked.targets}
    told = {f.year for f in desk.shelf.figures(plan.documents[0]) if f.scheme is Scheme.STAFF and f.account in names}
    both = {year, year - 1} <= told and plan.years in ((), (year,))
    return replace(plan, years=(year - 1,), operation=Operation.LOOK_UP) if both else plan


_BEGINNING = re.compile(r"(?<!比)(?<!较)(?<!比上年)年初(?!预算)")
_PAIR = 2
_SURVIVORS = re.compile(r"遗属[^,，。?？]{0,8}(?:多少|几)(?:个|名|位)?(?:人|[?？]|$)")


def _posts(desk: Desk, kind: re.Match[str] | None) -> Value | None:
    """The posts asked about: of the kind named, else all, else those of the only kind that the document counts."""
    if kind is not None:
        name = "政法专项编制" if kind["kind"] == "政法" else f"{kind['kind']}编制"
        return _one(desk, name)
    if (whole := _one(desk, "编制", "编制人数")) is not None:
        return whole
    kinds = [value for name in _KINDS if (value := _one(desk, name)) is not None]
    kinds = [value for value in kinds if value.amount is not None and value.amount.value] or kinds
    return kinds[0] if len(kinds) == 1 else None


def _people(desk: Desk, posts: Value) -> Value | None:
    """Those on the posts: of their kind where the document counts them by kind, else the nearest group to it."""
    own = _one(desk, f"{posts.asked.name}实有人员")
    if own is not None:
        return own
    return next((value for name in _ON_POSTS if (value := _one(desk, name)) is not None), None)


def _of_other_posts(desk: Desk, posts: Value, people: Value) -> bool:
    """Whether the people found may sit on posts of other kinds, too, of which the document counts some."""
    if people.asked.name == f"{posts.asked.name}实有人员" or posts.asked.name not in _KINDS:
        return False
    others = [value for name in _KINDS if name != posts.asked.name and (value := _one(desk, name)) is not None]
    return any(value.amount is not None and value.amount.value for value in others)


def _one(desk: Desk, name: str, account: str = "") -> Value | None:
    """The one count of that name that the document prints (or that is the sum of its kinds), None for none or several."""
    asked = Asked(name, name, (Target(Scheme.STAFF, "", account or name),), measure=Measure.COUNT)
    found = [value for value in values_for(desk, asked) if value.amount is not None and value.status != "disputed"]
    of_it = [replace(value, asked=asked) for value in found if value.figure is None or not value.figure.entity]
    return of_it[0] if len({value.amount for value in of_it}) == 1 else None
