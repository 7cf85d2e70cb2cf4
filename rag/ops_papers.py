"""What is asked of a whole government's paper and of no department's: which tax brings most or fell, which expenditure lags
behind, what all income is made up of, by how much the budget was adjusted, what is left of income after expenditure."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.disclosure import Basis
from corpus.figure import Figure, Measure, Scheme
from corpus.money import Amount
from corpus.vocabulary import fold
from rag import shares
from rag.amounts import change_of, rate_of
from rag.answer import rounded, show
from rag.conditions import threshold
from rag.desk import Desk, Draft, replace_plan
from rag.finder import same_account
from rag.levels import levels_said
from rag.ops_changes import completion, rate
from rag.ops_difference import difference
from rag.ops_items import EARNING, SPENDING
from rag.ops_papers_told import covered, place_among, same_in_both, told_why
from rag.paper_lines import line_of, size_of, strong
from rag.papers import Pool, gathered, of_all_funds, paper, pool_of, when
from rag.plan import Operation, Verdict
from rag.rates_told import tell_share
from rag.values import Source, Value

_MOST = 12
_NAMED = 4
"""Characters from which on a word may be the name of an item."""
_WHICH = re.compile(r"哪|什么|啥|谁|排名|排序|排个|排一|前[一二两三四五\d]|最大的?一")
_SUPERLATIVE = re.compile(
    r"最(?:大|多|高|快|慢|少|低|小|差|好|明显|厉害|猛)|排名|排序|排个|排一|大头|第[一二三四五\d]|前[一二两三四五\d]"
)
_LEAST = re.compile(r"最(?:慢|少|低|小|差)")
_PROGRESS = re.compile(r"进度|完成率|执行率|完成(?:得|的)?(?:最|比例|情况)|执行(?:得|最)")
_RISING = re.compile(r"增长|增幅|增速|上涨|涨|增收|增加|上升")
_FALLING = re.compile(r"下降|降幅|减少|减幅|跌|下滑|减收|少收|降(?!低)|负增长|缩水")
_IN_MONEY = re.compile(r"增收|减收|少收|增加|减少|多少(?:钱|万|亿)")
_SOME = re.compile(r"哪些|哪几|有几|哪[一两三几]?个税|几个")
_SUBTRACTED = re.compile(
    r"收入.{0,6}?(?:减去?|扣除?|扣掉|抵(?:掉|扣)?|刨去).{0,6}?支出|收支(?:相抵|差额|结余)|收(?:入)?大于支|收入比支出"
)
_ADJUSTED = re.compile(r"调增|调减|调整了?多少|追加了?多少|(?:调高|调低)了?多少")


def of_paper(desk: Desk) -> Draft | None:
    """The answer from a government's paper where the question is one that only such papers are asked; None elsewhere."""
    source = paper(desk)
    if source is None or len(desk.plan.units) > 1:
        return None
    for rule in (
        same_in_both,
        covered,
        place_among,
        told_why,
        _printed,
        _left,
        _of_its_plan,
        _rate_alone,
        _adjusted,
        _of_level,
        _ranked,
        _moved,
        _above,
        _made_up,
    ):
        draft = rule(desk, source)
        if draft is not None:
            return draft
    return None


def _measure(text: str) -> Measure:
    if _PROGRESS.search(text):
        return Measure.COMPLETION
    if _RISING.search(text) or _FALLING.search(text):
        return Measure.CHANGE if _IN_MONEY.search(text) and not re.search(r"率|幅|速|%|百分", text) else Measure.RATE
    return Measure.AMOUNT


