"""Ranks of classes by what was spent of their budget, classes within the class named with them, questions that go on from the
one before, places set against each other. Invented units, invented numbers, answers worked out by hand."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus.settings import Settings
from rag.desk import Draft
from rag.plan import Verdict
from rag.withheld import _no_company
from ui.service import Service

FINAL = "云州市商贸局2023年部门决算.txt"
BUDGET = "云州市城南区人民政府办公室2025年部门预算.txt"
PLAIN = "云州市城南区统计局2025年部门预算.txt"
TEXTS = {
    FINAL: """云州市商贸局2023年部门决算
一、一般公共预算财政拨款支出决算情况说明
1.一般公共服务支出(类)商贸事务(款)行政运行(项)。年初预算为200.00万元,支出决算为150.00万元,完成年初预算的75%。
2.商业服务业等支出(类)商业流通事务(款)其他商业流通事务支出(项)。年初预算为80.00万元,支出决算为72.00万元,完成年初预算的90%。
3.社会保障和就业支出(类)行政事业单位养老支出(款)行政单位离退休(项)。年初预算为10.00万元,支出决算为4.00万元,完成年初预算的40%。
二、“三公”经费
2023年度无“三公”经费财政拨款支出。
""",
    BUDGET: """云州市城南区人民政府办公室2025年部门预算
一、部门预算情况说明
2025年支出预算500.00万元,比2024年预算增加100.00万元。2024年支出预算为400.00万元。支出预算中,资源勘探工业信息等支出50.00万元。
1.一般公共服务支出(类)组织事务(款)一般行政管理事务(项)2024年预算执行数为20.00万元,2025年预算安排25.00万元,比2024年预算执行数增加25.00%,主要原因是组织事务培训增加。
2.一般公共服务支出(类)宣传事务(款)一般行政管理事务(项)2024年预算执行数为10.00万元,2025年预算安排9.00万元,比2024年预算执行数减少10.00%,主要原因是宣传事务展板减少。
3.资源勘探工业信息等支出(类)支持中小企业发展和管理支出(款)其他支持中小企业发展和管理支出(项)50.00万元。
4.教育支出(类)普通教育(款)小学教育(项)60.00万元。
5.教育支出(类)普通教育(款)高中教育(项)40.00万元。
二、“三公”经费
2025年“三公”经费预算6.00万元,其中:因公出国(境)费0万元,公务接待费6.00万元。会议费2.00万元。
三、绩效目标
2025年度本单位未编报整体绩效目标。
""",
    PLAIN: """云州市城南区统计局2025年部门预算
