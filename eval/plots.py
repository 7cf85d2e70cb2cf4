"""Plots of a report as SVG: they need nothing installed, show Chinese labels, and are the same for the same numbers."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

Bar = tuple[str, float | None, Sequence[float] | None, str]
"""Label, share from 0 to 1 (None: nothing counts towards it), its interval, what stands behind the bar."""
Point = tuple[str, float, float]
"""Label, x and y, both from 0 to 1."""

_WIDTH = 720
_ROW = 22
_LEFT, _RIGHT = 170, 130
_INK, _GRID, _BAR, _WHISKER = "#1d2433", "#d5dae3", "#4a7fb5", "#16395e"
_SERIES = ("#16395e", "#b5532a", "#3f7d3a", "#7a4a9e", "#8a6d00", "#00787a", "#a3315f", "#555555")


def bars(title: str, rows: Sequence[Bar]) -> str:
    """Shares as lying bars with their 95 % intervals."""
    span = _WIDTH - _LEFT - _RIGHT
    parts = [_line(_LEFT + span * t / 4, 4, _LEFT + span * t / 4, _ROW * len(rows) + 8) for t in range(5)]
    for at, (label, share, interval, behind) in enumerate(rows):
        middle = 8 + _ROW * at + _ROW / 2
        parts.append(_text(_LEFT - 8, middle + 4, label, anchor="end"))
        if share is None:
            parts.append(_text(_LEFT + 6, middle + 4, "–"))
            continue
        parts.append(f'<rect x="{_LEFT}" y="{middle - 7:g}" width="{span * share:.1f}" height="14" fill="{_BAR}"/>')
        if interval is not None:
            low, high = (_LEFT + span * max(0.0, min(1.0, value)) for value in interval)
            parts += [_line(low, middle, high, middle, _WHISKER, 2)]
            parts += [_line(x, middle - 4, x, middle + 4, _WHISKER, 2) for x in (low, high)]
        parts.append(_text(_WIDTH - _RIGHT + 10, middle + 4, behind))
    bottom = _ROW * len(rows) + 8
    parts += [_text(_LEFT + span * t / 4, bottom + 16, f"{25 * t} %", anchor="middle") for t in range(5)]
    return _svg(title, bottom + 24, parts)


def counts(title: str, rows: Sequence[tuple[str, int]], unit: str = "") -> str:
    """Numbers as lying bars, the longest filling the width."""
    span, most = _WIDTH - _LEFT - _RIGHT, max((number for _, number in rows), default=1) or 1
    parts = []
    for at, (label, number) in enumerate(rows):
        middle = 8 + _ROW * at + _ROW / 2
        width = span * number / most
        parts.append(_text(_LEFT - 8, middle + 4, label, anchor="end"))
        parts.append(f'<rect x="{_LEFT}" y="{middle - 7:g}" width="{width:.1f}" height="14" fill="{_BAR}"/>')
        parts.append(_text(_LEFT + width + 6, middle + 4, f"{number}{unit}"))
    return _svg(title, _ROW * len(rows) + 12, parts)


def plane(title: str, across: str, up: str, series: Sequence[tuple[str, Sequence[Point]]]) -> str:
    """Points of one or several systems in the unit square, joined where a system has several."""
    left, top, side = 70, 10, 300
    parts = [
        _line(left + side * t / 4, top, left + side * t / 4, top + side) + _line(left, y, left + side, y)
        + _text(left + side * t / 4, top + side + 16, f"{25 * t} %", anchor="middle")
        + _text(left - 8, y + 4, f"{25 * t} %", anchor="end")
        for t in range(5) for y in (top + side - side * t / 4,)
    ]  # fmt: skip
    for at, (name, points) in enumerate(series):
        colour = _SERIES[at % len(_SERIES)]
        places = [(left + side * x, top + side - side * y, label) for label, x, y in points]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)
        parts.append(f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"><title>{html.escape(f"{name}: {label}")}</title>'
            "</circle>" for x, y, label in places
        ]  # fmt: skip
        told = name if points else f"{name} (never)"
        parts.append(f'<rect x="{left + side + 30}" y="{top + 20 * at + 3}" width="12" height="12" fill="{colour}"/>')
        parts.append(_text(left + side + 50, top + 20 * at + 13, told))
    parts.append(_text(left + side / 2, top + side + 36, across, anchor="middle"))
    turned = f'transform="rotate(-90 16 {top + side / 2:g})"'
    parts.append(_text(16, top + side / 2, up, anchor="middle", more=turned))
    return _svg(title, max(top + side + 44, top + 20 * len(series) + 20), parts)


def spread(title: str, milliseconds: Sequence[float]) -> str:
    """How many answers took how long, in steps of 1, 2 and 5."""
    bounds = [base * 10**power for power in range(6) for base in (1, 2, 5)]
    found: dict[int, int] = {}
    for value in milliseconds:
        found[next((at for at, bound in enumerate(bounds) if value <= bound), len(bounds))] = 0
    for value in milliseconds:
        found[next((at for at, bound in enumerate(bounds) if value <= bound), len(bounds))] += 1
    if not found:
        return ""
    rows = [
        (f"up to {bounds[at]:,} ms" if at < len(bounds) else "longer", found.get(at, 0))
        for at in range(min(found), max(found) + 1)
    ]
    return counts(title, rows)


def shade(number: int, most: int) -> str:
    """The background of a cell in a table of counts: the more the darker, on a scale that keeps small counts apart."""
    if number == 0:
        return "#ffffff"
    weight = math.log1p(number) / math.log1p(max(most, 1))
    red, green, blue = (round(255 - weight * (255 - full)) for full in (142, 178, 214))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    name = html.escape(title)
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height:g}" role="img" aria-label="{name}" '
        f'font-family="system-ui,sans-serif" font-size="13" fill="{_INK}"><title>{name}</title>'
        + "".join(parts) + "</svg>"
    )  # fmt: skip


def _line(x1: float, y1: float, x2: float, y2: float, colour: str = _GRID, width: int = 1) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{colour}" stroke-width="{width}"/>'


def _text(x: float, y: float, text: str, *, anchor: str = "start", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{html.escape(text)}</text>'
