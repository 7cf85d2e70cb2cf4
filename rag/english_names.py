"""Names in an English question: places and bodies by their sound, numbers and kinds of body as Chinese names have them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product

from rag.naming import in_order, short

_LONGEST = 4
"""Characters of the longest part of a name that is known by its sound."""
_KINDS: dict[str, tuple[str, ...]] = {
    "大学": ("学院",),
    "学院": ("大学",),
    "中学": ("学校", "中"),
    "小学": ("学校",),
    "学校": ("中学", "小学"),
    "医院": ("卫生院",),
    "卫生院": ("卫生服务中心", "医院"),
    "幼儿园": ("保育院",),
    "局": ("厅", "委员会", "中心", "办公室"),
    "委员会": ("局", "厅"),
    "政府办": ("政府",),
    "中心": ("站", "所", "馆"),
    "研究所": ("研究院", "学院"),
    "研究院": ("研究所",),
}
"""What a body's English kind may also be in Chinese: "university" for 学院, "department" for 厅."""
_NUMBER = re.compile(
    r"\bno\.?\s?(\d{1,3})(?=\s+[a-z]*\s?(?:school|hospital|middle|primary|high|people|kindergarten|experimental|senior))"
    r"|\b(\d{1,3})(?:st|nd|rd|th)(?=\s+(?:middle|primary|high|senior|people's|kindergarten))"
)
_ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5",
    "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10",
}  # fmt: skip
_SPELLED = re.compile(
    rf"\b(?:no\.?\s?)?({'|'.join(_ORDINALS)})(?=\s+(?:middle|primary|high school|senior high|people's|kindergarten))"
)


def numbered(text: str) -> str:
    """The text with numbers in names ("No.79 Middle School") as Chinese names have them (第七十九)."""
    text = _SPELLED.sub(lambda found: f"no. {_ORDINALS[found.group(1)]}", text)
    text = _NUMBER.sub(lambda found: f" 第{_in_chinese(int(found.group(1) or found.group(2)))} ", text)
    return re.sub(r"(第[\u4e00-\u9fff]+)\s+(?:senior |junior )?(?:high|secondary) school", r"\1中学", text)


def _in_chinese(number: int) -> str:
    """A number up to 999 in Chinese numerals.

    >>> _in_chinese(6), _in_chinese(10), _in_chinese(79), _in_chinese(110), _in_chinese(105)
    ('六', '十', '七十九', '一百一十', '一百零五')
    """
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        said += f"{digits[tens] if tens > 1 or hundreds else ''}十"
    elif hundreds and ones:
        said += "零"
    return said + (digits[ones] if ones else "")


@lru_cache(maxsize=8)
def places(regions: tuple[str, ...]) -> dict[str, str]:
    """Place names by their sound, in one word and by syllables; a name of one character with its level ("lu county")."""
    found: dict[str, str] = {}
    for region in regions:
        name = short(region)
        syllables = _syllables(name)
        for said in _spellings(syllables, name):
            found["".join(said)] = name
            found[" ".join(said)] = name
            if len(name) == 2 and name == region and name[-1] in _LEVELS:
                found[f"{said[0]} {_LEVELS[name[-1]]}"] = name
    return found


_WITHIN = re.compile(
    r"(?P<small>[a-z]+ (?:district|county|town|township|subdistrict|city)), (?P<large>[a-z]+)(?P<level> (?:city|province|municipality))?\b"
)


_SEATED = re.compile(
    r"(?<![a-z])(?P<kind>(?:第[\u4e00-\u9fff]+ +)?(?:(?!(?:the|an?|of|in|at|by|for|from|to|on|with|and|did|does|do|is|are|was|were|has|have)\b)[a-z]+ ){0,3}(?:hospital|school|university|college|court|library|museum|police|bureau|commission|centre|hotline))"
    r"(?: in| at| of|,)(?: the (?:city|county|district|town) of)? (?P<place>[a-z]+(?: (?:district|county|city))?)\b"
)
"""A body with its place behind ("the hospital in Fukang")."""


def larger_first(text: str, spots: Mapping[str, str]) -> str:
    """The text with the larger of two places first, as Chinese has them ("Chang'an District, Xi'an"), and a body's place before
    the body."""
    text = _SEATED.sub(
        lambda found: (
            f"{found['place']} {found['kind'].removeprefix('the ')}"
            if found["place"].split()[0] in spots
            else found.group()
        ),
        text,
    )
    return _WITHIN.sub(
        lambda found: (
            f"{found['large']}{found['level'] or ''} {found['small']}" if found["large"] in spots else found.group()
        ),
        text,
    )


_LEVELS = {"县": "county", "市": "city", "区": "district", "旗": "banner"}


