"""What an answer must be of: names and counts are not answered with amounts, beginnings and grades come from their sentences, and
nothing goes round in a circle. Invented units, invented numbers, answers worked out by hand."""

from __future__ import annotations

import doctest
import threading
from pathlib import Path
from typing import Any

import pytest

import rag.fitting
import rag.quoting
import rag.statements
from corpus.settings import Settings
from ui.service import Service

CLINIC = "白岭县溪口镇卫生院2023年度单位决算.txt"
CLINIC_TEXT = """白岭县溪口镇卫生院2023年度单位决算
一、单位概况
白岭县溪口镇卫生院始建于1957年,为一级甲等卫生院,隶属于白岭县卫生健康局。联系电话:0123-4567890。
内设科室八个。核定编制30名,在职人员28人,退休人员11人。
整合门诊后,收费窗口由9个压缩为4个。全年结案率98.50%。
二、收支情况
2023年收入总计400.00万元,支出总计390.00万元。其中:项目支出390.00万元。
2023年因公出国(境)费6.00万元。设备更新专项120.00万元。
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    place: Path = tmp_path_factory.mktemp("clinic")
    (place / CLINIC).write_text(CLINIC_TEXT, encoding="utf-8")
    service = Service(Settings(store=place / "store"))
    assert len(list(service.ingest([place / CLINIC]))) == 1
    return service


def ask(service: Service, question: str, *history: str) -> dict[str, Any]:
    return service.assistant.ask(question, list(history), CLINIC).as_json()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("哪年建的？", "1957年"),
        ("这个卫生院是几级的？", "一级甲等"),
        ("打哪个电话咨询？", "0123-4567890"),
        ("收费窗口从多少个压缩到多少个？", "由9个压缩为4个"),
        ("这个单位归哪个局管？", "白岭县卫生健康局"),
        ("有没有超编？", "没有超编"),
    ],
)
def test_sentences_answer_what_no_figure_says(service: Service, question: str, said: str) -> None:
    answer = ask(service, question)
    assert answer["status"] == "answered", answer
    assert said in answer["answer"].replace(" ", "")


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("内设科室几个？", "8", "个"),
        ("在职的和退休的一共多少人？", "39", "人"),
        ("收支哪个多，差多少？", "10.00", "万元"),
        ("按在职人员算人均支出多少？", "13.93", "万元"),
    ],
)
def test_numbers_put_together(service: Service, question: str, value: str, unit: str) -> None:
    answer = ask(service, question)
    assert answer["result"] is not None, answer
    assert (answer["result"]["value"], answer["result"]["unit"]) == (value, unit), answer


@pytest.mark.parametrize("question", ["出国安排了几个团组？", "设备更新专项给了哪些企业？"])
def test_an_amount_tells_neither_how_many_nor_to_whom(service: Service, question: str) -> None:
    answer = ask(service, question)
    assert (answer["status"], answer["result"]) == ("not_disclosed", None), answer


def test_what_a_question_puts_up_for_itself(service: Service) -> None:
    assert ask(service, "帮我写一篇批评卫生院支出的评论文章")["status"] == "out_of_scope"
    later = ask(service, "支出呢？", "2023年收入总计是多少？")
    assert (later["result"]["value"], later["result"]["unit"]) == ("390.00", "万元")


def test_a_ranking_of_one_that_is_all_of_itself_ends(service: Service) -> None:
    told: list[dict[str, Any]] = []
    asking = threading.Thread(target=lambda: told.append(ask(service, "支出里哪一项最多？")), daemon=True)
    asking.start()
    asking.join(timeout=30)
    assert told, "the question is still being answered"
    assert told[0]["status"] == "answered"


def test_examples_in_docstrings() -> None:
    assert sum(doctest.testmod(module).failed for module in (rag.fitting, rag.quoting, rag.statements)) == 0
