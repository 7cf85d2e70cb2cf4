"""Tables that rules do not part into cells: ruled across only, upright only, under the header only, or not at all.

A region of the page is given, with what rules it has. Columns are told by gutters, rows by rules where there are any and
by what stands on one height; header cells over several columns by standing in their middle.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.disclosure import Cell as Printed
from corpus.locator import Box
from ingest.grids.edges import REACH, Stretch
from ingest.grids.geometry import cell_text
from ingest.grids.gutters import TOUCH, Columns, columns, gather, keeps_to, overlap, told
from ingest.grids.open_headers import by_partial_rules, levels, parted_words
from ingest.grids.open_rows import Cell, chained, row_groups, row_pitch
from ingest.grids.pieces import AMOUNT, ENTRY, Piece, outline, printed_once, rows_of
from ingest.page import Grid, overprinted


@dataclass(frozen=True, slots=True)
class Region:
    """Where a table is taken to stand: its pieces, the rules across it, and its sides where rules tell them.

    `uprights` are the upright rules that part columns, outer ones included, none when columns must be told.
    """

    pieces: Sequence[Piece]
    across: Sequence[Stretch] = ()
    sides: tuple[float, float] | None = None
    uprights: tuple[Stretch, ...] = ()
    before: tuple[float, ...] = ()
    """The walls of the table on the page before, which may go on here without its header."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Walls of columns, floors of rows (outer ones included), and cells with the rows that they take."""

    xs: list[float]
    ys: list[float]
    cells: list[Cell]


def grid(region: Region, page: int) -> Grid | None:
    """The region's table, None when it has not at least two columns and two rows."""
    once = printed_once(region.pieces)
    if once is None:
        return None
    region = replace(region, pieces=once)
    header, body = _parted(region)
    if not body:
        return None
    header = parted_words(header, body)
    region = replace(region, pieces=[*header, *body])
    if region.uprights:
        found = _upright(region.uprights, region.pieces)
    elif (
        region.before
        and (not header or _begins(rows_of(region.pieces)[0], region.pieces))
        and keeps_to(region.before, region.pieces)
    ):
        header, found = [], told(region.before)
    else:
        numbering = {id(piece) for line in rows_of(body)[:1] if _numbers_columns(line) for piece in line}
        found = columns(header, [one for one in body if id(one) not in numbering] or body, region.sides)
    if found is None:
        return None
    plan = _rows(region, found, {id(one) for one in header})
    if len(plan.ys) < 3 or not _is_sound(plan):
        return None
    return _made(plan, page)


def _is_sound(plan: _Plan) -> bool:
    """Whether columns with amounts hold little else: in a sheet of mixed entries, neither rows nor columns are sure."""
    if any(_SHEET.search("".join(piece.text for piece in cell.pieces)) for cell in plan.cells):
        return False
    if any(_is_two(cell) for cell in plan.cells):
        return False
    amounts = {cell.column for cell in plan.cells if cell.has_amount}
    first = min((cell.rows[0] for cell in plan.cells if cell.has_amount), default=0)
    inside = [cell for cell in plan.cells if cell.column in amounts and cell.rows[0] >= first]
    if first and not _are_headed(amounts, first, plan):
        return False
    numbers = sum(cell.is_number for cell in inside)
    return numbers >= 0.75 * len(inside)


def _are_headed(amounts: set[int], first: int, plan: _Plan) -> bool:
    """Whether each column of amounts has a heading of its own, a few amounts aside that a page break shifted.

    Those are told by their sums. A heading over nothing beside amounts under none may belong to them.
    """
    lowest: dict[int, Cell] = {}
    words = [
        cell for cell in plan.cells if cell.rows[0] < first and not _numbers_columns(cell.pieces) and not cell.is_number
    ]
    for cell in sorted(words, key=lambda one: one.rows[1]):
        lowest |= dict.fromkeys(range(cell.column, cell.end), cell)
    parents = {k for k, cell in lowest.items() if any(lowest[j] is not cell for j in range(cell.column, cell.end))}
    lowest = {
        k: cell for k, cell in lowest.items() if k not in parents
    }  # under a heading of several, with none of its own
    filled = {k for cell in plan.cells if cell.rows[0] >= first for k in range(cell.column, cell.end)}
    stray = amounts - set(lowest)
    own = [lowest[k] for k in amounts if k in lowest]
    for k in amounts:
        foot = lowest[k].bottom - 0.3 * lowest[k].pieces[0].size if k in lowest else 0.0
        idle = [lowest[beside] for beside in (k - 1, k + 1) if beside in lowest and beside not in filled]
        if any(foot < one.top and any(abs(one.top - two.top) < 1.0 for two in own) for one in idle):
            return False
    heads = [id(lowest[k]) for k in amounts & set(lowest)]
    few = sum(cell.column in stray and cell.has_amount for cell in plan.cells)
    return len(set(heads)) == len(heads) and few <= 0.25 * sum(cell.has_amount for cell in plan.cells)


