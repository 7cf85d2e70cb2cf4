"""One answer against one gold question: a verdict with its reason. Never substring on numbers, never n digits.

Numbers: equal as decimals after unit conversion, or apart by no more than half of the last digit the gold prints
(the stated tolerance floor: a computed share 25.790… is the gold's 25.79). The sign counts, the unit counts; nought and
counted things are exact.
Text: every required fact is said, none that is wrong; a required number is matched by that whole number only ("12.3" is
not in "112.3", "12.3万元" not in "112.3万元", and "10至20" says neither).
Refusal: by the answer's status alone, so that a "不" in a sentence proves nothing.
Citation: some one citation of the answer stands where the gold says (file, page, row, column; those it names).
Faithfulness: every number of the answer's text has support (`eval.support`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from corpus.money import (
    COUNT_UNITS,
    MONEY_UNITS,
    Amount,
    Mention,
    canonical_unit,
    half_last_digit,
    mentions,
    normalise,
    parse_number,
)
from eval.gold import Expect, Gold
from eval.support import MARKER, unsupported

REFUSALS = ("not_disclosed", "out_of_scope")
_RANGE = re.compile(r"[-‐‑‒–—―~～〜]|至|到")
_UNITS_WRITTEN = {"万": "万元", "亿": "亿元"}

Need = str | tuple[str, ...]
"""A fact that a text must say, or several of which one is enough."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an answer is right, and why not. `failure` is one word for the table of failures, "" when right.

    `cited` is None where the gold names no place. `unsupported` lists numbers that nothing in the answer supports.
    """

    right: bool
    failure: str = ""
    detail: str = ""
    cited: bool | None = None
    unsupported: tuple[str, ...] = ()


def judge(gold: Gold, answer: Mapping[str, Any], names: Collection[str] = ()) -> Verdict:
    """Score one answer (the JSON object of the contract). `names` are unit names, whose digits state no amount."""
    failure, detail = _failure(gold.expect, answer)
    cited = cites(gold, answer) if gold.expect.has_place and gold.expect.kind in ("number", "text") else None
    return Verdict(not failure, failure, detail, cited, unsupported(answer, gold.question, gold.history, names))


def _failure(expect: Expect, answer: Mapping[str, Any]) -> tuple[str, str]:
    if answer.get("status") in expect.accept:
        return "", ""
    failure, detail = _JUDGES[expect.kind](expect, answer)
    shown = (answer.get("result") or {}).get("status")
    if not failure and expect.status and shown != expect.status:
        return "status", f"expected {expect.status}, got {shown}"
    text = str(answer.get("answer", ""))
    wrong = [need for need in expect.avoid if _says(text, need)]
    if not failure and wrong:
        return "said_wrong", f"must not be said: {wrong}"
    return failure, detail


def _judge_number(expect: Expect, answer: Mapping[str, Any]) -> tuple[str, str]:
    if answer.get("status") != "answered":
        return "unanswered", f"status {answer.get('status')}"
    result = answer.get("result")
    if not result:
        return "no_result", "answered without a headline value"
    value = _number(result.get("value"))
    if value is None:
        return "not_a_number", f"value {result.get('value')!r}"
    assert expect.value is not None
    wanted, got = Amount(expect.value, expect.unit), Amount(value, _unit(result.get("unit")))
    if expect.either_sign:
        wanted, got = Amount(abs(wanted.value), wanted.unit), Amount(abs(got.value), got.unit)
    return compare(wanted, got)


def _number(value: Any) -> Decimal | None:
    """A headline value as a number: digits of any width, separators where they belong, one number and nothing else."""
    found = parse_number(str(value))
    if found is not None:
        return found
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _unit(unit: Any) -> str:
    """A unit as it is written by people and models: 万, 人民币万元, ％."""
    written = normalise(str(unit or "")).strip().removeprefix("人民币")
    return _UNITS_WRITTEN.get(written, written)


def compare(expected: Amount, got: Amount) -> tuple[str, str]:
    """ "" when both are the same amount to the digits that the expected one prints; else the failure and its detail."""
    detail = f"expected {expected}, got {got}"
    if expected.is_money and got.is_money:
        slack = tolerance(expected) * MONEY_UNITS[expected.unit]
        apart = abs(expected.to("元").value - got.to("元").value)
    elif canonical_unit(expected.unit) == canonical_unit(got.unit):
        slack, apart = tolerance(expected), abs(expected.value - got.value)
    elif expected.value == got.value == 0:
        return "", ""  # nought of anything is nought
    else:
        return "wrong_unit", detail
    if apart <= slack:
        return "", ""
    same_digits = expected.value.normalize().as_tuple().digits == got.value.normalize().as_tuple().digits
    return ("wrong_unit" if same_digits and expected.unit != got.unit else "wrong_number"), detail


def tolerance(expected: Amount) -> Decimal:
    """Half of the last digit printed; none for a nought or a count without digits after the point."""
    whole = expected.value.as_tuple().exponent == 0
    if whole and (expected.value == 0 or canonical_unit(expected.unit) in map(canonical_unit, COUNT_UNITS)):
        return Decimal(0)
    return half_last_digit(expected.value)


def _judge_text(expect: Expect, answer: Mapping[str, Any]) -> tuple[str, str]:
    if answer.get("status") != "answered":
        return "unanswered", f"status {answer.get('status')}"
    text = str(answer.get("answer", ""))
    failure, detail = _lacks(text, expect)
    if failure:
        return failure, detail
    flat = _flat(text)
    said = {name: (flat.find(_flat(name)), -len(name)) for name in expect.lead if _flat(name) in flat}
    if expect.lead and (not said or min(said, key=said.__getitem__) != expect.lead[0]):
        return "wrong_lead", f"{expect.lead[0]} is not said first"
    return _misordered(flat, expect.order)


def _lacks(text: str, expect: Expect) -> tuple[str, str]:
    missing = [need for need in expect.contain if not _says(text, need, expect.contain)]
    return ("missing_fact", f"not said: {missing}") if missing else ("", "")


def _misordered(flat: str, order: Sequence[str]) -> tuple[str, str]:
    places = [flat.find(_flat(name)) for name in order]
    if -1 in places:
        return "missing_fact", f"not said: {[order[places.index(-1)]]}"
    return ("", "") if places == sorted(places) else ("wrong_order", f"not in the order {list(order)}")


def _says(text: str, need: Need, beside: Collection[Need] = ()) -> bool:
    """Whether a text says a fact. A number is said by that whole number, with that unit where the fact has one; an end
    of a range ("10至20万元") says it only where the other end is among the facts `beside` it."""
    if isinstance(need, tuple):
        return any(_says(text, one, beside) for one in need)
    wanted = _amount(need)
    if wanted is None:
        return _stands_in(_flat(need), _flat(text))
    flat = MARKER.sub(" ", normalise(text))
    found = mentions(flat)
    wholes = {amount.value for one in beside if isinstance(one, str) and (amount := _amount(one))}
    for at, mention in enumerate(found):
        if not _same(wanted, mention):
            continue
        ends = [
            other for other in found[max(0, at - 1) : at + 2] if other is not mention and _ranged(flat, mention, other)
        ]
        if all(abs(end.value) in wholes for end in ends):
            return True
    return False


def _amount(need: str) -> Amount | None:
    """A fact that is a number, with its unit where it has one; None where it is words."""
    flat = normalise(need).strip()
    bare = parse_number(flat)
    if bare is not None:
        return Amount(bare, "")
    found = mentions(flat)
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(flat))
    return Amount(found[0].value, found[0].unit) if whole else None


def _same(wanted: Amount, mention: Mention) -> bool:
    if not wanted.unit:
        return mention.value == wanted.value
    return not compare(wanted, Amount(mention.value, mention.unit))[0]


def _ranged(text: str, one: Mention, other: Mention) -> bool:
    """Whether two neighbouring numbers are the ends of a range: nothing but 至, 到 or a dash between them, and no 从 or
    由 in front, which tell a change."""
    first, second = sorted((one, other), key=lambda mention: mention.start)
    between = text[first.end : second.start].strip()
    joined = bool(_RANGE.fullmatch(between)) or (not between and second.printed.startswith("-"))
    return joined and text[: first.start].rstrip()[-1:] not in ("从", "由")


def _stands_in(need: str, text: str) -> bool:
    """Whether words stand in a text; digits at their ends are whole numbers there."""
    before = r"(?<![\d.])" if need[:1].isdigit() else ""
    after = r"(?![\d]|\.\d)" if need[-1:].isdigit() else ""
    return bool(re.search(before + re.escape(need) + after, text))


def _flat(text: str) -> str:
    return re.sub(r"[\s,,、“”\"'《》*]+", "", normalise(MARKER.sub("", text)))


def _judge_refusal(expect: Expect, answer: Mapping[str, Any]) -> tuple[str, str]:
    status = answer.get("status")
    return (
        _lacks(str(answer.get("answer", "")), expect) if status in REFUSALS else ("should_refuse", f"status {status}")
    )


def _judge_ambiguous(expect: Expect, answer: Mapping[str, Any]) -> tuple[str, str]:
    status = answer.get("status")
    if status != "ambiguous":
        return "should_ask_back", f"status {status}"
    return _lacks(str(answer.get("answer", "")), expect)


_JUDGES = {
    "number": _judge_number,
    "text": _judge_text,
    "refuse": _judge_refusal,
    "ambiguous": _judge_ambiguous,
}


def cites(gold: Gold, answer: Mapping[str, Any]) -> bool:
    """Whether some citation stands at the gold's place. Labels match when one contains the other, brackets folded."""
    return any(_stands(gold, citation) for citation in answer.get("citations") or ())


def _stands(gold: Gold, citation: Mapping[str, Any]) -> bool:
    expect = gold.expect
    file = expect.file or gold.document
    if file is not None and citation.get("document") != file:
        return False
    if expect.pages and citation.get("page") not in expect.pages:
        return False
    for wanted, key in ((expect.row, "row"), (expect.column, "column")):
        if wanted is not None:
            got, need = _flat(str(citation.get(key) or "")), _flat(wanted)
            quote = _flat(str(citation.get("quote") or ""))
            inside = need in got or (got in need and 2 * len(got) >= len(need))
            if not (got and inside) and need not in quote:
                return False
    return True
