"""The pages in a real headless Chromium: what a reader does, and that nothing comes from outside.

Skipped where playwright or Chromium is missing. `MINGZHANG_CHROMIUM` names another Chromium than /usr/bin/chromium.
"""

from __future__ import annotations

import io
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
pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no Chromium at {CHROMIUM}")

SHARED = Path(__file__).resolve().parents[2] / "shared"
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


def test_ask_and_see_the_cell_lit(page: Any, address: str) -> None:
    from PIL import Image

    visit(page, address)
    card = ask(page, QUESTION)
    assert card.locator(".mz-value").inner_text() == "3.00"
    citation = page.request.post(f"{address}/api/ask", data={"question": QUESTION}).json()["citations"][0]
    card.locator("a.mz-mark").first.click()
    drawer = page.locator("#mz-drawer")
    lit = drawer.locator(".mz-lit")
    lit.wait_for()
    page.wait_for_function("() => document.querySelector('#mz-drawer img').complete")
    left, top, right, bottom = box(drawer.locator(".mz-page img"))
    info = page.request.get(f"{address}/api/evidence/{citation['document']}/pages/{citation['page']}.png?scale=1")
    points = Image.open(io.BytesIO(info.body())).size  # at scale 1 a point is a pixel
    x0, y0, x1, y1 = citation["bbox"]
    across, down = (right - left) / points[0], (bottom - top) / points[1]
    expected = (left + x0 * across, top + y0 * down, left + x1 * across, top + y1 * down)
    assert box(lit) == pytest.approx(expected, abs=4)
    inside = Image.open(io.BytesIO(lit.screenshot())).convert("L")
    assert inside.getextrema()[0] < 110, "no digits are printed in the lit box"


def test_pages_turn_and_zoom(page: Any, address: str) -> None:
    visit(page, address)
    ask(page, QUESTION).locator("a.mz-mark").nth(1).click()
    page.locator("#mz-drawer .mz-lit").first.wait_for()
    number = page.locator(".mz-page-number").inner_text()
    before = box(page.locator("#mz-drawer .mz-page"))
    page.locator("#mz-drawer [data-mz-zoom='1']").click()
    after = box(page.locator("#mz-drawer .mz-page"))
    assert after[2] - after[0] > 1.4 * (before[2] - before[0])
    page.locator("#mz-drawer .mz-bar-tools a.mz-open").first.click()
    page.wait_for_function("n => document.querySelector('.mz-page-number').textContent !== n", arg=number)
    assert page.locator("#mz-drawer .mz-lit").count() == 0
    page.locator("#mz-drawer .mz-bar-tools a.mz-open", has_text="回到所引页").click()
    page.locator("#mz-drawer .mz-lit").first.wait_for()
    page.keyboard.press("Escape")
    assert page.locator("#mz-drawer").count() == 0


def test_follow_up_reload_and_share(page: Any, address: str) -> None:
    visit(page, address)
    ask(page, QUESTION)
    card = ask(page, "那支出合计呢？")
    assert "4,218.27" in card.locator(".mz-value").inner_text()
    page.locator("#mz-chat button.option").first.wait_for(timeout=20_000)
    page.locator("#mz-chat button.option").first.click()
    page.locator(LAST).nth(2).wait_for(timeout=20_000)
    link = page.locator("[data-mz-share]").first.get_attribute("href")
    page.reload()
    page.locator(LAST).nth(2).wait_for(timeout=20_000)
    page.evaluate("localStorage.clear()")
    page.goto(address + link)
    page.locator(LAST).first.wait_for(timeout=20_000)
    assert page.locator(".mz-question").first.inner_text() == QUESTION


def test_asking_back_with_buttons(page: Any, address: str) -> None:
    visit(page, address)
    card = ask(page, "公务接待费是多少？")
    assert "请再说清楚一点" in card.inner_text()
    page.locator("#mz-chat button.option", has_text=UNIT).first.click()
    answer = page.locator(LAST).nth(1)
    answer.wait_for(timeout=20_000)
    assert answer.locator(".mz-value").inner_text() == "3.00"


