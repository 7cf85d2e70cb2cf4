"""What is done to a thing, behind the thing as Chinese names have it ("maintenance of the information systems" 信息系统维护), and
the other accounts of a class by their statutory names ("other data affairs" 其他数据事务支出)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from corpus.accounts import chart

_DONE = {
    "operation and maintenance": "运行维护", "development and management": "发展和管理", "maintenance": "维护", "upkeep": "维护",
    "operation": "运行", "construction": "建设", "management": "管理", "development": "发展", "renovation": "改造",
    "refurbishment": "改造", "standardisation": "标准化", "internationalisation": "国际化", "digitalisation": "数字化",
    "digitisation": "数字化", "informatisation": "信息化", "upgrading": "升级", "leasing": "租赁", "rental": "租赁",
}  # fmt: skip
_DOING = {
    "maintaining": "维护", "running": "运行", "scaling up": "规模化发展", "standardising": "标准化", "internationalising": "国际化",
    "renovating": "改造", "refurbishing": "改造", "upgrading": "升级", "digitalising": "数字化", "renting": "租赁",
}  # fmt: skip
_NO_OBJECT = (
    r"(?!(?:(?:the|its|their|any|new|official|government|public) )*(?:vehicles?|cars?|costs?|expenses?|expenditures?|funds?|income|revenue"
    r"|spending|budgets?|order|it|that|this|them|an?|total|of|for|and|in)\b)"
)
_BEHIND = (
    r"(?=\s*(?:[?,;:.()]|$)| (?:in|for|by|at|with|is|are|was|were|will|did|does|do|has|have|had|this|next|during|that|which|per|to|on|under"
    r"|over|than|from|compared|cost|costs|gets?|got|receives?|rise|rose|fall|fell|takes?|projects?|programmes?|funds?|budget|budgeted|here"
    r"|what|how)\b)"
)
_OBJECT = rf"{_NO_OBJECT}(?:the |its |their |our )?(?P<what>[a-z0-9\u4e00-\u9fff][\w'’.-]*(?: [a-z0-9\u4e00-\u9fff][\w'’.-]*){{0,6}}?){_BEHIND}"
_OF = re.compile(
    rf"(?P<support>\bsupport(?:ing|s)?(?: for)?(?: the)? )?\b(?P<done>{'|'.join(_DONE)}|growth) of {_OBJECT}"
)
_TO = re.compile(rf"\b(?P<doing>{'|'.join(_DOING)}) {_OBJECT}")


def thing_first(text: str, phrases: Mapping[str, str]) -> str:
    """A lower-case English question with what is done to a thing behind it, in Chinese; phrases that are known as they stand stay."""

    def of(found: re.Match[str]) -> str:
        support, done = found["support"] or "", found["done"]
        if (done == "growth" and not support) or _known(found.group()[len(support) :], phrases):
            return found.group()
        return f"{support}{found['what']} {_DONE.get(done, '发展')}"

    def to(found: re.Match[str]) -> str:
        return found.group() if _known(found.group(), phrases) else f"{found['what']} {_DOING[found['doing']]}"

    return _TO.sub(to, _OF.sub(of, text))


def _known(said: str, phrases: Mapping[str, str]) -> bool:
    """Whether a phrase of the vocabulary begins a wording, with or without its articles."""
    for words in (said.split(), [word for word in said.split() if word not in ("the", "its", "their", "our")]):
        if any(_in(" ".join(words[:size]), phrases) for size in range(2, len(words) + 1)):
            return True
    return False


def _in(phrase: str, phrases: Mapping[str, str]) -> bool:
    phrase = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", phrase)
    return phrase in phrases or phrase.removesuffix("s") in phrases


_SPENDING = re.compile(r"^(?:本年支出合计|支出合计|支出)")
"""The word "expenditure" behind a name that has it already."""
_OTHER = re.compile(r"\bother\s*(?P<name>[\u4e00-\u9fff（）、]{2,})")


def others_by_name(text: str) -> str:
    """The question in Chinese with "other …" as the account of that name, where the chart of accounts has one."""
    return _OTHER.sub(_other, text)


def _other(found: re.Match[str]) -> str:
    said, known = found["name"], _others()
    for size in range(len(said), 1, -1):
        for name in (f"其他{said[:size]}支出", f"其他{said[:size]}"):
            if name in known:
                return name + _SPENDING.sub("", said[size:])
    return found.group()


@cache
def _others() -> frozenset[str]:
    return frozenset(account.name for account in chart().accounts if account.name.startswith("其他"))
