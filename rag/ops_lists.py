"""Lists within a disclosure: its projects, the items an account is made up of, performance targets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.accounts import clean_name
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.money import Amount
from corpus.vocabulary import Target, fold
from rag.amounts_parts import THREE_PUBLIC_ITEMS
from rag.answer import Result, show
from rag.desk import Desk, Draft
from rag.explained import COVERS, covered_by_name
from rag.ops_define import own_definition
from rag.ops_figures import values_for
from rag.ops_prose import purpose_in, purpose_of
from rag.plan import Asked, Verdict
from rag.quoting import long_cells, quote_of, sentences_at_hand
from rag.refuse import missing
from rag.values import Source, Value

_MOST = 40
PROJECT_SPENDING = Asked(
    "项目支出", "项目支出", (Target(Scheme.TOTAL, "", "本年支出合计"),), flow="支出", component="项目支出"
)
_SUM_ROW = re.compile(r"(?:项目支出|项目)?(?:合计|总计|小计)")


def projects_of(desk: Desk, source: Source) -> list[Value]:
    """Every project of a disclosure with its amount: the whole of it once, tables before prose."""
    year = desk.plan.years[0] if desk.plan.years else source.disclosure.year
    found: dict[str, Figure] = {}
    for figure in source.figures:
        if figure.scheme is not Scheme.PROJECT or figure.measure is not Measure.AMOUNT or figure.entity:
            continue
        if figure.year != year or figure.component not in ("项目支出", "合计") or not figure.account.strip():
            continue
        if (
            _SUM_ROW.fullmatch(clean_name(figure.account))
            or figure.amount is None
            or clean_name(figure.account) == clean_name(source.disclosure.issuer)
        ):
            continue
        known = found.get(figure.account)
        if known is None or (_preference(figure) < _preference(known)):
            found[figure.account] = figure
    return [Value.of(figure) for figure in found.values()]


def _preference(figure: Figure) -> tuple[int, int, int]:
    funds = {"全部": 0, "财政拨款": 1, "一般公共预算": 2}
    return figure.amount is None, funds.get(figure.funding, 3), figure.reader is not Reader.TABLE


def projects(desk: Desk) -> Draft:
    """The projects, each with its amount, and how many there are."""
    lines: list[str] = []
    total: Amount | None = None
    for source in desk.sources():
        if desk.plan.years and source.disclosure.year not in desk.plan.years:
            continue
        values = [value for value in projects_of(desk, source) if value.amount is not None]
        if not values:
            continue
        count = desk.evidence.count(len(values))
        where = desk.speech.disclosure(source.disclosure)
        lines.append(desk.speech.pick(f"{where}列出的项目共{count}个：", f"{where}: {count} projects"))
        for value in values[:_MOST]:
            assert value.amount is not None, "filtered above"
            lines.append(
                f"- {value.asked.name}{desk.speech.pick('：', ': ')}**{show(desk.money(value.amount))}"
                f"**{desk.marks(value)}"
            )
        lines += _sum_line(desk, source, values)
        lines += _spent_on(desk, source)
        if re.search(r"几个|多少个|几项|多少项|how many", desk.plan.text) and len(desk.plan.units) == 1:
            total = Amount(Decimal(len(values)), "个")
        break
    if not lines:
        return _no_projects(desk)
    result = Result(desk.evidence.compute(total, ""), "computed") if total is not None else None
    return Draft(Verdict.ANSWERED, "\n".join(lines), result)


def _spent_on(desk: Desk, source: Source) -> list[str]:
    """The document's own sentence on what project expenditure is for, where the question asks for that."""
    if not re.search(r"用在|用于|花在|花到|用到|方面|[干做]什么|[干做]啥|干嘛|用途|用来|拿来", desk.plan.text):
        return []
    name = source.disclosure.name
    found = next((f for section in desk.shelf.sections(name) if (f := purpose_in(name, section, "项目支出"))), None)
    whole = desk.amount(source, PROJECT_SPENDING, source.disclosure.year)
    if found is None and whole is not None and whole.amount is not None and whole.amount.value:
        amount = whole.amount
        found = next((f for section in desk.shelf.sections(name) if (f := purpose_of(name, section, amount))), None)
    return [quote_of(desk, found)] if found is not None else []


def _sum_line(desk: Desk, source: Source, values: Sequence[Value]) -> list[str]:
    """The total of project expenditure where the disclosure states it."""
    asked = PROJECT_SPENDING
    stated = desk.amount(source, asked, source.disclosure.year)
    if stated is None or stated.amount is None:
        return []
    return [desk.tell(stated, source.disclosure.issuer)]


