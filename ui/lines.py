"""Amounts of several units over the years as lines from nought, drawn as SVG and HTML without a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape

from ui.diagrams import HUES, amount_words
from ui.words import Language, say

HEIGHT = 220.0
"""Pixels between nought and the greatest amount, with the words above it."""
TOP = 34.0
"""Pixels of air above the highest point, for its amount."""
MARGIN = 8.0
"""Percent of the width left free on both sides, so that the words at the edges are not cut."""

Series = Mapping[str, Mapping[int, Decimal]]
"""Amounts in 元 by unit and year."""


def lines(series: Series, language: Language) -> str:
    """One line a unit with its points and amounts, for the units that have two years at least; "" for none."""
    series = {unit: points for unit, points in series.items() if len(points) > 1}
    if not series:
        return ""
    years = sorted({year for points in series.values() for year in points})
    amounts = [value for points in series.values() for value in points.values()]
    top, bottom = max(*amounts, Decimal(0)), min(*amounts, Decimal(0))
    if top == bottom:
        return ""
    drawn, words, legend = [], [], []
    for number, (unit, points) in enumerate(series.items()):
        places = {y: (_across(y, years), _down(points[y], top, bottom)) for y in sorted(points)}
        hue = number % HUES
        path = " ".join(f"{x:.2f},{y:.1f}" for x, y in places.values())
        drawn.append(f'<polyline class="mz-line mz-hue-{hue}" points="{path}" vector-effect="non-scaling-stroke"/>')
        words += [_point(unit, y, points[y], place, hue) for y, place in places.items()]
        legend.append(f'<li class="mz-hue-{hue}"><i class="mz-key" aria-hidden="true"></i>{escape(unit)}</li>')
    ticks = "".join(f'<span class="mz-tick" style="left:{_across(y, years):.2f}%">{y}</span>' for y in years)
    nought = _down(Decimal(0), top, bottom)
    svg = (
        f'<svg viewBox="0 0 100 {HEIGHT:.0f}" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<line class="mz-axis" x1="0" x2="100" y1="{nought:.1f}" y2="{nought:.1f}" '
        f'vector-effect="non-scaling-stroke"/>{"".join(drawn)}</svg>'
    )
    return (
        f'<h3>{escape(say("trend", language))}</h3><ul class="mz-legend">{"".join(legend)}</ul>'
        f'<div class="mz-lines" role="group" aria-label="{escape(say("trend", language))}">'
        f'<div class="mz-lines-plot" style="height:{HEIGHT:.0f}px">{svg}{"".join(words)}</div>'
        f'<div class="mz-ticks" aria-hidden="true">{ticks}</div></div>'
    )


def _point(unit: str, year: int, value: Decimal, place: tuple[float, float], hue: int) -> str:
    label = f"{unit} {year}：{amount_words(value)}"
    return (
        f'<span class="mz-point mz-hue-{hue}" style="left:{place[0]:.2f}%;top:{place[1]:.1f}px" role="img" '
        f'aria-label="{escape(label)}" title="{escape(label)}"><b>{escape(amount_words(value))}</b></span>'
    )


def _across(year: int, years: Sequence[int]) -> float:
    if len(years) == 1:
        return 50.0
    return MARGIN + (year - years[0]) / (years[-1] - years[0]) * (100 - 2 * MARGIN)


def _down(value: Decimal, top: Decimal, bottom: Decimal) -> float:
    """Pixels from the top; from nought, so that a small change does not look like a landslide."""
    return TOP + float((top - value) / (top - bottom)) * (HEIGHT - TOP - 2)
