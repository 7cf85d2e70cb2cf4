"""What each row of a statutory table is: its code, its account, the classes above it, and whose row it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.accounts import Account, Chart, Statement, chart, clean_name
from corpus.disclosure import Disclosure, Table
from corpus.figure import Scheme
from ingest.tables.columns import CARRY_IN, CARRY_OUT, THIS_YEAR_INCOME, Half, printed
from ingest.tables.headers import CODE, Matrix, is_amount, is_total

INCOME_THIS_YEAR, EXPENSE_THIS_YEAR = THIS_YEAR_INCOME, "本年支出合计"
_SCHEME_OF_DIGIT = {"2": Scheme.FUNCTION, "3": Scheme.ECONOMIC, "5": Scheme.GOV_ECONOMIC, "1": Scheme.SOURCE}
_CODE_AND_NAME = re.compile(r"[\[(（【〔]?(\d{3}(?:\d{2}){0,2})[\])）】〕]?[-—:：]?(?=[^\d.,%])(.+)")
_UNIT_NAME = re.compile(
    r".{2,}(?:局|中心|办公室|办|院|校|所|队|站|厅|委|会|处|馆|政府|大学|中学|小学|幼儿园|公司|本级|\(本级\)|（本级）|机关|基地|园|场|台|社|部|镇|乡|街道)$"
)
_AUTHORITY = re.compile(r"(?:局|厅|委员会|人民政府|街道办事处|大学|中学|小学|法院|检察院|本级|（本级）)$")
BESIDE_THREE = ("会议费", "培训费")
"""Costs that some provinces list beside the three public ones, inside the same total."""
THREE_AND_MORE = "三公经费及会议费、培训费"
_NOT_UNITS = ("土地", "房屋", "车辆", "设备", "单价50万元以上设备", "单价100万元以上设备")
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d{1,2}[.、]|[(（]\d{1,2}[)）]")
_CATALOGUE = re.compile(r"^[ABC]\d*[-—_、.．]?(?=[一-鿿])")
"""The class of the procurement catalogue (A货物, B工程, C服务) before its name."""
_PROJECT_TOTAL = "项目支出合计"


@dataclass(frozen=True, slots=True)
class Entry:
    """One body row of a half. `path` names the classes above it; "" or None where the row says nothing of the kind.

    `total` marks rows that add up others. `flow`, `funding`, `component` override what the column says.
    """

    row: int
    label: str
    scheme: Scheme
    account: str
    code: str = ""
    path: tuple[str, ...] = ()
    total: bool = False
    entity: str = ""
    flow: str | None = None
    funding: str | None = None
    component: str | None = None
    known: bool = True
    """False where the account is only the name as printed."""


def entries(table: Table, matrix: Matrix, half: Half, statement: Statement, disclosure: Disclosure) -> list[Entry]:
    """The body rows of a half that carry a label or an amount."""
    rows = [row for row in range(table.header_rows, table.n_rows) if _filled(matrix, row, half)]
    labels = [(row, *_label(matrix, row, half)) for row in rows]
    if statement.rows == "sides":
        return list(_sides(labels, half, table))
    if statement.rows in ("function", "economic", "gov_economic"):
        return list(_coded(labels, matrix, half, statement, disclosure, table))
    return list(_named(labels, matrix, half, statement, disclosure))


def _filled(matrix: Matrix, row: int, half: Half) -> bool:
    return any(matrix.text(row, column) for column in half.columns)


def _label(matrix: Matrix, row: int, half: Half) -> tuple[str, str]:
    """Code and label of a row; a label that stands in a code column (合计 over both) counts as the label."""
    texts = [matrix.area.get((row, column)) for column in half.codes]
    pieces = [printed(cell.text) if cell else "" for cell in dict.fromkeys(texts)]
    name = matrix.text(row, half.name) if half.name is not None else ""
    words = [piece for piece in pieces if piece and not piece.isdigit() and piece not in "类款项"]
    if not name or name.isdigit() or printed(name) in pieces:
        name = words[0] if words else ("" if printed(name) in pieces else name)
    digits = [piece if piece.isdigit() else "" for piece in pieces]
    joined = _CODE_AND_NAME.fullmatch(printed(name))
    if joined and not any(digits) and joined.group(1)[0] in "235" and _known_class(joined.group(1)):
        return joined.group(1), joined.group(2)
    if not name and not any(digits):
        name = _label_at_left(matrix, row, half)
    if not name:
        name = next((t for c in (*half.labels, *half.units) if (t := matrix.text(row, c)) and not is_amount(t)), "")
    return "|".join(digits), name


def _label_at_left(matrix: Matrix, row: int, half: Half) -> str:
    """The label of a total that is printed in the half at the left, its amount alone in this one (公用经费合计)."""
    for column in reversed(range(half.columns[0])):
        text = matrix.text(row, column)
        if text:
            return "" if is_amount(text) or not clean_name(text).endswith("合计") else text
    return ""


def _known_class(code: str) -> bool:
    return chart().account(_SCHEME_OF_DIGIT[code[0]], code[:3]) is not None


class _Codes:
    """Full class codes from code cells: one cell with the whole code, or 类|款|项 cells (repeats may be blank)."""

    def __init__(self) -> None:
        self._last: list[str] = []

    def read(self, cells: str) -> str:
        """The code of a row, "" where there is none. `cells` are the digits of its code cells joined by "|"."""
        pieces = cells.split("|")
        whole = max(pieces, key=len)
        if not whole:
            return ""
        if len(pieces) == 1 or len(whole) >= 5:
            return whole
        known = [piece for piece in pieces if piece]
        depth = max(index for index, piece in enumerate(pieces) if piece)
        levels = [piece or (self._last[index] if index < len(self._last) else "") for index, piece in enumerate(pieces)]
        self._last = levels[: depth + 1]
        if not known or not self._last[0]:
            return ""
        return self._last[0] + "".join(piece.zfill(2) for piece in self._last[1:])


def _coded(
    labels: list[tuple[int, str, str]],
    matrix: Matrix,
    half: Half,
    statement: Statement,
    disclosure: Disclosure,
    table: Table,
) -> Iterator[Entry]:
    codes = _Codes()
    scheme = {"economic": Scheme.ECONOMIC, "gov_economic": Scheme.GOV_ECONOMIC}.get(statement.rows, Scheme.FUNCTION)
    context = _Context(scheme)
    owner = ""
    for row, cells, label in labels:
        name = clean_name(label)
        code = codes.read(cells) or _class_among_units(matrix, row, half, scheme, name)
        entity = _entity(matrix, row, half, disclosure) or owner
        if CODE.fullmatch(code) and code[0] in _SCHEME_OF_DIGIT and not _UNIT_CODE.fullmatch(code):
            kind = _SCHEME_OF_DIGIT[code[0]]
            yield replace(context.coded(row, label, name, code, kind), entity=entity)
        elif _is_sum(name, label, table, row):
            owner = ""
            grand = name.endswith("总计") and any(clean_name(other) in _OF_THE_YEAR for _, _, other in labels)
            yield _sum_row(row, label, statement, grand=grand)
        elif any(c.isdigit() for c in cells) or (_UNIT_NAME.fullmatch(name) and context.resolve(name) is None):
            owner = _as_entity(name, disclosure)
            yield replace(_sum_row(row, label, statement), entity=owner)
        else:
            entry = _special(row, label, name, statement) or context.named(row, label, name)
            if not entry.known and statement.flow == "收入":
                entry = replace(entry, scheme=Scheme.SOURCE)  # tax and fee lines of a government's income table
            yield replace(entry, entity=entity)


def _class_among_units(matrix: Matrix, row: int, half: Half, scheme: Scheme, name: str) -> str:
    """The class whose code stands under 单位代码, where a column lists units and, below each, its classes by name."""
    for column in half.units:
        code = printed(matrix.text(row, column))
        account = chart().account(scheme, code) if CODE.fullmatch(code) else None
        if account is not None and name in map(clean_name, (account.name, *account.aliases)):
            return code
    return ""


_OF_THE_YEAR = ("本年收入合计", "本年支出合计", "本年收入", "本年支出", "本年收入小计", "本年支出小计")
_UNIT_CODE = re.compile(r"[469]\d+|\d{4}|\d{6}|\d{8,}")


def _is_sum(name: str, label: str, table: Table, row: int) -> bool:
    if is_total(name) or name in ("本年支出合计", "本年收入合计", "支出总计", "收入总计", "本年支出", "本年收入"):
        return True
    return not label and row == table.header_rows and any(is_total(path.split("/")[-1]) for path in table.columns)


class _Context:
    """The classes above the current row, for rows known by code and for rows known by name alone."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.chart: Chart = chart()
        self.names: dict[str, str] = {}
        self.parent = ""

    def coded(self, row: int, label: str, name: str, code: str, scheme: Scheme) -> Entry:
        """A row with a code. The chart's name is taken where the printed one agrees with it, else the printed one."""
        account = self.chart.account(scheme, code)
        agreed = account is not None and (not name or name in map(clean_name, (account.name, *account.aliases)))
        shown = account.name if account is not None and agreed else (name or code)
        self.names[code] = shown
        above = [code[:length] for length in (3, 5) if length < len(code)]
        path = [self.names.get(c) or (found.name if (found := self.chart.account(scheme, c)) else "") for c in above]
        return Entry(row, label, scheme, shown, code, tuple(p for p in path if p))

    def resolve(self, name: str) -> Account | None:
        """The account that a bare name means below the class last seen."""
        above = [self.parent[:length] for length in (5, 3) if length <= len(self.parent)]
        below = next((found for code in above if (found := self.chart.named(name, self.scheme, code))), None)
        whole = [item for item in self.chart.all_named(name, self.scheme) if len(item.code) == 3]
        return below or (whole[0] if whole else self.chart.named(name, self.scheme))

    def named(self, row: int, label: str, name: str) -> Entry:
        """A row without a code, resolved by its name and by the class above it."""
        account = self.resolve(name)
        if account is None:
            return Entry(row, label, self.scheme, name, known=False)
        if len(account.code) <= 5:
            self.parent = account.code
        entry = self.coded(row, label, name, account.code, self.scheme)
        return replace(entry, account=account.name)


