"""The running text of final accounts as most provinces word it: completion of the budget, counts beside costs."""

from __future__ import annotations

from decimal import Decimal

from eval.synthetic.blocks import Block, Fact, Heading, Key, in_unit
from eval.synthetic.prose import Writer
from eval.synthetic.statutory import three_values
from eval.synthetic.tables import class_key, three_key
from eval.synthetic.unit import GENERAL, RUNNING, STAFF, Unit, function_name

FINAL, INITIAL = "决算", "年初预算"


def _completed(w: Writer, done: Decimal, planned: Decimal, key: Key) -> str:
    """完成…的 rate, with its fact."""
    value = (done / planned * 100).quantize(Decimal("0.01"))
    rated = Key(key.scheme, key.account, key.flow, key.funding, key.component, key.year, key.basis, "完成率")
    w.facts.append(Fact(rated, value, "%", key.account))
    return f"{value}%"


def _whole(unit: Unit, component: str, basis: str = FINAL) -> Key:
    return Key("总额", "本年支出合计", "支出", GENERAL, component, unit.year, basis)


def _why(done: Decimal, planned: Decimal) -> str:
    if done == planned:
        return "决算数与预算数持平。"
    return f"决算数{'大于' if done > planned else '小于'}预算数的主要原因是年中工作任务有调整。"


def against_the_budget(unit: Unit) -> list[Block]:
    """一般公共预算 spent against the opening budget, in all and 项 by 项, and its basic part by kind."""
    w = Writer(unit, FINAL)
    done, planned = unit.total(fundings=(GENERAL,)), unit.before[""]
    blocks: list[Block] = [
        Heading("（三）一般公共预算财政拨款支出决算具体情况", 3),
        w.done(
            f"{unit.year}年度一般公共预算财政拨款支出年初预算为{w.say(planned, _whole(unit, '合计', INITIAL))}，"
            f"支出决算为{w.say(done, _whole(unit, '合计'))}，完成年初预算的{_completed(w, done, planned, _whole(unit, '合计'))}。其中："
        ),
    ]
    for n, code in enumerate(unit.codes((7,), (GENERAL,)), 1):
        now, was = unit.total(code, fundings=(GENERAL,)), unit.before[code]
        key = class_key(code, unit.year, FINAL, GENERAL)
        name = function_name(code)
        blocks.append(
            w.done(
                f"{n}.{function_name(code[:3])}（类）{function_name(code[:5])}（款）{name}（项）。年初预算为"
                f"{w.say(was, class_key(code, unit.year, INITIAL, GENERAL), name)}，支出决算为{w.say(now, key, name)}，"
                f"完成年初预算的{_completed(w, now, was, key)}。{_why(now, was)}"
            )
        )
    staff, running = (unit.total(components=(part,), fundings=(GENERAL,)) for part in (STAFF, RUNNING))
    return [
        *blocks,
        Heading("六、一般公共预算财政拨款基本支出决算情况说明", 2),
        w.done(
            f"{unit.year}年度一般公共预算财政拨款基本支出{w.say(staff + running, _whole(unit, '基本支出'))}，其中："
        ),
        w.done(f"人员经费{w.say(staff, _whole(unit, '人员经费'))}，主要包括：各类工资、补贴和社会保险缴费。"),
        w.done(f"公用经费{w.say(running, _whole(unit, '公用经费'))}，主要包括：办公、水电和差旅等开支。"),
    ]


