"""Grids that go on over a page break become one grid, whatever the format.

A continuation is told by what is *not* there: no title, no unit line, nothing but running headers, footers and page
numbers stands between the fragments; and by columns that fit. Header rows printed again are dropped, a row or a merged
cell cut in two by the page break is put together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corpus.disclosure import Cell
from corpus.money import parse_number, read_unit_line
from ingest.grids.beside import across_first, begins_beside, may_stand_between, move_unit, put_beside
from ingest.grids.cut_rows import ITEM_START, cell_over, row_of, split_row
from ingest.page import Block, Grid, Line, Page

_MARKS = r"[-—–·•~/,\s]*+"
_PAGE_NUMBER = re.compile(
    rf"{_MARKS}(?:第|page)?\s*+\d{{0,4}}+\s*+页?{_MARKS}(?:共|of)?\s*+\d{{0,4}}+\s*+页?{_MARKS}", re.IGNORECASE
)
FOOT = 0.92
"""What begins below this share of the page's height stands at its very foot."""
FIT = 4.0
"""Column lines of two fragments at most this far apart (points) are the same line."""


def join(pages: Sequence[Page]) -> list[Page]:
    """The same pages with every continued grid whole, at the place of its first fragment."""
    running = _running_lines(pages)

    def is_running(line: Line) -> bool:
        return bool(_PAGE_NUMBER.fullmatch(line.text)) or _shape(line.text) in running

    parts = across_first([page.blocks for page in pages], is_running)
    pages = [replace(page, blocks=tuple(blocks)) for page, blocks in zip(pages, parts, strict=True)]
    feet = _feet(pages)
    done: list[list[Block]] = []
    held: tuple[int, int] | None = None
    titled: list[str] = []
    lines: list[str] = []
    for number, page in enumerate(pages):
        done.append([])
        for block in page.blocks:
            if isinstance(block, Line):
                if not is_running(block):
                    lines.append(_shape(block.text))
                done[-1].append(block)
                continue
            above = done[held[0]][held[1]] if held else None
            again = bool(lines) and lines == titled[-len(lines) :] and any(line.endswith("表") for line in lines)
            joined = None
            said = _says_it_goes_on(lines, titled)
            if isinstance(above, Grid) and said:
                joined = put_together(above, block, said=True)
            elif isinstance(above, Grid) and (not lines or (again and goes_on_below_title(above, block))):
                room = feet[number - 1] - _foot(above) if number else 0.0
                joined = put_together(above, block, room)
            if held and joined:
                done[held[0]][held[1]] = joined
                if lines:
                    start = held[1] + 1 if held[0] == number else 0
                    rest = [b for b in done[-1][start:] if not (isinstance(b, Line) and _shape(b.text) in lines)]
                    done[-1][start:] = rest
            else:
                done[-1].append(block)
                held, titled = (len(done) - 1, len(done[-1]) - 1), lines
            lines = []
    _put_beside(done, is_running)
    return [replace(page, blocks=tuple(blocks)) for page, blocks in zip(pages, done, strict=True)]


def _put_beside(pages: Sequence[list[Block]], is_running: Callable[[Line], bool]) -> None:
    """Put tables together of which one page after another prints all rows of some columns, then those of the next ones.

    Nothing but running lines, the title again and a unit may stand between.
    """
    held: tuple[int, Grid, list[Line]] | None = None
    lines: list[Line] = []
    for number, blocks in enumerate(pages):
        for block in list(blocks):
            if isinstance(block, Line):
                lines += [] if is_running(block) else [block]
                continue
            apart = held and not set(held[1].pages) & set(block.pages) and may_stand_between(lines, held[2])
            wider = put_beside(held[1], block) if held and apart else None
            if held and wider:
                upper = pages[held[0]]
                upper[next(k for k, one in enumerate(upper) if one is held[1])] = wider
                move_unit(upper, wider, lines)
                pages[number][:] = [one for one in blocks if one is not block and one not in lines]
                held = held[0], wider, held[2]
            else:
                held = number, block, lines
            lines = []


_CONTINUED = re.compile(r"[(（]?续(?:上)?表?#*[)）]?:?$|^续")


