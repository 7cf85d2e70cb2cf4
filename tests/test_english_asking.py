"""English ways of asking put into plainer ones: gaps and sums, text and table, bodies without, falls in percent. Worked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from little_book import CENTRE, PARTY, ask, little_book

from corpus.settings import load_settings
from corpus.vocabulary import vocabulary
from rag.assistant import Assistant
from rag.english import to_chinese
from rag.english_names import by_sound
from rag.english_words import EVERYDAY, SMALL
from rag.naming import Unit, regions_of
from rag.residue import foreign_word_before, foreign_word_behind


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = Path(tmp_path_factory.mktemp("book"))
    book = little_book(folder)
    yield Assistant(book, load_settings(store=folder))
    book.close()


def unit(name: str) -> Unit:
    return Unit(name, name, regions_of(name), ())


UNITS = [
    unit("云川县人民政府办公室"),
    unit("云川县海昌镇社区卫生服务中心"),
    unit("秋水县中西医结合医院"),
    unit("秋水市委宣传部"),
]


def chinese(question: str) -> str:
    return "".join(to_chinese(question, UNITS).replace("·", "").split())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("By what percentage did receptions shrink?", "公务接待费减少百分之几?"),
        ("In 2019, by what per cent were union funds cut?", "2019年,工会经费减少百分之几?"),
        ("By how many percent did water costs grow?", "水费增长百分之几?"),
        ("Meetings: gap between the initial budget and actual spending?", "会议费:年初预算数和决算数相差多少?"),
        ("Combined travel expenses of the Yunchuan school and the Qiushui school?", "差旅费云川学校和秋水学校加起来多少?"),
        ("Do the text and the tables agree on heating?", "取暖费说明里和表里的数字一致吗?"),
        ("Is the printing cost the same in the narrative and the table?", "印刷费说明里和表里的数字一致吗?"),
        ("Which of the 2019 units spends nothing on training?", "2019哪些单位没有培训费?"),
        ("Which departments are without official cars?", "哪些单位没有公务用车购置及运行费?"),
        ("Which institutions are included in the department budget? Please list them.", "部门预算包括哪些单位?"),
        ("What is the average running cost per car?", "what平均每辆公务用车运行维护费多少?"),
        ("How many pupils are there per teacher?", "平均每个教师多少学生?"),
        ("How many projects have performance targets and how much money do they involve?", "绩效目标项目多少个,涉及多少金额?"),
        ("Which special funds are listed and how much is each?", "有哪些专项,各多少钱?"),
        ("How is basic expenditure defined?", "什么是基本支出?"),
        ("How much basic expenditure is budgeted for public security?", "公共安全支出的基本支出多少?"),
        ("What percentage of the budget has been used?", "总支出完成预算的百分之几?"),
        ("On what basis was the project set up?", "项目立项依据是什么?"),
        ("By how much do reception and training differ?", "公务接待费和培训费相差多少?"),
        ("What are the performance indicators?", "绩效指标有哪些?"),
        ("How much less was spent on meetings than budgeted?", "会议费决算比预算少了多少?"),
        ("Why was other income so different from the year before?", "为什么其他收入变化上年?"),
        ("Why did receptions come in below budget?", "为什么公务接待费低于预算?"),
        ("Why is there no 2019 budget to compare with?", "为什么没有2019收支总计?"),
        ("How many groups of journalists were received?", "接待记者多少批次?"),
        ("How many delegations was that?", "因公出国多少个团组?"),
        ("What year was the school founded?", "学校是哪一年成立的?"),
        ("total expenditure in 2019 minus total revenue", "2019支出合计减收入合计等于多少"),
        ("land sales in 100 million yuan", "国有土地使用权出让收入用亿元"),
        ("Yunchuan County Government General Office agency operating budget", "云川县人民政府办公室机关运行经费"),
        ("Haichang Town community health service center headcount", "海昌镇社区卫生服务中心在职人员"),
        ("Qiushui hospital of integrated Chinese and Western medicine", "秋水中西医结合医院"),
        ("Qiushui municipal Party committee publicity department", "秋水市委宣传部"),
        ("annuity contributions and health insurance premiums", "职业年金和职工基本医疗保险缴费"),
        ("other urban relief", "其他城市生活救助"),
        ("receiving foreign guests", "外事接待费"),
        ("Haichang: by how much did water costs drop in 2019?", "海昌镇:水费减少多少2019?"),
        ("How much less other income is expected than the year before?", "其他收入比上年减少多少?"),
        ("Water: gap between budget and actual spending?", "水费:预算数和决算数相差多少?"),
        ("How many of the posts are institutional posts?", "其中事业编制多少?"),
        ("How many people work there outside the payroll?", "编外人员多少?"),
        ("Which institution is under it?", "下属单位有哪些?"),
        ("Name its internal sections.", "内设科室有哪些"),
        ("What are travel costs meant to cover?", "差旅费主要用于什么?"),
        ("How much does the school set aside for projects?", "多少学校项目支出?"),
        ("How many law-enforcement vehicles does the bureau intend to purchase?", "局购置执法执勤用车多少辆?"),
        ("Does the school own any cars, and if so how many?", "学校有多少辆公务用车?"),
        ("How many beds are currently in use at the hospital?", "医院实际开放床位多少?"),
        ("How many internal divisions does the office itself have?", "办公室有多少个内设机构?"),
        ("railway court", "铁路运输法院"),
        ("How many temporary staff does the school employ?", "学校有多少临聘人员?"),
        ("How many teachers hold intermediate titles?", "中级职称多少人?"),
        ("Which bureau does the school belong to?", "学校归哪个部门管?"),
        ("How much of its expenditure is personnel spending?", "本年支出合计中的人员经费多少?"),
        ("Is there any money from the special fiscal account?", "有没有财政专户?"),
        ("How much was spent on contracted-out services?", "花了多少委托业务费?"),
        ("official overseas (border) trips", "因公出国（境）费"),
        ("buying and running official vehicles", "公务用车购置及运行费"),
        ("subsidies to households", "对个人和家庭的补助"),
    ],
)  # fmt: skip
def test_asked_as_chinese_asks(question: str, expected: str) -> None:
    assert chinese(question) == expected


def test_ordinary_words_narrow_nothing_and_content_words_do() -> None:
    assert foreign_word_behind("房屋 · occupied", 2) == ""
    assert foreign_word_before("substantial 差旅费", 12) == ""
    assert foreign_word_behind("工资福利支出 · · 中心 director", 6) == "director"
    assert foreign_word_behind("维修（护）费 · pipes", 6) == "pipes"
    assert foreign_word_behind("工资福利支出 contribution · cooks", 6) == "cooks"
    assert foreign_word_before("cooks annual 工资福利支出", 13) == "cooks"
    # words that would change what is asked for are none of them
    changing = {"monthly", "daily", "new", "previous", "half", "average", "net", "temporary", "foreign", "graduated"}
    assert not changing & (EVERYDAY | SMALL)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("guoyang", "涡阳"),
        ("woyang", "涡阳"),
        ("jindu", "进都"),
        ("luan", "六安"),
        ("leting", "乐亭"),
        ("laoting", "乐亭"),
    ],
)
def test_places_are_known_by_both_readings_of_a_character(said: str, name: str) -> None:
    assert by_sound([said], [f"{name}县人民医院"])[said] == name


def test_a_fall_asked_for_as_such_is_a_size(assistant: Assistant) -> None:
    fall = ask(assistant, "This year, by what percentage did the agency operating budget shrink?", CENTRE)
    assert (fall["result"]["value"], fall["result"]["unit"]) == ("1.40", "%")  # 8.54 of 608.54


def test_a_gap_and_a_sum_have_a_headline(assistant: Assistant) -> None:
    gap = ask(assistant, "Administrative operation: gap between the full-year budget and actual spending?", PARTY)
    assert gap["result"]["value"] in ("0.68", "-0.68")
    both = ask(
        assistant,
        "Combined agency operating budget of the Yunzhou service support centre and the Qinghe service centre in 2026?",
    )
    assert both["result"]["value"] == "645.86"


def test_the_salary_of_a_person_is_no_total(assistant: Assistant) -> None:
    assert ask(assistant, "What is the annual salary of the centre director?", CENTRE)["status"] == "not_disclosed"
    assert ask(assistant, "What are the salaries?", CENTRE)["result"]["value"] == "1700.00"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # what is done to a thing stands behind it
        ("maintenance of the information network systems", "信息网络系统维护"),
        ("upkeep of the school buildings this year", "校舍维护今年"),
        ("How much is budgeted to support the growth of foreign trade?", "多少预算扶持外贸发展?"),
        ("supporting the development and management of small and medium-sized enterprises", "扶持中小企业发展和管理"),
        ("operation of public service facilities", "公共服务设施运行"),
        ("maintenance of official vehicles", "公务用车运行维护费"),
                # the others of a class
        ("other data affairs", "其他数据事务支出"),
        ("other social work affairs in 2019", "其他社会工作事务支出2019"),
        ("other family planning affairs", "其他计划生育事务支出"),
        # a car is bought; what it is worth
        ("How much did it plan for buying a car?", "多少公务用车购置费?"),
        ("What is the value of the bureau's vehicle?", "车辆价值多少?"),
        ("How much is the office furniture worth?", "办公家具价值?"),
        # limits, targets, grades
        ("What is the minimum number of leaflets to be printed?", "多少告知单?"),
        ("What is the cost ceiling for the cloud desktop project?", "云桌面成本不超过多少?"),
        ("Satisfaction target for users of the cloud desktops?", "云桌面使用人员满意度目标?"),
        ("How many projects were rated good in the self-evaluation?", "多少绩效评级为良的项目?"),
        ("List the performance targets of the heating project.", "取暖费项目绩效指标有哪些"),
        # what was spent at all, and how far a budget went
        ("Does the office spend anything on projects in 2019?", "有没有项目支出2019?"),
        ("What did the propaganda department actually spend in 2019?", "宣传部一共支出多少2019?"),
        ("What percentage of the full-year budget was executed for heating?", "取暖费完成全年预算的百分之几?"),
        ("What about its share of total revenue?", "占收入合计的百分之几?"),
        ("What is the share of meetings in total expenditure?", "what会议费占支出合计的百分之几?"),
        ("How much higher was training in the 2020 final accounts than in the 2019 budget?", "2020年决算培训费比2019年预算多多少?"),
        # offices, land, cadres
        ("Which sections does the hospital have?", "医院内设机构有哪些?"),
        ("How many internal sections does the office have?", "办公室有多少个内设机构?"),
        ("Which section drafts the Government Work Report?", "哪个科起草政府工作报告?"),
        ("Which office reviews normative documents?", "哪个科审核规范性文件?"),
        ("Which section is in charge of paired assistance?", "哪个科负责对口支援?"),
        ("How many mu of land does the campus cover?", "校园占地多少亩?"),
        ("cadres sent to help Tibet", "援藏干部"),
        ("What is the heating project for?", "取暖费项目主要用于什么?"),
    ],
)  # fmt: skip
def test_things_and_what_is_done_to_them(question: str, expected: str) -> None:
    assert chinese(question) == expected


def test_every_term_of_the_glossary_is_explained_in_english() -> None:
    words = vocabulary()
    assert set(words.glossary) == set(words.glossary_en)


def test_a_term_is_explained_in_english(assistant: Assistant) -> None:
    said = ask(assistant, "What does 'commissioned business fee' mean?", CENTRE)
    assert said["status"] == "answered"
    assert "outside bodies" in said["answer"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How much larger is the welfare fee than the union fee?", "福利费比工会经费多多少?"),
        ("How much lower was water than heating?", "水费比取暖费少多少?"),
        ("How many percent of total expenditure is training?", "培训费占支出合计的百分之几?"),
        ("How satisfied should the beneficiaries of subsidies be?", "补贴对象满意度目标多少?"),
        ("Who organises exchanges with sister cities?", "哪个科组织交往友好城市?"),
        ("How many new staff were added?", "增加了几名在职人员?"),
        ("How much was the standardisation project awarded for?", "标准化项目成交金额多少?"),
    ],
)
def test_comparisons_duties_and_prices_are_asked_as_chinese_asks(question: str, expected: str) -> None:
    assert chinese(question) == expected
