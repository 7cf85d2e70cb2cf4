"""Amounts worked out back from a rate, free posts, things counted in several papers or added to those before, zones and bodies
by their short names, papers of single months. Invented units, invented numbers, answers worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_narrative import FINAL, read

from corpus.disclosure import Basis, Level
from corpus.figure import Measure
from corpus.settings import Settings
from corpus.vocabulary import fold
from rag.causes import only_a_cause
from ui.service import Service

TEXTS = {
    "白岭县水务站2014年“三公”经费预算情况.txt": """白岭县水务站2014年“三公”经费预算情况
一、公务接待费
2014年白岭县水务站安排公务接待费预算6万元,比2013年预算下降25%,主要原因是压减活动。
二、公务用车购置及运行维护费
2014年白岭县水务站安排公务用车购置及运行维护费1万元,比2013年预算下降99%。
""",
    "白岭县教育局2020年度“三公”经费支出决算情况说明.txt": """白岭县教育局2020年度“三公”经费支出决算情况说明
一、总体情况
白岭县教育局2020年度“三公”经费支出决算为10.00万元,比2019年减少5.01万元。
其中:因公出国(境)费支出决算为0万元,比2019年减少0万元;公务用车购置及运行费支出决算为4.00万元,比2019年减少2.00万元;公务接待费支出决算为6.00万元,比2019年减少3.00万元。
二、具体情况
2020年度“三公”经费支出年初预算20.00万元,支出决算10.00万元,完成年初预算的50%。
因公出国(境)费预算2.00万元,支出决算0万元;公务接待费预算4.00万元,支出决算6.00万元。
""",
    "白岭县第三小学2019年单位预算.txt": """白岭县第三小学2019年单位预算
一、单位概况
白岭县第三小学现有占地面积8000平方米,生均占地面积16平方米;学校藏书9100册。在校学生500人,附设幼儿班幼儿42人。
学校事业编制40人,在职教职工37人,退休人员12人,炊事员6人。
""",
    "白岭县溪口学校2019年单位预算.txt": """白岭县溪口学校2019年单位预算
一、收支情况
2019年度我校预算收入为800.00万元(含去年结转资金60.00万元),主要保证工资。
年末实有人数30人。在职人数中行政8人,事业22人,较上年增加了事业人员2人。
“三公”经费:公务接待费预算1.00万元,由财政拨款安排。
""",
    "白岭县第十三小学2019年单位预算.txt": """白岭县第十三小学2019年单位预算
一、单位概况
白岭县第十三小学占地面积12500 m2。在校学生830人。
学校事业编制50人,在职教职工54人。
""",
    "枫林经济技术开发区2023年决算报告.txt": """枫林经济技术开发区2023年决算报告
一、全区收支决算情况
2023年全区一般公共预算收入90,000万元,增长5%。加上级补助等,收入总量为200,000万元。全区一般公共预算支出120,000万元,完成调整预算的96%,增长2%。加上上解支出8,000万元、安排预算稳定调节基金20,000万元,支出总量为200,000万元。
与2023年执行数相比,全区一般公共预算收支总量均减少300万元。主要是年终清算扣回专款。
2023年全区政府性基金预算支出70,000万元,为预算的110%,增长80%。
""",
    "湖东区2021年4月财政收支情况.txt": """湖东区2021年4月财政收支情况
一、财政收入完成情况
2021年4月,湖东区财政总收入完成8000万元,比上年同期完成数10000万元减少2000万元,降低20%。其中:地方一般预算收入完成5000万元。
从征收质量看:2021年4月,非税收入完成1000万元,占一般预算收入20%。
二、财政支出完成情况
2021年4月,全区财政一般预算支出完成9000万元,较上年同8500万元增加500万元,增长5.88%。
""",
    "湖东区2022年区本级决算草案报告.txt": """湖东区2022年区本级决算草案报告
一、2022年预算收支决算情况
区人大会议批准年初一般公共预算收入60亿元。一般公共预算支出总计60亿元。区人大常委会批准预算调整方案,一般公共预算收支各调增5亿元,收支为65亿元。
2022年,区本级一般公共预算收入实际完成66.5亿元,增长4%。
""",
    "白岭县政协部门整体支出及项目支出绩效评价报告.txt": """白岭县政协部门整体支出及项目支出绩效评价报告
