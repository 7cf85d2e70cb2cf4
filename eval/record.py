"""The recorded score of the quick set, which a change must not fall below.

python -m eval.record           # record it anew
python -m eval.record --check   # tell what changed, question by question; exit 1 when the score has fallen
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from eval.compare import changes, compare, earlier, recorded
from eval.report import answer_row
from eval.run import BUNDLED_GOLD, GOLD, Run, evaluate

RECORDED = GOLD / "recorded.json"


def record(run: Run, path: Path = RECORDED) -> None:
    """Write the answers of a run in short, one question a line, and how many right answers cite the right place."""
    cited = sum(s.verdict.cited is not False for s in run.scored)
    head = {"right": sum(run.verdicts.values()), "cited": cited, "unsupported": _unsupported(run)}
    rows = {s.gold.id: json.dumps(answer_row(s), ensure_ascii=False) for s in run.scored}
    answers = ",\n".join(f"{json.dumps(id, ensure_ascii=False)}: {row}" for id, row in rows.items())
    verdicts = json.dumps(run.verdicts, ensure_ascii=False)
    path.write_text(
        f'{json.dumps(head)[:-1]},\n"verdicts": {verdicts},\n"answers": {{"{run.name}": {{\n{answers}\n}}}}}}\n',
        encoding="utf-8",
    )


def changed(run: Run, path: Path = RECORDED) -> list[str]:
    """Every question whose verdict or answer is another than the recorded one, a line each; lost ones first."""
    now = {s.gold.id: answer_row(s) for s in run.scored}
    questions = {s.gold.id: {"question": s.gold.question} for s in run.scored}
    return [f"{id} {question}: was {was}, is now {is_now}" for id, question, was, is_now in changes(
        earlier(path), now, questions,
    )]  # fmt: skip


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
    """Evaluate the bundled editions and record what came out, or lay it beside what is recorded."""
    from corpus.settings import load_settings

    parser = argparse.ArgumentParser(description="the recorded score of the quick set")
    parser.add_argument("--check", action="store_true", help="tell what changed; exit 1 when the score has fallen")
    checking: bool = parser.parse_args().check
    editions = Path(__file__).resolve().parents[1] / "corpus" / "editions"
    run = evaluate([BUNDLED_GOLD], load_settings(), documents=sorted(editions.glob("*.pdf")), vectors=False).runs[0]
    right = f"{sum(run.verdicts.values())} of {len(run.verdicts)} right"
    if not checking:
        record(run)
        print(f"{right}, recorded in {RECORDED}", file=sys.stderr)
        return
    lost = fallen(run)
    print(right, *(changed(run) or ["nothing changed"]), *([lost] if lost else []), sep="\n")
    raise SystemExit(1 if lost else 0)


if __name__ == "__main__":
    main()
