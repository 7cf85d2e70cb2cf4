"""Budget families of further provinces: deep headings, five halves side by side, two classifications of one cost, two years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from eval.synthetic.blocks import Entry, Fact, Key, Paper, Style, amount, heads, row
from eval.synthetic.draft import BASIC, Draft, component_columns
from eval.synthetic.statutory import THREE, Rows, empty_rows, project_rows, three_cells, three_values, whole_sides
from eval.synthetic.tables import (
    Codes,
    Column,
    beside,
    class_key,
    class_lines,
    classes,
    costs,
    header,
    income,
    side,
    source_key,
    spending,
    three_key,
    total_key,
)
from eval.synthetic.unit import (
    FISCAL,
    FUND,
    GENERAL,
    OWN,
    PROJECT,
    RUNNING,
    SPECIAL,
    STAFF,
    STATE,
    Unit,
    economic_name,
)

_LABELS = (
    "一、一般公共预算拨款收入",
    "二、政府性基金预算拨款收入",
    "三、国有资本经营预算拨款收入",
    "四、财政专户管理资金收入",
    "五、单位资金",
)
_ZERO = Decimal(0)


def _fitted(unit: Unit, fundings: Sequence[str], funding: str, over: tuple[str, ...]) -> list[Column]:
    """小计 | 人员经费 | 公用经费 under 基本支出, then 项目支出, all below `over`."""
    basic = (*over, "基本支出")
    return [
        spending(unit, (*basic, "小计"), components=BASIC, fundings=fundings, word="基本支出", funding=funding),
        spending(unit, (*basic, "人员经费"), components=(STAFF,), fundings=fundings, word=STAFF, funding=funding),
        spending(unit, (*basic, "公用经费"), components=(RUNNING,), fundings=fundings, word=RUNNING, funding=funding),
        spending(unit, (*over, "项目支出"), components=(PROJECT,), fundings=fundings, word=PROJECT, funding=funding),
    ]


def yunnan(unit: Unit) -> Paper:
    """预算NN-N表 numbers, headings of four levels, own money split by source, 三公 in one row, projects with codes."""
    style = Style("元", commas=True)
    draft = Draft("yunnan", unit, style, numbering="预算{:02d}-1表", issuer="部门名称：{}")
    draft.heading("第二部分 部门预算表")
    left, right = whole_sides(
        unit, style, _LABELS, carry="上年结转结余", end="年终结转结余",
        totals=("本年收入合计", "本年支出合计", "收 入 总 计", "支 出 总 计"), every=False,
    )  # fmt: skip
    numbered = (("收        入", 2, 1), ("支        出", 2, 1))
    draft.table(
        "部门财务收支预算总表",
        heads(numbered, ("项      目", f"{unit.year}年预算数", "项目（按功能分类）", f"{unit.year}年预算数")),
        beside(left, right),
    )
    own = "单位自有资金"
    columns = [
        income(unit, ("合计",), carried=None, grand=True),
        income(unit, ("本年收入", "小计"), scored=False),
        *(income(unit, ("本年收入", word), fundings=(f,), funding=f)
          for word, f in (("一般公共预算", GENERAL), ("政府性基金预算", FUND), ("国有资本经营预算", STATE), ("财政专户管理资金", SPECIAL))),
        income(unit, ("本年收入", own, "小计"), fundings=(OWN,), funding=OWN),
        *(income(unit, ("本年收入", own, word), fundings=("无",), scored=False)
          for word in ("事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入")),
        income(unit, ("上年结转结余", "小计"), carried=True, funding="上年结转", scored=False),
    ]  # fmt: skip
    whole = row("", "合计", *(amount(style, c.value(""), c.key(""), "合计") for c in columns))
    line = row("131001", unit.name, *(Entry(cell.text) for cell in whole[2:]))
    head = classes(unit, style, columns, Codes("bare", names=("部门（单位）代码", "部门（单位）名称")))[0]
    draft.table("部门收入预算表", head, (line, whole))
    codes = Codes("bare", label="合  计", total="last", names=("科目编码", "科目名称"))
    columns = [
        spending(unit, ("合计",)),
        spending(unit, ("财政拨款", "小计"), fundings=FISCAL, funding="财政拨款"),
        *component_columns(unit, "", (GENERAL,), GENERAL, ("小计", "基本支出", "项目支出")),
        spending(unit, ("财政拨款", "政府性基金预算"), fundings=(FUND,), funding=FUND),
        spending(unit, ("财政拨款", "国有资本经营预算"), fundings=(STATE,), funding=STATE),
        spending(unit, ("财政专户管理资金",), fundings=(SPECIAL,), funding=SPECIAL),
        spending(unit, ("单位资金",), fundings=(OWN,), funding=OWN),
    ]
    general = ("财政拨款", "一般公共预算")
    columns[2:5] = [Column((*general, c.path[-1]), c.value, c.key) for c in columns[2:5]]
    draft.table("部门支出预算表", *classes(unit, style, columns, codes))
    names = Codes("bare", label="合  计", total="last", over="部门预算支出功能分类科目")
    columns = [spending(unit, ("合计",), fundings=(GENERAL,), funding=GENERAL), *_fitted(unit, (GENERAL,), GENERAL, ())]
    draft.table("一般公共预算支出预算表（按功能科目分类）", *classes(unit, style, columns, names, (GENERAL,)))
    three = heads(
        (("“三公”经费合计", 1, 2), ("因公出国（境）费", 1, 2), ("公务用车购置及运行费", 3, 1), ("公务接待费", 1, 2)),
        ("小计", "公务用车购置费", "公务用车运行费"),
    )
    cells = three_cells(unit, style, THREE, 0, unit.year, "预算")
    draft.table("一般公共预算“三公”经费支出预算表", three, (row("1", "2", "3", "4", "5", "6"), tuple(cells)))
    rows = project_rows(unit, style, FISCAL, with_code=False)
    head = heads(
        (("项目分类", 1, 2), ("项目代码", 1, 2), ("项目名称", 1, 2), ("项目单位", 1, 2), ("合计", 1, 2), ("本年拨款", 3, 1)), FISCAL
    )  # fmt: skip
    kinds = ("311 专项业务类", "312 民生类", "313 事业发展类")
    listed = tuple(
        (Entry(kinds[i % 3]), Entry(f"53010021000000{i:07d}"), r[0], Entry(unit.name), *r[1:])
        for i, r in enumerate(rows[1:])
    )
    draft.table("部门项目支出预算表", head, (*listed, (Entry("合  计", 4), *rows[0][1:])))
    words = ("合计", "基本支出", "项目支出")
    columns = component_columns(unit, "本年政府性基金预算支出", (FUND,), FUND, words)
    if unit.total(fundings=(FUND,)):
        draft.table("政府性基金预算支出预算表", *classes(unit, style, columns, codes, (FUND,)))
    else:
        head = header([("政府性基金预算支出功能科目",), *(c.path for c in columns)])
        draft.table(
            "政府性基金预算支出预算表", head, empty_rows(4), (f"注：{unit.name}无政府性基金预算支出，此表为空。",)
        )
    return draft.paper


def _of_uses(unit: Unit, style: Style) -> list[list[Entry]]:
    """The general budget's basic expenditure by government economic class, without what the truth cannot tell."""
    wages = unit.economic_total("301")
    goods = unit.economic_total("302")
    grants = unit.economic_total("303")
    lines = [("机关工资福利支出", wages), ("机关商品和服务支出", goods), ("对个人和家庭的补助", grants)]
    return [[Entry(f"{'一二三'[i]}、{label}"), Entry(style.text(yuan))] for i, (label, yuan) in enumerate(lines)]


