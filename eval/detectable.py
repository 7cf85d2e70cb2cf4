"""Which planted errors can be found at all, told from the text alone and without the readers or the checks.

An amount can be contradicted where the document says it a second time or adds it up. So an error counts as detectable
when what it changes

- is a cell under a heading of a table (every one takes part in a sum of its row or column), or
- is an amount that is printed once more elsewhere in the document, in 万元 or in 元, with two digits other than zero, or
- belongs to a list whose amounts, two or more that follow each other, make the amount printed right before them, or
- stands in a sentence that gives a change together with its rate (for a direction word: with another direction word).

Not detectable by these: limits that name a class (单价100万元以上, ≤80万元), amounts stated once, numbers of a column
without heading, direction words before a number of people or things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

_NUMBER = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?![\d.])")
_MONEY = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*万?元")
_CHANGE = re.compile(r"(?:增加|增长|减少|下降)[^,，。;；\d]{0,8}[\d,.]+\s*(?:万元|元|%|％)")
_LIMIT_AFTER = re.compile(r"\s*万?元?\s*(?:[(（][^()（）]*[)）])?\s*(?:以上|以下|以内|及以)")
_LIMIT_BEFORE = re.compile(r"[≤≥<>]\s*$|(?:不超过|不低于|不高于|不少于)\s*$")
_LINES_OF_A_LIST = 6
_LONGEST_LIST = 12


def detectable(text: str, start: int, end: int, kind: str) -> bool:
    """Whether an error of a kind, planted at characters `start`..`end` of a text, contradicts anything else in it."""
    if kind in ("number in a table", "total in a table", "sign"):
        return _headed(text, start)
    if kind == "direction word":
        return _with_another_direction(text, start, end)
    if kind == "unit":
        start = max((m.start() for m in _NUMBER.finditer(text, max(0, start - 24), start)), default=start)
        end = start + len(_NUMBER.match(text, start).group()) if _NUMBER.match(text, start) else end  # type: ignore[union-attr]
    if _LIMIT_AFTER.match(text, end) or _LIMIT_BEFORE.search(text[:start]):
        return False
    return _repeated(text, start, end) or _listed(text, start) or _beside_a_rate(text, start)


def _value(printed: str) -> Decimal:
    return Decimal(printed.replace(",", ""))


def _headed(text: str, at: int) -> bool:
    """Whether any cell above in the same column of the table, before its first row of numbers, has words."""
    line = text.rfind("\n", 0, at) + 1
    separator = "\t" if "\t" in text[line : text.find("\n", at)] else "|"
    column = text[line:at].count(separator)
    above: list[list[str]] = []
    for row in reversed(text[:line].split("\n")[:-1]):
        if separator not in row:
            break
        above.append(row.split(separator))
    cells = [row[column] for row in above if len(row) > column]
    return any(re.search(r"[一-鿿]", cell) for cell in cells)


def _repeated(text: str, start: int, end: int) -> bool:
    value = _value(text[start:end])
    if len(re.findall(r"[1-9]", text[start:end])) < 2:
        return False
    same = {value, value * 10000}
    return any(m.start() != start and _value(m.group()) in same for m in _NUMBER.finditer(text))


def _sentence(text: str, at: int) -> tuple[int, int]:
    first = max(text.rfind(mark, 0, at) for mark in "。;；\n") + 1
    stops = [found for mark in "。;；\n" if (found := text.find(mark, at)) >= 0]
    return first, min(stops, default=len(text))


def _listed(text: str, at: int) -> bool:
    first = last = at
    for _ in range(_LINES_OF_A_LIST):
        first = text.rfind("\n", 0, max(first - 1, 0)) + 1
        last = text.find("\n", last + 1) if text.find("\n", last + 1) >= 0 else len(text)
    found = [(m.start(), _value(m["number"])) for m in _MONEY.finditer(text, first, last)]
    index = next((i for i, (place, _) in enumerate(found) if place == at), None)
    if index is None:
        return False
    return _adds_up([value for _, value in found], index)


def _adds_up(values: Sequence[Decimal], index: int) -> bool:
    for whole in range(len(values)):
        for length in range(2, _LONGEST_LIST):
            run = values[whole + 1 : whole + 1 + length]
            if len(run) == length and whole <= index <= whole + length and values[whole] and sum(run) == values[whole]:
                return True
    return False


def _beside_a_rate(text: str, at: int) -> bool:
    first, last = _sentence(text, at)
    said = text[first:last]
    return bool(re.search(r"[%％]", said)) and len(_CHANGE.findall(said)) >= 2


def _with_another_direction(text: str, start: int, end: int) -> bool:
    first, last = _sentence(text, start)
    own = _CHANGE.match(text, start)
    if own is None:
        return False
    if len(_CHANGE.findall(text[first:last])) >= 2:
        return True
    number = _NUMBER.search(text, end)
    return number is not None and _repeated(text, number.start(), number.end())
