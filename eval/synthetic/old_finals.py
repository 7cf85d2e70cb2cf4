"""Final accounts of the years before 2018: one wide table of balances, this year's money and what is left; 三公 with its counts."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from eval.synthetic.blocks import Entry, Fact, Key, Paper, Style, amount, heads, row
from eval.synthetic.draft import BASIC, Draft, component_columns
from eval.synthetic.finals import FINAL, _came, _came_column, _final, _numbered
from eval.synthetic.statutory import ZERO, Line, Rows, three_values
from eval.synthetic.tables import (
    Codes,
    Column,
    class_key,
    class_lines,
    classes,
    header,
    side,
    source_key,
    three_key,
    total_key,
)
from eval.synthetic.unit import FISCAL, FUND, GENERAL, OWN, PROJECT, RUNNING, SPECIAL, STAFF, Unit, economic_name

_THREE = (
    ("（一）支出合计", "三公经费"),
    ("1．因公出国（境）费", "因公出国（境）费"),
    ("2．公务用车购置及运行维护费", "公务用车购置及运行费"),
    ("（1）公务用车购置费", "公务用车购置费"),
    ("（2）公务用车运行维护费", "公务用车运行维护费"),
    ("3．公务接待费", "公务接待费"),
)


def _totals(unit: Unit, style: Style) -> Rows:
    """收入支出决算总表 with 用事业基金弥补收支差额 and what became of the balances, 行次 on both sides."""
    year, carried = unit.year, unit.total(carried=True)
    came = _came(unit, FISCAL) + _came(unit, (SPECIAL, OWN))
    left: list[Line] = [
        ("一、财政拨款收入", [(_came(unit, FISCAL), source_key("财政拨款", year, FINAL))]),
        ("其中：政府性基金预算财政拨款", [(_came(unit, (FUND,)), None)]),
        ("二、上级补助收入", []),
        ("三、事业收入", [(_came(unit, (SPECIAL, OWN)), source_key("事业收入", year, FINAL))]),
        ("四、经营收入", []),
        ("五、附属单位上缴收入", []),
        ("六、其他收入", []),
    ]
    right = class_lines(unit, lambda c: [(unit.total(c), class_key(c, year, FINAL))])
    height = max(len(left), len(right))
    left += [("", [])] * (height - len(left))
    right += [("", [])] * (height - len(right))
    left += [
        ("本年收入合计", [(came, total_key("本年收入合计", "收入", year, FINAL))]),
        ("用事业基金弥补收支差额", []),
        ("年初结转和结余", [(carried, source_key("上年结转结余", year, FINAL))]),
        ("其中：项目支出结转和结余", [(carried, None)]),
        ("", []),
        ("合计", [(came + carried, total_key("收入总计", "收入", year, FINAL))]),
    ]
    kept = Key("结转结余", "年末结转结余", "结余", "全部", "合计", year, FINAL)
    right += [
        ("本年支出合计", [(unit.total(), total_key("本年支出合计", "支出", year, FINAL))]),
        ("结余分配", []),
        ("其中：提取职工福利基金", []),
        ("转入事业基金", []),
        ("年末结转和结余", [(unit.left, kept)]),
        ("合计", [(came + carried, total_key("支出总计", "支出", year, FINAL))]),
    ]
    pairs = list(zip(side(style, left, 1), side(style, right, 1), strict=True))
    numbered = [
        (a[0], Entry(str(i)), a[1], b[0], Entry(str(i + len(pairs))), b[1]) for i, (a, b) in enumerate(pairs, 1)
    ]
    return (row("栏次", "", "1", "栏次", "", "2"), *numbered)


def _wide(unit: Unit, style: Style) -> tuple[Rows, Rows]:
    """一般公共预算财政拨款收入支出决算表: carried in, this year's income, expenditure with its parts, carried out."""
    year = unit.year
    leaf = unit.codes((7,), (GENERAL,))[0]

    def left_of(code: str) -> Decimal:
        return unit.left if leaf.startswith(code) else ZERO

    def carried(code: str) -> Decimal:
        return unit.total(code, (), (GENERAL,), True)

    def came(code: str, parts: tuple[str, ...]) -> Decimal:
        extra = left_of(code) if not parts or PROJECT in parts else ZERO
        return unit.total(code, parts, (GENERAL,), False) + extra

    def spent(word: str) -> Callable[[str], Key]:
        def key(code: str) -> Key:
            scheme, account = ("功能分类", code) if code else ("总额", "本年支出合计")
            return Key(scheme, account, "支出", GENERAL, word, year, FINAL)

        return key

    def none(_code: str) -> None:
        return None

    def income(code: str) -> Key | None:
        return (
            Key("功能分类", code, "收入", GENERAL, "合计", year, FINAL)
            if code
            else total_key("本年收入合计", "收入", year, FINAL, GENERAL)
        )

    begin, now, out, end = "年初结转和结余", "本年收入", "本年支出", "年末结转和结余"
    basic = (out, "基本支出")
    columns = [
        Column((begin, "合计"), carried, none),
        Column((begin, "基本支出结转"), lambda c: unit.total(c, BASIC, (GENERAL,), True), none),
        Column((begin, "项目支出结转和结余"), lambda c: unit.total(c, (PROJECT,), (GENERAL,), True), none),
        Column((now, "合计"), lambda c: came(c, ()), income),
        Column((now, "基本支出"), lambda c: came(c, BASIC), none),
        Column((now, "项目支出"), lambda c: came(c, (PROJECT,)), none),
        Column((out, "合计"), lambda c: unit.total(c, (), (GENERAL,)), spent("合计")),
        Column((*basic, "小计"), lambda c: unit.total(c, BASIC, (GENERAL,)), spent("基本支出")),
        Column((*basic, "人员经费"), lambda c: unit.total(c, (STAFF,), (GENERAL,)), spent(STAFF)),
        Column((*basic, "日常公用经费"), lambda c: unit.total(c, (RUNNING,), (GENERAL,)), spent(RUNNING)),
        Column((out, "项目支出"), lambda c: unit.total(c, (PROJECT,), (GENERAL,)), spent(PROJECT)),
        Column((end, "合计"), left_of, none),
        Column((end, "基本支出结转"), lambda _: ZERO, none),
        Column((end, "项目支出结转和结余", "小计"), left_of, none),
        Column((end, "项目支出结转和结余", "项目支出结转"), left_of, none),
        Column((end, "项目支出结转和结余", "项目支出结余"), lambda _: ZERO, none),
    ]
    codes = Codes("split", label="合计", names=("支出功能分类科目编码", "科目名称"), over="项目")
    return _numbered(classes(unit, style, columns, codes, (GENERAL,)), 4)


