"""The “三公” expenses and running costs by the ways they are called: all three together, those of cars, by their definition."""

from __future__ import annotations

import re

from corpus.figure import Scheme
from ingest.prose.topics import Scope, Topic

NAMED_EXPENSE = re.compile(r"三公|出国|接待|公务用车|公车|车辆|运行(?:维护)?(?:经费|费)")
_RUNNING = re.compile(
    r"(?:一般公共预算|财政|拨款)*(?:安排)?(?:本|我)?(?:单位|部门|机关|所|局|站)?运行(?:维护)?经费(?:(?:财政拨款|一般公共预算)|支出|预算|决算|安排|执行|总|合计|数|额|为|是|共|约)*"
)
"""运行经费 said of the unit itself; a name before it (平台运行经费) makes it a project's."""
_RUNNING_DEFINED = re.compile(
    r".{0,12}保障[^，。]{0,14}(?:正常)?(?:运行|运转)[^，。]{0,8}购买货物(?:和|及|、|与)服务的?(?:各项|各类|全部)?(?:支出|资金|经费|费用)"
    r"(?:合计|共计|总计|总额|预算|决算|为|共|是|安排)*"
)
"""机关运行经费 called by what the rules define it as."""
_ALL_THREE = re.compile(
    r"(?P<before>.*)(?P<name>三公经费(?:(?:公共(?:预算)?|一般公共预算)?财政拨款|支出|预算|决算|汇总|预?安排|拨入|执行|实际|年初|全年|调整后?|总|合计|小计|数据?|额)*)(?:共|为|是|计|约)*"
)
_CALLED_THREE = re.compile(r"费（(?:以下)?(?:简?称|即)?三公经费）(?:支出|预算|决算|汇总|总|合计|数|额|为|是|共)*$")
"""The items told one by one and called together (出国费、接待费、车辆费(“三公”经费)总额)."""
_CARS_OF_THREE = re.compile(r"购置[及和]运行(?:维护)?费用?(?:支出|预算|决算|为)*")
_CAR_COST = re.compile(r"(?:车辆|公车)(?P<what>购置|运行(?:维护)?)(?:费用?|支出)(?:支出|预算|决算|为|是|共)*")
_PART_OF_CARS = re.compile(r"(?P<what>购置|运行(?:维护)?)(?:费用?|支出|经费)(?:支出|预算|决算|为|是|共)*")
_CARS = ("公务用车购置及运行费", "公务用车购置费", "公务用车购置数", "公务用车保有量")
"""What is spoken of where 购置支出 and 运行支出 mean those for cars."""
_NOT_ALL_THREE = re.compile(r"(?:费|支出)[、和及与以]|会议费|培训费|基本支出|项目支出|除|[不非]含?$|占")


def item_called(phrase: str, form: str, scope: Scope, parent: Topic | None) -> Topic | None:
    """The item that a cleaned phrase calls by words of its own, None for names that the chart knows or that nobody does.

    `form` is the phrase without the words that add nothing at its end.
    """
    running = scope.scheme is not Scheme.THREE_PUBLIC
    of_cars = not running or (parent is not None and parent.account in _CARS)
    if running and _RUNNING_DEFINED.fullmatch(phrase):
        return _running("机关运行经费")
    if of_cars and (car := _PART_OF_CARS.fullmatch(phrase)):
        return _three(_car_cost(car), phrase)
    if not NAMED_EXPENSE.search(phrase):
        return None
    if _CALLED_THREE.search(phrase):
        return _three("三公经费", "三公经费")
    if scope.scheme in (Scheme.THREE_PUBLIC, None) and _CARS_OF_THREE.fullmatch(form):
        return _three("公务用车购置及运行费", phrase)
    if not running and (car := _CAR_COST.fullmatch(phrase)):
        return _three(_car_cost(car), phrase)
    whole = _ALL_THREE.fullmatch(phrase)
    if whole and not _NOT_ALL_THREE.search(whole["before"]):
        return _three("三公经费", whole["name"])
    return _running(phrase) if running and _RUNNING.fullmatch(phrase) else None


def _car_cost(car: re.Match[str]) -> str:
    return "公务用车购置费" if car["what"] == "购置" else "公务用车运行维护费"


def _three(account: str, name: str) -> Topic:
    return Topic(Scheme.THREE_PUBLIC, account, name, flow="支出", funding="财政拨款")


def _running(name: str) -> Topic:
    return Topic(Scheme.OPERATING, "机关运行经费", name, flow="支出", funding="财政拨款")
