"""How exactly tables with narrow columns are read: `python -m eval.narrow_benchmark`.

Invented tables of expenditure are typeset by Chromium and by LibreOffice Writer with columns too narrow for their codes,
names and amounts, so that amounts wrap ("1,234," over "567.89") and rows are cut by page breaks. Counted are tables read
whole and exact, and amounts that no true table prints: the fault that must not happen.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections.abc import Iterator
from pathlib import Path

from eval.styles import ALL_ROUND, Layout, Table, chromium, is_number, page, writer
from eval.tables_benchmark import Placed, Truth, placed, score
from ingest.grids.joining import join
from ingest.page import Grid
from ingest.readers.pdf import read_geometry

HEAD = ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "备注"]
NAMES = (
    "一般公共服务支出", "政府办公厅（室）及相关机构事务", "其他政府办公厅（室）及相关机构事务支出", "事业单位离退休",
    "机关事业单位基本养老保险缴费支出", "行政运行", "一般行政管理事务", "公共就业服务和职业技能鉴定机构", "住房公积金",
)  # fmt: skip
NOTES = ("", "", "", "人员支出和公用支出，包括工资、津贴、补贴、社会保险缴费等各项支出", "用于开展业务工作")
AMOUNTS = ((28.0, 7), (36.0, 8), (44.0, 9))
"""How wide the columns of amounts are (points), and how many digits an amount has at most."""


def invented(rng: random.Random, digits: int, rows: int) -> Table:
    """A table of expenditure whose amounts have at most so many digits."""
    body, total = [], 0
    for number in range(rows):
        basic, project = rng.randrange(10**digits), rng.choice((0, rng.randrange(10**digits)))
        total += basic + project
        code = f"2{10 + number // 9}{number % 9 + 1:02}{rng.randrange(1, 99):02}"
        parts = [f"{value / 100:,.2f}" for value in (basic + project, basic, project)]
        body.append([code, rng.choice(NAMES), *parts, rng.choice(NOTES)])
    head = [HEAD, ["", "合计", f"{total / 100:,.2f}", "", "", ""]]
    return {"title": "支出预算表", "perf": False, "nhead": 1, "spans": [], "rows": head + body}


def layouts(rng: random.Random) -> Iterator[tuple[int, Layout]]:
    """Digits of the amounts, and how they are set."""
    for (width, digits), size, numbers, top in itertools.product(
        AMOUNTS, (8.0, 10.0), ("right", "center"), (False, True)
    ):
        widths = (40.0, rng.choice((70.0, 110.0)), width, width, width, rng.choice((90.0, 150.0)))
        yield digits, Layout(size=size, numbers=numbers, widths=widths, top=top)


def _by_chromium(table: Table, how: Layout) -> bytes:
    return chromium(page([table], how, ALL_ROUND % "#000"))


def _by_writer(table: Table, how: Layout) -> bytes:
    return writer([table], how, "ruled")


MAKERS = {"Chromium": _by_chromium, "Writer": _by_writer}


def main() -> None:
    """Print a line a producer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=45)
    parser.add_argument("--missed", action="store_true", help="list the tables that are not exact")
    parser.add_argument("--keep", type=Path, help="write the files here, and read those that are here already")
    given = parser.parse_args()
    for producer, make in MAKERS.items():
        rng = random.Random(given.seed)
        exact = tables = cut = 0
        false: list[Placed] = []
        for number, (digits, how) in enumerate(layouts(rng)):
            table = invented(rng, digits, given.rows)
            kept = given.keep / f"{given.seed}_{producer}_{number:02}.pdf" if given.keep else None
            data = kept.read_bytes() if kept and kept.exists() else make(table, how)
            if kept and not kept.exists():
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.write_bytes(data)
            pages = read_geometry(data)
            pieces = sum(isinstance(block, Grid) for one in pages for block in one.blocks)
            grids = [block for one in join(pages) for block in one.blocks if isinstance(block, Grid)]
            rows = sum(block.n_rows for one in pages for block in one.blocks if isinstance(block, Grid))
            truth = true_cells(table)
            found = score([truth], grids, f"{producer} {number} {how}")
            exact, tables, cut = exact + found.statutory_exact, tables + 1, cut + max(0, rows - len(table["rows"]))
            printed = {text for _, _, text in truth.cells}
            false += [one for grid in grids for one in placed(grid) if is_number(one[2]) and one[2] not in printed]
            if given.missed and found.missed:
                print(*found.missed, f"in {pieces} pieces")
        print(f"{producer:10} {exact}/{tables} exact, {cut} rows cut by page breaks, {len(false)} false amounts")


def true_cells(table: Table) -> Truth:
    """The table's cells as they should be read."""
    cells = ((r, c, "".join(text.split())) for r, row in enumerate(table["rows"]) for c, text in enumerate(row))
    return Truth(table["title"], False, frozenset((r, c, plain(text)) for r, c, text in cells if text))


def plain(text: str) -> str:
    """The text with the wide signs that reading folds."""
    return text.translate(str.maketrans("（），", "(),"))


if __name__ == "__main__":
    main()
