"""How exactly and how fast tables are read out of PDF files, beside other readers: `python -m eval.tables_benchmark`.

A set is a folder of `NNN_producer.pdf` files with `truth/NNN.json`: for each table its rows of cell texts (a merged
cell's text at its first position), tables whole over page breaks. A cell counts as right when row, column and text
(white space aside) all agree; a table is exact when it has all its cells and no other. Every reader runs in a process
of its own, so that its peak of memory is its own; grids of all readers are joined over pages by the same rules.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import importlib.util
import json
import logging
import math
import multiprocessing
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from corpus.disclosure import Cell
from corpus.money import normalise
from ingest.grids.joining import join
from ingest.page import Grid, Page

SHARED = Path(__file__).resolve().parents[2] / "shared"
SETS = {"typeset": SHARED / "typeset"}

Placed = tuple[int, int, str]
"""Row, column and text of a cell that is not blank."""


@dataclass(frozen=True, slots=True)
class Truth:
    """A table as it should be read."""

    title: str
    performance: bool
    cells: frozenset[Placed]


@dataclass(slots=True)
class Score:
    """Counts of one reader over some files.

    `seconds` of processor time are those of reading alone, joining and scoring left out; `floor` those that the floor
    took for the same files in the same process.
    """

    cells: int = 0
    read: int = 0
    right: int = 0
    statutory: int = 0
    statutory_exact: int = 0
    performance: int = 0
    performance_exact: int = 0
    pages: int = 0
    seconds: float = 0.0
    floor: float = 0.0
    missed: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count `other` in."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def _plain(text: str) -> str:
    return "".join(normalise(text).split())


def load_truth(path: Path, browser: bool = False) -> list[Truth]:
    """The tables of one truth file, as a `browser` draws them if told so."""
    found = []
    for table in json.loads(path.read_text(encoding="utf-8")):
        rows = _as_browsers_draw(table) if browser else table["rows"]
        cells = ((r, c, _plain(text)) for r, row in enumerate(rows) for c, text in enumerate(row))
        found.append(Truth(table["title"], bool(table["perf"]), frozenset(cell for cell in cells if cell[2])))
    return found


def _as_browsers_draw(table: dict[str, Any]) -> list[list[str]]:
    """The rows of a truth table with the cells below a cut header cell moved to the left.

    HTML ends a cell's rowspan at the end of its row group (https://html.spec.whatwg.org/#attr-tdth-rowspan), so a
    header cell that should reach into the body leaves its column there to the next cell.
    """
    rows: list[list[str]] = [list(row) for row in table["rows"]]
    for row, column, rowspan, colspan in table["spans"]:
        if row < table["nhead"] < row + rowspan:
            for r in range(table["nhead"], row + rowspan):
                rows[r] = rows[r][:column] + rows[r][column + colspan :]
    return rows


def placed(grid: Grid) -> frozenset[Placed]:
    """The cells of a grid that are not blank, as truth gives them."""
    return frozenset((cell.row, cell.column, _plain(cell.text)) for cell in grid.cells if _plain(cell.text))


def score(truth: list[Truth], grids: list[Grid], label: str) -> Score:
    """Every true table against the grid that shares most cells with it; grids that match no table count as read."""
    found = [placed(grid) for grid in grids]
    pairs = sorted(
        ((len(table.cells & cells), -abs(len(table.cells) - len(cells)), t, g)
         for t, table in enumerate(truth) for g, cells in enumerate(found)), reverse=True,
    )  # fmt: skip
    match: dict[int, int] = {}
    for common, _, t, g in pairs:
        if common and t not in match and g not in match.values():
            match[t] = g
    result = Score(read=sum(map(len, found)))
    for t, table in enumerate(truth):
        cells = found[match[t]] if t in match else frozenset()
        exact = cells == table.cells
        result.cells += len(table.cells)
        result.right += len(cells & table.cells)
        if table.performance:
            result.performance += 1
            result.performance_exact += exact
        else:
            result.statutory += 1
            result.statutory_exact += exact
        if not exact:
            result.missed.append(f"{label} #{t} {table.title}")
    return result


def _ours(data: bytes) -> list[Page]:
    from ingest.readers.pdf import read_geometry

    return read_geometry(data)


def _recognised(data: bytes) -> list[Page]:
    from ingest.readers.pdf import read_pdf

    return read_pdf(data)


def _floor(data: bytes) -> list[Page]:
    """Characters with their boxes and points of paths out of pdfium, nothing done with them: the least there is."""
    import ctypes

    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(data)
    sides = [ctypes.c_double() for _ in range(4)]
    x, y = ctypes.c_float(), ctypes.c_float()
    pages = []
    for index in range(len(document)):
        page = document[index]
        text = page.get_textpage()
        for k in range(raw.FPDFText_CountChars(text.raw)):
            raw.FPDFText_GetUnicode(text.raw, k)
            raw.FPDFText_GetCharBox(text.raw, k, *sides)
        for k in range(raw.FPDFPage_CountObjects(page.raw)):
            item = raw.FPDFPage_GetObject(page.raw, k)
            if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_PATH:
                for s in range(raw.FPDFPath_CountSegments(item)):
                    raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(item, s), x, y)
        width, height = page.get_size()
        pages.append(Page(index + 1, width, height, ()))
        text.close()
        page.close()
    document.close()
    return pages


def _pdfplumber(data: bytes) -> list[Page]:
    import io

    pdfplumber: Any = importlib.import_module("pdfplumber")
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every font

    pages = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            grids = []
            for table in page.find_tables():
                rows = table.extract()
                boxes = [row.cells for row in table.rows]
                grids.append(_grid(rows, boxes, page.page_number))
            pages.append(Page(page.page_number, float(page.width), float(page.height), tuple(grids)))
            page.close()
    return pages


def _pymupdf(data: bytes) -> list[Page]:
    pymupdf: Any = importlib.import_module("pymupdf")

    pages = []
    for number, page in enumerate(pymupdf.open(stream=data, filetype="pdf"), 1):
        grids = [_grid(t.extract(), [row.cells for row in t.rows], number) for t in page.find_tables().tables]
        pages.append(Page(number, page.rect.width, page.rect.height, tuple(grids)))
    return pages


def _camelot(data: bytes) -> list[Page]:
    import tempfile

    camelot: Any = importlib.import_module("camelot")

    by_page: dict[int, list[Grid]] = defaultdict(list)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        for table in camelot.read_pdf(file.name, pages="all", flavor="lattice", suppress_stdout=True):
            boxes = [[(c.x1, -c.y2, c.x2, -c.y1) for c in row] for row in table.cells]
            by_page[int(table.page)].append(_grid(table.df.values.tolist(), boxes, int(table.page)))
    last = max(by_page, default=0)
    return [Page(number, 0.0, 0.0, tuple(by_page[number])) for number in range(1, last + 1)]


def _grid(rows: list[list[str | None]], boxes: list[Any], page: int) -> Grid:
    """A peer's table as a grid: its texts at their positions, its boxes where it tells them."""
    cells = [
        Cell(r, c, text or "", page=page, bbox=tuple(boxes[r][c]) if boxes[r][c] else None)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text is not None
    ]
    known = [cell.bbox for cell in cells if cell.bbox]
    around = (min(b[0] for b in known), min(b[1] for b in known), max(b[2] for b in known), max(b[3] for b in known))
    return Grid(len(rows), max(map(len, rows)), tuple(cells), (page,), around)