def _says_it_goes_on(lines: Sequence[str], titled: Sequence[str]) -> bool:
    """Whether what stands between two grids says that the second goes on: 续表, or a title with (续).

    Besides that only what stood above the first one may stand there, numbered as that was, and the unit.
    """
    said = [line for line in lines if _CONTINUED.search(line)]
    known = {_bare(line) for line in titled} | {""}
    rest = [line for line in lines if line not in said]
    named = [_bare(line) for line in said]
    return (
        bool(said)
        and all(_bare(line) in known or read_unit_line(line) for line in rest)
        and all(name in known or re.fullmatch(r"附?表[#一二三四五六七八九十-]*", name) for name in named)
    )


def _bare(line: str) -> str:
    """A title without what says that it goes on."""
    return _CONTINUED.sub("", line)


def goes_on_below_title(above: Grid, below: Grid) -> bool:
    """Whether a table under the same title goes on, as sheets printed with 打印标题行 do: the whole header is printed
    again, and after it comes a class code that stands nowhere above, instead of the total that a new table begins with.
    """
    repeated = _repeated_header(above, below)
    if not repeated or repeated >= below.n_rows:
        return False
    first = next(iter(cell.text for cell in row_of(below, repeated) if cell.text), "")
    row = "|".join(cell.text for cell in row_of(below, repeated))
    rows = {"|".join(cell.text for cell in row_of(above, row)) for row in range(above.n_rows)}
    return bool(re.fullmatch(r"\d{3,7}", first)) and row not in rows and _amounts(below, repeated)


def _feet(pages: Sequence[Page]) -> list[float]:
    """How far down each page could be filled: as far as grids reach on any page of its height."""
    lowest: dict[int, float] = {}
    for page in pages:
        for block in page.blocks:
            if isinstance(block, Grid) and block.bbox is not None:
                lowest[round(page.height)] = max(lowest.get(round(page.height), 0.0), block.bbox[3])
    return [lowest.get(round(page.height), 0.0) for page in pages]


def _foot(grid: Grid) -> float:
    """Where a grid ends on its last page."""
    return max((cell.bbox[3] for cell in grid.cells if cell.bbox and cell.page == grid.pages[-1]), default=0.0)


def _running_lines(pages: Sequence[Page]) -> set[str]:
    """Shapes of texts that stand at one height at the edge of many pages: running headers and footers.

    At the very foot of the page two will do: a title or a note stands there on two pages by chance at most.
    """
    seen: Counter[tuple[str, int]] = Counter()
    feet: set[tuple[str, int]] = set()
    for page in pages:
        lines = [block for block in page.blocks if isinstance(block, Line) and block.bbox]
        for line in {id(line): line for line in lines[:1] + lines[-2:]}.values():
            if line.bbox and not read_unit_line(line.text):
                place = _shape(line.text), round(line.bbox[1] / 3)
                seen[place] += 1
                if line.bbox[1] > FOOT * page.height and line is lines[-1]:
                    feet.add(place)
    most = 0.4 * len(pages)
    return {place[0] for place, count in seen.items() if count >= max(2 if place in feet else 3, most)}


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", text))


def put_together(above: Grid, below: Grid, room: float = 0.0, *, said: bool = False) -> Grid | None:
    """Two neighbouring grids as one, None when `below` is a table of its own.

    `said` tells that the page says so (续表): it may then do so on one page, and break where it likes. `room` is how much of the page (points) was left under `above`: where the first row of `below` would have fitted,
    the page was broken on purpose.
    """
    if above.bbox is None or below.bbox is None:
        return _put_printed_together(above, below)
    if above.pages[-1:] == below.pages[:1] and not said:
        return None
    alike = above.n_columns == below.n_columns and _repeated_header(above, below)
    if said and alike:
        return _append(above, below, alike)  # drawn anew, as wide as its own texts need
    ours, theirs = column_lines(above), column_lines(below)
    lines = _union(ours, theirs)
    same_frame = abs(ours[0] - theirs[0]) <= FIT and abs(ours[-1] - theirs[-1]) <= FIT
    narrower = len(lines) == len(ours) and len(theirs) > 2 and room < _height(below, 0) + FIT
    one_more = abs(ours[0] - theirs[0]) <= FIT and len(lines) == len(theirs) == len(ours) + 1 and _goes_on(below)
    if not same_frame and not narrower and not one_more:
        return None  # where a merged cell at the side is not drawn again, the rest is narrower but on the same lines
    fits = len(lines) in (len(ours), len(theirs))
    label = _begins_with_label(below)
    above, below = _recut(above, lines), _recut(below, lines)
    repeated = _repeated_header(above, below)
    if _title_rows(below) >= max(1, repeated):
        return None  # the same title alone stands in every table of its kind
    on_purpose = room > _height(below, 0) + FIT and not said
    if not repeated and begins_beside(above, below):
        return None
    if not repeated and on_purpose and not label and (_looks_like_header(below) or not fits):
        return None
    return _append(above, below, repeated)


