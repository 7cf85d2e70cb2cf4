"""What a sheet's head says beside its labels: who a project's competent authority is, who carries it out, its kind, its
dates ("主管部门", "实施单位", "项目属性", "起止日期")."""

from __future__ import annotations

import re

from corpus.disclosure import Cell, Table
from corpus.figure import Scheme
from corpus.vocabulary import fold
from rag.desk import Desk, Draft
from rag.ops_cells import printed_rows, quoted_cell
from rag.plan import Operation, Verdict

_LABELS = {
    "主管部门": r"(?:上级)?主管(?:部门|单位)|归哪个(?:部门|单位)主管",
    "实施单位": r"实施(?:部门|单位)|项目单位",
    "项目属性": r"项目(?:的)?属性",
    "项目类型": r"项目(?:的)?(?:类型|类别)",
    "起止日期": r"起止(?:日期|时间|年限)|项目(?:的)?(?:日期|期限)",
    "项目期": r"项目期(?!间|末|初)|(?:项目|实施)(?:的)?(?:周期|年限)|(?:几|多少)(?:年|个月)(?:期)?的?项目",
}
"""How a question asks for a label of a sheet's head."""
_PRINTED = {
    "主管部门": r"(?:项目)?(?:主管|预算)(?:部门|单位)(?:名称)?(?:及代码)?",
    "实施单位": r"(?:项目)?实施(?:部门|单位)(?:名称)?|项目单位",
    "项目属性": r"项目属性",
    "项目类型": r"项目(?:类型|类别)",
    "起止日期": r"(?:项目)?起止(?:日期|时间|年限)|项目(?:日期|期限)|实施期限",
    "项目期": r"项目(?:周期|年限|期)|实施(?:周期|年限)|执行期",
}
_NAMED = r"项目名称"
_ASKED = re.compile(r"谁|哪|什么|啥|何时|多久|多长|几年|几个?月")
_LONGEST = 60


_OF_ROW = (
    (r"依据|根据(?:什么|哪)|什么文件", r"依据"),
    (r"标准|怎么(?:算|测算)|如何测算", r"标准|测算"),
    (r"由(?:哪|谁)|哪个(?:单位|部门).{0,3}(?:实施|负责|承担|承办|牵头)|谁(?:来)?(?:负责|实施|承担)|(?:实施|责任|承担|承办)(?:单位|部门)", r"(?:实施|责任|承担|承办|主管|项目|用款|牵头)(?:单位|部门|科室)"),
    (r"用途|用来|用在|做什么|干什么|内容|用于|干嘛", r"用途|内容|用于|说明|概况|简介"),
    (r"类型|类别|性质|新增.{0,4}延续", r"类型|类别|性质"),
    (r"起止|期限|什么时候|哪年|多久|几年", r"起止|期限|时间|年限|周期"),
)  # fmt: skip
"""How a question asks for a property of a listed project, and the heading of the column that gives it."""
_NAMES = re.compile(r"(?:项目|专项|工程|任务)(?:名称|内容)?$")
_FEW = 6


def from_rows(desk: Desk) -> Draft | None:
    """What a table of projects says in words beside the project that the question names (依据, 标准, 实施单位), or the projects
    for which it says a word of the question (新增); None where that is not asked or not told."""
    plan = desk.plan
    if not plan.documents or (_ASKED.search(plan.text) is None and "怎么" not in plan.text):
        return None
    for table in desk.shelf.tables(plan.documents[0]):
        column = next((c for c, path in enumerate(table.columns) if _NAMES.search(fold(path.split("/")[-1]))), None)
        if column is None or not table.header_rows:
            continue
        rows = {c.row: c for c in table.cells if c.column == column and c.row >= table.header_rows and c.text.strip()}
        named = [c for c in rows.values() if len(fold(c.text)) > 2 and fold(c.text) in plan.text]
        if named:
            told = _said_beside(desk, table, max(named, key=lambda cell: len(cell.text)))
        else:
            told = _picked(desk, table, rows)
        if told is not None:
            return told
    return None


def _said_beside(desk: Desk, table: Table, name: Cell) -> Draft | None:
    asked = desk.plan.text.replace(fold(name.text), "")
    wanted = [heading for said, heading in _OF_ROW if re.search(said, asked)]
    for pattern in wanted:
        for cell in table.cells:
            heading = fold(table.columns[cell.column].split("/")[-1]) if cell.column < len(table.columns) else ""
            words = re.search(r"[一-鿿]|\d{4}", cell.text) is not None
            if cell.row <= name.row < cell.row + cell.rowspan and words and re.search(pattern, heading):
                said = f"{desk.evidence.words(name.text.strip())} · {heading}：{quoted_cell(desk, table, cell)}"
                return Draft(Verdict.ANSWERED, said)
    return None