def _basic(unit: Unit, style: Style) -> tuple[Rows, Rows]:
    """基本支出 by economic class: staff at the left, running costs at the right, their sums at the foot."""

    def half(prefixes: tuple[str, ...], part: str) -> list[list[Entry]]:
        lines = []
        for code in sorted({c[:n] for c in unit.economic if c.startswith(prefixes) for n in (3, 5)}):
            key = Key("经济分类", code, "支出", GENERAL, part, unit.year, FINAL)
            lines.append(
                [
                    Entry(code),
                    Entry(economic_name(code)),
                    amount(style, unit.economic_total(code), key, economic_name(code)),
                ]
            )
        return lines

    staff, running = half(("301", "303"), STAFF), half(("302", "310"), RUNNING)
    height = max(len(staff), len(running))
    for lines in (staff, running):
        lines += [[Entry(), Entry(), Entry()]] * (height - len(lines))
    sums = [unit.total(components=(p,), fundings=(GENERAL,)) for p in (STAFF, RUNNING)]
    keys = [Key("总额", "本年支出合计", "支出", GENERAL, p, unit.year, FINAL) for p in (STAFF, RUNNING)]
    foot = (
        Entry("人员经费合计", 2), amount(style, sums[0], keys[0], "人员经费"),
        Entry("公用经费合计", 2), amount(style, sums[1], keys[1], "公用经费"),
    )  # fmt: skip
    head = heads((("人员经费", 3, 1), ("公用经费", 3, 1)), ("经济分类科目编码", "科目名称", "金额") * 2)
    return head, (*((*a, *b) for a, b in zip(staff, running, strict=True)), foot)


