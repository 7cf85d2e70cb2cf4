"""Things that only running text counts: pupils, classes, beds, police stations, the area of a site.

A number answers when the thing asked for stands right before or right behind it ("7个派出所", "占地面积12605.79平方米"); of
several, the one whose clause says most of the question's other words. Where two fit alike, both are quoted and neither is
picked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.figure import Scheme
from corpus.money import MONEY_UNITS, Amount, canonical_unit
from corpus.vocabulary import fold, vocabulary
from rag.answer import Result, rounded, show
from rag.desk import Desk, Draft
from rag.numerals import count as count_of
from rag.plan import Verdict
from rag.quoting import Found, mark_of, quote_of, sentences_at_hand
from rag.residue import content
from rag.retrieve import bigrams
from rag.statements import RATE_AT_END

_UNITS = "平方米|平米|m2|m²|㎡|公顷|平方公里|公里|个|名|位|所|张|台|辆|间|套|家|处|户|人次|人(?!口)|条|项|座|栋|支|种|件|部|只|亩|吨|册|份|场|层|米|批次|批|门|班|次"
_BEHIND = re.compile(rf"(?:多少|几)(?P<unit>{_UNITS})?(?P<noun>[\u4e00-\u9fff]{{1,10}})")
_BEFORE = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{1,12}?)(?:一共|总共|大约|大概|现在|目前|现|共)?(?:有|是|为|达到|达|设了?|开放了?)?"
    rf"(?:多少|几)(?P<unit>{_UNITS})?$"
)
_IN_ALL = re.compile(
    r"(?P<noun>职工|员工|学生|教师|幼儿|床位|病床|人口|藏书|图书)(?:的)?(?:总数|总人数|总量|数量|册数|人数|量|数)(?:是|有)?[?？]?$"
)
_AREA = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{0,4}(?:面积|占地))(?:一共|总共|大约|大概|现|共)?(?:有|是|为)?(?:多大|多少)|(?P<place>[\u4e00-\u9fff]{2,6}?)(?:有)?多大面积"
)
_WHOSE = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,2}(?:学校|小学|中学|校园|儿园|幼儿园|医院|单位|中心|机关)|[\u4e00-\u9fff]{0,3}[镇乡县区村道])"
    r"(?=占地|建筑|面积|校舍|总)"
)
_RATIO = re.compile(
    rf"(?:每(?:一)?(?:个|名|位|所|张|家)?|(?<!第)一(?:个|名|位|所|张|家))(?P<by>[\u4e00-\u9fff]{{1,6}}?)(?:平均|大约|大概|要|能)*(?:有|带|教|对应|配|管|服务)?"
    rf"(?:多少|几)(?P<unit>{_UNITS})?(?P<what>[\u4e00-\u9fff]{{1,6}})"
)
_SHORT_NOUN = 2
_HEADS = {"生": "学生", "班": "班", "床": "床位"}
_A_HEAD = re.compile(
    rf"(?P<by>[生班床])均(?:的)?(?P<what>[\u4e00-\u9fff]{{2,6}}?)(?:是|有|为)?(?:多少|几)(?P<unit>{_UNITS})"
)
"""A thing for each pupil, class or bed, said short ("生均校园面积多少平方米")."""
_ALIKE = (
    ("学生", "在校生", "在校学生", "学生人数"),
    ("小朋友", "幼儿", "孩子", "在园幼儿", "儿童", "小孩"),
    ("老师", "教师", "教职工", "专任教师"),
    ("床", "床位", "病床", "开放床位"),
    ("班", "班级", "教学班"),
    ("人口", "总人口", "人口数"),
    ("村", "行政村"),
    ("藏书", "图书", "藏书量", "纸质图书"),
    ("占地", "占地面积", "校园面积", "校园占地面积"),
    ("科室", "股室", "处室", "职能科室", "职能股室", "内设机构", "职能股", "业务科室"),
)
_CUT = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})[的了在是有和与跟呢啊吗呀要能会用来被给从到]|(?:需要|一共|合计|总共|分别|组成|参加|享受)"
)
_NO_THING = re.compile(r"^(?:钱|元|万|亿|块|百|千|个|人|次|成|倍|年|月|天|分|岁|点)|[预决]算|支出|收入|经费|资金|费$")
_ALL_OF_THEM = re.compile(r"(?:在|校|园|全|本|学校|医院|实际|现有|开放|一共|总|共|的)*")
"""Words before a counted thing that leave none of them out; others make it a kind of its own ("外聘教师")."""
_NUMBER = r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*"
_MEASURE = rf"(?P<unit>万?(?:{_UNITS}))?"
_CLAUSES = re.compile(r"[,，;；。:：()（）]")
_ABOUT = re.compile(r"(?:近|将近|超过|不少于|至少|(?:增加|减少|新增|调入|调出|招聘|增|减)了?)$")
"""Before a number that is not how many there are."""
_TAIL = r"(?:人员|教?职工|工)?(?:总?人数|总数|数量|总量|数)?(?:共计|共有|一共|共|有|为|是|达到?)?(?:大?约)?"
_MOVED = re.compile(r"(?:通过|因|由|被|经)?[^,，;；。\d]{0,6}?(?:调[入出走离]|退休|离职|辞职|遴选|招聘|考[入录走])")
"""Behind those who came or went, who are not how many there are ("有两名教师通过遴选调入…")."""
_IN_WORDS = re.compile(
    rf"(?<![第\u5341十百一二三四五六七八九])[一二两三四五六七八九十百]{{1,4}}(?=(?:{_UNITS})(?:[\u4e00-\u9fff,，。;；]|$))"
)
"""Numbers in words, as they stand before what they count ("八个内设机构")."""
_MONEY = frozenset({Scheme.TOTAL, Scheme.THREE_PUBLIC, Scheme.SOURCE, Scheme.ECONOMIC, Scheme.FUNCTION, Scheme.PROJECT})
_PEOPLE = ("人", "名", "位", "个")
_SQUARE_METRES = ("平米", "m2", "m²", "㎡")
_OF_AREA = (*_SQUARE_METRES, "平方米", "公顷", "亩", "平方公里")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Count:
    """A counted thing: how many, the clause, the sentence, and how directly it answers (0 is best)."""

    amount: Amount
    clause: str
    found: Found
    rank: int


def counted(desk: Desk) -> Draft | None:
    """How many of a thing there are, as the first document's sentences count them; None where that is not asked, or they do
    not count it."""
    plan = desk.plan
    if not _year_at_hand(desk) or RATE_AT_END.search(plan.text):
        return None
    if (both := two_kinds(desk)) is not None:
        return both
    asked = thing_asked(re.sub(r"[a-z·.\-\s]+", " ", plan.text) if desk.speech.english else plan.text)
    if asked is None or (not asked[1] and _spends(desk)):
        return None
    best = _best(desk, *asked)
    if not best:
        return None
    if len({count.amount.value for count in best}) > 1 and (summed := _summed(desk, best)) is not None:
        return summed
    if len({count.amount.value for count in best}) > 1:
        quotes = dict.fromkeys(quote_of(desk, count.found) for count in best[:_SHOWN])
        return Draft(Verdict.ANSWERED, "\n".join(f"- {quote}" for quote in quotes)) if len(best) <= _SHOWN else None
    return Draft(Verdict.ANSWERED, quote_of(desk, best[0].found), Result(best[0].amount, "single"))


def _spends(desk: Desk) -> bool:
    """Whether what is asked for is the money of an account, so that no number of things answers it."""
    return any(not asked.weak and asked.targets[0].scheme in _MONEY for asked in desk.plan.accounts)


def one_count(desk: Desk, noun: str, unit: str = "") -> Count | None:
    """The one number that the first document counts of a thing, None for none or several."""
    best = _best(desk, noun, unit, alone=True)
    return best[0] if len({count.amount.value for count in best}) == 1 else None


def _year_at_hand(desk: Desk) -> bool:
    names = desk.plan.documents
    return bool(names) and (not desk.plan.years or desk.shelf.disclosure(names[0]).year in desk.plan.years)


def thing_asked(text: str) -> tuple[str, str] | None:
    """The thing a folded question asks the number of, and the word it counts by ("" unsaid); None for none.

    >>> thing_asked("青禾县公安局有几个派出所?"), thing_asked("占地面积多大")
    (('派出所', '个'), ('占地面积', '平方米'))
    """
    if area := _AREA.search(text):
        return _WHOSE.sub("", area["noun"] or "") or f"{area['place'][-2:]}…面积", "平方米"
    behind = _BEHIND.search(text)
    noun = _core(behind["noun"], first=True) if behind else ""
    if behind and noun:
        return noun, behind["unit"] or ""
    clause = next((part for part in re.split(r"[,，?？;；。]", text) if re.search(r"多少|几", part)), "")
    total = _IN_ALL.search(text)
    if total and not clause:
        return _core(total["noun"], first=False) or total["noun"], ""
    before = _BEFORE.search(clause.rstrip("呢啊呀吗"))
    noun = _core(before["noun"], first=False) if before else ""
    return (noun, before["unit"] or "") if before and noun else None


def _core(words: str, *, first: bool) -> str:
    """The noun in a run of words, without what says nothing; one-character nouns that are counted often stay."""
    words = _CUT.split(words)[0] if first else words
    alike = [word for group in _ALIKE for word in group if words.endswith(word)]
    if alike:
        return max(alike, key=len)
    if first and len(words) >= 2 and words not in vocabulary().everyday and _NO_THING.search(words) is None:
        return words
    runs = [run for run in content(words) if len(run) >= 2]
    return (runs[0] if first else runs[-1]) if runs else ""


def _best(desk: Desk, noun: str, unit: str, *, alone: bool = False) -> list[Count]:
    """The counts that answer most directly: of the thing as it is called, in the clause with most of the other words; `alone`
    where the words before it in the question are another thing's name."""
    said = [] if alone else desk.plan.rest
    own = [word.removesuffix(noun) for word in said if word.endswith(noun) and word != noun]
    own = [re.sub(r"^[一二两三四五六七八九十几\d]+(?:个|名|所|位|家)?", "", word) for word in own]
    kinds = [word for word in own if word and _ALL_OF_THEM.fullmatch(word) is None]
    found = [
        count for count in _counts(desk, noun)
        if _fits(count.amount.unit, unit) and all(kind in fold(count.clause) for kind in kinds)
    ]  # fmt: skip
    if not found:
        return []
    rank = min(count.rank for count in found)
    found = [count for count in found if count.rank == rank]
    other = bigrams("".join(desk.plan.rest)) - bigrams(noun)
    if len({count.amount.value for count in found}) > 1 and other:
        most = max(len(other & bigrams(fold(count.clause))) for count in found)
        found = [count for count in found if len(other & bigrams(fold(count.clause))) == most]
    amount = found[0].amount
    named = Amount(amount.value, amount.unit or canonical_unit(unit) or "个")
    return [Count(named, found[0].clause, found[0].found, rank), *found[1:]]


