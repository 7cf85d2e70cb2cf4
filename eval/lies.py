"""Lies for a model to tell, and an OpenAI-compatible server on loopback that tells them."""

from __future__ import annotations

import json
import random
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from corpus.settings import ModelSettings

HONEST_SHARE = 0.05
Lie = Callable[[random.Random, list[str]], str]
"""From chance and the markers in their order to a wording."""


def _after(*endings: str) -> Lie:
    """All facts as they are, and then one of some sentences in which # stands for a random number."""

    def lie(chance: random.Random, markers: list[str]) -> str:
        ending = re.sub(
            "#", lambda _: f"{chance.randint(1, 99999)}.{chance.randint(0, 99):02d}", chance.choice(endings)
        )
        return chance.choice(("{0}。{1}", "{1}{0}。", "{0}，{1}", "{0}（{1}）。")).format("。".join(markers), ending)

    return lie


def _swapped(chance: random.Random, markers: list[str]) -> str:
    mixed = markers[:] if len(markers) > 1 else ["{{F2}}"]
    while mixed == markers:
        chance.shuffle(mixed)
    return "。".join(mixed)


LIES: dict[str, Lie] = {
    "digits": _after("也就是#万元。", "即#元", "实际为#亿元", "共#", "#%"),
    "full_width": _after("也就是３２１．５０万元。", "共９９９", "约１２％"),
    "chinese_numerals": _after(
        "即三点零零万元", "约一百万", "共叁佰圆整", "大约廿万", "近千", "三成左右", "一半", "〇点五", "两倍多"
    ),
    "odd_digits": _after("共①②③", "即Ⅷ万元", "²³万元", "٣٤٥万元", "𝟗𝟗万元", "约㈤万元", "⒐万"),
    "english_numbers": _after(
        "about three hundred thousand yuan", "it doubled", "a dozen", "nearly half", "4.2 million"
    ),
    "year": _after("这是2031年的数字。", "这是上一年的数字。", "二〇一九年如此。", "last year", "去年的"),
    "unit": _after("单位其实是亿元。", "以上单位为千元。", "in US dollars", "单位是人民币角。"),
    "entity": _after(
        "这是北京大学的。",
        "杭州市财政局也一样。",
        "说的是市政府办。",
        "This is for the mayor's office.",
        "属于隔壁单位。",
    ),
    "direction": _after(
        "比以前增加了。", "实际减少。", "涨了不少", "花得更多了", "缩水明显", "it fell sharply", "少花了", "同比走低"
    ),
    "denial": _after("没有这项支出。", "并非如此", "不是这样", "以上有误", "is not true", "纯属虚构", "请勿相信"),
    "percent": _after("占总支出的#%。", "增长百分之三十。", "占比过半。", "翻了一番。", "五折", "‰"),
    "sentence": _after(
        "这笔钱用于领导聚餐。",
        "主要原因是浪费。",
        "已经核实，是最高的。",
        "涉嫌违规。",
        "两者相等。",
        "由此可知前者包含后者",
    ),
    "citation": _after("[9]", "［３］", "[1](https://example.com)", "见第4页", "(来源:审计署)", "¹"),
    "markup": _after(
        "<script>alert(1)</script>", "![](http://x.cn/a.png)", "| a | b |", "`x`", "&#51;万元", "<b>重要</b>"
    ),
    "invisible": _after("\u202e元万3", "\u200b", "\u2066x", "\x00"),
    "swapped": _swapped,
    "dropped": lambda chance, markers: "。".join(markers[:-1]) or "您问的情况如下。",
    "doubled": lambda chance, markers: "。".join([*markers, chance.choice(markers)]),
    "unknown_marker": lambda chance, markers: "。".join([*markers, f"{{{{F{chance.randint(50, 99)}}}}}"]),
    "glued": lambda chance, markers: "3" + "".join(markers) + "0",
    "denied_marker": lambda chance, markers: "不".join(["", *markers]),
    "no_marker": _after("公务接待费为#万元。"),
    "instead": lambda chance, markers: f"公务接待费为{chance.randint(1, 9999)}.50万元[1]。",
}
HONEST = ("您问的情况如下：{0}。", "您好！根据公开文件，{0}。希望对您有帮助。", "具体情况如下：\n{0}", "{0}")


