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


def edge_cases() -> list[tuple[str, dict[str, Any], Answer, str]]:
    """Typed one by one: expected value and unit, given value and unit, the failure. Half of the last digit that the
    gold prints is the most an answer may be off: of 3.00万元 that is 50元, of 0.1亿元 500万元."""
    rows = [
        # money units at the edge of the tolerance
        ("3.00", "万元", "30050", "元", ""), ("3.00", "万元", "29950", "元", ""),
        ("3.00", "万元", "30050.01", "元", "wrong_number"), ("3.00", "万元", "29949.99", "元", "wrong_number"),
        ("30000", "元", "3.00005", "万元", ""), ("30000", "元", "3.00006", "万元", "wrong_number"),
        ("30049", "元", "3.00", "万元", "wrong_number"), ("0.1", "亿元", "500", "万元", ""),
        ("0.1", "亿元", "1500", "万元", ""), ("0.1", "亿元", "1501", "万元", "wrong_number"),
        ("5", "千元", "0.5", "万元", ""), ("2.5", "百万元", "250", "万元", ""), ("2.5", "百万元", "250", "元", "wrong_unit"),
        # nought is exact unless digits are printed after the point
        ("0", "万元", "0", "元", ""), ("0", "万元", "0.00", "万元", ""), ("0", "万元", "0.4", "万元", "wrong_number"),
        ("0", "万元", "1", "元", "wrong_number"), ("0.00", "万元", "50", "元", ""), ("0.00", "万元", "51", "元", "wrong_number"),
        ("0", "%", "0", "万元", ""), ("0.00", "%", "0.004", "%", ""), ("0.00", "%", "0.006", "%", "wrong_number"),
        # negative numbers, and how minus is written
        ("-0.68", "万元", "-0.68", "万元", ""), ("-0.68", "万元", "−0.68", "万元", ""),
        ("-0.68", "万元", "－0.68", "万元", ""), ("-0.68", "万元", "-6800", "元", ""),
        ("-0.68", "万元", "0.68", "万元", "wrong_number"), ("-0.68", "万元", "(0.68)", "万元", ""),
        ("-57.14", "%", "-57.1429", "%", ""), ("-57.14", "%", "57.14", "%", "wrong_number"),
        ("-57.14", "%", "-57.1451", "%", "wrong_number"), ("12.3", "万元", "+12.3", "万元", ""),
        # percent, percentage points, shares as fractions
        ("4.58", "%", "4.58", "百分点", "wrong_unit"), ("4.58", "百分点", "4.58", "个百分点", ""),
        ("4.58", "百分点", "4.58", "%", "wrong_unit"), ("25.79", "%", "0.2579", "", "wrong_unit"),
        ("25.79", "%", "25.79", "％", ""), ("25.79", "%", "25.79", "", "wrong_unit"),
        ("100", "%", "100.4", "%", ""), ("100", "%", "101", "%", "wrong_number"),
        # full-width digits, separators, units as people write them
        ("4218.27", "万元", "４２１８．２７", "万元", ""), ("4218.27", "万元", "4，218.27", "万元", ""),
        ("4218.27", "万元", "42,18.27", "万元", "not_a_number"), ("4218.27", "万元", "4 218.27", "万元", ""),
        ("4218.27", "万元", "4218.27万元", "万元", "not_a_number"), ("4218.27", "万元", "4218.27", "万", ""),
        ("1.5", "亿元", "1.5", "亿", ""), ("3.00", "万元", "3.00", "人民币万元", ""),
        ("3.00", "万元", "3.00", " 万元 ", ""), ("3.00", "万元", "3.00", "", "wrong_unit"),
        ("3.00", "万元", "3.00", "美元", "wrong_unit"),
        # ranges and what is no number
        ("12.3", "万元", "12-13", "万元", "not_a_number"), ("12.3", "万元", "10~15", "万元", "not_a_number"),
        ("12.3", "万元", "约12.3", "万元", "not_a_number"), ("12.3", "万元", "NaN", "万元", "not_a_number"),
        ("12.3", "万元", "Infinity", "万元", "not_a_number"), ("12.3", "万元", "", "万元", "not_a_number"),
        ("12.3", "万元", "十二点三", "万元", "not_a_number"), ("12.3", "万元", "1.23E+1", "万元", ""),
        # counted things are exact, whatever is counted has its own unit
        ("18", "名", "18.4", "人", "wrong_number"), ("18", "名", "18", "辆", "wrong_unit"),
        ("7", "台", "7.0", "台", ""), ("7", "辆", "7", "台", "wrong_unit"), ("3", "批", "3", "批次", ""),
        ("600", "平方米", "600.3", "平方米", "wrong_number"), ("600.0", "平方米", "600.04", "平方米", ""),
        # the digits of a year, a code or a page are no amount
        ("2026", "元", "2026", "年", "wrong_unit"), ("30201", "元", "3.0201", "万元", ""),
    ]  # fmt: skip
    return [
        (
            f"{value}{unit} {got!r}{got_unit}",
            {"kind": "number", "value": value, "unit": unit},
            made(got, got_unit),
            failure,
        )
        for value, unit, got, got_unit, failure in rows
    ]


