"""The chart of accounts and the statutory statements: what Chinese budgets and final accounts call things.

Codes and names are those of the 政府收支分类科目 (Ministry of Finance), statements and named items those of the
disclosure rules for departments (部门预算/决算公开). All of it is data in `accounts.toml`; here it is loaded, and names
are cleaned.

>>> chart().account(Scheme.ECONOMIC, "30201").name
'办公费'
>>> chart().named("其中:(1)公务用车运行费", Scheme.THREE_PUBLIC).name
'公务用车运行维护费'
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from corpus.figure import Scheme
from corpus.money import normalise

_DATA = Path(__file__).with_name("accounts.toml")
_CODED = {
    "function": Scheme.FUNCTION,
    "economic": Scheme.ECONOMIC,
    "gov_economic": Scheme.GOV_ECONOMIC,
    "revenue": Scheme.REVENUE,
}
_NUMERAL = "一二三四五六七八九十百零〇"
_ORDINAL = rf"(?:\d{{1,2}}(?=20\d\d)|\d{{1,2}}(?!\d)|[{_NUMERAL}]{{1,3}})"
_NUMBERING = re.compile(
    rf"第?[{_NUMERAL}]{{1,4}}、|（[{_NUMERAL}]{{1,4}}）|（\d{{1,2}}）|\d{{1,2}}(?:[、．]|\.(?!\d))|\d{{1,2}}）"
    r"|[①-⓿❶-➓]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]{1,4}[、.]"
)
_LEAD = re.compile(r"其中：?|[加减]：|[-—–*★☆#·•◆▪]+|[、.,：]+")
_TAIL = re.compile(
    r"（[类款项]）|（(?:单位：?)?(?:(?:人民币)?[百千万亿]*元|辆|个|人|人次|批次|次|批|台|套|台/套|台（套）|平方米)）|[：。;；、,，*]+"
)
_QUOTES = str.maketrans("", "", "“”\"‘’'「」『』〝〞`´")
_BRACKETS = str.maketrans("()[]【】〔〕:", "（）（）（）（）：")


@dataclass(frozen=True, slots=True)
class Account:
    """One account: its scheme, code ("" without), canonical name and other names (cleaned)."""

    scheme: Scheme
    code: str
    name: str
    aliases: tuple[str, ...] = ()


_ENDING = re.compile(r"(?:支出|费用|经费|费|预算|决算|数|金额|情况|合计|小计|总额)+$")
_AND = re.compile(r"(?<=[一-鿿]{2})[和与及](?=[一-鿿]{2})")
_CLASSES = (Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.GOV_ECONOMIC)
_LONG_STEM = 6
"""Characters of a stem that only one account can have; 运行 and 接待 by themselves say too little."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statutory table: what its rows are and what a figure in it means unless row or column says otherwise.

    `rows` is one of function, economic, gov_economic, sides (收入 | 支出), items, projects, units, years, indicators.
    `titles` and `avoid` are patterns searched in the cleaned title.
    """

    key: str
    name: str
    rows: str
    scheme: Scheme
    flow: str = ""
    funding: str = "全部"
    component: str = "合计"
    titles: tuple[re.Pattern[str], ...] = ()
    avoid: tuple[re.Pattern[str], ...] = ()

    def fits(self, title: str) -> bool:
        """Whether a cleaned title names this statement (statements are tried in order: see `statement_titled`)."""
        if not any(pattern.search(title) for pattern in self.titles):
            return False
        return not any(pattern.search(title) for pattern in self.avoid)


class Chart:
    """All known accounts, found by code or by name."""

    def __init__(
        self, accounts: Iterable[Account], funding: Mapping[str, list[str]], component: Mapping[str, list[str]]
    ) -> None:
        self.accounts: tuple[Account, ...] = tuple(accounts)
        self._by_code = {(item.scheme, item.code): item for item in self.accounts if item.code}
        self._funding = _words(funding)
        self._component = _words(component)

    @cached_property
    def _by_name(self) -> dict[str, tuple[Account, ...]]:
        found: dict[str, list[Account]] = {}
        for canonical in (True, False):
            for item in self.accounts:
                names = (item.name,) if canonical else item.aliases
                for name in {clean_name(name) for name in names}:
                    found.setdefault(name, []).append(item)
        return {name: tuple(dict.fromkeys(items)) for name, items in found.items()}

    def account(self, scheme: Scheme, code: str) -> Account | None:
        """The account with this code, or None."""
        return self._by_code.get((scheme, code))

    def all_named(self, name: str, scheme: Scheme | None = None) -> tuple[Account, ...]:
        """Every account with this name or alias after `clean_name`, canonical names first, in the chart's order."""
        bare = clean_name(name)
        found = self._by_name.get(bare) or self._worded(bare) or self._joined.get(_AND.sub("和", bare), ())
        return tuple(item for item in found if scheme is None or item.scheme is scheme)

    @cached_property
    def _joined(self) -> dict[str, tuple[Account, ...]]:
        """The classes whose names join two things, whichever word for "and" is used (医疗卫生和计划生育支出)."""
        found: dict[str, list[Account]] = {}
        for name, items in self._by_name.items():
            if _AND.search(name):
                found.setdefault(_AND.sub("和", name), []).extend(i for i in items if i.scheme in _CLASSES)
        return {name: tuple(dict.fromkeys(items)) for name, items in found.items()}

    def _worded(self, name: str) -> tuple[Account, ...]:
        """三公 items under yet another ending: every province has its own (…维护支出, …维护费用, …维护费预算数)."""
        stem = _ENDING.sub("", name)
        if stem == name or len(stem) < _LONG_STEM:
            return ()
        found = self._by_name.get(stem) or self._by_name.get(f"{stem}费") or ()
        return tuple(item for item in found if item.scheme in (Scheme.THREE_PUBLIC, Scheme.OPERATING))

    def named(self, name: str, scheme: Scheme | None = None, parent: str = "") -> Account | None:
        """The account a name means: below the class `parent` where given, else the topmost, else the only one.

        A name that several accounts of one level bear (行政运行 below thirty classes) gives None without a parent.
        """
        found = [item for item in self.all_named(name, scheme) if item.code.startswith(parent)]
        if not found:
            return None
        first = [item for item in found if item.scheme is found[0].scheme]
        top = min(len(item.code) for item in first)
        highest = [item for item in first if len(item.code) == top]
        exact = [item for item in highest if clean_name(item.name) == clean_name(name)] or highest
        return exact[0] if len(exact) == 1 else None

    def parents(self, scheme: Scheme, code: str) -> tuple[Account, ...]:
        """The classes above a code, topmost first (for 2010301: 201 and 20103), as far as the chart knows them."""
        above = (self.account(scheme, code[:length]) for length in (3, 5) if length < len(code))
        return tuple(item for item in above if item is not None)

    def funding(self, name: str) -> str | None:
        """The canonical funding word of a column heading or phrase (一般公共预算拨款 → 一般公共预算), or None."""
        return self._funding.get(clean_name(name))

    def component(self, name: str) -> str | None:
        """The canonical component word of a column heading or phrase (日常公用经费 → 公用经费), or None."""
        return self._component.get(clean_name(name))


