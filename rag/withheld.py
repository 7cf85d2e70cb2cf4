"""Answers that are withheld after all: what was found speaks of the thing and does not tell what was asked of it, a name where
only the number is told, what was reached where only the target is, another date, a half of the year, what was bought."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.disclosure import Basis
from corpus.figure import Measure, Scheme
from corpus.vocabulary import fold
from rag import refuse
from rag.desk import Desk, Draft
from rag.fitting import other_kind
from rag.plan import Operation, Verdict

_NAME = re.compile(
    r"(?:项目|指标|课题|专项|公司|单位)[^,，。;；]{0,3}(?:叫(?:做|什么|啥)|名字|名称(?:是|叫)(?:什么|啥))"
)
_NAMED = re.compile(r"分别[是为]|名称[是为]|名为|即|[“《「\"]")
_MOST_KIND = re.compile(r"最(?:多|少|常见|突出|集中|大|高)的?(?:是|有)?哪(?:一|几)?(?:些|个)?(?:类|种|方面|样)")
_SAYS_MOST = re.compile(r"最|居首|首位|第一|集中[在于]|占比|其次|主要(?:是|为|集中)")
_REACHED = re.compile(r"实际(?:上)?(?:达到|达成|完成|做到|办|做|有|是)|完成得|做到了(?:多少|几)")
_AT_END_OF = re.compile(r"(?P<year>20\d\d)年(?:年?[末底]|12月)")
_HALF = re.compile(r"上半年|半年|1\s*[-—~至到]\s*6\s*月|6月")
_BOUGHT = re.compile(r"(?:具体|到底|究竟|都)(?:是)?(?:采?购?买|采购|购买|购置)了?(?:些|到|进)?(?:什么|啥|哪些)")
_KINDS_BOUGHT = re.compile(
    r"政府|采购|货物|工程|服务|预算|决算|支出|金额|合计|总额|年度?|本?(?:部门|单位)|其中|共计|安排|亿?万?元|(?:面向)?中小企业|小微企业|预留|类|为|的|[^\u4e00-\u9fff]"
)
_FEE_ASKED = re.compile(r"\b(?:what|how (?:much|high))\b[^,.?]*\b(?:fees?|price|wage|salary|pay)\b")
_ONE_PERSON = re.compile(
    r"(?:书记|主任|[局院校处科镇县市区乡]长|领导|[法检]官)(?:个人|本人|一个人)?(?:的)?(?:[一每]?(?:年|个?月))?(?:的|能?拿|挣)?(?:多少)?(?:工资|年薪|薪水|薪资)"
)
_FEW = 4


def withheld(desk: Desk, draft: Draft) -> Draft:
    """The draft, or where it does not tell what the question asks of the thing it speaks of, a refusal with what there is."""
    if draft.verdict is not Verdict.ANSWERED:
        return draft
    if draft.result is None and any(falls_short(desk, draft) for falls_short in _BESIDE_IT):
        return refuse.missing(desk)
    return other_kind(desk, draft) if any(falls_short(desk, draft) for falls_short in _OF_IT) else draft


def _number_for_name(desk: Desk, draft: Draft) -> bool:
    """Whether a name is asked for of things that the sentences only count ("那个项目叫什么名字")."""
    plan = desk.plan
    counted = plan.accounts and all(
        a.weak or a.measure is Measure.COUNT or a.name.endswith("项目") for a in plan.accounts
    )
    if draft.result is not None:
        return False
    told = any(f.scheme is Scheme.PROJECT and f.measure is Measure.AMOUNT for f in desk.evidence.figures)
    quoted = "".join(citation.locator.quote for citation in desk.evidence.citations)
    names = _NAMED.search(re.sub(r"评[级为](?:是|为)?[“\"].[”\"]", "", quoted)) is not None
    return bool(counted) and _NAME.search(plan.text) is not None and not (told or names)


def _no_most(desk: Desk, draft: Draft) -> bool:
    """Whether the kind that there is most of is asked for, and no sentence tells of most or first."""
    return _MOST_KIND.search(desk.plan.text) is not None and _SAYS_MOST.search(draft.text) is None


def _not_of_half(desk: Desk, draft: Draft) -> bool:
    """Whether what was spent from January to June is asked for, and the sentences speak of the year."""
    return desk.plan.bases == (Basis.HALF,) and _HALF.search(draft.text) is None


def _no_company(desk: Desk, draft: Draft) -> bool:
    """Whether it is asked which companies got money, and what is told names none."""
    asked = _COMPANIES.search(desk.plan.text)
    return asked is not None and _COMPANY.search(re.sub(r"跨国公司|《[^》]*》", "", draft.text)) is None


_COMPANIES = re.compile(
    r"(?:给|补贴|奖励|扶持|支持|资助|发放?|付|惠及)了?[^,，。?？]{0,6}哪(?:些|几家?|一?家)(?:具体)?的?(?:企业|公司|商户)|哪(?:些|几家?|一?家)(?:具体)?的?(?:企业|公司|商户)[^,，。?？]{0,6}(?:拿|获|得|领|享受|收)|哪(?:几家?|一?家)(?:施工|承建|监理|设计|服务)?(?:单位|公司|企业)?[^,，。?？]{0,4}(?:中的?标|承建|施工|供货)"
)
_COMPANY = re.compile(r"[\u4e00-\u9fff]{2,}(?:有限公司|集团|公司|厂|银行|事务所|合作社)")


def _executed_for_final(desk: Desk, draft: Draft) -> bool:
    """Whether the final account is asked for by that word, and only what the next budget gives as executed is told."""
    plan, told = desk.plan, desk.evidence.figures
    asked = plan.bases == (Basis.FINAL,) and re.search(r"决算(?!.{0,4}(?:或|还是)?执行)", plan.text) is not None
    budgets = all(desk.shelf.disclosure(name).basis is Basis.BUDGET for name in plan.documents)
    return asked and budgets and draft.result is not None and "预算执行数" in draft.text and bool(told)


def _only_kinds_bought(desk: Desk, draft: Draft) -> bool:
    """Whether the things bought are asked for, and the sentences tell the amounts of goods, works and services alone."""
    if draft.result is not None or not _BOUGHT.search(desk.plan.text) or not desk.evidence.citations:
        return False
    issuers = [desk.issuer(name) for name in desk.plan.documents]

    def left(quote: str) -> str:
        """What a quote says beside kinds, whose they are and remarks in brackets."""
        for issuer in issuers:
            quote = quote.replace(issuer, "")
        return _KINDS_BOUGHT.sub("", re.sub(r"[(（][^()（）]*[)）]", "", quote))

    return all(len(left(c.locator.quote)) < _FEW for c in desk.evidence.citations)


def _no_money(desk: Desk, draft: Draft) -> bool:
    """Whether an English question asks for a fee or pay, not what the word means, and no amount of money is told."""
    if desk.plan.operation is Operation.DEFINE:
        return False
    asked = desk.plan.language == "en" and _FEE_ASKED.search(desk.plan.question.lower()) is not None
    return asked and "元" not in draft.text


def _of_all_for_one(desk: Desk, draft: Draft) -> bool:
    """Whether one person's pay is asked for, and an amount is told, which is everybody's."""
    told = draft.result is not None and draft.result.amount.is_money
    return told and _ONE_PERSON.search(fold(desk.plan.text)) is not None


def _target_for_reached(desk: Desk, draft: Draft) -> bool:
    """Whether it is asked what was reached in a year of which there is no paper, and targets of another are told."""
    figures, years = desk.evidence.figures, desk.plan.years
    if not figures or not years or _REACHED.search(desk.plan.text) is None:
        return False
    return all(f.measure is Measure.TARGET and f.year not in years for f in figures)


def _at_another_date(desk: Desk, draft: Draft) -> bool:
    """Whether what there was at the end of one year is asked for, and holdings at the end of another are told."""
    found = _AT_END_OF.search(fold(desk.plan.text))
    figures = [figure for figure in desk.evidence.figures if figure.scheme is Scheme.ASSET]
    if found is None or not figures or len(figures) != len(desk.evidence.figures):
        return False
    return all(figure.year != int(found["year"]) for figure in figures)


_Check = Callable[[Desk, Draft], bool]
_BESIDE_IT: tuple[_Check, ...] = (_no_most, _not_of_half, _no_money)
"""Sentences that have nothing of what was asked."""
_OF_IT: tuple[_Check, ...] = (
 _executed_for_final, _no_company,     _number_for_name, _only_kinds_bought, _of_all_for_one, _target_for_reached, _at_another_date,
)  # fmt: skip
"""Sentences and figures that tell something else of it."""
