"""Performance sheets (绩效目标表): forms with labels beside values, read into project amounts and target values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from corpus.accounts import chart, clean_name, clean_title
from corpus.disclosure import Basis, Cell, Disclosure, Table
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.indicators import PROJECT_BUDGET, SCORE, Indicator
from corpus.locator import Locator
from corpus.money import Absence, Amount, parse_number, parts_numbers, read_cell, read_unit_line
from ingest.tables.columns import printed
from ingest.tables.headers import Matrix, is_total
from ingest.tables.self_evaluation import Columns as AmountColumns
from ingest.tables.self_evaluation import amount_columns, by_row, reached_values, row_amounts, value_of
from ingest.tables.sheet_targets import row_targets, score_of
from ingest.tables.target_lists import Columns, Listed, list_columns, listed, project_name
from ingest.tables.task_lists import Task, tasks

WHOLE_TERM = "实施期总额"
"""Component of an amount for a project's whole term, beside that of the year."""

_LONGEST_LABEL = 16
_BEGINS = re.compile(r"项目名称|部门名称|单位名称|年度预算|项目资金|专项资金|预算金额|三级指标|绩效指标")
_BEGINS_TARGETS = re.compile(r"三级指标|绩效指标|(?:绩效)?指标值|目标值")
_UNIT = re.compile(r"[(（](?:单位[:：])?(百万元|千元|万元|亿元|元)[)）]")
_MONEY_IN_TEXT = re.compile(r"(.*?)[:：]?(-?[\d,]+(?:\.\d+)?)(百万元|千元|万元|亿元|元)?")
_WHOLE = re.compile(
    r"^(?:项目|年度|实施期|本年|当年|中期|全年|专项)*(?:预算)?(?:资金|支出|经费|预算|投入)?(?:申请|预算|安排)?(?:总额|总计|金额|资金|合计)$|预算资金"
)
_FUND = re.compile(
    r"拨款|财政.*资金|资金$|上级.*安排|本级.*安排|自筹|上年结转|单位资金|一般公共预算|政府性基金|国有资本|^其他$"
)
_YEARLY = re.compile(r"年度|当年|本年|全年")
_TERM = re.compile(r"实施期|中期|项目资金总额|项目总")
_SIGNED = re.compile(r"[≥≤=><〉〈＝]|大于|小于|等于|不低于|不少于|不高于|不超过|至少")
_NOT_A_PROJECT = re.compile(
    r"^(?:财政|部门|单位|市级|省级|区级|县级|本级|一级|二级|预算|项目|支出|专项|资金|和|及|（单位）|（部门）|整体|政策)*$"
)


@dataclass(slots=True)
class _State:
    """What the sheet has said so far: whose money it is, in which unit, and for the year or the whole term."""

    project: str
    unit: str | None
    scopes: dict[int, str] = field(default_factory=dict)
    targets: int = 0
    """How many target groups stand side by side; 0 before the head of the indicators."""
    with_units: bool = False
    listing: Columns | None = None
    """The columns of a list of targets, which has a head instead of labels beside its values."""
    amounts: AmountColumns | None = None
    """The columns of a self-evaluation's amounts (年初预算数, 全年预算数, 全年执行数, 执行率)."""
    label: str = ""
    """The label of such amounts that stands alone in the row above them."""


def continues_sheet(table: Table, before: Table) -> bool:
    """Whether a sheet is the rest of the one before it: neither titled nor begun with a name, just more rows."""
    if not (table.kind.startswith("performance") and before.kind.startswith("performance")) or table.title:
        return False
    begun = {text[:4] for cell in table.cells if _BEGINS.match(text := printed(cell.text))}
    if begun <= {"三级指标", "绩效指标"} and not any(
        _BEGINS_TARGETS.match(printed(cell.text)) for cell in before.cells
    ):
        return True  # the head of the targets that the first part has not come to
    return not begun


def sheet_figures(table: Table, disclosure: Disclosure, before: Sequence[Table] = ()) -> list[Figure]:
    """Project amounts (scheme PROJECT, or TOTAL for a whole unit) and numeric targets (PERFORMANCE) of one grid.

    A grid may hold several sheets, each beginning with its 项目名称. Amounts are in the unit that their label or the
    sheet prints; without one they are left out, since nothing then says what they are. `before` are the tables up to
    this one: a sheet cut in two goes on where they ended.
    """
    reader = _Sheet(table, disclosure)
    first = len(before)
    while first and continues_sheet(table if first == len(before) else before[first], before[first - 1]):
        first -= 1
    for part in before[first:]:
        upper = _Sheet(part, disclosure)
        upper.state = reader.state if part is not before[first] else upper.state
        for row in range(part.n_rows):
            upper.notice(upper.matrix.own(row))
        upper.notice_list()
        reader.state = upper.state
    return list(reader.figures())


