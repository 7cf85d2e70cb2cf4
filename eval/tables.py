"""What stands in a report as tables, for Markdown and for the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eval.compare import Comparison, changes
from eval.cost import NO_PRICE
from eval.run import EARLIER, Evaluation

Table = tuple[str, list[str], list[list[str]]]
"""Title, headings, rows."""
_MOST_CHANGES = 200


def tables(result: Evaluation) -> list[Table]:
    """Everything that stands in the report as tables, in order; a table without rows has nothing to tell."""
    first = result.runs[0].metrics
    return [
        overview(result),
        *_changed(result),
        _model(result),
        _cost(result),
        *(_accuracy(title, first[key]) for title, key in (("By kind", "by_kind"), ("By tag", "by_tag"))),
        _status(first["status"]),
        _tradeoff(first["tradeoff"]),
        matrix("Expected kind against what became of it", first["outcomes"]),
        matrix("Expected kind against the status that came", first["confusion"]),
        ("Failures", ["failure", "answers"], [[k, str(v)] for k, v in first["failures"].items()]),
        _typed(result.figures),
        _retrieval(result.retrieval),
        _compared(result.comparisons),
        _judge(result.judge),
    ]


def overview(result: Evaluation) -> Table:
    """One row a system."""
    rows = []
    for run in result.runs:
        m = run.metrics
        rows.append([
            run.name, str(m["questions"]), percent(m["accuracy"]), span(m["accuracy_95"]),
            percent(m["citation"]["recall"]), percent(m["citation"]["precision"]),
            percent(m["refusal"]["precision"]), percent(m["refusal"]["recall"]), percent(m["faithfulness"]),
            percent(m["reasons"]), percent(m["paraphrases"]["same_result"]), str(len(m["confirmed_wrong"])),
            f"{m['latency_ms'].get('p50', 0)} / {m['latency_ms'].get('p95', 0)}",
        ])  # fmt: skip
    head = [
        "system", "questions", "right", "95 % interval", "cited right", "citation precision", "refusal precision",
        "refusal recall", "faithful", "reasons right", "paraphrases alike", "confirmed but wrong", "ms p50 / p95",
    ]  # fmt: skip
    return "Systems", head, rows


def _changed(result: Evaluation) -> list[Table]:
    """What changed since the earlier report, question by question; lost ones first."""
    from eval.report import answer_row

    if EARLIER not in result.comparisons:
        return []
    now = {s.gold.id: answer_row(s) for s in result.runs[0].scored}
    questions = {s.gold.id: {"question": s.gold.question} for s in result.runs[0].scored}
    rows = list(changes(result.earlier, now, questions))
    left = len(rows) - _MOST_CHANGES
    more = [["…", f"{left} more in report.json", "", ""]] if left > 0 else []
    return [("Changed since the earlier report", ["id", "question", "was", "is now"], rows[:_MOST_CHANGES] + more)]


def _accuracy(title: str, groups: dict[str, Any]) -> Table:
    rows = [[n, str(m["questions"]), percent(m["accuracy"]), span(m["accuracy_95"])] for n, m in groups.items()]
    return title, ["", "questions", "right", "95 % interval"], rows


def _status(groups: dict[str, Any]) -> Table:
    rows = [[n, str(m["answers"]), percent(m["right"]), span(m["right_95"])] for n, m in groups.items()]
    return "Numbers by the status they were shown with", ["status", "answers", "right", "95 % interval"], rows


def _tradeoff(points: list[dict[str, Any]]) -> Table:
    rows = [[p["down_to"], str(p["answers"]), percent(p["coverage"]), percent(p["right"])] for p in points]
    head = ["shown down to", "answers", "of all questions", "right of those"]
    return "Were only the surest answers shown", head, rows


def matrix(title: str, table: dict[str, dict[str, int]]) -> Table:
    """Counts by two words."""
    columns = sorted({name for row in table.values() for name in row}, key=lambda name: (name != "right", name))
    return title, ["expected", *columns], [[k, *(str(row.get(c, 0)) for c in columns)] for k, row in table.items()]


def _model(result: Evaluation) -> Table:
    rows = []
    if result.reading:
        read = result.reading
        came = [f"{read['kept']} of {read['proposed']} figures kept"]
        came += [f"{reason} {count}" for key in ("rejected", "failed") for reason, count in read[key].items()]
        rows.append(["reading the documents", "figures of a passage", str(read["passages"]), "", ", ".join(came)])
    for run in result.runs:
        for what, calls in run.metrics["model"].get("calls", {}).items():
            reasons = ", ".join(f"{reason} {count}" for reason, count in calls["not_used"].items()) or "–"
            rows.append([run.name, what, str(calls["asked"]), str(calls["used"]), reasons])
        reach = run.metrics["reach"]
        if reach:
            told = (
                f"{percent(reach['share'])} of {reach['questions']} printed numbers stood in the excerpts it was given"
            )
            rows.append([run.name, "answer from excerpts", str(run.metrics["questions"]), "", told])
    return "What the model was asked for", ["system", "for", "asked", "used", "why not, or what it had"], rows


def _cost(result: Evaluation) -> Table:
    spent: list[tuple[str, dict[str, int], dict[str, Any] | None]] = []
    if result.reading:
        spent.append(("reading the documents", result.reading["tokens"], result.reading["cost"]))
    spent += [(r.name, r.metrics["tokens"], r.metrics["cost"]) for r in result.runs if r.metrics["tokens"]]
    if result.judge.get("tokens"):
        spent.append(("judge", result.judge["tokens"], result.judge["cost"]))
    rows = [
        [name, f"{tokens.get('input', 0):,}", f"{tokens.get('output', 0):,}", *_price(priced)]
        for name, tokens, priced in spent
    ]
    if spent and all(priced is None for _, _, priced in spent):
        rows.append([NO_PRICE, "", "", "", ""])
    return "Tokens and cost", ["", "tokens sent", "tokens received", "cost of one", "cost"], rows


def _price(priced: dict[str, Any] | None) -> list[str]:
    if priced is None:
        return ["–", "–"]
    return [f"{priced['per_question']} {priced['currency']}", f"{priced['total']} {priced['currency']}"]


def _typed(found: dict[str, Any]) -> Table:
    """Recall and precision of the figures on typed pages, and each that is missing or not real."""
    rows = []
    if found:
        recall, precision = percent(found["recall"]), percent(found["precision"])
        rows.append(["typed amounts that were read (recall)", f"{found['read']} of {found['typed']}", recall])
        rows.append(["figures read that are typed (precision)", f"{found['real']} of {found['figures']}", precision])
        rows += [["missing", told, ""] for told in found["missing"]]
        rows += [["not typed", told, ""] for told in found["unreal"]]
    return "Figures of the typed pages", ["", "", "share"], rows


def _retrieval(measured: dict[str, Any]) -> Table:
    found = {name: m for name, m in measured.items() if isinstance(m, dict) and m}
    head = ["search", "recall@1", "recall@3", "recall@5", "recall@10", "MRR"]
    rows = [[name, *(percent(m.get(key)) for key in head[1:5]), f"{m.get('mrr', 0):.3f}"] for name, m in found.items()]
    return f"Passages that show the answer ({measured.get('questions', 0)} questions)", head, rows


def _compared(comparisons: dict[str, Comparison]) -> Table:
    rows = [
        [name, str(c.questions), str(c.before), str(c.now), str(len(c.gained)), str(len(c.lost)),
         span(c.difference_95), f"{c.p:.4g}"]
        for name, c in comparisons.items()
    ]  # fmt: skip
    head = [
        "against",
        "questions",
        "right there",
        "right here",
        "only here",
        "only there",
        "difference, 95 %",
        "McNemar p",
    ]
    return "Paired comparison", head, rows


def _judge(opinion: dict[str, Any]) -> Table:
    head = ["judged", "no opinion", "agrees", "kappa", "says right", "is right", "differs on"]
    if not opinion:
        return "A model's opinion on texts", head, []
    row = [str(opinion[key]) for key in ("judged", "failed")] + [percent(opinion["agreement"]), str(opinion["kappa"])]
    row += [str(opinion[key]) for key in ("says_right", "is_right")] + [", ".join(opinion["differing"]) or "none"]
    return "A model's opinion on texts", head, [row]


def percent(share: float | None) -> str:
    """A share as it is printed; "–" where nothing counts."""
    return "–" if share is None else f"{100 * share:.1f} %"


def span(interval: Sequence[float] | None) -> str:
    """An interval as it is printed."""
    return "–" if interval is None else f"{100 * interval[0]:.1f}–{100 * interval[1]:.1f}"
