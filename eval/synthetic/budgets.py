"""Budget families: how eight provinces and the ministries lay out a year's budget."""

from __future__ import annotations

from decimal import Decimal

from eval.synthetic.blocks import Entry, Key, Paper, Style, amount, heads, row
from eval.synthetic.draft import BASIC, Draft, component_columns
from eval.synthetic.statutory import (
    THREE,
    empty_rows,
    fiscal_sides,
    procurement,
    project_rows,
    three_cells,
    three_rows,
    three_values,
    whole_sides,
)
from eval.synthetic.tables import Codes, Column, beside, classes, costs, income, spending, three_key
from eval.synthetic.unit import FISCAL, FUND, GENERAL, OWN, PROJECT, RUNNING, SPECIAL, STAFF, STATE, Unit

_ALL = (GENERAL, FUND, STATE, SPECIAL, OWN)


def guangdong(unit: Unit) -> Paper:
    """Codes in brackets before names, 情况表 titles, last row the total, administrative costs with 三公 as sub-rows."""
    style = Style("万元")
    draft = Draft("guangdong", unit, style, numbering="表{}", issuer="单位名称：{}")
    draft.heading("第一部分 部门概况")
    draft.heading("第二部分 部门预算表")
    year = f"{unit.year}年预算"
    left, right = whole_sides(
        unit, style, ("一、一般公共预算拨款", "二、政府性基金预算拨款", "三、国有资本经营预算拨款", "四、财政专户拨款", "五、单位资金"),
        carry="上年结转", end="结转下年", totals=("本年收入合计", "本年支出合计", "收入总计", "支出总计"), every=False,
    )  # fmt: skip
    draft.table(
        "收支总体情况表", heads((("收 入", 2, 1), ("支 出", 2, 1)), ("项 目", year, "项 目", year)), beside(left, right)
    )
    rows = [row(*line) for line in left]
    draft.table("收入总体情况表", heads(("项 目", year)), tuple(rows))
    codes = Codes("joined", names=("", "功能科目名称"), total="last", label="合 计")
    columns = component_columns(unit, "", (), "全部", ("合计", "基本支出", "项目支出"))
    draft.table("支出总体情况表", *classes(unit, style, columns, codes))
    labels = ("一、本年收入", "（一）一般公共预算", "（二）政府性基金预算", "（三）国有资本经营预算", "二、上年结转")
    fiscal_head = heads(
        (("收 入", 2, 1), ("支 出", 5, 1)),
        (("项 目", 1, 2), (year, 1, 2), ("项 目", 1, 2), (year, 4, 1)),
        ("合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"),
    )
    draft.table("财政拨款收支总体情况表", fiscal_head, fiscal_sides(unit, style, labels, every=False))
    columns = component_columns(unit, "", (GENERAL,), GENERAL, ("合计", "基本支出", "项目支出"))
    draft.table("一般公共预算支出情况表（按功能分类科目）", *classes(unit, style, columns, codes, (GENERAL,)))
    economic = Codes("joined", digits=(3, 5), names=("", "部门预算支出经济科目"), total="first", label="合计")
    draft.table(
        "一般公共预算基本支出情况表（按支出经济分类科目）",
        *classes(unit, style, [costs(unit, (year,))], economic, economic=True),
    )
    items = (
        "“三公”经费",
        "（一）因公出国（境）支出",
        "（二）公务用车购置及运行维护支出",
        "1.公务用车购置",
        "2.公务用车运行维护费",
        "（三）公务接待费支出",
    )
    draft.table(
        "一般公共预算安排的“三公”经费预算表", heads(("项目", f"{unit.year - 1}年预算数", f"{unit.year}年预算数", "增减额")),
        three_rows(unit, style, items),
    )  # fmt: skip
    if unit.total(fundings=(FUND,)):
        columns = component_columns(unit, "", (FUND,), FUND, ("合计", "基本支出", "项目支出"))
        draft.table("政府性基金预算支出情况表", *classes(unit, style, columns, codes, (FUND,)))
    else:
        empty = heads(("功能科目名称", "合计", "基本支出", "项目支出"))
        draft.table("政府性基金预算支出情况表", empty, empty_rows(4), ("注：本部门无政府性基金预算支出，故本表为空。",))
    head = heads(("项目名称", "合计", *FISCAL))
    draft.table("部门预算项目支出表", head, project_rows(unit, style, FISCAL, with_code=False))
    draft.heading("第三部分 预算情况说明")
    draft.prose("guangdong")
    return draft.paper


