"""Shares that the text states, against the part and the whole they are shares of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from corpus.accounts import chart, clean_name
from corpus.disclosure import Severity
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.money import half_last_digit
from corpus.record import Record
from ingest.checking.outcome import (
    Outcome,
    Verdict,
    described,
    in_unit,
    place,
    place_en,
    plain,
    printed,
    side,
)
from ingest.checking.prosechecks import HUNDRED, ratio_of, value_of
from ingest.prose.fiscal import is_paper


def shares(record: Record) -> list[Outcome]:
    """share = part / whole. The whole is the one named, else the amount that explains the other shares beside it."""
    sections: dict[str, list[Figure]] = defaultdict(list)
    for figure in record.figures:
        if figure.reader is not Reader.TABLE:
            sections[figure.locator.section or ""].append(figure)
    outcomes = []
    for figures in sections.values():
        outcomes += _shares_in(figures, record)
    return outcomes


def _shares_in(figures: Sequence[Figure], record: Record) -> list[Outcome]:
    stated: list[tuple[Figure, Figure]] = []
    latest: dict[tuple[str, ...], Figure] = {}
    for figure in figures:
        key = (*figure.fact[:5], *figure.fact[6:])
        if figure.measure is Measure.AMOUNT and figure.amount is not None:
            latest[key] = figure
        elif figure.measure is Measure.SHARE and figure.amount is not None and key in latest:
            stated.append((figure, latest[key]))
    outcomes = []
    explained: dict[Decimal, int] = defaultdict(int)
    wholes = [f for f in figures if f.measure is Measure.AMOUNT and f.amount is not None and f.amount.value > 0]
    for share, part in stated:
        for value in {w.amount.value for w in wholes if w.amount and _fits(share, part, w)}:
            explained[value] += 1
    for share, part in stated:
        named = _named_whole(share, record)
        fitting = [w for w in wholes if w is not part and _fits(share, part, w)]
        if named is not None and not (fitting and named.component == "合计"):  # 总支出 may be the section's own
            outcomes.append(_share(share, part, named))
            continue
        if fitting or (part.amount is not None and not part.amount.value):
            ids = (share.id, part.id, *(w.id for w in fitting[:1]))
            outcomes.append(Outcome(share.document, "占比", Verdict.HOLDS, figures=ids))
            continue
        common = max(explained, key=lambda v: explained[v], default=None)
        whole = next((w for w in wholes if w.amount is not None and w.amount.value == common), None)
        if whole is not None and common is not None and explained[common] >= 2 and not _about_another(share, whole):
            outcomes.append(_share(share, part, whole))
        else:
            outcomes.append(Outcome(share.document, "占比", Verdict.NOT_APPLICABLE, figures=(share.id, part.id)))
    return outcomes


def _fits(share: Figure, part: Figure, whole: Figure) -> bool:
    """Whether the share can be one of this whole, without the words a finding needs: it is asked of every amount."""
    unit = whole.amount.unit if whole.amount is not None else ""
    a, b = value_of(part, unit), value_of(whole, unit)
    if a is None or b is None or b[0] <= 0 or share.amount is None or share.amount.unit != "%":
        return False
    verdict, severity, *_ = ratio_of(a, b, share)
    return verdict is Verdict.HOLDS or severity is Severity.ROUNDING


_OF_YEAR = re.compile(r"(?:本年度?|当年|全年|年度?|总)*(?P<flow>支出|收入)(?:决算|预算)?(?:数|合计|总额|总计)*")
_FUNDS = re.compile(r"(?:一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?|财政)(?:财政)?(?:拨款)?")


def _named_whole(share: Figure, record: Record) -> Figure | None:
    """The total that the words of a share name (占项目支出总额的, 占本年支出合计的), where all its readings agree."""
    words = clean_name(share.whole).rsplit("）", 1)[-1]
    words = re.sub(r"^(?:部门|单位|学校|\d{4}年度?)+", "", words)
    funding = chart().funding(fund.group()) if (fund := _FUNDS.match(words)) else None
    name = words[fund.end() :] if fund and funding else words
    component = chart().component(re.sub(r"总额|合计|总数", "", name.removeprefix("本")))
    year = _OF_YEAR.fullmatch(name)
    if component in (None, "合计") and (year is None or not _says_so(share)):
        return None
    found = [
        f for f in record.figures
        if f.scheme is Scheme.TOTAL and f.component == (component if year is None else "合计")
        and f.funding == (funding or "全部") and f.year == share.year and f.basis == share.basis and not f.entity
        and f.measure is Measure.AMOUNT and f.amount is not None and f.flow == (year["flow"] if year else "支出")
        and (year is None or f.account == f"本年{year['flow']}合计")
    ]  # fmt: skip
    values = {in_unit(f.amount, "元") for f in found if f.amount is not None and f.amount.is_money}
    return found[0] if values and _one(values) else None


def _one(values: set[Decimal]) -> bool:
    """Whether amounts (元) are one but for the rounding to 万元 that prose prints tables in 元 with."""
    return max(values) - min(values) <= Decimal(50)


def _says_so(share: Figure) -> bool:
    """Whether the text itself names the whole before this share; after 其中 it is only the list that is known."""
    return f"占{clean_name(share.whole)}" in clean_name(share.locator.quote)


def _about_another(share: Figure, whole: Figure) -> bool:
    """Whether the text names a whole of its own that this amount, found by what explains other shares, is not."""
    names = {clean_name(name) for name in (whole.account, whole.name, whole.component)}
    bare = re.sub(r"支出|金额|总额|合计|总数", "", clean_name(share.whole))
    if not bare or not _says_so(share):
        return False
    return not any(bare in name or re.sub(r"支出|金额|总额|合计|总数", "", name) == bare for name in names if name)


def _share(share: Figure, part: Figure, whole: Figure) -> Outcome:
    assert share.amount is not None
    unit = whole.amount.unit if whole.amount is not None else ""
    a, b = value_of(part, unit), value_of(whole, unit)
    ids = (share.id, part.id, whole.id)
    if a is None or b is None or b[0] <= 0 or share.amount.unit != "%":
        return Outcome(share.document, "占比", Verdict.NOT_APPLICABLE, figures=ids)
    verdict, severity, exact, difference = ratio_of(a, b, share)
    if verdict is Verdict.HOLDS or severity is Severity.ROUNDING:  # the last of a list is made to fit 100%
        return Outcome(share.document, "占比", Verdict.HOLDS, figures=ids, identity=True)
    right = f"{exact.quantize(Decimal('0.01'))}%"
    return Outcome(
        share.document, "占比", verdict, severity, (side(share), side(part), side(whole)), plain(difference),
        f"{described(part)}{printed(part)}占{share.whole or described(whole)}写的是{printed(share)}，"
        f"按{printed(whole)}计算应为{right}（{place(share)}）。",
        f"{described(part)}, {printed(part)}, is said to be {printed(share)} of {share.whole or described(whole)}, "
        f"but of {printed(whole)} it is {right} ({place_en(share)}).",
        (share.id,), True,
    )  # fmt: skip


def shares_add_up(record: Record) -> list[Outcome]:
    """The shares of one whole that one sentence lists never exceed 100%, each rounded on its own."""
    outcomes: list[Outcome] = []
    if is_paper(record.disclosure):
        return outcomes  # the same revenue is cut by taxes and by the bodies that collect it
    sentences: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in record.figures:
        if figure.measure is Measure.SHARE and figure.amount is not None and figure.reader is not Reader.TABLE:
            key = (
                figure.locator.section or "",
                figure.whole,
                figure.flow,
                figure.funding,
                str(figure.year),
                figure.scheme,
            )
            sentences[key].append(figure)
    for group in sentences.values():
        distinct = list({(f.code or f.account, f.component): f for f in group}.values())
        if len(distinct) < 2 or len({f.component for f in distinct}) > 1 or _nested(distinct):
            continue
        total = sum((f.amount.value for f in distinct if f.amount is not None), Decimal(0))
        slack = sum((half_last_digit(f.amount.value) for f in distinct if f.amount is not None), Decimal(0))
        ids = tuple(f.id for f in distinct)
        if total <= HUNDRED + slack:
            outcomes.append(Outcome(distinct[0].document, "占比合计", Verdict.HOLDS, figures=ids))
            continue
        outcomes.append(Outcome(
            distinct[0].document, "占比合计", Verdict.FAILS, Severity.CONTRADICTION, tuple(map(side, distinct)),
            plain(total - HUNDRED), f"{place(distinct[0])}所列各项占比之和为{plain(total)}%，超过100%。",
            f"The shares listed in {place_en(distinct[0])} add up to {plain(total)}%, more than 100%.", ids, True,
        ))  # fmt: skip
    return outcomes


def _nested(figures: Sequence[Figure]) -> bool:
    """Whether one of the accounts is a class of another (一般公共服务支出 beside its 行政运行)."""
    codes = [f.code for f in figures if f.code]
    if any("小微" in f.account for f in figures) and any("中小" in f.account for f in figures):
        return True  # contracts with small and micro enterprises are among those with 中小企业
    names = {clean_name(f.account) for f in figures}
    return any(a != b and b.startswith(a) for a in codes for b in codes) or any(
        clean_name(step) in names for f in figures for step in f.path
    )
