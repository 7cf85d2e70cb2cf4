"""Unit names as people shorten them. The names are invented; the shapes are those of real issuers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.disclosure import Basis, Disclosure, Level
from corpus.vocabulary import fold
from rag.resolve import Catalogue

ISSUERS = (
    "云州市政务服务保障中心",
    "云州市行政审批管理局",
    "青河市政务服务中心",
    "福山市12345政务服务便民热线中心",
    "云州市东港区人民政府办公室",
    "云州市东港区商务委员会",
    "云州市东港区财政局",
    "云州市东港区人民政府万柳街道办事处",
    "中共云州市东港区委社会工作部",
    "西北大学",
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(
        tuple(Disclosure(f"{i}.txt", "0", i, i, Level.UNIT, 2026, Basis.BUDGET, "", "txt", None) for i in ISSUERS)
    )


@pytest.mark.parametrize(
    ("said", "issuer"),
    [
        ("云州政务中心奖金多少", "云州市政务服务保障中心"),
        ("云州市政务复务保障中心", "云州市政务服务保障中心"),
        ("福山12345热线中心工会经费", "福山市12345政务服务便民热线中心"),
        ("云州审批局的办公费", "云州市行政审批管理局"),
        ("东港商务委", "云州市东港区商务委员会"),
        ("区财政局", "云州市东港区财政局"),
        ("东港区府办", "云州市东港区人民政府办公室"),
        ("万柳街道", "云州市东港区人民政府万柳街道办事处"),
        ("区委社会工作部", "中共云州市东港区委社会工作部"),
        ("社工部", "中共云州市东港区委社会工作部"),
        ("青河呢？", "青河市政务服务中心"),
        ("政务服务中心 青河", "青河市政务服务中心"),
        ("西北大学的教育支出", "西北大学"),
    ],
)
def test_short_names(catalogue: Catalogue, said: str, issuer: str) -> None:
    assert [unit.issuer for unit in catalogue.mentioned(fold(said)).units] == [issuer]


@pytest.mark.parametrize(
    "said",
    [
        "云州市财政局",
        "云州市政府2026年的接待费",
        "静安区商务委",
        "北京市政务服务中心",
        "云州市教育局",
        "西北工业大学附属中学",
        "青河妇联的接待费",
        "青河图书馆2026年预算",
    ],
)
def test_a_unit_of_another_level_or_place_is_not_ours(catalogue: Catalogue, said: str) -> None:
    found = catalogue.mentioned(fold(said))
    assert not found.units
    assert found.foreign


def test_a_place_with_several_units_is_asked_back(catalogue: Catalogue) -> None:
    assert {unit.issuer for unit in catalogue.mentioned("云州呢").candidates} == {
        "云州市政务服务保障中心",
        "云州市行政审批管理局",
    }
    assert len(catalogue.mentioned("政务服务中心的接待费").candidates) > 1


def test_two_units_in_one_question(catalogue: Catalogue) -> None:
    found = catalogue.mentioned(fold("云州的政务服务中心和审批局哪个接待费高"))
    assert [unit.issuer for unit in found.units] == ["云州市政务服务保障中心", "云州市行政审批管理局"]


def test_account_words_are_no_units(catalogue: Catalogue) -> None:
    assert not catalogue.mentioned("政府采购花了多少", [(0, 4)]).units
    assert not catalogue.mentioned("今年的接待费是多少").units
    assert not catalogue.mentioned("政务服务培训多少场次").units  # the service, no centre of that name
    assert [u.issuer for u in catalogue.mentioned("青河政务服务培训多少场次").units] == ["青河市政务服务中心"]


def test_what_readers_added_is_no_part_of_every_unit(catalogue: Catalogue) -> None:
    first, *others = catalogue.disclosures
    own = replace(first, collection="reader")
    mixed = Catalogue((own, *others))
    assert own.issuer in {unit.issuer for unit in mixed.units}
    assert {d.name for unit in mixed.published for d in unit.disclosures} == {d.name for d in others}
    assert {u.issuer for u in Catalogue((own,)).published} == {own.issuer}


def _of(*issuers: str, level: Level = Level.DEPARTMENT) -> Catalogue:
    return Catalogue(
        tuple(Disclosure(f"{i}.txt", "0", i, i, level, 2024, Basis.FINAL, "", "txt", None) for i in issuers)
    )


@pytest.mark.parametrize(
    ("said", "issuer"),
    [
        ("东港区残联2024年接待费", "云州市东港区残疾人联合会"),
        ("石泉县政协的公车", "中国人民政治协商会议石泉彝族苗族自治县委员会"),
        ("石泉县文旅局有几辆车", "石泉彝族苗族自治县文化和旅游局"),
    ],
)
def test_bodies_as_people_call_them(said: str, issuer: str) -> None:
    book = _of(
        "云州市东港区残疾人联合会", "中国人民政治协商会议石泉彝族苗族自治县委员会", "石泉彝族苗族自治县文化和旅游局"
    )
    assert [unit.issuer for unit in book.mentioned(fold(said)).units] == [issuer]


def test_a_place_alone_is_its_government_where_the_book_has_it() -> None:
    names = ("东港区第二小学", "东港区人民政府")
    levels = (Level.UNIT, Level.GOVERNMENT)
    book = Catalogue(
        tuple(
            Disclosure(f"{i}.txt", "0", i, i, level, 2024, Basis.FINAL, "", "txt", None)
            for i, level in zip(names, levels, strict=True)
        )
    )
    for said in ("东港区2024年三公经费", "东港区本级公务接待费", "福州东港区公务接待费"):
        assert [unit.issuer for unit in book.mentioned(fold(said)).units] == ["东港区人民政府"], said
    assert [unit.issuer for unit in book.mentioned("东港区第二小学的收入").units] == ["东港区第二小学"]


@pytest.mark.parametrize(
    ("said", "issuer"),
    [
        ("省委机关幼儿园2025年收入", "中共白水省委员会机关幼儿园"),
        ("白水省党委机关幼儿园2025年收入", "中共白水省委员会机关幼儿园"),
        ("中共白水省委员会机关幼儿园2025年收入", "中共白水省委员会机关幼儿园"),
        ("福州市东港区城管局2024年收入", "东港区城管局"),  # the book does not say in which city the district lies
    ],
)
def test_houses_of_the_party_and_bodies_with_a_city_above(said: str, issuer: str) -> None:
    book = _of("中共白水省委员会机关幼儿园", "东港区城管局", "福州市东港区第二小学")
    assert [unit.issuer for unit in book.mentioned(fold(said)).units] == [issuer]
