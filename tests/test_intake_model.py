"""With a model switched on its reading of the prose stands beside ours; what it invents is never stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from scripted_model import ScriptedModel

from corpus.figure import Reader, Status
from corpus.figures import Book
from corpus.settings import load_settings
from ingest.intake import ingest_files

TEXT = """2026年度
青川市图书馆
单位预算

第二部分 2026年单位预算说明

四、“三公”经费预算情况

青川市图书馆2026年公务接待费预算2.50万元，与上年持平，主要原因是厉行节约。
"""


def script(value: str, quote: str):
    def say(_: str) -> dict[str, Any]:
        return {
            "figures": [{
                "account": "公务接待费", "amount": value, "unit": "万元", "quote": quote, "year": 2026
            }]
        }  # fmt: skip

    return say


@pytest.mark.parametrize(
    ("value", "quote", "kept"),
    [
        ("2.50", "2026年公务接待费预算2.50万元", 1),
        ("9.99", "2026年公务接待费预算2.50万元", 0),
        ("9.99", "2026年公务接待费预算9.99万元", 0),
    ],
)
def test_only_what_the_sentence_bears_out_is_stored(tmp_path: Path, value: str, quote: str, kept: int) -> None:
    path = tmp_path / "青川市图书馆2026年单位预算.txt"
    path.write_text(TEXT, "utf-8")
    with ScriptedModel(script(value, quote)).running() as server:
        settings = load_settings(store=tmp_path / "store").model_copy(update={"model": server.settings()})
        with Book.open(settings.book, writable=True) as book:
            (taken,) = ingest_files([path], book, settings)
            figures = book.figures()
    assert taken.state == "stored"
    assert taken.note.startswith("共"), taken.note
    assert len([f for f in figures if f.reader is Reader.MODEL]) == kept, taken.note
    assert "9.99" not in {str(f.value) for f in figures}
    ours = [f for f in figures if f.account == "公务接待费" and f.reader is Reader.PROSE and str(f.value) == "2.50"]
    assert ours
    assert Status.DISPUTED not in {f.status for f in ours}


def test_a_model_that_is_down_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "青川市图书馆2026年单位预算.txt"
    path.write_text(TEXT, "utf-8")
    with ScriptedModel(script("2.50", "x"), "failing").running() as server:
        model = server.settings(max_retries=0)
        settings = load_settings(store=tmp_path / "store").model_copy(update={"model": model})
        with Book.open(settings.book, writable=True) as book:
            (taken,) = ingest_files([path], book, settings)
            assert [f for f in book.figures() if f.account == "公务接待费"]
    assert taken.state == "stored"
    assert "失败" in taken.note
