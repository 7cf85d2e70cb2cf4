"""The report as one HTML file that needs nothing else: what came out, plots, tables, and every wrong answer."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eval.metrics import Scored
from eval.plots import Bar, bars, counts, plane, shade, spread
from eval.report import expected, places, summary, why, wrong
from eval.run import Evaluation
from eval.tables import Table, percent, span, tables

_STYLE = """
body{font:15px/1.6 system-ui,sans-serif;max-width:86rem;margin:2rem auto;padding:0 1rem;color:#1d2433}
h2{margin:2.2rem 0 .6rem;border-bottom:1px solid #d5dae3}
.cards{display:flex;flex-wrap:wrap;gap:.8rem;padding:0;list-style:none}
.cards li{border:1px solid #d5dae3;border-radius:.4rem;padding:.5rem .9rem;background:#f7f8fb}
.cards b{display:block;font-size:1.35rem}
.plots{columns:30rem 2;column-gap:1.6rem}
figure{margin:0 0 1.4rem;break-inside:avoid}figcaption{font-weight:600}figcaption small{font-weight:400;color:#4b5568;display:block}
svg{width:100%;max-width:46rem;height:auto}
.scroll{overflow-x:auto}table{border-collapse:collapse;margin:.4rem 0 1rem;font-size:.93rem}
td,th{border:1px solid #d5dae3;padding:.25rem .6rem;text-align:left;vertical-align:top}th{background:#f2f5fa;font-size:.86rem}
td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
details{border:1px solid #d5dae3;border-radius:.3rem;margin:.3rem 0;padding:.3rem .7rem}summary{cursor:pointer}
dl{display:grid;grid-template-columns:6rem 1fr;margin:.4rem 0}dt{color:#4b5568}dd{margin:0;overflow-wrap:anywhere}
code{font-size:.85rem}
"""
_SHADED = ("Expected kind against what became of it", "Expected kind against the status that came")
_FEWEST = 5
"""Tags with fewer questions than this stand in the table alone: their bars would say nothing."""


def page(result: Evaluation) -> str:
    """The whole page. Whatever came from a document or a question is escaped."""
    body = ["<h1>Evaluation</h1>", *(f"<p>{html.escape(line)}</p>" for line in summary(result)), _cards(result)]
    body.append('<div class="plots">' + "".join(_figures(result)) + "</div>")
    for title, head, rows in tables(result):
        if rows:
            body.append(_table((title, head, rows)))
    bad = wrong(result.runs[0])
    body.append(f"<h2>Wrong answers ({len(bad)})</h2>")
    body += [_case(scored) for scored in bad]
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Evaluation</title><style>{_STYLE}</style>" + "\n".join(body) + "</html>\n"
    )


def _cards(result: Evaluation) -> str:
    """What one wants to know first, of the first system."""
    m = result.runs[0].metrics
    told = [
        ("right", percent(m["accuracy"]), f"{m['right']} of {m['questions']}; 95 %: {span(m['accuracy_95'])}"),
        ("right ones cited at the right place", percent(m["citation"]["recall"]), f"of {m['citation']['places']}"),
        ("wrong numbers shown as confirmed", str(len(m["confirmed_wrong"])), ", ".join(m["confirmed_wrong"][:6])),
        ("refused what must be refused", percent(m["refusal"]["recall"]), f"of {m['refusal']['should']}"),
        ("answers without an unsupported number", percent(m["faithfulness"]), ""),
        ("one answer", f"{m['latency_ms'].get('p50', 0)} ms", f"95 % within {m['latency_ms'].get('p95', 0)} ms"),
    ]
    if m["cost"]:
        priced = m["cost"]
        told.append(
            ("cost of the answers", f"{priced['total']} {priced['currency']}", f"{priced['per_question']} each")
        )
    items = (
        f"<li>{html.escape(what)}<b>{html.escape(value)}</b>{html.escape(more)}</li>" for what, value, more in told
    )
    return f'<ul class="cards">{"".join(items)}</ul>'


def _figures(result: Evaluation) -> Iterator[str]:
    first, runs = result.runs[0].metrics, result.runs
    yield _bars("Right by system", "with the 95 % interval", [
        (run.name, run.metrics["accuracy"], run.metrics["accuracy_95"], percent(run.metrics["accuracy"])) for run in runs
    ])  # fmt: skip
    yield _bars("Right by kind of question", "", _groups(first["by_kind"]))
    shown = {tag: m for tag, m in first["by_tag"].items() if m["questions"] >= _FEWEST}
    ranked = dict(sorted(shown.items(), key=lambda item: (item[1]["accuracy"], item[0])))
    if ranked:
        yield _bars("Right by tag", f"tags with at least {_FEWEST} questions, weakest first", _groups(ranked))
    yield _bars("Numbers by the status they were shown with", "confirmed should be right most often", [
        (name, m["right"], m["right_95"], f"{percent(m['right'])} of {m['answers']}")
        for name, m in first["status"].items()
    ])  # fmt: skip
    yield _bars("Citations", "right answers cited at the gold's place, by system", [
        (run.name, run.metrics["citation"]["recall"], run.metrics["citation"]["recall_95"],
         percent(run.metrics["citation"]["recall"])) for run in runs
    ])  # fmt: skip
    yield _drawn("Answering less and erring less", "from the surest answers alone to all of them", plane(
        "Answering less and erring less", "share of questions answered", "right of those", [
            (run.name, [(f"down to {p['down_to']}", p["coverage"], p["right"]) for p in run.metrics["tradeoff"]])
            for run in runs
        ],
    ))  # fmt: skip
    yield _drawn("Refusing", "what was refused and what must be refused", plane(
        "Refusing", "refused of what must be refused", "rightly refused of what was refused", [
            (run.name, [] if r["precision"] is None or r["recall"] is None else
             [(f"{percent(r['recall'])}, {percent(r['precision'])}", r["recall"], r["precision"])])
            for run in runs for r in (run.metrics["refusal"],)
        ],
    ))  # fmt: skip
    seconds = [float(s.answer.get("seconds") or 0) * 1000 for s in runs[0].scored]
    yield _drawn("How long an answer takes", f"{runs[0].name}, answers", spread("How long an answer takes", seconds))
    if first["failures"]:
        failures = counts("Failures", list(first["failures"].items()))
        yield _drawn("Failures", f"{runs[0].name}, answers", failures)


def _groups(groups: Mapping[str, Mapping[str, Any]]) -> list[Bar]:
    return [
        (name, m["accuracy"], m["accuracy_95"], f"{percent(m['accuracy'])} of {m['questions']}")
        for name, m in groups.items()
    ]


def _bars(title: str, more: str, rows: Sequence[Bar]) -> str:
    return _drawn(title, more, bars(title, rows))


def _drawn(title: str, more: str, svg: str) -> str:
    return f"<figure><figcaption>{html.escape(title)}<small>{html.escape(more)}</small></figcaption>{svg}</figure>"


def _table(table: Table) -> str:
    title, head, rows = table
    most = max((int(cell) for row in rows for cell in row[1:] if cell.isdecimal()), default=1)
    lines = []
    for row in rows:
        cells = [f"<td>{html.escape(row[0])}</td>"]
        for cell in row[1:]:
            number = cell[:1].isdecimal() and len(cell) < 24
            colour = f' style="background:{shade(int(cell), most)}"' if title in _SHADED and cell.isdecimal() else ""
            cells.append(f"<td{' class=n' if number else ''}{colour}>{html.escape(cell)}</td>")
        lines.append("<tr>" + "".join(cells) + "</tr>")
    headings = "".join(f"<th>{html.escape(cell)}</th>" for cell in head)
    return (
        f'<h2>{html.escape(title)}</h2><div class="scroll"><table><tr>{headings}</tr>'
        + "".join(lines)
        + "</table></div>"
    )


def _case(scored: Scored) -> str:
    """One wrong answer, folded: what was asked, expected, said and cited, and how it came about."""
    gold, answer = scored.gold, scored.answer
    result = answer.get("result") or {}
    got = f"{result.get('value')} {result.get('unit')} ({result.get('status')})" if result else ""
    trace = answer.get("trace") or {}
    rows = [
        ("after", "; ".join(map(str, gold.history))), ("open", gold.document or ""), ("expected", expected(scored)),
        ("because", scored.verdict.detail), ("got", f"{answer.get('status')} {got}"),
        ("said", str(answer.get("answer", ""))), ("cited", "; ".join(places(scored))), ("note", gold.note),
    ]  # fmt: skip
    told = "".join(f"<dt>{name}</dt><dd>{html.escape(text)}</dd>" for name, text in rows if text.strip())
    if trace:
        kept = {key: trace[key] for key in ("planner", "plan", "figures", "model") if trace.get(key)}
        text = html.escape(json.dumps(kept or trace, ensure_ascii=False))
        told += f"<dt>trace</dt><dd><code>{text}</code></dd>"
    head = f"<b>{html.escape(gold.id)}</b> {html.escape(why(scored))} · {html.escape(gold.question)}"
    return f"<details><summary>{head}</summary><dl>{told}</dl></details>"
