"""Ingest killed at random moments: the store opens, nothing acknowledged is lost, no half document."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.engine import BookMissingError
from corpus.figures import Book

ROOT = Path(__file__).resolve().parents[1]
KILLS = int(os.environ.get("MINGZHANG_KILLS", "2"))
"""More in a measurement: MINGZHANG_KILLS=10 uv run pytest tests/test_kill.py."""
TABLE = """部门支出预算总体情况表

单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
合计：\t\t{0}.00\t{0}.00\t0.00
207\t文化旅游体育与传媒支出\t{0}.00\t{0}.00\t0.00
"""


def disclosures(folder: Path, count: int) -> None:
    for number in range(1, count + 1):
        text = f"2026年度\n第{number}图书馆\n单位预算\n\n" + TABLE.format(100 + number)
        (folder / f"第{number:02}图书馆2026年单位预算.txt").write_text(text, "utf-8")


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_ingest_loses_nothing_it_acknowledged(tmp_path: Path, seed: int) -> None:
    folder, store = tmp_path / "in", tmp_path / "store"
    folder.mkdir()
    disclosures(folder, 30)
    command = [sys.executable, "-m", "ui.cli", "ingest", str(folder), "--store", str(store)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    log = tmp_path / "log"
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=out, start_new_session=True)
        moment = random.Random(seed).uniform(0.5, 6.0)
        time.sleep(moment)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    acknowledged = [line.split("：")[0] for line in log.read_text("utf-8").splitlines() if "个数字" in line]
    whole = stored(store)
    assert set(acknowledged) <= set(whole)
    assert all(count == 6 for count in whole.values()), "half a document is stored"
    again = subprocess.run([*command, "--json"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert again.returncode == 0, again.stderr
    assert len(json.loads(again.stdout)) == 30
    assert set(stored(store).values()) == {6}


def stored(store: Path) -> dict[str, int]:
    """Figures of every stored disclosure: each has six amounts."""
    try:
        with Book.open(store) as book:
            names = [disclosure.name for disclosure in book.disclosures()]
            return {name: sum(f.amount is not None for f in book.figures(documents=[name])) for name in names}
    except BookMissingError:
        return {}
