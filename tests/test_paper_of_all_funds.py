"""A government's paper that tells the plan of the year first, under a heading of its own, and divides all money into funds.

Invented place and numbers, worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.disclosure import Basis
from corpus.figure import Figure, Measure, Scheme
from corpus.settings import Settings
from ui.service import Service

PAPER = "白岭市2024年政府预算公开.txt"
TEXT = """白岭市2024年政府预算公开
第一部分 预算草案报告
关于2023年白岭市财政预算执行情况及2024年财政预算(草案)的报告
——2024年1月10日在白岭市第十届人民代表大会第三次会议上
一、2023年财政收入预算执行情况
(一)年初预算安排情况。
2023年全市安排地方财政预算收入50000万元,其中:一般公共预算收入30000万元;政府性基金预算收入20000万元。
(二)收入预算执行情况。
2023年全年完成地方财政收入完成70000万元,其中:
1.一般公共预算收入完成45000万元,其中:(1)地方一般公共预算收入完成20000万元,同比下降1.5%(税收收入12000万元、政府非税收入8000万元);(2)上级补助收入完成21000万元;(3)调入资金1000万元;(4)上年结余收入3000万元。
2.政府性基金预算收入完成25000万元,其中:(1)政府性基金收入完成22000万元;(2)上级补助收入3000万元。
二、2023年财政支出执行情况
2023年全市财政支出60000万元,其中:一般公共预算支出42000万元;政府性基金预算支出18000万元。
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    place: Path = tmp_path_factory.mktemp("all_funds")
    (place / PAPER).write_text(TEXT, encoding="utf-8")
    service = Service(Settings(store=place / "store"))
    assert len(list(service.ingest([place / PAPER]))) == 1
    return service


def amount(service: Service, account: str, funding: str, basis: Basis, flow: str = "收入") -> list[str]:
    found: list[Figure] = service.book.figures(documents=[PAPER])
    return [
        str(f.amount) for f in found
        if (f.account, f.funding, f.basis, f.flow, f.measure) == (account, funding, basis, flow, Measure.AMOUNT)
    ]  # fmt: skip


def test_amounts_under_a_heading_of_the_plan_are_planned(service: Service) -> None:
    assert amount(service, "本年收入合计", "一般公共预算", Basis.INITIAL) == ["30,000万元"]
    assert amount(service, "本年收入合计", "一般公共预算", Basis.EXECUTED) == ["45,000万元"]
    assert amount(service, "本年收入合计", "政府性基金", Basis.INITIAL) == ["20,000万元"]
    assert amount(service, "本年收入合计", "政府性基金", Basis.EXECUTED) == ["25,000万元"]


def test_what_is_divided_into_funds_is_of_all_of_them(service: Service) -> None:
    assert amount(service, "财政总收入", "全部", Basis.INITIAL) == ["50,000万元"]
    assert amount(service, "财政总收入", "全部", Basis.EXECUTED) == ["70,000万元"]
    assert amount(service, "支出总计", "全部", Basis.EXECUTED, "支出") == ["60,000万元"]
    assert amount(service, "本年支出合计", "一般公共预算", Basis.EXECUTED, "支出") == ["42,000万元"]


def test_a_part_that_bears_the_name_of_its_whole_is_a_part(service: Service) -> None:
    assert amount(service, "地方一般公共预算收入", "一般公共预算", Basis.EXECUTED) == ["20,000万元"]
    assert amount(service, "政府性基金收入", "政府性基金", Basis.EXECUTED) == ["22,000万元"]
    parts = {f.scheme for f in service.book.figures(documents=[PAPER]) if f.account == "地方一般公共预算收入"}
    assert parts == {Scheme.REVENUE}


@pytest.mark.parametrize(
    ("question", "history", "value", "unit"),
    [
        ("2023年一般公共预算收入完成了多少?", (), "45000", "万元"),
        ("2023年政府性基金预算收入完成多少", (), "25000", "万元"),
        ("2023年一般公共预算收入年初安排多少", (), "30000", "万元"),
        ("2023年地方财政收入完成多少", (), "70000", "万元"),
        ("年初安排的是多少", ("2023年地方财政收入完成多少",), "50000", "万元"),
        ("2023年一般公共预算收入完成数比年初安排多多少", (), "15000", "万元"),
        ("2023年地方一般公共预算收入多少", (), "20000", "万元"),
        ("2023年地方一般公共预算收入下降了百分之几", (), "1.5", "%"),
        ("税收收入占地方一般公共预算收入的多少", (), "60", "%"),
        ("非税收入比税收收入少多少", (), "4000", "万元"),  # the year is not said: the paper tells of 2023
    ],
)
def test_answers(service: Service, question: str, history: tuple[str, ...], value: str, unit: str) -> None:
    answer: dict[str, Any] = service.assistant.ask(question, history, PAPER).as_json()
    assert answer["result"] is not None, answer["answer"]
    got = answer["result"]["value"].removesuffix(".00")
    if "少多少" in question:
        got = got.removeprefix("-")
    assert (got, answer["result"]["unit"]) == (value, unit), answer["answer"]
