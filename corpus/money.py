"""Printed numbers become exact amounts: the only parser of numbers in the house.

Every amount is a `Decimal` with its unit; its exponent keeps how many digits were printed, so that rounding can be
judged ("17,192" may stand for 17,191.5169, "17,191.5" may not). What is not a number is a typed `Absence` or text.

>>> read_cell("4,218.27", "万元")
Amount(value=Decimal('4218.27'), unit='万元')
>>> read_cell("", "万元"), read_cell("—", "万元"), read_cell("合计", "万元")
(<Absence.BLANK: 'blank'>, <Absence.DASH: 'dash'>, None)
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

MONEY_UNITS: dict[str, Decimal] = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
"""Money units of the disclosures and what one of each is in 元."""

COUNT_UNITS = (
    "万平方米", "万人次", "万人", "万名", "万户", "万亩", "万册", "万个", "万台", "万辆", "万吨", "万公里",
    "平方米", "个百分点", "台（套）", "台(套)", "台/套", "个团组", "团组", "批次", "批", "万个次", "万件", "场次", "人次", "个次", "辆", "台", "套", "人", "名",
    "个", "家", "项", "件", "条", "次", "分", "处", "编制", "篇", "小时", "分钟", "公里", "万页", "页", "米", "层", "天", "年", "月", "亩", "所",
    "平方公里", "平米", "张", "门", "间", "户", "册", "吨", "栋", "座", "班",
)  # fmt: skip
"""Units of counted things, longest first; `canonical_unit` folds those that mean the same."""

_SAME_UNIT = {
    "平米": "平方米",
    "台（套）": "台",
    "台(套)": "台",
    "台/套": "台",
    "个团组": "团组",
    "批": "批次",
    "套": "台",
    "名": "人",
    "％": "%",
    "个百分点": "百分点",
}
_NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_WHOLE_NUMBER = re.compile(_NUMBER)
_SPACED_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:\s*\.\s*\d+)?")
_SPACED_DIGITS = re.compile(r"(?<![\d.,])\d[\d.,]*(?:\s+[\d.,]*\d[\d.,]*)+")
_SPACED_UNITS = "|".join(r"\s*".join(unit) for unit in sorted(MONEY_UNITS, key=len, reverse=True))
_OWN_UNIT = re.compile(rf"\s*(?P<unit>%|{_SPACED_UNITS})$")
_UNIT_ALTERNATIVES = "|".join(
    re.escape(u) for u in sorted([*MONEY_UNITS, *COUNT_UNITS, "%", "亿", "万"], key=len, reverse=True)
)
_MENTION = re.compile(rf"(?<![\d.])(?<!\d,)(?P<number>{_NUMBER})\s*(?:(?P<unit>{_UNIT_ALTERNATIVES})|(?!\d))")
_MARK = re.compile(r"(?<=[\d%)])\s*(?:[*#※★☆†‡①-⑳]{1,3}|\[\d{1,2}\]|\[?\(?注\d{0,2}\)?\]?)$")
"""A mark behind a number that sends the reader to a note."""
UNCALCULATED = "#公式未计算"
"""What a reader puts where a workbook holds a formula and not its result: read as the signs for errors are."""
_ERROR_SIGN = re.compile(rf"#{{2,}}|#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!)|{UNCALCULATED}")
"""What spreadsheets show where an amount should be: an error (ECMA-376 part 1, 18.17.3) or a column too narrow."""
_DASHES = re.compile(r"[-‐‑‒–—―−－_/／\\*]+")
_FOLDABLE = re.compile("[^①-⓿❶-➓]+")
_UNIT_LINE = re.compile(r"(?:金额)?单位[:：]?\s*(?:人民币)?\s*(百万元|千元|万元|亿元|元)")


class Absence(StrEnum):
    """Why a place holds no amount. Five different things, and none of them is zero."""

    BLANK = "blank"
    """The cell is there and empty."""
    DASH = "dash"
    """A dash or stroke is printed."""
    NO_DATA = "no_data"
    """The table says of itself that it has no data (此表无数据, 本表为空表)."""
    NOT_DISCLOSED = "not_disclosed"
    """The document does not speak of it."""
    UNREADABLE = "unreadable"
    """Something is printed that could not be read for certain."""


class Agreement(StrEnum):
    """How two amounts compare."""

    EXACT = "exact"
    ROUNDED = "rounded"
    """They differ by no more than the coarser one's printed digits explain."""
    DIFFERENT = "different"
    INCOMPARABLE = "incomparable"
    """Their units measure different things (万元 against 辆)."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An exact decimal and its unit. Never a float; the exponent of `value` is the number of digits printed."""

    value: Decimal
    unit: str

    def to(self, unit: str) -> Amount:
        """The same amount in another money unit, exactly. Raises `ValueError` when the units are not both money."""
        if unit == self.unit:
            return self
        if unit not in MONEY_UNITS or self.unit not in MONEY_UNITS:
            raise ValueError(f"cannot convert {self.unit} to {unit}")
        ratio = MONEY_UNITS[self.unit] / MONEY_UNITS[unit]
        shift = ratio.adjusted()  # every money unit is a power of ten: scaling keeps the printed precision
        return Amount(self.value.scaleb(shift), unit)

    @property
    def is_money(self) -> bool:
        """Whether the unit is a money unit."""
        return self.unit in MONEY_UNITS

    def __str__(self) -> str:
        return f"{format_decimal(self.value)}{self.unit}"


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in running text: where it stands (`start`, `end` into that text, unit included), value and unit.

    `unit` is `""` where no unit follows. `printed` is the text as it stands there.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    printed: str


