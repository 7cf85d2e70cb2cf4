"""What is measured over scored answers. Every metric is defined in docs/evaluation.md with its source.

Shares are numbers from 0 to 1; None where nothing counts towards them. Intervals are percentile bootstrap intervals
over questions (Efron 1979), 2,000 resamples with a fixed seed, so that a report can be made again exactly.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from corpus.money import MONEY_UNITS, half_last_digit, mentions, normalise
from eval.gold import Gold
from eval.score import REFUSALS, Verdict, judge

SEED = 20260101
_RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Scored:
    """A gold question, the answer it got and the verdict."""

    gold: Gold
    answer: Mapping[str, Any]
    verdict: Verdict

    @property
    def refused(self) -> bool:
        """Whether the answer declines to answer."""
        return self.answer.get("status") in REFUSALS

    @property
    def answered(self) -> bool:
        """Whether the answer claims to answer."""
        return self.answer.get("status") == "answered"


def score(pairs: Iterable[tuple[Gold, Mapping[str, Any]]], names: Collection[str] = ()) -> list[Scored]:
    """Judge every answer."""
    return [Scored(gold, answer, judge(gold, answer, names)) for gold, answer in pairs]


def measure(scored: Sequence[Scored], seed: int = SEED) -> dict[str, Any]:
    """All metrics of one system as plain JSON values."""
    kinds = _grouped(scored, lambda s: [s.gold.expect.kind])
    tags = _grouped(scored, lambda s: s.gold.tags)
    return {
        "questions": len(scored),
        "right": sum(s.verdict.right for s in scored),
        "accuracy": _share([s.verdict.right for s in scored]),
        "accuracy_95": interval([s.verdict.right for s in scored], seed),
        "by_kind": {kind: _line(group, seed) for kind, group in kinds.items()},
        "by_tag": {tag: _line(group, seed) for tag, group in sorted(tags.items())},
        "citation": _citation(scored, seed),
        "refusal": _decision(scored, "refuse", lambda s: s.refused),
        "asking_back": _decision(scored, "ambiguous", lambda s: s.answer.get("status") == "ambiguous"),
        "faithfulness": _share([not s.verdict.unsupported for s in scored if s.answered]),
        "unsupported_numbers": sum(len(s.verdict.unsupported) for s in scored),
        "reasons": _share([s.verdict.right for s in scored if "reason" in s.gold.tags]),
        "paraphrases": _consistency(scored),
        "status": _calibration(scored),
        "confirmed_wrong": [s.gold.id for s in scored if _shown_confirmed(s) and not s.verdict.right],
        "latency_ms": _latency(scored),
        "tokens": _tokens(scored),
        "failures": dict(Counter(s.verdict.failure for s in scored if not s.verdict.right).most_common()),
        "confusion": _confusion(scored),
    }


def interval(right: Sequence[bool], seed: int = SEED) -> tuple[float, float] | None:
    """The 95 % percentile bootstrap interval of a share."""
    if not right:
        return None
    values = np.asarray(right, dtype=float)
    generator = np.random.default_rng(seed)
    means = [float(values[generator.integers(0, len(values), len(values))].mean()) for _ in range(_RESAMPLES)]
    low, high = np.percentile(means, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


def _share(right: Sequence[bool]) -> float | None:
    return round(sum(right) / len(right), 4) if right else None


def _line(group: Sequence[Scored], seed: int) -> dict[str, Any]:
    right = [s.verdict.right for s in group]
    return {
        "questions": len(group), "right": sum(right), "accuracy": _share(right), "accuracy_95": interval(right, seed),
    }  # fmt: skip


def _grouped(scored: Sequence[Scored], keys: Callable[[Scored], Iterable[str]]) -> dict[str, list[Scored]]:
    groups: dict[str, list[Scored]] = defaultdict(list)
    for item in scored:
        for key in keys(item):
            groups[key].append(item)
    return dict(groups)


def _citation(scored: Sequence[Scored], seed: int) -> dict[str, Any]:
    """Right place among right answers whose gold names one; share of citations of number answers that support them."""
    places = [bool(s.verdict.cited) for s in scored if s.verdict.right and s.verdict.cited is not None]
    support = [
        supports(citation, s) for s in scored
        if s.gold.expect.kind == "number" and s.answered for citation in s.answer.get("citations") or ()
    ]  # fmt: skip
    without = [not s.answer.get("citations") for s in scored if s.answered]
    return {
        "recall": _share(places), "recall_95": interval(places, seed), "places": len(places),
        "precision": _share(support), "citations": len(support), "answers_without": sum(without),
    }  # fmt: skip


def supports(citation: Mapping[str, Any], scored: Scored) -> bool:
    """Whether a citation's quote shows the expected number, or an operand of the answer's formula."""
    expect = scored.gold.expect
    if expect.file is not None and citation.get("document") != expect.file:
        return False
    quoted = [m for m in mentions(normalise(str(citation.get("quote") or ""))) if not m.unit or m.unit != "年"]
    assert expect.value is not None
    if any(same_number(abs(m.value), abs(expect.value), expect.unit) for m in quoted):
        return True
    formula = str((scored.answer.get("result") or {}).get("formula") or "")
    operands = {abs(m.value) for m in mentions(normalise(formula))}
    if any(abs(m.value) in operands for m in quoted):
        return True
    return expect.value == 0  # nought is shown by a blank cell, a dash, or a sentence that there is none


def same_number(printed: Decimal, wanted: Decimal, unit: str) -> bool:
    """Whether a printed number is the wanted one, as it stands or in another money unit, to the gold's last digit."""
    scales = [Decimal(1)]
    if unit in MONEY_UNITS:
        scales += [other / MONEY_UNITS[unit] for other in MONEY_UNITS.values()]
    return any(abs(printed * scale - wanted) <= half_last_digit(wanted) for scale in scales)


