"""`python -m eval.synthetic --seed N --out DIR [--format txt …] [--layout yuan …] [--family NAME …] [--plant]`: invent and draw."""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from eval.synthetic.blocks import Paper
from eval.synthetic.budgets import BUDGETS
from eval.synthetic.finals import FINALS
from eval.synthetic.layouts import LAYOUTS
from eval.synthetic.more_budgets import MORE
from eval.synthetic.more_finals import MORE_FINALS
from eval.synthetic.old_finals import OLD_FINALS
from eval.synthetic.plant import plant
from eval.synthetic.provinces import PROVINCES
from eval.synthetic.questions import as_fact, questions
from eval.synthetic.render import FORMATS, draw, page, print_page
from eval.synthetic.unit import invent

FAMILIES = {**BUDGETS, **MORE, **PROVINCES, **FINALS, **MORE_FINALS, **OLD_FINALS}


def invented(family: str, seed: int) -> Paper:
    """One family's disclosure of an invented unit; the same seed gives the same document."""
    rng = random.Random(f"{family}{seed}")
    write, kind = FAMILIES[family]
    if family not in ("hospital", "short", "sichuan", "beijing") and rng.random() < 0.3:
        kind = rng.choice(("bureau", "town", "court"))
    return write(invent(rng, kind, rng.randint(2021, 2026), cents=family in ("hospital", "short", "beijing")))


def main() -> None:
    """Write documents and their truth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--format", nargs="*", choices=FORMATS, help="default: one format for each family, by turns")
    parser.add_argument("--family", nargs="*", choices=sorted(FAMILIES), default=list(FAMILIES))
    parser.add_argument(
        "--layout", nargs="*", choices=sorted(LAYOUTS), default=[], help="print in these layouts instead"
    )
    parser.add_argument("--producer", choices=("weasyprint", "chromium"), help="of layouts; default: by turns")
    parser.add_argument("--plant", action="store_true", help="put one contradiction into each document")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for turn, family in enumerate(given.family):
        paper = invented(family, given.seed)
        rng = random.Random(given.seed)
        if given.plant:
            plant(paper, rng)
        plain = paper
        for form in given.layout or given.format or [FORMATS[(given.seed + turn) % len(FORMATS)]]:
            file = f"{plain.name}-{family}.{form}"
            if given.layout:
                layout = LAYOUTS[form]
                paper = layout.change(plain)
                file += ".pdf"
                producer = given.producer or ("weasyprint", "chromium")[turn % 2]
                print_page(page(paper, layout.css, layout.marks), producer, given.out / file)
            else:
                draw(paper, form, given.out / file)
            truth = {
                "family": family, "seed": given.seed, "issuer": paper.issuer, "year": paper.year, "basis": paper.basis,
                "planted": paper.planted, "where": paper.where, "facts": [as_fact(fact) for fact in paper.facts()],
                "questions": questions(paper, file, rng),
            }  # fmt: skip
            text = json.dumps(truth, ensure_ascii=False, indent=1)
            (given.out / f"{file}.truth.json").write_text(text, encoding="utf-8")
            print(file)


if __name__ == "__main__":
    main()