def _is_two(cell: Cell) -> bool:
    """Whether a cell of several lines holds words of two columns: folded ones beside each other."""
    spans = gather(cell.pieces) if len(cell.pieces) > 2 else []
    lines = [sum(overlap(piece, span) > TOUCH for piece in cell.pieces) for span in spans]
    apart = [b[0] - a[1] for a, b in pairwise(spans)]
    beside = len(spans) > 2 and min(apart) > 0.5 * cell.pieces[0].em
    return beside or (len(spans) > 1 and max(lines) > 1 and max(apart) > 0.0)


def _upright(rules: Sequence[Stretch], found: Sequence[Piece]) -> Columns | None:
    """The columns between upright rules; open sides reach as far as anything is printed."""
    at = sorted(rule.at for rule in rules)
    xs = [x for k, x in enumerate(at) if not k or x - at[k - 1] > REACH]
    left, right = min(piece.x0 for piece in found), max(piece.x1 for piece in found)
    xs = [*([left] if left < xs[0] - REACH else []), *xs, *([right] if right > xs[-1] + REACH else [])]
    if len(xs) < 3:
        return None
    return Columns(tuple(xs), tuple((a + 0.2, b - 0.2) for a, b in pairwise(xs)), tuple(rules))


_SHEET = re.compile(r"绩效(?:目标|指标)|[一二三]级指标|年度目标|指标值|^(?:大于|小于)(?:等于)?$|^[≥≤]|.{40}")
"""What stands in sheets of entries of many kinds, whose cells only rules tell."""
_TOTAL = re.compile(r"(?:合|总)\s*计\s*:?")


def _parted(region: Region) -> tuple[list[Piece], list[Piece]]:
    """Header and body of a region: the body begins with the first amounts, or with a total that stands alone."""
    lines = rows_of(region.pieces)
    if any(AMOUNT.fullmatch(piece.text) for piece in lines[0]):
        return [], list(region.pieces)  # what went on from the page before
    start = next((k for k, line in enumerate(lines) if k and _begins(line, region.pieces)), 1)
    while (
        1 < start < len(lines) and len(lines[start - 1]) == 1 and abs(lines[start - 1][0].x0 - lines[start][0].x0) < 1.0
    ):
        start -= 1  # a label whose amounts are blank
    if start >= len(lines):
        return [one for line in lines for one in line], []
    top = min(one.top for one in lines[start])
    floor = max((rule.at for rule in _full(region) if rule.at <= top + 2.0), default=None)
    if floor is None or floor < min(one.top for one in region.pieces):
        size = min(one.size for one in lines[start])
        floor = top - 0.1 * size
        above = _first_label([one for line in lines[:start] for one in line], lines[start], region.pieces)
        if above:
            floor = min(one.height for one in above) - 0.1 * size
    header = [one for one in region.pieces if one.height < floor]
    return header, [one for one in region.pieces if one.height >= floor]