def _entity(matrix: Matrix, row: int, half: Half, disclosure: Disclosure) -> str:
    names = [matrix.text(row, column) for column in half.units]
    words = [name for name in names if name and not printed(name).isdigit() and not is_total(name)]
    return _as_entity(clean_name(words[-1]), disclosure) if words else ""


def _as_entity(name: str, disclosure: Disclosure) -> str:
    """A sub-unit's name, "" for the issuer itself."""
    bare = re.sub(r"^\d+[-—]?(?=[^\d])|（本级）$|本级$", "", name)
    return "" if bare == clean_name(disclosure.issuer) and bare == name else name


def _sum_row(row: int, label: str, statement: Statement, *, grand: bool = False) -> Entry:
    """The total row; `grand` where another row is the year's own total, so that this one holds carried-over money."""
    account = INCOME_THIS_YEAR if statement.flow == "收入" else EXPENSE_THIS_YEAR
    if grand:
        account = "收入总计" if statement.flow == "收入" else "支出总计"
    return Entry(row, label, Scheme.TOTAL, account, total=True)


def _special(row: int, label: str, name: str, statement: Statement) -> Entry | None:
    """Rows below the classes: 人员经费合计, 上年结转, 年终结转结余."""
    component = chart().component(name)
    if component is not None and component != "合计" and statement.rows in ("economic", "gov_economic"):
        return replace(_sum_row(row, label, statement), component=component)
    item = chart().named(name, Scheme.SOURCE) or chart().named(name, Scheme.BALANCE)
    if item is not None and item.name in (CARRY_IN, CARRY_OUT, "结余分配", "使用非财政拨款结余"):
        return _balance(row, label, item)
    return None


