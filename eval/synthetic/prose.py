"""Running text of the families: the same facts in the turns of phrase of different provinces, and what each states."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from eval.synthetic.blocks import Block, Fact, Heading, Key, Prose, in_unit
from eval.synthetic.statutory import three_values
from eval.synthetic.tables import class_key, source_key, three_key, total_key
from eval.synthetic.unit import FISCAL, FUND, GENERAL, PROJECT, RUNNING, STAFF, Unit, function_name

W = "万元"


class Writer:
    """Collects a paragraph's facts while its amounts are being printed."""

    def __init__(self, unit: Unit, basis: str = "预算") -> None:
        self.unit = unit
        self.basis = basis
        self.facts: list[Fact] = []

    def say(self, yuan: Decimal, key: Key | None, name: str = "") -> str:
        """An amount in 万元 as the text prints it."""
        value = in_unit(yuan, W)
        if key is not None:
            self.facts.append(Fact(key, value, W, name or key.account))
        return f"{value}万元"

    def both(self, yuan: Decimal) -> str:
        """收支总预算: one amount that is the total of income and of expenditure."""
        year = self.unit.year
        self.say(yuan, total_key("收入总计", "收入", year, self.basis))
        return self.say(yuan, total_key("支出总计", "支出", year, self.basis))

    def change(self, now: Decimal, was: Decimal, key: Key, words: tuple[str, str] = ("增加", "减少")) -> str:
        """增加…万元 or 减少…万元, 与上年持平 where nothing changed."""
        if now == was:
            return "与上年持平"
        value = in_unit(now, W) - in_unit(was, W)
        changed = Key(key.scheme, key.account, key.flow, key.funding, key.component, key.year, key.basis, "增减额")
        self.facts.append(Fact(changed, value, W, key.account))
        return f"{words[0] if value > 0 else words[1]}{abs(value)}万元"

    def rate(self, now: Decimal, was: Decimal, key: Key, words: tuple[str, str] = ("增长", "下降")) -> str:
        """增长…% or 下降…%."""
        if now == was or not was:
            return ""
        value = ((now - was) / was * 100).quantize(Decimal("0.01"))
        rated = Key(key.scheme, key.account, key.flow, key.funding, key.component, key.year, key.basis, "增减率")
        self.facts.append(Fact(rated, value, "%", key.account))
        return f"{words[0] if value > 0 else words[1]}{abs(value)}%"

    def three(self, item: str, which: int = 0) -> str:
        """One 三公 amount."""
        key = three_key(item, self.unit.year, self.basis)
        return self.say(three_values(self.unit, which)[item], key, item)

    def done(self, text: str) -> Prose:
        """The paragraph with its facts."""
        prose = Prose(text, tuple(self.facts))
        self.facts = []
        return prose


def _spent(unit: Unit, funding: str, component: str = "合计", basis: str = "预算") -> Key:
    return Key("总额", "本年支出合计", "支出", funding, component, unit.year, basis)


def _buying(w: Writer, text: str) -> Prose:
    goods, works, services = w.unit.bought

    def key(name: str) -> Key:
        return Key("政府采购", name, "支出", "全部", "合计", w.unit.year, w.basis)

    return w.done(
        text.format(
            whole=w.say(goods + works + services, key("政府采购")),
            goods=w.say(goods, key("货物")),
            works=w.say(works, key("工程")),
            services=w.say(services, key("服务")),
        )
    )


def _operating(unit: Unit, basis: str = "预算") -> Key:
    return Key("机关运行经费", "机关运行经费", "支出", "财政拨款", "合计", unit.year, basis)


def _cars(w: Writer, text: str) -> Prose:
    key = Key("国有资产", "车辆", "", "全部", "合计", w.unit.year, w.basis, "数量")
    w.facts.append(Fact(key, Decimal(w.unit.cars), "辆", "车辆"))
    return w.done(text.format(cars=w.unit.cars))


