"""An evaluation that is killed goes on where it stopped, and comes to the same report."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from corpus.settings import ModelSettings, Settings
from eval.compare import timeless
from eval.run import BUNDLED_GOLD, evaluate

ROOT = Path(__file__).resolve().parents[1]


def test_killed_in_the_middle_of_asking(editions_settings: Settings, tmp_path: Path) -> None:
    gold, report = tmp_path / "gold.jsonl", tmp_path / "killed"
    gold.write_text("\n".join(BUNDLED_GOLD.read_text("utf-8").splitlines()[:30]), "utf-8")
    kept = report / "answers.jsonl"
    script = (
        "import sys; from pathlib import Path; from corpus.settings import *; from eval.run import evaluate\n"
        "store, gold, report = map(Path, sys.argv[1:])\n"
        "settings = load_settings(store=store).model_copy(update={'model': ModelSettings(name='scripted')})\n"
        "evaluate([gold], settings, store=store, vectors=False, report=report)"
    )
    clean = {key: value for key, value in os.environ.items() if not key.startswith("MINGZHANG_")}
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(editions_settings.store), str(gold), str(report)], cwd=ROOT, env=clean
    )
    deadline = time.monotonic() + 200
    while process.poll() is None and (not kept.exists() or kept.read_text("utf-8").count("\n") < 10):
        assert time.monotonic() < deadline
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert not (report / "report.json").exists(), "it was killed too late to tell anything"
    before = kept.read_text("utf-8")[:-40]
    kept.write_text(before, "utf-8")  # as when the machine goes down in the middle of a line
    settings = editions_settings.model_copy(update={"model": ModelSettings(name="scripted")})
    for folder in (report, tmp_path / "whole"):
        evaluate([gold], settings, store=settings.store, vectors=False, report=folder)
    after = kept.read_text("utf-8")
    assert after.startswith(before)
    assert len(after.splitlines()) == 2 * 30 + 1, "the assistant's and the rules' answers, and the cut line"
    told, whole = (json.loads((f / "report.json").read_text("utf-8")) for f in (report, tmp_path / "whole"))
    assert timeless(told) == timeless(whole)
