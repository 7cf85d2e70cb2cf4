"""Which of the units' documents bear on a question: by year, kind and level, the open one first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.disclosure import Basis, Disclosure
from rag.naming import Unit
from rag.plan import Operation, Plan


def choose_documents(plan: Plan, units: Sequence[Unit], document: str | None) -> Plan:
    """The documents of the plan's units that bear on its years, basis and level; the open one first."""
    chosen: list[Disclosure] = []
    years = plan.years
    for unit in units:
        own = _of_kind(unit.disclosures, plan, document)
        latest = next((d.year for d in own if d.name == document), max(d.year for d in own))
        if plan.relative is not None and not plan.years:
            years = (latest + plan.relative,)
        elif plan.last_years and not plan.years:
            years = tuple(sorted({d.year for d in own})[-plan.last_years :])
        wanted = years or (latest,)
        exact = [d for d in own if d.year in wanted]
        if exact and not years and document in [d.name for d in exact]:
            exact = [d for d in exact if d.name == document]
        if not plan.bases and document not in [d.name for d in exact]:
            whole = [d for d in exact if d.basis not in (Basis.HALF, Basis.PART)]
            exact = [d for d in exact if d in whole or all(d.year != other.year for other in whole)]
        near = [d for d in own if d.year - 1 in wanted and d not in exact]
        if plan.soft_years and not exact:
            exact, near, years = [d for d in own if d.year == latest], [], (latest,)
        chosen += [*exact, *near] or own
    chosen.sort(key=lambda d: d.name != document)
    return replace(plan, documents=tuple(d.name for d in chosen), years=tuple(sorted(years)))


def _of_kind(disclosures: Sequence[Disclosure], plan: Plan, document: str | None) -> list[Disclosure]:
    """Those of the level and basis asked for, or of the open document's, where there are any."""
    own = list(disclosures)
    opened = next((d for d in own if d.name == document), None)
    level = plan.level or (opened.level if opened else None)
    same = [d for d in own if d.level is level]
    own = same if level and same else own
    basis: Basis | None = None
    if opened is not None and Operation.COMPLETION in (plan.operation, plan.inner) and opened.basis is Basis.FINAL:
        basis = opened.basis  # "完成了预算的百分之几": its own budget stands in the final accounts
    elif len(plan.bases) == 1 and plan.bases[0] in (Basis.BUDGET, Basis.FINAL, Basis.HALF, Basis.PART):
        basis = plan.bases[0]
    elif opened is not None and not plan.bases:
        basis = opened.basis
    same = [d for d in own if d.basis is basis]
    return same if basis and same else own
