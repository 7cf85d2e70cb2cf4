"""What a project's sheet says of its contract: for how much it was awarded, what is left to be paid and when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.figure import Measure, Scheme, Status
from corpus.money import MONEY_UNITS, Amount, mentions
from corpus.vocabulary import fold
from rag.answer import Result
from rag.desk import Desk, Draft
from rag.plan import Operation, Verdict
from rag.project_meant import goes_by
from rag.quoting import Found, long_cells, quote_of, sentences_at_hand

_SUM_ASKED = re.compile(
    r"合同(?:的)?(?:总)?(?:价|金额|额|款总|值)|合同(?:是|为|签了?|一共|总共|共)*(?:多少|几)(?:钱|万|元)|总合同|(?:中标|成交)(?:的)?(?:总)?(?:价|金额|额)|(?:多少|几)[^,，。?？]{0,4}(?:中的?标|成交)|中的?标[^?？]{0,4}多少(?:钱|万|元)"
)
_SUM_SAID = re.compile(r"(?:成交|中标|合同)(?:总)?(?:金额|价格?|额|总价|总额)(?:为|是|共|共计|:)?$")
_LEFT_ASKED = re.compile(
    r"(?:留|拖|放)(?:到|在|至)[^,，。?？]{0,10}(?:付|支付|给|结)|剩(?:下|余)?[^,，。?？]{0,8}(?:没付|未付|要付|再付|待付)|(?:尾款|余款)[^,，。?？]{0,4}多少"
)
_LEFT_SAID = re.compile(r"(?:剩余|剩下|尾款|余款|余额)[^,，。;；]{0,6}$")
_NO_MORE_ASKED = re.compile(r"(?:不再|不用再?|不必再?)(?:支付|付|给)|不(?:支付|付|给)了")
_NO_MORE_SAID = re.compile(r"(?:不再|无需|不用|不予|不必)(?:再)?(?:支付|拨付|付)(?:款项|资金)?(?:共计?|为|:)?$")
_PAID_ASKED = re.compile(
    r"^(?:那|到现在|目前|截至目前)?已(?:经)?(?:支)?付了?(?:多少|几)|(?:合同|尾)款?[^,，。?？]{0,4}已(?:经)?(?:支)?付(?:了)?(?:多少|几)"
)
_PAID_SAID = re.compile(r"(?:完成|已经?|累计)(?:支付|付款|付)(?:款项|资金|合同款)?(?:共计?|为|:)?$")
_WHO = re.compile(r"谁(?:中的?标|承接|拿下)|哪家(?:公司)?(?:中的?标|承接)")
_WHO_ALONE = re.compile(
    r"(?:哪|谁)(?:一?家)?(?:公司|企业|供应商|单位|机构)?(?:[^,，。?？]{0,3}的?)?(?:中的?了?标|成交|承接|承建|拿下|供货|提供服务)|(?:中标|成交|承接|承建|服务)(?:单位|公司|方|人|商|供应商)?的?(?:叫|是)(?:哪|谁|什么)|供应商(?:叫|是)(?:哪|谁|什么)|(?:哪|什么)家?(?:公司|企业)"
)
_AWARDED = re.compile(r"招标|中标|成交|采购|承接|承建|提供[^,，。;；]{0,8}服务|签订")
_COMPANY = re.compile(r"[\u4e00-\u9fff()]{4,}?公司")
_ROOM = 30


@dataclass(frozen=True, slots=True)
class _Told:
    found: Found
    amount: Amount


def of_contract(desk: Desk) -> Draft | None:
    """The sum a project's contract was awarded for, what has been paid of it, what will not be, or what is left to pay of it in the year asked for, with the sentence, and with
    the company's where it is asked who got it; None where that is not asked, or not told of one project alone."""
    plan = desk.plan
    if not plan.documents or plan.operation not in (Operation.LOOK_UP, Operation.PROSE, Operation.SUM):
        return None
    kinds = (
        (_NO_MORE_ASKED, _NO_MORE_SAID),
        (_LEFT_ASKED, _LEFT_SAID),
        (_PAID_ASKED, _PAID_SAID),
        (_SUM_ASKED, _SUM_SAID),
    )
    said = next((says for asks, says in kinds if asks.search(plan.text)), None)
    if said is None:
        return _who_got_it(desk)
    told = _told(desk, said, said is _LEFT_SAID)
    if len({(one.amount.to("元").value) for one in told}) != 1:
        return None
    quotes = [quote_of(desk, told[0].found)]
    if _WHO.search(plan.text) and (company := _awarded(desk, told[0])) is not None:
        quotes.insert(0, quote_of(desk, company))
    return Draft(Verdict.ANSWERED, "\n".join(quotes), Result(told[0].amount, Status.SINGLE.value))


def _who_got_it(desk: Desk) -> Draft | None:
    """The sentence of the sheet of the one project spoken of that names the company its contract went to; None where that is not
    asked, or the sheet names none."""
    if _WHO_ALONE.search(desk.plan.text) is None:
        return None
    names = _projects(desk)
    told = [
        item for item in (*long_cells(desk, desk.plan.documents[0]), *sentences_at_hand(desk, desk.plan.documents[0]))
        if any(name in fold(f"{item.section}{item.text}") for name in names)
        and _AWARDED.search(item.text) and _COMPANY.search(item.text)
    ]  # fmt: skip
    return Draft(Verdict.ANSWERED, quote_of(desk, told[0])) if len(names) == 1 and told else None


def _told(desk: Desk, said: re.Pattern[str], left: bool) -> list[_Told]:
    """The amounts of money that the sentences of the project asked about give right behind such words, of the year asked for."""
    document, years = desk.plan.documents[0], [str(year) for year in desk.plan.years]
    names = _projects(desk)
    own = []
    for item in (*long_cells(desk, document), *sentences_at_hand(desk, document)):
        if names and not any(name in fold(f"{item.section}{item.text}") for name in names):
            continue
        for mention in mentions(item.text):
            if mention.unit not in MONEY_UNITS or not said.search(fold(item.text[: mention.start])):
                continue
            behind = item.text[mention.end : mention.end + _ROOM]
            if left and years and not any(year in behind for year in years):
                continue
            own.append(_Told(item, Amount(mention.value, mention.unit)))
    return own


def _projects(desk: Desk) -> list[str]:
    """The folded names of the projects that the question speaks of, [] where it names none the document has."""
    document = desk.plan.documents[0]
    every = {
        fold(f.account) for f in desk.shelf.figures(document)
        if f.scheme is Scheme.PROJECT and not f.entity and f.measure is Measure.AMOUNT
    }  # fmt: skip
    heard = [fold(a.name) for a in desk.plan.accounts if a.targets[0].scheme is Scheme.PROJECT]
    if heard:
        return heard
    text = f"{desk.plan.text}{desk.plan.before}"
    runs = {text[at : at + 3] for at in range(len(text) - 2)}
    return [name for name in every if any(goes_by(name, run) for run in runs)]


def _awarded(desk: Desk, told: _Told) -> Found | None:
    """The sentence of the same sheet that names the company, None where that of the sum does."""
    if _COMPANY.search(told.found.text):
        return None
    same = [item for item in long_cells(desk, told.found.document) if item.section == told.found.section]
    return next((i for i in same if re.search("招标|中标|成交|采购", i.text) and _COMPANY.search(i.text)), None)
