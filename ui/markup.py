"""The answers' small markdown as HTML: paragraphs, lists, tables, bold and citation markers, nothing else.

Answers quote documents, and documents are untrusted: every character is escaped first, so that neither HTML nor a
markdown link or image in a quoted name can become markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from itertools import groupby

Marker = Callable[[int], str]
"""The HTML of citation marker n."""

_MARKER = re.compile(r"\[(\d{1,4})\]")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BULLET = re.compile(r"^\s*[-*•]\s+(.*)$")
_NUMBERED = re.compile(r"^\s*\d{1,3}[.、]\s+(.*)$")
_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_RULE = re.compile(r"^[\s|:\-]+$")


def to_html(text: str, marker: Marker) -> str:
    """An answer's text as HTML on one line: Gradio's own markdown then finds nothing left to interpret."""
    blocks = [_block(kind, list(lines), marker) for kind, lines in groupby(text.splitlines(), _kind) if kind != "blank"]
    return "".join(blocks)


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
