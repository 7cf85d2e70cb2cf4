"""What several test files share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from little_book import little_book

from corpus.figures import Book
from corpus.settings import Settings, load_settings
from rag.assistant import Assistant

EDITIONS = Path(__file__).resolve().parents[1] / "corpus" / "editions"


@pytest.fixture(scope="session")
def editions_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose book holds the five bundled editions, read once for the session. Open it for reading only."""
    from ingest.intake import ingest_files

    settings = load_settings(store=tmp_path_factory.mktemp("editions"))
    with Book.open(settings.book, writable=True) as book:
        taken = list(ingest_files(sorted(EDITIONS.glob("*.pdf")), book, settings))
    assert [t.sentence for t in taken if t.failed] == []
    return settings


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The assistant over the hand-made book of little_book.py."""
    with little_book(tmp_path_factory.mktemp("little")) as book:
        yield Assistant(book, Settings())
