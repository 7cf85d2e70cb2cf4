"""A model that lies in every answer, over the bundled editions."""

from __future__ import annotations

from corpus.figures import Book
from corpus.settings import Settings
from eval.gold import load
from eval.lying import LIES, run
from eval.run import BUNDLED_GOLD


def test_no_lie_reaches_the_reader(editions_settings: Settings) -> None:
    with Book.open(editions_settings.book) as book:
        counts = run(book, editions_settings, load([BUNDLED_GOLD]), 112)
    assert counts["lies"]["Worded"] > len(LIES)
    assert counts["shown"] == []
    assert counts["unsupported_numbers"] == 0
    assert counts["quantities_in_words"] == 0
    assert counts["worse_than_without"] == 0
