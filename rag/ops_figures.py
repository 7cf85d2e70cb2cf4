"""Operations on one or a few accounts: look up, change, rate, share, completion, sum, difference, average, per head."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.accounts import clean_name
from corpus.disclosure import Level
from corpus.figure import Measure, Scheme, Status
from corpus.vocabulary import Target, vocabulary
from rag.bases_said import of_two_years
from rag.desk import Desk, Draft, is_asset, replace_plan, with_measure
from rag.ops_prose import from_passages, prose
from rag.ops_targets import targets_like
from rag.plan import Asked, Verdict
from rag.refuse import missing, unsure
from rag.retrieve import bigrams
from rag.told_beside import a_month, beside, by_name, called_alike, judged, place_of
from rag.values import Source, Value
from rag.wording import where

_COUNT_ASKED = re.compile(r"(?<![值是为额面])(?:几|多少)(?!钱|元|万|亿|价|个钱|块)|数量|面积|多大|how many")
_WHOLE_TERM = re.compile(
    r"[两二三四五几]年(?:里|内)?(?:总共|一共|合计|共|加起来)|整个(?:实施期|周期|项目)|全周期|实施期|总投资"
)
_MONEY_TOO = re.compile(
    r"(?:安排|预算|资金|经费|补贴|投入|花)了?(?:是|有|为)?多少(?:钱|万|元)?[,，、;；和]|多少(?:钱|万元?|元)[,，、;；和]"
)
"""The money is asked for beside something else ("安排了多少，满意度要到多少")."""
_BY_NAME = (Scheme.ECONOMIC, Scheme.FUNCTION, Scheme.THREE_PUBLIC)
Reading = Callable[[Source, Asked, int], Value | None]


def values_for(desk: Desk, asked: Asked, read: Reading | None = None) -> list[Value]:
    """One value for each unit and year of the plan; several where a unit's disclosures of a year differ."""
    plan = desk.plan
    pairs = of_two_years(plan.text) if read is None and len(plan.years) == 2 else ()
    if pairs:
        alone = [replace_plan(desk, years=(year,), bases=(basis,)) for year, basis in pairs]
        return [value for one in alone for value in values_for(one, asked)]
    if len(desk.plan.bases) > 1 and read is None:
        alone = [replace_plan(desk, bases=(basis,)) for basis in desk.plan.bases]
        return [value for one in alone for value in values_for(one, asked)]
    found: list[Value] = []
    by_issuer: dict[str, list[Source]] = {}
    for source in desk.sources():
        by_issuer.setdefault(source.disclosure.issuer, []).append(source)
    for sources in by_issuer.values():
        years = desk.plan.years or (sources[0].disclosure.year,)
        for year in years:
            found += _of_year(desk, sources, asked, year, read)
    sources_of_it = tuple(target for target in asked.targets if target.scheme is Scheme.SOURCE)
    if not found and read is None and asked.funding == asked.name and sources_of_it:
        return values_for(
            desk, replace(asked, funding="", flow="收入", targets=sources_of_it)
        )  # a fund, told as income
    if (
        not found
        and read is None
        and asked.flow == "收入"
        and asked.funding
        and asked.targets[0].scheme is Scheme.TOTAL
    ):
        name = f"{asked.funding.removesuffix('预算')}预算拨款"
        return values_for(desk, Asked(name, name, (Target(Scheme.SOURCE, "", name),), flow="收入"))
    return found


def _of_year(desk: Desk, sources: Sequence[Source], asked: Asked, year: int, read: Reading | None) -> list[Value]:
    own = [s for s in sources if s.disclosure.year == year]
    others = [s for s in sources if s.disclosure.year != year]
    for group in (own, others):
        values: list[Value] = []
        for source in group:
            value = read(source, asked, year) if read else desk.amount(source, asked, year)
            if value is not None:
                values.append(value)
        stated = [value for value in values if value.amount is not None]
        if stated or values:
            return _differing(stated or values)
    return []


def _differing(values: list[Value]) -> list[Value]:
    """The first of values that agree; all that differ."""
    kept: list[Value] = []
    for value in values:
        if not any(_same(value, other) for other in kept):
            kept.append(value)
    return kept


def _same(one: Value, other: Value) -> bool:
    if one.amount is None or other.amount is None:
        return one.amount is None and other.amount is None
    if one.basis is not other.basis:
        return False
    if one.amount.is_money and other.amount.is_money:
        a, b = one.amount.to("元").value, other.amount.to("元").value
        return a == b
    return one.amount == other.amount


