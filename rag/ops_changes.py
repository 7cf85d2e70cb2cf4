"""Operations on how figures move and relate: change, rate, share, completion."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.figure import Figure, Measure, Scheme
from corpus.money import Amount
from corpus.vocabulary import Target
from rag import amounts, calculate, shares
from rag.answer import Result, rounded, show
from rag.desk import Desk, Draft, replace_plan
from rag.finder import is_of
from rag.intent import FIRST_TO_LAST, GROWN
from rag.ops_compare import TIMES, against_stated, in_money, times
from rag.ops_figures import Reading, joined, values_for
from rag.plan import Asked, Operation, Verdict
from rag.rates_told import tell_completed, tell_share
from rag.refuse import missing, narrower
from rag.values import Source, Value, figures_of, read_amount
from rag.wording import FROM_TO, falling


def change(desk: Desk) -> Draft:
    """How much it changed, with rate and reason where stated."""
    plan = desk.plan
    if (apart := against_stated(desk)) is not None:
        return apart
    if len(plan.years) > 1:
        return between_years(desk)
    years = plan.years or tuple({source.disclosure.year for source in desk.sources()})
    if plan.against and len(years) == 1 and plan.against != (years[0] - 1,):
        return between_years(replace_plan(desk, years=(plan.against[0], years[0])))
    return _measured(desk, lambda s, a, y: amounts.change_of(s, a, y, desk.plan.bases), Operation.CHANGE)


def rate(desk: Desk) -> Draft:
    """By how many percent it changed; of two years that follow one another, the later one's rate."""
    years, against = desk.plan.years, desk.plan.against
    if len(years) > 1 and years[-1] - years[0] > 1 and FIRST_TO_LAST.search(desk.plan.text):
        return between_years(desk, Operation.RATE)
    if len(years) == 1 and against and against[0] < years[0] - 1:
        return between_years(replace_plan(desk, years=(against[0], years[0])), Operation.RATE)
    if len(years) == 2 and years[1] - years[0] == 1:
        desk = replace_plan(desk, years=years[1:])
    return _measured(desk, lambda s, a, y: amounts.rate_of(s, a, y, desk.plan.bases), Operation.RATE)


def _measured(desk: Desk, read: Reading, operation: Operation) -> Draft:
    lines: list[str] = []
    told: list[Value] = []
    for asked in desk.plan.accounts:
        for value in values_for(desk, asked, read):
            if value.amount is None:
                continue
            told.append(value)
            lines.append(_tell_change(desk, value, operation))
            lines += _from(desk, value)
    if not told and (only := _only_child(desk)):
        return _measured(replace_plan(desk, accounts=only), read, operation)
    if not told and operation is Operation.RATE and GROWN.search(desk.plan.text):
        return _measured(desk, lambda s, a, y: amounts.change_of(s, a, y, desk.plan.bases), Operation.CHANGE)
    rate_after_all = re.search(r"下降|增|降|涨", desk.plan.text) and not GROWN.search(desk.plan.text)
    if not told and operation is Operation.CHANGE and rate_after_all:
        stated = _measured(desk, lambda s, a, y: amounts.rate_of(s, a, y, desk.plan.bases), Operation.RATE)
        return stated if stated.verdict is Verdict.ANSWERED else _no_change(desk)
    if not told:
        return _no_change(desk)
    if len(desk.plan.accounts) == 1 and (narrowed := narrower(desk, told, lines)) is not None:
        return narrowed
    return Draft(Verdict.ANSWERED, joined(lines), _moved(desk, told[0]) if len(told) == 1 else None)


def _from(desk: Desk, value: Value) -> list[str]:
    """What it came to the year before, where it is asked from what to what it moved."""
    if FROM_TO.search(desk.plan.text) is None:
        return []
    source = desk.source(value.document)
    both = [amounts.across_years(source, value.asked, year, desk.plan.bases) for year in (value.year - 1, value.year)]
    return [
        desk.tell(side, desk.issuer(side.document)) for side in both if side is not None and side.amount is not None
    ]


