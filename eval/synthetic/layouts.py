"""The same paper as other offices lay it out: headings set upright, units in headings, tables continued, marks and stamps.

A layout changes how a paper is printed, never what it states: the truth stays the truth, only an amount's unit may
change with the table's. `weasyprint` and Chromium print all of them, since they are style sheets and cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from eval.synthetic.blocks import Block, Entry, Paper, Sheet

_AMOUNT = re.compile(r"-?\d[\d,]*\.\d{2}")
_WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
_ENGLISH = {
    "合计": "Total", "总计": "Total", "小计": "Subtotal", "基本支出": "Basic Expenditure", "项目支出": "Project Expenditure",
    "科目编码": "Code", "科目名称": "Item", "项目": "Item", "预算数": "Budget", "人员经费": "Personnel", "公用经费": "Operating",
}  # fmt: skip
_ROWS_A_PAGE = 9


@dataclass(frozen=True, slots=True)
class PageLayout:
    """How a paper is printed: what is done to it, and style sheet and marks of its pages."""

    change: Callable[[Paper], Paper] = lambda paper: paper
    css: str = ""
    marks: str = ""
    """HTML that stands on every page."""


def _tables(paper: Paper, change: Callable[[Sheet], Sheet | list[Block]]) -> Paper:
    blocks: list[Block] = []
    for block in paper.blocks:
        changed = change(block) if isinstance(block, Sheet) else block
        blocks += changed if isinstance(changed, list) else [changed]
    return replace(paper, blocks=blocks)


def _texts(sheet: Sheet, change: Callable[[str], str], *, head: bool) -> Sheet:
    rows = tuple(tuple(replace(e, text=change(e.text)) for e in row) for row in (sheet.head if head else sheet.rows))
    return replace(sheet, head=rows) if head else replace(sheet, rows=rows)


def _is_rate(entry: Entry) -> bool:
    """Whether a number is a rate in percent, which no unit of money changes."""
    return entry.fact is not None and entry.fact.unit == "%"


def in_yuan(paper: Paper) -> Paper:
    """Amounts in 元 with thousands separators."""

    def entry(one: Entry) -> Entry:
        if not _AMOUNT.fullmatch(one.text) or _is_rate(one):
            return one
        fact = one.fact and replace(one.fact, value=one.fact.value * 10000, unit="元")
        return replace(one, text=f"{Decimal(one.text.replace(',', '')) * 10000:,.2f}", fact=fact)

    def table(sheet: Sheet) -> Sheet:
        if sheet.unit != "万元":
            return sheet
        return replace(sheet, unit="元", rows=tuple(tuple(entry(e) for e in row) for row in sheet.rows))

    return _tables(paper, table)


def unit_in_headings(paper: Paper) -> Paper:
    """No line tells the unit: the lowest heading over each column of amounts does."""

    def table(sheet: Sheet) -> Sheet:
        places = _leaves(sheet)
        filled = _amount_columns(sheet)
        rows = [list(row) for row in sheet.head]
        for column, (r, k) in places.items():
            if column in filled and f"（{sheet.unit}）" not in rows[r][k].text and rows[r][k].across == 1:
                rows[r][k] = replace(rows[r][k], text=f"{rows[r][k].text}（{sheet.unit}）")
        return replace(sheet, head=tuple(map(tuple, rows)), foot_unit=False)

    return _tables(paper, table)


def _leaves(sheet: Sheet) -> dict[int, tuple[int, int]]:
    """For each column the row and index of its lowest heading."""
    taken: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(sheet.head):
        column = 0
        for k, entry in enumerate(row):
            while (r, column) in taken:
                column += 1
            for down in range(entry.down):
                taken |= {(r + down, column + across): (r, k) for across in range(entry.across)}
            column += entry.across
    return {column: taken[max(at for at in taken if at[1] == column)] for _, column in taken}


def _amount_columns(sheet: Sheet) -> set[int]:
    found: set[int] = set()
    for row in sheet.rows:
        column = 0
        for entry in row:
            if _AMOUNT.fullmatch(entry.text) and entry.across == 1 and not _is_rate(entry):
                found.add(column)
            column += entry.across
    return found


def unit_once(paper: Paper) -> Paper:
    """The unit above the first table only."""
    first = next(block for block in paper.blocks if isinstance(block, Sheet))
    return _tables(paper, lambda sheet: replace(sheet, foot_unit=sheet is first))


def continued(paper: Paper) -> Paper:
    """A table of many rows breaks off; 续表 with the headings printed again goes on."""

    def table(sheet: Sheet) -> Sheet | list[Block]:
        if len(sheet.rows) <= _ROWS_A_PAGE or any(e.down > 1 for row in sheet.rows for e in row):
            return sheet
        parts: list[Block] = []
        for start in range(0, len(sheet.rows), _ROWS_A_PAGE):
            rows = sheet.rows[start : start + _ROWS_A_PAGE]
            title = f"{sheet.title}（续）" if start else sheet.title
            notes = sheet.notes if start + _ROWS_A_PAGE >= len(sheet.rows) else ()
            parts.append(
                replace(
                    sheet, title=title, number=f"续{sheet.number}" if start else sheet.number, rows=rows, notes=notes
                )
            )
        return parts

    return _tables(paper, table)


def continued_bare(paper: Paper) -> Paper:
    """The same, headed by the two characters 续表 alone."""
    return _tables(
        continued(paper),
        lambda sheet: replace(sheet, title="续表", number="", issuer="") if sheet.title.endswith("（续）") else sheet,
    )


def wide_digits(paper: Paper) -> Paper:
    """Amounts typed in full-width digits."""
    return _tables(
        paper, lambda sheet: _texts(sheet, lambda t: t.translate(_WIDE) if _AMOUNT.fullmatch(t) else t, head=False)
    )


def marked(paper: Paper) -> Paper:
    """A mark behind every third amount, which a note explains; negative ones in brackets; a dash for nothing."""

    def table(sheet: Sheet) -> Sheet:
        count = 0

        def text(t: str) -> str:
            nonlocal count
            if not _AMOUNT.fullmatch(t):
                return t
            count += 1
            t = f"({t[1:]})" if t.startswith("-") else t
            return f"{t}*" if count % 3 == 0 and not t.startswith("(") else t

        sheet = _texts(sheet, text, head=False)
        notes = (*sheet.notes, "*注：含上年结转安排的支出。") if count > 2 else sheet.notes
        return replace(sheet, notes=notes)

    return _tables(paper, table)


def totals_moved(paper: Paper) -> Paper:
    """The total row first where it stood last, and last where it stood first."""

    def table(sheet: Sheet) -> Sheet:
        if any(e.down > 1 for row in sheet.rows for e in row) or len(sheet.rows) < 3:
            return sheet
        start = 1 if sheet.rows[0][0].text in ("栏次", "行次") else 0
        rows, numbers = sheet.rows[start:], sheet.rows[:start]
        first, last = ("".join(e.text for e in rows[k][:3] if not e.fact) for k in (0, -1))
        whole = re.compile(r"^(?:合\s*计|总\s*计)")
        if whole.match(first) and not whole.match(last):
            return replace(sheet, rows=(*numbers, *rows[1:], rows[0]))
        if whole.match(last) and not whole.match(first):
            return replace(sheet, rows=(*numbers, rows[-1], *rows[:-1]))
        return sheet

    return _tables(paper, table)


def bilingual(paper: Paper) -> Paper:
    """English under each heading."""
    return _tables(
        paper, lambda sheet: _texts(sheet, lambda t: f"{t}\n{_ENGLISH[t]}" if t in _ENGLISH else t, head=True)
    )


def letters(paper: Paper) -> Paper:
    """Headings one character a line."""
    return _tables(paper, lambda sheet: _texts(sheet, lambda t: "\n".join(t) if len(t) < 9 else t, head=True))


def annexed(paper: Paper) -> Paper:
    """Tables after the prose, each an annex by number."""
    prose: list[Block] = [block for block in paper.blocks if not isinstance(block, Sheet)]
    tables: list[Block] = []
    for number, sheet in enumerate((block for block in paper.blocks if isinstance(block, Sheet)), 1):
        tables.append(replace(sheet, number=f"附件{number}"))
    return replace(paper, blocks=[*prose, *tables])


def untitled(paper: Paper) -> Paper:
    """Tables without number and issuer, one right under the other."""
    return _tables(paper, lambda sheet: replace(sheet, number="", issuer=""))


_STAMP = (
    '<svg class="stamp" viewBox="0 0 100 100"><circle cx="50" cy="50" r="45" fill="none" stroke="#d00" stroke-width="4"/>'
    '<path d="M50 25 L57 45 L78 45 L61 57 L67 78 L50 65 L33 78 L39 57 L22 45 L43 45 Z" fill="#d00"/></svg>'
)
_TIGHT = "p, h1, h2, h3, table { margin: 0 !important; line-height: 1.15 } td { padding: 0 2px }"
_UPRIGHT = "@page { size: A4 landscape } thead td { writing-mode: vertical-rl; text-orientation: upright }"
_RUNNING = (
    "@page { margin: 9mm 14mm; @top-center { content: '公开文件 2026'; font-size: 8pt }"
    " @bottom-center { content: '第 ' counter(page) ' 页 共 ' counter(pages) ' 页'; font-size: 8pt } }"
)
_OVER = ".mark { position: fixed; top: 45%; left: 5%; width: 90%; text-align: center; font-size: 60pt; color: #ccc; transform: rotate(-35deg) }"
_CENTRED = "thead td { text-align: center } "
_SMALL = "table { font-size: 6pt } td { padding: 0 1px }"

LAYOUTS: dict[str, PageLayout] = {
    "plain": PageLayout(),
    "upright": PageLayout(css=_UPRIGHT),
    "letters": PageLayout(letters),
    "yuan": PageLayout(in_yuan),
    "headings": PageLayout(unit_in_headings),
    "yuan-headings": PageLayout(lambda paper: unit_in_headings(in_yuan(paper))),
    "once": PageLayout(unit_once),
    "continued": PageLayout(continued),
    "continued-bare": PageLayout(continued_bare),
    "wide": PageLayout(wide_digits),
    "marked": PageLayout(marked),
    "totals": PageLayout(totals_moved),
    "bilingual": PageLayout(bilingual),
    "annexed": PageLayout(annexed),
    "tight": PageLayout(css=_TIGHT),
    "bare": PageLayout(untitled, css=_TIGHT),
    "running": PageLayout(css=_RUNNING),
    "watermark": PageLayout(css=_OVER, marks='<div class="mark">仅供公开使用</div>'),
    "stamp": PageLayout(
        css=".stamp { position: fixed; width: 120px; top: 40%; left: 55%; opacity: 0.6 }", marks=_STAMP
    ),
    "small": PageLayout(css=_SMALL),
    "across": PageLayout(css=_CENTRED + "td { border-width: 0.6pt 0 }"),
    "sides": PageLayout(css=_CENTRED + "td { border-width: 0 0.6pt }"),
    "unruled": PageLayout(css=_CENTRED + "td { border: none }"),
}
"""Every layout by name."""
