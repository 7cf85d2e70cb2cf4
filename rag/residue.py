"""What is left of a question once units, years, accounts and question words are taken out: what it says beyond them.

A word left over right before an account narrows it to something the figures may not have ("话务员的工资"); a question in
which much is left over is about something else than the accounts it happens to name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.vocabulary import vocabulary

_COMMON_RE = re.compile("|".join(map(re.escape, vocabulary().everyday)), re.IGNORECASE)
_BREAK = re.compile(r"[\s,，。;；:：?？!！、()（）\[\]\x00-\x1f]")


def masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with the stretches blanked, the same length."""
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def content(text: str) -> list[str]:
    """The words left when everyday question words are taken out: runs of two or more Chinese characters, Latin words."""
    rest = _COMMON_RE.sub(" ", text)
    return [word for word in re.findall(r"[\u4e00-\u9fff]{2,}|[a-z]{3,}", rest.lower())]


def qualifier(text: str, start: int, taken: Sequence[tuple[int, int]]) -> str:
    """The unknown word right before the account at `start` that narrows it, "" for none."""
    blank = masked(text, [span for span in taken if span[1] <= start])
    before = _BREAK.split(blank[:start])[-1]
    before = re.sub(r"(?:花在|用于|用在|安排|支付|投入|关于|列支|列)?的?$", "", before)
    left = re.sub(_COMMON_RE.pattern, " ", before, flags=re.IGNORECASE).rstrip()
    if before and _COMMON_RE.fullmatch(before[-1:]) and not left.endswith(before[-1]):
        tail = re.search(r"[\u4e00-\u9fff]{2,}$", left) if before.endswith(("的", "里", "中")) else None
        return tail.group() if tail else ""
    tail = re.search(r"[\u4e00-\u9fff]{2,}$", left)
    return tail.group() if tail else ""
