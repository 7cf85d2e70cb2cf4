"""The harness against itself: answers whose verdicts are known, each following from a rule a reader can check by hand.

For every base amount the same twelve answers are made; the two columns on the right of BASES are typed by hand: what
the amount is in another unit, and a value that rounds to it.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from eval.gold import Gold, load
from eval.score import judge

Answer = dict[str, Any]
# value, unit, the same in another unit, a longer value that rounds to it, the wrong unit with the same digits
BASES = [
    ("3.00", "万元", ("30000", "元"), "3.004", "元"),
    ("315.31", "万元", ("3153100", "元"), "315.3149", "亿元"),
    ("4218.27", "万元", ("0.421827", "亿元"), "4218.2651", "元"),
    ("0.95", "万元", ("9500", "元"), "0.9459999", "元"),
    ("25.79", "%", None, "25.790443", "万元"),
    ("7.17", "%", None, "7.1691", "万元"),
    ("31214205.80", "元", ("3121.420580", "万元"), "31214205.801", "万元"),
    ("607849", "元", ("60.7849", "万元"), "607849.00", "万元"),
    ("490808.40", "万元", ("49.080840", "亿元"), "490808.401", "元"),
    ("85.06", "万元", ("850600", "元"), "85.0648", "元"),
    ("18", "名", ("18", "人"), "18.00", "万元"),
    ("7", "台", ("7", "台（套）"), "7.0", "万元"),
    ("29.00", "平方米", None, "29.001", "万元"),
    ("12.3", "万元", ("123000", "元"), "12.34", "元"),
]


def made(
    value: str | None,
    unit: str = "",
    *,
    status: str = "answered",
    text: str = "",
    quote: str | None = None,
    **place: Any,
) -> Answer:
    where = {"document": "甲.pdf", "page": 9, "table": "表", "row": "公务接待费", "column": "合计"} | place
    result = None if value is None else {"value": value, "unit": unit, "status": "confirmed", "formula": None}
    citation = {"marker": 1, "quote": value if quote is None else quote, "bbox": None} | where
    said = text or f"为{value}{unit}[1]。"
    return {"status": status, "answer": said, "result": result, "citations": [citation], "warnings": []}


def number_cases() -> list[tuple[str, dict[str, Any], Answer, str]]:
    cases = []
    for value, unit, other, longer, wrong_unit in BASES:
        expect = {"kind": "number", "value": value, "unit": unit}
        step = Decimal(1).scaleb(int(Decimal(value).as_tuple().exponent))
        rows = [
            ("the number itself", made(value, unit), ""),
            ("more digits that round to it", made(longer, unit), ""),
            ("the right digits in a wrong unit", made(value, wrong_unit), "wrong_unit"),
            ("the number inside a longer one", made(f"1{value}", unit), "wrong_number"),
            ("one step up in the last digit", made(str(Decimal(value) + step), unit), "wrong_number"),
            ("one step down in the last digit", made(str(Decimal(value) - step), unit), "wrong_number"),
            ("the wrong sign", made(f"-{value}", unit), "wrong_number"),
            ("a tenth of it", made(str(Decimal(value) / 10), unit), "wrong_number"),
            ("said in the text alone", made(None, text=f"为{value}{unit}[1]。", quote=value), "no_result"),
            ("a refusal that names it", made(value, unit, status="not_disclosed"), "unanswered"),
            ("asking back", made(None, status="ambiguous", quote=""), "unanswered"),
            ("words for a number", made("三万", unit), "not_a_number"),
        ]
        if other:
            rows.append(("the same in another unit", made(*other), ""))
        cases += [(name, expect, answer, failure) for name, answer, failure in rows]
    return cases


def text_cases() -> list[tuple[str, dict[str, Any], Answer, str]]:
    said = [
        (["12.3"], "支出112.3万元", "missing_fact"), (["12.3"], "支出12.3万元", ""), (["12.3"], "支出12.30万元", ""),
        (["12.3"], "支出12.31万元", "missing_fact"), (["12.3"], "支出312.3亿元", "missing_fact"),
        (["3.00"], "共3万元", ""), (["3.00"], "共30万元", "missing_fact"), (["1"], "共1辆,价值6.99万元", ""),
        (["1", "6.99"], "共1辆,价值16.99万元", "missing_fact"), (["1"], "共0辆[1]", "missing_fact"),
        (["1"], "没有说[1]", "missing_fact"), (["4218.27"], "总计4,218.27万元", ""),
        (["4,218.27"], "总计4218.27万元", ""),
        (["-0.68"], "差-0.68万元", ""), (["基本支出增加"], "原因:基本支出增加", ""),
        (["基本支出增加"], "原因:“基本支出”增加", ""), (["基本支出增加"], "原因:项目支出增加", "missing_fact"),
        (["项目支出"], "基本支出增加", "missing_fact"), (["新增2人"], "在职人员增加2名", "missing_fact"),
        ([["新增2人", "增加2名"]], "在职人员增加2名", ""),
        ([["新增2人", "增加2名"]], "在职人员增加3名", "missing_fact"),
        (["甲", "乙"], "甲3万元", "missing_fact"), (["甲", "乙"], "乙和甲", ""),
        (["80", "50"], "云桌面80万元、标准化50万元", ""),
        (["80", "50"], "云桌面180万元、标准化50万元", "missing_fact"), (["2024"], "2024年成立", ""),
        (["阜康"], "最高的是阜康市数据资源和政务服务中心", ""),
        (["阜康"], "最高的是晋城市政务服务中心", "missing_fact"),
        (["单位价值100万元"], "单位价值 100 万元以上设备7台", ""), (["公务用车改革"], "公务用车改革,不再保留车辆", ""),
    ]  # fmt: skip
    cases: list[tuple[str, dict[str, Any], Answer, str]] = [
        (text, {"kind": "text", "contain": need}, made(None, text=text, quote=""), failure)
        for need, text, failure in said
    ]
    refused = made(None, status="not_disclosed", text="基本支出增加", quote="")
    cases.append(("a refusal that says it", {"kind": "text", "contain": ["基本支出增加"]}, refused, "unanswered"))
    silent = {"kind": "text", "means": "没有写原因", "accept": ["not_disclosed"]}
    cases.append(("a refusal that is accepted", silent, refused, ""))
    return cases


def status_cases() -> list[tuple[str, dict[str, Any], Answer, str]]:
    words = ["不存在,不披露,没有", "文件没有公开这一项", "为3.00万元[1]", "sorry, not disclosed"]
    rules = {
        ("refuse", "not_disclosed"): "", ("refuse", "out_of_scope"): "", ("refuse", "answered"): "should_refuse",
        ("refuse", "ambiguous"): "should_refuse", ("refuse", "error"): "should_refuse",
        ("ambiguous", "ambiguous"): "", ("ambiguous", "answered"): "should_ask_back",
        ("ambiguous", "not_disclosed"): "should_ask_back",
    }  # fmt: skip
    return [
        (f"{kind} {status} {text}", {"kind": kind}, made(None, status=status, text=text, quote=""), failure)
        for (kind, status), failure in rules.items()
        for text in words
    ]


CASES = [*number_cases(), *text_cases(), *status_cases()]


def item(tmp_path: Path, expect: dict[str, Any]) -> Gold:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "g", "question": "多少?", "expect": expect}, ensure_ascii=False), "utf-8")
    return load([path])[0]


def test_there_are_two_hundred() -> None:
    assert len(CASES) >= 200


@pytest.mark.parametrize(("name", "expect", "answer", "failure"), CASES, ids=[f"{i}" for i in range(len(CASES))])
def test_verdicts(tmp_path: Path, name: str, expect: dict[str, Any], answer: Answer, failure: str) -> None:
    verdict = judge(item(tmp_path, expect), answer)
    assert (verdict.failure, verdict.right) == (failure, failure == ""), name


@pytest.mark.parametrize(
    ("place", "answer", "cited"),
    [
        ({"in": "甲.pdf"}, {}, True),
        ({"in": "甲.pdf"}, {"document": "乙.pdf"}, False),
        ({"page": 9}, {}, True),
        ({"page": 9}, {"page": 19}, False),
        ({"page": 9}, {"page": None}, False),
        ({"page": [8, 9]}, {}, True),
        ({"page": [8, 10]}, {}, False),
        ({"row": "公务接待费"}, {"row": "2、公务接待费"}, True),
        ({"row": "公务接待费"}, {"row": "公务用车运行费"}, False),
        ({"row": "公务接待费"}, {"row": None, "quote": "公务接待费3.00万元"}, True),
        ({"column": "合计"}, {"column": "预算数/合计"}, True),
        ({"column": "项目支出"}, {"column": "基本支出"}, False),
        ({"row": "公务接待费", "page": 9}, {"page": 8}, False),
        ({"row": "维修（护）费"}, {"row": "维修(护)费"}, True),
    ],
)
def test_a_right_number_with_a_wrong_cell_is_told(
    tmp_path: Path, place: dict[str, Any], answer: dict[str, Any], cited: bool
) -> None:
    expect = {"kind": "number", "value": "3.00", "unit": "万元"} | place
    verdict = judge(item(tmp_path, expect), made("3.00", "万元", **answer))
    assert verdict.right
    assert verdict.cited is cited
