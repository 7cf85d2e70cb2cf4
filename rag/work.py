"""Doing what a plan says: what printed cells and sentences answer outright, the plan's operation, what sentences add to
it, and where it finds nothing, the account or the sentence that the question must mean."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.disclosure import Basis
from corpus.figure import Scheme, Status
from corpus.vocabulary import vocabulary
from rag import (
    ops_book,
    ops_changes,
    ops_compare,
    ops_define,
    ops_difference,
    ops_figures,
    ops_heads,
    ops_items,
    ops_lists,
    ops_pick,
    ops_prose,
    ops_targets,
    ops_units,
    refuse,
)
from rag.account_meant import account_meant
from rag.before_figures import outright
from rag.closest import asks_kind, closest
from rag.counted import counted
from rag.desk import Desk, Draft
from rag.explained import (
    none_said,
    of_three_public_paper,
)
from rag.fitting import AREAS, asks_area, counts_alike, fits, fits_money, other_kind
from rag.founding import reached
from rag.indicator_meant import indicator_meant
from rag.nearest import at_length, by_amount, named_outright, of_each_level, renamed
from rag.one_asked import of_those_asked
from rag.ops_reason import reason
from rag.ops_targets import counted_target
from rag.paper_names import as_printed, reported_before
from rag.plan import Asked, Operation, Plan, Verdict
from rag.posts import at_the_beginning, of_their_posts
from rag.project_meant import another_project, largest_project, project_meant
from rag.statements import named_right_before, narrower, nearest_stated, stated, unsaid
from rag.told_by_use import by_use
from rag.told_in_prose import last_in_prose
from rag.withheld import withheld
from rag.wording import PAID

_OPERATIONS = {
    Operation.LOOK_UP: ops_figures.look_up,
    Operation.CHANGE: ops_changes.change,
    Operation.RATE: ops_changes.rate,
    Operation.SHARE: ops_changes.share,
    Operation.COMPLETION: lambda desk: ops_targets.planned_execution(desk) or ops_changes.completion(desk),
    Operation.SUM: ops_items.added,
    Operation.AVERAGE: ops_items.averaged,
    Operation.DIFFERENCE: ops_difference.difference,
    Operation.REMAINDER: ops_compare.remainder,
    Operation.PER_HEAD: ops_heads.per_head,
    Operation.RANK: ops_units.rank,
    Operation.FILTER: ops_pick.pick,
    Operation.TABLE: ops_units.table,
    Operation.TREND: ops_units.trend,
    Operation.LIST: ops_lists.projects,
    Operation.BREAKDOWN: ops_lists.breakdown,
    Operation.TARGETS: ops_targets.targets,
    Operation.REASON: reason,
    Operation.PROSE: ops_prose.prose,
    Operation.DEFINE: ops_define.define,
    Operation.CONSISTENCY: ops_book.consistency,
    Operation.DOCUMENTS: ops_book.documents,
}
_NEED_ACCOUNT = frozenset({
    Operation.LOOK_UP, Operation.CHANGE, Operation.RATE, Operation.SHARE, Operation.COMPLETION,
    Operation.DIFFERENCE, Operation.REMAINDER, Operation.TABLE, Operation.TREND, Operation.BREAKDOWN,
})  # fmt: skip


_RECKONED = re.compile("减去|剩下|剩余|加上|除以|乘以|刨")
"""Words of a reckoning: a single amount is not what they ask for."""
_RECKONINGS = frozenset({Operation.SHARE, Operation.SUM, Operation.DIFFERENCE, Operation.AVERAGE})
_MAYBE_STATED = frozenset({Operation.RATE, Operation.SHARE, Operation.TREND, Operation.TARGETS, Operation.CHANGE})
"""Operations that a question may seem to want, when what it asks for stands in a sentence as it is."""
_BY_SENTENCES = frozenset({Operation.PROSE, Operation.LOOK_UP, Operation.DEFINE})


def run(desk: Desk) -> Draft:
    """Do what the plan says, with what does not add up about it where that is asked."""
    draft = withheld(desk, _run(desk))
    return ops_book.with_doubts(desk, draft)


def _run(desk: Desk) -> Draft:
    if desk.plan.problem is not None:
        told = reached(desk) if desk.plan.topic == "contact" else None
        return told or refuse.problem(desk, desk.plan.problem)
    if (exact := named_outright(desk)) is not None:
        desk.plan = exact
    if (longer := at_length(desk)) is not None:
        desk.plan = longer
    if (pointed := by_amount(desk) or of_each_level(desk)) is not None:
        desk.plan = pointed
    if (
        only := _of_its_only_kind(desk)
        or account_meant(desk)
        or another_project(desk)
        or largest_project(desk)
        or indicator_meant(desk, outright=True)
    ) is not None:
        desk.plan = only
    desk.plan = of_those_asked(of_their_posts(desk.plan))
    desk.plan = as_printed(desk)
    desk.plan = at_the_beginning(desk)
    operation = desk.plan.operation
    if operation in _NEED_ACCOUNT and not desk.plan.accounts:
        operation = Operation.PROSE
    answer = outright(desk, operation)
    if answer is not None:
        return answer
    if operation is Operation.CHANGE and (unknown := ops_difference.unknown_partner(desk)) is not None:
        return unknown
    draft = _OPERATIONS[operation](desk)
    unstated = draft.verdict is Verdict.NOT_DISCLOSED and operation in _NEED_ACCOUNT
    if unstated and (before := reported_before(desk)) is not None:
        there = Desk(before, desk.shelf, desk.searcher)
        told = _OPERATIONS[operation](there)
        if told.verdict is Verdict.ANSWERED:
            desk.plan, desk.evidence = before, there.evidence
            return told
    alone = operation is Operation.LOOK_UP and len(desk.plan.accounts) == 1
    quoted = alone and draft.result is None and not desk.evidence.figures  # a sentence, and no number told from others
    if quoted or (desk.plan.rest and (alone or (operation is Operation.PROSE and not desk.plan.topic))):
        draft = _with_sentences(desk, draft)
    if operation is Operation.LOOK_UP and not fits(desk.plan.text, draft):
        area = named_right_before(desk, AREAS) if asks_area(desk.plan.text) else None
        return area or _of_the_kind_asked(desk) or other_kind(desk, draft)
    if operation in _BY_SENTENCES and PAID.search(desk.plan.text) and _planned_only(desk, draft):
        told = _of_the_kind_asked(desk)
        return told if told is not None and "付" in told.text else other_kind(desk, draft)
    if draft.verdict is Verdict.ANSWERED and operation in (Operation.LOOK_UP, Operation.BREAKDOWN):
        draft = _with_targets_beside(desk, draft)
    if operation is Operation.LOOK_UP and (counts := counted_target(desk, draft)) is not None:
        return counts
    if operation is Operation.PROSE and not fits_money(desk.plan.text, draft):
        return _otherwise(desk) or other_kind(desk, draft)
    if operation is Operation.LOOK_UP and not counts_alike(desk.plan.text, draft):
        found = _of_the_kind_asked(desk)
        if found is None and asks_area(desk.plan.text):
            found = named_right_before(desk, AREAS)
        return found or (other_kind(desk, draft) if re.search(r"百分之(?:几|多少)", desk.plan.text) else draft)
    if operation in _RECKONINGS and desk.plan.rest and draft.verdict is Verdict.ANSWERED:
        _warn_of_words_left_out(desk)
    if draft.verdict is not Verdict.NOT_DISCLOSED or desk.plan.planner != "rules":
        return draft
    if (executed := _all_executed(desk)) is not None:
        desk.plan = executed
        return ops_changes.completion(desk)
    if (meant := project_meant(desk) or indicator_meant(desk, outright=False)) is not None:
        desk.plan = meant
        found = ops_figures.look_up(desk)
        return other_kind(desk, found) if PAID.search(meant.text) and _planned_only(desk, found) else found
    return ops_define.consisting_of(desk) or by_use(desk) or last_in_prose(desk) or _otherwise(desk) or draft


_OF_THE_ITEMS = re.compile(r"三(?:项|块|个)|哪一?(?:项|块|个)|各项|几项")


def _all_executed(desk: Desk) -> Plan | None:
    """The plan for how much of the year's budget was spent, where a final account prints no rate of execution itself; None where
    another rate is asked for."""
    plan = desk.plan
    final = bool(plan.documents) and desk.shelf.disclosure(plan.documents[0]).basis is Basis.FINAL
    rate = [asked.name for asked in plan.accounts] == ["预算执行率"] and not (plan.rest or plan.qualifier)
    term = vocabulary().term("支出合计")
    if not final or not rate or term is None or any(asked.project for asked in plan.accounts):
        return None
    asked = Asked(term.name, term.name, term.targets, flow=term.flow)
    return replace(plan, operation=Operation.COMPLETION, accounts=(asked,))


def _with_targets_beside(desk: Desk, draft: Draft) -> Draft:
    """The draft of one indicator, and those named beside it."""
    indicator = bool(desk.plan.accounts) and desk.plan.accounts[0].targets[0].scheme is Scheme.PERFORMANCE
    lines = ops_targets.others_beside(desk) if indicator else []
    return Draft(draft.verdict, "\n".join([draft.text, *lines])) if lines else draft


def _planned_only(desk: Desk, draft: Draft) -> bool:
    """Whether the amount found is what a budget plans, which tells nothing of what was paid."""
    money = draft.result is not None and draft.result.amount.is_money
    if "付" in draft.text:
        return False  # the sentence itself tells of payments
    return money and bool(desk.plan.documents) and desk.shelf.disclosure(desk.plan.documents[0]).basis is Basis.BUDGET


def _of_the_kind_asked(desk: Desk) -> Draft | None:
    """A sentence with the names or the number asked for, where the figure found is of another kind; None for none."""
    apart = Desk(desk.plan, desk.shelf, desk.searcher)
    found = closest(apart) if asks_kind(desk.plan.text) else stated(apart)
    if found is not None:
        desk.evidence = apart.evidence
    return found


def _of_its_only_kind(desk: Desk) -> Plan | None:
    """The plan with the three public expenses for "the budget", in a paper that is about nothing else; None otherwise."""
    plan = desk.plan
    if plan.operation not in (
        Operation.LOOK_UP,
        Operation.CHANGE,
        Operation.RATE,
        Operation.REASON,
        Operation.DIFFERENCE,
        Operation.COMPLETION,
        Operation.RANK,
    ):
        return None
    ranked = plan.operation is Operation.RANK and _OF_THE_ITEMS.search(plan.text) is not None
    if not ranked and (not plan.accounts or plan.rest or plan.operation is Operation.RANK):
        return None
    only = of_three_public_paper(desk)
    return replace(plan, accounts=only) if only else None


def _with_sentences(desk: Desk, draft: Draft) -> Draft:
    """The draft of one account, or what sentences state for the words that it leaves out."""
    if draft.result is not None:
        return _narrowed(desk, draft) or draft
    kinds = {figure.scheme for figure in desk.evidence.figures}
    if draft.verdict is not Verdict.ANSWERED or {Scheme.PROJECT, Scheme.PERFORMANCE} <= kinds:
        return draft  # a project's money and its target are told, both of which were asked for
    number = stated(desk)
    if number is None or number.result is None:
        number = counted(desk)
    return number if number is not None and number.result is not None else draft


def _otherwise(desk: Desk) -> Draft | None:
    """The account that the question must mean, else the number or the sentence that says most of it; None for none."""
    other = renamed(desk)
    found = _OPERATIONS[Operation.LOOK_UP](Desk(other, desk.shelf, desk.searcher)) if other else None
    if asks_area(desk.plan.text) and (area := named_right_before(desk, AREAS)) is not None:
        return area
    if other is not None and found is not None and found.verdict is Verdict.ANSWERED and fits(other.text, found):
        desk.plan = other
        return _OPERATIONS[Operation.LOOK_UP](desk)
    if desk.plan.opened and not desk.plan.years:
        name = desk.plan.opened
        here = replace(desk.plan, documents=(name,), units=(desk.issuer(name),), opened="")
        there = run(Desk(here, desk.shelf, desk.searcher))
        if there.verdict is Verdict.ANSWERED and _speaks_of(here, there):
            desk.plan = here
            return run(desk)
    lacking = re.search(r"没有?|未|不公开|不编", desk.plan.text) is not None
    reasons = desk.plan.operation is Operation.REASON and (bool(desk.plan.rest) or lacking)
    if desk.plan.operation in (*_BY_SENTENCES, Operation.LIST) and (told := counted(desk)) is not None:
        return told
    if (desk.plan.operation in _BY_SENTENCES or (reasons and lacking)) and (none := none_said(desk)) is not None:
        return none
    if desk.plan.operation in _BY_SENTENCES or reasons:
        return stated(desk) or closest(desk) or nearest_stated(desk)
    told = nearest_stated(desk) if desk.plan.operation in _MAYBE_STATED else None
    if told is not None and desk.plan.operation is Operation.SHARE and told.result and told.result.amount.is_money:
        return replace(told, result=None)  # the amount beside it is no share
    return told


def _speaks_of(plan: Plan, draft: Draft) -> bool:
    """Whether an answer from the open document, where the question seemed to name another unit, says what was asked for:
    a target or a sentence with the words left of the question, no account's amount."""
    money = draft.result is not None and draft.result.amount.is_money
    return bool(plan.rest) and not money


