"""A scripted model: `--model scripted` puts it in a language model's place, on loopback, with no network and no key.

It is made to behave as a model of middling skill does: it reads what it is sent and nothing else, it plans, words, reads
passages and judges by rules of thumb, it is sometimes wrong, and one wording in eight breaks the rules it was given. The
same request always gets the same answer. So a run shows what the way through a model does and costs (what is asked, what
is kept, what is thrown away, how many tokens, how much time besides the model's own), and that answers get no worse by a
model that errs. It does not show how clever a real model is, how fast, or how good a retrieval chain is on one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from corpus.money import normalise
from corpus.settings import Settings
from eval.asking import SCRIPTED
from eval.loopback import Loopback, Request
from eval.scripted_reading import answered, proposed
from rag.retrieve import bigrams

_CUES: Sequence[tuple[str, str]] = (
    (r"为什么|原因|怎么回事|why", "reason"),
    (r"占|比重|份额|share|percent of", "share"),
    (r"(?:涨|降|增|减|升|变).*(?:百分|%|率|几成)|growth rate", "rate"),
    (r"比(?:上年|去年)|涨|降|增加|减少|变化|more than|less than|increase|decrease", "change"),
    (r"平均|average", "average"),
    (r"人均|每人|per head", "per_head"),
    (r"相差|差多少|difference", "difference"),
    (r"合计|一共|总共|加起来|together|in total", "sum"),
    (r"哪个单位|谁.*最|排名|最多|最高|most|highest", "rank"),
    (r"近[三3两2]年|历年|趋势|trend", "trend"),
    (r"有哪些项目|列出|which projects", "list"),
    (r"构成|分别|明细|breakdown", "breakdown"),
    (r"什么意思|是指|指的是|what is meant", "define"),
    (r"绩效|目标|指标|target", "targets"),
    (r"矛盾|一致|对不上|consistent", "consistency"),
)
_EVERYDAY: Sequence[tuple[str, str]] = (
    (r"吃|喝|请客|招待|宴", "公务接待费"), (r"买车|购车|新车", "公务用车购置费"),
    (r"油|养车|开车|车", "公务用车运行维护费"), (r"出国|境外|国外", "因公出国（境）费"), (r"出差|机票|车票", "差旅费"),
    (r"开会|会务", "会议费"), (r"培训|讲课|学习|团建", "培训费"), (r"电话|快递|邮|上网|通信", "邮电费"), (r"水", "水费"),
    (r"文具|纸笔|办公用品", "办公费"), (r"租", "租赁费"), (r"保洁|保安|打扫|物业", "物业管理费"),
    (r"修|维护", "维修（护）费"), (r"薪|工资", "基本工资"), (r"年终|奖", "奖金"), (r"公积金", "住房公积金"),
    (r"养老", "机关事业单位基本养老保险缴费"), (r"印", "印刷费"), (r"暖气|取暖", "取暖费"), (r"外包", "委托业务费"),
    (r"工会", "工会经费"), (r"电", "电费"),
)  # fmt: skip
"""What everybody knows without having read a disclosure."""
_ON_BUDGETS = re.compile(r"预算|决算|经费|费|支出|收入|花|钱|元|budget|spen|cost|account|fund", re.I)

_OPENERS = ("您好！您问的情况如下：", "根据公开文件，", "您问的情况如下：\n", "具体来看：", "")
_CLOSERS = ("希望对您有帮助。", "以上信息供您参考。", "", "")
_OPENERS_EN = ("Here is what you asked for: ", "Based on the published documents, ", "")
_SLIPS = 8
"""Of so many wordings one breaks the rules."""


@contextmanager
def standing_in(settings: Settings) -> Iterator[Settings]:
    """The settings with the scripted model served and switched on, where they name it and no endpoint of its name."""
    model = settings.model
    if model.name != SCRIPTED or model.base_url is not None:
        yield settings
        return
    with Loopback(SCRIPTED, say).running() as url:
        yield settings.model_copy(update={"model": model.model_copy(update={"base_url": url, "api_key": None})})


def say(request: Request) -> Mapping[str, Any]:
    """What the model answers to any request of the program's own."""
    sent = request.messages[-1]
    speak = _SPEAKERS.get(request.function)
    if speak is not None:
        return speak(sent)
    worded = next((text for text in request.messages if "<facts>" in text), None)
    return {"text": "好的。"} if worded is None else _word(worded)


