"""Disclosures and questions in traditional characters are read like any other."""

from __future__ import annotations

from corpus.settings import Settings
from corpus.simplified import is_traditional, simplified
from ingest.page import Line, Page
from ingest.pipeline import ingest_bytes
from ingest.traditional import WARNING, in_simplified

TEXT = """某某大劇院2018年預算情況說明
一、收支總體情況
2018年收入預算23,456.70萬元，比上年增加1,234.50萬元，增長5.56%，主要原因是演出場次增加。
其中：財政撥款20,000.00萬元，其他收入3,456.70萬元。
"""


def test_each_character_keeps_its_place() -> None:
    assert simplified("餘額與結轉,乾隆年間") == "余额与结转,乾隆年间"
    assert len(simplified(TEXT)) == len(TEXT)


def test_a_name_in_traditional_characters_alone_turns_no_document() -> None:
    page = Page(None, 0, 0, (Line("财政拨款收入预算一百万元,由朱鎔基题写馆名,其余各项支出与上年持平没有变化", None),))
    assert not is_traditional(page.blocks[0].text)  # type: ignore[union-attr]
    assert in_simplified([page]) == [page]


def test_a_document_in_traditional_characters_is_read_and_says_so() -> None:
    record = ingest_bytes("某某大劇院2018年預算.txt", TEXT.encode(), Settings())
    assert (record.disclosure.issuer, record.disclosure.year) == ("某某大剧院", 2018)
    assert WARNING in record.warnings
    amounts = {figure.account: str(figure.amount.value) for figure in record.figures if figure.amount is not None}
    assert amounts["财政拨款"] == "20000.00"
