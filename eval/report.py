"""The report of an evaluation: report.json for programs, report.md and report.html for people, wrong.jsonl."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eval.metrics import Scored
from eval.run import Evaluation, Run
from eval.tables import percent, tables


def write(result: Evaluation, folder: Path) -> None:
    """Write the four files into `folder`, which is made when missing."""
    folder.mkdir(parents=True, exist_ok=True)
    _text(folder / "report.json", json.dumps(as_json(result), ensure_ascii=False, indent=1) + "\n")
    _text(folder / "report.md", markdown(result))
    lines = [json.dumps(wrong_line(run.name, s), ensure_ascii=False) for run in result.runs[:1] for s in wrong(run)]
    _text(folder / "wrong.jsonl", "".join(line + "\n" for line in lines))
    from eval.page import page

    _text(folder / "report.html", page(result))


def as_json(result: Evaluation) -> dict[str, Any]:
    """The whole evaluation as plain values; "verdicts" are those of the assistant, "answers" tell of every system."""
    prices = {"input": result.model.input_price, "output": result.model.output_price}
    return {
        "documents": result.documents, "failed_documents": result.failed_documents, "gold": result.gold,
        "model": result.model.name,
        "prices": {name: None if price is None else str(price) for name, price in prices.items()},
        "seconds": result.seconds,
        "systems": {run.name: run.metrics for run in result.runs},
        "verdicts": result.runs[0].verdicts,
        "comparisons": {
            name: {"questions": c.questions, "before": c.before, "now": c.now, "gained": list(c.gained),
                   "lost": list(c.lost), "p": c.p, "difference_95": c.difference_95}
            for name, c in result.comparisons.items()
        },
        "retrieval": result.retrieval, "coverage": result.coverage, "judge": result.judge, "reading": result.reading,
        "figures": result.figures,
        "questions": {
            s.gold.id: {"question": s.gold.question, "kind": s.gold.expect.kind, "tags": list(s.gold.tags)}
            for s in result.runs[0].scored
        },
        "answers": {run.name: {s.gold.id: answer_row(s) for s in run.scored} for run in result.runs},
    }  # fmt: skip


def answer_row(scored: Scored) -> dict[str, Any]:
    """One answer in short, as two runs are compared by it."""
    verdict, result = scored.verdict, scored.answer.get("result") or {}
    return {
        "right": verdict.right, "failure": verdict.failure, "status": scored.answer.get("status"),
        "value": result.get("value"), "unit": result.get("unit"), "shown_as": result.get("status"),
        "cited": verdict.cited, "unsupported": list(verdict.unsupported),
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


def wrong(run: Run) -> list[Scored]:
    """Answers that are wrong, cite another place than the gold's, or say a number that nothing supports."""
    return [s for s in run.scored if not s.verdict.right or s.verdict.cited is False or s.verdict.unsupported]


def markdown(result: Evaluation) -> str:
    """The report for a terminal or a repository."""
    parts = ["# Evaluation", "", *(line + "\n" for line in summary(result))]
    for title, head, rows in tables(result):
        if rows:
            parts += [f"## {title}", "", "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
            parts += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows] + [""]
    parts += ["## Wrong answers", ""]
    for scored in wrong(result.runs[0]):
        parts += wrong_text(scored)
    return "\n".join(parts) + "\n"


def summary(result: Evaluation) -> list[str]:
    """What was evaluated, in sentences."""
    model = f"model {result.model.name}" if result.model.name else "no model"
    seconds = ", ".join(f"{name} {value} s" for name, value in result.seconds.items())
    lines = [f"{len(result.documents)} documents, gold {', '.join(result.gold)}, {model}. Time: {seconds}."]
    if result.failed_documents:
        lines.append(f"Not taken in: {'; '.join(result.failed_documents)}.")
    if result.coverage.get("questions"):
        missing = ", ".join(result.coverage["missing"]) or "none"
        share = percent(result.coverage["recall"])
        lines.append(f"Numbers of the gold that were read from the right document: {share}; not read: {missing}.")
    without = sum(run.metrics["model"].get("without", 0) for run in result.runs)
    if without:
        lines.append(f"{without} answers were given without the model, whose service was down; run again to ask them.")
    return lines


def wrong_text(scored: Scored) -> list[str]:
    """One wrong answer as lines of Markdown."""
    gold, verdict, answer = scored.gold, scored.verdict, scored.answer
    result = answer.get("result") or {}
    got = f"{result.get('value')} {result.get('unit')} ({result.get('status')})" if result else ""
    said = " ".join(str(answer.get("answer", "")).split())[:200]
    plan = (answer.get("trace") or {}).get("plan") if isinstance(answer.get("trace"), dict) else None
    lines = [
        f"- **{gold.id}** {why(scored)} · {gold.question}" + (f" · after {list(gold.history)}" if gold.history else ""),
        f"  - expected {expected(scored)}" + (f" · {verdict.detail}" if verdict.detail else ""),
        f"  - got {answer.get('status')} {got}: {said}",
    ]
    cited = places(scored)
    lines += [f"  - cited {'; '.join(cited)}"] if cited else []
    return lines + ([f"  - plan {json.dumps(plan, ensure_ascii=False)}"] if plan else [])


def why(scored: Scored) -> str:
    """The failure in a word or two."""
    verdict = scored.verdict
    return verdict.failure or ("wrong place" if verdict.cited is False else f"unsupported {list(verdict.unsupported)}")


def expected(scored: Scored) -> str:
    """What the gold wants and where it stands."""
    expect = scored.gold.expect
    wanted = f"{expect.value} {expect.unit}" if expect.value is not None else f"{expect.kind} {list(expect.contain)}"
    where = [expect.file or "", *(f"p.{page}" for page in expect.pages), expect.row or "", expect.column or ""]
    return wanted + (f" in {' '.join(part for part in where if part)}" if any(where) else "")


def places(scored: Scored) -> list[str]:
    """The first three places that an answer cites."""
    return [
        f"{c.get('document')} p.{c.get('page')} {c.get('table') or ''} {c.get('row') or ''} “{str(c['quote'])[:60]}”"
        for c in (scored.answer.get("citations") or ())[:3]
    ]


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
