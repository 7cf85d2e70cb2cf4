"""政府采购: the total is goods + works + services, and no part reserved or awarded exceeds it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.disclosure import Severity
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.money import MONEY_UNITS, Mention, half_last_digit, mentions
from corpus.record import Record
from ingest.checking.outcome import (
    Outcome,
    Verdict,
    described,
    finest,
    in_unit,
    place,
    place_en,
    plain,
    printed,
    shown,
    side,
    sum_outcome,
)
from ingest.checking.wording import Wording, paragraphs

_KINDS = ("货物", "工程", "服务")
_TOTAL = "政府采购"


def procurement_sums(record: Record) -> list[Outcome]:
    """采购总额 = 货物 + 工程 + 服务, where a sentence or a table states all of them; what is reserved is no more."""
    groups: dict[tuple[str, ...], dict[str, Figure]] = defaultdict(dict)
    for figure in record.figures:
        if (
            figure.scheme is Scheme.PROCUREMENT
            and figure.measure is Measure.AMOUNT
            and figure.reader is not Reader.TABLE
        ):
            where = (figure.locator.section or "", figure.entity)
            key = (*where, str(figure.year), figure.basis, figure.funding, figure.component)
            groups[key].setdefault(figure.account, figure)
    outcomes = []
    for group in groups.values():
        total = group.get(_TOTAL)
        if total is None or total.amount is None:
            continue
        parts = [group[kind] for kind in _KINDS if kind in group]
        if len(parts) == len(_KINDS):
            digit = finest((total, *parts), total.amount.unit)
            outcomes.append(
                sum_outcome("政府采购合计", total, parts, "货物、工程、服务之和", "goods, works and services", digit)
            )
        outcomes += _within(total, [group[name] for name in _RESERVED if name in group])
    return outcomes


_RESERVED = ("面向中小企业预留", "面向小微企业预留")


def _within(total: Figure, reserved: Sequence[Figure]) -> list[Outcome]:
    """Each amount is no more than the one before: total ≥ reserved for small and medium ≥ for small and micro."""
    outcomes = []
    for whole, part in zip((total, *reserved), reserved, strict=False):
        if whole.amount is None or part.amount is None or not whole.amount.is_money or not part.amount.is_money:
            continue
        excess = in_unit(part.amount, whole.amount.unit) - whole.amount.value
        ids = (part.id, whole.id)
        if excess <= half_last_digit(whole.amount.value) + half_last_digit(part.amount.value):
            outcomes.append(Outcome(total.document, "政府采购预留", Verdict.HOLDS, figures=ids))
            continue
        outcomes.append(Outcome(
            total.document, "政府采购预留", Verdict.FAILS, Severity.CONTRADICTION, (side(part), side(whole)),
            plain(excess),
            f"{described(part)}{printed(part)}，多于{described(whole)}{printed(whole)}（{place(part)}）。",
            f"{described(part)}, {printed(part)}, is more than {described(whole)}, {printed(whole)} "
            f"({place_en(part)}).",
            ids,
        ))  # fmt: skip
    return outcomes


_AWARDED = re.compile(
    r"在(?P<where>[^,。;]{0,30}?(?:预留)?[^,。;]{0,20}?(?:政府采购)?(?:项目|合同)[^,。;]{0,4})中,由(?P<who>中小企业|小微企业)[^。;]*?(?:金额)[^\d。;]{0,6}"
)


def awards(record: Record) -> list[Outcome]:
    """What small and medium firms won, of reserved contracts and of all others, is together no more than the total.

    The two are mutually exclusive by their wording (面向中小企业预留的, 其他); what 小微企业 won is part of either.
    """
    outcomes = []
    for wording in paragraphs(record):
        reserved, others = _award(wording, "预留", "中小企业"), _award(wording, "其他", "中小企业")
        if reserved is None or others is None or reserved.unit != others.unit:
            continue
        total = next((f for f in record.figures if _is_total(f, reserved.unit)), None)
        if total is None or total.amount is None:
            outcomes.append(Outcome(wording.document, "中小企业采购", Verdict.NOT_APPLICABLE))
            continue
        won = tuple(f.id for f in record.figures if f.scheme is Scheme.PROCUREMENT and "成交" in f.account)
        outcomes.append(replace(_exclusive(wording, reserved, others, total), figures=won, identity=bool(won)))
    return outcomes


def _is_total(figure: Figure, unit: str) -> bool:
    return (
        figure.scheme is Scheme.PROCUREMENT and figure.account == _TOTAL and figure.measure is Measure.AMOUNT
        and figure.amount is not None and figure.amount.unit == unit and figure.reader is not Reader.TABLE
    )  # fmt: skip


def _award(wording: Wording, where: str, who: str) -> Mention | None:
    for match in _AWARDED.finditer(wording.text):
        reserved = "预留" in match["where"]
        if match["who"] == who and (where == "预留") == reserved and (reserved or "其他" in match["where"]):
            found = next((m for m in mentions(wording.text[match.end() : match.end() + 24])), None)
            if found is not None and found.unit in MONEY_UNITS:
                shift = match.end()
                return Mention(found.start + shift, found.end + shift, found.value, found.unit, found.printed)
    return None


def _exclusive(wording: Wording, reserved: Mention, others: Mention, total: Figure) -> Outcome:
    assert total.amount is not None
    both = reserved.value + others.value
    slack = sum((half_last_digit(v) for v in (reserved.value, others.value, total.amount.value)), Decimal(0))
    if both <= total.amount.value + slack:
        return Outcome(wording.document, "中小企业采购", Verdict.HOLDS)
    unit = reserved.unit
    return Outcome(
        wording.document, "中小企业采购", Verdict.FAILS, Severity.CONTRADICTION,
        (side(total), wording.side(reserved), wording.side(others)), plain(both - total.amount.value),
        f"{wording}：政府采购总额只有{printed(total)}，而预留项目中由中小企业中标{shown(reserved.value, unit)}、"
        f"其他项目中由中小企业中标{shown(others.value, unit)}，两者互不包含，合计{shown(both, unit)}。",
        f"In {wording.english} procurement totals {printed(total)}, yet small and medium firms are said to have won "
        f"{shown(reserved.value, unit)} of reserved and {shown(others.value, unit)} of other contracts, "
        "which exclude each other.",
    )  # fmt: skip