def _only_child(desk: Desk) -> tuple[Asked, ...]:
    """The one class below the class asked for, where it is all of it: what the document says of the one is true of the
    other."""
    asked = desk.plan.accounts[0] if len(desk.plan.accounts) == 1 else None
    target = asked.targets[0] if asked else None
    source = desk.sources()[0] if desk.plan.documents else None
    if asked is None or target is None or source is None or not target.code or target.scheme is not Scheme.FUNCTION:
        return ()
    below = {
        f.code: f.account for f in source.figures
        if f.scheme is target.scheme and f.code.startswith(target.code) and f.code != target.code
    }  # fmt: skip
    if len(below) != 1:
        return ()
    code, name = next(iter(below.items()))
    child = replace(asked, name=name, targets=(Target(target.scheme, code, name),))
    whole, part = (desk.amount(source, one, source.disclosure.year) for one in (asked, child))
    same = whole is not None and part is not None and whole.amount is not None and whole.amount == part.amount
    return (child,) if same else ()


def _moved(desk: Desk, value: Value) -> Result | None:
    """The headline of a change: its size alone where the question asks by how much something fell and it did."""
    result = desk.result(value)
    if result is not None and result.amount.value > 0 and falling(desk.plan.text):
        desk.evidence.warn(desk.speech.pick(
            "问的是减少，文件写的是增加。", "The question speaks of a decrease; the document states an increase."
        ))  # fmt: skip
        return None
    if result is not None and result.amount.value < 0 and falling(desk.plan.text):
        return replace(result, amount=Amount(-result.amount.value, result.amount.unit))
    return result


def moved_by(desk: Desk, value: Value, *, unit: bool = True) -> str:
    """A change or rate in words, with its places ("…比2022年减少4.50%[1]"); `unit` names whose it is."""
    speech, amount = desk.speech, value.amount
    assert amount is not None, "checked by the caller"
    figure = value.figure
    year = (figure.compared if figure else None) or value.year - 1
    subject = speech.subject(value, desk.issuer(value.document), unit=unit)
    way = speech.move(None if amount.value == 0 else amount.value > 0)
    desk.evidence.years.add(year)
    size = desk.money(Amount(abs(amount.value), amount.unit))
    desk.evidence.compute(size, f"|{show(amount)}|")
    marks = desk.marks(value)
    desk.caution(value)
    shown = "" if amount.value == 0 else f"**{desk.shown(size)}**"
    text = speech.pick(f"{subject}比{year}年{way}{shown}", f"{subject}, against {year}: {way} {shown}")
    if amount.value == 0:
        text += speech.pick(f"（{show(amount)}）", f" ({show(amount)})")
    if value.formula is not None:
        desk.evidence.compute(amount, value.formula)
        text += speech.pick(f"（计算：{value.formula}）", f" (computed: {value.formula})")
    return text + marks


def _tell_change(desk: Desk, value: Value, operation: Operation) -> str:
    """A change or rate with its companion (rate or change) and the reason, where stated."""
    speech, amount, figure = desk.speech, value.amount, value.figure
    assert amount is not None, "checked by the caller"
    text = moved_by(desk, value)
    if figure is not None and figure.measure in (Measure.CHANGE, Measure.RATE):
        text += _now(desk, value)
    text += _companion(desk, figure, operation) if figure is not None else _reckoned(desk, value, operation)
    if figure is None and value.year - 1 == min((f.year for f in value.operands), default=0):
        text += _against_executed(desk, value)
    if figure is not None:
        if figure.reason:
            mark = desk.evidence.cite(figure)
            text += speech.pick(
                f"\n文件给出的原因：{desk.evidence.words(figure.reason)}{mark}",
                f"\nReason given: {desk.evidence.words(figure.reason)} {mark}",
            )
        elif (alike := _same_change(desk, figure)) is not None:
            mark = desk.evidence.cite(alike)
            of = (
                alike.name
                if alike.funding in (*_EVERY, alike.name[: len(alike.funding)])
                else f"{alike.name}（{alike.funding}）"
            )
            text += speech.pick(
                f"\n文件对{of}的同额变动给出的原因：{desk.evidence.words(alike.reason)}{mark}",
                f"\nReason given for the same change of {of}: {desk.evidence.words(alike.reason)} {mark}",
            )
        elif amount.value:
            text += speech.pick("\n文件没有写明变动原因。", "\nThe document gives no reason for the change.")
    return text


