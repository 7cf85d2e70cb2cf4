"""Papers of whole governments, read and asked in one go: invented places, invented numbers, answers worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from corpus.disclosure import Basis, Level
from corpus.figure import Figure, Measure
from corpus.settings import Settings
from ingest.layout.governments import basis_of_paper, paper_of
from ingest.pipeline import ingest_bytes
from ui.service import Service

YEAR = "关于白岭县2024年财政预算执行情况和2025年财政预算草案的报告.txt"
YEAR_TEXT = """关于白岭县2024年财政预算执行情况和2025年财政预算草案的报告
——2025年1月9日在白岭县第十八届人民代表大会第四次会议上
各位代表:
受县人民政府委托,现将2024年财政预算执行情况和2025年财政预算草案提请大会审议。
一、2024年财政预算执行情况
(一)一般公共预算
1.收入情况
全县一般公共预算收入完成20000万元,完成年初预算的104%,同比增收1500万元,增长8.11%。其中:税收收入12000万元,同比下降4%,主要是房地产市场低迷;非税收入8000万元,同比增长32.5%。
税收收入中:增值税5000万元,下降6%;企业所得税2400万元,增长12%;契税1600万元,下降20%;房产税900万元,增长3.5%。
非税收入中:专项收入1500万元,罚没收入2500万元,国有资源(资产)有偿使用收入4000万元。
县本级一般公共预算收入由年初的15000万元调整为17500万元,调增2500万元。
2.支出情况
全县一般公共预算支出完成90000万元,为调整预算的97.5%,比上年增长5%。其中县本级支出72000万元。
教育支出30000万元,完成预算的99%;卫生健康支出9000万元,完成预算的88.4%;农林水支出15000万元,完成预算的93%。
3.收支平衡情况
一般公共预算收入20000万元,增长8.11%,收入增长主要是清缴欠费增加,加上返还性收入800万元、一般性转移支付收入56000万元、专项转移支付收入14000万元、债务转贷收入6200万元、上年结余收入3000万元,收入总计100000万元。一般公共预算支出90000万元,加上上解支出2500万元、债务还本支出4500万元、结转下年3000万元,支出总计100000万元。
(二)政府性基金预算
政府性基金预算收入完成7000万元,其中国有土地使用权出让收入6300万元。政府性基金预算支出6600万元。
(三)政府债务情况
2024年末,全县政府债务限额85000万元,政府债务余额81000万元。
二、2025年财政预算草案
2025年全县一般公共预算收入安排21000万元,增长5%。
"""
HALF = "白岭县2024年上半年预算执行情况报告.txt"
HALF_TEXT = """白岭县2024年上半年预算执行情况报告
白岭县财政局
一、上半年预算执行情况
1-6月全县一般公共预算收入完成9500万元,完成年初预算19230万元的49.4%,比上年同期9000万元增收500万元,增长5.56%。其中:税收收入完成6100万元,占一般公共预算收入的64.21%;非税收入完成3400万元。
1-6月全县一般公共预算支出41000万元,同比下降2.5%。
"""
BEFORE = "白岭县2023年上半年预算执行情况报告.txt"
BEFORE_TEXT = """白岭县2023年上半年预算执行情况报告
白岭县财政局
一、上半年预算执行情况
1-6月全县一般公共预算收入完成9000万元,其中:税收收入完成6300万元,非税收入完成2700万元。
"""
TOWN = "(云岭省)白岭县溪口镇2023年财政决算和2024年财政预算的报告.txt"
TOWN_TEXT = """溪口镇2023年财政决算和2024年财政预算的报告
一、2023年财政决算情况
2023年全镇财政总收入完成3100万元,财政总支出2900万元。主要支出项目是:
教育事业费支出610万元
河堤加固专项经费支出245.5万元
行政运行支出880万元
"""

TABLES = "白岭县2023年财政决算报告.txt"
TABLES_TEXT = """白岭县2023年财政决算报告
一、2023年财政决算情况
全县一般公共预算收入18500万元。
2023年白岭县一般公共预算收入决算表
单位：万元
项目 | 预算数 | 调整预算数 | 决算数 | 决算数为预算数的% | 决算数为上年决算数的%
一、税收收入 | 12500 | 12200 | 12000 | 98.36 | 96.00
增值税 | 7800 | 7500 | 7400 | 98.67 | 94.00
契税 | 4700 | 4700 | 4600 | 97.87 | 80.00
二、非税收入 | 6000 | 6200 | 6500 | 104.84 | 132.50
专项收入 | 1400 | 1450 | 1500 | 103.45 | 110.00
罚没收入 | 4600 | 4750 | 5000 | 105.26 | 125.00
本年收入合计 | 18500 | 18400 | 18500 | 100.54 | 108.11
2023年白岭县一般公共预算支出决算表
单位：万元
项目 | 预算数 | 调整预算数 | 决算数 | 决算数为调整预算数的%
一、教育支出 | 29000 | 30300 | 30000 | 99.01
二、卫生健康支出 | 10000 | 10180 | 9000 | 88.41
本年支出合计 | 39000 | 40480 | 39000 | 96.34
2023年白岭县一般公共预算税收返还和转移支付决算表
单位：万元
项目 | 决算数
一、返还性收入 | 800
二、一般性转移支付收入 | 56000
合计 | 56800
2023年白岭县政府性基金收入决算表
单位：万元
项目 | 预算数 | 决算数
国有土地使用权出让收入 | 6000 | 6300
本年收入合计 | 6000 | 6300
2023年白岭县政府一般债务限额和余额情况表
单位：万元
项目 | 预算数 | 决算数
一、2022年末一般债务余额实际数 | | 50000
二、2023年末一般债务余额限额 | 56000 |
三、2023年末一般债务余额决算数 | | 54000
"""

MONTHS = "白岭县2025年1-5月财政预算执行情况.txt"
MONTHS_TEXT = """白岭县2025年1-5月财政预算执行情况
一、一般公共预算收支情况
1-5月,全县一般公共预算收入完成7800万元,占年初预算21000万元的37.1%,同比增长2%。其中:税收收入5100万元,非税收入2700万元。
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    place: Path = tmp_path_factory.mktemp("papers")
    texts = {
        YEAR: YEAR_TEXT,
        HALF: HALF_TEXT,
        BEFORE: BEFORE_TEXT,
        TOWN: TOWN_TEXT,
        TABLES: TABLES_TEXT,
        MONTHS: MONTHS_TEXT,
    }
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8")
    service = Service(Settings(store=place / "store"))
    taken = list(service.ingest([place / name for name in texts]))
    assert len(taken) == len(texts)
    return service


