"""The book gives back what it was given, whole, whatever happens to the process that writes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.disclosure import (
    Announced,
    Basis,
    Cell,
    Disclosure,
    Finding,
    Level,
    PageInfo,
    Paragraph,
    Section,
    Severity,
    Side,
    Span,
    Table,
    TableState,
)
from corpus.figure import Figure, Measure, Reader, Scheme, Status
from corpus.figures import Book, BookError, BookLockedError, BookMissingError, BookVersionError
from corpus.locator import Locator
from corpus.money import Absence, Amount
from corpus.passage import Passage
from corpus.record import Record

ROOT = Path(__file__).resolve().parents[1]
CONTEXT = "某市某局 2025 预算 · 概况"
BOXES = ((2, (1.0, 2.0, 3.0, 4.0)), (None, None))
NAME = "某市某局2025年部门预算.pdf"


def a_figure(name: str = NAME, **changes: object) -> Figure:
    place = Locator(name, 3, "收支总表", "合计", "预算数", None, "1,234.50", (72.25, 90.0, 140.125, 101.5), "t1", 4, 1)
    figure = Figure(
        name, Scheme.THREE_PUBLIC, "三公经费", "“三公”经费", Measure.AMOUNT, Amount(Decimal("1234.50"), "万元"), None,
        2025, Basis.BUDGET, place, Reader.TABLE,
    )  # fmt: skip
    return replace(figure, **changes)  # type: ignore[arg-type]


def full_figure(name: str = NAME) -> Figure:
    """A figure none of whose fields has its default."""
    return a_figure(
        name, amount=None, absence=Absence.NO_DATA, code="2010301", path=("一般公共服务支出", "政府办公厅"),
        flow="支出", funding="财政拨款", component="基本支出", entity="某中心", reason="主要原因是人员增加",
        compared=2024, whole="支出合计", ocr=True, status=Status.DISPUTED, because="两处不一致",
        others=("a" * 20, "b" * 20), reader=Reader.MODEL,
    )  # fmt: skip


def a_record(name: str = NAME, sha256: str = "0" * 64, amounts: int = 3) -> Record:
    disclosure = Disclosure(
        name, sha256, "某局2025年部门预算", "某市某局", Level.DEPARTMENT, 2025, Basis.BUDGET, "某市", "pdf", 12,
        "uploaded", True, ("某局机关", "某中心"),
    )  # fmt: skip
    text = "本年“三公”经费预算1,234.50万元。"
    span = Span(0, len(text), 2, (72.0, 80.0, 300.0, 92.0), tuple(72.0 + i / 3 for i in range(len(text) + 1)))
    section = Section(("一、概况", "（一）职责"), (Paragraph(text, (span,)), Paragraph("", ())))
    cells = (
        Cell(0, 0, "项目", 1, 2, 3, (0.1, 0.2, 0.3, 1 / 3)),
        Cell(1, 0, "", confidence=0.5, repaired="行错位已并回"),
    )
    table = Table(
        "t1",
        "收支总表",
        "generic",
        "万元",
        2,
        2,
        1,
        cells,
        ("项目", "收入/合计"),
        "二、报表",
        ("注：无",),
        (3, 4),
        True,
    )
    finding = Finding(
        NAME,
        Severity.CONTRADICTION,
        "sums",
        "合计不等。",
        "Totals differ.",
        (Side(Locator(name, 3), "1.00", "万元"),),
        "0.10",
    )
    values = [a_figure(name, amount=Amount(Decimal(i).scaleb(-2), "元"), account=f"项目{i}") for i in range(amounts)]
    return Record(
        disclosure,
        (PageInfo(1, 595.0, 842.0, "第一页\n", "ocr", ("此页为扫描件",)), PageInfo(2, 595.32, 841.92, "")),
        (section,),
        (table,),
        (Announced("收支总表", "income_expenditure", TableState.FILLED, "t1", "说明"),),
        (full_figure(name), *values),
        (
            Passage(name, "一、概况", "公务接待费预算3.00万元。", "prose", 2, CONTEXT, BOXES),
            Passage(name, "二、报表", "收支总表 · 教育支出 · 预算数:18.20", "table", 3, CONTEXT, (), "t1", 4),
        ),
        (finding,),
        ("第3页为扫描件，识别结果可能有误。",),
    )  # fmt: skip


def loaded(book: Book, name: str) -> Record:
    disclosure = book.disclosure(name)
    assert disclosure is not None
    return Record(
        disclosure,
        tuple(book.pages(name)),
        tuple(book.sections(name)),
        tuple(book.tables(name)),
        tuple(book.announced(name)),
        tuple(book.figures(documents=[name])),
        tuple(book.passages(documents=[name])),
        tuple(book.findings(documents=[name])),
        tuple(book.warnings(name)),
    )


def test_everything_comes_back_equal(tmp_path: Path) -> None:
    record = a_record()
    defaults = {item.name: item.default for item in fields(Figure)}
    assert [name for name, default in defaults.items() if getattr(full_figure(), name) == default] == []
    with Book.open(tmp_path, writable=True) as book:
        assert book.store(record, b"%PDF-1.7 \x00")
    with Book.open(tmp_path) as book:
        assert loaded(book, NAME) == record
        assert book.source(NAME) == b"%PDF-1.7 \x00"
        assert book.table(NAME, "t1") == record.tables[0]
        assert book.table(NAME, "t9") is None
        assert book.figure(record.figures[1].id) == record.figures[1]
        assert book.figure("no such id") is None


@pytest.mark.parametrize("digits", ["0", "0.00", "-3.10", "1E+2", "12345678901234567890.123456789", "1720.00"])
def test_decimals_keep_their_digits(tmp_path: Path, digits: str) -> None:
    figure = a_figure(amount=Amount(Decimal(digits), "万元"))
    with Book.open(tmp_path, writable=True) as book:
        book.store(replace(a_record(), figures=(figure,)))
        (read,) = book.figures()
    assert read.amount is not None
    assert str(read.amount.value) == digits


def test_same_bytes_change_nothing_other_bytes_replace_all(tmp_path: Path) -> None:
    with Book.open(tmp_path, writable=True) as book:
        assert book.store(a_record(amounts=5))
        edition = book.edition
        assert not book.store(a_record(amounts=1))
        assert (len(book.figures()), book.edition) == (6, edition)
        assert book.store(a_record(sha256="1" * 64, amounts=1))
        assert (len(book.figures()), len(book.tables(NAME)), len(book.disclosures())) == (2, 1, 1)
        assert book.edition > edition
        assert len(book.search("公务接待费")) == 1
        assert book.store(a_record(sha256="1" * 64, amounts=2), again=True)
        assert len(book.figures()) == 3


def test_remove_takes_everything(tmp_path: Path) -> None:
    with Book.open(tmp_path, writable=True) as book:
        book.store(a_record("甲.pdf"), b"a")
        book.store(a_record("乙.pdf"), b"b")
        book.remove("甲.pdf")
        book.remove("没有.pdf")
        assert [item.name for item in book.disclosures()] == ["乙.pdf"]
        assert {item.document for item in book.figures()} == {"乙.pdf"}
        assert book.source("甲.pdf") is None
        assert {passage.document for passage, _ in book.search("公务接待费")} == {"乙.pdf"}
        assert not any((book.warnings("甲.pdf"), book.pages("甲.pdf"), book.sections("甲.pdf")))


def test_filters(tmp_path: Path) -> None:
    one = a_figure(year=2024, code="208", scheme=Scheme.FUNCTION, flow="支出", account="社会保障和就业支出")
    two = a_figure(status=Status.CONFIRMED, component="基本支出", funding="财政拨款", entity="某中心")
    three = a_figure(reader=Reader.PROSE, measure=Measure.CHANGE, amount=Amount(Decimal("-1.2"), "万元"))
    with Book.open(tmp_path, writable=True) as book:
        book.store(replace(a_record(), figures=(one, two, three)))
        assert book.figures() == [one, two, three]
        assert (
            book.figures(years=[2024])
            == book.figures(codes=["208"])
            == book.figures(schemes=[Scheme.FUNCTION])
            == [one]
        )
        assert book.figures(accounts=["社会保障和就业支出"]) == book.figures(flows=["支出"]) == [one]
        assert book.figures(statuses=[Status.CONFIRMED]) == book.figures(components=["基本支出"]) == [two]
        assert book.figures(fundings=["财政拨款"]) == book.figures(entities=["某中心"]) == [two]
        assert book.figures(readers=[Reader.PROSE]) == book.figures(measures=[Measure.CHANGE]) == [three]
        assert book.figures(years=[2024, 2025], readers=[Reader.TABLE], limit=1) == [one]
        assert book.figures(documents=["另一份.pdf"]) == book.figures(years=[]) == []
        assert book.findings(severities=[Severity.GAP]) == []
        assert book.accounts([Scheme.FUNCTION]) == [(Scheme.FUNCTION, "社会保障和就业支出", NAME, "")]
        three_public = [(Scheme.THREE_PUBLIC, "三公经费", NAME, entity) for entity in ("某中心", "")]
        assert book.accounts([Scheme.THREE_PUBLIC]) == three_public
        assert len(book.findings(severities=[Severity.CONTRADICTION])) == 1


def test_counts_know_disclosures_without_figures(tmp_path: Path) -> None:
    """A disclosure in which nothing but a defect was found is counted with its finding."""
    bare = replace(a_record("无数字.pdf", "1" * 64), figures=())
    with Book.open(tmp_path, writable=True) as book:
        book.store(a_record())
        book.store(bare)
        counts = book.counts()
    assert counts == {NAME: (len(a_record().figures), len(a_record().findings)), "无数字.pdf": (0, len(bare.findings))}
    assert bare.findings


def test_search_filters_by_document_and_ranks(tmp_path: Path) -> None:
    with Book.open(tmp_path, writable=True) as book:
        for name in ("甲.pdf", "乙.pdf"):
            book.store(a_record(name))
        found = book.search("公务接待费是多少")
        assert {passage.kind for passage, _ in found[:2]} == {"prose"}
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
        assert {passage.document for passage, _ in book.search("教育支出", documents=["乙.pdf"])} == {"乙.pdf"}
        assert book.search("教育支出", documents=[]) == book.search("教育支出", documents=["丙.pdf"]) == []
        assert book.search("\"；' OR * ^ NEAR(") == book.search("") == []
        assert len(book.search("18.20", limit=1)) == 1


def test_vectors_cache_and_feedback(tmp_path: Path) -> None:
    with Book.open(tmp_path, writable=True) as book:
        book.store(a_record())
        first, second = book.passage_ids()
        book.store_vectors("hash", {first: b"1234", second: b"5678", "gone": b"0000"})
        book.store_vectors("hash", {first: b"abcd"})
        assert book.vectors("hash", [first, second, "gone"]) == {first: b"abcd", second: b"5678"}
        assert book.vectors("another", [first]) == {}
        book.remember("extraction", {"k1": "一", "k2": "二"})
        book.remember("extraction", {"k1": "三"})
        assert book.cached("extraction", ["k1", "k2", "k3"]) == {"k1": "三", "k2": "二"}
        assert book.cached("other", ["k1"]) == {}
        book.add_feedback('{"good": true}')
        assert [body for _, body in book.feedback()] == ['{"good": true}']


def test_reading_needs_a_book_and_never_writes(tmp_path: Path) -> None:
    with pytest.raises(BookMissingError, match="mingzhang ingest"):
        Book.open(tmp_path)
    Book.open(tmp_path, writable=True).close()
    with Book.open(tmp_path) as book:
        assert book.disclosures() == []
        with pytest.raises(BookError, match="reading only"):
            book.store(a_record())


def test_searching_in_many_documents(tmp_path: Path) -> None:
    with Book.open(tmp_path, writable=True) as book:
        names = [f"{i}.pdf" for i in range(50)]
        for name in names:
            book.store(replace(a_record(name), figures=(), tables=()))
        assert len(book.search("公务接待费", documents=names[:45], limit=100)) == 45
        assert {p.document for p, _ in book.search("公务接待费", documents=names[:45], limit=100)} == set(names[:45])


def test_readers_see_whole_documents_while_one_is_replaced(tmp_path: Path) -> None:
    with Book.open(tmp_path, writable=True) as book, Book.open(tmp_path) as reader, ThreadPoolExecutor(4) as pool:
        book.store(a_record(amounts=50))

        def read(_: int) -> int:
            return len(reader.figures(documents=[NAME]))

        seen = [pool.submit(read, i) for i in range(40)]
        for turn in range(1, 6):
            book.store(a_record(sha256=f"{turn:064}", amounts=50 + turn % 2))
        assert {future.result() for future in seen} <= {51, 52}


def test_what_is_no_text_is_told_and_changes_nothing(tmp_path: Path) -> None:
    with Book.open(tmp_path, writable=True) as book:
        book.store(a_record())
        with pytest.raises(BookError, match="nothing was stored"):
            book.store(replace(a_record(sha256="1" * 64), warnings=("\ud800",)))
        assert loaded(book, NAME) == a_record()


@pytest.mark.skipif("MINGZHANG_TEST_POSTGRES" not in os.environ, reason="needs the URL of an empty PostgreSQL database")
def test_on_postgresql() -> None:
    url = os.environ["MINGZHANG_TEST_POSTGRES"]
    with Book.open(url, writable=True) as book:
        for name in (NAME, "乙.pdf"):
            book.store(a_record(name), b"\x00", again=True)
            assert loaded(book, name) == a_record(name)
        assert book.source(NAME) == b"\x00"
        assert {passage.document for passage, _ in book.search("公务接待费", documents=["乙.pdf"])} == {"乙.pdf"}
        assert book.frequencies(["接待", "无有"]) == (4, {"接待": 2})
        with pytest.raises(BookLockedError):
            Book.open(url, writable=True)


_CUT_SHORT = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("PRAGMA journal_mode=DELETE")
connection.execute("PRAGMA cache_size=1")
connection.execute("BEGIN")
connection.execute("DELETE FROM documents")
connection.execute("CREATE TABLE rubbish (x)")
connection.executemany("INSERT INTO rubbish VALUES (?)", [("x" * 3000,) for _ in range(500)])
os.kill(os.getpid(), 9)
"""


