"""Final accounts: the nationwide set of nine tables, and a shorter one with balances, each with its running text."""

from __future__ import annotations

from decimal import Decimal

from eval.synthetic.blocks import Block, Entry, Heading, Key, Paper, Style, amount, heads, row
from eval.synthetic.draft import BASIC, Draft, component_columns
from eval.synthetic.final_prose import against_the_budget, other_matters, visits_and_cars
from eval.synthetic.prose import Writer
from eval.synthetic.statutory import THREE, ZERO, Line, Rows, empty_rows, three_cells
from eval.synthetic.tables import (
    EVERY,
    Codes,
    Column,
    class_key,
    class_lines,
    classes,
    costs,
    income,
    side,
    source_key,
    spending,
    total_key,
)
from eval.synthetic.unit import FISCAL, FUND, GENERAL, OWN, PROJECT, SPECIAL, STATE, Unit, economic_name, function_name

FINAL = "决算"


def _came(unit: Unit, fundings: tuple[str, ...]) -> Decimal:
    """This year's income: what was spent, less what was carried in, plus what is left of the general budget."""
    left = unit.left if GENERAL in fundings else ZERO
    return unit.total(fundings=fundings, carried=False) + left


def _balance(name: str, unit: Unit) -> Key:
    return Key("结转结余", name, "结余", "全部", "合计", unit.year, FINAL)


def _whole(unit: Unit, style: Style) -> Rows:
    """收入支出决算总表 with 行次 on both sides."""
    year = unit.year
    carried = unit.total(carried=True)
    came = _came(unit, FISCAL) + _came(unit, (SPECIAL, OWN))
    left: list[Line] = [
        ("一、一般公共预算财政拨款收入", [(_came(unit, (GENERAL,)), source_key("一般公共预算拨款", year, FINAL))]),
        ("二、政府性基金预算财政拨款收入", [(_came(unit, (FUND,)), source_key("政府性基金预算拨款", year, FINAL))]),
        (
            "三、国有资本经营预算财政拨款收入",
            [(_came(unit, (STATE,)), source_key("国有资本经营预算拨款", year, FINAL))],
        ),
        ("四、上级补助收入", []),
        ("五、事业收入", [(_came(unit, (SPECIAL, OWN)), source_key("事业收入", year, FINAL))]),
        ("六、经营收入", []),
        ("七、附属单位上缴收入", []),
        ("八、其他收入", []),
    ]
    right = class_lines(unit, lambda c: [(unit.total(c), class_key(c, year, FINAL))], EVERY)
    height = len(right)
    left += [("", [])] * (height - len(left))
    left += [
        ("本年收入合计", [(came, total_key("本年收入合计", "收入", year, FINAL))]),
        ("使用非财政拨款结余（含专用结余）", []),
        ("年初结转和结余", [(carried, source_key("上年结转结余", year, FINAL))]),
        ("总计", [(came + carried, total_key("收入总计", "收入", year, FINAL))]),
    ]
    right += [
        ("本年支出合计", [(unit.total(), total_key("本年支出合计", "支出", year, FINAL))]),
        ("结余分配", []),
        ("年末结转和结余", [(unit.left, Key("结转结余", "年末结转结余", "结余", "全部", "合计", year, FINAL))]),
        ("总计", [(came + carried, total_key("支出总计", "支出", year, FINAL))]),
    ]
    pairs = list(zip(side(style, left, 1), side(style, right, 1), strict=True))
    numbered = [
        (a[0], Entry(str(i)), a[1], b[0], Entry(str(i + len(pairs))), b[1]) for i, (a, b) in enumerate(pairs, 1)
    ]
    return (row("栏次", "", "1", "栏次", "", "2"), *numbered)


