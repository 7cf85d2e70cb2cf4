"""The institutions that a table of a document lists: schools, hospitals, stations, sub-units, each with what it has.

A listing comes from a table whose figures belong to several institutions (`Figure.entity`), or from a list of units without
numbers. Here it is put together, and the words of a question are matched to its rows (institutions), its columns (what they
have) and the kinds of institution that their names and printed properties tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.accounts import clean_name
from corpus.disclosure import Cell, Table
from corpus.figure import Figure, Scheme
from corpus.vocabulary import fold
from rag.desk import Desk
from rag.finder import same_account
from rag.naming import in_order, regions_of

_SCHEMES = (Scheme.STAFF, Scheme.ASSET, Scheme.OTHER, Scheme.TOTAL, Scheme.THREE_PUBLIC, Scheme.OPERATING)
_SUMS = re.compile(r"(?:合计|小计|总计|共计)$")
_NAMES = re.compile(r"(?:单位|机构|部门|学校|医院)(?:全称|名称|名)?$|名称$")
_FEWEST = 2
_SHORTEST = 2
_OWN_OFFICE = re.compile(r"本级|机关|本部|行政")


@dataclass(frozen=True, slots=True)
class Column:
    """What the institutions have: its account and printed heading, and the patterns by which a question speaks of it."""

    index: int
    heading: str
    account: str
    year: int
    says: tuple[re.Pattern[str], ...]
    otherwise: tuple[re.Pattern[str], ...] = ()
    """Other words for it, which mean it where no column is called so."""
    plainly: re.Pattern[str] | None = None
    """By what a question speaks of it where it says nothing more definite ("多少人" of the staff in post)."""


@dataclass(frozen=True, slots=True)
class Body:
    """One institution: its name as printed, the ways to call it, its figures by column, its printed properties."""

    name: str
    calls: tuple[str, ...]
    place: Cell
    figures: dict[int, Figure] = field(hash=False)
    texts: dict[str, Cell] = field(hash=False)
    """Cells with words, by heading: 单位性质, 经费来源, 类别."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The institutions of one table, the columns of what they have, and the printed sums by column."""

    table: Table
    bodies: tuple[Body, ...]
    columns: tuple[Column, ...]
    sums: dict[int, Figure] = field(hash=False)


def listings(desk: Desk, document: str) -> tuple[Listing, ...]:
    """Every listing of a document, those with figures before mere lists."""
    return desk.shelf.keep("institutions", document, lambda: _listings(desk, document))


def _listings(desk: Desk, document: str) -> list[Listing]:
    by_table: dict[str, list[Figure]] = {}
    for figure in desk.shelf.figures(document):
        if figure.locator.table_id and figure.scheme in _SCHEMES and not figure.code:
            by_table.setdefault(figure.locator.table_id, []).append(figure)
    issuer = fold(desk.issuer(document))
    found, bare = [], []
    for table in desk.shelf.tables(document):
        figures = by_table.get(table.id, [])
        if len({f.entity for f in figures if f.entity}) >= _FEWEST:
            found.append(_of_figures(table, figures, issuer))
        elif table.kind == "unit_list" and len(named := _of_names(table, issuer).bodies) >= _FEWEST:
            bare.append(Listing(table, named, (), {}))
    return [*found, *bare]


def _of_figures(table: Table, figures: Sequence[Figure], issuer: str) -> Listing:
    columns: dict[int, Column] = {}
    rows: dict[int, dict[int, Figure]] = {}
    sums: dict[int, Figure] = {}
    for figure in figures:
        row, column = figure.locator.row_index, figure.locator.column_index
        if row is None or column is None:
            continue
        columns.setdefault(column, _column(column, figure))
        if not figure.entity:
            sums[column] = figure
        elif not _SUMS.search(figure.entity):
            rows.setdefault(row, {})[column] = figure
    bodies = []
    for row, own in sorted(rows.items()):
        name = next(iter(own.values())).entity
        cells = [cell for cell in table.cells if cell.row <= row < cell.row + cell.rowspan and cell.text]
        place = next((cell for cell in cells if clean_name(cell.text) == name), None)
        place = place or next((cell for cell in cells if name in clean_name(cell.text)), cells[0])
        bodies.append(Body(name, (), place, own, _texts(table, cells, place)))
    return Listing(table, _called(bodies, issuer), tuple(columns[c] for c in sorted(columns)), sums)


