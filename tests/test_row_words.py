"""What the rows of a table say of their amounts: units in their names, reasons beside them. Hospital and numbers made up."""

from statement_fixture import disclosure, read

from corpus.figure import Figure, Measure, Scheme
from corpus.money import Absence
from corpus.record import Record
from ingest.checking.identities import three_public_sums
from ingest.checking.outcome import Verdict
from ingest.tables.row_words import flows_of, row_units, unit_of, without_unit

WORK = (
    "2023年度某县中医院工作量预算审批表\n"
    "指标名称\t2023年度预算数\t预算增加\t预算增长%\n"
    "一、效率指标\t\t\t\n"
    "1、门诊人次(人次)\t20400\t400\t2%\n"
    "2、开放床位(张)\t260\t10\t4%\n"
    "3、床位使用率%\t91.00%\t0.02\t2%\n"
    "4、门诊人均费用 (元)\t204\t4\t2%\n"
)
MONEY = (
    "2023年度某县中医院收支预算审批表\n"
    "指标名称\t2023年度预算数\t预算增加\t预算增长%\n"
    "一、医院总收入(万元)\t5100\t100\t2%\n"
    "1、医疗收入(万元)\t5000\t100\t2%\n"
    "——门诊收入\t3000\t60\t2%\n"
    "——结算差额\t-20\t-5\t-33%\n"
    "二、医院总支出(万元)\t5050\t50\t1%\n"
    "1、医疗支出(万元)\t5050\t50\t1%\n"
    "——药品费\t2040\t40\t2%\n"
)


def told(text: str) -> list[tuple[str, str, str, str]]:
    """Account, flow, measure and amount of every figure, in order."""
    figures: list[Figure] = read(text)[2]
    return [(f.account, f.flow, f.measure.value, str(f.amount or f.absence)) for f in figures]


def test_units_in_names_make_counts_and_amounts() -> None:
    assert told(WORK) == [
        ("门诊人次", "", "数量", "20,400人次"), ("门诊人次", "", "增减额", "400人次"), ("门诊人次", "", "增减率", "2%"),
        ("开放床位", "", "数量", "260张"), ("开放床位", "", "增减额", "10张"), ("开放床位", "", "增减率", "4%"),
        ("床位使用率", "", "金额", "91.00%"), ("床位使用率", "", "增减额", Absence.UNREADABLE.value),
        ("床位使用率", "", "增减率", "2%"),
        ("门诊人均费用", "支出", "金额", "204元"), ("门诊人均费用", "支出", "增减额", "4元"),
        ("门诊人均费用", "支出", "增减率", "2%"),
    ]  # fmt: skip


def test_what_hangs_on_a_row_has_its_unit_and_its_flow() -> None:
    found = [(account, flow, amount) for account, flow, measure, amount in told(MONEY) if measure == "金额"]
    assert found == [
        ("医院总收入", "收入", "5,100万元"), ("医疗收入", "收入", "5,000万元"), ("门诊收入", "收入", "3,000万元"),
        ("结算差额", "收入", "-20万元"), ("医院总支出", "支出", "5,050万元"), ("医疗支出", "支出", "5,050万元"),
        ("药品费", "支出", "2,040万元"),
    ]  # fmt: skip
    changes = [amount for _, _, measure, amount in told(MONEY) if measure == "增减额"]
    assert changes == ["100万元", "100万元", "60万元", "-5万元", "50万元", "50万元", "40万元"]


def test_amounts_of_numbered_rows_are_no_class_codes() -> None:
    """204 beside 4 reads like the class 公共安全支出 with its 款."""
    assert {table.kind for table in read(WORK)[1]} == {"generic"}


def test_a_count_hands_nothing_down() -> None:
    assert row_units([(1, "1、职工(人)"), (2, "——工资"), (3, "2、支出(万元)"), (4, "——药品"), (5, "3、其他")]) == {
        1: "人", 3: "万元", 4: "万元",
    }  # fmt: skip
    assert (unit_of("开放床位（张）"), unit_of("维修(护)费"), without_unit("床位使用率%")) == ("张", "", "床位使用率")
    assert flows_of([(1, "一、收入"), (2, "——差额"), (3, "职工(人)"), (4, "办公费")]) == {
        1: "收入", 2: "收入", 3: "", 4: "支出",
    }  # fmt: skip