def _fits(printed: str, asked: str) -> bool:
    if not printed or not asked or printed in MONEY_UNITS:
        return printed not in MONEY_UNITS
    if asked in _OF_AREA:
        return printed in _OF_AREA
    if asked in _PEOPLE and printed.removeprefix("万") in (*_PEOPLE, "所", "家", "张"):
        return True
    return canonical_unit(asked) == canonical_unit(printed.removeprefix("万"))


def _counts(desk: Desk, noun: str) -> Iterator[Count]:
    names = [(noun, 0)]
    for group in _ALIKE:
        if noun in group:
            names += [(word, int(len(noun) > 1)) for word in group if word != noun]
    patterns = []
    for name, rank in names:
        printed = re.escape(name).replace("…", "[^\\d]{0,8}?")
        patterns.append(
            (re.compile(rf"{_NUMBER}{_MEASURE}(?:的|标准化|规范化)*{printed}(?![\u4e00-\u9fff]{{0,4}}面积)"), rank)
        )
        patterns.append((re.compile(rf"{printed}{_TAIL}{_NUMBER}{_MEASURE}(?!年|月|[\d.,]|万|亿|千|元|%)"), rank))
    for item in sentences_at_hand(desk, desk.plan.documents[0]):
        if "名词" in item.section:
            continue
        text = _IN_WORDS.sub(lambda found: str(count_of(found.group())), fold(item.text))
        for clause in _CLAUSES.split(re.sub(r"(?<=\d),(?=\d{3})", "", text)):
            for pattern, rank in patterns:
                for match in pattern.finditer(clause):
                    rest = clause[match.end() :]
                    moved = _MOVED.match(rest) is not None or rest[:1] in ("余", "多")
                    moved = moved or ("均" in clause[: match.start("number")] and "均" not in desk.plan.text)
                    if not moved and not _ABOUT.search(clause[: match.start("number")]):
                        yield Count(_amount(match), clause, item, rank + _inside_a_longer_name(clause, match))


