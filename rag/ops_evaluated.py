"""The one project of a self-evaluation paper: its budget, spending, rate and score by figures; whom it paid, when the
money came and from which level, how many people got how much each, by the sentences that say so."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.accounts import clean_name
from corpus.disclosure import Basis
from corpus.figure import Figure, Measure, Scheme
from corpus.indicators import PROJECT_BUDGET, SCORE
from corpus.money import Amount, half_last_digit
from corpus.vocabulary import fold
from rag.answer import Result, rounded, show
from rag.desk import Desk, Draft
from rag.naming import in_order
from rag.plan import Verdict
from rag.retrieve import bigrams
from rag.told_of_projects import ARRIVAL, in_sentences, per_unit, sized

_PAPER = re.compile(r"绩效(?:自评|自我评价|评价)|自评(?:表|报告)")
_SCORED = re.compile(r"多少分|几分|得分|评分|总分|评了?多少|分数")
_LEFT = re.compile(r"剩|结余|花完|用完|没花完|没用完|没有花完|没有用完|余下|没花|没用|未用|未使用|未支出|节余")
_RATE = re.compile(
    r"(?:执行|支出|使用|支付|完成)(?:进度|率)|预算的(?:百分之|几成|多少(?!万|元|钱)|比例|比重)|预算(?:百分之|几成)|预算.{0,4}(?:完成|执行|花|用)了?(?:百分之|几成)|(?:花|用|支出|执行)了?百分之"
)
_ARRIVED = re.compile(r"到位|到账")
_SPENT = re.compile(
    r"实际(?:支出|花|用|使用|支付|执行)|花了?(?:多少|几)|用了?(?:多少|几)|支出(?:了|是|为)?(?:多少|几|$|[?？])|执行数|开支|花掉|用掉|支付了?(?:多少|几)"
)
_BUDGET = re.compile(r"预算|下达|批复|安排|批了|拨了?(?:多少|几)")
_COMPARED = re.compile(r"比年初|调整|追加|相差|差多少|差额|超")
_MORE = re.compile(r"(?:调整后?|全年|追加后).{0,8}比年初|(?:预算)?(?:调整|追加|调增|调减)了?多少")
_HOW_MUCH = re.compile(r"多少|几|吗|[?？]$|率$|金额|支出$|预算$|得分$|结余$")
_GENERIC = re.compile(
    r"这个|这笔|剩下|余下|没有|还有|调整|追加|调增|调减|比|多|相差|差|该|此|本|项目|经费|资金|专项|的|了|是|为|有|在|总|共|一共|总共|全年|当年|年度|年初|全部|实际|最后|最终|到底|还|那|钱|款|百分之|几|多少|执行|支出|使用|支付|完成|进度|率|"
    r"预算|下达|批复|安排|花|用|掉|完|剩|余|结余|没|未|自评|评价|绩效|得分|评分|总分|分数?|到位|到账|情况|数|额|占|比例|财政|拨|吗|呢|吧|啊|万元|元|万"
)


def of_evaluated(desk: Desk) -> Draft | None:
    """The answer of a paper that evaluates one project; None for other papers and where it is asked for something else."""
    plan = desk.plan
    if not plan.documents or len(plan.units) > 1 or plan.everyone:
        return None
    document = plan.documents[0]
    if plan.years and desk.shelf.disclosure(document).year not in (*plan.years, 0):
        return None
    if not _is_paper(desk, document):
        return None
    project = _project(desk, document)
    if (shared := per_unit(desk, document)) is not None:
        return shared
    if project and (told := _of_money(desk, document, project)) is not None:
        return told
    return in_sentences(desk, document) or (sized(desk) if project else None)


def _is_paper(desk: Desk, document: str) -> bool:
    """Whether a document is a self-evaluation by its file's name or its first lines."""
    opening = [p.text for section in desk.shelf.sections(document)[:2] for p in section.paragraphs[:4]]
    return any(_PAPER.search(text) is not None for text in (document, *(text for text in opening if len(text) < 80)))


def _project(desk: Desk, document: str) -> str:
    """The one project that a self-evaluation is of, "" for none or several."""
    figures = desk.shelf.figures(document)
    if any(figure.scheme is Scheme.TOTAL and figure.measure is Measure.AMOUNT for figure in figures):
        return ""
    own = {clean_name(f.account) for f in figures if f.scheme is Scheme.PROJECT}
    own |= {clean_name(f.entity) for f in figures if f.scheme is Scheme.PERFORMANCE and f.entity}
    return own.pop() if len(own) == 1 else ""


# ---- money and score, by figures


