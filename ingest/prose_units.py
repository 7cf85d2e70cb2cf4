"""Whose amount a sentence states: the issuer's, or that of one of the units it accounts for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.accounts import clean_name
from corpus.disclosure import Disclosure, Level
from corpus.figure import Scheme
from ingest.prose.drafts import Draft

_OWNED = (
    Scheme.TOTAL, Scheme.SOURCE, Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.THREE_PUBLIC, Scheme.OPERATING,
    Scheme.PROCUREMENT,
)  # fmt: skip
_ITSELF = r"(?:局|厅|委|办|院|机关|部门)本级"
"""The issuer without the units below it. 市本级 and 区本级 are levels of government, not units."""
_BEGINS = (
    r"(?:^|[,:;。(]|(?<=元)、)(?:其中|包括|分别为|分别是)?[:,]?(?:20\d\d年度?,?)?"
    r"(?:[一二三四五六七八九十]+是|\d{1,2}[.、]|\([一二三四五六七八九十\d]{1,2}\))?(?:下属|所属)?(?:二级)?(?:预算)?(?:单位)?"
)


class SubUnits:
    """The units of a department and how its prose names them: at the beginning of a clause, before the amount."""

    def __init__(self, disclosure: Disclosure, path: Sequence[str]) -> None:
        issuer = disclosure.issuer
        names = {name for name in disclosure.units if len(name) > 2 and not issuer.endswith(name)}
        self._names = names if disclosure.level is Level.DEPARTMENT else set()
        every = [re.escape(name) for name in sorted({*self._names, issuer} - {""}, key=len, reverse=True)]
        own = [] if "本级" in issuer else [_ITSELF]
        self._named = re.compile(f"{_BEGINS}(?P<unit>{'|'.join([*every, *own])})(?![、和与及])")
        titles = [clean_name(title) for title in path]
        self._headed = next((n for t in reversed(titles) for n in self._names if t.startswith(n)), "")

    def owner(self, before: str, draft: Draft, drafts: Sequence[Draft]) -> str:
        """The unit that `draft` is about, "" for the issuer. `before` is its sentence up to the number.

        The unit named last in the sentence counts; a sentence that names neither unit nor account goes on about the one
        before it.
        """
        if not self._names or draft.topic.scheme not in _OWNED:
            return ""
        named = [match["unit"] for match in self._named.finditer(before)]
        if named:
            return "" if named[-1] not in self._names and "本级" not in named[-1] else named[-1]
        last = drafts[-1] if drafts else None
        if draft.moves and last is not None and last.prose is draft.prose and last.topic == draft.topic:
            return last.entity
        return self._headed