READERS: dict[str, tuple[str, Callable[[bytes], list[Page]]]] = {
    "floor": ("pypdfium2", _floor),
    "mingzhang": ("pypdfium2", _ours),
    "recognised": ("rapidocr", _recognised),
    "pdfplumber": ("pdfplumber", _pdfplumber),
    "pymupdf": ("pymupdf", _pymupdf),
    "camelot": ("camelot", _camelot),
}
"""Reader by name: the package that it needs, and how it reads a file."""


def _with_lines(pages: list[Page], ours: list[Page]) -> list[Page]:
    """A peer's grids among the lines that we read, so that the same rules can join them."""
    from ingest.grids.grid import reading_order
    from ingest.page import Line

    by_number = {page.number: page for page in pages}
    merged = []
    for page in ours:
        theirs = by_number.get(page.number)
        grids = [b for b in theirs.blocks if isinstance(b, Grid)] if theirs else []
        lines = [b for b in page.blocks if isinstance(b, Line)]
        merged.append(replace(page, blocks=tuple(sorted([*lines, *grids], key=reading_order))))
    return merged


def _timed(read: Callable[[bytes], list[Page]], data: bytes) -> tuple[float, list[Page]]:
    start = time.process_time()
    pages = read(data)
    return time.process_time() - start, pages


