"""Offline for real: ingest, serve and answer in a network namespace that has nothing but loopback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

PROGRAM = r"""
import fcntl, json, socket, struct, sys, threading, time, urllib.request
from pathlib import Path

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:  # bring loopback up: a new namespace has it down
    name = struct.pack("16sh", b"lo", 0x1 | 0x40)
    fcntl.ioctl(s, 0x8914, name)

outside = []
def watch(event, args):
    if event == "socket.connect" and isinstance(args[1], tuple) and args[1][0] not in ("127.0.0.1", "localhost", "::1"):
        outside.append(repr(args[1]))
    if event == "socket.getaddrinfo" and args[0] not in (None, "127.0.0.1", "localhost", "::1", "0.0.0.0"):
        outside.append(repr(args[0]))
sys.addaudithook(watch)

import uvicorn
from corpus.settings import load_settings
from ui.server import create
from ui.service import Service, bundled

service = Service(load_settings(store=Path(sys.argv[1])))
taken = list(service.ingest(bundled()[:1]))
server = uvicorn.Server(uvicorn.Config(create(service), host="127.0.0.1", port=7999, log_level="error"))
threading.Thread(target=server.run, daemon=True).start()
while not server.started:
    time.sleep(0.05)
asked = json.dumps({"question": "公务接待费预算是多少？", "document": taken[0].path.name}).encode()
request = urllib.request.Request("http://127.0.0.1:7999/api/ask", asked, {"Content-Type": "application/json"})
answer = json.load(urllib.request.urlopen(request, timeout=60))
prose = json.dumps({"question": "主要职责是什么？支出为什么变化？", "document": taken[0].path.name}).encode()
request = urllib.request.Request("http://127.0.0.1:7999/api/ask", prose, {"Content-Type": "application/json"})
urllib.request.urlopen(request, timeout=60).read()
page = urllib.request.urlopen("http://127.0.0.1:7999/", timeout=60).read().decode()
server.should_exit = True
print(json.dumps({"states": [t.state for t in taken], "answer": answer, "outside": outside, "page": len(page)}))
"""


@pytest.mark.skipif(shutil.which("unshare") is None or os.geteuid() != 0, reason="needs root and unshare")
def test_ingest_and_a_served_answer_need_no_network(tmp_path: Path) -> None:
    command = ["unshare", "-n", sys.executable, "-c", PROGRAM, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, cwd=ROOT, env=environment)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["states"] == ["stored"]
    assert told["answer"]["status"] == "answered"
    assert told["answer"]["result"]["value"] == "3.00"
    assert told["page"] > 1000
    assert told["outside"] == []
