"""The instructions of a PDF content stream (ISO 32000-2, 7.8.2), as far as showing text needs them.

One regular expression takes an operand list and its operator at a time; the operands are only looked at for operators
that place or show text. What is out of the ordinary raises `Unusual`: pypdf reads the page itself then.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator


class Unusual(Exception):  # noqa: N818 - the name says it all
    """A content stream, font or form that is left to pypdf."""


def _nested(opened: str, closed: str, plain: str, depth: int) -> str:
    """A pattern for brackets around `plain`, nested so deep."""
    inner = plain
    for _ in range(depth):
        inner = rf"{plain}|{opened}(?:{inner})*+{closed}"
    return rf"{opened}(?:{inner})*+{closed}"


_STRING = _nested(r"\(", r"\)", r"[^()\\]++|\\.", 3)
_HEX = r"<[0-9A-Fa-f\s\0]*+>"
_SIMPLE = rf"{_STRING}|{_HEX}"
_ARRAY = rf"\[(?:[^\[\]()<>{{}}%]++|{_SIMPLE})*+\]"
_DICTIONARY = _nested("<<", ">>", rf"[^<>()%]++|{_SIMPLE}", 3)
_NAME = r"/[^\s\0()<>\[\]{}/%]*+"
_OPERATION = re.compile(
    r"(?:[ \n\r\t\f\0]++|%[^\r\n]*+)*+"
    rf"((?:[+\-.0-9 \n\r\t\f\0]++|{_SIMPLE}|{_NAME}|{_ARRAY}|{_DICTIONARY}|%[^\r\n]*+)*+)"
    r"(?:([A-Za-z'\"][^\s\0()<>\[\]{}/%]{0,100}+)(?!\0)|\Z|(.))".encode(),
    re.DOTALL,
)
"""Operands, then an operator, the end of the stream or a sign that belongs to neither."""
_SHOWN = re.compile(rf"[\s\0]*+({_SIMPLE})[\s\0]*+".encode(), re.DOTALL)
_ELEMENT = re.compile(rf"({_SIMPLE})|([+\-.0-9]++)|([^\s\0])".encode(), re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|([\r\n]{1,2})|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"(": b"(", b")": b")", b"\\": b"\\"}
_BLANK = b" \t\n\f\r\0"
MAX_OPERATIONS = 500_000
"""Instructions of one stream; a longer one is left to pypdf, which has limits of its own."""


def operations(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Operator and operands, as they are written, of each instruction.

    Raises `Unusual` at what is neither, at an inline image, whose data may look like anything, and after too many.
    """
    for count, found in enumerate(_OPERATION.finditer(data)):
        operands, operator, odd = found.groups()
        if operator is None:
            if odd is None:
                return
            raise Unusual(f"sign {odd!r} at {found.end()}")
        if operator == b"BI" or count >= MAX_OPERATIONS:
            raise Unusual("inline image" if operator == b"BI" else "too long")
        yield operator, operands


def numbers(operands: bytes, count: int) -> list[float]:
    """So many numbers. Raises `Unusual` for more, fewer or anything else."""
    try:
        found = [float(word) for word in operands.replace(b"\0", b" ").split()]
    except ValueError as error:
        raise Unusual(str(error)) from error
    if len(found) != count:
        raise Unusual(f"{len(found)} numbers instead of {count}")
    return found


def name_and_rest(operands: bytes) -> tuple[str, bytes]:
    """The name that comes first, with its slash, and what follows. Raises `Unusual` for a name that is coded."""
    words = operands.split(None, 1)
    if not words or not words[0].startswith(b"/") or b"#" in words[0] or not words[0].isascii() or b"\0" in operands:
        raise Unusual(f"name {operands[:50]!r}")
    return words[0].decode(), words[1] if len(words) > 1 else b""


def string(operands: bytes) -> bytes:
    """The one string among the operands. Raises `Unusual` when there is anything beside it."""
    found = _SHOWN.fullmatch(operands)
    if found is None:
        raise Unusual(f"string {operands[:50]!r}")
    return _bytes(found[1])


def array(operands: bytes) -> list[bytes | float]:
    """Strings and numbers of an array. Raises `Unusual` for anything else."""
    inner = operands.strip(_BLANK)
    if inner[:1] != b"[" or inner[-1:] != b"]":
        raise Unusual(f"array {operands[:50]!r}")
    found: list[bytes | float] = []
    for text, number, odd in _ELEMENT.findall(inner, 1, len(inner) - 1):
        if odd:
            raise Unusual(f"{odd!r} in an array")
        found.append(_bytes(text) if text else numbers(number, 1)[0])
    return found


def _bytes(written: bytes) -> bytes:
    """The bytes of a string as it is written, in brackets or in hexadecimal digits."""
    inner = written[1:-1]
    if written[:1] == b"(":
        return _ESCAPE.sub(_unescaped, inner) if b"\\" in inner else inner
    try:
        return binascii.unhexlify(inner)
    except binascii.Error:
        digits = inner.translate(None, _BLANK + b"\v")
        return binascii.unhexlify(digits + b"0" * (len(digits) % 2))


def _unescaped(escape: re.Match[bytes]) -> bytes:
    octal, line_end, sign = escape.groups()
    if line_end:
        return b""
    if sign:
        if sign not in _ESCAPED:
            raise Unusual(f"escaped {sign!r}")
        return _ESCAPED[sign]
    if int(octal, 8) > 255:
        raise Unusual(f"escaped {octal!r}")
    return bytes((int(octal, 8),))
