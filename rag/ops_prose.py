"""Answers from running text: duties, organisation, purposes, whatever no figure covers; definitions; contradictions.

A passage answers only when it really says what is asked: nearly all words left of the question stand in one sentence,
and a question for a number finds a number of the right kind in the same clause. Otherwise it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.disclosure import Section
from corpus.figure import Measure, Scheme
from corpus.locator import Box, Locator
from corpus.money import MONEY_UNITS, Amount, Mention, canonical_unit, mentions
from corpus.passage import Passage
from corpus.vocabulary import fold
from rag.answer import Result
from rag.desk import Desk, Draft
from rag.explained import of_own_budget
from rag.fitting import of_another_year
from rag.ops_define import own_definition
from rag.ops_described import field_of
from rag.ops_offices import duties_of_office
from rag.plan import Verdict
from rag.quoting import Found, paragraph_found, quote_of, quotes_of
from rag.refuse import missing
from rag.retrieve import bigrams, coverage, sentences
from rag.statements import PEOPLE_ASKED, RATE_AT_END, of_another_thing
from rag.values import Value

_TITLES = {
    "duties": re.compile(r"职责|职能"),
    "tasks": re.compile(r"工作任务|重点工作|工作重点|工作计划|年度工作|工作目标"),
    "units": re.compile(r"单位构成|构成|机构设置|基本情况|预算单位|决算单位|组成"),
    "organisation": re.compile(r"机构设置|机构情况|基本情况|内设机构|单位构成|人员构成|编制"),
}
_COUNTER = re.compile(
    r"(?:多少|几)\s*(个(?!亿|万|百|千)|名|位|人次|人|件|次|家|户|台|辆|套|项|条|平方米|公里|亩|吨|所|张|间|册|层|座|批|期|场|种|份|处|篇|万|小时|天|年|分)"
)
_SIZES = ("平方米", "万平方米", "亩", "万亩")
_MANY = 12
_NAMED = 0.6
"""The share of a project's or account's name that must stand with what is said of it."""
_USES = re.compile(r"用于|用途|主要(?:支出)?(?:的)?项目(?:有|是|为|包括)")
_LONG_CELL = 60
"""Characters from which on a row of a table is read like running text (项目概况 in a performance sheet)."""


def prose(desk: Desk) -> Draft:
    """From the section of the kind asked for, else from the passages that say it, else refused."""
    topic = desk.plan.topic
    if topic == "units":
        listed = _units(desk)
        if listed is not None:
            return listed
    if topic == "duties" and (office := duties_of_office(desk)) is not None:
        return office
    found = _from_sections(desk, topic) if topic in _TITLES else field_of(desk, topic)
    if found:
        return Draft(Verdict.ANSWERED, "\n".join(f"- {quote_of(desk, item)}" for item in found[:_MANY]))
    if topic == "purpose":
        return _purpose(desk)
    names = [asked.said for asked in desk.plan.accounts if not asked.weak]
    money = re.search(
        r"经费|费用|费(?:[?？。]|$)|多少钱|资金|预算|决算|金额|花", desk.plan.text
    ) is not None and not re.search("哪几|哪些", desk.plan.text)
    return from_passages(desk, list(desk.plan.rest), names=names, numeric=money)


def _units(desk: Desk) -> Draft | None:
    """The units a disclosure comprises, with the place that lists them."""
    for name in desk.plan.documents[:1]:
        disclosure = desk.shelf.disclosure(name)
        if not disclosure.units:
            return None
        places = [found for unit in disclosure.units for found in _where_listed(desk, name, unit)[:1]]
        marks = "".join(dict.fromkeys(
            desk.evidence.quote(Locator(name, page=p.page, section=p.section or None, quote=p.text, bbox=p.bbox))
            for p in places
        ))  # fmt: skip
        count = desk.evidence.count(len(disclosure.units))
        names = "、".join(disclosure.units)
        where = desk.speech.disclosure(disclosure)
        told = desk.speech.pick(
            f"{where}包括{count}个单位：{names}{marks}", f"{where} covers {count} units: {names} {marks}"
        )
        return Draft(Verdict.ANSWERED, "\n".join([told, *of_own_budget(desk)]))
    return None


def _where_listed(desk: Desk, document: str, unit: str) -> list[Found]:
    found = []
    for table in desk.shelf.tables(document):
        for cell in table.cells:
            if fold(cell.text) == fold(unit) or (fold(unit) in fold(cell.text) and len(cell.text) < len(unit) + 8):
                found.append(Found(document, table.title, cell.text, cell.page, cell.bbox))
    if table_first := [item for item in found if "构成" in item.section or "单位" in item.section]:
        return table_first
    for section in desk.shelf.sections(document):
        for paragraph in section.paragraphs:
            at = paragraph.text.find(unit)
            if at >= 0 and re.search(r"构成|范围|包括|下属|机构", section.title + paragraph.text[:40]):
                page, bbox = next(iter(paragraph.places(at, at + len(unit))), (None, None))
                found.append(Found(document, section.title, paragraph.text[:300], page, bbox))
    return found


def _from_sections(desk: Desk, topic: str) -> list[Found]:
    """Paragraphs of the first section whose heading is of that kind."""
    pattern = _TITLES[topic]
    for name in desk.plan.documents:
        for section in desk.shelf.sections(name):
            if not pattern.search(section.title) or re.match(r".*名词|.*目录", "".join(section.path)):
                continue
            own = [paragraph_found(name, section, item) for item in section.paragraphs if item.text.strip()]
            found = own or _subsections(desk, name, section)
            if found:
                return found
    return []


def _subsections(desk: Desk, document: str, section: Section) -> list[Found]:
    return [
        paragraph_found(document, other, paragraph)
        for other in desk.shelf.sections(document)
        if other.path[: len(section.path)] == section.path and other is not section
        for paragraph in other.paragraphs
        if paragraph.text.strip()
    ]


def _purpose(desk: Desk) -> Draft:
    """What an account is used for: the sentence with 主要用于 after the account's name."""
    for name in desk.plan.documents:
        for asked in desk.plan.accounts:
            wanted = fold(asked.targets[0].account)
            found = next((f for s in desk.shelf.sections(name) if (f := purpose_in(name, s, wanted))), None)
            if found is not None:
                return Draft(Verdict.ANSWERED, quote_of(desk, found))
    projects = [a for a in desk.plan.accounts if a.targets[0].scheme is Scheme.PROJECT]
    overview = field_of(desk, "overview") if projects else []
    if overview:
        return Draft(Verdict.ANSWERED, "\n".join(f"- {quote_of(desk, item)}" for item in overview[:_MANY]))
    names = [a.said for a in desk.plan.accounts if not a.weak]
    draft = from_passages(desk, [*desk.plan.rest, "用于"], names=names)
    if draft.verdict is not Verdict.NOT_DISCLOSED or not names:
        return draft
    if below := _named_for(desk):
        return Draft(Verdict.ANSWERED, "\n".join(below))
    explained = next(filter(None, (own_definition(desk, a.name) for a in desk.plan.accounts if not a.weak)), "")
    if explained:  # "反映…的支出" says what it is for
        return Draft(Verdict.ANSWERED, explained)
    return (_amounts_alone(desk) or draft) if re.search(r"多少|几何", desk.plan.text) else draft


