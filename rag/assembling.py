"""The accounts a question asks for, put together from those it names: a class with its component, a part and its whole,
kinds of procurement, what is meant where nothing is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.figure import Measure, Scheme
from corpus.vocabulary import Target, vocabulary
from rag.bases_said import UNSPENT
from rag.funds_said import fund_said, funds_said, narrowed
from rag.joining import CLASSES, joined, listed_in_earnest, of_all_and_of_fund, part_and_whole
from rag.levels import levels_said
from rag.lexicon import Heard
from rag.plan import Asked, Operation
from rag.slots import Slots
from rag.things import (
    cars_too,
    held_or_bought,
    kind_of_whole,
    kinds_bought,
    people_or_money,
    posts_by_kind,
    vacant,
    visits,
)

_BESIDE_CODE = re.compile(r"[\s(\[\])]{0,2}(?:功能分类|经济分类|功能|经济)?(?:科目)?(?:编码|代码)?:?")
_COMPONENT = {"人员": "人员经费", "公用": "公用经费", "项目": "项目支出", "基本": "基本支出"}
_PART = "(人员|公用|项目|基本)(?:经费|支出)?"
_LISTED = re.compile(rf"{_PART}[、和与,]{_PART}(?:[、和与,]{_PART})?")
_FROM_FUND = re.compile(
    r"(?:里|中|当中|里头)(?:面)?,?(?:有多少是)?(?:财政拨款|一般公共预算|政府性基金)|比例(?:是|由|来自|出自)(?:财政拨款|一般公共预算|政府性基金)"
)
_BOTH_SIDES = re.compile(r"收支(?:总[额计]|预算|决算)?(?:哪个|谁|哪边|差|相差|一样|平衡|相抵)")
"""Income and spending beside each other ("收支哪个多")."""
_HEADS = ("多少人", "几个人", "人数", "多少职工", "人员情况")


def accounts_asked(slots: Slots) -> tuple[tuple[Asked, ...], Asked | None]:
    """The accounts asked for, put together from what was heard, and what a share is a share of."""
    if _BOTH_SIDES.search(slots.text) and not any(not h.asked.weak for h in slots.heard):
        terms = [t for name in ("收入合计", "支出合计") if (t := vocabulary().term(name)) is not None]
        return tuple(Asked(t.name, t.name, t.targets, flow=t.flow) for t in terms), None
    heard = _plainly(
        slots, _coded(slots.text, [h for h in listed_in_earnest(slots.heard, slots.text) if not h.asked.weak])
    )
    if not heard and (posts := vacant(slots.text, heard)):
        return posts, None
    if not heard and Operation.SHARE in slots.operations and (projects := _to_projects(slots.text)):
        return projects, None
    if not heard:
        return _weak_or_fund(slots), None
    if Operation.SHARE in slots.operations and len(heard) >= 2:
        split = part_and_whole(slots.text, heard)
        if split is not None:
            part, whole = split
            return tuple(narrowed(p, slots) for p in part), narrowed(whole, slots)
    if Operation.SHARE in slots.operations and len(heard) == 1 and (fund := _fund_before_share(slots, heard[0])):
        return (fund,), heard[0].asked
    if Operation.SHARE in slots.operations and (these := _of_these_projects(slots.text, heard)):
        return (narrowed(heard[0].asked, slots),), these
    if Operation.SHARE in slots.operations and (projects := _of_projects(slots.text, heard)):
        return projects, heard[0].asked
    if len(heard) == 1 and heard[0].asked.name == "政府采购" and (kind := kind_of_whole(slots.text, heard[0].start)):
        return (kind,), heard[0].asked
    if len(heard) == 1 and heard[0].asked.name == "政府采购" and (parts := kinds_bought(slots, heard[0].end)):
        return parts, None
    merged: list[Heard] = []
    for item in heard:
        if merged and (one := joined(slots.text, merged[-1], item)):
            merged[-1:] = one
        else:
            merged.append(item)
    if counted := visits(slots.text, merged) or cars_too(slots.text, merged):
        return counted, None
    merged = _without_repeats(merged)
    if len(merged) == 1 and merged[0].asked.name == "年末结转和结余" and _SINCE_ITS_BEGINNING.search(slots.text):
        brought = vocabulary().term("上年结转结余")
        ends = (Asked(brought.name, brought.name, brought.targets, flow=brought.flow),) if brought else ()
        return (merged[0].asked, *ends), None
    if posts := vacant(slots.text, merged) or posts_by_kind(slots.text, merged):
        return posts, None
    merged = people_or_money(slots, _without_heads(merged, slots.text))
    retired = vocabulary().term("退休人员")
    beside = any(h.asked.targets[0].scheme is Scheme.STAFF and h.asked.said not in _HEADS for h in merged)
    if retired and not beside and re.search(r"退休|离休", slots.text) and any(h.asked.said in _HEADS for h in merged):
        return (Asked(retired.name, retired.name, retired.targets, measure=retired.measure),), None
    if schemes := _in_both_classes(slots.text, merged) or of_all_and_of_fund(slots.text, heard):
        return schemes, None
    merged = _named_in_earnest(slots, merged)
    if cut := _class_by_components(slots, merged):
        return cut, None
    return _each_once(slots, merged)


_SINCE_ITS_BEGINNING = re.compile(r"[比较]年初(?!预算|安排|批复)|年初到年末")
"""What is left at the end of the year is set beside what it began with."""


def _without_repeats(merged: list[Heard]) -> list[Heard]:
    """Without procurement as a whole beside its kinds, and codes beside the names they are of."""
    if len(merged) > 1 and any(
        h.asked.name != "政府采购" and h.asked.targets[0].scheme is Scheme.PROCUREMENT for h in merged
    ):
        merged = [h for h in merged if h.asked.name != "政府采购"]
    return [h for h in merged if not any(o is not h and _same_code(h, o) for o in merged)]


def _without_heads(merged: list[Heard], text: str) -> list[Heard]:
    """Without "how many people" beside something that is counted itself ("驻场运维的有几个人"); with those there are, where
    that is asked beside the posts ("事业编制多少，实际多少人")."""
    named = any(h.asked.targets[0].scheme is Scheme.STAFF and h.asked.said not in _HEADS for h in merged)
    if not named and not any(h.asked.targets[0].scheme in (Scheme.PERFORMANCE, Scheme.OTHER) for h in merged):
        return merged
    there, kept = vocabulary().term("实有人员"), []
    for item in merged:
        real = item.asked.said in _HEADS and re.search(r"(?:实际|实有|现有|现在)(?:是|有)?$", text[: item.start])
        if real and there is not None and any(h.asked.name.endswith("编制") for h in merged):
            kept.append(replace(item, asked=Asked(there.name, there.name, there.targets, measure=there.measure)))
        elif item.asked.said not in _HEADS:
            kept.append(item)
    return kept


def _named_in_earnest(slots: Slots, merged: Sequence[Heard]) -> list[Heard]:
    """Without totals, funds and projects that only say what another account is of."""
    merged = _scored(slots.text, _of_targets(merged))
    if len(merged) > 1 and UNSPENT.search(slots.text):
        merged = [h for h in merged if h.asked.name != "年末结转和结余"]  # what is left of another account
    if sum(h.asked.targets[0].scheme is Scheme.PROJECT for h in merged) > 1:
        merged = [h for h in merged if h.asked.name != "项目支出"]  # "…两个项目总共多少"
    merged = _fund_alone(_without_verbs(slots.text, _earned(slots.text, merged)))
    if Operation.SUM in slots.operations and len(merged) > 2 and Operation.CONSISTENCY not in slots.operations:
        merged = [h for h in merged if not (h.asked.said in ("支出合计", "收入合计") and h is merged[-1])]
    return merged


def _each_once(slots: Slots, merged: Sequence[Heard]) -> tuple[tuple[Asked, ...], Asked | None]:
    """Every account once, narrowed by the words of the question; one account by each of the funds it is asked for."""
    unique: dict[tuple[str, str, str, str], Asked] = {}
    for item in merged:
        asked = held_or_bought(narrowed(item.asked, slots), slots.text)
        unique.setdefault((asked.name, asked.component, asked.funding, asked.table), asked)
    (only,) = unique.values() if len(unique) == 1 else (None,)
    of_all = only is not None and only.targets[0].scheme is Scheme.TOTAL and not only.component
    at = slots.text.find("占")
    funded = bool(of_all and at > 0 and fund_said(replace(slots, text=slots.text[:at])))
    if only and only.funding and Operation.SHARE in slots.operations and (funded or _FROM_FUND.search(slots.text)):
        return (only,), replace(only, funding="全部")  # "公积金里财政拨款出了几成"
    if (
        len(unique) == 1
        and len(funds := funds_said(slots)) == 2
        and re.search(r"[和与跟、及比较]|各|分别|又是?(?:多少|几)|[,，]", slots.text)
    ):
        (asked,) = unique.values()
        return tuple(replace(asked, funding=fund) for fund in funds), None  # "全口径和财政拨款各是多少"
    levels = list(dict.fromkeys(level for level, _ in levels_said(slots.text)))
    if only is not None and only.component in levels and len(levels) == 2 and Operation.SHARE not in slots.operations:
        return tuple(replace(only, component=level) for level in levels), None  # "改革前和改革后各是多少"
    return tuple(unique.values()), None


def _class_by_components(slots: Slots, heard: Sequence[Heard]) -> tuple[Asked, ...]:
    """One class and the components asked of it ("一般公共服务支出拆开：人员、公用、项目各多少"), () where it is not that."""
    classes = [h for h in heard if h.asked.targets[0].scheme in CLASSES or h.asked.name == "基本支出"]
    if len(classes) == 1 and (listed := _LISTED.search(slots.text, classes[0].end)):
        asked = narrowed(classes[0].asked, slots)
        parts = [asked.component, *(_COMPONENT[part] for part in listed.groups() if part)]
        return tuple(replace(asked, component=part) for part in dict.fromkeys(filter(None, parts)))
    classes = [h for h in classes if h.asked.targets[0].scheme in CLASSES]
    others = [h for h in heard if h.asked.targets[0].scheme is Scheme.TOTAL and h.asked.component]
    if len(classes) != 1 or not others or len(classes) + len(others) != len(heard) or others[0].start < classes[0].end:
        return ()
    gap = slots.text[classes[0].end : others[0].start]
    if classes[0].asked.component:
        gap = ""  # the first of the parts is said right with the class ("…支出里人员经费和公用经费")
    if re.fullmatch(r"[和与跟及、,，]|以及|还有|比|占.*", gap) or Operation.SHARE in slots.operations:
        return ()
    asked = narrowed(classes[0].asked, slots)
    said = dict.fromkeys(filter(None, [asked.component, *(other.asked.component for other in others)]))
    return tuple(replace(asked, component=part) for part in said)


def _in_both_classes(text: str, heard: Sequence[Heard]) -> tuple[Asked, ...]:
    """One account by its functional and by its economic class ("功能分类和经济分类里的养老保险缴费"), () where it is not that."""
    if len(heard) != 1 or not re.search(
        r"功能(?:分类|科目).{1,6}经济(?:分类|科目)|经济(?:分类|科目).{1,6}功能(?:分类|科目)", text
    ):
        return ()
    asked = heard[0].asked
    kinds = (Scheme.FUNCTION, Scheme.ECONOMIC)
    sides = [tuple(t for t in asked.targets if t.scheme is kind) for kind in kinds]
    return (
        tuple(replace(asked, targets=side, table=kind.value) for kind, side in zip(kinds, sides, strict=True))
        if all(sides)
        else ()
    )


def _fund_before_share(slots: Slots, whole: Heard) -> Asked | None:
    """The fund that is said to be a share of fiscal appropriations ("一般公共预算占财政拨款收入的百分之几"), as a source of income;
    None where it is not that."""
    at = slots.text.find("占", 0, whole.start)
    fund = fund_said(replace(slots, text=slots.text[:at])) if at > 0 else ""
    term = next((t for t in vocabulary().terms if fund and t.fallback_funding == fund), None)
    if term is None or whole.asked.targets[0].scheme is not Scheme.SOURCE or whole.asked.name == term.name:
        return None
    return Asked(term.name, term.name, term.targets[:1], flow="收入")


def _of_these_projects(text: str, heard: Sequence[Heard]) -> Asked | None:
    """The money of the projects with targets, where one project is said to be a share of "these four projects"; None where none
    is."""
    term = vocabulary().term("绩效目标项目")
    project = len(heard) == 1 and heard[0].asked.targets[0].scheme is Scheme.PROJECT
    these = re.search(r"(?:这|上述|以上)(?:[两二三四五六七八九十几]|\d+)个(?:绩效)?(?:项目|专项)", text)
    if term is None or not project or these is None:
        return None
    return Asked(term.name, term.name, term.targets, measure=Measure.AMOUNT)


def _of_projects(text: str, heard: Sequence[Heard]) -> tuple[Asked, ...]:
    """Project expenditure where only 项目 is said beside the total it is a share of ("支出里给项目的占比"), () otherwise."""
    total = len(heard) == 1 and heard[0].asked.targets[0].scheme is Scheme.TOTAL and not heard[0].asked.component
    return _to_projects(text[: heard[0].start] + " " + text[heard[0].end :]) if total else ()


def _to_projects(beside: str) -> tuple[Asked, ...]:
    """Project expenditure for the bare word 项目 ("预算里给项目的占几成"), () without it."""
    term = vocabulary().term("项目支出")
    if term is None or re.search(r"(?<!绩效)(?<!绩效目标)项目(?!支出)", beside) is None:
        return ()
    return (Asked(term.name, term.name, term.targets, flow=term.flow, component=term.component),)


def _plainly(slots: Slots, heard: list[Heard]) -> list[Heard]:
    """Without what only repeats or measures another account: the rate of its execution, 采购 behind what is reserved of it,
    its proper name in brackets."""
    executed = Operation.COMPLETION in slots.operations and any(h.asked.name != "预算执行率" for h in heard)
    kept: list[Heard] = []
    for item in heard:
        last = kept[-1] if kept else None
        gap = slots.text[last.end : item.start] if last else ""
        if executed and item.asked.name == "预算执行率":
            continue
        if (
            last
            and item.asked.name == "政府采购"
            and last.asked.targets[0].scheme is Scheme.PROCUREMENT
            and gap in ("", "的")
        ):
            kept[-1] = replace(last, end=item.end)
        elif last and item.asked.name == last.asked.name and gap in ("(", "（"):
            kept[-1] = replace(last, end=item.end + 1)
        elif last and gap in ("(", "（") and slots.text[item.end : item.end + 1] in (")", "）") and not item.asked.weak:
            kept[-1] = replace(
                item, start=last.start, end=item.end + 1
            )  # "公用支出（商品和服务支出）": the name it goes by
        else:
            kept.append(item)
    return kept


_OF_ALL = ("支出", "收入", "支出预算", "支出决算", "收入预算", "收入决算", "支出合计", "收入合计")


def _of_targets(heard: Sequence[Heard]) -> list[Heard]:
    """Without the fund beside projects with targets, whose money it is ("绩效管理的项目涉及多少一般公共预算拨款")."""
    targets = [h for h in heard if h.asked.name in ("绩效目标项目", "绩效自评项目")]
    return targets if targets and len(heard) == 2 and any(h.asked.fallback_funding for h in heard) else list(heard)


def _scored(text: str, heard: list[Heard]) -> list[Heard]:
    """Without the projects evaluated where their score is asked for, and not how many they are."""
    scored = any(h.asked.name == "绩效自评平均得分" for h in heard) and not re.search(r"(?:多少|几)个|几项", text)
    return [h for h in heard if h.asked.name != "绩效自评项目"] if scored else heard


def _fund_alone(heard: Sequence[Heard]) -> list[Heard]:
    """Without a fund's own total where the fund only says whose money another account's is ("财政拨款里的基本建设资金一共支出")."""
    funded = {h.asked.funding for h in heard if h.asked.funding and not h.asked.fallback_funding}
    return [h for h in heard if not (len(heard) == 2 and h.asked.fallback_funding in funded)]


def _earned(text: str, heard: Sequence[Heard]) -> list[Heard]:
    """With a class whose income is asked for ("附小的收入有多少") marked so."""
    if len(heard) != 2 or heard[1].asked.said != "收入" or heard[0].asked.targets[0].scheme is not Scheme.FUNCTION:
        return list(heard)
    if text[heard[0].end : heard[1].start] not in ("", "的"):
        return list(heard)
    return [replace(heard[0], asked=replace(heard[0].asked, flow="收入"))]


def _without_verbs(text: str, heard: Sequence[Heard]) -> list[Heard]:
    """Bare 支出 and 收入 beside an account are no total of their own ("公积金的实际支出", "住房保障总共支出多少",
    "小学教育2021年支出预算")."""
    named = sum(h.asked.targets[0].scheme is not Scheme.TOTAL or bool(h.asked.component) for h in heard)
    parts = all(h.asked.targets[0].scheme is Scheme.TOTAL for h in heard)
    verbs = ("支出", "收入") if named == 1 or parts else _OF_ALL
    classes = [h for h in heard if h.asked.targets[0].scheme in CLASSES]
    kept = [h for h in heard if not (named and h.asked.said in verbs)]
    if (
        len(classes) != 1
        or len(kept) != 2
        or kept[0] is not classes[0]
        or not _ITS_SPENDING.fullmatch(kept[1].asked.said)
    ):
        return kept
    return kept[:1] if re.search(r"[和与跟及、,，占比]|以及", text[kept[0].end : kept[1].start]) is None else kept


_ITS_SPENDING = re.compile(r"总?(?:支出|收入)(?:预算|决算|总额)?")


def _coded(text: str, heard: Sequence[Heard]) -> list[Heard]:
    """A name and its code beside it ("卫生健康支出(210)", "[210]卫生健康支出") are one account."""
    merged: list[Heard] = []
    for item in heard:
        last = merged[-1] if merged else None
        gap = text[last.end : item.start] if last else ""
        if last and not gap and item.asked.said in ("支出", "收入") and last.asked.targets[0].scheme in CLASSES:
            merged[-1] = replace(last, end=item.end)  # 高等教育支出
        elif last and _BESIDE_CODE.fullmatch(gap) and (_same_code(last, item) or _same_code(item, last)):
            asked = item.asked if item.asked.said.isdigit() else last.asked
            end = item.end + (text[item.end : item.end + 1] in (")", "]"))
            merged[-1] = Heard(last.start, end, asked, last.sure or item.sure)
        else:
            merged.append(item)
    return merged


def _same_code(one: Heard, other: Heard) -> bool:
    """Whether `one` names in words what `other` gives as a code right beside it ("…缴费支出（功能分类2080505）")."""
    target = other.asked.targets[0]
    named = any(t == target or t == replace(target, code="") for t in one.asked.targets)
    return other.asked.said.isdigit() and named and not one.asked.said.isdigit()


_SPENT = re.compile(r"(?:花|用|支出|开销|开支)(?:了|掉|费)?.{0,2}(?:多少|几)|(?:多少|几)(?:钱|万|亿|元)")


_SPENT_IN_YEAR = re.compile(
    r"(?:年|一年|全年|[院校局镇乡]里?|单位|总共|一共)[^,，。?？]{0,6}(?:花|用|支出|开销|开支)(?:了|掉)?.{0,2}(?:多少|几)"
)
"""The same without a unit's name: of the open document, not of what was asked before."""


