"""No number leaves that cannot be placed: in a cited figure, a computation that holds, a quote, or the question itself.

Every answer passes here, rule-made ones too. Numbers are read anew from the finished text; years must be years of cited
figures, of the plan or of its documents; formulas are evaluated anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from corpus.money import MONEY_UNITS, Amount, Mention, half_last_digit, mentions, normalise
from rag.answer import Evidence
from rag.plan import Plan

_MARKER = re.compile(r"\[\d{1,3}\]")
_NUMBERING = re.compile(r"^\s*(?:\d{1,3}\.|-)\s", re.MULTILINE)
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
_YEAR = re.compile(r"(?:19|20)\d{2}")


def unplaced(text: str, evidence: Evidence, plan: Plan, names: Iterable[str]) -> list[str]:
    """The numbers of an answer that nothing supports, [] when all are placed. `names` are issuers and documents at
    hand."""
    body = _NUMBERING.sub(" ", _MARKER.sub(" ", normalise(text)))
    for because in sorted({normalise(f.because) for f in evidence.figures if f.because}, key=len, reverse=True):
        body = body.replace(because, " ")
    quotes = _quotes(evidence)
    for quoted in sorted({normalise(words) for words in evidence.quoted}, key=len, reverse=True):
        if _flat(quoted) in quotes:
            body = body.replace(quoted, " ")
    for name in sorted({normalise(n) for n in (*names, *_labels(evidence))}, key=len, reverse=True):
        if re.search(r"\d", name):
            body = body.replace(name, " ")
    allowed = _allowed(evidence, plan)
    years = _years(evidence, plan)
    found = [mention for line in body.splitlines() for mention in mentions(line)]
    return [mention.printed for mention in found if not _placed(mention, allowed, years)]


def _placed(mention: Mention, allowed: set[tuple[Decimal, str]], years: set[int]) -> bool:
    is_year = _YEAR.fullmatch(mention.printed.strip()) is not None or (mention.unit == "年" and mention.value >= 1900)
    if is_year and int(mention.value) in years:
        return True
    value = abs(mention.value)
    if mention.unit in MONEY_UNITS:
        return (value * MONEY_UNITS[mention.unit], "元") in allowed
    if mention.unit:
        return (value, mention.unit) in allowed or (value, "") in allowed
    return any(value == other for other, _ in allowed)


def _allowed(evidence: Evidence, plan: Plan) -> set[tuple[Decimal, str]]:
    found: set[tuple[Decimal, str]] = set()
    for figure in evidence.figures:
        if figure.amount is not None:
            found.add(_key(figure.amount))
    for amount, formula in evidence.computed:
        if holds(formula):
            found.add(_key(amount))
            found.update(_key(operand) for operand in operands(formula))
    found.update((Decimal(count), "") for count in evidence.counts)
    found.update((Decimal(count), unit) for count in evidence.counts for unit in ("个", "处", "项"))
    for value in evidence.stated:
        found.update((value * factor, "元") for factor in MONEY_UNITS.values())
        found.add((value, ""))
    for mention in mentions(normalise(plan.question)):
        found.add(_key(Amount(mention.value, mention.unit)) if mention.unit else (mention.value, ""))
    for finding in evidence.findings:
        for mention in mentions(normalise(finding.message + " " + finding.message_en)):
            found.add(_key(Amount(mention.value, mention.unit)))
    found.add((Decimal(0), "元"))
    found.add((Decimal(0), ""))
    return found


def _key(amount: Amount) -> tuple[Decimal, str]:
    if amount.is_money:
        return abs(amount.to("元").value), "元"
    return abs(amount.value), amount.unit


def _years(evidence: Evidence, plan: Plan) -> set[int]:
    return {
        *evidence.years,
        *plan.years,
        *plan.against,
        *(year for f in evidence.figures for year in (f.year, f.compared or f.year)),
    }


def _quotes(evidence: Evidence) -> str:
    places = [citation.locator.quote for citation in evidence.citations]
    reasons = [figure.reason for figure in evidence.figures] + [figure.because for figure in evidence.figures]
    messages = [text for finding in evidence.findings for text in (finding.message, finding.message_en)]
    return "\x00".join(_flat(normalise(text)) for text in (*places, *reasons, *messages))


def _labels(evidence: Evidence) -> list[str]:
    found: list[str] = []
    for figure in evidence.figures:
        found += [figure.account, figure.name, figure.whole, figure.because, figure.entity, *figure.path]
    for citation in evidence.citations:
        found += [
            citation.locator.table or "",
            citation.locator.row or "",
            citation.locator.column or "",
            citation.locator.quote,
        ]
    return [label for label in found if _NAME.search(label)]


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def operands(formula: str) -> list[Amount]:
    """The numbers of a formula with their units."""
    return [Amount(m.value, m.unit) for m in mentions(formula)]


def holds(formula: str) -> bool:
    """Whether each "… = result" step of a formula is right: exactly, or to the digits the result shows.

    >>> holds("835.68万元 − 8.54万元 = 827.14万元"), holds("1.00万元 ÷ 3.00万元 = 33.33%"), holds("1万元 + 1万元 =
    3万元")
    (True, True, False)
    """
    if formula.startswith("|"):
        return True
    return all(_step_holds(step) for step in formula.split(";") if step.strip())


_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")


def _step_holds(step: str) -> bool:
    if "≈" in step:
        return _near(step)
    left, equals, right = step.rpartition("=")
    if not equals:
        return False
    result = mentions(right)
    operators = re.findall(r"[+−×÷]", left)
    if not operators:
        sides = mentions(left)
        return len(sides) == 1 and len(result) == 1 and _same(sides[0], result[0])
    try:
        if len(result) == 1 and result[0].unit in MONEY_UNITS:
            left = _PERCENT.sub(r"(\1÷100)", left)  # a part of money, and no number of percent
        value = _evaluate(re.sub(r"[^\d.()+−×÷\-]", "", left.replace(",", "")))
    except (InvalidOperation, ZeroDivisionError, IndexError, ValueError):
        return False
    if len(result) != 1:
        return False
    shown = result[0].value
    units = {mention.unit for mention in mentions(left)}
    if result[0].unit == "%" and not (units == {"%"} and set(operators) <= {"+", "−"}):
        value *= 100
    exponent = shown.as_tuple().exponent
    assert isinstance(exponent, int), "printed numbers are finite"
    return abs(value - shown) <= Decimal(5).scaleb(exponent - 1)


def _same(one: Mention, other: Mention) -> bool:
    if one.unit in MONEY_UNITS and other.unit in MONEY_UNITS:
        return one.value * MONEY_UNITS[one.unit] == other.value * MONEY_UNITS[other.unit]
    return one.value == other.value and one.unit == other.unit


def _near(step: str) -> bool:
    """Whether "156211123元 ≈ 15621.11万元" rounds the one to the digits that the other shows."""
    sides = mentions(step.replace("≈", " ≈ "))
    if len(sides) != 2 or not all(side.unit in MONEY_UNITS for side in sides):
        return False
    exact = Amount(sides[0].value, sides[0].unit).to(sides[1].unit).value
    return abs(exact - sides[1].value) <= half_last_digit(sides[1].value)


def _evaluate(expression: str) -> Decimal:
    """+ − × ÷ and brackets over decimals; "-" is a sign."""
    tokens = re.findall(r"-?\d+(?:\.\d+)?|[()+−×÷]", expression)

    def atom(at: int) -> tuple[Decimal, int]:
        if tokens[at] == "(":
            value, at = addition(at + 1)
            return value, at + 1
        return Decimal(tokens[at]), at + 1

    def product(at: int) -> tuple[Decimal, int]:
        value, at = atom(at)
        while at < len(tokens) and tokens[at] in "×÷":
            other, following = atom(at + 1)
            value, at = (value * other if tokens[at] == "×" else value / other), following
        return value, at

    def addition(at: int) -> tuple[Decimal, int]:
        value, at = product(at)
        while at < len(tokens) and tokens[at] in "+−":
            other, following = product(at + 1)
            value, at = (value + other if tokens[at] == "+" else value - other), following
        return value, at

    value, _ = addition(0)
    return value
