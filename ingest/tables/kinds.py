"""Which statutory statement a table is: by its title where the content does not contradict it, else by its content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.accounts import Statement, chart, clean_name, clean_title, statement_titled
from corpus.disclosure import Table
from corpus.figure import Scheme
from ingest.tables.columns import printed
from ingest.tables.headers import CODE, Matrix, is_amount
from ingest.tables.institutions import lists_institutions
from ingest.tables.target_lists import list_columns
from ingest.tables.yearly import lists_years

_SHEET_WORDS = re.compile(r"三级指标|绩效指标|^(?:年度.{0,6})?指标值|年度总体目标|^(?:实施期|年度)资金总额|^项目属性$")
_TARGET = re.compile(r"(?:大于|小于|等于|大于等于|小于等于)$|[≥≤>]\d")
_THREE_PUBLIC = ("因公出国（境）费", "公务接待费", "公务用车购置及运行费", "公务用车购置费", "公务用车运行维护费")
_LABEL = re.compile(r"(?:项目|科目|支出项目|收入项目|支出功能分类?科目)(?:[(（]|$)|.*(?:科目|项目)(?:名称|编码|代码)")
_TWO_SIDED = {"fund_expenditure": "fund_income_expenditure", "state_capital": "capital_income_expenditure"}
"""What the table of one fund is where it sets income beside expenditure by name, without class codes (Shaanxi)."""
_LISTED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、](?!\d)|[-—]+(?=[一-鿿])"
)
_OF_BODIES = ("unit_list", "staff", "asset")
"""Statements whose rows may be institutions, each with what it has."""
_NAMED = re.compile(r"[一-鿿]{2}")
_DIGITS = {"2": "function", "3": "economic", "5": "gov_economic"}
_SCHEMES = {"2": Scheme.FUNCTION, "3": Scheme.ECONOMIC, "5": Scheme.GOV_ECONOMIC}


def is_sheet(matrix: Matrix) -> bool:
    """Whether a grid is a form with labels beside values (绩效目标表) rather than a table with headed columns."""
    texts = [printed(cell.text) for cell in matrix.cells if cell.text]
    targets = sum(bool(_TARGET.match(text)) for text in texts)
    return any(_SHEET_WORDS.search(text) for text in texts) or targets >= 3 or list_columns(matrix) is not None


def kind_of(table: Table, matrix: Matrix, *, sheet: bool, section: Sequence[str], before: Sequence[str]) -> str:
    """The key of the statement that a table is, "generic" for none. `before` are the lines printed above it."""
    titled = statement_titled(table.title) or _titled_above(before)
    content = _content(table, matrix, sheet=sheet)
    if titled is not None and titled.key in _TWO_SIDED and content == "sides" and _named_amounts(table, matrix):
        return _TWO_SIDED[titled.key]
    if sheet:
        whole = titled is not None and titled.key == "performance_unit"
        return "performance_unit" if whole or _is_whole_unit(matrix) else "performance_project"
    if titled is not None and titled.rows == "indicators":
        titled = None
    if not sheet and content in (None, "sides") and lists_years(table):
        return "yearly"
    if (titled is None or titled.key in _OF_BODIES) and content is None and lists_institutions(table, matrix):
        return "institutions"
    if titled is not None and titled.key == "unit_list":
        return _by_words(table, section)
    if titled is not None and (content is None or _compatible(titled, content) or _lists_too(titled, table, matrix)):
        return titled.key
    return _by_content(content, table, titled) or _by_words(table, section)


def _titled_above(before: Sequence[str]) -> Statement | None:
    for line in reversed(before):
        text = printed(line)
        if len(text) <= 40 and re.search(r"表(?:[(（].*[)）])?$", text):
            statement = statement_titled(text)
            if statement is not None:
                return statement
    return None


def _is_whole_unit(matrix: Matrix) -> bool:
    texts = {printed(cell.text) for cell in matrix.cells}
    return not any(re.match(r"项目名称|项目资金|专项资金", text) for text in texts) and any(
        re.match(r"部门名称|单位名称|年度预算|预算金额|支出结构", text) for text in texts
    )


def _content(table: Table, matrix: Matrix, *, sheet: bool) -> str | None:
    """What the rows of a table are by its content alone (a value of `Statement.rows`), None where it does not tell."""
    if sheet:
        return "indicators"
    heads = [clean_name(part) for path in table.columns for part in path.split("/")]
    items = {item.name for text in heads if (item := chart().named(text, Scheme.THREE_PUBLIC))}
    body = [cell for cell in table.cells if cell.row >= table.header_rows and cell.text]
    first = {clean_name(cell.text) for cell in body if cell.column <= 1}
    named = {item.name for text in first if (item := chart().named(text, Scheme.THREE_PUBLIC))}
    first_digits = _classes(matrix, table.header_rows)
    if len(items & set(_THREE_PUBLIC)) >= 2 or (len(named & set(_THREE_PUBLIC)) >= 3 and not first_digits):
        return "items"  # economic classes name 公务接待费 and 因公出国（境）费用 too
    joined = " ".join(table.columns)
    names = [i for i, path in enumerate(table.columns) if _LABEL.match(printed(path.split("/")[-1]))]
    if (
        "收入" in joined
        and "支出" in joined
        and any(any(table.columns[left + 1 : right]) for left, right in pairwise(names))
    ):
        return "sides"  # labels with an amount between them; 类 | 款 | 项 | 名称 are the labels of one side
    if not first_digits:
        return None
    digit = max("235", key=first_digits.count)
    return _DIGITS[digit]


def _named_amounts(table: Table, matrix: Matrix) -> bool:
    """Whether amounts are printed beside names alone, without class codes."""
    amounts = any(is_amount(cell.text) for cell in table.cells if cell.row >= table.header_rows)
    return amounts and not _classes(matrix, table.header_rows)


def _lists_too(titled: Statement, table: Table, matrix: Matrix) -> bool:
    """Whether a column of its own gives the economic classes that the title promises, right of the functional ones."""
    columns = [column for column, path in enumerate(table.columns) if "经济" in path]
    texts = [printed(matrix.text(row, column)) for row in range(table.header_rows, matrix.n_rows) for column in columns]
    return titled.rows == "economic" and any(CODE.fullmatch(text) and text.startswith("3") for text in texts)


def _classes(matrix: Matrix, start: int) -> list[str]:
    """First digits of the class codes in the body. A bare 类 counts only with its name: 301 may number a unit."""
    found = []
    for row in range(start, matrix.n_rows):
        texts = [printed(cell.text) for cell in matrix.own(row)[:5]]
        for index, text in enumerate(texts):
            if index and _LISTED.match(texts[index - 1]):
                break  # 4、人均费用(元) | 232 | 11: the amounts of a numbered row are no class codes
            if index > 1 and is_amount(texts[index - 1]) and _NAMED.search(texts[index - 2]):
                break  # 小学 | 510 | 20400: behind a name and a number nothing but amounts comes
            following = texts[index + 1] if index + 1 < len(texts) else ""
            split = re.match(r"[\[(【]?(\d{3}(?:\d{2}){0,2})[\])】]?(?=\D)", text)
            code, name = (split.group(1), text[split.end() :]) if split else (text, following)
            if code[:1] in _SCHEMES and CODE.fullmatch(code) and _is_class(code, name):
                found.append(code[0])
                break
    return found


def _is_class(code: str, name: str) -> bool:
    account = chart().account(_SCHEMES[code[0]], code[:3])
    if account is None:
        return False
    named = clean_name(name.lstrip("-—")) in map(clean_name, (account.name, *account.aliases))
    return named or len(code) > 3 or bool(re.fullmatch(r"\d{1,2}", name))


def _compatible(statement: Statement, content: str) -> bool:
    if statement.rows == content or statement.rows in ("projects", "units"):
        return statement.rows == content or content not in ("sides", "items")
    if statement.key == "state_capital" or statement.key == "fund_expenditure":
        return content in ("function", "sides")
    return statement.key == "generic"


def _by_content(content: str | None, table: Table, titled: Statement | None) -> str | None:
    """The statement that a table's content shows where title and content disagree or there is no title."""
    words = "".join(table.columns) + clean_title(table.title)
    if content == "items":
        return "three_public"
    if content == "sides":
        general = re.search(r"一般公共预算.*收支|一般公共预算.*收入支出", clean_title(table.title))
        fiscal = "fiscal_income_expenditure" if _only_fiscal(table, words) else "income_expenditure"
        return "general_income_expenditure" if general else fiscal
    if content in ("economic", "gov_economic"):
        basic = any(word in words for word in ("人员经费", "公用经费", "人员支出", "公用支出", "基本支出"))
        if basic or (titled is not None and titled.component == "基本支出"):
            return f"basic_{content}"
        return f"general_{content}" if "一般公共预算" in words or content == "gov_economic" else "expenditure_economic"
    return _functional(words, titled) if content == "function" else None