def clean_name(text: str) -> str:
    """A name for comparison: no numbering, 其中:, (类), units in brackets, quotes or blanks; brackets full-width.

    >>> clean_name("（一） 一般公共服务支出（类）"), clean_name("其中:①公务用车购置费"), clean_name("维修(护)费")
    ('一般公共服务支出', '公务用车购置费', '维修（护）费')
    """
    name = re.sub(r"\s+", "", normalise(text)).translate(_QUOTES).translate(_BRACKETS)
    while True:
        shorter = name
        for pattern in (_LEAD, _NUMBERING):
            match = pattern.match(shorter)
            if match and (match.end() < len(shorter) or pattern is _LEAD):
                shorter = shorter[match.end() :]
        tail = list(_TAIL.finditer(shorter))
        if tail and tail[-1].end() == len(shorter) and tail[-1].start() > 0:
            shorter = shorter[: tail[-1].start()]
        if shorter == name:
            return name
        name = shorter


def clean_title(text: str) -> str:
    """A table title for recognition: cleaned like a name, without years and "表N", "附件N", "预算公开表N" in front.

    >>> clean_title("预算公开表1 2026年预算收支总表"), clean_title("表 1:高等学校收支决算总表")
    ('预算收支总表', '高等学校收支决算总表')
    """
    title = re.sub(r"\s+", "", normalise(text)).translate(_QUOTES).translate(_BRACKETS)
    title = re.sub(rf"^(?:附?(?:表|件|录)|[^，。]{{0,6}}公开表)[（]?{_ORDINAL}(?:[-—]\d+)*[）]?[：、.]?", "", title)
    title = re.sub(r"(?:20\d\d|[二〇零一二三四五六七八九]{4})年?度?", "", title)
    return clean_name(title) if title else ""


def statement_titled(title: str) -> Statement | None:
    """The statutory statement that a table title names, or None."""
    cleaned = clean_title(title)
    for statement in STATEMENTS.values():
        if cleaned and statement.fits(cleaned):
            return statement
    return None


@cache
def chart() -> Chart:
    """The chart of accounts, loaded once."""
    data = _load()
    accounts = [
        Account(scheme, code, name, tuple(data["aliases"][section].get(code, ())))
        for section, scheme in _CODED.items()
        for code, name in data[section].items()
    ]
    named = [Account(Scheme(item["scheme"]), "", item["name"], tuple(item.get("aliases", ()))) for item in data["item"]]
    return Chart([*named, *accounts], data["funding"], data["component"])


@cache
def _load() -> dict[str, Any]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


def _words(table: Mapping[str, list[str]]) -> dict[str, str]:
    words: dict[str, str] = {}
    for canonical, names in table.items():
        for name in (canonical, *names):
            words.setdefault(clean_name(name), canonical)
    return words


def _statement(entry: dict[str, Any]) -> Statement:
    patterns = {key: tuple(re.compile(p) for p in entry.get(key, ())) for key in ("titles", "avoid")}
    return Statement(
        key=entry["key"],
        name=entry["name"],
        rows=entry["rows"],
        scheme=Scheme(entry["scheme"]),
        flow=entry.get("flow", ""),
        funding=entry.get("funding", "全部"),
        component=entry.get("component", "合计"),
        titles=patterns["titles"],
        avoid=patterns["avoid"],
    )


STATEMENTS: Mapping[str, Statement] = MappingProxyType(
    {entry["key"]: _statement(entry) for entry in _load()["statement"]}
)
"""Every statement by key, in the order in which titles are tried; "generic" last."""
