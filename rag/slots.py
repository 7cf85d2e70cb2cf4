"""What one question says by itself, before anything is carried over or resolved to documents."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.disclosure import Basis, Level
from rag.lexicon import Heard
from rag.naming import Unit
from rag.plan import Asked, Operation
from rag.resolve import Mentioned
from rag.years import Years


@dataclass(frozen=True, slots=True)
class Slots:
    """What one question says by itself, before anything is carried over or resolved to documents."""

    text: str
    """The folded question (in Chinese)."""
    years: Years
    mentioned: Mentioned
    heard: tuple[Heard, ...]
    operations: tuple[Operation, ...]
    topic: str
    bases: tuple[Basis, ...]
    level: Level | None
    everyone: bool
    rest: tuple[str, ...]
    """Words that none of the above accounts for."""
    accounts: tuple[Asked, ...] = ()
    whole: Asked | None = None
    qualifier: str = ""
    tail: str = ""
    taken: tuple[tuple[int, int], ...] = ()
    soft_years: bool = False
    base: Basis | None = None
    table: str = ""
    before: str = ""
    earlier_accounts: tuple[Asked, ...] = ()
    earlier_years: tuple[int, ...] = ()
    earlier_units: tuple[Unit, ...] = ()
    """What the question before asked for: "一共多少", "差多少" are about both."""

    @property
    def has_unit(self) -> bool:
        """Whether the question names a unit, known or not."""
        return bool(self.mentioned.units or self.mentioned.candidates or self.mentioned.foreign)

    @property
    def has_year(self) -> bool:
        """Whether the question names a year or years."""
        return bool(self.years.years or self.years.last or self.years.relative is not None or self.years.every)


def asked_apart(first: Slots, second: Slots) -> bool:
    """Whether two questions said in one breath are to be answered one after the other: amounts of different things in
    different years ("… in August 2023, and how many … in 2024"), or of a whole and then of its parts ("政府采购多少，货物和服务各多少").
    """
    whole, parts = ([a.name for a in slots.accounts if not a.weak] for slots in (first, second))
    if not whole or not parts or set(whole) & set(parts):
        return False
    years = first.years.years and second.years.years and set(first.years.years).isdisjoint(second.years.years)
    return bool(years) or (len(whole) == 1 < len(parts) and all(name.startswith(whole[0]) for name in parts))
