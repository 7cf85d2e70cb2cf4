"""Papers on “三公” that set the budget of the next year beside the final account of this one, as units published them from 2011 to
2014. An invented bureau, invented numbers, answers worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.settings import Settings
from ui.service import Service

PAPER = "关于青渡省档案局“三公”经费2011年决算和2012年预算情况的说明.txt"
TEXT = """关于青渡省档案局“三公”经费2011年决算和2012年预算情况的说明
一、因公出国(境)经费
2011年青渡省档案局因公出国(境)团组2次,出国(境)5人次,实际发生住宿费、旅费、培训费等因公出国(境)经费支出30万元。主要用于业务培训。
2012年青渡省档案局根据外办安排的计划,拟安排出国(境)6人次,安排出国(境)经费预算36万元,较2011年决算增长20%。主要原因是增加了一个培训项目。
二、公务接待费
2011年青渡省档案局共开支用餐费、住宿费等公务接待费80万元。其中:外事接待费支出2万元,国内公务接待支出78万元。
2012年青渡省档案局安排公务接待费预算72万元,较2011年决算下降10%,主要原因有:一是普查工作收尾。二是压缩接待规模。
附:青渡省档案局“三公”经费2011年决算和2012年预算情况表
单位:万元
项目\t2011年决算(万元)\t2012年预算(万元)
因公出国(境)经费\t30\t36
公务接待费\t80\t72
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    place: Path = tmp_path_factory.mktemp("two_years")
    (place / PAPER).write_text(TEXT, encoding="utf-8")
    service = Service(Settings(store=place / "store"))
    assert list(service.ingest([place / PAPER]))
    return service


def ask(service: Service, question: str, *history: str) -> dict[str, Any]:
    return service.assistant.ask(question, list(history), PAPER).as_json()


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("2011年公务接待费决算多少？", "80", "万元"),
        ("2012年公务接待费预算多少？", "72", "万元"),
        ("2012年出国预算多少？", "36", "万元"),
        ("2011年因公出国花了多少？", "30", "万元"),
        ("2012年接待费预算比2011年决算降了多少钱？", "8", "万元"),
        ("2012年出国经费增长百分之几？", "20", "%"),
    ],
)
def test_each_year_has_its_own_kind_of_number(service: Service, question: str, value: str, unit: str) -> None:
    told = ask(service, question)
    assert told["result"] is not None, told
    assert (told["result"]["value"].split(".")[0], told["result"]["unit"]) == (value, unit), told


def test_a_planned_amount_is_never_called_a_final_account(service: Service) -> None:
    told = ask(service, "2012年公务接待费多少？")["answer"]
    assert "72万元" in told, told
    assert "2012年公务接待费决算" not in told, told


@pytest.mark.parametrize("history", [(), ("2012年接待费预算比2011年决算降了多少钱？",)])
def test_both_halves_of_the_reason_are_told(service: Service, history: tuple[str, ...]) -> None:
    question = "下降的原因有哪两条？" if history else "2012年公务接待费为什么下降？"
    told = ask(service, question, *history)["answer"]
    assert "普查工作收尾" in told, told
    assert "压缩接待规模" in told, told