def _goes_on(grid: Grid) -> bool:
    """Whether a grid begins in the middle of a table: with a class code and an amount."""
    first = row_of(grid, 0)
    return bool(first) and re.fullmatch(r"\d{3,7}", first[0].text) is not None and _amounts(grid, 0)


def _begins_with_label(grid: Grid) -> bool:
    """Whether the first cell is a label along the side of most rows, as the second half of a form begins (绩效指标)."""
    first = next(iter(row_of(grid, 0)), None)
    return first is not None and first.column == 0 and first.rowspan >= max(3, 0.5 * grid.n_rows) and bool(first.text)


def _height(grid: Grid, row: int) -> float:
    """Height of a row in points."""
    return max(
        (cell.bbox[3] - cell.bbox[1] for cell in row_of(grid, row) if cell.bbox and cell.rowspan == 1), default=0.0
    )


def _put_printed_together(above: Grid, below: Grid) -> Grid | None:
    """The same for grids without geometry, whose columns can only be counted."""
    repeated = _repeated_header(above, below)
    if _title_rows(below) >= max(1, repeated):
        return None
    other = abs(above.n_columns - below.n_columns) > 1 or _looks_like_header(below)
    if not repeated and (other or begins_beside(above, below)):
        return None
    return _append(above, below, repeated)


def _amounts(grid: Grid, row: int) -> bool:
    return any("." in cell.text and parse_number(cell.text) is not None for cell in row_of(grid, row))


def _repeated_header(above: Grid, below: Grid) -> int:
    """How many leading rows of `below` are the leading rows of `above` printed again."""
    count = 0
    while count < min(above.n_rows, below.n_rows):
        printed = _printed(below, count)
        if not printed or not _same_headings(_printed(above, count), printed) or _amounts(below, count):
            break
        count += 1
    return count


Printed = dict[tuple[int, int], str]
"""Texts of a row by column and how many columns they span, without blanks."""


def _printed(grid: Grid, row: int) -> Printed:
    return {(cell.column, cell.colspan): "".join(cell.text.split()) for cell in row_of(grid, row) if cell.text}


def _same_headings(first: Printed, second: Printed) -> bool:
    """Whether two rows have the same headings: a few may have lost their last signs, which found no room there."""
    if first.keys() != second.keys():
        return False
    cut = [place for place in first if first[place] != second[place]]
    return 4 * len(cut) <= len(first) and all(_lost_its_end(first[place], second[place]) for place in cut)


