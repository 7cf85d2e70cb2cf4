"""How exactly tables are read in each style of rules: `python -m eval.styles_benchmark`.

The tables of a set's truth files are typeset in every style (`eval.styles`) and read back. Counted are cells with row,
column and text right, tables whole and exact, cells that truth has blank and the reading filled ("filled": the fault
that must not happen), and figures: those that the same layout fully ruled states and the reading misses ("lost"), and
those that the reading states and the ruled one does not ("wrong": a number beside the wrong name or under the wrong
heading).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from corpus.disclosure import Basis, Disclosure, Level
from eval.styles import (  # fmt: skip
    ALL_ROUND,
    PENS,
    Layout,
    Table,
    calc,
    chromium,
    drawn,
    in_forms,
    line_sheet,
    page,
    turned,
    weasyprint,
    writer,
)
from eval.tables_benchmark import SETS, Truth, load_truth, placed, score
from ingest.grids.joining import join
from ingest.layout.layout import lay_out
from ingest.page import Grid, Page
from ingest.readers.pdf import read_geometry
from ingest.tables.facts import table_figures
from ingest.tables.statements import recognise

LAYOUTS = {
    "": Layout(),
    "centred": Layout(labels="center", numbers="center"),
    "flush left": Layout(numbers="left"),
    "5 pt": Layout(size=5.0),
    "at the top": Layout(top=True),
}
OWN = ("across", "upright", "header", "none", "striped", "dotted", "dashed", "double")
"""Styles that Chromium and Writer draw themselves."""


@dataclass(slots=True)
class Result:
    """Counts of one style."""

    style: str
    cells: int = 0
    read: int = 0
    right: int = 0
    tables: int = 0
    exact: int = 0
    sheets: int = 0
    sheets_exact: int = 0
    filled: int = 0
    figures: int = 0
    lost: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, truth: list[Truth], grids: list[Grid], label: str) -> None:
        """Count one document in."""
        one = score(truth, grids, label)
        self.cells += one.cells
        self.read += one.read
        self.right += one.right
        self.tables += one.statutory
        self.exact += one.statutory_exact
        self.sheets += one.performance
        self.sheets_exact += one.performance_exact
        self.filled += filled(truth, grids)
        self.missed += one.missed

    def compare(self, true: set[Stated], found: set[Stated], label: str) -> None:
        """Count the figures of one document in."""
        self.figures += len(true)
        self.lost += len(true - found)
        self.wrong += [f"{label} {' '.join(map(str, one))}" for one in sorted(found - true)]


def filled(truth: list[Truth], grids: list[Grid]) -> int:
    """Numbers that stand at a place which is blank in the true table of which the grid has most cells."""
    count = 0
    for grid in grids:
        cells = placed(grid)
        table = max(truth, key=lambda one: len(one.cells & cells), default=None)
        if table is None or not table.cells & cells:
            continue
        taken = {(row, column) for row, column, _ in table.cells}
        count += sum((r, c) not in taken and any(sign.isdigit() for sign in text) for r, c, text in cells)
    return count


Stated = tuple[str, ...]
"""A figure's fact, its amount and its unit."""


def stated(pages: Sequence[Page], disclosure: Disclosure) -> set[Stated]:
    """The amounts that the tables of joined pages state."""
    figures = table_figures(recognise(lay_out(pages), disclosure), disclosure)
    return {(*f.fact, str(f.amount.value.normalize()), f.amount.unit) for f in figures if f.amount}


def _disclosure(path: Path) -> Disclosure:
    """What a truth file's tables are taken to belong to, since they name neither unit nor year."""
    return Disclosure(
        path.stem, "", "", "某中心", Level.UNIT, 2026, Basis.BUDGET, region="", format="pdf", pages=None
    )  # fmt: skip


Maker = Callable[[list[Table]], bytes]


def styles() -> Iterator[tuple[str, Maker]]:
    """Every style by name, with what makes the file of a document's tables."""
    for pen in PENS:
        yield pen, partial(_drawn, Layout(), pen)
    yield "ruled, turned", lambda tables: turned(_drawn(Layout(), "ruled", tables))
    yield "across, turned", lambda tables: turned(_drawn(Layout(), "across", tables))
    yield "ruled, in forms", lambda tables: in_forms(_drawn(Layout(), "ruled", tables))
    yield "none, in forms", lambda tables: in_forms(_drawn(Layout(), "none", tables))
    for name, layout in LAYOUTS.items():
        for pen in ("ruled", "across", "upright", "header, partial", "header", "none") if name else ():
            yield f"{pen}, {name}", partial(_drawn, layout, pen)
    for own in OWN:
        yield f"{own}, Chromium", partial(_by_chromium, own)
    for own in OWN:
        yield f"{own}, Writer", partial(_by_writer, own)
    yield "none, Calc", lambda tables: calc(tables, Layout(size=10))


