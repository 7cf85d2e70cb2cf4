"""The words of a question that name accounts: vocabulary, chart of accounts, codes, and the names of a book's projects.

Longest wording first, nothing read twice. A wording of several accounts (住房公积金 is a functional and an economic
class)
stands for all of them, best first; the figures at hand decide. Slips of one character in a longer name are forgiven.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from corpus.accounts import chart, clean_name
from corpus.figure import Scheme
from corpus.vocabulary import Target, Term, fold, vocabulary
from rag.misspelt import KINDS_OF_NUMBER, alike, nearly, one_apart, sounds_like
from rag.naming import in_order
from rag.plan import Asked

_ORDER = {Scheme.FUNCTION: 1, Scheme.ECONOMIC: 2, Scheme.GOV_ECONOMIC: 3, Scheme.REVENUE: 4, Scheme.DEBT: 4}
_PARTICLES = "的里中内和与及或占比花了有是为在用、,，。?？ "
_ASKING = re.compile(r"多少|几|了|什么|\d")
_MEANT = re.compile(r"人均|占比|平均|比例|[去上]年[多少]")
"""Question words that look like a slip in a name ("人均经费" is no 人员经费)."""
_YEAR_SUM = {"支出总计": "本年支出合计", "收入总计": "本年收入合计"}
_RESIDUAL = 7
"""Characters from which on a name with 其他 is asked for without it."""
_SHORTENED = 4
"""Characters from which on a word may stand for a name that has them all in that order."""
_OWN_WORDS = 6
"""Characters up to which what tells two projects apart is looked for elsewhere in the question."""
_STEMMED = (Scheme.ECONOMIC, Scheme.FUNCTION, Scheme.GOV_ECONOMIC, Scheme.THREE_PUBLIC)
_ENDINGS = ("费", "费用", "经费", "支出", "补贴", "教育", "事务", "保险")
_FUNDS = tuple((say, scope.funding) for scope in vocabulary().scopes for say in scope.says)
_CODE = re.compile(r"(?<![\d.])(2\d{6}|[235]\d{4}|[235]\d{2})(?![\d.]|\s*[万亿元年月日%人户辆台套个件次]|\s*项(?!目))")


@dataclass(frozen=True, slots=True)
class Heard:
    """An account heard at `start`..`end` of the question; `sure` is False where a slip was forgiven or only part was
    said."""

    start: int
    end: int
    asked: Asked
    sure: bool = True


class Lexicon:
    """Wordings with the accounts they stand for. `names` are (scheme, account) pairs printed in the book's
    documents."""

    def __init__(self, names: Iterable[tuple[Scheme, str]] = ()) -> None:
        self._entries: dict[str, Asked] = dict(_base())
        self._projects: dict[str, Asked] = {}
        for scheme, account in names:
            for surface in _surfaces(account, scheme is Scheme.PROJECT):
                if len(surface) < 3 or surface in vocabulary().plain:
                    continue
                asked = Asked(account, surface, (Target(scheme, "", account),))
                known = self._entries.get(surface)
                if known is None:
                    self._entries[surface] = asked
                elif asked.targets[0] not in known.targets and not known.weak:
                    self._entries[surface] = replace(known, targets=(*known.targets, *asked.targets))
                if scheme in (Scheme.PROJECT, Scheme.PERFORMANCE):
                    self._projects[surface] = asked
        self._heads: dict[str, list[str]] = {}
        for surface in sorted(self._entries, key=len, reverse=True):
            self._heads.setdefault(surface[:2], []).append(surface)

    def hear(self, text: str) -> list[Heard]:
        """The accounts a folded question names, in order."""
        heard = [*self._exact(text), *_codes(text)]
        heard = [h for h in heard if not any(o is not h and _covers(o, h) for o in heard)]
        heard = [self._longer(text, h) for h in heard]
        heard += self._partial(text, heard)
        if not any(not h.asked.weak for h in heard):
            heard += self._slips(text, heard)
            heard = [h for h in heard if not any(o is not h and _covers(o, h) for o in heard)]
        return sorted(heard, key=lambda item: item.start)

    def wordings(self, name: str) -> list[str]:
        """Every wording that stands for the named account."""
        return [surface for surface, asked in self._entries.items() if asked.name == name]

    def called(self, said: str) -> Asked | None:
        """The account that goes by just this wording, None for none."""
        asked = self._entries.get(said)
        return None if asked is None or asked.weak else replace(asked, said=said)

    def stem(self, word: str) -> Asked | None:
        """The class whose name is the word and an ending (培训 for 培训费, 取暧费 for 取暖费), None for none or several."""
        for end in _ENDINGS:
            asked = self._entries.get(word + end)
            if asked is not None and asked.targets[0].scheme in _STEMMED and not asked.weak:
                return replace(asked, said=word)
        whole = (word, f"{word}费")  # 费 at a word's end says nothing by itself, and may have been taken off
        sounding = {a.name: a for s, a in self._entries.items() if any(sounds_like(w, s) for w in whole)}
        kept = [a for a in sounding.values() if a.targets[0].scheme in _STEMMED and not a.weak]
        return replace(kept[0], said=word) if len(kept) == 1 else None

    def beside(self, word: str, name: str) -> Asked | None:
        """The project that a word means in a list with another one: the word and the other's ending ("科技创新" beside
        贸易高质量发展专项), or a name that begins with it; None for none or several."""
        endings = [end for end in ("专项", "项目", "经费", "专项资金", "工程", "资金") if name.endswith(end)]
        exact = [self._projects[word + end] for end in endings if word + end in self._projects]
        if not exact and len(word) >= 2 and endings:
            short = [a for s, a in self._projects.items() if s.endswith(endings[0]) and in_order(word, s)]
            exact = short if len({asked.name for asked in short}) == 1 else []  # 科创 beside 商业创新专项
        begun = {asked.name: asked for surface, asked in self._projects.items() if surface.startswith(word)}
        found = exact or list(begun.values())
        return replace(found[0], said=word) if len(found) == 1 else None if found else self.shortened(word)

    def listed(self, word: str, scheme: Scheme) -> Asked | None:
        """The account of a kind that goes by a word too plain to be heard alone (家具 beside 房屋、车辆), None for none."""
        known = chart().named(word, scheme)
        return None if known is None else Asked(known.name, word, (Target(scheme, known.code, known.name),))

    def shortened(self, word: str) -> Asked | None:
        """The one project whose name has all characters of the word in that order ("电梯应急平台"), None for none or
        several."""
        if len(word) < _SHORTENED:
            return None
        names = {asked.name: asked for surface, asked in self._projects.items() if in_order(word, surface)}
        return replace(next(iter(names.values())), said=word) if len(names) == 1 else None

    def misspelt(self, said: str, name: str) -> bool:
        """Whether a text is a wording of the named account but for one character."""
        return any(
            asked.name == name and len(surface) >= 4 and one_apart(said, surface)
            for surface, asked in self._entries.items()
        )

    def _exact(self, text: str) -> list[Heard]:
        """Wordings as they stand, the longest of those that overlap ("有公务用车" gives way to "公务用车运行费")."""
        found: list[Heard] = []
        for at in range(len(text)):
            for surface in self._heads.get(text[at : at + 2], ()):
                end = at + len(surface)
                cut = surface.endswith("人") and text.startswith("次", end)  # 人次 is no 人
                cut = cut or (surface.endswith("执行") and text[end : end + 1] == "数")  # 预算执行|数 is no 预算执行
                if text.startswith(surface, at) and not cut:
                    found.append(Heard(at, end, replace(self._entries[surface], said=surface)))
                    break
        kept: list[Heard] = []
        for heard in sorted(found, key=lambda item: (item.start - item.end, item.start)):
            if not any(_overlaps((heard.start, heard.end), other) for other in kept):
                kept.append(heard)
        return kept

    def _longer(self, text: str, heard: Heard) -> Heard:
        """A longer name that begins like the one heard and has one character wrong further on ("公务用车构置费")."""
        for surface in self._heads.get(text[heard.start : heard.start + 2], ()):
            if len(surface) < max(4, heard.end - heard.start + 2):
                break
            piece = text[heard.start : heard.start + len(surface)]
            wrong = [a for a, b in zip(piece, surface, strict=False) if a != b]
            if (
                len(piece) == len(surface)
                and len(wrong) == 1
                and (len(surface) > 4 or alike(piece, surface))
                and wrong[0] not in KINDS_OF_NUMBER
                and (wrong[0] not in _PARTICLES or sounds_like(piece[-4:], surface[-4:]))
                and not _ASKING.search(surface)
            ):
                asked = replace(self._entries[surface], said=surface)
                return Heard(heard.start, heard.start + len(surface), asked, sure=False)
        return heard

    def _partial(self, text: str, heard: list[Heard]) -> list[Heard]:
        """Projects of which only part of the name is said ("话务场地租赁" for 话务场地租赁费用)."""
        best: dict[tuple[int, int], list[Asked]] = {}
        for surface, asked in self._projects.items():
            span = _longest_common(text, surface)
            size = span[1] - span[0]
            if (
                len(re.findall(r"[\u4e00-\u9fff]", text[slice(*span)])) < 4
                or size < 0.45 * len(surface)
                or any(_overlaps(span, h) and h.end - h.start >= size for h in heard)
                or (surface[-1] in KINDS_OF_NUMBER and text[span[1] : span[1] + 1] in tuple(KINDS_OF_NUMBER))
                or (surface.endswith(("满意度", "满意率")) and "满意" not in text)
            ):
                continue  # among others 预算执行|数, which is no 预算执行率
            best.setdefault(span, []).append(asked)
        if not best:
            return []
        span = max(best, key=lambda place: place[1] - place[0])
        said = text[slice(*span)]
        if len({asked.name for asked in best[span]}) > 1:
            return self._told_apart(text, span, best[span])
        heard[:] = [h for h in heard if not _overlaps(span, h)]
        return [Heard(*span, replace(best[span][0], said=said), sure=False)]

    def _told_apart(self, text: str, span: tuple[int, int], alike: list[Asked]) -> list[Heard]:
        """Of projects that share the words said, those whose other words are said too ("支持总部经济，区级和市级")."""
        found: dict[str, Heard] = {}
        for asked in alike:
            own = fold(asked.name).replace(text[slice(*span)], "")
            at = text.find(own) if 2 <= len(own) <= _OWN_WORDS else -1
            if at < 0 and len(own) > 2:
                own = own[:2]  # 区级 of 区级支持
                at = text.find(own)
            if at >= 0 and not (at < span[1] and span[0] < at + len(own)):
                place = span if not found else (at, at + len(own))
                found.setdefault(asked.name, Heard(*place, replace(asked, said=text[slice(*span)]), sure=False))
        return list(found.values())

    def _slips(self, text: str, heard: list[Heard]) -> list[Heard]:
        """Names of four or more characters with one character wrong or missing, fees of three with one that sounds alike."""
        found = [*self._short_fees(text)]
        for surface, asked in sorted(self._entries.items(), key=lambda item: -len(item[0])):
            if len(surface) < 4 or asked.weak or surface.isascii() or _ASKING.search(surface):
                continue
            if asked.targets[0].scheme is Scheme.REVENUE:
                continue  # 环境保护法 is no slip for 环境保护税
            span = nearly(text, surface)
            cut_short = span and (span[1] - span[0] < len(surface) or surface.endswith("执行"))
            if span and cut_short and text[span[1] : span[1] + 1] in tuple(KINDS_OF_NUMBER):
                continue  # 预算执行|数 is no 预算执行率 cut short
            if span and _MEANT.search(text[slice(*span)]):
                continue
            if span and len(surface) == 4 == span[1] - span[0] and not alike(text[slice(*span)], surface):
                continue  # 公司维护 is no slip for 公车维护
            if span and not any(_overlaps(span, other) for other in (*found, *heard)):
                found.append(Heard(*span, replace(asked, said=surface), sure=False))
        return found

    def _short_fees(self, text: str) -> list[Heard]:
        """Fees of three characters written with one that sounds or looks alike ("会义费")."""
        found = []
        for match in re.finditer(r"(?=([\u4e00-\u9fff]{2}费))", text):
            word = match.group(1)
            meant = {
                asked.name: asked for surface, asked in self._entries.items()
                if len(surface) == len(word) and surface[-1] == "费" and not asked.weak and sounds_like(word, surface)
            }  # fmt: skip
            if len(meant) == 1 and word not in self._entries:
                (asked,) = meant.values()
                found.append(Heard(match.start(), match.start() + len(word), asked, sure=False))
        return found


@cache
def _base() -> dict[str, Asked]:
    """Wordings of vocabulary and chart: the same for every book."""
    entries: dict[str, Asked] = {}
    for term in vocabulary().terms:
        for surface in term.says:
            entries.setdefault(surface, _asked(term, surface))
    by_name: dict[str, list[Target]] = {}
    for account in sorted(chart().accounts, key=lambda item: _ORDER.get(item.scheme, 0)):
        named = (account.name, *account.aliases)
        named += tuple(name.replace("等支出", "支出") for name in named if name.endswith("等支出"))
        for surface in {s for name in named for s in _surfaces(name)}:
            by_name.setdefault(surface, []).append(Target(account.scheme, account.code, account.name))
    for surface, targets in by_name.items():
        if surface in entries or len(surface) < 3 or surface in vocabulary().plain:
            continue
        merged = _with_kin(_merged(targets))
        # 财政拨款收入总计 is the total of one fund
        fund = next((fund for say, fund in _FUNDS if surface.startswith(say)), "")
        narrowed = fund if merged[0].scheme is Scheme.TOTAL else ""
        if narrowed and (year_sum := _YEAR_SUM.get(merged[0].account)):
            merged = (*merged, Target(Scheme.TOTAL, "", year_sum))  # of one fund papers print the sum of the year alone
        said = vocabulary().term(merged[0].account)
        if said is not None and said.targets[0].scheme is merged[0].scheme and not narrowed:
            entries[surface] = _asked(said, surface)  # another printed name of a thing that people ask for
            continue
        entries[surface] = Asked(merged[0].account, surface, merged, funding=narrowed)
    for account in chart().accounts:
        name = clean_name(account.name)
        if account.scheme is not Scheme.FUNCTION or not name.startswith("其他") or len(name) < _RESIDUAL:
            continue
        rest = name.removeprefix("其他")
        if chart().all_named(rest.removesuffix("支出")):
            continue  # 其他红十字事业支出: 红十字事业 is a class itself
        target = Target(account.scheme, account.code, account.name)
        for surface in _surfaces(rest):  # 城市生活救助: the chart has 其他城市生活救助 alone
            if len(surface) >= _SHORTENED and surface not in vocabulary().plain:
                entries.setdefault(surface, Asked(account.name, surface, (target,)))
    return entries


def _asked(term: Term, said: str) -> Asked:
    return Asked(
        term.name, said, term.targets, flow=term.flow, component=term.component, measure=term.measure, weak=term.weak,
        fallback_funding=term.fallback_funding,
    )  # fmt: skip


def _with_kin(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    """The targets with those that the vocabulary holds to be the same matter in another class, behind them."""
    first = targets[0]
    for term in vocabulary().terms:
        if first.code and any(t.scheme is first.scheme and t.code == first.code for t in term.targets):
            return (*targets, *(t for t in term.targets if t.scheme is not first.scheme))
    return targets


def _merged(targets: list[Target]) -> tuple[Target, ...]:
    """One target a scheme and name; a name that several codes bear stands for any of them."""
    merged: dict[tuple[Scheme, str], Target] = {}
    for target in targets:
        key = (target.scheme, target.account)
        merged[key] = replace(target, code="") if key in merged else target
    return tuple(merged.values())


def _surfaces(name: str, project: bool = False) -> set[str]:
    """How a printed name may be said: with and without its brackets, a project's without the word 项目 at its end."""
    whole = fold(name)
    found = {whole, re.sub(r"\([^)]*\)", "", whole), whole.replace("(", "").replace(")", "")}
    if project:
        found |= {re.sub(r"(?:项目|专项经费|项目经费)$", "", surface) for surface in found}
    return {surface for surface in found if len(surface) >= 2}


def _codes(text: str) -> list[Heard]:
    found = []
    for match in _CODE.finditer(text):
        code = match.group(1)
        schemes = (Scheme.ECONOMIC,) if code[:2] in ("30", "31", "39") and len(code) <= 5 else (Scheme.FUNCTION,)
        account = chart().account(schemes[0], code)
        if account is None and len(code) == 3:
            continue
        name = account.name if account else code
        found.append(Heard(match.start(), match.end(), Asked(name, code, (Target(schemes[0], code, name),))))
    return found


def _covers(one: Heard, other: Heard) -> bool:
    return one.start <= other.start and other.end <= one.end and (one.end - one.start) > (other.end - other.start)


def _overlaps(span: tuple[int, int], heard: Heard) -> bool:
    return span[0] < heard.end and heard.start < span[1]


def _longest_common(text: str, name: str) -> tuple[int, int]:
    """The longest stretch of `text` that stands in `name`, as (start, end)."""
    best = (0, 0)
    for start in range(len(text)):
        end = start + (best[1] - best[0]) + 1
        while end <= len(text) and text[start:end] in name:
            best = (start, end)
            end += 1
    return best
