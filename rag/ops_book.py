"""What does not add up in a document, and what the book holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.disclosure import Finding, Severity, Side
from corpus.figure import Figure, Measure, Scheme
from corpus.money import MONEY_UNITS, Agreement, Amount, compare
from corpus.vocabulary import Target, fold
from rag.answer import numbers_in, show
from rag.bases_said import both_levels
from rag.desk import Desk, Draft, same_place
from rag.finder import is_of, same_account
from rag.ops_compare import compare as compare_sides
from rag.ops_sums import sums_agree
from rag.plan import Asked, Verdict
from rag.retrieve import bigrams
from rag.speech import kind_of
from rag.weighing import claims

_WEIGHT = {Severity.CONTRADICTION: 0, Severity.WORDING: 1, Severity.GAP: 2, Severity.ROUNDING: 3}
_MOST = 8
_FEW = 4
_ALIKE = (Agreement.EXACT, Agreement.ROUNDED)
_NO_YEAR = 2100
"""A whole number up to here may be a year or a count."""


def consistency(desk: Desk) -> Draft:
    """The findings that touch what is asked about; all of them where nothing in particular is."""
    if (added := sums_agree(desk)) is not None:
        return added
    if both_levels(desk.plan.text) and len(desk.plan.accounts) == len(desk.plan.units) == 1:
        return compare_sides(desk)
    every = [finding for name in desk.plan.documents for finding in desk.shelf.findings(name)]
    words = [_itself(asked) for asked in desk.plan.accounts if not asked.weak]
    chosen = [f for f in every if not words or _touches(f, [w.name for w in words] + [w.said for w in words])]
    chosen += [f for f in every if words and f not in chosen and _stands_with(desk, f)]
    if stated := {n for n in numbers_in([desk.plan.text]) if n.as_tuple().exponent != 0 or n > _NO_YEAR}:
        chosen = [f for f in every if numbers_in([_text(f)]) & stated] or chosen  # "增加314.82%算得对吗"
    if quoted := [
        word for word in re.findall(r"[“\"「]([^”\"」]{3,40})[”\"」]", desk.plan.question) if _named_by(every, word)
    ]:
        chosen = _named_by(every, quoted[0])
    narrowed = "".join(desk.plan.rest)
    named = [
        word
        for word in desk.plan.rest
        if re.search(rf"{re.escape(word)}(?:的)?(?:项目|经费|费|支出|收入)", desk.plan.text)
    ]
    if narrowed and (not chosen or (not words and (named or _spoken_of(desk, narrowed)))):
        chosen = [f for f in every if len(bigrams(narrowed) & bigrams(_text(f))) >= min(2, len(bigrams(narrowed)))]
    chosen.sort(key=lambda finding: _WEIGHT[finding.severity])
    if not chosen:
        draft = _nothing_found(desk, [asked.name for asked in words] or list(desk.plan.rest))
        places = _stated(desk, words)
        differ = len(places) > 1 and len(words) == 1 and _AGREE.search(desk.plan.text) is not None
        scopes = desk.speech.pick("数字不一样，各处的口径不同：", "The amounts differ, and so do their scopes:")
        return Draft(draft.verdict, "\n".join([*([scopes, *places, draft.text] if differ else [draft.text, *places])]))
    count = desk.evidence.count(len(chosen))
    apart = any(finding.severity is Severity.CONTRADICTION for finding in chosen)
    agree = _AGREE.search(desk.plan.text) is not None and apart
    head = desk.speech.pick(
        f"{'不一致' if agree else '有'}。核对发现{count}处：",
        f"{'They do not agree. ' if agree else ''}Found: {count}.",
    )
    lines = [tell_finding(desk, finding) for finding in chosen[:_MOST]]
    return Draft(Verdict.ANSWERED, "\n".join([head, *lines, *_stated(desk, words)]))


def _itself(asked: Asked) -> Asked:
    """The project whose money is compared, where it was heard with the sheet that it stands in ("…和绩效目标表写的一致吗")."""
    if not asked.project or not asked.name.endswith("绩效目标项目"):
        return asked
    return Asked(asked.project, asked.project, (Target(Scheme.PROJECT, "", asked.project),))


_AGREE = re.compile(r"(?:一致|一样|相同|对得上|相符|吻合|相等|同一个数)(?:吗|么|不|[?？]|$)")
"""It is asked whether places agree, so that what contradicts itself is answered with no."""
_JUDGED = re.compile(r"对[吗么]|对不对|准确吗|准不准|有(?:没有)?(?:问题|错误?|出入)|矛盾")


def with_doubts(desk: Desk, draft: Draft) -> Draft:
    """An answer with what does not add up at the places it rests on, where it is asked whether the number is right."""
    if draft.verdict is not Verdict.ANSWERED or _JUDGED.search(desk.plan.text) is None or desk.evidence.findings:
        return draft
    figures = desk.evidence.figures
    mine = [
        finding for name in dict.fromkeys(f.document for f in figures) for finding in desk.shelf.findings(name)
        if finding.severity is Severity.CONTRADICTION
        and any(same_place(side.locator, f.locator) or _same_share(side, draft) for side in finding.sides for f in figures)
    ]  # fmt: skip
    if not mine:
        return draft
    head = desk.speech.pick("核对发现：", "Found in checking:")
    return Draft(
        draft.verdict, "\n".join([draft.text, head, *(tell_finding(desk, f) for f in mine[:_FEW])]), draft.result
    )


def _same_share(side: Side, draft: Draft) -> bool:
    """Whether a side of a finding prints the very percentage that is the answer."""
    amount = draft.result.amount if draft.result is not None else None
    return amount is not None and amount.unit == "%" and side.value == str(amount.value)


def of_words(desk: Desk) -> Draft | None:
    """The findings that say the words of a question which names no account ("…写的和…一样吗"), or one of whose sides is the amount
    it puts up; None where there are none."""
    plan = desk.plan
    if any(not asked.weak for asked in plan.accounts) or not plan.rest:
        return None
    every = [finding for name in plan.documents[:1] for finding in desk.shelf.findings(name)]
    said = [f for f in every if any(len(word) > 2 and bigrams(word) <= bigrams(_text(f)) for word in plan.rest)]
    put_up = claims(plan.text)
    if put_up:
        said = [f for f in said if any(_is_side(f, amount) for amount in put_up)]
    if not said:
        return None
    about = "、".join(map(show, put_up))
    head = desk.speech.pick(f"核对发现（关于{about}）：" if put_up else "核对发现：", "Found in checking:")
    return Draft(Verdict.ANSWERED, "\n".join([head, *(tell_finding(desk, finding) for finding in said[:_FEW])]))


def _is_side(finding: Finding, amount: Amount) -> bool:
    return any(
        side.value and side.unit and compare(Amount(Decimal(side.value), side.unit), amount) is Agreement.EXACT
        for side in finding.sides
        if side.unit in MONEY_UNITS
    )


def _stated(desk: Desk, words: Sequence[Asked]) -> list[str]:
    """Every different amount that the first document states for the accounts asked about, each with its places."""
    lines: list[str] = []
    for asked in words[:3] if desk.plan.documents else ():
        name = desk.plan.documents[0]
        year, known = desk.shelf.disclosure(name).year, list[list[Figure]]()
        for figure in desk.shelf.figures(name):
            amount = figure.amount
            if amount is None or not amount.is_money or figure.measure is not Measure.AMOUNT or figure.year != year:
                continue
            if figure.entity or figure.flow == "收入" or not is_of(figure, asked):
                continue
            if asked.component and figure.component != asked.component:
                continue
            alike = next((g for g in known if g[0].amount and compare(g[0].amount, amount) in _ALIKE), None)
            if alike is None:
                known.append([figure])
            elif not any(same_place(figure.locator, other.locator) for other in alike):
                alike.append(figure)
        for group in known[:_FEW]:
            figure = group[0]
            assert figure.amount is not None, "chosen by its amount"
            kind = "，".join(dict.fromkeys((figure.scheme.value, figure.component, figure.basis.value)))
            marks = "".join(dict.fromkeys(desk.evidence.cite(other) for other in group[:_FEW]))
            agreed = desk.speech.pick("，各处写的一致", ", the same in each place") if len(group) > 1 else ""
            lines.append(f"- {figure.account}（{kind}）：{desk.shown(figure.amount)}{agreed}{marks}")
    return lines


def _spoken_of(desk: Desk, words: str) -> bool:
    """Whether the documents have an account or heading of those words: only then do they narrow the question."""
    wanted = bigrams(words)
    for name in desk.plan.documents:
        names = [f.account for f in desk.shelf.figures(name)] + [part.title for part in desk.shelf.sections(name)]
        if any(wanted <= bigrams(fold(text)) for text in names):
            return True
    return False


def _nothing_found(desk: Desk, names: list[str]) -> Draft:
    where = "、".join(desk.speech.disclosure(desk.shelf.disclosure(name)) for name in desk.plan.documents[:3])
    what = f"“{'、'.join(names)}”" if names else ""
    return Draft(Verdict.ANSWERED, desk.speech.pick(
        f"核对没有发现{where}{what}有对不上的地方（核对的是能自动比较的数字和规则）。",
        (
            f"No contradiction was found in {where} {what} (among the numbers "
            "and rules that can be compared automatically)."
        ),
    ))  # fmt: skip


def _text(finding: Finding) -> str:
    places = " ".join(
        " ".join(filter(None, (s.locator.table, s.locator.row, s.locator.section, s.locator.quote)))
        for s in finding.sides
    )
    return fold(f"{finding.message} {places}")


def _touches(finding: Finding, names: list[str]) -> bool:
    text = _text(finding)
    return any(fold(name) in text for name in names)


def _named_by(findings: Sequence[Finding], word: str) -> list[Finding]:
    """The findings that say a word which the question quotes."""
    return [finding for finding in findings if fold(word) in _text(finding)]


def _stands_with(desk: Desk, finding: Finding) -> bool:
    """Whether a side of the finding is the very place of a figure that is asked about."""
    targets = [target for asked in desk.plan.accounts if not asked.weak for target in asked.targets[:1]]
    mine = [
        f for f in desk.shelf.figures(finding.document)
        if any(same_account(f, t) or (t.code and f.scheme is t.scheme and f.code.startswith(t.code)) for t in targets)
    ]  # fmt: skip
    return any(same_place(side.locator, figure.locator) for side in finding.sides for figure in mine)


def tell_finding(desk: Desk, finding: Finding) -> str:
    """A finding as one line, with markers for its sides."""
    marks = "".join(dict.fromkeys(desk.evidence.quote(side.locator) for side in finding.sides))
    for side in finding.sides:
        desk.evidence.state(side.value)
    desk.evidence.state(finding.difference)
    desk.evidence.findings.append(finding)
    return f"- {finding.message_en if desk.speech.english and finding.message_en else finding.message}{marks}"


def documents(desk: Desk) -> Draft:
    """The disclosures in the book, of the units asked about."""
    lines = []
    for issuer in desk.plan.units or [unit.issuer for unit in desk.shelf.catalogue.units]:
        unit = desk.shelf.catalogue.by_issuer[issuer]
        desk.evidence.years.update(d.year for d in unit.disclosures)
        kinds = "、".join(kind_of(d) for d in sorted(unit.disclosures, key=lambda d: d.year))
        lines.append(f"- {issuer}{desk.speech.pick('：', ': ')}{kinds}")
    return Draft(Verdict.ANSWERED, "\n".join(lines))