def guangdong(unit: Unit) -> list[Block]:
    """比上年增加…，主要原因是…; general budget only where it is compared."""
    w = Writer(unit)
    now, was = unit.total(fundings=(GENERAL,)), unit.before[""]
    key = _spent(unit, GENERAL)
    three_now, three_was = unit.three_public
    three = three_key("三公经费", unit.year, "预算")
    running = unit.total(components=(RUNNING,), fundings=(GENERAL,))
    was_running = in_unit(running, W) * 9000
    return [
        Heading("一、部门预算收支增减变化情况", 2),
        w.done(
            f"{unit.year}年本部门收入预算{w.say(unit.total(), total_key('收入总计', '收入', unit.year, '预算'))}，"
            f"支出预算{w.say(unit.total(), total_key('支出总计', '支出', unit.year, '预算'))}。"
            f"其中：一般公共预算支出{w.say(now, key)}，比上年{w.change(now, was, key)}，{w.rate(now, was, key)}，"
            "主要原因是人员变动和工作任务调整。"
        ),
        Heading("二、“三公”经费安排情况", 2),
        w.done(
            f"{unit.year}年本部门财政拨款安排“三公”经费{w.three('三公经费')}，比上年{w.change(three_now, three_was, three)}，"
            f"主要原因是公务活动安排有变化。其中：因公出国（境）费{w.three('因公出国（境）费')}；公务用车购置及运行维护费"
            f"{w.three('公务用车购置及运行费')}（公务用车购置费{w.three('公务用车购置费')}，公务用车运行维护费"
            f"{w.three('公务用车运行维护费')}）；公务接待费{w.three('公务接待费')}。"
        ),
        Heading("三、机关运行经费安排情况", 2),
        w.done(
            f"{unit.year}年，本部门机关运行经费安排{w.say(running, _operating(unit))}，比上年"
            f"{w.change(running, was_running, _operating(unit))}，{w.rate(running, was_running, _operating(unit))}，主要原因是办公需要。"
        ),
        Heading("四、政府采购情况", 2),
        _buying(
            w,
            "本部门政府采购安排{whole}，其中：货物类采购预算{goods}，工程类采购预算{works}，服务类采购预算{services}。",
        ),
        Heading("五、国有资产占有使用情况", 2),
        _cars(w, f"截至{unit.year - 1}年12月31日，本部门共有车辆{{cars}}辆，无单价100万元以上设备。"),
    ]


def sichuan(unit: Unit) -> list[Block]:
    """（一）…（二）…; amounts first by source, then 项 by 项 with their codes."""
    w = Writer(unit)
    general = unit.total(fundings=(GENERAL,), carried=False)
    carried = unit.total(carried=True)
    basic = unit.total(components=(STAFF, RUNNING))
    project = unit.total(components=(PROJECT,))
    whole = unit.total()
    lines = []
    for number, code in enumerate(unit.codes((7,), (GENERAL,)), 1):
        yuan = unit.total(code, fundings=(GENERAL,))
        section, group = function_name(code[:3]), function_name(code[:5])
        said = w.say(yuan, class_key(code, unit.year, "预算", GENERAL), function_name(code))
        lines.append(
            w.done(
                f"{number}.{section}（类）{group}（款）{function_name(code)}（项）{unit.year}年预算数为{said}，主要用于：保障有关工作开展。"
            )
        )
    return [
        Heading("（一）收支预算情况", 2),
        w.done(f"{unit.name}{unit.year}年收支总预算{w.both(whole)}。"),
        Heading("（二）收入预算情况", 2),
        w.done(
            f"{unit.name}{unit.year}年收入预算{w.say(whole, total_key('收入总计', '收入', unit.year, '预算'))}，其中："
            f"上年结转{w.say(carried, source_key('上年结转结余', unit.year, '预算'))}，占{_share(carried, whole)}；"
            f"一般公共预算拨款收入{w.say(general, source_key('一般公共预算拨款', unit.year, '预算'))}，占{_share(general, whole)}。"
        ),
        Heading("（三）支出预算情况", 2),
        w.done(
            f"{unit.name}{unit.year}年支出预算{w.say(whole, total_key('支出总计', '支出', unit.year, '预算'))}，其中："
            f"基本支出{w.say(basic, _spent(unit, '全部', '基本支出'))}，占{_share(basic, whole)}；"
            f"项目支出{w.say(project, _spent(unit, '全部', '项目支出'))}，占{_share(project, whole)}。"
        ),
        Heading("（四）一般公共预算当年拨款具体使用情况", 2),
        *lines,
        Heading("（五）“三公”经费财政拨款预算安排情况", 2),
        w.done(
            f"{unit.name}{unit.year}年“三公”经费财政拨款预算数{w.three('三公经费')}，其中：因公出国（境）经费"
            f"{w.three('因公出国（境）费')}，公务接待费{w.three('公务接待费')}，公务用车购置及运行维护费{w.three('公务用车购置及运行费')}。"
        ),
        Heading("（六）政府采购情况", 2),
        _buying(
            w,
            f"{unit.year}年，{unit.name}安排政府采购预算{{whole}}：采购货物{{goods}}，采购工程{{works}}，采购服务{{services}}。",
        ),
    ]