def _inside_a_longer_name(clause: str, match: re.Match[str]) -> int:
    """1 where what is counted may end another group's name (教授 in 副教授), 0 where it stands by itself."""
    if match.start() == match.start("number"):
        return 0
    return int(re.search(r"(?:^|[^\u4e00-\u9fff]|其中|现有|共有|设有|有|的)$", clause[: match.start()]) is None)


def _amount(match: re.Match[str]) -> Amount:
    value, unit = Decimal(match["number"].replace(",", "")), match["unit"] or ""
    return Amount(value, "平方米" if unit in _SQUARE_METRES else unit)


def _summed(desk: Desk, counts: list[Count]) -> Draft | None:
    """Their sum, where the question asks for all of as many ("两个校区一共多少个班") as are counted."""
    said, both = _SO_MANY.search(desk.plan.text), _BOTH.search(desk.plan.text)
    many = count_of(said["many"]) if said else 2 if both else 0
    if len(counts) != many or len({count.amount.unit for count in counts}) > 1:
        return None
    if both and not said and not all(any(side in fold(c.clause) for c in counts) for side in both.groups()):
        return None
    return _added(desk, counts)


def _added(desk: Desk, counts: list[Count]) -> Draft:
    parts = [count.amount for count in counts]
    size = Amount(sum((part.value for part in parts), Decimal(0)), parts[0].unit)
    formula = f"{' + '.join(map(show, parts))} = {show(size)}"
    desk.evidence.compute(size, formula)
    quotes = dict.fromkeys(quote_of(desk, count.found) for count in counts)
    told = desk.speech.pick(
        f"合计：**{show(size)}**（计算：{formula}）", f"Total: **{show(size)}** (computed: {formula})"
    )
    return Draft(Verdict.ANSWERED, "\n".join([told, *quotes]), Result(size, "computed", formula))


