"""What the document itself says of an account or a body in words: what the money of a kind was spent on, what a name covers,
whom a body answers to."""

from __future__ import annotations

import re

from corpus.figure import Measure, Scheme
from corpus.vocabulary import fold, vocabulary
from rag.desk import Desk, Draft
from rag.naming import in_order
from rag.plan import Asked, Verdict
from rag.quoting import Found, quote_of, sentences_at_hand

COVERS = re.compile(r"包括|包含|涵盖|含(?:哪些|什么)|指(?:的是)?(?:什么|哪些)|都?算(?:哪些|什么)")
"""It is asked what a name covers."""
SPENT_ON = re.compile(
    r"(?:花|用)(?:在|到|于)?(?:了)?(?:哪|什么|啥|何处)|(?:用来|拿来|拿去|主要)?(?:干|做)(?:什么|啥|嘛)|(?:哪些|什么|哪[几两三四五])(?:个|件)?(?:方面|地方|事)|主要用于|用途|为(?:什么|了啥)而?花|接待(?:的)?(?:都|主要)?(?:是)?(?:些)?(?:谁|哪些|哪几|什么|对象|内容)"
)
"""It is asked what money was spent on."""
ABOVE = re.compile(
    r"(?:归|由|(?<!下)(?<!所)(?<!直)属于?)(?:哪|谁|什么)[^,，?？]{0,8}?(?:管|主管|领导|部门|单位|局|委)|(?:主管|上级)(?:主管)?(?:部门|单位|局)?(?:是|为|叫)?(?:哪|谁|什么)|^(?:它|学校|医院|单位)?的?(?:主管|上级)(?:主管)?(?:部门|单位)[?？]?$|(?:上级|主管)(?:部门|单位)是|是谁(?:领导|主管|管|(?:下面|底下|手下|下属)的)|哪一?级(?:政府|党委)?的?(?:派出|直属|下属)"
)
"""It is asked which body another one is under."""
_UNDER = re.compile(
    r"[\u4e00-\u9fff]{2,20}?(?:局|委|委员会|厅|部|政府|办公室|中心|公司|学校|院)(?:的)?(?:领导下|公益[一二]类|二级预算|直属|主管|(?:归口|统一)?管理(?!制度|办法|规定|工作|职能)|所属|下属|下设|主办|举办|派出)的?"
    r"|(?:从属于|隶属于?|归口|归属于?|(?:主管|举办|上级)(?:部门|单位)(?:是|为|:))[\u4e00-\u9fff]{2,}"
)
_STEMS = {
    "公务接待费": ("公务接待", "接待费"),
    "公务用车购置及运行费": ("公务用车", "车辆"),
    "公务用车运行维护费": ("公务用车运行", "车辆运行", "公务用车"),
    "公务用车购置费": ("公务用车购置", "车辆购置"),
    "因公出国（境）费": ("因公出国", "出国"),
    "三公经费": ("三公",),
    "项目支出": ("项目支出", "项目经费"),
    "基本支出": ("基本支出",),
    "政府性基金": ("政府性基金",),
    "机关运行经费": ("机关运行经费",),
    "会议费": ("会议费",),
    "培训费": ("培训费",),
}
_FOR = re.compile(r"(?:主要|具体)?(?:是)?(?:用于|用在|用作|开支内容|支出范围)")
_MEANS = re.compile(r"反映|是指|指(?!标|导|定|挥|数)|包括|包含|用于")
_PARTS = re.compile(r"[;；。]")
_MOST = 3
_FIRST = 60
"""The sentences from the beginning of a document among which it says what kind of body it is."""


_BELOW_WHOM = ("隶属", "隶属于", "归口", "下面", "底下", "手下", "下属", "上级", "主管", "上级主管")
"""Words that ask whom a body is under, and name nothing."""


