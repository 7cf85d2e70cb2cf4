"""A number as a spreadsheet shows it: 1234.5 under "#,##0.00" is "1,234.50", a date is a date, zero may be blank.

Only what is shown is a published figure. The codes follow ECMA-376 part 1, 18.8.30.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE_CODE = re.compile(r"[ymdhs年月日]", re.IGNORECASE)
_PLACES = re.compile(r"([0#?]*[0#](?:[0#?,]*[0#?])?)(?:\.([0#?]*))?|\.([0#?]+)")


def shown(value: object, code: str = "General") -> str:
    """The text of a cell. `value` as the workbook holds it, `code` the cell's number format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date | time):
        return _shown_date(value, code)
    if isinstance(value, int | float | Decimal):
        return _shown_number(value, code)
    return str(value)


def _shown_date(value: datetime | date | time, code: str) -> str:
    if isinstance(value, time):
        return value.isoformat("minutes")
    bare = re.sub(r"\[[^\]]*\]", "", code).lower()
    if "y" in bare and "m" in bare and "d" not in bare:
        return f"{value.year}年{value.month}月"
    return f"{value.year}年{value.month}月{value.day}日"


def _shown_number(value: int | float | Decimal, code: str) -> str:
    # the shortest decimal that is the same binary number: what was typed in, not its binary expansion
    try:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except InvalidOperation:
        return str(value)
    if not number.is_finite():
        return str(value)
    section, number = _section(code, number)
    if section is None or section.strip().lower() == "general" or section.strip() == "@":
        return _general(number)
    if not section:
        return ""
    if "%" in _QUOTED.sub("", section):
        number *= 100
    literal = _QUOTED.sub("", section)
    if _DATE_CODE.search(literal) or re.search(r"E[+-]", literal):
        return _general(number)
    places = _PLACES.search(literal)
    if places is None:
        return _literals(section)
    return _literals(section, _rounded(number, literal, places))


def _section(code: str, number: Decimal) -> tuple[str | None, Decimal]:
    """The part of the code for this sign, and the number that it formats (absolute where the part writes the sign)."""
    sections = _split(code)
    if len(sections) == 1:
        return (sections[0] or None), number
    if number == 0 and len(sections) > 2:
        return sections[2], number
    if number < 0:
        return sections[1], -number
    return sections[0], number


def _split(code: str) -> list[str]:
    """The code's parts at its semicolons; those inside quotes are text."""
    literal = re.sub(r'"[^"]*"|\\.', lambda found: "\0" * len(found.group()), code)
    ends = [at for at, char in enumerate(literal) if char == ";"]
    return [code[start + 1 : end] for start, end in zip([-1, *ends], [*ends, len(code)], strict=True)]


def _general(number: Decimal) -> str:
    """General shows up to eleven significant digits and no trailing zeros, 15 being the most a cell can hold."""
    if number == number.to_integral_value():
        return f"{number:.0f}"
    digits = max(0, min(9, 11 - max(1, number.adjusted() + 1)))
    text = f"{number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".")


def _rounded(number: Decimal, literal: str, places: re.Match[str]) -> str:
    whole, fraction = places.group(1) or "", places.group(2) or places.group(3) or ""
    after = literal[places.end() :]
    number = number.scaleb(-3 * (len(after) - len(after.lstrip(","))))  # each trailing comma divides by a thousand
    rounded = number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    if rounded == 0:
        text = text.lstrip("-")
    if "," not in whole:
        sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
        text = sign + digits.zfill(whole.count("0") + len(digits) - len(digits.split(".")[0]))
    optional = len(fraction) - len(fraction.rstrip("#?"))
    while optional and text.endswith("0"):
        text, optional = text[:-1], optional - 1
    return text.rstrip(".") if "." in text else text


def _literals(section: str, number: str = "") -> str:
    """The part's own text around the number: quotes and escapes opened, fill and space marks dropped."""
    bare = re.sub(r"_.|\*.|\[(?!\$)[^\]]*\]", "", section)
    bare = re.sub(r"\[\$([^\]-]*)[^\]]*\]", r"\1", bare)
    found = _PLACES.search(re.sub(r'"[^"]*"|\\.', lambda m: "\0" * len(m.group()), bare))
    before, after = (bare[: found.start()], bare[found.end() :]) if found else (bare, "")
    opened = [re.sub(r'"([^"]*)"|\\(.)', lambda m: m.group(1) or m.group(2) or "", part) for part in (before, after)]
    return f"{opened[0]}{number}{opened[1].lstrip(',')}".replace("?", "").strip()
