"""Pages of blocks become sections of paragraphs and tables with what is printed around them, for every format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.disclosure import Paragraph, Section
from corpus.money import read_unit_line
from ingest.layout.contents import cut_contents
from ingest.layout.headings import (
    CHAPTER,
    ITEM,
    PART,
    UNNUMBERED,
    announced_rank,
    core,
    could_be_heading,
    names_a_section,
    numbered_rank,
    numbering,
    squeezed,
)
from ingest.layout.paragraphs import Frame, continues, frames, paragraph_of, without_furniture
from ingest.layout.run_in import counted, parted
from ingest.layout.surroundings import (
    Above,
    clean_title,
    is_caption,
    is_title,
    names_a_statement,
    notes_below,
    read_above,
    unwrapped,
)
from ingest.page import Grid, Line, Page


@dataclass(frozen=True, slots=True)
class Placed:
    """A grid with what is printed around it.

    `title` is the table's own title, cleaned of numbering such as "表1", "" when there is none. `unit` comes from the
    unit line above it, None when none stands there. `notes` are the lines directly under it, `section` is the heading
    path it stands in, and `before` are up to six lines directly above it, as printed.
    """

    grid: Grid
    title: str
    unit: str | None
    notes: tuple[str, ...]
    section: tuple[str, ...]
    before: tuple[str, ...]
    after: str = ""
    """The paragraph or heading right above all that, "" where another table stands there."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Sections and tables in document order. `contents` are the entries of the contents page, leaders cut."""

    sections: tuple[Section, ...]
    tables: tuple[Placed, ...]
    contents: tuple[str, ...]


@dataclass(slots=True)
class _Piece:
    """One item of the document's flow: a paragraph, a heading (with its rank), or a table."""

    paragraph: Paragraph | None = None
    rank: int | None = None
    grid: Grid | None = None
    above: Above | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        return self.paragraph.text if self.paragraph else ""


def lay_out(pages: Sequence[Page]) -> Layout:
    """Sections, tables and contents of a document whose tables were joined over its pages already."""
    blocks, contents = cut_contents(without_furniture(pages))
    frame_of = frames(pages)
    pieces: list[_Piece] = []
    gap: list[Line] = []
    table: _Piece | None = None
    for block in blocks:
        for part in unwrapped(block) if isinstance(block, Grid) else [block]:
            if isinstance(part, Line):
                gap.append(part)
                continue
            above = read_above(gap, contents)
            _close(gap[: len(gap) - above.taken], table, frame_of, contents, pieces)
            table = _Piece(grid=part, above=above)
            pieces.append(table)
            gap = []
    _close(gap, table, frame_of, contents, pieces)
    return _assembled(_without_lists(_with_part_titles(pieces, contents)), contents)


def _close(
    lines: Sequence[Line],
    table: _Piece | None,
    frame_of: dict[int, Frame],
    contents: Sequence[str],
    pieces: list[_Piece],
) -> None:
    """Lines between two tables: notes to the first, the rest paragraphs and headings."""
    if table is not None and table.above is not None:
        # on a continuation page the head of the table is printed anew
        heads = {re.sub(r"\(?续表?\)?$", "", squeezed(text)) for text in table.above.before}
        lines = [line for line in lines if re.sub(r"\(?续表?\)?$", "", squeezed(line.text)) not in heads]
        lines = _unit_below(lines, table)
    groups: list[list[Line]] = []
    for line in lines:
        frame = frame_of.get(line.page) if line.page is not None else None
        if groups and continues(line, groups[-1][-1], frame):
            groups[-1].append(line)
        else:
            groups.append([line])
    paragraphs = [paragraph_of(group) for group in groups]
    if table is not None:
        count = notes_below([paragraph.text for paragraph in paragraphs])
        table.notes = tuple(paragraph.text for paragraph in paragraphs[:count])
        groups, paragraphs = groups[count:], paragraphs[count:]
    for group, paragraph in zip(groups, paragraphs, strict=True):
        whole = parted(paragraph, _count_before(pieces, CHAPTER), _count_before(pieces, PART))
        if len(whole) == 1:
            pieces.append(_Piece(paragraph=paragraph, rank=_rank(group, paragraph.text, contents)))
        else:
            pieces += [_Piece(paragraph=part, rank=numbered_rank(part.text)) for part in whole]


def _count_before(pieces: Sequence[_Piece], rank: int) -> int:
    """The count of the last heading of a rank (3 for 三、…), 0 where the part or the document has none yet."""
    for piece in reversed(pieces):
        if piece.rank == rank:
            return counted(piece.text, rank)
        if piece.rank == PART:
            return 0
    return 0


def _unit_below(lines: Sequence[Line], table: _Piece) -> Sequence[Line]:
    """Take in the unit of a table that prints it right below; lines with the head of the next one left are not asked."""
    unit = read_unit_line(lines[0].text) if lines and is_caption(lines[0].text) else None
    if unit is None or table.above is None or table.above.unit is not None:
        return lines
    table.above = replace(table.above, unit=unit)
    return lines[1:]


