"""Why something changed: the sentence of the document that says so, bound to the right amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.disclosure import Basis
from corpus.figure import Figure, Measure, Scheme
from corpus.money import Absence
from corpus.vocabulary import Target, fold
from rag import ops_changes
from rag.answer import show
from rag.causes import only_a_cause
from rag.closest import closest
from rag.desk import Desk, Draft
from rag.finder import fund, is_of, same_account
from rag.ops_difference import difference
from rag.ops_figures import values_for
from rag.ops_lists import parts_of
from rag.ops_prose import passages_about
from rag.plan import Asked, Operation, Verdict
from rag.quoting import quote_of, sentences_at_hand
from rag.refuse import missing
from rag.values import Source

_TOTALS = Asked(
    "预算总额",
    "预算",
    tuple(Target(Scheme.TOTAL, "", n) for n in ("收支总计", "支出总计", "收入总计", "本年支出合计", "本年收入合计"))
    + tuple(Target(Scheme.SOURCE, "", n) for n in ("财政拨款", "一般公共预算拨款")),
    weak=True,
)
_COST_OF = {
    number: Asked(cost, cost, (Target(Scheme.THREE_PUBLIC, "", cost),))
    for number, cost in (
        ("车辆", "公务用车购置及运行费"), ("公务用车购置数", "公务用车购置费"), ("公务用车保有量", "公务用车运行维护费"),
        ("国内公务接待批次", "公务接待费"), ("国内公务接待人次", "公务接待费"),
        ("因公出国（境）团组数", "因公出国（境）费"), ("因公出国（境）人次数", "因公出国（境）费"),
    )
}  # fmt: skip
"""Reasons are given for what things cost, not for how many there are."""
_NO_REASON = re.compile(r"[\s\d.,%年]*$|[(（]?\s*图")
"""What stands where a reason would, and is none: a bare number, the caption of a picture."""
_MEASURES = (Measure.CHANGE, Measure.RATE, Measure.AMOUNT, Measure.COMPLETION)
_FUNDS = {"全部": 0, "财政拨款": 1, "一般公共预算": 2}


def reason_figures(desk: Desk, document: str, asked: Asked, year: int) -> list[Figure]:
    """Figures of the account that carry a reason, the best fitting first, one for each wording of the reason."""
    ranked: list[tuple[tuple[int, ...], Figure]] = []
    for order, figure in enumerate(desk.shelf.figures(document)):
        if _NO_REASON.match(figure.reason) or figure.year != year or figure.entity:
            continue
        index = next((i for i, target in enumerate(asked.targets) if same_account(figure, target)), None)
        if index is None or not is_of(figure, asked) or (asked.component and figure.component != asked.component):
            continue
        itself = figure.scheme is Scheme.SOURCE and figure.account == asked.funding  # the fund as a source of income
        if asked.funding and figure.funding != asked.funding and not itself:
            continue
        total = figure.scheme is Scheme.TOTAL and not asked.funding and bool(asked.fallback_funding)
        if total and fund(figure.funding) != asked.fallback_funding:
            continue  # another fund's total
        if desk.plan.against and (figure.compared or year - 1) not in desk.plan.against:
            continue
        if desk.plan.against and figure.compared is None and "预算" in figure.whole:
            continue  # why it is below its own budget, not below last year's
        rank = (
            0 if asked.weak else -1 if figure.name == asked.said else index, figure.component not in ("合计", asked.component),
            _FUNDS.get(figure.funding, 3), _MEASURES.index(figure.measure) if figure.measure in _MEASURES else 9, order,
        )  # fmt: skip
        ranked.append((rank, figure))
    moved = [item for item in ranked if item[1].measure in (Measure.CHANGE, Measure.RATE)]
    if moved and not re.search(
        r"[决预]算.{0,6}[比和与].{0,6}[预决]算|低于预算|高于预算|超(?:出|过)?预算|没(?:有)?完成|完成", desk.plan.text
    ):
        ranked = moved
    distinct: dict[str, Figure] = {}
    for _, figure in sorted(ranked, key=lambda item: item[0]):
        distinct.setdefault(figure.reason, figure)
    return list(distinct.values())


def reason(desk: Desk) -> Draft:
    """The stated reason of a change, with the change itself; says so where a change stands without a reason."""
    if not desk.plan.accounts and _about_something_else(desk):
        return closest(desk) or missing(desk)
    accounts = [asked for asked in desk.plan.accounts if not asked.weak] or [
        replace(_TOTALS, funding=a.funding, flow=a.flow) for a in desk.plan.accounts[:1]
    ] or [_TOTALS]  # fmt: skip
    accounts = [_COST_OF.get(asked.name, asked) for asked in accounts]
    lines: list[str] = []
    for source in desk.sources():
        disclosure = source.disclosure
        if (year := _year_told(desk, source)) is None:
            continue
        for asked in accounts:
            found = reason_figures(desk, disclosure.name, asked, year)
            alike = [figure for figure in found if figure.component == found[0].component]
            lines += [_tell(desk, figure, asked) for figure in (alike[:1] if not asked.weak else alike[:2])]
            if not found:
                lines += reasons_of_parts(desk, source, asked) or _reason_of_whole(desk, source, asked)
            lines += _reasons_of_the_same_change(desk, source, found, alike[:1] if not asked.weak else alike[:2])
        if lines:
            return _with_size(desk, lines)
    return _unstated(desk, accounts)


def _year_told(desk: Desk, source: Source) -> int | None:
    """The year whose changes a document explains: its own, or the next one that it sets beside its own and is asked about (“三公”
    papers with both); None for none of those asked about."""
    own, wanted = source.disclosure.year, desk.plan.years
    if not wanted or own in wanted:
        return own
    ahead = any(figure.year == own + 1 and figure.reason for figure in source.figures)
    return own + 1 if own + 1 in wanted and ahead else None


def _about_something_else(desk: Desk) -> bool:
    """Whether the question says what it is about in words that name no account ("为什么尾款不付了"): not about the total."""
    words = [word for word in desk.plan.rest if not word.isascii()]
    return bool(words) or len(desk.plan.rest) > 2


def _with_size(desk: Desk, lines: Sequence[str]) -> Draft:
    """The reason; before it the change or rate itself where the question asks for that along with the reason."""
    plain = Draft(Verdict.ANSWERED, "\n".join(lines))
    if not _asks_size(desk) or not desk.plan.accounts:
        return plain
    of_budget = len(desk.plan.bases) > 1 and Basis.FINAL in desk.plan.bases  # "决算比全年预算少了多少，为什么"
    rated = desk.plan.inner is Operation.RATE
    draft = (difference if of_budget else ops_changes.rate if rated else ops_changes.change)(desk)
    if draft.verdict is not Verdict.ANSWERED or draft.result is None:
        return plain
    told = [line for line in lines if not any(words in draft.text for words in desk.evidence.quoted if words in line)]
    return Draft(Verdict.ANSWERED, "\n".join([draft.text, *told]), draft.result)


def _asks_size(desk: Desk) -> bool:
    """Whether the question asks by how much as well as why."""
    return (
        re.search(r"多少|是增是减|增还是减|涨还是跌|几个?百分|百分之几|[率幅度](?:及|和|是|,|与|$)", desk.plan.text)
        is not None
    )


_NONE_ASKED = re.compile(r"没有?(?!变|完|花|用|执)|是零|为零|为0|是0|一分")
"""It is asked why there is none of something, so that what did not change may have the reason."""


def reasons_of_parts(desk: Desk, source: Source, asked: Asked) -> list[str]:
    """The reasons given for the parts of an account that changed, where none is given for the whole."""
    if asked.targets[0].scheme in (Scheme.FUNCTION, Scheme.ECONOMIC):
        return _of_classes_below(desk, source, asked)
    if asked.targets[0].scheme not in (Scheme.THREE_PUBLIC, Scheme.PROCUREMENT):
        return []
    found = []
    for part in parts_of(source, asked):
        for figure in reason_figures(desk, source.disclosure.name, part, source.disclosure.year)[:1]:
            moved = [
                f
                for f in _siblings(desk, figure)
                if f.measure in (Measure.CHANGE, Measure.RATE) and f.amount is not None and f.amount.value
            ]
            if moved or _NONE_ASKED.search(desk.plan.text):
                found.append(_tell(desk, figure, part))
    if found:
        found.insert(
            0,
            desk.speech.pick(
                f"文件没有写“{asked.name}”合计变动的原因，分项写的是：",
                f"No reason is given for {asked.name} as a whole; for its parts:",
            ),
        )
    return found


_ONLY_A_PART = re.compile(r"[^,，;；。\d]{2,24}?(?:增加|减少|增长|下降)了?\d[\d,.]*[万亿]?元[,，;；。]?")
"""A reason that names the part that moved and says nothing of why (一般公共预算拨款增加9万元)."""


def _reasons_of_the_same_change(
    desk: Desk, source: Source, found: Sequence[Figure], told: Sequence[Figure]
) -> list[str]:
    """The reason that another total or part gives for a change of the same amount, where those told only name the part that
    moved."""
    if not told or not all(_ONLY_A_PART.fullmatch(figure.reason.strip()) for figure in told):
        return []
    moved = {f.amount for figure in told for f in _siblings(desk, figure) if f.measure is Measure.CHANGE}
    others = [
        figure for figure in source.figures
        if figure.measure is Measure.CHANGE and figure.amount in moved and figure.amount and figure.amount.value
        and figure.scheme in (Scheme.TOTAL, Scheme.SOURCE) and not figure.entity and figure.reason
        and figure not in found and not _ONLY_A_PART.fullmatch(figure.reason.strip())
        and figure.year == source.disclosure.year
    ]  # fmt: skip
    return [_tell(desk, figure, Asked(figure.account, figure.account, ())) for figure in others[:1]]


def _reason_of_whole(desk: Desk, source: Source, asked: Asked) -> list[str]:
    """For buying or running cars: the reason given for official cars as a whole, where the part has none."""
    if asked.name not in ("公务用车购置费", "公务用车运行维护费"):
        return []
    whole = Asked("公务用车购置及运行费", asked.said, (Target(Scheme.THREE_PUBLIC, "", "公务用车购置及运行费"),))
    found = reason_figures(desk, source.disclosure.name, whole, source.disclosure.year)[:1]
    return [_tell(desk, figure, whole) for figure in found]


def _of_classes_below(desk: Desk, source: Source, asked: Asked) -> list[str]:
    """The reasons given for the classes within a class, each with its change."""
    target = asked.targets[0]
    found: dict[str, Figure] = {}
    for figure in source.figures:
        if (
            target.code and figure.scheme is target.scheme and figure.reason and figure.year == source.disclosure.year
            and figure.code.startswith(target.code) and len(figure.code) > len(target.code) and not figure.entity
        ):  # fmt: skip
            found.setdefault(figure.code, figure)
    lines = [_tell(desk, figure, asked) for figure in list(found.values())[:6]]
    head = desk.speech.pick(
        f"文件没有写“{asked.name}”合计变动的原因，分项写的是：",
        f"No reason is given for {asked.name} as a whole; for its parts:",
    )
    return [head, *lines] if lines else []


def _tell(desk: Desk, figure: Figure, asked: Asked) -> str:
    mark = desk.evidence.cite(figure)
    moved = next((f for f in _siblings(desk, figure) if f.measure is Measure.CHANGE and f.amount is not None), None)
    scope = "" if figure.funding in ("全部", "财政拨款") else f"（{figure.funding}）"
    part = figure.component if figure.component != "合计" else figure.account
    issuer = desk.shelf.disclosure(figure.document).issuer
    change = ""
    if moved is not None and moved.amount is not None:
        size = show(replace(moved.amount, value=abs(moved.amount.value)))
        desk.evidence.compute(replace(moved.amount, value=abs(moved.amount.value)), f"|{show(moved.amount)}|")
        way = desk.speech.move(None if moved.amount.value == 0 else moved.amount.value > 0)
        desk.evidence.years.add(figure.compared or figure.year - 1)
        against = desk.speech.pick(
            f"比{figure.compared or figure.year - 1}年", f"against {figure.compared or figure.year - 1}: "
        )
        change = f"{against}{way}{size if moved.amount.value else ''}{desk.evidence.cite(moved)}"
    return desk.speech.pick(
        f"{issuer}{figure.year}年{part}{scope}{change}，文件给出的原因：{desk.evidence.words(figure.reason)}{mark}",
        (
            f"{issuer}, {figure.year}, {part}{scope} {change}; reason given "
            f"in the document: {desk.evidence.words(figure.reason)} {mark}"
        ),
    )


def _siblings(desk: Desk, figure: Figure) -> list[Figure]:
    """The measures of the same fact, its own among them."""
    return [f for f in desk.shelf.figures(figure.document) if replace(f, measure=figure.measure).fact == figure.fact]


def _beside(desk: Desk, changes: Sequence[Figure]) -> str:
    """What the sentence of a change says besides its numbers ("此项经费由区统筹安排"), which is not called a reason there."""
    for figure in changes[:1]:
        for clause in re.split(r"[,，;；。]", figure.locator.quote):
            plain = clause.strip()
            if len(plain) >= 6 and not re.search(
                r"\d|相比$|持平|增加|减少|增长|下降|其中|预算数|主要用于|情况如下|如下$", plain
            ):
                mark = desk.evidence.cite(figure)
                words = desk.evidence.words(plain)
                return desk.speech.pick(
                    f"没有写“原因”二字，同一句里写的是：{words}{mark}",
                    f"Not called a reason; the same sentence says: {words} {mark}",
                )
    return ""


def _as_stated(desk: Desk) -> Draft:
    """Neither change nor reason is stated: the amount itself, whose note may be the reason
    ("没有…支出，故本表无数据")."""
    values = [value for asked in desk.plan.accounts if not asked.weak for value in values_for(desk, asked)]
    if not values:
        return missing(desk)
    lines = [desk.tell(value, desk.issuer(value.document)) for value in values]
    if any(value.figure is not None and value.figure.absence is Absence.NO_DATA for value in values):
        return Draft(Verdict.ANSWERED, "\n".join(lines))
    lines.append(desk.speech.pick("文件没有写明原因。", "The document gives no reason."))
    if re.search(r"(?:是|为|有|花了?|用了?)(?:多少|几)", desk.plan.text):  # how much is asked too, and told
        return Draft(Verdict.ANSWERED, "\n".join(lines), desk.result(values[0]) if len(values) == 1 else None)
    return Draft(Verdict.NOT_DISCLOSED, "\n".join(lines))


_APART = re.compile(r"决算数?[^,，。;；]{0,12}预算数?[^,，。;；]{0,6}原因|完成(?:年初|全年)?预算的[^。;；]{0,20}原因")
_SAID_BEFORE = 160
"""Characters before such a sentence in which the account may be named instead of in it."""
_BUDGET_AND_FINAL = re.compile(r"决算.{0,12}预算|预算.{0,12}决算|超(?:出|过)?了?预算|完成.{0,4}预算")


def _against_the_budget(desk: Desk, accounts: Sequence[Asked]) -> list[str]:
    """The sentences that say why an account's final amount is above or below its budget, where that is asked."""
    if not desk.plan.documents or _BUDGET_AND_FINAL.search(desk.plan.text) is None:
        return []
    names = {fold(name) for asked in accounts for name in (asked.name, asked.targets[0].account)}
    found = [
        item for item in sentences_at_hand(desk, desk.plan.documents[0])
        if _APART.search(item.text) and any(name in item.around[-len(item.text) - _SAID_BEFORE :] for name in names)
    ]  # fmt: skip
    return [quote_of(desk, item) for item in found[:2]]