def said_cases() -> list[tuple[str, dict[str, Any], Answer, str]]:
    """Facts of a text with units, ranges, digits at their ends, alternatives, order, and what must not be said."""
    rows: list[tuple[dict[str, Any], str, str]] = [
        ({"contain": ["12.3万元"]}, "支出12.3万元", ""), ({"contain": ["12.3万元"]}, "支出112.3万元", "missing_fact"),
        ({"contain": ["12.3万元"]}, "支出123000元", ""), ({"contain": ["12.3万元"]}, "支出12.3元", "missing_fact"),
        ({"contain": ["12.3万元"]}, "支出12.3亿元", "missing_fact"), ({"contain": ["12.3万元"]}, "支出１２．３万元", ""),
        ({"contain": ["1,234.50元"]}, "共1234.5元", ""), ({"contain": ["2人"]}, "在职12人", "missing_fact"),
        ({"contain": ["2人"]}, "在职2名", ""), ({"contain": ["4.58%"]}, "增长4.58个百分点", "missing_fact"),
        ({"contain": ["4.58%"]}, "增长4.58％", ""), ({"contain": ["2024年"]}, "2024年度预算", ""),
        ({"contain": ["24年"]}, "2024年度预算", "missing_fact"),
        ({"contain": ["项目3"]}, "共有项目30个", "missing_fact"), ({"contain": ["项目3"]}, "见项目3。", ""),
        ({"contain": ["3号楼"]}, "租用13号楼", "missing_fact"), ({"contain": ["3号楼"]}, "租用3号楼", ""),
        ({"contain": ["10"]}, "约10至20万元", "missing_fact"), ({"contain": ["20"]}, "10-20万元之间", "missing_fact"),
        ({"contain": ["20"]}, "10万元～20万元", "missing_fact"), ({"contain": ["10", "20"]}, "10—20万元", ""),
        ({"contain": ["20"]}, "由10万元到20万元", ""), ({"contain": ["10"]}, "从10万元降至8万元", ""),
        ({"contain": [["10", "十"]]}, "共十处", ""), ({"contain": [["10", "十"]]}, "共110处", "missing_fact"),
        ({"contain": [["减少", "下降"], "3"]}, "下降3万元", ""), ({"contain": [["减少", "下降"], "3"]}, "增加3万元", "missing_fact"),
        ({"contain": [["减少", "下降"], "3"]}, "下降30万元", "missing_fact"),
        ({"contain": ["乙"], "lead": ["乙", "甲"]}, "最高的是乙,其次甲", ""),
        ({"contain": ["乙"], "lead": ["乙", "甲"]}, "甲最高,乙其次", "wrong_lead"),
        ({"contain": ["乙"], "lead": ["丙", "乙"]}, "乙最高", "wrong_lead"),
        ({"lead": ["财政局", "财政局监督处"], "means": "-"}, "财政局监督处最高,财政局次之", "wrong_lead"),
        ({"lead": ["财政局监督处", "财政局"], "means": "-"}, "财政局监督处最高,财政局次之", ""),
        ({"order": ["劳务费", "工会经费", "办公费"], "means": "-"}, "1. 劳务费 2. 工会经费 3. 办公费", ""),
        ({"order": ["劳务费", "工会经费", "办公费"], "means": "-"}, "1. 劳务费 2. 办公费 3. 工会经费", "wrong_order"),
        ({"order": ["劳务费", "工会经费"], "means": "-"}, "劳务费最多", "missing_fact"),
        ({"contain": ["减少"], "avoid": ["增加"]}, "比上年减少3万元", ""),
        ({"contain": ["减少"], "avoid": ["增加"]}, "比上年减少3万元,增加是误读", "said_wrong"),
        ({"contain": ["3"], "avoid": ["999"]}, "3万元", ""), ({"contain": ["3"], "avoid": ["999"]}, "3万元,不是999", "said_wrong"),
        ({"contain": ["3"], "avoid": ["999"]}, "3万元,共1999项", ""),
        ({"contain": ["3"], "avoid": [["999", "5000万元"]]}, "3万元,即5000万元", "said_wrong"),
    ]  # fmt: skip
    cases: list[tuple[str, dict[str, Any], Answer, str]] = [
        (f"{expect} {text}", {"kind": "text"} | expect, made(None, text=text, quote=""), failure)
        for expect, text, failure in rows
    ]
    injected = {"kind": "number", "value": "3.00", "unit": "万元", "avoid": ["999"]}
    cases.append(
        ("a number beside what it must not say", injected, made("3.00", "万元", text="999;3.00万元"), "said_wrong")
    )
    cases.append(("a number alone", injected, made("3.00", "万元"), ""))
    offered = {"kind": "ambiguous", "contain": ["部门", "单位"]}
    for text, failure in (("您问的是部门还是单位?", ""), ("请说得更具体些。", "missing_fact")):
        cases.append((f"asked back: {text}", offered, made(None, status="ambiguous", text=text, quote=""), failure))
    lenient = {"kind": "refuse", "accept": ["ambiguous"]}
    cases.append(("a status that is accepted", lenient, made(None, status="ambiguous", quote=""), ""))
    cases.append(("one that is not", lenient, made("3.00", "万元"), "should_refuse"))
    shown = {"kind": "number", "value": "3.00", "unit": "万元", "status": "disputed"}
    cases.append(("shown as confirmed, to be shown as disputed", shown, made("3.00", "万元"), "status"))
    return cases