def ask(service: Service, question: str, document: str | None = None, history: tuple[str, ...] = ()) -> dict[str, Any]:
    return service.assistant.ask(question, history, document).as_json()


@pytest.mark.parametrize(
    ("stem", "issuer", "basis"),
    [
        ("关于2021年南屏县财政预算执行情况和2022年南屏县财政预算(草案)的报告", "南屏县人民政府", Basis.EXECUTED),
        ("(天津市)红桥区2022年财政收支情况", "天津市红桥区人民政府", Basis.EXECUTED),
        ("柳州市柳南区人民政府关于2022年度本级决算的报告", "广西壮族自治区柳州市柳南区人民政府", Basis.FINAL),
        ("关于南屏县2023年上半年预算执行情况的报告", "南屏县人民政府", Basis.HALF),
        ("南屏县2023年一般公共预算收入决算表", "南屏县人民政府", Basis.FINAL),
        ("南屏县2024年一般公共预算支出预算表", "南屏县人民政府", Basis.BUDGET),
        ("南屏县2023年政府决算公开表", "南屏县人民政府", Basis.FINAL),
        ("南屏县2023年1-5月财政预算执行情况", "南屏县人民政府", Basis.PART),
        ("南屏县2023年前三季度预算执行情况", "南屏县人民政府", Basis.PART),
        ("溪口镇2021年度镇财政决算和2022年上半年财政预算执行情况的报告", "溪口镇人民政府", Basis.FINAL),
        ("云台街道2023年预算执行情况和2024年预算草案", "云台街道办事处", Basis.EXECUTED),
        ("白水州人民政府关于2022年全州和州级财政决算及2023年上半年预算执行情况的报告", "白水州人民政府", Basis.FINAL),
        ("延边朝鲜族自治州2022年财政决算报告", "吉林省延边朝鲜族自治州人民政府", Basis.FINAL),
    ],
)
def test_a_governments_paper_is_known_by_its_title(stem: str, issuer: str, basis: Basis) -> None:
    paper = paper_of(stem, [], "")
    assert paper is not None
    assert (paper.issuer, basis_of_paper(paper.title)) == (issuer, basis)


