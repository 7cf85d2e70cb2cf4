"""Whether numbers agree that sentences, charts and sheets state: shares against their sum, the parts of a number against it,
weights against a hundred, one amount under two names, two amounts of what seems one thing, one indicator of two projects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from corpus.accounts import clean_name
from corpus.figure import Figure, Measure, Scheme
from corpus.money import Agreement, Amount, canonical_unit, compare, half_last_digit, mentions
from corpus.vocabulary import fold
from rag.answer import show
from rag.desk import Desk, Draft
from rag.naming import in_order
from rag.ops_book import of_words
from rag.ops_cells import quoted_cell, weighted
from rag.ops_figures import joined
from rag.plan import Verdict
from rag.quoting import quote_of
from rag.retrieve import bigrams
from rag.statements import Statement, statements
from rag.weighing import AGREES, TOGETHER, claims, slack_of, weighed

_PAIR = 2
_WEIGHTS = re.compile(r"权重|分值")
_NAMES = re.compile(r"叫法|名称|名字|称呼|说法")
_TWO_PLACES = re.compile(r"一处.{0,16}一处|一个.{0,12}一个|差在哪|(?:怎么|为什么|为何|咋).{0,10}不(?:一样|同|一致)")
_TARGETS = re.compile(r"[两二三四几各]个?项目|各项目|都")
_TOLD = re.compile(r"(?:写|说|列)的?")
_HUNDRED = Decimal(100)


def agreed_in_words(desk: Desk) -> Draft | None:
    """Whether what is said at several places agrees; None where a question asks no such thing or the places are not found."""
    plan = desk.plan
    if not plan.documents:
        return None
    if _WEIGHTS.search(plan.text) and TOGETHER.search(plan.text):
        return _weights(desk)
    if _TWO_PLACES.search(plan.text) and (draft := _two_amounts(desk)) is not None:
        return draft
    if AGREES.search(plan.text) is None:
        return of_words(desk) if claims(plan.text) and _TOLD.search(plan.text) else None
    for ask in (_shares, _parts_of_a_number, _two_names, _one_indicator, of_words):
        if (draft := ask(desk)) is not None:
            return draft
    return None


# ---- shares against their sum


def _shares(desk: Desk) -> Draft | None:
    """The shares that sentences state of the things named, added up against the percentage put up ("合起来占12.5%，和文字一致吗")."""
    put_up = [m.value for m in mentions(desk.plan.text) if m.unit == "%"]
    if not put_up:
        return None
    groups: dict[tuple[str, ...], dict[str, Figure]] = {}
    for figure in desk.shelf.figures(desk.plan.documents[0]):
        if (
            figure.measure is Measure.SHARE
            and figure.amount is not None
            and _short_said(desk.plan.text, figure.account)
        ):
            scope = (figure.scheme, figure.flow, figure.funding, figure.component, figure.basis, str(figure.year))
            groups.setdefault(scope, {}).setdefault(figure.account, figure)
    fitting = [list(group.values()) for group in groups.values() if len(group) >= _PAIR]
    if not fitting:
        return None
    parts = next((g for g in fitting if _summed(g) in put_up), fitting[0])
    own = {f.amount.value for f in parts if f.amount is not None}
    claim = next((value for value in put_up if value not in own), None)
    if claim is None:
        return None
    one, other = Amount(_summed(parts), "%"), Amount(claim, "%")
    formula = " + ".join(show(f.amount) for f in parts if f.amount is not None) + f" = {show(one)}"
    desk.evidence.compute(one, formula)
    desk.evidence.state(str(claim))
    verdict, _ = weighed(desk, one, other, sum((half_last_digit(value) for value in own), Decimal(0)))
    told = "；".join(f"{f.account}{show(f.amount)}{desk.evidence.cite(f)}" for f in parts if f.amount is not None)
    head = desk.speech.pick(
        f"{verdict}。文字写的是{told}，合起来：{formula}", f"{verdict}. The text states {told}; together: {formula}"
    )
    return Draft(Verdict.ANSWERED, head)


def _summed(parts: Sequence[Figure]) -> Decimal:
    return sum((f.amount.value for f in parts if f.amount is not None), Decimal(0))


def _short_said(text: str, account: str) -> bool:
    """Whether a text says an account by its name or a two-character shortening that begins like it (科技 for 科学技术)."""
    if account in text:
        return True
    pairs = (text[at : at + _PAIR] for at in range(len(text) - 1))
    return any(pair[0] == account[:1] and in_order(pair, account.removesuffix("支出")) for pair in pairs)


# ---- the parts of a number


def _parts_of_a_number(desk: Desk) -> Draft | None:
    """The parts that a sentence gives of a number of things, against it ("地上地下相加，等于总面积3000平方米吗")."""
    plan = desk.plan
    if TOGETHER.search(plan.text) is None:
        return None
    put_up = [m for m in mentions(plan.text) if m.unit and m.unit not in ("%", "年", "月", "个", "项")]
    every = statements(desk, plan.documents[0])
    for whole in every:
        unit = canonical_unit(whole.mention.unit)
        said = any(m.value == whole.mention.value and canonical_unit(m.unit) == unit for m in put_up)
        if whole.figure is not None or not (said or (not put_up and _named_as_whole(plan.text, whole, every))):
            continue
        parts = _named_parts(plan.text, whole, every)
        if len(parts) >= _PAIR:
            return _told_parts(desk, whole, parts)
    return None


_WHOLE = re.compile(r"(?:等于|[跟和与同])(?P<whole>[\u4e00-\u9fff]{3,10}?)(?:吗|么|一样|相同|一致|相等|对得上|[?？])")


def _named_as_whole(text: str, whole: Statement, every: Sequence[Statement]) -> bool:
    """Whether a number is the largest of its kind in its sentence, and called as the question calls the whole."""
    asked = _WHOLE.search(text)
    named = bigrams(asked["whole"].removeprefix("总")) if asked is not None else set()
    unit = canonical_unit(whole.mention.unit)
    alike = [s for s in every if s.found.text == whole.found.text and canonical_unit(s.mention.unit) == unit]
    largest = whole.mention.value == max(s.mention.value for s in alike)
    return bool(unit) and largest and bool(named) and 2 * len(named & bigrams(whole.before)) >= len(named)


def _named_parts(text: str, whole: Statement, every: Sequence[Statement]) -> list[Statement]:
    """The numbers of the whole's kind in its sentence that the words before the adding up tell from each other."""
    unit = canonical_unit(whole.mention.unit)
    beside = [
        s for s in every
        if s.found.text == whole.found.text and s is not whole and canonical_unit(s.mention.unit) == unit and s.before
    ]  # fmt: skip
    said = bigrams(re.split(TOGETHER, text)[0])
    every_has = set.intersection(*(bigrams(s.before) for s in beside)) if beside else set()
    told = [(s, said & bigrams(s.before) - every_has) for s in beside]
    return [s for s, own in told if own and not any(own <= other for t, other in told if t is not s)]