def _three(unit: Unit, style: Style) -> tuple[Rows, Rows]:
    """三公 with 行次: money of budget and final account, below it what it paid for, counted in the same column."""
    done, planned = three_values(unit, 0), three_values(unit, 1)
    lines: list[tuple[str | Entry, ...]] = [("一、“三公”经费支出", "1", "—", "—")]
    for number, (label, name) in enumerate(_THREE, 2):
        cell = amount(style, done[name], three_key(name, unit.year, FINAL), name)
        lines.append((label, str(number), Entry(style.text(planned[name])), cell))

    def counted(label: str, account: str, value: int, unit_of: str, number: int) -> tuple[str | Entry, ...]:
        key = Key("三公经费", account, "支出", "财政拨款", "合计", unit.year, FINAL, "数量")
        return label, str(number), "—", Entry(str(value), fact=Fact(key, Decimal(value), unit_of, account))

    lines += [
        ("（1）国内接待费", "8", "—", Entry(style.text(done["公务接待费"]))),
        ("其中：外事接待费", "9", "—", ""),
        ("（2）国（境）外接待费", "10", "—", ""),
        ("（二）相关统计数", "11", "—", "—"),
        counted("1．因公出国（境）团组数（个）", "因公出国（境）团组数", 2, "个", 12),
        counted("2．因公出国（境）人次数（人）", "因公出国（境）人次数", 5, "人", 13),
        counted("3．公务用车购置数（辆）", "公务用车购置数", 1, "辆", 14),
        counted("4．公务用车保有量（辆）", "公务用车保有量", unit.cars, "辆", 15),
        counted("5．国内公务接待批次（个）", "国内公务接待批次", 31, "批次", 16),
        counted("6．国内公务接待人次（人）", "国内公务接待人次", 286, "人", 17),
    ]
    head = heads(("项目", "行次", "预算数", "决算数/统计数"))
    return head, (row("栏次", "", "1", "2"), *(row(*line) for line in lines))


def before_2018(unit: Unit) -> Paper:
    """公开NN表 of 2014 to 2017: 财政拨款 with 其中 rows, the wide general-budget table, sums at the foot, 行次 everywhere."""
    style = Style("万元", commas=True)
    unit.year -= 8
    draft = Draft("before2018", unit, style, numbering="公开{:02d}表", issuer="部门：{}", basis=FINAL)
    draft.heading(f"第二部分 {unit.year}年度部门决算表")
    head = heads((("收入", 3, 1), ("支出", 3, 1)), ("项目", "行次", "决算数", "项目（按功能分类）", "行次", "决算数"))
    draft.table("收入支出决算总表", head, _totals(unit, style))
    codes = Codes("bare", label="合计", names=("功能分类科目编码", "科目名称"), over="项目")
    came = [
        _came_column(unit, ("本年收入合计",), ()),
        _came_column(unit, ("财政拨款收入",), FISCAL),
        _came_column(unit, ("上级补助收入",), ("无",)),
        _came_column(unit, ("事业收入",), (SPECIAL, OWN)),
        _came_column(unit, ("其他收入",), ("无",)),
    ]
    draft.table("收入决算表", *_numbered(classes(unit, style, came, codes), 2))
    columns = [_final(c) for c in component_columns(unit, "", (), "全部", ("本年支出合计", "基本支出", PROJECT))]
    columns += [
        Column((w,), lambda _: ZERO, lambda _: None) for w in ("上缴上级支出", "经营支出", "对附属单位补助支出")
    ]
    draft.table("支出决算表", *_numbered(classes(unit, style, columns, codes), 2))
    draft.table("一般公共预算财政拨款收入支出决算表", *_wide(unit, style))
    draft.table("一般公共预算财政拨款基本支出决算表", *_basic(unit, style))
    draft.table("“三公”经费、行政参公单位机关运行经费情况表", *_three(unit, style))
    if not unit.total(fundings=(FUND,)):
        paths = [("项目", "科目编码"), ("项目", "科目名称"), ("年初结转和结余",), ("本年收入",), ("本年支出", "小计"),
                 ("本年支出", "基本支出"), ("本年支出", "项目支出"), ("年末结转和结余",)]  # fmt: skip
        note = f"注：{unit.name}{unit.year}年没有政府性基金收入，也没有使用政府性基金安排的支出，故本表无数据。"
        draft.table("政府性基金预算财政拨款收入支出决算表", header(paths), (row("合计", *[""] * 7),), (note,))
    return draft.paper


OLD_FINALS = {"before2018": (before_2018, "bureau")}
"""Family → its writer and the kind of unit it is written for."""
