"""The second reading of a PDF page: its text by the order of its content stream, independent of pdfium.

pypdf opens the file, decodes its streams and knows what the codes of its fonts stand for. Walking the content stream is
ours, since pypdf parses each font anew for each page and each number as an object of its own: three to ten times the
time. Lines and blanks begin where pypdf's `extract_text` puts them, so that both give the same text; whatever is out
of the ordinary is left to that.
"""

from __future__ import annotations

import io
import logging
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from ingest.readers.characters import fold
from ingest.readers.content_stream import Unusual, array, name_and_rest, numbers, operations, string

try:
    from pypdf.generic._font import Font
except ImportError:  # a later pypdf may keep it elsewhere: it reads every page itself then
    Font = None  # type: ignore[assignment, misc]

SPACE = 200.0
"""Width of a blank, in thousandths of the type size, where a font does not tell (pypdf's default)."""
LINE = 0.8
"""A move across the line by more than this share of the type's height begins another line."""
KERNED = 0.95
"""A gap within an array of strings is a blank when it is at least this share of half a blank wide."""
MAX_FORMS = 500
"""Forms drawn on one page; where there are more, pypdf's own limits decide."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def second_reading(data: bytes) -> Iterator[str | None]:
    """The text of one page after the other, folded, None for a page (or all of them) that pypdf cannot read."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            reader.decrypt("")
        pages = list(reader.pages)
    except Exception:  # a hostile or odd file may break pypdf anywhere; the first reading stands without it
        return
    fonts = Fonts()
    for page in pages:
        try:
            yield fold(page_text(page, fonts))
        except Exception:
            yield None


def page_text(page: PageObject, fonts: Fonts) -> str:
    """The text that `page.extract_text()` gives. `fonts` are those of the page's document. Raises what pypdf raises."""
    try:
        return walked_text(page, fonts)
    except Exception:  # odd files break either walk; where pypdf's own stands, it counts
        return page.extract_text()


def walked_text(page: PageObject, fonts: Fonts) -> str:
    """The same by our own walk alone. Raises `Unusual` where the page is out of the ordinary."""
    contents = page.get_contents()
    return _Walk(page, fonts, []).text(contents.get_data()) if contents is not None else ""