def look_up(desk: Desk) -> Draft:
    """Every account asked for, of every unit and year; a headline where only one value is asked for."""
    lines: list[str] = []
    told: list[Value] = []
    absent: list[Asked] = []
    asked_for = _with_values(desk)
    aspect = _aspect(desk) or _of_the_office_alone(desk)
    if aspect is not None:
        return aspect
    for asked in asked_for:
        values = values_for(desk, asked) or _by_their_cost(desk, asked)
        if not values:
            absent.append(asked)
            continue
        if len(asked_for) == 1 and len(desk.plan.units) == 1 and len(desk.plan.bases) < 2:
            draft = unsure(desk, values)
            if draft is not None:
                return (_in_words(desk) if draft.verdict is Verdict.NOT_DISCLOSED else None) or draft
        for value in values:
            lines.append(desk.tell(value, desk.issuer(value.document)))
            told.append(value)
    indicator = not told and asked_for[0].targets[0].scheme is Scheme.PERFORMANCE
    if indicator and (listed := targets_like(desk)) is not None:
        return listed
    if not told:
        return (
            prose(desk)
            if desk.plan.topic
            else _in_words(desk) or _other_basis(desk) or _other_year(desk) or missing(desk)
        )
    if absent and ((absent[0] is asked_for[0] and _of_the_other(desk, asked_for)) or _whom(desk, absent)):
        return Draft(Verdict.NOT_DISCLOSED, joined([desk.speech.pick(
            f"文件没有公开“{_with_its_part(absent[0])}”。", f"{desk.speech.account(absent[0])}: not disclosed."
        ), *lines]))  # fmt: skip
    if any(asked.targets[0].scheme is Scheme.PERFORMANCE for asked in absent) and _projects_only(told):
        return missing(replace_plan(desk, accounts=tuple(absent)))  # the project's indicator is asked for, not its sum
    return _all_told(desk, asked_for, told, absent, lines)


def _with_its_part(asked: Asked) -> str:
    """An account's name with the part of it that is asked for ("…支出的公用经费")."""
    part = "" if asked.targets[0].scheme is Scheme.TOTAL or asked.component in asked.name else asked.component
    return f"{asked.name}的{part}" if part else asked.name


def _by_that_name(desk: Desk, value: Value) -> str:
    """A total by the name that a sentence of the document gives it."""
    assert value.amount is not None, "chosen by its amount"
    name = value.figure.name if value.figure is not None else value.asked.name
    shown, marks = desk.shown(value.amount), desk.marks(value)
    return desk.speech.pick(
        f"文中称为“{name}”的是**{shown}**{marks}", f"What the text calls “{name}”: **{shown}** {marks}"
    )


def _by_their_cost(desk: Desk, asked: Asked) -> list[Value]:
    """What the cars to be bought cost, where it is asked whether any are and their number is not printed."""
    term = vocabulary().term("公务用车购置费") if asked.name == "公务用车购置数" else None
    if term is None or re.search(r"几辆|多少辆", desk.plan.text):
        return []
    return values_for(desk, Asked(term.name, asked.said, term.targets))


def _all_told(
    desk: Desk, asked_for: Sequence[Asked], told: Sequence[Value], absent: Sequence[Asked], lines: list[str]
) -> Draft:
    """What was found, with what was not: accounts and years that are not disclosed keep a single value from being called
    confirmed."""
    unsaid = [a for a in absent if a.measure is None or len(asked_for) == len(desk.plan.accounts)]
    for asked in unsaid:
        name = desk.speech.pick(_with_its_part(asked), desk.speech.account(asked))
        lines.append(desk.speech.pick(f"文件没有公开“{name}”。", f"{name}: not disclosed."))
    silent = [year for year in desk.plan.years if year not in {value.year for value in told}]
    silent = silent if len(desk.plan.years) > 1 and len(asked_for) == 1 else []
    desk.evidence.years.update(silent)
    lines += [
        desk.speech.pick(f"文件没有写明{year}年的数字。", f"No figure is disclosed for {year}.") for year in silent
    ]
    if where(desk.plan.text):
        return Draft(Verdict.ANSWERED, joined([place_of(desk, value) for value in told]))
    if (monthly := a_month(desk, told)) is not None:
        return monthly
    if (alike := called_alike(desk, told)) is not None:
        lines = [_by_that_name(desk, alike), *lines, desk.speech.pick(
            "同一份文件的两处口径不同，请核对要问的是哪一个。", "The two differ in scope; check which one is meant."
        )]  # fmt: skip
        told = [alike, *told[1:]]
    lines = [*judged(desk, told), *lines, *beside(desk, told), *by_name(desk, told)]
    one = len(told) == 1 or (
        len(desk.plan.accounts) == len(desk.plan.units) == 1
        and len({(v.year, v.basis) for v in told}) == 1
        and not (len(asked_for) > 1 and is_asset(asked_for[0]))
    )
    result = desk.result(told[0]) if one else None
    if (unsaid or silent or alike is not None) and result is not None and result.status == Status.CONFIRMED.value:
        result = replace(result, status=Status.SINGLE.value)  # it is not all that was asked for
    return Draft(Verdict.ANSWERED, joined(lines), result)