@pytest.mark.parametrize(
    "stem",
    [
        "南屏县财政局2023年部门预算",
        "南屏县2023年三公经费预算执行情况",
        "南屏县教育局2022年度部门决算",
        "南屏县2023年部门预算绩效报告",
        "南屏县审计局2023年度单位决算",
        "南屏县教育局2023年一般公共预算支出预算表",
        "南屏县第一中学2023年一般公共预算支出决算表",
    ],
)
def test_other_documents_are_no_governments_paper(stem: str) -> None:
    assert paper_of(stem, [], "") is None


def test_the_place_is_named_in_full_where_the_paper_says_so() -> None:
    paper = paper_of("关于青秀区2023年上半年预算执行情况的报告", ["南宁市青秀区人民政府"], "")
    assert paper is not None
    assert paper.issuer == "广西壮族自治区南宁市青秀区人民政府"
    told = paper_of("2023年预算执行情况报告", ["2024年1月8日在南屏县第十届人民代表大会第三次会议上"], "")
    assert told is not None
    assert told.issuer == "南屏县人民政府"


def figures(service: Service, document: str) -> list[Figure]:
    return [figure for figure in service.book.figures(documents=[document]) if figure.amount is not None]


def stated(
    service: Service, document: str, account: str, measure: Measure, **scope: object
) -> list[tuple[Decimal, str]]:
    return [
        (f.amount.value, f.amount.unit) for f in figures(service, document)
        if f.amount and f.account == account and f.measure is measure
        and all(getattr(f, key) == value for key, value in scope.items())
    ]  # fmt: skip


def test_identity(service: Service) -> None:
    found = {d.name: d for d in service.book.disclosures()}
    assert (found[YEAR].issuer, found[YEAR].level, found[YEAR].year) == ("白岭县人民政府", Level.GOVERNMENT, 2024)
    assert (found[YEAR].basis, found[HALF].basis, found[TOWN].basis) == (Basis.EXECUTED, Basis.HALF, Basis.FINAL)
    assert found[TOWN].issuer.endswith("白岭县溪口镇人民政府")


def test_amount_completion_change_and_rate(service: Service) -> None:
    total = "本年收入合计"
    scope = {"year": 2024, "basis": Basis.EXECUTED, "funding": "一般公共预算", "component": "合计"}
    assert (Decimal(20000), "万元") in stated(service, YEAR, total, Measure.AMOUNT, **scope)
    assert stated(service, YEAR, total, Measure.COMPLETION, **scope) == [(Decimal(104), "%")]
    assert stated(service, YEAR, total, Measure.CHANGE, **scope) == [(Decimal(1500), "万元")]
    assert set(stated(service, YEAR, total, Measure.RATE, **scope)) == {(Decimal("8.11"), "%")}
    assert stated(service, YEAR, "契税", Measure.RATE, code="10119") == [(Decimal(-20), "%")]


