"""Gold questions for a synthetic disclosure, in the format of `eval.gold`, made from its facts."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from eval.synthetic.blocks import Fact, Key, Paper

_ASKED = {
    "总额",
    "功能分类",
    "经济分类",
    "收入来源",
    "三公经费",
    "机关运行经费",
    "政府采购",
    "项目",
    "国有资产",
    "人员编制",
}
_WORDS = {"国有资本经营预算": "国有资本经营预算", "全部": "", "财政拨款": "财政拨款"}


def questions(paper: Paper, file: str, rng: random.Random, count: int = 15) -> list[dict[str, Any]]:
    """Questions whose answers the facts are, spread over the kinds of account, and two that the document cannot answer."""
    stated: dict[Key, set[tuple[str, str]]] = defaultdict(set)
    for fact in paper.facts():
        stated[fact.key].add((str(fact.value), fact.unit))
    by_kind: dict[str, list[Fact]] = defaultdict(list)
    for fact in {f.key: f for f in reversed(paper.facts())}.values():
        if fact.key.scheme in _ASKED and fact.key.measure in ("金额", "数量", "增减额") and _plain(fact, paper):
            by_kind[fact.key.scheme].append(fact)
    chosen: list[Fact] = []
    queues = {kind: rng.sample(facts, len(facts)) for kind, facts in by_kind.items()}
    while queues and len(chosen) < count - 2:
        for kind in list(queues):
            if not queues[kind]:
                del queues[kind]
            elif len(chosen) < count - 2:
                chosen.append(queues[kind].pop())
    asked = [_asked(paper, file, n, fact) for n, fact in enumerate(chosen, 1)]
    refused = (
        f"{paper.issuer}{paper.year}年的离岸投资收益是多少？",
        f"{paper.issuer}{paper.year + 7}年的预算支出总计是多少？",
    )
    return asked + [
        {"id": f"{file}-r{n}", "question": text, "document": file, "expect": {"kind": "refuse"}, "tags": ["refuse"]}
        for n, text in enumerate(refused, 1)
    ]


def _plain(fact: Fact, paper: Paper) -> bool:
    """Whether the fact can be asked after in one sentence without a second meaning."""
    key = fact.key
    if key.scheme in ("功能分类", "经济分类") and key.flow == "收入":
        return False
    if key.scheme == "功能分类":
        twins = {f.key.account for f in paper.facts() if f.key.scheme == "功能分类" and f.name == fact.name}
        if key.basis != paper.basis or key.year != paper.year:
            return False
        return len(twins) == 1 and key.funding in ("全部", "一般公共预算") and len(key.account) in (3, 7)
    return key.basis == paper.basis


def _asked(paper: Paper, file: str, number: int, fact: Fact) -> dict[str, Any]:
    key = fact.key
    year = f"{key.year}年"
    what = {"总额": key.account, "三公经费": key.account, "收入来源": key.account}.get(key.scheme, fact.name)
    if key.scheme == "收入来源" and not what.endswith(("收入", "结余", "资金")):
        what += "收入"
    if key.scheme == "总额" and key.funding != "全部":
        what = key.funding + key.account.replace("本年支出合计", "支出")
    if key.scheme == "总额" and key.component != "合计":
        what = f"{_WORDS.get(key.funding, key.funding)}{key.component}"
    elif key.scheme == "功能分类":
        what = f"{key.funding if key.funding != '全部' else ''}{fact.name}（{key.account}）"
        what += f"的{key.component}" if key.component != "合计" else ""
    elif key.scheme == "经济分类":
        what = f"一般公共预算基本支出中{fact.name}"
    elif key.scheme == "政府采购":
        what = key.account if key.account == "政府采购" else f"政府采购{key.account}"
    ending = "比上年增减多少" if key.measure == "增减额" else "有多少" if key.measure == "数量" else "是多少"
    basis = paper.basis if key.scheme not in ("国有资产", "人员编制") else ""
    expect: dict[str, Any] = {"kind": "number", "value": str(fact.value), "unit": fact.unit}
    if key.measure == "增减额":
        expect["sign"] = "either"
    return {
        "id": f"{file}-{number}", "question": f"{paper.issuer}{year}{basis}{what}{ending}？", "document": file,
        "expect": expect, "tags": [key.scheme],
    }  # fmt: skip


def as_fact(fact: Fact) -> dict[str, str]:
    """A fact as the truth file keeps it."""
    k = fact.key
    return {
        "scheme": k.scheme, "account": k.account, "flow": k.flow, "funding": k.funding, "component": k.component,
        "measure": k.measure, "year": str(k.year), "basis": k.basis, "value": str(fact.value), "unit": fact.unit,
        "name": fact.name, "table": fact.table,
    }  # fmt: skip


def together(papers: Sequence[tuple[Paper, str]], rng: random.Random) -> list[dict[str, Any]]:
    """The questions of several documents."""
    return [question for paper, file in papers for question in questions(paper, file, rng)]
