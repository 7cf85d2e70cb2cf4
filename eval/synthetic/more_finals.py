"""Final accounts with 机构运行信息表: codes in three cells under 栏次, counts of cars and visits, chapters of other years."""

from __future__ import annotations

from decimal import Decimal

from eval.synthetic.blocks import Block, Entry, Fact, Heading, Key, Paper, Prose, Style, amount, heads, row
from eval.synthetic.draft import Draft, component_columns
from eval.synthetic.finals import FINAL, _came_column, _final, _numbered, _whole
from eval.synthetic.prose import Writer
from eval.synthetic.statutory import Rows, three_values
from eval.synthetic.tables import Codes, class_key, classes, three_key, total_key
from eval.synthetic.unit import FISCAL, GENERAL, OWN, PROJECT, RUNNING, SPECIAL, Unit, function_name

_THREE = (
    ("（一）支出合计", "三公经费"),
    ("1．因公出国（境）费", "因公出国（境）费"),
    ("2．公务用车购置及运行维护费", "公务用车购置及运行费"),
    ("（1）公务用车购置费", "公务用车购置费"),
    ("（2）公务用车运行维护费", "公务用车运行维护费"),
    ("3．公务接待费", "公务接待费"),
)


def _count(scheme: str, account: str, value: int, unit: Unit, counted: str) -> Entry:
    flow, funding = ("支出", "财政拨款") if scheme == "三公经费" else ("", "全部")
    key = Key(scheme, account, flow, funding, "合计", unit.year, FINAL, "数量")
    return Entry(str(value), fact=Fact(key, Decimal(value), counted, account))


def _running(unit: Unit, style: Style) -> tuple[Rows, Rows]:
    """机构运行信息表: 三公 of budget and final account with counts at the left, running costs, cars, purchases right."""
    done, planned = three_values(unit, 0), three_values(unit, 1)
    left: list[tuple[str | Entry, ...]] = [("一、“三公”经费支出", "—", "—")]
    for label, name in _THREE:
        cell = amount(style, done[name], three_key(name, unit.year, FINAL), name)
        left.append((label, Entry(style.text(planned[name])), cell))
    left += [
        ("（二）相关统计数", "—", "—"),
        ("1．公务用车保有量（辆）", "—", _count("三公经费", "公务用车保有量", unit.cars, unit, "辆")),
        ("2．国内公务接待批次（个）", "—", _count("三公经费", "国内公务接待批次", unit.cars * 7 + 3, unit, "批次")),
        ("3．国内公务接待人次（人）", "—", _count("三公经费", "国内公务接待人次", unit.cars * 61 + 12, unit, "人")),
    ]
    running = unit.total(components=(RUNNING,), fundings=(GENERAL,))
    goods, works, services = unit.bought
    bought = {"政府采购": goods + works + services, "货物": goods, "工程": works, "服务": services}

    def paid(name: str) -> Entry:
        key = Key("政府采购", name, "支出", "全部", "合计", unit.year, FINAL)
        return amount(style, bought[name], key, name)

    key = Key("机关运行经费", "机关运行经费", "支出", "财政拨款", "合计", unit.year, FINAL)
    right: list[tuple[str | Entry, ...]] = [
        ("二、机关运行经费", amount(style, running, key, "机关运行经费")),
        ("三、资产信息", "—"),
        ("（一）车辆数合计（辆）", _count("国有资产", "车辆", unit.cars, unit, "辆")),
        ("1．机要通信用车", _count("国有资产", "机要通信用车", 1, unit, "辆")),
        ("2．其他用车", _count("国有资产", "其他用车", unit.cars - 1, unit, "辆")),
        ("四、政府采购支出信息", "—"),
        ("（一）政府采购支出合计", paid("政府采购")),
        ("1．政府采购货物支出", paid("货物")),
        ("2．政府采购工程支出", paid("工程")),
        ("3．政府采购服务支出", paid("服务")),
    ]
    right += [("", "")] * (len(left) - len(right))
    return heads(("项目", "预算数", "决算数", "项目", "决算数")), tuple(
        row(*a, *b) for a, b in zip(left, right, strict=True)
    )


def _share(w: Writer, part: Decimal, whole: Decimal, key: Key, name: str) -> str:
    value = (part / whole * 100).quantize(Decimal("0.01"))
    rated = Key(key.scheme, key.account, key.flow, key.funding, key.component, key.year, key.basis, "占比")
    w.facts.append(Fact(rated, value, "%", name))
    return f"{value}%"


