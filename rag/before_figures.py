"""What answers before a plan's operation is done: papers and lists of one kind, cells as printed, counts in sentences, and
the sentence that names an office, a body or a company."""

from __future__ import annotations

import re

from corpus.figure import Scheme
from rag import (
    refuse,
)
from rag.against_executed import against_executed
from rag.bodies_told import of_told_body
from rag.by_place import of_places
from rag.closest import asks_companies, asks_kind, closest, does_what
from rag.contracts import of_contract
from rag.counted import HEADS_ASKED, counted, each_has, each_kind, told_a_head, two_kinds
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
    spent_on,
    why_empty,
)
from rag.founding import began, reached
from rag.intent import asks_office
from rag.nature import nature_of
from rag.of_several_years import classes_that_came, counted_in_each_year
from rag.ops_achieved import of_indicators
from rag.ops_agree import agreed
from rag.ops_agree_said import agreed_in_words
from rag.ops_cells import from_cells
from rag.ops_described import field_of, listed_chapters
from rag.ops_evaluated import of_evaluated
from rag.ops_fields import from_fields, from_rows, from_texts
from rag.ops_government import by_government_class
from rag.ops_institutions import of_institutions
from rag.ops_offices import under_two_names, which_office, which_unit
from rag.ops_papers import of_paper
from rag.ops_quarters import by_quarter
from rag.ops_shares_within import share_within
from rag.ops_stated import SUMMED, difference_of_people, people_moved, share_of_people, sum_of_people
from rag.ops_yearly import best_year
from rag.plan import Operation, Verdict
from rag.posts import posts_left
from rag.reckoned import reckoned
from rag.statements import stated
from rag.told_by_use import in_which_class, in_which_project
from rag.told_in_prose import in_prose
from rag.told_together import told_together
from rag.whole_place import of_a_place_alone, of_whole_place
from rag.wording import which_body

_YES_OR_NO = re.compile(r"(?:吗|么)[?？]?$|是不是|是否|包不包[括含]|含不含|算不算")
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
_COUNTING = frozenset({Operation.PROSE, Operation.LOOK_UP, Operation.DEFINE, Operation.BREAKDOWN})
_NO_QUARTERS = frozenset({Operation.REASON, Operation.TREND, Operation.DOCUMENTS})
"""What is asked of a year's quarters in none of these ways."""
_BY_SENTENCES = frozenset({Operation.PROSE, Operation.LOOK_UP, Operation.DEFINE})


def outright(desk: Desk, operation: Operation) -> Draft | None:
    """The first of these answers, in this order; None where none of them does."""
    for answer in (_of_papers_and_lists, _of_cells_and_counts, _of_the_body, _of_people_and_shares, _in_words):
        if (draft := answer(desk, operation)) is not None:
            return draft
    return None


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


def _of_papers_and_lists(desk: Desk, operation: Operation) -> Draft | None:
    """What papers of one kind, lists of institutions and figures weighed against each other answer."""
    if operation is not Operation.REASON and (place := told_a_head(desk) or of_places(desk)) is not None:
        return place
    if (beside := of_contract(desk) or counted_in_each_year(desk) or classes_that_came(desk)) is not None:
        return beside
    if (said := told_together(desk) or in_which_class(desk)) is not None:
        return said
    if (together := agreed(desk) or agreed_in_words(desk)) is not None:
        return together
    if (told := of_indicators(desk) or of_evaluated(desk) or of_paper(desk) or of_whole_place(desk)) is not None:
        return told
    if operation is not Operation.REASON and (listed := of_institutions(desk)) is not None:
        return listed
    if (left := of_told_body(desk) or posts_left(desk) or against_executed(desk)) is not None:
        return left
    return None


def _of_cells_and_counts(desk: Desk, operation: Operation) -> Draft | None:
    """What printed cells, counts of things and standards answer, and what money of another kind does not."""
    plan = desk.plan
    if _OTHER_MONEY.search(plan.text) and any(not a.weak and a.targets[0].scheme in _PAID_FOR for a in plan.accounts):
        return _of_other_money(desk)
    if (further := counted_apart(desk) or counted_with(desk) or counted_of_others(desk)) is not None:
        return further
    if (
        printed := from_cells(desk)
        or from_texts(desk)
        or from_fields(desk)
        or from_rows(desk)
        or by_government_class(desk)
    ) is not None:
        return printed
    if (standard := in_prose(desk) or reckoned(desk)) is not None:
        return standard
    if operation is Operation.RANK and (year := best_year(desk)) is not None:
        return year
    if operation is Operation.RANK and which_body(plan.text) and of_a_place_alone(desk):
        return refuse.missing(desk)  # a place's total says nothing of its bodies
    return None


def _of_the_body(desk: Desk, operation: Operation) -> Draft | None:
    """What sentences say of the body itself: whom it is under, since when it is, what it has none of, what money went to."""
    plan = desk.plan
    if operation in (Operation.PROSE, Operation.LOOK_UP) and (above := body_above(desk)) is not None:
        return above
    if (since := began(desk) or (reached(desk) if operation is Operation.PROSE else None)) is not None:
        return since
    if plan.topic != "units" and operation in (*_BY_SENTENCES, Operation.BREAKDOWN) and (own := of_own_budget(desk)):
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
    return None


def _of_people_and_shares(desk: Desk, operation: Operation) -> Draft | None:
    """People and things counted in sentences, parts within a project, quarters."""
    plan = desk.plan
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
    heads = people or HEADS_ASKED.search(plan.text)
    if operation is Operation.SUM and plan.rest and heads and (kinds := two_kinds(desk)) is not None:
        return kinds
    if people and (
        told := _of_people(desk)
        or (two_kinds(desk) or each_kind(desk) if operation in _COUNTING and len(plan.accounts) < _THREE else None)
    ):
        return told
    if (within := share_within(desk)) is not None:
        return within
    if operation not in _NO_QUARTERS and (planned := by_quarter(desk)) is not None:
        return planned
    return None


def _in_words(desk: Desk, operation: Operation) -> Draft | None:
    """Where, whether, which office: what one sentence answers."""
    plan = desk.plan
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
    if operation in _BY_SENTENCES and (twin := under_two_names(desk)) is not None:
        return twin
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


def _of_people(desk: Desk) -> Draft | None:
    """A share or difference of groups of people that only sentences count."""
    if desk.plan.operation is Operation.SHARE:
        return share_of_people(desk)
    moved = desk.plan.operation is Operation.TREND and re.search(r"[增减多少差]", desk.plan.text)
    if desk.plan.operation in (Operation.CHANGE, Operation.DIFFERENCE) or moved:
        return difference_of_people(desk) or people_moved(desk)
    return None