def _told_parts(desk: Desk, whole: Statement, parts: Sequence[Statement]) -> Draft:
    unit = whole.mention.unit
    summed = Amount(sum((s.mention.value for s in parts), Decimal(0)), unit)
    formula = " + ".join(show(Amount(s.mention.value, unit)) for s in parts) + f" = {show(summed)}"
    desk.evidence.compute(summed, formula)
    verdict, _ = weighed(desk, summed, Amount(whole.mention.value, unit), Decimal(0))
    head = desk.speech.pick(
        f"{verdict}。各部分之和：{formula}，写的总数是{show(Amount(whole.mention.value, unit))}",
        f"{verdict}. The parts: {formula}; stated in all: {show(Amount(whole.mention.value, unit))}",
    )
    return Draft(Verdict.ANSWERED, joined([head, quote_of(desk, whole.found)]))


# ---- weights


def _weights(desk: Desk) -> Draft | None:
    """The weights of a sheet's indicators added up ("权重加起来有没有到100")."""
    first = next(iter(weighted(desk)), None)
    if first is None:
        return None
    rows = [(name, cell) for table, name, cell in weighted(desk) if table is first[0]]
    seen: dict[tuple[str, str], None] = {}
    values: list[Amount] = []
    lines: list[str] = []
    for name, cell in rows:
        if (name.text, cell.text) in seen:
            continue
        seen[name.text, cell.text] = None
        number = next(iter(mentions(cell.text)), None)
        if number is None:
            return None
        values.append(Amount(number.value, "分"))
        lines.append(f"{quoted_cell(desk, first[0], name)}：{quoted_cell(desk, first[0], cell)}")
    summed = Amount(sum((value.value for value in values), Decimal(0)), "分")
    formula = " + ".join(map(show, values)) + f" = {show(summed)}"
    desk.evidence.compute(summed, formula)
    desk.evidence.state("100")
    full = summed.value == _HUNDRED
    head = desk.speech.pick(
        f"合计**{show(summed)}**（计算：{formula}），{'正好' if full else '不是'}100分",
        f"Together **{show(summed)}** (computed: {formula}), {'exactly' if full else 'not'} 100",
    )
    return Draft(Verdict.ANSWERED, joined([head, *lines]))