class _Sheet:
    def __init__(self, table: Table, disclosure: Disclosure) -> None:
        self.table = table
        self.matrix = Matrix(table.n_rows, table.n_columns, table.cells)
        self.disclosure = disclosure
        self.whole_unit = table.kind == "performance_unit"
        self.state = _State("" if self.whole_unit else _project_of(table.title), table.unit)
        self.reached = by_row(table)
        """The indicators of a self-evaluation by row."""
        self.structure: dict[int, str] = {}
        """Headings of a small table of amounts inside the sheet (支出结构 | 资金总额), by column."""

    def figures(self) -> Iterator[Figure]:
        columns = list_columns(self.matrix) or (self.state.listing.continued() if self.state.listing else None)
        if columns is not None and not self.whole_unit:
            for item in listed(self.matrix, columns, self.disclosure.issuer, self.state.project):
                yield from self._listed(item)
            return
        listed_tasks = tasks(self.matrix) if self.whole_unit else []
        in_tasks = {task.cell.row for task in listed_tasks}
        for row in range(self.table.n_rows):
            cells = self.matrix.own(row)
            self.notice(cells)
            if row in in_tasks:
                yield from (figure for task in listed_tasks if task.cell.row == row for figure in self._task(task))
                continue
            if self.state.targets:
                yield from self._targets(cells)
            elif self._is_grid(cells):
                self.structure = {cell.column: printed(cell.text) for cell in cells}
            else:
                yield from self._money(cells)

    def notice(self, cells: Sequence[Cell]) -> None:
        """Take in what a row says about the rows below it: project, unit, head of the indicators."""
        texts = [printed(cell.text) for cell in cells]
        for text, following in pairwise([*texts, ""]):
            if re.match(r"项目名称[:：]?$", text) and following:
                self.state = _State(clean_name(following), self.table.unit)
                self.structure = {}
            elif unit := _UNIT.search(text) or (read_unit_line(text) and _UNIT.search(f"({read_unit_line(text)})")):
                self.state.unit = unit.group(1)
        heads = sum(bool(re.search(r"三级指标|^(?:具体|考核)?指标(?:名称|内容|描述)?$", text)) for text in texts)
        values = sum(bool(re.search(r"指标值|目标值", text)) for text in texts)
        self.state.amounts = amount_columns(cells) or self.state.amounts
        if values and (heads or "绩效指标" in texts):
            self.state.targets = max(heads, 1)
            self.state.with_units = any(re.search(r"计量单位|度量单位", text) for text in texts)

    def notice_list(self) -> None:
        """Take in the columns of a list of targets and its last project, for the part that goes on below."""
        columns = list_columns(self.matrix) or (self.state.listing.continued() if self.state.listing else None)
        if columns is not None:
            named = [self.matrix.text(row, columns.project) for row in range(columns.head + 1, self.matrix.n_rows)]
            projects = [name for text in named if (name := project_name(text, self.disclosure.issuer))]
            project = projects[-1] if projects else self.state.project
            self.state = _State(project, self.state.unit, listing=columns)

    def _listed(self, item: Listed) -> Iterator[Figure]:
        """One entry of a list of targets as a figure; money without a unit is left out."""
        self.state.project = item.project
        unit = item.unit if item.target else item.unit or self.state.unit
        if unit is None:
            return
        yield self._figure(
            Scheme.PERFORMANCE if item.target else Scheme.PROJECT,
            item.name if item.target else item.project,
            item.name,
            item.cell,
            Amount(item.value, unit),
            funding=item.funding,
            component="合计" if item.target else "项目支出",
            measure=Measure.TARGET if item.target else Measure.AMOUNT,
            path=item.path,
        )

    def _task(self, task: Task) -> Iterator[Figure]:
        """A task's money, or the sum of all tasks."""
        unit = self.state.unit
        if unit is None:
            return
        scheme, account = (Scheme.OTHER, task.name) if task.name else (Scheme.PERFORMANCE, "年度任务金额合计")
        amount = Amount(task.value, unit)
        figure = self._figure(
            scheme, account, task.name or "金额合计", task.cell, amount, funding=task.funding, component="合计"
        )
        yield replace(figure, flow="支出")

    def _is_grid(self, cells: Sequence[Cell]) -> bool:
        texts = [printed(cell.text) for cell in cells]
        return sum("资金总额" in text or text == "金额" for text in texts) >= 1 and "支出结构" in texts

    def _money(self, cells: Sequence[Cell]) -> Iterator[Figure]:
        if self.structure:
            yield from self._structured(cells)
            return
        if self.state.amounts is not None:
            yield from self._evaluated(cells, self.state.amounts)
            return
        for cell in cells:
            self._scope(clean_name(_UNIT.sub("", cell.text)), cell.column)
        label: str | None = None
        for cell in cells:
            text = printed(cell.text)
            if parts_numbers(cell.text) or read_cell(cell.text, "") is Absence.UNREADABLE:
                label = None  # it holds no one amount, nor does the next cell hold the label's
                continue
            value = parse_number(cell.text)
            if value is not None and label is not None:
                yield from self._amount(label, cell, value, self.state.unit)
                label = None
                continue
            inside = _MONEY_IN_TEXT.fullmatch(text)
            if inside and inside.group(2) and (inside.group(3) or self.state.unit):
                name = clean_name(inside.group(1)) if inside.group(1) else label
                number = parse_number(inside.group(2))
                if name and number is not None and self._is_money(name):
                    yield from self._amount(name, cell, number, inside.group(3) or self.state.unit)
                    label = None
                    continue
            name = clean_name(_UNIT.sub("", text))
            if self._is_money(name):
                label = name

    def _evaluated(self, cells: Sequence[Cell], columns: AmountColumns) -> Iterator[Figure]:
        """A row of a self-evaluation: 年度资金总额 under 年初预算数 | 全年预算数 | 全年执行数 | 执行率 (scores are left out)."""
        named = {cell.column: name for cell in cells if self._is_money(name := clean_name(_UNIT.sub("", cell.text)))}
        values = [cell for cell in cells if cell.column not in named]
        if named and not any(value_of(cell) is not None for cell in values):
            self.state.label = "" if values else list(named.values())[-1]
            return
        label = list(named.values())[-1] if named else self.state.label
        self.state.label = ""
        if not label or not self.state.project or self.state.unit is None:
            return
        for kind, cell, value in row_amounts(values, columns, labelled=bool(named)):
            rate = not isinstance(kind, Basis)
            figure = self._figure(
                Scheme.PROJECT,
                self.state.project,
                label,
                cell,
                Amount(value, "%" if rate else self.state.unit),
                funding=_funding(label),
                component="项目支出",
                measure=Measure.COMPLETION if rate else Measure.AMOUNT,
            )
            yield replace(figure, whole=PROJECT_BUDGET) if rate else replace(figure, basis=Basis(kind))

    def _is_money(self, name: str) -> bool:
        return (
            bool(_WHOLE.search(name) or _FUND.search(name) or (self.whole_unit and is_total(name)))
            and len(name) <= _LONGEST_LABEL
        )

    def _scope(self, name: str, column: int) -> None:
        if not _WHOLE.search(name) or len(name) > _LONGEST_LABEL:
            return
        if _YEARLY.search(name):
            self.state.scopes[column] = "year"
        elif _TERM.search(name):
            self.state.scopes[column] = "term"

    def _amount(self, name: str, cell: Cell, value: Decimal, unit: str | None) -> Iterator[Figure]:
        if unit is None:
            return
        left = [column for column in self.state.scopes if column <= cell.column]
        scope = self.state.scopes[max(left)] if left else "year"
        if len(set(self.state.scopes.values())) < 2 and "实施期" not in name and "中期" not in name:
            scope = "year"  # a sheet that states one total states the year's
        if self.whole_unit:
            if is_total(name) or _WHOLE.search(name):
                yield self._figure(
                    Scheme.TOTAL, "支出总计", name, cell, Amount(value, unit), funding="全部", component="合计"
                )
            return
        if not self.state.project:
            return
        component = WHOLE_TERM if scope == "term" else "项目支出"
        fund, project = _funding(name), self.state.project
        yield self._figure(Scheme.PROJECT, project, name, cell, Amount(value, unit), funding=fund, component=component)

    def _structured(self, cells: Sequence[Cell]) -> Iterator[Figure]:
        """Rows of 支出结构 | 资金总额 | 其中:财政资金, perhaps twice side by side."""
        label = ""
        for cell in cells:
            heading = self.structure.get(cell.column, "")
            value = parse_number(cell.text)
            if heading == "支出结构":
                label = clean_name(cell.text)
            elif value is not None and label and self.state.unit and ("资金" in heading or "金额" in heading):
                component = "合计" if is_total(label) else chart().component(label) or label
                yield self._figure(
                    Scheme.TOTAL,
                    "本年支出合计",
                    label,
                    cell,
                    Amount(value, self.state.unit),
                    funding="财政拨款" if "财政" in heading else "全部",
                    component=component,
                )
        if any(re.match(r"年度目标|绩效目标|总体目标", printed(cell.text)) for cell in cells):
            self.structure = {}

    def _targets(self, cells: Sequence[Cell]) -> Iterator[Figure]:
        """The targets of a row below the head of the indicators, or the score of a self-evaluation."""
        scored = score_of(cells)
        if scored is not None:
            name, value = scored
            score = Amount(value, "分")
            yield self._figure(
                Scheme.PERFORMANCE,
                SCORE,
                name,
                cells[-1],
                score,
                funding="全部",
                component="合计",
                measure=Measure.COUNT,
            )
            return
        reached = self.reached.get(cells[0].row) if cells else None
        if reached is not None:
            yield from self._reached(reached)
            return
        for target in row_targets(cells, with_units=self.state.with_units):
            if self.reached and not any(_SIGNED.match(printed(cell.text)) for cell in cells):
                continue  # its only number may be what was reached
            left = target.cell.column <= self.table.n_columns // 2 + 1
            first_of_two = self.state.targets == 2 and target.group == 0 and left
            yield self._figure(
                Scheme.PERFORMANCE,
                target.name,
                target.name,
                target.cell,
                Amount(target.value, target.unit),
                funding="全部",
                component="实施期目标" if first_of_two else "合计",
                measure=Measure.TARGET,
                path=target.grades,
            )

    def _reached(self, indicator: Indicator) -> Iterator[Figure]:
        """The target of an indicator and what was reached of it, where they are numbers."""
        name, path = indicator.name, indicator.grades[-2:]
        for cell, amount, measure in reached_values(indicator):
            yield self._figure(
                Scheme.PERFORMANCE,
                name,
                name,
                cell,
                amount,
                funding="全部",
                component="合计",
                measure=measure,
                path=path,
            )

    def _figure(
        self,
        scheme: Scheme,
        account: str,
        name: str,
        cell: Cell,
        amount: Amount,
        *,
        funding: str,
        component: str,
        measure: Measure = Measure.AMOUNT,
        path: tuple[str, ...] = (),
    ) -> Figure:
        place = Locator(
            document=self.disclosure.name,
            page=cell.page if cell.page is not None else next(iter(self.table.pages), None),
            table=self.table.title or "绩效目标表",
            row=name,
            column=self.state.project or None,
            quote=cell.text,
            bbox=cell.bbox,
            table_id=self.table.id,
            row_index=cell.row,
            column_index=cell.column,
        )
        performance = scheme is Scheme.PERFORMANCE
        return Figure(
            document=self.disclosure.name,
            scheme=scheme,
            account=account,
            name=name,
            measure=measure,
            amount=amount,
            absence=None,
            year=self.disclosure.year,
            basis=self.disclosure.basis,
            locator=place,
            reader=Reader.TABLE,
            path=path,
            flow="" if performance else "支出",
            funding=funding,
            component=component,
            entity=self.state.project if performance else "",
            ocr=cell.confidence is not None,
        )


def _funding(name: str) -> str:
    """The fund that a label names, 全部 for the whole."""
    plain = re.sub(r"^(?:其中|当年|本年|年度)+|总?[数额]$", "", name) or name
    return "全部" if _WHOLE.search(name) else chart().funding(plain) or plain


def _project_of(title: str) -> str:
    """The project that a sheet's title names (96196电梯应急处置服务平台项目绩效目标表), "" where it names none."""
    name = re.sub(
        r"(?:支出)?(?:预算)?绩效(?:目标|自评)?(?:申报|填报|批复|公开|自评)?(?:情况)?表.*$", "", clean_title(title)
    )
    if not name or _NOT_A_PROJECT.fullmatch(name) or re.search(r"（(?:单位|部门)）|部门$|级预算", name):
        return ""
    return re.sub(r"(?<=.{4})项目$", "", name)