def _fiscal(unit: Unit, style: Style) -> Rows:
    """财政拨款收入支出决算总表."""
    year = unit.year
    carried = unit.total(fundings=FISCAL, carried=True)
    came = _came(unit, FISCAL)
    left: list[Line] = [
        ("一、一般公共预算财政拨款", [(_came(unit, (GENERAL,)), None)]),
        ("二、政府性基金预算财政拨款", [(_came(unit, (FUND,)), None)]),
        ("三、国有资本经营预算财政拨款", [(_came(unit, (STATE,)), None)]),
    ]

    def columns(code: str) -> list[tuple[Decimal, Key | None]]:
        first: tuple[Decimal, Key | None] = (unit.total(code, (), FISCAL), class_key(code, year, FINAL, "财政拨款"))
        return [first, *((unit.total(code, (), (f,)), class_key(code, year, FINAL, f)) for f in FISCAL)]

    right = class_lines(unit, columns, EVERY)
    left += [("", [])] * (len(right) - 3)
    spent = [unit.total(fundings=FISCAL), *(unit.total(fundings=(f,)) for f in FISCAL)]
    words = ("财政拨款", *FISCAL)
    left += [
        ("本年收入合计", [(came, total_key("本年收入合计", "收入", year, FINAL, "财政拨款"))]),
        ("年初财政拨款结转和结余", [(carried, None)]),
        ("  一般公共预算财政拨款", [(carried, None)]),
        ("总计", [(came + carried, total_key("收入总计", "收入", year, FINAL, "财政拨款"))]),
    ]
    ends = [spent[0] + unit.left, spent[1] + unit.left, *spent[2:]]
    right += [
        (
            "本年支出合计",
            [(y, total_key("本年支出合计", "支出", year, FINAL, w)) for y, w in zip(spent, words, strict=True)],
        ),
        ("年末财政拨款结转和结余", [(unit.left, None), (unit.left, None)]),
        ("", []),
        ("总计", [(y, total_key("支出总计", "支出", year, FINAL, w)) for y, w in zip(ends, words, strict=True)]),
    ]
    pairs = list(zip(side(style, left, 1), side(style, right, 4), strict=True))
    numbered = [
        (a[0], Entry(str(i)), a[1], b[0], Entry(str(i + len(pairs))), *b[1:]) for i, (a, b) in enumerate(pairs, 1)
    ]
    return (row("栏次", "", "1", "栏次", "", "2", "3", "4", "5"), *numbered)


def _basic(unit: Unit, style: Style) -> tuple[Rows, Rows]:
    """基本支出 by economic class: wages | goods | the rest of goods and capital, three tables side by side."""
    year = unit.year

    def line(code: str) -> list[Entry]:
        part = "人员经费" if code.startswith(("301", "303")) else "公用经费"
        key = Key("经济分类", code, "支出", GENERAL, part, year, FINAL)
        name = economic_name(code)
        return [Entry(code), Entry(name), amount(style, unit.economic_total(code), key, name)]

    def lines(prefixes: tuple[str, ...]) -> list[list[Entry]]:
        codes = sorted({c[:n] for c in unit.economic if c.startswith(prefixes) for n in (3, 5)})
        return [line(code) for code in codes]

    goods = lines(("302", "310"))
    half = len(goods) // 2 + 1
    parts = [lines(("301", "303")), goods[:half], goods[half:]]
    height = max(len(part) for part in parts)
    blank = [Entry(), Entry(), Entry()]
    body = [tuple(e for part in parts for e in (part[i] if i < len(part) else blank)) for i in range(height)]
    staff = unit.economic_total("301") + unit.economic_total("303")
    running = unit.economic_total("302") + unit.economic_total("310")
    whole = [Key("总额", "本年支出合计", "支出", GENERAL, part, year, FINAL) for part in ("人员经费", "公用经费")]
    foot = (
        Entry("人员经费合计", 2), amount(style, staff, whole[0], "人员经费"),
        Entry("公用经费合计", 5), amount(style, running, whole[1], "公用经费"),
    )  # fmt: skip
    head = heads((("人员经费", 3, 1), ("公用经费", 6, 1)), ("科目编码", "科目名称", "决算数") * 3)
    return head, (*body, foot)