def _balance(row: int, label: str, item: Account, funding: str | None = None) -> Entry:
    flow = "结余" if item.scheme is Scheme.BALANCE else "收入"
    return Entry(row, label, item.scheme, item.name, flow=flow, funding=funding)


def _sides(labels: list[tuple[int, str, str]], half: Half, table: Table) -> Iterator[Entry]:
    """Rows of 收入 | 支出 tables: sources and balances left, functional classes right, totals on both sides."""
    income = side_flow(half, table) == "收入"
    seen: set[str] = set()
    carried = False
    major: tuple[str, ...] = ()
    names = [clean_name(label) for _, _, label in labels]
    grand = "收入总计" if income else "支出总计"
    last_total = max(
        (i for i, name in enumerate(names) if is_total(name) or name.endswith(("总计", "合计"))), default=-1
    )
    for index, ((row, cells, label), name) in enumerate(zip(labels, names, strict=True)):
        if not name:
            continue
        code = cells if CODE.fullmatch(cells) else ""
        entry = _side_entry(row, label, name, code, income=income)
        if entry.scheme is Scheme.TOTAL:
            carried = False
            if is_total(name) or entry.account == grand:
                later = index < last_total and name.endswith("合计")
                account = (INCOME_THIS_YEAR if income else EXPENSE_THIS_YEAR) if later else grand
                entry = replace(entry, account=account)
        elif entry.account in (CARRY_IN, CARRY_OUT):
            carried = True
            if not income and entry.account == CARRY_IN:
                # the right half can only carry out, whatever word is printed
                entry = replace(entry, scheme=Scheme.BALANCE, account=CARRY_OUT, flow="结余")
        elif entry.scheme is Scheme.SOURCE and carried and (entry.account in seen or chart().funding(name)):
            fund = chart().funding(name) or name
            whole = CARRY_IN if income else CARRY_OUT
            entry = replace(entry, account=whole, funding=fund, path=(whole,), flow=None if income else "结余")
        else:
            carried = carried and not re.match(r"[一二三四五六七八九十]+、", printed(label))
        numbered = bool(_NUMBERED.match(printed(label)))
        if not numbered and major and entry.scheme is Scheme.SOURCE and not entry.path:
            same = entry.account == major[-1]
            entry = replace(entry, account=name if same else entry.account, path=major)
        seen.add(entry.account)
        if entry.scheme is Scheme.TOTAL:
            major = ()
        elif numbered:
            major = (entry.account,)
        yield entry