def _picked(desk: Desk, table: Table, rows: dict[int, Cell]) -> Draft | None:
    """The projects for which one of a few recurring words of a column stands in the question ("哪些项目是新增的")."""
    if re.search(r"哪些|哪几|有哪", desk.plan.text) is None or "项目" not in desk.plan.text:
        return None
    values: dict[tuple[int, str], list[int]] = {}
    for cell in table.cells:
        if cell.row in rows and cell is not rows[cell.row] and re.search(r"[一-鿿]{2}", cell.text):
            values.setdefault((cell.column, fold(cell.text)), []).extend(
                row for row in range(cell.row, cell.row + cell.rowspan) if row in rows
            )
    kinds = {column: len({value for c, value in values if c == column}) for column, _ in values}
    said = [
        key for key, own in values.items()
        if (key[1] in desk.plan.text or (len(key[1]) > 2 and key[1].removesuffix("项目") in desk.plan.text))
        and kinds[key[0]] > 1 and (kinds[key[0]] <= _FEW or len(own) > 1 or len(key[1]) > 3)
    ]  # fmt: skip
    if len(said) != 1:
        return None
    lines = [quoted_cell(desk, table, rows[row]) for row in values[said[0]]]
    count = desk.evidence.count(len(lines))
    head = desk.speech.pick(f"{desk.evidence.words(said[0][1])}的项目有{count}个：", f"{count} of them:")
    return Draft(Verdict.ANSWERED, "\n".join([head, *(f"- {line}" for line in lines)]))


def from_fields(desk: Desk) -> Draft | None:
    """What stands beside the label that the question asks for, sheet by sheet; None where no label is asked for, or no
    sheet of the first document has it."""
    plan = desk.plan
    kind = next((name for name, said in _LABELS.items() if re.search(said, plan.text)), None)
    if kind is None or not plan.documents or plan.operation is Operation.RANK:
        return None
    if not _ASKED.search(plan.text) and not re.search(rf"(?:{_LABELS[kind]})(?:呢)?[?？]?$", plan.text):
        return None
    projects = [fold(asked.name) for asked in plan.accounts if asked.targets[0].scheme is Scheme.PROJECT]
    found: list[tuple[str, Table, Cell]] = []
    for table in desk.shelf.tables(plan.documents[0]):
        rows = printed_rows(table)
        value = _beside(rows, _PRINTED[kind])
        if value is None:
            continue
        name = _beside(rows, _NAMED)
        if projects and (name is None or fold(name.text) not in projects):
            continue
        found.append((name.text.strip() if name else "", table, value))
    differ = len({fold(value.text) for _, _, value in found}) > 1
    lines: dict[str, str] = {}
    for of, table, value in found:
        shown = quoted_cell(desk, table, value)
        subject = desk.evidence.words(of) if of and (projects or differ) else ""
        lines.setdefault(fold(f"{subject}{value.text}"), f"{subject + ' · ' if subject else ''}{kind}：{shown}")
    return Draft(Verdict.ANSWERED, "\n".join(lines.values())) if lines else None


_TEXTS = (
    (r"依据|凭什么|根据什么|什么文件", r"(?:项目)?(?:立项|设立|政策)的?(?:政策)?依据"),
    (r"必要性|为(?:什么|何|啥)要?(?:设立|立项|设|搞|立)", r"(?:项目)?(?:设立|立项)?的?必要性(?:[和及、]可行性)?"),
    (r"(?:制度|措施)[^,，。]{0,6}(?:什么|哪|有)|(?:怎么|如何|靠什么|拿什么)保[证障]|保[证障][^,，。]{0,8}(?:制度|措施)", r"保[证障]项目实施的?制度[、,和及]?措施"),
    (r"(?:实施|执行)(?:计划|方案)|计划(?:怎么|如何)(?:实施|执行)", r"(?:项目)?实施(?:计划|方案)"),
)  # fmt: skip
"""How a question asks for a text of a project's sheet, and the label it stands beside."""
_MOST_TEXT = 400


def from_texts(desk: Desk) -> Draft | None:
    """The text beside the label asked for in the sheet of the project that the question names (立项依据, 必要性, 实施计划); None
    where none is asked for, or that project's sheet has none."""
    plan = desk.plan
    named = [fold(asked.name) for asked in plan.accounts if asked.targets[0].scheme is Scheme.PROJECT]
    printed = next((label for said, label in _TEXTS if re.search(said, plan.text)), None)
    if printed is None or len(named) != 1 or not plan.documents:
        return None
    for table in desk.shelf.tables(plan.documents[0]):
        rows = printed_rows(table)
        name = _beside(rows, _NAMED)
        if name is None or fold(name.text) != named[0]:
            continue
        told = _text_beside(rows, printed)
        if told is not None and len(told.text.strip()) <= _MOST_TEXT:
            return Draft(
                Verdict.ANSWERED, f"{desk.evidence.words(name.text.strip())} · {quoted_cell(desk, table, told)}"
            )
    return None


def _text_beside(rows: list[list[Cell]], label: str) -> Cell | None:
    """The cell with text right of the label's, or the cell that begins with the label itself."""
    for row in rows:
        for at, cell in enumerate(row):
            words = fold(cell.text).strip()
            if re.fullmatch(rf"(?:{label}):?", words):
                return next((other for other in row[at + 1 :] if other.text.strip()), None)
            if re.match(rf"(?:{label})[\s:：]+\S", cell.text.strip()):
                return cell
    return None


def _beside(rows: list[list[Cell]], label: str) -> Cell | None:
    """The first cell with text to the right of the label's."""
    for row in rows:
        for at, cell in enumerate(row):
            if re.fullmatch(rf"(?:{label})(?:\(盖章\))?:?", fold(cell.text)):
                right = next((other for other in row[at + 1 :] if other.text.strip()), None)
                return right if right is not None and len(right.text) <= _LONGEST else None
    return None