def _named_for(desk: Desk) -> list[str]:
    """The classes within the one asked about whose names say what they are for ("用于教育事业的彩票公益金支出")."""
    target = desk.plan.accounts[0].targets[0]
    if target.scheme is not Scheme.FUNCTION or not target.code or not desk.plan.documents:
        return []
    below = {
        f.code: f for f in desk.shelf.figures(desk.plan.documents[0])
        if f.scheme is Scheme.FUNCTION and f.code.startswith(target.code) and f.code != target.code
        and "用于" in f.account and f.amount is not None and f.amount.is_money and f.measure is Measure.AMOUNT
    }  # fmt: skip
    return [f"- {desk.tell(Value.of(f), desk.issuer(f.document))}" for _, f in sorted(below.items())]


def _amounts_alone(desk: Desk) -> Draft | None:
    """How much it is, where what it is for is asked along with that and told nowhere."""
    told = [
        value for name in desk.plan.documents[:1] for asked in desk.plan.accounts
        if (value := desk.amount(desk.source(name), asked, desk.shelf.disclosure(name).year)) is not None
    ]  # fmt: skip
    if not told:
        return None
    lines = [desk.tell(value, desk.issuer(value.document)) for value in told]
    silent = desk.speech.pick("文件没有写明用来做什么。", "The document does not say what it is for.")
    lines += [line for value in told for line in _class_of_same_amount(desk, value)]
    return Draft(Verdict.ANSWERED, "\n".join([*lines, silent]), desk.result(told[0]) if len(told) == 1 else None)


