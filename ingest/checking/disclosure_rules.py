"""Rules of disclosure about words: notes under tables, tables that are missing, empty reasons, copied-over purposes.

预决算公开操作规程 asks that an empty table says why it is empty, that a change has its reason, and that what is printed
belongs to the account it stands under.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from corpus.accounts import clean_name
from corpus.disclosure import Severity, Side, Table, TableState
from corpus.figure import Figure, Measure, Scheme
from corpus.locator import Locator
from corpus.money import MONEY_UNITS, mentions
from corpus.record import Record
from ingest.checking.outcome import Outcome, Verdict, by_table, place, place_en, side
from ingest.checking.wording import Wording, paragraphs
from ingest.prose.narrative import bare_reasons

_EMPTY_NOTE = re.compile(r"(?:表|故)[^。;]{0,6}(?:无数据|没有数据|为空表?|空表)|(?:^|[:。,])无数据")
_FUNDS = ("政府性基金", "国有资本经营")
_MUST_EXPLAIN = ("fund_expenditure", "fund_income", "state_capital", "three_public")


def notes_and_tables(record: Record) -> list[Outcome]:
    """A note that says a table is empty stands under an empty one; an empty table has such a note, of its own fund."""
    figures = by_table(record)
    said = "。".join(w.text for w in paragraphs(record))
    outcomes = []
    for table in record.tables:
        note = next((n for n in table.notes if _EMPTY_NOTE.search(re.sub(r"\s+", "", n))), None)
        filled = [f for f in figures.get(table.id, []) if f.amount is not None and f.amount.value]
        if note is not None:
            outcomes.append(_empty_note(table, note, filled, record.disclosure.name))
            other = _other_fund(table, note)
            if other:
                outcomes.append(_wrong_fund(table, note, other, record.disclosure.name))
        elif table.empty and table.kind in _MUST_EXPLAIN and not table.notes:
            outcomes.append(_unexplained(table, said, record.disclosure.name))
    return outcomes


def _place_of(table: Table, document: str, quote: str) -> Locator:
    page = table.pages[-1] if table.pages else None
    return Locator(document, page, table.title, quote=quote, table_id=table.id)


def _empty_note(table: Table, note: str, filled: Sequence[Figure], document: str) -> Outcome:
    if not filled:
        return Outcome(document, "空表说明", Verdict.HOLDS)
    first = filled[0]
    return Outcome(
        document, "空表说明", Verdict.FAILS, Severity.CONTRADICTION,
        (Side(_place_of(table, document, note)), *(side(f) for f in filled[:6])), None,
        f"《{table.title}》表下注明为空表，表中却有数据（如{place(first)}为{first.amount}）。",
        f"The note under “{table.title}” says the table is empty, but it holds amounts "
        f"({place_en(first)}: {first.amount}).",
    )  # fmt: skip


def _other_fund(table: Table, note: str) -> str:
    """The fund a note speaks of where the title is about another one, "" where it fits."""
    titled = [fund for fund in _FUNDS if fund in table.title]
    noted = [fund for fund in _FUNDS if fund in note]
    return noted[0] if len(titled) == 1 and noted and titled[0] not in noted else ""


def _wrong_fund(table: Table, note: str, other: str, document: str) -> Outcome:
    return Outcome(
        document, "表下说明", Verdict.FAILS, Severity.WORDING, (Side(_place_of(table, document, note)),), None,
        f"《{table.title}》的表下说明写的是{other}，与本表不符。",
        f"The note under “{table.title}” speaks of another fund ({other}).",
    )  # fmt: skip


def _unexplained(table: Table, said: str, document: str) -> Outcome:
    words = re.findall(r"政府性基金|国有资本经营|“?三公”?经费", re.sub(r"\s+", "", table.title))
    nothing = r"(?:没有|无|未)[^。]{{0,20}}{0}|{0}[^。]{{0,30}}(?:没有|未安排|0(?:\.0+)?万?元)"
    if any(re.search(nothing.format(re.escape(word)), said) for word in words):
        return Outcome(document, "空表说明", Verdict.HOLDS)
    return Outcome(
        document, "空表说明", Verdict.FAILS, Severity.GAP, (Side(_place_of(table, document, table.title)),), None,
        f"《{table.title}》为空表，表下和说明中都没有写明原因。",
        f"“{table.title}” is empty and nothing says why.",
    )  # fmt: skip


def missing_tables(record: Record) -> list[Outcome]:
    """Every table that the contents page names is in the document."""
    document = record.disclosure.name
    outcomes = []
    for entry in record.announced:
        if entry.state is not TableState.MISSING:
            outcomes.append(Outcome(document, "目录所列表格", Verdict.HOLDS))
            continue
        outcomes.append(Outcome(
            document, "目录所列表格", Verdict.FAILS, Severity.GAP,
            (Side(Locator(document, section="目录", quote=entry.title)),), None,
            f"目录列有《{entry.title}》，文中没有找到这张表。",
            f"The contents name “{entry.title}”; no such table was found in the document.",
        ))  # fmt: skip
    return outcomes


def empty_reasons(record: Record) -> list[Outcome]:
    """A reason that is announced is given."""
    document = record.disclosure.name
    return [
        Outcome(
            document, "原因空缺", Verdict.FAILS, Severity.GAP, (Side(locator),), None,
            f"{'第' + str(locator.page) + '页' if locator.page else ''}“{locator.quote}”没有写出原因。",
            f"A reason is announced and none is given: “{locator.quote}”.",
        )
        for locator in bare_reasons(record.sections, record.disclosure)
    ]  # fmt: skip


_CAUSE = re.compile(r"因|由于|系|所致|故")


def changes_without_reason(record: Record) -> list[Outcome]:
    """A change of 机关运行经费 or “三公” that is not nought says why, somewhere in its section."""
    sections: dict[str, str] = defaultdict(str)
    for wording in paragraphs(record):
        sections["/".join(wording.section)] += wording.text
    told: set[str] = set()
    outcomes = []
    for figure in record.figures:
        section = figure.locator.section or ""
        if figure.locator.table_id is not None:
            continue  # a table of changes has no room for reasons
        if figure.measure is not Measure.CHANGE or figure.scheme not in (Scheme.OPERATING, Scheme.THREE_PUBLIC):
            continue
        if figure.amount is None or not figure.amount.value or section in told:
            continue
        if figure.reason or _CAUSE.search(sections.get(section, "因")):
            outcomes.append(Outcome(figure.document, "增减原因", Verdict.HOLDS, figures=(figure.id,)))
            continue
        told.add(section)
        outcomes.append(Outcome(
            figure.document, "增减原因", Verdict.FAILS, Severity.GAP, (side(figure),), None,
            f"“{figure.account}”比上年增减{figure.amount}，没有说明原因（{place(figure)}）。",
            f"{figure.account} changed by {figure.amount} and nothing says why ({place_en(figure)}).", (figure.id,),
        ))  # fmt: skip
    return outcomes


_PURPOSE = re.compile(r"主要用于:?(?P<what>[^。;,]{2,60})")
_REASON_CLAUSE = re.compile(r"主要原因(?:是|为)?:?(?P<what>[^。;,]{2,60}?)(?P<way>增加|减少|保持不变|持平|不变)[。;]")
_ITEM = re.compile(r"(?P<name>[^()“”\-—、,。:;\d]{2,40})(?:\(项\))?[”\"]?(?:科目)?[:。]{0,2}$")
_TOPICS = {
    "住房": ("住房公积金", "公积金", "购房补贴", "提租补贴", "住房"),
    "养老": ("养老", "离退休", "退休", "职业年金", "离休"),
    "医疗": ("医疗",),
}
"""Kinds of spending whose accounts never serve each other's purpose."""


