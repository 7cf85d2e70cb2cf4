"""Answers that stand in the cells of tables as they are printed: what a code stands for, a column of a performance sheet
that is ranked, tables without data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.disclosure import Cell, Table
from corpus.locator import Locator
from corpus.money import Amount, parse_number
from corpus.vocabulary import fold
from rag.answer import Result
from rag.desk import Desk, Draft
from rag.ops_book import tell_finding
from rag.ops_figures import values_for
from rag.plan import Operation, Verdict
from rag.retrieve import bigrams

_CODE = re.compile(r"(?<![A-Za-z\d])[A-Za-z]\d{3,8}(?!\d)")
_CODE_ASKED = re.compile(r"(?:代码|编码|编号)(?:是|为)?(?:什么|多少|几|哪)")
_COLUMN = re.compile(r"分值权重|权重分值|权重|分值")
_EMPTY = re.compile(
    r"(?:哪|几|多少)[^,，。]{0,8}表[^,，。]{0,8}(?:没有?数|空|没填|无数据)|(?:(?:哪|几|多少)[^,，。]{0,4}|有没有)空表|(?:空表|没有?数据的表|空白的?表)[^,，。]{0,6}(?:哪|几|多少|有)"
)
_IS_IT_EMPTY = re.compile(
    r"表(?!决|示|现)[^?？]{0,16}?(?:(?:是(?:不是)?|真的?|为|叫|写|注|说|标)[^,，?？]{0,4}空(?:表|的|白|着)|有没有(?:填)?数|有数(?:没有?|吗|么|不)|填了?数(?:没有?|吗|么))"
)
"""It is asked whether one table is empty ("三公那张表真是空的吗", "基金表有数没有")."""
_WHY = re.compile(r"为什么|为啥|为何|怎么|咋|原因|解释")
_STATUTORY = re.compile(
    r"三公|政府性基金|(?<!公积)(?<!住房)基金|国有资本|国资|基本支出|项目支出|委托业务费|结转结余|一般公共预算|财政拨款|收支总|收入总|支出总|政府采购|购买服务|绩效目标"
)
"""By what the tables are known that every budget and final account has."""
_IN_SHORT = {"基金": "政府性基金", "国资": "国有资本"}
_NAME_COLUMN = re.compile(r"三级指标|指标名称|指标内容|绩效指标")
_LONGEST_NAME = 40
_SEVERAL = 4
"""Tables up to which all that go by some words are told of."""


_NOTE = re.compile(
    r"(?P<table>[\u4e00-\u9fff“”\"()（）、]{2,30}?)(?:表)(?:格)?(?P<gloss>[(（][^()（）]{2,8}[)）])?(?:的|里|上)?(?:(?:最)?(?:下面|底下|下方|下边|末尾|后面|后|下))?的?"
    r"(?:那|这)?(?:[一两]?[条句行段个])?(?:小字)?(?P<note>附注|备注|注释|注|说明)(?:里|中|上)?(?:的内容)?(?:都|是|里)?(?:写|说|是|有|怎么|讲|为|什么|[?？]|$)"
)
"""It is asked what the note under a table says."""
_NOTE_SAID = 0.8
"""The share of the words for the table that its title must have."""


def noted(desk: Desk) -> Draft | None:
    """The notes printed under the table that the question names, a refusal where it has none; None where no note is asked for,
    or the first document has no table of that name."""
    asked = _NOTE.search(desk.plan.text)
    if asked is None or not desk.plan.documents:
        return None
    words = bigrams(fold(re.sub(r"预算|决算|20\d\d年度?", "", f"{asked['table']}{asked['gloss'] or ''}")))
    scored = [
        (len(words & bigrams(re.sub(r"预算|决算", "", fold(table.title)))), table)
        for table in desk.shelf.tables(desk.plan.documents[0]) if table.title
    ]  # fmt: skip
    best = max((score for score, _ in scored), default=0)
    if not words or best < _NOTE_SAID * len(words):
        return None
    tables = [table for score, table in scored if score == best]
    lines = [
        f"- {desk.evidence.words(note)}{desk.evidence.quote(_place(desk, table, note))}"
        for table in tables for note in table.notes
    ]  # fmt: skip
    if lines:
        return Draft(Verdict.ANSWERED, "\n".join(dict.fromkeys(lines)))
    if asked["note"] == "说明":
        return None  # what the paper says about a table may stand elsewhere
    title = desk.evidence.words(tables[0].title)
    return Draft(Verdict.NOT_DISCLOSED, desk.speech.pick(
        f"{title}下面没有印注。", f"No note is printed under {title}."
    ))  # fmt: skip


def from_cells(desk: Desk) -> Draft | None:
    """The answer that printed cells give; None where none of these is asked."""
    if not desk.plan.documents:
        return None
    if (note := noted(desk)) is not None:
        return note
    if _EMPTY.search(desk.plan.text):
        return _empty(desk)
    if _IS_IT_EMPTY.search(desk.plan.text) and _WHY.search(desk.plan.text) is None:
        return _whether_empty(desk)
    if _COLUMN.search(desk.plan.text):
        return _ranked(desk) if desk.plan.operation is Operation.RANK else _weight(desk)
    return _coded(desk)


def printed_rows(table: Table) -> list[list[Cell]]:
    """The rows of a table, cells from left to right."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return [sorted(row, key=lambda cell: cell.column) for row in rows.values()]