_BOTH = re.compile(r"([\u4e00-\u9fff]{2,6}?)[和与跟及、]([\u4e00-\u9fff]{2,6}?)(?:一共|总共|合计|加起来|共)")
HEADS_ASKED = re.compile(r"(?:多少|几)(?:个|位|名)?人|(?:多少|几)[名位]")
"""People are asked for by number."""
_AND = r"(?:[和与跟及、]|加上?)"
_KINDS = re.compile(
    rf"(?P<kinds>[\u4e00-\u9fff]{{2,6}}?(?:{_AND}[\u4e00-\u9fff]{{2,6}}?)+?)(?:[这那]?[两二三四]类人?)?(?:人员)?(?:一共|总共|合计|加起来|共|的?有(?=多少|几))"
)
_EACH = re.compile(
    r"(?P<one>[\u4e00-\u9fff]{2,6}?)[和与跟及、](?P<two>[\u4e00-\u9fff]{2,6}?)(?:各|分别)(?:自|是|有|为)*(?:多少|几)"
)
_SO_MANY = re.compile(r"(?P<many>[两二三四五六])(?:个|所|家|处)[\u4e00-\u9fff]{1,6}?(?:一共|总共|合计|加起来|共)")


def two_kinds(desk: Desk) -> Draft | None:
    """Two or more kinds of things counted each by itself, added up ("硕士生和博士生一共多少人"); None where that is not asked,
    or not all of them are counted once."""
    asked = _KINDS.search(desk.plan.text)
    if asked is None or re.search(r"多少|几", desk.plan.text) is None:
        return None
    nouns = [_core(word, first=False) or word for word in re.split(_AND, asked["kinds"])]
    last = _best(desk, nouns[-1], "", alone=True)
    sides = [_counted_as(desk, noun, nouns[-1] if last else "") for noun in nouns[:-1]] + [last]
    if any(len({count.amount.value for count in side}) != 1 for side in sides):
        return None
    parts = [side[0] for side in sides]
    if len({canonical_unit(part.amount.unit) for part in parts}) > 1 or _twice(parts):
        return None
    return _added(desk, parts)


def kinds_named(text: str) -> int:
    """How many kinds of people or things a folded question names to be added up, 0 where it asks for no such sum."""
    asked = _KINDS.search(text)
    return len(re.split(_AND, asked["kinds"])) if asked else 0


def _counted_as(desk: Desk, noun: str, last: str) -> list[Count]:
    """The counts of a kind by its own name, else with what the last name of the row ends in ("正高和副高职称"), else by the end
    of the words that stand for it."""
    names = (noun, *(noun + last[at:] for at in range(1, len(last))), *(noun[at:] for at in range(1, len(noun) - 1)))
    return next((side for name in names if (side := _best(desk, name, "", alone=True))), [])


def _twice(parts: list[Count]) -> bool:
    """Whether two of the names were found in one place."""
    return len({(count.amount.value, count.clause) for count in parts}) < len(parts)