def _functional(words: str, titled: Statement | None) -> str:
    """The statement of a table of functional classes, by the words of its headings and title."""
    if re.search(r"政府性基金(?:预算)?(?:财政拨款)?(?:收入)?支出", words):
        return "fund_expenditure"
    if re.search(r"国有资本经营(?:预算)?(?:财政拨款)?(?:收入)?支出", words):
        return "state_capital"
    if re.search(r"一般公共预算(?:财政拨款)?(?:收入)?支出", words):
        return "general_expenditure"
    if "基本支出" in words or "项目支出" in words:
        fiscal = titled is not None and titled.funding == "财政拨款"
        return "fiscal_expenditure" if fiscal else "expenditure"
    if "收入" in words:
        return "income"
    return titled.key if titled and titled.rows == "function" else "expenditure"


def _only_fiscal(table: Table, words: str) -> bool:
    labels = {clean_name(cell.text) for cell in table.cells if cell.row >= table.header_rows}
    others = {"事业收入", "其他收入", "事业单位经营收入", "经营收入", "单位资金", "财政专户管理资金", "上级补助收入"}
    return "财政拨款" in words + clean_title(table.title) or not labels & others


def _known_rows(rows: Sequence[str]) -> bool:
    """Whether most rows bear names of the chart (办公费, 财政拨款收入), which no project does."""
    return sum(bool(chart().all_named(row)) for row in rows) * 2 > len(rows)