THREE = (
    "某县2024年“三公”经费预算\n单位:万元\n"
    "项目\t2023年预算数\t2024年预算数\t增减额\t增减原因\n"
    "合计\t50.00\t45.00\t-5.00\t\n"
    "1、因公出国(境)费\t0\t0\t0\t没有出访任务。\n"
    "2、公务接待费\t20.00\t15.00\t-5.00\t接待 批次减少。\n"
    "3、公务用车费\t30.00\t30.00\t0\t\n"
    "其中:(1)公务用车运转维护费\t30.00\t30.00\t0\t\n"
)


def test_reasons_beside_the_amounts_are_those_of_the_change() -> None:
    figures = read(THREE)[2]
    reasons = {(f.account, f.year, f.measure): f.reason for f in figures}
    assert reasons["公务接待费", 2024, Measure.CHANGE] == "接待批次减少"
    assert reasons["因公出国（境）费", 2024, Measure.CHANGE] == "没有出访任务"
    assert {reason for (_, _, measure), reason in reasons.items() if measure is Measure.AMOUNT} == {""}
    assert reasons["三公经费", 2024, Measure.CHANGE] == ""


def test_last_years_column_is_last_years() -> None:
    figures = [f for f in read(THREE)[2] if f.account == "公务用车运行维护费" and f.scheme is Scheme.THREE_PUBLIC]
    assert [(f.year, f.measure, str(f.amount)) for f in figures] == [
        (2023, Measure.AMOUNT, "30.00万元"), (2024, Measure.AMOUNT, "30.00万元"), (2024, Measure.CHANGE, "0万元"),
    ]  # fmt: skip


BARE = (
    "2023年“三公”经费支出预算表\n项目\t预算数\n合计\t21.5\n因公出国(境)费\t0.00\n公务接待费\t6.50\n"
    "公务用车购置及运行费\t15.00\n二、2023年“三公”经费情况说明\n"
)


def test_sentences_prove_the_unit_of_a_table_that_prints_none() -> None:
    said = "2023年“三公”经费支出预算为21.5万元,其中公务接待费支出预算为6.5万元。"
    assert [table.unit for table in read(BARE + said)[1]] == ["万元"]


def test_one_amount_in_a_sentence_proves_nothing() -> None:
    assert [table.unit for table in read(BARE + "2023年公务接待费支出预算为6.5万元。")[1]] == [None]


def test_counts_behind_the_three_are_counts_below_a_heading_in_money() -> None:
    text = (
        "2024年“三公”经费支出预算表\n项目\t2024年支出(万元)\n因公出国(境)费\t0\n公务接待费\t6.50\n"
        "公务用车购置及运行费\t15.00\n公务用车保有量\t42\n国内公务接待批次\t17\n"
    )
    found = {f.account: str(f.amount) for f in read(text)[2]}
    assert (found["公务接待费"], found["公务用车保有量"], found["国内公务接待批次"]) == ("6.50万元", "42辆", "17批次")


def test_rows_of_staff_count_people() -> None:
    text = "人员情况表\n单位:人\n项目\t合计\t行政单位\n编制数\t34\t30\n在职人数\t32\t28\n退休人数\t9\t9\n"
    found = [(f.account, f.component, str(f.amount)) for f in read(text)[2] if f.measure is Measure.COUNT]
    assert found[:3] == [("编制人数", "合计", "34人"), ("编制人数", "行政单位", "30人"), ("在职人员", "合计", "32人")]


def test_a_total_whose_parts_are_left_blank_is_no_contradiction() -> None:
    text = (
        "2024年“三公”经费支出预算表\n单位:万元\n项目\t预算数\n合计\t21.50\n因公出国(境)费\t\n公务接待费\t6.50\n"
        "公务用车购置及运行费\t15.00\n其中:公务用车购置费\t\n公务用车运行费\t\n"
    )
    record = Record(disclosure(), (), (), (), figures=tuple(read(text)[2]))
    assert [o.verdict for o in three_public_sums(record)] == [Verdict.HOLDS]