_IN_BRACKETS = re.compile(
    r"项目支出[:：为是]{0,2}\d[\d,.]*\s*[万亿]?元[(（](?!其中|含|不含|见|详见)[^()（）\d]{3,40}[)）]"
)


def _named_in_brackets(desk: Desk) -> list[str]:
    """The sentence that names the only project in a bracket behind project expenditure (项目支出5万元(宣传经费))."""
    names = desk.plan.documents[:1]
    found = [item for name in names for item in sentences_at_hand(desk, name) if _IN_BRACKETS.search(item.text)]
    return [quote_of(desk, found[0])] if len({item.text for item in found}) == 1 else []


def _no_projects(desk: Desk) -> Draft:
    """No project is named: the project expenditure the document states (perhaps nought) is the answer."""
    asked = PROJECT_SPENDING
    values = values_for(desk, asked)
    if named := _named_in_brackets(desk):
        return Draft(Verdict.ANSWERED, "\n".join(named))
    if not values:
        return missing(desk)
    lines = [
        desk.speech.pick(
            "文件没有列出具体项目的名称和金额。", "The document does not list projects by name and amount."
        )
    ]
    lines += [desk.tell(value, desk.issuer(value.document)) for value in values]
    if spent_on := _spent_on(desk, desk.source(values[0].document)):
        return Draft(Verdict.ANSWERED, "\n".join([*lines[1:], *spent_on]))
    zero = all(value.amount is None or value.amount.value == 0 for value in values)
    return Draft(
        Verdict.ANSWERED if zero else Verdict.NOT_DISCLOSED, "\n".join(lines), desk.result(values[0]) if zero else None
    )


def breakdown(desk: Desk) -> Draft:
    """What an account is made up of, of each unit; where it has no parts, what the document says it is for."""
    asked = desk.plan.accounts[0]
    lines: list[str] = []
    parted, told = False, set[str]()
    only: list[Asked] = []
    for source in desk.sources():
        if (desk.plan.years and source.disclosure.year not in desk.plan.years) or source.disclosure.issuer in told:
            continue
        before = len(lines)
        whole = desk.amount(source, asked, source.disclosure.year)
        if whole is not None:
            lines.append(desk.tell(whole, source.disclosure.issuer))
        items = [value for value in items_of(desk, source, asked) if value.amount is not None]
        parted = parted or len(items) > 1  # one class that is all of another parts nothing
        only = [value.asked for value in items] if len(items) == 1 else []
        if only and (below := [v for v in items_of(desk, source, only[0]) if v.amount is not None]):
            items += [v for v in below if v.asked.name != only[0].name]  # 款 with all of the 类: its 项, too
            parted, only = parted or len(below) > 1, [below[0].asked]
        lines += [f"- {desk.tell(value, source.disclosure.issuer, unit=False)}" for value in items[:_MOST]]
        if len(lines) > before:
            told.add(source.disclosure.issuer)
    covers = covered_by_name(desk, asked) if COVERS.search(desk.plan.text) else ""
    if not lines:
        return Draft(Verdict.ANSWERED, covers) if covers else missing(desk)
    if covers and asked.targets[0].scheme is Scheme.THREE_PUBLIC:
        lines.append(covers)
    elif not parted and len(told) == 1:
        lines += _meant_for(desk, asked) or [line for child in only for line in _meant_for(desk, child)]
    return Draft(Verdict.ANSWERED, "\n".join(lines))


def _meant_for(desk: Desk, asked: Asked) -> list[str]:
    """The sentence on what the money is for, of an account that has no parts of its own."""
    wanted = fold(asked.targets[0].account)
    for section in desk.shelf.sections(desk.plan.documents[0]):
        found = purpose_in(desk.plan.documents[0], section, wanted)
        if found is not None:
            return [quote_of(desk, found)]
    names = [f"{desk.plan.qualifier}{asked.said}", asked.name] if desk.plan.qualifier else [asked.name]
    if parted := _parted_behind(desk, {fold(asked.said), wanted, fold(asked.name)}):
        return [parted]
    if own := next((text for name in names if (text := own_definition(desk, name))), ""):
        return [own]
    told = [cell for cell in long_cells(desk, desk.plan.documents[0]) if fold(cell.section) == wanted]
    return [quote_of(desk, cell) for cell in told[:1]]


