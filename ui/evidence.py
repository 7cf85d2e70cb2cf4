"""Where a number stands, shown: the page as a picture with the cell or sentence lit up, the table, the printed text.

Every text of a document is escaped: it is never interpreted as markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from corpus.disclosure import PageInfo
from corpus.figure import Figure, Status
from corpus.locator import Box, Locator
from ui.grids import table_grid
from ui.places import Light, Shown, link, page_link
from ui.words import Language, say

SCALE = 2.0
"""Page images are rendered at 144 dpi: sharp on a desk, not heavy on a phone."""
PAD = 1.5
"""Points of air around a lit box, so that the frame does not touch the digits."""


def evidence_html(shown: Shown, at: int | None, language: Language = "zh") -> str:
    """The evidence view of one place, opened at page `at` (the place's own when None)."""
    place = shown.place
    parts = [_caption(shown, language)]
    if shown.figure is not None:
        parts.append(_standing(shown.figure, language))
    if shown.lost:
        parts.append(f'<p class="mz-warning">{escape(say("lost", language))}</p>')
    elif place.quote and (shown.paged or shown.paragraph is None):  # else it is marked in its paragraph
        parts.append(f"<blockquote>{escape(place.quote)}</blockquote>")
    disputed = shown.figure is not None and shown.figure.status is Status.DISPUTED
    others = _others(shown, language, opened=disputed)
    if disputed:
        parts.append(others)
    number = at or place.page or (shown.pages[0].number if shown.pages else None)
    page = next((p for p in shown.pages if p.number == number), None)
    leaf = _page(shown, page, language) if shown.paged and page is not None else _printed(shown, language)
    if shown.table is not None:  # beside the page where there is room, else below it
        grid = table_grid(shown.table, place.row_index, place.column_index, language)
        title = escape(shown.table.title or say("table", language))
        box = f'<details class="mz-grid-box" open><summary>{title}</summary>{grid}</details>'
        beside = f'<div class="mz-beside"><div><div>{leaf}</div><div>{box}</div></div></div>'
        leaf = beside if shown.paged else leaf + box
    parts.append(leaf)
    if not disputed:
        parts.append(others)
    return f'<div class="mz-evidence" data-page="{number or ""}">{"".join(parts)}</div>'


def place_of(citation: Mapping[str, Any], language: Language = "zh") -> str:
    """Document, page, table, row and column in one line."""
    parts = [str(citation["document"])]
    if citation["page"] is not None:
        parts.append(say("page", language).format(citation["page"]))
    parts += [str(citation[key]) for key in ("table", "row", "column") if citation.get(key)]
    return " · ".join(parts)


def place_line(place: Locator, language: Language) -> str:
    """A locator in one line; a sentence is told by its section."""
    told = {
        "document": place.document, "page": place.page, "table": place.table or place.section, "row": place.row,
        "column": place.column,
    }  # fmt: skip
    return place_of(told, language)


def original_link(document: str, page: int | None) -> str:
    """The original file, opened at a page where the reader's program can do that."""
    return f"/api/documents/{quote(document, safe='')}/original" + (f"#page={page}" if page else "")


def lit_style(box: Box, page: PageInfo) -> str:
    """Position and size of a box in percent of the page, so that it holds at every zoom."""
    x0, top, x1, bottom = box
    left, width = (x0 - PAD) / page.width * 100, (x1 - x0 + 2 * PAD) / page.width * 100
    above, height = (top - PAD) / page.height * 100, (bottom - top + 2 * PAD) / page.height * 100
    return f"left:{left:.3f}%;top:{above:.3f}%;width:{width:.3f}%;height:{height:.3f}%"


def _caption(shown: Shown, language: Language) -> str:
    kind = "uploaded" if shown.disclosure.collection == "uploaded" else "edition" if shown.disclosure.edition else ""
    mark = f' <span class="mz-tag">{say(kind, language)}</span>' if kind else ""
    return f'<p class="mz-place">{escape(place_line(shown.place, language))}{mark}</p>'


def _standing(figure: Figure, language: Language) -> str:
    from ui.cards import status_chip

    because = f' <span class="mz-because">{escape(figure.because)}</span>' if figure.because else ""
    return f"<p>{status_chip(figure.status.value, language)}{because}</p>"


def _others(shown: Shown, language: Language, *, opened: bool) -> str:
    """The other readings of the same fact, each a link to where it stands."""
    if not shown.others:
        return ""
    rows = "".join(
        f'<li><a class="mz-open" href="{escape(link(o.locator, o.id, language))}">'
        f"<q>{escape(o.locator.quote[:120])}</q> {escape(_elsewhere(o.locator, shown.place, language))}</a></li>"
        for o in shown.others
    )
    summary = f"<summary>{say('other_readings', language)}（{len(shown.others)}）</summary>"
    return f'<details class="mz-others"{" open" if opened else ""}>{summary}<ul>{rows}</ul></details>'


def _elsewhere(place: Locator, here: Locator, language: Language) -> str:
    """Where another reading stands, without the document's name when it is the same document."""
    line = place_line(place, language)
    return line.removeprefix(f"{place.document} · ") if place.document == here.document else line


def _page(shown: Shown, page: PageInfo, language: Language) -> str:
    document = shown.disclosure.name
    source = f"/api/evidence/{quote(document, safe='')}/pages/{page.number}.png?scale={SCALE}"
    alternative = f"{document} {say('page', language).format(page.number)}"
    ratio = f"{page.width:.1f}/{page.height:.1f}"
    image = f'<img src="{source}" alt="{escape(alternative)}" style="aspect-ratio:{ratio}">'
    lit = "".join(_lit(light, page, language) for light in shown.lights if light.page == page.number)
    return (
        f'{_bar(shown, page, language)}<div class="mz-page-frame" tabindex="0" role="region" '
        f'aria-label="{escape(alternative)}"><div class="mz-page">{image}{lit}</div></div>'
    )


def _lit(light: Light, page: PageInfo, language: Language) -> str:
    if not page.width or not page.height:
        return ""
    kind = "mz-lit" if light.exact else "mz-lit-around"
    role = f'role="img" aria-label="{say("lit", language)}"' if light.exact else 'aria-hidden="true"'
    return f'<div class="{kind}" style="{lit_style(light.box, page)}" {role}></div>'


def _bar(shown: Shown, page: PageInfo, language: Language) -> str:
    """Turning pages, zooming, and the original."""
    numbers = [p.number for p in shown.pages]
    at = numbers.index(page.number)
    turn = [
        (numbers[at - 1] if at else None, "‹", "previous_page"),
        (numbers[at + 1] if at + 1 < len(numbers) else None, "›", "next_page"),
    ]
    links = [_turn(shown, number, sign, say(key, language), language) for number, sign, key in turn]
    told = f'<span class="mz-page-number">{page.number} / {numbers[-1]}</span>'
    back = ""
    if shown.place.page is not None and page.number != shown.place.page:
        target = escape(page_link(shown, shown.place.page, language))
        back = f'<a class="mz-tool mz-open" href="{target}">{say("back_to_place", language)}</a>'
    elsewhere = sorted({light.page for light in shown.lights} - {page.number, shown.place.page})
    back += "".join(
        f'<a class="mz-tool mz-open" href="{escape(page_link(shown, number, language))}">'
        f"{say('goes_on', language).format(number)}</a>"
        for number in elsewhere
    )
    zoom = "".join(
        f'<button type="button" class="mz-tool" data-mz-zoom="{step}" aria-label="{say(key, language)}" '
        f'title="{say(key, language)}">{sign}</button>'
        for step, sign, key in (("-1", "−", "zoom_out"), ("1", "+", "zoom_in"))
    )
    original = escape(original_link(shown.disclosure.name, page.number))
    out = f'<a class="mz-tool" href="{original}" target="_blank" rel="noopener">{say("original", language)}</a>'
    return f'<div class="mz-bar-tools">{links[0]}{told}{links[1]}{back}{zoom}{out}</div>'


def _turn(shown: Shown, number: int | None, sign: str, label: str, language: Language) -> str:
    if number is None:
        return f'<span class="mz-tool mz-off" aria-hidden="true">{sign}</span>'
    target = escape(page_link(shown, number, language))
    return f'<a class="mz-tool mz-open" href="{target}" aria-label="{label}" title="{label}">{sign}</a>'


def _printed(shown: Shown, language: Language) -> str:
    """For files without page pictures: the paragraph with the words marked; a table's row is lit in its grid."""
    original = escape(original_link(shown.disclosure.name, None))
    out = f'<p><a class="mz-tool" href="{original}" download>{say("original", language)}</a></p>'
    text, words = (shown.paragraph.text if shown.paragraph else ""), shown.place.quote
    start = text.find(words) if words else -1
    if start < 0:
        return f"<p>{escape(say('no_page', language))}</p>{out}"
    before, after = text[:start], text[start + len(words) :]
    marked = f'{escape(before)}<mark class="mz-cited">{escape(words)}</mark>{escape(after)}'
    return f'<p class="mz-paragraph">{marked}</p>{out}'
