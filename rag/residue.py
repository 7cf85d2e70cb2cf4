"""What is left of a question once units, years, accounts and question words are taken out: what it says beyond them.

A word left over right before an account narrows it to something the figures may not have ("话务员的工资"); a question in
which much is left over is about something else than the accounts it happens to name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache

from corpus.vocabulary import vocabulary
from rag.english_words import EVERYDAY, SMALL

_COMMON_RE = re.compile("|".join(re.escape(w) for w in vocabulary().everyday if not w.isascii() and len(w) > 1))
_SMALL = "".join(word for word in vocabulary().everyday if len(word) == 1)
"""Single characters that say nothing at the edge of a run, but may be part of a word inside one ("小区")."""
_COMMON_LATIN = frozenset(word for word in vocabulary().everyday if word.isascii()) | EVERYDAY
_ASKING = re.compile(
    r"(?:由|归|找|是|被)?哪(?:一|几|些)?(?:个|家|位|条|份|类|所)?(?:(?:支出)?科目|科室?|处室?|公司|企业|机构|学院|文件|法|条例|部门|局|里|年|天)?(?:具体|主要)?(?:负责|管|办|牵头)?"
    r"|由?谁(?:来)?(?:负责|管|牵头)?|(?P<verb>[归管会能做是该要])不(?P=verb)[它他]?(?:们)?管?|以后|将来|账[上面](?:还|的)?|定(?:的|下|了)?的?(?:指标|目标)值?(?=是|为|多少|[?？]|$)|不(?:用|必|需要?)?再|叫(?:什么|啥)(?:名字?|名称)?|什么时候"
    r"|最[大多高少低小贵](?=的?(?:那|这|一|是|哪|[?？,，呢]|$))(?:的)?(?:那|这)?一?(?:个|笔|块|项|类|部分)?"
    r"|[一二两三四五六七八九十百千几\d]+[来多](?:万|亿|块|元)"
    r"|哪?[两二三四五六几]条(?=[?？]?$)|(?:多少|几)(?:个?小时|分钟|天|公里|平方米|场|篇|份|种|处|件|次|批次?|辆|台|套|户|册|间|亩|个|项|名|位|家|条|层|米|所)(?:以?内|以上|之内)?"
)
"""Asking for who, what or when, with the verb that goes with it: no sentence needs to say that."""
_PLANNED = re.compile(
    r"(?:计划(?!生育)|打算|准备|拟|预计|要求)(?:做|印|办|搞|建|买|培训|接|开|装|完成|达到)?$|^(?:计划(?!生育)|打算|准备|拟|预计)(?:做|印|办|搞|建|买|接|开|装|完成|达到)?"
    r"|要求(?=不[低高少多]于|不超过|达到|至少|多少|是|[?？]?$)|(?:计划|打算|准备)(?:做|印|办|搞|建|买|接|开|装|完成|达到|花|用|投|拨|安排|支出)"
)
"""Planning something is no part of what it is called."""
_MANY = 2
"""Words left over from which on an English question is about more than the total it names."""
_SPELT, _ALIKE = 8, 0.87
"""Letters from which on a word may be a slip of another, and how alike the two must be."""
_LONG = 4
"""Letters from which on an unknown English word is no small word."""
_BREAK = re.compile(r"(?:\d{2,4}年?度?)|[\s,，。;；:：?？!！、()（）\[\]\x00-\x1f]")


def masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with the stretches blanked, the same length."""
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def asking_aside(text: str) -> str:
    """The text with its asking for who, what or when blanked."""
    return _ASKING.sub(" ", text)


def content(text: str) -> list[str]:
    """The words left when everyday question words are taken out: runs of two or more Chinese characters, Latin
    words."""
    rest = _COMMON_RE.sub(" ", _ASKING.sub(" ", _PLANNED.sub(" ", text)))
    runs = re.findall(r"[\u4e00-\u9fff]+|[a-z]{3,}", rest.lower())
    found = [run if run.isascii() else _core(run) for run in runs]
    return [word for word in found if len(word) >= 2 and word not in _COMMON_LATIN]


def _core(run: str) -> str:
    """A run without the small words at its edges; a fee of one character keeps its 费 ("学费")."""
    word = run.strip(_SMALL)
    word += "台" if run.endswith(("平台", "电台", "舞台")) and word.endswith(("平", "电", "舞")) else ""
    return run[-2:] if len(word) < 2 and run.endswith("费") and run[-2:-1] not in _SMALL else word