def side_flow(half: Half, table: Table) -> str:
    """收入 or 支出, by the headings over a half."""
    text = "".join(table.columns[column] for column in half.columns)
    if ("收入" in text) != ("支出" in text):
        return "收入" if "收入" in text else "支出"
    return "收入" if half.columns and half.columns[0] == 0 else "支出"


def _side_entry(row: int, label: str, name: str, code: str, *, income: bool) -> Entry:
    known = chart()
    total = known.named(name, Scheme.TOTAL)
    if total is not None or is_total(name):
        account = total.name if total else ("收入总计" if income else "支出总计")
        return Entry(row, label, Scheme.TOTAL, account, total=True)
    item = known.named(name, Scheme.SOURCE) or known.named(name, Scheme.BALANCE)
    if item is not None and (income or item.scheme is Scheme.BALANCE or item.name in (CARRY_IN, "使用非财政拨款结余")):
        return (
            _balance(row, label, item) if item.scheme is Scheme.BALANCE else Entry(row, label, item.scheme, item.name)
        )
    if income:
        return Entry(row, label, Scheme.SOURCE, name, known=False)
    component = known.component(name)
    if component is not None and component != "合计":
        return Entry(row, label, Scheme.TOTAL, EXPENSE_THIS_YEAR, component=component)
    for scheme in (Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.GOV_ECONOMIC):
        found = known.account(scheme, code) if code else known.named(name, scheme)
        if found is not None and (code or len(found.code) == 3):
            return Entry(row, label, scheme, found.name, found.code)
    fund = item or known.named(name, Scheme.SOURCE)
    if fund is not None:
        return Entry(row, label, fund.scheme, fund.name)
    return Entry(row, label, Scheme.FUNCTION, name, known=False)


