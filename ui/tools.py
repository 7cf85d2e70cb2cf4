"""Read-only tools for assistants, by the model context protocol at /mcp on the same port.

Tools give the same rows as the HTTP API and change nothing. Without the `mcp` package the service runs without them.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field
from starlette.routing import BaseRoute

from ui.export import document_row, figure_row, finding_row
from ui.service import Service
from ui.tables import with_word

if TYPE_CHECKING:
    from mcp.server import MCPServer

MOST = 200
"""Most rows that one call gives: an assistant reads them all."""
GUIDE = (
    "Figures of China's published government budgets and final accounts, each with the cell and page it is printed in. "
    "Quote amounts exactly as given, with unit, year and source; a refusal means that the documents do not tell."
)


@dataclass(frozen=True, slots=True)
class Protocol:
    """The protocol's routes and what must run while they are served."""

    routes: list[BaseRoute]
    server: MCPServer

    def running(self) -> AbstractAsyncContextManager[None]:
        """The session manager, for the time the application runs."""
        return self.server.session_manager.run()


def application(service: Service) -> Protocol | None:
    """The protocol over one service, without sessions; None where the package is missing."""
    try:
        from mcp.server.transport_security import TransportSecuritySettings
    except ImportError:
        return None
    server = build(service)
    # The book is as open to readers here as in the HTTP API, under whatever name the host is reached.
    security = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    app = server.streamable_http_app(stateless_http=True, json_response=True, transport_security=security)
    return Protocol(list(app.routes), server)


def build(service: Service) -> MCPServer:
    """The server with its four tools."""
    from mcp.server import MCPServer
    from mcp.types import ToolAnnotations

    server = MCPServer("mingzhang", title="明账", instructions=GUIDE, log_level="WARNING")
    reading = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

    @server.tool(annotations=reading)
    def ask(
        question: Annotated[str, Field(min_length=1, max_length=2_000, description="In Chinese or English")],
        history: Annotated[list[str] | None, Field(max_length=50, description="Questions asked before")] = None,
        document: Annotated[str | None, Field(description="File name to look in")] = None,
    ) -> dict[str, Any]:
        """Answer a question about budget disclosures, with citations down to the cell."""
        out: dict[str, Any] = service.assistant.ask(question, history or [], document).as_json()
        return out

    @server.tool(annotations=reading)
    def documents() -> list[dict[str, Any]]:
        """List the disclosures in the book: unit, year, budget or final accounts, how many figures and findings."""
        counts = service.book.counts()
        return [document_row(d, *counts.get(d.name, (0, 0))) for d in service.book.disclosures()]

    @server.tool(annotations=reading)
    def figures(
        document: Annotated[list[str] | None, Field(description="File names")] = None,
        account: Annotated[list[str] | None, Field(description="Canonical account names, e.g. 公务接待费")] = None,
        code: Annotated[list[str] | None, Field(description="Functional or economic codes")] = None,
        year: list[int] | None = None,
        word: Annotated[str, Field(max_length=200, description="Part of an account's name, or start of a code")] = "",
        offset: Annotated[int, Field(ge=0)] = 0,
        limit: Annotated[int, Field(ge=1, le=MOST)] = 50,
    ) -> list[dict[str, Any]]:
        """Find figures by document, account, code, year or a word, each with status and place."""
        found = service.book.figures(documents=document, accounts=account, codes=code, years=year)
        return [figure_row(figure) for figure in with_word(found, word)[offset : offset + limit]]

    @server.tool(annotations=reading)
    def findings(
        document: Annotated[list[str] | None, Field(description="File names; all when left out")] = None,
        limit: Annotated[int, Field(ge=1, le=MOST)] = 50,
    ) -> list[dict[str, Any]]:
        """List contradictions, rounding differences, slips of wording and gaps that were found in the disclosures."""
        return [finding_row(finding) for finding in service.findings(document)[:limit]]

    return server