def sichuan(unit: Unit) -> Paper:
    """类|款|项 cells, unit code and name beside the class, sub-numbered tables, 0.00 for nothing."""
    style = Style("万元", commas=True, nothing="0.00")
    draft = Draft("sichuan", unit, style, numbering="", issuer="单位名称：{}")
    draft.heading("一、部门预算情况说明", 1)
    draft.prose("sichuan")
    draft.heading("二、部门预算表", 1)
    left, right = whole_sides(
        unit, style, ("一、一般公共预算拨款收入", "二、政府性基金预算拨款收入", "三、国有资本经营预算拨款收入", "四、财政专户管理资金收入", "五、单位资金收入"),
        carry="六、上年结转", end="二十四、结转下年", totals=("本 年 收 入 合 计", "本 年 支 出 合 计", "收 入 总 计", "支 出 总 计"),
    )  # fmt: skip
    head = heads((("收 入", 2, 1), ("支 出", 2, 1)), ("项 目", f"{unit.year}年预算数", "项 目", f"{unit.year}年预算数"))
    draft.table("部门收支总表", head, beside(left, right))
    extra = (("单位代码", "312001"), ("单位名称（科目）", unit.name))
    codes = Codes(
        "split", digits=(7,), label="合 计", extra=extra[:1], names=("科目编码", "单位名称（科目）"), over="项 目"
    )
    columns = [
        income(unit, ("合计",), grand=True, carried=None),
        income(unit, ("上年结转",), carried=True, funding="上年结转", scored=False),
        income(unit, ("一般公共预算拨款收入",), fundings=(GENERAL,), funding=GENERAL),
        income(unit, ("政府性基金预算拨款收入",), fundings=(FUND,), funding=FUND),
        income(unit, ("国有资本经营预算拨款收入",), fundings=(STATE,), funding=STATE),
        income(unit, ("财政专户管理资金收入",), fundings=(SPECIAL,), funding=SPECIAL),
        income(unit, ("单位资金收入",), fundings=(OWN,), funding=OWN),
    ]
    draft.table("部门收入总表", *classes(unit, style, columns, codes))
    words = ("合计", "基本支出", "项目支出")
    draft.table("部门支出总表", *classes(unit, style, component_columns(unit, "", (), "全部", words), codes))
    columns = component_columns(unit, "", (GENERAL,), GENERAL, words)
    draft.table("一般公共预算支出预算表", *classes(unit, style, columns, codes, (GENERAL,)))
    economic = Codes("bare", digits=(3, 5), label="合 计", names=("科目编码", "单位名称（科目）"), over="项 目")
    columns = [costs(unit, ("基本支出", "合计")), costs(unit, ("基本支出", "人员经费"), part=STAFF),
               costs(unit, ("基本支出", "公用经费"), part=RUNNING)]  # fmt: skip
    draft.table("一般公共预算基本支出预算表", *classes(unit, style, columns, economic, economic=True))
    over = "当年财政拨款预算安排"
    three = heads(
        (("单位编码", 1, 3), ("单位名称（科目）", 1, 3), (over, 6, 1)),
        (("合计", 1, 2), ("因公出国（境）费用", 1, 2), ("公务用车购置及运行费", 3, 1), ("公务接待费", 1, 2)),
        ("小计", "公务用车购置费", "公务用车运行费"),
    )
    cells = three_cells(unit, style, THREE, 0, unit.year, "预算")
    bare = [Entry(cell.text) for cell in cells]
    draft.table("一般公共预算“三公”经费支出预算表", three, (row("", "合 计", *cells), row("312", unit.name, *bare)))
    codes = Codes("split", digits=(7,), label="合 计", names=("科目编码", "科目名称"))
    columns = component_columns(unit, "本年政府性基金预算支出", (FUND,), FUND, words)
    draft.table("政府性基金支出预算表", *classes(unit, style, columns, codes, (FUND,)))
    draft.table(
        "国有资本经营预算支出预算表",
        *classes(unit, style, component_columns(unit, "", (STATE,), STATE, words), codes, (STATE,)),
    )
    return draft.paper


