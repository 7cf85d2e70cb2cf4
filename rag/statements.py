"""Numbers that a sentence or a long cell states beside the tables ("其中执法执勤用车4辆"), found by the words around them.

A number answers when it is of the kind asked for (people, cars, money, a percentage …), when nearly all that the
question says stands in its sentence or the heading above, and when it is the one number nearest to those words. Where two
numbers fit alike, neither is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.disclosure import Basis
from corpus.figure import Figure, Measure, Scheme
from corpus.money import MONEY_UNITS, Amount, Mention, canonical_unit, mentions
from corpus.vocabulary import fold
from rag.answer import Result
from rag.desk import Desk, Draft
from rag.likeness import Likeness, Piece, likeness
from rag.plan import Verdict
from rag.quoting import Found, long_cells, quote_of, sentences_at_hand
from rag.values import Value

_NEED = 0.75
"""The share of the question's weight that must stand in the sentence and the heading above it."""
_LOCAL = 0.34
"""The share that must stand right beside the number."""
_HALF, _SOME = 0.5, 0.15
"""The same two shares, where nothing else answers: of what the documents do not speak of, no sentence says as much."""
_NEED_OF_RARE = 0.3
"""The share that a sentence must say whose number is the only one of its counting word in the document."""
_CLEAR = 0.05
"""By how much the best number must be nearer to the words than another one."""
_NUMBER_ASKED = re.compile(r"多少|几(?!乎|家公司)|百分之|多大|多长|多高|占比|比例|比重|how (?:much|many)")
_MONEY = re.compile(r"钱|多少(?:万|亿)?元|几(?:万|亿|千|百)|多少万|经费|费用|资金|款|总价|单价|价格|金额|预算|花|投")
_PERCENT = re.compile(r"百分之|百分比|占比|比例|比重|几成|(?<![概效税利汇费])率(?:是|为|有|要|达|多少|几|[?？]|$)|%")
_COUNTED = re.compile(
    r"(?:多少|几)\s*(个|名|位|人次|人|件|次|家|户|台|辆|套|项|条|平方米|公里|层|米|场次|场|种|份|处|篇|小时|分钟|天|年|分|批次|批|间|所|册|亩|吨)"
)
_PLAIN_COUNT = re.compile(r"(?:多少|几)\s*(?:层|米|公里|小时|分钟|平方米|亩|册|篇|场次|辆|吨)")
"""Counting words of few things: the number that is counted so is easily told from others."""
_MOST = 3
_HEADS = ("人", "名", "位", "万人", "万名")
_CLOSE = 12
_MACHINES = ("台", "辆", "部", "套")
_DAYS = ("天", "日", "个工作日", "工作日")
_PEOPLE = ("个", "名", "位", "人")
_MOVED = re.compile(r"(?:[增减]|上升|下降|上涨|降低|提高)[^,，]{0,6}$")
"""Before the number by which something moved, which is not what it comes to."""
_USED = re.compile(r"[^,，。;；\d]{0,6}[,，。;；]?\s*(?:主要)?(?:是)?用于")
_PARTS_OF_USE = re.compile(r"[。;；]")
_NEXT = re.compile(r"\s*[、(（)）及和与]")
"""What follows is said of the next number ("535人、硕士生导师…")."""
PEOPLE_ASKED = re.compile(r"(?:多少|几)(?:个|名|位)?[^,，。多几\d]{0,4}(?:人员|职工|员工|教师|老师|学生|干部)")
RATE_AT_END = re.compile(r"(?<![概效税])率(?:是|有|达到?|为)?(?:多少|几何|百分之几)?[?？]?$")
"""A rate is asked for ("结案率多少"), no amount and no number of things."""
_FOR_EACH = re.compile(r"每(?:一)?[名人户个位家月年亩][^,，。;；\d]{0,8}$")
_IN_ALL = re.compile(r"总共|一共|合计|总额|总数|全部")
_OTHER = re.compile("其[他它]")
_OTHERS = re.compile(r"其[他它](?P<of>[\u4e00-\u9fff]{2,8}?)(?:为|是|有|共|约|:)?$")
_PARTS = re.compile(r"[,;。，；]")
_ABOUT = re.compile(r"(?<=\d)[余多](?=(?:万|亿)?(?:元|亩|平方|公里|千米|米|人|名|户|个|辆|台|册|张|间|座|吨|公顷))")
"""Between a number and its unit, where it is rounded off (348余亩): the number is told as it stands."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A number with the words right before and behind it, and the sentence it stands in."""

    found: Found
    mention: Mention
    before: str
    behind: str
    said: str
    """The folded heading and sentence."""
    figure: Figure | None = None
    """The performance target whose name this is, instead of a sentence."""

    @property
    def people(self) -> Decimal:
        """A number of people, with 万 counted out."""
        return self.mention.value * (10_000 if self.mention.unit.startswith("万") else 1)