def _of_names(table: Table, issuer: str) -> Listing:
    column = next((c for c, path in enumerate(table.columns) if _NAMES.search(path.split("/")[-1])), None)
    bodies = []
    for cell in table.cells:
        name = clean_name(cell.text)
        if cell.column != column or cell.row < table.header_rows or len(name) < _SHORTEST or _SUMS.search(name):
            continue
        own = [c for c in table.cells if c.row <= cell.row < c.row + c.rowspan and c.text]
        bodies.append(Body(name, (), cell, {}, _texts(table, own, cell)))
    return Listing(table, _called(bodies, issuer), (), {})


def _texts(table: Table, cells: Iterable[Cell], name: Cell) -> dict[str, Cell]:
    found = {}
    for cell in cells:
        heading = table.columns[cell.column].split("/")[-1] if cell.column < len(table.columns) else ""
        if cell is not name and heading and re.search(r"[一-鿿]", cell.text):
            found[heading] = cell
    return found


def _called(bodies: Sequence[Body], issuer: str) -> tuple[Body, ...]:
    """The bodies with the ways to call each: its name, and shorter forms that no other one has and the issuer is not."""
    forms = [_forms(fold(body.name), issuer) for body in bodies]
    done = []
    for at, body in enumerate(bodies):
        others = {form for k, own in enumerate(forms) if k != at for form in own}
        own = [f for k, f in enumerate(forms[at]) if k == 0 or (f not in others and f not in issuer)]
        own += _OFFICE_CALLS if is_own_office(body) else ()
        done.append(Body(body.name, tuple(own), body.place, body.figures, body.texts))
    return tuple(done)


_OFFICE_CALLS = ("局机关", "委机关", "厅机关", "机关", "本级")
"""How people call the issuer's own office beside the institutions below it."""


def _forms(name: str, issuer: str) -> list[str]:
    bare = re.sub(r"[(（][^()（）]*[)）]$", "", name)
    forms = [name, re.sub(r"[(（)）]", "", name), bare]
    forms.append(re.sub(r"^普通(?=.{2})", "", bare))
    place = "".join(regions_of(issuer))
    for region in (place, *regions_of(issuer)):
        if region and bare.startswith(region):
            forms.append(bare[len(region) :])
    forms.append(re.sub(r"^(?:[省市县区旗]|我[省市县区])(?=[一-鿿]{3})", "", bare))
    forms.append(re.sub(r"(?:人民)?政府$|街道办事处$", "", bare) if len(bare) > 4 else bare)
    return list(dict.fromkeys(form for form in forms if len(form) >= _SHORTEST))


def named(listing: Listing, text: str, issuer: str) -> list[Body]:
    """The institutions that a folded question names, in its order; the issuer's own office only where its name says so."""
    taken = [(text.find(issuer), len(issuer))] if issuer and issuer in text else []
    spans: list[tuple[int, int, Body]] = []
    for call, body in sorted(((c, b) for b in listing.bodies for c in b.calls), key=lambda pair: -len(pair[0])):
        if call in issuer and not _OWN_OFFICE.search(body.name):
            continue
        for match in re.finditer(re.escape(call), text):
            a, b = match.span()
            inside = any(a < end and b > start for start, end, _ in spans)
            of_issuer = any(a >= start and b <= start + size for start, size in taken)
            if not inside and not (of_issuer and b - a < len(body.name)):
                spans.append((a, b, body))
    if not spans:
        spans = _shortened(listing, text)
    return list(dict.fromkeys(body for _, _, body in sorted(spans, key=lambda span: span[0])))


_ENDS_LIKE_ONE = re.compile(r"[一-鿿\d]{1,10}?(?:小学|中学|幼儿园|学校|医院|卫生院|派出所|中心|[局院校站所队园馆场])")


def _shortened(listing: Listing, text: str) -> list[tuple[int, int, Body]]:
    """The one institution whose name has all characters of a word of the question in order ("疾控中心")."""
    for at in range(len(text)):
        match = _ENDS_LIKE_ONE.match(text, at)
        if match is None or len(match.group()) <= _SHORTEST + 1:
            continue
        fitting = [body for body in listing.bodies if in_order(match.group(), fold(body.name))]
        if len(fitting) == 1:
            return [(match.start(), match.end(), fitting[0])]
    return []