def copied_purposes(record: Record) -> list[Outcome]:
    """What an account "主要用于", and why it changed, is its own: no medical insurance under housing, no other item.

    Other items' names count only in a text whose items mostly repeat their own name as their purpose or reason.
    """
    outcomes = []
    for kind, pattern, grave in (("用途", _PURPOSE, True), ("原因", _REASON_CLAUSE, False)):
        items = [item for wording in paragraphs(record) if (item := _item(wording, pattern)) is not None]
        names = [name for _, name, _ in items]
        repeats = sum(_is_own(name, match) for _, name, match in items) * 2 > len(items)
        for wording, name, match in items:
            strange = grave and bool(_topic(name)) and _topic(match["what"]) not in ("", _topic(name))
            if not strange and repeats and not _is_own(name, match):
                strange = any(_is_own(n, match) and not _related(n, name) for n in names if n != name)
            outcomes.append(
                _copied(wording, name, match, kind) if strange else Outcome(wording.document, kind, Verdict.HOLDS)
            )
    return outcomes


def _copied(wording: Wording, name: str, match: re.Match[str], kind: str) -> Outcome:
    what = match["what"]
    word = "purpose" if kind == "用途" else "reason"
    return Outcome(
        wording.document, kind, Verdict.FAILS, Severity.WORDING,
        (Side(wording.locator(match.start(), match.end())),), None,
        f"{wording}“{name}”的{kind}写的是“{what}”，像是从别的科目抄来的。",
        f"In {wording.english} the {word} of “{name}” is given as “{what}”, which belongs to another account.",
    )  # fmt: skip


