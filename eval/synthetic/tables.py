"""Builders of statutory tables: columns know what they sum, rows are classes, headers nest by themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from eval.synthetic.blocks import Entry, Key, Style, amount, row
from eval.synthetic.unit import FISCAL, FUND, GENERAL, OWN, SPECIAL, STATE, Unit, economic_name, function_name

NUMERALS = (
    "一二三四五六七八九十",
    ("十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十"),
    ("二十一", "二十二", "二十三", "二十四", "二十五", "二十六", "二十七", "二十八", "二十九", "三十"),
)
ORDINALS = tuple(NUMERALS[0]) + NUMERALS[1] + NUMERALS[2]
SOURCES = {
    GENERAL: "一般公共预算拨款", FUND: "政府性基金预算拨款", STATE: "国有资本经营预算拨款",
    SPECIAL: "财政专户管理资金", OWN: "单位资金",
}  # fmt: skip
"""Funding → the chart's name of the source that brings it."""


@dataclass(frozen=True, slots=True)
class Column:
    """An amount column: its headings from the top down, what it sums for a class ("" for the whole), and its fact."""

    path: tuple[str, ...]
    value: Callable[[str], Decimal]
    key: Callable[[str], Key | None]


@dataclass(frozen=True, slots=True)
class Codes:
    """How a family prints a class: `split` 类|款|项 cells, `bare` code then name, `joined` in one cell, `none` name only.

    `digits` are the levels listed; `total` is where the total row stands; `extra` are columns between class and amounts
    (unit code, unit name) with their texts.
    """

    kind: str = "bare"
    digits: tuple[int, ...] = (3, 5, 7)
    total: str = "first"
    label: str = "合计"
    extra: tuple[tuple[str, str], ...] = ()
    names: tuple[str, str] = ("科目编码", "科目名称")
    over: str = ""
    """A heading over code and name ("" for none)."""
    indent: bool = False


def header(paths: Sequence[tuple[str, ...]]) -> tuple[tuple[Entry, ...], ...]:
    """Header rows for heading paths: equal neighbours merge across, a short path reaches down to the body."""
    depth = max(len(path) for path in paths)
    rows: list[list[Entry]] = [[] for _ in range(depth)]
    for level in range(depth):
        column = 0
        while column < len(paths):
            path = paths[column]
            if level >= len(path):
                column += 1
                continue
            end = column + 1
            while end < len(paths) and len(paths[end]) > level and paths[end][: level + 1] == path[: level + 1]:
                end += 1
            last = level == len(path) - 1
            rows[level].append(Entry(path[level], end - column, depth - level if last else 1))
            column = end
    return tuple(tuple(entries) for entries in rows)


def _label_paths(codes: Codes) -> list[tuple[str, ...]]:
    over = (codes.over,) if codes.over else ()
    code, name = codes.names
    if codes.kind == "split":
        labels = [(*over, code, letter) for letter in "类款项"]
        labels.append((*over, name))
    elif codes.kind == "bare":
        labels = [(*over, code), (*over, name)]
    else:
        labels = [(*over, name)]
    return labels + [(heading,) for heading, _ in codes.extra]