def statements(desk: Desk, document: str) -> tuple[Statement, ...]:
    """Every number with a unit in a document's sentences and long cells, and its performance targets."""
    return desk.shelf.keep("statements", document, lambda: _statements(desk, document))


def _statements(desk: Desk, document: str) -> Iterator[Statement]:
    for item in (*sentences_at_hand(desk, document), *long_cells(desk, document)):
        if "名词" in item.section:
            continue
        said = fold(f"{item.section}。{item.text}")
        stated = [m for m in mentions(_ABOUT.sub(" ", item.text)) if m.unit and m.unit not in ("年", "月")]
        for at, mention in enumerate(stated):
            begin = stated[at - 1].end if at else 0
            end = stated[at + 1].start if at + 1 < len(stated) else len(item.text)
            before = _PARTS.split(item.text[begin : mention.start])
            behind = _PARTS.split(item.text[mention.end : end])[0]
            behind = "" if _NEXT.match(behind) else behind
            if used := _USED.match(item.text, mention.end):
                behind = _PARTS_OF_USE.split(item.text[used.end() :])[0]  # "21万元，主要用于…": said of this number
            near = before[-1] if len(before[-1].strip()) >= 2 or len(before) == 1 else "".join(before[-2:])
            yield Statement(item, mention, fold(near), fold(behind), said)
    for figure in desk.shelf.figures(document):
        if figure.measure is Measure.TARGET and figure.amount is not None and figure.amount.unit:
            place = figure.locator
            item = Found(document, figure.entity, figure.account, place.page, place.bbox, cell=True)
            mention = Mention(0, 0, figure.amount.value, figure.amount.unit, place.quote)
            yield Statement(item, mention, fold(figure.account), "", fold(f"{item.section}。{item.text}"), figure)


def stated(desk: Desk) -> Draft | None:
    """The number that a sentence states for what the question says; None where none or more than one does."""
    best = _best(desk, _NEED)
    if len(best) > 1:
        # one thing, written in several ways: a contradiction to be shown, and no number to be picked
        same = {s.before for s in best}
        quotes = dict.fromkeys(quote_of(desk, s.found) for s in best) if len(same) == 1 else {}
        return Draft(Verdict.ANSWERED, "\n".join(f"- {quote}" for quote in quotes)) if quotes else None
    return _told(desk, best[0]) if best else None


def nearest_stated(desk: Desk) -> Draft | None:
    """Where nothing else answers: the number of the kind asked for in the one sentence that says at least half of the
    question; several numbers of that sentence as its quote alone. None where no sentence says as much, or several do."""
    plan = desk.plan
    text = f"{plan.text}{plan.before}"
    if not plan.documents or _NUMBER_ASKED.search(text) is None or not desk.of_basis_asked() or plan.years:
        return None
    found = statements(desk, plan.documents[0])
    asked = likeness(plan, _texts(found), numeric=True)
    if asked is None or not any(piece.known and not piece.name for piece in asked.pieces):
        return None
    found = tuple(s for s in found if _named_here(desk, s))
    scored = sorted(
        ((_local(asked, s) + asked.share(s.said), s) for s in found if _fits(text, s) and _asked_for(text, s)
         and asked.share(s.said) >= _HALF and _local(asked, s) >= _SOME),
        key=lambda entry: -entry[0],
    )  # fmt: skip
    near = [s for score, s in scored if score > scored[0][0] - _CLEAR]
    if not near:
        return _only_one_of_unit(desk, text, [s for s in found if _fits(text, s)], asked)
    numbers = [
        frozenset(s.mention.value for s in near if s.found.text == quote) for quote in {s.found.text for s in near}
    ]
    if len(set(numbers)) > 1:
        return None
    if len(numbers[0]) == 1 and not _FROM_TO.search(text):
        return _told(desk, near[0])
    return Draft(Verdict.ANSWERED, quote_of(desk, near[0].found))


def _only_one_of_unit(desk: Desk, text: str, found: Sequence[Statement], asked: Likeness) -> Draft | None:
    """The only number that is counted by the rare word the question counts by, among sentences that say some of it ("云桌面终端
    要维护多少台")."""
    counted = _COUNTED.search(text)
    if counted is None or counted.group(1) in ("个", "名", "位", "人", "项", "次", "家"):
        return None
    alike = [s for s in found if canonical_unit(s.mention.unit) == canonical_unit(counted.group(1))]
    said = [s for s in alike if asked.share(s.said) >= _NEED_OF_RARE]
    return _told(desk, said[0]) if said and len({s.mention.value for s in alike}) == 1 else None


