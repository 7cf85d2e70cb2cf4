"""Slips of the keyboard: names written with one character wrong, missing or swapped, or with one that sounds or looks alike."""

from __future__ import annotations

from functools import cache

KINDS_OF_NUMBER = "数率额量比值度合小总"
"""Characters that tell what kind of number is meant: 执行数 is no slip for 执行率."""
_SHAPES = frozenset(
    {
        ("暖", "暧"),
        ("旅", "族"),
        ("待", "侍"),
        ("维", "唯"),
        ("购", "构"),
        ("租", "祖"),
        ("贴", "帖"),
        ("奖", "桨"),
        ("修", "俢"),
        ("采", "釆"),
        ("刷", "涮"),
        ("赁", "凭"),
    }
)
"""Characters that are easily taken for each other by the eye."""


def sounds_like(word: str, name: str) -> bool:
    """Whether a short name is written with one character of the same sound or nearly the same shape."""
    if len(word) != len(name) or not 3 <= len(name) <= 4 or word == name:
        return False
    return sum(a != b for a, b in zip(word, name, strict=True)) == 1 and alike(word, name)


def alike(word: str, name: str) -> bool:
    """Whether all characters that differ sound the same or look nearly the same, or merely stand in another order."""
    wrong = [(a, b) for a, b in zip(word, name, strict=True) if a != b]
    if sorted(word) == sorted(name):
        return True
    return all(pair in _SHAPES or pair[::-1] in _SHAPES or _sound(pair[0]) == _sound(pair[1]) for pair in wrong)


@cache
def _sound(char: str) -> str:
    from pypinyin import Style, lazy_pinyin  # only a word that nothing else explains needs it

    return "".join(lazy_pinyin(char, style=Style.NORMAL))


def nearly(text: str, name: str) -> tuple[int, int] | None:
    """Where `text` has `name` with one character replaced, missing or swapped (not the first two both), or None."""
    half = len(name) // 2
    head, tail = name[:half], name[half:]
    for part, shift in ((head, 0), (tail, half)):
        at = text.find(part)
        while at >= 0:
            begin = max(0, at - shift - (1 if shift else 0))
            for size in (len(name), len(name) - 1, len(name) + 1):
                for start in {begin, at - shift}:
                    piece = text[max(0, start) : max(0, start) + size]
                    if abs(len(piece) - len(name)) <= 1 and one_apart(piece, name):
                        return max(0, start), max(0, start) + size
            at = text.find(part, at + 1)
    return None


def one_apart(one: str, other: str) -> bool:
    """Whether two texts differ by one character, missing, replaced or swapped with its neighbour."""
    if len(one) > len(other):
        one, other = other, one
    if len(one) == len(other):
        wrong = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if any(one[i] in KINDS_OF_NUMBER and other[i] in KINDS_OF_NUMBER for i in wrong):
            return False
        swapped = (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and one[wrong[0]] == other[wrong[1]]
            and one[wrong[1]] == other[wrong[0]]
        )
        return len(wrong) == 1 or swapped
    return any(one == other[:i] + other[i + 1 :] for i in range(len(other)))
