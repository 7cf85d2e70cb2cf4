"""Gold questions: a documented JSONL schema, its loader and its validator.

A line is what `mingzhang ask --jsonl` reads, plus `expect`:

    {"id": "q1", "question": "…", "history": [], "document": null,
     "expect": {"kind": "number", "value": "3.00", "unit": "万元", "page": 9, "row": "公务接待费", "column": "…"},
     "tags": ["look_up"], "split": "tune", "checked": "how a second reader confirmed it", "note": "…"}

`kind` is number (value, unit), text (`contain`: every entry must be said; an entry that is a list is satisfied by any
of its members; a number is only matched by the same whole number), refuse, or ambiguous. `page`, `row`, `column`, `in`
(file name) say where the answer stands, when the citation is to be scored. `means` says for a human what a text answer
must say and is not scored by itself. `status` is the status a number must be shown with (confirmed, disputed, …).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

KINDS = ("number", "text", "refuse", "ambiguous")


class GoldError(Exception):
    """A gold file that cannot be used; the sentence names file, line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Expect:
    """What a right answer must be."""

    kind: str
    value: Decimal | None = None
    unit: str = ""
    contain: tuple[str | tuple[str, ...], ...] = ()
    means: str = ""
    page: int | None = None
    row: str | None = None
    column: str | None = None
    file: str | None = None
    status: str | None = None

    @property
    def has_place(self) -> bool:
        """Whether the item says where the answer stands."""
        return any(part is not None for part in (self.page, self.row, self.column, self.file))


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold question."""

    id: str
    question: str
    history: tuple[str, ...]
    document: str | None
    expect: Expect
    tags: tuple[str, ...] = ()
    split: str = "tune"
    group: str = ""
    """Paraphrases of one question share a group."""
    note: str = ""
    checked: str = ""


def load(paths: Iterable[Path]) -> list[Gold]:
    """Every gold question of the files, in order. Raises `GoldError` naming the first bad line; ids must be unique."""
    items: list[Gold] = []
    seen: dict[str, str] = {}
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise GoldError(f"{path}: cannot be read ({error}); give a UTF-8 JSONL file") from error
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            where = f"{path}:{number}"
            item = _item(line, where)
            if item.id in seen:
                raise GoldError(f"{where}: the id {item.id!r} is taken already ({seen[item.id]})")
            seen[item.id] = where
            items.append(item)
    return items


def _item(line: str, where: str) -> Gold:
    try:
        raw = json.loads(line)
    except ValueError as error:
        raise GoldError(f"{where}: not JSON ({error})") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("expect"), dict):
        raise GoldError(f"{where}: an object with id, question and expect is needed")
    for key in ("id", "question"):
        if not isinstance(raw.get(key), str) or not raw[key].strip():
            raise GoldError(f"{where}: {key} must be text")
    return Gold(
        id=raw["id"], question=raw["question"], history=tuple(raw.get("history") or ()),
        document=raw.get("document"), expect=_expect(raw["expect"], where), tags=tuple(raw.get("tags") or ()),
        split=raw.get("split", "tune"), group=raw.get("group", ""), note=raw.get("note", ""),
        checked=raw.get("checked", ""),
    )  # fmt: skip


def _expect(raw: dict[str, Any], where: str) -> Expect:
    kind = raw.get("kind")
    if kind not in KINDS:
        raise GoldError(f"{where}: expect.kind must be one of {', '.join(KINDS)}, not {kind!r}")
    value = None
    if kind == "number":
        try:
            value = Decimal(str(raw["value"]))
        except (KeyError, InvalidOperation) as error:
            raise GoldError(f"{where}: a number needs expect.value as decimal text") from error
        if not isinstance(raw.get("unit"), str):
            raise GoldError(f"{where}: a number needs expect.unit")
    contain = tuple(tuple(c) if isinstance(c, list) else str(c) for c in raw.get("contain") or ())
    if kind == "text" and not contain and not raw.get("means"):
        raise GoldError(f"{where}: a text needs expect.contain or expect.means")
    return Expect(
        kind=kind, value=value, unit=raw.get("unit", ""), contain=contain, means=raw.get("means", ""),
        page=raw.get("page"), row=raw.get("row"), column=raw.get("column"), file=raw.get("in"),
        status=raw.get("status"),
    )  # fmt: skip