_GRANTED = re.compile(
    r"(?:总共|一共|全年|今年|一年)[^,，。?？]{0,4}(?:批|拨|下达|给)(?:复|付)?了?(?:多少|几)(?:钱|万|亿)"
)
"""What a unit was granted in all ("今年总共批了多少钱")."""


def _unsaid(slots: Slots) -> Asked | None:
    """What is meant where nothing is named: all income or spending ("钱花哪儿了"), the whole budget ("涨了多少")."""
    name = ""
    if Operation.DIFFERENCE in slots.operations and len(slots.mentioned.units) == 2 and "花" in slots.text:
        term = vocabulary().term("支出合计")
        return None if term is None else Asked(term.name, term.name, term.targets, flow=term.flow)
    if Operation.LIST in slots.operations or Operation.RANK in slots.operations:
        return None
    if Operation.BREAKDOWN in slots.operations and re.search(r"钱|资金|经费|支出|花", slots.text):
        name = "收入合计" if re.search(r"从哪|来源|哪.{0,2}来", slots.text) else "支出合计"
    elif {Operation.CHANGE, Operation.RATE, Operation.TREND, Operation.REASON} & set(slots.operations):
        name = "收支总计"
    term = vocabulary().term(name) if name else None
    return None if term is None else Asked(term.name, term.name, term.targets, flow=term.flow, weak=term.weak)


