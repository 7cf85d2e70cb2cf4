"""The generator of planted errors: seedable, one change each, and honest about what counts as found."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from corpus.disclosure import Finding, Severity, Side
from corpus.locator import Locator
from eval.detectable import detectable
from eval.planted import KINDS, Plant, found_by, plants, run

TEXT = (
    "说明\n支出预算553.60万元，比上年增加0.42万元。\n科目\t合计\t基本支出\n合计\t553.60\t373.60\n201\t446.95\t266.95\n"
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_plant_changes_one_place(kind: str) -> None:
    made = list(plants(TEXT, kind, random.Random(1)))
    assert made
    for plant in made:
        changed = plant.into(TEXT)
        assert changed != TEXT
        assert changed[: plant.start] == TEXT[: plant.start]
        assert changed.endswith(TEXT[plant.end :])


def test_the_same_seed_plants_the_same() -> None:
    first, second = (list(plants(TEXT, "number in a table", random.Random(7))) for _ in range(2))
    assert first == second
    assert all(TEXT[p.start : p.end] in ("446.95", "266.95") for p in first)  # totals are a kind of their own


def test_found_means_a_new_finding_that_shows_the_plant() -> None:
    def finding(message: str, value: str) -> Finding:
        place = Locator("a.txt", quote="x")
        return Finding("a.txt", Severity.CONTRADICTION, "表内合计", message, "", (Side(place, value, "万元"),))

    plant = Plant("number in a table", 0, 6, "449.95")
    known = finding("known", "449.95")
    assert found_by([known], [known], plant) == []
    assert found_by([known], [known, finding("new", "373.60")], plant) == []
    assert len(found_by([known], [known, finding("new", "449.95")], plant)) == 1


def test_a_run_over_a_folder(tmp_path: Path) -> None:
    rows = "科目编码\t科目名称\t合计\t基本支出\t项目支出\n合计\t\t30.00\t10.00\t20.00\n"
    rows += "205\t教育支出\t30.00\t10.00\t20.00\n"
    text = f"2026年某局单位预算\n\n支出总表\n\n单位：万元\n\n{rows}"
    (tmp_path / "某局2026年单位预算.txt").write_text(text, encoding="utf-8")
    result = run(tmp_path, 6, 0)
    assert sum(result.planted.values()) == 6
    assert sum(result.found.values()) + len(result.missed) == 6
    assert sum(result.found.values()) >= 4
    assert sum(result.detected.values()) <= sum(result.detectable.values()) <= 6
    assert [f.severity for f in result.clean["某局2026年单位预算.txt"]] == []


PROSE = (
    "支出预算1182.04万元，比上年增加51.77万元，主要原因是增加2名职工。\n支出合计1182.04万元。\n"
    "办公家具价值15.76万元，单价100万元以上设备3台，另有单价100万元以上设备0台。\n"
    "机关运行经费16.29万元，比上年增加0.84万元，增长5.44%。\n采购10.50万元，其中：货物4.20万元，服务6.30万元。\n"
    "科目\t合计\t\n办公费\t8.15\t8.15\n"
)


@pytest.mark.parametrize(
    ("words", "kind", "can"),
    [
        ("1182.04", "number in the text", True),  # printed again below
        ("51.77", "number in the text", False),  # stated once, without a rate
        ("15.76", "number in the text", False),
        ("100", "number in the text", False),  # names a class, although it is printed twice
        ("0.84", "number in the text", True),  # with its rate
        ("4.20", "number in the text", True),  # 10.50 = 4.20 + 6.30
        ("8.15", "number in a table", True),
        ("8.15\n", "number in a table", False),  # no heading over this column
        ("增加51", "direction word", False),
        ("增加2", "direction word", False),
        ("增加0", "direction word", True),
    ],
)
def test_what_can_be_found_is_told_from_the_text(words: str, kind: str, can: bool) -> None:
    start = PROSE.index(words)
    length = 2 if kind == "direction word" else len(words.strip())
    assert detectable(PROSE, start, start + length, kind) is can


def test_a_unit_is_as_detectable_as_its_number() -> None:
    for number, can in (("1182.04", True), ("15.76", False), ("6.30", True)):
        at = PROSE.index(number) + len(number)
        assert detectable(PROSE, at, at + 2, "unit") is can