一、部门预算情况说明
2025年收入预算90.00万元,支出预算90.00万元。
2025年没有使用政府性基金预算拨款安排支出。
二、“三公”经费
2025年“三公”经费预算1.70万元,其中:因公出国(境)费0.20万元,公务接待费1.50万元。
三、工作说明
本区工程费用800万元及以下的竣工决算审计由区统计局负责,800万元以上的由市里负责。
四、名词解释
1.其他资金:包括事业收入、经营收入等。
""",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("ranks")
    made = Service(Settings(store=Path(folder / "store")))
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert len(list(made.ingest([folder / name for name in TEXTS]))) == len(TEXTS)
    return made


def ask(service: Service, *questions: str, document: str | None = None) -> dict[str, Any]:
    *history, question = questions
    return service.assistant.ask(question, history, document).as_json(trace=True)


def test_the_class_that_spent_least_of_its_budget(service: Service) -> None:
    answer = ask(service, "哪个科目的预算执行率最低？", document=FINAL)
    assert answer["status"] == "answered"
    assert (answer["result"]["value"], answer["result"]["unit"]) == ("40", "%")
    assert "最低的是**行政单位离退休**" in answer["answer"]
    assert (
        "最高的是**其他商业流通事务支出**" in ask(service, "支出科目里预算完成率最高的是哪个", document=FINAL)["answer"]
    )


def test_an_execution_rate_of_what_there_is_none_of(service: Service) -> None:
    answer = ask(service, "三公经费预算执行率是多少", document=FINAL)
    assert answer["status"] == "not_disclosed"
    assert "没有公开" not in answer["answer"]
    assert "没有这项安排" in answer["answer"]


def test_the_reason_of_a_class_within_the_class_named(service: Service) -> None:
    answer = ask(service, "宣传事务的一般行政管理事务为什么减少", document=BUDGET)
    assert "宣传事务展板减少" in answer["answer"]
    assert "组织事务培训" not in answer["answer"]
    answer = ask(service, "宣传事务一般行政管理事务：是增是减，原因是什么？", document=BUDGET)
    assert "10.00%" in answer["answer"]
    assert "宣传事务展板减少" in answer["answer"]


def test_a_class_without_the_word_that_few_say(service: Service) -> None:
    answer = ask(service, "资源勘探工业信息支出占支出预算百分之几", document=BUDGET)
    assert answer["result"]["value"] == "10.00"


def test_a_fee_with_a_character_of_the_same_sound(service: Service) -> None:
    assert ask(service, "会义费安排了多少", document=BUDGET)["result"]["value"] == "2.00"


def test_a_rate_that_goes_on_from_last_years_amount(service: Service) -> None:
    answer = ask(service, "2024年支出预算是多少？", "那增长了百分之多少？", document=BUDGET)
    assert answer["result"]["value"] == "25.00"


def test_the_change_on_last_year_of_what_was_spoken_of_last(service: Service) -> None:
    answer = ask(
        service,
        "组织事务的一般行政管理事务多少？",
        "那宣传事务的一般行政管理事务呢？",
        "比上年降了百分之几？",
        document=BUDGET,
    )
    assert answer["result"]["value"] in ("10.00", "-10.00")


def test_one_fund_of_several_classes(service: Service) -> None:
    answer = ask(service, "小学教育和高中教育各多少？", "其中一般公共预算的呢？", document=BUDGET)
    assert [account["name"] for account in answer["trace"]["plan"]["accounts"]] == ["小学教育", "高中教育"]
    assert "财政拨款预算" not in answer["answer"]


def test_the_government_office_by_two_characters(service: Service) -> None:
    answer = ask(service, "2025年城南区统计局、府办两家谁的三公经费高")
    assert "最高的是**云州市城南区人民政府办公室**" in answer["answer"]
    assert ask(service, "市府办三公经费多少")["status"] != "answered"


def test_no_final_account_is_no_sentence_about_spending(service: Service) -> None:
    answer = ask(service, "城南区统计局2025年决算实际支出是多少")
    assert answer["status"] == "not_disclosed"


def test_a_term_in_quotes_by_the_documents_own_words(service: Service) -> None:
    answer = ask(service, "这份预算里的“其他资金”指什么", document=PLAIN)
    assert "经营收入" in answer["answer"]


def test_targets_that_were_not_drawn_up(service: Service) -> None:
    assert "未编报" in ask(service, "整体绩效目标是什么？", document=BUDGET)["answer"]


def test_those_who_say_who_they_are_before_they_ask(service: Service) -> None:
    said = "您好，我是一名退休教师，平时喜欢看看报纸，想请教一下会议费一共安排了多少，麻烦您了。"
    answer = ask(service, said, document=BUDGET)
    assert answer["result"]["value"] == "2.00"
    assert [account["name"] for account in answer["trace"]["plan"]["accounts"]] == ["会议费"]
    polite = "敬启者：鄙人关注本区多年，烦请告知统计局2025年公务接待费之金额。"
    assert ask(service, polite)["result"]["value"] == "1.50"


def test_one_word_is_the_class_that_begins_with_it(service: Service) -> None:
    assert ask(service, "资源勘探", document=BUDGET)["result"]["value"] == "50.00"


def test_what_is_executed_is_no_final_account(service: Service) -> None:
    answer = ask(service, "组织事务一般行政管理事务2024年决算是多少", document=BUDGET)
    assert answer["status"] == "not_disclosed"
    assert "20.00" in answer["answer"]


def test_buying_cars_by_one_word_after_cars_were_spoken_of(service: Service) -> None:
    answer = ask(service, "2025年公务用车运行费多少？", "那购置费呢？", document=PLAIN)
    assert [account["name"] for account in answer["trace"]["plan"]["accounts"]] == ["公务用车购置费"]


def test_places_put_side_by_side(service: Service) -> None:
    answer = ask(service, "公务接待费，表里的数和文字说明的数一样吗？", document=BUDGET)
    assert answer["trace"]["plan"]["operation"] == "consistency"


def test_a_limit_by_what_lies_below_it(service: Service) -> None:
    answer = ask(service, "多少万元以下的工程竣工决算审计归统计局管？", document=PLAIN)
    assert (answer["result"]["value"], answer["result"]["unit"]) == ("800", "万元")


def test_a_share_of_the_years_budget(service: Service) -> None:
    answer = ask(service, "公务接待费多少？", "占全年预算的百分之几？", document=BUDGET)
    assert answer["result"]["value"] == "1.20"


def test_what_rose_most_is_ranked_by_how_it_moved(service: Service) -> None:
    answer = ask(service, "哪个科目比上年增加最多", document=BUDGET)
    assert "增加最多的是**一般行政管理事务**" in answer["answer"]
    assert "增加 **5.00万元**" in answer["answer"]
    assert "减少 **1.00万元**" in answer["answer"]
    assert (answer["result"]["value"], answer["result"]["status"]) == ("5.00", "computed")
    answer = ask(service, "哪项支出降得最多", document=PLAIN)
    assert answer["status"] == "not_disclosed"
    assert "比不出" in answer["answer"]


def test_what_a_question_is_not_limited_to(service: Service) -> None:
    answer = ask(service, "不限于基本支出，公务接待费多少", document=PLAIN)
    assert [account["name"] for account in answer["trace"]["plan"]["accounts"]] == ["公务接待费"]


def test_cars_to_be_bought_after_the_cars_there_are(service: Service) -> None:
    answer = ask(service, "现在有几辆车？", "那今年打算买几辆？", document=PLAIN)
    assert [account["name"] for account in answer["trace"]["plan"]["accounts"]] == ["公务用车购置数"]


def test_which_ones_after_how_many(service: Service) -> None:
    answer = ask(service, "编报绩效目标的项目有几个？", "是哪几个？", document=BUDGET)
    assert answer["trace"]["plan"]["operation"] == "list"


@pytest.mark.parametrize(
    ("question", "told", "withheld"),
    [
        ("哪些企业拿到了技改专项资金？", "按《跨国公司扶持意见》落实拨付。", True),
        ("技改专项补贴了哪几家企业？", "技改专项预算:20.00万元", True),
        ("新建工程是哪家施工单位中标的？", "由施工单位负责施工。", True),
        ("哪些企业拿到了技改专项资金？", "资金拨给云州机械有限公司。", False),
        ("技改专项多少钱？", "技改专项预算:20.00万元", False),
    ],
)
def test_companies_that_no_sentence_names(question: str, told: str, *, withheld: bool) -> None:
    desk: Any = SimpleNamespace(plan=SimpleNamespace(text=question))
    assert _no_company(desk, Draft(Verdict.ANSWERED, told)) is withheld


def test_trips_counted_within_the_three_public_expenses(service: Service) -> None:
    answer = ask(service, "三公经费里出国的团组和人次是多少？", document=BUDGET)
    names = [account["name"] for account in answer["trace"]["plan"]["accounts"]]
    assert names == ["因公出国（境）团组数", "因公出国（境）人次数"]
    assert answer["status"] == "not_disclosed"


def test_which_of_a_places_departments_has_it(service: Service) -> None:
    answer = ask(service, "2025年城南区的几个部门里，哪个有出国经费？")
    assert answer["status"] == "answered"
    assert "有因公出国（境）费的单位1个：\n- 云州市城南区统计局" in answer["answer"]
    assert "其余单位：\n- 云州市城南区人民政府办公室" in answer["answer"]


def test_this_item_of_what_was_spoken_of(service: Service) -> None:
    answer = ask(service, "会议费多少？", "那这项占支出预算的比重呢？", document=BUDGET)
    assert answer["result"]["value"] == "0.40"


def test_who_does_something_is_no_body(service: Service) -> None:
    answer = ask(service, "谁负责区政府文件的合法性审核？", document=PLAIN)
    assert "文件集里没有" not in answer["answer"]
