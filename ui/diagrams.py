"""Drawings of amounts as plain HTML and SVG: flows between columns, a treemap, lines over the years.

No script draws them, so they are there at once, in print and without JavaScript; every part that a document prints is
a link to its place, and the same amounts stand below as a table. Lengths are binary numbers, amounts never are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from corpus.money import format_decimal
from ui.composition import Flow, Part, Stream, classes_total
from ui.places import link
from ui.words import Language, say

BARS = 300.0
"""Pixels that the whole amount is high."""
SLOT = 56.0
"""Least pixels a part takes, so that its words fit on a phone too."""
ACROSS = {1: (0.0,), 2: (0.0, 100.0), 3: (0.0, 38.0, 100.0)}
"""Where the columns stand, in percent of the width: the words of the middle one need room to their right."""
WIDTHS = {1: ("100%",), 2: ("40%", "40%"), 3: ("35%", "32%", "28%")}
HUES = 8
"""Colours of the palette in style.css; more parts take them again from the first."""
FRAMES = {"wide": (1000.0, 460.0), "tall": (350.0, 620.0)}
"""Width and height of the treemap in its own units, about pixels, for a desk and for a phone."""
HEAD = 26.0
"""Height of a class's name above its tiles."""
NARROWEST, LOWEST = 62.0, 22.0
"""Width and height that a tile needs for its name; with twice the height its amount is told too. The table has all."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a part stands in its column: top of its bar and height, both in pixels."""

    part: Part
    top: float
    height: float
    hue: int | None


def sankey(flow: Flow, language: Language) -> str:
    """Funds, classes and kinds of spending as columns, with a band for every stream between them."""
    columns = [column for column in (flow.funds, flow.classes, flow.kinds) if column]
    hues = {part.name: number % HUES for number, part in enumerate(flow.classes)}  # a band has its class's colour
    placed = [_slots(column, flow.total, hues) for column in columns]
    height = max(slots[-1].top + max(slots[-1].height, SLOT) for slots in placed)
    across = ACROSS[len(columns)]
    bands = []
    for number in range(len(columns) - 1):
        streams = [s for s in flow.streams if s.source in {p.name for p in columns[number]}]
        bands.append(_bands(streams, placed[number : number + 2], across[number : number + 2], hues, flow.total))
    svg = (
        f'<svg viewBox="0 0 100 {height:.1f}" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f"{''.join(bands)}</svg>"
    )
    nodes = "".join(
        _node(slot, number, len(columns), flow.total, language) for number, slots in enumerate(placed) for slot in slots
    )
    notes = "".join(f'<p class="mz-hint">{escape(say("left_out_" + word, language))}</p>' for word in flow.left_out)
    return (
        f'<div class="mz-sankey" role="group" aria-label="{escape(say("flow", language))}" '
        f'style="height:{height:.0f}px">{svg}{nodes}</div>{notes}'
    )


def treemap(parts: Sequence[Part], language: Language, document: str) -> str:
    """Parts as tiles whose area is their amount, those of one class together under its name."""
    groups: dict[str, list[Part]] = {}
    for part in parts:
        groups.setdefault(part.group, []).append(part)
    total = classes_total(parts)
    label = escape(f"{document}：{say('composition', language)}")
    drawn = []
    for frame, (width, height) in FRAMES.items():
        boxes = squarify([float(inside[0].whole) for inside in groups.values()], (0.0, 0.0, width, height))
        tiles = "".join(
            _group(inside, box, number % HUES, total, (width, height), language)
            for number, (inside, box) in enumerate(zip(groups.values(), boxes, strict=True))
        )
        drawn.append(f'<div class="mz-treemap mz-{frame}" role="group" aria-label="{label}">{tiles}</div>')
    return "".join(drawn)


Rectangle = tuple[float, float, float, float]
"""Left, top, width, height."""


