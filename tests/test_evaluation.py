"""Metrics, comparison, cached answers and the report, over answers made by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.settings import Settings
from eval.asking import Answers, ask
from eval.baselines import NAMES, PlainRetrieval, build, extract
from eval.compare import compare, mcnemar, recorded
from eval.gold import Gold, load
from eval.metrics import Scored, interval, measure, score
from eval.record import changed, fallen, record
from eval.report import markdown, write
from eval.run import Evaluation, EvaluationError, Run, evaluate

Answer = dict[str, Any]


def golds(tmp_path: Path, *items: dict[str, Any]) -> list[Gold]:
    path = tmp_path / "gold.jsonl"
    lines = [{"id": f"g{n}", "question": f"问{n}?"} | item for n, item in enumerate(items)]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return load([path])


def number(value: str, **more: Any) -> dict[str, Any]:
    return {"expect": {"kind": "number", "value": value, "unit": "万元"}} | more


def answered(value: str, status: str = "single", seconds: float = 0.01, quote: str | None = None) -> Answer:
    return {
        "status": "answered", "answer": f"{value}万元[1]", "seconds": seconds, "warnings": [],
        "result": {"value": value, "unit": "万元", "status": status, "formula": None},
        "citations": [{"marker": 1, "document": "甲.pdf", "page": 1, "quote": quote or value}],
    }  # fmt: skip


REFUSED: Answer = {"status": "not_disclosed", "answer": "没有", "result": None, "citations": [], "seconds": 0.01}


def measured(tmp_path: Path, *pairs: tuple[dict[str, Any], Answer]) -> dict[str, Any]:
    return measure(score(zip(golds(tmp_path, *(item for item, _ in pairs)), (a for _, a in pairs), strict=True)))


def test_accuracy_refusals_and_calibration(tmp_path: Path) -> None:
    found = measured(
        tmp_path,
        (number("1.00"), answered("1.00", "confirmed")),
        (number("2.00"), answered("9.00", "confirmed")),
        (number("3.00"), REFUSED),
        ({"expect": {"kind": "refuse"}}, REFUSED),
        ({"expect": {"kind": "refuse"}}, answered("5.00")),
    )
    assert (found["questions"], found["right"], found["accuracy"]) == (5, 2, 0.4)
    assert found["refusal"] == {"should": 2, "did": 2, "precision": 0.5, "recall": 0.5}
    assert (found["status"]["confirmed"]["answers"], found["status"]["confirmed"]["right"]) == (2, 0.5)
    assert found["confirmed_wrong"] == ["g1"]
    assert found["failures"] == {"wrong_number": 1, "unanswered": 1, "should_refuse": 1}
    assert found["confusion"]["refuse"] == {"not_disclosed": 1, "answered": 1}


def test_paraphrases_that_agree(tmp_path: Path) -> None:
    found = measured(
        tmp_path,
        (number("1.00", group="a"), answered("1.00")),
        (number("1.00", group="a"), answered("1.0")),
        (number("1.00", group="a"), answered("10000") | {"result": {"value": "10000", "unit": "元"}}),
        (number("1.00", group="a"), REFUSED),
        (number("2.00", group="b"), answered("2.00")),
    )
    assert found["paraphrases"] == {"groups": 2, "same_result": 0.875, "all_same": 0.5, "all_right": 0.5}


def test_latency_is_the_nearest_rank(tmp_path: Path) -> None:
    pairs = [(number("1.00"), answered("1.00", seconds=n / 1000)) for n in range(1, 101)]
    assert measured(tmp_path, *pairs)["latency_ms"] == {"p50": 50.0, "p95": 95.0, "max": 100.0}


def test_citations_that_do_not_support_lower_precision(tmp_path: Path) -> None:
    found = measured(
        tmp_path,
        (number("1.00"), answered("1.00")),
        (number("2.00"), answered("2.00", quote="别的12.00")),
        (number("3.00"), answered("3.00", quote="30,000元")),
    )
    assert found["citation"]["precision"] == pytest.approx(0.6667)


def test_the_interval_is_the_same_every_time() -> None:
    right = [True] * 80 + [False] * 20
    assert interval(right, 7) == interval(right, 7)
    low, high = interval(right, 7) or (0.0, 0.0)
    assert 0.70 < low < 0.75
    assert 0.85 < high < 0.90
    assert interval([], 7) is None


def test_nothing_wrong_so_far_is_no_certainty() -> None:
    assert interval([True] * 56, 7) == (0.9358, 1.0)  # 56 / (56 + 1.96²)
    assert interval([False], 7) == (0.0, 0.7935)
    assert interval([True] * 4, 7, ["a", "a", "a", "a"]) == interval([True], 7)


def test_wordings_of_one_question_are_drawn_together() -> None:
    right = [True] * 50 + [False] * 50
    alone = interval(right, 7) or (0.0, 0.0)
    together = interval(right, 7, [str(n // 10) for n in range(100)]) or (0.0, 0.0)
    assert together[1] - together[0] > 2 * (alone[1] - alone[0])


def test_two_runs_are_compared_question_by_question() -> None:
    change = compare({"a": True, "b": False, "c": True, "gone": True}, {"a": True, "b": True, "c": False, "new": True})
    assert (change.questions, change.before, change.now) == (3, 2, 2)
    assert (change.gained, change.lost) == (("b",), ("c",))
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(5, 0) == pytest.approx(0.0625)  # 2 · (1/2)^5
    assert mcnemar(8, 2) == pytest.approx(112 / 1024)  # 2 · (1 + 10 + 45) / 2^10


class Counting:
    name = "counting"

    def __init__(self) -> None:
        self.asked = 0

    def ask(self, question: str, history: Sequence[Any], document: str | None) -> Answer:
        self.asked += 1
        if question == "问1?":
            raise RuntimeError("broken")
        return answered("1.00")


def test_answers_are_kept_and_a_cut_line_is_passed_over(tmp_path: Path) -> None:
    first, second = golds(tmp_path, number("1.00"), number("1.00"))
    path, system = tmp_path / "answers.jsonl", Counting()
    Answers(path).get(system, first, "book 1")
    path.write_text(path.read_text("utf-8") + '{"key": "cut', "utf-8")
    kept = Answers(path)
    kept.get(system, first, "book 1")
    assert system.asked == 1
    kept.get(system, first, "book 2")
    kept.get(system, second, "book 1")
    assert system.asked == 3


def test_a_system_that_raises_is_a_wrong_answer(tmp_path: Path) -> None:
    items = golds(tmp_path, number("1.00"), number("1.00"), {"expect": {"kind": "refuse"}})
    scored = score([(item, ask(Counting(), item)) for item in items])
    assert [s.verdict.right for s in scored] == [True, False, False]
    assert scored[1].answer["status"] == "error"


def test_the_first_amount_of_a_passage() -> None:
    found = extract("2026年度,3项,公务接待费为1,234.50元,出国0元", "甲.pdf", 2)
    assert (found["result"]["value"], found["result"]["unit"]) == ("1234.50", "元")
    assert extract("没有数", "甲.pdf", 2)["result"] is None


def test_a_whole_evaluation_with_baselines_and_its_files(editions_settings: Settings, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    lines = [
        {"id": "a", "question": "晋城市政务服务中心2026年办公费是多少",
         "expect": {"kind": "number", "value": "27.25", "unit": "万元", "page": 13, "row": "办公费",
                    "in": "晋城市政务服务中心2026年单位预算.pdf"}},
        {"id": "b", "question": "<b>某某市</b>2031年办公费", "expect": {"kind": "refuse"}, "split": "held"},
    ]  # fmt: skip
    gold.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    seen: list[str] = []
    result = evaluate(
        [gold], editions_settings, store=editions_settings.store, vectors=False, report=tmp_path / "out",
        baselines=("plain", "lexical", "tables", "prose", "unchecked"),
        progress=lambda done, total, what: seen.append(f"{what} {done}/{total}"),
    )  # fmt: skip
    assert [run.name for run in result.runs] == ["assistant", "plain", "lexical", "tables", "prose", "unchecked"]
    assert "unchecked 2/2" in seen
    assert seen[-1] == "search: lexical 1/1"
    assert set(result.comparisons) == {"plain", "lexical", "tables", "prose", "unchecked"}
    assert result.coverage == {"questions": 1, "recall": 1.0, "missing": []}
    assert {p.name for p in (tmp_path / "out").iterdir()} >= {"report.json", "report.md", "report.html", "wrong.jsonl"}
    assert recorded(tmp_path / "out" / "report.json") == result.runs[0].verdicts
    assert "<b>某某市" not in (tmp_path / "out" / "report.html").read_text("utf-8")
    again = evaluate(
        [gold], editions_settings, store=editions_settings.store, vectors=False, split="held",
        before=tmp_path / "out" / "report.json",
    )  # fmt: skip
    assert [s.gold.id for s in again.runs[0].scored] == ["b"]
    assert again.comparisons["earlier report"].questions == 1


def test_what_cannot_be_evaluated_is_said(editions_settings: Settings, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "a", "question": "问", "expect": {"kind": "refuse"}}', "utf-8")
    with pytest.raises(EvaluationError, match="no question of split 'held'"):
        evaluate([gold], editions_settings, split="held")
    with pytest.raises(EvaluationError, match="no documents"):
        evaluate([gold], editions_settings)
    with pytest.raises(EvaluationError, match="not a report"):
        recorded(gold)


def test_an_unknown_baseline_and_a_chain_without_a_model(editions_settings: Settings, tmp_path: Path) -> None:
    from corpus.figures import Book

    with Book.open(editions_settings.book) as book:
        with pytest.raises(ValueError, match="unknown baseline 'magic'"):
            build("magic", book, editions_settings, tmp_path)
        with pytest.raises(ValueError, match="needs a model"):
            build("chain", book, editions_settings, tmp_path)
        assert PlainRetrieval(book).ask("办公费", [], "没有这份.pdf")["status"] == "not_disclosed"
    assert len(NAMES) == 6


def test_the_markdown_report_shows_what_went_wrong(tmp_path: Path) -> None:
    items = golds(tmp_path, number("1.00"), number("2.00"))
    scored: list[Scored] = score(zip(items, [answered("1.00"), answered("9.00")], strict=True))
    result = Evaluation(["甲.pdf"], ["gold.jsonl"], [Run("assistant", tuple(scored), measure(scored))])
    text = markdown(result)
    assert "| assistant | 2 | 50.0 % |" in text
    assert "**g1** wrong_number · 问1?" in text
    assert "expected 2.00 万元" in text
    write(result, tmp_path / "report")
    assert len((tmp_path / "report" / "wrong.jsonl").read_text("utf-8").splitlines()) == 1


def test_a_fallen_score_says_what_changed(tmp_path: Path) -> None:
    items = golds(tmp_path, number("1.00"), number("2.00"))
    good, bad = (
        Run("assistant", tuple(scored), measure(scored))
        for scored in (
            score(zip(items, [answered("1.00"), answered("2.00")], strict=True)),
            score(zip(items, [answered("1.00"), answered("9.00")], strict=True)),
        )
    )
    path = tmp_path / "recorded.json"
    record(good, path)
    assert fallen(good, path) == ""
    told = fallen(bad, path)
    assert "1 of 2 right, recorded were 2" in told
    assert "lost   g1 问1?: wrong_number expected 2.00万元, got 9.00万元" in told
    assert changed(bad, path) == ["g1 问1?: was right (answered 2.00 万元), is now wrong_number (answered 9.00 万元)"]
    assert changed(good, path) == []
    record(bad, path)
    assert fallen(bad, path) == ""
