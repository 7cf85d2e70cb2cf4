"""One port for people and programs: chat, HTTP API and page images."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

# Gradio reads these when it is imported: no analytics, no model hub.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
# Behind a proxy Gradio would call itself through it and fail.
for _name in ("NO_PROXY", "no_proxy"):
    _hosts = [host for host in os.environ.get(_name, "").split(",") if host]
    os.environ[_name] = ",".join(dict.fromkeys([*_hosts, "127.0.0.1", "localhost"]))

from fastapi import FastAPI  # noqa: E402

from ui.service import Service  # noqa: E402

if TYPE_CHECKING:
    import gradio


def create(service: Service) -> FastAPI:
    """The ASGI application: API routes first, the page at /."""
    import gradio as gr

    from ui.api import router
    from ui.chat import CSS, build

    app = FastAPI(title="mingzhang 明账", description="Figures of government disclosures, with the cell and the page.")
    app.include_router(router(service))
    page: gradio.Blocks = build(service)
    page.queue(default_concurrency_limit=20)
    gr.mount_gradio_app(app, page, path="/", css=CSS, allowed_paths=[], footer_links=[], show_error=False)
    return app


def run(service: Service, host: str, port: int) -> None:
    """Serve until interrupted."""
    import uvicorn

    app = create(service)
    print(f"明账：http://{host}:{port}  （Ctrl+C 结束）")
    uvicorn.run(app, host=host, port=port, log_level="warning")
