"""The API's documentation at /docs, made from its OpenAPI description; the usual viewers load scripts from outside."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse

from ui.web import ALONE_POLICY, page_html


def router(app: FastAPI) -> APIRouter:
    """One page over the application's OpenAPI description."""
    routes = APIRouter()

    @routes.get("/docs", include_in_schema=False)
    def documentation() -> HTMLResponse:
        body = api_html(app.openapi())
        return HTMLResponse(page_html("HTTP API", body), headers={"Content-Security-Policy": ALONE_POLICY})

    return routes


def api_html(description: dict[str, Any]) -> str:
    """Every operation with its parameters and answers."""
    intro = (
        f"<p>{escape(str(description['info'].get('description', '')))}</p>"
        '<p><a href="/openapi.json">OpenAPI (JSON)</a> · MCP: <code>/mcp</code> '
        "(streamable HTTP; tools ask, documents, figures, findings)</p>"
    )
    return intro + "".join(_operations(description))


def _operations(description: dict[str, Any]) -> Iterator[str]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            parameters = "".join(_parameter(p) for p in operation.get("parameters", []))
            body = "".join(_body(operation.get("requestBody"), description))
            rows = parameters + body
            table = f'<table class="mz-grid"><tbody>{rows}</tbody></table>' if rows else ""
            codes = "、".join(escape(str(code)) for code in operation.get("responses", {}))
            yield (
                f'<section class="mz-operation"><h2><span class="mz-tag">{escape(method.upper())}</span> '
                f"<code>{escape(path)}</code></h2><p>{escape(str(operation.get('summary', '')))}</p>{table}"
                f"<p>HTTP {codes}</p></section>"
            )


def _parameter(parameter: dict[str, Any]) -> str:
    return _row(str(parameter["name"]), str(parameter["in"]), parameter.get("schema", {}))


def _body(body: dict[str, Any] | None, description: dict[str, Any]) -> Iterator[str]:
    """The fields of a JSON request."""
    reference = (body or {}).get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "")
    model = description.get("components", {}).get("schemas", {}).get(reference.rsplit("/", 1)[-1], {})
    for name, schema in model.get("properties", {}).items():
        yield _row(name, "body", schema)


def _row(name: str, place: str, schema: dict[str, Any]) -> str:
    limits = "; ".join(
        f"{key} {value}" for key, value in schema.items() if key not in ("title", "anyOf", "$ref", "items")
    )
    return f"<tr><th><code>{escape(name)}</code></th><td>{escape(place)}</td><td>{escape(limits)}</td></tr>"
