"""The lines of a whole page, put together at once, are those that are put together glyph by glyph."""

import random

import pytest

from ingest.grids.geometry import Glyph, places_of, set_text, split_lines
from ingest.grids.lines import FEW, printed_lines


def typeset(text: str, x: float, y: float, size: float = 10.0, step: float = 10.0) -> list[Glyph]:
    """Text of square signs set from a point on; a blank in it is typed and takes no room."""
    glyphs: list[Glyph] = []
    spaced = False
    for sign in text:
        if sign == " ":
            spaced = True
            continue
        glyphs.append((sign, x, y, x + size, y + size, spaced))
        x, spaced = x + step, False
    return glyphs


def test_lines_are_told_with_blanks_boxes_and_edges() -> None:
    """Twelve lines of ten signs each, drawn from the lowest up, their second halves before their first."""
    glyphs: list[Glyph] = []
    for row in reversed(range(12)):
        glyphs += typeset("的预算金额", 140, 100 + 20 * row)
        glyphs += typeset("本单位 今年", 90, 100 + 20 * row, size=8.0)
    assert len(glyphs) > FEW
    lines, texts, has_gap = printed_lines(tuple(glyphs), places_of(glyphs))
    assert [len(line) for line in lines] == [10] * 12
    first = texts[0]
    assert first.text == "本单位 今年的预算金额"
    assert first.xs[:5] == (90, 100, 110, 118, 120)  # the blank stands where the sign before it ends
    assert first.xs[-1] == 190
    assert first.box == (90, 100, 190, 110)
    assert first.size == 10
    assert texts[11].box == (90, 320, 190, 330)
    assert not has_gap  # two points between signs of eight points


def test_a_gap_as_between_columns_is_told() -> None:
    glyphs = [glyph for row in range(12) for glyph in typeset("本单位今年收入预算数", 90, 100 + 20 * row)]
    assert not printed_lines(tuple(glyphs), places_of(glyphs)).has_gap
    glyphs += typeset("12.00", 193.6, 100)
    found = printed_lines(tuple(glyphs), places_of(glyphs))
    assert found.has_gap
    assert len(found.lines) == 12


@pytest.mark.parametrize("seed", range(40))
def test_as_glyph_by_glyph(seed: int) -> None:
    """Pages of random lines, raised signs, signs of two letters, typed blanks and columns, drawn in any order.

    On every fourth of them lines stand beside each other, which no array tells apart.
    """
    chance = random.Random(seed)
    glyphs: list[Glyph] = []
    for row in range(chance.randint(1, 14)):
        x, y = 50.0, 80.0 + row * (chance.choice([6.0, 14.0, 14.0, 22.0]) if seed % 4 == 0 else 18.0)
        for _ in range(chance.randint(1, 40)):
            size = chance.choice([8.0, 9.5, 10.0, 10.0])
            top = round(y + chance.choice([0.0, 0.0, 0.2, -2.5]), 2)
            sign = chance.choice(["年", "收", "1", ".", "a", "m2", ","])
            x = round(x + chance.choice([0.0, 0.0, 0.0, 1.5, 3.0, 9.0, 40.0]), 2)
            glyphs.append((sign, x, top, round(x + size * 0.9, 2), round(top + size, 2), chance.random() < 0.05))
            x += size
    if chance.random() < 0.5:
        chance.shuffle(glyphs)
    expected = split_lines(glyphs)
    found = printed_lines(tuple(glyphs), places_of(glyphs))
    assert found.lines == expected
    assert found.texts == list(map(set_text, expected))
