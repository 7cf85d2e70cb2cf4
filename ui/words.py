"""What the pages say, in Chinese and English: one place for every label."""

from __future__ import annotations

from typing import Literal

Language = Literal["zh", "en"]

WORDS: dict[str, tuple[str, str]] = {
    "title": ("明账", "mingzhang"),
    "subtitle": (
        "向政府预算、决算公开文件提问：给出准确数字、所在单元格和页码",
        "Ask published government budgets: the exact figure, its cell and its page",
    ),
    "editions": (
        "随附文件是明账自编的“版本”：表格与金额与原件一致，说明文字为自写短句；以各单位网站公布的原件为准。",
        "The bundled files are mingzhang’s own editions: tables and amounts as published, prose in our own words. "
        "The originals on the units’ own sites are authoritative.",
    ),
    "chat": ("问答", "Ask"),
    "documents": ("文件", "Documents"),
    "figures": ("数据", "Figures"),
    "findings": ("矛盾与疑点", "Findings"),
    "question": ("问题", "Question"),
    "placeholder": (
        "例如：厦门市政务服务保障中心2026年公务接待费是多少？",
        "e.g. the reception budget of a unit in a year",
    ),
    "send": ("提问", "Ask"),
    "clear": ("新对话", "New chat"),
    "examples": ("试试这些问题", "Try one of these"),
    "evidence": ("出处", "Evidence"),
    "choose": ("选择引用，查看它在原页上的位置", "Choose a citation to see it on its page"),
    "open_document": ("正在看的文件（可不选）", "Document you have open (optional)"),
    "all_documents": ("全部文件", "All documents"),
    "confirmed": ("已核对", "confirmed"),
    "single": ("单一来源", "single reading"),
    "disputed": ("有争议", "disputed"),
    "computed": ("计算得出", "computed"),
    "confirmed_hint": ("两处独立读数一致，或有勾稽关系印证", "two independent readings agree, or an identity holds it"),
    "single_hint": ("文件中只有一处读数", "one reading in the document"),
    "disputed_hint": ("文件中读数不一致，两处都列出", "readings differ; both are shown"),
    "computed_hint": ("由所引数字按公式算出", "computed from the cited figures"),
    "not_disclosed": ("文件没有披露", "Not disclosed"),
    "ambiguous": ("请再说清楚一点", "Which one do you mean?"),
    "out_of_scope": ("不在本服务范围内", "Out of scope"),
    "formula": ("算式", "Formula"),
    "warning": ("注意", "Note"),
    "no_page": (
        "该文件没有页面图像，下面是所在位置的原文。",
        "This file has no page image; its printed text:",
    ),
    "page": ("第{}页", "page {}"),
    "working": ("正在查阅 …", "Looking it up …"),
    "failed": ("出错了，请换一种问法或稍后再试。", "Something went wrong; please rephrase or try again."),
}


def say(key: str, language: Language = "zh") -> str:
    """The label for `key` in `language`."""
    chinese, english = WORDS[key]
    return english if language == "en" else chinese
