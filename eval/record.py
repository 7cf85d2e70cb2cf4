"""The recorded score of the quick set, which a change must not fall below: `python -m eval.record` records it anew."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from eval.compare import compare, recorded
from eval.run import BUNDLED_GOLD, GOLD, Run, evaluate

RECORDED = GOLD / "recorded.json"


def record(run: Run, path: Path = RECORDED) -> None:
    """Write the verdicts of a run, one question a line, and how many right answers cite the right place."""
    cited = {s.gold.id: s.verdict.cited is not False for s in run.scored}
    body = {
        "right": sum(run.verdicts.values()), "cited": sum(cited.values()), "unsupported": _unsupported(run),
        "verdicts": run.verdicts,
    }  # fmt: skip
    path.write_text(json.dumps(body, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def fallen(run: Run, path: Path = RECORDED) -> str:
    """ "" when the run is not below the recorded score, else what changed, question by question."""
    before: Mapping[str, bool] = recorded(path)
    change = compare(before, run.verdicts)
    if change.now >= change.before and not _less_proven(run, path):
        return ""
    by_id = {s.gold.id: s for s in run.scored}
    lines = [f"{change.now} of {change.questions} right, recorded were {change.before}"]
    for id in change.lost:
        scored = by_id[id]
        lines.append(f"lost   {id} {scored.gold.question}: {scored.verdict.failure} {scored.verdict.detail}")
        lines.append(f"         said: {str(scored.answer.get('answer'))[:160]}")
    lines += [f"gained {id} {by_id[id].gold.question}" for id in change.gained]
    lines += [f"place  {s.gold.id} {s.gold.question}" for s in run.scored if s.verdict.cited is False]
    loose = [s for s in run.scored if s.verdict.unsupported]
    lines += [f"number {s.gold.id} {s.gold.question}: {s.verdict.unsupported}" for s in loose]
    return "\n".join([*lines, "When this is meant: python -m eval.record"])


def _less_proven(run: Run, path: Path) -> bool:
    """Whether fewer answers cite the right place than were recorded, or more numbers are unsupported."""
    before = json.loads(path.read_text(encoding="utf-8"))
    cited = sum(s.verdict.cited is not False for s in run.scored)
    return cited < int(before["cited"]) or _unsupported(run) > int(before["unsupported"])


def _unsupported(run: Run) -> int:
    return sum(len(s.verdict.unsupported) for s in run.scored)


def main() -> None:
    """Evaluate the bundled editions and record the verdicts."""
    from corpus.settings import load_settings

    editions = Path(__file__).resolve().parents[1] / "corpus" / "editions"
    documents = sorted(editions.glob("*.pdf"))
    run = evaluate([BUNDLED_GOLD], load_settings(), documents=documents, vectors=False).runs[0]
    record(run)
    print(f"{sum(run.verdicts.values())} of {len(run.verdicts)} right, recorded in {RECORDED}", file=sys.stderr)


if __name__ == "__main__":
    main()