def _share(part: Decimal, whole: Decimal) -> str:
    return f"{(part / whole * 100).quantize(Decimal('0.01'))}%"


def jiangsu(unit: Unit) -> list[Block]:
    """与上年相比增加（减少）…; numbered lists of classes."""
    w = Writer(unit)
    whole, now = unit.total(), unit.total(fundings=(GENERAL,))
    was = unit.before[""]
    key = _spent(unit, GENERAL)
    lines = [
        w.done(
            f"{n}.{function_name(code)}支出{w.say(unit.total(code), class_key(code, unit.year, '预算'), function_name(code))}，"
            "主要用于本单位履行职责。"
        )
        if not function_name(code).endswith("支出")
        else w.done(
            f"{n}.{function_name(code)}{w.say(unit.total(code), class_key(code, unit.year, '预算'), function_name(code))}，"
            "主要用于本单位履行职责。"
        )
        for n, code in enumerate(unit.codes((3,)), 1)
    ]
    return [
        Heading("一、收支预算总体情况说明", 2),
        w.done(f"{unit.name}{unit.year}年度收入、支出预算总计{w.both(whole)}。其中："),
        w.done(f"（一）收入预算总计{w.say(whole, total_key('收入总计', '收入', unit.year, '预算'))}。"),
        w.done(f"（二）支出预算总计{w.say(whole, total_key('支出总计', '支出', unit.year, '预算'))}。包括："),
        *lines,
        Heading("五、一般公共预算支出预算情况说明", 2),
        w.done(
            f"{unit.name}{unit.year}年一般公共预算财政拨款支出预算{w.say(now, key)}，与上年相比{w.change(now, was, key)}，"
            f"{w.rate(now, was, key)}。主要原因是人员经费调整。"
        ),
        Heading("八、“三公”经费支出预算情况说明", 2),
        w.done(
            f"{unit.name}{unit.year}年度一般公共预算拨款安排的“三公”经费支出预算{w.three('三公经费')}，其中，因公出国（境）费支出"
            f"{w.three('因公出国（境）费')}；公务用车购置及运行维护费支出{w.three('公务用车购置及运行费')}；公务接待费支出{w.three('公务接待费')}。"
        ),
        Heading("十一、政府采购支出预算情况说明", 2),
        _buying(
            w,
            f"{unit.year}年度政府采购支出预算总额{{whole}}，其中：拟采购货物支出{{goods}}、拟采购工程支出{{works}}、拟采购服务支出{{services}}。",
        ),
        Heading("十二、国有资产占用情况说明", 2),
        _cars(
            w,
            "本部门共有车辆{cars}辆。单价50万元（含）以上的通用设备0台（套），单价100万元（含）以上的专用设备0台（套）。",
        ),
    ]


def central(unit: Unit) -> list[Block]:
    """按照综合预算的原则…; 比上年执行数增加…，增长…%."""
    w = Writer(unit)
    now = unit.total(fundings=(GENERAL,))
    key = _spent(unit, GENERAL)
    whole = unit.total()
    lines = []
    for n, code in enumerate(unit.codes((7,), (GENERAL,)), 1):
        amount, before = unit.total(code, fundings=(GENERAL,)), unit.before[code]
        own = class_key(code, unit.year, "预算", GENERAL)
        said = w.say(amount, own, function_name(code))
        # Measured against last year's execution: another fact than a change against last year's budget.
        value = in_unit(amount, W) - in_unit(before, W)
        turn = "持平" if not value else f"{'增加' if value > 0 else '减少'}{abs(value)}万元"
        lines.append(
            w.done(
                f"（{n}）{function_name(code[:3])}（类）{function_name(code[:5])}（款）{function_name(code)}（项）"
                f"{unit.year}年预算数为{said}，比{unit.year - 1}年执行数{turn}。"
            )
        )
    return [
        Heading("一、收支预算总表说明", 2),
        w.done(
            f"按照综合预算的原则，{unit.name}所有收入和支出均纳入部门预算管理。{unit.year}年收支总预算{w.both(whole)}。"
        ),
        Heading("二、一般公共预算支出表说明", 2),
        w.done(f"{unit.name}{unit.year}年一般公共预算当年拨款{w.say(now, key)}。具体情况如下："),
        *lines,
        Heading("三、“三公”经费说明", 2),
        w.done(
            f"{unit.year}年“三公”经费预算数为{w.three('三公经费')}。其中：因公出国（境）费{w.three('因公出国（境）费')}、"
            f"公务用车购置及运行费{w.three('公务用车购置及运行费')}、公务接待费{w.three('公务接待费')}。"
        ),
        Heading("四、其他重要事项的情况说明", 2),
        w.done(
            f"（一）机关运行经费：{unit.year}年财政拨款预算"
            f"{w.say(unit.total(components=(RUNNING,), fundings=(GENERAL,)), _operating(unit))}。"
        ),
        _buying(
            w,
            f"（二）政府采购情况。{unit.year}年政府采购预算总额{{whole}}，其中：政府采购货物预算{{goods}}、政府采购工程预算{{works}}、政府采购服务预算{{services}}。",
        ),
    ]