def _ranked(desk: Desk, source: Source) -> Draft | None:
    """Taxes, revenue or expenditure in order: by amount, by how they moved, by how much of their plan is done."""
    text = desk.plan.text
    if not (_WHICH.search(text) and _SUPERLATIVE.search(text)) or re.search(r"全[市省区县国州].{0,4}(?:排|第)", text):
        return None
    named = strong(desk)
    if len(named) > 1 and all(asked.targets[0].scheme is not Scheme.TOTAL for asked in named):
        return None  # "教育和卫生哪个多"
    pool = _pool(desk)
    if pool is None:
        return None
    measure = _measure(text)
    figures = gathered(desk, source, pool, measure)
    if not figures and measure in (Measure.CHANGE, Measure.RATE):
        measure = Measure.RATE if measure is Measure.CHANGE else Measure.CHANGE
        figures = gathered(desk, source, pool, measure)
    if len(figures) < 2:
        return None
    falling = measure in (Measure.CHANGE, Measure.RATE) and _FALLING.search(text) and not _RISING.search(text)
    least = bool(_LEAST.search(text)) != bool(falling)
    figures.sort(key=size_of, reverse=not least)
    place = min(desk.plan.nth or 1, len(figures))
    chosen = figures[place - 1]
    if falling and size_of(chosen) >= 0:
        return None
    shown = figures[: desk.plan.top or max(5, place)]
    word = desk.speech.pick(_word(measure, least, bool(falling)), "lowest" if least else "highest")
    nth = (
        ""
        if place == 1
        else desk.speech.pick(f"第{desk.evidence.count(place)}", f" (no. {desk.evidence.count(place)})")
    )
    head = desk.speech.pick(f"{word}{nth}的是**{chosen.account}**：", f"The {word}{nth}: **{chosen.account}**")
    lines = [f"{desk.evidence.count(index)}. {line_of(desk, figure)}" for index, figure in enumerate(shown, 1)]
    if "占" in text and measure is Measure.AMOUNT:
        lines += _share_told(desk, source, chosen)
    headline = desk.result(Value.of(chosen)) if (desk.plan.top or 1) == 1 else None
    if headline is not None and falling:
        headline = replace(headline, amount=Amount(abs(headline.amount.value), headline.amount.unit))
    return Draft(Verdict.ANSWERED, "\n".join([head, *lines]), headline)


def _word(measure: Measure, least: bool, falling: bool) -> str:
    if measure is Measure.COMPLETION:
        return "完成率最低" if least else "完成率最高"
    if measure in (Measure.CHANGE, Measure.RATE):
        return "降幅最大" if falling else ("增幅最小" if least else "增幅最大")
    return "最低" if least else "最高"


def _share_told(desk: Desk, source: Source, figure: Figure) -> list[str]:
    year, bases = when(desk, source)
    value = shares.share_of(source, Value.of(figure).asked, None, year, bases)
    return [tell_share(desk, value)] if value is not None and value.amount is not None else []


def _pool(desk: Desk) -> Pool | None:
    """The pool that the question speaks of, by its own words or by the one account it names."""
    pool = pool_of(desk.plan.text)
    named = strong(desk)
    if pool is not None or not named:
        return pool
    return pool_of(named[0].name)


def _moved(desk: Desk, source: Source) -> Draft | None:
    """Those of a pool that rose, or that fell."""
    text = desk.plan.text
    falls, rises = _FALLING.search(text) is not None, _RISING.search(text) is not None
    if falls == rises or not _SOME.search(text) or _SUPERLATIVE.search(text):
        return None
    pool = _pool(desk)
    if pool is None:
        return None
    moved = {f.account: f for m in (Measure.CHANGE, Measure.RATE) for f in gathered(desk, source, pool, m)}
    limit = threshold(text)
    fitting = [f for f in moved.values() if (size_of(f) < 0 if falls else size_of(f) > 0) and _passes(f, limit)]
    said = [
        f"{desk.speech.pick('文件给出的原因：', 'Reason given: ')}{desk.evidence.words(f.reason)}{desk.evidence.cite(f)}"
        for f in source.figures
        if f.reason and f.scheme is Scheme.REVENUE and f.code == "101" and f.measure in (Measure.CHANGE, Measure.RATE)
    ][:1] if re.search(r"主要|是(?:哪|什么)", text) and "税" in text else []  # fmt: skip
    if not fitting and not said:
        return None
    lines = [f"- {line_of(desk, figure)}" for figure in fitting[:_MOST]]
    way = desk.speech.pick("下降" if falls else "增长", "down" if falls else "up")
    count = desk.evidence.count(len(fitting))
    head = desk.speech.pick(f"{way}的有{count}项：", f"{way}: {count}")
    return Draft(Verdict.ANSWERED, "\n".join([*([head] if lines else []), *lines, *said]))


