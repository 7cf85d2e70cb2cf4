"""Projects described in chapters of their own, a unit's offices, questions in parts, shares of people, the whole of a place, classes
against their budgets. Invented units, invented numbers, answers worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.settings import Settings
from ui.service import Service

BUDGET = "青渡区文化和旅游局2025年部门预算.txt"
BUDGET_TEXT = """青渡区文化和旅游局2025年部门预算
一、主要职责
青渡区文化和旅游局是区政府工作部门。
二、内设机构
（一）办公室。
负责机关日常运转、机要保密和信访。
（二）非遗科。
承担传统技艺的普查、认定和保护。
（三）产业科。
指导旅行社和景区的等级评定。
三、收支预算情况
2025年收入预算900.00万元,比2024年增加60.00万元。其中:财政拨款收入增加50.00万元,主要原因是新增展览经费。
四、其他情况
核定编制30名,实有人员26名,退休人员9名。现有专任教师40人,其中正高级职称6人、副高级职称14人。
2025年政府采购预算200.00万元,其中:货物120.00万元,工程50.00万元,服务30.00万元。
截至2024年12月31日,共有车辆2辆;2025年部门预算安排购置车辆0辆。
书画进校园专项经费情况说明
一、项目概述
让学生在校内看到书画原作。
二、立项依据
1、《青渡区美育行动方案》(青文〔2024〕7号)。
三、实施主体
艺术科、非遗科。
四、实施方案
按学期排出展览清单。
五、实施周期
2025年1月至12月。
六、年度预算安排
2025年度项目总预算80.00万元,其中:装裱20.00万元,运输60.00万元。
非遗传习专项经费情况说明
一、项目概述
资助传习所带徒授艺。
二、立项依据
1、《青渡区传统技艺保护办法》(青文〔2023〕2号)。
2、《青渡区传习所管理细则》(青文〔2024〕9号)。
三、实施主体
产业科。
四、实施方案
按带徒人数分档资助。
五、实施周期
2025年3月至11月。
六、年度预算安排
2025年度项目总预算45.50万元,其中:市级支持传习所15.50万元,区级支持传习所30.00万元。
"""
FINAL = "青渡区文化和旅游局2024年度部门决算.txt"
FINAL_TEXT = """青渡区文化和旅游局2024年度部门决算
一、一般公共预算财政拨款支出决算具体情况
1.文化旅游体育与传媒支出(类)文化和旅游(款)行政运行(项)。全年预算为300.00万元,支出决算为296.00万元。
2.文化旅游体育与传媒支出(类)文化和旅游(款)群众文化(项)。全年预算为150.00万元,支出决算为111.00万元。
3.住房保障支出(类)住房改革支出(款)住房公积金(项)。全年预算为25.00万元,支出决算为25.00万元。
4.社会保障和就业支出(类)行政事业单位养老支出(款)行政单位离退休(项)。全年预算为12.00万元,支出决算为12.00万元。
5.社会保障和就业支出(类)行政事业单位养老支出(款)事业单位离退休(项)。全年预算为8.50万元,支出决算为8.00万元。
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    place: Path = tmp_path_factory.mktemp("described")
    for name, text in ((BUDGET, BUDGET_TEXT), (FINAL, FINAL_TEXT)):
        (place / name).write_text(text, encoding="utf-8")
    service = Service(Settings(store=place / "store"))
    assert len(list(service.ingest([place / BUDGET, place / FINAL]))) == 2
    return service


def ask(service: Service, question: str, document: str, *history: str) -> dict[str, Any]:
    return service.assistant.ask(question, list(history), document).as_json()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("有哪几个专项的经费情况说明？", ["书画进校园专项", "80.00万元", "非遗传习专项", "45.50万元"]),
        ("经费说明里的两个专项各多少钱？", ["80.00万元", "45.50万元"]),
        ("非遗传习专项的立项依据是什么？", ["青文〔2023〕2号", "青文〔2024〕9号"]),
        ("书画进校园专项的立项依据是什么？", ["青文〔2024〕7号"]),
        ("书画进校园专项由谁实施？", ["艺术科、非遗科"]),
        ("非遗传习专项的80万元用来做什么？", ["带徒授艺"]),
        ("传统技艺的普查归哪个科管？", ["非遗科", "普查"]),
        ("旅行社的等级评定谁来负责？", ["产业科", "旅行社"]),
        ("编制几个，实际在岗几个，退休几个？", ["30名", "26名", "9名"]),
        ("正高级职称和副高级职称各有多少人？", ["6人", "14人"]),
        ("公车有没有？今年打算买吗？", ["2辆", "0辆"]),
        ("财政拨款为什么增加？", ["新增展览经费"]),
    ],
)
def test_chapters_offices_and_parts_of_a_question_are_told(service: Service, question: str, said: list[str]) -> None:
    told = ask(service, question, BUDGET)
    assert told["status"] == "answered", told
    missing = [words for words in said if words not in told["answer"]]
    assert not missing, told["answer"]


