"""Projects that a disclosure describes in chapters of their own (项目经费情况说明): what for, on what grounds, by whom, how
much.

Such a chapter has headings of a fixed form (项目概述, 立项依据, 实施主体, 实施方案, 实施周期, 年度预算安排, 绩效目标): Shanghai's departments
print one for each major project, others name the project in the chapter's own text only. Source: the model of
"重点项目情况说明" that budget offices hand out with the tables of a departmental budget.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.accounts import clean_name
from corpus.disclosure import Section
from corpus.figure import Figure, Measure, Scheme
from corpus.money import MONEY_UNITS, mentions
from corpus.vocabulary import fold
from rag.answer import show
from rag.calculate import total
from rag.desk import Desk, Draft
from rag.plan import Verdict
from rag.quoting import Found, chapter_text, half_said, paragraph_found, quote_of
from rag.retrieve import bigrams
from rag.values import Value

_FIELD = re.compile(r"项目概[况述]|立项依据|实施主体|实施方案|实施周期|年度预算安排")
_TITLES = {
    "basis": re.compile(r"立项依据|依据"),
    "implementer": re.compile(r"实施主体|实施单位"),
    "period": re.compile(r"实施周期|项目周期|项目期限"),
    "scheme": re.compile(r"实施方案|实施计划"),
    "overview": re.compile(r"项目概[况述]|项目简介|概述"),
}
_PLANNED = re.compile(r"年度预算")
_FIELDS = 3
"""So many headings of the form tell that a chapter is meant as one."""
_TITLE = re.compile(r"(?:项目)?(?:经费|资金)?(?:的)?(?:情况)?(?:说明|介绍)$")
_GLOSS = re.compile(r"[(（][^()（）]*[)）]")
_LISTED = re.compile(
    r"说明(?:里|中|里面)?的?(?:那|这)?[两二三四五六七八九十\d]个(?:专项|项目)|"
    r"(?:哪些|哪几个|什么|几个|多少个|哪[两三四五六七八九十]个)[^,，。?？]{0,10}(?:专项|项目)(?!支出|资金|债)[^,，。?？]{0,12}(?:说明|叫|名)|"
    r"(?:说明|后面附|附)[^,，。?？]{0,12}(?:哪些|哪几个|几个|什么)[^,，。?？]{0,10}(?:专项|项目)|"
    r"(?:哪些|哪几个|几个|多少个|哪[两三四五六七八九十]个)[^,，。?？]{0,6}专项(?!支出|资金|债)(?:经费)?[?？,，]?"
)
"""The projects that have a chapter are asked for."""


@dataclass(frozen=True, slots=True)
class Described:
    """A chapter on one project: its name ("" where only the text names it) and the sections under it."""

    name: str
    sections: tuple[Section, ...]

    @property
    def whole(self) -> bool:
        """Whether it has most of the headings of the form."""
        return sum(_FIELD.search(section.title) is not None for section in self.sections) >= _FIELDS

    def field(self, pattern: re.Pattern[str]) -> Section | None:
        """The section whose heading is of that kind."""
        return next((s for s in self.sections if pattern.search(s.title) and s.paragraphs), None)


def described(desk: Desk, document: str) -> tuple[Described, ...]:
    """The chapters of a document that describe a project each."""
    return desk.shelf.keep("described", document, lambda: _chapters(desk.shelf.sections(document)))


def _chapters(sections: Sequence[Section]) -> list[Described]:
    under = dict[tuple[str, ...], list[Section]]()
    for section in sections:
        under.setdefault(section.path[:-1], []).append(section)
    found = []
    for path, below in under.items():
        if any(_FIELD.search(section.title) for section in below):
            name = _GLOSS.sub("", _TITLE.sub("", path[-1].strip())) if path else ""
            found.append(Described(re.sub(r"^(?:项目|重点项目)$", "", name), tuple(below)))
    return found


def field_of(desk: Desk, topic: str) -> list[Found]:
    """The paragraphs under the heading of that kind (`overview`, `basis`, `implementer`, `scheme`, `period`) of the project
    that the question speaks of; of what the money goes to, the year's arrangement with its parts too."""
    pattern = _TITLES.get(topic)
    for document in desk.plan.documents if pattern is not None else ():
        chapter = _asked(desk, document)
        section = chapter.field(pattern) if chapter is not None and pattern is not None else None
        if chapter is None or section is None:
            continue
        found = [paragraph_found(document, section, item) for item in section.paragraphs if item.text.strip()]
        planned = chapter.field(_PLANNED) if topic == "overview" and desk.plan.topic == "purpose" else None
        parts = _first_amount(document, planned) if planned is not None else None
        return [*found, parts] if parts is not None and "其中" in parts.text else found
    return []


def _asked(desk: Desk, document: str) -> Described | None:
    """The chapter that the question speaks of: by the project's name, by words of it left over, else the only one, where
    it speaks of what is asked."""
    chapters = described(desk, document)
    names = [asked.name for asked in desk.plan.accounts if not asked.weak]
    if (named := chapter_of(desk, document, names or list(desk.plan.rest))) is not None:
        return named
    rest = bigrams("".join(desk.plan.rest))
    touched = [chapter for chapter in chapters if rest & bigrams(fold(chapter.name))] if not names else []
    if len(touched) == 1:
        return touched[0]
    return chapters[0] if len(chapters) == 1 and _speaks_of(desk, document, chapters[0], names) else None