_ALIKE = (
    (re.compile(r"^编制人数$"), r"编制|定编"),
    (re.compile(r"^在职人员$|^实有人员$|^实有|教职工"), r"在职|在岗|在编(?!制)|实有|实际(?:有|在|到)|现有|教职工|(?<!离)(?<!退休)(?:职工|员工|老师|教师)|工作人员"),
    (re.compile(r"退休"), r"退休"),
    (re.compile(r"^(?:中小|小|初中|高中)?学生|^幼儿|^儿童|在校生"), r"学生|在校生|在园|小孩|孩子|幼儿(?!园)|娃"),
    (re.compile(r"车"), r"车"),
    (re.compile(r"床"), r"床位?"),
    (re.compile(r"班"), r"班级|教学班|(?:多少|几)个班|班数|班最|每个?班"),
    (re.compile(r"^学校$|^机构$"), r"(?:多少|几)(?:所|家)|(?:多少|几)个(?!班|人|学生|老师|教师)"),
    (re.compile(r"面积"), r"面积|多大|占地"),
    (re.compile(r"^本年支出合计$"), r"预算|支出|花|钱|经费(?!性质)"),
    (re.compile(r"^本年收入合计$"), r"收入"),
    (re.compile(r"^三公经费$"), r"三公"),
    (re.compile(r"^公务接待费$"), r"接待"),
    (re.compile(r"^公务用车购置费$"), r"(?:买|购置?|购买|新购)(?:公务用?|公)?车|(?:公务用?|公)车(?:的)?购置"),
    (re.compile(r"^公务用车运行维护费$"), r"养车|(?:公务用?|公)车(?:的)?(?:运行|维护|运维)"),
    (re.compile(r"^公务用车购置及运行费$"), r"(?:公务用?|公)车"),
    (re.compile(r"^因公出国"), r"出国"),
)  # fmt: skip
"""Accounts by pattern, and how a question speaks of them."""
_IN_POST = re.compile(r"^在职人员$|^实有人员$|^实有民警|教职工")
_PEOPLE = re.compile(r"多少人|几个人|人数|人最[多少]|多少[个名位]人")
_STEM = re.compile(r"(?:总?人数|总数|数量|情况|数|人员|[(（][^()（）]*[)）])$")


def _column(index: int, figure: Figure) -> Column:
    heading = (figure.locator.column or "").split("/")[-1]
    words = [figure.account, heading, _STEM.sub("", clean_name(heading)), _STEM.sub("", figure.account)]
    if figure.component not in ("合计", ""):
        words = [figure.component]
    patterns = [re.escape(fold(word)) for word in dict.fromkeys(words) if len(word) >= _SHORTEST and word != "合计"]
    alike = [says for account, says in _ALIKE if account.search(figure.account) and figure.component in ("合计", "")]
    plainly = _PEOPLE if _IN_POST.search(figure.account) else None
    says, otherwise = tuple(map(re.compile, patterns)), tuple(map(re.compile, alike))
    return Column(index, heading, figure.account, figure.year, says, otherwise, plainly)


def asked_of(listing: Listing, desk: Desk, text: str) -> list[Column]:
    """The columns that a folded question asks for, in its order: what lies within a longer word is not meant."""
    hits = [
        (match.start(), match.end(), column)
        for column in listing.columns for pattern in column.says for match in pattern.finditer(text)
    ]  # fmt: skip
    others = [
        (match.start(), match.end(), column)
        for column in listing.columns for pattern in column.otherwise for match in pattern.finditer(text)
    ]  # fmt: skip
    others = [
        hit for hit in others
        if not any(hit[0] < b and hit[1] > a and column != hit[2] for a, b, column in hits)
    ]  # fmt: skip
    every = [*hits, *others]
    kept = [
        hit for hit in every
        if not any(o[0] <= hit[0] and hit[1] <= o[1] and o[1] - o[0] > hit[1] - hit[0] for o in every if o[2] != hit[2])
    ]  # fmt: skip
    found = list(dict.fromkeys(column for _, _, column in sorted(kept, key=lambda hit: (hit[0], -hit[1]))))
    found = found or [c for c in listing.columns if c.plainly and c.plainly.search(text)][:1]
    if not found:
        found = [column for column in listing.columns if _targeted(listing, column, desk)]
    return _of_one_year(_of_one_word(found, kept), desk)


def _targeted(listing: Listing, column: Column, desk: Desk) -> bool:
    """Whether the planner's account is the column's."""
    figure = next((b.figures[column.index] for b in listing.bodies if column.index in b.figures), None)
    strong = [asked for asked in desk.plan.accounts if not asked.weak]
    return figure is not None and any(same_account(figure, t) for asked in strong for t in asked.targets[:1])


