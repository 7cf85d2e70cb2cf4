"""An OpenAI-compatible endpoint on loopback whose answers a function makes: for models that are scripted, not trained.

It speaks the protocol as far as LangChain needs it: function calls, JSON, plain text and streams, with tokens counted.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
_PIECE = 5
"""Characters in one chunk of a stream."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the model is sent: the texts of the messages in order, and the function it is to call, "" for none."""

    messages: tuple[str, ...]
    function: str = ""


Speak = Callable[[Request], Mapping[str, Any]]
"""From a request to the arguments of the function; where plain text is asked for, its "text" is said."""


class Loopback:
    """Serves what `speak` says under the model name `name`."""

    def __init__(self, name: str, speak: Speak) -> None:
        self._name, self._speak = name, speak
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self._reply))
        self._server.daemon_threads = True

    @contextmanager
    def running(self) -> Iterator[str]:
        """Serve while the block runs; gives the endpoint's base URL."""
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{self._server.server_port}/v1"
        finally:
            self._server.shutdown()
            self._server.server_close()

    def _reply(self, request: Mapping[str, Any]) -> tuple[bytes, str]:
        tools = request.get("tools") or ()
        function = str(tools[0]["function"]["name"]) if tools else ""
        messages = tuple(str(message["content"]) for message in request["messages"])
        said = self._speak(Request(messages, function))
        text = json.dumps(said, ensure_ascii=False)
        usage = _usage([*messages, json.dumps(tools, ensure_ascii=False) if tools else ""], text)
        if request.get("stream"):
            counted = usage if (request.get("stream_options") or {}).get("include_usage") else None
            return _streamed(self._name, str(said.get("text", text)), counted), "text/event-stream"
        message: dict[str, Any] = {"role": "assistant", "content": text}
        if function:
            call = {"name": function, "arguments": text}
            message |= {"content": None, "tool_calls": [{"id": "1", "type": "function", "function": call}]}
        body = {
            "id": "1", "object": "chat.completion", "created": 0, "model": self._name,
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": usage,
        }  # fmt: skip
        return json.dumps(body).encode(), "application/json"


def tokens_in(text: str) -> int:
    """About how many tokens a tokenizer of today makes of a text: one a Chinese character, one for four others."""
    han = len(_HAN.findall(text))
    return han + -(-(len(text) - han) // 4)


def _usage(sent: Sequence[str], said: str) -> dict[str, int]:
    given, made = sum(map(tokens_in, sent)), tokens_in(said)
    return {"prompt_tokens": given, "completion_tokens": made, "total_tokens": given + made}


def _streamed(name: str, text: str, usage: Mapping[str, int] | None) -> bytes:
    """A text as server-sent events."""
    head = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": name}
    parts: list[dict[str, Any]] = [
        {"index": 0, "delta": {"content": text[at : at + _PIECE]}, "finish_reason": None}
        for at in range(0, len(text), _PIECE)
    ]
    parts.append({"index": 0, "delta": {}, "finish_reason": "stop"})
    events: list[dict[str, Any]] = [head | {"choices": [part]} for part in parts]
    if usage is not None:
        events.append(head | {"choices": [], "usage": dict(usage)})
    return "".join([*(f"data: {json.dumps(event)}\n\n" for event in events), "data: [DONE]\n\n"]).encode()


def _handler(reply: Callable[[Mapping[str, Any]], tuple[bytes, str]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body leave together: else the client's kernel holds its receipt back for 40 ms

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            data, kind = reply(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return Handler
