"""Performance targets (绩效指标): of the project or indicator named, those like it, the one that is counted by the unit asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.accounts import clean_name
from corpus.figure import Figure, Measure, Scheme
from corpus.money import canonical_unit, parse_number
from corpus.vocabulary import fold
from rag.answer import show
from rag.desk import Desk, Draft, of_project
from rag.fitting import asked_unit, counts_alike
from rag.naming import in_order
from rag.ops_prose import prose
from rag.plan import Verdict
from rag.quoting import long_cells, quote_of
from rag.retrieve import bigrams
from rag.values import Value

_MOST = 40
_NEAR, _WORD, _HALF = 4, 4, 0.5


def targets(desk: Desk) -> Draft:
    """Performance targets: of the project or indicator named, else all."""
    words = bigrams("".join((*desk.plan.rest, *(a.said for a in desk.plan.accounts)))) - bigrams("绩效目标值绩效指标值")
    lines: list[str] = []
    told: list[Figure] = []
    for source in desk.sources():
        mine = [f for f in source.figures if f.scheme is Scheme.PERFORMANCE]
        stated = [f for f in mine if f.measure is Measure.TARGET]
        overall = [f for f in mine if f.measure is not Measure.TARGET and f.amount is not None]
        chosen = _fitting(stated, words) or ([] if words and not overall else stated)
        for same in _once(chosen)[:_MOST]:
            figure = same[0]
            path = " · ".join(dict.fromkeys(part for part in (figure.entity, *figure.path, figure.account) if part))
            marks = "".join(dict.fromkeys(map(desk.evidence.cite, same)))
            lines.append(f"- {path}{desk.speech.pick('：', ': ')}{_printed(figure)}{marks}")
            told.append(figure)
        if not chosen:
            for figure in overall[:6]:
                if figure.amount is not None:
                    lines.append(
                        f"- {figure.account}{desk.speech.pick('：', ': ')}{show(figure.amount)}"
                        f"{desk.evidence.cite(figure)}"
                    )
        if lines:
            lines.insert(
                0,
                desk.speech.pick(
                    f"{desk.speech.disclosure(source.disclosure)}的绩效目标：",
                    f"Performance targets of {desk.speech.disclosure(source.disclosure)}:",
                ),
            )
            break
    if not lines:
        return prose(desk)
    if _of_something_else(desk, told, words):
        head = desk.speech.pick("文件没有这个指标。文件里有的是：", "The document has no such indicator. It has:")
        return Draft(Verdict.NOT_DISCLOSED, "\n".join([head, *lines[:_NEAR]]))
    return Draft(Verdict.ANSWERED, "\n".join(lines), desk.result(Value.of(told[0])) if len(told) == 1 else None)


def _of_something_else(desk: Desk, told: Sequence[Figure], words: set[str]) -> bool:
    """Whether the targets found say less than half of what the question says ("桥梁检测点位" where 监测点位 alone are counted), or
    nothing of an English word that is not known."""
    if not words:
        return any(word.isascii() and len(word) >= _WORD for word in desk.plan.rest)
    own = set().union(*(bigrams("".join((f.entity, *f.path, f.account, f.name))) for f in told))
    return bool(told) and len(words & own) < _HALF * len(words)


def _once(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Targets told once: one that a document prints at two places with the same words and value."""
    told: dict[tuple[str, str, str], list[Figure]] = {}
    for figure in figures:
        told.setdefault((figure.entity, figure.account, _printed(figure)), []).append(figure)
    return list(told.values())


def targets_like(desk: Desk) -> Draft | None:
    """The targets whose names share most with the indicator asked for, where the document has none of just that name;
    None when nothing is like it."""
    words = bigrams("".join(asked.name for asked in desk.plan.accounts))
    for source in desk.sources():
        stated = [f for f in source.figures if f.scheme is Scheme.PERFORMANCE and f.measure is Measure.TARGET]
        projects = {clean_name(asked.project) for asked in desk.plan.accounts if asked.project}
        stated = [f for f in stated if not projects or clean_name(f.entity) in projects]
        chosen = _fitting(stated, words)
        if not chosen:
            continue
        lines = [
            desk.speech.pick(
                f"{desk.speech.disclosure(source.disclosure)}没有同名的指标，最接近的绩效指标：",
                f"{desk.speech.disclosure(source.disclosure)} has no indicator of that name; the nearest:",
            )
        ]
        told: dict[str, str] = {}
        for figure in chosen[:_MOST]:
            path = " · ".join(dict.fromkeys(part for part in (figure.entity, figure.account) if part))
            line = f"- {path}{desk.speech.pick('：', ': ')}{_printed(figure)}"
            told[line] = told.get(line, "") + desk.evidence.cite(figure)
        return Draft(Verdict.ANSWERED, "\n".join([*lines, *(line + marks for line, marks in told.items())]))
    return None