def squarify(sizes: Sequence[float], box: Rectangle) -> list[Rectangle]:
    """Rectangles of areas in proportion to `sizes` that fill `box`, as near to squares as their order allows.

    The rule is that of Bruls, Huizing and van Wijk (2000): a row along the shorter side takes the next size as long as
    that makes its worst rectangle no longer.
    """
    left, top, width, height = box
    scale = width * height / sum(sizes) if sum(sizes) else 0.0
    areas = [size * scale for size in sizes]
    found: list[Rectangle] = []
    while areas:
        side = min(width, height)
        count = 1
        while count < len(areas) and _worst(areas[: count + 1], side) <= _worst(areas[:count], side):
            count += 1
        row, areas = areas[:count], areas[count:]
        depth = sum(row) / side if side else 0.0
        at = 0.0
        for area in row:
            length = area / depth if depth else 0.0
            found.append((left, top + at, depth, length) if width >= height else (left + at, top, length, depth))
            at += length
        if width >= height:
            left, width = left + depth, max(width - depth, 0.0)
        else:
            top, height = top + depth, max(height - depth, 0.0)
    return found


def _worst(row: Sequence[float], side: float) -> float:
    """The longest shape in a row: the greatest ratio of sides."""
    total = sum(row)
    if not side or not total or not min(row):
        return float("inf")
    return max(side * side * max(row) / (total * total), total * total / (side * side * min(row)))


def amount_words(value: Decimal) -> str:
    """An amount in 元 as people write it: 万元 from ten thousand on, no digit lost."""
    plain = value.normalize()
    if abs(plain) >= 10_000:
        return f"{format_decimal(plain.scaleb(-4))}万元"
    return f"{format_decimal(plain)}元"


def share(value: Decimal, total: Decimal) -> str:
    """A share of the total in percent with one decimal, "<0.1%" for what would round to nothing."""
    percent = value / total * 100 if total else Decimal(0)
    return f"{percent:.1f}%" if percent >= Decimal("0.05") else "<0.1%"


def parts_table(parts: Sequence[Part], total: Decimal, language: Language) -> str:
    """The same amounts as a table, each with its page."""
    heads = (say("col_class", language), say("col_account", language), say("col_value", language),
             say("col_share", language), say("col_page", language))  # fmt: skip
    rows = "".join(
        f"<tr><td>{escape(part.group)}</td><td>{escape(part.name)}</td>"
        f'<td class="mz-number">{_linked(part, amount_words(part.value), language)}</td>'
        f'<td class="mz-number">{share(part.value, total)}</td>'
        f'<td class="mz-number">{_page(part)}</td></tr>'
        for part in parts
    )
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in heads)
    return (
        f'<details class="mz-as-table"><summary>{escape(say("as_table", language))}</summary>'
        f'<div class="mz-scroll" tabindex="0" role="region" aria-label="{escape(say("as_table", language))}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></details>"
    )


def _page(part: Part) -> str:
    page = part.figure.locator.page if part.figure is not None else None
    return "–" if page is None else str(page)


def _linked(part: Part, words: str, language: Language) -> str:
    """Words that open the part's place; a remainder has none and says that it is worked out."""
    if part.figure is None:
        return f'<span title="{escape(say("computed_hint", language))}">{escape(words)}</span>'
    address = escape(link(part.figure.locator, part.figure.id, language))
    return f'<a class="mz-open" href="{address}">{escape(words)}</a>'


def _slots(parts: Sequence[Part], total: Decimal, hues: dict[str, int]) -> list[Slot]:
    found, top = [], 0.0
    for part in parts:
        height = float(part.value / total) * BARS if total else 0.0
        found.append(Slot(part, top, max(height, 1.5), hues.get(part.name)))
        top += max(height + 10.0, SLOT)
    return found


def _node(slot: Slot, number: int, columns: int, total: Decimal, language: Language) -> str:
    """A part's bar and its words beside it; those of the last column stand left of their bar."""
    last = number == columns - 1 and columns > 1
    words = (
        f'<span class="mz-node-name">{escape(slot.part.name)}</span><span class="mz-node-amount">'
        f'{escape(amount_words(slot.part.value))}<span class="mz-node-share"> · {share(slot.part.value, total)}</span></span>'
    )
    hue = " mz-hue-plain" if slot.hue is None else f" mz-hue-{slot.hue}"
    side = "right:0" if last else f"left:{ACROSS[columns][number]:.2f}%"
    style = f"{side};width:{WIDTHS[columns][number]};top:{slot.top:.1f}px"
    bar = f'<i class="mz-node-bar" style="height:{slot.height:.1f}px"></i>'
    kind = f"mz-node{hue}{' mz-node-last' if last else ''}"
    if slot.part.figure is None:
        return f'<span class="{kind}" style="{style}">{bar}<span class="mz-node-words">{words}</span></span>'
    address = escape(link(slot.part.figure.locator, slot.part.figure.id, language))
    return f'<a class="{kind} mz-open" style="{style}" href="{address}">{bar}<span class="mz-node-words">{words}</span></a>'


