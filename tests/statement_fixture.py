"""Tables written as text with tabs, read through the pipeline's own steps up to figures."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from corpus.disclosure import Basis, Disclosure, Level, Table
from corpus.figure import Figure, Measure, Scheme
from ingest.grids.joining import join
from ingest.layout.identity import identify
from ingest.layout.layout import Layout, lay_out
from ingest.readers.text import read_text
from ingest.tables.facts import table_figures
from ingest.tables.statements import recognise

SHARED = Path(__file__).resolve().parents[2] / "shared"
ISSUER = "某市财政局"
BRANCH = "某市财政国库支付中心"


def disclosure(basis: Basis = Basis.BUDGET, year: int = 2024) -> Disclosure:
    return Disclosure(
        "某.txt", "0", "某", ISSUER, Level.DEPARTMENT, year, basis, "", "txt", None, units=(ISSUER, BRANCH)
    )


def read(text: str, basis: Basis = Basis.BUDGET) -> tuple[Layout, list[Table], list[Figure]]:
    layout = lay_out(join(read_text(text.encode())))
    tables = recognise(layout, disclosure(basis))
    return layout, tables, table_figures(tables, disclosure(basis))


@cache
def shared(name: str) -> tuple[Layout, list[Table], list[Figure], Disclosure]:
    """A shared text disclosure whose name begins so; skips the test where it is not there."""
    found = sorted(SHARED.glob(f"disclosures/{name}*.txt"))
    if not found:
        pytest.skip("the shared disclosures are not here")
    data = found[0].read_bytes()
    pages = join(read_text(data))
    layout = lay_out(pages)
    who = identify(found[0].name, data, layout, pages)
    tables = recognise(layout, who)
    return layout, tables, table_figures(tables, who), who


def pick(
    figures: list[Figure],
    scheme: Scheme,
    account: str,
    *,
    funding: str | None = None,
    component: str | None = None,
    measure: Measure = Measure.AMOUNT,
    **others: object,
) -> list[Figure]:
    """The figures of an account (its name or code) that fit."""
    return [
        figure
        for figure in figures
        if figure.scheme is scheme
        and account in (figure.account, figure.code)
        and figure.measure is measure
        and funding in (None, figure.funding)
        and component in (None, figure.component)
        and all(getattr(figure, key) == value for key, value in others.items())
    ]


def values(figures: list[Figure]) -> list[str]:
    """The amounts, or why there are none, each once, in order."""
    return list(
        dict.fromkeys(str(f.amount) if f.amount else str(f.absence.value if f.absence else "") for f in figures)
    )