def shaanxi(unit: Unit) -> Paper:
    """收支总表 of five halves (sources, 功能, 政府经济, 部门经济, 支出类别), unit rows over classes, counts below 三公."""
    style = Style("万元")
    draft = Draft("shaanxi", unit, style, numbering="表{}", issuer="部门名称：{}")
    draft.heading(f"第二部分 {unit.year}年部门综合预算公开报表")
    left, right = whole_sides(
        unit, style, _LABELS, carry="上年结转", end="结转下年", totals=("本年收入合计", "本年支出合计", "收入总计", "支出总计"),
        every=False,
    )  # fmt: skip
    uses = _of_uses(unit, style)
    foot = [[Entry("本年支出合计"), Entry(style.text(unit.total()))], [Entry("结转下年"), Entry()],
            [Entry("支出总计"), Entry(style.text(unit.total()))]]  # fmt: skip
    kinds = [
        [Entry("一、人员经费和公用经费支出"), Entry(style.text(unit.total(components=BASIC)))],
        [Entry("二、专项业务经费支出"), Entry(style.text(unit.total(components=(PROJECT,))))],
        *foot,
    ]
    head = heads(
        (("收                   入", 2, 1), ("支                         出", 6, 1)),
        ("项    目", "预算数", "支出功能分科目（按大类）", "预算数", "支出经济分类科目（按大类）", "预算数",
         "政府预算支出经济分类科目（按大类）", "预算数"),
    )  # fmt: skip
    draft.table("部门综合预算收支总表", head, beside(left, right, kinds, [*uses, *foot]))
    columns = [
        spending(unit, ("合计",), fundings=(GENERAL,), funding=GENERAL),
        spending(unit, ("人员经费支出",), components=(STAFF,), fundings=(GENERAL,), word=STAFF, funding=GENERAL),
        spending(unit, ("公用经费支出",), components=(RUNNING,), fundings=(GENERAL,), word=RUNNING, funding=GENERAL),
        spending(unit, ("专项业务经费支出",), components=(PROJECT,), fundings=(GENERAL,), word=PROJECT, funding=GENERAL),
    ]  # fmt: skip
    codes = Codes("bare", names=("功能科目编码", "功能科目名称"), label="合计", extra=(("备注", ""),))
    draft.table(
        "部门综合预算一般公共预算支出明细表（按支出功能分类科目）", *classes(unit, style, columns, codes, (GENERAL,))
    )
    columns = [
        costs(unit, ("合计",)),
        costs(unit, ("人员经费支出",), part=STAFF),
        costs(unit, ("公用经费支出",), part=RUNNING),
    ]
    economic = Codes("bare", digits=(3, 5), names=("部门经济科目编码", "部门经济科目名称"), label="合计")
    head, rows = classes(unit, style, columns, economic, economic=True)
    draft.table("部门综合预算一般公共预算基本支出明细表（支出经济分类科目）", *_with_government(head, rows))
    draft.table("部门综合预算一般公共预算拨款“三公”经费及会议费、培训费支出预算表", *_three_of_two_years(unit, style))
    return draft.paper