def _of_the_office_alone(desk: Desk) -> Draft | None:
    """A refusal where the unit's own figure is asked for ("本级") and the book has the whole department's alone."""
    if re.search(r"本级(?!财政|预算|支出|收入)", desk.plan.text) is None or len(desk.plan.units) != 1:
        return None
    at_hand = [desk.shelf.disclosure(name) for name in desk.plan.documents]
    if not at_hand or any(d.level is not Level.DEPARTMENT or len(d.units) < 2 for d in at_hand):
        return None
    lines = [desk.tell(v, desk.issuer(v.document)) for a in desk.plan.accounts for v in values_for(desk, a)[:1]]
    head = desk.speech.pick(
        "文件集里只有部门（含下属单位）的文件，没有本级自己的数字。部门的是：",
        "The book has the whole department's disclosure only, not the office's own. The department's:",
    )
    return Draft(Verdict.NOT_DISCLOSED, "\n".join([head, *lines]))


def _of_the_other(desk: Desk, asked_for: Sequence[Asked]) -> bool:
    """Whether of two accounts named the second only says what the first is for ("rent for its office space")."""
    if len(asked_for) != 2 or is_asset(asked_for[0]) or not is_asset(asked_for[1]):
        return False
    return re.search(r"[和与跟及、,，]|各|分别|以及|\band\b", desk.plan.text + desk.plan.question) is None


def _whom(desk: Desk, absent: Sequence[Asked]) -> bool:
    """Whether it is asked how many people get the money, and that is what is not told ("奖金发给多少人")."""
    heads = absent[0].targets[0].scheme is Scheme.STAFF and len(desk.plan.accounts) > 1
    given = re.search(r"(?:发|补|付|惠及|涉及|覆盖)[给到]?[^,，。]{0,3}(?:多少|几)[个名位]?人", desk.plan.text)
    return heads and given is not None


def _projects_only(told: Sequence[Value]) -> bool:
    return all(value.asked.targets[0].scheme is Scheme.PROJECT for value in told)


def _other_year(desk: Desk) -> Draft | None:
    """No year is asked for and the latest document is silent: what the unit's other documents state, with their year."""
    if desk.plan.years or len(desk.plan.units) != 1 or desk.plan.qualifier or desk.plan.tail:
        return None
    unit = desk.shelf.catalogue.by_issuer[desk.plan.units[0]]
    others = sorted((d for d in unit.disclosures if d.name not in desk.plan.documents), key=lambda d: -d.year)
    for disclosure in others:
        other = replace_plan(desk, documents=(disclosure.name,), years=(disclosure.year,))
        values = [value for asked in desk.plan.accounts for value in values_for(other, asked)]
        if values:
            desk.evidence.warn(desk.speech.pick(
                f"最近一年的文件没有这一项，这是{disclosure.year}年文件里的。",
                f"The latest document has no such item; this is from {disclosure.year}.",
            ))  # fmt: skip
            desk.evidence.years.add(disclosure.year)
            told = joined([desk.tell(value, unit.issuer) for value in values])
            return Draft(Verdict.ANSWERED, told, desk.result(values[0]) if len(values) == 1 else None)
    return None


def _aspect(desk: Desk) -> Draft | None:
    """A project's own target or other sum, where the word behind its name asks for that ("…的热线接通率目标")."""
    plan = desk.plan
    if len(plan.accounts) != 1 or plan.accounts[0].targets[0].scheme is not Scheme.PROJECT:
        return None
    project, words = clean_name(plan.accounts[0].name), bigrams(plan.tail + "".join(plan.rest))
    for source in desk.sources():
        mine = [
            f for f in source.figures
            if (clean_name(f.entity) == project and f.scheme is Scheme.PERFORMANCE
                and len(bigrams(f.account) & words) >= 2)
            or (f.scheme is Scheme.PROJECT and clean_name(f.account) == project and f.component != "项目支出"
                and (f.component[:3] in plan.text or (f.component == "实施期总额" and _WHOLE_TERM.search(plan.text))))
        ]  # fmt: skip
        if mine:
            best = max(mine, key=lambda f: len(bigrams(f.account + f.component) & words))
            value = Value.of(best)
            money = (
                desk.amount(source, plan.accounts[0], source.disclosure.year) if _MONEY_TOO.search(plan.text) else None
            )
            if money is not None and money.amount is not None and best.scheme is Scheme.PERFORMANCE:
                both = [desk.tell(one, source.disclosure.issuer) for one in (money, value)]
                return Draft(Verdict.ANSWERED, joined(both))
            return Draft(Verdict.ANSWERED, desk.tell(value, source.disclosure.issuer), desk.result(value))
    return None