def jiangsu(unit: Unit) -> Paper:
    """公开NN表 numbers, this year's and carried income each with all its sources, 三公 with meetings and training."""
    style = Style("万元", commas=True)
    draft = Draft("jiangsu", unit, style, numbering="公开{:02d}表", issuer="部门：{}")
    draft.heading("第一部分 部门概况")
    draft.heading(f"第二部分 {unit.year}年度部门预算表")
    left, right = whole_sides(
        unit, style, ("一、一般公共预算拨款收入", "二、政府性基金预算拨款收入", "三、国有资本经营预算拨款收入", "四、财政专户管理资金收入", "五、单位资金"),
        carry="上年结转结余", end="年终结转结余", totals=("本年收入合计", "本年支出合计", "收入总计", "支出总计"),
    )  # fmt: skip
    draft.table(
        "收支总表", heads((("收入", 2, 1), ("支出", 2, 1)), ("项目", "预算数", "项目", "预算数")), beside(left, right)
    )
    heads_now = ("小计", "一般公共预算", "政府性基金预算", "国有资本经营预算", "财政专户管理资金", "单位资金")
    columns = [income(unit, ("合计",), carried=None, grand=True)]
    for over, carried in (("本年收入", False), ("上年结转结余", True)):
        for word, fundings in zip(heads_now, ((), *((f,) for f in _ALL)), strict=True):
            scored = not carried and word != "小计"
            columns.append(income(unit, (over, word), fundings=fundings, funding=fundings[0] if fundings else "全部",
                                  carried=carried, scored=scored))  # fmt: skip
    whole = row("", "合计", *(amount(style, c.value(""), c.key(""), "合计") for c in columns))
    own = row("045", unit.name, *(Entry(cell.text) for cell in whole[2:]))
    head = classes(unit, style, columns, Codes("bare", names=("单位代码", "单位名称")))[0]
    draft.table("收入总表", head, (whole, own))
    codes = Codes("bare", names=("科目编码", "科目名称"), label="合计", indent=True)
    columns = [
        *component_columns(unit, "", (), "全部", ("合计", "基本支出", "项目支出")),
        *(
            spending(unit, (w,), components=(w,), word=w)
            for w in ("事业单位经营支出", "上缴上级支出", "对附属单位补助支出")
        ),
    ]
    draft.table("支出总表", *classes(unit, style, columns, codes))
    words = ("合计", "小计", "人员经费", "公用经费", "项目支出")
    columns = [
        spending(unit, (words[0],), fundings=(GENERAL,), funding=GENERAL),
        spending(unit, ("基本支出", words[1]), components=BASIC, fundings=(GENERAL,), word="基本支出", funding=GENERAL),
        spending(unit, ("基本支出", words[2]), components=(STAFF,), fundings=(GENERAL,), word=STAFF, funding=GENERAL),
        spending(
            unit, ("基本支出", words[3]), components=(RUNNING,), fundings=(GENERAL,), word=RUNNING, funding=GENERAL
        ),
        spending(unit, (words[4],), components=(PROJECT,), fundings=(GENERAL,), word=PROJECT, funding=GENERAL),
    ]
    draft.table("一般公共预算支出表", *classes(unit, style, columns, codes, (GENERAL,)))
    over = "本年一般公共预算基本支出"
    columns = [
        costs(unit, (over, "合计")),
        costs(unit, (over, "人员经费"), part=STAFF),
        costs(unit, (over, "公用经费"), part=RUNNING),
    ]
    economic = Codes(
        "bare", digits=(3, 5), over="部门预算支出经济分类科目", names=("科目编码", "科目名称"), label="合计"
    )
    draft.table("一般公共预算基本支出表", *classes(unit, style, columns, economic, economic=True))
    three = heads(
        (
            ("“三公”经费合计", 1, 2),
            ("因公出国（境）费", 1, 2),
            ("公务用车购置及运行费", 3, 1),
            ("公务接待费", 1, 2),
            ("会议费", 1, 2),
            ("培训费", 1, 2),
        ),
        ("小计", "公务用车购置费", "公务用车运行费"),
    )
    cells = three_cells(unit, style, THREE, 0, unit.year, "预算")
    draft.table("一般公共预算“三公”经费、会议费、培训费支出预算表", three, (row(*cells, "1.20", "3.45"),))
    draft.table("政府采购支出表", *procurement(unit, style))
    draft.heading("第三部分 部门预算情况说明")
    draft.prose("jiangsu")
    return draft.paper