def visits_and_cars(unit: Unit) -> list[Block]:
    """三公 against its budget, item by item with counts of cars and visits."""
    w = Writer(unit, FINAL)
    done, planned = three_values(unit, 0), three_values(unit, 1)
    key = three_key("三公经费", unit.year, FINAL)
    visits, guests = unit.cars * 7 + 3, unit.cars * 61 + 12

    def counted(account: str, value: int, unit_: str) -> str:
        of = Key("三公经费", account, "支出", "财政拨款", "合计", unit.year, FINAL, "数量")
        w.facts.append(Fact(of, Decimal(value), unit_, account))
        return f"{value}"

    return [
        Heading("（一）“三公”经费财政拨款支出决算总体情况说明", 3),
        w.done(
            f"{unit.year}年度“三公”经费财政拨款支出预算为{in_unit(planned['三公经费'], '万元')}万元，支出决算为{w.three('三公经费')}，"
            f"完成预算的{_completed(w, done['三公经费'], planned['三公经费'], key)}，"
            f"决算数{'大于' if done['三公经费'] > planned['三公经费'] else '小于'}预算数的主要原因是公务活动有调整。"
        ),
        Heading("（二）“三公”经费财政拨款支出决算具体情况说明", 3),
        w.done(f"1.因公出国（境）费支出决算为{w.three('因公出国（境）费')}。"),
        w.done(
            f"2.公务用车购置及运行维护费支出决算为{w.three('公务用车购置及运行费')}，其中：公务用车购置支出为"
            f"{w.three('公务用车购置费')}；公务用车运行支出为{w.three('公务用车运行维护费')}，主要用于日常公务出行，"
            f"期末开支财政拨款的公务用车保有量为{counted('公务用车保有量', unit.cars, '辆')}辆。"
        ),
        w.done(
            f"3.公务接待费支出决算为{w.three('公务接待费')}，主要用于接待来访。{unit.year}年共接待国内来访团组"
            f"{counted('国内公务接待批次', visits, '个')}个、来宾{counted('国内公务接待人次', guests, '人次')}人次。"
        ),
    ]


def other_matters(unit: Unit) -> list[Block]:
    """机关运行经费, procurement with what smaller firms got, vehicles by use."""
    w = Writer(unit, FINAL)
    running = unit.total(components=(RUNNING,), fundings=(GENERAL,))
    was = in_unit(running, "万元") * 9500
    goods, works, services = unit.bought
    whole = goods + works + services
    small, tiny = whole * 8 / 10, whole * 5 / 10
    key = Key("机关运行经费", "机关运行经费", "支出", "财政拨款", "合计", unit.year, FINAL)

    def bought(name: str) -> Key:
        return Key("政府采购", name, "支出", "全部", "合计", unit.year, FINAL)

    cars = Key("国有资产", "车辆", "", "全部", "合计", unit.year, FINAL, "数量")
    w.facts.append(Fact(cars, Decimal(unit.cars), "辆", "车辆"))
    vehicles = w.done(
        f"截至{unit.year}年12月31日，本部门共有车辆{unit.cars}辆，其中：机要通信用车1辆、其他用车{unit.cars - 1}辆；"
        "单位价值100万元以上设备（不含车辆）0台（套）。"
    )
    return [
        Heading("十、其他重要事项的情况说明", 2),
        Heading("（一）机关运行经费支出情况", 3),
        w.done(
            f"{unit.year}年度机关运行经费支出{w.say(running, key)}，比{unit.year - 1}年{w.change(running, was, key)}，"
            f"{w.rate(running, was, key)}，主要原因是办公用品价格变化。"
        ),
        Heading("（二）政府采购支出情况", 3),
        w.done(
            f"{unit.year}年度政府采购支出总额{w.say(whole, bought('政府采购'))}，其中：政府采购货物支出{w.say(goods, bought('货物'))}、"
            f"政府采购工程支出{w.say(works, bought('工程'))}、政府采购服务支出{w.say(services, bought('服务'))}。"
            f"授予中小企业合同金额{in_unit(small, '万元')}万元，占政府采购支出总额的{small / whole * 100:.2f}%，其中："
            f"授予小微企业合同金额{in_unit(tiny, '万元')}万元，占授予中小企业合同金额的{tiny / small * 100:.2f}%。"
        ),
        Heading("（三）国有资产占有使用情况", 3),
        vehicles,
    ]