def _parted_behind(desk: Desk, names: set[str]) -> str:
    """The sentence that divides the account right behind its amount (调入资金9万元(其中从专户调入5万元、其他4万元)), as a quote; ""
    for none or several."""
    amount = r"\d[\d,.]*[万亿]?元"
    of = "|".join(map(re.escape, sorted(names - {""}, key=len, reverse=True)))
    divided = re.compile(
        rf"(?:{of})[^,，。;；\d]{{0,8}}{amount}[(（,，:：](?:其中|包括|主要有|含)[^()（）。]*?{amount}[^()（）。]*?{amount}"
    )
    found = [item for item in sentences_at_hand(desk, desk.plan.documents[0]) if divided.search(fold(item.text))]
    return quote_of(desk, found[0]) if len({item.text for item in found}) == 1 else ""


def items_of(desk: Desk, source: Source, asked: Asked) -> list[Value]:
    """The parts of an account within a disclosure: items of “三公” or procurement, classes one level down,
    components."""
    found: list[Value] = []
    for part in parts_of(source, asked):
        value = desk.amount(source, part, desk.plan.years[0] if desk.plan.years else source.disclosure.year)
        if value is not None and not (
            value.amount is not None
            and value.amount.value == 0
            and part.targets[0].scheme in (Scheme.FUNCTION, Scheme.ECONOMIC)
        ):
            found.append(value)
    return found


def parts_of(source: Source, asked: Asked) -> list[Asked]:
    """The accounts an account is made up of, as far as the disclosure has them."""
    target = asked.targets[0]
    if target.scheme is Scheme.THREE_PUBLIC:
        items = THREE_PUBLIC_ITEMS.get(target.account, ())
        below = [name for item in items for name in THREE_PUBLIC_ITEMS.get(item, ())]
        return [_part(target.scheme, name) for name in (*items, *below)]
    if target.scheme is Scheme.PROCUREMENT and target.account == "政府采购":
        return [_part(target.scheme, name) for name in ("货物", "工程", "服务")]
    if target.scheme in (Scheme.FUNCTION, Scheme.ECONOMIC) and target.code:
        return _below(source, target, asked)
    if target.scheme is Scheme.TOTAL:
        return _of_total(source, asked)
    if target.scheme is Scheme.PROJECT:
        whole = clean_name(target.account)
        parts = dict.fromkeys(
            f.account for f in source.figures if f.scheme is Scheme.PROJECT and whole in map(clean_name, f.path)
        )
        return [_part(Scheme.PROJECT, name) for name in parts]
    return []


def _part(scheme: Scheme, name: str) -> Asked:
    return Asked(name, name, (Target(scheme, "", name),))


def _below(source: Source, target: Target, asked: Asked) -> list[Asked]:
    """The classes one level down; of a level that the disclosure leaves out, those below it."""
    codes: dict[str, str] = {}
    for figure in source.figures:
        if figure.scheme is target.scheme and figure.code.startswith(target.code) and figure.code != target.code:
            codes.setdefault(figure.code, figure.account)
    next_down = [c for c in codes if not any(other != c and c.startswith(other) for other in codes)]
    return [
        Asked(codes[code], codes[code], (Target(target.scheme, code, codes[code]),), funding=asked.funding)
        for code in sorted(next_down)
    ]


def _of_total(source: Source, asked: Asked) -> list[Asked]:
    if asked.flow == "收入" or asked.targets[0].account in ("收入总计", "本年收入合计"):
        names = dict.fromkeys(
            f.account for f in source.figures
            if f.scheme is Scheme.SOURCE and f.measure is Measure.AMOUNT and f.amount is not None and f.amount.value
        )  # fmt: skip
        return [Asked(name, name, (Target(Scheme.SOURCE, "", name),), flow="收入") for name in names]
    totals = (Target(Scheme.TOTAL, "", "本年支出合计"), Target(Scheme.TOTAL, "", "支出总计"))
    if asked.component == "基本支出":
        return [
            Asked(name, name, totals, flow="支出", component=name, funding=asked.funding)
            for name in ("人员经费", "公用经费")
        ]
    if asked.component in ("人员经费", "公用经费"):
        heads = ("301", "303") if asked.component == "人员经费" else ("302", "310")
        return [part for head in heads for part in _below(source, Target(Scheme.ECONOMIC, head, ""), asked)]
    codes: dict[str, str] = {}
    for figure in source.figures:
        if figure.scheme is Scheme.FUNCTION and len(figure.code) == 3:
            codes.setdefault(figure.code, figure.account)
    parts = [Asked(n, n, totals, flow="支出", component=n, funding=asked.funding) for n in ("基本支出", "项目支出")]
    return parts + [
        Asked(name, name, (Target(Scheme.FUNCTION, code, name),), flow="支出", funding=asked.funding)
        for code, name in sorted(codes.items())
    ]