def _of_money(desk: Desk, document: str, project: str) -> Draft | None:
    text = desk.plan.text
    asks = _HOW_MUCH.search(text) is not None
    if not asks or not _about_the_project(desk, project):
        return None
    if _COMPARED.search(text):
        return _adjusted(desk, document, project) if _MORE.search(text) else None
    for pattern, answer in _FACETS:
        if pattern.search(text):
            return answer(desk, document, project)
    return None


def _about_the_project(desk: Desk, project: str) -> bool:
    """Whether the question has no word but the project's, the unit's and those of money and marks."""
    issuer = fold(desk.issuer(desk.plan.documents[0]))
    name = fold(project)
    for asked in desk.plan.accounts:
        own = asked.targets[0].scheme in (Scheme.TOTAL, Scheme.BALANCE) or SCORE in asked.name or "自评" in asked.name
        if not (
            asked.weak
            or own
            or in_order(fold(asked.said), name)
            or fold(asked.name) in name
            or name in fold(asked.name)
        ):
            return False
        if own and asked.component not in ("", "项目支出", "合计"):
            return False
    for word in desk.plan.rest:
        bare = _GENERIC.sub("", word)
        pairs = bigrams(bare)
        known = bigrams(name) | bigrams(issuer)
        if (
            bare
            and not (in_order(bare, name) or in_order(bare, issuer))
            and len(pairs & known) < max(1, len(pairs)) / 2
        ):
            return False
    return True


def _amount(
    desk: Desk, document: str, project: str, *bases: Basis, component: str = "项目支出", flow: str = "支出"
) -> Figure | None:
    """The project's own amount of the first of the bases that the document states, of all funds before those of one."""
    mine = [
        f for f in desk.shelf.figures(document)
        if f.scheme is Scheme.PROJECT and clean_name(f.account) == project and f.measure is Measure.AMOUNT
        and f.component == component and f.flow == flow and f.amount is not None
    ]  # fmt: skip
    for basis in bases:
        of_it = [f for f in mine if f.basis is basis]
        whole = [f for f in of_it if f.funding == "全部"]
        if whole:
            return whole[0]
        if len(of_it) == 1:
            return of_it[0]
    return None


_BUDGETS = (Basis.ADJUSTED, Basis.BUDGET, Basis.INITIAL)
_SPENDING = (Basis.EXECUTED, Basis.FINAL)


def _score(desk: Desk, document: str, project: str) -> Draft | None:
    found = [f for f in desk.shelf.figures(document) if f.account == SCORE and f.amount is not None]
    if len(found) != 1 or found[0].amount is None:
        return None
    figure = found[0]
    amount, mark = found[0].amount, desk.evidence.cite(figure)
    told = desk.speech.pick(
        f"{project}自评得分：**{show(amount)}**{mark}", f"{project}, self-evaluation score: **{show(amount)}** {mark}"
    )
    return Draft(Verdict.ANSWERED, told, Result(amount, figure.status.value))


def _plain(desk: Desk, figure: Figure | None, project: str, name: str, english: str) -> Draft | None:
    if figure is None or figure.amount is None:
        return None
    fund = "" if figure.funding == "全部" else f"（{figure.funding}）"
    amount, mark = show(desk.money(figure.amount)), desk.evidence.cite(figure)
    told = desk.speech.pick(
        f"{project}{name}{fund}：**{amount}**{mark}", f"{project}, {english}{fund}: **{amount}** {mark}"
    )
    return Draft(Verdict.ANSWERED, told, Result(desk.money(figure.amount), figure.status.value))


def _budgeted(desk: Desk, document: str, project: str) -> Draft | None:
    first = (Basis.INITIAL, Basis.BUDGET) if "年初" in desk.plan.text else _BUDGETS
    figure = _amount(desk, document, project, *first)
    return _plain(desk, figure, project, figure.basis.value if figure else "", "budget")


def _arrived(desk: Desk, document: str, project: str) -> Draft | None:
    if ARRIVAL.search(desk.plan.text) or "率" in desk.plan.text:
        return None
    figure = _amount(desk, document, project, Basis.FINAL, component="到位资金")
    return _plain(desk, figure, project, "到位资金", "money received")


def _spent(desk: Desk, document: str, project: str) -> Draft | None:
    return _plain(desk, _amount(desk, document, project, *_SPENDING), project, "实际支出", "spent")


def _both(desk: Desk, document: str, project: str) -> tuple[Figure, Figure, Amount, Amount] | None:
    """Budget and spending in one unit, None where the document does not state both."""
    budget, spent = _amount(desk, document, project, *_BUDGETS), _amount(desk, document, project, *_SPENDING)
    if budget is None or spent is None or budget.amount is None or spent.amount is None:
        return None
    if budget.funding != spent.funding or not (budget.amount.is_money and spent.amount.is_money):
        return None
    return budget, spent, budget.amount, spent.amount.to(budget.amount.unit)


