"""The passage index: Chroma, embedded or as a server. A cache of the book, the truth. Sole importer of chromadb.

Chroma does not survive every kill and silently loses rows when two processes write, so nothing stands here that the
book does not hold. `sync` compares what is here with the book and puts right what differs; an index that cannot be
opened, or that lists passages whose vectors it has lost, is put aside and built anew. One process syncs at a time;
whoever cannot is told so and does without.
Importing this module is cheap; Chroma (2.4 s) is imported when the index is first used.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
import time
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from corpus.figures import Book
from corpus.hashing import from_bytes, to_bytes
from corpus.lock import LockedError, WriterLock

if TYPE_CHECKING:
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

_BATCH = 500  # adding is no faster in larger batches; Chroma's own limit is 5,461
_PROBE = "预算"
_SPACE = {"space": "cosine", "max_neighbors": 32, "ef_construction": 400, "ef_search": 400}
# Rows of a table are much alike; with Chroma's 16 neighbours the search graph falls into islands and loses many. With
# 100 candidates looked at (Chroma's default) one search in ten missed some of the ten nearest of 3,500 passages, others
# in every graph built; with 400 none did, in the same time.
_TIES = 8
"""Passages asked for beyond the limit: twins (a 部门 and its 单位) are equally near, and ids decide among them."""


class IndexUnavailableError(Exception):
    """The passage index cannot be used now; the message says why. Search in the book works without it."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did: passages added and removed, whether the index had to be built anew, and the seconds it took."""

    added: int
    removed: int
    rebuilt: bool
    seconds: float


class PassageIndex:
    """Passages by likeness of meaning or wording. `place` is a folder or a Chroma server's URL (`Settings.index`).

    `model` names the embeddings (`corpus.embeddings.model_id`): vectors of another model are never mixed in.
    Safe to share among threads.
    """

    def __init__(self, place: str | Path, embeddings: Embeddings, model: str) -> None:
        remote = isinstance(place, str) and "://" in place
        self._folder = None if remote else _Folder(Path(place))
        self._url = str(place)
        self._embeddings = embeddings
        self._model = model
        self._guard = threading.RLock()
        self._client: Any = None
        self._collection: Any = None
        self._store: Chroma | None = None
        self._opened: Path | None = None

    # ---- keeping it equal to the book

    def sync(self, book: Book) -> Synced:
        """Make the index hold exactly the book's passages. Vectors come from the book, new ones go there if it may.

        Raises `IndexUnavailableError` when another process is at it or the server cannot be reached.
        """
        began = time.perf_counter()
        wanted = book.passage_ids()
        name = f"mingzhang-{book.identity[:12]}-{_digest([self._model])[:8]}"
        with self._guard, _failures_told():
            if self._folder is None:
                counts = self._update_or_rebuild(book, wanted, name)
            else:
                with self._folder.sole_writer():
                    counts = self._sync_folder(self._folder, book, wanted, name)
        return Synced(*counts, time.perf_counter() - began)

    def _sync_folder(self, folder: _Folder, book: Book, wanted: dict[str, str], name: str) -> tuple[int, int, bool]:
        fingerprint = _digest([name, *sorted(wanted)])
        if folder.fingerprint == fingerprint and self._works(name, len(wanted)):
            return 0, 0, False
        folder.note(None)
        counts = self._update_or_rebuild(book, wanted, name)
        folder.note(fingerprint)
        return counts

    def _update_or_rebuild(self, book: Book, wanted: dict[str, str], name: str) -> tuple[int, int, bool]:
        try:
            self._open(name)
            return (*self._update(book, wanted), False)
        except BaseException as error:
            if not _is_damage(error):
                raise
            self._discard(name)
            self._open(name)
            return (*self._update(book, wanted), True)

    def _works(self, name: str, count: int) -> bool:
        """Whether the collection opens, answers, and holds as many passages as it should."""
        try:
            self._open(name)
            probe = self._embeddings.embed_query(_PROBE)
            self._collection.query(query_embeddings=[probe], n_results=1, include=[])
            return bool(self._collection.count() == count)
        except BaseException as error:
            if not _is_damage(error):
                raise
            return False

    def _update(self, book: Book, wanted: dict[str, str]) -> tuple[int, int]:
        present = set(self._collection.get(include=[])["ids"])
        for some in _batches([id for id in wanted if id in present]):
            self._collection.get(ids=list(some), include=["embeddings"])  # fails when one has lost its vector
        wrong = [id for id in present if id not in wanted]
        missing = [id for id in wanted if id not in present]
        for some in _batches(wrong):
            self._collection.delete(ids=list(some))
        for some in _batches(missing):
            self._add(book, some)
        return len(missing), len(wrong)

    def _add(self, book: Book, ids: Sequence[str]) -> None:
        passages = {passage.id: passage for passage in book.passages(ids=ids)}  # once each, however often printed
        vectors = {id: from_bytes(data) for id, data in book.vectors(self._model, list(passages)).items()}
        fresh = [id for id in passages if id not in vectors]
        if fresh:
            texts = [passages[id].indexed_text for id in fresh]
            made = dict(zip(fresh, self._embeddings.embed_documents(texts), strict=True))
            if book.writable:
                book.store_vectors(self._model, {id: to_bytes(vector) for id, vector in made.items()})
            vectors |= made
        if passages:
            self._collection.add(
                ids=list(passages),
                embeddings=[vectors[id] for id in passages],
                documents=[passage.text for passage in passages.values()],
                metadatas=[{"document": item.document, "kind": item.kind} for item in passages.values()],
            )

    def _drop_others(self, name: str) -> None:
        """Drop collections of other embeddings; on a server they may be somebody's, here they are ours and stale."""
        for other in self._client.list_collections():
            if other.name != name:
                self._client.delete_collection(other.name)

    # ---- searching

    def search(
        self,
        query: str,
        documents: Collection[str] | None = None,
        limit: int = 10,
        kinds: Collection[str] | None = None,
    ) -> list[tuple[str, float]]:
        """Ids of the passages nearest to `query` with their cosine similarity, best first; None means all documents.

        Raises `IndexUnavailableError` before the first `sync` and when Chroma fails.
        """
        if documents is not None and not documents:
            return []
        store = self.vector_store
        with _failures_told():
            found = store.similarity_search_with_score(query, k=limit + _TIES, filter=_where(documents, kinds))
        nearest = sorted((round(distance, 6), str(document.id)) for document, distance in found)
        return [(id, 1.0 - distance) for distance, id in nearest[:limit]]

    @property
    def vector_store(self) -> Chroma:
        """The index as a LangChain vector store, to read from. Raises `IndexUnavailableError` before `sync`."""
        with self._guard:
            if self._collection is None:
                raise IndexUnavailableError("The passage index has not been compared with the book yet.")
            if self._store is None:
                from langchain_chroma import Chroma

                self._store = Chroma(
                    self._collection.name,
                    self._embeddings,
                    client=self._client,
                    create_collection_if_not_exists=False,
                )
            return self._store

    # ---- opening

    def _open(self, name: str) -> None:
        place = self._folder.current if self._folder else None
        if self._collection is not None and self._collection.name == name and self._opened == place:
            return
        import chromadb
        from chromadb.config import Settings as ChromaSettings

        quiet = ChromaSettings(anonymized_telemetry=False)
        if place is None:
            address = urlsplit(self._url)
            secure = address.scheme == "https"
            port = address.port or (443 if secure else 8000)
            self._client = chromadb.HttpClient(address.hostname or "localhost", port, secure, settings=quiet)
        else:
            self._client = chromadb.PersistentClient(str(place), settings=quiet)
        self._collection = self._client.get_or_create_collection(
            name, embedding_function=None, configuration={"hnsw": _SPACE}
        )
        self._store, self._opened = None, place
        if place is not None:
            self._drop_others(name)

    def _discard(self, name: str) -> None:
        """Give up a damaged collection, to begin anew."""
        if self._folder is not None:
            self._folder.move_aside()
        elif self._client is not None:
            self._client.delete_collection(name)
        self._client = self._collection = self._store = self._opened = None