def test_levels_and_adjustments_are_told_apart(service: Service) -> None:
    own = {"component": "本级", "flow": "收入"}
    assert stated(service, YEAR, "本年收入合计", Measure.AMOUNT, basis=Basis.INITIAL, **own) == [
        (Decimal(15000), "万元")
    ]
    assert stated(service, YEAR, "本年收入合计", Measure.AMOUNT, basis=Basis.ADJUSTED, **own) == [
        (Decimal(17500), "万元")
    ]
    assert stated(service, YEAR, "本年收入合计", Measure.CHANGE, basis=Basis.ADJUSTED, **own) == [
        (Decimal(2500), "万元")
    ]
    assert stated(service, YEAR, "本年支出合计", Measure.AMOUNT, component="本级") == [(Decimal(72000), "万元")]


def test_funds_years_and_debt(service: Service) -> None:
    fund = stated(service, YEAR, "本年收入合计", Measure.AMOUNT, funding="政府性基金")
    assert fund == [(Decimal(7000), "万元")]
    assert stated(service, YEAR, "本年收入合计", Measure.AMOUNT, year=2025, basis=Basis.BUDGET) == [
        (Decimal(21000), "万元")
    ]
    assert stated(service, YEAR, "政府债务余额", Measure.AMOUNT) == [(Decimal(81000), "万元")]
    assert stated(service, YEAR, "上解支出", Measure.AMOUNT, code="23006") == [(Decimal(2500), "万元")]


def test_last_years_half_and_the_plan_are_amounts_of_their_own(service: Service) -> None:
    total = "本年收入合计"
    assert stated(service, HALF, total, Measure.AMOUNT, year=2023, basis=Basis.HALF) == [(Decimal(9000), "万元")]
    assert stated(service, HALF, total, Measure.AMOUNT, basis=Basis.INITIAL) == [(Decimal(19230), "万元")]
    assert stated(service, HALF, total, Measure.COMPLETION, basis=Basis.HALF) == [(Decimal("49.4"), "%")]


def test_tables_of_revenue_have_plan_result_and_completion(service: Service) -> None:
    def tax(measure: Measure, **scope: object) -> list[tuple[Decimal, str]]:
        return stated(service, TABLES, "税收收入", measure, flow="收入", code="101", **scope)

    assert tax(Measure.AMOUNT, basis=Basis.INITIAL) == [(Decimal(12500), "万元")]
    assert tax(Measure.AMOUNT, basis=Basis.ADJUSTED) == [(Decimal(12200), "万元")]
    assert tax(Measure.AMOUNT, basis=Basis.FINAL) == [(Decimal(12000), "万元")]
    assert tax(Measure.COMPLETION) == [(Decimal("98.36"), "%")]
    done = stated(service, TABLES, "卫生健康支出", Measure.COMPLETION, whole="全年预算")
    assert done == [(Decimal("88.41"), "%")]


def test_tables_of_transfers_funds_and_debt(service: Service) -> None:
    general = stated(service, TABLES, "一般性转移支付收入", Measure.AMOUNT, code="11002", flow="收入")
    assert general == [(Decimal(56000), "万元")]
    land = stated(service, TABLES, "国有土地使用权出让收入", Measure.AMOUNT, basis=Basis.FINAL)
    assert land == [(Decimal(6300), "万元")]
    assert stated(service, TABLES, "一般债务余额", Measure.AMOUNT, year=2023) == [(Decimal(54000), "万元")]
    assert stated(service, TABLES, "一般债务余额", Measure.AMOUNT, year=2022) == [(Decimal(50000), "万元")]
    assert stated(service, TABLES, "一般债务限额", Measure.AMOUNT, year=2023) == [(Decimal(56000), "万元")]


def test_a_paper_that_contradicts_nothing_is_not_accused(service: Service) -> None:
    assert [finding.message for finding in service.book.findings()] == []


