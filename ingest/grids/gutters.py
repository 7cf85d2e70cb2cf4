"""Columns that no rule parts: told by their headers, or by the blank gutters between what stands under each other.

Where a header is centred over its columns, the walls follow from it: the first stands at the table's edge, and each
further one as far behind the middle of its header as the one before it stands in front. That tells also how many
columns a header cell spans, which its text alone, standing over the middle one, does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from ingest.grids.edges import Stretch
from ingest.grids.pieces import NUMBER, TOTAL, Piece, folded, outline, rows_of

Span = tuple[float, float]
"""From where to where something reaches."""
TOUCH = 1.0
"""What overlaps by no more than this (points) stands beside each other."""
DOUBTFUL = 5
"""Header words that may head a column of their own or others: beyond so many not every choice is tried."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: their walls, outer sides included, and what is printed in each.

    `uprights` are the upright rules that draw the walls; where one is not drawn, a cell reaches over it. `centred` is
    True where the walls were told by centred headers, so that header cells over several columns can be told as well.
    """

    xs: tuple[float, ...]
    spans: tuple[Span, ...]
    uprights: tuple[Stretch, ...] = ()
    centred: bool = False

    @property
    def count(self) -> int:
        """How many columns there are."""
        return len(self.xs) - 1

    def under(self, piece: Piece) -> tuple[int, int]:
        """First column that a piece stands over, and the one after the last; the nearest when it stands over none."""
        if self.uprights:
            return self._between_rules(piece)
        over = [k for k, span in enumerate(self.spans) if overlap(piece, span) > TOUCH]
        if over and NUMBER.fullmatch(piece.text):
            over = [max(over, key=lambda k: overlap(piece, self.spans[k]))]
        if not over:
            nearest = max(range(len(self.spans)), key=lambda k: overlap(piece, self.spans[k]))
            return nearest, nearest + 1
        return over[0], over[-1] + 1

    def _between_rules(self, piece: Piece) -> tuple[int, int]:
        last = len(self.xs) - 1
        drawn = [0, *(k for k in range(1, last) if self._is_drawn(self.xs[k], piece.height)), last]
        inside = piece.glyphs[0][1] + 0.5 * (piece.glyphs[0][3] - piece.glyphs[0][1])
        return next(((a, b) for a, b in pairwise(drawn) if self.xs[a] <= inside < self.xs[b]), (0, 1))

    def _is_drawn(self, x: float, y: float) -> bool:
        return any(abs(rule.at - x) < 2.0 and rule.start - 1.0 <= y <= rule.end + 1.0 for rule in self.uprights)

    def centred_under(self, piece: Piece) -> tuple[int, int]:
        """The columns that a piece stands over, or those in whose middle it stands where that is told."""
        first, end = self.under(piece)
        if not self.centred or end - first < 2:
            return first, end
        spans = [
            (abs((self.xs[a] + self.xs[b]) / 2 - piece.middle), a, b)
            for a in range(first + 1)
            for b in range(end, len(self.xs))
        ]
        off, a, b = min(spans)
        return (a, b) if off < 3.0 else (first, end)

    def across(self, words: Sequence[Piece], free: Sequence[bool]) -> list[tuple[int, int]]:
        """Which columns each word of one header row spans; `free` tells which columns the row has."""
        if not self.uprights:
            areas = spanned(words, self.xs, free)
            if areas:
                return areas
        return [self.under(word) for word in words]


def overlap(piece: Piece, span: Span) -> float:
    """By how much a piece stands over a column; negative: how far beside it."""
    return min(piece.x1, span[1]) - max(piece.x0, span[0])


def columns(header: Sequence[Piece], body: Sequence[Piece], sides: Span | None) -> Columns | None:
    """The columns of a table without upright rules, None when it has but one."""
    header = [outline(words) for words in folded(header)]
    sure, doubtful = _evidence(header)
    best: tuple[float, Columns] | None = None
    for chosen in _choices(doubtful):
        leaves = sorted([*sure, *chosen], key=lambda piece: piece.middle)
        parents = [one for one in header if all(one is not leaf for leaf in leaves)]
        xs = _by_headers(leaves, parents, body, sides) if len(leaves) > 1 else None
        if xs is None:
            continue
        off = sum(_off(parent, xs) for parent in parents) + 6.0 * len(chosen)
        if best is None or off < best[0] - 0.5:
            xs = _split(xs, body)
            best = off, told(xs)
        if off < 1.0 * len(parents):
            break
    if best is not None and best[0] < 6.0 * max(1, len(header)):
        return best[1]
    spans = with_header(gather(body), [*sure, *doubtful])
    if len(spans) < 2:
        return None
    left, right = sides or (spans[0][0], spans[-1][1])
    between = [(a[1] + b[0]) / 2 for a, b in pairwise(spans)]
    return Columns((min(left, spans[0][0]), *between, max(right, spans[-1][1])), tuple(spans))


def told(xs: Sequence[float]) -> Columns:
    """Columns whose walls are known."""
    return Columns(tuple(xs), tuple((a + 0.2, b - 0.2) for a, b in pairwise(xs)), centred=True)


def keeps_to(xs: Sequence[float], body: Sequence[Piece]) -> bool:
    """Whether what is printed keeps within the walls of columns."""
    return max(piece.x1 for piece in body) <= xs[-1] + TOUCH and _over(xs, body) is not None


def _choices(doubtful: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    if len(doubtful) > DOUBTFUL:
        yield from ((), tuple(doubtful))
        return
    for count in range(len(doubtful) + 1):
        yield from combinations(doubtful, count)


def _evidence(header: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Header words with nothing below them, which head a column each, and those that may or may not.

    A word between two lower ones but over none of them is either their common header or that of a column between.
    """
    lowest = sorted(
        (
            piece
            for piece in header
            if not any(
                overlap(one, (piece.x0, piece.x1)) > TOUCH
                for one in header
                if one.height > piece.height + 0.5 * piece.size
            )
        ),
        key=lambda piece: piece.middle,
    )
    doubtful = [
        piece
        for left, piece, right in zip(lowest, lowest[1:], lowest[2:], strict=False)
        if min(left.top, right.top) >= piece.bottom - 0.3 * piece.size
    ]
    return [piece for piece in lowest if all(piece is not one for one in doubtful)], doubtful


