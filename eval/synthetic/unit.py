"""An invented unit and a year of its money, down to the last class: everything a disclosure prints is summed from it."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from corpus.accounts import chart
from corpus.figure import Scheme

GENERAL, FUND, STATE, SPECIAL, OWN = "一般公共预算", "政府性基金", "国有资本经营预算", "财政专户", "单位资金"
FISCAL = (GENERAL, FUND, STATE)
STAFF, RUNNING, PROJECT = "人员经费", "公用经费", "项目支出"
_PLACES = ("清屏市", "临岚县", "白石滩区", "云栖市", "鹿泉岭县", "南榆市", "青崖县", "石鼓湾区", "望川市", "柏溪县")
_KINDS: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "bureau": (("农业农村局", "水利局", "司法局", "统计局", "档案馆", "退役军人事务局"), "", ()),
    "school": (("第三初级中学", "实验小学", "中等职业学校"), "2050299", (SPECIAL, OWN)),
    "hospital": (("中医医院", "妇幼保健院", "第二人民医院"), "2100201", (OWN,)),
    "court": (("人民法院", "人民检察院"), "2040504", ()),
    "town": (("双桥镇人民政府", "龙潭街道办事处", "松岗乡人民政府"), "2120399", (FUND,)),
}
_HOME = {
    "农业农村局": "21301", "水利局": "21303", "司法局": "20406", "统计局": "20105", "档案馆": "20126",
    "退役军人事务局": "20828", "第三初级中学": "20502", "实验小学": "20502", "中等职业学校": "20503",
    "中医医院": "21002", "妇幼保健院": "21002", "第二人民医院": "21002", "人民法院": "20405", "人民检察院": "20404",
}  # fmt: skip
_MAIN = {"第三初级中学": "2050203", "实验小学": "2050202", "中等职业学校": "2050302", "中医医院": "2100202",
         "妇幼保健院": "2100206", "第二人民医院": "2100201"}  # fmt: skip
_WAGES = ("30101", "30102", "30103", "30107", "30112", "30199")
_GOODS = ("30201", "30205", "30206", "30207", "30211", "30213", "30226", "30228", "30239", "30299")
_TASKS = (
    "信息系统运行维护",
    "专项检查经费",
    "办公楼维修改造",
    "人才培养经费",
    "设备购置",
    "宣传活动经费",
    "档案数字化",
    "基层补助经费",
)


@dataclass(frozen=True, slots=True)
class Spend:
    """Money for one functional class: which component and funding, in 元; `carried` when it comes from last year."""

    code: str
    component: str
    funding: str
    yuan: Decimal
    carried: bool = False
    task: str = ""


@dataclass(slots=True)
class Unit:
    """One unit's year. `economic` holds (code, component) → 元 of the general budget's basic expenditure."""

    name: str
    kind: str
    year: int
    spends: list[Spend]
    economic: dict[str, Decimal]
    three: dict[str, tuple[Decimal, Decimal]]
    """三公 item → (this year or final, last year or budget)."""
    before: dict[str, Decimal] = field(default_factory=dict)
    """Last year's amount of every 类, 款 and 项 of the general budget, and of "" (the whole)."""
    left: Decimal = Decimal(0)
    """What is left at the year's end (final accounts), of the general budget."""
    bought: tuple[Decimal, Decimal, Decimal] = (Decimal(0),) * 3
    """Procurement: goods, works, services."""
    people: tuple[int, int, int] = (0, 0, 0)
    """Posts, staff, retired."""
    cars: int = 0

    def total(
        self,
        code: str = "",
        components: Collection[str] = (),
        fundings: Collection[str] = (),
        carried: bool | None = None,
    ) -> Decimal:
        """The sum in 元 over classes that begin with `code`, of these components and fundings (all when empty)."""
        return sum(
            (
                s.yuan
                for s in self.spends
                if s.code.startswith(code)
                and (not components or s.component in components)
                and (not fundings or s.funding in fundings)
                and (carried is None or s.carried == carried)
            ),
            Decimal(0),
        )

    def codes(self, digits: Iterable[int] = (3, 5, 7), fundings: Collection[str] = ()) -> list[str]:
        """The classes that have money, in order: 类 before its 款 before its 项."""
        leaves = {s.code for s in self.spends if not fundings or s.funding in fundings}
        return sorted({leaf[:n] for leaf in leaves for n in digits})

    def economic_total(self, prefix: str) -> Decimal:
        """The sum of the basic expenditure's economic classes that begin with `prefix`."""
        return sum((yuan for code, yuan in self.economic.items() if code.startswith(prefix)), Decimal(0))

    @property
    def three_public(self) -> tuple[Decimal, Decimal]:
        """三公 in all: this year (final) and last year (budget)."""
        pairs = self.three.values()
        return sum((a for a, _ in pairs), Decimal(0)), sum((b for _, b in pairs), Decimal(0))


def function_name(code: str) -> str:
    """What the chart calls a functional class."""
    account = chart().account(Scheme.FUNCTION, code)
    return account.name if account else f"科目{code}"


def economic_name(code: str) -> str:
    """What the chart calls an economic class."""
    account = chart().account(Scheme.ECONOMIC, code)
    return account.name if account else f"科目{code}"


