"""Whether an answer is of the kind asked for: an amount of money tells neither who was paid nor how many people travelled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.money import canonical_unit
from rag.desk import Desk, Draft
from rag.plan import Verdict

_NAMES = re.compile(
    r"(?:哪(?:些|几|一)?(?:家|个)?|什么)(?:公司|企业|供应商|承包商|施工单位|施工方|承建单位|建设单位|中介|社会组织|银行|事务所|商户|厂家|品牌)"
    r"|(?:哪(?:些|几个?家?)|什么)(?:单位|部门|地方)(?:的人)?来(?:访|客|人|的)|哪(?:几|一)?家(?!单位|部门|更|最)|给了?(?:谁|哪些人)"
)
_COUNTED = re.compile(
    r"(?:多少|几)(?:个|批)?(?:团组|人次|批次|个团|批(?!复)|名|户|场|次|台|套|辆|班|张|层|平方米)|(?:多少|几)(?:[个位]|人(?!员|头|均))(?:呢|啊)?(?:[?？,，。]|$)"
    r"|(?<![哪这那前后好十])(?:多少|几)(?:[个种类份条家所间处位件篇期座栋支只]|项(?!目)|部(?!门|分)|公里)"
    r"(?!钱|亿|万|千|百|点|年|月|季|单位|部门|科目|项目|方面|部分|来源|渠道|用途|类|款)[\u4e00-\u9fff]"
)
_MONEY = re.compile(
    r"多少(?:钱|元|万|亿|经费|预算|资金|支出|收入|费)|几(?:元|万|亿|千|百|块)|金额|(?:费用?|经费|预算|支出|资金|钱)(?:是|为|有|花了?|安排了?|合计)?(?:多少|几何)"
)


_BY_UNIT = re.compile(r"(?:多少|几)(?P<unit>件|台|套|户|场|公里|层|册|亩|吨|篇|份|小时|平方米|辆)(?![次])")
_AREA = re.compile(
    r"(?:用地|占地|场地|地块|房子|楼)[^,，。多几]{0,4}(?:有|是)?(?:多大|多少(?:平|亩))|面积(?:是|有|为)?(?:多少|多大|几)|多少平(?:方米)?"
)
AREAS = ("平方米", "万平方米", "亩", "公顷", "平方公里")
"""What areas are counted in."""


def asks_area(text: str) -> bool:
    """Whether a folded question asks for an area."""
    return _AREA.search(text) is not None


def counts_alike(text: str, draft: Draft) -> bool:
    """Whether the unit of a draft's headline is the one a folded question counts by ("要办多少件" is not told in 场次)."""
    if draft.verdict is not Verdict.ANSWERED or draft.result is None or draft.result.amount.is_money:
        return True
    unit = draft.result.amount.unit
    if _AREA.search(text):
        return unit in AREAS
    if re.search(r"百分之(?:几|多少)", text):
        return unit == "%"
    asked = _BY_UNIT.search(text)
    return asked is None or canonical_unit(unit).startswith(asked["unit"]) or {unit, asked["unit"]} <= _MACHINES


def fits_money(text: str, draft: Draft) -> bool:
    """Whether a draft's headline is money, or none, where a folded question asks for money outright ("一共要花多少万元")."""
    asked = re.search(r"多少(?:个)?(?:万|亿)?元|多少钱|几(?:百|千)?(?:万|亿)元|几块钱", text) is not None
    told = draft.result is None or draft.result.amount.is_money or draft.verdict is not Verdict.ANSWERED
    return told or not asked


def asked_unit(text: str) -> str:
    """The unit that a folded question counts by ("计划办多少件"), "" for none."""
    found = _BY_UNIT.search(text)
    return found["unit"] if found is not None else ""


_MACHINES = {"台", "套", "辆", "部", "台（套）", "台(套)"}


def fits(text: str, draft: Draft) -> bool:
    """Whether a draft's headline is of the kind that a folded question asks for.

    >>> from decimal import Decimal; from corpus.money import Amount; from rag.answer import Result
    >>> money = Draft(Verdict.ANSWERED, "", Result(Amount(Decimal(20), "万元"), "single"))
    >>> fits("科技专项给了哪些企业", money), fits("出国安排了几个团组", money), fits("给了哪些企业,多少钱", money)
    (False, False, True)
    """
    if draft.verdict is not Verdict.ANSWERED or draft.result is None or not draft.result.amount.is_money:
        return True
    asked = _NAMES.search(text) or _COUNTED.search(text) or _AREA.search(text)
    return asked is None or _MONEY.search(text) is not None


def of_another_year(clause: str, years: Sequence[int]) -> bool:
    """Whether a clause tells of years other than those asked for ("2020年受理4232件" where 2019 is asked).

    >>> of_another_year("2020年受理4232件", (2019,)), of_another_year("2020年受理4232件", ()), of_another_year("受理4232件", (2019,))
    (True, False, False)
    """
    said = {int(year) for year in re.findall(r"(20\d\d)\s*年", clause)}
    return bool(years and said) and not said & set(years)


def other_kind(desk: Desk, draft: Draft) -> Draft:
    """A refusal that tells what the document does state beside what was asked."""
    head = desk.speech.pick(
        "文件没有写明所问的这一点。文件里有的是：",
        "The document does not state what was asked. It states:",
    )
    return Draft(Verdict.NOT_DISCLOSED, f"{head}\n{draft.text}")
