"""What is measured over scored answers. Every metric is defined in docs/evaluation.md with its source.

Shares are numbers from 0 to 1; None where nothing counts towards them. Intervals are percentile bootstrap intervals
(Efron 1979), 2,000 resamples with a fixed seed, so that a report can be made again exactly. Wordings of one question
are drawn together (Field and Welsh 2007): five wordings of a question that is right are not five questions right.
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
_WILSON = 1.959964**2
"""The square of the normal quantile for 95 %."""
_SUREST = ("confirmed", "computed", "single", "disputed")
"""The statuses of numbers, surest first."""


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
    """All metrics of one system as plain JSON values. "cost" and "reach" are for the caller to fill in."""
    kinds = _grouped(scored, lambda s: [s.gold.expect.kind])
    tags = _grouped(scored, lambda s: s.gold.tags)
    return {
        "questions": len(scored),
        "right": sum(s.verdict.right for s in scored),
        **_accuracy(scored, seed),
        "by_kind": {kind: _line(group, seed) for kind, group in kinds.items()},
        "by_tag": {tag: _line(group, seed) for tag, group in sorted(tags.items())},
        "citation": _citation(scored, seed),
        "refusal": _decision(scored, "refuse", lambda s: s.refused),
        "asking_back": _decision(scored, "ambiguous", lambda s: s.answer.get("status") == "ambiguous"),
        "faithfulness": _share([not s.verdict.unsupported for s in scored if s.answered]),
        "unsupported_numbers": sum(len(s.verdict.unsupported) for s in scored),
        "reasons": _share([s.verdict.right for s in scored if "reason" in s.gold.tags]),
        "paraphrases": _consistency(scored),
        "status": _calibration(scored, seed),
        "tradeoff": _tradeoff(scored),
        "confirmed_wrong": [s.gold.id for s in scored if _shown_confirmed(s) and not s.verdict.right],
        "latency_ms": _latency(scored),
        "tokens": _tokens(scored),
        "model": _model(scored),
        "cost": None,
        "reach": {},
        "failures": dict(Counter(s.verdict.failure for s in scored if not s.verdict.right).most_common()),
        "confusion": _confusion(scored),
        "outcomes": _outcomes(scored),
    }


def interval(
    right: Sequence[bool], seed: int = SEED, clusters: Sequence[str] | None = None
) -> tuple[float, float] | None:
    """The 95 % percentile bootstrap interval of a share. What is of one cluster is drawn together.

    Where all or none are right every draw is the same and would claim certainty: there it is Wilson's score interval
    (Wilson 1927) over the clusters.
    """
    if not right:
        return None
    sums: dict[object, list[int]] = {}
    for key, value in zip(clusters or range(len(right)), right, strict=True):
        cluster = sums.setdefault(key, [0, 0])
        cluster[0] += value
        cluster[1] += 1
    if len(set(right)) == 1:
        unsure = _WILSON / (len(sums) + _WILSON)
        return (round(1 - unsure, 4), 1.0) if right[0] else (0.0, round(unsure, 4))
    hits, sizes = np.asarray(list(sums.values()), dtype=float).T
    generator = np.random.default_rng(seed)
    draws = (generator.integers(0, len(sums), len(sums)) for _ in range(_RESAMPLES))
    low, high = np.percentile([float(hits[draw].sum() / sizes[draw].sum()) for draw in draws], [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


def _accuracy(scored: Sequence[Scored], seed: int) -> dict[str, Any]:
    right = [s.verdict.right for s in scored]
    clusters = [f"group {s.gold.group}" if s.gold.group else f"question {s.gold.id}" for s in scored]
    return {"accuracy": _share(right), "accuracy_95": interval(right, seed, clusters)}


def _share(right: Sequence[bool]) -> float | None:
    return round(sum(right) / len(right), 4) if right else None


def _line(group: Sequence[Scored], seed: int) -> dict[str, Any]:
    right = sum(s.verdict.right for s in group)
    return {"questions": len(group), "right": right, **_accuracy(group, seed)}


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


def _calibration(scored: Sequence[Scored], seed: int) -> dict[str, Any]:
    """How often a number shown as confirmed, single, disputed or computed is right, surest first."""
    groups: dict[str, list[Scored]] = {status: [] for status in _SUREST}
    for item in scored:
        if item.gold.expect.kind == "number" and item.answered and item.answer.get("result"):
            groups.setdefault(_status(item), []).append(item)
    return {
        name: {"answers": len(group), "right": found["accuracy"], "right_95": found["accuracy_95"]}
        for name, group in groups.items() if group for found in (_accuracy(group, seed),)
    }  # fmt: skip


def _status(item: Scored) -> str:
    return str((item.answer.get("result") or {}).get("status"))


def _tradeoff(scored: Sequence[Scored]) -> list[dict[str, Any]]:
    """Were only the surest answers shown: how many questions would get one, and how many of those would be right.

    The points of a risk-coverage curve (El-Yaniv and Wiener 2010); the last one is everything that was answered.
    """
    answered = [s for s in scored if s.answered]
    points: list[dict[str, Any]] = []
    for count, name in enumerate((*_SUREST, "all"), 1):
        shown = [s for s in answered if name == "all" or _status(s) in _SUREST[:count]]
        if shown and (not points or len(shown) > points[-1]["answers"]):
            share = _share([s.verdict.right for s in shown])
            points.append({
                "down_to": name, "answers": len(shown), "coverage": round(len(shown) / len(scored), 4), "right": share,
            })  # fmt: skip
    return points


def _shown_confirmed(scored: Scored) -> bool:
    return scored.answered and _status(scored) == "confirmed"


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


def _outcomes(scored: Sequence[Scored]) -> dict[str, dict[str, int]]:
    """What was expected against what became of it: right, or the failure."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for item in scored:
        table[item.gold.expect.kind][item.verdict.failure or "right"] += 1
    return {kind: dict(row) for kind, row in table.items()}


def _model(scored: Sequence[Scored]) -> dict[str, Any]:
    """What a language model was asked for, how often what it gave was used, and why it was not; {} without a model.

    `without` counts answers given by rules because the model's service was down or too slow.
    """
    found: dict[str, Any] = {}
    for item in scored:
        trace = item.answer.get("trace")
        for call in ((trace if isinstance(trace, Mapping) else {}).get("model") or {}).get("asked", ()):
            row = found.setdefault(call["what"], {"asked": 0, "used": 0, "not_used": Counter()})
            row["asked"] += 1
            reason = call.get("rejected") or call.get("failed")
            if reason is None:
                row["used"] += 1
            else:
                row["not_used"][str(reason).partition(":")[0].partition(" '")[0]] += 1
    counted = {what: row | {"not_used": dict(row["not_used"].most_common())} for what, row in found.items()}
    without = sum(bool(s.answer.get("without_model")) for s in scored)
    return {"calls": counted, "without": without} if counted or without else {}
