"""A small book made by hand: two units of one invented city, a district bureau with two years, a final account."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from corpus.disclosure import Basis, Disclosure, Finding, Level, Paragraph, Section, Severity, Side, Span
from corpus.figure import Figure, Measure, Reader, Scheme, Status
from corpus.figures import Book
from corpus.locator import Locator
from corpus.money import Absence, Amount
from corpus.passage import Passage
from corpus.record import Record
from rag.assistant import Assistant

CENTRE = "云州市政务服务保障中心2026年单位预算.txt"
HALL = "青河市政务服务中心2026年单位预算.txt"
TRADE_24 = "云州市东港区商务委员会2024年部门预算.pdf"
TRADE_25 = "云州市东港区商务委员会2025年部门预算.pdf"
PARTY = "中共云州市东港区委社会工作部2024年部门决算.pdf"


def disclosure(
    name: str, issuer: str, year: int, basis: Basis, level: Level, units: tuple[str, ...] = ()
) -> Disclosure:
    return Disclosure(name, "0" * 64, name, issuer, level, year, basis, "", name.rsplit(".", 1)[1], None, units=units)


def figure(
    document: str, scheme: Scheme, account: str, value: str | None, *, unit: str = "万元", year: int = 2026,
    basis: Basis = Basis.BUDGET, measure: Measure = Measure.AMOUNT, code: str = "", flow: str = "支出",
    funding: str = "全部", component: str = "合计", table: str = "", row: str = "", column: str = "", quote: str = "",
    reason: str = "", compared: int | None = None, whole: str = "", absence: Absence | None = None,
    status: Status = Status.SINGLE,
    page: int | None = None, entity: str = "",
) -> Figure:  # fmt: skip
    place = Locator(
        document, page=page, table=table or None, row=row or account if table else None, column=column or None,
        section=None if table else "说明", quote=quote or value or "", table_id=table or None,
    )  # fmt: skip
    amount = None if value is None else Amount(Decimal(value), unit)
    return Figure(
        document, scheme, account, account, measure, amount, absence, year, basis, place,
        Reader.TABLE if table else Reader.PROSE, code=code, flow=flow, funding=funding, component=component,
        reason=reason, compared=compared, whole=whole, status=status, entity=entity,
    )  # fmt: skip


def section(title: str, *texts: str) -> Section:
    return Section((title,), tuple(Paragraph(text, (Span(0, len(text), None, None),)) for text in texts))


def _centre() -> Record:
    def f(*args: object, **more: object) -> Figure:
        return figure(CENTRE, *args, **more)  # type: ignore[arg-type]

    total, economic = "部门收支预算总体情况表", "一般公共预算基本支出情况表"
    general = {"funding": "一般公共预算", "component": "基本支出", "table": economic}
    three = {"funding": "财政拨款", "table": "一般公共预算“三公”经费支出情况表"}
    change = {"measure": Measure.CHANGE, "compared": 2025}
    duties = section("一、单位主要职责", "负责大厅的日常管理。", "负责受理事项的督办。")
    usage = section("二、支出预算", "行政运行2000.00万元。主要用于人员经费和日常运转。大厅全年接待办事群众35000人次。")
    figures = (
        f(Scheme.TOTAL, "收入总计", "3000.00", flow="收入", table=total, column="收入/预算数"),
        f(Scheme.TOTAL, "支出总计", "3000.00", table=total, column="支出/预算数"),
        f(Scheme.TOTAL, "支出总计", "200.00", quote="比上年增加200.00万元,增长7.14%", reason="项目支出增加", **change),
        f(Scheme.TOTAL, "支出总计", "7.14", unit="%", measure=Measure.RATE, compared=2025, quote="增长7.14%"),
        f(Scheme.TOTAL, "本年支出合计", "2400.00", component="基本支出", table="支出总表", column="基本支出"),
        f(Scheme.TOTAL, "本年支出合计", "600.00", component="项目支出", table="支出总表", column="项目支出"),
        f(Scheme.TOTAL, "本年支出合计", "1800.00", component="人员经费", funding="一般公共预算", table=economic),
        f(Scheme.TOTAL, "本年支出合计", "600.00", component="公用经费", funding="一般公共预算", table=economic),
        f(Scheme.FUNCTION, "行政运行", "2000.00", code="2014101", table="支出总表", column="合计"),
        f(Scheme.FUNCTION, "住房公积金", "180.00", code="2210201", table="支出总表", column="合计"),
        f(Scheme.ECONOMIC, "住房公积金", "186.09", code="30113", **general),
        f(Scheme.ECONOMIC, "工资福利支出", "1700.00", code="301", **general),
        f(Scheme.ECONOMIC, "奖金", "596.70", code="30103", column="合计", **general),
        f(Scheme.ECONOMIC, "电费", "2.00", code="30206", **general),
        f(Scheme.ECONOMIC, "水费", "0.60", code="30205", **general),
        f(Scheme.ECONOMIC, "公务接待费", "3.00", code="30217", **general),
        f(Scheme.THREE_PUBLIC, "公务接待费", "3.00", column="公务接待费", **three),
        f(Scheme.THREE_PUBLIC, "因公出国（境）费", None, absence=Absence.BLANK, column="因公出国（境）费", **three),
        f(Scheme.OPERATING, "机关运行经费", "600.00", funding="财政拨款", quote="机关运行经费预算600.00万元"),
        f(Scheme.OPERATING, "机关运行经费", "-8.54", funding="财政拨款", quote="比2025年减少8.54万元", **change),
        f(Scheme.PROJECT, "窗口运行经费", "400.00", component="项目支出", table="项目支出表", column="合计"),
        f(Scheme.PROJECT, "云桌面服务费", "200.00", component="项目支出", table="项目支出表", column="合计"),
        f(Scheme.ASSET, "车辆", "2", unit="辆", measure=Measure.COUNT, flow="", year=2025, quote="共有车辆2辆"),
        f(Scheme.STAFF, "在职人员", "60", unit="名", measure=Measure.COUNT, flow="", quote="实有人员60名"),
    )  # fmt: skip
    passages = tuple(
        Passage(CENTRE, part.title, paragraph.text, "prose", None, "云州市政务服务保障中心 2026 预算 " + part.title)
        for part in (duties, usage) for paragraph in part.paragraphs
    )  # fmt: skip
    head = disclosure(CENTRE, "云州市政务服务保障中心", 2026, Basis.BUDGET, Level.UNIT)
    return Record(head, (), (duties, usage), (), figures=figures, passages=passages)


def _hall() -> Record:
    note = "本单位无“三公”经费预算"
    figures = (
        figure(HALL, Scheme.TOTAL, "支出总计", "553.60", table="收支总表", column="支出"),
        figure(
            HALL,
            Scheme.TOTAL,
            "本年支出合计",
            "327.74",
            component="人员经费",
            funding="一般公共预算",
            table="基本支出表",
        ),
        figure(HALL, Scheme.THREE_PUBLIC, "公务接待费", None, funding="财政拨款", absence=Absence.NO_DATA, quote=note),
        figure(HALL, Scheme.THREE_PUBLIC, "三公经费", None, funding="财政拨款", absence=Absence.NO_DATA, quote=note),
        figure(HALL, Scheme.OPERATING, "机关运行经费", "45.86", funding="财政拨款", quote="机关运行经费45.86万元"),
    )
    return Record(disclosure(HALL, "青河市政务服务中心", 2026, Basis.BUDGET, Level.UNIT), (), (), (), figures=figures)


def _trade(name: str, year: int, total: str, vehicles: str) -> Record:
    three = {"funding": "财政拨款", "table": "“三公”经费表", "year": year, "page": 21}
    figures = (
        figure(name, Scheme.TOTAL, "支出总计", total, unit="元", table="收支总表", column="支出", year=year, page=9),
        figure(name, Scheme.THREE_PUBLIC, "公务接待费", "1.00", **three),  # type: ignore[arg-type]
        figure(name, Scheme.THREE_PUBLIC, "公务用车购置费", vehicles, **three),  # type: ignore[arg-type]
    )
    head = disclosure(name, "云州市东港区商务委员会", year, Basis.BUDGET, Level.DEPARTMENT)
    return Record(head, (), (), (), figures=figures)


def _party() -> Record:
    units = ("中共云州市东港区委社会工作部", "东港区社会工作发展服务中心")
    at = {"year": 2024, "funding": "一般公共预算", "code": "2013901", "page": 18}
    figures = (
        figure(PARTY, Scheme.FUNCTION, "行政运行", "52.00", basis=Basis.ADJUSTED, **at),  # type: ignore[arg-type]
        figure(PARTY, Scheme.FUNCTION, "行政运行", "51.32", basis=Basis.FINAL, **at),  # type: ignore[arg-type]
        figure(PARTY, Scheme.PROCUREMENT, "政府采购", "21.07", basis=Basis.FINAL, year=2024, quote="采购金额21.07万元"),
    )
    sides = (Side(Locator(PARTY, page=22, section="采购", quote="采购金额21.07万元"), "21.07", "万元"),)
    finding = Finding(
        PARTY, Severity.CONTRADICTION, "procurement", "政府采购总额只有21.07万元，两类中标合计42.14万元。",
        "Procurement is 21.07 in all, awards add up to 42.14.", sides, "21.07",
    )  # fmt: skip
    head = disclosure(PARTY, units[0], 2024, Basis.FINAL, Level.DEPARTMENT, units)
    return Record(head, (), (), (), figures=figures, findings=(finding,))


def little_book(folder: Path) -> Book:
    """The book, open for reading."""
    place = folder / "book.sqlite"
    with Book.open(place, writable=True) as book:
        old, new = _trade(TRADE_24, 2024, "126597600.00", "0"), _trade(TRADE_25, 2025, "371514655.00", "25")
        for record in (_centre(), _hall(), old, new, _party()):
            book.store(record)
    return Book.open(place)


def ask(assistant: Assistant, question: str, document: str | None = None, *history: str) -> dict[str, Any]:
    """One answer as the JSON object of the contract."""
    return assistant.ask(question, list(history), document).as_json()
