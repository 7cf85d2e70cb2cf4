"""The bundled editions: what they promise on their first page, and that nothing was lost or invented in typesetting."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject

from corpus.editions.manuscript import Manuscript, ManuscriptError, Table, read_manuscript
from corpus.editions.typeset import identifier

ROOT = Path(__file__).parents[1]
EDITIONS = ROOT / "corpus" / "editions"
ORIGINALS = Path(__file__).parents[2] / "shared" / "disclosures"
SOURCES = sorted((EDITIONS / "source").glob("*.txt"))

needs_originals = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the published originals are not in the project")
each_edition = pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)

PERSONAL = {"联系电话", "单位联系人", "负责人", "经办人"}
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
FIGURE = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(?:万元|元|%|辆|台|平方米|人|名|万件|项|个|份|套)")
VALUE_CELL = re.compile(r"[≥≤]?\s*\d[\d,]*\s*(?:%|[^\d，。]{0,2})")

# Worked out by hand from the published tables: text that must stand in the PDF, spaces aside.
KNOWN = {
    "厦门市政务服务保障中心2026年单位预算": ["4,218.27", "2014101行政运行2,692.87", "542.40万元", "13.5413.5413.54"],
    "厦门市行政审批管理局2024年部门预算": [
        "8,395.94",
        "229.83万元",
        "239.83万元",
        "的84项",
        "的844项",
        "培训费0.700.700.70",
    ],
    "泉州市12345政务服务便民热线中心2026年单位预算": ["1182.04", "770.46万元", "4.58%", "175.09"],
    "阜康市数据资源和政务服务中心2026年单位预算": ["319.87", "36.23%", "2210201住房公积金22.42", "29.00平方米"],
    "晋城市政务服务中心2026年单位预算": ["553.60", "消耗品53万元", "本年预算40万元", "2005年7-11月", "A160603"],
}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def pdf_text(source: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(EDITIONS / f"{source.stem}.pdf").pages)


def numbers(text: str) -> list[str]:
    return [found.rstrip(",") for found in NUMBER.findall(text)]


def exact_amounts(text: str) -> Counter[str]:
    """Numbers that can only be amounts: with decimals, or with a comma between thousands."""
    return Counter(found for found in numbers(text) if "." in found or re.search(r",\d{3}", found))


def plain(cells: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """A row without merge marks, spaces and blank cells at its end."""
    row = ["" if cell in {"<", "^", "!"} else squeezed(cell) for cell in cells]
    while row and not row[-1]:
        row.pop()
    return tuple(row)


# ---------------------------------------------------------------- the bundled PDFs on their own


def test_every_manuscript_is_typeset() -> None:
    assert {path.stem for path in EDITIONS.glob("*.pdf")} == {path.stem for path in SOURCES} == set(KNOWN)


@each_edition
def test_first_page_says_what_it_is(source: Path) -> None:
    reader = PdfReader(EDITIONS / f"{source.stem}.pdf")
    about = read_manuscript(source).about
    first = squeezed(reader.pages[0].extract_text())
    promises = ("明账（mingzhang）自行排印的版本", "Thisismingzhang'sownedition")
    facts = (about["issuer"], about["kind"], about["year"], about["site"])
    assert [words for words in promises + facts if words not in first] == []
    assert reader.metadata is not None
    assert reader.metadata.title == about["title"] == source.stem
    assert reader.metadata.author == "mingzhang editions"
    assert "mingzhang-edition" in (reader.metadata.keywords or "")
    assert about["issuer"] in (reader.metadata.subject or "")


@each_edition
def test_no_telephone_number(source: Path) -> None:
    assert not PHONE.search(pdf_text(source))
    assert not PHONE.search(source.read_text(encoding="utf-8"))
    for table in read_manuscript(source).tables:
        for row in table.rows:
            assert [(label, value) for label, value in pairwise(row) if label.rstrip("：") in PERSONAL and value] == []


@each_edition
def test_known_amounts_are_in_print(source: Path) -> None:
    text = squeezed(pdf_text(source))
    assert [words for words in KNOWN[source.stem] if words not in text] == []


@each_edition
def test_pdf_prints_the_manuscript(source: Path) -> None:
    manuscript = read_manuscript(source)
    cells = "\n".join(cell for table in manuscript.tables for row in table.rows for cell in row)
    assert exact_amounts(pdf_text(source)) == exact_amounts(f"{manuscript.prose}\n{cells}")


@each_edition
def test_pdf_is_made_from_this_manuscript(source: Path) -> None:
    identifiers = PdfReader(EDITIONS / f"{source.stem}.pdf").trailer["/ID"]
    assert isinstance(identifiers, ArrayObject)
    made_from = identifiers[0].original_bytes
    assert made_from.hex() == identifier(read_manuscript(source)).hex(), "run corpus.editions.typeset"


@each_edition
def test_pdf_is_small(source: Path) -> None:
    assert (EDITIONS / f"{source.stem}.pdf").stat().st_size < 320_000


# ---------------------------------------------------------------- the manuscripts against the published originals


def published_tables(stem: str) -> list[list[list[str]]]:
    """The tables of an original: runs of lines with tabs; only a line of words between them starts a new table."""
    tables: list[list[list[str]]] = []
    in_table = False
    for line in (ORIGINALS / f"{stem}.txt").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("\t")]
        # Lines of the contents, and rules left over from the text export, are no rows.
        if "..." in line or re.match(r"第.部分.*\t\d+$", line) or set(squeezed(line)) == {"-"}:
            continue
        if "\t" not in line:
            in_table = in_table and not line.strip()
            continue
        if not in_table:
            tables.append([])
            in_table = True
        tables[-1].append(cells)
    return [only_approvals(table) for table in tables]


def only_approvals(table: list[list[str]]) -> list[list[str]]:
    """Of the provincial catalogue of services only the department that concerns the unit is in the edition."""
    if "四级目录" not in table[0]:
        return table
    names = [re.sub("<.*?>", "", row[0]) for row in table]
    return [["行政审批"], *table[names.index("行政审批") + 1 : names.index("信访")]]


def is_performance(table: Table) -> bool:
    return "绩效目标表" in table.title


def statutory_differences(original: list[list[str]], table: Table) -> list[str]:
    """Every row below the header stands in the original cell for cell, and what is left there is header."""
    theirs = Counter(plain(row) for row in original)
    ours = Counter(plain(row) for row in table.rows[table.header :])
    if not any(len(row) == len(table.columns) for row in original):  # a column of the header was lost in the original
        theirs, ours = (Counter({tuple(filter(None, row)): n for row, n in rows.items()}) for rows in (theirs, ours))
    invented = [f"invented: {row}" for row in (ours - theirs).elements() if row]
    left = (row for row in (theirs - ours).elements() if row)
    lost = [f"lost: {row}" for row in left if any(re.fullmatch(r"\d{3,7}|[\d,]*\.\d+|A\d*", cell) for cell in row)]
    return invented + lost


def performance_differences(original: list[list[str]], table: Table) -> list[str]:
    """Every amount and every indicator value as often as in the original; no other number lost or invented."""
    theirs, ours = without_telephones(original), [list(plain(row)) for row in table.rows]
    # A merged cell that is drawn anew on the next page is one cell.
    texts = ["\n".join(cell for row in rows for cell in row) for rows in (theirs, ours)]
    values = [Counter(squeezed(c) for row in rows for c in row if VALUE_CELL.fullmatch(c)) for rows in (theirs, ours)]
    amounts = [exact_amounts(text) for text in texts]
    every = [set(numbers(text)) for text in texts]
    found = [f"amount {a}" for a in ((amounts[0] - amounts[1]) + (amounts[1] - amounts[0])).elements()]
    found += [f"value {a}" for a in ((values[0] - values[1]) + (values[1] - values[0])).elements()]
    return found + [f"number {a}" for a in every[0] ^ every[1]]


def without_telephones(rows: list[list[str]]) -> list[list[str]]:
    return [
        ["" if i and row[i - 1].startswith("联系电话") else re.sub("<.*?>", "", cell) for i, cell in enumerate(row)]
        for row in rows
    ]


def differences(manuscript: Manuscript) -> list[str]:
    published = published_tables(manuscript.name)
    tables = manuscript.tables
    if len(published) != len(tables):
        return [f"{len(published)} tables published, {len(tables)} in the edition"]
    return [
        f"{table.title}: {words}"
        for original, table in zip(published, tables, strict=True)
        for words in (performance_differences if is_performance(table) else statutory_differences)(original, table)
    ]


@needs_originals
@each_edition
def test_tables_are_as_published(source: Path) -> None:
    assert differences(read_manuscript(source)) == []


@needs_originals
@each_edition
def test_titles_are_as_published(source: Path) -> None:
    published = squeezed((ORIGINALS / source.name).read_text(encoding="utf-8"))
    # Two tables have no title in the original, and of the catalogue only a part is in the edition.
    ours = {"部门预算编制范围", "预算单位构成", "山西省部门政府购买服务指导性目录（行政审批部分）"}
    titles = [squeezed(table.title) for table in read_manuscript(source).tables if table.title not in ours]
    assert [title for title in titles if title not in published] == []


@needs_originals
@each_edition
def test_prose_states_every_published_figure(source: Path) -> None:
    original = (ORIGINALS / source.name).read_text(encoding="utf-8")
    prose = "\n".join(line for line in original.splitlines() if "\t" not in line)
    ours = read_manuscript(source).prose
    stated = set(numbers(ours))
    assert [figure for figure in FIGURE.findall(prose) if figure not in stated] == []
    published = set(numbers(original))
    assert [figure for figure in FIGURE.findall(ours) if figure not in published] == []


@needs_originals
@each_edition
def test_prose_is_in_our_own_words(source: Path) -> None:
    """No 40 characters running, figures and punctuation aside, are shared with the prose of any original."""
    letters, length = re.compile(r"[\d\W_]+"), 40
    published: set[str] = set()
    for path in ORIGINALS.glob("*预算.txt"):
        lines = path.read_text(encoding="utf-8").splitlines()
        flat = letters.sub("", "".join(line for line in lines if "\t" not in line))
        published |= {flat[i : i + length] for i in range(len(flat) - length + 1)}
    for text in (source.read_text(encoding="utf-8"), pdf_text(source)):
        flat = letters.sub("", text)
        assert [run for i in range(len(flat) - length + 1) if (run := flat[i : i + length]) in published] == []


@needs_originals
def test_a_changed_amount_a_lost_row_and_a_moved_cell_are_seen() -> None:
    manuscript = read_manuscript(SOURCES[0])
    table = next(table for table in manuscript.tables if table.title == "一般公共预算支出情况表")
    number = manuscript.blocks.index(table)
    row = table.rows[-1]
    for rows in (
        (*table.rows[:-1], tuple(cell.replace("7", "1") for cell in row)),
        table.rows[:-1],
        (*table.rows[:-1], (*row[:2], "", *row[2:-1])),
        (*table.rows, row),
    ):
        blocks = list(manuscript.blocks)
        blocks[number] = replace(table, rows=rows)
        assert differences(replace(manuscript, blocks=tuple(blocks)))


# ---------------------------------------------------------------- the manuscript format


def write(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "sample.txt"
    path.write_text(f"title: 样\n---\n{body}", encoding="utf-8")
    return path


def test_merge_marks_become_spans(tmp_path: Path) -> None:
    body = "= table 表\ncolumns: l2 r1 r1\nheader: 2\n--\n科目\t预算数\t<\n^\t小计\t其中\n合计\t1.00\n= end\n"
    (table,) = read_manuscript(write(tmp_path, body)).tables
    drawn = table.drawn()
    assert [(cell.text, cell.rowspan, cell.colspan) for cell in drawn[0]] == [("科目", 2, 1), ("预算数", 1, 2)]
    assert [cell.text for cell in drawn[1]] == ["小计", "其中"]
    assert [cell.text for cell in drawn[2]] == ["合计", "1.00", ""]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("= table 表\ncolumns: l1\nheader: 1\n--\na\tb\n= end\n", "line 7: 2 cells in a table of 1 columns"),
        ("= table 表\ncolumns: l1\n--\na\n", "'= end' is missing"),
        ("= picture\n", "line 3: unknown block"),
    ],
)
def test_a_broken_manuscript_names_the_line(tmp_path: Path, body: str, words: str) -> None:
    with pytest.raises(ManuscriptError, match=re.escape(words)):
        read_manuscript(write(tmp_path, body))
