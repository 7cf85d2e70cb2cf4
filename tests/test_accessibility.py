"""The pages for every reader: on a phone, by keys and screen readers (axe), in both languages, light and dark."""

from __future__ import annotations

from typing import Any

import pytest
from chromium import QUESTION, Seen, address, ask, box, browser, seen, visit, watch

__all__ = ["address", "browser", "seen"]  # fixtures


def test_a_phone_needs_no_sideways_scrolling(browser: Any, address: str, seen: Seen) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", color_scheme="dark")
    page = context.new_page()
    watch(page, address, seen)
    visit(page, address)
    assert box(page.locator("#mz-question"))[3] <= 844, "the question box is out of sight"
    ask(page, "各单位2026年支出合计排名")
    for name in ("问答", "数据", "构成", "文件", "矛盾与疑点"):
        page.get_by_role("tab", name=name).click()
        page.wait_for_timeout(900)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, name
    context.close()
    assert seen == Seen()


TABS = {
    "zh": ("问答", "数据", "构成", "文件", "矛盾与疑点"), "en": ("Ask", "Figures", "Make-up", "Files", "Findings"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_accessibility_violation(browser: Any, address: str, scheme: str, language: str) -> None:
    """axe over every page and the evidence, alternately at a desk and on a phone."""
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="axe-core-python is not installed")
    size = (
        {"width": 1400, "height": 900} if (scheme == "light") == (language == "zh") else {"width": 390, "height": 844}
    )
    context = browser.new_context(viewport=size, locale="zh-CN", color_scheme=scheme)
    page = context.new_page()
    visit(page, f"{address}/" if language == "zh" else f"{address}/en/")
    found: list[str] = []

    def look(name: str) -> None:
        for violation in axe.Axe().run(page)["violations"]:
            if violation["impact"] in ("serious", "critical"):
                found.extend(
                    f"{name}: {violation['id']} {n['html'][:160]} {n['any'][:1]}" for n in violation["nodes"][:5]
                )

    for question in (QUESTION, "各单位2026年支出合计排名", "公务接待费是多少？", "今天天气怎么样？"):
        ask(page, question)
    page.locator("a.mz-mark").first.click()
    page.locator("#mz-drawer .mz-lit").wait_for()
    look("chat")
    page.keyboard.press("Escape")
    for name in TABS[language][1:]:
        page.get_by_role("tab", name=name).click()
        page.wait_for_timeout(1000)
        look(name)
        if name in ("构成", "Make-up"):
            page.get_by_role("radio").nth(2).check()
            page.wait_for_timeout(800)
            look("treemap")
    answer = page.request.post(f"{address}/api/ask", data={"question": QUESTION}).json()["citations"][0]
    for path in ("/docs", f"/document?name={answer['document']}", f"/evidence?document={answer['document']}&page=5"):
        page.goto(address + path + ("&lang=en" if language == "en" and "?" in path else ""))
        look(path)
    context.close()
    assert found == []
