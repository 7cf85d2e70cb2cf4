"""The command line. Other programs rely on its commands, options and JSON: they change only by addition."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from ui.service import Service

E = TypeVar("E", bound=StrEnum)

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    help="明账：向政府预算决算公开文件提问，得到准确数字、所在单元格和页码。",
    pretty_exceptions_enable=False,
)

StoreOption = Annotated[Path | None, typer.Option("--store", help="书册所在文件夹（默认见设置 MINGZHANG_STORE）")]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON")]
DocumentOption = Annotated[list[str] | None, typer.Option("--document", help="只看这份文件（可重复）")]


WARNINGS_SHOWN = 3
"""Warnings of one file told while ingesting; all are in the JSON and on the documents page."""


class Format(StrEnum):
    """Output formats of `figures`."""

    TABLE = "table"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Without a command: ingest the bundled disclosures when the store is empty, then serve the chat."""
    if context.invoked_subcommand is None:
        serve()


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹", metavar="PATH...")],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take files or folders into the book. A bad file is reported and passed over; exit 1 if any failed."""
    from ingest.intake import expand

    files = expand(paths)
    if not files:
        _fail(f"在 {'、'.join(map(str, paths))} 中没有找到可导入的文件（.pdf .docx .xlsx .xls .html .htm .txt .md）。")
    failed = _ingest(_service(store), files, as_json=as_json)
    raise typer.Exit(1 if failed else 0)


@app.command()
def documents(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """List what is in the book."""
    from ui.export import document_row

    service = _service(store)
    book = service.book
    counts = book.counts()
    rows = [document_row(d, *counts.get(d.name, (0, 0))) for d in book.disclosures()]
    if as_json:
        _print_json(rows)
        return
    _print_table(
        ["文件", "单位", "层级", "年度", "口径", "页", "数字", "发现"],
        [
            [r["document"], r["issuer"], r["level"], r["year"], r["basis"], r["pages"], r["figures"], r["findings"]]
            for r in rows
        ],
    )


@app.command()
def figures(
    store: StoreOption = None,
    document: DocumentOption = None,
    account: Annotated[list[str] | None, typer.Option(help="科目名称（可重复）")] = None,
    code: Annotated[list[str] | None, typer.Option(help="科目编码（可重复）")] = None,
    year: Annotated[list[int] | None, typer.Option(help="年度（可重复）")] = None,
    scheme: Annotated[list[str] | None, typer.Option(help="类别：功能分类、经济分类、三公经费 …")] = None,
    status: Annotated[list[str] | None, typer.Option(help="confirmed、single 或 disputed")] = None,
    output_format: Annotated[Format, typer.Option("--format", help="输出格式")] = Format.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写入文件（xlsx 必填）")] = None,
    as_json: JsonOption = False,
) -> None:
    """List figures with filters, as table, CSV, XLSX or JSON."""
    from corpus.figure import Scheme, Status
    from ui.export import FIGURE_COLUMNS, as_csv, as_xlsx, figure_row

    book = _service(store).book
    found = book.figures(
        documents=document, accounts=account, codes=code, years=year,
        schemes=_named(Scheme, scheme, "--scheme"), statuses=_named(Status, status, "--status"),
    )  # fmt: skip
    rows = [figure_row(figure) for figure in found]
    chosen = Format.JSON if as_json else output_format
    if chosen is Format.XLSX:
        if output is None:
            _fail("XLSX 需要写入文件：请加 --output 文件名.xlsx。")
        output.write_bytes(as_xlsx(rows, FIGURE_COLUMNS))
    elif chosen is Format.CSV:
        _emit(as_csv(rows, FIGURE_COLUMNS), output)
    elif chosen is Format.JSON:
        _emit(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", output)
    else:
        _print_table(
            ["文件", "年度", "科目", "资金", "构成", "指标", "数值", "单位", "状态", "页", "表"],
            [
                [r["document"], r["year"], r["account"], r["funding"], r["component"], r["measure"],
                 r["value"] if r["value"] is not None else r["absence"], r["unit"], r["status"], r["page"], r["table"]]
                for r in rows
            ],
        )  # fmt: skip


@app.command()
def check(
    store: StoreOption = None,
    document: DocumentOption = None,
    severity: Annotated[list[str] | None, typer.Option(help="contradiction、rounding、wording 或 gap")] = None,
    as_json: JsonOption = False,
) -> None:
    """List findings: what does not add up, inside each document and between documents."""
    from ui.export import finding_row

    rows = [finding_row(f) for f in _service(store).findings(document)]
    if severity:
        rows = [row for row in rows if row["severity"] in severity]
    if as_json:
        _print_json(rows)
        return
    _print_table(
        ["文件", "程度", "检查", "说明", "相差"],
        [[r["document"], r["severity"], r["check"], r["message"], r["difference"]] for r in rows],
    )


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="问题")] = None,
    document: Annotated[str | None, typer.Option(help="读者正打开的文件名")] = None,
    jsonl: Annotated[Path | None, typer.Option(help="每行一个问题的 JSONL 文件；- 为标准输入")] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
    trace: Annotated[bool, typer.Option(help="附上计划、数字、段落和用时")] = False,
) -> None:
    """Answer one question, or every line of a JSONL file, one JSON answer a line, in order."""
    if (question is None) == (jsonl is None):
        _fail("请给出一个问题，或用 --jsonl 给出问题文件（二者选一）。")
    service = _service(store)
    _ensure_documents(service)
    if jsonl is not None:
        raise typer.Exit(_ask_lines(service, jsonl, trace))
    assert question is not None
    answer = service.assistant.ask(question, [], document).as_json(trace=trace)
    if as_json:
        _print_json(answer)
    else:
        _print_answer(answer)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口")] = 7860,
    store: StoreOption = None,
) -> None:
    """Serve chat, explorer, HTTP API and MCP on one port."""
    service = _service(store)
    _ensure_documents(service)
    from ui.server import run

    run(service, host, port)


