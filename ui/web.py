"""Pages outside Gradio: the evidence view, original files, our script and style, and the headers on every answer."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Query, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.details import document_detail
from ui.evidence import evidence_html
from ui.places import find
from ui.service import Service
from ui.words import Language, say

HERE = Path(__file__).parent
ASSETS = {
    "page.js": "text/javascript; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
STYLE = (HERE / "style.css").read_text(encoding="utf-8")
"""Given to Gradio too, which puts it before its own rules; the link is for what lies outside its frame."""
MOST_BODY = 262_144
"""Bytes of a request to the API. Uploads go through the page, which has the settings' own limit."""

# Gradio starts itself with inline scripts and compiles the templates of its HTML; nothing may come from another host.
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
    "media-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
DOCUMENT_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""For original files: whatever a document holds, it runs nothing and loads nothing in our name."""
ALONE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_COMMON = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}  # fmt: skip


class Guard:
    """ASGI middleware: security headers on every answer, a limit on what the API is sent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it for its size."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _COMMON.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", PAGE_POLICY)
            await send(message)

        if _too_large(scope):
            sentence = f"请求超过 {MOST_BODY} 字节。The request is larger than {MOST_BODY} bytes."
            await JSONResponse({"detail": sentence}, 413)(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)


def _too_large(scope: Scope) -> bool:
    """Only declared lengths are looked at: servers refuse a body longer than declared, and ours are read whole."""
    path = str(scope["path"])
    if not path.startswith(("/api/", "/mcp")) or scope["method"] not in ("POST", "PUT", "PATCH"):
        return False
    headers = Headers(scope=scope)
    if "chunked" in headers.get("transfer-encoding", "").lower():
        return True
    length = headers.get("content-length", "0")
    return not length.isdigit() or int(length) > MOST_BODY


Name = Annotated[str, Query(min_length=1, max_length=300)]


class Wish:
    """The query of an evidence link, validated."""

    def __init__(
        self,
        figure: Annotated[str | None, Query(max_length=40)] = None,
        document: Annotated[str | None, Query(max_length=300)] = None,
        page: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
        table: Annotated[str | None, Query(max_length=200)] = None,
        row: Annotated[int | None, Query(ge=0, le=1_000_000)] = None,
        column: Annotated[int | None, Query(ge=0, le=1_000_000)] = None,
        quote: Annotated[str | None, Query(max_length=2_000)] = None,
        at: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
        lang: Language = "zh",
    ) -> None:
        self.place: dict[str, Any] = {
            "figure": figure, "document": document, "page": page, "table": table, "row": row, "column": column,
            "quote": quote,
        }  # fmt: skip
        self.at = at
        self.language: Language = lang


def router(service: Service) -> APIRouter:
    """Routes for readers' browsers; none of them is part of the documented API but the original files."""
    routes = APIRouter()
    _add_evidence(routes, service)
    _add_document(routes, service)
    _add_original(routes, service)

    @routes.get("/mingzhang/{name}", include_in_schema=False)
    def asset(name: str) -> Response:
        if name not in ASSETS:
            raise HTTPException(404)
        headers = {"Cache-Control": "no-cache"}
        return Response((HERE / name).read_bytes(), media_type=ASSETS[name], headers=headers)

    return routes


def _add_evidence(routes: APIRouter, service: Service) -> None:
    def html_of(wish: Wish) -> tuple[str, str, int]:
        shown = find(service.book, wish.place)
        if shown is None:
            return say("evidence", wish.language), f"<p>{escape(say('no_evidence', wish.language))}</p>", 404
        return shown.disclosure.name, evidence_html(shown, wish.at, wish.language), 200

    @routes.get("/evidence/fragment", include_in_schema=False)
    def fragment(wish: Annotated[Wish, Depends(Wish)]) -> HTMLResponse:
        _, body, status = html_of(wish)
        return HTMLResponse(body, status, headers={"Content-Security-Policy": ALONE_POLICY})

    @routes.get("/evidence", include_in_schema=False)
    def alone(wish: Annotated[Wish, Depends(Wish)]) -> HTMLResponse:
        title, body, status = html_of(wish)
        return HTMLResponse(page_html(title, body, wish.language), status, {"Content-Security-Policy": ALONE_POLICY})


def _add_document(routes: APIRouter, service: Service) -> None:
    @routes.get("/document/fragment", include_in_schema=False)
    def fragment(name: Name, lang: Language = "zh") -> HTMLResponse:
        body = document_detail(service, name, lang)
        shown = body or f"<p>{escape(say('no_evidence', lang))}</p>"
        return HTMLResponse(shown, 200 if body else 404, {"Content-Security-Policy": ALONE_POLICY})

    @routes.get("/document", include_in_schema=False)
    def alone(name: Name, lang: Language = "zh") -> HTMLResponse:
        body = document_detail(service, name, lang)
        shown = body or f"<p>{escape(say('no_evidence', lang))}</p>"
        page = page_html(name, shown, lang)
        return HTMLResponse(page, 200 if body else 404, {"Content-Security-Policy": ALONE_POLICY})


def page_html(title: str, body: str, language: Language = "zh") -> str:
    """A page of our own outside Gradio. `title` is escaped here, `body` is HTML."""
    tag = "en" if language == "en" else "zh-CN"
    home = "/en/" if language == "en" else "/"
    return (
        f'<!doctype html><html lang="{tag}"><head><meta charset="utf-8"><title>{escape(title)} · 明账</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<link rel="icon" type="image/svg+xml" href="/mingzhang/icon.svg"><link rel="stylesheet" href="/mingzhang/style.css"></head>'
        '<body class="mz-alone"><header class="mz-header">'
        f'<a href="{home}"><b>{say("title", language)}</b></a></header>'
        f'<main><h1 class="mz-alone-title">{escape(title)}</h1>{body}</main><script src="/mingzhang/page.js"></script>'
        "</body></html>"
    )


def _add_original(routes: APIRouter, service: Service) -> None:
    @routes.get(
        "/api/documents/{document}/original",
        summary="The original file as it was taken in",
        response_class=Response,
        responses={200: {"content": {"application/octet-stream": {}}}, 404: {"description": "No such document"}},
    )
    def original(document: str) -> Response:
        disclosure = service.book.disclosure(document)
        source = service.book.source(document) if disclosure is not None else None
        if disclosure is None or source is None:
            raise HTTPException(404, f"书册里没有文件“{document}”。")
        # A browser shows a PDF in a viewer of its own; everything else is saved, never shown in our origin.
        pdf = disclosure.format == "pdf" and source.lstrip()[:5] == b"%PDF-"
        disposition = "inline" if pdf else "attachment"
        headers = {
            "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(document, safe='')}",
            "Cache-Control": "private, max-age=3600",
            # Chromium's own PDF viewer does not start in a sandbox.
            "Content-Security-Policy": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
            if pdf
            else DOCUMENT_POLICY,
        }
        return Response(source, media_type="application/pdf" if pdf else "application/octet-stream", headers=headers)
