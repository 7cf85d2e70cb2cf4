"""Many readers at once over loopback: `python -m eval.load_benchmark [--url …] [--users 50]`.

Without `--url` a server over the bundled editions is started for the run. Every user opens the page, all at once; then
all ask `ROUNDS` questions one after another, once through the HTTP API and once through the page's own queue (as the
chat does, in the session that the opened page has). Printed: errors, median and 95th percentile of the time to the open
page, to the first sign of an answer and to the whole of it. What a browser needs is measured by `eval.browser_benchmark`.
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
WARM = 5.0
"""Seconds between the server's start and the first reader."""
TIMEOUT = 60.0
FORMS = ("{unit}{year}年公务接待费是多少？", "{unit}{year}年支出合计是多少？", "{unit}{year}年有哪些项目，各多少钱？")


@dataclass(frozen=True, slots=True)
class Timed:
    """One answer: seconds to the first sign of it and to its end; why it failed, "" when it did not."""

    first: float
    whole: float
    error: str = ""


Entry = dict[str, Any]
"""An event of the page as its configuration describes it."""
Way = Callable[[str, str], Timed]
"""One question (second) of one reader's session (first)."""


def main() -> None:
    """Run and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a running server; by default one is started")
    parser.add_argument("--users", type=int, default=50)
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        url = options.url or stack.enter_context(served())
        began = time.perf_counter()
        page = get(url + "/")
        print(f"page {len(page):,} bytes in {time.perf_counter() - began:.3f} s")
        documents = json.loads(get(url + "/api/documents"))
        questions = [form.format(unit=d["issuer"], year=d["year"]) for d in documents for form in FORMS]
        entry = _entry(json.loads(get(url + "/config")), "mz-send", "click")
        _ask(url, questions[0])  # what is made at the first question is not the fiftieth reader's wait
        print(f"{options.users} users at once, {ROUNDS} questions each")
        print(
            "| way | answers | errors | first p50 | first p95 | whole p50 | whole p95 |\n|---|---|---|---|---|---|---|"
        )
        sessions = [uuid.uuid4().hex for _ in range(options.users)]
        print(_row("API", _crowd(lambda _, question: _ask(url, question), questions, sessions)))
        with ThreadPoolExecutor(options.users) as pool:
            print(_row("opening the page", list(pool.map(lambda session: _open(url, session), sessions))))
        way: Way = lambda session, question: _event(url, entry, [question, "", []], session)  # noqa: E731
        print(_row("page", _crowd(way, questions, sessions)))


def _crowd(way: Way, questions: list[str], sessions: list[str]) -> list[Timed]:
    def reader(number: int) -> list[Timed]:
        return [way(sessions[number], questions[(number + turn) % len(questions)]) for turn in range(ROUNDS)]

    with ThreadPoolExecutor(len(sessions)) as pool:
        return [timed for found in pool.map(reader, range(len(sessions))) for timed in found]


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
        json.loads(post(f"{url}/api/ask", {"question": question}))["status"]  # a refusal is an answer too
        error = ""
    except (OSError, ValueError, KeyError) as failure:
        error = f"{type(failure).__name__}: {failure}"
    seconds = time.perf_counter() - began
    return Timed(seconds, seconds, error)


def _open(url: str, session: str) -> Timed:
    """The page as a browser opens it: its HTML, which holds its configuration, then what it does when it is loaded."""
    began = time.perf_counter()
    try:
        get(url + "/")
        config = json.loads(get(url + "/config"))
    except (OSError, ValueError) as failure:
        return Timed(time.perf_counter() - began, time.perf_counter() - began, f"{type(failure).__name__}: {failure}")
    first = time.perf_counter() - began
    for dependency in config["dependencies"]:
        if any(event == "load" for _, event in dependency["targets"]) and dependency["backend_fn"]:
            held = [next(c for c in config["components"] if c["id"] == i) for i in dependency["inputs"]]
            data = [[] if c["type"] == "browserstate" else c["props"].get("value") for c in held]
            loaded = _event(url, dependency, data, session)
            if loaded.error:
                return Timed(first, time.perf_counter() - began, loaded.error)
    return Timed(first, time.perf_counter() - began)


def _event(url: str, entry: Entry, data: list[Any], session: str) -> Timed:
    """One event as the page sends it: answered at once, or joined to the queue and read from its stream of events."""
    began = time.perf_counter()
    first = 0.0
    try:
        body = {"data": data, "fn_index": entry["id"], "session_hash": session}
        if entry["queue"] is False:
            json.loads(post(f"{url}/gradio_api/run/predict", body))["data"]
            seconds = time.perf_counter() - began
            return Timed(seconds, seconds)
        post(f"{url}/gradio_api/queue/join", body)
        stream = f"{url}/gradio_api/queue/data?session_hash={session}"
        with urllib.request.urlopen(stream, timeout=TIMEOUT) as events:
            for line in events:
                if not line.startswith(b"data:"):
                    continue
                event = json.loads(line[5:])
                if event["msg"] == "process_generating" and not first:
                    first = time.perf_counter() - began
                if event["msg"] == "process_completed":
                    error = "" if event["success"] else f"{data}: {event['output']}"
                    whole = time.perf_counter() - began
                    return Timed(first or whole, whole, error)
        error = "the stream ended early"
    except (OSError, ValueError, KeyError) as failure:
        error = f"{type(failure).__name__}: {failure}"
    seconds = time.perf_counter() - began
    return Timed(first or seconds, seconds, error)


def _entry(config: dict[str, Any], element: str, event: str) -> Entry:
    """Which of the page's events an element sets off, by its id in the page."""
    number = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == element)
    found: Entry = next(d for d in config["dependencies"] if [number, event] in [list(t) for t in d["targets"]])
    return found


def get(url: str) -> bytes:
    """The body at an address."""
    with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:
        return bytes(answer.read())


def post(url: str, body: Any) -> bytes:
    """The answer to a JSON body."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
        return bytes(answer.read())


@contextlib.contextmanager
def served() -> Iterator[str]:
    """The address of a server of its own process over the bundled editions, gone afterwards."""
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
            time.sleep(WARM)
            yield url
        finally:
            serving.terminate()
            serving.wait(10)


def _until_up(url: str) -> None:
    for _ in range(120):
        with contextlib.suppress(OSError):
            get(f"{url}/healthz")
            return
        time.sleep(0.5)
    raise TimeoutError("the server did not start")


if __name__ == "__main__":
    main()
