"""A real headless Chromium and a server of its own for it, and what tests of the pages do with both.

Whoever imports this is skipped where playwright or Chromium is missing; `MINGZHANG_CHROMIUM` names another Chromium than
/usr/bin/chromium.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from corpus.settings import Settings, load_settings

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = os.environ.get("MINGZHANG_CHROMIUM", "/usr/bin/chromium")
if not Path(CHROMIUM).exists():
    pytest.skip(f"no Chromium at {CHROMIUM}", allow_module_level=True)

UNIT = "厦门市政务服务保障中心"
QUESTION = f"{UNIT}2026年公务接待费是多少？"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
LAST = ".mz-answer:has(.mz-tools)"


@dataclass
class Seen:
    """What a page did behind the reader's back."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def address(editions_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over a copy of the bundled editions, so that uploads stay here."""
    import uvicorn

    from ui.server import create
    from ui.service import Service

    store = tmp_path_factory.mktemp("browser") / "store"
    shutil.copytree(editions_settings.store, store)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(create(Service(load_settings(store=store))), port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def page(browser: Any, address: str, seen: Seen) -> Iterator[Any]:
    """A fresh reader's page; afterwards it must have asked nobody else for anything and logged no error."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="zh-CN")
    page = context.new_page()
    watch(page, address, seen)
    yield page
    context.close()
    assert seen.outside == []
    assert seen.errors == []


def watch(page: Any, address: str, seen: Seen) -> None:
    def request(asked: Any) -> None:
        if not asked.url.startswith((address, "data:", "blob:")):
            seen.outside.append(asked.url)

    page.on("request", request)

    def told(message: Any) -> None:
        # Leaving a page breaks off the stream that Gradio keeps open; it says so.
        left = "Abort" in message.text or "Connection errored out" in message.text
        if message.type == "error" and not left:
            seen.errors.append(f"{message.text} {message.location}")

    page.on("console", told)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))


def visit(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("#mz-question textarea, #mz-question input")
    page.wait_for_timeout(500)


def ask(page: Any, question: str) -> Any:
    before = page.locator(LAST).count()
    page.fill("#mz-question textarea, #mz-question input", question)
    page.click("#mz-send")
    card = page.locator(LAST).nth(before)
    card.wait_for(timeout=20_000)
    return card


def box(locator: Any) -> tuple[float, float, float, float]:
    found = locator.bounding_box()
    assert found is not None
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]