def central(unit: Unit) -> Paper:
    """Last year's execution beside this year's budget with change and rate; 三公 of two years in twelve columns."""
    style = Style("万元", commas=True)
    draft = Draft("central", unit, style, numbering="表{}", issuer="部门：{}")
    left, right = whole_sides(
        unit, style, ("一、一般公共预算拨款收入", "二、政府性基金预算拨款收入", "三、国有资本经营预算拨款收入", "四、财政专户管理资金", "五、其他收入"),
        carry="上年结转", end="结转下年", totals=("本年收入合计", "本年支出合计", "收入总计", "支出总计"), every=False,
    )  # fmt: skip
    left[4] = [left[4][0], Entry(left[4][1].text)]
    draft.heading(f"{unit.year}年部门预算表", 1)
    draft.table(
        "部门收支总表",
        heads((("收入", 2, 1), ("支出", 2, 1)), ("项目", "预算数", "项目", "预算数")),
        beside(left, right),
    )
    draft.table(
        "一般公共预算支出表",
        *classes(unit, style, _compared(unit), Codes("bare", over="功能分类科目", total="last"), (GENERAL,)),
    )
    columns = [
        costs(unit, (f"{unit.year}年基本支出", w), part=p)
        for w, p in (("合计", ""), ("人员经费", STAFF), ("公用经费", RUNNING))
    ]
    economic = Codes("bare", digits=(3, 5), over="经济分类科目", total="last")
    draft.table("一般公共预算基本支出表", *classes(unit, style, columns, economic, economic=True))
    years = (unit.year - 1, unit.year)
    tops = tuple((f"{y}年预算数", 6, 1) for y in years)
    middle = (("合计", 1, 2), ("因公出国（境）费", 1, 2), ("公务用车购置及运行费", 3, 1), ("公务接待费", 1, 2))
    bottom = ("小计", "公务用车购置费", "公务用车运行费")
    cells = [
        *three_cells(unit, style, THREE, 1, years[0], "预算"),
        *three_cells(unit, style, THREE, 0, years[1], "预算"),
    ]
    draft.table("一般公共预算“三公”经费支出表", heads(tops, middle * 2, bottom * 2), (tuple(cells),))
    head = heads(
        (("科目编码", 1, 2), ("科目名称", 1, 2), (f"{unit.year}年政府性基金预算支出", 3, 1)),
        ("合计", "基本支出", "项目支出"),
    )
    if not unit.total(fundings=(FUND,)):
        note = f"注：{unit.name}没有使用政府性基金预算拨款安排的支出。"
        draft.table("政府性基金预算支出表", head, empty_rows(5), (note,))
    draft.heading(f"{unit.year}年部门预算情况说明", 1)
    draft.prose("central")
    return draft.paper


def _compared(unit: Unit) -> list[Column]:
    year = unit.year
    now = f"{year}年预算数"
    against = f"{year}年预算数比{year - 1}年执行数"

    def was(code: str) -> Decimal:
        return unit.before.get(code, Decimal(0))

    def key(code: str, measure: str, basis: str = "预算", of: int = year) -> Key:
        scheme, account = ("功能分类", code) if code else ("总额", "本年支出合计")
        return Key(scheme, account, "支出", GENERAL, "合计", of, basis, measure)

    def change(code: str) -> Decimal:
        return unit.total(code, fundings=(GENERAL,)) - was(code)

    return [
        Column((f"{year - 1}年执行数",), was, lambda c: key(c, "金额", "预算执行数", year - 1)),
        *component_columns(unit, now, (GENERAL,), GENERAL, ("小计", "基本支出", "项目支出")),
        Column((against, "增减额"), change, lambda c: key(c, "增减额")),
    ]


def hospital(unit: Unit) -> Paper:
    """行次 columns, amounts in 元 with commas, own money as large as the grants, projects with their classes."""
    style = Style("元", commas=True)
    draft = Draft("hospital", unit, style, numbering="附表{}", issuer="编制单位：{}")
    left, right = whole_sides(
        unit, style, ("一、财政拨款（一般公共预算）", "二、政府性基金预算", "三、国有资本经营预算", "四、财政专户管理资金", "五、单位资金"),
        carry="上年结转", end="结转下年", totals=("本年收入合计", "本年支出合计", "收入总计", "支出总计"), every=False,
    )  # fmt: skip
    rows = beside(left, right)
    numbered = tuple((r[0], Entry(str(i)), r[1], r[2], Entry(str(i + len(rows))), r[3]) for i, r in enumerate(rows, 1))
    draft.heading(f"第一部分 {unit.year}年单位预算表")
    draft.table("收支预算总表", heads((("收入", 3, 1), ("支出", 3, 1)), ("项目", "行次", "金额") * 2), numbered)
    columns = [
        income(unit, ("总计",), carried=None, grand=True),
        income(unit, ("上年结转",), carried=True, funding="上年结转", scored=False),
        *(income(unit, (w,), fundings=(f,), funding=f)
          for w, f in (("一般公共预算", GENERAL), ("财政专户管理资金", SPECIAL), ("单位资金", OWN))),
    ]  # fmt: skip
    codes = Codes("bare", names=("功能科目代码", "功能科目名称"), total="last", label="合　　计")
    draft.table("收入预算总表", *classes(unit, style, columns, codes))
    columns = component_columns(unit, "", (), "全部", ("总计", "基本支出", "项目支出"))
    draft.table("支出预算总表", *classes(unit, style, columns, codes))
    columns = component_columns(unit, f"{unit.year}年预算", (GENERAL,), GENERAL, ("合计", "基本支出", "项目支出"))
    draft.table("一般公共预算支出预算表", *classes(unit, style, columns, codes, (GENERAL,)))
    economic = Codes("bare", digits=(3, 5), names=("经济科目代码", "经济科目名称"), total="last", label="合　　计")
    draft.table("一般公共预算基本支出预算表", *classes(unit, style, [costs(unit, ("金额",))], economic, economic=True))
    head = heads(("科目编码", "项目名称", "合计", *_ALL))
    draft.table("项目支出预算表", head, project_rows(unit, style, _ALL, with_code=True))
    cells = [(item, three_values(unit, 0)[item]) for item in THREE]
    labels = (
        "合计",
        "1.因公出国（境）费用",
        "2.公务用车费",
        "其中：（1）公务用车购置",
        "（2）公务用车运行维护费",
        "3.公务接待费",
    )
    rows = tuple(
        row(label, amount(style, yuan, three_key(item, unit.year, "预算"), item))
        for label, (item, yuan) in zip(labels, cells, strict=True)
    )
    draft.table("“三公”经费预算表", heads(("项目", "预算金额")), rows)
    draft.heading("第二部分 预算说明")
    draft.prose("hospital")
    return draft.paper