def _warn_of_words_left_out(desk: Desk) -> None:
    """Warn of known words of the question that none of the figures reckoned with speaks of."""
    if not desk.evidence.figures:
        return
    left = [piece.ways[0] for piece in unsaid(desk, desk.evidence.figures) if piece.known]
    if left:
        said = "、".join(left)
        desk.evidence.warn(desk.speech.pick(
            f"问题里还说到“{said}”，用来计算的数字所在的地方没有提到，请核对是不是要问的那几项。",
            f"The question also speaks of “{said}”, which the places of these numbers do not; check that they are meant.",
        ))  # fmt: skip


def _narrowed(desk: Desk, draft: Draft) -> Draft | None:
    """What a sentence states for words of the question that the figure found knows nothing of, with its own places; the
    draft with a warning where the document has such words and no sentence states a number for them."""
    if not desk.evidence.figures:
        return None
    alone = Desk(desk.plan, desk.shelf, desk.searcher)
    found = narrower(alone, desk.evidence.figures[0])
    if found is not None:
        desk.evidence = alone.evidence
        return found
    left = [piece.ways[0] for piece in unsaid(desk, desk.evidence.figures[:1]) if piece.known]
    left += [word for word in desk.plan.rest if _RECKONED.search(word) and word not in left]
    if not left or draft.result is None:
        return None
    said = "、".join(left)
    desk.evidence.warn(desk.speech.pick(
        f"问题里还说到“{said}”，这个数字所在的地方没有提到，请核对是不是要问的那一项。",
        f"The question also speaks of “{said}”, which the place of this number does not; check that it is the one meant.",
    ))  # fmt: skip
    sure = draft.result.status != Status.CONFIRMED.value
    return draft if sure else replace(draft, result=replace(draft.result, status=Status.SINGLE.value))
