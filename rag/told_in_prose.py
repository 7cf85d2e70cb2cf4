"""What sentences answer by themselves, before any figure is looked for: shares of bodies, listed projects, amounts reckoned together,
standards a head, limits."""

from __future__ import annotations

from rag import causes
from rag.alike import counted_alike
from rag.desk import Desk, Draft
from rag.entries import of_entries
from rag.qualified import qualified
from rag.reckoned_further import people_apart, reckoned_further
from rag.same_sentence import reckoned_together, standard_a_head
from rag.shared_out import shared_out
from rag.thresholds import limit_set


def in_prose(desk: Desk) -> Draft | None:
    """The first answer that sentences of one of these kinds give; None for none."""
    return (
        qualified(desk)
        or shared_out(desk)
        or of_entries(desk)
        or counted_alike(desk)
        or reckoned_together(desk)
        or standard_a_head(desk)
        or people_apart(desk)
        or limit_set(desk)
        or causes.outright(desk)
    )


def last_in_prose(desk: Desk) -> Draft | None:
    """Where nothing else answers, the sentences that give a cause, or what is reckoned with a sentence's number; None for none."""
    return causes.said_in_clauses(desk) or reckoned_further(desk)
