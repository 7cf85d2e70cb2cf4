"""One port for people and programs: pages, evidence, HTTP API, and tools by the model context protocol."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

# Gradio reads these when it is imported: no analytics, no model hub.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
# Gradio asks matplotlib, where it is installed, for its backend at every event; named here, none is looked for.
os.environ.setdefault("MPLBACKEND", "agg")
# Behind a proxy Gradio would call itself through it and fail.
for _name in ("NO_PROXY", "no_proxy"):
    _hosts = [host for host in os.environ.get(_name, "").split(",") if host]
    os.environ[_name] = ",".join(dict.fromkeys([*_hosts, "127.0.0.1", "localhost"]))

from fastapi import FastAPI  # noqa: E402

from ui.service import Service  # noqa: E402

if TYPE_CHECKING:
    import gradio

HEAD = (
    '<link rel="icon" type="image/svg+xml" href="/mingzhang/icon.svg"><link rel="stylesheet" href="/mingzhang/style.css">'
    '<script src="/mingzhang/page.js"></script>'
)
CONCURRENCY = 20
"""Events worked on at once; Gradio's default of one lets fifty readers wait in line."""


def create(service: Service) -> FastAPI:
    """The ASGI application: API and evidence first, the English page at /en, the Chinese one at /."""
    from ui import api, docs, tools, web

    protocol = tools.application(service)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if protocol is not None:
                await stack.enter_async_context(protocol.running())
            yield

    app = FastAPI(
        title="mingzhang 明账", version="1", lifespan=lifespan, docs_url=None, redoc_url=None,
        description="Figures of government disclosures, with the cell and the page.",
    )  # fmt: skip
    app.add_middleware(web.Guard)
    app.include_router(api.router(service))
    app.include_router(web.router(service))
    app.include_router(docs.router(app))
    if protocol is not None:
        app.router.routes.extend(protocol.routes)
    _mount_pages(app, service)
    return app


def _mount_pages(app: FastAPI, service: Service) -> None:
    import gradio as gr

    from ui import web
    from ui.chat import build, theme

    for path, language in (("/en", "en"), ("/", "zh")):  # the page at / takes every address that is left
        page: gradio.Blocks = build(service, "en" if language == "en" else "zh")
        page.queue(default_concurrency_limit=CONCURRENCY)
        gr.mount_gradio_app(
            app, page, path=path, css=web.STYLE, head=HEAD, theme=theme(), allowed_paths=[], footer_links=[],
            show_error=False, max_file_size=service.settings.limits.bytes, ssr_mode=False,
        )  # fmt: skip


def _warm(service: Service) -> None:
    """Do beforehand what the first reader would wait for."""
    service.warm()
    with contextlib.suppress(ImportError):  # Gradio imports it at its first event where it is installed
        import matplotlib  # noqa: F401


def run(service: Service, host: str, port: int) -> None:
    """Serve until interrupted."""
    import uvicorn

    app = create(service)
    threading.Thread(target=_warm, args=(service,), daemon=True).start()
    print(f"明账：http://{host}:{port}  （Ctrl+C 结束）")
    uvicorn.run(app, host=host, port=port, log_level="warning")