def invent(rng: random.Random, kind: str, year: int, *, cents: bool = False) -> Unit:
    """A unit whose money adds up. With `cents` amounts are in 元 and 分, else whole hundreds of 元 (0.01 万元)."""
    names, extra, fundings = _KINDS[kind]
    what = rng.choice(names)
    place = rng.choice(_PLACES)
    purse = _Purse(rng, cents)
    home = _HOME.get(what, "20103")
    spends = _core(rng, purse, what, home)
    if extra:
        spends.append(Spend(extra, PROJECT, GENERAL, purse.some(30, 600), task=rng.choice(_TASKS)))
    for funding in fundings:
        spends += _beside(rng, purse, _MAIN.get(what, f"{home}01"), funding)
    if rng.random() < 0.7:
        spends.append(Spend(f"{home}99", PROJECT, GENERAL, purse.some(5, 90), carried=True, task=rng.choice(_TASKS)))
    unit = Unit(f"{place}{what}", kind, year, spends, {}, _three(rng, purse))
    unit.economic = _economic(rng, unit)
    unit.before = _before(rng, purse, unit)
    unit.left = purse.some(1, 60)
    unit.bought = (purse.some(5, 90), purse.some(0, 50) if rng.random() < 0.5 else Decimal(0), purse.some(10, 200))
    staff = rng.randint(12, 140)
    unit.people = (staff + rng.randint(0, 9), staff, rng.randint(3, 60))
    unit.cars = rng.randint(1, 9)
    return unit


@dataclass(slots=True)
class _Purse:
    rng: random.Random
    cents: bool

    def some(self, low: int, high: int) -> Decimal:
        """Between so many 万元, never nothing."""
        if self.cents:
            return Decimal(self.rng.randint(low * 1_000_000 + 37, high * 1_000_000 + 99)) / 100
        return Decimal(self.rng.randint(low * 100 + 1, high * 100 + 99)) * 100


def _core(rng: random.Random, purse: _Purse, what: str, home: str) -> list[Spend]:
    main = _MAIN.get(what, f"{home}01")
    tasks = rng.sample(_TASKS, 3)
    spends = [
        Spend(main, STAFF, GENERAL, purse.some(200, 2400)),
        Spend(main, RUNNING, GENERAL, purse.some(30, 240)),
        Spend(f"{home}99", PROJECT, GENERAL, purse.some(20, 400), task=tasks[0]),
        Spend(main, PROJECT, GENERAL, purse.some(8, 120), task=tasks[1]),
        Spend("2080505", STAFF, GENERAL, purse.some(20, 160)),
        Spend("2080506", STAFF, GENERAL, purse.some(8, 80)),
        Spend("2210201", STAFF, GENERAL, purse.some(20, 150)),
        Spend(rng.choice(("2101101", "2101102")), STAFF, GENERAL, purse.some(10, 90)),
    ]
    if rng.random() < 0.5:
        spends.append(Spend("2080502", STAFF, GENERAL, purse.some(3, 40)))
        spends.append(Spend("2080502", RUNNING, GENERAL, purse.some(1, 6)))
    if rng.random() < 0.4:
        spends.append(Spend("2130599", PROJECT, GENERAL, purse.some(5, 60), task=tasks[2]))
    return spends


def _beside(rng: random.Random, purse: _Purse, main: str, funding: str) -> list[Spend]:
    if funding == FUND:
        return [Spend("2120899", PROJECT, FUND, purse.some(20, 900), task=rng.choice(_TASKS))]
    return [
        Spend(main, STAFF, funding, purse.some(20, 900)),
        Spend(main, PROJECT, funding, purse.some(10, 300), task=rng.choice(_TASKS)),
    ]


def _three(rng: random.Random, purse: _Purse) -> dict[str, tuple[Decimal, Decimal]]:
    zero = Decimal(0)
    return {
        "因公出国（境）费": (zero, zero) if rng.random() < 0.6 else (purse.some(1, 9), purse.some(1, 9)),
        "公务接待费": (purse.some(1, 9), purse.some(1, 9)),
        "公务用车购置费": (purse.some(15, 36), zero) if rng.random() < 0.4 else (zero, zero),
        "公务用车运行维护费": (purse.some(1, 20), purse.some(1, 20)),
    }


def _economic(rng: random.Random, unit: Unit) -> dict[str, Decimal]:
    staff, running = (unit.total(components=(part,), fundings=(GENERAL,)) for part in (STAFF, RUNNING))
    fixed = {
        "30108": unit.total("2080505"), "30109": unit.total("2080506"), "30113": unit.total("2210201"),
        "30110": unit.total("21011"), "30302": unit.total("2080502", (STAFF,)),
    }  # fmt: skip
    fixed = {code: yuan for code, yuan in fixed.items() if yuan}
    rest = staff - sum(fixed.values(), Decimal(0))
    wages = _split(rng, rest, sorted(rng.sample(_WAGES, 4)))
    goods = _split(rng, running, sorted([*rng.sample(_GOODS, 6), "31002"]))
    return dict(sorted({**fixed, **wages, **goods}.items()))


def _split(rng: random.Random, whole: Decimal, codes: list[str]) -> dict[str, Decimal]:
    """A whole in parts that keep its last digit."""
    step = Decimal(100) if whole % 100 == 0 else Decimal("0.01")
    shares = [rng.randint(5, 40) for _ in codes]
    parts = {}
    left = whole
    for code, share in list(zip(codes, shares, strict=True))[:-1]:
        part = (whole * share / sum(shares) / step).to_integral_value() * step
        parts[code] = part
        left -= part
    parts[codes[-1]] = left
    return {code: part for code, part in parts.items() if part}


def _before(rng: random.Random, purse: _Purse, unit: Unit) -> dict[str, Decimal]:
    """Last year's general budget: every 项 a little more or less, classes and the whole their sums."""
    before: dict[str, Decimal] = {"": Decimal(0)}
    step = Decimal("0.01") if purse.cents else Decimal(100)
    for code in unit.codes((7,), (GENERAL,)):
        now = unit.total(code, fundings=(GENERAL,))
        was = (now * rng.randint(70, 135) / 100 / step).to_integral_value() * step
        for n in (0, 3, 5, 7):
            before[code[:n]] = before.get(code[:n], Decimal(0)) + was
    return before
