"""Many readers at once over loopback: `python -m eval.load_benchmark [--url …] [--users 50]`.

Without `--url` a server over the bundled editions is started for the run. Every user asks `ROUNDS` questions one after
another, once through the HTTP API and once through the page's own queue (as the chat does). Printed: errors, median and
95th percentile of the time to the whole answer, the time to the first sign of one, and the first load of the page.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

ROUNDS = 2
TIMEOUT = 60.0
FORMS = ("{unit}{year}年公务接待费是多少？", "{unit}{year}年支出合计是多少？", "{unit}{year}年有哪些项目，各多少钱？")


@dataclass(frozen=True, slots=True)
class Timed:
    """One answer: seconds to the first sign of it and to its end; why it failed, "" when it did not."""

    first: float
    whole: float
    error: str = ""


def main() -> None:
    """Run and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a running server; by default one is started")
    parser.add_argument("--users", type=int, default=50)
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        url = options.url or stack.enter_context(_server())
        began = time.perf_counter()
        page = _get(url + "/")
        print(f"page {len(page):,} bytes in {time.perf_counter() - began:.3f} s")
        documents = json.loads(_get(url + "/api/documents"))
        questions = [form.format(unit=d["issuer"], year=d["year"]) for d in documents for form in FORMS]
        entry = _entry(json.loads(_get(url + "/config")))
        _ask(url, questions[0])  # what is made at the first question is not the fiftieth reader's wait
        print(f"{options.users} users at once, {ROUNDS} questions each")
        print(
            "| way | answers | errors | first p50 | first p95 | whole p50 | whole p95 |\n|---|---|---|---|---|---|---|"
        )
        ways: dict[str, Callable[[str], Timed]] = {
            "API": lambda question: _ask(url, question), "page": lambda question: _queue(url, entry, question)
        }  # fmt: skip
        for name, way in ways.items():
            print(_row(name, _crowd(way, questions, options.users)))


def _crowd(way: Callable[[str], Timed], questions: list[str], users: int) -> list[Timed]:
    def reader(number: int) -> list[Timed]:
        return [way(questions[(number + turn) % len(questions)]) for turn in range(ROUNDS)]

    with ThreadPoolExecutor(users) as pool:
        return [timed for found in pool.map(reader, range(users)) for timed in found]


def _row(name: str, found: list[Timed]) -> str:
    errors = [timed.error for timed in found if timed.error]
    for error in sorted(set(errors))[:5]:
        print(error, file=sys.stderr)
    cells = [f"{q:.2f} s" for of in ("first", "whole") for q in _quantiles([getattr(t, of) for t in found])]
    return f"| {name} | {len(found)} | {len(errors)} | {' | '.join(cells)} |"


def _quantiles(seconds: list[float]) -> tuple[float, float]:
    return statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]


def _ask(url: str, question: str) -> Timed:
    began = time.perf_counter()
    try:
        json.loads(_post(f"{url}/api/ask", {"question": question}))["status"]  # a refusal is an answer too
        error = ""
    except (OSError, ValueError, KeyError) as failure:
        error = f"{type(failure).__name__}: {failure}"
    seconds = time.perf_counter() - began
    return Timed(seconds, seconds, error)


def _queue(url: str, entry: int, question: str) -> Timed:
    """One question as the page sends it: joined to the queue, the answer read from its stream of events."""
    began, session = time.perf_counter(), uuid.uuid4().hex
    first = 0.0
    try:
        body = {"data": [question, "", []], "fn_index": entry, "session_hash": session}
        _post(f"{url}/gradio_api/queue/join", body)
        stream = f"{url}/gradio_api/queue/data?session_hash={session}"
        with urllib.request.urlopen(stream, timeout=TIMEOUT) as events:
            for line in events:
                if not line.startswith(b"data:"):
                    continue
                event = json.loads(line[5:])
                if event["msg"] == "process_generating" and not first:
                    first = time.perf_counter() - began
                if event["msg"] == "process_completed":
                    error = "" if event["success"] else f"{question}: {event['output']}"
                    return Timed(first, time.perf_counter() - began, error)
        error = "the stream ended early"
    except (OSError, ValueError, KeyError) as failure:
        error = f"{type(failure).__name__}: {failure}"
    seconds = time.perf_counter() - began
    return Timed(first or seconds, seconds, error)


def _entry(config: dict[str, Any]) -> int:
    """Which of the page's events answers a question: the one that a press on the asking button sets off."""
    button = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "mz-send")
    return int(next(d["id"] for d in config["dependencies"] if [button, "click"] in [list(t) for t in d["targets"]]))


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:
        return bytes(answer.read())


def _post(url: str, body: Any) -> bytes:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
        return bytes(answer.read())


@contextlib.contextmanager
def _server() -> Iterator[str]:
    """A server of its own process over the bundled editions, gone afterwards."""
    editions = Path(str(resources.files("corpus") / "editions"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as store:
        command = [sys.executable, "-m", "ui.cli"]
        files = [str(path) for path in sorted(editions.glob("*.pdf"))]
        subprocess.run([*command, "ingest", *files, "--store", store], check=True, stderr=subprocess.DEVNULL)
        began = time.perf_counter()
        serving = subprocess.Popen(
            [*command, "serve", "--port", str(port), "--store", store], stdout=subprocess.DEVNULL
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _until_up(url)
            print(f"server up in {time.perf_counter() - began:.1f} s")
            yield url
        finally:
            serving.terminate()
            serving.wait(10)


def _until_up(url: str) -> None:
    for _ in range(120):
        with contextlib.suppress(OSError):
            _get(f"{url}/healthz")
            return
        time.sleep(0.5)
    raise TimeoutError("the server did not start")


if __name__ == "__main__":
    main()