def _class_of_same_amount(desk: Desk, value: Value) -> list[str]:
    """The one lowest class of spending that comes to just what a source of income does: what that money went to."""
    figure = value.figure
    if figure is None or figure.scheme is not Scheme.SOURCE or figure.amount is None or not figure.amount.value:
        return []
    same = {
        f.code: f for f in desk.shelf.figures(value.document)
        if f.scheme is Scheme.FUNCTION and f.flow == "支出" and f.code and f.amount is not None and f.year == figure.year
        and f.amount.is_money and f.amount.to("元").value == figure.amount.to("元").value and not f.entity
    }  # fmt: skip
    lowest = [f for code, f in same.items() if not any(other != code and other.startswith(code) for other in same)]
    if len(lowest) != 1 or lowest[0].amount is None:
        return []
    shown, mark = desk.shown(lowest[0].amount), desk.evidence.cite(lowest[0])
    return [desk.speech.pick(
        f"数额与它相同的支出科目是“{lowest[0].account}”：{shown}{mark}",
        f"The class of spending of the same amount: {lowest[0].account}, {shown} {mark}",
    )]  # fmt: skip


def purpose_in(document: str, section: Section, wanted: str) -> Found | None:
    """The sentence of a section that says what the account is for; the section's heading may name the account."""
    if "名词" in "".join(section.path):
        return None
    headed = wanted in fold(section.title)
    for paragraph in section.paragraphs:
        if not headed and wanted not in fold(paragraph.text):
            continue
        for start, end in sentences(paragraph.text):
            text = paragraph.text[start:end].strip()
            if not _USES.search(text) or not (headed or wanted in fold(paragraph.text[:end])):
                continue
            page, bbox = next(iter(paragraph.places(start, end)), (None, None))
            head = paragraph.text if len(paragraph.text) < 300 else paragraph.text[start:][:300]
            return Found(document, section.title, text if wanted in fold(text) else head.strip(), page, bbox)
    return None


def purpose_of(document: str, section: Section, amount: Amount) -> Found | None:
    """The sentences of a section that name this very amount and then what it is for ("978万元。主要用于…")."""
    for paragraph in section.paragraphs:
        stated = [m for m in mentions(paragraph.text) if m.unit in MONEY_UNITS]
        at = next((m.end for m in stated if Amount(m.value, m.unit).to(amount.unit) == amount), None)
        used = re.search(r"用于", paragraph.text[at : at + 40]) if at is not None else None
        if at is None or used is None:
            continue
        start = max((begin for begin, _ in sentences(paragraph.text) if begin <= at), default=0)
        end = next((stop for _, stop in sentences(paragraph.text) if stop > at + used.end()), len(paragraph.text))
        page, bbox = next(iter(paragraph.places(start, end)), (None, None))
        return Found(document, section.title, paragraph.text[start:end].strip()[:300], page, bbox)
    return None