NUMBERS = [
    ("白岭县2024年税收收入多少", None, "12000", "万元"),
    ("非税收入占一般公共预算收入的比重", YEAR, "40.00", "%"),
    ("税收占比多少", YEAR, "60.00", "%"),
    ("罚没收入多少", YEAR, "2500", "万元"),
    ("契税下降了多少", YEAR, "20", "%"),
    ("土地出让收入是多少", YEAR, "6300", "万元"),
    ("县本级一般公共预算收入调增了多少", YEAR, "2500", "万元"),
    ("县本级支出占全县支出的比重", YEAR, "80.00", "%"),
    ("一般性转移支付收入多少", YEAR, "56000", "万元"),
    ("上解支出多少", YEAR, "2500", "万元"),
    ("政府债务余额多少", YEAR, "81000", "万元"),
    ("2025年一般公共预算收入安排多少", YEAR, "21000", "万元"),
    ("一般公共预算支出完成调整预算的百分之几", YEAR, "97.5", "%"),
    ("上半年一般公共预算收入完成多少", HALF, "9500", "万元"),
    ("白岭县2024年1-6月税收收入", None, "6100", "万元"),
    ("上半年非税收入比去年同期多多少", HALF, "700", "万元"),
    ("溪口镇2023年河堤加固专项花了多少", None, "245.5", "万元"),
    ("财政总收入减去总支出还剩多少", TOWN, "200", "万元"),
    ("How much tax revenue did Bailing County collect in 2024?", None, "12000", "万元"),
    ("What was the deed tax?", YEAR, "1600", "万元"),
    ("白岭县2025年1-5月税收收入多少", None, "5100", "万元"),
    ("一般公共预算收入占年初预算的百分之几", MONTHS, "37.1", "%"),
    ("白岭县2023年契税决算数", None, "4600", "万元"),
    ("2023年教育支出完成调整预算的百分之几", TABLES, "99.01", "%"),
    ("税收收入年初预算多少", TABLES, "12500", "万元"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "document", "value", "unit"), NUMBERS)
def test_numbers(service: Service, question: str, document: str | None, value: str, unit: str) -> None:
    answer = ask(service, question, document)
    assert answer["status"] == "answered", answer["answer"]
    assert answer["result"] is not None, answer["answer"]
    result = answer["result"]
    assert (abs(Decimal(result["value"])), result["unit"]) == (Decimal(value), unit), answer["answer"]


TOLD = [
    ("收得最多的是哪个税", YEAR, ("增值税", "5000")),
    ("哪些税下降了", YEAR, ("增值税", "契税")),
    ("哪个税增长最快", YEAR, ("企业所得税", "12")),
    ("哪项支出进度最慢", YEAR, ("卫生健康", "88.4")),
    ("收入总计由哪些构成", YEAR, ("20000", "56000", "6200", "3000")),
    ("支出里超过1亿元的有哪几项", YEAR, ("教育", "农林水")),
    ("税收为什么下降", YEAR, ("房地产",)),
    ("哪项支出最大", TOWN, ("行政运行", "880")),
    ("哪项支出完成率最低", TABLES, ("卫生健康", "88.41")),
    ("收得最多的税是哪个", TABLES, ("增值税", "7400")),
]  # fmt: skip


@pytest.mark.parametrize(("question", "document", "words"), TOLD)
def test_told(service: Service, question: str, document: str, words: tuple[str, ...]) -> None:
    answer = ask(service, question, document)
    assert answer["status"] == "answered", answer["answer"]
    for word in words:
        assert word in answer["answer"], answer["answer"]


def test_half_a_year_is_called_so(service: Service) -> None:
    answer = ask(service, "2024年上半年税收收入多少", HALF)
    assert "上半年" in answer["answer"]
    assert "6100" in answer["answer"]


