"""Levels of government and fiscal systems in a question about a whole government's paper: 旗本级, 县级, 体制改革前.

A paper tells what the whole place took in and what its own level did; where a fiscal system was reformed during the year,
what either system gives. The figures carry the word as their component.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_PLACE = r"(?:省|市|区|县|旗|州|盟|镇|乡|城区|自治区)"
_LEVELS = (
    ("乡镇级", re.compile(r"乡镇(?:街道)?级|镇街级|苏木镇")),
    ("本级", re.compile(
        rf"{_PLACE}本级|(?<![地上下各高])(?:省|市|区|县|州|旗)级(?=一般|财政|公共|收入|支出|政府性|的收|的支|[^,，。?？]{{0,7}}税)|市直"
    )),
    ("体制改革前", re.compile(r"(?:财政)?体制(?:改革|调整)?(?:之前|以前|前)|改革(?:之前|以前|前)|原体制|老体制")),
    ("体制改革后", re.compile(r"(?:财政)?体制(?:改革|调整)?(?:之后|以后|后)|改革(?:之后|以后|后)|新体制")),
)  # fmt: skip
LEVELS = frozenset(level for level, _ in _LEVELS) | {"同口径"} | {f"{place}级" for place in "省市区县州镇旗"}
"""The components of a figure that say of which level or fiscal system it is."""


def at_hand(level: str, components: Collection[str]) -> str:
    """The level asked for as figures have it: 市级 is the government's own level where no figure says just that; "" where the
    paper knows one level only."""
    if level in components:
        return level
    own = level.endswith("级") and not level.startswith(("本", "乡"))
    return "本级" if own and "本级" in components else ""


def levels_said(text: str) -> list[tuple[str, tuple[int, int]]]:
    """The levels that a folded question names, in order, with where they stand.

    >>> levels_said("2024年旗本级收入比上年多多少")
    [('本级', (5, 8))]
    """
    found = [
        (level if level != "本级" or "本级" in match.group() else f"{match.group()[0]}级", match.span())
        for level, pattern in _LEVELS
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda item: item[1])