def run(reader: str, files: list[Path], rounds: int = 1) -> tuple[dict[str, Score], float]:
    """Scores by "producer" and the peak of memory in MB, of this process, every file read in so many `rounds`."""
    read = READERS[reader][1]
    scores: dict[str, Score] = defaultdict(Score)
    for one in (_floor, read):
        one(files[0].read_bytes())  # imports and first-time tables are not what is measured
    gc.freeze()  # as the reading process does: no reader pays for looking through what was imported for garbage
    for path in files:
        document, producer = path.stem.split("_", 1)
        data = path.read_bytes()
        floor, seconds = math.inf, math.inf
        pages: list[Page] = []
        for _ in range(rounds):
            floor = min(floor, _timed(_floor, data)[0])
            took, pages = _timed(read, data)
            seconds = min(seconds, took)
        scores[producer].pages += len(pages)
        scores[producer].seconds += seconds
        scores[producer].floor += floor
        if reader == "floor":
            continue
        if reader not in ("mingzhang", "recognised"):
            pages = _with_lines(pages, _ours(data))
        grids = [block for page in join(pages) for block in page.blocks if isinstance(block, Grid)]
        truth = load_truth(path.parent / "truth" / f"{document}.json", browser=producer == "chrome")
        scores[producer].add(score(truth, grids, path.stem))
    return dict(scores), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _row(name: str, s: Score) -> str:
    speed = f"{name:32} {1000 * s.seconds / max(1, s.pages):8.2f} {s.seconds / s.floor if s.floor else 0.0:7.2f}"
    if not s.cells:
        return speed
    return (
        f"{speed} {s.right / s.cells:7.4f} {s.right / max(1, s.read):9.4f}"
        f" {s.statutory_exact:5}/{s.statutory:<5} {s.performance_exact:4}/{s.performance:<4}"
    )


def _files(folder: Path, wanted: list[str], *, scans: bool) -> Iterator[Path]:
    for path in sorted(folder.glob("*_*.pdf")):
        if ("scan" in path.stem) == scans and (not wanted or any(word in path.stem for word in wanted)):
            yield path


def main() -> None:
    """Print a table of readers, and write JSON on demand."""
    parser = argparse.ArgumentParser(description="Score table readers on a set of PDF files with known tables.")
    parser.add_argument("--set", default="typeset", help="a named set, or a folder with PDF files and truth/")
    parser.add_argument("--readers", default="floor,mingzhang", help=f"comma list of {', '.join(READERS)}, or all")
    parser.add_argument("--only", default="", help="comma list: files whose name holds one of these words")
    parser.add_argument("--scans", action="store_true", help="the scanned files (with --readers recognised)")
    parser.add_argument("--json", type=Path, help="write the scores here")
    parser.add_argument("--missed", action="store_true", help="list the tables that are not exact")
    parser.add_argument("--rounds", type=int, default=3, help="how often each file is read; the least time counts")
    options = parser.parse_args()
    wanted = [word for word in options.only.split(",") if word]
    files = list(_files(SETS.get(options.set, Path(options.set)), wanted, scans=options.scans))
    if not files:
        sys.exit(f"no files with truth in {SETS.get(options.set, options.set)}")
    names = (
        [name for name in READERS if name != "recognised"] if options.readers == "all" else options.readers.split(",")
    )
    results: dict[str, Any] = {}
    print(
        f"{'reader, producer':32} {'ms/page':>8} {'x floor':>7} {'recall':>7} {'precision':>9} {'statutory':>11} {'performance':>9}"
    )
    for name in names:
        if importlib.util.find_spec(READERS[name][0]) is None:
            print(f"{name:32} not installed")
            continue
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            scores, megabytes = pool.apply(run, (name, files, max(1, options.rounds)))
        total = Score()
        for producer, one in sorted(scores.items()):
            total.add(one)
            print(_row(f"{name} {producer}", one))
        print(_row(f"{name} all ({megabytes:.0f} MB)", total))
        if options.missed:
            print(*(f"    not exact: {missed}" for missed in total.missed), sep="\n")
        results[name] = {"peak_mb": megabytes, "producers": {k: asdict(v) for k, v in scores.items()}}
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