def _decision(scored: Sequence[Scored], kind: str, decided: Callable[[Scored], bool]) -> dict[str, Any]:
    should = [s for s in scored if s.gold.expect.kind == kind]
    did = [s for s in scored if decided(s) and s.answer.get("status") not in s.gold.expect.accept]
    both = [s for s in did if s.gold.expect.kind == kind]
    return {
        "should": len(should), "did": len(did),
        "precision": _share([s in both for s in did]) if did else None,
        "recall": round(len(both) / len(should), 4) if should else None,
    }  # fmt: skip


def _consistency(scored: Sequence[Scored]) -> dict[str, Any]:
    """Over groups of paraphrases: the mean share of wordings in the largest set with the same result."""
    groups: dict[str, list[Scored]] = defaultdict(list)
    for item in scored:
        if item.gold.group:
            groups[item.gold.group].append(item)
    shares = [max(Counter(map(_result, group)).values()) / len(group) for group in groups.values()]
    return {
        "groups": len(groups),
        "same_result": round(sum(shares) / len(shares), 4) if shares else None,
        "all_same": _share([share == 1 for share in shares]),
        "all_right": _share([all(s.verdict.right for s in group) for group in groups.values()]),
    }


def _result(scored: Scored) -> tuple[str, str]:
    """What two wordings must share: status and headline value, money in 元."""
    result = scored.answer.get("result")
    if not result:
        return str(scored.answer.get("status")), ""
    try:
        value = Decimal(str(result["value"]).replace(",", "")) * MONEY_UNITS.get(result.get("unit", ""), Decimal(1))
    except ArithmeticError:
        return str(scored.answer.get("status")), str(result.get("value"))
    return str(scored.answer.get("status")), f"{value.normalize():f}"


def _calibration(scored: Sequence[Scored]) -> dict[str, Any]:
    """How often a number shown as confirmed, single, disputed or computed is right."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for item in scored:
        result = item.answer.get("result")
        if item.gold.expect.kind == "number" and item.answered and result:
            groups[str(result.get("status"))].append(item.verdict.right)
    return {name: {"answers": len(right), "right": _share(right)} for name, right in sorted(groups.items())}


def _shown_confirmed(scored: Scored) -> bool:
    return scored.answered and (scored.answer.get("result") or {}).get("status") == "confirmed"


def _latency(scored: Sequence[Scored]) -> dict[str, float]:
    """Milliseconds for one answer: median, 95th percentile (nearest rank), largest."""
    times = sorted(float(s.answer.get("seconds") or 0) * 1000 for s in scored)
    if not times:
        return {}
    p50, p95 = (times[max(0, math.ceil(share * len(times)) - 1)] for share in (0.5, 0.95))
    return {"p50": round(p50, 1), "p95": round(p95, 1), "max": round(times[-1], 1)}


def _tokens(scored: Sequence[Scored]) -> dict[str, int]:
    """Tokens the model was given and gave back, where answers tell them."""
    total: Counter[str] = Counter()
    for item in scored:
        total.update({k: int(v) for k, v in (item.answer.get("tokens") or {}).items()})
    return dict(total)


def _confusion(scored: Sequence[Scored]) -> dict[str, dict[str, int]]:
    """What was expected against the status that came."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for item in scored:
        table[item.gold.expect.kind][str(item.answer.get("status"))] += 1
    return {kind: dict(row) for kind, row in table.items()}
