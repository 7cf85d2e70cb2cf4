"""No number leaves that cannot be placed; nothing a model says around the facts can bring one in."""

from __future__ import annotations

import random
from contextlib import suppress
from decimal import Decimal

import pytest
from little_book import CENTRE, figure

from corpus.figure import Scheme
from corpus.money import Amount
from rag.answer import Evidence
from rag.model_wording import UnusableWordingError, facts_of, fill
from rag.plan import Operation, Plan
from rag.verify import holds, unplaced

PLAN = Plan("云州政务中心2026年奖金多少", Operation.LOOK_UP, years=(2026,))
NAMES = ("云州市政务服务保障中心", "福山市12345政务服务便民热线中心")


def evidence() -> Evidence:
    found = Evidence()
    found.cite(figure(CENTRE, Scheme.ECONOMIC, "奖金", "596.70", table="基本支出表", column="合计"))
    return found


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("2026年奖金：**596.70万元**[1]", []),
        ("2026年奖金：5967000元[1]", []),
        ("福山市12345政务服务便民热线中心2026年奖金：596.70万元", []),
        ("2026年奖金：596.70元[1]", ["596.70元"]),
        ("2026年奖金：596.71万元[1]", ["596.71万元"]),
        ("2025年奖金：596.70万元[1]", ["2025年"]),
        ("2026年奖金：596.70万元，增长12%", ["12%"]),
        ("奖金发给38人", ["38人"]),
    ],
)
def test_numbers_need_a_place(text: str, loose: list[str]) -> None:
    assert unplaced(text, evidence(), PLAN, NAMES) == loose


def test_quotes_and_formulas_are_places() -> None:
    found = evidence()
    found.compute(Amount(Decimal("2.60"), "万元"), "2.00万元 + 0.60万元 = 2.60万元")
    assert unplaced("合计2.60万元（2.00万元 + 0.60万元 = 2.60万元）", found, PLAN, NAMES) == []
    found.compute(Amount(Decimal("9.99"), "万元"), "2.00万元 + 0.60万元 = 9.99万元")
    assert unplaced("合计9.99万元", found, PLAN, NAMES) == ["9.99万元"]


@pytest.mark.parametrize(
    ("formula", "right"),
    [
        ("835.68万元 − 8.54万元 = 827.14万元", True),
        ("2.25万元 − (-0.27万元) = 2.52万元", True),
        ("835.68万元 ÷ 3240.27万元 = 25.79%", True),
        ("(3.00万元 + 0万元 + 1.00万元) ÷ 3 = 1.33万元", True),
        ("371514655元 = 37151.4655万元", True),
        ("835.68万元 ÷ 3240.27万元 = 25.80%", False),
        ("1万元 + 1万元 = 3万元", False),
        ("1万元 = 10元", False),
        ("四舍五入", False),
    ],
)
def test_formulas_are_worked_anew(formula: str, right: bool) -> None:
    assert holds(formula) is right


FACTS = ["云州市政务服务保障中心2026年公务接待费预算：**3.00万元**[1]", "文件给出的原因：“严格控制支出”[2]"]


def test_wording_puts_facts_where_markers_stand() -> None:
    assert fill("您问的情况：{{F1}}。{{F2}}", FACTS) == f"您问的情况：{FACTS[0]}。{FACTS[1]}"
    assert facts_of("- 甲\n- 乙") == ["甲", "乙"]
    assert facts_of("| 单位 | 金额 |\n|---|---|") == []


LIES = [
    "{{F1}}，也就是30000元。{{F2}}",
    "{{F1}}，约三万元。{{F2}}",
    "{{F1}}，比去年增加一成。{{F2}}",
    "{{F1}}，是全市最高的。{{F2}}",
    "{{F1}}（2025年）。{{F2}}",
    "福山市12345热线：{{F1}}。{{F2}}",
    "云州市教育局的情况：{{F1}}。{{F2}}",
    "{{F1}}。{{F2}}[3]",
    "{{F1}}",
    "{{F2}}{{F1}}{{F1}}",
    "{{F1}}{{F2}}{{F3}}",
    "{{F1}}{{F2}}",
    "{{F1}}。就是{{F2}}",
    "{{F2}}。{{F1}}",
    "{{F1}}，没有。{{F2}}",
    "{{F1}}，少了许多。{{F2}}",
    "其实是叁拾圆。{{F1}}。{{F2}}",
    "{{F1}}。{{F2}}<script>alert(1)</script>",
    "公务接待费是3.00万元。",
    "{{F1}}。{{F2}} It doubled.",
    "{{F1}}。{{F2}} That is half of the budget.",
]


@pytest.mark.parametrize("lie", LIES)
def test_lies_around_the_facts_are_thrown_away(lie: str) -> None:
    with pytest.raises(UnusableWordingError):
        fill(lie, FACTS)


def test_ten_thousand_altered_wordings_bring_in_no_number() -> None:
    chance = random.Random(7)
    units = ["元", "万元", "亿元", "%", "辆", "人", "倍", "成"]
    places = ["", "云州市教育局", "福山市12345热线", "青河市"]
    shown = 0
    for _ in range(10_000):
        number = chance.choice([str(chance.randint(0, 9999)), f"{chance.random() * 1000:.2f}", "三百", "一半"])
        said = f"{chance.choice(places)}{chance.choice(['', '2025年', '去年'])}{number}{chance.choice(units)}"
        words = [said, "{{F1}}", "{{F2}}", chance.choice(["。", "，", "；"])]
        chance.shuffle(words)
        with suppress(UnusableWordingError):
            fill("".join(words), FACTS)
            shown += 1
    assert shown == 0