def body_above(desk: Desk) -> Draft | None:
    """Which body the open unit is under, as its sentences say; None where that is not asked or not said."""
    plan = desk.plan
    if (
        not plan.documents
        or plan.topic not in ("", "implementer")
        or ABOVE.search(plan.text) is None
        or re.search("科(?!协)", plan.text)
    ):
        return None
    name = desk.plan.documents[0]
    own = fold(desk.issuer(name))
    if any(
        not in_order(re.sub(r"^(?:归|由|受|属于?)|(?:归|由|受|属于?)$", "", word), own)
        for word in plan.rest
        if word not in _BELOW_WHOM
    ):
        return None
    found = [
        item for item in sentences_at_hand(desk, name)[:_FIRST] if _UNDER.search(fold(item.text).replace(own, "本单位"))
    ]
    if not found:
        return None
    named = [
        item
        for item in found
        if re.search(r"(?:为|是|属|受|在|由)[^,，。;；]{0,30}(?:单位|机构|学校|医院|领导|管理)", item.text)
    ]
    return Draft(Verdict.ANSWERED, "\n".join(f"- {quote_of(desk, item)}" for item in (named or found)[:2]))


_BELOW = re.compile(
    r"(?:包含|包括|汇总|含)[^,，。;；]{0,20}(?:所属|下属|二级|下级)|(?:无|没有|不含)[^,，。;；]{0,8}(?:所属|下属|二级|下级)"
)


def of_those_below(desk: Desk) -> Draft | None:
    """Whether the figures hold those of the units below, as a sentence says; None where none does."""
    if not desk.plan.documents:
        return None
    found = [item for item in sentences_at_hand(desk, desk.plan.documents[0]) if _BELOW.search(item.text)]
    return Draft(Verdict.ANSWERED, "\n".join(f"- {quote_of(desk, item)}" for item in found[:2])) if found else None


EMPTY = re.compile(
    r"表[^,，。]{0,6}(?:怎么|为什么|为何|为啥|咋)[^,，。]{0,6}(?:空|没有?数|没有?内容|没填|零)|空表?[^,，。]{0,4}(?:为什么|怎么回事|为何|为啥|什么原因)|(?:为什么|为何|为啥|怎么)[^,，。]{0,12}表[^,，。]{0,4}(?:空|没有?数|没填)"
)
"""It is asked why a table is empty."""


def why_empty(desk: Desk) -> Draft | None:
    """The note under the empty table asked about, else the sentence that says that there is none of what it is for; None where
    neither stands there."""
    names = {fold(asked.name).removesuffix("预算") for asked in desk.plan.accounts if not asked.weak}
    if not names or not desk.plan.documents:
        return None
    name = desk.plan.documents[0]
    notes = [
        Found(name, table.title, note, next(iter(table.pages), None))
        for table in desk.shelf.tables(name) if table.empty
        for note in table.notes if any(known in fold(table.title) for known in names)
    ]  # fmt: skip
    if notes:
        return Draft(Verdict.ANSWERED, "\n".join(f"- {quote_of(desk, item)}" for item in notes[:2]))
    return none_said(desk)


WHETHER = re.compile(
    r"(?:有没有|是否有|有无|(?<!只)(?<!没)有)(?P<what>[\u4e00-\u9fff“”]{2,10}?)(?:预算|支出|经费|安排)?(?:吗|么|没有|没|[?？]|$)"
)
"""It is asked whether there is any of something."""


def none_said(desk: Desk) -> Draft | None:
    """The sentence that says that there is none of what is asked for, where no figure tells of it ("本单位无项目预算"); None where
    none does."""
    plan = desk.plan
    if not plan.documents or (plan.years and desk.shelf.disclosure(plan.documents[0]).year not in plan.years):
        return None
    names = {fold(n) for a in plan.accounts if not a.weak for n in (a.name, a.said)}
    asked = WHETHER.search(plan.text)
    names |= {asked["what"]} if asked is not None else set()
    names -= {"支出", "收入"}  # any sentence says that
    names = {re.sub(r"(?<=..)(?:预算|支出|经费)$", "", name) for name in names if len(name) >= _SHORTEST}
    if not names:
        return None
    of = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    none = re.compile(
        rf"(?:无|没有|未(?:安排|使用|发生|编[报制列]|设[置立]?|填报|开展)|不(?:涉及|编报))[^,，。;；:：\d]{{0,14}}?(?:{of})|(?:{of})[^,，。;；:：\d]{{0,6}}(?:没有|未)(?:安排|使用|发生)"
    )
    found = [
        item for item in sentences_at_hand(desk, plan.documents[0])
        if "名词" not in item.section and none.search(fold(item.text))
    ]  # fmt: skip
    return Draft(Verdict.ANSWERED, "\n".join(f"- {quote_of(desk, item)}" for item in found[:2])) if found else None