def _passes(figure: Figure, limit: tuple[str, Amount] | None) -> bool:
    """Whether the size of a figure is beyond the limit that the question puts up, where both are of one kind."""
    if limit is None or figure.amount is None:
        return True
    sign, bound = limit
    if bound.is_money != figure.amount.is_money:
        return True
    edge = bound.to("元").value if bound.is_money else bound.value
    return abs(size_of(figure)) > edge if sign == ">" else abs(size_of(figure)) < edge


def _above(desk: Desk, source: Source) -> Draft | None:
    """Those of a pool whose amount is beyond a limit ("超过600万的支出有哪几项")."""
    limit = threshold(desk.plan.text)
    if limit is None or not limit[1].is_money or not re.search(r"哪|有几|列", desk.plan.text):
        return None
    pool = _pool(desk)
    figures = gathered(desk, source, pool, Measure.AMOUNT) if pool is not None else []
    if not figures:
        return None
    fitting = sorted((f for f in figures if _passes(f, limit)), key=size_of, reverse=True)
    count = desk.evidence.count(len(fitting))
    desk.evidence.state(str(limit[1].value))
    head = desk.speech.pick(f"符合条件的有{count}项：", f"{count} meet the condition:")
    return Draft(Verdict.ANSWERED, "\n".join([head, *(f"- {line_of(desk, figure)}" for figure in fitting)]))


def _made_up(desk: Desk, source: Source) -> Draft | None:
    """What all income or expenditure, or a kind of revenue, is made up of."""
    named = strong(desk)
    if desk.plan.operation is not Operation.BREAKDOWN or len(named) != 1:
        return None
    target = named[0].targets[0]
    if target.scheme not in (Scheme.TOTAL, Scheme.SOURCE, Scheme.REVENUE):
        return None
    everything = re.search(r"收入(?:总计|总量|合计)|总收入|支出总计|总支出", desk.plan.text)
    if target.scheme is Scheme.REVENUE and target.code in ("101", "103"):
        pool = pool_of("非税" if target.code == "103" else "税种")
    elif named[0].name == "财政总收入":
        pool = of_all_funds
    elif everything:
        pool = pool_of("支出总计" if "支出" in everything.group() else "收入总计")
    else:
        pool = _kinds_of_revenue if named[0].flow == "收入" else pool_of("支出")
    year, _ = when(desk, source)
    whole = desk.amount(source, named[0], year)
    level = whole.figure.component if whole is not None and whole.figure is not None else ""
    figures = gathered(desk, source, pool, Measure.AMOUNT, level) if pool is not None else []
    if len(figures) < 2:
        return None
    lines = [desk.tell(whole, source.disclosure.issuer)] if whole is not None and whole.amount is not None else []
    return Draft(Verdict.ANSWERED, "\n".join([*lines, *(f"- {line_of(desk, f)}" for f in figures[: 2 * _MOST])]))


def _kinds_of_revenue(figure: Figure) -> bool:
    return figure.scheme is Scheme.REVENUE and figure.code[:3] in ("101", "103") and len(figure.code) in (3, 5)


def _adjusted(desk: Desk, source: Source) -> Draft | None:
    """By how much the budget was raised or cut during the year."""
    named = strong(desk)
    if not _ADJUSTED.search(desk.plan.text) or len(named) != 1:
        return None
    year, _ = when(desk, source)
    level = named[0].component
    fitting = [
        f for f in source.figures
        if f.measure is Measure.CHANGE and f.basis is Basis.ADJUSTED and f.year == year and f.amount is not None
        and any(same_account(f, target) for target in named[0].targets) and (not level or f.component == level)
    ]  # fmt: skip
    if fitting:
        value = Value.of(fitting[0])
        return Draft(Verdict.ANSWERED, line_of(desk, fitting[0]), desk.result(value))
    both = replace_plan(desk, bases=(Basis.ADJUSTED, Basis.INITIAL), years=(year,), operation=Operation.DIFFERENCE)
    draft = difference(both)
    return draft if draft.verdict is Verdict.ANSWERED else None