def county(unit: Unit) -> Paper:
    """A county town's sheets: names without codes, class rows only, everything in one unit, dashes for nothing."""
    style = Style("万元", nothing="—")
    draft = Draft("county", unit, style, numbering="预算{:02d}表", issuer="编制部门：{}")
    left, right = whole_sides(
        unit, style, ("一、一般公共预算收入", "二、政府性基金预算收入", "三、国有资本经营预算收入", "四、财政专户管理资金收入", "五、单位资金收入"),
        carry="六、上年结转结余", end="结转下年", totals=("本年收入合计", "本年支出合计", "收入总计", "支出总计"), every=False,
    )  # fmt: skip
    draft.heading(f"{unit.name}{unit.year}年部门预算公开", 1)
    draft.table(
        "部门预算收支总表",
        heads((("收入", 2, 1), ("支出", 2, 1)), ("项目", "金额", "项目", "金额")),
        beside(left, right),
    )
    codes = Codes("none", digits=(3, 5, 7), names=("", "支出功能分类科目名称"), total="first")
    columns = component_columns(unit, "", (), "全部", ("支出合计", "基本支出", "项目支出"))
    draft.table("部门预算支出总表", *classes(unit, style, columns, codes))
    columns = [
        spending(unit, ("合计",), fundings=(GENERAL,), funding=GENERAL),
        spending(unit, ("人员类",), components=(STAFF,), fundings=(GENERAL,), word=STAFF, funding=GENERAL),
        spending(unit, ("公用经费",), components=(RUNNING,), fundings=(GENERAL,), word=RUNNING, funding=GENERAL),
        spending(unit, ("项目支出",), components=(PROJECT,), fundings=(GENERAL,), word=PROJECT, funding=GENERAL),
    ]
    draft.table("一般公共预算支出表", *classes(unit, style, columns, codes, (GENERAL,)))
    economic = Codes("none", digits=(3, 5), names=("", "经济分类科目名称"), total="first")
    draft.table("一般公共预算基本支出表", *classes(unit, style, [costs(unit, ("预算数",))], economic, economic=True))
    labels = (
        "合计",
        "一、因公出国（境）费用",
        "二、公务用车购置及运行费",
        "其中：公务用车购置费",
        "公务用车运行维护费",
        "三、公务接待费",
    )
    draft.table(
        "“三公”经费支出表",
        heads(("项目", f"{unit.year - 1}年", f"{unit.year}年", "增减变化")),
        three_rows(unit, style, labels),
    )
    head = heads(("项目名称", "合计", *FISCAL))
    draft.table("项目支出预算表", head, project_rows(unit, style, FISCAL, with_code=False))
    draft.heading("情况说明", 1)
    draft.prose("county")
    return draft.paper


BUDGETS = {"guangdong": (guangdong, "bureau"), "sichuan": (sichuan, "town"), "jiangsu": (jiangsu, "school"),
           "central": (central, "court"), "hospital": (hospital, "hospital"), "county": (county, "town")}  # fmt: skip
"""Family → its writer and the kind of unit it is written for."""
