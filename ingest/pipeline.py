"""The ordered steps from a file's bytes to a record, one after another, nothing else.

Pure: the same bytes, name and settings give the same record, so that a disclosure can be ingested anywhere (in a child
process, on a worker) and stored by whoever holds the book.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.disclosure import Disclosure, PageInfo
from corpus.figure import Reader
from corpus.record import Record
from corpus.settings import Settings
from ingest.checking.checks import findings, run_checks
from ingest.checking.reconcile import reconcile
from ingest.grids.joining import join
from ingest.layout.identity import identify
from ingest.layout.layout import lay_out
from ingest.page import Page
from ingest.passages import passages
from ingest.prose.fiscal import is_paper
from ingest.prose.narrative import prose_figures
from ingest.readers.reader import read
from ingest.recognition import without_doubtful
from ingest.tables.chapters import unnamed_sets
from ingest.tables.facts import table_figures
from ingest.tables.government import as_a_governments
from ingest.tables.statements import announced, recognise
from ingest.traditional import in_simplified

Progress = Callable[[str], None]
"""Called with the Chinese name of each stage as it begins."""

STAGES = ("读取文件", "拼接表格", "识别版面", "识别报表", "读取说明文字", "核对", "切分段落")
"""The stages `ingest_bytes` reports, in order."""


def ingest_bytes(name: str, data: bytes, settings: Settings, progress: Progress | None = None) -> Record:
    """Read one disclosure in full. `name` is its file name.

    Raises `ingest.errors.UnreadableFile` with a sentence that says what is wrong and what to do.
    """
    tell = progress or (lambda stage: None)
    tell("读取文件")
    raw = in_simplified(read(name, data, settings.limits))
    tell("拼接表格")
    pages = join(raw)
    tell("识别版面")
    layout = lay_out(pages)
    disclosure = identify(name, data, layout, pages)
    tell("识别报表")
    tables = recognise(layout, disclosure)
    tell("读取说明文字")
    printed = table_figures(tables, disclosure)
    figures = [
        *(as_a_governments(printed, tables, disclosure) if is_paper(disclosure) else printed),
        *prose_figures(layout.sections, disclosure, tables),
    ]
    record = Record(
        disclosure=disclosure,
        pages=page_infos(raw),
        sections=layout.sections,
        tables=tuple(tables),
        announced=tuple(announced(layout, tables)),
        figures=tuple(figures),
        warnings=tuple(
            dict.fromkeys([*(w for page in raw for w in page.warnings), *unnamed_sets(tables), *undated(disclosure)])
        ),
    )
    tell("核对")
    record = judged(record)
    tell("切分段落")
    return replace(record, passages=tuple(passages(layout.sections, tables, disclosure)))


def undated(disclosure: Disclosure) -> list[str]:
    """A warning where a document tells its fiscal year neither in title, name and tables nor in its text."""
    return [] if disclosure.year else ["文件没有写明是哪一年度的，其中金额的年度不明。"]


def judged(record: Record) -> Record:
    """The record with every figure's status and what was found wrong.

    The document is checked by what we read ourselves; a model's reading can confirm or dispute a figure, not accuse the
    document.
    """
    ours = tuple(figure for figure in record.figures if figure.reader is not Reader.MODEL)
    outcomes = run_checks(replace(record, figures=ours))
    read = without_doubtful(record, outcomes)
    if read != record.figures:
        record = replace(record, figures=read)
        outcomes = run_checks(replace(record, figures=tuple(f for f in read if f.reader is not Reader.MODEL)))
    return replace(record, figures=tuple(reconcile(record.figures, outcomes)), findings=tuple(findings(outcomes)))


def page_infos(pages: Sequence[Page]) -> tuple[PageInfo, ...]:
    """What is kept of each page: its number, size, text and warnings. A format without pages has none."""
    return tuple(
        PageInfo(page.number, page.width, page.height, page.text, page.source, page.warnings)
        for page in pages
        if page.number is not None
    )