class Fonts:
    """What a document's fonts print, each worked out once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[DictionaryObject, Print]] = {}

    def of(self, resource: DictionaryObject) -> Print:
        """What the strings of a font print. Raises `Unusual` for a font that pypdf makes nothing of."""
        if id(resource) not in self._known:  # pypdf keeps one object for all references to a font
            if Font is None:
                raise Unusual("pypdf without its fonts")
            self._known[id(resource)] = resource, Print(Font.from_font_resource(resource))
        return self._known[id(resource)][1]


class Print(dict[bytes, tuple[str, float, int]]):
    """Text, width (thousandths of the type size) and number of codes of each string in one font, as they turn up."""

    def __init__(self, font: Any) -> None:
        super().__init__()
        self._encoding: str | dict[int, str] = font.encoding
        self._map: dict[str, str] = font.character_map
        widths: dict[str, float] = dict(font.character_widths)
        self.space: float = font.space_width if widths.get(font.space_char, 0) else SPACE
        widths[font.space_char] = self.space
        self._widths, self._default = widths, font.character_widths["default"]

    def __missing__(self, shown: bytes) -> tuple[str, float, int]:
        if isinstance(self._encoding, str):
            codes = measured = _decoded(shown, self._encoding)
        else:
            codes = "".join([self._encoding.get(code, chr(code)) for code in shown])
            measured = shown.decode("latin-1")
        text = "".join([self._map.get(code, code) for code in codes])
        if _RIGHT_TO_LEFT.search(text):
            raise Unusual("text from right to left")
        width = 0.0
        for code in measured:
            width += self._widths.get(code, self._default)
        found = self[shown] = text, width, len(codes)
        return found


def _decoded(shown: bytes, encoding: str) -> str:
    try:
        return shown.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return shown.decode(encoding, "replace")


class _Walk:
    """The text of one content stream, gathered instruction by instruction.

    `forms` are those being drawn and drawn already, each with whether it is being drawn.
    """

    def __init__(self, owner: DictionaryObject, fonts: Fonts, forms: list[int], around: tuple[int, ...] = ()) -> None:
        resources = owner.get_inherited("/Resources") if isinstance(owner, PageObject) else owner.get("/Resources")
        self._resources: Any = resources.get_object() if resources is not None else None
        self._fonts, self._forms, self._around = fonts, forms, around
        self._font_names: dict[str, Print] = {}
        self._parts: list[str] = []
        self._last = ""  # the last sign of all
        self._fresh = False  # whether anything was shown since text was last set apart, as by another font
        self._page_matrix, self._text_matrix, self._saved = _IDENTITY, _IDENTITY, list[Any]()
        self._print: Print | None = None
        self._size, self._half, self._spacing, self._leading = 12.0, 250.0, 0.0, 0.0
        self._other_half: float | None = None  # half a blank of the font before, right after it was changed
        self._shown, self._height = 0.0, 0.0  # width of what was shown since the last move (thousandths); its size
        self._at: Matrix = _IDENTITY  # where the last look was, and the scales along and across there
        self._along, self._across = 1.0, 1.0
        self._still = False  # whether nothing moved since
        self._span: tuple[bool, float, float] | None = None  # of the line: whether upright, its first and last height

    def text(self, data: bytes) -> str:
        """All of it. Raises `Unusual`."""
        if not isinstance(self._resources, DictionaryObject):
            if self._resources is None:
                return ""
            raise Unusual("resources")
        todo: dict[bytes, Callable[[bytes], None]] = {
            b"BT": self._begin, b"ET": self._end, b"q": self._save, b"Q": self._restore, b"cm": self._transform,
            b"Tf": self._choose, b"Td": self._move, b"TD": self._move_leading, b"Tm": self._place, b"T*": self._next,
            b"TL": self._lead, b"Tc": self._space_out, b"Tj": self._show, b"TJ": self._show_array,
            b"'": self._show_next, b'"': self._show_spaced, b"Do": self._draw,
        }  # fmt: skip
        for operator, operands in operations(data):
            do = todo.get(operator)
            if do is not None:
                do(operands)
        return "".join(self._parts)

    def _begin(self, _: bytes) -> None:
        self._text_matrix, self._fresh, self._still = _IDENTITY, False, False

    def _end(self, _: bytes) -> None:
        self._fresh = False

    def _save(self, _: bytes) -> None:
        self._saved.append((self._page_matrix, self._print, self._size, self._spacing, self._leading))

    def _restore(self, _: bytes) -> None:
        self._still = False
        if self._saved:
            self._page_matrix, self._print, self._size, self._spacing, self._leading = self._saved.pop()
        else:
            self._page_matrix = _IDENTITY

    def _transform(self, operands: bytes) -> None:
        a, b, c, d, e, f = numbers(operands, 6)
        self._page_matrix = _times((a, b, c, d, e, f), self._page_matrix)
        self._fresh, self._still = False, False

    def _choose(self, operands: bytes) -> None:
        if self._fresh:
            self._other_half, self._fresh = self._size * self._half, False
        name, rest = name_and_rest(operands)
        if name not in self._font_names:
            self._font_names[name] = self._fonts.of(self._resource("/Font", name))
        self._print = self._font_names[name]
        self._half = self._print.space / 2
        self._size = numbers(rest, 1)[0]

    def _resource(self, kind: str, name: str) -> DictionaryObject:
        try:
            found = self._resources[kind][name]
        except (KeyError, TypeError, AttributeError) as error:
            raise Unusual(f"no {kind} {name}") from error
        if not isinstance(found, DictionaryObject):
            raise Unusual(f"{kind} {name}")
        return found

    def _lead(self, operands: bytes) -> None:
        self._leading = numbers(operands, 1)[0]

    def _space_out(self, operands: bytes) -> None:
        self._spacing = numbers(operands, 1)[0]

    def _move(self, operands: bytes) -> None:
        x, y = numbers(operands, 2)
        a, b, c, d, e, f = self._text_matrix
        self._text_matrix = (a, b, c, d, e + (x * a + y * c), f + (x * b + y * d))
        self._moved()

    def _move_leading(self, operands: bytes) -> None:
        self._leading = -numbers(operands, 2)[1]
        self._move(operands)

    def _place(self, operands: bytes) -> None:
        a, b, c, d, e, f = numbers(operands, 6)
        self._text_matrix = (a, b, c, d, e, f)
        self._moved()

    def _next(self, _: bytes) -> None:
        a, b, c, d, e, f = self._text_matrix
        self._text_matrix = (a, b, c, d, e - self._leading * c, f - self._leading * d)
        self._moved()

    def _moved(self) -> None:
        width, self._shown = self._shown / 1000, 0.0
        self._look(width)

    def _show(self, operands: bytes) -> None:
        self._add(string(operands))

    def _show_next(self, operands: bytes) -> None:
        self._next(b"")
        self._show(operands)

    def _show_spaced(self, operands: bytes) -> None:
        words = operands.split(None, 2)
        if len(words) < 3:
            raise Unusual("spacing")
        self._spacing = numbers(words[0] + b" " + words[1], 2)[1]
        self._show_next(words[2])

    def _show_array(self, operands: bytes) -> None:
        gap = self._half * KERNED
        for part in array(operands):
            if isinstance(part, bytes):
                self._add(part)
                continue
            width = self._shown - part * self._size
            if -part >= gap and self._last not in ("", " ", "\n"):
                self._append(" ")
            self._shown = width

    def _add(self, shown: bytes) -> None:
        if self._print is None:
            raise Unusual("text without a font")
        text, width, count = self._print[shown]
        self._shown += width * self._size + 1000 * self._spacing * count
        self._append(text)

    def _append(self, text: str) -> None:
        self._other_half = None
        self._height = self._size
        if text:
            self._parts.append(text)
            self._last = text[-1]
            self._fresh = True
        usual = text and self._last != "\n" and min(self._size, self._half, self._along) > 0
        if not (self._still and usual):  # looking again at the same place finds nothing then
            self._look(0.0)

    def _draw(self, operands: bytes) -> None:
        name, rest = name_and_rest(operands)
        if rest:
            raise Unusual("drawn")
        self._fresh = False
        if self._last not in ("", "\n"):
            self._parts.append("\n")
            self._last = "\n"
        form = self._resource("/XObject", name)
        if form.get("/Subtype") == "/Image":
            return
        if not isinstance(form, StreamObject) or id(form) in self._around or len(self._forms) >= MAX_FORMS:
            raise Unusual(f"form {name}")
        self._forms.append(id(form))
        text = _Walk(form, self._fonts, self._forms, (*self._around, id(form))).text(form.get_data())
        if text:
            self._parts.append(text)
            self._last = text[-1]

    def _look(self, width: float) -> None:
        """Break the line, or set a blank, if text goes on elsewhere than where the last of so much `width` ended."""
        was, along, across = self._at, self._along, self._across
        a, b, c, d, x, y = self._at = at = _times(self._text_matrix, self._page_matrix)
        if at[:4] != was[:4]:
            self._along, self._across = math.sqrt(a * a + b * b), math.sqrt(c * c + d * d)
        self._still = True
        upright = abs(d) > 1e-6
        forward, sideways, height = (x - was[4], y - was[5], y) if upright else (y - was[5], x - was[4], x)
        span = self._span if self._span is not None and self._span[0] == upright else None
        apart = abs(sideways) if span is None else max(span[1] - height, height - span[2], 0.0)
        limit = LINE * min(self._height * across, self._size * self._across)
        first = self._last in ("", "\n")
        if apart > limit:
            if not first:
                self._parts.append("\n")
                self._last = "\n"
                self._fresh = False
            self._span = upright, height, height
            return
        if span is None or first:
            self._span = upright, height, height
        else:
            self._span = upright, min(span[1], height), max(span[2], height)
        half = self._size * self._half
        if self._other_half is not None:
            half = min(half, self._other_half)
        if self._last not in ("", " ") and (abs(sideways) > limit or forward >= (half / 1000 + width) * along):
            self._parts.append(" ")
            self._last = " "
            self._fresh = True


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