_BECAUSE = re.compile(
    r"(?:增加|减少|增长|下降|变动)的?(?:主要)?原因(?:是|为|:)|(?:^|[,，。;；]|今年|主要)(?:因为?|由于|鉴于|为(?!预算|调整|年初|全年|上年|其中|\d)了?)(?!公|此)[^,，。;；]{2,40}|[^,，。;；]{4,40}(?:导致|致使|使得)(?=[^,，。;；]*(?:增|减|升|降))"
)
_SAID_AMOUNT = re.compile(r"\d[\d,，]*(?:\.\d+)?[万亿]元?")
_MOVES = ("[增升涨多高]", "[减降少低缩]")


def _because(desk: Desk, accounts: Sequence[Asked]) -> list[str]:
    """The sentences that give a cause ("因…") for the account's moving the way it is asked about, where no figure's sentence does."""
    if not desk.plan.documents:
        return []
    plain = re.sub("(?:这么|那么)[多少]|多少", "", desk.plan.text)
    ways = [way for way in _MOVES if re.search(way, plain)]
    if len(ways) != 1:
        return []
    names = {fold(name) for asked in accounts if not asked.weak for name in (asked.name, asked.targets[0].account)}
    stems = {re.sub(r"(?<=..)(?:支出|经费|费)$", "", name) for name in names}
    said = [re.sub("[,，]", "", m.group()) for m in _SAID_AMOUNT.finditer(desk.plan.text)]
    stems |= {asked.flow for asked in accounts if asked.targets[0].scheme is Scheme.TOTAL and asked.flow}
    found = [
        item for item in sentences_at_hand(desk, desk.plan.documents[0])
        if _BECAUSE.search(item.text) and any(stem in re.sub("[,，]", "", fold(item.text)) for stem in (*stems, *said))
        and re.search(ways[0], item.text) and "名词" not in item.section and not only_a_cause(fold(item.text), names)
    ]  # fmt: skip
    return [quote_of(desk, item) for item in found[:2]]