def each_kind(desk: Desk) -> Draft | None:
    """Two kinds of things counted each by itself ("教授和副教授各有多少人"); None where that is not asked, or not both are counted
    once."""
    asked = _EACH.search(desk.plan.text)
    if asked is None or not _year_at_hand(desk) or re.search(r"[、和与跟及]$", desk.plan.text[: asked.start()]):
        return None
    words = [_kind_counted(desk, asked[side]) for side in ("one", "two")]
    sides = [_best(desk, word, "", alone=True) for word in words]
    if any(len({count.amount.value for count in side}) != 1 for side in sides) or words[0] == words[1]:
        return None
    lines = []
    for word, side in zip(words, sides, strict=True):
        number = desk.evidence.compute(side[0].amount, "")
        lines.append(f"- {word}{desk.speech.pick('：', ': ')}**{show(number)}**{mark_of(desk, side[0].found)}")
    quotes = dict.fromkeys(quote_of(desk, side[0].found) for side in sides)
    return Draft(Verdict.ANSWERED, "\n".join([*lines, *quotes]))


def _kind_counted(desk: Desk, said: str) -> str:
    """The longest end of the words said that the document counts ("教授" of 西南大学教授), else the words."""
    ends = (said[at:] for at in range(len(said) - 1))
    return next((end for end in ends if _best(desk, end, "", alone=True)), said)


def told_a_head(desk: Desk) -> Draft | None:
    """What a sentence itself tells for each head, behind the thing asked about ("教学用房5400平方米,生均6平方米"); None where none
    does, or that is not asked."""
    asked = _A_HEAD.search(desk.plan.text)
    if asked is None or not desk.plan.documents or not _year_at_hand(desk):
        return None
    what = asked["what"]
    a_head = re.compile(
        rf"{asked['by']}均(?P<noun>[^,，。;；\d]{{0,8}}?)(?:为|约|达|有)?(?P<number>\d[\d,]*(?:\.\d+)?){re.escape(asked['unit'])}"
    )
    found = []
    for item in sentences_at_hand(desk, desk.plan.documents[0]):
        text = fold(item.text)
        for match in a_head.finditer(text, max(0, text.find(what))):
            behind = text[text.find(what) + len(what) : match.start()] if what in text else ""
            right_behind = what in text and len(re.findall(r"\d[\d,.]*", behind)) == 1
            if what.endswith(match["noun"]) if len(match["noun"]) > _SHORT_NOUN else right_behind:
                found.append((item, match["number"]))
    if len({number for _, number in found}) != 1:
        return None
    item, number = found[0]
    amount = Amount(Decimal(number.replace(",", "")), asked["unit"])
    return Draft(Verdict.ANSWERED, quote_of(desk, item), Result(amount, "single"))


def each_has(desk: Desk) -> Draft | None:
    """How many of one thing there are for each of another ("平均每个班多少名学生"); None where that is not asked, or either is
    not counted."""
    text = _A_HEAD.sub(lambda found: f"每个{_HEADS[found['by']]}平均多少{found['unit']}{found['what']}", desk.plan.text)
    asked = _RATIO.search(text)
    if asked is None or not _year_at_hand(desk):
        return None
    by, what = (_core(asked[key], first=True) for key in ("by", "what"))
    if not by or not what or by == what:
        return None
    parts = (_best(desk, asked["by"], "", alone=True) if asked["by"] != by else []) or _best(desk, by, "")
    whole = _best(desk, what, asked["unit"] or "")
    if not parts or not whole:
        return None
    if any(len({count.amount.value for count in side}) != 1 for side in (parts, whole)) or not parts[0].amount.value:
        quotes = dict.fromkeys(quote_of(desk, count.found) for count in (*parts[:_SHOWN], *whole[:_SHOWN]))
        return Draft(Verdict.ANSWERED, "\n".join(f"- {quote}" for quote in quotes))
    size = Amount(rounded(whole[0].amount.value / parts[0].amount.value), whole[0].amount.unit)
    formula = f"{show(whole[0].amount)} ÷ {show(parts[0].amount)} = {show(size)}"
    desk.evidence.compute(size, formula)
    quotes = dict.fromkeys(quote_of(desk, side.found) for side in (whole[0], parts[0]))
    told = desk.speech.pick(
        f"平均每个{by}：**{show(size)}**{what}（计算：{formula}）",
        f"{what} per {by}: **{show(size)}** (computed: {formula})",
    )
    return Draft(Verdict.ANSWERED, "\n".join([told, *quotes]), Result(size, "computed", formula))
