"""The report of an evaluation: report.json for programs, report.md and report.html for people, wrong.jsonl.

Plots are drawn with matplotlib when it is installed (an optional extra) and stand in the page as images; without it
the same numbers stand in tables.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.compare import Comparison
from eval.metrics import Scored
from eval.run import Evaluation, Run

Table = tuple[str, list[str], list[list[str]]]
"""Title, headings, rows."""


def write(result: Evaluation, folder: Path) -> None:
    """Write the four files into `folder`, which is made when missing."""
    folder.mkdir(parents=True, exist_ok=True)
    _text(folder / "report.json", json.dumps(as_json(result), ensure_ascii=False, indent=1) + "\n")
    _text(folder / "report.md", markdown(result))
    lines = [json.dumps(wrong_line(run.name, s), ensure_ascii=False) for run in result.runs[:1] for s in _wrong(run)]
    _text(folder / "wrong.jsonl", "".join(line + "\n" for line in lines))
    from eval.page import page

    _text(folder / "report.html", page(result))


def as_json(result: Evaluation) -> dict[str, Any]:
    """The whole evaluation as plain values; "verdicts" are those of the assistant."""
    return {
        "documents": result.documents, "failed_documents": result.failed_documents, "gold": result.gold,
        "model": result.model, "seconds": result.seconds,
        "systems": {run.name: run.metrics for run in result.runs},
        "verdicts": result.runs[0].verdicts,
        "comparisons": {
            name: {"questions": c.questions, "before": c.before, "now": c.now, "gained": list(c.gained),
                   "lost": list(c.lost), "p": c.p}
            for name, c in result.comparisons.items()
        },
        "retrieval": result.retrieval, "coverage": result.coverage,
        "judge": result.judge,
    }  # fmt: skip


def wrong_line(system: str, scored: Scored) -> dict[str, Any]:
    """One wrong answer with what was expected, what was said and cited, and the trace."""
    gold, expect = scored.gold, scored.gold.expect
    return {
        "system": system, "id": gold.id, "question": gold.question, "history": list(gold.history),
        "document": gold.document, "failure": scored.verdict.failure or "wrong_place", "detail": scored.verdict.detail,
        "expected": {
            "kind": expect.kind, "value": None if expect.value is None else str(expect.value), "unit": expect.unit,
            "contain": [list(c) if isinstance(c, tuple) else c for c in expect.contain], "in": expect.file,
            "page": list(expect.pages), "row": expect.row, "column": expect.column,
        },
        "unsupported": list(scored.verdict.unsupported),
        "answer": {k: v for k, v in scored.answer.items() if k != "trace"}, "trace": scored.answer.get("trace"),
    }  # fmt: skip


def _wrong(run: Run) -> list[Scored]:
    return [s for s in run.scored if not s.verdict.right or s.verdict.cited is False or s.verdict.unsupported]


def tables(result: Evaluation) -> list[Table]:
    """Everything that stands in the report as tables, in order."""
    first = result.runs[0].metrics
    found: list[Table] = [_overview(result)]
    for title, key in (("Accuracy by kind", "by_kind"), ("Accuracy by tag", "by_tag")):
        groups: dict[str, Any] = first[key]
        rows = [[n, str(m["questions"]), percent(m["accuracy"]), span(m["accuracy_95"])] for n, m in groups.items()]
        found.append((title, ["", "questions", "right", "95 % interval"], rows))
    status = [[name, str(m["answers"]), percent(m["right"])] for name, m in first["status"].items()]
    found.append(("Numbers by the status they were shown with", ["status", "answers", "right"], status))
    statuses = sorted({status for row in first["confusion"].values() for status in row})
    confusion = [[kind, *(str(row.get(s, 0)) for s in statuses)] for kind, row in first["confusion"].items()]
    found.append(("Expected kind against the status that came", ["expected", *statuses], confusion))
    found.append(("Failures", ["failure", "answers"], [[k, str(v)] for k, v in first["failures"].items()]))
    if result.retrieval:
        found.append(_retrieval(result.retrieval))
    if result.comparisons:
        found.append(_compared(result.comparisons))
    if result.judge:
        opinion = result.judge
        row = [str(opinion["judged"]), percent(opinion["agreement"]), str(opinion["kappa"])]
        head = ["judged", "agrees", "kappa", "differs on"]
        found.append(("A model's opinion on texts", head, [[*row, ", ".join(opinion["differing"])]]))
    return found


def _overview(result: Evaluation) -> Table:
    rows = []
    for run in result.runs:
        m = run.metrics
        rows.append([
            run.name, str(m["questions"]), percent(m["accuracy"]), span(m["accuracy_95"]),
            percent(m["citation"]["recall"]), percent(m["citation"]["precision"]),
            percent(m["refusal"]["precision"]), percent(m["refusal"]["recall"]), percent(m["faithfulness"]),
            percent(m["paraphrases"]["same_result"]), str(len(m["confirmed_wrong"])),
            f"{m['latency_ms'].get('p50', 0)} / {m['latency_ms'].get('p95', 0)}",
        ])  # fmt: skip
    head = [
        "system", "questions", "right", "95 % interval", "cited right", "citation precision", "refusal precision",
        "refusal recall", "faithful", "paraphrases alike", "confirmed but wrong", "ms p50 / p95",
    ]  # fmt: skip
    return "Systems", head, rows


def _retrieval(measured: dict[str, Any]) -> Table:
    legs = {name: m for name, m in measured.items() if isinstance(m, dict)}
    head = ["search", "recall@1", "recall@3", "recall@5", "recall@10", "MRR"]
    rows = [[name, *(percent(m.get(key)) for key in (*head[1:5], "mrr"))] for name, m in legs.items()]
    return f"Passages that show the answer ({measured.get('questions', 0)} questions)", head, rows


def _compared(comparisons: dict[str, Comparison]) -> Table:
    rows = [
        [name, str(c.questions), str(c.before), str(c.now), str(len(c.gained)), str(len(c.lost)), f"{c.p:.4g}"]
        for name, c in comparisons.items()
    ]
    head = ["against", "questions", "right there", "right here", "only here", "only there", "McNemar p"]
    return "Paired comparison", head, rows


def markdown(result: Evaluation) -> str:
    """The report for a terminal or a repository."""
    parts = ["# Evaluation", "", _sentence(result), ""]
    for title, head, rows in tables(result):
        if rows:
            parts += [f"## {title}", "", "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
            parts += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows] + [""]
    parts += _missing(result)
    parts += ["## Wrong answers", ""]
    for scored in _wrong(result.runs[0]):
        parts += wrong_text(scored)
    return "\n".join(parts) + "\n"


def _sentence(result: Evaluation) -> str:
    model = f"model {result.model}" if result.model else "no model"
    seconds = ", ".join(f"{name} {value} s" for name, value in result.seconds.items())
    failed = f" Not taken in: {'; '.join(result.failed_documents)}." if result.failed_documents else ""
    return f"{len(result.documents)} documents, gold {', '.join(result.gold)}, {model}. Time: {seconds}.{failed}"


def _missing(result: Evaluation) -> list[str]:
    if not result.coverage.get("questions"):
        return []
    missing = ", ".join(result.coverage["missing"]) or "none"
    share = percent(result.coverage["recall"])
    return [f"Numbers of the gold that were read from the right document: {share}; not read: {missing}.", ""]


def wrong_text(scored: Scored) -> list[str]:
    """One wrong answer as lines of Markdown."""
    gold, verdict, answer = scored.gold, scored.verdict, scored.answer
    expect = gold.expect
    wanted = f"{expect.value} {expect.unit}" if expect.value is not None else f"{expect.kind} {list(expect.contain)}"
    result = answer.get("result") or {}
    got = f"{result.get('value')} {result.get('unit')} ({result.get('status')})" if result else ""
    said = " ".join(str(answer.get("answer", "")).split())[:200]
    why = verdict.failure or ("wrong place" if verdict.cited is False else f"unsupported {list(verdict.unsupported)}")
    cited = [
        f"{c.get('document')} p.{c.get('page')} {c.get('table') or ''} {c.get('row') or ''} “{str(c['quote'])[:60]}”"
        for c in (answer.get("citations") or ())[:3]
    ]
    plan = (answer.get("trace") or {}).get("plan") if isinstance(answer.get("trace"), dict) else None
    lines = [
        f"- **{gold.id}** {why} · {gold.question}" + (f" · after {list(gold.history)}" if gold.history else ""),
        f"  - expected {wanted}" + (f" in {expect.file}" if expect.file else ""),
        f"  - got {answer.get('status')} {got}: {said}",
    ]
    lines += [f"  - cited {'; '.join(cited)}"] if cited else []
    return lines + ([f"  - plan {json.dumps(plan, ensure_ascii=False)}"] if plan else [])


def percent(share: float | None) -> str:
    """A share as it is printed; "–" where nothing counts."""
    return "–" if share is None else f"{100 * share:.1f} %"


def span(interval: Sequence[float] | None) -> str:
    """An interval as it is printed."""
    return "–" if interval is None else f"{100 * interval[0]:.1f}–{100 * interval[1]:.1f}"


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
