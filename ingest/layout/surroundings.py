"""What is printed around a table: title, unit, issuer above it; notes below it; and the same inside its frame.

Spreadsheets and many Word tables keep title, issuer and unit in the first rows of the grid itself and notes in the
last. Those rows are taken off the grid and treated like lines above and below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.disclosure import Cell
from corpus.money import normalise, read_unit_line
from ingest.layout.headings import PART, core, could_be_heading, numbering, squeezed
from ingest.page import Block, Grid, Line

_TITLE = re.compile(
    r"(?:表|一览|.{4}目录)(?:[-—]{1,2}[\u4e00-\u9fff]{2,12})?(?:\([^()]{1,30}(?:\([^()]*\))?[^()]{0,20}\)){0,2}(?:[-—]?\(?(?:续\d?|续表\d?)\)?)?$"
)
_NO_TITLE = re.compile(r"(?:见|如|下|附|本|此|该|空|(?<![填申])报)表$|[。;!?,]|:$|(?:详见|具体|如下).*表$|^[\d.,%\s]+$")
_LABEL = re.compile(
    r"(?:[(\[]?附?(?:件|录)\s*[\d一二三四五六七八九十]*[-\d]*\s*[)\]]?[::]?)|"
    r"(?:[(\[]?(?:[^\s,。::]{0,6}公开)?(?:附)?表\s*(?:[\d一二三四五六七八九十]{1,3})(?:[-.—]\d{1,2})*[)\]]?[::]?)|"
    r"[A-Z]{1,3}\d{1,3}表|[\u4e00-\u9fff]{0,6}\d{1,2}(?:-\d{1,2})?表"
)
_LABEL_BEFORE_TITLE = re.compile(
    r"^(?:附件?\s*\d*\s*[::]?\s*)?[(\[]?(?:[^\s,。::]{0,6}公开)?(?:附)?表\s*(?:\d{1,2}?(?=20\d\d)|\d{1,2}(?:[-.—]\d{1,2})?(?!\d)|"
    r"[一二三四五六七八九十]{1,3})[)\]]?\s*[::、.\-—]?\s*(?=\S)"
)
_ISSUER = re.compile(
    r"(?:编制|编报|填报|填制|公开|预算|主管|预算主管|申报|报送|汇总)?(?:单位|部门|机关)(?:名称|\(盖?章?公?章?\))?(?:\([^()]{1,8}\))?\s*:"
)
_PERIOD = re.compile(
    r"\(?\s*(?:20\d\d|[〇零一二三四五六七八九○]{4})\s*年?度?\s*\)?|日期\s*:.*|(?:填报|编制)日期\s*:.*|第\s*\d+\s*页.*"
)
_NOTE = re.compile(
    r"(?:备?注|说明|附注|注释|填表说明|填报说明|填列说明)\s*\d{0,2}\s*[::.、,]|(?:此|本|该|上)表(?:无|为空|反映|数据|中|按|以|金额|包括|不含|说明)|\((?:此|本)表|\*+\S"
)
_EMPTY_NOTE = re.compile(
    r"(?:无数据|空表|为空白?|无内容|不涉及)[。.,)]*$|(?:无|没有|未安排|不涉及).{0,60}(?:此|本|该|故).{0,4}表"
)
_UNIT_AT_END = re.compile(r"[(]?(?:金额|计量)?单位\s*:\s*(?:人民币)?\s*(?:百万|千|万|亿)?元[)]?$")
_UNIT_WITHIN = re.compile(
    r"单位\s*+:?\s*+(?:人民币)?\s*+((?:百\s*+万|千|万|亿)?\s*+元)(?=$|[\s()/、,%;\d]|公开|附?表|制表|编制|第|人民币)"
)
_UNIT_ALONE = re.compile(r"[(]?(?:金额:?)?(?:人民币)?((?:百万|千|万|亿)?元)[)]?")
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above a table: see `ingest.layout.Placed`. `taken` lines, counted from the table upwards."""

    title: str
    unit: str | None
    before: tuple[str, ...]
    taken: int


def is_caption(text: str) -> bool:
    """Whether a line belongs to a table's head and is not its title: label, issuer, unit, or period."""
    bare = text.strip()
    if len(bare) > 2 * _SHORT or re.search(r"[。;]", bare):
        return False
    if _unit_alone(bare):
        return True
    if _LABEL.fullmatch(squeezed(bare)) or _PERIOD.fullmatch(bare) or _ISSUER.match(squeezed(bare)):
        return True
    if len(bare) <= 40 and re.match(r"\(20\d\d年?度?\)", bare):
        return True  # the year of a performance sheet, with the project's name
    return read_unit_line(bare) is not None and (len(squeezed(bare)) <= 14 or ":" in bare)


