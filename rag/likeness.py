"""How much of what a question says a sentence says.

The question's own words are cut where the documents at hand have words: a run of characters is covered with the fewest,
longest pieces that stand in their text, so that "响应修复" is said by "故障修复响应时间". A piece weighs more the rarer it is there;
what stands nowhere in them weighs most, so that a question about something the documents do not speak of finds no
sentence good enough.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.figure import Scheme
from corpus.vocabulary import fold
from rag.plan import Asked, Plan
from rag.retrieve import bigrams

_NAMED = 0.5
"""What an account's name weighs beside the words that no figure stands for."""
_ASKING = re.compile(r"多少|几")
"""An account heard in a word that asks ("多少人") is none that a sentence must name."""
_MONEY_WORDS = ("补贴", "补助", "资金", "扶持", "奖励", "拨款", "款项", "专项", "项目", "经费", "工程")
_LAST = 1.6
"""What the word right before the asking weighs: the others only say of what it is ("大楼|地下|有几层")."""
_COUNTED = (Scheme.ASSET, Scheme.STAFF)
"""Accounts whose name alone is enough to look for a number in sentences: what is counted, not what is spent."""
_LIGHT = 0.3
"""What words for money weigh, which a sentence with an amount need not say."""
_SHORT, _BETWEEN = (2, 3), 2
"""How long a shortened word is, and how many characters it may leave out at each place."""
_AROUND, _ENDS = 0.5, 0.8
_BEFORE_WORD = "其中|现有|共有|[有为是的和与及达约含按]"
_LONGEST = 12
_NAME_SAID = 0.75
"""The share of an account's name that must be said."""


def _stem(name: str) -> str:
    """An account's name without the word for money at its end."""
    return re.sub(r"(?<=..)(?:支出|经费|费用|费|资金)$", "", name)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that a sentence may say in any of these ways, and what they weigh."""

    ways: tuple[str, ...]
    weight: float
    name: bool = False
    """Whether it is the account's name."""
    known: bool = True
    """Whether it stands anywhere in the documents at hand."""

    def said_by(self, text: str) -> bool:
        """Whether a folded text says it."""
        if any(way in text for way in self.ways):
            return True
        if not self.name:
            return False
        there = bigrams(text)
        return any(len(own & there) >= _NAME_SAID * len(own) for way in self.ways if (own := bigrams(_stem(way))))

    def stands_alone(self, text: str) -> bool:
        """Whether it is said as a word of its own, not as the end of a longer one."""
        return any(re.search(rf"(?:^|[^\u4e00-\u9fff]|{_BEFORE_WORD}){re.escape(way)}", text) for way in self.ways)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The words of a question with their weights."""

    pieces: tuple[Piece, ...]
    whole: float

    def share(self, text: str, around: str = "") -> float:
        """How much of the question a folded text says, 0 to 1; what only the text `around` it says counts half, an
        account's name there in full."""
        said = sum(piece.weight for piece in self.pieces if piece.said_by(text))
        near = [piece for piece in self.pieces if around and not piece.said_by(text) and piece.said_by(around)]
        return (said + sum(piece.weight * (1.0 if piece.name else _AROUND) for piece in near)) / self.whole

    def beside(self, text: str) -> float:
        """How much of the question the words right beside a number say; a word that only ends a longer one there counts
        less (教授 in 副教授)."""
        return sum(
            piece.weight * (1.0 if piece.name or piece.stands_alone(text) else _ENDS)
            for piece in self.pieces if piece.said_by(text)
        ) / self.whole  # fmt: skip


def likeness(plan: Plan, texts: Sequence[str], said: Sequence[str] = (), *, numeric: bool = False) -> Likeness | None:
    """The words of a question, and others that it `said`, in view of these folded texts; None where it says nothing
    beside figures and everyday words. Where a number is asked for (`numeric`), the word right before the asking counts
    more."""
    names = {
        asked.said: _ways(asked) for asked in plan.accounts if not asked.weak and _ASKING.match(asked.said) is None
    }
    body = "\n".join(texts)
    pieces = [Piece(ways, _NAMED * min(_rarity(way, texts) for way in ways), name=True) for ways in names.values()]
    for word in (*plan.rest, *said):
        for part in parts(word, body):
            ways = (part,) if part in body else (part, *_longer(part, body))
            light = _LIGHT if part in _MONEY_WORDS else 1.0
            pieces.append(Piece(ways, light * _rarity(ways[-1], texts), known=ways[-1] in body))
    if numeric and pieces and not pieces[-1].name:
        pieces[-1] = replace(pieces[-1], weight=_LAST * pieces[-1].weight)
    whole = sum(piece.weight for piece in pieces)
    counted = any(asked.targets[:1] and asked.targets[0].scheme in _COUNTED for asked in plan.accounts)
    return Likeness(tuple(pieces), whole) if (plan.rest or said or counted) and whole > 0 else None


def _ways(asked: Asked) -> tuple[str, ...]:
    """How an account may be said: as asked, without the asking in it ("实有多少人"), by its name."""
    plain = _ASKING.split(asked.said)[0]
    return tuple(dict.fromkeys(way for way in (asked.said, plain, fold(asked.name)) if len(way) >= 2))


def _longer(word: str, body: str) -> tuple[str, ...]:
    """The one longer word of the body that a short one stands for ("硕导" for 硕士生导师); () for none or several."""
    if not _SHORT[0] <= len(word) <= _SHORT[1]:
        return ()
    between = rf"[\u4e00-\u9fff]{{0,{_BETWEEN}}}"
    found = {match.group() for match in re.finditer(between.join(map(re.escape, word)), body)}
    return tuple(found) if len(found) == 1 else ()


def _rarity(piece: str, texts: Sequence[str]) -> float:
    return math.log((len(texts) + 1) / (sum(piece in text for text in texts) + 0.5))


def parts(word: str, body: str) -> list[str]:
    """A word cut into the fewest pieces that stand in the body; what stands nowhere in it is kept together."""
    best: list[tuple[tuple[int, int], list[str]]] = [((0, 0), [])]
    for end in range(1, len(word) + 1):
        options = []
        for start in range(max(0, end - _LONGEST), end):
            piece = word[start:end]
            (missed, count), parts = best[start]
            if len(piece) >= 2 and piece in body:
                options.append(((missed, count + 1), [*parts, piece]))
            elif len(piece) == 1:
                options.append(((missed + 1, count + 1), [*parts, piece]))
        best.append(min(options, key=lambda option: option[0]))
    return _joined(best[-1][1])


def _joined(parts: Sequence[str]) -> list[str]:
    """The pieces of two and more characters, and runs of single ones between them; one alone says nothing."""
    found: list[str] = []
    run = ""
    for part in (*parts, "  "):
        if len(part) == 1:
            run += part
            continue
        if len(run.strip(_SMALL)) >= 2:
            found.append(run.strip(_SMALL))
        run = ""
        found.append(part)
    return found[:-1]


_SMALL = "的里中内和与及或给了到着过得地把被让向往从在是有为以于就都也还能可要会应该所其这那其额"