def _marks(desk: Desk, *figures: Figure) -> str:
    return "".join(dict.fromkeys(desk.evidence.cite(figure) for figure in figures))


def _left(desk: Desk, document: str, project: str) -> Draft | None:
    stated = _amount(desk, document, project, Basis.FINAL, flow="结余")
    if stated is not None:
        return _plain(desk, stated, project, "结余", "left over")
    both = _both(desk, document, project)
    if both is None:
        return None
    budget, spent, planned, paid = both
    value = Amount(planned.value - paid.value, planned.unit)
    formula = f"{show(planned)} − {show(paid)} = {show(value)}"
    desk.evidence.compute(value, formula)
    marks = _marks(desk, budget, spent)
    told = desk.speech.pick(
        f"{project}还剩**{show(value)}**没有支出（计算：{formula}）{marks}",
        f"{project}, not spent: **{show(value)}** (computed: {formula}) {marks}",
    )
    return Draft(Verdict.ANSWERED, told, Result(value, "computed", formula))


def _adjusted(desk: Desk, document: str, project: str) -> Draft | None:
    """By how much the year's budget was adjusted: 全年预算 − 年初预算."""
    year, first = (_amount(desk, document, project, basis) for basis in (Basis.ADJUSTED, Basis.INITIAL))
    if year is None or first is None or year.amount is None or first.amount is None or year.funding != first.funding:
        return None
    before = first.amount.to(year.amount.unit)
    value = Amount(year.amount.value - before.value, year.amount.unit)
    formula = f"{show(year.amount)} − {show(before)} = {show(value)}"
    desk.evidence.compute(value, formula)
    told = desk.speech.pick(
        f"{project}全年预算与年初预算相差**{show(value)}**（计算：{formula}）{_marks(desk, year, first)}",
        f"{project}, adjusted less opening budget: **{show(value)}** (computed: {formula}) {_marks(desk, year, first)}",
    )
    return Draft(Verdict.ANSWERED, told, Result(value, "computed", formula))


def _rate(desk: Desk, document: str, project: str) -> Draft | None:
    """The rate that the document prints; with the one worked out from its amounts where that is another, or alone."""
    printed = [
        f for f in desk.shelf.figures(document)
        if f.whole == PROJECT_BUDGET and clean_name(f.account) == project and f.amount is not None
    ]  # fmt: skip
    printed = [f for f in printed if f.funding == "全部"] or printed
    both = _both(desk, document, project)
    worked, formula = None, ""
    if both is not None and both[2].value:
        worked = Amount(rounded(both[3].value / both[2].value * 100), "%")
        formula = f"{show(both[3])} ÷ {show(both[2])} = {show(worked)}"
    stated = printed[0] if len({f.value for f in printed}) == 1 else None
    if stated is not None and stated.amount is not None:
        lines = [desk.speech.pick(
            f"{project}预算执行率：**{show(stated.amount)}**{desk.evidence.cite(stated)}",
            f"{project}, budget executed: **{show(stated.amount)}** {desk.evidence.cite(stated)}",
        )]  # fmt: skip
        if both is not None and worked is not None and worked.value != stated.amount.value:
            desk.evidence.compute(worked, formula)
            marks = _marks(desk, both[1], both[0])
            lines.append(
                desk.speech.pick(f"按支出和预算计算：{formula}{marks}", f"Computed from the amounts: {formula} {marks}")
            )
            exact = both[3].value / both[2].value * 100
            if abs(exact - stated.amount.value) > 2 * half_last_digit(stated.amount.value):
                desk.evidence.warn(desk.speech.pick(
                    "文件写的执行率与按支出和预算计算的不一致。", "The printed rate is not that of the printed amounts."
                ))  # fmt: skip
        return Draft(Verdict.ANSWERED, "\n".join(lines), Result(stated.amount, stated.status.value))
    if both is None or worked is None:
        return None
    desk.evidence.compute(worked, formula)
    marks = _marks(desk, both[1], both[0])
    told = desk.speech.pick(
        f"{project}支出占预算的**{show(worked)}**（计算：{formula}）{marks}",
        f"{project}, spent of the budget: **{show(worked)}** (computed: {formula}) {marks}",
    )
    return Draft(Verdict.ANSWERED, told, Result(worked, "computed", formula))


_Facet = Callable[[Desk, str, str], Draft | None]
_FACETS: tuple[tuple[re.Pattern[str], _Facet], ...] = (
    (_RATE, _rate), (_SCORED, _score), (_LEFT, _left), (_ARRIVED, _arrived), (_SPENT, _spent), (_BUDGET, _budgeted),
)  # fmt: skip