def _printed(figure: Figure) -> str:
    quote = figure.locator.quote.strip()
    bare = not quote or parse_number(quote) is not None  # the unit stands in another cell
    return show(figure.amount) if bare and figure.amount is not None else quote


def _fitting(figures: Sequence[Figure], words: set[str]) -> list[Figure]:
    """Those whose names share the most with the question, none when nothing is shared."""
    if not words:
        return []
    scored = [(len(words & bigrams("".join((f.entity, *f.path, f.account, f.name)))), f) for f in figures]
    best = max((score for score, _ in scored), default=0)
    return [figure for score, figure in scored if score == best] if best >= 2 else []


def counted_target(desk: Desk, draft: Draft) -> Draft | None:
    """The one target that says what the indicator found says and is counted by the unit asked for ("计划办多少件" where the indicator
    of that name counts 场次); None where the unit fits, or not just one does."""
    plan, wanted = desk.plan, asked_unit(desk.plan.text)
    alone = len(plan.accounts) == 1 and plan.accounts[0].targets[0].scheme is Scheme.PERFORMANCE
    if not alone or not wanted or counts_alike(plan.text, draft):
        return None
    said = fold(plan.accounts[0].said)
    fitting = [
        figure for source in desk.sources()[:1] for figure in source.figures
        if figure.scheme is Scheme.PERFORMANCE and figure.measure is Measure.TARGET and figure.amount is not None
        and canonical_unit(figure.amount.unit).startswith(wanted)
        and _speaks_of(said, fold(clean_name(figure.account)))
    ]  # fmt: skip
    same = _once(fitting)
    if len(same) != 1:
        return None
    value = Value.of(same[0][0])
    return Draft(Verdict.ANSWERED, desk.tell(value, desk.issuer(value.document)), desk.result(value))


def _speaks_of(said: str, name: str) -> bool:
    """Whether an indicator's name has the words said, or begins with them shortened (高办办件 for 高效办成一件事)."""
    plain = re.sub(r"[“”\"]", "", name)
    return said in plain or in_order(plain[:_SHORT], said)


_SHORT = 2
_BESIDE = re.compile(r"率?(?:[和与跟及、]|以及)")


def others_beside(desk: Desk) -> list[str]:
    """The targets named beside the one that was heard ("热线办结率和回访满意率的目标"), each by words that one indicator alone says."""
    if _BESIDE.search(desk.plan.text) is None or len(desk.plan.accounts) != 1 or asked_unit(desk.plan.text):
        return []
    source, lines = desk.sources()[0], list[str]()
    stated = [f for f in source.figures if f.scheme is Scheme.PERFORMANCE and f.measure is Measure.TARGET]
    for word in desk.plan.rest:
        named = [f for f in stated if bigrams(word) <= bigrams(fold(f.account))]
        same = _once(named)
        if len(same) == 1:
            lines.append(desk.tell(Value.of(same[0][0]), source.disclosure.issuer))
            continue
        at = re.compile(rf"{re.escape(word)}[^,，;；。]{{0,8}}\d")
        said = [cell for cell in long_cells(desk, source.disclosure.name) if at.search(fold(cell.text))]
        lines += [quote_of(desk, cell) for cell in said[:1]]
    return lines


_OUGHT = re.compile(r"要求|目标|应当?|要达|达到|不低于|计划|指标")


def planned_execution(desk: Desk) -> Draft | None:
    """The rate of execution that the targets of a project ask for ("要求预算执行率达到多少"); None where that is not asked or not set."""
    if _OUGHT.search(desk.plan.text) is None or not desk.plan.documents:
        return None
    names = [asked.name for asked in desk.plan.accounts if asked.targets[0].scheme is Scheme.PROJECT]
    set_for = [
        figure for figure in desk.shelf.figures(desk.plan.documents[0])
        if figure.measure is Measure.TARGET and figure.amount is not None and "执行率" in figure.account
        and (not names or any(of_project(figure, name) for name in names))
    ]  # fmt: skip
    if len({(figure.amount, figure.account) for figure in set_for}) != 1:
        return None
    value = Value.of(set_for[0])
    return Draft(Verdict.ANSWERED, desk.tell(value, desk.issuer(value.document)), desk.result(value))