_EVERY = ("", "全部", "财政拨款")


def _same_change(desk: Desk, figure: Figure) -> Figure | None:
    """The change of the same amount, of another total or fund of the document, for which a reason is given; None for none."""
    of_all = figure.scheme in (Scheme.TOTAL, Scheme.SOURCE) and figure.component == "合计"
    like = {f.amount for f in desk.shelf.figures(figure.document) if replace(f, measure=figure.measure).fact == figure.fact
            and f.measure is Measure.CHANGE and f.amount is not None and f.amount.value}  # fmt: skip
    return next(
        (
            f for f in desk.shelf.figures(figure.document)
            if of_all and f.measure is Measure.CHANGE and f.amount in like and f.reason and not f.entity
            and f.scheme in (Scheme.TOTAL, Scheme.SOURCE) and (f.year, f.compared) == (figure.year, figure.compared)
        ),
        None,
    )  # fmt: skip


def _against_executed(desk: Desk, value: Value) -> str:
    """Beside a change worked out from two budgets, what the document itself states against what was spent the year before."""
    for figure in desk.shelf.figures(value.document):
        amount = figure.amount
        if figure.measure not in (Measure.CHANGE, Measure.RATE) or amount is None or "执行" not in figure.whole:
            continue
        if figure.year != value.year or figure.entity or not is_of(figure, value.asked):
            continue
        size = Amount(abs(amount.value), amount.unit)
        desk.evidence.compute(size, f"|{show(amount)}|")
        way = desk.speech.move(None if amount.value == 0 else amount.value > 0)
        mark = desk.evidence.cite(figure)
        now = _now(desk, Value.of(figure))
        return desk.speech.pick(
            f"\n文件另外写明：比{figure.whole}{way}**{show(size)}**{mark}{now}",
            f"\nThe document also states, against {figure.whole}: {way} **{show(size)}** {mark}{now}",
        )
    return ""


def _now(desk: Desk, value: Value) -> str:
    """What the account came to in that year, in brackets, where the document states it in the same scope."""
    figure = value.figure
    assert figure is not None, "checked by the caller"
    like = replace(
        value.asked, funding=figure.funding, component=figure.component, flow=figure.flow, base=None, measure=None
    )
    now = read_amount(desk.source(value.document), like, figure.year, [figure.basis])
    if now is None or now.amount is None or now.choice is None or now.choice.disputing:
        return ""
    mark = desk.evidence.cite(now.choice.figure)
    amount = desk.shown(now.amount)
    return desk.speech.pick(f"，{figure.year}年为{amount}{mark}", f" ({figure.year}: {amount} {mark})")


def _companion(desk: Desk, figure: Figure, operation: Operation) -> str:
    other = Measure.RATE if operation is Operation.CHANGE else Measure.CHANGE
    for candidate in desk.shelf.figures(figure.document):
        if candidate.measure is not other or candidate.amount is None or not candidate.amount.value:
            continue
        if replace(candidate, measure=figure.measure).fact == figure.fact and candidate.compared == figure.compared:
            size = Amount(abs(candidate.amount.value), candidate.amount.unit)
            desk.evidence.compute(size, f"|{show(candidate.amount)}|")
            mark = desk.evidence.cite(candidate)
            return desk.speech.pick(
                f"，幅度{show(size)}{mark}" if other is Measure.RATE else f"，金额{show(size)}{mark}",
                f", {show(size)} {mark}",
            )
    return ""


