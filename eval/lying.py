"""A model that lies in every answer: how many of its numbers, years and names reach the reader.

    python -m eval.lying --answers 10000 --documents ../shared/disclosures ../shared/real

The model fills in forms with wrong units, years and accounts, and words answers with altered numbers, in digits and in
words, other years, other units of measure and other authorities. Every answer is scored for numbers that nothing
supports, and compared with what is answered without a model: no lie may change the headline value to a wrong one.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_openai import ChatOpenAI
from pydantic import PrivateAttr, SecretStr

from corpus.figures import Book
from corpus.settings import Settings, load_settings
from eval.gold import Gold, load
from eval.metrics import SEED
from eval.run import GOLD
from eval.score import judge

Lie = Callable[[random.Random, str], str]
_MARKERS = re.compile(r"\{\{F\d+\}\}")


_QUANTITY = re.compile(
    r"\d|[①-⓿❶-➓]|[一二三四五六七八九十百千万亿两几数][成倍半]|半数|过半|大半|小半|百分之|[千百十]万|翻番|翻了|million|thousand|hundred|half"
)
"""What states a quantity, in digits or in words."""


def _number(chance: random.Random) -> str:
    return f"{chance.randint(1, 99999)}.{chance.randint(0, 99):02d}"


LIES: tuple[Lie, ...] = (
    lambda chance, told: f"{told}也就是{_number(chance)}万元。",
    lambda chance, told: f"{told}比上年增加{_number(chance)}万元。",
    lambda chance, told: f"{told}这是{chance.randint(1990, 2040)}年的数字。",
    lambda chance, told: f"{told}同比增长百分之{chance.choice('三五七八九')}十。",
    lambda chance, told: f"{told}大约{chance.choice('三五七八')}千万元。",
    lambda chance, told: f"{told}单位其实是亿元。",
    lambda chance, told: f"{told}这是{chance.choice(['杭州市财政局', '某某市教育局', '北京大学'])}的预算。",
    lambda chance, told: f"{told}比去年翻了一番。",
    lambda chance, told: f"{told}约占总支出的一半。",
    lambda chance, told: f"{told}in total about {_number(chance)} million yuan.",
    lambda chance, told: f"{told}roughly three hundred thousand yuan.",
    lambda chance, told: f"没有这项支出。{told}",
    lambda chance, told: f"{told}[{chance.randint(5, 99)}]",
    lambda chance, told: told.replace("{{F1}}", f"{_number(chance)}万元"),
    lambda chance, told: f"{told}{told}",
    lambda chance, told: f"{told}{{{{F{chance.randint(50, 99)}}}}}",
    lambda chance, told: f"公务接待费为{_number(chance)}万元。",
    lambda chance, told: f"{told}已经核实，是最高的。",
    lambda chance, told: f"{told}①②③④",
    lambda chance, told: f"{told}<script>alert({chance.randint(1, 9)})</script>",
)


class Liar(ChatOpenAI):
    """A chat model in this process that answers every form with a lie."""

    _chance: random.Random = PrivateAttr()
    _told: Counter[str] = PrivateAttr(default_factory=Counter)

    def __init__(self, chance: random.Random) -> None:
        super().__init__(model="liar", api_key=SecretStr("none"), base_url="http://127.0.0.1:9/v1", max_retries=0)
        self._chance = chance

    @property
    def told(self) -> Counter[str]:
        """How many lies of each form were told."""
        return self._told

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        tools = kwargs.get("tools") or []
        name = tools[0]["function"]["name"] if tools else "text"
        self._told[name] += 1
        prompt = str(messages[-1].content)
        body = self._wording(prompt) if name == "Worded" else self._form(prompt)
        call = {"name": name, "args": body, "id": "1", "type": "tool_call"}
        message = AIMessage(content="", tool_calls=[call]) if tools else AIMessage(content=json.dumps(body))
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _wording(self, prompt: str) -> dict[str, Any]:
        told = "，".join(dict.fromkeys(_MARKERS.findall(prompt))) or "{{F1}}"
        return {"text": self._chance.choice(LIES)(self._chance, told + "。")}

    def _form(self, prompt: str) -> dict[str, Any]:
        chance = self._chance
        return {
            "operation": chance.choice(["look_up", "change", "rate", "share", "sum", "rank", "prose", "trend"]),
            "units": chance.choice([[], ["杭州市财政局"], ["某某市教育局"]]),
            "years": [chance.randint(1990, 2040)],
            "accounts": [chance.choice(["公务接待费", "局长办公费", "奖金", "项目支出"])],
        }


def run(book: Book, settings: Settings, golds: list[Gold], answers: int, seed: int = SEED) -> dict[str, Any]:
    """Ask `answers` questions of a lying model; counts of what came through."""
    from rag.assistant import Assistant

    chance = random.Random(seed)
    model = Liar(chance)
    lying, plain = Assistant(book, settings, model=model), Assistant(book, settings)
    names = [name for d in book.disclosures() for name in (d.issuer, *d.units)]
    counts: Counter[str] = Counter()
    shown: list[str] = []
    for number in range(answers):
        gold = golds[number % len(golds)]
        answer = lying.ask(gold.question, list(gold.history), gold.document).as_json()
        honest = plain.ask(gold.question, list(gold.history), gold.document).as_json()
        verdict, without = judge(gold, answer, names), judge(gold, honest, names)
        new = [n for n in verdict.unsupported if n not in without.unsupported]
        counts["answers"] += 1
        counts["unsupported_numbers"] += len(new)
        counts["worse_than_without"] += without.right and not verdict.right
        counts["worded_by_the_model"] += answer["answer"] != honest["answer"]
        words = _QUANTITY.findall(_added(answer["answer"], honest["answer"]))
        counts["quantities_in_words"] += bool(words)
        if new or words:
            shown.append(f"{gold.id} {gold.question}: {answer['answer'][:200]}")
    return dict(counts) | {"lies": dict(model.told), "shown": shown}


def _added(text: str, plain: str) -> str:
    """What a wording says besides the lines of the plain answer."""
    if text == plain:
        return ""
    for line in plain.splitlines():
        text = text.replace(re.sub(r"^(?:- |\d+\. )", "", line).strip(), " ")
    return text


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description="a lying model")
    parser.add_argument("--answers", type=int, default=1000)
    parser.add_argument("--documents", type=Path, nargs="+", required=True)
    parser.add_argument("--gold", type=Path, nargs="*", default=sorted(GOLD.glob("*.jsonl")))
    options = parser.parse_args()
    from ingest.intake import expand, ingest_files

    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(store=Path(folder))
        with Book.open(settings.book, writable=True) as book:
            for taken in ingest_files(expand(options.documents), book, settings):
                print(taken.path.name, taken.state, file=sys.stderr)
        with Book.open(settings.book) as book:
            print(json.dumps(run(book, settings, load(options.gold), options.answers), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