def _bands(
    streams: Sequence[Stream], columns: Sequence[Sequence[Slot]], across: Sequence[float], hues: dict[str, int],
    total: Decimal,
) -> str:  # fmt: skip
    """The bands between two columns, stacked at both ends in the order of the columns."""
    starts, ends = ({slot.part.name: slot.top for slot in column} for column in columns)
    order = list(ends)
    drawn = []
    for source in list(starts):
        own = sorted((s for s in streams if s.source == source), key=lambda s: order.index(s.target))
        for stream in own:
            thick = float(stream.value / total) * BARS if total else 0.0
            y0, y1 = starts[source], ends[stream.target]
            starts[source], ends[stream.target] = y0 + thick, y1 + thick
            hue = hues.get(stream.target, hues.get(source, 0))
            words = f"{source} → {stream.target} {amount_words(stream.value)}"
            drawn.append(_band(across, (y0, y1), thick, hue, words))
    return "".join(drawn)


def _band(across: Sequence[float], tops: tuple[float, float], thick: float, hue: int, words: str) -> str:
    x0, x1, middle = across[0], across[1], (across[0] + across[1]) / 2
    (y0, y1), deep = tops, max(thick, 0.8)
    path = (
        f"M{x0:.2f},{y0:.1f}C{middle:.2f},{y0:.1f} {middle:.2f},{y1:.1f} {x1:.2f},{y1:.1f}"
        f"V{y1 + deep:.1f}C{middle:.2f},{y1 + deep:.1f} {middle:.2f},{y0 + deep:.1f} {x0:.2f},{y0 + deep:.1f}Z"
    )
    return f'<path class="mz-band mz-hue-{hue}" d="{path}"><title>{escape(words)}</title></path>'


Size = tuple[float, float]


def _group(parts: Sequence[Part], box: Rectangle, hue: int, total: Decimal, frame: Size, language: Language) -> str:
    """A class: its name, where there is room for it and it says more than its only tile, and its tiles."""
    left, top, width, height = box
    name, whole = parts[0].group, parts[0].whole
    told = height > 2 * HEAD and width > 2 * NARROWEST and (len(parts) > 1 or parts[0].name != name)
    head = HEAD if told else 0.0
    tiles = squarify([float(part.value) for part in parts], (left, top + head, width, height - head))
    drawn = "".join(_tile(part, at, hue, total, frame, language) for part, at in zip(parts, tiles, strict=True))
    title = ""
    if head:
        style = _at((left, top, width, head), frame)
        title = f'<span class="mz-tile-head" style="{style}">{escape(name)} · {share(whole, total)}</span>'
    return title + drawn


def _tile(part: Part, box: Rectangle, hue: int, total: Decimal, frame: Size, language: Language) -> str:
    label = f"{part.name} {amount_words(part.value)} · {share(part.value, total)}"
    words = ""
    if box[2] > NARROWEST and box[3] > LOWEST:
        words = f"<b>{escape(part.name)}</b>"
        words += f"<span>{escape(amount_words(part.value))}</span>" if box[3] > 2 * LOWEST else ""
    opens = " mz-open" if part.figure is not None else ""
    shared = f'class="mz-tile mz-hue-{hue}{opens}" style="{_at(box, frame)}" title="{escape(label)}"'
    if part.figure is None:
        return f'<span {shared} role="img" aria-label="{escape(label)}">{words}</span>'
    address = escape(link(part.figure.locator, part.figure.id, language))
    return f'<a {shared} href="{address}" aria-label="{escape(label)}">{words}</a>'


def _at(box: Rectangle, frame: Size) -> str:
    """A rectangle in percent of its frame, so that it fits every width."""
    (left, top, width, height), (across, down) = box, frame
    return (
        f"left:{left / across * 100:.3f}%;top:{top / down * 100:.3f}%;"
        f"width:{width / across * 100:.3f}%;height:{height / down * 100:.3f}%"
    )
