"""The HTTP API: every page's JSON twin. Read-only; documented at /docs (OpenAPI)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Response
from pydantic import BaseModel, Field

from corpus.disclosure import Severity
from corpus.figure import Scheme, Status
from ui.export import document_row, figure_row, finding_row
from ui.service import Service

MAX_ROWS = 5_000
"""Most figures that one request may take; more are fetched by `offset`."""


class Question(BaseModel):
    """A question, the questions asked before it, and the document the reader has open."""

    question: str = Field(min_length=1, max_length=2_000)
    history: list[str] = Field(default_factory=list, max_length=50)
    document: str | None = None
    trace: bool = False


class Result(BaseModel):
    """The headline value, where the question asks for one. `value` is exact decimal text."""

    value: str
    unit: str
    status: str
    formula: str | None = None


class Citation(BaseModel):
    """Where a number or sentence of the answer stands; `bbox` is in points from the page's top left corner."""

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
    _add_evidence(routes, service)
    return routes


def _add_questions(routes: APIRouter, service: Service) -> None:
    @routes.post("/api/ask", response_model=AnswerOut, summary="Answer a question with citations")
    def ask(question: Question) -> dict[str, Any]:
        answer = service.assistant.ask(question.question, question.history, question.document)
        out: dict[str, Any] = answer.as_json(trace=question.trace)
        return out

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
        document: Annotated[list[str] | None, Query()] = None,
        account: Annotated[list[str] | None, Query()] = None,
        code: Annotated[list[str] | None, Query()] = None,
        year: Annotated[list[int] | None, Query()] = None,
        scheme: Annotated[list[Scheme] | None, Query()] = None,
        status: Annotated[list[Status] | None, Query()] = None,
        offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
        limit: Annotated[int, Query(ge=1, le=MAX_ROWS)] = 500,
    ) -> list[dict[str, Any]]:
        found = service.book.figures(
            documents=document, accounts=account, codes=code, years=year, schemes=scheme, statuses=status,
            limit=offset + limit,
        )  # fmt: skip
        return [figure_row(figure) for figure in found[offset:]]

    @routes.get("/api/findings", summary="Contradictions, rounding, wording and gaps")
    def findings(
        document: Annotated[list[str] | None, Query()] = None,
        severity: Annotated[list[Severity] | None, Query()] = None,
    ) -> list[dict[str, Any]]:
        wanted = {s.value for s in severity} if severity else None
        found = service.findings(document)
        return [finding_row(f) for f in found if wanted is None or f.severity.value in wanted]


def _add_evidence(routes: APIRouter, service: Service) -> None:
    @routes.get(
        "/api/evidence/{document}/pages/{page}.png",
        summary="A page as a picture",
        response_class=Response,
        responses={200: {"content": {"image/png": {}}}, 404: {"description": "No such document or page"}},
    )
    def page_image(document: str, page: int, scale: Annotated[float, Query(ge=0.2, le=4)] = 2.0) -> Response:
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
