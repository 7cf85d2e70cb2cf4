"""How people say it: everyday Chinese and English wordings of accounts and scopes, and what the terms mean.

Works beside the chart of accounts (`corpus.accounts`), which knows statutory names and codes; what stands here are
words
nobody prints in a table ("请客吃饭", "养车", "trips abroad"). The entries are in vocabulary.toml.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.accounts import chart
from corpus.figure import Measure, Scheme
from corpus.money import normalise


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of fact a wording may stand for. `code` is "" where the scheme has none or any code of that name will
    do."""

    scheme: Scheme
    code: str
    account: str


@dataclass(frozen=True, slots=True)
class Term:
    """A thing that can be asked for, with its wordings. `targets` are tried in order.

    `weak` terms ("预算", "支出总计" as in "总计") count only when nothing more definite is said. `fallback_funding` is
    the
    fund to which a total is narrowed when the first target is not in the document.
    """

    name: str
    targets: tuple[Target, ...]
    says: tuple[str, ...]
    english: tuple[str, ...]
    flow: str = ""
    component: str = ""
    measure: Measure | None = None
    weak: bool = False
    fallback_funding: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """A wording that narrows an account to a fund."""

    funding: str
    says: tuple[str, ...]
    english: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All of vocabulary.toml. `english` and `english_units` map lower-case English phrases to Chinese ones."""

    terms: tuple[Term, ...]
    scopes: tuple[Scope, ...]
    glossary: dict[str, str]
    glossary_en: dict[str, str]
    english: dict[str, str]
    english_units: dict[str, str]
    plain: frozenset[str]
    """Names of accounts too plain to be taken as such in a question."""
    everyday: tuple[str, ...]
    """Words that say nothing about what is asked for, longest first."""
    places: tuple[str, ...]
    """Provinces and larger cities."""
    slips: dict[str, str]
    """Common misspellings of question words and what is meant."""

    def term(self, name: str) -> Term | None:
        """The term of that name, or None."""
        return next((term for term in self.terms if term.name == name), None)

    def phrases(self) -> dict[str, str]:
        """Every lower-case English phrase with the Chinese wording the planner reads in its place."""
        found = {phrase: term.name for term in self.terms for phrase in term.english}
        found |= {phrase: scope.funding for scope in self.scopes for phrase in scope.english}
        return found | self.english | self.english_units

    def define(self, name: str) -> str | None:
        """What a term means, in our own words, or None. The name may be any wording of the term."""
        if name in self.glossary:
            return self.glossary[name]
        for term in self.terms:
            if name == term.name or name in term.says:
                return self.glossary.get(term.name)
        return None


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    data = tomllib.loads(files("corpus").joinpath("vocabulary.toml").read_text("utf-8"))
    return Vocabulary(
        terms=_with_classes([_term(entry) for entry in data["term"]]),
        scopes=tuple(
            Scope(entry["funding"], _folded(entry["says"]), tuple(entry.get("english", ()))) for entry in data["scope"]
        ),
        glossary=data["glossary"],
        glossary_en=data["glossary_en"],
        english=data["english"],
        english_units=data["english_units"],
        plain=frozenset(data["words"]["plain"].split()),
        everyday=tuple(sorted(data["words"]["everyday"].split(), key=len, reverse=True)),
        places=tuple(data["words"]["places"].split()),
        slips=data["slips"],
    )


def _with_classes(terms: list[Term]) -> tuple[Term, ...]:
    """The terms with the wordings of classes from wordings.toml: added to the term of that class, else as a new one."""
    data = tomllib.loads(files("corpus").joinpath("wordings.toml").read_text("utf-8"))
    for scheme, table in ((Scheme.ECONOMIC, data["economic"]), (Scheme.FUNCTION, data["function"])):
        for code, said in table.items():
            account = chart().account(scheme, code)
            assert account is not None, (
                f"wordings.toml names the class {code}, which the chart of accounts does not have"
            )
            zh, en = _folded(said["zh"]), tuple(phrase.lower() for phrase in said["en"])
            of_class = [
                i for i, term in enumerate(terms) for at, target in enumerate(term.targets)
                if (target.scheme, target.code) == (scheme, code) and (at == 0 or term.name == account.name)
            ]  # fmt: skip
            known = next(iter(of_class), None)
            if known is None:
                namesakes = sum(a.scheme is scheme and a.name == account.name for a in chart().accounts)
                target = Target(scheme, code if namesakes == 1 else "", account.name)
                terms.append(Term(account.name, (target,), tuple(dict.fromkeys((*zh, fold(account.name)))), en))
            else:
                term = terms[known]
                terms[known] = replace(term, says=(*term.says, *zh), english=(*term.english, *en))
    return tuple(terms)


def _term(entry: dict[str, Any]) -> Term:
    by_name = entry.get("by_name", False)
    return Term(
        name=entry["name"],
        targets=tuple(
            Target(Scheme(scheme), "" if by_name else code, account) for scheme, code, account in entry["targets"]
        ),
        says=_folded([*entry["says"], entry["name"]]),
        english=tuple(phrase.lower() for phrase in entry.get("english", ())),
        flow=entry.get("flow", ""),
        component=entry.get("component", ""),
        measure=Measure(entry["measure"]) if "measure" in entry else None,
        weak=entry.get("weak", False),
        fallback_funding=entry.get("fallback_funding", ""),
    )


def _folded(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(word) for word in words))


_FEE = re.compile(r"(?<=[公旅务训议修刷电水话租务托待保业])[废弗沸](?=$|[是多有呢?？,，、和花])")
"""费 mistyped behind a word that takes it (办公废)."""


def fold(text: str) -> str:
    """Text as wordings are compared: NFKC, lower case, no quotation marks, no blanks between Chinese characters."""
    bare = re.sub(r"[“”‘’\"'「」『』《》〈〉]", "", normalise(text)).lower()
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", bare).strip()


def mended(text: str) -> str:
    """A folded question with the commonest slips in question words put right (百分之, 占比, 预算 …)."""
    for slip, right in vocabulary().slips.items():
        text = text.replace(slip, right)
    return _FEE.sub("费", text)