def _weak_or_fund(slots: Slots) -> tuple[Asked, ...]:
    fund = fund_said(slots)
    if fund:
        totals = (Target(Scheme.TOTAL, "", "本年支出合计"), Target(Scheme.TOTAL, "", "支出总计"))
        funds = [t.targets[:1] for t in vocabulary().terms if t.fallback_funding == fund]
        sources = next((own for own in funds if own[0].scheme is Scheme.SOURCE), ())
        return (Asked(fund, fund, (*totals, *sources), funding=fund),)
    if not (slots.heard or slots.rest or slots.topic) and (default := _unsaid(slots)):
        return (default,)
    said = (_SPENT if slots.has_unit else _SPENT_IN_YEAR).search(slots.text)
    plain = set(slots.operations) <= {Operation.SUM, Operation.CHANGE, Operation.RATE, Operation.DIFFERENCE}
    if plain and not (slots.heard or slots.rest or slots.topic) and said:
        # "一年一共花多少钱" asks for all of it, "三个项目一共多少钱" for all projects
        term = vocabulary().term("项目支出" if "项目" in slots.text else "支出合计")
        return (
            ()
            if term is None
            else (Asked(term.name, term.name, term.targets, flow=term.flow, component=term.component),)
        )
    if plain and not (slots.heard or slots.rest or slots.topic) and _GRANTED.search(slots.text):
        term = vocabulary().term("收支总计")
        return () if term is None else (Asked(term.name, term.name, term.targets, flow=term.flow, weak=term.weak),)
    if Operation.RANK in slots.operations and re.search(r"专项|项目", slots.text):
        return ()  # "四个专项里哪个预算最大": projects are ranked, no total
    return tuple(h.asked for h in slots.heard[:1])
