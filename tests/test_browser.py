"""The pages in a real headless Chromium: what a reader does, and that nothing comes from outside."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from chromium import LAST, QUESTION, UNIT, address, ask, box, browser, page, seen, visit

__all__ = ["address", "browser", "page", "seen"]  # fixtures

SHARED = Path(__file__).resolve().parents[2] / "shared"


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
    widths = [box(bar)[2] - box(bar)[0] for bar in card.locator("table.mz-compared .mz-bar").all()]
    assert len(widths) >= 3
    assert widths == sorted(widths, reverse=True)
    first = card.locator("table.mz-compared tbody tr").first
    assert first.locator(".mz-number").inner_text() == "4,218.27 万元"
    first.locator("a.mz-mark").first.click()
    page.locator("#mz-drawer .mz-lit").wait_for()


def test_a_sent_question_is_seen_at_once_and_its_answer_is_in_sight(page: Any, address: str) -> None:
    """Also after the reader has scrolled up to an earlier answer: the newest one comes to them."""
    visit(page, address)
    for question in (QUESTION, "各单位2026年支出合计排名"):
        ask(page, question)
    page.evaluate("window.scrollTo(0, 0)")
    page.fill("#mz-question textarea, #mz-question input", "今天天气怎么样？")
    page.evaluate("() => { window.seen = []; new MutationObserver(() => seen.push(document.querySelector('#mz-pending')"
                  ".innerText)).observe(document.querySelector('#mz-pending'), {childList: true}); }")  # fmt: skip
    page.click("#mz-send")
    page.locator(LAST).nth(2).wait_for(timeout=20_000)
    assert "今天天气怎么样？" in page.evaluate("window.seen[0]")
    page.wait_for_function(
        "() => { const all = document.querySelectorAll('#mz-chat .mz-question'); "
        "const at = all[all.length - 1].getBoundingClientRect(); return at.top >= 0 && at.bottom < innerHeight; }"
    )
    assert page.locator("#mz-pending").is_hidden()
    assert page.locator(LAST).nth(2).locator(".mz-refusal").is_visible()


def test_an_answer_is_copied_with_its_sources_and_link(page: Any, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    visit(page, address)
    ask(page, QUESTION).locator("[data-mz-copy]").click()
    page.locator("[data-mz-copy]", has_text="已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "3.00万元" in copied
    assert f"{UNIT}2026年单位预算.pdf · 第13页" in copied
    assert f"{address}/?q=" in copied


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


def test_the_flow_of_money_is_drawn_to_scale_and_opens(page: Any, address: str) -> None:
    visit(page, address)
    page.get_by_role("tab", name="构成").click()
    nodes = page.locator("#mz-makeup .mz-node")
    nodes.first.wait_for(timeout=20_000)
    heights = {
        node.locator(".mz-node-name").inner_text(): box(node.locator(".mz-node-bar"))[3]
        - box(node.locator(".mz-node-bar"))[1]
        for node in nodes.all()
    }
    # 厦门 2026: 3,670.87 of 4,218.27 万元 are 一般公共服务支出.
    assert heights["一般公共服务支出"] / heights["一般公共预算"] == pytest.approx(3670.87 / 4218.27, abs=0.02)
    page.locator("#mz-makeup a.mz-node", has_text="社会保障和就业支出").click()
    page.locator("#mz-drawer .mz-lit").wait_for()
    page.keyboard.press("Escape")
    page.get_by_label("按经济分类").check()
    tile = page.locator("#mz-makeup .mz-wide .mz-tile", has_text="劳务费")
    tile.wait_for(timeout=20_000)
    assert "641.72万元" in tile.inner_text()
    whole, part = box(page.locator("#mz-makeup .mz-wide")), box(tile)
    area = (part[2] - part[0]) * (part[3] - part[1]) / ((whole[2] - whole[0]) * (whole[3] - whole[1]))
    assert area == pytest.approx(641.72 / 3240.27, abs=0.03)  # the class's name takes a little of its tiles
    page.locator("#mz-makeup summary").click()
    assert page.locator("#mz-makeup .mz-as-table tbody tr").count() >= 10


def test_findings_open_their_places(page: Any, address: str) -> None:
    visit(page, address)
    page.get_by_role("tab", name="矛盾与疑点").click()
    page.locator("#mz-findings .mz-finding").first.wait_for(timeout=20_000)
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
    assert "读者上传" in row.inner_text()
    assert "读者自己上传的文件" in page.locator("#mz-documents").inner_text()
    row.locator("a.mz-open").click()
    page.locator("#mz-drawer .mz-detail").wait_for()


def test_what_cannot_be_read_is_told_in_a_sentence_and_a_file_can_be_removed(
    page: Any, address: str, tmp_path: Path
) -> None:
    broken, good = tmp_path / "坏.pdf", tmp_path / "某某局2026年部门预算.txt"
    broken.write_bytes(b"%PDF-1.4 broken")
    good.write_text("某某局2026年部门预算\n\n2026年公务接待费预算3.00万元。\n", "utf-8")
    visit(page, address)
    page.get_by_role("tab", name="文件").click()
    page.locator("#mz-documents table").first.wait_for(timeout=20_000)
    page.set_input_files("#mz-upload input[type=file]", [broken, good])
    failed = page.locator("#mz-report .mz-failed")
    failed.wait_for(timeout=60_000)
    assert failed.inner_text().count("坏.pdf") == 1
    assert "PDF" in failed.inner_text().removeprefix("坏.pdf")
    row = page.locator("#mz-documents tr", has_text=good.name)
    row.wait_for(timeout=60_000)
    mine = page.get_by_label("移除自己上传的文件").first
    mine.scroll_into_view_if_needed()
    mine.click()
    page.get_by_role("option", name=good.name).click()
    page.get_by_role("button", name="移除", exact=True).click()
    page.locator("#mz-report", has_text="已移除").wait_for(timeout=20_000)
    row.wait_for(state="detached", timeout=20_000)


def test_back_closes_the_evidence_and_keys_reach_it(page: Any, address: str) -> None:
    visit(page, address)
    ask(page, QUESTION)
    mark = page.locator("a.mz-mark").first
    mark.focus()
    page.keyboard.press("Enter")
    page.locator("#mz-drawer .mz-lit").wait_for()
    assert page.evaluate("document.activeElement.closest('#mz-drawer') !== null")
    page.go_back()
    page.locator("#mz-drawer").wait_for(state="detached")
    assert page.locator(LAST).count() == 1, "the page itself was left"
    assert page.evaluate("document.activeElement.classList.contains('mz-mark')")


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