def _by_words(table: Table, section: Sequence[str]) -> str:
    """Tables without statutory title or codes: unit lists and projects by their headings, the rest generic."""
    leaves = [printed(path.split("/")[-1]) for path in table.columns]
    amounts = [cell for cell in table.cells if cell.row >= table.header_rows and is_amount(cell.text)]
    if sum(chart().named(leaf, Scheme.STAFF) is not None for leaf in leaves) >= 1 and amounts:
        return "staff"
    rows = [cell.text for cell in table.cells if cell.row >= table.header_rows and cell.column == 0 and cell.text]
    if sum(chart().named(row, Scheme.STAFF) is not None for row in rows) * 2 > len(rows) > 2 and amounts:
        return "staff"
    if any(re.search(r"单位名称|预算单位", leaf) for leaf in leaves):
        here = "".join([table.title, *section[-1:]])
        if not any(re.search(r"[.,]", cell.text) for cell in amounts) and (
            len(leaves) <= 4 or re.search(r"单位.*(?:构成|基本情况|名单)", here)
        ):
            return "unit_list"
    if amounts and any(leaf == "项目名称" for leaf in leaves):
        return "project"
    spoken = "".join([table.title, *section[-1:]])
    if (
        amounts
        and leaves[0] in ("项目", "项目内容", "支出项目", "具体项目")
        and re.search(r"(?<!类)项目(?!绩效)", spoken)
    ):
        beside = any(re.search(r"金额|预算|安排|资金", leaf) for leaf in leaves[1:])
        return "project" if beside and not _known_rows(rows) else "generic"
    return "generic"