def test_killed_before_the_write_ahead_log_was_there(tmp_path: Path) -> None:
    """As when the very first opening is killed: a rollback is due, which a reader may not do by itself."""
    with Book.open(tmp_path, writable=True) as book:
        book.store(a_record())
    subprocess.run([sys.executable, "-c", _CUT_SHORT, str(tmp_path / "book.sqlite")], check=False)
    assert (tmp_path / "book.sqlite-journal").exists()
    with Book.open(tmp_path) as book:
        assert loaded(book, NAME) == a_record()


def test_a_folder_that_cannot_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Book.open(tmp_path, writable=True) as book:
        book.store(a_record())
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr("corpus.engine.os.access", lambda path, mode: False)
    with Book.open(tmp_path) as book:
        assert loaded(book, NAME) == a_record()
    assert sorted(tmp_path.iterdir()) == before


def test_other_version_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Book.open(tmp_path, writable=True).close()
    monkeypatch.setattr("corpus.schema.VERSION", "another")
    for writable in (False, True):
        with pytest.raises(BookVersionError, match="format 1, this mingzhang reads format another"):
            Book.open(tmp_path, writable=writable)


def test_not_a_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "book.sqlite").write_bytes(b"plain text, not a database" * 100)
    with pytest.raises(BookError, match="cannot be opened"):
        Book.open(tmp_path)


