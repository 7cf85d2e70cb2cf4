"""Broken files of every kind are read, or refused with a sentence, within 20 seconds and a gigabyte."""

from __future__ import annotations

import os
import random
import time
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from corpus.settings import Settings
from eval.synthetic.__main__ import invented
from eval.synthetic.render import draw
from ingest.errors import UnreadableFile
from ingest.isolation import Worker
from ingest.pipeline import ingest_bytes
from tests.damage import damaged

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
DAMAGES = int(os.environ.get("MINGZHANG_DAMAGES", "40"))
"""More in a measurement, over the files of ../shared too: MINGZHANG_DAMAGES=300 uv run pytest tests/test_damaged.py."""
SECONDS = 20.0


@cache
def sources(folder: Path) -> list[tuple[str, bytes]]:
    """Sound files: bundled editions, an invented disclosure in each format, in a measurement those of ../shared."""
    found = sorted((ROOT / "corpus" / "editions").glob("*.pdf"), key=lambda path: path.stat().st_size)[:2]
    for form in ("docx", "xlsx", "html"):
        drawn = folder / f"预算.{form}"
        draw(invented("county", 1), form, drawn)
        found.append(drawn)
    if DAMAGES > 40:
        found += sorted(SHARED.glob("typeset/*.pdf")) + sorted(SHARED.glob("real/*.pdf")) + found[2:] * 8
    return [(path.name, path.read_bytes()) for path in found]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(seconds=SECONDS, memory_mb=1024) as child:
        yield child


def taken_in(name: str, data: bytes) -> int:
    """What the child does: the whole ingest. The number of figures comes back."""
    settings = Settings()
    settings.limits.recognise = False
    return len(ingest_bytes(name, data, settings).figures)


@pytest.mark.parametrize("seed", range(DAMAGES))
def test_a_damaged_file_is_read_or_refused(worker: Worker, tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    rng = random.Random(seed)
    files = sources(tmp_path_factory.getbasetemp())
    name, sound = files[seed % len(files)]
    data = damaged(name, sound, rng)
    sentence = ""
    began = time.monotonic()
    try:
        worker.run(taken_in, name, data)
    except UnreadableFile as error:
        sentence = f"{error}\n{error.__cause__ or ''}"
    assert time.monotonic() - began < SECONDS, f"{name}, seed {seed}"
    assert "程序出错" not in sentence, f"{name}, seed {seed}: {sentence}"
    assert "中途退出" not in sentence, f"{name}, seed {seed}: {sentence}"


def test_damages_differ() -> None:
    """What the seeds break is told by the bytes: none gives the file back as it was."""
    plain = b"%PDF-1.7\n" + b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" * 50 + b"startxref 9\n%%EOF"
    assert len({damaged("a.pdf", plain, random.Random(seed)) for seed in range(40)} - {plain}) > 35


def test_spoilt_office_files_stay_archives(tmp_path: Path) -> None:
    draw(invented("county", 1), "xlsx", tmp_path / "a.xlsx")
    data = (tmp_path / "a.xlsx").read_bytes()
    kept = 0
    for seed in range(20):
        (tmp_path / "b.xlsx").write_bytes(damaged("a.xlsx", data, random.Random(seed)))
        kept += zipfile.is_zipfile(tmp_path / "b.xlsx")
    assert kept >= 10
