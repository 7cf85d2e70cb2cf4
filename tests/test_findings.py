"""The findings on whole documents, gone through by eye: what must be found there, and that nothing else is accused."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.disclosure import Severity
from corpus.settings import Settings
from ingest.pipeline import ingest_bytes

SHARED = Path(__file__).resolve().parents[2] / "shared"

CONTRADICTIONS: dict[str, list[tuple[str, str | None]]] = {
    "disclosures/厦门市政务服务保障中心2026年单位预算.txt": [],
    "disclosures/厦门市行政审批管理局2024年部门预算.txt": [
        ("涉及项目资金", "10"),
        ("同名项目金额", "10"),
        ("同一文字", "-760"),
    ],
    "disclosures/晋城市政务服务中心2026年单位预算.txt": [
        ("占比", "-67.49"),
        ("分项合计", "-20"),
        ("分项合计", "-39.7"),
        ("项目文字与金额", "40"),
    ],
    "disclosures/泉州市12345政务服务便民热线中心2026年单位预算.txt": [],
    "disclosures/阜康市数据资源和政务服务中心2026年单位预算.txt": [],
    "real/中共上海市普陀区委社会工作部2024年度部门决算.pdf": [("预算完成率", None), ("中小企业采购", "21.07")],
    "real/上海市普陀区人民政府办公室25年预算.pdf": [],
    "real/西南大学2023年度部门决算.pdf": [],
    "real/上海市普陀区财政局部门25年预算.pdf": [("说明与表格", None)],
    "real/上海市普陀区商务委员会25年预算.pdf": [("绩效目标与项目支出", "-237868000")],
}
"""Check and difference of every contradiction; None where the difference depends on which side comes first."""


@pytest.mark.parametrize("path", CONTRADICTIONS)
def test_contradictions_of_a_document(path: str) -> None:
    file = SHARED / path
    if not file.exists():
        pytest.skip("the shared documents are not here")
    record = ingest_bytes(file.name, file.read_bytes(), Settings())
    found = [f for f in record.findings if f.severity is Severity.CONTRADICTION]
    expected = CONTRADICTIONS[path]
    assert [f.check for f in found] == [check for check, _ in expected], [f.message for f in found]
    assert all(want in (None, f.difference) for f, (_, want) in zip(found, expected, strict=True))
    assert all(side.locator.quote for f in found for side in f.sides)
