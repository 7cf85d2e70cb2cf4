"""Whose project or indicator a question names: a name that only one unit's papers have stands for that unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.figure import Scheme
from corpus.vocabulary import fold
from rag.naming import Unit
from rag.plan import Plan
from rag.resolve import Catalogue
from rag.retrieve import coverage

_SAID = 8
"""Characters of indicators' names from which on they tell whose self-evaluation is meant."""
_OF_THE_PLACE = 0.6
"""The share of a name said for the unit that must stand in the paper's name or its issuer's."""
_BEGUN = 4
"""Characters of a project's beginning by which people call it."""
Owned = Mapping[str, frozenset[str]]
"""Folded names with the documents that have them."""


def project_owners(plan: Plan, catalogue: Catalogue, projects: Owned, reached: Owned) -> tuple[Unit, ...]:
    """The units that have a project which the question names, else the one whose self-evaluation has its indicators."""
    found: list[Unit] = []
    for asked in plan.accounts:
        if asked.targets[0].scheme is Scheme.PROJECT:
            for document in projects.get(fold(asked.name), ()):
                unit = catalogue.unit_of(document)
                if unit is not None and unit not in found:
                    found.append(unit)
    return tuple(found) or evaluating(plan, catalogue, reached)


def evaluating(plan: Plan, catalogue: Catalogue, reached: Owned, said: str = "") -> tuple[Unit, ...]:
    """The one unit whose self-evaluation has all the indicators that the question names; () for none or several.

    `said` are words that were taken for another unit's name: they must be those of the paper or of who published it.
    """
    named = [asked for asked in plan.accounts if not asked.weak]
    having = [reached.get(fold(asked.name), frozenset[str]()) for asked in named]
    if sum(len(asked.said) for asked in named) < _SAID or not having:
        return ()
    units: dict[str, Unit] = {}
    for name in frozenset.intersection(*having):
        unit = catalogue.unit_of(name)
        if unit is not None and (not said or coverage([said], fold(f"{name}。{unit.issuer}")) >= _OF_THE_PLACE):
            units[unit.issuer] = unit
    return tuple(units.values()) if len(units) == 1 else ()


def with_the_project(plan: Plan, units: Sequence[Unit], projects: Owned) -> Plan:
    """The plan with the units' latest document that has the project named, where none of those chosen has it."""
    having = frozenset[str]().union(*(projects.get(fold(asked.name), frozenset()) for asked in plan.accounts))
    issuers = fold("".join(plan.units))
    begun = [
        name for name in projects if len(name) > _BEGUN and name[:_BEGUN] in plan.text and name[:_BEGUN] not in issuers
    ]
    having = having or frozenset[str]().union(*(projects[name] for name in begun))
    own = sorted((d for unit in units for d in unit.disclosures if d.name in having), key=lambda d: -d.year)
    return plan if not own or having & set(plan.documents) else replace(plan, documents=(own[0].name,))
