"""What ingesting one file yields: a pure value, stored whole in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.disclosure import Announced, Disclosure, Finding, PageInfo, Section, Table
from corpus.figure import Figure
from corpus.passage import Passage


@dataclass(frozen=True, slots=True)
class Record:
    """A disclosure read in full."""

    disclosure: Disclosure
    pages: tuple[PageInfo, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    announced: tuple[Announced, ...] = ()
    figures: tuple[Figure, ...] = ()
    passages: tuple[Passage, ...] = ()
    findings: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = field(default=())
