"""Gold questions: a documented JSONL schema, its loader and its validator.

A line is what `mingzhang ask --jsonl` reads, plus `expect`:

    {"id": "q1", "question": "…", "history": [], "document": null,
     "expect": {"kind": "number", "value": "3.00", "unit": "万元", "page": 9, "row": "公务接待费", "column": "…"},
     "tags": ["look_up"], "split": "tune", "checked": "how a second reader confirmed it", "note": "…"}

`kind` is number (value, unit), text, refuse, or ambiguous. `contain`: every entry must be said; an entry that is a list
is satisfied by any of its members; a number is only matched by the same whole number.

- `page` (one number, or a list of pages that all show it), `row`, `column`, `in` (file name): where the answer stands,
  when the citation is to be scored.
- `status`: what a number must be shown with (confirmed, disputed, …).
- `sign`: "either" where the question's words carry the direction ("减少了多少"), so that 0.27 and -0.27 are both right.
- `accept`: further answer statuses that are right ("not_disclosed" where a document states no reason).
- `lead`: for rankings and choices: of these names, the first must be the one that a text answer says first.
- `order`: for rankings: a text answer must say all of these names in this order.
- `avoid`: what must not be said, such as a number that the question wants put into the answer's mouth.
- `means`: says for a human what a text answer must say and is not scored by itself.
- `group`: paraphrases of one question share it. `split`: "tune", or "held" for questions set aside before tuning.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

KINDS = ("number", "text", "refuse", "ambiguous")
SPLITS = ("tune", "held")
SHOWN = ("confirmed", "single", "disputed", "computed")
STATUSES = ("answered", "not_disclosed", "ambiguous", "out_of_scope")
_MOST_FAULTS = 50
_ITEM_KEYS = {"id", "question", "history", "document", "expect", "tags", "split", "group", "note", "checked"}
_EXPECT_KEYS = {
    "kind", "value", "unit", "contain", "means", "page", "row", "column", "in", "status", "sign", "accept", "lead",
    "order", "avoid",
}  # fmt: skip


class EvaluationError(Exception):
    """An evaluation that cannot be made; the sentence says what is wrong and what to do."""


class GoldError(EvaluationError):
    """A gold file that cannot be used; the sentence names file, line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Expect:
    """What a right answer must be."""

    kind: str
    value: Decimal | None = None
    unit: str = ""
    contain: tuple[str | tuple[str, ...], ...] = ()
    means: str = ""
    pages: tuple[int, ...] = ()
    """Any of these pages shows the answer; empty where the gold names none."""
    row: str | None = None
    column: str | None = None
    file: str | None = None
    status: str | None = None
    either_sign: bool = False
    accept: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    avoid: tuple[str | tuple[str, ...], ...] = ()

    @property
    def has_place(self) -> bool:
        """Whether the item says where the answer stands."""
        return bool(self.pages) or any(part is not None for part in (self.row, self.column, self.file))


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold question."""

    id: str
    question: str
    history: tuple[Any, ...]
    document: str | None
    expect: Expect
    tags: tuple[str, ...] = ()
    split: str = "tune"
    group: str = ""
    note: str = ""
    checked: str = ""


def load(paths: Iterable[Path], *, require_checked: bool = False) -> list[Gold]:
    """Every gold question of the files, in order; ids must be unique. `require_checked` wants a second look recorded
    for each (`checked`). Raises `GoldError` with a sentence for every bad line."""
    items: list[Gold] = []
    seen: dict[str, str] = {}
    faults: list[str] = []
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            faults.append(f"{path}: cannot be read ({error}); give a UTF-8 JSONL file")
            continue
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            where = f"{path}:{number}"
            try:
                item = _item(line, where)
            except GoldError as error:
                faults.append(str(error))
                continue
            if item.id in seen:
                faults.append(f"{where}: the id {item.id!r} is taken already ({seen[item.id]})")
            if require_checked and not item.checked.strip():
                faults.append(f"{where}: {item.id} has no second look; say under checked how the value was confirmed")
            seen.setdefault(item.id, where)
            items.append(item)
    if faults:
        left = len(faults) - _MOST_FAULTS
        raise GoldError("\n".join(faults[:_MOST_FAULTS] + ([f"… and {left} more"] if left > 0 else [])))
    return items


def _item(line: str, where: str) -> Gold:
    try:
        raw = json.loads(line)
    except ValueError as error:
        raise GoldError(f"{where}: not JSON ({error}); one object a line is needed") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("expect"), dict):
        raise GoldError(f"{where}: an object with id, question and expect is needed")
    for key in ("id", "question"):
        if not isinstance(raw.get(key), str) or not raw[key].strip():
            raise GoldError(f"{where}: {key} must be text")
    _known(raw, _ITEM_KEYS, where, "")
    _typed(raw, where, "", {"document": str, "note": str, "checked": str, "group": str, "history": list, "tags": list})
    if raw.get("split", "tune") not in SPLITS:
        raise GoldError(f"{where}: split must be one of {', '.join(SPLITS)}, not {raw['split']!r}")
    return Gold(
        id=raw["id"], question=raw["question"], history=tuple(raw.get("history") or ()),
        document=raw.get("document"), expect=_expect(raw["expect"], where), tags=tuple(raw.get("tags") or ()),
        split=raw.get("split", "tune"), group=raw.get("group") or "", note=raw.get("note") or "",
        checked=raw.get("checked") or "",
    )  # fmt: skip


def _typed(raw: dict[str, Any], where: str, prefix: str, kinds: dict[str, type]) -> None:
    """A text where a list belongs would be taken letter by letter."""
    for key, kind in kinds.items():
        if raw.get(key) is not None and not isinstance(raw[key], kind):
            raise GoldError(f"{where}: {prefix}{key} must be {'a list' if kind is list else 'text'}, not {raw[key]!r}")


def _known(raw: dict[str, Any], known: set[str], where: str, prefix: str) -> None:
    """A misspelt key would silently not be scored."""
    for key in raw:
        if key not in known:
            raise GoldError(f"{where}: {prefix}{key} is not a key; known are {', '.join(sorted(known))}")


def _expect(raw: dict[str, Any], where: str) -> Expect:
    kind = raw.get("kind")
    if kind not in KINDS:
        raise GoldError(f"{where}: expect.kind must be one of {', '.join(KINDS)}, not {kind!r}")
    _known(raw, _EXPECT_KEYS, where, "expect.")
    _typed(raw, where, "expect.", dict.fromkeys(("unit", "means", "row", "column", "in", "status"), str))
    _typed(raw, where, "expect.", dict.fromkeys(("contain", "accept", "lead", "order", "avoid"), list))
    for key, known in (("status", SHOWN), ("accept", STATUSES)):
        given = raw.get(key) or []
        unknown = [name for name in ([given] if isinstance(given, str) else given) if name not in known]
        if unknown:
            raise GoldError(f"{where}: expect.{key} knows {', '.join(known)}, not {unknown[0]!r}")
    value = _value(raw, where) if kind == "number" else None
    contain = _facts(raw.get("contain"))
    if kind == "text" and not contain and not any(raw.get(key) for key in ("means", "lead", "order")):
        raise GoldError(f"{where}: a text needs expect.contain, lead or order, or for a human expect.means")
    if raw.get("sign", "either") != "either":
        raise GoldError(f"{where}: expect.sign can only be 'either'")
    return Expect(
        kind=kind, value=value, unit=raw.get("unit", ""), contain=contain, means=raw.get("means", ""),
        pages=_pages(raw.get("page"), where), row=raw.get("row"), column=raw.get("column"), file=raw.get("in"),
        status=raw.get("status"), either_sign="sign" in raw, accept=tuple(raw.get("accept") or ()),
        lead=tuple(raw.get("lead") or ()), order=tuple(raw.get("order") or ()), avoid=_facts(raw.get("avoid")),
    )  # fmt: skip


def _value(raw: dict[str, Any], where: str) -> Decimal:
    given = raw.get("value")
    try:
        value = Decimal(given) if isinstance(given, str) else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite():
        how = ': as decimal text ("3.00"), not as a JSON number, which loses its last digits'
        raise GoldError(
            f"{where}: a number needs expect.value{how if isinstance(given, float | int) else ' as decimal text'}"
        )
    if not isinstance(raw.get("unit"), str):
        raise GoldError(f'{where}: a number needs expect.unit, such as 万元, %, 人, or "" for none')
    return value


def _facts(raw: Any) -> tuple[str | tuple[str, ...], ...]:
    return tuple(tuple(map(str, fact)) if isinstance(fact, list) else str(fact) for fact in raw or ())


def _pages(raw: Any, where: str) -> tuple[int, ...]:
    pages = raw if isinstance(raw, list) else [] if raw is None else [raw]
    if not all(isinstance(page, int) and not isinstance(page, bool) and page > 0 for page in pages):
        raise GoldError(f"{where}: expect.page is a number from 1, or a list of them")
    return tuple(pages)
