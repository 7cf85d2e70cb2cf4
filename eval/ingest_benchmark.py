"""What the whole ingest costs: `python -m eval.ingest_benchmark [FOLDER…]`, and with `--grown` how it grows.

For PDF files: pages a second of one core by producer (the last word of names such as `000_chrome.pdf`, else the folder),
and what of a page's milliseconds the second reading takes. For invented office files: seconds and memory as one table
grows longer or more tables come together. Every line is measured in a process of its own.
"""

from __future__ import annotations

import argparse
import gc
import html
import io
import multiprocessing
import random
import resource
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from corpus.settings import Settings
from eval.tables_benchmark import SHARED
from ingest.pipeline import ingest_bytes

GROWN = {
    "xlsx, one sheet": ("xlsx", [(1, 5_000), (1, 10_000), (1, 20_000), (1, 50_000)]),
    "xlsx, sheets of 50 rows": ("xlsx", [(50, 50), (100, 50), (200, 50)]),
    "docx, one table": ("docx", [(1, 1_000), (1, 2_000), (1, 4_000)]),
    "docx, tables of 50 rows": ("docx", [(50, 50), (100, 50), (200, 50)]),
    "html, one table": ("html", [(1, 1_000), (1, 2_000), (1, 8_000)]),
    "html, tables of 50 rows": ("html", [(50, 50), (100, 50), (200, 50)]),
}
"""Format, and how many tables of how many rows."""


def rows(count: int, seed: int) -> list[list[str]]:
    """An invented table of expenditure: codes, names, three amounts that add up, each second code for two rows."""
    rng = random.Random(seed)
    body, totals = [], [0, 0]
    for number in range(count):
        parts = [rng.randrange(100_000), rng.randrange(100_000)]
        totals = [total + part for total, part in zip(totals, parts, strict=True)]
        code = f"2{number % 99 + 1:02}{number // 99 % 99 + 1:02}{number // 9801 % 99 + 1:02}"
        body.append([code, f"第{number}项支出", *(f"{value / 100:.2f}" for value in (sum(parts), *parts))])
    total = ["", "合计", *(f"{value / 100:.2f}" for value in (sum(totals), *totals))]
    return [["科目编码", "科目名称", "合计", "基本支出", "项目支出"], total, *body]


def xlsx(tables: int, count: int) -> bytes:
    """A workbook with a table on each sheet."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for number in range(tables):
        sheet = book.create_sheet(f"表{number + 1}")
        for row in (["部门支出预算总体情况表"], ["单位：万元"], *rows(count, number)):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def docx(tables: int, count: int) -> bytes:
    """A Word file with one table after the other; every second code cell goes on in the row below."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = [_paragraph("某市文化局2026年部门预算")]
    for number in range(tables):
        parts += [_paragraph("部门支出预算总体情况表"), _paragraph("单位：万元"), "<w:tbl>"]
        for r, row in enumerate(rows(count, number)):
            merge = '<w:vMerge w:val="restart"/>' if r % 2 and r > 2 else "<w:vMerge/>" if r > 3 else ""
            cells = (
                f"<w:tc><w:tcPr>{merge if c == 0 else ''}</w:tcPr>{_paragraph(text)}</w:tc>"
                for c, text in enumerate(row)
            )
            parts.append(f"<w:tr>{''.join(cells)}</w:tr>")
        parts.append("</w:tbl>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{''.join(parts)}</w:body></w:document>")
    return out.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{html.escape(text)}</w:t></w:r></w:p>"


def webpage(tables: int, count: int) -> bytes:
    """A web page with one table after the other."""
    parts = ["<h1>某市文化局2026年部门预算</h1>"]
    for number in range(tables):
        lines = ("".join(f"<td>{text}</td>" for text in row) for row in rows(count, number))
        parts.append("<p>部门支出预算总体情况表</p><p>单位：万元</p><table>")
        parts += [*(f"<tr>{line}</tr>" for line in lines), "</table>"]
    return f"<html><body>{''.join(parts)}</body></html>".encode()


MAKERS: dict[str, Callable[[int, int], bytes]] = {"xlsx": xlsx, "docx": docx, "html": webpage}


def grown(form: str, tables: int, count: int) -> tuple[float, float, int]:
    """Seconds of one core, peak of memory in MB and figures of an invented file."""
    data = MAKERS[form](tables, count)
    start = time.process_time()
    record = ingest_bytes(f"某市文化局2026年部门预算.{form}", data, Settings())
    return time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(record.figures)


def whole(paths: Sequence[Path]) -> tuple[int, float, float]:
    """Pages of PDF files, seconds of one core of their whole ingest, and those of the second reading in them."""
    from ingest.readers import pdf
    from ingest.readers.second_reading import second_reading

    settings, spent = Settings(), [0.0]
    settings.limits.recognise = False

    def clocked(data: bytes) -> Any:
        texts = second_reading(data)
        while True:
            start = time.process_time()
            text = next(texts, texts)
            spent[0] += time.process_time() - start
            if text is texts:
                return
            yield text

    with patch.object(pdf, "second_reading", clocked):
        ingest_bytes(paths[0].name, paths[0].read_bytes(), settings)  # imports are not what is measured
        gc.freeze()  # as the reading process does
        pages, spent[0], start = 0, 0.0, time.process_time()
        for path in paths:
            pages += len(ingest_bytes(path.name, path.read_bytes(), settings).pages)
    return pages, time.process_time() - start, spent[0]


def main() -> None:
    """Print a line a producer, or a line a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[SHARED / "typeset", SHARED / "real"])
    parser.add_argument("--grown", action="store_true", help="invented office files of growing size instead")
    given = parser.parse_args()
    spawn = multiprocessing.get_context("spawn")
    if given.grown:
        for name, (form, sizes) in GROWN.items():
            for tables, count in sizes:
                with spawn.Pool(1) as pool:
                    seconds, megabytes, figures = pool.apply(grown, (form, tables, count))
                print(f"{name:26} {tables:4} × {count:6} rows {figures:7} figures {seconds:7.2f} s {megabytes:6.0f} MB")
        return
    by_producer: dict[str, list[Path]] = defaultdict(list)
    for path in (path for folder in given.folders for path in sorted(folder.glob("*.pdf")) if "scan" not in path.stem):
        by_producer[path.stem.split("_")[-1] if "_" in path.stem else path.parent.name].append(path)
    for name, paths in by_producer.items():
        with spawn.Pool(1) as pool:
            pages, seconds, second = pool.apply(whole, (paths,))
        print(
            f"{name:12} {pages:5} pages {pages / seconds:6.1f} a second, {1000 * seconds / pages:6.1f} ms each,"
            f" {1000 * second / pages:6.1f} ms of it by the second reading"
        )


if __name__ == "__main__":
    main()
