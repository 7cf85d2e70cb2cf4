"""Offline vectors: the same everywhere, of length 1, near where the words are the same."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

from corpus import hashing
from corpus.settings import EmbeddingSettings

HEAVY = ("langchain", "numpy", "sqlalchemy", "pydantic")
ROOT = Path(__file__).resolve().parents[1]


def dot(left: list[float], right: list[float]) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))


def test_length_one_and_width() -> None:
    vector = hashing.passage_vector("2025年公务接待费预算3.00万元")
    assert len(vector) == hashing.WIDTH == 1024
    assert math.isclose(dot(vector, vector), 1.0)
    assert hashing.passage_vector("……") == [0.0] * 1024


def test_same_words_are_nearer_than_other_words() -> None:
    question = hashing.question_vector("公务接待费是多少")
    near, far = (hashing.passage_vector(t) for t in ("公务接待费预算3.00万元", "社会保障和就业支出预算18.20万元"))
    assert dot(question, near) > 0.3 > dot(question, far)


def test_rare_tokens_weigh_more() -> None:
    def frequencies(tokens: Collection[str]) -> tuple[int, dict[str, int]]:
        return 100, {token: 100 if token in "预算" else 1 for token in tokens}

    plain, weighed = hashing.question_vector("预算奖"), hashing.question_vector("预算奖", frequencies)
    prize = hashing.passage_vector("奖")
    assert dot(weighed, prize) > dot(plain, prize)


def test_unknown_tokens_of_a_question_are_left_out() -> None:
    assert hashing.question_vector("不在书里", lambda tokens: (10, {})) == [0.0] * 1024


def test_the_same_in_another_process() -> None:
    code = "from corpus.hashing import *; print(to_bytes(passage_vector('基本支出1,234.50万元 abc')).hex())"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert bytes.fromhex(run.stdout) == hashing.to_bytes(hashing.passage_vector("基本支出1234.50万元 ABC"))


def test_bytes_and_back() -> None:
    assert hashing.from_bytes(hashing.to_bytes([0.5, -0.25, 0.0])) == [0.5, -0.25, 0.0]
    assert hashing.to_bytes([1.0]) == b"\x00\x00\x80?"


def test_importing_the_arithmetic_imports_no_library() -> None:
    code = f"import sys, corpus.hashing; print([m for m in sys.modules if m.startswith({HEAVY})])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_langchain_embeddings() -> None:
    from corpus import embeddings

    built = embeddings.build_embeddings(EmbeddingSettings())
    assert built.embed_documents(["教育支出"]) == [hashing.passage_vector("教育支出")]
    assert built.embed_query("教育支出") == hashing.question_vector("教育支出")
    assert embeddings.model_id(EmbeddingSettings()) == hashing.MODEL
    assert embeddings.model_id(EmbeddingSettings(name="m", base_url="http://h/v1")) == "m@http://h/v1"
