"""The report as one HTML file that needs nothing else: tables, plots where matplotlib is installed, wrong answers."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Callable
from typing import Any

from eval.metrics import Scored
from eval.report import tables, wrong_text
from eval.run import Evaluation

_STYLE = (
    "body{font:15px/1.6 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1d2433}"
    "table{border-collapse:collapse;margin:.5rem 0 1.5rem}td,th{border:1px solid #d5dae3;padding:.25rem .6rem}"
    "th{background:#f2f5fa;text-align:left}pre{white-space:pre-wrap;background:#f7f8fb;padding:.6rem}img{max-width:100%}"
)


def page(result: Evaluation) -> str:
    """The whole page. Whatever came from a document or a question is escaped."""
    gold = html.escape(", ".join(result.gold))
    body = ["<h1>Evaluation</h1>", f"<p>{len(result.documents)} documents; gold {gold}</p>"]
    body += [f'<img alt="{html.escape(title)}" src="data:image/png;base64,{data}">' for title, data in plots(result)]
    for title, head, rows in tables(result):
        if rows:
            cells = "".join(f"<th>{html.escape(cell)}</th>" for cell in head)
            lines = "".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>" for row in rows)
            body.append(f"<h2>{html.escape(title)}</h2><table><tr>{cells}</tr>{lines}</table>")
    wrong = [s for s in result.runs[0].scored if not s.verdict.right or s.verdict.cited is False]
    body.append(f"<h2>Wrong answers ({len(wrong)})</h2>")
    body += [f"<pre>{html.escape(chr(10).join(wrong_text(s)))}</pre>" for s in wrong]
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Evaluation</title><style>{_STYLE}</style>'
        + "\n".join(body) + "</html>\n"
    )  # fmt: skip


def plots(result: Evaluation) -> list[tuple[str, str]]:
    """Title and base64 PNG of each plot; none without matplotlib."""
    try:
        import matplotlib
    except ImportError:
        return []
    matplotlib.use("Agg")
    first = result.runs[0].metrics
    drawn: list[tuple[str, Callable[[Any], None]]] = [
        ("Accuracy by system", lambda axes: _bars(axes, {r.name: r.metrics for r in result.runs})),
        ("Accuracy by kind", lambda axes: _bars(axes, first["by_kind"])),
        ("Accuracy by tag", lambda axes: _bars(axes, first["by_tag"])),
        ("Refusing: precision against recall", lambda axes: _refusals(axes, result)),
        ("Latency", lambda axes: _latency(axes, result.runs[0].scored)),
        ("Failures", lambda axes: axes.barh(list(first["failures"]), list(first["failures"].values()))),
    ]
    return [(title, _png(title, draw)) for title, draw in drawn]


def _png(title: str, draw: Callable[[Any], None]) -> str:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 4.5), layout="constrained")
    axes = figure.subplots()
    axes.set_title(title)
    draw(axes)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110, metadata={"Software": None})
    return base64.b64encode(buffer.getvalue()).decode()


def _bars(axes: Any, groups: dict[str, dict[str, Any]]) -> None:
    """Accuracy with its bootstrap interval, one bar a group."""
    shown = {name: m for name, m in groups.items() if m["accuracy"] is not None}
    values = [m["accuracy"] for m in shown.values()]
    spans = [m["accuracy_95"] or (m["accuracy"], m["accuracy"]) for m in shown.values()]
    low = [max(0.0, value - span[0]) for value, span in zip(values, spans, strict=True)]
    high = [max(0.0, span[1] - value) for value, span in zip(values, spans, strict=True)]
    axes.bar(range(len(values)), values, yerr=[low, high], capsize=3)
    axes.set_xticks(range(len(values)), list(shown), rotation=60, ha="right")
    axes.set_ylim(0, 1.02)


def _refusals(axes: Any, result: Evaluation) -> None:
    for run in result.runs:
        refusal = run.metrics["refusal"]
        axes.scatter([refusal["recall"] or 0], [refusal["precision"] or 0], label=run.name)
    axes.set_xlabel("recall")
    axes.set_ylabel("precision")
    axes.set_xlim(0, 1.05)
    axes.set_ylim(0, 1.05)
    axes.legend()


def _latency(axes: Any, scored: tuple[Scored, ...]) -> None:
    axes.hist([float(s.answer.get("seconds") or 0) * 1000 for s in scored], bins=40)
    axes.set_xlabel("milliseconds")
    axes.set_ylabel("answers")
