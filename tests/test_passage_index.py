"""The passage index equals the book after every sync, whatever happened to it before."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.disclosure import Basis, Disclosure, Level
from corpus.embeddings import HashEmbeddings
from corpus.figures import Book
from corpus.hashing import MODEL
from corpus.lock import WriterLock
from corpus.passage import Passage
from corpus.passages import IndexUnavailableError, PassageIndex
from corpus.record import Record

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ("公务接待费预算3.00万元", "教育支出预算18.20万元", "单位共有车辆2辆", "机关运行经费835.68万元")


def a_record(name: str, texts: tuple[str, ...] = TEXTS) -> Record:
    about = Disclosure(name, "0" * 64, name, "甲局", Level.UNIT, 2025, Basis.BUDGET, "", "pdf", 9)
    kinds = ("prose", "table")
    found = [Passage(name, "说明", text, kinds[i % 2], 1, "甲局 2025 预算") for i, text in enumerate(texts)]
    return Record(about, (), (), (), passages=(*found, found[0]))  # one sentence is printed twice


@pytest.fixture
def book(tmp_path: Path) -> Any:
    with Book.open(tmp_path / "store", writable=True) as opened:
        opened.store(a_record("甲.pdf"))
        opened.store(a_record("乙.pdf"))
        yield opened


def an_index(path: Path, book: Book | None = None) -> PassageIndex:
    return PassageIndex(path, HashEmbeddings(book.frequencies if book else None), MODEL)


def texts_found(index: PassageIndex, book: Book, query: str, **filters: Any) -> list[str]:
    by_id = {passage.id: passage.text for passage in book.passages()}
    return [by_id[id] for id, _ in index.search(query, **filters)]


def raw(index: PassageIndex) -> Any:
    return index.vector_store._collection


def test_sync_then_search(tmp_path: Path, book: Book) -> None:
    index = an_index(tmp_path / "index", book)
    with pytest.raises(IndexUnavailableError, match="not been compared"):
        index.search("公务接待费")
    done = index.sync(book)
    assert (done.added, done.removed, done.rebuilt) == (8, 0, False)
    assert len(book.vectors(MODEL, book.passage_ids())) == 8
    found = index.search("公务接待费是多少", limit=3)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert 0.2 < found[0][1] <= 1.0
    assert texts_found(index, book, "公务接待费是多少", limit=2) == [TEXTS[0], TEXTS[0]]
    again = index.sync(book)
    assert (again.added, again.removed) == (0, 0)


def test_twins_come_in_the_order_of_their_ids(tmp_path: Path, book: Book) -> None:
    index = an_index(tmp_path / "passages", book)
    index.sync(book)
    twins = sorted({p.id for p in book.passages() if p.text == TEXTS[0]})
    assert len(twins) == 2
    assert [id for id, _ in index.search(TEXTS[0], limit=2)] == twins
    assert [id for id, _ in index.search(TEXTS[0], limit=1)] == twins[:1]


def test_filters(tmp_path: Path, book: Book) -> None:
    index = an_index(tmp_path / "index", book)
    index.sync(book)
    documents = {passage.id: passage.document for passage in book.passages()}
    assert {documents[id] for id, _ in index.search("车辆", ["乙.pdf"])} == {"乙.pdf"}
    assert len(index.search("车辆", ["乙.pdf"], kinds=["table"])) == 2
    assert len(index.search("车辆", limit=100)) == 8
    assert index.search("车辆", []) == index.search("车辆", ["丙.pdf"]) == []


def test_follows_the_book(tmp_path: Path, book: Book) -> None:
    index = an_index(tmp_path / "index")
    index.sync(book)
    book.remove("甲.pdf")
    changed = a_record("乙.pdf", (*TEXTS[1:], "物业管理费5.00万元"))
    book.store(replace(changed, disclosure=replace(changed.disclosure, sha256="1" * 64)))
    done = index.sync(book)
    assert (done.added, done.removed, done.rebuilt) == (4, 8, False)  # the kinds of the other three have changed
    assert set(raw(index).get(include=[])["ids"]) == set(book.passage_ids())
    assert texts_found(index, book, "物业管理费", limit=1) == ["物业管理费5.00万元"]


def test_missing_and_foreign_rows_are_put_right(tmp_path: Path, book: Book) -> None:
    index = an_index(tmp_path / "index")
    index.sync(book)
    first, *_ = book.passage_ids()
    raw(index).delete(ids=[first])
    raw(index).add(ids=["foreign"], embeddings=[[1.0] + [0.0] * 1023], metadatas=[{"document": "x"}])
    state = tmp_path / "index" / "state.json"
    state.write_text(json.dumps(json.loads(state.read_text()) | {"fingerprint": None}))  # as a kill leaves it
    done = index.sync(book)
    assert (done.added, done.removed, done.rebuilt) == (1, 1, False)
    assert set(raw(index).get(include=[])["ids"]) == set(book.passage_ids())


@pytest.mark.parametrize("broken", ["chroma.sqlite3", "state.json"])
def test_a_damaged_folder_is_built_anew(tmp_path: Path, book: Book, broken: str) -> None:
    an_index(tmp_path / "index").sync(book)
    (victim,) = (tmp_path / "index").rglob(broken)
    victim.write_bytes(b"\x00damaged" * 1000)
    index = an_index(tmp_path / "index")
    done = index.sync(book)
    assert done.added == 8
    assert len(index.search("公务接待费", limit=100)) == 8
    assert (tmp_path / "index" / "damaged").exists() == done.rebuilt == (broken == "chroma.sqlite3")


def test_another_model_gets_its_own_vectors(tmp_path: Path, book: Book) -> None:
    an_index(tmp_path / "index").sync(book)
    other = PassageIndex(tmp_path / "index", HashEmbeddings(), "another")
    assert other.sync(book).added == 8
    assert len(other.search("公务接待费", limit=100)) == 8


def test_only_one_process_syncs(tmp_path: Path, book: Book) -> None:
    (tmp_path / "index").mkdir()
    lock = WriterLock(tmp_path / "index" / "index")
    lock.acquire()
    with pytest.raises(IndexUnavailableError, match=f"process {os.getpid()} "):
        an_index(tmp_path / "index").sync(book)
    lock.release()
    assert an_index(tmp_path / "index").sync(book).added == 8


def test_a_server_that_is_not_there_is_told(book: Book) -> None:
    with pytest.raises(IndexUnavailableError, match="cannot be used"):
        PassageIndex("http://127.0.0.1:9", HashEmbeddings(), MODEL).sync(book)


_WRITE = """
import sys, chromadb
from chromadb.config import Settings
client = chromadb.PersistentClient({path!r}, settings=Settings(anonymized_telemetry=False))
collection = client.get_collection({name!r}, embedding_function=None)
print("go", flush=True)
sys.stdin.readline()
for turn in range(6):
    ids = [f"{own}-{{turn}}-{{i}}" for i in range(200)]
    vectors = [[float((i * 7 + turn * j) % 11 + 1) for j in range(1024)] for i in range(200)]
    collection.add(ids=ids, embeddings=vectors, metadatas=[{{"document": "x"}}] * 200)
