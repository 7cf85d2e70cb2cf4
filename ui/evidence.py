"""Where a number stands, shown: the page as a picture with the cell or sentence lit up, or the printed text."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from corpus.disclosure import PageInfo
from ui.words import Language, say

SCALE = 2.0
"""Page images are rendered at 144 dpi: sharp on a desk, not heavy on a phone."""
PAD = 1.5
"""Points of air around a lit box, so that the frame does not touch the digits."""


def evidence_html(citation: Mapping[str, Any], page: PageInfo | None, language: Language = "zh") -> str:
    """One citation as HTML. All text of documents is escaped: it is never interpreted as markup."""
    caption = f'<p class="mz-place">{escape(place_of(citation, language))}</p>'
    words = f"<blockquote>{escape(str(citation['quote']))}</blockquote>"
    if page is None or citation["page"] is None:
        return f'<div class="mz-evidence">{caption}<p>{escape(say("no_page", language))}</p>{words}</div>'
    source = f"/api/evidence/{quote(citation['document'], safe='')}/pages/{citation['page']}.png?scale={SCALE}"
    alternative = f"{citation['document']} {say('page', language).format(citation['page'])}"
    image = f'<img src="{source}" alt="{escape(alternative)}" loading="lazy">'
    lit = _lit(citation.get("bbox"), page)
    return f'<div class="mz-evidence">{caption}{words}<div class="mz-page">{image}{lit}</div></div>'


def place_of(citation: Mapping[str, Any], language: Language = "zh") -> str:
    """Document, page, table, row and column in one line."""
    parts = [str(citation["document"])]
    if citation["page"] is not None:
        parts.append(say("page", language).format(citation["page"]))
    parts += [str(citation[key]) for key in ("table", "row", "column") if citation.get(key)]
    return " · ".join(parts)


def _lit(box: Any, page: PageInfo) -> str:
    """A frame over the box, in percent of the page, so that it holds at every zoom."""
    if not box or not page.width or not page.height:
        return ""
    x0, top, x1, bottom = (float(edge) for edge in box)
    left, width = (x0 - PAD) / page.width * 100, (x1 - x0 + 2 * PAD) / page.width * 100
    above, height = (top - PAD) / page.height * 100, (bottom - top + 2 * PAD) / page.height * 100
    style = f"left:{left:.3f}%;top:{above:.3f}%;width:{width:.3f}%;height:{height:.3f}%"
    return f'<div class="mz-lit" style="{style}" role="img" aria-label="{escape("所引位置")}"></div>'
