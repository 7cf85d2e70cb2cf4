"""The second reading's own walk over a content stream gives what pypdf's `extract_text` gives, or leaves the page to it."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader

from ingest.readers.content_stream import Unusual, array, operations, string
from ingest.readers.second_reading import Fonts, page_text, second_reading, walked_text
from tests.test_pdf import pdf

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def pages(data: bytes) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(data)).pages)


def walked(content: str, form: str = "") -> str:
    """The text by our walk, after pypdf's is found to be the same."""
    data = pdf(content, form=form)
    ours = walked_text(pages(data)[0], Fonts())
    assert ours == pages(data)[0].extract_text()
    return ours


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("BT /F 10 Tf 50 50 Td (1,234.50) Tj ET", "1,234.50"),
        (r"BT /F 10 Tf 50 50 Td (\061\62\0633\(4\)\\) Tj ET", "1233(4)\\"),  # octal: one to three digits
        ("BT /F 10 Tf 50 50 Td (12\\\n34\\\r\n56) Tj ET", "123456"),  # a line end behind a backslash is none
        (r"BT /F 10 Tf 50 50 Td (a (b (c) d) \051 e) Tj ET", "a (b (c) d) ) e"),
        ("BT /F 10 Tf 50 50 Td <31 32\n2E35 3> Tj ET", "12.50"),  # an odd digit at the end counts as before a 0
        ("BT /F 10 Tf 50 50 Td <> Tj (7) Tj () Tj ET", "7"),
        ("BT % (1) Tj\n/F 10 Tf % 9 Tf\r50 50 Td (2 % 3) Tj ET % (4) Tj", "2 % 3"),
        ("BT/F 10 Tf 50 50 Td(5)Tj<36>Tj[(7)-20<38>]TJ ET", "5678"),
        ("BT /F 10 Tf 50 50 Td [(1) -800 (2) 100 (3) -90 (4)] TJ ET", "1 234"),  # gaps of 8, -1 and 0.9 points
        ("/P <</MCID 0 /A [(Tj) <</B 1>>]>> BDC BT /F 10 Tf 50 50 Td (8) Tj ET EMC", "8"),
        ("BT /F 10 Tf 50 50 Td (1) Tj 0 -12 Td (2) Tj 30 0 Td (3) Tj 3 0 Td (4) Tj ET", "1\n2 34"),
        ("BT /F 10 Tf 12 TL 50 90 Td (1) Tj T* (2) Tj (3) ' 1 0 (4) \" 0 -14 TD (5) Tj T* (6) Tj ET", "1\n2\n3\n4\n5\n6"),
        ("q 2 0 0 2 0 0 cm BT /F 5 Tf 1 0 0 1 10 10 Tm (1) Tj ET Q BT 1 0 0 1 40 20 Tm /F 10 Tf (2) Tj ET", "1 2"),
        ("BT /F 10 Tf 0 1 -1 0 50 50 Tm (1) Tj 0 -12 Td (2) Tj ET Q Q", "1\n2"),  # turned; more Q than q
        ("BT /F -10 Tf -1 0 0 -1 50 50 Tm (1) Tj (2) Tj ET", "1\n2\n"),  # pypdf breaks after each where type is turned over
        ("BT /F 10 Tf 50 50 Td 5 Tc (1) Tj 10.5 0 Td (2) Tj ET", "12"),
        ("10 w [3 1] 0 d 0 0 m 9 9 l S /G gs 1 0 0 rg", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_text_of_one_page(content: str, text: str) -> None:
    assert walked(content) == text


def test_forms_are_walked_where_they_are_drawn() -> None:
    form = "BT /F 10 Tf 5 5 Td (2) Tj ET"
    assert walked("BT /F 10 Tf 50 90 Td (1) Tj ET /X Do BT 50 10 Td (3) Tj ET", form).split() == ["1", "2", "3"]


@pytest.mark.parametrize(
    "content",
    [
        "BI /W 2 /H 2 /BPC 8 /CS /G ID (1)T EI BT /F 10 Tf 50 50 Td (2) Tj ET",  # what the picture holds is no text
        r"BT /F 10 Tf 50 50 Td (\7771\q2) Tj ET",
        "BT /F 10 Tf 50 50 Td (3) Tj ((((((4)))))) Tj ET",
        "BT /F 10 Tf 50 50 Td 1-2 0 Td (4) Tj ET",
        "BT /F 10 Tf 50 50 Td (5) Tj /Missing 10 Tf (6) Tj ET",
        "BT /F 10 Tf 50 50 Td (5) Tj /#46 10 Tf (6) Tj ET",
        "BT (7) Tj ET",
        "BT /F 10 Tf 50 50 Td /Name Tj (8) Tj 1 Td ET",
        "/Missing Do BT /F 10 Tf 50 50 Td (9) Tj ET",
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_pypdf(content: str) -> None:
    data = pdf(content)
    with pytest.raises(Unusual):
        walked_text(pages(data)[0], Fonts())
    assert page_text(pages(data)[0], Fonts()) == pages(data)[0].extract_text()


def test_form_within_itself_ends() -> None:
    data = pdf("/X Do", form="BT /F 10 Tf 5 5 Td (1) Tj ET /X Do").replace(
        b"/Font << /F 3 0 R >> >> >>\nstream\nBT", b"/Font << /F 3 0 R >> /XObject << /X 4 0 R >> >> >>\nstream\nBT"
    )
    assert page_text(pages(data)[0], Fonts()).split() == ["1"]


def test_strings_and_arrays_as_they_are_written() -> None:
    assert string(rb" (\n\r\t\b\f\(\)\\) ") == b"\n\r\t\b\f()\\"
    assert array(rb"[ (a]b) -1.5 <6 1> .25 ]") == [b"a]b", -1.5, b"a", 0.25]
    with pytest.raises(Unusual):
        string(b"(a) (b)")
    with pytest.raises(Unusual):
        array(b"[(a) /b]")
    assert list(operations(b"1 0 0 1 (Tj) Tm%Tj\nET ")) == [(b"Tm", b"1 0 0 1 (Tj) "), (b"ET", b"")]


def test_broken_streams_end_soon() -> None:
    """Brackets that never close are looked at once, not once for each way of reading them."""
    for piece in (b"(", b"<<", b"[", b"[(", b"<<(a)", b"1 (a) ", b"(\\", b"%\n(a)"):
        with pytest.raises(Unusual):
            list(operations(piece * 100_000 + b"}"))


def instruction(rng: random.Random) -> str:
    """One instruction of made-up text, moves and matrices of every kind."""
    digits = "".join(rng.choice(["1", "2", ".5", ",", r"\061", r"\(", " ", r"\\"]) for _ in range(rng.randrange(5)))
    number: Callable[[], str] = lambda: rng.choice(["0", "1", "-1", "+2.5", ".5", "12", "-12.75", "30", "8."])  # noqa: E731
    shown = rng.choice([f"({digits})", f"<{digits.encode().hex()}>"])
    matrix = rng.choice(["1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "1 0 0 -1", "2 0 0 .5", "0 0 0 0"])
    return rng.choice([
        f"{shown} Tj", f"{shown} Tj", f"{number()} {number()} Td", f"{number()} 0 Td", f"0 {number()} Td",
        f"{number()} {number()} TD", "T*", f"{number()} TL", f"{matrix} {number()} {number()} Tm", "BT", "ET", "q", "Q",
        f"{matrix} {number()} {number()} cm", f"/F {number()} Tf", f"{number()} Tc", f"{shown} '", "/X Do",
        f"{number()} {number()} {shown} \"", f"[{shown} {number()} {shown} -{rng.randrange(900)} {shown}] TJ", "0 0 m 5 5 l S",
    ])  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_any_order_of_instructions_gives_the_same_text(seed: int) -> None:
    rng = random.Random(seed)
    stream = "BT /F 10 Tf " + "\n".join(instruction(rng) for _ in range(300))
    walked(stream, form="BT /F 8 Tf 3 3 Td (66) Tj ET 1 0 0 1 5 5 cm BT 0 3 Td [(77)-300(88)] TJ ET")


def test_bundled_editions_read_the_same_by_either() -> None:
    compare(sorted((ROOT / "corpus" / "editions").glob("*.pdf"))[:2])


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared")
@pytest.mark.parametrize(
    "name", ["typeset/002_chrome.pdf", "typeset/002_lorep.pdf", "real/西南大学2023年度部门决算.pdf"]
)
def test_producers_read_the_same_by_either(name: str) -> None:
    compare([SHARED / name])


def compare(paths: list[Path]) -> None:
    """Every page by our own walk, and by pypdf."""
    for path in paths:
        fonts = Fonts()
        for ours, theirs in zip(pages(path.read_bytes()), pages(path.read_bytes()), strict=True):
            assert walked_text(ours, fonts) == theirs.extract_text()


def test_what_pypdf_cannot_open_has_no_second_reading() -> None:
    assert list(second_reading(b"%PDF-1.7 and nothing else")) == []