def national(unit: Unit) -> Paper:
    """公开01表 to 公开09表 with 栏次 rows, 类款项 headings over one code column, and 三公 of budget and final account."""
    style = Style("万元", commas=True)
    draft = Draft("national", unit, style, numbering="公开{:02d}表", issuer="部门：{}", basis=FINAL)
    draft.heading("第一部分 部门概况")
    draft.heading(f"第二部分 {unit.year}年度部门决算表")
    head = heads((("收入", 3, 1), ("支出", 3, 1)), ("项目", "行次", "金额") * 2)
    notes = ("注：1.本表反映部门本年度的总收支和年末结转结余情况。", "2.本套报表金额单位转换时可能存在尾数误差。")
    draft.table("收入支出决算总表", head, _whole(unit, style), notes)
    codes = Codes("bare", names=("科目代码", "科目名称"), over="项目")
    came = [
        _came_column(unit, ("本年收入合计",), ()),
        _came_column(unit, ("财政拨款收入",), FISCAL),
        _came_column(unit, ("事业收入",), (SPECIAL, OWN)),
        _came_column(unit, ("其他收入",), ("无",)),
    ]
    draft.table("收入决算表", *_numbered(classes(unit, style, came, codes), 2))
    words = ("本年支出合计", "基本支出", "项目支出")
    columns = [
        *component_columns(unit, "", (), "全部", words),
        *(
            spending(unit, (w,), components=(w,), word=w, basis=FINAL)
            for w in ("上缴上级支出", "经营支出", "对附属单位补助支出")
        ),
    ]
    columns[:3] = [_final(c) for c in columns[:3]]
    draft.table("支出决算表", *_numbered(classes(unit, style, columns, codes), 2))
    head = heads(
        (("收 入", 3, 1), ("支 出", 6, 1)),
        ("项 目", "行次", "金额", "项 目", "行次", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"),
    )  # fmt: skip
    draft.table("财政拨款收入支出决算总表", head, _fiscal(unit, style))
    columns = [
        _final(c) for c in component_columns(unit, "本年支出", (GENERAL,), GENERAL, ("小计", "基本支出", "项目支出"))
    ]
    draft.table("一般公共预算财政拨款支出决算表", *_numbered(classes(unit, style, columns, codes, (GENERAL,)), 2))
    draft.table("一般公共预算财政拨款基本支出决算表", *_basic(unit, style))
    draft.table("财政拨款“三公”经费支出决算表", *_three(unit, style))
    head = heads(
        (("项目", 2, 1), ("年初结转和结余", 1, 2), ("本年收入", 1, 2), ("本年支出", 3, 1), ("年末结转和结余", 1, 2)),
        ("科目代码", "科目名称", "小计", "基本支出", "项目支出"),
    )
    fund = unit.total(fundings=(FUND,))
    if fund:
        key = Key("总额", "本年支出合计", "支出", FUND, "合计", unit.year, FINAL)
        rows = [
            row(
                "",
                "合计",
                "",
                amount(style, fund, None, ""),
                amount(style, fund, key, "合计"),
                "",
                amount(style, fund, None, ""),
                "",
            )
        ]
        for code in unit.codes(fundings=(FUND,)):
            yuan = unit.total(code, fundings=(FUND,))
            key = class_key(code, unit.year, FINAL, FUND)
            name = function_name(code)
            rows.append(
                row(
                    code,
                    name,
                    "",
                    amount(style, yuan, None, ""),
                    amount(style, yuan, key, name),
                    "",
                    amount(style, yuan, None, ""),
                    "",
                )
            )
        draft.table("政府性基金预算财政拨款收入支出决算表", head, tuple(rows))
    else:
        note = "注：本部门没有政府性基金收入，也没有使用政府性基金安排的支出，故本表无数据。"
        draft.table("政府性基金预算财政拨款收入支出决算表", head, empty_rows(8), (note,))
    head = heads((("项目", 2, 1), ("本年支出", 3, 1)), ("科目代码", "科目名称", "合计", "基本支出", "项目支出"))
    draft.table(
        "国有资本经营预算财政拨款支出决算表",
        head,
        empty_rows(5),
        ("注：本部门没有使用国有资本经营预算安排的支出，故本表无数据。",),
    )
    draft.heading(f"第三部分 {unit.year}年度部门决算情况说明")
    draft.paper.blocks += _national_prose(unit)
    draft.paper.blocks += [*against_the_budget(unit), *visits_and_cars(unit), *other_matters(unit)]
    return draft.paper


def _final(column: Column) -> Column:
    """A budget column's facts as final accounts."""

    def key(code: str) -> Key | None:
        k = column.key(code)
        return k and Key(k.scheme, k.account, k.flow, k.funding, k.component, k.year, FINAL, k.measure)

    return Column(column.path, column.value, key)


def _came_column(unit: Unit, path: tuple[str, ...], fundings: tuple[str, ...]) -> Column:
    """An income column of the final accounts: what is left at the year's end came in under the first class."""
    word = {FISCAL: "财政拨款", (SPECIAL, OWN): "事业收入"}.get(fundings, "全部")
    plain = income(unit, path, fundings=fundings, funding=word, basis=FINAL)
    leaf = unit.codes((7,), (GENERAL,))[0]
    general = not fundings or GENERAL in fundings

    def value(code: str) -> Decimal:
        return plain.value(code) + (unit.left if general and leaf.startswith(code) else ZERO)

    return Column(path, value, plain.key)


def _numbered(table: tuple[Rows, Rows], labels: int) -> tuple[Rows, Rows]:
    """With a 栏次 row between header and body."""
    head, rows = table
    width = sum(entry.across for entry in head[0]) - labels
    return head, ((Entry("栏次", labels), *(Entry(str(i)) for i in range(1, width + 1))), *rows)


def _three(unit: Unit, style: Style) -> tuple[Rows, Rows]:
    tops = (("预算数", 6, 1), ("决算数", 6, 1))
    middle = (("合计", 1, 2), ("因公出国（境）费", 1, 2), ("公务用车购置及运行维护费", 3, 1), ("公务接待费", 1, 2))
    bottom = ("小计", "公务用车购置费", "公务用车运行维护费")
    cells = [
        *three_cells(unit, style, THREE, 1, unit.year, "预算"),
        *three_cells(unit, style, THREE, 0, unit.year, FINAL),
    ]
    bare = [Entry(cell.text) for cell in cells[:6]]
    return heads(tops, middle * 2, bottom * 2), (row(*map(str, range(1, 13))), (*bare, *cells[6:]))


def _national_prose(unit: Unit) -> list[Block]:
    w = Writer(unit, FINAL)
    carried = unit.total(carried=True)
    came = _came(unit, FISCAL) + _came(unit, (SPECIAL, OWN))
    spent = unit.total()
    basic, project = unit.total(components=BASIC), unit.total(components=(PROJECT,))
    general = unit.total(fundings=(GENERAL,))
    lines = [
        w.done(
            f"{n}.{function_name(code)}{w.say(unit.total(code, fundings=(GENERAL,)), class_key(code, unit.year, FINAL, GENERAL), function_name(code))}。"
        )
        for n, code in enumerate(unit.codes((3,), (GENERAL,)), 1)
    ]
    spent_key = Key("总额", "本年支出合计", "支出", "全部", "合计", unit.year, FINAL)

    def part(word: str, funding: str = "全部") -> Key:
        return Key("总额", "本年支出合计", "支出", funding, word, unit.year, FINAL)

    return [
        Heading("一、收入支出决算总体情况说明", 2),
        w.done(f"{unit.year}年度收、支总计{w.both(came + carried)}。本年支出{w.say(spent, spent_key)}。"),
        Heading("二、收入决算情况说明", 2),
        w.done(f"本年收入合计{w.say(came, total_key('本年收入合计', '收入', unit.year, FINAL))}。"),
        Heading("三、支出决算情况说明", 2),
        w.done(
            f"本年支出合计{w.say(spent, spent_key)}，其中：基本支出{w.say(basic, part('基本支出'))}，项目支出{w.say(project, part('项目支出'))}。"
        ),
        Heading("四、一般公共预算财政拨款支出决算情况说明", 2),
        w.done(f"{unit.year}年度一般公共预算财政拨款支出{w.say(general, part('合计', GENERAL))}，主要用于以下方面："),
        *lines,
        Heading("五、财政拨款“三公”经费支出决算情况说明", 2),
        w.done(
            f"{unit.year}年度“三公”经费财政拨款支出决算为{w.three('三公经费')}，其中：因公出国（境）费支出决算{w.three('因公出国（境）费')}；"
            f"公务用车购置及运行维护费支出决算{w.three('公务用车购置及运行费')}；公务接待费支出决算{w.three('公务接待费')}。"
        ),
    ]


def short(unit: Unit) -> Paper:
    """A school's or county's final accounts in 元: 类款项 in three cells, totals last, balances on both sides."""
    style = Style("元", nothing="0.00")
    draft = Draft("short", unit, style, numbering="表{}", issuer="编制单位：{}", basis=FINAL)
    year = unit.year
    carried = unit.total(carried=True)
    came = _came(unit, FISCAL) + _came(unit, (SPECIAL, OWN))
    left: list[Line] = [
        ("一、财政拨款收入", [(_came(unit, FISCAL), source_key("财政拨款", year, FINAL))]),
        ("二、事业收入", [(_came(unit, (SPECIAL, OWN)), source_key("事业收入", year, FINAL))]),
        ("三、其他收入", []),
    ]
    right = class_lines(unit, lambda c: [(unit.total(c), class_key(c, year, FINAL))])
    left += [("", [])] * (len(right) - len(left))
    right += [("", [])] * (len(left) - len(right))
    left += [
        ("本年收入合计", [(came, total_key("本年收入合计", "收入", year, FINAL))]),
        ("年初结转和结余", [(carried, source_key("上年结转结余", year, FINAL))]),
        ("收入总计", [(came + carried, total_key("收入总计", "收入", year, FINAL))]),
    ]
    right += [
        ("本年支出合计", [(unit.total(), total_key("本年支出合计", "支出", year, FINAL))]),
        ("年末结转和结余", [(unit.left, _balance("年末结转结余", unit))]),
        ("支出总计", [(came + carried, total_key("支出总计", "支出", year, FINAL))]),
    ]
    rows = tuple((*a, *b) for a, b in zip(side(style, left, 1), side(style, right, 1), strict=True))
    draft.heading(f"第一部分 {year}年度单位决算报表")
    draft.table(
        "收入支出决算总表",
        heads((("收入", 2, 1), ("支出", 2, 1)), ("项目", "决算数", "项目(按功能分类)", "决算数")),
        rows,
    )
    codes = Codes("split", total="last", label="合计", names=("支出功能分类科目编码", "科目名称"))
    columns = [_final(c) for c in component_columns(unit, "", (), "全部", ("本年支出合计", "基本支出", "项目支出"))]
    draft.table("支出决算表", *classes(unit, style, columns, codes))
    columns = [_final(c) for c in component_columns(unit, "", (GENERAL,), GENERAL, ("合计", "基本支出", "项目支出"))]
    draft.table("一般公共预算财政拨款支出决算表", *classes(unit, style, columns, codes, (GENERAL,)))
    economic = Codes("bare", digits=(3, 5), names=("经济分类科目编码", "科目名称"), total="last")
    draft.table(
        "一般公共预算财政拨款基本支出决算表",
        *classes(unit, style, [costs(unit, ("决算数",), basis=FINAL)], economic, economic=True),
    )
    draft.table("“三公”经费支出决算表", *_three(unit, style))
    draft.heading("第二部分 决算情况说明")
    draft.paper.blocks += _national_prose(unit)
    return draft.paper


FINALS = {"national": (national, "bureau"), "short": (short, "school")}
"""Family → its writer and the kind of unit it is written for."""
