"""Files broken in the ways that downloads, converters and ill will break them; one seed gives one damage."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

Damage = Callable[[bytes, random.Random], bytes]


def cut(data: bytes, rng: random.Random) -> bytes:
    """The beginning alone, sometimes with the end mark of a PDF behind it."""
    return data[: rng.randrange(len(data))] + rng.choice((b"", b"\n%%EOF\n"))


def flip(data: bytes, rng: random.Random) -> bytes:
    """A few bytes, or one in a hundred, replaced."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 10, 100, len(data) // 100))):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def blank_out(data: bytes, rng: random.Random) -> bytes:
    """A stretch of zeros, as where a download left a gap."""
    start = rng.randrange(len(data))
    length = min(rng.choice((16, 1000, 50_000)), len(data) - start)
    return data[:start] + bytes(length) + data[start + length :]


def repeat(data: bytes, rng: random.Random) -> bytes:
    """A stretch that stands there twice."""
    start = rng.randrange(len(data))
    return data[: start + rng.randrange(20_000)] + data[start:]


def drop_object(data: bytes, rng: random.Random) -> bytes:
    """A PDF without one to five of its objects."""
    for _ in range(rng.randint(1, 5)):
        found = list(re.finditer(rb"\d+ 0 obj\b.*?endobj", data, re.DOTALL))
        if found:
            gone = rng.choice(found)
            data = data[: gone.start()] + b" " * (gone.end() - gone.start()) + data[gone.end() :]
    return data


def misdirect(data: bytes, rng: random.Random) -> bytes:
    """A PDF in which references point elsewhere: page trees bite their tails, fonts are pages, contents are missing."""
    places = list(re.finditer(rb"(\d+) 0 R\b", data))
    objects = len(re.findall(rb"\d+ 0 obj\b", data)) or 1
    for place in rng.sample(places, min(len(places), rng.choice((1, 3, 20)))):
        number = str(rng.randint(0, objects)).encode().rjust(place.end(1) - place.start(1), b" ")
        if len(number) == place.end(1) - place.start(1):
            data = data[: place.start(1)] + number + data[place.end(1) :]
    return data


def miscount(data: bytes, rng: random.Random) -> bytes:
    """A PDF, its numbers wrong: lengths, counts, sizes, positions of the table of objects."""
    keys = rb"/(?:Length1?|Count|Size|Width|Height|W|N|First|Predictor|Columns|Rotate|FirstChar|LastChar)"
    places = list(re.finditer(keys + rb"\s*(-?\d+)|startxref\s+(\d+)|/MediaBox\s*\[\s*(-?\d+)", data))
    for place in sorted(rng.sample(places, min(len(places), rng.randint(1, 4))), key=lambda one: -one.start()):
        group = place.lastindex or 0
        wrong = rng.choice((b"-1", b"0", b"1", b"99999999", b"4294967295", b"9223372036854775807"))
        data = data[: place.start(group)] + wrong + data[place.end(group) :]
    return data


def nest(data: bytes, rng: random.Random) -> bytes:
    """A PDF with arrays or dictionaries in each other, tens of thousands deep, where an object begins."""
    places = [found.end() for found in re.finditer(rb"\d+ 0 obj\b", data)]
    if not places:
        return data
    place = rng.choice(places)
    return data[:place] + rng.choice((b"[", b"<</Kids[", b"<</Parent")) * rng.choice((50, 50_000)) + data[place:]


def repack(data: bytes, rng: random.Random, spoil: Damage) -> bytes:
    """An office file, sound as a zip, in which one part is spoilt."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    weights = [max(len(content), 1) for content in parts.values()]
    name = rng.choices(list(parts), weights)[0] if rng.random() < 0.8 else rng.choice(list(parts))
    parts[name] = spoil(parts[name], rng) if parts[name] else b"x"
    if rng.random() < 0.1:
        del parts[name]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()


def spoil_markup(data: bytes, rng: random.Random) -> bytes:
    """Markup in which tags are lost, doubled or nested, and numbers in attributes are absurd."""
    tags = list(re.finditer(rb"<[^<>]*>", data))
    if not tags:
        return data
    way = rng.randrange(4)
    if way == 0:
        gone = rng.choice(tags)
        return data[: gone.start()] + data[gone.end() :]
    if way == 1:  # a stretch between two opening tags again and again inside itself
        first = rng.choice(tags)
        return data[: first.end()] + first.group() * rng.choice((2, 500, 50_000)) + data[first.end() :]
    numbers = list(re.finditer(rb'="(-?\d+)"', data))
    if way == 2 and numbers:
        for place in sorted(rng.sample(numbers, min(len(numbers), 10)), key=lambda one: -one.start()):
            wrong = rng.choice((b"-1", b"0", b"70000", b"2147483648", b"99999999999999999999", b"x"))
            data = data[: place.start(1)] + wrong + data[place.end(1) :]
        return data
    ranges = list(re.finditer(rb'ref="([A-Z]+\d+:[A-Z]+\d+)"', data))
    for place in reversed(ranges):
        if rng.random() < 0.3:
            wrong = rng.choice((b"A1:XFD1048576", b"C3:A1", b"A0:B0", b"A1:A1048576"))
            data = data[: place.start(1)] + wrong + data[place.end(1) :]
    return data if ranges else flip(data, rng)


PDF: tuple[Damage, ...] = (cut, flip, blank_out, repeat, drop_object, misdirect, miscount, nest)
MARKUP: tuple[Damage, ...] = (cut, flip, repeat, spoil_markup, spoil_markup)


def damaged(name: str, data: bytes, rng: random.Random) -> bytes:
    """A file of that name, broken in one or two ways that such files break."""
    for _ in range(rng.choice((1, 1, 2))):
        if not data:
            break
        if name.endswith(".pdf"):
            data = rng.choice(PDF)(data, rng)
        elif name.endswith((".docx", ".xlsx")) and rng.random() < 0.7:
            try:
                data = repack(data, rng, rng.choice(MARKUP))
            except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError):  # a damage on a damage
                data = flip(data, rng)
        elif name.endswith((".docx", ".xlsx", ".xls")):
            data = rng.choice((cut, flip, blank_out, repeat))(data, rng)
        else:
            data = rng.choice(MARKUP)(data, rng)
    return data