# ---- one amount under two names, two amounts of one thing


def _two_names(desk: Desk) -> Draft | None:
    """The words at every place that states an amount ("正文和绩效表的叫法一样吗"); None where fewer than two places do."""
    put_up = claims(desk.plan.text)
    if _NAMES.search(desk.plan.text) is None or len(put_up) != 1:
        return None
    places: dict[str, Statement] = {}
    for s in statements(desk, desk.plan.documents[0]):
        amount = Amount(s.mention.value, s.mention.unit)
        if s.figure is None and amount.is_money and compare(amount, put_up[0]) is Agreement.EXACT:
            places.setdefault(_name_before(s), s)
    if not places or sum(1 for name in places if name) < 1:
        return None
    quotes = dict.fromkeys(quote_of(desk, s.found) for s in places.values())
    same = len(places) == 1
    head = desk.speech.pick(
        f"{'叫法一样' if same else '叫法不一样'}：{'、'.join(desk.evidence.words(name) for name in places)}",
        f"{'The same name' if same else 'Different names'}: {', '.join(desk.evidence.words(name) for name in places)}",
    )
    return Draft(Verdict.ANSWERED, joined([head, *quotes]))


def _name_before(statement: Statement) -> str:
    """The name right before a number: without numbering and the words that only lead to it."""
    bare = re.sub(r"^[\s(（]*[\d一二三四五六七八九十]{1,2}[)）、.．]\s*", "", statement.before)
    return re.sub(r"(?:为|是|共|计|约|安排|预算|:)+$", "", bare).strip()


def _two_amounts(desk: Desk) -> Draft | None:
    """What each of two amounts put up is an amount of ("怎么一处是…一处是…", "差在哪"), and what lies between them."""
    put_up = claims(desk.plan.text)
    if len(put_up) != _PAIR:
        return None
    figures = desk.shelf.figures(desk.plan.documents[0])
    sides = [
        [f for f in figures if f.amount is not None and f.measure is Measure.AMOUNT and f.amount.is_money
         and compare(f.amount, amount) is Agreement.EXACT]
        for amount in put_up
    ]  # fmt: skip
    if not all(sides):
        return None
    words = bigrams(desk.plan.text)
    best = [max(side, key=lambda f: len(words & bigrams(fold(f.account)))) for side in sides]
    lines = [_what(desk, figure) for figure in best]
    larger, smaller = sorted(best, key=lambda f: f.amount.to("元").value if f.amount else Decimal(0), reverse=True)
    between = _between(desk, figures, smaller, larger)
    one, other = (f.amount for f in best)
    assert one is not None, "chosen by their amounts"
    assert other is not None, "chosen by their amounts"
    verdict, _ = weighed(desk, one, other, Decimal(0))
    return Draft(Verdict.ANSWERED, joined([verdict, *lines, *between, *_other_scope(desk, best)]))


