"""Which kind of number a question asks for (预算, 决算, 执行数 …) and of which level (部门, 单位), read from its wording."""

from __future__ import annotations

import re

from corpus.disclosure import Basis, Level

_BASES = (
    (re.compile(r"上半年|半年度"), Basis.HALF),
    (re.compile(r"年内数月|前三季度|一季度"), Basis.PART),
    (re.compile(r"年初(?:批复)?预算|年初(?:安排|批复)"), Basis.INITIAL),
    (re.compile(r"全年预算|调整(?:后的?)?预算|预算调整数|追加后"), Basis.ADJUSTED),
    (re.compile(r"预算执行数|执行数|完成数|执行了(?=多少|几)"), Basis.EXECUTED),
    (re.compile(r"(?<!竣工)(?<!竣工财务)(?<!工程)决算|实际(?:花|支出|支付|发生|用|执行)|实际(?:公务)?(?:出国|接待|出差|开会|培训|用车|买车|采购)[^,，。]{0,6}(?:花|用|支出|发生)|实际上?(?:花|用)"), Basis.FINAL),
    (re.compile(
        r"(?<!年初)(?<!全年)(?<!调整)(?<!公共)(?<!一般)(?<!基金)(?<!经营)预算(?!执行|"
        r"单位|管理|绩效|法|外|稳定|(?:收入|支出)(?:一共|共|累计|预计|总共)?(?:完成|实现|执行))"
    ), Basis.BUDGET),
)  # fmt: skip


_COMPARED_BASIS = re.compile(
    r"(?:比|较|相较于|相比于?|(?:与|同|跟|和)(?=[^,，。]{2,16}相?比))(?:20\d\d年度?|上一?年度?|去年度?|前一?年度?|当年)的?(?:当年)?的?"
    r"(预算执行数|执行数|决算数?|年初预算数?|全年预算数?|预算数?)"
)


def compared_basis(text: str) -> tuple[Basis, tuple[int, int]] | None:
    """What kind of number of an earlier year a change is measured against, and where its name stands."""
    found = _COMPARED_BASIS.search(text)
    if found is None:
        return None
    return next((basis, found.span(1)) for pattern, basis in _BASES if pattern.search(found.group(1)))


OVERSPENT = re.compile(
    r"超(?:出|过)?了?(?:年初|全年|调整)?预算(?!执行)|预算(?:数|额)?(?:里|内|中)?(?:还|共|总共)?(?:剩|余下|有结余|结余了|没花|没用|没有花|没有用|节省|节约|省)|"
    r"(?:比|较)(?:年初|全年|调整)?预算(?:数)?.{0,3}(?:节省|节约|省|少花|多花|超|少用|多用)|^那?(?:么|一共|总共)?超(?:出|过|支)?了?(?:多少|几)"
)
"""What was spent is measured against its own budget ("超预算多少", "预算还剩多少没花")."""


def bases(text: str) -> tuple[Basis, ...]:
    """The bases named, in order of naming."""
    found: list[tuple[int, Basis]] = []
    text = _GIVEN.sub(",", text)
    for pattern, basis in _BASES:
        if match := pattern.search(text):
            if basis in (Basis.HALF, Basis.PART):
                return (basis,)  # what half a year came to, whatever it is measured on
            found.append((match.start(), basis))
    return tuple(basis for _, basis in sorted(found, key=lambda item: item[0]))


_OF_YEAR = re.compile(r"(20\d\d)年?(?:度|的|部门|单位)*(预算|决算|实际)(?!执行)")


def of_two_years(text: str) -> tuple[tuple[int, Basis], ...]:
    """Two years that are each named with a kind of number of their own, in order ("2021年预算和2023年决算"); () otherwise.

    >>> [(year, str(basis)) for year, basis in of_two_years("2021年预算和2023年决算的教育支出差多少")]
    [(2021, '预算'), (2023, '决算')]
    """
    found = [(int(year), Basis.BUDGET if kind == "预算" else Basis.FINAL) for year, kind in _OF_YEAR.findall(text)]
    apart = len(found) == 2 and found[0][0] != found[1][0] and found[0][1] is not found[1][1]
    return tuple(found) if apart else ()


_GIVEN = re.compile(r"(?:年初|全年|调整(?:后的?)?)?预算(?:数|是|为|有|安排了?)?\d[\d,.]*(?:万|亿)?元?[多余]?[,，]")
"""A budget that the question itself gives ("全年预算9万，实际花了多少")."""


def level(text: str) -> Level | None:
    """部门预算 or 单位预算 when the question says which."""
    if both_levels(text):
        return None
    if re.search(r"部门(?:预算|决算|口径|层面|本级和下属|汇总)|全部门|含下属|包括下属", text):
        return Level.DEPARTMENT
    if re.search(r"(?<!下属)(?<!各)(?<!哪些)单位(?:预算|决算)(?!单位)|本级(?!财政)|本单位|本部(?!门)", text):
        return Level.UNIT
    return None


def both_levels(text: str) -> bool:
    """Whether the department's and the unit's disclosure are named side by side."""
    return (
        re.search(r"部门(?:预算|决算)?.{1,3}单位(?:预算|决算)|单位(?:预算|决算)?.{1,3}部门(?:预算|决算)", text)
        is not None
    )


_LESS_THAN = re.compile(
    r"(?:比|和|与|跟)(?:(?:全年|年初|调整)?(?:后的?)?预算|年初安排)(?:数|的)?(?:相)?比?.{0,4}(?:少|多|超|省|节约|差)"
)
UNSPENT = re.compile(
    r"(?:结余|剩|剩下|余下)了?(?:多少|几)[^,，。]{0,4}(?:没花|没用|未用)|没花完|没用完|(?:还有)?多少没(?:花|用)"
)
"""What is left of an account's budget is asked for."""


def against_budget(text: str, bases: tuple[Basis, ...]) -> tuple[Basis, ...]:
    """With the final accounts where an amount is measured against this year's own budget ("比全年预算少花了多少")."""
    alone = len(bases) == 1 and bases[0] in (Basis.ADJUSTED, Basis.INITIAL, Basis.BUDGET)
    if (alone and _LESS_THAN.search(text)) or (bases == (Basis.BUDGET,) and OVERSPENT.search(text)):
        return (*bases, Basis.FINAL)
    if alone and bases != (Basis.BUDGET,) and UNSPENT.search(text):
        return (*bases, Basis.FINAL)
    if not bases and UNSPENT.search(text) and not re.search("年末|年底", text):
        return (Basis.ADJUSTED, Basis.FINAL)
    return bases