@app.command(name="eval")
def evaluate(
    gold: Annotated[list[Path] | None, typer.Argument(help="金标问题 JSONL；不给则用随附版本的一套")] = None,
    documents: Annotated[list[Path] | None, typer.Option(help="导入临时书册的文件或文件夹（可重复）")] = None,
    store: StoreOption = None,
    baseline: Annotated[list[str] | None, typer.Option(help="同场比较的基线（可重复）")] = None,
    model: Annotated[str | None, typer.Option(help="模型名称，优先于设置；scripted 为自带的脚本模型，不联网")] = None,
    split: Annotated[str | None, typer.Option(help="只用 tune 或 held 一份")] = None,
    judge: Annotated[bool, typer.Option(help="文字答案另请所设模型评判，并报告与精确评分的一致程度")] = False,
    before: Annotated[Path | None, typer.Option(help="与更早的 report.json 逐题比较")] = None,
    report: Annotated[Path | None, typer.Option(help="报告写入此文件夹（JSON、Markdown、HTML）")] = None,
    figures: Annotated[Path | None, typer.Option(help="手工录入的整页数字（CSV），用来量表格读数的查全和查准")] = None,
    check: Annotated[bool, typer.Option("--check", help="只检查金标，不提问；给出文件时逐页查对数字")] = False,
    require_checked: Annotated[bool, typer.Option(help="每题须写明如何复核（checked），否则不收")] = False,
    as_json: JsonOption = False,
) -> None:
    """Score answers over gold questions, beside baselines; write a report."""
    from corpus.settings import load_settings
    from eval.gold import EvaluationError
    from eval.goldcheck import told as check_gold
    from eval.report import as_json as report_json
    from eval.report import markdown
    from eval.run import BUNDLED_GOLD
    from eval.run import evaluate as run_evaluation
    from ui.service import bundled

    settings = load_settings()
    if model:
        settings = settings.model_copy(update={"model": settings.model.model_copy(update={"name": model})})
    sources = documents or ([] if store or gold else bundled())
    files = gold or [BUNDLED_GOLD]
    with _bar("评测") as advance:
        try:
            if check:
                told = check_gold(files, settings, sources, store, require_checked, advance)
            else:
                result = run_evaluation(
                    files, settings, documents=sources, store=store, baselines=baseline or (), split=split,
                    report=report, before=before, judge=judge, require_checked=require_checked, figures=figures,
                    progress=advance,
                )  # fmt: skip
                told = "" if as_json else markdown(result)
        except (EvaluationError, ValueError) as error:
            _fail(str(error))
    if report and not check:
        _say(f"报告写入 {report / 'report.html'}（另有 report.md、report.json、wrong.jsonl）")
    if as_json and not check:
        _print_json(report_json(result))
    else:
        print(told)


