"""Two runs over the same questions, question by question.

McNemar's test (McNemar 1947), exact: under the hypothesis that both are equally good, each question on which they
differ is a fair coin; p is the two-sided binomial probability of a split at least as uneven.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Comparison:
    """`gained` are wrong before and right now, `lost` the other way round; questions only one run has do not count."""

    questions: int
    before: int
    now: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    p: float


def compare(before: Mapping[str, bool], now: Mapping[str, bool]) -> Comparison:
    """`before` and `now` map question ids to whether the answer was right."""
    common = [id for id in now if id in before]
    gained = tuple(id for id in common if now[id] and not before[id])
    lost = tuple(id for id in common if before[id] and not now[id])
    return Comparison(
        len(common), sum(before[id] for id in common), sum(now[id] for id in common), gained, lost,
        mcnemar(len(gained), len(lost)),
    )  # fmt: skip


def mcnemar(gained: int, lost: int) -> float:
    """The exact two-sided p of a split of `gained + lost` differing questions; 1 when none differ."""
    total = gained + lost
    if total == 0:
        return 1.0
    tail = sum(math.comb(total, k) for k in range(min(gained, lost) + 1))
    return min(1.0, float(Fraction(2 * tail, 2**total)))