def test_another_project_s_grounds_are_not_told(service: Service) -> None:
    told = ask(service, "非遗传习专项的立项依据是什么？", BUDGET)["answer"]
    assert "7号" not in told, told


@pytest.mark.parametrize(
    ("document", "question", "history", "value", "unit"),
    [
        (BUDGET, "加起来呢", ("经费说明里的两个专项各多少钱？",), "125.50", "万元"),  # 80.00 + 45.50
        (BUDGET, "工程占整个政府采购预算的百分之多少？", (), "25.00", "%"),  # 50 / 200
        (BUDGET, "工程占比多少？", ("政府采购预算一共多少？", "其中工程呢"), "25.00", "%"),
        (BUDGET, "正高级职称占专任教师的比例", (), "15.00", "%"),  # 6 / 40
        (BUDGET, "按今年预算和增加额倒推，2024年收入预算是多少？", (), "840.00", "万元"),  # 900 - 60
        (BUDGET, "支持传习所的钱，市级区级合计多少？", (), "45.50", "万元"),  # 15.50 + 30.00
        (BUDGET, "区级支持传习所比市级多多少？", (), "14.50", "万元"),  # 30.00 - 15.50
        (FINAL, "哪个科目决算比全年预算少得最多？", (), "-39.00", "万元"),  # 111 - 150, the others -4, 0, 0, -0.5
        (FINAL, "离退休经费一共多少？", (), "20.00", "万元"),  # 12.00 + 8.00
        (FINAL, "行政单位离退休多少？", (), "12.00", "万元"),
    ],
)
def test_amounts_worked_out_over_several(
    service: Service, document: str, question: str, history: tuple[str, ...], value: str, unit: str
) -> None:
    told = ask(service, question, document, *history)
    assert told["result"] is not None, told
    assert (told["result"]["value"], told["result"]["unit"]) == (value, unit), told


@pytest.mark.parametrize(
    "question",
    ["青渡区全区2025年一般公共预算收入有多少亿？", "2025年全区财政总收入多少？", "讲解员平均每月拿多少工资？"],
)
def test_no_department_answers_for_its_place_or_for_one_group(service: Service, question: str) -> None:
    told = ask(service, question, BUDGET)
    assert told["status"] == "not_disclosed", told
    assert told["result"] is None


def test_places_are_numbered_as_they_are_referred_to(service: Service) -> None:
    told = ask(service, "编制几个，实际在岗几个，退休几个？", BUDGET)
    numbers = [citation["marker"] for citation in told["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(f"[{number}]" in told["answer"] for number in numbers), told


def test_two_totals_of_one_name_are_both_told(tmp_path: Path) -> None:
    paper = tmp_path / "青渡大学2023年度部门决算.txt"
    paper.write_text(
        "青渡大学2023年度部门决算\n收支决算总表\n单位:万元\n收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n"
        "一、财政拨款收入\t500.00\t一、教育支出\t640.00\n二、事业收入\t200.00\t\t\n"
        "本年收入合计\t700.00\t本年支出合计\t640.00\n上年结转和结余\t50.00\t年末结转和结余\t110.00\n合计\t750.00\t合计\t750.00\n"
        "支出决算情况说明\n学校2023年度支出总计640.00万元,与2022年度相比,增加40.00万元,增长6.67%。\n",
        encoding="utf-8",
    )
    service = Service(Settings(store=tmp_path / "store"))
    assert list(service.ingest([paper]))
    told = service.assistant.ask("2023年支出总计多少？", [], paper.name).as_json()
    assert "750.00万元" in told["answer"], told
    assert "640.00万元" in told["answer"], told
    assert told["result"] is None or told["result"]["status"] != "confirmed", told


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("行政单位和事业单位离退休各多少？", ["12.00万元", "8.00万元"]),
        ("行政和事业单位离退休分别是多少？", ["12.00万元", "8.00万元"]),
    ],
)
def test_two_accounts_may_share_their_ending(service: Service, question: str, said: list[str]) -> None:
    told = ask(service, question, FINAL)["answer"]
    assert all(words in told for words in said), told