def _item(wording: Wording, pattern: re.Pattern[str]) -> tuple[Wording, str, re.Match[str]] | None:
    """The account a paragraph is about and what it says of it, where it is an item with both."""
    match = pattern.search(wording.text)
    if match is None:
        return None
    head = re.split("主要用于", wording.text[: match.start()])[0]
    first = next((m.start for m in mentions(head) if m.unit in MONEY_UNITS), len(head))
    named = _ITEM.search(re.sub(r"[,。;:]+$", "", head[:first]))
    return (wording, clean_name(named["name"]), match) if named else None


def _is_own(name: str, match: re.Match[str]) -> bool:
    what = clean_name(match["what"]).removesuffix("经费")
    return what == name or what.removesuffix("支出") == name.removesuffix("支出") or what.endswith(name)


def _related(left: str, right: str) -> bool:
    return left in right or right in left


def _topic(text: str) -> str:
    """The one kind of spending a text names, "" where it names none or several."""
    found = [topic for topic, words in _TOPICS.items() if any(word in text for word in words)]
    return found[0] if len(found) == 1 else ""


def reasons_and_directions(record: Record) -> list[Outcome]:
    """A reason that only says "X经费增加" does not stand beside a decrease of X."""
    outcomes = []
    for figure in record.figures:
        if figure.measure not in (Measure.CHANGE, Measure.RATE) or figure.amount is None or not figure.reason:
            continue
        match = re.fullmatch(
            r"(?P<what>[^,，;；、。]{2,40}?)(?P<way>增加|减少|保持不变|持平)", re.sub(r"\s+", "", figure.reason)
        )
        if match is None or not _same_account(match["what"], figure):
            continue
        value = figure.amount.value
        agrees = {"增加": value > 0, "减少": value < 0}.get(match["way"], not value)
        if agrees or not value:
            outcomes.append(Outcome(figure.document, "原因与增减方向", Verdict.HOLDS, figures=(figure.id,)))
            continue
        outcomes.append(Outcome(
            figure.document, "原因与增减方向", Verdict.FAILS, Severity.CONTRADICTION, (side(figure),), None,
            f"“{figure.name}”写的是{'增加' if value > 0 else '减少'}{abs(value)}{figure.amount.unit}，"
            f"原因却写“{figure.reason}”，方向相反（{place(figure)}）。",
            f"“{figure.name}” moved by {figure.amount}, but the reason given, “{figure.reason}”, says the opposite "
            f"({place_en(figure)}).", (figure.id,),
        ))  # fmt: skip
    return outcomes


def _same_account(what: str, figure: Figure) -> bool:
    """Whether a reason's subject is the account itself ("宣传事务一般行政管理事务经费")."""
    subject = clean_name(what.removesuffix("经费").removesuffix("预算"))
    names = [clean_name(figure.account), clean_name(figure.name), *(clean_name(p) for p in figure.path)]
    rest = subject
    for name in sorted(set(names), key=len, reverse=True):
        rest = rest.replace(name, "").replace(name.removesuffix("支出"), "")
    return bool(subject) and not rest
