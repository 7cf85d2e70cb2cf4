"""A passage: a piece of a disclosure's text, found again by search and quoted as proof."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from corpus.locator import Box


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of a disclosure with its context. `context` ("unit year basis · section") is put in front when indexed.

    `kind` is "prose" or "table" (a table row rendered as "table title · row · column: cell; …"). `boxes` light it up:
    (page, box) for every printed line.
    """

    document: str
    section: str
    text: str
    kind: str
    page: int | None
    context: str
    boxes: tuple[tuple[int | None, Box | None], ...] = ()
    table_id: str | None = None
    row_index: int | None = None

    @property
    def id(self) -> str:
        """A content hash of document, place and text (20 hex digits)."""
        parts = (self.document, self.section, self.kind, self.page, self.table_id, self.row_index, self.text)
        return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:20]

    @property
    def indexed_text(self) -> str:
        """What search sees: the context, then the text."""
        return f"{self.context}\n{self.text}"
