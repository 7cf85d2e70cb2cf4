"""Two tables side by side on one page: what is printed above each of them is its own, its title and its unit.

Their titles stand on one height and read as one line, which is parted where the tables part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.locator import Box
from ingest.page import Block, Grid, Line

APART = 1.5
"""Texts of two tables stand at least this far apart, in heights of their type."""


def part_lines(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a page in reading order, those above two tables side by side put before each of them."""
    grids = [block for block in blocks if isinstance(block, Grid)]
    done = list(blocks)
    for left in grids:
        right = next((one for one in grids if one is not left and _beside(left, one)), None)
        if right is not None and sum(_beside(left, one) or _beside(one, right) for one in grids) == 2:
            done = _parted(done, left, right)
    return done


def _beside(left: Grid, right: Grid) -> bool:
    """Whether a table stands right of another, most of the lower one on its height."""
    (_, top, end, foot), (start, head, _, bottom) = _box(left), _box(right)
    return end <= start and min(foot, bottom) - max(top, head) > 0.5 * min(foot - top, bottom - head)


def _box(block: Block) -> Box:
    assert block.bbox is not None, "blocks of a page have a place"
    return block.bbox


def _parted(blocks: Sequence[Block], left: Grid, right: Grid) -> list[Block]:
    """The blocks with the lines right above the two tables parted and put before theirs."""
    wall = (_box(left)[2] + _box(right)[0]) / 2
    first = min(k for k, block in enumerate(blocks) if block is left or block is right)
    sides: list[tuple[Line | None, Line | None]] = []
    start = first
    while start:
        above = blocks[start - 1]
        halves = _halves(above, wall) if isinstance(above, Line) else None
        if halves is None:
            break
        sides.insert(0, halves)
        start -= 1
    if not any(one and other for one, other in sides):
        return list(blocks)  # nothing tells that each has its own
    ours, theirs = ([half for half in side if half] for side in zip(*sides, strict=True))
    rest = [block for block in blocks[first:] if block is not left and block is not right]
    return [*blocks[:start], *ours, left, *theirs, right, *rest]


def _halves(line: Line, wall: float) -> tuple[Line | None, Line | None] | None:
    """What of a line stands left and right of a wall; None where it runs over it."""
    x0, top, x1, bottom = _box(line)
    if x1 <= wall:
        return line, None
    if x0 >= wall:
        return None, line
    cut = next(k for k, x in enumerate(line.xs) if x >= wall)
    end = len(line.text[:cut].rstrip())
    if line.text[end:cut] == "" or line.xs[cut] - line.xs[end] < APART * (line.size or 0.0):
        return None
    return (
        replace(line, text=line.text[:end], bbox=(x0, top, line.xs[end], bottom), xs=line.xs[: end + 1]),
        replace(line, text=line.text[cut:], bbox=(line.xs[cut], top, x1, bottom), xs=line.xs[cut:]),
    )
