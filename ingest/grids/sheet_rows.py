"""Which entries of a sheet stand in one row: told by the rules across, or by the heights of amounts, targets and labels."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.grids.edges import REACH, Stretch
from ingest.grids.gutters import TOUCH, gather, overlap
from ingest.grids.pieces import NUMBER, Piece

_LABEL = re.compile(
    r"[一二三]级指标|指标值|目标值|指标(?:名称|方向|性质)|项目名称|(?:实施|主管)?(?:单位|部门)名称|实施单位|主管部门(?:及代码)?"
    r"|(?:实施期|年度)?资金总额[:：]?|计量单位|支出结构"
)
"""Labels that stand in one row, whose height they tell."""
_TARGET = re.compile(
    r"(?:[≥≤=><〉〈＝]|大于|小于|等于|不低于|不少于|不高于|不超过|至少)*\d[\d,]*(?:\.\d+)?\s?[^\d.,、，。;；:：\s()（）]{0,6}"
    r"|大于等于|小于等于|大于|小于|等于|定性"
)
"""A target, a number with its unit, or how one is compared."""
_UNIT = re.compile(r"[(（](?:单位[:：])?(?:百万|千|万|亿)?元[)）]")
"""What says in which unit the amounts beside it are."""
_LONGEST = 6
"""Lines of one entry that are tried."""


@dataclass(slots=True)
class Entry:
    """The lines of one cell, the rows that it takes and its column."""

    lines: list[Piece]
    rows: tuple[int, int] = (0, 1)
    column: int = 0
    end: int = 1

    @property
    def text(self) -> str:
        """What it reads as."""
        return "".join(line.text for line in self.lines)


@dataclass(slots=True)
class Laid:
    """Entries in rows, and where the rows part."""

    floors: list[float]
    entries: list[Entry] = field(default_factory=list)


def by_rules(words: Sequence[Piece], across: Sequence[Stretch]) -> Laid | None:
    """Entries between the rules above and below them, None where rules do not part the rows."""
    top, bottom = min(word.top for word in words), max(word.bottom for word in words)
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    rules = [r for r in across if top - 20 < r.at < bottom + 20 and r.end > left and r.start < right]
    floors: list[float] = []
    for rule in sorted(rules):
        if not floors or rule.at - floors[-1] > REACH:
            floors.append(rule.at)
    rows = len({bisect_right(floors, word.height) for word in words})
    if len(floors) < 4 or floors[0] > top + 2.0 or floors[-1] < bottom - 2.0 or len(floors) - 1 > 2 * rows:
        return None
    entries: dict[tuple[int, int], list[Entry]] = {}
    for word in sorted(words, key=lambda one: (one.top, one.x0)):
        over = [r.at for r in rules if r.at < word.height and r.start - REACH <= word.middle <= r.end + REACH]
        under = [r.at for r in rules if r.at > word.height and r.start - REACH <= word.middle <= r.end + REACH]
        if not over or not under:
            return None
        span = _floor(floors, max(over)), _floor(floors, min(under))
        here = entries.setdefault(span, [])
        for entry in here:
            if any(overlap(word, (line.x0, line.x1)) > TOUCH for line in entry.lines):
                entry.lines.append(word)
                break
        else:
            here.append(Entry([word], span))
    return Laid(floors, [entry for span in sorted(entries) for entry in _united(entries[span])])


def _floor(floors: Sequence[float], at: float) -> int:
    return min(range(len(floors)), key=lambda k: abs(floors[k] - at))


def _united(entries: Sequence[Entry]) -> list[Entry]:
    """Entries of one row, those that a longer line below shows to be one put together."""
    done: list[Entry] = []
    for entry in sorted(entries, key=lambda one: min(line.x0 for line in one.lines)):
        right = max((line.x1 for line in done[-1].lines), default=-1e9) if done else -1e9
        if done and min(line.x0 for line in entry.lines) < right - TOUCH:
            done[-1].lines = sorted([*done[-1].lines, *entry.lines], key=lambda line: (line.top, line.x0))
        else:
            done.append(entry)
    return done


def by_heights(words: Sequence[Piece]) -> Laid | None:
    """Entries that stand in the middle of one row with an amount, a target or a label; the rest is left out."""
    columns: list[list[Piece]] = [
        sorted((word for word in words if _home(word, span, spans)), key=lambda one: one.top)
        for spans in [gather(words)]
        for span in spans
    ]
    heights = _anchors(columns)
    if len(heights) < 3:
        return None
    laid = Laid([])
    for column in columns:
        laid.entries += _centred(column, heights)
    cut = _cut(columns, laid.entries)
    by_row: dict[int, list[Entry]] = {}
    for entry in laid.entries:
        by_row.setdefault(entry.rows[0], []).append(entry)
    used = sorted(row for row, entries in by_row.items() if len(entries) > 1 and row not in cut)
    place = {row: k for k, row in enumerate(used)}
    laid.entries = [entry for entry in laid.entries if entry.rows[0] in place]
    for entry in laid.entries:
        entry.rows = place[entry.rows[0]], place[entry.rows[0]] + 1
    laid.floors = _between([by_row[row] for row in used])
    if len(used) < 3:
        return None
    for entry in [one for one in laid.entries if _UNIT.search(one.text)]:
        column = next(column for column in columns if any(line is entry.lines[0] for line in column))
        wider = _over_rows(entry.lines, column, laid)
        entry.rows = wider[0].rows if len(wider) == 1 else entry.rows
    placed = {id(line) for entry in laid.entries for line in entry.lines}
    for column in columns:
        laid.entries += _over_rows([line for line in column if id(line) not in placed], column, laid)
    placed = {id(line) for entry in laid.entries for line in entry.lines}
    lost = any(_UNIT.search(line.text) for column in columns for line in column if id(line) not in placed)
    return None if lost or any(begins_late(entry, laid.entries) for entry in laid.entries) else laid


def _home(word: Piece, span: tuple[float, float], spans: Sequence[tuple[float, float]]) -> bool:
    """Whether a word belongs to a column rather than to another one that it stands over as well."""
    return span == max(spans, key=lambda one: (round(overlap(word, one), 1), -one[0]))


def _anchors(columns: Sequence[Sequence[Piece]]) -> list[float]:
    """Heights of rows, told by targets, amounts and labels that are known whole, folded ones by all of their lines."""
    heights: list[float] = []
    for column in columns:
        k = 0
        while k < len(column):
            ends = range(min(k + _LONGEST, len(column)), k, -1)
            end = next((end for end in ends if _tells_row(column[k:end])), k)
            if end > k:
                heights.append((column[k].top + column[end - 1].bottom) / 2)
            k = max(end, k + 1)
    rows: list[list[float]] = []
    size = min((word.size for column in columns for word in column), default=8.0)
    for height in sorted(heights):
        if rows and height - rows[-1][0] < 0.3 * size:
            rows[-1].append(height)
        else:
            rows.append([height])
    return [sum(row) / len(row) for row in rows]


def _tells_row(lines: Sequence[Piece]) -> bool:
    """Whether lines are one amount, target or known label, of which none but the first could be one by itself."""
    if not _tight(lines):
        return False
    text = "".join(line.text for line in lines)
    if len(lines) == 1:
        return bool(NUMBER.fullmatch(text) or _TARGET.fullmatch(text) or _LABEL.fullmatch(text))
    if any(line.text[0].isdigit() or line.text[0] in "≥≤=><" for line in lines[1:]):
        return False
    return bool(_TARGET.fullmatch(text) or _LABEL.fullmatch(text))


def _tight(lines: Sequence[Piece]) -> bool:
    return all(0.5 * a.em < b.top - a.top < 1.9 * a.em for a, b in pairwise(lines))


def _centred(column: Sequence[Piece], heights: Sequence[float]) -> list[Entry]:
    """The lines of a column as entries, each in the middle of a row: as many as possible, and with all lines if possible."""
    best: list[tuple[int, int, list[Entry]]] = [(0, 0, [])]
    for end in range(1, len(column) + 1):
        choices = [best[end - 1]]
        for start in range(end - 1, max(-1, end - 1 - _LONGEST), -1):
            lines = list(column[start:end])
            if not _tight(lines):
                break
            row = _row_at((lines[0].top + lines[-1].bottom) / 2, heights, lines[0].size)
            matched, covered, entries = best[start]
            if row is not None and (not entries or entries[-1].rows[0] < row):
                choices.append((matched + 1, covered + len(lines), [*entries, Entry(lines, (row, row + 1))]))
        best.append(max(choices, key=lambda one: one[:2]))
    return best[-1][2]


def _row_at(height: float, heights: Sequence[float], size: float) -> int | None:
    k = bisect_left(heights, height - 0.2 * size)
    return k if k < len(heights) and heights[k] <= height + 0.2 * size else None


def _cut(columns: Sequence[Sequence[Piece]], entries: Sequence[Entry]) -> set[int]:
    """Rows with an entry right above or below which a line stands that found no row: it may be a part of it."""
    row_of = {id(line): entry.rows[0] for entry in entries for line in entry.lines}
    pairs = [pair for column in columns for pair in pairwise(column) if _tight(pair)]
    pitch = min((b.top - a.top for a, b in pairs), default=0.0)
    return {
        row_of[id(one)]
        for above, below in pairs
        for one, other in ((above, below), (below, above))
        if id(one) in row_of and id(other) not in row_of and below.top - above.top < 1.2 * pitch
    }


def _over_rows(lines: Sequence[Piece], column: Sequence[Piece], laid: Laid) -> list[Entry]:
    """Labels over several rows (项目资金(元), 产出指标): each over the most rows in whose middle it stands alone."""
    runs: list[list[Piece]] = []
    for line in lines:
        if runs and _tight([runs[-1][-1], line]):
            runs[-1].append(line)
        else:
            runs.append([line])
    found: list[Entry] = []
    for run in runs:
        middle = (run[0].top + run[-1].bottom) / 2
        others = [line.height for line in column if all(line is not one for one in run)]
        spans = [
            (start, end)
            for start in range(len(laid.floors))
            for end in range(start + 2, len(laid.floors))
            if min(abs(sum(ends) / 2 - middle) for ends in _ends(laid, start, end)) < 0.6 * run[0].em
            and not any(laid.floors[start] < height < laid.floors[end] for height in others)
        ]
        if spans:
            found.append(Entry(run, max(spans, key=lambda span: span[1] - span[0])))
    return found


def _ends(laid: Laid, start: int, end: int) -> list[tuple[float, float]]:
    """Where rows begin and end, and the middles of the first and the last of them."""
    floors = laid.floors
    return [(floors[start], floors[end]), *_middles(laid, start, end - 1)]


def _middles(laid: Laid, first: int, last: int) -> list[tuple[float, float]]:
    heights = {entry.rows[0]: entry.lines for entry in laid.entries if entry.rows[1] - entry.rows[0] == 1}
    if first not in heights or last not in heights:
        return []
    above, below = heights[first], heights[last]
    return [((above[0].top + above[-1].bottom) / 2, (below[0].top + below[-1].bottom) / 2)]


def begins_late(entry: Entry, entries: Sequence[Entry]) -> bool:
    """Whether a unit may belong to amounts above it as well: beside them, its column has nothing, nor another unit."""
    if not _UNIT.search(entry.text) or not entry.rows[0]:
        return False
    left, right = min(line.x0 for line in entry.lines), max(line.x1 for line in entry.lines)
    above = [one for one in entries if one.rows[0] <= entry.rows[0] - 1 < one.rows[1]]
    if any(_UNIT.search(one.text) for one in above) or not any(NUMBER.fullmatch(one.text) for one in above):
        return False
    return not any(overlap(line, (left, right)) > TOUCH for one in above for line in one.lines)


def _between(rows: Sequence[Sequence[Entry]]) -> list[float]:
    tops = [min(line.top for entry in row for line in entry.lines) for row in rows]
    feet = [max(line.bottom for entry in row for line in entry.lines) for row in rows]
    return [tops[0], *((foot + top) / 2 for foot, top in zip(feet, tops[1:], strict=False)), feet[-1]] if rows else []
