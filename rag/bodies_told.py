"""How many posts or people a body of the issuer has, by its name, where sentences count them body by body ("下属…中心,编制9名,
实有7人"); bodies in tables are answered by `rag.ops_institutions`."""

from __future__ import annotations

from corpus.figure import Figure, Measure, Scheme
from corpus.vocabulary import fold
from rag.desk import Desk, Draft
from rag.finder import same_account
from rag.plan import Operation, Verdict
from rag.values import Value

_NAMED = 4
"""So many characters of the end of its name call a body."""


def of_told_body(desk: Desk) -> Draft | None:
    """What the sentences count of the body named in the question; None where none is named, or two alike, or nothing of what is
    asked is counted of it."""
    plan = desk.plan
    staff = bool(plan.accounts) and all(asked.targets[0].scheme is Scheme.STAFF for asked in plan.accounts)
    if not staff or plan.operation not in (Operation.LOOK_UP, Operation.PROSE) or not plan.documents:
        return None
    document = plan.documents[0]
    own = [
        figure for figure in desk.shelf.figures(document)
        if figure.entity and figure.scheme is Scheme.STAFF and figure.measure is Measure.COUNT
        and figure.locator.table_id is None and figure.amount is not None
    ]  # fmt: skip
    name = _named(sorted({figure.entity for figure in own}), fold(plan.text), fold(desk.issuer(document)))
    if not name or (plan.years and desk.shelf.disclosure(document).year not in plan.years):
        return None
    lines, values = list[str](), list[Value]()
    for asked in plan.accounts:
        of_it = [figure for figure in own if figure.entity == name]
        found: list[Figure] = next(
            (same for target in asked.targets if (same := [f for f in of_it if same_account(f, target)])), []
        )
        if len({figure.amount for figure in found}) != 1:
            return None
        values.append(Value.of(found[0]))
        lines.append(desk.tell(values[-1], name))
    return Draft(Verdict.ANSWERED, "\n".join(lines), desk.result(values[0]) if len(values) == 1 else None)


def _named(entities: list[str], text: str, issuer: str) -> str:
    """The body of whose name the text has the longest end, "" where it has none, or as much of two."""
    ends = {
        entity: max(
            (len(entity) - at for at in range(len(entity) - _NAMED + 1) if fold(entity[at:]) in text), default=0
        )
        for entity in entities
    }
    longest = max(ends.values(), default=0)
    best = [entity for entity, size in ends.items() if size == longest]
    return best[0] if longest and len(best) == 1 and fold(best[0][-longest:]) not in issuer else ""