def _reckoned(desk: Desk, value: Value, operation: Operation) -> str:
    """Beside a computed change its rate, beside a computed rate the change, each with its formula."""
    read = amounts.rate_of if operation is Operation.CHANGE else amounts.change_of
    source = desk.source(value.document)
    other = read(source, value.asked, value.year, desk.plan.bases)
    if other is not None and other.formula is None and operation is Operation.RATE:
        other = amounts.difference_of_years(source, value.asked, value.year, value.year - 1, desk.plan.bases)
    if other is None or other.formula is None or other.amount is None or not other.amount.value:
        return ""
    if {f.id for f in other.operands} != {f.id for f in value.operands}:
        return ""
    size = Amount(abs(other.amount.value), other.amount.unit)
    desk.evidence.compute(other.amount, other.formula)
    desk.evidence.compute(size, f"|{show(other.amount)}|")
    return desk.speech.pick(
        f"，{'幅度' if operation is Operation.CHANGE else '金额'}{desk.shown(size)}（计算：{other.formula}）",
        f", {desk.shown(size)} (computed: {other.formula})",
    )


def _no_change(desk: Desk) -> Draft:
    """The document states no change: say so, with the amount it does state."""
    values = [v for asked in desk.plan.accounts for v in values_for(desk, asked) if v.choice is not None]
    if not values:
        return missing(desk)
    lines = [desk.speech.pick(
        "文件没有写明这一项与上年相比的增减，文件集里也没有上年的数字可比。", (
            "The document does not state a change for this, and last year's "
            "amount is not in the book."
        )
    )]  # fmt: skip
    lines += [desk.tell(value, desk.issuer(value.document)) for value in values[:2]]
    return Draft(Verdict.NOT_DISCLOSED, joined(lines))


def between_years(desk: Desk, operation: Operation = Operation.CHANGE) -> Draft:
    """How much it changed from the first to the last of the years asked for, or by how many percent."""
    first, last = desk.plan.years[0], desk.plan.years[-1]
    if TIMES.search(desk.plan.text):
        sides = [
            values_for(replace_plan(desk, years=(year,)), asked)[:1]
            for asked in desk.plan.accounts[:1]
            for year in (last, first)
        ]
        if all(sides):
            return times(desk, [side[0] for side in sides])
    source = desk.sources()[0]
    lines: list[str] = []
    told: list[Value] = []
    for asked in desk.plan.accounts:
        bases = desk.plan.bases
        value = (
            amounts.rate_of(source, asked, last, bases, before=first) if operation is Operation.RATE
            else amounts.difference_of_years(source, asked, last, first, bases)
        )  # fmt: skip
        if value is None or value.amount is None:
            continue
        told.append(value)
        way = desk.speech.move(None if value.amount.value == 0 else value.amount.value > 0)
        size = desk.money(Amount(abs(value.amount.value), value.amount.unit))
        desk.evidence.compute(size, value.formula or "")
        desk.evidence.compute(value.amount, value.formula or "")
        subject = desk.speech.subject(value, desk.issuer(value.document))
        lines.append(desk.speech.pick(
            f"{subject}比{first}年{way}**{show(size)}**（计算：{value.formula}）{desk.marks(value)}",
            f"{subject}, against {first}: {way} **{show(size)}** (computed: {value.formula}) {desk.marks(value)}",
        ))  # fmt: skip
        lines += _amount_of_it(desk, source, asked, (first, last)) if operation is Operation.RATE else []
    desk.evidence.years.update((first, last))
    if not told:
        return missing(desk)
    if len(desk.plan.accounts) == 1 and (narrowed := narrower(desk, told, lines)) is not None:
        return narrowed
    return Draft(Verdict.ANSWERED, joined(lines), desk.result(told[0]) if len(told) == 1 else None)