_GOVERNMENT = {"301": ("501", "机关工资福利支出"), "302": ("502", "机关商品和服务支出"),
               "303": ("509", "对个人和家庭的补助"), "310": ("503", "机关资本性支出")}  # fmt: skip


def _with_government(head: Rows, rows: Rows) -> tuple[Rows, Rows]:
    """The government economic class beside each department economic class, as two columns after the name."""
    titles = (Entry("政府经济科目编码"), Entry("政府经济科目名称"))
    changed = []
    for line in rows:
        code, name = _GOVERNMENT.get(line[0].text[:3], ("", ""))
        shown = (f"{code}01" if len(line[0].text) == len("30101") else "", name) if code else ("", "")
        changed.append((*line[:2], *map(Entry, shown), *line[2:]))
    return ((*head[0][:2], *titles, *head[0][2:]),), tuple(changed)


def _three_of_two_years(unit: Unit, style: Style) -> tuple[Rows, Rows]:
    """上年 | 本年 | 增减变化情况, each with the three costs, meetings and training in columns below two more levels."""
    tops = tuple((text, 8, 1) for text in ("上年", "当年", "增减变化情况"))
    second = (("合计", 1, 3), ("一般公共预算拨款安排的“三公”经费预算", 5, 1), ("会议费", 1, 3), ("培训费", 1, 3)) * 3
    third = (("小计", 1, 2), ("因公出国（境）费用", 1, 2), ("公务接待费", 1, 2), ("公务用车购置及运行维护费", 2, 1)) * 3
    fourth = ("公务用车购置费", "公务用车运行维护费") * 3
    items = ("三公经费", "因公出国（境）费", "公务接待费", "公务用车购置费", "公务用车运行维护费")
    cells: list[Entry] = [Entry("131"), Entry(unit.name)]
    meeting, training = Decimal(12000), Decimal(30500)
    for which, year in ((1, unit.year - 1), (0, unit.year)):
        values = three_values(unit, which)
        cells.append(Entry(style.text(values["三公经费"] + meeting + training)))
        cells += [amount(style, values[item], three_key(item, year, "预算"), item) for item in items]
        cells += [Entry(style.text(meeting)), Entry(style.text(training))]
    now, then = three_values(unit, 0), three_values(unit, 1)
    changes = [now["三公经费"] - then["三公经费"], *(now[item] - then[item] for item in items), _ZERO, _ZERO]
    cells += [Entry(style.text(change)) for change in changes]
    head = heads((("单位编码", 1, 4), ("单位名称", 1, 4), *tops), second, third, fourth)
    return head, (tuple(cells),)


