"""One contradiction put into a disclosure: an amount that something else in the document tells differently."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from eval.synthetic.blocks import Entry, Fact, Paper, Prose, Sheet


def plant(paper: Paper, rng: random.Random) -> None:
    """Change one amount whose fact stands at least twice in the document, and note what is printed now."""
    counts = Counter(fact.key for fact in paper.facts())
    places = [
        (index, fact)
        for index, block in enumerate(paper.blocks)
        for fact in _facts(block)
        if counts[fact.key] > 1 and fact.value > 1 and fact.unit in ("万元", "元")
    ]
    index, fact = rng.choice(places)
    digits = f"{fact.value:.2f}"
    at = rng.randrange(len(digits) - 3)
    changed = digits[:at] + str((int(digits[at]) % 9) + 1) + digits[at + 1 :]
    block = paper.blocks[index]
    if isinstance(block, Prose):
        paper.blocks[index] = replace(block, text=block.text.replace(f"{digits}万元", f"{changed}万元", 1))
    elif isinstance(block, Sheet):
        paper.blocks[index] = _in_table(block, fact, Decimal(changed))
    paper.planted = changed
    paper.where = f"{getattr(block, 'title', '') or '说明文字'}：{fact.name} {digits}→{changed}"


def _facts(block: object) -> list[Fact]:
    if isinstance(block, Prose):
        return list(block.facts)
    if isinstance(block, Sheet):
        return [entry.fact for row in block.rows for entry in row if entry.fact]
    return []


def _in_table(sheet: Sheet, fact: Fact, value: Decimal) -> Sheet:
    def changed(entry: Entry) -> Entry:
        if entry.fact is not fact:
            return entry
        text = f"{value:,.2f}" if "," in entry.text else f"{value:.2f}"
        return replace(entry, text=text, fact=replace(fact, value=value))

    return replace(sheet, rows=tuple(tuple(changed(entry) for entry in row) for row in sheet.rows))
