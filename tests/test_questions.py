"""Questions in families that went wrong once, over the hand-made book; amounts worked out by hand."""

from __future__ import annotations

import pytest
from little_book import CENTRE, PARTY, ask

from rag.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "document", "value", "unit"),
    [
        ("云州政务中心和青河政务中心谁的人员经费高，高多少", None, "1472.26", "万元"),
        ("青河政务中心的人员经费比云州政务中心少多少", None, "1472.26", "万元"),
        ("人均经费多少", CENTRE, "50.00", "万元"),
        ("云州政务中心2026年比2025年多花的钱占2025年预算多少", None, "7.14", "%"),
        ("云州政务中心2026年电费和水费合计", None, "2.60", "万元"),
        ("云州政务中心支出总计比上年增加多少，为什么", None, "200.00", "万元"),
        ("云州政务中心2026年除了项目支出以外花多少", None, "2400.00", "万元"),
        ("云州政务中心的两个项目加起来多少钱", None, "600.00", "万元"),
        ("2026年机关运行经费排第二的是哪个单位", None, "45.86", "万元"),
        ("云州政务中心支出总计从2025年到2026年增长百分之几", None, "7.14", "%"),
        ("平均每个在职人员的人员经费是多少", CENTRE, "30.00", "万元"),
        ("2026年几家政务服务单位里谁的人员经费最高", None, "1800.00", "万元"),
        ("云州政务中心2026年电废", None, "2.00", "万元"),
        ("What share of Yunzhou support centre's 2026 spending is basic expenditure?", None, "80.00", "%"),
    ],
)
def test_one_value(assistant: Assistant, question: str, document: str | None, value: str, unit: str) -> None:
    answer = ask(assistant, question, document)
    assert answer["status"] == "answered", answer
    assert (answer["result"]["value"], answer["result"]["unit"]) == (value, unit), answer


@pytest.mark.parametrize("question", ["大型设备有多少", "How much large equipment does it have?"])
def test_what_is_refused_is_named_though_its_name_holds_a_number(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question, CENTRE)
    assert answer["status"] == "not_disclosed"
    assert "单价100万元以上设备" in answer["answer"], answer


def test_both_bases_are_told(assistant: Assistant) -> None:
    answer = ask(assistant, "行政运行全年预算和决算分别是多少", PARTY)
    assert "52.00万元" in answer["answer"]
    assert "51.32万元" in answer["answer"]
    assert answer["result"] is None


def test_no_share_of_a_thing_in_itself(assistant: Assistant) -> None:
    answer = ask(assistant, "云州政务中心支出总计占总支出的比重")
    assert "100" not in answer["answer"]


def test_the_unit_spoken_to_is_the_open_one(assistant: Assistant) -> None:
    assert ask(assistant, "请问贵单位奖金多少", CENTRE)["result"]["value"] == "596.70"
    assert "局长" in ask(assistant, "请问贵单位局长奖金多少", CENTRE)["answer"]


def test_units_of_one_kind_are_summed(assistant: Assistant) -> None:
    answer = ask(assistant, "两家政务中心2026年预算总额加起来多少")
    assert answer["result"]["value"] == "3553.60", answer


def test_only_findings_on_the_matter_are_listed(assistant: Assistant) -> None:
    assert "42.14" not in ask(assistant, "云桌面项目有矛盾吗", PARTY)["answer"]


def test_same_or_not(assistant: Assistant) -> None:
    answer = ask(assistant, "云州政务中心和青河政务中心的预算总额一样吗")
    assert "2446.40" in answer["answer"]
    assert answer["result"] is None


def test_a_part_is_not_counted_twice(assistant: Assistant) -> None:
    answer = ask(assistant, "云州政务中心工资福利支出和奖金一共多少")
    assert "2296.70" not in answer["answer"]
    assert answer["result"] is None
    assert answer["warnings"]


def test_follow_up_share_of_a_named_whole(assistant: Assistant) -> None:
    answer = ask(assistant, "占支出总计的多少", None, "云州政务中心2026年基本支出多少")
    assert answer["result"]["value"] == "80.00", answer


def test_follow_up_in_another_unit_of_money(assistant: Assistant) -> None:
    answer = ask(assistant, "换成元呢", None, "云州政务中心2026年基本支出多少")
    assert (answer["result"]["value"], answer["result"]["unit"]) == ("24000000", "元"), answer


def test_two_years_beside_each_other_are_no_change(assistant: Assistant) -> None:
    answer = ask(assistant, "东港商务委2024和2025年预算总额各是多少")
    assert "126597600.00" in answer["answer"].replace(",", "")
    assert answer["result"] is None


def test_the_place_is_told(assistant: Assistant) -> None:
    answer = ask(assistant, "东港商务委2025年公务接待费在第几页")
    assert "第21页" in answer["answer"]
    assert answer["result"] is None


def test_a_fall_asked_for_that_was_a_rise(assistant: Assistant) -> None:
    answer = ask(assistant, "云州政务中心2026年支出总计砍了多少")
    assert "增加" in answer["answer"]
    assert answer["result"] is None


def test_two_questions_in_one(assistant: Assistant) -> None:
    answer = ask(assistant, "云州政务中心2026年支出总计多少？其中奖金多少？")
    assert "3000.00" in answer["answer"].replace(",", "")
    assert "596.70" in answer["answer"]
    assert answer["result"] is None
    mixed = ask(assistant, "云州政务中心的奖金多少，青河政务中心的机关运行经费多少")["answer"]
    assert "596.70" in mixed
    assert "45.86" in mixed
    assert "没有" not in mixed


def test_one_figure_alone_is_not_the_highest(assistant: Assistant) -> None:
    answer = ask(assistant, "云州政务中心2026年福利费和奖金哪个高")
    assert answer["status"] == "not_disclosed"
    assert answer["result"] is None


def test_shares_side_by_side_are_not_shares_of_each_other(assistant: Assistant) -> None:
    text = ask(assistant, "云州政务中心2026年基本支出占比和项目支出占比")["answer"]
    assert "80.00%" in text
    assert "20.00%" in text