def qualifier(text: str, start: int, taken: Sequence[tuple[int, int]]) -> str:
    """The unknown word right before the account at `start` that narrows it, "" for none."""
    blank = masked(text, [span for span in taken if span[1] <= start])
    before = re.sub(r"(?:平均)?每个?[月年季]|[月年]均", " ", _BREAK.split(blank[:start])[-1])
    if before.endswith("等"):
        return ""  # "学费等教育收费": one of its kind, no narrower account
    if re.search(r"(?:[这那此][类种样些]|之类|一类)(?:资金|经费|费用|专项|项目)*的?$", before):
        return ""  # "转账这类手续费": what it is like, no narrower account
    before = re.sub(r"(?:每个?月|每年|一个月|月均)?(?:能|可以)?(?:拿?到手|实发|实际拿到)的?$", " ", before)
    before = re.sub(r"(?:花在|用于|用在|安排|支付|投入|关于|列支|列|资金|经费|费用|专项|项目|类)*的?$", "", before)
    before = re.sub(r"(?:能|可以)?(?:拿|领|挣|赚)(?:到|了)?(?=多少|几|$)", " ", before)
    if re.search(r"(?:指标|目标|表格?|清单|科目)(?:里面?|中|内)的?$", before):
        return ""  # where it stands, no narrower account
    left = _COMMON_RE.sub(" ", _PLANNED.sub("", before))
    run = re.search(r"([\u4e00-\u9fff]+)\s*$", left)  # "局长|一年|工资": what is taken out between does not part them
    word = run.group(1).strip(_SMALL) if run else ""
    inside = re.sub(r"(?:里面?|里头|当中|中|内|下面)$", "", word)
    if inside != word and (len(inside) < 2 or inside in vocabulary().plain):
        return ""  # "资产里办公家具"
    end = next((b for a, b in taken if a == start), 0)
    return word if len(word) >= 2 else foreign_word_before(text, start) or foreign_word_behind(text, end)


def made_of(word: str, name: str) -> bool:
    """Whether a word is put together from words of an account's own name alone, which narrows that account to nothing else.

    >>> made_of("更新网络", "信息网络及软件购置更新"), made_of("网络电视", "信息网络及软件购置更新")
    (True, False)
    """
    if not word:
        return True
    return any(word[:size] in name and made_of(word[size:], name) for size in range(len(word), 1, -1))


def foreign_word_before(text: str, start: int) -> str:
    """The unknown English word right before the account at `start`, past ordinary ones ("cooks annual salaries"), "" for none."""
    found = re.search(r"((?:[a-z]{2,}[\s·]+)*[a-z]{4,})[\s·]*(?:\([^)]*\))?[\s·]*$", text[:start])
    return next((word for word in reversed(_words(found)) if not _ordinary(word)), "")


def foreign_word_behind(text: str, end: int) -> str:
    """The unknown English word right behind the account that ends at `end`, past ordinary ones ("heating pipes", "salary
    payments of cooks"), "" for none."""
    found = _BEHIND.match(text[end:]) if end else None
    return next((word for word in _words(found) if not _ordinary(word)), "")


@cache
def _ordinary(word: str) -> bool:
    """Whether an English word is one that narrows nothing, or a slip of one ("expences")."""
    if word in _COMMON_LATIN:
        return True
    alike = [known for known in _COMMON_LATIN | SMALL if known[:3] == word[:3]] if len(word) >= _SPELT else []
    return bool(get_close_matches(word, alike, 1, _ALIKE))


def _words(found: re.Match[str] | None) -> list[str]:
    """The English words of a run that are no small ones."""
    return re.findall(r"\bnon\b|[a-z]{4,}", found.group(1)) if found else []


_BEHIND = re.compile(
    r"[\s·]*(?:(?:中心|局|办公室|委员会|单位|部门|学校|医院|大学|学院|街道|政府)[\s·]*)?([a-z]{4,}(?:[\s·]+[a-z]{2,})*)"
)
"""What a kind of body may stand before ("the salary of the centre director")."""


def unknown_behind(text: str, end: int, rest: Sequence[str]) -> str:
    """The words left over behind a total in an English question ("total budget for laboratories and related facilities"), ""
    for fewer than two: the question is about them and not about the total."""
    english = "·" in text  # stands where a small word was left out
    found = [word for word in rest if (english or word.isascii()) and word in text[end:]]
    return " ".join(found) if len(found) >= _MANY else ""


def unknown_english(rest: Sequence[str]) -> str:
    """The unknown English words beside no more than the word budget ("How much was budgeted for marching bands"), "" for none."""
    return " ".join(word for word in rest if word.isascii() and len(word) >= _LONG)


def object_after(text: str, end: int, taken: Sequence[tuple[int, int]]) -> str:
    """The unknown word right behind a short everyday wording, which makes it a verb of something else
    ("接待|办事群众")."""
    blank = masked(text, [span for span in taken if span[0] >= end])
    run = re.match(r"[\u4e00-\u9fff]+", re.sub(r"^\s*(?:20)?\d\d年度?", "", blank[end:]))
    said = (
        re.sub(r"^(?:里面?|里头|中|内|了?(?:多少|几)(?:个|名|位)?(?=办事|来访))", "", run.group()) if run else ""
    )  # "窗口运行经费里邮寄服务"
    if not said or _COMMON_RE.match(said) or said[0] in _SMALL:
        return ""
    word = _COMMON_RE.split(_ASKING.sub(" ", _PLANNED.sub("", said)))[0].strip(_SMALL)
    return word if len(word) >= 2 else ""
