"""Shares of what was asked before, what is brought along, the two ends of a year, people behind groups. An invented unit, numbers
worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.settings import Settings
from ui.service import Service

FINAL = "白岭县果树站2022年度部门决算.txt"
BUDGET = "白岭县果树站2025年单位预算.txt"
TEXTS = {
    FINAL: """白岭县果树站2022年度部门决算
一、关于2022年度收入支出决算总体情况说明
2022年度收入总计1000万元,其中:本年收入800万元,年初结转和结余200万元。
2022年度支出总计1000万元,其中:本年支出750万元,年末结转和结余250万元。
二、“三公”经费支出决算情况说明
因公出国(境)费9万元,因公出国(境)团组3个,出国(境)7人次。公务接待费4万元,国内公务接待20批次,150人次。
""",
    BUDGET: """白岭县果树站2025年单位预算
一、单位收支总体情况
收入预算:2025年收入合计500万元,其中:本年收入400万元,主要是一般公共预算拨款400万元;上年结转收入100万元。
""",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder: Path = tmp_path_factory.mktemp("shares")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    service = Service(Settings(store=folder / "store"))
    assert len(list(service.ingest([folder / name for name in TEXTS]))) == len(TEXTS)
    return service


@pytest.mark.parametrize(
    ("question", "document", "history", "value", "unit"),
    [
        ("上年结转占了多少比例", BUDGET, ("2025年收入合计多少",), "20.00", "%"),
        ("2025年上年结转占比多少", BUDGET, (), "20.00", "%"),  # no part of the year's own income
        ("一般公共预算拨款占比多少", BUDGET, ("2025年收入合计多少",), "80.00", "%"),
        ("年末结转和结余比年初多多少", FINAL, (), "50", "万元"),
        ("结转结余年末比年初增加多少", FINAL, (), "50", "万元"),
        ("那人次呢", FINAL, ("2022年因公出国团组有多少个",), "7", "人次"),
        ("人次呢", FINAL, ("公务接待了多少批次",), "150", "人次"),
        ("批次呢", FINAL, ("公务接待费多少",), "20", "批次"),
        ("How many overseas trip groups were there in 2022?", FINAL, (), "3", "个"),
    ],
)
def test_answers(
    service: Service, question: str, document: str, history: tuple[str, ...], value: str, unit: str
) -> None:
    told = service.assistant.ask(question, list(history), document).as_json()
    assert told["result"] is not None, told["answer"]
    assert (told["result"]["value"], told["result"]["unit"]) == (value, unit), told["answer"]
