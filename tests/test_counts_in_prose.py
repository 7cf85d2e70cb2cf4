"""What sentences count: delegations, guests, cars, posts, people, offices. Sentences of our own, numbers made up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_narrative import BUDGET, FINAL, one, read

from corpus.figure import Figure, Measure, Scheme
from rag.fitting import of_another_year

TOWN = replace(BUDGET, issuer="")


def counted(figures: list[Figure]) -> list[tuple[str, str]]:
    """Account and count of everything counted, in order."""
    return [(f.account, str(f.amount)) for f in figures if f.measure is Measure.COUNT]


def test_visits_are_counted_without_a_heading_that_says_so() -> None:
    figures = read(
        "某市2023年决算汇总情况",
        "2023年全市因公出国(境)3个团组11人次;公务用车购置4辆,公务用车保有量215辆;"
        "国内公务接待8,640批次,国内公务接待71,305人次,无国(境)外公务接待情况。",
        disclosure=FINAL,
    )
    assert counted(figures) == [
        ("因公出国（境）团组数", "3个团组"), ("因公出国（境）人次数", "11人次"), ("公务用车购置数", "4辆"),
        ("公务用车保有量", "215辆"), ("国内公务接待批次", "8,640批次"), ("国内公务接待人次", "71,305人次"),
    ]  # fmt: skip


def test_visits_counted_in_pieces_and_people_after_them() -> None:
    figures = read(
        "决算公开",
        "因公出国(境)团组2个,人数5人;国内公务接待批次416个,接待人次3050人;国(境)外公务接待批次7个,接待人次38人。",
        disclosure=FINAL,
    )
    assert counted(figures) == [
        ("因公出国（境）团组数", "2个"), ("因公出国（境）人次数", "5人"), ("国内公务接待批次", "416个"),
        ("国内公务接待人次", "3,050人"), ("国（境）外公务接待批次", "7个"), ("国（境）外公务接待人次", "38人"),
    ]  # fmt: skip


def test_delegations_counted_as_times() -> None:
    figures = read("1.因公出国(境)费", "2023年某局因公出国(境)团组0次,累计出国(境)0人次。", disclosure=FINAL)
    assert counted(figures) == [("因公出国（境）团组数", "0次"), ("因公出国（境）人次数", "0人次")]


def test_visits_in_a_list_of_what_was_spent() -> None:
    figures = read(
        "三、支出决算情况说明",
        "国内公务接待23批次,194人次(不含陪同人员),共计支出3.6万元。",
        disclosure=FINAL,
    )
    assert counted(figures) == [("国内公务接待批次", "23批次"), ("国内公务接待人次", "194人次")]
    assert str(one(figures, "国内公务接待费").amount) == "3.6万元"


def test_kinds_of_cars_are_no_rivals_of_all_cars() -> None:
    figures = read(
        "三、公务用车购置及运行维护费",
        "截至2023年12月底,单位共有公务用车11辆,其中:一般公务用车7辆,特种作业车(清扫车)3辆,其他用车1辆。",
        disclosure=FINAL,
    )
    assert counted(figures) == [
        ("公务用车保有量", "11辆"), ("一般公务用车", "7辆"), ("特种作业车", "3辆"), ("其他用车", "1辆"),
    ]  # fmt: skip


def test_posts_that_follow_one_another_keep_their_numbers() -> None:
    figures = read("人员情况", "核定行政编制14个,行政工勤编制2个,事业编制9个,编制合计25个。")
    assert counted(figures) == [("行政编制", "14个"), ("工勤编制", "2个"), ("事业编制", "9个"), ("编制人数", "25个")]


def test_posts_of_administration_and_institutions_together() -> None:
    figures = read(
        "人员构成情况",
        "行政及事业单位编制61名,其中,机关行政编制22名,参公编制4名,全额事业单位编制35名,机关后勤服务人员控制数2名。",
    )
    assert counted(figures) == [
        ("编制人数", "61名"), ("行政编制", "22名"), ("参公编制", "4名"), ("事业编制", "35名"), ("聘用人员控制数", "2名"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在编在职人员21人,其中行政15人,事业6人。", [("在职人员", "21人"), ("行政人员", "15人"), ("事业人员", "6人")]),
        (
            "财政供养人数30人,其中行政在职13人,事业在职16人,离退休人员1人。",
            [("财政供养人员", "30人"), ("行政在职人员", "13人"), ("事业在职人员", "16人"), ("离退休人员", "1人")],
        ),
        (
            "行政编制120人,实有人数111人;事业编制40人,实有人数37人。",
            [("行政编制", "120人"), ("行政编制实有人员", "111人"), ("事业编制", "40人"), ("事业编制实有人员", "37人")],
        ),
        ("行政编制20人,实有人数18人。", [("行政编制", "20人"), ("实有人员", "18人")]),
        ("在岗职工56人,退休职工12人,遗属3人。", [("在职人员", "56人"), ("退休人员", "12人"), ("遗属人员", "3人")]),
        ("纳入部门预算编制97人。", []),
    ],
)
def test_staff_by_kind(text: str, expected: list[tuple[str, str]]) -> None:
    assert counted(read("人员构成情况", text)) == expected


def test_units_by_kind() -> None:
    figures = read(
        "机构设置情况",
        "共有直属单位9个。其中行政单位1个,参照公务员管理事业单位2个,事业单位6个。内设业务股、人事股等5个委室。",
    )
    assert counted(figures) == [
        ("直属单位", "9个"), ("行政单位", "1个"), ("参公单位", "2个"), ("事业单位", "6个"), ("内设机构", "5个"),
    ]  # fmt: skip


def test_inhabitants_and_beds() -> None:
    figures = read("单位概况", "辖行政村8个,村民小组64个,社区2个,全镇总人口15,210人。开放床位120张。", disclosure=TOWN)
    assert counted(figures) == [
        ("行政村", "8个"), ("村民小组", "64个"), ("社区", "2个"), ("总人口", "15,210人"), ("开放床位", "120张"),
    ]  # fmt: skip
    assert {f.scheme for f in figures} == {Scheme.OTHER}


def test_inhabitants_told_in_other_words_are_left_to_the_sentence() -> None:
    assert counted(read("单位概况", "已脱贫人口310人,培训学生45人,在校学生800人,其中住校生300人。")) == []


def test_people_counted_without_a_unit() -> None:
    figures = read(
        "机构设置及人员情况",
        "编制人数38,其中:行政编制人数12、全部补助事业编制人数15、差额补助事业编制人数4、自收自支编制人数7人。"
        "实有人数36,其中:行政在职人数12、全部补助事业在职人数24;退休人数9。",
    )
    assert counted(figures) == [
        ("编制人数", "38人"), ("行政编制", "12人"), ("事业编制", "15人"), ("差额补助事业编制", "4人"), ("自收自支编制", "7人"),
        ("实有人员", "36人"), ("行政在职人员", "12人"), ("事业在职人员", "24人"), ("退休人员", "9人"),
    ]  # fmt: skip


def test_posts_of_the_back_office_are_their_own() -> None:
    figures = read("单位构成", "核定事业编制90名,后勤服务事业编制3名,财政供给人员80人,聘用人员6人。")
    assert counted(figures) == [
        ("事业编制", "90名"), ("后勤事业编制", "3名"), ("财政供养人员", "80人"), ("聘用人员", "6人"),
    ]  # fmt: skip


def test_a_clause_of_another_year_is_no_answer() -> None:
    assert of_another_year("2021年办结样本313件", (2020,))
    assert not of_another_year("2021年办结样本313件,比2020年多", (2020,))
    assert not of_another_year("办结样本313件", (2020,))
    assert not of_another_year("2021年办结样本313件", ())


def test_parts_of_the_journeys_just_counted_are_not_all_of_them() -> None:
    figures = read(
        "三公经费",
        "全年安排因公出国(境)团组9个、41人次,其中:培训团组2个、15人次。国内公务接待8批次、50人次,其中接待外省来访3批次、20人次。",
        disclosure=FINAL,
    )
    assert counted(figures) == [
        ("因公出国（境）团组数", "9个"), ("因公出国（境）人次数", "41人次"), ("国内公务接待批次", "8批次"), ("国内公务接待人次", "50人次"),
    ]  # fmt: skip


def test_teachers_and_agency_staff_by_their_kinds() -> None:
    figures = read("单位构成", "在职教师70人,备案教师8人,代课教师5人;另有,临聘人员6人,派遣工3人。")
    assert counted(figures) == [
        ("在职教师", "70人"), ("备案教师", "8人"), ("代课教师", "5人"), ("聘用人员", "6人"), ("劳务派遣人员", "3人"),
    ]  # fmt: skip


def test_people_under_the_title_of_a_whole_paper() -> None:
    title = "某局关于2023年度部门决算及“三公”经费公开情况说明"
    figures = read(
        (title, "一、主要职能"), "承担审批工作。年初编制人数30人,年底实有财政供养人数41人。", disclosure=FINAL
    )
    assert counted(figures) == [("编制人数", "30人"), ("财政供养人员", "41人")]
