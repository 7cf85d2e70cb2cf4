"""How long a reader waits, in a real browser: `python -m eval.browser_benchmark [--url …] [--loads 5]`.

A headless Chromium opens the page with an empty cache, `--loads` times, then again with what it kept; asks a question
each time; and opens the place of the answer. Printed are medians and the worst of: the first paint, the moment the
question can be typed (Gradio has built the page), the bytes and requests of a load; from sending a question, the moment
it is seen and the moment the first words of its answer are; from choosing a marker, the moment the lit cell is.
Needs playwright and Chromium (`MINGZHANG_CHROMIUM`, /usr/bin/chromium by default).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import time
from typing import Any

from eval.load_benchmark import FORMS, get, served

CHROMIUM = os.environ.get("MINGZHANG_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
ANSWER = ".mz-answer:has(.mz-tools)"
FRESH, AGAIN = "first load", "load with a warm cache"
WATCH = """() => {
  window.mzSeen = {};
  const box = document.querySelector('#mz-pending');
  new MutationObserver(() => { if (!box.hidden && !mzSeen.question) mzSeen.question = performance.now(); })
    .observe(box, {childList: true, attributes: true});
  new MutationObserver(() => {
    const words = document.querySelectorAll('#mz-chat .mz-text');
    if (words.length && words[words.length - 1].innerText.trim() && !mzSeen.words) mzSeen.words = performance.now();
  }).observe(document.querySelector('#mz-chat'), {childList: true, subtree: true});
  document.querySelector('#mz-send').addEventListener('click', () => { mzSeen.sent = performance.now(); }, true);
}"""
"""The page's own clock: what playwright does in between is not what a reader waits for."""

SETTLE = 2_000
"""Milliseconds after which a load's last files have come; not part of any time."""

Times = dict[str, list[float]]


def main() -> None:
    """Run and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a running server; by default one is started")
    parser.add_argument("--loads", type=int, default=5)
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with contextlib.ExitStack() as stack:
        url = options.url or stack.enter_context(served())
        first = json.loads(get(url + "/api/documents"))[0]
        question = FORMS[1].format(unit=first["issuer"], year=first["year"])
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        found: Times = {}
        for _ in range(options.loads):
            context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
            for name in (FRESH, AGAIN):
                page = context.new_page()
                _load(page, url, name, found)
                if name == FRESH:
                    _ask(page, question, found)
                page.close()
            context.close()
        browser.close()
    print("| what | median | worst |\n|---|---|---|")
    for name, values in found.items():
        print(f"| {name} | {_shown(name, statistics.median(values))} | {_shown(name, max(values))} |")


def _load(page: Any, url: str, name: str, found: Times) -> None:
    """One load: its paint, when it can be used, and what came over the wire."""
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    began = time.perf_counter()
    page.goto(url + "/")
    page.wait_for_selector("#mz-question textarea, #mz-question input")
    ready = time.perf_counter() - began
    page.wait_for_timeout(SETTLE)  # the stream that Gradio keeps open leaves the network never idle
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0") / 1000
    for what, value in (
        ("first paint", paint), ("question can be typed", ready), ("bytes", float(sum(sizes))),
        ("requests", float(len(sizes))),
    ):  # fmt: skip
        found.setdefault(f"{name}: {what}", []).append(value)


def _ask(page: Any, question: str, found: Times) -> None:
    """One question, then the place of its answer."""
    page.evaluate(WATCH)
    page.fill("#mz-question textarea, #mz-question input", question)
    page.click("#mz-send")
    page.locator(ANSWER).first.wait_for(timeout=60_000)
    seen = page.evaluate("window.mzSeen")
    found.setdefault("question sent: it is seen", []).append((seen["question"] - seen["sent"]) / 1000)
    found.setdefault("question sent: first words of the answer", []).append((seen["words"] - seen["sent"]) / 1000)
    began = time.perf_counter()
    page.locator("a.mz-mark").first.click()
    page.locator("#mz-drawer .mz-lit").first.wait_for(timeout=60_000)
    page.wait_for_function("() => document.querySelector('#mz-drawer .mz-page img')?.naturalWidth > 0")
    found.setdefault("marker chosen: the lit cell on its page", []).append(time.perf_counter() - began)


def _shown(name: str, value: float) -> str:
    if name.endswith("bytes"):
        return f"{value / 1000:,.0f} kB"
    return f"{value:.0f}" if name.endswith("requests") else f"{value:.2f} s"


if __name__ == "__main__":
    main()