def test_a_comparison_has_bars(page: Any, address: str) -> None:
    visit(page, address)
    card = ask(page, "各单位2026年支出合计排名")
    widths = [box(bar)[2] - box(bar)[0] for bar in card.locator(".mz-bar").all()]
    assert len(widths) >= 3
    assert widths == sorted(widths, reverse=True)


def test_a_vote_with_a_reason(page: Any, address: str) -> None:
    visit(page, address)
    card = ask(page, QUESTION)
    card.locator("[data-mz-vote='down']").click()
    card.locator(".mz-vote input").fill("页码不对")
    card.locator(".mz-vote button").click()
    page.wait_for_function("() => document.querySelector('.mz-vote').textContent.includes('谢谢')")


def test_explorer_and_export(page: Any, address: str) -> None:
    visit(page, address)
    page.get_by_role("tab", name="数据").click()
    page.fill("#mz-word textarea, #mz-word input", "公务接待费")
    page.click("#mz-search")
    page.locator("#mz-figures td a.mz-open").first.wait_for(timeout=20_000)
    with page.expect_download() as download:
        page.locator("#mz-found a", has_text="CSV").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert text.startswith("文件,")
    assert "公务接待费" in text
    page.locator("#mz-figures td a.mz-open").first.click()
    page.locator("#mz-drawer .mz-evidence").wait_for()


def test_findings_open_their_places(page: Any, address: str) -> None:
    visit(page, address)
    page.get_by_role("tab", name="矛盾与疑点").click()
    page.get_by_role("checkbox", name="矛盾").uncheck()
    card = page.locator("#mz-findings .mz-finding").first
    card.wait_for(timeout=20_000)
    card.locator("a.mz-open").first.click()
    page.locator("#mz-drawer .mz-evidence").wait_for()


def test_upload_with_progress_and_removal(page: Any, address: str) -> None:
    files = sorted((SHARED / "real").glob("*.pdf")) if SHARED.exists() else []
    if not files:
        pytest.skip("no ../shared/real")
    visit(page, address)
    page.get_by_role("tab", name="文件").click()
    page.set_input_files("#mz-upload input[type=file]", files[0])
    page.locator("#mz-report progress").wait_for(timeout=30_000)
    page.locator("#mz-report .mz-done").wait_for(timeout=90_000)
    row = page.locator("#mz-documents tr", has_text=files[0].name)
    row.wait_for(timeout=20_000)
    assert "自己上传" in row.inner_text()
    row.locator("a.mz-open").click()
    page.locator("#mz-drawer .mz-detail").wait_for()


def test_english(page: Any, address: str) -> None:
    visit(page, address)
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/**")
    page.wait_for_selector("#mz-question textarea, #mz-question input")
    page.wait_for_timeout(500)
    card = ask(page, "What is the total expenditure of Xiamen government service centre in 2026?")
    assert card.locator(".mz-value").inner_text() == "4,218.27"
    assert "confirmed" in card.locator(".mz-status").inner_text()
    assert page.evaluate("document.documentElement.lang") == "en"


def test_a_phone_needs_no_sideways_scrolling(browser: Any, address: str, seen: Seen) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", color_scheme="dark")
    page = context.new_page()
    watch(page, address, seen)
    visit(page, address)
    assert box(page.locator("#mz-question"))[3] <= 844, "the question box is out of sight"
    ask(page, "各单位2026年支出合计排名")
    for name in ("问答", "数据", "文件", "矛盾与疑点"):
        page.get_by_role("tab", name=name).click()
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, name
    context.close()
    assert seen == Seen()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_accessibility_violation(browser: Any, address: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="axe-core-python is not installed")
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="zh-CN", color_scheme=scheme)
    page = context.new_page()
    visit(page, address)
    ask(page, QUESTION).locator("a.mz-mark").first.click()
    page.locator("#mz-drawer .mz-lit").wait_for()
    found: list[str] = []
    for name in ("问答", "数据", "文件", "矛盾与疑点"):
        if name != "问答":
            page.keyboard.press("Escape")
            page.get_by_role("tab", name=name).click()
            page.wait_for_timeout(800)
        for violation in axe.Axe().run(page)["violations"]:
            if violation["impact"] in ("serious", "critical"):
                found += [f"{name}: {violation['id']} {node['html'][:160]}" for node in violation["nodes"][:5]]
    context.close()
    assert found == []
