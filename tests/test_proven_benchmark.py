"""The proof that documents give of their own reading, on a table of five rows worked out by hand."""

from __future__ import annotations

from pathlib import Path

from corpus.settings import load_settings
from eval.proven_benchmark import prove

HEAD = "青渡区档案馆2024年部门预算\n2024年部门支出预算总表\n单位:万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
ROWS = "201\t一般公共服务支出\t{total}\t70.00\t30.00\n20126\t档案事务\t100.00\t70.00\t30.00\n2012601\t行政运行\t70.00\t70.00\t0.00\n2012604\t档案馆\t30.00\t0.00\t30.00\n\t合计\t100.00\t70.00\t30.00\n"


def test_a_table_whose_sums_hold_is_proven(tmp_path: Path) -> None:
    paper = tmp_path / "青渡区档案馆2024年部门预算.txt"
    paper.write_text(HEAD + ROWS.format(total="100.00"), encoding="utf-8")
    proof = prove(paper, load_settings())
    assert (proof.tables, proof.tested, proof.proven) == (1, 1, 1)
    assert proof.checks == proof.holding > 0
    assert proof.failing == []


def test_a_printed_total_that_is_not_the_sum_fails_with_its_message(tmp_path: Path) -> None:
    paper = tmp_path / "青渡区档案馆2024年部门预算.txt"
    paper.write_text(HEAD + ROWS.format(total="110.00"), encoding="utf-8")
    proof = prove(paper, load_settings())
    assert (proof.tables, proof.tested, proof.proven) == (1, 1, 0)
    assert proof.holding < proof.checks
    assert any("110" in message for message in proof.failing), proof.failing