def _of_one_word(columns: Sequence[Column], hits: Sequence[tuple[int, int, Column]]) -> list[Column]:
    """Of columns that one word of the question names alike (教职工 of 在职 and 实有), the first."""
    seen: set[tuple[int, int]] = set()
    kept: list[Column] = []
    for column in columns:
        spans = {(a, b) for a, b, own in hits if own == column}
        if spans and spans <= seen and not any(c.account == column.account for c in kept):
            continue
        seen |= spans
        kept.append(column)
    return kept


def _of_one_year(columns: Sequence[Column], desk: Desk) -> list[Column]:
    """One column for each account: of the year asked for, else of the latest."""
    best: dict[str, Column] = {}
    for column in columns:
        known = best.get(column.account)
        fits = column.year in desk.plan.years
        better = known is not None and (fits, column.year) > (known.year in desk.plan.years, known.year)
        if known is None or better:
            best[column.account] = column
    return list(best.values())


_ANY = r"下属单位|所属单位|预算单位|二级单位|单位|部门|机构|家"
_KINDS = (
    ("幼儿园", r"幼儿园|幼$|保育院"),
    ("小学", r"小学|完小|实小|小$"),
    ("初中", r"初中|初级中学"),
    ("高中", r"高中|高级中学"),
    ("中学", r"中学|初中|高中|中$"),
    ("学校", r"小学|中学|学校|学院|校$|校区|职中|职高|高中|初中|附[中小]|小$|中$"),
    ("卫生院", r"卫生院"),
    ("医院", r"医院|保健院"),
    ("派出所", r"派出所"),
    ("乡镇", r"镇$|乡$|街道|办事处"),
)
"""Kinds of institution with what their names look like."""


def kind_asked(listing: Listing, text: str) -> tuple[str, list[Body]]:
    """The kind of institution that a folded question speaks of, and those of it; ("", []) where it speaks of none.

    A printed property ("差额拨款的单位") narrows the kind.
    """
    chosen, word = list(listing.bodies), ""
    for kind, pattern in _KINDS:
        if kind in text:
            word = kind
            by_group = [b for b in chosen if any(kind == clean_name(c.text) for c in b.texts.values())]
            chosen = by_group or [b for b in chosen if re.search(pattern, re.sub(r"[(（].*", "", b.name))]
            break
    if not word and (other := _other_kind(listing, text)):
        word, chosen = other, [b for b in chosen if other in b.name]
    narrowed = _of_property(chosen, text)
    if narrowed is not None:
        return word or "单位", narrowed
    if word:
        return word, chosen
    found = re.search(_ANY, text)
    if found is None:
        return "", []
    below = re.search(r"下属|所属|下级|二级", text) is not None
    return "单位", [b for b in chosen if not (below and is_own_office(b))]


def is_own_office(body: Body) -> bool:
    """Whether a row is the issuer's own office (局机关, 本级) beside the institutions below it."""
    return re.search(r"机关$|本级[)）]?$|本部[)）]?$|[(（]行政[)）]$|[(（]机关[)）]$", body.name) is not None


def _other_kind(listing: Listing, text: str) -> str:
    """A kind that no list knows: words of the question with which several names end (法庭)."""
    endings: dict[str, int] = {}
    for body in listing.bodies:
        for size in range(2, 5):
            ending = body.name[-size:]
            endings[ending] = endings.get(ending, 0) + 1
    said = [ending for ending, count in endings.items() if count >= _FEWEST and ending in text]
    return max(said, key=len, default="")


def _of_property(bodies: Sequence[Body], text: str) -> list[Body] | None:
    """Those with the printed property that the question names ("差额"), None where it names none."""
    values: dict[str, list[Body]] = {}
    for body in bodies:
        for cell in body.texts.values():
            values.setdefault(fold(clean_name(cell.text)), []).append(body)
    best: tuple[int, list[Body]] | None = None
    for value, own in values.items():
        stem = re.sub(r"(?:财政|拨款|事业|单位|经费|补助|性质|管理|类)+$", "", re.sub(r"^财政(?=.{2})", "", value))
        said = value if value in text else stem
        if len(said) >= _SHORTEST and said in text and len(own) < len(bodies) and (best is None or len(said) > best[0]):
            best = (len(said), own)
    return None if best is None else best[1]