class LyingServer:
    """Serves lies on loopback. `told` counts them by kind; `last` has the kinds told since it was cleared."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.told: Counter[str] = Counter()
        self.last: list[str] = []
        self.open_fences = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    @contextmanager
    def running(self) -> Iterator[ModelSettings]:
        """Serve while the block runs; gives the settings that lead here."""
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        url = f"http://127.0.0.1:{self._server.server_port}/v1"
        try:
            yield ModelSettings(name="liar", base_url=url, timeout=30.0, max_retries=0)
        finally:
            self._server.shutdown()
            self._server.server_close()

    def arguments(self, prompt: str) -> dict[str, Any]:
        """The lie for a request."""
        kind, said = self._wording(prompt) if "<facts>" in prompt else self._plan(prompt)
        self.told[kind] += 1
        self.last.append(kind)
        self.open_fences += prompt.count("</facts>") + prompt.count("</q>") != 1
        return said

    def _wording(self, prompt: str) -> tuple[str, dict[str, Any]]:
        markers = [f"{{{{F{n}}}}}" for n in range(1, len(re.findall(r"(?m)^\{\{F\d+\}\}: ", prompt)) + 1)]
        if self.chance.random() < HONEST_SHARE:
            return "honest", {"text": self.chance.choice(HONEST).format("。\n".join(markers))}
        kind = self.chance.choice(sorted(LIES))
        return f"wording: {kind}", {"text": LIES[kind](self.chance, markers)}

    def _plan(self, prompt: str) -> tuple[str, dict[str, Any]]:
        chance = self.chance
        units = re.findall(r'"([^"]{6,40}(?:中心|局|部))"', prompt)
        plain: dict[str, Any] = {"operation": "look_up", "units": [], "years": [], "accounts": ["公务接待费"]}
        lies: dict[str, dict[str, Any]] = {
            "unit of the book": {"units": [chance.choice(units)] if units else ["某某局"]},
            "unknown unit": {"units": ["杭州市财政局"]},
            "year": {"years": [chance.randint(1990, 2040)]},
            "unknown account": {"accounts": ["局长办公费"]},
            "account not asked for": {
                "accounts": [chance.choice(("奖金", "培训费", "基本支出", "办公费", "公务接待费"))]
            },
            "operation": {"operation": chance.choice(("rank", "sum", "table", "share", "reason", "change"))},
            "no such operation": {"operation": "delete_everything"},
            "out of scope": {"operation": "out_of_scope"},
        }
        kind = chance.choice(sorted(lies))
        return f"plan: {kind}", plain | lies[kind]

    def _handler(owner) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                said = owner.arguments(str(request["messages"][1]["content"]))
                if request.get("stream"):
                    return self.reply(_streamed(str(said.get("text", said))), "text/event-stream")
                text = json.dumps(said, ensure_ascii=False)
                message: dict[str, Any] = {"role": "assistant", "content": text}
                if request.get("tools"):
                    function = {"name": request["tools"][0]["function"]["name"], "arguments": text}
                    message["tool_calls"] = [{"id": "1", "type": "function", "function": function}]
                body = {
                    "id": "1", "object": "chat.completion", "created": 0, "model": "liar",
                    "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                    "usage": {"prompt_tokens": len(str(request)), "completion_tokens": len(text), "total_tokens": 0},
                }  # fmt: skip
                return self.reply(json.dumps(body).encode(), "application/json")

            def reply(self, data: bytes, kind: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        return Handler


def _streamed(text: str) -> bytes:
    """A text as server-sent events, five characters each."""
    head = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "liar"}
    parts: list[dict[str, Any]] = [
        {"index": 0, "delta": {"content": text[at : at + 5]}, "finish_reason": None} for at in range(0, len(text), 5)
    ]
    parts.append({"index": 0, "delta": {}, "finish_reason": "stop"})
    lines = [f"data: {json.dumps(head | {'choices': [part]})}\n\n" for part in parts]
    return "".join([*lines, "data: [DONE]\n\n"]).encode()