def test_second_writer_is_told_who_holds_the_book(tmp_path: Path) -> None:
    opening = f"b = Book.open({str(tmp_path)!r}, writable=True)"
    code = f"from corpus.figures import Book; {opening}; print(1, flush=True); input()"
    holder = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=-1, stdout=-1, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline()
    try:
        with pytest.raises(BookLockedError, match=f"process {holder.pid} "):
            Book.open(tmp_path, writable=True)
        with Book.open(tmp_path) as reader:  # readers need no lock
            assert reader.disclosures() == []
    finally:
        holder.kill()
        holder.communicate()
    Book.open(tmp_path, writable=True).close()  # the lock dies with its holder


_STORE_FOREVER = """
import sys
sys.path.insert(0, {tests!r})
from test_book import a_record
from corpus.figures import Book
with Book.open({store!r}, writable=True) as book:
    turn = 0
    while True:
        turn += 1
        book.store(a_record(sha256=f"{{turn:064}}", amounts=400 + turn % 2), b"x" * 200_000)
        print(turn, flush=True)
"""


def test_killed_while_storing_leaves_whole_documents_only(tmp_path: Path) -> None:
    chance = random.Random(7)
    code = _STORE_FOREVER.format(tests=str(ROOT / "tests"), store=str(tmp_path))
    for _ in range(4):
        writer = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=-1, text=True)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.3))
        os.kill(writer.pid, signal.SIGKILL)
        writer.communicate()
        with Book.open(tmp_path) as book:
            turn = int(book.disclosures()[0].sha256)
            assert loaded(book, NAME) == a_record(sha256=f"{turn:064}", amounts=400 + turn % 2)
            assert len(book.search("公务接待费")) == 1


def test_frequencies_count_passages(tmp_path: Path) -> None:
    with Book.open(tmp_path, writable=True) as book:
        book.store(a_record("甲.pdf"))
        book.store(a_record("乙.pdf"))
        assert book.frequencies(["接待", "3.00", "18.20", "公", "无有"]) == (
            4,
            {"接待": 2, "3.00": 2, "18.20": 2, "公": 2},
        )