【发布时间:2021-05-06】【作者:县政协办】
一、基本情况
2020年部门决算收支完成情况。
1、收入:300万元。同比上年度增加20万元。
2、支出:280万元。
""",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    place: Path = tmp_path_factory.mktemp("further")
    for name, text in TEXTS.items():
        (place / name).write_text(text, encoding="utf-8")
    service = Service(Settings(store=place / "store"))
    assert len(list(service.ingest([place / name for name in TEXTS]))) == len(TEXTS)
    return service


def ask(service: Service, question: str, named: str = "", *history: str) -> dict[str, Any]:
    document = next(name for name in TEXTS if named in name) if named else None
    return dict(service.assistant.ask(question, list(history), document).as_json(trace=True))


def number(service: Service, question: str, named: str = "", *history: str) -> tuple[str, str, str]:
    found = ask(service, question, named, *history)["result"]
    return (found["value"], found["unit"], found["status"]) if found else ("", "", "")


def test_last_years_amount_is_worked_out_back_from_the_rate(service: Service) -> None:
    answer = ask(service, "2013年公务接待费预算是多少？", "水务站")
    assert answer["result"]["value"] == "8.00"  # 6 / 0.75
    assert answer["result"]["formula"] == "6万元 ÷ (100% − 25%) = 8.00万元"
    assert answer["result"]["status"] == "computed"


def test_a_rate_too_coarse_for_it_gives_none(service: Service) -> None:
    assert ask(service, "2013年公车费预算是多少？", "水务站")["result"] is None  # 1万元 / 0.01 ± 0.005


def test_last_years_total_is_its_own_change_undone_before_its_parts_are_added_up(service: Service) -> None:
    assert number(service, "2019年的三公决算是多少", "教育局2020")[:2] == ("15.01", "万元")  # the parts print 15.00


def test_completion_in_a_paper_on_the_three_public_expenses_alone(service: Service) -> None:
    assert number(service, "完成年初预算的百分之多少？", "教育局2020")[:2] == ("50", "%")


def test_a_follow_up_asks_by_how_much_the_budget_was_overspent(service: Service) -> None:
    assert number(service, "超预算多少？", "教育局2020", "公务接待花了多少")[:2] == ("2.00", "万元")


@pytest.mark.parametrize(
    ("question", "named", "value"),
    [
        ("编制还空着几个？", "第三小学", "3"),
        ("编制没用满，还差多少人到编制数？", "第三小学", "3"),
        ("超编几个人", "第十三小学", "4"),
        ("在职人数超出编制几人", "第十三小学", "4"),
    ],
)
def test_posts_of_the_only_kind_are_all_the_posts(service: Service, question: str, named: str, value: str) -> None:
    assert number(service, question, named) == (value, "人", "computed")


def test_the_size_of_a_site_is_not_its_share_for_each_pupil(service: Service) -> None:
    assert number(service, "学校占地多大", "第三小学")[:2] == ("8000", "平方米")
    assert number(service, "占地多少平方", "第十三小学")[:2] == ("12500", "平方米")


def test_a_stock_is_asked_for_without_asking_how_many(service: Service) -> None:
    assert number(service, "学校藏书量", "第三小学")[:2] == ("9100", "册")


def test_counted_things_of_two_units_beside_each_other(service: Service) -> None:
    answer = ask(service, "白岭县第三小学和第十三小学哪个学生多？各多少")
    assert answer["status"] == "answered"
    assert "第十三小学**" in answer["answer"]
    assert "500人" in answer["answer"]
    assert "830人" in answer["answer"]
    assert number(service, "白岭县第十三小学比第三小学占地大多少平方米")[:2] == ("4500", "平方米")


def test_another_group_is_added_to_the_one_before(service: Service) -> None:
    assert number(service, "加上幼儿班呢", "第三小学", "有多少学生") == ("542", "人", "computed")


def test_another_group_than_before_is_never_told_by_the_number_before(service: Service) -> None:
    assert number(service, "炊事员呢", "第三小学", "在职人员有多少")[:2] == ("6", "人")
    answer = ask(service, "保安呢", "第三小学", "在职人员有多少")
    assert (answer["status"], answer["result"]) == ("not_disclosed", None)


def test_groups_of_people_are_added_with_one_word(service: Service) -> None:
    assert number(service, "在职加退休一共多少人", "第三小学")[:2] == ("49", "人")


def test_zones_by_their_short_names(service: Service) -> None:
    assert number(service, "枫林经开区2023年政府性基金支出多少万元")[:2] == ("70000", "万元")
    assert number(service, "枫林2023年一般公共预算支出增长多少")[:2] == ("2", "%")


def test_the_grand_total_of_a_paper(service: Service) -> None:
    assert number(service, "收入总量", "枫林")[:2] == ("200000", "万元")
    assert number(service, "安排预算稳定调节基金占支出总量的百分比", "枫林")[:2] == ("10.00", "%")


def test_one_kind_of_number_is_not_set_beside_itself(service: Service) -> None:
    assert ask(service, "决算数跟执行数差多少", "枫林")["result"] is None


def test_being_measured_on_a_plan_is_no_reason(service: Service) -> None:
    assert ask(service, "基金支出为什么增长了80%", "枫林")["status"] == "not_disclosed"


def test_a_paper_of_one_month(service: Service) -> None:
    paper = next(d for d in service.assistant._current().catalogue.disclosures if "4月" in d.name)
    assert (paper.level, paper.basis, paper.issuer) == (Level.GOVERNMENT, Basis.PART, "湖东区人民政府")
    assert number(service, "财政总收入同比降了多少", "4月")[:2] == ("20", "%")
    assert number(service, "支出比去年同期多了多少", "4月")[:2] == ("500", "万元")
    assert number(service, "非税占一般预算收入比例", "4月")[0] in ("20", "20.00")


def test_income_and_expenditure_adjusted_alike(service: Service) -> None:
    assert number(service, "一般公共预算收入比调整后的预算多多少", "区本级")[:2] == ("1.5", "亿元")
    figures = service.assistant._current().figures("湖东区2022年区本级决算草案报告.txt")
    approved = [f for f in figures if f.account == "支出总计" and f.basis is Basis.INITIAL]
    assert [str(f.amount.value) for f in approved if f.amount] == ["60"]  # approved, and not spent


def test_the_body_in_the_title_outvotes_who_wrote_the_page(service: Service) -> None:
    assert number(service, "白岭县政协2020年总支出")[:2] == ("280", "万元")


def test_final_accounts_beside_what_was_reported_before(service: Service) -> None:
    answer = ask(service, "决算数为什么比执行数少300万", "枫林")
    assert answer["status"] == "answered"
    assert "年终清算扣回专款" in answer["answer"]
    figures = service.assistant._current().figures("枫林经济技术开发区2023年决算报告.txt")
    assert not [f for f in figures if f.measure is Measure.CHANGE and f.amount and not f.amount.value]


def test_carried_over_from_last_year_is_of_this_year(service: Service) -> None:
    assert number(service, "其中去年结转的钱占多少比例", "溪口学校", "2019年预算收入多少？")[:2] == ("7.50", "%")


def test_kinds_of_staff_by_their_first_word_and_no_newcomers(service: Service) -> None:
    assert number(service, "行政人员有多少", "溪口学校")[:2] == ("8", "人")
    assert number(service, "事业人员有多少", "溪口学校")[:2] == ("22", "人")


def test_money_of_another_kind_is_not_told_by_the_appropriation(service: Service) -> None:
    assert ask(service, "非税资金一共付了多少接待费？", "溪口学校")["result"] is None
    assert number(service, "公务接待费多少", "溪口学校")[:2] == ("1.00", "万元")


def test_which_school_is_meant_is_asked_back(service: Service) -> None:
    assert ask(service, "学校有多少学生？")["status"] == "ambiguous"
    assert ask(service, "这个城市有多少人口？")["status"] == "out_of_scope"


def test_what_follows_from_a_cause_has_it_as_its_reason() -> None:
    told = read(
        "总体情况",
        "2025年“三公”经费预算比2024年预算减少9万元,主要原因是严控团组,故因公出国(境)费预算减少12万元;2025年定额标准提高,故公务接待费预算增加3万元。",
    )
    assert {f.account: f.reason for f in told if f.account != "三公经费"} == {
        "因公出国（境）费": "严控团组", "公务接待费": "定额标准提高",
    }  # fmt: skip


def test_what_an_item_was_spent_as() -> None:
    spent = read("三公经费情况", "2023年执行公务共开支交通费、餐费等公务接待费7.5万元。", disclosure=FINAL)
    assert [(f.account, str(f.amount), f.basis) for f in spent] == [("公务接待费", "7.5万元", Basis.FINAL)]


def test_kinds_of_people_that_only_sentences_name_are_added(service: Service) -> None:
    assert number(service, "退休和炊事员合计几个人", "第三小学")[:2] == ("18", "人")
    assert number(service, "在职、退休和炊事员一共多少人", "第三小学")[:2] == ("55", "人")


def test_what_is_named_only_as_the_cause_of_something_else_has_none_of_its_own() -> None:
    told = fold("总支出增加9万元,主要是教育支出增加7万元、住房保障支出增加2万元导致。")
    assert only_a_cause(told, {"教育支出"})
    assert not only_a_cause(told, {"总支出"})
    assert not only_a_cause(fold("教育支出增加7万元,主要是新招教师。"), {"教育支出"})
