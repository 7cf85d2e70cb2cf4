"""Doing what a plan says: what printed cells and sentences answer outright, the plan's operation, what sentences add to
it, and where it finds nothing, the account or the sentence that the question must mean."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.disclosure import Basis
from corpus.figure import Scheme, Status
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
from rag.against_executed import against_executed
from rag.bodies_told import of_told_body
from rag.by_place import of_places
from rag.closest import asks_companies, asks_kind, closest, does_what
from rag.counted import counted, each_has, each_kind, two_kinds
from rag.counted_further import counted_apart, counted_of_others, counted_with
from rag.desk import Desk, Draft
from rag.explained import (
    EMPTY,
    SPENT_ON,
    WHETHER,
    body_above,
    covered_by_name,
    none_said,
    of_own_budget,
    of_those_below,
    of_three_public_paper,
    spent_on,
    why_empty,
)
from rag.fitting import AREAS, asks_area, counts_alike, fits, fits_money, other_kind
from rag.founding import began, reached
from rag.intent import asks_office
from rag.nature import nature_of
from rag.nearest import at_length, by_amount, named_outright, of_each_level, renamed
from rag.one_asked import of_those_asked
from rag.ops_achieved import of_indicators
from rag.ops_agree import agreed
from rag.ops_agree_said import agreed_in_words
from rag.ops_cells import from_cells
from rag.ops_described import field_of, listed_chapters
from rag.ops_evaluated import of_evaluated
from rag.ops_fields import from_fields, from_rows
from rag.ops_government import by_government_class
from rag.ops_institutions import of_institutions
from rag.ops_offices import which_office, which_unit
from rag.ops_papers import of_paper
from rag.ops_quarters import by_quarter
from rag.ops_reason import reason
from rag.ops_shares_within import share_within
from rag.ops_stated import SUMMED, difference_of_people, people_moved, share_of_people, sum_of_people
from rag.ops_targets import counted_target
from rag.ops_yearly import best_year
from rag.plan import Operation, Plan, Verdict
from rag.posts import of_their_posts, posts_left
from rag.project_meant import another_project, project_meant
from rag.reckoned import reckoned
from rag.statements import named_right_before, narrower, nearest_stated, stated, unsaid
from rag.told_by_use import by_use, in_which_project
from rag.whole_place import of_a_place_alone, of_whole_place
from rag.withheld import withheld
from rag.wording import which_body

_YES_OR_NO = re.compile(r"(?:吗|么)[?？]?$|是不是|是否|包不包[括含]|含不含|算不算")
_OPERATIONS = {
    Operation.LOOK_UP: ops_figures.look_up,
    Operation.CHANGE: ops_changes.change,
    Operation.RATE: ops_changes.rate,
    Operation.SHARE: ops_changes.share,
    Operation.COMPLETION: ops_changes.completion,
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
_COVERS_IT = re.compile(
    r"(?:包括|包含|含|算)(?!了?(?:哪|什么|多少|下属|所属)).{1,14}(?:吗|么|没有)[?？]?$|包不包[括含]|含不含|算不算"
)
"""It is asked whether an account covers something."""
_WITH_THOSE_BELOW = re.compile(
    r"(?:包含|包括|含|算(?:上|了)?|计入)(?:了)?(?:下属|所属|二级|下级)(?:的)?(?:事业|预算)?(?:单位|机构)"
)
_PLACE = re.compile(
    r"(?:在|什么|哪个|具体)(?:的)?(?:位置|地址|地点|地段)|(?:建|造|盖|位于|坐落)在?哪|在哪(?:条|个)?(?:路|街|地方)"
)
_THREE = 3
_RECKONINGS = frozenset({Operation.SHARE, Operation.SUM, Operation.DIFFERENCE, Operation.AVERAGE})
_MAYBE_STATED = frozenset({Operation.RATE, Operation.SHARE, Operation.TREND, Operation.TARGETS, Operation.CHANGE})
"""Operations that a question may seem to want, when what it asks for stands in a sentence as it is."""
_COUNTING = frozenset({Operation.PROSE, Operation.LOOK_UP, Operation.DEFINE, Operation.BREAKDOWN})
_NO_QUARTERS = frozenset({Operation.REASON, Operation.TREND, Operation.DOCUMENTS})
"""What is asked of a year's quarters in none of these ways."""
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
    if (only := _of_its_only_kind(desk) or account_meant(desk) or another_project(desk)) is not None:
        desk.plan = only
    desk.plan = of_those_asked(of_their_posts(desk.plan))
    operation = desk.plan.operation
    if operation in _NEED_ACCOUNT and not desk.plan.accounts:
        operation = Operation.PROSE
    outright = _outright(desk, operation)
    if outright is not None:
        return outright
    draft = _OPERATIONS[operation](desk)
    alone = operation is Operation.LOOK_UP and len(desk.plan.accounts) == 1
    quoted = alone and draft.result is None and not desk.evidence.figures  # a sentence, and no number told from others
    if quoted or (desk.plan.rest and (alone or (operation is Operation.PROSE and not desk.plan.topic))):
        draft = _with_sentences(desk, draft)
    if operation is Operation.LOOK_UP and not fits(desk.plan.text, draft):
        return _of_the_kind_asked(desk) or other_kind(desk, draft)
    if operation in _BY_SENTENCES and _PAID.search(desk.plan.text) and _planned_only(desk, draft):
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
    if (project := project_meant(desk)) is not None:
        desk.plan = project
        return ops_figures.look_up(desk)
    return ops_define.consisting_of(desk) or by_use(desk) or _otherwise(desk) or draft