def _named(
    labels: list[tuple[int, str, str]], matrix: Matrix, half: Half, statement: Statement, disclosure: Disclosure
) -> Iterator[Entry]:
    """Rows known by name: 三公 items, units, projects, and whatever an unknown table lists."""
    upper = ""
    owners = {clean_name(unit) for unit in (disclosure.issuer, *disclosure.units)}
    repeated = Counter(clean_name(label) for _, _, label in labels)
    listed_names = {item.name for _, _, label in labels if (item := chart().named(label, Scheme.THREE_PUBLIC))}
    beside = statement.key == "three_public" and "三公经费" in listed_names and bool(listed_names & set(BESIDE_THREE))
    headed = False
    for row, _, label in labels:
        name = clean_name(label)
        entity = _entity(matrix, row, half, disclosure)
        cost = _operating_cost(row, label, name) if statement.key == "operating" else None
        listed = statement.key in ("three_public", "staff", "asset") and name not in _NOT_UNITS
        if cost is not None:
            yield cost
        elif statement.rows == "units" or (listed and _UNIT_NAME.fullmatch(name)):
            owner = "" if is_total(name) or not name else _as_entity(name, disclosure)
            yield Entry(row, label, statement.scheme, _headline(statement), total=not owner, entity=owner)
        elif statement.rows == "items":
            item = chart().named(name, statement.scheme) if name else None
            if item is None and name and statement.key in ("generic", "staff"):
                item = _of_another_kind(name, statement)
            headed = headed or (item is not None and item.name == "三公经费")
            if beside and is_total(name) and not headed:  # below 一、三公经费支出 it is the sum of the three alone
                yield Entry(row, label, statement.scheme, THREE_AND_MORE, total=True, entity=entity)
            elif item is None and (is_total(name) or not name or _is_year(label)) and statement.key != "generic":
                yield Entry(row, label, statement.scheme, _headline(statement), total=True, entity=entity)
            elif item is None and statement.key == "three_public" and (other := _beside_three(row, label, name)):
                yield other
            else:
                account = item.name if item else name
                people = statement.key != "staff" or re.search(r"人|员|编制|职", name) is not None
                scheme = item.scheme if item else statement.scheme if people else Scheme.OTHER
                yield Entry(row, label, scheme, account, entity=entity, known=item is not None)
        elif is_total(name) or name.endswith("合计") or not name:
            yield Entry(row, label, statement.scheme, _headline(statement), total=True, entity=entity)
        elif statement.key == "procurement" and (kind := chart().named(_CATALOGUE.sub("", name), Scheme.PROCUREMENT)):
            yield Entry(row, label, Scheme.PROCUREMENT, kind.name, entity=entity)
        elif name in owners or (_AUTHORITY.search(name) and not entity and not half.units):
            upper = _as_entity(name, disclosure)
            yield Entry(row, label, statement.scheme, _headline(statement), total=True, entity=upper)
        else:
            # a unit's name is part of the fact only where another unit has a project of the same name
            owner = (entity or upper) if repeated[name] > 1 else ""
            yield Entry(row, label, statement.scheme, name, entity=owner, known=False)


def _of_another_kind(name: str, statement: Statement) -> Account | None:
    """What one row of a table of all that a unit is and has stands for: posts and people, or cars beside them."""
    bare = re.sub(r"（[辆台套个人]+）$", "", name)
    found = chart().named(bare, Scheme.STAFF)
    return found if found or statement.key == "generic" else chart().named(bare, Scheme.ASSET)


def _is_year(label: str) -> bool:
    """Whether a row is a year's (2019年, 2020年决算数): its columns name the costs, and their sum is all of them."""
    return (
        re.fullmatch(r"20\d\d年?度?(?:预算|决算|执行|实际|支出|安排|完成)*(?:数|情况|金额)?", printed(label))
        is not None
    )


def _beside_three(row: int, label: str, name: str) -> Entry | None:
    """What 机构运行信息表 lists after the three costs: 机关运行经费, vehicles and devices, procurement."""
    for scheme in (Scheme.OPERATING, Scheme.ASSET, Scheme.PROCUREMENT):
        item = chart().named(re.sub(r"（[辆台套个]+）$", "", name), scheme)
        if item is not None:
            return Entry(row, label, scheme, item.name, funding=None if scheme is Scheme.OPERATING else "全部")
    return None


def _operating_cost(row: int, label: str, name: str) -> Entry | None:
    """A row of a 机关运行经费 table that lists what is spent instead of who spends it."""
    if chart().named(name, Scheme.OPERATING) is not None:
        return Entry(row, label, Scheme.OPERATING, "机关运行经费", total=True)
    if chart().named(name, Scheme.ECONOMIC) is not None:
        return Entry(row, label, Scheme.OPERATING, name, path=("机关运行经费",))
    return None


def _headline(statement: Statement) -> str:
    """The account that the total row of a table without classes stands for."""
    return {
        "three_public": "三公经费",
        "operating": "机关运行经费",
        "procurement": "政府采购",
        "purchased_services": "政府购买服务",
        "entrusted": "委托业务费",
        "transfer": "转移支付",
        "carryover": CARRY_IN,
        "asset": "合计",
        "staff": "合计",
        "generic": "合计",
        "unit_list": "合计",
    }.get(statement.key, _PROJECT_TOTAL)
