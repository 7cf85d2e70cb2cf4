"""The command line and its JSON contract, over a small disclosure of our own making."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ui.cli import app

DISCLOSURE = """2026年度
青川市图书馆
单位预算

第二部分 2026年单位预算说明

一、预算收支总体情况

青川市图书馆2026年支出预算为150.00万元，比2025年预算数增加30.00万元，增长25.00%，主要原因是新馆开放。

第四部分 2026年单位预算附表

部门支出预算总体情况表

单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
合计：\t\t150.00\t100.00\t50.00
207\t文化旅游体育与传媒支出\t150.00\t100.00\t50.00
20701\t文化和旅游\t150.00\t100.00\t50.00
2070104\t图书馆\t150.00\t100.00\t50.00

一般公共预算“三公”经费支出情况表

单位：万元

项目\t预算数
合计\t2.50
1、因公出国（境）费用\t0.00
2、公务接待费\t2.50
3、公务用车购置及运行费\t0.00
"""
NAME = "青川市图书馆2026年单位预算.txt"
ANSWER_KEYS = {"status", "answer", "result", "citations", "warnings", "seconds"}
CITATION_KEYS = {"marker", "document", "page", "table", "row", "column", "quote", "bbox"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / NAME).write_text(DISCLOSURE, "utf-8")
    told = run("ingest", folder / NAME, "--store", folder / "store", "--json")
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)[0]["state"] == "stored"
    return folder / "store"


def run(*words: Any, stdin: str | None = None):
    return CliRunner().invoke(app, [str(word) for word in words], input=stdin, catch_exceptions=False)


def told(*words: Any) -> Any:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_an_answer_has_the_figure_and_its_cell(store: Path) -> None:
    answer = told("ask", "青川市图书馆2026年公务接待费是多少？", "--store", store, "--json")
    assert set(answer) == ANSWER_KEYS
    assert answer["status"] == "answered"
    assert (answer["result"]["value"], answer["result"]["unit"]) == ("2.50", "万元")
    cited = answer["citations"][0]
    assert set(cited) == CITATION_KEYS
    assert (cited["document"], cited["quote"]) == (NAME, "2.50")
    assert "公务接待费" in cited["row"]
    assert "三公" in cited["table"]


def test_the_reason_of_a_change_is_quoted(store: Path) -> None:
    answer = told("ask", "青川市图书馆支出为什么增长？", "--store", store, "--json")
    assert answer["status"] == "answered"
    assert "新馆开放" in answer["answer"]


def test_what_is_not_there_is_refused(store: Path) -> None:
    answer = told("ask", "青川市图书馆2026年有多少册藏书？", "--store", store, "--json")
    assert answer["status"] == "not_disclosed"
    assert answer["result"] is None


def test_jsonl_answers_line_by_line_in_order(store: Path, tmp_path: Path) -> None:
    lines = [
        {"id": "a", "question": "公务接待费预算是多少？", "history": [], "document": NAME},
        {"id": "b", "question": "项目支出呢？", "history": ["青川市图书馆2026年基本支出是多少？"], "document": None},
        {"id": "c", "question": "北山市水利局2026年公务接待费", "history": [], "document": None},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    result = run("ask", "--jsonl", path, "--store", store)
    assert result.exit_code == 0
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [a["id"] for a in answers] == ["a", "b", "c"]
    assert [(a["result"] or {}).get("value") for a in answers] == ["2.50", "50.00", None]
    assert answers[2]["status"] == "not_disclosed"


def test_a_line_that_is_no_question_is_reported_and_passed_over(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('not json\n{"id": "b", "question": "公务接待费", "document": "' + NAME + '"}\n', "utf-8")
    result = run("ask", "--jsonl", path, "--store", store)
    assert result.exit_code == 1
    assert "第 1 行" in result.stderr
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["b"]


def test_figures_keep_their_printed_digits(store: Path) -> None:
    rows = told("figures", "--account", "公务接待费", "--store", store, "--json")
    assert {(row["value"], row["unit"], row["year"]) for row in rows} == {("2.50", "万元", 2026)}
    text = run("figures", "--code", "2070104", "--format", "csv", "--store", store).stdout
    assert text.startswith("\ufeff文件,年度")
    assert "150.00,万元" in text


def test_figures_as_a_workbook_keep_every_digit_as_text(store: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    out = tmp_path / "figures.xlsx"
    assert run("figures", "--format", "xlsx", "-o", out, "--store", store).exit_code == 0
    rows = list(load_workbook(out).active.values)
    column = rows[0].index("数值")
    assert "150.00" in {row[column] for row in rows}
    assert run("figures", "--format", "xlsx", "--store", store).exit_code == 2


def test_documents_and_a_clean_check(store: Path) -> None:
    (row,) = told("documents", "--store", store, "--json")
    assert (row["issuer"], row["year"], row["basis"], row["level"]) == ("青川市图书馆", 2026, "预算", "单位")
    findings = told("check", "--store", store, "--json")
    assert [f for f in findings if f["severity"] == "contradiction"] == []


def test_a_planted_error_is_found_with_both_sides(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(DISCLOSURE.replace("2070104\t图书馆\t150.00\t100.00", "2070104\t图书馆\t150.00\t110.00"), "utf-8")
    assert run("ingest", path, "--store", tmp_path / "store").exit_code == 0
    findings = told("check", "--store", tmp_path / "store", "--json")
    found = [f for f in findings if f["severity"] == "contradiction"]
    assert found
    assert all(len(f["sides"]) >= 2 for f in found)
    assert Decimal("10") in {Decimal(f["difference"]) for f in found}


def test_a_bad_file_costs_nothing_that_is_stored(store: Path, tmp_path: Path) -> None:
    broken = tmp_path / "坏文件.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing more")
    result = run("ingest", broken, tmp_path / "没有.pdf", "--store", store, "--json")
    assert result.exit_code == 1
    taken = json.loads(result.stdout)
    assert [t["state"] for t in taken] == ["failed", "failed"]
    assert "坏文件.pdf" in taken[0]["sentence"]
    assert "没有这个文件" in taken[1]["sentence"]
    assert len(told("documents", "--store", store, "--json")) == 1


def test_ingesting_the_same_bytes_again_changes_nothing(store: Path, tmp_path: Path) -> None:
    before = told("figures", "--store", store, "--json")
    path = tmp_path / NAME
    path.write_text(DISCLOSURE, "utf-8")
    result = run("ingest", path, "--store", store, "--json")
    assert json.loads(result.stdout)[0]["state"] == "unchanged"
    assert told("figures", "--store", store, "--json") == before


def test_a_new_edition_of_a_file_replaces_the_old_whole(tmp_path: Path) -> None:
    path = tmp_path / NAME
    for text in (
        DISCLOSURE,
        DISCLOSURE.replace("公务接待费\t2.50", "公务接待费\t3.50").replace("合计\t2.50", "合计\t3.50"),
    ):
        path.write_text(text, "utf-8")
        assert run("ingest", path, "--store", tmp_path / "store").exit_code == 0
    rows = told("figures", "--account", "公务接待费", "--store", tmp_path / "store", "--json")
    assert {row["value"] for row in rows} == {"3.50"}


def test_asking_needs_exactly_one_source_of_questions(store: Path) -> None:
    assert run("ask", "--store", store).exit_code == 2
    assert run("ask", "问", "--jsonl", "x.jsonl", "--store", store).exit_code == 2


def gold_file(folder: Path, *values: str) -> Path:
    lines = [
        {"id": f"q{n}", "question": f"青川市图书馆2026年公务接待费是多少{'？' * n}", "checked": "表",
         "expect": {"kind": "number", "value": value, "unit": "万元", "in": NAME}}
        for n, value in enumerate(values)
    ]  # fmt: skip
    (folder / "gold.jsonl").write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return folder / "gold.jsonl"


def test_own_gold_over_an_own_document_with_a_model_and_typed_figures(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / NAME).write_text(DISCLOSURE, "utf-8")
    typed = tmp_path / "typed.csv"
    typed.write_text(
        f"document,page,row,value,unit\n{NAME},,公务接待费,2.50,万元\n{NAME},,图书馆,151.00,万元\n", "utf-8"
    )
    common = ("eval", gold_file(tmp_path, "2.50", "2.60"), "--documents", tmp_path / "docs")
    result = run(
        *common, "--model", "scripted", "--baseline", "chain", "--judge", "--figures", typed, "--report",
        tmp_path / "out", "--json",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "report.html" in result.stderr
    report = json.loads(result.stdout)
    assert list(report["systems"]) == ["assistant", "rules", "chain"]
    assert report["verdicts"] == {"q0": True, "q1": False}
    assert report["systems"]["assistant"]["tokens"]["input"] > 0
    assert report["reading"]["tokens"]["input"] > 0
    assert (report["figures"]["typed"], report["figures"]["read"]) == (2, 1)
    assert report["prices"] == {"input": None, "output": None}
    assert "no price is set" in (tmp_path / "out" / "report.md").read_text("utf-8")
    again = run(*common, "--before", tmp_path / "out" / "report.json", "--json")
    assert json.loads(again.stdout)["comparisons"]["earlier report"]["now"] == 1


def test_gold_is_checked_without_a_question_asked(tmp_path: Path, store: Path) -> None:
    result = run("eval", gold_file(tmp_path, "2.50", "2.60"), "--store", store, "--check", "--require-checked")
    assert result.exit_code == 0, result.output
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == [
        "q1", "2 questions can be used; one remark.",
    ]  # fmt: skip
    (tmp_path / "bad.jsonl").write_text('{"id": 1}\n[]\n', "utf-8")
    result = run("eval", tmp_path / "bad.jsonl", "--check")
    assert result.exit_code == 2
    assert "bad.jsonl:1: " in result.stderr
    assert "bad.jsonl:2: " in result.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--baseline", "magic"), "unknown baseline 'magic'"),
        (("--baseline", "chain"), "the baseline 'chain' needs a model"),
        (("--judge",), "a judge needs a model"),
        (("--before", "none.json"), "not a report.json"),
        (("--figures", "none.csv"), "none.csv: cannot be read"),
        (("--split", "held"), "no question of split 'held'"),
    ],
)
def test_what_cannot_be_evaluated_is_said_at_once(tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    result = run("eval", gold_file(tmp_path, "2.50"), "--documents", tmp_path / "nothing", *words)
    assert result.exit_code == 2
    assert says in result.stderr