def _label(code: str, name: str, codes: Codes) -> list[str]:
    pad = "　" * ((len(code) - codes.digits[0]) // 2) if codes.indent else ""
    if codes.kind == "split":
        parts = [code[:3], code[3:5], code[5:7]]
        return [*parts, pad + name]
    if codes.kind == "bare":
        return [code, pad + name]
    if codes.kind == "joined":
        return [f"{pad}[{code}]{name}"]
    return [pad + name]


def classes(
    unit: Unit,
    style: Style,
    columns: Sequence[Column],
    codes: Codes,
    fundings: Sequence[str] = (),
    *,
    economic: bool = False,
) -> tuple[tuple[tuple[Entry, ...], ...], tuple[tuple[Entry, ...], ...]]:
    """Header and rows of a table whose rows are classes and whose columns are sums."""
    labels = _label_paths(codes)
    head = header([*labels, *(column.path for column in columns)])
    listed = (
        sorted({code[:n] for code in unit.economic for n in codes.digits})
        if economic
        else unit.codes(codes.digits, fundings)
    )
    naming = economic_name if economic else function_name
    rows = []
    for code in listed:
        name = naming(code)
        cells = [Entry(text) for text in _label(code, name, codes)] + [Entry(text) for _, text in codes.extra]
        cells += [amount(style, c.value(code), c.key(code), name) for c in columns]
        rows.append(tuple(cells))
    whole = _total_row(labels, style, columns, codes)
    if codes.total == "first":
        rows.insert(0, whole)
    elif codes.total == "last":
        rows.append(whole)
    return head, tuple(rows)


def _total_row(
    labels: Sequence[tuple[str, ...]], style: Style, columns: Sequence[Column], codes: Codes
) -> tuple[Entry, ...]:
    sums = [amount(style, c.value(""), c.key(""), codes.label) for c in columns]
    if codes.kind in ("joined", "none") and not codes.extra:
        return row(codes.label, *sums)
    if codes.total == "last":
        return (Entry(codes.label, len(labels)), *sums)
    blank = [""] * (len(labels) - 1)
    at = 3 if codes.kind == "split" else 1
    texts = [*blank[:at], codes.label, *blank[at:]]
    return (*(Entry(text) for text in texts), *sums)


def spending(
    unit: Unit,
    path: tuple[str, ...],
    *,
    components: Sequence[str] = (),
    fundings: Sequence[str] = (),
    word: str = "合计",
    funding: str = "全部",
    basis: str = "预算",
    carried: bool | None = None,
) -> Column:
    """An expenditure column; `word` and `funding` are the fact's component and funding."""

    def key(code: str) -> Key:
        if not code:
            return Key("总额", "本年支出合计", "支出", funding, word, unit.year, basis)
        return Key("功能分类", code, "支出", funding, word, unit.year, basis)

    return Column(path, lambda code: unit.total(code, components, fundings, carried), key)


def income(
    unit: Unit,
    path: tuple[str, ...],
    *,
    fundings: Sequence[str] = (),
    funding: str = "全部",
    basis: str = "预算",
    carried: bool | None = False,
    grand: bool = False,
    scored: bool = True,
) -> Column:
    """An income column: the whole, or what one source brings."""

    def key(code: str) -> Key | None:
        if not scored:
            return None
        if code:
            return Key("功能分类", code, "收入", funding, "合计", unit.year, basis)
        if funding == "全部":
            return Key("总额", "收入总计" if grand else "本年收入合计", "收入", "全部", "合计", unit.year, basis)
        return Key("收入来源", SOURCES.get(funding, funding), "收入", "全部", "合计", unit.year, basis)

    return Column(path, lambda code: unit.total(code, (), fundings, carried), key)


def costs(unit: Unit, path: tuple[str, ...], *, part: str = "", basis: str = "预算") -> Column:
    """A column of the basic expenditure by economic class; `part` is 人员经费, 公用经费 or "" for both."""

    def value(code: str) -> Decimal:
        staff = code[:3] in ("301", "303")
        if not code:
            return sum((unit.economic_total(p) for p in _PARTS[part]), Decimal(0))
        return unit.economic_total(code) if not part or staff == (part == "人员经费") else Decimal(0)

    def key(code: str) -> Key:
        if not code:
            return Key("总额", "本年支出合计", "支出", GENERAL, part or "基本支出", unit.year, basis)
        return Key("经济分类", code, "支出", GENERAL, part or "基本支出", unit.year, basis)

    return Column(path, value, key)


_PARTS = {"": ("301", "302", "303", "310"), "人员经费": ("301", "303"), "公用经费": ("302", "310")}


def side(
    style: Style, lines: Sequence[tuple[str, Sequence[tuple[Decimal, Key | None]]]], width: int
) -> list[list[Entry]]:
    """One half of a two-sided table: each line a label and its amounts; short lines are padded to `width` amounts."""
    cells = []
    for label, values in lines:
        entries = [amount(style, yuan, key, label) for yuan, key in values]
        cells.append([Entry(label), *entries, *[Entry()] * (width - len(values))])
    return cells


def beside(*halves: list[list[Entry]]) -> tuple[tuple[Entry, ...], ...]:
    """Halves of a table side by side: shorter ones are filled with blank cells; the last two lines stay at the foot."""
    height = max(len(half) for half in halves)
    filled = []
    for half in halves:
        blank = [[Entry()] * len(half[0])] * (height - len(half))
        filled.append([*half[:-_FOOT], *blank, *half[-_FOOT:]])
    return tuple(tuple(entry for half in filled for entry in half[i]) for i in range(height))


_FOOT = 3
"""合计 of the year, carry-over, grand total: the lines that both halves end with."""


def class_lines(
    unit: Unit, values: Callable[[str], Sequence[tuple[Decimal, Key | None]]], every: Sequence[str] = ()
) -> list[tuple[str, Sequence[tuple[Decimal, Key | None]]]]:
    """Numbered lines of 类: all of `every`, or only those with money."""
    listed = sorted({*every, *unit.codes((3,))}) if every else unit.codes((3,))
    return [(f"{ORDINALS[i]}、{function_name(code)}", values(code)) for i, code in enumerate(listed)]


EVERY = (
    "201", "202", "203", "204", "205", "206", "207", "208", "210", "211", "212", "213", "214", "215", "216", "217",
    "219", "220", "221", "222", "223", "224", "229",
)  # fmt: skip


def total_key(account: str, flow: str, year: int, basis: str, funding: str = "全部") -> Key:
    """The key of a grand or a year's total."""
    return Key("总额", account, flow, funding, "合计", year, basis)


def source_key(account: str, year: int, basis: str) -> Key:
    """The key of a source of income."""
    return Key("收入来源", account, "收入", "全部", "合计", year, basis)


def class_key(code: str, year: int, basis: str, funding: str = "全部") -> Key:
    """The key of a 类's expenditure."""
    return Key("功能分类", code, "支出", funding, "合计", year, basis)


def three_key(item: str, year: int, basis: str) -> Key:
    """The key of a 三公 item."""
    return Key("三公经费", item, "支出", "财政拨款", "合计", year, basis)


def fiscal_totals(unit: Unit, funding: str) -> tuple[Decimal, Decimal]:
    """This year's money and what was carried in, of one funding ("" for all fiscal funding)."""
    of = (funding,) if funding else FISCAL
    return unit.total(fundings=of, carried=False), unit.total(fundings=of, carried=True)