def _plan(sent: str) -> Mapping[str, Any]:
    """The form for a question: units and years it names, what is to be done by cue words, accounts by what is known."""
    asked = re.search(r"<q>(.*)\n(.*)</q>", sent, re.S)
    told, question = (asked[1], asked[2]) if asked else ("", sent)
    listed = re.search(r'"units": \[(.*?)\]', told)
    names = re.findall(r'"([^"]+)"', listed[1]) if listed else []
    accounts = [name for pattern, name in _EVERYDAY if re.search(pattern, question)][:1]
    operation = next((op for pattern, op in _CUES if re.search(pattern, question, re.I)), "look_up")
    if not accounts and not _ON_BUDGETS.search(question):
        operation = "out_of_scope"
    return {
        "operation": operation, "units": [name for name in names if _named(name, question)][:1],
        "years": sorted({int(year) for year in re.findall(r"20\d\d", question)}), "accounts": accounts,
    }  # fmt: skip


def _named(name: str, question: str) -> bool:
    """Whether a question names a unit, by its whole name or most of it."""
    said = bigrams(name)
    return name in question or (bool(said) and len(said & bigrams(question)) >= 0.6 * len(said))


def _word(sent: str) -> Mapping[str, Any]:
    """The facts in their order with a phrase before and after; now and then with something that is not allowed."""
    markers = [f"{{{{F{n}}}}}" for n in range(1, len(re.findall(r"(?m)^\{\{F\d+\}\}: ", sent)) + 1)]
    question = re.search(r"<question>(.*?)</question>", sent, re.S)
    chance = _chance(sent)
    english = question is not None and bool(re.search(r"[A-Za-z]{3,} [A-Za-z]{2,}", question[1]))
    openers, closers = (_OPENERS_EN, ("I hope this helps.", "")) if english else (_OPENERS, _CLOSERS)
    text = openers[chance % len(openers)] + "。\n".join(markers) + "。" + closers[chance // 8 % len(closers)]
    return {"text": _slip(text, markers, sent, chance // 64) if chance % _SLIPS == 0 else text}


def _slip(text: str, markers: Sequence[str], sent: str, chance: int) -> str:
    """What models do against their instructions: say a number again, judge, leave something out, run facts together."""
    number = re.search(r"\d[\d,]*\.\d+\s*(?:万元|元|%)", normalise(sent))
    slips = (
        f"{text}也就是说，金额为{number[0]}。" if number else text + "金额不大。",
        text + "总体来看，支出安排较为合理。",
        "。".join(markers[:-1]) + "。" if len(markers) > 1 else "没有查到相关信息。",
        "，".join(markers) + "，比上年有所增加。",
    )
    return slips[chance % len(slips)]


def _chance(text: str) -> int:
    """A number that looks random and is the same for the same text."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16)


def _opinion(sent: str) -> Mapping[str, Any]:
    """Whether an answer says what it must, as leniently as models read: most of the words are enough."""
    needed = re.search(r"Must say: (.*?)\n\nAnswer:\n(.*)", sent, re.S)
    if needed is None:
        return {"says_it": False}
    answer = _flat(needed[2])
    parts = (part.split(" or ") for part in needed[1].split("; "))
    return {"says_it": all(any(_nearly(_flat(one), answer) for one in part) for part in parts)}


def _nearly(need: str, answer: str) -> bool:
    said = bigrams(need)
    return need in answer or (bool(said) and len(said & bigrams(answer)) >= 0.7 * len(said))


def _flat(text: str) -> str:
    return re.sub(r"[\s,，、“”\"*]+", "", normalise(text))


_SPEAKERS = {
    "Wish": _plan, "Worded": _word, "Opinion": _opinion, "ChainAnswer": answered, "Proposal": proposed,
}  # fmt: skip
"""By the name of the function that the program asks for."""
