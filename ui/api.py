"""The HTTP API: every page's JSON twin, documented at /docs (OpenAPI). It reads; only a vote on an answer is kept."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Path, Query, Response
from pydantic import BaseModel, Field

from corpus.disclosure import Finding, Severity
from corpus.figure import Figure, Scheme, Status
from corpus.figures import BookError
from ui.composition import composition_row
from ui.export import (
    FIGURE_COLUMNS,
    FINDING_COLUMNS,
    as_csv,
    as_xlsx,
    cell_row,
    document_row,
    figure_row,
    finding_row,
    finding_sheet_row,
    table_row,
)
from ui.places import evidence_row, find
from ui.service import Service
from ui.tables import with_word
from ui.words import say


class FileKind(StrEnum):
    """Formats of a download."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


MEDIA = {
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.JSON: "application/json",
}
Names = Annotated[list[Annotated[str, Field(max_length=300)]] | None, Query(max_length=200)]
Years = Annotated[list[Annotated[int, Field(ge=1900, le=2200)]] | None, Query(max_length=50)]
MAX_ROWS = 5_000
"""Most figures that one request may take; more are fetched by `offset`."""


class Question(BaseModel):
    """A question, the questions asked before it, and the document the reader has open."""

    question: str = Field(min_length=1, max_length=2_000)
    history: list[Annotated[str, Field(max_length=2_000)]] = Field(default_factory=list, max_length=50)
    document: str | None = Field(default=None, max_length=300)
    trace: bool = False


class Vote(BaseModel):
    """A reader's word on an answer."""

    question: str = Field(min_length=1, max_length=2_000)
    status: str = Field(default="", max_length=40)
    vote: Literal["up", "down"]
    reason: str = Field(default="", max_length=500)


class Result(BaseModel):
    """The headline value, where the question asks for one. `value` is exact decimal text."""

    value: str
    unit: str
    status: str
    formula: str | None = None


class Citation(BaseModel):
    """Where a number or sentence of the answer stands; `bbox` is in points from the top left corner of the page as shown."""

    marker: int
    document: str
    page: int | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    quote: str
    bbox: list[float] | None = None


class AnswerOut(BaseModel):
    """An answer with its citations."""

    status: str
    answer: str
    result: Result | None = None
    citations: list[Citation]
    warnings: list[str]
    seconds: float
    trace: dict[str, Any] | None = None


def router(service: Service) -> APIRouter:
    """All routes over one service."""
    routes = APIRouter()
    _add_questions(routes, service)
    _add_book(routes, service)
    _add_tables(routes, service)
    _add_evidence(routes, service)
    return routes


def _add_questions(routes: APIRouter, service: Service) -> None:
    @routes.post("/api/ask", response_model=AnswerOut, summary="Answer a question with citations")
    def ask(question: Question) -> dict[str, Any]:
        answer = service.assistant.ask(question.question, question.history, question.document)
        out: dict[str, Any] = answer.as_json(trace=question.trace)
        return out

    @routes.post("/api/feedback", summary="Keep a reader's word on an answer", responses={503: {"description": "Busy"}})
    def feedback(vote: Vote) -> dict[str, str]:
        try:
            service.add_feedback(vote.model_dump_json())
        except BookError as error:
            raise HTTPException(503, f"{say('busy')} {say('busy', 'en')}") from error
        return {"message": f"{say('vote_thanks')} · {say('vote_thanks', 'en')}"}

    @routes.get("/healthz", summary="Whether the service can read its book")
    def healthz() -> dict[str, Any]:
        return {"status": "ok", "documents": len(service.book.disclosures())}


def _add_book(routes: APIRouter, service: Service) -> None:
    @routes.get("/api/documents", summary="What is in the book")
    def documents() -> list[dict[str, Any]]:
        counts = service.book.counts()
        return [document_row(d, *counts.get(d.name, (0, 0))) for d in service.book.disclosures()]

    @routes.get("/api/figures", summary="Figures with filters")
    def figures(
        document: Names = None,
        account: Names = None,
        code: Names = None,
        year: Years = None,
        scheme: Annotated[list[Scheme] | None, Query(max_length=50)] = None,
        status: Annotated[list[Status] | None, Query(max_length=50)] = None,
        word: Annotated[str, Query(max_length=200)] = "",
        offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
        limit: Annotated[int, Query(ge=1, le=MAX_ROWS)] = 500,
    ) -> list[dict[str, Any]]:
        found = _found(service, document, account, code, year, scheme, status, word)
        return [figure_row(figure) for figure in found[offset : offset + limit]]

    @routes.get(
        "/api/figures.{kind}",
        summary="All figures found, as a file",
        response_class=Response,
        responses={200: {"content": {media: {} for media in MEDIA.values()}}},
    )
    def figures_file(
        kind: FileKind,
        document: Names = None,
        account: Names = None,
        code: Names = None,
        year: Years = None,
        scheme: Annotated[list[Scheme] | None, Query(max_length=50)] = None,
        status: Annotated[list[Status] | None, Query(max_length=50)] = None,
        word: Annotated[str, Query(max_length=200)] = "",
    ) -> Response:
        rows = [figure_row(f) for f in _found(service, document, account, code, year, scheme, status, word)]
        return _file(rows, FIGURE_COLUMNS, kind, "figures")

    @routes.get(
        "/api/findings.{kind}",
        summary="All findings, as a file",
        response_class=Response,
        responses={200: {"content": {media: {} for media in MEDIA.values()}}},
    )
    def findings_file(
        kind: FileKind,
        document: Names = None,
        severity: Annotated[list[Severity] | None, Query(max_length=50)] = None,
    ) -> Response:
        found = _chosen(service, document, severity)
        rows = [finding_row(f) if kind is FileKind.JSON else finding_sheet_row(f) for f in found]
        return _file(rows, FINDING_COLUMNS, kind, "findings")

    @routes.get("/api/findings", summary="Contradictions, rounding, wording and gaps")
    def findings(
        document: Names = None,
        severity: Annotated[list[Severity] | None, Query(max_length=50)] = None,
    ) -> list[dict[str, Any]]:
        return [finding_row(f) for f in _chosen(service, document, severity)]