_OF_THE_ITEMS = re.compile(r"三(?:项|块|个)|哪一?(?:项|块|个)|各项|几项")
_PAID = re.compile(r"已(?:经)?(?:支)?付|付(?:过|清|出去)|(?<!应)付了(?:多少|几)")
"""It is asked what has been paid so far."""


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


_OTHER_MONEY = re.compile(
    r"(?P<money>非税|自有|自筹|预算外)(?:收入)?(?:资金|的钱)?[^,，。?？]{0,6}?(?:付|列支|开支|报销|安排|承担|花|出(?!国))"
)
"""What was paid for from money of another kind than the appropriations that a paper tells of."""
_PAID_FOR = (Scheme.THREE_PUBLIC, Scheme.ECONOMIC, Scheme.OPERATING)


def _of_other_money(desk: Desk) -> Draft:
    """What a sentence states of an account paid from that money, else a refusal: the appropriation's amount is not it."""
    money, apart = _OTHER_MONEY.search(desk.plan.text), Desk(desk.plan, desk.shelf, desk.searcher)
    found = stated(apart)
    if money is None or found is None or found.result is None or money["money"] not in found.text:
        return refuse.missing(desk)
    desk.evidence = apart.evidence
    return found


def _outright(desk: Desk, operation: Operation) -> Draft | None:
    """What cells as printed, counts of people, or the sentence that names an office or a company answer by themselves."""
    plan = desk.plan
    if operation is not Operation.REASON and (place := of_places(desk)) is not None:
        return place
    if (together := agreed(desk) or agreed_in_words(desk)) is not None:
        return together
    if (told := of_indicators(desk) or of_evaluated(desk) or of_paper(desk) or of_whole_place(desk)) is not None:
        return told
    if operation is not Operation.REASON and (listed := of_institutions(desk)) is not None:
        return listed
    if (left := of_told_body(desk) or posts_left(desk) or against_executed(desk)) is not None:
        return left
    if _OTHER_MONEY.search(plan.text) and any(not a.weak and a.targets[0].scheme in _PAID_FOR for a in plan.accounts):
        return _of_other_money(desk)
    if (further := counted_apart(desk) or counted_with(desk) or counted_of_others(desk)) is not None:
        return further
    if (printed := from_cells(desk) or from_fields(desk) or from_rows(desk) or by_government_class(desk)) is not None:
        return printed
    if (standard := reckoned(desk)) is not None:
        return standard
    if operation is Operation.RANK and (year := best_year(desk)) is not None:
        return year
    if operation is Operation.RANK and which_body(plan.text) and of_a_place_alone(desk):
        return refuse.missing(desk)  # a place's total says nothing of its bodies
    if operation in (Operation.PROSE, Operation.LOOK_UP) and (above := body_above(desk)) is not None:
        return above
    if (since := began(desk) or (reached(desk) if operation is Operation.PROSE else None)) is not None:
        return since
    if plan.topic != "units" and operation in _BY_SENTENCES and (own := of_own_budget(desk)):
        return Draft(Verdict.ANSWERED, "\n".join(own))
    if operation in _BY_SENTENCES and (nature := nature_of(desk)) is not None:
        return nature
    unnamed = operation in _BY_SENTENCES and all(asked.weak for asked in plan.accounts)
    if unnamed and WHETHER.search(plan.text) and (none := none_said(desk)) is not None:
        return none
    if EMPTY.search(plan.text) and (empty := why_empty(desk)) is not None:
        return empty
    if SPENT_ON.search(plan.text) and (uses := spent_on(desk)) is not None:
        return uses
    every = operation in (Operation.PROSE, Operation.PER_HEAD, Operation.LOOK_UP, Operation.AVERAGE)
    if every and (per_thing := each_has(desk)) is not None:
        return per_thing
    if operation is Operation.PROSE and re.search(r"(?:多少|几)个", plan.text):
        number = counted(Desk(plan, desk.shelf, desk.searcher))
        if number is not None and number.result is not None:
            return counted(desk)
    if _WITH_THOSE_BELOW.search(plan.text) and (said := of_those_below(desk)) is not None:
        return said
    if SUMMED.search(plan.text) and (together := sum_of_people(desk)) is not None:
        return together
    people = all(asked.weak or asked.targets[0].scheme is Scheme.STAFF for asked in plan.accounts)
    if people and (
        told := _of_people(desk)
        or (two_kinds(desk) or each_kind(desk) if operation in _COUNTING and len(plan.accounts) < _THREE else None)
    ):
        return told
    if (within := share_within(desk)) is not None:
        return within
    if operation not in _NO_QUARTERS and (planned := by_quarter(desk)) is not None:
        return planned
    if operation is Operation.LOOK_UP and _PLACE.search(plan.text):
        return closest(desk) or refuse.missing(desk)
    if operation is Operation.LOOK_UP and _COVERS_IT.search(plan.text) and len(plan.accounts) == 1:
        covers = covered_by_name(desk, plan.accounts[0])
        if covers:
            return Draft(Verdict.ANSWERED, covers)
    if operation is Operation.LOOK_UP and plan.rest and _YES_OR_NO.search(plan.text):
        return closest(desk)
    if (chapters := in_which_project(desk) or listed_chapters(desk)) is not None:
        return chapters
    if operation in _BY_SENTENCES and (headed := which_office(desk) or which_unit(desk)) is not None:
        return headed
    if operation is not Operation.PROSE:
        return None
    if re.search(r"(?<!挂)(?<!挂着)(?<!挂的)(?<!挂了)什么(?:牌子|型号|品牌|颜色)", plan.text):
        return refuse.missing(desk)
    office = asks_office(f"{plan.text}{plan.before}") or does_what(plan.before)
    if plan.topic == "implementer" and not plan.accounts:
        office = not field_of(desk, "implementer")
    does = re.search(r"哪(?:一)?个?(?:科|处|股)室?.{0,4}(?:管|负责|办|承担|牵头)", plan.text) is not None
    named = not plan.topic and asks_kind(plan.text)
    if asks_companies(plan.text):
        return closest(desk) or refuse.missing(desk)  # a sentence that names none is no answer
    return closest(desk) if named or (office and plan.topic in ("", "implementer")) or does else None


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
    return nearest_stated(desk) if desk.plan.operation in _MAYBE_STATED else None


def _speaks_of(plan: Plan, draft: Draft) -> bool:
    """Whether an answer from the open document, where the question seemed to name another unit, says what was asked for:
    a target or a sentence with the words left of the question, no account's amount."""
    money = draft.result is not None and draft.result.amount.is_money
    return bool(plan.rest) and not money


def _of_people(desk: Desk) -> Draft | None:
    """A share or difference of groups of people that only sentences count."""
    if desk.plan.operation is Operation.SHARE:
        return share_of_people(desk)
    moved = desk.plan.operation is Operation.TREND and re.search(r"[增减多少差]", desk.plan.text)
    if desk.plan.operation in (Operation.CHANGE, Operation.DIFFERENCE) or moved:
        return difference_of_people(desk) or people_moved(desk)
    return None


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