def _amount_of_it(desk: Desk, source: Source, asked: Asked, years: tuple[int, int]) -> list[str]:
    """How much it moved by, beside the rate from the first of two years to the last."""
    moved = amounts.difference_of_years(source, asked, years[1], years[0], desk.plan.bases)
    if moved is None or moved.amount is None:
        return []
    size = desk.evidence.compute(moved.amount, moved.formula or "")
    formula = desk.speech.pick(f"（计算：{moved.formula}）", f" (computed: {moved.formula})")
    return [
        desk.speech.pick(f"变动额**{show(size)}**{formula}", f"in amount **{show(size)}**{formula}") + desk.marks(moved)
    ]


def share(desk: Desk) -> Draft:
    """The share of a whole, stated or computed."""
    whole = desk.plan.whole
    whole = in_money(whole) if whole else None
    desk.plan = replace(desk.plan, accounts=tuple(map(in_money, desk.plan.accounts)), whole=whole)
    if (added := _share_together(desk)) is not None:
        return added
    lines: list[str] = []
    told: list[Value] = []
    for asked in desk.plan.accounts:
        for value in values_for(desk, asked, lambda s, a, y: shares.share_of(s, a, whole, y, desk.plan.bases)):
            if value.amount is None or (value.amount.value > 100 and "占" in desk.plan.text):
                continue  # more than the whole is no part of it: what was named was misunderstood
            told.append(value)
            lines.append(tell_share(desk, value))
            if value.formula is None and _AMOUNT_TOO.search(desk.plan.text):
                part = desk.amount(desk.source(value.document), asked, value.year)
                lines += [desk.tell(part, desk.issuer(part.document))] if part is not None else []
    if not told:
        return missing(desk)
    return Draft(Verdict.ANSWERED, joined(lines), desk.result(told[0]) if len(told) == 1 else None)


def _share_together(desk: Desk) -> Draft | None:
    """The share of several accounts together in a whole ("津贴补贴和奖金加起来占…的比重"); None where that is not asked."""
    whole, accounts = desk.plan.whole, desk.plan.accounts
    if (
        whole is None
        or len(accounts) < 2
        or not re.search(r"加起来|合起来|一共|合计|之和|加在一起|共占", desk.plan.text)
    ):
        return None
    parts = [value for asked in accounts for value in values_for(desk, asked)[:1]]
    summed = calculate.total(parts) if len(parts) == len(accounts) else None
    all_of = next(iter(values_for(desk, whole)), None)
    if summed is None or all_of is None or summed.amount is None or all_of.amount is None or not all_of.amount.value:
        return None
    if not (summed.amount.is_money and all_of.amount.is_money):
        return None
    base = all_of.amount.to(summed.amount.unit)
    value = Amount(rounded(summed.amount.value / base.value * 100), "%")
    formula = f"({(summed.formula or '').rsplit(' = ', 1)[0]}) ÷ {show(base)} = {show(value)}"
    desk.evidence.compute(summed.amount, summed.formula or "")
    operands = (*summed.operands, *figures_of(all_of))
    told = replace(all_of, amount=value, choice=None, formula=formula, operands=operands, note=whole.name)
    return Draft(Verdict.ANSWERED, tell_share(desk, told), desk.result(told))


_AMOUNT_TOO = re.compile(
    r"多少[?？]\s*(?:占|比)|(?:支出|花了?|是|有|共|安排)?(?:多少|几)(?:万|亿)?(?:元|钱)?[,，、和].{0,8}(?:占|比|几成|百分)|金额[和及与、]|多少钱"
)
"""The amount is asked for beside its share."""


def completion(desk: Desk) -> Draft:
    """Final accounts as percent of the budget."""
    lines: list[str] = []
    told: list[Value] = []
    for asked in desk.plan.accounts:
        for value in values_for(desk, asked, lambda s, a, y: shares.completion_of(s, a, y, desk.plan.bases)):
            if value.amount is None:
                continue
            told.append(value)
            lines.append(tell_completed(desk, value))
    if not told:
        return missing(desk)
    if len(desk.plan.accounts) == 1 and (narrowed := narrower(desk, told, lines)) is not None:
        return narrowed
    return Draft(Verdict.ANSWERED, joined(lines), desk.result(told[0]) if len(told) == 1 else None)
