"""Lies for a model to tell, and an OpenAI-compatible server on loopback that tells them."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from corpus.settings import ModelSettings
from eval.loopback import Loopback

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
        self._loopback = Loopback("liar", lambda request: self.arguments(request.messages[1]))

    @contextmanager
    def running(self) -> Iterator[ModelSettings]:
        """Serve while the block runs; gives the settings that lead here."""
        with self._loopback.running() as url:
            yield ModelSettings(name="liar", base_url=url, timeout=30.0, max_retries=0)

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
