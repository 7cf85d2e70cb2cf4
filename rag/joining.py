"""What two names beside each other mean together: a class and its component, a part and its whole, a project and its
target."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.figure import Measure, Scheme
from corpus.vocabulary import vocabulary
from rag.lexicon import Heard
from rag.plan import Asked

CLASSES = frozenset({Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.GOV_ECONOMIC, Scheme.REVENUE})
_IN_WORDS = re.compile(
    r"(?:(?:科目|项目|这一?项|这一?块|[这那]一?[行栏]|总额|经费)?(?:口径(?:下|里)?|里面?|中|当中|之中|内|项下|下(?:面|边)?|其中|,其中|里头|总额中|总数中)(?:,)?(?:有)?(?:用于|安排|花在|属于|列入|列在)?的?|的)"
)
_THEIR_MONEY = re.compile(r"项目(?:预算)?(?:资金|经费|金额|预算|支出)?")
_INVOLVES = re.compile(
    r"(?:管理)?的?(?:一共|总共|共)?(?:涉及|覆盖|对应|包含|包括|管着?|牵涉)(?:到|了|的)*(?:一共|总共)?(?:多少)?(?:钱)?(?:的)?"
)
"""Behind performance targets: the money of the projects that have them."""
_LIES_IN = re.compile(r"(?:有|是)?(?:多少|几[万元]*)?(?:是)?(?:列|放|归|落|安排|花|用|算)?在")
_IN_IT = re.compile(r"(?:这一?[类块项]|项下|名下|当中|其中|里|中|内|下)")
_OF_CLASS = re.compile(r"(?:[那这]?一?[行块项栏]|科目)?收?(?:的|里的?|中的?)?")
_WITHIN = re.compile(r"(?:里面?|中|当中|下面?)(?:,|，)?")
_ONLY = re.compile(r"(?:只|仅|单|光)(?:看|算|论|说|就)?$")


def part_and_whole(text: str, heard: Sequence[Heard]) -> tuple[list[Asked], Asked] | None:
    """The parts and the whole that a share is asked of, by where 占 stands; None where they cannot be told."""
    found = re.search(r"占(?!比|地(?!方)|用|有)|相当于|(?<!还|或)是(?=.{1,20}的(?:百分之|几成))", text)
    at = found.start() if found else -1
    between = text[heard[0].end : heard[1].start]
    if re.match(r"\W*占(?:比|百分之几)", text) and len(heard) == 2 and "·" in between:
        return [heard[1].asked], heard[0].asked  # "what share of basic expenditure is …", word by word
    if (
        at < 0
        and len(heard) == 2
        and re.fullmatch(r"[和与跟同对比/:]", between)
        and re.search(r"之比|比例|比值|比率", text)
    ):
        return [heard[0].asked], heard[1].asked
    parted = text[heard[0].end : heard[1].start]
    if len(heard) == 2 and "归" in parted:
        return [heard[1].asked], heard[0].asked  # "what share of X goes to Y"
    if at >= heard[-1].end and re.search(
        r"在(?:整个|全部|总|这|[两二三四五六七八九十几]个)*$", text[: heard[-1].start]
    ):
        return _of_the_class([h.asked for h in heard[:-1]], heard[-1].asked)  # "出国的钱在三公里头占多大比例"
    before = [h.asked for h in heard if h.end <= at]
    after = [h.asked for h in heard if h.start > at]
    if at >= 0 and before and after:
        return before, after[-1]
    gap = text[heard[0].end : heard[1].start]
    if len(heard) == 2 and 0 <= at < heard[0].start and not gap.strip(" ·"):
        return [heard[0].asked], heard[1].asked
    if _IN_WORDS.fullmatch(gap) and gap != "的":
        return _of_the_class([h.asked for h in heard[1:]], heard[0].asked)
    return None


def _of_the_class(parts: list[Asked], of: Asked) -> tuple[list[Asked], Asked]:
    """Components within a class as those of the class ("高等教育支出里项目支出的比例", "公用经费在教育支出里占多少")."""
    if of.targets[0].scheme in CLASSES and all(p.component and p.targets[0].scheme is Scheme.TOTAL for p in parts):
        parts = [replace(of, component=part.component) for part in parts]
    return parts, of


_ALL_AND_FUND = re.compile(
    r"(?:这(?:个|一)?科目|[,，的])*(?:总的?(?:支出|收入|额|数)?|(?:支出|收入)?(?:总额|合计|总计)|全口径|全部(?:资金|支出)?)(?:的)?"
    r"(?:[和与跟及、,，]|以及|还有)(?:其中)?(?:的)?(?P<fund>财政拨款|一般公共预算|政府性基金)(?:支出|收入|部分|的)*(?:各|分别|又)"
)


def of_all_and_of_fund(text: str, heard: Sequence[Heard]) -> tuple[Asked, ...]:
    """One class from all money and from one fund ("住房公积金总的支出和其中财政拨款各多少"), () where it is not that."""
    first = next((h for h in heard if h.asked.targets[0].scheme in CLASSES), None)
    found = _ALL_AND_FUND.match(text, first.end) if first is not None else None
    if first is None or found is None:
        return ()
    return replace(first.asked, funding="全部"), replace(first.asked, funding=found["fund"])


def joined(text: str, one: Heard, two: Heard) -> list[Heard] | None:
    """One account of two that belong together ("行政运行的项目支出", "三公经费里出国"), None when they are two."""
    gap = text[one.end : two.start].strip()
    first, second = one.asked, two.asked
    total_first = first.targets[0].scheme is Scheme.TOTAL
    if _class_within(one, two, gap):
        return [replace(whole_of(one, two), asked=replace(second, parent=first.targets[0]))]
    earned = first.targets[0].scheme is Scheme.FUNCTION and second.targets[0].scheme is Scheme.SOURCE
    if earned and not second.fallback_funding and _OF_CLASS.fullmatch(gap):
        return [
            replace(whole_of(one, two), asked=replace(first, flow="收入", funding=second.name))
        ]  # 小学教育的其他收入
    targets = first.targets[0].scheme is Scheme.PERFORMANCE and second.component == "项目支出"
    if targets and (not gap.strip("的") or (_THEIR_MONEY.fullmatch(second.said) and _INVOLVES.fullmatch(gap))):
        money = second.said not in ("项目", "专项") and re.search("(?:多少|几)[个项]", text) is None
        asked = replace(first, measure=Measure.AMOUNT) if money else first
        return [
            replace(whole_of(one, two), asked=asked)
        ]  # "编了绩效目标的项目一共有多少个", "绩效目标涉及多少项目资金"
    in_class = first.component and total_first and second.targets[0].scheme in CLASSES and "占" not in text
    if in_class and _LIES_IN.fullmatch(gap) and _IN_IT.match(text, two.end):
        return [
            replace(whole_of(one, two), asked=replace(second, component=first.component))
        ]  # "公用经费在教育支出里是多少"
    if first.component and total_first and _ONLY.search(text[: one.start]) and re.fullmatch(r"[,，]?的?", gap):
        own = tuple(target for target in second.targets if target.scheme in CLASSES)
        if own:  # "只看基本支出，公务接待费是多少"
            return [replace(whole_of(one, two), asked=replace(second, targets=own, component=first.component))]
    if second.name == "三公经费" and text.startswith("口径", two.end) and re.fullmatch(r".{0,6}[,，]?按?", gap):
        return [replace(whole_of(one, two), asked=first)]  # "请客吃饭的钱，三公口径是多少"
    public = first.targets[0].scheme is second.targets[0].scheme is Scheme.THREE_PUBLIC
    if public and second.name == "三公经费" and "·" in gap and not re.search(r"[和与、,]", gap):
        return [replace(whole_of(one, two), asked=first)]  # "receptions under the three-public expenses"
    if first.targets[0].scheme is Scheme.PROJECT and second.targets[0].scheme is Scheme.PERFORMANCE and gap:
        return [
            replace(whole_of(one, two), asked=replace(second, project=first.name))
        ]  # "社区整治经费，整治行动的指标值"
    if first.targets[0].scheme is second.targets[0].scheme is Scheme.PROJECT and _WITHIN.match(gap):
        return [whole_of(one, two)]  # "商业创新专项里，给商业数字化的钱"
    total_second = second.targets[0].scheme is Scheme.TOTAL
    whole = whole_of(one, two)
    if (
        total_first
        and first.said in ("收入", "本年收入合计")
        and second.targets[0].scheme is Scheme.SOURCE
        and "·" in gap
    ):
        return [replace(whole, asked=second)]  # "income from education fees"
    functions = first.targets[0].scheme is second.targets[0].scheme is Scheme.FUNCTION
    if functions and not gap and second.targets[0].code and first.targets[0].code.startswith(second.targets[0].code):
        return [replace(whole, asked=first)]  # "high school education", both of whose words are classes
    if first.targets[0].scheme is Scheme.STAFF and second.targets[0].scheme is Scheme.STAFF and gap in ("", "有"):
        return [replace(whole, asked=first)]
    if second.fallback_funding and first.targets[0].scheme in CLASSES and gap in ("", "的"):
        return [replace(whole, asked=replace(first, funding=second.fallback_funding))]  # 高等教育一般公共预算拨款
    if first.fallback_funding and total_second and gap in ("", "的", "安排的", "预算"):
        return [replace(whole, asked=replace(second, funding=first.fallback_funding))]
    said = re.fullmatch(r"的?(?P<fund>.+?)(?:安排)?的?", gap)
    fund = next((scope.funding for scope in vocabulary().scopes if said and said["fund"] in scope.says), "")
    if fund and total_second and not total_first and not second.component:
        return [replace(whole, asked=replace(first, funding=fund))]  # "高等教育财政拨款支出"
    own = tuple(target for target in first.targets if target.scheme in CLASSES)
    if gap == "在" and total_second and second.component and own:
        return [
            replace(whole, asked=replace(first, targets=own, component=second.component))
        ]  # "委托业务费在基本支出里"
    if not (gap == "" or _IN_WORDS.fullmatch(gap)):
        return None
    if total_second and not total_first:
        if first.targets[0].scheme is Scheme.PROJECT or not second.component:
            return [replace(whole, asked=first)]
        return [replace(whole, asked=replace(first, component=second.component))]
    within = [target for target in second.targets if target.scheme in CLASSES]
    if total_first and first.component and within and gap:
        others = [target for target in second.targets if target not in within]
        narrowed = replace(second, targets=(*within, *others), component=first.component, funding=first.funding)
        return [replace(whole, asked=narrowed)]
    if gap in ("", "的") and second.name == "政府采购" and first.targets[0].scheme is Scheme.PROCUREMENT:
        return [replace(whole, asked=first)]  # "给中小企业预留的采购预算"
    if gap in ("", "的") and first.targets[0].scheme is second.targets[0].scheme and not total_first:
        return None if gap == "" else [whole]
    return [whole] if gap else None


def whole_of(one: Heard, two: Heard) -> Heard:
    """The stretch of two accounts heard, as the second."""
    return Heard(one.start, two.end, two.asked)


def _class_within(one: Heard, two: Heard, gap: str) -> bool:
    """Whether a class is named by the class above it ("宣传事务的一般行政管理事务", "教育支出下的高等教育")."""
    above, below = one.asked.targets[0], two.asked.targets[0]
    if above.scheme is not below.scheme or above.scheme not in CLASSES:
        return False
    if above.code and below.code:
        return (
            below.code != above.code
            and below.code.startswith(above.code)
            and gap in ("", "的", "下的", "项下的", "中的", "里的")
        )
    return not below.code and (gap == "" or _IN_WORDS.fullmatch(gap) is not None)


_TOTAL_OF_BUDGET = re.compile(r"(?:预算|决算|收支)?总(?:额|数|预算|决算|盘子|规模|量)|总(?:预算|决算)")
_WHERE_WRITTEN = re.compile(r"标?(?:表)?(?:里|中|上)?(?:是|怎么)?(?:写|定|列|填|要求)(?:的|着)?(?:[?？,，]|$)")
"""Behind 绩效目标: the place where it is written ("多久之内要响应？绩效目标里写的")."""
_NOT_ONLY = re.compile(r"不(?:局?限于|只是?|只看|只算|光是?|单是?|仅仅?是?)$")
"""Before what is not to narrow the question ("不限于基本支出，整个一般公共预算的…")."""
_NEXT_IN_LIST = re.compile(r"[、和与跟及,，]|以及|还有")


def listed_in_earnest(said: Sequence[Heard], text: str) -> list[Heard]:
    """What was heard, without what it is not limited to, the total of the budget in earnest where it is listed beside another account ("预算总额、三公经费各是多少")."""
    heard = [item for item in said if _NOT_ONLY.search(text[: item.start]) is None]
    heard = [h for h in heard if not (h.asked.name.endswith("绩效目标项目") and _WHERE_WRITTEN.match(text, h.end))]
    if not re.search(r"各|分别|列个?表|做个?表", text):
        return heard
    for index, item in enumerate(heard):
        beside = [(item, heard[index + 1])] if index + 1 < len(heard) else []
        beside += [(heard[index - 1], item)] if index else []
        listed = any(_NEXT_IN_LIST.fullmatch(text[one.end : other.start]) for one, other in beside)
        if item.asked.weak and listed and _TOTAL_OF_BUDGET.fullmatch(item.asked.said):
            heard[index] = replace(item, asked=replace(item.asked, weak=False))
    return heard
