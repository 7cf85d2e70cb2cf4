"""Figure extraction against truth drawn by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.settings import load_settings
from eval.figures_benchmark import Extraction, drawn, run
from eval.gold import GoldError

TYPESET = Path(__file__).resolve().parents[2] / "shared" / "typeset"


def test_amounts_are_paired_with_the_texts_before_them(tmp_path: Path) -> None:
    rows = [
        ["编码", "名称", "合计", "项目", "合计"],
        ["30201", "办公费", "1.30", "一、教育支出", "2.00"],
        ["", "201 一般公共服务支出", "3.00", "", ""],
        ["", "", "4.00", "", ""],
    ]
    path = tmp_path / "truth.json"
    sheet = {"rows": [["x"], ["9.99"]], "nhead": 1, "perf": True}
    path.write_text(json.dumps([{"rows": rows, "nhead": 1, "perf": False}, sheet], ensure_ascii=False), "utf-8")
    assert drawn(path) == {
        (frozenset({"办公费"}), Decimal("1.3")),
        (frozenset({"教育支出"}), Decimal(2)),
        (frozenset({"一般公共服务支出"}), Decimal(3)),
        (frozenset({""}), Decimal(4)),
    }


def test_a_figure_in_a_wrong_row_counts_twice() -> None:
    score = Extraction()
    truth = {(frozenset({"甲", "乙"}), Decimal(1)), (frozenset({"丙"}), Decimal(2))}
    score.add(truth, {("乙", Decimal(1)), ("丁", Decimal(2))}, "x")
    assert (score.recall, score.precision) == (0.5, 0.5)
    assert (score.missing, score.unreal) == (["x 丙 2"], ["x 丁 2"])


def test_a_folder_without_truth_is_told(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no NNN_producer"):
        run(tmp_path, load_settings())


@pytest.mark.skipif(not TYPESET.exists(), reason="the typeset disclosures are not here")
def test_every_amount_of_a_typeset_disclosure_is_a_figure_in_its_row(tmp_path: Path) -> None:
    for name in ("002_lonorep.pdf", "truth/002.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((TYPESET / name).read_bytes())
    score = run(tmp_path, load_settings())["lonorep"]
    assert (score.missing, score.unreal) == ([], [])
    assert score.truth > 40
