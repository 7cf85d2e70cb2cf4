"""The retrieval chain as a baseline, against a scripted model on loopback."""

from __future__ import annotations

import json
from pathlib import Path

from scripted_model import ScriptedModel

from corpus.settings import Settings
from eval.baselines import Chunk
from eval.chain import RetrievalChain
from eval.gold import load
from eval.judge import kappa, second_opinions
from eval.metrics import score

CHUNKS = [
    Chunk("甲.pdf", 3, "甲单位2026年公务接待费3.00万元"),
    Chunk("乙.pdf", 5, "乙单位2026年办公费1.30万元"),
]


def test_the_chain_answers_in_the_shape_of_the_contract_and_counts_tokens() -> None:
    said = {"status": "answered", "answer": "3.00万元", "value": "3.00", "unit": "万元", "excerpts": [1, 9]}
    model = ScriptedModel(lambda prompt: said)
    with model.running():
        chain = RetrievalChain(CHUNKS, Settings(model=model.settings()))
        answer = chain.ask("甲单位2026年公务接待费是多少", [], "甲.pdf")
    assert answer["result"] == {"value": "3.00", "unit": "万元", "status": "single", "formula": None}
    assert [(c["document"], c["page"]) for c in answer["citations"]] == [("甲.pdf", 3)]
    assert answer["tokens"]["input"] > 0
    assert "乙单位" not in str(model.seen[-1])


def test_a_judge_gives_an_opinion_and_decides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    expect = {"kind": "text", "contain": ["基本支出增加"]}
    lines = [{"id": f"g{n}", "question": "为什么?", "expect": expect} for n in range(3)]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    texts = ["因为基本支出增加", "因为项目支出增加", "不知道"]
    answers = [{"status": "answered", "answer": text, "citations": []} for text in texts]
    scored = score(zip(load([path]), answers, strict=True))
    model = ScriptedModel(lambda prompt: {"says_it": "不知道" not in prompt})
    with model.running():
        found = second_opinions(scored, Settings(model=model.settings()))
    assert [s.verdict.right for s in scored] == [True, False, False]
    assert (found["judged"], found["agreement"], found["differing"]) == (3, 0.6667, ["g1"])


def test_agreement_is_corrected_for_chance() -> None:
    assert kappa([]) is None
    assert kappa([(True, True)] * 4) is None
    assert kappa([(True, True), (False, False)]) == 1.0
    assert kappa([(True, True), (True, False), (False, True), (False, False)]) == 0.0
