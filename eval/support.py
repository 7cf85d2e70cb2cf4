"""Whether every number of an answer's text has support.

A number is supported when it stands in a citation's quote or label, in the result or its formula, in the question or a
unit's name; when it comes out of a calculation that the text writes out over such numbers and that is done again here;
when it counts what the text lists; or when it is a year, a page or a marker.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from corpus.money import COUNT_UNITS, MONEY_UNITS, Mention, half_last_digit, mentions, normalise

MARKER = re.compile(r"\[\d+\]")
_ORDINAL = re.compile(r"(?m)^\s*\d+[.、](?=\s)")
_UNITS = "|".join(map(re.escape, sorted(("亿元", "万元", "元", "%", *COUNT_UNITS), key=len, reverse=True)))
_OPERAND = rf"\(*[-−]?\d[\d,]*(?:\.\d+)?\s*(?:{_UNITS})?\)*"
_CALCULATION = re.compile(rf"(?P<left>{_OPERAND}(?:\s*[-+−–×÷*/]\s*{_OPERAND})+)\s*[=≈]\s*(?P<right>{_OPERAND})")
_STATED = re.compile(
    r"(?:相差|多出|少了|差额为?|合计|之和为?|应为|differ(?:s|ing)? by|difference(?: of)?|together)\s*" rf"({_OPERAND})"
)
_COUNTED = ("", "个", "处", "家", "项", "条", "份")
_SIGNS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
_PERIOD = re.compile(r"\d{4}\s*年(?:度)?|第\s*\d+\s*[页条项]|\d{1,2}\s*月|\d{1,2}\s*日")


def unsupported(
    answer: Mapping[str, Any], question: str, history: Collection[Any] = (), names: Collection[str] = ()
) -> tuple[str, ...]:
    """Numbers of the answer's text that nothing supports: no quote, result, place label, question or name, no
    calculation in the text whose operands are supported, and no count of what the text lists."""
    ground = [question, *map(str, history), *names]
    result = answer.get("result") or {}
    ground += [str(result.get("value", "")), str(result.get("formula") or "")]
    for citation in answer.get("citations") or ():
        ground += [str(citation.get(key) or "") for key in ("quote", "row", "column", "table", "document")]
    allowed = {abs(m.value) for text in ground for m in mentions(_spaced(text))}
    text = MARKER.sub(" ", normalise(str(answer.get("answer", ""))))
    known = -1
    while known != len(allowed):  # a sum is the operand of the difference that follows
        known = len(allowed)
        allowed |= _calculated(text, allowed)
    allowed |= _derived(text, answer, allowed)
    counts = _counts(text, answer)
    plain = _PERIOD.sub(" ", _ORDINAL.sub(" ", text))
    return tuple(
        m.printed for m in mentions(plain) if not _allowed(abs(m.value), allowed) and not _is_count_or_year(m, counts)
    )


def _spaced(text: str) -> str:
    return normalise(text).replace("=", " = ").replace("-", " ").replace("+", " ").replace("×", " ").replace("÷", " ")


def _allowed(value: Decimal, allowed: Collection[Decimal]) -> bool:
    """The number itself, the same money in another unit, or the same rounded for show."""
    shifts = (0, 4, -4, 8, -8)
    return any(abs(value - known.scaleb(s)) <= half_last_digit(value) for known in allowed for s in shifts)


def _is_count_or_year(mention: Mention, counts: Collection[int]) -> bool:
    whole = mention.value == mention.value.to_integral_value()
    year = whole and not mention.unit and 1949 <= mention.value <= 2100
    return year or (whole and mention.unit in _COUNTED and int(mention.value) in counts)


def _counts(text: str, answer: Mapping[str, Any]) -> set[int]:
    """How many things the text lists: its list lines or those with a citation, the names in an enumeration, the
    citations."""
    lines = len(re.findall(r"(?m)^\s*(?:[-*•]|\d+[.、])\s", text))
    proven = sum(bool(MARKER.search(line)) for line in str(answer.get("answer", "")).splitlines())
    enumerations = {part.count("、") + 1 for part in re.split(r"[。;；:：\n]", text) if "、" in part}
    return {lines, lines - 1, proven, len(answer.get("citations") or ())} | enumerations


def _calculated(text: str, allowed: Collection[Decimal]) -> set[Decimal]:
    """Results of calculations written out in the text that come out right from supported operands."""
    found: set[Decimal] = set()
    for match in _CALCULATION.finditer(text):
        operands = mentions(match["left"])
        if not all(_allowed(abs(m.value), allowed) for m in operands if m.value != 100):
            continue
        stated = mentions(match["right"])[0]
        value = arithmetic(_in_base(match["left"]))
        if value is None:
            continue
        scale = _scale(stated.unit)
        if abs(abs(value) - abs(stated.value) * scale) <= half_last_digit(stated.value) * scale:
            found.add(abs(stated.value))
    return found


def _derived(text: str, answer: Mapping[str, Any], allowed: Collection[Decimal]) -> set[Decimal]:
    """Differences ("相差23201元"), sums ("之和为42.14万元") and rates ("应为1.19%") stated as such, of two amounts that
    the line names or the answer quotes."""
    found: set[Decimal] = set()
    quotes = normalise(" ; ".join(str(c.get("quote") or "") for c in answer.get("citations") or ()))
    for line in text.splitlines():
        named = [m for m in mentions(line) if m.unit and _allowed(abs(m.value), allowed)] + mentions(quotes)
        amounts = {abs(m.value) * _scale(m.unit) for m in named if m.unit in MONEY_UNITS}
        for match in _STATED.finditer(line):
            stated = mentions(match[1])[0]
            wanted, slack = abs(stated.value) * _scale(stated.unit), half_last_digit(stated.value) * _scale(stated.unit)
            if any(abs(made - wanted) <= slack for a in amounts for b in amounts for made in _made(a, b, stated.unit)):
                found.add(abs(stated.value))
    return found


def _made(a: Decimal, b: Decimal, unit: str) -> tuple[Decimal, ...]:
    if unit != "%":
        return abs(a - b), a + b
    return (a / b, abs(a - b) / b) if b else ()


def _scale(unit: str) -> Decimal:
    return Decimal("0.01") if unit == "%" else MONEY_UNITS.get(unit, Decimal(1))


def _in_base(expression: str) -> str:
    """Every operand in 元 (or as a plain number), signs as Python writes them."""
    out, end = "", 0
    for mention in mentions(expression):
        out += expression[end : mention.start] + f"({mention.value * _scale(mention.unit):f})"
        end = mention.end
    return (out + expression[end:]).translate(str.maketrans("×÷−–", "*/--"))


def arithmetic(expression: str) -> Decimal | None:
    """A sum of decimals with + - * / and brackets, or None when it is anything else."""
    try:
        return _value(ast.parse(re.sub(r"\s+", "", expression), mode="eval").body, expression)
    except (SyntaxError, ValueError, ZeroDivisionError, InvalidOperation):
        return None


def _value(node: ast.AST, source: str) -> Decimal:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Decimal(ast.get_source_segment(re.sub(r"\s+", "", source), node) or "")
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, source)
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        return _SIGNS[type(node.op)](_value(node.left, source), _value(node.right, source))
    raise ValueError("not a plain calculation")
