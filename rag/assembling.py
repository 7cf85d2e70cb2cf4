"""The accounts a question asks for, put together from those it names: a class with its component, a part and its whole,
kinds of procurement, what is meant where nothing is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.figure import Scheme
from corpus.vocabulary import Target, vocabulary
from rag.lexicon import Heard
from rag.plan import Asked, Operation
from rag.residue import masked
from rag.slots import Slots

_IN_WORDS = re.compile(
    r"(?:(?:科目|项目|这一?项|这一?块|总额|经费)?(?:口径(?:下|里)?|里面?|中|当中|之中|内|项下|下(?:面|边)?|其中|,其中|里头|总额中|总数中)(?:,)?(?:有)?(?:用于|安排|花在|属于|列入|列在)?的?|的)"
)
_OF_CLASS = ("", "的", "收的", "那块的")
_WITHIN = re.compile(r"(?:里面?|中|当中|下面?)(?:,|，)?")
_BESIDE_CODE = re.compile(r"[\s(\[\])]{0,2}(?:功能分类|经济分类|功能|经济)?(?:科目)?(?:编码|代码)?:?")
_COMPONENT = {"人员": "人员经费", "公用": "公用经费", "项目": "项目支出", "基本": "基本支出"}
_PART = "(人员|公用|项目|基本)(?:经费|支出)?"
_LISTED = re.compile(rf"{_PART}[、和与,]{_PART}(?:[、和与,]{_PART})?")
_FROM_FUND = re.compile(
    r"(?:里|中|当中|里头)(?:面)?,?(?:有多少是)?(?:财政拨款|一般公共预算|政府性基金)|比例(?:是|由|来自|出自)(?:财政拨款|一般公共预算|政府性基金)"
)
_HEADS = ("多少人", "几个人", "人数", "多少职工", "人员情况")
CLASSES = frozenset({Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.GOV_ECONOMIC})
_NARROWABLE = frozenset(
    {Scheme.TOTAL, Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.PROJECT, Scheme.SOURCE, Scheme.GOV_ECONOMIC}
)


def accounts_asked(slots: Slots) -> tuple[tuple[Asked, ...], Asked | None]:
    """The accounts asked for, put together from what was heard, and what a share is a share of."""
    heard = _plainly(slots, _coded(slots.text, [h for h in slots.heard if not h.asked.weak]))
    if not heard and (posts := _vacant(slots.text, heard)):
        return posts, None
    if not heard and Operation.SHARE in slots.operations and (projects := _to_projects(slots.text)):
        return projects, None
    if not heard:
        return _weak_or_fund(slots), None
    if Operation.SHARE in slots.operations and len(heard) >= 2:
        split = _part_and_whole(slots.text, heard)
        if split is not None:
            part, whole = split
            return tuple(_narrowed(p, slots) for p in part), _narrowed(whole, slots)
    if Operation.SHARE in slots.operations and len(heard) == 1 and (fund := _fund_before_share(slots, heard[0])):
        return (fund,), heard[0].asked
    if Operation.SHARE in slots.operations and (projects := _of_projects(slots.text, heard)):
        return projects, heard[0].asked
    if len(heard) == 1 and heard[0].asked.name == "政府采购" and (parts := _kinds_bought(slots, heard[0].end)):
        return parts, None
    merged: list[Heard] = []
    for item in heard:
        if merged and (joined := _joined(slots.text, merged[-1], item)):
            merged[-1:] = joined
        else:
            merged.append(item)
    if counted := _visits(slots.text, merged):
        return counted, None
    if len(merged) > 1 and any(
        h.asked.name != "政府采购" and h.asked.targets[0].scheme is Scheme.PROCUREMENT for h in merged
    ):
        merged = [h for h in merged if h.asked.name != "政府采购"]
    merged = [h for h in merged if not any(o is not h and _same_code(h, o) for o in merged)]
    if posts := _vacant(slots.text, merged):
        return posts, None
    if any(h.asked.targets[0].scheme is Scheme.PERFORMANCE for h in merged):
        merged = [h for h in merged if h.asked.said not in _HEADS]  # "驻场运维的有几个人"
    merged = _people_or_money(slots, merged)
    retired = vocabulary().term("退休人员")
    if retired and re.search(r"退休|离休", slots.text) and any(h.asked.said in _HEADS for h in merged):
        return (Asked(retired.name, retired.name, retired.targets, measure=retired.measure),), None
    if schemes := _in_both_classes(slots.text, merged):
        return schemes, None
    merged = _of_targets(merged)
    if sum(h.asked.targets[0].scheme is Scheme.PROJECT for h in merged) > 1:
        merged = [h for h in merged if h.asked.name != "项目支出"]  # "…两个项目总共多少"
    merged = _fund_alone(_without_verbs(_earned(slots.text, merged)))
    if cut := _class_by_components(slots, merged):
        return cut, None
    unique: dict[tuple[str, str, str, str], Asked] = {}
    for item in merged:
        asked = _held_or_bought(_narrowed(item.asked, slots), slots.text)
        unique.setdefault((asked.name, asked.component, asked.funding, asked.table), asked)
    (only,) = unique.values() if len(unique) == 1 else (None,)
    if only and only.funding and Operation.SHARE in slots.operations and _FROM_FUND.search(slots.text):
        return (only,), replace(only, funding="全部")  # "公积金里财政拨款出了几成"
    if (
        len(unique) == 1
        and len(funds := _funds_said(slots)) == 2
        and re.search(r"[和与跟、及比较]|各|分别", slots.text)
    ):
        (asked,) = unique.values()
        return tuple(replace(asked, funding=fund) for fund in funds), None  # "全口径和财政拨款各是多少"
    return tuple(unique.values()), None


def _class_by_components(slots: Slots, heard: Sequence[Heard]) -> tuple[Asked, ...]:
    """One class and the components asked of it ("一般公共服务支出拆开：人员、公用、项目各多少"), () where it is not that."""
    classes = [h for h in heard if h.asked.targets[0].scheme in CLASSES or h.asked.name == "基本支出"]
    if len(classes) == 1 and (listed := _LISTED.search(slots.text, classes[0].end)):
        asked = _narrowed(classes[0].asked, slots)
        return tuple(replace(asked, component=_COMPONENT[part]) for part in listed.groups() if part)
    classes = [h for h in classes if h.asked.targets[0].scheme in CLASSES]
    parts = [h for h in heard if h.asked.targets[0].scheme is Scheme.TOTAL and h.asked.component]
    if len(classes) != 1 or not parts or len(classes) + len(parts) != len(heard) or parts[0].start < classes[0].end:
        return ()
    gap = slots.text[classes[0].end : parts[0].start]
    if re.fullmatch(r"[和与跟及、,，]|以及|还有|比|占.*", gap) or Operation.SHARE in slots.operations:
        return ()
    asked = _narrowed(classes[0].asked, slots)
    return tuple(replace(asked, component=part.asked.component) for part in parts)


def _in_both_classes(text: str, heard: Sequence[Heard]) -> tuple[Asked, ...]:
    """One account by its functional and by its economic class ("功能分类和经济分类里的养老保险缴费"), () where it is not that."""
    if len(heard) != 1 or not re.search(r"功能分类.{1,4}经济分类|经济分类.{1,4}功能分类", text):
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
    fund = _fund_said(replace(slots, text=slots.text[:at])) if at > 0 else ""
    term = next((t for t in vocabulary().terms if fund and t.fallback_funding == fund), None)
    if term is None or whole.asked.targets[0].scheme is not Scheme.SOURCE or whole.asked.name == term.name:
        return None
    return Asked(term.name, term.name, term.targets[:1], flow="收入")


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
        else:
            kept.append(item)
    return kept


def _vacant(text: str, heard: Sequence[Heard]) -> tuple[Asked, ...]:
    """Posts approved and filled, where the empty ones are asked for ("编制21个，现在还空着几个")."""
    if re.search(r"还空|空缺|空编|缺编|超编|没招满|空着", text) is None:
        return ()
    if re.search(r"空编|缺编|超编", text) is None and not any(h.asked.name.endswith("编制") for h in heard):
        return ()
    kind = next((h.asked for h in heard if h.asked.name.endswith("编制") and h.asked.name != "编制"), None)
    terms = [term for name in ("编制", "实有人员") if (term := vocabulary().term(name)) is not None]
    posts, staff = (Asked(t.name, t.name, t.targets, measure=t.measure) for t in terms)
    if kind is None:
        return posts, staff
    return kind, replace(staff, targets=(Target(Scheme.STAFF, "", f"{kind.name}实有人员"), *staff.targets[:1]))


def _people_or_money(slots: Slots, heard: Sequence[Heard]) -> list[Heard]:
    """Without the people that an amount is for ("给退休人员发的退休费"), unless they are counted too."""
    paid = any(h.asked.targets[0].scheme in CLASSES for h in heard)
    counted = (
        re.search(r"多少[人名位]|几[个名位]?人|人数|人均|每", slots.text) or Operation.PER_HEAD in slots.operations
    )
    if not paid or counted:
        return list(heard)
    return [h for h in heard if h.asked.targets[0].scheme is not Scheme.STAFF]


_OF_ALL = ("支出", "收入", "支出预算", "支出决算", "收入预算", "收入决算", "支出合计", "收入合计")


def _of_targets(heard: Sequence[Heard]) -> list[Heard]:
    """Without the fund beside projects with targets, whose money it is ("绩效管理的项目涉及多少一般公共预算拨款")."""
    targets = [h for h in heard if h.asked.name in ("绩效目标项目", "绩效自评项目")]
    return targets if targets and len(heard) == 2 and any(h.asked.fallback_funding for h in heard) else list(heard)


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


def _without_verbs(heard: Sequence[Heard]) -> list[Heard]:
    """Bare 支出 and 收入 beside an account are no total of their own ("公积金的实际支出", "住房保障总共支出多少")."""
    named = sum(h.asked.targets[0].scheme is not Scheme.TOTAL or bool(h.asked.component) for h in heard)
    parts = all(h.asked.targets[0].scheme is Scheme.TOTAL for h in heard)
    verbs = ("支出", "收入") if named == 1 or parts else _OF_ALL
    return [h for h in heard if not (named and h.asked.said in verbs)]


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


def _held_or_bought(asked: Asked, text: str) -> Asked:
    """A holding asked for as something to be bought ("准备添几台百万元以上设备"), or cars by their worth."""
    target = asked.targets[0]
    if asked.name == "公务用车购置及运行费" and re.search(
        rf"(?:买|购置|购买|新购)(?:一?辆|新)?{re.escape(asked.said)}", text
    ):
        term = vocabulary().term("公务用车购置费")
        return asked if term is None else Asked(term.name, asked.said, term.targets)
    if asked.name == "车辆" and re.search(r"车的?(?:预算|经费|费用?|支出|开支|钱)", text):
        term = vocabulary().term("公务用车购置及运行费")
        return asked if term is None else Asked(term.name, asked.said, term.targets)
    if asked.name == "公务用车购置及运行费" and re.search(r"(?:多少|几)(?:辆|台)|辆数", text):
        term = vocabulary().term("车辆")
        return asked if term is None else Asked(term.name, asked.said, term.targets, measure=term.measure)
    if asked.name == "公务用车购置及运行费" and re.search(r"值多少|价值|值几|值钱", text):
        return Asked("车辆", asked.said, (Target(Scheme.ASSET, "", "车辆"),))
    if target.scheme is not Scheme.ASSET or not re.search(r"添|购置|新购|采购|要买|买几|新增|添置", text):
        return asked
    bought = Target(target.scheme, "", f"购置{target.account}")
    if asked.name == "车辆":
        return replace(asked, targets=(bought, Target(Scheme.THREE_PUBLIC, "", "公务用车购置数")))
    return replace(asked, targets=(bought, *asked.targets))


def _visits(text: str, heard: Sequence[Heard]) -> tuple[Asked, ...]:
    """Receptions or trips asked for by number, not by cost ("公务接待了多少批次多少人")."""
    names = {
        "公务接待费": ("国内公务接待批次", "国内公务接待人次"),
        "因公出国（境）费": ("因公出国（境）团组数", "因公出国（境）人次数"),
    }
    base = next((h.asked.name for h in heard if h.asked.name in names), None)
    base = base or next((name for name, kinds in names.items() if any(h.asked.name in kinds for h in heard)), None)
    groups = re.search(r"多少批|几批|批次|多少个?团|几个团|团组", text) is not None
    people = re.search(r"多少人|几个人|人次|多少个人", text) is not None
    if base is None or not (groups or people) or len(heard) > 2:
        return ()
    wanted = [name for name, asked in zip(names[base], (groups, people), strict=True) if asked]
    if re.search(r"(?:花|用)了?多少钱[^和与]{0,2}[,，]", text):
        wanted.insert(0, base)  # "出国花了多少钱，几个人去的"
    elif re.search(r"费用|经费|多少钱|元|费(?!者)", text):
        return ()
    terms = [vocabulary().term(name) for name in wanted]
    return tuple(Asked(t.name, t.name, t.targets, measure=t.measure) for t in terms if t is not None)


def _kinds_bought(slots: Slots, end: int) -> tuple[Asked, ...]:
    """货物, 工程, 服务 named after 采购, too plain to be heard by themselves (and no part of a unit's name)."""
    text = masked(slots.text, slots.taken)
    text = text[end:] + "".join(re.findall(r"(?:买|购买|采购)(货物|工程|服务)", text[:end]))
    terms = [vocabulary().term(f"政府采购{kind}") for kind in ("货物", "工程", "服务") if kind in text]
    return tuple(Asked(term.name, term.name, term.targets) for term in terms if term is not None)


_SPENT = re.compile(r"(?:花|用|支出|开销|开支)(?:了|掉|费)?.{0,2}(?:多少|几)|(?:多少|几)(?:钱|万|亿|元)")


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
    fund = _fund_said(slots)
    if fund:
        totals = (Target(Scheme.TOTAL, "", "本年支出合计"), Target(Scheme.TOTAL, "", "支出总计"))
        sources = next((t.targets[:1] for t in vocabulary().terms if t.fallback_funding == fund), ())
        return (Asked(fund, fund, (*totals, *sources), funding=fund),)
    if not (slots.heard or slots.rest or slots.topic) and (default := _unsaid(slots)):
        return (default,)
    plain = set(slots.operations) <= {Operation.SUM, Operation.CHANGE, Operation.RATE, Operation.DIFFERENCE}
    if plain and not (slots.heard or slots.rest or slots.topic) and slots.has_unit and _SPENT.search(slots.text):
        # "一年一共花多少钱" asks for all of it, "三个项目一共多少钱" for all projects
        term = vocabulary().term("项目支出" if "项目" in slots.text else "支出合计")
        return (
            ()
            if term is None
            else (Asked(term.name, term.name, term.targets, flow=term.flow, component=term.component),)
        )
    return tuple(h.asked for h in slots.heard[:1])


def _part_and_whole(text: str, heard: Sequence[Heard]) -> tuple[list[Asked], Asked] | None:
    found = re.search(r"占(?!比|地|用|有)|相当于|(?<!还|或)是(?=.{1,20}的(?:百分之|几成))", text)
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
        return [h.asked for h in heard[:-1]], heard[-1].asked  # "出国的钱在三公里头占多大比例"
    before = [h.asked for h in heard if h.end <= at]
    after = [h.asked for h in heard if h.start > at]
    if at >= 0 and before and after:
        return before, after[-1]
    gap = text[heard[0].end : heard[1].start]
    if len(heard) == 2 and 0 <= at < heard[0].start and not gap.strip(" ·"):
        return [heard[0].asked], heard[1].asked
    if _IN_WORDS.fullmatch(gap) and gap != "的":
        parts, of = [h.asked for h in heard[1:]], heard[0].asked
        if of.targets[0].scheme in CLASSES and all(p.component and p.targets[0].scheme is Scheme.TOTAL for p in parts):
            parts = [replace(of, component=part.component) for part in parts]  # "高等教育支出里项目支出的比例"
        return parts, of
    return None


_ONLY = re.compile(r"(?:只|仅|单|光)(?:看|算|论|说|就)?$")


def _joined(text: str, one: Heard, two: Heard) -> list[Heard] | None:
    """One account of two that belong together ("行政运行的项目支出", "三公经费里出国"), None when they are two."""
    gap = text[one.end : two.start].strip()
    first, second = one.asked, two.asked
    total_first = first.targets[0].scheme is Scheme.TOTAL
    if _class_within(one, two, gap):
        return [replace(whole_of(one, two), asked=replace(second, parent=first.targets[0]))]
    earned = first.targets[0].scheme is Scheme.FUNCTION and second.targets[0].scheme is Scheme.SOURCE
    if earned and not second.fallback_funding and gap in _OF_CLASS:
        return [
            replace(whole_of(one, two), asked=replace(first, flow="收入", funding=second.name))
        ]  # 小学教育的其他收入
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


def _narrowed(asked: Asked, slots: Slots) -> Asked:
    if slots.base is not None:
        asked = replace(asked, base=slots.base)
    fund = _fund_said(slots)
    if fund and not asked.funding and asked.targets[0].scheme in _NARROWABLE:
        return replace(asked, funding=fund)
    return asked


def _fund_said(slots: Slots) -> str:
    return next(iter(_funds_said(slots)), "")


def _funds_said(slots: Slots) -> list[str]:
    """The funds a question names outside its accounts, in order."""
    text = masked(slots.text, slots.taken)
    names = {say: scope.funding for scope in vocabulary().scopes for say in scope.says}
    return list(dict.fromkeys(names[text[start:end]] for start, end in fund_spans(text)))


def fund_spans(text: str) -> list[tuple[int, int]]:
    """Where a text names funds (财政拨款, 政府性基金 …)."""
    says = sorted((say for scope in vocabulary().scopes for say in scope.says), key=len, reverse=True)
    return [match.span() for match in re.finditer("|".join(map(re.escape, says)), text)]