def _by_headers(
    leaves: Sequence[Piece], parents: Sequence[Piece], body: Sequence[Piece], sides: Span | None
) -> list[float] | None:
    """Walls as the headers' middles tell them, None where what is printed does not keep to them."""
    told = [0.0]  # wall k stands at told[k] plus (k even) or minus (k odd) the first wall
    low, high = (sides[0] - 1.5, sides[0] + 1.5) if sides else (leaves[0].x0 - 200.0, leaves[0].x0)
    for k, leaf in enumerate(leaves):
        told.append(2 * leaf.middle - told[-1])
        sign = -1 if k % 2 else 1
        bounds = sorted((sign * (leaf.x0 - told[k]), sign * (leaves[k - 1].x1 - told[k]) if k else low))
        low, high = max(low, bounds[0] - 0.5), min(high, bounds[1] + 0.5)
    reach = max(piece.x1 for piece in [*leaves, *body])
    ends = sides[1] if sides else None
    fitting: list[tuple[tuple[int, int, float], float, list[float]]] = []
    step = 0.5 if high - low < 60.0 else 1.0
    first = low
    while first <= high:
        xs = [at - first if k % 2 else at + first for k, at in enumerate(told)]
        first += step
        if any(b - a < 4.0 for a, b in pairwise(xs)) or xs[-1] < reach - 1.0:
            continue
        over = _over(xs, body) if ends is None or abs(xs[-1] - ends) < 4.0 else None
        if over is not None:
            blank, uneven = _unevenness(xs, body)
            off = sum(_off(parent, xs) for parent in parents)
            fitting.append(((over, blank, round(uneven + off, 1)), xs[0], xs))
    if not fitting:
        return None
    best = min(fitting)[0]
    alike = [xs for key, _, xs in fitting if key == best]
    return alike[len(alike) // 2]


def _over(xs: Sequence[float], body: Sequence[Piece]) -> int | None:
    """How many pieces do not keep within two walls; None when a number does not, or more than a few."""
    over = 0
    for piece in body:
        if TOTAL.fullmatch(piece.text):
            continue  # may be set over several columns
        if any(piece.x0 < x - TOUCH and x + TOUCH < piece.x1 for x in xs[1:-1]) or piece.x0 < xs[0] - TOUCH:
            if NUMBER.fullmatch(piece.text):
                return None
            over += 1
    return over if over <= 0.1 * len(body) else None


def _unevenness(xs: Sequence[float], body: Sequence[Piece]) -> tuple[int, float]:
    """How many columns the body leaves blank, and how much the padding of the others differs.

    What is flush to a side stands equally far from the wall in every column.
    """
    pads: list[float] = []
    for a, b in pairwise(xs):
        inside = [piece for piece in body if a <= piece.middle <= b]
        if inside:
            pads.append(min(min(piece.x0 for piece in inside) - a, b - max(piece.x1 for piece in inside)))
    if not pads:
        return len(xs), 0.0
    return len(xs) - len(pads), round(max(pads) - min(pads) + max(0.0, min(pads) - 6.0), 1)


def _split(xs: Sequence[float], body: Sequence[Piece]) -> list[float]:
    """The walls with those between what stands side by side under one header, such as 201, 03 and 50 of a code."""
    found = [xs[0]]
    for a, b in pairwise(xs):
        inside = [piece for piece in body if a <= piece.middle <= b]
        rows = rows_of(inside)
        if sum(len(row) > 1 for row in rows) > 0.3 * len(rows):
            found += [(left[1] + right[0]) / 2 for left, right in pairwise(gather(inside))]
        found.append(b)
    return found


def _off(piece: Piece, xs: Sequence[float]) -> float:
    """How far a header word over others stands from the middle of any columns that it could span."""
    return min(
        (
            abs((a + b) / 2 - piece.middle)
            for k, a in enumerate(xs)
            for b in xs[k + 1 :]
            if a - 2.0 <= piece.x0 and piece.x1 <= b + 2.0
        ),
        default=50.0,
    )


def gather(body: Sequence[Piece]) -> list[Span]:
    """From where to where each column of a body reaches.

    Pieces that stand over each other share a column. Numbers are looked at first and the narrowest of the others next,
    so that a long one that reaches over several columns (a cell over them, or text that runs on over blank ones) puts
    none of them together.
    """
    spans: list[Span] = []
    for piece in sorted(body, key=lambda one: (not NUMBER.fullmatch(one.text), one.x1 - one.x0)):
        over = [span for span in spans if overlap(piece, span) > TOUCH]
        if len(over) > 1 and not NUMBER.fullmatch(piece.text):
            continue
        for span in over:
            spans.remove(span)
        both = [(piece.x0, piece.x1), *over]
        spans.append((min(s[0] for s in both), max(s[1] for s in both)))
    return sorted(spans)


def with_header(spans: Sequence[Span], header: Sequence[Piece]) -> list[Span]:
    """The columns with those that only the header tells, and as wide as the words over them.

    A header word beside a column that no word stands over heads that one (a short word centred over labels or amounts
    flush to a side); one with no such neighbour heads a column that is blank below.
    """
    leaves = [piece for piece in header if sum(overlap(piece, span) > TOUCH for span in spans) < 2]
    headed = {k for k, span in enumerate(spans) for piece in leaves if overlap(piece, span) > TOUCH}
    found = list(spans)
    free: list[Piece] = []
    for piece in leaves:
        near = [k for k, span in enumerate(spans) if overlap(piece, span) > TOUCH]
        if near:
            others = [span for k, span in enumerate(spans) if k != near[0]]
            left = max((s[1] for s in others if s[1] <= spans[near[0]][0]), default=-1e9)
            right = min((s[0] for s in others if s[0] >= spans[near[0]][1]), default=1e9)
            old = found[near[0]]
            found[near[0]] = max(min(old[0], piece.x0), left), min(max(old[1], piece.x1), right)
        else:
            free.append(piece)
    more: list[Span] = []
    for piece in free:
        beside = [k for k in range(len(spans)) if k not in headed and _next_to(piece, k, spans)]
        nearest = max(beside, key=lambda k: overlap(piece, spans[k]), default=None)
        if nearest is None:
            more.append((piece.x0, piece.x1))
        else:
            headed.add(nearest)
            found[nearest] = min(found[nearest][0], piece.x0), max(found[nearest][1], piece.x1)
    merged: list[Span] = []
    for span in sorted([*found, *more]):
        if merged and span[0] < merged[-1][1] - TOUCH:
            merged[-1] = merged[-1][0], max(span[1], merged[-1][1])
        else:
            merged.append(span)
    return merged


def _next_to(piece: Piece, k: int, spans: Sequence[Span]) -> bool:
    """Whether no other column stands between a piece and column `k`."""
    start, end = min(piece.x0, spans[k][0]), max(piece.x1, spans[k][1])
    return not any(start < other[0] and other[1] < end for j, other in enumerate(spans) if j != k)


def spanned(words: Sequence[Piece], xs: Sequence[float], free: Sequence[bool]) -> list[tuple[int, int]]:
    """Which columns each word of one header row spans: those in whose middle it stands.

    `free` tells for each column whether the row has it, since a header cell from above may reach down through it. Words
    stand in order and their columns do not overlap; a word always has the columns that it stands over. Empty when the
    words do not fit.
    """
    n = len(xs) - 1
    best: dict[tuple[int, int], tuple[float, list[tuple[int, int]]]] = {}

    def place(word: int, start: int) -> tuple[float, list[tuple[int, int]]]:
        if word == len(words):
            return 0.2 * sum(free[start:]), []
        if (word, start) in best:
            return best[word, start]
        piece, found = words[word], (1e9, [(0, 0)] * (len(words) - word))
        for a in range(start, n):
            if xs[a] > piece.middle:
                break
            skipped = 0.2 * sum(free[start:a])
            for b in range(a + 1, n + 1):
                if not free[b - 1]:
                    break
                if xs[b] < piece.middle or piece.x0 < xs[a] - 2.0 or piece.x1 > xs[b] + 2.0:
                    continue
                off = 0.2 * abs((xs[a] + xs[b]) / 2 - piece.middle)
                rest, more = place(word + 1, b)
                if off + skipped + rest < found[0]:
                    found = (off + skipped + rest, [(a, b), *more])
        best[word, start] = found
        return found

    cost, areas = place(0, 0)
    return areas if cost < 1e8 else []