def _speaks_of(desk: Desk, document: str, chapter: Described, names: Sequence[str]) -> bool:
    """Whether a chapter speaks of one of the projects, or of most that the question says beside."""
    text = chapter_text(desk, document, chapter.sections[0].path[:1])
    label = _TITLES.get(desk.plan.topic)  # "实施周期" itself says nothing of the project
    words = bigrams("".join(word for word in desk.plan.rest if label is None or not _labels(word, label)))
    said = half_said([fold(name) for name in names], text)
    return said or (bool(words) and 2 * len(words & bigrams(text)) >= len(words)) or not (names or words)


def _labels(word: str, label: re.Pattern[str]) -> bool:
    """Whether a word is part of the heading asked for ("周期" of 实施周期)."""
    return len(word) > 1 and (label.search(word) is not None or word in label.pattern)


def chapter_of(desk: Desk, document: str, names: Sequence[str]) -> Described | None:
    """The chapter on the project that one of these names speaks of, None where none or more than one is as near."""
    scored = [(_likeness(name, chapter.name), chapter) for chapter in described(desk, document) for name in names]
    best = max((score for score, _ in scored), default=0.0)
    near = {id(chapter): chapter for score, chapter in scored if score == best and score > _ALIKE}
    return next(iter(near.values())) if len(near) == 1 else None


_ALIKE = 0.6
"""The share of the longer name's pairs of characters that two names of one project have in common at least."""


def _likeness(one: str, other: str) -> float:
    own, there = bigrams(fold(clean_name(one))), bigrams(fold(clean_name(other)))
    return len(own & there) / max(len(own), len(there), 1)


def listed_chapters(desk: Desk) -> Draft | None:
    """The projects that have a chapter, each with its amount of the year; None where no such list is asked for, or the
    document has fewer than two of them."""
    again = _TOGETHER.search(desk.plan.text) is not None and _LISTED.search(desk.plan.before) is not None
    if _LISTED.search(desk.plan.text) is None and not again:
        return None
    for document in desk.plan.documents[:1]:
        chapters = [chapter for chapter in described(desk, document) if chapter.name and chapter.whole]
        if len(chapters) < 2:
            return None
        if _TOGETHER.search(desk.plan.text) and (added := _added(desk, document, chapters)) is not None:
            return added
        count = desk.evidence.count(len(chapters))
        where = desk.speech.disclosure(desk.shelf.disclosure(document))
        head = desk.speech.pick(f"{where}逐项说明的项目有{count}个：", f"{where} describes {count} projects:")
        return Draft(Verdict.ANSWERED, "\n".join([head, *(_line(desk, document, c) for c in chapters)]))
    return None


_TOGETHER = re.compile(r"加起来|加在一起|合起来|一共|总共|合计|总和|加总")


def _added(desk: Desk, document: str, chapters: Sequence[Described]) -> Draft | None:
    """What the projects come to together, None where one of them has no figure of its own."""
    figures = [figure for chapter in chapters if (figure := _figure(desk, document, chapter.name)) is not None]
    summed = total([Value.of(figure) for figure in figures]) if len(figures) == len(chapters) else None
    if summed is None or summed.amount is None:
        return None
    desk.evidence.compute(summed.amount, summed.formula or "")
    marks = "".join(dict.fromkeys(desk.evidence.cite(figure) for figure in figures))
    shown, count = show(desk.money(summed.amount)), desk.evidence.count(len(chapters))
    told = desk.speech.pick(
        f"逐项说明的{count}个项目合计：**{shown}**（计算：{summed.formula}）{marks}",
        f"The {count} projects described, total: **{shown}** (computed: {summed.formula}) {marks}",
    )
    return Draft(Verdict.ANSWERED, told, desk.result(summed))


def _line(desk: Desk, document: str, chapter: Described) -> str:
    """A chapter's project with its amount: the figure of that name, else the first amount of 年度预算安排."""
    figure = _figure(desk, document, chapter.name)
    if figure is not None and figure.amount is not None:
        return f"- {chapter.name}：**{show(desk.money(figure.amount))}**{desk.marks(Value.of(figure))}"
    planned = chapter.field(_PLANNED)
    found = _first_amount(document, planned) if planned is not None else None
    return f"- {chapter.name}：{quote_of(desk, found)}" if found is not None else f"- {chapter.name}"


def _figure(desk: Desk, document: str, name: str) -> Figure | None:
    year = desk.shelf.disclosure(document).year
    own = [
        figure for figure in desk.shelf.figures(document)
        if figure.scheme is Scheme.PROJECT and figure.measure is Measure.AMOUNT and figure.year == year
        and figure.amount is not None and fold(clean_name(figure.account)) == fold(clean_name(name))
    ]  # fmt: skip
    return own[0] if own else None


def _first_amount(document: str, section: Section) -> Found | None:
    for paragraph in section.paragraphs:
        if any(mention.unit in MONEY_UNITS for mention in mentions(paragraph.text)):
            return paragraph_found(document, section, paragraph)
    return None
