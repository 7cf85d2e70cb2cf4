"""The harness against answers whose verdicts are known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.gold import GoldError, load
from eval.score import judge

Answer = dict[str, Any]


def gold(tmp_path: Path, expect: dict[str, Any], question: str = "公务接待费是多少?"):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "g", "question": question, "expect": expect}, ensure_ascii=False), "utf-8")
    return load([path])[0]


def number(value: str, unit: str = "万元", **more: Any) -> Answer:
    quote = more.pop("quote", value)
    citation = {"marker": 1, "document": "甲.pdf", "page": 9, "table": "三公表", "row": "公务接待费", "column": "合计"}
    return {
        "status": "answered",
        "answer": f"公务接待费为{value}{unit}[1]。",
        "result": {"value": value, "unit": unit, "status": "confirmed", "formula": None},
        "citations": [citation | {"quote": quote, "bbox": None}],
        "warnings": [],
    } | more


@pytest.mark.parametrize(
    ("value", "unit", "got_value", "got_unit", "failure"),
    [
        ("3.00", "万元", "3.00", "万元", ""),
        ("3.00", "万元", "30000", "元", ""),
        ("3.00", "万元", "3", "万元", ""),
        ("3.00", "万元", "3.00", "元", "wrong_unit"),
        ("12.3", "万元", "112.3", "万元", "wrong_number"),
        ("25.79", "%", "25.790443", "%", ""),
        ("25.79", "%", "25.80", "%", "wrong_number"),
        ("-0.68", "万元", "0.68", "万元", "wrong_number"),
        ("0", "万元", "0.00", "元", ""),
        ("18", "名", "18", "人", ""),
        ("0", "辆", "0", "万元", ""),
        ("1", "辆", "1", "万元", "wrong_unit"),
        ("4218.27", "万元", "4,218.27", "万元", ""),
        ("4218.27", "万元", "4218.3", "万元", "wrong_number"),
    ],
)
def test_numbers(tmp_path: Path, value: str, unit: str, got_value: str, got_unit: str, failure: str) -> None:
    verdict = judge(gold(tmp_path, {"kind": "number", "value": value, "unit": unit}), number(got_value, got_unit))
    assert verdict.failure == failure
    assert verdict.right is (failure == "")


def test_a_right_number_in_the_text_without_a_result_is_not_a_result(tmp_path: Path) -> None:
    answer = number("3.00") | {"result": None}
    assert judge(gold(tmp_path, {"kind": "number", "value": "3.00", "unit": "万元"}), answer).failure == "no_result"


@pytest.mark.parametrize(
    ("contain", "text", "right"),
    [
        (["12.3"], "支出112.3万元", False),
        (["12.3"], "支出12.3万元", True),
        (["1"], "车辆1辆,价值6.99万元[1]", True),
        (["1"], "车辆0辆[1]", False),
        (["基本支出增加"], "主要是因为“基本支出” 增加。[1]", True),
        ([["新增2人", "增加2名"]], "在职人员增加2名", True),
        (["项目支出"], "基本支出增加", False),
        (["80"], "年度成本180万元", False),
        (["80.00"], "云桌面服务费80万元", True),
    ],
)
def test_texts(tmp_path: Path, contain: list[Any], text: str, right: bool) -> None:
    answer = {"status": "answered", "answer": text, "result": None, "citations": [], "warnings": []}
    assert judge(gold(tmp_path, {"kind": "text", "contain": contain}), answer).right is right


@pytest.mark.parametrize(
    ("kind", "status", "right"),
    [
        ("refuse", "not_disclosed", True),
        ("refuse", "out_of_scope", True),
        ("refuse", "answered", False),
        ("refuse", "ambiguous", False),
        ("ambiguous", "ambiguous", True),
        ("ambiguous", "answered", False),
        ("ambiguous", "not_disclosed", False),
    ],
)
def test_refusals_are_told_by_status_not_by_words(tmp_path: Path, kind: str, status: str, right: bool) -> None:
    answer = {"status": status, "answer": "不存在不披露,没有", "result": None, "citations": [], "warnings": []}
    assert judge(gold(tmp_path, {"kind": kind}), answer).right is right


@pytest.mark.parametrize(
    ("place", "cited"),
    [
        ({"page": 9}, True),
        ({"page": 10}, False),
        ({"row": "公务接待费"}, True),
        ({"row": "公务用车运行维护费"}, False),
        ({"in": "乙.pdf"}, False),
        ({"in": "甲.pdf", "page": 9, "column": "合计"}, True),
    ],
)
def test_a_right_number_from_the_wrong_place_is_told(tmp_path: Path, place: dict[str, Any], cited: bool) -> None:
    verdict = judge(gold(tmp_path, {"kind": "number", "value": "3.00", "unit": "万元"} | place), number("3.00"))
    assert verdict.right
    assert verdict.cited is cited


def test_a_number_nothing_supports_is_told(tmp_path: Path) -> None:
    item = gold(tmp_path, {"kind": "number", "value": "3.00", "unit": "万元"})
    clean = number("3.00", answer="2026年公务接待费3.00万元(即30,000元),见第9页[1]。")
    assert judge(item, clean).unsupported == ()
    lying = number("3.00", answer="公务接待费3.00万元,比上年增加1.50万元[1]。")
    assert judge(item, lying).unsupported == ("1.50万元",)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ('{"id": "a", "question": "q"}', "expect"),
        ('{"id": "a", "question": "q", "expect": {"kind": "numbr"}}', "kind"),
        ('{"id": "a", "question": "q", "expect": {"kind": "number", "value": "x", "unit": "元"}}', "decimal"),
        ('{"id": "a", "question": " ", "expect": {"kind": "refuse"}}', "question"),
    ],
)
def test_a_bad_gold_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("\n" + line, "utf-8")
    with pytest.raises(GoldError, match=rf"bad\.jsonl:2.*{says}"):
        load([path])


@pytest.mark.parametrize(
    ("text", "unsupported"),
    [
        ("比上年减少1.00万元(计算:3.00万元 − 4.00万元 = -1.00万元)[1][2]。", ()),
        ("比上年减少1.50万元(计算:3.00万元 − 4.00万元 = -1.50万元)[1][2]。", ("1.50万元", "-1.50万元")),
        ("占75.00%(计算:3.00万元 ÷ 4.00万元 = 75.00%)[1][2]。", ()),
        ("占75.00%(计算:3.00万元 ÷ 9.99万元 = 75.00%)[1][2]。", ("75.00%", "9.99万元", "75.00%")),
        ("共2个项目:\n- 甲3.00万元[1]\n- 乙4.00万元[2]", ()),
        ("共5个项目:\n- 甲3.00万元[1]\n- 乙4.00万元[2]", ("5个",)),
        ("您好!共2个项目。\n甲3.00万元[1]。\n乙4.00万元[2]。\n希望对您有帮助。", ()),
        ("最高的是甲:\n1. 甲 4.00万元[2]\n2. 乙 3.00万元[1]", ()),
        ("Against 2025: 3.00万元[1], formerly 4.00万元[2].", ()),
        ("增长33.33%(计算:(4.00万元 − 3.00万元) ÷ 3.00万元 = 33.33%)[1][2]。", ()),
    ],
)
def test_calculations_and_counts_in_the_text_are_checked(
    tmp_path: Path, text: str, unsupported: tuple[str, ...]
) -> None:
    item = gold(tmp_path, {"kind": "text", "means": "-"})
    citations = [{"marker": 1, "quote": "3.00"}, {"marker": 2, "quote": "4.00"}]
    answer = {"status": "answered", "answer": text, "result": None, "citations": citations, "warnings": []}
    assert judge(item, answer).unsupported == unsupported


def test_directions_pages_and_accepted_statuses(tmp_path: Path) -> None:
    either = gold(tmp_path, {"kind": "number", "value": "0.27", "unit": "万元", "sign": "either"})
    assert judge(either, number("-0.27")).right
    pages = gold(tmp_path, {"kind": "number", "value": "3.00", "unit": "万元", "page": [5, 9]})
    assert judge(pages, number("3.00")).cited
    silent = gold(tmp_path, {"kind": "text", "means": "没有写原因", "accept": ["not_disclosed"]})
    assert judge(silent, {"status": "not_disclosed", "answer": "文件没有写原因"}).right


def test_a_stated_difference_is_worked_out_from_the_amounts_beside_it(tmp_path: Path) -> None:
    item = gold(tmp_path, {"kind": "text", "means": "-"})
    citations = [{"marker": 1, "quote": "3,503,499"}, {"marker": 2, "quote": "352.67"}]
    answer = {
        "status": "answered",
        "answer": "表中3,503,499元,文中352.67万元,相差23201元[1][2]",
        "citations": citations,
    }
    assert judge(item, answer).unsupported == ()
    answer["answer"] = "表中3,503,499元,文中352.67万元,相差23202元[1][2]"
    assert judge(item, answer).unsupported == ("23202元",)


@pytest.mark.parametrize(
    ("text", "failure"),
    [("最高的是乙(3万元),甲2万元", ""), ("甲2万元,乙3万元", "wrong_lead"), ("最高的是乙", "")],
)
def test_who_comes_first_matters(tmp_path: Path, text: str, failure: str) -> None:
    item = gold(tmp_path, {"kind": "text", "contain": ["乙"], "lead": ["乙", "甲"]})
    assert judge(item, {"status": "answered", "answer": text, "citations": []}).failure == failure
