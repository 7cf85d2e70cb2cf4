"""The scripted model in a language model's place: a whole evaluation with it, what it is asked, and what it costs."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from corpus.figures import Book
from corpus.settings import ModelSettings, Settings, load_settings
from eval.baselines import unread
from eval.compare import timeless
from eval.cost import cost
from eval.loopback import Request, tokens_in
from eval.run import BUNDLED_GOLD, Evaluation, evaluate
from eval.scripted import say, standing_in
from ingest.intake import ingest_files

EDITION = Path(__file__).resolve().parents[1] / "corpus" / "editions" / "阜康市数据资源和政务服务中心2026年单位预算.pdf"


def scripted(settings: Settings, **more: Any) -> Settings:
    return settings.model_copy(update={"model": ModelSettings(name="scripted", **more)})


@pytest.fixture(scope="module")
def priced(editions_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> tuple[Evaluation, Path]:
    out = Path(tmp_path_factory.mktemp("scripted"))
    settings = scripted(editions_settings, input_price=Decimal(2), output_price=Decimal(8))
    unplanned = out / "unplanned.jsonl"  # words that no rule knows: the model is asked for a plan
    question = {
        "id": "unplanned",
        "question": "厦门市政务服务保障中心2026年的吉祥物巡游花了多少",
        "expect": {"kind": "refuse"},
    }
    unplanned.write_text(json.dumps(question, ensure_ascii=False), "utf-8")
    result = evaluate(
        [BUNDLED_GOLD, unplanned], settings, store=settings.store, vectors=False, baselines=("chain", "tables"), judge=True,
        report=out,
    )  # fmt: skip
    return result, out


def test_the_rules_stand_beside_the_model_and_the_model_makes_nothing_worse(priced: tuple[Evaluation, Path]) -> None:
    runs = {run.name: run for run in priced[0].runs}
    assert list(runs) == ["assistant", "rules", "chain", "tables"]
    lost = [id for id, right in runs["rules"].verdicts.items() if right and not runs["assistant"].verdicts[id]]
    assert lost == []
    assert set(priced[0].comparisons) == {"rules", "chain", "tables"}
    assert priced[0].comparisons["tables"].now == sum(runs["rules"].verdicts.values())


def test_what_was_asked_and_what_became_of_it_is_counted(priced: tuple[Evaluation, Path]) -> None:
    calls = priced[0].runs[0].metrics["model"]["calls"]
    wording = calls["wording"]
    assert wording["asked"] == wording["used"] + sum(wording["not_used"].values())
    assert wording["used"] > sum(wording["not_used"].values()) > 0
    assert calls["plan"]["asked"] > 0
    assert priced[0].runs[1].metrics["model"] == {}
    assert 0 < priced[0].runs[2].metrics["reach"]["share"] < 1


def test_cost_is_tokens_by_price_for_every_system_that_took_any(priced: tuple[Evaluation, Path]) -> None:
    assistant, rules, chain, _ = (run.metrics for run in priced[0].runs)
    told = assistant["tokens"]
    total = (told["input"] * Decimal(2) + told["output"] * Decimal(8)) / 1_000_000
    assert assistant["cost"]["total"] == f"{total:.4f}"
    assert assistant["cost"]["per_question"] == f"{total / assistant['questions']:.6f}"
    assert rules["tokens"] == {}
    assert rules["cost"] is None
    assert chain["tokens"]["input"] > told["input"] > 0
    text = (priced[1] / "report.md").read_text("utf-8")
    assert f"{assistant['cost']['total']} CNY" in text
    assert "no price is set" not in text


def test_without_prices_no_cost_is_told() -> None:
    assert cost({"input": 10, "output": 10}, 1, ModelSettings(input_price=Decimal(1))) is None
    assert cost({"input": 1_000_000, "output": 500_000}, 4, ModelSettings(
        input_price=Decimal("0.5"), output_price=Decimal("1.5"), currency="USD",
    )) == {"currency": "USD", "total": "1.2500", "per_question": "0.312500"}  # fmt: skip


def test_two_runs_give_the_same_report_apart_from_times(
    priced: tuple[Evaluation, Path], editions_settings: Settings, tmp_path: Path
) -> None:
    first, out = priced[1], tmp_path / "again"
    settings = scripted(editions_settings, input_price=Decimal(2), output_price=Decimal(8))
    evaluate(
        [BUNDLED_GOLD, first / "unplanned.jsonl"], settings, store=settings.store, vectors=False,
        baselines=("chain", "tables"), judge=True, report=out,
    )  # fmt: skip
    old, new = (json.loads((folder / "report.json").read_text("utf-8")) for folder in (first, out))
    assert old["seconds"] != {}
    assert json.dumps(timeless(old), ensure_ascii=False) == json.dumps(timeless(new), ensure_ascii=False)
    lines = [(folder / "wrong.jsonl").read_text("utf-8").splitlines() for folder in (first, out)]
    wrong = [[timeless(json.loads(line)) for line in part] for part in lines]
    assert [{**line, "trace": None} for line in wrong[0]] == [{**line, "trace": None} for line in wrong[1]]


def test_what_a_model_read_can_be_taken_out_of_a_book_again(tmp_path: Path) -> None:
    plain, read = load_settings(store=tmp_path / "plain"), scripted(load_settings(store=tmp_path / "read"))
    with Book.open(plain.book, writable=True) as book:
        assert [t.failed for t in ingest_files([EDITION], book, plain)] == [False]
        wanted = (book.figures(), book.findings())
    with standing_in(read) as settings, Book.open(settings.book, writable=True) as book:
        (taken,) = ingest_files([EDITION], book, settings)
        assert taken.extraction is not None
        assert taken.extraction.proposed > taken.extraction.kept > 0
        assert taken.extraction.input_tokens > 0
        assert book.figures() != wanted[0]
        with unread(book, tmp_path / "unread.sqlite") as again:
            assert (again.figures(), again.findings()) == wanted


def worded(question: str, facts: int) -> str:
    listed = "\n".join(f"{{{{F{n}}}}}: 第{n}项3.00万元" for n in range(1, facts + 1))
    text = say(Request(("…", f"<question>{question}</question>\n<facts>\n{listed}\n</facts>")))["text"]
    assert isinstance(text, str)
    return text


def test_it_words_the_same_the_same_way_and_errs_now_and_then() -> None:
    texts = [worded(f"问题{n}", 2) for n in range(400)]
    assert texts == [worded(f"问题{n}", 2) for n in range(400)]
    good = [text for text in texts if "{{F1}}。\n{{F2}}。" in text and "3.00" not in text and "合理" not in text]
    assert 0.8 < len(good) / len(texts) < 0.95


def test_it_plans_from_what_it_is_sent() -> None:
    told = '（"units": ["青川市图书馆", "青川市档案馆"], "open_document": null, "earlier": []）'
    plan = say(Request(("…", f"<q>{told}\n青川市图书馆2026年请客吃饭为什么花得多</q>"), "Wish"))
    assert plan == {
        "operation": "reason", "units": ["青川市图书馆"], "years": [2026], "accounts": ["公务接待费"]
    }  # fmt: skip
    assert say(Request(("…", f"<q>{told}\n今天天气怎么样</q>"), "Wish"))["operation"] == "out_of_scope"


def test_it_reads_an_answer_out_of_excerpts() -> None:
    excerpts = "[1] (甲.pdf, page 3)\n甲单位会议费1.20万元\n\n[2] (甲.pdf, page 4)\n甲单位公务接待费3.50万元"
    said = say(Request(("…", f"{excerpts}\n\nQuestion: 甲单位公务接待费是多少"), "ChainAnswer"))
    assert (said["status"], said["value"], said["unit"], said["excerpts"]) == ("answered", "3.50", "万元", [2])
    said = say(Request(("…", f"{excerpts}\n\nQuestion: 甲单位取暖锅炉改造"), "ChainAnswer"))
    assert said["status"] == "not_disclosed"


def test_tokens_are_about_one_a_chinese_character() -> None:
    assert tokens_in("公务接待费") == 5
    assert tokens_in("abcd efgh") == 3
    assert tokens_in("公务abcde") == 4
    assert tokens_in("") == 0


def test_a_service_that_is_down_is_told_and_asked_again(editions_settings: Settings, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    expect = {"kind": "number", "value": "27.25", "unit": "万元"}
    line = {"id": "a", "question": "晋城市政务服务中心2026年办公费是多少", "expect": expect}
    gold.write_text(json.dumps(line, ensure_ascii=False), "utf-8")
    model = ModelSettings(name="m", base_url="http://127.0.0.1:9/v1", timeout=2.0, max_retries=0)
    settings = editions_settings.model_copy(update={"model": model})
    out = tmp_path / "out"
    result = evaluate([gold], settings, store=settings.store, vectors=False, report=out)
    assert result.runs[0].metrics["model"]["without"] == 1
    assert result.runs[0].verdicts == {"a": True}
    assert "1 answers were given without the model" in (out / "report.md").read_text("utf-8")
    kept = (out / "answers.jsonl").read_text("utf-8").splitlines()
    assert len(kept) == 1, "the rules' answer is kept, the one that lacked the model is not"