def liaoning(unit: Unit) -> Paper:
    """Two years in the two-sided tables, changes in amount and percent, both economic classifications side by side."""
    style = Style("万元", nothing="0.00")
    draft = Draft("liaoning", unit, style, numbering="附件{}", issuer="编报单位：{}")
    draft.heading("第二部分 部门预算公开表")
    year, was = unit.year, unit.before[""]
    now = unit.total(fundings=(GENERAL,), carried=False)

    def both(before: Decimal, after: Decimal, key: Key) -> list[tuple[Decimal, Key | None]]:
        then = Key(key.scheme, key.account, key.flow, key.funding, key.component, year - 1, key.basis)
        return [(before, then), (after, key)]

    general = source_key("一般公共预算拨款", year, "预算")
    left = [("一、一般公共预算财政拨款", both(was, now, general))]
    carried = unit.total(fundings=(GENERAL,), carried=True)
    left += [
        ("二、上年结转", both(_ZERO, carried, replace(source_key("上年结转结余", year, "预算"), funding=GENERAL))),
        ("收入总计", both(was, now + carried, total_key("收入总计", "收入", year, "预算", GENERAL))),
    ]
    right = class_lines(
        unit, lambda c: both(unit.before.get(c, _ZERO), unit.total(c, (), (GENERAL,)), class_key(c, year, "预算", GENERAL)),
    )  # fmt: skip
    right += [
        ("本年支出合计", both(was, now + carried, total_key("本年支出合计", "支出", year, "预算", GENERAL))),
        ("结转下年", [(_ZERO, None), (_ZERO, None)]),
        ("支出总计", both(was, now + carried, total_key("支出总计", "支出", year, "预算", GENERAL))),
    ]
    years = (f"{year - 1}年预算数", f"{year}年预算数")
    head = heads((("收入", 3, 1), ("支出", 3, 1)), ("项目", *years, "项目", *years))
    draft.table("一般公共预算收支总表", head, beside(side(style, left, 2), side(style, right, 2)))
    codes = Codes("bare", names=("科目编码", "科目名称"), label="合计", indent=True)
    against = f"{year}年预算数比{year - 1}年预算数"

    def key(code: str, measure: str = "金额", of: int = year) -> Key:
        scheme, account = ("功能分类", code) if code else ("总额", "本年支出合计")
        return Key(scheme, account, "支出", GENERAL, "合计", of, "预算", measure)

    columns = [
        Column((years[0],), lambda c: unit.before.get(c, _ZERO), lambda c: key(c, of=year - 1)),
        *component_columns(unit, years[1], (GENERAL,), GENERAL, ("小计", "基本支出", "项目支出")),
        Column(
            (against, "增减额"), lambda c: unit.total(c, (), (GENERAL,)) - unit.before.get(c, _ZERO), lambda c: key(c, "增减额")
        ),
    ]  # fmt: skip
    head, rows = classes(unit, style, columns, codes, (GENERAL,))
    rows = tuple((*line, _rate(unit, line)) for line in rows)
    head = header([("科目编码",), ("科目名称",), *(c.path for c in columns), (against, "增减%")])
    draft.table("一般公共预算支出表", head, rows)
    draft.table("一般公共预算基本支出表（两种经济分类对照）", *_both_classes(unit, style))
    head = heads(("项目", *years, "增减额", "增减幅度（%）", "增减原因"))
    draft.table("“三公”经费支出表", head, _three_reasoned(unit, style))
    return draft.paper