def _rank(lines: Sequence[Line], text: str, contents: Sequence[str]) -> int | None:
    """The rank of a heading, None for running text."""
    if is_caption(text):
        return None
    number = numbering(text)
    styled = lines[0].heading is not None and len(text) <= 80 and not re.search(r"[。;!?]", text)
    if styled and (number is None or number.rank >= ITEM or not text.endswith(":")):
        return number.rank if number else UNNUMBERED
    rank = numbered_rank(text)
    if rank is not None or number is not None:
        return rank
    rank = announced_rank(text, contents)
    if rank is not None:
        return None if is_title(text) and rank != PART else rank
    return UNNUMBERED if names_a_section(text) and not is_title(text) else None


def _with_part_titles(pieces: list[_Piece], contents: Sequence[str]) -> list[_Piece]:
    """第一部分 with its title on the next line becomes one heading; a title printed once more after it goes.

    So does any heading that the contents page knows as one and the page breaks in two.
    """
    announced = {squeezed(entry) for entry in contents}
    merged: list[_Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        whole = squeezed(last.text + piece.text) if last is not None else ""
        if last is not None and last.rank is not None and piece.text and whole in announced:
            last.paragraph = Paragraph(last.text + piece.text, ())
            continue
        if last is not None and last.rank == PART and last.paragraph is not None and piece.paragraph is not None:
            number = numbering(last.text)
            titled = number is not None and bool(number.rest)
            if titled and number is not None and squeezed(number.rest) == squeezed(piece.text):
                continue
            if not titled and numbering(piece.text) is None and could_be_heading(piece.text):
                last.paragraph = Paragraph(f"{last.text} {piece.text}", ())
                continue
        merged.append(piece)
    return merged


def _without_lists(pieces: list[_Piece]) -> list[_Piece]:
    """Headings that follow one another with nothing under them are a list (of tables, say), not headings."""
    start = 0
    while start < len(pieces):
        end = start
        while end < len(pieces) and pieces[end].rank is not None:
            end += 1
        for piece in _list_items(pieces[start:end]):
            piece.rank = None
        start = max(end, start + 1)
    return pieces


def _list_items(run: Sequence[_Piece]) -> list[_Piece]:
    """Those headings of a run without text between that are items of a list: empty ones, and the last of their row."""
    ranks = [piece.rank or 0 for piece in run]
    if len(ranks) < 2:
        return []
    empty = [PART < rank >= after for rank, after in pairwise(ranks)]
    empty.append(empty[-1] and ranks[-1] == ranks[-2])
    few = any(alone and rank >= ITEM for alone, rank in zip(empty, ranks, strict=True))
    return [piece for piece, alone in zip(run, empty, strict=True) if alone] if few or sum(empty) >= 3 else []


def _as_printed(heading: str) -> str:
    """The heading on one line, with the blank between 第一部分 and its title that PDF readers lose."""
    number = numbering(heading)
    bare = re.sub(r"\s+", " ", heading)
    return f"{number.printed.rstrip(':')} {number.rest}" if number and number.rank == PART and number.rest else bare


def _title_of_heading(names: tuple[str, ...], right_under_it: bool) -> str:
    """The title of a table that has none of its own: the heading's, where that names a table or a statement."""
    if not names or numbered_rank(names[-1]) == PART:
        return ""
    wanted = is_title(names[-1]) or (right_under_it and names_a_statement(clean_title(names[-1])))
    return clean_title(names[-1]) if wanted else ""


def _announced_section(title: str, names: tuple[str, ...], contents: Sequence[str]) -> tuple[str, ...]:
    """The section that the contents page puts a table under, where no heading of that name is printed.

    Shanghai's budgets announce 五、部门预算表, then print the tables right after the explanations without that heading.
    """
    above: list[tuple[int, str]] = []
    for entry in contents:
        number = numbering(entry)
        rank = number.rank if number else UNNUMBERED
        above = [(other, name) for other, name in above if other < rank]
        if title and above and core(entry) == core(title):
            parent = above[-1][1]
            printed = any(core(parent) in core(name) or name.startswith("第") for name in names)
            return names if printed else (parent,)
        above.append((rank, entry))
    return names


def _says_again(text: str, heading: str) -> bool:
    """Whether a line repeats the heading that it stands under, as the caption of a small table does."""
    number = numbering(heading)
    return squeezed(text) == squeezed(number.rest if number else heading)


def _assembled(pieces: Sequence[_Piece], contents: tuple[str, ...]) -> Layout:
    path: list[tuple[int, str]] = []
    sections: list[tuple[tuple[str, ...], list[Paragraph]]] = [((), [])]
    tables: list[Placed] = []
    right_under_heading = False
    last = ""
    for piece in pieces:
        names = tuple(name for _, name in path)
        is_heading = piece.rank is not None
        if is_heading and piece.rank == UNNUMBERED and names and _says_again(piece.text, names[-1]):
            is_heading = False
        if piece.grid is not None and piece.above is not None:
            above = piece.above
            title = above.title or _title_of_heading(names, right_under_heading)
            section = _announced_section(title, names, contents)
            tables.append(Placed(piece.grid, title, above.unit, piece.notes, section, above.before, last))
        elif is_heading and piece.rank is not None:
            path = [(rank, name) for rank, name in path if rank < piece.rank]
            path.append((piece.rank, _as_printed(piece.text)))
            sections.append((tuple(name for _, name in path), []))
        elif piece.paragraph is not None:
            sections[-1][1].append(piece.paragraph)
        right_under_heading = is_heading
        last = piece.text
    return Layout(
        tuple(Section(names, tuple(paragraphs)) for names, paragraphs in sections if names or paragraphs),
        tuple(tables),
        contents,
    )