def _coded(desk: Desk) -> Draft | None:
    """The name that stands in the row of a code ("A180701是什么"), or the code in the row of a name."""
    text = desk.plan.text.upper()
    code = _CODE.search(text)
    if code is None and not _CODE_ASKED.search(desk.plan.text):
        return None
    every = [(t, row) for t in desk.shelf.tables(desk.plan.documents[0]) for row in printed_rows(t)]
    for table, row in every:
        said = [cell for cell in row if cell.text.strip()]
        codes = [cell for cell in said if _CODE.fullmatch(cell.text.strip())]
        names = [cell for cell in said if cell not in codes and re.search(r"[\u4e00-\u9fff]{2}", cell.text)]
        if not codes or not names:
            continue
        name, own = names[-1], codes[-1]
        asked = code.group() == own.text.strip().upper() if code else fold(name.text) in desk.plan.text
        if asked and len(name.text) <= _LONGEST_NAME:
            return Draft(Verdict.ANSWERED, f"{quoted_cell(desk, table, own)}：{quoted_cell(desk, table, name)}")
    return None


def weighted(desk: Desk) -> Iterator[tuple[Table, Cell, Cell]]:
    """The indicators of the first document's sheets with the cell of their weight."""
    for table in desk.shelf.tables(desk.plan.documents[0]):
        head = next((c for c in table.cells if re.search(r"权重|分值", c.text)), None)
        label = next((c for c in table.cells if head and c.row == head.row and _NAME_COLUMN.search(c.text)), None)
        if head is None or label is None:
            continue
        names = {c.row: c for c in table.cells if c.column == label.column and c.row > head.row and c.text.strip()}
        for cell in table.cells:
            if cell.column == head.column and cell.row in names and parse_number(cell.text) is not None:
                yield table, names[cell.row], cell


def _weight(desk: Desk) -> Draft | None:
    """The weight of the one indicator that the question names."""
    found = [(t, name, cell) for t, name, cell in weighted(desk) if fold(name.text.strip()) in desk.plan.text]
    if not found:
        return None
    table, name, cell = max(found, key=lambda item: len(item[1].text))
    number = parse_number(cell.text)
    assert number is not None, "only cells that hold a number are listed"
    told = f"{quoted_cell(desk, table, name)}：{quoted_cell(desk, table, cell)}"
    return Draft(Verdict.ANSWERED, told, Result(Amount(number, "分"), "single"))


