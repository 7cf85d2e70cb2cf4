"""The generator of planted errors: seedable, one change each, and honest about what counts as found."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from corpus.disclosure import Finding, Severity, Side
from corpus.locator import Locator
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
    planted, found, missed, clean = run(tmp_path, 6, 0)
    assert sum(planted.values()) == 6
    assert sum(found.values()) + len(missed) == 6
    assert sum(found.values()) >= 4
    assert [f.severity for f in clean["某局2026年单位预算.txt"]] == []