def is_title(text: str) -> bool:
    """Whether a line reads like the title of a table."""
    number = numbering(text)
    if number is not None and number.rank == PART:
        return False
    bare = squeezed(_LABEL_BEFORE_TITLE.sub("", number.rest if number else text.strip(), count=1))
    return 2 < len(bare) <= _SHORT and bool(_TITLE.search(bare)) and not _NO_TITLE.search(bare)


def clean_title(text: str) -> str:
    """A table's title without its label ("表1", "预算公开表1"), number, and blanks between Chinese characters."""
    bare = text.strip()
    number = numbering(bare)
    bare = number.rest if number else bare
    bare = _LABEL_BEFORE_TITLE.sub("", bare, count=1)
    bare = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", bare)
    return re.sub(r"[-—]?(?:\(续表?\d?\)|续表?\d?)$", "", bare)


def read_above(lines: Sequence[Line], contents: Sequence[str]) -> Above:
    """Title, unit and the other lines that stand directly above a table, walking up from it."""
    parts: list[str] = []
    suffix = ""
    unit: str | None = None
    taken = 0
    over = ""  # the end of a title that was broken over two lines inside its brackets
    for line in reversed(lines[-8:]):
        text, printed_unit = _without_unit(line.text.strip())
        unit = unit or printed_unit
        if over and not is_title(text + over):
            break
        if over:
            parts, over = [text + over], ""
        elif not parts and not suffix and len(text) <= 30 and text.count(")") > text.count("("):
            over = text
        elif is_caption(text) or not text:
            pass
        elif not parts and (
            is_title(text) or _is_form_name(text) or ((taken or printed_unit) and names_a_statement(text))
        ):
            parts.append(text)
        elif printed_unit and len(text) <= _SHORT and not re.search(r"[。;]", text):
            pass  # whose table it is, its number or currency, beside its unit
        elif not parts and re.fullmatch(r"\([^()]{2,30}\)", text):
            suffix = text
        elif parts and _begins_title(text, parts[0], contents):
            parts.insert(0, text)
        else:
            break
        taken += 1
    taken -= bool(over)
    if suffix and not parts:
        taken = next((n for n, line in enumerate(reversed(lines)) if line.text.strip() == suffix), taken)
        suffix = ""
    title = clean_title("".join(parts)) + suffix
    return Above(title, unit, tuple(line.text.strip() for line in lines[len(lines) - taken :][-6:]), taken)


def _without_unit(text: str) -> tuple[str, str | None]:
    """A line without the money unit printed at its end ("收支总表 单位:万元"), and that unit; issuers stay.

    Of a caption, the unit may stand anywhere in the line ("单位:万元 公开01表").
    """
    found = _UNIT_AT_END.search(text)
    if found is not None:
        return text[: found.start()].strip(), read_unit_line(found.group())
    within = _UNIT_WITHIN.search(text) if is_caption(text) else None
    return text, re.sub(r"\s", "", within.group(1)) if within else _unit_alone(text)


def _unit_alone(text: str) -> str | None:
    """The money unit that is all a line says: (万元), 金额:元."""
    found = _UNIT_ALONE.fullmatch(re.sub(r"\s+", "", text))
    return found.group(1) if found else None


def names_a_statement(text: str) -> bool:
    """Whether an unnumbered line right above a unit line is a title that does without the word 表."""
    bare = squeezed(text)
    return (
        numbering(text) is None
        and could_be_heading(text)
        and len(bare) <= 30
        and bool(
            re.search(r"(?:收支|收入|支出|预算|决算|经费|基金|采购|绩效|资产).*(?:情况|[预决]算|明细|总计|汇总)$", bare)
        )
    )


def _begins_title(upper: str, lower: str, contents: Sequence[str]) -> bool:
    """Whether a title is broken over two lines, `upper` being its beginning."""
    if not could_be_heading(upper) or numbering(upper) is not None or is_title(upper):
        return False
    announced = {core(entry) for entry in contents}
    if any(entry.endswith(core(lower)) and len(core(entry)) - len(core(lower)) <= 2 for entry in announced):
        return False
    if core(upper + lower) in announced:
        return True
    return len(squeezed(lower)) <= 8 and bool(re.search(r"20\d\d年|预算|决算|支出|经费|绩效", upper))