"""


def test_vectors_lost_under_two_writers_come_back(tmp_path: Path, book: Book) -> None:
    """Chroma's own silent loss: ids stay listed whose vectors are gone."""
    index = an_index(tmp_path / "index")
    index.sync(book)
    opened = json.loads((tmp_path / "index" / "state.json").read_text())["folder"]
    path, name = str(tmp_path / "index" / opened), raw(index).name
    command = [sys.executable, "-c"]
    writers = [
        subprocess.Popen([*command, _WRITE.format(path=path, name=name, own=own)], stdin=-1, stdout=-1, text=True)
        for own in "ab"
    ]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.readline()
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate()
    fresh = an_index(tmp_path / "index")
    fresh.sync(book)
    held = raw(fresh).get(include=["embeddings"])
    assert set(held["ids"]) == set(book.passage_ids())
    assert len(held["embeddings"]) == 8


_SYNC = """
import sys
from corpus.figures import Book
from corpus.passages import PassageIndex
from corpus.embeddings import HashEmbeddings
import chromadb
with Book.open({store!r}) as book:
    print("go", flush=True)
    PassageIndex({index!r}, HashEmbeddings(), "m").sync(book)
"""


def test_killed_while_syncing(tmp_path: Path, book: Book) -> None:
    book.store(a_record("多.pdf", tuple(f"第{i}项工作经费{i}.00万元" for i in range(1500))))
    place, chance = tmp_path / "index", random.Random(5)
    code = _SYNC.format(store=str(tmp_path / "store"), index=str(place))
    for _ in range(2):
        run = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=-1, text=True)
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(chance.uniform(0.2, 2.0))
        os.kill(run.pid, signal.SIGKILL)
        run.communicate()
    index = PassageIndex(place, HashEmbeddings(), "m")
    index.sync(book)
    held = raw(index).get(include=["embeddings"])
    assert set(held["ids"]) == set(book.passage_ids())
    assert len(held["embeddings"]) == len(held["ids"])
