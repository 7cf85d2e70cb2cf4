"""The report's page, its plots, and two reports laid side by side from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from lxml import etree, html

from eval.compare import changes, compare, timeless
from eval.gold import Gold, load
from eval.metrics import measure, score
from eval.page import page
from eval.plots import bars, counts, plane, shade, spread
from eval.report import write
from eval.run import Evaluation, Run

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = {"1": "1.00", "2": "2.00", "3": "3.00"}


def golds(tmp_path: Path) -> list[Gold]:
    path = tmp_path / "gold.jsonl"
    lines = [
        {"id": id, "question": f"<i>{id}</i>号是多少", "tags": ["三公经费"],
         "expect": {"kind": "number", "value": value, "unit": "万元", "in": "甲.pdf", "page": 3}}
        for id, value in EXPECTED.items()
    ]  # fmt: skip
    lines.append({"id": "4", "question": "没有的", "expect": {"kind": "refuse"}})
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return load([path])


def answered(value: str, status: str = "confirmed") -> dict[str, Any]:
    citation = {"marker": 1, "document": "甲.pdf", "page": 3, "quote": value}
    result = {"value": value, "unit": "万元", "status": status, "formula": None}
    return {
        "status": "answered",
        "answer": f"{value}万元[1]",
        "seconds": 0.004,
        "result": result,
        "citations": [citation],
    }


REFUSED = {"status": "not_disclosed", "answer": "没有", "seconds": 0.7, "result": None, "citations": []}


def evaluated(tmp_path: Path, *answers: dict[str, Any]) -> Evaluation:
    scored = score(zip(golds(tmp_path), answers, strict=True))
    return Evaluation(["甲.pdf"], ["gold.jsonl"], [Run("assistant", tuple(scored), measure(scored))])


def test_the_page_needs_nothing_and_escapes_what_it_shows(tmp_path: Path) -> None:
    text = page(evaluated(tmp_path, answered("1.00"), answered("9.00", "single"), REFUSED, REFUSED))
    assert "<i>2</i>" not in text
    assert "&lt;i&gt;2&lt;/i&gt;" in text
    tree = html.fromstring(text)
    assert tree.xpath("//@src | //link | //script | //@href") == []
    titles = tree.xpath("//figcaption/text()")
    assert {"Right by system", "Numbers by the status they were shown with", "Answering less and erring less"} <= set(
        titles
    )
    assert len(tree.xpath("//details")) == 2
    assert "expected 2.00万元, got 9.00万元" in " ".join(tree.xpath("//dd/text()"))


def test_answering_less_errs_less(tmp_path: Path) -> None:
    found = evaluated(tmp_path, answered("1.00"), answered("9.00", "single"), REFUSED, REFUSED).runs[0].metrics
    assert found["tradeoff"] == [
        {"down_to": "confirmed", "answers": 1, "coverage": 0.25, "right": 1.0},
        {"down_to": "single", "answers": 2, "coverage": 0.5, "right": 0.5},
    ]
    assert found["outcomes"] == {"number": {"right": 1, "wrong_number": 1, "unanswered": 1}, "refuse": {"right": 1}}


def test_plots_are_well_formed_and_say_what_they_show() -> None:
    drawn = [
        bars("甲<乙", [("三公经费", 0.5, (0.25, 0.75), "50 % of 4"), ("空", None, None, "")]),
        counts("失败", [("wrong_number", 3), ("unanswered", 0)]), counts("none", []),
        plane("p", "x", "y", [("a", [("all", 0.5, 0.5)]), ("b", [])]), spread("t", [0.4, 3, 700]),
    ]  # fmt: skip
    trees = [etree.fromstring(svg.encode()) for svg in drawn]
    assert [tree.get("aria-label") for tree in trees] == ["甲<乙", "失败", "none", "p", "t"]
    widths = [float(rect.get("width")) for rect in trees[0].iter("{*}rect")]
    assert widths == [210.0]  # half of 720 - 170 - 130
    assert "三公经费" in drawn[0]
    labels = [text.text for text in trees[4].iter("{*}text")]
    assert labels[:2] == ["up to 1 ms", "1"]
    assert labels[-2:] == ["up to 1,000 ms", "1"]
    assert (shade(0, 9), shade(9, 9)) == ("#ffffff", "#8eb2d6")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "eval.compare", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_two_reports_are_compared_from_the_command_line(tmp_path: Path) -> None:
    good = [answered("1.00"), answered("2.00"), REFUSED, REFUSED]
    bad = [answered("1.00"), answered("9.00"), answered("3.00"), answered("5.00")]
    for name, answers in (("good", good), ("bad", bad)):
        write(evaluated(tmp_path, *answers), tmp_path / name)
    before, after = (str(tmp_path / name / "report.json") for name in ("good", "bad"))
    told = run(before, after, "--gate")
    assert told.returncode == 1
    lines = told.stdout.splitlines()
    assert lines[0].startswith("3 → 2 of 4 right; 1 gained, 2 lost; difference ")
    assert lines[0].endswith("McNemar p 1")
    assert lines[1] == "The two reports are not the same apart from times."
    assert lines[2:5] == [
        "2 <i>2</i>号是多少", "    was right (answered 2.00 万元)", "    now wrong_number (answered 9.00 万元)",
    ]  # fmt: skip
    assert run(after, before, "--gate").returncode == 0
    same = run(before, before)
    assert (same.returncode, "are the same apart" in same.stdout) == (0, True)
    missing = run(before, after, "--system", "chain")
    assert (missing.returncode, "no system 'chain'" in missing.stderr) == (1, True)


def test_a_changed_answer_is_told_also_where_the_verdict_stands() -> None:
    before = {"a": {"right": False, "status": "answered", "value": "1.00", "unit": "元", "failure": "wrong_number"}}
    now = {"a": before["a"] | {"value": "2.00"}}
    assert list(changes(before, now, {})) == [
        ["a", "", "wrong_number (answered 1.00 元)", "wrong_number (answered 2.00 元)"]
    ]
    assert list(changes({"a": {"right": False}}, now, {})) == []


def test_the_difference_has_an_interval() -> None:
    change = compare(dict.fromkeys(map(str, range(100)), False), {str(n): n < 20 for n in range(100)})
    low, high = change.difference_95 or (0.0, 0.0)
    assert 0.11 < low < 0.15
    assert 0.25 < high < 0.30


def test_times_are_left_out_at_any_depth() -> None:
    report = {"seconds": 1, "a": [{"latency_ms": {}, "b": 2}], "c": {"seconds": {}}}
    assert timeless(report) == {"a": [{"b": 2}], "c": {}}