def is_note(text: str) -> bool:
    """Whether a paragraph right under a table is a note to it."""
    bare = text.strip()
    return bool(_NOTE.match(bare)) or (len(bare) <= 150 and bool(_EMPTY_NOTE.search(bare)))


def notes_below(texts: Sequence[str]) -> int:
    """How many of the paragraphs under a table are notes to it; a line of instructions between two notes counts."""
    count = 0
    while count < len(texts):
        numbered = count and re.match(r"(?:备?注|说明)\s*:?\s*1", texts[0]) and re.match(r"\d{1,2}[.、]", texts[count])
        if is_note(texts[count]) or numbered:
            count += 1
        elif count and count + 1 < len(texts) and is_note(texts[count + 1]) and texts[count].endswith(":"):
            count += 2
        else:
            break
    return count


def unwrapped(grid: Grid) -> list[Block]:
    """The grid without title, issuer, unit and note rows inside its frame, which become lines above and below it.

    A grid of one column is a frame around text, not a table: it becomes lines altogether.
    """
    rows: list[list[Cell]] = [[] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell)
    if grid.n_columns == 1:
        return [_line(cell) for row in rows for cell in row if cell.text]
    first, last = _body(rows, grid.n_columns)
    while first and last > first and any(cell.row < first < cell.row + cell.rowspan for cell in grid.cells):
        first -= 1
    head = [_line(cell) for row in rows[:first] for cell in row if cell.text]
    foot = [_line(cell) for row in rows[last:] for cell in row if cell.text]
    if first == last:
        return [*head, *foot]
    return [*head, _rows_of(grid, first, last), *foot]


def _body(rows: Sequence[Sequence[Cell]], n_columns: int) -> tuple[int, int]:
    """First row of the table proper and the row after its last; blank rows go only together with captions or notes."""
    first = at = 0
    while at < len(rows) and (_is_blank(rows[at]) or _is_caption_row(rows[at], n_columns)):
        at += 1
        first = first if _is_blank(rows[at - 1]) else at
    last = at = len(rows)
    while at > first and (_is_blank(rows[at - 1]) or _is_note_row(rows[at - 1])):
        at -= 1
        last = last if _is_blank(rows[at]) else at
    while first and first < last and _is_blank(rows[first]):
        first += 1
    return first, last


def _is_blank(cells: Sequence[Cell]) -> bool:
    return bool(cells) and not any(cell.text for cell in cells)


def _is_caption_row(cells: Sequence[Cell], n_columns: int) -> bool:
    filled = [cell for cell in cells if cell.text]
    if len(filled) == 1 and not _is_header_cell(filled[0], n_columns):
        text = normalise(filled[0].text)
        across = filled[0].colspan == n_columns > 1
        named = across and (_is_form_name(text) or names_a_statement(text))
        return named or is_title(text) or is_caption(text)
    return bool(filled) and all(is_caption(normalise(cell.text)) for cell in filled)


def _is_form_name(text: str) -> bool:
    """The name of a form that runs over all columns and does not end in 表: 项目支出绩效目标填报."""
    return len(text) <= 40 and bool(re.search(r"(?:绩效|项目|支出|预算|决算|资金).*(?:填报|申报|自评)$", text))


def _is_header_cell(cell: Cell, n_columns: int) -> bool:
    """A lone filled cell that begins right of the first columns heads columns; a title begins at the left."""
    return cell.column > n_columns // 2 and cell.colspan < n_columns // 2


def _is_note_row(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if cell.text]
    return len(filled) == 1 and filled[0].column == 0 and is_note(normalise(filled[0].text))


def _rows_of(grid: Grid, first: int, last: int) -> Grid:
    if (first, last) == (0, grid.n_rows):
        return grid
    cells = tuple(
        replace(cell, row=cell.row - first, rowspan=min(cell.rowspan, last - cell.row))
        for cell in grid.cells
        if first <= cell.row < last
    )
    joined = tuple(row - first for row in grid.joined_at if first < row < last)
    header = None if grid.header_rows is None else max(0, grid.header_rows - first) or None
    return replace(grid, n_rows=last - first, cells=cells, joined_at=joined, header_rows=header)


def _line(cell: Cell) -> Line:
    return Line(normalise(cell.text), cell.page, cell.bbox, starts_paragraph=True)