def normalise(text: str) -> str:
    """Fold full-width forms and compatibility characters (NFKC), unify minus signs; length may change.

    Circled numbers stay: "①" numbers an item and must never be taken for the amount 1.
    """
    folded = _FOLDABLE.sub(lambda run: unicodedata.normalize("NFKC", run.group()), text)
    return folded.replace("−", "-").replace("﹣", "-")


def parse_number(text: str) -> Decimal | None:
    """The number that is the whole of `text` (separators and full-width digits allowed) or None.

    A single blank may part thousands (1 234 567.89), and blanks may stand beside a sign, separator or decimal point
    (1, 537.4); anywhere else a blank parts two numbers (12 34), which are none together. A mark that sends the reader to
    a note (1,234.50*, 12.00[1], 3.00①) is no part of it.
    """
    shown = _MARK.sub("", normalise(text).strip()).removeprefix("¥").strip()
    bracketed = shown.startswith("(") and shown.endswith(")")  # accountants' brackets
    inner = shown[1:-1].strip() if bracketed else shown
    sign = inner[:1] if inner[:1] in ("-", "+") and not bracketed else ""
    compact = sign + _joined(inner.removeprefix(sign).strip())
    if not _WHOLE_NUMBER.fullmatch(compact):
        return None
    value = Decimal(compact.replace(",", ""))
    return -value if bracketed else value


def _joined(digits: str) -> str:
    """Digits without the blanks that belong to one number."""
    if _SPACED_THOUSANDS.fullmatch(digits):
        return re.sub(r"\s+", "", digits)
    return re.sub(r"\s*([.,])\s*", r"\1", digits)


def parts_numbers(text: str) -> bool:
    """Whether a blank in a text parts two numbers: what is left without blanks would be a number that nobody printed."""
    return any(parse_number(run.rstrip(".,")) is None for run in _SPACED_DIGITS.findall(normalise(text)))


def read_cell(text: str, unit: str) -> Amount | Absence | None:
    """What a table cell holds: an amount in `unit`, an absence, or None when it is text.

    A percent sign or a money unit printed in the cell wins over `unit`. Two numbers in one cell and the signs that
    spreadsheets show for want of an amount (#REF!) are unreadable.
    """
    shown = normalise(text).strip()
    compact = re.sub(r"\s+", "", shown)
    if not compact:
        return Absence.BLANK
    if _DASHES.fullmatch(compact):
        return Absence.DASH
    if _ERROR_SIGN.fullmatch(compact):
        return Absence.UNREADABLE
    amount = _amount(shown, unit)
    if amount is None and compact != shown and _amount(compact, unit) is not None:
        return Absence.UNREADABLE
    return amount


def _amount(shown: str, unit: str) -> Amount | None:
    """The amount that is the whole of a normalised text, with the unit printed after it before `unit`."""
    bracketed = re.fullmatch(r"\((.+)%\s*\)", shown)
    if bracketed:
        shown = f"({bracketed.group(1)})%"  # accountants' brackets around a share
    own = _OWN_UNIT.search(shown)
    value = parse_number(shown[: own.start()] if own else shown)
    if value is None:
        return None
    return Amount(value, re.sub(r"\s+", "", own.group("unit")) if own else unit)


def read_unit_line(text: str) -> str | None:
    """The money unit that a line such as "单位：万元" or "金额单位: 元" announces, or None."""
    found = _UNIT_LINE.search(re.sub(r"\s+", "", normalise(text)))
    return found.group(1) if found else None


def mentions(text: str) -> list[Mention]:
    """Every number in running text with the unit printed after it, in order.

    Offsets are into `text` as given, which should be NFKC-normalised already where it comes from a document.
    A bare "万"/"亿" after a number is read as 万元/亿元 only when 元 is not needed to tell ("1720.00万，").
    """
    found = []
    for match in _MENTION.finditer(text):
        unit = match.group("unit") or ""
        if unit in ("万", "亿"):
            unit += "元"
        found.append(
            Mention(match.start(), match.end(), Decimal(match.group("number").replace(",", "")), unit, match.group())
        )
    return found


def canonical_unit(unit: str) -> str:
    """One name for units that mean the same thing (名/人, 台（套）/台)."""
    return _SAME_UNIT.get(unit, unit)


def compare(left: Amount, right: Amount) -> Agreement:
    """Whether two amounts are the same, the same but for rounding of the coarser one, or different."""
    if left.is_money and right.is_money:
        a, b = left.to("元").value, right.to("元").value
    elif canonical_unit(left.unit) == canonical_unit(right.unit):
        a, b = left.value, right.value
    else:
        return Agreement.INCOMPARABLE
    if a == b:
        return Agreement.EXACT
    return Agreement.ROUNDED if abs(a - b) <= max(half_last_digit(a), half_last_digit(b)) else Agreement.DIFFERENT


def half_last_digit(value: Decimal) -> Decimal:
    """Half a unit of the last printed digit: the most by which rounding can have moved the value."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "amounts are finite"
    return Decimal(5).scaleb(exponent - 1)


def format_decimal(value: Decimal) -> str:
    """Plain digits with the printed precision and thousands separators: 4,218.27."""
    return f"{value:,f}"