def _by_chromium(style: str, tables: list[Table]) -> bytes:
    return chromium(page(tables, Layout(), line_sheet(style)))


def _by_writer(style: str, tables: list[Table]) -> bytes:
    return writer(tables, Layout(), style)


_laid: dict[tuple[Layout, int], tuple[bytes, list[Page], list[int]]] = {}


def _drawn(layout: Layout, pen: str, tables: list[Table]) -> bytes:
    key = layout, id(tables)
    if key not in _laid:
        ruled = read_geometry(weasyprint(page(tables, layout, ALL_ROUND % "#000")))
        grids = [block for one in join(ruled) for block in one.blocks if isinstance(block, Grid)]
        if len(grids) != len(tables):
            sys.exit(f"the layout has {len(grids)} grids for {len(tables)} tables")
        heads = [
            rows
            for grid, table in zip(grids, tables, strict=True)
            for rows in [table["nhead"], *[0] * len(grid.joined_at)]
        ]
        _laid[key] = weasyprint(page(tables, layout, ALL_ROUND % "transparent")), ruled, heads
    return drawn(_laid[key][0], _laid[key][1], _laid[key][2], pen)


_documents: dict[str, list[Table]] = {}
_true: dict[str, set[Stated]] = {}


def _true_figures(path: Path, tables: list[Table]) -> set[Stated]:
    """The figures of a document whose tables are fully ruled."""
    if str(path) not in _true:
        data = _drawn(Layout(), "ruled", tables)
        _true[str(path)] = stated(join(read_geometry(data)), _disclosure(path))
    return _true[str(path)]


def _measure(style: str, files: list[Path], keep: Path | None) -> Result:
    make = dict(styles())[style]
    result = Result(style)
    for path in files:
        tables = _documents.setdefault(str(path), json.loads(path.read_text(encoding="utf-8")))
        kept = keep / f"{path.stem}_{style.replace(', ', '_').replace(' ', '-')}.pdf" if keep else None
        data = kept.read_bytes() if kept and kept.exists() else make(tables)
        if kept and not kept.exists():
            kept.write_bytes(data)
        pages = join(read_geometry(data))
        grids = [block for one in pages for block in one.blocks if isinstance(block, Grid)]
        result.add(load_truth(path), grids, f"{path.stem} {style}")
        result.compare(_true_figures(path, tables), stated(pages, _disclosure(path)), path.stem)
    return result


def _row(r: Result) -> str:
    return (
        f"{r.style:28} {r.right / max(1, r.cells):7.4f} {r.right / max(1, r.read):9.4f}"
        f" {r.exact:5}/{r.tables:<5} {r.sheets_exact:4}/{r.sheets:<4} {r.filled:6}"
        f" {r.figures - r.lost:6}/{r.figures:<6} {len(r.wrong):6}"
    )


def main() -> None:
    """Print a line a style."""
    parser = argparse.ArgumentParser(description="Score the reading of tables in every style of rules.")
    parser.add_argument("--set", default="typeset", help="a named set, or a folder with truth/")
    parser.add_argument("--only", default="", help="styles whose name holds one of these words (;-list)")
    parser.add_argument("--missed", action="store_true", help="list the tables that are not exact")
    parser.add_argument("--keep", type=Path, help="write the files here, and read those that are here already")
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    files = sorted((SETS.get(options.set, Path(options.set)) / "truth").glob("*.json"))
    if not files:
        sys.exit(f"no truth in {SETS.get(options.set, options.set)}")
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    words = [word for word in options.only.split(";") if word]
    names = [name for name, _ in styles() if not words or any(word in name for word in words)]
    print(
        f"{'style':28} {'recall':>7} {'precision':>9} {'statutory':>11} {'performance':>9} {'filled':>6} {'figures':>13} {'wrong':>6}"
    )
    with multiprocessing.get_context("spawn").Pool(options.processes) as pool:
        for result in pool.imap(partial(_measure, files=files, keep=options.keep), names):
            print(_row(result), flush=True)
            if options.missed:
                print(*(f"    wrong: {wrong}" for wrong in result.wrong), sep="\n")
                print(*(f"    not exact: {missed}" for missed in result.missed), sep="\n")


if __name__ == "__main__":
    main()
