"""A document in traditional characters is read in simplified ones, character by character: nothing moves, and it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.simplified import is_traditional, simplified
from ingest.page import Block, Grid, Page

WARNING = "原文是繁体字，为便于核对和检索已逐字转为简体，数字照旧；引用请以原文为准。"


def in_simplified(pages: Sequence[Page]) -> list[Page]:
    """The pages in simplified characters, the first with a warning, where most of their text is in traditional ones; the
    same pages otherwise."""
    texts = [text for page in pages for block in page.blocks for text in _texts(block)]
    if not is_traditional("".join(texts)):
        return list(pages)
    turned = [
        replace(page, blocks=tuple(map(_turned, page.blocks)), text=simplified(page.text)) for page in pages
    ]  # fmt: skip
    return [replace(page, warnings=(WARNING, *page.warnings)) if not at else page for at, page in enumerate(turned)]


def _texts(block: Block) -> list[str]:
    return [cell.text for cell in block.cells] if isinstance(block, Grid) else [block.text]


def _turned(block: Block) -> Block:
    if isinstance(block, Grid):
        return replace(block, cells=tuple(replace(cell, text=simplified(cell.text)) for cell in block.cells))
    return replace(block, text=simplified(block.text))
