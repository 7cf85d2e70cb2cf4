"""Text as a vector without a model and without a download: BM25-weighted signed hashing of characters and pairs.

A passage's vector depends on nothing but the passage, so it never goes stale: every token adds its saturated frequency
to one of `WIDTH` places, plus or minus as its hash says, and the vector is brought to length 1. How rare a token is
weighs on the side of the question only, whose vector is made when it is asked.

Measured on 18 sample questions within the right one of 15 disclosures, a passage with the answer among the first
1/5/10: rarity on the question's side .39/.67/.78, on neither .44/.61/.67; the book's full-text search .56/.78/.89. So
these vectors help full-text search little: weigh them low where the two are fused. Their worth is that the same path
carries the embeddings of a real model once one is configured.
"""

from __future__ import annotations

import hashlib
import math
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache

from corpus.ngrams import ngrams

WIDTH = 1024
MODEL = f"hash-ngrams-{WIDTH}-1"
"""Name of these embeddings in the book; changes whenever the same text would give another vector."""

Frequencies = Callable[[Collection[str]], tuple[int, Mapping[str, int]]]
"""How many passages there are, and how many of them hold each of the tokens."""

_SATURATION, _LENGTH_PULL = 1.2, 0.75  # k1 and b of BM25
_USUAL_LENGTH = 150  # tokens of a passage; fixed, lest one more document change the vectors of all others


def passage_vector(text: str) -> list[float]:
    """The vector of a passage: `WIDTH` numbers of length 1, all zero for a text without tokens."""
    counts = Counter(ngrams(text))
    pull = _SATURATION * (1 - _LENGTH_PULL + _LENGTH_PULL * counts.total() / _USUAL_LENGTH)
    return _spread({token: count * (_SATURATION + 1) / (count + pull) for token, count in counts.items()})


def question_vector(text: str, frequencies: Frequencies | None = None) -> list[float]:
    """The vector of a question: its tokens weighed by how rare they are among the passages, all alike without that."""
    counts = Counter(ngrams(text))
    if frequencies is None:
        return _spread(dict.fromkeys(counts, 1.0))
    total, held = frequencies(counts.keys())
    return _spread(
        {token: math.log(1 + (total - n + 0.5) / (n + 0.5)) for token in counts if (n := held.get(token, 0))}
    )


def to_bytes(vector: Sequence[float]) -> bytes:
    """A vector as little-endian float32, as the book keeps it."""
    packed = array("f", vector)
    return _little_endian(packed).tobytes()


def from_bytes(data: bytes) -> list[float]:
    """The vector that `to_bytes` packed."""
    packed = array("f")
    packed.frombytes(data)
    return _little_endian(packed).tolist()


def _little_endian(packed: array[float]) -> array[float]:
    if sys.byteorder == "big":
        packed.byteswap()
    return packed


def _spread(weights: Mapping[str, float]) -> list[float]:
    vector = [0.0] * WIDTH
    for token, weight in weights.items():
        place, sign = _place(token)
        vector[place] += sign * weight
    length = math.sqrt(sum(x * x for x in vector))
    return [x / length for x in vector] if length else vector


@lru_cache(maxsize=200_000)
def _place(token: str) -> tuple[int, int]:
    digest = int.from_bytes(hashlib.blake2b(token.encode(), digest_size=8).digest(), "little")
    return digest % WIDTH, 1 if digest >> 63 else -1