CASES = [*number_cases(), *text_cases(), *status_cases(), *edge_cases(), *said_cases()]


def item(tmp_path: Path, expect: dict[str, Any]) -> Gold:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "g", "question": "多少?", "expect": expect}, ensure_ascii=False), "utf-8")
    return load([path])[0]


def test_there_are_three_hundred_and_fifty() -> None:
    assert len(CASES) >= 350


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
        ({"row": "公务用车购置及运行维护费"}, {"row": "费"}, False),
        ({"row": "公务用车购置及运行维护费"}, {"row": "公务用车购置及运行费"}, False),
        ({"row": "公务用车购置及运行费"}, {"row": "其中:公务用车购置及运行费"}, True),
        ({"row": "合计"}, {"row": "合 计"}, True),
        ({"page": 9, "in": "甲.pdf"}, {"page": 9, "document": "乙.pdf"}, False),
        ({"page": [9, 10], "row": "差旅费"}, {"page": 10, "row": "差旅费"}, True),
        ({"page": [9, 10], "row": "差旅费"}, {"page": 10, "row": "会议费"}, False),
    ],
)
def test_a_right_number_with_a_wrong_cell_is_told(
    tmp_path: Path, place: dict[str, Any], answer: dict[str, Any], cited: bool
) -> None:
    expect = {"kind": "number", "value": "3.00", "unit": "万元"} | place
    verdict = judge(item(tmp_path, expect), made("3.00", "万元", **answer))
    assert verdict.right
    assert verdict.cited is cited


def test_one_citation_must_stand_at_the_whole_place(tmp_path: Path) -> None:
    """The page of one citation and the row of another are no place."""
    expect = {"kind": "number", "value": "3.00", "unit": "万元", "page": 9, "row": "差旅费"}
    answer = made("3.00", "万元", page=9, row="会议费")
    answer["citations"].append(answer["citations"][0] | {"marker": 2, "page": 8, "row": "差旅费"})
    assert judge(item(tmp_path, expect), answer).cited is False
    answer["citations"][1]["page"] = 9
    assert judge(item(tmp_path, expect), answer).cited is True


def test_a_wrong_answer_with_a_right_place_stays_wrong(tmp_path: Path) -> None:
    verdict = judge(
        item(tmp_path, {"kind": "number", "value": "3.00", "unit": "万元", "page": 9}), made("4.00", "万元")
    )
    assert (verdict.right, verdict.cited) == (False, True)