@contextmanager
def _bar(what: str, console: Console | None = None) -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar on stderr, told how many of how many are done and with what."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = console or Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(what)
        yield lambda done, total, item: progress.update(task, completed=done, total=total, description=item[:40])


def _ask_lines(service: Service, path: Path, trace: bool) -> int:
    """Answer a JSONL file line by line. A line that is not a question is reported on stderr; exit code 1 then."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        _fail(f"读不到问题文件 {path}：{error}。请给出 UTF-8 编码的 JSONL 文件。")
    bad = 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            question = item["question"]
        except (ValueError, KeyError, TypeError):
            _say(f"{path} 第 {number} 行不是带 question 的 JSON 对象，已跳过。")
            bad += 1
            continue
        answer = service.assistant.ask(question, item.get("history") or [], item.get("document"))
        print(json.dumps({"id": item.get("id")} | answer.as_json(trace=trace), ensure_ascii=False), flush=True)
    return 1 if bad else 0


def _service(store: Path | None) -> Service:
    from corpus.settings import load_settings
    from ui.service import Service

    return Service(load_settings(store=store) if store else load_settings())


def _ensure_documents(service: Service) -> None:
    """The bundled disclosures go in when the book is empty."""
    if service.book.disclosures():
        return
    from ui.service import bundled

    _say("书册为空，先导入随附的公开文件 …")
    _ingest(service, bundled(), as_json=False)


def _ingest(service: Service, files: list[Path], *, as_json: bool) -> int:
    """Take files in with a progress bar on stderr; returns how many failed."""
    from rich.console import Console

    console = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    results = []
    with _bar("导入", console) as advance:
        for taken in service.ingest(files):
            results.append(taken)
            advance(len(results), len(files), taken.path.name)
            if taken.failed:
                console.print(f"未导入 {taken.sentence}", style="red")
            elif not as_json:
                state = "已在书册" if taken.state == "unchanged" else f"{taken.figures} 个数字，{taken.findings} 项发现"
                console.print(f"{taken.path.name}：{state}（{taken.seconds:.1f} 秒）{taken.note}")
                for warning in taken.warnings[:WARNINGS_SHOWN]:
                    console.print(f"  注意：{warning}", style="yellow")
    if as_json:
        keys = ("state", "pages", "figures", "findings", "sentence", "note")
        _print_json([
            {"path": str(t.path), "document": t.path.name} | {k: getattr(t, k) for k in keys}
            | {"warnings": list(t.warnings), "seconds": round(t.seconds, 3)}
            for t in results
        ])  # fmt: skip
    return sum(t.failed for t in results)


def _print_answer(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    for citation in answer["citations"]:
        place = [citation["document"]]
        if citation["page"] is not None:
            place.append(f"第{citation['page']}页")
        place += [citation[key] for key in ("table", "row", "column") if citation[key]]
        print(f"[{citation['marker']}] {' · '.join(place)}：{citation['quote']}")
    for warning in answer["warnings"]:
        print(f"注意：{warning}")


def _print_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _emit(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8", newline="")


def _print_table(headings: list[str], rows: Iterable[list[Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*headings)
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    Console(markup=False).print(table)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _named(kind: type[E], values: list[str] | None, option: str) -> list[E] | None:
    """Members of an enumeration by their values; what is none of them is told with the choices."""
    try:
        return [kind(value) for value in values] if values else None
    except ValueError:
        _fail(f"{option} 只能是：{'、'.join(member.value for member in kind)}。")


def _fail(sentence: str) -> NoReturn:
    _say(sentence)
    raise typer.Exit(2)


def main() -> None:
    """Entry point of the `mingzhang` command."""
    app()


if __name__ == "__main__":
    main()
