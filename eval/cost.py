"""What a model's part in an evaluation cost: tokens by price, exactly. Without both prices there is no cost."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.settings import ModelSettings

if TYPE_CHECKING:
    from ingest.extraction import ExtractionReport

_MILLION = Decimal(1_000_000)
NO_PRICE = "no price is set (MINGZHANG_MODEL__INPUT_PRICE, MINGZHANG_MODEL__OUTPUT_PRICE), so no cost is told"


def cost(tokens: Mapping[str, int], questions: int, model: ModelSettings) -> dict[str, Any] | None:
    """What these tokens cost, in all and for one question, as decimal text with the currency; None without prices.

    >>> from decimal import Decimal
    >>> prices = ModelSettings(input_price=Decimal("2"), output_price=Decimal("8"))
    >>> cost({"input": 1_500_000, "output": 250_000}, 1000, prices)
    {'currency': 'CNY', 'total': '5.0000', 'per_question': '0.005000'}
    """
    if model.input_price is None or model.output_price is None:
        return None
    total = (tokens.get("input", 0) * model.input_price + tokens.get("output", 0) * model.output_price) / _MILLION
    each = total / questions if questions else Decimal(0)
    return {"currency": model.currency, "total": f"{total:.4f}", "per_question": f"{each:.6f}"}


class Reading:
    """What a model's reading of documents gave and took, kept in a file: a run that goes on does not read them again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8")) if path.exists() else {}

    def add(self, document: str, report: ExtractionReport) -> None:
        """Note what the reading of one document came to."""
        self._kept[document] = {
            "passages": report.passages, "proposed": report.proposed, "kept": report.kept,
            "rejected": {str(reason): count for reason, count in report.rejected.items()},
            "failed": dict(report.failed), "tokens": {"input": report.input_tokens, "output": report.output_tokens},
        }  # fmt: skip
        self._path.write_text(json.dumps(self._kept, ensure_ascii=False), encoding="utf-8")

    def total(self, documents: Collection[str], model: ModelSettings) -> dict[str, Any]:
        """The sums over documents, with the cost of them all and of one."""
        rows = [self._kept[name] for name in documents if name in self._kept]
        counted = {key: sum(row[key] for row in rows) for key in ("passages", "proposed", "kept")}
        counters: dict[str, Counter[str]] = {key: Counter() for key in ("rejected", "failed", "tokens")}
        for row in rows:
            for key, counter in counters.items():
                counter.update(row[key])
        summed = {key: dict(counter.most_common()) for key, counter in counters.items()}
        return {**counted, **summed, "cost": cost(summed["tokens"], len(documents), model)}