def by_sound(words: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """The parts of names that words sound like ("haixin" 海心). Where several do, the one of the name that has most of the
    other words in it."""
    sounds, whole = _sounds(tuple(names))
    found: dict[str, str] = {}
    for word in words:
        if len(word) < 4 or word not in sounds:
            continue
        others = [other for other in words if other != word]
        fitting = {
            part: max(sum(other in whole[at] for other in others) for at in owners)
            for part, owners in sounds[word].items()
        }
        found[word] = max(fitting, key=lambda part: (fitting[part], -len(part)))
    return found


@lru_cache(maxsize=8)
def _sounds(names: tuple[str, ...]) -> tuple[dict[str, dict[str, list[int]]], list[str]]:
    """Parts of names by their sound, with the names they stand in, and how each whole name sounds."""
    parts: dict[str, dict[str, list[int]]] = {}
    whole: list[str] = []
    for at, name in enumerate(names):
        syllables = _syllables(name)
        whole.append("".join(syllables))
        if len(syllables) != len(name):
            continue  # letters and figures in the name are one syllable each run
        for size in range(2, _LONGEST + 1):
            for start in range(len(name) - size + 1):
                for said in _spellings(syllables[start : start + size], name[start : start + size]):
                    owners = parts.setdefault("".join(said), {}).setdefault(name[start : start + size], [])
                    owners.append(at)
    return parts, whole


def _syllables(name: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # only an English question needs it

    return lazy_pinyin(name, style=Style.NORMAL)


_READ_OTHERWISE = {
    "都": "du", "涡": "guo", "长": "chang zhang", "重": "chong", "朝": "chao", "乐": "le yue lao", "厦": "xia", "蔚": "yu",
    "单": "shan", "六": "lu", "铅": "yan", "番": "pan", "枞": "zong", "泌": "bi", "莘": "shen", "洞": "tong", "荥": "xing",
    "尉": "yu", "百": "bo", "秘": "bi", "任": "ren", "曾": "zeng", "会": "kuai", "牟": "mu", "浚": "xun", "堡": "pu bu bao",
    "圩": "wei xu", "行": "hang xing", "柏": "bai bo", "覃": "qin tan", "歙": "she", "筠": "jun", "什": "shi", "句": "ju",
    "阿": "e a", "冠": "guan", "大": "dai da", "燕": "yan", "叶": "ye", "宕": "tan", "陂": "pi bei", "藏": "zang cang",
    "浒": "xu hu", "栖": "qi xi", "繁": "fan", "汤": "tang", "佛": "fo", "觉": "jue", "盛": "sheng cheng", "氏": "zhi shi",
    "亳": "bo", "费": "fei bi", "镐": "hao gao",
}  # fmt: skip
"""Characters that place names read otherwise than words do (涡阳 Guoyang, 六安 Lu'an, 乐清 Yueqing)."""


def _spellings(syllables: Sequence[str], chars: str = "") -> list[tuple[str, ...]]:
    """The ways a name is spelt: ü as v, u, yu or ü (吕梁 Lvliang, Luliang, Lyuliang, Lüliang), Shaanxi as itself; `chars` are the
    name's characters, of which some are read in two ways."""
    read = chars if len(chars) == len(syllables) else " " * len(syllables)
    ways = [
        (s, s.replace("v", "u"), s.replace("v", "yu"), s.replace("v", "ü"))
        if s in ("lv", "nv")
        else tuple(dict.fromkeys((s, *_READ_OTHERWISE.get(char, "").split())))
        for s, char in zip(syllables, read, strict=True)
    ]
    return list(product(*ways)) if any(len(way) > 1 for way in ways) else [tuple(syllables)]


def as_called(text: str, names: Sequence[str]) -> str:
    """The question in Chinese with bodies called what the book calls them, where only another kind of body, or a number
    without 第, has that name ("宜春大学" for 宜春学院)."""
    for kind, others in _KINDS.items():
        for found in reversed(list(re.finditer(rf"[\u4e00-\u9fff]{{2,}}?{kind}(?!预算|支出|长)", text))):
            run = found.group()[: -len(kind)]
            said = _other_kind(run, kind, others, names)
            if said:
                text = text[: found.start()] + said + text[found.end() :]
    return text


def _other_kind(run: str, kind: str, others: Sequence[str], names: Sequence[str]) -> str:
    """The name that ends in another kind of body, "" where the book has it as said or not at all."""
    for start in range(len(run) - 1):
        stem = run[start:]
        for bare in (stem, stem.replace("第", "")):
            if any(in_order(bare + kind, name) for name in names):
                return run[:start] + bare + kind if bare != stem else ""
        for bare, other in product((stem, stem.replace("第", "")), others):
            if any(
                in_order(bare, name)
                and (bare + other in name or (name.endswith(other) and in_order(bare + other, name)))
                for name in names
            ):
                return run[:start] + bare + other
    return ""


def with_its_level(text: str, streets: Sequence[str], names: Sequence[str]) -> str:
    """The question in Chinese with a subdistrict or town that is named without its level ("Haichang's budget") called in
    full, unless what follows makes it the name of another body."""
    for street in dict.fromkeys(streets):
        full = next((found.group() for name in names if (found := re.search(f"{street}(?:街道|[镇乡])", name))), "")
        tails = {name[at + len(street) :][:2] for name in names if (at := name.find(street)) >= 0}
        known = "|".join(re.escape(tail) for tail in tails if tail)
        if full and full not in text:
            text = re.sub(rf"{street}(?!街道|[镇乡村]|{known or '街道'})", full, text)
    return text