def _rate(unit: Unit, line: Sequence[Entry]) -> Entry:
    """The change in percent of a class, from the amounts as printed."""
    code = "" if line[0].text in ("", "合计") else line[0].text
    then, now = unit.before.get(code, _ZERO), unit.total(code, (), (GENERAL,))
    if not then:
        return Entry("")
    value = ((now - then) / then * 100).quantize(Decimal("0.01"))
    scheme, account = ("功能分类", code) if code else ("总额", "本年支出合计")
    fact = Key(scheme, account, "支出", GENERAL, "合计", unit.year, "预算", "增减率")
    return Entry(f"{value}", fact=Fact(fact, value, "%", account))


def _both_classes(unit: Unit, style: Style) -> tuple[Rows, Rows]:
    """Government economic classes with amounts at the left, department economic classes with amounts at the right."""
    whole = sum((unit.economic_total(p) for p in ("301", "302", "303", "310")), _ZERO)
    left: list[list[Entry]] = [[Entry(""), Entry("合计"), amount(style, whole, None, "合计")]]
    for prefix, (code, name) in sorted(_GOVERNMENT.items(), key=lambda item: item[1]):
        yuan = unit.economic_total(prefix)
        if yuan:
            fact = Key("政府经济分类", code, "支出", GENERAL, "基本支出", unit.year, "预算")
            left.append([Entry(code), Entry(name), amount(style, yuan, fact, name)])
    total = Key("总额", "本年支出合计", "支出", GENERAL, "基本支出", unit.year, "预算")
    right: list[list[Entry]] = [[Entry(""), Entry("合计"), amount(style, whole, total, "合计")]]
    for code in sorted({c[:n] for c in unit.economic for n in (3, 5)}):
        fact = Key("经济分类", code, "支出", GENERAL, "基本支出", unit.year, "预算")
        name = economic_name(code)
        right.append([Entry(code), Entry(name), amount(style, unit.economic_total(code), fact, name)])
    left += [[Entry(), Entry(), Entry()]] * (len(right) - len(left))
    head = heads((("政府预算支出经济分类", 3, 1), ("部门预算支出经济分类", 3, 1)), ("科目编码", "科目名称", "金额") * 2)
    return head, tuple((*a, *b) for a, b in zip(left, right, strict=True))


def _three_reasoned(unit: Unit, style: Style) -> Rows:
    """三公 down the page: last year, this year, change, rate, and why."""
    now, before = three_values(unit, 0), three_values(unit, 1)
    labels = (
        "合计",
        "1、因公出国（境）费用",
        "2、公务用车购置及运行维护费",
        "其中：公务用车购置",
        "公务用车运行维护费",
        "3、公务接待费",
    )
    rows = []
    for label, item in zip(labels, THREE, strict=True):
        change, then = now[item] - before[item], before[item]
        rate = (change / then * 100).quantize(Decimal("0.01")) if then else None
        base = three_key(item, unit.year, "预算")
        moved = Key("三公经费", item, "支出", "财政拨款", "合计", unit.year, "预算", "增减额")
        percent = Key("三公经费", item, "支出", "财政拨款", "合计", unit.year, "预算", "增减率")
        rows.append(row(
            label, amount(style, then, three_key(item, unit.year - 1, "预算"), item), amount(style, now[item], base, item),
            amount(style, change, moved, item),
            Entry("" if rate is None else f"{rate}", fact=Fact(percent, rate, "%", item) if rate is not None else None),
            "业务量变化" if change else "",
        ))  # fmt: skip
    return tuple(rows)


PROVINCES = {"yunnan": (yunnan, "bureau"), "shaanxi": (shaanxi, "bureau"), "liaoning": (liaoning, "bureau")}
"""Family → its writer and the kind of unit it is written for."""