def _asked_for(text: str, statement: Statement) -> bool:
    """Whether money is asked for where a number is money, and percent where it is percent."""
    if statement.mention.unit in MONEY_UNITS:
        return _MONEY.search(text) is not None
    return statement.mention.unit != "%" or _PERCENT.search(text) is not None or _FROM_TO.search(text) is not None


_FROM_TO = re.compile(r"从(?:多少|几)[^,，。?？]{0,14}到(?:了)?(?:多少|几)|从多少")
"""Two numbers are asked for, which one sentence states together."""


_THING = re.compile(r"(?P<thing>[\u4e00-\u9fff]{4,20}?)(?:是|有|为|达)?(?:多少|多大|多高|多长|几)")
_LEAST = 4


def named_right_before(desk: Desk, units: Sequence[str]) -> Draft | None:
    """The one number, counted in one of these units, right before which a sentence has the end of what is asked for ("…地下建筑面积
    多少"), the longest that any has; None where none or several numbers do."""
    asked = _THING.search(desk.plan.text)
    if asked is None or not desk.plan.documents:
        return None
    thing = asked["thing"]
    found = [s for s in statements(desk, desk.plan.documents[0]) if s.figure is None and s.mention.unit in units]
    for at in range(len(thing) - _LEAST + 1):
        near = [s for s in found if thing[at:] in s.before]
        if near:
            return _told(desk, near[0]) if len({s.mention.value for s in near}) == 1 else None
    return None


def narrower(desk: Desk, told: Figure) -> Draft | None:
    """The number that a sentence states for all that the question says ("执法执勤的有几辆"), where the figure found is of
    something wider and its own words leave part of that out; None where the figure says it all or no sentence does."""
    left = unsaid(desk, [told], quoted=False)
    if not any(piece.known for piece in left) or told.document not in desk.plan.documents[:1]:
        return None
    best = [s for s in _best(desk, _NEED) if _named_here(desk, s)]
    if len(best) != 1 or not any(piece.said_by(best[0].before + best[0].behind) for piece in left):
        return None
    return _told(desk, best[0])


def counted_as(desk: Desk, who: str, document: str = "") -> list[Statement]:
    """The numbers of people that a document (the first of the plan) gives right before or behind these words ("专任教师
    3120 人"); where the words end another group's name (教授 in 副教授), the group's own."""
    name = document or desk.plan.documents[0]
    found = [
        s for s in statements(desk, name)
        if s.mention.unit in _HEADS and (who in s.before[-_CLOSE:] or who in s.behind[:_CLOSE])
    ]  # fmt: skip
    return [
        s for s in found if re.search(rf"(?:^|[^\u4e00-\u9fff]|其中|现有|共有|有|的){re.escape(who)}", s.before)
    ] or found


def the_one_counted(desk: Desk, who: str, document: str = "") -> Statement | None:
    """The one number that a document gives for a group of people, None for none or several."""
    found = counted_as(desk, who, document)
    return found[0] if len({statement.people for statement in found}) == 1 else None


def _named_here(desk: Desk, statement: Statement) -> bool:
    """Whether the account asked for is named in the sentence or its heading, not just somewhere around it."""
    asked = likeness(desk.plan, [statement.said])
    return asked is not None and all(piece.said_by(statement.said) for piece in asked.pieces if piece.name)


def unsaid(desk: Desk, told: Sequence[Figure], *, quoted: bool = True) -> list[Piece]:
    """What the question says beside the accounts and no figure's own words (with the sentence it stands in, where
    `quoted`) say; the words are those of the first figure's document."""
    asked = likeness(desk.plan, _texts(list(statements(desk, told[0].document))), numeric=True)
    own = fold("。".join(word for figure in told for word in _words_of(figure, quoted)))
    return [piece for piece in asked.pieces if not piece.name and not piece.said_by(own)] if asked else []


def _words_of(figure: Figure, quoted: bool) -> list[str]:
    place = figure.locator
    words = (
        figure.name, figure.account, *figure.path, figure.entity, figure.component, figure.funding,
        place.table, place.row, place.column, place.section, place.quote if quoted else "",
    )  # fmt: skip
    return [word for word in words if word]