_SHORTEST = 2
_OWN_BUDGET = re.compile(
    r"单列|单独(?:列|编|做)?[^,，。]{0,3}预算|预算[^,，。]{0,3}单独(?:列|编|做)|(?<!非)独立(?:编|核算)"
)
"""Whether a body has a budget of its own."""


def of_own_budget(desk: Desk) -> list[str]:
    """The sentences on which bodies have no budget of their own, where that is asked; [] otherwise."""
    if _OWN_BUDGET.search(desk.plan.text) is None or not desk.plan.documents:
        return []
    found = [
        item for item in sentences_at_hand(desk, desk.plan.documents[0])
        if _OWN_BUDGET.search(item.text) and "名词" not in item.section
    ]  # fmt: skip
    return [quote_of(desk, item) for item in found[:_MOST]]


def spent_on(desk: Desk) -> Draft | None:
    """The sentences that say what receptions, trips or cars were paid for; None for other accounts, where it is asked in what
    something changed, or where no sentence does."""
    if re.search(r"[增减降涨]|节约|压缩|变化", desk.plan.text):
        return None
    wanted = [asked.name for asked in desk.plan.accounts if asked.name in _STEMS]
    if not desk.plan.accounts and re.match(r"(?:这些?|该|那些?)?项目(?:的钱|经费|资金|支出)", desk.plan.text):
        wanted = ["项目支出"]
    if len(wanted) != 1 or not desk.plan.documents:
        return None
    stems = _STEMS[wanted[0]]
    for stem in stems:
        found = [
            item for item in sentences_at_hand(desk, desk.plan.documents[0])
            if "名词" not in item.section and (use := _FOR.search(item.text)) is not None
            and stem in fold(item.text[: use.start()] + item.head + item.section.split("·")[-1]) and not re.search(r"反映|是指", item.text[: use.end()])
        ]  # fmt: skip
        if found:
            return Draft(Verdict.ANSWERED, "\n".join(f"- {quote_of(desk, item)}" for item in found[:_MOST]))
    return None


def covered_by_name(desk: Desk, asked: Asked) -> str:
    """The quote that says what an account's name covers, wherever in the first document it stands; "" for none."""
    names = {fold(asked.name), fold(asked.targets[0].account), *(fold(n) for n in _STEMS.get(asked.name, ())[:1])}
    best: Found | None = None
    for item in sentences_at_hand(desk, desk.plan.documents[0]):
        for part in _PARTS.split(item.text):
            means = _MEANS.search(part)
            if means is None or re.search(r"\d[\d,.]*(?:万|亿)?元", part):
                continue
            head = fold(part[: means.start()])
            if any(head.endswith((name, f"{name}支出")) or f"{name}:" in head for name in names):
                return quote_of(desk, item)
            if best is None and any(name in head for name in names):
                best = item
    return quote_of(desk, best) if best is not None else ""


def of_three_public_paper(desk: Desk) -> tuple[Asked, ...]:
    """The three public expenses, where only a budget or a final account as such is asked for and the document is a paper on
    those alone; () otherwise."""
    plan = desk.plan
    default = [asked for asked in plan.accounts if not (asked.name == "收支总计" or asked.weak)]
    if default or not plan.documents:
        return ()
    kinds = {f.scheme for f in desk.shelf.figures(plan.documents[0]) if f.measure is Measure.AMOUNT}
    term = vocabulary().term("三公经费")
    if term is None or Scheme.THREE_PUBLIC not in kinds or kinds & {Scheme.TOTAL, Scheme.FUNCTION, Scheme.SOURCE}:
        return ()
    return (Asked(term.name, term.name, term.targets),)
