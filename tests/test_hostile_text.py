"""No pattern takes for ever on text that was made to make it: words repeated, then a sign that fits nothing."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

import corpus
import ingest
from corpus.accounts import STATEMENTS

LENGTH = 100
"""Characters of a hostile text: an exponential pattern never ends on it, a cubic one in milliseconds."""
SECONDS = 0.5
BEYOND_IMPORT = ("corpus.editions.typeset", "corpus.models", "corpus.embeddings", "ingest.readers.ocr")


def modules() -> list[str]:
    found = [
        module.name
        for package in (corpus, ingest)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    return [name for name in found if name not in BEYOND_IMPORT]


def patterns(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from patterns(item)


def words(pattern: re.Pattern[str]) -> list[str]:
    """What the pattern is made of: its Chinese words, each also beside its neighbour, and the usual signs."""
    own = list(dict.fromkeys(re.findall(r"[\u4e00-\u9fff]+", pattern.pattern)))
    signs = ["1", " ", "\t", "-", ".", "(", "（", ",", "、", "一", "=", "A", "1,", "…", ")"]
    return [*own, *(one + other for one, other in pairwise(own)), *signs]


@pytest.mark.parametrize("name", modules())
def test_patterns_end_on_hostile_text(name: str) -> None:
    for label, value in vars(importlib.import_module(name)).items():
        for pattern in patterns(value):
            for word in words(pattern):
                assert_quick(f"{name}.{label}", pattern, word)


def test_patterns_of_titles_end_on_hostile_text() -> None:
    for key, statement in STATEMENTS.items():
        for pattern in (*statement.titles, *statement.avoid):
            for word in words(pattern):
                assert_quick(key, pattern, word)


def assert_quick(where: str, pattern: re.Pattern[str], word: str) -> None:
    # Length grows step by step, so that a pattern gone exponential fails the test instead of hanging it.
    for times in range(4, LENGTH // len(word) + 5, 3):
        text = word * times + "\x01"
        began = time.process_time()
        pattern.fullmatch(text)
        pattern.search(text)
        assert time.process_time() - began < SECONDS, f"{where} is slow on {word!r} repeated"