def _in_words(desk: Desk) -> Draft | None:
    """No figure states it: a sentence that does, with all that the question says about it."""
    said = [a.said for a in desk.plan.accounts if not a.weak and a.targets[0].scheme is not Scheme.STAFF]
    words = list(desk.plan.rest)
    narrowed = any(asked.component or asked.funding for asked in desk.plan.accounts if not asked.weak)
    totals = all(asked.weak or asked.targets[0].scheme is Scheme.TOTAL for asked in desk.plan.accounts)
    narrowed = narrowed or (totals and not words and bool(desk.plan.bases))  # "决算支出": any sentence says 支出
    if not (words or said) or narrowed or (desk.plan.years and not _year_at_hand(desk)) or not desk.of_basis_asked():
        return None
    named = re.search(r"什么|哪些|哪几|啥", desk.plan.text) is not None
    draft = from_passages(desk, words, names=said, numeric=not named)
    printed = [a.name for a in desk.plan.accounts if not a.weak and a.targets[0].scheme in _BY_NAME]
    if draft.verdict is not Verdict.ANSWERED and len(printed) == len(said) and printed != said:
        draft = from_passages(desk, words, names=printed, numeric=not named)  # "出差费", printed 差旅费
    return draft if draft.verdict is Verdict.ANSWERED else None


def _other_basis(desk: Desk) -> Draft | None:
    """The budget is asked for and the book has final accounts only (or the other way round): tell what there is."""
    if not desk.plan.bases:
        return None
    other = replace_plan(desk, bases=())
    values = [value for asked in desk.plan.accounts for value in values_for(other, asked)]
    if not values:
        return None
    wanted = "、".join(basis.value.removesuffix("数") for basis in desk.plan.bases)
    head = desk.speech.pick(
        f"文件没有这一项的{wanted}数。文件里有的是：",
        f"The documents state no {wanted} figure for this. They state:",
    )
    lines = [desk.tell(value, desk.issuer(value.document)) for value in values[:3]]
    return Draft(Verdict.NOT_DISCLOSED, "\n".join([head, *lines]))


def _year_at_hand(desk: Desk) -> bool:
    return any(desk.shelf.disclosure(name).year in desk.plan.years for name in desk.plan.documents)


def _with_values(desk: Desk) -> list[Asked]:
    """The accounts, with the value of a holding beside its count where both are asked ("几辆车，值多少钱")."""
    asked_for: list[Asked] = []
    for asked in desk.plan.accounts:
        worth = any(
            word in f"{desk.plan.text}{desk.plan.before}"
            for word in ("值多少", "价值", "账面", "值几", "值钱", "多少钱", "多少万", "金额", "worth")
        )
        if is_asset(asked) and worth:
            counted = _COUNT_ASKED.search(desk.plan.text) is not None
            asked_for += [with_measure(asked, Measure.COUNT)] if counted else []
            asked_for.append(with_measure(asked, Measure.AMOUNT))
        elif asked.targets[0].scheme is Scheme.PERFORMANCE and asked.measure is None:
            money = (
                re.search(
                    r"多少(?:钱|万(?![件人次户册个平页吨亩台辆篇份])|元|(?:一般公共|财政|政府性基金)?(?:预算)?(?:预算|资金|拨款))|金额|资金|涉及.{0,4}预算",
                    desk.plan.text,
                )
                is not None
            )
            many = re.search(r"几个|多少个|几项|项目数|数量", desk.plan.text) is not None
            asked_for += [with_measure(asked, Measure.COUNT)] if money and many else []
            asked_for.append(with_measure(asked, Measure.AMOUNT) if money else asked)
        else:
            asked_for.append(asked)
    return asked_for


def joined(lines: Sequence[str]) -> str:
    """Lines as a list, one line as it is."""
    return "\n".join(line if len(lines) == 1 else f"- {line}" for line in lines)
