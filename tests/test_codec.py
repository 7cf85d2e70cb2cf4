"""Values and their JSON: equal both ways, lean, and open to fields that come later."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from corpus import codec
from corpus.disclosure import Cell
from corpus.locator import Locator
from corpus.money import Absence, Amount


@dataclass(frozen=True, slots=True)
class Sample:
    """One of each kind of field."""

    amount: Amount | None
    absence: Absence | None = None
    numbers: tuple[int, ...] = ()
    places: tuple[Locator, ...] = ()
    pair: tuple[str, Absence | None] = ("", None)
    width: float = 0.0


FULL = Sample(
    Amount(Decimal("1.50"), "万元"), Absence.DASH, (1, 2), (Locator("甲.pdf", 1),), ("x", Absence.BLANK), 1 / 3
)


@pytest.mark.parametrize("value", [FULL, Sample(None), Sample(None, numbers=(0,))])
def test_there_and_back(value: Sample) -> None:
    assert codec.loads(Sample, codec.dumps(value)) == value


def test_defaults_are_not_written() -> None:
    assert codec.dumps(Cell(1, 2, "合计")) == '{"row":1,"column":2,"text":"合计"}'
    assert codec.dumps(Cell(1, 2, "合计", page=3), skip=frozenset({"row", "text"})) == '{"column":2,"page":3}'


def test_a_row_written_before_a_field_existed_is_read() -> None:
    assert codec.loads(Sample, '{"amount":null}') == Sample(None)


def test_many_at_once() -> None:
    texts = [codec.dumps(FULL), codec.dumps(Sample(None))]
    assert codec.loads_all(Sample, texts) == [FULL, Sample(None)]
    assert codec.loads_all(Sample, []) == []


def test_what_cannot_be_stored_is_told() -> None:
    with pytest.raises(TypeError, match="cannot be stored: object"):
        codec.dumps(object())
    with pytest.raises(TypeError, match="union of several types"):
        codec.decoder(int | str)
    with pytest.raises(KeyError):
        codec.loads(Sample, '{"amount":null,"absence":"no such"}')
