"""Of which year and which kind of number a stated figure is, and whose."""

from __future__ import annotations

import re

from corpus.disclosure import Basis
from corpus.figure import Measure, Scheme
from corpus.money import Amount
from ingest.prose.clauses import Event
from ingest.prose.drafts import Draft, basis_of_whole, framed
from ingest.prose.grammar import Reading
from ingest.prose.spoken import Spoken
from ingest.prose.subjects import Around, subject_topics
from ingest.prose.topics import Topic, cleaned

_AT_ITS_END = re.compile(r"[上去]年(?:度)?年?[末底]")
_AT_THE_BEGINNING = re.compile(r"(?:^|\d)年初[^,;。]{0,4}(?:编制|人员|人数|实有|在职|在编|车辆)")
"""What there was when the year began (年初编制9个,年末编制11个) is what there was when the year before ended."""


_ALL_OF_IT = re.compile(r"[,(]?(?:均|全部)(?:是|为|系)(?P<name>[一-鿿()]{4,20}?)(?:支出)?(?=[,;。)]|$)")
"""What an amount is wholly made of (公务用车购置及运行费9万元,全部为公务用车运行费)."""


class Dated(Spoken):
    """Dates what is stated and writes it down as a draft."""

    def _dated(self, topic: Topic, reading: Reading) -> tuple[int, Basis]:
        own = self.basis
        if topic.scheme in (Scheme.ASSET, Scheme.STAFF, Scheme.OTHER) and not topic.account.startswith(
            ("购置", "处置")
        ):
            counted = reading.measure is Measure.COUNT
            last_years = counted and (_AT_ITS_END.match(reading.subject) or _AT_THE_BEGINNING.search(reading.subject))
            parts = counted and topic not in self.parent and self._divides_last_years()
            return (self.year - 1 if last_years or parts else self.as_of or self.year), own
        whole = () if self.parent == self.listing else self.parent
        basis = reading.basis or basis_of_whole(self.drafts, whole, self._prose, self.year) or own
        if reading.beside and not reading.basis:
            basis = own
        if basis is Basis.INITIAL and own is Basis.BUDGET and reading.year in (None, self.year):
            basis = own  # 2025年初预算 is what the budget of 2025 itself is called
        if basis is Basis.BUDGET and own is Basis.FINAL and topic.scheme in (Scheme.PROCUREMENT, Scheme.PERFORMANCE):
            basis = own
        year = reading.year or self.year
        if reading.measure is Measure.COMPLETION:
            return year, own
        return year, basis

    def _divides_last_years(self) -> bool:
        """Whether the people counted are parts of those there were at the end of last year (上年末实有9人,其中:行政5人)."""
        told = [d for d in self.drafts if d.prose is self._prose and d.topic in self.parent]
        return bool(told) and told[-1].at >= self._sentence and told[-1].year == self.year - 1

    def _draft(self, topic: Topic, measure: Measure, year: int, basis: Basis, event: Event, since: int) -> Draft:
        clause, sentence = framed(self._prose.text, since, event)
        draft = Draft(topic, measure, None, None, year, basis, self._prose, event.start, clause, sentence, self.part)
        draft.entity = self._units.owner(self._prose.text[self._sentence : event.start], draft, self.drafts)
        return draft

    def _all_of_it(self, topic: Topic, reading: Reading, event: Event, since: int) -> None:
        """State the amount just told of a “三公” item of the one part that it is said to be wholly made of, too."""
        found = _ALL_OF_IT.match(self._prose.text, event.end) if topic.scheme is Scheme.THREE_PUBLIC else None
        mention = event.mention
        if found is None or mention is None:
            return
        name = cleaned(found["name"], self.lexicon)
        parts = subject_topics(name, found["name"], mention.unit, Around(self.scope, self.lexicon))
        if len(parts) == 1 and parts[0].scheme is topic.scheme and parts[0] != topic:
            draft = self._draft(parts[0], Measure.AMOUNT, *self._dated(topic, reading), event, since)
            draft.amount = Amount(mention.value, mention.unit)
            self.drafts.append(draft)
