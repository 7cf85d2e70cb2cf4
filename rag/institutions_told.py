"""How institutions that a document lists are told: their amounts, printed words and places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.disclosure import Cell
from corpus.figure import Figure, Scheme
from corpus.locator import Locator
from corpus.money import Amount
from rag import calculate
from rag.answer import Result, show
from rag.desk import Desk
from rag.institutions import Body, Column, Listing
from rag.values import Value

_POSTS, _PRESENT = ("编制人数",), ("在职人员", "实有人员")


class InstitutionsTold:
    """What one listing prints of its institutions, in the words of an answer."""

    def __init__(self, desk: Desk, listing: Listing) -> None:
        self.desk, self.listing, self.text = desk, listing, desk.plan.text

    def _gap(self, body: Body) -> Value | None:
        posts, present = self._first(body, _POSTS), self._first(body, _PRESENT)
        return None if posts is None or present is None else calculate.difference(posts, present)

    def _first(self, body: Body, accounts: Sequence[str]) -> Value | None:
        columns = [c for account in accounts for c in self.listing.columns if c.account == account]
        return next((value for column in columns if (value := value_in(body, column))), None)

    def _size(self, value: Value) -> str:
        assert value.amount is not None, "only values with an amount are ranked"
        if value.formula is not None:
            self.desk.evidence.compute(value.amount, value.formula)
            return value.formula
        return show(self.desk.money(value.amount))

    def _number(self, count: int) -> Result:
        return Result(Amount(self.desk.zero + count, self._measure()), "computed")

    def _measure(self) -> str:
        """The word by which the question counts institutions: 所, 家, else 个."""
        found = re.search(r"(?:几|多少|哪)(所|家)", self.text)
        return found.group(1) if found else "个"

    def _told(self, value: Value) -> str:
        figure = value.figure
        assert figure is not None, "read, not computed"
        return self.desk.tell(value, figure.entity or self.desk.issuer(figure.document))

    def _cell(self, cell: Cell) -> str:
        text = cell.text.strip()
        return f"{self.desk.evidence.words(text)}{self.desk.evidence.quote(self._locator(cell))}"

    def _place(self, body: Body) -> str:
        return self.desk.evidence.quote(self._locator(body.place))

    def _locator(self, cell: Cell) -> Locator:
        table = self.listing.table
        return Locator(
            self.desk.plan.documents[0], page=cell.page, table=table.title or None, quote=cell.text.strip(), bbox=cell.bbox,
            table_id=table.id, row_index=cell.row, column_index=cell.column,
        )  # fmt: skip


def value_in(body: Body, column: Column) -> Value | None:
    """What an institution has in a column; None for a blank."""
    figure = body.figures.get(column.index)
    return None if figure is None or figure.amount is None else of_figure(figure)


def of_figure(figure: Figure) -> Value:
    """A printed figure as a value, totals without the word for the year."""
    return Value.of(figure, figure.account.removeprefix("本年") if figure.scheme is Scheme.TOTAL else "")
