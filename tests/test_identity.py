"""Who published it, for which fiscal year: documents of many kinds, and the fifteen real ones under any file name."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.disclosure import Disclosure
from ingest.layout.identity import identify
from ingest.layout.issuers import as_issuer, clean_issuer
from ingest.layout.layout import lay_out
from ingest.layout.regions import region_of
from ingest.readers.text import read_text

SHARED = Path(__file__).resolve().parents[2] / "shared"


def identity(text: str, name: str = "1.txt") -> Disclosure:
    data = text.encode()
    pages = read_text(data)
    return identify(name, data, lay_out(pages), pages)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            "光山县文殊乡人民政府\n2025年部门预算公开\n2025年3月\n",
            "a.pdf", ("光山县文殊乡人民政府", "部门", 2025, "预算", "光山县"),
        ),
        (
            "附件1\n\n2023年度\n\n湖北省武汉市第一中学\n\n单位决算\n\n目录\n",
            "x.docx", ("湖北省武汉市第一中学", "单位", 2023, "决算", "湖北省武汉市"),
        ),
        (
            "2024年北京市海淀区人民法院部门决算公开说明\n\n一、部门基本情况\n",
            "2.html", ("北京市海淀区人民法院", "部门", 2024, "决算", "北京市海淀区"),
        ),
        (
            "杭州经济技术开发区管理委员会2022年部门预算\n",
            "3.html", ("杭州经济技术开发区管理委员会", "部门", 2022, "预算", "浙江省杭州市"),
        ),
        (
            "中共成都市委宣传部（本级）2025年单位预算编制说明\n",
            "4.docx", ("中共成都市委宣传部", "单位", 2025, "预算", "四川省成都市"),
        ),
        ("白岭县2024年“三公”经费预算情况说明\n", "a.txt", ("白岭县人民政府", "政府", 2024, "预算", "白岭县")),
        ("说明\n", "云州市中心校2021年部门预算.txt", ("云州市中心校", "部门", 2021, "预算", "云州市")),
        ("浙江省财政厅2026年部门预算\n", "5.pdf", ("浙江省财政厅", "部门", 2026, "预算", "浙江省")),
        (
            "二〇二四年度\n重庆市渝北区教育委员会\n部门决算情况说明\n二〇二五年九月\n",
            "6.pdf", ("重庆市渝北区教育委员会", "部门", 2024, "决算", "重庆市渝北区"),
        ),
        (
            "部门预算公开表\n\n部门：邯郸市残疾人联合会\n\n单位：万元\n\n项目\t预算数\n收入\t3.00\n",
            "邯郸市残疾人联合会2025年部门预算公开表.xlsx", ("邯郸市残疾人联合会", "部门", 2025, "预算", "河北省邯郸市"),
        ),
        (
            "2025年上海市某区单位预算\n\n主管部门：上海市普陀区教育局\n\n预算单位：上海市普陀区曹杨第二中学\n",
            "9.pdf", ("上海市普陀区曹杨第二中学", "单位", 2025, "预算", "上海市普陀区"),
        ),
        (
            "昆明市晋宁区昆阳街道办事处2025年预算公开\n",
            "11.docx", ("昆明市晋宁区昆阳街道办事处", "部门", 2025, "预算", "云南省昆明市晋宁区"),
        ),
        (
            "河北省石家庄市2025年政府预算公开\n\n2025年全市一般公共预算收入安排100亿元。\n",
            "石家庄市2025年政府预算.pdf", ("河北省石家庄市人民政府", "政府", 2025, "预算", "河北省石家庄市"),
        ),
    ],
)  # fmt: skip
def test_documents_of_many_kinds(text: str, name: str, expected: tuple[str, str, int, str, str]) -> None:
    found = identity(text, name)
    assert (found.issuer, found.level, found.year, found.basis, found.region) == expected


def test_a_web_page_with_a_menu() -> None:
    found = identity(
        "首页\n政务公开\n财政预决算\n当前位置：首页>财政预决算\n厦门市财政局2025年度部门预算\n"
        "来源：厦门市财政局 发布日期：2025-02-14 浏览次数：12\n\n第一部分 厦门市财政局概况\n",
        "article_123.html",
    )
    assert (found.issuer, found.year, found.level) == ("厦门市财政局", 2025, "部门")


def test_a_file_name_with_remarks() -> None:
    found = identity("收入和支出\n", "附件2：2025年部门预算公开-泉州市丰泽区教育局（定稿）(1).pdf")
    assert (found.issuer, found.year, found.region) == ("泉州市丰泽区教育局", 2025, "福建省泉州市丰泽区")


def test_the_date_of_publication_is_not_the_fiscal_year() -> None:
    found = identity("某市财政局2023年度部门决算\n\n2024年8月\n")
    assert (found.year, found.basis, found.title) == (2023, "决算", "某市财政局2023年度部门决算")


def test_two_digit_year_in_a_file_name() -> None:
    found = identity("收入和支出\n", "上海市普陀区商务委员会单位25年预算.pdf")
    assert (found.issuer, found.year, found.level) == ("上海市普陀区商务委员会", 2025, "单位")


def test_the_document_outvotes_a_wrong_file_name() -> None:
    found = identity("某市教育局2025年部门预算\n\n目录\n", "某市公安局2022年单位决算.txt")
    assert (found.issuer, found.year, found.level, found.basis) == ("某市教育局", 2025, "部门", "预算")


def test_number_in_a_running_head_is_no_year() -> None:
    assert identity("公开文件 2026\n某市教育局2023年度部门决算\n\n目录\n").year == 2023


def test_units_of_a_department_from_a_sentence() -> None:
    found = identity(
        "湖南省常德市鼎城区农业农村局2023年度部门决算\n\n第一部分 概况\n\n二、决算单位构成\n\n"
        "（一）内设机构设置。本单位内设科室8个。\n\n"
        "（二）单位构成。汇总公开单位构成包括：鼎城区农业农村局本级、鼎城区动物疫病预防控制中心、鼎城区农机服务所。\n"
    )
    assert found.units == ("鼎城区农业农村局", "鼎城区动物疫病预防控制中心", "鼎城区农机服务所")


def test_an_edition_says_so_on_its_first_page() -> None:
    assert identity(
        "2026年度\n某中心\n单位预算\n本件是明账（mingzhang）自行排印的版本：表格与金额照公布的原样。\n"
    ).edition
    assert not identity("2026年度\n某中心\n单位预算\n").edition


def test_names_that_are_none() -> None:
    assert as_issuer("2024年8月") == ""
    assert clean_issuer("收入预算总表") == ""
    assert clean_issuer("厦门市行政审批管理局部门") == "厦门市行政审批管理局"
    for name in ("福州市发展和改革局", "本溪市财政局", "财政部", "机关事务管理局", "泉州市12345政务服务便民热线中心"):
        assert clean_issuer(name) == name
    assert clean_issuer("某某部（本级）".replace("（", "(").replace("）", ")")) == "某某部"


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("厦门市湖里区教育局", "福建省厦门市湖里区"),
        ("厦门市市政园林局", "福建省厦门市"),
        ("厦门市城区管理局", "福建省厦门市"),
        ("湖南省常德市鼎城区农业农村局", "湖南省常德市鼎城区"),
        ("吉林省吉林市船营区人民法院", "吉林省吉林市船营区"),
        ("青海省海南藏族自治州共和县", "青海省海南藏族自治州共和县"),
        ("国家税务总局厦门市税务局", "福建省厦门市"),
        ("上海市浦东新区财政局", "上海市浦东新区"),
        ("西南大学", ""),
        ("中山大学", ""),
    ],
)
def test_regions(name: str, region: str) -> None:
    assert region_of(name) == region


TEXTS = {
    "厦门市政务": ("厦门市政务服务保障中心", "单位", 2026, "预算", "福建省厦门市"),
    "厦门市行政": ("厦门市行政审批管理局", "部门", 2024, "预算", "福建省厦门市"),
    "晋城市政务": ("晋城市政务服务中心", "单位", 2026, "预算", "山西省晋城市"),
    "泉州市12": ("泉州市12345政务服务便民热线中心", "单位", 2026, "预算", "福建省泉州市"),
    "阜康市数据": ("阜康市数据资源和政务服务中心", "单位", 2026, "预算", "阜康市"),
}
REAL = {
    "上海市普陀区人民政府万里街道办事处23年预算": (
        "上海市普陀区人民政府万里街道办事处",
        "部门",
        2023,
        "预算",
        "上海市普陀区",
    ),
    "上海市普陀区人民政府万里街道办事处24年预算": (
        "上海市普陀区人民政府万里街道办事处",
        "部门",
        2024,
        "预算",
        "上海市普陀区",
    ),
    "上海市普陀区人民政府办公室25年预算": ("上海市普陀区人民政府办公室", "部门", 2025, "预算", "上海市普陀区"),
    "上海市普陀区人民政府办公室单位25年预算": ("上海市普陀区人民政府办公室", "单位", 2025, "预算", "上海市普陀区"),
    "上海市普陀区商务委员会25年预算": ("上海市普陀区商务委员会", "部门", 2025, "预算", "上海市普陀区"),
    "上海市普陀区商务委员会单位25年预算": ("上海市普陀区商务委员会", "单位", 2025, "预算", "上海市普陀区"),
    "上海市普陀区财政局部门25年预算": ("上海市普陀区财政局", "部门", 2025, "预算", "上海市普陀区"),
    "中共上海市普陀区委社会工作部2024年度部门决算": (
        "中共上海市普陀区委社会工作部",
        "部门",
        2024,
        "决算",
        "上海市普陀区",
    ),
    "西南大学2021年度部门预算": ("西南大学", "部门", 2021, "预算", ""),
    "西南大学2023年度部门决算": ("西南大学", "部门", 2023, "决算", ""),
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared disclosures are not here")
@pytest.mark.parametrize("own_name", [True, False], ids=["own name", "1.txt"])
def test_the_five_texts(own_name: bool) -> None:
    for path in (SHARED / "disclosures").glob("*.txt"):
        if path.stem[:5] in TEXTS:
            found = identity(path.read_text(encoding="utf-8"), path.name if own_name else "1.txt")
            assert (found.issuer, found.level, found.year, found.basis, found.region) == TEXTS[path.stem[:5]]
    # the department lists its units in a table, its first unit being itself
    (path,) = (SHARED / "disclosures").glob("厦门市行政*.txt")
    assert len(identity(path.read_text(encoding="utf-8")).units) == 3


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared disclosures are not here")
@pytest.mark.parametrize("stem", REAL)
def test_the_real_pdfs_under_an_arbitrary_name(stem: str) -> None:
    from ingest.grids.joining import join
    from ingest.readers.pdf import read_geometry

    data = (SHARED / "real" / f"{stem}.pdf").read_bytes()
    pages = join(read_geometry(data))
    layout = lay_out(pages)
    for name in (f"{stem}.pdf", "1.pdf"):
        found = identify(name, data, layout, pages)
        assert (found.issuer, found.level, found.year, found.basis, found.region) == REAL[stem]
        assert found.format == "pdf"
        assert found.pages == len(pages)


@pytest.mark.parametrize(
    ("text", "name", "issuer", "basis"),
    [
        ("关于云州省财政厅财政拨款“三公”经费2014年预算情况的说明", "关于云州省财政厅财政拨款“三公”经费2014年预算情况的说明.txt", "云州省财政厅", "预算"),
        ("2021年云州市发展和改革局部门整体支出绩效自评报告", "2021年云州市发展和改革局部门整体支出绩效自评报告.txt", "云州市发展和改革局", "决算"),
        ("云州县柳河联校2020年度部门决算\n来源:云州县教育局", "云州县柳河联校2020年度部门决算.txt", "云州县柳河联校", "决算"),
        ("溪口镇2020年度“三公”经费决算情况\n现将溪口镇2020年度“三公”经费决算情况公布如下:", "溪口镇2020年度“三公”经费决算情况.txt", "溪口镇", "决算"),
        ("云州市生态环境局东山分局关于财政预决算公开栏目的说明", "云州市生态环境局东山分局关于财政预决算公开栏目的说明.txt", "云州市生态环境局东山分局", "预算"),
        ("[体裁分类]财政预算、决算\n云州县人民医院2025年部门预算情况说明", "云州县人民医院2025年部门预算情况说明.txt", "云州县人民医院", "预算"),
        ("云州县档案局2019年度“三公”经费公开说明\n2020-09-27 15:24:15\n", "云州县档案局2019年度“三公”经费公开说明.txt", "云州县档案局", "决算"),
        ("云州县档案局2019年度“三公”经费公开说明\n2019-03-27 15:24:15\n", "云州县档案局2019年度“三公”经费公开说明.txt", "云州县档案局", "预算"),
        ("云州市林业局公布全市林业部门2013年“三公”经费\n", "云州市林业局公布全市林业部门2013年“三公”经费.txt", "云州市林业局", "预算"),
        ("青禾县园林管理处专项资金绩效评价报告\n2018年\n", "青禾县园林管理处专项资金绩效评价报告.txt", "青禾县园林管理处", "决算"),
        ("市档2013年“三公”经费决算比预算减9余万\n18.07.2014\n据消息,云州市档案局2013年度部门决算公开。\n", "市档2013年“三公”经费决算比预算减9余万.txt", "云州市档案局", "决算"),
    ],
)  # fmt: skip
def test_titles_that_hide_the_issuer_or_the_basis(text: str, name: str, issuer: str, basis: str) -> None:
    found = identity(text, name)
    assert (found.issuer, found.basis.value) == (issuer, basis)


def test_a_document_of_no_known_body_keeps_its_file_name_and_is_called_by_its_place() -> None:
    told = identity(
        "青禾县2019年度财政专项资金修路项目支出绩效评价报告\n内容摘要\n一、项目概况\n投入资金18万元。\n",
        "青禾县2019年度财政专项资金修路项目支出绩效评价报告.txt",
    )
    assert told.name == "青禾县2019年度财政专项资金修路项目支出绩效评价报告.txt"
    assert (told.issuer, told.year) == ("青禾县", 2019)


@pytest.mark.parametrize(
    ("text", "name", "issuer"),
    [
        ("柳溪镇2021年预算绩效公开说明\n2021年,青禾县柳溪镇编报预算绩效目标14个。\n", "柳溪镇2021年预算绩效公开说明.txt", "青禾县柳溪镇"),
        ("柳溪镇2021年预算绩效公开说明\n2021年,我镇编报预算绩效目标14个。\n", "柳溪镇2021年预算绩效公开说明.txt", "柳溪镇"),
        (
            "柳溪镇2021年预算公开说明\n2021年,青禾县柳溪镇收入9万元。青禾县柳溪镇与白水县柳溪镇结对。\n",
            "柳溪镇2021年预算公开说明.txt", "柳溪镇",  # of one of the two, and the text does not say of which
        ),
        (
            "水利局2017年部门预算\n一、单位构成\n关于东港区水利局2017年预算的说明:全区水利局系统编制9人,东港区水利局编制5人。\n",
            "水利局2017年部门预算.txt", "东港区水利局",
        ),
        (
            "自治区蚕业指导站(广西蚕桑馆)2025年单位预算\n一、主要职能\n承担良种推广。\n",
            "自治区蚕业指导站(广西蚕桑馆)2025年单位预算.txt", "广西壮族自治区蚕业指导站(广西蚕桑馆)",
        ),
    ],
)  # fmt: skip
def test_a_body_is_called_with_the_place_that_its_own_text_names_it_by(text: str, name: str, issuer: str) -> None:
    assert identity(text, name).issuer == issuer
