"""An OpenAI-compatible server on loopback that plays parts: honest, slow, dripping, breaking off, refusing, empty.

What it says is scripted by the test; how it says it is the part it plays. No model, no network.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from corpus.settings import ModelSettings

Script = Callable[[str], dict[str, Any]]
"""From the last words sent to the model to the arguments it answers with."""

PARTS = (
    "honest",
    "json_only",
    "text_only",
    "garbled",
    "slow",
    "breaks_off",
    "busy_once",
    "busy",
    "failing",
    "refusing",
    "down",
    "empty",
    "drips",
    "hollow",
    "stops",
    "no_counting",
    "unauthorised",
)


class _QuietServer(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that lose patience are part of the play."""


class ScriptedModel:
    """A server playing one part. `calls` counts requests by path, `seen` keeps what was asked."""

    def __init__(self, script: Script | None = None, part: str = "honest") -> None:
        assert part in PARTS
        self.script: Script = script or (lambda prompt: {})
        self.part = part
        self.pause = 0.0
        """Seconds between two chunks of a stream."""
        self.calls: Counter[str] = Counter()
        self.seen: list[dict[str, Any]] = []
        self._server = _QuietServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    def settings(self, **changes: Any) -> ModelSettings:
        """Settings that lead here, impatient enough for a test."""
        url = f"http://127.0.0.1:{self._server.server_port}/v1"
        if self.part == "down":
            url = "http://127.0.0.1:9/v1"
        given: dict[str, Any] = {"name": "scripted", "base_url": url, "timeout": 5.0, "max_retries": 1}
        return ModelSettings(**(given | changes))

    @contextmanager
    def running(self) -> Iterator[ScriptedModel]:
        """Serve while the block runs."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """The message that the part gives to a request, in the form the request asked for."""
        if self.part == "refusing":
            return {"role": "assistant", "content": "抱歉，我不能回答这个问题。"}
        if self.part == "empty":
            return {"role": "assistant", "content": ""}
        if self.part == "garbled":
            return {"role": "assistant", "content": '{"figures": [{"quote": "预算'}
        prompt = "\n".join(str(message["content"]) for message in request["messages"])
        arguments = json.dumps(self.script(prompt), ensure_ascii=False)
        if request.get("tools") and self.part == "honest":
            function = {"name": request["tools"][0]["function"]["name"], "arguments": arguments}
            call = {"id": "call_1", "type": "function", "function": function}
            return {"role": "assistant", "content": None, "tool_calls": [call]}
        if request.get("response_format") and self.part == "text_only":
            return {"role": "assistant", "content": "好的，结果如下。"}
        if request.get("tools") and self.part in ("json_only", "text_only"):
            return {"role": "assistant", "content": "我没有工具可用。"}
        return {"role": "assistant", "content": f"```json\n{arguments}\n```" if self.part == "text_only" else arguments}

    def said(self, request: dict[str, Any]) -> str:
        """What the part says in plain text."""
        prompt = "\n".join(str(message["content"]) for message in request["messages"])
        script = self.script(prompt)
        return str(script["text"]) if "text" in script else json.dumps(script, ensure_ascii=False)

    def embed(self, request: dict[str, Any]) -> dict[str, Any]:
        """Vectors of three numbers: length of the text, count of 费, one."""
        data = [
            {"object": "embedding", "index": i, "embedding": [float(len(text)), float(text.count("费")), 1.0]}
            for i, text in enumerate(request["input"])
        ]
        return {"object": "list", "data": data, "model": "scripted", "usage": {"prompt_tokens": 1, "total_tokens": 1}}

    def _handler(owner) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                owner.calls[self.path] += 1
                owner.seen.append(request)
                first = owner.calls[self.path] == 1
                if owner.part == "slow":
                    time.sleep(2.0)
                if owner.part == "busy" or (owner.part == "busy_once" and first):
                    return self.reply(429, {"error": {"message": "too many requests"}})
                if owner.part == "unauthorised":
                    return self.reply(401, {"error": {"message": "no such key"}})
                if owner.part == "hollow":
                    return self.reply(200, {})
                if owner.part == "failing":
                    return self.reply(500, {"error": {"message": "internal error"}})
                if self.path.endswith("/embeddings"):
                    return self.reply(200, owner.embed(request))
                if request.get("stream_options") and owner.part == "no_counting":
                    return self.reply(400, {"error": {"message": "unknown field stream_options"}})
                if request.get("stream"):
                    return self.stream(owner.said(request), bool(request.get("stream_options")))
                usage = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
                choice = {"index": 0, "message": owner.answer(request), "finish_reason": "stop"}
                body = {"id": "1", "object": "chat.completion", "created": 0, "model": "scripted"}
                return self.reply(200, body | {"choices": [choice], "usage": usage})

            def reply(self, status: int, body: dict[str, Any]) -> None:
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                if status == 429:
                    self.send_header("Retry-After-Ms", "10")
                self.end_headers()
                if owner.part == "drips":
                    self.drip(data)
                    return
                self.wfile.write(data[: len(data) // 2] if owner.part == "breaks_off" else data)
                if owner.part == "breaks_off":
                    self.wfile.flush()
                    self.close_connection = True

            def stream(self, text: str, counting: bool) -> None:
                """Three characters a chunk, with a pause after each."""
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("Connection", "close")
                self.end_headers()
                head = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}
                for at in range(0, len(text), 3):
                    choice = {"index": 0, "delta": {"content": text[at : at + 3]}, "finish_reason": None}
                    self.wfile.write(f"data: {json.dumps(head | {'choices': [choice]})}\n\n".encode())
                    self.wfile.flush()
                    time.sleep(owner.pause)
                    if owner.part == "stops" and at > len(text) // 2:
                        time.sleep(3.0)
                stop = {"index": 0, "delta": {}, "finish_reason": "stop"}
                self.wfile.write(f"data: {json.dumps(head | {'choices': [stop]})}\n\n".encode())
                usage = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
                if counting:
                    self.wfile.write(f"data: {json.dumps(head | {'choices': [], 'usage': usage})}\n\n".encode())
                self.wfile.write(b"data: [DONE]\n\n")
                self.close_connection = True

            def drip(self, data: bytes) -> None:
                """A byte at a time, each within any timeout between bytes."""
                for byte in data:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(0.1)

        return Handler