def _left(desk: Desk, source: Source) -> Draft | None:
    """What is left of income after expenditure."""
    if not _SUBTRACTED.search(desk.plan.text):
        return None
    fund = next((asked.funding or asked.fallback_funding for asked in desk.plan.accounts if not asked.weak), "")
    level = next((level for level, _ in levels_said(desk.plan.text)), "")
    sides = [replace(asked, funding=fund, component=level) for asked in (EARNING, SPENDING)]
    collected = next((asked for asked in strong(desk) if asked.name == "财政总收入"), None)
    sides[0] = collected or sides[0]
    year, _ = when(desk, source)
    draft = difference(replace_plan(desk, accounts=tuple(sides), operation=Operation.DIFFERENCE, years=(year,)))
    return draft if draft.verdict is Verdict.ANSWERED else None


def _of_level(desk: Desk, source: Source) -> Draft | None:
    """What share of the whole place's income or expenditure its own level has."""
    said = levels_said(desk.plan.text)
    named = strong(desk)
    if desk.plan.operation is not Operation.SHARE or len(named) != 1 or not said:
        return None
    if desk.plan.whole is not None and desk.plan.whole.targets != named[0].targets:
        return None
    if named[0].targets[0].scheme is not Scheme.TOTAL:
        return None
    year, _ = when(desk, source)
    part = desk.amount(source, replace(named[0], component=said[0][0]), year)
    whole = desk.amount(source, replace(named[0], component="合计"), year)
    if part is None or whole is None or part.amount is None or whole.amount is None or not whole.amount.value:
        return None
    base = whole.amount.to(part.amount.unit)
    share = Amount(rounded(part.amount.value / base.value * 100), "%")
    formula = f"{show(part.amount)} ÷ {show(base)} = {show(share)}"
    figures = tuple(figure for value in (part, whole) if (figure := value.figure) is not None)
    value = replace(part, amount=share, choice=None, formula=formula, operands=figures, note=whole.asked.name)
    return Draft(Verdict.ANSWERED, tell_share(desk, value), desk.result(value))


def _printed(desk: Desk, source: Source) -> Draft | None:
    """The amount of an item that only this paper has ("精准扶贫专项花了多少"): a word of the question is its printed name."""
    if strong(desk) or desk.plan.operation not in (Operation.PROSE, Operation.LOOK_UP) or "多少" not in desk.plan.text:
        return None
    year, bases = when(desk, source)
    for word in (word for word in desk.plan.rest if len(word) >= _NAMED):
        named = [
            f for f in source.figures
            if f.measure is Measure.AMOUNT and f.year == year and f.basis in bases and f.amount is not None
            and not f.entity and word in fold(f.account)
        ]  # fmt: skip
        if len({figure.account for figure in named}) == 1:
            value = Value.of(named[0])
            return Draft(Verdict.ANSWERED, desk.tell(value, source.disclosure.issuer), desk.result(value))
    return None


def _of_its_plan(desk: Desk, source: Source) -> Draft | None:
    """How much of its plan an account has done, where that is asked as a share or as progress."""
    if len(strong(desk)) != 1 or not _OF_ITS_PLAN.search(desk.plan.text) or _SUPERLATIVE.search(desk.plan.text):
        return None
    draft = completion(desk)
    return draft if draft.verdict is Verdict.ANSWERED else None


_OF_ITS_PLAN = re.compile(
    r"占(?:了)?(?:年初|全年|调整后?的?|年度)?(?:预算|计划|任务)(?:数)?的?(?:百分|多少|比|几成)|(?:支出|收入|执行|预算)进度(?:是|为)?(?:多少|如何|怎么样|几)"
)


def _rate_alone(desk: Desk, source: Source) -> Draft | None:
    """How an account moved where the paper gives its rate and no amount of change."""
    named = strong(desk)
    if desk.plan.operation is not Operation.CHANGE or len(named) != 1 or _ADJUSTED.search(desk.plan.text):
        return None
    year, bases = when(desk, source)
    if len(desk.plan.years) > 1 or (desk.plan.against and desk.plan.against != (year - 1,)):
        return None
    if change_of(source, named[0], year, bases) is not None:
        return None
    return rate(desk) if rate_of(source, named[0], year, bases) is not None else None