def _first_label(above: Sequence[Piece], first: Sequence[Piece], table: Sequence[Piece]) -> list[Piece]:
    """The lines above the first amounts that are their label's, which is folded and set in the middle of its row.

    Its last line above the amounts has one right below them; those further up stand close over each other.
    """
    top, height = min(one.top for one in first), min(one.height for one in first)
    size = min(one.size for one in first)
    found = [one for one in above if one.bottom > top + 0.2 * size]
    for one in above:
        under = [two for two in table if overlap(two, (one.x0, one.x1)) > TOUCH and two.height > one.height]
        below = min(under, key=lambda two: two.height, default=None)
        if below is None or below.height < height + 0.3 * size or one.height > height - 0.3 * size:
            continue
        if abs((one.top + below.bottom) / 2 - height) < 0.2 * size:
            down = below.top - one.top
            found += [one] if 0.6 * one.em < down < 1.8 * one.em else []
    floor = min((one.height for one in found), default=height)
    while True:
        more = [
            one for one in above
            if one.height < floor
            and any(overlap(one, (two.x0, two.x1)) > TOUCH and 0.0 < two.top - one.top < 1.6 * one.em for two in found)
            and any(three.bottom < one.top - 0.6 * one.em and overlap(three, (one.x0, one.x1)) > TOUCH for three in above)
        ]  # fmt: skip
        if not more:
            return found
        found += more
        floor = min(one.height for one in found)


def _numbers_columns(line: Sequence[Piece]) -> bool:
    """Whether a line only numbers the columns: 1 2 3 …, 栏次 1 栏次 2."""
    numbers = sum(piece.text.isdigit() and len(piece.text) < 3 for piece in line)
    named = sum(piece.text.replace(" ", "") in ("栏次", "行次") for piece in line)
    return numbers + named == len(line) and (numbers > 2 or (numbers > 0 and named > 0))


def _begins(line: Sequence[Piece], table: Sequence[Piece]) -> bool:
    """Whether a line belongs to a table's body."""
    if any(AMOUNT.fullmatch(piece.text) for piece in line):
        return True
    if _numbers_columns(line):
        return True
    if len(line) == 1 and _TOTAL.fullmatch(line[0].text):
        # elsewhere than on the left it is a header beside one of two levels
        return line[0].x0 <= min(table, key=lambda piece: piece.x0).x1
    numbered = len(line) > 1 and line[0].text.isdigit()  # 16 十六、金融支出 43: rows that number themselves
    return bool(ENTRY.match(line[0].text) or (numbered and ENTRY.match(line[1].text)))


def _full(region: Region) -> list[Stretch]:
    """The rules that part the whole table."""
    if region.sides is None:
        return []
    wide = region.sides[1] - region.sides[0]
    return [rule for rule in region.across if rule.end - rule.start > 0.95 * wide]


def _rows(region: Region, columns: Columns, header: set[int]) -> _Plan:
    """Rows band by band between the rules over the whole width; a table without such is one band a part."""
    full = _full(region)
    top = min(one.top for one in region.pieces)
    bottom = max(one.bottom for one in region.pieces)
    ys = sorted({rule.at for rule in full}) or [top, bottom]
    if ys[0] > top:
        ys.insert(0, top)
    if ys[-1] < bottom:
        ys.append(bottom)
    heads = [one for one in region.pieces if id(one) in header]
    rest = [one for one in region.pieces if id(one) not in header]
    if heads and rest:
        foot, first = max(one.bottom for one in heads), min(one.top for one in rest)
        if not any(foot - 1.0 < y < first + 1.0 for y in ys[1:-1]):
            ys = sorted([*ys, (foot + first) / 2])
    pitch = row_pitch(region.pieces)
    floors, cells = [ys[0]], []
    for above, below in pairwise(ys):
        inside = [
            one for one in region.pieces if above <= one.height < below or (below == ys[-1] and one.height == below)
        ]
        if not inside:
            if below - above > 4.0:
                floors.append(below)
            continue
        partial = [rule for rule in region.across if above + 2.0 < rule.at < below - 2.0]
        if partial:
            cuts, made = by_partial_rules(inside, partial, columns, above, below)
        elif all(id(one) in header for one in inside):
            cuts, made = levels(inside, columns)
        else:
            cuts, made = _stacked(inside, columns, pitch, bool(full))
        base = len(floors) - 1
        for cell in made:
            cell.rows = cell.rows[0] + base, cell.rows[1] + base
        cells += made
        floors += [*cuts, below]
    return _Plan(list(columns.xs), floors, cells)


