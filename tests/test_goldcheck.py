"""Gold files: what is refused, with a sentence for every bad line, and what is looked at a second time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from corpus.settings import Settings
from eval.gold import GoldError, load
from eval.goldcheck import check, remarks
from eval.run import BUNDLED_GOLD

PAGES: dict[str, dict[int | None, str]] = {
    "甲.pdf": {1: "公务接待费3.00万元,会议费1.25万元", 2: "单位:元\n公务接待费 30,000\n办公费 45,500"},
    "乙.txt": {None: "培训费２.５０万元"},
}


def number(value: str, unit: str = "万元", file: str = "甲.pdf", **place: Any) -> dict[str, Any]:
    return {"kind": "number", "value": value, "unit": unit, "in": file} | place


def gold(tmp_path: Path, *items: dict[str, Any]) -> list[Path]:
    path = tmp_path / "gold.jsonl"
    lines = [{"id": f"g{n}", "question": f"问{n}?", "checked": "看过"} | item for n, item in enumerate(items)]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return [path]


def looked_at(tmp_path: Path, *items: dict[str, Any]) -> list[str]:
    return remarks(load(gold(tmp_path, *items)), PAGES)


@pytest.mark.parametrize(
    ("item", "says"),
    [
        ({"expect": {"kind": "number", "value": 3.0, "unit": "万元"}}, "as decimal text"),
        ({"expect": {"kind": "number", "value": "NaN", "unit": "万元"}}, "decimal text"),
        ({"expect": {"kind": "number", "value": "三", "unit": "万元"}}, "decimal text"),
        ({"expect": {"kind": "number", "value": "3.00"}}, "expect.unit"),
        ({"expect": {"kind": "text", "contain": "增加"}}, "expect.contain must be a list"),
        ({"expect": {"kind": "text"}}, "expect.contain, lead or order"),
        ({"expect": {"kind": "text", "contain": ["a"], "contains": ["b"]}}, "expect.contains is not a key"),
        ({"expect": {"kind": "refuse", "accept": ["unknown"]}}, "expect.accept knows answered, not_disclosed"),
        ({"expect": {"kind": "number", "value": "3", "unit": "元", "status": "sure"}}, "expect.status knows confirmed"),
        ({"expect": {"kind": "number", "value": "3", "unit": "元", "page": 0}}, "expect.page is a number from 1"),
        ({"expect": {"kind": "number", "value": "3", "unit": "元", "page": True}}, "expect.page is a number from 1"),
        ({"expect": {"kind": "number", "value": "3", "unit": "元", "in": 7}}, "expect.in must be text"),
        ({"expect": {"kind": "refuse"}, "tags": "look_up"}, "tags must be a list"),
        ({"expect": {"kind": "refuse"}, "split": "test"}, "split must be one of tune, held"),
        ({"expect": "3.00"}, "an object with id, question and expect"),
    ],
)
def test_a_line_that_cannot_be_used_is_told(tmp_path: Path, item: dict[str, Any], says: str) -> None:
    with pytest.raises(GoldError, match=rf"gold\.jsonl:1: .*{re.escape(says)}"):
        load(gold(tmp_path, item))


def test_every_bad_line_is_told_at_once(tmp_path: Path) -> None:
    bad = {"expect": {"kind": "numbr"}}
    with pytest.raises(GoldError) as told:
        load([*gold(tmp_path, bad, {"expect": {"kind": "refuse"}}, bad), tmp_path / "missing.jsonl"])
    lines = str(told.value).splitlines()
    starts = [tmp_path / "gold.jsonl:1", tmp_path / "gold.jsonl:3", tmp_path / "missing.jsonl"]
    assert [line.startswith(f"{start}: ") for line, start in zip(lines, starts, strict=True)] == [True] * 3


def test_a_second_look_can_be_required(tmp_path: Path) -> None:
    paths = gold(tmp_path, {"expect": {"kind": "refuse"}, "checked": " "}, {"expect": {"kind": "refuse"}})
    assert len(load(paths)) == 2
    with pytest.raises(GoldError, match=r"gold\.jsonl:1: g0 has no second look"):
        load(paths, require_checked=True)


def test_numbers_are_looked_for_on_the_page_named(tmp_path: Path) -> None:
    assert looked_at(
        tmp_path, {"expect": number("3.00", page=1)}, {"expect": number("3.00", page=2)},
        {"expect": number("2.50", file="乙.txt")}, {"expect": number("-4.55", page=2)},
    ) == []  # fmt: skip
    assert looked_at(tmp_path, {"expect": number("1.25", page=2)}) == [
        "g0: 1.25万元 is printed on page 1 of 甲.pdf, not on the page named"
    ]
    assert looked_at(tmp_path, {"expect": number("1.75")}) == [
        "g0: 1.75万元 is printed nowhere in 甲.pdf; where it is worked out, write the calculation under checked or note"
    ]
    assert looked_at(tmp_path, {"expect": number("3.00", page=9)}) == ["g0: 甲.pdf has no page 9"]
    assert looked_at(tmp_path, {"expect": number("3.00", file="丙.pdf")}) == ["g0: '丙.pdf' is not among the documents"]


def test_a_number_that_is_worked_out_needs_printed_operands(tmp_path: Path) -> None:
    right = {"expect": number("1.75"), "checked": "3.00-1.25"}
    assert looked_at(tmp_path, right) == []
    share = {"expect": number("41.67", "%"), "note": "1.25/3.00*100"}
    assert looked_at(tmp_path, share) == []
    assert len(looked_at(tmp_path, right | {"checked": "3.00-1.24"})) == 1
    assert len(looked_at(tmp_path, right | {"checked": "4.00-2.25"})) == 1


def test_digits_left_out_widen_the_tolerance(tmp_path: Path) -> None:
    assert looked_at(tmp_path, {"expect": number("5")}) == [
        "g0: 5万元 is printed with more digits; type them: the last one sets the tolerance"
    ]
    assert looked_at(tmp_path, {"expect": number("3")}) == []


def test_remarks_without_documents(tmp_path: Path) -> None:
    plain = {"kind": "number", "value": "3.00", "unit": "万元"}
    found = remarks(load(gold(
        tmp_path,
        {"expect": {"kind": "refuse"}, "checked": ""},
        {"expect": plain | {"unit": "万圆", "page": 1}, "group": "a", "split": "held"},
        {"expect": plain | {"value": "4.00", "page": 1}, "group": "a", "question": "问0?"},
        {"expect": plain},
    )))  # fmt: skip
    assert found == [
        "g2: the same is asked by g0, and another answer is expected there",
        "g2: g1 of the same group 'a' expects something else",
        "g2: g1 of its group is in split 'held': one wording gives the other away",
        "g0: no second look is recorded (checked)",
        "g1: the unit '万圆' is none that is known",
        "g3: no place is named (in, page, row): a right number from a wrong cell will not be told",
    ]


def test_the_bundled_gold_stands_in_the_bundled_editions(editions_settings: Settings) -> None:
    items, found = check([BUNDLED_GOLD], editions_settings, store=editions_settings.store, require_checked=True)
    assert len(items) == 56
    assert [told for told in found if "no place is named" not in told] == []
