"""Things that are counted or held, and what is asked of them: people or what they are paid, posts filled or empty, cars held
or bought, visits by number, kinds of what is procured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.figure import Measure, Scheme
from corpus.vocabulary import Target, vocabulary
from rag.joining import CLASSES
from rag.lexicon import Heard
from rag.plan import Asked, Operation
from rag.residue import masked
from rag.slots import Slots

_HEAD_COUNT = Measure.COUNT
VISITS = {
    "公务接待费": ("国内公务接待批次", "国内公务接待人次"),
    "因公出国（境）费": ("因公出国（境）团组数", "因公出国（境）人次数"),
}
"""What receptions and trips cost, and how the 三公 table counts them: groups, then people."""


_HEADS = re.compile(r"多少[人名位]|几[个名位]|人数|占")


_CARS_APART = re.compile(
    r"(?:实有|现有|实际|在用)[^,，。]{0,6}(?:差|多|少|超)|差[^,，。]{0,4}(?:几|多少)[辆台]|空(?:着|缺|余)|超编|超了"
)


_CARS_FREE = re.compile(r"(?:超编|空编|缺编|超了)[^,，。人名]{0,6}[辆台车]|车辆?(?:超编|空编|缺编|超了)")


def vacant(text: str, heard: Sequence[Heard]) -> tuple[Asked, ...]:
    """Posts approved and filled, where the empty ones are asked for ("编制21个，现在还空着几个")."""
    cars = next((h.asked for h in heard if h.asked.name == "车辆编制"), None)
    posts_of_cars = vocabulary().term("车辆编制")
    if cars is None and posts_of_cars is not None and _CARS_FREE.search(text):
        cars = Asked(posts_of_cars.name, posts_of_cars.name, posts_of_cars.targets, measure=posts_of_cars.measure)
        heard = [h for h in heard if h.asked.name != "车辆"]
    if cars is not None:
        held = vocabulary().term("车辆")
        asked = _CARS_APART.search(text) is not None and not any(h.asked.name == "车辆" for h in heard)
        return (cars, Asked(held.name, held.name, held.targets, measure=held.measure)) if asked and held else ()
    apart = re.search(r"编制?(?:数|人数)?[和与跟同]实有?(?:人数|人员)?[^,，。]{0,4}差", text) is not None
    if not apart and re.search(r"还空|空缺|空编|缺编|超编|没招满|空着", text) is None:
        return ()
    if re.search(r"空编|缺编|超编", text) is None and not any(h.asked.name.endswith("编制") for h in heard):
        return ()
    kind = next((h.asked for h in heard if h.asked.name.endswith("编制") and h.asked.name != "编制"), None)
    terms = [term for name in ("编制", "实有人员") if (term := vocabulary().term(name)) is not None]
    posts, staff = (Asked(t.name, t.name, t.targets, measure=t.measure) for t in terms)
    if kind is None:
        return posts, staff
    return kind, replace(staff, targets=(Target(Scheme.STAFF, "", f"{kind.name}实有人员"), *staff.targets[:1]))


def posts_by_kind(text: str, heard: Sequence[Heard]) -> tuple[Asked, ...]:
    """Approved posts and those of one kind among them ("有多少编制，行政的几个"), () where it is not that."""
    whole = next((h for h in heard if h.asked.name in ("编制", "实有人员", "在职人员")), None)
    if whole is None:
        return ()
    behind = text[whole.end :]
    kinds = re.findall(r"(行政|事业|工勤)(?:的|编|人员)?(?:有)?(?:多少|几)", behind)
    if each := re.search(r"(?P<kinds>(?:行政|事业|工勤)(?:[和与、及](?:行政|事业|工勤))+)(?:人员|编制|的)?各", behind):
        kinds = re.findall("行政|事业|工勤", each["kinds"])
    others = [h for h in heard if h is not whole and h.asked.name not in ("行政经费", "事业单位") and not h.asked.weak]
    if not kinds or [h for h in others if h.asked.said not in ("多少人", "几个人")]:
        return ()
    what = ("编制",) if whole.asked.name == "编制" else ("人员", "在职人员", "编制实有人员")
    parts = [
        replace(
            whole.asked, name=f"{kind}{what[0]}", said=f"{kind}{what[0]}",
            targets=tuple(Target(Scheme.STAFF, "", f"{kind}{word}") for word in what),
        )
        for kind in kinds
    ]  # fmt: skip
    return (whole.asked, *parts)


def _hired(text: str, item: Heard) -> Heard:
    """Hired staff by number, where a wording of what they are paid stands for them ("临聘人员有多少人")."""
    if (
        "劳务派遣" in text
        and "派遣" not in item.asked.name
        and item.asked.said.startswith("劳务")
        and _HEADS.search(text)
    ):
        names = ("劳务派遣人员", "劳务派遣", "派遣人员")
        return replace(
            item,
            asked=Asked(
                names[0], item.asked.said, tuple(Target(Scheme.STAFF, "", n) for n in names), measure=_HEAD_COUNT
            ),
        )
    who = next(
        (name for name in ("临聘人员", "聘用人员", "临时人员", "编外人员", "外聘人员") if name[:2] in item.asked.said),
        "",
    )
    if not who or item.asked.targets[0].scheme is not Scheme.ECONOMIC or not _HEADS.search(text):
        return item
    targets = tuple(Target(Scheme.STAFF, "", name) for name in (who, "临聘人员", "聘用人员", "编外人员"))
    return replace(item, asked=Asked(who, item.asked.said, tuple(dict.fromkeys(targets)), measure=_HEAD_COUNT))


def people_or_money(slots: Slots, heard: Sequence[Heard]) -> list[Heard]:
    """Without the people that an amount is for ("给退休人员发的退休费"), unless they are counted too."""
    heard = [_hired(slots.text, item) for item in heard]
    paid = any(h.asked.targets[0].scheme in CLASSES for h in heard)
    counted = (
        re.search(r"多少[人名位]|几[个名位]?人|人数|人均|每", slots.text) or Operation.PER_HEAD in slots.operations
    )
    if not paid or counted:
        return list(heard)
    return [h for h in heard if h.asked.targets[0].scheme is not Scheme.STAFF]


_TO_BUY = re.compile(
    r"(?:打算|计划|准备|要|想|今年)?(?:再|添|新)?(?:买|添|添置|购置)(?:了)?(?:几|多少)(?:辆|台|部)|(?:打算|准备|计划|要|还|想)(?:再|添|新)?买(?!了?多少钱|车?花)|买吗|买不买|买新?车了?吗"
)


_CARS_AND_COST = re.compile(
    r"(?:几|多少)(?:辆|台|部)[^,，。?？]{0,4}[,，、和及]?[^,，。?？]{0,6}(?:多少钱|多少万|几[万块]|花了?多少|费用)|(?:多少钱|多少万|花了?多少)[^?？]{0,6}(?:几|多少)(?:辆|台|部)"
)
"""Cars to be bought by number and by cost ("要买车吗？几辆，多少钱")."""


_HOW_MANY_BOUGHT = re.compile(r"(?:买|添|添置|购置)了?(?:几|多少)[辆台部]")


def cars_too(text: str, heard: Sequence[Heard]) -> tuple[Asked, ...]:
    """The cars there are and those to be bought, by number ("公车有没有？今年打算买吗"), () where none are asked whether they are
    bought, or their cost is asked for."""
    cars = [h for h in heard if h.asked.name in ("车辆", "公务用车购置及运行费", "公务用车购置费")]
    if len(cars) == len(heard) == 1 and _TO_BUY.search(text) and _CARS_AND_COST.search(text):
        both = [vocabulary().term(name) for name in ("公务用车购置数", "公务用车购置费")]
        return tuple(Asked(t.name, t.name, t.targets, measure=t.measure) for t in both if t is not None)
    if len(cars) != 1 or len(heard) != 1 or not _TO_BUY.search(text) or re.search(r"钱|费|元|万", text):
        return ()
    said = _HOW_MANY_BOUGHT.sub("", text)  # "新买了几辆": not how many there are
    held = re.search(r"有没有|几辆|多少辆|现有|现在有", said) is not None and cars[0].asked.name != "公务用车购置费"
    terms = [vocabulary().term(name) for name in (("车辆", "公务用车购置数") if held else ("公务用车购置数",))]
    return tuple(Asked(t.name, t.name, t.targets, measure=t.measure) for t in terms if t is not None)


def held_or_bought(asked: Asked, text: str) -> Asked:
    """A holding asked for as something to be bought ("准备添几台百万元以上设备"), or cars by their worth."""
    target = asked.targets[0]
    if asked.name == "公务用车购置及运行费" and re.search(
        rf"(?:买|购置|购买|新购)(?:一?辆|新)?{re.escape(asked.said)}", text
    ):
        term = vocabulary().term("公务用车购置费")
        return asked if term is None else Asked(term.name, asked.said, term.targets)
    spent = re.search(
        r"车辆?的?(?:预算|经费|费用?|支出|开支|钱)|(?:增|降|减|涨)[长少低]?了?(?:百分之|几个?点|多少钱)", text
    )
    if asked.name == "车辆" and spent is not None:
        term = vocabulary().term("公务用车购置及运行费")
        return asked if term is None else Asked(term.name, asked.said, term.targets)
    if asked.name == "公务用车购置及运行费" and re.search(r"(?:多少|几)(?:辆|台)|辆数", text):
        term = vocabulary().term("车辆")
        return asked if term is None else Asked(term.name, asked.said, term.targets, measure=term.measure)
    if asked.name == "公务用车购置及运行费" and re.search(r"值多少|价值|值几|值钱", text):
        return Asked("车辆", asked.said, (Target(Scheme.ASSET, "", "车辆"),))
    if target.scheme is not Scheme.ASSET or not re.search(
        r"添|购置|新购|新买|采购|要买|买了?(?:几|多少)|新增|添置", text
    ):
        return asked
    bought = Target(target.scheme, "", f"购置{target.account}")
    if asked.name == "车辆":
        return replace(asked, targets=(bought, Target(Scheme.THREE_PUBLIC, "", "公务用车购置数")))
    return replace(asked, targets=(bought, *asked.targets))


def visits(text: str, heard: Sequence[Heard]) -> tuple[Asked, ...]:
    """Receptions or trips asked for by number, not by cost ("公务接待了多少批次多少人")."""
    base = next((h.asked.name for h in heard if h.asked.name in VISITS), None)
    base = base or next((name for name, kinds in VISITS.items() if any(h.asked.name in kinds for h in heard)), None)
    groups = re.search(r"多少批|几批|批次|多少个?团|几个团|团组", text) is not None
    people = re.search(r"多少人|几个人|人次|多少个人", text) is not None
    if base is None or not (groups or people) or len(heard) > 2:
        return ()
    wanted = [name for name, asked in zip(VISITS[base], (groups, people), strict=True) if asked]
    if re.search(r"(?:花|用)了?多少钱[^和与]{0,2}[,，]", text):
        wanted.insert(0, base)  # "出国花了多少钱，几个人去的"
    elif re.search(r"费用|经费|多少钱|元|费(?!者)", re.sub(r"[“\"]?三公[”\"]?经费(?:里|中)?", "", text)):
        return ()
    terms = [vocabulary().term(name) for name in wanted]
    return tuple(Asked(t.name, t.name, t.targets, measure=t.measure) for t in terms if t is not None)


def kind_of_whole(text: str, start: int) -> Asked | None:
    """The kind of procurement that is said to be a share of all that stands at `start` ("工程占整个政府采购预算的百分之几"); None where
    none is."""
    said = re.search(r"(货物|工程|服务)类?(?:采购)?(?:支出|预算)?(?:占|在)", text[:start])
    term = vocabulary().term(f"政府采购{said.group(1)}") if said is not None and re.search(r"占|比", text) else None
    return None if term is None else Asked(term.name, term.name, term.targets)


def kinds_bought(slots: Slots, end: int) -> tuple[Asked, ...]:
    """货物, 工程, 服务 named after 采购, too plain to be heard by themselves (and no part of a unit's name)."""
    text = masked(slots.text, slots.taken)
    before = re.findall(
        r"(?:买|购买|采购)(货物|工程|服务)|(货物|工程|(?<![政商公])(?<!便民)服务)(?:类|部分|这?一?块)", text[:end]
    )
    text = text[end:] + "".join(one or other for one, other in before)
    terms = [vocabulary().term(f"政府采购{kind}") for kind in ("货物", "工程", "服务") if kind in text]
    return tuple(Asked(term.name, term.name, term.targets) for term in terms if term is not None)