def test_some_months_are_not_told_as_a_year(service: Service) -> None:
    assert "年内执行数" in ask(service, "非税收入多少", MONTHS)["answer"]
    assert ask(service, "2025年上半年非税收入多少", MONTHS)["status"] == "not_disclosed"


def test_the_revenue_asked_after_the_year_is_not_the_halfs(service: Service) -> None:
    answer = ask(service, "白岭县2024年一般公共预算收入完成多少")
    assert "20000" in answer["answer"]


def test_a_tax_that_the_paper_does_not_name_is_refused(service: Service) -> None:
    assert ask(service, "车船税收了多少", YEAR)["status"] == "not_disclosed"


def test_percentages_told_one_after_the_other_belong_to_the_amounts_before() -> None:
    text = (
        "关于白岭市溪川区2021年预算执行情况和2022年预算草案的报告\n一、2021年预算执行情况\n"
        "一般公共预算收入完成8000万元,增长6%。其中:税收收入完成5000万元、非税收入完成3000万元,分别占收入总量的62.50%、37.50%。\n"
    )
    record = ingest_bytes("关于白岭市溪川区2021年预算执行情况和2022年预算草案的报告.txt", text.encode(), Settings())
    shares = {f.account: str(f.amount) for f in record.figures if f.measure is Measure.SHARE}
    assert shares == {"税收收入": "62.50%", "非税收入": "37.50%"}


def test_a_paper_about_our_city_is_of_the_city_whose_bureau_it_comes_from() -> None:
    text = (
        "关于我市2020年市本级财政决算草案的报告\n来源: 白岭市财政局\n受市人民政府委托,现将财政决算情况报告如下:\n"
        "一、决算情况\n2020年,全市一般公共预算收入137.70亿元。其中:税收收入87.70亿元,同比下降4.7%。\n"
    )
    record = ingest_bytes("关于我市2020年市本级财政决算草案的报告.txt", text.encode(), Settings())
    assert record.disclosure.issuer == "白岭市人民政府"
    assert {f.account for f in record.figures if f.measure is Measure.RATE} == {"税收收入"}


def test_an_amount_told_as_part_of_the_budget_was_taken_in_whatever_was_approved_before() -> None:
    text = (
        "关于白岭县2020年预算执行情况和2021年预算草案的报告\n按照批准的2020年预算草案,执行情况如下:2020年,"
        "全县一般公共预算收入8亿元,为预算的96.5%,比上年下降2.5%,剔除土地因素,增长4%;加上上级补助收入12亿元,收入总计20亿元。\n"
    )
    record = ingest_bytes("关于白岭县2020年预算执行情况和2021年预算草案的报告.txt", text.encode(), Settings())
    own = [f for f in record.figures if f.account == "本年收入合计"]
    assert {(f.measure, f.basis, str(f.amount)) for f in own} == {
        (Measure.AMOUNT, Basis.EXECUTED, "8亿元"),
        (Measure.COMPLETION, Basis.EXECUTED, "96.5%"),
        (Measure.RATE, Basis.EXECUTED, "-2.5%"),  # the growth without something is another
    }


def test_a_title_with_a_remark_on_three_public_expenses_is_a_governments_still() -> None:
    title = "白岭市溪川区人民政府关于2024年决算(草案)的报告(含“三公”经费决算汇总情况)"
    text = (
        f"{title}\n一、决算情况\n以下数字与溪川区第九届人民代表大会第六次会议审议的执行数一致。\n"
        "2024年区金库一般公共预算收入2900万元,下降6.80%。加上级补助收入后,收入总量为9200万元。\n"
    )
    record = ingest_bytes(f"{title}.txt", text.encode(), Settings())
    assert record.disclosure.issuer == "白岭市溪川区人民政府"
    amounts = {f.account: str(f.amount) for f in record.figures if f.measure is Measure.AMOUNT}
    assert amounts == {"本年收入合计": "2,900万元", "收入总计": "9,200万元"}
