"""Domain values as JSON and back, equal: what the book keeps in its text columns.

A dataclass becomes an object of its fields that differ from their defaults, so that a field added later with a default
reads old rows; tuples become arrays, enums their values, decimals their exact text. Numbers keep every digit.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")
Plain = Any
"""What JSON can say: None, bool, int, float, str, list, dict."""


def dumps(value: object, *, skip: frozenset[str] = frozenset()) -> str:
    """JSON text of a domain value; fields named in `skip` are left out of the outermost dataclass."""
    plain = _fields(value, skip) if dataclasses.is_dataclass(value) else encode(value)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def loads(kind: type[T], text: str) -> T:
    """The value of type `kind` that `dumps` wrote. Raises `ValueError`, `KeyError` or `TypeError` when unfit."""
    decoded: T = decoder(cast(Any, kind))(json.loads(text))
    return decoded


def loads_all(kind: type[T], texts: Sequence[str]) -> list[T]:
    """`loads` of many texts at once, which is faster."""
    build = decoder(cast(Any, kind))
    return [build(plain) for plain in json.loads(f"[{','.join(texts)}]")]


def encode(value: object) -> Plain:
    """A domain value as what JSON can say."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | Decimal):
        return str(value)
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if dataclasses.is_dataclass(value):
        return _fields(value, frozenset())
    raise TypeError(f"cannot be stored: {type(value).__name__}")


def _fields(value: object, skip: frozenset[str]) -> dict[str, Plain]:
    plain = {}
    for name, default in _defaults(cast(Any, type(value))):
        item = getattr(value, name)
        if name not in skip and item != default:
            plain[name] = encode(item)
    return plain


@cache
def _defaults(kind: Any) -> tuple[tuple[str, object], ...]:
    """Field names of a dataclass with their defaults; a field that must be given has a default nothing equals."""
    return tuple((item.name, item.default) for item in dataclasses.fields(kind))


@cache
def decoder(kind: Any) -> Callable[[Plain], Any]:
    """The function that turns what `encode` made back into a `kind` (dataclass, enum, tuple, union, scalar)."""
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_decoder(kind)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        inner = [argument for argument in arguments if argument is not type(None)]
        if len(inner) != 1:
            raise TypeError(f"a union of several types cannot be stored: {kind}")
        return _optional(decoder(inner[0]))
    if origin is tuple:
        return _tuple_decoder(arguments)
    if kind is float:
        return float  # JSON writes 72.0 as 72.0, but a reader may have given a whole number
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {member.value: member for member in kind}.__getitem__  # several times faster than calling the enum
    return Decimal if kind is Decimal else _same


def _same(plain: Plain) -> Plain:
    return plain


def _optional(inner: Callable[[Plain], Any]) -> Callable[[Plain], Any]:
    return inner if inner is _same else lambda plain: None if plain is None else inner(plain)


def _tuple_decoder(arguments: tuple[Any, ...]) -> Callable[[Plain], Any]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        item = decoder(arguments[0])
        if item in (_same, float):
            return tuple
        return lambda plain: tuple([item(part) for part in plain])
    items = [decoder(argument) for argument in arguments]
    if all(item in (_same, float) for item in items):
        return tuple
    return lambda plain: tuple([convert(part) for convert, part in zip(items, plain, strict=True)])


def _dataclass_decoder(kind: type) -> Callable[[Plain], Any]:
    hints = typing.get_type_hints(kind)
    converters = [(item.name, decoder(hints[item.name])) for item in dataclasses.fields(kind)]
    needed = [(name, convert) for name, convert in converters if convert is not _same]

    def build(plain: dict[str, Plain]) -> Any:
        for name, convert in needed:
            if name in plain:
                plain[name] = convert(plain[name])
        return kind(**plain)

    return build