def _best(desk: Desk, need: float) -> list[Statement]:
    """The number that fits best, with others that fit as well."""
    plan = desk.plan
    text = f"{plan.text}{plan.before}"
    if not plan.documents or _NUMBER_ASKED.search(text) is None or not desk.of_basis_asked():
        return []
    if not plan.rest and any(asked.component or asked.funding for asked in plan.accounts if not asked.weak):
        return []  # a scope is asked for, which no sentence's words tell
    document = plan.documents[0]
    years = [f"{year}年" for year in plan.years if year != desk.shelf.disclosure(document).year]
    found = [
        s for s in statements(desk, document)
        if all(year in s.before for year in years) and desk.of_basis_said(s.found.text)
        and not (plan.bases == (Basis.BUDGET,) and "决算" in s.before and "预算" not in s.before)
    ]  # fmt: skip
    if years:  # what another year's number is of must stand beside it, not somewhere above
        names = {fold(word) for asked in plan.accounts if not asked.weak for word in (asked.name, asked.said)}
        project = any(asked.targets[0].scheme is Scheme.PROJECT for asked in plan.accounts)
        found = [
            s for s in found
            if not names or any(name in s.before or (project and name in s.said) for name in names)
        ]  # fmt: skip
    asked = likeness(plan, _texts(found), years, numeric=True)
    if asked is None:
        return _only_one_counted(text, found)
    need = min(need, _LOCAL) if _PLAIN_COUNT.search(text) else need
    scored = sorted(
        ((local, whole, statement) for statement in found if (local := _local(asked, statement)) >= (0 if years else _LOCAL)
         and (whole := asked.share(statement.said, statement.found.around)) >= need and _fits(text, statement)),
        key=lambda entry: (-entry[0] - entry[1]),
    )  # fmt: skip
    if not scored:
        return _only_one_counted(text, found)
    counted = _COUNTED.search(text)
    exact = [entry for entry in scored if counted and entry[2].mention.unit == counted.group(1)]
    scored = exact or scored
    best = scored[0]
    near = [
        s for local, whole, s in scored[1:]
        if local + whole > best[0] + best[1] - _CLEAR and not _same(s.mention, best[2].mention)
    ]  # fmt: skip
    return [best[2], *near] if len(near) < _MOST else []


def _only_one_counted(text: str, found: Sequence[Statement]) -> list[Statement]:
    """The only number of the document that is counted by the word the question counts by ("占地多少亩")."""
    counted = _COUNTED.search(text) if _PLAIN_COUNT.search(text) else None
    unit = counted.group(1) if counted else "米" if re.search(r"多高|多长", text) else ""
    if not unit:
        return []
    alike = [s for s in found if canonical_unit(unit) == canonical_unit(s.mention.unit)]
    return alike[:1] if len({s.mention.value for s in alike}) == 1 else []


def _texts(found: Sequence[Statement]) -> list[str]:
    return list(dict.fromkeys(statement.said for statement in found))


def _told(desk: Desk, statement: Statement) -> Draft:
    amount, figure = Amount(statement.mention.value, statement.mention.unit), statement.figure
    if figure is None:
        return Draft(Verdict.ANSWERED, quote_of(desk, statement.found), Result(amount, "single"))
    value = Value.of(figure)
    return Draft(Verdict.ANSWERED, desk.tell(value, desk.issuer(figure.document)), desk.result(value))


def _local(asked: Likeness, statement: Statement) -> float:
    if statement.behind.startswith("的"):  # "不再支付19.8万元的尾款"
        return asked.share(f"{statement.before}。{statement.behind}")
    return max(asked.beside(statement.before), asked.beside(statement.behind))


def of_another_thing(text: str, before: str) -> bool:
    """Whether the words before a number make it another one than a folded question asks for: a part called 其他, what each
    one gets where all is asked for, by how much something changed where no change is.

    >>> of_another_thing("固定资产合计多少", "其他固定资产"), of_another_thing("一共发了多少", "给予每名青年")
    (True, True)
    >>> of_another_thing("有多少名教师", "本单位增加"), of_another_thing("增加了多少名教师", "本单位增加")
    (True, False)
    """
    part = _OTHERS.search(before)
    if part is not None and part["of"] in text and _OTHER.search(text) is None:
        return True
    if _FOR_EACH.search(before) and _IN_ALL.search(text):
        return True
    return _MOVED.search(before) is not None and re.search(r"[增减升降涨跌变调招新]|提高", text) is None


def _fits(text: str, statement: Statement) -> bool:
    """Whether a number is of the kind asked for."""
    mention = statement.mention
    if of_another_thing(text, statement.before):
        return False
    if PEOPLE_ASKED.search(text):
        return mention.unit in _HEADS
    counted = _COUNTED.search(text)
    if counted is not None:
        unit = counted.group(1)
        if unit in _PEOPLE and mention.unit in ("人", "名", "个", "家", "项"):
            return True
        alike = any(unit in kind and mention.unit in kind for kind in (_MACHINES, _DAYS))
        return alike or canonical_unit(unit) == canonical_unit(mention.unit)
    if _PERCENT.search(text):
        return mention.unit == "%"
    if _MONEY.search(text):
        return mention.unit in MONEY_UNITS
    return True


def _same(one: Mention, other: Mention) -> bool:
    a, b = Amount(one.value, one.unit), Amount(other.value, other.unit)
    if a.is_money and b.is_money:
        return a.to("元").value == b.to("元").value
    return a == b