def _stacked(inside: Sequence[Piece], columns: Columns, pitch: float, ruled: bool) -> tuple[list[float], list[Cell]]:
    """Rows of a band by what stands on one height; between rules one row, unless amounts stand under each other."""
    cells = chained(inside, columns, pitch)
    groups = row_groups(cells)
    if ruled and sum(any(cell.is_number for cell in group) for group in groups) < 2:
        merged: dict[tuple[int, int], Cell] = {}
        for cell in sorted(cells, key=lambda one: one.top):
            same = merged.setdefault((cell.column, cell.end), cell)
            if same is not cell:
                same.pieces += cell.pieces
        _spread_total(list(merged.values()), columns)
        return [], list(merged.values())
    for k, group in enumerate(groups):
        for cell in group:
            cell.rows = k, k + 1
        _spread_total(group, columns)
    return _between(groups), cells


def _spread_total(row: Sequence[Cell], columns: Columns) -> None:
    """A total's label set in the middle of several columns takes them, from the first on."""
    cell = min(row, key=lambda one: one.column)
    if not columns.centred or not _TOTAL.fullmatch(cell.pieces[0].text):
        return
    xs, middle = columns.xs, cell.pieces[0].middle
    ends = min((one.column for one in row if one is not cell), default=len(xs) - 1)
    if cell.pieces[0].x0 - xs[cell.column] < 6.0 or len(cell.pieces) > 1:
        return
    if cell.end - cell.column == 1 and abs((xs[cell.column] + xs[cell.end]) / 2 - middle) < 3.0:
        return
    off, end = min(((abs((xs[0] + xs[end]) / 2 - middle), end) for end in range(2, ends + 1)), default=(9.0, 1))
    if off < 3.0:
        cell.column, cell.end = 0, end


def _between(groups: Sequence[Sequence[Cell]]) -> list[float]:
    return [
        (max(cell.bottom for cell in above) + min(cell.top for cell in below)) / 2 for above, below in pairwise(groups)
    ]


def _made(plan: _Plan, page: int) -> Grid | None:
    """The grid, blank cells where nothing is printed; None where words of two columns would come into one cell."""
    xs, ys = [round(x, 2) for x in plan.xs], [round(y, 2) for y in plan.ys]
    n_rows, n_columns = len(ys) - 1, len(xs) - 1
    owner: dict[tuple[int, int], Cell] = {}
    texts: dict[int, list[Piece]] = {}
    kept: list[Cell] = []
    for cell in sorted(plan.cells, key=lambda one: (one.rows, one.column)):
        places = [(r, c) for r in range(*cell.rows) for c in range(cell.column, cell.end)]
        taken = owner.get(places[0])
        if taken is not None:
            there = outline(texts[id(taken)])
            if overlap(outline(cell.pieces), (there.x0, there.x1)) < -TOUCH:
                return None
            texts[id(taken)] += cell.pieces
            continue
        while any(place in owner for place in places):
            cell.end -= 1
            places = [(r, c) for r in range(*cell.rows) for c in range(cell.column, cell.end)]
        if not places:
            continue
        owner |= dict.fromkeys(places, cell)
        texts[id(cell)] = list(cell.pieces)
        kept.append(cell)
    cells: list[Printed] = []
    running: list[tuple[int, int]] = []
    folded: list[tuple[int, int]] = []
    for cell in kept:
        (r0, r1), c0, c1 = cell.rows, cell.column, cell.end
        box: Box = (xs[c0], ys[r0], xs[c1], ys[r1])
        text, lines, full, over = cell_text([glyph for piece in texts[id(cell)] for glyph in piece.glyphs], box)
        cells.append(Printed(r0, c0, text, r1 - r0, c1 - c0, page, box, repaired=overprinted(over)))
        if lines > 1:
            folded.append((r0, c0))
        if full and r1 == n_rows:
            running.append((r0, c0))
    for r in range(n_rows):
        for c in range(n_columns):
            if (r, c) not in owner:
                cells.append(Printed(r, c, "", 1, 1, page, (xs[c], ys[r], xs[c + 1], ys[r + 1])))
    cells.sort(key=lambda one: (one.row, one.column))
    around = (xs[0], ys[0], xs[-1], ys[-1])
    return Grid(
        n_rows, n_columns, tuple(cells), (page,), around, ruled=False, running=tuple(running), folded=tuple(folded)
    )
