"""What the sentences of a whole government's paper tell: reasons, what an amount holds, where a place stands among others,
whether two papers print the same."""

from __future__ import annotations

import re

from corpus.disclosure import Basis
from corpus.figure import Measure
from corpus.vocabulary import fold
from rag.desk import Desk, Draft
from rag.finder import same_account
from rag.naming import in_order
from rag.paper_lines import line_of, size_of, strong
from rag.papers import when
from rag.plan import Verdict
from rag.values import Source

_SAME = re.compile(r"一样|一致|相同|对得上|相符|同一个数")
_WHY = re.compile(r"为什么|为啥|为何|原因|怎么(?:只|才|这么|会|就)|咋")
_CAUSE = re.compile(
    r"主要(?:是|系|由于)|由于|原因|因(?!素|此)|受[^,，。]{2,12}影响"
    r"|[\d%元][(（](?![^()（）]*(?:含|包括|口径|下同|以下|简称|其中|详见))[^()（）\d]{6,}[)）]"
)
"""How a sentence tells a cause without calling it a reason; so does a remark in brackets right behind its number that says
neither what the number holds nor how it is called."""
_COVERS = re.compile(r"包不包[括含]?|含不含|是否[包含]|(?:包括|包含|含)[^,，?？]{1,16}吗|包括在内")


def same_in_both(desk: Desk, source: Source) -> Draft | None:
    """Whether two papers of one government print the same amount for the same year."""
    named = strong(desk)
    if not _SAME.search(desk.plan.text) or len(named) != 1 or not re.search(r"报告|文件|那份|两份", desk.plan.text):
        return None
    for year in sorted(desk.plan.years):
        stated = []
        for other in desk.sources():
            bases = when(desk, other)[1] if year == other.disclosure.year else (Basis.HALF, Basis.FINAL, Basis.EXECUTED)
            pool = [
                f for f in other.figures
                if f.measure is Measure.AMOUNT and f.year == year and f.basis in bases and f.amount is not None
                and any(same_account(f, target) for target in named[0].targets) and f.component == (named[0].component or "合计")
            ]  # fmt: skip
            stated += pool[:1]
        if len({figure.document for figure in stated}) < 2:
            continue
        same = len({size_of(figure) for figure in stated}) == 1
        head = desk.speech.pick("一致。" if same else "不一致。", "The same." if same else "Not the same.")
        lines = [f"- {f.document}：{line_of(desk, f)}" for f in stated]
        desk.evidence.words("".join(f.document for f in stated))
        return Draft(Verdict.ANSWERED, "\n".join([head, *lines]))
    return None


def told_why(desk: Desk, source: Source) -> Draft | None:
    """The reason given for an account, else the sentence about it that says more than its numbers."""
    if not _WHY.search(desk.plan.text):
        return None
    said = [asked.said for asked in strong(desk)] + [word for word in desk.plan.rest if len(word) >= 3]
    year, _ = when(desk, source)
    for word in sorted(said, key=len, reverse=True):
        near = [f for f in source.figures if f.year == year and (word in fold(f.account) or word in fold(f.name))]
        near += [f for f in source.figures if f.year == year and f not in near and in_order(word, fold(f.name))]
        told = next((f for f in near if f.reason), None)
        if told is not None:
            return None  # the reason operation tells it
        quote = next((f for f in near if _CAUSE.search(f.locator.quote)), None)
        if quote is not None:
            mark = desk.evidence.cite(quote)
            return Draft(Verdict.ANSWERED, f"{desk.evidence.words(quote.locator.quote)}{mark}")
    return None


def place_among(desk: Desk, source: Source) -> Draft | None:
    """The sentence that says where the place stands among others ("增幅在全市排第几")."""
    if not re.search(
        r"(?:全[市省区县国州盟]|各[市区县]).{0,8}(?:排|第几|名次|位次)|排(?:名|第|位).{0,4}(?:几|多少|如何)",
        desk.plan.text,
    ):
        return None
    year, _ = when(desk, source)
    told = [
        f for f in source.figures
        if f.year == year and re.search(r"排名|排第|位居|名列|居全|列全|第[一二三四五六七八九十\d]+位", f.locator.quote)
    ]  # fmt: skip
    named = [t for asked in strong(desk) for t in asked.targets]
    ours = [f for f in told if any(same_account(f, target) for target in named)] or told
    if not ours:
        return None
    return Draft(Verdict.ANSWERED, f"{desk.evidence.words(ours[0].locator.quote)}{desk.evidence.cite(ours[0])}")


def covered(desk: Desk, source: Source) -> Draft | None:
    """The sentence that says what an amount holds or leaves out."""
    if not _COVERS.search(desk.plan.text):
        return None
    for word in (word for word in desk.plan.rest if len(word) >= 3):
        for figure in source.figures:
            quote = figure.locator.quote
            if re.search(r"含|包括|剔除|扣除", quote) and in_order(word, fold(quote)):
                return Draft(Verdict.ANSWERED, f"{desk.evidence.words(quote)}{desk.evidence.cite(figure)}")
    return None
