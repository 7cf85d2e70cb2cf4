"""The funds and levels that a question names outside its accounts (财政拨款, 政府性基金, 县本级), and accounts narrowed by them."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.figure import Scheme
from corpus.vocabulary import vocabulary
from rag.levels import levels_said
from rag.plan import Asked
from rag.residue import masked
from rag.slots import Slots

_NARROWABLE = frozenset(
    {Scheme.TOTAL, Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.PROJECT, Scheme.SOURCE, Scheme.GOV_ECONOMIC}
)
_OF_A_LEVEL = frozenset({Scheme.TOTAL, Scheme.SOURCE, Scheme.FUNCTION, Scheme.REVENUE, Scheme.BALANCE})


def narrowed(asked: Asked, slots: Slots) -> Asked:
    """The account by the basis, the level and the fund of the question, where it has none of its own."""
    if slots.base is not None:
        asked = replace(asked, base=slots.base)
    said = levels_said(slots.text)
    if said and not asked.component and asked.targets[0].scheme in _OF_A_LEVEL:
        asked = replace(asked, component=said[0][0])
    fund = fund_said(slots)
    if fund and not asked.funding and asked.targets[0].scheme in _NARROWABLE:
        return replace(asked, funding=fund)
    return asked


def fund_said(slots: Slots) -> str:
    """The first fund that a question names, "" for none."""
    return next(iter(funds_said(slots)), "")


def funds_said(slots: Slots) -> list[str]:
    """The funds a question names outside its accounts, in order."""
    text = masked(slots.text, slots.taken)
    names = {say: scope.funding for scope in vocabulary().scopes for say in scope.says}
    return list(dict.fromkeys(names[text[start:end]] for start, end in fund_spans(text)))


def fund_spans(text: str) -> list[tuple[int, int]]:
    """Where a text names funds (财政拨款, 政府性基金 …)."""
    says = sorted((say for scope in vocabulary().scopes for say in scope.says), key=len, reverse=True)
    return [match.span() for match in re.finditer("|".join(map(re.escape, says)), text)]
