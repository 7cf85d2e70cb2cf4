"""A disclosure's table as an HTML grid, the cited cell lit, large tables cut to the rows around it."""

from __future__ import annotations

import re
from html import escape

from corpus.disclosure import Cell, Table
from ui.words import Language, say

MOST_ROWS = 60
"""Rows shown whole; of a longer table the header and the rows around the cited one."""
AROUND = 15

_NUMBER = re.compile(r"^[-+(]?[\d,.]+%?\)?$")


def table_grid(table: Table, row: int | None, column: int | None, language: Language = "zh") -> str:
    """`table` as HTML. (row, column) is the cited position in its grid, None for no cell."""
    rows = shown_rows(table, row)
    cut = len(rows) < table.n_rows
    body = "".join(_row(table, number, rows, row, column) for number in rows)
    unit = f'<p class="mz-unit-line">{say("col_money", language)}：{escape(table.unit)}</p>' if table.unit else ""
    note = f"<p>{escape(say('rows_cut', language).format(len(rows), table.n_rows))}</p>" if cut else ""
    notes = "".join(f"<p>{escape(line)}</p>" for line in table.notes)
    label = escape(table.title or say("table", language))
    frame = f'<div class="mz-scroll" tabindex="0" role="region" aria-label="{label}">'
    return f'{unit}{frame}<table class="mz-grid"><tbody>{body}</tbody></table></div>{note}{notes}'


def shown_rows(table: Table, row: int | None) -> list[int]:
    """Which rows of the grid are shown, in order."""
    if table.n_rows <= MOST_ROWS:
        return list(range(table.n_rows))
    middle = row if row is not None else table.header_rows + AROUND
    header = range(min(table.header_rows, table.n_rows))
    near = range(max(table.header_rows, middle - AROUND), min(table.n_rows, middle + AROUND + 1))
    return [*header, *near]


def _row(table: Table, number: int, rows: list[int], cited_row: int | None, cited_column: int | None) -> str:
    cells = []
    for cell in table.cells:
        shown = [r for r in rows if cell.row <= r < cell.row + cell.rowspan]
        if shown and shown[0] == number:
            cells.append((cell.column, _cell(table, cell, len(shown), cited_row, cited_column)))
    lit = ' class="mz-cited-row"' if number == cited_row else ""
    return f"<tr{lit}>{''.join(html for _, html in sorted(cells))}</tr>"


def _cell(table: Table, cell: Cell, rowspan: int, cited_row: int | None, cited_column: int | None) -> str:
    heading = cell.row < table.header_rows
    classes = ["mz-number"] if _NUMBER.match(cell.text.replace(" ", "")) and not heading else []
    cited = (
        cited_row is not None and cited_column is not None
        and cell.row <= cited_row < cell.row + cell.rowspan
        and cell.column <= cited_column < cell.column + cell.colspan
    )  # fmt: skip
    classes += ["mz-cited"] if cited else []
    span = f' rowspan="{rowspan}"' if rowspan > 1 else ""
    span += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    shown = f' class="{" ".join(classes)}"' if classes else ""
    why = f' title="{escape(cell.repaired)}"' if cell.repaired else ""
    tag = "th" if heading else "td"
    return f"<{tag}{span}{shown}{why}>{escape(cell.text)}</{tag}>"