def _lost_its_end(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    return long.startswith(short) and len(long) - len(short) <= MOST_LOST < len(short) and _DIGIT.search(long) is None


MOST_LOST = 2
"""Signs that a heading may lose at the floor of its row; more of it is left than that."""
_DIGIT = re.compile(r"\d")


def _title_rows(grid: Grid) -> int:
    """How many leading rows are one cell over the full width, as a title printed inside its table is; 0 for text."""
    count = 0
    while count < grid.n_rows and len(row := row_of(grid, count)) == 1 and row[0].colspan == grid.n_columns > 1:
        count += 1
    title = row_of(grid, 0)[0].text if count else ""
    return count if re.search(r"表(?:[(（].*[)）])?$", title) else 0


def _looks_like_header(grid: Grid) -> bool:
    """Whether the first row names columns: words in most of its cells, and not a number or a numbered item."""
    first = row_of(grid, 0)
    texts = [cell.text for cell in first if cell.text]
    if len(first) == 1 and grid.n_columns > 1:
        return bool(texts) and not re.search(r"[,。;:]", texts[0])
    if any(re.search(r"\d", text) or ITEM_START.match(text) or not re.search(r"\w", text) for text in texts):
        return False
    return len(texts) > 2 and len(texts) >= 0.8 * len(first)


def column_lines(grid: Grid) -> list[float]:
    """Where the columns of a grid with geometry begin, and where the last ends."""
    lines: dict[int, float] = {}
    for cell in grid.cells:
        if cell.bbox is not None:
            lines[cell.column], lines[cell.column + cell.colspan] = cell.bbox[0], cell.bbox[2]
    known = 0.0
    return [known := lines.get(i, known) for i in range(grid.n_columns + 1)]


def _union(first: list[float], second: list[float]) -> list[float]:
    """The column lines of both; a line of `second` near one of `first` is that one, but no two of them are."""
    free, more = list(first), []
    for x in second:
        near = min(free, key=lambda other: abs(x - other), default=x + 2 * FIT)
        if abs(x - near) <= FIT:
            free.remove(near)
        else:
            more.append(x)
    return sorted([*first, *more])


def _recut(grid: Grid, lines: list[float]) -> Grid:
    """The grid with its cells' columns counted by `lines`."""
    last = len(lines) - 1
    place = [min(range(last + 1), key=lambda i: abs(lines[i] - x)) for x in column_lines(grid)]

    def moved(cell: Cell) -> Cell:
        start = min(place[cell.column], last - 1)
        end = place[min(cell.column + cell.colspan, grid.n_columns)]
        return replace(cell, column=start, colspan=max(1, end - start))

    cells = tuple(map(moved, grid.cells))
    ends = tuple((row, place[column]) for row, column in grid.running)
    folded = tuple((row, place[column]) for row, column in grid.folded)
    return replace(grid, n_columns=len(lines) - 1, cells=cells, running=ends, folded=folded)


def _append(above: Grid, below: Grid, repeated: int) -> Grid:
    """The rows of `below` without its `repeated` header rows put under those of `above`."""
    split = split_row(above, below, repeated)
    shift = above.n_rows - repeated - split
    upper = {(cell.row, cell.column): cell for cell in _whole_headings(above, below, repeated)}
    lower: list[Cell] = []
    for cell in below.cells:
        if cell.row < repeated:
            continue
        over = cell_over(upper.values(), above.n_rows, cell) if cell.row == repeated else None
        if over and (split or _one_merged_cell(over, cell)):
            rowspan = over.rowspan + cell.rowspan - split
            upper[over.row, over.column] = replace(over, text=over.text + cell.text, rowspan=rowspan)
        else:
            lower.append(replace(cell, row=cell.row + shift))
    return replace(
        above,
        n_rows=above.n_rows + below.n_rows - repeated - split,
        n_columns=max(above.n_columns, below.n_columns),
        cells=tuple(upper.values()) + tuple(lower),
        pages=tuple(dict.fromkeys(above.pages + below.pages)),
        joined_at=(*above.joined_at, above.n_rows),
        running=tuple((row + shift, column) for row, column in below.running),
        folded=above.folded + tuple((row + shift, column) for row, column in below.folded if row >= repeated),
    )


def _whole_headings(above: Grid, below: Grid, repeated: int) -> Iterator[Cell]:
    """The cells of `above`, a heading that lost its end there as it is printed again below."""
    again = {(cell.row, cell.column): cell.text for cell in below.cells if cell.row < repeated}
    for cell in above.cells:
        text = again.get((cell.row, cell.column), "")
        lost = cell.text and text != cell.text and text.startswith(cell.text)
        yield replace(cell, text=text) if lost else cell


def _one_merged_cell(over: Cell, cell: Cell) -> bool:
    """Whether a merged cell goes on below the page break: its text is printed in one of the two parts only."""
    if over.colspan != cell.colspan or bool(over.text) == bool(cell.text):
        return False
    return over.rowspan > 1 if over.text else over.rowspan > 1 and cell.rowspan > 1
