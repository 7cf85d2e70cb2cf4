"""Two further budget families: tables of four halves and wages in columns; sub-units in rows and amounts in 元."""

from __future__ import annotations

from decimal import Decimal

from eval.synthetic.blocks import Entry, Heading, Paper, Prose, Style, amount, heads, in_unit, row
from eval.synthetic.draft import BASIC, Draft, component_columns
from eval.synthetic.prose import PROSE
from eval.synthetic.statutory import THREE, Rows, empty_rows, project_rows, three_cells, whole_sides
from eval.synthetic.tables import Codes, beside, classes, costs, income, spending
from eval.synthetic.unit import FISCAL, FUND, GENERAL, OWN, PROJECT, RUNNING, SPECIAL, STAFF, STATE, Unit, economic_name

_FUNDS = (GENERAL, FUND, STATE, SPECIAL, OWN)


def hunan(unit: Unit) -> Paper:
    """部门公开表NN, a two-sided table with a third half by kind of expenditure, wages, goods and grants in columns."""
    style = Style("万元")
    draft = Draft("hunan", unit, style, numbering="部门公开表{:02d}", issuer="填报单位：{}")
    draft.heading("第一部分 部门预算说明")
    draft.paper.blocks += PROSE["county"](unit)
    draft.heading("第二部分 部门预算公开表格")
    labels = (
        "一、一般公共预算拨款收入",
        "二、政府性基金预算拨款收入",
        "三、国有资本经营预算拨款收入",
        "四、纳入专户管理的非税收入拨款",
        "五、单位资金",
    )
    left, right = whole_sides(
        unit, style, labels, carry="上年结转结余", end="年终结转结余",
        totals=("本年收入合计", "本年支出合计", "收入总计", "支出总计"), every=False,
    )  # fmt: skip
    kinds: list[list[Entry]] = [[Entry("一、基本支出"), Entry()], [Entry("工资福利支出"), Entry()], [Entry(), Entry()]]
    for line, parts in ((0, BASIC), (1, (STAFF,))):
        kinds[line] = [kinds[line][0], Entry(style.text(unit.total(components=parts)))]
    kinds.insert(2, [Entry("二、项目支出"), Entry(style.text(unit.total(components=(PROJECT,))))])
    kinds += [[Entry("本年支出合计"), Entry(style.text(unit.total()))], [Entry("年终结转结余"), Entry()],
              [Entry("支出总计"), Entry(style.text(unit.total()))]]  # fmt: skip
    head = heads(
        (("收 入", 2, 1), ("支 出", 4, 1)),
        ("项目", "本年预算", "项目（按功能分类）", "本年预算", "部门预算支出分类", "本年预算"),
    )
    draft.table("收支总表", head, beside(left, right, kinds))
    codes = Codes("split", label="合计", names=("科目", "功能科目名称"))
    columns = [
        spending(unit, ("总计",)),
        spending(unit, ("基本支出",), components=BASIC, word="基本支出"),
        spending(unit, ("项目支出",), components=(PROJECT,), word=PROJECT),
    ]
    draft.table("支出总表", *classes(unit, style, columns, codes))
    words = ("合计", "基本支出", "项目支出")
    draft.table(
        "一般公共预算支出表",
        *classes(unit, style, component_columns(unit, "", (GENERAL,), GENERAL, words), codes, (GENERAL,)),
    )
    economic = Codes("split", digits=(3, 5), names=("部门预算支出经济分类科目", "科目名称"))
    columns = [
        costs(unit, ("一般公共预算基本支出", w), part=p)
        for w, p in (("合计", ""), ("人员经费", STAFF), ("公用经费", RUNNING))
    ]
    head, rows = classes(unit, style, columns, economic, economic=True)
    draft.table("一般公共预算基本支出表", *_without_items(head, rows))
    draft.table("一般公共预算基本支出表--人员经费（工资福利支出）（按部门预算经济分类）", *_across(unit, style, "301"))
    three = heads(
        (("单位编码", 1, 3), ("单位名称", 1, 3), ("三公经费预算数（一般公共预算拨款）", 6, 1)),
        (("合计", 1, 2), ("因公出国（境）费", 1, 2), ("公务用车购置及运行费", 3, 1), ("公务接待费", 1, 2)),
        ("小计", "公务用车购置费", "公务用车运行费"),
    )
    cells = three_cells(unit, style, THREE, 0, unit.year, "预算")
    draft.table("一般公共预算“三公”经费支出表", three, (row("402", unit.name, *cells),))
    head = heads(("单位名称（项目）", "项目名称", "合计", *FISCAL))
    rows = tuple(
        (Entry(unit.name if i else ""), *r) for i, r in enumerate(project_rows(unit, style, FISCAL, with_code=False))
    )
    draft.table("项目支出预算明细表", head, rows)
    return draft.paper


def _without_items(head: Rows, rows: Rows) -> tuple[Rows, Rows]:
    """类|款 only: an economic class has no 项."""
    first = (Entry(head[0][0].text, 2, head[0][0].down), *head[0][1:])
    second = tuple(e for e in head[1] if e.text != "项")
    return (first, second, *head[2:]), tuple((r[0], r[1], *r[3:]) for r in rows)


def _across(unit: Unit, style: Style, prefix: str) -> tuple[Rows, Rows]:
    """Economic classes as columns, the unit as the only row."""
    codes = [code for code in unit.economic if code.startswith(prefix)]
    whole = amount(style, unit.economic_total(prefix), None, "合计")
    head = heads((("单位编码", 1, 1), ("单位名称", 1, 1), ("总计", 1, 1), *((economic_name(c), 1, 1) for c in codes)))
    cells = [amount(style, unit.economic[c], None, economic_name(c)) for c in codes]
    return head, (row("402", unit.name, whole, *cells),)