def _what(desk: Desk, figure: Figure) -> str:
    assert figure.amount is not None, "chosen by its amount"
    kind = "，".join(dict.fromkeys(filter(None, (figure.scheme.value, figure.funding, figure.component))))
    table = f"《{figure.locator.table}》" if figure.locator.table else f"“{figure.locator.section or ''}”"
    return f"{show(figure.amount)}：{table}{figure.account}（{kind}）{desk.evidence.cite(figure)}"


def _other_scope(desk: Desk, best: Sequence[Figure]) -> list[str]:
    """The words for what two figures differ in, where it is their classification or scope."""
    one, other = best
    if one.scheme is not other.scheme:
        return [desk.speech.pick(
            f"两处的分类口径不同：{one.scheme.value}与{other.scheme.value}",
            f"Two classifications: {one.scheme.value} and {other.scheme.value}",
        )]  # fmt: skip
    return []


def _between(desk: Desk, figures: Sequence[Figure], smaller: Figure, larger: Figure) -> list[str]:
    """Up to three other lines of the larger amount's table that make it out of the smaller one."""
    if larger.amount is None or smaller.amount is None or larger.locator.table_id is None:
        return []
    whole, part = larger.amount, smaller.amount.to(larger.amount.unit)
    lines = [
        f for f in figures
        if f.locator.table_id == larger.locator.table_id and f.flow == larger.flow and f.amount is not None
        and f.amount.is_money and f.amount.value and f.locator.column_index == larger.locator.column_index
        and f.scheme in (Scheme.SOURCE, Scheme.BALANCE)
    ]  # fmt: skip
    for many in range(1, 4):
        for chosen in combinations(lines, many):
            amounts = [f.amount.to(whole.unit) for f in chosen if f.amount is not None]
            summed = part.value + sum((a.value for a in amounts), Decimal(0))
            if abs(summed - whole.value) <= slack_of([*amounts, whole], whole.unit):
                formula = " + ".join(map(show, (part, *amounts))) + f" = {show(Amount(summed, whole.unit))}"
                desk.evidence.compute(Amount(summed, whole.unit), formula)
                named = "、".join(f"{f.account}{show(f.amount)}{desk.evidence.cite(f)}" for f in chosen if f.amount)
                return [desk.speech.pick(f"差的是{named}：{formula}", f"Between them: {named}: {formula}")]
    return []


# ---- one indicator of several projects


def _one_indicator(desk: Desk) -> Draft | None:
    """The target of one indicator for each project that has it ("两个项目的预算执行率目标一样吗")."""
    plan = desk.plan
    names = {clean_name(a.name) for a in plan.accounts if a.targets[0].scheme is Scheme.PERFORMANCE}
    if len(plan.accounts) != 1 or len(names) != 1 or _TARGETS.search(plan.text) is None:
        return None
    own: dict[str, Figure] = {}
    for figure in desk.shelf.figures(plan.documents[0]):
        if figure.measure is Measure.TARGET and clean_name(figure.account) in names and figure.entity and figure.amount:
            own.setdefault(figure.entity, figure)
    if len(own) < _PAIR:
        return None
    printed = [figure.locator.quote.strip() for figure in own.values()]
    same = len({figure.amount for figure in own.values()}) == 1
    lines = [
        f"{entity}{desk.speech.pick('：', ': ')}{desk.evidence.words(words)}{desk.evidence.cite(figure)}"
        for (entity, figure), words in zip(own.items(), printed, strict=True)
    ]
    return Draft(
        Verdict.ANSWERED,
        joined([desk.speech.pick("一样" if same else "不一样", "The same" if same else "Not the same"), *lines]),
    )
