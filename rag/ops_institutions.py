"""Questions about the institutions that a document lists: how many there are, which has most, what one of them has."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.figure import Scheme
from corpus.money import Amount
from corpus.vocabulary import fold
from rag import calculate
from rag.answer import Result, rounded, show
from rag.conditions import threshold
from rag.counted import counted
from rag.desk import Desk, Draft
from rag.institutions import Body, Column, Listing, asked_of, kind_asked, listings, named
from rag.institutions_told import InstitutionsTold, of_figure, value_in
from rag.plan import Verdict
from rag.values import Value

_MOST = 40
_WHICH = re.compile(r"哪|谁")
_END = re.compile(
    r"最(?:多|少|大|小|高|低)|排(?:名|第|行)|前(?:[一二两三四五六七八九十]|\d)|第[一二三四五六七八九十](?:多|少|大|高|名)|倒数"
)
_HOW_MANY = re.compile(
    r"(?:几|多少)(?:个|所|家|座|支|间)(?!人)[一-鿿]{0,6}(?:学|校|园|院|所|站|队|单位|机构|部门|馆|场|局|中心|小|中)|"
    r"(?:学校|小学|中学|幼儿园|单位|机构|部门|医院|卫生院|派出所|中心|站|所|队)[一-鿿]{0,4}?(?:几|多少)(?:个|所|家|座|支)"
)
_LIST = re.compile(r"(?:有|是|包括|包含|分别是?|都是)哪(?:些|几)|哪(?:些|几)(?:个|所|家)?|名单|列(?:出|一?下|举)")
_TOGETHER = re.compile(r"一共|合计|总共|总计|加起来|总数|共(?:有)?(?:多少|几)|全[县市区镇省](?!直)|所有|全部")
_VACANT = re.compile(r"还空|空缺|空编|缺编|空着|没招满|没满编|缺(?:了)?(?:多少|几)|差(?:多少|几)(?:人|个)?满编")
_OVER = re.compile(r"超编|超(?:了|出)(?:多少|几|编)")
_APART = re.compile(r"相差|差(?:多少|几|了)|多(?:多少|几|了)|少(?:多少|几|了)|比")
_AVERAGE = re.compile(r"平均")
_FULL = re.compile(r"满编|编制(?:都)?满|满员")
_HAVING = re.compile(r"(?P<none>没有|没花|没安排|未安排|未发生|不花)|(?:安排|发生|花)了|有(?!多少|几|哪)")
_EACH = re.compile(r"每(?:一)?(?:个|名|位|所|张)?")
_PROPERTY = re.compile(r"性质|类型|类别|级别|经费|供给|供养|拨款|来源|地址|住址|位置|规格|等级|在哪|哪里")
_PLACE = re.compile(r"在哪|哪里|地址|住址|位置")


def of_institutions(desk: Desk) -> Draft | None:
    """What a list of institutions answers; None where the question asks nothing of it."""
    plan = desk.plan
    if not plan.documents:
        return None
    document = plan.documents[0]
    lists = listings(desk, document)
    if not lists or (
        plan.years and desk.shelf.disclosure(document).year not in plan.years and not _of_year(lists, desk)
    ):
        return None
    for listing in lists:
        answer = _Answer(desk, listing)
        draft = answer.of_named() if answer.bodies else answer.of_all()
        if draft is not None:
            return draft
    return None


def _of_year(lists: Sequence[Listing], desk: Desk) -> bool:
    return any(column.year in desk.plan.years for listing in lists for column in listing.columns)


class _Answer(InstitutionsTold):
    """One question put to one listing."""

    def __init__(self, desk: Desk, listing: Listing) -> None:
        super().__init__(desk, listing)
        text, before = desk.plan.text, desk.plan.before
        issuer = fold(desk.issuer(desk.plan.documents[0]))
        self.bodies = named(listing, text, issuer)
        self.columns = asked_of(listing, desk, _without(text, self.bodies))
        self.vacant = _VACANT.search(text) is not None
        self.over = _OVER.search(text) is not None
        if self.bodies and not self.columns and before:  # 那琼河小学呢: what was asked of another
            earlier = _without(before, named(listing, before, issuer))
            self.columns = asked_of(listing, desk, earlier)
            self.vacant = self.vacant or _VACANT.search(earlier) is not None
        elif self.columns and not self.bodies and before and not _asks_of_all(text):
            self.bodies = named(listing, before, issuer)

    # ---- one institution, or some by name

    def of_named(self) -> Draft | None:
        """What the named institutions have."""
        if self.vacant or self.over:
            return self._posts_left(self.bodies)
        worded = re.search(r"什么|哪|怎么|如何|吗", self.text) is not None
        if worded and _PROPERTY.search(self._unnamed()) and (draft := self._properties()) is not None:
            return draft
        if not self.columns:
            return None
        if _EACH.search(self.text):
            return self._each()
        values = [value for body in self.bodies for column in self.columns if (value := value_in(body, column))]
        if not values:
            return None
        if len(values) == 2 and _APART.search(self.text):
            return self._difference(values)
        if len(self.columns) == 1 and len(values) > 1:
            if _WHICH.search(self.text):
                return self._ranked(self.bodies, self.columns[0])
            if _TOGETHER.search(self.text) or _AVERAGE.search(self.text):
                return self._combined(values, "")
        lines = [self._told(value) for value in values]
        return Draft(Verdict.ANSWERED, _listed(lines), self.desk.result(values[0]) if len(values) == 1 else None)

    def _unnamed(self) -> str:
        """The question without the accounts that it names ("机关运行经费哪个多" asks for no kind of 经费)."""
        text = self.text
        for asked in self.desk.plan.accounts:
            text = text if asked.weak else text.replace(asked.said, "")
        return text

    def _each(self) -> Draft | None:
        """How many of one thing there are for each of another in one institution ("每个班多少学生")."""
        at = _EACH.search(self.text)
        if at is None or len(self.bodies) != 1 or len(self.columns) != 2:
            return None
        rest = self.text[at.end() :]
        first = next((c for c in self.columns if any(p.match(rest) for p in (*c.says, *c.otherwise))), self.columns[0])
        other = self.columns[1 - self.columns.index(first)]
        by, whole = value_in(self.bodies[0], first), value_in(self.bodies[0], other)
        if by is None or whole is None or by.amount is None or whole.amount is None or not by.amount.value:
            return None
        size = Amount(rounded(whole.amount.value / by.amount.value), whole.amount.unit)
        formula = f"{show(whole.amount)} ÷ {show(by.amount)} = {show(size)}"
        self.desk.evidence.compute(size, formula)
        marks = self.desk.marks(whole) + self.desk.marks(by)
        told = self.desk.speech.pick(
            f"{self.bodies[0].name}平均每个{first.account}：**{show(size)}**{other.account}（计算：{formula}）{marks}",
            f"{self.bodies[0].name}, {other.account} per {first.account}: **{show(size)}** (computed: {formula}) {marks}",
        )
        return Draft(Verdict.ANSWERED, told, Result(size, "computed", formula))

    def _posts_left(self, bodies: Sequence[Body]) -> Draft | None:
        """Posts less people for each: what is free, or how many there are too many."""
        gaps = [(body, gap) for body in bodies if (gap := self._gap(body)) is not None and gap.amount is not None]
        if not gaps:
            return None
        lines = []
        for body, gap in gaps:
            assert gap.amount is not None, "gaps without an amount are left out"
            left = Amount(abs(gap.amount.value), gap.amount.unit)
            self.desk.evidence.compute(gap.amount, gap.formula or "")
            self.desk.evidence.compute(left, gap.formula or "")
            word = ("超编", "over its posts by") if gap.amount.value < 0 else ("空编", "posts free")
            lines.append(self.desk.speech.pick(
                f"{body.name}{word[0]}**{show(left)}**（计算：{gap.formula}）{self.desk.marks(gap)}",
                f"{body.name}: {word[1]} **{show(left)}** (computed: {gap.formula}) {self.desk.marks(gap)}",
            ))  # fmt: skip
        result = None
        if len(gaps) == 1 and gaps[0][1].amount is not None:
            amount = gaps[0][1].amount
            result = Result(Amount(abs(amount.value), amount.unit), "computed", gaps[0][1].formula)
        return Draft(Verdict.ANSWERED, _listed(lines), result)

    def _properties(self) -> Draft | None:
        """The printed properties of the named institutions that the question asks for."""
        lines = []
        for body in self.bodies:
            own = [(h, c) for h, c in body.texts.items() if _about(h, self.text)]
            lines += [f"{body.name}{heading}：{self._cell(cell)}" for heading, cell in own]
        return Draft(Verdict.ANSWERED, _listed(lines)) if lines else None

    def _difference(self, values: Sequence[Value]) -> Draft | None:
        gap = calculate.difference(values[0], values[1])
        if gap is None or gap.amount is None:
            return None
        left = self.desk.evidence.compute(Amount(abs(gap.amount.value), gap.amount.unit), gap.formula or "")
        self.desk.evidence.compute(gap.amount, gap.formula or "")
        head = self.desk.speech.pick(
            f"相差**{show(left)}**（计算：{gap.formula}）{self.desk.marks(gap)}",
            f"**{show(left)}** apart (computed: {gap.formula}) {self.desk.marks(gap)}",
        )
        lines = [self._told(value) for value in values]
        return Draft(
            Verdict.ANSWERED, "\n".join([head, *(f"- {line}" for line in lines)]), Result(left, "computed", gap.formula)
        )

    # ---- all of them, or all of a kind

    def of_all(self) -> Draft | None:
        """What is asked of all institutions, or of those of a kind."""
        if self.desk.plan.topic == "duties":
            return None  # what the unit does, not which units there are
        kind, chosen = kind_asked(self.listing, self.text)
        column = self.columns[0] if self.columns else None
        if column is not None and column.account in ("学校", "机构") and len(self.columns) > 1:
            column = self.columns[1]  # 哪类学校学生最多: the kind, not its number
        which, end = _WHICH.search(self.text) is not None, _END.search(self.text) is not None
        if not kind and column is not None and not which and not end:
            return self._in_all(column)
        if not kind and "谁" not in self.text:
            return None
        if end and (column is not None or self.vacant or self.over) and chosen:
            return self._ranked(chosen, column)
        test = self._condition(column)
        if test is not None and (which or _LIST.search(self.text) or _HOW_MANY.search(self.text)):
            return self._filtered(chosen, test, column)
        if column is not None and not end and kind:
            return self._of_kind(kind, chosen, column)
        if any(not asked.weak and asked.targets[0].scheme is not Scheme.STAFF for asked in self.desk.plan.accounts):
            return None  # "这笔支出给了哪些单位"
        if kind == "单位" and self.desk.plan.topic == "units" and len(chosen) >= len(self.listing.bodies) - 1:
            return None  # the section on the make-up says it
        if _HOW_MANY.search(self.text) and chosen:
            return self._counted(kind, chosen)
        if _LIST.search(self.text) and chosen and column is None:
            return self._named_in_full(kind, chosen)
        return None

    def _in_all(self, column: Column) -> Draft | None:
        """What all have together of a thing that no account names (beds, pupils): the printed sum, else their sum."""
        whole = self.listing.sums.get(column.index)
        example = next((b.figures[column.index] for b in self.listing.bodies if column.index in b.figures), None)
        if example is None or example.scheme is not Scheme.OTHER or re.search(r"多少|几", self.text) is None:
            return None
        if whole is not None:
            return Draft(Verdict.ANSWERED, self._told(of_figure(whole)), self.desk.result(of_figure(whole)))
        values = [value for body in self.listing.bodies if (value := value_in(body, column))]
        return self._combined(values, "") if len(values) > 1 else None

    def _of_kind(self, kind: str, chosen: Sequence[Body], column: Column) -> Draft | None:
        """Several institutions together: the printed sum where all are meant, else their sum; or the mean."""
        values = [value for body in chosen if (value := value_in(body, column))]
        mean = _AVERAGE.search(self.text) is not None
        if not values or not (mean or _TOGETHER.search(self.text)):
            return None
        whole = self.listing.sums.get(column.index)
        if not mean and whole is not None and len(chosen) == len(self.listing.bodies):
            value = of_figure(whole)
            return Draft(Verdict.ANSWERED, self._told(value), self.desk.result(value))
        return self._combined(values, kind)

    def _combined(self, values: Sequence[Value], kind: str) -> Draft | None:
        mean = _AVERAGE.search(self.text) is not None
        value = calculate.average(values) if mean else calculate.total(values)
        if value is None or value.amount is None:
            return None
        self.desk.evidence.compute(value.amount, value.formula or "")
        word = self.desk.speech.pick("平均" if mean else "合计", "mean" if mean else "total")
        count = self.desk.evidence.count(len(values))
        of = self.desk.speech.pick(f"{count}个{kind or '单位'}", f"{count} {kind}")
        told = self.desk.speech.pick(
            f"{of}{word}：**{show(value.amount)}**（计算：{value.formula}）{self.desk.marks(value)}",
            f"{of}, {word}: **{show(value.amount)}** (computed: {value.formula}) {self.desk.marks(value)}",
        )
        return Draft(Verdict.ANSWERED, told, self.desk.result(value))

    def _ranked(self, bodies: Sequence[Body], column: Column | None) -> Draft | None:
        """The institutions in order of a column, or of the posts that are free."""
        known = []
        for body in bodies:
            value = self._gap(body) if self.vacant or self.over else value_in(body, column) if column else None
            if value is not None and value.amount is not None:
                size = value.amount.to("元").value if value.amount.is_money else value.amount.value
                known.append((-size if self.over else size, body, value))
        if len(known) < 2:
            return None
        highest = self.desk.plan.highest
        known.sort(key=lambda item: item[0], reverse=highest)
        place = self.desk.plan.nth or 1
        if place > len(known):
            return None
        first = [(body, value) for size, body, value in known if size == known[place - 1][0]]
        speech, evidence = self.desk.speech, self.desk.evidence
        word = speech.pick("最高" if highest else "最低", "highest" if highest else "lowest")
        if place > 1:
            word = speech.pick(f"{word}起第{evidence.count(place)}位", f"{word} (no. {evidence.count(place)})")
        names = "、".join(body.name for body, _ in first)
        told = self._size(first[0][1])
        head = speech.pick(f"{word}的是**{names}**（{told}）", f"The {word} is **{names}** ({told})")
        head += "".join(dict.fromkeys(self.desk.marks(value) for _, value in first))
        shown = known[: self.desk.plan.top or 10]
        lines = [
            f"{evidence.count(n)}. {b.name} {self._size(v)}{self.desk.marks(v)}" for n, (_, b, v) in enumerate(shown, 1)
        ]
        result = self.desk.result(first[0][1]) if not self.over else None
        return Draft(Verdict.ANSWERED, "\n".join([head, *lines]), result)

    def _condition(self, column: Column | None) -> Callable[[Body], bool] | None:
        """What an institution must fulfil ("超编", "编制超过50人"), None where no condition is put."""
        if self.over or self.vacant:
            way = -1 if self.over else 1
            return lambda body: (
                (gap := self._gap(body)) is not None and gap.amount is not None and gap.amount.value * way > 0
            )
        if _FULL.search(self.text):
            return lambda body: (gap := self._gap(body)) is not None and gap.amount is not None and not gap.amount.value
        limit = threshold(self.text)
        if column is None:
            return None
        if limit is None:
            return self._having(column)
        sign, bound = limit
        reached = re.search(r"以上|不少于|不低于|至少|达到|以下|以内|不超过|不多于", self.text) is not None
        edge = bound.to("元").value if bound.is_money else bound.value

        def passes(body: Body) -> bool:
            value = value_in(body, column)
            if value is None or value.amount is None or value.amount.is_money != bound.is_money:
                return False
            size = value.amount.to("元").value if value.amount.is_money else value.amount.value
            return (size > edge if sign == ">" else size < edge) or (reached and size == edge)

        return passes

    def _having(self, column: Column) -> Callable[[Body], bool] | None:
        """Having any, or none, of what a column counts ("哪些部门有出国费"); None where that is not asked."""
        asked = _HAVING.search(self.text)
        if asked is None:
            return None

        def passes(body: Body) -> bool:
            value = value_in(body, column)
            size = value.amount.value if value is not None and value.amount is not None else self.desk.zero
            return (size == 0) == bool(asked["none"])

        return passes

    def _filtered(self, chosen: Sequence[Body], test: Callable[[Body], bool], column: Column | None) -> Draft | None:
        fitting = [body for body in chosen if test(body)]
        count = self.desk.evidence.count(len(fitting))
        if not fitting:
            return Draft(Verdict.ANSWERED, self.desk.speech.pick("表中没有符合条件的单位。", "None in the table."))
        lines = []
        for body in fitting[:_MOST]:
            value = self._gap(body) if self.over or self.vacant else value_in(body, column) if column else None
            told = f" {self._size(value)}{self.desk.marks(value)}" if value is not None else self._place(body)
            lines.append(f"- {body.name}{told}")
        head = self.desk.speech.pick(f"符合条件的有{count}个：", f"{count} of them:")
        asks_number = _HOW_MANY.search(self.text) is not None
        return Draft(Verdict.ANSWERED, "\n".join([head, *lines]), self._number(len(fitting)) if asks_number else None)

    def _counted(self, kind: str, chosen: Sequence[Body]) -> Draft | None:
        """How many there are; what a sentence says of all units together goes before the table."""
        if kind == "单位" and len(chosen) >= len(self.listing.bodies) - 1 and self._said_in_prose():
            return None
        told = counted(Desk(self.desk.plan, self.desk.shelf, self.desk.searcher))
        if told is not None and told.result is not None:
            return counted(self.desk)  # "现有小学12所": a table of budget units may leave some out
        return self._named_in_full(kind, chosen, numbered=True)

    def _said_in_prose(self) -> bool:
        figures = self.desk.shelf.figures(self.desk.plan.documents[0])
        return any(f.account in ("预算单位", "直属单位") and f.amount is not None for f in figures)

    def _named_in_full(self, kind: str, chosen: Sequence[Body], *, numbered: bool = False) -> Draft:
        count = self.desk.evidence.count(len(chosen))
        head = self.desk.speech.pick(f"表中列出的{kind}有{count}{self._measure()}：", f"{count} listed:")
        names = self.desk.speech.pick("、", ", ").join(body.name for body in chosen[:_MOST])
        marks = self._place(chosen[0]) + (self._place(chosen[-1]) if len(chosen) > 1 else "")
        return Draft(Verdict.ANSWERED, f"{head}{names}{marks}", self._number(len(chosen)) if numbered else None)


def _asks_of_all(text: str) -> bool:
    return _WHICH.search(text) is not None or _TOGETHER.search(text) is not None or _END.search(text) is not None


def _about(heading: str, text: str) -> bool:
    """Whether a heading over words is what the question asks for: they share a word of two characters."""
    bare = fold(heading)
    if _PLACE.search(text):
        return re.search(r"地址|住址|位置|地点|所在地|坐落", bare) is not None
    return any(bare[i : i + 2] in text for i in range(len(bare) - 1) if bare[i : i + 2] not in ("单位", "名称", "情况"))


def _without(text: str, bodies: Sequence[Body]) -> str:
    for body in bodies:
        for call in body.calls:
            text = text.replace(call, "□")
    return text


def _listed(lines: Sequence[str]) -> str:
    return lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)