def passages_about(desk: Desk, words: Sequence[str], *, need: float, names: Sequence[str] = ()) -> list[Found]:
    """Sentences of the plan's documents in which at least `need` of the words' character pairs stand, best first.

    `names` are accounts or projects that are spoken of: they may stand in the heading above instead.
    """
    if not words and not names:
        return []
    if not words:
        words, names = names, ()
    query = "".join((*names, *words))
    found: dict[tuple[str, str], Found] = {}
    for hit in desk.searcher.search(query, desk.plan.documents):
        if re.search(r"名词|术语", hit.passage.section):
            continue
        for item in _sentences_of(hit.passage):
            score = coverage(words, fold(item.text))
            if score >= need and (not names or coverage(names, fold(hit.passage.context + item.text)) >= _NAMED):
                found.setdefault(
                    (item.document, item.text),
                    replace(item, score=score),
                )
    return sorted(found.values(), key=lambda item: -item.score)


def _sentences_of(passage: Passage) -> list[Found]:
    if passage.kind != "prose" and not (len(passage.text) >= _LONG_CELL and re.search(r"[。；]", passage.text)):
        return [Found(passage.document, passage.section, passage.text, passage.page, _first_box(passage), cell=True)]
    return [
        Found(passage.document, passage.section, text, passage.page, _first_box(passage))
        for start, end in sentences(passage.text)
        if (text := passage.text[start:end].strip())
    ]


def _first_box(passage: Passage) -> Box | None:
    return next((box for _, box in passage.boxes if box is not None), None)


def from_passages(desk: Desk, words: Sequence[str], *, names: Sequence[str] = (), numeric: bool = False) -> Draft:
    """The sentences that say all (for a number) or nearly all of the words, else a refusal."""
    words = [word for word in words if bigrams(word)]
    if sum(map(len, (*words, *names))) < 2:
        return missing(desk)
    asks_which = re.search(r"哪几|哪一?家", desk.plan.text) is not None
    numeric = numeric or (not asks_which and re.search(r"多少|几[^乎]|多大|多长|百分之", desk.plan.text) is not None)
    strict = numeric or len("".join((*words, *names))) <= 4
    found = passages_about(desk, words, need=0.6 if numeric else 0.99 if strict else 0.8, names=names)
    words = words or list(names)
    if numeric:
        return _number_in(desk, found, words)
    found = [item for item in found if len("".join(words)) >= 3]
    said = re.compile(rf"(?:{'|'.join(re.escape(word) for word in words)})(?:主要)?(?:为|是|包括|包含|有|:)")
    found.sort(key=lambda item: said.search(fold(item.text)) is None)
    if not found:
        return missing(desk)
    return Draft(Verdict.ANSWERED, "\n".join(f"- {quotes_of(desk, item)}" for item in found[:3]))


_MONEY_AT_END = re.compile(r"(?:资金|经费|金额|费用?)(?:总额|总量|合计)?(?:是|有|共)?(?:多少)?[?？]?$")
"""What a question asks for by its last words is money ("扶贫资金总额")."""


_MONEY_SAID = re.compile(
    r"多少钱|几块钱|多少元|多少万元|花(?:费|掉|了)?(?:多少|几)|(?:预算|经费|资金|金额|拨款|费用)(?:数|额)?(?:安排|是|有|为|了)*多少"
)
_MONEY_IN_ENGLISH = re.compile(
    r"\bhow much\b[^?]*\b(?:spen[dt]|budget(?:ed)?|allocated|cost|paid?|planned (?:for|on)|money|earmarked|set aside|appropriated)\b"
)


def _money_asked(desk: Desk) -> bool:
    """Whether money is asked for, so that no number of things answers."""
    text = desk.plan.text
    english = desk.speech.english and _MONEY_IN_ENGLISH.search(desk.plan.question.lower()) is not None
    return english or bool(_MONEY_SAID.search(text) or _MONEY_AT_END.search(text))


