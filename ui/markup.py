"""The answers' small markdown as HTML: paragraphs, lists, tables, bold and citation markers, nothing else.

Answers quote documents, and documents are untrusted: every character is escaped first, so that neither HTML nor a
markdown link or image in a quoted name can become markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import groupby

Marker = Callable[[int], str]
"""The HTML of citation marker n."""

_MARKER = re.compile(r"\[(\d{1,4})\]")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BULLET = re.compile(r"^\s*[-*•]\s+(.*)$")
_NUMBERED = re.compile(r"^\s*\d{1,3}[.、]\s+(.*)$")
_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_COLON = re.compile(r"：|: ")
_SUBJECT = re.compile(r"(?:, ?)?(?:19|20)\d\d(?:年| ).*$")
"""The end of a label that names year and account after the unit: 某局2026年支出合计预算."""
_AMOUNT = re.compile(r"^([-+−]?)(\d+)((?:\.\d+)?)(\D*)$")
_RULE = re.compile(r"^[\s|:\-]+$")


Bars = Mapping[int, float]
"""How long the bar beside a list item is, in percent of the longest, by the item's number in the text (from 0)."""


def to_html(text: str, marker: Marker, bars: Bars | None = None, heads: Sequence[str] = ("", "", "")) -> str:
    """An answer's text as HTML on one line: Gradio's own markdown then finds nothing left to interpret.

    A list with bars becomes a table of label, amount and bar, headed by `heads`.
    """
    blocks, before = [], 0
    for kind, lines in groupby(text.splitlines(), _kind):
        block = list(lines)
        listed = kind in ("ul", "ol")
        if listed and bars and any(before + at in bars for at in range(len(block))):
            blocks.append(_chart(items("\n".join(block)), {n - before: bars[n] for n in bars}, marker, heads))
        elif kind != "blank":
            blocks.append(_block(kind, block, marker))
        before += len(block) if listed else 0
    return "".join(blocks)


def parted(item: str) -> tuple[str, str, str]:
    """A list item's label, its amount in bold, and what follows it; without an amount, what follows the first colon."""
    said = next((match for match in _BOLD.finditer(item) if _AMOUNT.match(match.group(1))), None)
    if said is not None:
        return item[: said.start()].rstrip("：: "), said.group(1), item[said.end() :]
    cut = _COLON.search(item)
    return (item[: cut.start()], "", item[cut.end() :]) if cut else (item, "", "")


def _chart(listed: Sequence[str], bars: Bars, marker: Marker, heads: Sequence[str]) -> str:
    """A list of amounts as a table with a bar in each row; what its labels all end in stands in its heading."""
    told = [parted(item) for item in listed]
    ends = {match.group(0) if (match := _SUBJECT.search(plain(label))) else "" for label, _, _ in told}
    end = ends.pop() if len(ends) == 1 else ""
    rows = []
    for at, (label, amount, rest) in enumerate(told):
        short = plain(label).removesuffix(end)
        bar = f'<span class="mz-bar" style="width:{max(0.0, min(bars.get(at, 0.0), 100.0)):.1f}%"></span>'
        rows.append(
            f'<tr><th scope="row">{inline(short, marker)}</th><td class="mz-number"><strong>'
            f'{escape(grouped_words(amount))}</strong></td><td class="mz-bar-cell"><span class="mz-bar-track" '
            f'aria-hidden="true">{bar if at in bars else ""}</span></td>'
            f'<td class="mz-bar-notes">{inline(rest.strip(), marker)}</td></tr>'
        )
    subject = end.lstrip("，, ") or heads[0]
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in (subject, heads[1], "", heads[2]))
    return f'<table class="mz-compared"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def grouped_words(amount: str) -> str:
    """An amount in words with thousands separators and a gap before its unit: 4218.27万元 → 4,218.27 万元."""
    match = _AMOUNT.match(amount)
    if match is None:
        return amount
    sign, whole, rest, unit = match.groups()
    return f"{sign}{int(whole):,}{rest} {unit}".rstrip()


def plain(text: str) -> str:
    """An answer's text without its marks of emphasis, for copying."""
    return _BOLD.sub(r"\1", text)


def items(text: str) -> list[str]:
    """The list items of an answer, without bullet or number."""
    found = (_BULLET.match(line) or _NUMBERED.match(line) for line in text.splitlines())
    return [match.group(1) for match in found if match]


def bold(text: str) -> str:
    """What a text says in bold first, "" where nothing is."""
    match = _BOLD.search(text)
    return match.group(1) if match else ""


def markers(text: str) -> list[int]:
    """The citation markers in a text, in order."""
    return [int(number) for number in _MARKER.findall(text)]


def inline(text: str, marker: Marker) -> str:
    """One line: escaped, bold, markers."""
    strong = _BOLD.sub(r"<strong>\1</strong>", escape(text))
    return _MARKER.sub(lambda match: marker(int(match.group(1))), strong)


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    if _ROW.match(line):
        return "table"
    if _BULLET.match(line):
        return "ul"
    return "ol" if _NUMBERED.match(line) else "p"


def _block(kind: str, lines: list[str], marker: Marker) -> str:
    if kind == "table":
        return _table(lines, marker)
    if kind == "p":
        return "".join(f"<p>{inline(line, marker)}</p>" for line in lines)
    pattern = _BULLET if kind == "ul" else _NUMBERED
    entries = "".join(f"<li>{inline(match.group(1), marker)}</li>" for match in map(pattern.match, lines) if match)
    return f"<{kind}>{entries}</{kind}>"


def _table(lines: list[str], marker: Marker) -> str:
    rows = [_cells(line) for line in lines if not _RULE.match(line)]
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{inline(cell, marker)}</th>' for cell in rows[0])
    body = "".join("<tr>" + "".join(_cell(cell, marker) for cell in row) + "</tr>" for row in rows[1:])
    return (
        f'<div class="mz-scroll" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _cell(cell: str, marker: Marker) -> str:
    bare = _MARKER.sub("", _BOLD.sub(r"\1", cell)).strip()
    number = ' class="mz-number"' if re.match(r"^[-+]?\d[\d,.]*\D{0,3}$", bare) else ""
    return f"<td{number}>{inline(cell, marker)}</td>"


def _cells(line: str) -> list[str]:
    match = _ROW.match(line)
    return [] if match is None else [cell.strip() for cell in match.group(1).split("|")]