def beijing(unit: Unit) -> Paper:
    """预算NN表 numbers, everything in 元, the unit's code and name beside each class, projects by unit."""
    style = Style("元", commas=True)
    draft = Draft("beijing", unit, style, numbering="预算{:02d}表", issuer="部门：{}")
    draft.heading(f"第一部分 {unit.year}年部门预算情况说明")
    draft.paper.blocks += _beijing_prose(unit)
    draft.heading(f"第二部分 {unit.year}年部门预算报表")
    labels = (
        "一、一般公共预算拨款收入",
        "二、政府性基金预算拨款收入",
        "三、国有资本经营预算拨款收入",
        "四、财政专户管理资金收入",
        "五、单位资金收入",
    )
    left, right = whole_sides(
        unit, style, labels, carry="上年结转结余", end="年终结转结余",
        totals=("本年收入合计", "本年支出合计", "收入总计", "支出总计"),
    )  # fmt: skip
    head = heads((("收 入", 2, 1), ("支 出", 2, 1)), ("项 目", f"{unit.year}年", "项 目", f"{unit.year}年"))
    draft.table("收支总表", head, beside(left, right))
    codes = Codes("bare", names=("功能分类科目编码", "功能分类科目名称"), label="合计", digits=(7,), total="last")
    columns = [income(unit, ("合计",), carried=None, grand=True)]
    for word, f in zip(
        ("一般公共预算拨款", "政府性基金预算拨款", "国有资本经营预算拨款", "财政专户管理资金", "单位资金"),
        _FUNDS,
        strict=True,
    ):
        columns.append(income(unit, ("本年收入", word), fundings=(f,), funding=f))
    columns.append(income(unit, ("上年结转",), carried=True, funding="上年结转", scored=False))
    draft.table("收入总表", *classes(unit, style, columns, codes))
    words = ("合计", "基本支出", "项目支出")
    columns = [*component_columns(unit, "", (), "全部", words),
               *(spending(unit, (w,), components=(w,), word=w) for w in ("经营支出", "上缴上级支出", "对附属单位补助支出"))]  # fmt: skip
    draft.table("支出总表", *classes(unit, style, columns, codes))
    head = heads((("项目单位", 1, 2), ("类型", 1, 2), ("项目名称", 1, 2), ("合计", 1, 2), ("本年拨款", 3, 1)), FISCAL)
    rows = project_rows(unit, style, FISCAL, with_code=False)
    body = [(Entry("合计"), Entry(), Entry(), *rows[0][1:])]
    body += [(Entry(unit.name), Entry("31-部门项目"), *r) for r in rows[1:]]
    draft.table("项目支出表", head, tuple(body))
    columns = [
        spending(unit, ("合计",), fundings=(GENERAL,), funding=GENERAL),
        spending(unit, ("基本支出", "小计"), components=BASIC, fundings=(GENERAL,), word="基本支出", funding=GENERAL),
        spending(unit, ("基本支出", "人员经费"), components=(STAFF,), fundings=(GENERAL,), word=STAFF, funding=GENERAL),
        spending(
            unit, ("基本支出", "公用经费"), components=(RUNNING,), fundings=(GENERAL,), word=RUNNING, funding=GENERAL
        ),
        spending(unit, ("项目支出",), components=(PROJECT,), fundings=(GENERAL,), word=PROJECT, funding=GENERAL),
    ]
    draft.table("一般公共预算财政拨款支出表", *classes(unit, style, columns, codes, (GENERAL,)))
    economic = Codes(
        "bare", digits=(3, 5), names=("部门支出经济科目编码", "部门支出经济科目名称"), label="合计", total="last"
    )
    columns = [
        costs(unit, ("基本支出", w), part=p) for w, p in (("合计", ""), ("人员经费", STAFF), ("公用经费", RUNNING))
    ]
    draft.table("一般公共预算财政拨款基本支出表", *classes(unit, style, columns, economic, economic=True))
    for title, f in (("政府性基金预算财政拨款支出表", FUND), ("国有资本经营预算财政拨款支出表", STATE)):
        if unit.total(fundings=(f,)):
            draft.table(title, *classes(unit, style, component_columns(unit, "", (f,), f, words), codes, (f,)))
        else:
            draft.table(
                title, heads(("科目编码", "科目名称", *words)), empty_rows(5), ("说明：本年度无此项支出，此表为空。",)
            )
    return draft.paper


def _beijing_prose(unit: Unit) -> list[Heading | Prose]:
    """Amounts in 万元 with six decimals cut to what they are worth, as some capitals print them."""
    whole, general = unit.total(), unit.total(fundings=(GENERAL,))
    running = unit.total(components=(RUNNING,), fundings=(GENERAL,))

    def said(yuan: Decimal) -> str:
        return f"{in_unit(yuan, '万元')}万元"

    return [
        Heading("一、收入预算说明", 2),
        Prose(f"{unit.year}年收入预算{said(whole)}，包括本年收入与上年结转。"),
        Heading("二、支出预算说明", 2),
        Prose(f"{unit.year}年支出预算{said(whole)}，其中一般公共预算财政拨款支出{said(general)}。"),
        Heading("三、机关运行经费说明", 2),
        Prose(f"{unit.year}年本部门机关运行经费财政拨款预算{said(running)}。"),
    ]


MORE = {"hunan": (hunan, "bureau"), "beijing": (beijing, "hospital")}
"""Family → its writer and the kind of unit it is written for."""
