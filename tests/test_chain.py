"""The retrieval chain as a baseline, against a scripted model on loopback."""

from __future__ import annotations

from scripted_model import ScriptedModel

from corpus.settings import Settings
from eval.baselines import Chunk
from eval.chain import RetrievalChain

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
