"""Two runs over the same questions, question by question.

    python -m eval.compare before/report.json after/report.json [--system assistant] [--gate]

McNemar's test (McNemar 1947), exact: under the hypothesis that both are equally good, each question on which they
differ is a fair coin; p is the two-sided binomial probability of a split at least as uneven. The interval of the
difference is a percentile bootstrap over pairs (Efron 1979).
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from eval.gold import EvaluationError

_RESAMPLES, _SEED = 2000, 20260101
_TIMES = ("seconds", "latency_ms")


@dataclass(frozen=True, slots=True)
class Comparison:
    """`gained` are wrong before and right now, `lost` the other way round; questions only one run has do not count.

    `difference_95` is the 95 % interval of the difference of the two shares, None without common questions.
    """

    questions: int
    before: int
    now: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    p: float
    difference_95: tuple[float, float] | None = None


def compare(before: Mapping[str, bool], now: Mapping[str, bool]) -> Comparison:
    """`before` and `now` map question ids to whether the answer was right."""
    common = [id for id in now if id in before]
    gained = tuple(id for id in common if now[id] and not before[id])
    lost = tuple(id for id in common if before[id] and not now[id])
    return Comparison(
        len(common), sum(before[id] for id in common), sum(now[id] for id in common), gained, lost,
        mcnemar(len(gained), len(lost)), _interval([now[id] - before[id] for id in common]),
    )  # fmt: skip


def mcnemar(gained: int, lost: int) -> float:
    """The exact two-sided p of a split of `gained + lost` differing questions; 1 when none differ."""
    total = gained + lost
    if total == 0:
        return 1.0
    tail = sum(math.comb(total, k) for k in range(min(gained, lost) + 1))
    return min(1.0, float(Fraction(2 * tail, 2**total)))


def _interval(differences: Sequence[int]) -> tuple[float, float] | None:
    if not differences:
        return None
    values = np.asarray(differences, dtype=float)
    generator = np.random.default_rng(_SEED)
    means = [float(values[generator.integers(0, len(values), len(values))].mean()) for _ in range(_RESAMPLES)]
    low, high = np.percentile(means, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


def earlier(path: Path, system: str = "") -> dict[str, dict[str, Any]]:
    """What a report.json tells of each answer of a system (the first one unless named), by id: at least "right".

    A recorded score file tells the same of its verdicts. Raises `EvaluationError` when it is neither.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        answers = told.get("answers") or {}
        if system and system not in answers:
            raise EvaluationError(f"{path}: no system {system!r}; it has {', '.join(answers) or 'none'}")
        rows = answers.get(system or next(iter(answers), ""), {})
        verdicts = {id: row["right"] for id, row in rows.items()} if system else told["verdicts"]
        return {str(id): {**rows.get(id, {}), "right": bool(right)} for id, right in verdicts.items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise EvaluationError(f"{path}: not a report.json of an evaluation ({error})") from error


def recorded(path: Path) -> dict[str, bool]:
    """The verdicts by id of a report.json or a recorded score file. Raises `EvaluationError` when it is neither."""
    return {id: bool(row["right"]) for id, row in earlier(path).items()}


def timeless(report: Any) -> Any:
    """A report without its times: two runs of the same program over the same files are equal in the rest."""
    if isinstance(report, Mapping):
        return {key: timeless(value) for key, value in report.items() if key not in _TIMES}
    return [timeless(value) for value in report] if isinstance(report, list) else report


def told(row: Mapping[str, Any]) -> str:
    """One answer of a report in a few words: right or the failure, and what was given."""
    verdict = "right" if row["right"] else str(row.get("failure") or "wrong")
    value = f" {row['value']} {row.get('unit') or ''}".rstrip() if row.get("value") is not None else ""
    return f"{verdict} ({row['status']}{value})" if row.get("status") else verdict


def changes(
    before: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]], questions: Mapping[str, Any]
) -> Iterator[list[str]]:
    """Every question whose verdict or answer changed: id, question, what it was, what it is. Lost ones come first."""
    order = {(True, False): 0, (False, True): 1}
    ids = [id for id in now if id in before and _differ(before[id], now[id])]
    for id in sorted(ids, key=lambda id: order.get((before[id]["right"], now[id]["right"]), 2)):
        yield [id, str(questions.get(id, {}).get("question", "")), told(before[id]), told(now[id])]


def _differ(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    shown = ("status", "value", "unit", "failure", "cited")
    return before["right"] != now["right"] or any(key in before and before[key] != now.get(key) for key in shown)


def sentences(change: Comparison) -> list[str]:
    """A comparison in words."""
    share = f"{change.before} → {change.now} of {change.questions} right"
    low, high = change.difference_95 or (0.0, 0.0)
    interval = f"difference {100 * low:+.1f} to {100 * high:+.1f} points (95 %)"
    return [f"{share}; {len(change.gained)} gained, {len(change.lost)} lost; {interval}; McNemar p {change.p:.4g}"]


def main() -> None:
    """Print what changed between two reports; with `--gate`, exit 1 when fewer answers are right than before."""
    parser = argparse.ArgumentParser(description="two reports of mingzhang eval, question by question")
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--system", default="", help="a system of both reports; else the first of each")
    parser.add_argument("--gate", action="store_true", help="exit 1 when fewer are right than before")
    options = parser.parse_args()
    try:
        before, now = (earlier(path, options.system) for path in (options.before, options.after))
    except EvaluationError as error:
        raise SystemExit(str(error)) from None
    reports = [json.loads(path.read_text(encoding="utf-8")) for path in (options.before, options.after)]
    change = compare(*({id: bool(row["right"]) for id, row in rows.items()} for rows in (before, now)))
    print(*sentences(change), sep="\n")
    print(
        "The two reports are " + ("the same" if timeless(reports[0]) == timeless(reports[1]) else "not the same"),
        end="",
    )
    print(" apart from times.")
    for id, question, was, is_now in changes(before, now, reports[1].get("questions", {})):
        print(f"{id} {question}\n    was {was}\n    now {is_now}")
    raise SystemExit(options.gate and change.now < change.before)


if __name__ == "__main__":
    main()
