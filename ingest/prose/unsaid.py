"""Amounts that a sentence prints and states of no account: set beside nothing, set apart, glued to the year before them."""

from __future__ import annotations

import re

from corpus.figure import Measure
from ingest.prose.clauses import Event
from ingest.prose.grammar import Reading

_MEASURED_ON = re.compile(
    r"(?:\([^()]*\))?[,、]?(?:相比|对比|比较)?[,、]?[^,、;。\d]{0,8}?(?:增|减|降|升|持平|一致|相同|不变|无|提高|压|多|少|变)"
)
_GLUED = re.compile(r"[与和同较比]20\d\d\d+(?:\.\d+)?[万亿]?元$")
_YEAR_GLUED = re.compile(r"[与和同较比](?P<year>20\d\d)\d+\.\d+[万亿]?元$")
_SET_APART = re.compile(r"(?:^|(?<=[,。;(:]))(?:若|如|如果)?(?:剔除|扣除|不考虑|不计)")
_BEFORE = re.compile(r"(?:改革|移交|划转|合并|核减|清理)前[^,;。\d]{0,14}$")
"""Before how many there were once (公车改革前保有量为9辆)."""
_BOOKED = re.compile(r"账面(?:数量|数|上)?(?:为|是|有)?$")
_REAL = re.compile(r"[^。;]{0,12}实际")
"""What stands in the books alone, where the sentence goes on with what there really is."""
_MEASURED_BY = re.compile(r"相比|比较|对比|相较")


def says_nothing(text: str, event: Event, reading: Reading, sentence: int, year: int, *, left: bool) -> bool:
    """Whether the amount of `event` is none that the account spoken of has.

    `sentence` is where its sentence begins, `year` the disclosure's, and `left` says that another amount replaces it
    (由5万元减至3万元).
    """
    before, after = text[: event.end], text[event.end :]
    moved = reading.measure in (Measure.CHANGE, Measure.RATE)
    if moved and _SET_APART.search(text, sentence, event.start):
        return True  # what the change were without a part of it is no change of the account
    if reading.measure is Measure.COUNT and _BEFORE.search(text[sentence : event.start]):
        return True
    if reading.measure is Measure.COUNT and _BOOKED.search(text[sentence : event.start]) and _REAL.match(after):
        return True
    if _GLUED.search(before) and _MEASURED_BY.match(after):
        return True  # 与2019498.83万元相比: the year stands in the number
    if (glued := _YEAR_GLUED.search(before)) and int(glued["year"]) == year - 1:
        return True  # 较20195.88万元增加0.5万元: so it does here
    # set beside nothing: 较上年6万元 without a word of what became of it
    return reading.beside and not left and not _MEASURED_ON.match(after)