def _said(unit: Unit) -> list[Block]:
    """Running text: the year's balance part by part, general budget as a share of all, items before a colon."""
    w = Writer(unit, FINAL)
    year, spent, carried = unit.year, unit.total(), unit.total(carried=True)
    left = unit.left
    came = unit.total(fundings=(*FISCAL, SPECIAL, OWN), carried=False) + left
    general = unit.total(fundings=(GENERAL,))
    key = Key("总额", "本年支出合计", "支出", GENERAL, "合计", year, FINAL)
    all_key = Key("总额", "本年支出合计", "支出", "全部", "合计", year, FINAL)
    blocks: list[Block] = [
        Heading("一、收入支出决算总体情况说明", 2),
        w.done(
            f"{year}年度收入总计{w.say(came + carried, total_key('收入总计', '收入', year, FINAL))}，其中：本年收入合计"
            f"{w.say(came, total_key('本年收入合计', '收入', year, FINAL))}，年初结转和结余{w.say(carried, None)}。"
        ),
        w.done(f"本年支出合计{w.say(spent, all_key)}。"),
        Heading("二、一般公共预算财政拨款支出决算情况说明", 2),
        w.done(
            f"{year}年度一般公共预算财政拨款支出{w.say(general, key)}，占本年支出合计的{_share(w, general, spent, key, '一般公共预算财政拨款支出')}。"
        ),
    ]
    for n, code in enumerate(unit.codes((7,), (GENERAL,)), 1):
        item = class_key(code, year, FINAL, GENERAL)
        blocks.append(
            w.done(
                f"{n}．{function_name(code[:3])}（{code[:3]}类）{function_name(code[:5])}（{code[3:5]}款）{function_name(code)}"
                f"（{code[5:]}项）：支出决算数{w.say(unit.total(code, fundings=(GENERAL,)), item, function_name(code))}。"
            )
        )
    return blocks


def running_information(unit: Unit) -> Paper:
    """收入决算表 by 类款项 in three cells, 机构运行信息表, and reports on the year before and after appended."""
    style = Style("万元", commas=True)
    draft = Draft("running", unit, style, numbering="公开{:02d}表", issuer="公开部门：{}", basis=FINAL)
    year = unit.year
    draft.heading("一、部门基本情况")
    draft.heading("二、部门决算情况说明")
    draft.paper.blocks += _said(unit)
    draft.heading(f"附件1 {year - 1}年度项目支出绩效评价报告")
    draft.paper.blocks.append(Prose("“三公”经费支出12.30万元，其中公务接待费3.30万元。"))
    draft.heading(f"附件2 {year + 1}年度部门预算安排")
    draft.paper.blocks.append(Prose("公务接待费预算5.00万元。"))
    draft.heading("三、部门决算公开报表")
    head = heads((("收入", 3, 1), ("支出", 3, 1)), ("项目", "行次", "决算数") * 2)
    draft.table("收入支出决算总表", head, _whole(unit, style))
    codes = Codes("split", names=("支出功能分类科目编码", "科目名称"))
    came = [
        _came_column(unit, ("本年收入合计",), ()),
        _came_column(unit, ("财政拨款收入",), FISCAL),
        _came_column(unit, ("事业收入",), (SPECIAL, OWN)),
        _came_column(unit, ("附属单位上缴收入",), ("无",)),
    ]
    draft.table("收入决算表", *_numbered(classes(unit, style, came, codes), 4))
    columns = [_final(c) for c in component_columns(unit, "", (), "全部", ("本年支出合计", "基本支出", PROJECT))]
    draft.table("支出决算表", *_numbered(classes(unit, style, columns, codes), 4))
    columns = [
        _final(c) for c in component_columns(unit, "本年支出", (GENERAL,), GENERAL, ("小计", "基本支出", PROJECT))
    ]
    draft.table("一般公共预算财政拨款支出决算表", *_numbered(classes(unit, style, columns, codes, (GENERAL,)), 4))
    draft.table("机构运行信息表", *_running(unit, style))
    return draft.paper


MORE_FINALS = {"running": (running_information, "bureau")}
"""Family → its writer and the kind of unit it is written for."""