class _Folder:
    """Where embedded Chroma lives: a folder of its own, its name and the last sync's fingerprint in `state.json`.

    A damaged folder gets a new name, because Chroma keeps whatever this process once opened under the old one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._state = path / "state.json"

    @contextmanager
    def sole_writer(self) -> Iterator[None]:
        """Hold the right to write. Raises `IndexUnavailableError` when another process has it."""
        self._path.mkdir(parents=True, exist_ok=True)
        lock = WriterLock(self._path / "index")
        try:
            lock.acquire()
        except LockedError as error:
            raise IndexUnavailableError(str(error)) from None
        try:
            yield
        finally:
            lock.release()

    @property
    def current(self) -> Path:
        """The folder in use; chosen and noted when there is none."""
        name = self._read().get("folder")
        if not isinstance(name, str) or not name.isalnum():
            name = uuid.uuid4().hex[:12]
            self._write(name, None)
        return self._path / name

    @property
    def fingerprint(self) -> object:
        """What the last sync noted, None when it did not end well."""
        return self._read().get("fingerprint")

    def note(self, fingerprint: str | None) -> None:
        """Note that the index equals the book whose fingerprint this is, or that it may not equal any."""
        self._write(self.current.name, fingerprint)

    def move_aside(self) -> None:
        """Put the folder in use aside, as `damaged`, and choose a new one."""
        old, aside = self.current, self._path / "damaged"
        self._write(uuid.uuid4().hex[:12], None)
        shutil.rmtree(aside, ignore_errors=True)
        if old.exists():
            old.rename(aside)

    def _read(self) -> dict[str, object]:
        try:
            state = json.loads(self._state.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return state if isinstance(state, dict) else {}

    def _write(self, folder: str, fingerprint: str | None) -> None:
        fresh = self._state.with_suffix(".new")
        fresh.write_text(json.dumps({"folder": folder, "fingerprint": fingerprint}), encoding="utf-8")
        fresh.replace(self._state)


def _where(documents: Collection[str] | None, kinds: Collection[str] | None) -> dict[str, Any] | None:
    """Chroma's filter; more than one condition needs $and."""
    wanted = {"document": documents, "kind": kinds}
    conditions: list[dict[str, Any]] = [{key: {"$in": list(some)}} for key, some in wanted.items() if some is not None]
    return {"$and": conditions} if len(conditions) > 1 else next(iter(conditions), None)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _is_damage(error: BaseException) -> bool:
    """Whether Chroma itself failed. Its Rust core panics with an exception that is no `Exception`."""
    return type(error).__module__.split(".")[0] in ("chromadb", "pyo3_runtime", "sqlite3") or isinstance(error, OSError)


@contextmanager
def _failures_told() -> Iterator[None]:
    """Turn whatever goes wrong inside Chroma or the embeddings into one exception with a sentence."""
    try:
        yield
    except IndexUnavailableError:
        raise
    except BaseException as error:
        if isinstance(error, Exception) or _is_damage(error):
            raise IndexUnavailableError(f"The passage index cannot be used: {error}") from error
        raise


def _batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))
