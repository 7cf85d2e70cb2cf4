"""The sample questions over the shared disclosures: every one right, with its place where one is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from corpus.figures import Book
from corpus.settings import load_settings
from rag.assistant import Assistant

SHARED = Path(__file__).resolve().parents[2] / "shared"
SAMPLE = SHARED / "questions" / "sample.jsonl"
QUESTIONS = [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()] if SAMPLE.exists() else []

pytestmark = pytest.mark.skipif(not QUESTIONS, reason="the shared sample questions are not here")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    from ingest.pipeline import ingest_bytes

    settings = load_settings(store=Path(tmp_path_factory.mktemp("store")))
    names = {item["document"] for item in QUESTIONS if item["document"]}
    files = sorted((SHARED / "disclosures").glob("*年*.txt")) + [SHARED / "real" / name for name in sorted(names)]
    with Book.open(settings.book, writable=True) as book:
        for file in files:
            book.store(ingest_bytes(file.name, file.read_bytes(), settings))
    book = Book.open(settings.book)
    yield Assistant(book, settings)
    book.close()


@pytest.mark.parametrize("item", QUESTIONS, ids=lambda item: item["id"])
def test_sample(assistant: Assistant, item: dict[str, Any]) -> None:
    answer = assistant.ask(item["question"], item["history"], item["document"]).as_json()
    expect = item["expect"]
    if expect["kind"] == "refuse":
        assert answer["status"] in ("not_disclosed", "out_of_scope")
        return
    if expect["kind"] == "ambiguous":
        assert answer["status"] == "ambiguous"
        return
    assert answer["status"] == "answered", answer["answer"]
    if expect["kind"] == "number":
        assert Decimal(answer["result"]["value"]) == Decimal(expect["value"])
        assert answer["result"]["unit"] in (expect["unit"], "人" if expect["unit"] == "名" else expect["unit"])
    assert all(needed in answer["answer"] for needed in expect.get("contain", ()))
    if "page" in expect:
        assert expect["page"] in [citation["page"] for citation in answer["citations"]]