def _ranked(desk: Desk) -> Draft | None:
    """Rows of a sheet in the order of the column asked for ("分值权重最高的是哪两项")."""
    wanted = _COLUMN.search(desk.plan.text)
    assert wanted is not None, "checked by the caller"
    for table in desk.shelf.tables(desk.plan.documents[0]):
        head = next((c for c in table.cells if wanted.group()[:2] in c.text or re.search(r"权重|分值", c.text)), None)
        label = next((c for c in table.cells if head and c.row == head.row and _NAME_COLUMN.search(c.text)), None)
        if head is None or label is None:
            continue
        names = {c.row: c for c in table.cells if c.column == label.column and c.row > head.row and c.text.strip()}
        values = [
            (number, cell) for cell in table.cells
            if cell.column == head.column and cell.row in names and (number := parse_number(cell.text)) is not None
        ]  # fmt: skip
        if len(values) < 2:
            continue
        values.sort(key=lambda item: item[0], reverse=desk.plan.highest)
        most = desk.plan.top or 5
        edge = values[min(most, len(values)) - 1][0]
        shown = [item for item in values if item[0] == edge or values.index(item) < most]
        lines = [
            f"{desk.evidence.count(at)}. {quoted_cell(desk, table, names[cell.row])}：{quoted_cell(desk, table, cell)}"
            for at, (_, cell) in enumerate(shown, 1)
        ]
        return Draft(
            Verdict.ANSWERED, "\n".join([desk.speech.pick(f"按{head.text}排列：", f"By {head.text}:"), *lines])
        )
    return None


def _empty(desk: Desk) -> Draft | None:
    """The tables that state no amount but nought."""
    listed = []
    for table in desk.shelf.tables(desk.plan.documents[0]):
        if table.kind != "generic" and _without_amounts(table):
            listed.append(
                f"- {desk.evidence.words(table.title)}{desk.evidence.quote(_place(desk, table, table.title))}"
            )
    if not listed:
        return None
    count = desk.evidence.count(len(listed))
    return Draft(Verdict.ANSWERED, "\n".join([
        desk.speech.pick(f"没有数据的表有{count}张：", f"{count} tables have no data:"), *listed
    ]))  # fmt: skip


def _without_amounts(table: Table) -> bool:
    """Whether a table states no number but nought."""
    return not any(number for cell in table.cells if (number := parse_number(cell.text)) is not None)


def _whether_empty(desk: Desk) -> Draft | None:
    """For each table that goes by the words of the question: that it is empty with the note that says so, or what stands in it,
    with what does not fit together where a note calls a filled table empty; None where no table goes by them."""
    plan, named = desk.plan, {_IN_SHORT.get(word, word) for word in _STATUTORY.findall(desk.plan.text)}
    document, lines, titles = plan.documents[0], list[str](), set[str]()
    filled = False
    for table in desk.shelf.tables(document) if named else ():
        title = fold(table.title)
        if not all(word in title for word in named) or ("绩效" in title and "绩效目标" not in named) or title in titles:
            continue
        titles.add(title)
        place = desk.evidence.quote(_place(desk, table, table.title))
        empty = table.empty or _without_amounts(table)
        state = desk.speech.pick(*(("是空表", "is empty") if empty else ("不是空表，里面有数", "is not empty")))
        lines.append(f"- {desk.evidence.words(table.title)}{state}{place}")
        lines += [
            f"- {desk.evidence.words(note)}{desk.evidence.quote(_place(desk, table, note))}"
            for note in table.notes if "空表" in note or "无数据" in note
        ]  # fmt: skip
        lines += [
            tell_finding(desk, finding) for finding in desk.shelf.findings(document)
            if "空表" in finding.message and any(side.locator.table == table.title for side in finding.sides)
        ]  # fmt: skip
        filled = filled or not empty
    if not lines or len(titles) > _SEVERAL:
        return None
    strong = [asked for asked in plan.accounts if not asked.weak] if filled else []
    values = [value for asked in strong for value in values_for(desk, asked)]
    lines += [f"- {desk.tell(value, desk.issuer(value.document))}" for value in values[:1] if value.amount is not None]
    return Draft(Verdict.ANSWERED, "\n".join(lines))


def quoted_cell(desk: Desk, table: Table, cell: Cell) -> str:
    """A cell's text with a marker for its place."""
    text = cell.text.strip()
    return f"{desk.evidence.words(text)}{desk.evidence.quote(_place(desk, table, text, cell))}"


def _place(desk: Desk, table: Table, text: str, cell: Cell | None = None) -> Locator:
    page = cell.page if cell else next((c.page for c in table.cells if c.page), None)
    return Locator(desk.plan.documents[0], page=page, table=table.title, quote=text, bbox=cell.bbox if cell else None)
