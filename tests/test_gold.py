"""The gold of this repository: it loads, its ids are unique, and each question carries how it was checked."""

from __future__ import annotations

from collections import Counter

import pytest

from eval.gold import load
from eval.run import GOLD

FILES = sorted(GOLD.rglob("*.jsonl"))


def test_all_files_load_together() -> None:
    items = load(FILES)
    assert len(items) >= 500
    assert {item.expect.kind for item in items} == {"number", "text", "refuse", "ambiguous"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_number_was_looked_at_twice(path) -> None:
    assert [item.id for item in load([path]) if item.expect.kind == "number" and not item.checked] == []


def test_a_question_is_asked_once() -> None:
    asked = Counter((i.question, i.history, i.document) for i in load(FILES) if not i.id.startswith("ed-"))
    assert [key for key, count in asked.items() if count > 1] == []


def test_paraphrases_share_their_answer() -> None:
    groups: dict[str, set[object]] = {}
    for item in load([GOLD / "paraphrases.jsonl"]):
        groups.setdefault(item.group, set()).add((item.expect.value, item.expect.unit, item.expect.file))
    assert all(len(answers) == 1 for answers in groups.values())
    assert len(groups) >= 30