SHEETS = "青渡市大数据中心2026年单位预算.txt"
SHEETS_TEXT = """青渡市大数据中心2026年单位预算
项目支出绩效目标表
单位:万元
项目名称\t机房托管服务费
项目资金\t年度资金总额\t80.00
项目概况\t机房设备由青渡云联公司于2019年建成。2025年服务期满后采用单一来源采购方式,确定青渡云联公司为成交供应商,合同期两年。
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t托管机柜\t≥40台
项目支出绩效目标表
单位:万元
项目名称\t数据标准化项目
项目资金\t年度资金总额\t50.00
项目概况\t项目于2024年11月完成招标,由北岸奥信科技股份有限公司提供技术服务,成交金额149.80万元。
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t标准条数\t≥40条
"""


@pytest.mark.parametrize(
    ("question", "history", "company"),
    [
        ("数据标准化项目是哪家公司中标的？", (), "北岸奥信科技股份有限公司"),
        ("谁中的标？", ("标准化项目的成交金额是多少？",), "北岸奥信科技股份有限公司"),
        ("机房托管是哪家公司中标的？", (), "青渡云联公司"),
    ],
)
def test_the_company_of_another_project_is_never_named(
    tmp_path: Path, question: str, history: tuple[str, ...], company: str
) -> None:
    (tmp_path / SHEETS).write_text(SHEETS_TEXT, encoding="utf-8")
    service = Service(Settings(store=tmp_path / "store"))
    assert list(service.ingest([tmp_path / SHEETS]))
    told = service.assistant.ask(question, list(history), SHEETS).as_json()
    assert company in told["answer"], told
    other = {"北岸奥信科技股份有限公司", "青渡云联公司"} - {company}
    assert not any(name in told["answer"] for name in other), told


SCHOOL = "共青团青渡市委2024年部门预算.txt"
SCHOOL_TEXT = """共青团青渡市委2024年部门预算
内设3个机构:办公室、学校部、权益部。办公室负责机关运转和会务;学校部负责少先队和校园活动;权益部负责青少年维权。
2024年“三公”经费预算6.00万元,比2023年增加1.50万元,增长33.33%。其中:公务接待费4.00万元,公务用车运行维护费2.00万元。
现有公务用车4辆。
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("学校部管什么？", "少先队和校园活动"),
        ("青少年维权归哪个部门管？", "权益部"),
        ("三公经费里哪项多？", "公务接待费"),
        ("平均一辆车的运行维护费是多少？", "0.50万元"),  # 2.00 / 4
        ("青渡团市委2024年三公经费预算多少？", "6.00万元"),
    ],
)
def test_offices_in_one_sentence_and_short_names(tmp_path: Path, question: str, said: str) -> None:
    (tmp_path / SCHOOL).write_text(SCHOOL_TEXT, encoding="utf-8")
    service = Service(Settings(store=tmp_path / "store"))
    assert list(service.ingest([tmp_path / SCHOOL]))
    told = service.assistant.ask(question, [], SCHOOL).as_json()
    assert said in told["answer"], told


FINANCE = "青渡区财政局2025年部门预算.txt"
FINANCE_TEXT = """青渡区财政局2025年部门预算
一、机构设置
青渡区财政局设4个内设机构,包括:办公室、预算科、国库科、监督科。青渡区财政局部门预算包括局本部和青渡区财政投资评审中心。
核定编制20名,实有人员18名。
二、收支预算情况
2025年收入预算540.00万元,支出预算540.00万元。上年结转结余12.00万元,年末结转和结余7.00万元。
三、项目情况
2025年项目支出预算包括:票据电子化平台建设项目60.00万元,机房租赁项目24.00万元。
"""


@pytest.mark.parametrize(
    ("question", "history", "value"),
    [
        ("青渡区财政局收入预算多少？", (), "540.00"),
        ("内设几个机构？", (), "4"),
        ("那年末的呢？", ("上年结转结余是多少？",), "7.00"),
    ],
)
def test_plain_questions_to_a_finance_bureau(
    tmp_path: Path, question: str, history: tuple[str, ...], value: str
) -> None:
    (tmp_path / FINANCE).write_text(FINANCE_TEXT, encoding="utf-8")
    service = Service(Settings(store=tmp_path / "store"))
    assert list(service.ingest([tmp_path / FINANCE]))
    told = service.assistant.ask(question, list(history), FINANCE).as_json()
    assert told["result"] is not None, told
    assert told["result"]["value"] == value, told


@pytest.mark.parametrize("question", ["窗口工作人员的平均月薪是多少？", "工作人员平均年龄多大？"])
def test_what_one_group_earns_is_no_money_per_head(tmp_path: Path, question: str) -> None:
    (tmp_path / FINANCE).write_text(FINANCE_TEXT, encoding="utf-8")
    service = Service(Settings(store=tmp_path / "store"))
    assert list(service.ingest([tmp_path / FINANCE]))
    told = service.assistant.ask(question, [], FINANCE).as_json()
    assert told["status"] == "not_disclosed", told
    assert told["result"] is None
