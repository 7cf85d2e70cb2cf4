"""Rows known by name alone: 三公 items, units, projects, and whatever an unknown table lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from corpus.accounts import Account, Statement, chart, clean_name
from corpus.disclosure import Disclosure
from corpus.figure import Scheme
from ingest.tables.columns import CARRY_IN, Half, printed
from ingest.tables.entries import UNIT_NAME, Entry, as_entity, entity_of
from ingest.tables.headers import Matrix, is_total

_AUTHORITY = re.compile(r"(?:局|厅|委员会|人民政府|街道办事处|大学|中学|小学|法院|检察院|本级|（本级）)$")
BESIDE_THREE = ("会议费", "培训费")
"""Costs that some provinces list beside the three public ones, inside the same total."""
THREE_AND_MORE = "三公经费及会议费、培训费"
_NOT_UNITS = ("土地", "房屋", "车辆", "设备", "单价50万元以上设备", "单价100万元以上设备")
_CATALOGUE = re.compile(r"^[ABC]\d*[-—_、.．]?(?=[一-鿿])")
"""The class of the procurement catalogue (A货物, B工程, C服务) before its name."""
_PROJECT_TOTAL = "项目支出合计"


def named_rows(
    labels: list[tuple[int, str, str]], matrix: Matrix, half: Half, statement: Statement, disclosure: Disclosure
) -> Iterator[Entry]:
    """Rows known by name: 三公 items, units, projects, and whatever an unknown table lists."""
    upper = ""
    owners = {clean_name(unit) for unit in (disclosure.issuer, *disclosure.units)}
    repeated = Counter(clean_name(label) for _, _, label in labels)
    listed_names = {item.name for _, _, label in labels if (item := chart().named(label, Scheme.THREE_PUBLIC))}
    beside = statement.key == "three_public" and "三公经费" in listed_names and bool(listed_names & set(BESIDE_THREE))
    headed = False
    for row, _, label in labels:
        name = clean_name(label)
        entity = entity_of(matrix, row, half, disclosure)
        cost = _operating_cost(row, label, name) if statement.key == "operating" else None
        listed = statement.key in ("three_public", "staff", "asset") and name not in _NOT_UNITS
        if cost is not None:
            yield cost
        elif statement.rows == "units" or (listed and UNIT_NAME.fullmatch(name)):
            owner = "" if is_total(name) or not name else as_entity(name, disclosure)
            yield Entry(row, label, statement.scheme, _headline(statement), total=not owner, entity=owner)
        elif statement.rows == "items":
            item = chart().named(name, statement.scheme) if name else None
            if item is None and name and statement.key in ("generic", "staff"):
                item = _of_another_kind(name, statement)
            headed = headed or (item is not None and item.name == "三公经费")
            if beside and is_total(name) and not headed:  # below 一、三公经费支出 it is the sum of the three alone
                yield Entry(row, label, statement.scheme, THREE_AND_MORE, total=True, entity=entity)
            elif item is None and (is_total(name) or not name or _is_year(label)) and statement.key != "generic":
                yield Entry(row, label, statement.scheme, _headline(statement), total=True, entity=entity)
            elif item is None and statement.key == "three_public" and (other := _beside_three(row, label, name)):
                yield other
            else:
                account = item.name if item else name
                people = statement.key != "staff" or re.search(r"人|员|编制|职", name) is not None
                scheme = item.scheme if item else statement.scheme if people else Scheme.OTHER
                yield Entry(row, label, scheme, account, entity=entity, known=item is not None)
        elif is_total(name) or name.endswith("合计") or not name:
            yield Entry(row, label, statement.scheme, _headline(statement), total=True, entity=entity)
        elif statement.key == "procurement" and (kind := chart().named(_CATALOGUE.sub("", name), Scheme.PROCUREMENT)):
            yield Entry(row, label, Scheme.PROCUREMENT, kind.name, entity=entity)
        elif name in owners or (_AUTHORITY.search(name) and not entity and not half.units):
            upper = as_entity(name, disclosure)
            yield Entry(row, label, statement.scheme, _headline(statement), total=True, entity=upper)
        else:
            # a unit's name is part of the fact only where another unit has a project of the same name
            owner = (entity or upper) if repeated[name] > 1 else ""
            yield Entry(row, label, statement.scheme, name, entity=owner, known=False)


def _of_another_kind(name: str, statement: Statement) -> Account | None:
    """What one row of a table of all that a unit is and has stands for: posts and people, or cars beside them."""
    bare = re.sub(r"（[辆台套个人]+）$", "", name)
    found = chart().named(bare, Scheme.STAFF)
    return found if found or statement.key == "generic" else chart().named(bare, Scheme.ASSET)


def _is_year(label: str) -> bool:
    """Whether a row is a year's (2019年, 2020年决算数): its columns name the costs, and their sum is all of them."""
    return (
        re.fullmatch(r"20\d\d年?度?(?:预算|决算|执行|实际|支出|安排|完成)*(?:数|情况|金额)?", printed(label))
        is not None
    )


def _beside_three(row: int, label: str, name: str) -> Entry | None:
    """What 机构运行信息表 lists after the three costs: 机关运行经费, vehicles and devices, procurement."""
    for scheme in (Scheme.OPERATING, Scheme.ASSET, Scheme.PROCUREMENT):
        item = chart().named(re.sub(r"（[辆台套个]+）$", "", name), scheme)
        if item is not None:
            return Entry(row, label, scheme, item.name, funding=None if scheme is Scheme.OPERATING else "全部")
    return None


def _operating_cost(row: int, label: str, name: str) -> Entry | None:
    """A row of a 机关运行经费 table that lists what is spent instead of who spends it."""
    if chart().named(name, Scheme.OPERATING) is not None:
        return Entry(row, label, Scheme.OPERATING, "机关运行经费", total=True)
    if chart().named(name, Scheme.ECONOMIC) is not None:
        return Entry(row, label, Scheme.OPERATING, name, path=("机关运行经费",))
    return None


def _headline(statement: Statement) -> str:
    """The account that the total row of a table without classes stands for."""
    return {
        "three_public": "三公经费",
        "operating": "机关运行经费",
        "procurement": "政府采购",
        "purchased_services": "政府购买服务",
        "entrusted": "委托业务费",
        "transfer": "转移支付",
        "carryover": CARRY_IN,
        "asset": "合计",
        "staff": "合计",
        "generic": "合计",
        "unit_list": "合计",
    }.get(statement.key, _PROJECT_TOTAL)