def hospital(unit: Unit) -> list[Block]:
    """Short: totals, parts, 三公, procurement."""
    w = Writer(unit)
    staff = unit.total(components=(STAFF,), fundings=(GENERAL,))
    running = unit.total(components=(RUNNING,), fundings=(GENERAL,))
    return [
        Heading("一、收支预算情况", 2),
        w.done(
            f"{unit.year}年我单位收入总计{w.say(unit.total(), total_key('收入总计', '收入', unit.year, '预算'))}，"
            f"支出总计{w.say(unit.total(), total_key('支出总计', '支出', unit.year, '预算'))}。"
        ),
        Heading("二、一般公共预算基本支出情况", 2),
        w.done(
            f"一般公共预算基本支出{w.say(staff + running, _spent(unit, GENERAL, '基本支出'))}，其中人员经费"
            f"{w.say(staff, _spent(unit, GENERAL, '人员经费'))}，公用经费{w.say(running, _spent(unit, GENERAL, '公用经费'))}。"
        ),
        Heading("三、“三公”经费情况", 2),
        w.done(
            f"“三公”经费预算{w.three('三公经费')}，其中公务接待费{w.three('公务接待费')}，公务用车运行维护费{w.three('公务用车运行维护费')}。"
        ),
        Heading("四、政府采购情况", 2),
        _buying(w, "政府采购预算{whole}。按采购类别分：货物{goods}，工程{works}，服务{services}。"),
    ]


def county(unit: Unit) -> list[Block]:
    """Bare sentences of a county town."""
    w = Writer(unit)
    now, was = unit.three_public
    key = three_key("三公经费", unit.year, "预算")
    fiscal = unit.total(fundings=FISCAL)
    fund = unit.total(fundings=(FUND,))
    return [
        Heading("一、收支情况", 2),
        w.done(
            f"{unit.year}年部门预算总收入{w.say(unit.total(), total_key('收入总计', '收入', unit.year, '预算'))}，总支出"
            f"{w.say(unit.total(), total_key('支出总计', '支出', unit.year, '预算'))}。"
        ),
        w.done(
            f"财政拨款支出{w.say(fiscal, _spent(unit, '财政拨款'))}，其中政府性基金预算支出{w.say(fund, _spent(unit, FUND))}。"
        ),
        Heading("二、“三公”经费", 2),
        w.done(
            f"{unit.year}年“三公”经费预算{w.three('三公经费')}，较上年{w.change(now, was, key)}，原因是公务活动安排不同。公务接待费{w.three('公务接待费')}；"
            f"公务用车购置及运行费{w.three('公务用车购置及运行费')}，其中：购置费{w.three('公务用车购置费')}，运行维护费{w.three('公务用车运行维护费')}。"
        ),
        Heading("三、人员情况", 2),
        _people(w),
    ]


def _people(w: Writer) -> Prose:
    posts, staff, retired = w.unit.people
    for name, count in (("编制人数", posts), ("在职人员", staff), ("退休人员", retired)):
        key = Key("人员编制", name, "", "全部", "合计", w.unit.year, w.basis, "数量")
        w.facts.append(Fact(key, Decimal(count), "人", name))
    return w.done(f"本部门核定编制{posts}名，实有在职人员{staff}人，退休人员{retired}人。")


PROSE: dict[str, Callable[[Unit], list[Block]]] = {
    "guangdong": guangdong, "sichuan": sichuan, "jiangsu": jiangsu, "central": central, "hospital": hospital, "county": county,
}  # fmt: skip
"""Family → its running text."""