def _unstated(desk: Desk, accounts: Sequence[Asked]) -> Draft:
    """No figure carries a reason: a passage that gives one, else the change without a reason, else nothing."""
    compared = {f.compared for name in desk.plan.documents[:1] for f in desk.shelf.figures(name)}
    if desk.plan.against and not compared & set(desk.plan.against):
        base = "、".join(map(str, desk.plan.against))
        return Draft(Verdict.NOT_DISCLOSED, desk.speech.pick(
            f"文件没有与{base}年比较，因此没有这方面的原因。", (
                f"The document makes no comparison with {base}, so it gives "
                "no reason for that."
            )
        ))  # fmt: skip
    if against := _against_the_budget(desk, accounts):
        return Draft(Verdict.ANSWERED, "\n".join(against))
    words = [asked.name for asked in desk.plan.accounts if not asked.weak]
    names = {fold(word) for word in words}
    found = (
        [
            hit
            for hit in passages_about(desk, [*words, *desk.plan.rest], need=0.8)
            if "原因" in hit.text and not only_a_cause(fold(hit.text), names)
        ]
        if words or desk.plan.rest
        else []
    )
    if found:
        return Draft(Verdict.ANSWERED, "\n".join(quote_of(desk, hit) for hit in found[:2]))
    if because := _because(desk, accounts):
        return Draft(Verdict.ANSWERED, "\n".join(because))
    told: list[str] = []
    changes: list[Figure] = []
    for source in desk.sources()[:1]:
        for asked in accounts:
            for figure in source.figures:
                if (
                    figure.measure is Measure.CHANGE
                    and figure.amount is not None
                    and is_of(figure, asked)
                    and (not asked.component or figure.component == asked.component)
                    and not told
                ):
                    mark = desk.evidence.cite(figure)
                    changes.append(figure)
                    told.append(
                        desk.speech.pick(
                            f"{figure.year}年{figure.account}增减{show(figure.amount)}{mark}",
                            f"{figure.year} {figure.account}: change {show(figure.amount)} {mark}",
                        )
                    )
    if not told:
        return _as_stated(desk)
    if _asks_size(desk):
        draft = (ops_changes.rate if desk.plan.inner is Operation.RATE else ops_changes.change)(desk)
        if draft.verdict is Verdict.ANSWERED:
            return draft  # how much is answered; it says itself that no reason is given
    if beside := _beside(desk, changes):
        return Draft(Verdict.ANSWERED, "\n".join([*told, beside]))
    text = desk.speech.pick("文件写了增减，但没有写明原因：", "The document states the change but gives no reason: ")
    return Draft(Verdict.NOT_DISCLOSED, text + "；".join(told))