def _chosen(service: Service, documents: list[str] | None, severities: list[Severity] | None) -> list[Finding]:
    return [f for f in service.findings(documents) if severities is None or f.severity in severities]


def _add_tables(routes: APIRouter, service: Service) -> None:
    missing: dict[int | str, dict[str, Any]] = {404: {"description": "No such document or table"}}

    @routes.get("/api/documents/{document}", summary="One document: coverage, warnings, tables", responses=missing)
    def document_detail(document: str) -> dict[str, Any]:
        disclosure = service.book.disclosure(document)
        if disclosure is None:
            raise HTTPException(404, f"书册里没有文件“{document}”。")
        counts = service.book.counts()
        return document_row(disclosure, *counts.get(document, (0, 0))) | {
            "announced": [
                {"title": a.title, "kind": a.kind, "state": a.state.value, "table": a.table_id, "note": a.note}
                for a in service.book.announced(document)
            ],
            "tables": [table_row(table) for table in service.book.tables(document)],
            "warnings": service.book.warnings(document),
        }

    @routes.get("/api/documents/{document}/composition", summary="What expenditure is made of", responses=missing)
    def composition(document: str) -> dict[str, Any]:
        disclosure = service.book.disclosure(document)
        if disclosure is None:
            raise HTTPException(404, f"书册里没有文件“{document}”。")
        return composition_row(service.book, disclosure)

    @routes.get("/api/documents/{document}/tables/{table}", summary="One table with its cells", responses=missing)
    def table_cells(document: str, table: str) -> dict[str, Any]:
        found = service.book.table(document, table)
        if found is None:
            raise HTTPException(404, f"“{document}”里没有表“{table}”。")
        return table_row(found) | {"cells": [cell_row(cell) for cell in found.cells]}


def _found(
    service: Service,
    documents: list[str] | None,
    accounts: list[str] | None,
    codes: list[str] | None,
    years: list[int] | None,
    schemes: list[Scheme] | None,
    statuses: list[Status] | None,
    word: str,
) -> list[Figure]:
    found = service.book.figures(
        documents=documents, accounts=accounts, codes=codes, years=years, schemes=schemes, statuses=statuses
    )
    return with_word(found, word)


def _file(rows: list[dict[str, Any]], columns: dict[str, str], kind: FileKind, name: str) -> Response:
    if kind is FileKind.XLSX:
        body: str | bytes = as_xlsx(rows, columns)
    elif kind is FileKind.CSV:
        body = as_csv(rows, columns)
    else:
        body = json.dumps(rows, ensure_ascii=False)
    disposition = {"Content-Disposition": f'attachment; filename="mingzhang-{name}.{kind.value}"'}
    return Response(body, media_type=MEDIA[kind], headers=disposition)


def _add_evidence(routes: APIRouter, service: Service) -> None:
    @routes.get(
        "/api/evidence",
        summary="Where a figure or quote stands: page, boxes to light, table cell, other readings",
        responses={404: {"description": "The book has no such place"}},
    )
    def evidence(
        figure: Annotated[str | None, Query(max_length=40)] = None,
        document: Annotated[str | None, Query(max_length=300)] = None,
        page: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
        table: Annotated[str | None, Query(max_length=200)] = None,
        row: Annotated[int | None, Query(ge=0, le=1_000_000)] = None,
        column: Annotated[int | None, Query(ge=0, le=1_000_000)] = None,
        quote: Annotated[str | None, Query(max_length=2_000)] = None,
    ) -> dict[str, Any]:
        query = {"figure": figure, "document": document, "page": page, "table": table, "row": row, "column": column,
                 "quote": quote}  # fmt: skip
        shown = find(service.book, query)
        if shown is None:
            raise HTTPException(404, say("no_evidence"))
        return evidence_row(shown)

    @routes.get(
        "/api/evidence/{document}/pages/{page}.png",
        summary="A page as a picture",
        response_class=Response,
        responses={200: {"content": {"image/png": {}}}, 404: {"description": "No such document or page"}},
    )
    def page_image(
        document: str,
        page: Annotated[int, Path(ge=1, le=1_000_000)],
        scale: Annotated[float, Query(ge=0.2, le=4)] = 2.0,
    ) -> Response:
        from ingest.readers.page_image import page_png

        disclosure = service.book.disclosure(document)
        source = service.book.source(document)
        if disclosure is None or source is None or disclosure.format != "pdf":
            raise HTTPException(404, f"书册里没有 PDF 文件“{document}”。")
        try:
            png = page_png(source, page, scale)
        except IndexError as error:
            raise HTTPException(404, f"“{document}”没有第 {page} 页。") from error
        return Response(png, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})