def _number_in(desk: Desk, found: Sequence[Found], words: Sequence[str]) -> Draft:
    """A number of the kind asked for, in the same clause as all the words."""
    counter = _COUNTER.search(desk.plan.text)
    said = counter.group(1) if counter else ""
    unit = canonical_unit({"位": "名", "万": ""}.get(said, said))
    people = PEOPLE_ASKED.search(desk.plan.text) is not None
    for item in found:
        if item.cell or not desk.of_basis_said(item.text):
            continue  # what a cell states is a figure, found as such
        own = desk.shelf.disclosure(item.document).year in desk.plan.years
        for clause in re.split(r"[,;。，；]", item.text):
            if not all(_says(fold(clause), word) for word in words):
                continue
            if not own and of_another_year(clause, desk.plan.years):
                continue
            numbers = [m for m in mentions(clause) if m.unit and m.unit != "年"]
            numbers = [m for m in numbers if not of_another_thing(desk.plan.text, fold(clause[: m.start]))]
            if not counter and _money_asked(desk):
                numbers = [m for m in numbers if m.unit in MONEY_UNITS]
            if RATE_AT_END.search(desk.plan.text):
                numbers = [m for m in numbers if m.unit in ("%", "‰")]
                words = [f"{word}率" if f"{word}率" in desk.plan.text else word for word in words]
            fitting = (
                [m for m in numbers if m.unit in ("人", "名", "位")]
                if people
                else [m for m in numbers if canonical_unit(m.unit) == unit]
                if unit
                else [m for m in numbers if m.unit in _SIZES and "面积" in clause]
                if re.search(r"多大|面积", desk.plan.text)
                else _beside(clause, words, numbers)
            )
            money = not (unit or people or re.search("哪|百分之|%|几成|比例", desk.plan.text))
            if not numbers and money and (paid := _paid_for(item.text, clause)):
                return Draft(
                    Verdict.ANSWERED, quote_of(desk, item), Result(Amount(paid.value, paid.unit), "single")
                )  # fmt: skip
            if len(fitting) > 1:  # 博士生导师9人、硕士生导师30人
                behind = [m for m in fitting if any(fold(clause[: m.start]).endswith(word) for word in words)]
                fitting = behind if len(behind) == 1 else fitting
            if fitting:
                text = quote_of(desk, item)
                sure = len(fitting) == 1 and fitting[0].printed.endswith(
                    fitting[0].unit
                )  # "5万余人" is no exact number
                result = Result(Amount(fitting[0].value, fitting[0].unit), "single") if sure else None
                return Draft(Verdict.ANSWERED, text, result)
    return missing(desk)


def _paid_for(sentence: str, clause: str) -> Mention | None:
    """The one amount of money before "主要用于…" where that names what is asked for ("X万元，主要用于菜场管理")."""
    at = sentence.find(clause)
    used = re.search(r"(?:主要)?用于", sentence)
    if used is None or at < 0 or used.start() > at + len(clause):
        return None
    amounts = [m for m in mentions(sentence[: used.start()]) if m.unit in ("元", "万元", "亿元")]
    return amounts[0] if len(amounts) == 1 else None


def _says(clause: str, word: str) -> bool:
    """Whether a clause says a word, perhaps with a little between its halves ("邮寄|政务|服务" for 邮寄服务)."""
    if word in clause or coverage([word], clause) >= 0.99:
        return True
    return len(word) == 4 and re.search(f"{re.escape(word[:2])}.{{0,4}}{re.escape(word[2:])}", clause) is not None


def _beside(clause: str, words: Sequence[str], numbers: Sequence[Mention]) -> list[Mention]:
    """Numbers right after a word asked for ("院士 2 人"), or right before it ("58000 名学生")."""
    found = []
    for number in numbers:
        before, after = clause[max(0, number.start - 14) : number.start], clause[number.end : number.end + 12]
        tail, head = re.sub(r"[\s为共约近有达是数]+$", "", before), after.lstrip()
        if any(tail.endswith(word) or head.startswith(word) for word in words):
            found.append(number)
    return found
