"""An amount in answer to a part of a question, and how one is read from a disclosure's figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.disclosure import Basis, Disclosure
from corpus.figure import Figure, Measure, Scheme, Status
from corpus.money import Absence, Amount
from corpus.vocabulary import Target
from rag.finder import Choice, accepted_bases, find
from rag.plan import Asked


@dataclass(frozen=True, slots=True)
class Value:
    """An amount in answer to a part of the question: read (`choice`) or computed (`formula` from `operands`)."""

    asked: Asked
    document: str
    year: int
    basis: Basis
    amount: Amount | None
    choice: Choice | None = None
    formula: str | None = None
    operands: tuple[Figure, ...] = ()
    note: str = ""
    doubt: Figure | None = None
    """A figure of the document that a computed value does not fit: the rate it prints for the same change."""

    @classmethod
    def of(cls, figure: Figure, name: str = "") -> Value:
        """A figure as the value of the account that it is of, called by `name` where given."""
        name = name or figure.account
        asked = Asked(name, name, (Target(figure.scheme, figure.code, figure.account),), component=figure.component)
        return cls(asked, figure.document, figure.year, figure.basis, figure.amount, Choice(figure))

    @property
    def figure(self) -> Figure | None:
        """The figure read, None for a computed value."""
        return self.choice.figure if self.choice else None

    @property
    def status(self) -> str:
        """confirmed, single, disputed or computed."""
        if self.doubt is not None:
            return Status.DISPUTED.value
        if self.formula is not None or self.choice is None:
            return "computed"
        return Status.DISPUTED.value if self.choice.disputing else self.choice.figure.status.value


Combine = Callable[[Sequence[Value]], "Value | None"]
"""Several values made into one: their sum, their mean."""


@dataclass(frozen=True, slots=True)
class Source:
    """One disclosure with its figures, and how to get at those of other documents of the same issuer and kind."""

    disclosure: Disclosure
    figures: Sequence[Figure]
    siblings: Callable[[int], Source | None]
    """The same issuer's disclosure of that year, same level and basis, or None."""


def read_amount(
    source: Source, asked: Asked, year: int, bases: Sequence[Basis] = (), measure: Measure | None = None
) -> Value | None:
    """The figure as the document states it, or None."""
    accepted = accepted_bases(bases, source.disclosure, year)
    for kind in [measure] if measure else _measures(asked):
        choice = find(source.figures, asked, year=year, bases=accepted, measure=kind)
        if choice is not None:
            best = choice.figure
            return Value(asked, source.disclosure.name, best.year, best.basis, best.amount, choice)
    return None


def _measures(asked: Asked) -> list[Measure]:
    if asked.measure is not None:
        return [asked.measure]
    if asked.targets[0].scheme is Scheme.PERFORMANCE:
        return [Measure.COUNT, Measure.TARGET, Measure.AMOUNT]
    counted = {target.scheme for target in asked.targets} & {Scheme.ASSET, Scheme.STAFF}
    return [Measure.COUNT, Measure.AMOUNT] if counted else [Measure.AMOUNT, Measure.COUNT]


def figures_of(value: Value) -> tuple[Figure, ...]:
    """The figures a value was read from or computed from."""
    return (value.figure,) if value.figure is not None else value.operands


def size(value: Value | None) -> Decimal | None:
    """A value for comparison (money in 元); a stated "none" counts as nought, a blank as nothing known."""
    if value is None:
        return None
    if value.amount is None:
        figure = value.figure
        return Decimal(0) if figure is not None and figure.absence is Absence.NO_DATA else None
    return value.amount.to("元").value if value.amount.is_money else value.amount.value
